/*
 * forms_test.c: a refused form comes back whole, with every problem beside its field and nothing
 * stored.
 *
 * Not here: what a form that is taken may change, and how often: forms_taken_test.c.
 */
#include <check.h>
#include <string.h>

#include "base/text.h"
#include "refusal.h"
#include "support/page.h"
#include "support/web_posts.h"

Suite *forms_suite(void);

static struct web_market market;
static const char *offer;

static void
setup(void)
{
    web_market_open(&market, NULL);
}

static void
teardown(void)
{
    web_market_close(&market);
}

/* --- the ISV's forms ----------------------------------------------------------------------------
 */

static const char *
bare_draft(void)
{
    struct web_answer answer =
        web_post(&market, WEB_ISV, "/isv/offers/new", "name", "Northwind FY24", WEB_OPTION_A, NULL);
    const char *id = answer.location + strlen("/isv/offers/");

    ck_assert_int_eq(answer.status, 303);
    offer = arena_copy(market.arena, id, strcspn(id, "/"));
    return offer;
}

START_TEST(a_new_offers_name)
{
    static const char *const names[] = {"", "   ", REFUSAL_POISON, "a/b", "50%"};

    for (size_t i = 0; i < COUNT(names); i++) {
        const char *const pairs[][2] = {{"name", names[i]}};

        offer = NULL;
        refusal_check_all(&market, WEB_ISV, offer, "/isv/offers/new", "", pairs, 1);
    }
}
END_TEST

START_TEST(everything_malformed_in_a_draft)
{
    static const char *const pairs[][2] = {
        {"name", REFUSAL_POISON},
        {"billing_account", REFUSAL_POISON},
        {"customer_label", "\x01 bell"},
        {"seller_id", REFUSAL_POISON},
        {"start_mode", "someday"},
        {"start_month", REFUSAL_POISON},
        {"end_month", "2023-13"},
        {"accept_by", "2023-02-30"},
        {"contacts", "i@contoso.example\n" REFUSAL_POISON "\n\nno address"},
        {"sales_note", "write to i@contoso.example " REFUSAL_POISON},
    };
    const char *before;
    struct web_form form;
    struct web_answer answer;

    bare_draft();
    before = web_dump(&market);
    form = refusal_form(&market, WEB_ISV, offer, pairs, COUNT(pairs));
    web_form_set(&form, "customer_label", "fine " REFUSAL_POISON);
    web_form_add(&form, "description", "line 1\n" REFUSAL_POISON "\n\nline 4\n");
    web_form_add(&form, "do", "save");
    answer =
        web_post_form(&market, WEB_ISV, web_path(&market, "/isv/offers/%s/setup", offer), &form);
    refusal_check(&market, &answer, before);
    for (size_t i = 0; i < COUNT(pairs); i++) {
        if (text_equal(pairs[i][0], "customer_label") || text_equal(pairs[i][0], "start_mode"))
            continue;
        refusal_check_kept(&market, &answer, pairs[i][0], pairs[i][1]);
        refusal_check_error(&market, &answer, pairs[i][0]);
    }
    refusal_check_error(&market, &answer, "start_mode");
    refusal_check_kept(&market, &answer, "customer_label", "fine " REFUSAL_POISON);
    refusal_check_kept(&market, &answer, "description", "line 1\n" REFUSAL_POISON "\n\nline 4\n");
    ck_assert_ptr_nonnull(strstr(page_help(market.arena, answer.body, "contacts"), "Line 2"));
    ck_assert_ptr_nonnull(strstr(page_help(market.arena, answer.body, "contacts"), "Line 4"));
}
END_TEST

START_TEST(figures_of_a_draft)
{
    static const char *const wrong[] = {"-5",     "0",   "100.01", "1.234", "1e2", REFUSAL_POISON,
                                        "12,5,0", "..5", "5 %%",   "０",    "NaN"};

    offer = web_offer(&market, STATE_DRAFT);
    for (size_t i = 0; i < COUNT(wrong); i++) {
        const char *const pairs[][2] = {{"discount-1", wrong[i]}};

        refusal_check_all(&market, WEB_ISV, offer, web_path(&market, "/isv/offers/%s/setup", offer),
                          "save", pairs, 1);
    }
}
END_TEST

START_TEST(prices_of_a_row)
{
    static const char *const wrong[] = {"-1.00", "1.005", "1000000000.00", REFUSAL_POISON, "1 000"};
    struct web_answer answer;
    const char *path;

    offer = web_offer(&market, STATE_DRAFT);
    path = web_path(&market, "/isv/offers/%s/products/2/price", offer);
    for (size_t i = 0; i < COUNT(wrong); i++) {
        const char *const pairs[][2] = {{"price-2-month", wrong[i]}};

        refusal_check_all(&market, WEB_ISV, offer, path, "save", pairs, 1);
    }
    ck_assert_int_eq(web_post(&market, WEB_ISV, path, "rev", web_rev(&market, WEB_ISV, offer),
                              "price-2-month", " 1,240.50 ", NULL)
                         .status,
                     303);
    ck_assert_int_eq(
        deal_view(&market.deal, PARTY_ISV, DEAL_ISV, offer).rows[1].prices[0].partner.money.cents,
        124050);
    ck_assert_int_eq(web_post(&market, WEB_ISV, path, "rev", web_rev(&market, WEB_ISV, offer),
                              "price-2-month", "999999999.99", NULL)
                         .status,
                     303);
    /* an empty price is a price that is missing: saved, and told */
    answer = web_post(&market, WEB_ISV, path, "rev", web_rev(&market, WEB_ISV, offer),
                      "price-2-month", "", NULL);
    ck_assert_int_eq(answer.status, 422);
    refusal_check_summary(&market, &answer);
    refusal_check_error(&market, &answer, "price-2-month");
    ck_assert(!deal_view(&market.deal, PARTY_ISV, DEAL_ISV, offer).rows[1].prices[0].has_partner);
}
END_TEST

/* Save never refuses what is missing; going on tells everything at once, and keeps what was saved
 * (LAW D-26). */
START_TEST(going_on_saves_first_and_tells_everything)
{
    static const char *const needed[] = {"billing_account", "seller_id", "start_mode", "end_month",
                                         "accept_by"};
    const char *path = web_path(&market, "/isv/offers/%s/setup", bare_draft());
    struct web_answer answer =
        web_post(&market, WEB_ISV, path, "rev", "1", "do", "save", "name", "Named", NULL);
    struct web_form form = {.market = &market};

    ck_assert_int_eq(answer.status, 303);
    answer = web_post(&market, WEB_ISV, path, "rev", web_rev(&market, WEB_ISV, offer), "do",
                      "continue", "name", "Named again", "billing_account", "", "seller_id", "",
                      "end_month", "", "accept_by", "", NULL);
    ck_assert_int_eq(answer.status, 422);
    ck_assert(text_starts(page_title(market.arena, answer.body), "Error: "));
    refusal_check_summary(&market, &answer);
    for (size_t i = 0; i < COUNT(needed); i++)
        refusal_check_error(&market, &answer, needed[i]);
    ck_assert_ptr_nonnull(strstr(answer.body, "href=\"#products\""));
    ck_assert_str_eq(deal_view(&market.deal, PARTY_ISV, DEAL_ISV, offer).name, "Named again");

    /* what comes back can be sent at once: it knows the revision that was just saved */
    ck_assert(page_form(market.arena, answer.body, path, &form.form));
    web_form_set(&form, "do", "save");
    ck_assert_int_eq(web_post_form(&market, WEB_ISV, path, &form).status, 303);

    offer = web_offer(&market, STATE_DRAFT);
    answer = web_post(&market, WEB_ISV, web_path(&market, "/isv/offers/%s/setup", offer), "rev",
                      web_rev(&market, WEB_ISV, offer), "do", "continue", NULL);
    ck_assert_int_eq(answer.status, 303);
    ck_assert_str_eq(answer.location, web_path(&market, "/isv/offers/%s/review", offer));
}
END_TEST

START_TEST(a_partner_that_may_not_be_one)
{
    static const char *const sellers[] = {"", "99999999", DEAL_ISV};
    const char *path = web_path(&market, "/isv/offers/%s/setup", bare_draft());
    struct web_answer answer;

    for (size_t i = 0; i < COUNT(sellers); i++) {
        const char *const pairs[][2] = {{"seller_id", sellers[i]}};

        refusal_check_all(&market, WEB_ISV, offer, path, "add-partner", pairs, 1);
    }
    answer = web_post(&market, WEB_ISV, path, "rev", "1", "do", "add-partner", "seller_id",
                      DEAL_PARTNER, NULL);
    ck_assert_int_eq(answer.status, 303);
    ck_assert_ptr_nonnull(strstr(web_get(&market, WEB_ISV, path).body, "Fabrikam"));
    answer = web_post(&market, WEB_ISV, path, "rev", web_rev(&market, WEB_ISV, offer), "do",
                      "remove-partner", NULL);
    ck_assert_int_eq(answer.status, 303);
    ck_assert_ptr_null(strstr(web_get(&market, WEB_ISV, path).body, "Fabrikam"));
}
END_TEST

/* LAW 2.3: eligible or not, and nothing more, whatever is typed. */
START_TEST(an_account_is_answered_with_yes_or_no)
{
    const char *path = web_path(&market, "/isv/offers/%s/setup", bare_draft());
    static const struct {
        const char *account;
        const char *answer;
    } asked[] = {
        {DEAL_ACCOUNT, "Eligible"},
        {"71234567", "Not eligible"},
        {"7c92bb3e-51d0-4c6e-93d5-0a1f6e2c77b4", "Not eligible"},
    };

    for (size_t i = 0; i < COUNT(asked); i++) {
        struct web_answer answer =
            web_post(&market, WEB_ISV, path, "rev", web_rev(&market, WEB_ISV, offer), "do", "check",
                     "billing_account", asked[i].account, NULL);
        const char *text;

        ck_assert_int_eq(answer.status, 303);
        text = page_text(market.arena, web_get(&market, WEB_ISV, path).body);
        ck_assert_ptr_nonnull(strstr(text, asked[i].answer));
        ck_assert_ptr_null(strstr(text, "Northwind Operations"));
        ck_assert_ptr_null(strstr(text, "Operations"));
        ck_assert_ptr_null(strstr(text, "MCA"));
        ck_assert_ptr_null(strstr(text, "invoice"));
    }
    const char *const none[][2] = {{"billing_account", ""}};

    refusal_check_all(&market, WEB_ISV, offer, path, "check", none, 1);
}
END_TEST

START_TEST(plans_are_ticked)
{
    const char *path;
    const char *before;
    struct web_answer answer;

    bare_draft();
    path = web_path(&market, "/isv/offers/%s/products/add", offer);
    before = web_dump(&market);
    answer = web_post(&market, WEB_ISV, path, "rev", "1", "q", REFUSAL_POISON, NULL);
    ck_assert_int_eq(answer.status, 422);
    refusal_check_kept(&market, &answer, "q", REFUSAL_POISON);
    ck_assert_ptr_null(strstr(answer.body, "<script>alert"));
    answer = web_post(&market, WEB_ISV, path, "rev", "1", NULL);
    refusal_check(&market, &answer, before);
    ck_assert_ptr_nonnull(strstr(answer.body, "Select at least one plan"));
    /* not on sale, somebody else's, unknown: none of them, and the good one neither */
    static const char *const foreign[] = {"suite/hidden", "foreign/one", "suite/nothing",
                                          "nothing/pro", REFUSAL_POISON "/x"};
    for (size_t i = 0; i < COUNT(foreign); i++) {
        answer = web_post(&market, WEB_ISV, path, "rev", "1", "plan-1", "seats/team", "plan-2",
                          foreign[i], NULL);
        refusal_check(&market, &answer, before);
        ck_assert_msg(strstr(answer.body, "value=\"seats/team\"") != NULL &&
                          strstr(strstr(answer.body, "value=\"seats/team\""), "checked") != NULL,
                      "the tick is lost");
    }
    answer = web_post(&market, WEB_ISV, path, "rev", "1", "plan-1", "suite/pro", "plan-2",
                      "suite/trial", NULL);
    ck_assert_int_eq(answer.status, 303);
    answer = web_get(&market, WEB_ISV, path);
    ck_assert_ptr_null(strstr(answer.body, "suite/pro"));
    ck_assert_ptr_null(strstr(answer.body, "suite/hidden"));
    ck_assert_ptr_null(strstr(answer.body, "foreign/one"));
    ck_assert_ptr_nonnull(strstr(answer.body, "seats/team"));
    answer = web_get(&market, WEB_ISV, web_path(&market, "%s?q=nothing+like+that", path));
    ck_assert_ptr_nonnull(strstr(answer.body, "No plans match"));
    answer = web_get(&market, WEB_ISV, web_path(&market, "/isv/offers/%s/setup", offer));
    ck_assert_ptr_null(strstr(answer.body, "name=\"do\" value=\"price-2\"")); /* the trial */
    answer = web_post(&market, WEB_ISV, web_path(&market, "/isv/offers/%s/setup", offer), "rev",
                      web_rev(&market, WEB_ISV, offer), "do", "save", "type-2", "absolute", NULL);
    ck_assert_int_eq(answer.status, 422);
    refusal_check_summary(&market, &answer);
    answer = web_post(&market, WEB_ISV, web_path(&market, "/isv/offers/%s/setup", offer), "rev",
                      web_rev(&market, WEB_ISV, offer), "do", "remove-2", NULL);
    ck_assert_int_eq(answer.status, 303);
    ck_assert_uint_eq(deal_view(&market.deal, PARTY_ISV, DEAL_ISV, offer).row_count, 1);
}
END_TEST

START_TEST(a_submit_tells_everything_too)
{
    struct web_answer answer;
    const char *before;

    bare_draft();
    before = web_dump(&market);
    answer = web_get(&market, WEB_ISV, web_path(&market, "/isv/offers/%s/review", offer));
    ck_assert_int_eq(answer.status, 200);
    ck_assert_ptr_null(strstr(answer.body, ">Submit</button>"));
    ck_assert_ptr_nonnull(
        strstr(answer.body, web_path(&market, "/isv/offers/%s/setup#accept_by", offer)));
    answer = web_post(&market, WEB_ISV, web_path(&market, "/isv/offers/%s/submit", offer), "rev",
                      "1", NULL);
    refusal_check(&market, &answer, before);
}
END_TEST

/* LAW 8.6: the ISV is led to its own offer that is in the way. */
START_TEST(an_overlap_is_told_with_a_link)
{
    const char *first = web_offer(&market, STATE_PENDING_PARTNER);
    struct web_answer answer;

    offer = web_offer(&market, STATE_DRAFT);
    answer = web_post(&market, WEB_ISV, web_path(&market, "/isv/offers/%s/setup", offer), "rev",
                      web_rev(&market, WEB_ISV, offer), "do", "continue", NULL);
    ck_assert_int_eq(answer.status, 422);
    ck_assert_ptr_nonnull(strstr(answer.body, web_path(&market, "href=\"/isv/offers/%s\"", first)));
    answer = web_post(&market, WEB_ISV, web_path(&market, "/isv/offers/%s/submit", offer), "rev",
                      web_rev(&market, WEB_ISV, offer), NULL);
    ck_assert_int_eq(answer.status, 422);
}
END_TEST

/* --- the partner's forms ------------------------------------------------------------------------
 */

START_TEST(everything_malformed_at_the_partner)
{
    static const char *const pairs[][2] = {
        {"adjustment-1", "10.123456789"},
        {"adjustment-2", REFUSAL_POISON},
        {"prepared_by", REFUSAL_POISON},
        {"partner_contacts", "f@fabrikam.example\n" REFUSAL_POISON},
        {"partner_note", REFUSAL_POISON " p@fabrikam.example"},
    };
    static const char *const wrong[] = {"-0.1", "1e3", "ten", "1234567890", "+5", "5 %%"};

    offer = web_offer(&market, STATE_PENDING_PARTNER);
    refusal_check_all(&market, WEB_PARTNER, offer,
                      web_path(&market, "/partner/offers/%s/setup", offer), "save", pairs,
                      COUNT(pairs));
    for (size_t i = 0; i < COUNT(wrong); i++) {
        const char *const one[][2] = {{"adjustment-1", wrong[i]}};

        refusal_check_all(&market, WEB_PARTNER, offer,
                          web_path(&market, "/partner/offers/%s/setup", offer), "save", one, 1);
        refusal_check_all(&market, WEB_PARTNER, offer,
                          web_path(&market, "/partner/offers/%s/setup", offer), "recalculate", one,
                          1);
        refusal_check_all(&market, WEB_PARTNER, offer,
                          web_path(&market, "/partner/offers/%s/review", offer), "submit", one, 1);
        refusal_check_all(&market, WEB_PARTNER, offer,
                          web_path(&market, "/partner/offers/%s/review", offer), "recalculate", one,
                          1);
    }
}
END_TEST

START_TEST(recalculating_a_review_saves_nothing)
{
    const char *path;
    const char *before;
    struct web_answer answer;

    offer = web_offer(&market, STATE_PENDING_PARTNER);
    path = web_path(&market, "/partner/offers/%s/review", offer);
    before = web_dump(&market);
    answer = web_post(&market, WEB_PARTNER, path, "rev", web_rev(&market, WEB_PARTNER, offer), "do",
                      "recalculate", "adjustment-1", "12.5", "adjustment-2", "30", NULL);
    ck_assert_int_eq(answer.status, 200);
    ck_assert_str_eq(before, web_dump(&market));
    refusal_check_kept(&market, &answer, "adjustment-1", "12.5");
    ck_assert_ptr_nonnull(strstr(answer.body, "<b>10.00%</b>"));
    ck_assert_ptr_nonnull(strstr(answer.body, "$260.00"));
}
END_TEST

/* LAW 8.3: the cap is the discount; an absolute row has none. */
START_TEST(an_adjustment_has_its_cap)
{
    const char *path;
    struct web_answer answer;

    offer = web_offer(&market, STATE_PENDING_PARTNER);
    path = web_path(&market, "/partner/offers/%s/setup", offer);
    answer = web_post(&market, WEB_PARTNER, path, "rev", web_rev(&market, WEB_PARTNER, offer), "do",
                      "continue", "adjustment-1", "20.00000001", "adjustment-2", "5000",
                      "prepared_by", "p@fabrikam.example", NULL);
    ck_assert_int_eq(answer.status, 422);
    refusal_check_error(&market, &answer, "adjustment-1");
    ck_assert_ptr_null(strstr(page_help(market.arena, answer.body, "adjustment-2"), "Error"));
    refusal_check_kept(&market, &answer, "adjustment-1", "20.00000001");
    answer = web_post(&market, WEB_PARTNER, path, "rev", web_rev(&market, WEB_PARTNER, offer), "do",
                      "continue", "adjustment-1", "20", "adjustment-2", "5000", "prepared_by",
                      "p@fabrikam.example", NULL);
    ck_assert_int_eq(answer.status, 303);
    answer = web_post(&market, WEB_PARTNER, path, "rev", web_rev(&market, WEB_PARTNER, offer), "do",
                      "continue", "adjustment-1", "", "adjustment-2", "", "prepared_by", "", NULL);
    ck_assert_int_eq(answer.status, 422);
    refusal_check_error(&market, &answer, "adjustment-1");
    refusal_check_error(&market, &answer, "adjustment-2");
    refusal_check_error(&market, &answer, "prepared_by");
}
END_TEST

/* --- the operator's clock -----------------------------------------------------------------------
 */

START_TEST(the_clock_goes_forward_only)
{
    static const char *const wrong[] = {"2023-10-15", "2023-10-16", "2023-02-30",  "tomorrow",
                                        "",           "2099-01-01", REFUSAL_POISON};
    struct web_answer answer;

    offer = NULL;
    for (size_t i = 0; i < COUNT(wrong); i++) {
        const char *const pairs[][2] = {{"day", wrong[i]}};

        refusal_check_all(&market, WEB_OPERATOR, offer, "/operator/clock", "", pairs, 1);
    }
    answer = web_post(&market, WEB_OPERATOR, "/operator/clock", "day", "2023-11-16", NULL);
    ck_assert_int_eq(answer.status, 303);
    ck_assert_ptr_nonnull(strstr(web_get(&market, WEB_ISV, "/isv").body, "16 Nov 2023"));
}
END_TEST

Suite *
forms_suite(void)
{
    Suite *suite = suite_create("web/forms");
    TCase *tests = tcase_create("refused");

    tcase_add_checked_fixture(tests, setup, teardown);
    tcase_add_test(tests, a_new_offers_name);
    tcase_add_test(tests, everything_malformed_in_a_draft);
    tcase_add_test(tests, figures_of_a_draft);
    tcase_add_test(tests, prices_of_a_row);
    tcase_add_test(tests, going_on_saves_first_and_tells_everything);
    tcase_add_test(tests, a_partner_that_may_not_be_one);
    tcase_add_test(tests, an_account_is_answered_with_yes_or_no);
    tcase_add_test(tests, plans_are_ticked);
    tcase_add_test(tests, a_submit_tells_everything_too);
    tcase_add_test(tests, an_overlap_is_told_with_a_link);
    tcase_add_test(tests, everything_malformed_at_the_partner);
    tcase_add_test(tests, recalculating_a_review_saves_nothing);
    tcase_add_test(tests, an_adjustment_has_its_cap);
    tcase_add_test(tests, the_clock_goes_forward_only);
    suite_add_tcase(suite, tests);
    return suite;
}

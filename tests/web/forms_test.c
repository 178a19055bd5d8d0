/*
 * forms_test.c: a refused form comes back whole, with every problem beside its field and nothing
 * stored; a form that is taken is taken once; a form made from an older offer is told so.
 */
#include <check.h>
#include <string.h>

#include "base/text.h"
#include "support/page.h"
#include "support/web_posts.h"

/* What a careless page would execute, and what a careless field would lose. */
#define POISON \
    "\"><script>alert(1)</script>'&{{X}}&amp; \xf0\x9f\x9a\x80 \xd7\xa9\xd7\x9c\xd7\x95\xd7\x9d"
#define CJK "\xe5\x80\xbc" /* three bytes, one character */

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

/* --- what every refused page must be ------------------------------------------------------------
 */

/* The error summary leads to fields that exist and say the same. */
static void
assert_summary(const struct web_answer *answer)
{
    const char *summary = strstr(answer->body, "role=\"alert\"");
    const char *end;
    size_t links = 0;

    ck_assert_msg(summary != NULL, "no summary in %s", page_text(market.arena, answer->body));
    end = strstr(summary, "</ul>");
    ck_assert_ptr_nonnull(end);
    for (const char *at = strstr(summary, "<a "); at != NULL && at < end;
         at = strstr(at + 1, "<a ")) {
        const char *href = page_attribute(market.arena, at, "href");
        const char *hash = strchr(href, '#');

        links++;
        if (hash == href)
            ck_assert_msg(page_by_id(answer->body, hash + 1) != NULL, "%s leads nowhere", href);
    }
    ck_assert_uint_gt(links, 0);
}

static void
assert_refused(const struct web_answer *answer, const char *before)
{
    ck_assert_int_eq(answer->status, 422);
    ck_assert_str_eq(answer->location, "");
    ck_assert_msg(text_starts(page_title(market.arena, answer->body), "Error: "), "title: %s",
                  page_title(market.arena, answer->body));
    ck_assert_ptr_null(strstr(answer->body, "<script>alert"));
    ck_assert_str_eq(before, web_dump(&market));
    assert_summary(answer);
}

/* The field holds exactly what was typed. */
static void
assert_kept(const struct web_answer *answer, const char *name, const char *typed)
{
    const char *value = page_field(market.arena, answer->body, name);

    ck_assert_msg(value != NULL, "%s is gone", name);
    ck_assert_msg(text_equal(value, typed), "%s came back as <%s>", name, value);
}

/* The field says what is wrong with it. */
static void
assert_error_at(const struct web_answer *answer, const char *name)
{
    const char *help = page_help(market.arena, answer->body, name);
    const char *tag = page_by_id(answer->body, name);

    ck_assert_msg(strstr(help, "Error: ") != NULL, "no error at %s: %s", name, help);
    ck_assert_msg(strstr(answer->body, arena_format(market.arena, "href=\"#%s\"", name)) != NULL,
                  "the summary does not lead to %s", name);
    if (strncmp(tag, "<fieldset", 9) != 0)
        ck_assert_msg(page_attribute(market.arena, tag, "aria-invalid") != NULL,
                      "%s is not marked invalid", name);
    ck_assert_ptr_nonnull(strstr(page_attribute(market.arena, tag, "aria-describedby"),
                                 arena_format(market.arena, "%s-help", name)));
}

static struct web_form
form_for(enum web_person person, const char *const pairs[][2], size_t count)
{
    struct web_form form = web_form_new(&market);

    web_form_add(&form, "csrf", web_csrf(&market, person));
    web_form_add(&form, "once", arena_format(market.arena, "form-%u", ++market.once));
    if (offer != NULL)
        web_form_add(&form, "rev", web_rev(&market, person, offer));
    for (size_t i = 0; i < count; i++)
        web_form_add(&form, pairs[i][0], pairs[i][1]);
    return form;
}

/* Posts pairs that are all wrong: all come back, each with its error. */
static struct web_answer
assert_all_refused(enum web_person person, const char *path, const char *button,
                   const char *const pairs[][2], size_t count)
{
    const char *before = web_dump(&market);
    struct web_form form = form_for(person, pairs, count);
    struct web_answer answer;

    web_form_add(&form, "do", button);
    answer = web_post_form(&market, person, path, &form);
    assert_refused(&answer, before);
    for (size_t i = 0; i < count; i++) {
        assert_kept(&answer, pairs[i][0], pairs[i][1]);
        assert_error_at(&answer, pairs[i][0]);
    }
    return answer;
}

/* --- the ISV's forms ----------------------------------------------------------------------------
 */

static const char *
bare_draft(void)
{
    struct web_answer answer =
        web_post(&market, WEB_ISV, "/isv/offers/new", "name", "Northwind FY24", NULL);
    const char *id = answer.location + strlen("/isv/offers/");

    ck_assert_int_eq(answer.status, 303);
    offer = arena_copy(market.arena, id, strcspn(id, "/"));
    return offer;
}

START_TEST(a_new_offers_name)
{
    static const char *const names[] = {"", "   ", POISON, "a/b", "50%"};

    for (size_t i = 0; i < COUNT(names); i++) {
        const char *const pairs[][2] = {{"name", names[i]}};

        offer = NULL;
        assert_all_refused(WEB_ISV, "/isv/offers/new", "", pairs, 1);
    }
}
END_TEST

START_TEST(everything_malformed_in_a_draft)
{
    static const char *const pairs[][2] = {
        {"name", POISON},
        {"billing_account", POISON},
        {"customer_label", "\x01 bell"},
        {"seller_id", POISON},
        {"start_mode", "someday"},
        {"start_month", POISON},
        {"end_month", "2023-13"},
        {"accept_by", "2023-02-30"},
        {"contacts", "i@contoso.example\n" POISON "\n\nno address"},
        {"sales_note", "write to i@contoso.example " POISON},
    };
    const char *before;
    struct web_form form;
    struct web_answer answer;

    bare_draft();
    before = web_dump(&market);
    form = form_for(WEB_ISV, pairs, COUNT(pairs));
    web_form_set(&form, "customer_label", "fine " POISON);
    web_form_add(&form, "description", "line 1\n" POISON "\n\nline 4\n");
    web_form_add(&form, "do", "save");
    answer =
        web_post_form(&market, WEB_ISV, web_path(&market, "/isv/offers/%s/setup", offer), &form);
    assert_refused(&answer, before);
    for (size_t i = 0; i < COUNT(pairs); i++) {
        if (text_equal(pairs[i][0], "customer_label") || text_equal(pairs[i][0], "start_mode"))
            continue;
        assert_kept(&answer, pairs[i][0], pairs[i][1]);
        assert_error_at(&answer, pairs[i][0]);
    }
    assert_error_at(&answer, "start_mode");
    assert_kept(&answer, "customer_label", "fine " POISON);
    assert_kept(&answer, "description", "line 1\n" POISON "\n\nline 4\n");
    ck_assert_ptr_nonnull(strstr(page_help(market.arena, answer.body, "contacts"), "Line 2"));
    ck_assert_ptr_nonnull(strstr(page_help(market.arena, answer.body, "contacts"), "Line 4"));
}
END_TEST

START_TEST(figures_of_a_draft)
{
    static const char *const wrong[] = {"-5",     "0",   "100.01", "1.234", "1e2", POISON,
                                        "12,5,0", "..5", "5 %%",   "０",    "NaN"};

    offer = web_offer(&market, STATE_DRAFT);
    for (size_t i = 0; i < COUNT(wrong); i++) {
        const char *const pairs[][2] = {{"discount-1", wrong[i]}};

        assert_all_refused(WEB_ISV, web_path(&market, "/isv/offers/%s/setup", offer), "save", pairs,
                           1);
    }
}
END_TEST

START_TEST(prices_of_a_row)
{
    static const char *const wrong[] = {"-1.00", "", "1.005", "1000000000.00", POISON, "1 000"};
    const char *path;

    offer = web_offer(&market, STATE_DRAFT);
    path = web_path(&market, "/isv/offers/%s/products/2/price", offer);
    for (size_t i = 0; i < COUNT(wrong); i++) {
        const char *const pairs[][2] = {{"price-2-month", wrong[i]}};

        assert_all_refused(WEB_ISV, path, "save", pairs, 1);
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
    assert_summary(&answer);
    for (size_t i = 0; i < COUNT(needed); i++)
        assert_error_at(&answer, needed[i]);
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

        assert_all_refused(WEB_ISV, path, "add-partner", pairs, 1);
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

    assert_all_refused(WEB_ISV, path, "check", none, 1);
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
    answer = web_post(&market, WEB_ISV, path, "rev", "1", "q", POISON, NULL);
    ck_assert_int_eq(answer.status, 422);
    assert_kept(&answer, "q", POISON);
    ck_assert_ptr_null(strstr(answer.body, "<script>alert"));
    answer = web_post(&market, WEB_ISV, path, "rev", "1", NULL);
    assert_refused(&answer, before);
    ck_assert_ptr_nonnull(strstr(answer.body, "Select at least one plan"));
    /* not on sale, somebody else's, unknown: none of them, and the good one neither */
    static const char *const foreign[] = {"suite/hidden", "foreign/one", "suite/nothing",
                                          "nothing/pro", POISON "/x"};
    for (size_t i = 0; i < COUNT(foreign); i++) {
        answer = web_post(&market, WEB_ISV, path, "rev", "1", "plan-1", "seats/team", "plan-2",
                          foreign[i], NULL);
        assert_refused(&answer, before);
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
    assert_summary(&answer);
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
    assert_refused(&answer, before);
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
        {"adjustment-2", POISON},
        {"prepared_by", POISON},
        {"partner_contacts", "f@fabrikam.example\n" POISON},
        {"partner_note", POISON " p@fabrikam.example"},
    };
    static const char *const wrong[] = {"-0.1", "1e3", "ten", "1234567890", "+5", "5 %%"};

    offer = web_offer(&market, STATE_PENDING_PARTNER);
    assert_all_refused(WEB_PARTNER, web_path(&market, "/partner/offers/%s/setup", offer), "save",
                       pairs, COUNT(pairs));
    for (size_t i = 0; i < COUNT(wrong); i++) {
        const char *const one[][2] = {{"adjustment-1", wrong[i]}};

        assert_all_refused(WEB_PARTNER, web_path(&market, "/partner/offers/%s/setup", offer),
                           "save", one, 1);
        assert_all_refused(WEB_PARTNER, web_path(&market, "/partner/offers/%s/setup", offer),
                           "recalculate", one, 1);
        assert_all_refused(WEB_PARTNER, web_path(&market, "/partner/offers/%s/review", offer),
                           "submit", one, 1);
        assert_all_refused(WEB_PARTNER, web_path(&market, "/partner/offers/%s/review", offer),
                           "recalculate", one, 1);
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
    assert_kept(&answer, "adjustment-1", "12.5");
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
    assert_error_at(&answer, "adjustment-1");
    ck_assert_ptr_null(strstr(page_help(market.arena, answer.body, "adjustment-2"), "Error"));
    assert_kept(&answer, "adjustment-1", "20.00000001");
    answer = web_post(&market, WEB_PARTNER, path, "rev", web_rev(&market, WEB_PARTNER, offer), "do",
                      "continue", "adjustment-1", "20", "adjustment-2", "5000", "prepared_by",
                      "p@fabrikam.example", NULL);
    ck_assert_int_eq(answer.status, 303);
    answer = web_post(&market, WEB_PARTNER, path, "rev", web_rev(&market, WEB_PARTNER, offer), "do",
                      "continue", "adjustment-1", "", "adjustment-2", "", "prepared_by", "", NULL);
    ck_assert_int_eq(answer.status, 422);
    assert_error_at(&answer, "adjustment-1");
    assert_error_at(&answer, "adjustment-2");
    assert_error_at(&answer, "prepared_by");
}
END_TEST

/* --- fields that are not theirs -----------------------------------------------------------------
 */

START_TEST(fields_of_the_other_party_are_not_read)
{
    struct offer before;
    struct offer after;

    offer = web_offer(&market, STATE_PENDING_PARTNER);
    before = deal_view(&market.deal, PARTY_OPERATOR, "", offer);
    ck_assert_int_eq(
        web_post(&market, WEB_PARTNER, web_path(&market, "/partner/offers/%s/setup", offer), "rev",
                 web_rev(&market, WEB_PARTNER, offer), "do", "save", "name", "Stolen", "discount-1",
                 "1", "price-2-month", "1.00", "type-1", "absolute", "accept_by", "2023-12-01",
                 "end_month", "2024-12", "seller_id", DEAL_OTHER_PARTNER, "contacts", "x@evil.test",
                 "sales_note", "mine", "billing_account", "71234567", "description", "mine",
                 "customer_label", "mine", "start_mode", "month", "start_month", "2023-11", "state",
                 "accepted", "version", "9", "isv", DEAL_OTHER_ISV, "adjustment-1", "1", NULL)
            .status,
        303);
    after = deal_view(&market.deal, PARTY_OPERATOR, "", offer);
    ck_assert_str_eq(after.name, before.name);
    ck_assert_int_eq(after.rows[0].discount.e8, before.rows[0].discount.e8);
    ck_assert_int_eq(after.rows[0].price_type, before.rows[0].price_type);
    ck_assert_int_eq(after.rows[1].prices[0].own.money.cents, 20000);
    ck_assert_int_eq(after.accept_by_on.number, before.accept_by_on.number);
    ck_assert_int_eq(after.end_on.number, before.end_on.number);
    ck_assert_int_eq(after.start_mode, before.start_mode);
    ck_assert_str_eq(after.partner, before.partner);
    ck_assert_str_eq(after.contacts, before.contacts);
    ck_assert_str_eq(after.sales_note, before.sales_note);
    ck_assert_str_eq(after.billing_account, before.billing_account);
    ck_assert_str_eq(after.description, before.description);
    ck_assert_str_eq(after.customer_label, before.customer_label);
    ck_assert_int_eq(after.state, before.state);
    ck_assert_int_eq(after.version, before.version);
    ck_assert_int_eq(after.rows[0].adjustment.e8, 100000000);
}
END_TEST

START_TEST(an_isv_cannot_set_the_partners_fields)
{
    struct offer after;

    offer = web_offer(&market, STATE_DRAFT);
    ck_assert_int_eq(web_post(&market, WEB_ISV, web_path(&market, "/isv/offers/%s/setup", offer),
                              "rev", web_rev(&market, WEB_ISV, offer), "do", "save", "adjustment-1",
                              "5", "prepared_by", "x@evil.test", "partner_contacts", "x@evil.test",
                              "partner_note", "mine", "name", "Kept", NULL)
                         .status,
                     303);
    after = deal_view(&market.deal, PARTY_OPERATOR, "", offer);
    ck_assert_str_eq(after.name, "Kept");
    ck_assert(!after.rows[0].has_adjustment);
    ck_assert_str_eq(after.prepared_by, "");
    ck_assert_str_eq(after.partner_contacts, "");
    ck_assert_str_eq(after.partner_note, "");
}
END_TEST

/* --- once, and never over somebody else's -------------------------------------------------------
 */

START_TEST(a_repeated_submit_gets_the_first_answer)
{
    static const char *const paths[] = {
        "/isv/offers/new",
        "/isv/offers/:offer/setup",
        "/isv/offers/:offer/products/add",
        "/isv/offers/:offer/submit",
        "/isv/offers/:offer/withdraw",
        "/isv/offers/:offer/delete",
        "/partner/offers/:offer/setup",
        "/partner/offers/:offer/review",
        "/partner/offers/:offer/withdraw",
        "/customer/offers/:offer/accept",
        "/operator/clock",
    };
    const struct web_post_rule *rule = web_post_rule(paths[_i]);
    const char *about = web_post_offer(&market, rule);
    const char *path = web_row_path(&market, rule->path, about);
    struct web_form form = web_post_form_of(&market, rule, rule->person, about);
    struct web_answer first = web_post_form(&market, rule->person, path, &form);
    const char *after = web_dump(&market);
    struct web_answer second = web_post_form(&market, rule->person, path, &form);

    ck_assert_int_eq(first.status, 303);
    ck_assert_int_eq(second.status, 303);
    ck_assert_str_eq(second.location, first.location);
    ck_assert_str_eq(after, web_dump(&market));
}
END_TEST

START_TEST(a_key_of_another_session_opens_nothing)
{
    struct web_answer answer;

    web_offer(&market, STATE_DRAFT);
    answer = web_post(&market, WEB_ISV, "/isv/offers/new", "name", "One", "once", "same", NULL);
    ck_assert_int_eq(answer.status, 303);
    answer =
        web_post(&market, WEB_OTHER_ISV, "/isv/offers/new", "name", "Two", "once", "same", NULL);
    ck_assert_int_eq(answer.status, 303);
    ck_assert_int_eq(web_get(&market, WEB_OTHER_ISV, answer.location).status, 200);
}
END_TEST

START_TEST(a_draft_changed_meanwhile_shows_both)
{
    const char *path;
    const char *rev;
    const char *before;
    struct web_answer answer;

    offer = web_offer(&market, STATE_DRAFT);
    path = web_path(&market, "/isv/offers/%s/setup", offer);
    rev = web_rev(&market, WEB_ISV, offer);
    ck_assert_int_eq(web_post(&market, WEB_ISV_DEVELOPER, path, "rev", rev, "do", "save",
                              "description", "Theirs", "discount-1", "15", NULL)
                         .status,
                     303);
    before = web_dump(&market);
    answer = web_post(&market, WEB_ISV, path, "rev", rev, "do", "save", "description",
                      "Yours\n" POISON, "discount-1", "17.5", "contacts", "not an address", NULL);
    ck_assert_int_eq(answer.status, 409);
    ck_assert_str_eq(before, web_dump(&market));
    ck_assert_ptr_nonnull(strstr(answer.body, "Person isv-developer"));
    ck_assert_ptr_nonnull(
        strstr(page_text(market.arena, answer.body), "Yours \"><script>alert(1)</script>'&{{X}}"));
    ck_assert_ptr_null(strstr(answer.body, "<script>alert"));
    ck_assert_ptr_nonnull(strstr(answer.body, ">Theirs<"));
    ck_assert_ptr_nonnull(strstr(answer.body, ">17.5<"));
    ck_assert_ptr_nonnull(strstr(answer.body, ">15<"));
    ck_assert_ptr_nonnull(strstr(answer.body, ">not an address<"));
    ck_assert_ptr_nonnull(strstr(answer.body, web_path(&market, "href=\"%s\"", path)));
}
END_TEST

START_TEST(a_price_changed_meanwhile_shows_both)
{
    const char *path;
    const char *rev;
    struct web_answer answer;

    offer = web_offer(&market, STATE_PENDING_PARTNER);
    path = web_path(&market, "/partner/offers/%s/setup", offer);
    rev = web_rev(&market, WEB_PARTNER, offer);
    ck_assert_int_eq(
        web_post(&market, WEB_PARTNER, path, "rev", rev, "do", "save", "adjustment-1", "5", NULL)
            .status,
        303);
    answer =
        web_post(&market, WEB_PARTNER, path, "rev", rev, "do", "save", "adjustment-1", "6", NULL);
    ck_assert_int_eq(answer.status, 409);
    ck_assert_ptr_nonnull(strstr(answer.body, ">6<"));
    ck_assert_ptr_nonnull(strstr(answer.body, ">5<"));
    answer = web_post(&market, WEB_PARTNER, web_path(&market, "/partner/offers/%s/review", offer),
                      "rev", rev, "do", "submit", "adjustment-1", "7", NULL);
    ck_assert_int_eq(answer.status, 409);
    ck_assert_ptr_nonnull(strstr(answer.body, ">7<"));
    for (int i = 0; i < 3; i++) {
        static const char *const rest[] = {"submit", "withdraw", "delete"};

        answer = web_post(&market, WEB_ISV, web_path(&market, "/isv/offers/%s/%s", offer, rest[i]),
                          "rev", "1", NULL);
        ck_assert_int_eq(answer.status, 409);
    }
}
END_TEST

/* The customer accepts what was shown, or nothing. */
START_TEST(terms_changed_before_the_acceptance)
{
    const char *path;
    const char *before;
    struct web_answer answer;

    offer = web_offer(&market, STATE_PENDING_ACCEPTANCE);
    path = web_path(&market, "/customer/offers/%s/accept", offer);
    before = web_dump(&market);
    answer = web_post(&market, WEB_OWNER, path, "price-digest", "something else", NULL);
    ck_assert_int_eq(answer.status, 409);
    ck_assert_ptr_nonnull(strstr(answer.body, "The offer changed."));
    ck_assert_ptr_nonnull(strstr(answer.body, "Accept offer"));
    answer = web_post(&market, WEB_OWNER, path, NULL);
    ck_assert_int_eq(answer.status, 409);
    ck_assert_str_eq(before, web_dump(&market));
}
END_TEST

/* --- limits: at them, and one past them ---------------------------------------------------------
 */

static const char *
repeated(const char *text, size_t count)
{
    const char *all = "";

    for (size_t i = 0; i < count; i++)
        all = arena_format(market.arena, "%s%s", all, text);
    return all;
}

START_TEST(texts_at_their_limits)
{
    static const struct {
        const char *field;
        size_t limit;
    } texts[] = {{"name", 128}, {"customer_label", 128}, {"description", 1024}, {"sales_note", 60}};
    const char *path;

    offer = web_offer(&market, STATE_DRAFT);
    path = web_path(&market, "/isv/offers/%s/setup", offer);
    for (size_t i = 0; i < COUNT(texts); i++) {
        const char *fits = repeated(CJK, texts[i].limit);
        const char *const past[][2] = {{texts[i].field, repeated(CJK, texts[i].limit + 1)}};
        struct web_answer answer =
            web_post(&market, WEB_ISV, path, "rev", web_rev(&market, WEB_ISV, offer), "do", "save",
                     texts[i].field, fits, NULL);

        ck_assert_msg(answer.status == 303, "%s: %d", texts[i].field, answer.status);
        assert_kept(&(struct web_answer){.body = web_get(&market, WEB_ISV, path).body},
                    texts[i].field, fits);
        assert_all_refused(WEB_ISV, path, "save", past, 1);
    }
}
END_TEST

START_TEST(contacts_and_days_at_their_limits)
{
    const char *five = "a@x.example\nb@x.example\nc@x.example\nd@x.example\ne@x.example";
    const char *const six[][2] = {
        {"contacts", arena_format(market.arena, "%s\nf@x.example", five)}};
    static const char *const late[][2] = {{"end_month", "2028-11"}};
    const char *path;
    struct web_answer answer;

    offer = web_offer(&market, STATE_DRAFT);
    path = web_path(&market, "/isv/offers/%s/setup", offer);
    ck_assert_int_eq(web_post(&market, WEB_ISV, path, "rev", web_rev(&market, WEB_ISV, offer), "do",
                              "save", "contacts", five, NULL)
                         .status,
                     303);
    assert_all_refused(WEB_ISV, path, "save", six, 1);
    ck_assert_int_eq(web_post(&market, WEB_ISV, path, "rev", web_rev(&market, WEB_ISV, offer), "do",
                              "continue", "end_month", "2028-10", NULL)
                         .status,
                     303);
    answer = web_post(&market, WEB_ISV, path, "rev", web_rev(&market, WEB_ISV, offer), "do",
                      "continue", "end_month", late[0][1], NULL);
    ck_assert_int_eq(answer.status, 422);
    assert_error_at(&answer, "end_month");
    answer = web_post(&market, WEB_ISV, path, "rev", web_rev(&market, WEB_ISV, offer), "do",
                      "continue", "end_month", "2023-12", "accept_by", "2023-10-15", NULL);
    assert_error_at(&answer, "accept_by");
    answer = web_post(&market, WEB_ISV, path, "rev", web_rev(&market, WEB_ISV, offer), "do",
                      "continue", "accept_by", "2023-10-16", NULL);
    ck_assert_int_eq(answer.status, 303);
    answer = web_post(&market, WEB_ISV, path, "rev", web_rev(&market, WEB_ISV, offer), "do",
                      "continue", "start_mode", "month", "start_month", "2023-10", NULL);
    assert_error_at(&answer, "start_month");
    answer = web_post(&market, WEB_ISV, path, "rev", web_rev(&market, WEB_ISV, offer), "do",
                      "continue", "start_mode", "month", "start_month", "2023-11", NULL);
    ck_assert_int_eq(answer.status, 303);
}
END_TEST

/* --- the operator's clock -----------------------------------------------------------------------
 */

START_TEST(the_clock_goes_forward_only)
{
    static const char *const wrong[] = {"2023-10-15", "2023-10-16", "2023-02-30", "tomorrow",
                                        "",           "2099-01-01", POISON};
    struct web_answer answer;

    offer = NULL;
    for (size_t i = 0; i < COUNT(wrong); i++) {
        const char *const pairs[][2] = {{"day", wrong[i]}};

        assert_all_refused(WEB_OPERATOR, "/operator/clock", "", pairs, 1);
    }
    answer = web_post(&market, WEB_OPERATOR, "/operator/clock", "day", "2023-11-16", NULL);
    ck_assert_int_eq(answer.status, 303);
    ck_assert_ptr_nonnull(strstr(web_get(&market, WEB_ISV, "/isv").body, "16 Nov 2023"));
}
END_TEST

static void
add_more(Suite *suite)
{
    TCase *tests = tcase_create("once_and_stale");

    tcase_add_checked_fixture(tests, setup, teardown);
    tcase_add_test(tests, fields_of_the_other_party_are_not_read);
    tcase_add_test(tests, an_isv_cannot_set_the_partners_fields);
    tcase_add_loop_test(tests, a_repeated_submit_gets_the_first_answer, 0, 11);
    tcase_add_test(tests, a_key_of_another_session_opens_nothing);
    tcase_add_test(tests, a_draft_changed_meanwhile_shows_both);
    tcase_add_test(tests, a_price_changed_meanwhile_shows_both);
    tcase_add_test(tests, terms_changed_before_the_acceptance);
    tcase_add_test(tests, texts_at_their_limits);
    tcase_add_test(tests, contacts_and_days_at_their_limits);
    tcase_add_test(tests, the_clock_goes_forward_only);
    suite_add_tcase(suite, tests);
}

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
    suite_add_tcase(suite, tests);
    add_more(suite);
    return suite;
}

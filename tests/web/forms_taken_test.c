/*
 * forms_taken_test.c: what of a form is taken: the fields of whoever sends it, up to their limits,
 * once, and never over what somebody else saved meanwhile.
 *
 * Not here: what a refused form looks like in general: forms_test.c.
 */
#include <check.h>
#include <string.h>

#include "base/text.h"
#include "refusal.h"
#include "support/page.h"
#include "support/web_posts.h"

#define CJK "\xe5\x80\xbc" /* three bytes, one character */

Suite *forms_taken_suite(void);

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
    answer = web_post(&market, WEB_ISV, "/isv/offers/new", "name", "One", WEB_OPTION_A, "once",
                      "same", NULL);
    ck_assert_int_eq(answer.status, 303);
    answer = web_post(&market, WEB_OTHER_ISV, "/isv/offers/new", "name", "Two", WEB_OPTION_A,
                      "once", "same", NULL);
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
                      "Yours\n" REFUSAL_POISON, "discount-1", "17.5", "contacts", "not an address",
                      NULL);
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
        refusal_check_kept(&market,
                           &(struct web_answer){.body = web_get(&market, WEB_ISV, path).body},
                           texts[i].field, fits);
        refusal_check_all(&market, WEB_ISV, offer, path, "save", past, 1);
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
    refusal_check_all(&market, WEB_ISV, offer, path, "save", six, 1);
    ck_assert_int_eq(web_post(&market, WEB_ISV, path, "rev", web_rev(&market, WEB_ISV, offer), "do",
                              "continue", "end_month", "2028-10", NULL)
                         .status,
                     303);
    answer = web_post(&market, WEB_ISV, path, "rev", web_rev(&market, WEB_ISV, offer), "do",
                      "continue", "end_month", late[0][1], NULL);
    ck_assert_int_eq(answer.status, 422);
    refusal_check_error(&market, &answer, "end_month");
    answer = web_post(&market, WEB_ISV, path, "rev", web_rev(&market, WEB_ISV, offer), "do",
                      "continue", "end_month", "2023-12", "accept_by", "2023-10-15", NULL);
    refusal_check_error(&market, &answer, "accept_by");
    answer = web_post(&market, WEB_ISV, path, "rev", web_rev(&market, WEB_ISV, offer), "do",
                      "continue", "accept_by", "2023-10-16", NULL);
    ck_assert_int_eq(answer.status, 303);
    answer = web_post(&market, WEB_ISV, path, "rev", web_rev(&market, WEB_ISV, offer), "do",
                      "continue", "start_mode", "month", "start_month", "2023-10", NULL);
    refusal_check_error(&market, &answer, "start_month");
    answer = web_post(&market, WEB_ISV, path, "rev", web_rev(&market, WEB_ISV, offer), "do",
                      "continue", "start_mode", "month", "start_month", "2023-11", NULL);
    ck_assert_int_eq(answer.status, 303);
}
END_TEST

Suite *
forms_taken_suite(void)
{
    Suite *suite = suite_create("web/forms_taken");
    TCase *tests = tcase_create("taken");

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
    suite_add_tcase(suite, tests);
    return suite;
}

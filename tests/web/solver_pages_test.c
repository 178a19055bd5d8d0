/*
 * solver_pages_test.c: the customer price that a partner types becomes the adjustment of its row,
 * on the page and in the store, with what is left of it (LAW 8.2).
 */
#include <check.h>
#include <string.h>

#include "refusal.h"
#include "support/page.h"
#include "support/web_posts.h"

Suite *solver_pages_suite(void);

static struct web_market market;
static const char *offer;
static const char *path;

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

static void
offered(void)
{
    offer = web_offer(&market, STATE_PENDING_PARTNER);
    path = web_path(&market, "/partner/offers/%s/setup", offer);
}

static const char *
stored(size_t row)
{
    struct offer seen = deal_view(&market.deal, PARTY_PARTNER, DEAL_PARTNER, offer);

    return seen.rows[row].has_adjustment ? rate_show(market.arena, seen.rows[row].adjustment) : "";
}

/* Sends the form and follows to the page. */
static const char *
follow(struct web_answer answer)
{
    ck_assert_msg(answer.status == 303, "%s", page_text(market.arena, answer.body));
    answer =
        web_get(&market, WEB_PARTNER,
                web_path(&market, "%.*s", (int)strcspn(answer.location, "#"), answer.location));
    ck_assert_int_eq(answer.status, 200);
    return answer.body;
}

#define SEND(button, ...)                                                                   \
    web_post(&market, WEB_PARTNER, path, "rev", web_rev(&market, WEB_PARTNER, offer), "do", \
             button, __VA_ARGS__, NULL)

/* Row 1 is Pro: a year at 960.00 and a meter at 0.80, capped at 20; row 2 is Ops at 200.00. */
START_TEST(recalculated_for_the_price_point_chosen)
{
    const char *page;

    offered();
    page = web_get(&market, WEB_PARTNER, path).body;
    ck_assert_str_eq(page_field(market.arena, page, "point-1"), "term-12");
    ck_assert_ptr_null(page_by_id(page, "point-2")); /* there is one price to choose from */
    ck_assert_str_eq(page_attribute(market.arena, page_by_id(page, "desired-2"), "aria-label"),
                     "Desired customer price for Runner, Ops");

    page = follow(SEND("recalculate", "adjustment-1", "3", "desired-1", "$1,056.00", "point-1",
                       "term-12", "desired-2", "267"));
    ck_assert_str_eq(stored(0), "10");
    ck_assert_str_eq(stored(1), "33.5");
    ck_assert_str_eq(page_field(market.arena, page, "adjustment-1"), "10");
    ck_assert_str_eq(page_field(market.arena, page, "desired-1"), "");
    ck_assert_ptr_nonnull(
        strstr(page_help(market.arena, page, "desired-1"), "10% gives $1,056.00, as you wanted"));
    ck_assert_ptr_nonnull(
        strstr(page_help(market.arena, page, "desired-2"), "33.5% gives $267.00, as you wanted"));

    page = follow(SEND("save", "desired-1", "0.85", "point-1", "meter-emails"));
    ck_assert_str_eq(stored(0), "6.25");
    ck_assert_str_eq(page_field(market.arena, page, "point-1"), "meter-emails");
    ck_assert_ptr_nonnull(
        strstr(page_help(market.arena, page, "desired-1"), "6.25% gives $0.85, as you wanted"));
    ck_assert_str_eq(page_help(market.arena, page, "desired-2"), "");
}
END_TEST

/* 0.03 of 700,000,000.00 is 0.43 of the last decimal, 0.04 is 0.57 of it, which gives 0.07. */
START_TEST(what_is_left_is_told_to_the_cent)
{
    static const char *const rows[][2] = {
        {"700000000.03",
         "0% gives $700,000,000.00, $0.03 less than the $700,000,000.03 you wanted"},
        {"700,000,000.04",
         "0.00000001% gives $700,000,000.07, $0.03 more than the $700,000,000.04 you wanted"},
    };

    offer = web_offer(&market, STATE_DRAFT);
    ck_assert_int_eq(
        web_post(&market, WEB_ISV, web_path(&market, "/isv/offers/%s/products/2/price", offer),
                 "rev", web_rev(&market, WEB_ISV, offer), "price-2-month", "700000000.00", NULL)
            .status,
        303);
    ck_assert_int_eq(web_post(&market, WEB_ISV, web_path(&market, "/isv/offers/%s/submit", offer),
                              "rev", web_rev(&market, WEB_ISV, offer), NULL)
                         .status,
                     303);
    web_publish(&market);
    path = web_path(&market, "/partner/offers/%s/setup", offer);
    for (size_t i = 0; i < COUNT(rows); i++) {
        const char *page = follow(SEND("recalculate", "desired-2", rows[i][0]));

        ck_assert_msg(strstr(page_help(market.arena, page, "desired-2"), rows[i][1]) != NULL, "%s",
                      page_help(market.arena, page, "desired-2"));
    }
}
END_TEST

START_TEST(a_price_that_is_refused_saves_nothing)
{
    static const char *const rows[][2] = {
        {"959.99", "Enter the partner price, $960.00, or more"},
        {"1152.01", "Enter at most $1,152.00"},
        {"1e3", "Enter a price from 0.00 to 999,999,999.99"},
    };

    offered();
    for (size_t i = 0; i < COUNT(rows); i++) {
        const char *before = web_dump(&market);
        struct web_answer answer =
            SEND("recalculate", "adjustment-1", "4", "adjustment-2", "5", "desired-1", rows[i][0],
                 "prepared_by", "new@fabrikam.example");

        refusal_check(&market, &answer, before);
        refusal_check_error(&market, &answer, "desired-1");
        ck_assert_msg(strstr(page_help(market.arena, answer.body, "desired-1"), rows[i][1]) != NULL,
                      "%s", page_help(market.arena, answer.body, "desired-1"));
        refusal_check_kept(&market, &answer, "desired-1", rows[i][0]);
        refusal_check_kept(&market, &answer, "adjustment-1", "4");
        refusal_check_kept(&market, &answer, "prepared_by", "new@fabrikam.example");
    }
}
END_TEST

/* What Save and continue has saved stands in the adjustment; the price wanted is done with. */
START_TEST(saved_although_something_is_missing)
{
    struct web_answer answer;

    offered();
    answer = SEND("continue", "adjustment-1", "", "desired-1", "1152", "adjustment-2", "");
    ck_assert_int_eq(answer.status, 422);
    ck_assert_str_eq(stored(0), "20");
    ck_assert_str_eq(page_field(market.arena, answer.body, "adjustment-1"), "20");
    ck_assert_str_eq(page_field(market.arena, answer.body, "desired-1"), "");
    refusal_check_error(&market, &answer, "adjustment-2");
}
END_TEST

/* An address says what it says about what is stored, and no more. */
START_TEST(an_address_is_no_form)
{
    struct web_answer answer;

    offered();
    answer = web_get(&market, WEB_PARTNER,
                     web_path(&market, "%s?desired-1=<b>&point-1=nothing&desired-2=5", path));
    ck_assert_int_eq(answer.status, 200);
    ck_assert_str_eq(page_help(market.arena, answer.body, "desired-1"), "");
    ck_assert_str_eq(page_help(market.arena, answer.body, "desired-2"), "");
    ck_assert_str_eq(page_field(market.arena, answer.body, "point-1"), "term-12");
    ck_assert_str_eq(stored(1), "");
}
END_TEST

/* Signed in again, the form is as it was typed, and reckons with it. */
START_TEST(a_session_that_ended_keeps_the_price)
{
    struct web_form form = web_form_new(&market);
    struct web_answer answer;

    offered();
    web_form_add(&form, "csrf", "of a session that ended");
    web_form_add(&form, "desired-1", "1056.00");
    answer = web_post_form(&market, WEB_OUT, path, &form);
    ck_assert_int_eq(answer.status, 403);
    ck_assert_ptr_nonnull(strstr(answer.body, "1056.00"));
}
END_TEST

Suite *
solver_pages_suite(void)
{
    Suite *suite = suite_create("web/solver_pages");
    TCase *tests = tcase_create("solver_pages");

    tcase_set_timeout(tests, 60);
    tcase_add_checked_fixture(tests, setup, teardown);
    tcase_add_test(tests, recalculated_for_the_price_point_chosen);
    tcase_add_test(tests, what_is_left_is_told_to_the_cent);
    tcase_add_test(tests, a_price_that_is_refused_saves_nothing);
    tcase_add_test(tests, saved_although_something_is_missing);
    tcase_add_test(tests, an_address_is_no_form);
    tcase_add_test(tests, a_session_that_ended_keeps_the_price);
    suite_add_tcase(suite, tests);
    return suite;
}

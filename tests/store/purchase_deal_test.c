/*
 * purchase_deal_test.c: the deal of LAW 20, steps 6 to 9, through the actions, as the clock moves;
 * renewals in and after the window with a price change between, the three clocks, refunds,
 * suspension. Every figure is worked out by hand. Not here: usage, users, other kinds
 * (purchase_kinds_test).
 */
#include <check.h>

#include "base/text.h"
#include "support/buying.h"
#include "support/rows_market.h"

Suite *purchase_deal_suite(void);

#define COMMITMENT "2023-01-01"

static struct deal_market market;
static const char *offer; /* of LAW 20 */

/* Accepted on 20 October 2023. */
static void
setup(void)
{
    deal_market_open(&market, NULL);
    rows_market_add(&market);
    buying_add(&market);
    offer = deal_make(&market, DEAL_EXTENDED);
    buying_on(&market, "2023-10-20");
    ck_assert_int_eq(play_deed(&market, &actor_owner, DEED_ACCEPT, offer), OK);
}

static void
teardown(void)
{
    deal_market_close(&market);
}

/* Bought on the 20th, configured on the 21st, activated on the 23rd. */
static const char *
pro(void)
{
    const char *id = buy(&market, &(struct wanted){.offer = offer, .row = 1, .term = "term-12"});

    buying_on(&market, "2023-10-21");
    deed(&market, &actor_contributor, DO_CONFIGURE, id, "");
    buying_on(&market, "2023-10-23");
    deed(&market, &actor_isv, DO_ACTIVATE, id, "");
    return id;
}

static const char *
ops(void)
{
    buying_on(&market, "2023-10-24");
    return buy(&market, &(struct wanted){.offer = offer, .row = 2});
}

#define PRO_YEAR                                                                \
    "2023-10-23 payment term-12 x1, 2023-10-23 to 2024-10-22, private: 1080.00" \
    " = 931.20 + 120.00 + 28.80\n"
#define OPS_OCTOBER                                                      \
    "2023-10-24 fee month x1, 2023-10-24 to 2023-11-23, private: 260.00" \
    " = 194.00 + 60.00 + 6.00\n"
#define OPS_NOVEMBER                                                     \
    "2023-11-24 fee month x1, 2023-11-24 to 2023-12-23, private: 260.00" \
    " = 194.00 + 60.00 + 6.00\n"
#define OPS_DECEMBER                                                     \
    "2023-12-24 fee month x1, 2023-12-24 to 2024-01-23, private: 260.00" \
    " = 194.00 + 60.00 + 6.00\n"
#define OPS_JANUARY                                                   \
    "2024-01-24 fee month x1, 2024-01-24 to 2024-02-23, list: 250.00" \
    " = 242.50 + 0.00 + 7.50\n"

/* ---- LAW 20 --------------------------------------------------------------------------------- */

START_TEST(steps_6_to_8)
{
    const char *subscription;
    const char *deployment;

    subscription = buy(&market, &(struct wanted){.offer = offer, .row = 1, .term = "term-12"});
    ck_assert_int_eq(bought(&market, subscription).state, PURCHASE_PENDING);
    ck_assert_str_eq(bill(&market, subscription), "");
    buying_on(&market, "2023-10-21");
    deed(&market, &actor_contributor, DO_CONFIGURE, subscription, "");
    ck_assert_int_eq(bought(&market, subscription).state, PURCHASE_PENDING);
    ck_assert_str_eq(bill(&market, subscription), "");
    ck_assert_str_eq(balance(&market, COMMITMENT), "50000.00");

    buying_on(&market, "2023-10-23");
    deed(&market, &actor_isv, DO_ACTIVATE, subscription, "");
    ck_assert_int_eq(bought(&market, subscription).state, PURCHASE_SUBSCRIBED);
    ck_assert_str_eq(bill(&market, subscription), PRO_YEAR);
    deployment = ops();
    ck_assert_int_eq(bought(&market, deployment).state, PURCHASE_SUBSCRIBED);
    ck_assert_str_eq(bill(&market, deployment), OPS_OCTOBER);

    /* 50,000.00 - 1,340.00 */
    ck_assert_str_eq(balance(&market, COMMITMENT), "48660.00");
    ck_assert_str_eq(balance_events(&market, COMMITMENT), "1080.00 48920.00\n260.00 48660.00\n");
    ck_assert_str_eq(history(&market, subscription), "bought 2023-10-20T09:00:00Z\n"
                                                     "configured 2023-10-21T09:00:00Z\n"
                                                     "activated 2023-10-23T09:00:00Z\n");
}
END_TEST

START_TEST(step_9)
{
    const char *subscription = pro();
    const char *deployment = ops();
    struct purchases page;
    struct purchase_query query = {.offer = offer, .saas_only = true, .before_id = ""};

    buying_on(&market, "2024-01-23");
    settle(&market);
    ck_assert_str_eq(bill(&market, deployment), OPS_OCTOBER OPS_NOVEMBER OPS_DECEMBER);
    buying_on(&market, "2024-01-24");
    settle(&market);
    ck_assert_str_eq(bill(&market, deployment), OPS_OCTOBER OPS_NOVEMBER OPS_DECEMBER OPS_JANUARY);
    /* 48,660.00 - 260.00 - 260.00 - 250.00 */
    ck_assert_str_eq(balance(&market, COMMITMENT), "47890.00");

    buying_on(&market, "2024-10-22");
    settle(&market);
    ck_assert_str_eq(bill(&market, subscription), PRO_YEAR);
    buying_on(&market, "2024-10-23");
    settle(&market);
    ck_assert_str_eq(bill(&market, subscription),
                     PRO_YEAR "2024-10-23 payment term-12 x1, 2024-10-23 to 2025-10-22, list:"
                              " 1200.00 = 1164.00 + 0.00 + 36.00\n");
    ck_assert_int_eq(bought(&market, subscription).state, PURCHASE_SUBSCRIBED);

    /* View status knows Pro alone, for both sellers */
    query.viewer = (struct viewer){PARTY_ISV, DEAL_ISV, day_make(2024, 10, 23)};
    ck_assert_int_eq(purchases_page(market.temp.reader, market.temp.arena, &query, &page), OK);
    ck_assert_uint_eq(page.count, 1);
    ck_assert_str_eq(page.rows[0].id, subscription);
    query.viewer = (struct viewer){PARTY_PARTNER, DEAL_PARTNER, day_make(2024, 10, 23)};
    ck_assert_int_eq(purchases_page(market.temp.reader, market.temp.arena, &query, &page), OK);
    ck_assert_uint_eq(page.count, 1);
    ck_assert_str_eq(page.rows[0].id, subscription);
}
END_TEST

/* Ops is absolute: 200.00 whatever the list price; once at list, it is that of the day. */
START_TEST(an_absolute_price_stays_when_the_list_price_changes)
{
    const char *deployment = ops();

    list_price(&market, "runner", "ops", "month", POINT_MONTH, 24000, "2023-12-01");
    buying_on(&market, "2024-01-24");
    settle(&market);
    ck_assert_str_eq(bill(&market, deployment), OPS_OCTOBER OPS_NOVEMBER OPS_DECEMBER
                     "2024-01-24 fee month x1, 2024-01-24 to 2024-02-23, list: 240.00"
                     " = 232.80 + 0.00 + 7.20\n");
}
END_TEST

/* The list price of Lite is 50.00, from 1 December 45.00: 20 % off and 10 % on are 44.00,
 * then 36.00 and 39.60. After the window it is list. */
START_TEST(renewals_in_and_after_the_window_with_a_price_change_between)
{
    const char *discounted = buying_offer(&market, &(struct sold){.product = "meters",
                                                                  .plan = "lite",
                                                                  .discount = "20",
                                                                  .adjustment = "10",
                                                                  .end_month = "2023-12"});
    const char *id = subscribe(&market, &(struct wanted){.offer = discounted, .term = "term-1"});

    list_price(&market, "meters", "lite", "term-1", POINT_TERM, 4500, "2023-12-01");
    buying_on(&market, "2024-01-20");
    settle(&market);
    ck_assert_str_eq(bill(&market, id),
                     "2023-10-20 payment term-1 x1, 2023-10-20 to 2023-11-19, private: 44.00"
                     " = 38.80 + 4.00 + 1.20\n"
                     "2023-11-20 payment term-1 x1, 2023-11-20 to 2023-12-19, private: 44.00"
                     " = 38.80 + 4.00 + 1.20\n"
                     "2023-12-20 payment term-1 x1, 2023-12-20 to 2024-01-19, private: 39.60"
                     " = 34.92 + 3.60 + 1.08\n"
                     "2024-01-20 payment term-1 x1, 2024-01-20 to 2024-02-19, list: 45.00"
                     " = 43.65 + 0.00 + 1.35\n");
    ck_assert_str_eq(history(&market, id), "bought 2023-10-20T09:00:00Z\n"
                                           "configured 2023-10-20T09:00:00Z\n"
                                           "activated 2023-10-20T09:00:00Z\n"
                                           "renewed 2023-11-20T00:00:00Z\n"
                                           "renewed 2023-12-20T00:00:00Z\n"
                                           "renewed 2024-01-20T00:00:00Z\n");
}
END_TEST

/* The price is that of the day it was bought, also where it is activated after the window. */
START_TEST(bought_in_the_window_and_activated_after_it)
{
    const char *id;

    buying_on(&market, "2023-12-31");
    id = buy(&market, &(struct wanted){.offer = offer, .row = 1, .term = "term-12"});
    buying_on(&market, "2024-01-10");
    deed(&market, &actor_contributor, DO_CONFIGURE, id, "");
    deed(&market, &actor_isv, DO_ACTIVATE, id, "");
    ck_assert_str_eq(bill(&market, id),
                     "2024-01-10 payment term-12 x1, 2024-01-10 to 2025-01-09, private: 1080.00"
                     " = 931.20 + 120.00 + 28.80\n");
}
END_TEST

START_TEST(recurring_billing_off_ends_with_the_term)
{
    const char *id = pro();

    deed(&market, &actor_contributor, DO_NOT_RECUR, id, "");
    buying_on(&market, "2024-10-23");
    settle(&market);
    ck_assert_int_eq(bought(&market, id).state, PURCHASE_UNSUBSCRIBED);
    ck_assert_int_eq(bought(&market, id).ending, PURCHASE_TERM_OVER);
    ck_assert_str_eq(bill(&market, id), PRO_YEAR);
    ck_assert_str_eq(history(&market, id), "bought 2023-10-20T09:00:00Z\n"
                                           "configured 2023-10-21T09:00:00Z\n"
                                           "activated 2023-10-23T09:00:00Z\n"
                                           "recurring_off 2023-10-23T09:00:00Z\n"
                                           "ended 2024-10-23T00:00:00Z\n");
}
END_TEST

/* ---- The three clocks (LAW 11) -------------------------------------------------------------- */

static void
refused(const struct actor *actor, enum purchase_deed what, const char *id, enum err expected)
{
    struct problems *problems = problems_new(market.temp.arena);
    const char *before = history(&market, id);

    ck_assert_int_eq(try_deed(&market, actor, what, id, "", problems), expected);
    ck_assert_str_eq(history(&market, id), before);
}

START_TEST(not_configured_for_thirty_days)
{
    const char *id = buy(&market, &(struct wanted){.offer = offer, .row = 1, .term = "term-12"});

    buying_at(&market, "2023-11-20 00:00:00");
    refused(&actor_contributor, DO_CONFIGURE, id, ERR_CLOSED); /* nobody has written it yet */
    settle(&market);
    ck_assert_int_eq(bought(&market, id).ending, PURCHASE_NEVER_CONFIGURED);
    ck_assert_str_eq(history(&market, id),
                     "bought 2023-10-20T09:00:00Z\nlapsed 2023-11-20T00:00:00Z\n");
    ck_assert_str_eq(bill(&market, id), "");
    refused(&actor_contributor, DO_CONFIGURE, id, ERR_CLOSED);
}
END_TEST

START_TEST(not_activated_for_thirty_days)
{
    const char *id = buy(&market, &(struct wanted){.offer = offer, .row = 1, .term = "term-12"});

    buying_at(&market, "2023-11-19 23:59:59"); /* the last second to configure it */
    settle(&market);
    deed(&market, &actor_contributor, DO_CONFIGURE, id, "");
    buying_at(&market, "2023-12-20 00:00:00");
    refused(&actor_isv, DO_ACTIVATE, id, ERR_CLOSED);
    settle(&market);
    ck_assert_int_eq(bought(&market, id).ending, PURCHASE_NEVER_ACTIVATED);
    ck_assert_str_eq(bill(&market, id), "");
}
END_TEST

START_TEST(activated_on_the_last_day)
{
    const char *id = buy(&market, &(struct wanted){.offer = offer, .row = 1, .term = "term-12"});

    deed(&market, &actor_contributor, DO_CONFIGURE, id, "");
    buying_at(&market, "2023-11-19 23:59:59");
    settle(&market);
    deed(&market, &actor_isv, DO_ACTIVATE, id, "");
    ck_assert_int_eq(bought(&market, id).state, PURCHASE_SUBSCRIBED);
}
END_TEST

static const char *
lite(void)
{
    return subscribe(&market,
                     &(struct wanted){.product = "meters", .plan = "lite", .term = "term-1"});
}

#define LITE_OCTOBER                                                      \
    "2023-10-20 payment term-1 x1, 2023-10-20 to 2023-11-19, list: 50.00" \
    " = 48.50 + 0.00 + 1.50\n"
#define LITE_NOVEMBER                                                     \
    "2023-11-20 payment term-1 x1, 2023-11-20 to 2023-12-19, list: 50.00" \
    " = 48.50 + 0.00 + 1.50\n"

/* Suspended from 15 November, a term ends and another begins on the 20th; paid on 15 December, the
 * last day. */
START_TEST(reinstated_on_the_last_day_everything_is_charged_with_its_own_day)
{
    const char *id = lite();

    buying_on(&market, "2023-11-15");
    deed(&market, &actor_operator, DO_FAIL_PAYMENT, id, "");
    ck_assert_int_eq(bought(&market, id).state, PURCHASE_SUSPENDED);
    refused(&actor_isv, DO_ACTIVATE, id, ERR_CLOSED);
    refused(&actor_operator, DO_FAIL_PAYMENT, id, ERR_CLOSED);
    buying_at(&market, "2023-12-15 23:59:59");
    settle(&market);
    ck_assert_str_eq(bill(&market, id), LITE_OCTOBER);
    deed(&market, &actor_operator, DO_RECEIVE_PAYMENT, id, "");
    ck_assert_int_eq(bought(&market, id).state, PURCHASE_SUBSCRIBED);
    ck_assert_str_eq(bill(&market, id), LITE_OCTOBER LITE_NOVEMBER);
}
END_TEST

START_TEST(suspended_for_thirty_days_it_is_over_and_charged_no_more)
{
    const char *id = lite();

    buying_on(&market, "2023-11-15");
    deed(&market, &actor_operator, DO_FAIL_PAYMENT, id, "");
    buying_at(&market, "2023-12-16 00:00:00");
    refused(&actor_operator, DO_RECEIVE_PAYMENT, id, ERR_CLOSED);
    settle(&market);
    ck_assert_int_eq(bought(&market, id).state, PURCHASE_UNSUBSCRIBED);
    ck_assert_int_eq(bought(&market, id).ending, PURCHASE_NEVER_PAID);
    buying_on(&market, "2024-12-16");
    settle(&market);
    ck_assert_str_eq(bill(&market, id), LITE_OCTOBER);
}
END_TEST

/* ---- Leaving (LAW D-31) --------------------------------------------------------------------- */

/* Bought at 09:00:00 on the 24th: 72 hours later is the 27th at 09:00:00, which still counts. */
START_TEST(within_72_hours_everything_comes_back)
{
    const char *id = ops();

    ck_assert_str_eq(balance(&market, COMMITMENT), "49740.00");
    buying_at(&market, "2023-10-27 09:00:00");
    deed(&market, &actor_contributor, DO_CANCEL, id, "");
    ck_assert_int_eq(bought(&market, id).state, PURCHASE_UNSUBSCRIBED);
    ck_assert_str_eq(bill(&market, id),
                     OPS_OCTOBER "2023-10-27 refund month x1, 2023-10-24 to 2023-11-23, private:"
                                 " -260.00 = -194.00 + -60.00 + -6.00 of 1\n");
    ck_assert_str_eq(balance_events(&market, COMMITMENT), "260.00 49740.00\n-260.00 50000.00\n");
    buying_on(&market, "2024-12-01");
    settle(&market);
    ck_assert_str_eq(balance(&market, COMMITMENT), "50000.00");
}
END_TEST

START_TEST(a_second_later_nothing_does)
{
    const char *id = ops();

    buying_at(&market, "2023-10-27 09:00:01");
    deed(&market, &actor_contributor, DO_CANCEL, id, "");
    ck_assert_int_eq(bought(&market, id).state, PURCHASE_UNSUBSCRIBED);
    ck_assert_str_eq(bill(&market, id), OPS_OCTOBER);
    ck_assert_str_eq(balance(&market, COMMITMENT), "49740.00");
    buying_on(&market, "2024-12-01");
    settle(&market);
    ck_assert_str_eq(bill(&market, id), OPS_OCTOBER);
}
END_TEST

/* The 72 hours run from the purchase, not from the activation: activated on the 23rd at 09:00:00.
 */
START_TEST(whoever_cancels)
{
    const char *id = pro();

    deed(&market, &actor_isv, DO_CANCEL, id, "");
    ck_assert_int_eq(bought(&market, id).ending, PURCHASE_CANCELLED_BY_ISV);
    ck_assert_str_eq(bill(&market, id),
                     PRO_YEAR "2023-10-23 refund term-12 x1, 2023-10-23 to 2024-10-22, private:"
                              " -1080.00 = -931.20 + -120.00 + -28.80 of 1\n");
    ck_assert_str_eq(balance(&market, COMMITMENT), "50000.00");
    refused(&actor_contributor, DO_CANCEL, id, ERR_CLOSED);
    refused(&actor_isv, DO_ACTIVATE, id, ERR_CLOSED);
}
END_TEST

START_TEST(cancelled_before_it_was_activated_it_was_never_charged)
{
    const char *id = buy(&market, &(struct wanted){.offer = offer, .row = 1, .term = "term-12"});

    deed(&market, &actor_contributor, DO_CANCEL, id, "");
    ck_assert_int_eq(bought(&market, id).ending, PURCHASE_CANCELLED_BY_CUSTOMER);
    ck_assert_str_eq(bill(&market, id), "");
    ck_assert_str_eq(balance_events(&market, COMMITMENT), "");
}
END_TEST

Suite *
purchase_deal_suite(void)
{
    Suite *suite = suite_create("purchase_deal");
    TCase *cases = tcase_create("purchase_deal");

    tcase_add_checked_fixture(cases, setup, teardown);
    tcase_add_test(cases, steps_6_to_8);
    tcase_add_test(cases, step_9);
    tcase_add_test(cases, an_absolute_price_stays_when_the_list_price_changes);
    tcase_add_test(cases, renewals_in_and_after_the_window_with_a_price_change_between);
    tcase_add_test(cases, bought_in_the_window_and_activated_after_it);
    tcase_add_test(cases, recurring_billing_off_ends_with_the_term);
    tcase_add_test(cases, not_configured_for_thirty_days);
    tcase_add_test(cases, not_activated_for_thirty_days);
    tcase_add_test(cases, activated_on_the_last_day);
    tcase_add_test(cases, reinstated_on_the_last_day_everything_is_charged_with_its_own_day);
    tcase_add_test(cases, suspended_for_thirty_days_it_is_over_and_charged_no_more);
    tcase_add_test(cases, within_72_hours_everything_comes_back);
    tcase_add_test(cases, a_second_later_nothing_does);
    tcase_add_test(cases, whoever_cancels);
    tcase_add_test(cases, cancelled_before_it_was_activated_it_was_never_charged);
    suite_add_tcase(suite, cases);
    return suite;
}

/*
 * purchase_kinds_test.c: machines by the month, reservations, new plans, users, changed plans,
 * meters; which price holds where; late is the same as daily. Every figure is worked out by hand.
 */
#include <check.h>
#include <string.h>

#include "base/text.h"
#include "store/checks.h"
#include "support/buying.h"
#include "support/rows_market.h"

Suite *purchase_kinds_suite(void);

#define COMMITMENT "2023-01-01"

static struct deal_market market;

static void
setup(void)
{
    deal_market_open(&market, NULL);
    rows_market_add(&market);
    buying_add(&market);
    buying_on(&market, "2023-10-05");
}

static void
teardown(void)
{
    deal_market_close(&market);
}

static void
hours(const char *id, const char *point, const char *hour, const char *quantity)
{
    report(&market, &actor_operator, id, point, hour, quantity);
}

/* ---- Virtual machines (LAW 8.8) ------------------------------------------------------------- */

/* One vCPU, list 0.50, from November 0.40. Deployed at list on the 5th, the offer accepted on the
 * 20th: October is private all the same. 25 % off and 20 % on: 0.375 and 0.45, then 0.30 and 0.36.
 */
START_TEST(hours_are_decided_by_the_month)
{
    const char *id =
        buy(&market, &(struct wanted){.product = "cores", .plan = "each", .vcpu = "1"});
    const char *public_bill;

    hours(id, "hour", "2023-10-05T09:00Z", "10");
    list_price(&market, "cores", "each", "hour", POINT_HOUR, 400000, "2023-11-01");
    buying_on(&market, "2023-10-20");
    public_bill = bill(&market, id);
    (void)buying_offer(&market, &(struct sold){.product = "cores",
                                               .plan = "each",
                                               .discount = "25",
                                               .adjustment = "20",
                                               .end_month = "2023-12"});
    ck_assert_str_eq(public_bill, "");
    buying_on(&market, "2023-10-21");
    hours(id, "hour", "2023-10-20T23:00Z", "720");
    buying_on(&market, "2023-11-10");
    hours(id, "hour", "2023-11-10T00:00Z", "730");
    buying_on(&market, "2024-01-10");
    hours(id, "hour", "2024-01-10T00:00Z", "10");
    buying_on(&market, "2024-02-02");
    settle(&market);
    /* 730 x 0.45 = 328.50, x 0.375 = 273.75, fee 8.2125; 730 x 0.36, x 0.30 (LAW 8.4);
     * 10 x 0.40 */
    ck_assert_str_eq(bill(&market, id),
                     "2023-10-31 usage hour x730, 2023-10-05 to 2023-10-20, private: 328.50"
                     " = 265.54 + 54.75 + 8.21\n"
                     "2023-11-30 usage hour x730, 2023-11-10 to 2023-11-10, private: 262.80"
                     " = 212.43 + 43.80 + 6.57\n"
                     "2024-01-31 usage hour x10, 2024-01-10 to 2024-01-10, list: 4.00"
                     " = 3.88 + 0.00 + 0.12\n");
    /* 50,000.00 - 328.50 - 262.80 - 4.00 */
    ck_assert_str_eq(balance(&market, COMMITMENT), "49404.70");
}
END_TEST

/* Four vCPUs cost four times; of a plan per size the size has its own price. A month is charged
 * when nothing more of it can be reported: on the 2nd. */
START_TEST(hours_of_a_size)
{
    const char *cores =
        buy(&market, &(struct wanted){.product = "cores", .plan = "each", .vcpu = "4"});
    const char *sizes =
        buy(&market, &(struct wanted){.product = "sizes", .plan = "some", .vcpu = "4"});
    const char *flat = buy(&market, &(struct wanted){.product = "plain", .plan = "hourly"});

    buying_on(&market, "2023-10-06");
    hours(cores, "hour", "2023-10-06T00:00Z", "3");
    hours(sizes, "hour-4", "2023-10-06T00:00Z", "3");
    hours(flat, "hour", "2023-10-06T00:00Z", "3");
    buying_at(&market, "2023-11-01 23:59:59");
    settle(&market);
    ck_assert_str_eq(bill(&market, cores), "");
    buying_at(&market, "2023-11-02 00:00:00");
    settle(&market);
    ck_assert_str_eq(bill(&market, cores),
                     "2023-10-31 usage hour x12, 2023-10-06 to 2023-10-06, list: 6.00"
                     " = 5.82 + 0.00 + 0.18\n");
    ck_assert_str_eq(bill(&market, sizes),
                     "2023-10-31 usage hour-4 x3, 2023-10-06 to 2023-10-06, list: 5.25"
                     " = 5.09 + 0.00 + 0.16\n");
    ck_assert_str_eq(bill(&market, flat),
                     "2023-10-31 usage hour x3, 2023-10-06 to 2023-10-06, list: 3.00"
                     " = 2.91 + 0.00 + 0.09\n");
}
END_TEST

/* ---- Reservations and new plans ------------------------------------------------------------- */

/* 1-year, monthly: 10 of 2 vCPU at 120.00, 4 of 8 vCPU at 450.00, 7.5 % on (LAW 8.4). A year later
 * at list: 0.50 x 2 x 8,760 x 0.7 / 12 = 511.00, and four times that. */
START_TEST(reservations)
{
    struct answers row = deal_form(&market, "schedule-1", "monthly", "vcpu-1-1", "8",
                                   "quantity-1-1", "4", "unit-1-1", "450.00", "vcpu-1-2", "2",
                                   "quantity-1-2", "10", "unit-1-2", "120.00", NULL);
    struct problems *problems = problems_new(market.temp.arena);
    const char *offer = buying_offer(&market, &(struct sold){.type = OFFER_RESERVATIONS,
                                                             .product = "cores",
                                                             .plan = "each",
                                                             .form = &row,
                                                             .adjustment = "7.5",
                                                             .end_month = "2023-12"});
    const char *id = buy(&market, &(struct wanted){.offer = offer, .by = &actor_owner});
    const char *lines;

    ck_assert_str_eq(bill(&market, id),
                     "2023-10-05 reservation reserve-2 x10, 2023-10-05 to 2023-11-04, private:"
                     " 1290.00 = 1164.00 + 90.00 + 36.00\n"
                     "2023-10-05 reservation reserve-8 x4, 2023-10-05 to 2023-11-04, private:"
                     " 1935.00 = 1746.00 + 135.00 + 54.00\n");
    ck_assert_int_eq(try_deed(&market, &actor_owner, DO_CANCEL, id, "", problems), ERR_INVALID);
    play_assert_only_at(problems, "cancel");
    buying_on(&market, "2024-10-05");
    settle(&market);
    lines = bill(&market, id);
    /* eleven payments after the window at the same price, then the renewal */
    ck_assert_ptr_nonnull(
        strstr(lines, "2024-09-05 reservation reserve-8 x4, 2024-09-05 to 2024-10-04, private:"
                      " 1935.00 = 1746.00 + 135.00 + 54.00\n"
                      "2024-10-05 reservation reserve-2 x10, 2024-10-05 to 2024-11-04, list:"
                      " 5110.00 = 4956.70 + 0.00 + 153.30\n"
                      "2024-10-05 reservation reserve-8 x4, 2024-10-05 to 2024-11-04, list:"
                      " 8176.00 = 7930.72 + 0.00 + 245.28\n"));
    ck_assert_int_eq(bought(&market, id).charge_count, 26);
}
END_TEST

/* The template sells a month at 500.00, and no year: the one is renewed at list, the other ends. */
START_TEST(new_plans_after_the_window)
{
    struct answers row =
        deal_form(&market, "payment-1-1", "0", "payment-1-12", "0", "payment-1-36", "",
                  "price-1-term-1", "400.00", "price-1-term-12", "4,000.00", "price-1-meter-emails",
                  "0.80", "price-1-meter-calls", "0.05", NULL);
    const char *offer = buying_offer(&market, &(struct sold){.type = OFFER_NEW_PLANS,
                                                             .product = "meters",
                                                             .plan = "max",
                                                             .form = &row,
                                                             .adjustment = "10",
                                                             .end_month = "2023-11"});
    const char *monthly = subscribe(&market, &(struct wanted){.offer = offer, .term = "term-1"});
    const char *yearly = subscribe(&market, &(struct wanted){.offer = offer, .term = "term-12"});

    ck_assert_str_eq(bought(&market, monthly).plan_name, "Own");
    buying_on(&market, "2024-10-05");
    settle(&market);
    ck_assert_ptr_nonnull(
        strstr(bill(&market, monthly),
               "2023-10-05 payment term-1 x1, 2023-10-05 to 2023-11-04, private: 440.00"
               " = 388.00 + 40.00 + 12.00\n"
               "2023-11-05 payment term-1 x1, 2023-11-05 to 2023-12-04, private: 440.00"
               " = 388.00 + 40.00 + 12.00\n"
               "2023-12-05 payment term-1 x1, 2023-12-05 to 2024-01-04, list: 500.00"
               " = 485.00 + 0.00 + 15.00\n"));
    ck_assert_str_eq(bill(&market, yearly),
                     "2023-10-05 payment term-12 x1, 2023-10-05 to 2024-10-04, private: 4400.00"
                     " = 3880.00 + 400.00 + 120.00\n");
    ck_assert_int_eq(bought(&market, yearly).ending, PURCHASE_TERM_OVER);
    ck_assert_int_eq(bought(&market, monthly).state, PURCHASE_SUBSCRIBED);
}
END_TEST

/* ---- Users (LAW D-30) ----------------------------------------------------------------------- */

/* 15.00 a month each. On 19 October 17 of the 31 days from 5 October to 4 November are left:
 * 3 x 15.00 x 17 / 31 = 24.677..., fee 0.7404. */
START_TEST(users_within_a_month)
{
    struct problems *problems = problems_new(market.temp.arena);
    const char *id = subscribe(
        &market,
        &(struct wanted){.product = "seats", .plan = "team", .term = "user-1", .users = "10"});

    buying_on(&market, "2023-10-19");
    deed(&market, &actor_contributor, DO_USERS, id, "13");
    deed(&market, &actor_contributor, DO_USERS, id, "6"); /* counts on 5 November */
    ck_assert_int_eq(bought(&market, id).quantity, 13);
    ck_assert_int_eq(try_deed(&market, &actor_contributor, DO_USERS, id, "4", problems),
                     ERR_INVALID);
    ck_assert_int_eq(try_deed(&market, &actor_contributor, DO_USERS, id, "501", problems),
                     ERR_INVALID);
    ck_assert_int_eq(try_deed(&market, &actor_contributor, DO_USERS, id, "7.5", problems),
                     ERR_INVALID);
    play_assert_only_at(problems, ANSWER_USERS);
    buying_on(&market, "2023-11-05");
    settle(&market);
    ck_assert_int_eq(bought(&market, id).quantity, 6);
    ck_assert_str_eq(bill(&market, id),
                     "2023-10-05 payment user-1 x10, 2023-10-05 to 2023-11-04, list: 150.00"
                     " = 145.50 + 0.00 + 4.50\n"
                     "2023-10-19 users user-1 x3, 2023-10-19 to 2023-11-04, list: 24.68"
                     " = 23.94 + 0.00 + 0.74\n"
                     "2023-11-05 payment user-1 x6, 2023-11-05 to 2023-12-04, list: 90.00"
                     " = 87.30 + 0.00 + 2.70\n");
    /* Seats is not commitment eligible */
    ck_assert_str_eq(balance(&market, COMMITMENT), "50000.00");
}
END_TEST

/* Through an offer at 20 % off and 10 % on: 12.00 and 13.20; of 2 more on the last day of the month
 * 1 / 31: 0.774... and 0.851... */
START_TEST(users_at_a_private_price_on_the_last_day)
{
    const char *offer = buying_offer(&market, &(struct sold){.product = "seats",
                                                             .plan = "team",
                                                             .discount = "20",
                                                             .adjustment = "10",
                                                             .end_month = "2023-10"});
    const char *id =
        subscribe(&market, &(struct wanted){.offer = offer, .term = "user-1", .users = "5"});

    buying_at(&market, "2023-11-04 23:59:59"); /* the offer has ended; the term's price stays */
    deed(&market, &actor_contributor, DO_USERS, id, "7");
    ck_assert_str_eq(bill(&market, id),
                     "2023-10-05 payment user-1 x5, 2023-10-05 to 2023-11-04, private: 66.00"
                     " = 58.20 + 6.00 + 1.80\n"
                     "2023-11-04 users user-1 x2, 2023-11-04 to 2023-11-04, private: 0.85"
                     " = 0.75 + 0.08 + 0.02\n");
}
END_TEST

/* ---- Another plan (LAW D-30) ---------------------------------------------------------------- */

/* Lite 50.00 becomes Max 500.00 on 19 October, 17 of 31 days left: 27.419... back, 274.193... to
 * pay; fees 0.8226 and 8.2257. */
START_TEST(another_plan)
{
    struct problems *problems = problems_new(market.temp.arena);
    const char *id =
        subscribe(&market, &(struct wanted){.product = "meters", .plan = "lite", .term = "term-1"});

    buying_on(&market, "2023-10-19");
    ck_assert_int_eq(try_deed(&market, &actor_contributor, DO_PLAN, id, "pro", problems),
                     ERR_INVALID);
    deed(&market, &actor_contributor, DO_PLAN, id, "max");
    ck_assert_str_eq(bought(&market, id).plan, "max");
    report(&market, &actor_isv, id, "emails", "2023-10-19T08:00Z", "5");
    buying_on(&market, "2023-11-05");
    settle(&market);
    ck_assert_str_eq(bill(&market, id),
                     "2023-10-05 payment term-1 x1, 2023-10-05 to 2023-11-04, list: 50.00"
                     " = 48.50 + 0.00 + 1.50\n"
                     "2023-10-19 credit term-1 x1, 2023-10-19 to 2023-11-04, list: -27.42"
                     " = -26.60 + 0.00 + -0.82 of 1\n"
                     "2023-10-19 payment term-1 x1, 2023-10-19 to 2023-11-04, list: 274.19"
                     " = 265.96 + 0.00 + 8.23\n"
                     "2023-10-31 usage meter-emails x5, 2023-10-19 to 2023-10-19, list: 5.00"
                     " = 4.85 + 0.00 + 0.15\n"
                     "2023-11-05 payment term-1 x1, 2023-11-05 to 2023-12-04, list: 500.00"
                     " = 485.00 + 0.00 + 15.00\n");
    /* 50,000 - 50.00 + 27.42 - 274.19 - 5.00 - 500.00 */
    ck_assert_str_eq(balance(&market, COMMITMENT), "49198.23");
}
END_TEST

/* Within 72 hours what is left of each line comes back: of the first 50.00 nothing but what the
 * credit left. On 7 October 29 of 31 days are left: 46.774... and 467.741... */
START_TEST(a_refund_after_another_plan)
{
    const char *id =
        subscribe(&market, &(struct wanted){.product = "meters", .plan = "lite", .term = "term-1"});

    buying_on(&market, "2023-10-07");
    deed(&market, &actor_contributor, DO_PLAN, id, "max");
    deed(&market, &actor_contributor, DO_CANCEL, id, "");
    ck_assert_str_eq(bill(&market, id),
                     "2023-10-05 payment term-1 x1, 2023-10-05 to 2023-11-04, list: 50.00"
                     " = 48.50 + 0.00 + 1.50\n"
                     "2023-10-07 credit term-1 x1, 2023-10-07 to 2023-11-04, list: -46.77"
                     " = -45.37 + 0.00 + -1.40 of 1\n"
                     "2023-10-07 payment term-1 x1, 2023-10-07 to 2023-11-04, list: 467.74"
                     " = 453.71 + 0.00 + 14.03\n"
                     "2023-10-07 refund term-1 x1, 2023-10-05 to 2023-11-04, list: -3.23"
                     " = -3.13 + 0.00 + -0.10 of 1\n"
                     "2023-10-07 refund term-1 x1, 2023-10-07 to 2023-11-04, list: -467.74"
                     " = -453.71 + 0.00 + -14.03 of 3\n");
    ck_assert_str_eq(balance(&market, COMMITMENT), "50000.00");
}
END_TEST

static void
hear(void *context, const char *what, const char *where)
{
    (void)context;
    ck_abort_msg("%s: %s", what, where);
}

/* At a fee of 2.51 %: 1.255 of 50.00, 1.1739... of the 46.77 given back, so 0.09 of the 3.23 that
 * are left, whose own fee were 0.0810...: `tripact check` finds nothing wrong with that. */
START_TEST(what_is_left_of_a_line_has_what_is_left_of_its_fee)
{
    struct arena *arena = arena_open(LIMIT_ARENA_BYTES);
    const char *id;

    market.settings.fee.e8 = 251000000;
    id =
        subscribe(&market, &(struct wanted){.product = "meters", .plan = "lite", .term = "term-1"});
    buying_on(&market, "2023-10-07");
    deed(&market, &actor_contributor, DO_PLAN, id, "max");
    deed(&market, &actor_contributor, DO_CANCEL, id, "");
    ck_assert_ptr_nonnull(strstr(bill(&market, id), "-3.23 = -3.14 + 0.00 + -0.09 of 1\n"));
    ck_assert_int_eq(read_begin(market.temp.reader), OK);
    ck_assert_int_eq(store_check(market.temp.reader, arena, &(struct check_listener){NULL, hear}),
                     OK);
    read_end(market.temp.reader);
    arena_close(arena);
}
END_TEST

START_TEST(no_other_plan_where_the_price_is_private)
{
    struct problems *problems = problems_new(market.temp.arena);
    const char *offer = buying_offer(&market, &(struct sold){.product = "meters",
                                                             .plan = "lite",
                                                             .discount = "20",
                                                             .adjustment = "10",
                                                             .end_month = "2023-12"});
    const char *id = subscribe(&market, &(struct wanted){.offer = offer, .term = "term-1"});

    ck_assert_int_eq(try_deed(&market, &actor_contributor, DO_PLAN, id, "max", problems),
                     ERR_CLOSED);
    ck_assert_int_eq(bought(&market, id).charge_count, 1);
}
END_TEST

/* ---- Meters --------------------------------------------------------------------------------- */

/* Pro of LAW 20: emails 1.00, 20 % off, 12.5 % on: 0.80 and 0.90. Also in January, of a term bought
 * in the window. */
START_TEST(meters_of_a_term)
{
    const char *offer = deal_make(&market, DEAL_ACCEPTED);
    const char *id =
        subscribe(&market, &(struct wanted){.offer = offer, .row = 1, .term = "term-12"});

    buying_on(&market, "2023-10-31");
    report(&market, &actor_isv, id, "meter-emails", "2023-10-30T09:00Z", "10");
    report(&market, &actor_isv, id, "emails", "2023-10-31T08:00Z", "15");
    buying_on(&market, "2024-01-15");
    report(&market, &actor_isv, id, "emails", "2024-01-15T08:00Z", "1");
    buying_on(&market, "2024-02-02");
    settle(&market);
    ck_assert_str_eq(bill(&market, id),
                     "2023-10-05 payment term-12 x1, 2023-10-05 to 2024-10-04, private: 1080.00"
                     " = 931.20 + 120.00 + 28.80\n"
                     "2023-10-31 usage meter-emails x25, 2023-10-30 to 2023-10-31, private: 22.50"
                     " = 19.40 + 2.50 + 0.60\n"
                     "2024-01-31 usage meter-emails x1, 2024-01-15 to 2024-01-15, private: 0.90"
                     " = 0.78 + 0.10 + 0.02\n");
}
END_TEST

/* A refund leaves usage alone, and what was used before is still charged. */
START_TEST(usage_is_never_refunded)
{
    const char *id =
        subscribe(&market, &(struct wanted){.product = "suite", .plan = "pro", .term = "term-12"});

    buying_on(&market, "2023-10-06");
    report(&market, &actor_isv, id, "emails", "2023-10-06T08:00Z", "10");
    deed(&market, &actor_contributor, DO_CANCEL, id, "");
    buying_on(&market, "2024-10-06");
    settle(&market);
    ck_assert_str_eq(bill(&market, id),
                     "2023-10-05 payment term-12 x1, 2023-10-05 to 2024-10-04, list: 1200.00"
                     " = 1164.00 + 0.00 + 36.00\n"
                     "2023-10-06 refund term-12 x1, 2023-10-05 to 2024-10-04, list: -1200.00"
                     " = -1164.00 + 0.00 + -36.00 of 1\n"
                     "2023-10-31 usage meter-emails x10, 2023-10-06 to 2023-10-06, list: 10.00"
                     " = 9.70 + 0.00 + 0.30\n");
    ck_assert_str_eq(balance(&market, COMMITMENT), "49990.00");
}
END_TEST

/* Of October, charged when the payment came in, on the last day of 30. */
START_TEST(usage_waits_while_it_is_suspended)
{
    static const char *const year =
        "2023-10-05 payment term-12 x1, 2023-10-05 to 2024-10-04, list: 1200.00"
        " = 1164.00 + 0.00 + 36.00\n";
    const char *id =
        subscribe(&market, &(struct wanted){.product = "suite", .plan = "pro", .term = "term-12"});

    report(&market, &actor_isv, id, "emails", "2023-10-05T09:00Z", "10");
    buying_on(&market, "2023-10-20");
    deed(&market, &actor_operator, DO_FAIL_PAYMENT, id, "");
    buying_on(&market, "2023-11-19");
    settle(&market);
    ck_assert_str_eq(bill(&market, id), year);
    deed(&market, &actor_operator, DO_RECEIVE_PAYMENT, id, "");
    ck_assert_str_eq(
        bill(&market, id),
        arena_format(market.temp.arena,
                     "%s2023-10-31 usage meter-emails x10, 2023-10-05 to 2023-10-05, list: 10.00"
                     " = 9.70 + 0.00 + 0.30\n",
                     year));
}
END_TEST

Suite *
purchase_kinds_suite(void)
{
    Suite *suite = suite_create("purchase_kinds");
    TCase *cases = tcase_create("purchase_kinds");

    tcase_add_checked_fixture(cases, setup, teardown);
    tcase_add_test(cases, hours_are_decided_by_the_month);
    tcase_add_test(cases, hours_of_a_size);
    tcase_add_test(cases, reservations);
    tcase_add_test(cases, new_plans_after_the_window);
    tcase_add_test(cases, users_within_a_month);
    tcase_add_test(cases, users_at_a_private_price_on_the_last_day);
    tcase_add_test(cases, another_plan);
    tcase_add_test(cases, a_refund_after_another_plan);
    tcase_add_test(cases, what_is_left_of_a_line_has_what_is_left_of_its_fee);
    tcase_add_test(cases, no_other_plan_where_the_price_is_private);
    tcase_add_test(cases, meters_of_a_term);
    tcase_add_test(cases, usage_is_never_refunded);
    tcase_add_test(cases, usage_waits_while_it_is_suspended);
    suite_add_tcase(suite, cases);
    return suite;
}

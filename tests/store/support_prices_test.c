/*
 * support_prices_test.c: LAW 6.5 and 8.8: what a cancellation does to prices: nothing to what came
 * before it, however late that is written; list price to what comes after; and what a refund gives
 * back.
 *
 * Lite is 50.00 a month, at 20 % off and 10 % on 44.00 = 38.80 + 4.00 + 1.20; an hour is 1.00 and
 * 0.88 = 0.776 + 0.08 + 0.024; Ops is 250.00 and 220.00 = 194.00 + 20.00 + 6.00.
 */
#include <check.h>
#include <string.h>

#include "base/text.h"
#include "support/asking.h"
#include "support/play_purchase.h"
#include "support/rows_market.h"

Suite *support_prices_suite(void);

#define COMMITMENT "2023-01-01"
#define PRIVATE_OCTOBER                                                      \
    "2023-10-20 payment term-1 x1, 2023-10-20 to 2023-11-19, private: 44.00" \
    " = 38.80 + 4.00 + 1.20\n"
#define PRIVATE_NOVEMBER                                                     \
    "2023-11-20 payment term-1 x1, 2023-11-20 to 2023-12-19, private: 44.00" \
    " = 38.80 + 4.00 + 1.20\n"
#define LIST_NOVEMBER                                                     \
    "2023-11-20 payment term-1 x1, 2023-11-20 to 2023-12-19, list: 50.00" \
    " = 48.50 + 0.00 + 1.50\n"
#define LIST_DECEMBER                                                     \
    "2023-12-20 payment term-1 x1, 2023-12-20 to 2024-01-19, list: 50.00" \
    " = 48.50 + 0.00 + 1.50\n"

static struct deal_market market;

static void
setup(void)
{
    deal_market_open(&market, NULL);
    rows_market_add(&market);
    buying_add(&market);
    buying_on(&market, "2023-10-20");
}

static void
teardown(void)
{
    deal_market_close(&market);
}

/* Sold now, through the end of January. */
static const char *
sell(const char *product, const char *plan)
{
    return buying_offer(&market, &(struct sold){.product = product,
                                                .plan = plan,
                                                .discount = "20",
                                                .adjustment = "10",
                                                .end_month = "2024-01"});
}

static const char *
lite_of(const char *offer)
{
    return subscribe(&market, &(struct wanted){.offer = offer, .term = "term-1"});
}

/* ---- Terms ---------------------------------------------------------------------------------- */

START_TEST(a_purchase_afterwards_is_at_list)
{
    const struct wanted lite = {.product = "meters", .plan = "lite", .term = "term-1"};
    const char *offer = sell("meters", "lite");
    const char *before = subscribe(&market, &lite);
    const char *after;
    const char *id = NULL;

    buying_at(&market, "2023-10-20 10:00:00");
    (void)cancel(&market, offer);
    after = subscribe(&market, &lite); /* within the same second */
    ck_assert_str_eq(bill(&market, before), PRIVATE_OCTOBER);
    ck_assert_str_eq(bill(&market, after),
                     "2023-10-20 payment term-1 x1, 2023-10-20 to 2023-11-19, list: 50.00"
                     " = 48.50 + 0.00 + 1.50\n");
    ck_assert_int_eq(try_buy(&market, &(struct wanted){.offer = offer, .term = "term-1"},
                             problems_new(market.temp.arena), &id),
                     ERR_ABSENT);
}
END_TEST

START_TEST(a_term_stays_and_its_renewal_is_at_list)
{
    const char *offer = sell("meters", "lite");
    const char *id = lite_of(offer);

    buying_on(&market, "2023-11-10");
    (void)cancel(&market, offer);
    ck_assert_int_eq(bought(&market, id).state, PURCHASE_SUBSCRIBED);
    buying_on(&market, "2023-12-20");
    settle(&market);
    ck_assert_str_eq(bill(&market, id), PRIVATE_OCTOBER LIST_NOVEMBER LIST_DECEMBER);
}
END_TEST

/* Renewed on 20 November at 00:00, cancelled at 09:00 that day, written in December (D-18). */
START_TEST(what_came_before_is_written_late_as_it_was)
{
    const char *offer = sell("meters", "lite");
    const char *id = lite_of(offer);

    buying_on(&market, "2023-11-20");
    (void)cancel(&market, offer);
    buying_on(&market, "2023-12-20");
    ck_assert_str_eq(bill_foreseen(&market, id), PRIVATE_OCTOBER PRIVATE_NOVEMBER LIST_DECEMBER);
    settle(&market);
    ck_assert_str_eq(bill(&market, id), PRIVATE_OCTOBER PRIVATE_NOVEMBER LIST_DECEMBER);
}
END_TEST

START_TEST(a_monthly_fee_is_that_of_its_day)
{
    const char *offer = sell("runner", "ops");
    const char *id = buy(&market, &(struct wanted){.offer = offer});

    buying_on(&market, "2023-11-10");
    (void)cancel(&market, offer);
    buying_on(&market, "2023-11-20");
    settle(&market);
    ck_assert_str_eq(bill(&market, id),
                     "2023-10-20 fee month x1, 2023-10-20 to 2023-11-19, private: 220.00"
                     " = 194.00 + 20.00 + 6.00\n"
                     "2023-11-20 fee month x1, 2023-11-20 to 2023-12-19, list: 250.00"
                     " = 242.50 + 0.00 + 7.50\n");
}
END_TEST

/* ---- Hours ---------------------------------------------------------------------------------- */

/* The discount is not applied to the month of the cancellation; the months before keep it. */
static const struct {
    const char *cancelled;
    const char *october;
    const char *november;
} months[] = {
    {"2023-11-10 12:00:00", "private: 88.00 = 77.60 + 8.00 + 2.40",
     "list: 100.00 = 97.00 + 0.00 + 3.00"},
    {"2023-11-30 23:59:59", "private: 88.00 = 77.60 + 8.00 + 2.40",
     "list: 100.00 = 97.00 + 0.00 + 3.00"},
    {"2023-12-01 00:00:00", "private: 88.00 = 77.60 + 8.00 + 2.40",
     "private: 88.00 = 77.60 + 8.00 + 2.40"},
    {"2023-10-31 23:59:59", "list: 100.00 = 97.00 + 0.00 + 3.00",
     "list: 100.00 = 97.00 + 0.00 + 3.00"},
};

static const char *
bill_of(const char *october, const char *november)
{
    return arena_format(market.temp.arena,
                        "2023-10-31 usage hour x100, 2023-10-20 to 2023-10-20, %s\n"
                        "2023-11-30 usage hour x100, 2023-11-09 to 2023-11-09, %s\n",
                        october, november);
}

START_TEST(hours_of_the_month_are_at_list)
{
    const char *const cancelled = months[_i].cancelled;
    const char *offer = sell("plain", "hourly");
    const char *id = buy(&market, &(struct wanted){.offer = offer});
    bool early = strcmp(cancelled, "2023-11-09") < 0;

    report(&market, &actor_operator, id, "hour", "2023-10-20T09:00Z", "100");
    buying_at(&market, cancelled);
    if (early)
        (void)cancel(&market, offer);
    buying_on(&market, "2023-11-09");
    report(&market, &actor_operator, id, "hour", "2023-11-09T08:00Z", "100");
    buying_at(&market, cancelled);
    if (!early)
        (void)cancel(&market, offer);
    buying_on(&market, "2024-01-02");
    ck_assert_str_eq(bill_foreseen(&market, id), bill_of(months[_i].october, months[_i].november));
    settle(&market);
    ck_assert_str_eq(bill(&market, id), bill_of(months[_i].october, months[_i].november));
}
END_TEST

/* What may be bought for the rest of the month is told at the price it will have. */
START_TEST(a_machine_deployed_afterwards_is_quoted_at_list)
{
    const struct purchase_target target = BUY_HOURLY;
    const char *offer = sell("plain", "hourly");
    struct purchase_quote quote;
    struct act act;

    buying_on(&market, "2023-11-10");
    (void)cancel(&market, offer);
    act = play_begin(&market, PARTY_CUSTOMER, DEAL_ORGANISATION, "contributor");
    act.now = market.fake.now;
    act.today = day_of(act.now);
    act.viewer.today = act.today;
    ck_assert_int_eq(purchase_quote(&act, &target, DEAL_SUBSCRIPTION, &quote), OK);
    ck_assert_int_eq(deal_end(&market, &act, OK), OK);
    ck_assert_int_eq(quote.answer.reason, PRICED_PUBLIC);
    ck_assert_int_eq(amount_integer(quote.answer.prices.rows[0].customer), 1000000);
}
END_TEST

/* ---- Refunds -------------------------------------------------------------------------------- */

/* The request of a refund, agreed to. */
static const char *
refund_asked(const char *offer)
{
    const struct answers answers = deal_form(&market, ANSWER_REASON, "Why", ANSWER_REFUND, "yes",
                                             ANSWER_PURCHASES, "Lite of October", NULL);
    const char *id = NULL;

    ck_assert_int_eq(try_ask(&market, &actor_isv, offer, &answers, NULL, NULL, &id), OK);
    all_agree(&market, id);
    return id;
}

/* Of any age, which its own cancellation would not be after 72 hours (D-31). */
START_TEST(what_is_ticked_is_taken_back_and_ends)
{
    const char *offer = sell("meters", "lite");
    const char *ticked = lite_of(offer);
    const char *other = lite_of(offer);
    struct answers answers;
    const char *request;

    ck_assert_str_eq(balance(&market, COMMITMENT), "49912.00");
    buying_on(&market, "2023-11-10");
    request = refund_asked(offer);
    answers =
        deal_form(&market, arena_format(market.temp.arena, ANSWER_REFUNDS "%s", ticked), "1", NULL);
    ck_assert_int_eq(try_process(&market, &actor_operator, request, &answers, NULL), OK);
    ck_assert_str_eq(bill(&market, ticked),
                     PRIVATE_OCTOBER "2023-11-10 refund term-1 x1, 2023-10-20 to 2023-11-19,"
                                     " private: -44.00 = -38.80 + -4.00 + -1.20 of 1\n");
    ck_assert_str_eq(bill(&market, other), PRIVATE_OCTOBER);
    ck_assert_int_eq(bought(&market, ticked).state, PURCHASE_UNSUBSCRIBED);
    ck_assert_int_eq(bought(&market, ticked).ending, PURCHASE_REFUNDED_BY_MARKET);
    ck_assert_int_eq(bought(&market, other).state, PURCHASE_SUBSCRIBED);
    ck_assert_str_eq(balance(&market, COMMITMENT), "49956.00");
}
END_TEST

START_TEST(what_ended_before_is_refunded_all_the_same)
{
    const char *offer = sell("meters", "lite");
    const char *id = lite_of(offer);
    struct answers answers;
    const char *request;

    buying_on(&market, "2023-10-30");
    deed(&market, &actor_contributor, DO_CANCEL, id, "");
    request = refund_asked(offer);
    answers =
        deal_form(&market, arena_format(market.temp.arena, ANSWER_REFUNDS "%s", id), "1", NULL);
    ck_assert_int_eq(try_process(&market, &actor_operator, request, &answers, NULL), OK);
    ck_assert_str_eq(bill(&market, id),
                     PRIVATE_OCTOBER "2023-10-30 refund term-1 x1, 2023-10-20 to 2023-11-19,"
                                     " private: -44.00 = -38.80 + -4.00 + -1.20 of 1\n");
    ck_assert_int_eq(bought(&market, id).ending, PURCHASE_CANCELLED_BY_CUSTOMER);
    ck_assert_str_eq(balance(&market, COMMITMENT), "50000.00");
}
END_TEST

START_TEST(a_refund_that_is_needed_is_chosen)
{
    const char *offer = sell("meters", "lite");
    const char *foreign =
        subscribe(&market, &(struct wanted){.product = "suite", .plan = "pro", .term = "term-12"});
    struct problems *problems = problems_new(market.temp.arena);
    struct answers answers = deal_form(
        &market, arena_format(market.temp.arena, ANSWER_REFUNDS "%s", foreign), "1", NULL);
    const char *request;

    (void)lite_of(offer);
    request = refund_asked(offer);
    ck_assert_int_eq(try_process(&market, &actor_operator, request, NULL, problems), ERR_INVALID);
    play_assert_only_at(problems, ANSWER_REFUNDS);
    /* a purchase that is not of the offer is none to choose */
    ck_assert_int_eq(
        try_process(&market, &actor_operator, request, &answers, problems_new(market.temp.arena)),
        ERR_INVALID);
    ck_assert_int_eq(bought(&market, foreign).state, PURCHASE_SUBSCRIBED);
    ck_assert_int_eq(ISV_SEES(offer).state, STATE_ACCEPTED);
}
END_TEST

/* However many were bought through the offer: once it is cancelled nobody can choose any more. */
START_TEST(the_oldest_of_many_can_be_chosen_too)
{
    const char *offer = sell("meters", "lite");
    const char *oldest = lite_of(offer);
    struct answers answers =
        deal_form(&market, arena_format(market.temp.arena, ANSWER_REFUNDS "%s", oldest), "1", NULL);

    buying_on(&market, "2023-10-21");
    for (int i = 0; i < LIMIT_LIST_ROWS; i++)
        (void)lite_of(offer);
    ck_assert_int_eq(try_process(&market, &actor_operator, refund_asked(offer), &answers, NULL),
                     OK);
    ck_assert_int_eq(bought(&market, oldest).ending, PURCHASE_REFUNDED_BY_MARKET);
}
END_TEST

/* Without a need for it nothing is, whatever the form says. */
START_TEST(nothing_is_refunded_that_was_not_asked_for)
{
    const char *offer = sell("meters", "lite");
    const char *id = lite_of(offer);
    struct answers answers =
        deal_form(&market, arena_format(market.temp.arena, ANSWER_REFUNDS "%s", id), "1", NULL);
    const char *request = ask(&market, offer);

    all_agree(&market, request);
    ck_assert_int_eq(try_process(&market, &actor_operator, request, &answers, NULL), OK);
    ck_assert_str_eq(bill(&market, id), PRIVATE_OCTOBER);
    ck_assert_int_eq(bought(&market, id).state, PURCHASE_SUBSCRIBED);
}
END_TEST

Suite *
support_prices_suite(void)
{
    Suite *suite = suite_create("support_prices");
    TCase *tests = tcase_create("support_prices");

    tcase_set_timeout(tests, 60);
    tcase_add_checked_fixture(tests, setup, teardown);
    tcase_add_test(tests, a_purchase_afterwards_is_at_list);
    tcase_add_test(tests, a_term_stays_and_its_renewal_is_at_list);
    tcase_add_test(tests, what_came_before_is_written_late_as_it_was);
    tcase_add_test(tests, a_monthly_fee_is_that_of_its_day);
    tcase_add_loop_test(tests, hours_of_the_month_are_at_list, 0, (int)COUNT(months));
    tcase_add_test(tests, a_machine_deployed_afterwards_is_quoted_at_list);
    tcase_add_test(tests, what_is_ticked_is_taken_back_and_ends);
    tcase_add_test(tests, what_ended_before_is_refunded_all_the_same);
    tcase_add_test(tests, a_refund_that_is_needed_is_chosen);
    tcase_add_test(tests, the_oldest_of_many_can_be_chosen_too);
    tcase_add_test(tests, nothing_is_refunded_that_was_not_asked_for);
    suite_add_tcase(suite, tests);
    return suite;
}

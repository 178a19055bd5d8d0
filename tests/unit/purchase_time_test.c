/*
 * purchase_time_test.c: LAW 11, D-29: what time brings to a purchase and in which order, the ends
 * of months; late is the same as daily.
 *
 * Days and orders are counted on a calendar, not taken from the code.
 */
#include "make_offer.h"
#include "make_purchase.h"

#include <check.h>
#include <string.h>

Suite *purchase_time_suite(void);

#define LOG_BYTES 65536

static struct arena *arena;
static struct buffer brought;

static void
setup(void)
{
    arena = arena_open(LIMIT_ARENA_BYTES);
    buffer_open(&brought, LOG_BYTES);
}

static void
teardown(void)
{
    buffer_close(&brought);
    arena_close(arena);
}

static const char *
iso(struct day day)
{
    return day_iso(arena, day);
}

static void
brings(struct purchase *purchase, const char *through, const char *expected)
{
    buffer_clear(&brought);
    make_time(purchase, make_day(through), &brought);
    ck_assert_str_eq(brought.data, expected);
}

/* Usage of a month is charged when nothing of it can be reported any more: on the 2nd. */
START_TEST(a_year_of_a_subscription)
{
    struct purchase purchase;

    make_purchase_in(PURCHASE_SAAS, PURCHASE_SUBSCRIBED, &purchase);
    brings(&purchase, "2024-10-22",
           "payment 2023-10-23\n"
           "usage 2023-11-02\n"
           "usage 2023-12-02\n"
           "usage 2024-01-02\n"
           "usage 2024-02-02\n"
           "usage 2024-03-02\n"
           "usage 2024-04-02\n"
           "usage 2024-05-02\n"
           "usage 2024-06-02\n"
           "usage 2024-07-02\n"
           "usage 2024-08-02\n"
           "usage 2024-09-02\n"
           "usage 2024-10-02\n");
    ck_assert_str_eq(iso(purchase_term_begins(&purchase)), "2023-10-23");
    ck_assert_str_eq(iso(purchase_term_ends(&purchase)), "2024-10-23");
    brings(&purchase, "2024-11-01", "renewal 2024-10-23\npayment 2024-10-23\n");
    ck_assert_int_eq(purchase.term, 2);
    ck_assert_str_eq(iso(purchase_term_begins(&purchase)), "2024-10-23");
    ck_assert_str_eq(iso(purchase_term_ends(&purchase)), "2025-10-23");
}
END_TEST

/* D-29: Ops of LAW 20 pays on the day and on each monthly anniversary, and never ends by itself. */
START_TEST(months_of_an_application)
{
    struct purchase purchase;

    make_purchase(PURCHASE_APP, &purchase);
    brings(&purchase, "2024-01-20",
           "payment 2023-10-20\n"
           "usage 2023-11-02\n"
           "payment 2023-11-20\n"
           "usage 2023-12-02\n"
           "payment 2023-12-20\n"
           "usage 2024-01-02\n"
           "payment 2024-01-20\n");
    ck_assert(day_is_none(purchase_term_ends(&purchase)));
    ck_assert_str_eq(iso(purchase_period_begins(&purchase)), "2024-01-20");
    ck_assert_str_eq(iso(purchase_period_ends(&purchase)), "2024-02-20");
}
END_TEST

START_TEST(months_of_a_machine)
{
    struct purchase purchase;

    make_purchase(PURCHASE_VM, &purchase);
    ck_assert(day_is_none(purchase_payment_on(&purchase)));
    brings(&purchase, "2023-12-31", "usage 2023-11-02\nusage 2023-12-02\n");
    /* what was used before it was cancelled is still charged, in its own month, and nothing after
     */
    ck_assert_int_eq(purchase_advance(&purchase, PURCHASE_CANCEL, PARTY_CUSTOMER,
                                      make_at("2024-01-15 08:00:00")),
                     OK);
    brings(&purchase, "2025-01-01", "usage 2024-01-02\nusage 2024-02-02\n");
    ck_assert_int_eq(purchase_next(&purchase).what, DUE_NOTHING);
}
END_TEST

/* Every term and payment option of LAW 3.2: the first two and the last payments, and the renewal.
 */
START_TEST(payments_of_every_term)
{
    static const struct {
        int term, payment, payments;
        const char *second, *last, *renewal;
    } rows[] = {
        {1, 0, 1, "2023-11-23", "2023-10-23", "2023-11-23"},
        {12, 0, 1, "2024-10-23", "2023-10-23", "2024-10-23"},
        {12, 1, 12, "2023-11-23", "2024-09-23", "2024-10-23"},
        {24, 0, 1, "2025-10-23", "2023-10-23", "2025-10-23"},
        {24, 1, 24, "2023-11-23", "2025-09-23", "2025-10-23"},
        {24, 12, 2, "2024-10-23", "2024-10-23", "2025-10-23"},
        {36, 0, 1, "2026-10-23", "2023-10-23", "2026-10-23"},
        {36, 1, 36, "2023-11-23", "2026-09-23", "2026-10-23"},
        {36, 12, 3, "2024-10-23", "2025-10-23", "2026-10-23"},
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        struct purchase purchase;
        struct purchase_event_due due;
        struct day last = DAY_NONE;
        int payments = 0;

        make_term(&purchase, rows[i].term, rows[i].payment, "2023-10-23");
        for (due = purchase_next(&purchase); due.what == DUE_PAYMENT;
             due = purchase_next(&purchase)) {
            last = due.on;
            make_due(&purchase, due, &brought);
            if (++payments == 1)
                ck_assert_str_eq(iso(purchase_payment_on(&purchase)), rows[i].second);
        }
        ck_assert_int_eq(payments, rows[i].payments);
        ck_assert_str_eq(iso(last), rows[i].last);
        ck_assert_int_eq(due.what, DUE_RENEWAL);
        ck_assert_str_eq(iso(due.on), rows[i].renewal);
        make_due(&purchase, due, &brought);
        due = purchase_next(&purchase);
        ck_assert_int_eq(due.what, DUE_PAYMENT); /* the first of the next term, on the same day */
        ck_assert_str_eq(iso(due.on), rows[i].renewal);
    }
}
END_TEST

/* D-29: a 31st that became a 28th is a 31st again. */
START_TEST(the_ends_of_months)
{
    static const struct {
        const char *begins;
        int payment, term;
        const char *days[6]; /* of the payments after the first */
    } rows[] = {
        {"2024-01-31",
         1,
         12,
         {"2024-02-29", "2024-03-31", "2024-04-30", "2024-05-31", "2024-06-30", "2024-07-31"}},
        {"2022-12-31",
         1,
         12,
         {"2023-01-31", "2023-02-28", "2023-03-31", "2023-04-30", "2023-05-31", "2023-06-30"}},
        {"2023-11-30",
         1,
         12,
         {"2023-12-30", "2024-01-30", "2024-02-29", "2024-03-30", "2024-04-30", "2024-05-30"}},
        {"2024-02-29",
         1,
         12,
         {"2024-03-29", "2024-04-29", "2024-05-29", "2024-06-29", "2024-07-29", "2024-08-29"}},
        {"2024-02-29",
         0,
         12,
         {"2025-02-28", "2026-02-28", "2027-02-28", "2028-02-29", "2029-02-28", "2030-02-28"}},
        {"2023-02-28",
         0,
         12,
         {"2024-02-28", "2025-02-28", "2026-02-28", "2027-02-28", "2028-02-28", "2029-02-28"}},
        {"2096-02-29",
         12,
         36,
         {"2097-02-28", "2098-02-28", "2099-02-28", "2100-02-28", "2101-02-28", "2102-02-28"}},
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        struct purchase purchase;

        make_term(&purchase, rows[i].term, rows[i].payment, rows[i].begins);
        for (size_t j = 0; j < COUNT(rows[i].days); j++) {
            struct purchase_event_due due = purchase_next(&purchase);

            ck_assert_int_eq(due.what, DUE_PAYMENT);
            make_due(&purchase, due, &brought);
            due = purchase_next(&purchase);
            if (due.what == DUE_RENEWAL)
                make_due(&purchase, due, &brought);
            ck_assert_str_eq(iso(purchase_payment_on(&purchase)), rows[i].days[j]);
            ck_assert_str_eq(iso(purchase_period_ends(&purchase)), rows[i].days[j]);
            ck_assert_str_eq(iso(purchase_period_begins(&purchase)),
                             j == 0 ? rows[i].begins : rows[i].days[j - 1]);
        }
    }
}
END_TEST

START_TEST(what_does_not_recur_ends_with_its_term)
{
    struct purchase purchase;

    make_term(&purchase, 1, 0, "2023-10-23");
    purchase.recurring = false;
    ck_assert_int_eq(purchase_state_on(&purchase, make_day("2023-11-22")), PURCHASE_SUBSCRIBED);
    ck_assert_int_eq(purchase_state_on(&purchase, make_day("2023-11-23")), PURCHASE_UNSUBSCRIBED);
    ck_assert_int_eq(purchase_ending_on(&purchase, make_day("2023-11-22")), PURCHASE_RUNNING);
    ck_assert_int_eq(purchase_ending_on(&purchase, make_day("2023-11-23")), PURCHASE_TERM_OVER);
    brings(&purchase, "2023-11-22", "payment 2023-10-23\n");
    brings(&purchase, "2030-01-01", "end 2023-11-23\n");
    ck_assert_int_eq(purchase.state, PURCHASE_UNSUBSCRIBED);
    ck_assert_int_eq(purchase.ending, PURCHASE_TERM_OVER);
    ck_assert_int_eq(purchase.ended_at, day_start_at(make_day("2023-11-23")));
}
END_TEST

/* renews_through is the last day on which a term may begin. */
START_TEST(the_last_renewal)
{
    struct purchase purchase;

    make_term(&purchase, 1, 0, "2023-10-23");
    purchase.renews_through = make_day("2023-12-22");
    ck_assert_int_eq(purchase_state_on(&purchase, make_day("2023-12-22")), PURCHASE_SUBSCRIBED);
    ck_assert_int_eq(purchase_state_on(&purchase, make_day("2023-12-23")), PURCHASE_UNSUBSCRIBED);
    brings(&purchase, "2030-01-01",
           "payment 2023-10-23\n"
           "renewal 2023-11-23\n"
           "payment 2023-11-23\n"
           "end 2023-12-23\n");

    make_term(&purchase, 1, 0, "2023-10-23");
    purchase.renews_through = make_day("2023-12-23");
    ck_assert_int_eq(purchase_state_on(&purchase, make_day("2023-12-23")), PURCHASE_SUBSCRIBED);
    ck_assert_int_eq(purchase_state_on(&purchase, make_day("2024-01-22")), PURCHASE_SUBSCRIBED);
    ck_assert_int_eq(purchase_state_on(&purchase, make_day("2024-01-23")), PURCHASE_UNSUBSCRIBED);
    brings(&purchase, "2030-01-01",
           "payment 2023-10-23\n"
           "renewal 2023-11-23\n"
           "payment 2023-11-23\n"
           "renewal 2023-12-23\n"
           "payment 2023-12-23\n"
           "end 2024-01-23\n");
}
END_TEST

/* Recurring billing turned off counts for the term that runs, turned on again too. */
START_TEST(recurring_billing_off_and_on)
{
    struct purchase purchase;

    make_term(&purchase, 12, 0, "2023-10-23");
    brings(&purchase, "2024-10-23", "payment 2023-10-23\nrenewal 2024-10-23\npayment 2024-10-23\n");
    purchase.recurring = false;
    ck_assert_int_eq(purchase_next(&purchase).what, DUE_END);
    ck_assert_str_eq(iso(purchase_next(&purchase).on), "2025-10-23");
    ck_assert_int_eq(purchase_state_on(&purchase, make_day("2025-10-22")), PURCHASE_SUBSCRIBED);
    ck_assert_int_eq(purchase_state_on(&purchase, make_day("2025-10-23")), PURCHASE_UNSUBSCRIBED);
    purchase.recurring = true;
    ck_assert_int_eq(purchase_next(&purchase).what, DUE_RENEWAL);
    ck_assert_int_eq(purchase_state_on(&purchase, make_day("2025-10-23")), PURCHASE_SUBSCRIBED);
}
END_TEST

/* While Suspended nothing is charged; what fell due is, on reinstatement, in its order. */
START_TEST(suspended_and_reinstated)
{
    struct purchase purchase;

    make_purchase(PURCHASE_SAAS, &purchase);
    purchase.term_months = 1;
    ck_assert_int_eq(purchase_advance(&purchase, PURCHASE_CONFIGURE, PARTY_CUSTOMER,
                                      make_at("2023-10-20 10:00:00")),
                     OK);
    ck_assert_int_eq(
        purchase_advance(&purchase, PURCHASE_ACTIVATE, PARTY_ISV, make_at("2023-10-20 11:00:00")),
        OK);
    brings(&purchase, "2023-10-31", "payment 2023-10-20\n");
    ck_assert_int_eq(purchase_advance(&purchase, PURCHASE_FAIL_PAYMENT, PARTY_OPERATOR,
                                      make_at("2023-10-31 12:00:00")),
                     OK);
    brings(&purchase, "2023-11-30", ""); /* the last day: 31 October + 30 */
    ck_assert_int_eq(purchase_state_on(&purchase, make_day("2023-11-30")), PURCHASE_SUSPENDED);
    ck_assert_int_eq(purchase_advance(&purchase, PURCHASE_RECEIVE_PAYMENT, PARTY_OPERATOR,
                                      make_at("2023-11-30 23:59:59")),
                     OK);
    ck_assert_int_eq(purchase.suspended_at, 0);
    brings(&purchase, "2023-11-30", "usage 2023-11-02\nrenewal 2023-11-20\npayment 2023-11-20\n");
    ck_assert_int_eq(purchase.state, PURCHASE_SUBSCRIBED);
}
END_TEST

START_TEST(suspended_and_never_paid)
{
    struct purchase purchase;

    make_purchase_in(PURCHASE_SAAS, PURCHASE_SUBSCRIBED, &purchase);
    brings(&purchase, "2023-10-30", "payment 2023-10-23\n");
    ck_assert_int_eq(purchase_advance(&purchase, PURCHASE_FAIL_PAYMENT, PARTY_OPERATOR,
                                      make_at("2023-10-30 12:00:00")),
                     OK);
    ck_assert_int_eq(purchase_state_on(&purchase, make_day("2023-11-29")), PURCHASE_SUSPENDED);
    ck_assert_int_eq(purchase_state_on(&purchase, make_day("2023-11-30")), PURCHASE_UNSUBSCRIBED);
    ck_assert_int_eq(purchase_ending_on(&purchase, make_day("2023-11-30")), PURCHASE_NEVER_PAID);
    /* what was used before it is charged when it is over; then nothing more comes */
    brings(&purchase, "2030-01-01", "lapse 2023-11-30\nusage 2023-11-02\nusage 2023-12-02\n");
    ck_assert_int_eq(purchase.ending, PURCHASE_NEVER_PAID);
    ck_assert_int_eq(purchase.ended_at, day_start_at(make_day("2023-11-30")));
    ck_assert_int_eq(purchase.suspended_at, 0);
}
END_TEST

/* ---- Any purchase, any day ------------------------------------------------------------------ */

static uint64_t
xorshift(uint64_t *state)
{
    *state ^= *state << 13;
    *state ^= *state >> 7;
    *state ^= *state << 17;
    return *state;
}

static int
below(uint64_t *state, int end)
{
    return (int)(xorshift(state) % (uint64_t)end);
}

/* Bought on some day of 2023 to 2026, of any kind and term, in any state but over. */
static void
make_any(uint64_t *random, struct purchase *purchase)
{
    const struct day begins = day_add(make_day("2023-01-01"), below(random, 1461));
    const struct term_option *option = &term_options[below(random, (int)term_option_count)];
    const enum purchase_kind kind = (enum purchase_kind)below(random, PURCHASE_KIND_COUNT);

    make_purchase(kind, purchase);
    purchase->bought_at = day_start_at(begins) + below(random, (int)SECONDS_PER_DAY);
    if (purchase->term_months != 0) {
        purchase->term_months = option->term_months;
        purchase->payment_months = option->payment_months;
    }
    if (kind != PURCHASE_SAAS) {
        purchase_deploy(purchase, purchase->bought_at);
    } else {
        purchase->model = below(random, 2) == 0 ? MODEL_FLAT_RATE : MODEL_PER_USER;
        if (below(random, 4) > 0)
            ck_assert_int_eq(
                purchase_advance(purchase, PURCHASE_CONFIGURE, PARTY_CUSTOMER, purchase->bought_at),
                OK);
        if (purchase->configured_at != 0 && below(random, 4) > 0)
            ck_assert_int_eq(
                purchase_advance(purchase, PURCHASE_ACTIVATE, PARTY_ISV, purchase->bought_at), OK);
        if (purchase->state == PURCHASE_SUBSCRIBED && below(random, 4) == 0)
            ck_assert_int_eq(purchase_advance(purchase, PURCHASE_FAIL_PAYMENT, PARTY_OPERATOR,
                                              purchase->bought_at),
                             OK);
    }
    purchase->recurring = below(random, 3) > 0;
    purchase->renews_through = day_add(begins, below(random, 1000));
}

/* Settled day by day, or once on the last: the same things on the same days; and what is not yet
 * settled says each day what it will have been. */
START_TEST(late_is_the_same_as_daily)
{
    uint64_t random = UINT64_C(0x9e3779b97f4a7c15) + (uint64_t)_i;
    struct buffer late_log;

    buffer_open(&late_log, LOG_BYTES);
    for (int round = 0; round < 60; round++) {
        struct purchase stored;
        struct purchase daily;
        struct purchase late;
        struct day day;
        struct day last;

        buffer_clear(&brought);
        buffer_clear(&late_log);
        make_any(&random, &stored);
        memcpy(&daily, &stored, sizeof daily);
        memcpy(&late, &stored, sizeof late);
        day = day_of(stored.bought_at);
        last = day_add(day, 1300);
        for (; day.number <= last.number; day = day_add(day, 1)) {
            make_time(&daily, day, &brought);
            ck_assert_int_eq(purchase_state_on(&stored, day), daily.state);
            ck_assert_int_eq(purchase_ending_on(&stored, day), daily.ending);
            ck_assert_int_eq(purchase_state_on(&daily, day), daily.state);
        }
        make_time(&late, last, &late_log);
        ck_assert_str_eq(late_log.data, brought.data);
        ck_assert_mem_eq(&late, &daily, sizeof late);
        arena_reset(arena);
    }
    buffer_close(&late_log);
}
END_TEST

Suite *
purchase_time_suite(void)
{
    Suite *suite = suite_create("purchase_time");
    TCase *calendar = tcase_create("calendar");

    tcase_add_checked_fixture(calendar, setup, teardown);
    tcase_set_timeout(calendar, 60);
    tcase_add_test(calendar, a_year_of_a_subscription);
    tcase_add_test(calendar, months_of_an_application);
    tcase_add_test(calendar, months_of_a_machine);
    tcase_add_test(calendar, payments_of_every_term);
    tcase_add_test(calendar, the_ends_of_months);
    tcase_add_test(calendar, what_does_not_recur_ends_with_its_term);
    tcase_add_test(calendar, the_last_renewal);
    tcase_add_test(calendar, recurring_billing_off_and_on);
    tcase_add_test(calendar, suspended_and_reinstated);
    tcase_add_test(calendar, suspended_and_never_paid);
    tcase_add_loop_test(calendar, late_is_the_same_as_daily, 1, 4);
    suite_add_tcase(suite, calendar);
    return suite;
}

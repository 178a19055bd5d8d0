/*
 * commitments_test.c: commitments and what used them (LAW 10.4, D-32): in the order they start, on
 * their days, never below nothing; and given back.
 */
#include <check.h>

#include "base/text.h"
#include "store/charges.h"
#include "store/commitments.h"
#include "support/buying.h"
#include "support/rows_market.h"

Suite *commitments_suite(void);

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

static void
committed(const char *account, const char *start, const char *end, int64_t cents,
          const char *status, enum err expected)
{
    struct commitment commitment = {
        .billing_account = account, .amount_cents = cents, .status = status};
    struct db *db = temp_write(&market.temp);

    ck_assert_int_eq(day_parse(start, &commitment.start_on), OK);
    ck_assert_int_eq(day_parse(end, &commitment.end_on), OK);
    ck_assert_int_eq(commitment_insert(db, market.temp.arena, &commitment), expected);
    temp_keep(&market.temp, db);
}

/* Pro at list, activated now: 1,200.00. */
static const char *
pro(const char *subscription)
{
    return subscribe(&market, &(struct wanted){.subscription = subscription,
                                               .product = "suite",
                                               .plan = "pro",
                                               .term = "term-12"});
}

/* ---- The rows ------------------------------------------------------------------------------- */

START_TEST(commitments_come_by_their_start)
{
    struct commitments found;

    committed(DEAL_ACCOUNT, "2025-01-01", "2025-12-31", 100, "active", OK);
    committed(DEAL_ACCOUNT, "2022-01-01", "2022-12-31", 200, "expired", OK);
    committed(DEAL_ACCOUNT, "2022-01-01", "2024-12-31", 300, "active", ERR_INVALID);
    committed(DEAL_ACCOUNT, "2021-01-01", "2024-12-31", 300, "forgotten", ERR_INVALID);
    committed(OTHER_ACCOUNT, "2023-01-01", "2023-12-31", 400, "active", OK);
    ck_assert_int_eq(commitments_of(market.temp.reader, market.temp.arena, DEAL_ACCOUNT, &found),
                     OK);
    ck_assert_uint_eq(found.count, 3);
    ck_assert_int_eq(found.rows[0].amount_cents, 200);
    ck_assert_int_eq(found.rows[0].remaining_cents, 200);
    ck_assert_int_eq(found.rows[1].amount_cents, 5000000);
    ck_assert_int_eq(found.rows[2].amount_cents, 100);
    ck_assert_int_eq(commitments_of_organisation(market.temp.reader, market.temp.arena,
                                                 DEAL_ORGANISATION, &found),
                     OK);
    ck_assert_uint_eq(found.count, 4);
    ck_assert_int_eq(
        commitments_of_organisation(market.temp.reader, market.temp.arena, "elsewhere", &found),
        OK);
    ck_assert_uint_eq(found.count, 0);
}
END_TEST

START_TEST(a_status_is_of_its_day)
{
    static const struct {
        const char *stored;
        int64_t remaining;
        int year, month, dom;
        const char *status;
    } rows[] = {
        {"active", 1, 2023, 12, 31, "Active"},   {"active", 1, 2024, 1, 1, "Expired"},
        {"active", 0, 2023, 6, 1, "Completed"},  {"active", 0, 2024, 6, 1, "Completed"},
        {"canceled", 1, 2023, 6, 1, "Canceled"}, {"canceled", 0, 2023, 6, 1, "Canceled"},
        {"expired", 1, 2023, 6, 1, "Expired"},   {"completed", 1, 2023, 6, 1, "Completed"},
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        const struct commitment commitment = {.billing_account = DEAL_ACCOUNT,
                                              .start_on = day_make(2023, 1, 1),
                                              .end_on = day_make(2023, 12, 31),
                                              .amount_cents = 100,
                                              .status = rows[i].stored,
                                              .remaining_cents = rows[i].remaining};

        ck_assert_str_eq(
            commitment_status_on(&commitment, day_make(rows[i].year, rows[i].month, rows[i].dom)),
            rows[i].status);
    }
}
END_TEST

START_TEST(an_event_names_its_purchase_and_line)
{
    const char *id = pro(NULL);
    struct commitments found;
    struct commitment_entries entries;

    ck_assert_int_eq(commitments_of(market.temp.reader, market.temp.arena, DEAL_ACCOUNT, &found),
                     OK);
    ck_assert_int_eq(found.rows[0].remaining_cents, 4880000);
    ck_assert_int_eq(
        commitment_entries_of(market.temp.reader, market.temp.arena, &found.rows[0], &entries), OK);
    ck_assert_uint_eq(entries.count, 1);
    ck_assert_str_eq(entries.rows[0].purchase, id);
    ck_assert_str_eq(entries.rows[0].purchase_name, "Ours");
    ck_assert_int_eq(entries.rows[0].charge, 1);
    ck_assert_int_eq(entries.rows[0].settled_on.number, day_make(2023, 10, 20).number);
    ck_assert_int_eq(entries.rows[0].at, market.fake.now);
    ck_assert_int_eq(entries.rows[0].decrement.cents, 120000);
    ck_assert_int_eq(entries.rows[0].remaining.cents, 4880000);
    ck_assert_int_eq(commitment_used_by(market.temp.reader, market.temp.arena, id, 1, &entries),
                     OK);
    ck_assert_uint_eq(entries.count, 1);
    ck_assert_int_eq(entries.rows[0].settled_on.number, day_make(2023, 1, 1).number);
    ck_assert_int_eq(commitment_used_by(market.temp.reader, market.temp.arena, id, 2, &entries),
                     OK);
    ck_assert_uint_eq(entries.count, 0);
}
END_TEST

/* ---- What uses them ------------------------------------------------------------------------- */

/* 1,000.00 of the one that starts first, then 200.00 of the other; and back, the last first. */
START_TEST(one_after_the_other_and_back)
{
    const char *id;

    committed(DEAL_ACCOUNT, "2022-06-01", "2023-10-20", 100000, "active", OK); /* its last day */
    committed(DEAL_ACCOUNT, "2021-06-01", "2024-12-31", 900000, "canceled", OK);
    committed(DEAL_ACCOUNT, "2020-06-01", "2023-10-19", 900000, "active", OK); /* over yesterday */
    committed(DEAL_ACCOUNT, "2023-10-21", "2024-12-31", 900000, "active", OK); /* from tomorrow */
    id = pro(NULL);
    ck_assert_str_eq(balance_events(&market, "2022-06-01"), "1000.00 0.00\n");
    ck_assert_str_eq(balance_events(&market, "2023-01-01"), "200.00 49800.00\n");
    ck_assert_str_eq(balance_events(&market, "2021-06-01"), "");
    ck_assert_str_eq(balance_events(&market, "2020-06-01"), "");
    ck_assert_str_eq(balance_events(&market, "2023-10-21"), "");
    buying_on(&market, "2023-10-22");
    deed(&market, &actor_contributor, DO_CANCEL, id, "");
    ck_assert_str_eq(balance_events(&market, "2023-01-01"), "200.00 49800.00\n-200.00 50000.00\n");
    ck_assert_str_eq(balance_events(&market, "2022-06-01"), "1000.00 0.00\n-1000.00 1000.00\n");
    ck_assert_str_eq(balance_events(&market, "2023-10-21"), "");
}
END_TEST

/* 500.00 is all there is: 700.00 are plain invoice, and what comes back is 500.00. */
START_TEST(never_below_nothing)
{
    struct commitments found;
    const char *first;
    const char *second;

    committed(OTHER_ACCOUNT, "2023-06-01", "2024-05-31", 50000, "active", OK);
    first = pro(OTHER_SUBSCRIPTION);
    second = pro(OTHER_SUBSCRIPTION);
    ck_assert_int_eq(commitments_of(market.temp.reader, market.temp.arena, OTHER_ACCOUNT, &found),
                     OK);
    ck_assert_int_eq(found.rows[0].remaining_cents, 0);
    ck_assert_str_eq(commitment_status_on(&found.rows[0], day_make(2023, 10, 20)), "Completed");
    deed(&market, &actor_contributor, DO_CANCEL, second, ""); /* it has used nothing */
    ck_assert_int_eq(commitments_of(market.temp.reader, market.temp.arena, OTHER_ACCOUNT, &found),
                     OK);
    ck_assert_int_eq(found.rows[0].remaining_cents, 0);
    deed(&market, &actor_contributor, DO_CANCEL, first, "");
    ck_assert_int_eq(commitments_of(market.temp.reader, market.temp.arena, OTHER_ACCOUNT, &found),
                     OK);
    ck_assert_int_eq(found.rows[0].remaining_cents, 50000);
    ck_assert_str_eq(commitment_status_on(&found.rows[0], day_make(2023, 10, 20)), "Active");
    ck_assert_str_eq(balance(&market, "2023-01-01"), "50000.00"); /* another account's */
}
END_TEST

/* Seats is not enrolled; what costs nothing uses nothing. */
START_TEST(only_what_is_eligible)
{
    (void)subscribe(
        &market,
        &(struct wanted){.product = "seats", .plan = "team", .term = "user-1", .users = "10"});
    list_price(&market, "runner", "ops", "month", POINT_MONTH, 0, "2023-11-01");
    buying_on(&market, "2023-11-01");
    (void)buy(&market, &(struct wanted){.product = "runner", .plan = "ops"});
    ck_assert_str_eq(balance_events(&market, "2023-01-01"), "");
}
END_TEST

Suite *
commitments_suite(void)
{
    Suite *suite = suite_create("commitments");
    TCase *cases = tcase_create("commitments");

    tcase_add_checked_fixture(cases, setup, teardown);
    tcase_add_test(cases, commitments_come_by_their_start);
    tcase_add_test(cases, a_status_is_of_its_day);
    tcase_add_test(cases, an_event_names_its_purchase_and_line);
    tcase_add_test(cases, one_after_the_other_and_back);
    tcase_add_test(cases, never_below_nothing);
    tcase_add_test(cases, only_what_is_eligible);
    suite_add_tcase(suite, cases);
    return suite;
}

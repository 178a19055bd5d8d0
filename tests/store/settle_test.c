/*
 * settle_test.c: the job that writes what time brought to purchases: each on its own, once,
 * whatever becomes of the others (LAW 11).
 */
#include <check.h>

#include <sqlite3.h>

#include "base/text.h"
#include "jobs/clock.h"
#include "store/charges.h"
#include "support/play_purchase.h"
#include "support/store_dump.h"

Suite *settle_suite(void);

static struct deal_market market;

static void
setup(void)
{
    deal_market_open(&market, NULL);
}

static void
teardown(void)
{
    deal_market_close(&market);
}

static int
settled(void)
{
    int count = -1;

    ck_assert_int_eq(jobs_settle_due(market.temp.store, market.temp.reader, market.temp.arena,
                                     &market.fake.world, &count),
                     OK);
    return count;
}

static void
assert_event(const char *id, enum purchase_event_kind kind)
{
    const struct viewer viewer = {PARTY_OPERATOR, "", TEST_DAY};
    struct purchase_events events;

    ck_assert_int_eq(
        purchase_events_of(market.temp.reader, market.temp.arena, &viewer, id, &events), OK);
    ck_assert_uint_gt(events.count, 0);
    ck_assert_int_eq(events.rows[0].kind, kind);
    ck_assert_int_eq(events.rows[0].party, PARTY_SYSTEM);
}

START_TEST(a_clock_that_ran_out_is_written_on_the_day_after)
{
    const char *id = play_buy(&market, BUY_PRO, "term-12", "");
    const char *before = store_dump(&market.temp, NULL);

    deal_market_today(&market, 2023, 11, 15);
    ck_assert_int_eq(settled(), 0);
    ck_assert_str_eq(store_dump(&market.temp, NULL), before);
    deal_market_today(&market, 2023, 11, 16);
    ck_assert_int_eq(settled(), 1);
    ck_assert_int_eq(play_purchase_of(&market, id).state, PURCHASE_UNSUBSCRIBED);
    ck_assert_int_eq(play_purchase_of(&market, id).ending, PURCHASE_NEVER_CONFIGURED);
    assert_event(id, PURCHASE_LAPSED);
    ck_assert_int_eq(settled(), 0);
}
END_TEST

START_TEST(a_suspended_one_that_is_not_paid_ends)
{
    const char *id = play_subscribe(&market, false);

    play_payment(&market, id, false);
    deal_market_today(&market, 2023, 11, 15);
    ck_assert_int_eq(settled(), 0); /* nothing is charged meanwhile, what October used neither */
    ck_assert_int_eq(play_purchase_of(&market, id).state, PURCHASE_SUSPENDED);
    deal_market_today(&market, 2023, 11, 16);
    ck_assert_int_eq(settled(), 1);
    ck_assert_int_eq(play_purchase_of(&market, id).ending, PURCHASE_NEVER_PAID);
}
END_TEST

/* Two terms that ended while nobody looked: both charged, each on its day, by one turn. */
START_TEST(renewals_are_charged_on_their_days_however_late)
{
    const char *id = play_subscribe(&market, false);
    struct charges charges;

    deal_market_today(&market, 2025, 12, 1);
    ck_assert_int_eq(settled(), 1);
    ck_assert_int_eq(settled(), 0);
    ck_assert_int_eq(play_purchase_of(&market, id).term, 3);
    ck_assert_int_eq(charges_of(market.temp.reader, market.temp.arena, id, &charges), OK);
    ck_assert_uint_eq(charges.count, 3);
    ck_assert_int_eq(charges.rows[1].on.number, day_make(2024, 10, 16).number);
    ck_assert_int_eq(charges.rows[2].on.number, day_make(2025, 10, 16).number);
    ck_assert_int_eq(charges.rows[2].customer_amount.cents, 120000);
    assert_event(id, PURCHASE_RENEWED);
}
END_TEST

/* A row that cannot be read is left, and told in the log; its neighbours are not. */
START_TEST(one_that_fails_stops_no_other)
{
    const char *broken = play_buy(&market, BUY_PRO, "term-12", "");
    const char *sound = play_buy(&market, BUY_PRO, "term-12", "");
    sqlite3 *db = NULL;

    ck_assert_int_eq(sqlite3_open(market.temp.path, &db), SQLITE_OK);
    ck_assert_int_eq(
        sqlite3_exec(db,
                     arena_format(market.temp.arena,
                                  "UPDATE purchase SET ending = 'nonsense', due_on = '2023-01-01'"
                                  " WHERE id = '%s'",
                                  broken),
                     NULL, NULL, NULL),
        SQLITE_OK);
    ck_assert_int_eq(sqlite3_close(db), SQLITE_OK);
    deal_market_today(&market, 2023, 11, 16);
    ck_assert_int_eq(settled(), 1);
    ck_assert_int_eq(play_purchase_of(&market, sound).state, PURCHASE_UNSUBSCRIBED);
}
END_TEST

Suite *
settle_suite(void)
{
    Suite *suite = suite_create("store/settle");
    TCase *tests = tcase_create("settle");

    tcase_add_checked_fixture(tests, setup, teardown);
    tcase_add_test(tests, a_clock_that_ran_out_is_written_on_the_day_after);
    tcase_add_test(tests, a_suspended_one_that_is_not_paid_ends);
    tcase_add_test(tests, renewals_are_charged_on_their_days_however_late);
    tcase_add_test(tests, one_that_fails_stops_no_other);
    suite_add_tcase(suite, tests);
    return suite;
}

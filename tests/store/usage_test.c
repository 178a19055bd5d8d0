/*
 * usage_test.c: usage is kept once for a price and hour, and summed by day; which reports are
 * refused, all of them or none kept (LAW 8.5, 11, D-33).
 */
#include <check.h>
#include <string.h>

#include "base/text.h"
#include "store/usage.h"
#include "support/buying.h"
#include "support/rows_market.h"
#include "support/store_dump.h"

Suite *usage_suite(void);

#define HOUR INT64_C(3600)

static struct deal_market market;
static const char *pro;     /* SaaS, meter emails, Subscribed at 09:00 on 5 October */
static const char *max;     /* SaaS, meters emails and calls */
static const char *machine; /* deployed then */

static void
setup(void)
{
    deal_market_open(&market, NULL);
    rows_market_add(&market);
    buying_add(&market);
    buying_on(&market, "2023-10-05");
    pro =
        subscribe(&market, &(struct wanted){.product = "suite", .plan = "pro", .term = "term-12"});
    max =
        subscribe(&market, &(struct wanted){.product = "meters", .plan = "max", .term = "term-36"});
    machine = buy(&market, &(struct wanted){.product = "cores", .plan = "each", .vcpu = "2"});
}

static void
teardown(void)
{
    deal_market_close(&market);
}

/* ---- The rows ------------------------------------------------------------------------------- */

static bool
inserted(const char *point, int64_t hour_at, int64_t quantity)
{
    const struct usage_event event = {point, hour_at, quantity, hour_at + HOUR, "isv"};
    struct db *db = temp_write(&market.temp);
    bool added = false;

    ck_assert_int_eq(usage_insert(db, pro, &event, &added), OK);
    temp_keep(&market.temp, db);
    return added;
}

static struct usage
between(int64_t from_at, int64_t until_at)
{
    struct usage usage;

    ck_assert_int_eq(
        usage_between(market.temp.reader, market.temp.arena, pro, from_at, until_at, &usage), OK);
    return usage;
}

START_TEST(an_hour_has_one_event)
{
    struct usage_events events;

    ck_assert(inserted("meter-emails", 10 * HOUR, 5));
    ck_assert(!inserted("meter-emails", 10 * HOUR, 7));
    ck_assert(inserted("meter-calls", 10 * HOUR, 7));
    ck_assert(inserted("meter-emails", 11 * HOUR, 1));
    ck_assert_int_eq(usage_of(market.temp.reader, market.temp.arena, pro, &events), OK);
    ck_assert_uint_eq(events.count, 3);
    ck_assert_int_eq(events.rows[0].hour_at, 11 * HOUR); /* the newest hour first */
    ck_assert_str_eq(events.rows[1].point, "meter-calls");
    ck_assert_str_eq(events.rows[2].point, "meter-emails");
    ck_assert_int_eq(events.rows[2].quantity, 5);
    ck_assert_int_eq(events.rows[2].reported_at, 11 * HOUR);
    ck_assert_str_eq(events.rows[2].reported_by, "isv");
    ck_assert_int_eq(usage_of(market.temp.reader, market.temp.arena, max, &events), OK);
    ck_assert_uint_eq(events.count, 0);
}
END_TEST

/* From the first instant on, without the last. */
START_TEST(sums_are_by_price_and_day)
{
    const int64_t day = SECONDS_PER_DAY;
    struct usage usage;

    ck_assert(inserted("b", day - HOUR, 1));
    ck_assert(inserted("b", day, 2));
    ck_assert(inserted("b", 2 * day - HOUR, 3));
    ck_assert(inserted("b", 2 * day, 4));
    ck_assert(inserted("a", 2 * day, 5));
    ck_assert(inserted("a", 3 * day, 6));
    usage = between(day, 3 * day);
    ck_assert_uint_eq(usage.count, 3);
    ck_assert_str_eq(usage.rows[0].point, "a");
    ck_assert_int_eq(usage.rows[0].on.number, 2);
    ck_assert_int_eq(usage.rows[0].quantity, 5);
    ck_assert_str_eq(usage.rows[1].point, "b");
    ck_assert_int_eq(usage.rows[1].on.number, 1);
    ck_assert_int_eq(usage.rows[1].quantity, 5);
    ck_assert_int_eq(usage.rows[2].on.number, 2);
    ck_assert_int_eq(usage.rows[2].quantity, 4);
    ck_assert_uint_eq(between(4 * day, 5 * day).count, 0);
}
END_TEST

START_TEST(a_sum_that_fits_nowhere_is_broken)
{
    struct usage usage;

    ck_assert(inserted("a", 0, INT64_MAX));
    ck_assert(inserted("a", HOUR, 1));
    ck_assert_int_eq(usage_between(market.temp.reader, market.temp.arena, pro, 0, 2 * HOUR, &usage),
                     ERR_BROKEN);
}
END_TEST

/* ---- Reports -------------------------------------------------------------------------------- */

static void
refused(const struct actor *actor, const char *purchase, const char *point, const char *hour,
        const char *quantity, const char *says)
{
    const struct usage_line line = {purchase, point, hour, quantity, "line-1"};
    struct problems *problems = problems_new(market.temp.arena);
    const char *before = store_dump(&market.temp, NULL);

    ck_assert_int_eq(try_report(&market, actor, &line, 1, problems), ERR_INVALID);
    ck_assert_uint_eq(problems->count, 1);
    ck_assert_str_eq(problems->list[0].at, "line-1");
    ck_assert_msg(strstr(problems->list[0].message, says) != NULL, "%s: %s", says,
                  problems->list[0].message);
    ck_assert_str_eq(store_dump(&market.temp, NULL), before);
}

/* Now is 12:30 on the 7th. */
START_TEST(an_hour_of_the_last_day)
{
    buying_at(&market, "2023-10-07 12:30:00");
    refused(&actor_isv, pro, "emails", "2023-10-07T13:00Z", "1", "future");
    refused(&actor_isv, pro, "emails", "2023-10-06T12:00Z", "1", "24 hours ago");
    report(&market, &actor_isv, pro, "emails", "2023-10-06T13:00Z", "1");
    report(&market, &actor_isv, pro, "emails", "2023-10-07T12:59:59Z", "1"); /* the hour begun */
    refused(&actor_isv, pro, "emails", "2023-10-07T12:00Z", "1", "Duplicate");
    buying_at(&market, "2023-10-07 13:00:00"); /* 24 hours to the second still count */
    refused(&actor_isv, pro, "emails", "2023-10-06T13:00Z", "1", "Duplicate");
    report(&market, &actor_isv, pro, "emails", "2023-10-07T13:00Z", "1");
    buying_at(&market, "2023-10-07 13:00:01");
    refused(&actor_isv, pro, "emails", "2023-10-06T13:00Z", "1", "24 hours ago");
    refused(&actor_isv, pro, "emails", "yesterday", "1", "like 2023-10-16T09:00Z");
    refused(&actor_isv, pro, "emails", "2023-10-07T24:00Z", "1", "like 2023-10-16T09:00Z");
}
END_TEST

START_TEST(not_before_it_was_subscribed)
{
    refused(&actor_isv, pro, "emails", "2023-10-05T08:00Z", "1", "before it was Subscribed");
    report(&market, &actor_isv, pro, "emails", "2023-10-05T09:00Z", "1");
}
END_TEST

/* Of a term of three years Max includes any number of emails. */
START_TEST(a_dimension_that_is_charged)
{
    refused(&actor_isv, pro, "faxes", "2023-10-05T09:00Z", "1", "no dimension");
    refused(&actor_isv, pro, "term-12", "2023-10-05T09:00Z", "1", "no dimension");
    refused(&actor_isv, max, "emails", "2023-10-05T09:00Z", "1", "no dimension");
    report(&market, &actor_isv, max, "calls", "2023-10-05T09:00Z", "1");
    report(&market, &actor_isv, pro, "meter-emails", "2023-10-05T09:00Z", "1");
}
END_TEST

START_TEST(a_whole_number_to_a_million)
{
    static const char *const wrong[] = {"0", "-1", "1.5", "1000001", "1e3", "", "many"};

    for (size_t i = 0; i < COUNT(wrong); i++)
        refused(&actor_isv, pro, "emails", "2023-10-05T09:00Z", wrong[i], "whole number");
    report(&market, &actor_isv, pro, "emails", "2023-10-05T09:00Z", "1000000");
}
END_TEST

/* D-33: meters are the ISV's to report, hours of machines the operator's. */
START_TEST(who_reports_what)
{
    const struct usage_line line = {pro, "emails", "2023-10-05T09:00Z", "1", "line-1"};
    const char *before = store_dump(&market.temp, NULL);

    ck_assert_int_eq(try_report(&market, &actor_isv_marketer, &line, 1, NULL), ERR_DENIED);
    ck_assert_str_eq(store_dump(&market.temp, NULL), before);
    refused(&actor_other_isv, pro, "emails", "2023-10-05T09:00Z", "1", "no such purchase");
    refused(&actor_operator, pro, "emails", "2023-10-05T09:00Z", "1", "no such purchase");
    refused(&actor_isv, machine, "hour", "2023-10-05T09:00Z", "1", "no such purchase");
    refused(&actor_isv, "nothing", "emails", "2023-10-05T09:00Z", "1", "no such purchase");
    report(&market, &actor_operator, machine, "hour", "2023-10-05T09:00Z", "1");
}
END_TEST

START_TEST(only_while_subscribed)
{
    const char *pending =
        buy(&market, &(struct wanted){.product = "suite", .plan = "pro", .term = "term-12"});

    refused(&actor_isv, pending, "emails", "2023-10-05T09:00Z", "1", "PendingFulfillmentStart");
    deed(&market, &actor_operator, DO_FAIL_PAYMENT, pro, "");
    refused(&actor_isv, pro, "emails", "2023-10-05T09:00Z", "1", "Suspended");
    deed(&market, &actor_operator, DO_RECEIVE_PAYMENT, pro, "");
    report(&market, &actor_isv, pro, "emails", "2023-10-05T09:00Z", "1");
    deed(&market, &actor_contributor, DO_CANCEL, pro, "");
    refused(&actor_isv, pro, "emails", "2023-10-05T09:00Z", "2", "Unsubscribed");
}
END_TEST

/* All come in or none; a second event of an hour may also stand earlier in the batch. */
START_TEST(a_batch_comes_in_whole)
{
    struct usage_line batch[LIMIT_USAGE_BATCH + 1];
    struct problems *problems = problems_new(market.temp.arena);
    struct usage_events events;
    const char *before = store_dump(&market.temp, NULL);

    buying_at(&market, "2023-10-06 09:00:00");
    for (int i = 0; i <= LIMIT_USAGE_BATCH; i++)
        batch[i] = (struct usage_line){pro, "emails",
                                       arena_format(market.temp.arena, "2023-10-%02dT%02d:00Z",
                                                    (9 + i) / 24 + 5, (9 + i) % 24),
                                       "1", arena_format(market.temp.arena, "line-%d", i + 1)};
    ck_assert_int_eq(try_report(&market, &actor_isv, batch, LIMIT_USAGE_BATCH + 1, problems),
                     ERR_INVALID);
    ck_assert_uint_eq(problems->count, 1);
    ck_assert_str_eq(problems->list[0].at, "usage");
    ck_assert_int_eq(try_report(&market, &actor_isv, batch, 0, problems), ERR_INVALID);

    problems = problems_new(market.temp.arena);
    batch[24].hour = batch[3].hour;
    batch[10].quantity = "0";
    ck_assert_int_eq(try_report(&market, &actor_isv, batch, LIMIT_USAGE_BATCH, problems),
                     ERR_INVALID);
    ck_assert_uint_eq(problems->count, 2);
    ck_assert_str_eq(problems->list[0].at, "line-11");
    ck_assert_str_eq(problems->list[1].at, "line-25");
    ck_assert_str_eq(store_dump(&market.temp, NULL), before);

    batch[10].quantity = "1";
    batch[24].hour = "2023-10-06T09:00Z";
    ck_assert_int_eq(try_report(&market, &actor_isv, batch, LIMIT_USAGE_BATCH, NULL), OK);
    ck_assert_int_eq(usage_of(market.temp.reader, market.temp.arena, pro, &events), OK);
    ck_assert_uint_eq(events.count, LIMIT_USAGE_BATCH);
}
END_TEST

Suite *
usage_suite(void)
{
    Suite *suite = suite_create("usage");
    TCase *cases = tcase_create("usage");

    tcase_add_checked_fixture(cases, setup, teardown);
    tcase_add_test(cases, an_hour_has_one_event);
    tcase_add_test(cases, sums_are_by_price_and_day);
    tcase_add_test(cases, a_sum_that_fits_nowhere_is_broken);
    tcase_add_test(cases, an_hour_of_the_last_day);
    tcase_add_test(cases, not_before_it_was_subscribed);
    tcase_add_test(cases, a_dimension_that_is_charged);
    tcase_add_test(cases, a_whole_number_to_a_million);
    tcase_add_test(cases, who_reports_what);
    tcase_add_test(cases, only_while_subscribed);
    tcase_add_test(cases, a_batch_comes_in_whole);
    suite_add_tcase(suite, cases);
    return suite;
}

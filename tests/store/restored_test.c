/*
 * restored_test.c: a market that is put back to last week catches up, once, and is then as one whose
 * jobs ran every day: states, bills, commitments and mails (LAW 11, 14, D-18).
 */
#include <check.h>
#include <sqlite3.h>
#include <string.h>

#include "base/text.h"
#include "jobs/clock.h"
#include "store/driver_sqlite.h"
#include "support/buying.h"

Suite *restored_suite(void);

static struct deal_market market;
static const char *copy;

static void
setup(void)
{
    deal_market_open(&market, NULL);
    buying_add(&market);
    copy = arena_format(market.temp.arena, "%s/copy.db", market.temp.folder);
}

static void
teardown(void)
{
    static const char *const endings[] = {"", "-wal", "-shm"};

    for (size_t i = 0; i < COUNT(endings); i++)
        (void)remove(arena_format(market.temp.arena, "%s%s", copy, endings[i]));
    deal_market_close(&market);
}

/* Everything that is due by that day, as the thread does it, until nothing is. */
static void
jobs_on(struct store *store, struct db *reader, const char *day)
{
    struct arena *arena = market.temp.arena;
    int settled = 1;
    int told = 1;

    buying_on(&market, day);
    while (settled + told > 0) {
        ck_assert_int_eq(jobs_settle_due(store, reader, arena, &market.fake.world, &settled), OK);
        ck_assert_int_eq(jobs_notify_due(store, reader, arena, &market.fake.world, &told), OK);
    }
}

/* What people would find, without when and in how many turns it was written. Reminders that came too late are left out:
 * nobody is reminded of what is over. */
static const char *const looks[] = {
    "SELECT id, state, due_on, version FROM offer ORDER BY id",
    "SELECT id, state, ending, due_on, term, paid_months, charge_count, quantity"
    " FROM purchase ORDER BY id",
    "SELECT purchase, number, at, kind, note FROM purchase_event ORDER BY purchase, number",
    "SELECT purchase, number, charged_on, kind, term, offer, point, quantity, list_cents,"
    " partner_cents, customer_cents, fee_cents, from_on, through_on FROM charge"
    " ORDER BY purchase, number",
    "SELECT billing_account, start_on, number, settled_on, purchase, charge, decrement_cents,"
    " remaining_cents FROM commitment_entry ORDER BY 1, 2, 3",
    "SELECT key, recipient, subject FROM outbox WHERE notice NOT IN ('accept_by', 'renews',"
    " 'configure_by', 'activate_by', 'pay_by') ORDER BY key",
};

static int
row_add(void *context, int count, char **texts, char **names)
{
    const char **found = context;

    (void)names;
    for (int i = 0; i < count; i++)
        *found = arena_format(market.temp.arena, "%s%s|", *found, texts[i] == NULL ? "" : texts[i]);
    *found = arena_format(market.temp.arena, "%s\n", *found);
    return 0;
}

static const char *
found_in(const char *path)
{
    const char *found = "";
    sqlite3 *handle = NULL;

    ck_assert_int_eq(sqlite3_open(path, &handle), SQLITE_OK);
    for (size_t i = 0; i < COUNT(looks); i++)
        ck_assert_msg(sqlite3_exec(handle, looks[i], row_add, &found, NULL) == SQLITE_OK, "%s: %s",
                      looks[i], sqlite3_errmsg(handle));
    ck_assert_int_eq(sqlite3_close(handle), SQLITE_OK);
    return found;
}

static int
count_of(const char *text, const char *part)
{
    int count = 0;

    for (; (text = strstr(text, part)) != NULL; text++)
        count++;
    return count;
}

/* The line in which they differ: both are long. */
static void
same(const char *late, const char *daily)
{
    size_t line = 0;

    for (size_t i = 0; late[i] == daily[i]; i++) {
        if (late[i] == '\0')
            return;
        if (late[i] == '\n')
            line = i + 1;
    }
    ck_abort_msg("late: %.200s\ndaily: %.200s", late + line, daily + line);
}

START_TEST(a_store_of_last_week_catches_up_once)
{
    const struct wanted monthly = {
        .product = "seats", .plan = "team", .term = "user-1", .users = "10"};
    const struct wanted yearly = {.product = "suite", .plan = "pro", .term = "term-12"};
    struct store *store = NULL;
    struct db *reader = NULL;
    const char *daily;

    buying_on(&market, "2023-10-16");
    (void)deal_make(&market, DEAL_EXTENDED); /* can be accepted through 15 November */
    buying_on(&market, "2023-10-20");
    (void)subscribe(&market, &monthly);
    (void)subscribe(&market, &yearly);
    (void)buy(&market, &yearly); /* never configured: over after 19 November */
    jobs_on(market.temp.store, market.temp.reader, "2023-10-23");
    ck_assert_int_eq(store_copy(&driver_sqlite, market.temp.path, copy), OK);

    for (struct day day = day_make(2023, 10, 24); day.number <= day_make(2024, 2, 29).number;
         day = day_add(day, 1))
        jobs_on(market.temp.store, market.temp.reader, day_iso(market.temp.arena, day));
    daily = found_in(market.temp.path);
    /* what has to be in it: five payments of the month, one of the year, a lapse, Expired */
    ck_assert_int_eq(count_of(daily, "|payment|"), 6);
    ck_assert_int_eq(count_of(daily, "|lapsed|"), 1);
    ck_assert_int_gt(count_of(daily, "expired"), 0);

    ck_assert_int_eq(store_open(&driver_sqlite, copy, &store), OK);
    ck_assert_int_eq(store_reader(store, &reader), OK);
    jobs_on(store, reader, "2024-02-29");
    same(found_in(copy), daily);
    jobs_on(store, reader, "2024-02-29");
    same(found_in(copy), daily);
    db_close(reader);
    store_close(store);
}
END_TEST

Suite *
restored_suite(void)
{
    Suite *suite = suite_create("restored");
    TCase *cases = tcase_create("late");

    tcase_add_checked_fixture(cases, setup, teardown);
    tcase_add_test(cases, a_store_of_last_week_catches_up_once);
    suite_add_tcase(suite, cases);
    return suite;
}

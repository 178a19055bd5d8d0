/*
 * writer_test.c: many threads, one writer: nothing is lost, nothing refused stays, nobody
 * overtakes.
 */
#include <check.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <time.h>

#include "base/limits.h"
#include "store/driver_sqlite.h"
#include "store/families.h"
#include "store/settings.h"
#include "support/fault_driver.h"
#include "support/temp_store.h"

#define THREADS 16
#define ROUNDS 50

static struct temp_store temp;

static void
setup(void)
{
    fault_arm(0);
    temp_store_open(&temp, &fault_driver);
}

static void
teardown(void)
{
    temp_store_close(&temp);
}

static int64_t
counter_in(struct db *db)
{
    struct settings settings;

    ck_assert_int_eq(settings_load(db, &settings), OK);
    return settings.publish_delay_s;
}

static int64_t
counter(void)
{
    ck_assert_int_eq(read_begin(temp.reader), OK);
    int64_t count = counter_in(temp.reader);
    read_end(temp.reader);
    return count;
}

/* Reads, adds one, writes: loses updates wherever two turns overlap. */
static enum err
count_up(struct db *db)
{
    char printed[24];
    struct settings settings;

    TRY(settings_load(db, &settings));
    snprintf(printed, sizeof printed, "%lld", (long long)settings.publish_delay_s + 1);
    return settings_set(db, SETTING_PUBLISH_DELAY, printed);
}

/* Every third write is refused after it has changed the row. */
static void *
counting_thread(void *context)
{
    atomic_int *failures = context;

    for (int i = 0; i < ROUNDS * 3 / 2; i++) {
        struct db *db = NULL;
        bool keep = i % 3 != 2;

        if (write_begin(temp.store, &db) != OK || count_up(db) != OK ||
            write_end(temp.store, db, keep) != OK)
            atomic_fetch_add(failures, 1);
    }
    return NULL;
}

START_TEST(no_increment_is_lost_and_no_refused_one_stays)
{
    pthread_t threads[THREADS];
    atomic_int failures = 0;

    for (size_t i = 0; i < THREADS; i++)
        ck_assert_int_eq(pthread_create(&threads[i], NULL, counting_thread, &failures), 0);
    for (size_t i = 0; i < THREADS; i++)
        ck_assert_int_eq(pthread_join(threads[i], NULL), 0);
    ck_assert_int_eq(atomic_load(&failures), 0);
    ck_assert_int_eq(counter(), THREADS * ROUNDS);
    ck_assert_uint_eq(store_waiting(temp.store), 0);
}
END_TEST

/* More threads than one commit may carry. */
#define LINE (LIMIT_WRITE_BATCH + 16)

static unsigned line_order[LINE];
static unsigned line_length;

struct liner {
    unsigned number;
    bool keep;
    enum err outcome;
};

static void *
lining_thread(void *context)
{
    struct liner *liner = context;
    struct db *db = NULL;

    liner->outcome = write_begin(temp.store, &db);
    if (liner->outcome != OK)
        return NULL;
    line_order[line_length++] = liner->number; /* guarded by the turn itself */
    enum err counted = count_up(db);
    enum err ended = write_end(temp.store, db, counted == OK && liner->keep);
    liner->outcome = counted != OK ? counted : ended;
    return NULL;
}

/* Puts count threads into the line one after another, while the caller holds the turn. */
static void
line_up(pthread_t *threads, struct liner *liners, unsigned count)
{
    const struct timespec moment = {0, 200000};

    line_length = 0;
    for (unsigned i = 0; i < count; i++) {
        liners[i].number = i;
        ck_assert_int_eq(pthread_create(&threads[i], NULL, lining_thread, &liners[i]), 0);
        while (store_waiting(temp.store) != i + 1)
            nanosleep(&moment, NULL);
    }
}

static void
join_all(const pthread_t *threads, unsigned count)
{
    for (unsigned i = 0; i < count; i++)
        ck_assert_int_eq(pthread_join(threads[i], NULL), 0);
}

START_TEST(first_come_first_served)
{
    static pthread_t threads[LINE];
    static struct liner liners[LINE];
    struct db *db = temp_write(&temp);

    for (unsigned i = 0; i < LINE; i++)
        liners[i].keep = i % 4 != 0;
    line_up(threads, liners, LINE);
    ck_assert_int_eq(count_up(db), OK);
    temp_keep(&temp, db);
    join_all(threads, LINE);
    ck_assert_uint_eq(line_length, LINE);
    for (unsigned i = 0; i < LINE; i++) {
        ck_assert_uint_eq(line_order[i], i);
        ck_assert_int_eq(liners[i].outcome, OK);
    }
    ck_assert_int_eq(counter(), 1 + LINE * 3 / 4);
}
END_TEST

START_TEST(a_commit_that_fails_is_told_to_all_it_carried)
{
    pthread_t threads[3];
    struct liner liners[3] = {{.keep = true}, {.keep = false}, {.keep = true}};
    struct db *db = temp_write(&temp);

    line_up(threads, liners, 3);
    ck_assert_int_eq(count_up(db), OK);
    /* release, then three times mark, load, set, release or undo, then the commit */
    fault_arm(1 + 3 * 4 + 1);
    ck_assert_int_eq(write_end(temp.store, db, true), ERR_BUSY);
    join_all(threads, 3);
    ck_assert(fault_happened());
    for (size_t i = 0; i < 3; i++)
        ck_assert_int_eq(liners[i].outcome, ERR_BUSY);
    ck_assert_int_eq(counter(), 0);

    db = temp_write(&temp);
    ck_assert_int_eq(count_up(db), OK);
    temp_keep(&temp, db);
    ck_assert_int_eq(counter(), 1);
}
END_TEST

/* The first waits for the lock as long as one may; the others do not wait as long again each. */
START_TEST(whoever_waits_behind_a_locked_store_waits_once)
{
    pthread_t threads[4];
    struct liner liners[4] = {{.keep = true}, {.keep = true}, {.keep = true}, {.keep = true}};
    struct connection *other = NULL;
    time_t began = time(NULL);

    ck_assert_int_eq(driver_sqlite.open(temp.path, DRIVER_WRITE, &other), OK);
    ck_assert_int_eq(driver_sqlite.begin(other, true), OK);
    ck_assert_int_eq(pthread_create(&threads[3], NULL, lining_thread, &liners[3]), 0);
    nanosleep(&(struct timespec){0, 200000000}, NULL); /* it has the turn, and waits in begin */
    line_up(threads, liners, 3);
    join_all(threads, 4);
    ck_assert_int_lt(time(NULL) - began, 8); /* the lock is waited for 5 s */
    for (size_t i = 0; i < COUNT(liners); i++)
        ck_assert_int_eq(liners[i].outcome, ERR_BUSY);
    ck_assert_uint_eq(line_length, 0);

    driver_sqlite.close(other);
    struct db *db = temp_write(&temp);
    ck_assert_int_eq(count_up(db), OK);
    temp_keep(&temp, db);
    ck_assert_int_eq(counter(), 1);
}
END_TEST

START_TEST(whoever_is_answered_ok_is_kept_wherever_it_fails)
{
    bool happened = true;

    for (unsigned nth = 1; happened; nth++) {
        pthread_t threads[4];
        struct liner liners[4] = {{.keep = true}, {.keep = false}, {.keep = true}, {.keep = true}};
        int64_t before = counter();
        struct db *db = temp_write(&temp);

        ck_assert_uint_lt(nth, 100);
        line_up(threads, liners, 4);
        ck_assert_int_eq(count_up(db), OK);
        fault_arm(nth);
        int64_t kept = write_end(temp.store, db, true) == OK;
        join_all(threads, 4);
        happened = fault_happened();
        fault_arm(0);
        for (size_t i = 0; i < 4; i++)
            kept += liners[i].keep && liners[i].outcome == OK;
        ck_assert_int_eq(counter(), before + kept);
        ck_assert(happened || kept == 4);
    }
}
END_TEST

START_TEST(a_single_write_is_all_or_nothing)
{
    bool happened = true;

    for (unsigned nth = 1; happened; nth++) {
        struct db *db = NULL;
        int64_t before = counter();

        ck_assert_uint_lt(nth, 50);
        fault_arm(nth);
        enum err outcome = write_begin(temp.store, &db);
        if (outcome == OK) {
            enum err worked = count_up(db);

            outcome = write_end(temp.store, db, worked == OK);
            outcome = worked == OK ? outcome : worked;
        }
        happened = fault_happened();
        fault_arm(0);
        ck_assert_int_eq(outcome, happened ? ERR_BUSY : OK);
        ck_assert_int_eq(counter(), happened ? before : before + 1);
    }
}
END_TEST

START_TEST(a_refused_write_may_fail_to_end_and_still_changes_nothing)
{
    bool happened = true;

    for (unsigned nth = 1; happened; nth++) {
        struct db *db = temp_write(&temp);

        ck_assert_uint_lt(nth, 20);
        ck_assert_int_eq(count_up(db), OK);
        fault_arm(nth);
        (void)!write_end(temp.store, db, false);
        happened = fault_happened();
        fault_arm(0);
        ck_assert_int_eq(counter(), 0);
    }
    /* the last one left nothing open */
    struct db *db = temp_write(&temp);
    ck_assert_int_eq(count_up(db), OK);
    temp_keep(&temp, db);
    ck_assert_int_eq(counter(), 1);
}
END_TEST

START_TEST(a_read_is_one_snapshot)
{
    ck_assert_int_eq(read_begin(temp.reader), OK);
    ck_assert_int_eq(counter_in(temp.reader), 0);

    struct db *db = temp_write(&temp);
    ck_assert_int_eq(count_up(db), OK);
    ck_assert_int_eq(counter_in(db), 1);
    temp_keep(&temp, db);

    ck_assert_int_eq(counter_in(temp.reader), 0);
    read_end(temp.reader);
    ck_assert_int_eq(counter(), 1);
}
END_TEST

START_TEST(a_read_whose_end_failed_begins_anew)
{
    ck_assert_int_eq(read_begin(temp.reader), OK);
    ck_assert_int_eq(counter_in(temp.reader), 0);
    fault_arm(1);
    read_end(temp.reader);
    ck_assert(fault_happened());

    struct db *db = temp_write(&temp);
    ck_assert_int_eq(count_up(db), OK);
    temp_keep(&temp, db);
    ck_assert_int_eq(counter(), 1);
}
END_TEST

/* enum of settings.c: load gives rows and takes nothing, set takes two texts and writes. */
#define LOAD 0
#define SET 1

START_TEST(misuse_is_broken_not_run)
{
    const struct family *family = &store_settings_family;
    const struct family stranger = *family;
    struct db *db = temp_write(&temp);

    ck_assert_int_eq(db_run(temp.reader, family, SET, VALUES(text("a"), text("b")), NULL, NULL),
                     ERR_BROKEN);
    ck_assert_int_eq(db_run(db, family, SET, VALUES(text("a")), NULL, NULL), ERR_BROKEN);
    ck_assert_int_eq(db_run(db, family, SET, VALUES(text("a"), text("b"), text("c")), NULL, NULL),
                     ERR_BROKEN);
    ck_assert_int_eq(db_run(db, family, SET, VALUES(text("a"), integer(1)), NULL, NULL),
                     ERR_BROKEN);
    ck_assert_int_eq(db_run(db, family, SET, VALUES(text("a"), text_or_null(NULL)), NULL, NULL),
                     ERR_BROKEN);
    ck_assert_int_eq(db_run(db, family, LOAD, NO_VALUES, NULL, NULL), ERR_BROKEN);
    ck_assert_int_eq(db_run(db, family, family->count, NO_VALUES, NULL, NULL), ERR_BROKEN);
    ck_assert_int_eq(db_run(db, &stranger, SET, VALUES(text("a"), text("b")), NULL, NULL),
                     ERR_BROKEN);
    ck_assert_int_eq(db_run(db, family, SET, VALUES(text("a"), text("1")), NULL, NULL), OK);
    temp_keep(&temp, db);
}
END_TEST

Suite *
writer_suite(void)
{
    Suite *suite = suite_create("writer");
    TCase *cases = tcase_create("turns");

    tcase_add_checked_fixture(cases, setup, teardown);
    tcase_add_test(cases, no_increment_is_lost_and_no_refused_one_stays);
    tcase_add_test(cases, first_come_first_served);
    tcase_add_test(cases, a_commit_that_fails_is_told_to_all_it_carried);
    tcase_add_test(cases, whoever_waits_behind_a_locked_store_waits_once);
    tcase_add_test(cases, whoever_is_answered_ok_is_kept_wherever_it_fails);
    tcase_add_test(cases, a_single_write_is_all_or_nothing);
    tcase_add_test(cases, a_refused_write_may_fail_to_end_and_still_changes_nothing);
    tcase_add_test(cases, a_read_is_one_snapshot);
    tcase_add_test(cases, a_read_whose_end_failed_begins_anew);
    tcase_add_test(cases, misuse_is_broken_not_run);
    suite_add_tcase(suite, cases);
    return suite;
}

/*
 * sessions_test.c: the rows of sessions, throttles and answered forms.
 */
#include <check.h>

#include "base/limits.h"
#include "store/sessions.h"
#include "support/temp_store.h"

static struct temp_store temp;

static void
setup(void)
{
    temp_store_open(&temp, NULL);
    temp_market(&temp, "hash");
}

static void
teardown(void)
{
    temp_store_close(&temp);
}

START_TEST(a_session_names_its_person_and_account)
{
    struct session_row row;
    struct db *db = temp_write(&temp);

    ck_assert_int_eq(session_insert(db, "one", "p-isv", 1000), OK);
    ck_assert_int_eq(session_insert(db, "two", "p-customer", 1000), OK);
    temp_keep(&temp, db);

    ck_assert_int_eq(session_find(temp.reader, temp.arena, "one", &row), OK);
    ck_assert_str_eq(row.person.id, "p-isv");
    ck_assert_str_eq(row.person.email, "isv@demo.example");
    ck_assert_str_eq(row.person.name, "Account owner");
    ck_assert_str_eq(row.person.password, "");
    ck_assert_str_eq(row.person.publisher, "90417001");
    ck_assert_str_eq(row.person.organisation, "");
    ck_assert_str_eq(row.person.account_name, "Brightwater Software");
    ck_assert_int_eq(row.person.role, ROLE_ACCOUNT_OWNER);
    ck_assert(!row.person.operates);
    ck_assert_int_eq(row.created_at, 1000);
    ck_assert_int_eq(row.seen_at, 1000);

    ck_assert_int_eq(session_find(temp.reader, temp.arena, "two", &row), OK);
    ck_assert_str_eq(row.person.publisher, "");
    ck_assert_str_eq(row.person.organisation, "orchid");
    ck_assert_str_eq(row.person.account_name, "Orchid Freight");
    ck_assert_int_eq(row.person.role, ROLE_NONE);
    ck_assert_int_eq(session_find(temp.reader, temp.arena, "three", &row), ERR_ABSENT);
}
END_TEST

START_TEST(an_ended_session_is_not_revived)
{
    struct session_row row;
    struct db *db = temp_write(&temp);

    ck_assert_int_eq(session_insert(db, "one", "p-isv", 1000), OK);
    ck_assert_int_eq(session_seen(db, "one", 2000), OK);
    ck_assert_int_eq(session_seen(db, "one", 1500), OK);
    ck_assert_int_eq(session_find(db, temp.arena, "one", &row), OK);
    ck_assert_int_eq(row.seen_at, 2000);
    ck_assert_int_eq(row.created_at, 1000);
    ck_assert_int_eq(session_delete(db, "one"), OK);
    ck_assert_int_eq(session_seen(db, "one", 3000), OK);
    ck_assert_int_eq(session_find(db, temp.arena, "one", &row), ERR_ABSENT);
    temp_keep(&temp, db);
}
END_TEST

START_TEST(the_others_are_this_persons_other_sessions)
{
    struct session_row row;
    struct db *db = temp_write(&temp);

    ck_assert_int_eq(session_insert(db, "one", "p-isv", 1000), OK);
    ck_assert_int_eq(session_insert(db, "two", "p-isv", 1000), OK);
    ck_assert_int_eq(session_insert(db, "three", "p-customer", 1000), OK);
    ck_assert_int_eq(session_delete_others(db, "p-isv", "two"), OK);
    ck_assert_int_eq(session_find(db, temp.arena, "one", &row), ERR_ABSENT);
    ck_assert_int_eq(session_find(db, temp.arena, "two", &row), OK);
    ck_assert_int_eq(session_find(db, temp.arena, "three", &row), OK);
    temp_keep(&temp, db);
}
END_TEST

START_TEST(a_throttle_counts_in_windows)
{
    struct throttle_row row;
    struct db *db = temp_write(&temp);

    ck_assert_int_eq(throttle_row_find(db, "who", &row), OK);
    ck_assert_int_eq(row.failures, 0);
    ck_assert_int_eq(throttle_row_add(db, "who", 1000, 100), OK);
    ck_assert_int_eq(throttle_row_add(db, "who", 1100, 200), OK);
    ck_assert_int_eq(throttle_row_find(db, "who", &row), OK);
    ck_assert_int_eq(row.failures, 2);
    ck_assert_int_eq(row.started_at, 1000);
    /* the window that began at 1000 is over */
    ck_assert_int_eq(throttle_row_add(db, "who", 1900, 1000), OK);
    ck_assert_int_eq(throttle_row_find(db, "who", &row), OK);
    ck_assert_int_eq(row.failures, 1);
    ck_assert_int_eq(row.started_at, 1900);
    for (int i = 0; i < 3; i++)
        ck_assert_int_eq(throttle_row_take_back(db, "who"), OK);
    ck_assert_int_eq(throttle_row_find(db, "who", &row), OK);
    ck_assert_int_eq(row.failures, 0);
    ck_assert_int_eq(throttle_row_delete(db, "who"), OK);
    temp_keep(&temp, db);
}
END_TEST

START_TEST(the_first_answer_stays)
{
    const char *location = NULL;
    struct db *db = temp_write(&temp);

    ck_assert_int_eq(answered_find(db, temp.arena, "one", "key", &location), ERR_ABSENT);
    ck_assert_int_eq(answered_insert(db, "one", "key", "/first", 1000), OK);
    ck_assert_int_eq(answered_insert(db, "one", "key", "/second", 1001), OK);
    ck_assert_int_eq(answered_find(db, temp.arena, "one", "key", &location), OK);
    ck_assert_str_eq(location, "/first");
    ck_assert_int_eq(answered_find(db, temp.arena, "two", "key", &location), ERR_ABSENT);
    temp_keep(&temp, db);
}
END_TEST

START_TEST(sweeping_takes_what_is_over_a_bounded_number_at_a_time)
{
    const int64_t now = 1000000;
    const char *location = NULL;
    struct session_row row;
    int64_t deleted = -1;
    struct db *db = temp_write(&temp);

    for (int i = 0; i < LIMIT_SWEEP + 5; i++)
        ck_assert_int_eq(session_insert(db, arena_format(temp.arena, "old-%d", i), "p-isv",
                                        now - LIMIT_SESSION_IDLE_S),
                         OK);
    ck_assert_int_eq(session_insert(db, "alive", "p-isv", now - LIMIT_SESSION_IDLE_S + 1), OK);
    ck_assert_int_eq(throttle_row_add(db, "over", now - LIMIT_FAILURES_WINDOW_S, 0), OK);
    ck_assert_int_eq(throttle_row_add(db, "running", now, 0), OK);
    ck_assert_int_eq(answered_insert(db, "one", "old", "/", now - LIMIT_SESSION_S), OK);
    ck_assert_int_eq(answered_insert(db, "one", "new", "/", now), OK);

    ck_assert_int_eq(sessions_sweep(db, now, &deleted), OK);
    ck_assert_int_eq(deleted, LIMIT_SWEEP + 2);
    ck_assert_int_eq(sessions_sweep(db, now, &deleted), OK);
    ck_assert_int_eq(deleted, 5);
    ck_assert_int_eq(sessions_sweep(db, now, &deleted), OK);
    ck_assert_int_eq(deleted, 0);
    ck_assert_int_eq(session_find(db, temp.arena, "alive", &row), OK);
    ck_assert_int_eq(answered_find(db, temp.arena, "one", "new", &location), OK);
    ck_assert_int_eq(answered_find(db, temp.arena, "one", "old", &location), ERR_ABSENT);
    temp_keep(&temp, db);
}
END_TEST

Suite *
sessions_suite(void)
{
    Suite *suite = suite_create("sessions");
    TCase *cases = tcase_create("sessions");

    tcase_add_checked_fixture(cases, setup, teardown);
    tcase_add_test(cases, a_session_names_its_person_and_account);
    tcase_add_test(cases, an_ended_session_is_not_revived);
    tcase_add_test(cases, the_others_are_this_persons_other_sessions);
    tcase_add_test(cases, a_throttle_counts_in_windows);
    tcase_add_test(cases, the_first_answer_stays);
    tcase_add_test(cases, sweeping_takes_what_is_over_a_bounded_number_at_a_time);
    suite_add_tcase(suite, cases);
    return suite;
}

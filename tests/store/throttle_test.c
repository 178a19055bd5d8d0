/*
 * throttle_test.c: ten failures for an email, thirty for an address, in fifteen minutes.
 */
#include <check.h>

#include "auth/throttle.h"
#include "base/limits.h"
#include "base/world.h"
#include "support/temp_store.h"

#define NOON INT64_C(1700000000)

static struct temp_store temp;

static void
setup(void)
{
    ck_assert_int_eq(world_start(), OK);
    temp_store_open(&temp, NULL);
}

static void
teardown(void)
{
    temp_store_close(&temp);
}

static int64_t
take(const char *email, const char *address, int64_t now)
{
    int64_t wait_s = -1;

    ck_assert_int_eq(throttle_take(temp.store, temp.arena, email, address, now, &wait_s), OK);
    return wait_s;
}

/* An email of its own for each i, so that only the address counts. */
static const char *
email_of(int i)
{
    return arena_format(temp.arena, "%d@demo.example", i);
}

START_TEST(the_eleventh_failure_for_an_email_waits)
{
    for (int i = 0; i < 10; i++)
        ck_assert_int_eq(take("isv@demo.example", email_of(i), NOON + i), 0);
    /* from anywhere, however it is written; the window began with the first */
    ck_assert_int_eq(take("isv@demo.example", "other", NOON + 60), 15 * 60 - 60);
    ck_assert_int_eq(take(" ISV@Demo.Example ", "other", NOON + 15 * 60 - 1), 1);
    ck_assert_int_eq(take("customer@demo.example", "other", NOON + 60), 0);
    ck_assert_int_eq(take("isv@demo.example", "other", NOON + 15 * 60), 0);
    ck_assert_int_eq(take("isv@demo.example", "other", NOON + 15 * 60), 0);
}
END_TEST

START_TEST(a_clock_that_was_set_back_locks_nobody_out)
{
    for (int i = 0; i < 10; i++)
        ck_assert_int_eq(take("isv@demo.example", email_of(i), NOON), 0);
    ck_assert_int_gt(take("isv@demo.example", "other", NOON), 0);
    /* an hour earlier a window of its own begins, and is as long as any */
    for (int i = 0; i < 10; i++)
        ck_assert_int_eq(take("isv@demo.example", email_of(i), NOON - 3600), 0);
    ck_assert_int_eq(take("isv@demo.example", "other", NOON - 3600 + 60), 15 * 60 - 60);
}
END_TEST

START_TEST(the_thirty_first_failure_from_an_address_waits)
{
    for (int i = 0; i < 30; i++)
        ck_assert_int_eq(take(email_of(i), "192.0.2.1", NOON), 0);
    ck_assert_int_eq(take("fresh@demo.example", "192.0.2.1", NOON), 15 * 60);
    ck_assert_int_eq(take("fresh@demo.example", "192.0.2.2", NOON), 0);
}
END_TEST

START_TEST(an_ipv6_network_counts_as_one_address)
{
    for (int i = 0; i < 30; i++)
        ck_assert_int_eq(
            take(email_of(i), arena_format(temp.arena, "2001:db8:1:2::%x", i + 1), NOON), 0);
    ck_assert_int_gt(take("fresh@demo.example", "2001:db8:1:2:ffff::9", NOON), 0);
    ck_assert_int_eq(take("fresh@demo.example", "2001:db8:1:3::1", NOON), 0);
}
END_TEST

/* As nginx has it when one socket listens for both. */
START_TEST(an_ipv4_address_written_as_ipv6_counts_alone)
{
    for (int i = 0; i < 30; i++)
        ck_assert_int_eq(take(email_of(i), "::ffff:192.0.2.1", NOON), 0);
    ck_assert_int_gt(take("fresh@demo.example", "::ffff:192.0.2.1", NOON), 0);
    ck_assert_int_eq(take("fresh@demo.example", "::ffff:192.0.2.2", NOON), 0);
}
END_TEST

START_TEST(a_refused_attempt_counts_for_nothing)
{
    for (int i = 0; i < 10; i++)
        ck_assert_int_eq(take("isv@demo.example", "192.0.2.1", NOON), 0);
    for (int i = 0; i < 50; i++)
        ck_assert_int_gt(take("isv@demo.example", "192.0.2.1", NOON), 0);
    for (int i = 0; i < 20; i++)
        ck_assert_int_eq(take(email_of(i), "192.0.2.1", NOON), 0);
    ck_assert_int_gt(take("fresh@demo.example", "192.0.2.1", NOON), 0);
}
END_TEST

START_TEST(success_frees_the_email_and_gives_the_address_one_back)
{
    for (int i = 0; i < 29; i++)
        ck_assert_int_eq(take(email_of(i), "192.0.2.1", NOON), 0);
    for (int round = 0; round < 3; round++) {
        ck_assert_int_eq(take("isv@demo.example", "192.0.2.1", NOON), 0);
        ck_assert_int_eq(throttle_forgive(temp.store, temp.arena, "isv@demo.example", "192.0.2.1"),
                         OK);
    }
    ck_assert_int_eq(take("fresh@demo.example", "192.0.2.1", NOON), 0);
    ck_assert_int_gt(take("fresh@demo.example", "192.0.2.1", NOON), 0);
}
END_TEST

START_TEST(an_attempt_never_looked_at_is_given_back)
{
    for (int i = 0; i < 40; i++) {
        ck_assert_int_eq(take("isv@demo.example", "192.0.2.1", NOON), 0);
        ck_assert_int_eq(
            throttle_take_back(temp.store, temp.arena, "isv@demo.example", "192.0.2.1"), OK);
    }
    for (int i = 0; i < 10; i++)
        ck_assert_int_eq(take("isv@demo.example", "192.0.2.1", NOON), 0);
    ck_assert_int_gt(take("isv@demo.example", "192.0.2.1", NOON), 0);
}
END_TEST

Suite *
throttle_suite(void)
{
    Suite *suite = suite_create("throttle");
    TCase *cases = tcase_create("throttle");

    tcase_add_checked_fixture(cases, setup, teardown);
    tcase_add_test(cases, the_eleventh_failure_for_an_email_waits);
    tcase_add_test(cases, a_clock_that_was_set_back_locks_nobody_out);
    tcase_add_test(cases, the_thirty_first_failure_from_an_address_waits);
    tcase_add_test(cases, an_ipv6_network_counts_as_one_address);
    tcase_add_test(cases, an_ipv4_address_written_as_ipv6_counts_alone);
    tcase_add_test(cases, a_refused_attempt_counts_for_nothing);
    tcase_add_test(cases, success_frees_the_email_and_gives_the_address_one_back);
    tcase_add_test(cases, an_attempt_never_looked_at_is_given_back);
    suite_add_tcase(suite, cases);
    return suite;
}

/*
 * sign_in_test.c: the whole way from an email and a password to a session, and a new password.
 */
#include <check.h>
#include <string.h>

#include "auth/sign_in.h"
#include "base/limits.h"
#include "support/fake_world.h"
#include "support/fault_driver.h"
#include "support/temp_store.h"

#define NOON INT64_C(1700000000)
#define RIGHT "demo-tripact-2026"

static struct temp_store temp;
static struct fake_world fake;
static struct hasher *hasher;

static void
setup(void)
{
    const char *hash = NULL;

    ck_assert_int_eq(world_start(), OK);
    fault_arm(0);
    fake_world_start(&fake, NOON);
    hasher = temp_hasher();
    temp_store_open(&temp, &fault_driver);
    ck_assert_int_eq(password_hash(hasher, temp.arena, RIGHT, &hash), OK);
    temp_market(&temp, hash);
}

static void
teardown(void)
{
    hasher_close(hasher);
    temp_store_close(&temp);
}

static enum err
try(const char *email, const char *password, const char *old_cookie, struct signed_in *result)
{
    struct sign_in attempt = {
        .email = email,
        .password = arena_text(temp.arena, password),
        .address = "192.0.2.1",
        .old_cookie = old_cookie,
    };
    enum err outcome =
        sign_in(temp.store, temp.reader, hasher, &fake.world, temp.arena, &attempt, result);

    ck_assert_str_eq(attempt.password, "");
    return outcome;
}

static struct who
who_with(const char *cookie)
{
    struct who who;

    ck_assert_int_eq(session_identify(temp.reader, temp.arena, cookie, fake.now, &who), OK);
    return who;
}

static enum err
change(const struct who *who, const char *current, const char *fresh, int64_t *wait_s)
{
    struct password_change wanted = {who, arena_text(temp.arena, current),
                                     arena_text(temp.arena, fresh), "192.0.2.1"};
    enum err outcome =
        password_change(temp.store, temp.reader, hasher, &fake.world, temp.arena, &wanted, wait_s);

    ck_assert_str_eq(wanted.current, "");
    ck_assert_str_eq(wanted.fresh, "");
    return outcome;
}

START_TEST(the_right_password_opens_a_session)
{
    struct signed_in first;
    struct signed_in second;

    ck_assert_int_eq(try("Isv@Demo.Example", RIGHT, "", &first), OK);
    ck_assert_int_eq(first.wait_s, 0);
    ck_assert_str_eq(first.person.id, "p-isv");
    ck_assert_str_eq(first.person.password, "");
    ck_assert_str_eq(who_with(first.token).person, "p-isv");

    ck_assert_int_eq(try("isv@demo.example", RIGHT, first.token, &second), OK);
    ck_assert_str_ne(first.token, second.token);
    ck_assert(!who_with(first.token).signed_in);
    ck_assert(who_with(second.token).signed_in);
}
END_TEST

START_TEST(wrong_and_unknown_are_refused_alike)
{
    struct signed_in result;
    char *long_one = arena_alloc(temp.arena, LIMIT_PASSWORD_BYTES + 2);

    memset(long_one, 'x', LIMIT_PASSWORD_BYTES + 1);
    ck_assert_int_eq(try("isv@demo.example", "demo-tripact-2027", "", &result), ERR_DENIED);
    ck_assert_int_eq(try("nobody@demo.example", RIGHT, "", &result), ERR_DENIED);
    ck_assert_int_eq(try("", "", "", &result), ERR_DENIED);
    ck_assert_int_eq(try("isv@demo.example", long_one, "", &result), ERR_DENIED);
}
END_TEST

START_TEST(known_and_unknown_emails_are_throttled_alike)
{
    static const char *const emails[] = {"isv@demo.example", "nobody@demo.example"};
    struct signed_in result;

    for (size_t i = 0; i < COUNT(emails); i++) {
        for (int n = 0; n < LIMIT_FAILURES_ACCOUNT; n++)
            ck_assert_int_eq(try(emails[i], "demo-tripact-2027", "", &result), ERR_DENIED);
        /* even the right one */
        ck_assert_int_eq(try(emails[i], RIGHT, "", &result), OK);
        ck_assert_int_eq(result.wait_s, LIMIT_FAILURES_WINDOW_S);
        ck_assert_str_eq(result.token, "");
    }
    fake.now += LIMIT_FAILURES_WINDOW_S;
    ck_assert_int_eq(try("isv@demo.example", RIGHT, "", &result), OK);
    ck_assert_int_eq(result.wait_s, 0);
}
END_TEST

START_TEST(signing_in_often_is_no_failure)
{
    struct signed_in result;

    for (int i = 0; i < LIMIT_FAILURES_ADDRESS + 5; i++) {
        ck_assert_int_eq(try("isv@demo.example", RIGHT, "", &result), OK);
        ck_assert_int_eq(result.wait_s, 0);
    }
}
END_TEST

START_TEST(an_old_hash_is_made_anew_at_sign_in)
{
    const struct password_cost dearer = {PASSWORD_OPERATIONS_TEST + 1, PASSWORD_MEMORY_TEST};
    struct person before;
    struct person after;
    struct signed_in result;

    ck_assert_int_eq(person_by_id(temp.reader, temp.arena, "p-isv", &before), OK);
    hasher_close(hasher);
    ck_assert_int_eq(hasher_open(&dearer, &hasher), OK);
    ck_assert_int_eq(try("isv@demo.example", RIGHT, "", &result), OK);
    ck_assert_int_eq(person_by_id(temp.reader, temp.arena, "p-isv", &after), OK);
    ck_assert_str_ne(before.password, after.password);
    ck_assert_int_eq(try("isv@demo.example", RIGHT, "", &result), OK);
    ck_assert_int_eq(person_by_id(temp.reader, temp.arena, "p-isv", &before), OK);
    ck_assert_str_eq(before.password, after.password);
}
END_TEST

START_TEST(a_new_password_ends_all_other_sessions)
{
    struct signed_in here;
    struct signed_in elsewhere;
    int64_t wait_s = -1;

    ck_assert_int_eq(try("isv@demo.example", RIGHT, "", &here), OK);
    ck_assert_int_eq(try("isv@demo.example", RIGHT, "", &elsewhere), OK);
    struct who who = who_with(here.token);

    ck_assert_int_eq(change(&who, "demo-tripact-2027", "a brand new one", &wait_s), ERR_DENIED);
    ck_assert_int_eq(change(&who, RIGHT, "too short", &wait_s), ERR_INVALID);
    ck_assert(who_with(elsewhere.token).signed_in);
    ck_assert_int_eq(change(&who, RIGHT, "a brand new one", &wait_s), OK);
    ck_assert_int_eq(wait_s, 0);
    ck_assert(who_with(here.token).signed_in);
    ck_assert(!who_with(elsewhere.token).signed_in);
    ck_assert_int_eq(try("isv@demo.example", RIGHT, "", &elsewhere), ERR_DENIED);
    ck_assert_int_eq(try("isv@demo.example", "a brand new one", "", &elsewhere), OK);
}
END_TEST

START_TEST(guessing_the_current_password_is_throttled)
{
    struct signed_in here;
    int64_t wait_s = -1;

    ck_assert_int_eq(try("isv@demo.example", RIGHT, "", &here), OK);
    struct who who = who_with(here.token);
    for (int n = 0; n < LIMIT_FAILURES_ACCOUNT; n++)
        ck_assert_int_eq(change(&who, "demo-tripact-2027", "a brand new one", &wait_s), ERR_DENIED);
    ck_assert_int_eq(change(&who, RIGHT, "a brand new one", &wait_s), OK);
    ck_assert_int_eq(wait_s, LIMIT_FAILURES_WINDOW_S);
    /* and nothing was changed */
    fake.now += LIMIT_FAILURES_WINDOW_S;
    ck_assert_int_eq(try("isv@demo.example", RIGHT, "", &here), OK);
    ck_assert_int_eq(here.wait_s, 0);
}
END_TEST

/* The reader of the sign-in still sees the old password; the write does not. */
START_TEST(a_password_changed_meanwhile_is_not_undone)
{
    struct signed_in here;
    struct signed_in late;
    int64_t wait_s = -1;

    ck_assert_int_eq(try("isv@demo.example", RIGHT, "", &here), OK);
    struct who who = who_with(here.token);

    ck_assert_int_eq(read_begin(temp.reader), OK);
    struct person old;
    ck_assert_int_eq(person_by_id(temp.reader, temp.arena, "p-isv", &old), OK);
    struct db *other = NULL;
    ck_assert_int_eq(store_reader(temp.store, &other), OK);
    struct password_change wanted = {&who, arena_text(temp.arena, RIGHT),
                                     arena_text(temp.arena, "a brand new one"), "192.0.2.1"};
    ck_assert_int_eq(
        password_change(temp.store, other, hasher, &fake.world, temp.arena, &wanted, &wait_s), OK);
    db_close(other);
    ck_assert_int_eq(try("isv@demo.example", RIGHT, "", &late), ERR_DENIED);
    read_end(temp.reader);
}
END_TEST

START_TEST(a_store_that_fails_is_busy_never_wrong)
{
    bool happened = true;

    for (unsigned nth = 1; happened; nth++) {
        struct signed_in result;

        ck_assert_uint_lt(nth, 100);
        fault_arm(nth);
        enum err outcome = try("isv@demo.example", RIGHT, "", &result);
        happened = fault_happened();
        fault_arm(0);
        ck_assert_int_eq(outcome, happened ? ERR_BUSY : OK);
        /* attempts that failed half way may have counted; the window passes */
        fake.now += LIMIT_FAILURES_WINDOW_S;
    }
}
END_TEST

Suite *
sign_in_suite(void)
{
    Suite *suite = suite_create("sign_in");
    TCase *cases = tcase_create("sign_in");

    tcase_add_checked_fixture(cases, setup, teardown);
    tcase_add_test(cases, the_right_password_opens_a_session);
    tcase_add_test(cases, wrong_and_unknown_are_refused_alike);
    tcase_add_test(cases, known_and_unknown_emails_are_throttled_alike);
    tcase_add_test(cases, signing_in_often_is_no_failure);
    tcase_add_test(cases, an_old_hash_is_made_anew_at_sign_in);
    tcase_add_test(cases, a_new_password_ends_all_other_sessions);
    tcase_add_test(cases, guessing_the_current_password_is_throttled);
    tcase_add_test(cases, a_password_changed_meanwhile_is_not_undone);
    tcase_add_test(cases, a_store_that_fails_is_busy_never_wrong);
    suite_add_tcase(suite, cases);
    return suite;
}

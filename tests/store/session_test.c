/*
 * session_test.c: which cookies open a session, and when they stop.
 */
#include <check.h>
#include <string.h>

#include "auth/session.h"
#include "base/digest.h"
#include "base/limits.h"
#include "support/fake_world.h"
#include "support/temp_store.h"

#define NOON INT64_C(1700000000)

static struct temp_store temp;
static struct fake_world fake;

static void
setup(void)
{
    ck_assert_int_eq(world_start(), OK);
    fake_world_start(&fake, NOON);
    temp_store_open(&temp, NULL);
    temp_market(&temp, "hash");
}

static void
teardown(void)
{
    temp_store_close(&temp);
}

static const char *
start(const char *person, const char *old_cookie)
{
    const char *token = NULL;
    struct db *db = temp_write(&temp);

    ck_assert_int_eq(session_start(db, temp.arena, &fake.world, person, old_cookie, &token), OK);
    temp_keep(&temp, db);
    return token;
}

static struct who
who_at(const char *cookie, int64_t now)
{
    struct who who;

    ck_assert_int_eq(session_identify(temp.reader, temp.arena, cookie, now, &who), OK);
    return who;
}

START_TEST(the_cookie_says_who)
{
    struct who who = who_at(start("p-isv", ""), NOON);

    ck_assert(who.signed_in && !who.operates);
    ck_assert_str_eq(who.person, "p-isv");
    ck_assert_str_eq(who.name, "Account owner");
    ck_assert_str_eq(who.email, "isv@demo.example");
    ck_assert_str_eq(who.publisher, "90417001");
    ck_assert_str_eq(who.organisation, "");
    ck_assert_str_eq(who.account_name, "Brightwater Software");
    ck_assert_int_eq(who.role, ROLE_ACCOUNT_OWNER);
}
END_TEST

START_TEST(any_other_cookie_is_nobody)
{
    const char *token = start("p-isv", "");
    char *other = arena_text(temp.arena, token);

    other[0] = other[0] == 'A' ? 'B' : 'A';
    ck_assert(!who_at(other, NOON).signed_in);
    ck_assert(!who_at("", NOON).signed_in);
    ck_assert(!who_at(arena_format(temp.arena, "%s ", token), NOON).signed_in);
    ck_assert_str_eq(who_at("", NOON).person, "");
}
END_TEST

START_TEST(the_store_holds_a_digest_only)
{
    const char *token = start("p-isv", "");
    struct who who = who_at(token, NOON);
    struct session_row row;

    ck_assert_uint_eq(strlen(token), 43);
    ck_assert_str_eq(who.session, digest_of_text(temp.arena, token));
    ck_assert_int_eq(session_find(temp.reader, temp.arena, token, &row), ERR_ABSENT);
    /* who steals the digest has no cookie */
    ck_assert(!who_at(who.session, NOON).signed_in);
}
END_TEST

START_TEST(signing_in_changes_the_token_and_ends_the_old_one)
{
    const char *first = start("p-isv", "");
    const char *second = start("p-isv", first);

    ck_assert_str_ne(first, second);
    ck_assert(!who_at(first, NOON).signed_in);
    ck_assert(who_at(second, NOON).signed_in);
}
END_TEST

START_TEST(idle_sessions_end)
{
    const char *token = start("p-isv", "");

    ck_assert(who_at(token, NOON + LIMIT_SESSION_IDLE_S - 1).signed_in);
    ck_assert(!who_at(token, NOON + LIMIT_SESSION_IDLE_S).signed_in);
}
END_TEST

START_TEST(a_clock_that_was_set_back_keeps_sessions_for_no_longer_than_a_pause)
{
    const char *token = start("p-isv", "");
    struct who who = who_at(token, NOON - LIMIT_SESSION_IDLE_S + 1);

    ck_assert(who.signed_in);
    ck_assert(!session_touch_due(&who, NOON - LIMIT_SESSION_IDLE_S + 1));
    ck_assert(!who_at(token, NOON - LIMIT_SESSION_IDLE_S).signed_in);
    ck_assert(!who_at(token, 0).signed_in);
}
END_TEST

START_TEST(touching_keeps_it_alive_but_not_for_ever)
{
    const char *token = start("p-isv", "");
    int64_t now = NOON;

    while (now + 20 * 60 < NOON + LIMIT_SESSION_S) {
        now += 20 * 60;
        struct who who = who_at(token, now);

        ck_assert(who.signed_in);
        ck_assert(session_touch_due(&who, now));
        ck_assert_int_eq(session_touch(temp.store, &who, now), OK);
        who = who_at(token, now);
        ck_assert(!session_touch_due(&who, now + LIMIT_SESSION_TOUCH_S - 1));
        ck_assert(session_touch_due(&who, now + LIMIT_SESSION_TOUCH_S));
    }
    ck_assert(who_at(token, NOON + LIMIT_SESSION_S - 1).signed_in);
    ck_assert(!who_at(token, NOON + LIMIT_SESSION_S).signed_in);
}
END_TEST

START_TEST(signing_out_ends_it)
{
    const char *here = start("p-isv", "");
    const char *elsewhere = start("p-isv", "");
    struct who who = who_at(here, NOON);
    struct db *db = temp_write(&temp);

    ck_assert_int_eq(session_end(db, &who), OK);
    temp_keep(&temp, db);
    ck_assert(!who_at(here, NOON).signed_in);
    ck_assert(who_at(elsewhere, NOON).signed_in);
    /* a request that was under way does not revive it */
    ck_assert_int_eq(session_touch(temp.store, &who, NOON + 600), OK);
    ck_assert(!who_at(here, NOON).signed_in);
}
END_TEST

START_TEST(all_other_sessions_can_be_ended)
{
    const char *here = start("p-isv", "");
    const char *elsewhere = start("p-isv", "");
    const char *somebody = start("p-customer", "");
    struct who who = who_at(here, NOON);
    struct db *db = temp_write(&temp);

    ck_assert_int_eq(session_end_others(db, &who), OK);
    temp_keep(&temp, db);
    ck_assert(who_at(here, NOON).signed_in);
    ck_assert(!who_at(elsewhere, NOON).signed_in);
    ck_assert(who_at(somebody, NOON).signed_in);
}
END_TEST

START_TEST(nobody_is_never_touched)
{
    ck_assert(!session_touch_due(&who_nobody, NOON));
}
END_TEST

Suite *
session_suite(void)
{
    Suite *suite = suite_create("session");
    TCase *cases = tcase_create("session");

    tcase_add_checked_fixture(cases, setup, teardown);
    tcase_add_test(cases, the_cookie_says_who);
    tcase_add_test(cases, any_other_cookie_is_nobody);
    tcase_add_test(cases, the_store_holds_a_digest_only);
    tcase_add_test(cases, signing_in_changes_the_token_and_ends_the_old_one);
    tcase_add_test(cases, idle_sessions_end);
    tcase_add_test(cases, a_clock_that_was_set_back_keeps_sessions_for_no_longer_than_a_pause);
    tcase_add_test(cases, touching_keeps_it_alive_but_not_for_ever);
    tcase_add_test(cases, signing_out_ends_it);
    tcase_add_test(cases, all_other_sessions_can_be_ended);
    tcase_add_test(cases, nobody_is_never_touched);
    suite_add_tcase(suite, cases);
    return suite;
}

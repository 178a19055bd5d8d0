/*
 * password_test.c: Argon2id, and what it may not be confused about.
 */
#include <check.h>
#include <string.h>
#include <sys/resource.h>

#include "auth/password.h"
#include "base/limits.h"
#include "base/world.h"
#include "support/temp_store.h"

static struct arena *arena;
static struct hasher *hasher;

static void
setup(void)
{
    ck_assert_int_eq(world_start(), OK);
    arena = arena_open((size_t)1024 * 1024);
    hasher = temp_hasher();
}

static void
teardown(void)
{
    hasher_close(hasher);
    arena_close(arena);
}

START_TEST(the_right_password_matches_and_no_other)
{
    const char *hash = NULL;
    const char *again = NULL;
    bool matches = false;
    bool outdated = true;

    ck_assert_int_eq(password_hash(hasher, arena, "demo-tripact-2026", &hash), OK);
    ck_assert_int_eq(strncmp(hash, "$argon2id$", 10), 0);
    ck_assert_ptr_null(strstr(hash, "demo"));
    ck_assert_int_eq(password_hash(hasher, arena, "demo-tripact-2026", &again), OK);
    ck_assert_str_ne(hash, again);

    ck_assert_int_eq(password_check(hasher, hash, "demo-tripact-2026", &matches, &outdated), OK);
    ck_assert(matches && !outdated);
    ck_assert_int_eq(password_check(hasher, hash, "demo-tripact-2027", &matches, &outdated), OK);
    ck_assert(!matches && !outdated);
    ck_assert_int_eq(password_check(hasher, hash, "", &matches, &outdated), OK);
    ck_assert(!matches);
}
END_TEST

START_TEST(nobody_never_matches)
{
    bool matches = true;
    bool outdated = true;

    ck_assert_int_eq(password_check(hasher, NULL, "whatever it is", &matches, &outdated), OK);
    ck_assert(!matches && !outdated);
    ck_assert_int_eq(password_check(hasher, NULL, "", &matches, &outdated), OK);
    ck_assert(!matches && !outdated);
}
END_TEST

START_TEST(a_cheaper_hash_is_outdated)
{
    const struct password_cost dearer = {PASSWORD_OPERATIONS_TEST + 1, PASSWORD_MEMORY_TEST * 2};
    struct hasher *newer = NULL;
    const char *hash = NULL;
    bool matches = false;
    bool outdated = false;

    ck_assert_int_eq(hasher_open(&dearer, &newer), OK);
    ck_assert_int_eq(password_hash(hasher, arena, "demo-tripact-2026", &hash), OK);
    ck_assert_int_eq(password_check(newer, hash, "demo-tripact-2026", &matches, &outdated), OK);
    ck_assert(matches && outdated);
    ck_assert_int_eq(password_check(newer, hash, "demo-tripact-2027", &matches, &outdated), OK);
    ck_assert(!matches && !outdated);
    hasher_close(newer);
}
END_TEST

START_TEST(what_is_no_hash_is_broken)
{
    bool matches = false;
    bool outdated = false;

    ck_assert_int_eq(password_check(hasher, "", "demo-tripact-2026", &matches, &outdated),
                     ERR_BROKEN);
    ck_assert_int_eq(
        password_check(hasher, "demo-tripact-2026", "demo-tripact-2026", &matches, &outdated),
        ERR_BROKEN);
}
END_TEST

START_TEST(impossible_costs_are_refused)
{
    static const struct password_cost costs[] = {
        {0, PASSWORD_MEMORY_TEST},
        {1, 1024},
    };
    struct hasher *refused = NULL;

    for (size_t i = 0; i < COUNT(costs); i++)
        ck_assert_int_eq(hasher_open(&costs[i], &refused), ERR_INVALID);
}
END_TEST

START_TEST(a_new_password_has_twelve_characters_or_more)
{
    char *long_one = arena_alloc(arena, LIMIT_PASSWORD_BYTES + 2);

    ck_assert(!password_acceptable(""));
    ck_assert(!password_acceptable("elevenchars"));
    ck_assert(password_acceptable("twelve chars"));
    /* characters, not bytes: eleven of two bytes each */
    ck_assert(!password_acceptable("\u00e9\u00e9\u00e9\u00e9\u00e9\u00e9\u00e9\u00e9\u00e9\u00e9"
                                   "\u00e9"));
    memset(long_one, 'x', LIMIT_PASSWORD_BYTES);
    ck_assert(password_acceptable(long_one));
    long_one[LIMIT_PASSWORD_BYTES] = 'x';
    ck_assert(!password_acceptable(long_one));
}
END_TEST

START_TEST(wiping_leaves_nothing)
{
    char password[] = "demo-tripact-2026";
    static const char zeroes[sizeof password];

    password_wipe(password);
    ck_assert_mem_eq(password, zeroes, sizeof password);
}
END_TEST

START_TEST(without_a_hasher_one_is_asked_to_come_again)
{
    const char *hash = NULL;
    bool matches = false;
    bool outdated = false;

    ck_assert_int_eq(password_hash(NULL, arena, "demo-tripact-2026", &hash), ERR_BUSY);
    ck_assert_int_eq(password_check(NULL, NULL, "demo-tripact-2026", &matches, &outdated),
                     ERR_BUSY);
}
END_TEST

#ifndef SANITIZED
START_TEST(no_memory_is_busy_not_wrong)
{
    const struct password_cost cost = {1, (size_t)64 * 1024 * 1024};
    const struct rlimit little = {(rlim_t)48 * 1024 * 1024, (rlim_t)48 * 1024 * 1024};
    struct hasher *large = NULL;
    const char *hash = NULL;
    bool matches = false;
    bool outdated = false;

    ck_assert_int_eq(hasher_open(&cost, &large), OK);
    ck_assert_int_eq(password_hash(large, arena, "demo-tripact-2026", &hash), OK);
    ck_assert_int_eq(setrlimit(RLIMIT_AS, &little), 0);
    ck_assert_int_eq(password_check(large, hash, "demo-tripact-2026", &matches, &outdated),
                     ERR_BUSY);
    ck_assert_int_eq(password_hash(large, arena, "demo-tripact-2026", &hash), ERR_BUSY);
    hasher_close(large);
}
END_TEST
#endif

Suite *
password_suite(void)
{
    Suite *suite = suite_create("password");
    TCase *cases = tcase_create("password");

    tcase_add_checked_fixture(cases, setup, teardown);
    tcase_add_test(cases, the_right_password_matches_and_no_other);
    tcase_add_test(cases, nobody_never_matches);
    tcase_add_test(cases, a_cheaper_hash_is_outdated);
    tcase_add_test(cases, what_is_no_hash_is_broken);
    tcase_add_test(cases, impossible_costs_are_refused);
    tcase_add_test(cases, a_new_password_has_twelve_characters_or_more);
    tcase_add_test(cases, wiping_leaves_nothing);
    tcase_add_test(cases, without_a_hasher_one_is_asked_to_come_again);
#ifndef SANITIZED
    tcase_add_test(cases, no_memory_is_busy_not_wrong);
#endif
    suite_add_tcase(suite, cases);
    return suite;
}

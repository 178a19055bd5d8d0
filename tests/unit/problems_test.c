/*
 * problems_test.c: the bounded list: order, copies, links, the limit, and long messages cut between
 * characters.
 */
#include "base/text.h"
#include "core/problems.h"

#include <check.h>
#include <string.h>

Suite *problems_suite(void);

static struct arena *arena;

static void
setup(void)
{
    arena = arena_open(LIMIT_ARENA_BYTES);
}

static void
teardown(void)
{
    arena_close(arena);
}

START_TEST(in_order_and_copied)
{
    struct problems *problems = problems_new(arena);
    char at[] = "name";

    ck_assert_uint_eq(problems->count, 0);
    ck_assert_ptr_null(problem_at(problems, "name"));
    problem_add(problems, at, "First, %d of %s", 1, "two");
    problem_add(problems, at, "Second");
    problem_about(problems, "accept_by", "x", "Third %s", "100 %");
    at[0] = 'g'; /* what the caller does with its text later does not matter */

    ck_assert_uint_eq(problems->count, 3);
    ck_assert_uint_eq(problems->dropped, 0);
    ck_assert_str_eq(problem_at(problems, "name")->message, "First, 1 of two");
    ck_assert_ptr_null(problem_at(problems, "name")->offer);
    ck_assert_str_eq(problems->list[1].message, "Second");
    ck_assert_str_eq(problem_at(problems, "accept_by")->message, "Third 100 %");
    ck_assert_str_eq(problem_at(problems, "accept_by")->offer, "x");
    ck_assert_ptr_null(problem_at(problems, "game"));
    ck_assert_ptr_null(problem_at(problems, ""));
}
END_TEST

START_TEST(beyond_the_limit_they_are_counted)
{
    struct problems *problems = problems_new(arena);

    for (int i = 0; i < LIMIT_PROBLEMS; i++)
        problem_add(problems, "x", "%d", i);
    ck_assert_uint_eq(problems->count, LIMIT_PROBLEMS);
    ck_assert_uint_eq(problems->dropped, 0);
    problem_add(problems, "y", "one more");
    problem_about(problems, "y", "x", "and one more");
    ck_assert_uint_eq(problems->count, LIMIT_PROBLEMS);
    ck_assert_uint_eq(problems->dropped, 2);
    ck_assert_ptr_null(problem_at(problems, "y"));
    ck_assert_str_eq(problems->list[LIMIT_PROBLEMS - 1].message, "199");
}
END_TEST

/* A page that got half a character would be refused as a whole. */
START_TEST(long_messages_stay_whole_characters)
{
    struct problems *problems = problems_new(arena);
    char long_text[6001];

    for (size_t i = 0; i < 6000; i += 3)
        memcpy(long_text + i, "語", 3);
    long_text[6000] = '\0';
    for (int i = 0; i < 3; i++) {
        problem_add(problems, "x", "%.*s%s", i, "ab", long_text);
        const char *message = problems->list[i].message;

        ck_assert(text_is_utf8(message, strlen(message)));
        ck_assert_uint_gt(strlen(message), 1900);
        ck_assert_uint_lt(strlen(message), 2048);
    }
}
END_TEST

/* Two names as long as the catalogue allows (200 characters of 4 bytes each) are shown whole. */
START_TEST(two_long_names_fit)
{
    struct problems *problems = problems_new(arena);
    char name[801];

    for (size_t i = 0; i < 800; i += 4)
        memcpy(name + i, "𠀀", 4);
    name[800] = '\0';
    problem_add(problems, "x", "Remove %s, %s: it is no longer a public plan that can be sold",
                name, name);
    ck_assert_uint_eq(text_count(problems->list[0].message),
                      200 + 200 +
                          strlen("Remove , : it is no longer a public plan that can be sold"));
}
END_TEST

Suite *
problems_suite(void)
{
    Suite *suite = suite_create("problems");
    TCase *list = tcase_create("list");

    tcase_add_checked_fixture(list, setup, teardown);
    tcase_add_test(list, in_order_and_copied);
    tcase_add_test(list, beyond_the_limit_they_are_counted);
    tcase_add_test(list, long_messages_stay_whole_characters);
    tcase_add_test(list, two_long_names_fit);
    suite_add_tcase(suite, list);
    return suite;
}

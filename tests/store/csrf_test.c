/*
 * csrf_test.c: tokens open the forms of their own cookie, and never look alike.
 */
#include <check.h>
#include <string.h>

#include "auth/csrf.h"
#include "support/fake_world.h"

static struct arena *arena;
static struct fake_world fake;
static const char *cookie;

static void
setup(void)
{
    ck_assert_int_eq(world_start(), OK);
    fake_world_start(&fake, 0);
    arena = arena_open((size_t)1024 * 1024);
    cookie = world_token(&fake.world, arena);
}

static void
teardown(void)
{
    arena_close(arena);
}

START_TEST(a_token_is_good_for_its_cookie)
{
    const char *token = csrf_token(arena, &fake.world, cookie);
    const char *other = world_token(&fake.world, arena);

    ck_assert_uint_eq(strlen(token), CSRF_TOKEN_CHARS);
    ck_assert(csrf_valid(cookie, token));
    ck_assert(!csrf_valid(other, token));
}
END_TEST

START_TEST(no_two_tokens_share_a_half)
{
    const char *first = csrf_token(arena, &fake.world, cookie);
    const char *second = csrf_token(arena, &fake.world, cookie);

    ck_assert(csrf_valid(cookie, first) && csrf_valid(cookie, second));
    ck_assert_int_ne(strncmp(first, second, 40), 0);
    ck_assert_str_ne(first + 46, second + 46);
    ck_assert_ptr_null(strstr(first, cookie));
}
END_TEST

START_TEST(any_changed_character_spoils_it)
{
    char *token = arena_text(arena, csrf_token(arena, &fake.world, cookie));

    /* the last character's low bits carry nothing */
    for (size_t i = 0; i + 1 < CSRF_TOKEN_CHARS; i++) {
        char right = token[i];

        token[i] = right == 'A' ? 'B' : 'A';
        ck_assert(!csrf_valid(cookie, token));
        token[i] = right;
    }
    ck_assert(csrf_valid(cookie, token));
}
END_TEST

START_TEST(what_is_no_token_or_no_cookie_is_refused)
{
    const char *token = csrf_token(arena, &fake.world, cookie);

    ck_assert(!csrf_valid(cookie, ""));
    ck_assert(!csrf_valid(cookie, cookie));
    ck_assert(!csrf_valid(cookie, arena_format(arena, "%sA", token)));
    ck_assert(!csrf_valid(cookie, arena_format(arena, "%.*s", CSRF_TOKEN_CHARS - 1, token)));
    ck_assert(!csrf_valid(cookie, arena_format(arena, "%086d", 0)));
    ck_assert(!csrf_valid("", token));
    ck_assert(!csrf_valid("", ""));
    ck_assert_str_eq(csrf_token(arena, &fake.world, ""), "");
    ck_assert_str_eq(csrf_token(arena, &fake.world, "short"), "");
}
END_TEST

Suite *
csrf_suite(void)
{
    Suite *suite = suite_create("csrf");
    TCase *cases = tcase_create("csrf");

    tcase_add_checked_fixture(cases, setup, teardown);
    tcase_add_test(cases, a_token_is_good_for_its_cookie);
    tcase_add_test(cases, no_two_tokens_share_a_half);
    tcase_add_test(cases, any_changed_character_spoils_it);
    tcase_add_test(cases, what_is_no_token_or_no_cookie_is_refused);
    suite_add_tcase(suite, cases);
    return suite;
}

/*
 * digest_test.c: known digests, made beforehand with `b2sum -l 256` over bytes laid out by hand as
 * digest.c describes; and that fields cannot be shifted into one another.
 */
#include "base/digest.h"
#include "base/limits.h"
#include "base/world.h"

#include <check.h>
#include <string.h>

Suite *digest_suite(void);

static struct arena *arena;

static void
setup(void)
{
    ck_assert_int_eq(world_start(), OK);
    arena = arena_open(LIMIT_ARENA_BYTES);
}

static void
teardown(void)
{
    arena_close(arena);
}

static const char *
of_two(const char *a, const char *b)
{
    struct digest digest;

    digest_begin(&digest);
    digest_text(&digest, a);
    digest_text(&digest, b);
    return digest_end(&digest, arena);
}

START_TEST(known_texts)
{
    ck_assert_str_eq(digest_of_text(arena, ""),
                     "0e5751c026e543b2e8ab2eb06099daa1d1e5df47778f7787faab45cdf12fe3a8");
    ck_assert_str_eq(digest_of_text(arena, "abc"),
                     "bddd813c634239723171ef3fee98579b94964e3bb1cb3e427262c8c068d52319");
}
END_TEST

START_TEST(known_fields)
{
    struct digest digest;

    digest_begin(&digest);
    digest_text(&digest, "offer");
    digest_text(&digest, NULL);
    digest_integer(&digest, -2);
    digest_bytes(&digest, "\x00\xff", 2);
    ck_assert_str_eq(digest_end(&digest, arena),
                     "edef7e5b1df41b2e4d13125b06067ab9ab09e97a0b7cb5a71e895e1329dc7679");
}
END_TEST

START_TEST(every_result_is_64_lower_case_digits)
{
    const char *hex = digest_of_text(arena, "x");

    ck_assert_uint_eq(strlen(hex), DIGEST_HEX_CHARS);
    ck_assert_uint_eq(strspn(hex, "0123456789abcdef"), DIGEST_HEX_CHARS);
}
END_TEST

START_TEST(fields_keep_apart)
{
    struct digest digest;
    const char *text;
    const char *bytes;
    const char *integer;

    ck_assert_str_ne(of_two("ab", "c"), of_two("a", "bc"));
    ck_assert_str_ne(of_two("", "abc"), of_two("abc", ""));
    ck_assert_str_ne(of_two(NULL, ""), of_two("", NULL));
    ck_assert_str_ne(of_two(NULL, NULL), of_two("", ""));
    ck_assert_str_eq(of_two("ab", "c"), of_two("ab", "c"));

    digest_begin(&digest);
    digest_text(&digest, "12345678");
    text = digest_end(&digest, arena);
    digest_begin(&digest);
    digest_bytes(&digest, "12345678", 8);
    bytes = digest_end(&digest, arena);
    digest_begin(&digest);
    digest_integer(&digest, INT64_C(0x3837363534333231)); /* the same eight bytes */
    integer = digest_end(&digest, arena);

    ck_assert_str_ne(text, bytes);
    ck_assert_str_ne(text, integer);
    ck_assert_str_ne(bytes, integer);
}
END_TEST

START_TEST(a_digest_can_begin_again)
{
    struct digest digest;
    const char *first;

    digest_begin(&digest);
    digest_integer(&digest, 7);
    first = digest_end(&digest, arena);
    digest_begin(&digest);
    digest_integer(&digest, 7);
    ck_assert_str_eq(digest_end(&digest, arena), first);
    digest_begin(&digest);
    ck_assert_str_ne(digest_end(&digest, arena), first);
}
END_TEST

Suite *
digest_suite(void)
{
    Suite *suite = suite_create("digest");
    TCase *tcase = tcase_create("digest");

    tcase_add_checked_fixture(tcase, setup, teardown);
    tcase_add_test(tcase, known_texts);
    tcase_add_test(tcase, known_fields);
    tcase_add_test(tcase, every_result_is_64_lower_case_digits);
    tcase_add_test(tcase, fields_keep_apart);
    tcase_add_test(tcase, a_digest_can_begin_again);
    suite_add_tcase(suite, tcase);
    return suite;
}

/*
 * form_test.c: urlencoded parsing and the URL helpers (web/form).
 */
#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "base/limits.h"
#include "base/text.h"
#include "web/form.h"

Suite *form_suite(void);

static struct arena *arena;

static void
open_arena(void)
{
    arena = arena_open(LIMIT_ARENA_BYTES);
}

static void
close_arena(void)
{
    arena_close(arena);
}

static struct form
parsed(const char *text)
{
    struct form form = {.pairs = NULL, .count = 99};

    ck_assert_int_eq(form_parse(arena, text, strlen(text), &form), OK);
    return form;
}

START_TEST(reads_names_and_values)
{
    struct form form = parsed("name=Ledgerline+deal&note=a%26b%3dc&empty=&bare&name=second");

    ck_assert_uint_eq(form.count, 5);
    ck_assert_str_eq(form_text(&form, "name"), "Ledgerline deal");
    ck_assert_str_eq(form_text(&form, "note"), "a&b=c");
    ck_assert_str_eq(form_value(&form, "empty"), "");
    ck_assert_str_eq(form_value(&form, "bare"), "");
    ck_assert_ptr_null(form_value(&form, "absent"));
    ck_assert_str_eq(form_text(&form, "absent"), "");
    ck_assert_str_eq(form.pairs[4].value, "second");
}
END_TEST

START_TEST(reads_nothing_from_nothing)
{
    ck_assert_uint_eq(parsed("").count, 0);
    ck_assert_uint_eq(parsed("&&&").count, 0);
    ck_assert_uint_eq(parsed("&a=1&").count, 1);
}
END_TEST

START_TEST(keeps_an_equals_sign_in_the_value)
{
    struct form form = parsed("a=b=c&=x");

    ck_assert_str_eq(form_text(&form, "a"), "b=c");
    ck_assert_str_eq(form_text(&form, ""), "x");
}
END_TEST

START_TEST(unifies_line_breaks)
{
    struct form form = parsed("v=one%0D%0Atwo%0Athree%0Dfour%0D%0D%0A%09five");

    ck_assert_str_eq(form_text(&form, "v"), "one\ntwo\nthree\nfour\n\n\tfive");
}
END_TEST

START_TEST(reads_utf8)
{
    struct form form = parsed("v=M%C3%BCller+%E2%82%AC%F0%9F%98%80");

    ck_assert_str_eq(form_text(&form, "v"), "M\xC3\xBCller \xE2\x82\xAC\xF0\x9F\x98\x80");
}
END_TEST

static const char *const refused[] = {
    "v=%",      "v=%4",   "v=%4g",       "v=%g4",    "%=v",         "v=a%",
    "v=%00",    "%00=v",  "v=ok%00rest", "v=%01",    "v=%7F",       "v=%1B[0m",
    "v=%C2%85", "v=%FF",  "v=%C3",       "v=%C0%80", "v=%ED%A0%80", "v=%F4%90%80%80",
    "n%0Am=v",  "n%09=v", "good=1&v=%",  "v=%E2%82", "v=%c3&x=%a9",
};

START_TEST(refuses_the_malformed)
{
    struct form form = {.pairs = NULL, .count = 99};

    ck_assert_int_eq(form_parse(arena, refused[_i], strlen(refused[_i]), &form), ERR_INVALID);
    ck_assert_uint_eq(form.count, 99);
}
END_TEST

START_TEST(refuses_a_raw_nul)
{
    static const char text[] = "v=a\0b";
    struct form form;

    ck_assert_int_eq(form_parse(arena, text, sizeof text - 1, &form), ERR_INVALID);
}
END_TEST

static enum err
parse_repeated(const char *piece, size_t times)
{
    struct buffer text;
    struct form form;

    buffer_open(&text, 1024 * 1024);
    for (size_t i = 0; i < times; i++)
        buffer_text(&text, piece);
    enum err outcome = form_parse(arena, text.data, text.length, &form);
    buffer_close(&text);
    return outcome;
}

START_TEST(bounds_the_number_of_fields)
{
    ck_assert_int_eq(parse_repeated("a=1&", LIMIT_FORM_FIELDS), OK);
    ck_assert_int_eq(parse_repeated("a=1&", LIMIT_FORM_FIELDS + 1), ERR_INVALID);
    ck_assert_int_eq(parse_repeated("&", LIMIT_BODY_BYTES), OK);
}
END_TEST

static enum err
parse_value(const char *unit, size_t times)
{
    struct buffer text;
    struct form form;

    buffer_open(&text, 1024 * 1024);
    buffer_text(&text, "v=");
    for (size_t i = 0; i < times; i++)
        buffer_text(&text, unit);
    enum err outcome = form_parse(arena, text.data, text.length, &form);
    buffer_close(&text);
    return outcome;
}

START_TEST(bounds_a_value_by_its_decoded_bytes)
{
    ck_assert_int_eq(parse_value("a", LIMIT_FIELD_BYTES), OK);
    ck_assert_int_eq(parse_value("a", LIMIT_FIELD_BYTES + 1), ERR_INVALID);
    ck_assert_int_eq(parse_value("%41", LIMIT_FIELD_BYTES), OK);
    ck_assert_int_eq(parse_value("%41", LIMIT_FIELD_BYTES + 1), ERR_INVALID);
}
END_TEST

START_TEST(bounds_a_name)
{
    ck_assert_int_eq(parse_repeated("n", 128), OK);
    ck_assert_int_eq(parse_repeated("n", 129), ERR_INVALID);
}
END_TEST

START_TEST(encodes_for_a_url)
{
    ck_assert_str_eq(url_encode(arena, ""), "");
    ck_assert_str_eq(url_encode(arena, "aZ09-._~"), "aZ09-._~");
    ck_assert_str_eq(url_encode(arena, "a b&c=d/?\n"), "a%20b%26c%3Dd%2F%3F%0A");
    ck_assert_str_eq(url_encode(arena, "\xC3\xBC"), "%C3%BC");
}
END_TEST

START_TEST(encoding_survives_the_way_back)
{
    char all[256];
    struct buffer text;

    /* Every byte a value may hold: ASCII without controls, then one letter of two bytes. */
    size_t length = 0;
    for (char c = ' '; c < 127; c++)
        all[length++] = c;
    all[length] = '\0';
    buffer_open(&text, 4096);
    buffer_format(&text, "v=%s%%C3%%BC", url_encode(arena, all));
    struct form form = parsed(text.data);
    buffer_close(&text);
    ck_assert_mem_eq(form_text(&form, "v"), all, length);
    ck_assert_str_eq(form_text(&form, "v") + length, "\xC3\xBC");
}
END_TEST

START_TEST(knows_local_paths)
{
    static const char *const local[] = {"/", "/isv/offers?q=a%20b&status=draft", "/accept/x-_Z"};
    static const char *const foreign[] = {
        "",      "isv",  "//evil.example", "/\\evil.example",     "/a//b", "https://evil.example",
        "/a\\b", "/\tx", "/a\nb",          "/a\r\nSet-Cookie: x", "/\x7F", "/\xFF",
        " /x"};

    for (size_t i = 0; i < COUNT(local); i++)
        ck_assert_msg(path_is_local(local[i]), "%s", local[i]);
    for (size_t i = 0; i < COUNT(foreign); i++)
        ck_assert_msg(!path_is_local(foreign[i]), "%s", foreign[i]);
    ck_assert(!path_is_local(NULL));
}
END_TEST

START_TEST(bounds_a_local_path)
{
    char path[LIMIT_PATH_BYTES + LIMIT_QUERY_BYTES + 2];

    memset(path, 'a', sizeof path);
    path[0] = '/';
    path[sizeof path - 1] = '\0';
    ck_assert(!path_is_local(path));
    path[sizeof path - 2] = '\0';
    ck_assert(path_is_local(path));
}
END_TEST

Suite *
form_suite(void)
{
    Suite *suite = suite_create("web/form");
    TCase *tests = tcase_create("form");

    tcase_add_checked_fixture(tests, open_arena, close_arena);
    tcase_add_test(tests, reads_names_and_values);
    tcase_add_test(tests, reads_nothing_from_nothing);
    tcase_add_test(tests, keeps_an_equals_sign_in_the_value);
    tcase_add_test(tests, unifies_line_breaks);
    tcase_add_test(tests, reads_utf8);
    tcase_add_loop_test(tests, refuses_the_malformed, 0, (int)COUNT(refused));
    tcase_add_test(tests, refuses_a_raw_nul);
    tcase_add_test(tests, bounds_the_number_of_fields);
    tcase_add_test(tests, bounds_a_value_by_its_decoded_bytes);
    tcase_add_test(tests, bounds_a_name);
    tcase_add_test(tests, encodes_for_a_url);
    tcase_add_test(tests, encoding_survives_the_way_back);
    tcase_add_test(tests, knows_local_paths);
    tcase_add_test(tests, bounds_a_local_path);
    suite_add_tcase(suite, tests);
    return suite;
}

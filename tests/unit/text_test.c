/*
 * text_test.c: UTF-8 to the letter of Unicode's table 3-7, trimming and folding, addresses, whole
 * numbers, and the buffer's promise that one check at the end is enough.
 */
#include "base/limits.h"
#include "base/text.h"

#include <check.h>
#include <string.h>

Suite *text_suite(void);

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

/* ---- UTF-8 -------------------------------------------------------------------------------- */

/* The encoding as its definition draws it, bit by bit. */
static size_t
put_point(uint32_t point, char *bytes, size_t length)
{
    static const unsigned char leads[] = {0, 0, 0xc0, 0xe0, 0xf0};

    for (size_t i = length; i-- > 1; point >>= 6)
        bytes[i] = (char)(0x80 | (point & 0x3f));
    bytes[0] = (char)(leads[length] | point);
    return length;
}

static size_t
length_of_point(uint32_t point)
{
    if (point < 0x80)
        return 1;
    if (point < 0x800)
        return 2;
    return point < 0x10000 ? 3 : 4;
}

START_TEST(every_code_point)
{
    for (uint32_t point = 1; point <= 0x10ffff; point++) {
        bool surrogate = point >= 0xd800 && point <= 0xdfff;
        char bytes[5] = {0};
        size_t length = put_point(point, bytes, length_of_point(point));

        ck_assert_msg(text_is_utf8(bytes, length) == !surrogate, "U+%04X", point);
        if (surrogate)
            continue;
        if (length > 1 && text_is_utf8(bytes, length - 1))
            ck_abort_msg("U+%04X cut short", point);
        if (text_count(bytes) != 1)
            ck_abort_msg("U+%04X counted", point);

        bool control = point < 0x20 || (point >= 0x7f && point <= 0x9f);
        bool line = point == '\n' || point == '\r' || point == '\t';
        if (text_has_control(bytes, false) != control)
            ck_abort_msg("U+%04X control", point);
        if (text_has_control(bytes, true) != (control && !line))
            ck_abort_msg("U+%04X control where lines are allowed", point);
    }
}
END_TEST

START_TEST(overlong_forms)
{
    for (uint32_t point = 0; point < 0x10000; point++) {
        for (size_t length = length_of_point(point) + 1; length <= 4; length++) {
            char bytes[5] = {0};

            put_point(point, bytes, length);
            ck_assert_msg(!text_is_utf8(bytes, length), "U+%04X in %zu bytes", point, length);
        }
    }
}
END_TEST

START_TEST(broken_utf8)
{
    static const char *const broken[] = {"\x80",
                                         "\xbf",
                                         "\xc0\x80",
                                         "\xc1\xbf",
                                         "\xfe",
                                         "\xff",
                                         "\xf5\x80\x80\x80",
                                         "\xf4\x90\x80\x80",
                                         "\xed\xa0\x80",
                                         "\xed\xbf\xbf",
                                         "\xe2\x82",
                                         "a\xc3",
                                         "\xc3(",
                                         "\xe2(\xac",
                                         "\xe2\x82(",
                                         "\xf0\x9f\x98",
                                         "\xf0\x9f\x98z",
                                         "\xf8\x88\x80\x80\x80",
                                         "ok\xe9",
                                         "\xc3\xc3\xa9"};

    for (size_t i = 0; i < COUNT(broken); i++)
        ck_assert_msg(!text_is_utf8(broken[i], strlen(broken[i])), "row %zu", i);
    ck_assert(text_is_utf8("", 0));
    ck_assert(text_is_utf8(NULL, 0));
    ck_assert(text_is_utf8("Z\xc3\xbcrich \xe2\x82\xac \xf0\x9f\x9a\xa2", 16));
}
END_TEST

START_TEST(characters_are_counted)
{
    ck_assert_uint_eq(text_count(""), 0);
    ck_assert_uint_eq(text_count("deal 42"), 7);
    ck_assert_uint_eq(text_count("Z\xc3\xbcrich"), 6);
    ck_assert_uint_eq(text_count("\xe2\x82\xac\xf0\x9f\x9a\xa2"), 2);
}
END_TEST

START_TEST(controls)
{
    ck_assert(!text_has_control("", false));
    ck_assert(!text_has_control("caf\xc3\xa9 \xe2\x82\xac", false));
    ck_assert(text_has_control("a\nb", false));
    ck_assert(!text_has_control("a\r\n\tb", true));
    ck_assert(text_has_control("a\x1b[0m", true));
    ck_assert(text_has_control("\x7f", true));
    ck_assert(text_has_control("a\xc2\x85", true));
    ck_assert(!text_has_control("a\xc2\xa0", false));
}
END_TEST

START_TEST(trimmed)
{
    static const char *const rows[][2] = {
        {"", ""},
        {" \t\r\n", ""},
        {"  a b  ", "a b"},
        {"\xc2\xa0"
         "a\xe3\x80\x80",
         "a"},
        {"\xe2\x80\xa8"
         "a\xe2\x80\x89"
         "b\xe1\x9a\x80",
         "a\xe2\x80\x89"
         "b"},
        {"\xc2\x85x\xe2\x81\x9f", "x"},
        {"\xe2\x80\x8bx", "\xe2\x80\x8bx"}, /* a zero-width space is not white space */
        {"\xc3\xa9", "\xc3\xa9"},
    };

    for (size_t i = 0; i < COUNT(rows); i++)
        ck_assert_str_eq(text_trim(arena, rows[i][0]), rows[i][1]);
}
END_TEST

START_TEST(every_white_space_is_trimmed)
{
    static const uint32_t spaces[] = {0x09,   0x0a,   0x0b,   0x0c,   0x0d,   0x20,   0x85,
                                      0xa0,   0x1680, 0x2000, 0x2001, 0x2002, 0x2003, 0x2004,
                                      0x2005, 0x2006, 0x2007, 0x2008, 0x2009, 0x200a, 0x2028,
                                      0x2029, 0x202f, 0x205f, 0x3000};
    size_t found = 0;

    for (uint32_t point = 1; point < 0x10000; point++) {
        char bytes[5] = {0};

        if (point >= 0xd800 && point <= 0xdfff)
            continue;
        put_point(point, bytes, length_of_point(point));
        if (*text_trim(arena, bytes) == '\0') {
            ck_assert_uint_lt(found, COUNT(spaces));
            ck_assert_uint_eq(point, spaces[found++]);
        }
        arena_reset(arena);
    }
    ck_assert_uint_eq(found, COUNT(spaces));
}
END_TEST

START_TEST(folded)
{
    ck_assert_str_eq(text_fold(arena, "  Terms OF Use.PDF "), "terms of use.pdf");
    ck_assert_str_eq(text_fold(arena, "Z\xc3\x9cRICH"), "z\xc3\xbcrich");
    ck_assert_str_eq(text_fold(arena, "\xce\xa9\xd0\x96"), "\xcf\x89\xd0\xb6");
    /* U+023A takes two bytes, its lower case U+2C65 three. */
    ck_assert_str_eq(text_fold(arena, "\xc8\xba\xc8\xba\xc8\xba"),
                     "\xe2\xb1\xa5\xe2\xb1\xa5\xe2\xb1\xa5");
    ck_assert_str_eq(text_fold(arena, "\xf0\x90\x90\x80"), "\xf0\x90\x90\xa8"); /* Deseret */
    ck_assert_str_eq(text_fold(arena, "123 \xe2\x82\xac"), "123 \xe2\x82\xac");
    ck_assert_str_eq(text_fold(arena, ""), "");
}
END_TEST

START_TEST(compared)
{
    ck_assert(text_equal("", ""));
    ck_assert(text_equal("a", "a"));
    ck_assert(!text_equal("a", "A"));
    ck_assert(!text_equal("a", "ab"));
    ck_assert(text_starts("/isv/offers", "/isv/"));
    ck_assert(text_starts("abc", ""));
    ck_assert(text_starts("abc", "abc"));
    ck_assert(!text_starts("ab", "abc"));
}
END_TEST

/* ---- Addresses ---------------------------------------------------------------------------- */

START_TEST(addresses)
{
    static const char *const good[] = {"isv@demo.example",
                                       "kim.o'neil+deals@mail.example.com",
                                       "a@b.co",
                                       "A_B-c@x-1.Example",
                                       "1@2.museum",
                                       "p@xn--bcher-kva.example",
                                       "x@example.xn--p1ai"};
    static const char *const bad[] = {"",
                                      "@",
                                      "a",
                                      "a@",
                                      "@b.example",
                                      "a@b",
                                      "a@@b.co",
                                      "a@b@c.co",
                                      "a b@c.co",
                                      " a@b.co",
                                      "a@b.co ",
                                      "a@b .co",
                                      "a,b@c.co",
                                      "<a@b.co>",
                                      "\"a\"@b.co",
                                      "a@b.co,",
                                      "a@b.co;c@d.co",
                                      "a@.co",
                                      "a@b..co",
                                      "a@b.co.",
                                      ".a@b.co",
                                      "a.@b.co",
                                      "a..b@c.co",
                                      "a@-b.co",
                                      "a@b-.co",
                                      "a@b.c",
                                      "a@b.1c",
                                      "a@1.2.3.4",
                                      "a@b_c.co",
                                      "a@[1.2.3.4]",
                                      "a\n@b.co",
                                      "a@b.co\n",
                                      "j\xc3\xbcrgen@b.co",
                                      "a@b\xc3\xbc.co",
                                      "a:b@c.co",
                                      "(a)@b.co"};

    for (size_t i = 0; i < COUNT(good); i++)
        ck_assert_msg(text_is_email(good[i]), "%s", good[i]);
    for (size_t i = 0; i < COUNT(bad); i++)
        ck_assert_msg(!text_is_email(bad[i]), "%s", bad[i]);
}
END_TEST

/* Up to 254 bytes (LAW D-25). */
START_TEST(long_addresses)
{
    char address[512];
    size_t tail = strlen("@demo.example");

    for (size_t length = 250; length <= 260; length++) {
        memset(address, 'a', length - tail);
        memcpy(address + length - tail, "@demo.example", tail + 1);
        ck_assert_uint_eq(strlen(address), length);
        ck_assert_int_eq(text_is_email(address), length <= 254);
    }

    /* A label of a host name has at most 63. */
    memset(address, 'b', sizeof(address));
    memcpy(address, "a@", 2);
    memcpy(address + 2 + 63, ".co", 4);
    ck_assert(text_is_email(address));
    memcpy(address + 2 + 63, "b.co", 5);
    ck_assert(!text_is_email(address));
}
END_TEST

START_TEST(addresses_inside_texts)
{
    static const char *const holding[] = {"isv@demo.example",
                                          "ask kim@example.com today",
                                          "<kim@example.com>",
                                          "see:kim@example.co.uk.",
                                          "a@ b@c.de",
                                          "@@kim@example.com",
                                          "j\xc3\xbcrgen@b\xc3\xbc"
                                          "cher.de",
                                          "\"kim\"@example.com",
                                          "KIM@EXAMPLE.COM",
                                          "x@1.example",
                                          "kim@example.com@"};
    static const char *const free_of[] = {"",
                                          "deal 42",
                                          "@",
                                          "@example.com",
                                          "4 seats @ 5.00",
                                          "10@3.50 each",
                                          "kim@example",
                                          "kim @example.com",
                                          "kim@ example.com",
                                          "kim (at) example.com",
                                          "a@b.c",
                                          "kim@.com"};

    for (size_t i = 0; i < COUNT(holding); i++)
        ck_assert_msg(text_holds_email(holding[i]), "%s", holding[i]);
    for (size_t i = 0; i < COUNT(free_of); i++)
        ck_assert_msg(!text_holds_email(free_of[i]), "%s", free_of[i]);
}
END_TEST

/* ---- Whole numbers ------------------------------------------------------------------------ */

START_TEST(whole_numbers)
{
    static const char *const bad[] = {"",
                                      " ",
                                      "-1",
                                      "+1",
                                      "1 ",
                                      " 1",
                                      "1.0",
                                      "1,000",
                                      "0x1",
                                      "1e3",
                                      "one",
                                      "5-",
                                      "\xd9\xa1",
                                      "1\n",
                                      "9223372036854775808",
                                      "18446744073709551617",
                                      "99999999999999999999999999"};
    int64_t result = 77;

    for (size_t i = 0; i < COUNT(bad); i++) {
        ck_assert_msg(text_to_integer(bad[i], INT64_MIN, INT64_MAX, &result) == ERR_INVALID, "%s",
                      bad[i]);
        ck_assert_int_eq(result, 77);
    }
    ck_assert_int_eq(text_to_integer("0", 1, 500, &result), ERR_INVALID);
    ck_assert_int_eq(text_to_integer("501", 1, 500, &result), ERR_INVALID);
    ck_assert_int_eq(result, 77);
    ck_assert_int_eq(text_to_integer("1", 1, 500, &result), OK);
    ck_assert_int_eq(result, 1);
    ck_assert_int_eq(text_to_integer("500", 1, 500, &result), OK);
    ck_assert_int_eq(result, 500);
    ck_assert_int_eq(text_to_integer("007", 0, 500, &result), OK);
    ck_assert_int_eq(result, 7);
    ck_assert_int_eq(text_to_integer("9223372036854775807", 0, INT64_MAX, &result), OK);
    ck_assert_int_eq(result, INT64_MAX);
}
END_TEST

/* ---- The buffer --------------------------------------------------------------------------- */

START_TEST(a_buffer_grows_to_its_limit)
{
    struct buffer buffer;

    buffer_open(&buffer, 100000);
    ck_assert_str_eq(buffer.data, "");
    for (size_t i = 0; i < 100000; i++) {
        buffer_put(&buffer, "abcdefghij" + i % 10, 1);
        ck_assert_uint_eq(buffer.length, i + 1);
        ck_assert_uint_le(buffer.length, buffer.capacity);
        ck_assert_uint_le(buffer.capacity, buffer.limit);
        ck_assert_int_eq(buffer.data[buffer.length], '\0');
    }
    ck_assert(!buffer.full);
    for (size_t i = 0; i < 100000; i++)
        ck_assert_int_eq(buffer.data[i], "abcdefghij"[i % 10]);

    buffer_text(&buffer, "x");
    ck_assert(buffer.full);
    ck_assert_uint_eq(buffer.length, 100000);
    buffer_close(&buffer);
    ck_assert_ptr_null(buffer.data);
}
END_TEST

START_TEST(a_large_buffer_shrinks)
{
    struct buffer buffer;

    buffer_open(&buffer, 100000);
    for (int i = 0; i < 10000; i++)
        buffer_text(&buffer, "0123456789");
    ck_assert_uint_eq(buffer.capacity, 100000);
    buffer_shrink(&buffer, 5000);
    ck_assert_uint_eq(buffer.capacity, 5000);
    ck_assert_str_eq(buffer.data, "");
    buffer_text(&buffer, "again");
    ck_assert_str_eq(buffer.data, "again");
    buffer_shrink(&buffer, 6000);
    ck_assert_uint_eq(buffer.capacity, 5000);
    ck_assert_uint_eq(buffer.length, 0);
    buffer_close(&buffer);
}
END_TEST

START_TEST(a_full_buffer_stays_full)
{
    struct buffer buffer;

    buffer_open(&buffer, 8);
    buffer_text(&buffer, "12345");
    buffer_text(&buffer, "6789"); /* one too many */
    ck_assert(buffer.full);
    ck_assert_str_eq(buffer.data, "12345");
    buffer_text(&buffer, "6"); /* would fit, but leave a hole */
    buffer_format(&buffer, "%d", 6);
    ck_assert(buffer.full);
    ck_assert_str_eq(buffer.data, "12345");

    buffer_clear(&buffer);
    ck_assert(!buffer.full);
    ck_assert_str_eq(buffer.data, "");
    buffer_format(&buffer, "%s", "12345678");
    ck_assert(!buffer.full);
    ck_assert_str_eq(buffer.data, "12345678");
    buffer_put(&buffer, "", 0);
    buffer_put(&buffer, NULL, 0);
    ck_assert(!buffer.full);
    buffer_format(&buffer, "%s", "9");
    ck_assert(buffer.full);
    ck_assert_str_eq(buffer.data, "12345678");
    buffer_close(&buffer);
}
END_TEST

START_TEST(a_buffer_takes_any_bytes)
{
    struct buffer buffer;

    buffer_open(&buffer, 64);
    buffer_put(&buffer, "a\0b", 3);
    buffer_format(&buffer, "%05d|%s", 42, "");
    ck_assert_uint_eq(buffer.length, 9);
    ck_assert_mem_eq(buffer.data, "a\0b00042|", 10);
    buffer_close(&buffer);
}
END_TEST

START_TEST(formats_grow_the_buffer)
{
    struct buffer buffer;

    buffer_open(&buffer, 64 * 1024);
    buffer_format(&buffer, "%20000d", 1);
    buffer_format(&buffer, "%40000d", 2);
    ck_assert(!buffer.full);
    ck_assert_uint_eq(buffer.length, 60000);
    ck_assert_int_eq(buffer.data[19999], '1');
    ck_assert_int_eq(buffer.data[59999], '2');
    buffer_close(&buffer);
}
END_TEST

Suite *
text_suite(void)
{
    Suite *suite = suite_create("text");
    TCase *text = tcase_create("text");
    TCase *buffer = tcase_create("buffer");

    tcase_add_checked_fixture(text, setup, teardown);
    tcase_set_timeout(text, 60);
    tcase_add_test(text, every_code_point);
    tcase_add_test(text, overlong_forms);
    tcase_add_test(text, broken_utf8);
    tcase_add_test(text, characters_are_counted);
    tcase_add_test(text, controls);
    tcase_add_test(text, trimmed);
    tcase_add_test(text, every_white_space_is_trimmed);
    tcase_add_test(text, folded);
    tcase_add_test(text, compared);
    tcase_add_test(text, addresses);
    tcase_add_test(text, long_addresses);
    tcase_add_test(text, addresses_inside_texts);
    tcase_add_test(text, whole_numbers);
    suite_add_tcase(suite, text);

    tcase_add_test(buffer, a_buffer_grows_to_its_limit);
    tcase_add_test(buffer, a_large_buffer_shrinks);
    tcase_add_test(buffer, a_full_buffer_stays_full);
    tcase_add_test(buffer, a_buffer_takes_any_bytes);
    tcase_add_test(buffer, formats_grow_the_buffer);
    suite_add_tcase(suite, buffer);
    return suite;
}

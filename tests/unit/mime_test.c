/*
 * mime_test.c: mails as bytes: RFC 5322 dates and fields, RFC 2047 words and RFC 2045 bodies read
 * back by small decoders of their own, and texts that try to be headers.
 */
#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "base/mime.h"
#include "base/when.h"

static struct arena *arena;
static struct buffer out;

static void
setup(void)
{
    arena = arena_open(8 * 1024 * 1024);
    buffer_open(&out, 1024 * 1024);
}

static void
teardown(void)
{
    buffer_close(&out);
    arena_close(arena);
}

static const char *
write_mail(const char *subject, const char *text)
{
    const struct mime_mail mail = {
        .from_name = "Tripact",
        .from = "post@market.example",
        .to = "i@contoso.example",
        .subject = subject,
        .id = "3f8a1c52-6b0d-4e7f-a4c9-1e5d70b2f618",
        .written_at = day_start_at(day_make(2023, 10, 16)) + 9 * 3600 + 42 * 60 + 5,
        .text = text,
        .html = "<p>Caf\xC3\xA9</p>\n",
    };

    buffer_clear(&out);
    mime_write(&mail, &out);
    ck_assert(!out.full);
    return out.data;
}

static int
digit(char hex)
{
    const char *place = strchr("0123456789ABCDEF", hex);

    ck_assert_ptr_nonnull(place);
    return (int)(place - "0123456789ABCDEF");
}

/* The value of a header, unfolded; fails unless it is there once. */
static const char *
header(const char *mail, const char *name)
{
    const char *end = strstr(mail, "\r\n\r\n");
    const char *at = mail;
    const char *found = NULL;
    size_t name_length = strlen(name);

    while (at < end + 2) {
        const char *next = strstr(at, "\r\n") + 2;
        const char *line = arena_copy(arena, at, (size_t)(next - at) - 2);

        ck_assert_uint_le(strlen(line), 78);
        while (*next == ' ') {
            const char *more = strstr(next, "\r\n") + 2;

            ck_assert_uint_le((size_t)(more - next) - 2, 78);
            line = arena_format(arena, "%s%s", line,
                                arena_copy(arena, next, (size_t)(more - next) - 2));
            next = more;
        }
        if (strncmp(line, name, name_length) == 0 && line[name_length] == ':') {
            ck_assert_ptr_null(found);
            found = line + name_length + 2;
        }
        at = next;
    }
    ck_assert_ptr_nonnull(found);
    return found;
}

/* Encoded words read back: those side by side lose the space between them. */
static const char *
decode_words(const char *value)
{
    static const char opening[] = "=?UTF-8?Q?";
    char *text = arena_alloc(arena, strlen(value) + 1);
    size_t length = 0;

    while (*value != '\0') {
        if (strncmp(value, opening, sizeof opening - 1) != 0) {
            text[length++] = *value++;
            continue;
        }
        const char *word = value;

        value += sizeof opening - 1;
        while (strncmp(value, "?=", 2) != 0) {
            if (*value == '=') {
                text[length++] = (char)(digit(value[1]) * 16 + digit(value[2]));
                value += 3;
            } else {
                ck_assert(*value != ' ' && *value != '?' && *value != '\0');
                text[length++] = *value == '_' ? ' ' : *value;
                value++;
            }
        }
        value += 2;
        ck_assert_uint_le((size_t)(value - word), 75);
        ck_assert(text_is_utf8(text, length)); /* no character is split */
        if (strncmp(value, " =?UTF-8?Q?", 11) == 0)
            value++;
    }
    return text;
}

/* The body of the part of that type, read back; fails on a line that is too long. */
static const char *
part(const char *mail, const char *type)
{
    const char *at = strstr(mail, arena_format(arena, "Content-Type: text/%s", type));
    char *text = arena_alloc(arena, strlen(mail) + 1);
    size_t length = 0;

    ck_assert_ptr_nonnull(at);
    at = strstr(at, "\r\n\r\n") + 4;
    while (strncmp(at, "--=_", 4) != 0) {
        const char *end = strstr(at, "\r\n");

        ck_assert_ptr_nonnull(end);
        ck_assert_int_le(end - at, 76);
        ck_assert(end == at || end[-1] != ' ');
        while (at < end) {
            if (*at != '=') {
                text[length++] = *at++;
            } else if (at + 1 == end) {
                at = end + 2;
                end = strstr(at, "\r\n");
                ck_assert_int_le(end - at, 76);
            } else {
                text[length++] = (char)(digit(at[1]) * 16 + digit(at[2]));
                at += 3;
            }
        }
        text[length++] = '\n';
        at = end + 2;
    }
    return text;
}

START_TEST(a_mail_has_its_headers_once_and_ends_every_line_alike)
{
    const char *mail = write_mail("Pending partner action: Northwind FY24", "Hello\n");

    ck_assert_str_eq(header(mail, "Date"), "Mon, 16 Oct 2023 09:42:05 +0000");
    ck_assert_str_eq(header(mail, "From"), "=?UTF-8?Q?Tripact?= <post@market.example>");
    ck_assert_str_eq(header(mail, "To"), "<i@contoso.example>");
    ck_assert_str_eq(header(mail, "Subject"), "Pending partner action: Northwind FY24");
    ck_assert_str_eq(header(mail, "Message-ID"),
                     "<3f8a1c52-6b0d-4e7f-a4c9-1e5d70b2f618@market.example>");
    ck_assert_str_eq(header(mail, "Auto-Submitted"), "auto-generated");
    ck_assert_str_eq(header(mail, "MIME-Version"), "1.0");
    ck_assert_str_eq(header(mail, "Content-Type"),
                     "multipart/alternative; boundary=\"=_3f8a1c52-6b0d-4e7f-a4c9-1e5d70b2f618\"");
    for (const char *at = mail; *at != '\0'; at++) {
        ck_assert(*at != '\n' || at[-1] == '\r');
        ck_assert(*at != '\r' || at[1] == '\n');
        ck_assert((unsigned char)*at < 0x80);
    }
    ck_assert_str_eq(strstr(mail, "618--"), "618--\r\n");
}
END_TEST

START_TEST(dates_are_of_the_day_they_name)
{
    /* 29 February 2024 was a Thursday, 1 January 1970 too, 31 December 1969 a Wednesday. */
    ck_assert_str_eq(mime_date(arena, day_start_at(day_make(2024, 2, 29)) + 86399),
                     "Thu, 29 Feb 2024 23:59:59 +0000");
    ck_assert_str_eq(mime_date(arena, 0), "Thu, 1 Jan 1970 00:00:00 +0000");
    ck_assert_str_eq(mime_date(arena, -1), "Wed, 31 Dec 1969 23:59:59 +0000");
}
END_TEST

START_TEST(subjects_come_back_as_they_were)
{
    static const char *const subjects[] = {
        "Pending acceptance: Müller & Söhne",
        "日本語の件名がとても長くて一行には決して収まらないので折り返さなければならない場合でも文字"
        "は割れない",
        "\xF0\x9F\x93\xA8\xF0\x9F\x93\xA8\xF0\x9F\x93\xA8\xF0\x9F\x93\xA8\xF0\x9F\x93\xA8 ok",
        "Accepted: one two three four five six seven eight nine ten eleven twelve thirteen "
        "fourteen "
        "fifteen sixteen",
        "Accepted: =?UTF-8?Q?not=20one?= of ours",
        "Accepted: a  double space",
        "Accepted: "
        "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
        "aaa"
        "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
        "x",
    };

    for (size_t i = 0; i < COUNT(subjects); i++)
        ck_assert_str_eq(decode_words(header(write_mail(subjects[i], ""), "Subject")), subjects[i]);
}
END_TEST

/* A line break in a subject is a space, and what stands behind it no header. */
START_TEST(nothing_becomes_a_header_of_its_own)
{
    struct mime_mail mail = {
        .from_name = "A\r\nBcc: everybody@evil.example",
        .from = "post@market.example",
        .to = "i@contoso.example>\r\nBcc: <everybody@evil.example",
        .subject = "Hi\r\nBcc: everybody@evil.example\r\n\r\nbody",
        .id = "id",
        .text = "",
        .html = "",
    };
    const char *end;

    mime_write(&mail, &out);
    end = strstr(out.data, "\r\n\r\n");
    ck_assert_ptr_nonnull(strstr(end, "Content-Type: text/plain"));
    for (const char *at = out.data; at < end; at = strstr(at, "\r\n") + 2)
        ck_assert(strncmp(at, "Bcc", 3) != 0 && strncmp(at, "body", 4) != 0);
    ck_assert_str_eq(header(out.data, "To"), "<i@contoso.exampleBcc:everybody@evil.example>");
    ck_assert_str_eq(decode_words(header(out.data, "Subject")),
                     "Hi  Bcc: everybody@evil.example    body");
}
END_TEST

START_TEST(bodies_come_back_as_they_were)
{
    static const char *const texts[] = {
        "Hello\n",
        "a line that ends in a space \nand a tab\t\n.\n..\nFrom me\n",
        "1 + 1 = 2, \xE2\x82\xAC 5 and caf\xC3\xA9\n\n\nend\n",
        "--=_3f8a1c52-6b0d-4e7f-a4c9-1e5d70b2f618--\nnot the end\n",
        "0123456789012345678901234567890123456789012345678901234567890123456789012345678901234567"
        "89\n",
        "012345678901234567890123456789012345678901234567890123456789012345678901234\xC3\xA9\xC3"
        "\xA9\n",
    };

    for (size_t i = 0; i < COUNT(texts); i++) {
        const char *back = part(write_mail("x", texts[i]), "plain");

        /* an empty line ends each part */
        ck_assert_str_eq(back, arena_format(arena, "%s\n", texts[i]));
    }
    ck_assert_str_eq(part(out.data, "html"), "<p>Caf\xC3\xA9</p>\n\n");
}
END_TEST

/* What those who carry mail may change stands nowhere as it is. */
START_TEST(no_line_begins_with_a_dot_or_from)
{
    const char *mail = write_mail("x", ".\n.hidden\nFrom here\n");

    ck_assert_ptr_null(strstr(mail, "\r\n."));
    ck_assert_ptr_null(strstr(mail, "\r\nFrom here"));
}
END_TEST

START_TEST(the_same_mail_is_the_same_bytes)
{
    const char *once = arena_text(arena, write_mail("x", "Hello\n"));

    ck_assert_str_eq(write_mail("x", "Hello\n"), once);
}
END_TEST

START_TEST(a_mail_too_large_is_not_half_a_mail)
{
    const struct mime_mail mail = {.from_name = "",
                                   .from = "a@b.example",
                                   .to = "c@d.example",
                                   .subject = "x",
                                   .id = "i",
                                   .text = "Hello\n",
                                   .html = ""};
    struct buffer small;

    buffer_open(&small, 100);
    mime_write(&mail, &small);
    ck_assert(small.full);
    buffer_close(&small);
}
END_TEST

Suite *
mime_suite(void)
{
    Suite *suite = suite_create("mime");
    TCase *tcase = tcase_create("all");

    tcase_add_checked_fixture(tcase, setup, teardown);
    tcase_add_test(tcase, a_mail_has_its_headers_once_and_ends_every_line_alike);
    tcase_add_test(tcase, dates_are_of_the_day_they_name);
    tcase_add_test(tcase, subjects_come_back_as_they_were);
    tcase_add_test(tcase, nothing_becomes_a_header_of_its_own);
    tcase_add_test(tcase, bodies_come_back_as_they_were);
    tcase_add_test(tcase, no_line_begins_with_a_dot_or_from);
    tcase_add_test(tcase, the_same_mail_is_the_same_bytes);
    tcase_add_test(tcase, a_mail_too_large_is_not_half_a_mail);
    suite_add_tcase(suite, tcase);
    return suite;
}

/*
 * ics_test.c: calendars read back by a small strict reader of RFC 5545: line ends, folding,
 * escaping, properties in order.
 */
#include <check.h>
#include <string.h>

#include "base/ics.h"

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

/* The calendar's lines, unfolded; fails on a line that is too long or ends otherwise, or on a
 * character that is split. Each line ends in "\n". */
static const char *
unfold(const char *calendar)
{
    char *text = arena_alloc(arena, strlen(calendar) + 2);
    size_t length = 0;

    while (*calendar != '\0') {
        const char *end = strstr(calendar, "\r\n");

        ck_assert_ptr_nonnull(end);
        ck_assert_int_le(end - calendar, 75);
        ck_assert(text_is_utf8(calendar, (size_t)(end - calendar)));
        ck_assert_ptr_null(memchr(calendar, '\n', (size_t)(end - calendar)));
        if (*calendar == ' ')
            length--; /* it goes on with the line before */
        memcpy(text + length, calendar + (*calendar == ' '), (size_t)(end - calendar));
        length += (size_t)(end - calendar) - (*calendar == ' ');
        text[length++] = '\n';
        calendar = end + 2;
    }
    text[length] = '\0';
    return text;
}

static const char *
calendar_of(const char *summary)
{
    const struct ics_event event = {.uid = "accept-by-isv-1@market.example",
                                    .on = day_make(2024, 2, 29),
                                    .summary = summary,
                                    .description = "Through 23:59:59 UTC of this day.",
                                    .url = "https://market.example/isv/offers/1"};

    buffer_clear(&out);
    ics_begin(&out, "Tripact, Contoso");
    ics_event(&out, &event, day_start_at(day_make(2023, 10, 16)) + 9 * 3600 + 5);
    ics_end(&out);
    ck_assert(!out.full);
    return unfold(out.data);
}

START_TEST(a_calendar_is_as_the_standard_has_it)
{
    ck_assert_str_eq(calendar_of("Accept by: Northwind FY24"),
                     "BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:-//Tripact//Deadlines//EN\n"
                     "CALSCALE:GREGORIAN\nMETHOD:PUBLISH\nX-WR-CALNAME:Tripact\\, Contoso\n"
                     "BEGIN:VEVENT\nUID:accept-by-isv-1@market.example\n"
                     "DTSTAMP:20231016T090005Z\nDTSTART;VALUE=DATE:20240229\n"
                     "DTEND;VALUE=DATE:20240301\nSUMMARY:Accept by: Northwind FY24\n"
                     "DESCRIPTION:Through 23:59:59 UTC of this day.\n"
                     "URL:https://market.example/isv/offers/1\nTRANSP:TRANSPARENT\nEND:VEVENT\n"
                     "END:VCALENDAR\n");
}
END_TEST

START_TEST(texts_are_escaped_and_never_a_property)
{
    const char *calendar = calendar_of("a,b;c\\d\r\nATTACH:evil\tx");

    ck_assert_ptr_nonnull(strstr(calendar, "\nSUMMARY:a\\,b\\;c\\\\d\\nATTACH:evil x\n"));
    ck_assert_ptr_null(strstr(calendar, "\nATTACH"));
}
END_TEST

/* Three bytes each: no multiple of them is 75 or 74 behind the property's name. */
START_TEST(long_texts_are_folded_between_characters)
{
    const char *summary = "";

    for (int i = 0; i < 300; i++) {
        summary = arena_format(arena, "%s%s", summary, i % 7 == 0 ? "x" : "\xE2\x82\xAC");
        ck_assert_ptr_nonnull(
            strstr(calendar_of(summary), arena_format(arena, "\nSUMMARY:%s\n", summary)));
    }
}
END_TEST

Suite *
ics_suite(void)
{
    Suite *suite = suite_create("ics");
    TCase *tcase = tcase_create("all");

    tcase_add_checked_fixture(tcase, setup, teardown);
    tcase_add_test(tcase, a_calendar_is_as_the_standard_has_it);
    tcase_add_test(tcase, texts_are_escaped_and_never_a_property);
    tcase_add_test(tcase, long_texts_are_folded_between_characters);
    suite_add_tcase(suite, tcase);
    return suite;
}

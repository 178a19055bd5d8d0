/*
 * when_test.c: every day from 1600 to 2400 counted by hand, one after the other; the edges of the
 * calendar; business days; what is read and refused.
 */
#include "base/limits.h"
#include "base/when.h"

#include <check.h>
#include <signal.h>
#include <string.h>

Suite *when_suite(void);

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

static struct day
day(const char *text)
{
    struct day result = DAY_NONE;

    ck_assert_msg(day_parse(text, &result) == OK, "day %s", text);
    return result;
}

static const char *
iso(struct day when)
{
    return day_iso(arena, when);
}

/* The rule as people say it, written out once more. */
static int
month_length(int year, int month)
{
    bool leap = year % 400 == 0 || (year % 4 == 0 && year % 100 != 0);

    if (month == 2)
        return leap ? 29 : 28;
    return month == 4 || month == 6 || month == 9 || month == 11 ? 30 : 31;
}

/* 1600-01-01 lies 135,140 days before 1970-01-01: 370 years, 90 of them leap (1600 to 1968 every
 * fourth: 93, without 1700, 1800, 1900), 370 x 365 + 90 = 135,140. */
START_TEST(every_day_from_1600_to_2400)
{
    int32_t number = -135140;

    for (int year = 1600; year <= 2400; year++) {
        for (int month = 1; month <= 12; month++) {
            int length = month_length(year, month);

            for (int dom = 1; dom <= length; dom++, number++) {
                struct day made = day_make(year, month, dom);
                const char *text = arena_format(arena, "%d-%02d-%02d", year, month, dom);

                ck_assert_int_eq(made.number, number);
                ck_assert_int_eq(day_year(made), year);
                ck_assert_int_eq(day_month(made), month);
                ck_assert_int_eq(day_dom(made), dom);
                ck_assert_int_eq(month_add(made, 0).number, number - dom + 1);
                ck_assert_int_eq(month_last(made).number, number - dom + length);
                ck_assert_int_eq(day_of(day_start_at(made)).number, number);
                ck_assert_int_eq(day_of(day_start_at(made) + SECONDS_PER_DAY - 1).number, number);

                ck_assert_str_eq(iso(made), text);
                ck_assert_int_eq(day(text).number, number);
            }
            arena_reset(arena);
        }
    }
}
END_TEST

START_TEST(known_days)
{
    static const struct {
        const char *text;
        int32_t number;
    } rows[] = {
        {"1970-01-01", 0},       {"1969-12-31", -1},      {"2000-01-01", 10957},
        {"2000-03-01", 11017},   {"2023-10-16", 19646},   {"2038-01-19", 24855},
        {"0001-01-01", -719162}, {"9999-12-31", 2932896},
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        ck_assert_int_eq(day(rows[i].text).number, rows[i].number);
        ck_assert_str_eq(iso((struct day){rows[i].number}), rows[i].text);
    }
}
END_TEST

START_TEST(edges_of_the_calendar)
{
    struct day first = day("0001-01-01");
    struct day last = day("9999-12-31");

    ck_assert_int_eq(month_last(last).number, last.number);
    ck_assert_int_eq(month_add(first, 0).number, first.number);
    ck_assert_int_eq(month_distance(first, last), 9999 * 12 - 1);
    ck_assert_str_eq(iso(month_add(first, 9999 * 12 - 1)), "9999-12-01");
    ck_assert_str_eq(iso(month_add(last, -(9999 * 12 - 1))), "0001-01-01");
    ck_assert_int_eq(day_add(first, last.number - first.number).number, last.number);
    ck_assert_int_eq(day_of(day_start_at(last) + SECONDS_PER_DAY - 1).number, last.number);
}
END_TEST

START_TEST(beyond_the_calendar_is_a_broken_invariant)
{
    switch (_i) {
    case 0:
        (void)day_add(day("9999-12-31"), 1);
        break;
    case 1:
        (void)day_add(day("0001-01-01"), -1);
        break;
    case 2:
        (void)month_add(day("9999-12-31"), 1);
        break;
    case 3:
        (void)day_make(2023, 2, 29);
        break;
    case 4:
        (void)day_year(DAY_NONE);
        break;
    case 5:
        (void)day_of(INT64_MAX);
        break;
    case 6:
        (void)day_of(INT64_MIN);
        break;
    case 7:
        (void)day_add(day("2023-10-16"), INT32_MAX);
        break;
    case 8:
        (void)month_add(day("2023-10-16"), INT32_MIN);
        break;
    case 9:
        (void)day_add_business(day("9999-12-31"), 1); /* a Friday */
        break;
    case 10:
        (void)day_add_business(day("0001-01-01"), -1); /* a Monday */
        break;
    }
}
END_TEST

START_TEST(months)
{
    static const struct {
        const char *from;
        int months;
        const char *first, *last;
    } rows[] = {
        {"2023-10-16", 0, "2023-10-01", "2023-10-31"},
        {"2023-10-31", 1, "2023-11-01", "2023-11-30"},
        {"2023-10-16", 2, "2023-12-01", "2023-12-31"},
        {"2023-10-16", 3, "2024-01-01", "2024-01-31"},
        {"2024-01-31", 1, "2024-02-01", "2024-02-29"},
        {"2023-01-31", 1, "2023-02-01", "2023-02-28"},
        {"1900-01-15", 1, "1900-02-01", "1900-02-28"},
        {"2000-01-15", 1, "2000-02-01", "2000-02-29"},
        {"2100-03-15", -1, "2100-02-01", "2100-02-28"},
        {"2023-10-16", 60, "2028-10-01", "2028-10-31"},
        {"2023-01-01", -1, "2022-12-01", "2022-12-31"},
        {"2023-12-31", -24, "2021-12-01", "2021-12-31"},
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        struct day moved = month_add(day(rows[i].from), rows[i].months);

        ck_assert_str_eq(iso(moved), rows[i].first);
        ck_assert_str_eq(iso(month_last(moved)), rows[i].last);
        ck_assert_int_eq(month_distance(day(rows[i].from), moved), rows[i].months);
        ck_assert_int_eq(month_distance(moved, day(rows[i].from)), -rows[i].months);
    }
}
END_TEST

/* The same day of another month, or its last when it has no such day (LAW D-29). */
START_TEST(steps_of_months)
{
    static const struct {
        const char *from;
        int months;
        const char *to;
    } rows[] = {
        {"2023-10-23", 0, "2023-10-23"},  {"2023-10-24", 1, "2023-11-24"},
        {"2023-10-24", 3, "2024-01-24"},  {"2023-10-23", 12, "2024-10-23"},
        {"2023-01-31", 1, "2023-02-28"},  {"2024-01-31", 1, "2024-02-29"},
        {"2023-01-31", 2, "2023-03-31"},  {"2023-01-31", 3, "2023-04-30"},
        {"2023-01-31", 13, "2024-02-29"}, {"2023-12-31", 2, "2024-02-29"},
        {"2023-12-30", 2, "2024-02-29"},  {"2023-12-29", 2, "2024-02-29"},
        {"2023-12-28", 2, "2024-02-28"},  {"2024-02-29", 1, "2024-03-29"},
        {"2024-02-29", 12, "2025-02-28"}, {"2024-02-29", 48, "2028-02-29"},
        {"2096-02-29", 48, "2100-02-28"}, {"2023-03-31", -1, "2023-02-28"},
        {"2024-03-31", -1, "2024-02-29"}, {"2024-01-31", -11, "2023-02-28"},
        {"2023-10-31", 36, "2026-10-31"}, {"2023-10-31", 35, "2026-09-30"},
    };

    for (size_t i = 0; i < COUNT(rows); i++)
        ck_assert_str_eq(iso(month_step(day(rows[i].from), rows[i].months)), rows[i].to);
}
END_TEST

/* From every day of a leap year and the one after it, three years each way. */
START_TEST(steps_of_months_keep_the_day_where_there_is_one)
{
    for (struct day from = day("2024-01-01"); from.number <= day("2025-12-31").number;
         from = day_add(from, 1)) {
        for (int by = -36; by <= 36; by++) {
            struct day to = month_step(from, by);
            int length = month_length(day_year(to), day_month(to));

            ck_assert_int_eq(month_distance(from, to), by);
            ck_assert_int_eq(day_dom(to), day_dom(from) < length ? day_dom(from) : length);
        }
    }
}
END_TEST

START_TEST(month_distance_ignores_the_day)
{
    ck_assert_int_eq(month_distance(day("2023-10-31"), day("2023-11-01")), 1);
    ck_assert_int_eq(month_distance(day("2023-10-01"), day("2023-10-31")), 0);
    ck_assert_int_eq(month_distance(day("2023-11-01"), day("2023-10-31")), -1);
}
END_TEST

/* 2023-10-16 was a Monday (LAW 17, D-28: Monday to Friday, no holidays). */
START_TEST(business_days)
{
    static const struct {
        const char *from;
        int days;
        const char *to;
    } rows[] = {
        {"2023-10-16", 0, "2023-10-16"},   {"2023-10-16", 1, "2023-10-17"},
        {"2023-10-16", 4, "2023-10-20"},   {"2023-10-16", 5, "2023-10-23"},
        {"2023-10-18", 5, "2023-10-25"},   {"2023-10-20", 1, "2023-10-23"},
        {"2023-10-20", 5, "2023-10-27"},   {"2023-10-21", 0, "2023-10-21"},
        {"2023-10-21", 1, "2023-10-23"},   {"2023-10-22", 1, "2023-10-23"},
        {"2023-10-21", 5, "2023-10-27"},   {"2023-10-22", 6, "2023-10-30"},
        {"2023-10-16", -1, "2023-10-13"},  {"2023-10-20", -4, "2023-10-16"},
        {"2023-10-20", -5, "2023-10-13"},  {"2023-10-21", -1, "2023-10-20"},
        {"2023-10-22", -1, "2023-10-20"},  {"2023-10-22", -5, "2023-10-16"},
        {"2023-12-29", 1, "2024-01-01"},   {"2024-02-28", 2, "2024-03-01"},
        {"2023-10-16", 261, "2024-10-15"}, {"1969-12-31", 1, "1970-01-01"},
        {"1965-06-04", 1, "1965-06-07"},
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        ck_assert_str_eq(iso(day_add_business(day(rows[i].from), rows[i].days)), rows[i].to);
    }
}
END_TEST

/* One day at a time, as one counts on a calendar. 1969-12-29 was a Monday. */
static struct day
count_business(struct day from, int days)
{
    int32_t number = from.number;
    int step = days < 0 ? -1 : 1;

    while (days != 0) {
        int32_t since_monday;

        number += step;
        since_monday = ((number + 3) % 7 + 7) % 7;
        if (since_monday < 5)
            days -= step;
    }
    return (struct day){number};
}

START_TEST(business_days_agree_with_counting)
{
    for (int32_t number = -30; number < 30; number++) {
        for (int days = -40; days <= 40; days++) {
            struct day from = {number};

            ck_assert_int_eq(day_add_business(from, days).number,
                             count_business(from, days).number);
        }
    }
}
END_TEST

static const char *const refused_days[] = {"",
                                           " ",
                                           "2023-10-1",
                                           "2023-1-01",
                                           "23-10-16",
                                           "2023-10-16 ",
                                           " 2023-10-16",
                                           "2023/10/16",
                                           "2023-10-161",
                                           "16-10-2023",
                                           "2023-13-01",
                                           "2023-00-10",
                                           "2023-10-00",
                                           "2023-10-32",
                                           "2023-02-29",
                                           "1900-02-29",
                                           "2100-02-29",
                                           "2023-04-31",
                                           "0000-01-01",
                                           "0000-12-31",
                                           "-001-01-01",
                                           "+023-01-01",
                                           "10000-01-01",
                                           "2023-1a-16",
                                           "2023-10-1x",
                                           "20 3-10-16",
                                           "2023-10- 6",
                                           "2023--1-16",
                                           "2023-10",
                                           "2023-10-16T",
                                           "2023-W42-1",
                                           "\xef\xbc\x92"
                                           "023-10-1"};

START_TEST(days_refused)
{
    struct day result = {77};

    ck_assert_msg(day_parse(refused_days[_i], &result) == ERR_INVALID, "%s", refused_days[_i]);
    ck_assert_int_eq(result.number, 77);
}
END_TEST

START_TEST(months_read_and_refused)
{
    static const char *const refused[] = {"",        "2023",    "2023-1",  "2023-00",   "2023-13",
                                          "2023-1 ", "0000-01", "2023/01", "2023-01-01"};
    struct day first = {77};

    for (size_t i = 0; i < COUNT(refused); i++) {
        ck_assert_msg(month_parse(refused[i], &first) == ERR_INVALID, "%s", refused[i]);
        ck_assert_int_eq(first.number, 77);
    }
    ck_assert_int_eq(month_parse("2023-12", &first), OK);
    ck_assert_str_eq(iso(first), "2023-12-01");
    ck_assert_int_eq(month_parse("0001-01", &first), OK);
    ck_assert_str_eq(iso(first), "0001-01-01");
}
END_TEST

START_TEST(hours_read_and_refused)
{
    static const char *const read[] = {"2023-10-16T09:00Z", "2023-10-16T09:59",
                                       "2023-10-16 09:42:05Z",
                                       "2023-10-16T09:59:59"};
    static const char *const refused[] = {
        "",                   "2023-10-16",           "2023-10-16T09",         "2023-10-16T09:0Z",
        "2023-10-16T24:00Z",  "2023-10-16T09:60Z",    "2023-10-16T09:00:60Z",  "2023-02-29T09:00Z",
        "2023-10-16t09:00Z",  "2023-10-16T09.00Z",    "2023-10-16T09:00.00Z",  "2023-10-16T-9:00Z",
        "2023-10-16T09:00ZZ", "2023-10-16T09:00:00z", "2023-10-16T09:00+00:00"};
    int64_t at = 77;

    for (size_t i = 0; i < COUNT(refused); i++) {
        ck_assert_msg(hour_parse(refused[i], &at) == ERR_INVALID, "%s", refused[i]);
        ck_assert_int_eq(at, 77);
    }
    for (size_t i = 0; i < COUNT(read); i++) {
        at = 77;
        ck_assert_msg(hour_parse(read[i], &at) == OK, "%s", read[i]);
        ck_assert_int_eq(at, INT64_C(19646) * 86400 + 9 * 3600);
    }
}
END_TEST

/* 2023-10-16T09:42:05Z: 19,646 days and 9 x 3600 + 42 x 60 + 5 seconds. */
START_TEST(shown)
{
    int64_t at = INT64_C(19646) * 86400 + 34925;

    ck_assert_str_eq(day_show(arena, day("2023-10-16")), "16 Oct 2023");
    ck_assert_str_eq(day_show(arena, day("2024-05-01")), "1 May 2024");
    ck_assert_str_eq(month_iso(arena, day("2023-10-16")), "2023-10");
    ck_assert_str_eq(instant_iso(arena, at), "2023-10-16T09:42:05Z");
    ck_assert_str_eq(instant_show(arena, at), "16 Oct 2023, 09:42 UTC");
    ck_assert_str_eq(instant_clock(arena, at), "09:42");
    ck_assert_str_eq(instant_iso(arena, 0), "1970-01-01T00:00:00Z");
    ck_assert_str_eq(instant_iso(arena, -1), "1969-12-31T23:59:59Z");
    ck_assert_str_eq(instant_iso(arena, -SECONDS_PER_DAY), "1969-12-31T00:00:00Z");
    ck_assert_str_eq(instant_iso(arena, INT64_C(1) << 31), "2038-01-19T03:14:08Z");
}
END_TEST

START_TEST(month_names)
{
    static const char *const names[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                        "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};

    for (int month = 1; month <= 12; month++) {
        const char *name = names[month - 1];
        struct day first = day_make(2024, month, 1);

        ck_assert_str_eq(day_show(arena, first), arena_format(arena, "1 %s 2024", name));
    }
}
END_TEST

START_TEST(no_day_prints_nothing)
{
    ck_assert(day_is_none(DAY_NONE));
    ck_assert(!day_is_none(day("1970-01-01")));
    ck_assert_str_eq(day_iso(arena, DAY_NONE), "");
    ck_assert_str_eq(day_show(arena, DAY_NONE), "");
    ck_assert_str_eq(month_iso(arena, DAY_NONE), "");
}
END_TEST

Suite *
when_suite(void)
{
    Suite *suite = suite_create("when");
    TCase *calendar = tcase_create("calendar");
    TCase *text = tcase_create("text");

    tcase_add_checked_fixture(calendar, setup, teardown);
    tcase_set_timeout(calendar, 60);
    tcase_add_test(calendar, every_day_from_1600_to_2400);
    tcase_add_test(calendar, known_days);
    tcase_add_test(calendar, edges_of_the_calendar);
    tcase_add_loop_test_raise_signal(calendar, beyond_the_calendar_is_a_broken_invariant, SIGABRT,
                                     0, 11);
    tcase_add_test(calendar, months);
    tcase_add_test(calendar, steps_of_months);
    tcase_add_test(calendar, steps_of_months_keep_the_day_where_there_is_one);
    tcase_add_test(calendar, month_distance_ignores_the_day);
    tcase_add_test(calendar, business_days);
    tcase_add_test(calendar, business_days_agree_with_counting);
    suite_add_tcase(suite, calendar);

    tcase_add_checked_fixture(text, setup, teardown);
    tcase_add_loop_test(text, days_refused, 0, (int)COUNT(refused_days));
    tcase_add_test(text, months_read_and_refused);
    tcase_add_test(text, hours_read_and_refused);
    tcase_add_test(text, shown);
    tcase_add_test(text, month_names);
    tcase_add_test(text, no_day_prints_nothing);
    suite_add_tcase(suite, text);
    return suite;
}

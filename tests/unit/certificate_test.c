/*
 * certificate_test.c: what may be filed as a resale certificate, and what one is good for (LAW 2.1,
 * D-28).
 */
#include "core/certificate.h"
#include "make_offer.h"

#include <check.h>
#include <string.h>

Suite *certificate_suite(void);

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

static struct problems *
read_form(const char *states, const char *expires_on, struct certificate *certificate)
{
    const char *const pairs[] = {ANSWER_STATES, states, ANSWER_EXPIRES, expires_on, NULL};
    struct problems *problems = problems_new(arena);
    struct answers answers = make_answers(pairs);

    certificate_read(&answers, make_day("2023-10-16"), problems, certificate);
    return problems;
}

START_TEST(states_are_kept_once_and_in_order)
{
    static const char *const rows[][2] = {
        {"WA", "WA"},           {"wa", "WA"}, {" Wa,OR ,wa", "OR,WA"}, {"tx ok\nal", "AL,OK,TX"},
        {",,DC;;WY,", "DC,WY"},
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        struct certificate read;

        ck_assert_uint_eq(read_form(rows[i][0], "2023-10-17", &read)->count, 0);
        ck_assert_str_eq(read.states, rows[i][1]);
        ck_assert_str_eq(day_iso(arena, read.filed_on), "2023-10-16");
        ck_assert_str_eq(day_iso(arena, read.expires_on), "2023-10-17");
    }
}
END_TEST

START_TEST(what_cannot_be_filed)
{
    static const struct {
        const char *states;
        const char *expires_on;
        const char *at;
        const char *words;
    } rows[] = {
        {"", "2024-01-01", ANSWER_STATES, "Enter the states"},
        {" , ", "2024-01-01", ANSWER_STATES, "Enter the states"},
        {"WA,XX", "2024-01-01", ANSWER_STATES, "“XX” is no state"},
        {"Washington", "2024-01-01", ANSWER_STATES, "“Washington” is no state"},
        {"W", "2024-01-01", ANSWER_STATES, "“W” is no state"},
        {"WA/OR", "2024-01-01", ANSWER_STATES, "“WA/OR” is no state"},
        {"a very long name: Massachusettshampshire", "2024-01-01", ANSWER_STATES, "“a” is no"},
        {"Massachusettshampshire", "2024-01-01", ANSWER_STATES, "Enter states as two-letter"},
        {"WA", "", ANSWER_EXPIRES, "Enter the last day"},
        {"WA", "soon", ANSWER_EXPIRES, "Enter a date as year"},
        {"WA", "2023-02-29", ANSWER_EXPIRES, "Enter a date as year"},
        {"WA", "2023-10-16", ANSWER_EXPIRES, "must be after today, 16 Oct 2023"},
        {"WA", "2022-12-31", ANSWER_EXPIRES, "must be after today"},
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        struct certificate read;
        struct problems *problems = read_form(rows[i].states, rows[i].expires_on, &read);

        ck_assert_uint_eq(problems->count, 1);
        ck_assert_str_eq(problems->list[0].at, rows[i].at);
        ck_assert_msg(strstr(problems->list[0].message, rows[i].words) != NULL, "%s",
                      problems->list[0].message);
    }
    struct certificate read;
    ck_assert_uint_eq(read_form("XX", "soon", &read)->count, 2);
}
END_TEST

/* Filed on a Monday it counts from the Monday after; its last day counts. */
START_TEST(what_it_is_good_for)
{
    static const struct {
        const char *states;
        const char *today;
        enum certificate_standing expected;
    } rows[] = {
        {"OR,WA", "2023-10-16", CERTIFICATE_WAITS},   {"OR,WA", "2023-10-22", CERTIFICATE_WAITS},
        {"OR,WA", "2023-10-23", CERTIFICATE_COUNTS},  {"OR,WA", "2024-06-30", CERTIFICATE_COUNTS},
        {"OR,WA", "2024-07-01", CERTIFICATE_EXPIRED}, {"OR", "2023-10-16", CERTIFICATE_ELSEWHERE},
        {"OR", "2023-10-23", CERTIFICATE_ELSEWHERE},  {"OR", "2024-07-01", CERTIFICATE_EXPIRED},
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        const struct certificate certificate = {"c", rows[i].states, make_day("2023-10-16"),
                                                make_day("2024-06-30")};

        ck_assert_int_eq(certificate_standing(&certificate, "WA", make_day(rows[i].today)),
                         rows[i].expected);
        ck_assert_str_eq(day_iso(arena, certificate_counts_from(&certificate)), "2023-10-23");
    }
}
END_TEST

Suite *
certificate_suite(void)
{
    Suite *suite = suite_create("core/certificate");
    TCase *tests = tcase_create("certificate");

    tcase_add_checked_fixture(tests, setup, teardown);
    tcase_add_test(tests, states_are_kept_once_and_in_order);
    tcase_add_test(tests, what_cannot_be_filed);
    tcase_add_test(tests, what_it_is_good_for);
    suite_add_tcase(suite, tests);
    return suite;
}

/*
 * csv_test.c: the bytes of a table (web/csv): RFC 4180, and nothing a spreadsheet would run.
 */
#include <check.h>

#include "web/csv.h"

Suite *csv_suite(void);

static struct buffer out;
static struct csv csv;

static void
setup(void)
{
    buffer_open(&out, 4096);
    csv = (struct csv){.out = &out};
}

static void
teardown(void)
{
    buffer_close(&out);
}

START_TEST(cells_are_quoted_where_they_must_be)
{
    csv_text(&csv, "Plan");
    csv_text(&csv, "");
    csv_text(&csv, "a, b");
    csv_text(&csv, "say \"hi\"");
    csv_text(&csv, "\"");
    csv_text(&csv, "one\ntwo");
    csv_text(&csv, "Über 計画");
    csv_end(&csv);
    csv_text(&csv, "next");
    csv_end(&csv);
    ck_assert_str_eq(out.data,
                     "Plan,,\"a, b\",\"say \"\"hi\"\"\",\"\"\"\",\"one\ntwo\",Über 計画\r\n"
                     "next\r\n");
}
END_TEST

/* What was put in, and the cell that stands for it. */
static const char *const formulas[][2] = {
    {"=1+1", "'=1+1\r\n"},
    {"+1", "'+1\r\n"},
    {"-1", "'-1\r\n"},
    {"@SUM(A1)", "'@SUM(A1)\r\n"},
    {"\tx", "'\tx\r\n"},
    {"\rx", "\"'\rx\"\r\n"},
    {"=cmd|' /C calc'!A0, \"b\"", "\"'=cmd|' /C calc'!A0, \"\"b\"\"\"\r\n"},
    {"=", "'=\r\n"},
    {"'=1", "'=1\r\n"},
    {"a=b", "a=b\r\n"},
    {" =1", " =1\r\n"},
};

START_TEST(no_text_is_a_formula)
{
    csv_text(&csv, formulas[_i][0]);
    csv_end(&csv);
    ck_assert_str_eq(out.data, formulas[_i][1]);
}
END_TEST

START_TEST(numbers_stay_numbers)
{
    csv_number(&csv, "1240.50");
    csv_number(&csv, "-8.33");
    csv_number(&csv, "");
    csv_number(&csv, "0");
    csv_end(&csv);
    ck_assert_str_eq(out.data, "1240.50,-8.33,,0\r\n");
}
END_TEST

START_TEST(a_line_of_one_empty_cell_is_a_line)
{
    csv_text(&csv, "");
    csv_end(&csv);
    csv_text(&csv, "a");
    csv_end(&csv);
    ck_assert_str_eq(out.data, "\r\na\r\n");
}
END_TEST

START_TEST(a_table_too_long_is_noticed)
{
    for (int i = 0; i < 1000; i++)
        csv_text(&csv, "a \"long\" cell");
    ck_assert(out.full);
    ck_assert_uint_le(out.length, 4096);
}
END_TEST

Suite *
csv_suite(void)
{
    Suite *suite = suite_create("csv");
    TCase *tests = tcase_create("csv");

    tcase_add_checked_fixture(tests, setup, teardown);
    tcase_add_test(tests, cells_are_quoted_where_they_must_be);
    tcase_add_loop_test(tests, no_text_is_a_formula, 0, (int)COUNT(formulas));
    tcase_add_test(tests, numbers_stay_numbers);
    tcase_add_test(tests, a_line_of_one_empty_cell_is_a_line);
    tcase_add_test(tests, a_table_too_long_is_noticed);
    suite_add_tcase(suite, tests);
    return suite;
}

/*
 * money_line_test.c: LAW 8.1, D-30: a price x times x days, half up once. Worked out by hand.
 */
#include "base/limits.h"
#include "base/money.h"

#include <check.h>

Suite *money_line_suite(void);

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

static struct money
money(const char *text)
{
    struct money result = {-1};

    ck_assert_msg(money_parse(text, &result) == OK, "money %s", text);
    return result;
}

static struct hourly
hourly(const char *text)
{
    struct hourly result = {-1};

    ck_assert_msg(hourly_parse(text, &result) == OK, "hourly %s", text);
    return result;
}

/* Half up once, on the whole product: 45.00 x 14 / 31 = 20.3225..., not 14 times 1.45. */
START_TEST(lines_of_a_bill)
{
    static const struct {
        const char *price;
        int64_t times, part, whole;
        const char *line;
    } rows[] = {
        {"1080.00", 1, 1, 1, "1080.00"},
        {"13.50", 40, 1, 1, "540.00"},
        {"0.88", 25, 1, 1, "22.00"},
        {"483.75", 4, 1, 1, "1935.00"},
        {"45.00", 1, 14, 31, "20.32"},
        {"45.00", 1, 17, 31, "24.68"}, /* 24.677...: what was left out above */
        {"45.00", 3, 14, 31, "60.97"}, /* 60.967..., not 3 x 20.32 */
        {"45.00", 1, 0, 31, "0.00"},
        {"45.00", 1, 31, 31, "45.00"},
        {"45.00", 0, 31, 31, "0.00"},
        {"0.01", 1, 1, 2, "0.01"}, /* 0.005 */
        {"0.01", 1, 49, 99, "0.00"},
        {"0.03", 1, 1, 6, "0.01"}, /* 0.005 */
        {"10.00", 1, 1, 3, "3.33"},
        {"10.00", 1, 2, 3, "6.67"},
        {"999,999,999.99", 1000000, 1096, 1096, "999999999990000.00"},
        {"999,999,999.99", 92000000, 1, 1, "91999999999080000.00"},
    };
    struct money line = {77};

    for (size_t i = 0; i < COUNT(rows); i++) {
        ck_assert_int_eq(
            money_line(money(rows[i].price), rows[i].times, rows[i].part, rows[i].whole, &line),
            OK);
        ck_assert_str_eq(money_plain(arena, line), rows[i].line);
    }
    line.cents = 77;
    ck_assert_int_eq(money_line(money("999,999,999.99"), LIMIT_LINE_TIMES, 1, 1, &line),
                     ERR_INVALID);
    ck_assert_int_eq(line.cents, 77);
}
END_TEST

/* An hour's six decimals become two on the line alone. */
START_TEST(lines_of_hours)
{
    static const struct {
        const char *price;
        int64_t hours;
        const char *line;
    } rows[] = {
        {"0.360000", 730, "262.80"}, {"0.300000", 730, "219.00"},
        {"0.400000", 730, "292.00"}, {"0.123456", 744, "91.85"}, /* 91.851264 */
        {"0.004999", 1, "0.00"},     {"0.005000", 1, "0.01"},
        {"0.000001", 5000, "0.01"},  {"0.000001", 4999, "0.00"},
        {"0.360000", 0, "0.00"},     {"999999999.999999", 1000000, "999999999999999.00"},
    };
    struct money line = {77};

    for (size_t i = 0; i < COUNT(rows); i++) {
        ck_assert_int_eq(hourly_line(hourly(rows[i].price), rows[i].hours, &line), OK);
        ck_assert_str_eq(money_plain(arena, line), rows[i].line);
    }
    line.cents = 77;
    ck_assert_int_eq(hourly_line(hourly("999999999.999999"), LIMIT_LINE_TIMES, &line), ERR_INVALID);
    ck_assert_int_eq(line.cents, 77);
}
END_TEST

Suite *
money_line_suite(void)
{
    Suite *suite = suite_create("money_line");
    TCase *law = tcase_create("law");

    tcase_add_checked_fixture(law, setup, teardown);
    tcase_add_test(law, lines_of_a_bill);
    tcase_add_test(law, lines_of_hours);
    suite_add_tcase(suite, law);
    return suite;
}

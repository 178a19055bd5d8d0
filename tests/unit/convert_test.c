/*
 * convert_test.c: dollars in other currencies (LAW 4.4, 8.1): half up, to the currency's decimals,
 * hours to four more. The figures are worked out by hand.
 */
#include "base/limits.h"
#include "base/money.h"

#include <check.h>

Suite *convert_suite(void);

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

static int64_t
conversion(const char *text)
{
    int64_t result = -1;

    ck_assert_msg(conversion_parse(text, &result) == OK, "conversion %s", text);
    return result;
}

struct converted {
    const char *dollars;
    const char *conversion;
    int decimals;
    const char *local;
};

START_TEST(money_in_other_currencies)
{
    static const struct converted rows[] = {
        {"1200.00", "1", 2, "1200.00"},
        {"1200.00", "1.3521", 2, "1622.52"},
        {"0.05", "1.3521", 2, "0.07"},     /* 0.067605 */
        {"0.01", "0.5", 2, "0.01"},        /* 0.005, half up */
        {"0.01", "0.49999999", 2, "0.00"}, /* 0.0049999999 */
        {"0.00", "149.5", 0, "0"},
        {"1200.00", "149.5", 0, "179400"},  /* no decimals */
        {"0.01", "149.5", 0, "1"},          /* 1.495 */
        {"0.01", "150", 0, "2"},            /* 1.5, half up */
        {"0.10", "149.5", 0, "15"},         /* 14.95 */
        {"1200.00", "0.309", 3, "370.800"}, /* three decimals */
        {"9.99", "0.3085", 3, "3.082"},     /* 3.081915 */
        {"9.99", "0.00000001", 2, "0.00"},
        {"999999999.99", "1000000", 3, "999999999990000.000"},
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        struct money dollars = {-1};
        struct local_price local = {-1, -1};

        ck_assert_int_eq(money_parse(rows[i].dollars, &dollars), OK);
        ck_assert_int_eq(
            money_convert(dollars, conversion(rows[i].conversion), rows[i].decimals, &local), OK);
        ck_assert_str_eq(local_plain(arena, local), rows[i].local);
    }
}
END_TEST

START_TEST(hours_have_four_decimals_more)
{
    static const struct converted rows[] = {
        {"0.400000", "1", 2, "0.400000"},
        {"0.400000", "1.3521", 2, "0.540840"},
        {"0.000001", "0.5", 2, "0.000001"}, /* 0.0000005, half up */
        {"0.000001", "0.49999999", 2, "0.000000"},
        {"0.400000", "149.5", 0, "59.8000"},
        {"0.000001", "149.5", 0, "0.0001"},  /* 0.0001495 */
        {"0.123457", "149.5", 0, "18.4568"}, /* 18.4568215 */
        {"0.400000", "0.309", 3, "0.1236000"},
        {"0.000001", "0.25", 3, "0.0000003"}, /* 0.00000025, half up */
        {"999999999.999999", "1", 2, "999999999.999999"},
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        struct hourly dollars = {-1};
        struct local_price local = {-1, -1};

        ck_assert_int_eq(hourly_parse(rows[i].dollars, &dollars), OK);
        ck_assert_int_eq(
            hourly_convert(dollars, conversion(rows[i].conversion), rows[i].decimals, &local), OK);
        ck_assert_str_eq(local_plain(arena, local), rows[i].local);
    }
}
END_TEST

START_TEST(what_does_not_fit_is_refused_and_changes_nothing)
{
    struct local_price local = {7, 2};
    struct local_price half = {INT64_MAX / 2 + 1, 2};

    /* 10^9 dollars an hour, a million of the currency each, 7 decimals: 10^22 */
    ck_assert_int_eq(
        hourly_convert((struct hourly){INT64_C(999999999999999)}, CONVERSION_MAX, 3, &local),
        ERR_INVALID);
    ck_assert_int_eq(money_convert((struct money){INT64_MAX}, 2 * CONVERSION_ONE, 2, &local),
                     ERR_INVALID);
    ck_assert_int_eq(local_times(half, 2, &local), ERR_INVALID);
    ck_assert_int_eq(local.units, 7);
    ck_assert_int_eq(money_convert((struct money){INT64_MAX}, CONVERSION_ONE, 2, &local), OK);
    ck_assert_int_eq(local.units, INT64_MAX);
}
END_TEST

/* The rounded price is what is multiplied (LAW 8.1): 0.07 x 3, not 0.067605 x 3 = 0.20. */
START_TEST(a_rounded_price_is_multiplied)
{
    struct local_price local = {-1, -1};

    ck_assert_int_eq(money_convert((struct money){5}, conversion("1.3521"), 2, &local), OK);
    ck_assert_int_eq(local_times(local, 3, &local), OK);
    ck_assert_str_eq(local_plain(arena, local), "0.21");
    ck_assert_int_eq(local_times(local, 0, &local), OK);
    ck_assert_str_eq(local_plain(arena, local), "0.00");
}
END_TEST

START_TEST(conversions_are_read_exactly)
{
    static const char *const refused[] = {"",    "0",   "0.000000001", "-1", "+1", "1,5",     "1e2",
                                          " 1",  "1 ",  "1000000.1",   ".5", "1.", "1.3521%", "$1",
                                          "0x1", "NaN", "1000000000"};
    int64_t result = 7;

    ck_assert_int_eq(conversion("1.3521"), INT64_C(135210000));
    ck_assert_int_eq(conversion("0.00000001"), 1);
    ck_assert_int_eq(conversion("1000000"), CONVERSION_MAX);
    ck_assert_int_eq(conversion("149.500000000"), INT64_C(14950000000)); /* a zero says nothing */
    ck_assert_str_eq(conversion_show(arena, conversion("83.1200")), "83.12");
    ck_assert_str_eq(conversion_show(arena, CONVERSION_ONE), "1");
    for (size_t i = 0; i < COUNT(refused); i++)
        ck_assert_msg(conversion_parse(refused[i], &result) == ERR_INVALID, "%s", refused[i]);
    ck_assert_int_eq(result, 7);
}
END_TEST

Suite *
convert_suite(void)
{
    Suite *suite = suite_create("convert");
    TCase *tests = tcase_create("convert");

    tcase_add_checked_fixture(tests, setup, teardown);
    tcase_add_test(tests, money_in_other_currencies);
    tcase_add_test(tests, hours_have_four_decimals_more);
    tcase_add_test(tests, what_does_not_fit_is_refused_and_changes_nothing);
    tcase_add_test(tests, a_rounded_price_is_multiplied);
    tcase_add_test(tests, conversions_are_read_exactly);
    suite_add_tcase(suite, tests);
    return suite;
}

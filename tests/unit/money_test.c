/*
 * money_test.c: LAW 8.1 to 8.4, every row of their tables, D-24, D-25 and D-30; what is read,
 * refused and shown. The figures come from the law.
 */
#include "base/limits.h"
#include "base/money.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>

Suite *money_suite(void);

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

static struct rate
rate(const char *text)
{
    struct rate result = {-1};

    ck_assert_msg(rate_parse(text, 8, &result) == OK, "rate %s", text);
    return result;
}

static const char *
marked_up(const char *partner, const char *adjustment)
{
    struct money result = {-1};

    ck_assert_int_eq(money_markup(money(partner), rate(adjustment), &result), OK);
    return money_plain(arena, result);
}

static const char *
discounted(const char *list, const char *discount)
{
    struct money result = {-1};

    ck_assert_int_eq(money_discount(money(list), rate(discount), &result), OK);
    return money_plain(arena, result);
}

/* ---- The law's tables --------------------------------------------------------------------- */

START_TEST(adjustments_of_8_2)
{
    static const struct {
        const char *partner, *adjustment, *customer;
    } rows[] = {
        {"100.00", "10", "110.00"},
        {"95.00", "10.52631579", "105.00"},
        {"950,000.00", "10.53", "1050035.00"},
        {"950,000.00", "10.52631579", "1050000.00"},
        {"10,000,000.00", "10.52631579", "11052631.58"},
        {"0.05", "30", "0.07"},
        {"1.15", "10", "1.27"},
        {"64.35", "10", "70.79"},
        {"3.00", "233.33333333", "10.00"},
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        ck_assert_str_eq(marked_up(rows[i].partner, rows[i].adjustment), rows[i].customer);
    }
}
END_TEST

START_TEST(cap_table_of_8_3)
{
    static const struct {
        const char *adjustment, *customer, *net;
    } rows[] = {
        {"0", "960.00", "20"},
        {"10", "1056.00", "12"},
        {"20", "1152.00", "4"},
        {"20.00000001", "1152.00", "3.99999999"}, /* refused elsewhere; still exact here */
        {"25", "1200.00", "0"},
        {"30", "1248.00", "-4"},
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        struct rate net = {-1};

        ck_assert_str_eq(discounted("1,200.00", "20"), "960.00");
        ck_assert_str_eq(marked_up("960.00", rows[i].adjustment), rows[i].customer);
        ck_assert_int_eq(rate_net_discount(rate("20"), rate(rows[i].adjustment), &net), OK);
        ck_assert_str_eq(rate_show(arena, net), rows[i].net);
    }
}
END_TEST

START_TEST(rounding_may_pass_the_list_price)
{
    ck_assert_str_eq(discounted("0.05", "10"), "0.05"); /* 0.045 */
    ck_assert_str_eq(marked_up("0.05", "10"), "0.06");  /* 0.055 */
}
END_TEST

START_TEST(worked_examples_of_8_4)
{
    struct hourly price = {-1};

    ck_assert_str_eq(marked_up("9,500.00", "15"), "10925.00");
    ck_assert_str_eq(marked_up("30,000.00", "15"), "34500.00");
    ck_assert_str_eq(marked_up("12.50", "8"), "13.50");
    ck_assert_str_eq(discounted("1.00", "20"), "0.80");
    ck_assert_str_eq(marked_up("0.80", "10"), "0.88");
    ck_assert_str_eq(marked_up("0.04", "10"), "0.04");

    ck_assert_int_eq(hourly_discount(hourly("0.400000"), rate("25"), &price), OK);
    ck_assert_str_eq(hourly_plain(arena, price), "0.300000");
    ck_assert_int_eq(hourly_markup(price, rate("20"), &price), OK);
    ck_assert_str_eq(hourly_plain(arena, price), "0.360000");

    ck_assert_str_eq(marked_up("5,000.00", "7.5"), "5375.00");
    ck_assert_str_eq(marked_up("450.00", "7.5"), "483.75");
    ck_assert_str_eq(discounted("200.00", "10"), "180.00");
    ck_assert_str_eq(marked_up("180.00", "10"), "198.00");
}
END_TEST

/* 1,080.00 = 931.20 + 120.00 + 28.80 and 260.00 = 194.00 + 60.00 + 6.00 (LAW 20). */
START_TEST(fees_of_section_20)
{
    struct money fee = {-1};

    ck_assert_int_eq(money_share(money("960.00"), rate("3"), &fee), OK);
    ck_assert_str_eq(money_plain(arena, fee), "28.80");
    ck_assert_int_eq(money_share(money("200.00"), rate("3"), &fee), OK);
    ck_assert_str_eq(money_plain(arena, fee), "6.00");
    ck_assert_int_eq(money_share(money("0.50"), rate("1"), &fee), OK);
    ck_assert_str_eq(money_plain(arena, fee), "0.01"); /* 0.005 */
    ck_assert_int_eq(money_share(money("0.49"), rate("1"), &fee), OK);
    ck_assert_str_eq(money_plain(arena, fee), "0.00");
    ck_assert_int_eq(money_share(money("1"), (struct rate){-1}, &fee), ERR_INVALID);
}
END_TEST

START_TEST(shown_percentages_of_d24)
{
    static const struct {
        int64_t e8;
        const char *full, *two;
    } rows[] = {
        {INT64_C(1052631579), "10.52631579", "10.53"},
        {INT64_C(1000000000), "10", "10.00"},
        {INT64_C(1050000000), "10.5", "10.50"},
        {INT64_C(399999999), "3.99999999", "4.00"},
        {INT64_C(12500000), "0.125", "0.13"},
        {INT64_C(12499999), "0.12499999", "0.12"},
        {1, "0.00000001", "0.00"},
        {0, "0", "0.00"},
        {-1, "-0.00000001", "0.00"},
        {INT64_C(-500000), "-0.005", "-0.01"},
        {INT64_C(-400000000), "-4", "-4.00"},
        {RATE_HUNDRED, "100", "100.00"},
        {INT64_MIN, "-92233720368.54775808", "-92233720368.55"},
        {INT64_MAX, "92233720368.54775807", "92233720368.55"},
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        struct rate shown = {rows[i].e8};

        ck_assert_str_eq(rate_show(arena, shown), rows[i].full);
        ck_assert_str_eq(rate_show2(arena, shown), rows[i].two);
    }
}
END_TEST

/* ---- Reading (LAW 8.2, D-25) -------------------------------------------------------------- */

START_TEST(money_accepted)
{
    static const struct {
        const char *text;
        int64_t cents;
    } rows[] = {
        {"0", 0},
        {"0.00", 0},
        {"0.01", 1},
        {"1240.5", 124050},
        {"1,240.50", 124050},
        {"$1,240.50", 124050},
        {"  $1,240.50\t", 124050},
        {"1.5000000000000000000000000", 150},
        {"12,345", 1234500},
        {"123,456", 12345600},
        {"999,999,999.99", LIMIT_MONEY_CENTS},
        {"999999999.99", LIMIT_MONEY_CENTS},
        {"007", 700},
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        ck_assert_int_eq(money(rows[i].text).cents, rows[i].cents);
    }
}
END_TEST

static const char *const refused_prices[] = {"",
                                             " ",
                                             "$",
                                             "-1",
                                             "+1",
                                             "-0",
                                             "1e3",
                                             "1E3",
                                             "1.",
                                             ".",
                                             ".5",
                                             "1.001",
                                             "1.000000001",
                                             "1..0",
                                             "1.0.0",
                                             "1,24.50",
                                             ",100",
                                             "1,",
                                             "1,2345",
                                             "1234,567",
                                             "1,234,56",
                                             "1,,234",
                                             "0,1234",
                                             "1.234,50",
                                             "1.2,3",
                                             "1000000000",
                                             "1,000,000,000",
                                             "0000000000",
                                             "1 000",
                                             "$$1",
                                             "$ 1",
                                             "1$",
                                             "1 USD",
                                             "0x10",
                                             "nan",
                                             "inf",
                                             "1\n",
                                             "1%",
                                             "\xc2\xa0"
                                             "1",
                                             "\xd9\xa1",
                                             "99999999999999999999999999999999",
                                             "(1)",
                                             "1_000",
                                             "- 1"};

START_TEST(prices_refused)
{
    struct money cents = {77};
    struct hourly micros = {77};
    bool six_decimals = strcmp(refused_prices[_i], "1.001") == 0;

    ck_assert_msg(money_parse(refused_prices[_i], &cents) == ERR_INVALID, "%s", refused_prices[_i]);
    ck_assert_int_eq(cents.cents, 77);
    if (six_decimals)
        return;
    ck_assert_msg(hourly_parse(refused_prices[_i], &micros) == ERR_INVALID, "%s",
                  refused_prices[_i]);
    ck_assert_int_eq(micros.micros, 77);
}
END_TEST

START_TEST(hourly_accepted)
{
    static const struct {
        const char *text;
        int64_t micros;
        const char *show, *plain;
    } rows[] = {
        {"0.4", 400000, "$0.400000", "0.400000"},
        {"0.000001", 1, "$0.000001", "0.000001"},
        {"$1,240.123456000", INT64_C(1240123456), "$1,240.123456", "1240.123456"},
        {"999999999.999999", INT64_C(999999999999999), "$999,999,999.999999", "999999999.999999"},
        {"0", 0, "$0.000000", "0.000000"},
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        ck_assert_int_eq(hourly(rows[i].text).micros, rows[i].micros);
        ck_assert_str_eq(hourly_show(arena, hourly(rows[i].text)), rows[i].show);
        ck_assert_str_eq(hourly_plain(arena, hourly(rows[i].text)), rows[i].plain);
    }
}
END_TEST

START_TEST(rates_accepted)
{
    static const struct {
        const char *text;
        int decimals;
        int64_t e8;
    } rows[] = {
        {"0", 8, 0},
        {"10", 0, 10 * RATE_ONE_PERCENT},
        {"10%", 8, 10 * RATE_ONE_PERCENT},
        {" 10 % ", 8, 10 * RATE_ONE_PERCENT},
        {"10.52631579", 8, INT64_C(1052631579)},
        {"10.5000000000", 8, INT64_C(1050000000)},
        {"10.5000000000", 1, INT64_C(1050000000)},
        {"10.00", 0, 10 * RATE_ONE_PERCENT},
        {"20.00000001", 8, INT64_C(2000000001)},
        {"12.25", 2, INT64_C(1225000000)},
        {"999999999.99999999", 8, INT64_C(99999999999999999)},
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        struct rate result = {-1};

        ck_assert_int_eq(rate_parse(rows[i].text, rows[i].decimals, &result), OK);
        ck_assert_int_eq(result.e8, rows[i].e8);
    }
}
END_TEST

START_TEST(rates_refused)
{
    static const struct {
        const char *text;
        int decimals;
    } rows[] = {
        {"", 8},
        {" ", 8},
        {"%", 8},
        {"-1", 8},
        {"+1", 8},
        {"1e1", 8},
        {"1,000", 8},
        {"10,5", 8},
        {"1.123456789", 8},
        {"1.000000001", 8},
        {"1.001", 2},
        {"1.5", 0},
        {"1.", 8},
        {".5", 8},
        {"1000000000", 8},
        {"10%%", 8},
        {"%10", 8},
        {"$10", 8},
        {"10 5", 8},
        {"10%5", 8},
        {"1.0000000000000001", 8},
        {"10\xe2\x80\xb0", 8},
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        struct rate result = {77};

        ck_assert_msg(rate_parse(rows[i].text, rows[i].decimals, &result) == ERR_INVALID, "%s",
                      rows[i].text);
        ck_assert_int_eq(result.e8, 77);
    }
}
END_TEST

/* ---- Showing ------------------------------------------------------------------------------ */

START_TEST(money_shown)
{
    static const struct {
        int64_t cents;
        const char *show, *plain;
    } rows[] = {
        {0, "$0.00", "0.00"},
        {5, "$0.05", "0.05"},
        {-300, "-$3.00", "-3.00"},
        {-5, "-$0.05", "-0.05"},
        {99999, "$999.99", "999.99"},
        {124050, "$1,240.50", "1240.50"},
        {12345678, "$123,456.78", "123456.78"},
        {100000000, "$1,000,000.00", "1000000.00"},
        {LIMIT_MONEY_CENTS, "$999,999,999.99", "999999999.99"},
        {INT64_MAX, "$92,233,720,368,547,758.07", "92233720368547758.07"},
        {INT64_MIN, "-$92,233,720,368,547,758.08", "-92233720368547758.08"},
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        struct money amount = {rows[i].cents};

        ck_assert_str_eq(money_show(arena, amount), rows[i].show);
        ck_assert_str_eq(money_plain(arena, amount), rows[i].plain);
    }
}
END_TEST

/* ---- Edges -------------------------------------------------------------------------------- */

START_TEST(edges_of_discount_and_markup)
{
    struct money result = {77};

    ck_assert_str_eq(discounted("12,000.00", "0"), "12000.00");
    ck_assert_str_eq(discounted("12,000.00", "100"), "0.00");
    ck_assert_str_eq(discounted("0.01", "50"), "0.01"); /* half up */
    ck_assert_str_eq(discounted("0.01", "50.01"), "0.00");
    ck_assert_str_eq(marked_up("0.00", "999999999"), "0.00");

    ck_assert_int_eq(money_discount(money("1"), (struct rate){RATE_HUNDRED + 1}, &result),
                     ERR_INVALID);
    ck_assert_int_eq(money_discount(money("1"), (struct rate){-1}, &result), ERR_INVALID);
    ck_assert_int_eq(money_markup(money("1"), (struct rate){-1}, &result), ERR_INVALID);
    ck_assert_int_eq(result.cents, 77);
}
END_TEST

START_TEST(overflow_is_refused)
{
    struct money result = {77};
    struct hourly price = {77};
    struct rate net = {77};
    struct money most = {INT64_MAX};
    struct rate huge = rate("999999999.99999999");

    /* The largest that can be typed is still within reach: (10^9 - 0.01) x (10^7 + 0.99)
     * = 10^16 + 0.99 x 10^9 - 10^5 - 0.0099. */
    ck_assert_str_eq(marked_up("999999999.99", "999999999"), "10000000989899999.99");

    ck_assert_int_eq(money_markup(most, (struct rate){0}, &result), OK);
    ck_assert_int_eq(result.cents, INT64_MAX);
    result.cents = 77;
    ck_assert_int_eq(money_markup(most, (struct rate){1}, &result), ERR_INVALID);
    ck_assert_int_eq(money_markup(most, (struct rate){INT64_MAX}, &result), ERR_INVALID);
    ck_assert_int_eq(money_share(most, huge, &result), ERR_INVALID);
    ck_assert_int_eq(result.cents, 77);

    ck_assert_int_eq(hourly_markup(hourly("999999999.999999"), huge, &price), ERR_INVALID);
    ck_assert_int_eq(price.micros, 77);

    ck_assert_int_eq(rate_net_discount((struct rate){0}, (struct rate){INT64_MAX}, &net), OK);
    ck_assert_int_eq(net.e8, -INT64_MAX);
    net.e8 = 77;
    ck_assert_int_eq(rate_saving(1, INT64_MAX, &net), ERR_INVALID);
    ck_assert_int_eq(rate_saving(0, 0, &net), ERR_INVALID);
    ck_assert_int_eq(rate_net_discount((struct rate){-1}, (struct rate){0}, &net), ERR_INVALID);
    ck_assert_int_eq(rate_net_discount((struct rate){RATE_HUNDRED + 1}, (struct rate){0}, &net),
                     ERR_INVALID);
    ck_assert_int_eq(rate_net_discount((struct rate){0}, (struct rate){-1}, &net), ERR_INVALID);
    ck_assert_int_eq(net.e8, 77);
}
END_TEST

START_TEST(savings)
{
    static const struct {
        int64_t list, price;
        const char *saving;
    } rows[] = {
        {120000, 108000, "10"},
        {25000, 26000, "-4"},
        {30000, 20000, "33.33333333"},
        {30000, 10000, "66.66666667"},
        {30000, 50000, "-66.66666667"}, /* half away from zero, on both sides */
        {100, 0, "100"},
        {100, 100, "0"},
        {INT64_MAX, 0, "100"},
        {INT64_MAX, INT64_MAX, "0"},
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        struct rate saving = {-1};

        ck_assert_int_eq(rate_saving(rows[i].list, rows[i].price, &saving), OK);
        ck_assert_str_eq(rate_show(arena, saving), rows[i].saving);
    }
}
END_TEST

START_TEST(net_discount_rounds_its_ninth_decimal)
{
    struct rate net = {-1};

    /* 1 - 0.5 x 1.00000000 01 = 49.999999995 %, half up. */
    ck_assert_int_eq(rate_net_discount(rate("50"), rate("0.00000001"), &net), OK);
    ck_assert_str_eq(rate_show(arena, net), "50");
    /* The seed's pair: 5 % off, then 10.52631579 % on top: -5.00000000 05 %. */
    ck_assert_int_eq(rate_net_discount(rate("5"), rate("10.52631579"), &net), OK);
    ck_assert_str_eq(rate_show(arena, net), "-5");
    /* Section 20, row 1: 20 % off, 12.5 % on top. */
    ck_assert_int_eq(rate_net_discount(rate("20"), rate("12.5"), &net), OK);
    ck_assert_str_eq(rate_show2(arena, net), "10.00");
}
END_TEST

Suite *
money_suite(void)
{
    Suite *suite = suite_create("money");
    TCase *law = tcase_create("law");
    TCase *text = tcase_create("text");

    tcase_add_checked_fixture(law, setup, teardown);
    tcase_add_test(law, adjustments_of_8_2);
    tcase_add_test(law, cap_table_of_8_3);
    tcase_add_test(law, rounding_may_pass_the_list_price);
    tcase_add_test(law, worked_examples_of_8_4);
    tcase_add_test(law, fees_of_section_20);
    tcase_add_test(law, shown_percentages_of_d24);
    tcase_add_test(law, edges_of_discount_and_markup);
    tcase_add_test(law, overflow_is_refused);
    tcase_add_test(law, savings);
    tcase_add_test(law, net_discount_rounds_its_ninth_decimal);
    suite_add_tcase(suite, law);

    tcase_add_checked_fixture(text, setup, teardown);
    tcase_add_test(text, money_accepted);
    tcase_add_loop_test(text, prices_refused, 0, (int)COUNT(refused_prices));
    tcase_add_test(text, hourly_accepted);
    tcase_add_test(text, rates_accepted);
    tcase_add_test(text, rates_refused);
    tcase_add_test(text, money_shown);
    suite_add_tcase(suite, text);
    return suite;
}

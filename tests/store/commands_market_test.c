/*
 * commands_market_test.c: `tripact market` and `tripact markets`, and what the table keeps (LAW
 * 4.4).
 */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/config.h"
#include "base/limits.h"
#include "base/text.h"
#include "main.h"
#include "store/markets.h"
#include "support/temp_store.h"

static struct temp_store temp;
static const struct config *config;

static void
setup(void)
{
    const char *overrides[1];
    const char *complaint = NULL;

    temp_store_open(&temp, NULL);
    overrides[0] = arena_format(temp.arena, "--database=%s", temp.path);
    ck_assert_int_eq(config_load(temp.arena, NULL, 1, overrides, &config, &complaint), OK);
}

static void
teardown(void)
{
    temp_store_close(&temp);
}

/* The command with these words; a NULL ends them. */
static int
market(const char *const words[])
{
    char *copies[8];
    int count = 0;

    for (; words[count] != NULL; count++)
        copies[count] = arena_text(temp.arena, words[count]);
    return command_market(config, count, copies);
}
#define MARKET(...) market((const char *const[]){__VA_ARGS__, NULL})

/* Keeps: what `tripact markets` prints. */
static const char *
printed(void)
{
    char text[2048] = "";
    FILE *file = tmpfile();
    int before = dup(STDOUT_FILENO);

    ck_assert_ptr_nonnull(file);
    fflush(stdout);
    ck_assert_int_ge(dup2(fileno(file), STDOUT_FILENO), 0);
    ck_assert_int_eq(command_markets(config, 0, NULL), EXIT_SUCCESS);
    fflush(stdout);
    ck_assert_int_ge(dup2(before, STDOUT_FILENO), 0);
    close(before);
    rewind(file);
    ck_assert_uint_lt(fread(text, 1, sizeof text - 1, file), sizeof text - 1);
    fclose(file);
    return arena_text(temp.arena, text);
}

START_TEST(a_market_is_added_and_gets_another_rate)
{
    ck_assert_str_eq(printed(), "US  United States, USD with 2 decimals\n");
    ck_assert_int_eq(MARKET("CA", "Canada", "CAD", "2", "1.3521", "2023-10-01"), EXIT_SUCCESS);
    ck_assert_int_eq(MARKET("JP", "Japan", "JPY", "0", "149.36", "2023-10-01"), EXIT_SUCCESS);
    ck_assert_int_eq(MARKET("CA", "Canada", "CAD", "2", "1.36", "2023-10-15"), EXIT_SUCCESS);
    ck_assert_int_eq(MARKET("EC", "Ecuador", "USD", "2", "1", "2023-10-15"), EXIT_SUCCESS);
    ck_assert_str_eq(printed(), "CA  Canada, CAD with 2 decimals, 1.36 to the US dollar on "
                                "2023-10-15\n"
                                "EC  Ecuador, USD with 2 decimals, 1 to the US dollar on "
                                "2023-10-15\n"
                                "JP  Japan, JPY with 0 decimals, 149.36 to the US dollar on "
                                "2023-10-01\n"
                                "US  United States, USD with 2 decimals\n");
}
END_TEST

START_TEST(what_is_no_market_is_refused)
{
    static const char *const refused[][7] = {
        {"US", "United States", "USD", "2", "1", "2023-10-01"},
        {"ca", "Canada", "CAD", "2", "1.3521", "2023-10-01"},
        {"CAN", "Canada", "CAD", "2", "1.3521", "2023-10-01"},
        {"CA", "", "CAD", "2", "1.3521", "2023-10-01"},
        {"CA", "Can\nada", "CAD", "2", "1.3521", "2023-10-01"},
        {"CA", "Can\xff", "CAD", "2", "1.3521", "2023-10-01"},
        {"CA", "Canada", "CA", "2", "1.3521", "2023-10-01"},
        {"CA", "Canada", "cad", "2", "1.3521", "2023-10-01"},
        {"CA", "Canada", "CAD", "4", "1.3521", "2023-10-01"},
        {"CA", "Canada", "CAD", "-1", "1.3521", "2023-10-01"},
        {"CA", "Canada", "CAD", "2", "0", "2023-10-01"},
        {"CA", "Canada", "CAD", "2", "1.352100001", "2023-10-01"},
        {"CA", "Canada", "CAD", "2", "1000001", "2023-10-01"},
        {"CA", "Canada", "CAD", "2", "1.3521", "2023-02-29"},
        {"CA", "Canada", "CAD", "2", "1.3521", ""},
        {"CA", "Canada", "USD", "2", "1.3521", "2023-10-01"},
        {"CA", "Canada", "USD", "3", "1", "2023-10-01"},
        {"CA", "Canada", "CAD", "2", "1.3521"},
    };

    for (size_t i = 0; i < COUNT(refused); i++)
        ck_assert_int_eq(market(refused[i]), EXIT_WRONG_USE);
    ck_assert_str_eq(printed(), "US  United States, USD with 2 decimals\n");
}
END_TEST

START_TEST(a_name_has_its_limit)
{
    char name[LIMIT_MARKET_NAME + 2];

    memset(name, 'n', sizeof name);
    name[LIMIT_MARKET_NAME + 1] = '\0';
    ck_assert_int_eq(MARKET("CA", name, "CAD", "2", "1.3521", "2023-10-01"), EXIT_WRONG_USE);
    name[LIMIT_MARKET_NAME] = '\0';
    ck_assert_int_eq(MARKET("CA", name, "CAD", "2", "1.3521", "2023-10-01"), EXIT_SUCCESS);
}
END_TEST

/* LIMIT_MARKETS with the United States; the last of them may still get another rate. */
START_TEST(there_are_so_many_markets)
{
    char code[] = "AA";

    for (int i = 1; i < LIMIT_MARKETS; i++) {
        code[0] = (char)('A' + i / 26);
        code[1] = (char)('A' + i % 26);
        ck_assert_int_eq(MARKET(code, "Market", "EUR", "2", "0.9", "2023-10-01"), EXIT_SUCCESS);
    }
    ck_assert_int_eq(MARKET("ZZ", "Market", "EUR", "2", "0.9", "2023-10-01"), EXIT_WRONG_USE);
    ck_assert_int_eq(MARKET(code, "Market", "EUR", "2", "0.8", "2023-10-01"), EXIT_SUCCESS);
}
END_TEST

START_TEST(markets_are_read_back)
{
    struct markets *markets = arena_new(temp.arena, struct markets);
    const struct market *canada;

    ck_assert_int_eq(MARKET("CA", "Canada", "CAD", "2", "1.3521", "2023-10-01"), EXIT_SUCCESS);
    ck_assert_int_eq(read_begin(temp.reader), OK);
    ck_assert_int_eq(markets_load(temp.reader, temp.arena, markets), OK);
    read_end(temp.reader);
    ck_assert_uint_eq(markets->count, 2);
    canada = market_find(markets, "CA");
    ck_assert_ptr_nonnull(canada);
    ck_assert_int_eq(canada->rate_e8, INT64_C(135210000));
    ck_assert_int_eq(canada->digits, 2);
    ck_assert_int_eq(canada->rated_on.number, day_make(2023, 10, 1).number);
    ck_assert_int_eq(market_find(markets, MARKET_US)->rate_e8, CONVERSION_ONE);
    ck_assert(day_is_none(market_find(markets, MARKET_US)->rated_on));
    ck_assert_ptr_null(market_find(markets, "ZZ"));
}
END_TEST

Suite *commands_market_suite(void);

Suite *
commands_market_suite(void)
{
    Suite *suite = suite_create("commands_market");
    TCase *tests = tcase_create("commands_market");

    tcase_add_checked_fixture(tests, setup, teardown);
    tcase_add_test(tests, a_market_is_added_and_gets_another_rate);
    tcase_add_test(tests, what_is_no_market_is_refused);
    tcase_add_test(tests, a_name_has_its_limit);
    tcase_add_test(tests, there_are_so_many_markets);
    tcase_add_test(tests, markets_are_read_back);
    suite_add_tcase(suite, tests);
    return suite;
}

/*
 * catalogue_notice_test.c: LAW 3.2: from when another list price counts, and what a meter's price
 * may be typed as; what a product says of itself.
 */
#include <check.h>

#include "core/catalogue_check.h"

Suite *catalogue_notice_suite(void);

static int
ymd(struct day day)
{
    return day_year(day) * 10000 + day_month(day) * 100 + day_dom(day);
}

static struct day
of_ymd(int number)
{
    return day_make(number / 10000, number / 100 % 100, number % 100);
}

/* Counted on a calendar by hand. */
static const struct {
    int today, lower, higher;
} days[] = {
    {20231016, 20231101, 20240201}, /* + 90 = 14 Jan */
    {20231001, 20231101, 20240101}, /* + 90 = 30 Dec */
    {20231003, 20231101, 20240101}, /* + 90 = 1 Jan: exactly 90 days away */
    {20231004, 20231101, 20240201}, /* one short of it */
    {20231031, 20231101, 20240201}, {20231101, 20231201, 20240201}, /* + 90 = 30 Jan */
    {20231203, 20240101, 20240401}, /* + 90 = 2 Mar over the 29 Feb */
    {20231202, 20240101, 20240301}, /* + 90 = 1 Mar over the 29 Feb */
    {20221201, 20230101, 20230301}, /* + 90 = 1 Mar without one */
    {20221202, 20230101, 20230401}, {20240131, 20240201, 20240501}, /* + 90 = 30 Apr */
    {20240229, 20240301, 20240601},                                 /* + 90 = 29 May */
    {20241231, 20250101, 20250401},                                 /* + 90 = 31 Mar */
};

START_TEST(from_when_a_price_counts)
{
    for (size_t i = 0; i < COUNT(days); i++) {
        struct day today = of_ymd(days[i].today);
        struct day from = DAY_NONE;
        struct amount ten = amount_of(POINT_TERM, 1000);

        ck_assert_int_eq(ymd(price_lower_from(today)), days[i].lower);
        ck_assert_int_eq(ymd(price_higher_from(today)), days[i].higher);
        ck_assert_int_eq(price_move(true, ten, amount_of(POINT_TERM, 999), today, &from),
                         PRICE_CHANGES);
        ck_assert_int_eq(ymd(from), days[i].lower);
        ck_assert_int_eq(price_move(true, ten, amount_of(POINT_TERM, 1001), today, &from),
                         PRICE_CHANGES);
        ck_assert_int_eq(ymd(from), days[i].higher);
    }
}
END_TEST

START_TEST(no_notice_for_what_nobody_saw)
{
    struct amount ten = amount_of(POINT_HOUR, 1000);
    struct day from = DAY_NONE;

    ck_assert_int_eq(price_move(true, ten, ten, of_ymd(20231016), &from), PRICE_STAYS);
    ck_assert_int_eq(price_move(false, ten, ten, of_ymd(20231016), &from), PRICE_STAYS);
    ck_assert_int_eq(price_move(false, ten, amount_of(POINT_HOUR, 1001), of_ymd(20231016), &from),
                     PRICE_NOW);
    ck_assert(day_is_none(from));
}
END_TEST

START_TEST(a_plan_that_was_public_once_needs_notice)
{
    struct plan plan = {.published = false};

    ck_assert(!plan_needs_notice(&plan));
    plan.was_published = true;
    ck_assert(plan_needs_notice(&plan));
    plan.was_published = false;
    plan.published = true;
    ck_assert(plan_needs_notice(&plan));
}
END_TEST

START_TEST(meter_prices_below_a_cent_are_nothing)
{
    static const struct {
        const char *typed;
        int64_t cents; /* -1: refused */
    } rows[] = {
        {"0", 0},        {"0.01", 1},
        {"0.004", 0},    {"0.009999", 0},
        {"0.000001", 0}, {"0.0000001", -1},
        {"0.011", -1},   {"1.005", -1},
        {"1.50", 150},   {"1,000.00", 100000},
        {"-0.004", -1},  {"", -1},
        {"0.0090", 0},   {"999999999.99", 99999999999},
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        struct money price = {-1};
        enum err outcome = meter_price_parse(rows[i].typed, &price);

        ck_assert_msg((outcome == OK) == (rows[i].cents >= 0), "%s", rows[i].typed);
        ck_assert_int_eq(price.cents, rows[i].cents);
    }
}
END_TEST

START_TEST(a_product)
{
    struct arena *arena = arena_open(LIMIT_ARENA_BYTES);
    struct problems *problems = problems_new(arena);
    const char *longest = arena_format(arena, "%0200d", 0);
    struct product product = {.id = "suite", .name = longest};

    product_check(&product, problems);
    ck_assert_uint_eq(problems->count, 0);
    product.id = "Suite";
    product.name = arena_format(arena, "%0201d", 0);
    product_check(&product, problems);
    ck_assert_uint_eq(problems->count, 2);
    ck_assert_ptr_nonnull(problem_at(problems, "id"));
    ck_assert_ptr_nonnull(problem_at(problems, "name"));
    problems->count = 0;
    product = (struct product){.id = "import", .name = "An address of the pages"};
    product_check(&product, problems);
    ck_assert_ptr_nonnull(problem_at(problems, "id"));
    arena_close(arena);
}
END_TEST

Suite *
catalogue_notice_suite(void)
{
    Suite *suite = suite_create("catalogue_notice");
    TCase *cases = tcase_create("catalogue_notice");

    tcase_add_test(cases, from_when_a_price_counts);
    tcase_add_test(cases, no_notice_for_what_nobody_saw);
    tcase_add_test(cases, a_plan_that_was_public_once_needs_notice);
    tcase_add_test(cases, meter_prices_below_a_cent_are_nothing);
    tcase_add_test(cases, a_product);
    suite_add_tcase(suite, cases);
    return suite;
}

/*
 * catalogue_kept_test.c: LAW 3.2: what a plan needs to be published, and what stays once it was.
 */
#include <check.h>
#include <string.h>

#include "catalogue_fixture.h"

Suite *catalogue_kept_suite(void);

START_TEST(what_a_plan_needs_to_be_published)
{
    static const char *const wanted[MODEL_COUNT] = {
        [MODEL_FLAT_RATE] = "prices", [MODEL_PER_USER] = "prices",  [MODEL_VM_FREE] = "",
        [MODEL_VM_BYOL] = "",         [MODEL_VM_FLAT] = "hour",     [MODEL_VM_CORE] = "hour",
        [MODEL_VM_SIZE] = "prices",   [MODEL_VM_MARKET] = "prices", [MODEL_APP] = "month"};

    for (int model = 0; model < MODEL_COUNT; model++) {
        plan_of((enum pricing_model)model);
        plan.point_count = 0;
        ck_assert_str_eq(lacks(), wanted[model]);
        ck_assert_str_eq(places(), ""); /* but it can be kept so */
    }
    plan_of(MODEL_FLAT_RATE);
    plan.point_count = 0;
    point_add(POINT_METER, 0, 0, 0, "US", "gb");
    ck_assert_str_eq(lacks(), "prices"); /* a meter alone is no subscription */
    plan_of(MODEL_VM_MARKET);
    plan.markets = "CA US";
    point_add(POINT_HOUR, 0, 0, 8, "CA", NULL);
    ck_assert_str_eq(lacks(), "hour-4-CA hour-8");
    point_add(POINT_HOUR, 0, 0, 8, "US", NULL);
    point_add(POINT_HOUR, 0, 0, 4, "CA", NULL);
    ck_assert_str_eq(lacks(), "");
}
END_TEST

START_TEST(what_was_published_stays)
{
    struct price_point old[POINTS];

    point_add(POINT_TERM, 12, 1, 0, "US", NULL);
    point_add(POINT_METER, 0, 0, 0, "US", "gb");
    memcpy(old, points, sizeof old);
    stored = plan;
    stored.points = old;
    stored.was_published = true;
    facts.stored = &stored;
    ck_assert_str_eq(places(), "");
    points[0].list = amount_of(POINT_TERM, 1); /* another price is told in time instead */
    points[1].payment_months = 0;
    ck_assert_str_eq(places(), "term-12");
    plan.point_count = 0;
    ck_assert_str_eq(places(), "term-1 term-12 meter-gb");
    stored.published = true; /* and stays complete */
    ck_assert_str_eq(places(), "term-1 term-12 meter-gb prices");
    stored.published = false;
    stored.was_published = false;
    ck_assert_str_eq(places(), "");
    plan_of(MODEL_PER_USER);
    stored.was_published = true;
    stored.point_count = 0;
    facts.stored = &stored;
    ck_assert_str_eq(places(), "model");
}
END_TEST

START_TEST(a_published_saving_and_market_stay)
{
    struct price_point old[2];

    plan_of(MODEL_VM_FLAT);
    plan.reservations[RESERVATION_1_YEAR] = (struct reservation_term){true, {3000000000}};
    stored = plan;
    stored.was_published = true;
    facts.stored = &stored;
    plan.reservations[RESERVATION_3_YEARS] = (struct reservation_term){true, {5000000000}};
    ck_assert_str_eq(places(), ""); /* a further one */
    plan.reservations[RESERVATION_1_YEAR].saving.e8 = 2900000000;
    ck_assert_str_eq(places(), "saving-12");
    plan.reservations[RESERVATION_1_YEAR].sold = false;
    ck_assert_str_eq(places(), "saving-12");
    plan_of(MODEL_VM_MARKET);
    plan.markets = "CA US";
    point_add(POINT_HOUR, 0, 0, 4, "CA", NULL);
    memcpy(old, points, sizeof old);
    stored = plan;
    stored.points = old;
    stored.was_published = true;
    facts.stored = &stored;
    plan.markets = "US";
    plan.point_count = 1;
    ck_assert_str_eq(places(), "markets");
}
END_TEST

Suite *
catalogue_kept_suite(void)
{
    Suite *suite = suite_create("catalogue_kept");
    TCase *cases = tcase_create("catalogue_kept");

    tcase_add_checked_fixture(cases, setup, teardown);
    tcase_add_test(cases, what_a_plan_needs_to_be_published);
    tcase_add_test(cases, what_was_published_stays);
    tcase_add_test(cases, a_published_saving_and_market_stay);
    suite_add_tcase(suite, cases);
    return suite;
}

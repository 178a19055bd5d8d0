/*
 * row_prices_test.c: the worked examples of LAW 8.4, a row each, and the list prices and totals of
 * reservations (LAW 3.2, D-22). Every figure is the law's own or worked out by hand from it.
 */
#include "make_rows.h"

#include <check.h>

Suite *row_prices_suite(void);

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

static const struct row_price *
price_of(const struct offer_row *row, const char *key)
{
    const struct row_price *price = row_price(row, key);

    ck_assert_msg(price != NULL, "no price %s", key);
    return price;
}

static void
assert_customer(const struct offer_row *row, const char *key, const char *customer)
{
    const struct row_price *price = price_of(row, key);

    ck_assert(price->has_customer);
    ck_assert_str_eq(amount_show(arena, price->customer), customer);
}

static struct row_totals
totals_of(const struct offer_row *row)
{
    struct row_totals totals;

    ck_assert_int_eq(row_totals(row, &totals), OK);
    return totals;
}

START_TEST(a_flat_rate_paid_once)
{
    struct offer *offer = make_empty(arena, OFFER_EXISTING_PLANS);
    struct offer_row *row = make_row(offer, arena, make_pro(arena));

    make_own(row, "term-12", make_amount("9,500.00"));
    make_own(row, "meter-emails", make_amount("0.00"));
    make_adjusted(offer, "15");
    assert_customer(row, "term-12", "$10,925.00");
    assert_customer(row, "meter-emails", "$0.00");
}
END_TEST

START_TEST(three_annual_payments)
{
    struct offer *offer = make_empty(arena, OFFER_NEW_PLANS);
    struct offer_row *row = make_orchid(offer, arena);
    const struct row_price *price;

    make_adjusted(offer, "15");
    price = price_of(row, "term-36");
    ck_assert_str_eq(amount_show(arena, price->partner), "$30,000.00");
    ck_assert_str_eq(amount_show(arena, price->customer), "$34,500.00");
    ck_assert_int_eq(point_payments(price->point), 3);
    ck_assert_int_eq(price->customer.money.cents * point_payments(price->point), 10350000);
    ck_assert_int_eq(price->partner.money.cents * point_payments(price->point), 9000000);
}
END_TEST

START_TEST(a_price_for_each_user)
{
    static const int monthly[LIMIT_TERMS] = {0, TERM_NOT_SOLD, TERM_NOT_SOLD, TERM_NOT_SOLD};
    struct offer *offer = make_empty(arena, OFFER_NEW_PLANS);
    struct offer_row *row = make_new_plan(offer, arena, make_team(arena));

    row_attach_terms(arena, row, row->plan, monthly);
    make_own(row, "user-1", make_amount("12.50"));
    make_adjusted(offer, "8");
    assert_customer(row, "user-1", "$13.50");
    ck_assert_int_eq(price_of(row, "user-1")->customer.money.cents * 40, 54000);
}
END_TEST

/* List 1.00, 20 % off, 10 % on: 0.88; 25 units cost 22.00. A price of 0.04 keeps its 10 %. */
START_TEST(a_metered_flat_rate)
{
    struct offer *offer = make_empty(arena, OFFER_EXISTING_PLANS);
    struct offer_row *row = make_row(offer, arena, make_max(arena));
    const struct row_price *price;

    row->has_discount = true;
    row->discount = make_rate("20");
    make_adjusted(offer, "10");
    price = price_of(row, "meter-emails");
    ck_assert_str_eq(amount_show(arena, price->partner), "$0.80");
    ck_assert_str_eq(amount_show(arena, price->customer), "$0.88");
    ck_assert_int_eq(price->customer.money.cents * 25, 2200);
    assert_customer(row, "meter-calls", "$0.04"); /* 0.05 less 20 % is 0.04; 0.044 is 0.04 */
    ck_assert_int_eq(price_warning(row, price_of(row, "meter-calls")), PRICE_MARKUP_VANISHED);
    ck_assert_int_eq(price_warning(row, price), PRICE_FINE);
}
END_TEST

START_TEST(an_hour_of_a_virtual_machine)
{
    struct offer *offer = make_empty(arena, OFFER_EXISTING_PLANS);
    struct offer_row *row = make_row(offer, arena, make_flow(arena));
    const struct row_price *price;

    row->has_discount = true;
    row->discount = make_rate("25");
    make_adjusted(offer, "20");
    price = price_of(row, "hour");
    ck_assert_str_eq(amount_show(arena, price->list), "$0.400000");
    ck_assert_str_eq(amount_show(arena, price->partner), "$0.300000");
    ck_assert_str_eq(amount_show(arena, price->customer), "$0.360000");
    ck_assert_int_eq(price->customer.hourly.micros * 730, 262800000);
}
END_TEST

START_TEST(a_managed_application)
{
    struct offer *offer = make_empty(arena, OFFER_EXISTING_PLANS);
    struct plan *plan = make_ops(arena);
    struct offer_row *row;

    plan->points[0].list = make_amount("200.00");
    row = make_row(offer, arena, plan);
    row->has_discount = true;
    row->discount = make_rate("10");
    make_adjusted(offer, "10");
    ck_assert_str_eq(amount_show(arena, price_of(row, "month")->partner), "$180.00");
    assert_customer(row, "month", "$198.00");
}
END_TEST

/* Everything that is sold as reservations in LAW 8.4, and the subtotals that stand there. */
static const struct {
    int duration;
    int payment;
    int64_t quantity;
    const char *unit;
    const char *subtotal;
    const char *customer_unit; /* at 7.5 % */
    const char *customer_subtotal;
} reserved[] = {
    {12, 0, 4, "5,000.00", "$20,000.00", "$5,375.00", "$21,500.00"},
    {12, 1, 4, "450.00", "$21,600.00", "$483.75", "$23,220.00"},
    {36, 1, 10, "120.00", "$43,200.00", "$129.00", "$46,440.00"},
    {36, 0, 1, "0.00", "$0.00", "$0.00", "$0.00"},
};

START_TEST(reservations)
{
    struct offer *offer = make_empty(arena, OFFER_RESERVATIONS);
    struct offer_row *row = make_reservation(offer, arena, make_cores(arena), reserved[_i].duration,
                                             reserved[_i].payment);
    const struct row_price *price;
    struct row_totals totals;
    struct money subtotal;

    make_line(arena, row, 4, reserved[_i].quantity, reserved[_i].unit);
    make_adjusted(offer, "7.5");
    price = price_of(row, "reserve-4");
    ck_assert_int_eq(price_subtotal(price, price->partner.money, &subtotal), OK);
    ck_assert_str_eq(money_show(arena, subtotal), reserved[_i].subtotal);
    ck_assert_str_eq(amount_show(arena, price->customer), reserved[_i].customer_unit);
    totals = totals_of(row);
    ck_assert(totals.has_partner && totals.has_customer && totals.has_list);
    ck_assert_str_eq(money_show(arena, totals.partner), reserved[_i].subtotal);
    ck_assert_str_eq(money_show(arena, totals.customer), reserved[_i].customer_subtotal);
}
END_TEST

START_TEST(totals_add_up_lines_and_rows)
{
    struct offer *offer = make_empty(arena, OFFER_RESERVATIONS);
    struct offer_row *row = make_reservation(offer, arena, make_cores(arena), 12, 0);
    struct row_totals totals;

    make_line(arena, row, 2, 4, "5,000.00");
    make_line(arena, row, 8, 1, "0.05");
    row = make_reservation(offer, arena, make_plain(arena), 12, 1);
    make_line(arena, row, 0, 4, "450.00");
    make_adjusted(offer, "7.5");
    /* 0.05 x 1.075 is 0.05375, so 0.05 */
    ck_assert_str_eq(money_show(arena, totals_of(&offer->rows[0]).partner), "$20,000.05");
    ck_assert_str_eq(money_show(arena, totals_of(&offer->rows[0]).customer), "$21,500.05");
    ck_assert_int_eq(offer_totals(offer, &totals), OK);
    ck_assert_str_eq(money_show(arena, totals.partner), "$41,600.05");
    ck_assert_str_eq(money_show(arena, totals.customer), "$44,720.05");
}
END_TEST

/* LAW 12.1: the fee is taken from each payment and rounded there. 1,800.00 a month: 54.00, twelve
 * times 648.00. 0.50 a month: 0.015, so 0.02, twelve times 0.24, where 3 % of all 6.00 is 0.18. */
START_TEST(the_fee_is_taken_from_each_payment)
{
    const struct rate fee = {3 * RATE_ONE_PERCENT};
    struct offer *offer = make_empty(arena, OFFER_RESERVATIONS);
    struct offer_row *row = make_reservation(offer, arena, make_plain(arena), 12, 1);
    struct money sum;

    make_line(arena, row, 0, 4, "450.00");
    row = make_reservation(offer, arena, make_cores(arena), 12, 0);
    make_line(arena, row, 2, 4, "5,000.00");
    make_line(arena, row, 8, 1, "0.05");
    row = make_reservation(offer, arena, make_cores(arena), 12, 1);
    make_line(arena, row, 2, 1, "0.50");
    make_adjusted(offer, "7.5");
    ck_assert_int_eq(row_fee(&offer->rows[0], fee, &sum), OK);
    ck_assert_str_eq(money_show(arena, sum), "$648.00");
    ck_assert_int_eq(row_fee(&offer->rows[1], fee, &sum), OK);
    ck_assert_str_eq(money_show(arena, sum), "$600.00");
    ck_assert_int_eq(row_fee(&offer->rows[2], fee, &sum), OK);
    ck_assert_str_eq(money_show(arena, sum), "$0.24");
    ck_assert_int_eq(offer_fee(offer, fee, &sum), OK);
    ck_assert_str_eq(money_show(arena, sum), "$1,248.24");
}
END_TEST

START_TEST(a_total_is_known_when_all_its_parts_are)
{
    struct offer *offer = make_empty(arena, OFFER_RESERVATIONS);
    struct offer_row *row = make_reservation(offer, arena, make_cores(arena), 12, 0);
    struct row_totals totals;
    int too_large = 0;

    totals = totals_of(row);
    ck_assert(!totals.has_list && !totals.has_partner && !totals.has_customer);
    make_line(arena, row, 2, 4, "5,000.00");
    make_line(arena, row, 8, 0, "0.05");
    ck_assert_int_eq(price_offer(offer, &too_large), OK);
    ck_assert(!row_priced(row)); /* a quantity is missing */
    totals = totals_of(row);
    ck_assert(!totals.has_list && !totals.has_partner);
    row->prices[1].quantity = 1;
    ck_assert(row_priced(row));
    totals = totals_of(row);
    ck_assert(totals.has_list && totals.has_partner && !totals.has_customer);
    row->prices[1].has_own = false;
    ck_assert_int_eq(price_offer(offer, &too_large), OK);
    ck_assert(!totals_of(row).has_partner && totals_of(row).has_list);
}
END_TEST

/* A line of the largest figures there are fits: 1e11 cents x 1e6 x 36 is 3.6e18. Three do not. */
START_TEST(totals_that_do_not_fit)
{
    struct offer *offer = make_empty(arena, OFFER_RESERVATIONS);
    struct offer_row *row = make_reservation(offer, arena, make_cores(arena), 36, 1);
    struct row_totals totals;
    int too_large = 0;

    make_line(arena, row, 1, LIMIT_QUANTITY, "999,999,999.99");
    make_line(arena, row, 2, LIMIT_QUANTITY, "999,999,999.99");
    ck_assert_int_eq(price_offer(offer, &too_large), OK);
    ck_assert_int_eq(totals_of(row).partner.cents, INT64_C(7199999999928000000));
    ck_assert_int_eq(offer_totals(offer, &totals), OK);
    row = make_reservation(offer, arena, make_plain(arena), 36, 1);
    make_line(arena, row, 0, LIMIT_QUANTITY, "999,999,999.99");
    ck_assert_int_eq(price_offer(offer, &too_large), OK);
    ck_assert_int_eq(offer_totals(offer, &totals), ERR_INVALID);
    ck_assert_int_eq(row_totals(row, &totals), OK);
    row = &offer->rows[0];
    make_line(arena, row, 4, LIMIT_QUANTITY, "999,999,999.99");
    ck_assert_int_eq(price_offer(offer, &too_large), OK);
    ck_assert_int_eq(row_totals(row, &totals), ERR_INVALID);
}
END_TEST

/* LAW 3.2: hourly price x 8,760 x years x (1 - saving), a month of it by dividing, half up. */
static const struct {
    struct plan *(*plan)(struct arena *arena);
    int vcpu;
    int duration;
    const char *upfront;
    const char *monthly;
} listed[] = {
    {make_plain, 0, 12, "$6,132.00", "$511.00"},
    {make_plain, 0, 36, "$13,140.00", "$365.00"},
    {make_cores, 1, 12, "$3,066.00", "$255.50"},
    {make_cores, 96, 36, "$630,720.00", "$17,520.00"}, /* 48.00 an hour */
    {make_sizes, 2, 12, "$5,518.80", "$459.90"},
    {make_sizes, 4, 12, "$10,731.00", "$894.25"}, /* not twice that of 2 */
    {make_sizes, 4, 36, "$22,995.00", "$638.75"},
};

START_TEST(list_prices_of_reservations)
{
    struct plan *plan = listed[_i].plan(arena);
    struct money list;

    ck_assert_int_eq(plan_reservation_list(plan, listed[_i].duration, 0, listed[_i].vcpu, &list),
                     OK);
    ck_assert_str_eq(money_show(arena, list), listed[_i].upfront);
    ck_assert_int_eq(plan_reservation_list(plan, listed[_i].duration, 1, listed[_i].vcpu, &list),
                     OK);
    ck_assert_str_eq(money_show(arena, list), listed[_i].monthly);
}
END_TEST

START_TEST(what_is_not_sold_has_no_list_price)
{
    struct plan *plan = make_plain(arena);
    struct money list;

    plan->reservations[RESERVATION_3_YEARS].sold = false;
    ck_assert(plan_reserves(plan, 12) && !plan_reserves(plan, 36) && !plan_reserves(plan, 24));
    ck_assert_int_eq(plan_reservation_list(plan, 36, 0, 0, &list), ERR_ABSENT);
    ck_assert_int_eq(plan_reservation_list(plan, 24, 0, 0, &list), ERR_ABSENT);
    ck_assert_int_eq(plan_reservation_list(plan, 12, 0, 2, &list), ERR_ABSENT);
    ck_assert(plan_prices_size(plan, 0) && !plan_prices_size(plan, 2));
    plan = make_cores(arena);
    ck_assert_int_eq(plan_reservation_list(plan, 12, 0, 0, &list), ERR_ABSENT);
    ck_assert_int_eq(plan_reservation_list(plan, 12, 0, 3, &list), ERR_ABSENT);
    ck_assert(plan_prices_size(plan, 96) && !plan_prices_size(plan, 3));
    plan = make_sizes(arena);
    ck_assert_int_eq(plan_reservation_list(plan, 12, 0, 8, &list), ERR_ABSENT);
    ck_assert(plan_prices_size(plan, 4) && !plan_prices_size(plan, 8));
    /* 1,000,000.00 an hour is 8,760,000,000.00 a year */
    plan = make_plain(arena);
    plan->points[0].list = make_hourly("1000000");
    ck_assert_int_eq(plan_reservation_list(plan, 12, 0, 0, &list), ERR_INVALID);
}
END_TEST

/* A month of 100.00 is a third of a cent more than 8.33. */
START_TEST(a_month_is_rounded_half_up)
{
    struct plan *plan = make_plain(arena);
    struct money list;

    plan->points[0].list = make_hourly("0.016308"); /* x 8,760 x 0.7 = 100.000656 */
    ck_assert_int_eq(plan_reservation_list(plan, 12, 0, 0, &list), OK);
    ck_assert_int_eq(list.cents, 10000);
    ck_assert_int_eq(plan_reservation_list(plan, 12, 1, 0, &list), OK);
    ck_assert_int_eq(list.cents, 833);
}
END_TEST

Suite *
row_prices_suite(void)
{
    Suite *suite = suite_create("row_prices");
    TCase *prices = tcase_create("prices");

    tcase_add_checked_fixture(prices, setup, teardown);
    tcase_add_test(prices, a_flat_rate_paid_once);
    tcase_add_test(prices, three_annual_payments);
    tcase_add_test(prices, a_price_for_each_user);
    tcase_add_test(prices, a_metered_flat_rate);
    tcase_add_test(prices, an_hour_of_a_virtual_machine);
    tcase_add_test(prices, a_managed_application);
    tcase_add_loop_test(prices, reservations, 0, COUNT(reserved));
    tcase_add_test(prices, totals_add_up_lines_and_rows);
    tcase_add_test(prices, the_fee_is_taken_from_each_payment);
    tcase_add_test(prices, a_total_is_known_when_all_its_parts_are);
    tcase_add_test(prices, totals_that_do_not_fit);
    tcase_add_loop_test(prices, list_prices_of_reservations, 0, COUNT(listed));
    tcase_add_test(prices, what_is_not_sold_has_no_list_price);
    tcase_add_test(prices, a_month_is_rounded_half_up);
    suite_add_tcase(suite, prices);
    return suite;
}

/*
 * pricing_test.c: LAW 8.2 to 8.4, 12.1 and 20 through whole offers: what is known when, every
 * worked example, warnings, figures that do not fit.
 */
#include "core/pricing.h"
#include "make_offer.h"

#include <check.h>
#include <signal.h>
#include <string.h>

Suite *pricing_suite(void);

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

static void
price(struct offer *offer)
{
    int too_large = -1;

    ck_assert_int_eq(price_offer(offer, &too_large), OK);
    ck_assert_int_eq(too_large, -1);
}

/* An offer of one row with one price point of that kind and list price. */
static struct offer *
one_point(enum point_kind kind, struct amount list)
{
    struct plan *plan = make_plan(arena, kind == POINT_HOUR ? PRODUCT_VM : PRODUCT_SAAS,
                                  kind == POINT_HOUR ? MODEL_VM_FLAT : MODEL_FLAT_RATE, "x", "X");
    struct offer *offer = make_draft(arena);

    make_point(plan, (struct price_point){.id = "it", .kind = kind, .list = list});
    (void)make_row(offer, arena, plan);
    return offer;
}

static void
discount(struct offer_row *row, const char *percent)
{
    row->price_type = PRICE_DISCOUNT;
    row->has_discount = true;
    row->discount = make_rate(percent);
}

static void
adjust(struct offer_row *row, const char *percent)
{
    row->has_adjustment = true;
    row->adjustment = make_rate(percent);
}

START_TEST(the_deal_of_20)
{
    struct offer *offer = make_deal(arena);
    const struct offer_row *pro = &offer->rows[0];
    const struct offer_row *ops = &offer->rows[1];
    struct rate net = {-1};

    price(offer); /* before the partner's figures */
    ck_assert_str_eq(amount_plain(arena, pro->prices[0].partner), "960.00");
    ck_assert_str_eq(amount_plain(arena, pro->prices[1].partner), "0.80");
    ck_assert_str_eq(amount_plain(arena, ops->prices[0].partner), "200.00");
    ck_assert(!pro->prices[0].has_customer && !ops->prices[0].has_customer);

    adjust(&offer->rows[0], "12.5");
    adjust(&offer->rows[1], "30");
    price(offer);
    ck_assert_str_eq(amount_plain(arena, pro->prices[0].list), "1200.00");
    ck_assert_str_eq(amount_plain(arena, pro->prices[0].customer), "1080.00");
    ck_assert_str_eq(amount_plain(arena, pro->prices[1].customer), "0.90");
    ck_assert_str_eq(amount_plain(arena, ops->prices[0].list), "250.00");
    ck_assert_str_eq(amount_plain(arena, ops->prices[0].customer), "260.00");
    ck_assert_int_eq(rate_net_discount(pro->discount, pro->adjustment, &net), OK);
    ck_assert_str_eq(rate_show2(arena, net), "10.00");
}
END_TEST

/* LAW 8.2 as absolute rows, 8.3 and 8.4: own price or list and discount, adjustment, results. */
static const struct {
    const char *own;
    const char *list;
    const char *discount;
    const char *adjustment;
    const char *partner;
    const char *customer;
} examples[] = {
    {"100.00", "1.00", NULL, "10", "100.00", "110.00"},
    {"95.00", "1.00", NULL, "10.52631579", "95.00", "105.00"},
    {"950,000.00", "1.00", NULL, "10.53", "950000.00", "1050035.00"},
    {"950,000.00", "1.00", NULL, "10.52631579", "950000.00", "1050000.00"},
    {"10,000,000.00", "1.00", NULL, "10.52631579", "10000000.00", "11052631.58"},
    {"0.05", "1.00", NULL, "30", "0.05", "0.07"},
    {"1.15", "1.00", NULL, "10", "1.15", "1.27"},
    {"64.35", "1.00", NULL, "10", "64.35", "70.79"},
    {"3.00", "1.00", NULL, "233.33333333", "3.00", "10.00"},
    {NULL, "1,200.00", "20", "0", "960.00", "960.00"},
    {NULL, "1,200.00", "20", "10", "960.00", "1056.00"},
    {NULL, "1,200.00", "20", "20", "960.00", "1152.00"},
    {NULL, "0.05", "10", "10", "0.05", "0.06"},
    {"9,500.00", "12,000.00", NULL, "15", "9500.00", "10925.00"},
    {"30,000.00", "36,000.00", NULL, "15", "30000.00", "34500.00"},
    {"12.50", "15.00", NULL, "8", "12.50", "13.50"},
    {"500.00", "500.00", NULL, "10", "500.00", "550.00"},
    {NULL, "1.00", "20", "10", "0.80", "0.88"},
    {"0.04", "0.05", NULL, "10", "0.04", "0.04"},
    {NULL, "200.00", "10", "10", "180.00", "198.00"},
    {NULL, "1,200.00", "100", "100", "0.00", "0.00"},
    {NULL, "0.01", "50", "0", "0.01", "0.01"}, /* half a cent, up */
    {NULL, "0.01", "50.01", "0", "0.00", "0.00"},
    {"0.00", "5.00", NULL, "1000", "0.00", "0.00"},
    {"999,999,999.99", "1.00", NULL, "0", "999999999.99", "999999999.99"},
};

START_TEST(worked_examples)
{
    struct offer *offer = one_point(POINT_TERM, make_amount(examples[_i].list));
    struct offer_row *row = &offer->rows[0];

    if (examples[_i].own != NULL)
        make_own(row, "it", make_amount(examples[_i].own));
    else
        discount(row, examples[_i].discount);
    adjust(row, examples[_i].adjustment);
    price(offer);
    ck_assert_str_eq(amount_plain(arena, row->prices[0].partner), examples[_i].partner);
    ck_assert_str_eq(amount_plain(arena, row->prices[0].customer), examples[_i].customer);
}
END_TEST

START_TEST(hours_keep_six_decimals)
{
    static const struct {
        const char *list;
        const char *discount;
        const char *adjustment;
        const char *partner;
        const char *customer;
    } rows[] = {
        {"0.400000", "25", "20", "0.300000", "0.360000"},
        {"0.400000", "12.5", "12.5", "0.350000", "0.393750"},
        {"0.000001", "50", "0", "0.000001", "0.000001"},
        {"0.333333", "10", "5", "0.300000", "0.315000"}, /* 0.2999997 up */
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        struct offer *offer = one_point(POINT_HOUR, make_hourly(rows[i].list));
        struct offer_row *row = &offer->rows[0];

        discount(row, rows[i].discount);
        adjust(row, rows[i].adjustment);
        price(offer);
        ck_assert_str_eq(amount_plain(arena, row->prices[0].partner), rows[i].partner);
        ck_assert_str_eq(amount_plain(arena, row->prices[0].customer), rows[i].customer);
    }
}
END_TEST

START_TEST(one_adjustment_for_every_point)
{
    struct offer *offer = make_draft(arena);
    struct offer_row *row = make_row(offer, arena, make_team(arena));

    discount(row, "10");
    adjust(row, "5");
    price(offer);
    ck_assert_str_eq(amount_plain(arena, row->prices[0].partner), "13.50");
    ck_assert_str_eq(amount_plain(arena, row->prices[0].customer), "14.18"); /* 14.175 */
    ck_assert_str_eq(amount_plain(arena, row->prices[1].partner), "216.00");
    ck_assert_str_eq(amount_plain(arena, row->prices[1].customer), "226.80");
}
END_TEST

START_TEST(what_is_known_when)
{
    struct offer *offer = make_draft(arena);
    struct offer_row *row = make_row(offer, arena, make_team(arena));

    price(offer); /* list only */
    ck_assert(row->prices[0].has_list && row->prices[1].has_list);
    ck_assert(!row->prices[0].has_partner && !row->prices[0].has_customer);
    ck_assert(!row_priced(row));

    adjust(row, "5"); /* the adjustment alone makes no price */
    price(offer);
    ck_assert(!row->prices[0].has_partner && !row->prices[0].has_customer);

    make_own(row, "user-1", make_amount("9.00")); /* one of two own prices */
    price(offer);
    ck_assert(row->prices[0].has_partner && row->prices[0].has_customer);
    ck_assert(!row->prices[1].has_partner && !row->prices[1].has_customer);
    ck_assert(!row_priced(row));
    make_own(row, "user-12", make_amount("0.00")); /* 0.00 is a price (D-23) */
    price(offer);
    ck_assert(row->prices[1].has_partner && row->prices[1].has_customer);
    ck_assert(row_priced(row));

    discount(row, "10"); /* own prices do not count on a discount row */
    price(offer);
    ck_assert(row_priced(row));
    ck_assert_str_eq(amount_plain(arena, row->prices[0].partner), "13.50");
    row->has_discount = false;
    price(offer);
    ck_assert(!row_priced(row));
    ck_assert(!row->prices[0].has_partner && !row->prices[0].has_customer);
    row->has_adjustment = false;
    discount(row, "10");
    price(offer);
    ck_assert(row->prices[0].has_partner && !row->prices[0].has_customer);

    row = make_row(offer, arena, make_plan(arena, PRODUCT_SAAS, MODEL_FLAT_RATE, "no", "No"));
    row->price_type = PRICE_ABSOLUTE;
    ck_assert(!row_priced(row)); /* no point, no price */
}
END_TEST

START_TEST(the_latest_list_price_counts)
{
    struct offer *offer = make_priced_deal(arena);

    price(offer);
    offer->rows[0].plan->points[0].list = make_amount("1000.00");
    offer->rows[1].plan->points[0].list = make_amount("300.00");
    price(offer);
    ck_assert_str_eq(amount_plain(arena, offer->rows[0].prices[0].customer), "900.00");
    ck_assert_str_eq(amount_plain(arena, offer->rows[1].prices[0].list), "300.00");
    ck_assert_str_eq(amount_plain(arena, offer->rows[1].prices[0].customer), "260.00");
}
END_TEST

START_TEST(figures_that_do_not_fit)
{
    struct offer *offer = make_priced_deal(arena);
    struct offer_row *row = make_row(offer, arena, make_flow(arena));
    int too_large = -1;

    row->plan->points[0].list = make_hourly("999999999.999999");
    discount(row, "1");
    adjust(row, "999999999.99999999");
    ck_assert_int_eq(price_offer(offer, &too_large), ERR_INVALID);
    ck_assert_int_eq(too_large, 3);

    offer = make_priced_deal(arena);
    /* D-25: 999,999,999.99 is the largest price point. Half of it, 499,999,999.99, doubles to a
     * cent less; 100.000001 % more would be 1,000,000,004.98. */
    offer->rows[1].prices[0].own = amount_of(POINT_MONTH, 49999999999);
    adjust(&offer->rows[1], "100.000001");
    ck_assert_int_eq(price_offer(offer, &too_large), ERR_INVALID);
    ck_assert_int_eq(too_large, 2);
    adjust(&offer->rows[1], "100");
    ck_assert_int_eq(price_offer(offer, &too_large), OK);
    ck_assert_str_eq(amount_plain(arena, offer->rows[1].prices[0].customer), "999999999.98");
    offer->rows[1].prices[0].own = amount_of(POINT_MONTH, 99999999999);
    adjust(&offer->rows[1], "0");
    ck_assert_int_eq(price_offer(offer, &too_large), OK);
    adjust(&offer->rows[1], "0.00000001");
    ck_assert_int_eq(price_offer(offer, &too_large), ERR_INVALID);
}
END_TEST

/* Nobody's figures hang on another row's markup. */
START_TEST(beyond_a_figure_that_does_not_fit)
{
    struct offer *offer = make_priced_deal(arena);
    int too_large = -1;

    offer->rows[0].plan->points[0].list = make_amount("999999999.99");
    adjust(&offer->rows[0], "999999999");
    ck_assert_int_eq(price_offer(offer, &too_large), ERR_INVALID);
    ck_assert_int_eq(too_large, 1);
    ck_assert(offer->rows[0].prices[0].has_partner);
    ck_assert(!offer->rows[0].prices[0].has_customer);
    ck_assert_str_eq(amount_plain(arena, offer->rows[1].prices[0].partner), "200.00");
    ck_assert_str_eq(amount_plain(arena, offer->rows[1].prices[0].customer), "260.00");
}
END_TEST

START_TEST(caps_of_8_3)
{
    struct offer *offer = make_deal(arena);
    struct rate cap = {-1};

    ck_assert(row_cap(&offer->rows[0], &cap));
    ck_assert_int_eq(cap.e8, 20 * RATE_ONE_PERCENT);
    cap.e8 = -1;
    ck_assert(!row_cap(&offer->rows[1], &cap)); /* absolute: none */
    offer->rows[0].has_discount = false;
    ck_assert(!row_cap(&offer->rows[0], &cap));
    offer->rows[1].has_discount = true; /* left over from before the row became absolute */
    ck_assert(!row_cap(&offer->rows[1], &cap));
    ck_assert_int_eq(cap.e8, -1);
}
END_TEST

START_TEST(splits_of_12_1)
{
    static const struct {
        const char *partner_price;
        const char *customer_price;
        const char *fee;
        const char *isv;
        const char *partner;
    } rows[] = {
        {"100.00", "110.00", "3.00", "97.00", "10.00"},
        {"95.00", "105.00", "2.85", "92.15", "10.00"},
        {"960.00", "1,080.00", "28.80", "931.20", "120.00"},
        {"200.00", "260.00", "6.00", "194.00", "60.00"},
        {"33.33", "38.33", "1.00", "32.33", "5.00"},
        {"0.10", "0.15", "0.00", "0.10", "0.05"},
        {"30,000.00", "34,500.00", "900.00", "29100.00", "4500.00"},
        {"1,800.00", "1,935.00", "54.00", "1746.00", "135.00"},
        {"0.00", "0.00", "0.00", "0.00", "0.00"},
        {"0.50", "0.50", "0.02", "0.48", "0.00"}, /* half a cent of fee, up */
        {"0.16", "0.16", "0.00", "0.16", "0.00"},
        {"0.17", "0.17", "0.01", "0.16", "0.00"},
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        struct split split = {{-1}, {-1}, {-1}};

        ck_assert_int_eq(price_split(make_amount(rows[i].partner_price).money,
                                     make_amount(rows[i].customer_price).money, make_rate("3"),
                                     &split),
                         OK);
        ck_assert_str_eq(money_plain(arena, split.fee), rows[i].fee);
        ck_assert_str_eq(money_plain(arena, split.isv), rows[i].isv);
        ck_assert_str_eq(money_plain(arena, split.partner), rows[i].partner);
    }
}
END_TEST

START_TEST(splits_always_add_up)
{
    static const char *const fees[] = {"0", "0.01", "3", "3.5", "99.99", "100"};

    for (int64_t cents = 0; cents < 2000; cents++) {
        for (size_t f = 0; f < COUNT(fees); f++) {
            const struct money customer_price = {cents + cents % 7};
            struct split split;

            ck_assert_int_eq(
                price_split((struct money){cents}, customer_price, make_rate(fees[f]), &split), OK);
            ck_assert_int_eq(split.fee.cents + split.isv.cents + split.partner.cents,
                             customer_price.cents);
            ck_assert(split.fee.cents >= 0 && split.isv.cents >= 0 && split.partner.cents >= 0);
        }
    }
}
END_TEST

START_TEST(a_customer_price_below_the_partner_price)
{
    struct split split;

    (void)!price_split((struct money){2}, (struct money){1}, make_rate("3"), &split);
}
END_TEST

START_TEST(warnings_of_8_3)
{
    static const struct {
        const char *own;
        const char *list;
        const char *discount;
        const char *adjustment;
        enum price_warning warning;
    } rows[] = {
        {NULL, "0.05", "10", "10", PRICE_ABOVE_LIST},
        {NULL, "0.05", "10", "0", PRICE_DISCOUNT_VANISHED},
        {NULL, "0.05", "10", NULL, PRICE_DISCOUNT_VANISHED},
        {NULL, "0.05", "20", "10", PRICE_MARKUP_VANISHED}, /* 0.04, 0.044 */
        {"0.04", "0.05", NULL, "10", PRICE_MARKUP_VANISHED},
        {"0.04", "0.05", NULL, "0", PRICE_FINE}, /* nothing was added */
        {"0.04", "0.05", NULL, NULL, PRICE_FINE},
        {"0.06", "0.05", NULL, "10", PRICE_FINE},    /* 0.066 is 0.07 */
        {"100.00", "50.00", NULL, "10", PRICE_FINE}, /* absolute prices may pass list */
        {NULL, "1,200.00", "20", "20", PRICE_FINE},
        {NULL, "1,200.00", "20", NULL, PRICE_FINE},
        {NULL, "0.00", "20", "10", PRICE_FINE}, /* nothing off nothing is nothing */
        {NULL, "1.00", "100", "10", PRICE_FINE},
        {"0.00", "1.00", NULL, "10", PRICE_FINE},
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        struct offer *offer = one_point(POINT_METER, make_amount(rows[i].list));
        struct offer_row *row = &offer->rows[0];

        if (rows[i].own != NULL)
            make_own(row, "it", make_amount(rows[i].own));
        else
            discount(row, rows[i].discount);
        if (rows[i].adjustment != NULL)
            adjust(row, rows[i].adjustment);
        price(offer);
        ck_assert_msg(price_warning(row, &row->prices[0]) == rows[i].warning, "row %zu", i);
    }
}
END_TEST

START_TEST(warnings_at_hourly_precision)
{
    struct offer *offer = one_point(POINT_HOUR, make_hourly("0.000001"));
    struct offer_row *row = &offer->rows[0];

    discount(row, "10");
    price(offer);
    ck_assert_int_eq(price_warning(row, &row->prices[0]), PRICE_DISCOUNT_VANISHED);
    offer = one_point(POINT_HOUR, make_hourly("0.05"));
    row = &offer->rows[0];
    discount(row, "10");
    adjust(row, "10");
    price(offer);
    ck_assert_int_eq(price_warning(row, &row->prices[0]), PRICE_FINE);
}
END_TEST

Suite *
pricing_suite(void)
{
    Suite *suite = suite_create("pricing");
    TCase *prices = tcase_create("prices");
    TCase *money = tcase_create("money");

    tcase_add_checked_fixture(prices, setup, teardown);
    tcase_add_test(prices, the_deal_of_20);
    tcase_add_loop_test(prices, worked_examples, 0, (int)COUNT(examples));
    tcase_add_test(prices, hours_keep_six_decimals);
    tcase_add_test(prices, one_adjustment_for_every_point);
    tcase_add_test(prices, what_is_known_when);
    tcase_add_test(prices, the_latest_list_price_counts);
    tcase_add_test(prices, figures_that_do_not_fit);
    tcase_add_test(prices, beyond_a_figure_that_does_not_fit);
    tcase_add_test(prices, caps_of_8_3);
    tcase_add_test(prices, warnings_of_8_3);
    tcase_add_test(prices, warnings_at_hourly_precision);
    suite_add_tcase(suite, prices);

    tcase_add_checked_fixture(money, setup, teardown);
    tcase_add_test(money, splits_of_12_1);
    tcase_add_test(money, splits_always_add_up);
    tcase_add_test_raise_signal(money, a_customer_price_below_the_partner_price, SIGABRT);
    suite_add_tcase(suite, money);
    return suite;
}

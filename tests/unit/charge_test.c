/*
 * charge_test.c: LAW 8.1, 8.4, 12.1, D-30 to D-32: what a line of a bill comes to, what takes it
 * back, what it uses of a commitment.
 *
 * Figures are worked out by hand; over random lines, what must hold whatever the figures.
 */
#include "core/charge.h"
#include "make_offer.h"

#include <check.h>
#include <string.h>

Suite *charge_suite(void);

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

static const char *
plain(struct money money)
{
    return money_plain(arena, money);
}

/* A line of that many at those unit prices; no list price when list is NULL. The fee is 3 %. */
static struct charge
make_line(const char *list, const char *partner, const char *customer, int64_t quantity)
{
    struct charge charge;

    memset(&charge, 0, sizeof charge);
    charge.number = 4;
    charge.kind = CHARGE_PAYMENT;
    charge.point = "term-12";
    charge.words = "1-year, one payment upfront";
    charge.quantity = quantity;
    charge.has_list = list != NULL;
    charge.list = list == NULL ? 0 : make_amount(list).money.cents;
    charge.partner = make_amount(partner).money.cents;
    charge.customer = make_amount(customer).money.cents;
    charge.fee_rate = make_rate("3");
    return charge;
}

static struct charge
make_hours(const char *list, const char *partner, const char *customer, int64_t hours)
{
    struct charge charge = make_line(NULL, "0", "0", hours);

    charge.kind = CHARGE_USAGE;
    charge.per_hour = true;
    charge.has_list = true;
    charge.list = make_hourly(list).hourly.micros;
    charge.partner = make_hourly(partner).hourly.micros;
    charge.customer = make_hourly(customer).hourly.micros;
    return charge;
}

/* customer = ISV + partner + fee, each as expected. */
static void
splits(const struct charge *charge, const char *customer, const char *isv, const char *partner,
       const char *fee)
{
    ck_assert_str_eq(plain(charge->customer_amount), customer);
    ck_assert_str_eq(plain(charge_isv(charge)), isv);
    ck_assert_str_eq(plain(charge_partner(charge)), partner);
    ck_assert_str_eq(plain(charge->fee), fee);
    ck_assert_int_eq(charge->customer_amount.cents,
                     charge_isv(charge).cents + charge_partner(charge).cents + charge->fee.cents);
}

/* ---- Lines ---------------------------------------------------------------------------------- */

START_TEST(table_of_12_1)
{
    static const struct {
        const char *partner, *customer;
        int64_t quantity;
        const char *total, *isv, *earned, *fee;
    } rows[] = {
        {"100.00", "110.00", 1, "110.00", "97.00", "10.00", "3.00"},
        {"95.00", "105.00", 1, "105.00", "92.15", "10.00", "2.85"},
        {"960.00", "1080.00", 1, "1080.00", "931.20", "120.00", "28.80"},
        {"200.00", "260.00", 1, "260.00", "194.00", "60.00", "6.00"},
        {"33.33", "38.33", 1, "38.33", "32.33", "5.00", "1.00"},
        {"0.10", "0.15", 1, "0.15", "0.10", "0.05", "0.00"},
        {"30000.00", "34500.00", 1, "34500.00", "29100.00", "4500.00", "900.00"},
        /* 4 reservations at 450.00, 483.75 to the customer: 1,800.00, a fee of 54.00 a month */
        {"450.00", "483.75", 4, "1935.00", "1746.00", "135.00", "54.00"},
        /* 40 users at 12.50 and 13.50 (LAW 8.4) */
        {"12.50", "13.50", 40, "540.00", "485.00", "40.00", "15.00"},
        /* 25 units of a meter at 0.80 and 0.88 */
        {"0.80", "0.88", 25, "22.00", "19.40", "2.00", "0.60"},
        /* list price: nothing for a partner */
        {"250.00", "250.00", 1, "250.00", "242.50", "0.00", "7.50"},
        {"0.00", "0.00", 1000000, "0.00", "0.00", "0.00", "0.00"},
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        struct charge charge = make_line(NULL, rows[i].partner, rows[i].customer, rows[i].quantity);

        ck_assert_int_eq(charge_reckon(&charge, 1, 1), OK);
        splits(&charge, rows[i].total, rows[i].isv, rows[i].earned, rows[i].fee);
        ck_assert(!charge.has_list_amount);
    }
}
END_TEST

/* 730 hours (LAW 8.4): list 0.4, partner 0.3, customer 0.36. Hours have six decimals, the line two.
 */
START_TEST(hours)
{
    static const struct {
        const char *partner, *customer;
        int64_t hours;
        const char *total, *isv, *earned, *fee;
    } rows[] = {
        {"0.300000", "0.360000", 730, "262.80", "212.43", "43.80", "6.57"},
        {"0.000001", "0.000001", 4999, "0.00", "0.00", "0.00", "0.00"}, /* 0.004999 */
        {"0.000001", "0.000001", 5000, "0.01", "0.01", "0.00", "0.00"}, /* 0.005 */
        {"0.123456", "0.130863", 744, "97.36", "89.09", "5.51", "2.76"},
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        struct charge charge =
            make_hours("0.400000", rows[i].partner, rows[i].customer, rows[i].hours);

        ck_assert_int_eq(charge_reckon(&charge, 1, 1), OK);
        splits(&charge, rows[i].total, rows[i].isv, rows[i].earned, rows[i].fee);
    }

    struct charge charge = make_hours("0.400000", "0.300000", "0.360000", 730);

    ck_assert_int_eq(charge_reckon(&charge, 1, 1), OK);
    ck_assert(charge.has_list_amount);
    ck_assert_str_eq(plain(charge.list_amount), "292.00");
}
END_TEST

/* D-30: price x users x days left / days of the period, half up once for each amount. */
START_TEST(users_within_a_period)
{
    static const struct {
        const char *partner, *customer;
        int64_t users, part, whole;
        const char *total, *isv, *earned, *fee;
    } rows[] = {
        /* 45 x 14 / 31 = 20.322...; 40 x 14 / 31 = 18.064...; fee 0.5418 */
        {"40.00", "45.00", 1, 14, 31, "20.32", "17.52", "2.26", "0.54"},
        /* 5 more at 12.50 and 13.50: 28.2258 and 30.4838; fee 0.8469 */
        {"12.50", "13.50", 5, 14, 31, "30.48", "27.38", "2.25", "0.85"},
        /* a year that has a 29 February: 200 of 366 days of 240.00 and 300.00 */
        {"240.00", "300.00", 3, 200, 366, "491.80", "381.64", "98.36", "11.80"},
        /* 1.00 x 1 / 8 = 0.125 and 0.09 x 1 / 2 = 0.045: half up */
        {"1.00", "1.00", 1, 1, 8, "0.13", "0.13", "0.00", "0.00"},
        {"0.09", "0.09", 1, 1, 2, "0.05", "0.05", "0.00", "0.00"},
        /* the whole period, and nothing of it */
        {"12.50", "13.50", 5, 31, 31, "67.50", "60.62", "5.00", "1.88"},
        {"12.50", "13.50", 5, 0, 31, "0.00", "0.00", "0.00", "0.00"},
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        struct charge charge = make_line(NULL, rows[i].partner, rows[i].customer, rows[i].users);

        ck_assert_int_eq(charge_reckon(&charge, rows[i].part, rows[i].whole), OK);
        splits(&charge, rows[i].total, rows[i].isv, rows[i].earned, rows[i].fee);
    }
}
END_TEST

START_TEST(a_line_that_fits_nowhere_is_refused)
{
    struct charge charge =
        make_line("999999999.99", "999999999.99", "999999999.99", LIMIT_LINE_TIMES);

    ck_assert_int_eq(charge_reckon(&charge, 1, 1), ERR_INVALID);
    /* a million of the dearest does fit: 999,999,999.99 x 1,000,000, of which 3 % */
    charge.quantity = LIMIT_QUANTITY;
    ck_assert_int_eq(charge_reckon(&charge, 1, 1), OK);
    splits(&charge, "999999999990000.00", "969999999990300.00", "0.00", "29999999999700.00");
}
END_TEST

/* ---- Lines that take back ------------------------------------------------------------------- */

START_TEST(a_refund_is_the_line_with_every_amount_negated)
{
    struct charge charge = make_line("1200.00", "960.00", "1080.00", 1);
    struct charge line;

    ck_assert_int_eq(charge_reckon(&charge, 1, 1), OK);
    charge.source = (struct price_source){"offer", 1, 7, "20000002"};
    charge_negate(&charge, &line);
    splits(&line, "-1080.00", "-931.20", "-120.00", "-28.80");
    ck_assert_str_eq(plain(line.list_amount), "-1200.00");
    ck_assert(line.has_list_amount);
    ck_assert_int_eq(line.corrects, 4);
    /* how it was reckoned stays readable */
    ck_assert_int_eq(line.partner, 96000);
    ck_assert_int_eq(line.customer, 108000);
    ck_assert_int_eq(line.list, 120000);
    ck_assert_int_eq(line.quantity, 1);
    ck_assert_int_eq(line.fee_rate.e8, charge.fee_rate.e8);
    ck_assert_str_eq(line.point, "term-12");
    ck_assert_str_eq(line.source.offer, "offer");
    ck_assert_int_eq(line.source.offer_version, 7);
}
END_TEST

/* The days left of a plan that was changed: 200 of 366 of 1,080.00 are 590.163..., of 960.00
 * 524.590..., of 1,200.00 655.737...; the fee is 3 % of 524.59, 15.7377. */
START_TEST(a_credit_is_a_part_of_the_line)
{
    struct charge charge = make_line("1200.00", "960.00", "1080.00", 1);
    struct charge line;

    ck_assert_int_eq(charge_reckon(&charge, 1, 1), OK);
    ck_assert_int_eq(charge_negate_part(&charge, 200, 366, &line), OK);
    splits(&line, "-590.16", "-508.85", "-65.57", "-15.74");
    ck_assert_str_eq(plain(line.list_amount), "-655.74");
    ck_assert_int_eq(line.corrects, 4);

    /* half up, of what is given back: 0.05 x 1 / 2 is 0.03 */
    charge = make_line(NULL, "0.05", "0.05", 1);
    ck_assert_int_eq(charge_reckon(&charge, 1, 1), OK);
    ck_assert_int_eq(charge_negate_part(&charge, 1, 2, &line), OK);
    splits(&line, "-0.03", "-0.03", "0.00", "0.00");

    ck_assert_int_eq(charge_negate_part(&charge, 0, 31, &line), OK);
    splits(&line, "0.00", "0.00", "0.00", "0.00");
}
END_TEST

/* ---- Any line ------------------------------------------------------------------------------- */

static uint64_t
xorshift(uint64_t *state)
{
    *state ^= *state << 13;
    *state ^= *state >> 7;
    *state ^= *state << 17;
    return *state;
}

/* Any magnitude is as likely as any other. */
static int64_t
up_to(uint64_t *state, int64_t most)
{
    uint64_t number = xorshift(state) >> (xorshift(state) % 64);

    return (int64_t)(number % ((uint64_t)most + 1));
}

/* price x times x part / whole with half a cent added before the division: small enough for 64
 * bits. */
static int64_t
half_up(int64_t price, int64_t times, int64_t part, int64_t whole)
{
    return (2 * price * times * part + whole) / (2 * whole);
}

static void
holds_identity(const struct charge *charge, int sign)
{
    ck_assert_int_eq(charge_isv(charge).cents + charge_partner(charge).cents + charge->fee.cents,
                     charge->customer_amount.cents);
    ck_assert_int_ge(sign * charge_isv(charge).cents, 0);
    ck_assert_int_ge(sign * charge_partner(charge).cents, 0);
    ck_assert_int_ge(sign * charge->fee.cents, 0);
}

START_TEST(customer_is_isv_and_partner_and_fee)
{
    uint64_t random = UINT64_C(0x9e3779b97f4a7c15) + (uint64_t)_i;

    for (int round = 0; round < 20000; round++) {
        const int64_t whole = 1 + up_to(&random, 1095);
        const int64_t part = up_to(&random, whole);
        struct charge charge = make_line("0", "0", "0", up_to(&random, 1000));
        struct charge back;
        struct charge some;

        charge.partner = up_to(&random, INT64_C(100000000));
        charge.customer = charge.partner + up_to(&random, INT64_C(100000000));
        charge.list = up_to(&random, INT64_C(100000000));
        charge.fee_rate.e8 = up_to(&random, RATE_HUNDRED);
        ck_assert_int_eq(charge_reckon(&charge, part, whole), OK);
        ck_assert_int_eq(charge.partner_amount.cents,
                         half_up(charge.partner, charge.quantity, part, whole));
        ck_assert_int_eq(charge.customer_amount.cents,
                         half_up(charge.customer, charge.quantity, part, whole));
        ck_assert_int_eq(charge.list_amount.cents,
                         half_up(charge.list, charge.quantity, part, whole));
        holds_identity(&charge, 1);

        charge_negate(&charge, &back);
        holds_identity(&back, -1);
        ck_assert_int_eq(back.customer_amount.cents, -charge.customer_amount.cents);
        ck_assert_int_eq(charge_isv(&back).cents, -charge_isv(&charge).cents);
        ck_assert_int_eq(charge_partner(&back).cents, -charge_partner(&charge).cents);

        ck_assert_int_eq(charge_negate_part(&charge, part, whole, &some), OK);
        holds_identity(&some, -1);
        ck_assert_int_ge(some.customer_amount.cents, back.customer_amount.cents);
        ck_assert_int_ge(some.partner_amount.cents, back.partner_amount.cents);
        ck_assert_int_ge(some.fee.cents, back.fee.cents);

        ck_assert_int_eq(charge_negate_part(&charge, whole, whole, &some), OK);
        ck_assert_int_eq(some.list_amount.cents, back.list_amount.cents);
        ck_assert_int_eq(some.partner_amount.cents, back.partner_amount.cents);
        ck_assert_int_eq(some.customer_amount.cents, back.customer_amount.cents);
        ck_assert_int_eq(some.fee.cents, back.fee.cents);
        arena_reset(arena);
    }
}
END_TEST

/* ---- The commitment (LAW D-32) -------------------------------------------------------------- */

START_TEST(a_commitment_is_never_below_nothing)
{
    static const struct {
        const char *remaining, *charged, *used;
    } rows[] = {
        {"50000.00", "1056.00", "1056.00"}, /* leaves 48,944.00 (LAW 10.4) */
        {"1340.00", "1340.00", "1340.00"},  {"1339.99", "1340.00", "1339.99"},
        {"0.01", "1340.00", "0.01"},        {"0.00", "1340.00", "0.00"},
        {"50000.00", "0.00", "0.00"},
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        ck_assert_str_eq(plain(commitment_part(make_amount(rows[i].remaining).money,
                                               make_amount(rows[i].charged).money)),
                         rows[i].used);
    }
}
END_TEST

START_TEST(stored_words_read_back)
{
    enum charge_kind kind;

    for (int i = 0; i < CHARGE_KIND_COUNT; i++) {
        ck_assert_int_eq(charge_kind_read(charge_kind_text((enum charge_kind)i), &kind), OK);
        ck_assert_int_eq(kind, i);
    }
    ck_assert_int_eq(charge_kind_read("tip", &kind), ERR_BROKEN);
}
END_TEST

Suite *
charge_suite(void)
{
    Suite *suite = suite_create("charge");
    TCase *lines = tcase_create("lines");

    tcase_add_checked_fixture(lines, setup, teardown);
    tcase_set_timeout(lines, 60);
    tcase_add_test(lines, table_of_12_1);
    tcase_add_test(lines, hours);
    tcase_add_test(lines, users_within_a_period);
    tcase_add_test(lines, a_line_that_fits_nowhere_is_refused);
    tcase_add_test(lines, a_refund_is_the_line_with_every_amount_negated);
    tcase_add_test(lines, a_credit_is_a_part_of_the_line);
    tcase_add_loop_test(lines, customer_is_isv_and_partner_and_fee, 1, 4);
    tcase_add_test(lines, a_commitment_is_never_below_nothing);
    tcase_add_test(lines, stored_words_read_back);
    suite_add_tcase(suite, lines);
    return suite;
}

/*
 * solver_test.c: from the customer price a partner wants to the adjustment that gives it (LAW 8.2).
 */
#include "core/solver.h"
#include "core/pricing.h"
#include "make_offer.h"

#include <check.h>
#include <string.h>

Suite *solver_suite(void);

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

/* A row of one price of a term, or of an hour, whose partner price is absolute. */
static struct offer *
offered(struct amount partner)
{
    enum point_kind kind = partner.per_hour ? POINT_HOUR : POINT_TERM;
    struct plan *plan = make_plan(arena, PRODUCT_SAAS, MODEL_FLAT_RATE, "x", "X");
    struct offer *offer = make_draft(arena);
    struct offer_row *row;
    int too_large;

    make_point(plan, (struct price_point){.id = "it", .kind = kind, .list = partner});
    row = make_row(offer, arena, plan);
    row->price_type = PRICE_ABSOLUTE;
    make_own(row, "it", partner);
    ck_assert_int_eq(price_offer(offer, &too_large), OK);
    return offer;
}

/* The same with a discount, which caps it. */
static struct offer *
discounted(struct amount list, const char *percent)
{
    struct offer *offer = offered(list);
    int too_large;

    offer->rows[0].price_type = PRICE_DISCOUNT;
    offer->rows[0].has_discount = true;
    offer->rows[0].discount = make_rate(percent);
    ck_assert_int_eq(price_offer(offer, &too_large), OK);
    return offer;
}

static enum solving
solve(const struct offer *offer, struct amount wanted, struct solution *solution)
{
    return price_solve(&offer->rows[0], &offer->rows[0].prices[0], wanted, solution);
}

/* The last two have a residue: 0.03 of 700,000,000.00 is 0.4 of the last decimal there is. */
START_TEST(worked_examples)
{
    static const struct {
        const char *partner;
        const char *wanted;
        const char *adjustment;
        const char *customer;
    } rows[] = {
        {"95.00", "105.00", "10.52631579", "105.00"},
        {"3.00", "10.00", "233.33333333", "10.00"},
        {"950000.00", "1050000.00", "10.52631579", "1050000.00"},
        {"960.00", "1080.00", "12.5", "1080.00"},
        {"960.00", "960.00", "0", "960.00"},
        {"0.04", "0.05", "25", "0.05"},
        {"0.01", "100000.00", "999999900", "100000.00"},
        {"700000000.00", "700000000.03", "0", "700000000.00"},
        {"700000000.00", "700000000.04", "0.00000001", "700000000.07"},
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        struct solution found;

        ck_assert_int_eq(
            solve(offered(make_amount(rows[i].partner)), make_amount(rows[i].wanted), &found),
            SOLVED);
        ck_assert_str_eq(rate_show(arena, found.adjustment), rows[i].adjustment);
        ck_assert_str_eq(amount_plain(arena, found.customer), rows[i].customer);
    }
}
END_TEST

START_TEST(an_hours_price_has_six_decimals)
{
    struct solution found;

    ck_assert_int_eq(solve(offered(make_hourly("0.300000")), make_hourly("0.360001"), &found),
                     SOLVED);
    ck_assert_str_eq(rate_show(arena, found.adjustment), "20.00033333");
    ck_assert_str_eq(amount_plain(arena, found.customer), "0.360001");
}
END_TEST

START_TEST(the_cap_of_a_discount)
{
    const struct offer *offer = discounted(make_amount("1200.00"), "20");
    struct solution found;

    ck_assert_int_eq(solve(offer, make_amount("1152.00"), &found), SOLVED);
    ck_assert_str_eq(rate_show(arena, found.adjustment), "20");
    ck_assert_int_eq(solve(offer, make_amount("1152.01"), &found), SOLVING_CAPPED);
    ck_assert_str_eq(rate_show(arena, found.adjustment), "20");
    ck_assert_str_eq(amount_plain(arena, found.customer), "1152.00");

    /* 0.07 less 30 % is 0.05, and 30 % of that rounds up to 0.07, which would else take 40 % */
    ck_assert_int_eq(solve(discounted(make_amount("0.07"), "30"), make_amount("0.07"), &found),
                     SOLVED);
    ck_assert_str_eq(rate_show(arena, found.adjustment), "30");
    ck_assert_str_eq(amount_plain(arena, found.customer), "0.07");
}
END_TEST

START_TEST(prices_that_no_adjustment_gives)
{
    static const struct {
        const char *partner;
        const char *wanted;
        enum solving expected;
    } rows[] = {
        {"0.00", "0.00", SOLVING_NOTHING},    {"0.00", "5.00", SOLVING_NOTHING},
        {"95.00", "94.99", SOLVING_BELOW},    {"95.00", "0.00", SOLVING_BELOW},
        {"0.01", "100000.01", SOLVING_LARGE}, {"0.01", "999999999.99", SOLVING_LARGE},
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        struct solution found;

        ck_assert_int_eq(
            solve(offered(make_amount(rows[i].partner)), make_amount(rows[i].wanted), &found),
            rows[i].expected);
    }
}
END_TEST

/* Half of the last decimal of a percentage is less than half a cent of anything below 100 million
 * dollars, and at most five cents of the largest price. */
START_TEST(the_residue_is_small)
{
    const int64_t exact_below = INT64_C(10000000000);
    uint64_t state = 88172645463325252U;

    for (int i = 0; i < 20000; i++) {
        int64_t pair[2];
        struct solution found;
        struct row_price price = {.has_partner = true};
        struct offer_row row = {.price_type = PRICE_ABSOLUTE};
        int64_t residue;
        enum solving solving;

        for (int k = 0; k < 2; k++) {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            pair[k] = 1 + (int64_t)((state >> (state % 40)) % (uint64_t)LIMIT_MONEY_CENTS);
        }
        price.partner = amount_of(POINT_TERM, pair[0] < pair[1] ? pair[0] : pair[1]);
        solving = price_solve(&row, &price,
                              amount_of(POINT_TERM, pair[0] < pair[1] ? pair[1] : pair[0]), &found);
        if (solving == SOLVING_LARGE)
            continue;
        ck_assert_int_eq(solving, SOLVED);
        residue = (pair[0] < pair[1] ? pair[1] : pair[0]) - found.customer.money.cents;
        if (price.partner.money.cents < exact_below)
            ck_assert_int_eq(residue, 0);
        ck_assert_int_le(residue, 5);
        ck_assert_int_ge(residue, -5);
    }
}
END_TEST

/* The deal of LAW 20 at the selling partner, its prices reckoned. */
static struct offer *
deal(void)
{
    struct offer *offer = make_priced_deal(arena);
    int too_large;

    ck_assert_int_eq(price_offer(offer, &too_large), OK);
    return offer;
}

static struct problems *
read_form(struct offer *offer, const char *const *pairs)
{
    struct problems *problems = problems_new(arena);
    struct answers answers = make_answers(pairs);

    solver_read(offer, &answers, problems);
    return problems;
}

/* Row 1 of the deal: a term at 960.00 and a meter at 0.80, capped at 20; row 2 a fee of 200.00. */
START_TEST(a_form_gives_rows_their_adjustments)
{
    struct offer *offer = deal();

    ck_assert_uint_eq(
        read_form(offer, (const char *const[]){"desired-1", " 0.90 ", "point-1", "meter-emails",
                                               "desired-2", "$260", NULL})
            ->count,
        0);
    ck_assert_str_eq(rate_show(arena, offer->rows[0].adjustment), "12.5");
    ck_assert_str_eq(rate_show(arena, offer->rows[1].adjustment), "30");

    /* a price point that is not there is the first */
    ck_assert_uint_eq(
        read_form(offer, (const char *const[]){"desired-1", "1,056.00", "point-1", "gone", NULL})
            ->count,
        0);
    ck_assert_str_eq(rate_show(arena, offer->rows[0].adjustment), "10");

    /* nothing wanted is nothing asked */
    ck_assert_uint_eq(
        read_form(offer, (const char *const[]){"desired-1", "  ", "point-1", "meter-emails", NULL})
            ->count,
        0);
    ck_assert_str_eq(rate_show(arena, offer->rows[0].adjustment), "10");
}
END_TEST

START_TEST(a_form_says_why_not)
{
    static const struct {
        const char *name;
        const char *typed;
        const char *words;
    } rows[] = {
        {"desired-1", "much",
         "Enter a price from 0.00 to 999,999,999.99 for 1-year, one payment "
         "upfront, with up to 2 decimals"},
        {"desired-1", "1000.005", "with up to 2 decimals"},
        {"desired-1", "-1", "Enter a price from 0.00"},
        {"desired-1", "959.99", "Enter the partner price, $960.00, or more"},
        {"desired-1", "1152.01",
         "Enter at most $1,152.00 for 1-year, one payment upfront: the adjustment can't exceed the "
         "ISV's discount, 20%; lower it, or ask Contoso to withdraw the offer and set an absolute "
         "price"},
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        struct offer *offer = deal();
        struct problems *problems =
            read_form(offer, (const char *const[]){rows[i].name, rows[i].typed, NULL});

        ck_assert_uint_eq(problems->count, 1);
        ck_assert_str_eq(problems->list[0].at, rows[i].name);
        ck_assert_msg(strstr(problems->list[0].message, rows[i].words) != NULL, "%s",
                      problems->list[0].message);
        ck_assert_str_eq(rate_show(arena, offer->rows[0].adjustment), "12.5");
    }
}
END_TEST

START_TEST(what_a_partner_price_of_nothing_says)
{
    struct offer *offer = offered(make_amount("0.00"));
    struct problems *problems = read_form(offer, (const char *const[]){"desired-1", "5", NULL});

    ck_assert_uint_eq(problems->count, 1);
    ck_assert_ptr_nonnull(
        strstr(problems->list[0].message, "is $0.00: no percentage of it leads to another price"));
    ck_assert(!offer->rows[0].has_adjustment);

    offer = offered(make_amount("0.01"));
    problems = read_form(offer, (const char *const[]){"desired-1", "999,999,999.99", NULL});
    ck_assert_uint_eq(problems->count, 1);
    ck_assert_ptr_nonnull(strstr(problems->list[0].message, "up to 9 digits before the point"));
}
END_TEST

/* What can have no absolute price is not told to ask for one (LAW 4.4). */
START_TEST(a_virtual_machine_has_no_other_way)
{
    struct offer *offer = make_draft(arena);
    struct offer_row *row = make_row(offer, arena, make_flow(arena));
    struct problems *problems;
    int too_large;

    row->has_discount = true;
    row->discount = make_rate("25");
    ck_assert_int_eq(price_offer(offer, &too_large), OK);
    problems = read_form(offer, (const char *const[]){"desired-1", "0.375001", NULL});
    ck_assert_uint_eq(problems->count, 1);
    ck_assert_ptr_nonnull(strstr(problems->list[0].message, "Enter at most $0.375000"));
    ck_assert_ptr_nonnull(
        strstr(problems->list[0].message, "lower it, as this can have no absolute price"));
    ck_assert_uint_eq(read_form(offer, (const char *const[]){"desired-1", "0.375", NULL})->count,
                      0);
    ck_assert_str_eq(rate_show(arena, row->adjustment), "25");
}
END_TEST

Suite *
solver_suite(void)
{
    Suite *suite = suite_create("core/solver");
    TCase *tests = tcase_create("solver");

    tcase_add_checked_fixture(tests, setup, teardown);
    tcase_add_test(tests, worked_examples);
    tcase_add_test(tests, an_hours_price_has_six_decimals);
    tcase_add_test(tests, the_cap_of_a_discount);
    tcase_add_test(tests, prices_that_no_adjustment_gives);
    tcase_add_test(tests, the_residue_is_small);
    tcase_add_test(tests, a_form_gives_rows_their_adjustments);
    tcase_add_test(tests, a_form_says_why_not);
    tcase_add_test(tests, what_a_partner_price_of_nothing_says);
    tcase_add_test(tests, a_virtual_machine_has_no_other_way);
    suite_add_tcase(suite, tests);
    return suite;
}

/*
 * offer_rows_test.c: what a pricing row sells, how people name it, which prices it has, and which
 * rows cannot be in an offer together (LAW 4.4, 9.1, D-16).
 */
#include "make_rows.h"

#include <check.h>

Suite *offer_rows_suite(void);

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

START_TEST(words_of_rows)
{
    struct offer *offer = make_empty(arena, OFFER_RESERVATIONS);
    struct offer_row *row = make_reservation(offer, arena, make_sizes(arena), 36, 1);

    ck_assert_str_eq(row_words(arena, row), "Harbor Gateway, Sizes: 3-year reservation");
    ck_assert_str_eq(row_plan_words(arena, row), "Sizes: 3-year reservation");
    make_line(arena, row, 4, 1, "1");
    ck_assert_str_eq(price_words(arena, row, &row->prices[0]),
                     "3-year reservation, 4 vCPU, paid monthly");
    row = make_reservation(offer, arena, make_plain(arena), 12, 0);
    make_line(arena, row, 0, 1, "1");
    ck_assert_str_eq(price_words(arena, row, &row->prices[0]), "1-year reservation, paid upfront");

    row = make_orchid(make_empty(arena, OFFER_NEW_PLANS), arena);
    ck_assert_str_eq(row_words(arena, row), "Ledgerline, Orchid");
    row->plan_name = "";
    ck_assert_str_eq(row_words(arena, row), "Ledgerline, Max");
    ck_assert_str_eq(price_words(arena, row, row_price(row, "term-36")),
                     "3-year, 3 annual payments");
}
END_TEST

START_TEST(a_whole_product_has_the_prices_of_its_plans)
{
    struct offer *offer = make_empty(arena, OFFER_EXISTING_PLANS);
    struct offer_row *row = make_row(offer, arena, make_pro(arena));
    struct plan *plans = arena_array(arena, struct plan, 2);
    struct plan facts = *make_pro(arena);

    facts.id = "";
    facts.name = "";
    plans[0] = *make_pro(arena);
    plans[1] = *make_max(arena);
    row->whole_product = true;
    row_attach_product(arena, row, &facts, plans, 2);
    ck_assert_str_eq(row_words(arena, row), "Ledgerline, all plans");
    ck_assert_uint_eq(row->price_count, 6);
    ck_assert_str_eq(row->prices[0].key, "pro.term-12");
    ck_assert_ptr_eq(row->prices[0].plan, &plans[0]);
    ck_assert_str_eq(row->prices[2].key, "max.term-1");
    ck_assert_ptr_eq(row->prices[2].plan, &plans[1]);
    ck_assert_str_eq(price_words(arena, row, &row->prices[5]), "Max: Meter: 100 emails");
    ck_assert_ptr_nonnull(row_absolute_refusal(row));
}
END_TEST

START_TEST(absolute_prices_are_of_plans_without_trials)
{
    struct offer *offer = make_empty(arena, OFFER_EXISTING_PLANS);
    struct offer_row *row = make_row(offer, arena, make_pro(arena));

    ck_assert_ptr_null(row_absolute_refusal(row));
    row->plan->trial_months = 1;
    ck_assert_ptr_nonnull(row_absolute_refusal(row));
    ck_assert_ptr_nonnull(row_absolute_refusal(make_row(offer, arena, make_flow(arena))));
    ck_assert_ptr_null(row_absolute_refusal(make_row(offer, arena, make_ops(arena))));
}
END_TEST

/* The order is that of the terms, then the meters, whatever order they were sold in. */
START_TEST(a_new_plan_has_the_terms_it_sells)
{
    static const int payments[LIMIT_TERMS] = {TERM_NOT_SOLD, 1, 12, 0};
    struct offer_row *row = make_orchid(make_empty(arena, OFFER_NEW_PLANS), arena);

    row_attach_terms(arena, row, row->plan, payments);
    ck_assert_uint_eq(row->price_count, 5);
    ck_assert_str_eq(row->prices[0].key, "term-12");
    ck_assert_str_eq(row->prices[1].key, "term-24");
    ck_assert_str_eq(row->prices[2].key, "term-36");
    ck_assert_str_eq(row->prices[3].key, "meter-calls");
    ck_assert(row->prices[2].has_own); /* typed before for the term */
    ck_assert(row->prices[2].point->unlisted);
    ck_assert(price_is_rows(&row->prices[0]) && !price_is_rows(&row->prices[3]));
    ck_assert_int_eq(row_payment(row, 1), TERM_NOT_SOLD);
    ck_assert_int_eq(row_payment(row, 24), 12);
}
END_TEST

START_TEST(rows_that_clash)
{
    struct offer_row whole = {.whole_product = true, .plan = make_pro(arena)};
    struct offer_row pro = {.plan = make_pro(arena)};
    struct offer_row max = {.plan = make_max(arena)};
    struct offer_row team = {.plan = make_team(arena)};
    struct offer_row year = {.plan = make_sizes(arena), .duration_months = 12};
    struct offer_row years = {.plan = make_sizes(arena), .duration_months = 36};
    struct offer_row other = {.plan = make_cores(arena), .duration_months = 12};

    ck_assert(rows_clash(OFFER_EXISTING_PLANS, &pro, &pro));
    ck_assert(rows_clash(OFFER_EXISTING_PLANS, &whole, &whole));
    ck_assert(rows_clash(OFFER_EXISTING_PLANS, &whole, &max));
    ck_assert(rows_clash(OFFER_EXISTING_PLANS, &max, &whole));
    ck_assert(!rows_clash(OFFER_EXISTING_PLANS, &pro, &max));
    ck_assert(!rows_clash(OFFER_EXISTING_PLANS, &whole, &team));
    ck_assert(rows_clash(OFFER_NEW_PLANS, &max, &max)); /* two new plans of one template */
    ck_assert(!rows_clash(OFFER_NEW_PLANS, &max, &pro));
    ck_assert(rows_clash(OFFER_RESERVATIONS, &year, &year));
    ck_assert(!rows_clash(OFFER_RESERVATIONS, &year, &years));
    ck_assert(!rows_clash(OFFER_RESERVATIONS, &year, &other));
}
END_TEST

START_TEST(schedules)
{
    int months = 7;

    ck_assert_str_eq(schedule_text(0), "upfront");
    ck_assert_str_eq(schedule_text(1), "monthly");
    ck_assert_int_eq(schedule_read("monthly", &months), OK);
    ck_assert_int_eq(months, 1);
    ck_assert_int_eq(schedule_read("upfront", &months), OK);
    ck_assert_int_eq(months, 0);
    ck_assert_int_eq(schedule_read("", &months), ERR_INVALID);
    ck_assert_int_eq(schedule_read("Monthly", &months), ERR_INVALID);
    ck_assert_int_eq(months, 0);
}
END_TEST

Suite *
offer_rows_suite(void)
{
    Suite *suite = suite_create("offer_rows");
    TCase *cases = tcase_create("rows");

    tcase_add_checked_fixture(cases, setup, teardown);
    tcase_add_test(cases, words_of_rows);
    tcase_add_test(cases, a_whole_product_has_the_prices_of_its_plans);
    tcase_add_test(cases, absolute_prices_are_of_plans_without_trials);
    tcase_add_test(cases, a_new_plan_has_the_terms_it_sells);
    tcase_add_test(cases, rows_that_clash);
    tcase_add_test(cases, schedules);
    suite_add_tcase(suite, cases);
    return suite;
}

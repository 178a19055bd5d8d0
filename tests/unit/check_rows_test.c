/*
 * check_rows_test.c: what must hold of rows at the ISV's submit, and of one row's own form
 * (LAW 4.4, 9.1, D-16). Not here: the rest of the submit (check_test).
 */
#include "make_rows.h"

#include <check.h>
#include <string.h>

Suite *check_rows_suite(void);

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

/* What the rows' part of a submit says. */
static struct problems *
checked(struct offer *offer)
{
    struct problems *problems = problems_new(arena);
    int too_large = 0;

    ck_assert_int_eq(price_offer(offer, &too_large), OK);
    check_rows(offer, problems);
    return problems;
}

/* What the own form of the first row says. */
static struct problems *
of_form(struct offer *offer)
{
    struct problems *problems = problems_new(arena);
    int too_large = 0;

    ck_assert_int_eq(price_offer(offer, &too_large), OK);
    check_row(offer->type, &offer->rows[0], problems);
    return problems;
}

static void
only(const struct problems *problems, const char *at, const char *words)
{
    ck_assert_msg(problems->count == 1, "%zu problems", problems->count);
    ck_assert_str_eq(problems->list[0].at, at);
    ck_assert_msg(strstr(problems->list[0].message, words) != NULL, "%s",
                  problems->list[0].message);
}

/* The places of all problems, in their order. */
static const char *
places(const struct problems *problems)
{
    const char *found = "";

    for (size_t i = 0; i < problems->count; i++)
        found = arena_format(arena, "%s %s", found, problems->list[i].at);
    return found;
}

START_TEST(rows_without_a_price)
{
    struct offer *offer = make_deal(arena);

    offer->rows[0].has_discount = false;
    only(checked(offer), "discount-1", "between 0.01 and 100 for Ledgerline, Pro");
    offer = make_deal(arena);
    offer->rows[1].prices[0].has_own = false;
    only(checked(offer), "type-2", "Configure the price of Harbor Ingest, Ops");
}
END_TEST

START_TEST(rows_priced_in_part)
{
    struct offer *offer = make_deal(arena);
    struct offer_row *row = make_row(offer, arena, make_team(arena));

    only(checked(offer), "discount-3", "Ledgerline Seats, Team");
    make_own(row, "user-1", make_amount("9.00"));
    only(checked(offer), "type-3", "Configure the price of Ledgerline Seats, Team");
    make_own(row, "user-12", make_amount("0.00"));
    ck_assert_uint_eq(checked(offer)->count, 0);
}
END_TEST

START_TEST(absolute_prices_where_they_may_not_be)
{
    struct offer *offer = make_deal(arena);

    offer->rows[1].plan->trial_months = 1;
    only(checked(offer), "type-2", "trial");
    offer = make_deal(arena);
    make_row(offer, arena, make_flow(arena))->price_type = PRICE_ABSOLUTE;
    only(checked(offer), "type-3", "virtual machine");
    /* A discount on either is fine. */
    offer->rows[2].price_type = PRICE_DISCOUNT;
    offer->rows[2].has_discount = true;
    offer->rows[2].discount = make_rate("100");
    offer->rows[0].plan->trial_months = 1;
    ck_assert_uint_eq(checked(offer)->count, 0);
}
END_TEST

START_TEST(plans_no_longer_sold)
{
    struct offer *offer = make_deal(arena);
    struct plan *plan = offer->rows[0].plan;
    bool *const needs[] = {&plan->in_azure_marketplace, &plan->product_published,
                           &plan->transactable, &plan->is_public, &plan->published};

    for (size_t i = 0; i < COUNT(needs); i++) {
        *needs[i] = false;
        only(checked(offer), "type-1", "Remove Ledgerline, Pro");
        *needs[i] = true;
    }
    plan->publisher = "10000009"; /* somebody else's */
    only(checked(offer), "type-1", "Remove Ledgerline, Pro");
    plan->publisher = ISV_ID;
    plan->model = MODEL_VM_BYOL;
    only(checked(offer), "type-1", "Remove Ledgerline, Pro");
}
END_TEST

START_TEST(the_same_plan_twice)
{
    struct offer *offer = make_deal(arena);
    struct offer_row *row = make_row(offer, arena, make_pro(arena));

    row->has_discount = true;
    row->discount = make_rate("5");
    only(checked(offer), "type-3", "in the offer twice");
    row->plan->product = "another-product"; /* ids of plans are unique in their product only */
    ck_assert_uint_eq(checked(offer)->count, 0);
}
END_TEST

/* A row of all plans of Ledgerline: Pro and Max. */
static struct offer_row *
whole_row(struct offer *offer)
{
    struct offer_row *row = make_row(offer, arena, make_pro(arena));
    struct plan *facts = arena_new(arena, struct plan);
    struct plan *plans = arena_array(arena, struct plan, 2);

    plans[0] = *make_pro(arena);
    plans[1] = *make_max(arena);
    *facts = *make_pro(arena);
    facts->id = "";
    facts->name = "";
    facts->point_count = 0;
    row->whole_product = true;
    row_attach_product(arena, row, facts, plans, 2);
    return row;
}

START_TEST(a_whole_product_takes_a_discount)
{
    struct offer *offer = make_empty(arena, OFFER_EXISTING_PLANS);
    struct offer_row *row = whole_row(offer);

    only(checked(offer), "discount-1", "Ledgerline, all plans");
    row->has_discount = true;
    row->discount = make_rate("10");
    ck_assert_uint_eq(checked(offer)->count, 0);
    ck_assert_uint_eq(row->price_count, 6);
    ck_assert_str_eq(amount_show(arena, row_price(row, "pro.term-12")->partner), "$1,080.00");
    ck_assert_str_eq(amount_show(arena, row_price(row, "max.term-1")->partner), "$450.00");
    row->price_type = PRICE_ABSOLUTE;
    only(checked(offer), "type-1", "whole product");
    ck_assert_ptr_nonnull(row_absolute_refusal(row));
}
END_TEST

START_TEST(a_whole_product_needs_a_plan_on_sale)
{
    struct offer *offer = make_empty(arena, OFFER_EXISTING_PLANS);
    struct offer_row *row = whole_row(offer);

    row->has_discount = true;
    row->discount = make_rate("10");
    row->plan->publisher = "10000009";
    only(checked(offer), "type-1", "Remove Ledgerline, all plans");
    row->plan->publisher = ISV_ID;
    row_attach_product(arena, row, row->plan, NULL, 0);
    only(checked(offer), "type-1", "Remove Ledgerline, all plans");
}
END_TEST

/* LAW 9.1: no plan's row together with its product's, whichever came first. */
START_TEST(a_plan_and_its_product_clash)
{
    for (int first = 0; first < 2; first++) {
        struct offer *offer = make_empty(arena, OFFER_EXISTING_PLANS);

        if (first == 0)
            whole_row(offer);
        make_row(offer, arena, make_max(arena));
        if (first == 1)
            whole_row(offer);
        make_row(offer, arena, make_team(arena)); /* of another product */
        for (size_t i = 0; i < offer->row_count; i++) {
            offer->rows[i].has_discount = true;
            offer->rows[i].discount = make_rate("10");
        }
        only(checked(offer), "type-2", "Ledgerline, Max");
        ck_assert_ptr_nonnull(strstr(checked(offer)->list[0].message, "Ledgerline, all plans"));
    }
}
END_TEST

START_TEST(a_whole_product_twice)
{
    struct offer *offer = make_empty(arena, OFFER_EXISTING_PLANS);

    for (int i = 0; i < 2; i++) {
        struct offer_row *row = whole_row(offer);

        row->has_discount = true;
        row->discount = make_rate("10");
    }
    only(checked(offer), "type-2", "in the offer twice");
}
END_TEST

START_TEST(a_finished_new_plan_passes)
{
    struct offer *offer = make_empty(arena, OFFER_NEW_PLANS);

    make_orchid(offer, arena);
    ck_assert_uint_eq(checked(offer)->count, 0);
    ck_assert_uint_eq(of_form(offer)->count, 0);
}
END_TEST

/* The form tells everything beside its fields, the submit sums it up at the row. */
START_TEST(what_a_new_plan_lacks)
{
    struct offer *offer = make_empty(arena, OFFER_NEW_PLANS);
    struct offer_row *row = make_new_plan(offer, arena, make_max(arena));

    row->plan_name = "";
    row->plan_description = "";
    ck_assert_str_eq(places(of_form(offer)), " plan_name-1 plan_description-1 payment-1-1"
                                             " price-1-meter-calls price-1-meter-emails");
    only(checked(offer), "type-1", "Configure the price of Ledgerline, Max: Enter a name");
    offer->rows[0] = *make_orchid(make_empty(arena, OFFER_NEW_PLANS), arena);
    row->prices[0].has_own = false;
    only(of_form(offer), "price-1-term-1", "1-month, paid monthly");
    only(checked(offer), "type-1", "Configure the price of Ledgerline, Orchid: Enter a price for");
}
END_TEST

static const struct {
    int64_t min;
    int64_t max;
    const char *at;
} user_numbers[] = {
    {1, 0, NULL},
    {1, 1, NULL},
    {20, 100, NULL},
    {0, 0, "min_users-1"},
    {0, 5, "min_users-1"},
    {20, 19, "max_users-1"},
    {LIMIT_QUANTITY, LIMIT_QUANTITY, NULL},
};

START_TEST(users_of_a_new_plan)
{
    static const int monthly[LIMIT_TERMS] = {0, TERM_NOT_SOLD, TERM_NOT_SOLD, TERM_NOT_SOLD};
    struct offer *offer = make_empty(arena, OFFER_NEW_PLANS);
    struct offer_row *row = make_new_plan(offer, arena, make_team(arena));

    row_attach_terms(arena, row, row->plan, monthly);
    make_own(row, "user-1", make_amount("12.50"));
    row->min_users = user_numbers[_i].min;
    row->max_users = user_numbers[_i].max;
    if (user_numbers[_i].at == NULL)
        ck_assert_uint_eq(of_form(offer)->count, 0);
    else
        only(of_form(offer), user_numbers[_i].at, "users");
    ck_assert_uint_eq(checked(offer)->count, user_numbers[_i].at == NULL ? 0 : 1);
}
END_TEST

/* What a template or base plan may have become since it was chosen. */
static void
gets_trial(struct plan *plan)
{
    plan->trial_months = 1;
}

static void
goes_private(struct plan *plan)
{
    plan->is_public = false;
}

static void
is_unpublished(struct plan *plan)
{
    plan->published = false;
}

static void
loses_product(struct plan *plan)
{
    plan->product_published = false;
}

static void
changes_hands(struct plan *plan)
{
    plan->publisher = "10000009";
}

static const struct {
    void (*happens)(struct plan *plan);
    const char *words;
} to_template[] = {
    {gets_trial, "free trial"},  {goes_private, "template"},  {is_unpublished, "template"},
    {loses_product, "template"}, {changes_hands, "template"},
};

START_TEST(a_template_may_be_lost)
{
    struct offer *offer = make_empty(arena, OFFER_NEW_PLANS);

    make_orchid(offer, arena);
    to_template[_i].happens(offer->rows[0].plan);
    only(checked(offer), "type-1", to_template[_i].words);
    ck_assert_ptr_nonnull(strstr(checked(offer)->list[0].message, "Remove Ledgerline, Orchid"));
}
END_TEST

static struct offer *
reserved(struct plan *(*plan)(struct arena *arena), int vcpu)
{
    struct offer *offer = make_empty(arena, OFFER_RESERVATIONS);

    make_line(arena, make_reservation(offer, arena, plan(arena), 12, 0), vcpu, 4, "5,000.00");
    return offer;
}

START_TEST(finished_reservations_pass)
{
    struct offer *offer = reserved(make_sizes, 4);

    ck_assert_uint_eq(checked(offer)->count, 0);
    make_line(arena, make_reservation(offer, arena, make_plain(arena), 36, 1), 0, 1, "0.00");
    /* the same plan for the other duration is another thing to sell (D-16) */
    make_line(arena, make_reservation(offer, arena, make_sizes(arena), 36, 1), 2, 1000000, "1");
    ck_assert_uint_eq(checked(offer)->count, 0);
    ck_assert_uint_eq(of_form(offer)->count, 0);
    make_line(arena, make_reservation(offer, arena, make_sizes(arena), 36, 0), 4, 1, "1");
    only(checked(offer), "type-4", "in the offer twice");
}
END_TEST

START_TEST(what_a_reservation_lacks)
{
    struct offer *offer = make_empty(arena, OFFER_RESERVATIONS);
    struct offer_row *row = make_reservation(offer, arena, make_cores(arena), 12, 0);

    only(of_form(offer), "vcpu-1-1", "at least one");
    make_line(arena, row, 2, 0, "1");
    make_line(arena, row, 8, 1, "1");
    row->prices[1].has_own = false;
    ck_assert_str_eq(places(of_form(offer)), " quantity-1-1 unit-1-2");
    only(checked(offer), "type-1",
         "Configure the price of Harbor Gateway, Cores: 1-year reservation: Enter a number");
}
END_TEST

static void
loses_reservations(struct plan *plan)
{
    plan->reservations[RESERVATION_1_YEAR].sold = false;
    plan->reservations[RESERVATION_3_YEARS].sold = false;
}

static void
loses_duration(struct plan *plan)
{
    plan->reservations[RESERVATION_1_YEAR].sold = false;
}

static void
loses_size(struct plan *plan)
{
    plan->points[1].vcpu = 8; /* the price of 4 is one of 8 now */
}

static const struct {
    void (*happens)(struct plan *plan);
    const char *form; /* where the row's own form says so */
    const char *places;
} to_base[] = {
    {is_unpublished, "", " type-1"},
    {goes_private, "", " type-1"},
    {loses_reservations, " duration-1", " type-1 type-1"},
    {loses_duration, " duration-1", " type-1"},
    {loses_size, " vcpu-1-1", " type-1"},
};

START_TEST(a_base_plan_may_be_lost)
{
    struct offer *offer = reserved(make_sizes, 4);
    struct offer_row *row = &offer->rows[0];
    static const int size = 4;

    to_base[_i].happens(row->plan);
    row_attach_sizes(arena, row, row->plan, &size, 1);
    ck_assert_str_eq(places(of_form(offer)), to_base[_i].form);
    ck_assert_str_eq(places(checked(offer)), to_base[_i].places);
    ck_assert_int_eq(row->prices[0].quantity, 4); /* nothing typed is lost */
}
END_TEST

/* A list price past the largest there is keeps nobody from selling for less. */
START_TEST(a_list_price_too_large_is_no_problem)
{
    struct offer *offer = make_empty(arena, OFFER_RESERVATIONS);
    struct plan *plan = make_plain(arena);

    plan->points[0].list = make_hourly("1000000");
    make_line(arena, make_reservation(offer, arena, plan, 12, 0), 0, 1, "999,999,999.99");
    ck_assert_uint_eq(checked(offer)->count, 0);
    ck_assert(!offer->rows[0].prices[0].has_list);
}
END_TEST

START_TEST(totals_that_do_not_fit)
{
    struct offer *offer = make_empty(arena, OFFER_RESERVATIONS);
    struct offer_row *row = make_reservation(offer, arena, make_cores(arena), 36, 1);

    make_line(arena, row, 1, LIMIT_QUANTITY, "999,999,999.99");
    make_line(arena, row, 2, LIMIT_QUANTITY, "999,999,999.99");
    ck_assert_uint_eq(checked(offer)->count, 0);
    row = make_reservation(offer, arena, make_plain(arena), 36, 1);
    make_line(arena, row, 0, LIMIT_QUANTITY, "999,999,999.99");
    only(checked(offer), "products", "too large");
    make_line(arena, &offer->rows[0], 4, LIMIT_QUANTITY, "999,999,999.99");
    only(checked(offer), "type-1", "too large");
    only(of_form(offer), "quantity-1-1", "too large");
}
END_TEST

Suite *
check_rows_suite(void)
{
    Suite *suite = suite_create("check_rows");
    TCase *cases = tcase_create("rows");

    tcase_add_checked_fixture(cases, setup, teardown);
    tcase_add_test(cases, rows_without_a_price);
    tcase_add_test(cases, rows_priced_in_part);
    tcase_add_test(cases, absolute_prices_where_they_may_not_be);
    tcase_add_test(cases, plans_no_longer_sold);
    tcase_add_test(cases, the_same_plan_twice);
    tcase_add_test(cases, a_whole_product_takes_a_discount);
    tcase_add_test(cases, a_whole_product_needs_a_plan_on_sale);
    tcase_add_test(cases, a_plan_and_its_product_clash);
    tcase_add_test(cases, a_whole_product_twice);
    tcase_add_test(cases, a_finished_new_plan_passes);
    tcase_add_test(cases, what_a_new_plan_lacks);
    tcase_add_loop_test(cases, users_of_a_new_plan, 0, COUNT(user_numbers));
    tcase_add_loop_test(cases, a_template_may_be_lost, 0, COUNT(to_template));
    tcase_add_test(cases, finished_reservations_pass);
    tcase_add_test(cases, what_a_reservation_lacks);
    tcase_add_loop_test(cases, a_base_plan_may_be_lost, 0, COUNT(to_base));
    tcase_add_test(cases, a_list_price_too_large_is_no_problem);
    tcase_add_test(cases, totals_that_do_not_fit);
    suite_add_tcase(suite, cases);
    return suite;
}

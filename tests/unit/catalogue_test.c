/*
 * catalogue_test.c: LAW 3: what may be sold, what may take an absolute price, payments of a term,
 * words of price points, amounts in their own precision.
 */
#include "make_offer.h"

#include <check.h>
#include <signal.h>
#include <string.h>

Suite *catalogue_suite(void);

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

START_TEST(every_reason_alone_keeps_a_plan_out)
{
    struct plan *plan = make_pro(arena);
    bool *const needs[] = {&plan->in_azure_marketplace, &plan->product_published,
                           &plan->transactable, &plan->is_public, &plan->published};

    ck_assert(plan_selectable(plan));
    for (size_t i = 0; i < COUNT(needs); i++) {
        *needs[i] = false;
        ck_assert(!plan_selectable(plan));
        *needs[i] = true;
    }
    /* What does not matter for selling. */
    plan->trial_months = 1;
    plan->commitment_eligible = false;
    ck_assert(plan_selectable(plan));
}
END_TEST

START_TEST(models_with_and_without_a_price)
{
    static const struct {
        enum pricing_model model;
        enum product_type type;
        bool sold;
    } rows[] = {
        {MODEL_FLAT_RATE, PRODUCT_SAAS, true}, {MODEL_PER_USER, PRODUCT_SAAS, true},
        {MODEL_VM_FREE, PRODUCT_VM, false},    {MODEL_VM_BYOL, PRODUCT_VM, false},
        {MODEL_VM_FLAT, PRODUCT_VM, true},     {MODEL_VM_CORE, PRODUCT_VM, true},
        {MODEL_VM_SIZE, PRODUCT_VM, true},     {MODEL_VM_MARKET, PRODUCT_VM, true},
        {MODEL_APP, PRODUCT_APP, true},
    };

    ck_assert_uint_eq(COUNT(rows), MODEL_COUNT);
    for (size_t i = 0; i < COUNT(rows); i++) {
        const struct plan *plan = make_plan(arena, rows[i].type, rows[i].model, "x", "X");

        ck_assert_msg(plan_selectable(plan) == rows[i].sold, "%s", model_text(rows[i].model));
    }
}
END_TEST

START_TEST(absolute_prices_of_4_4)
{
    struct plan *pro = make_pro(arena);
    struct plan *ops = make_ops(arena);
    struct plan *flow = make_flow(arena);

    ck_assert_ptr_null(plan_absolute_refusal(pro));
    ck_assert_ptr_null(plan_absolute_refusal(make_team(arena)));
    ck_assert_ptr_null(plan_absolute_refusal(ops));
    ck_assert_ptr_nonnull(strstr(plan_absolute_refusal(flow), "virtual machine"));
    pro->trial_months = 1;
    ops->trial_months = 1;
    flow->trial_months = 6;
    ck_assert_ptr_nonnull(strstr(plan_absolute_refusal(pro), "trial"));
    ck_assert_ptr_nonnull(strstr(plan_absolute_refusal(ops), "trial"));
    ck_assert_ptr_nonnull(strstr(plan_absolute_refusal(flow), "virtual machine"));
}
END_TEST

/* LAW 3.2: the number of payments, and how a person reads it. */
START_TEST(payments_and_words_of_terms)
{
    static const struct {
        int term_months;
        int payment_months;
        int payments;
        const char *words;
    } rows[] = {
        {1, 0, 1, "1-month, paid monthly"},         {12, 0, 1, "1-year, one payment upfront"},
        {12, 1, 12, "1-year, 12 monthly payments"}, {24, 0, 1, "2-year, one payment upfront"},
        {24, 1, 24, "2-year, 24 monthly payments"}, {24, 12, 2, "2-year, 2 annual payments"},
        {36, 0, 1, "3-year, one payment upfront"},  {36, 1, 36, "3-year, 36 monthly payments"},
        {36, 12, 3, "3-year, 3 annual payments"},
    };
    const struct plan *plan = make_pro(arena);

    for (size_t i = 0; i < COUNT(rows); i++) {
        struct price_point point = {.id = "term",
                                    .kind = POINT_TERM,
                                    .term_months = rows[i].term_months,
                                    .payment_months = rows[i].payment_months,
                                    .name = ""};

        ck_assert_int_eq(point_payments(&point), rows[i].payments);
        ck_assert_str_eq(point_words(arena, plan, &point), rows[i].words);
        point.kind = POINT_USER;
        ck_assert_str_eq(point_words(arena, plan, &point),
                         arena_format(arena, "%s, per user", rows[i].words));
    }
}
END_TEST

START_TEST(words_of_other_points)
{
    const struct plan *flow = make_flow(arena);
    const struct plan *flat = make_plan(arena, PRODUCT_VM, MODEL_VM_FLAT, "flat", "Flat");
    const struct plan *sized = make_plan(arena, PRODUCT_VM, MODEL_VM_SIZE, "sized", "Sized");
    const struct price_point hour = {.id = "hour", .kind = POINT_HOUR, .name = ""};
    const struct price_point eight = {.id = "hour-8", .kind = POINT_HOUR, .name = "", .vcpu = 8};

    ck_assert_str_eq(point_words(arena, make_ops(arena), &make_ops(arena)->points[0]),
                     "Monthly fee");
    ck_assert_str_eq(point_words(arena, make_pro(arena), &make_pro(arena)->points[1]),
                     "Meter: 100 emails");
    ck_assert_str_eq(point_words(arena, flow, &hour), "Per vCPU and hour");
    ck_assert_str_eq(point_words(arena, flat, &hour), "Per hour");
    ck_assert_str_eq(point_words(arena, sized, &eight), "Per hour, 8 vCPU");
    ck_assert_int_eq(point_payments(&hour), 1);
    ck_assert_int_eq(point_payments(&make_ops(arena)->points[0]), 1);
    ck_assert_int_eq(point_payments(&make_pro(arena)->points[1]), 1);
}
END_TEST

START_TEST(a_term_its_payments_do_not_fill)
{
    const struct price_point point = {.kind = POINT_TERM, .term_months = 12, .payment_months = 5};

    (void)point_payments(&point);
}
END_TEST

START_TEST(amounts_in_their_own_precision)
{
    const struct amount money = make_amount("1,240.50");
    const struct amount hourly = make_hourly("0.4");

    ck_assert_str_eq(amount_show(arena, money), "$1,240.50");
    ck_assert_str_eq(amount_plain(arena, money), "1240.50");
    ck_assert_int_eq(amount_integer(money), 124050);
    ck_assert_str_eq(amount_show(arena, hourly), "$0.400000");
    ck_assert_str_eq(amount_plain(arena, hourly), "0.400000");
    ck_assert_int_eq(amount_integer(hourly), 400000);

    for (int i = 0; i < POINT_KIND_COUNT; i++) {
        const struct amount amount = amount_of((enum point_kind)i, 124050);

        ck_assert_int_eq(amount_integer(amount), 124050);
        ck_assert(amount.per_hour == (i == POINT_HOUR));
        ck_assert(amount_equal(amount, money) == (i != POINT_HOUR));
    }
    ck_assert(!amount_equal(money, make_amount("1240.51")));
    ck_assert(!amount_equal(make_amount("0"), make_hourly("0")));
}
END_TEST

START_TEST(texts_read_back)
{
    enum product_type type = PRODUCT_TYPE_COUNT;
    enum pricing_model model = MODEL_COUNT;
    enum point_kind kind = POINT_KIND_COUNT;

    for (int i = 0; i < PRODUCT_TYPE_COUNT; i++) {
        ck_assert_int_eq(product_type_read(product_type_text((enum product_type)i), &type), OK);
        ck_assert_int_eq((int)type, i);
        ck_assert_uint_gt(strlen(product_type_words(type)), 0);
    }
    for (int i = 0; i < MODEL_COUNT; i++) {
        ck_assert_int_eq(model_read(model_text((enum pricing_model)i), &model), OK);
        ck_assert_int_eq((int)model, i);
    }
    for (int i = 0; i < POINT_KIND_COUNT; i++) {
        ck_assert_int_eq(point_kind_read(point_kind_text((enum point_kind)i), &kind), OK);
        ck_assert_int_eq((int)kind, i);
    }
    ck_assert_int_eq(product_type_read("saas", &type), ERR_BROKEN);
    ck_assert_int_eq(product_type_read("CONTAINER", &type), ERR_BROKEN);
    ck_assert_int_eq(model_read("", &model), ERR_BROKEN);
    ck_assert_int_eq(point_kind_read("year", &kind), ERR_BROKEN);
    ck_assert_int_eq(type, PRODUCT_APP);
    ck_assert_int_eq(model, MODEL_APP);
    ck_assert_int_eq(kind, POINT_RESERVATION);
}
END_TEST

Suite *
catalogue_suite(void)
{
    Suite *suite = suite_create("catalogue");
    TCase *selling = tcase_create("selling");
    TCase *points = tcase_create("points");

    tcase_add_checked_fixture(selling, setup, teardown);
    tcase_add_test(selling, every_reason_alone_keeps_a_plan_out);
    tcase_add_test(selling, models_with_and_without_a_price);
    tcase_add_test(selling, absolute_prices_of_4_4);
    suite_add_tcase(suite, selling);

    tcase_add_checked_fixture(points, setup, teardown);
    tcase_add_test(points, payments_and_words_of_terms);
    tcase_add_test(points, words_of_other_points);
    tcase_add_test_raise_signal(points, a_term_its_payments_do_not_fill, SIGABRT);
    tcase_add_test(points, amounts_in_their_own_precision);
    tcase_add_test(points, texts_read_back);
    suite_add_tcase(suite, points);
    return suite;
}

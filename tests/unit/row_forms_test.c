/*
 * row_forms_test.c: a row's own form, of a new plan and of a reservation: what is read, what is
 * refused and where, at the limits of LAW 4.4, 16 and D-25 and one past them.
 */
#include "make_rows.h"

#include <check.h>
#include <string.h>

Suite *row_forms_suite(void);

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

static struct problems *
read_pairs(enum offer_type type, struct offer_row *row, const char *const *pairs)
{
    const struct answers answers = make_answers(pairs);
    struct problems *problems = problems_new(arena);

    fields_read_row(type, row, &answers, arena, problems);
    return problems;
}

/* Reads a form of the offer's only row. */
#define READ(offer, ...) \
    read_pairs((offer)->type, &(offer)->rows[0], (const char *const[]){__VA_ARGS__, NULL})

static void
only_at(const struct problems *problems, const char *at)
{
    ck_assert_msg(problems->count == 1, "%zu problems", problems->count);
    ck_assert_str_eq(problems->list[0].at, at);
}

static const char *
letters(int count, const char *letter)
{
    const char *text = "";

    for (int i = 0; i < count; i++)
        text = arena_format(arena, "%s%s", text, letter);
    return text;
}

static struct offer *
orchid(void)
{
    struct offer *offer = make_empty(arena, OFFER_NEW_PLANS);

    make_orchid(offer, arena);
    return offer;
}

static struct offer *
team(void)
{
    struct offer *offer = make_empty(arena, OFFER_NEW_PLANS);

    make_new_plan(offer, arena, make_team(arena));
    return offer;
}

static const char *
own_of(const struct offer *offer, const char *key)
{
    const struct row_price *price = row_price(&offer->rows[0], key);

    ck_assert_msg(price != NULL, "no price %s", key);
    return price->has_own ? amount_plain(arena, price->own) : "none";
}

START_TEST(names_of_fields)
{
    ck_assert_str_eq(field_payment_name(arena, 3, 12), "payment-3-12");
    ck_assert_str_eq(field_point_name(arena, 3, "term-12"), "price-3-term-12");
    ck_assert_str_eq(field_included_name(arena, 3, "meter-a", 36), "included-3-meter-a-36");
    ck_assert_str_eq(field_unlimited_name(arena, 3, "meter-a", 36), "unlimited-3-meter-a-36");
    ck_assert_str_eq(field_row_name(arena, FIELD_PLAN_NAME, 3), "plan_name-3");
    ck_assert_str_eq(field_row_name(arena, FIELD_PLAN_DESCRIPTION, 3), "plan_description-3");
    ck_assert_str_eq(field_row_name(arena, FIELD_MIN_USERS, 3), "min_users-3");
    ck_assert_str_eq(field_row_name(arena, FIELD_MAX_USERS, 3), "max_users-3");
    ck_assert_str_eq(field_row_name(arena, FIELD_DURATION, 3), "duration-3");
    ck_assert_str_eq(field_schedule_name(arena, 3), "schedule-3");
    ck_assert_str_eq(field_line_name(arena, 3, LINE_VCPU, 10), "vcpu-3-10");
    ck_assert_str_eq(field_line_name(arena, 3, LINE_QUANTITY, 1), "quantity-3-1");
    ck_assert_str_eq(field_line_name(arena, 3, LINE_UNIT, 1), "unit-3-1");
}
END_TEST

START_TEST(a_new_plan_takes_terms_prices_and_quantities)
{
    struct offer *offer = orchid();
    const struct offer_row *row = &offer->rows[0];
    const struct included *included;
    const struct problems *problems =
        READ(offer, "plan_name-1", " Orchid Pro ", "plan_description-1", "One\nTwo", "payment-1-1",
             "", "payment-1-12", "1", "price-1-term-12", "1,100.5", "payment-1-24", "12",
             "price-1-term-24", "0", "price-1-meter-calls", "0.03", "included-1-meter-calls-12",
             "2,000", "included-1-meter-emails-36", "7", "included-1-meter-calls-24", "",
             "unlimited-1-meter-calls-24", "1", "included-1-meter-emails-12", "0");

    ck_assert_uint_eq(problems->count, 0);
    ck_assert_str_eq(row->plan_name, "Orchid Pro");
    ck_assert_str_eq(row->plan_description, "One\nTwo");
    ck_assert_int_eq(row_payment(row, 1), TERM_NOT_SOLD);
    ck_assert_int_eq(row_payment(row, 12), 1);
    ck_assert_int_eq(row_payment(row, 24), 12);
    ck_assert_int_eq(row_payment(row, 36), 12); /* not sent: as it was */
    ck_assert_ptr_null(row_price(row, "term-1"));
    ck_assert_str_eq(own_of(offer, "term-12"), "1100.50");
    ck_assert_str_eq(own_of(offer, "term-24"), "0.00");
    ck_assert_str_eq(own_of(offer, "term-36"), "30000.00");
    ck_assert_str_eq(own_of(offer, "meter-calls"), "0.03");
    ck_assert_str_eq(own_of(offer, "meter-emails"), "0.80");
    ck_assert_uint_eq(row->included_count, 4);
    ck_assert_ptr_null(included_find(row->included, row->included_count, "meter-emails", 1));
    included = included_find(row->included, row->included_count, "meter-calls", 12);
    ck_assert_int_eq(included->quantity, 2000);
    ck_assert(!included->unlimited);
    included = included_find(row->included, row->included_count, "meter-calls", 24);
    ck_assert(included->unlimited);
    included = included_find(row->included, row->included_count, "meter-emails", 36);
    ck_assert(!included->unlimited); /* unticked: the quantity typed beside it counts */
    ck_assert_int_eq(included->quantity, 7);
}
END_TEST

/* Another way to pay the same term keeps its price: it is what the person typed for the term. */
START_TEST(another_payment_of_a_term_keeps_its_price)
{
    struct offer *offer = orchid();

    ck_assert_uint_eq(READ(offer, "payment-1-36", "1")->count, 0);
    ck_assert_int_eq(row_payment(&offer->rows[0], 36), 1);
    ck_assert_str_eq(own_of(offer, "term-36"), "30000.00");
    ck_assert(row_price(&offer->rows[0], "term-36")->point->unlisted);
    ck_assert_uint_eq(READ(offer, "payment-1-36", "12")->count, 0);
    ck_assert(!row_price(&offer->rows[0], "term-36")->point->unlisted);
}
END_TEST

/* Of LAW 3.2's nine rows and no other; a payment that is none changes nothing. */
START_TEST(payment_options)
{
    static const struct {
        const char *at;
        int term;
        const char *text;
        int payment;
        bool taken;
    } rows[] = {
        {"payment-1-1", 1, "0", 0, true},      {"payment-1-1", 1, "1", 1, false},
        {"payment-1-12", 12, "0", 0, true},    {"payment-1-12", 12, "1", 1, true},
        {"payment-1-12", 12, "12", 12, false}, {"payment-1-24", 24, "12", 12, true},
        {"payment-1-24", 24, "1", 1, true},    {"payment-1-36", 36, "0", 0, true},
        {"payment-1-36", 36, "6", 6, false},   {"payment-1-36", 36, "monthly", 0, false},
        {"payment-1-36", 36, "-1", 0, false},  {"payment-1-36", 36, "36", 36, false},
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        struct offer *offer = orchid();
        int before = row_payment(&offer->rows[0], rows[i].term);
        const struct problems *problems = READ(offer, rows[i].at, rows[i].text);

        ck_assert_msg((problems->count == 0) == rows[i].taken, "%s %s", rows[i].at, rows[i].text);
        if (rows[i].taken) {
            ck_assert_int_eq(row_payment(&offer->rows[0], rows[i].term), rows[i].payment);
            continue;
        }
        only_at(problems, rows[i].at);
        ck_assert_int_eq(row_payment(&offer->rows[0], rows[i].term), before);
    }
}
END_TEST

START_TEST(texts_of_a_new_plan_at_their_limits)
{
    const struct {
        const char *at;
        const char *text;
        bool taken;
    } rows[] = {
        {"plan_name-1", letters(200, "界"), true},
        {"plan_name-1", letters(201, "n"), false},
        {"plan_name-1", "100% ours", false},
        {"plan_name-1", "ours <b>", false},
        {"plan_name-1", "tab\there", false},
        {"plan_name-1", "", true}, /* missing, not malformed */
        {"plan_description-1", letters(3000, "界"), true},
        {"plan_description-1", letters(3001, "d"), false},
        {"plan_description-1", "One\nline, 100% <ours>", true},
        {"plan_description-1", "bell\a", false},
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        struct offer *offer = orchid();
        const struct problems *problems = READ(offer, rows[i].at, rows[i].text);
        const char *kept = strcmp(rows[i].at, "plan_name-1") == 0 ? offer->rows[0].plan_name
                                                                  : offer->rows[0].plan_description;

        if (rows[i].taken) {
            ck_assert_msg(problems->count == 0, "%zu: %s", i, problems->list[0].message);
            ck_assert_str_eq(kept, rows[i].text);
        } else {
            only_at(problems, rows[i].at);
            ck_assert_ptr_nonnull(strstr(kept, "Orchid"));
        }
    }
}
END_TEST

static const struct {
    const char *text;
    int64_t quantity; /* -1: refused */
} included_typed[] = {
    {"0", 0},           {"1", 1},   {"999,999,999", 999999999},
    {"1000000000", -1}, {"-1", -1}, {"1.5", -1},
    {"many", -1},       {"$5", -1}, {"1e3", -1},
    {"10,00", -1},
};

START_TEST(included_quantities)
{
    struct offer *offer = orchid();
    const struct problems *problems =
        READ(offer, "included-1-meter-emails-1", included_typed[_i].text);
    const struct included *included =
        included_find(offer->rows[0].included, offer->rows[0].included_count, "meter-emails", 1);

    if (included_typed[_i].quantity < 0) {
        only_at(problems, "included-1-meter-emails-1");
        ck_assert_int_eq(included->quantity, 10);
        return;
    }
    ck_assert_uint_eq(problems->count, 0);
    ck_assert_int_eq(included->quantity, included_typed[_i].quantity);
    ck_assert_uint_eq(READ(offer, "included-1-meter-emails-1", " ")->count, 0);
    ck_assert_ptr_null(
        included_find(offer->rows[0].included, offer->rows[0].included_count, "meter-emails", 1));
}
END_TEST

static const struct {
    const char *text;
    int64_t users; /* -1: refused */
} users_typed[] = {
    {"1", 1},        {"1,000,000", 1000000},
    {"1000001", -1}, {"0", -1},
    {"-5", -1},      {"2.0", -1},
    {"all", -1},     {"", 0},
};

START_TEST(numbers_of_users)
{
    static const char *const names[] = {"min_users-1", "max_users-1"};

    for (size_t i = 0; i < COUNT(names); i++) {
        struct offer *offer = team();
        const struct problems *problems;

        offer->rows[0].min_users = 7;
        offer->rows[0].max_users = 7;
        problems = READ(offer, names[i], users_typed[_i].text);
        if (users_typed[_i].users < 0)
            only_at(problems, names[i]);
        else
            ck_assert_uint_eq(problems->count, 0);
        ck_assert_int_eq(i == 0 ? offer->rows[0].min_users : offer->rows[0].max_users,
                         users_typed[_i].users < 0 ? 7 : users_typed[_i].users);
    }
}
END_TEST

/* LAW 4.4: a flat rate has no users, per user the prices are per user. */
START_TEST(users_are_of_plans_per_user)
{
    struct offer *offer = orchid();

    ck_assert_uint_eq(READ(offer, "min_users-1", "20", "max_users-1", "zero")->count, 0);
    ck_assert_int_eq(offer->rows[0].min_users, 0);
    offer = team();
    ck_assert_uint_eq(READ(offer, "payment-1-1", "0", "price-1-user-1", "12.50", "price-1-term-1",
                           "9", "min_users-1", "20", "max_users-1", "100")
                          ->count,
                      0);
    ck_assert_str_eq(own_of(offer, "user-1"), "12.50");
    ck_assert_int_eq(offer->rows[0].min_users, 20);
    ck_assert_int_eq(offer->rows[0].max_users, 100);
}
END_TEST

static struct offer *
reserved(struct plan *(*plan)(struct arena *arena))
{
    struct offer *offer = make_empty(arena, OFFER_RESERVATIONS);

    make_reservation(offer, arena, plan(arena), 12, 0);
    return offer;
}

START_TEST(lines_are_read_by_size)
{
    struct offer *offer = reserved(make_cores);
    const struct offer_row *row = &offer->rows[0];
    const struct problems *problems =
        READ(offer, "duration-1", "36", "schedule-1", "monthly", "vcpu-1-2", "16", "quantity-1-2",
             "10", "unit-1-2", "120.00", "vcpu-1-9", "2", "quantity-1-9", "", "unit-1-9", "0",
             "vcpu-1-1", "", "quantity-1-1", " ", "unit-1-1", "");

    ck_assert_uint_eq(problems->count, 0);
    ck_assert_int_eq(row->duration_months, 36);
    ck_assert_int_eq(row->payment_months, 1);
    ck_assert_uint_eq(row->price_count, 2); /* ascending; blank lines are none */
    ck_assert_str_eq(row->prices[0].key, "reserve-2");
    ck_assert_int_eq(row->prices[0].quantity, 0);
    ck_assert_str_eq(own_of(offer, "reserve-2"), "0.00");
    ck_assert_int_eq(row->prices[1].quantity, 10);
    ck_assert_str_eq(own_of(offer, "reserve-16"), "120.00");
    ck_assert_int_eq(row->prices[1].point->term_months, 36);
    ck_assert_int_eq(row->prices[1].point->payment_months, 1);
    /* 0.50 x 16 x 8,760 x 3 x 0.5 / 36 */
    ck_assert_int_eq(row->prices[1].point->list.money.cents, 292000);

    /* A form without lines changes none of them, but what they cost by list. */
    ck_assert_uint_eq(READ(offer, "duration-1", "12", "schedule-1", "upfront")->count, 0);
    ck_assert_uint_eq(row->price_count, 2);
    ck_assert_int_eq(row->prices[1].quantity, 10);
    ck_assert_int_eq(row->prices[1].point->list.money.cents, 4905600);
    /* One with lines is all of them. */
    ck_assert_uint_eq(READ(offer, "vcpu-1-1", "2", "quantity-1-1", "3", "unit-1-1", "5")->count, 0);
    ck_assert_uint_eq(row->price_count, 1);
    ck_assert_uint_eq(READ(offer, "vcpu-1-1", "", "quantity-1-1", "", "unit-1-1", "")->count, 0);
    ck_assert_uint_eq(row->price_count, 0);
}
END_TEST

START_TEST(ten_sizes_fill_ten_lines)
{
    struct offer *offer = reserved(make_cores);
    const char *pairs[2 * LIMIT_VCPU_SIZES + 1];

    for (int k = 0; k < LIMIT_VCPU_SIZES; k++) {
        pairs[2 * (size_t)k] = field_line_name(arena, 1, LINE_VCPU, k + 1);
        pairs[2 * (size_t)k + 1] = arena_format(arena, "%d", vcpu_sizes[LIMIT_VCPU_SIZES - 1 - k]);
    }
    pairs[2 * LIMIT_VCPU_SIZES] = NULL;
    ck_assert_uint_eq(read_pairs(offer->type, &offer->rows[0], pairs)->count, 0);
    ck_assert_uint_eq(offer->rows[0].price_count, LIMIT_VCPU_SIZES);
    for (size_t k = 0; k < LIMIT_VCPU_SIZES; k++)
        ck_assert_int_eq(offer->rows[0].prices[k].point->vcpu, vcpu_sizes[k]);
}
END_TEST

/* What is refused: the field, what is typed, where that is a problem. */
static const struct {
    const char *pairs[7];
    const char *at; /* NULL: taken */
} lines_typed[] = {
    {{"vcpu-1-1", "4", "quantity-1-1", "1", "unit-1-1", "0.00"}, NULL},
    {{"vcpu-1-1", "4", "quantity-1-1", "1000000", "unit-1-1", "999999999.99"}, NULL},
    {{"vcpu-1-1", "4", "quantity-1-1", "1,000,000"}, NULL},
    {{"vcpu-1-1", "4", "quantity-1-1", "1000001"}, "quantity-1-1"},
    {{"vcpu-1-1", "4", "quantity-1-1", "0"}, "quantity-1-1"},
    {{"vcpu-1-1", "4", "quantity-1-1", "1.5"}, "quantity-1-1"},
    {{"vcpu-1-1", "4", "quantity-1-1", "-3"}, "quantity-1-1"},
    {{"vcpu-1-1", "4", "unit-1-1", "1000000000.00"}, "unit-1-1"},
    {{"vcpu-1-1", "4", "unit-1-1", "0.001"}, "unit-1-1"},
    {{"vcpu-1-1", "4", "unit-1-1", "-1"}, "unit-1-1"},
    {{"vcpu-1-1", "", "quantity-1-1", "3"}, "vcpu-1-1"},
    {{"vcpu-1-3", "", "unit-1-3", "3"}, "vcpu-1-3"},
    {{"quantity-1-2", "3"}, "vcpu-1-2"},
    {{"vcpu-1-1", "3"}, "vcpu-1-1"},
    {{"vcpu-1-1", "8"}, "vcpu-1-1"}, /* not priced by this plan */
    {{"vcpu-1-1", "0"}, "vcpu-1-1"},
    {{"vcpu-1-1", "two"}, "vcpu-1-1"},
    {{"vcpu-1-1", "99999999999999999999"}, "vcpu-1-1"},
    {{"vcpu-1-2", "4", "vcpu-1-5", "4"}, "vcpu-1-5"},
    {{"duration-1", "24"}, "duration-1"},
    {{"duration-1", ""}, "duration-1"},
    {{"duration-1", "12"}, NULL},
    {{"schedule-1", "weekly"}, "schedule-1"},
    {{"schedule-1", "upfront"}, NULL},
};

START_TEST(lines_and_choices)
{
    struct offer *offer = reserved(make_sizes);
    const struct problems *problems;

    make_line(arena, &offer->rows[0], 2, 5, "7.00");
    problems = read_pairs(offer->type, &offer->rows[0], lines_typed[_i].pairs);
    if (lines_typed[_i].at == NULL) {
        ck_assert_uint_eq(problems->count, 0);
        return;
    }
    only_at(problems, lines_typed[_i].at);
    ck_assert_uint_eq(offer->rows[0].price_count, 1); /* as it was */
    ck_assert_str_eq(own_of(offer, "reserve-2"), "7.00");
    ck_assert_int_eq(offer->rows[0].prices[0].quantity, 5);
}
END_TEST

START_TEST(all_that_is_wrong_is_told_at_once)
{
    struct offer *offer = reserved(make_sizes);
    static const char *const expected[] = {"duration-1",   "schedule-1", "vcpu-1-1",
                                           "quantity-1-1", "unit-1-1",   "vcpu-1-3"};
    const struct problems *problems =
        READ(offer, "duration-1", "18", "schedule-1", "", "vcpu-1-1", "5", "quantity-1-1", "none",
             "unit-1-1", "free", "vcpu-1-2", "4", "vcpu-1-3", "4");

    ck_assert_uint_eq(problems->count, COUNT(expected));
    for (size_t i = 0; i < COUNT(expected); i++)
        ck_assert_str_eq(problems->list[i].at, expected[i]);
}
END_TEST

/* LAW 4.4: the size is disabled and not stored on a flat rate. */
START_TEST(a_flat_rate_has_one_line_without_a_size)
{
    struct offer *offer = reserved(make_plain);
    const struct problems *problems = READ(offer, "vcpu-1-1", "4", "quantity-1-1", "4", "unit-1-1",
                                           "5,000", "vcpu-1-2", "8", "quantity-1-2", "1");

    ck_assert_uint_eq(problems->count, 0);
    ck_assert_uint_eq(offer->rows[0].price_count, 1);
    ck_assert_int_eq(offer->rows[0].prices[0].point->vcpu, 0);
    ck_assert_int_eq(offer->rows[0].prices[0].quantity, 4);
    ck_assert_str_eq(own_of(offer, "reserve-0"), "5000.00");
    ck_assert_uint_eq(READ(offer, "quantity-1-1", "", "unit-1-1", "")->count, 0);
    ck_assert_uint_eq(offer->rows[0].price_count, 1);
    ck_assert_int_eq(offer->rows[0].prices[0].quantity, 0);
    ck_assert_str_eq(own_of(offer, "reserve-0"), "none");
    ck_assert_uint_eq(READ(offer, "schedule-1", "monthly")->count, 0);
    ck_assert_uint_eq(offer->rows[0].price_count, 1);
}
END_TEST

START_TEST(a_duration_that_is_not_sold_is_refused)
{
    struct offer *offer = reserved(make_plain);

    offer->rows[0].plan->reservations[RESERVATION_3_YEARS].sold = false;
    only_at(READ(offer, "duration-1", "36"), "duration-1");
    ck_assert_int_eq(offer->rows[0].duration_months, 12);
}
END_TEST

Suite *
row_forms_suite(void)
{
    Suite *suite = suite_create("row_forms");
    TCase *plans = tcase_create("new plans");
    TCase *lines = tcase_create("reservations");

    tcase_add_checked_fixture(plans, setup, teardown);
    tcase_add_test(plans, names_of_fields);
    tcase_add_test(plans, a_new_plan_takes_terms_prices_and_quantities);
    tcase_add_test(plans, another_payment_of_a_term_keeps_its_price);
    tcase_add_test(plans, payment_options);
    tcase_add_test(plans, texts_of_a_new_plan_at_their_limits);
    tcase_add_loop_test(plans, included_quantities, 0, COUNT(included_typed));
    tcase_add_loop_test(plans, numbers_of_users, 0, COUNT(users_typed));
    tcase_add_test(plans, users_are_of_plans_per_user);
    suite_add_tcase(suite, plans);
    tcase_add_checked_fixture(lines, setup, teardown);
    tcase_add_test(lines, lines_are_read_by_size);
    tcase_add_test(lines, ten_sizes_fill_ten_lines);
    tcase_add_loop_test(lines, lines_and_choices, 0, COUNT(lines_typed));
    tcase_add_test(lines, all_that_is_wrong_is_told_at_once);
    tcase_add_test(lines, a_flat_rate_has_one_line_without_a_size);
    tcase_add_test(lines, a_duration_that_is_not_sold_is_refused);
    suite_add_tcase(suite, lines);
    return suite;
}

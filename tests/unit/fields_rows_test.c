/*
 * fields_rows_test.c: figures typed into pricing rows: discounts, adjustments, price types and own
 * prices, at the limits of LAW 16, D-6, D-25 and one past them.
 */
#include "make_offer.h"

#include <check.h>

Suite *fields_rows_suite(void);

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

/* Reads one field of a form into the offer. */
static struct problems *
read_one(struct offer *offer, enum party party, const char *name, const char *value)
{
    const char *const pairs[] = {name, value, NULL};
    const struct answers answers = make_answers(pairs);
    struct problems *problems = problems_new(arena);

    fields_read(offer, party, &answers, arena, problems);
    return problems;
}

START_TEST(discounts)
{
    static const struct {
        const char *text;
        const char *shown; /* NULL: refused */
    } rows[] = {
        {"20", "20"},          {"0.01", "0.01"},   {"100", "100"},         {"100.00", "100"},
        {"20.50", "20.5"},     {"20.55", "20.55"}, {"20.550000", "20.55"}, {" 20 % ", "20"},
        {"0", NULL},           {"0.00", NULL},     {"0.001", NULL},        {"20.555", NULL},
        {"100.01", NULL},      {"101", NULL},      {"-5", NULL},           {"+5", NULL},
        {"1e1", NULL},         {"5,5", NULL},      {"five", NULL},         {"20 %%", NULL},
        {"99999999999", NULL},
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        struct offer *offer = make_deal(arena);
        const struct problems *problems = read_one(offer, PARTY_ISV, "discount-1", rows[i].text);

        ck_assert_msg((problems->count == 0) == (rows[i].shown != NULL), "%s", rows[i].text);
        if (rows[i].shown == NULL)
            ck_assert_ptr_nonnull(problem_at(problems, "discount-1"));
        ck_assert(offer->rows[0].has_discount);
        ck_assert_str_eq(rate_show(arena, offer->rows[0].discount),
                         rows[i].shown == NULL ? "20" : rows[i].shown);
    }
}
END_TEST

START_TEST(adjustments)
{
    static const struct {
        const char *text;
        const char *shown; /* NULL: refused */
    } rows[] = {
        {"0", "0"},
        {"0.00000001", "0.00000001"},
        {"0.000000001", NULL},
        {"10.52631579", "10.52631579"},
        {"10.526315790", "10.52631579"},
        {"10.5000000000", "10.5"},
        {"10.526315789", NULL},
        {"999999999", "999999999"},
        {"999999999.99999999", "999999999.99999999"},
        {"1000000000", NULL},
        {"20.00000001", "20.00000001"}, /* the cap is for the submit to judge */
        {"-0.01", NULL},
        {"-0", NULL},
        {"1e3", NULL},
        {"12.5 %", "12.5"},
        {"abc", NULL},
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        struct offer *offer = make_priced_deal(arena);
        const struct problems *problems =
            read_one(offer, PARTY_PARTNER, "adjustment-2", rows[i].text);

        ck_assert_msg((problems->count == 0) == (rows[i].shown != NULL), "%s", rows[i].text);
        if (rows[i].shown == NULL)
            ck_assert_ptr_nonnull(problem_at(problems, "adjustment-2"));
        ck_assert(offer->rows[1].has_adjustment);
        ck_assert_str_eq(rate_show(arena, offer->rows[1].adjustment),
                         rows[i].shown == NULL ? "30" : rows[i].shown);
        ck_assert_str_eq(rate_show(arena, offer->rows[0].adjustment), "12.5");
    }
}
END_TEST

START_TEST(emptied_figures_are_no_figures)
{
    struct offer *offer = make_priced_deal(arena);

    ck_assert_uint_eq(read_one(offer, PARTY_ISV, "discount-1", "  ")->count, 0);
    ck_assert(!offer->rows[0].has_discount);
    ck_assert_uint_eq(read_one(offer, PARTY_PARTNER, "adjustment-1", "")->count, 0);
    ck_assert(!offer->rows[0].has_adjustment);
    ck_assert(offer->rows[1].has_adjustment);
}
END_TEST

START_TEST(price_types)
{
    struct offer *offer = make_deal(arena);
    struct plan *trial = make_team(arena);

    trial->trial_months = 1;
    make_row(offer, arena, make_flow(arena));
    make_row(offer, arena, trial);
    ck_assert_uint_eq(read_one(offer, PARTY_ISV, "type-1", "absolute")->count, 0);
    ck_assert_int_eq(offer->rows[0].price_type, PRICE_ABSOLUTE);
    ck_assert_uint_eq(read_one(offer, PARTY_ISV, "type-1", "discount")->count, 0);
    ck_assert_int_eq(offer->rows[0].price_type, PRICE_DISCOUNT);
    ck_assert_uint_eq(read_one(offer, PARTY_ISV, "type-2", "free")->count, 1);
    ck_assert_int_eq(offer->rows[1].price_type, PRICE_ABSOLUTE);
    /* Never for a virtual machine, never with a trial (4.4). */
    ck_assert_uint_eq(read_one(offer, PARTY_ISV, "type-3", "absolute")->count, 1);
    ck_assert_int_eq(offer->rows[2].price_type, PRICE_DISCOUNT);
    ck_assert_ptr_nonnull(problem_at(read_one(offer, PARTY_ISV, "type-4", "absolute"), "type-4"));
    ck_assert_int_eq(offer->rows[3].price_type, PRICE_DISCOUNT);
    ck_assert_uint_eq(read_one(offer, PARTY_ISV, "type-4", "discount")->count, 0);
}
END_TEST

START_TEST(own_prices)
{
    static const struct {
        const char *text;
        const char *plain; /* NULL: refused */
    } rows[] = {
        {"9.00", "9.00"},       {"0", "0.00"},
        {"0.00", "0.00"},       {"999,999,999.99", "999999999.99"},
        {"1,240.5", "1240.50"}, {"1000000000", NULL},
        {"9.005", NULL},        {"-1", NULL},
        {"free", NULL},
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        const char *const pairs[] = {"price-1-user-1", rows[i].text, "price-2-user-12", "1.00",
                                     NULL};
        const struct answers answers = make_answers(pairs);
        struct problems *problems = problems_new(arena);
        struct offer *offer = make_draft(arena);
        struct offer_row *row = make_row(offer, arena, make_team(arena));

        row->price_type = PRICE_ABSOLUTE;
        fields_read_row(OFFER_EXISTING_PLANS, row, &answers, arena, problems);
        ck_assert_msg((problems->count == 0) == (rows[i].plain != NULL), "%s", rows[i].text);
        ck_assert(row->prices[0].has_own == (rows[i].plain != NULL));
        if (rows[i].plain == NULL)
            ck_assert_ptr_nonnull(problem_at(problems, "price-1-user-1"));
        else
            ck_assert_str_eq(amount_plain(arena, row->prices[0].own), rows[i].plain);
        ck_assert(!row->prices[1].has_own); /* not sent, or sent for another row */
    }
}
END_TEST

/* D-26: what is missing is no problem of the form. */
START_TEST(an_emptied_price_is_no_price)
{
    static const char *const pairs[] = {"price-1-user-1", " ", NULL};
    const struct answers answers = make_answers(pairs);
    struct problems *problems = problems_new(arena);
    struct offer *offer = make_draft(arena);
    struct offer_row *row = make_row(offer, arena, make_team(arena));

    make_own(row, "user-1", make_amount("9.00"));
    make_own(row, "user-12", make_amount("90.00"));
    fields_read_row(OFFER_EXISTING_PLANS, row, &answers, arena, problems);
    ck_assert_uint_eq(problems->count, 0);
    ck_assert(!row->prices[0].has_own);
    ck_assert(row->prices[1].has_own);
}
END_TEST

/* LAW 4.4: a whole product takes a discount only; new plans and reservations none at all. */
START_TEST(price_types_by_option)
{
    struct offer *offer = make_draft(arena);
    struct plan *team = make_team(arena);
    struct offer_row *row = make_row(offer, arena, team);

    row->whole_product = true;
    ck_assert_ptr_nonnull(problem_at(read_one(offer, PARTY_ISV, "type-1", "absolute"), "type-1"));
    ck_assert_int_eq(row->price_type, PRICE_DISCOUNT);
    ck_assert_uint_eq(read_one(offer, PARTY_ISV, "discount-1", "7")->count, 0);
    ck_assert(row->has_discount);
    for (int type = OFFER_NEW_PLANS; type <= OFFER_RESERVATIONS; type++) {
        offer->type = (enum offer_type)type;
        row->whole_product = false;
        row->price_type = PRICE_ABSOLUTE;
        row->has_discount = false;
        ck_assert_uint_eq(read_one(offer, PARTY_ISV, "type-1", "discount")->count, 0);
        ck_assert_uint_eq(read_one(offer, PARTY_ISV, "discount-1", "7")->count, 0);
        ck_assert_int_eq(row->price_type, PRICE_ABSOLUTE);
        ck_assert(!row->has_discount);
        ck_assert_uint_eq(read_one(offer, PARTY_PARTNER, "adjustment-1", "7")->count, 0);
        ck_assert(row->has_adjustment);
    }
}
END_TEST

Suite *
fields_rows_suite(void)
{
    Suite *suite = suite_create("fields_rows");
    TCase *rows = tcase_create("rows");

    tcase_add_checked_fixture(rows, setup, teardown);
    tcase_add_test(rows, discounts);
    tcase_add_test(rows, adjustments);
    tcase_add_test(rows, emptied_figures_are_no_figures);
    tcase_add_test(rows, price_types);
    tcase_add_test(rows, own_prices);
    tcase_add_test(rows, an_emptied_price_is_no_price);
    tcase_add_test(rows, price_types_by_option);
    suite_add_tcase(suite, rows);
    return suite;
}

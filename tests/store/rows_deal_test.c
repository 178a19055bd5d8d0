/*
 * rows_deal_test.c: offers of new plans, of reservations and of whole products from the draft to
 * the acceptance, with the numbers of LAW 8.4, and where they collide with other offers (LAW 8.6,
 * D-8). Not here: the deal of single public plans (deal_test, collisions_test).
 */
#include <check.h>
#include <sqlite3.h>
#include <string.h>

#include "actions/isv.h"
#include "base/text.h"
#include "store/catalogue.h"
#include "support/list_point.h"
#include "support/play.h"
#include "support/rows_market.h"

Suite *rows_deal_suite(void);

static struct deal_market market;

static void
setup(void)
{
    deal_market_open(&market, NULL);
    rows_market_add(&market);
}

static void
teardown(void)
{
    deal_market_close(&market);
}

/* A draft of that option with everything but rows. */
static const char *
begun(enum offer_type type, const char *name)
{
    const char *id = NULL;
    struct problems *problems = problems_new(market.temp.arena);
    struct answers form =
        deal_form(&market, "name", name, ANSWER_PRICING, offer_type_text(type), NULL);
    struct act act = deal_begin(&market, PARTY_ISV, DEAL_ISV, "isv");

    ck_assert_int_eq(deal_end(&market, &act, action_offer_create(&act, &form, problems, &id)), OK);
    play_form(&market, &actor_isv, DEED_SAVE, id,
              FORM("billing_account", DEAL_ACCOUNT, "seller_id", DEAL_PARTNER, "start_mode",
                   "accepted", "end_month", "2023-12", "accept_by", "2023-11-15"),
              OK);
    return id;
}

static const char *
rev_of(const char *id)
{
    return deal_rev(&market, PARTY_ISV, DEAL_ISV, id);
}

static void
added(const char *id, const char *product, const char *plan)
{
    const struct plan_choice choice = {product, plan};
    struct problems *problems = problems_new(market.temp.arena);
    const char *rev = rev_of(id);
    struct act act = deal_begin(&market, PARTY_ISV, DEAL_ISV, "isv");

    ck_assert_int_eq(deal_end(&market, &act, action_rows_add(&act, id, rev, &choice, 1, problems)),
                     OK);
}

static void
templated(const char *id, const char *product, const char *plan)
{
    const struct plan_choice template = {product, plan};
    struct answers texts =
        deal_form(&market, "plan_name", "Orchid", "plan_description", "For Orchid", NULL);
    struct problems *problems = problems_new(market.temp.arena);
    const char *rev = rev_of(id);
    struct act act = deal_begin(&market, PARTY_ISV, DEAL_ISV, "isv");
    int row = 0;

    ck_assert_int_eq(
        deal_end(&market, &act,
                 action_new_plan_add(&act, id, rev, &template, &texts, problems, &row)),
        OK);
}

static void
configured(const char *id, int row, const struct answers *form)
{
    const struct row_edit nothing = {.remove_line = 0};
    struct problems *problems = problems_new(market.temp.arena);
    const char *rev = rev_of(id);
    struct act act = deal_begin(&market, PARTY_ISV, DEAL_ISV, "isv");

    ck_assert_int_eq(
        deal_end(&market, &act, action_row_save(&act, id, rev, row, form, &nothing, problems)), OK);
}

static struct problems *
submitted(const char *id, enum err expected)
{
    return play_form(&market, &actor_isv, DEED_SUBMIT, id, NULL, expected);
}

/* From the ISV's submit to the customer's acceptance, at that adjustment of row 1. */
static void
accepted(const char *id, const char *adjustment)
{
    submitted(id, OK);
    deal_publish(&market);
    play_form(&market, &actor_partner, DEED_PRICE, id,
              FORM("adjustment-1", adjustment, "prepared_by", "p@fabrikam.example"), OK);
    ck_assert_int_eq(play_deed(&market, &actor_partner, DEED_EXTEND, id), OK);
    deal_publish(&market);
    ck_assert_int_eq(play_deed(&market, &actor_owner, DEED_ACCEPT, id), OK);
}

/* A line of what was accepted. */
struct accepted_line {
    const char *point;
    int64_t quantity;
    int64_t list; /* -1: there is none */
    int64_t partner;
    int64_t customer;
};

static void
assert_accepted(const struct accepted_line *lines, size_t count)
{
    sqlite3 *handle = NULL;
    sqlite3_stmt *rows = NULL;

    ck_assert_int_eq(sqlite3_open_v2(market.temp.path, &handle, SQLITE_OPEN_READONLY, NULL),
                     SQLITE_OK);
    ck_assert_int_eq(sqlite3_prepare_v2(handle,
                                        "SELECT point, quantity, coalesce(list, -1), partner,"
                                        " customer FROM accepted_price ORDER BY number, point",
                                        -1, &rows, NULL),
                     SQLITE_OK);
    for (size_t i = 0; i < count; i++) {
        ck_assert_int_eq(sqlite3_step(rows), SQLITE_ROW);
        ck_assert_str_eq((const char *)sqlite3_column_text(rows, 0), lines[i].point);
        ck_assert_int_eq(sqlite3_column_int64(rows, 1), lines[i].quantity);
        ck_assert_int_eq(sqlite3_column_int64(rows, 2), lines[i].list);
        ck_assert_int_eq(sqlite3_column_int64(rows, 3), lines[i].partner);
        ck_assert_int_eq(sqlite3_column_int64(rows, 4), lines[i].customer);
    }
    ck_assert_int_eq(sqlite3_step(rows), SQLITE_DONE);
    sqlite3_finalize(rows);
    sqlite3_close(handle);
}

/* The adjustment is of every price of the row: terms and meters. */
START_TEST(a_new_plan_from_draft_to_acceptance)
{
    static const struct accepted_line lines[] = {
        {"meter-calls", 1, 5, 5, 6},         /* 0.0575 */
        {"meter-emails", 1, 100, 80, 92},    /* 0.80 x 1.15 */
        {"term-12", 1, -1, 950000, 1092500}, /* no such term by list; 9,500.00 x 1.15 */
        {"term-36", 1, 3600000, 3000000, 3450000},
    };
    const char *id = begun(OFFER_NEW_PLANS, "Orchid deal");
    struct offer offer;

    templated(id, "meters", "max");
    configured(id, 1,
               FORM("payment-1-1", "", "payment-1-12", "0", "price-1-term-12", "9,500.00",
                    "price-1-term-36", "30,000.00", "price-1-meter-emails", "0.80",
                    "included-1-meter-emails-12", "120"));
    accepted(id, "15");
    assert_accepted(lines, COUNT(lines));
    offer = CUSTOMER_SEES(id);
    ck_assert_int_eq(offer.state, STATE_ACCEPTED);
    ck_assert_str_eq(row_words(market.temp.arena, &offer.rows[0]), "Meters, Orchid");
    ck_assert_str_eq(offer.rows[0].plan_description, "For Orchid");
    ck_assert_int_eq(
        included_find(offer.rows[0].included, offer.rows[0].included_count, "meter-emails", 12)
            ->quantity,
        120);
    ck_assert(!row_price(&offer.rows[0], "term-36")->has_partner);
}
END_TEST

START_TEST(reservations_from_draft_to_acceptance)
{
    static const struct accepted_line lines[] = {
        {"reserve-2", 10, 51100, 12000, 12900}, /* 1.00 x 8,760 x 0.7 / 12; 120.00 x 1.075 */
        {"reserve-8", 4, 204400, 45000, 48375},
    };
    const char *id = begun(OFFER_RESERVATIONS, "Cores deal");
    struct row_totals totals;
    struct offer offer;

    added(id, "cores", "each");
    configured(id, 1,
               FORM("schedule-1", "monthly", "vcpu-1-1", "8", "quantity-1-1", "4", "unit-1-1",
                    "450.00", "vcpu-1-2", "2", "quantity-1-2", "10", "unit-1-2", "120.00"));
    accepted(id, "7.5");
    assert_accepted(lines, COUNT(lines));
    offer = CUSTOMER_SEES(id);
    ck_assert_int_eq(offer_totals(&offer, &totals), OK);
    ck_assert(totals.has_customer && !totals.has_partner);
    /* 483.75 x 12 x 4 = 23,220.00 and 129.00 x 12 x 10 = 15,480.00 */
    ck_assert_str_eq(money_show(market.temp.arena, totals.customer), "$38,700.00");
    offer = PARTNER_SEES(id);
    ck_assert_int_eq(offer_totals(&offer, &totals), OK);
    /* 21,600.00 and 14,400.00 */
    ck_assert_str_eq(money_show(market.temp.arena, totals.partner), "$36,000.00");
}
END_TEST

START_TEST(a_whole_product_from_draft_to_acceptance)
{
    static const struct accepted_line lines[] = {
        {"lite.term-1", 1, 5000, 4000, 4400},
        {"max.meter-calls", 1, 5, 4, 4}, /* 0.044: the markup vanishes */
        {"max.meter-emails", 1, 100, 80, 88},
        {"max.term-1", 1, 50000, 40000, 44000},
        {"max.term-36", 1, 3600000, 2880000, 3168000},
    };
    const char *id = begun(OFFER_EXISTING_PLANS, "All of Meters");

    added(id, "meters", "");
    play_form(&market, &actor_isv, DEED_SAVE, id, FORM("discount-1", "20"), OK);
    accepted(id, "10");
    assert_accepted(lines, COUNT(lines));
}
END_TEST

/* A plan of Meters at 100.00 a month that is on sale. */
static void
plan_arrives(const char *plan)
{
    struct price_point point =
        LIST_POINT("term-1", POINT_TERM, 1, 0, "", 0, amount_of(POINT_TERM, 10000));
    const struct plan late = {
        .product = "meters",
        .id = plan,
        .name = plan,
        .description = "",
        .summary = "",
        .markets = MARKET_US,
        .is_public = true,
        .published = true,
        .model = MODEL_FLAT_RATE,
        .min_users = 1,
        .points = &point,
        .point_count = 1,
    };
    struct db *db = temp_write(&market.temp);

    ck_assert_int_eq(plan_insert(db, market.temp.arena, &late), OK);
    temp_keep(&market.temp, db);
}

/* LAW 4.4: all plans of the product, now and later: whoever sees the offer sees a plan that comes
 * while it is on its way, at the row's discount and adjustment, and it is accepted with them. */
START_TEST(a_later_plan_is_of_the_product_at_once)
{
    const char *id = begun(OFFER_EXISTING_PLANS, "All of Meters");
    const struct row_price *price;
    struct offer offer;

    added(id, "meters", "");
    play_form(&market, &actor_isv, DEED_SAVE, id, FORM("discount-1", "20"), OK);
    submitted(id, OK);
    deal_publish(&market);
    plan_arrives("late");
    offer = PARTNER_SEES(id);
    price = row_price(&offer.rows[0], "late.term-1");
    ck_assert_ptr_nonnull(price);
    ck_assert_int_eq(price->list.money.cents, 10000);
    ck_assert_int_eq(price->partner.money.cents, 8000);
    play_form(&market, &actor_partner, DEED_PRICE, id,
              FORM("adjustment-1", "10", "prepared_by", "p@fabrikam.example"), OK);
    ck_assert_int_eq(play_deed(&market, &actor_partner, DEED_EXTEND, id), OK);
    deal_publish(&market);
    plan_arrives("later");
    offer = deal_view(&market, PARTY_ISV, DEAL_ISV, id);
    price = row_price(&offer.rows[0], "later.term-1");
    ck_assert_ptr_nonnull(price);
    ck_assert_int_eq(price->partner.money.cents, 8000);
    ck_assert(!price->has_customer);
    offer = CUSTOMER_SEES(id);
    price = row_price(&offer.rows[0], "later.term-1");
    ck_assert_ptr_nonnull(price);
    ck_assert_int_eq(price->customer.money.cents, 8800);
    ck_assert(!price->has_partner);
    ck_assert_int_eq(play_deed(&market, &actor_owner, DEED_ACCEPT, id), OK);
    offer = CUSTOMER_SEES(id);
    ck_assert_ptr_nonnull(row_price(&offer.rows[0], "late.term-1"));
    ck_assert_ptr_nonnull(row_price(&offer.rows[0], "later.term-1"));
}
END_TEST

/* An offer of a plan that came later meets the product's offer too (LAW 8.6). */
START_TEST(a_later_plan_collides_with_its_product)
{
    const char *first = begun(OFFER_EXISTING_PLANS, "All of Meters");
    const char *second = begun(OFFER_EXISTING_PLANS, "The later one");
    const struct problems *problems;

    added(first, "meters", "");
    play_form(&market, &actor_isv, DEED_SAVE, first, FORM("discount-1", "20"), OK);
    submitted(first, OK);
    plan_arrives("late");
    added(second, "meters", "late");
    play_form(&market, &actor_isv, DEED_SAVE, second, FORM("discount-1", "20"), OK);
    problems = submitted(second, ERR_INVALID);
    play_assert_only_at(problems, "type-1");
    ck_assert_str_eq(problems->list[0].offer, first);
}
END_TEST

static void
on_sale(const char *plan, bool published)
{
    struct db *db = temp_write(&market.temp);

    ck_assert_int_eq(plan_publish(db, "meters", plan, published), OK);
    temp_keep(&market.temp, db);
}

/* A product that loses its last plan meanwhile can be neither extended nor accepted; when one is
 * back, it can. */
START_TEST(a_product_without_plans_waits)
{
    const char *id = begun(OFFER_EXISTING_PLANS, "All of Meters");
    struct problems *problems;

    added(id, "meters", "");
    play_form(&market, &actor_isv, DEED_SAVE, id, FORM("discount-1", "20"), OK);
    submitted(id, OK);
    deal_publish(&market);
    play_form(&market, &actor_partner, DEED_PRICE, id,
              FORM("adjustment-1", "10", "prepared_by", "p@fabrikam.example"), OK);
    on_sale("max", false);
    on_sale("lite", false);
    problems = play_form(&market, &actor_partner, DEED_EXTEND, id, NULL, ERR_INVALID);
    play_assert_only_at(problems, "adjustment-1");
    ck_assert_ptr_nonnull(
        strstr(problems->list[0].message, "Meters, all plans can no longer be sold"));
    on_sale("lite", true);
    ck_assert_int_eq(play_deed(&market, &actor_partner, DEED_EXTEND, id), OK);
    deal_publish(&market);
    on_sale("lite", false);
    problems = play_form(&market, &actor_owner, DEED_ACCEPT, id, NULL, ERR_INVALID);
    play_assert_only_at(problems, "account");
    ck_assert_ptr_nonnull(strstr(problems->list[0].message, "has changed"));
    on_sale("max", true);
    ck_assert_int_eq(play_deed(&market, &actor_owner, DEED_ACCEPT, id), OK);
}
END_TEST

/* What the partner has priced, and what becomes of it when the ISV changes the row (D-7). */
START_TEST(a_changed_row_loses_its_adjustment)
{
    const char *id = begun(OFFER_RESERVATIONS, "Twice");

    added(id, "plain", "one");
    added(id, "cores", "each");
    configured(id, 1, FORM("quantity-1-1", "4", "unit-1-1", "5,000.00"));
    configured(id, 2, FORM("vcpu-2-1", "2", "quantity-2-1", "1", "unit-2-1", "1.00"));
    submitted(id, OK);
    deal_publish(&market);
    play_form(&market, &actor_partner, DEED_PRICE, id,
              FORM("adjustment-1", "7.5", "adjustment-2", "8", "prepared_by", "p@fabrikam.example"),
              OK);
    ck_assert_int_eq(play_deed(&market, &actor_isv, DEED_WITHDRAW, id), OK);
    configured(id, 1, FORM("schedule-1", "monthly"));
    submitted(id, OK);
    deal_publish(&market);
    struct offer offer = PARTNER_SEES(id);
    ck_assert(!offer.rows[0].has_adjustment);
    ck_assert(offer.rows[1].has_adjustment);
    ck_assert_int_eq(offer.rows[0].prices[0].quantity, 4);
    play_assert_only_at(play_form(&market, &actor_partner, DEED_EXTEND, id, NULL, ERR_INVALID),
                        "adjustment-1");
}
END_TEST

/* An offer of one row, ready to be submitted. */
enum kind {
    WHOLE_METERS,
    PLAN_MAX,
    NEW_OF_MAX,
    WHOLE_PLAIN,
    PLAN_HOURLY,
    YEAR_OF_ONE,
    THREE_OF_ONE
};

static const char *
ready(enum kind kind)
{
    static const enum offer_type types[] = {
        [WHOLE_METERS] = OFFER_EXISTING_PLANS, [PLAN_MAX] = OFFER_EXISTING_PLANS,
        [NEW_OF_MAX] = OFFER_NEW_PLANS,        [WHOLE_PLAIN] = OFFER_EXISTING_PLANS,
        [PLAN_HOURLY] = OFFER_EXISTING_PLANS,  [YEAR_OF_ONE] = OFFER_RESERVATIONS,
        [THREE_OF_ONE] = OFFER_RESERVATIONS,
    };
    static const char *const plans[][2] = {
        [WHOLE_METERS] = {"meters", ""},     [PLAN_MAX] = {"meters", "max"},
        [NEW_OF_MAX] = {"meters", "max"},    [WHOLE_PLAIN] = {"plain", ""},
        [PLAN_HOURLY] = {"plain", "hourly"}, [YEAR_OF_ONE] = {"plain", "one"},
        [THREE_OF_ONE] = {"plain", "one"},
    };
    const char *id = begun(types[kind], "Collider");

    if (kind == NEW_OF_MAX)
        templated(id, plans[kind][0], plans[kind][1]);
    else
        added(id, plans[kind][0], plans[kind][1]);
    if (types[kind] == OFFER_EXISTING_PLANS)
        play_form(&market, &actor_isv, DEED_SAVE, id, FORM("discount-1", "10"), OK);
    if (types[kind] == OFFER_RESERVATIONS)
        configured(id, 1,
                   FORM("duration-1", kind == YEAR_OF_ONE ? "12" : "36", "quantity-1-1", "1",
                        "unit-1-1", "5"));
    return id;
}

static const struct {
    enum kind first;
    enum kind second;
    const char *words; /* what the second is told that the first covers; NULL: nothing */
} pairs[] = {
    {WHOLE_METERS, WHOLE_METERS, "covers plans of Meters"},
    {WHOLE_METERS, PLAN_MAX, "covers Meters, Max"},
    {PLAN_MAX, WHOLE_METERS, "covers plans of Meters"},
    {WHOLE_METERS, NEW_OF_MAX, "covers Meters, Max"},
    {NEW_OF_MAX, WHOLE_METERS, "covers plans of Meters"},
    {NEW_OF_MAX, PLAN_MAX, "covers Meters, Max"},
    {NEW_OF_MAX, NEW_OF_MAX, "covers Meters, Max"},
    {WHOLE_PLAIN, YEAR_OF_ONE, "covers Plain, One"},
    {YEAR_OF_ONE, WHOLE_PLAIN, "covers plans of Plain"},
    {YEAR_OF_ONE, THREE_OF_ONE, "covers Plain, One"},
    {YEAR_OF_ONE, PLAN_HOURLY, NULL},
    {WHOLE_METERS, WHOLE_PLAIN, NULL},
};

START_TEST(one_customer_one_base_plan_one_offer)
{
    const char *first = ready(pairs[_i].first);
    const char *second = ready(pairs[_i].second);
    const struct problems *problems;

    submitted(first, OK);
    problems = submitted(second, pairs[_i].words == NULL ? OK : ERR_INVALID);
    if (pairs[_i].words == NULL)
        return;
    play_assert_only_at(problems, "type-1");
    ck_assert_uint_eq(problems->count, 1);
    ck_assert_str_eq(problems->list[0].offer, first);
    ck_assert_msg(strstr(problems->list[0].message, pairs[_i].words) != NULL, "%s",
                  problems->list[0].message);
}
END_TEST

/* Two of its plans are in the other offer: that is one collision of the product's row. */
START_TEST(an_offer_that_covers_two_plans_is_named_once)
{
    const char *first = ready(PLAN_MAX);
    const char *second = ready(WHOLE_METERS);

    added(first, "meters", "lite");
    play_form(&market, &actor_isv, DEED_SAVE, first, FORM("discount-2", "10"), OK);
    submitted(first, OK);
    ck_assert_uint_eq(submitted(second, ERR_INVALID)->count, 1);
}
END_TEST

Suite *
rows_deal_suite(void)
{
    Suite *suite = suite_create("rows_deal");
    TCase *cases = tcase_create("deals");

    tcase_add_checked_fixture(cases, setup, teardown);
    tcase_add_test(cases, a_new_plan_from_draft_to_acceptance);
    tcase_add_test(cases, reservations_from_draft_to_acceptance);
    tcase_add_test(cases, a_whole_product_from_draft_to_acceptance);
    tcase_add_test(cases, a_later_plan_is_of_the_product_at_once);
    tcase_add_test(cases, a_later_plan_collides_with_its_product);
    tcase_add_test(cases, a_product_without_plans_waits);
    tcase_add_test(cases, a_changed_row_loses_its_adjustment);
    tcase_add_loop_test(cases, one_customer_one_base_plan_one_offer, 0, COUNT(pairs));
    tcase_add_test(cases, an_offer_that_covers_two_plans_is_named_once);
    suite_add_tcase(suite, cases);
    return suite;
}

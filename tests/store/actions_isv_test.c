/*
 * actions_isv_test.c: drafting: what is refused at which field, what is kept. Expectations are LAW
 * 4 and D-26. Not here: submitting (submit_test), who may do what when (refusals_test).
 */
#include <check.h>

#include "actions/isv.h"
#include "base/text.h"
#include "store/catalogue.h"
#include "support/play.h"
#include "support/store_dump.h"
#include "support/list_point.h"

static struct deal_market market;

static void
setup(void)
{
    deal_market_open(&market, NULL);
}

static void
teardown(void)
{
    deal_market_close(&market);
}

/* Submits and answers what was wrong. */
static struct problems *
submitted(const char *id, enum err expected)
{
    return play_form(&market, &actor_isv, DEED_SUBMIT, id, NULL, expected);
}

static struct problems *
saved(const char *id, const struct answers *form, enum err expected)
{
    return play_form(&market, &actor_isv, DEED_SAVE, id, form, expected);
}

static enum err
rows_added(const char *id, const struct plan_choice *choices, size_t count,
           struct problems *problems)
{
    struct act act = deal_begin(&market, PARTY_ISV, DEAL_ISV, "isv");
    struct offer offer;

    ck_assert_int_eq(offer_load(act.db, act.arena, &act.viewer, id, &offer), OK);
    return deal_end(&market, &act,
                    action_rows_add(&act, id, offer_rev(act.arena, &offer, PARTY_ISV), choices,
                                    count, problems));
}

/* A product with that many plans on sale, p0, p1, ... */
static void
wide_product(const char *product, int plans)
{
    struct product made = {product, DEAL_ISV, product, PRODUCT_SAAS, true, true, true, true, true};
    struct price_point month =
        LIST_POINT("term-1", POINT_TERM, 1, 0, "", 0, amount_of(POINT_TERM, 1000));
    struct db *db = temp_write(&market.temp);

    ck_assert_int_eq(product_insert(db, market.temp.arena, &made), OK);
    for (int i = 0; i < plans; i++) {
        struct plan plan = {.product = product,
                            .id = arena_format(market.temp.arena, "p%d", i),
                            .name = arena_format(market.temp.arena, "Plan %d", i),
                            .description = "",
                            .summary = "",
                            .markets = MARKET_US,
                            .is_public = true,
                            .published = true,
                            .model = MODEL_FLAT_RATE,
                            .points = &month,
                            .point_count = 1};

        ck_assert_int_eq(plan_insert(db, market.temp.arena, &plan), OK);
    }
    temp_keep(&market.temp, db);
}

START_TEST(an_offer_begins_with_a_name)
{
    static const char *const bad[] = {"", "   ", "a/b", "50% off", "<b>", "a@b", "tab\tbed"};
    const char *before = store_dump(&market.temp, NULL);

    for (size_t i = 0; i < COUNT(bad); i++)
        play_assert_only_at(
            play_form(&market, &actor_isv, DEED_CREATE, NULL,
                      FORM("name", bad[i], "pricing", "editExistingOfferPricingOnly"), ERR_INVALID),
            "name");
    ck_assert_str_eq(store_dump(&market.temp, NULL), before);
    struct offer offer = ISV_SEES(play_bare_draft(&market, "  Northwind FY25 "));
    ck_assert_str_eq(offer.name, "Northwind FY25");
    ck_assert_int_eq(offer.state, STATE_DRAFT);
    ck_assert_int_eq(offer.version, 1);
    ck_assert_uint_eq(offer.row_count, 0);
    ck_assert_str_eq(offer.partner, "");
    ck_assert(day_is_none(offer.end_on) && day_is_none(offer.accept_by_on));
}
END_TEST

/* LAW 4.1: 128 characters, not bytes. */
START_TEST(a_name_has_128_characters)
{
    struct arena *arena = market.temp.arena;
    const char *longest = "";

    for (int i = 0; i < 128; i++)
        longest = arena_format(arena, "%sä", longest);
    ck_assert_str_eq(ISV_SEES(play_bare_draft(&market, longest)).name, longest);
    play_assert_only_at(play_form(&market, &actor_isv, DEED_CREATE, NULL,
                                  FORM("name", arena_format(arena, "%sä", longest), "pricing",
                                       "editExistingOfferPricingOnly"),
                                  ERR_INVALID),
                        "name");
}
END_TEST

/* D-26: a missing value never stops a save, a malformed one stops all of it. */
START_TEST(an_unfinished_form_is_saved)
{
    const char *id = play_bare_draft(&market, "Unfinished");

    saved(id,
          FORM("name", "Unfinished", "billing_account", "", "seller_id", "", "end_month", "",
               "accept_by", "", "contacts", "", "sales_note", ""),
          OK);
    saved(id, FORM("name", ""), OK); /* even without its name: the submit will ask for it */
    ck_assert_str_eq(ISV_SEES(id).name, "");
    play_assert_only_at(saved(id, FORM("start_mode", "later"), ERR_INVALID), "start_mode");
}
END_TEST

START_TEST(a_malformed_value_is_named_and_nothing_is_saved)
{
    static const struct {
        const char *at;
        const char *typed;
    } wrong[] = {
        {"name", "what?<"},
        {"billing_account", "7123"},
        {"billing_account", "nobody"},
        {"seller_id", "2000000x"},
        {"seller_id", "1234567890123"},
        {"start_mode", "yesterday"},
        {"start_month", "2023-13"},
        {"end_month", "2023-12-31"},
        {"accept_by", "2023-02-29"},
        {"accept_by", "15 Nov"},
        {"contacts", "i@contoso.example\nnobody"},
        {"contacts",
         "a@x.example\nb@x.example\nc@x.example\nd@x.example\ne@x.example\nf@x.example"},
        {"sales_note", "ask i@contoso.example"},
        {"sales_note", "0123456789012345678901234567890123456789012345678901234567890"},
        {"type-1", "gift"},
        {"discount-1", "0"},
        {"discount-1", "100.01"},
        {"discount-1", "20.001"},
        {"discount-1", "-5"},
        {"discount-1", "1e1"},
    };
    const char *id = deal_make(&market, DEAL_DRAFTED);
    const char *before = store_dump(&market.temp, NULL);

    for (size_t i = 0; i < COUNT(wrong); i++)
        play_assert_only_at(
            saved(id, FORM(wrong[i].at, wrong[i].typed, "description", "This must not stay"),
                  ERR_INVALID),
            wrong[i].at);
    ck_assert_str_eq(store_dump(&market.temp, NULL), before);
}
END_TEST

START_TEST(all_malformed_values_are_named_at_once)
{
    const char *id = deal_make(&market, DEAL_DRAFTED);
    struct problems *problems =
        saved(id, FORM("name", "a/b", "seller_id", "x", "accept_by", "soon", "discount-1", "-"),
              ERR_INVALID);

    ck_assert_uint_eq(problems->count, 4);
    ck_assert_ptr_nonnull(problem_at(problems, "name"));
    ck_assert_ptr_nonnull(problem_at(problems, "seller_id"));
    ck_assert_ptr_nonnull(problem_at(problems, "accept_by"));
    ck_assert_ptr_nonnull(problem_at(problems, "discount-1"));
}
END_TEST

/* LAW 4.2: the partner's fields are not the ISV's, even if sent; nor is what the system sets. */
START_TEST(fields_of_others_are_not_read)
{
    const char *id = deal_make(&market, DEAL_DRAFTED);
    const char *before = store_dump(&market.temp, NULL);

    saved(id,
          FORM("adjustment-1", "5", "prepared_by", "i@contoso.example", "partner_contacts",
               "i@contoso.example", "partner_note", "hello", "taxable", "1", "state", "accepted",
               "version", "9", "isv", DEAL_OTHER_ISV, "customer_price-1", "1"),
          OK);
    ck_assert_str_eq(store_dump(&market.temp, NULL), before);
}
END_TEST

START_TEST(a_save_that_changes_nothing_leaves_no_trace)
{
    const char *id = deal_make(&market, DEAL_DRAFTED);
    const char *before = store_dump(&market.temp, NULL);

    deal_market_today(&market, 2023, 10, 17);
    saved(id, FORM("name", "Northwind FY24", "discount-1", "20.00", "type-2", "absolute"), OK);
    ck_assert_str_eq(store_dump(&market.temp, NULL), before);
}
END_TEST

START_TEST(only_own_public_plans_on_sale_become_rows)
{
    static const struct plan_choice refused[] = {
        {"foreign", "one"}, {"suite", "hidden"},         {"suite", "nothing"}, {"nothing", "pro"},
        {"", ""},           {"suite", "pro' OR '1'='1"}, {"seats", "closed"},  {"suite", "PRO"},
    };
    const char *id = play_bare_draft(&market, "Rows");
    struct plan closed = {.product = "seats",
                          .id = "closed",
                          .name = "Closed",
                          .description = "",
                          .summary = "",
                          .markets = MARKET_US,
                          .is_public = true,
                          .published = false,
                          .model = MODEL_PER_USER};
    struct db *db = temp_write(&market.temp);

    ck_assert_int_eq(plan_insert(db, market.temp.arena, &closed), OK);
    temp_keep(&market.temp, db);
    for (size_t i = 0; i < COUNT(refused); i++) {
        struct problems *problems = problems_new(market.temp.arena);
        const struct plan_choice both[] = {{"suite", "pro"}, refused[i]};

        ck_assert_int_eq(rows_added(id, both, 2, problems), ERR_INVALID);
        play_assert_only_at(problems, "plan");
    }
    ck_assert_uint_eq(ISV_SEES(id).row_count, 0); /* all or none */
}
END_TEST

START_TEST(a_plan_is_in_an_offer_once)
{
    static const struct plan_choice twice[] = {{"suite", "pro"}, {"suite", "pro"}};
    const char *id = play_bare_draft(&market, "Rows");
    struct problems *problems = problems_new(market.temp.arena);

    ck_assert_int_eq(rows_added(id, NULL, 0, problems), ERR_INVALID);
    play_assert_only_at(problems, "plan");
    problems = problems_new(market.temp.arena);
    ck_assert_int_eq(rows_added(id, twice, 2, problems), ERR_INVALID);
    play_assert_only_at(problems, "plan");
    problems = problems_new(market.temp.arena);
    ck_assert_int_eq(rows_added(id, twice, 1, problems), OK);
    ck_assert_int_eq(rows_added(id, twice, 1, problems), ERR_INVALID);
    play_assert_only_at(problems, "plan");
}
END_TEST

/* LAW 4.1, 16: ten rows over all options. */
START_TEST(the_eleventh_row_does_not_fit)
{
    struct plan_choice choices[11];
    const char *id = play_bare_draft(&market, "Wide");
    struct problems *problems = problems_new(market.temp.arena);

    wide_product("wide", 11);
    for (int i = 0; i < 11; i++)
        choices[i] = (struct plan_choice){"wide", arena_format(market.temp.arena, "p%d", i)};
    ck_assert_int_eq(rows_added(id, choices, 11, problems), ERR_INVALID);
    play_assert_only_at(problems, "plan");
    ck_assert_uint_eq(ISV_SEES(id).row_count, 0);

    problems = problems_new(market.temp.arena);
    ck_assert_int_eq(rows_added(id, choices, 10, problems), OK);
    ck_assert_int_eq(rows_added(id, &choices[10], 1, problems), ERR_INVALID);
    play_assert_only_at(problems, "plan");
    struct offer offer = ISV_SEES(id);
    ck_assert_uint_eq(offer.row_count, 10);
    ck_assert_int_eq(offer.rows[9].number, 10);
}
END_TEST

/* Row numbers are never reused: an adjustment or an event of row 1 is of that row for ever. */
START_TEST(a_removed_row_takes_its_number_with_it)
{
    const char *id = deal_make(&market, DEAL_DRAFTED);
    struct problems *problems = problems_new(market.temp.arena);
    const struct plan_choice seats = {"seats", "team"};
    struct draft_edit last = {.remove_row = 2};
    struct draft_edit none = {.remove_row = 77};
    struct answers form = deal_form(&market, "description", "", NULL);
    struct act act = deal_begin(&market, PARTY_ISV, DEAL_ISV, "isv");
    struct offer offer;

    ck_assert_int_eq(action_draft_save(&act, id, "4", &form, &last, problems), OK);
    ck_assert_int_eq(action_draft_save(&act, id, "5", &form, &none, problems), OK);
    ck_assert_int_eq(action_rows_add(&act, id, "5", &seats, 1, problems), OK);
    deal_end(&market, &act, OK);
    offer = ISV_SEES(id);
    ck_assert_uint_eq(offer.row_count, 2);
    ck_assert_int_eq(offer.rows[0].number, 1);
    ck_assert_int_eq(offer.rows[1].number, 3);
    ck_assert(!offer.rows[1].has_discount);
    ck_assert(!offer.rows[1].prices[0].has_own);
}
END_TEST

START_TEST(the_partner_can_be_removed)
{
    const char *id = deal_make(&market, DEAL_DRAFTED);
    struct problems *problems = problems_new(market.temp.arena);
    struct draft_edit edit = {.remove_partner = true};
    struct answers form = deal_form(&market, "seller_id", DEAL_PARTNER, NULL);
    struct act act = deal_begin(&market, PARTY_ISV, DEAL_ISV, "isv");

    ck_assert_int_eq(
        deal_end(&market, &act, action_draft_save(&act, id, "4", &form, &edit, problems)), OK);
    ck_assert_str_eq(ISV_SEES(id).partner, "");
    play_assert_only_at(submitted(id, ERR_INVALID), "seller_id");
}
END_TEST

/* LAW 4.4: absolute never with a trial; a discount is allowed. */
START_TEST(a_trial_plan_takes_a_discount_but_no_absolute_price)
{
    const struct plan_choice trial = {"suite", "trial"};
    const char *id = play_bare_draft(&market, "Trial");
    struct problems *problems = problems_new(market.temp.arena);
    struct answers price = deal_form(&market, "price-1-term-12", "5", NULL);
    const struct row_edit nothing = {.remove_line = 0};
    struct act act;

    ck_assert_int_eq(rows_added(id, &trial, 1, problems), OK);
    play_assert_only_at(saved(id, FORM("type-1", "absolute"), ERR_INVALID), "type-1");
    act = deal_begin(&market, PARTY_ISV, DEAL_ISV, "isv");
    ck_assert_int_eq(
        deal_end(&market, &act, action_row_save(&act, id, "2", 1, &price, &nothing, problems)),
        ERR_ABSENT);
    saved(id, FORM("type-1", "discount", "discount-1", "100"), OK);
    ck_assert_int_eq(ISV_SEES(id).rows[0].prices[0].partner.money.cents, 0);
}
END_TEST

/* D-23: every price point the plan has, 0.00 allowed, above list allowed. D-26: what is malformed
 * keeps all of the form, what is missing none of it; it is missed at the submit. */
START_TEST(own_prices_are_saved_as_far_as_they_are_typed)
{
    const struct row_edit nothing = {.remove_line = 0};
    const char *id = deal_make(&market, DEAL_DRAFTED);
    struct problems *problems = problems_new(market.temp.arena);
    struct answers half = deal_form(&market, "price-1-term-12", "2,400.00", NULL);
    struct answers bad =
        deal_form(&market, "price-1-term-12", "1.005", "price-1-meter-emails", "-1", NULL);
    struct answers rest =
        deal_form(&market, "price-1-meter-emails", "0", "price-1-month", "9", NULL);
    struct act act;
    struct offer offer;

#define PRICES(rev, row, form)                             \
    act = deal_begin(&market, PARTY_ISV, DEAL_ISV, "isv"); \
    problems = problems_new(market.temp.arena);            \
    outcome =                                              \
        deal_end(&market, &act, action_row_save(&act, id, rev, row, &(form), &nothing, problems))
    enum err outcome;

    PRICES("4", 1, bad);
    ck_assert_int_eq(outcome, ERR_INVALID);
    ck_assert_uint_eq(problems->count, 2);
    ck_assert_str_eq(problems->list[0].at, "price-1-term-12");
    ck_assert_str_eq(problems->list[1].at, "price-1-meter-emails");
    ck_assert_int_eq(ISV_SEES(id).rows[0].price_type, PRICE_DISCOUNT);
    PRICES("4", 1, half);
    ck_assert_int_eq(outcome, OK);
    ck_assert_int_eq(ISV_SEES(id).rows[0].price_type, PRICE_ABSOLUTE);
    play_assert_only_at(submitted(id, ERR_INVALID), "type-1");
    PRICES("5", 1, rest);
    ck_assert_int_eq(outcome, OK);
    offer = ISV_SEES(id);
    ck_assert_int_eq(offer.rows[0].prices[0].partner.money.cents, 240000);
    ck_assert_int_eq(offer.rows[0].prices[1].partner.money.cents, 0);
    ck_assert(offer.rows[0].prices[1].has_partner);
    PRICES("6", 9, rest);
    ck_assert_int_eq(outcome, ERR_ABSENT);
}
END_TEST

/* LAW 5: 30 % on 900,000,000.00 is no price point there is (D-25), but that there are 30 % is the
 * partner's. Whatever the ISV types is kept, and voids the adjustment (D-7). */
START_TEST(a_kept_adjustment_limits_no_price_of_the_isv)
{
    const char *id = deal_make(&market, DEAL_EXTENDED);

    ck_assert_int_eq(play_deed(&market, &actor_partner, DEED_TAKE_BACK, id), OK);
    ck_assert_int_eq(play_deed(&market, &actor_isv, DEED_WITHDRAW, id), OK);
    play_form(&market, &actor_isv, DEED_SET_PRICES, id, FORM("price-2-month", "900,000,000.00"),
              OK);
    ck_assert_int_eq(ISV_SEES(id).rows[1].prices[0].partner.money.cents, INT64_C(90000000000));
    ck_assert_int_eq(play_deed(&market, &actor_isv, DEED_SUBMIT, id), OK);
    deal_publish(&market);
    ck_assert(!deal_view(&market, PARTY_PARTNER, DEAL_PARTNER, id).rows[1].has_adjustment);
}
END_TEST

Suite *
actions_isv_suite(void)
{
    Suite *suite = suite_create("actions_isv");
    TCase *cases = tcase_create("actions_isv");

    tcase_add_checked_fixture(cases, setup, teardown);
    tcase_add_test(cases, an_offer_begins_with_a_name);
    tcase_add_test(cases, a_name_has_128_characters);
    tcase_add_test(cases, an_unfinished_form_is_saved);
    tcase_add_test(cases, a_malformed_value_is_named_and_nothing_is_saved);
    tcase_add_test(cases, all_malformed_values_are_named_at_once);
    tcase_add_test(cases, fields_of_others_are_not_read);
    tcase_add_test(cases, a_save_that_changes_nothing_leaves_no_trace);
    tcase_add_test(cases, only_own_public_plans_on_sale_become_rows);
    tcase_add_test(cases, a_plan_is_in_an_offer_once);
    tcase_add_test(cases, the_eleventh_row_does_not_fit);
    tcase_add_test(cases, a_removed_row_takes_its_number_with_it);
    tcase_add_test(cases, the_partner_can_be_removed);
    tcase_add_test(cases, a_trial_plan_takes_a_discount_but_no_absolute_price);
    tcase_add_test(cases, own_prices_are_saved_as_far_as_they_are_typed);
    tcase_add_test(cases, a_kept_adjustment_limits_no_price_of_the_isv);
    suite_add_tcase(suite, cases);
    return suite;
}

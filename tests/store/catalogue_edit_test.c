/*
 * catalogue_edit_test.c: an ISV changes its own catalogue and nobody else's; prices that people
 * have seen change on their day, and offers with them (LAW 3.2).
 */
#include <check.h>
#include <string.h>

#include "actions/catalogue.h"
#include "actions/isv.h"
#include "base/text.h"
#include "store/catalogue_edit.h"
#include "support/deal_market.h"
#include "support/list_point.h"

static struct deal_market market;
static struct problems *problems;
static struct act act;

static void
setup(void)
{
    deal_market_open(&market, NULL);
    problems = problems_new(market.temp.arena);
}

static void
teardown(void)
{
    deal_market_close(&market);
}

static void
begin(void)
{
    act = deal_begin(&market, PARTY_ISV, DEAL_ISV, "isv");
    problems->count = 0;
}

static enum err
end(enum err outcome)
{
    return deal_end(&market, &act, outcome);
}

static struct own_plan
plan_now(const char *product, const char *id)
{
    struct own_plan plan;

    ck_assert_int_eq(own_plan_load(market.temp.reader, market.temp.arena, DEAL_ISV, product, id,
                                   day_of(market.fake.now), &plan),
                     OK);
    return plan;
}

/* Saves suite/pro with another price of its yearly term. */
static enum err
term_saved(int64_t cents, int64_t version)
{
    struct own_plan plan = plan_now("suite", "pro");

    plan.plan.points[0].list = amount_of(POINT_TERM, cents);
    begin();
    return end(action_plan_save(&act, &plan.plan, version, problems));
}

/* What suite/pro costs a year on that day, as offers read it. */
static int64_t
price_on(int year, int month, int dom)
{
    struct plan *plan = NULL;

    ck_assert_int_eq(plan_load(market.temp.reader, market.temp.arena, "suite", "pro",
                               day_make(year, month, dom), &plan),
                     OK);
    return plan->points[0].list.money.cents;
}

START_TEST(a_lower_price_begins_with_the_next_month)
{
    ck_assert_int_eq(term_saved(110000, 1), OK); /* 16 October */
    ck_assert_int_eq(price_on(2023, 10, 31), 120000);
    ck_assert_int_eq(price_on(2023, 11, 1), 110000);
    ck_assert_uint_eq(plan_now("suite", "pro").change_count, 1);
    deal_market_today(&market, 2023, 11, 1);
    ck_assert_uint_eq(plan_now("suite", "pro").change_count, 0); /* it is the price now */
    ck_assert_int_eq(plan_now("suite", "pro").plan.points[0].list.money.cents, 110000);
}
END_TEST

START_TEST(a_higher_price_begins_after_90_days)
{
    ck_assert_int_eq(term_saved(130000, 1), OK);
    ck_assert_int_eq(price_on(2024, 1, 31), 120000);
    ck_assert_int_eq(price_on(2024, 2, 1), 130000);
    /* typed once more, later: the notice that runs is the one that counts */
    deal_market_today(&market, 2023, 12, 20);
    ck_assert_int_eq(term_saved(130000, VERSION_ANY), OK);
    ck_assert_int_eq(price_on(2024, 2, 1), 130000);
    /* the price of today changes nothing and leaves it */
    ck_assert_int_eq(term_saved(120000, VERSION_ANY), OK);
    ck_assert_int_eq(price_on(2024, 2, 1), 130000);
    /* another takes its place */
    ck_assert_int_eq(term_saved(100000, VERSION_ANY), OK);
    ck_assert_int_eq(price_on(2023, 12, 31), 120000);
    ck_assert_int_eq(price_on(2024, 1, 1), 100000);
    ck_assert_int_eq(price_on(2024, 2, 1), 100000);
}
END_TEST

START_TEST(a_scheduled_price_is_cancelled)
{
    ck_assert_int_eq(term_saved(130000, 1), OK);
    begin();
    ck_assert_int_eq(end(action_price_change_cancel(&act, "suite", "pro", "term-12")), OK);
    ck_assert_int_eq(price_on(2024, 2, 1), 120000);
    begin();
    ck_assert_int_eq(end(action_price_change_cancel(&act, "suite", "pro", "term-12")), ERR_ABSENT);
    begin();
    ck_assert_int_eq(end(action_price_change_cancel(&act, "foreign", "one", "user-1")), ERR_ABSENT);
}
END_TEST

/* Row 1 is 20 % off Suite Pro, row 2 an absolute price of Runner Ops (LAW 20). */
START_TEST(a_discount_follows_and_an_absolute_price_stays)
{
    const char *id = deal_make(&market, DEAL_SUBMITTED);
    struct own_plan ops = plan_now("runner", "ops");
    struct viewer viewer = {PARTY_ISV, DEAL_ISV, day_make(2023, 10, 31)};
    struct offer offer;

    ck_assert_int_eq(term_saved(100000, VERSION_ANY), OK);
    ops.plan.points[0].list = amount_of(POINT_MONTH, 22000);
    begin();
    ck_assert_int_eq(end(action_plan_save(&act, &ops.plan, VERSION_ANY, problems)), OK);
    ck_assert_int_eq(offer_load(market.temp.reader, market.temp.arena, &viewer, id, &offer), OK);
    ck_assert_int_eq(row_price(&offer.rows[0], "term-12")->point->list.money.cents, 120000);
    ck_assert_int_eq(row_price(&offer.rows[1], "month")->point->list.money.cents, 25000);
    viewer.today = day_make(2023, 11, 1);
    ck_assert_int_eq(offer_load(market.temp.reader, market.temp.arena, &viewer, id, &offer), OK);
    ck_assert_int_eq(row_price(&offer.rows[0], "term-12")->point->list.money.cents, 100000);
    ck_assert_int_eq(row_price(&offer.rows[1], "month")->point->list.money.cents, 22000);
    ck_assert_int_eq(row_price(&offer.rows[1], "month")->own.money.cents, 20000);
}
END_TEST

START_TEST(nobody_saw_the_prices_of_a_new_plan)
{
    struct price_point points[] = {
        LIST_POINT("term-1", POINT_TERM, 1, 0, "", 0, amount_of(POINT_TERM, 1000))};
    struct plan plan = {.product = "suite",
                        .id = "fresh",
                        .name = "Fresh",
                        .description = "",
                        .summary = "",
                        .markets = MARKET_US,
                        .is_public = true,
                        .published = true, /* is not for a save to say */
                        .model = MODEL_FLAT_RATE,
                        .min_users = 1,
                        .points = points,
                        .point_count = 1};
    struct own_plan stored;

    begin();
    ck_assert_int_eq(end(action_plan_save(&act, &plan, VERSION_NEW, problems)), OK);
    stored = plan_now("suite", "fresh");
    ck_assert(!stored.plan.published && !stored.plan.was_published);
    points[0] = (struct price_point)LIST_POINT("term-12", POINT_TERM, 12, 1, "", 0,
                                               amount_of(POINT_TERM, 2000));
    begin();
    ck_assert_int_eq(end(action_plan_save(&act, &plan, stored.version, problems)), OK);
    stored = plan_now("suite", "fresh");
    ck_assert_uint_eq(stored.plan.point_count, 1); /* the other one is gone, at once */
    ck_assert_str_eq(stored.plan.points[0].id, "term-12");
    begin();
    ck_assert_int_eq(end(action_plan_publish(&act, "suite", "fresh", true, problems)), OK);
    stored = plan_now("suite", "fresh");
    ck_assert(stored.plan.published && stored.plan.was_published);
    begin();
    ck_assert_int_eq(end(action_plan_publish(&act, "suite", "fresh", false, problems)), OK);
    points[0].list = amount_of(POINT_TERM, 1900);
    begin();
    ck_assert_int_eq(end(action_plan_save(&act, &plan, VERSION_ANY, problems)), OK);
    ck_assert_uint_eq(plan_now("suite", "fresh").change_count, 1); /* it was seen once */
    begin();
    ck_assert_int_eq(end(action_plan_save(&act, &plan, VERSION_NEW, problems)), ERR_INVALID);
    ck_assert_ptr_nonnull(problem_at(problems, "id"));
}
END_TEST

START_TEST(everything_of_a_plan_comes_back)
{
    struct price_point points[] = {
        LIST_POINT("hour-4", POINT_HOUR, 0, 0, "", 4, amount_of(POINT_HOUR, 1)),
        LIST_POINT("hour-4-CA", POINT_HOUR, 0, 0, "", 4, amount_of(POINT_HOUR, 2))};
    struct product product = {
        .id = "gateway", .name = "Gateway", .type = PRODUCT_VM, .in_azure_marketplace = true};
    struct plan plan = {.product = "gateway",
                        .id = "sized",
                        .name = "Sized",
                        .description = "a\nb",
                        .summary = "short",
                        .markets = "CA US",
                        .model = MODEL_VM_MARKET,
                        .min_users = 1,
                        .trial_months = 6,
                        .points = points,
                        .point_count = 2};
    struct own_plan stored;
    struct own_product own;

    points[1].market = "CA";
    begin();
    ck_assert_int_eq(action_product_save(&act, &product, VERSION_NEW, problems), OK);
    if (action_plan_save(&act, &plan, VERSION_NEW, problems) != OK) /* no Canada here */
        ck_assert_ptr_nonnull(problem_at(problems, "markets"));
    plan.markets = "US";
    plan.point_count = 1;
    problems->count = 0;
    ck_assert_int_eq(end(action_plan_save(&act, &plan, VERSION_ANY, problems)), OK);
    stored = plan_now("gateway", "sized");
    ck_assert_str_eq(stored.plan.description, "a\nb");
    ck_assert_str_eq(stored.plan.summary, "short");
    ck_assert_int_eq(stored.plan.trial_months, 6);
    ck_assert(!stored.plan.is_public);
    ck_assert_int_eq(
        own_product_load(market.temp.reader, market.temp.arena, DEAL_ISV, "gateway", &own), OK);
    ck_assert(!own.facts.published);
    begin();
    product.type = PRODUCT_SAAS;
    ck_assert_int_eq(end(action_product_save(&act, &product, own.version, problems)), ERR_INVALID);
    ck_assert_ptr_nonnull(problem_at(problems, "type"));
    begin();
    ck_assert_int_eq(end(action_product_publish(&act, "gateway", true, problems)), ERR_INVALID);
    ck_assert_ptr_nonnull(problem_at(problems, "plans"));
    begin();
    ck_assert_int_eq(action_plan_publish(&act, "gateway", "sized", true, problems), OK);
    ck_assert_int_eq(end(action_product_publish(&act, "gateway", true, problems)), OK);
}
END_TEST

START_TEST(a_save_over_anothers_is_noticed)
{
    struct own_product own;
    struct product product;

    ck_assert_int_eq(term_saved(110000, 1), OK);
    ck_assert_int_eq(term_saved(100000, 1), ERR_STALE);
    ck_assert_int_eq(term_saved(100000, 2), OK);
    ck_assert_int_eq(
        own_product_load(market.temp.reader, market.temp.arena, DEAL_ISV, "suite", &own), OK);
    product = own.facts;
    product.name = "Suite 2";
    begin();
    ck_assert_int_eq(end(action_product_save(&act, &product, own.version, problems)), OK);
    begin();
    ck_assert_int_eq(end(action_product_save(&act, &product, own.version, problems)), ERR_STALE);
}
END_TEST

START_TEST(whose_catalogue_it_is)
{
    static const char *const people[] = {"isv-marketer", "partner"};
    struct product product = {.id = "foreign", .name = "Mine now", .type = PRODUCT_SAAS};
    struct own_plan plan = plan_now("suite", "pro");
    struct own_product own;

    begin(); /* another account's id */
    ck_assert_int_eq(end(action_product_save(&act, &product, VERSION_ANY, problems)), ERR_INVALID);
    ck_assert_ptr_nonnull(problem_at(problems, "id"));
    begin();
    ck_assert_int_eq(end(action_product_publish(&act, "foreign", false, problems)), ERR_ABSENT);
    begin();
    ck_assert_int_eq(end(action_plan_publish(&act, "foreign", "one", false, problems)), ERR_ABSENT);
    begin();
    plan.plan.product = "foreign";
    ck_assert_int_eq(end(action_plan_save(&act, &plan.plan, VERSION_ANY, problems)), ERR_ABSENT);
    ck_assert_int_eq(
        own_product_load(market.temp.reader, market.temp.arena, DEAL_ISV, "foreign", &own),
        ERR_ABSENT);
    for (size_t i = 0; i < COUNT(people); i++) {
        enum party party = i == 0 ? PARTY_ISV : PARTY_PARTNER;

        act = deal_begin(&market, party, i == 0 ? DEAL_ISV : DEAL_PARTNER, people[i]);
        ck_assert_int_eq(end(action_plan_publish(&act, "suite", "pro", false, problems)),
                         ERR_DENIED);
    }
}
END_TEST

/* What is asked once for each plan of a file reads no prices of the others. */
START_TEST(plans_without_their_prices)
{
    struct plan *facts;
    struct plan *plans;
    size_t fact_count;
    size_t count;

    ck_assert_int_eq(own_plans_facts(market.temp.reader, market.temp.arena, DEAL_ISV, "suite",
                                     &facts, &fact_count),
                     OK);
    ck_assert_int_eq(own_plans_load(market.temp.reader, market.temp.arena, DEAL_ISV, "suite",
                                    day_of(market.fake.now), &plans, &count),
                     OK);
    ck_assert_uint_gt(count, 0);
    ck_assert_uint_eq(fact_count, count);
    for (size_t i = 0; i < count; i++) {
        ck_assert_str_eq(facts[i].id, plans[i].id);
        ck_assert_str_eq(facts[i].name, plans[i].name);
        ck_assert_uint_eq(facts[i].point_count, 0);
        ck_assert_uint_gt(plans[i].point_count, 0);
    }
    ck_assert_int_eq(own_plans_facts(market.temp.reader, market.temp.arena, DEAL_PARTNER, "suite",
                                     &facts, &fact_count),
                     OK);
    ck_assert_uint_eq(fact_count, 0);
}
END_TEST

START_TEST(products_come_in_pages_by_name)
{
    struct product_query query = {DEAL_ISV, "", "", false};
    struct product_page page;
    struct product product = {.type = PRODUCT_SAAS, .in_azure_marketplace = true};

    begin();
    for (int i = 0; i < LIMIT_PRODUCT_ROWS + 5; i++) {
        product.id = arena_format(market.temp.arena, "many-%02d", i);
        product.name = arena_format(market.temp.arena, "Äpfel %02d", i);
        ck_assert_int_eq(action_product_save(&act, &product, VERSION_NEW, problems), OK);
    }
    ck_assert_int_eq(end(OK), OK);
    query.search = "äpfel";
    ck_assert_int_eq(products_page(market.temp.reader, market.temp.arena, &query, &page), OK);
    ck_assert_uint_eq(page.count, LIMIT_PRODUCT_ROWS);
    ck_assert(!page.before && page.after);
    ck_assert_str_eq(page.rows[9].facts.id, "many-09");
    query.cursor = page.rows[9].cursor;
    ck_assert_int_eq(products_page(market.temp.reader, market.temp.arena, &query, &page), OK);
    ck_assert_uint_eq(page.count, 5);
    ck_assert(page.before && !page.after);
    ck_assert_str_eq(page.rows[0].facts.id, "many-10");
    query.cursor = page.rows[0].cursor;
    query.backward = true;
    ck_assert_int_eq(products_page(market.temp.reader, market.temp.arena, &query, &page), OK);
    ck_assert_uint_eq(page.count, LIMIT_PRODUCT_ROWS);
    ck_assert(!page.before && page.after);
    ck_assert_str_eq(page.rows[0].facts.id, "many-00");
    query = (struct product_query){DEAL_ISV, "many-07", "", false}; /* an id is found too */
    ck_assert_int_eq(products_page(market.temp.reader, market.temp.arena, &query, &page), OK);
    ck_assert_uint_eq(page.count, 1);
    query.cursor = "nonsense";
    ck_assert_int_eq(products_page(market.temp.reader, market.temp.arena, &query, &page),
                     ERR_INVALID);
    query = (struct product_query){DEAL_OTHER_ISV, "", "", false};
    ck_assert_int_eq(products_page(market.temp.reader, market.temp.arena, &query, &page), OK);
    ck_assert_uint_eq(page.count, 1);
    ck_assert_str_eq(page.rows[0].facts.id, "foreign");
    ck_assert_int_eq(page.rows[0].plan_count, 1);
    ck_assert_int_eq(page.rows[0].model, MODEL_PER_USER);
}
END_TEST

Suite *catalogue_edit_suite(void);

Suite *
catalogue_edit_suite(void)
{
    Suite *suite = suite_create("catalogue_edit");
    TCase *cases = tcase_create("catalogue_edit");

    tcase_add_checked_fixture(cases, setup, teardown);
    tcase_add_test(cases, a_lower_price_begins_with_the_next_month);
    tcase_add_test(cases, a_higher_price_begins_after_90_days);
    tcase_add_test(cases, a_scheduled_price_is_cancelled);
    tcase_add_test(cases, a_discount_follows_and_an_absolute_price_stays);
    tcase_add_test(cases, nobody_saw_the_prices_of_a_new_plan);
    tcase_add_test(cases, everything_of_a_plan_comes_back);
    tcase_add_test(cases, a_save_over_anothers_is_noticed);
    tcase_add_test(cases, whose_catalogue_it_is);
    tcase_add_test(cases, plans_without_their_prices);
    tcase_add_test(cases, products_come_in_pages_by_name);
    suite_add_tcase(suite, cases);
    return suite;
}

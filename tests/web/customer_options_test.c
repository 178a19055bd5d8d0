/*
 * customer_options_test.c: purchasing what each option of an offer sells: a plan of a whole
 * product, a new plan, reservations; at the offer's price, and at list, if there is one.
 *
 * Worked out by hand: Suite, 10 % off and 5 % on top: 1,200.00 -> 1,080.00 -> 1,134.00. Orchid Max
 * 400.00 a month and 10 % on top: 440.00. Four reservations of 4 vCPU at 450.00 a month and 7.5 %
 * on top: 483.75, of a year 483.75 x 12 x 4 = 23,220.00; at list 0.50 x 4 x 8,760 x 0.7 = 12,264.00
 * a year, 1,022.00 a month.
 */
#include <check.h>
#include <string.h>

#include "base/text.h"
#include "option_play.h"
#include "refusal.h"
#include "support/page.h"
#include "support/web_purchases.h"

static struct option_play play;

static const char *
path_of(const char *rest)
{
    return web_path(&play.market, "/customer/offers/%s%s", play.offer, rest);
}

static const char *
text_of(const char *target)
{
    struct web_answer answer = web_get(&play.market, WEB_CONTRIBUTOR, target);

    ck_assert_msg(answer.status == 200, "%s: %d", target, answer.status);
    return page_text(play.market.arena, answer.body);
}

static void
says(const char *text, const char *words)
{
    ck_assert_msg(strstr(text, words) != NULL, "lacks “%s”: %s", words, text);
}

static void
says_not(const char *text, const char *words)
{
    ck_assert_msg(strstr(text, words) == NULL, "says “%s”: %s", words, text);
}

static const char *
bought(struct web_answer answer)
{
    ck_assert_msg(answer.status == 303, "%d: %s", answer.status,
                  page_text(play.market.arena, answer.body));
    return text_of(answer.location);
}

/* Submitted, extended with that adjustment, accepted. */
static void
accept(const char *adjustment)
{
    struct web_answer answer;

    option_submit(&play);
    option_extend(&play, adjustment);
    answer =
        web_post(&play.market, WEB_OWNER, path_of("/accept"), "price-digest",
                 page_field(play.market.arena, web_get(&play.market, WEB_OWNER, path_of("")).body,
                            "price-digest"),
                 NULL);
    ck_assert_int_eq(answer.status, 303);
}

static void
close_play(void)
{
    option_close(&play);
}

START_TEST(a_plan_is_chosen_of_a_whole_product)
{
    struct web_answer answer;
    const char *text;

    option_open(&play);
    option_draft(&play, OFFER_EXISTING_PLANS);
    OPTION_POST(WEB_ISV, "/products/add", {{"plan-1", "suite/"}});
    OPTION_POST(WEB_ISV, "/setup", {{"do", "save"}, {"type-1", "discount"}, {"discount-1", "10"}});
    accept("5");
    says(text_of("/customer/products"), "Suite, all plans");
    /* plans by name: Pro, Trial */
    text = text_of(path_of("/purchase/1"));
    says(text, "Purchase Suite, Pro");
    says(text, "Plan Pro Trial");
    says(text, "One payment of $1,134.00; list price $1,200.00");
    says(text, "Shows the price of another plan or subscription.");
    says(text_of(path_of("/purchase/1?plan=trial")), "Purchase Suite, Trial");
    ck_assert_int_eq(
        web_get(&play.market, WEB_CONTRIBUTOR, path_of("/purchase/1?plan=hidden")).status, 404);
    /* whoever changes the plan without looking is shown it first */
    answer = web_fill(&play.market, WEB_CONTRIBUTOR, path_of("/purchase/1"), "plan", "trial",
                      "name", "Trial one", NULL);
    ck_assert_int_eq(answer.status, 409);
    text = page_text(play.market.arena, answer.body);
    says(text, "Nothing was bought.");
    says(text, "Purchase Suite, Trial");
    answer = web_post(&play.market, WEB_CONTRIBUTOR, path_of("/purchase/1"), "digest",
                      page_field(play.market.arena, answer.body, "digest"), "plan", "trial",
                      "subscription", DEAL_SUBSCRIPTION, "resource_group", DEAL_GROUP, "name",
                      "Trial one", "term", "term-12", NULL);
    says(bought(answer), "Suite, Trial");
}
END_TEST

START_TEST(a_new_plan_is_sold_through_its_offer_alone)
{
    const char *text;

    option_open(&play);
    option_draft(&play, OFFER_NEW_PLANS);
    OPTION_POST(WEB_ISV, "/products/add",
                {{"do", "create"},
                 {"plan_name", "Orchid Max"},
                 {"plan_description", "For Northwind alone."},
                 {"template", "meters/max"}});
    OPTION_POST(WEB_ISV, "/products/1/price",
                {{"do", "save"},
                 {"plan_name-1", "Orchid Max"},
                 {"plan_description-1", "For Northwind alone."},
                 {"payment-1-1", "0"},
                 {"price-1-term-1", "400.00"},
                 {"payment-1-12", "1"},
                 {"price-1-term-12", "300.00"},
                 {"payment-1-36", ""}});
    accept("10");
    text = text_of(path_of("/purchase/1"));
    says(text, "Purchase Meters, Orchid Max");
    says(text, "For Northwind alone.");
    says(text, "One payment of $440.00; list price $500.00");
    says(text, "12 payments of $330.00");
    says_not(text, "400.00");
    says(bought(web_fill(&play.market, WEB_CONTRIBUTOR, path_of("/purchase/1"), "name", "Max one",
                         "term", "term-12", NULL)),
         "Meters, Orchid Max");
    /* after the end its template's list price holds for what the template sells */
    web_today(&play.market, 2024, 1, 1);
    text = text_of(path_of("/purchase/1"));
    says(text, "List price applies. The prices of “Deal” held through 31 Dec 2023 UTC.");
    says(text, "One payment of $500.00");
    says_not(text, "12 payments");
    /* and where that is gone, nothing can be bought */
    web_sql(&play.market, "DELETE FROM price_point WHERE product = 'meters' AND kind = 'term'");
    text = text_of(path_of("/purchase/1"));
    says(text, "You can’t purchase this");
    says(text, "It is sold through the offer alone: there is no list price for it.");
}
END_TEST

START_TEST(reservations_are_bought_as_the_offer_has_them)
{
    struct web_answer answer;
    const char *purchase;
    const char *text;
    struct db *db;

    option_open(&play);
    option_draft(&play, OFFER_RESERVATIONS);
    OPTION_POST(WEB_ISV, "/products/add", {{"plan-1", "cores/each"}});
    OPTION_POST(WEB_ISV, "/products/1/price",
                {{"do", "save"},
                 {"duration-1", "12"},
                 {"schedule-1", "monthly"},
                 {"vcpu-1-1", "4"},
                 {"quantity-1-1", "4"},
                 {"unit-1-1", "450"}});
    accept("7.5");
    /* a contributor of the subscription buys none of them (LAW 2.3) */
    text = text_of(path_of("/purchase/1"));
    says(text, "Production: Your role on it can’t purchase reservations");
    db = temp_write(&play.market.deal.temp);
    ck_assert_int_eq(
        azure_member_set(db, DEAL_SUBSCRIPTION, "contributor", AZURE_RESERVATION_PURCHASER), OK);
    temp_keep(&play.market.deal.temp, db);
    text = text_of(path_of("/purchase/1"));
    says(text, "Quantity 4");
    says(text, "483.75 × 12 months × 4 = 23,220.00");
    says(text, "1,022.00 × 12 months × 4 = 49,056.00");
    says(text, "Recurring billing");
    says_not(text, "vCPU size");
    says(text, "Buy");
    answer = web_fill(&play.market, WEB_CONTRIBUTOR, path_of("/purchase/1"), "name", "Cores", NULL);
    says(bought(answer), "It is reserved");
    purchase = arena_copy(play.market.arena, answer.location,
                          strlen(answer.location) - strlen("/purchased"));
    text = text_of(purchase);
    says(text, "4$483.75$1,935.00");
    says(text, "CancellingA reservation can’t be cancelled here. Ask the marketplace operator.");
    answer = web_get(&play.market, WEB_CONTRIBUTOR, web_path(&play.market, "%s/cancel", purchase));
    ck_assert_int_eq(answer.status, 409);
    says(page_text(play.market.arena, answer.body),
         "A reservation can’t be cancelled here. Ask the marketplace operator.");
    web_today(&play.market, 2024, 1, 1);
    text = text_of(path_of("/purchase/1"));
    says(text, "List price applies.");
    says(text, "1,022.00 × 12 months × 4 = 49,056.00");
    says_not(text, "483.75");
}
END_TEST

Suite *customer_options_suite(void);

Suite *
customer_options_suite(void)
{
    Suite *suite = suite_create("web/customer_options");
    TCase *tests = tcase_create("customer_options");

    tcase_set_timeout(tests, 120);
    tcase_add_checked_fixture(tests, NULL, close_play);
    tcase_add_test(tests, a_plan_is_chosen_of_a_whole_product);
    tcase_add_test(tests, a_new_plan_is_sold_through_its_offer_alone);
    tcase_add_test(tests, reservations_are_bought_as_the_offer_has_them);
    suite_add_tcase(suite, tests);
    return suite;
}

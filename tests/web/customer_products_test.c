/*
 * customer_products_test.c: what a customer finds to buy: the products of accepted offers while
 * their prices hold, and all public plans at list price.
 */
#include <check.h>
#include <string.h>

#include "base/text.h"
#include "store/catalogue.h"
#include "support/list_point.h"
#include "support/page.h"
#include "support/web_purchases.h"

Suite *customer_products_suite(void);

static struct web_market market;
static const char *offer;

static void
open_with(enum offer_state state)
{
    web_market_open(&market, NULL);
    offer = web_offer(&market, state);
}

static const char *
text_of(enum web_person person, const char *target)
{
    struct web_answer answer = web_get(&market, person, target);

    ck_assert_msg(answer.status == 200, "%s: %d", target, answer.status);
    return page_text(market.arena, answer.body);
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

START_TEST(private_products_are_those_of_accepted_offers)
{
    struct web_answer answer;
    const char *text;

    open_with(STATE_ACCEPTED);
    answer = web_get(&market, WEB_CONTRIBUTOR, "/customer/products");
    text = page_text(market.arena, answer.body);
    says(text, "Suite, ProSaaSNorthwind FY24, sold by Fabrikam, prices end 31 Dec 2023 UTC");
    says(text, "1-year, one payment upfront$1,200.0010.00%$1,080.00");
    says(text, "Monthly fee$250.00None, 4.00% above list$260.00");
    ck_assert_ptr_nonnull(
        strstr(answer.body, web_path(&market, "/customer/offers/%s/purchase/1\"", offer)));
    ck_assert_ptr_nonnull(
        strstr(answer.body, web_path(&market, "/customer/offers/%s/purchase/2\"", offer)));
    says(text, "Purchase Suite, Pro");
    says_not(text, "960.00");
    /* another organisation has none of it */
    says(text_of(WEB_STRANGER, "/customer/products"), "No private products yet");
    web_market_close(&market);
}
END_TEST

START_TEST(they_are_there_from_the_first_day_through_the_last)
{
    open_with(STATE_ACCEPTED);
    web_sql(&market, "UPDATE offer SET start_mode = 'month', start_on = '2023-11-01'");
    says(text_of(WEB_CONTRIBUTOR, "/customer/products"), "No private price holds today");
    web_today(&market, 2023, 10, 31);
    says(text_of(WEB_CONTRIBUTOR, "/customer/products"), "No private price holds today");
    web_today(&market, 2023, 11, 1);
    says(text_of(WEB_CONTRIBUTOR, "/customer/products"), "Suite, Pro");
    web_today(&market, 2023, 12, 31);
    says(text_of(WEB_CONTRIBUTOR, "/customer/products"), "Suite, Pro");
    web_today(&market, 2024, 1, 1);
    says(text_of(WEB_CONTRIBUTOR, "/customer/products"), "No private products yet");
    web_market_close(&market);
}
END_TEST

START_TEST(an_offer_that_waits_sells_nothing_yet)
{
    open_with(STATE_PENDING_ACCEPTANCE);
    says(text_of(WEB_CONTRIBUTOR, "/customer/products"), "No private products yet");
    web_market_close(&market);
}
END_TEST

/* Ten offers a page: eleven accepted ones make two. */
START_TEST(many_offers_come_in_pages)
{
    struct web_answer answer;
    const char *text;

    open_with(STATE_ACCEPTED);
    for (int i = 0; i < 10; i++) {
        const char *id = arena_format(market.arena, "00000000-0000-4000-8000-0000000000%02d", i);

        web_sql(&market,
                arena_format(market.arena,
                             "CREATE TEMP TABLE copy AS SELECT * FROM offer WHERE id = '%s';"
                             "UPDATE copy SET id = '%s', name = 'Copy %d', name_fold = 'copy %d',"
                             " customer_changed_at = customer_changed_at - %d - 1;"
                             "INSERT INTO offer SELECT * FROM copy",
                             offer, id, i, i, i));
    }
    answer = web_get(&market, WEB_CONTRIBUTOR, "/customer/products");
    text = page_text(market.arena, answer.body);
    says(text, "Suite, Pro");
    says(text, "Older offers");
    says_not(text, "Newer offers");
    text = strstr(answer.body, "/customer/products?after=");
    ck_assert_ptr_nonnull(text);
    text = text_of(WEB_CONTRIBUTOR, page_decode(market.arena, text, strcspn(text, "\"")));
    says(text, "Newer offers");
    says_not(text, "Older offers");
    answer = web_get(
        &market, WEB_CONTRIBUTOR,
        web_path(&market, "/customer/products?after=%s", url_encode(market.arena, "nonsense")));
    says(page_text(market.arena, answer.body), "That page is no longer there.");
    web_market_close(&market);
}
END_TEST

START_TEST(all_products_are_the_public_plans_at_list_price)
{
    struct web_answer answer;
    const char *text;

    open_with(STATE_ACCEPTED);
    answer = web_get(&market, WEB_CONTRIBUTOR, "/customer/products?list=all");
    text = page_text(market.arena, answer.body);
    says(text, "Foreign, OneSaaSAdatum$15.00 (1-month, paid monthly, per user)");
    says(text, "Suite, ProSaaSContoso$1,200.00 (1-year, one payment upfront), $1.00");
    says(text, "Seats, Team");
    says_not(text, "Hidden"); /* not public */
    says_not(text, "Shelf");  /* not bought through the marketplace */
    ck_assert_ptr_nonnull(strstr(answer.body, "/customer/products/seats/team/purchase"));
    text = text_of(WEB_CONTRIBUTOR, "/customer/products?list=all&q=SEAT");
    says(text, "Seats, Team");
    says_not(text, "Suite, Pro");
    text = text_of(WEB_CONTRIBUTOR, "/customer/products?list=all&q=trial");
    says(text, "Suite, Trial");
    text = text_of(WEB_CONTRIBUTOR, "/customer/products?list=all&q=100%25");
    says(text, "No plans match “100%”");
    says(text, "Clear search");
    web_sql(&market, "UPDATE plan SET published = 0");
    text = text_of(WEB_CONTRIBUTOR, "/customer/products?list=all");
    says(text, "Nothing is on sale");
    says_not(text, "Clear search");
    web_market_close(&market);
}
END_TEST

START_TEST(all_products_come_in_pages)
{
    struct price_point points[] = {
        LIST_POINT("term-12", POINT_TERM, 12, 0, "", 0, amount_of(POINT_TERM, 1000))};
    struct web_answer answer;
    struct db *db;
    const char *text;

    web_market_open(&market, NULL);
    db = temp_write(&market.deal.temp);
    for (int i = 0; i < 30; i++) {
        const struct plan plan = {.product = "suite",
                                  .id = arena_format(market.arena, "p%02d", i),
                                  .name = arena_format(market.arena, "Page %02d", i),
                                  .description = "",
                                  .summary = "",
                                  .markets = MARKET_US,
                                  .is_public = true,
                                  .published = true,
                                  .model = MODEL_FLAT_RATE,
                                  .min_users = 1,
                                  .points = points,
                                  .point_count = 1};

        ck_assert_int_eq(plan_insert(db, market.arena, &plan), OK);
    }
    temp_keep(&market.deal.temp, db);
    /* by product and plan: Foreign, Runner and Seats, then 22 of Suite's 32 */
    answer = web_get(&market, WEB_CONTRIBUTOR, "/customer/products?list=all");
    text = page_text(market.arena, answer.body);
    says(text, "Page 21");
    says_not(text, "Page 22");
    says_not(text, "First page");
    ck_assert_ptr_nonnull(strstr(answer.body, "/customer/products?list=all&amp;after=suite/p21\""));
    text = text_of(WEB_CONTRIBUTOR, "/customer/products?list=all&after=suite/p21");
    says(text, "Page 22");
    says(text, "Suite, Trial");
    says(text, "First page");
    says_not(text, "Page 21");
    answer = web_get(&market, WEB_CONTRIBUTOR, "/customer/products?list=all&q=page");
    ck_assert_ptr_nonnull(
        strstr(answer.body, "/customer/products?list=all&amp;q=page&amp;after=suite/p24\""));
    web_market_close(&market);
}
END_TEST

Suite *
customer_products_suite(void)
{
    Suite *suite = suite_create("web/customer_products");
    TCase *tests = tcase_create("customer_products");

    tcase_set_timeout(tests, 120);
    tcase_add_test(tests, private_products_are_those_of_accepted_offers);
    tcase_add_test(tests, they_are_there_from_the_first_day_through_the_last);
    tcase_add_test(tests, an_offer_that_waits_sells_nothing_yet);
    tcase_add_test(tests, many_offers_come_in_pages);
    tcase_add_test(tests, all_products_are_the_public_plans_at_list_price);
    tcase_add_test(tests, all_products_come_in_pages);
    suite_add_tcase(suite, tests);
    return suite;
}

/*
 * pages_products_test.c: option A's products: picked with search, whole products and single plans,
 * and what a row of a whole product shows of its many prices.
 */
#include <check.h>
#include <string.h>

#include "base/text.h"
#include "option_play.h"
#include "refusal.h"
#include "store/catalogue.h"
#include "support/list_point.h"
#include "support/page.h"

#define WIDE_PLANS 51 /* of two prices each: two more than are shown */

static struct option_play play;

static void
open_draft(void)
{
    option_open(&play);
    option_draft(&play, OFFER_EXISTING_PLANS);
}

static void
close_play(void)
{
    option_close(&play);
}

/* A product of many plans. */
static void
make_wide(void)
{
    static const struct product wide = {"wide", DEAL_ISV, "Wide", PRODUCT_SAAS, true,
                                        true,   true,     true,   true};
    struct price_point points[] = {
        LIST_POINT("term-1", POINT_TERM, 1, 0, "", 0, amount_of(POINT_TERM, 1000)),
        LIST_POINT("term-12", POINT_TERM, 12, 0, "", 0, amount_of(POINT_TERM, 10000))};
    struct db *db = temp_write(&play.market.deal.temp);

    ck_assert_int_eq(product_insert(db, play.market.arena, &wide), OK);
    for (int i = 0; i < WIDE_PLANS; i++) {
        const struct plan plan = {
            .product = "wide",
            .id = web_path(&play.market, "plan-%02d", i),
            .name = web_path(&play.market, "Plan %02d", i),
            .description = "",
            .summary = "",
            .markets = MARKET_US,
            .model = MODEL_FLAT_RATE,
            .is_public = true,
            .published = true,
            .min_users = 1,
            .points = points,
            .point_count = COUNT(points),
        };

        ck_assert_int_eq(plan_insert(db, play.market.arena, &plan), OK);
    }
    temp_keep(&play.market.deal.temp, db);
}

START_TEST(the_picker_offers_what_can_be_added)
{
    const char *source;

    open_draft();
    source = option_source(&play, WEB_ISV, "/products/add");
    ck_assert_ptr_nonnull(strstr(source, "value=\"suite/\""));
    ck_assert_ptr_nonnull(strstr(source, "All plans of Suite, current and future"));
    ck_assert_ptr_nonnull(strstr(source, "value=\"suite/pro\""));
    ck_assert_ptr_null(strstr(source, "foreign/"));
    source = option_source(&play, WEB_ISV, "/products/add?q=team");
    ck_assert_ptr_nonnull(strstr(source, "value=\"seats/team\""));
    ck_assert_ptr_null(strstr(source, "value=\"suite/pro\""));
    /* with a plan in the offer its product as a whole would cover it twice */
    OPTION_POST(WEB_ISV, "/products/add", {{"plan-1", "meters/lite"}, {"plan-2", "suite/"}});
    source = option_source(&play, WEB_ISV, "/products/add");
    ck_assert_ptr_null(strstr(source, "value=\"meters/\""));
    ck_assert_ptr_null(strstr(source, "value=\"meters/lite\""));
    ck_assert_ptr_nonnull(strstr(source, "value=\"meters/max\""));
    ck_assert_ptr_null(strstr(source, "value=\"suite/"));
    ck_assert_ptr_nonnull(strstr(source, "2 of 10 used"));
}
END_TEST

START_TEST(a_refused_choice_stays_ticked)
{
    struct web_answer answer;
    const char *before;

    open_draft();
    before = web_dump(&play.market);
    answer = OPTION_TRY(WEB_ISV, "/products/add",
                        {{"plan-1", "suite/"}, {"plan-2", "suite/pro"}, {"q", "suite"}});
    refusal_check(&play.market, &answer, before);
    ck_assert_uint_eq(page_count(answer.body, " checked>"), 2);
    refusal_check_kept(&play.market, &answer, "q", "suite");
    answer = OPTION_TRY(WEB_ISV, "/products/add", {{"q", ""}});
    refusal_check(&play.market, &answer, before);
}
END_TEST

START_TEST(a_whole_product_takes_a_discount_alone)
{
    const char *source;
    struct web_answer answer;

    open_draft();
    OPTION_POST(WEB_ISV, "/products/add", {{"plan-1", "meters/"}, {"plan-2", "plain/one"}});
    source = option_source(&play, WEB_ISV, "/setup");
    ck_assert_ptr_nonnull(strstr(source, "aria-label=\"Discount % for Meters, all plans\""));
    ck_assert_ptr_nonnull(strstr(source, "aria-label=\"Price type for Plain, One\""));
    ck_assert_ptr_nonnull(
        strstr(source, "A whole product takes a discount, not an absolute price"));
    ck_assert_ptr_nonnull(
        strstr(source, "A virtual machine plan takes a discount, not an absolute price"));
    ck_assert_ptr_null(strstr(source, "value=\"absolute\""));
    ck_assert_ptr_null(strstr(source, "Configure price"));
    ck_assert_ptr_nonnull(strstr(source, "$50.00 (Lite: 1-month, paid monthly), $500.00 (Max: "));
    ck_assert_int_eq(web_get(&play.market, WEB_ISV,
                             web_path(&play.market, "/isv/offers/%s/products/1/price", play.offer))
                         .status,
                     404);
    answer = OPTION_TRY(WEB_ISV, "/setup", {{"do", "save"}, {"type-1", "absolute"}});
    ck_assert_int_eq(answer.status, 422);
    refusal_check_summary(&play.market, &answer);
    ck_assert_ptr_nonnull(strstr(page_text(play.market.arena, answer.body),
                                 "Error: A whole product takes a discount"));
}
END_TEST

/* 20 % off 10.00 and 100.00, 10 % added: 8.00 and 80.00, 8.80 and 88.00. */
START_TEST(many_prices_are_cut_short)
{
    static const char *const own[] = {""};
    static const char *const work[] = {"/setup", "/review"};
    static const char *const isv_shows[] = {"Wide, all plans", "Plan 49: 1-year", "$8.00",
                                            "and 2 more prices: all are in the pricing export"};
    static const char *const shows[] = {"Wide, all plans", "Plan 49: 1-year", "$8.80",
                                        "and 2 more"};
    static const char *const hides[] = {"Plan 50", "pricing export"};

    open_draft();
    make_wide();
    OPTION_POST(WEB_ISV, "/products/add", {{"plan-1", "wide/"}});
    OPTION_POST(WEB_ISV, "/setup", {{"do", "save"}, {"discount-1", "20"}});
    option_look(&play, WEB_ISV, &work[1], 1, isv_shows, COUNT(isv_shows), hides, 1);
    option_submit(&play);
    option_extend(&play, "10");
    option_look(&play, WEB_ISV, own, 1, isv_shows, COUNT(isv_shows), hides, 1);
    option_look(&play, WEB_PARTNER, own, 1, shows, COUNT(shows), hides, COUNT(hides));
    option_look(&play, WEB_OPERATOR, own, 1, shows, COUNT(shows), hides, COUNT(hides));
    option_look(&play, WEB_OWNER, own, 1, shows, COUNT(shows), hides, COUNT(hides));
    OPTION_POST(WEB_PARTNER, "/withdraw", {{"do", "withdraw"}});
    option_look(&play, WEB_PARTNER, work, COUNT(work), shows, COUNT(shows), hides, COUNT(hides));
}
END_TEST

/* Three cards with the words people know; none is chosen for them. */
START_TEST(a_new_offer_names_its_option)
{
    static const char *const words[] = {
        "Customize pricing for existing offers",
        "Customize pricing, metering quantities, and user limits for SaaS offers",
        "Customize pricing and specific quantities for VM software reservation offers",
    };
    struct web_answer answer;

    option_open(&play);
    answer = web_get(&play.market, WEB_ISV, "/isv/offers/new");
    ck_assert_uint_eq(page_count(answer.body, "type=\"radio\""), OFFER_TYPE_COUNT);
    ck_assert_uint_eq(page_count(answer.body, " checked>"), 0);
    for (size_t i = 0; i < COUNT(words); i++)
        ck_assert_ptr_nonnull(strstr(page_text(play.market.arena, answer.body), words[i]));
    answer = web_post(&play.market, WEB_ISV, "/isv/offers/new", "name", "Named", NULL);
    ck_assert_int_eq(answer.status, 422);
    refusal_check_summary(&play.market, &answer);
    refusal_check_kept(&play.market, &answer, "name", "Named");
    answer = web_post(&play.market, WEB_ISV, "/isv/offers/new", "name", "", WEB_OPTION_C, NULL);
    ck_assert_int_eq(answer.status, 422);
    refusal_check_kept(&play.market, &answer, "pricing", "vmSoftwareReservations");
    for (int type = 0; type < OFFER_TYPE_COUNT; type++) {
        option_draft(&play, (enum offer_type)type);
        ck_assert_ptr_nonnull(strstr(option_text(&play, WEB_ISV, "/setup"), words[type]));
        ck_assert_ptr_nonnull(strstr(option_text(&play, WEB_ISV, ""), words[type]));
    }
}
END_TEST

Suite *
pages_products_suite(void)
{
    Suite *suite = suite_create("web/pages_products");
    TCase *tests = tcase_create("pages_products");

    tcase_add_checked_fixture(tests, NULL, close_play);
    tcase_set_timeout(tests, 60);
    tcase_add_test(tests, the_picker_offers_what_can_be_added);
    tcase_add_test(tests, a_refused_choice_stays_ticked);
    tcase_add_test(tests, a_whole_product_takes_a_discount_alone);
    tcase_add_test(tests, many_prices_are_cut_short);
    tcase_add_test(tests, a_new_offer_names_its_option);
    suite_add_tcase(suite, tests);
    return suite;
}

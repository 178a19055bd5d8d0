/*
 * catalogue_pages_test.c: an ISV makes its catalogue in the pages: every pricing model, prices on
 * both sides of their day, what is refused and comes back, and who sees what.
 *
 * Not here: the limits of the catalogue one by one (tests/unit/catalogue_check_test.c).
 */
#include <check.h>
#include <string.h>

#include "base/text.h"
#include "refusal.h"
#include "support/page.h"
#include "support/web_posts.h"

Suite *catalogue_pages_suite(void);

#define PRO "/isv/products/suite/plans/pro"

static struct web_market market;

static void
setup(void)
{
    web_market_open(&market, NULL);
}

static void
teardown(void)
{
    web_market_close(&market);
}

static const char *
seen(enum web_person person, const char *target)
{
    struct web_answer answer = web_get(&market, person, target);

    ck_assert_msg(answer.status == 200, "%s: %d", target, answer.status);
    return page_text(market.arena, answer.body);
}

#define SEES(target, words)                                                       \
    ck_assert_msg(strstr(seen(WEB_ISV, target), (words)) != NULL, "%s lacks: %s", \
                  seen(WEB_ISV, target), (words))
#define LACKS(target, words) ck_assert_ptr_null(strstr(seen(WEB_ISV, target), (words)))

/* Posts and expects to be led on. */
#define TAKEN(...)                                                                     \
    do {                                                                               \
        struct web_answer taken = web_post(&market, WEB_ISV, __VA_ARGS__, NULL);       \
        ck_assert_msg(taken.status == 303, "%s", page_text(market.arena, taken.body)); \
    } while (0)

static void
product_made(const char *id, const char *type)
{
    TAKEN("/isv/products/new", "id", id, "name", id, "type", type, "storefront",
          "azure_marketplace", "transactable", "1");
}

/* The page's form as a browser would send it. */
static struct web_form
form_of(const char *target, const char *action)
{
    struct web_answer answer = web_get(&market, WEB_ISV, target);
    struct web_form form = web_form_new(&market);
    struct form found;

    ck_assert_int_eq(answer.status, 200);
    ck_assert(page_form(market.arena, answer.body, action, &found));
    for (size_t i = 0; i < found.count; i++)
        web_form_add(&form, found.pairs[i].name, found.pairs[i].value);
    web_form_set(&form, "do", "save");
    return form;
}

START_TEST(a_flat_rate_plan_from_nothing_to_the_market)
{
    struct web_answer answer;

    product_made("ledger", "SAAS");
    SEES("/isv/products/ledger?done=product-created", "No plans yet");
    answer = web_post(&market, WEB_ISV, "/isv/products/ledger/publish", NULL);
    ck_assert_int_eq(answer.status, 422);
    ck_assert_ptr_nonnull(strstr(answer.body, "Publish at least one plan first"));
    SEES("/isv/products/ledger/plans/new", "Pricing model");
    SEES("/isv/products/ledger/plans/new?model=flat_rate", "Add meter");
    answer = web_post(&market, WEB_ISV, "/isv/products/ledger/plans/new", "model", "flat_rate",
                      "id", "pro", "do", "add-meter", "meters", "0", NULL);
    ck_assert_int_eq(answer.status, 200);
    ck_assert_str_eq(page_field(market.arena, answer.body, "id"), "pro");
    ck_assert_str_eq(page_field(market.arena, answer.body, "meters"), "1");
    ck_assert_ptr_nonnull(strstr(answer.body, "Included quantity by term"));
    TAKEN("/isv/products/ledger/plans/new", "model", "flat_rate", "id", "pro", "name", "Pro",
          "visibility", "public", "trial", "0", "market-US", "1", "payment-12", "1", "term-12",
          "1,240.50", "term-36", "9", "meters", "2", "m0-id", "gb", "m0-name", "Storage", "m0-unit",
          "GB", "m0-price", "0.004", "m0-included-12", "50", "m0-included-36", "7", "m1-id", "",
          "m1-name", "", "m1-price", "", "do", "save");
    SEES("/isv/products/ledger/plans/pro", "1-year, 12 monthly payments");
    SEES("/isv/products/ledger/plans/pro", "$1,240.50");
    SEES("/isv/products/ledger/plans/pro", "gb, per GB; includes 50 in 1-year");
    LACKS("/isv/products/ledger/plans/pro", "3-year");
    SEES("/isv/products/ledger/plans/pro", "Not published");
    TAKEN("/isv/products/ledger/plans/pro/publish", "x", "");
    TAKEN("/isv/products/ledger/publish", "x", "");
    SEES("/isv/products/ledger", "$1,240.50");
    SEES("/isv/products/ledger/plans/pro/unpublish", "Accepted offers stay");
    SEES("/isv/products/ledger/unpublish", "Accepted offers stay");
    TAKEN("/isv/products/ledger/plans/pro/unpublish", "x", "");
    SEES("/isv/products/ledger/plans/pro?done=unpublished", "Not published");
}
END_TEST

START_TEST(every_other_pricing_model)
{
    product_made("vm", "AZURE_VM");
    TAKEN("/isv/products/vm/plans/new", "model", "vm_core", "id", "core", "name", "Core", "summary",
          "Short", "visibility", "private", "trial", "3", "market-US", "1", "hour", "1",
          "saving-12", "30", "saving-36", "");
    SEES("/isv/products/vm/plans/core", "$6,132.00"); /* 1 vCPU: 8,760 h less 30 % */
    SEES("/isv/products/vm/plans/core", "3 months");
    SEES("/isv/products/vm/plans/core/edit", "Saving of each reservation");
    SEES("/isv/products/vm/plans/new", "Per vCPU"); /* no choice any more */
    product_made("flat", "AZURE_VM");
    TAKEN("/isv/products/flat/plans/new", "model", "vm_flat", "id", "flat", "name", "Flat",
          "visibility", "public", "trial", "0", "market-US", "1", "hour", "1", "saving-36", "50");
    SEES("/isv/products/flat/plans/flat", "$13,140.00");
    product_made("sized", "AZURE_VM");
    TAKEN("/isv/products/sized/plans/new", "model", "vm_size", "id", "sized", "name", "Sized",
          "visibility", "public", "trial", "0", "market-US", "1", "hour-96", "0.000001");
    SEES("/isv/products/sized/plans/sized", "Per hour, 96 vCPU");
    product_made("byol", "AZURE_VM");
    TAKEN("/isv/products/byol/plans/new", "model", "vm_byol", "id", "byol", "name", "Own",
          "visibility", "public", "market-US", "1");
    SEES("/isv/products/byol/plans/byol", "No price");
    SEES("/isv/products/byol/plans/byol/edit", "have no price");
    product_made("world", "AZURE_VM");
    TAKEN("/isv/products/world/plans/new", "model", "vm_market", "id", "w", "name", "World",
          "visibility", "public", "trial", "0", "market-US", "1", "hour-4", "0.5");
    SEES("/isv/products/world/plans/w/edit", "Show prices for these markets");
    SEES("/isv/products/world/plans/w", "United States");
    product_made("app", "AZURE_APP");
    TAKEN("/isv/products/app/plans/new", "id", "ops", "name", "Ops", "visibility", "public",
          "market-US", "1", "month", "0", "meters", "1", "m0-id", "gb", "m0-name", "GB",
          "m0-disabled", "1", "m0-price", "2", "m0-unlimited-1", "1");
    SEES("/isv/products/app/plans/ops", "includes any quantity in a month; disabled");
}
END_TEST

START_TEST(a_price_on_both_sides_of_its_day)
{
    struct web_form form = form_of(PRO "/edit", PRO "/edit");

    SEES(PRO "/edit", "Lower from 1 Nov 2023, higher from 1 Feb 2024");
    web_form_set(&form, "term-12", "1300.00");
    ck_assert_int_eq(web_post_form(&market, WEB_ISV, PRO "/edit", &form).status, 303);
    SEES(PRO "?done=plan-saved", "from 1 Feb 2024: $1,300.00");
    SEES(PRO, "$1,200.00");
    SEES(PRO "/edit", "Scheduled: $1,300.00 from 1 Feb 2024");
    web_today(&market, 2024, 1, 31);
    web_sign_in(&market, WEB_ISV);
    SEES(PRO, "$1,200.00");
    web_today(&market, 2024, 2, 1);
    web_sign_in(&market, WEB_ISV);
    SEES(PRO, "$1,300.00");
    LACKS(PRO, "$1,200.00");
    LACKS(PRO, "from 1 Feb 2024");
}
END_TEST

START_TEST(a_scheduled_price_is_cancelled)
{
    SEES("/isv/products/shelf/plans/basic", "from 1 Jun 2024: $9.00");
    TAKEN("/isv/products/shelf/plans/basic/cancel-change", "point", "term-12");
    LACKS("/isv/products/shelf/plans/basic?done=change-cancelled", "$9.00");
    ck_assert_int_eq(web_post(&market, WEB_ISV, "/isv/products/shelf/plans/basic/cancel-change",
                              "point", "term-12", NULL)
                         .status,
                     404);
}
END_TEST

START_TEST(what_is_wrong_comes_back)
{
    static const char *const pairs[][2] = {
        {"id", REFUSAL_POISON},      {"name", ""},
        {"term-12", REFUSAL_POISON}, {"term-24", ""},
        {"m0-id", REFUSAL_POISON},   {"m0-price", "1.005"},
        {"m0-included-12", "-1"},
    };
    const char *before = web_dump(&market);
    struct web_form form = refusal_form(&market, WEB_ISV, NULL, pairs, COUNT(pairs));
    struct web_answer answer;

    web_form_add(&form, "model", "flat_rate");
    web_form_add(&form, "visibility", "public");
    web_form_add(&form, "trial", "1");
    web_form_add(&form, "payment-12", "1");
    web_form_add(&form, "payment-24", "12");
    web_form_add(&form, "meters", "1");
    web_form_add(&form, "m0-name", "GB");
    web_form_add(&form, "do", "save");
    answer = web_post_form(&market, WEB_ISV, "/isv/products/suite/plans/new", &form);
    refusal_check(&market, &answer, before);
    for (size_t i = 0; i < COUNT(pairs); i++) {
        refusal_check_kept(&market, &answer, pairs[i][0], pairs[i][1]);
        refusal_check_error(&market, &answer, pairs[i][0]);
    }
    ck_assert_ptr_nonnull(strstr(answer.body, "Keep the United States")); /* no market ticked */
    ck_assert_ptr_nonnull(strstr(answer.body, "A plan with meters has no free trial"));
}
END_TEST

START_TEST(a_wrong_product_comes_back)
{
    static const char *const pairs[][2] = {{"id", REFUSAL_POISON}, {"name", ""}};
    const char *before = web_dump(&market);
    struct web_answer answer;

    answer =
        refusal_check_all(&market, WEB_ISV, NULL, "/isv/products/new", "", pairs, COUNT(pairs));
    ck_assert_ptr_nonnull(strstr(answer.body, "Choose what kind of product it is"));
    answer = web_post(&market, WEB_ISV, "/isv/products/new", "id", "foreign", "name", "x", "type",
                      "SAAS", "storefront", "azure_marketplace", NULL);
    refusal_check(&market, &answer, before);
    refusal_check_error(&market, &answer, "id");
}
END_TEST

START_TEST(a_save_over_anothers_keeps_what_was_typed)
{
    struct web_form form = form_of(PRO "/edit", PRO "/edit");
    struct web_form other = form_of(PRO "/edit", PRO "/edit");
    struct web_form product = form_of("/isv/products/suite/edit", "/isv/products/suite/edit");
    struct web_answer answer;

    web_form_set(&other, "description", "theirs");
    web_form_set(&other, "csrf", web_csrf(&market, WEB_ISV_DEVELOPER));
    ck_assert_int_eq(web_post_form(&market, WEB_ISV_DEVELOPER, PRO "/edit", &other).status, 303);
    web_form_set(&form, "description", "mine");
    answer = web_post_form(&market, WEB_ISV, PRO "/edit", &form);
    ck_assert_int_eq(answer.status, 409);
    ck_assert_str_eq(page_field(market.arena, answer.body, "description"), "mine");
    ck_assert_ptr_nonnull(strstr(answer.body, "This plan changed meanwhile."));
    web_form_set(&form, "rev", page_field(market.arena, answer.body, "rev"));
    web_form_set(&form, "once", "another");
    ck_assert_int_eq(web_post_form(&market, WEB_ISV, PRO "/edit", &form).status, 303);
    web_form_set(&product, "rev", "99");
    answer = web_post_form(&market, WEB_ISV, "/isv/products/suite/edit", &product);
    ck_assert_int_eq(answer.status, 409);
    ck_assert_ptr_nonnull(strstr(answer.body, "This product changed meanwhile."));
}
END_TEST

START_TEST(the_list_and_who_begins_one)
{
    struct web_answer answer;

    for (int i = 0; i < 26; i++)
        product_made(arena_format(market.arena, "p%02d", i), "SAAS");
    answer = web_get(&market, WEB_ISV, "/isv/products?q=p");
    ck_assert_ptr_nonnull(strstr(answer.body, ">Next<"));
    SEES("/isv/products?q=p&after=p24.p24", "Previous");
    SEES("/isv/products?q=zzz", "No products match “zzz”");
    SEES("/isv/products?after=nonsense", "This page of the list is gone.");
    /* nobody else's; a selling partner may begin a catalogue of its own */
    ck_assert_ptr_null(strstr(seen(WEB_OTHER_ISV, "/isv/products"), "Suite"));
    ck_assert_ptr_nonnull(strstr(seen(WEB_PARTNER, "/isv/products"), "No products yet"));
    ck_assert_ptr_nonnull(strstr(web_get(&market, WEB_PARTNER, "/partner").body, "Act as ISV"));
    answer = web_get(&market, WEB_PARTNER, "/isv/products");
    ck_assert_ptr_null(strstr(answer.body, "href=\"/isv/offers\"")); /* it has none of those */
    answer = web_get(&market, WEB_PARTNER_MARKETER, "/isv/products");
    ck_assert_ptr_null(strstr(answer.body, "New product"));
    answer = web_get(&market, WEB_ISV_MARKETER, "/isv/products/shelf/plans/basic");
    ck_assert_ptr_null(strstr(answer.body, "Cancel change"));
    ck_assert_ptr_null(strstr(answer.body, "Unpublish"));
}
END_TEST

START_TEST(users_of_a_plan)
{
    struct web_form form =
        form_of("/isv/products/seats/plans/team/edit", "/isv/products/seats/plans/team/edit");

    SEES("/isv/products/seats/plans/team", "5 to 500");
    web_form_set(&form, "max_users", "");
    ck_assert_int_eq(
        web_post_form(&market, WEB_ISV, "/isv/products/seats/plans/team/edit", &form).status, 303);
    SEES("/isv/products/seats/plans/team", "5 or more");
}
END_TEST

Suite *
catalogue_pages_suite(void)
{
    Suite *suite = suite_create("web/catalogue_pages");
    TCase *cases = tcase_create("catalogue_pages");

    tcase_add_checked_fixture(cases, setup, teardown);
    tcase_set_timeout(cases, 60);
    tcase_add_test(cases, a_flat_rate_plan_from_nothing_to_the_market);
    tcase_add_test(cases, every_other_pricing_model);
    tcase_add_test(cases, a_price_on_both_sides_of_its_day);
    tcase_add_test(cases, a_scheduled_price_is_cancelled);
    tcase_add_test(cases, what_is_wrong_comes_back);
    tcase_add_test(cases, a_wrong_product_comes_back);
    tcase_add_test(cases, a_save_over_anothers_keeps_what_was_typed);
    tcase_add_test(cases, the_list_and_who_begins_one);
    tcase_add_test(cases, users_of_a_plan);
    suite_add_tcase(suite, cases);
    return suite;
}

/*
 * falls_test.c: the waterfall of a price point for each party that has one, the choice of the
 * point, and the buttons of the partner's setup form, which all save it.
 *
 * The figures are those of LAW 20: 1,200.00 less 20 % is 960.00, of which the fee of 3 % is 28.80
 * and the payout 931.20; 12.5 % on 960.00 is 1,080.00, 30 % on 200.00 is 260.00.
 */
#include <check.h>
#include <string.h>

#include "base/text.h"
#include "support/page.h"
#include "support/web_posts.h"

#define MINUS "\xe2\x88\x92"
#define LONG_TEXT 3000

Suite *falls_suite(void);

static struct web_market market;
static const char *offer;

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
falls_of(const struct web_answer *answer)
{
    const char *table = strstr(answer->body, "<table class=\"falls\"");

    ck_assert_msg(table != NULL, "no waterfall in %s", page_text(market.arena, answer->body));
    return arena_copy(market.arena, table, (size_t)(strstr(table, "</table>") - table));
}

/* The steps and amounts of the page's waterfall, as they are read. */
static void
assert_falls(const struct web_answer *answer, const char *wanted)
{
    const char *text = page_text(market.arena, falls_of(answer));

    ck_assert_int_eq(answer->status, 200);
    ck_assert_msg(strstr(text, wanted) != NULL, "the waterfall reads %s", text);
}

/* The bar of the step begins and ends there. */
static void
assert_bar(const struct web_answer *answer, const char *key, const char *x, const char *width)
{
    const char *step =
        strstr(falls_of(answer), arena_format(market.arena, "data-step=\"%s\"", key));

    ck_assert_ptr_nonnull(step);
    step = strstr(strstr(step, "class=\"track\"") + 1, "<rect");
    ck_assert_str_eq(page_attribute(market.arena, step, "x"), x);
    ck_assert_str_eq(page_attribute(market.arena, step, "width"), width);
}

START_TEST(the_isv_sees_down_to_its_payout)
{
    const char *path;
    struct web_answer answer;

    offer = web_offer(&market, STATE_DRAFT);
    path = web_path(&market, "/isv/offers/%s/review", offer);
    answer = web_get(&market, WEB_ISV, path);
    assert_falls(&answer, "List price$1,200.00 Your discount" MINUS "$240.00 Partner price"
                          "$960.00 Agency fee" MINUS "$28.80 Your payout$931.20");
    assert_bar(&answer, "list", "0.000%", "100.000%");
    assert_bar(&answer, "discount", "80.000%", "20.000%");
    assert_bar(&answer, "fee", "77.600%", "2.400%");
    assert_bar(&answer, "payout", "0.000%", "77.600%");
    answer = web_get(&market, WEB_ISV, web_path(&market, "%s?show=2-month", path));
    assert_falls(&answer, "List price$250.00 Your discount" MINUS "$50.00 Partner price$200.00 "
                          "Agency fee" MINUS "$6.00 Your payout$194.00");
    ck_assert_str_eq(page_field(market.arena, answer.body, "show"), "2-month");
}
END_TEST

/* LAW 8.3 lets an absolute price exceed list: the step turns round and the scale follows. */
START_TEST(an_absolute_price_above_list_is_an_increase)
{
    struct web_answer answer;

    offer = web_offer(&market, STATE_DRAFT);
    answer = web_post(&market, WEB_ISV, web_path(&market, "/isv/offers/%s/products/2/price", offer),
                      "rev", web_rev(&market, WEB_ISV, offer), "price-2-month", "312.50", NULL);
    ck_assert_int_eq(answer.status, 303);
    answer =
        web_get(&market, WEB_ISV, web_path(&market, "/isv/offers/%s/review?show=2-month", offer));
    assert_falls(&answer, "List price$250.00 Increase+$62.50 Partner price$312.50 Agency fee" MINUS
                          "$9.38 Your payout$303.12");
    assert_bar(&answer, "list", "0.000%", "80.000%");
    assert_bar(&answer, "discount", "80.000%", "20.000%");
    assert_bar(&answer, "partner", "0.000%", "100.000%");
}
END_TEST

START_TEST(the_partner_sees_who_is_paid_what)
{
    struct web_answer answer;

    offer = web_offer(&market, STATE_PENDING_ACCEPTANCE);
    answer = web_get(&market, WEB_PARTNER, web_path(&market, "/partner/offers/%s", offer));
    assert_falls(&answer, "List price$1,200.00 ISV discount" MINUS "$240.00 Partner price"
                          "$960.00 Adjustment+$120.00 Customer price$1,080.00 To the ISV, before "
                          "its fee$960.00 To you$120.00");
    assert_bar(&answer, "you", "80.000%", "10.000%");
    answer =
        web_get(&market, WEB_PARTNER, web_path(&market, "/partner/offers/%s?show=2-month", offer));
    assert_falls(&answer, "Adjustment+$60.00 Customer price$260.00");
    assert_bar(&answer, "list", "0.000%", "96.153%"); /* 250 of 260 */
}
END_TEST

/* LAW 5: the customer sees list and its own price, and nothing between them. */
START_TEST(the_customer_sees_list_and_its_price)
{
    const char *path;
    struct web_answer answer;

    offer = web_offer(&market, STATE_PENDING_ACCEPTANCE);
    path = web_path(&market, "/customer/offers/%s", offer);
    answer = web_get(&market, WEB_OWNER, path);
    ck_assert_str_eq(page_text(market.arena, falls_of(&answer)),
                     "From list price to your price of Suite, Pro, 1-year, one payment upfront"
                     "StepBarAmount List price$1,200.00 Your saving" MINUS "$120.00 Your price"
                     "$1,080.00 ");
    assert_bar(&answer, "discount", "90.000%", "10.000%");
    answer = web_get(&market, WEB_OWNER, web_path(&market, "%s?show=2-month", path));
    assert_falls(&answer, "List price$250.00 Above list price+$10.00 Your price$260.00");
    ck_assert_ptr_null(strstr(answer.body, "960.00"));
    ck_assert_ptr_null(strstr(answer.body, "$200.00"));
    answer = web_get(&market, WEB_READER, path);
    assert_falls(&answer, "Your price$1,080.00");
}
END_TEST

/* LAW D-22: the first unless another point of this offer is asked for; each is named whole. */
START_TEST(a_choice_names_row_and_point)
{
    static const char *const nonsense[] = {
        "", "3-month", "2", "2-", "2-month ", "-1-term-12", "1-TERM-12", "%22%3E%3Cscript%3E"};
    const char *path;
    struct web_answer answer;

    offer = web_offer(&market, STATE_PENDING_ACCEPTANCE);
    path = web_path(&market, "/customer/offers/%s", offer);
    for (size_t i = 0; i < COUNT(nonsense); i++) {
        answer =
            web_get(&market, WEB_OWNER,
                    web_path(&market, "%s?show=%s", path, url_encode(market.arena, nonsense[i])));
        assert_falls(&answer, "Your price$1,080.00");
        ck_assert_str_eq(page_field(market.arena, answer.body, "show"), "1-term-12");
    }
    ck_assert_uint_eq(page_count(answer.body, "<option"), 3);
    ck_assert_ptr_nonnull(strstr(answer.body, ">Suite, Pro: 1-year, one payment upfront<"));
    ck_assert_ptr_nonnull(strstr(answer.body, ">Suite, Pro: Meter: 100 emails<"));
    ck_assert_ptr_nonnull(strstr(answer.body, ">Runner, Ops: Monthly fee<"));
}
END_TEST

START_TEST(no_choice_of_one_and_no_waterfall_of_none)
{
    struct web_answer answer;

    answer = web_post(&market, WEB_ISV, "/isv/offers/new", "name", "Alone", WEB_OPTION_A, NULL);
    offer = arena_copy(market.arena, answer.location + strlen("/isv/offers/"),
                       strcspn(answer.location + strlen("/isv/offers/"), "/"));
    answer =
        web_post(&market, WEB_ISV, web_path(&market, "/isv/offers/%s/products/add", offer), "rev",
                 web_rev(&market, WEB_ISV, offer), "do", "add", "plan-1", "seats/team", NULL);
    ck_assert_int_eq(answer.status, 303);
    answer = web_get(&market, WEB_ISV, web_path(&market, "/isv/offers/%s/review", offer));
    ck_assert_ptr_null(strstr(answer.body, "Price waterfall"));
    answer = web_post(&market, WEB_ISV, web_path(&market, "/isv/offers/%s/setup", offer), "rev",
                      web_rev(&market, WEB_ISV, offer), "do", "save", "discount-1", "10", NULL);
    ck_assert_int_eq(answer.status, 303);
    answer = web_get(&market, WEB_ISV, web_path(&market, "/isv/offers/%s/review", offer));
    assert_falls(&answer, "List price$15.00 Your discount" MINUS "$1.50 Partner price$13.50");
    ck_assert_ptr_null(page_field(market.arena, answer.body, "show"));
}
END_TEST

static struct web_answer
press(const char *button, const char *adjustment, const char *show)
{
    return web_post(&market, WEB_PARTNER, web_path(&market, "/partner/offers/%s/setup", offer),
                    "rev", web_rev(&market, WEB_PARTNER, offer), "do", button, "adjustment-1",
                    adjustment, "adjustment-2", "30", "prepared_by", "p@fabrikam.example", "show",
                    show, NULL);
}

START_TEST(recalculating_saves_the_whole_form)
{
    const char *setup_path;
    struct web_answer answer;

    offer = web_offer(&market, STATE_PENDING_PARTNER);
    setup_path = web_path(&market, "/partner/offers/%s/setup", offer);
    answer = press("recalculate", "12.5", "2-month");
    ck_assert_int_eq(answer.status, 303);
    ck_assert_str_eq(answer.location,
                     web_path(&market, "%s?done=saved&show=2-month#s-prices", setup_path));
    answer = web_get(&market, WEB_PARTNER,
                     arena_copy(market.arena, answer.location, strcspn(answer.location, "#")));
    assert_falls(&answer, "Partner price$200.00 Adjustment+$60.00 Customer price$260.00");
    ck_assert_str_eq(page_field(market.arena, answer.body, "show"), "2-month");
    ck_assert_str_eq(page_field(market.arena, answer.body, "adjustment-1"), "12.5");
    ck_assert_str_eq(page_field(market.arena, answer.body, "prepared_by"), "p@fabrikam.example");
    ck_assert_ptr_nonnull(page_by_id(answer.body, "s-prices"));
    ck_assert_ptr_nonnull(strstr(answer.body, "$1,080.00"));
    ck_assert_ptr_nonnull(strstr(answer.body, "Draft saved"));
    answer = press("save", "10", "2-month");
    ck_assert_str_eq(answer.location, web_path(&market, "%s?done=saved&show=2-month", setup_path));
}
END_TEST

START_TEST(a_malformed_recalculation_saves_nothing)
{
    const char *before;
    struct web_answer answer;

    offer = web_offer(&market, STATE_PENDING_PARTNER);
    before = web_dump(&market);
    answer = press("recalculate", "ten", "2-month");
    ck_assert_int_eq(answer.status, 422);
    ck_assert(text_starts(page_title(market.arena, answer.body), "Error: "));
    ck_assert_str_eq(before, web_dump(&market));
    ck_assert_str_eq(page_field(market.arena, answer.body, "adjustment-1"), "ten");
    ck_assert_str_eq(page_field(market.arena, answer.body, "show"), "2-month");
    ck_assert_ptr_nonnull(strstr(falls_of(&answer), "$260.00"));
}
END_TEST

/* What is not one of the offer's points goes into no address. */
START_TEST(a_choice_made_up_is_forgotten)
{
    char *endless = arena_alloc(market.arena, LONG_TEXT + 1);

    memset(endless, 'a', LONG_TEXT);
    endless[LONG_TEXT] = '\0';
    offer = web_offer(&market, STATE_PENDING_PARTNER);
    ck_assert_str_eq(press("recalculate", "1", endless).location,
                     web_path(&market, "/partner/offers/%s/setup?done=saved#s-prices", offer));
    ck_assert_str_eq(press("recalculate", "2", "\r\nSet-Cookie: a=b").location,
                     web_path(&market, "/partner/offers/%s/setup?done=saved#s-prices", offer));
}
END_TEST

Suite *
falls_suite(void)
{
    Suite *suite = suite_create("web/falls");
    TCase *tests = tcase_create("falls");

    tcase_add_checked_fixture(tests, setup, teardown);
    tcase_set_timeout(tests, 120);
    tcase_add_test(tests, the_isv_sees_down_to_its_payout);
    tcase_add_test(tests, an_absolute_price_above_list_is_an_increase);
    tcase_add_test(tests, the_partner_sees_who_is_paid_what);
    tcase_add_test(tests, the_customer_sees_list_and_its_price);
    tcase_add_test(tests, a_choice_names_row_and_point);
    tcase_add_test(tests, no_choice_of_one_and_no_waterfall_of_none);
    tcase_add_test(tests, recalculating_saves_the_whole_form);
    tcase_add_test(tests, a_malformed_recalculation_saves_nothing);
    tcase_add_test(tests, a_choice_made_up_is_forgotten);
    suite_add_tcase(suite, tests);
    return suite;
}

/*
 * isv_purchases_test.c: the ISV's purchases: what waits, what was charged, activating and
 * cancelling, and every refusal of the two (LAW 11, D-31).
 *
 * Pro through the offer of LAW 20: list 1,200.00, partner 960.00, fee 3 % of 960.00 = 28.80, payout
 * 931.20. At list price: fee 36.00, payout 1,164.00.
 */
#include <check.h>
#include <string.h>

#include "base/text.h"
#include "support/page.h"
#include "support/play_purchase.h"
#include "support/rows_market.h"
#include "support/web_market.h"

Suite *isv_purchases_suite(void);

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
path_of(const char *id, const char *rest)
{
    return web_path(&market, "/isv/purchases/%s%s", id, rest);
}

static const char *
text_of(enum web_person person, const char *path)
{
    struct web_answer answer = web_get(&market, person, path);

    ck_assert_msg(answer.status == 200, "%s: %d", path, answer.status);
    return page_text(market.arena, answer.body);
}

static void
says(const char *path, const char *words)
{
    const char *text = text_of(WEB_ISV, path);

    ck_assert_msg(strstr(text, words) != NULL, "%s lacks “%s”: %s", path, words, text);
}

/* Refused with the words of a 409 page, and nothing changed. */
static void
is_closed(const char *path, const char *words)
{
    const char *before = web_dump(&market);
    struct web_answer answer = web_post(&market, WEB_ISV, path, NULL);
    const char *text = page_text(market.arena, answer.body);

    ck_assert_msg(answer.status == 409, "%s: %d", path, answer.status);
    ck_assert_msg(strstr(text, words) != NULL, "%s lacks “%s”: %s", path, words, text);
    ck_assert_ptr_nonnull(strstr(answer.body, "Open the purchase"));
    ck_assert_str_eq(before, web_dump(&market));
}

START_TEST(an_isv_without_purchases_is_told_what_comes)
{
    says("/isv/purchases", "No purchases yet");
    ck_assert_ptr_null(strstr(text_of(WEB_ISV, "/isv/purchases"), "To activate"));
    ck_assert_ptr_null(strstr(text_of(WEB_ISV, "/isv"), "Subscriptions to activate"));
}
END_TEST

/* Those that wait stand on top and on the home page, oldest first; whoever is no longer to be
 * activated does not. */
START_TEST(what_waits_is_named_with_its_deadline)
{
    const char *list = play_buy(&market.deal, BUY_TEAM, "user-1", "12");
    const char *first = play_buy(&market.deal, BUY_PRO, "term-12", "");
    const char *text;

    says("/isv/purchases", "Seats");
    play_configure(&market.deal, list);
    says("/isv", "1 subscription waits for you to activate it.");
    web_today(&market, 2023, 10, 18);
    play_configure(&market.deal, first);
    says("/isv", "2 subscriptions wait for you to activate them.");
    for (int i = 0; i < 2; i++) {
        text = text_of(WEB_ISV, i == 0 ? "/isv" : "/isv/purchases");
        ck_assert_ptr_nonnull(strstr(text, "Activate it by 15 Nov 2023 UTC"));
        ck_assert_ptr_nonnull(strstr(text, "Activate it by 17 Nov 2023 UTC"));
        ck_assert(strstr(text, "15 Nov 2023") < strstr(text, "17 Nov 2023"));
        ck_assert_ptr_nonnull(strstr(text, "Activate Seats, Team for Northwind"));
    }
    ck_assert_ptr_null(strstr(text_of(WEB_ISV_MARKETER, "/isv"), "Northwind"));
    web_today(&market, 2023, 11, 16);
    says("/isv", "1 subscription waits for you to activate it.");
    ck_assert_ptr_null(strstr(text_of(WEB_ISV, "/isv"), "Seats"));
}
END_TEST

/* Anybody who may not work on purchases has no way to them (LAW 2.2). */
START_TEST(a_marketer_has_none)
{
    const char *id = play_subscribe(&market.deal, true);

    ck_assert_int_eq(web_get(&market, WEB_ISV_MARKETER, path_of(id, "")).status, 403);
    ck_assert_int_eq(web_post(&market, WEB_ISV_MARKETER, path_of(id, "/activate"), NULL).status,
                     403);
}
END_TEST

START_TEST(activating_charges_and_says_so)
{
    const char *offer = web_offer(&market, STATE_ACCEPTED);
    const char *id =
        play_buy(&market.deal, (struct purchase_target){offer, 1, "", ""}, "term-12", "");
    const char *path = path_of(id, "");

    says(path, "Billing begins when the subscription is activated.");
    says(path, "Private offerNorthwind FY24");
    says(path, "Selling partnerFabrikam");
    play_configure(&market.deal, id);
    says(path, "contact@northwind.example");
    ck_assert_str_eq(web_post(&market, WEB_ISV, path_of(id, "/activate"), NULL).location,
                     path_of(id, "?done=activated"));
    says(path, "Subscribed");
    says(path, "Payment: 1-year, one payment upfront");
    says(path, "16 Oct 2023 to 15 Oct 2024");
    says(path, "Line 1, private offer price1$1,200.00$960.00$960.00$28.803%$931.20");
    says(path, "Activated16 Oct 2023, 09:00 UTC, Person isv");
    says(path, "Configured16 Oct 2023, 09:00 UTC, Northwind");
}
END_TEST

START_TEST(at_list_price_the_partner_price_is_list)
{
    const char *id = play_subscribe(&market.deal, false);

    says(path_of(id, ""), "Private offer–");
    says(path_of(id, ""), "Line 1, list price1$1,200.00$1,200.00$1,200.00$36.003%$1,164.00");
}
END_TEST

START_TEST(activating_is_refused_where_the_law_has_no_row)
{
    const char *id = play_buy(&market.deal, BUY_PRO, "term-12", "");
    const char *activate = path_of(id, "/activate");

    is_closed(activate,
              "“Suite, Pro” is PendingFulfillmentStart. Bought, and not yet configured by "
              "the customer.");
    play_configure(&market.deal, id);
    play_activate(&market.deal, id);
    is_closed(activate, "“Suite, Pro” is Subscribed.");
    play_payment(&market.deal, id, false);
    is_closed(activate, "“Suite, Pro” is Suspended. A payment failed on 16 Oct 2023 UTC.");
    ck_assert_int_eq(web_post(&market, WEB_ISV, path_of(id, "/cancel"), NULL).status, 303);
    is_closed(activate, "“Suite, Pro” is Unsubscribed. You cancelled it on 16 Oct 2023 UTC.");
    ck_assert_ptr_null(strstr(text_of(WEB_ISV, path_of(id, "")), "Activate Suite"));
}
END_TEST

/* What is no subscription has nothing to activate, and its customer alone may cancel it. */
START_TEST(an_application_is_not_activated)
{
    const char *id = play_buy(&market.deal, BUY_OPS, "month", "");

    says(path_of(id, ""), "Azure application");
    says(path_of(id, ""), "Deployed: it can be used, and is billed.");
    says(path_of(id, ""), "Monthly fee: Monthly fee");
    is_closed(path_of(id, "/activate"), "“Runner, Ops” is Subscribed.");
    ck_assert_int_eq(web_get(&market, WEB_ISV, path_of(id, "/cancel")).status, 409);
    ck_assert_ptr_null(strstr(text_of(WEB_ISV, path_of(id, "")), "Cancel subscription"));
}
END_TEST

START_TEST(cancelling_within_72_hours_gives_all_back)
{
    const char *id = play_subscribe(&market.deal, false);

    says(path_of(id, "/cancel"), "Until 19 Oct 2023, 09:00 UTC, 72 hours after the purchase, "
                                 "everything charged but usage is given back.");
    web_today(&market, 2023, 10, 19);
    ck_assert_str_eq(web_post(&market, WEB_ISV, path_of(id, "/cancel"), NULL).location,
                     path_of(id, "?done=cancelled"));
    says(path_of(id, ""), "Refund: 1-year, one payment upfront");
    says(path_of(id, ""),
         "Line 2, corrects line 1, list price1$1,200.00$1,200.00-$1,200.00-$36.003%"
         "-$1,164.00");
    says(path_of(id, ""), "Unsubscribed");
    is_closed(path_of(id, "/cancel"), "“Suite, Pro” is Unsubscribed.");
}
END_TEST

START_TEST(cancelling_later_gives_nothing_back)
{
    const char *id = play_subscribe(&market.deal, false);

    web_today(&market, 2023, 10, 20);
    says(path_of(id, "/cancel"), "Nothing is given back: that ended on 19 Oct 2023, 09:00 UTC, 72 "
                                 "hours after the purchase.");
    ck_assert_int_eq(web_post(&market, WEB_ISV, path_of(id, "/cancel"), NULL).status, 303);
    ck_assert_ptr_null(strstr(text_of(WEB_ISV, path_of(id, "")), "Refund"));
}
END_TEST

START_TEST(cancelling_is_refused)
{
    const char *pending = play_buy(&market.deal, BUY_PRO, "term-12", "");
    const char *id;

    is_closed(path_of(pending, "/cancel"), "Only the customer can do that now. “Suite, Pro” is "
                                           "PendingFulfillmentStart.");
    ck_assert_int_eq(web_get(&market, WEB_ISV, path_of(pending, "/cancel")).status, 409);
    rows_market_add(&market.deal);
    id = play_buy(&market.deal, (struct purchase_target){"", 0, "meters", "max"}, "term-36", "");
    play_configure(&market.deal, id);
    play_activate(&market.deal, id);
    says(path_of(id, "/cancel"), "everything charged but usage is given back");
    web_today(&market, 2023, 10, 20);
    is_closed(path_of(id, "/cancel"),
              "A term of two or three years with payments still to come can "
              "be cancelled only within 72 hours of the purchase.");
    ck_assert_int_eq(web_get(&market, WEB_ISV, path_of(id, "/cancel")).status, 409);
    ck_assert_ptr_null(strstr(text_of(WEB_ISV, path_of(id, "")), "Cancel subscription"));
}
END_TEST

/* A list goes on, and comes back; a place in it that is none shows the first page. */
START_TEST(the_list_has_pages)
{
    const char *first = play_buy(&market.deal, BUY_OPS, "month", "");
    struct web_answer answer;
    const char *older;

    web_today(&market, 2023, 10, 17);
    for (int i = 0; i < LIMIT_LIST_ROWS; i++)
        (void)play_buy(&market.deal, BUY_OPS, "month", "");
    answer = web_get(&market, WEB_ISV, "/isv/purchases");
    ck_assert_ptr_null(strstr(answer.body, first));
    ck_assert_uint_eq(page_count(answer.body, "<tr><th scope=\"row\">"), LIMIT_LIST_ROWS);
    older = strstr(answer.body, "<a class=\"btn\" href=\"/isv/purchases?before=");
    ck_assert_ptr_nonnull(older);
    answer = web_get(&market, WEB_ISV, page_attribute(market.arena, older, "href"));
    ck_assert_ptr_nonnull(strstr(answer.body, first));
    ck_assert_uint_eq(page_count(answer.body, "<tr><th scope=\"row\">"), 1);
    ck_assert_ptr_nonnull(strstr(answer.body, "First page"));
    ck_assert_ptr_null(strstr(answer.body, "Older"));
    for (int i = 0; i < 2; i++) {
        says(i == 0 ? "/isv/purchases?before=nonsense" : "/isv/purchases?before=1.0",
             "The list has changed.");
        ck_assert_ptr_nonnull(
            strstr(web_get(&market, WEB_ISV, "/isv/purchases?before=nonsense").body, "Older"));
    }
}
END_TEST

/* Nine years of months: the newest lines are shown, and how many are not (LAW 16). */
START_TEST(old_lines_of_a_long_bill_are_counted)
{
    const char *id = play_buy(&market.deal, BUY_OPS, "month", "");
    const char *text;

    web_today(&market, 2032, 11, 1);
    text = text_of(WEB_ISV, path_of(id, ""));
    /* the 16th of October 2023 to the 16th of October 2032: 109 payments */
    ck_assert_ptr_nonnull(strstr(text, "9 older lines aren’t shown."));
    ck_assert_ptr_nonnull(strstr(text, "Line 109, list price"));
    ck_assert_ptr_null(strstr(text, "Line 9, list price"));
}
END_TEST

Suite *
isv_purchases_suite(void)
{
    Suite *suite = suite_create("web/isv_purchases");
    TCase *tests = tcase_create("isv purchases");

    tcase_add_checked_fixture(tests, setup, teardown);
    tcase_add_test(tests, an_isv_without_purchases_is_told_what_comes);
    tcase_add_test(tests, what_waits_is_named_with_its_deadline);
    tcase_add_test(tests, a_marketer_has_none);
    tcase_add_test(tests, activating_charges_and_says_so);
    tcase_add_test(tests, at_list_price_the_partner_price_is_list);
    tcase_add_test(tests, activating_is_refused_where_the_law_has_no_row);
    tcase_add_test(tests, an_application_is_not_activated);
    tcase_add_test(tests, cancelling_within_72_hours_gives_all_back);
    tcase_add_test(tests, cancelling_later_gives_nothing_back);
    tcase_add_test(tests, cancelling_is_refused);
    tcase_add_test(tests, the_list_has_pages);
    tcase_add_test(tests, old_lines_of_a_long_bill_are_counted);
    suite_add_tcase(suite, tests);
    return suite;
}

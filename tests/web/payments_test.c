/*
 * payments_test.c: payments that fail and come in, as the operator tells the marketplace (LAW 11):
 * what that makes of a subscription, and where the law has no such row.
 */
#include <check.h>
#include <string.h>

#include "base/text.h"
#include "support/page.h"
#include "support/play_purchase.h"
#include "support/web_market.h"

#define PAYMENTS "/operator/payments"

Suite *payments_suite(void);

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

static struct web_answer
payment(const char *id, const char *what)
{
    return web_post(&market, WEB_OPERATOR,
                    web_path(&market, "/operator/purchases/%s/payment-%s", id, what), NULL);
}

static void
is_closed(const char *id, const char *what, const char *words)
{
    const char *before = web_dump(&market);
    struct web_answer answer = payment(id, what);
    const char *text = page_text(market.arena, answer.body);

    ck_assert_msg(answer.status == 409, "%s: %d", what, answer.status);
    ck_assert_msg(strstr(text, words) != NULL, "no “%s”: %s", words, text);
    ck_assert_str_eq(before, web_dump(&market));
}

static void
says(const char *words)
{
    const char *text = page_text(market.arena, web_get(&market, WEB_OPERATOR, PAYMENTS).body);

    ck_assert_msg(strstr(text, words) != NULL, "no “%s”: %s", words, text);
}

START_TEST(an_empty_market_has_no_payments)
{
    says("No payment is missing");
    says("No subscription is Subscribed");
    (void)play_subscribe(&market.deal, true); /* nothing is paid before it is activated */
    says("No subscription is Subscribed");
    (void)play_buy(&market.deal, BUY_OPS, "month", ""); /* and nothing else is suspended */
    says("No subscription is Subscribed");
}
END_TEST

START_TEST(a_payment_fails_and_comes_in)
{
    const char *id = play_subscribe(&market.deal, false);
    struct web_answer answer;

    says("Payment failed Suite, Pro for Northwind");
    says("From Contoso");
    says("the subscription becomes Suspended at once");
    answer = payment(id, "failed");
    ck_assert_int_eq(answer.status, 303);
    ck_assert_str_eq(answer.location, PAYMENTS "?done=failed");
    ck_assert_ptr_nonnull(
        strstr(web_get(&market, WEB_OPERATOR, answer.location).body, "Payment failed."));
    says("No subscription is Subscribed");
    says("The customer pays by 15 Nov 2023 UTC, or it becomes Unsubscribed.30 days left");
    says("Payment received Suite, Pro for Northwind");
    web_today(&market, 2023, 11, 15);
    answer = payment(id, "received");
    ck_assert_str_eq(answer.location, PAYMENTS "?done=received");
    ck_assert_ptr_nonnull(
        strstr(web_get(&market, WEB_OPERATOR, answer.location).body, "Payment received."));
    says("No payment is missing");
    ck_assert_int_eq(play_purchase_of(&market.deal, id).state, PURCHASE_SUBSCRIBED);
    ck_assert_int_eq(payment(id, "failed").status, 303);
}
END_TEST

/* Only Subscribed can be suspended, only Suspended reinstated, and that within 30 days. */
START_TEST(rows_that_the_law_lacks_are_refused)
{
    const char *id = play_subscribe(&market.deal, true);

    is_closed(id, "failed", "“Suite, Pro” is PendingFulfillmentStart.");
    is_closed(id, "received", "“Suite, Pro” is PendingFulfillmentStart.");
    play_activate(&market.deal, id);
    is_closed(id, "received", "“Suite, Pro” is Subscribed.");
    ck_assert_int_eq(payment(id, "failed").status, 303);
    is_closed(id, "failed", "“Suite, Pro” is Suspended.");
    web_today(&market, 2023, 11, 16);
    is_closed(id, "received",
              "“Suite, Pro” is Unsubscribed. It ended on 16 Nov 2023 UTC: no payment "
              "came in within 30 days of the one that failed.");
    is_closed(id, "failed", "“Suite, Pro” is Unsubscribed.");
    is_closed(play_buy(&market.deal, BUY_OPS, "month", ""), "failed",
              "“Runner, Ops” is Subscribed.");
}
END_TEST

/* Each list has its own place. */
START_TEST(both_lists_have_pages)
{
    const char *suspended = play_subscribe(&market.deal, false);
    const char *running = play_subscribe(&market.deal, false);
    struct web_answer answer;
    const char *older;

    play_payment(&market.deal, suspended, false);
    web_today(&market, 2023, 10, 17);
    for (int i = 0; i < LIMIT_LIST_ROWS; i++) {
        play_payment(&market.deal, play_subscribe(&market.deal, false), false);
        (void)play_subscribe(&market.deal, false);
    }
    answer = web_get(&market, WEB_OPERATOR, PAYMENTS);
    ck_assert_ptr_null(strstr(answer.body, suspended));
    ck_assert_ptr_null(strstr(answer.body, running));
    older = strstr(answer.body, "href=\"" PAYMENTS "?suspended=");
    ck_assert_ptr_nonnull(older);
    answer = web_get(&market, WEB_OPERATOR,
                     page_attribute(market.arena, older - strlen("<a class=\"btn\" "), "href"));
    ck_assert_ptr_nonnull(strstr(answer.body, suspended));
    older = strstr(answer.body, "href=\"" PAYMENTS "?subscribed=");
    ck_assert_ptr_nonnull(older);
    answer = web_get(&market, WEB_OPERATOR,
                     page_attribute(market.arena, older - strlen("<a class=\"btn\" "), "href"));
    ck_assert_ptr_nonnull(strstr(answer.body, running));
    ck_assert_ptr_null(strstr(answer.body, suspended));
}
END_TEST

Suite *
payments_suite(void)
{
    Suite *suite = suite_create("web/payments");
    TCase *tests = tcase_create("payments");

    tcase_add_checked_fixture(tests, setup, teardown);
    tcase_add_test(tests, an_empty_market_has_no_payments);
    tcase_add_test(tests, a_payment_fails_and_comes_in);
    tcase_add_test(tests, rows_that_the_law_lacks_are_refused);
    tcase_add_test(tests, both_lists_have_pages);
    suite_add_tcase(suite, tests);
    return suite;
}

/*
 * view_status_test.c: the purchase status of an offer as ISV and selling partner see it (LAW 11):
 * who must act, by when, and why something is over, on both sides of each clock.
 */
#include <check.h>
#include <string.h>

#include "base/text.h"
#include "support/page.h"
#include "support/play_purchase.h"
#include "support/web_market.h"

Suite *view_status_suite(void);

static struct web_market market;
static const char *offer;

static void
setup(void)
{
    web_market_open(&market, NULL);
    offer = web_offer(&market, STATE_ACCEPTED);
}

static void
teardown(void)
{
    web_market_close(&market);
}

static const char *
path_of(enum web_person person)
{
    return web_path(&market, "/%s/offers/%s/purchases", person == WEB_PARTNER ? "partner" : "isv",
                    offer);
}

static const char *
text_of(enum web_person person)
{
    struct web_answer answer = web_get(&market, person, path_of(person));

    ck_assert_int_eq(answer.status, 200);
    return page_text(market.arena, answer.body);
}

static void
says(enum web_person person, const char *words)
{
    const char *text = text_of(person);

    ck_assert_msg(strstr(text, words) != NULL, "%s is not told “%s”: %s", web_person_name(person),
                  words, text);
}

/* Pro (row 1), through the offer. */
static const char *
buy_pro(void)
{
    return play_buy(&market.deal, (struct purchase_target){offer, 1, "", ""}, "term-12", "");
}

static const char *
activate_path(const char *id)
{
    return web_path(&market, "/isv/purchases/%s/activate", id);
}

START_TEST(the_button_is_there_while_the_offer_has_a_status)
{
    static const enum web_person sellers[] = {WEB_ISV, WEB_PARTNER};

    for (size_t i = 0; i < COUNT(sellers); i++) {
        bool isv = sellers[i] == WEB_ISV;
        const char *page = web_path(&market, "/%s/offers/%s", isv ? "isv" : "partner", offer);
        const char *link = web_path(&market, "href=\"%s\"", path_of(sellers[i]));

        ck_assert_ptr_nonnull(strstr(web_get(&market, sellers[i], page).body, link));
    }
    web_today(&market, 2024, 1, 1);
    ck_assert_ptr_nonnull(strstr(
        web_get(&market, WEB_ISV, web_path(&market, "/isv/offers/%s", offer)).body, "View status"));
}
END_TEST

START_TEST(before_it_is_accepted_there_is_no_status)
{
    struct web_answer answer;

    web_market_close(&market);
    web_market_open(&market, NULL);
    offer = web_offer(&market, STATE_PENDING_ACCEPTANCE);
    ck_assert_ptr_null(strstr(
        web_get(&market, WEB_ISV, web_path(&market, "/isv/offers/%s", offer)).body, "View status"));
    ck_assert_ptr_null(
        strstr(web_get(&market, WEB_PARTNER, web_path(&market, "/partner/offers/%s", offer)).body,
               "View status"));
    answer = web_get(&market, WEB_PARTNER, path_of(WEB_PARTNER));
    ck_assert_int_eq(answer.status, 409);
    ck_assert_ptr_nonnull(strstr(page_text(market.arena, answer.body),
                                 "is Pending acceptance. Purchase status is there once the "
                                 "customer has accepted it."));
}
END_TEST

/* Nothing bought, or only what is no SaaS: the same page, with both reasons. */
START_TEST(an_empty_status_says_why_and_whom_to_ask)
{
    for (int i = 0; i < 2; i++) {
        says(WEB_ISV, "Either the customer hasn’t bought yet, or it bought only products that "
                      "aren’t SaaS");
        says(WEB_ISV, "Ask Fabrikam, who is in touch with the customer.");
        says(WEB_PARTNER, "Either the customer hasn’t bought yet");
        says(WEB_PARTNER, "Ask the customer.");
        (void)play_buy(&market.deal, (struct purchase_target){offer, 2, "", ""}, "month", "");
    }
}
END_TEST

START_TEST(from_bought_to_subscribed)
{
    const char *id;
    struct web_answer answer;

    web_today(&market, 2023, 10, 20);
    id = buy_pro();
    for (int i = 0; i < 2; i++) {
        enum web_person person = i == 0 ? WEB_ISV : WEB_PARTNER;

        says(person, "Suite");
        says(person, "Northwind");
        says(person, "20 Oct 2023");
        says(person, "PendingFulfillmentStart Bought, and not yet configured by the customer. "
                     "Nothing is billed.");
        says(person, "The customer configures it by 19 Nov 2023 UTC, or it becomes Unsubscribed."
                     "30 days left");
        ck_assert_ptr_null(strstr(text_of(person), "Activate"));
    }
    web_today(&market, 2023, 10, 21);
    play_configure(&market.deal, id);
    says(WEB_ISV, "Configured by the customer, and not yet activated.");
    says(WEB_ISV, "Activate it by 20 Nov 2023 UTC, or it becomes Unsubscribed and the customer "
                  "must subscribe again.30 days left");
    says(WEB_PARTNER, "Contoso activates it by 20 Nov 2023 UTC, or it becomes Unsubscribed.");
    says(WEB_ISV, "Activate Suite, Pro for Northwind");
    ck_assert_ptr_null(strstr(text_of(WEB_PARTNER), "Activate Suite"));
    web_today(&market, 2023, 10, 23);
    answer =
        web_post(&market, WEB_ISV, web_path(&market, "%s?from=offer", activate_path(id)), NULL);
    ck_assert_int_eq(answer.status, 303);
    ck_assert_str_eq(answer.location, web_path(&market, "%s?done=activated", path_of(WEB_ISV)));
    ck_assert_ptr_nonnull(
        strstr(web_get(&market, WEB_ISV, answer.location).body, "Subscription activated."));
    for (int i = 0; i < 2; i++) {
        says(i == 0 ? WEB_ISV : WEB_PARTNER,
             "Subscribed Activated: it can be used, and is billed.");
        says(i == 0 ? WEB_ISV : WEB_PARTNER,
             "Nobody needs to act. The term lasts through 22 Oct 2024 UTC, then it renews.");
    }
}
END_TEST

/* The form names where it stands: on View status one comes back to it. */
START_TEST(the_button_comes_back_to_the_status)
{
    const char *id = buy_pro();
    struct form form;

    play_configure(&market.deal, id);
    ck_assert(page_form(market.arena, web_get(&market, WEB_ISV, path_of(WEB_ISV)).body,
                        web_path(&market, "%s?from=offer", activate_path(id)), &form));
    ck_assert(page_form(market.arena, web_get(&market, WEB_ISV, "/isv/purchases").body,
                        activate_path(id), &form));
    ck_assert_str_eq(web_post(&market, WEB_ISV, activate_path(id), NULL).location,
                     web_path(&market, "/isv/purchases/%s?done=activated", id));
}
END_TEST

/* The last day of each clock, and the day after it, with nothing written meanwhile. */
START_TEST(three_clocks_of_thirty_days)
{
    const char *bought = buy_pro();

    web_today(&market, 2023, 11, 15);
    says(WEB_ISV, "PendingFulfillmentStart");
    says(WEB_PARTNER, "by 15 Nov 2023 UTC, or it becomes Unsubscribed.Last day today");
    web_today(&market, 2023, 11, 16);
    says(WEB_ISV, "Unsubscribed It ended on 16 Nov 2023 UTC: it wasn’t configured within 30 days "
                  "of the purchase.");
    says(WEB_PARTNER, "To use it, the customer must subscribe again.");
    ck_assert_int_eq(web_post(&market, WEB_ISV, activate_path(bought), NULL).status, 409);
}
END_TEST

START_TEST(nobody_activates_it)
{
    const char *id = buy_pro();
    struct web_answer answer;

    web_today(&market, 2023, 11, 10);
    play_configure(&market.deal, id);
    web_today(&market, 2023, 12, 10);
    says(WEB_ISV, "Activate it by 10 Dec 2023 UTC, or it becomes Unsubscribed and the customer "
                  "must subscribe again.Last day today");
    web_today(&market, 2023, 12, 11);
    says(WEB_PARTNER, "Unsubscribed It ended on 11 Dec 2023 UTC: it wasn’t activated within 30 "
                      "days of its configuration.");
    answer = web_post(&market, WEB_ISV, activate_path(id), NULL);
    ck_assert_int_eq(answer.status, 409);
    ck_assert_ptr_nonnull(strstr(page_text(market.arena, answer.body),
                                 "“Suite, Pro” is Unsubscribed. It ended on 11 Dec 2023 UTC: it "
                                 "wasn’t activated within 30 days of its configuration."));
}
END_TEST

START_TEST(nobody_pays)
{
    const char *id = buy_pro();

    play_configure(&market.deal, id);
    play_activate(&market.deal, id);
    web_today(&market, 2023, 10, 25);
    play_payment(&market.deal, id, false);
    web_today(&market, 2023, 11, 24);
    says(WEB_ISV, "Suspended A payment failed on 25 Oct 2023 UTC. It can’t be used until one comes "
                  "in.");
    says(WEB_PARTNER, "The customer pays by 24 Nov 2023 UTC, or it becomes Unsubscribed.Last day "
                      "today");
    web_today(&market, 2023, 11, 25);
    says(WEB_PARTNER, "Unsubscribed It ended on 25 Nov 2023 UTC: no payment came in within 30 days "
                      "of the one that failed.");
    says(WEB_ISV, "Nothing more happens: it can’t be activated again.");
}
END_TEST

START_TEST(why_others_are_over)
{
    const char *ours = buy_pro();
    const char *theirs = buy_pro();
    struct problems *problems = problems_new(market.arena);
    struct act act = play_begin(&market.deal, PARTY_CUSTOMER, DEAL_ORGANISATION, "contributor");

    ck_assert_int_eq(action_purchase_cancel(&act, theirs, problems), OK);
    ck_assert_int_eq(deal_end(&market.deal, &act, OK), OK);
    says(WEB_ISV, "The customer cancelled it on 16 Oct 2023 UTC.");
    play_configure(&market.deal, ours);
    play_activate(&market.deal, ours);
    ck_assert_int_eq(
        web_post(&market, WEB_ISV, web_path(&market, "/isv/purchases/%s/cancel", ours), NULL)
            .status,
        303);
    says(WEB_ISV, "You cancelled it on 16 Oct 2023 UTC.");
    says(WEB_PARTNER, "Contoso cancelled it on 16 Oct 2023 UTC.");
}
END_TEST

/* A term that isn't renewed, whether or not that was written. */
START_TEST(a_term_ends)
{
    const char *id = buy_pro();
    struct act act;

    play_configure(&market.deal, id);
    play_activate(&market.deal, id);
    act = play_begin(&market.deal, PARTY_CUSTOMER, DEAL_ORGANISATION, "contributor");
    ck_assert_int_eq(action_purchase_recur(&act, id, false), OK);
    ck_assert_int_eq(deal_end(&market.deal, &act, OK), OK);
    says(WEB_PARTNER, "The term lasts through 15 Oct 2024 UTC, then it ends.");
    web_today(&market, 2024, 10, 15);
    says(WEB_PARTNER, "Subscribed");
    web_today(&market, 2024, 10, 16);
    says(WEB_PARTNER, "Unsubscribed Its term lasted through 15 Oct 2024 UTC and wasn’t renewed.");
}
END_TEST

Suite *
view_status_suite(void)
{
    Suite *suite = suite_create("web/view_status");
    TCase *tests = tcase_create("view status");

    tcase_add_checked_fixture(tests, setup, teardown);
    tcase_add_test(tests, the_button_is_there_while_the_offer_has_a_status);
    tcase_add_test(tests, before_it_is_accepted_there_is_no_status);
    tcase_add_test(tests, an_empty_status_says_why_and_whom_to_ask);
    tcase_add_test(tests, from_bought_to_subscribed);
    tcase_add_test(tests, the_button_comes_back_to_the_status);
    tcase_add_test(tests, three_clocks_of_thirty_days);
    tcase_add_test(tests, nobody_activates_it);
    tcase_add_test(tests, nobody_pays);
    tcase_add_test(tests, why_others_are_over);
    tcase_add_test(tests, a_term_ends);
    suite_add_tcase(suite, tests);
    return suite;
}

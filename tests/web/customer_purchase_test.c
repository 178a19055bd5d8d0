/*
 * customer_purchase_test.c: what a customer makes of a purchase: configuring it, changing it,
 * cancelling it; each page, each refusal, and the charges as LAW 11, D-30 and D-31 have them.
 *
 * Worked out by hand: Pro through the offer of LAW 20 costs 1,080.00 a year. Team costs 15.00 for a
 * user and month: 10 users 150.00; the month from 16 Oct to 16 Nov 2023 has 31 days, of which 21
 * are left on 26 Oct: 2 more users cost 2 x 15.00 x 21 / 31 = 20.3225... = 20.32.
 */
#include <check.h>
#include <string.h>

#include "base/text.h"
#include "refusal.h"
#include "store/commitments.h"
#include "store/usage.h"
#include "support/page.h"
#include "support/web_purchases.h"

Suite *customer_purchase_suite(void);

static struct web_market market;

static void
open_market(void)
{
    web_market_open(&market, NULL);
}

static void
close_market(void)
{
    web_market_close(&market);
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

static const char *
page_of(const char *id, const char *rest)
{
    return web_path(&market, "/customer/purchases/%s%s", id, rest);
}

/* The purchase's page as the contributor reads it. */
static const char *
seen(const char *id)
{
    return text_of(WEB_CONTRIBUTOR, page_of(id, ""));
}

/* Sends the form at the page, and reads the page it leads to. */
#define TAKEN(id, rest, ...) \
    taken(web_fill(&market, WEB_CONTRIBUTOR, page_of(id, rest), __VA_ARGS__))

static const char *
taken(struct web_answer answer)
{
    ck_assert_msg(answer.status == 303, "%d: %s", answer.status,
                  page_text(market.arena, answer.body));
    return text_of(WEB_CONTRIBUTOR, answer.location);
}

/* A move that today's state does not have: 409, the reason, and the way to the purchase. */
static void
closed(const struct web_answer *answer, const char *words)
{
    const char *text = page_text(market.arena, answer->body);

    ck_assert_int_eq(answer->status, 409);
    says(text, "This is no longer possible");
    says(text, words);
    says(text, "Open the purchase");
}

/* ---- Lists ---------------------------------------------------------------------------------- */

START_TEST(who_bought_nothing_is_told_where_to)
{
    says(text_of(WEB_CONTRIBUTOR, "/customer/purchases"), "No purchases yet");
    says(text_of(WEB_CONTRIBUTOR, "/customer/commitment"), "No commitment");
}
END_TEST

START_TEST(what_waits_for_the_customer_comes_first_the_nearest_deadline_before)
{
    const char *seats = web_seats(&market);
    const char *text;

    (void)play_buy(&market.deal, BUY_PRO, "term-12", "");
    text = text_of(WEB_READER, "/customer/purchases");
    says(text, "Needs your attention");
    says(text, "You configure it by 15 Nov 2023 UTC, or it becomes Unsubscribed.30 days left");
    says(text, "Namedbycustomer");
    says(text, "Subscribed 16 Oct 2023Nobody needs to act.");
    /* a payment that failed on 20 Oct is due by 19 Nov: after the configuration */
    deal_market_today(&market.deal, 2023, 10, 20);
    play_payment(&market.deal, seats, false);
    web_sign_in(&market, WEB_READER);
    web_sign_in(&market, WEB_CONTRIBUTOR);
    text = text_of(WEB_READER, "/customer/purchases");
    says(text, "Suspended");
    says(strstr(text, "You configure it by 15 Nov 2023 UTC"),
         "You pay by 19 Nov 2023 UTC, or it becomes Unsubscribed.");
    says(seen(seats), "A payment failed on 20 Oct 2023 UTC.");
    /* what ran out needs nobody */
    web_today(&market, 2023, 11, 20);
    says_not(text_of(WEB_READER, "/customer/purchases"), "Needs your attention");
}
END_TEST

START_TEST(the_list_comes_in_pages_newest_first)
{
    struct web_answer answer;
    const char *older;

    for (int i = 0; i < LIMIT_LIST_ROWS + 1; i++)
        (void)play_buy(&market.deal, BUY_PRO, "term-12", "");
    web_sql(&market, "UPDATE purchase SET state = 'unsubscribed', ending = 'customer',"
                     " ended_at = bought_at");
    web_sql(&market, "UPDATE purchase SET name = 'The oldest', bought_at = bought_at - 86400"
                     " WHERE id = (SELECT MIN(id) FROM purchase)");
    answer = web_get(&market, WEB_CONTRIBUTOR, "/customer/purchases");
    says_not(page_text(market.arena, answer.body), "The oldest");
    older = strstr(answer.body, "/customer/purchases?before=");
    ck_assert_ptr_nonnull(older);
    older = text_of(WEB_CONTRIBUTOR, page_decode(market.arena, older, strcspn(older, "\"")));
    says(older, "The oldest");
    says(older, "Newest");
    says_not(older, "Older");
    says(text_of(WEB_CONTRIBUTOR, "/customer/purchases?before=nonsense"), "Older");
}
END_TEST

/* ---- Configuring ---------------------------------------------------------------------------- */

START_TEST(an_account_is_configured_by_a_page_of_today)
{
    const char *id = play_buy(&market.deal, BUY_PRO, "term-12", "");
    struct web_answer page = web_get(&market, WEB_CONTRIBUTOR, page_of(id, "/configure"));
    const char *token = page_field(market.arena, page.body, "token");
    struct web_answer answer;
    const char *before;
    const char *text;

    says(page_text(market.arena, page.body), "Configure by15 Nov 2023 UTC");
    says(seen(id), "You bought it, and nothing is billed yet. You configure it by 15 Nov 2023 UTC");
    answer =
        web_fill(&market, WEB_CONTRIBUTOR, page_of(id, "/configure"), "contact", "nobody", NULL);
    ck_assert_int_eq(answer.status, 422);
    refusal_check_error(&market, &answer, "contact");
    refusal_check_kept(&market, &answer, "contact", "nobody");
    /* the page of yesterday is refused; the one it is answered with is good */
    web_today(&market, 2023, 10, 18);
    before = web_dump(&market);
    answer = web_post(&market, WEB_CONTRIBUTOR, page_of(id, "/configure"), "token", token,
                      "contact", "ops@northwind.example", NULL);
    ck_assert_int_eq(answer.status, 422);
    text = page_text(market.arena, answer.body);
    says(text, "This page is older than 24 hours. Check the address and send it again");
    refusal_check_summary(&market, &answer);
    refusal_check_kept(&market, &answer, "contact", "ops@northwind.example");
    ck_assert_str_eq(before, web_dump(&market));
    answer = web_post(&market, WEB_CONTRIBUTOR, page_of(id, "/configure"), "token",
                      page_field(market.arena, answer.body, "token"), "contact",
                      "ops@northwind.example", NULL);
    text = taken(answer);
    says(text, "Account configured.");
    /* 30 days from 18 Oct */
    says(text,
         "You configured it, and nothing is billed yet. Contoso activates it by 17 Nov 2023 UTC");
    says(text, "ops@northwind.example");
    says_not(text, "Configure account");
    answer = web_get(&market, WEB_CONTRIBUTOR, page_of(id, "/configure"));
    closed(&answer, "“Suite, Pro” is PendingFulfillmentStart.");
}
END_TEST

START_TEST(what_was_not_configured_in_time_is_over)
{
    const char *id = play_buy(&market.deal, BUY_PRO, "term-12", "");
    struct web_answer page = web_get(&market, WEB_CONTRIBUTOR, page_of(id, "/configure"));
    struct web_answer answer;
    const char *text;

    web_today(&market, 2023, 11, 15);
    says(seen(id), "Configure account");
    web_today(&market, 2023, 11, 16);
    text = seen(id);
    says(text, "Unsubscribed");
    says(text, "it wasn’t configured within 30 days of the purchase. To use it, subscribe again.");
    says_not(text, "Configure account");
    says_not(text, "Change");
    answer = web_post(&market, WEB_CONTRIBUTOR, page_of(id, "/configure"), "token",
                      page_field(market.arena, page.body, "token"), "contact", "a@b.example", NULL);
    closed(&answer, "“Suite, Pro” is Unsubscribed.");
}
END_TEST

/* ---- Charges -------------------------------------------------------------------------------- */

START_TEST(the_page_tells_what_it_costs_and_nothing_of_the_sellers)
{
    const char *offer = web_offer(&market, STATE_ACCEPTED);
    const char *id =
        play_buy(&market.deal, (struct purchase_target){offer, 1, "", ""}, "term-12", "");
    struct web_answer answer;
    const char *text;

    says(seen(id), "Nothing is charged before the publisher activates the subscription.");
    play_configure(&market.deal, id);
    play_activate(&market.deal, id);
    answer = web_get(&market, WEB_CONTRIBUTOR, page_of(id, ""));
    text = page_text(market.arena, answer.body);
    says(text, "Activated: it can be used, and is billed.");
    says(text, "Bought throughNorthwind FY24");
    says(text, "Sold byFabrikam");
    says(text, "Present term16 Oct 2023 to 15 Oct 2024 UTC");
    says(text, "Next payment16 Oct 2024 UTCThe term renews, at the price of that day");
    says(text, "116 Oct 2023Payment1-year, one payment upfront, your price16 Oct 2023 to 15 Oct "
               "20241$1,080.00$1,080.00");
    says(text, "Sum$1,080.00");
    for (size_t i = 0; i < 8; i++) {
        static const char *const secrets[] = {"960.00", "120.00",  "28.80", "931.20",
                                              "12.5",   "deal 42", "96000", "93120"};

        ck_assert_msg(strstr(answer.body, secrets[i]) == NULL, "shows %s", secrets[i]);
    }
    /* at its price it keeps its plan */
    says_not(text, "Change plan");
    ck_assert_int_eq(web_get(&market, WEB_CONTRIBUTOR, page_of(id, "/plan")).status, 404);
    ck_assert_int_eq(web_get(&market, WEB_CONTRIBUTOR, page_of(id, "/users")).status, 404);
}
END_TEST

START_TEST(many_lines_are_shown_in_part_and_summed_in_full)
{
    const char *id = play_buy(&market.deal, BUY_OPS, "", "");
    const char *text;

    /* 16 Oct 2023 to 16 Feb 2032: 101 payments of 250.00 */
    web_today(&market, 2032, 2, 16);
    text = seen(id);
    says(text, "and 1 earlier lines, which the sum counts too");
    says(text, "Sum$25,250.00");
    says(text, "10116 Feb 2032Monthly fee");
}
END_TEST

START_TEST(usage_that_is_not_charged_yet_is_listed)
{
    const char *id = play_subscribe(&market.deal, false);
    struct usage_event event = {.point = "meter-emails",
                                .hour_at = day_start_at(TEST_DAY),
                                .quantity = 20,
                                .reported_at = day_start_at(TEST_DAY),
                                .reported_by = "isv"};
    struct db *db = temp_write(&market.deal.temp);
    bool added = false;

    ck_assert_int_eq(usage_insert(db, id, &event, &added), OK);
    event.hour_at += 3600;
    event.quantity = 5;
    ck_assert_int_eq(usage_insert(db, id, &event, &added), OK);
    temp_keep(&market.deal.temp, db);
    says(seen(id), "Usage not yet charged");
    says(seen(id), "Meter: 100 emails25");
    /* charged in November, at 1.00 for each */
    web_today(&market, 2023, 11, 5);
    says_not(seen(id), "Usage not yet charged");
    says(seen(id), "25$1.00$25.00");
}
END_TEST

/* ---- Users and plan ------------------------------------------------------------------------- */

START_TEST(more_users_are_charged_for_the_days_left)
{
    const char *id = web_seats(&market);
    struct web_answer answer;
    const char *before;
    const char *text;

    text = text_of(WEB_CONTRIBUTOR, page_of(id, "/users"));
    says(text,
         "More users are charged today, at the same price, for the days through 15 Nov 2023 UTC.");
    says(text, "Fewer users count from the payment of 16 Nov 2023 UTC on");
    says(text, "5 to 500 users");
    before = web_dump(&market);
    answer = web_fill(&market, WEB_CONTRIBUTOR, page_of(id, "/users"), "users", "501", NULL);
    ck_assert_int_eq(answer.status, 422);
    refusal_check_error(&market, &answer, "users");
    refusal_check_kept(&market, &answer, "users", "501");
    ck_assert_str_eq(before, web_dump(&market));
    web_today(&market, 2023, 10, 26);
    text = TAKEN(id, "/users", "users", "12", NULL);
    says(text, "Number of users saved.");
    says(text, "Number of users12");
    says(text,
         "226 Oct 2023Added users1-month, paid monthly, per user, list price26 Oct 2023 to 15 "
         "Nov 20232$15.00$20.32");
    says(text, "Sum$170.32");
    says(text, "Number of users changed: From 10 to 12");
    text = TAKEN(id, "/users", "users", "8", NULL);
    says(text, "Number of users12, from the next payment on 8");
    says(text, "Sum$170.32");
}
END_TEST

START_TEST(a_plan_bought_at_list_price_can_be_changed)
{
    const char *id = play_subscribe(&market.deal, false);
    struct web_answer answer;
    const char *text;

    text = text_of(WEB_CONTRIBUTOR, page_of(id, "/plan"));
    says(text, "Trial$1,200.00, 1-year, one payment upfront");
    says_not(text, "Hidden");
    answer = web_fill(&market, WEB_CONTRIBUTOR, page_of(id, "/plan"), "plan", "hidden", NULL);
    ck_assert_int_eq(answer.status, 422);
    says(page_text(market.arena, answer.body), "Choose a plan");
    text = TAKEN(id, "/plan", "plan", "trial", NULL);
    says(text, "Plan changed.");
    says(text, "Suite, Trial");
    /* on the first day the whole of it is given back and charged anew */
    says(text, "Credit for days left, of line 1");
    says(text, "-$1,200.00");
    says(text, "Sum$1,200.00");
    says(text, "Plan changed: From Pro to Trial");
}
END_TEST

START_TEST(recurring_billing_is_turned_off_and_on)
{
    const char *id = play_subscribe(&market.deal, false);
    struct web_answer answer;
    const char *text;

    says(seen(id),
         "Recurring billing is on: the term renews on 16 Oct 2024 UTC, at the price of that "
         "day.");
    answer = web_post(&market, WEB_CONTRIBUTOR, page_of(id, "/recurring"), "recurring", "0", NULL);
    text = taken(answer);
    says(text, "Recurring billing is off: it ends on 16 Oct 2024 UTC.");
    says(text, "Recurring billingOff");
    says_not(text, "Next payment");
    says(text, "Recurring billing turned off");
    answer = web_post(&market, WEB_CONTRIBUTOR, page_of(id, "/recurring"), "recurring", "1", NULL);
    says(taken(answer), "Recurring billingOn");
    web_sql(&market, "UPDATE purchase SET renews_through = '2023-12-31'");
    says(seen(id),
         "nothing sells this term after the offer has ended: it ends on 16 Oct 2024 UTC.");
    web_sql(&market, "UPDATE purchase SET recurring = 0");
    web_today(&market, 2024, 10, 16);
    says(seen(id), "Unsubscribed");
    answer = web_post(&market, WEB_CONTRIBUTOR, page_of(id, "/recurring"), "recurring", "1", NULL);
    closed(&answer, "“Suite, Pro” is Unsubscribed.");
}
END_TEST

/* ---- Cancelling ----------------------------------------------------------------------------- */

START_TEST(within_72_hours_everything_is_given_back)
{
    const char *id = play_subscribe(&market.deal, false);
    struct web_answer answer;
    const char *text;

    text = text_of(WEB_CONTRIBUTOR, page_of(id, "/cancel"));
    says(text, "Cancel “Namedbycustomer”?");
    says(text,
         "Every payment is given back, because it was bought less than 72 hours ago: through 19 "
         "Oct 2023, 09:00 UTC. Usage isn’t.");
    says(text, "Cancel purchase");
    text = TAKEN(id, "/cancel", NULL);
    says(text, "Purchase cancelled.");
    says(text, "Unsubscribed");
    says(text, "Your organisation cancelled it on 16 Oct 2023 UTC.");
    says(text, "Refund of line 1");
    says(text, "-$1,200.00");
    says(text, "Sum$0.00");
    says_not(text, "Change");
    answer = web_get(&market, WEB_CONTRIBUTOR, page_of(id, "/cancel"));
    closed(&answer, "“Suite, Pro” is Unsubscribed.");
    answer = web_post(&market, WEB_CONTRIBUTOR, page_of(id, "/cancel"), NULL);
    closed(&answer, "“Suite, Pro” is Unsubscribed.");
}
END_TEST

START_TEST(after_72_hours_nothing_is_given_back)
{
    const char *id = play_subscribe(&market.deal, false);

    web_today(&market, 2023, 10, 20);
    says(text_of(WEB_CONTRIBUTOR, page_of(id, "/cancel")),
         "Nothing is given back: the 72 hours for that ended on 19 Oct 2023, 09:00 UTC.");
    says(TAKEN(id, "/cancel", NULL), "Sum$1,200.00");
}
END_TEST

START_TEST(what_was_never_activated_costs_nothing)
{
    const char *id = play_buy(&market.deal, BUY_PRO, "term-12", "");

    says(text_of(WEB_CONTRIBUTOR, page_of(id, "/cancel")),
         "Nothing was charged, and nothing will be.");
    says(TAKEN(id, "/cancel", NULL), "Your organisation cancelled it on 16 Oct 2023 UTC.");
}
END_TEST

/* LAW D-31: a term of several years with payments to come. */
START_TEST(a_long_term_with_payments_to_come_stays)
{
    const char *id = play_subscribe(&market.deal, false);
    struct web_answer answer;
    const char *before;

    web_sql(&market, "UPDATE purchase SET term_months = 36, payment_months = 12");
    web_today(&market, 2023, 10, 20);
    says(seen(id), "CancellingA term of two or three years with payments still to come can be "
                   "cancelled only within 72 hours of the purchase.");
    says_not(seen(id), "Cancel purchase");
    before = web_dump(&market);
    answer = web_get(&market, WEB_CONTRIBUTOR, page_of(id, "/cancel"));
    closed(&answer, "only within 72 hours of the purchase.");
    answer = web_post(&market, WEB_CONTRIBUTOR, page_of(id, "/cancel"), NULL);
    closed(&answer, "only within 72 hours of the purchase.");
    ck_assert_str_eq(before, web_dump(&market));
}
END_TEST

/* ---- Roles ---------------------------------------------------------------------------------- */

START_TEST(who_cannot_purchase_reads_only)
{
    const char *id = play_subscribe(&market.deal, false);
    struct web_answer answer;
    const char *text = text_of(WEB_READER, page_of(id, ""));

    says(text,
         "You can read this purchase, not change it. That takes a role that can purchase with the "
         "subscription “Production”.");
    says_not(text, "Turn off recurring billing");
    answer = web_get(&market, WEB_READER, page_of(id, "/cancel"));
    ck_assert_int_eq(answer.status, 403);
    says(page_text(market.arena, answer.body), "You can read this purchase, not change it.");
    answer = web_post(&market, WEB_READER, page_of(id, "/cancel"), NULL);
    ck_assert_int_eq(answer.status, 403);
    says(page_text(market.arena, answer.body), "You can read this purchase, not change it.");
}
END_TEST

/* ---- Commitments ---------------------------------------------------------------------------- */

/* LAW 10.4: Suite is eligible, Seats is not. */
START_TEST(the_commitment_page_tells_what_used_it)
{
    const struct commitment commitment = {.billing_account = DEAL_ACCOUNT,
                                          .start_on = TEST_DAY,
                                          .end_on = day_add(TEST_DAY, 365),
                                          .amount_cents = 5000000,
                                          .status = "active"};
    struct db *db = temp_write(&market.deal.temp);
    const char *text;

    ck_assert_int_eq(commitment_insert(db, market.arena, &commitment), OK);
    temp_keep(&market.deal.temp, db);
    says(text_of(WEB_READER, "/customer/billing"), "Consumption commitments");
    text = text_of(WEB_READER, "/customer/commitment");
    says(text, "Operations, 16 Oct 2023 to 15 Oct 2024Active");
    says(text, "Amount$50,000.00 Remaining$50,000.00");
    says(text, "Nothing has used it yet.");
    (void)web_seats(&market);
    says(text_of(WEB_READER, "/customer/commitment"), "Nothing has used it yet.");
    (void)play_subscribe(&market.deal, false);
    text = text_of(WEB_READER, "/customer/commitment");
    says(text, "Remaining$48,800.00");
    says(text, "16 Oct 2023SettledChargesNamedbycustomer$1,200.00$48,800.00");
    says(text_of(WEB_STRANGER, "/customer/commitment"), "No commitment");
}
END_TEST

Suite *
customer_purchase_suite(void)
{
    Suite *suite = suite_create("web/customer_purchase");
    TCase *tests = tcase_create("customer_purchase");

    tcase_set_timeout(tests, 120);
    tcase_add_checked_fixture(tests, open_market, close_market);
    tcase_add_test(tests, who_bought_nothing_is_told_where_to);
    tcase_add_test(tests, what_waits_for_the_customer_comes_first_the_nearest_deadline_before);
    tcase_add_test(tests, the_list_comes_in_pages_newest_first);
    tcase_add_test(tests, an_account_is_configured_by_a_page_of_today);
    tcase_add_test(tests, what_was_not_configured_in_time_is_over);
    tcase_add_test(tests, the_page_tells_what_it_costs_and_nothing_of_the_sellers);
    tcase_add_test(tests, many_lines_are_shown_in_part_and_summed_in_full);
    tcase_add_test(tests, usage_that_is_not_charged_yet_is_listed);
    tcase_add_test(tests, more_users_are_charged_for_the_days_left);
    tcase_add_test(tests, a_plan_bought_at_list_price_can_be_changed);
    tcase_add_test(tests, recurring_billing_is_turned_off_and_on);
    tcase_add_test(tests, within_72_hours_everything_is_given_back);
    tcase_add_test(tests, after_72_hours_nothing_is_given_back);
    tcase_add_test(tests, what_was_never_activated_costs_nothing);
    tcase_add_test(tests, a_long_term_with_payments_to_come_stays);
    tcase_add_test(tests, who_cannot_purchase_reads_only);
    tcase_add_test(tests, the_commitment_page_tells_what_used_it);
    suite_add_tcase(suite, tests);
    return suite;
}

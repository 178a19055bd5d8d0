/*
 * customer_buy_test.c: what a purchase would cost and why, purchasing, and every refusal of
 * LAW 10.3 on its page.
 *
 * The offer is LAW 20's: Pro 1,200.00 a year, 20 % off and 12.5 % on top: 1,200.00 x 0.8 = 960.00,
 * x 1.125 = 1,080.00; Ops 250.00 a month, absolute 200.00 and 30 % on top: 260.00.
 */
#include <check.h>
#include <string.h>

#include "base/text.h"
#include "refusal.h"
#include "support/page.h"
#include "support/rows_market.h"
#include "support/web_purchases.h"

Suite *customer_buy_suite(void);

static struct web_market market;
static const char *offer;
static const char *path; /* where row 1 of the offer is bought */

static void
open_with(enum offer_state state)
{
    web_market_open(&market, NULL);
    offer = web_offer(&market, state);
    path = web_path(&market, "/customer/offers/%s/purchase/1", offer);
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

/* The page that a purchase redirects to, read. */
static const char *
bought(const struct web_answer *answer)
{
    ck_assert_msg(answer->status == 303, "%d: %s", answer->status,
                  page_text(market.arena, answer->body));
    ck_assert(text_starts(answer->location, "/customer/purchases/"));
    return text_of(WEB_CONTRIBUTOR, answer->location);
}

/* ---- The price and why ---------------------------------------------------------------------- */

START_TEST(the_page_says_the_price_the_saving_and_why)
{
    struct web_answer answer;
    const char *text;

    open_with(STATE_ACCEPTED);
    text = text_of(WEB_CONTRIBUTOR, path);
    says(text, "Purchase Suite, Pro");
    says(text,
         "Your price applies. It is the price of “Northwind FY24”, which holds through 31 Dec "
         "2023 UTC.");
    says(text, "1-year, one payment upfront$1,200.0010.00%$1,080.00");
    says(text, "One payment of $1,080.00; list price $1,200.00");
    says(text, "Production, billed to Operations");
    says(text, "Recurring billing");
    says(text, "Subscribe");
    /* the wholesale price, the markup, the discount and the adjustment are others' */
    for (size_t i = 0; i < 4; i++)
        says_not(text, (const char *const[]){"960.00", "120.00", "12.5", "20%"}[i]);
    answer = web_get(&market, WEB_CONTRIBUTOR, path);
    ck_assert_str_eq(page_field(market.arena, answer.body, "recurring"), "1");
    ck_assert_str_eq(page_field(market.arena, answer.body, "term"), "term-12");
    web_market_close(&market);
}
END_TEST

START_TEST(a_public_plan_that_an_offer_reprices_has_the_price_of_the_offer)
{
    const char *text;

    open_with(STATE_ACCEPTED);
    text = text_of(WEB_CONTRIBUTOR, "/customer/products/suite/pro/purchase");
    says(text, "Your price applies. It is the price of “Northwind FY24”");
    says(text, "$1,080.00");
    text = text_of(WEB_CONTRIBUTOR, "/customer/products/seats/team/purchase");
    says(text, "List price applies. No accepted offer of the subscription’s billing account "
               "reprices this plan.");
    says(text, "1-month, paid monthly, per user$15.00None$15.00");
    says(text, "5 to 500 users");
    web_market_close(&market);
}
END_TEST

START_TEST(before_its_month_list_price_applies_and_the_page_says_so)
{
    const char *text;

    open_with(STATE_ACCEPTED);
    web_sql(&market, "UPDATE offer SET start_mode = 'month', start_on = '2023-11-01'");
    text = text_of(WEB_CONTRIBUTOR, path);
    says(text,
         "List price applies. The prices of “Northwind FY24” begin on 1 Nov 2023 UTC. What you "
         "buy before costs list price.");
    says(text, "One payment of $1,200.00");
    says_not(text, "1,080.00");
    text = bought(
        &(struct web_answer[]){web_fill(&market, WEB_CONTRIBUTOR, path, "name", "Early", NULL)}[0]);
    says(text, "You subscribed");
    web_market_close(&market);
}
END_TEST

START_TEST(after_its_end_list_price_applies_and_the_page_says_so)
{
    const char *text;

    open_with(STATE_ENDED);
    says(text_of(WEB_CONTRIBUTOR, web_path(&market, "/customer/offers/%s", offer)),
         "Purchase Suite, Pro");
    text = text_of(WEB_CONTRIBUTOR, path);
    says(text, "List price applies. The prices of “Northwind FY24” held through 31 Dec 2023 UTC.");
    says(text, "One payment of $1,200.00");
    says_not(text, "1,080.00");
    web_market_close(&market);
}
END_TEST

/* LAW 8.8: not refused, but not at the offer's price. */
START_TEST(another_billing_account_pays_list_price_once_it_was_said)
{
    struct web_answer answer;
    const char *before;
    const char *text;

    open_with(STATE_ACCEPTED);
    web_other_account(&market);
    before = web_dump(&market);
    /* Recalculate shows it, keeps what was typed and buys nothing */
    answer = web_fill(&market, WEB_CONTRIBUTOR, path, "subscription", WEB_OTHER_SUBSCRIPTION,
                      "name", "Kept name", "do", "recalculate", NULL);
    ck_assert_int_eq(answer.status, 200);
    text = page_text(market.arena, answer.body);
    says(text, "List price applies. “Northwind FY24” is for the billing account “Operations”, and "
               "this subscription is billed to “Trips”.");
    says(text, "travel-apps");
    says_not(text, "production");
    says_not(text, "1,080.00");
    ck_assert_str_eq(page_field(market.arena, answer.body, "name"), "Kept name");
    ck_assert_str_eq(before, web_dump(&market));
    /* whoever chooses it without looking buys nothing either, and is told why */
    answer = web_fill(&market, WEB_CONTRIBUTOR, path, "subscription", WEB_OTHER_SUBSCRIPTION,
                      "name", "Kept name", NULL);
    ck_assert_int_eq(answer.status, 409);
    text = page_text(market.arena, answer.body);
    says(text, "Nothing was bought. What you were shown is not what this purchase costs now. List "
               "price applies. “Northwind FY24” is for the billing account “Operations”");
    ck_assert_str_eq(page_field(market.arena, answer.body, "name"), "Kept name");
    ck_assert_str_eq(before, web_dump(&market));
    /* the same form with the price that it now shows */
    answer = web_post(&market, WEB_CONTRIBUTOR, path, "digest",
                      page_field(market.arena, answer.body, "digest"), "subscription",
                      WEB_OTHER_SUBSCRIPTION, "resource_group", "travel-apps", "name", "Abroad",
                      "term", "term-12", NULL);
    says(bought(&answer), "You subscribed");
    web_market_close(&market);
}
END_TEST

START_TEST(an_offer_that_is_not_accepted_sells_nothing)
{
    struct web_answer answer;

    open_with(STATE_PENDING_ACCEPTANCE);
    answer = web_get(&market, WEB_CONTRIBUTOR, path);
    ck_assert_int_eq(answer.status, 409);
    says(page_text(market.arena, answer.body), "The offer is Pending acceptance: it sells once it is accepted.");
    answer = web_post(&market, WEB_CONTRIBUTOR, path, "subscription", DEAL_SUBSCRIPTION, NULL);
    ck_assert_int_eq(answer.status, 409);
    ck_assert_int_eq(web_get(&market, WEB_CONTRIBUTOR,
                             web_path(&market, "/customer/offers/%s/purchase/9", offer))
                         .status,
                     409);
    web_market_close(&market);
}
END_TEST

/* ---- Refusals ------------------------------------------------------------------------------- */

/* What is made so, and what the page then says. */
static const struct {
    enum web_person person;
    const char *sql;
    const char *words;
} refusals[] = {
    {WEB_OWNER, NULL, "Production: Your role on it can’t purchase"},
    {WEB_READER, NULL, "Production: Your role on it can’t purchase"},
    {WEB_CONTRIBUTOR, "UPDATE billing_account SET policy = 'free_only'",
     "Production: The billing account allows free products only"},
    {WEB_CONTRIBUTOR, "UPDATE billing_account SET policy = 'disabled'",
     "Production: The billing account allows no marketplace purchases"},
    {WEB_CONTRIBUTOR, "UPDATE billing_account SET payment_valid = 0",
     "Production: The billing account has no valid payment instrument"},
    {WEB_CONTRIBUTOR, "UPDATE billing_account SET private_store = 1",
     "Production: Only products approved for your private store can be purchased"},
    {WEB_CONTRIBUTOR, "UPDATE billing_account SET active = 0",
     "Production: The billing account isn’t active"},
    {WEB_CONTRIBUTOR, "UPDATE resource_group SET locked = 1",
     "Production: Every resource group is locked"},
    {WEB_CONTRIBUTOR, "DELETE FROM azure_member; DELETE FROM billing_member",
     "You have no role on an Azure subscription of your organisation."},
};

START_TEST(whoever_cannot_purchase_is_told_why_and_gets_no_form)
{
    struct web_answer answer;
    const char *before;
    const char *text;

    open_with(STATE_ACCEPTED);
    if (refusals[_i].sql != NULL)
        web_sql(&market, refusals[_i].sql);
    before = web_dump(&market);
    answer = web_get(&market, refusals[_i].person, path);
    ck_assert_int_eq(answer.status, 200);
    text = page_text(market.arena, answer.body);
    says(text, "You can’t purchase this");
    says(text, refusals[_i].words);
    says(text, "An owner of a subscription can give you a role that purchases");
    ck_assert_ptr_null(strstr(answer.body, "value=\"buy\""));
    /* and a form made by hand changes nothing */
    answer = web_post(&market, refusals[_i].person, path, "subscription", DEAL_SUBSCRIPTION,
                      "resource_group", DEAL_GROUP, "name", "By hand", "term", "term-12", NULL);
    ck_assert_int_eq(answer.status, 422);
    text = page_text(market.arena, answer.body);
    says(text, "There is a problem");
    says(text, refusals[_i].words);
    ck_assert_str_eq(before, web_dump(&market));
    web_market_close(&market);
}
END_TEST

/* One subscription that can't be used does not hide another that can. */
START_TEST(what_cannot_be_used_is_listed_with_the_reason)
{
    struct web_answer answer;
    const char *text;

    open_with(STATE_ACCEPTED);
    web_other_account(&market);
    web_sql(&market, "UPDATE resource_group SET locked = 1 WHERE name = 'travel-apps'");
    answer = web_get(&market, WEB_CONTRIBUTOR, path);
    text = page_text(market.arena, answer.body);
    says(text, "You can’t use:Travel: Every resource group is locked");
    says_not(text, "Travel, billed to");
    answer = web_fill(&market, WEB_CONTRIBUTOR, path, "subscription", WEB_OTHER_SUBSCRIPTION,
                      "name", "Abroad", NULL);
    ck_assert_int_eq(answer.status, 422);
    refusal_check_error(&market, &answer, "subscription");
    says(page_help(market.arena, answer.body, "subscription"),
         "This subscription can’t be used: Every resource group is locked. Choose another");
    web_market_close(&market);
}
END_TEST

START_TEST(a_locked_group_cannot_be_chosen)
{
    struct web_answer answer;
    struct db *db;

    open_with(STATE_ACCEPTED);
    db = temp_write(&market.deal.temp);
    ck_assert_int_eq(resource_group_insert(db, market.arena, DEAL_SUBSCRIPTION, "vault"), OK);
    ck_assert_int_eq(resource_group_lock(db, market.arena, DEAL_SUBSCRIPTION, "vault", true), OK);
    temp_keep(&market.deal.temp, db);
    answer = web_get(&market, WEB_CONTRIBUTOR, path);
    ck_assert_ptr_null(strstr(answer.body, "value=\"vault\""));
    says(page_text(market.arena, answer.body), "Locked, so nothing can be deployed there: vault");
    answer =
        web_fill(&market, WEB_CONTRIBUTOR, path, "resource_group", "vault", "name", "In it", NULL);
    ck_assert_int_eq(answer.status, 422);
    refusal_check_error(&market, &answer, "resource_group");
    says(page_help(market.arena, answer.body, "resource_group"), "This resource group is locked");
    answer = web_fill(&market, WEB_CONTRIBUTOR, path, "resource_group", "nowhere", "name", "In it",
                      NULL);
    ck_assert_int_eq(answer.status, 422);
    says(page_help(market.arena, answer.body, "resource_group"),
         "Choose a resource group of the subscription");
    web_market_close(&market);
}
END_TEST

START_TEST(required_tags_are_asked_for)
{
    struct web_answer answer;

    open_with(STATE_ACCEPTED);
    web_sql(&market, "UPDATE azure_subscription SET tag_policy = 'required'");
    says(text_of(WEB_CONTRIBUTOR, path), "The subscription requires tags");
    answer = web_fill(&market, WEB_CONTRIBUTOR, path, "name", "Untagged", NULL);
    ck_assert_int_eq(answer.status, 422);
    refusal_check_error(&market, &answer, "tags");
    refusal_check_kept(&market, &answer, "name", "Untagged");
    answer =
        web_fill(&market, WEB_CONTRIBUTOR, path, "name", "Tagged", "tags", "team=finance", NULL);
    (void)bought(&answer);
    web_market_close(&market);
}
END_TEST

START_TEST(users_stay_within_the_limits_of_the_plan)
{
    static const char *const seats = "/customer/products/seats/team/purchase";
    static const char *const wrong[] = {"", "4", "501", "12.5", "many"};
    struct web_answer answer;

    open_with(STATE_ACCEPTED);
    for (size_t i = 0; i < COUNT(wrong); i++) {
        answer =
            web_fill(&market, WEB_CONTRIBUTOR, seats, "name", "Seats", "users", wrong[i], NULL);
        ck_assert_int_eq(answer.status, 422);
        refusal_check_error(&market, &answer, "users");
        refusal_check_kept(&market, &answer, "users", wrong[i]);
        says(page_help(market.arena, answer.body, "users"),
             "Enter a whole number of users from 5 to 500");
    }
    answer = web_fill(&market, WEB_CONTRIBUTOR, seats, "name", "Seats", "users", "5", NULL);
    says(bought(&answer), "Number of users5");
    web_market_close(&market);
}
END_TEST

START_TEST(what_is_missing_or_too_long_is_said_beside_its_field)
{
    const char *long_text = "12345678901234567890123456789012345678901234567890123456789012345";
    struct web_answer answer;

    open_with(STATE_ACCEPTED);
    answer = web_fill(&market, WEB_CONTRIBUTOR, path, "term", "term-99", "tags", long_text,
                      "order_reference", "a\tb", NULL);
    ck_assert_int_eq(answer.status, 422);
    ck_assert(text_starts(page_title(market.arena, answer.body), "Error: Purchase Suite, Pro"));
    refusal_check_error(&market, &answer, "name");
    refusal_check_error(&market, &answer, "tags");
    refusal_check_kept(&market, &answer, "tags", long_text);
    refusal_check_error(&market, &answer, "order_reference");
    says(page_text(market.arena, answer.body), "Choose a billing term");
    answer = web_fill(&market, WEB_CONTRIBUTOR, path, "name", "Fine", "subscription", NULL, NULL);
    ck_assert_int_eq(answer.status, 422);
    refusal_check_error(&market, &answer, "subscription");
    web_market_close(&market);
}
END_TEST

/* ---- Buying --------------------------------------------------------------------------------- */

START_TEST(a_subscription_is_bought_and_waits_to_be_configured)
{
    struct web_answer answer;
    const char *text;

    open_with(STATE_ACCEPTED);
    says_not(text_of(WEB_READER, web_path(&market, "/customer/offers/%s", offer)),
             "Purchases through this offer");
    answer = web_fill(&market, WEB_CONTRIBUTOR, path, "name", "Finance suite", "tags",
                      "team=finance", "order_reference", "PO 4711", NULL);
    text = bought(&answer);
    says(text, "You subscribed");
    says(text, "PendingFulfillmentStart");
    says(text, "Nothing is charged until the publisher has activated the subscription.");
    says(text, "Through 15 Nov 2023 UTC; after that it is Unsubscribed");
    says(text, "Configure account");
    text = text_of(WEB_READER, web_path(&market, "/customer/offers/%s", offer));
    says(text, "Purchases through this offer");
    says(text, "Finance suiteSuite, Pro");
    /* the same submit again shows the first result, and buys once */
    text = text_of(WEB_CONTRIBUTOR, "/customer/purchases");
    ck_assert_uint_eq(page_count(text, "Finance suite"), 2); /* needs attention, and the list */
    web_market_close(&market);
}
END_TEST

START_TEST(an_application_is_deployed_and_charged_from_today)
{
    const char *row = NULL;
    struct web_answer answer;
    const char *text;

    open_with(STATE_ACCEPTED);
    row = web_path(&market, "/customer/offers/%s/purchase/2", offer);
    text = text_of(WEB_CONTRIBUTOR, row);
    says(text, "Deploy");
    says(text, "Charging begins today.");
    says_not(text, "Recurring billing");
    says_not(text, "Billing term");
    answer = web_fill(&market, WEB_CONTRIBUTOR, row, "name", "Ops here", NULL);
    text = bought(&answer);
    says(text, "It is deployed");
    says(text, "Subscribed");
    text = text_of(WEB_CONTRIBUTOR, arena_copy(market.arena, answer.location,
                                               strlen(answer.location) - strlen("/purchased")));
    says(text, "Monthly feeMonthly fee, your price16 Oct 2023 to 15 Nov 20231$260.00$260.00");
    says(text, "Next payment16 Nov 2023 UTC");
    web_market_close(&market);
}
END_TEST

START_TEST(a_machine_is_bought_by_its_size)
{
    static const char *const sizes = "/customer/products/sizes/some/purchase";
    static const char *const cores = "/customer/products/cores/each/purchase";
    struct web_answer answer;

    open_with(STATE_ACCEPTED);
    rows_market_add(&market.deal);
    says_not(text_of(WEB_CONTRIBUTOR, "/customer/products/plain/hourly/purchase"), "vCPU size");
    ck_assert_str_eq(
        page_field(market.arena, web_get(&market, WEB_CONTRIBUTOR, cores).body, "vcpu"), "1");
    ck_assert_str_eq(
        page_field(market.arena, web_get(&market, WEB_CONTRIBUTOR, sizes).body, "vcpu"), "2");
    answer = web_fill(&market, WEB_CONTRIBUTOR, sizes, "name", "Box", "vcpu", "8", NULL);
    ck_assert_int_eq(answer.status, 422);
    refusal_check_error(&market, &answer, "vcpu");
    answer = web_fill(&market, WEB_CONTRIBUTOR, sizes, "name", "Box", "vcpu", "4", NULL);
    says(bought(&answer), "Hours are charged after the end of each month");
    web_market_close(&market);
}
END_TEST

Suite *
customer_buy_suite(void)
{
    Suite *suite = suite_create("web/customer_buy");
    TCase *tests = tcase_create("customer_buy");

    tcase_set_timeout(tests, 120);
    tcase_add_test(tests, the_page_says_the_price_the_saving_and_why);
    tcase_add_test(tests, a_public_plan_that_an_offer_reprices_has_the_price_of_the_offer);
    tcase_add_test(tests, before_its_month_list_price_applies_and_the_page_says_so);
    tcase_add_test(tests, after_its_end_list_price_applies_and_the_page_says_so);
    tcase_add_test(tests, another_billing_account_pays_list_price_once_it_was_said);
    tcase_add_test(tests, an_offer_that_is_not_accepted_sells_nothing);
    tcase_add_loop_test(tests, whoever_cannot_purchase_is_told_why_and_gets_no_form, 0,
                        (int)COUNT(refusals));
    tcase_add_test(tests, what_cannot_be_used_is_listed_with_the_reason);
    tcase_add_test(tests, a_locked_group_cannot_be_chosen);
    tcase_add_test(tests, required_tags_are_asked_for);
    tcase_add_test(tests, users_stay_within_the_limits_of_the_plan);
    tcase_add_test(tests, what_is_missing_or_too_long_is_said_beside_its_field);
    tcase_add_test(tests, a_subscription_is_bought_and_waits_to_be_configured);
    tcase_add_test(tests, an_application_is_deployed_and_charged_from_today);
    tcase_add_test(tests, a_machine_is_bought_by_its_size);
    suite_add_tcase(suite, tests);
    return suite;
}

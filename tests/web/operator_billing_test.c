/*
 * operator_billing_test.c: the operator's pages of billing accounts: the list, facts, roles, Azure
 * subscriptions, and a history of every change (LAW 2.5).
 */
#include <check.h>
#include <string.h>

#include "base/text.h"
#include "store/accounts.h"
#include "store/subscriptions.h"
#include "support/page.h"
#include "support/web_market.h"

#define BILLING "/operator/billing/" DEAL_ACCOUNT
#define ROLES BILLING "/roles"
#define SUBSCRIPTION BILLING "/subscriptions/" DEAL_SUBSCRIPTION
#define GROUP_FIELD "group-" DEAL_SUBSCRIPTION
#define PERSON_FIELD "person-" DEAL_SUBSCRIPTION
#define ROLE_FIELD "role-" DEAL_SUBSCRIPTION

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

static void
has(const char *text, const char *words)
{
    ck_assert_msg(strstr(text, words) != NULL, "“%s” is missing in: %s", words, text);
}

static void
has_not(const char *text, const char *words)
{
    ck_assert_msg(strstr(text, words) == NULL, "“%s” is in: %s", words, text);
}

static const char *
text_of(const char *path)
{
    struct web_answer answer = web_get(&market, WEB_OPERATOR, path);

    ck_assert_msg(answer.status == 200, "%s: %d", path, answer.status);
    return page_text(market.arena, answer.body);
}

/* The page's form of facts, to be changed and sent. */
static struct web_form
facts_form(void)
{
    struct web_form form = web_form_new(&market);

    ck_assert(
        page_form(market.arena, web_get(&market, WEB_OPERATOR, BILLING).body, BILLING, &form.form));
    return form;
}

static struct billing_account
stored(void)
{
    struct billing_account account;
    struct db *db = temp_write(&market.deal.temp);

    ck_assert_int_eq(billing_account_find(db, market.arena, DEAL_ACCOUNT, &account), OK);
    temp_keep(&market.deal.temp, db);
    return account;
}

static void
account_add(const char *id)
{
    struct billing_account account = stored();
    struct db *db = temp_write(&market.deal.temp);

    account.id = id;
    account.name = "Another";
    account.country = "CA";
    account.organisation = "elsewhere";
    ck_assert_int_eq(billing_account_insert(db, &account), OK);
    temp_keep(&market.deal.temp, db);
}

/* --- the list -----------------------------------------------------------------------------------
 */

START_TEST(accounts_are_listed_and_found_by_how_their_id_begins)
{
    const char *text;

    account_add("7123456");
    text = text_of("/operator/billing");
    has(text, "Another7123456ElsewhereCustomer agreement (MCA)Can’t receive private offers");
    has(text, "Operations" DEAL_ACCOUNT "NorthwindCustomer agreement (MCA)Can receive");
    text = text_of("/operator/billing?q=7123");
    has(text, "Another");
    has_not(text, "Operations");
    text = text_of("/operator/billing?q=7c92bb3e-51d0-4c6e-93d5-0a1f6e2c77b4:2f");
    has(text, "Operations");
    has_not(text, "Another");
    text = text_of("/operator/billing?q=123");
    has(text, "No billing account ID begins with “123”");
    has(text, "Clear search");
}
END_TEST

START_TEST(the_list_comes_in_pages)
{
    struct web_answer page;
    const char *href;

    for (int i = 0; i < 2 * LIMIT_LIST_ROWS - 1; i++)
        account_add(web_path(&market, "60%04d", i));
    page = web_get(&market, WEB_OPERATOR, "/operator/billing?q=60");
    ck_assert_uint_eq(page_count(page.body, "<tr><th scope=\"row\">"), LIMIT_LIST_ROWS);
    href = "/operator/billing?q=60&after=600024";
    ck_assert_uint_eq(page_count(page.body, "href=\"/operator/billing?q=60&amp;after=600024\""), 1);
    page = web_get(&market, WEB_OPERATOR, href);
    ck_assert_uint_eq(page_count(page.body, "<tr><th scope=\"row\">"), LIMIT_LIST_ROWS - 1);
    ck_assert_uint_eq(page_count(page.body, "More billing accounts"), 0);
    ck_assert_uint_eq(page_count(page.body, "600048"), 2); /* its link and its ID */
    has(text_of("/operator/billing?after=~"), "There are no billing accounts yet");
}
END_TEST

START_TEST(ways_lead_to_an_account)
{
    has(web_get(&market, WEB_OPERATOR, "/operator/accounts/" DEAL_ORGANISATION).body,
        "href=\"" BILLING "\"");
    has(web_get(&market, WEB_OPERATOR, "/operator/billing").body, "href=\"" BILLING "\"");
    has(web_get(&market, WEB_OPERATOR, "/operator").body, "href=\"/operator/billing\"");
    ck_assert_int_eq(web_get(&market, WEB_OPERATOR, "/operator/billing/7123456").status, 404);
    ck_assert_int_eq(
        web_post(&market, WEB_OPERATOR, "/operator/billing/7123456", "rev", "0", NULL).status, 404);
}
END_TEST

/* --- facts --------------------------------------------------------------------------------------
 */

START_TEST(facts_are_changed_and_recorded)
{
    struct web_form form = facts_form();
    const char *text = text_of(BILLING);
    struct billing_account account;
    struct web_answer answer;

    has_not(text, "History");
    web_form_set(&form, "name", " Head office ");
    web_form_set(&form, "country", "CA");
    web_form_set(&form, "active", "no");
    web_form_set(&form, "policy", "free_only");
    web_form_set(&form, "payment_valid", "no");
    web_form_set(&form, "payment_method", "credit_card");
    web_form_set(&form, "private_store", "yes");
    answer = web_post_form(&market, WEB_OPERATOR, BILLING, &form);
    ck_assert_int_eq(answer.status, 303);
    ck_assert_str_eq(answer.location, BILLING "?done=facts-saved");
    account = stored();
    ck_assert_str_eq(account.name, "Head office");
    ck_assert_str_eq(account.country, "CA");
    ck_assert(!account.active && !account.payment_valid && account.private_store);
    ck_assert_int_eq(account.policy, MARKETPLACE_FREE_ONLY);
    ck_assert_str_eq(account.payment_method, "credit_card");
    ck_assert_int_eq(account.agreement, AGREEMENT_MCA);

    text = text_of(answer.location);
    has(text, "Facts saved.");
    has(text, "Name: Operations → Head office16 Oct 2023, 09:00 UTC, Person operator");
    has(text, "Country: US → CA");
    has(text, "Active: Yes → No");
    has(text, "Marketplace purchases: Free and paid products → Free products only");
    has(text, "Payment instrument valid: Yes → No");
    has(text, "Payment method: Invoice → Credit card");
    has(text, "Private store: No → Yes");
}
END_TEST

START_TEST(a_save_that_changes_nothing_tells_nothing)
{
    struct web_form form = facts_form();

    ck_assert_int_eq(web_post_form(&market, WEB_OPERATOR, BILLING, &form).status, 303);
    has_not(text_of(BILLING), "History");
}
END_TEST

/* What is wrong with a form of facts, and its words. */
static const struct {
    const char *field;
    const char *value; /* NULL: not sent */
    const char *words;
} wrong[] = {
    {"name", " ", "Enter a name"},
    {"country", "us", "Enter the country as two capital letters, for example US"},
    {"country", "USA", "Enter the country as two capital letters, for example US"},
    {"country", "", "Enter the country as two capital letters, for example US"},
    {"policy", "sometimes", "Choose what may be purchased"},
    {"policy", NULL, "Choose what may be purchased"},
    {"payment_method", "shells", "Choose a payment method"},
    {"active", "perhaps", "Choose one of the two"},
    {"payment_valid", NULL, "Choose one of the two"},
    {"private_store", "", "Choose one of the two"},
};

START_TEST(wrong_facts_come_back)
{
    struct web_form form = facts_form();
    const char *before = web_dump(&market);
    struct web_answer answer;

    web_form_set(&form, "name", "As typed");
    web_form_set(&form, wrong[_i].field, wrong[_i].value);
    answer = web_post_form(&market, WEB_OPERATOR, BILLING, &form);
    ck_assert_int_eq(answer.status, 422);
    ck_assert(text_starts(page_title(market.arena, answer.body), "Error: "));
    has(page_help(market.arena, answer.body, wrong[_i].field), wrong[_i].words);
    ck_assert_uint_eq(page_count(answer.body, web_path(&market, "href=\"#%s\"", wrong[_i].field)),
                      1);
    if (!text_equal(wrong[_i].field, "name"))
        ck_assert_str_eq(page_field(market.arena, answer.body, "name"), "As typed");
    ck_assert_str_eq(web_dump(&market), before);
}
END_TEST

START_TEST(a_name_has_its_edge)
{
    struct web_form form = facts_form();
    char name[LIMIT_ACCOUNT_NAME + 2];
    struct web_answer answer;

    memset(name, 'n', sizeof name);
    name[129] = '\0';
    web_form_set(&form, "name", name);
    answer = web_post_form(&market, WEB_OPERATOR, BILLING, &form);
    ck_assert_int_eq(answer.status, 422);
    has(page_help(market.arena, answer.body, "name"), "Shorten the name to 128 characters");
    web_form_set(&form, "name", name + 1);
    ck_assert_int_eq(web_post_form(&market, WEB_OPERATOR, BILLING, &form).status, 303);
}
END_TEST

START_TEST(a_form_from_before_anothers_change_is_refused)
{
    struct web_form first = facts_form();
    struct web_form second = facts_form();
    const char *before;

    web_form_set(&first, "country", "CA");
    ck_assert_int_eq(web_post_form(&market, WEB_OPERATOR, BILLING, &first).status, 303);
    before = web_dump(&market);
    web_form_set(&second, "once", "another");
    ck_assert_int_eq(web_post_form(&market, WEB_OPERATOR, BILLING, &second).status, 409);
    ck_assert_str_eq(web_dump(&market), before);
}
END_TEST

/* --- subscriptions ------------------------------------------------------------------------------
 */

static struct web_answer
on_subscription(const char *name, const char *value)
{
    return web_post(&market, WEB_OPERATOR, SUBSCRIPTION, name, value, NULL);
}

START_TEST(groups_are_added_locked_and_unlocked)
{
    struct web_answer answer =
        web_post(&market, WEB_OPERATOR, SUBSCRIPTION, "do", "group", GROUP_FIELD, " west-2 ", NULL);
    const char *text;

    ck_assert_int_eq(answer.status, 303);
    ck_assert_str_eq(answer.location, BILLING "?done=subscription-changed#s-" DEAL_SUBSCRIPTION);
    text = text_of(BILLING);
    has(text, "productionUnlocked Lock production");
    has(text, "west-2Unlocked Lock west-2");
    has(text, "Resource group west-2 of Production: Unlocked16 Oct");
    ck_assert_int_eq(on_subscription("lock", "west-2").status, 303);
    text = text_of(BILLING);
    has(text, "west-2Locked Unlock west-2");
    has(text, "Resource group west-2 of Production: Unlocked → Locked");
    ck_assert_int_eq(on_subscription("unlock", "west-2").status, 303);
    has(text_of(BILLING), "Resource group west-2 of Production: Locked → Unlocked");
    /* what is so already is no change */
    ck_assert_int_eq(on_subscription("unlock", "west-2").status, 303);
    ck_assert_uint_eq(page_count(text_of(BILLING), "Resource group west-2 of Production:"), 3);
    ck_assert_int_eq(on_subscription("lock", "north").status, 404);
    ck_assert_int_eq(web_post(&market, WEB_OPERATOR,
                              BILLING "/subscriptions/00000000-0000-4000-8000-000000000000", "tags",
                              "required", NULL)
                         .status,
                     404);
}
END_TEST

START_TEST(a_wrong_group_comes_back)
{
    static const char *const names[] = {"", "two words", "end.", "production", "PRODUCTION"};
    const char *before = web_dump(&market);

    for (size_t i = 0; i < COUNT(names); i++) {
        struct web_answer answer = web_post(&market, WEB_OPERATOR, SUBSCRIPTION, "do", "group",
                                            GROUP_FIELD, names[i], NULL);

        ck_assert_int_eq(answer.status, 422);
        has(page_help(market.arena, answer.body, GROUP_FIELD),
            i < 3 ? "Enter a name of 1 to 90 letters"
                  : "has a resource group of this name already");
        ck_assert_str_eq(page_field(market.arena, answer.body, GROUP_FIELD), names[i]);
        /* the other form on the page stands as it is stored */
        ck_assert_str_eq(page_field(market.arena, answer.body, "active"), "yes");
        ck_assert_str_eq(page_field(market.arena, answer.body, "name"), "Operations");
    }
    ck_assert_str_eq(web_dump(&market), before);
}
END_TEST

START_TEST(a_subscription_holds_so_many_groups)
{
    struct db *db = temp_write(&market.deal.temp);
    struct web_answer answer;

    for (int i = 1; i < LIMIT_RESOURCE_GROUPS; i++)
        ck_assert_int_eq(resource_group_insert(db, market.arena, DEAL_SUBSCRIPTION,
                                               web_path(&market, "g-%d", i)),
                         OK);
    temp_keep(&market.deal.temp, db);
    answer =
        web_post(&market, WEB_OPERATOR, SUBSCRIPTION, "do", "group", GROUP_FIELD, "one-more", NULL);
    ck_assert_int_eq(answer.status, 422);
    has(page_help(market.arena, answer.body, GROUP_FIELD),
        "A subscription has up to 100 resource groups; this one is full");
}
END_TEST

START_TEST(tags_are_required_or_not)
{
    has(text_of(BILLING), "Require tags in Production");
    ck_assert_int_eq(on_subscription("tags", "required").status, 303);
    has(text_of(BILLING), "Tag policy of Production: No tags required → Tags required");
    has(text_of(BILLING), "Require no tags in Production");
    ck_assert_int_eq(on_subscription("tags", "required").status, 303); /* so already */
    ck_assert_int_eq(on_subscription("tags", "none").status, 303);
    has(text_of(BILLING), "Tag policy of Production: Tags required → No tags required");
    ck_assert_uint_eq(page_count(text_of(BILLING), "Tag policy of Production:"), 2);
}
END_TEST

START_TEST(an_account_without_anything_says_so)
{
    struct azure_subscription bare = {
        .id = "9d27e6b4-08f3-4a5c-8e1b-64c3a90f7d2e", .name = "Bare", .billing_account = "7123456"};
    struct db *db;

    account_add("7123456");
    has(text_of("/operator/billing/7123456"), "No Azure subscriptions");
    has(text_of("/operator/billing/7123456"), "Nobody has a role on it.");
    db = temp_write(&market.deal.temp);
    ck_assert_int_eq(azure_subscription_insert(db, &bare), OK);
    temp_keep(&market.deal.temp, db);
    has(text_of("/operator/billing/7123456"), "No resource groups yet.");
    has_not(text_of("/operator/billing/7123456"), "Production");
    /* another account's subscription is not changed from here */
    ck_assert_int_eq(web_post(&market, WEB_OPERATOR,
                              "/operator/billing/7123456/subscriptions/" DEAL_SUBSCRIPTION, "tags",
                              "required", NULL)
                         .status,
                     404);
}
END_TEST

/* --- roles --------------------------------------------------------------------------------------
 */

static struct web_answer
role_on_account(const char *person, const char *role)
{
    return web_post(&market, WEB_OPERATOR, ROLES, "person", person, "role", role, NULL);
}

static struct web_answer
role_on_subscription(const char *person, const char *role)
{
    return web_post(&market, WEB_OPERATOR, SUBSCRIPTION, "do", "role", PERSON_FIELD, person,
                    ROLE_FIELD, role, NULL);
}

START_TEST(roles_are_set_and_taken_away)
{
    const char *text;

    ck_assert_int_eq(role_on_account("reader", "signatory").status, 303);
    ck_assert_int_eq(role_on_account("contributor", "").status, 303);
    ck_assert_int_eq(role_on_account("contributor", "").status, 303); /* has none already */
    ck_assert_int_eq(role_on_subscription("owner", "owner").status, 303);
    ck_assert_int_eq(role_on_subscription("owner", "owner").status, 303);
    ck_assert_int_eq(role_on_subscription("reader", "").status, 303);
    text = text_of(BILLING);
    has(text, "Person readerBilling account signatory");
    has_not(text, "Person contributorBilling account contributor");
    has(text, "Person ownerSubscription owner");
    has_not(text, "Person readerSubscription reader");
    has(text, "Role of Person reader on the billing account: Billing account reader → Billing "
              "account signatory");
    has(text, "Role of Person contributor on the billing account: Billing account contributor → "
              "None");
    has(text, "Role of Person owner on Production: None → Subscription owner");
    has(text, "Role of Person reader on Production: Subscription reader → None");
    ck_assert_uint_eq(page_count(text, "Role of "), 4);
}
END_TEST

START_TEST(wrong_roles_come_back)
{
    static const char *const people[] = {"", "stranger", "isv", "nobody"};
    const char *before = web_dump(&market);
    struct web_answer answer;

    for (size_t i = 0; i < COUNT(people); i++) {
        answer = role_on_account(people[i], "owner");
        ck_assert_int_eq(answer.status, 422);
        has(page_help(market.arena, answer.body, "person"), "Choose somebody of the organisation");
        answer = role_on_subscription(people[i], "owner");
        ck_assert_int_eq(answer.status, 422);
        has(page_help(market.arena, answer.body, PERSON_FIELD),
            "Choose somebody of the organisation");
    }
    answer = role_on_account("owner", "king");
    ck_assert_int_eq(answer.status, 422);
    has(page_help(market.arena, answer.body, "role"), "Choose a role");
    answer = role_on_subscription("owner", "signatory"); /* which is one of accounts */
    ck_assert_int_eq(answer.status, 422);
    has(page_help(market.arena, answer.body, ROLE_FIELD), "Choose a role");
    ck_assert_str_eq(page_field(market.arena, answer.body, PERSON_FIELD), "owner");
    ck_assert_str_eq(web_dump(&market), before);
}
END_TEST

Suite *
operator_billing_suite(void)
{
    Suite *suite = suite_create("web/operator_billing");
    TCase *tests = tcase_create("operator_billing");

    tcase_add_checked_fixture(tests, setup, teardown);
    tcase_add_test(tests, accounts_are_listed_and_found_by_how_their_id_begins);
    tcase_add_test(tests, the_list_comes_in_pages);
    tcase_add_test(tests, ways_lead_to_an_account);
    tcase_add_test(tests, facts_are_changed_and_recorded);
    tcase_add_test(tests, a_save_that_changes_nothing_tells_nothing);
    tcase_add_loop_test(tests, wrong_facts_come_back, 0, (int)COUNT(wrong));
    tcase_add_test(tests, a_name_has_its_edge);
    tcase_add_test(tests, a_form_from_before_anothers_change_is_refused);
    tcase_add_test(tests, groups_are_added_locked_and_unlocked);
    tcase_add_test(tests, a_wrong_group_comes_back);
    tcase_add_test(tests, a_subscription_holds_so_many_groups);
    tcase_add_test(tests, tags_are_required_or_not);
    tcase_add_test(tests, an_account_without_anything_says_so);
    tcase_add_test(tests, roles_are_set_and_taken_away);
    tcase_add_test(tests, wrong_roles_come_back);
    suite_add_tcase(suite, tests);
    return suite;
}

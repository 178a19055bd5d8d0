/*
 * purchase_check_test.c: a customer's Azure subscriptions, and the eligibility check (LAW 2.4):
 * each fact that the operator changes changes its own line of the report and of the file.
 */
#include <check.h>
#include <string.h>

#include "base/text.h"
#include "store/accounts.h"
#include "store/subscriptions.h"
#include "support/page.h"
#include "support/web_market.h"

#define CHECKED "/customer/eligibility?check=1&s=" DEAL_SUBSCRIPTION
#define CHECKED_FILE "/customer/eligibility.csv?check=1&s=" DEAL_SUBSCRIPTION
#define BILLING "/operator/billing/" DEAL_ACCOUNT
#define SUBSCRIPTION BILLING "/subscriptions/" DEAL_SUBSCRIPTION
#define OTHER_SUBSCRIPTION "9d27e6b4-08f3-4a5c-8e1b-64c3a90f7d2e"

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
text_of(enum web_person person, const char *path, int status)
{
    struct web_answer answer = web_get(&market, person, path);

    ck_assert_msg(answer.status == status, "%s: %d", path, answer.status);
    return page_text(market.arena, answer.body);
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

/* Another subscription that the account pays for, on which the contributor has that role. */
static void
another(const char *id, const char *name, enum azure_role role)
{
    const struct azure_subscription subscription = {
        .id = id, .name = name, .billing_account = DEAL_ACCOUNT};
    struct db *db = temp_write(&market.deal.temp);

    ck_assert_int_eq(azure_subscription_insert(db, &subscription), OK);
    ck_assert_int_eq(azure_member_set(db, id, "contributor", role), OK);
    temp_keep(&market.deal.temp, db);
}

START_TEST(subscriptions_have_their_properties)
{
    struct web_answer answer;
    const char *text = text_of(WEB_CONTRIBUTOR, "/customer/subscriptions", 200);

    has(text, "Production" DEAL_SUBSCRIPTION "OperationsSubscription contributor");
    has(text_of(WEB_OWNER, "/customer/subscriptions", 200), "OperationsNone");
    has(text_of(WEB_STRANGER, "/customer/subscriptions", 200), "No subscriptions");

    answer = web_get(&market, WEB_OWNER, "/customer/subscriptions/" DEAL_SUBSCRIPTION);
    ck_assert_int_eq(answer.status, 200);
    text = page_text(market.arena, answer.body);
    has(text, "Your roleNone");
    has(text, "Tag policyNone");
    has(text, "productionUnlocked");
    has(text, "Person contributorSubscription contributor");
    has(text, "Person readerSubscription reader");
    ck_assert_str_eq(
        page_attribute(market.arena, page_by_id(answer.body, "billing-account"), "value"),
        DEAL_ACCOUNT);
    ck_assert_uint_eq(page_count(answer.body, "data-copy=\"billing-account\""), 1);
}
END_TEST

START_TEST(an_empty_subscription_says_so)
{
    struct db *db = temp_write(&market.deal.temp);
    const struct azure_subscription bare = {.id = OTHER_SUBSCRIPTION,
                                            .name = "Bare",
                                            .billing_account = DEAL_ACCOUNT,
                                            .tags_required = true};
    const char *text;

    ck_assert_int_eq(azure_subscription_insert(db, &bare), OK);
    temp_keep(&market.deal.temp, db);
    text = text_of(WEB_READER, "/customer/subscriptions/" OTHER_SUBSCRIPTION, 200);
    has(text, "Nobody has a role on it");
    has(text, "A purchase needs one to deploy to");
    has(text, "Tags requiredA purchase without tags is refused");
}
END_TEST

START_TEST(very_many_subscriptions_are_cut_and_say_so)
{
    has_not(text_of(WEB_OWNER, "/customer/subscriptions", 200), "the first");
    for (int i = 1; i < LIMIT_AZURE_SUBSCRIPTIONS; i++)
        another(web_path(&market, "00000000-0000-4000-8000-%012d", i), "Many", AZURE_READER);
    has(text_of(WEB_OWNER, "/customer/subscriptions", 200), "These are the first 100 by name.");
}
END_TEST

START_TEST(the_form_offers_what_the_person_has_a_role_on)
{
    struct web_answer answer = web_get(&market, WEB_CONTRIBUTOR, "/customer/eligibility");
    const char *text = page_text(market.arena, answer.body);

    has(text, "It is about purchasing");
    has(text, "ProductionSubscription contributor");
    ck_assert_str_eq(page_field(market.arena, answer.body, "s1"), DEAL_SUBSCRIPTION);
    ck_assert_ptr_null(page_by_id(answer.body, "h-report"));
    has(text_of(WEB_OWNER, "/customer/eligibility", 200), "Nothing to check");
    has(text_of(WEB_STRANGER, CHECKED, 200), "Nothing to check");
}
END_TEST

START_TEST(nothing_chosen_is_a_problem)
{
    static const char *const paths[] = {
        "/customer/eligibility?check=1",
        "/customer/eligibility?check=1&s=" OTHER_SUBSCRIPTION, /* nobody's */
        "/customer/eligibility?check=1&s=x",
    };

    for (size_t i = 0; i < COUNT(paths); i++) {
        struct web_answer answer = web_get(&market, WEB_CONTRIBUTOR, paths[i]);

        ck_assert_int_eq(answer.status, 422);
        ck_assert(text_starts(page_title(market.arena, answer.body), "Error: "));
        has(page_help(market.arena, answer.body, "subscriptions"),
            "Choose at least one subscription");
        ck_assert_uint_eq(page_count(answer.body, "href=\"#subscriptions\""), 1);
        ck_assert_ptr_null(page_field(market.arena, answer.body, "s1"));
    }
    ck_assert_int_eq(web_get(&market, WEB_CONTRIBUTOR, "/customer/eligibility.csv").status, 422);
}
END_TEST

START_TEST(a_report_holds_so_many)
{
    const char *query = "/customer/eligibility?check=1";
    struct web_answer answer;

    for (int i = 1; i <= LIMIT_CHECKED_SUBSCRIPTIONS + 1; i++) {
        const char *id = web_path(&market, "00000000-0000-4000-8000-%012d", i);

        another(id, web_path(&market, "Many %02d", i), AZURE_READER);
        query = web_path(&market, "%s&s=%s", query, id);
        if (i == LIMIT_CHECKED_SUBSCRIPTIONS)
            ck_assert_int_eq(web_get(&market, WEB_CONTRIBUTOR, query).status, 200);
    }
    answer = web_get(&market, WEB_CONTRIBUTOR, query);
    ck_assert_int_eq(answer.status, 422);
    has(page_help(market.arena, answer.body, "subscriptions"),
        "Choose up to 25 subscriptions; the others afterwards");
    ck_assert_uint_eq(page_count(answer.body, " checked>"), 26); /* all that was chosen */
    /* before anybody chose: as many as may be */
    ck_assert_uint_eq(
        page_count(web_get(&market, WEB_CONTRIBUTOR, "/customer/eligibility").body, " checked>"),
        25);
}
END_TEST

START_TEST(the_report_sums_up)
{
    struct web_answer answer;
    const char *text;

    another(OTHER_SUBSCRIPTION, "Sandbox", AZURE_READER);
    answer = web_get(&market, WEB_CONTRIBUTOR, CHECKED);
    ck_assert_int_eq(answer.status, 200);
    text = page_text(market.arena, answer.body);
    has(text, "Subscriptions with a role of yours2");
    has(text, "Where you can deploy1");
    has(text, "Checked now1");
    has(text, "Checks of Production");
    has_not(text, "Checks of Sandbox");
    ck_assert_str_eq(
        page_attribute(market.arena, page_by_id(answer.body, "billing-account-1"), "value"),
        DEAL_ACCOUNT);
    /* both: the account is named once */
    answer = web_get(&market, WEB_CONTRIBUTOR, CHECKED "&s=" OTHER_SUBSCRIPTION);
    text = page_text(market.arena, answer.body);
    has(text, "Checked now2");
    has(text, "Checks of Sandbox");
    has(text, "The subscription has no resource group");
    ck_assert_uint_eq(page_count(answer.body, "data-copy=\"billing-account-"), 1);
    /* as the form's boxes send it */
    ck_assert_str_eq(
        page_text(market.arena, web_get(&market, WEB_CONTRIBUTOR,
                                        "/customer/eligibility?check=1&s1=" DEAL_SUBSCRIPTION
                                        "&s2=" OTHER_SUBSCRIPTION)
                                    .body),
        text);
}
END_TEST

/* What the operator's page sends, what it changes, and the cell of the file that changes with it.
 */
static const struct {
    const char *path;
    const char *name, *value, *back;
    const char *line;   /* of the report when it passes */
    const char *failed; /* and when it does not */
    const char *cell;   /* of the file, then */
} facts[] = {
    {BILLING, "country", "CA", "US", "Private offersPassed The billing account can receive",
     "Private offersFailed The billing account isn’t of the United States. Use a subscription of a "
     "billing account of the United States",
     ",CA,"},
    {BILLING, "active", "no", "yes", "Private offersPassed",
     "Private offersFailed The billing "
     "account isn’t active. Its owner or "
     "administrator can ask",
     ",No,Failed,"},
    {BILLING, "policy", "free_only", "enabled",
     "Marketplace purchasesPassed The billing account allows free and paid products",
     "Marketplace purchasesFailed The billing account allows free products only. Its owner or "
     "administrator can allow paid products",
     ",free_only,"},
    {BILLING, "policy", "disabled", "enabled", "Marketplace purchasesPassed",
     "Marketplace purchasesFailed The billing account allows no marketplace purchases",
     ",disabled,"},
    {BILLING, "payment_valid", "no", "yes",
     "Payment instrumentPassed The payment instrument is valid",
     "Payment instrumentFailed The billing account has no valid payment instrument. Its owner or "
     "administrator can replace",
     ",invalid,"},
    {BILLING, "private_store", "yes", "no",
     "Private storePassed No private store restricts what you can purchase",
     "Private storeFailed Only products approved for your private store can be purchased. Ask a "
     "private store administrator",
     "Only products approved for your private store"},
    {SUBSCRIPTION, "tags", "required", "none", "Tag policyPassed The subscription requires no tags",
     "Tag policyFailed The subscription requires tags. Enter tags when you purchase", ",required,"},
    {SUBSCRIPTION, "lock", DEAL_GROUP, NULL, "Resource groupsPassed No resource group is locked",
     "Resource groupsFailed Every resource group is locked. An owner of the subscription can",
     ",locked,"},
    {SUBSCRIPTION, "role-" DEAL_SUBSCRIPTION, "reader", "contributor",
     "Your rolePassed Your role can purchase everything except reservations",
     "Your roleFailed Your role can’t purchase. Ask an owner of the subscription",
     ",Subscription reader,No,"},
};

/* Sends one form of the operator's page as the page has it, with that field changed. */
static void
operate(const char *path, const char *name, const char *value)
{
    struct web_answer page = web_get(&market, WEB_OPERATOR, BILLING);
    struct web_form form = web_form_new(&market);

    ck_assert(page_form(market.arena, page.body, path, &form.form));
    if (text_starts(name, "role-")) {
        web_form_set(&form, "do", "role");
        web_form_set(&form, "person-" DEAL_SUBSCRIPTION, "contributor");
    }
    web_form_set(&form, name, value);
    ck_assert_int_eq(web_post_form(&market, WEB_OPERATOR, path, &form).status, 303);
}

START_TEST(each_fact_changes_its_line)
{
    const char *name = facts[_i].name;
    const char *text = text_of(WEB_CONTRIBUTOR, CHECKED, 200);
    const char *file = web_get(&market, WEB_CONTRIBUTOR, CHECKED_FILE).body;

    has(text, facts[_i].line);
    has(text, "ProductionPassed");
    has_not(text, "Failed");
    has(file, ",Yes,Passed,\r\n");
    operate(facts[_i].path, name, facts[_i].value);

    text = text_of(WEB_CONTRIBUTOR, CHECKED, 200);
    has(text, facts[_i].failed);
    has(text, "ProductionFailed");
    ck_assert_uint_eq(page_count(text, "Failed"), 2); /* that line, and all of it */
    file = web_get(&market, WEB_CONTRIBUTOR, CHECKED_FILE).body;
    has(file, facts[_i].cell);
    has(file, ",Failed,");

    if (text_equal(name, "lock"))
        operate(facts[_i].path, "unlock", facts[_i].value);
    else
        operate(facts[_i].path, name, facts[_i].back);
    has_not(text_of(WEB_CONTRIBUTOR, CHECKED, 200), "Failed");
}
END_TEST

/* Exactly the columns of LAW 2.4, and a line for each subscription chosen. */
START_TEST(the_file_is_the_report)
{
    struct web_answer answer = web_get(&market, WEB_CONTRIBUTOR, CHECKED);
    struct web_answer file;

    ck_assert_uint_eq(page_count(answer.body, "eligibility.csv?check=1&amp;s=" DEAL_SUBSCRIPTION),
                      1);
    file = web_get(&market, WEB_CONTRIBUTOR, CHECKED_FILE);
    ck_assert_int_eq(file.status, 200);
    has(file.head, "text/csv; charset=utf-8");
    has(file.head, "eligibility report.csv");
    ck_assert_str_eq(
        file.body,
        "BillingAccountId,BillingAccountName,AgreementType,Country,SubscriptionId,SubscriptionName,"
        "UserRole,CanDeploy,MarketplacePolicy,PaymentInstrument,TagPolicy,ResourceGroupPolicy,"
        "MpoEligible,Result,Reason\r\n" DEAL_ACCOUNT ",Operations,MCA,US," DEAL_SUBSCRIPTION
        ",Production,Subscription contributor,Yes,enabled,valid,none,unlocked,Yes,Passed,\r\n");
    /* somebody else's subscription is none of theirs */
    ck_assert_int_eq(web_get(&market, WEB_STRANGER, CHECKED_FILE).status, 422);

    another(OTHER_SUBSCRIPTION, "=Sandbox", AZURE_READER);
    file = web_get(&market, WEB_CONTRIBUTOR, CHECKED_FILE "&s=" OTHER_SUBSCRIPTION);
    has(file.body, "," OTHER_SUBSCRIPTION ",'=Sandbox,Subscription reader,No,enabled,valid,none,"
                   "none,Yes,Failed,\"Your role can’t purchase. Ask an owner of the subscription "
                   "to make you owner or contributor, or reservation purchaser for reservations. "
                   "The subscription has no resource group. An owner of the subscription can add "
                   "one.\"\r\n");
    ck_assert_uint_eq(page_count(file.body, "\r\n"), 3);
}
END_TEST

Suite *
purchase_check_suite(void)
{
    Suite *suite = suite_create("web/purchase_check");
    TCase *tests = tcase_create("purchase_check");

    tcase_add_checked_fixture(tests, setup, teardown);
    tcase_add_test(tests, subscriptions_have_their_properties);
    tcase_add_test(tests, an_empty_subscription_says_so);
    tcase_add_test(tests, very_many_subscriptions_are_cut_and_say_so);
    tcase_add_test(tests, the_form_offers_what_the_person_has_a_role_on);
    tcase_add_test(tests, nothing_chosen_is_a_problem);
    tcase_add_test(tests, a_report_holds_so_many);
    tcase_add_test(tests, the_report_sums_up);
    tcase_add_loop_test(tests, each_fact_changes_its_line, 0, (int)COUNT(facts));
    tcase_add_test(tests, the_file_is_the_report);
    suite_add_tcase(suite, tests);
    return suite;
}

/*
 * operator_accounts_test.c: the operator's pages of accounts and their people: every change counts
 * at once, and is told with who, before and after (LAW 2.1, 2.2, 2.5).
 */
#include <check.h>
#include <string.h>

#include "base/text.h"
#include "store/accounts.h"
#include "store/chain_checks.h"
#include "store/people.h"
#include "support/page.h"
#include "support/web_market.h"

#define ACCOUNT "/operator/accounts/" DEAL_PARTNER
#define CUSTOMER "/operator/accounts/" DEAL_ORGANISATION
#define WORD "first-word-2026"

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
has(const char *path, const char *words)
{
    struct web_answer answer = web_get(&market, WEB_OPERATOR, path);
    const char *text = page_text(market.arena, answer.body);

    ck_assert_msg(answer.status == 200, "%s: %d", path, answer.status);
    ck_assert_msg(strstr(text, words) != NULL, "“%s” is missing in: %s", words, text);
}

static struct web_form
form_on(const char *page, const char *action)
{
    struct web_form form = web_form_new(&market);

    ck_assert(
        page_form(market.arena, web_get(&market, WEB_OPERATOR, page).body, action, &form.form));
    return form;
}

static struct web_answer
send(const char *path, const struct web_form *form)
{
    return web_post_form(&market, WEB_OPERATOR, path, form);
}

/* The form of that action with one field more or other. */
static struct web_answer
set(const char *page, const char *action, const char *name, const char *value)
{
    struct web_form form = form_on(page, action);

    web_form_set(&form, name, value);
    return send(action, &form);
}

static void
refused(struct web_answer answer, const char *words)
{
    const char *text = page_text(market.arena, answer.body);

    ck_assert_int_eq(answer.status, 422);
    ck_assert_msg(strstr(text, words) != NULL, "“%s” is missing in: %s", words, text);
}

static struct publisher
stored(void)
{
    struct publisher publisher;

    ck_assert_int_eq(
        publisher_by_id(market.deal.temp.reader, market.arena, DEAL_PARTNER, &publisher), OK);
    return publisher;
}

START_TEST(facts_are_changed_and_told)
{
    struct web_form form = form_on(ACCOUNT, ACCOUNT);

    web_form_set(&form, "name", "Fabrikam Resale");
    web_form_set(&form, "enrolled", "no");
    web_form_set(&form, "tax_status", "incomplete");
    ck_assert_int_eq(send(ACCOUNT, &form).status, 303);
    ck_assert_str_eq(stored().name, "Fabrikam Resale");
    ck_assert(!stored().enrolled && stored().active);
    ck_assert_int_eq(stored().tax_status, TAX_INCOMPLETE);
    has(ACCOUNT, "Enrolled in the marketplace: Yes → No");
    has(ACCOUNT, "Tax profile: complete → incomplete");
    has("/operator/audit", "Name: Fabrikam → Fabrikam Resale");
    /* a form made before that is a conflict, and changes nothing */
    web_form_set(&form, "once", "another");
    web_form_set(&form, "name", "Another");
    ck_assert_int_eq(send(ACCOUNT, &form).status, 409);
    ck_assert_str_eq(stored().name, "Fabrikam Resale");
}
END_TEST

START_TEST(facts_that_are_none_are_refused)
{
    static const struct {
        const char *name;
        const char *value;
        const char *words;
    } wrong[] = {
        {"name", " ", "Enter a name"},
        {"country", "usa", "two capital letters"},
        {"hq_state", "ZZ", "Enter the state as two capital letters"},
        {"active", "maybe", "Choose one of the two"},
        {"tax_status", "perhaps", "Choose how complete"},
        {"tax_country", "", "Enter the country of the tax profile"},
    };

    for (size_t i = 0; i < COUNT(wrong); i++)
        refused(set(ACCOUNT, ACCOUNT, wrong[i].name, wrong[i].value), wrong[i].words);
    ck_assert_str_eq(stored().name, "Fabrikam");
}
END_TEST

START_TEST(an_organisation_is_renamed)
{
    ck_assert_int_eq(set(CUSTOMER, CUSTOMER, "name", "Northwind Traders").status, 303);
    has(CUSTOMER, "Name: Northwind → Northwind Traders");
    has(CUSTOMER, "Operations"); /* its billing account leads on */
}
END_TEST

START_TEST(accounts_are_created)
{
    struct web_form form = form_on("/operator/accounts/new", "/operator/accounts/new");
    struct web_answer answer;

    web_form_set(&form, "kind", "publisher");
    web_form_set(&form, "name", "Tailspin");
    refused(send("/operator/accounts/new", &form), "Enter a seller ID of 1 to 12 digits");
    web_form_set(&form, "seller_id", DEAL_PARTNER);
    refused(send("/operator/accounts/new", &form), "Another account has this seller ID");
    web_form_set(&form, "seller_id", "30000001");
    ck_assert_str_eq(send("/operator/accounts/new", &form).location,
                     "/operator/accounts/30000001?done=account-created");
    has("/operator/accounts/30000001", "Account created: Tailspin");
    has("/operator/accounts/30000001", "Nobody can sign in for this account");
    form = form_on("/operator/accounts/new", "/operator/accounts/new");
    web_form_set(&form, "kind", "organisation");
    web_form_set(&form, "name", "Wingtip");
    answer = send("/operator/accounts/new", &form);
    ck_assert_int_eq(answer.status, 303);
    has("/operator/accounts", "Wingtip");
    web_form_set(&form, "kind", "club");
    web_form_set(&form, "once", "another");
    refused(send("/operator/accounts/new", &form), "Choose what kind of account it is");
}
END_TEST

/* --- people -------------------------------------------------------------------------------------
 */

static struct web_form
person_form(void)
{
    struct web_form form = form_on(ACCOUNT, ACCOUNT "/people");

    web_form_set(&form, "email", "new@fabrikam.example");
    web_form_set(&form, "person_name", "New Person");
    web_form_set(&form, "new_role", "developer");
    web_form_set(&form, "password", WORD);
    return form;
}

static int
sign_in_as(const char *email, const char *password)
{
    struct web_form form = web_form_new(&market);

    web_form_add(&form, "csrf", web_csrf(&market, WEB_OUT));
    web_form_add(&form, "email", email);
    web_form_add(&form, "password", password);
    web_form_add(&form, "next", "/");
    return web_post_form(&market, WEB_OUT, "/login", &form).status;
}

START_TEST(a_person_is_added_and_signs_in)
{
    struct web_form form = person_form();
    struct web_answer answer = send(ACCOUNT "/people", &form);

    ck_assert_int_eq(answer.status, 303);
    has(ACCOUNT, "New Personnew@fabrikam.example, Developer");
    has(ACCOUNT, "New Person added: Developer");
    ck_assert_ptr_null(strstr(web_get(&market, WEB_OPERATOR, ACCOUNT).body, WORD));
    ck_assert_int_eq(sign_in_as("new@fabrikam.example", WORD), 303);
    web_form_set(&form, "once", "another");
    refused(send(ACCOUNT "/people", &form), "Somebody signs in with this email address already");
}
END_TEST

START_TEST(a_person_that_is_none_is_refused)
{
    static const struct {
        const char *name;
        const char *value;
        const char *words;
    } wrong[] = {
        {"email", "nobody", "Enter an email address"},
        {"person_name", "", "Enter a name of at most 128 characters"},
        {"new_role", "king", "Choose a role"},
        {"password", "short", "Enter a first password of at least 12 characters"},
    };

    for (size_t i = 0; i < COUNT(wrong); i++) {
        struct web_form form = person_form();

        web_form_set(&form, wrong[i].name, wrong[i].value);
        refused(send(ACCOUNT "/people", &form), wrong[i].words);
    }
}
END_TEST

static struct web_answer
role_set(const char *account, const char *person, const char *role)
{
    const char *path = web_path(&market, "%s/roles", account);
    struct web_form form = form_on(account, path);

    web_form_set(&form, "person", person);
    web_form_set(&form, "role", role);
    return send(path, &form);
}

START_TEST(a_role_is_changed_and_counts_at_once)
{
    const char *offer = web_offer(&market, STATE_PENDING_PARTNER);
    const char *path = web_path(&market, "/partner/offers/%s", offer);

    ck_assert_int_eq(web_get(&market, WEB_PARTNER, path).status, 200);
    ck_assert_int_eq(role_set(ACCOUNT, "partner", "marketer").status, 303);
    has(ACCOUNT, "Role of");
    has(ACCOUNT, "Manager → Marketer");
    ck_assert_int_eq(web_get(&market, WEB_PARTNER, path).status, 403);
}
END_TEST

/* Without access sessions end at once, signing in fails, and nobody is told to ask that person. */
START_TEST(access_ends_at_once_and_comes_back)
{
    ck_assert_int_eq(web_get(&market, WEB_OWNER, "/customer/offers").status, 200);
    ck_assert_int_eq(role_set(CUSTOMER, "owner", "").status, 303);
    has(CUSTOMER, "No access");
    ck_assert_int_eq(web_get(&market, WEB_OWNER, "/customer/offers").status, 303);
    ck_assert_int_eq(sign_in_as("owner@test.example", WEB_PASSWORD), 422);
    ck_assert_int_eq(role_set(CUSTOMER, "owner", "access").status, 303);
    ck_assert_int_eq(sign_in_as("owner@test.example", WEB_PASSWORD), 303);
}
END_TEST

START_TEST(an_account_keeps_an_owner)
{
    const char *account = "/operator/accounts/" DEAL_ISV;

    refused(role_set(account, "isv", "developer"), "an account keeps one");
    refused(role_set(account, "isv", ""), "an account keeps one");
    refused(role_set(account, "nobody", "developer"), "Choose somebody of the account");
    refused(role_set(account, "owner", "developer"), "Choose somebody of the account");
    refused(role_set(account, "isv", "king"), "Choose a role");
}
END_TEST

static void
hear_nothing(void *context, const struct chain_report *report)
{
    (void)context;
    (void)report;
}

/* What the operator does to an account is in the account's chain (LAW 5.1). */
START_TEST(the_operators_acts_are_chained)
{
    const struct chain_listener listener = {NULL, hear_nothing};
    struct chain_totals before;
    struct chain_totals after;

    ck_assert_int_eq(chains_check(market.deal.temp.reader, market.arena, &listener, &before), OK);
    ck_assert_int_eq(set(ACCOUNT, ACCOUNT, "enrolled", "no").status, 303);
    ck_assert_int_eq(role_set(ACCOUNT, "partner", "developer").status, 303);
    ck_assert_int_eq(chains_check(market.deal.temp.reader, market.arena, &listener, &after), OK);
    ck_assert_int_eq(after.broken, 0);
    ck_assert_int_eq(after.subjects, before.subjects + 1);
}
END_TEST

Suite *
operator_accounts_suite(void)
{
    Suite *suite = suite_create("web/operator_accounts");
    TCase *cases = tcase_create("operator_accounts");

    tcase_add_checked_fixture(cases, setup, teardown);
    tcase_add_test(cases, facts_are_changed_and_told);
    tcase_add_test(cases, facts_that_are_none_are_refused);
    tcase_add_test(cases, an_organisation_is_renamed);
    tcase_add_test(cases, accounts_are_created);
    tcase_add_test(cases, a_person_is_added_and_signs_in);
    tcase_add_test(cases, a_person_that_is_none_is_refused);
    tcase_add_test(cases, a_role_is_changed_and_counts_at_once);
    tcase_add_test(cases, access_ends_at_once_and_comes_back);
    tcase_add_test(cases, an_account_keeps_an_owner);
    tcase_add_test(cases, the_operators_acts_are_chained);
    suite_add_tcase(suite, cases);
    return suite;
}

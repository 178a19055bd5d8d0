/*
 * demo_accounts_test.c: who takes part in a demo market and what is sold there: every sign-in, fact
 * and price as they were promised.
 */
#include <check.h>
#include <sqlite3.h>

#include "base/text.h"
#include "demo_market.h"
#include "store/accounts.h"
#include "store/catalogue.h"
#include "store/subscriptions.h"

/* --- people and accounts ---------------------------------------------------------------------- */

static const struct {
    const char *email;
    const char *account;
    enum publisher_role role;
    int billing; /* enum billing_role on billing_account, -1 for none */
    const char *billing_account;
} sign_ins[] = {
    {"isv@demo.example", "Brightwater Software", ROLE_ACCOUNT_OWNER, -1, ORCHID},
    {"isv-manager@demo.example", "Brightwater Software", ROLE_MANAGER, -1, ORCHID},
    {"isv-developer@demo.example", "Brightwater Software", ROLE_DEVELOPER, -1, ORCHID},
    {"isv-marketer@demo.example", "Brightwater Software", ROLE_MARKETER, -1, ORCHID},
    {"isv-finance@demo.example", "Brightwater Software", ROLE_FINANCIAL_CONTRIBUTOR, -1, ORCHID},
    {"isv2@demo.example", "Tern Analytics", ROLE_ACCOUNT_OWNER, -1, ORCHID},
    {"partner@demo.example", "Halden Cloud Partners", ROLE_ACCOUNT_OWNER, -1, ORCHID},
    {"partner-manager@demo.example", "Halden Cloud Partners", ROLE_MANAGER, -1, ORCHID},
    {"partner2@demo.example", "Kestrel Advisory", ROLE_ACCOUNT_OWNER, -1, ORCHID},
    {"customer@demo.example", "Orchid Freight", ROLE_NONE, BILLING_OWNER, ORCHID},
    {"owner2@demo.example", "Orchid Freight", ROLE_NONE, BILLING_OWNER, ORCHID},
    {"contributor@demo.example", "Orchid Freight", ROLE_NONE, BILLING_CONTRIBUTOR, ORCHID},
    {"signatory@demo.example", "Orchid Freight", ROLE_NONE, BILLING_SIGNATORY, ORCHID},
    {"reader@demo.example", "Orchid Freight", ROLE_NONE, BILLING_READER, ORCHID},
    {"buyer@demo.example", "Orchid Freight", ROLE_NONE, -1, ORCHID},
    {"reservations@demo.example", "Orchid Freight", ROLE_NONE, -1, ORCHID},
    {"ea-admin@demo.example", "Larkspur Retail", ROLE_NONE, BILLING_ENTERPRISE_ADMINISTRATOR,
     "7123456"},
    {"mosp@demo.example", "Juniper Studio", ROLE_NONE, BILLING_ACCOUNT_ADMINISTRATOR,
     "5e0c41a9-72d4-4f3b-9c86-1d2a7be40f35"},
    {"operator@demo.example", "", ROLE_NONE, -1, ORCHID},
};

START_TEST(everybody_signs_in_with_the_one_password_in_their_role)
{
    struct demo_market market;
    struct hasher *hasher = temp_hasher();

    demo_open(&market, "2023-10-16", DEMO_REAL_NOW);
    for (size_t i = 0; i < COUNT(sign_ins); i++) {
        struct person person;
        enum billing_role role;
        bool matches = false;
        bool outdated = false;
        enum err held;

        ck_assert_int_eq(
            person_by_email(market.temp.reader, market.temp.arena, sign_ins[i].email, &person), OK);
        ck_assert_int_eq(
            password_check(hasher, person.password, "demo-tripact-2026", &matches, &outdated), OK);
        ck_assert_msg(matches, "%s", sign_ins[i].email);
        ck_assert_str_eq(person.account_name, sign_ins[i].account);
        ck_assert_int_eq(person.role, sign_ins[i].role);
        ck_assert_int_eq(person.operates, text_starts(sign_ins[i].email, "operator"));
        held = billing_role_of(market.temp.reader, sign_ins[i].billing_account, person.id, &role);
        ck_assert_int_eq(held, sign_ins[i].billing < 0 ? ERR_ABSENT : OK);
        if (held == OK)
            ck_assert_int_eq(role, sign_ins[i].billing);
    }
    demo_close(&market);
    hasher_close(hasher);
}
END_TEST

static unsigned
seller_ineligible(struct demo_market *market, const char *id, bool as_partner)
{
    struct publisher publisher;

    ck_assert_int_eq(publisher_by_id(market->temp.reader, market->temp.arena, id, &publisher), OK);
    return as_partner ? partner_ineligible(&publisher) : isv_ineligible(&publisher);
}

START_TEST(accounts_are_as_eligible_as_they_should_be)
{
    struct demo_market market;

    demo_open(&market, "2023-10-16", DEMO_REAL_NOW);
    ck_assert_uint_eq(seller_ineligible(&market, "90417001", false), 0);
    ck_assert_uint_eq(seller_ineligible(&market, "90417010", false), 0);
    ck_assert_uint_eq(seller_ineligible(&market, "90417726", true), 0);
    ck_assert_uint_eq(seller_ineligible(&market, "90417727", true), 0);
    ck_assert_uint_eq(seller_ineligible(&market, "90417728", true), INELIGIBLE_TAX_PROFILE);
    ck_assert_uint_eq(seller_ineligible(&market, "90417729", true), INELIGIBLE_TAX_PROFILE);
    ck_assert_uint_eq(seller_ineligible(&market, "90417011", false), INELIGIBLE_NOT_ENROLLED);
    demo_close(&market);
}
END_TEST

START_TEST(billing_accounts_are_what_they_should_be)
{
    static const struct {
        const char *id;
        enum agreement agreement;
        bool eligible;
    } expected[] = {
        {ORCHID, AGREEMENT_MCA, true},
        {"7123456", AGREEMENT_EA, true},
        {"5e0c41a9-72d4-4f3b-9c86-1d2a7be40f35", AGREEMENT_WEB_DIRECT, true},
        {"8123456", AGREEMENT_EA, false},
    };
    struct demo_market market;

    demo_open(&market, "2023-10-16", DEMO_REAL_NOW);
    for (size_t i = 0; i < COUNT(expected); i++) {
        struct billing_account account;

        ck_assert(billing_account_id_valid(expected[i].id));
        ck_assert_int_eq(
            billing_account_find(market.temp.reader, market.temp.arena, expected[i].id, &account),
            OK);
        ck_assert_int_eq(account.agreement, expected[i].agreement);
        ck_assert_int_eq(billing_account_eligible(&account), expected[i].eligible);
    }
    demo_close(&market);
}
END_TEST

/* Halden filed for its home state a year ago, Kestrel never did. */
START_TEST(one_partner_has_a_certificate)
{
    struct demo_market market;
    struct publisher partner;
    struct certificates certificates;

    demo_open(&market, "2023-10-16", DEMO_REAL_NOW);
    ck_assert_int_eq(publisher_by_id(market.temp.reader, market.temp.arena, "90417726", &partner),
                     OK);
    ck_assert_str_eq(partner.hq_state, "WA");
    ck_assert_int_eq(
        certificates_of(market.temp.reader, market.temp.arena, "90417726", &certificates), OK);
    ck_assert_uint_eq(certificates.count, 1);
    ck_assert_str_eq(day_iso(market.temp.arena, certificates.rows[0].filed_on), "2022-10-16");
    ck_assert(!partner_taxable(&partner, certificates.rows, certificates.count, market.today));
    ck_assert_int_eq(
        certificates_of(market.temp.reader, market.temp.arena, "90417727", &certificates), OK);
    ck_assert_uint_eq(certificates.count, 0);
    demo_close(&market);
}
END_TEST

/* Who can do what where: a purchase needs a role that purchases and an unlocked group. */
static const struct {
    const char *name;
    const char *organisation;
    const char *person;
    enum azure_role role;
    bool tags;
    bool open; /* has an unlocked group */
} subscriptions[] = {
    {"Production", "orchid-freight", "demo-buyer", AZURE_CONTRIBUTOR, false, true},
    {"Production", "orchid-freight", "demo-reservations", AZURE_RESERVATION_PURCHASER, false, true},
    {"Production", "orchid-freight", "demo-customer", AZURE_READER, false, true},
    {"Sandbox", "orchid-freight", "demo-buyer", AZURE_READER, true, true},
    {"Archive", "orchid-freight", "demo-buyer", AZURE_CONTRIBUTOR, false, false},
    {"Stores", "larkspur-retail", "demo-ea-admin", AZURE_OWNER, false, true},
    {"Studio", "juniper-studio", "demo-mosp", AZURE_OWNER, false, true},
};

static const struct azure_subscription *
named(const struct azure_subscriptions *found, const char *name)
{
    for (size_t i = 0; i < found->count; i++) {
        if (text_equal(found->rows[i].name, name))
            return &found->rows[i];
    }
    ck_abort_msg("no subscription %s", name);
    return NULL;
}

START_TEST(subscriptions_are_there_with_roles_and_groups)
{
    struct demo_market market;

    demo_open(&market, "2023-10-16", DEMO_REAL_NOW);
    for (size_t i = 0; i < COUNT(subscriptions); i++) {
        const struct azure_subscription *subscription;
        struct azure_subscriptions found;
        struct resource_groups groups;
        enum azure_role role = AZURE_READER;
        bool open = false;

        ck_assert_int_eq(azure_subscriptions_of(market.temp.reader, market.temp.arena,
                                                subscriptions[i].organisation, &found),
                         OK);
        subscription = named(&found, subscriptions[i].name);
        ck_assert_int_eq(subscription->tags_required, subscriptions[i].tags);
        ck_assert_int_eq(
            azure_role_of(market.temp.reader, subscription->id, subscriptions[i].person, &role),
            OK);
        ck_assert_int_eq(role, subscriptions[i].role);
        ck_assert_int_eq(
            resource_groups_of(market.temp.reader, market.temp.arena, subscription->id, &groups),
            OK);
        for (size_t k = 0; k < groups.count; k++)
            open = open || !groups.rows[k].locked;
        ck_assert_uint_gt(groups.count, 0);
        ck_assert_int_eq(open, subscriptions[i].open);
    }
    demo_close(&market);
}
END_TEST

/* Nothing reads this table yet, so the test asks it itself. */
static int
count_of(struct demo_market *market, const char *sql)
{
    sqlite3 *file = NULL;
    sqlite3_stmt *statement = NULL;
    int count;

    ck_assert_int_eq(sqlite3_open_v2(market->temp.path, &file, SQLITE_OPEN_READONLY, NULL),
                     SQLITE_OK);
    ck_assert_int_eq(sqlite3_prepare_v2(file, sql, -1, &statement, NULL), SQLITE_OK);
    ck_assert_int_eq(sqlite3_step(statement), SQLITE_ROW);
    count = sqlite3_column_int(statement, 0);
    sqlite3_finalize(statement);
    sqlite3_close(file);
    return count;
}

START_TEST(the_commitment_is_there)
{
    struct demo_market market;

    demo_open(&market, "2023-10-16", DEMO_REAL_NOW);
    ck_assert_int_eq(count_of(&market, "SELECT amount_cents FROM commitment WHERE status = 'active'"
                                       " AND start_on <= '2023-10-16' AND end_on > '2024-01-31'"),
                     5000000);
    demo_close(&market);
}
END_TEST

/* --- the catalogue ---------------------------------------------------------------------------- */

static const struct {
    const char *product;
    const char *product_name;
    const char *plan;
    const char *plan_name;
    const char *point;
    const char *words;
    const char *price;
} prices[] = {
    {"ledgerline", "Ledgerline", "pro", "Pro", "term-1", "1-month, paid monthly", "$100.00"},
    {"ledgerline", "Ledgerline", "pro", "Pro", "term-12", "1-year, one payment upfront",
     "$1,200.00"},
    {"ledgerline", "Ledgerline", "pro", "Pro", "meter-emails", "Meter: 100 emails", "$1.00"},
    {"ledgerline", "Ledgerline", "enterprise", "Enterprise", "term-12",
     "1-year, one payment upfront", "$12,000.00"},
    {"ledgerline", "Ledgerline", "enterprise", "Enterprise", "term-36", "3-year, 3 annual payments",
     "$36,000.00"},
    {"ledgerline", "Ledgerline", "starter", "Starter", "term-1", "1-month, paid monthly", "$30.00"},
    {"ledgerline", "Ledgerline", "internal", "Internal", "term-12", "1-year, one payment upfront",
     "$900.00"},
    {"ledgerline-seats", "Ledgerline Seats", "team", "Team", "user-1",
     "1-month, paid monthly, per user", "$15.00"},
    {"ledgerline-seats", "Ledgerline Seats", "team", "Team", "user-12",
     "1-year, one payment upfront, per user", "$240.00"},
    {"harbor-ingest", "Harbor Ingest", "ops", "Ops", "month", "Monthly fee", "$250.00"},
    {"harbor-ingest", "Harbor Ingest", "ops", "Ops", "meter-gb-ingested", "Meter: GB ingested",
     "$0.02"},
    {"harbor-ingest", "Harbor Ingest", "ops", "Ops", "meter-gb-month-kept", "Meter: GB-month kept",
     "$2.00"},
    {"harbor-ingest", "Harbor Ingest", "base", "Base", "month", "Monthly fee", "$200.00"},
    {"harbor-gateway", "Harbor Gateway", "flow", "Flow", "hour", "Per vCPU and hour", "$0.400000"},
    {"harbor-gateway-flat", "Harbor Gateway Flat", "flat", "Flat", "hour", "Per hour", "$1.000000"},
    {"harbor-gateway-sized", "Harbor Gateway Sized", "sized", "Sized", "hour-2", "Per hour, 2 vCPU",
     "$0.400000"},
    {"harbor-gateway-sized", "Harbor Gateway Sized", "sized", "Sized", "hour-4", "Per hour, 4 vCPU",
     "$0.760000"},
    {"harbor-gateway-sized", "Harbor Gateway Sized", "sized", "Sized", "hour-8", "Per hour, 8 vCPU",
     "$1.440000"},
};

START_TEST(list_prices_are_the_promised_ones)
{
    struct demo_market market;

    demo_open(&market, "2023-10-16", DEMO_REAL_NOW);
    for (size_t i = 0; i < COUNT(prices); i++) {
        struct plan *plan = NULL;
        bool found = false;

        ck_assert_int_eq(plan_load(market.temp.reader, market.temp.arena, prices[i].product,
                                   prices[i].plan, TEST_DAY, &plan),
                         OK);
        ck_assert_str_eq(plan->product_name, prices[i].product_name);
        ck_assert_str_eq(plan->name, prices[i].plan_name);
        for (size_t k = 0; k < plan->point_count; k++) {
            const struct price_point *point = &plan->points[k];

            if (!text_equal(point->id, prices[i].point))
                continue;
            found = true;
            ck_assert_str_eq(point_words(market.temp.arena, plan, point), prices[i].words);
            ck_assert_str_eq(amount_show(market.temp.arena, point->list), prices[i].price);
        }
        ck_assert_msg(found, "%s %s", prices[i].plan, prices[i].point);
    }
    demo_close(&market);
}
END_TEST

static const struct plan *
plan_of(struct demo_market *market, const char *product, const char *id)
{
    struct plan *plan = NULL;

    ck_assert_int_eq(
        plan_load(market->temp.reader, market->temp.arena, product, id, TEST_DAY, &plan), OK);
    return plan;
}

START_TEST(plans_have_their_other_facts)
{
    struct demo_market market;

    demo_open(&market, "2023-10-16", DEMO_REAL_NOW);
    ck_assert(plan_of(&market, "ledgerline", "pro")->commitment_eligible);
    ck_assert(plan_of(&market, "harbor-ingest", "ops")->commitment_eligible);
    ck_assert(!plan_of(&market, "ledgerline-seats", "team")->commitment_eligible);
    ck_assert_int_eq(plan_of(&market, "ledgerline", "starter")->trial_months, 1);
    ck_assert(!plan_of(&market, "ledgerline", "internal")->is_public);
    ck_assert_int_eq(plan_of(&market, "ledgerline-seats", "team")->min_users, 5);
    ck_assert_int_eq(plan_of(&market, "ledgerline-seats", "team")->max_users, 500);
    ck_assert_int_eq(count_of(&market, "SELECT COUNT(*) FROM plan WHERE"
                                       " (id, saving_1y_e8, saving_3y_e8) IN"
                                       " (VALUES ('flow', 3000000000, 5000000000),"
                                       " ('flat', 3000000000, -1), ('sized', -1, -1))"),
                     3);
    demo_close(&market);
}
END_TEST

/* Internal is private, one plan is BYOL, one product sold in AppSource only: nine plans remain. */
START_TEST(pickers_show_what_can_be_sold)
{
    static const char *const names[] = {"Flow",       "Flat", "Sized",   "Base", "Ops",
                                        "Enterprise", "Pro",  "Starter", "Team"};
    struct demo_market market;
    const struct offer offer = {.id = "none", .isv = "90417001", .type = OFFER_EXISTING_PLANS};
    const struct plan_query query = {&offer, "", "", ""};
    struct plans plans = {0};

    demo_open(&market, "2023-10-16", DEMO_REAL_NOW);
    ck_assert_int_eq(
        plans_selectable(market.temp.reader, market.temp.arena, &query, TEST_DAY, &plans), OK);
    ck_assert_uint_eq(plans.count, COUNT(names));
    for (size_t i = 0; i < plans.count; i++)
        ck_assert_str_eq(plans.rows[i].name, names[i]);
    demo_close(&market);
}
END_TEST

Suite *
demo_accounts_suite(void)
{
    Suite *suite = suite_create("demo_accounts");
    TCase *accounts = tcase_create("accounts");
    TCase *catalogue = tcase_create("catalogue");

    tcase_set_timeout(accounts, 60);
    tcase_add_test(accounts, everybody_signs_in_with_the_one_password_in_their_role);
    tcase_add_test(accounts, accounts_are_as_eligible_as_they_should_be);
    tcase_add_test(accounts, billing_accounts_are_what_they_should_be);
    tcase_add_test(accounts, one_partner_has_a_certificate);
    tcase_add_test(accounts, subscriptions_are_there_with_roles_and_groups);
    tcase_add_test(accounts, the_commitment_is_there);
    suite_add_tcase(suite, accounts);

    tcase_set_timeout(catalogue, 60);
    tcase_add_test(catalogue, list_prices_are_the_promised_ones);
    tcase_add_test(catalogue, plans_have_their_other_facts);
    tcase_add_test(catalogue, pickers_show_what_can_be_sold);
    suite_add_tcase(suite, catalogue);
    return suite;
}

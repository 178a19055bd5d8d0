/*
 * eligibility_test.c: LAW 2.4 check by check: each fact flipped by itself fails its own check and
 * no other.
 */
#include "make_offer.h"

#include <check.h>
#include <string.h>

#include "base/text.h"
#include "core/eligibility.h"

Suite *eligibility_suite(void);

static struct billing_account account;
static struct azure_subscription subscription;
static struct resource_group groups[2];
static struct purchase_facts facts;

/* A contributor in a subscription that nothing keeps from purchasing. */
static void
setup(void)
{
    account = make_account();
    subscription = (struct azure_subscription){.id = "s", .name = "Production"};
    groups[0] = (struct resource_group){"apps", false};
    groups[1] = (struct resource_group){"network", true};
    facts = (struct purchase_facts){.subscription = &subscription,
                                    .account = &account,
                                    .role = AZURE_CONTRIBUTOR,
                                    .groups = groups,
                                    .group_count = 2};
}

/* Exactly that check fails, in those words; its remedy names somebody who can. */
static void
fails_alone(enum purchase_check check, const char *found, const char *who)
{
    ck_assert(!purchase_possible(&facts));
    for (int i = 0; i < PURCHASE_CHECK_COUNT; i++) {
        struct purchase_finding finding = purchase_judge(&facts, (enum purchase_check)i);

        ck_assert_msg(finding.passed == (i != (int)check), "%s",
                      purchase_check_words((enum purchase_check)i));
        ck_assert_int_eq(*finding.to_do == '\0', finding.passed);
        ck_assert_str_ne(finding.found, "");
        if (i != (int)check)
            continue;
        ck_assert_str_eq(finding.found, found);
        ck_assert_msg(strstr(finding.to_do, who) != NULL, "%s", finding.to_do);
    }
}

START_TEST(everything_passes)
{
    ck_assert(purchase_possible(&facts));
    for (int i = 0; i < PURCHASE_CHECK_COUNT; i++)
        ck_assert(purchase_judge(&facts, (enum purchase_check)i).passed);
}
END_TEST

START_TEST(the_account_can_receive_private_offers)
{
    account.country = "CA";
    fails_alone(CHECK_PRIVATE_OFFERS, "The billing account isn’t of the United States",
                "owner or administrator");
    account.country = "US";
    account.active = false;
    fails_alone(CHECK_PRIVATE_OFFERS, "The billing account isn’t active", "marketplace operator");
    account.active = true;
    ck_assert(purchase_possible(&facts));
}
END_TEST

/* LAW 2.3, the rows about purchases: what each role on a subscription gives. */
static const struct {
    enum azure_role role;
    bool passes;
    const char *found;
} roles[] = {
    {AZURE_OWNER, true, "Your role can purchase everything"},
    {AZURE_CONTRIBUTOR, true, "Your role can purchase everything except reservations"},
    {AZURE_RESERVATION_PURCHASER, true, "Your role can purchase reservations only"},
    {AZURE_READER, false, "Your role can’t purchase"},
};

START_TEST(a_role_is_needed)
{
    static const enum agreement agreements[] = {AGREEMENT_MCA, AGREEMENT_EA, AGREEMENT_INDIRECT_EA};

    ck_assert_uint_eq(COUNT(roles), AZURE_ROLE_COUNT);
    facts.has_billing_role = true; /* which counts for nothing here */
    facts.billing_role = BILLING_ACCOUNT_ADMINISTRATOR;
    for (size_t i = 0; i < COUNT(agreements); i++) {
        account.agreement = agreements[i];
        for (size_t k = 0; k < COUNT(roles); k++) {
            facts.role = roles[k].role;
            if (!roles[k].passes) {
                fails_alone(CHECK_ROLE, roles[k].found, "owner of the subscription");
                continue;
            }
            ck_assert(purchase_possible(&facts));
            ck_assert_str_eq(purchase_judge(&facts, CHECK_ROLE).found, roles[k].found);
        }
    }
}
END_TEST

START_TEST(web_direct_needs_its_account_administrator)
{
    account.agreement = AGREEMENT_WEB_DIRECT;
    facts.role = AZURE_OWNER; /* which is not enough */
    fails_alone(CHECK_ROLE, "Only an account administrator of the billing account can purchase",
                "account administrator");
    facts.billing_role = BILLING_ACCOUNT_ADMINISTRATOR; /* that the person does not have */
    fails_alone(CHECK_ROLE, "Only an account administrator of the billing account can purchase",
                "account administrator");
    facts.has_billing_role = true;
    facts.billing_role = BILLING_OWNER;
    fails_alone(CHECK_ROLE, "Only an account administrator of the billing account can purchase",
                "account administrator");
    facts.billing_role = BILLING_ACCOUNT_ADMINISTRATOR;
    facts.role = AZURE_READER;
    ck_assert(purchase_possible(&facts));
}
END_TEST

START_TEST(the_policy_allows_paid_products)
{
    account.policy = MARKETPLACE_FREE_ONLY;
    fails_alone(CHECK_POLICY, "The billing account allows free products only",
                "owner or administrator");
    account.policy = MARKETPLACE_DISABLED;
    fails_alone(CHECK_POLICY, "The billing account allows no marketplace purchases",
                "owner or administrator");
}
END_TEST

START_TEST(payment_tags_and_store)
{
    account.payment_valid = false;
    fails_alone(CHECK_PAYMENT, "The billing account has no valid payment instrument",
                "owner or administrator");
    account.payment_valid = true;
    subscription.tags_required = true;
    fails_alone(CHECK_TAGS, "The subscription requires tags", "owner of the subscription");
    subscription.tags_required = false;
    account.private_store = true;
    fails_alone(CHECK_STORE, "Only products approved for your private store can be purchased",
                "private store administrator");
}
END_TEST

START_TEST(one_resource_group_is_unlocked)
{
    ck_assert_str_eq(purchase_judge(&facts, CHECK_GROUPS).found,
                     "At least one resource group is unlocked");
    ck_assert_uint_eq(groups_unlocked(groups, 2), 1);
    groups[1].locked = false;
    ck_assert_str_eq(purchase_judge(&facts, CHECK_GROUPS).found, "No resource group is locked");
    groups[0].locked = true;
    ck_assert(purchase_possible(&facts));
    groups[1].locked = true;
    fails_alone(CHECK_GROUPS, "Every resource group is locked", "owner of the subscription");
    facts.group_count = 0;
    fails_alone(CHECK_GROUPS, "The subscription has no resource group",
                "owner of the subscription");
}
END_TEST

Suite *
eligibility_suite(void)
{
    Suite *suite = suite_create("eligibility");
    TCase *cases = tcase_create("checks");

    tcase_add_checked_fixture(cases, setup, NULL);
    tcase_add_test(cases, everything_passes);
    tcase_add_test(cases, the_account_can_receive_private_offers);
    tcase_add_test(cases, a_role_is_needed);
    tcase_add_test(cases, web_direct_needs_its_account_administrator);
    tcase_add_test(cases, the_policy_allows_paid_products);
    tcase_add_test(cases, payment_tags_and_store);
    tcase_add_test(cases, one_resource_group_is_unlocked);
    suite_add_tcase(suite, cases);
    return suite;
}

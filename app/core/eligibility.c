/*
 * eligibility.c: the checks of LAW 2.4, one function each.
 */
#include "core/eligibility.h"

#include "base/text.h"

static struct purchase_finding
passed(const char *found)
{
    return (struct purchase_finding){true, found, ""};
}

static struct purchase_finding
failed(const char *found, const char *to_do)
{
    return (struct purchase_finding){false, found, to_do};
}

/* billing_account_eligible, with the reason. */
static struct purchase_finding
judge_private_offers(const struct purchase_facts *facts)
{
    if (billing_account_eligible(facts->account))
        return passed("The billing account can receive private offers");
    if (!text_equal(facts->account->country, "US"))
        return failed("The billing account isn’t of the United States",
                      "Use a subscription of a billing account of the United States; its owner or "
                      "administrator can add you");
    return failed("The billing account isn’t active",
                  "Its owner or administrator can ask the marketplace operator to activate it");
}

static struct purchase_finding
judge_web_direct_role(const struct purchase_facts *facts)
{
    if (facts->has_billing_role &&
        billing_role_purchases(facts->account->agreement, facts->billing_role))
        return passed("As account administrator you can purchase");
    return failed("Only an account administrator of the billing account can purchase",
                  "Ask the account administrator to purchase, or to give you that role");
}

static struct purchase_finding
judge_role(const struct purchase_facts *facts)
{
    enum agreement agreement = facts->account->agreement;
    bool products = azure_role_purchases(agreement, facts->role, false);
    bool reservations = azure_role_purchases(agreement, facts->role, true);

    if (agreement == AGREEMENT_WEB_DIRECT)
        return judge_web_direct_role(facts);
    if (products && reservations)
        return passed("Your role can purchase everything");
    if (products)
        return passed("Your role can purchase everything except reservations");
    if (reservations)
        return passed("Your role can purchase reservations only");
    return failed("Your role can’t purchase",
                  "Ask an owner of the subscription to make you owner or contributor, or "
                  "reservation purchaser for reservations");
}

static struct purchase_finding
judge_policy(const struct purchase_facts *facts)
{
    switch (facts->account->policy) {
    case MARKETPLACE_ENABLED:
        return passed("The billing account allows free and paid products");
    case MARKETPLACE_FREE_ONLY:
        return failed("The billing account allows free products only",
                      "Its owner or administrator can allow paid products in its policies");
    case MARKETPLACE_DISABLED:
        return failed("The billing account allows no marketplace purchases",
                      "Its owner or administrator can allow them in its policies");
    case MARKETPLACE_POLICY_COUNT:
        break;
    }
    assert(false);
    return passed("");
}

static struct purchase_finding
judge_payment(const struct purchase_facts *facts)
{
    if (facts->account->payment_valid)
        return passed("The payment instrument is valid");
    return failed("The billing account has no valid payment instrument",
                  "Its owner or administrator can replace or renew the payment instrument");
}

static struct purchase_finding
judge_tags(const struct purchase_facts *facts)
{
    if (!facts->subscription->tags_required)
        return passed("The subscription requires no tags");
    return failed("The subscription requires tags",
                  "Enter tags when you purchase; an owner of the subscription knows which, and can "
                  "end the requirement");
}

size_t
groups_unlocked(const struct resource_group *groups, size_t count)
{
    size_t unlocked = 0;

    for (size_t i = 0; i < count; i++)
        unlocked += !groups[i].locked;
    return unlocked;
}

static struct purchase_finding
judge_groups(const struct purchase_facts *facts)
{
    size_t unlocked = groups_unlocked(facts->groups, facts->group_count);

    if (facts->group_count == 0)
        return failed("The subscription has no resource group",
                      "An owner of the subscription can add one");
    if (unlocked == 0)
        return failed("Every resource group is locked",
                      "An owner of the subscription can unlock one, or add another");
    if (unlocked < facts->group_count)
        return passed("At least one resource group is unlocked");
    return passed("No resource group is locked");
}

static struct purchase_finding
judge_store(const struct purchase_facts *facts)
{
    if (!facts->account->private_store)
        return passed("No private store restricts what you can purchase");
    return failed("Only products approved for your private store can be purchased",
                  "Ask a private store administrator of your organisation to approve the product");
}

static const struct {
    const char *words;
    struct purchase_finding (*judge)(const struct purchase_facts *facts);
} checks[PURCHASE_CHECK_COUNT] = {
    [CHECK_PRIVATE_OFFERS] = {"Private offers", judge_private_offers},
    [CHECK_ROLE] = {"Your role", judge_role},
    [CHECK_POLICY] = {"Marketplace purchases", judge_policy},
    [CHECK_PAYMENT] = {"Payment instrument", judge_payment},
    [CHECK_TAGS] = {"Tag policy", judge_tags},
    [CHECK_GROUPS] = {"Resource groups", judge_groups},
    [CHECK_STORE] = {"Private store", judge_store},
};

const char *
purchase_check_words(enum purchase_check check)
{
    assert(check < PURCHASE_CHECK_COUNT);
    return checks[check].words;
}

struct purchase_finding
purchase_judge(const struct purchase_facts *facts, enum purchase_check check)
{
    assert(check < PURCHASE_CHECK_COUNT);
    return checks[check].judge(facts);
}

bool
purchase_possible(const struct purchase_facts *facts)
{
    for (int i = 0; i < PURCHASE_CHECK_COUNT; i++) {
        if (!purchase_judge(facts, (enum purchase_check)i).passed)
            return false;
    }
    return true;
}

/*
 * party.c: the accounts and people of a market, as tables (LAW 2).
 *
 * Not here: where the facts are kept (store/accounts) and who is signed in (auth/session).
 */
#include "core/party.h"

#include <ctype.h>
#include <string.h>

#include "base/text.h"

#define BUSINESS_DAYS_BEFORE_SALE 5 /* LAW 2.1: resale certificate lead time */
#define EA_DIGITS_MIN 5             /* LAW 2.3: shape of an enrolment number */
#define EA_DIGITS_MAX 12

static const char *const role_texts[ROLE_COUNT] = {
    [ROLE_NONE] = "",
    [ROLE_ACCOUNT_OWNER] = "account_owner",
    [ROLE_MANAGER] = "manager",
    [ROLE_DEVELOPER] = "developer",
    [ROLE_FINANCIAL_CONTRIBUTOR] = "financial_contributor",
    [ROLE_BUSINESS_CONTRIBUTOR] = "business_contributor",
    [ROLE_MARKETER] = "marketer",
};

static const char *const role_word_list[ROLE_COUNT] = {
    [ROLE_NONE] = "No role",
    [ROLE_ACCOUNT_OWNER] = "Account owner",
    [ROLE_MANAGER] = "Manager",
    [ROLE_DEVELOPER] = "Developer",
    [ROLE_FINANCIAL_CONTRIBUTOR] = "Financial contributor",
    [ROLE_BUSINESS_CONTRIBUTOR] = "Business contributor",
    [ROLE_MARKETER] = "Marketer",
};

#define CAN(capability) (1U << (capability))

/* LAW 2.2, one row per role. */
static const unsigned role_capabilities[ROLE_COUNT] = {
    [ROLE_NONE] = 0,
    [ROLE_ACCOUNT_OWNER] = CAN(CAN_EDIT_OFFERS) | CAN(CAN_VIEW_OFFERS) | CAN(CAN_VIEW_ANALYTICS) |
                           CAN(CAN_VIEW_PAYOUTS) | CAN(CAN_CHANGE_TAX) | CAN(CAN_WORK_CATALOGUE) |
                           CAN(CAN_MANAGE_PEOPLE),
    [ROLE_MANAGER] = CAN(CAN_EDIT_OFFERS) | CAN(CAN_VIEW_OFFERS) | CAN(CAN_VIEW_ANALYTICS) |
                     CAN(CAN_WORK_CATALOGUE) | CAN(CAN_MANAGE_PEOPLE),
    [ROLE_DEVELOPER] = CAN(CAN_EDIT_OFFERS) | CAN(CAN_VIEW_OFFERS) | CAN(CAN_VIEW_ANALYTICS) |
                       CAN(CAN_WORK_CATALOGUE),
    [ROLE_FINANCIAL_CONTRIBUTOR] =
        CAN(CAN_VIEW_ANALYTICS) | CAN(CAN_VIEW_PAYOUTS) | CAN(CAN_CHANGE_TAX),
    [ROLE_BUSINESS_CONTRIBUTOR] = CAN(CAN_VIEW_ANALYTICS),
    [ROLE_MARKETER] = 0,
};

static const char *const tax_status_texts[TAX_STATUS_COUNT] = {
    [TAX_NONE] = "none",
    [TAX_INCOMPLETE] = "incomplete",
    [TAX_COMPLETE] = "complete",
};

static const char *const agreement_texts[AGREEMENT_COUNT] = {
    [AGREEMENT_MCA] = "MCA",
    [AGREEMENT_EA] = "EA",
    [AGREEMENT_INDIRECT_EA] = "INDIRECT_EA",
    [AGREEMENT_WEB_DIRECT] = "WEB_DIRECT",
};

static const char *const agreement_word_list[AGREEMENT_COUNT] = {
    [AGREEMENT_MCA] = "Customer agreement (MCA)",
    [AGREEMENT_EA] = "Enterprise agreement (EA)",
    [AGREEMENT_INDIRECT_EA] = "Indirect enterprise agreement",
    [AGREEMENT_WEB_DIRECT] = "Web direct",
};

static const char *const billing_role_texts[BILLING_ROLE_COUNT] = {
    [BILLING_OWNER] = "owner",
    [BILLING_CONTRIBUTOR] = "contributor",
    [BILLING_SIGNATORY] = "signatory",
    [BILLING_ENTERPRISE_ADMINISTRATOR] = "enterprise_administrator",
    [BILLING_ACCOUNT_ADMINISTRATOR] = "account_administrator",
    [BILLING_READER] = "reader",
};

static const char *const billing_role_word_list[BILLING_ROLE_COUNT] = {
    [BILLING_OWNER] = "Billing account owner",
    [BILLING_CONTRIBUTOR] = "Billing account contributor",
    [BILLING_SIGNATORY] = "Billing account signatory",
    [BILLING_ENTERPRISE_ADMINISTRATOR] = "Enterprise administrator",
    [BILLING_ACCOUNT_ADMINISTRATOR] = "Account administrator",
    [BILLING_READER] = "Billing account reader",
};

static const char *const azure_role_texts[AZURE_ROLE_COUNT] = {
    [AZURE_OWNER] = "owner",
    [AZURE_CONTRIBUTOR] = "contributor",
    [AZURE_RESERVATION_PURCHASER] = "reservation_purchaser",
    [AZURE_READER] = "reader",
};

static const char *const azure_role_word_list[AZURE_ROLE_COUNT] = {
    [AZURE_OWNER] = "Subscription owner",
    [AZURE_CONTRIBUTOR] = "Subscription contributor",
    [AZURE_RESERVATION_PURCHASER] = "Reservation purchaser",
    [AZURE_READER] = "Subscription reader",
};

static const char *const policy_texts[MARKETPLACE_POLICY_COUNT] = {
    [MARKETPLACE_ENABLED] = "enabled",
    [MARKETPLACE_FREE_ONLY] = "free_only",
    [MARKETPLACE_DISABLED] = "disabled",
};

static const char *const policy_word_list[MARKETPLACE_POLICY_COUNT] = {
    [MARKETPLACE_ENABLED] = "Free and paid products",
    [MARKETPLACE_FREE_ONLY] = "Free products only",
    [MARKETPLACE_DISABLED] = "Nothing",
};

#define ROLE(role) (1U << (role))

/* LAW 2.3, the row "Accept", one entry per agreement. */
static const unsigned accepting_roles[AGREEMENT_COUNT] = {
    [AGREEMENT_MCA] = ROLE(BILLING_OWNER) | ROLE(BILLING_CONTRIBUTOR) | ROLE(BILLING_SIGNATORY),
    [AGREEMENT_EA] = ROLE(BILLING_ENTERPRISE_ADMINISTRATOR),
    [AGREEMENT_INDIRECT_EA] = ROLE(BILLING_ENTERPRISE_ADMINISTRATOR),
    [AGREEMENT_WEB_DIRECT] = ROLE(BILLING_ACCOUNT_ADMINISTRATOR),
};

/* LAW 2.3, the rows "Purchase" and "Purchase a reservation": roles on the subscription. */
static const unsigned purchasing_roles[AGREEMENT_COUNT] = {
    [AGREEMENT_MCA] = ROLE(AZURE_OWNER) | ROLE(AZURE_CONTRIBUTOR),
    [AGREEMENT_EA] = ROLE(AZURE_OWNER) | ROLE(AZURE_CONTRIBUTOR),
    [AGREEMENT_INDIRECT_EA] = ROLE(AZURE_OWNER) | ROLE(AZURE_CONTRIBUTOR),
    [AGREEMENT_WEB_DIRECT] = 0,
};
static const unsigned reserving_roles[AGREEMENT_COUNT] = {
    [AGREEMENT_MCA] = ROLE(AZURE_OWNER) | ROLE(AZURE_RESERVATION_PURCHASER),
    [AGREEMENT_EA] = ROLE(AZURE_OWNER) | ROLE(AZURE_RESERVATION_PURCHASER),
    [AGREEMENT_INDIRECT_EA] = ROLE(AZURE_OWNER) | ROLE(AZURE_RESERVATION_PURCHASER),
    [AGREEMENT_WEB_DIRECT] = 0,
};

static const char *const party_texts[PARTY_COUNT] = {
    [PARTY_ISV] = "isv",           [PARTY_PARTNER] = "partner", [PARTY_CUSTOMER] = "customer",
    [PARTY_OPERATOR] = "operator", [PARTY_SYSTEM] = "system",
};

const char *
role_text(enum publisher_role role)
{
    assert(role < ROLE_COUNT);
    return role_texts[role];
}

enum err
role_read(const char *text, enum publisher_role *role)
{
    int found = text_find(role_texts, ROLE_COUNT, text);

    if (found < 0)
        return ERR_BROKEN;
    *role = (enum publisher_role)found;
    return OK;
}

const char *
tax_status_text(enum tax_status status)
{
    assert(status < TAX_STATUS_COUNT);
    return tax_status_texts[status];
}

enum err
tax_status_read(const char *text, enum tax_status *status)
{
    int found = text_find(tax_status_texts, TAX_STATUS_COUNT, text);

    if (found < 0)
        return ERR_BROKEN;
    *status = (enum tax_status)found;
    return OK;
}

const char *
agreement_text(enum agreement agreement)
{
    assert(agreement < AGREEMENT_COUNT);
    return agreement_texts[agreement];
}

enum err
agreement_read(const char *text, enum agreement *agreement)
{
    int found = text_find(agreement_texts, AGREEMENT_COUNT, text);

    if (found < 0)
        return ERR_BROKEN;
    *agreement = (enum agreement)found;
    return OK;
}

const char *
billing_role_text(enum billing_role role)
{
    assert(role < BILLING_ROLE_COUNT);
    return billing_role_texts[role];
}

enum err
billing_role_read(const char *text, enum billing_role *role)
{
    int found = text_find(billing_role_texts, BILLING_ROLE_COUNT, text);

    if (found < 0)
        return ERR_BROKEN;
    *role = (enum billing_role)found;
    return OK;
}

const char *
azure_role_text(enum azure_role role)
{
    assert(role < AZURE_ROLE_COUNT);
    return azure_role_texts[role];
}

enum err
azure_role_read(const char *text, enum azure_role *role)
{
    int found = text_find(azure_role_texts, AZURE_ROLE_COUNT, text);

    if (found < 0)
        return ERR_BROKEN;
    *role = (enum azure_role)found;
    return OK;
}

const char *
marketplace_policy_text(enum marketplace_policy policy)
{
    assert(policy < MARKETPLACE_POLICY_COUNT);
    return policy_texts[policy];
}

enum err
marketplace_policy_read(const char *text, enum marketplace_policy *policy)
{
    int found = text_find(policy_texts, MARKETPLACE_POLICY_COUNT, text);

    if (found < 0)
        return ERR_BROKEN;
    *policy = (enum marketplace_policy)found;
    return OK;
}

const char *
party_text(enum party party)
{
    assert(party < PARTY_COUNT);
    return party_texts[party];
}

enum err
party_read(const char *text, enum party *party)
{
    int found = text_find(party_texts, PARTY_COUNT, text);

    if (found < 0)
        return ERR_BROKEN;
    *party = (enum party)found;
    return OK;
}

const char *
role_words(enum publisher_role role)
{
    assert(role < ROLE_COUNT);
    return role_word_list[role];
}

const char *
billing_role_words(enum billing_role role)
{
    assert(role < BILLING_ROLE_COUNT);
    return billing_role_word_list[role];
}

const char *
azure_role_words(enum azure_role role)
{
    assert(role < AZURE_ROLE_COUNT);
    return azure_role_word_list[role];
}

const char *
marketplace_policy_words(enum marketplace_policy policy)
{
    assert(policy < MARKETPLACE_POLICY_COUNT);
    return policy_word_list[policy];
}

const char *
agreement_words(enum agreement agreement)
{
    assert(agreement < AGREEMENT_COUNT);
    return agreement_word_list[agreement];
}

const char *
payment_method_words(const char *method)
{
    if (text_equal(method, "invoice"))
        return "Invoice";
    return text_equal(method, "credit_card") ? "Credit card" : NULL;
}

bool
role_can(enum publisher_role role, enum capability capability)
{
    assert(role < ROLE_COUNT && capability < CAPABILITY_COUNT);
    return (role_capabilities[role] & CAN(capability)) != 0;
}

bool
billing_role_accepts(enum agreement agreement, enum billing_role role)
{
    assert(agreement < AGREEMENT_COUNT && role < BILLING_ROLE_COUNT);
    return (accepting_roles[agreement] & ROLE(role)) != 0;
}

bool
billing_role_owns(enum agreement agreement, enum billing_role role)
{
    static const enum billing_role owners[AGREEMENT_COUNT] = {
        [AGREEMENT_MCA] = BILLING_OWNER,
        [AGREEMENT_EA] = BILLING_ENTERPRISE_ADMINISTRATOR,
        [AGREEMENT_INDIRECT_EA] = BILLING_ENTERPRISE_ADMINISTRATOR,
        [AGREEMENT_WEB_DIRECT] = BILLING_ACCOUNT_ADMINISTRATOR,
    };

    assert(agreement < AGREEMENT_COUNT);
    return role == owners[agreement];
}

bool
azure_role_deploys(enum azure_role role)
{
    assert(role < AZURE_ROLE_COUNT);
    return role == AZURE_OWNER || role == AZURE_CONTRIBUTOR;
}

bool
azure_role_purchases(enum agreement agreement, enum azure_role role, bool reservation)
{
    assert(agreement < AGREEMENT_COUNT && role < AZURE_ROLE_COUNT);
    return ((reservation ? reserving_roles : purchasing_roles)[agreement] & ROLE(role)) != 0;
}

bool
billing_role_purchases(enum agreement agreement, enum billing_role role)
{
    assert(agreement < AGREEMENT_COUNT && role < BILLING_ROLE_COUNT);
    return agreement == AGREEMENT_WEB_DIRECT && role == BILLING_ACCOUNT_ADMINISTRATOR;
}

unsigned
isv_ineligible(const struct publisher *publisher)
{
    unsigned reasons = 0;

    if (!publisher->active)
        reasons |= INELIGIBLE_INACTIVE;
    if (!publisher->in_programme)
        reasons |= INELIGIBLE_NOT_IN_PROGRAMME;
    if (!publisher->has_marketplace_account)
        reasons |= INELIGIBLE_NO_MARKETPLACE_ACCOUNT;
    if (!publisher->enrolled)
        reasons |= INELIGIBLE_NOT_ENROLLED;
    return reasons;
}

unsigned
partner_ineligible(const struct publisher *publisher)
{
    unsigned reasons = isv_ineligible(publisher);

    if (publisher->tax_status != TAX_COMPLETE || !text_equal(publisher->tax_country, "US"))
        reasons |= INELIGIBLE_TAX_PROFILE;
    return reasons;
}

size_t
account_lacks(unsigned reasons, struct lack lacks[LACKS_MAX])
{
    static const struct {
        enum ineligible reason;
        struct lack lack;
    } known[] = {
        {INELIGIBLE_INACTIVE,
         {"Your account isn't active",
          "Your account owner can ask the marketplace operator to activate it"}},
        {INELIGIBLE_NOT_IN_PROGRAMME,
         {"Your account isn't in the partner programme",
          "Your account owner can join it and have the marketplace operator record that"}},
        {INELIGIBLE_NO_MARKETPLACE_ACCOUNT,
         {"Your company has no marketplace account",
          "Your account owner can open one with the marketplace operator"}},
        {INELIGIBLE_NOT_ENROLLED,
         {"Your account isn't enrolled in the marketplace",
          "Your account owner can enrol it with the marketplace operator"}},
        {INELIGIBLE_TAX_PROFILE,
         {"Your account has no completed United States tax profile",
          "Your account owner or a financial contributor can complete it, and sees it on the page "
          "Tax and certificates"}},
    };
    size_t count = 0;

    _Static_assert(COUNT(known) == LACKS_MAX, "every reason has its words");
    for (size_t i = 0; i < COUNT(known); i++) {
        if (reasons & known[i].reason)
            lacks[count++] = known[i].lack;
    }
    return count;
}

/* The length of a GUID at the start of text, 0 when there is none. */
static size_t
guid_length(const char *text)
{
    static const char shape[] = "xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx";
    size_t length = sizeof(shape) - 1;

    for (size_t i = 0; i < length; i++) {
        unsigned char c = (unsigned char)text[i];

        if (shape[i] == '-' ? c != '-' : !isxdigit(c))
            return 0;
    }
    return length;
}

bool
billing_account_id_valid(const char *id)
{
    size_t digits = strspn(id, "0123456789");
    size_t first = guid_length(id);
    struct day agreed;

    if (id[digits] == '\0')
        return digits >= EA_DIGITS_MIN && digits <= EA_DIGITS_MAX;
    if (first == 0)
        return false;
    if (id[first] == '\0')
        return true;
    if (id[first] != ':')
        return false;
    id += first + 1;
    size_t second = guid_length(id);
    return second != 0 && id[second] == '_' && day_parse(id + second + 1, &agreed) == OK;
}

bool
billing_account_eligible(const struct billing_account *account)
{
    /* Every agreement of the enum may buy (LAW 2.3); reseller subscriptions are not in it. */
    return account->active && text_equal(account->country, "US");
}

bool
resource_group_name_valid(const char *name)
{
    static const char letters[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
                                  "0123456789-_.()";
    size_t length = strspn(name, letters);

    return name[length] == '\0' && length >= 1 && length <= LIMIT_RESOURCE_GROUP_NAME &&
           name[length - 1] != '.';
}

/* Is the two-letter state in the comma list? */
static bool
states_cover(const char *states, const char *state)
{
    size_t length = strlen(state);

    while (*states != '\0') {
        size_t span = strcspn(states, ",");

        if (span == length && strncmp(states, state, span) == 0)
            return true;
        states += span;
        if (*states == ',')
            states++;
    }
    return false;
}

struct day
certificate_counts_from(const struct certificate *certificate)
{
    return day_add_business(certificate->filed_on, BUSINESS_DAYS_BEFORE_SALE);
}

enum certificate_standing
certificate_standing(const struct certificate *certificate, const char *hq_state, struct day today)
{
    if (certificate->expires_on.number < today.number)
        return CERTIFICATE_EXPIRED;
    if (!states_cover(certificate->states, hq_state))
        return CERTIFICATE_ELSEWHERE;
    if (certificate_counts_from(certificate).number > today.number)
        return CERTIFICATE_WAITS;
    return CERTIFICATE_COUNTS;
}

bool
partner_taxable(const struct publisher *partner, const struct certificate *certificates,
                size_t count, struct day today)
{
    for (size_t i = 0; i < count; i++) {
        if (certificate_standing(&certificates[i], partner->hq_state, today) == CERTIFICATE_COUNTS)
            return false;
    }
    return true;
}

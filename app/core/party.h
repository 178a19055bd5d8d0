/*
 * party.h: who takes part in a market, what each account is, and who may act for whom (LAW 2).
 *
 * Pure. Eligibility is a function of stored account facts. Invariant: an enum here has exactly the
 * texts party.c lists; a stored text outside them is refused at the store's border.
 */
#ifndef CORE_PARTY_H
#define CORE_PARTY_H

#include "base/limits.h"
#include "base/when.h"

/* Who does something to an offer. The system is time and publication. */
enum party { PARTY_ISV, PARTY_PARTNER, PARTY_CUSTOMER, PARTY_OPERATOR, PARTY_SYSTEM, PARTY_COUNT };

#define PARTY_BIT(party) (1U << (party))

/* Through whose eyes: account is the seller ID of a publisher, the id of an organisation, or "" for
 * the operator; today is the market's day, which decides the list prices (LAW 3.2). Every getter of
 * offers takes one. */
struct viewer {
    enum party party;
    const char *account;
    struct day today;
};

/* Roles of a publisher's people (LAW 2.2). ROLE_NONE for people of other accounts. */
enum publisher_role {
    ROLE_NONE,
    ROLE_ACCOUNT_OWNER,
    ROLE_MANAGER,
    ROLE_DEVELOPER,
    ROLE_FINANCIAL_CONTRIBUTOR,
    ROLE_BUSINESS_CONTRIBUTOR,
    ROLE_MARKETER,
    ROLE_COUNT
};

enum capability {
    CAN_EDIT_OFFERS,
    CAN_VIEW_OFFERS,
    CAN_VIEW_ANALYTICS,
    CAN_VIEW_PAYOUTS,
    CAN_CHANGE_TAX,
    CAN_WORK_CATALOGUE,
    CAN_MANAGE_PEOPLE,
    CAPABILITY_COUNT
};

enum tax_status { TAX_NONE, TAX_INCOMPLETE, TAX_COMPLETE, TAX_STATUS_COUNT };

/* Agreement types of a billing account (LAW 2.3). */
enum agreement {
    AGREEMENT_MCA,
    AGREEMENT_EA,
    AGREEMENT_INDIRECT_EA,
    AGREEMENT_WEB_DIRECT,
    AGREEMENT_COUNT
};

/* Roles on a billing account, in the order D-27 names people. */
enum billing_role {
    BILLING_OWNER,
    BILLING_CONTRIBUTOR,
    BILLING_SIGNATORY,
    BILLING_ENTERPRISE_ADMINISTRATOR,
    BILLING_ACCOUNT_ADMINISTRATOR,
    BILLING_READER,
    BILLING_ROLE_COUNT
};

/* Roles on an Azure subscription (LAW 2.3). */
enum azure_role {
    AZURE_OWNER,
    AZURE_CONTRIBUTOR,
    AZURE_RESERVATION_PURCHASER,
    AZURE_READER,
    AZURE_ROLE_COUNT
};

/* What a billing account lets its people buy in the marketplace. */
enum marketplace_policy {
    MARKETPLACE_ENABLED,
    MARKETPLACE_FREE_ONLY,
    MARKETPLACE_DISABLED,
    MARKETPLACE_POLICY_COUNT
};

/* A publisher account: ISV, selling partner, or both. id is the seller ID. */
struct publisher {
    const char *id;
    const char *name;
    const char *hq_state; /* two letters, "" outside the United States */
    const char *location; /* country, two letters */
    bool in_programme;
    bool has_marketplace_account;
    bool enrolled;
    bool active;
    enum tax_status tax_status;
    const char *tax_country; /* two letters, "" when none */
};

struct certificate {
    const char *id;
    const char *states; /* comma list of two-letter codes */
    struct day filed_on;
    struct day expires_on;
};

struct billing_account {
    const char *id;
    const char *organisation;
    const char *organisation_name;
    const char *name;
    enum agreement agreement;
    const char *country;
    bool active;
    enum marketplace_policy policy;
    bool payment_valid;
    const char *payment_method; /* "invoice" or "credit_card" */
    bool private_store;         /* only what its administrators approved is bought */
};

struct billing_member {
    const char *person;
    const char *name;
    enum billing_role role;
};

/* Where an organisation deploys what it buys: paid by one of its billing accounts. */
struct azure_subscription {
    const char *id;
    const char *name;
    const char *organisation;
    const char *billing_account;
    bool tags_required; /* a purchase without tags is refused */
};

struct azure_member {
    const char *person;
    const char *name;
    enum azure_role role;
};

/* Nothing is deployed into a group that is locked. */
struct resource_group {
    const char *name;
    bool locked;
};

/* enum <-> stored text. The readers answer ERR_BROKEN for any other text. */
const char *role_text(enum publisher_role role);
MUST_CHECK enum err role_read(const char *text, enum publisher_role *role);
const char *tax_status_text(enum tax_status status);
MUST_CHECK enum err tax_status_read(const char *text, enum tax_status *status);
const char *agreement_text(enum agreement agreement);
MUST_CHECK enum err agreement_read(const char *text, enum agreement *agreement);
const char *billing_role_text(enum billing_role role);
MUST_CHECK enum err billing_role_read(const char *text, enum billing_role *role);
const char *azure_role_text(enum azure_role role);
MUST_CHECK enum err azure_role_read(const char *text, enum azure_role *role);
const char *marketplace_policy_text(enum marketplace_policy policy);
MUST_CHECK enum err marketplace_policy_read(const char *text, enum marketplace_policy *policy);
const char *party_text(enum party party);
MUST_CHECK enum err party_read(const char *text, enum party *party);

/* Words for people: "Account owner", "Billing account owner", "Subscription contributor", "Free
 * products only". */
const char *role_words(enum publisher_role role);
const char *billing_role_words(enum billing_role role);
const char *azure_role_words(enum azure_role role);
const char *marketplace_policy_words(enum marketplace_policy policy);
const char *agreement_words(enum agreement agreement);
/* "Invoice" and "Credit card"; NULL when the text is no payment method. */
const char *payment_method_words(const char *method);

/* The role matrix (LAW 2.2). */
bool role_can(enum publisher_role role, enum capability capability);

/* May somebody with that role on an account of that agreement accept (LAW 2.3)? */
bool billing_role_accepts(enum agreement agreement, enum billing_role role);

/* Does that role make somebody an owner of an account of that agreement, whom mails about what it
 * pays for reach (LAW 14)? */
bool billing_role_owns(enum agreement agreement, enum billing_role role);

/* May somebody with that role deploy into the subscription (LAW 2.4)? */
bool azure_role_deploys(enum azure_role role);

/* May somebody with that role on a subscription whose billing account has that agreement purchase
 * with it; reservation: of virtual machines (LAW 2.3)? Never in a web direct account, where it is a
 * role on the billing account that purchases: billing_role_purchases. */
bool azure_role_purchases(enum agreement agreement, enum azure_role role, bool reservation);
bool billing_role_purchases(enum agreement agreement, enum billing_role role);

/* What keeps an account out, as a bit set of the reasons below; 0 is eligible (LAW 2.1). */
enum ineligible {
    INELIGIBLE_INACTIVE = 1,
    INELIGIBLE_NOT_IN_PROGRAMME = 2,
    INELIGIBLE_NO_MARKETPLACE_ACCOUNT = 4,
    INELIGIBLE_NOT_ENROLLED = 8,
    INELIGIBLE_TAX_PROFILE = 16,
};
unsigned isv_ineligible(const struct publisher *publisher);
unsigned partner_ineligible(const struct publisher *publisher);

/* What an account lacks, in words for its own people: what is missing, and who can mend it where
 * (LAW 2.1, 2.2). Neither ends with a full stop. */
struct lack {
    const char *what;
    const char *remedy;
};
#define LACKS_MAX 5
/* One for each of the reasons, in the order of LAW 2.1. Answers how many. */
size_t account_lacks(unsigned reasons, struct lack lacks[LACKS_MAX]);

/* Does the text have one of the shapes of a billing account ID (LAW 2.3)? */
bool billing_account_id_valid(const char *id);

/* United States, active, an agreement that may buy (LAW 2.3). */
bool billing_account_eligible(const struct billing_account *account);

/* Can that name a resource group: 1 to 90 letters of ASCII, digits and "-_.()", not ending in "."?
 */
bool resource_group_name_valid(const char *name);

/* What a resale certificate does on a day for an account whose headquarters are in that state (LAW
 * 2.1, D-28), the worst first. */
enum certificate_standing {
    CERTIFICATE_EXPIRED,
    CERTIFICATE_ELSEWHERE, /* covers other states alone */
    CERTIFICATE_WAITS,     /* was filed less than 5 business days ago */
    CERTIFICATE_COUNTS,
};
enum certificate_standing certificate_standing(const struct certificate *certificate,
                                               const char *hq_state, struct day today);
/* The first day on which it can count. */
struct day certificate_counts_from(const struct certificate *certificate);

/* May sales tax be charged to the partner on a sale today (LAW 2.1, 9.2, D-11, D-28)? No
 * certificate that covers the HQ state, is unexpired and was filed at least 5 business days ago. */
bool partner_taxable(const struct publisher *partner, const struct certificate *certificates,
                     size_t count, struct day today);

#endif

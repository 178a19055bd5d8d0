/*
 * demo_accounts.c: who takes part in the demo market.
 *
 * Not here: passwords (jobs/demo.c makes the hashes). Invariant: nobody here has a person's name; a
 * role names them.
 */
#include <string.h>

#include "base/text.h"
#include "jobs/demo_parts.h"
#include "store/accounts.h"
#include "store/commitments.h"
#include "store/subscriptions.h"

#define ORCHID "orchid-freight"
#define LARKSPUR "larkspur-retail"
#define JUNIPER "juniper-studio"
#define MAPLE "maple-ridge-foods"

#define ORCHID_NAME "Orchid Freight"
#define LARKSPUR_NAME "Larkspur Retail"
#define JUNIPER_NAME "Juniper Studio"
#define BRIGHTWATER_NAME "Brightwater Software"
#define TERN_NAME "Tern Analytics"
#define HALDEN_NAME "Halden Cloud Partners"
#define KESTREL_NAME "Kestrel Advisory"

#define PRODUCTION "3f8a1c52-6b0d-4e7f-a4c9-1e5d70b2f618"
#define SANDBOX "9d27e6b4-08f3-4a5c-8e1b-64c3a90f7d2e"
#define ARCHIVE "c81b5f07-2e94-4d63-b7a0-58f21c6e93ad"
#define STORES "41e6d0b9-7a35-4c82-9f1d-0b8e25c7a364"
#define STUDIO "b5930e7c-d148-4a2f-86cb-e3f7104d9a58"

/* The last ones are there to be refused: each lacks one of the facts of LAW 2.1. */
static const struct publisher publishers[] = {
    /* id, name, HQ state, country, programme, marketplace account, enrolled, active, tax */
    {DEMO_BRIGHTWATER, BRIGHTWATER_NAME, "OR", "US", true, true, true, true, TAX_COMPLETE, "US"},
    {DEMO_TERN, TERN_NAME, "", "IE", true, true, true, true, TAX_COMPLETE, "IE"},
    {DEMO_HALDEN, HALDEN_NAME, "WA", "US", true, true, true, true, TAX_COMPLETE, "US"},
    {DEMO_KESTREL, KESTREL_NAME, "CO", "US", true, true, true, true, TAX_COMPLETE, "US"},
    {"90417728", "Merrow Systems", "TX", "US", true, true, true, true, TAX_INCOMPLETE, "US"},
    {"90417729", "Falke Datenhaus", "", "DE", true, true, true, true, TAX_COMPLETE, "DE"},
    {"90417011", "Sandpiper Labs", "NV", "US", true, true, false, true, TAX_COMPLETE, "US"},
};

static const struct organisation organisations[] = {
    {ORCHID, ORCHID_NAME},
    {LARKSPUR, LARKSPUR_NAME},
    {JUNIPER, JUNIPER_NAME},
    {MAPLE, "Maple Ridge Foods"},
};

static const struct billing_account billing_accounts[] = {
    {.id = DEMO_ORCHID_ACCOUNT,
     .organisation = ORCHID,
     .name = ORCHID_NAME,
     .agreement = AGREEMENT_MCA,
     .country = "US",
     .active = true,
     .policy = MARKETPLACE_ENABLED,
     .payment_valid = true,
     .payment_method = "invoice"},
    {.id = DEMO_LARKSPUR_ACCOUNT,
     .organisation = LARKSPUR,
     .name = "Larkspur Retail enrolment",
     .agreement = AGREEMENT_EA,
     .country = "US",
     .active = true,
     .policy = MARKETPLACE_ENABLED,
     .payment_valid = true,
     .payment_method = "invoice"},
    {.id = DEMO_JUNIPER_ACCOUNT,
     .organisation = JUNIPER,
     .name = JUNIPER_NAME,
     .agreement = AGREEMENT_WEB_DIRECT,
     .country = "US",
     .active = true,
     .policy = MARKETPLACE_ENABLED,
     .payment_valid = true,
     .payment_method = "credit_card"},
    {.id = "8123456", /* not eligible: an offer needs a United States account (LAW 2.3) */
     .organisation = MAPLE,
     .name = "Maple Ridge enrolment",
     .agreement = AGREEMENT_EA,
     .country = "CA",
     .active = true,
     .policy = MARKETPLACE_ENABLED,
     .payment_valid = true,
     .payment_method = "invoice"},
};

#define SELLER(sign_in, name, publisher, account, role)                                          \
    {                                                                                            \
        "demo-" sign_in, sign_in DEMO_MAIL_DOMAIN, name, "", publisher, "", account, false, role \
    }
#define BUYER(sign_in, name, organisation, account)                                            \
    {                                                                                          \
        "demo-" sign_in, sign_in DEMO_MAIL_DOMAIN, name, "", "", organisation, account, false, \
            ROLE_NONE                                                                          \
    }

const struct person demo_people[] = {
    SELLER("isv", "Account owner", DEMO_BRIGHTWATER, BRIGHTWATER_NAME, ROLE_ACCOUNT_OWNER),
    SELLER("isv-manager", "Manager", DEMO_BRIGHTWATER, BRIGHTWATER_NAME, ROLE_MANAGER),
    SELLER("isv-developer", "Developer", DEMO_BRIGHTWATER, BRIGHTWATER_NAME, ROLE_DEVELOPER),
    SELLER("isv-marketer", "Marketer", DEMO_BRIGHTWATER, BRIGHTWATER_NAME, ROLE_MARKETER),
    SELLER("isv-finance", "Financial contributor", DEMO_BRIGHTWATER, BRIGHTWATER_NAME,
           ROLE_FINANCIAL_CONTRIBUTOR),
    SELLER("isv2", "Account owner", DEMO_TERN, TERN_NAME, ROLE_ACCOUNT_OWNER),
    SELLER("partner", "Account owner", DEMO_HALDEN, HALDEN_NAME, ROLE_ACCOUNT_OWNER),
    SELLER("partner-manager", "Manager", DEMO_HALDEN, HALDEN_NAME, ROLE_MANAGER),
    SELLER("partner2", "Account owner", DEMO_KESTREL, KESTREL_NAME, ROLE_ACCOUNT_OWNER),
    BUYER("customer", "Billing owner", ORCHID, ORCHID_NAME),
    BUYER("owner2", "Second owner", ORCHID, ORCHID_NAME),
    BUYER("contributor", "Billing contributor", ORCHID, ORCHID_NAME),
    BUYER("signatory", "Signatory", ORCHID, ORCHID_NAME),
    BUYER("reader", "Reader", ORCHID, ORCHID_NAME),
    BUYER("buyer", "Subscription contributor", ORCHID, ORCHID_NAME),
    BUYER("reservations", "Reservation purchaser", ORCHID, ORCHID_NAME),
    BUYER("ea-admin", "Enterprise administrator", LARKSPUR, LARKSPUR_NAME),
    BUYER("mosp", "Account administrator", JUNIPER, JUNIPER_NAME),
    {"demo-operator", "operator" DEMO_MAIL_DOMAIN, "Operator", "", "", "", "", true, ROLE_NONE},
};
const size_t demo_person_count = COUNT(demo_people);

static const struct {
    const char *account;
    const char *sign_in;
    enum billing_role role;
} billing_roles[] = {
    {DEMO_ORCHID_ACCOUNT, "customer", BILLING_OWNER},
    {DEMO_ORCHID_ACCOUNT, "owner2", BILLING_OWNER},
    {DEMO_ORCHID_ACCOUNT, "contributor", BILLING_CONTRIBUTOR},
    {DEMO_ORCHID_ACCOUNT, "signatory", BILLING_SIGNATORY},
    {DEMO_ORCHID_ACCOUNT, "reader", BILLING_READER},
    {DEMO_LARKSPUR_ACCOUNT, "ea-admin", BILLING_ENTERPRISE_ADMINISTRATOR},
    {DEMO_JUNIPER_ACCOUNT, "mosp", BILLING_ACCOUNT_ADMINISTRATOR},
};

static const struct azure_subscription subscriptions[] = {
    {.id = PRODUCTION, .name = "Production", .billing_account = DEMO_ORCHID_ACCOUNT},
    {.id = SANDBOX,
     .name = "Sandbox",
     .billing_account = DEMO_ORCHID_ACCOUNT,
     .tags_required = true},
    {.id = ARCHIVE, .name = "Archive", .billing_account = DEMO_ORCHID_ACCOUNT},
    {.id = STORES, .name = "Stores", .billing_account = DEMO_LARKSPUR_ACCOUNT},
    {.id = STUDIO, .name = "Studio", .billing_account = DEMO_JUNIPER_ACCOUNT},
};

/* Nothing can be deployed into the archive (LAW 2.4). */
static const struct {
    const char *subscription;
    const char *name;
    bool locked;
} resource_groups[] = {
    {PRODUCTION, "production-apps", false},
    {PRODUCTION, "production-network", true},
    {SANDBOX, "sandbox", false},
    {ARCHIVE, "archive-2019", true},
    {STORES, "stores", false},
    {STUDIO, "studio", false},
};

static const struct {
    const char *subscription;
    const char *sign_in;
    enum azure_role role;
} subscription_roles[] = {
    {PRODUCTION, "buyer", AZURE_CONTRIBUTOR},
    {SANDBOX, "buyer", AZURE_READER},
    {ARCHIVE, "buyer", AZURE_CONTRIBUTOR},
    {PRODUCTION, "reservations", AZURE_RESERVATION_PURCHASER},
    {PRODUCTION, "customer", AZURE_READER},
    {STORES, "ea-admin", AZURE_OWNER},
    {STUDIO, "mosp", AZURE_OWNER},
};

#define COMMITMENT_CENTS INT64_C(5000000) /* 50,000.00 */
#define COMMITMENT_BEGUN_MONTHS 3
#define COMMITMENT_MONTHS 12
#define CERTIFICATE_AGE_DAYS 365
#define CERTIFICATE_DAYS (4 * 365)

const struct person *
demo_person(const char *sign_in)
{
    size_t length = strlen(sign_in);

    for (size_t i = 0; i < COUNT(demo_people); i++) {
        const char *email = demo_people[i].email;

        if (text_starts(email, sign_in) && text_equal(email + length, DEMO_MAIL_DOMAIN))
            return &demo_people[i];
    }
    assert(false); /* a table names somebody who is not there */
    return NULL;
}

static enum err
publishers_insert(struct db *db, struct arena *arena, struct day today)
{
    const struct certificate certificate = {
        .id = "demo-certificate-halden",
        .states = "WA,OR,ID",
        .filed_on = day_add(today, -CERTIFICATE_AGE_DAYS),
        .expires_on = day_add(today, CERTIFICATE_DAYS - CERTIFICATE_AGE_DAYS),
    };

    for (size_t i = 0; i < COUNT(publishers); i++)
        TRY(publisher_insert(db, arena, &publishers[i]));
    return certificate_insert(db, arena, DEMO_HALDEN, &certificate);
}

static enum err
customers_insert(struct db *db, struct arena *arena, struct day today)
{
    struct day begun = month_add(today, -COMMITMENT_BEGUN_MONTHS);
    const struct commitment commitment = {
        .billing_account = DEMO_ORCHID_ACCOUNT,
        .start_on = begun,
        .end_on = month_last(month_add(begun, COMMITMENT_MONTHS - 1)),
        .amount_cents = COMMITMENT_CENTS,
        .status = "active",
    };

    for (size_t i = 0; i < COUNT(organisations); i++)
        TRY(organisation_insert(db, &organisations[i]));
    for (size_t i = 0; i < COUNT(billing_accounts); i++)
        TRY(billing_account_insert(db, &billing_accounts[i]));
    for (size_t i = 0; i < COUNT(subscriptions); i++)
        TRY(azure_subscription_insert(db, &subscriptions[i]));
    for (size_t i = 0; i < COUNT(resource_groups); i++) {
        const char *subscription = resource_groups[i].subscription;
        const char *name = resource_groups[i].name;

        TRY(resource_group_insert(db, arena, subscription, name));
        if (resource_groups[i].locked)
            TRY(resource_group_lock(db, arena, subscription, name, true));
    }
    return commitment_insert(db, arena, &commitment);
}

static enum err
people_insert(struct db *db, struct arena *arena, const char *const *hashes)
{
    for (size_t i = 0; i < COUNT(demo_people); i++) {
        struct person person = demo_people[i];

        person.password = hashes[i];
        TRY(person_insert(db, arena, &person));
    }
    for (size_t i = 0; i < COUNT(billing_roles); i++)
        TRY(billing_member_set(db, billing_roles[i].account,
                               demo_person(billing_roles[i].sign_in)->id, billing_roles[i].role));
    for (size_t i = 0; i < COUNT(subscription_roles); i++)
        TRY(azure_member_set(db, subscription_roles[i].subscription,
                             demo_person(subscription_roles[i].sign_in)->id,
                             subscription_roles[i].role));
    return OK;
}

enum err
demo_accounts_insert(struct db *db, struct arena *arena, struct day today,
                     const char *const *hashes)
{
    TRY(publishers_insert(db, arena, today));
    TRY(customers_insert(db, arena, today));
    return people_insert(db, arena, hashes);
}

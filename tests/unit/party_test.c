/*
 * party_test.c: LAW 2 cell by cell: the role matrix, who accepts, who is eligible, the shapes of a
 * billing account ID, resale certificates to the day.
 */
#include "make_offer.h"

#include <check.h>
#include <string.h>

#include "base/text.h"

Suite *party_suite(void);

#define GUID "7c92bb3e-51d0-4c6e-93d5-0a1f6e2c77b4"
#define GUID2 "2f0d3a5e-8b1c-4f6d-9a27-5c3e1b7d9f40"

/* LAW 2.2. A row per role, a letter per capability in the order of the enum: edit and view offers,
 * analytics, payouts, tax, catalogue, people. */
static const struct {
    enum publisher_role role;
    const char *cells;
} role_matrix[] = {
    {ROLE_NONE, "-------"},
    {ROLE_ACCOUNT_OWNER, "yyyyyyy"},
    {ROLE_MANAGER, "yyy--yy"},
    {ROLE_DEVELOPER, "yyy--y-"},
    {ROLE_FINANCIAL_CONTRIBUTOR, "--yyy--"},
    {ROLE_BUSINESS_CONTRIBUTOR, "--y----"},
    {ROLE_MARKETER, "-------"},
};

START_TEST(role_matrix_of_2_2)
{
    ck_assert_uint_eq(COUNT(role_matrix), ROLE_COUNT);
    for (size_t i = 0; i < COUNT(role_matrix); i++) {
        ck_assert_uint_eq(strlen(role_matrix[i].cells), CAPABILITY_COUNT);
        for (int k = 0; k < CAPABILITY_COUNT; k++)
            ck_assert_msg(role_can(role_matrix[i].role, (enum capability)k) ==
                              (role_matrix[i].cells[k] == 'y'),
                          "%s, capability %d", role_words(role_matrix[i].role), k);
    }
}
END_TEST

/* LAW 2.3, the row "accept": owner, contributor, signatory, enterprise administrator, account
 * administrator, reader. */
static const struct {
    enum agreement agreement;
    const char *cells;
} accept_matrix[] = {
    {AGREEMENT_MCA, "yyy---"},
    {AGREEMENT_EA, "---y--"},
    {AGREEMENT_INDIRECT_EA, "---y--"},
    {AGREEMENT_WEB_DIRECT, "----y-"},
};

START_TEST(who_accepts_by_2_3)
{
    ck_assert_uint_eq(COUNT(accept_matrix), AGREEMENT_COUNT);
    for (size_t i = 0; i < COUNT(accept_matrix); i++) {
        ck_assert_uint_eq(strlen(accept_matrix[i].cells), BILLING_ROLE_COUNT);
        for (int k = 0; k < BILLING_ROLE_COUNT; k++)
            ck_assert_msg(billing_role_accepts(accept_matrix[i].agreement, (enum billing_role)k) ==
                              (accept_matrix[i].cells[k] == 'y'),
                          "%s, %s", agreement_words(accept_matrix[i].agreement),
                          billing_role_words((enum billing_role)k));
    }
}
END_TEST

/* LAW 2.3, the rows "purchase" and "purchase a reservation": owner, contributor, reservation
 * purchaser, reader; then the account administrator, and the roles of accounts of other agreements.
 */
static const struct {
    enum agreement agreement;
    const char *purchases;
    const char *reserves;
    bool administrator;
} purchase_matrix[] = {
    {AGREEMENT_MCA, "yy--", "y-y-", false},
    {AGREEMENT_EA, "yy--", "y-y-", false},
    {AGREEMENT_INDIRECT_EA, "yy--", "y-y-", false},
    {AGREEMENT_WEB_DIRECT, "----", "----", true},
};

START_TEST(who_purchases_by_2_3)
{
    ck_assert_uint_eq(COUNT(purchase_matrix), AGREEMENT_COUNT);
    for (size_t i = 0; i < COUNT(purchase_matrix); i++) {
        enum agreement agreement = purchase_matrix[i].agreement;

        ck_assert_uint_eq(strlen(purchase_matrix[i].purchases), AZURE_ROLE_COUNT);
        for (int k = 0; k < AZURE_ROLE_COUNT; k++) {
            enum azure_role role = (enum azure_role)k;

            ck_assert_msg(azure_role_purchases(agreement, role, false) ==
                                  (purchase_matrix[i].purchases[k] == 'y') &&
                              azure_role_purchases(agreement, role, true) ==
                                  (purchase_matrix[i].reserves[k] == 'y'),
                          "%s, %s", agreement_words(agreement), azure_role_words(role));
        }
        for (int k = 0; k < BILLING_ROLE_COUNT; k++)
            ck_assert_int_eq(billing_role_purchases(agreement, (enum billing_role)k),
                             purchase_matrix[i].administrator &&
                                 k == BILLING_ACCOUNT_ADMINISTRATOR);
    }
}
END_TEST

/* LAW 2.4: owners and contributors. */
START_TEST(who_deploys_by_2_4)
{
    ck_assert(azure_role_deploys(AZURE_OWNER) && azure_role_deploys(AZURE_CONTRIBUTOR));
    ck_assert(!azure_role_deploys(AZURE_RESERVATION_PURCHASER));
    ck_assert(!azure_role_deploys(AZURE_READER));
}
END_TEST

START_TEST(resource_groups_have_names)
{
    static const struct {
        const char *name;
        bool good;
    } rows[] = {
        {"a", true},       {"Apps_1-(west).eu", true},
        {"", false},       {"apps.", false},
        {".apps", true},   {"two words", false},
        {"é", false},      {"a/b", false},
        {"apps..x", true}, {"-", true},
        {".", false},      {"a\tb", false},
    };
    char longest[LIMIT_RESOURCE_GROUP_NAME + 2];

    for (size_t i = 0; i < COUNT(rows); i++)
        ck_assert_msg(resource_group_name_valid(rows[i].name) == rows[i].good, "%s", rows[i].name);
    memset(longest, 'g', sizeof longest);
    longest[LIMIT_RESOURCE_GROUP_NAME + 1] = '\0';
    ck_assert(!resource_group_name_valid(longest));
    longest[90] = '\0';
    ck_assert(resource_group_name_valid(longest));
}
END_TEST

START_TEST(acceptors_are_named_in_the_order_of_d27)
{
    ck_assert_int_lt(BILLING_OWNER, BILLING_CONTRIBUTOR);
    ck_assert_int_lt(BILLING_CONTRIBUTOR, BILLING_SIGNATORY);
}
END_TEST

START_TEST(an_isv_needs)
{
    struct publisher isv = make_isv();

    ck_assert_uint_eq(isv_ineligible(&isv), 0);
    isv.tax_status = TAX_INCOMPLETE; /* of any country, with any tax profile */
    isv.tax_country = "DE";
    ck_assert_uint_eq(isv_ineligible(&isv), 0);

    isv.active = false;
    ck_assert_uint_eq(isv_ineligible(&isv), INELIGIBLE_INACTIVE);
    isv = make_isv();
    isv.in_programme = false;
    ck_assert_uint_eq(isv_ineligible(&isv), INELIGIBLE_NOT_IN_PROGRAMME);
    isv = make_isv();
    isv.has_marketplace_account = false;
    ck_assert_uint_eq(isv_ineligible(&isv), INELIGIBLE_NO_MARKETPLACE_ACCOUNT);
    isv = make_isv();
    isv.enrolled = false;
    ck_assert_uint_eq(isv_ineligible(&isv), INELIGIBLE_NOT_ENROLLED);
    isv.active = false;
    isv.in_programme = false;
    isv.has_marketplace_account = false;
    ck_assert_uint_eq(isv_ineligible(&isv), 1 + 2 + 4 + 8);
}
END_TEST

START_TEST(a_partner_needs)
{
    static const struct {
        enum tax_status status;
        const char *country;
        unsigned reasons;
    } rows[] = {
        {TAX_COMPLETE, "US", 0},
        {TAX_COMPLETE, "DE", INELIGIBLE_TAX_PROFILE},
        {TAX_COMPLETE, "", INELIGIBLE_TAX_PROFILE},
        {TAX_INCOMPLETE, "US", INELIGIBLE_TAX_PROFILE},
        {TAX_NONE, "", INELIGIBLE_TAX_PROFILE},
        {TAX_NONE, "US", INELIGIBLE_TAX_PROFILE},
    };
    struct publisher partner = make_partner();

    for (size_t i = 0; i < COUNT(rows); i++) {
        partner.tax_status = rows[i].status;
        partner.tax_country = rows[i].country;
        ck_assert_uint_eq(partner_ineligible(&partner), rows[i].reasons);
    }
    partner = make_partner();
    partner.active = false;
    partner.enrolled = false;
    ck_assert_uint_eq(partner_ineligible(&partner), INELIGIBLE_INACTIVE | INELIGIBLE_NOT_ENROLLED);
    partner = make_partner();
    partner.in_programme = false;
    ck_assert_uint_eq(partner_ineligible(&partner), INELIGIBLE_NOT_IN_PROGRAMME);
    partner = make_partner();
    partner.has_marketplace_account = false;
    ck_assert_uint_eq(partner_ineligible(&partner), INELIGIBLE_NO_MARKETPLACE_ACCOUNT);
}
END_TEST

START_TEST(billing_account_shapes_of_2_3)
{
    static const struct {
        const char *id;
        bool good;
    } rows[] = {
        /* MCA */
        {GUID ":" GUID2 "_2019-05-31", true},
        {GUID ":" GUID2 "_2024-02-29", true},
        {GUID ":" GUID2 "_2023-02-29", false},
        {GUID ":" GUID2 "_2019-13-01", false},
        {GUID ":" GUID2 "_2019-05-3", false},
        {GUID ":" GUID2 "_2019-05-31 ", false},
        {GUID ":" GUID2 "_2019-05-311", false},
        {GUID ":" GUID2 "_", false},
        {GUID ":" GUID2, false},
        {GUID ":", false},
        {GUID ":" GUID2 "-2019-05-31", false},
        {GUID "_2019-05-31", false},
        {GUID GUID2 "_2019-05-31", false},
        {GUID ":" GUID2 "_2019-05-31:" GUID, false},
        /* enrolment numbers: 5 to 12 digits */
        {"1234", false},
        {"12345", true},
        {"7123456", true},
        {"123456789012", true},
        {"1234567890123", false},
        {"12345a", false},
        {" 12345", false},
        {"-12345", false},
        {"１２３４５", false},
        /* web direct */
        {GUID, true},
        {"7C92BB3E-51D0-4C6E-93D5-0A1F6E2C77B4", true},
        {"7c92bb3e-51d0-4c6e-93d5-0a1f6e2c77b", false},
        {"7c92bb3e-51d0-4c6e-93d5-0a1f6e2c77b45", false},
        {"7c92bb3e51d04c6e93d50a1f6e2c77b4", false},
        {"gc92bb3e-51d0-4c6e-93d5-0a1f6e2c77b4", false},
        {"7c92bb3-e51d0-4c6e-93d5-0a1f6e2c77b4", false},
        {"{" GUID "}", false},
        {"", false},
        {" ", false},
        {":", false},
        {"_2019-05-31", false},
    };

    for (size_t i = 0; i < COUNT(rows); i++)
        ck_assert_msg(billing_account_id_valid(rows[i].id) == rows[i].good, "%s", rows[i].id);
}
END_TEST

START_TEST(eligible_billing_accounts)
{
    struct billing_account account = make_account();

    for (int i = 0; i < AGREEMENT_COUNT; i++) {
        account = make_account();
        account.agreement = (enum agreement)i;
        ck_assert(billing_account_eligible(&account));
        account.active = false;
        ck_assert(!billing_account_eligible(&account));
        account.active = true;
        account.country = "CA";
        ck_assert(!billing_account_eligible(&account));
        account.country = "";
        ck_assert(!billing_account_eligible(&account));
        account.country = "us"; /* stored codes are capitals */
        ck_assert(!billing_account_eligible(&account));
    }
    account = make_account(); /* buying and accepting are independent */
    account.policy = MARKETPLACE_DISABLED;
    account.payment_valid = false;
    ck_assert(billing_account_eligible(&account));
}
END_TEST

/* Filed on a day, seen on a later one: 5 business days between (D-28). 16 October 2023 is a Monday.
 */
static const struct {
    const char *filed_on;
    const char *today;
    bool taxable;
} filings[] = {
    {"2023-10-16", "2023-10-16", true},  {"2023-10-16", "2023-10-20", true},
    {"2023-10-16", "2023-10-21", true},  {"2023-10-16", "2023-10-22", true},
    {"2023-10-16", "2023-10-23", false}, {"2023-10-17", "2023-10-23", true},
    {"2023-10-17", "2023-10-24", false}, {"2023-10-18", "2023-10-24", true},
    {"2023-10-18", "2023-10-25", false}, {"2023-10-20", "2023-10-26", true},
    {"2023-10-20", "2023-10-27", false}, {"2023-10-21", "2023-10-26", true},
    {"2023-10-21", "2023-10-27", false}, {"2023-10-22", "2023-10-26", true},
    {"2023-10-22", "2023-10-27", false}, {"2023-11-20", "2023-11-24", true},
    {"2023-11-20", "2023-11-27", false}, /* a holiday in between counts as any day */
    {"2024-02-26", "2024-03-01", true},  {"2024-02-26", "2024-03-04", false},
    {"2023-10-23", "2023-10-16", true}, /* filed tomorrow */
};

START_TEST(certificates_count_after_five_business_days)
{
    const struct publisher partner = make_partner();
    const struct certificate certificate = {.id = "c",
                                            .states = "WA",
                                            .filed_on = make_day(filings[_i].filed_on),
                                            .expires_on = make_day("2025-12-31")};

    ck_assert_msg(partner_taxable(&partner, &certificate, 1, make_day(filings[_i].today)) ==
                      filings[_i].taxable,
                  "filed %s, today %s", filings[_i].filed_on, filings[_i].today);
}
END_TEST

static bool
taxable_with(const char *hq_state, const char *states, const char *expires_on)
{
    struct publisher partner = make_partner();
    const struct certificate certificate = {.id = "c",
                                            .states = states,
                                            .filed_on = make_day("2022-10-16"),
                                            .expires_on = make_day(expires_on)};

    partner.hq_state = hq_state;
    return partner_taxable(&partner, &certificate, 1, make_day("2023-10-16"));
}

START_TEST(certificates_expire_and_cover_states)
{
    ck_assert(!taxable_with("WA", "WA", "2023-10-16")); /* the last day counts */
    ck_assert(taxable_with("WA", "WA", "2023-10-15"));
    ck_assert(!taxable_with("WA", "OR,WA", "2024-01-01"));
    ck_assert(!taxable_with("WA", "WA,OR", "2024-01-01"));
    ck_assert(!taxable_with("WA", "CA,WA,OR", "2024-01-01"));
    ck_assert(taxable_with("WA", "OR,CA", "2024-01-01"));
    ck_assert(taxable_with("WA", "", "2024-01-01"));
    ck_assert(taxable_with("WA", "W,A", "2024-01-01"));
    ck_assert(taxable_with("WA", "WAX", "2024-01-01"));
    ck_assert(taxable_with("WA", "W", "2024-01-01"));
    ck_assert(taxable_with("", "WA", "2024-01-01")); /* no headquarters known */
}
END_TEST

START_TEST(one_good_certificate_is_enough)
{
    const struct publisher partner = make_partner();
    struct certificate list[3] = {
        {"a", "WA", make_day("2023-10-13"), make_day("2025-12-31")},
        {"b", "WA", make_day("2021-01-04"), make_day("2023-10-01")},
        {"c", "OR", make_day("2021-01-04"), make_day("2025-12-31")},
    };
    const struct day today = make_day("2023-10-16");

    ck_assert(partner_taxable(&partner, NULL, 0, today));
    ck_assert(partner_taxable(&partner, list, 3, today)); /* each lacks something else */
    list[2].states = "OR,WA";
    ck_assert(!partner_taxable(&partner, list, 3, today));
    ck_assert(partner_taxable(&partner, list, 2, today));
}
END_TEST

#define READS_BACK(type, module, count, shown)                                        \
    do {                                                                              \
        for (int k = 0; k < (count); k++) {                                           \
            enum type value = (enum type)((k + 1) % (count));                         \
            ck_assert_int_eq(module##_read(module##_text((enum type)k), &value), OK); \
            ck_assert_int_eq((int)value, k);                                          \
            ck_assert_int_eq(module##_read("nonsense", &value), ERR_BROKEN);          \
            ck_assert_int_eq(module##_read("Owner", &value), ERR_BROKEN);             \
            ck_assert_int_eq((int)value, k);                                          \
            ck_assert_uint_gt(strlen(shown((enum type)k)), 0);                        \
        }                                                                             \
    } while (0)

START_TEST(texts_read_back)
{
    READS_BACK(publisher_role, role, ROLE_COUNT, role_words);
    READS_BACK(tax_status, tax_status, TAX_STATUS_COUNT, tax_status_text);
    READS_BACK(agreement, agreement, AGREEMENT_COUNT, agreement_words);
    READS_BACK(billing_role, billing_role, BILLING_ROLE_COUNT, billing_role_words);
    READS_BACK(azure_role, azure_role, AZURE_ROLE_COUNT, azure_role_words);
    READS_BACK(marketplace_policy, marketplace_policy, MARKETPLACE_POLICY_COUNT,
               marketplace_policy_words);
    READS_BACK(party, party, PARTY_COUNT, party_text);
}
END_TEST

/* Who can mend what an account lacks (LAW 2.1, 2.2). */
START_TEST(every_reason_has_its_words)
{
    struct lack lacks[LACKS_MAX];
    struct lack one[LACKS_MAX];

    ck_assert_uint_eq(account_lacks(0, lacks), 0);
    ck_assert_uint_eq(account_lacks(31, lacks), LACKS_MAX);
    for (unsigned i = 0; i < LACKS_MAX; i++) {
        ck_assert_uint_eq(account_lacks(1U << i, one), 1);
        ck_assert_str_eq(one[0].what, lacks[i].what);
        ck_assert(text_starts(one[0].remedy, "Your account owner "));
    }
    ck_assert_ptr_nonnull(strstr(lacks[4].remedy, "financial contributor"));
}
END_TEST

Suite *
party_suite(void)
{
    Suite *suite = suite_create("party");
    TCase *people = tcase_create("people");
    TCase *accounts = tcase_create("accounts");

    tcase_add_test(people, role_matrix_of_2_2);
    tcase_add_test(people, who_accepts_by_2_3);
    tcase_add_test(people, acceptors_are_named_in_the_order_of_d27);
    tcase_add_test(people, who_purchases_by_2_3);
    tcase_add_test(people, who_deploys_by_2_4);
    tcase_add_test(people, texts_read_back);
    suite_add_tcase(suite, people);

    tcase_add_test(accounts, an_isv_needs);
    tcase_add_test(accounts, a_partner_needs);
    tcase_add_test(accounts, billing_account_shapes_of_2_3);
    tcase_add_test(accounts, eligible_billing_accounts);
    tcase_add_test(accounts, resource_groups_have_names);
    tcase_add_loop_test(accounts, certificates_count_after_five_business_days, 0,
                        (int)COUNT(filings));
    tcase_add_test(accounts, certificates_expire_and_cover_states);
    tcase_add_test(accounts, one_good_certificate_is_enough);
    tcase_add_test(accounts, every_reason_has_its_words);
    suite_add_tcase(suite, accounts);
    return suite;
}

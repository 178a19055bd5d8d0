/*
 * accounts_test.c: accounts and people come back as they went in, and in the order pages need.
 */
#include <check.h>
#include <sqlite3.h>
#include <string.h>

#include "store/accounts.h"
#include "store/commitments.h"
#include "store/families.h"
#include "store/people.h"
#include "support/temp_store.h"

static struct temp_store temp;

static void
setup(void)
{
    temp_store_open(&temp, NULL);
    temp_market(&temp, "hash");
}

static void
teardown(void)
{
    temp_store_close(&temp);
}

START_TEST(a_publishers_facts_are_stored_and_changed)
{
    struct publisher publisher;
    struct db *db = temp_write(&temp);

    ck_assert_int_eq(publisher_by_id(db, temp.arena, "90417001", &publisher), OK);
    ck_assert_str_eq(publisher.id, "90417001");
    ck_assert_str_eq(publisher.name, "Brightwater Software");
    ck_assert_str_eq(publisher.hq_state, "OR");
    ck_assert_str_eq(publisher.location, "US");
    ck_assert(publisher.in_programme && publisher.has_marketplace_account);
    ck_assert(publisher.enrolled && publisher.active);
    ck_assert_int_eq(publisher.tax_status, TAX_COMPLETE);
    ck_assert_str_eq(publisher.tax_country, "US");

    /* each flag by itself, so that no two columns are swapped */
    for (unsigned bit = 0; bit < 4; bit++) {
        publisher.in_programme = bit == 0;
        publisher.has_marketplace_account = bit == 1;
        publisher.enrolled = bit == 2;
        publisher.active = bit == 3;
        publisher.tax_status = (enum tax_status)(bit % TAX_STATUS_COUNT);
        publisher.tax_country = "DE";
        ck_assert_int_eq(publisher_update_facts(db, temp.arena, &publisher), OK);
        struct publisher changed;
        ck_assert_int_eq(publisher_by_id(db, temp.arena, "90417001", &changed), OK);
        ck_assert_int_eq(changed.in_programme, bit == 0);
        ck_assert_int_eq(changed.has_marketplace_account, bit == 1);
        ck_assert_int_eq(changed.enrolled, bit == 2);
        ck_assert_int_eq(changed.active, bit == 3);
        ck_assert_int_eq(changed.tax_status, (int)(bit % TAX_STATUS_COUNT));
        ck_assert_str_eq(changed.tax_country, "DE");
    }
    ck_assert_int_eq(publisher_insert(db, temp.arena, &publisher), ERR_INVALID);
    publisher.id = "1";
    ck_assert_int_eq(publisher_update_facts(db, temp.arena, &publisher), ERR_ABSENT);
    ck_assert_int_eq(publisher_by_id(db, temp.arena, "1", &publisher), ERR_ABSENT);
    temp_keep(&temp, db);
}
END_TEST

START_TEST(certificates_come_newest_first)
{
    const struct certificate older = {"c1", "OR,WA", day_make(2022, 1, 31), day_make(2024, 1, 31)};
    const struct certificate newer = {"c2", "WA", day_make(2023, 2, 28), day_make(2025, 2, 28)};
    struct certificates certificates;
    struct db *db = temp_write(&temp);

    ck_assert_int_eq(certificate_insert(db, temp.arena, "90417001", &older), OK);
    ck_assert_int_eq(certificate_insert(db, temp.arena, "90417001", &newer), OK);
    ck_assert_int_eq(certificate_insert(db, temp.arena, "90417001", &newer), ERR_INVALID);
    ck_assert_int_eq(certificates_of(db, temp.arena, "90417001", &certificates), OK);
    ck_assert_uint_eq(certificates.count, 2);
    ck_assert_str_eq(certificates.rows[0].id, "c2");
    ck_assert_str_eq(certificates.rows[1].states, "OR,WA");
    ck_assert_int_eq(certificates.rows[1].filed_on.number, day_make(2022, 1, 31).number);
    ck_assert_int_eq(certificates.rows[1].expires_on.number, day_make(2024, 1, 31).number);
    ck_assert_int_eq(certificates_of(db, temp.arena, "1", &certificates), OK);
    ck_assert_uint_eq(certificates.count, 0);
    temp_keep(&temp, db);
}
END_TEST

START_TEST(a_billing_account_knows_its_organisation)
{
    struct billing_account account;
    struct billing_accounts accounts;
    struct db *db = temp_write(&temp);

    ck_assert_int_eq(billing_account_find(db, temp.arena, "billing-1", &account), OK);
    ck_assert_str_eq(account.organisation, "orchid");
    ck_assert_str_eq(account.organisation_name, "Orchid Freight");
    ck_assert_str_eq(account.name, "Main");
    ck_assert_int_eq(account.agreement, AGREEMENT_MCA);
    ck_assert(account.active && account.payment_valid && !account.private_store);

    account.country = "CA";
    account.active = false;
    account.agreement = AGREEMENT_INDIRECT_EA;
    account.policy = MARKETPLACE_FREE_ONLY;
    account.payment_valid = false;
    account.private_store = true;
    account.payment_method = "credit_card";
    ck_assert_int_eq(billing_account_update_facts(db, &account), OK);
    ck_assert_int_eq(billing_account_find(db, temp.arena, "billing-1", &account), OK);
    ck_assert_str_eq(account.country, "CA");
    ck_assert(!account.active && !account.payment_valid && account.private_store);
    ck_assert_int_eq(account.agreement, AGREEMENT_INDIRECT_EA);
    ck_assert_int_eq(account.policy, MARKETPLACE_FREE_ONLY);
    ck_assert_str_eq(account.payment_method, "credit_card");

    account.id = "billing-0";
    ck_assert_int_eq(billing_account_insert(db, &account), OK);
    ck_assert_int_eq(billing_account_insert(db, &account), ERR_INVALID);
    ck_assert_int_eq(billing_accounts_of(db, temp.arena, "orchid", &accounts), OK);
    ck_assert_uint_eq(accounts.count, 2);
    ck_assert_str_eq(accounts.rows[0].id, "billing-0");
    ck_assert_str_eq(accounts.rows[1].id, "billing-1");

    account.payment_method = "shells";
    ck_assert_int_eq(billing_account_update_facts(db, &account), ERR_INVALID);
    account.payment_method = "invoice";
    account.id = "billing-2";
    ck_assert_int_eq(billing_account_update_facts(db, &account), ERR_ABSENT);
    ck_assert_int_eq(billing_account_find(db, temp.arena, "billing-2", &account), ERR_ABSENT);
    temp_keep(&temp, db);
}
END_TEST

START_TEST(commitments_take_known_words_only)
{
    struct commitment commitment = {"billing-1", day_make(2023, 1, 1), day_make(2025, 12, 31),
                                    5000000, "active", 0};
    struct db *db = temp_write(&temp);

    ck_assert_int_eq(commitment_insert(db, temp.arena, &commitment), OK);
    commitment.status = "unknown";
    ck_assert_int_eq(commitment_insert(db, temp.arena, &commitment), ERR_INVALID);
    temp_keep(&temp, db);
}
END_TEST

/* LAW D-27: owners, contributors, signatories, then the others; each by name. */
START_TEST(members_come_by_role_and_then_by_name)
{
    static const struct {
        const char *name;
        enum billing_role role;
    } people[] = {
        {"Reader", BILLING_READER},
        {"Account administrator", BILLING_ACCOUNT_ADMINISTRATOR},
        {"Enterprise administrator", BILLING_ENTERPRISE_ADMINISTRATOR},
        {"Signatory B", BILLING_SIGNATORY},
        {"Signatory A", BILLING_SIGNATORY},
        {"Contributor", BILLING_CONTRIBUTOR},
        {"Owner", BILLING_OWNER},
    };
    static const char *const expected[] = {"Billing owner",         "Owner",
                                           "Contributor",           "Signatory A",
                                           "Signatory B",           "Enterprise administrator",
                                           "Account administrator", "Reader"};
    struct billing_members members;
    enum billing_role role;
    struct db *db = temp_write(&temp);

    for (size_t i = 0; i < COUNT(people); i++) {
        struct person person = {
            .id = people[i].name,
            .email = arena_format(temp.arena, "%s@demo.example", people[i].name),
            .name = people[i].name,
            .password = "",
            .publisher = "",
            .organisation = "orchid",
        };
        ck_assert_int_eq(person_insert(db, temp.arena, &person), OK);
        ck_assert_int_eq(billing_member_set(db, "billing-1", person.id, BILLING_READER), OK);
        ck_assert_int_eq(billing_member_set(db, "billing-1", person.id, people[i].role), OK);
    }
    ck_assert_int_eq(billing_members_of(db, temp.arena, "billing-1", &members), OK);
    ck_assert_uint_eq(members.count, COUNT(expected));
    for (size_t i = 0; i < COUNT(expected); i++) {
        ck_assert_str_eq(members.rows[i].name, expected[i]);
        if (i > 0)
            ck_assert_int_ge(members.rows[i].role, members.rows[i - 1].role);
    }
    ck_assert_int_eq(billing_role_of(db, "billing-1", "Signatory B", &role), OK);
    ck_assert_int_eq(role, BILLING_SIGNATORY);
    ck_assert_int_eq(billing_role_of(db, "billing-1", "p-isv", &role), ERR_ABSENT);
    ck_assert_int_eq(billing_member_remove(db, "billing-1", "Signatory B"), OK);
    ck_assert_int_eq(billing_member_remove(db, "billing-1", "Signatory B"), ERR_ABSENT);
    ck_assert_int_eq(billing_role_of(db, "billing-1", "Signatory B", &role), ERR_ABSENT);
    ck_assert_int_eq(billing_role_of(db, "billing-1", "Signatory A", &role), OK);
    temp_keep(&temp, db);
}
END_TEST

START_TEST(people_are_found_by_email_and_id)
{
    const struct person operator= {
        "p-op", "Operator@Demo.Example", "Operator", "secret", "", "", "", true, ROLE_NONE};
    struct person person;
    struct people people;
    struct db *db = temp_write(&temp);

    ck_assert_int_eq(person_insert(db, temp.arena, &operator), OK);
    ck_assert_int_eq(person_by_email(db, temp.arena, " OPERATOR@demo.example", &person), OK);
    ck_assert_str_eq(person.email, "operator@demo.example");
    ck_assert(person.operates);
    ck_assert_str_eq(person.password, "secret");
    ck_assert_str_eq(person.account_name, "");
    ck_assert_int_eq(person_by_email(db, temp.arena, "nobody@demo.example", &person), ERR_ABSENT);

    struct person again = operator;
    again.id = "p-other";
    ck_assert_int_eq(person_insert(db, temp.arena, &again), ERR_INVALID);

    ck_assert_int_eq(person_set_password(db, "p-isv", "fresh"), OK);
    ck_assert_int_eq(person_set_password(db, "p-none", "fresh"), ERR_ABSENT);
    ck_assert_int_eq(person_by_id(db, temp.arena, "p-isv", &person), OK);
    ck_assert_str_eq(person.password, "fresh");
    ck_assert_str_eq(person.account_name, "Brightwater Software");
    ck_assert_int_eq(person_by_id(db, temp.arena, "p-none", &person), ERR_ABSENT);

    ck_assert_int_eq(people_of_publisher(db, temp.arena, "90417001", &people), OK);
    ck_assert_uint_eq(people.count, 1);
    ck_assert_str_eq(people.rows[0].name, "Account owner");
    ck_assert_int_eq(people.rows[0].role, ROLE_ACCOUNT_OWNER);
    ck_assert_int_eq(people_of_organisation(db, temp.arena, "orchid", &people), OK);
    ck_assert_uint_eq(people.count, 1);
    ck_assert_str_eq(people.rows[0].email, "customer@demo.example");
    temp_keep(&temp, db);
}
END_TEST

START_TEST(operators_are_listed_by_name_and_nobody_else)
{
    static const char *const names[] = {"Second operator", "First operator"};
    struct people people;
    bool exist = false;
    struct db *db = temp_write(&temp);

    ck_assert_int_eq(people_operating(db, temp.arena, &people), OK);
    ck_assert_uint_eq(people.count, 0);
    for (size_t i = 0; i < COUNT(names); i++) {
        struct person person = {
            .id = names[i],
            .email = arena_format(temp.arena, "operator-%zu@demo.example", i),
            .name = names[i],
            .password = "",
            .publisher = "",
            .organisation = "",
            .operates = true,
        };
        ck_assert_int_eq(person_insert(db, temp.arena, &person), OK);
    }
    ck_assert_int_eq(people_operating(db, temp.arena, &people), OK);
    ck_assert_uint_eq(people.count, 2);
    ck_assert_str_eq(people.rows[0].name, "First operator");
    ck_assert_str_eq(people.rows[0].email, "operator-1@demo.example");
    ck_assert_int_eq(people.rows[0].role, ROLE_NONE);
    ck_assert_str_eq(people.rows[1].name, "Second operator");
    ck_assert_int_eq(people_exist(db, &exist), OK);
    ck_assert(exist);
    temp_keep(&temp, db);
}
END_TEST

START_TEST(the_operators_lists_come_in_pages)
{
    struct publisher_page publishers;
    struct organisation_page organisations;
    const char *after = "";
    size_t seen = 0;
    struct db *db = temp_write(&temp);

    /* with the one there is: exactly two pages */
    for (int i = 1; i < 2 * LIMIT_LIST_ROWS; i++) {
        struct publisher publisher;
        const char *id = arena_format(temp.arena, "9%07d", i);

        ck_assert_int_eq(publisher_by_id(db, temp.arena, "90417001", &publisher), OK);
        publisher.id = id;
        ck_assert_int_eq(publisher_insert(db, temp.arena, &publisher), OK);
        ck_assert_int_eq(organisation_insert(db, &(struct organisation){id, "Some"}), OK);
    }
    for (int page = 0; page < 2; page++) {
        ck_assert_int_eq(publishers_page(db, temp.arena, after, &publishers), OK);
        ck_assert_uint_eq(publishers.count, LIMIT_LIST_ROWS);
        ck_assert_int_eq(publishers.more, page == 0);
        for (size_t i = 0; i < publishers.count; i++, seen++) {
            ck_assert_str_gt(publishers.rows[i].id, after);
            after = publishers.rows[i].id;
        }
    }
    ck_assert_uint_eq(seen, 2 * LIMIT_LIST_ROWS);
    ck_assert_int_eq(publishers_page(db, temp.arena, after, &publishers), OK);
    ck_assert_uint_eq(publishers.count, 0);

    ck_assert_int_eq(organisations_page(db, temp.arena, "", &organisations), OK);
    ck_assert(organisations.more);
    after = organisations.rows[LIMIT_LIST_ROWS - 1].id;
    ck_assert_int_eq(organisations_page(db, temp.arena, after, &organisations), OK);
    ck_assert_uint_eq(organisations.count, LIMIT_LIST_ROWS);
    ck_assert(!organisations.more);
    ck_assert_str_eq(organisations.rows[LIMIT_LIST_ROWS - 1].id, "orchid");
    temp_keep(&temp, db);
}
END_TEST

/* Writes behind the program's back, as an older or a wrong one would have. */
static void
corrupt(const char *sql)
{
    sqlite3 *handle = NULL;

    ck_assert_int_eq(sqlite3_open(temp.path, &handle), SQLITE_OK);
    ck_assert_int_eq(sqlite3_exec(handle, sql, NULL, NULL, NULL), SQLITE_OK);
    sqlite3_close(handle);
}

START_TEST(a_stored_word_outside_its_enum_is_broken)
{
    struct publisher publisher;
    struct billing_account account;
    struct person person;
    enum billing_role role;

    corrupt("UPDATE publisher SET tax_status = 'perhaps';"
            "UPDATE billing_account SET agreement = 'handshake';"
            "UPDATE person SET role = 'king';"
            "UPDATE billing_member SET role = 'king'");
    ck_assert_int_eq(publisher_by_id(temp.reader, temp.arena, "90417001", &publisher), ERR_BROKEN);
    ck_assert_int_eq(billing_account_find(temp.reader, temp.arena, "billing-1", &account),
                     ERR_BROKEN);
    ck_assert_int_eq(person_by_id(temp.reader, temp.arena, "p-isv", &person), ERR_BROKEN);
    ck_assert_int_eq(billing_role_of(temp.reader, "billing-1", "p-customer", &role), ERR_BROKEN);
    corrupt("UPDATE publisher SET tax_status = 'complete', active = 2;"
            "UPDATE billing_account SET agreement = 'MCA', policy = 'sometimes'");
    ck_assert_int_eq(publisher_by_id(temp.reader, temp.arena, "90417001", &publisher), ERR_BROKEN);
    ck_assert_int_eq(billing_account_find(temp.reader, temp.arena, "billing-1", &account),
                     ERR_BROKEN);
    corrupt("UPDATE billing_account SET policy = 'enabled', private_store = 2");
    ck_assert_int_eq(billing_account_find(temp.reader, temp.arena, "billing-1", &account),
                     ERR_BROKEN);
}
END_TEST

/* Nothing that runs in a request may read a whole table. */
START_TEST(no_statement_scans_a_table)
{
    const struct family *const checked[] = {
        &store_accounts_family, &store_subscriptions_family,  &store_people_family,
        &store_sessions_family, &store_account_events_family, &store_handovers_family};
    sqlite3 *handle = NULL;

    ck_assert_int_eq(sqlite3_open(temp.path, &handle), SQLITE_OK);
    for (size_t i = 0; i < COUNT(checked); i++) {
        for (unsigned n = 0; n < checked[i]->count; n++) {
            const char *sql = checked[i]->statements[n].sql;
            sqlite3_stmt *plan = NULL;

            ck_assert_int_eq(
                sqlite3_prepare_v2(handle, arena_format(temp.arena, "EXPLAIN QUERY PLAN %s", sql),
                                   -1, &plan, NULL),
                SQLITE_OK);
            while (sqlite3_step(plan) == SQLITE_ROW) {
                const char *detail = (const char *)sqlite3_column_text(plan, 3);
                /* what a subquery has found is not a table */
                bool scans = strncmp(detail, "SCAN ", 5) == 0 && strstr(detail, "SCAN (") == NULL;
                ck_assert_msg(!scans, "%s: %s", sql, detail);
            }
            sqlite3_finalize(plan);
        }
    }
    sqlite3_close(handle);
}
END_TEST

Suite *
accounts_suite(void)
{
    Suite *suite = suite_create("accounts");
    TCase *cases = tcase_create("accounts");

    tcase_add_checked_fixture(cases, setup, teardown);
    tcase_add_test(cases, a_publishers_facts_are_stored_and_changed);
    tcase_add_test(cases, certificates_come_newest_first);
    tcase_add_test(cases, a_billing_account_knows_its_organisation);
    tcase_add_test(cases, commitments_take_known_words_only);
    tcase_add_test(cases, members_come_by_role_and_then_by_name);
    tcase_add_test(cases, people_are_found_by_email_and_id);
    tcase_add_test(cases, operators_are_listed_by_name_and_nobody_else);
    tcase_add_test(cases, the_operators_lists_come_in_pages);
    tcase_add_test(cases, a_stored_word_outside_its_enum_is_broken);
    tcase_add_test(cases, no_statement_scans_a_table);
    suite_add_tcase(suite, cases);
    return suite;
}

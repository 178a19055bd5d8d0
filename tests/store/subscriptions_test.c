/*
 * subscriptions_test.c: Azure subscriptions, roles and resource groups come back as they went in,
 * and never to another organisation.
 */
#include <check.h>
#include <sqlite3.h>

#include "base/text.h"
#include "store/accounts.h"
#include "store/subscriptions.h"
#include "support/temp_store.h"

static struct temp_store temp;
static struct db *db;

static void
subscription_add(const char *id, const char *name, const char *account, bool tags)
{
    const struct azure_subscription subscription = {
        .id = id, .name = name, .billing_account = account, .tags_required = tags};

    ck_assert_int_eq(azure_subscription_insert(db, &subscription), OK);
}

/* Orchid's accounts billing-1 and billing-2 pay for three subscriptions, Other's for one. */
static void
setup(void)
{
    struct billing_account account;

    temp_store_open(&temp, NULL);
    temp_market(&temp, "hash");
    db = temp_write(&temp);
    ck_assert_int_eq(organisation_insert(db, &(struct organisation){"other", "Other"}), OK);
    ck_assert_int_eq(billing_account_find(db, temp.arena, "billing-1", &account), OK);
    account.id = "billing-2";
    ck_assert_int_eq(billing_account_insert(db, &account), OK);
    account.id = "billing-3";
    account.organisation = "other";
    ck_assert_int_eq(billing_account_insert(db, &account), OK);
    subscription_add("s-1", "Sandbox", "billing-1", true);
    subscription_add("s-2", "Production", "billing-2", false);
    subscription_add("s-3", "Archive", "billing-1", false);
    subscription_add("s-4", "Foreign", "billing-3", false);
}

static void
teardown(void)
{
    temp_keep(&temp, db);
    temp_store_close(&temp);
}

START_TEST(a_subscription_is_found_in_its_organisation_alone)
{
    struct azure_subscription subscription = {0};

    ck_assert_int_eq(azure_subscription_find(db, temp.arena, "orchid", "s-1", &subscription), OK);
    ck_assert_str_eq(subscription.id, "s-1");
    ck_assert_str_eq(subscription.name, "Sandbox");
    ck_assert_str_eq(subscription.organisation, "orchid");
    ck_assert_str_eq(subscription.billing_account, "billing-1");
    ck_assert(subscription.tags_required);
    ck_assert_int_eq(azure_subscription_find(db, temp.arena, "orchid", "s-2", &subscription), OK);
    ck_assert(!subscription.tags_required);

    ck_assert_int_eq(azure_subscription_find(db, temp.arena, "other", "s-1", &subscription),
                     ERR_ABSENT);
    ck_assert_int_eq(azure_subscription_find(db, temp.arena, "orchid", "s-4", &subscription),
                     ERR_ABSENT);
    ck_assert_int_eq(azure_subscription_find(db, temp.arena, "orchid", "s-9", &subscription),
                     ERR_ABSENT);
    ck_assert_int_eq(azure_subscription_insert(db, &subscription), ERR_INVALID);

    ck_assert_int_eq(azure_subscription_billed(db, temp.arena, "billing-1", "s-1", &subscription),
                     OK);
    ck_assert_str_eq(subscription.name, "Sandbox");
    ck_assert_int_eq(azure_subscription_billed(db, temp.arena, "billing-2", "s-1", &subscription),
                     ERR_ABSENT);
}
END_TEST

START_TEST(subscriptions_come_by_name)
{
    struct azure_subscriptions found;

    ck_assert_int_eq(azure_subscriptions_of(db, temp.arena, "orchid", &found), OK);
    ck_assert_uint_eq(found.count, 3);
    ck_assert_str_eq(found.rows[0].name, "Archive");
    ck_assert_str_eq(found.rows[1].name, "Production");
    ck_assert_str_eq(found.rows[2].name, "Sandbox");
    ck_assert_int_eq(azure_subscriptions_billed(db, temp.arena, "billing-1", &found), OK);
    ck_assert_uint_eq(found.count, 2);
    ck_assert_str_eq(found.rows[0].name, "Archive");
    ck_assert_str_eq(found.rows[1].name, "Sandbox");
    ck_assert_int_eq(azure_subscriptions_of(db, temp.arena, "nobody", &found), OK);
    ck_assert_uint_eq(found.count, 0);
}
END_TEST

START_TEST(an_organisation_lists_so_many_subscriptions)
{
    struct azure_subscriptions found;

    for (int i = 0; i < LIMIT_AZURE_SUBSCRIPTIONS; i++)
        subscription_add(arena_format(temp.arena, "n-%d", i), "Many", "billing-1", false);
    ck_assert_int_eq(azure_subscriptions_of(db, temp.arena, "orchid", &found), OK);
    ck_assert_uint_eq(found.count, LIMIT_AZURE_SUBSCRIPTIONS);
}
END_TEST

START_TEST(tags_are_required_or_not)
{
    struct azure_subscription subscription = {0};

    ck_assert_int_eq(azure_subscription_set_tags(db, "s-1", true), ERR_ABSENT);
    ck_assert_int_eq(azure_subscription_set_tags(db, "s-1", false), OK);
    ck_assert_int_eq(azure_subscription_set_tags(db, "s-9", false), ERR_ABSENT);
    ck_assert_int_eq(azure_subscription_find(db, temp.arena, "orchid", "s-1", &subscription), OK);
    ck_assert(!subscription.tags_required);
}
END_TEST

static void
member_add(const char *name, enum azure_role role)
{
    const struct person person = {.id = name,
                                  .email = arena_format(temp.arena, "%s@demo.example", name),
                                  .name = name,
                                  .password = "",
                                  .publisher = "",
                                  .organisation = "orchid"};

    ck_assert_int_eq(person_insert(db, temp.arena, &person), OK);
    ck_assert_int_eq(azure_member_set(db, "s-1", name, AZURE_READER), OK);
    ck_assert_int_eq(azure_member_set(db, "s-1", name, role), OK);
}

START_TEST(members_come_by_role_and_then_by_name)
{
    static const char *const expected[] = {"owner", "ann", "bob", "purchaser", "reader"};
    struct azure_members members;
    enum azure_role role = AZURE_ROLE_COUNT;

    member_add("reader", AZURE_READER);
    member_add("purchaser", AZURE_RESERVATION_PURCHASER);
    member_add("bob", AZURE_CONTRIBUTOR);
    member_add("ann", AZURE_CONTRIBUTOR);
    member_add("owner", AZURE_OWNER);
    ck_assert_int_eq(azure_members_of(db, temp.arena, "s-1", &members), OK);
    ck_assert_uint_eq(members.count, COUNT(expected));
    for (size_t i = 0; i < COUNT(expected); i++)
        ck_assert_str_eq(members.rows[i].name, expected[i]);
    ck_assert_str_eq(members.rows[1].person, "ann");
    ck_assert_int_eq(members.rows[3].role, AZURE_RESERVATION_PURCHASER);

    ck_assert_int_eq(azure_role_of(db, "s-1", "ann", &role), OK);
    ck_assert_int_eq(role, AZURE_CONTRIBUTOR);
    ck_assert_int_eq(azure_role_of(db, "s-1", "p-customer", &role), ERR_ABSENT);
    ck_assert_int_eq(azure_role_of(db, "s-2", "ann", &role), ERR_ABSENT);
    ck_assert_int_eq(azure_member_remove(db, "s-1", "ann"), OK);
    ck_assert_int_eq(azure_member_remove(db, "s-1", "ann"), ERR_ABSENT);
    ck_assert_int_eq(azure_role_of(db, "s-1", "ann", &role), ERR_ABSENT);
    ck_assert_int_eq(azure_role_of(db, "s-1", "bob", &role), OK);
}
END_TEST

START_TEST(resource_groups_are_locked_and_unlocked)
{
    struct resource_groups groups;

    ck_assert_int_eq(resource_group_insert(db, temp.arena, "s-1", "West"), OK);
    ck_assert_int_eq(resource_group_insert(db, temp.arena, "s-1", "east"), OK);
    ck_assert_int_eq(resource_group_insert(db, temp.arena, "s-1", "WEST"), ERR_INVALID);
    ck_assert_int_eq(resource_group_insert(db, temp.arena, "s-2", "west"), OK);
    ck_assert_int_eq(resource_group_lock(db, temp.arena, "s-1", "west", false), ERR_ABSENT);
    ck_assert_int_eq(resource_group_lock(db, temp.arena, "s-1", "west", true), OK);
    ck_assert_int_eq(resource_group_lock(db, temp.arena, "s-1", "west", true), ERR_ABSENT);
    ck_assert_int_eq(resource_group_lock(db, temp.arena, "s-1", "north", true), ERR_ABSENT);

    ck_assert_int_eq(resource_groups_of(db, temp.arena, "s-1", &groups), OK);
    ck_assert_uint_eq(groups.count, 2);
    ck_assert_str_eq(groups.rows[0].name, "east");
    ck_assert(!groups.rows[0].locked);
    ck_assert_str_eq(groups.rows[1].name, "West");
    ck_assert(groups.rows[1].locked);
    ck_assert_int_eq(resource_groups_of(db, temp.arena, "s-2", &groups), OK);
    ck_assert_uint_eq(groups.count, 1);
    ck_assert(!groups.rows[0].locked);
    ck_assert_int_eq(resource_group_lock(db, temp.arena, "s-1", "West", false), OK);
    ck_assert_int_eq(resource_groups_of(db, temp.arena, "s-1", &groups), OK);
    ck_assert(!groups.rows[1].locked);
}
END_TEST

START_TEST(a_stored_word_outside_its_list_is_broken)
{
    struct azure_subscriptions subscriptions;
    struct azure_members members;
    struct resource_groups groups;
    enum azure_role role = AZURE_READER;
    sqlite3 *handle = NULL;

    ck_assert_int_eq(azure_member_set(db, "s-1", "p-customer", AZURE_OWNER), OK);
    ck_assert_int_eq(resource_group_insert(db, temp.arena, "s-1", "west"), OK);
    temp_keep(&temp, db);
    ck_assert_int_eq(sqlite3_open(temp.path, &handle), SQLITE_OK);
    ck_assert_int_eq(sqlite3_exec(handle,
                                  "UPDATE azure_subscription SET tag_policy = 'maybe';"
                                  "UPDATE azure_member SET role = 'king';"
                                  "UPDATE resource_group SET locked = 2",
                                  NULL, NULL, NULL),
                     SQLITE_OK);
    sqlite3_close(handle);
    db = temp_write(&temp);
    ck_assert_int_eq(azure_subscriptions_of(db, temp.arena, "orchid", &subscriptions), ERR_BROKEN);
    ck_assert_int_eq(azure_members_of(db, temp.arena, "s-1", &members), ERR_BROKEN);
    ck_assert_int_eq(azure_role_of(db, "s-1", "p-customer", &role), ERR_BROKEN);
    ck_assert_int_eq(resource_groups_of(db, temp.arena, "s-1", &groups), ERR_BROKEN);
}
END_TEST

Suite *
subscriptions_suite(void)
{
    Suite *suite = suite_create("subscriptions");
    TCase *cases = tcase_create("subscriptions");

    tcase_add_checked_fixture(cases, setup, teardown);
    tcase_add_test(cases, a_subscription_is_found_in_its_organisation_alone);
    tcase_add_test(cases, subscriptions_come_by_name);
    tcase_add_test(cases, an_organisation_lists_so_many_subscriptions);
    tcase_add_test(cases, tags_are_required_or_not);
    tcase_add_test(cases, members_come_by_role_and_then_by_name);
    tcase_add_test(cases, resource_groups_are_locked_and_unlocked);
    tcase_add_test(cases, a_stored_word_outside_its_list_is_broken);
    suite_add_tcase(suite, cases);
    return suite;
}

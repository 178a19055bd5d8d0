/*
 * temp_store.c: see the header. A test that fails leaves its folder behind for a look.
 */
#include "support/temp_store.h"

#include <check.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "store/accounts.h"
#include "store/driver_sqlite.h"

#define ARENA_BYTES LIMIT_ARENA_BYTES

void
temp_folder_open(struct temp_store *temp)
{
    const char *base = getenv("TMPDIR");

    *temp = (struct temp_store){.arena = arena_open(ARENA_BYTES)};
    temp->folder =
        arena_format(temp->arena, "%s/tripact-test-XXXXXX", base == NULL ? "/tmp" : base);
    ck_assert_ptr_nonnull(mkdtemp(temp->folder));
    temp->path = arena_format(temp->arena, "%s/store.db", temp->folder);
}

void
temp_store_open(struct temp_store *temp, const struct driver *driver)
{
    const struct driver *used = driver == NULL ? &driver_sqlite : driver;

    temp_folder_open(temp);
    ck_assert_int_eq(store_migrate(used, temp->path, NULL), OK);
    ck_assert_int_eq(store_open(used, temp->path, &temp->store), OK);
    ck_assert_int_eq(store_reader(temp->store, &temp->reader), OK);
}

static int
remove_one(const char *path, const struct stat *status, int type, struct FTW *where)
{
    (void)status, (void)type, (void)where;
    return remove(path);
}

void
temp_store_close(struct temp_store *temp)
{
    db_close(temp->reader);
    store_close(temp->store);
    ck_assert_int_eq(nftw(temp->folder, remove_one, 8, FTW_DEPTH | FTW_PHYS), 0);
    arena_close(temp->arena);
}

struct db *
temp_write(struct temp_store *temp)
{
    struct db *db = NULL;

    ck_assert_int_eq(write_begin(temp->store, &db), OK);
    return db;
}

void
temp_keep(struct temp_store *temp, struct db *db)
{
    ck_assert_int_eq(write_end(temp->store, db, true), OK);
}

struct hasher *
temp_hasher(void)
{
    const struct password_cost cost = {PASSWORD_OPERATIONS_TEST, PASSWORD_MEMORY_TEST};
    struct hasher *hasher = NULL;

    ck_assert_int_eq(hasher_open(&cost, &hasher), OK);
    return hasher;
}

void
temp_market(struct temp_store *temp, const char *password)
{
    static const struct publisher brightwater = {
        .id = "90417001",
        .name = "Brightwater Software",
        .hq_state = "OR",
        .location = "US",
        .in_programme = true,
        .has_marketplace_account = true,
        .enrolled = true,
        .active = true,
        .tax_status = TAX_COMPLETE,
        .tax_country = "US",
    };
    static const struct billing_account billing = {
        .id = "billing-1",
        .organisation = "orchid",
        .name = "Main",
        .agreement = AGREEMENT_MCA,
        .country = "US",
        .active = true,
        .policy = MARKETPLACE_ENABLED,
        .payment_valid = true,
        .payment_method = "invoice",
    };
    const struct person isv = {
        "p-isv", "isv@demo.example", "Account owner", password, "90417001", "", "",
        false,   ROLE_ACCOUNT_OWNER};
    const struct person customer = {
        "p-customer", "customer@demo.example", "Billing owner", password, "", "orchid", "", false,
        ROLE_NONE};
    struct db *db = temp_write(temp);

    ck_assert_int_eq(publisher_insert(db, temp->arena, &brightwater), OK);
    ck_assert_int_eq(organisation_insert(db, &(struct organisation){"orchid", "Orchid Freight"}),
                     OK);
    ck_assert_int_eq(billing_account_insert(db, &billing), OK);
    ck_assert_int_eq(person_insert(db, temp->arena, &isv), OK);
    ck_assert_int_eq(person_insert(db, temp->arena, &customer), OK);
    ck_assert_int_eq(billing_member_set(db, "billing-1", "p-customer", BILLING_OWNER), OK);
    temp_keep(temp, db);
}

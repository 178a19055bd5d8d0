/*
 * temp_store.c: see the header. A test that fails leaves its folder behind for a look.
 *
 * Migrating took most of the time of a test with a store, so the file of a migrated one is kept in
 * memory and written out anew for each; what migrations do is migrate_test.c's to judge.
 */
#include "support/temp_store.h"

#include <check.h>
#include <fcntl.h>
#include <ftw.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "store/accounts.h"
#include "store/driver_sqlite.h"

#define ARENA_BYTES LIMIT_ARENA_BYTES

/* The file of a migrated store, whole. Mapped, not allocated: who looks for leaks at the end of a
 * test need not search it. */
static struct {
    const void *bytes;
    size_t size;
} migrated;

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

static int
remove_one(const char *path, const struct stat *status, int type, struct FTW *where)
{
    (void)status, (void)type, (void)where;
    return remove(path);
}

/* In a process of its own: what migrating leaves in the heap would be copied into each test's
 * process, and searched for leaks there. */
static bool
migrated_apart(const char *path)
{
    pid_t child = fork();
    int status = 0;

    if (child == 0)
        _exit(store_migrate(&driver_sqlite, path, NULL) == OK ? EXIT_SUCCESS : EXIT_FAILURE);
    return child > 0 && waitpid(child, &status, 0) == child && status == 0;
}

static bool
file_keep(const char *path)
{
    struct stat status;
    bool kept = false;
    int file = open(path, O_RDONLY | O_CLOEXEC);

    if (file >= 0 && fstat(file, &status) == 0) {
        migrated.size = (size_t)status.st_size;
        migrated.bytes = mmap(NULL, migrated.size, PROT_READ, MAP_PRIVATE, file, 0);
        kept = migrated.bytes != MAP_FAILED;
    }
    if (file >= 0)
        (void)close(file);
    return kept;
}

/* Checks nothing with libcheck, which has begun no test yet. */
bool
temp_store_prepare(void)
{
    const char *base = getenv("TMPDIR");
    char folder[PATH_MAX / 2];
    char path[PATH_MAX];
    bool prepared;

    (void)snprintf(folder, sizeof folder, "%s/tripact-test-XXXXXX", base == NULL ? "/tmp" : base);
    if (mkdtemp(folder) == NULL)
        return false;
    (void)snprintf(path, sizeof path, "%s/store.db", folder);
    prepared = migrated_apart(path) && file_keep(path);
    return nftw(folder, remove_one, 8, FTW_DEPTH | FTW_PHYS) == 0 && prepared;
}

/* A store is its owner's alone, as the driver would make it. */
static void
file_write(const char *path)
{
    int file = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, S_IRUSR | S_IWUSR);

    ck_assert_int_ge(file, 0);
    ck_assert_int_eq(write(file, migrated.bytes, migrated.size), (ssize_t)migrated.size);
    ck_assert_int_eq(close(file), 0);
}

void
temp_store_open(struct temp_store *temp, const struct driver *driver)
{
    const struct driver *used = driver == NULL ? &driver_sqlite : driver;

    temp_folder_open(temp);
    file_write(temp->path);
    ck_assert_int_eq(store_open(used, temp->path, &temp->store), OK);
    ck_assert_int_eq(store_reader(temp->store, &temp->reader), OK);
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

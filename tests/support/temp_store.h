/*
 * temp_store.h: a migrated store in a folder of its own, gone when the test is over.
 *
 * Every helper here fails the test at hand when the store refuses.
 */
#ifndef SUPPORT_TEMP_STORE_H
#define SUPPORT_TEMP_STORE_H

#include "auth/password.h"
#include "store/people.h"
#include "store/store.h"

/* 16 October 2023, the day of LAW 20, on which tests look where the day does not matter. */
#define TEST_DAY_NUMBER 19646
#define TEST_DAY ((struct day){TEST_DAY_NUMBER})

struct temp_store {
    char *folder;
    char *path; /* of the store's file */
    struct arena *arena;
    struct store *store;
    struct db *reader;
};

/* Only the folder, the path and the arena: for tests that make the store themselves. */
void temp_folder_open(struct temp_store *temp);

/* Once, before libcheck forks: migrates the store that each test's begins as. False: it cannot. */
bool temp_store_prepare(void);

/* driver NULL: SQLite. */
void temp_store_open(struct temp_store *temp, const struct driver *driver);
void temp_store_close(struct temp_store *temp); /* of either */

/* A write and its end. */
struct db *temp_write(struct temp_store *temp);
void temp_keep(struct temp_store *temp, struct db *db);

/* As cheap as Argon2id gets. Owns. */
struct hasher *temp_hasher(void);

/* A small market: publisher 90417001 "Brightwater Software" with its owner isv@demo.example (id
 * "p-isv"), organisation "orchid" ("Orchid Freight") with billing account "billing-1" (MCA, US) and
 * customer@demo.example (id "p-customer"), its owner there. password is everybody's hash. */
void temp_market(struct temp_store *temp, const char *password);

#endif

/*
 * accounts.h: publishers, organisations, billing accounts and the facts that make them eligible.
 *
 * Not here: people (store/people), whether facts suffice (core/party). Getters that take no viewer
 * answer facts of an account somebody named by its id; who may name it is the caller's action.
 */
#ifndef STORE_ACCOUNTS_H
#define STORE_ACCOUNTS_H

#include "core/party.h"
#include "store/store.h"

/* ERR_INVALID when the id is taken. */
MUST_CHECK enum err publisher_insert(struct db *db, struct arena *arena,
                                     const struct publisher *publisher);
/* Everything but the id; ERR_ABSENT. */
MUST_CHECK enum err publisher_update_facts(struct db *db, struct arena *arena,
                                           const struct publisher *publisher);
/* Keeps. id is the seller ID. ERR_ABSENT. */
MUST_CHECK enum err publisher_by_id(struct db *db, struct arena *arena, const char *id,
                                    struct publisher *publisher);

MUST_CHECK enum err certificate_insert(struct db *db, struct arena *arena, const char *publisher,
                                       const struct certificate *certificate);
struct certificates {
    struct certificate *rows;
    size_t count;
};
/* Keeps; those that hold longest first, at most LIMIT_CERTIFICATES. */
MUST_CHECK enum err certificates_of(struct db *db, struct arena *arena, const char *publisher,
                                    struct certificates *certificates);

struct organisation {
    const char *id;
    const char *name;
};
MUST_CHECK enum err organisation_insert(struct db *db, const struct organisation *organisation);
/* ERR_ABSENT. */
MUST_CHECK enum err organisation_rename(struct db *db, const struct organisation *organisation);
/* Keeps. ERR_ABSENT. */
MUST_CHECK enum err organisation_by_id(struct db *db, struct arena *arena, const char *id,
                                       struct organisation *organisation);

/* organisation_name is ignored. ERR_INVALID for another payment method, or when the id is taken. */
MUST_CHECK enum err billing_account_insert(struct db *db, const struct billing_account *account);
/* Everything but the id, the organisation and its name; ERR_ABSENT, or ERR_INVALID as above. */
MUST_CHECK enum err billing_account_update_facts(struct db *db,
                                                 const struct billing_account *account);
/* Keeps. ERR_ABSENT. */
MUST_CHECK enum err billing_account_find(struct db *db, struct arena *arena, const char *id,
                                         struct billing_account *account);
struct billing_accounts {
    struct billing_account *rows;
    size_t count;
};
/* Keeps; by id, at most LIMIT_BILLING_ACCOUNTS. */
MUST_CHECK enum err billing_accounts_of(struct db *db, struct arena *arena,
                                        const char *organisation,
                                        struct billing_accounts *accounts);


/* The operator's lists: LIMIT_LIST_ROWS rows whose id lies after after ("" for the first page);
 * more says whether another page follows. Keep. */
struct publisher_page {
    struct publisher *rows;
    size_t count;
    bool more;
};
MUST_CHECK enum err publishers_page(struct db *db, struct arena *arena, const char *after,
                                    struct publisher_page *page);
/* Billing accounts whose id begins with search ("" for all). */
struct billing_account_page {
    struct billing_account *rows;
    size_t count;
    bool more;
};
MUST_CHECK enum err billing_accounts_page(struct db *db, struct arena *arena, const char *search,
                                          const char *after, struct billing_account_page *page);
struct organisation_page {
    struct organisation *rows;
    size_t count;
    bool more;
};
MUST_CHECK enum err organisations_page(struct db *db, struct arena *arena, const char *after,
                                       struct organisation_page *page);

#endif

/*
 * feeds.h: calendars of deadlines: who has one, and what stands in it (LAW 14).
 *
 * The token of a feed is in its address alone; here is its digest. Deadlines are read for one party
 * and filtered by it in SQL.
 */
#ifndef STORE_FEEDS_H
#define STORE_FEEDS_H

#include "core/offer.h"
#include "store/store.h"

/* kind is NOTICES_OF_PUBLISHER or NOTICES_OF_BILLING (store/notices). */
struct feed {
    const char *kind;
    const char *account;
    const char *token_hash;
    int64_t made_at;
    const char *person;      /* who made it */
    const char *person_name; /* ignored when it is set */
};

/* Replaces the account's feed: the address before works no longer. */
MUST_CHECK enum err feed_set(struct db *db, const struct feed *feed);
/* ERR_ABSENT when there is none. */
MUST_CHECK enum err feed_delete(struct db *db, const char *kind, const char *account);
/* Both keep; ERR_ABSENT. */
MUST_CHECK enum err feed_of(struct db *db, struct arena *arena, const char *kind,
                            const char *account, struct feed *feed);
MUST_CHECK enum err feed_find(struct db *db, struct arena *arena, const char *token_hash,
                              struct feed *feed);

/* An offer with a day to come: accept-by while it is pending, the last day of its prices once it is
 * accepted. */
struct offer_deadline {
    const char *id;
    const char *name;
    enum offer_state state;
    struct day on;
};
struct offer_deadlines {
    struct offer_deadline *rows;
    size_t count;
};
/* Keeps at most LIMIT_DEADLINES from today on, the nearest first, that the viewer sees; of a
 * customer those of the billing account alone. */
MUST_CHECK enum err offer_deadlines_of(struct db *db, struct arena *arena,
                                       const struct viewer *viewer, const char *billing_account,
                                       struct offer_deadlines *deadlines);

#endif

/*
 * account_events.h: what operators changed of accounts, written in the same transaction (LAW 2.5).
 *
 * Texts are words as people read them, so that a history stays true when words change. Invariant:
 * events are only ever appended.
 */
#ifndef STORE_ACCOUNT_EVENTS_H
#define STORE_ACCOUNT_EVENTS_H

#include "base/limits.h"
#include "base/world.h"
#include "store/store.h"

/* The kinds of accounts: account is the id of a billing account. */
#define ACCOUNT_BILLING "billing"
/* Of a mail or an offer whose publication waited: account is its id (LAW 14). */
#define ACCOUNT_MAIL "mail"
#define ACCOUNT_PUBLICATION "publication"
#define ACCOUNT_PUBLISHER "publisher"
#define ACCOUNT_ORGANISATION "organisation"
#define ACCOUNT_MARKET "marketplace" /* its settings and markets; account is MARKET_SETTINGS */
#define MARKET_SETTINGS "settings"

struct account_event {
    int64_t number; /* from 1; ignored when appended */
    int64_t at;
    const char *person;
    const char *person_name;
    const char *field;  /* "Country" */
    const char *before; /* "" for nothing */
    const char *after;
};

/* Sealed with the world's randomness (LAW 5.1). */
MUST_CHECK enum err account_event_append(struct db *db, struct arena *arena,
                                         const struct world *world, const char *kind,
                                         const char *account, const struct account_event *event);
/* The number of the account's last event, 0 when it has none. */
MUST_CHECK enum err account_event_last(struct db *db, const char *kind, const char *account,
                                       int64_t *number);

struct account_events {
    struct account_event *rows;
    size_t count;
};
/* Keeps; the newest first, at most LIMIT_EVENTS. For the operator. */
MUST_CHECK enum err account_events_of(struct db *db, struct arena *arena, const char *kind,
                                      const char *account, struct account_events *events);

#endif

/*
 * audit.h: what happened to anything, the newest first, for the operator (LAW 2.5).
 */
#ifndef STORE_AUDIT_H
#define STORE_AUDIT_H

#include "base/limits.h"
#include "store/store.h"

/* Of an offer, a purchase, a request or an account: word says which, as in store/chains. kind is a
 * text of event_kind_text, purchase_event_text or support_event_text, or the field of an account's
 * event. */
struct audit_row {
    int64_t at;
    const char *word;
    const char *id;
    int64_t number;
    const char *kind;
    const char *before; /* of accounts */
    const char *after;
    const char *account_name; /* "" for the operator's acts */
    const char *person_name;
};

/* Where the last page ended; at 0 for the newest. */
struct audit_place {
    int64_t at;
    const char *word;
    const char *id;
    int64_t number;
};

struct audit_page {
    struct audit_row rows[LIMIT_LIST_ROWS];
    size_t count;
    bool more;
};

/* Of everything; of the thing with that id, when it is not ""; or by that person, when its id is
 * not
 * "" (then id is ignored). Keeps. */
MUST_CHECK enum err audit_page_of(struct db *db, struct arena *arena, const char *id,
                                  const char *person, const struct audit_place *after,
                                  struct audit_page *page);

/* What waits in the whole market, each counted up to LIMIT_COUNTED, then LIMIT_COUNTED + 1. */
struct market_waiting {
    int64_t publications;
    int64_t requests;  /* for support, complete */
    int64_t suspended; /* subscriptions whose payment failed */
};
MUST_CHECK enum err market_waiting_count(struct db *db, struct market_waiting *waiting);

#endif

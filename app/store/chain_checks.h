/*
 * chain_checks.h: is every history in the store still what was sealed (LAW 5.1)?
 */
#ifndef STORE_CHAIN_CHECKS_H
#define STORE_CHAIN_CHECKS_H

#include "base/arena.h"
#include "store/store.h"

/* What is told of one history. Borrowed by the listener. */
struct chain_report {
    const char *subject; /* "offer 0f9a..." */
    int64_t count;       /* of its events; of a broken one its first wrong event, or 0 */
    const char *link;    /* its head; NULL: broken */
    const char *problem; /* NULL: whole */
};
struct chain_listener {
    void *context;
    void (*hear)(void *context, const struct chain_report *report);
};

struct chain_totals {
    int64_t subjects; /* whole ones */
    int64_t broken;
    const char *digest; /* of all heads in their order; kept */
};

/* Checks every history, tells of each, in the order of their names, then of events and links that
 * belong to none. Reads as one snapshot when the caller has begun one. Keeps little: what it needs
 * for one event it gives back. */
MUST_CHECK enum err chains_check(struct db *db, struct arena *arena,
                                 const struct chain_listener *listener,
                                 struct chain_totals *totals);

/* What the history's link of that number is: ERR_ABSENT when it has none. Keeps. */
MUST_CHECK enum err chain_link_at(struct db *db, struct arena *arena, const char *subject,
                                  const char *chain, int64_t number, const char **link);

#endif

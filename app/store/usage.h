/*
 * usage.h: usage as it was reported: once for each price and hour of a purchase (LAW 11).
 *
 * Invariant: an event is never changed; a second one for the same hour is refused.
 */
#ifndef STORE_USAGE_H
#define STORE_USAGE_H

#include "store/store.h"

struct usage_event {
    const char *point;
    int64_t hour_at; /* the beginning of the hour it is for */
    int64_t quantity;
    int64_t reported_at;
    const char *reported_by; /* person */
};

/* *added is false when the hour has one already: nothing is stored then. */
MUST_CHECK enum err usage_insert(struct db *db, const char *purchase,
                                 const struct usage_event *event, bool *added);

/* What was used of one price on one day. */
struct usage_sum {
    const char *point;
    struct day on;
    int64_t quantity;
};
struct usage {
    struct usage_sum *rows;
    size_t count;
};
/* Keeps what was reported for hours from from up to before until, by price and day; of a purchase
 * that the caller has loaded. ERR_BROKEN when a sum does not fit. */
MUST_CHECK enum err usage_between(struct db *db, struct arena *arena, const char *purchase,
                                  int64_t from_at, int64_t until_at, struct usage *usage);

struct usage_events {
    struct usage_event *rows; /* newest hour first, at most LIMIT_EVENTS */
    size_t count;
};
/* Keeps; of a purchase that the caller has loaded. */
MUST_CHECK enum err usage_of(struct db *db, struct arena *arena, const char *purchase,
                             struct usage_events *events);

#endif

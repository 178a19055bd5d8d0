/*
 * clock.h: what time does: publishes what is due, charges, renews and ends purchases, puts mails
 * about it into the outbox, and sweeps what is over. One thread, its own; mails leave by another
 * (jobs/post).
 *
 * Correctness never waits for it: Expired, Ended and Unsubscribed are effective without it
 * (core/offer, core/purchase), and charges come out the same however late.
 */
#ifndef JOBS_CLOCK_H
#define JOBS_CLOCK_H

#include "base/world.h"
#include "store/store.h"

struct jobs;

/* Owns: starts the thread. ERR_BROKEN when it cannot. */
MUST_CHECK enum err jobs_start(struct store *store, const struct world *world, struct jobs **jobs);

/* Lets the work at hand finish, then joins and frees. */
void jobs_stop(struct jobs *jobs);

/* Publishes every offer that is due now; *published (may be NULL) is how many. What the thread
 * does, for the demo and for tests. reader is the caller's own. */
MUST_CHECK enum err jobs_publish_due(struct store *store, struct db *reader, struct arena *arena,
                                     const struct world *world, int *published);
/* The same for purchases to which something is due by today: the 50 that wait longest, each in a
 * write of its own. */
MUST_CHECK enum err jobs_settle_due(struct store *store, struct db *reader, struct arena *arena,
                                    const struct world *world, int *settled);
/* The same for offers and purchases of which something is to be told by today (LAW 14): 50 of each,
 * the longest due first. */
MUST_CHECK enum err jobs_notify_due(struct store *store, struct db *reader, struct arena *arena,
                                    const struct world *world, int *told);

#endif

/*
 * loop.h: a thread that does the same work again and again, with a pause in between that grows
 * while the work fails.
 *
 * Not here: the work (jobs/clock, jobs/post).
 */
#ifndef JOBS_LOOP_H
#define JOBS_LOOP_H

#include "base/world.h"
#include "store/store.h"

/* What the work may use; the arena is reset after each turn. */
struct turn {
    struct store *store;
    struct db *reader; /* its own */
    struct arena *arena;
    const struct world *world;
    void *context;
};

struct loop;

/* Owns: starts the thread. ERR_BROKEN when it cannot. context must live as long as the loop. name
 * is what the log calls work that failed. */
MUST_CHECK enum err loop_start(struct store *store, const struct world *world, const char *name,
                               enum err (*work)(struct turn *turn), void *context,
                               struct loop **loop);

/* Asks it to end after the work at hand, without waiting for that. */
void loop_ask_to_stop(struct loop *loop);

/* Lets the work at hand finish, then joins and frees. */
void loop_stop(struct loop *loop);

#endif

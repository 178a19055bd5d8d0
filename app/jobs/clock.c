/*
 * clock.c: what the thread of time does at each turn.
 *
 * Invariant: a publication, and what is due to a purchase or told of it, is one write each: whoever
 * comes second finds nothing to do and leaves it, so several machines may run this.
 */
#include "jobs/clock.h"

#include <stdlib.h>

#include "actions/notify.h"
#include "actions/publish.h"
#include "actions/purchase_time.h"
#include "base/limits.h"
#include "base/log.h"
#include "jobs/loop.h"
#include "store/purchases.h"
#include "store/sessions.h"

#define SWEEP_EVERY_S 60

/* What the thread remembers between its turns. */
struct jobs {
    struct loop *loop;
    int64_t swept_at; /* real time */
};

/* What is due: the offer or purchase of that id, and the action that is one write about it. */
struct due {
    const char *const *ids;
    size_t count;
    enum err (*action)(const struct act *act, const char *id);
    const char *failed; /* what the log says of one that failed */
};

static enum err
do_one(struct store *store, struct arena *arena, const struct world *world, const struct due *due,
       const char *id)
{
    struct db *db = NULL;
    struct settings settings;
    struct act act;
    enum err outcome;

    TRY(write_begin(store, &db));
    outcome = settings_load(db, &settings);
    if (outcome == OK) {
        act = act_of_system(db, arena, world, &settings);
        outcome = due->action(&act, id);
    }
    return write_finish(store, db, outcome);
}

/* What one needs is given back before the next: many may be due at once. One that fails keeps the
 * others from nothing. */
static enum err
do_each(struct store *store, const struct world *world, const struct due *due, int *done)
{
    struct arena *arena = due->count == 0 ? NULL : arena_open(LIMIT_ARENA_BYTES);
    enum err outcome = OK;
    int count = 0;

    for (size_t i = 0; i < due->count && outcome != ERR_BUSY; i++) {
        outcome = do_one(store, arena, world, due, due->ids[i]);
        arena_reset(arena);
        if (outcome == OK)
            count++;
        else if (outcome != ERR_BUSY && outcome != ERR_CLOSED && outcome != ERR_ABSENT)
            log_line(due->failed, "id=%s outcome=%d", due->ids[i], outcome);
    }
    if (arena != NULL)
        arena_close(arena);
    if (done != NULL)
        *done = count;
    return outcome == ERR_BUSY ? ERR_BUSY : OK;
}

enum err
jobs_publish_due(struct store *store, struct db *reader, struct arena *arena,
                 const struct world *world, int *published)
{
    struct settings settings;
    struct offer_ids due = {0};
    enum err outcome;

    TRY(read_begin(reader));
    outcome = settings_load(reader, &settings);
    if (outcome == OK)
        outcome = offers_to_publish(reader, arena, settings_now(&settings, world), &due);
    read_end(reader);
    TRY(outcome);
    return do_each(store, world,
                   &(struct due){due.ids, due.count, action_offer_publish, "publish_failed"},
                   published);
}

enum err
jobs_settle_due(struct store *store, struct db *reader, struct arena *arena,
                const struct world *world, int *settled)
{
    struct settings settings;
    struct purchase_ids due = {0};
    enum err outcome;

    TRY(read_begin(reader));
    outcome = settings_load(reader, &settings);
    if (outcome == OK)
        outcome = purchases_due(reader, arena, day_of(settings_now(&settings, world)), &due);
    read_end(reader);
    TRY(outcome);
    return do_each(store, world,
                   &(struct due){due.ids, due.count, action_purchase_settle, "settle_failed"},
                   settled);
}

enum err
jobs_notify_due(struct store *store, struct db *reader, struct arena *arena,
                const struct world *world, int *told)
{
    struct notices_due offers = {0};
    struct notices_due purchases = {0};
    struct settings settings;
    int of_offers = 0;
    int of_purchases = 0;
    struct day today;
    enum err outcome;

    TRY(read_begin(reader));
    outcome = settings_load(reader, &settings);
    today = day_of(settings_now(&settings, world));
    if (outcome == OK)
        outcome = notices_due(reader, arena, NOTICES_OF_OFFER, today, &offers);
    if (outcome == OK)
        outcome = notices_due(reader, arena, NOTICES_OF_PURCHASE, today, &purchases);
    read_end(reader);
    TRY(outcome);
    TRY(do_each(store, world,
                &(struct due){offers.ids, offers.count, action_notify_offer, "notify_failed"},
                &of_offers));
    TRY(do_each(
        store, world,
        &(struct due){purchases.ids, purchases.count, action_notify_purchase, "notify_failed"},
        &of_purchases));
    if (told != NULL)
        *told = of_offers + of_purchases;
    return OK;
}

static enum err
sweep(struct turn *turn)
{
    struct jobs *jobs = turn->context;
    int64_t now = world_now(turn->world);
    struct db *db = NULL;
    int64_t deleted = 0;

    if (now - jobs->swept_at < SWEEP_EVERY_S && now >= jobs->swept_at)
        return OK;
    TRY(write_begin(turn->store, &db));
    TRY(write_finish(turn->store, db, sessions_sweep(db, now, &deleted)));
    if (deleted == 0)
        jobs->swept_at = now; /* else there is more: come back at the next turn */
    return OK;
}

static enum err
work(struct turn *turn)
{
    TRY(jobs_publish_due(turn->store, turn->reader, turn->arena, turn->world, NULL));
    TRY(jobs_settle_due(turn->store, turn->reader, turn->arena, turn->world, NULL));
    TRY(jobs_notify_due(turn->store, turn->reader, turn->arena, turn->world, NULL));
    return sweep(turn);
}

enum err
jobs_start(struct store *store, const struct world *world, struct jobs **result)
{
    struct jobs *jobs = calloc(1, sizeof *jobs);
    enum err outcome;

    if (jobs == NULL)
        return ERR_BROKEN;
    outcome = loop_start(store, world, "jobs_failed", work, jobs, &jobs->loop);
    if (outcome != OK)
        free(jobs);
    else
        *result = jobs;
    return outcome;
}

void
jobs_stop(struct jobs *jobs)
{
    loop_stop(jobs->loop);
    free(jobs);
}

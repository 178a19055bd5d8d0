/*
 * clock.c: the background worker's loop.
 *
 * Invariant: a publication, and what is due to a purchase, is one conditional write each: whoever
 * comes second finds nothing to do and leaves it, so several machines may run this.
 */
#include "jobs/clock.h"

#include <errno.h>
#include <pthread.h>
#include <stdlib.h>
#include <time.h>

#include "actions/publish.h"
#include "actions/purchase_time.h"
#include "base/limits.h"
#include "base/log.h"
#include "store/purchases.h"
#include "store/sessions.h"

#define PAUSE_MS 200
#define BACK_OFF_MS_MAX 10000
#define SWEEP_EVERY_S 60

struct jobs {
    pthread_t thread;
    pthread_mutex_t lock;
    pthread_cond_t wake;
    bool stopping;
    struct store *store;
    const struct world *world;
    struct arena *arena;
    struct db *reader;
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

static enum err
sweep(struct jobs *jobs)
{
    int64_t now = world_now(jobs->world);
    struct db *db = NULL;
    int64_t deleted = 0;

    if (now - jobs->swept_at < SWEEP_EVERY_S && now >= jobs->swept_at)
        return OK;
    TRY(write_begin(jobs->store, &db));
    TRY(write_finish(jobs->store, db, sessions_sweep(db, now, &deleted)));
    if (deleted == 0)
        jobs->swept_at = now; /* else there is more: come back at the next turn */
    return OK;
}

/* Sleeps, unless told to stop; answers whether to go on. */
static bool
pause_ms(struct jobs *jobs, int64_t wait_ms)
{
    struct timespec until;
    bool going_on;

    clock_gettime(CLOCK_REALTIME, &until);
    until.tv_sec += wait_ms / 1000;
    until.tv_nsec += (wait_ms % 1000) * 1000000;
    if (until.tv_nsec >= 1000000000) {
        until.tv_sec++;
        until.tv_nsec -= 1000000000;
    }
    pthread_mutex_lock(&jobs->lock);
    while (!jobs->stopping && pthread_cond_timedwait(&jobs->wake, &jobs->lock, &until) != ETIMEDOUT)
        ;
    going_on = !jobs->stopping;
    pthread_mutex_unlock(&jobs->lock);
    return going_on;
}

static void *
run(void *context)
{
    struct jobs *jobs = context;
    int64_t wait_ms = PAUSE_MS;

    do {
        enum err outcome =
            jobs_publish_due(jobs->store, jobs->reader, jobs->arena, jobs->world, NULL);

        if (outcome == OK)
            outcome = jobs_settle_due(jobs->store, jobs->reader, jobs->arena, jobs->world, NULL);
        if (outcome == OK)
            outcome = sweep(jobs);
        if (outcome == OK) {
            wait_ms = PAUSE_MS;
        } else {
            log_line("jobs_failed", "outcome=%d", outcome);
            wait_ms = wait_ms * 2 > BACK_OFF_MS_MAX ? BACK_OFF_MS_MAX : wait_ms * 2;
        }
        arena_reset(jobs->arena);
    } while (pause_ms(jobs, wait_ms));
    return NULL;
}

static void
jobs_free(struct jobs *jobs)
{
    if (jobs->reader != NULL)
        db_close(jobs->reader);
    arena_close(jobs->arena);
    pthread_cond_destroy(&jobs->wake);
    pthread_mutex_destroy(&jobs->lock);
    free(jobs);
}

enum err
jobs_start(struct store *store, const struct world *world, struct jobs **result)
{
    struct jobs *jobs = calloc(1, sizeof *jobs);

    if (jobs == NULL)
        return ERR_BROKEN;
    jobs->store = store;
    jobs->world = world;
    jobs->arena = arena_open(LIMIT_ARENA_BYTES);
    pthread_mutex_init(&jobs->lock, NULL);
    pthread_cond_init(&jobs->wake, NULL);
    if (store_reader(store, &jobs->reader) != OK ||
        pthread_create(&jobs->thread, NULL, run, jobs) != 0) {
        jobs_free(jobs);
        return ERR_BROKEN;
    }
    *result = jobs;
    return OK;
}

void
jobs_stop(struct jobs *jobs)
{
    pthread_mutex_lock(&jobs->lock);
    jobs->stopping = true;
    pthread_cond_signal(&jobs->wake);
    pthread_mutex_unlock(&jobs->lock);
    pthread_join(jobs->thread, NULL);
    jobs_free(jobs);
}

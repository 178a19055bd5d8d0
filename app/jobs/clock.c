/*
 * clock.c: the background worker's loop.
 *
 * Invariant: a publication is one conditional write: whoever comes second finds the offer closed
 * and leaves it, so several machines may run this.
 */
#include "jobs/clock.h"

#include <errno.h>
#include <pthread.h>
#include <stdlib.h>
#include <time.h>

#include "actions/publish.h"
#include "base/limits.h"
#include "base/log.h"
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

static enum err
publish_one(struct store *store, struct arena *arena, const struct world *world, const char *id)
{
    struct db *db = NULL;
    struct settings settings;
    struct act act;
    enum err outcome;

    TRY(write_begin(store, &db));
    outcome = settings_load(db, &settings);
    if (outcome == OK) {
        act = act_of_system(db, arena, world, &settings);
        outcome = action_offer_publish(&act, id);
    }
    return write_finish(store, db, outcome);
}

/* What one publication needs is given back before the next: many may be due at once. */
static enum err
publish_each(struct store *store, const struct world *world, const struct offer_ids *due,
             int *published)
{
    struct arena *arena = arena_open(LIMIT_ARENA_BYTES);
    enum err outcome = OK;

    for (size_t i = 0; i < due->count && outcome != ERR_BUSY; i++) {
        outcome = publish_one(store, arena, world, due->ids[i]);
        arena_reset(arena);
        if (outcome == OK)
            (*published)++;
        else if (outcome != ERR_BUSY && outcome != ERR_CLOSED && outcome != ERR_ABSENT)
            log_line("publish_failed", "offer=%s outcome=%d", due->ids[i], outcome);
    }
    arena_close(arena);
    return outcome == ERR_BUSY ? ERR_BUSY : OK;
}

enum err
jobs_publish_due(struct store *store, struct db *reader, struct arena *arena,
                 const struct world *world, int *published)
{
    struct settings settings;
    struct offer_ids due = {0};
    enum err outcome;
    int count = 0;

    TRY(read_begin(reader));
    outcome = settings_load(reader, &settings);
    if (outcome == OK)
        outcome = offers_to_publish(reader, arena, settings_now(&settings, world), &due);
    read_end(reader);
    TRY(outcome);
    if (due.count > 0)
        TRY(publish_each(store, world, &due, &count));
    if (published != NULL)
        *published = count;
    return OK;
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

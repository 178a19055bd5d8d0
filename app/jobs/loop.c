/*
 * loop.c: one thread with a reader and an arena of its own.
 */
#include "jobs/loop.h"

#include <errno.h>
#include <pthread.h>
#include <stdlib.h>
#include <time.h>

#include "base/limits.h"
#include "base/log.h"

#define PAUSE_MS 200
#define BACK_OFF_MS_MAX 10000

struct loop {
    pthread_t thread;
    pthread_mutex_t lock;
    pthread_cond_t wake;
    bool stopping;
    const char *name;
    enum err (*work)(struct turn *turn);
    struct turn turn;
};

/* Sleeps, unless told to stop; answers whether to go on. */
static bool
pause_ms(struct loop *loop, int64_t wait_ms)
{
    struct timespec until;
    bool going_on;

    clock_gettime(CLOCK_MONOTONIC, &until);
    until.tv_sec += wait_ms / 1000;
    until.tv_nsec += (wait_ms % 1000) * 1000000;
    if (until.tv_nsec >= 1000000000) {
        until.tv_sec++;
        until.tv_nsec -= 1000000000;
    }
    pthread_mutex_lock(&loop->lock);
    while (!loop->stopping && pthread_cond_timedwait(&loop->wake, &loop->lock, &until) != ETIMEDOUT)
        ;
    going_on = !loop->stopping;
    pthread_mutex_unlock(&loop->lock);
    return going_on;
}

static void *
run(void *context)
{
    struct loop *loop = context;
    int64_t wait_ms = PAUSE_MS;

    do {
        enum err outcome = loop->work(&loop->turn);

        if (outcome == OK) {
            wait_ms = PAUSE_MS;
        } else {
            log_line(loop->name, "outcome=%d", outcome);
            wait_ms = wait_ms * 2 > BACK_OFF_MS_MAX ? BACK_OFF_MS_MAX : wait_ms * 2;
        }
        arena_reset(loop->turn.arena);
    } while (pause_ms(loop, wait_ms));
    return NULL;
}

static void
loop_free(struct loop *loop)
{
    if (loop->turn.reader != NULL)
        db_close(loop->turn.reader);
    arena_close(loop->turn.arena);
    pthread_cond_destroy(&loop->wake);
    pthread_mutex_destroy(&loop->lock);
    free(loop);
}

enum err
loop_start(struct store *store, const struct world *world, const char *name,
           enum err (*work)(struct turn *turn), void *context, struct loop **result)
{
    struct loop *loop = calloc(1, sizeof *loop);
    pthread_condattr_t attributes;

    if (loop == NULL)
        return ERR_BROKEN;
    loop->name = name;
    loop->work = work;
    loop->turn = (struct turn){.store = store, .world = world, .context = context};
    loop->turn.arena = arena_open(LIMIT_ARENA_BYTES);
    pthread_mutex_init(&loop->lock, NULL);
    /* a clock that nobody sets measures the pause: with the other one, set back an hour, it would
     * last an hour */
    if (pthread_condattr_init(&attributes) != 0 ||
        pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC) != 0 ||
        pthread_cond_init(&loop->wake, &attributes) != 0)
        abort();
    (void)pthread_condattr_destroy(&attributes);
    if (store_reader(store, &loop->turn.reader) != OK ||
        pthread_create(&loop->thread, NULL, run, loop) != 0) {
        loop_free(loop);
        return ERR_BROKEN;
    }
    *result = loop;
    return OK;
}

void
loop_ask_to_stop(struct loop *loop)
{
    pthread_mutex_lock(&loop->lock);
    loop->stopping = true;
    pthread_cond_signal(&loop->wake);
    pthread_mutex_unlock(&loop->lock);
}

void
loop_stop(struct loop *loop)
{
    loop_ask_to_stop(loop);
    pthread_join(loop->thread, NULL);
    loop_free(loop);
}

/*
 * driver_sqlite_checkpoint.c: SQLite's checkpoints beside the writer.
 *
 * Durability is none of its business: a commit has flushed the log before this hears of it, and a
 * checkpoint that fails leaves the pages in the log. SQLite begins the log anew when all of it has
 * been moved at the moment of a write, which never comes while others write all the time: then the
 * writer's thread moves what little the last round left, so that the log stays bounded.
 */
#include "store/driver_sqlite_checkpoint.h"

#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/base.h"
#include "base/log.h"

#define PAGES_WORTH_IT 1000 /* SQLite's own measure */
#define PAGES_MANY 12000
#define PAGES_TOO_MANY 16000
#define PAUSE_MS 50 /* meanwhile most pages are written again, and moved once for all */

struct checkpointer {
    char *path;
    sqlite3 *writer;
    pthread_t thread;
    bool started;
    pthread_mutex_t lock; /* guards what follows */
    pthread_cond_t wake;
    bool wanted;
    bool urgent;
    bool stopping;
    int moved;             /* pages of the log, at the end of the last round */
    pthread_mutex_t round; /* held while pages are moved: SQLite refuses a second one meanwhile */
};

static void
round_make(struct checkpointer *checkpointer, sqlite3 *handle)
{
    int pages = 0;
    int moved = 0;

    (void)pthread_mutex_lock(&checkpointer->round);
    int code = sqlite3_wal_checkpoint_v2(handle, NULL, SQLITE_CHECKPOINT_PASSIVE, &pages, &moved);
    (void)pthread_mutex_unlock(&checkpointer->round);
    if (code != SQLITE_OK && code != SQLITE_BUSY) {
        log_line("store_error", "what=\"checkpoint\" code=%d", code);
        return;
    }
    (void)pthread_mutex_lock(&checkpointer->lock);
    checkpointer->moved = moved;
    (void)pthread_mutex_unlock(&checkpointer->lock);
}

/* Until it is woken or that much time has passed. Under the lock. */
static int
pause_ms(struct checkpointer *checkpointer, int64_t wait_ms)
{
    struct timespec until;

    (void)clock_gettime(CLOCK_MONOTONIC, &until);
    until.tv_nsec += wait_ms * 1000000;
    if (until.tv_nsec >= 1000000000) {
        until.tv_sec++;
        until.tv_nsec -= 1000000000;
    }
    return pthread_cond_timedwait(&checkpointer->wake, &checkpointer->lock, &until);
}

/* Sleeps until there is something to do, and then a moment longer; false when that is to stop. */
static bool
called(struct checkpointer *checkpointer)
{
    (void)pthread_mutex_lock(&checkpointer->lock);
    while (!checkpointer->wanted && !checkpointer->stopping)
        (void)pthread_cond_wait(&checkpointer->wake, &checkpointer->lock);
    while (!checkpointer->urgent && !checkpointer->stopping &&
           pause_ms(checkpointer, PAUSE_MS) == 0)
        ;
    bool going_on = !checkpointer->stopping;
    checkpointer->wanted = false;
    checkpointer->urgent = false;
    (void)pthread_mutex_unlock(&checkpointer->lock);
    return going_on;
}

static void *
run(void *context)
{
    struct checkpointer *checkpointer = context;
    sqlite3 *handle = NULL;
    int code = sqlite3_open_v2(checkpointer->path, &handle,
                               SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, NULL);

    if (code == SQLITE_OK)
        code = sqlite3_exec(handle, "PRAGMA synchronous = FULL", NULL, NULL, NULL);
    if (code != SQLITE_OK)
        log_line("store_error", "what=\"checkpoint\" code=%d", code);
    while (called(checkpointer)) {
        if (code == SQLITE_OK)
            round_make(checkpointer, handle);
    }
    (void)sqlite3_close(handle);
    return NULL;
}

/* With every signal blocked: signals are for the thread that waits for them. */
static void
start(struct checkpointer *checkpointer)
{
    sigset_t all;
    sigset_t before;

    (void)sigfillset(&all);
    if (pthread_sigmask(SIG_SETMASK, &all, &before) != 0)
        return;
    checkpointer->started = pthread_create(&checkpointer->thread, NULL, run, checkpointer) == 0;
    (void)pthread_sigmask(SIG_SETMASK, &before, NULL);
}

struct checkpointer *
checkpointer_open(const char *path, sqlite3 *writer)
{
    struct checkpointer *checkpointer = calloc(1, sizeof *checkpointer);
    pthread_condattr_t attributes;

    /* a clock that nobody sets measures the pause */
    if (pthread_condattr_init(&attributes) != 0 ||
        pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC) != 0 || checkpointer == NULL ||
        (checkpointer->path = strdup(path)) == NULL ||
        pthread_mutex_init(&checkpointer->lock, NULL) != 0 ||
        pthread_mutex_init(&checkpointer->round, NULL) != 0 ||
        pthread_cond_init(&checkpointer->wake, &attributes) != 0)
        abort();
    (void)pthread_condattr_destroy(&attributes);
    checkpointer->writer = writer;
    return checkpointer;
}

void
checkpointer_close(struct checkpointer *checkpointer)
{
    if (checkpointer == NULL)
        return;
    if (checkpointer->started) {
        (void)pthread_mutex_lock(&checkpointer->lock);
        checkpointer->stopping = true;
        (void)pthread_cond_signal(&checkpointer->wake);
        (void)pthread_mutex_unlock(&checkpointer->lock);
        (void)pthread_join(checkpointer->thread, NULL);
    }
    (void)pthread_cond_destroy(&checkpointer->wake);
    (void)pthread_mutex_destroy(&checkpointer->round);
    (void)pthread_mutex_destroy(&checkpointer->lock);
    free(checkpointer->path);
    free(checkpointer);
}

void
checkpointer_tell(struct checkpointer *checkpointer, int pages)
{
    if (pages < PAGES_WORTH_IT)
        return;
    if (!checkpointer->started)
        start(checkpointer);
    if (!checkpointer->started || pages >= PAGES_TOO_MANY) {
        round_make(checkpointer, checkpointer->writer);
        return;
    }
    (void)pthread_mutex_lock(&checkpointer->lock);
    if (pages < checkpointer->moved)
        checkpointer->moved = 0; /* the log has begun anew */
    checkpointer->urgent = pages >= PAGES_MANY;
    bool wanted = pages - checkpointer->moved >= PAGES_WORTH_IT;
    if (checkpointer->urgent || (wanted && !checkpointer->wanted))
        (void)pthread_cond_signal(&checkpointer->wake);
    checkpointer->wanted = wanted || checkpointer->urgent;
    (void)pthread_mutex_unlock(&checkpointer->lock);
}

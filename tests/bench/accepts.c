/*
 * accepts.c: accepts DATABASE CALLERS shared|alone < OFFERS: as many threads as there are callers
 * accept the offers of the lines "OFFER PERSON ORGANISATION", each in one write that is durable
 * before the next. Prints accepts and times as one line of JSON, times in microseconds.
 *
 * shared is what the product does: who waits for its turn joins the commit of the one before.
 * alone lets nobody wait inside the store: a fair lock around it, so that each pays for a commit
 * of its own. What an accept does, and the disk, are the same.
 */
#include <inttypes.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "actions/customer.h"
#include "base/text.h"
#include "core/terms.h"
#include "store/accounts.h"
#include "store/driver_sqlite.h"

#define OFFERS 100000
#define CALLERS 256
#define ARENA_BYTES ((size_t)32 * 1024 * 1024)

struct wanted {
    char offer[40];
    char person[64];
    char organisation[64];
    const char *digest;
    uint32_t took_us;
};

static struct wanted wanted[OFFERS];
static size_t wanted_count;
static size_t next_wanted; /* under the lock */
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_barrier_t start;
static struct store *store;
static struct settings settings;

/* First come, first served. */
static bool alone;
static unsigned ticket_next;
static unsigned ticket_served;
static pthread_mutex_t ticket_lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t ticket_called[CALLERS];

static void
turn_take(void)
{
    if (!alone)
        return;
    pthread_mutex_lock(&ticket_lock);
    unsigned mine = ticket_next++;
    while (ticket_served != mine)
        pthread_cond_wait(&ticket_called[mine % CALLERS], &ticket_lock);
    pthread_mutex_unlock(&ticket_lock);
}

static void
turn_give(void)
{
    if (!alone)
        return;
    pthread_mutex_lock(&ticket_lock);
    ticket_served++;
    pthread_cond_signal(&ticket_called[ticket_served % CALLERS]);
    pthread_mutex_unlock(&ticket_lock);
}

static void
must(enum err outcome, const char *what)
{
    if (outcome == OK)
        return;
    fprintf(stderr, "accepts: %s: outcome %d\n", what, (int)outcome);
    exit(1);
}

static int64_t
now_us(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000000 + now.tv_nsec / 1000;
}

static struct act
act_of(struct db *db, struct arena *arena, const struct wanted *one)
{
    struct act act = act_of_system(db, arena, &world_real, &settings);

    act.viewer = (struct viewer){PARTY_CUSTOMER, one->organisation, act.today};
    act.account_name = one->organisation;
    act.person = one->person;
    act.person_name = one->person;
    return act;
}

/* As the page that was shown before. */
static void
digests_make(struct arena *kept)
{
    struct arena *arena = arena_open(ARENA_BYTES);
    struct db *db = NULL;

    must(store_reader(store, &db), "reader");
    must(read_begin(db), "read");
    must(settings_load(db, &settings), "settings");
    for (size_t i = 0; i < wanted_count; i++) {
        struct act act = act_of(db, arena, &wanted[i]);
        struct offer offer;

        must(offer_view(db, arena, &act.viewer, wanted[i].offer, &offer), "view");
        wanted[i].digest = arena_text(kept, terms_digest(arena, &offer));
        arena_reset(arena);
    }
    read_end(db);
    db_close(db);
    arena_close(arena);
}

static void
accept_one(struct wanted *one, struct arena *arena)
{
    int64_t began = now_us();
    struct problems *problems = problems_new(arena);
    struct acceptance acceptance;
    struct db *db = NULL;

    turn_take();
    must(write_begin(store, &db), "turn");
    struct act act = act_of(db, arena, one);
    enum err outcome =
        action_offer_accept(&act, one->offer, one->digest, &answers_none, problems, &acceptance);
    must(write_finish(store, db, outcome), "accept");
    turn_give();
    one->took_us = (uint32_t)(now_us() - began);
    arena_reset(arena);
}

static void *
caller(void *context)
{
    struct arena *arena = arena_open(ARENA_BYTES);

    (void)context;
    pthread_barrier_wait(&start);
    for (;;) {
        pthread_mutex_lock(&lock);
        struct wanted *one = next_wanted < wanted_count ? &wanted[next_wanted++] : NULL;
        pthread_mutex_unlock(&lock);
        if (one == NULL)
            break;
        accept_one(one, arena);
    }
    arena_close(arena);
    return NULL;
}

static int
by_time(const void *left, const void *right)
{
    uint32_t a = ((const struct wanted *)left)->took_us;
    uint32_t b = ((const struct wanted *)right)->took_us;

    return (a > b) - (a < b);
}

static bool
word_take(char **rest, char *word, size_t size)
{
    char *found = strsep(rest, " \n");

    return found != NULL && (size_t)snprintf(word, size, "%s", found) < size;
}

static void
offers_read(void)
{
    char line[256];

    while (wanted_count < OFFERS && fgets(line, sizeof line, stdin) != NULL) {
        struct wanted *one = &wanted[wanted_count++];
        char *rest = line;

        if (!word_take(&rest, one->offer, sizeof one->offer) ||
            !word_take(&rest, one->person, sizeof one->person) ||
            !word_take(&rest, one->organisation, sizeof one->organisation))
            must(ERR_INVALID, "line");
    }
}

int
main(int argc, char **argv)
{
    unsigned callers = argc == 4 ? (unsigned)strtoul(argv[2], NULL, 10) : 0;
    struct arena *kept = arena_open(ARENA_BYTES);
    pthread_t threads[CALLERS];

    if (callers < 1 || callers > CALLERS)
        return 2;
    alone = text_equal(argv[3], "alone");
    for (size_t i = 0; i < CALLERS; i++)
        pthread_cond_init(&ticket_called[i], NULL);
    offers_read();
    must(world_start(), "world");
    must(store_open(&driver_sqlite, argv[1], &store), "store");
    digests_make(kept);
    pthread_barrier_init(&start, NULL, callers + 1);
    for (unsigned i = 0; i < callers; i++)
        pthread_create(&threads[i], NULL, caller, NULL);
    pthread_barrier_wait(&start);
    int64_t began = now_us();
    for (unsigned i = 0; i < callers; i++)
        pthread_join(threads[i], NULL);
    int64_t took = now_us() - began;

    qsort(wanted, wanted_count, sizeof *wanted, by_time);
    printf("{\"requests\":%zu,\"us\":%" PRId64 ",\"p50\":%u,\"p99\":%u,\"max\":%u}\n", wanted_count,
           took, wanted[wanted_count / 2].took_us, wanted[wanted_count * 99 / 100].took_us,
           wanted[wanted_count - 1].took_us);
    store_close(store);
    arena_close(kept);
    return 0;
}

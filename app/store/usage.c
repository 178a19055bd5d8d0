/*
 * usage.c: the rows of reported usage.
 */
#include "store/usage.h"

#include "base/limits.h"
#include "store/families.h"

/* A month has at most 31 days, and a plan LIMIT_POINTS prices. */
#define SUMS_MAX (31 * LIMIT_POINTS)

enum { USAGE_INSERT, USAGE_BETWEEN, USAGE_OF };

static const struct statement statements[] = {
    [USAGE_INSERT] = {"INSERT INTO usage_event (purchase, point, hour_at, quantity, reported_at,"
                      " reported_by) VALUES ($1, $2, $3, $4, $5, $6)"
                      " ON CONFLICT (purchase, point, hour_at) DO NOTHING",
                      "ttiiit", "", true},
    [USAGE_BETWEEN] = {"SELECT point, hour_at, quantity FROM usage_event WHERE purchase = $1"
                       " AND hour_at >= $2 AND hour_at < $3 ORDER BY point, hour_at",
                       "tii", "tii", false},
    [USAGE_OF] = {"SELECT point, hour_at, quantity, reported_at, reported_by FROM usage_event"
                  " WHERE purchase = $1 ORDER BY hour_at DESC, point LIMIT $2",
                  "ti", "tiiit", false},
};

const struct family store_usage_family = {"usage", statements, COUNT(statements), FAMILY_USAGE};

enum err
usage_insert(struct db *db, const char *purchase, const struct usage_event *event, bool *added)
{
    int64_t changed = 0;

    TRY(db_run(db, &store_usage_family, USAGE_INSERT,
               VALUES(text(purchase), text(event->point), integer(event->hour_at),
                      integer(event->quantity), integer(event->reported_at),
                      text(event->reported_by)),
               NULL, &changed));
    *added = changed == 1;
    return OK;
}

/* Where rows go. */
struct reading {
    struct arena *arena;
    struct usage *usage;
    struct usage_events *events;
};

static enum err
read_sum(void *context, const struct column *columns)
{
    struct reading *reading = context;
    struct usage *usage = reading->usage;
    struct usage_sum *last = usage->count == 0 ? NULL : &usage->rows[usage->count - 1];
    struct day on = day_of(columns[1].integer);

    assert(usage->rows != NULL);
    if (last == NULL || strcmp(last->point, columns[0].text) != 0 ||
        last->on.number != on.number) {
        if (usage->count == SUMS_MAX)
            return ERR_BROKEN;
        last = &usage->rows[usage->count++];
        *last = (struct usage_sum){arena_text(reading->arena, columns[0].text), on, 0};
    }
    return __builtin_add_overflow(last->quantity, columns[2].integer, &last->quantity) ? ERR_BROKEN
                                                                                       : OK;
}

enum err
usage_between(struct db *db, struct arena *arena, const char *purchase, int64_t from_at,
              int64_t until_at, struct usage *usage)
{
    struct reading reading = {.arena = arena, .usage = usage};
    struct row_reader reader = {&reading, read_sum};

    usage->rows = arena_array(arena, struct usage_sum, SUMS_MAX);
    usage->count = 0;
    return db_run(db, &store_usage_family, USAGE_BETWEEN,
                  VALUES(text(purchase), integer(from_at), integer(until_at)), &reader, NULL);
}

static enum err
read_event(void *context, const struct column *columns)
{
    struct reading *reading = context;
    struct usage_events *events = reading->events;

    assert(events->count < LIMIT_EVENTS);
    events->rows[events->count++] = (struct usage_event){
        .point = arena_text(reading->arena, columns[0].text),
        .hour_at = columns[1].integer,
        .quantity = columns[2].integer,
        .reported_at = columns[3].integer,
        .reported_by = arena_text(reading->arena, columns[4].text),
    };
    return OK;
}

enum err
usage_of(struct db *db, struct arena *arena, const char *purchase, struct usage_events *events)
{
    struct reading reading = {.arena = arena, .events = events};
    struct row_reader reader = {&reading, read_event};

    events->rows = arena_array(arena, struct usage_event, LIMIT_EVENTS);
    events->count = 0;
    return db_run(db, &store_usage_family, USAGE_OF, VALUES(text(purchase), integer(LIMIT_EVENTS)),
                  &reader, NULL);
}

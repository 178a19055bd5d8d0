/*
 * account_events.c: the table account_event.
 */
#include "store/account_events.h"

#include "store/chains.h"
#include "store/families.h"

enum { EVENT_INSERT, EVENT_LAST, EVENTS_OF };

static const struct statement statements[] = {
    [EVENT_INSERT] = {"INSERT INTO account_event (kind, account, number, at, person, person_name,"
                      " field, before, after) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
                      "ttiittttt", "", true},
    [EVENT_LAST] = {"SELECT COALESCE(MAX(number), 0) FROM account_event"
                    " WHERE kind = $1 AND account = $2",
                    "tt", "i", false},
    [EVENTS_OF] = {"SELECT number, at, person, person_name, field, before, after FROM account_event"
                   " WHERE kind = $1 AND account = $2 ORDER BY number DESC LIMIT $3",
                   "tti", "iittttt", false},
};

const struct family store_account_events_family = {"account_events", statements, COUNT(statements),
                                                   FAMILY_ACCOUNT_EVENTS};

static enum err
number_take(void *context, const struct column *columns)
{
    *(int64_t *)context = columns[0].integer;
    return OK;
}

enum err
account_event_last(struct db *db, const char *kind, const char *account, int64_t *number)
{
    struct row_reader reader = {number, number_take};

    return db_run(db, &store_account_events_family, EVENT_LAST, VALUES(text(kind), text(account)),
                  &reader, NULL);
}

enum err
account_event_append(struct db *db, struct arena *arena, const struct world *world,
                     const char *kind, const char *account, const struct account_event *event)
{
    const struct chain_subject subject = chain_subject_of(arena, kind, account);
    int64_t last = 0;

    TRY(account_event_last(db, kind, account, &last));
    TRY(db_run(db, &store_account_events_family, EVENT_INSERT,
               VALUES(text(kind), text(account), integer(last + 1), integer(event->at),
                      text(event->person), text(event->person_name), text(event->field),
                      text(event->before), text(event->after)),
               NULL, NULL));
    return chain_seal(db, arena, world, &subject, last + 1);
}

struct reading {
    struct arena *arena;
    struct account_events *events;
};

static enum err
event_take(void *context, const struct column *columns)
{
    struct reading *reading = context;

    assert(reading->events->count < LIMIT_EVENTS);
    reading->events->rows[reading->events->count++] = (struct account_event){
        .number = columns[0].integer,
        .at = columns[1].integer,
        .person = arena_text(reading->arena, columns[2].text),
        .person_name = arena_text(reading->arena, columns[3].text),
        .field = arena_text(reading->arena, columns[4].text),
        .before = arena_text(reading->arena, columns[5].text),
        .after = arena_text(reading->arena, columns[6].text),
    };
    return OK;
}

enum err
account_events_of(struct db *db, struct arena *arena, const char *kind, const char *account,
                  struct account_events *events)
{
    struct account_events found = {arena_array(arena, struct account_event, LIMIT_EVENTS), 0};
    struct reading reading = {arena, &found};
    struct row_reader reader = {&reading, event_take};

    TRY(db_run(db, &store_account_events_family, EVENTS_OF,
               VALUES(text(kind), text(account), integer(LIMIT_EVENTS)), &reader, NULL));
    *events = found;
    return OK;
}

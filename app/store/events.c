/*
 * events.c: the rows of histories.
 *
 * Invariant: events are only ever appended, each sealed in the same write (store/chains).
 */
#include "store/events.h"

#include <string.h>

#include "base/text.h"
#include "store/chains.h"
#include "store/families.h"

enum {
    EVENT_INSERT,
    EVENT_LAST,
    FIELD_INSERT,
    EVENTS_ALL,
    EVENTS_FOR_PARTNER,
    EVENTS_FOR_CUSTOMER,
    FIELDS_SINCE
};

/* $4 is the kinds whose note the reader may read, in commas: no other is loaded. */
#define EVENT_COLUMNS                                                      \
    "number, at, kind, party, account, account_name, person, person_name," \
    " CASE WHEN INSTR($4, ',' || kind || ',') > 0 THEN note ELSE '' END"
#define EVENT_GIVES "iittttttt"
#define EVENTS_FROM \
    "SELECT " EVENT_COLUMNS " FROM event WHERE offer = $1 AND INSTR($3, ',' || kind || ',') > 0"
#define EVENTS_ORDER " ORDER BY number DESC LIMIT $2"

static const struct statement statements[] = {
    [EVENT_INSERT] = {"INSERT INTO event (offer, number, at, kind, party, account, account_name,"
                      " person, person_name, partner, note)"
                      " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
                      "tiitttttttt", "", true},
    [EVENT_LAST] = {"SELECT COALESCE(MAX(number), 0) FROM event WHERE offer = $1", "t", "i", false},
    [FIELD_INSERT] = {"INSERT INTO event_field (offer, number, position, field, pricing_row, point,"
                      " before, after) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
                      "tiititt"
                      "t",
                      "", true},
    /* $3 is the kinds the reader may read of, in commas: told apart here, because events it may
     * not read of must not use up its LIMIT. */
    [EVENTS_ALL] = {EVENTS_FROM EVENTS_ORDER, "titt", EVENT_GIVES, false},
    [EVENTS_FOR_PARTNER] = {EVENTS_FROM " AND partner = $5" EVENTS_ORDER, "tittt", EVENT_GIVES,
                            false},
    [EVENTS_FOR_CUSTOMER] = {EVENTS_FROM
                             " AND number >= (SELECT COALESCE(MAX(x.number), 0) FROM event x"
                             " WHERE x.offer = $1 AND x.kind = 'extended')" EVENTS_ORDER,
                             "titt", EVENT_GIVES, false},
    [FIELDS_SINCE] = {"SELECT field, pricing_row, point, before, after FROM event_field"
                      " WHERE offer = $1 AND number > $2 ORDER BY number, position LIMIT $3",
                      "tii",
                      "titt"
                      "t",
                      false},
};

const struct family store_events_family = {"events", statements, COUNT(statements), FAMILY_EVENTS};

static enum err
read_number(void *context, const struct column *columns)
{
    int64_t *number = context;

    *number = columns[0].integer;
    return OK;
}

enum err
event_append(struct db *db, struct arena *arena, const struct world *world, const char *offer,
             const char *partner, struct event *event, const struct event_fields *changes)
{
    const struct chain_subject subject = chain_subject_of(arena, CHAIN_WORD_OFFER, offer);
    int64_t last = 0;
    struct row_reader reader = {&last, read_number};

    TRY(db_run(db, &store_events_family, EVENT_LAST, VALUES(text(offer)), &reader, NULL));
    event->number = last + 1;
    TRY(db_run(db, &store_events_family, EVENT_INSERT,
               VALUES(text(offer), integer(event->number), integer(event->at),
                      text(event_kind_text(event->kind)), text(party_text(event->party)),
                      text(event->account), text(event->account_name), text(event->person),
                      text(event->person_name), text(partner), text(event->note)),
               NULL, NULL));
    for (size_t i = 0; i < changes->count; i++) {
        const struct event_field *changed = &changes->rows[i];

        TRY(db_run(db, &store_events_family, FIELD_INSERT,
                   VALUES(text(offer), integer(event->number), integer((int64_t)i),
                          text(fields[changed->field].name), integer(changed->row),
                          text(changed->point), text(changed->before), text(changed->after)),
                   NULL, NULL));
    }
    return chain_seal(db, arena, world, &subject, event->number);
}

/* Where events go. */
struct reading {
    struct arena *arena;
    const struct viewer *viewer;
    struct events *events;
};

static enum err
read_event(void *context, const struct column *columns)
{
    struct reading *reading = context;
    struct arena *arena = reading->arena;
    struct event event = {.number = columns[0].integer, .at = columns[1].integer};
    bool own;

    TRY(event_kind_read(columns[2].text, &event.kind));
    TRY(party_read(columns[3].text, &event.party));
    if ((event_seen_by(event.kind) & PARTY_BIT(reading->viewer->party)) == 0)
        return ERR_BROKEN; /* the statement gives only what kinds_of lists */
    own = reading->viewer->party == PARTY_OPERATOR ||
          text_equal(columns[4].text, reading->viewer->account);
    if (event.party != PARTY_CUSTOMER || own) {
        event.account = arena_text(arena, columns[4].text);
        event.account_name = arena_text(arena, columns[5].text);
    } else { /* sellers know a customer by its label alone (LAW 5) */
        event.account = "";
        event.account_name = "";
    }
    event.note = arena_text(arena, columns[8].text);
    event.person = own ? arena_text(arena, columns[6].text) : "";
    event.person_name = own ? arena_text(arena, columns[7].text) : "";
    reading->events->rows[reading->events->count++] = event;
    return OK;
}

/* ",created,edited,": the kinds the party may read of, by one of the rules of core/event. */
static const char *
kinds_of(struct arena *arena, enum party party, unsigned (*seen_by)(enum event_kind))
{
    size_t size = sizeof(",");
    char *list;
    char *end;

    for (int i = 0; i < EVENT_KIND_COUNT; i++)
        size += strlen(event_kind_text((enum event_kind)i)) + 1;
    list = arena_alloc(arena, size);
    end = list;
    *end++ = ',';
    for (int i = 0; i < EVENT_KIND_COUNT; i++) {
        const char *kind = event_kind_text((enum event_kind)i);

        if ((seen_by((enum event_kind)i) & PARTY_BIT(party)) == 0)
            continue;
        memcpy(end, kind, strlen(kind));
        end += strlen(kind);
        *end++ = ',';
    }
    return list;
}

/* The newest events that the viewer may read of, of those kinds. */
static enum err
read_events(struct db *db, struct arena *arena, const struct viewer *viewer, const char *offer,
            const char *kinds, int limit, struct events *events)
{
    struct reading reading = {arena, viewer, events};
    struct row_reader reader = {&reading, read_event};
    const char *notes = kinds_of(arena, viewer->party, event_note_seen_by);

    events->rows = arena_array(arena, struct event, (size_t)limit);
    events->count = 0;
    if (viewer->party == PARTY_PARTNER)
        return db_run(
            db, &store_events_family, EVENTS_FOR_PARTNER,
            VALUES(text(offer), integer(limit), text(kinds), text(notes), text(viewer->account)),
            &reader, NULL);
    return db_run(db, &store_events_family,
                  viewer->party == PARTY_CUSTOMER ? EVENTS_FOR_CUSTOMER : EVENTS_ALL,
                  VALUES(text(offer), integer(limit), text(kinds), text(notes)), &reader, NULL);
}

enum err
event_newest(struct db *db, struct arena *arena, const struct viewer *viewer, const char *offer,
             enum event_kind kind, struct event *event)
{
    const char *wanted = arena_format(arena, ",%s,", event_kind_text(kind));
    struct events events;

    assert((event_seen_by(kind) & PARTY_BIT(viewer->party)) != 0);
    TRY(read_events(db, arena, viewer, offer, wanted, 1, &events));
    if (events.count == 0)
        return ERR_ABSENT;
    *event = events.rows[0];
    return OK;
}

enum err
events_of(struct db *db, struct arena *arena, const struct viewer *viewer, const char *offer,
          struct events *events)
{
    return read_events(db, arena, viewer, offer, kinds_of(arena, viewer->party, event_seen_by),
                       LIMIT_EVENTS, events);
}

/* Where fields go. */
struct fields_reading {
    struct arena *arena;
    enum party viewer;
    size_t read;
    struct event_fields *changes;
};

static enum err
read_field(void *context, const struct column *columns)
{
    struct fields_reading *reading = context;
    struct arena *arena = reading->arena;
    enum field field = field_named(columns[0].text);

    if (field == FIELD_COUNT)
        return ERR_BROKEN;
    reading->read++;
    if (!field_seen(field, reading->viewer))
        return OK; /* an ISV's save also voids what is its partner's (LAW D-7) */
    reading->changes->rows[reading->changes->count++] =
        (struct event_field){.field = field,
                             .row = (int)columns[1].integer,
                             .point = arena_text(arena, columns[2].text),
                             .before = arena_text(arena, columns[3].text),
                             .after = arena_text(arena, columns[4].text)};
    return OK;
}

enum err
event_fields_since(struct db *db, struct arena *arena, const struct viewer *viewer,
                   const char *offer, int64_t number, struct event_fields *changes)
{
    struct event_fields found = {arena_array(arena, struct event_field, LIMIT_EVENT_FIELDS), 0};
    struct fields_reading reading = {arena, viewer->party, 0, &found};
    struct row_reader reader = {&reading, read_field};

    TRY(db_run(db, &store_events_family, FIELDS_SINCE,
               VALUES(text(offer), integer(number), integer(LIMIT_EVENT_FIELDS)), &reader, NULL));
    if (reading.read == LIMIT_EVENT_FIELDS)
        return ERR_ABSENT;
    *changes = found;
    return OK;
}

/*
 * events.h: what happened to an offer, appended once, read through the reader's eyes.
 */
#ifndef STORE_EVENTS_H
#define STORE_EVENTS_H

#include "base/world.h"
#include "core/event.h"
#include "store/store.h"

/* Appends the event with the next number of its offer (set in event->number) and its fields, sealed
 * (LAW 5.1) with the world's randomness. partner is the seller the offer is addressed to now. */
MUST_CHECK enum err event_append(struct db *db, struct arena *arena, const struct world *world,
                                 const char *offer, const char *partner, struct event *event,
                                 const struct event_fields *fields);

struct events {
    struct event *rows; /* newest first, at most LIMIT_EVENTS */
    size_t count;
};

/* Keeps. The caller has loaded the offer through the same viewer. A partner reads only events of
 * the time the offer was addressed to it, a customer only since the last extension; kinds by
 * event_seen_by. person_name is "" unless the event is of the viewer's own account, and so is the
 * customer's account_name for sellers; note by event_note_seen_by. */
MUST_CHECK enum err events_of(struct db *db, struct arena *arena, const struct viewer *viewer,
                              const char *offer, struct events *events);

/* Keeps the newest event of that kind, as events_of would tell it. ERR_ABSENT when the viewer reads
 * of none. The kind is one it may read of. */
MUST_CHECK enum err event_newest(struct db *db, struct arena *arena, const struct viewer *viewer,
                                 const char *offer, enum event_kind kind, struct event *event);

/* Keeps what the events after that number changed, as far as the viewer may see the fields (LAW 5),
 * the oldest first. The caller has loaded the offer through the same viewer, and made sure that
 * they are events of its own. ERR_ABSENT when there are more than can be told. */
MUST_CHECK enum err event_fields_since(struct db *db, struct arena *arena,
                                       const struct viewer *viewer, const char *offer,
                                       int64_t number, struct event_fields *changes);

#endif

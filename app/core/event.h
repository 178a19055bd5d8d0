/*
 * event.h: what happens to an offer, and who may read of it (LAW 5, 6).
 *
 * Pure. Histories are views of these kinds through the field table.
 */
#ifndef CORE_EVENT_H
#define CORE_EVENT_H

#include "core/fields.h"

enum event_kind {
    EVENT_CREATED,
    EVENT_CLONED,   /* created from an offer; its field says which name became which */
    EVENT_UPGRADED, /* the same, as an upgrade */
    EVENT_EDITED,
    EVENT_SUBMITTED,
    EVENT_OFFERED,      /* published to the partner */
    EVENT_NOT_OFFERED,  /* that publication failed */
    EVENT_WITHDRAWN,    /* by the ISV */
    EVENT_PRICED,       /* the partner saved its fields */
    EVENT_SENT,         /* the partner submitted */
    EVENT_EXTENDED,     /* published to the customer */
    EVENT_NOT_EXTENDED, /* that publication failed */
    EVENT_TAKEN_BACK,   /* by the partner */
    EVENT_ACCEPTED,
    EVENT_DELETED,
    /* What becomes of a request to cancel it (LAW 6.5). What passes between its requester and the
     * operator is read in the request itself. */
    EVENT_CANCEL_REQUESTED,
    EVENT_CANCEL_AMENDED,
    EVENT_CANCEL_AGREED,
    EVENT_CANCEL_OBJECTED,
    EVENT_CANCEL_ASKED,
    EVENT_CANCEL_ANSWERED,
    EVENT_CANCEL_REFUSED,
    EVENT_CANCEL_WITHDRAWN,
    EVENT_CANCELLED,
    EVENT_SENT_BACK,      /* by the partner, who asks for a change */
    EVENT_WITHDRAW_ASKED, /* by the ISV */
    EVENT_DECLINED,       /* by the customer */
    EVENT_CHANGE_ASKED,   /* by the customer */
    EVENT_KIND_COUNT
};

/* A field that changed. row 0 is the offer itself; point "" the whole row. */
struct event_field {
    enum field field;
    int row;
    const char *point;
    const char *before;
    const char *after;
};

struct event {
    int64_t number;
    int64_t at;
    enum event_kind kind;
    enum party party;
    const char *account;
    const char *account_name;
    const char *person;
    const char *person_name;
    const char *note; /* the reason given; "" when there is none, or not for the reader */
};

const char *event_kind_text(enum event_kind kind);
MUST_CHECK enum err event_kind_read(const char *text, enum event_kind *kind);

/* Party bits of those who may read of it at all. The customer reads only since the last extension,
 * a partner only what happened while the offer was its own (store/events filters both). */
unsigned event_seen_by(enum event_kind kind);

/* Party bits of those who may read its note: who gave the reason, whom it was given to, the
 * operator (LAW D-35). */
unsigned event_note_seen_by(enum event_kind kind);

/* Does that event keep a version of its offer (LAW 6.9)? */
bool event_keeps_version(enum event_kind kind);

/* The kind of event that leaves that ask standing. */
enum event_kind ask_event(enum offer_ask ask);

/* What happened, for that reader: "Submitted", "Submitted to you", "Extended to the customer". */
const char *event_words(enum event_kind kind, enum party viewer);

/* Keeps: every field in which after differs from before. Rows are matched by number. */
struct event_fields {
    struct event_field *rows;
    size_t count;
};
struct event_fields event_changes(const struct offer *before, const struct offer *after,
                                  struct arena *arena);

#endif

/*
 * support.h: a request to cancel an accepted offer, as tables: what it must hold, who moves it to
 * where, who reads what of it (LAW 6.5).
 *
 * Pure: no clock, no store. Invariant: a request that lacks something cannot be processed; a
 * refused move leaves it exactly as it was.
 */
#ifndef CORE_SUPPORT_H
#define CORE_SUPPORT_H

#include "core/event.h"
#include "core/party.h"

/* As stored. The first three are open; one request of an offer is. */
enum support_state {
    SUPPORT_INCOMPLETE, /* something is missing */
    SUPPORT_READY,
    SUPPORT_ASKED, /* the operator asked back */
    SUPPORT_PROCESSED,
    SUPPORT_REFUSED,
    SUPPORT_WITHDRAWN,
    SUPPORT_STATE_COUNT
};

/* What somebody is in a request: who made it, the other seller of its offer, the customer. */
enum support_role {
    SUPPORT_REQUESTER,
    SUPPORT_OTHER,
    SUPPORT_CUSTOMER,
    SUPPORT_OPERATOR,
    SUPPORT_ROLE_COUNT
};

enum support_move {
    SUPPORT_AMEND, /* what it says, and its evidence */
    SUPPORT_AGREE,
    SUPPORT_OBJECT,
    SUPPORT_ASK,
    SUPPORT_ANSWER,
    SUPPORT_PROCESS,
    SUPPORT_REFUSE,
    SUPPORT_WITHDRAW,
    SUPPORT_MOVE_COUNT
};

/* What a request must hold, as bits (LAW 6.5). The offer and its billing account it has from the
 * page it is made on. */
enum support_item {
    SUPPORT_ITEM_REASON,
    SUPPORT_ITEM_REFUND,    /* whether one is needed */
    SUPPORT_ITEM_PURCHASES, /* of which purchases */
    SUPPORT_ITEM_OTHER,     /* that the other seller agrees */
    SUPPORT_ITEM_CUSTOMER,  /* that the customer does */
    SUPPORT_ITEM_COUNT
};
#define SUPPORT_BIT(item) (1U << (item))

enum support_refund { REFUND_UNSAID, REFUND_NEEDED, REFUND_NOT_NEEDED, REFUND_COUNT };

/* What a party said of it inside the product. */
enum support_word { WORD_NONE, WORD_AGREES, WORD_OBJECTS, WORD_COUNT };

enum evidence_type { EVIDENCE_PDF, EVIDENCE_PNG, EVIDENCE_JPEG, EVIDENCE_TYPE_COUNT };

/* Whose agreement a file shows. */
enum evidence_of { EVIDENCE_OF_OTHER, EVIDENCE_OF_CUSTOMER, EVIDENCE_OF_BOTH, EVIDENCE_OF_COUNT };

struct evidence {
    const char *id; /* in its address: a GUID */
    enum evidence_of of;
    enum evidence_type type;
    const char *name; /* as its sender calls it */
    int64_t size;
    const char *sha256;
    int64_t added_at;
};

struct support_request {
    const char *id; /* a GUID */
    const char *offer;
    const char *offer_name;
    bool offer_cancelled; /* by this request, or by a later one */
    enum party by;        /* the ISV or the selling partner */
    const char *isv;      /* seller ID */
    const char *isv_name;
    const char *partner; /* seller ID */
    const char *partner_name;
    const char *organisation;
    const char *billing_account;
    enum support_state state;
    int64_t version;
    const char *reason;
    enum support_refund refund;
    const char *purchases; /* which to refund, in the requester's words */
    enum support_word other;
    enum support_word customer;
    int64_t opened_at;
    struct evidence evidence[LIMIT_EVIDENCE];
    size_t evidence_count;
};

/* A row {from, move, by, to}. One that leads to SUPPORT_INCOMPLETE leads on to SUPPORT_READY when
 * nothing is missing. */
struct support_step {
    enum support_state from;
    enum support_move move;
    enum support_role by;
    enum support_state to;
};
extern const struct support_step support_steps[];
extern const size_t support_step_count;

const char *support_state_text(enum support_state state);
MUST_CHECK enum err support_state_read(const char *text, enum support_state *state);
const char *support_refund_text(enum support_refund refund);
MUST_CHECK enum err support_refund_read(const char *text, enum support_refund *refund);
const char *support_word_text(enum support_word word);
MUST_CHECK enum err support_word_read(const char *text, enum support_word *word);
const char *evidence_of_text(enum evidence_of of);
MUST_CHECK enum err evidence_of_read(const char *text, enum evidence_of *of);
const char *evidence_type_text(enum evidence_type type); /* "pdf" */
MUST_CHECK enum err evidence_type_read(const char *text, enum evidence_type *type);
const char *evidence_media_type(enum evidence_type type); /* "application/pdf" */

/* By its first bytes, never by its name; ERR_INVALID for any other. */
MUST_CHECK enum err evidence_type_of(const void *bytes, size_t size, enum evidence_type *type);

bool support_open(enum support_state state);

/* What the party is in the request: the system and the operator are the operator. */
enum support_role support_role_of(const struct support_request *request, enum party party);

/* Bits of what is missing. An agreement is there when it was given inside the product or evidence
 * of it is attached; somebody who objected inside the product has not agreed, whatever is attached.
 */
unsigned support_missing(const struct support_request *request);

/* Makes the move: ERR_CLOSED when its state has no such row, or it is to be processed and lacks
 * something; ERR_DENIED when the move is another's. Agreeing and objecting set the word. */
MUST_CHECK enum err support_advance(struct support_request *request, enum support_move move,
                                    enum support_role by);
/* Would it answer OK? */
bool support_may(const struct support_request *request, enum support_move move,
                 enum support_role by);

/* The status as that role reads it: of what goes on between requester and operator the others
 * learn nothing. */
const char *support_words(enum support_state state, enum support_role role);

/* What happens to a request. */
enum support_event {
    SUPPORT_EVENT_OPENED,
    SUPPORT_EVENT_AMENDED,
    SUPPORT_EVENT_ATTACHED,
    SUPPORT_EVENT_AGREED,
    SUPPORT_EVENT_OBJECTED,
    SUPPORT_EVENT_ASKED,
    SUPPORT_EVENT_ANSWERED,
    SUPPORT_EVENT_PROCESSED,
    SUPPORT_EVENT_REFUSED,
    SUPPORT_EVENT_WITHDRAWN,
    SUPPORT_EVENT_COUNT
};
const char *support_event_text(enum support_event kind);
MUST_CHECK enum err support_event_read(const char *text, enum support_event *kind);
const char *support_event_words(enum support_event kind);
/* May the role read of it, and, if so, the words that were written with it? own: it was written by
 * the reader's own account. */
bool support_event_seen(enum support_event kind, enum support_role role);
bool support_note_seen(enum support_event kind, enum support_role role, bool own);
/* The same act in the history of the offer. */
enum event_kind support_event_of_offer(enum support_event kind);

#endif

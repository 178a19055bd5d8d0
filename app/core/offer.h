/*
 * offer.h: the life of one multiparty private offer, as tables (LAW 4, 6).
 *
 * Pure: no clock, no store, no HTTP. Invariant: a move absent from the steps cannot happen, whoever
 * asks; a refused move leaves the offer exactly as it was.
 */
#ifndef CORE_OFFER_H
#define CORE_OFFER_H

#include "base/when.h"
#include "core/catalogue.h"
#include "core/party.h"

/* Expired and Ended are never stored: they are what a stored Pending acceptance or Accepted is once
 * its day has passed (LAW 6.1, D-18). */
enum offer_state {
    STATE_DRAFT,
    STATE_TO_PARTNER, /* In Progress, to the partner */
    STATE_PENDING_PARTNER,
    STATE_TO_CUSTOMER, /* In Progress, to the customer */
    STATE_PENDING_ACCEPTANCE,
    STATE_ACCEPTED,
    STATE_CANCELLED,
    STATE_DELETED,
    STATE_EXPIRED,
    STATE_ENDED,
    STATE_COUNT
};

enum offer_move {
    MOVE_EDIT, /* the ISV's fields */
    MOVE_DELETE,
    MOVE_SUBMIT,    /* the ISV to the partner */
    MOVE_PUBLISH,   /* In Progress ends well */
    MOVE_FAIL,      /* In Progress ends badly */
    MOVE_WITHDRAW,  /* the ISV from the partner */
    MOVE_PRICE,     /* the partner's fields */
    MOVE_EXTEND,    /* the partner to the customer */
    MOVE_TAKE_BACK, /* the partner from the customer */
    MOVE_ACCEPT,
    MOVE_CANCEL, /* by a support request (LAW 6.5) */
    /* Asking (LAW 6.7): the state stays. */
    MOVE_SEND_BACK,    /* the partner asks the ISV for a change */
    MOVE_ASK_WITHDRAW, /* the ISV asks the partner to withdraw */
    MOVE_DECLINE,      /* the customer */
    MOVE_ASK_CHANGE,   /* the customer */
    MOVE_COUNT
};

/* What was asked for last and stands until the offer moves on (LAW 6.7); at most one of the
 * sellers' and one of the customer's at a time. */
enum offer_ask {
    ASK_NONE,
    ASK_SENT_BACK, /* the partner, of the ISV */
    ASK_WITHDRAW,  /* the ISV, of the partner */
    ASK_DECLINED,  /* the customer, of the partner */
    ASK_CHANGE,    /* the customer, of the partner */
    ASK_COUNT
};

/* A row {from, move, by, to} of LAW 6.1 and 6.7. */
struct offer_step {
    enum offer_state from;
    enum offer_move move;
    enum party by;
    enum offer_state to;
};

extern const struct offer_step offer_steps[];
extern const size_t offer_step_count;

/* Options A, B and C; one for the whole offer, fixed when it is created (LAW 4.1). */
enum offer_type { OFFER_EXISTING_PLANS, OFFER_NEW_PLANS, OFFER_RESERVATIONS, OFFER_TYPE_COUNT };
enum price_type { PRICE_DISCOUNT, PRICE_ABSOLUTE, PRICE_TYPE_COUNT };
enum start_mode { START_UNSET, START_ON_ACCEPT, START_IN_MONTH, START_MODE_COUNT };

/* What one price point of a row costs, as far as it is known, and as far as the viewer may know it
 * (core/fields blanks the rest). */
struct row_price {
    const struct plan *plan; /* whose price it is: in a row of a whole product, one of many */
    const struct price_point *point;
    const char *key;  /* unique in the row: the point's id, in a whole product's row plan.point */
    int64_t quantity; /* of reservations (option C), 0 = not typed; 1 elsewhere */
    bool has_own;     /* the row is absolute and this is its price */
    struct amount own;
    bool has_list;
    struct amount list;
    bool has_partner;
    struct amount partner;
    bool has_customer;
    struct amount customer;
};

#define TERM_NOT_SOLD (-1)

/* A pricing row (LAW 4.4). number is never reused within its offer. */
struct offer_row {
    int number;
    /* Option A: every plan of the product, now and later; plan then holds the product's facts, with
     * the id "" and no points. */
    bool whole_product;
    struct plan *plan; /* options B and C: the template or base plan */
    enum price_type price_type;
    bool has_discount;
    struct rate discount;
    bool has_adjustment;
    struct rate adjustment;
    struct row_price *prices;
    size_t price_count;

    /* Option B: the plan made for this customer. Texts not typed are "", numbers not typed 0. */
    const char *plan_name;
    const char *plan_description;
    int64_t min_users;
    int64_t max_users; /* 0 = no limit */
    struct included *included;
    size_t included_count;

    /* Option C. */
    int duration_months; /* 12 or 36 */
    int payment_months;  /* 0 = upfront, 1 = monthly */
};

/* A terms document of a seller, as a PDF (LAW 4.3). name is the customer-facing one. */
struct document {
    const char *id; /* in its address: a GUID */
    enum party side;
    const char *name;
    int64_t size;       /* bytes */
    const char *sha256; /* of the bytes, in hexadecimal digits */
    int64_t added_at;
};

/* Dates not set are DAY_NONE; texts not set are "". */
struct offer {
    const char *id;
    const char *isv; /* seller ID */
    const char *isv_name;
    int64_t created_at;
    const char *created_by;

    enum offer_state state; /* stored; see offer_state_on */
    bool partner_withdrew;  /* "Pending partner action (Draft)" */
    int64_t version;
    int64_t partner_version;
    const char *partner_rev; /* both versions, opaque: the partner counts nobody's saves */
    int64_t isv_changed_at;
    int64_t partner_changed_at;
    int64_t customer_changed_at;
    int64_t publish_at; /* when In Progress ends; 0 otherwise */
    const char *failure;
    enum offer_ask seller_ask;
    enum offer_ask customer_ask;
    /* The offer that a clone or an upgrade was made from (LAW 6.4); "" for none, and for everybody
     * but the ISV. */
    const char *cloned_from;
    const char *upgraded_from;

    const char *name;
    enum offer_type type;
    const char *billing_account;
    const char *customer_label;
    const char *description;
    const char *partner; /* seller ID, "" when none */
    const char *partner_name;
    enum start_mode start_mode;
    struct day start_on; /* first of a month, of START_IN_MONTH */
    struct day end_on;   /* last of a month */
    struct day accept_by_on;
    const char *contacts; /* one address a line */
    const char *sales_note;

    const char *organisation; /* the customer's, once extended; "" before */

    const char *partner_data_of; /* the seller ID the partner's fields belong to (LAW D-7) */
    const char *prepared_by;
    const char *partner_contacts;
    const char *partner_note;
    bool taxable;

    int64_t submitted_at; /* 0 = never */
    int64_t extended_at;
    struct day accepted_on;
    int64_t cancelled_at; /* 0 = never */

    struct offer_row rows[LIMIT_ROWS];
    size_t row_count;
    int next_row;

    /* The ISV's first, each side in the order added. */
    struct document documents[2 * LIMIT_DOCUMENTS];
    size_t document_count;
};

const char *state_text(enum offer_state state); /* stored states only */
MUST_CHECK enum err state_read(const char *text, enum offer_state *state);
const char *ask_text(enum offer_ask ask); /* "" for ASK_NONE */
MUST_CHECK enum err ask_read(const char *text, enum offer_ask *ask);
const char *price_type_text(enum price_type type);
MUST_CHECK enum err price_type_read(const char *text, enum price_type *type);
const char *start_mode_text(enum start_mode mode);
MUST_CHECK enum err start_mode_read(const char *text, enum start_mode *mode);
const char *offer_type_text(enum offer_type type);
MUST_CHECK enum err offer_type_read(const char *text, enum offer_type *type);

/* The move by which that is asked for. */
enum offer_move ask_move(enum offer_ask ask);

/* The last day the stored state lasts: accept-by, end, or 9999-12-31. */
struct day offer_due_on(const struct offer *offer);

/* The state as of today (LAW 6.1 rows 14 and 16, D-2: both days are inclusive). */
enum offer_state offer_state_on(const struct offer *offer, struct day today);

/* Makes the move: ERR_CLOSED when today's state has no such row, ERR_DENIED when it has, for
 * another party. Changes state and the facts that belong to it, nothing else. */
MUST_CHECK enum err offer_advance(struct offer *offer, enum offer_move move, enum party by,
                                  struct day today);

/* What offer_advance would answer. */
MUST_CHECK enum err offer_check_move(const struct offer *offer, enum offer_move move, enum party by,
                                     struct day today);

/* Would it answer OK? Buttons are drawn from this. */
bool offer_may(const struct offer *offer, enum offer_move move, enum party by, struct day today);

/* Who may see the row at all in that state (LAW 5, 6.6): party bits. */
unsigned state_seen_by(enum offer_state state);

/* The status word of LAW 6.6; the partner's after its own withdrawal is "Pending partner action
 * (Draft)". */
const char *offer_status_words(const struct offer *offer, enum party viewer, struct day today);
const char *state_words(enum offer_state state);

/* Whose turn it is, as far as the viewer may know of it: PARTY_COUNT when nobody's (LAW 6.7). offer
 * is as the viewer sees it. */
enum party offer_waits_for(const struct offer *offer, struct day today);

/* The first day the private price holds: acceptance or the start month; DAY_NONE when not known. */
struct day offer_starts_on(const struct offer *offer);

/* Give the row its plan and its prices, unknown yet but for what the row had typed for the same key
 * before. All keep plan and plans.
 * Option A: a price for each point of the plan, or of each of the product's plans. */
void row_attach(struct arena *arena, struct offer_row *row, struct plan *plan);
void row_attach_product(struct arena *arena, struct offer_row *row, struct plan *facts,
                        const struct plan *plans, size_t count);
/* Option B: a price for each term that is sold, in the order of billing_terms, then one for each
 * meter of the template. payments says how each term is paid; TERM_NOT_SOLD when it is not. */
void row_attach_terms(struct arena *arena, struct offer_row *row, struct plan *plan,
                      const int payments[LIMIT_TERMS]);
/* Option C: a price for each size, in that order; one size 0 for a plan without sizes. The row's
 * duration and schedule are set before. */
void row_attach_sizes(struct arena *arena, struct offer_row *row, struct plan *plan,
                      const int *sizes, size_t count);

/* How the term is paid in a row of option B, TERM_NOT_SOLD when it is not sold. */
int row_payment(const struct offer_row *row, int term_months);

/* Keeps: what the row sells as people name it: "Ledgerline, Pro", "Ledgerline, all plans",
 * "Ledgerline, Orchid Pro" (a new plan; its template's name until it has one), "Gateway, Sized:
 * 1-year reservation". row_plan_words is the part after the comma. */
char *row_words(struct arena *arena, const struct offer_row *row);
char *row_plan_words(struct arena *arena, const struct offer_row *row);
/* Keeps: what the price is for: point_words, in a whole product's row with the plan before it. */
char *price_words(struct arena *arena, const struct offer_row *row, const struct row_price *price);

/* Why an absolute price is refused for a row of option A, NULL when it is allowed: what
 * plan_absolute_refusal says of its plan, and never for a whole product (LAW 4.4). */
const char *row_absolute_refusal(const struct offer_row *row);

/* Is it a price point that the row has of its own (options B and C), not one of the plan's? */
bool price_is_rows(const struct row_price *price);

/* The row's price of that key, or NULL. */
struct row_price *row_price(const struct offer_row *row, const char *key);

/* Do both rows sell a plan in common, so that one of them must go? In option C the same plan with
 * another duration is another thing to sell (LAW 9.1, D-16). */
bool rows_clash(enum offer_type type, const struct offer_row *a, const struct offer_row *b);

/* The row of that number, or NULL. */
struct offer_row *offer_row(struct offer *offer, int number);

/* The partner priced what it saw: rows of offer that are no longer those of before lose their
 * adjustment (LAW D-7). */
void offer_void_adjustments(const struct offer *before, struct offer *offer);

/* What belongs to another seller, or to nobody yet, is erased before the offer's partner sees it
 * (LAW D-7). */
void offer_begin_partner(struct offer *offer);

#endif

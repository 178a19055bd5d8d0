/*
 * purchase.h: the life of what a customer bought, as tables (LAW 10.3, 11).
 *
 * Pure: no clock, no store, no prices (core/charge). Invariant: a move absent from the steps cannot
 * happen, whoever asks; a refused move leaves the purchase exactly as it was. What time brings is
 * asked for (purchase_next) and made one step at a time, so that it comes out the same however
 * late.
 */
#ifndef CORE_PURCHASE_H
#define CORE_PURCHASE_H

#include "base/when.h"
#include "core/catalogue.h"
#include "core/party.h"

/* How it is bought, run and charged. */
enum purchase_kind {
    PURCHASE_SAAS,
    PURCHASE_VM,          /* pay as you go: hours, charged by the month */
    PURCHASE_APP,         /* a monthly fee, and meters */
    PURCHASE_RESERVATION, /* of virtual machines, for a term */
    PURCHASE_KIND_COUNT
};

#define PURCHASE_BIT(kind) (1U << (kind))

/* The four words of LAW 11. What is not SaaS is Subscribed from the day it is deployed. */
enum purchase_state {
    PURCHASE_PENDING, /* PendingFulfillmentStart */
    PURCHASE_SUBSCRIBED,
    PURCHASE_SUSPENDED,
    PURCHASE_UNSUBSCRIBED,
    PURCHASE_STATE_COUNT
};

enum purchase_move {
    PURCHASE_CONFIGURE,
    PURCHASE_ACTIVATE,
    PURCHASE_CANCEL,
    PURCHASE_FAIL_PAYMENT,
    PURCHASE_RECEIVE_PAYMENT,
    PURCHASE_CHANGE, /* plan or number of users */
    PURCHASE_RECUR,  /* recurring billing on or off */
    PURCHASE_REPORT, /* usage */
    PURCHASE_LAPSE,  /* one of the three clocks of 30 days ran out */
    PURCHASE_RENEW,  /* a term ended, and the next begins */
    PURCHASE_END,    /* a term ended, and none follows */
    PURCHASE_REFUND, /* all of it, by a support request (LAW 6.5) */
    PURCHASE_MOVE_COUNT
};

/* A row of LAW 11. kinds: the bits of the purchases that make the move. */
struct purchase_step {
    enum purchase_state from;
    enum purchase_move move;
    unsigned by; /* party bits */
    enum purchase_state to;
    unsigned kinds;
};
extern const struct purchase_step purchase_steps[];
extern const size_t purchase_step_count;

/* Why it is over; PURCHASE_RUNNING while it is not. */
enum purchase_ending {
    PURCHASE_RUNNING,
    PURCHASE_CANCELLED_BY_CUSTOMER,
    PURCHASE_CANCELLED_BY_ISV,
    PURCHASE_NEVER_CONFIGURED,
    PURCHASE_NEVER_ACTIVATED,
    PURCHASE_NEVER_PAID,
    PURCHASE_TERM_OVER,
    PURCHASE_REFUNDED_BY_MARKET,
    PURCHASE_ENDING_COUNT
};

/* Texts that were not given are "", instants and days that have not come 0 and DAY_NONE. */
struct purchase {
    const char *id; /* a GUID */
    enum purchase_kind kind;
    enum purchase_state state; /* stored; see purchase_state_on */
    enum purchase_ending ending;
    int64_t version;

    const char *organisation;
    const char *organisation_name;
    const char *billing_account;
    const char *azure_subscription;
    const char *azure_name;
    const char *resource_group;
    const char *name; /* that the customer gave it */
    const char *tags;
    const char *order_reference;
    const char *person; /* who bought it */
    const char *person_name;

    const char *isv; /* seller ID */
    const char *isv_name;
    const char *product;
    const char *product_name;
    const char *plan;
    const char *plan_name; /* as the customer knows it: a new plan's own (option B) */
    enum pricing_model model;
    /* The offer it was bought through, also where list price applied; "" for none. */
    const char *offer;
    const char *offer_name;
    const char *partner; /* seller ID */
    const char *partner_name;
    int row;

    int term_months;       /* 0: has no term (virtual machine, application) */
    int payment_months;    /* between payments; 0: one payment a term, or none at all */
    int vcpu;              /* of a virtual machine whose price depends on it */
    int64_t quantity;      /* users; 1 elsewhere */
    int64_t next_quantity; /* from the next payment on; quantity when nothing changes */
    int64_t min_users;
    int64_t max_users; /* 0 = no limit */
    bool recurring;
    /* The last day on which a term may begin anew: a new plan whose template does not sell its term
     * has no price after the offer's end. */
    struct day renews_through;

    const char *contact; /* whom the ISV writes to, given with the configuration */
    int64_t bought_at;
    int64_t configured_at;
    int64_t activated_at; /* also of what is not SaaS */
    int64_t suspended_at; /* while Suspended */
    int64_t ended_at;

    /* Months are counted from the anchor, the day of activation, so that a 31st that became a 28th
     * is a 31st again (LAW D-29). */
    struct day anchor_on;
    int term;             /* number of the term, from 1 */
    int term_from_months; /* where the term begins */
    int paid_months;      /* up to where payments have been taken */
    struct day usage_on;  /* first day of the first month whose usage is not charged yet */
    int charge_count;
};

const char *purchase_kind_text(enum purchase_kind kind);
MUST_CHECK enum err purchase_kind_read(const char *text, enum purchase_kind *kind);
const char *purchase_state_text(enum purchase_state state);
MUST_CHECK enum err purchase_state_read(const char *text, enum purchase_state *state);
const char *purchase_ending_text(enum purchase_ending ending);
MUST_CHECK enum err purchase_ending_read(const char *text, enum purchase_ending *ending);

/* "PendingFulfillmentStart", "Subscribed", ...: the words of LAW 11. */
const char *purchase_state_words(enum purchase_state state);

/* "Subscribe", "Deploy", "Buy": the button. */
const char *purchase_verb(enum purchase_kind kind);

/* The state as of today: what time has brought, whether or not it was written (LAW D-18). */
enum purchase_state purchase_state_on(const struct purchase *purchase, struct day today);
/* The same with why it is over. */
enum purchase_ending purchase_ending_on(const struct purchase *purchase, struct day today);

/* What purchase_advance would answer: ERR_CLOSED when today's state has no such row (or, to
 * activate, when it was not configured), ERR_DENIED when it has, for another party. */
MUST_CHECK enum err purchase_check_move(const struct purchase *purchase, enum purchase_move move,
                                        enum party by, struct day today);
bool purchase_may(const struct purchase *purchase, enum purchase_move move, enum party by,
                  struct day today);
/* Makes the move: state and the facts that belong to it. A purchase that begins to be charged gets
 * its anchor; one that is over keeps why. */
MUST_CHECK enum err purchase_advance(struct purchase *purchase, enum purchase_move move,
                                     enum party by, int64_t now);

/* A purchase that is not SaaS is charged from the moment it is bought. */
void purchase_deploy(struct purchase *purchase, int64_t now);

/* The last day of the clock that runs (LAW 11): to configure, to activate, to pay; DAY_NONE when
 * none does. It is inclusive: what it ends is over on the day after. */
struct day purchase_clock_on(const struct purchase *purchase);

/* Is usage reported for it: hours, or meters of a plan that may have some? */
bool purchase_metered(const struct purchase *purchase);

/* The first day of the present term, the first day after it (DAY_NONE without a term), and the
 * payment that comes next. Only once it was activated. */
struct day purchase_term_begins(const struct purchase *purchase);
struct day purchase_term_ends(const struct purchase *purchase);
struct day purchase_payment_on(const struct purchase *purchase);
/* The period the payments taken so far reach into: its first day and the first day after it. */
struct day purchase_period_begins(const struct purchase *purchase);
struct day purchase_period_ends(const struct purchase *purchase);

/* What time brings next to the purchase as it is stored; while Suspended its clock alone, the rest
 * waits for what comes of it. */
enum purchase_due {
    DUE_NOTHING,
    DUE_PAYMENT, /* of the period that begins on `on` */
    DUE_RENEWAL, /* a new term begins on `on`, or, when it has no price, none */
    DUE_END,     /* its term ends and none follows */
    DUE_LAPSE,   /* a clock ran out */
    DUE_USAGE,   /* of the month that began on purchase->usage_on */
};
struct purchase_event_due {
    enum purchase_due what;
    struct day on; /* the first day on which it is so */
};
struct purchase_event_due purchase_next(const struct purchase *purchase);

/* What the payment or the renewal that is due makes of the purchase; charges are the caller's. */
void purchase_paid(struct purchase *purchase);
void purchase_renewed(struct purchase *purchase);
void purchase_usage_charged(struct purchase *purchase);

/* Why the customer may not cancel it, NULL when it may (LAW 11, D-31): reservations never; a 2 or 3
 * year term with payments to come only within 72 hours. */
const char *purchase_cancel_refusal(const struct purchase *purchase, int64_t now);
/* Does cancelling now give back what was paid (LAW D-31)? */
bool purchase_refunds(const struct purchase *purchase, int64_t now);
/* The last instant at which it does. */
int64_t purchase_refund_until(const struct purchase *purchase);

/* May the purchase have that many users? */
bool purchase_users_fit(const struct purchase *purchase, int64_t users);

/* What happens to a purchase, for its history. */
enum purchase_event_kind {
    PURCHASE_BOUGHT,
    PURCHASE_CONFIGURED,
    PURCHASE_ACTIVATED,
    PURCHASE_USERS_CHANGED,
    PURCHASE_PLAN_CHANGED,
    PURCHASE_RECURRING_ON,
    PURCHASE_RECURRING_OFF,
    PURCHASE_PAYMENT_FAILED,
    PURCHASE_PAYMENT_RECEIVED,
    PURCHASE_RENEWED,
    PURCHASE_CANCELLED,
    PURCHASE_LAPSED,
    PURCHASE_ENDED,
    PURCHASE_REFUNDED,
    PURCHASE_EVENT_COUNT
};
const char *purchase_event_text(enum purchase_event_kind kind);
MUST_CHECK enum err purchase_event_read(const char *text, enum purchase_event_kind *kind);
/* "Configured", "Activated": what a history says. */
const char *purchase_event_words(enum purchase_event_kind kind);

#endif

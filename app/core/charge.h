/*
 * charge.h: what one line of a bill comes to (LAW 8.1, 12.1, D-30, D-31).
 *
 * Pure and exact. Invariant: customer = ISV + partner + fee, to the cent, on every line; a line
 * that corrects another has all its amounts negated.
 */
#ifndef CORE_CHARGE_H
#define CORE_CHARGE_H

#include "core/pricing.h"

/* What one price point costs at a moment, and by which offer. At list price partner and customer
 * equal list, and there is no offer. */
struct unit_price {
    const char *point; /* its id */
    const char *words; /* what it is for, as point_words says it */
    int64_t quantity;  /* of reservations; 1 elsewhere */
    bool has_list;
    struct amount list;
    struct amount partner;
    struct amount customer;
};

/* Where prices come from: the offer and its row, or list. */
struct price_source {
    const char *offer; /* "" = list price */
    int row;
    int64_t offer_version;
    const char *partner; /* seller ID, "" at list price */
};

enum charge_kind {
    CHARGE_PAYMENT,     /* of a term */
    CHARGE_FEE,         /* an application's month */
    CHARGE_RESERVATION, /* a payment of reservations */
    CHARGE_USERS,       /* users added within a period (LAW D-30) */
    CHARGE_USAGE,
    CHARGE_REFUND, /* within 72 hours (LAW D-31) */
    CHARGE_CREDIT, /* for the days left of a plan that was changed */
    CHARGE_KIND_COUNT
};
const char *charge_kind_text(enum charge_kind kind);
MUST_CHECK enum err charge_kind_read(const char *text, enum charge_kind *kind);

/* A line of a bill: written once. Amounts are negative on a line that corrects. */
struct charge {
    const char *purchase;
    int number; /* within the purchase, from 1 */
    int64_t at;
    struct day on; /* the day it is for: prices and the commitment are those of that day */
    enum charge_kind kind;
    int term;
    struct price_source source;
    const char *point;
    const char *words; /* what the price is for */
    int64_t quantity;
    bool per_hour;
    bool has_list;
    int64_t list; /* units: cents, of an hour micro-dollars */
    int64_t partner;
    int64_t customer;
    bool has_list_amount;
    struct money list_amount;
    struct money partner_amount;
    struct money customer_amount;
    struct rate fee_rate;
    struct money fee;
    struct day from_on;
    struct day through_on; /* inclusive */
    int corrects;          /* number of the line it corrects; 0 = none */
};

/* Sets the amounts of the line from its units: unit x quantity x part / whole, half up once; the
 * fee is on the partner amount. part and whole are days (LAW D-30), 1 and 1 for a whole period.
 * ERR_INVALID when an amount does not fit. */
MUST_CHECK enum err charge_reckon(struct charge *charge, int64_t part, int64_t whole);

/* Makes line the negative of all of charge, pointing at it. Kind, number, at and day are the
 * caller's. */
void charge_negate(const struct charge *charge, struct charge *line);
/* The negative of part / whole of it, half up; the fee is on the partner amount that is given back,
 * so the identity holds. */
MUST_CHECK enum err charge_negate_part(const struct charge *charge, int64_t part, int64_t whole,
                                       struct charge *line);

/* What the ISV gets of it, and the selling partner. */
struct money charge_isv(const struct charge *charge);
struct money charge_partner(const struct charge *charge);

/* The commitment that a charge uses up: never more than what is left (LAW D-32). */
struct money commitment_part(struct money remaining, struct money charged);

#endif

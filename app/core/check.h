/*
 * check.h: what must hold when an offer is submitted (LAW 9). Reports everything at once.
 *
 * Pure: the facts it judges by are handed in. Invariant: nothing is changed; no problem tells a
 * viewer what LAW 5 or 2.3 hides from it.
 */
#ifndef CORE_CHECK_H
#define CORE_CHECK_H

#include "core/fields.h"
#include "core/pricing.h"

/* Another offer for the same billing account and plan at an overlapping time (LAW 8.6). */
struct collision {
    const char *offer;
    const char *offer_name;
    const char *isv;        /* seller ID */
    const char *offered_to; /* seller ID of the partner that can see it; "" = none yet */
    int row;                /* of the offer being checked */
};

/* What the stored facts say. An account that does not exist is NULL. */
struct check_facts {
    struct day today;
    const struct publisher *isv;
    const struct publisher *partner;
    const struct billing_account *account;
    const struct collision *collisions;
    size_t collision_count;
    const struct offer *upgraded; /* the accepted offer that this one upgrades; NULL for none */
};

/* LAW 9.1. Messages name fields of the ISV's setup form. */
void check_isv_submit(const struct offer *offer, const struct check_facts *facts,
                      struct problems *problems);

/* Everything that is missing from, or does not fit in, one row's own form (core/fields:
 * fields_read_row), at the names of that form. check_isv_submit sums it up in one problem at the
 * row. Nothing for a row with a discount. Call after price_offer. */
void check_row(enum offer_type type, const struct offer_row *row, struct problems *problems);

/* The part of check_isv_submit that is about rows: what they sell is still on sale, none clashes
 * with another, each is priced, and the sums of reservations fit. */
void check_rows(const struct offer *offer, struct problems *problems);

/* LAW 9.2. Messages name fields of the partner's setup form. */
void check_partner_submit(const struct offer *offer, const struct check_facts *facts,
                          struct problems *problems);

/* Why an account may not be named, nor accept (LAW 10.2), and what the ISV can do, in its words:
 * NULL when it may. One answer for every reason (LAW 2.3). */
const char *account_refusal(const struct billing_account *account);

/* Why a seller may not be the partner, and who can mend that: NULL when it may. isv is the seller
 * ID of the offer's ISV. Tells no more than enrolled or not, tax profile or not. */
const char *partner_refusal(const struct publisher *partner, const char *isv);

#endif

/*
 * pricing.h: from list price to partner price to customer price, and who gets what (LAW 8, 12.1).
 *
 * Pure and exact: each price point is rounded half up once at each step; the rounded figure is what
 * is shown, multiplied and summed. Invariant: customer = ISV + partner + fee, to the cent.
 */
#ifndef CORE_PRICING_H
#define CORE_PRICING_H

#include "core/offer.h"

/* Fills the prices of every row from the plan's list prices and what the sellers typed; what cannot
 * be known yet stays unset. ERR_INVALID when a figure passes 999,999,999.99 (LAW D-25): it stays
 * unset too, and *too_large is the number of the first such row. */
MUST_CHECK enum err price_offer(struct offer *offer, int *too_large);

/* Is the row's partner price decided: a discount typed, or every own price and quantity given
 * (D-23)?
 */
bool row_priced(const struct offer_row *row);

/* Has every row prices, and is every customer price known? One may not be any more once the
 * catalogue has changed: a price point was added, a list price now leads to a figure too large, a
 * product has no plan on sale. Call after price_offer. */
bool offer_priced(const struct offer *offer);

/* The most the adjustment of the row may be (LAW 8.3): false when there is no cap. */
bool row_cap(const struct offer_row *row, struct rate *cap);
/* Keeps: what a partner that typed more can do, as the end of a sentence. */
const char *row_cap_remedy(struct arena *arena, const struct offer *offer,
                           const struct offer_row *row);

/* What a customer price that somebody wants takes of the row's adjustment (LAW 8.2). */
enum solving {
    SOLVED,
    SOLVING_NOTHING, /* the partner price is 0.00: no percentage of it is anything */
    SOLVING_BELOW,   /* the price wanted is below the partner price */
    SOLVING_CAPPED,  /* it takes more than the row's cap */
    SOLVING_LARGE,   /* it takes more digits than an adjustment has */
};
struct solution {
    struct rate adjustment; /* (wanted - partner) / partner, half up to 8 decimals */
    struct amount customer; /* the price it really gives */
};
/* Fills the solution when SOLVED; when SOLVING_CAPPED with the cap and the most it gives. The
 * price's partner price is known; wanted is of its precision. */
enum solving price_solve(const struct offer_row *row, const struct row_price *price,
                         struct amount wanted, struct solution *solution);

/* What one payment of customer price splits into (LAW 12.1). */
struct split {
    struct money fee;
    struct money isv;
    struct money partner;
};
MUST_CHECK enum err price_split(struct money partner_price, struct money customer_price,
                                struct rate fee, struct split *split);

/* What the reservations of a row come to over the whole term (LAW 8.4): unit price x quantity x
 * payments, summed over its prices. A sum is known when each of its prices is. */
struct row_totals {
    bool has_list;
    struct money list;
    bool has_partner;
    struct money partner;
    bool has_customer;
    struct money customer;
};
/* Of one reservation price with that unit price; ERR_INVALID when it does not fit. */
MUST_CHECK enum err price_subtotal(const struct row_price *price, struct money unit,
                                   struct money *subtotal);
/* ERR_INVALID when a sum does not fit. Only option C has totals (LAW D-22): the row is one of its
 * own, or, for offer_totals, every row is. */
MUST_CHECK enum err row_totals(const struct offer_row *row, struct row_totals *totals);
MUST_CHECK enum err offer_totals(const struct offer *offer, struct row_totals *totals);

/* The agency fee on what the ISV gets for the reservations of a row, or of the offer: on each
 * payment of each price, rounded half up, and summed over all payments (LAW 12.1). Call it for rows
 * whose partner total is known. ERR_INVALID when the sum does not fit. */
MUST_CHECK enum err row_fee(const struct offer_row *row, struct rate fee, struct money *sum);
MUST_CHECK enum err offer_fee(const struct offer *offer, struct rate fee, struct money *sum);

/* What rounding has done to a price point, for the warnings of LAW 8.3. */
enum price_warning {
    PRICE_FINE,
    PRICE_DISCOUNT_VANISHED, /* a discount was typed and the partner price equals list */
    PRICE_MARKUP_VANISHED,   /* an adjustment was typed and the customer price equals partner's */
    PRICE_ABOVE_LIST,        /* a discount row's customer price exceeds list */
};
enum price_warning price_warning(const struct offer_row *row, const struct row_price *price);

#endif

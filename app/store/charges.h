/*
 * charges.h: what each term of a purchase costs, and the lines of its bills: written once.
 *
 * Invariant: nothing here is ever changed or deleted; a correction is a line of its own (LAW 12.1).
 */
#ifndef STORE_CHARGES_H
#define STORE_CHARGES_H

#include "core/charge.h"
#include "core/purchase.h"
#include "store/store.h"

/* What a term costs, and by which offer. */
struct term_prices {
    int term;
    struct day begins_on;
    struct price_source source;
    struct unit_price *rows;
    size_t count; /* at most LIMIT_POINTS */
};
MUST_CHECK enum err term_insert(struct db *db, struct arena *arena, const char *purchase,
                                const struct term_prices *prices);
/* Keeps the term that holds on the day; of a purchase that the caller has loaded. ERR_ABSENT. */
MUST_CHECK enum err term_on(struct db *db, struct arena *arena, const char *purchase,
                            struct day day, struct term_prices *prices);
/* The price of that point, or NULL. */
const struct unit_price *term_price(const struct term_prices *prices, const char *point);

MUST_CHECK enum err charge_insert(struct db *db, struct arena *arena, const struct charge *charge);
struct charges {
    struct charge *rows; /* oldest first */
    size_t count;        /* at most LIMIT_CHARGES, the newest */
};
/* Keeps, with every amount, for actions; of a purchase that the caller has loaded. */
MUST_CHECK enum err charges_of(struct db *db, struct arena *arena, const char *purchase,
                               struct charges *charges);
/* Blanks what the viewer may not see of each (LAW 5): the customer the partner amounts and the fee,
 * the ISV the customer amounts, the partner the fee, and lines that did not come from its offer.
 * Blanked figures are 0 and may not be shown. */
void charges_blank(struct charges *charges, const struct viewer *viewer);

/* Keeps the ids of offers accepted, and not cancelled before at, for the billing account that
 * reprice the plan (option A: a row of the plan or of its whole product), whose prices hold on at
 * least one day from from to through (LAW 8.8); the earliest accepted first, at most
 * LIMIT_COLLISIONS. */
struct covering_offer {
    const char *offer;
    int row;
};
struct covering {
    struct covering_offer *rows;
    size_t count;
};
MUST_CHECK enum err offers_covering(struct db *db, struct arena *arena, const char *billing_account,
                                    const char *product, const char *plan, struct day from,
                                    struct day through, int64_t at, struct covering *covering);

#endif

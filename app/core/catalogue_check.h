/*
 * catalogue_check.h: what an ISV may put into its catalogue, and when another list price begins
 * (LAW 3.2).
 *
 * Pure: what is stored is handed in. Invariant: nothing is changed; all problems are reported at
 * once. They are at the places actions/catalogue.h names.
 */
#ifndef CORE_CATALOGUE_CHECK_H
#define CORE_CATALOGUE_CHECK_H

#include "core/catalogue.h"
#include "core/problems.h"

/* The trials that plans of the type may have: months, ascending, the first 0 for none. */
const int *trials_of(enum product_type type, size_t *count);

/* A meter's unit price as typed: like money, but below a cent any of 6 decimals may be typed, and
 * the price is 0.00 (LAW 3.2). */
MUST_CHECK enum err meter_price_parse(const char *text, struct money *price);

/* Have its prices been public at any time, so that they need notice? */
bool plan_needs_notice(const struct plan *plan);

/* What becomes of a list price that was typed. */
enum price_move {
    PRICE_STAYS,  /* it is that already */
    PRICE_NOW,    /* nobody has relied on the old one */
    PRICE_CHANGES /* from a day on */
};
/* now is the price of today; *from is written for PRICE_CHANGES only. */
enum price_move price_move(bool needs_notice, struct amount now, struct amount typed,
                           struct day today, struct day *from);
/* The first day of a lower price told today: the first of the next month. */
struct day price_lower_from(struct day today);
/* The first day of a higher one: the first of the first month at least LIMIT_NOTICE_DAYS away. */
struct day price_higher_from(struct day today);

/* A product on its own. */
void product_check(const struct product *product, struct problems *problems);

/* What the store says around a plan. */
struct plan_facts {
    const struct plan *stored; /* the plan as it is, with what every point costs today; NULL: new */
    enum product_type type;
    const struct plan *others; /* the product's other plans */
    size_t other_count;
    const char *const *meters; /* point ids of the other plans' meters, each once */
    size_t meter_count;
    const char *const *markets; /* codes the marketplace sells in */
    size_t market_count;
};

/* A plan as it is to be saved; one that is published must stay complete. */
void plan_check(const struct plan *plan, const struct plan_facts *facts, struct arena *arena,
                struct problems *problems);

/* What a plan lacks to be published. */
void plan_check_complete(const struct plan *plan, struct problems *problems);

#endif

/*
 * catalogue.h: products, plans and price points.
 *
 * Not here: what may be combined (core/catalogue). A plan is read by its publisher, or through an
 * offer row of an offer the reader may see (store/offers); its list price is public.
 */
#ifndef STORE_CATALOGUE_H
#define STORE_CATALOGUE_H

#include "core/catalogue.h"
#include "store/store.h"

struct product {
    const char *id;
    const char *publisher;
    const char *name;
    enum product_type type;
    bool in_azure_marketplace;
    bool published;
    bool transactable;
    bool macc_enrolled;
    bool cosell_eligible;
};

MUST_CHECK enum err product_insert(struct db *db, struct arena *arena,
                                   const struct product *product);

/* saving of a VM plan's reservations, -1 in e8 when that duration is not sold. */
struct reservation_savings {
    struct rate one_year;
    struct rate three_years;
};

/* Inserts the plan and its points; the product's own facts in plan are ignored. */
MUST_CHECK enum err plan_insert(struct db *db, struct arena *arena, const struct plan *plan,
                                const struct reservation_savings *savings);

/* Keeps the plan with its points, whosever it is. ERR_ABSENT. */
MUST_CHECK enum err plan_load(struct db *db, struct arena *arena, const char *product,
                              const char *id, struct plan **plan);

/* Puts the plan on sale, or takes it off. ERR_ABSENT. */
MUST_CHECK enum err plan_publish(struct db *db, const char *product, const char *id,
                                 bool published);

struct plans {
    struct plan *rows;
    size_t count;
    bool more; /* LIMIT_PICKER_PLANS reached: the search must be narrowed */
};

/* Keeps the publisher's plans that a private offer may carry (LAW 3.1), with points, by product and
 * plan name. search is folded; "" for all. */
MUST_CHECK enum err plans_selectable(struct db *db, struct arena *arena, const char *publisher,
                                     const char *search, struct plans *plans);

/* Does the publisher sell any product? Decides which hat it wears first. */
MUST_CHECK enum err publisher_sells(struct db *db, const char *publisher, bool *sells);

#endif

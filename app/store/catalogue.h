/*
 * catalogue.h: products, plans and price points.
 *
 * Not here: what may be combined (core/catalogue). A plan is read by its publisher, or through an
 * offer row of an offer the reader may see (store/offers); its list price is public.
 */
#ifndef STORE_CATALOGUE_H
#define STORE_CATALOGUE_H

#include "core/offer.h"
#include "store/store.h"

MUST_CHECK enum err product_insert(struct db *db, struct arena *arena,
                                   const struct product *product);

/* Inserts the plan, its points and what they include; the product's own facts in plan are ignored.
 */
MUST_CHECK enum err plan_insert(struct db *db, struct arena *arena, const struct plan *plan);

/* Keeps the plan with its enabled prices for MARKET_US as of today, whosever it is. ERR_ABSENT. */
MUST_CHECK enum err plan_load(struct db *db, struct arena *arena, const char *product,
                              const char *id, struct day today, struct plan **plan);

/* For the row of a whole product: its facts as a plan without id and points, and its plans that a
 * private offer may carry, by name. Keeps. ERR_ABSENT when there is no such product. */
MUST_CHECK enum err product_plans_load(struct db *db, struct arena *arena, const char *product,
                                       struct day today, struct plan **facts, struct plan **plans,
                                       size_t *count);

/* Puts the plan on sale, or takes it off. ERR_ABSENT. */
MUST_CHECK enum err plan_publish(struct db *db, const char *product, const char *id,
                                 bool published);

/* Which plans can go into an offer. search is folded; "" for all. after_product and after_plan name
 * the last plan of the page before, "" for the first page. */
struct plan_query {
    const struct offer *offer; /* its ISV's plans, of its option, that are not in it yet */
    const char *search;
    const char *after_product;
    const char *after_plan;
};

struct plans {
    struct plan *rows;
    size_t count; /* at most LIMIT_PICKER_PLANS */
    bool more;
};

/* Keeps a page of the plans that a private offer may carry (LAW 3.1, 4.4), with the prices of
 * today, by product and plan name. */
MUST_CHECK enum err plans_selectable(struct db *db, struct arena *arena,
                                     const struct plan_query *query, struct day today,
                                     struct plans *plans);

/* What everybody may buy, whoever publishes it. search is folded; "" for all. after_product and
 * after_plan name the last plan of the page before, "" for the first page. */
struct sale_query {
    const char *search;
    const char *after_product;
    const char *after_plan;
};

struct plan_on_sale {
    struct plan *plan; /* without its description and summary */
    const char *publisher_name;
};

struct plans_on_sale {
    struct plan_on_sale *rows;
    size_t count; /* at most LIMIT_LIST_ROWS */
    bool more;
};

/* Keeps a page of the public plans that are sold (LAW 3.1), with the list prices of today, by
 * product and plan name; part of either is searched for. */
MUST_CHECK enum err plans_on_sale(struct db *db, struct arena *arena,
                                  const struct sale_query *query, struct day today,
                                  struct plans_on_sale *page);

/* Does the publisher sell any product? Decides which hat it wears first. */
MUST_CHECK enum err publisher_sells(struct db *db, const char *publisher, bool *sells);

#endif

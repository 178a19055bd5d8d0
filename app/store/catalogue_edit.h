/*
 * catalogue_edit.h: a publisher's own products and plans, whole: with every market's prices,
 * disabled meters and what is scheduled; and what changes them.
 *
 * Every reader takes the publisher, and the SQL filters by it. Not here: what may be changed
 * (core/catalogue_check), plans as offers and customers see them (store/catalogue).
 */
#ifndef STORE_CATALOGUE_EDIT_H
#define STORE_CATALOGUE_EDIT_H

#include "store/catalogue.h"

/* A list price to come. */
struct price_change {
    const char *point;
    struct amount amount;
    struct day from_on;
};

struct own_plan {
    struct plan plan; /* prices as of the day asked for */
    int64_t version;
    struct price_change *changes; /* after that day, by point and day */
    size_t change_count;
};

struct own_product {
    struct product facts;
    int64_t version;
};

/* Keeps. ERR_ABSENT also when it is another publisher's. */
MUST_CHECK enum err own_product_load(struct db *db, struct arena *arena, const char *publisher,
                                     const char *id, struct own_product *product);

/* Is the id any publisher's? */
MUST_CHECK enum err product_id_taken(struct db *db, const char *id, bool *taken);

/* Keeps the product's plans by name, at most LIMIT_PLANS of them, without any price. */
MUST_CHECK enum err own_plans_facts(struct db *db, struct arena *arena, const char *publisher,
                                    const char *product, struct plan **plans, size_t *count);

/* The same with their prices: of points only what MARKET_US pays for what is enabled. */
MUST_CHECK enum err own_plans_load(struct db *db, struct arena *arena, const char *publisher,
                                   const char *product, struct day today, struct plan **plans,
                                   size_t *count);

/* Keeps the plan with everything. ERR_ABSENT. */
MUST_CHECK enum err own_plan_load(struct db *db, struct arena *arena, const char *publisher,
                                  const char *product, const char *id, struct day today,
                                  struct own_plan *plan);

/* Keeps the point ids of the meters of the product's plans but that one, each once. */
MUST_CHECK enum err other_meters_load(struct db *db, struct arena *arena, const char *product,
                                      const char *plan, const char ***meters, size_t *count);

/* Name, storefront, type and programme facts. ERR_STALE when version is not the stored one. */
MUST_CHECK enum err product_update(struct db *db, struct arena *arena,
                                   const struct product *product, int64_t version);
MUST_CHECK enum err product_publish(struct db *db, const char *publisher, const char *id,
                                    bool published);

/* The plan's own facts and what it includes; its points by the two verbs below. ERR_STALE. */
MUST_CHECK enum err plan_update(struct db *db, struct arena *arena, const struct plan *plan,
                                int64_t version);
/* Every point anew, with its price: for a plan whose prices were never public. */
MUST_CHECK enum err plan_points_replace(struct db *db, const struct plan *plan);
/* Adds the points the plan lacks; of those it has, names, units and flags alone. */
MUST_CHECK enum err plan_points_merge(struct db *db, const struct plan *plan);

/* Schedules a price, in place of what is scheduled for the point after today. */
MUST_CHECK enum err price_change_set(struct db *db, struct arena *arena, const char *product,
                                     const char *plan, struct day today,
                                     const struct price_change *change);
/* Removes what is scheduled after today. ERR_ABSENT when nothing is. */
MUST_CHECK enum err price_change_remove(struct db *db, struct arena *arena, const char *product,
                                        const char *plan, const char *point, struct day today);
/* Counts as a save of the plan. */
MUST_CHECK enum err plan_touch(struct db *db, const char *product, const char *plan);

struct product_query {
    const char *publisher;
    const char *search; /* folded; "" for all: part of the name or of the id */
    const char *cursor; /* "" for the first page; as product_page gave it */
    bool backward;
};

struct product_line {
    struct product facts;
    int plan_count;
    int published_count;
    bool has_model; /* no plan, no model */
    enum pricing_model model;
    const char *cursor;
};

struct product_page {
    struct product_line *rows;
    size_t count;
    bool before;
    bool after;
};

/* Keeps one page by name. ERR_INVALID for a cursor that is none: show the first page. */
MUST_CHECK enum err products_page(struct db *db, struct arena *arena,
                                  const struct product_query *query, struct product_page *page);

#endif

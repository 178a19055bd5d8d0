/*
 * catalogue_rows.h: how rows of plans and prices are read; for store/catalogue*.c only.
 */
#ifndef STORE_CATALOGUE_ROWS_H
#define STORE_CATALOGUE_ROWS_H

#include "core/catalogue.h"
#include "store/store.h"

#define PRODUCT_COLUMNS                                                                      \
    "p.id, p.name, p.publisher, p.type, p.storefront, p.published, p.transactable, p.macc, " \
    "p.cosell"
#define PRODUCT_GIVES "tttttiiii"
#define PLAN_COLUMNS                                                                     \
    PRODUCT_COLUMNS                                                                      \
    ", l.id, l.name, l.description, l.visibility, l.published, l.model, l.trial_months," \
    " l.min_users, l.max_users, l.saving_1y_e8, l.saving_3y_e8, l.summary, l.markets,"   \
    " l.was_published"
#define PLAN_GIVES PRODUCT_GIVES "ttttitiiiiitti"
#define PLAN_COLUMN_COUNT 23
/* The price of a day, a parameter, is the last change that has begun by then (LAW 3.2). */
#define POINT_COLUMNS(day)                                                                       \
    "p.id, p.kind, p.term_months, p.payment_months, p.name, p.unit, p.vcpu, p.market, COALESCE(" \
    "(SELECT c.amount FROM price_change c WHERE c.product = p.product AND c.plan = p.plan"       \
    " AND c.point = p.id AND c.from_on <= " day " ORDER BY c.from_on DESC LIMIT 1), p.amount)"
#define POINT_GIVES "ttiittiti"
#define POINT_COLUMN_COUNT 9

/* Where rows go; what is beyond a limit is counted (plans) or ERR_BROKEN (points). */
struct plan_reading {
    struct arena *arena;
    struct plan *plans;
    size_t plan_count;
    size_t plan_limit;
    bool brief; /* plans without description and summary: an offer may cover a thousand */
    struct price_point *points;
    size_t point_count;
    size_t point_limit;
    struct included *included;
    size_t included_count;
};

/* PRODUCT_COLUMNS, as a plan's facts. */
MUST_CHECK enum err read_plan_facts(struct arena *arena, const struct column *columns,
                                    struct plan *plan);
/* Row readers; the context is a plan_reading. */
MUST_CHECK enum err read_plan(void *context, const struct column *columns);
MUST_CHECK enum err read_point(void *context, const struct column *columns);
/* meter, term_months, quantity */
MUST_CHECK enum err read_included(void *context, const struct column *columns);

/* As stored: -1 when no reservation of that duration is sold. */
int64_t saving_stored(const struct plan *plan, enum reservation reservation);

#endif

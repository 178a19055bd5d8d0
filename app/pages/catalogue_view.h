/*
 * catalogue_view.h: what the pages of a publisher's own products and plans look like.
 *
 * Not here: reading the store and the forms, saving (pages/catalogue_pages, catalogue_form).
 */
#ifndef PAGES_CATALOGUE_VIEW_H
#define PAGES_CATALOGUE_VIEW_H

#include "pages/exchange.h"
#include "store/catalogue_edit.h"
#include "store/markets.h"

/* Keeps: the product's page and what lies below it ("/edit", "/plans/pro"). */
const char *product_href(const struct exchange *x, const char *product, const char *rest);
const char *plan_href(const struct exchange *x, const struct plan *plan, const char *rest);

/* Above a form whose save came too late: what was typed is kept. what says what changed. */
void catalogue_stale(struct view *view, const char *what);

#define CATALOGUE_ID_HINT \
    "Up to 50 lowercase letters, digits, dashes and underscores; it can’t be changed later"

void products_view(struct exchange *x, const struct product_page *page, const char *search,
                   bool stale);
void product_view(struct exchange *x, const struct own_product *product, const struct plan *plans,
                  size_t count);

/* stored is NULL for a new product; stale: it changed meanwhile, what was typed is kept. */
void product_form_view(struct exchange *x, const struct own_product *stored, bool has_plans,
                       bool stale);

void plan_view(struct exchange *x, const struct own_product *product, const struct own_plan *plan,
               const struct markets *markets);

/* The choice of a pricing model for a product's first plan. */
void plan_model_view(struct exchange *x, const struct own_product *product);

struct plan_form {
    const struct own_product *product;
    const struct own_plan *stored; /* NULL: a new plan */
    enum pricing_model model;
    const struct markets *markets;
    bool more_meters; /* show one row more than the form had */
    bool stale;
};
void plan_form_view(struct exchange *x, const struct plan_form *form);

/* Are you sure: plan is NULL for the product itself. */
void unpublish_view(struct exchange *x, const struct own_product *product, const struct plan *plan);

/* "1 month", "None". Keeps. */
const char *trial_words(struct arena *arena, int months);

#endif

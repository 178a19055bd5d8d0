/*
 * purchase_view.h: the page of one purchase, for the ISV and the operator, and its buttons.
 *
 * Not here: how a purchase stands in words (pages/purchase_words), tables of them
 * (pages/purchase_lists), what a party may see of charges (store/charges has blanked it).
 */
#ifndef PAGES_PURCHASE_VIEW_H
#define PAGES_PURCHASE_VIEW_H

#include "actions/usage.h"
#include "pages/exchange.h"
#include "store/charges.h"
#include "store/purchases.h"

/* The hat's page of the purchase. */
const char *purchase_href(const struct exchange *x, const struct purchase *purchase,
                          const char *rest);

/* May this ISV's person work on purchases (LAW 2.2)? */
bool may_work_purchases(const struct exchange *x);

/* Shows section with the viewer's button, if it may do something about the purchase by one. */
void purchase_act(struct exchange *x, struct view *view, enum name section,
                  const struct purchase *purchase);

/* Keeps: how many users or reservations, and how many from the next payment on. */
const char *purchase_quantity(const struct exchange *x, const struct purchase *purchase);

/* The head of a page about the purchase; heading and here are NULL on its own page. */
struct view *purchase_head(struct exchange *x, struct view *view, const struct purchase *purchase,
                           const char *heading, const char *here);

/* The page of one purchase. dimensions are what usage can be reported for; none for the others. */
struct purchase_page {
    struct purchase purchase;
    struct charges charges;
    struct usage_points dimensions;
    struct usage_events used;
};
MUST_CHECK enum err purchase_show(struct exchange *x, const struct purchase_page *page);

#endif

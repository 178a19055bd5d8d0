/*
 * customer_purchase_view.h: purchases as their customer sees them.
 *
 * Not here: words that every party reads (pages/purchase_words), what a customer may see of a
 * charge (store/charges has blanked the rest).
 */
#ifndef PAGES_CUSTOMER_PURCHASE_VIEW_H
#define PAGES_CUSTOMER_PURCHASE_VIEW_H

#include "actions/purchase.h"
#include "pages/exchange.h"
#include "store/charges.h"
#include "store/usage.h"

/* Keeps: the page of a purchase, or one below it. */
const char *customer_purchase_href(const struct exchange *x, const struct purchase *purchase,
                                   const char *rest);

/* The head of a page about the purchase; here is NULL on its own page. */
void customer_purchase_head(struct exchange *x, struct view *view, const struct purchase *purchase,
                            const char *heading, const char *here);

/* Keeps: "40, from the next payment on 30". */
const char *customer_users_words(const struct exchange *x, const struct purchase *purchase);

/* A table of purchases at slot. */
void part_customer_purchases(struct exchange *x, struct view *view, enum name slot,
                             const char *caption, const struct purchases *purchases);

/* waiting are those that need the customer, the nearest deadline first; first: it is not a later
 * page. */
void customer_purchases_view(struct exchange *x, const struct purchases *page,
                             const struct purchases *waiting, bool first);

/* One purchase, as it is today. */
struct customer_purchase {
    struct purchase purchase;
    struct charges charges;      /* blanked */
    struct usage usage;          /* not yet charged */
    struct plan *plan;           /* as of today, for the words of its prices */
    struct purchase_plans plans; /* it can be changed to */
    bool managed;                /* by the person who looks */
};
MUST_CHECK enum err customer_purchase_view(struct exchange *x,
                                           const struct customer_purchase *loaded);

void customer_purchased_view(struct exchange *x, const struct purchase *purchase);

/* The three questions about a purchase, and whether to cancel it. */
void customer_configure_view(struct exchange *x, const struct purchase *purchase,
                             const char *token);
void customer_users_view(struct exchange *x, const struct purchase *purchase);
void customer_plan_view(struct exchange *x, const struct purchase *purchase,
                        const struct purchase_plans *plans);
void customer_cancel_view(struct exchange *x, const struct purchase *purchase);

#endif

/*
 * customer_purchase_pages.h: what a customer bought, and what it can make of it.
 */
#ifndef PAGES_CUSTOMER_PURCHASE_PAGES_H
#define PAGES_CUSTOMER_PURCHASE_PAGES_H

#include "pages/exchange.h"

MUST_CHECK enum err customer_purchases_get(struct exchange *x);
MUST_CHECK enum err customer_purchase_get(struct exchange *x);
MUST_CHECK enum err customer_purchased_get(struct exchange *x);
MUST_CHECK enum err customer_configure_get(struct exchange *x);
MUST_CHECK enum err customer_configure_post(struct exchange *x);
MUST_CHECK enum err customer_users_get(struct exchange *x);
MUST_CHECK enum err customer_users_post(struct exchange *x);
MUST_CHECK enum err customer_plan_get(struct exchange *x);
MUST_CHECK enum err customer_plan_post(struct exchange *x);
MUST_CHECK enum err customer_recurring_post(struct exchange *x);
MUST_CHECK enum err customer_cancel_get(struct exchange *x);
MUST_CHECK enum err customer_cancel_post(struct exchange *x);

/* Keeps the purchases that wait for the organisation and whose time has not run out, the nearest
 * deadline first. */
struct purchases;
MUST_CHECK enum err customer_waiting_load(struct exchange *x, struct purchases *waiting);

#endif

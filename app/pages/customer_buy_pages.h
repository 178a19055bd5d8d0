/*
 * customer_buy_pages.h: purchasing a row of an accepted offer, or a public plan.
 */
#ifndef PAGES_CUSTOMER_BUY_PAGES_H
#define PAGES_CUSTOMER_BUY_PAGES_H

#include "pages/exchange.h"

MUST_CHECK enum err customer_buy_row_get(struct exchange *x);
MUST_CHECK enum err customer_buy_row_post(struct exchange *x);
MUST_CHECK enum err customer_buy_plan_get(struct exchange *x);
MUST_CHECK enum err customer_buy_plan_post(struct exchange *x);

#endif

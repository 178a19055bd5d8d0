/*
 * customer_buy_view.h: the page on which a customer purchases.
 *
 * Not here: prices and who may buy (actions/purchase).
 */
#ifndef PAGES_CUSTOMER_BUY_VIEW_H
#define PAGES_CUSTOMER_BUY_VIEW_H

#include "actions/purchase.h"
#include "pages/exchange.h"

/* stale: what was posted was made from another price; nothing was bought. */
MUST_CHECK enum err customer_buy_view(struct exchange *x, const struct purchase_quote *quote,
                                      bool stale);

#endif

/*
 * subscription_pages.h: the Azure subscriptions of a customer's organisation, and what stands in
 * the way of purchasing with them (LAW 2.3, 2.4).
 */
#ifndef PAGES_SUBSCRIPTION_PAGES_H
#define PAGES_SUBSCRIPTION_PAGES_H

#include "pages/exchange.h"

MUST_CHECK enum err customer_subscriptions_get(struct exchange *x);
MUST_CHECK enum err customer_subscription_get(struct exchange *x);

/* The form, and with ?check=1&s=<id>&s=<id>... the report of those subscriptions. */
MUST_CHECK enum err customer_eligibility_get(struct exchange *x);
/* The same report as a file. */
MUST_CHECK enum err customer_eligibility_csv_get(struct exchange *x);

#endif

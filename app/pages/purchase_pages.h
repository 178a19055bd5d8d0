/*
 * purchase_pages.h: purchases for those who sell: View status of an offer, the ISV's purchases, and
 * the page of one, which the operator shares.
 */
#ifndef PAGES_PURCHASE_PAGES_H
#define PAGES_PURCHASE_PAGES_H

#include "pages/exchange.h"

struct offer;

/* Has the offer a purchase status to view: is it Accepted or Ended (LAW 11)? */
bool offer_has_status(const struct exchange *x, const struct offer *offer);

MUST_CHECK enum err offer_status_get(struct exchange *x);
MUST_CHECK enum err isv_purchases_get(struct exchange *x);
MUST_CHECK enum err purchase_get(struct exchange *x);
MUST_CHECK enum err purchase_usage_post(struct exchange *x);
MUST_CHECK enum err isv_activate_post(struct exchange *x);
MUST_CHECK enum err isv_cancel_get(struct exchange *x);
MUST_CHECK enum err isv_cancel_post(struct exchange *x);
MUST_CHECK enum err operator_payments_get(struct exchange *x);
MUST_CHECK enum err operator_payment_failed_post(struct exchange *x);
MUST_CHECK enum err operator_payment_received_post(struct exchange *x);

/* Keeps the ISV's subscriptions that wait to be activated today, the oldest first. */
struct purchases;
MUST_CHECK enum err waiting_load(struct exchange *x, struct purchases *waiting);

#endif

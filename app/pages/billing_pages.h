/*
 * billing_pages.h: a customer's billing accounts, whose IDs sellers need (LAW 2.3, 2.4), and the
 * links that hand one to an ISV.
 */
#ifndef PAGES_BILLING_PAGES_H
#define PAGES_BILLING_PAGES_H

#include "pages/exchange.h"
#include "store/accounts.h"

/* Puts a billing account's ID to copy at slot; id is the field's. */
void part_billing_id(const struct exchange *x, struct view *view, enum name slot, const char *id,
                     const struct billing_account *account);

MUST_CHECK enum err customer_billing_get(struct exchange *x);
MUST_CHECK enum err customer_handover_post(struct exchange *x);
MUST_CHECK enum err customer_handover_end_post(struct exchange *x);

#endif

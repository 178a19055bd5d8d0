/*
 * operator_billing_pages.h: the operator's billing accounts: their facts, their Azure
 * subscriptions, and what was changed of them (LAW 2.5).
 */
#ifndef PAGES_OPERATOR_BILLING_PAGES_H
#define PAGES_OPERATOR_BILLING_PAGES_H

#include "pages/exchange.h"

/* Keeps: the page of the billing account of that id. */
const char *operator_billing_href(struct arena *arena, const char *id);

MUST_CHECK enum err operator_billing_list_get(struct exchange *x);
MUST_CHECK enum err operator_billing_get(struct exchange *x);
MUST_CHECK enum err operator_billing_post(struct exchange *x);
/* Somebody's role on the account. */
MUST_CHECK enum err operator_roles_post(struct exchange *x);
/* Tags required or not, a resource group added, locked or unlocked, somebody's role: by the button.
 */
MUST_CHECK enum err operator_subscription_post(struct exchange *x);

#endif

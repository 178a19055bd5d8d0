/*
 * customer_commitment_pages.h: the consumption commitments of a customer (LAW 10.4).
 */
#ifndef PAGES_CUSTOMER_COMMITMENT_PAGES_H
#define PAGES_CUSTOMER_COMMITMENT_PAGES_H

#include "pages/exchange.h"

MUST_CHECK enum err customer_commitment_get(struct exchange *x);

#endif

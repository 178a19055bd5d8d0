/*
 * operator_pages.h: the marketplace operator's pages: everything to read, and the demo clock.
 */
#ifndef PAGES_OPERATOR_PAGES_H
#define PAGES_OPERATOR_PAGES_H

#include "pages/exchange.h"

struct offer;
struct offer_list;

MUST_CHECK enum err operator_home_get(struct exchange *x);
MUST_CHECK enum err operator_accounts_get(struct exchange *x);
MUST_CHECK enum err operator_offers_get(struct exchange *x);
MUST_CHECK enum err operator_offer_get(struct exchange *x);
MUST_CHECK enum err operator_clock_get(struct exchange *x);
MUST_CHECK enum err operator_clock_post(struct exchange *x);

/* The page of the loaded list. */
void operator_offers_view(struct exchange *x, const struct offer_list *list);
/* Every field of both sides. */
MUST_CHECK enum err operator_offer_show(struct exchange *x, const struct offer *offer);

#endif

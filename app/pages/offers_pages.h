/*
 * offers_pages.h: Private offers, the dashboard of an ISV and of a selling partner.
 */
#ifndef PAGES_OFFERS_PAGES_H
#define PAGES_OFFERS_PAGES_H

#include "base/base.h"

struct exchange;
struct offer_list;

MUST_CHECK enum err offers_get(struct exchange *x);
MUST_CHECK enum err offers_csv_get(struct exchange *x);

/* The page of the loaded list, as the hat of the exchange sees it. */
void offers_view(struct exchange *x, const struct offer_list *list);

#endif

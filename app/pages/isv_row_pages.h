/*
 * isv_row_pages.h: what an ISV's browser asks about the pricing rows of an offer: what to add, and
 * what a row costs. Handlers, named by their routes.
 */
#ifndef PAGES_ISV_ROW_PAGES_H
#define PAGES_ISV_ROW_PAGES_H

#include "base/base.h"

struct exchange;

MUST_CHECK enum err isv_products_get(struct exchange *x);
MUST_CHECK enum err isv_products_post(struct exchange *x);
MUST_CHECK enum err isv_price_get(struct exchange *x);
MUST_CHECK enum err isv_price_post(struct exchange *x);

#endif

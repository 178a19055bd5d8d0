/*
 * customer_products_pages.h: what a customer may buy.
 */
#ifndef PAGES_CUSTOMER_PRODUCTS_PAGES_H
#define PAGES_CUSTOMER_PRODUCTS_PAGES_H

#include "pages/exchange.h"

MUST_CHECK enum err customer_products_get(struct exchange *x);

#endif

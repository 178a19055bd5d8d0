/*
 * catalogue_pages.h: a publisher's own products and plans: /isv/products and what lies below.
 */
#ifndef PAGES_CATALOGUE_PAGES_H
#define PAGES_CATALOGUE_PAGES_H

#include "pages/exchange.h"

MUST_CHECK enum err products_get(struct exchange *x);
MUST_CHECK enum err product_new_get(struct exchange *x);
MUST_CHECK enum err product_new_post(struct exchange *x);
MUST_CHECK enum err product_get(struct exchange *x);
MUST_CHECK enum err product_edit_get(struct exchange *x);
MUST_CHECK enum err product_edit_post(struct exchange *x);
MUST_CHECK enum err product_publish_post(struct exchange *x);
MUST_CHECK enum err product_unpublish_get(struct exchange *x);
MUST_CHECK enum err product_unpublish_post(struct exchange *x);

MUST_CHECK enum err plan_new_get(struct exchange *x);
MUST_CHECK enum err plan_new_post(struct exchange *x);
MUST_CHECK enum err plan_get(struct exchange *x);
MUST_CHECK enum err plan_edit_get(struct exchange *x);
MUST_CHECK enum err plan_edit_post(struct exchange *x);
MUST_CHECK enum err plan_publish_post(struct exchange *x);
MUST_CHECK enum err plan_unpublish_get(struct exchange *x);
MUST_CHECK enum err plan_unpublish_post(struct exchange *x);
MUST_CHECK enum err plan_change_cancel_post(struct exchange *x);

#endif

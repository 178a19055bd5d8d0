/*
 * isv_pages.h: what an ISV's browser asks of one offer: handlers, named by their routes.
 */
#ifndef PAGES_ISV_PAGES_H
#define PAGES_ISV_PAGES_H

#include "base/base.h"

struct exchange;

MUST_CHECK enum err isv_new_get(struct exchange *x);
MUST_CHECK enum err isv_new_post(struct exchange *x);
MUST_CHECK enum err isv_offer_get(struct exchange *x);
MUST_CHECK enum err isv_setup_get(struct exchange *x);
MUST_CHECK enum err isv_setup_post(struct exchange *x);
MUST_CHECK enum err isv_products_get(struct exchange *x);
MUST_CHECK enum err isv_products_post(struct exchange *x);
MUST_CHECK enum err isv_price_get(struct exchange *x);
MUST_CHECK enum err isv_price_post(struct exchange *x);
MUST_CHECK enum err isv_review_get(struct exchange *x);
MUST_CHECK enum err isv_submit_post(struct exchange *x);
MUST_CHECK enum err isv_withdraw_get(struct exchange *x);
MUST_CHECK enum err isv_withdraw_post(struct exchange *x);
MUST_CHECK enum err isv_delete_get(struct exchange *x);
MUST_CHECK enum err isv_delete_post(struct exchange *x);

#endif

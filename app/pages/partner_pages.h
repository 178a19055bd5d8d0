/*
 * partner_pages.h: what a selling partner sees of an offer and does with it, as handlers.
 *
 * Not here: its list and its home (pages/offers_pages, pages/home_pages).
 */
#ifndef PAGES_PARTNER_PAGES_H
#define PAGES_PARTNER_PAGES_H

#include "pages/exchange.h"

MUST_CHECK enum err partner_offer_get(struct exchange *x);
MUST_CHECK enum err partner_setup_get(struct exchange *x);
MUST_CHECK enum err partner_setup_post(struct exchange *x);
MUST_CHECK enum err partner_review_get(struct exchange *x);
MUST_CHECK enum err partner_review_post(struct exchange *x);
MUST_CHECK enum err partner_share_get(struct exchange *x);
MUST_CHECK enum err partner_withdraw_get(struct exchange *x);
MUST_CHECK enum err partner_withdraw_post(struct exchange *x);

#endif

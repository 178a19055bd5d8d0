/*
 * isv_pages.h: what an ISV's browser asks of one offer: handlers, named by their routes.
 */
#ifndef PAGES_ISV_PAGES_H
#define PAGES_ISV_PAGES_H

#include "core/offer.h"

struct exchange;

/* The offer for a page about a move: ERR_CLOSED, with the reason, when it is not open today. */
MUST_CHECK enum err isv_offer_for(struct exchange *x, enum offer_move move, struct offer *offer);
/* Gives a refused move its reason. */
MUST_CHECK enum err isv_explained(struct exchange *x, enum offer_move move, enum err outcome);
/* The number that a button like "remove-3" is about; 0 when it is another button. */
int isv_button_number(const char *button, const char *beginning);

MUST_CHECK enum err isv_new_get(struct exchange *x);
MUST_CHECK enum err isv_new_post(struct exchange *x);
MUST_CHECK enum err isv_offer_get(struct exchange *x);
MUST_CHECK enum err isv_setup_get(struct exchange *x);
MUST_CHECK enum err isv_setup_post(struct exchange *x);
MUST_CHECK enum err isv_review_get(struct exchange *x);
MUST_CHECK enum err isv_submit_post(struct exchange *x);
MUST_CHECK enum err isv_withdraw_get(struct exchange *x);
MUST_CHECK enum err isv_withdraw_post(struct exchange *x);
MUST_CHECK enum err isv_delete_get(struct exchange *x);
MUST_CHECK enum err isv_delete_post(struct exchange *x);

#endif

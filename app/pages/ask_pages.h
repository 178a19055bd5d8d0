/*
 * ask_pages.h: sending back, asking to withdraw, declining, asking for a change: the page with the
 * reason of each, and what stands of them on the pages of an offer (LAW 6.7).
 */
#ifndef PAGES_ASK_PAGES_H
#define PAGES_ASK_PAGES_H

#include "pages/exchange.h"

MUST_CHECK enum err partner_send_back_get(struct exchange *x);
MUST_CHECK enum err partner_send_back_post(struct exchange *x);
MUST_CHECK enum err isv_ask_withdraw_get(struct exchange *x);
MUST_CHECK enum err isv_ask_withdraw_post(struct exchange *x);
MUST_CHECK enum err customer_decline_get(struct exchange *x);
MUST_CHECK enum err customer_decline_post(struct exchange *x);
MUST_CHECK enum err customer_ask_change_get(struct exchange *x);
MUST_CHECK enum err customer_ask_change_post(struct exchange *x);

/* The buttons that lead to what the viewer may ask today, in *actions; where that is NULL, in the
 * actions of the head, which are made for the first. A customer's person is one who may accept. */
void ask_buttons(const struct exchange *x, struct view **actions, struct view *head,
                 const struct offer *offer);

/* What stands, with the reason if it is the viewer's to read, as notices at slot NOTICE. */
MUST_CHECK enum err part_asks(struct exchange *x, struct view *view, const struct offer *offer);

#endif

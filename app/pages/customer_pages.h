/*
 * customer_pages.h: what a customer sees of the offers extended to it, and accepting one, as
 * handlers.
 */
#ifndef PAGES_CUSTOMER_PAGES_H
#define PAGES_CUSTOMER_PAGES_H

#include "pages/exchange.h"

MUST_CHECK enum err customer_offers_get(struct exchange *x);
MUST_CHECK enum err customer_offer_get(struct exchange *x);
MUST_CHECK enum err customer_accept_post(struct exchange *x);
MUST_CHECK enum err customer_accepted_get(struct exchange *x);
MUST_CHECK enum err customer_print_get(struct exchange *x);
/* The offer was withdrawn while its page was open: says whom to ask (LAW 6.1 row 12). */
MUST_CHECK enum err customer_gone_or_absent(struct exchange *x);
/* The link a partner sent: for whoever is signed in. */
MUST_CHECK enum err accept_link_get(struct exchange *x);

#endif

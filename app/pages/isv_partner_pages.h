/*
 * isv_partner_pages.h: the list of eligible selling partners, alone and for choosing the partner of
 * an offer: handlers, named by their routes.
 */
#ifndef PAGES_ISV_PARTNER_PAGES_H
#define PAGES_ISV_PARTNER_PAGES_H

#include "pages/exchange.h"

/* GET /isv/partners */
MUST_CHECK enum err isv_partners_get(struct exchange *x);
/* GET and POST /isv/offers/:offer/partner */
MUST_CHECK enum err isv_partner_get(struct exchange *x);
MUST_CHECK enum err isv_partner_post(struct exchange *x);

/* May that seller be the partner of the ISV's offers? If not, a problem at its field says why. */
MUST_CHECK enum err isv_partner_ask(struct exchange *x, const char *seller);

#endif

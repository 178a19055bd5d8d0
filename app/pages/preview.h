/*
 * preview.h: a draft as the other parties will see it, shown to its ISV before they do.
 *
 * Not here: what those pages look like (pages/partner_view, pages/customer_view make them).
 */
#ifndef PAGES_PREVIEW_H
#define PAGES_PREVIEW_H

#include "base/base.h"

struct exchange;

/* GET /isv/offers/:offer/preview/partner and /customer; ERR_CLOSED when it is no draft. */
MUST_CHECK enum err isv_preview_partner_get(struct exchange *x);
MUST_CHECK enum err isv_preview_customer_get(struct exchange *x);

#endif

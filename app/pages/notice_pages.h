/*
 * notice_pages.h: what mail an account's owner switches on, and the address of its calendar.
 */
#ifndef PAGES_NOTICE_PAGES_H
#define PAGES_NOTICE_PAGES_H

#include "pages/exchange.h"

/* Of a publisher; or, where the path names one, of a billing account. */
MUST_CHECK enum err notices_get(struct exchange *x);
MUST_CHECK enum err notices_post(struct exchange *x);

/* Keeps: the page of that billing account's. */
const char *billing_notices_href(struct arena *arena, const char *billing);

/* GET /calendar/:token */
MUST_CHECK enum err calendar_get(struct exchange *x);

#endif

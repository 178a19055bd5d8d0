/*
 * bulk_pages.h: what is done with several offers of a dashboard at once.
 *
 * POST /isv/offers/bulk and /partner/offers/bulk take what was ticked and lead to a page that lists
 * every offer with what becomes of it, GET and POST .../bulk/confirm. Either everything that page
 * promises is done, or nothing.
 */
#ifndef PAGES_BULK_PAGES_H
#define PAGES_BULK_PAGES_H

#include "pages/exchange.h"

MUST_CHECK enum err bulk_post(struct exchange *x);
MUST_CHECK enum err bulk_confirm_get(struct exchange *x);
MUST_CHECK enum err bulk_confirm_post(struct exchange *x);

/* The buttons of the dashboard, one for each thing that the hat can do. */
void bulk_buttons(const struct exchange *x, struct view *view);

/* Was the offer ticked in a dashboard that came back? */
bool bulk_picked(const struct exchange *x, const char *id);

#endif

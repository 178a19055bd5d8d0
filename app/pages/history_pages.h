/*
 * history_pages.h: an offer's history as a file of its own.
 */
#ifndef PAGES_HISTORY_PAGES_H
#define PAGES_HISTORY_PAGES_H

#include "pages/exchange.h"

/* GET .../offers/:offer/history.json of every hat that sees the offer. */
MUST_CHECK enum err history_get(struct exchange *x);

#endif

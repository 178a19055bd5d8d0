/*
 * help_pages.h: answers to what each party asks, open to everybody: they hold nothing of anybody's.
 */
#ifndef PAGES_HELP_PAGES_H
#define PAGES_HELP_PAGES_H

#include "pages/exchange.h"

/* GET /help and /help/<party>. */
MUST_CHECK enum err help_get(struct exchange *x);

#endif

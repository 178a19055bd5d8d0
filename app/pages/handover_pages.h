/*
 * handover_pages.h: the page that a hand-over link leads an ISV to (LAW 2.3).
 */
#ifndef PAGES_HANDOVER_PAGES_H
#define PAGES_HANDOVER_PAGES_H

#include "pages/exchange.h"

/* Where the links lead: the token follows. */
#define HANDOVER_PREFIX "/handover/"

MUST_CHECK enum err handover_get(struct exchange *x);
MUST_CHECK enum err handover_post(struct exchange *x);

#endif

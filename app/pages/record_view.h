/*
 * record_view.h: the record of an acceptance, as a page to print.
 *
 * Not here: what was accepted (store/acceptances recalls it).
 */
#ifndef PAGES_RECORD_VIEW_H
#define PAGES_RECORD_VIEW_H

#include "pages/exchange.h"
#include "store/acceptances.h"

/* offer is as it was accepted. */
void record_view(struct exchange *x, const struct offer *offer,
                 const struct acceptance *acceptance);

#endif

/*
 * usage_pages.h: usage of many purchases at once, as CSV (LAW D-33): meters by the ISV, hours of
 * virtual machines by the operator.
 */
#ifndef PAGES_USAGE_PAGES_H
#define PAGES_USAGE_PAGES_H

#include "pages/exchange.h"

MUST_CHECK enum err usage_get(struct exchange *x);
MUST_CHECK enum err usage_post(struct exchange *x);

#endif

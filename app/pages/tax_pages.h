/*
 * tax_pages.h: a selling partner's tax profile and resale certificates: handlers, named by their
 * routes.
 */
#ifndef PAGES_TAX_PAGES_H
#define PAGES_TAX_PAGES_H

#include "base/base.h"

struct exchange;

MUST_CHECK enum err partner_tax_get(struct exchange *x);
MUST_CHECK enum err partner_tax_post(struct exchange *x);

#endif

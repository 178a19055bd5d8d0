/*
 * home_pages.h: the first page of an ISV and of a selling partner: what needs them, what happened.
 */
#ifndef PAGES_HOME_PAGES_H
#define PAGES_HOME_PAGES_H

#include "base/base.h"

struct exchange;

MUST_CHECK enum err isv_home_get(struct exchange *x);
MUST_CHECK enum err partner_home_get(struct exchange *x);

#endif

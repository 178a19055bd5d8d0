/*
 * files_pages.h: terms documents on their way out.
 */
#ifndef PAGES_FILES_PAGES_H
#define PAGES_FILES_PAGES_H

#include "pages/exchange.h"

MUST_CHECK enum err files_get(struct exchange *x);

#endif

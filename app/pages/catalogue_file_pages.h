/*
 * catalogue_file_pages.h: a publisher's catalogue as a file, down and up.
 */
#ifndef PAGES_CATALOGUE_FILE_PAGES_H
#define PAGES_CATALOGUE_FILE_PAGES_H

#include "pages/exchange.h"

MUST_CHECK enum err catalogue_export_get(struct exchange *x);
MUST_CHECK enum err catalogue_import_get(struct exchange *x);
/* Reads the uploaded file, before the write. */
MUST_CHECK enum err catalogue_import_prepare(struct exchange *x);
MUST_CHECK enum err catalogue_import_post(struct exchange *x);

#endif

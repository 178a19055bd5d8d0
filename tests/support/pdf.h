/*
 * pdf.h: PDFs made by hand, valid but for what a test puts into them.
 */
#ifndef SUPPORT_PDF_H
#define SUPPORT_PDF_H

#include "base/arena.h"

struct pdf {
    const char *bytes;
    size_t size;
};

/* One page with those words on it: the same words are the same bytes. Keeps. */
struct pdf pdf_plain(struct arena *arena, const char *words);
/* The same with more in the catalog (object 1) and in the page (object 3), e.g. "/OpenAction 5 0
 * R", and the bodies of the objects from 5 on. NULL ends them. Keeps. */
struct pdf pdf_with(struct arena *arena, const char *catalog, const char *page,
                    const char *const *more);
/* Without a page. Keeps. */
struct pdf pdf_no_pages(struct arena *arena);
/* Of exactly that many bytes, in one harmless stream. Keeps. */
struct pdf pdf_of_size(struct arena *arena, size_t size);
/* Encrypted; with the user's password "" everybody can open it. Keeps. */
struct pdf pdf_encrypted(struct arena *arena, const char *password);

#endif

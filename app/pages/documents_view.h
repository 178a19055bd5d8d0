/*
 * documents_view.h: the terms documents of an offer, as a card to read and as a card of a form.
 *
 * Not here: which of them a viewer may see (offer_view has left out the others).
 */
#ifndef PAGES_DOCUMENTS_VIEW_H
#define PAGES_DOCUMENTS_VIEW_H

#include "pages/exchange.h"

/* Keeps "PNG, 12 KiB". */
const char *file_facts(const struct exchange *x, const char *type, int64_t size);

/* Keep: the document's address, "PDF, 1.2 MiB", and that with whose it is, where both sellers' may
 * stand together. */
const char *document_href(const struct exchange *x, const struct document *document);
const char *document_facts(const struct exchange *x, const struct document *document);
const char *document_side_facts(const struct exchange *x, const struct offer *offer,
                                const struct document *document);

/* The card at slot DOCUMENTS; change_href leads to where they are edited, NULL when nowhere. */
void part_documents(struct exchange *x, struct view *view, const struct offer *offer,
                    const char *change_href);

/* The card at slot DOCUMENTS of a form: what the side may see, its own to change, and the fields of
 * one to come. */
void part_documents_form(struct exchange *x, struct view *view, const struct offer *offer,
                         enum party side);

#endif

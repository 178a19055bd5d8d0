/*
 * documents.h: the terms documents of an offer: how many, under which names (LAW 4.3, D-10).
 *
 * Pure. Not here: their bytes (store/documents), whether those are a harmless PDF
 * (actions/document_check).
 */
#ifndef CORE_DOCUMENTS_H
#define CORE_DOCUMENTS_H

#include "core/offer.h"
#include "core/problems.h"

/* The ids of the form's fields about a document to come: its file and its name. */
#define ANSWER_DOCUMENT "document"
#define ANSWER_DOCUMENT_NAME "document_name"

/* How many documents the side has. */
size_t documents_of(const struct offer *offer, enum party side);
/* How many of the offer's LIMIT_DOCUMENTS are taken, as the side is told: the ISV its own alone,
 * the partner all (D-10). */
size_t documents_used(const struct offer *offer, enum party side);

/* The side's document of that id, or NULL. */
const struct document *offer_document(const struct offer *offer, enum party side, const char *id);

/* The first document but `except` (NULL: none) whose name is the same to a reader: trimmed, in
 * whatever case, however many spaces between. side PARTY_ISV looks at the ISV's alone,
 * PARTY_PARTNER at all (D-10). NULL when there is none. */
const struct document *document_named(struct arena *arena, const struct offer *offer,
                                      enum party side, const char *name,
                                      const struct document *except);

/* Keeps the name that a file suggests: its own without .pdf. */
char *document_name_of_file(struct arena *arena, const char *file_name);

/* In memory only. Appends to its side; the caller has seen that there is room. */
void offer_add_document(struct offer *offer, const struct document *document);
/* Takes out the side's document of that id, or all of the side when it is NULL. */
void offer_remove_documents(struct offer *offer, enum party side, const char *id);

/* What keeps a side's submit: too many, or two of one name. The ISV is told of its own alone, the
 * partner of the sum (D-10). */
void check_documents(const struct offer *offer, enum party side, struct problems *problems);

#endif

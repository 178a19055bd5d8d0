/*
 * documents.h: the terms documents of offers, and their bytes, kept once per content (LAW 4.3).
 *
 * Those of evidence (store/support) are among them.
 *
 * An offer is read with its documents' facts (store/offers); here they are added, removed and
 * fetched. Not here: whether the bytes are a harmless PDF (actions/document_check).
 */
#ifndef STORE_DOCUMENTS_H
#define STORE_DOCUMENTS_H

#include "core/offer.h"
#include "store/store.h"

/* Appends the document to its side of the offer, and keeps the bytes unless the same are kept
 * already. The caller has checked limit and name. */
MUST_CHECK enum err document_insert(struct db *db, const char *offer,
                                    const struct document *document, const void *bytes);

/* Appends the document to its side of the offer: its bytes are kept already, under another document
 * of the caller's. */
MUST_CHECK enum err document_share(struct db *db, const char *offer,
                                   const struct document *document);

/* Another file under the same document and name: size, sha256 and added_at change. ERR_ABSENT.
 * Bytes that no document names any more are gone with it. */
MUST_CHECK enum err document_replace(struct db *db, const char *offer,
                                     const struct document *before, const struct document *after,
                                     const void *bytes);

/* ERR_ABSENT when the offer's side has no such document. Its bytes go too, as above. */
MUST_CHECK enum err document_remove(struct db *db, const char *offer,
                                    const struct document *document);

/* Keeps the bytes, unless the same are kept already. */
MUST_CHECK enum err document_body_keep(struct db *db, const char *sha256, const void *bytes,
                                       size_t size);

/* Keeps what a download needs, if the viewer may see the offer today, or could when it was
 * cancelled, and that side's documents (LAW 5): filtered in SQL and by the field table. ERR_ABSENT
 * otherwise. */
struct document_body {
    const char *name;
    const void *bytes;
    size_t size;
};
MUST_CHECK enum err document_fetch(struct db *db, struct arena *arena, const struct viewer *viewer,
                                   const char *id, struct document_body *body);

#endif

/*
 * documents.c: the tables document and document_body.
 *
 * Invariant: a body is kept as long as a document or evidence names it, and once. Nothing looks at
 * the bodies of other documents to keep it so.
 */
#include "store/documents.h"

#include "base/text.h"
#include "core/fields.h"
#include "store/families.h"

enum {
    DOCUMENT_INSERT,
    DOCUMENT_REPLACE,
    DOCUMENT_DELETE,
    BODY_INSERT,
    BODY_DELETE,
    FETCH_FOR_ISV,
    FETCH_FOR_PARTNER,
    FETCH_FOR_CUSTOMER,
    FETCH_FOR_OPERATOR,
};

#define FETCH                                                                       \
    "SELECT d.side, d.name, b.bytes FROM document d JOIN offer o ON o.id = d.offer" \
    " JOIN document_body b ON b.sha256 = d.sha256 WHERE d.id = $1"

#define CANCELLED(column)                                                 \
    " (o.state = 'cancelled' AND EXISTS (SELECT 1 FROM support_request s" \
    " WHERE s.offer = o.id AND s.state = 'processed' AND s." column " = $2))"

static const struct statement statements[] = {
    [DOCUMENT_INSERT] = {"INSERT INTO document (id, offer, side, name, size, sha256, added_at,"
                         " position) SELECT $1, $2, $3, $4, $5, $6, $7,"
                         " COALESCE(MAX(position), 0) + 1 FROM document"
                         " WHERE offer = $2 AND side = $3",
                         "ttttiti", "", true},
    [DOCUMENT_REPLACE] = {"UPDATE document SET size = $4, sha256 = $5, added_at = $6"
                          " WHERE id = $1 AND offer = $2 AND side = $3",
                          "tttiti", "", true},
    [DOCUMENT_DELETE] = {"DELETE FROM document WHERE id = $1 AND offer = $2 AND side = $3", "ttt",
                         "", true},
    [BODY_INSERT] = {"INSERT INTO document_body (sha256, bytes) VALUES ($1, $2)"
                     " ON CONFLICT (sha256) DO NOTHING",
                     "tb", "", true},
    [BODY_DELETE] = {"DELETE FROM document_body WHERE sha256 = $1 AND NOT EXISTS"
                     " (SELECT 1 FROM document d WHERE d.sha256 = $1) AND NOT EXISTS"
                     " (SELECT 1 FROM support_evidence e WHERE e.sha256 = $1)",
                     "t", "", true},
    /* of a cancelled offer those read on who could: its request says who (LAW 6.5) */
    [FETCH_FOR_ISV] = {FETCH " AND o.isv = $2 AND o.state <> 'deleted'", "tt", "ttb", false},
    [FETCH_FOR_PARTNER] = {FETCH " AND (o.offered_to = $2 OR" CANCELLED("partner") ")", "tt", "ttb",
                           false},
    [FETCH_FOR_CUSTOMER] = {FETCH " AND (o.extended_to = $2 OR" CANCELLED("organisation") ")", "tt",
                            "ttb", false},
    [FETCH_FOR_OPERATOR] = {FETCH " AND o.state <> 'deleted'", "t", "ttb", false},
};

const struct family store_documents_family = {"documents", statements, COUNT(statements),
                                              FAMILY_DOCUMENTS};

static const char *
side_text(enum party side)
{
    assert(side == PARTY_ISV || side == PARTY_PARTNER);
    return side == PARTY_ISV ? "isv" : "partner";
}

enum err
document_body_keep(struct db *db, const char *sha256, const void *body, size_t size)
{
    return db_run(db, &store_documents_family, BODY_INSERT, VALUES(text(sha256), bytes(body, size)),
                  NULL, NULL);
}

/* Unless another document still names it. */
static enum err
body_drop(struct db *db, const struct document *document)
{
    return db_run(db, &store_documents_family, BODY_DELETE, VALUES(text(document->sha256)), NULL,
                  NULL);
}

enum err
document_insert(struct db *db, const char *offer, const struct document *document, const void *body)
{
    TRY(document_body_keep(db, document->sha256, body, (size_t)document->size));
    return document_share(db, offer, document);
}

enum err
document_share(struct db *db, const char *offer, const struct document *document)
{
    return db_run(db, &store_documents_family, DOCUMENT_INSERT,
                  VALUES(text(document->id), text(offer), text(side_text(document->side)),
                         text(document->name), integer(document->size), text(document->sha256),
                         integer(document->added_at)),
                  NULL, NULL);
}

enum err
document_replace(struct db *db, const char *offer, const struct document *before,
                 const struct document *after, const void *body)
{
    int64_t changed = 0;

    assert(text_equal(before->id, after->id) && before->side == after->side);
    TRY(document_body_keep(db, after->sha256, body, (size_t)after->size));
    TRY(db_run(db, &store_documents_family, DOCUMENT_REPLACE,
               VALUES(text(after->id), text(offer), text(side_text(after->side)),
                      integer(after->size), text(after->sha256), integer(after->added_at)),
               NULL, &changed));
    if (changed == 0)
        return ERR_ABSENT;
    return body_drop(db, before);
}

enum err
document_remove(struct db *db, const char *offer, const struct document *document)
{
    int64_t changed = 0;

    TRY(db_run(db, &store_documents_family, DOCUMENT_DELETE,
               VALUES(text(document->id), text(offer), text(side_text(document->side))), NULL,
               &changed));
    if (changed == 0)
        return ERR_ABSENT;
    return body_drop(db, document);
}

/* Where a body goes. */
struct reading {
    struct arena *arena;
    const struct viewer *viewer;
    struct document_body *body;
    bool found;
};

static enum err
read_body(void *context, const struct column *columns)
{
    struct reading *reading = context;
    bool partners = text_equal(columns[0].text, side_text(PARTY_PARTNER));

    if (!field_seen(partners ? FIELD_PARTNER_DOCUMENT : FIELD_DOCUMENT, reading->viewer->party))
        return OK;
    *reading->body = (struct document_body){
        .name = arena_text(reading->arena, columns[1].text),
        .bytes = arena_copy(reading->arena, columns[2].text, columns[2].size),
        .size = columns[2].size,
    };
    reading->found = true;
    return OK;
}

enum err
document_fetch(struct db *db, struct arena *arena, const struct viewer *viewer, const char *id,
               struct document_body *body)
{
    static const unsigned by_party[PARTY_COUNT] = {
        [PARTY_ISV] = FETCH_FOR_ISV,           [PARTY_PARTNER] = FETCH_FOR_PARTNER,
        [PARTY_CUSTOMER] = FETCH_FOR_CUSTOMER, [PARTY_OPERATOR] = FETCH_FOR_OPERATOR,
        [PARTY_SYSTEM] = FETCH_FOR_OPERATOR,
    };
    bool everything = viewer->party == PARTY_OPERATOR || viewer->party == PARTY_SYSTEM;
    struct reading reading = {.arena = arena, .viewer = viewer, .body = body};
    struct row_reader reader = {&reading, read_body};
    enum err outcome;

    if (everything)
        outcome = db_run(db, &store_documents_family, by_party[viewer->party], VALUES(text(id)),
                         &reader, NULL);
    else
        outcome = db_run(db, &store_documents_family, by_party[viewer->party],
                         VALUES(text(id), text(viewer->account)), &reader, NULL);
    TRY(outcome);
    return reading.found ? OK : ERR_ABSENT;
}

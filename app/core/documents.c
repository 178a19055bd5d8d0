/*
 * documents.c: counting, finding and comparing the documents of an offer.
 */
#include "core/documents.h"

#include <string.h>
#include <strings.h>

#include "base/text.h"

size_t
documents_of(const struct offer *offer, enum party side)
{
    size_t count = 0;

    for (size_t i = 0; i < offer->document_count; i++)
        count += offer->documents[i].side == side;
    return count;
}

size_t
documents_used(const struct offer *offer, enum party side)
{
    return side == PARTY_ISV ? documents_of(offer, side) : offer->document_count;
}

const struct document *
offer_document(const struct offer *offer, enum party side, const char *id)
{
    for (size_t i = 0; i < offer->document_count; i++) {
        const struct document *document = &offer->documents[i];

        if (document->side == side && text_equal(document->id, id))
            return document;
    }
    return NULL;
}

/* Whose documents the side may hear of. */
static bool
side_sees(enum party side, const struct document *document)
{
    return side == PARTY_PARTNER || document->side == PARTY_ISV;
}

const struct document *
document_named(struct arena *arena, const struct offer *offer, enum party side, const char *name,
               const struct document *except)
{
    const char *wanted = text_fold_words(arena, name);

    for (size_t i = 0; i < offer->document_count; i++) {
        const struct document *document = &offer->documents[i];

        if (document != except && side_sees(side, document) &&
            text_equal(text_fold_words(arena, document->name), wanted))
            return document;
    }
    return NULL;
}

char *
document_name_of_file(struct arena *arena, const char *file_name)
{
    static const char ending[] = ".pdf";
    size_t length = strlen(file_name);
    size_t end = sizeof ending - 1;

    if (length >= end && strcasecmp(file_name + length - end, ending) == 0)
        length -= end;
    return text_trim(arena, arena_copy(arena, file_name, length));
}

void
offer_add_document(struct offer *offer, const struct document *document)
{
    size_t at =
        document->side == PARTY_ISV ? documents_of(offer, PARTY_ISV) : offer->document_count;

    assert(offer->document_count < COUNT(offer->documents));
    memmove(&offer->documents[at + 1], &offer->documents[at],
            (offer->document_count - at) * sizeof(offer->documents[0]));
    offer->documents[at] = *document;
    offer->document_count++;
}

void
offer_remove_documents(struct offer *offer, enum party side, const char *id)
{
    size_t kept = 0;

    for (size_t i = 0; i < offer->document_count; i++) {
        const struct document *document = &offer->documents[i];

        if (document->side != side || (id != NULL && !text_equal(document->id, id)))
            offer->documents[kept++] = *document;
    }
    offer->document_count = kept;
}

void
check_documents(const struct offer *offer, enum party side, struct problems *problems)
{
    size_t count = documents_used(offer, side);

    if (count > LIMIT_DOCUMENTS)
        problem_add(problems, ANSWER_DOCUMENT,
                    "An offer can have up to %d documents; this one has %zu. Remove some of yours",
                    LIMIT_DOCUMENTS, count);
    for (size_t i = 0; i < offer->document_count; i++) {
        const struct document *document = &offer->documents[i];
        const struct document *other;

        if (document->side != side)
            continue;
        other = document_named(problems->arena, offer, side, document->name, document);
        /* of two of one's own, only the later one is told */
        if (other != NULL && (other->side != side || other < document))
            problem_add(problems, ANSWER_DOCUMENT,
                        "Two documents are called “%s”. Remove yours, or add it under another name",
                        document->name);
    }
}

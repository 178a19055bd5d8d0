/*
 * documents_view.c: lists of documents with what a link says of its file: type and size.
 */
#include "pages/documents_view.h"

#include <inttypes.h>

#include "base/text.h"
#include "core/documents.h"
#include "pages/parts.h"

#define KIB 1024
#define MIB (KIB * KIB)

const char *
document_href(const struct exchange *x, const struct document *document)
{
    return arena_format(x->arena, "/files/%s", document->id);
}

const char *
file_facts(const struct exchange *x, const char *type, int64_t size)
{
    int64_t tenths = (size * 10 + MIB / 2) / MIB;

    if (size < MIB)
        return arena_format(x->arena, "%s, %" PRId64 " KiB", type, (size + KIB - 1) / KIB);
    return arena_format(x->arena, "%s, %" PRId64 ".%" PRId64 " MiB", type, tenths / 10,
                        tenths % 10);
}

const char *
document_facts(const struct exchange *x, const struct document *document)
{
    return file_facts(x, "PDF", document->size);
}

const char *
document_side_facts(const struct exchange *x, const struct offer *offer,
                    const struct document *document)
{
    return arena_format(x->arena, "%s, from %s", document_facts(x, document),
                        document->side == PARTY_ISV ? offer->isv_name : offer->partner_name);
}

void
part_documents(struct exchange *x, struct view *view, const struct offer *offer,
               const char *change_href)
{
    struct view *card = view_part(view, NAME_DOCUMENTS, PAGE_PART_DOCUMENTS);
    struct view *list;

    if (change_href != NULL)
        view_text(view_section(card, NAME_CHANGE), NAME_CHANGE_HREF, change_href);
    if (offer->document_count == 0) {
        view_show(card, NAME_NO_DOCUMENTS);
        return;
    }
    list = view_section(card, NAME_HAS_DOCUMENTS);
    for (size_t i = 0; i < offer->document_count; i++) {
        const struct document *document = &offer->documents[i];
        struct view *item = view_section(list, NAME_DOCUMENT);

        view_text(item, NAME_DOCUMENT_HREF, document_href(x, document));
        view_text(item, NAME_DOCUMENT_NAME, document->name);
        view_text(item, NAME_DOCUMENT_FACTS, document_side_facts(x, offer, document));
    }
}

/* All that the side may see, its own with their buttons. */
static void
form_documents(struct exchange *x, struct view *card, const struct offer *offer, enum party side)
{
    struct view *list;

    if (offer->document_count == 0)
        return;
    list = view_section(card, NAME_HAS_DOCUMENTS);
    for (size_t i = 0; i < offer->document_count; i++) {
        const struct document *document = &offer->documents[i];
        struct view *item = view_section(list, NAME_DOCUMENT);
        bool own = document->side == side;

        view_text(item, NAME_DOCUMENT_HREF, document_href(x, document));
        view_text(item, NAME_DOCUMENT_NAME, document->name);
        view_text(item, NAME_DOCUMENT_FACTS,
                  own ? document_facts(x, document) : document_side_facts(x, offer, document));
        if (own)
            view_text(view_section(item, NAME_DOCUMENT_OWN), NAME_DOCUMENT_ID, document->id);
    }
}

/* A browser never puts a file back: a form that returns says which one is missing. */
static const char *
file_hint(const struct exchange *x)
{
    static const char hint[] = "A PDF of up to 10 MiB, without a password or scripts";
    const char *chosen = shown(x, ANSWER_DOCUMENT, "");

    if (*chosen == '\0' || problem_at(x->problems, ANSWER_DOCUMENT) != NULL)
        return hint;
    return arena_format(x->arena, "%s. Choose “%s” again: a form that comes back has lost its file",
                        hint, chosen);
}

void
part_documents_form(struct exchange *x, struct view *view, const struct offer *offer,
                    enum party side)
{
    static const struct field_look name = {
        .hint = "Your customer sees it; no other document of the offer can have it. Empty: the "
                "file’s name. Not allowed: ! < > ^ [ ] @ # % /",
        .optional = true,
    };
    struct view *card = view_part(view, NAME_DOCUMENTS, PAGE_PART_DOCUMENTS_FORM);
    const struct field_look file = {.hint = file_hint(x), .optional = true};

    view_format(card, NAME_DOCUMENTS_USED, "%zu of %d used", documents_used(offer, side),
                LIMIT_DOCUMENTS);
    form_documents(x, card, offer, side);
    part_file(x, card, NAME_FIELD_DOCUMENT, ANSWER_DOCUMENT, fields[FIELD_DOCUMENT].label,
              "application/pdf,.pdf", &file);
    part_text(x, card, NAME_FIELD_DOCUMENT_NAME, ANSWER_DOCUMENT_NAME,
              "Customer-facing document name", "text", "", &name);
}

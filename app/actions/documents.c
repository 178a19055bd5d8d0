/*
 * documents.c: receiving a file, and what a form does to the documents of its offer.
 */
#include "actions/documents.h"

#include "actions/document_check.h"
#include "base/digest.h"
#include "base/text.h"
#include "core/documents.h"
#include "store/documents.h"

enum err
document_receive(struct arena *arena, const void *bytes, int64_t size, const char *file_name,
                 struct document_file *file)
{
    struct document_file received = {
        .bytes = bytes, .size = size, .file_name = file_name, .sha256 = ""};

    if (size > LIMIT_DOCUMENT_BYTES)
        received.refusal = "The file is larger than 10 MiB. Save it smaller, then choose it again";
    else
        TRY(document_check(bytes, (size_t)size, &received.refusal));
    if (received.refusal == NULL)
        received.sha256 = digest_of_file(arena, bytes, (size_t)size);
    *file = received;
    return OK;
}

/* Is it to be another document, beside those there are? */
static bool
wants_more(const struct document_edit *edit)
{
    return edit->replace == NULL && (edit->add || edit->file != NULL || *edit->name != '\0');
}

/* The file that the edit is about; NULL, and a problem, when it cannot be had. */
static const struct document_file *
file_wanted(const struct document_edit *edit, struct problems *problems)
{
    if (edit->file == NULL)
        problem_add(problems, ANSWER_DOCUMENT, "Choose a PDF");
    else if (edit->file->refusal != NULL)
        problem_add(problems, ANSWER_DOCUMENT, "%s", edit->file->refusal);
    else
        return edit->file;
    return NULL;
}

/* What is typed, or what the file suggests where nothing is. */
static const char *
name_wanted(const struct document_edit *edit, struct problems *problems)
{
    struct problems *unsaid = problems_new(problems->arena);
    const char *name = "";

    if (*text_trim(problems->arena, edit->name) != '\0') {
        document_name_read(ANSWER_DOCUMENT_NAME, edit->name, problems, &name);
        return name;
    }
    if (edit->file == NULL)
        return "";
    document_name_read(ANSWER_DOCUMENT_NAME,
                       document_name_of_file(problems->arena, edit->file->file_name), unsaid,
                       &name);
    if (*name == '\0')
        problem_add(problems, ANSWER_DOCUMENT_NAME,
                    "Enter the name under which your customer sees the document");
    return name;
}

static void
edit_add(const struct act *act, enum party side, const struct document_edit *edit,
         struct offer *offer, struct problems *problems)
{
    size_t before = problems->count;
    const struct document_file *file = file_wanted(edit, problems);
    const char *name = name_wanted(edit, problems);

    if (documents_used(offer, side) >= LIMIT_DOCUMENTS)
        problem_add(problems, ANSWER_DOCUMENT,
                    documents_of(offer, side) > 0
                        ? "An offer can have up to %d documents. Remove one to add another"
                        : "An offer can have up to %d documents, and the ISV has added as many",
                    LIMIT_DOCUMENTS);
    if (*name != '\0' && document_named(act->arena, offer, side, name, NULL) != NULL)
        problem_add(problems, ANSWER_DOCUMENT_NAME,
                    "This offer has a document called “%s” already. Enter another name", name);
    if (problems->count > before || file == NULL)
        return;
    offer_add_document(offer, &(struct document){
                                  .id = world_guid(act->world, act->arena),
                                  .side = side,
                                  .name = name,
                                  .size = file->size,
                                  .sha256 = file->sha256,
                                  .added_at = act->now,
                              });
}

static enum err
edit_replace(const struct act *act, enum party side, const struct document_edit *edit,
             struct offer *offer, struct problems *problems)
{
    const struct document *found = offer_document(offer, side, edit->replace);
    const struct document_file *file;
    struct document *document;

    if (found == NULL)
        return ERR_ABSENT;
    document = &offer->documents[found - offer->documents];
    file = file_wanted(edit, problems);
    if (*text_trim(act->arena, edit->name) != '\0')
        problem_add(problems, ANSWER_DOCUMENT_NAME,
                    "Remove the name: a document that is replaced keeps its own");
    if (file == NULL)
        return OK;
    document->size = file->size;
    document->sha256 = file->sha256;
    document->added_at = act->now;
    return OK;
}

enum err
documents_edit(const struct act *act, enum party side, const struct document_edit *edit,
               struct offer *offer, struct problems *problems)
{
    if (edit->remove != NULL) {
        if (offer_document(offer, side, edit->remove) == NULL)
            return ERR_ABSENT;
        offer_remove_documents(offer, side, edit->remove);
    }
    if (edit->replace != NULL)
        return edit_replace(act, side, edit, offer, problems);
    if (wants_more(edit))
        edit_add(act, side, edit, offer, problems);
    return OK;
}

enum err
documents_keep(const struct act *act, const struct offer *before, const struct offer *after,
               const struct document_file *file)
{
    for (size_t i = 0; i < before->document_count; i++) {
        const struct document *document = &before->documents[i];

        if (offer_document(after, document->side, document->id) == NULL)
            TRY(document_remove(act->db, after->id, document));
    }
    for (size_t i = 0; i < after->document_count; i++) {
        const struct document *document = &after->documents[i];
        const struct document *was = offer_document(before, document->side, document->id);

        if (was != NULL && text_equal(was->sha256, document->sha256))
            continue;
        assert(file != NULL && text_equal(file->sha256, document->sha256));
        if (was == NULL)
            TRY(document_insert(act->db, after->id, document, file->bytes));
        else
            TRY(document_replace(act->db, after->id, was, document, file->bytes));
    }
    return OK;
}

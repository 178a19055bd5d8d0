/*
 * documents_form.c: the buttons, the file and the name of a document to come.
 */
#include "pages/documents_form.h"

#include <string.h>

#include "base/text.h"
#include "core/documents.h"

#define BUTTON_ADD "add-document"
/* Buttons about one document end with its id. */
#define BUTTON_REPLACE "replace-document-"
#define BUTTON_REMOVE "remove-document-"

/* The document that a button is about, or NULL. */
static const char *
button_document(const char *button, const char *beginning)
{
    return text_starts(button, beginning) ? button + strlen(beginning) : NULL;
}

enum err
documents_prepare(struct exchange *x)
{
    const struct upload *upload = &x->request->upload;
    struct document_file *file;

    if (upload->fd < 0 || !text_equal(upload->field, ANSWER_DOCUMENT))
        return OK;
    file = arena_new(x->arena, struct document_file);
    TRY(document_receive(x->arena, upload->bytes, upload->size, upload->file_name, file));
    x->prepared = file;
    return OK;
}

struct document_edit
documents_asked(const struct exchange *x)
{
    const char *button = posted(x, "do");

    return (struct document_edit){
        .add = text_equal(button, BUTTON_ADD),
        .replace = button_document(button, BUTTON_REPLACE),
        .remove = button_document(button, BUTTON_REMOVE),
        .name = posted(x, ANSWER_DOCUMENT_NAME),
        .file = x->prepared,
    };
}

const char *
documents_done(const struct exchange *x)
{
    const char *button = posted(x, "do");

    if (text_equal(button, BUTTON_ADD))
        return "document-added";
    if (text_starts(button, BUTTON_REPLACE))
        return "document-replaced";
    return text_starts(button, BUTTON_REMOVE) ? "document-removed" : NULL;
}

void
documents_forget(struct exchange *x)
{
    struct form *body = &x->request->body;

    for (size_t i = 0; i < body->count; i++) {
        if (text_equal(body->pairs[i].name, ANSWER_DOCUMENT) ||
            text_equal(body->pairs[i].name, ANSWER_DOCUMENT_NAME))
            body->pairs[i].value = "";
    }
}

void
documents_say_lost(struct exchange *x)
{
    const struct document_file *file = x->prepared;

    if (file != NULL && file->refusal == NULL && problem_at(x->problems, ANSWER_DOCUMENT) == NULL)
        problem_add(x->problems, ANSWER_DOCUMENT,
                    "Choose “%s” again: the form came back, and its file wasn’t kept",
                    file->file_name);
}

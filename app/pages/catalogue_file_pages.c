/*
 * catalogue_file_pages.c: the download of a catalogue, and the page that takes one.
 *
 * Not here: what a file holds (actions/catalogue_file). A refused file's problems stand at its own
 * paths, so they are a list of their own; the form has one problem, at its file.
 */
#include "pages/catalogue_file_pages.h"

#include "actions/catalogue_file.h"
#include "base/text.h"
#include "pages/parts.h"

#define HOME "/isv/products"
#define FILE_FIELD "file"

/* What became of the uploaded file. */
struct uploaded {
    const struct catalogue_file *file; /* NULL: it was refused */
    struct problems *problems;
};

enum err
catalogue_export_get(struct exchange *x)
{
    const struct act act = exchange_act(x);

    TRY(catalogue_file_export(&act, &x->reply->body));
    if (x->reply->body.full) {
        x->closed_reason = "The file would be too large. Ask the operator for an export.";
        return ERR_CLOSED;
    }
    x->reply->type = "application/json";
    x->reply->download = "catalogue.json";
    return OK;
}

/* Each at its path. */
static void
problems_view(struct view *view, const struct problems *problems)
{
    struct view *refused = view_section(view, NAME_REFUSED);

    for (size_t i = 0; i < problems->count; i++) {
        struct view *row = view_section(refused, NAME_FILE_PROBLEM);
        const char *at = problems->list[i].at;

        view_text(row, NAME_FILE_AT, *at == '\0' ? "The file" : at);
        view_text(row, NAME_FILE_MESSAGE, problems->list[i].message);
    }
    if (problems->dropped > 0)
        view_format(view_section(refused, NAME_FILE_MORE), NAME_FILE_MORE_TEXT, "And %zu more.",
                    problems->dropped);
}

static void
import_view(struct exchange *x, const struct problems *problems)
{
    static const char *const crumbs[][2] = {{"Products and plans", HOME}};
    static const struct field_look look = {.hint = "JSON, at most 10 MiB"};
    struct view *view = show(x, PAGE_CATALOGUE_IMPORT, "Import products");

    _Static_assert(LIMIT_CATALOGUE_BYTES == 10 * 1024 * 1024, "the hint says so");
    head_crumbs(part_head(x, view, "Import products"), crumbs, 1, "Import products");
    part_not_saved(x, view);
    part_summary(x, view, "");
    if (problems != NULL)
        problems_view(view, problems);
    part_file(x, view, NAME_FIELD_FILE, FILE_FIELD, "Catalogue file", "application/json,.json",
              &look);
    view_text(view, NAME_FORM_ACTION, HOME "/import");
    view_text(view, NAME_CANCEL_HREF, HOME);
    view_text(view, NAME_EXPORT_HREF, HOME ".json");
}

enum err
catalogue_import_get(struct exchange *x)
{
    import_view(x, NULL);
    return OK;
}

enum err
catalogue_import_prepare(struct exchange *x)
{
    const struct upload *upload = &x->request->upload;
    struct uploaded *uploaded;
    enum err outcome;

    if (upload->fd < 0 || !text_equal(upload->field, FILE_FIELD))
        return OK;
    uploaded = arena_new(x->arena, struct uploaded);
    uploaded->problems = problems_new(x->arena);
    x->prepared = uploaded;
    if (upload->size > LIMIT_CATALOGUE_BYTES) {
        problem_add(uploaded->problems, "", "It is larger than %d MiB",
                    LIMIT_CATALOGUE_BYTES / (1024 * 1024));
        return OK;
    }
    outcome = catalogue_file_read(x->arena, upload->bytes == NULL ? "" : upload->bytes,
                                  upload_kept(upload), uploaded->problems, &uploaded->file);
    return outcome == ERR_INVALID ? OK : outcome;
}

/* The form again, with what is wrong with its file. */
static enum err
refuse(struct exchange *x, const struct uploaded *uploaded)
{
    const struct problems *problems = NULL;
    size_t count;

    if (uploaded == NULL) {
        problem_add(x->problems, FILE_FIELD, "Choose the file to import");
    } else {
        problems = uploaded->problems;
        count = problems->count + problems->dropped;
        problem_add(x->problems, FILE_FIELD, "Nothing was imported: %zu %s to mend, listed below",
                    count, count == 1 ? "thing is" : "things are");
    }
    import_view(x, problems);
    return ERR_INVALID;
}

enum err
catalogue_import_post(struct exchange *x)
{
    const struct uploaded *uploaded = x->prepared;
    const struct act act = exchange_act(x);
    struct catalogue_counts counts;
    enum err outcome;

    if (uploaded == NULL || uploaded->file == NULL)
        return refuse(x, uploaded);
    outcome = catalogue_file_import(&act, uploaded->file, uploaded->problems, &counts);
    if (outcome == ERR_INVALID)
        return refuse(x, uploaded);
    TRY(outcome);
    return redirect(x, HOME "?done=imported&new=%zu&changed=%zu&unchanged=%zu", counts.created,
                    counts.changed, counts.unchanged);
}

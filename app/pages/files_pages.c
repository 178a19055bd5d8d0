/*
 * files_pages.c: one document for whoever may see it under any of their hats: a publisher is the
 * ISV of one offer and the selling partner of another, and a document's address does not say which.
 *
 * Not here: who may see which (store/documents, by state and side; store/support for evidence).
 */
#include "pages/files_pages.h"

#include <string.h>
#include <strings.h>

#include "base/text.h"
#include "store/documents.h"
#include "store/support.h"

static enum err
fetch_as(struct exchange *x, enum party party, const char *account, struct document_body *body)
{
    const struct viewer viewer = {party, account, x->today};

    if (party != PARTY_OPERATOR && *account == '\0')
        return ERR_ABSENT;
    return document_fetch(x->db, x->arena, &viewer, path_param(x, "document"), body);
}

static enum err
fetch(struct exchange *x, struct document_body *body)
{
    /* a role without offers has none of their documents either (LAW 2.2) */
    const char *publisher = role_can(x->who.role, CAN_VIEW_OFFERS) ? x->who.publisher : "";
    enum err outcome = fetch_as(x, PARTY_ISV, publisher, body);

    if (outcome == ERR_ABSENT)
        outcome = fetch_as(x, PARTY_PARTNER, publisher, body);
    if (outcome == ERR_ABSENT)
        outcome = fetch_as(x, PARTY_CUSTOMER, x->who.organisation, body);
    if (outcome == ERR_ABSENT && x->who.operates)
        outcome = fetch_as(x, PARTY_OPERATOR, "", body);
    return outcome;
}

static bool
ends_with(const char *name, const char *ending)
{
    size_t length = strlen(name);
    size_t last = strlen(ending);

    return length >= last && strcasecmp(name + length - last, ending) == 0;
}

/* Under a name that says what it is. */
static enum err
answer(struct exchange *x, const char *name, const char *ending, const char *type,
       const void *bytes, size_t size)
{
    bool ended =
        ends_with(name, ending) || (text_equal(type, "image/jpeg") && ends_with(name, ".jpeg"));

    x->reply->type = type;
    x->reply->download = arena_format(x->arena, "%s%s", name, ended ? "" : ending);
    buffer_put(&x->reply->body, bytes, size);
    return OK;
}

static enum err
evidence_as(struct exchange *x, enum party party, const char *account, struct evidence_body *body)
{
    const struct viewer viewer = {party, account, x->today};

    return evidence_fetch(x->db, x->arena, &viewer, path_param(x, "document"), body);
}

/* A file of a support request, for whoever made the request and the operator (LAW 6.5). */
static enum err
evidence_get(struct exchange *x)
{
    struct evidence_body body;
    enum err outcome = ERR_ABSENT;

    if (role_can(x->who.role, CAN_WORK_CATALOGUE))
        outcome = evidence_as(x, PARTY_ISV, x->who.publisher, &body);
    if (outcome == ERR_ABSENT && role_can(x->who.role, CAN_WORK_CATALOGUE))
        outcome = evidence_as(x, PARTY_PARTNER, x->who.publisher, &body);
    if (outcome == ERR_ABSENT && x->who.operates)
        outcome = evidence_as(x, PARTY_OPERATOR, "", &body);
    TRY(outcome);
    return answer(x, body.name, arena_format(x->arena, ".%s", evidence_type_text(body.type)),
                  evidence_media_type(body.type), body.bytes, body.size);
}

/* GET /files/:document */
enum err
files_get(struct exchange *x)
{
    struct document_body body;
    enum err outcome = fetch(x, &body);

    if (outcome == ERR_ABSENT)
        return evidence_get(x);
    TRY(outcome);
    return answer(x, body.name, ".pdf", "application/pdf", body.bytes, body.size);
}

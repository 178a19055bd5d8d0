/*
 * files_pages.c: one document for whoever may see it under any of their hats: a publisher is the
 * ISV of one offer and the selling partner of another, and a document's address does not say which.
 *
 * Not here: who may see which (store/documents, by state and side).
 */
#include "pages/files_pages.h"

#include <string.h>
#include <strings.h>

#include "base/text.h"
#include "store/documents.h"

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

/* GET /files/:document */
enum err
files_get(struct exchange *x)
{
    static const char ending[] = ".pdf";
    struct document_body body;
    size_t length;
    bool ended;

    TRY(fetch(x, &body));
    length = strlen(body.name);
    ended = length >= sizeof ending - 1 &&
            strcasecmp(body.name + length - (sizeof ending - 1), ending) == 0;
    x->reply->type = "application/pdf";
    x->reply->download = arena_format(x->arena, "%s%s", body.name, ended ? "" : ending);
    buffer_put(&x->reply->body, body.bytes, body.size);
    return OK;
}

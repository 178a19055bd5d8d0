/*
 * carried.c: fields that wait on a page.
 *
 * Invariant: a form is only carried to be sent again when its csrf token shows that it is ours;
 * whoever carried another one would make it ours.
 */
#include "pages/carried.h"

#include <string.h>

#include "auth/csrf.h"
#include "base/limits.h"
#include "base/text.h"
#include "pages/serve.h"
#include "web/multipart.h"

size_t
carried_weight(const char *name, const char *value)
{
    size_t weight = 3 * strlen(name) + sizeof "=&";

    for (; *value != '\0'; value++) /* line breaks become CR LF, and each byte three */
        weight += *value == '\n' ? 6 : 3;
    return weight;
}

bool
carried_never(const char *name)
{
    static const char *const secrets[] = {"password", "old", "new", "again"};

    return text_find(secrets, COUNT(secrets), name) >= 0;
}

void
carry(struct view *view, const char *name, const char *value)
{
    struct view *pair = view_section(view, NAME_CARRIED);

    view_text(pair, NAME_CARRIED_NAME, name);
    view_text(pair, NAME_CARRIED_VALUE, value);
}

/* All of it, or nothing: half a form is another one. */
static bool
can_be_sent_again(const struct exchange *x)
{
    const struct form *body = &x->request->body;
    size_t weight = 0;

    if (x->route == NULL || x->route->method != METHOD_POST || x->route->csrf != CSRF_CHECKED ||
        !serve_form_is_ours(x) || !csrf_valid(x->form_cookie, posted(x, "csrf")))
        return false;
    for (size_t i = 0; i < body->count; i++) {
        if (carried_never(body->pairs[i].name))
            return false;
        weight += carried_weight(body->pairs[i].name, body->pairs[i].value);
    }
    return weight <= CARRIED_BYTES;
}

bool
carry_again(const struct exchange *x, struct view *view)
{
    struct request *request = x->request;
    struct view *form;

    /* A form that may bring a file is read late: what was typed into it is wanted now. */
    if (request->boundary != NULL && request->body.count == 0 &&
        multipart_read(x->source, x->arena, false, request) != 0)
        return false;
    if (!can_be_sent_again(x))
        return false;
    form = view_section(view, NAME_AGAIN);
    view_text(form, NAME_AGAIN_HREF,
              *request->query_text == '\0'
                  ? request->path
                  : arena_format(x->arena, "%s?%s", request->path, request->query_text));
    for (size_t i = 0; i < request->body.count; i++) {
        if (!text_equal(request->body.pairs[i].name, "csrf")) /* the page has one of its own */
            carry(form, request->body.pairs[i].name, request->body.pairs[i].value);
    }
    return true;
}

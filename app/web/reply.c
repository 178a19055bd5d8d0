/*
 * reply.c: what every answer says about itself: status, length, caching, security headers.
 *
 * Not here: sending (web/fcgi), the body's words (pages/). Invariant: every header value written is
 * free of control bytes, whoever filled the reply.
 */
#include "web/reply.h"

#include <string.h>

#define TYPE_HTML "text/html; charset=utf-8"

static const struct {
    int status;
    const char *words;
} known[] = {
    {200, "OK"},
    {303, "See Other"},
    {400, "Bad Request"},
    {403, "Forbidden"},
    {404, "Not Found"},
    {405, "Method Not Allowed"},
    {409, "Conflict"},
    {410, "Gone"},
    {413, "Content Too Large"},
    {415, "Unsupported Media Type"},
    {422, "Unprocessable Content"},
    {429, "Too Many Requests"},
    {500, "Internal Server Error"},
    {503, "Service Unavailable"},
};

/* On every answer, whatever it is: the application sends them, nginx adds its own only to the files
 * it serves itself. Nothing inline, nothing from elsewhere, in no frame. */
static const char security[] =
    "Content-Security-Policy: default-src 'none'; style-src 'self'; script-src 'self'; "
    "img-src 'self'; font-src 'self'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'\r\n"
    "X-Content-Type-Options: nosniff\r\n"
    "Referrer-Policy: same-origin\r\n"
    "Cross-Origin-Opener-Policy: same-origin\r\n";

void
reply_clear(struct reply *reply)
{
    struct buffer body = reply->body;

    buffer_clear(&body);
    *reply = (struct reply){.status = 200, .type = TYPE_HTML, .body = body};
}

void
reply_cookie(struct reply *reply, const char *value)
{
    assert(value != NULL);
    assert(reply->cookie_count < COUNT(reply->cookies));
    reply->cookies[reply->cookie_count++] = value;
}

const char *
status_words(int status)
{
    for (size_t i = 0; i < COUNT(known); i++) {
        if (known[i].status == status)
            return known[i].words;
    }
    assert(!"a status this product uses");
    return "";
}

int
status_of(enum err outcome)
{
    switch (outcome) {
    case OK:
        return 200;
    case ERR_INVALID:
        return 422;
    case ERR_DENIED:
        return 403;
    case ERR_ABSENT:
        return 404;
    case ERR_GONE:
        return 410;
    case ERR_STALE:
    case ERR_CLOSED:
        return 409;
    case ERR_BUSY:
        return 503;
    case ERR_BROKEN:
        return 500;
    }
    assert(!"an outcome of enum err");
    return 500;
}

/* A value that could end its line would let whoever chose it write headers of their own. */
static void
put_header(struct buffer *out, const char *name, const char *value)
{
    assert(!text_has_control(value, false));
    buffer_format(out, "%s: %s\r\n", name, value);
}

void
reply_headers(const struct reply *reply, struct buffer *out)
{
    buffer_format(out, "Status: %d %s\r\n", reply->status, status_words(reply->status));
    if (reply->body.length > 0)
        put_header(out, "Content-Type", reply->type);
    buffer_format(out, "Content-Length: %zu\r\n", reply->body.length);
    if (reply->location != NULL)
        put_header(out, "Location", reply->location);
    if (reply->allow != NULL)
        put_header(out, "Allow", reply->allow);
    if (reply->retry_after_s > 0)
        buffer_format(out, "Retry-After: %d\r\n", reply->retry_after_s);
    for (size_t i = 0; i < reply->cookie_count; i++)
        put_header(out, "Set-Cookie", reply->cookies[i]);
    /* Even a cacheable page is only for this person, and is asked for again before it is shown. */
    put_header(out, "Cache-Control", reply->cacheable ? "private, no-cache" : "no-store");
    buffer_text(out, security);
    buffer_text(out, "\r\n");
}

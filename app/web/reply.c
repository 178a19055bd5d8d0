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
static const char policy_of_pages[] =
    "Content-Security-Policy: default-src 'none'; style-src 'self'; script-src 'self'; "
    "img-src 'self'; font-src 'self'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'\r\n";
/* A file that a browser opens after all may do nothing. */
static const char policy_of_files[] =
    "Content-Security-Policy: sandbox; default-src 'none'; frame-ancestors 'none'\r\n";
static const char security[] = "X-Content-Type-Options: nosniff\r\n"
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

/* RFC 6266: the name in ASCII for those who know no better, then as it is. */
static void
put_attachment(struct buffer *out, const char *name)
{
    static const char plain[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
                                "0123456789-._~";
    static const char unsafe[] = "\"\\%/:*?<>|";

    assert(!text_has_control(name, false));
    buffer_text(out, "Content-Disposition: attachment; filename=\"");
    for (const char *at = name; *at != '\0'; at++) {
        unsigned char byte = (unsigned char)*at;

        if ((byte & 0xC0) == 0x80)
            continue; /* one sign for a character, however many bytes it has */
        buffer_put(out, byte >= 0x80 || strchr(unsafe, *at) != NULL ? "_" : at, 1);
    }
    buffer_text(out, "\"; filename*=UTF-8''");
    for (const char *at = name; *at != '\0'; at++) {
        if (strchr(plain, *at) != NULL)
            buffer_put(out, at, 1);
        else
            buffer_format(out, "%%%02X", (unsigned)(unsigned char)*at);
    }
    buffer_text(out, "\r\n");
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
    if (reply->download != NULL)
        put_attachment(out, reply->download);
    buffer_text(out, reply->download != NULL ? policy_of_files : policy_of_pages);
    buffer_text(out, security);
    buffer_text(out, "\r\n");
}

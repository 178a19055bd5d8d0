/*
 * reply.h: one whole answer, kept until it is sent. No byte leaves before it is complete.
 */
#ifndef WEB_REPLY_H
#define WEB_REPLY_H

#include "base/text.h"

struct source;

/* Invariant: header values hold no CR or LF (asserted). */
struct reply {
    int status;             /* 200, 303, 422, ... */
    const char *type;       /* content type; "text/html; charset=utf-8" by default */
    const char *location;   /* of a 303; NULL otherwise */
    const char *allow;      /* of a 405 */
    const char *cookies[4]; /* Set-Cookie values */
    size_t cookie_count;
    const char *download; /* the file's name when the body is one to keep; NULL for a page */
    int retry_after_s;    /* 0 = none */
    bool cacheable;       /* false: Cache-Control: no-store */
    struct buffer body;   /* owned by the worker, cleared for each request */
};

void reply_clear(struct reply *reply);
void reply_cookie(struct reply *reply, const char *value);

/* The words of a status this product uses; asserts a known one. */
const char *status_words(int status);

/* The HTTP status of an outcome. OK is 200. */
int status_of(enum err outcome);

/* Appends the CGI header block: Status, content type and length, security and cache headers. */
void reply_headers(const struct reply *reply, struct buffer *out);

#endif

/*
 * request.h: one HTTP request, read whole and bounded, copied to the arena; a file is not.
 *
 * Not here: who is asking (auth/), what is asked (pages/). Invariant: every text in a request is
 * valid UTF-8 without control bytes (line breaks and tabs only in form values).
 */
#ifndef WEB_REQUEST_H
#define WEB_REQUEST_H

#include "web/form.h"

enum method { METHOD_GET, METHOD_POST, METHOD_OTHER };

/* Where a request comes from: FastCGI in production, a table in tests. */
struct source {
    void *context;
    /* A FastCGI parameter or NULL. Borrowed only until the exchange is answered. */
    const char *(*param)(void *context, const char *name);
    /* Up to size body bytes; 0 at the end, -1 when the client went away. */
    long (*read)(void *context, char *bytes, size_t size);
};

/* The file that came with a form. */
struct upload {
    int fd;                /* a temporary file without a name; -1 when no file came */
    const void *bytes;     /* of that file, readable until request_close; NULL when it is empty */
    int64_t size;          /* as sent; of more than LIMIT_UPLOAD_FILE_BYTES not all is kept */
    const char *file_name; /* without folders, as the browser says: to show, never a path */
    const char *field;
};

struct request {
    enum method method;
    const char *path;       /* DOCUMENT_URI: decoded, normalised, begins with / */
    const char *query_text; /* as sent, "" when none */
    struct form query;
    struct form body;     /* of a POST; empty otherwise */
    const char *boundary; /* of a multipart body that waits to be read; NULL otherwise */
    size_t body_length;   /* of that */
    struct upload upload;
    const char *session_cookie; /* "" when none */
    const char *visit_cookie;
    const char *theme_cookie;
    const char *handover_cookie; /* the token of an address just made, to be shown once */
    const char *address;         /* of the client, as nginx says */
    const char *host;
    const char *origin;     /* "" when none */
    const char *fetch_site; /* Sec-Fetch-Site, "" when none */
    const char *id;         /* nginx's request id */
    bool head;              /* HEAD: answered like GET, nginx drops the body */
};

/* The HTTP status that refuses the request: 0 = fine, 400 malformed, 413 too long, 415 a POST that
 * is no form. The body of a multipart one is left for multipart_read: who asks decides what is
 * written. On refusal the request is as filled as it could be (method, path, id), so that the error
 * page can be shown and logged. Keeps everything; owns the upload. */
MUST_CHECK int request_read(const struct source *source, struct arena *arena,
                            struct request *request);

/* How many bytes of it are kept. */
size_t upload_kept(const struct upload *upload);

/* Gives the upload back. */
void request_close(struct request *request);

/* Cookie names. */
extern const char *const cookie_session;
extern const char *const cookie_visit;
extern const char *const cookie_theme;
extern const char *const cookie_handover;

#endif

/*
 * fcgi.h: the FastCGI dispatcher: threads on one epoll set over the listener and nginx's
 * connections. The only file pair that knows libfcgi.
 *
 * A kept-alive idle connection never holds a thread (EPOLLONESHOT); the request body is always
 * drained; SIGTERM is not handled here: fcgi_stop is called by whoever does.
 */
#ifndef WEB_FCGI_H
#define WEB_FCGI_H

#include "web/reply.h"
#include "web/request.h"

/* What the dispatcher asks of its owner. open runs in each thread at start (NULL = fail the start);
 * answer must leave a complete reply. */
struct fcgi_hooks {
    void *context;
    void *(*open)(void *context, unsigned number);
    void (*close)(void *worker);
    void (*answer)(void *worker, const struct source *source, struct reply *reply);
};

struct fcgi;

/* Starts threads workers on the listener, which must be non-blocking. Owns. ERR_BROKEN when a
 * thread's open failed. */
MUST_CHECK enum err fcgi_start(int listener, unsigned threads, const struct fcgi_hooks *hooks,
                               struct fcgi **fcgi);

/* Takes no new connection, serves on until nginx has closed its idle ones or drain_s passed, then
 * joins all threads and frees. */
void fcgi_stop(struct fcgi *fcgi, int drain_s);

#endif

/*
 * fcgi.h: the FastCGI dispatcher: threads on one epoll set over the listener and nginx's
 * connections. The only file pair that knows libfcgi.
 *
 * A kept-alive idle connection never holds a thread (EPOLLONESHOT); the request body is always
 * drained; SIGTERM is not handled here: fcgi_stop is called by whoever does. A request that takes
 * as long as hundreds of others waits for threads of its own kind, and keeps no other from them.
 */
#ifndef WEB_FCGI_H
#define WEB_FCGI_H

#include "web/reply.h"
#include "web/request.h"

/* What the dispatcher asks of its owner. open runs in each thread at start (NULL = fail the start);
 * is_slow looks at the parameters only, NULL when there are no slow threads. answer must leave a
 * complete reply; at_leisure says that it may take as long as slow requests do. It may not when one
 * found no room, or has waited for too long. */
struct fcgi_hooks {
    void *context;
    void *(*open)(void *context, unsigned number);
    void (*close)(void *worker);
    void (*answer)(void *worker, const struct source *source, struct reply *reply, bool at_leisure);
    bool (*is_slow)(void *worker, const struct source *source);
};

struct fcgi_threads {
    unsigned quick; /* at least 1 */
    unsigned slow;  /* in front of which LIMIT_SLOW_WAITING requests may wait, */
    int patience_s; /* each less than so long */
};

struct fcgi;

/* Starts the threads on the listener, which must be non-blocking. Owns. ERR_BROKEN when a thread's
 * open failed. */
MUST_CHECK enum err fcgi_start(int listener, struct fcgi_threads threads,
                               const struct fcgi_hooks *hooks, struct fcgi **fcgi);

/* Takes no new connection, serves on until nginx has closed its idle ones or drain_s passed, then
 * joins all threads and frees. What still waits for a slow thread then is hung up on. */
void fcgi_stop(struct fcgi *fcgi, int drain_s);

#endif

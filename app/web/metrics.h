/*
 * metrics.h: what the process has done, in the text format of Prometheus, for whoever on this
 * machine may open its socket.
 *
 * Invariant: only counts and times; no name of anybody or anything. Not here: what the store holds
 * (the caller's own figures).
 */
#ifndef WEB_METRICS_H
#define WEB_METRICS_H

#include "base/text.h"

/* Counts one answered request. Any thread. */
void metrics_request(int status, int64_t microseconds);

/* Appends the counts so far. */
void metrics_text(struct buffer *out);

/* Appends "# HELP", "# TYPE name gauge" and the value. */
void metrics_gauge(struct buffer *out, const char *name, const char *help, int64_t value);

/* Appends what the caller knows besides; called on the thread of the socket. */
struct metrics_more {
    void *context;
    void (*append)(void *context, struct buffer *out);
};

struct metrics;

/* Owns: a thread that answers every connection to the Unix socket at path with the text, as HTTP.
 * The socket is its owner's alone; one that is there already is replaced. path "" starts nothing:
 * *metrics is NULL. more must live until metrics_stop. ERR_BROKEN when it cannot. */
MUST_CHECK enum err metrics_start(const char *path, const struct metrics_more *more,
                                  struct metrics **metrics);
void metrics_stop(struct metrics *metrics); /* NULL is ignored */

#endif

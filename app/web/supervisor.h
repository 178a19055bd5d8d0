/*
 * supervisor.h: the parent of `tripact serve`: it listens, forks, waits and restarts.
 *
 * Not here: what the child does. The parent opens no store, no template library and no thread, so
 * that nothing that can break lives in it and a fork is always safe.
 */
#ifndef WEB_SUPERVISOR_H
#define WEB_SUPERVISOR_H

#include "base/base.h"

/* Borrowed by supervise() and its children until they end. */
struct supervisor {
    const char *socket;       /* path of the unix socket, relative to the working directory */
    const char *socket_group; /* the group that may connect (nginx's); "" leaves it */
    int backlog;
    int start_s; /* a child not ready after so long is killed */
    int stop_s;  /* a child still there so long after SIGTERM is killed */
    void *context;
    /*
     * The working process; what it returns is its exit status. It must say supervisor_ready(ready)
     * once it answers requests on the listener (non-blocking, shared: never shut it down), then
     * supervisor_wait(), then finish what is in flight and return. SIGTERM is blocked here and in
     * every thread it starts.
     */
    int (*child)(void *context, int listener, int ready);
};

/*
 * Serves until SIGTERM or SIGINT, then stops the child and removes the socket. Answers the exit
 * status: 0 after a stop that was asked for, 1 (and a line on standard error) when the socket
 * cannot be made or the first child ends before it is ready.
 *
 * A child that dies is replaced at once, then with pauses that grow to 2 s, or to 0.2 s after one
 * that was ready. SIGHUP starts a new child and stops the old one when the new one is ready; if it
 * never is, the old one stays.
 */
MUST_CHECK int supervise(const struct supervisor *plan);

/* Tells the parent that this child works. Closes ready. A parent that has gone does not matter. */
void supervisor_ready(int ready);

/* Sleeps until this process is told to stop (SIGTERM). */
void supervisor_wait(void);

/* The same, for so long at most: was it told? Then there is nothing more to wait for. */
MUST_CHECK bool supervisor_told(int seconds);

/* Asks the parent for another child in the place of this one, as SIGHUP does. */
void supervisor_replace(void);

#endif

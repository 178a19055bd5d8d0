/*
 * null.c: null SOCKET THREADS: the product's dispatcher with nothing behind it: answers each
 * request with as many bytes as its query says, from memory. What a page costs beside it is what
 * the product itself costs. SIGTERM ends it.
 */
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "base/limits.h"
#include "web/fcgi.h"

#define BACKLOG 1024

static char page[LIMIT_DOWNLOAD_BYTES];

static void *
null_open(void *context, unsigned number)
{
    (void)number;
    return context;
}

static void
null_close(void *worker)
{
    (void)worker;
}

static void
null_answer(void *worker, const struct source *source, struct reply *reply, bool at_leisure)
{
    const char *query = source->param(source->context, "QUERY_STRING");
    size_t size = query == NULL ? 0 : (size_t)strtoul(query, NULL, 10);

    (void)worker;
    (void)at_leisure;
    buffer_put(&reply->body, page, size < sizeof page ? size : sizeof page);
}

static int
listener_open(const char *path)
{
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    int listener = socket(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);

    if (listener < 0 || strlen(path) >= sizeof address.sun_path)
        return -1;
    memcpy(address.sun_path, path, strlen(path) + 1);
    if (bind(listener, (const struct sockaddr *)&address, sizeof address) != 0 ||
        listen(listener, BACKLOG) != 0)
        return -1;
    return listener;
}

int
main(int argc, char **argv)
{
    const struct fcgi_hooks hooks = {page, null_open, null_close, null_answer, NULL};
    struct fcgi *fcgi = NULL;
    struct fcgi_threads threads = {0};
    sigset_t ends;
    int signal_number;

    sigemptyset(&ends);
    sigaddset(&ends, SIGTERM);
    if (argc != 3 || pthread_sigmask(SIG_BLOCK, &ends, NULL) != 0)
        return 2;
    threads.quick = (unsigned)strtoul(argv[2], NULL, 10);
    memset(page, 'x', sizeof page);

    int listener = listener_open(argv[1]);
    if (listener < 0 || fcgi_start(listener, threads, &hooks, &fcgi) != OK) {
        perror("null");
        return 1;
    }
    (void)sigwait(&ends, &signal_number);
    fcgi_stop(fcgi, 1);
    return 0;
}

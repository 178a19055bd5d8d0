/*
 * fcgi.c: threads on one epoll set; libfcgi reads and writes the records of one request at a time.
 *
 * Not here: what a request means (the hooks), signals, the listening socket's making. Invariants: a
 * connection is either parked (in the epoll set, armed once, noted in parked[]) or in the hands of
 * exactly one thread or waits in the room for one; a thread never waits for a next request; a
 * request's body is read to its end before its answer is finished, else the left-over bytes would
 * be taken for the next request.
 *
 * libfcgi's own accept loop would bind a kept-alive connection to its thread until nginx closes it.
 * So each request object has no listener (-1) and is handed a connection that is ready; when
 * reading fails, libfcgi closes the connection and its accept fails at once, which is how we learn
 * of it.
 */
#include "web/fcgi.h"

#include <errno.h>
#include <fcgiapp.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include "base/limits.h"
#include "base/log.h"

#define CONNECTIONS 4096 /* file descriptors below this number can be parked */
#define THREADS 256
#define HEADERS_BYTES 16384
#define KEPT_BYTES (256 * 1024) /* of a thread's buffer for answers: what nearly all fit into */
#define STALL_S 30 /* nginx sends a request whole: a peer silent in the middle is broken */
#define DRAIN_BYTES (64 * 1024 * 1024)
#define DRAIN_STEP_MS 50
#define STATE_BYTES (128 * 1024)

enum start { START_WAITING, START_READY, START_FAILED };

struct worker {
    struct fcgi *fcgi;
    unsigned number;
    pthread_t thread;
    enum start start; /* under the lock */
};

struct waiting {
    FCGX_Request *fast;
    time_t since; /* by a clock that nobody sets */
};

/* Requests that have been read so far that they are known to be slow: a ring. */
struct room {
    struct waiting waiting[LIMIT_SLOW_WAITING];
    unsigned first;
    unsigned count;
    bool closed;
};

struct fcgi {
    struct arena *arena; /* of this struct and the workers: lives from start to stop */
    struct fcgi_hooks hooks;
    int set;
    int listener;
    int stop;
    unsigned thread_count;
    struct fcgi_threads threads;
    struct worker *workers;
    atomic_uint busy; /* threads that hold a connection, and requests in the room */
    pthread_mutex_t lock;
    pthread_cond_t started;
    pthread_cond_t entered;
    struct room room;         /* under the lock */
    unsigned parked_count;    /* under the lock */
    bool parked[CONNECTIONS]; /* under the lock */
};

static const char *
source_param(void *context, const char *name)
{
    const FCGX_Request *fast = context;

    return FCGX_GetParam(name, fast->envp);
}

static long
source_read(void *context, char *bytes, size_t size)
{
    const FCGX_Request *fast = context;
    int wanted = size > 65536 ? 65536 : (int)size;
    int count = FCGX_GetStr(bytes, wanted, fast->in);

    if (count <= 0)
        return FCGX_GetError(fast->in) == 0 ? 0 : -1;
    return count;
}

/* What the handler left of the body. A body without end is not worth the connection. */
static void
body_drain(FCGX_Request *fast)
{
    char rest[8192];
    long drained = 0;

    for (;;) {
        int count = FCGX_GetStr(rest, (int)sizeof rest, fast->in);

        if (count <= 0)
            return;
        drained += count;
        if (drained > DRAIN_BYTES) {
            fast->keepConnection = 0;
            return;
        }
    }
}

/* Puts a whole answer into libfcgi's writer. That the client went away is nobody's fault. */
static void
reply_send(FCGX_Request *fast, struct reply *reply, struct buffer *headers)
{
    buffer_clear(headers);
    reply_headers(reply, headers);
    if (headers->full || reply->body.full) {
        log_line("reply_too_long", "status=%d", reply->status);
        reply_clear(reply);
        reply->status = 500;
        buffer_clear(headers);
        reply_headers(reply, headers);
    }
    if (FCGX_PutStr(headers->data, (int)headers->length, fast->out) < 0)
        return;
    if (reply->body.length > 0)
        (void)FCGX_PutStr(reply->body.data, (int)reply->body.length, fast->out);
}

/* Waits for the connection's next request without a thread. From here on it may be in the hands of
 * another one. */
static void
connection_park(struct fcgi *fcgi, int connection, int operation)
{
    struct epoll_event event = {.events = EPOLLIN | EPOLLRDHUP | EPOLLONESHOT,
                                .data.fd = connection};

    assert(connection >= 0 && connection < CONNECTIONS);
    pthread_mutex_lock(&fcgi->lock);
    if (epoll_ctl(fcgi->set, operation, connection, &event) == 0) {
        fcgi->parked[connection] = true;
        fcgi->parked_count++;
    } else {
        log_line("connection_not_parked", "errno=%d", errno);
        (void)close(connection);
    }
    pthread_mutex_unlock(&fcgi->lock);
}

static void
connection_take(struct fcgi *fcgi, int connection)
{
    pthread_mutex_lock(&fcgi->lock);
    assert(fcgi->parked[connection]);
    fcgi->parked[connection] = false;
    fcgi->parked_count--;
    pthread_mutex_unlock(&fcgi->lock);
}

/* Parks a new connection at once: one that never sends a byte must not hold a thread. */
static void
connection_accept(struct fcgi *fcgi)
{
    const struct timeval stall = {.tv_sec = STALL_S};
    int connection = accept4(fcgi->listener, NULL, NULL, SOCK_CLOEXEC);

    if (connection < 0) {
        /* EAGAIN: another thread or process was faster. Out of descriptors or memory: the listener
         * stays ready, so pause instead of spinning. */
        if (errno == EMFILE || errno == ENFILE || errno == ENOBUFS || errno == ENOMEM) {
            log_line("accept_failed", "errno=%d", errno);
            (void)nanosleep(&(struct timespec){.tv_nsec = 10000000}, NULL);
        }
        return;
    }
    if (connection >= CONNECTIONS) {
        log_line("connection_refused", "limit=%d", CONNECTIONS);
        (void)close(connection);
        return;
    }
    (void)setsockopt(connection, SOL_SOCKET, SO_RCVTIMEO, &stall, sizeof stall);
    (void)setsockopt(connection, SOL_SOCKET, SO_SNDTIMEO, &stall, sizeof stall);
    connection_park(fcgi, connection, EPOLL_CTL_ADD);
}

/* What one thread works with. */
struct desk {
    void *worker;       /* the owner's */
    FCGX_Request *fast; /* its streams point back at it: it moves to another desk as it is */
    struct reply reply;
    struct buffer headers;
};

/* Owns. */
static FCGX_Request *
request_open(void)
{
    FCGX_Request *fast = calloc(1, sizeof *fast);

    if (fast == NULL || FCGX_InitRequest(fast, -1, 0) != 0) {
        log_line("memory_exhausted", "asked=%zu", sizeof *fast);
        abort();
    }
    return fast;
}

static void
request_free(FCGX_Request *fast)
{
    FCGX_Free(fast, 0);
    free(fast);
}

static time_t
seconds(void)
{
    struct timespec now;

    if (clock_gettime(CLOCK_MONOTONIC, &now) != 0)
        abort();
    return now.tv_sec;
}

/* False when the room is full. Else the request is in the hands of a slow thread from here on. */
static bool
room_enter(struct fcgi *fcgi, FCGX_Request *fast)
{
    struct room *room = &fcgi->room;
    bool entered = false;

    pthread_mutex_lock(&fcgi->lock);
    if (room->count < LIMIT_SLOW_WAITING && !room->closed) {
        room->waiting[(room->first + room->count) % LIMIT_SLOW_WAITING] =
            (struct waiting){fast, seconds()};
        room->count++;
        atomic_fetch_add(&fcgi->busy, 1);
        entered = true;
        pthread_cond_signal(&fcgi->entered);
    }
    pthread_mutex_unlock(&fcgi->lock);
    return entered;
}

/* Under the lock. */
static struct waiting
room_first(struct room *room)
{
    struct waiting first = room->waiting[room->first];

    room->first = (room->first + 1) % LIMIT_SLOW_WAITING;
    room->count--;
    return first;
}

/* Waits for the next one; none when the room is closed. */
static struct waiting
room_call(struct fcgi *fcgi)
{
    struct waiting next = {0};

    pthread_mutex_lock(&fcgi->lock);
    while (fcgi->room.count == 0 && !fcgi->room.closed)
        pthread_cond_wait(&fcgi->entered, &fcgi->lock);
    if (!fcgi->room.closed)
        next = room_first(&fcgi->room);
    pthread_mutex_unlock(&fcgi->lock);
    return next;
}

/* Hangs up on whoever still waits; libfcgi's own way of closing would wait for the peer. */
static void
room_close(struct fcgi *fcgi)
{
    pthread_mutex_lock(&fcgi->lock);
    fcgi->room.closed = true;
    while (fcgi->room.count > 0) {
        FCGX_Request *fast = room_first(&fcgi->room).fast;

        (void)close(fast->ipcFd);
        request_free(fast);
    }
    pthread_cond_broadcast(&fcgi->entered);
    pthread_mutex_unlock(&fcgi->lock);
}

/* The request on the desk, whose parameters are read; then parks or closes its connection. */
static void
request_answer(struct fcgi *fcgi, struct desk *desk, bool at_leisure)
{
    FCGX_Request *fast = desk->fast;
    const struct source source = {.context = fast, .param = source_param, .read = source_read};

    reply_clear(&desk->reply);
    fcgi->hooks.answer(desk->worker, &source, &desk->reply, at_leisure);
    body_drain(fast);
    reply_send(fast, &desk->reply, &desk->headers);
    FCGX_Finish_r(fast);
    buffer_shrink(&desk->reply.body, KEPT_BYTES);
    if (fast->ipcFd >= 0)
        connection_park(fcgi, fast->ipcFd, EPOLL_CTL_MOD);
    fast->ipcFd = -1;
}

/* One request from a connection that has something to read. */
static void
connection_serve(struct fcgi *fcgi, struct desk *desk, int connection)
{
    FCGX_Request *fast = desk->fast;
    const struct source source = {.context = fast, .param = source_param, .read = source_read};

    connection_take(fcgi, connection);
    fast->ipcFd = connection;
    fast->keepConnection = 1; /* else libfcgi would begin by closing it */
    if (FCGX_Accept_r(fast) < 0) {
        fast->ipcFd = -1; /* the peer closed, or spoke nonsense; libfcgi has closed it too */
        return;
    }
    if (fcgi->threads.slow > 0 && fcgi->hooks.is_slow(desk->worker, &source) &&
        room_enter(fcgi, fast))
        desk->fast = request_open();
    else
        request_answer(fcgi, desk, false);
}

static void
slow_loop(struct fcgi *fcgi, struct desk *desk)
{
    struct waiting next;

    while ((next = room_call(fcgi)).fast != NULL) {
        request_free(desk->fast);
        desk->fast = next.fast;
        request_answer(fcgi, desk, seconds() - next.since < fcgi->threads.patience_s);
        atomic_fetch_sub(&fcgi->busy, 1);
    }
}

static void
worker_loop(struct fcgi *fcgi, struct desk *desk)
{
    for (;;) {
        struct epoll_event event;
        int count = epoll_wait(fcgi->set, &event, 1, -1);

        if (count < 0 && errno != EINTR) {
            log_line("epoll_failed", "errno=%d", errno);
            abort();
        }
        if (count <= 0)
            continue;
        if (event.data.fd == fcgi->stop)
            return;
        atomic_fetch_add(&fcgi->busy, 1);
        if (event.data.fd == fcgi->listener)
            connection_accept(fcgi);
        else
            connection_serve(fcgi, desk, event.data.fd);
        atomic_fetch_sub(&fcgi->busy, 1);
    }
}

static void
worker_report(struct worker *worker, enum start start)
{
    struct fcgi *fcgi = worker->fcgi;

    pthread_mutex_lock(&fcgi->lock);
    worker->start = start;
    pthread_cond_broadcast(&fcgi->started);
    pthread_mutex_unlock(&fcgi->lock);
}

static void *
worker_run(void *argument)
{
    struct worker *worker = argument;
    struct fcgi *fcgi = worker->fcgi;
    struct desk desk = {.worker = fcgi->hooks.open(fcgi->hooks.context, worker->number),
                        .fast = request_open()};

    buffer_open(&desk.reply.body, LIMIT_DOWNLOAD_BYTES);
    buffer_open(&desk.headers, HEADERS_BYTES);
    worker_report(worker, desk.worker != NULL ? START_READY : START_FAILED);
    if (desk.worker != NULL && worker->number < fcgi->threads.quick)
        worker_loop(fcgi, &desk);
    else if (desk.worker != NULL)
        slow_loop(fcgi, &desk);
    request_free(desk.fast);
    buffer_close(&desk.headers);
    buffer_close(&desk.reply.body);
    if (desk.worker != NULL)
        fcgi->hooks.close(desk.worker);
    return NULL;
}

/* libfcgi sets its own SIGTERM and SIGUSR1 handlers, which end only one thread of many; they are
 * put back. Its ignoring of SIGPIPE is wanted. */
static enum err
library_start(void)
{
    struct sigaction term;
    struct sigaction usr1;

    if (sigaction(SIGTERM, NULL, &term) != 0 || sigaction(SIGUSR1, NULL, &usr1) != 0)
        return ERR_BROKEN;
    if (FCGX_Init() != 0)
        return ERR_BROKEN;
    if (sigaction(SIGTERM, &term, NULL) != 0 || sigaction(SIGUSR1, &usr1, NULL) != 0)
        return ERR_BROKEN;
    (void)signal(SIGPIPE, SIG_IGN);
    return OK;
}

static enum err
set_add(const struct fcgi *fcgi, int file, uint32_t events)
{
    struct epoll_event event = {.events = events, .data.fd = file};

    return epoll_ctl(fcgi->set, EPOLL_CTL_ADD, file, &event) == 0 ? OK : ERR_BROKEN;
}

/* Starts the threads with every signal blocked: signals are for the thread that waits for them. */
static enum err
workers_start(struct fcgi *fcgi)
{
    unsigned wanted = fcgi->threads.quick + fcgi->threads.slow;
    sigset_t all;
    sigset_t before;
    bool failed = false;

    sigfillset(&all);
    if (pthread_sigmask(SIG_SETMASK, &all, &before) != 0)
        return ERR_BROKEN;
    while (fcgi->thread_count < wanted && !failed) {
        struct worker *worker = &fcgi->workers[fcgi->thread_count];

        *worker = (struct worker){.fcgi = fcgi, .number = fcgi->thread_count};
        failed = pthread_create(&worker->thread, NULL, worker_run, worker) != 0;
        if (!failed)
            fcgi->thread_count++;
    }
    (void)pthread_sigmask(SIG_SETMASK, &before, NULL);

    pthread_mutex_lock(&fcgi->lock);
    for (unsigned i = 0; i < fcgi->thread_count; i++) {
        while (fcgi->workers[i].start == START_WAITING)
            pthread_cond_wait(&fcgi->started, &fcgi->lock);
        failed = failed || fcgi->workers[i].start == START_FAILED;
    }
    pthread_mutex_unlock(&fcgi->lock);
    return failed ? ERR_BROKEN : OK;
}

/* Wakes and joins every thread, closes the parked connections and gives everything back. */
static void
fcgi_end(struct fcgi *fcgi)
{
    if (fcgi->stop >= 0)
        (void)eventfd_write(fcgi->stop, 1);
    room_close(fcgi);
    for (unsigned i = 0; i < fcgi->thread_count; i++)
        (void)pthread_join(fcgi->workers[i].thread, NULL);
    for (int i = 0; i < CONNECTIONS; i++) {
        if (fcgi->parked[i])
            (void)close(i);
    }
    if (fcgi->stop >= 0)
        (void)close(fcgi->stop);
    if (fcgi->set >= 0)
        (void)close(fcgi->set);
    (void)pthread_cond_destroy(&fcgi->entered);
    (void)pthread_cond_destroy(&fcgi->started);
    (void)pthread_mutex_destroy(&fcgi->lock);
    arena_close(fcgi->arena);
}

/* The steps of a start; on failure fcgi_end undoes those that were made. */
static enum err
fcgi_begin(struct fcgi *fcgi)
{
    if (fcgi->set < 0 || fcgi->stop < 0)
        return ERR_BROKEN;
    TRY(library_start());
    TRY(set_add(fcgi, fcgi->stop, EPOLLIN));
    TRY(workers_start(fcgi));
    /* Last: no request comes in before every thread is ready for it. */
    return set_add(fcgi, fcgi->listener, EPOLLIN | EPOLLEXCLUSIVE);
}

enum err
fcgi_start(int listener, struct fcgi_threads threads, const struct fcgi_hooks *hooks,
           struct fcgi **fcgi)
{
    unsigned count = threads.quick + threads.slow;

    assert(threads.quick >= 1 && count <= THREADS);
    assert(threads.slow == 0 || hooks->is_slow != NULL);
    assert(hooks->open != NULL && hooks->close != NULL && hooks->answer != NULL);
    /* A thread must never wait in accept for a connection that another process took. */
    assert((fcntl(listener, F_GETFL) & O_NONBLOCK) != 0);

    struct arena *arena = arena_open(STATE_BYTES);
    struct fcgi *made = arena_new(arena, struct fcgi);

    made->arena = arena;
    made->hooks = *hooks;
    made->listener = listener;
    made->threads = threads;
    made->workers = arena_array(arena, struct worker, count);
    made->set = epoll_create1(EPOLL_CLOEXEC);
    made->stop = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    atomic_init(&made->busy, 0);
    (void)pthread_mutex_init(&made->lock, NULL);
    (void)pthread_cond_init(&made->started, NULL);
    (void)pthread_cond_init(&made->entered, NULL);

    enum err outcome = fcgi_begin(made);

    if (outcome != OK) {
        log_line("dispatcher_not_started", "threads=%u errno=%d", count, errno);
        fcgi_end(made);
        return outcome;
    }
    *fcgi = made;
    return OK;
}

/* No connection open or in hand. A thread that has been given an event and not yet counted itself
 * is missed, so one quiet look proves nothing: fcgi_stop wants two, a step apart. */
static bool
fcgi_is_quiet(struct fcgi *fcgi)
{
    pthread_mutex_lock(&fcgi->lock);
    bool quiet = fcgi->parked_count == 0 && atomic_load(&fcgi->busy) == 0;
    pthread_mutex_unlock(&fcgi->lock);
    return quiet;
}

void
fcgi_stop(struct fcgi *fcgi, int drain_s)
{
    const struct timespec step = {.tv_nsec = DRAIN_STEP_MS * 1000000L};
    int quiet = 0;

    /* The listener itself belongs to the parent and stays open. Idle connections are left to nginx
     * to close: closing them ourselves loses the request it may just be sending. */
    (void)epoll_ctl(fcgi->set, EPOLL_CTL_DEL, fcgi->listener, NULL);
    for (int waited_ms = 0; waited_ms < drain_s * 1000 && quiet < 2; waited_ms += DRAIN_STEP_MS) {
        (void)nanosleep(&step, NULL);
        quiet = fcgi_is_quiet(fcgi) ? quiet + 1 : 0;
    }
    fcgi_end(fcgi);
}

/*
 * metrics.c: counters that threads add to without a lock, and the thread that shows them.
 *
 * One connection at a time, each with a second to ask: it is for a collector on this machine.
 */
#include "web/metrics.h"

#include <errno.h>
#include <inttypes.h>
#include <poll.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <sys/un.h>
#include <unistd.h>

#include "base/log.h"

#define CLASSES 6 /* of statuses: 1xx to 5xx, by their first digit */
#define ASK_BYTES 1024
#define BACKLOG 4
#define TEXT_BYTES 65536

/* Upper bounds, in microseconds, of the classes of times. */
static const int64_t bounds_us[] = {500, 1000, 2500, 5000, 10000, 25000, 50000, 100000, 250000};

static atomic_llong requests[CLASSES];
static atomic_llong within[COUNT(bounds_us) + 1]; /* each alone; the last is all above */
static atomic_llong total_us;

struct metrics {
    const struct metrics_more *more;
    pthread_t thread;
    int listener;
    int stop; /* an eventfd */
};

void
metrics_request(int status, int64_t microseconds)
{
    size_t class = (size_t)(status / 100) < CLASSES ? (size_t)(status / 100) : 0;
    size_t place = 0;

    while (place < COUNT(bounds_us) && microseconds > bounds_us[place])
        place++;
    atomic_fetch_add(&requests[class], 1);
    atomic_fetch_add(&within[place], 1);
    atomic_fetch_add(&total_us, microseconds);
}

void
metrics_gauge(struct buffer *out, const char *name, const char *help, int64_t value)
{
    buffer_format(out, "# HELP %s %s\n# TYPE %s gauge\n%s %" PRId64 "\n", name, help, name, name,
                  value);
}

static void
put_seconds(struct buffer *out, int64_t us)
{
    buffer_format(out, "%" PRId64 ".%06" PRId64, us / 1000000, us % 1000000);
}

void
metrics_text(struct buffer *out)
{
    long long count = 0;

    buffer_text(out, "# HELP tripact_requests_total Answered requests by the class of their status."
                     "\n# TYPE tripact_requests_total counter\n");
    for (size_t i = 1; i < CLASSES; i++)
        buffer_format(out, "tripact_requests_total{class=\"%zuxx\"} %lld\n", i,
                      atomic_load(&requests[i]));
    buffer_text(out, "# HELP tripact_request_seconds From the request read to the answer made.\n"
                     "# TYPE tripact_request_seconds histogram\n");
    for (size_t i = 0; i < COUNT(bounds_us); i++) {
        count += atomic_load(&within[i]);
        buffer_text(out, "tripact_request_seconds_bucket{le=\"");
        put_seconds(out, bounds_us[i]);
        buffer_format(out, "\"} %lld\n", count);
    }
    count += atomic_load(&within[COUNT(bounds_us)]);
    buffer_format(out, "tripact_request_seconds_bucket{le=\"+Inf\"} %lld\n", count);
    buffer_text(out, "tripact_request_seconds_sum ");
    put_seconds(out, atomic_load(&total_us));
    buffer_format(out, "\ntripact_request_seconds_count %lld\n", count);
}

/* Whatever is asked, the answer is the same; the asking is read so that it is not reset. */
static void
answer(const struct metrics *metrics, int connection, struct buffer *body, struct buffer *out)
{
    char asked[ASK_BYTES];
    size_t sent = 0;

    if (recv(connection, asked, sizeof asked, 0) <= 0)
        return;
    buffer_clear(body);
    buffer_clear(out);
    metrics_text(body);
    if (metrics->more != NULL)
        metrics->more->append(metrics->more->context, body);
    buffer_format(out,
                  "HTTP/1.0 200 OK\r\nContent-Type: text/plain; version=0.0.4; charset=utf-8\r\n"
                  "Content-Length: %zu\r\nConnection: close\r\n\r\n",
                  body->length);
    buffer_put(out, body->data, body->length);
    while (sent < out->length) {
        ssize_t part = send(connection, out->data + sent, out->length - sent, MSG_NOSIGNAL);

        if (part <= 0)
            return;
        sent += (size_t)part;
    }
}

static void *
run(void *context)
{
    const struct metrics *metrics = context;
    const struct timeval patience = {.tv_sec = 1};
    struct pollfd waits[] = {{.fd = metrics->listener, .events = POLLIN},
                             {.fd = metrics->stop, .events = POLLIN}};
    struct buffer body;
    struct buffer out;

    buffer_open(&body, TEXT_BYTES);
    buffer_open(&out, TEXT_BYTES);
    while ((poll(waits, COUNT(waits), -1) >= 0 || errno == EINTR) && waits[1].revents == 0) {
        int connection = accept4(metrics->listener, NULL, NULL, SOCK_CLOEXEC);

        if (connection < 0)
            continue;
        if (setsockopt(connection, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience) == 0 &&
            setsockopt(connection, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof patience) == 0)
            answer(metrics, connection, &body, &out);
        close(connection);
    }
    buffer_close(&body);
    buffer_close(&out);
    return NULL;
}

/* A child that takes over from another replaces its socket. */
static int
listener_open(const char *path)
{
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    size_t length = strlen(path);
    int listener;

    if (length >= sizeof address.sun_path)
        return -1;
    memcpy(address.sun_path, path, length + 1);
    listener = socket(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (listener < 0)
        return -1;
    (void)unlink(path);
    if (bind(listener, (const struct sockaddr *)&address, sizeof address) != 0 ||
        chmod(path, S_IRUSR | S_IWUSR) != 0 || listen(listener, BACKLOG) != 0) {
        close(listener);
        return -1;
    }
    return listener;
}

enum err
metrics_start(const char *path, const struct metrics_more *more, struct metrics **result)
{
    struct metrics *metrics;

    *result = NULL;
    if (*path == '\0')
        return OK;
    metrics = calloc(1, sizeof *metrics);
    if (metrics == NULL)
        abort();
    metrics->more = more;
    metrics->listener = listener_open(path);
    metrics->stop = eventfd(0, EFD_CLOEXEC);
    if (metrics->listener < 0 || metrics->stop < 0 ||
        pthread_create(&metrics->thread, NULL, run, metrics) != 0) {
        log_line("metrics_failed", "errno=%d", errno);
        if (metrics->listener >= 0)
            close(metrics->listener);
        if (metrics->stop >= 0)
            close(metrics->stop);
        free(metrics);
        return ERR_BROKEN;
    }
    *result = metrics;
    return OK;
}

void
metrics_stop(struct metrics *metrics)
{
    if (metrics == NULL)
        return;
    if (eventfd_write(metrics->stop, 1) != 0)
        abort();
    (void)pthread_join(metrics->thread, NULL);
    close(metrics->listener);
    close(metrics->stop);
    free(metrics);
}

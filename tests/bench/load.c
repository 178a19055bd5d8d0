/*
 * load.c: load PORT CONNECTIONS MILLISECONDS FILE [once]: sends the requests of a file over kept
 * connections to this machine, each connection the next one as soon as it has its answer, and
 * prints what came of it as one line of JSON, times in microseconds.
 *
 * FILE: requests one after the other, each behind a line with its length. They are taken in turns
 * until the time is over, or with "once" each one time. Only the bench uses it: what it cannot read
 * (an answer without Content-Length, a closed connection) ends it.
 */
#include <arpa/inet.h>
#include <errno.h>
#include <inttypes.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#define CONNECTIONS 1024
#define REQUESTS 200000
#define SAMPLES 8000000
#define HEAD_BYTES 8192
#define STATUSES 600

struct request {
    char *bytes;
    size_t size;
};

struct connection {
    int file;
    int64_t began;
    char head[HEAD_BYTES + 1];
    size_t have;  /* of the head */
    int64_t rest; /* of the body; -1 while the head is read */
    int status;
};

static struct request requests[REQUESTS];
static size_t request_count;
static size_t next_request;
static struct connection connections[CONNECTIONS];
static uint32_t *samples;
static size_t sample_count;
static uint64_t body_bytes;
static size_t statuses[STATUSES];

static void
fail(const char *what)
{
    fprintf(stderr, "load: %s: %s\n", what, strerror(errno));
    exit(1);
}

static int64_t
now_us(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000000 + now.tv_nsec / 1000;
}

static long
number(const char *text)
{
    char *end;
    long value = strtol(text, &end, 10);

    if (end == text || value < 0)
        fail("not a number");
    return value;
}

static void
requests_read(const char *path)
{
    FILE *file = fopen(path, "re");
    char line[32];

    if (file == NULL)
        fail(path);
    while (fgets(line, sizeof line, file) != NULL && request_count < REQUESTS) {
        struct request *request = &requests[request_count++];

        request->size = (size_t)number(line);
        request->bytes = malloc(request->size);
        if (request->bytes == NULL || fread(request->bytes, 1, request->size, file) != request->size)
            fail("a request ends early");
    }
    fclose(file);
    if (request_count == 0)
        fail("no request");
}

static void
send_next(struct connection *connection)
{
    const struct request *request = &requests[next_request++ % request_count];
    ssize_t sent = send(connection->file, request->bytes, request->size, MSG_NOSIGNAL);

    if (sent < 0 || (size_t)sent != request->size)
        fail("send");
    connection->began = now_us();
    connection->have = 0;
    connection->rest = -1;
}

/* Is the head complete? Then status and rest are known, and what came of the body is counted. */
static int
head_read(struct connection *connection)
{
    char *end;
    char *length;

    connection->head[connection->have] = '\0';
    end = strstr(connection->head, "\r\n\r\n");
    if (end == NULL) {
        if (connection->have == HEAD_BYTES)
            fail("a head without end");
        return 0;
    }
    *end = '\0';
    connection->status = (int)number(connection->head + strlen("HTTP/1.1 "));
    length = strcasestr(connection->head, "\r\nContent-Length: ");
    if (length == NULL || connection->status >= STATUSES)
        fail("an answer without a length");
    connection->rest = number(length + strlen("\r\nContent-Length: "));
    body_bytes += (uint64_t)connection->rest;
    connection->rest -= (int64_t)(connection->head + connection->have - (end + 4));
    return 1;
}

/* Reads what there is; 1 when the answer is complete. */
static int
receive(struct connection *connection)
{
    static char body[1 << 18];
    ssize_t count;

    if (connection->rest < 0) {
        count = recv(connection->file, connection->head + connection->have,
                     HEAD_BYTES - connection->have, 0);
        if (count <= 0)
            fail("recv");
        connection->have += (size_t)count;
        if (!head_read(connection))
            return 0;
    }
    while (connection->rest > 0) {
        count = recv(connection->file, body, sizeof body, MSG_DONTWAIT);
        if (count < 0 && errno == EAGAIN)
            return 0;
        if (count <= 0)
            fail("recv");
        connection->rest -= count;
    }
    return 1;
}

static int
connect_to(uint16_t port)
{
    const struct sockaddr_in address = {.sin_family = AF_INET,
                                        .sin_port = htons(port),
                                        .sin_addr = {htonl(INADDR_LOOPBACK)}};
    const int yes = 1;
    int file = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

    if (file < 0 || connect(file, (const struct sockaddr *)&address, sizeof address) != 0)
        fail("connect");
    (void)setsockopt(file, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
    return file;
}

static int
by_size(const void *left, const void *right)
{
    uint32_t a = *(const uint32_t *)left;
    uint32_t b = *(const uint32_t *)right;

    return (a > b) - (a < b);
}

static void
print_result(int64_t took_us)
{
    size_t last = sample_count - 1;

    qsort(samples, sample_count, sizeof *samples, by_size);
    printf("{\"requests\":%zu,\"us\":%" PRId64 ",\"p50\":%u,\"p99\":%u,\"max\":%u,\"bytes\":%" PRIu64
           ",\"statuses\":{",
           sample_count, took_us, samples[last / 2], samples[last * 99 / 100], samples[last],
           body_bytes / sample_count);
    for (int status = 0, first = 1; status < STATUSES; status++) {
        if (statuses[status] > 0) {
            printf("%s\"%d\":%zu", first ? "" : ",", status, statuses[status]);
            first = 0;
        }
    }
    printf("}}\n");
}

/* Sends until the time is over, or each request was sent once; waits for all answers. */
static void
run(size_t count, int64_t length_us, int once)
{
    int set = epoll_create1(EPOLL_CLOEXEC);
    int64_t began = now_us();
    size_t waiting = 0;

    for (size_t i = 0; i < count && (!once || next_request < request_count); i++, waiting++) {
        struct epoll_event event = {.events = EPOLLIN, .data.ptr = &connections[i]};

        if (epoll_ctl(set, EPOLL_CTL_ADD, connections[i].file, &event) != 0)
            fail("epoll");
        send_next(&connections[i]);
    }
    while (waiting > 0) {
        struct epoll_event events[64];
        int ready = epoll_wait(set, events, 64, 60000);

        if (ready <= 0)
            fail("no answer");
        for (int i = 0; i < ready; i++) {
            struct connection *connection = events[i].data.ptr;

            if (!receive(connection))
                continue;
            int64_t now = now_us();
            statuses[connection->status]++;
            samples[sample_count++] = (uint32_t)(now - connection->began);
            if (once ? next_request < request_count : now - began < length_us)
                send_next(connection);
            else
                waiting--;
            if (sample_count == SAMPLES)
                fail("too many answers");
        }
    }
    print_result(now_us() - began);
}

int
main(int argc, char **argv)
{
    if (argc < 5) {
        fprintf(stderr, "usage: load PORT CONNECTIONS MILLISECONDS FILE [once]\n");
        return 2;
    }
    size_t count = (size_t)number(argv[2]);

    if (count < 1 || count > CONNECTIONS)
        fail("connections");
    samples = malloc(SAMPLES * sizeof *samples);
    if (samples == NULL)
        fail("memory");
    requests_read(argv[4]);
    for (size_t i = 0; i < count; i++)
        connections[i].file = connect_to((uint16_t)number(argv[1]));
    run(count, number(argv[3]) * 1000, argc > 5);
    return 0;
}

/*
 * fcgi_fuzz.c: FastCGI records as nginx might send them, split and padded in every way, against the
 * dispatcher as it serves (web/fcgi, and libfcgi below it). A request that came whole is read with
 * the parameters and the body that were sent, and answered; whatever else came, the next connection
 * is served.
 *
 * The bytes say what is sent: see put_request. Records of foreign types and bytes that are no record
 * may stand between; the lengths of names and values are always right, for libfcgi takes the memory
 * that they ask for, and only nginx, which writes them right, may speak to the socket. As nginx does,
 * a request waits until the one before it on its connection is answered.
 */
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "base/limits.h"
#include "base/text.h"
#include "web/fcgi.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* libfcgi 2.4.2 forgets what it has read of the parameters when a connection ends among them. */
const char *__lsan_default_suppressions(void);
const char *
__lsan_default_suppressions(void)
{
    return "leak:libfcgi.so";
}

#define STREAM_BYTES (96 * 1024)
#define REQUESTS 3
#define PARAMS 12
#define BODY_BYTES 4096

enum { BEGIN = 1, ABORT = 2, END = 3, PARAM = 4, STDIN = 5, VALUES = 9 };

static const char *const names[] = {"REQUEST_METHOD", "DOCUMENT_URI", "QUERY_STRING",
                                    "HTTP_COOKIE",    "CONTENT_TYPE", "CONTENT_LENGTH",
                                    "REMOTE_ADDR",    "HTTP_HOST",    "HTTP_X"};

/* What the bytes ask for is taken from them piece by piece; nothing is left: zero. */
struct input {
    const uint8_t *at;
    size_t left;
};

/* One request that was sent whole; environment as libfcgi keeps it, "NAME=value". */
struct expected {
    char *environment[PARAMS];
    size_t count;
    const uint8_t *body;
    size_t body_length;
};

static struct {
    struct sockaddr_un address;
    struct arena *arena;
    struct buffer stream; /* what is sent */
    struct expected requests[REQUESTS];
    size_t ends[REQUESTS]; /* in the stream */
    size_t count;          /* of requests sent whole, before anything strange */
    size_t heard;          /* requests that reached the dispatcher's owner */
    size_t cut;            /* that the last request lacks of its bytes */
    bool strange;          /* something that nginx does not send */
} this;

static uint8_t
take(struct input *input)
{
    if (input->left == 0)
        return 0;
    input->left--;
    return *input->at++;
}

static const uint8_t *
take_bytes(struct input *input, size_t wanted, size_t *got)
{
    const uint8_t *bytes = input->at;

    *got = wanted < input->left ? wanted : input->left;
    input->at += *got;
    input->left -= *got;
    return bytes;
}

/* ---- What is sent --------------------------------------------------------------------------- */

static void
put_record(int type, int id, const char *content, size_t length, int padding)
{
    const char head[8] = {1,
                          (char)type,
                          (char)(id >> 8),
                          (char)id,
                          (char)(length >> 8),
                          (char)length,
                          (char)padding,
                          0};
    static const char zeros[256];

    buffer_put(&this.stream, head, sizeof head);
    buffer_put(&this.stream, content, length);
    buffer_put(&this.stream, zeros, (size_t)padding);
}

/* A stream in records of at most step bytes, and the empty one that ends it. That one, and the record
 * that begins a request, have no padding: nginx sends none there, and libfcgi would take it for the
 * next record. */
static void
put_stream(int type, int id, const char *bytes, size_t length, size_t step, int padding)
{
    for (size_t at = 0; at < length; at += step)
        put_record(type, id, bytes + at, length - at < step ? length - at : step, padding);
    put_record(type, id, "", 0, 0);
}

/* A length in one byte, or in four. */
static void
put_length(struct buffer *out, size_t length, bool wide)
{
    const char four[4] = {(char)(0x80 | length >> 24), (char)(length >> 16), (char)(length >> 8),
                          (char)length};
    const char one = (char)length;

    if (wide || length > 127)
        buffer_put(out, four, sizeof four);
    else
        buffer_put(out, &one, 1);
}

static void
put_param(struct input *input, struct buffer *params, struct expected *expected)
{
    uint8_t which = take(input);
    bool known = which % 16 < COUNT(names);
    size_t length = 0;
    const char *name = known ? names[which % 16] : (const char *)take_bytes(input, 9, &length);
    size_t value_length = take(input);
    const char *value;
    char *whole;

    if (known)
        length = strlen(name);
    value = (const char *)take_bytes(input, value_length * ((which & 32) != 0 ? 8 : 1),
                                     &value_length);
    put_length(params, length, (which & 64) != 0);
    put_length(params, value_length, (which & 128) != 0);
    buffer_put(params, name, length);
    buffer_put(params, value, value_length);
    whole = arena_alloc(this.arena, length + 1 + value_length + 1);
    memcpy(whole, name, length);
    whole[length] = '=';
    memcpy(whole + length + 1, value, value_length);
    expected->environment[expected->count++] = whole;
}

/* A first byte: how many parameters; each with how it is named and how long it is. Then how records
 * are cut and padded, and the body. */
static void
put_request(struct input *input)
{
    static const char begin[8] = {0, 1, 1}; /* a responder, whose connection is kept */
    struct expected expected = {.count = 0};
    struct buffer params;
    uint8_t count = take(input) % PARAMS;
    int id;
    size_t step;
    int padding;

    buffer_open(&params, STREAM_BYTES);
    for (uint8_t i = 0; i < count; i++)
        put_param(input, &params, &expected);
    step = (size_t)take(input) + 1;
    padding = take(input) % 16;
    id = take(input) + 1;
    expected.body = take_bytes(input, (size_t)take(input) * 16, &expected.body_length);
    put_record(BEGIN, id, begin, sizeof begin, 0);
    put_stream(PARAM, id, params.data != NULL ? params.data : "", params.length, step, padding);
    put_stream(STDIN, id, (const char *)expected.body, expected.body_length, step, padding);
    buffer_close(&params);
    if (!this.strange) {
        this.ends[this.count] = this.stream.length;
        this.requests[this.count++] = expected;
    }
}

/* What nginx does not send: a record of some type in between, or bytes that are none. */
static void
put_strange(struct input *input, uint8_t manner)
{
    static const int types[] = {ABORT, END, VALUES, 8, 11, PARAM, STDIN, BEGIN};
    int type = types[manner / 16 % COUNT(types)];
    size_t length;
    const char *bytes = (const char *)take_bytes(input, take(input), &length);

    this.strange = true;
    if (type == PARAM || type == VALUES)
        length = 0; /* these hold lengths */
    if ((manner & 8) != 0 && length > 1 && bytes[0] != 1)
        buffer_put(&this.stream, bytes, length); /* of no version that there is */
    else
        put_record(type, take(input), bytes, length, take(input) % 16);
}

/* ---- What is received ----------------------------------------------------------------------- */

static const char *
expected_param(const struct expected *expected, const char *name)
{
    size_t length = strlen(name);

    for (size_t i = 0; i < expected->count; i++) {
        const char *text = expected->environment[i];

        if (text_starts(text, name) && text[length] == '=')
            return text + length + 1;
    }
    return NULL;
}

/* Of one that is cut short libfcgi gives what it has: some of the parameters, each of them whole. */
static void
check_request(const struct source *source, const struct expected *expected, bool whole)
{
    char *body = arena_alloc(this.arena, expected->body_length + 1);
    struct request request;
    size_t got = 0;
    long count;

    for (size_t i = 0; i < COUNT(names); i++) {
        const char *wanted = expected_param(expected, names[i]);
        const char *param = source->param(source->context, names[i]);

        assert(param == NULL ? !whole || wanted == NULL : text_equal(wanted, param));
    }
    if (expected->body_length % 2 == 0) { /* else the dispatcher has to read the body past */
        while ((count = source->read(source->context, body + got,
                                     expected->body_length + 1 - got)) > 0)
            got += (size_t)count;
        assert(got <= expected->body_length);
        assert(!whole || (count == 0 && got == expected->body_length));
        assert(got == 0 || memcmp(body, expected->body, got) == 0);
    }
    int status = request_read(source, this.arena, &request);
    assert(status == 0 || status == 400 || status == 413 || status == 415);
    request_close(&request);
}

static void *
owner_open(void *context, unsigned number)
{
    (void)number;
    return context;
}

static void
owner_close(void *worker)
{
    (void)worker;
}

static void
owner_answer(void *worker, const struct source *source, struct reply *reply, bool at_leisure)
{
    (void)worker;
    (void)at_leisure;
    if (this.heard < this.count)
        check_request(source, &this.requests[this.heard],
                      this.cut == 0 || this.heard + 1 < this.count);
    this.heard++;
    reply->status = 200;
    buffer_text(&reply->body, "heard\n");
}

/* ---- The dispatcher, started once ----------------------------------------------------------- */

static void
start(void)
{
    static const struct fcgi_hooks hooks = {
        .context = &this, .open = owner_open, .close = owner_close, .answer = owner_answer};
    struct fcgi *fcgi;
    int listener = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);

    assert(listener >= 0);
    /* A name that is no file and goes with the process. */
    this.address.sun_family = AF_UNIX;
    snprintf(this.address.sun_path + 1, sizeof this.address.sun_path - 1, "tripact-fuzz-%d",
             (int)getpid());
    assert(bind(listener, (struct sockaddr *)&this.address, sizeof this.address) == 0);
    assert(listen(listener, 16) == 0);
    assert(fcgi_start(listener, (struct fcgi_threads){.quick = 1}, &hooks, &fcgi) == OK);
}

static bool
send_all(int connection, const char *bytes, size_t length)
{
    while (length > 0) {
        ssize_t count = send(connection, bytes, length, MSG_NOSIGNAL);

        if (count <= 0)
            return false; /* it had enough of it */
        bytes += count;
        length -= (size_t)count;
    }
    return true;
}

static bool
receive_all(int connection, char *bytes, size_t length)
{
    while (length > 0) {
        ssize_t count = read(connection, bytes, length);

        if (count <= 0)
            return false;
        bytes += count;
        length -= (size_t)count;
    }
    return true;
}

/* Waits for the end of an answer; false when the connection was closed instead. */
static bool
receive_answer(int connection)
{
    unsigned char head[8];
    char content[65536 + 256];

    while (receive_all(connection, (char *)head, sizeof head)) {
        assert(head[0] == 1);
        if (!receive_all(connection, content, (size_t)(head[4] << 8 | head[5]) + head[6]))
            return false;
        if (head[1] == END)
            return true;
    }
    return false;
}

/* Sends each request, and waits for its answer; what is strange, all at once. Answers how many
 * answers came before the connection was closed. */
static size_t
exchange(void)
{
    int connection = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    size_t answers = 0;
    size_t sent = 0;

    assert(connection >= 0);
    assert(connect(connection, (struct sockaddr *)&this.address, sizeof this.address) == 0);
    for (size_t i = 0; i < this.count && this.ends[i] <= this.stream.length; i++) {
        if (send_all(connection, this.stream.data + sent, this.ends[i] - sent) &&
            receive_answer(connection))
            answers++;
        sent = this.ends[i];
    }
    if (sent < this.stream.length)
        (void)send_all(connection, this.stream.data + sent, this.stream.length - sent);
    (void)shutdown(connection, SHUT_WR);
    while (receive_answer(connection))
        answers++;
    close(connection);
    return answers;
}

static void
begin(void)
{
    this.count = this.heard = this.cut = 0;
    this.strange = false;
    buffer_clear(&this.stream);
}

static void
ask_plainly(void)
{
    static const uint8_t plain[] = {1, 1, 2, '/', 'x', 7};
    struct input input = {plain, sizeof plain};

    begin();
    put_request(&input);
    assert(exchange() == 1 && this.heard == 1);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct input input = {data, size};

    if (this.arena == NULL) {
        this.arena = arena_open(LIMIT_ARENA_BYTES);
        buffer_open(&this.stream, STREAM_BYTES);
        start();
    }
    begin();
    for (size_t i = 0; i < REQUESTS && input.left > 0 && !this.stream.full; i++) {
        uint8_t manner = take(&input);

        this.cut = (manner & 4) != 0 ? take(&input) : 0;
        if ((manner & 3) == 3)
            put_strange(&input, manner);
        put_request(&input);
    }
    if (!this.stream.full) {
        size_t begun = this.count > 1 ? this.ends[this.count - 2] : 0;

        if (this.strange || this.cut > this.stream.length - begun)
            this.cut = 0;
        this.stream.length -= this.cut;
        size_t answers = exchange();

        assert(this.strange || this.cut > 0 || answers == this.count);
        assert(this.strange || this.heard <= this.count);
        assert(this.strange || this.cut > 0 || this.heard == this.count);
    }
    if (this.strange || this.cut > 0)
        ask_plainly();
    arena_reset(this.arena);
    return 0;
}

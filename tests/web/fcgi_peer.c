/*
 * fcgi_peer.c: records written and read by hand: nothing of the library under test.
 */
#include "web/fcgi_peer.h"

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

static char folder[] = "/tmp/tripact-fcgi-XXXXXX";
static char address[64];
static int listener;

int
peer_listen(void)
{
    struct sockaddr_un name = {.sun_family = AF_UNIX};

    ck_assert_ptr_nonnull(mkdtemp(folder));
    ck_assert_int_gt(snprintf(address, sizeof address, "%s/app.sock", folder), 0);
    memcpy(name.sun_path, address, strlen(address) + 1);
    listener = socket(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    ck_assert_int_ge(listener, 0);
    ck_assert_int_eq(bind(listener, (struct sockaddr *)&name, sizeof name), 0);
    ck_assert_int_eq(listen(listener, 64), 0);
    return listener;
}

void
peer_unlisten(void)
{
    (void)close(listener);
    (void)unlink(address);
    (void)rmdir(folder);
}

void
peer_put_record(struct buffer *out, enum record type, const char *content, size_t length)
{
    const char header[8] = {1, (char)type, 0, 1, (char)(length >> 8), (char)(length & 255), 0, 0};

    buffer_put(out, header, sizeof header);
    if (length > 0)
        buffer_put(out, content, length);
}

static void
put_param(struct buffer *out, const char *name, const char *value)
{
    const char lengths[2] = {(char)strlen(name), (char)strlen(value)};

    ck_assert(strlen(name) < 128 && strlen(value) < 128);
    buffer_put(out, lengths, 2);
    buffer_text(out, name);
    buffer_text(out, value);
}

void
peer_put_head(struct buffer *out, const char *path, bool keep)
{
    const char begin[8] = {0, 1, keep ? 1 : 0};
    struct buffer params;

    buffer_open(&params, 4096);
    put_param(&params, "REQUEST_METHOD", "POST");
    put_param(&params, "DOCUMENT_URI", path);
    peer_put_record(out, BEGIN_REQUEST, begin, sizeof begin);
    peer_put_record(out, PARAMS, params.data, params.length);
    peer_put_record(out, PARAMS, NULL, 0);
    buffer_close(&params);
}

int
peer_dial(void)
{
    struct sockaddr_un name = {.sun_family = AF_UNIX};
    const struct timeval patience = {.tv_sec = 5};
    int line = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);

    ck_assert_int_ge(line, 0);
    memcpy(name.sun_path, address, strlen(address) + 1);
    ck_assert_int_eq(connect(line, (struct sockaddr *)&name, sizeof name), 0);
    ck_assert_int_eq(setsockopt(line, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience), 0);
    return line;
}

void
peer_say(int line, struct buffer *out)
{
    ck_assert_int_eq(write(line, out->data, out->length), (ssize_t)out->length);
    buffer_close(out);
}

void
peer_ask(int line, const char *path, size_t body_bytes, bool keep)
{
    struct buffer out;
    char body[1000];

    memset(body, 'b', sizeof body);
    buffer_open(&out, 1024 * 1024);
    peer_put_head(&out, path, keep);
    for (size_t left = body_bytes; left > 0;) {
        size_t piece = left < sizeof body ? left : sizeof body;

        peer_put_record(&out, STDIN, body, piece);
        left -= piece;
    }
    peer_put_record(&out, STDIN, NULL, 0);
    peer_say(line, &out);
}

static bool
hear_bytes(int line, unsigned char *bytes, size_t length)
{
    for (size_t got = 0; got < length;) {
        ssize_t count = read(line, bytes + got, length - got);

        if (count <= 0)
            return false;
        got += (size_t)count;
    }
    return true;
}

bool
peer_hear(int line, struct buffer *answer)
{
    unsigned char header[8];
    unsigned char content[65536 + 256];

    for (;;) {
        if (!hear_bytes(line, header, sizeof header))
            return false;

        size_t length = (size_t)header[4] << 8 | header[5];

        if (!hear_bytes(line, content, length + header[6]))
            return false;
        if (header[1] == STDOUT)
            buffer_put(answer, (const char *)content, length);
        if (header[1] == END_REQUEST)
            return true;
    }
}

void
peer_expect(int line, const char *wanted)
{
    struct buffer answer;

    buffer_open(&answer, (size_t)4 * 1024 * 1024);
    ck_assert_msg(peer_hear(line, &answer), "no answer with %s", wanted);
    ck_assert_msg(strstr(answer.data, wanted) != NULL, "%s lacks %s", answer.data, wanted);
    buffer_close(&answer);
}

bool
peer_hung_up(int line)
{
    char byte;

    return read(line, &byte, 1) == 0;
}

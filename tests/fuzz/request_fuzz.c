/*
 * request_fuzz.c: any bytes as a whole request (web/request): parameters ended by NUL in the order
 * of names[], the rest is the body. Whatever is answered, every text kept is clean.
 */
#include <string.h>

#include "base/limits.h"
#include "base/text.h"
#include "web/request.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const char *const names[] = {"REQUEST_METHOD", "DOCUMENT_URI", "QUERY_STRING",
                                    "HTTP_COOKIE",    "CONTENT_TYPE", "CONTENT_LENGTH",
                                    "HTTP_HOST",      "HTTP_ORIGIN",  "REQUEST_ID"};

struct input {
    const char *params[COUNT(names)];
    const uint8_t *body;
    size_t left;
};

static const char *
input_param(void *context, const char *name)
{
    const struct input *input = context;

    for (size_t i = 0; i < COUNT(names); i++) {
        if (strcmp(names[i], name) == 0)
            return input->params[i];
    }
    return NULL;
}

/* In pieces whose sizes vary, as a socket gives them. */
static long
input_read(void *context, char *bytes, size_t size)
{
    struct input *input = context;
    size_t count = input->left % 61 + 1;

    if (count > input->left)
        count = input->left;
    if (count > size)
        count = size;
    memcpy(bytes, input->body, count);
    input->body += count;
    input->left -= count;
    return (long)count;
}

static void
check_text(const char *text, size_t limit)
{
    assert(text != NULL && strlen(text) <= limit);
    assert(text_is_utf8(text, strlen(text)) && !text_has_control(text, false));
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena *arena = arena_open(LIMIT_ARENA_BYTES);
    struct input input = {.body = data, .left = size};
    const struct source source = {.context = &input, .param = input_param, .read = input_read};
    struct request request;

    for (size_t i = 0; i < COUNT(names); i++) {
        const uint8_t *end = memchr(input.body, 0, input.left);

        if (end == NULL)
            break;
        input.params[i] = (const char *)input.body;
        input.left -= (size_t)(end - input.body) + 1;
        input.body = end + 1;
    }

    int status = request_read(&source, arena, &request);

    assert(status == 0 || status == 400 || status == 413 || status == 415);
    assert(request.path[0] == '/');
    assert(status == 0 || request.body.count == 0);
    assert(request.method == METHOD_POST || request.body.count == 0);
    check_text(request.path, LIMIT_PATH_BYTES);
    check_text(request.query_text, LIMIT_QUERY_BYTES);
    check_text(request.session_cookie, LIMIT_COOKIE_BYTES);
    check_text(request.visit_cookie, LIMIT_COOKIE_BYTES);
    check_text(request.theme_cookie, LIMIT_COOKIE_BYTES);
    check_text(request.host, LIMIT_COOKIE_BYTES);
    check_text(request.origin, LIMIT_COOKIE_BYTES);
    check_text(request.id, LIMIT_COOKIE_BYTES);
    arena_close(arena);
    return 0;
}

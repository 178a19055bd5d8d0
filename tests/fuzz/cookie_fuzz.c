/*
 * cookie_fuzz.c: any bytes as a Cookie header (web/request). A cookie that is found stands in the
 * header as it is, and no other cookie of its name says something else.
 */
#include <string.h>

#include "base/limits.h"
#include "base/text.h"
#include "web/request.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const char *
header_param(void *context, const char *name)
{
    if (strcmp(name, "REQUEST_METHOD") == 0)
        return "GET";
    if (strcmp(name, "DOCUMENT_URI") == 0)
        return "/";
    return strcmp(name, "HTTP_COOKIE") == 0 ? context : NULL;
}

static long
header_read(void *context, char *bytes, size_t size)
{
    (void)context;
    (void)bytes;
    (void)size;
    return 0;
}

/* Splits the slow and obvious way, and compares. */
static void
check_cookie(struct arena *arena, const char *header, const char *name, const char *value)
{
    static const char plain[] =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";
    const char *prefix = arena_format(arena, "%s=", name);
    size_t matching = 0;

    assert(strspn(value, plain) == strlen(value));
    while (true) {
        size_t length = strcspn(header, ";");
        char *pair = arena_copy(arena, header, length);

        while (*pair == ' ')
            pair++;
        while (*pair != '\0' && pair[strlen(pair) - 1] == ' ')
            pair[strlen(pair) - 1] = '\0';
        if (text_starts(pair, prefix)) {
            assert(*value == '\0' || text_equal(pair + strlen(prefix), value));
            matching++;
        }
        if (header[length] == '\0')
            break;
        header += length + 1;
    }
    assert(*value == '\0' || matching > 0);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena *arena = arena_open(LIMIT_ARENA_BYTES);
    size_t length = strnlen((const char *)data, size < 8192 ? size : 8192);
    char *header = arena_copy(arena, (const char *)data, length);
    const struct source source = {.context = header, .param = header_param, .read = header_read};
    struct request request;
    int status = request_read(&source, arena, &request);

    assert(status == 0 || status == 400 || status == 413);
    check_cookie(arena, header, cookie_session, request.session_cookie);
    check_cookie(arena, header, cookie_visit, request.visit_cookie);
    check_cookie(arena, header, cookie_theme, request.theme_cookie);
    arena_close(arena);
    return 0;
}

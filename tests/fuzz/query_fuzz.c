/*
 * query_fuzz.c: any bytes as the query of an address (web/request): what is taken is what a slow
 * and obvious reading finds, pair by pair, and a place in a list (pages/place) is the one it names.
 */
#include <string.h>

#include "base/limits.h"
#include "base/text.h"
#include "pages/place.h"
#include "web/request.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const char *
query_param(void *context, const char *name)
{
    if (strcmp(name, "REQUEST_METHOD") == 0)
        return "GET";
    if (strcmp(name, "DOCUMENT_URI") == 0)
        return "/";
    return strcmp(name, "QUERY_STRING") == 0 ? context : NULL;
}

static long
query_read(void *context, char *bytes, size_t size)
{
    (void)context;
    (void)bytes;
    (void)size;
    return 0;
}

/* Of two hexadecimal digits. */
static int
escaped(const char *at)
{
    static const char digits[] = "0123456789abcdef0123456789ABCDEF";
    const char *high = strchr(digits, at[0]);
    const char *low = strchr(digits, at[1]);

    return (int)((high - digits) % 16 * 16 + (low - digits) % 16);
}

/* What stands between from and end of a query that was taken. */
static const char *
decoded(struct arena *arena, const char *from, const char *end)
{
    char *out = arena_alloc(arena, (size_t)(end - from) + 1);
    size_t length = 0;

    for (; from < end; from++) {
        char byte = *from == '+' ? ' ' : *from;

        if (byte == '%') {
            byte = (char)escaped(from + 1);
            from += 2;
        }
        if (byte == '\n' && length > 0 && out[length - 1] == '\r')
            length--;
        out[length++] = byte;
    }
    for (size_t i = 0; i < length; i++) {
        if (out[i] == '\r')
            out[i] = '\n';
    }
    return out;
}

static void
check_pairs(struct arena *arena, const char *query, const struct form *form)
{
    size_t count = 0;

    while (*query != '\0') {
        const char *end = query + strcspn(query, "&");
        const char *equals = memchr(query, '=', (size_t)(end - query));

        if (end > query) {
            const char *name_end = equals == NULL ? end : equals;

            assert(count < form->count);
            assert(text_equal(form->pairs[count].name, decoded(arena, query, name_end)));
            assert(text_equal(form->pairs[count].value,
                              equals == NULL ? "" : decoded(arena, equals + 1, end)));
            count++;
        }
        query = *end == '&' ? end + 1 : end;
    }
    assert(count == form->count);
}

static void
check_place(struct arena *arena, const char *text)
{
    const char *id = NULL;
    int64_t at = 0;

    if (!place_read(arena, text, &at, &id))
        return;
    while (*text == '0')
        text++;
    assert(at >= 1 && text_equal(place_text(arena, at, id), text));
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena *arena = arena_open(LIMIT_ARENA_BYTES);
    char *query = arena_copy(arena, (const char *)data, strnlen((const char *)data, size));
    const struct source source = {.context = query, .param = query_param, .read = query_read};
    struct request request;
    int status = request_read(&source, arena, &request);

    assert(status == 0 || status == 400 || status == 413);
    assert((strlen(query) > LIMIT_QUERY_BYTES) == (status == 413));
    if (status == 0) {
        assert(text_equal(request.query_text, query));
        check_pairs(arena, query, &request.query);
    } else {
        assert(request.query.count == 0);
    }
    for (size_t i = 0; i < request.query.count; i++)
        check_place(arena, request.query.pairs[i].value);
    arena_close(arena);
    return 0;
}

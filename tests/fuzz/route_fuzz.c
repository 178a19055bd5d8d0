/*
 * route_fuzz.c: any bytes as a path against patterns of every kind (web/route). A match, with the
 * parameters put back into the pattern, gives exactly the path.
 */
#include <string.h>

#include "base/limits.h"
#include "base/text.h"
#include "web/route.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const char *const patterns[] = {
    "/",
    "/login",
    "/isv/offers",
    "/isv/offers/:offer",
    "/isv/offers/:offer/products/:row/price",
    "/accept/:token",
    "/operator/accounts/:account",
    "/operator/billing/:billing",
    "/:account/:row",
};

static void
check_match(const char *pattern, const char *path, const struct route_params *params)
{
    struct buffer rebuilt;
    size_t used = 0;

    buffer_open(&rebuilt, 64 * 1024);
    while (*pattern != '\0') {
        if (*pattern == ':') {
            size_t length = strcspn(pattern, "/");

            assert(used < params->count);
            assert(strlen(params->names[used]) == length - 1);
            assert(text_equal(route_param(params, params->names[used]), params->values[used]));
            buffer_text(&rebuilt, params->values[used++]);
            pattern += length;
        } else {
            buffer_put(&rebuilt, pattern++, 1);
        }
    }
    assert(used == params->count && strcmp(rebuilt.data, path) == 0);
    buffer_close(&rebuilt);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena *arena = arena_open(LIMIT_ARENA_BYTES);
    char *path = arena_copy(arena, (const char *)data, strnlen((const char *)data, size));

    for (size_t i = 0; i < COUNT(patterns); i++) {
        struct route_params params;

        if (route_match(patterns[i], path, arena, &params))
            check_match(patterns[i], path, &params);
    }
    arena_close(arena);
    return 0;
}

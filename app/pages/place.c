/*
 * place.c: see the header. Whether there is such a row is the store's to say.
 */
#include "pages/place.h"

#include <inttypes.h>
#include <string.h>

#include "base/text.h"

const char *
place_text(struct arena *arena, int64_t at, const char *id)
{
    return arena_format(arena, "%" PRId64 ".%s", at, id);
}

bool
place_read(struct arena *arena, const char *text, int64_t *at, const char **id)
{
    const char *dot = strchr(text, '.');

    if (dot == NULL ||
        text_to_integer(arena_copy(arena, text, (size_t)(dot - text)), 1, INT64_MAX, at) != OK)
        return false;
    *id = dot + 1;
    return true;
}

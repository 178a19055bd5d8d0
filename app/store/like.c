/*
 * like.c: what a person searches for is text, never a pattern.
 */
#include "store/like.h"

#include <string.h>

char *
like_pattern(struct arena *arena, const char *before, const char *text)
{
    size_t length = strlen(before);
    char *pattern = arena_array(arena, char, length + 2 * strlen(text) + 2);
    char *end = pattern + length;

    memcpy(pattern, before, length);
    for (; *text != '\0'; text++) {
        if (strchr("%_!", *text) != NULL)
            *end++ = '!';
        *end++ = *text;
    }
    *end = '%';
    return pattern;
}

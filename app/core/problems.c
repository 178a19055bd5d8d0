/*
 * problems.c: the bounded list of problems.
 */
#include "core/problems.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/text.h"

#define MESSAGE_BYTES 2048 /* two names of 200 characters each (LAW 3.2) and a sentence */

struct problems *
problems_new(struct arena *arena)
{
    struct problems *problems = arena_new(arena, struct problems);

    problems->arena = arena;
    return problems;
}

static void PRINTF_LIKE(4, 0) add(struct problems *problems, const char *at, const char *offer,
                                  const char *format, va_list arguments)
{
    char message[MESSAGE_BYTES];
    size_t length;

    if (problems->count == LIMIT_PROBLEMS) {
        problems->dropped++;
        return;
    }
    (void)vsnprintf(message, sizeof message, format, arguments);
    length = strlen(message);
    while (!text_is_utf8(message, length))
        length--; /* cut within a character: pages take whole ones only */
    problems->list[problems->count++] = (struct problem){
        .at = arena_text(problems->arena, at),
        .message = arena_copy(problems->arena, message, length),
        .offer = offer == NULL ? NULL : arena_text(problems->arena, offer),
    };
}

void
problem_add(struct problems *problems, const char *at, const char *format, ...)
{
    va_list arguments;

    va_start(arguments, format);
    add(problems, at, NULL, format, arguments);
    va_end(arguments);
}

void
problem_about(struct problems *problems, const char *at, const char *offer, const char *format, ...)
{
    va_list arguments;

    va_start(arguments, format);
    add(problems, at, offer, format, arguments);
    va_end(arguments);
}

const struct problem *
problem_at(const struct problems *problems, const char *at)
{
    for (size_t i = 0; i < problems->count; i++) {
        if (text_equal(problems->list[i].at, at))
            return &problems->list[i];
    }
    return NULL;
}

/*
 * problems.c: the bounded list of problems.
 */
#include "core/problems.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/text.h"

#define MESSAGE_BYTES 2048 /* two names of 200 characters each (LAW 3.2) and a sentence */

bool
problems_full(const struct problems *problems)
{
    return problems->count == LIMIT_PROBLEMS;
}

struct problems *
problems_new(struct arena *arena)
{
    struct problems *problems = arena_new(arena, struct problems);

    problems->arena = arena;
    return problems;
}

/* at, offer and row are those of the problem; its texts are kept. */
static void PRINTF_LIKE(3, 0)
    add(struct problems *problems, struct problem about, const char *format, va_list arguments)
{
    char message[MESSAGE_BYTES];
    size_t length;

    if (problems_full(problems)) {
        problems->dropped++;
        return;
    }
    (void)vsnprintf(message, sizeof message, format, arguments);
    length = strlen(message);
    while (!text_is_utf8(message, length))
        length--; /* cut within a character: pages take whole ones only */
    about.at = arena_text(problems->arena, about.at);
    about.message = arena_copy(problems->arena, message, length);
    if (about.offer != NULL)
        about.offer = arena_text(problems->arena, about.offer);
    problems->list[problems->count++] = about;
}

void
problem_add(struct problems *problems, const char *at, const char *format, ...)
{
    va_list arguments;

    va_start(arguments, format);
    add(problems, (struct problem){.at = at}, format, arguments);
    va_end(arguments);
}

void
problem_about(struct problems *problems, const char *at, const char *offer, const char *format, ...)
{
    va_list arguments;

    va_start(arguments, format);
    add(problems, (struct problem){.at = at, .offer = offer}, format, arguments);
    va_end(arguments);
}

void
problem_in_row(struct problems *problems, const char *at, int row, const char *format, ...)
{
    va_list arguments;

    va_start(arguments, format);
    add(problems, (struct problem){.at = at, .row = row}, format, arguments);
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

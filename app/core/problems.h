/*
 * problems.h: what is wrong with what a person typed, all of it at once, each beside its field.
 *
 * Invariant: at most LIMIT_PROBLEMS; further ones are counted, not kept.
 */
#ifndef CORE_PROBLEMS_H
#define CORE_PROBLEMS_H

#include "base/arena.h"
#include "base/limits.h"

/* at is the id of the field in its form ("accept_by", "discount-3"); message says what to do; href,
 * when set, leads to what the message names. */
struct problem {
    const char *at;
    const char *message;
    const char *href;
};

struct problems {
    struct arena *arena;
    struct problem list[LIMIT_PROBLEMS];
    size_t count;
    size_t dropped;
};

/* Keeps. */
struct problems *problems_new(struct arena *arena);
void problem_add(struct problems *problems, const char *at, const char *format, ...)
    PRINTF_LIKE(3, 4);
/* The same, naming something the person may open. */
void problem_link(struct problems *problems, const char *at, const char *href, const char *format,
                  ...) PRINTF_LIKE(4, 5);

/* The first problem of that field, or NULL. */
const struct problem *problem_at(const struct problems *problems, const char *at);

#endif

/*
 * problems.h: what is wrong with what a person typed, all of it at once, each beside its field.
 *
 * Invariant: at most LIMIT_PROBLEMS; further ones are counted, not kept.
 */
#ifndef CORE_PROBLEMS_H
#define CORE_PROBLEMS_H

#include "base/arena.h"
#include "base/limits.h"

/* at is the id of the field in its form ("accept_by", "discount-3"); message says what to do; offer
 * is the id of another offer that the message names, NULL when it names none; href stays NULL until
 * a page knows better than its form where the problem is mended. */
struct problem {
    const char *at;
    const char *message;
    const char *offer;
    const char *href;
    int row; /* the pricing row in whose own form it is mended; 0 = elsewhere */
};

struct problems {
    struct arena *arena;
    struct problem list[LIMIT_PROBLEMS];
    size_t count;
    size_t dropped;
    int64_t retry_after_s; /* 0; else it was refused for now, and may be tried again then */
};

/* Keeps. */
struct problems *problems_new(struct arena *arena);
void problem_add(struct problems *problems, const char *at, const char *format, ...)
    PRINTF_LIKE(3, 4);
/* The same, naming an offer the person may open. */
void problem_about(struct problems *problems, const char *at, const char *offer, const char *format,
                   ...) PRINTF_LIKE(4, 5);

/* The same, mended in the own form of that pricing row. */
void problem_in_row(struct problems *problems, const char *at, int row, const char *format, ...)
    PRINTF_LIKE(4, 5);

/* Would a further one only be counted? Then nobody reads where it is. */
bool problems_full(const struct problems *problems);

/* The first problem of that field, or NULL. */
const struct problem *problem_at(const struct problems *problems, const char *at);

#endif

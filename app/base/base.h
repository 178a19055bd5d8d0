/*
 * base.h: the words every file uses: outcomes, and the few macros of the house.
 *
 * Not here: anything with a body. Invariant: OK is zero, every other outcome is positive.
 */
#ifndef BASE_BASE_H
#define BASE_BASE_H

#include <assert.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* What a function that can fail answers. The world's refusals are values; a broken invariant is an
 * assert. The HTTP face of each is in web/reply.c. */
enum err {
    OK = 0,
    ERR_INVALID, /* input not acceptable; the problems say why */
    ERR_DENIED,  /* you may see it, you may not do it */
    ERR_ABSENT,  /* no such thing for you */
    ERR_GONE,    /* it was yours to see and is no longer */
    ERR_STALE,   /* somebody saved before you */
    ERR_CLOSED,  /* the state does not allow this move */
    ERR_BUSY,    /* the store is locked or away; try again */
    ERR_BROKEN,  /* our fault */
};

#define MUST_CHECK __attribute__((warn_unused_result))
#define PRINTF_LIKE(format_at, first_at) __attribute__((format(printf, format_at, first_at)))

/* The only macro with hidden control flow: hands any outcome but OK to the caller. */
#define TRY(call)                      \
    do {                               \
        enum err try_outcome = (call); \
        if (try_outcome != OK)         \
            return try_outcome;        \
    } while (0)

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

#endif

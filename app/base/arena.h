/*
 * arena.h: the memory of one request. Allocated piece by piece, given back all at once.
 *
 * Ownership words of the house: a function *borrows* what it uses only during the call, *keeps*
 * what lives until arena_reset, and *owns* what must be closed.
 */
#ifndef BASE_ARENA_H
#define BASE_ARENA_H

#include <stdarg.h>

#include "base/base.h"

struct arena;

/* Owns. A request that needs more than ceiling bytes aborts the process: everything that feeds an
 * arena is bounded before. Never NULL. */
struct arena *arena_open(size_t ceiling);
void arena_close(struct arena *arena);

/* Gives everything back and wipes it: passwords and posted bodies pass through here. */
void arena_reset(struct arena *arena);

/* How many bytes are below the ceiling: for what is bounded by them and by nothing smaller. */
size_t arena_left(const struct arena *arena);

/* Keeps. Zeroed, aligned for any type, never NULL. In the sanitizer build each call is its own
 * malloc, so that an overrun or a use after reset is seen. */
void *arena_alloc(struct arena *arena, size_t size);
void *arena_alloc_array(struct arena *arena, size_t count, size_t size);

#define arena_new(arena, type) ((type *)arena_alloc((arena), sizeof(type)))
#define arena_array(arena, type, count) ((type *)arena_alloc_array((arena), (count), sizeof(type)))

/* Keeps a NUL-terminated copy; borrows text. */
char *arena_copy(struct arena *arena, const char *bytes, size_t length);
char *arena_text(struct arena *arena, const char *text);

/* Keeps the printed text. */
char *arena_format(struct arena *arena, const char *format, ...) PRINTF_LIKE(2, 3);
char *arena_vformat(struct arena *arena, const char *format, va_list arguments) PRINTF_LIKE(2, 0);

#endif

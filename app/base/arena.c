/*
 * arena.c: memory in chunks, handed out from the front, wiped and given back all at once.
 *
 * Not here: locks; an arena belongs to one thread. Not libsodium: only base/world, base/digest and
 * auth/ know it, and explicit_bzero wipes as well.
 *
 * Invariant: bytes not yet handed out are zero. A new chunk comes zeroed, and a reset wipes exactly
 * what was used, so that no allocation has to clear anything.
 * Invariant: used counts the rounded sizes in both builds, so the ceiling falls at the same call.
 */
#include "base/arena.h"

#include "base/log.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

/* Enough for nearly every page, and kept from one request to the next. */
#define CHUNK_BYTES (64 * 1024)
/* What a request takes beyond so much is mapped for it, in pieces of this size: malloc would keep
 * memory that was freed below any that is not, in each thread as much as its largest request took.
 */
#define MAPPED_BYTES (1024 * 1024)
#define SHORT_BYTES 256
#define ALIGNMENT _Alignof(max_align_t)

#ifdef SANITIZED
/* One allocation, its bytes a malloc of their own, exactly as long as asked. */
struct chunk {
    struct chunk *next;
    size_t used;
    unsigned char *bytes;
};
#else
struct chunk {
    struct chunk *next;
    size_t used;
    size_t capacity;
    _Alignas(max_align_t) unsigned char bytes[];
};
#endif

struct arena {
    struct chunk *newest;
    size_t ceiling;
    size_t used;
};

_Static_assert((ALIGNMENT & (ALIGNMENT - 1)) == 0, "rounding works with a power of two");

_Noreturn static void
give_up(const char *event, size_t asked, size_t used, size_t ceiling)
{
    log_line(event, "asked=%zu used=%zu ceiling=%zu", asked, used, ceiling);
    abort();
}

static void *
zeroed(size_t size)
{
    void *memory = calloc(1, size);

    if (memory == NULL)
        give_up("memory_exhausted", size, 0, 0);
    return memory;
}

#ifdef SANITIZED

static void
chunks_open(struct arena *arena)
{
    arena->newest = NULL;
}

static void *
chunks_take(struct arena *arena, size_t size, size_t rounded)
{
    struct chunk *chunk = zeroed(sizeof(*chunk));

    (void)rounded;
    chunk->bytes = zeroed(size > 0 ? size : 1);
    chunk->used = size;
    chunk->next = arena->newest;
    arena->newest = chunk;
    return chunk->bytes;
}

static void
chunks_give_back(struct arena *arena)
{
    while (arena->newest != NULL) {
        struct chunk *chunk = arena->newest;

        arena->newest = chunk->next;
        explicit_bzero(chunk->bytes, chunk->used);
        free(chunk->bytes);
        free(chunk);
    }
}

static void
chunks_close(struct arena *arena)
{
    chunks_give_back(arena);
}

#else

static struct chunk *
chunk_open(size_t capacity)
{
    size_t size = sizeof(struct chunk) + capacity;
    struct chunk *chunk;

    if (capacity < MAPPED_BYTES) {
        chunk = zeroed(size);
    } else {
        chunk = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
        if (chunk == MAP_FAILED)
            give_up("memory_exhausted", size, 0, 0);
    }
    chunk->capacity = capacity;
    return chunk;
}

static void
chunk_close(struct chunk *chunk)
{
    if (chunk->capacity < MAPPED_BYTES)
        free(chunk);
    else
        (void)munmap(chunk, sizeof(*chunk) + chunk->capacity);
}

static void
chunks_open(struct arena *arena)
{
    arena->newest = chunk_open(CHUNK_BYTES);
}

static void *
chunks_take(struct arena *arena, size_t size, size_t rounded)
{
    struct chunk *chunk = arena->newest;

    (void)size;
    if (chunk->capacity - chunk->used < rounded) {
        size_t capacity = arena->used > MAPPED_BYTES ? MAPPED_BYTES : CHUNK_BYTES;

        chunk = chunk_open(rounded > capacity ? rounded : capacity);
        chunk->next = arena->newest;
        arena->newest = chunk;
    }

    void *taken = chunk->bytes + chunk->used;
    chunk->used += rounded;
    return taken;
}

/* The oldest chunk, made by arena_open, stays. */
static void
chunks_give_back(struct arena *arena)
{
    for (;;) {
        struct chunk *chunk = arena->newest;

        explicit_bzero(chunk->bytes, chunk->used);
        chunk->used = 0;
        if (chunk->next == NULL)
            return;
        arena->newest = chunk->next;
        chunk_close(chunk);
    }
}

static void
chunks_close(struct arena *arena)
{
    chunks_give_back(arena);
    chunk_close(arena->newest);
}

#endif

struct arena *
arena_open(size_t ceiling)
{
    struct arena *arena = zeroed(sizeof(*arena));

    assert(ceiling > 0);
    assert(ceiling < SIZE_MAX / 2);

    arena->ceiling = ceiling;
    chunks_open(arena);
    return arena;
}

void
arena_close(struct arena *arena)
{
    if (arena == NULL)
        return;
    chunks_close(arena);
    free(arena);
}

void
arena_reset(struct arena *arena)
{
    assert(arena != NULL);

    chunks_give_back(arena);
    arena->used = 0;
}

size_t
arena_left(const struct arena *arena)
{
    return arena->ceiling - arena->used;
}

void *
arena_alloc(struct arena *arena, size_t size)
{
    assert(arena != NULL);
    assert(arena->used <= arena->ceiling);

    size_t left = arena->ceiling - arena->used;
    /* An empty allocation still has an address of its own. */
    size_t wanted = size > 0 ? size : 1;

    if (wanted > left)
        give_up("arena_full", size, arena->used, arena->ceiling);

    size_t rounded = (wanted + ALIGNMENT - 1) & ~(ALIGNMENT - 1);
    if (rounded > left)
        give_up("arena_full", size, arena->used, arena->ceiling);

    arena->used += rounded;
    return chunks_take(arena, size, rounded);
}

void *
arena_alloc_array(struct arena *arena, size_t count, size_t size)
{
    size_t total;

    assert(arena != NULL);
    if (__builtin_mul_overflow(count, size, &total))
        give_up("arena_full", SIZE_MAX, arena->used, arena->ceiling);
    return arena_alloc(arena, total);
}

char *
arena_copy(struct arena *arena, const char *bytes, size_t length)
{
    assert(bytes != NULL || length == 0);
    assert(length < SIZE_MAX);

    char *copy = arena_alloc(arena, length + 1);
    if (length > 0)
        memcpy(copy, bytes, length);
    return copy;
}

char *
arena_text(struct arena *arena, const char *text)
{
    assert(text != NULL);
    return arena_copy(arena, text, strlen(text));
}

char *
arena_vformat(struct arena *arena, const char *format, va_list arguments)
{
    char short_text[SHORT_BYTES]; /* printed once, since nearly all are */
    va_list again;
    size_t size;
    char *text;

    assert(format != NULL);
    va_copy(again, arguments);
    int length = vsnprintf(short_text, sizeof(short_text), format, arguments);
    assert(length >= 0);
    size = (size_t)length + 1;
    if (size <= sizeof(short_text)) {
        text = arena_copy(arena, short_text, (size_t)length);
    } else {
        text = arena_alloc(arena, size);
        length = vsnprintf(text, size, format, again);
        assert((size_t)length + 1 == size);
    }
    va_end(again);
    return text;
}

char *
arena_format(struct arena *arena, const char *format, ...)
{
    va_list arguments;

    va_start(arguments, format);
    char *text = arena_vformat(arena, format, arguments);
    va_end(arguments);
    return text;
}

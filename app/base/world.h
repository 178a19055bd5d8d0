/*
 * world.h: the two questions put to the world: what time is it, and give me random bytes.
 *
 * Tests answer instead. The market's clock is not here: it is the real clock plus the store's
 * offset (store/settings), because sessions, throttles and timeouts always use real time.
 */
#ifndef BASE_WORLD_H
#define BASE_WORLD_H

#include "base/arena.h"

struct world {
    void *context;
    int64_t (*now)(void *context); /* seconds since 1970-01-01T00:00:00Z */
    void (*random)(void *context, void *bytes, size_t size);
};

/* The real one; libsodium must have been initialised by world_start. */
extern const struct world world_real;

/* Initialises libsodium; call once at start. ERR_BROKEN when it cannot. */
MUST_CHECK enum err world_start(void);

int64_t world_now(const struct world *world);
void world_random(const struct world *world, void *bytes, size_t size);

/* Keeps: a random version 4 GUID in lower case, 36 characters. */
char *world_guid(const struct world *world, struct arena *arena);

/* Keeps: 256 random bits in URL-safe base64 without padding, 43 characters. */
char *world_token(const struct world *world, struct arena *arena);

#endif

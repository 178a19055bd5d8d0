/*
 * world.c: the real clock and the real dice, and what is made of random bytes.
 *
 * Not here: the market's clock (store/settings), passwords and sessions (auth/).
 * Invariant: random bytes that became a token leave no second copy on the stack.
 */
#include "base/world.h"

#include "base/log.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define GUID_BYTES 16
#define TOKEN_BYTES 32
#define TOKEN_ENCODED \
    sodium_base64_ENCODED_LEN(TOKEN_BYTES, sodium_base64_VARIANT_URLSAFE_NO_PADDING)

_Static_assert(TOKEN_ENCODED == 43 + 1, "a token is 43 characters and its end");

static int64_t
real_now(void *context)
{
    struct timespec now;

    (void)context;
    if (clock_gettime(CLOCK_REALTIME, &now) != 0) {
        log_line("clock_broken", "what=realtime");
        abort();
    }
    return (int64_t)now.tv_sec;
}

static void
real_random(void *context, void *bytes, size_t size)
{
    (void)context;
    randombytes_buf(bytes, size);
}

const struct world world_real = {.context = NULL, .now = real_now, .random = real_random};

enum err
world_start(void)
{
    /* 1 says that it had been initialised before. */
    return sodium_init() < 0 ? ERR_BROKEN : OK;
}

int64_t
world_now(const struct world *world)
{
    assert(world != NULL && world->now != NULL);
    return world->now(world->context);
}

void
world_random(const struct world *world, void *bytes, size_t size)
{
    assert(world != NULL && world->random != NULL);
    assert(bytes != NULL || size == 0);
    if (size > 0)
        world->random(world->context, bytes, size);
}

char *
world_guid(const struct world *world, struct arena *arena)
{
    unsigned char b[GUID_BYTES];

    world_random(world, b, sizeof(b));
    b[6] = (unsigned char)((b[6] & 0x0f) | 0x40); /* version 4 */
    b[8] = (unsigned char)((b[8] & 0x3f) | 0x80); /* the variant of RFC 4122 */
    return arena_format(
        arena, "%02x%02x%02x%02x-%02x%02x-%02x%02x-%02x%02x-%02x%02x%02x%02x%02x%02x", b[0], b[1],
        b[2], b[3], b[4], b[5], b[6], b[7], b[8], b[9], b[10], b[11], b[12], b[13], b[14], b[15]);
}

char *
world_token(const struct world *world, struct arena *arena)
{
    unsigned char bytes[TOKEN_BYTES];
    char *token = arena_alloc(arena, TOKEN_ENCODED);

    world_random(world, bytes, sizeof(bytes));
    sodium_bin2base64(token, TOKEN_ENCODED, bytes, sizeof(bytes),
                      sodium_base64_VARIANT_URLSAFE_NO_PADDING);
    sodium_memzero(bytes, sizeof(bytes));
    return token;
}

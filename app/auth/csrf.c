/*
 * csrf.c: BLAKE2b of a fixed word, keyed by the cookie, under a fresh mask each time.
 *
 * The key is the cookie itself, never the digest of it that the store holds: who reads the store
 * cannot forge a form.
 */
#include "auth/csrf.h"

#include <sodium.h>
#include <string.h>

#define COOKIE_CHARS 43 /* world_token's */
#define PROOF_BYTES 32
#define TOKEN_BYTES (2 * PROOF_BYTES) /* the mask, then the masked proof */

_Static_assert(CSRF_TOKEN_CHARS + 1 ==
                   sodium_base64_ENCODED_LEN(TOKEN_BYTES, sodium_base64_VARIANT_URLSAFE_NO_PADDING),
               "the token is the base64 of its bytes");
_Static_assert(COOKIE_CHARS >= crypto_generichash_KEYBYTES_MIN &&
                   COOKIE_CHARS <= crypto_generichash_KEYBYTES_MAX,
               "a cookie is a key");

static const unsigned char word[] = "tripact csrf 1";

/* False when the cookie cannot be one of ours. */
static bool
proof_of(const char *cookie, unsigned char proof[PROOF_BYTES])
{
    if (strnlen(cookie, COOKIE_CHARS + 1) != COOKIE_CHARS)
        return false;
    return crypto_generichash(proof, PROOF_BYTES, word, sizeof word, (const unsigned char *)cookie,
                              COOKIE_CHARS) == 0;
}

const char *
csrf_token(struct arena *arena, const struct world *world, const char *cookie)
{
    unsigned char proof[PROOF_BYTES];
    unsigned char token[TOKEN_BYTES];
    char *printed = arena_alloc(arena, CSRF_TOKEN_CHARS + 1);

    if (!proof_of(cookie, proof))
        return "";
    world_random(world, token, PROOF_BYTES);
    for (size_t i = 0; i < PROOF_BYTES; i++)
        token[PROOF_BYTES + i] = (unsigned char)(token[i] ^ proof[i]);
    (void)sodium_bin2base64(printed, CSRF_TOKEN_CHARS + 1, token, sizeof token,
                            sodium_base64_VARIANT_URLSAFE_NO_PADDING);
    sodium_memzero(proof, sizeof proof);
    return printed;
}

bool
csrf_valid(const char *cookie, const char *token)
{
    unsigned char proof[PROOF_BYTES];
    unsigned char bytes[TOKEN_BYTES];
    size_t size = 0;

    if (strnlen(token, CSRF_TOKEN_CHARS + 1) != CSRF_TOKEN_CHARS || !proof_of(cookie, proof))
        return false;
    if (sodium_base642bin(bytes, sizeof bytes, token, CSRF_TOKEN_CHARS, NULL, &size, NULL,
                          sodium_base64_VARIANT_URLSAFE_NO_PADDING) != 0 ||
        size != sizeof bytes)
        return false;
    for (size_t i = 0; i < PROOF_BYTES; i++)
        bytes[i] = (unsigned char)(bytes[i] ^ bytes[PROOF_BYTES + i]);

    bool same = sodium_memcmp(bytes, proof, PROOF_BYTES) == 0;
    sodium_memzero(proof, sizeof proof);
    return same;
}

/*
 * digest.c: BLAKE2b-256 through libsodium's generic hash.
 *
 * Not here: keys and passwords. A digest made of fields is BLAKE2b-256 over, for each field, one
 * byte for its kind ('t' text, 'n' no text, 'i' integer, 'b' bytes), eight bytes for its length,
 * least significant first, and its bytes; an integer is eight bytes, least significant first.
 * digest_of_text has no such frame: it is what `b2sum -l 256` prints for the same bytes.
 *
 * Invariant: the layout above never changes; stored offers and events were digested with it.
 */
#include "base/digest.h"

#include <sodium.h>
#include <string.h>

_Static_assert(sizeof(crypto_generichash_state) <= sizeof(((struct digest *)NULL)->state),
               "the state fits");
_Static_assert(_Alignof(crypto_generichash_state) <= _Alignof(struct digest), "and is aligned");
_Static_assert(DIGEST_BYTES == crypto_generichash_BYTES, "256 bits");
_Static_assert(DIGEST_HEX_CHARS == 2 * DIGEST_BYTES, "two digits a byte");

static crypto_generichash_state *
state_of(struct digest *digest)
{
    return (crypto_generichash_state *)(void *)digest->state;
}

static void
add(struct digest *digest, const void *bytes, size_t size)
{
    int outcome = crypto_generichash_update(state_of(digest), bytes, (unsigned long long)size);

    assert(outcome == 0);
    (void)outcome;
}

static void
put_number(unsigned char bytes[8], uint64_t number)
{
    for (int i = 0; i < 8; i++)
        bytes[i] = (unsigned char)(number >> (8 * i) & 0xff);
}

static void
add_field(struct digest *digest, char kind, const void *bytes, size_t size)
{
    unsigned char head[9];

    assert(digest != NULL);
    assert(bytes != NULL || size == 0);

    head[0] = (unsigned char)kind;
    put_number(head + 1, (uint64_t)size);
    add(digest, head, sizeof(head));
    if (size > 0)
        add(digest, bytes, size);
}

void
digest_begin(struct digest *digest)
{
    assert(digest != NULL);

    int outcome = crypto_generichash_init(state_of(digest), NULL, 0, DIGEST_BYTES);
    assert(outcome == 0);
    (void)outcome;
}

void
digest_text(struct digest *digest, const char *text)
{
    if (text == NULL)
        add_field(digest, 'n', NULL, 0);
    else
        add_field(digest, 't', text, strlen(text));
}

void
digest_integer(struct digest *digest, int64_t value)
{
    unsigned char bytes[8];

    put_number(bytes, (uint64_t)value);
    add_field(digest, 'i', bytes, sizeof(bytes));
}

void
digest_bytes(struct digest *digest, const void *bytes, size_t size)
{
    add_field(digest, 'b', bytes, size);
}

static char *
hex_of(struct arena *arena, const unsigned char bytes[DIGEST_BYTES])
{
    char *hex = arena_alloc(arena, DIGEST_HEX_CHARS + 1);

    sodium_bin2hex(hex, DIGEST_HEX_CHARS + 1, bytes, DIGEST_BYTES);
    return hex;
}

char *
digest_end(struct digest *digest, struct arena *arena)
{
    unsigned char bytes[DIGEST_BYTES];

    assert(digest != NULL);

    int outcome = crypto_generichash_final(state_of(digest), bytes, sizeof(bytes));
    assert(outcome == 0);
    (void)outcome;
    /* What went in may have been a secret. */
    sodium_memzero(digest, sizeof(*digest));
    return hex_of(arena, bytes);
}

char *
digest_of_text(struct arena *arena, const char *text)
{
    unsigned char bytes[DIGEST_BYTES];

    assert(text != NULL);

    int outcome = crypto_generichash(bytes, sizeof(bytes), (const unsigned char *)text,
                                     (unsigned long long)strlen(text), NULL, 0);
    assert(outcome == 0);
    (void)outcome;
    return hex_of(arena, bytes);
}

char *
digest_of_file(struct arena *arena, const void *bytes, size_t size)
{
    unsigned char digest[DIGEST_BYTES];
    int outcome = crypto_hash_sha256(digest, bytes, size);

    _Static_assert(crypto_hash_sha256_BYTES == DIGEST_BYTES, "both are 256 bits");
    assert(outcome == 0);
    (void)outcome;
    return hex_of(arena, digest);
}

/*
 * digest.h: BLAKE2b-256 of tokens, offers and events; SHA-256 of files, which others compute too.
 */
#ifndef BASE_DIGEST_H
#define BASE_DIGEST_H

#include "base/arena.h"

#define DIGEST_BYTES 32
#define DIGEST_HEX_CHARS 64

/* An unfinished digest. Fields are length-prefixed, so ("ab","c") and ("a","bc") differ. */
struct digest {
    _Alignas(64) unsigned char state[384];
};

void digest_begin(struct digest *digest);
void digest_text(struct digest *digest, const char *text); /* NULL differs from "" */
void digest_integer(struct digest *digest, int64_t value);
void digest_bytes(struct digest *digest, const void *bytes, size_t size);

/* Keeps 64 lower-case hex digits; the digest must be begun again before further use. */
char *digest_end(struct digest *digest, struct arena *arena);

/* Keeps the hex digest of one text alone, without its length: what `b2sum -l 256` prints. */
char *digest_of_text(struct arena *arena, const char *text);

/* Keeps the SHA-256 of a file in lower-case hex digits: what `sha256sum` prints. */
char *digest_of_file(struct arena *arena, const void *bytes, size_t size);

#endif

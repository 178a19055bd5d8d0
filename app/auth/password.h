/*
 * password.h: passwords as Argon2id.
 *
 * One hash takes as long as hundreds of pages and 64 MiB: only threads of its own have a hasher
 * (web/fcgi's slow ones); to all others, who pass NULL, a password is ERR_BUSY. So is it on a
 * machine without the memory: that must never read as a wrong password. Never called inside a
 * write.
 */
#ifndef AUTH_PASSWORD_H
#define AUTH_PASSWORD_H

#include "base/arena.h"

struct password_cost {
    unsigned long long operations;
    size_t memory; /* bytes */
};

/* Below these the program does not start outside tests: Argon2id INTERACTIVE. */
#define PASSWORD_OPERATIONS 2
#define PASSWORD_MEMORY ((size_t)64 * 1024 * 1024)
/* The cheapest that Argon2id knows; for tests. */
#define PASSWORD_OPERATIONS_TEST 1
#define PASSWORD_MEMORY_TEST ((size_t)8 * 1024)

struct hasher;

/* Owns; may be shared by threads. ERR_INVALID for a cost that Argon2id does not know. */
MUST_CHECK enum err hasher_open(const struct password_cost *cost, struct hasher **hasher);
void hasher_close(struct hasher *hasher);

/* Long enough and not too long (LIMIT_PASSWORD_MIN characters, LIMIT_PASSWORD_BYTES)? password is
 * valid UTF-8. */
bool password_acceptable(const char *password);

/* Keeps the hash. */
MUST_CHECK enum err password_hash(struct hasher *hasher, struct arena *arena, const char *password,
                                  const char **hash);

/* hash NULL: nobody has that name; takes the same time and never matches. *outdated: it matches and
 * should be hashed again at today's cost. ERR_BROKEN when hash is not an Argon2id hash. */
MUST_CHECK enum err password_check(struct hasher *hasher, const char *hash, const char *password,
                                   bool *matches, bool *outdated);

/* Overwrites the text, in a way that is not optimised out. */
void password_wipe(char *password);

#endif

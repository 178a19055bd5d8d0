/*
 * password.c: Argon2id. Not here: throttling, sessions, how many hash at once.
 */
#include "auth/password.h"

#include <ctype.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "base/limits.h"
#include "base/log.h"
#include "base/text.h"

#define KEY_BYTES 32     /* crypto_pwhash_str's */
#define NUMBER_DIGITS 10 /* more than any cost has */

struct hasher {
    struct password_cost cost;
};

static bool
cost_possible(unsigned long long operations, size_t memory)
{
    return operations >= crypto_pwhash_OPSLIMIT_MIN && operations <= crypto_pwhash_OPSLIMIT_MAX &&
           memory >= crypto_pwhash_MEMLIMIT_MIN && memory <= crypto_pwhash_MEMLIMIT_MAX;
}

enum err
hasher_open(const struct password_cost *cost, struct hasher **result)
{
    if (!cost_possible(cost->operations, cost->memory))
        return ERR_INVALID;

    struct hasher *hasher = calloc(1, sizeof *hasher);
    if (hasher == NULL)
        abort();
    hasher->cost = *cost;
    *result = hasher;
    return OK;
}

void
hasher_close(struct hasher *hasher)
{
    free(hasher);
}

bool
password_acceptable(const char *password)
{
    return strlen(password) <= LIMIT_PASSWORD_BYTES && text_count(password) >= LIMIT_PASSWORD_MIN;
}

enum err
password_hash(struct hasher *hasher, struct arena *arena, const char *password, const char **hash)
{
    char printed[crypto_pwhash_STRBYTES];

    if (hasher == NULL)
        return ERR_BUSY;
    if (crypto_pwhash_str(printed, password, strlen(password), hasher->cost.operations,
                          hasher->cost.memory) != 0) {
        log_line("password", "problem=no_memory");
        return ERR_BUSY;
    }
    *hash = arena_text(arena, printed);
    return OK;
}

/* A printed hash taken apart. */
struct printed {
    unsigned long long operations;
    size_t memory;
    unsigned char salt[crypto_pwhash_SALTBYTES];
    unsigned char key[KEY_BYTES];
};

/* Each of these reads what stands next and moves on; false when something else stands there. */
static bool
read_literal(const char **at, const char *literal)
{
    if (!text_starts(*at, literal))
        return false;
    *at += strlen(literal);
    return true;
}

static bool
read_number(const char **at, unsigned long long *number)
{
    const char *first = *at;

    for (*number = 0; isdigit((unsigned char)**at) && *at - first < NUMBER_DIGITS; ++*at)
        *number = *number * 10 + (unsigned long long)(**at - '0');
    return *at != first;
}

static bool
read_bytes(const char **at, unsigned char *bytes, size_t size)
{
    const char *end = NULL;
    size_t length = 0;

    if (sodium_base642bin(bytes, size, *at, strlen(*at), NULL, &length, &end,
                          sodium_base64_VARIANT_ORIGINAL_NO_PADDING) != 0 ||
        length != size)
        return false;
    *at = end;
    return true;
}

static bool
printed_read(const char *hash, struct printed *printed)
{
    unsigned long long kibibytes = 0;

    if (!read_literal(&hash, "$argon2id$v=19$m=") || !read_number(&hash, &kibibytes) ||
        !read_literal(&hash, ",t=") || !read_number(&hash, &printed->operations) ||
        !read_literal(&hash, ",p=1$") || !read_bytes(&hash, printed->salt, sizeof printed->salt) ||
        !read_literal(&hash, "$") || !read_bytes(&hash, printed->key, sizeof printed->key))
        return false;
    printed->memory = (size_t)kibibytes * 1024;
    return *hash == '\0' && cost_possible(printed->operations, printed->memory);
}

enum err
password_check(struct hasher *hasher, const char *hash, const char *password, bool *matches,
               bool *outdated)
{
    struct printed printed = {0};
    unsigned char key[KEY_BYTES];

    if (hasher == NULL)
        return ERR_BUSY;
    if (hash == NULL) { /* whatever comes out is nobody's */
        printed.operations = hasher->cost.operations;
        printed.memory = hasher->cost.memory;
    } else if (!printed_read(hash, &printed)) {
        log_line("password", "problem=stored_hash");
        return ERR_BROKEN;
    }
    /* crypto_pwhash_str_verify answers "wrong" when there is no memory, so we compare ourselves */
    if (crypto_pwhash(key, sizeof key, password, strlen(password), printed.salt, printed.operations,
                      printed.memory, crypto_pwhash_ALG_ARGON2ID13) != 0) {
        log_line("password", "problem=no_memory");
        return ERR_BUSY;
    }
    *matches = sodium_memcmp(key, printed.key, sizeof key) == 0 && hash != NULL;
    *outdated = *matches && (printed.operations != hasher->cost.operations ||
                             printed.memory != hasher->cost.memory);
    sodium_memzero(key, sizeof key);
    return OK;
}

void
password_wipe(char *password)
{
    sodium_memzero(password, strlen(password));
}

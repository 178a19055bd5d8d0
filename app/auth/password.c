/*
 * password.c: Argon2id behind a counted door.
 *
 * Not here: throttling, sessions. Invariant: running <= slots and waiting <= LIMIT_HASH_QUEUE.
 */
#include "auth/password.h"

#include <ctype.h>
#include <pthread.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/limits.h"
#include "base/log.h"
#include "base/text.h"

#define KEY_BYTES 32     /* crypto_pwhash_str's */
#define NUMBER_DIGITS 10 /* more than any cost has */

struct hasher {
    struct password_cost cost;
    char nobody[crypto_pwhash_STRBYTES]; /* what an unknown person's attempt is compared with */
    pthread_mutex_t lock;
    pthread_cond_t freed;
    unsigned running;
    unsigned waiting;
};

/* Not a password anybody has: an attempt against the nobody hash is refused whatever it says. */
static const char nobody_password[] = "nobody signs in with this";

static bool
cost_possible(unsigned long long operations, size_t memory)
{
    return operations >= crypto_pwhash_OPSLIMIT_MIN && operations <= crypto_pwhash_OPSLIMIT_MAX &&
           memory >= crypto_pwhash_MEMLIMIT_MIN && memory <= crypto_pwhash_MEMLIMIT_MAX;
}

static enum err
hash_once(const struct hasher *hasher, const char *password, char hash[crypto_pwhash_STRBYTES])
{
    if (crypto_pwhash_str(hash, password, strlen(password), hasher->cost.operations,
                          hasher->cost.memory) == 0)
        return OK;
    log_line("password", "problem=no_memory");
    return ERR_BUSY;
}

enum err
hasher_open(const struct password_cost *cost, struct hasher **result)
{
    pthread_condattr_t attributes;

    if (cost->slots == 0 || !cost_possible(cost->operations, cost->memory))
        return ERR_INVALID;

    struct hasher *hasher = calloc(1, sizeof *hasher);
    if (hasher == NULL)
        abort();
    hasher->cost = *cost;

    enum err outcome = hash_once(hasher, nobody_password, hasher->nobody);
    if (outcome != OK) {
        free(hasher);
        return outcome;
    }
    /* a clock that nobody sets measures the wait */
    if (pthread_condattr_init(&attributes) != 0 ||
        pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC) != 0 ||
        pthread_cond_init(&hasher->freed, &attributes) != 0 ||
        pthread_mutex_init(&hasher->lock, NULL) != 0)
        abort();
    (void)pthread_condattr_destroy(&attributes);
    *result = hasher;
    return OK;
}

void
hasher_close(struct hasher *hasher)
{
    if (hasher == NULL)
        return;
    assert(hasher->running == 0 && hasher->waiting == 0);
    (void)pthread_cond_destroy(&hasher->freed);
    (void)pthread_mutex_destroy(&hasher->lock);
    free(hasher);
}

static struct timespec
deadline(void)
{
    struct timespec at;

    if (clock_gettime(CLOCK_MONOTONIC, &at) != 0)
        abort();
    at.tv_sec += LIMIT_HASH_WAIT_MS / 1000;
    at.tv_nsec += (LIMIT_HASH_WAIT_MS % 1000) * 1000000L;
    if (at.tv_nsec >= 1000000000L) {
        at.tv_sec++;
        at.tv_nsec -= 1000000000L;
    }
    return at;
}

/* Takes a slot, or gives up: better a quick "try again" than a machine without memory. */
static enum err
slot_take(struct hasher *hasher)
{
    struct timespec until = deadline();
    int code = 0;

    (void)pthread_mutex_lock(&hasher->lock);
    if (hasher->running >= hasher->cost.slots && hasher->waiting < LIMIT_HASH_QUEUE) {
        hasher->waiting++;
        while (hasher->running >= hasher->cost.slots && code == 0)
            code = pthread_cond_timedwait(&hasher->freed, &hasher->lock, &until);
        hasher->waiting--;
    }
    bool taken = hasher->running < hasher->cost.slots;
    if (taken)
        hasher->running++;
    (void)pthread_mutex_unlock(&hasher->lock);
    if (!taken)
        log_line("password", "problem=queue_full");
    return taken ? OK : ERR_BUSY;
}

static void
slot_free(struct hasher *hasher)
{
    (void)pthread_mutex_lock(&hasher->lock);
    hasher->running--;
    (void)pthread_cond_signal(&hasher->freed);
    (void)pthread_mutex_unlock(&hasher->lock);
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

    TRY(slot_take(hasher));
    enum err outcome = hash_once(hasher, password, printed);
    slot_free(hasher);
    TRY(outcome);
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
    struct printed printed;
    unsigned char key[KEY_BYTES];

    if (!printed_read(hash == NULL ? hasher->nobody : hash, &printed)) {
        log_line("password", "problem=stored_hash");
        return ERR_BROKEN;
    }
    TRY(slot_take(hasher));
    /* crypto_pwhash_str_verify answers "wrong" when there is no memory, so we compare ourselves */
    int code = crypto_pwhash(key, sizeof key, password, strlen(password), printed.salt,
                             printed.operations, printed.memory, crypto_pwhash_ALG_ARGON2ID13);
    slot_free(hasher);
    if (code != 0) {
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

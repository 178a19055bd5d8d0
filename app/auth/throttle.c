/*
 * throttle.c: two counters for each attempt, one of its email and one of its address; one for each
 * publisher that names billing accounts.
 *
 * Emails are kept as digests: what people type into that field is not always an email.
 */
#include "auth/throttle.h"

#include <arpa/inet.h>
#include <string.h>

#include "base/digest.h"
#include "base/limits.h"
#include "base/text.h"

#define NETWORK_BYTES 8 /* of an IPv6 address: whoever has one has all that begin like it */

/* ::ffff:0:0/96 */
static const unsigned char mapped_ipv4[12] = {[10] = 0xff, [11] = 0xff};

static const char *
subject_of_email(struct arena *arena, const char *email)
{
    return arena_format(arena, "email:%s", digest_of_text(arena, text_fold(arena, email)));
}

static const char *
subject_of_address(struct arena *arena, const char *address)
{
    unsigned char bytes[sizeof(struct in6_addr)];
    char printed[INET6_ADDRSTRLEN];

    /* an IPv4 address in the clothes of IPv6 is one of its own, not of the network of them all */
    if (inet_pton(AF_INET6, address, bytes) != 1 ||
        memcmp(bytes, mapped_ipv4, sizeof mapped_ipv4) == 0)
        return arena_format(arena, "address:%s", address);
    memset(bytes + NETWORK_BYTES, 0, sizeof bytes - NETWORK_BYTES);
    if (inet_ntop(AF_INET6, bytes, printed, sizeof printed) == NULL)
        return arena_format(arena, "address:%s", address);
    return arena_format(arena, "network:%s", printed);
}

/* How long until the window that is full is over; 0 when it is not full. One that began later than
 * it is now is over: the clock was set back, and nobody is locked out until it has caught up. */
static enum err
wait_for(struct db *db, const char *subject, int64_t limit, int64_t now, int64_t *wait_s)
{
    struct throttle_row row;

    TRY(throttle_row_find(db, subject, &row));
    int64_t left = row.started_at + LIMIT_FAILURES_WINDOW_S - now;
    bool over = left <= 0 || row.started_at > now;
    *wait_s = row.failures >= limit && !over ? left : 0;
    return OK;
}

static enum err
take(struct db *db, const char *email, const char *address, int64_t now, int64_t *wait_s)
{
    int64_t since = now - LIMIT_FAILURES_WINDOW_S;
    int64_t of_email = 0;
    int64_t of_address = 0;

    TRY(wait_for(db, email, LIMIT_FAILURES_ACCOUNT, now, &of_email));
    TRY(wait_for(db, address, LIMIT_FAILURES_ADDRESS, now, &of_address));
    *wait_s = of_email > of_address ? of_email : of_address;
    if (*wait_s > 0)
        return OK;
    TRY(throttle_row_add(db, email, now, since));
    return throttle_row_add(db, address, now, since);
}

enum err
throttle_take(struct store *store, struct arena *arena, const char *email, const char *address,
              int64_t now, int64_t *wait_s)
{
    const char *by_email = subject_of_email(arena, email);
    const char *by_address = subject_of_address(arena, address);
    struct db *db = NULL;
    int64_t wait = 0;

    TRY(write_begin(store, &db));
    enum err outcome = take(db, by_email, by_address, now, &wait);
    enum err kept = write_end(store, db, outcome == OK && wait == 0);
    TRY(outcome);
    TRY(kept);
    *wait_s = wait;
    return OK;
}

/* Takes the attempt back from the address, and from the email all of them or just this one. */
static enum err
give_back(struct store *store, struct arena *arena, const char *email, const char *address,
          bool all)
{
    const char *by_email = subject_of_email(arena, email);
    const char *by_address = subject_of_address(arena, address);
    struct db *db = NULL;

    TRY(write_begin(store, &db));
    enum err outcome =
        all ? throttle_row_delete(db, by_email) : throttle_row_take_back(db, by_email);
    if (outcome == OK)
        outcome = throttle_row_take_back(db, by_address);
    return write_finish(store, db, outcome);
}

enum err
throttle_forgive(struct store *store, struct arena *arena, const char *email, const char *address)
{
    return give_back(store, arena, email, address, true);
}

enum err
throttle_take_back(struct store *store, struct arena *arena, const char *email, const char *address)
{
    return give_back(store, arena, email, address, false);
}

static const char *
subject_of_publisher(struct arena *arena, const char *publisher)
{
    return arena_format(arena, "billing:%s", publisher);
}

enum err
throttle_billing_wait(struct db *db, struct arena *arena, const char *publisher, int64_t now,
                      int64_t *wait_s)
{
    return wait_for(db, subject_of_publisher(arena, publisher), LIMIT_FAILURES_BILLING, now,
                    wait_s);
}

enum err
throttle_billing_count(struct db *db, struct arena *arena, const char *publisher, int64_t now)
{
    return throttle_row_add(db, subject_of_publisher(arena, publisher), now,
                            now - LIMIT_FAILURES_WINDOW_S);
}

/*
 * sign_in.h: email and password in, a new session out; and changing one's password.
 *
 * The order matters and is kept here once: throttle, look up, hash (outside any write), then write.
 * Not here: pages, cookies, where to go next. These begin and end their own transactions.
 */
#ifndef AUTH_SIGN_IN_H
#define AUTH_SIGN_IN_H

#include "auth/password.h"
#include "auth/session.h"

struct sign_in {
    const char *email;
    char *password;         /* wiped when the attempt is over */
    const char *address;    /* of the client */
    const char *old_cookie; /* "" when none */
};

struct signed_in {
    const char *token;    /* the new session's cookie */
    struct person person; /* without its password */
    int64_t wait_s;       /* more than 0: throttled for so long, and nothing else is set */
};

/* Keeps. db is the thread's reader, outside or inside a read. OK with wait_s 0: signed in, token is
 * the cookie. OK with wait_s > 0: throttled (429). ERR_DENIED: no such email or not its password;
 * the answer and the time are the same. ERR_BUSY: no hasher or no memory for it, or the store is
 * away (503). */
MUST_CHECK enum err sign_in(struct store *store, struct db *db, struct hasher *hasher,
                            const struct world *world, struct arena *arena,
                            const struct sign_in *attempt, struct signed_in *result);

struct password_change {
    const struct who *who;
    char *current; /* all wiped when the attempt is over */
    char *fresh;
    const char *address;
};

/* OK with *wait_s > 0: throttled like a sign-in. ERR_DENIED: current is not the password.
 * ERR_INVALID: fresh is not acceptable. OK: changed, and every other session of the person has
 * ended. */
MUST_CHECK enum err password_change(struct store *store, struct db *db, struct hasher *hasher,
                                    const struct world *world, struct arena *arena,
                                    const struct password_change *change, int64_t *wait_s);

#endif

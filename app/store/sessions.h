/*
 * sessions.h: the rows of signed-in sessions, of failed sign-ins and of answered forms.
 *
 * Not here: tokens, expiry and limits (auth/). All instants are real time. Invariant: the store
 * holds digests of tokens, never a token.
 */
#ifndef STORE_SESSIONS_H
#define STORE_SESSIONS_H

#include "store/people.h"

struct session_row {
    struct person person; /* without its password */
    int64_t created_at;
    int64_t seen_at;
};

MUST_CHECK enum err session_insert(struct db *db, const char *token_hash, const char *person,
                                   int64_t at);
/* Keeps; session, person and account name in one statement. ERR_ABSENT. */
MUST_CHECK enum err session_find(struct db *db, struct arena *arena, const char *token_hash,
                                 struct session_row *row);
/* A session that has ended meanwhile stays ended. */
MUST_CHECK enum err session_seen(struct db *db, const char *token_hash, int64_t at);
MUST_CHECK enum err session_delete(struct db *db, const char *token_hash);
MUST_CHECK enum err session_delete_others(struct db *db, const char *person,
                                          const char *token_hash);

/* Failures of one subject in a window that began at started_at; no row reads as 0 and 0. */
struct throttle_row {
    int64_t failures;
    int64_t started_at;
};
MUST_CHECK enum err throttle_row_find(struct db *db, const char *subject, struct throttle_row *row);
/* Counts one more; a window begun at or before since, or after at, is over, and a new
 * one begins at at. */
MUST_CHECK enum err throttle_row_add(struct db *db, const char *subject, int64_t at, int64_t since);
/* Takes one back, not below 0. */
MUST_CHECK enum err throttle_row_take_back(struct db *db, const char *subject);
MUST_CHECK enum err throttle_row_delete(struct db *db, const char *subject);

/* What the one-time key of a form was answered with. session is a token hash; location is where the
 * answer redirected to. The first answer stays. */
MUST_CHECK enum err answered_insert(struct db *db, const char *session, const char *once,
                                    const char *location, int64_t at);
/* Keeps. ERR_ABSENT. */
MUST_CHECK enum err answered_find(struct db *db, struct arena *arena, const char *session,
                                  const char *once, const char **location);

/* Deletes what is over at the given real time, at most LIMIT_SWEEP rows of each kind; *deleted (may
 * be NULL) is how many. Call again while it is not 0. */
MUST_CHECK enum err sessions_sweep(struct db *db, int64_t at, int64_t *deleted);

#endif

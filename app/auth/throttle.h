/*
 * throttle.h: slows down guessing: LIMIT_FAILURES_ACCOUNT failed sign-ins for one email and
 * LIMIT_FAILURES_ADDRESS from one address in LIMIT_FAILURES_WINDOW_S of real time; and
 * LIMIT_FAILURES_BILLING billing account IDs of one publisher that turned out not to be eligible.
 *
 * An attempt counts as failed before it is looked at, so that many at once cannot pass together;
 * one that succeeds is taken back. Emails that nobody has count alike. Every change is a write of
 * its own: what a refusal leaves behind survives it.
 */
#ifndef AUTH_THROTTLE_H
#define AUTH_THROTTLE_H

#include "store/sessions.h"

/* *wait_s 0: go on, the attempt is counted. More: refused and not counted, answer 429 and say to
 * wait so many seconds. Borrows all; the arena keeps scratch. */
MUST_CHECK enum err throttle_take(struct store *store, struct arena *arena, const char *email,
                                  const char *address, int64_t now, int64_t *wait_s);

/* The attempt succeeded: the account begins anew, the address gets this one back. */
MUST_CHECK enum err throttle_forgive(struct store *store, struct arena *arena, const char *email,
                                     const char *address);

/* The attempt was never looked at (no room, no store): both get it back. */
MUST_CHECK enum err throttle_take_back(struct store *store, struct arena *arena, const char *email,
                                       const char *address);

/* Inside the caller's write, because what was asked is kept by it or was not answered. Has the
 * publisher tried so many billing account IDs that it must wait (LAW 2.3)? *wait_s 0: it may try
 * another, and counts it if it is not eligible. */
MUST_CHECK enum err throttle_billing_wait(struct db *db, struct arena *arena, const char *publisher,
                                          int64_t now, int64_t *wait_s);
MUST_CHECK enum err throttle_billing_count(struct db *db, struct arena *arena,
                                           const char *publisher, int64_t now);

#endif

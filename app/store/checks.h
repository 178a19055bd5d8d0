/*
 * checks.h: what must hold between the rows of a store, whatever happened to it: asked of a backup,
 * of a restored store, and after a crash.
 *
 * Not here: the engine's own structures (store_sound), the law of what may happen (core/).
 */
#ifndef STORE_CHECKS_H
#define STORE_CHECKS_H

#include "store/store.h"

/* Is told what is wrong and where: the id of an offer, purchase, account or document, with the
 * number of its line. Both texts are only good during the call. */
struct check_listener {
    void *context;
    void (*wrong)(void *context, const char *what, const char *where);
};

/* Looks at the whole store, within the caller's read: acceptances and links by their offers' states
 * (LAW 6.1), the identities of money (LAW 12.1, D-32), the bytes of documents by their SHA-256.
 * Reads every charge and every document. The arena is used for one row at a time. */
MUST_CHECK enum err store_check(struct db *db, struct arena *arena,
                                const struct check_listener *listener);

#endif

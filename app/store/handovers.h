/*
 * handovers.h: links by which a customer gives a billing account ID to an ISV, once (LAW 2.3).
 *
 * A link is known by its key, the BLAKE2b of its token; the token is nowhere here. Invariant: of
 * expiry, withdrawal and use, whichever comes first is the last thing that happens to a link.
 */
#ifndef STORE_HANDOVERS_H
#define STORE_HANDOVERS_H

#include "base/limits.h"
#include "store/store.h"

struct handover {
    const char *key;
    const char *billing_account;
    const char *person; /* who made it */
    int64_t created_at;
    int64_t expires_at; /* from then on it is expired */
};

/* ERR_DENIED unless its person has a role on the billing account, and that is the organisation's.
 */
MUST_CHECK enum err handover_insert(struct db *db, const char *organisation,
                                    const struct handover *handover);

struct handover_open {
    const char *key;
    const char *person_name;
    int64_t expires_at;
};
struct handovers_open {
    struct handover_open *rows;
    size_t count;
};
/* Keeps: the links of the organisation's billing account that work at now, the first to expire
 * first; at most LIMIT_HANDOVERS. */
MUST_CHECK enum err handovers_open_of(struct db *db, struct arena *arena, const char *organisation,
                                      const char *billing_account, int64_t now,
                                      struct handovers_open *handovers);

/* Ends a link that works at now. ERR_ABSENT unless the person has a role on its billing account and
 * that is the organisation's. */
MUST_CHECK enum err handover_withdraw(struct db *db, const char *organisation, const char *person,
                                      const char *key, int64_t now);

/* For whoever holds the link. */
enum handover_state { HANDOVER_OPEN, HANDOVER_EXPIRED, HANDOVER_WITHDRAWN, HANDOVER_USED };
/* Keep. ERR_ABSENT when there never was such a link. */
MUST_CHECK enum err handover_find(struct db *db, struct arena *arena, const char *key, int64_t now,
                                  struct handover *handover, enum handover_state *state);

/* Ends a link that works at now, with the draft that has the ID. ERR_GONE when it does not work. */
MUST_CHECK enum err handover_use(struct db *db, const char *key, const char *publisher,
                                 const char *offer, int64_t now);

#endif

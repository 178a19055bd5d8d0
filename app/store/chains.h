/*
 * chains.h: the seals of events and the links of their chains (LAW 5.1), appended with the event.
 *
 * A subject is what has a history: an offer, an account, a purchase, a request for support. An
 * event of an offer stands in the chain of all its events and in that of each party that may read
 * of it: no party's chain tells of events it may not read of. Invariant: seals and links are only
 * ever inserted; no statement of the product changes or deletes an event, a seal or a link.
 */
#ifndef STORE_CHAINS_H
#define STORE_CHAINS_H

#include "base/world.h"
#include "core/chain.h"
#include "core/event.h"
#include "store/store.h"

enum chain_kind { CHAIN_OFFER, CHAIN_PURCHASE, CHAIN_REQUEST, CHAIN_ACCOUNT };

/* text is "offer 0f9a...", "purchase 77b1...", "request
 * 05c3...", or the kind and the id of an account as in "billing
 * 1234567"; word and id are its halves. */
struct chain_subject {
    enum chain_kind kind;
    const char *text;
    const char *word;
    const char *id;
};
/* Keep. */
struct chain_subject chain_subject_named(struct arena *arena, const char *text);
struct chain_subject chain_subject_of(struct arena *arena, const char *word, const char *id);
#define CHAIN_WORD_OFFER "offer"
#define CHAIN_WORD_PURCHASE "purchase"
#define CHAIN_WORD_REQUEST "request" /* to cancel an offer (LAW 6.5) */

#define CHAIN_COLUMNS_MAX 12
#define CHAINS_MAX 4 /* an event stands in: of all, the ISV, the partner, the customer */

/* A chain that an event stands in. */
struct chain_place {
    const char *name;
    enum party party; /* whose eyes; PARTY_SYSTEM: everything */
    bool begins;      /* a customer's begins anew with each extension */
    const char *link; /* once computed */
};

/* An event as its hashes know it. */
struct chain_event {
    const char *const *names; /* of its columns, in their order */
    const char *values[CHAIN_COLUMNS_MAX];
    size_t count;
    struct chain_place places[CHAINS_MAX];
    size_t place_count;
};

/* Seals the event that was just appended: a random salt, and its link in each of its chains. */
MUST_CHECK enum err chain_seal(struct db *db, struct arena *arena, const struct world *world,
                               const struct chain_subject *subject, int64_t number);

/* The step of the schema that brought seals. */
#define CHAINS_STEP 16

/* What older programs kept no history of gets its beginning. Only for a store that has no seals
 * yet: in any other, what has no history has lost it. */
MUST_CHECK enum err chain_begin_old(struct db *db);

/* Seals what was appended before there were seals, oldest first, at most LIMIT_SEALED_AT_ONCE
 * events;
 * *sealed is how many. */
MUST_CHECK enum err chain_seal_old(struct db *db, struct arena *arena, const struct world *world,
                                   size_t *sealed);

/* Keep. What the event is and, as the links before it are stored, what its own must be. ERR_ABSENT:
 * no such event. */
MUST_CHECK enum err chain_event_load(struct db *db, struct arena *arena,
                                     const struct chain_subject *subject, int64_t number,
                                     struct chain_event *event);
MUST_CHECK enum err chain_event_links(struct db *db, struct arena *arena,
                                      const struct chain_subject *subject, int64_t number,
                                      const char *salt, struct chain_event *event);

/* Keeps the salt; ERR_ABSENT: not sealed. */
MUST_CHECK enum err chain_salt(struct db *db, struct arena *arena,
                               const struct chain_subject *subject, int64_t number,
                               const char **salt);

/* Each changed field of an offer's event, in order. */
struct chain_field_reader {
    void *context;
    enum err (*read)(void *context, int64_t position, const struct chain_field *field);
};
MUST_CHECK enum err chain_fields(struct db *db, const struct chain_subject *subject, int64_t number,
                                 const struct chain_field_reader *reader);

/* A chain's links, the newest first, at most LIMIT_HISTORY_EVENTS; before is the link before the
 * last of them. Of a customer's chain what came since the last extension. */
struct chain_step {
    int64_t number;
    const char *link;
};
struct chain_steps {
    struct chain_step *rows;
    size_t count;
    const char *before;
};
/* Keeps. */
MUST_CHECK enum err chain_steps_of(struct db *db, struct arena *arena,
                                   const struct chain_subject *subject, const char *chain,
                                   struct chain_steps *steps);

/* May that chain's reader see the field of the event? What whoever acted could not see itself was
 * erased with it: it was a former partner's (LAW D-7). */
bool chain_field_seen(enum party reader, const struct chain_event *event, const char *field);

#endif

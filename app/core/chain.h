/*
 * chain.h: how events are chained, so that a history shows what was done to it later (LAW 5.1).
 *
 * Pure. A value of an event is hashed with a salt of its own, made from the event's salt: whoever
 * is given some values and salts learns nothing of the others from their hashes. Every hash is the
 * digest of fields of base/digest, in 64 hex digits. Invariant: none of this ever changes; stored
 * links and the files people keep were made with it.
 */
#ifndef CORE_CHAIN_H
#define CORE_CHAIN_H

#include "base/digest.h"

/* The chain of everything, which the operator sees; the others are "isv", "customer" and
 * "partner 90417001". */
#define CHAIN_ALL "all"

/* A changed field as its hash knows it. */
struct chain_field {
    const char *field;
    int64_t row;
    const char *point;
    const char *before;
    const char *after;
};

/* Keeps: what stands in the place of the link before a chain's first one. subject is as in "offer
 * 0f9a..." */
const char *chain_genesis(struct arena *arena, const char *subject, const char *chain);

/* Keep: the salts of a column and of the field at that position. */
const char *chain_column_salt(struct arena *arena, const char *event_salt, const char *name);
const char *chain_field_salt(struct arena *arena, const char *event_salt, int64_t position);

/* Keep: the hashes of a column and of a field. */
const char *chain_column_hash(struct arena *arena, const char *salt, const char *name,
                              const char *value);
const char *chain_field_hash(struct arena *arena, const char *salt,
                             const struct chain_field *field);

/* An event's link: the link before it, the hashes of all its columns in their order, then those of
 * the fields the chain's reader may see, added to the digest one by one as texts. */
void chain_link_begin(struct digest *link, const char *previous);

#endif

/*
 * version.h: an offer as it stood at a submit, value by value, and what differs between two
 * versions for whoever looks (LAW 5, 6.9). Pure.
 *
 * Any two offers can be compared: version_of makes a version of an offer as it stands now.
 * Invariant: who sees a value is the field table's to say, there is no other rule.
 */
#ifndef CORE_VERSION_H
#define CORE_VERSION_H

#include "core/fields.h"

/* row 0 is the offer itself; point tells the prices and quantities of a row apart, and documents by
 * their id. words says what the point is, of a document its SHA-256. */
struct version_value {
    enum field field;
    int row;
    const char *point;
    const char *words;
    const char *value;
};

/* What has no value is not in it. */
struct version {
    struct version_value *values;
    size_t count;
};

/* Keeps the value, which is not "", as the last of the version. */
void version_put(struct version *version, struct version_value value, struct arena *arena);

/* Keeps. offer was loaded for an action, or blanked for a viewer: what is in it is in the version.
 * A row of a whole product has its discount, and no prices: those of its plans are the catalogue's.
 */
struct version version_of(const struct offer *offer, struct arena *arena);

/* A difference as people read it; "" where a side has none. */
struct version_change {
    const char *label; /* "Discount % for Suite, Pro" */
    const char *before;
    const char *after;
};

struct version_changes {
    struct version_change *rows; /* the offer's own first, then row by row */
    size_t count;
};

/* Keeps: what differs, as far as the viewer may see it. by: bits of the parties whose fields are
 * compared (PARTY_ISV, PARTY_PARTNER). What is computed is its author's: a list price the ISV's, a
 * customer price and the tax flag the partner's. */
struct version_changes version_compare(const struct version *before, const struct version *after,
                                       enum party viewer, unsigned by, struct arena *arena);

#endif

/*
 * offers.h: offers, whole: their fields, rows and own prices.
 *
 * Every getter takes the viewer and filters by it in SQL; nothing here gets an offer by its id
 * alone. Not here: lists (store/offer_lists), links and acceptances (store/acceptances).
 */
#ifndef STORE_OFFERS_H
#define STORE_OFFERS_H

#include "core/check.h"
#include "core/offer.h"
#include "store/store.h"

/* Inserts a draft with its name, its type and what it was made from; versions start at 1. */
MUST_CHECK enum err offer_insert(struct db *db, struct arena *arena, const struct offer *offer);

/* Keeps the offer with every field, for actions: prices are computed, nothing is blanked.
 * ERR_ABSENT when there is none for that viewer. */
MUST_CHECK enum err offer_load(struct db *db, struct arena *arena, const struct viewer *viewer,
                               const char *id, struct offer *offer);

/* The same for pages: what the viewer may not see is blanked (core/fields). */
MUST_CHECK enum err offer_view(struct db *db, struct arena *arena, const struct viewer *viewer,
                               const char *id, struct offer *offer);

/* The same of an offer that support cancelled, for those who could see it then (LAW 6.5).
 * ERR_ABSENT for everybody else, and while it is not cancelled. */
MUST_CHECK enum err offer_view_cancelled(struct db *db, struct arena *arena,
                                         const struct viewer *viewer, const char *id,
                                         struct offer *offer);

/* Keeps: what lists by status are sorted by, of a state that lasts until that day. Both ways of In
 * Progress are one status. */
const char *offer_status_key(struct arena *arena, enum offer_state state, const char *due_on);

/* What changed: decides which version grows. */
enum offer_change {
    CHANGE_OF_OFFER, /* what both sellers know of, such as the state */
    CHANGE_OF_PARTNER_FIELDS,
};

/* Writes every column and the rows, if the stored versions are still those of offer; ERR_STALE
 * otherwise. Not whole: only what a move changes, and no row: the state and what follows from
 * it, dates and times of the moves, what was asked, why a publication failed. Sets the walls
 * offered_to and extended_to from the state. The versions in offer are then those stored. */
MUST_CHECK enum err offer_save(struct db *db, struct arena *arena, struct offer *offer,
                               enum offer_change change, bool whole);

struct collisions {
    struct collision *rows;
    size_t count;
};
/* Keeps: other offers for the billing account of offer with one of its plans, in a state that
 * counts (LAW 8.6), whose interval overlaps. At most LIMIT_COLLISIONS. */
MUST_CHECK enum err offer_collisions(struct db *db, struct arena *arena, const struct offer *offer,
                                     struct day today, struct collisions *collisions);

struct offer_ids {
    const char **ids;
    size_t count;
};
/* Keeps at most 50 offers whose publication is due, the longest due first: for the jobs. */
MUST_CHECK enum err offers_to_publish(struct db *db, struct arena *arena, int64_t now,
                                      struct offer_ids *due);

#endif

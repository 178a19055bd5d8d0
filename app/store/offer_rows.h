/*
 * offer_rows.h: the pricing rows of an offer, and its documents without their bytes. For
 * store/offers alone, which has found the offer through its viewer's eyes.
 */
#ifndef STORE_OFFER_ROWS_H
#define STORE_OFFER_ROWS_H

#include "core/offer.h"
#include "store/store.h"

/* Keeps: fills rows, with the list prices of today, and documents. */
MUST_CHECK enum err offer_rows_load(struct db *db, struct arena *arena, struct day today,
                                    struct offer *offer);

/* Writes the rows in the place of those stored; not the documents. */
MUST_CHECK enum err offer_rows_save(struct db *db, const struct offer *offer);

#endif

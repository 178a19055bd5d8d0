/*
 * copy.h: a new draft made from an offer, by cloning or upgrading it (LAW 6.4): from which states,
 * what is copied, and what an upgrade may not change.
 *
 * Pure. Invariant: nothing of the partner's or the customer's is copied, nor what has happened.
 */
#ifndef CORE_COPY_H
#define CORE_COPY_H

#include "core/fields.h"

enum offer_copy { COPY_CLONE, COPY_UPGRADE };

/* ERR_CLOSED when the offer is in no state for it today, ERR_DENIED for another party than the ISV.
 */
MUST_CHECK enum err offer_check_copy(const struct offer *offer, enum offer_copy copy, enum party by,
                                     struct day today);
/* Would it answer OK? Buttons are drawn from this. */
bool offer_may_copy(const struct offer *offer, enum offer_copy copy, enum party by,
                    struct day today);

/* Is the field copied? The name is not: each draft has its own. */
bool field_copied(enum field field);

/* Gives the draft `to`, which has its own id, name and versions, what is copied of `from`: fields,
 * rows under their numbers, and the ISV's documents, still with their ids. */
void offer_copy_fields(const struct offer *from, struct offer *to);

/* What a change of an upgrade's draft may not do becomes a problem at its field: another customer,
 * another partner, a product more, less or other than in the accepted offer. Nothing for others. */
void check_upgrade_keeps(const struct offer *before, const struct offer *after,
                         struct problems *problems);

#endif

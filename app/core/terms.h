/*
 * terms.h: what a customer is asked to accept, as one digest.
 */
#ifndef CORE_TERMS_H
#define CORE_TERMS_H

#include "core/offer.h"

/* Keeps: the digest of everything in the offer that the customer sees and agrees to: parties,
 * dates, products, documents, every list and customer price, each under the name it is shown by
 * (LAW 10.2). The same for a blanked and a full offer. */
char *terms_digest(struct arena *arena, const struct offer *offer);

#endif

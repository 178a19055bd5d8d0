/*
 * partner.h: what a selling partner can do with an offer addressed to it, and for its own account.
 *
 * All run inside the caller's write; outcomes as in actions/isv.h.
 */
#ifndef ACTIONS_PARTNER_H
#define ACTIONS_PARTNER_H

#include "actions/documents.h"

/* Saves the partner's form: adjustments, also those that lead to a price wanted (core/solver),
 * prepared by, contacts, sales note, and what is asked of its documents, NULL for nothing. The ISV
 * sees nothing of it (LAW 6.1 row 7). ERR_ABSENT also when the partner has no such document. */
MUST_CHECK enum err action_partner_save(const struct act *act, const char *id, const char *rev,
                                        const struct answers *answers,
                                        const struct document_edit *documents,
                                        struct problems *problems);

/* May sales tax be charged to the publisher on a sale today (LAW D-11)? Reads only. */
MUST_CHECK enum err publisher_taxable(const struct act *act, const struct publisher *publisher,
                                      bool *taxable);

/* Everything that keeps the offer from being extended now (LAW 9.2); *taxable: sales tax may be
 * charged, because no resale certificate is good (D-11). Reads only. */
MUST_CHECK enum err review_partner(const struct act *act, const struct offer *offer,
                                   struct problems *problems, bool *taxable);

MUST_CHECK enum err action_offer_extend(const struct act *act, const char *id, const char *rev,
                                        struct problems *problems);
/* Files a resale certificate of the person's own account: ERR_DENIED unless the role may (LAW 2.2),
 * ERR_INVALID with problems at ANSWER_STATES and ANSWER_EXPIRES. */
MUST_CHECK enum err action_certificate_file(const struct act *act, const struct answers *answers,
                                            struct problems *problems);

/* Pending acceptance or Expired, back to Pending partner action; the link dies. */
MUST_CHECK enum err action_offer_take_back(const struct act *act, const char *id, const char *rev);

#endif

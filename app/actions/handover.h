/*
 * handover.h: a customer gives a billing account ID to an ISV by a link that works once (LAW 2.3).
 *
 * All run inside the caller's write, but for handover_open, which only reads.
 */
#ifndef ACTIONS_HANDOVER_H
#define ACTIONS_HANDOVER_H

#include "actions/act.h"
#include "store/handovers.h"

/* Makes a link that works for LIMIT_HANDOVER_DAYS of the market's clock; *token is what its address
 * ends with, kept nowhere else. Keeps. ERR_DENIED unless the person has a role on the billing
 * account and that is the organisation's; ERR_INVALID when the account can receive no private
 * offers, or has LIMIT_HANDOVERS links: the problem is at `at`. */
MUST_CHECK enum err action_handover_make(const struct act *act, const char *account, const char *at,
                                         struct problems *problems, const char **token);

/* ERR_ABSENT unless the person has a role on the billing account of a link that still works. */
MUST_CHECK enum err action_handover_withdraw(const struct act *act, const char *key);

/* Keep. Does the link work for whoever holds it? ERR_GONE when it no longer does: *state tells why.
 * ERR_ABSENT when there never was such a link. */
MUST_CHECK enum err handover_open(const struct act *act, const char *token,
                                  struct handover *handover, enum handover_state *state);

/* Where a problem with the chosen draft, or with the link itself, is. */
#define ANSWER_DRAFT "offer"

/* The ISV's: puts the ID into its draft, or into a new one made from the answers of
 * action_offer_create when draft is NULL, and ends the link. *offer is the draft's id. ERR_ABSENT
 * and ERR_GONE as handover_open; ERR_CLOSED when the account can receive no private offers now;
 * ERR_INVALID with problems, with retry_after_s while the ISV has named too many accounts that are
 * not eligible. The link itself counts as no attempt. */
MUST_CHECK enum err action_handover_use(const struct act *act, const char *token, const char *draft,
                                        const struct answers *answers, struct problems *problems,
                                        const char **offer);

#endif

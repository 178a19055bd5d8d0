/*
 * ask.h: what one party asks of another about an offer, whose state stays (LAW 6.7).
 *
 * Runs inside the caller's write; outcomes as in actions/isv.h.
 */
#ifndef ACTIONS_ASK_H
#define ACTIONS_ASK_H

#include "actions/act.h"

/* The answer that holds the reason; problems are at it. */
#define ANSWER_REASON "reason"

/* May the acting person ask that: of a seller's, work on offers, of a customer's, accept this one?
 * ERR_DENIED. */
MUST_CHECK enum err act_may_ask(const struct act *act, enum offer_ask ask,
                                const struct offer *offer);

/* Send back, ask to withdraw, decline, ask for a change: whose each is says the table of moves, and
 * a customer's person must be one who may accept: ERR_DENIED. A later ask of the same side takes
 * the place of the one that stands. */
MUST_CHECK enum err action_offer_ask(const struct act *act, enum offer_ask ask, const char *id,
                                     const char *rev, const struct answers *answers,
                                     struct problems *problems);

#endif

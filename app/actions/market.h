/*
 * market.h: what the operator sets for the whole marketplace: fee, delay, certificates, markets
 * (LAW 2.5).
 *
 * All run inside the caller's write; each change is an event of the marketplace. ERR_INVALID:
 * problems were added and nothing is to be kept.
 */
#ifndef ACTIONS_MARKET_H
#define ACTIONS_MARKET_H

#include "actions/account_acts.h"
#include "store/markets.h"

#define ANSWER_FEE "fee"
#define ANSWER_DELAY "publish_delay"
#define ANSWER_BLOCKING "certificate_blocking"

/* ERR_STALE when anything was set since rev. */
MUST_CHECK enum err action_settings_save(const struct act *act, const char *rev,
                                         const struct answers *answers, struct problems *problems);

#define ANSWER_CODE "code"
#define ANSWER_MARKET_NAME "market_name"
#define ANSWER_CURRENCY "currency"
#define ANSWER_DIGITS "digits"
#define ANSWER_RATE "rate"
#define ANSWER_RATED_ON "rated_on"

/* Adds the market or gives it these facts; the United States stay as they are. */
MUST_CHECK enum err action_market_set(const struct act *act, const struct answers *answers,
                                      struct problems *problems);

/* Keeps: "EUR, 2 decimals, 0.95 of 2023-10-01". */
const char *market_words(struct arena *arena, const struct market *market);

#endif

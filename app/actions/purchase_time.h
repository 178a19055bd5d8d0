/*
 * purchase_time.h: what time has brought to a purchase: payments, renewals, usage, ends (LAW 11).
 *
 * Invariant: it comes out the same however late it is written: every line is of the day it was due,
 * at the prices of that day.
 */
#ifndef ACTIONS_PURCHASE_TIME_H
#define ACTIONS_PURCHASE_TIME_H

#include "actions/act.h"
#include "core/purchase.h"
#include "store/charges.h"

/* Makes and writes everything that is due by act->today: charges, renewals, ends, the commitment.
 * purchase is as stored before and after. act may be anybody's: it is time that acts. */
MUST_CHECK enum err purchase_settle(const struct act *act, struct purchase *purchase);

/* The same without writing: purchase is then as it is today, and charges are those stored followed
 * by those that are only due. Keeps. For pages. */
MUST_CHECK enum err purchase_foresee(const struct act *act, struct purchase *purchase,
                                     struct charges *charges);

/* Settles the purchase of that id, for the jobs. */
MUST_CHECK enum err action_purchase_settle(const struct act *act, const char *id);

/* One more line: numbers it, reckons its amounts (part / whole of its units), takes it from a
 * commitment when eligible, writes it. purchase->charge_count grows. */
MUST_CHECK enum err purchase_charge(const struct act *act, struct purchase *purchase,
                                    struct charge *charge, int64_t part, int64_t whole);
/* Takes back what is left of every line but usage (LAW D-31). */
MUST_CHECK enum err purchase_refund(const struct act *act, struct purchase *purchase);
/* Takes back part / whole of a line, for days that were paid and will not be used. */
MUST_CHECK enum err purchase_credit(const struct act *act, struct purchase *purchase,
                                    const struct charge *charge, int64_t part, int64_t whole);

/* A line of the purchase with nothing reckoned yet. */
struct charge purchase_line(const struct act *act, const struct purchase *purchase,
                            enum charge_kind kind, struct day on, const struct term_prices *prices,
                            const struct unit_price *price);

#endif

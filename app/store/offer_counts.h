/*
 * offer_counts.h: how many offers each account has in each state, kept with every change of an
 * offer, so that a page counts nothing.
 *
 * For offers.c, which writes offers, and checks.c, which counts again; read by offer_lists.c.
 */
#ifndef STORE_OFFER_COUNTS_H
#define STORE_OFFER_COUNTS_H

#include "store/store.h"

/* What one offer adds to offer_count for one hat: a row for its state, and where the state lasts to
 * a day (Expired and Ended need no writing, LAW 6.1) one for that day too. Spans begin with 'm' for
 * a month or a state without days, 'd' for a day: what lies before or after today is then a few
 * months and the days of one. */
#define OFFER_COUNT_ROWS(hat, account, offers, where)                                          \
    "SELECT '" hat "' AS hat, " account " AS account, CASE WHEN o.state IN"                    \
    " ('pending_acceptance', 'accepted') THEN 'm' || SUBSTR(o.due_on, 1, 7) ELSE 'm' END"      \
    " AS span, o.state AS state, " offers " AS offers FROM offer o WHERE " where " AND "       \
    account " IS NOT NULL UNION ALL SELECT '" hat "', " account ", 'd' || o.due_on, o.state, " \
    offers " FROM offer o WHERE " where                                                        \
    " AND o.state IN ('pending_acceptance', 'accepted') AND " account " IS NOT NULL"

#define OFFER_COUNTS(offers, where)                                 \
    OFFER_COUNT_ROWS("isv", "o.isv", offers, where)                 \
    " UNION ALL "                                                   \
    OFFER_COUNT_ROWS("partner", "o.offered_to", offers, where)      \
    " UNION ALL "                                                   \
    OFFER_COUNT_ROWS("customer", "o.extended_to", offers, where)

/* Counts a new offer. */
MUST_CHECK enum err offer_count_in(struct db *db, const char *id);

/* Takes the offer out of the counts if what it counts as is about to change; *out says so: then it
 * is to be counted in again. offered_to and extended_to are NULL for nobody. */
MUST_CHECK enum err offer_count_out(struct db *db, const char *id, const char *state,
                                    const char *due_on, const char *offered_to,
                                    const char *extended_to, bool *out);

#endif

/*
 * notices.h: what time will tell of an offer or a purchase and when, and what an account has
 * switched on (LAW 14).
 *
 * Invariant: one row for each offer or purchase that has something to come; the day in it may be
 * late, never early. Not here: mails (store/outbox).
 */
#ifndef STORE_NOTICES_H
#define STORE_NOTICES_H

#include "core/notice.h"
#include "store/store.h"

/* What a notice, a switch or a feed is of. */
#define NOTICES_OF_OFFER "offer"
#define NOTICES_OF_PURCHASE "purchase"
#define NOTICES_OF_PUBLISHER "publisher"
#define NOTICES_OF_BILLING "billing"

/* Writes what is to come of that offer or purchase. The same about again changes nothing: what was
 * told of it is not told once more. about "" takes the row away. */
MUST_CHECK enum err notice_plan_set(struct db *db, struct arena *arena, const char *of,
                                    const char *id, const struct notice_plan *plan);
/* The same after something was told: plan.on replaces the day; DAY_NONE: nothing more comes. */
MUST_CHECK enum err notice_plan_told(struct db *db, struct arena *arena, const char *of,
                                     const char *id, const struct notice_plan *plan);

struct notices_due {
    const char **ids;
    size_t count;
};
/* Keeps at most LIMIT_NOTICES_DUE offers, or purchases, of which something is to be told by today,
 * the longest due first. */
MUST_CHECK enum err notices_due(struct db *db, struct arena *arena, const char *of,
                                struct day today, struct notices_due *due);

/* on_at 0 switches it off. */
MUST_CHECK enum err notice_switch_set(struct db *db, const char *of, const char *account,
                                      enum notice_switch which, int64_t on_at, const char *person);
/* Which are on: bits 1 << enum notice_switch. */
MUST_CHECK enum err notice_switches_of(struct db *db, const char *of, const char *account,
                                       unsigned *on);

struct addressee {
    const char *email;
    enum billing_role role;
};
struct addressees {
    struct addressee *rows;
    size_t count;
};
/* Keeps; people with a role on a billing account, at most LIMIT_PEOPLE, by role and address. */
MUST_CHECK enum err billing_addressees(struct db *db, struct arena *arena,
                                       const char *billing_account, struct addressees *addressees);

#endif

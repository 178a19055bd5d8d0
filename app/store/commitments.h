/*
 * commitments.h: consumption commitments of billing accounts, and what has used them (LAW 10.4).
 *
 * Invariant: entries are only ever appended; remaining is never below 0 (LAW D-32).
 */
#ifndef STORE_COMMITMENTS_H
#define STORE_COMMITMENTS_H

#include "base/money.h"
#include "store/store.h"

/* A consumption commitment. status is "active", "completed", "expired" or "canceled" as stored;
 * commitment_status_on says what entries and the day have made of it. */
struct commitment {
    const char *billing_account;
    struct day start_on;
    struct day end_on; /* inclusive */
    int64_t amount_cents;
    const char *status;
    int64_t remaining_cents; /* read only */
};
/* ERR_INVALID for another status, or when the account has one that starts on that day. */
MUST_CHECK enum err commitment_insert(struct db *db, struct arena *arena,
                                      const struct commitment *commitment);

/* "Active", "Completed", "Expired", "Canceled" (LAW 10.4). */
const char *commitment_status_on(const struct commitment *commitment, struct day today);

struct commitments {
    struct commitment *rows; /* the earliest first */
    size_t count;
};
/* Keep. Of a billing account that the caller may see; and those of an organisation. At most
 * LIMIT_BILLING_ACCOUNTS. */
MUST_CHECK enum err commitments_of(struct db *db, struct arena *arena, const char *billing_account,
                                   struct commitments *commitments);
MUST_CHECK enum err commitments_of_organisation(struct db *db, struct arena *arena,
                                                const char *organisation,
                                                struct commitments *commitments);

/* A SettledCharges event. */
struct commitment_entry {
    int64_t at;
    struct day settled_on;
    const char *purchase;
    const char *purchase_name; /* read only */
    int charge;
    struct money decrement; /* negative where it came back */
    struct money remaining;
};
/* Appends with the next number. */
MUST_CHECK enum err commitment_append(struct db *db, struct arena *arena,
                                      const struct commitment *commitment,
                                      const struct commitment_entry *entry);
struct commitment_entries {
    struct commitment_entry *rows; /* newest first, at most LIMIT_EVENTS */
    size_t count;
};
/* Keeps; of a commitment that the caller may see. */
MUST_CHECK enum err commitment_entries_of(struct db *db, struct arena *arena,
                                          const struct commitment *commitment,
                                          struct commitment_entries *entries);
/* Keeps what a charge has used: the entries of that line, oldest first, with the day their
 * commitment starts on in settled_on. */
MUST_CHECK enum err commitment_used_by(struct db *db, struct arena *arena, const char *purchase,
                                       int charge, struct commitment_entries *entries);

#endif

/*
 * acceptances.h: acceptance links, and what was accepted by whom.
 */
#ifndef STORE_ACCEPTANCES_H
#define STORE_ACCEPTANCES_H

#include "core/offer.h"
#include "store/store.h"

struct link {
    const char *token;
    const char *offer;
    const char *organisation; /* of the customer it was made for */
    const char *prepared_by;
    int64_t created_at;
    bool dead; /* withdrawn or superseded */
};

/* A new link at each publication (LAW D-13). */
MUST_CHECK enum err link_insert(struct db *db, const struct link *link);
/* Kills the offer's living links, if any. */
MUST_CHECK enum err links_kill(struct db *db, const char *offer);
/* Keeps, dead or alive, for people of that organisation; ERR_ABSENT for everybody else. */
MUST_CHECK enum err link_by_token(struct db *db, struct arena *arena, const char *token,
                                  const char *organisation, struct link *link);
/* Keeps the living link of an offer that the partner has loaded; ERR_ABSENT when there is none. */
MUST_CHECK enum err link_of_offer(struct db *db, struct arena *arena, const char *offer,
                                  struct link *link);
/* Keeps the newest link of an offer, dead or alive, for people of the organisation it was made for:
 * what they may be told when the offer itself is no longer theirs to see. ERR_ABSENT. */
MUST_CHECK enum err link_last_of(struct db *db, struct arena *arena, const char *offer,
                                 const char *organisation, struct link *link);

struct acceptance {
    const char *offer;
    const char *reference;
    const char *person;
    const char *person_name;
    enum billing_role role;
    int64_t at;
    const char *digest; /* of the terms and prices shown */
    /* the parties as they were called then */
    const char *isv_name;
    const char *partner_name;
    const char *organisation_name; /* of the customer */
    const char *account_name;      /* of its billing account */
};

/* Writes the acceptance with what was accepted: what each row sells, the three amounts of every
 * price point and what it is for, every document (LAW 10.2). */
MUST_CHECK enum err acceptance_insert(struct db *db, const struct acceptance *acceptance,
                                      const struct offer *offer);
/* Keeps; of an offer the caller has loaded through its viewer. ERR_ABSENT. */
MUST_CHECK enum err acceptance_of(struct db *db, struct arena *arena, const char *offer,
                                  struct acceptance *acceptance);

/* Makes the offer, which the customer has loaded, what it was when it was accepted: names,
 * products, list and customer prices and documents of then take the place of today's. Prices carry
 * only what their words and sums are made of. Keeps. */
MUST_CHECK enum err acceptance_recall(struct db *db, struct arena *arena,
                                      const struct acceptance *acceptance, struct offer *offer);

#endif

/*
 * isv.h: what an ISV can do with an offer of its own.
 *
 * All run inside the caller's write. Common outcomes: ERR_ABSENT not yours, ERR_DENIED your role
 * may not, ERR_CLOSED the state does not allow it, ERR_STALE somebody saved since rev, ERR_INVALID
 * problems were added and nothing is to be kept.
 */
#ifndef ACTIONS_ISV_H
#define ACTIONS_ISV_H

#include "actions/act.h"

/* Creates a draft from the field "name". *id is the new offer's. Keeps. */
MUST_CHECK enum err action_offer_create(const struct act *act, const struct answers *answers,
                                        struct problems *problems, const char **id);

/* What a button of the setup form does besides saving all of it. */
struct draft_edit {
    bool remove_partner;
    int remove_row; /* 0 = none */
};

/* Saves the draft's form (D-26: what is malformed refuses everything, what is missing nothing). */
MUST_CHECK enum err action_draft_save(const struct act *act, const char *id, const char *rev,
                                      const struct answers *answers, const struct draft_edit *edit,
                                      struct problems *problems);

/* A plan somebody ticked. */
struct plan_choice {
    const char *product;
    const char *plan;
};

/* Adds a row for each plan; all or none. Problems are at "plan": not one of yours that can be sold,
 * in the offer already, more than LIMIT_ROWS. */
MUST_CHECK enum err action_rows_add(const struct act *act, const char *id, const char *rev,
                                    const struct plan_choice *choices, size_t count,
                                    struct problems *problems);

/* Saves the own prices of an absolute row: every price point must be there. Makes the row absolute.
 */
MUST_CHECK enum err action_prices_save(const struct act *act, const char *id, const char *rev,
                                       int row, const struct answers *answers,
                                       struct problems *problems);

/* Everything that keeps the draft from being submitted now (LAW 9.1); for the review page. Reads
 * only. */
MUST_CHECK enum err review_isv(const struct act *act, const struct offer *offer,
                               struct problems *problems);

MUST_CHECK enum err action_offer_submit(const struct act *act, const char *id, const char *rev,
                                        struct problems *problems);
MUST_CHECK enum err action_offer_withdraw(const struct act *act, const char *id, const char *rev);
MUST_CHECK enum err action_offer_delete(const struct act *act, const char *id, const char *rev);

#endif

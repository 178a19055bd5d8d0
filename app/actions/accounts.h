/*
 * accounts.h: what the operator does to publisher accounts and organisations, and who does what to
 * their people (LAW 2.2, 2.5).
 *
 * All run inside the caller's write, and each change is an event of the account in the same write.
 * What is so already is no change. Common outcomes: ERR_ABSENT no such account, or no such person
 * of it; ERR_INVALID problems were added and nothing is to be kept.
 */
#ifndef ACTIONS_ACCOUNTS_H
#define ACTIONS_ACCOUNTS_H

#include "actions/account_acts.h"

#define ANSWER_KIND "kind"
#define ANSWER_SELLER_ID "seller_id"
#define ANSWER_HQ_STATE "hq_state"
#define ANSWER_PROGRAMME "in_programme"
#define ANSWER_MARKETPLACE "marketplace_account"
#define ANSWER_ENROLLED "enrolled"
#define ANSWER_TAX_STATUS "tax_status"
#define ANSWER_TAX_COUNTRY "tax_country"

/* Saves the facts of a publisher account, or the name of an organisation; ERR_STALE when anything
 * of it was changed since rev. */
MUST_CHECK enum err action_account_save(const struct act *act, const char *account, const char *rev,
                                        const struct answers *answers, struct problems *problems);

/* A new one, of the kind ACCOUNT_PUBLISHER or ACCOUNT_ORGANISATION. Keeps its id. */
MUST_CHECK enum err action_account_create(const struct act *act, const struct answers *answers,
                                          struct problems *problems, const char **id);

/* Which of the two it is, and its name. Keeps; ERR_ABSENT. */
struct account_found {
    const char *kind;
    const char *id;
    const char *name;
    bool publishes;
};
MUST_CHECK enum err account_find(struct db *db, struct arena *arena, const char *id,
                                 struct account_found *found);

/* ---- People ------------------------------------------------------------------------------------
 */

#define ANSWER_PERSON "person"
#define ANSWER_EMAIL "email"
#define ANSWER_PERSON_NAME "person_name"
#define ANSWER_NEW_ROLE "new_role"
#define ANSWER_PASSWORD "password"
#define ANSWER_ROLE "role"
#define ACCESS "access" /* the role of an organisation's people in forms */

/* What is wrong with the form of a new person, the password too, before it is hashed. */
void person_form_check(const struct act *act, const struct account_found *account,
                       const struct answers *answers, struct problems *problems);

/* Adds the person with the hash of their first password. */
MUST_CHECK enum err action_person_add(const struct act *act, const struct account_found *account,
                                      const struct answers *answers, const char *hash,
                                      struct problems *problems);

/* Gives somebody of the account another role, ACCESS in an organisation, or "": no access, and
 * every session of theirs ends. Nobody does it to themselves, and a publisher account keeps an
 * owner. */
MUST_CHECK enum err action_person_set(const struct act *act, const struct account_found *account,
                                      const char *person, const char *role,
                                      struct problems *problems);

#endif

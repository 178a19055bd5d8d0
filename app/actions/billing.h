/*
 * billing.h: what the operator can change of a billing account and of the Azure subscriptions it
 * pays for (LAW 2.5).
 *
 * All run inside the caller's write, and each change is an event of the account in the same write.
 * What is so already is no change. Common outcomes: ERR_ABSENT no such account, or no such
 * subscription of it; ERR_INVALID problems were added and nothing is to be kept.
 */
#ifndef ACTIONS_BILLING_H
#define ACTIONS_BILLING_H

#include "actions/account_acts.h"

/* The answers of the form of facts, beside those of actions/account_acts. */
#define ANSWER_POLICY "policy"
#define ANSWER_PAYMENT_VALID "payment_valid"
#define ANSWER_PAYMENT_METHOD "payment_method"
#define ANSWER_PRIVATE_STORE "private_store"

/* What was chosen; problems with it are at person_at and role_at. */
struct role_choice {
    const char *person; /* an id */
    const char *role;
    const char *person_at;
    const char *role_at;
};

/* Keeps: what a form of the account's facts says it was made from. */
MUST_CHECK enum err billing_rev(struct db *db, struct arena *arena, const char *account,
                                const char **rev);

/* ERR_STALE when anything of the account was changed since rev. */
MUST_CHECK enum err action_billing_save(const struct act *act, const char *account, const char *rev,
                                        const struct answers *answers, struct problems *problems);

MUST_CHECK enum err action_tags_require(const struct act *act, const char *account,
                                        const char *subscription, bool required);
/* Problems are at `at`. */
MUST_CHECK enum err action_group_add(const struct act *act, const char *account,
                                     const char *subscription, const char *name, const char *at,
                                     struct problems *problems);
/* ERR_ABSENT when there is no such group either. */
MUST_CHECK enum err action_group_lock(const struct act *act, const char *account,
                                      const char *subscription, const char *name, bool locked);

/* Gives somebody of the account's organisation a role on the account, or on one of its
 * subscriptions, or takes it away: role is a text of billing_role_text, of azure_role_text, or "".
 */
MUST_CHECK enum err action_billing_role_set(const struct act *act, const char *account,
                                            const struct role_choice *choice,
                                            struct problems *problems);
MUST_CHECK enum err action_azure_role_set(const struct act *act, const char *account,
                                          const char *subscription,
                                          const struct role_choice *choice,
                                          struct problems *problems);

#endif

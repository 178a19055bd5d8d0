/*
 * account_acts.h: what acts on accounts do alike: read facts from a form, and record each change as
 * an event of the account in the same write (LAW 2.5).
 */
#ifndef ACTIONS_ACCOUNT_ACTS_H
#define ACTIONS_ACCOUNT_ACTS_H

#include "actions/act.h"

/* Answers of forms of facts; those of the flags are ANSWER_YES and ANSWER_NO. */
#define ANSWER_ACCOUNT_NAME "name"
#define ANSWER_COUNTRY "country"
#define ANSWER_ACTIVE "active"
#define ANSWER_YES "yes"
#define ANSWER_NO "no"

/* Keeps: what a form of the account's facts says it was made from; another after each event. */
MUST_CHECK enum err account_rev(struct db *db, struct arena *arena, const char *kind,
                                const char *account, const char **rev);

/* Nothing when before and after are the same. */
MUST_CHECK enum err account_record(const struct act *act, const char *kind, const char *account,
                                   const char *field, const char *before, const char *after);

/* A fact of an account as it was and as it is. */
struct account_fact {
    const char *field;
    const char *before;
    const char *after;
};
/* account_record for each of them. */
MUST_CHECK enum err account_record_facts(const struct act *act, const char *kind,
                                         const char *account, const struct account_fact *facts,
                                         size_t count);

const char *yes_no(bool yes);                                             /* "Yes", "No" */
const char *answer_text(const struct answers *answers, const char *name); /* "" when not sent */

/* Keep what was typed; what is wrong with it becomes a problem. */
const char *answer_name(const struct act *act, const struct answers *answers,
                        struct problems *problems);
const char *answer_country(const struct act *act, const struct answers *answers, const char *name,
                           bool optional, struct problems *problems);
void answer_flag(const struct answers *answers, const char *name, bool *flag,
                 struct problems *problems);

#endif

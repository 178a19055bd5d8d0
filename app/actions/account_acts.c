/*
 * account_acts.c: facts out of forms, and events of accounts.
 *
 * Invariant: a fact and the event that tells of it are written together.
 */
#include "actions/account_acts.h"

#include <inttypes.h>
#include <string.h>

#include "base/text.h"
#include "store/account_events.h"

#define CODE_CHARS 2

enum err
account_rev(struct db *db, struct arena *arena, const char *kind, const char *account,
            const char **rev)
{
    int64_t last = 0;

    TRY(account_event_last(db, kind, account, &last));
    *rev = arena_format(arena, "%" PRId64, last);
    return OK;
}

enum err
account_record(const struct act *act, const char *kind, const char *account, const char *field,
               const char *before, const char *after)
{
    const struct account_event event = {.at = act->now,
                                        .person = act->person,
                                        .person_name = act->person_name,
                                        .field = field,
                                        .before = before,
                                        .after = after};

    if (text_equal(before, after))
        return OK;
    return account_event_append(act->db, act->arena, act->world, kind, account, &event);
}

enum err
account_record_facts(const struct act *act, const char *kind, const char *account,
                     const struct account_fact *facts, size_t count)
{
    for (size_t i = 0; i < count; i++)
        TRY(account_record(act, kind, account, facts[i].field, facts[i].before, facts[i].after));
    return OK;
}

const char *
yes_no(bool yes)
{
    return yes ? "Yes" : "No";
}

const char *
answer_text(const struct answers *answers, const char *name)
{
    const char *value = answers->get(answers->context, name);

    return value == NULL ? "" : value;
}

const char *
answer_name(const struct act *act, const struct answers *answers, struct problems *problems)
{
    const char *name = text_trim(act->arena, answer_text(answers, ANSWER_ACCOUNT_NAME));

    if (*name == '\0' || text_has_control(name, false))
        problem_add(problems, ANSWER_ACCOUNT_NAME, "Enter a name");
    else if (text_count(name) > LIMIT_ACCOUNT_NAME)
        problem_add(problems, ANSWER_ACCOUNT_NAME, "Shorten the name to %d characters",
                    LIMIT_ACCOUNT_NAME);
    return name;
}

const char *
answer_country(const struct act *act, const struct answers *answers, const char *name,
               bool optional, struct problems *problems)
{
    const char *code = text_trim(act->arena, answer_text(answers, name));

    if (optional && *code == '\0')
        return code;
    if (strlen(code) != CODE_CHARS || strspn(code, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") != CODE_CHARS)
        problem_add(problems, name, "Enter the country as two capital letters, for example US");
    return code;
}

void
answer_flag(const struct answers *answers, const char *name, bool *flag, struct problems *problems)
{
    const char *value = answer_text(answers, name);

    *flag = text_equal(value, ANSWER_YES);
    if (!*flag && !text_equal(value, ANSWER_NO))
        problem_add(problems, name, "Choose one of the two");
}

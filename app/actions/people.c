/*
 * people.c: who signs in for an account, and as what.
 *
 * Not here: passwords in the clear beyond the check of a new one, roles on billing accounts
 * (actions/billing). Invariant: nobody is deleted: histories name them.
 */
#include "actions/accounts.h"

#include <string.h>

#include "auth/password.h"
#include "base/text.h"
#include "store/people.h"
#include "store/sessions.h"

#define NO_ACCESS "No access"

/* What a form calls a role: ROLE_NONE and true for ACCESS of an organisation. */
static bool
read_role(const struct account_found *account, const char *text, enum publisher_role *role)
{
    *role = ROLE_NONE;
    if (!account->publishes)
        return text_equal(text, ACCESS);
    return role_read(text, role) == OK && *role != ROLE_NONE;
}

/* What an event calls it. */
static const char *
access_words(const struct account_found *account, enum publisher_role role, bool active)
{
    if (!active)
        return NO_ACCESS;
    return account->publishes ? role_words(role) : "Access";
}

void
person_form_check(const struct act *act, const struct account_found *account,
                  const struct answers *answers, struct problems *problems)
{
    const char *name = text_trim(act->arena, answer_text(answers, ANSWER_PERSON_NAME));
    enum publisher_role role;

    if (!text_is_email(text_trim(act->arena, answer_text(answers, ANSWER_EMAIL))))
        problem_add(problems, ANSWER_EMAIL, "Enter an email address such as name@company.example");
    if (*name == '\0' || text_has_control(name, false) || text_count(name) > LIMIT_PERSON_NAME)
        problem_add(problems, ANSWER_PERSON_NAME, "Enter a name of at most %d characters",
                    LIMIT_PERSON_NAME);
    if (!read_role(account, answer_text(answers, ANSWER_NEW_ROLE), &role))
        problem_add(problems, ANSWER_NEW_ROLE, "Choose a role");
    if (!password_acceptable(answer_text(answers, ANSWER_PASSWORD)))
        problem_add(problems, ANSWER_PASSWORD, "Enter a first password of at least %d characters",
                    LIMIT_PASSWORD_MIN);
}

enum err
action_person_add(const struct act *act, const struct account_found *account,
                  const struct answers *answers, const char *hash, struct problems *problems)
{
    struct person person = {
        .id = world_guid(act->world, act->arena),
        .email = text_trim(act->arena, answer_text(answers, ANSWER_EMAIL)),
        .name = text_trim(act->arena, answer_text(answers, ANSWER_PERSON_NAME)),
        .password = hash,
        .publisher = account->publishes ? account->id : "",
        .organisation = account->publishes ? "" : account->id,
    };
    struct people people;
    enum err outcome;

    if (!read_role(account, answer_text(answers, ANSWER_NEW_ROLE), &person.role))
        return ERR_INVALID;
    TRY(people_ever_of(act->db, act->arena, person.publisher, person.organisation, &people));
    if (people.count == LIMIT_PEOPLE) {
        problem_add(problems, ANSWER_EMAIL, "An account has up to %d people; this one is full",
                    LIMIT_PEOPLE);
        return ERR_INVALID;
    }
    outcome = person_insert(act->db, act->arena, &person);
    if (outcome == ERR_INVALID)
        problem_add(problems, ANSWER_EMAIL, "Somebody signs in with this email address already");
    TRY(outcome);
    return account_record(act, account->kind, account->id,
                          arena_format(act->arena, "%s added", person.name), "",
                          access_words(account, person.role, true));
}

/* Does the account keep an owner when that person is one no more? */
static bool
owner_left(const struct people *people, const char *person)
{
    for (size_t i = 0; i < people->count; i++) {
        const struct person_listed *other = &people->rows[i];

        if (other->active && other->role == ROLE_ACCOUNT_OWNER && !text_equal(other->id, person))
            return true;
    }
    return false;
}

/* The person of the account; NULL when it has no such. */
static const struct person_listed *
person_of(const struct people *people, const char *person)
{
    for (size_t i = 0; i < people->count; i++) {
        if (text_equal(people->rows[i].id, person))
            return &people->rows[i];
    }
    return NULL;
}

static enum err
set_access(const struct act *act, const struct account_found *account,
           const struct person_listed *found, enum publisher_role role, bool active)
{
    if (found->active == active && found->role == role)
        return OK;
    TRY(person_set_access(act->db, found->id, role, active));
    if (!active)
        TRY(session_delete_others(act->db, found->id, "")); /* no session's token digests to "" */
    return account_record(
        act, account->kind, account->id, arena_format(act->arena, "Role of %s", found->name),
        access_words(account, found->role, found->active), access_words(account, role, active));
}

enum err
action_person_set(const struct act *act, const struct account_found *account, const char *person,
                  const char *role, struct problems *problems)
{
    const struct person_listed *found;
    bool active = *role != '\0';
    enum publisher_role wanted = ROLE_NONE;
    struct people people;

    TRY(people_ever_of(act->db, act->arena, account->publishes ? account->id : "",
                       account->publishes ? "" : account->id, &people));
    found = person_of(&people, person);
    if (found == NULL) {
        problem_add(problems, ANSWER_PERSON, "Choose somebody of the account");
        return ERR_INVALID;
    }
    if (text_equal(found->id, act->person))
        problem_add(problems, ANSWER_PERSON, "Somebody else changes your own role");
    if (active && !read_role(account, role, &wanted))
        problem_add(problems, ANSWER_ROLE, "Choose a role");
    else if (found->active && found->role == ROLE_ACCOUNT_OWNER && wanted != ROLE_ACCOUNT_OWNER &&
             !owner_left(&people, found->id))
        problem_add(problems, ANSWER_ROLE,
                    "Make somebody else account owner first: an account keeps one");
    if (problems->count > 0)
        return ERR_INVALID;
    return set_access(act, account, found, active ? wanted : found->role, active);
}

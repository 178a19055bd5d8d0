/*
 * people_parts.c: who signs in for an account, listed and changed.
 *
 * Not here: what may be changed (actions/people). Invariant: a first password is typed by whoever
 * adds the person, handed over by their own means, and shown nowhere again.
 */
#include "pages/people_parts.h"

#include "base/text.h"
#include "pages/parts.h"
#include "pages/serve.h"
#include "store/people.h"

#define NO_ACCESS "No access"

#define UNCHOSEN "unchosen" /* is no role: nobody loses access by forgetting to choose */

/* Nothing chosen; account owner, ..., or Access where there are no roles; then No access. */
static size_t
role_choices(const struct account_found *account, bool with_none, struct choice *choices)
{
    size_t count = 1;

    choices[0] = (struct choice){UNCHOSEN, "Choose a role", NULL};
    if (!account->publishes)
        choices[count++] = (struct choice){ACCESS, "Access", NULL};
    for (int i = ROLE_NONE + 1; account->publishes && i < ROLE_COUNT; i++)
        choices[count++] = (struct choice){role_text((enum publisher_role)i),
                                           role_words((enum publisher_role)i), NULL};
    if (with_none)
        choices[count++] = (struct choice){"", NO_ACCESS, NULL};
    return count;
}

static void
list_put(struct exchange *x, struct view *card, const struct account_found *account,
         const struct people *people, struct choice *choices)
{
    for (size_t i = 0; i < people->count; i++) {
        const struct person_listed *person = &people->rows[i];
        struct view *row = view_section(card, NAME_PERSON);

        choices[i + 1] = (struct choice){
            person->id, arena_format(x->arena, "%s, %s", person->name, person->email), NULL};
        view_text(row, NAME_WHO_NAME, person->name);
        view_format(row, NAME_WHO_ROLE, "%s, %s", person->email,
                    !person->active      ? NO_ACCESS
                    : account->publishes ? role_words(person->role)
                                         : "Access");
    }
    if (people->count == 0)
        view_show(card, NAME_NOBODY);
}

enum err
people_card(struct exchange *x, struct view *view, const struct account_found *account,
            const char *path)
{
    static const struct field_look mail = {.hint = "They sign in with it"};
    struct view *card = view_part(view, NAME_PEOPLE_CARD, PAGE_PART_PEOPLE);
    struct choice roles[ROLE_COUNT + 2];
    struct choice *persons;
    struct people people;
    size_t count;

    TRY(people_ever_of(x->db, x->arena, account->publishes ? account->id : "",
                       account->publishes ? "" : account->id, &people));
    persons = arena_array(x->arena, struct choice, people.count + 1);
    persons[0] = (struct choice){"", "Nobody chosen", NULL};
    list_put(x, card, account, &people, persons);
    view_format(card, NAME_ROLES_ACTION, "%s/roles", path);
    view_format(card, NAME_PEOPLE_ACTION, "%s/people", path);
    count = role_choices(account, true, roles);
    part_select(x, card, NAME_FIELD_MEMBER, ANSWER_PERSON, "Person", persons, people.count + 1, "");
    part_select(x, card, NAME_FIELD_MEMBER_ROLE, ANSWER_ROLE, "Role", roles, count, UNCHOSEN);
    count = role_choices(account, false, roles);
    part_text(x, card, NAME_FIELD_EMAIL, ANSWER_EMAIL, "Email", "email", "", &mail);
    part_text(x, card, NAME_FIELD_PERSON, ANSWER_PERSON_NAME, "Full name", "text", "", NULL);
    part_select(x, card, NAME_FIELD_ROLE, ANSWER_NEW_ROLE, "Role of the new person", roles, count,
                UNCHOSEN);
    part_password(x, card, NAME_FIELD_NEW, ANSWER_PASSWORD, "First password", "new-password",
                  arena_format(x->arena,
                               "At least %d characters. Hand it over yourself; nobody is emailed, "
                               "and they change it under Account",
                               LIMIT_PASSWORD_MIN));
    return OK;
}

enum err
people_access_set(struct exchange *x, const struct account_found *account)
{
    const struct act act = exchange_act(x);

    return action_person_set(&act, account, posted(x, ANSWER_PERSON), posted(x, ANSWER_ROLE),
                             x->problems);
}

/* The write, after the hash that takes so long. */
static enum err
add_in_write(struct exchange *x, const struct account_found *account, const char *hash)
{
    const struct answers answers = exchange_answers(x);
    struct act act = exchange_act(x);

    TRY(write_begin(x->service->store, &act.db));
    return write_finish(x->service->store, act.db,
                        action_person_add(&act, account, &answers, hash, x->problems));
}

enum err
people_add(struct exchange *x, const struct account_found *account)
{
    const struct answers answers = exchange_answers(x);
    const struct act act = exchange_act(x);
    const char *hash = NULL;

    person_form_check(&act, account, &answers, x->problems);
    if (x->problems->count > 0)
        return ERR_INVALID;
    TRY(password_hash(x->hasher, x->arena, posted(x, ANSWER_PASSWORD), &hash));
    return add_in_write(x, account, hash);
}

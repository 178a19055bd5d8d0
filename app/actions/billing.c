/*
 * billing.c: the operator's acts on billing accounts.
 *
 * Invariant: a fact and the event that tells of it are written together.
 */
#include "actions/billing.h"

#include "actions/account_acts.h"
#include "base/text.h"
#include "store/account_events.h"
#include "store/accounts.h"
#include "store/people.h"
#include "store/subscriptions.h"

enum err
billing_rev(struct db *db, struct arena *arena, const char *account, const char **rev)
{
    return account_rev(db, arena, ACCOUNT_BILLING, account, rev);
}

static enum err
record(const struct act *act, const char *account, const char *field, const char *before,
       const char *after)
{
    return account_record(act, ACCOUNT_BILLING, account, field, before, after);
}

static void
read_facts(const struct act *act, const struct answers *answers, struct billing_account *account,
           struct problems *problems)
{
    account->name = answer_name(act, answers, problems);
    account->country = answer_country(act, answers, ANSWER_COUNTRY, false, problems);
    answer_flag(answers, ANSWER_ACTIVE, &account->active, problems);
    answer_flag(answers, ANSWER_PAYMENT_VALID, &account->payment_valid, problems);
    answer_flag(answers, ANSWER_PRIVATE_STORE, &account->private_store, problems);
    account->payment_method = answer_text(answers, ANSWER_PAYMENT_METHOD);
    if (marketplace_policy_read(answer_text(answers, ANSWER_POLICY), &account->policy) != OK)
        problem_add(problems, ANSWER_POLICY, "Choose what may be purchased");
    if (payment_method_words(account->payment_method) == NULL)
        problem_add(problems, ANSWER_PAYMENT_METHOD, "Choose a payment method");
}

static enum err
record_changes(const struct act *act, const struct billing_account *before,
               const struct billing_account *after)
{
    const struct account_fact facts[] = {
        {"Name", before->name, after->name},
        {"Country", before->country, after->country},
        {"Active", yes_no(before->active), yes_no(after->active)},
        {"Marketplace purchases", marketplace_policy_words(before->policy),
         marketplace_policy_words(after->policy)},
        {"Payment instrument valid", yes_no(before->payment_valid), yes_no(after->payment_valid)},
        {"Payment method", payment_method_words(before->payment_method),
         payment_method_words(after->payment_method)},
        {"Private store", yes_no(before->private_store), yes_no(after->private_store)},
    };

    return account_record_facts(act, ACCOUNT_BILLING, before->id, facts, COUNT(facts));
}

enum err
action_billing_save(const struct act *act, const char *account, const char *rev,
                    const struct answers *answers, struct problems *problems)
{
    struct billing_account before;
    struct billing_account after;
    const char *now = NULL;

    TRY(billing_account_find(act->db, act->arena, account, &before));
    TRY(billing_rev(act->db, act->arena, account, &now));
    if (!text_equal(rev, now))
        return ERR_STALE;
    after = before;
    read_facts(act, answers, &after, problems);
    if (problems->count > 0)
        return ERR_INVALID;
    TRY(record_changes(act, &before, &after));
    return billing_account_update_facts(act->db, &after);
}

enum err
action_tags_require(const struct act *act, const char *account, const char *subscription,
                    bool required)
{
    static const char *const words[] = {"No tags required", "Tags required"};
    struct azure_subscription found;

    TRY(azure_subscription_billed(act->db, act->arena, account, subscription, &found));
    if (found.tags_required == required)
        return OK;
    TRY(azure_subscription_set_tags(act->db, found.id, required));
    return record(act, account, arena_format(act->arena, "Tag policy of %s", found.name),
                  words[found.tags_required], words[required]);
}

/* What an event says of a group. */
static const char *
group_words(bool locked)
{
    return locked ? "Locked" : "Unlocked";
}

static const char *
group_field(const struct act *act, const struct azure_subscription *subscription, const char *name)
{
    return arena_format(act->arena, "Resource group %s of %s", name, subscription->name);
}

enum err
action_group_add(const struct act *act, const char *account, const char *subscription,
                 const char *name, const char *at, struct problems *problems)
{
    const char *typed = text_trim(act->arena, name);
    struct azure_subscription found;
    struct resource_groups groups;
    enum err outcome;

    TRY(azure_subscription_billed(act->db, act->arena, account, subscription, &found));
    TRY(resource_groups_of(act->db, act->arena, found.id, &groups));
    if (!resource_group_name_valid(typed))
        problem_add(problems, at,
                    "Enter a name of 1 to %d letters, digits and - _ . ( ), not ending with a "
                    "full stop",
                    LIMIT_RESOURCE_GROUP_NAME);
    else if (groups.count == LIMIT_RESOURCE_GROUPS)
        problem_add(problems, at, "A subscription has up to %d resource groups; this one is full",
                    LIMIT_RESOURCE_GROUPS);
    if (problems->count > 0)
        return ERR_INVALID;
    outcome = resource_group_insert(act->db, act->arena, found.id, typed);
    if (outcome == ERR_INVALID)
        problem_add(problems, at, "%s has a resource group of this name already", found.name);
    TRY(outcome);
    return record(act, account, group_field(act, &found, typed), "", group_words(false));
}

enum err
action_group_lock(const struct act *act, const char *account, const char *subscription,
                  const char *name, bool locked)
{
    struct azure_subscription found;
    struct resource_groups groups;

    TRY(azure_subscription_billed(act->db, act->arena, account, subscription, &found));
    TRY(resource_groups_of(act->db, act->arena, found.id, &groups));
    for (size_t i = 0; i < groups.count; i++) {
        const struct resource_group *group = &groups.rows[i];

        if (!text_equal(group->name, name))
            continue;
        if (group->locked == locked)
            return OK;
        TRY(resource_group_lock(act->db, act->arena, found.id, name, locked));
        return record(act, account, group_field(act, &found, name), group_words(group->locked),
                      group_words(locked));
    }
    return ERR_ABSENT;
}

/* The person chosen, when they are of the organisation; else a problem. */
static enum err
choice_person(const struct act *act, const char *organisation, const struct role_choice *choice,
              struct person *person, struct problems *problems)
{
    enum err outcome = person_by_id(act->db, act->arena, choice->person, person);

    if (outcome != OK && outcome != ERR_ABSENT)
        return outcome;
    if (outcome == OK && text_equal(person->organisation, organisation))
        return OK;
    problem_add(problems, choice->person_at, "Choose somebody of the organisation");
    return ERR_INVALID;
}

/* What an event says of a role: before and after are "" for none. */
static enum err
record_role(const struct act *act, const char *account, const struct person *person,
            const char *where, const char *before, const char *after)
{
    return record(act, account, arena_format(act->arena, "Role of %s on %s", person->name, where),
                  *before == '\0' ? "None" : before, *after == '\0' ? "None" : after);
}

enum err
action_billing_role_set(const struct act *act, const char *account,
                        const struct role_choice *choice, struct problems *problems)
{
    bool takes = *choice->role == '\0';
    enum billing_role role = BILLING_READER;
    enum billing_role held = BILLING_READER;
    struct billing_account found;
    struct person person;
    enum err had;

    TRY(billing_account_find(act->db, act->arena, account, &found));
    TRY(choice_person(act, found.organisation, choice, &person, problems));
    if (!takes && billing_role_read(choice->role, &role) != OK) {
        problem_add(problems, choice->role_at, "Choose a role");
        return ERR_INVALID;
    }
    had = billing_role_of(act->db, account, person.id, &held);
    if (had != OK && had != ERR_ABSENT)
        return had;
    if (takes ? had == ERR_ABSENT : had == OK && held == role)
        return OK;
    if (takes)
        TRY(billing_member_remove(act->db, account, person.id));
    else
        TRY(billing_member_set(act->db, account, person.id, role));
    return record_role(act, account, &person, "the billing account",
                       had == OK ? billing_role_words(held) : "",
                       takes ? "" : billing_role_words(role));
}

enum err
action_azure_role_set(const struct act *act, const char *account, const char *subscription,
                      const struct role_choice *choice, struct problems *problems)
{
    bool takes = *choice->role == '\0';
    enum azure_role role = AZURE_READER;
    enum azure_role held = AZURE_READER;
    struct azure_subscription found;
    struct person person;
    enum err had;

    TRY(azure_subscription_billed(act->db, act->arena, account, subscription, &found));
    TRY(choice_person(act, found.organisation, choice, &person, problems));
    if (!takes && azure_role_read(choice->role, &role) != OK) {
        problem_add(problems, choice->role_at, "Choose a role");
        return ERR_INVALID;
    }
    had = azure_role_of(act->db, found.id, person.id, &held);
    if (had != OK && had != ERR_ABSENT)
        return had;
    if (takes ? had == ERR_ABSENT : had == OK && held == role)
        return OK;
    if (takes)
        TRY(azure_member_remove(act->db, found.id, person.id));
    else
        TRY(azure_member_set(act->db, found.id, person.id, role));
    return record_role(act, account, &person, found.name, had == OK ? azure_role_words(held) : "",
                       takes ? "" : azure_role_words(role));
}

/*
 * accounts.c: facts of publisher accounts and organisations.
 *
 * Not here: their people (actions/people), billing accounts (actions/billing).
 */
#include "actions/accounts.h"

#include <string.h>

#include "base/text.h"
#include "core/certificate.h"
#include "store/account_events.h"
#include "store/accounts.h"

#define SELLER_DIGITS 12

enum err
account_find(struct db *db, struct arena *arena, const char *id, struct account_found *found)
{
    struct publisher publisher;
    struct organisation organisation;
    enum err outcome = publisher_by_id(db, arena, id, &publisher);

    if (outcome == OK) {
        *found = (struct account_found){ACCOUNT_PUBLISHER, publisher.id, publisher.name, true};
        return OK;
    }
    if (outcome != ERR_ABSENT)
        return outcome;
    TRY(organisation_by_id(db, arena, id, &organisation));
    *found =
        (struct account_found){ACCOUNT_ORGANISATION, organisation.id, organisation.name, false};
    return OK;
}

/* Of the United States alone; elsewhere nothing. */
static const char *
read_state(const struct act *act, const struct answers *answers, const char *country,
           struct problems *problems)
{
    const char *state = text_trim(act->arena, answer_text(answers, ANSWER_HQ_STATE));
    bool at_home = text_equal(country, "US");

    if (*state == '\0' || (at_home && certificate_state_known(state)))
        return state;
    problem_add(problems, ANSWER_HQ_STATE,
                at_home ? "Enter the state as two capital letters, for example WA, or nothing"
                        : "Leave the state empty outside the United States");
    return state;
}

static void
read_publisher(const struct act *act, const struct answers *answers, struct publisher *publisher,
               struct problems *problems)
{
    publisher->name = answer_name(act, answers, problems);
    publisher->location = answer_country(act, answers, ANSWER_COUNTRY, false, problems);
    publisher->hq_state = read_state(act, answers, publisher->location, problems);
    answer_flag(answers, ANSWER_PROGRAMME, &publisher->in_programme, problems);
    answer_flag(answers, ANSWER_MARKETPLACE, &publisher->has_marketplace_account, problems);
    answer_flag(answers, ANSWER_ENROLLED, &publisher->enrolled, problems);
    answer_flag(answers, ANSWER_ACTIVE, &publisher->active, problems);
    if (tax_status_read(answer_text(answers, ANSWER_TAX_STATUS), &publisher->tax_status) != OK)
        problem_add(problems, ANSWER_TAX_STATUS, "Choose how complete the tax profile is");
    publisher->tax_country = answer_country(act, answers, ANSWER_TAX_COUNTRY, true, problems);
    if (publisher->tax_status == TAX_COMPLETE && *publisher->tax_country == '\0')
        problem_add(problems, ANSWER_TAX_COUNTRY, "Enter the country of the tax profile");
}

static enum err
record_publisher(const struct act *act, const struct publisher *before,
                 const struct publisher *after)
{
    const struct account_fact facts[] = {
        {"Name", before->name, after->name},
        {"Country", before->location, after->location},
        {"State of headquarters", before->hq_state, after->hq_state},
        {"Partner programme", yes_no(before->in_programme), yes_no(after->in_programme)},
        {"Marketplace account", yes_no(before->has_marketplace_account),
         yes_no(after->has_marketplace_account)},
        {"Enrolled in the marketplace", yes_no(before->enrolled), yes_no(after->enrolled)},
        {"Active", yes_no(before->active), yes_no(after->active)},
        {"Tax profile", tax_status_text(before->tax_status), tax_status_text(after->tax_status)},
        {"Tax country", before->tax_country, after->tax_country},
    };

    return account_record_facts(act, ACCOUNT_PUBLISHER, before->id, facts, COUNT(facts));
}

static enum err
publisher_save(const struct act *act, const char *id, const struct answers *answers,
               struct problems *problems)
{
    struct publisher before;
    struct publisher after;

    TRY(publisher_by_id(act->db, act->arena, id, &before));
    after = before;
    read_publisher(act, answers, &after, problems);
    if (problems->count > 0)
        return ERR_INVALID;
    TRY(record_publisher(act, &before, &after));
    return publisher_update_facts(act->db, act->arena, &after);
}

enum err
action_account_save(const struct act *act, const char *account, const char *rev,
                    const struct answers *answers, struct problems *problems)
{
    struct account_found found;
    struct organisation renamed;
    const char *now = NULL;

    TRY(account_find(act->db, act->arena, account, &found));
    TRY(account_rev(act->db, act->arena, found.kind, found.id, &now));
    if (!text_equal(rev, now))
        return ERR_STALE;
    if (found.publishes)
        return publisher_save(act, found.id, answers, problems);
    renamed = (struct organisation){found.id, answer_name(act, answers, problems)};
    if (problems->count > 0)
        return ERR_INVALID;
    TRY(account_record(act, found.kind, found.id, "Name", found.name, renamed.name));
    return organisation_rename(act->db, &renamed);
}

/* A seller ID that nobody has; the store says whether. */
static const char *
read_seller_id(const struct act *act, const struct answers *answers, struct problems *problems)
{
    const char *id = text_trim(act->arena, answer_text(answers, ANSWER_SELLER_ID));

    if (*id == '\0' || strlen(id) > SELLER_DIGITS || strspn(id, "0123456789") != strlen(id))
        problem_add(problems, ANSWER_SELLER_ID, "Enter a seller ID of 1 to %d digits",
                    SELLER_DIGITS);
    return id;
}

enum err
action_account_create(const struct act *act, const struct answers *answers,
                      struct problems *problems, const char **id)
{
    bool publishes = text_equal(answer_text(answers, ANSWER_KIND), ACCOUNT_PUBLISHER);
    struct publisher publisher = {.hq_state = "", .location = "US", .tax_country = ""};
    struct organisation organisation;
    const char *name = answer_name(act, answers, problems);
    enum err outcome;

    if (!publishes && !text_equal(answer_text(answers, ANSWER_KIND), ACCOUNT_ORGANISATION))
        problem_add(problems, ANSWER_KIND, "Choose what kind of account it is");
    *id = publishes ? read_seller_id(act, answers, problems) : world_guid(act->world, act->arena);
    if (problems->count > 0)
        return ERR_INVALID;
    publisher.id = *id;
    publisher.name = name;
    publisher.active = true;
    organisation = (struct organisation){*id, name};
    outcome = publishes ? publisher_insert(act->db, act->arena, &publisher)
                        : organisation_insert(act->db, &organisation);
    if (outcome == ERR_INVALID)
        problem_add(problems, ANSWER_SELLER_ID, "Another account has this seller ID");
    TRY(outcome);
    return account_record(act, publishes ? ACCOUNT_PUBLISHER : ACCOUNT_ORGANISATION, *id,
                          "Account created", "", name);
}

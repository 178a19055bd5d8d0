/*
 * subscription_pages.c: the list of Azure subscriptions, and the properties of one.
 *
 * Not here: the eligibility check (pages/eligibility_pages.c). Everybody of the organisation sees
 * its subscriptions, with a role on them or without, as its billing accounts.
 */
#include "pages/subscription_pages.h"

#include "base/text.h"
#include "pages/billing_pages.h"
#include "pages/parts.h"
#include "store/subscriptions.h"

#define SUBSCRIPTIONS_HREF "/customer/subscriptions"

/* Keeps: the person's role on the subscription in words, or "None". */
static enum err
own_role(const struct exchange *x, const char *subscription, const char **words)
{
    enum azure_role role = AZURE_READER;
    enum err held = azure_role_of(x->db, subscription, x->who.person, &role);

    if (held != OK && held != ERR_ABSENT)
        return held;
    *words = held == OK ? azure_role_words(role) : "None";
    return OK;
}

static enum err
subscription_row(struct exchange *x, struct view *found,
                 const struct azure_subscription *subscription)
{
    struct view *row = view_section(found, NAME_ROW);
    struct billing_account account;
    const char *role = NULL;

    TRY(billing_account_find(x->db, x->arena, subscription->billing_account, &account));
    TRY(own_role(x, subscription->id, &role));
    view_format(row, NAME_ROW_HREF, SUBSCRIPTIONS_HREF "/%s", subscription->id);
    view_text(row, NAME_ROW_NAME, subscription->name);
    view_text(row, NAME_ROW_ID, subscription->id);
    view_text(row, NAME_ROW_ACCOUNT, account.name);
    view_text(row, NAME_ROW_ROLE, role);
    return OK;
}

/* GET /customer/subscriptions */
enum err
customer_subscriptions_get(struct exchange *x)
{
    struct view *view = show(x, PAGE_CUSTOMER_SUBSCRIPTIONS, "Subscriptions");
    struct azure_subscriptions subscriptions;
    const char *lead = "Azure subscriptions of your organisation, which purchases are made with.";
    struct view *found;

    TRY(azure_subscriptions_of(x->db, x->arena, x->who.organisation, &subscriptions));
    if (subscriptions.count == LIMIT_AZURE_SUBSCRIPTIONS)
        lead = arena_format(x->arena, "%s These are the first %d by name.", lead,
                            LIMIT_AZURE_SUBSCRIPTIONS);
    head_lead(part_head(x, view, "Subscriptions"), lead);
    if (subscriptions.count == 0) {
        view_show(view, NAME_NO_SUBSCRIPTION);
        return OK;
    }
    found = view_section(view, NAME_FOUND);
    for (size_t i = 0; i < subscriptions.count; i++)
        TRY(subscription_row(x, found, &subscriptions.rows[i]));
    return OK;
}

static enum err
groups_view(struct exchange *x, struct view *view, const char *subscription)
{
    struct resource_groups groups;
    struct view *some;

    TRY(resource_groups_of(x->db, x->arena, subscription, &groups));
    if (groups.count == 0) {
        view_show(view, NAME_NO_GROUPS);
        return OK;
    }
    some = view_section(view, NAME_HAS_GROUPS);
    for (size_t i = 0; i < groups.count; i++) {
        struct view *row = view_section(some, NAME_ROW);
        bool locked = groups.rows[i].locked;

        view_text(row, NAME_ROW_NAME, groups.rows[i].name);
        part_badge(row, NAME_ROW_BADGE, locked ? "mute" : "ok", locked ? "stop" : "check",
                   locked ? "Locked" : "Unlocked");
    }
    return OK;
}

static enum err
members_view(struct exchange *x, struct view *view, const char *subscription)
{
    struct azure_members members;

    TRY(azure_members_of(x->db, x->arena, subscription, &members));
    for (size_t i = 0; i < members.count; i++) {
        struct view *person = view_section(view, NAME_PERSON);

        view_text(person, NAME_WHO_NAME, members.rows[i].name);
        view_text(person, NAME_WHO_ROLE, azure_role_words(members.rows[i].role));
    }
    if (members.count == 0)
        view_show(view, NAME_NOBODY);
    return OK;
}

/* GET /customer/subscriptions/:subscription */
enum err
customer_subscription_get(struct exchange *x)
{
    static const char *const crumbs[][2] = {{"Subscriptions", SUBSCRIPTIONS_HREF}};
    struct azure_subscription subscription;
    struct billing_account account;
    const char *role = NULL;
    struct view *facts;
    struct view *view;

    TRY(azure_subscription_find(x->db, x->arena, x->who.organisation, path_param(x, "subscription"),
                                &subscription));
    TRY(billing_account_find(x->db, x->arena, subscription.billing_account, &account));
    TRY(own_role(x, subscription.id, &role));
    view = show(x, PAGE_CUSTOMER_SUBSCRIPTION, subscription.name);
    head_crumbs(part_head(x, view, subscription.name), crumbs, COUNT(crumbs), subscription.name);
    facts = part_facts(view, NAME_FACTS);
    fact_code(facts, "Subscription ID", "", subscription.id);
    fact(facts, "Billing account", account.name);
    fact(facts, "Agreement", agreement_words(account.agreement));
    fact(facts, "Your role", role);
    fact_note(facts, "Tag policy", subscription.tags_required ? "Tags required" : "None",
              subscription.tags_required ? "A purchase without tags is refused" : NULL);
    part_billing_id(x, view, NAME_ACCOUNT_COPY, "billing-account", &account);
    TRY(groups_view(x, view, subscription.id));
    return members_view(x, view, subscription.id);
}

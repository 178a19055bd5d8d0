/*
 * operator_billing_pages.c: the list of billing accounts, and one with its forms and its history.
 *
 * Not here: what is changed and recorded (actions/billing).
 */
#include "pages/operator_billing_pages.h"

#include "actions/billing.h"
#include "base/text.h"
#include "pages/account_view.h"
#include "pages/lists.h"
#include "pages/parts.h"
#include "store/account_events.h"
#include "store/accounts.h"
#include "store/people.h"
#include "store/subscriptions.h"

#define LIST_HREF "/operator/billing"
#define ANSWER_PERSON "person"
#define ANSWER_ROLE "role"

/* What one may choose from. */
struct choices {
    struct choice *rows;
    size_t count;
};

const char *
operator_billing_href(struct arena *arena, const char *id)
{
    return arena_format(arena, LIST_HREF "/%s", id); /* letters, digits and "-:_" (LAW 2.3) */
}

static void
offers_badge(struct view *view, enum name slot, const struct billing_account *account)
{
    bool eligible = billing_account_eligible(account);

    part_badge(view, slot, eligible ? "ok" : "mute", eligible ? "check" : "x",
               eligible ? "Can receive private offers" : "Can’t receive private offers");
}

static void
list_rows(struct exchange *x, struct view *view, const struct billing_account_page *page)
{
    struct view *found = view_section(view, NAME_FOUND);

    for (size_t i = 0; i < page->count; i++) {
        const struct billing_account *account = &page->rows[i];
        struct view *row = view_section(found, NAME_ROW);

        view_text(row, NAME_ROW_HREF, operator_billing_href(x->arena, account->id));
        view_text(row, NAME_ROW_NAME, account->name);
        view_text(row, NAME_ROW_ID, account->id);
        view_text(row, NAME_ROW_ORGANISATION, account->organisation_name);
        view_text(row, NAME_ROW_AGREEMENT, agreement_words(account->agreement));
        offers_badge(row, NAME_ROW_BADGE, account);
    }
    if (page->more)
        view_format(view_section(found, NAME_MORE), NAME_MORE_HREF, LIST_HREF "?q=%s&after=%s",
                    url_encode(x->arena, search_typed(x->arena, queried(x, "q"))),
                    url_encode(x->arena, page->rows[page->count - 1].id));
}

/* GET /operator/billing */
enum err
operator_billing_list_get(struct exchange *x)
{
    const char *search = search_typed(x->arena, queried(x, "q"));
    struct view *view = show(x, PAGE_OPERATOR_BILLING, "Billing accounts");
    struct billing_account_page page;
    struct view *none;

    TRY(billing_accounts_page(x->db, x->arena, search, queried(x, "after"), &page));
    part_head(x, view, "Billing accounts");
    view_text(view, NAME_SEARCH_ACTION, LIST_HREF);
    view_text(view, NAME_QUERY, search);
    if (page.count > 0) {
        list_rows(x, view, &page);
        return OK;
    }
    none = view_section(view, NAME_NOT_FOUND);
    view_text(none, NAME_NOT_FOUND_TEXT,
              *search == '\0'
                  ? "There are no billing accounts yet"
                  : arena_format(x->arena, "No billing account ID begins with “%s”", search));
    if (*search != '\0')
        view_show(none, NAME_CLEAR);
    return OK;
}

/* A fact that is or is not; as a choice of two, so that a page with several forms shows it as
 * stored when another of them comes back. */
static void
part_flag(struct exchange *x, struct view *view, enum name slot, const char *id, const char *label,
          const char *yes, const char *no, bool stored)
{
    const struct choice choices[] = {{ANSWER_YES, yes, NULL}, {ANSWER_NO, no, NULL}};

    part_select(x, view, slot, id, label, choices, COUNT(choices), stored ? ANSWER_YES : ANSWER_NO);
}

/* The form of facts. */
static enum err
facts_form(struct exchange *x, struct view *view, const struct billing_account *account)
{
    static const struct choice methods[] = {{"invoice", "Invoice", NULL},
                                            {"credit_card", "Credit card", NULL}};
    static const struct field_look country = {.hint = "Two capital letters", .short_input = true};
    struct choice policies[MARKETPLACE_POLICY_COUNT];
    const char *rev = NULL;

    TRY(billing_rev(x->db, x->arena, account->id, &rev));
    for (int i = 0; i < MARKETPLACE_POLICY_COUNT; i++) {
        enum marketplace_policy policy = (enum marketplace_policy)i;

        policies[i] = (struct choice){marketplace_policy_text(policy),
                                      marketplace_policy_words(policy), NULL};
    }
    part_rev(x, view, rev);
    part_text(x, view, NAME_FIELD_NAME, ANSWER_ACCOUNT_NAME, "Name", "text", account->name, NULL);
    part_text(x, view, NAME_FIELD_COUNTRY, ANSWER_COUNTRY, "Country", "text", account->country,
              &country);
    part_select(x, view, NAME_FIELD_POLICY, ANSWER_POLICY, "Marketplace purchases", policies,
                COUNT(policies), marketplace_policy_text(account->policy));
    part_select(x, view, NAME_FIELD_METHOD, ANSWER_PAYMENT_METHOD, "Payment method", methods,
                COUNT(methods), account->payment_method);
    part_flag(x, view, NAME_FIELD_ACTIVE, ANSWER_ACTIVE, "Active", "Yes", "No", account->active);
    part_flag(x, view, NAME_FIELD_VALID, ANSWER_PAYMENT_VALID, "Payment instrument", "Valid",
              "Not valid", account->payment_valid);
    part_flag(x, view, NAME_FIELD_STORE, ANSWER_PRIVATE_STORE, "Private store",
              "Only approved products", "None", account->private_store);
    return OK;
}

/* The name of a field in a form about that subscription. */
static const char *
field_of(struct arena *arena, const char *field, const char *subscription)
{
    return arena_format(arena, "%s-%s", field, subscription);
}

/* Everybody of the organisation, as choices. */
static enum err
people_choices(struct exchange *x, const char *organisation, struct choices *choices)
{
    struct people people;

    TRY(people_of_organisation(x->db, x->arena, organisation, &people));
    choices->rows = arena_array(x->arena, struct choice, people.count + 1);
    choices->rows[choices->count++] = (struct choice){"", "Nobody chosen", NULL};
    for (size_t i = 0; i < people.count; i++)
        choices->rows[choices->count++] = (struct choice){
            people.rows[i].id,
            arena_format(x->arena, "%s, %s", people.rows[i].name, people.rows[i].email), NULL};
    return OK;
}

/* The form that sets the role of one person on a subscription. */
static void
azure_role_form(struct exchange *x, struct view *card, const char *subscription,
                const struct choices *people)
{
    struct choice roles[AZURE_ROLE_COUNT + 1] = {{"", "None", NULL}};

    for (int i = 0; i < AZURE_ROLE_COUNT; i++)
        roles[i + 1] = (struct choice){azure_role_text((enum azure_role)i),
                                       azure_role_words((enum azure_role)i), NULL};
    part_select(x, card, NAME_FIELD_PERSON, field_of(x->arena, "person", subscription), "Person",
                people->rows, people->count, "");
    part_select(x, card, NAME_FIELD_ROLE, field_of(x->arena, "role", subscription), "Role", roles,
                COUNT(roles), "");
}

static enum err
azure_people_view(struct exchange *x, struct view *card, const char *subscription)
{
    struct azure_members members;

    TRY(azure_members_of(x->db, x->arena, subscription, &members));
    for (size_t i = 0; i < members.count; i++) {
        struct view *member = view_section(card, NAME_MEMBER);

        view_text(member, NAME_MEMBER_NAME, members.rows[i].name);
        view_text(member, NAME_MEMBER_ROLE, azure_role_words(members.rows[i].role));
    }
    return OK;
}

static enum err
subscription_card(struct exchange *x, struct view *view,
                  const struct azure_subscription *subscription, const struct choices *people)
{
    static const struct field_look plain = {.hint = "Letters, digits and - _ . ( )"};
    struct view *card = view_section(view, NAME_SUBSCRIPTION);
    struct resource_groups groups;
    struct view *some;

    TRY(resource_groups_of(x->db, x->arena, subscription->id, &groups));
    view_text(card, NAME_SUBSCRIPTION_ID, subscription->id);
    view_text(card, NAME_SUBSCRIPTION_NAME, subscription->name);
    view_format(card, NAME_SUBSCRIPTION_ACTION, "%s/subscriptions/%s",
                operator_billing_href(x->arena, subscription->billing_account), subscription->id);
    part_badge(card, NAME_SUBSCRIPTION_BADGE, subscription->tags_required ? "warn" : "mute",
               subscription->tags_required ? "alert" : "check",
               subscription->tags_required ? "Tags required" : "No tags required");
    view_show(card, subscription->tags_required ? NAME_TAGS_END : NAME_TAGS_BEGIN);
    part_text(x, card, NAME_FIELD_GROUP, field_of(x->arena, "group", subscription->id),
              "New resource group", "text", "", &plain);
    azure_role_form(x, card, subscription->id, people);
    TRY(azure_people_view(x, card, subscription->id));
    if (groups.count == 0) {
        view_show(card, NAME_NO_GROUPS);
        return OK;
    }
    some = view_section(card, NAME_HAS_GROUPS);
    for (size_t i = 0; i < groups.count; i++) {
        struct view *row = view_section(some, NAME_ROW);
        bool locked = groups.rows[i].locked;

        view_text(row, NAME_ROW_NAME, groups.rows[i].name);
        part_badge(row, NAME_ROW_BADGE, locked ? "mute" : "ok", locked ? "stop" : "check",
                   locked ? "Locked" : "Unlocked");
        view_show(row, locked ? NAME_ROW_LOCKED : NAME_ROW_UNLOCKED);
    }
    return OK;
}

/* Who has a role on the account, and the form that sets one. */
static enum err
people_view(struct exchange *x, struct view *view, const char *account,
            const struct choices *people)
{
    struct choice roles[BILLING_ROLE_COUNT + 1] = {{"", "None", NULL}};
    struct billing_members members;

    TRY(billing_members_of(x->db, x->arena, account, &members));
    for (size_t i = 0; i < members.count; i++) {
        struct view *person = view_section(view, NAME_PERSON);

        view_text(person, NAME_WHO_NAME, members.rows[i].name);
        view_text(person, NAME_WHO_ROLE, billing_role_words(members.rows[i].role));
    }
    if (members.count == 0)
        view_show(view, NAME_NOBODY);
    for (int i = 0; i < BILLING_ROLE_COUNT; i++)
        roles[i + 1] = (struct choice){billing_role_text((enum billing_role)i),
                                       billing_role_words((enum billing_role)i), NULL};
    view_format(view, NAME_ROLES_ACTION, "%s/roles", operator_billing_href(x->arena, account));
    part_select(x, view, NAME_FIELD_MEMBER, ANSWER_PERSON, "Person", people->rows, people->count,
                "");
    part_select(x, view, NAME_FIELD_MEMBER_ROLE, ANSWER_ROLE, "Role", roles, COUNT(roles), "");
    return OK;
}

/* GET /operator/billing/:billing, and the form coming back. */
enum err
operator_billing_get(struct exchange *x)
{
    static const char *const crumbs[][2] = {{"Billing accounts", LIST_HREF}};
    struct billing_account account;
    struct azure_subscriptions subscriptions;
    struct choices people = {NULL, 0};
    struct view *facts;
    struct view *view;

    TRY(billing_account_find(x->db, x->arena, path_param(x, "billing"), &account));
    TRY(azure_subscriptions_billed(x->db, x->arena, account.id, &subscriptions));
    TRY(people_choices(x, account.organisation, &people));
    view = show(x, PAGE_OPERATOR_BILLING_ACCOUNT, account.name);
    head_crumbs(part_head(x, view, account.name), crumbs, COUNT(crumbs), account.name);
    part_not_saved(x, view);
    part_summary(x, view, "");
    offers_badge(view, NAME_ACCOUNT_ANSWER, &account);
    facts = part_facts(view, NAME_FACTS);
    fact_code(facts, "Billing account ID", "", account.id);
    fact(facts, "Organisation", account.organisation_name);
    fact(facts, "Agreement", agreement_words(account.agreement));
    view_text(view, NAME_FORM_ACTION, operator_billing_href(x->arena, account.id));
    TRY(facts_form(x, view, &account));
    for (size_t i = 0; i < subscriptions.count; i++)
        TRY(subscription_card(x, view, &subscriptions.rows[i], &people));
    if (subscriptions.count == 0)
        view_show(view, NAME_NO_SUBSCRIPTION);
    TRY(people_view(x, view, account.id, &people));
    return account_history(x, view, ACCOUNT_BILLING, account.id);
}

/* POST /operator/billing/:billing */
enum err
operator_billing_post(struct exchange *x)
{
    const struct act act = exchange_act(x);
    const struct answers answers = exchange_answers(x);
    const char *account = path_param(x, "billing");
    enum err outcome = action_billing_save(&act, account, posted(x, "rev"), &answers, x->problems);

    if (outcome == ERR_INVALID)
        TRY(operator_billing_get(x));
    TRY(outcome);
    return redirect(x, "%s?done=facts-saved", operator_billing_href(x->arena, account));
}

/* POST /operator/billing/:billing/roles */
enum err
operator_roles_post(struct exchange *x)
{
    const struct act act = exchange_act(x);
    const char *account = path_param(x, "billing");
    const struct role_choice choice = {posted(x, ANSWER_PERSON), posted(x, ANSWER_ROLE),
                                       ANSWER_PERSON, ANSWER_ROLE};
    enum err outcome = action_billing_role_set(&act, account, &choice, x->problems);

    if (outcome == ERR_INVALID)
        TRY(operator_billing_get(x));
    TRY(outcome);
    return redirect(x, "%s?done=role-set", operator_billing_href(x->arena, account));
}

/* What the button of a form about the subscription does. */
static enum err
subscription_act(struct exchange *x, const char *account, const char *subscription)
{
    const struct act act = exchange_act(x);
    const char *button = posted(x, "do");
    const char *lock = posted(x, "lock");
    const char *unlock = posted(x, "unlock");

    if (text_equal(button, "group")) {
        const char *at = field_of(x->arena, "group", subscription);

        return action_group_add(&act, account, subscription, posted(x, at), at, x->problems);
    }
    if (text_equal(button, "role")) {
        const char *person = field_of(x->arena, "person", subscription);
        const char *role = field_of(x->arena, "role", subscription);
        const struct role_choice choice = {posted(x, person), posted(x, role), person, role};

        return action_azure_role_set(&act, account, subscription, &choice, x->problems);
    }
    if (*lock != '\0' || *unlock != '\0')
        return action_group_lock(&act, account, subscription, *lock != '\0' ? lock : unlock,
                                 *lock != '\0');
    return action_tags_require(&act, account, subscription,
                               text_equal(posted(x, "tags"), "required"));
}

/* POST /operator/billing/:billing/subscriptions/:subscription */
enum err
operator_subscription_post(struct exchange *x)
{
    const char *account = path_param(x, "billing");
    const char *subscription = path_param(x, "subscription");
    enum err outcome = subscription_act(x, account, subscription);

    if (outcome == ERR_INVALID)
        TRY(operator_billing_get(x));
    TRY(outcome);
    return redirect(x, "%s?done=subscription-changed#s-%s",
                    operator_billing_href(x->arena, account), subscription);
}

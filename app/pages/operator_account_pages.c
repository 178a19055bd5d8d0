/*
 * operator_account_pages.c: a publisher account or a customer organisation: its facts as a form,
 * its people, and what was changed; and the form of a new one.
 *
 * Not here: what is changed and recorded (actions/accounts, actions/people), billing accounts
 * (pages/operator_billing_pages).
 */
#include "pages/operator_account_pages.h"

#include "base/text.h"
#include "pages/account_view.h"
#include "pages/operator_billing_pages.h"
#include "pages/parts.h"
#include "pages/people_parts.h"
#include "store/account_events.h"
#include "store/people.h"

#define LIST_HREF "/operator/accounts"

static const char *
account_href(const struct exchange *x, const char *id)
{
    return arena_format(x->arena, LIST_HREF "/%s", id);
}

/* A card of facts. */
static struct view *
group_add(struct exchange *x, struct view *view, size_t number, const char *heading)
{
    struct view *group = view_section(view, NAME_GROUP);

    view_text(group, NAME_GROUP_ID, arena_format(x->arena, "g-%zu", number));
    view_text(group, NAME_GROUP_HEADING, heading);
    return group;
}

static void
flag_put(struct exchange *x, struct view *view, enum name slot, const char *id, const char *label,
         bool stored)
{
    static const struct choice choices[] = {{ANSWER_YES, "Yes", NULL}, {ANSWER_NO, "No", NULL}};

    part_select(x, view, slot, id, label, choices, COUNT(choices), stored ? ANSWER_YES : ANSWER_NO);
}

static enum err
publisher_form(struct exchange *x, struct view *view, const struct publisher *publisher)
{
    static const struct field_look code = {.hint = "Two capital letters", .short_input = true};
    struct choice taxes[TAX_STATUS_COUNT];
    struct view *form = view_section(view, NAME_OF_PUBLISHER);
    struct certificates certificates;

    for (int i = 0; i < TAX_STATUS_COUNT; i++)
        taxes[i] = (struct choice){tax_status_text((enum tax_status)i),
                                   tax_words((enum tax_status)i), NULL};
    part_text(x, form, NAME_FIELD_COUNTRY, ANSWER_COUNTRY, "Country", "text", publisher->location,
              &code);
    part_text(x, form, NAME_FIELD_STATE, ANSWER_HQ_STATE, "State of headquarters", "text",
              publisher->hq_state, &code);
    flag_put(x, form, NAME_FIELD_PROGRAMME, ANSWER_PROGRAMME, "In the partner programme",
             publisher->in_programme);
    flag_put(x, form, NAME_FIELD_MARKETPLACE, ANSWER_MARKETPLACE, "Marketplace account",
             publisher->has_marketplace_account);
    flag_put(x, form, NAME_FIELD_ENROLLED, ANSWER_ENROLLED, "Enrolled in the marketplace",
             publisher->enrolled);
    flag_put(x, form, NAME_FIELD_ACTIVE, ANSWER_ACTIVE, "Active", publisher->active);
    part_select(x, form, NAME_FIELD_TAX, ANSWER_TAX_STATUS, "Tax profile", taxes, COUNT(taxes),
                tax_status_text(publisher->tax_status));
    part_text(x, form, NAME_FIELD_TAX_COUNTRY, ANSWER_TAX_COUNTRY, "Tax country", "text",
              publisher->tax_country, &code);
    TRY(certificates_of(x->db, x->arena, publisher->id, &certificates));
    tax_facts(x, part_facts(group_add(x, view, 1, "Tax profile"), NAME_GROUP_FACTS), publisher,
              &certificates);
    return OK;
}

static enum err
billing_group(struct exchange *x, struct view *view, size_t number,
              const struct billing_account *account)
{
    struct view *group = group_add(x, view, number, account->name);
    struct view *facts = part_facts(group, NAME_GROUP_FACTS);
    struct billing_members members;

    TRY(billing_members_of(x->db, x->arena, account->id, &members));
    fact_code(facts, "Billing account ID", "", account->id);
    fact(facts, "Agreement", agreement_words(account->agreement));
    fact(facts, "Country", country_words(account->country));
    fact(facts, "Active", account->active ? "Yes" : "No");
    for (size_t i = 0; i < members.count; i++)
        fact(facts, billing_role_words(members.rows[i].role), members.rows[i].name);
    view_text(view_section(group, NAME_GROUP_MORE), NAME_GROUP_HREF,
              operator_billing_href(x->arena, account->id));
    return OK;
}

static enum err
billing_groups(struct exchange *x, struct view *view, const char *organisation)
{
    struct billing_accounts accounts;

    TRY(billing_accounts_of(x->db, x->arena, organisation, &accounts));
    for (size_t i = 0; i < accounts.count; i++)
        TRY(billing_group(x, view, i + 1, &accounts.rows[i]));
    if (accounts.count == 0)
        fact(part_facts(group_add(x, view, 1, "Billing accounts"), NAME_GROUP_FACTS),
             "Billing accounts", "None");
    return OK;
}

static enum err
account_show(struct exchange *x, const struct account_found *account)
{
    static const char *const crumbs[][2] = {{"Accounts", LIST_HREF}};
    struct view *view = show(x, PAGE_OPERATOR_ACCOUNT, account->name);
    struct publisher publisher;
    const char *rev = NULL;

    head_crumbs(part_head(x, view, account->name), crumbs, COUNT(crumbs), account->name);
    part_not_saved(x, view);
    part_summary(x, view, "");
    TRY(account_rev(x->db, x->arena, account->kind, account->id, &rev));
    part_rev(x, view, rev);
    view_text(view, NAME_FORM_ACTION, account_href(x, account->id));
    fact_code(part_facts(view, NAME_FACTS), account->publishes ? "Seller ID" : "Organisation ID",
              "", account->id);
    part_text(x, view, NAME_FIELD_NAME, ANSWER_ACCOUNT_NAME, "Name", "text", account->name, NULL);
    if (account->publishes) {
        TRY(publisher_by_id(x->db, x->arena, account->id, &publisher));
        TRY(publisher_form(x, view, &publisher));
    } else {
        TRY(billing_groups(x, view, account->id));
    }
    TRY(people_card(x, view, account, account_href(x, account->id)));
    return account_history(x, view, account->kind, account->id);
}

static enum err
account_of_path(struct exchange *x, struct account_found *account)
{
    return account_find(x->db, x->arena, path_param(x, "account"), account);
}

/* GET /operator/accounts/:account, and its forms coming back. */
enum err
operator_account_get(struct exchange *x)
{
    struct account_found account;

    TRY(account_of_path(x, &account));
    return account_show(x, &account);
}

/* The page again when the form was refused, else its sentence. */
static enum err
answer(struct exchange *x, enum err outcome, const char *done)
{
    if (outcome == ERR_INVALID)
        TRY(operator_account_get(x));
    TRY(outcome);
    return redirect(x, LIST_HREF "/%s?done=%s", path_param(x, "account"), done);
}

/* POST /operator/accounts/:account */
enum err
operator_account_post(struct exchange *x)
{
    const struct act act = exchange_act(x);
    const struct answers answers = exchange_answers(x);

    return answer(x,
                  action_account_save(&act, path_param(x, "account"), posted(x, "rev"), &answers,
                                      x->problems),
                  "facts-saved");
}

/* POST /operator/accounts/:account/roles */
enum err
operator_access_post(struct exchange *x)
{
    struct account_found account;

    TRY(account_of_path(x, &account));
    return answer(x, people_access_set(x, &account), "role-set");
}

/* POST /operator/accounts/:account/people */
enum err
operator_person_post(struct exchange *x)
{
    struct account_found account;

    TRY(account_of_path(x, &account));
    return answer(x, people_add(x, &account), "person-added");
}

/* GET /operator/accounts/new */
enum err
operator_account_new_get(struct exchange *x)
{
    static const char *const crumbs[][2] = {{"Accounts", LIST_HREF}};
    static const struct choice kinds[] = {{ACCOUNT_PUBLISHER, "Publisher account", NULL},
                                          {ACCOUNT_ORGANISATION, "Customer organisation", NULL}};
    static const struct field_look seller = {.hint = "Of a publisher account: 1 to 12 digits"};
    struct view *view = show(x, PAGE_OPERATOR_ACCOUNT_NEW, "New account");

    head_crumbs(part_head(x, view, "New account"), crumbs, COUNT(crumbs), "New account");
    part_not_saved(x, view);
    part_summary(x, view, "");
    view_text(view, NAME_FORM_ACTION, LIST_HREF "/new");
    view_text(view, NAME_CANCEL_HREF, LIST_HREF);
    part_select(x, view, NAME_FIELD_KIND, ANSWER_KIND, "Kind", kinds, COUNT(kinds), "");
    part_text(x, view, NAME_FIELD_NAME, ANSWER_ACCOUNT_NAME, "Name", "text", "", NULL);
    part_text(x, view, NAME_FIELD_SELLER, ANSWER_SELLER_ID, "Seller ID", "text", "", &seller);
    return OK;
}

/* POST /operator/accounts/new */
enum err
operator_account_new_post(struct exchange *x)
{
    const struct act act = exchange_act(x);
    const struct answers answers = exchange_answers(x);
    const char *id = "";
    enum err outcome = action_account_create(&act, &answers, x->problems, &id);

    if (outcome == ERR_INVALID)
        TRY(operator_account_new_get(x));
    TRY(outcome);
    return redirect(x, "%s?done=account-created", account_href(x, id));
}

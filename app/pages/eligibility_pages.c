/*
 * eligibility_pages.c: the form, the report and the file of the eligibility check (LAW 2.4).
 *
 * Not here: the judgement (core/eligibility). Invariant: only subscriptions of the person's
 * organisation on which they have a role are chosen from; another id in the address is none.
 */
#include "pages/subscription_pages.h"

#include <inttypes.h>

#include "base/text.h"
#include "core/eligibility.h"
#include "pages/billing_pages.h"
#include "pages/parts.h"
#include "store/people.h"
#include "store/subscriptions.h"
#include "web/csv.h"

#define ELIGIBILITY_HREF "/customer/eligibility"
#define CHOICE "s" /* "s", "s1", ...: short, because a report's address names each subscription */
#define CHOICES "subscriptions"

/* A subscription on which the person has a role. */
struct checked {
    struct azure_subscription subscription;
    struct billing_account account;
    struct resource_groups groups;
    struct purchase_facts facts; /* of the above, once it is chosen and loaded */
    bool chosen;
};

struct check {
    struct checked rows[LIMIT_AZURE_SUBSCRIPTIONS];
    size_t count;
    size_t chosen;
    size_t deploying; /* of all, those where the person can deploy */
    bool asked;       /* the form was sent */
};

static bool
is_chosen(const struct exchange *x, const char *id)
{
    const struct form *query = &x->request->query;

    for (size_t i = 0; i < query->count; i++) {
        if (text_starts(query->pairs[i].name, CHOICE) && text_equal(query->pairs[i].value, id))
            return true;
    }
    return false;
}

/* Everything the person may choose; chosen is what the address says. */
static enum err
check_load(struct exchange *x, struct check **result)
{
    struct check *check = arena_new(x->arena, struct check);
    struct azure_subscriptions all;

    check->asked = *queried(x, "check") != '\0';
    TRY(azure_subscriptions_of(x->db, x->arena, x->who.organisation, &all));
    for (size_t i = 0; i < all.count; i++) {
        struct checked *row = &check->rows[check->count];
        enum azure_role role = AZURE_READER;
        enum err held = azure_role_of(x->db, all.rows[i].id, x->who.person, &role);

        if (held == ERR_ABSENT)
            continue;
        TRY(held);
        row->subscription = all.rows[i];
        row->facts.role = role;
        row->chosen = is_chosen(x, all.rows[i].id);
        check->chosen += row->chosen;
        check->deploying += azure_role_deploys(role);
        check->count++;
    }
    *result = check;
    return OK;
}

static enum err
facts_load(struct exchange *x, struct checked *row)
{
    struct purchase_facts *facts = &row->facts;
    enum err held;

    TRY(billing_account_find(x->db, x->arena, row->subscription.billing_account, &row->account));
    TRY(resource_groups_of(x->db, x->arena, row->subscription.id, &row->groups));
    held = billing_role_of(x->db, row->account.id, x->who.person, &facts->billing_role);
    if (held != OK && held != ERR_ABSENT)
        return held;
    facts->has_billing_role = held == OK;
    facts->subscription = &row->subscription;
    facts->account = &row->account;
    facts->groups = row->groups.rows;
    facts->group_count = row->groups.count;
    return OK;
}

/* The facts of those chosen; ERR_INVALID when there are none or too many. */
static enum err
chosen_load(struct exchange *x, struct check *check)
{
    if (check->chosen == 0)
        problem_add(x->problems, CHOICES, "Choose at least one subscription");
    else if (check->chosen > LIMIT_CHECKED_SUBSCRIPTIONS)
        problem_add(x->problems, CHOICES, "Choose up to %d subscriptions; the others afterwards",
                    LIMIT_CHECKED_SUBSCRIPTIONS);
    if (x->problems->count > 0)
        return ERR_INVALID;
    for (size_t i = 0; i < check->count; i++) {
        if (check->rows[i].chosen)
            TRY(facts_load(x, &check->rows[i]));
    }
    return OK;
}

/* The choice, with the first ones ticked before anybody chose. */
static void
form_view(struct exchange *x, struct view *view, const struct check *check)
{
    struct view *form = view_section(view, NAME_CHOOSE);
    const struct problem *problem = problem_at(x->problems, CHOICES);

    view_text(form, NAME_FORM_ACTION, ELIGIBILITY_HREF);
    if (problem != NULL)
        view_text(view_section(form, NAME_ERROR), NAME_ERROR_TEXT, problem->message);
    for (size_t i = 0; i < check->count; i++) {
        struct view *tick = view_section(form, NAME_SUBSCRIPTION);
        const struct checked *row = &check->rows[i];

        view_format(tick, NAME_SUBSCRIPTION_KEY, "choose-%zu", i + 1);
        view_format(tick, NAME_SUBSCRIPTION_FIELD, CHOICE "%zu", i + 1);
        view_text(tick, NAME_SUBSCRIPTION_ID, row->subscription.id);
        view_text(tick, NAME_SUBSCRIPTION_NAME, row->subscription.name);
        view_text(tick, NAME_SUBSCRIPTION_ROLE, azure_role_words(row->facts.role));
        if (check->asked ? row->chosen : i < LIMIT_CHECKED_SUBSCRIPTIONS)
            view_show(tick, NAME_SUBSCRIPTION_CHOSEN);
    }
}

/* Keeps: the address of the file with the same choice. */
static const char *
file_href(struct exchange *x, const struct check *check)
{
    const char *address = ELIGIBILITY_HREF ".csv?check=1";

    for (size_t i = 0; i < check->count; i++) {
        if (check->rows[i].chosen)
            address =
                arena_format(x->arena, "%s&" CHOICE "=%s", address, check->rows[i].subscription.id);
    }
    return address;
}

/* Each billing account of those chosen once. */
static void
accounts_view(struct exchange *x, struct view *report, const struct check *check)
{
    for (size_t i = 0; i < check->count; i++) {
        const struct checked *row = &check->rows[i];
        bool seen = !row->chosen;
        struct view *account;

        for (size_t k = 0; k < i && !seen; k++)
            seen = check->rows[k].chosen && text_equal(check->rows[k].account.id, row->account.id);
        if (seen)
            continue;
        account = view_section(report, NAME_ACCOUNT);
        part_copy(
            x, account, NAME_ACCOUNT_COPY, arena_format(x->arena, "billing-account-%zu", i + 1),
            arena_format(x->arena, "Billing account ID of %s", row->account.name), row->account.id,
            "Copy", arena_format(x->arena, "billing account ID of %s", row->account.name), NULL);
    }
}

static void
result_view(struct exchange *x, struct view *report, const struct checked *row, size_t number)
{
    struct view *card = view_section(report, NAME_RESULT);
    bool possible = purchase_possible(&row->facts);

    (void)x;
    view_format(card, NAME_RESULT_KEY, "result-%zu", number);
    view_text(card, NAME_RESULT_NAME, row->subscription.name);
    view_format(card, NAME_RESULT_HREF, "/customer/subscriptions/%s", row->subscription.id);
    view_text(card, NAME_RESULT_ACCOUNT, row->account.name);
    part_badge(card, NAME_RESULT_BADGE, possible ? "ok" : "bad", possible ? "check" : "x",
               possible ? "Passed" : "Failed");
    for (int i = 0; i < PURCHASE_CHECK_COUNT; i++) {
        enum purchase_check check = (enum purchase_check)i;
        struct purchase_finding finding = purchase_judge(&row->facts, check);
        struct view *line = view_section(card, NAME_CHECK);

        view_text(line, NAME_CHECK_NAME, purchase_check_words(check));
        part_badge(line, NAME_CHECK_BADGE, finding.passed ? "ok" : "bad",
                   finding.passed ? "check" : "x", finding.passed ? "Passed" : "Failed");
        view_text(line, NAME_CHECK_TEXT, finding.found);
        if (!finding.passed)
            view_text(view_section(line, NAME_CHECK_TO_DO), NAME_CHECK_TO_DO_TEXT, finding.to_do);
    }
}

static void
report_view(struct exchange *x, struct view *view, const struct check *check)
{
    struct view *report = view_section(view, NAME_REPORT);
    struct view *facts = part_facts(report, NAME_FACTS);

    fact(facts, "Subscriptions with a role of yours", arena_format(x->arena, "%zu", check->count));
    fact(facts, "Where you can deploy", arena_format(x->arena, "%zu", check->deploying));
    fact(facts, "Checked now", arena_format(x->arena, "%zu", check->chosen));
    view_text(report, NAME_DOWNLOAD_HREF, file_href(x, check));
    accounts_view(x, report, check);
    for (size_t i = 0; i < check->count; i++) {
        if (check->rows[i].chosen)
            result_view(x, report, &check->rows[i], i + 1);
    }
}

/* GET /customer/eligibility */
enum err
customer_eligibility_get(struct exchange *x)
{
    struct view *view = show(x, PAGE_CUSTOMER_ELIGIBILITY, "Eligibility check");
    struct check *check = NULL;
    enum err outcome = OK;

    TRY(check_load(x, &check));
    if (check->asked && check->count > 0)
        outcome = chosen_load(x, check);
    if (outcome != OK && outcome != ERR_INVALID)
        return outcome;
    head_lead(part_head(x, view, "Eligibility check"),
              "Finds out whether you can purchase with an Azure subscription. It is about "
              "purchasing: whether you may accept a private offer depends on your role on the "
              "billing account, and isn’t checked here.");
    part_summary(x, view, "");
    if (check->count == 0) {
        view_show(view, NAME_NO_SUBSCRIPTION);
        return OK;
    }
    form_view(x, view, check);
    if (check->asked && outcome == OK)
        report_view(x, view, check);
    return outcome;
}

/* The reasons of every failed check, in one cell. */
static const char *
reasons(struct arena *arena, const struct checked *row)
{
    const char *words = "";

    for (int i = 0; i < PURCHASE_CHECK_COUNT; i++) {
        struct purchase_finding finding = purchase_judge(&row->facts, (enum purchase_check)i);

        if (!finding.passed)
            words = arena_format(arena, "%s%s%s. %s.", words, *words == '\0' ? "" : " ",
                                 finding.found, finding.to_do);
    }
    return words;
}

static const char *
groups_word(const struct checked *row)
{
    if (row->groups.count == 0)
        return "none";
    return groups_unlocked(row->groups.rows, row->groups.count) > 0 ? "unlocked" : "locked";
}

static void
put_line(struct exchange *x, struct csv *csv, const struct checked *row)
{
    const struct billing_account *account = &row->account;
    const char *const cells[] = {
        account->id,
        account->name,
        agreement_text(account->agreement),
        account->country,
        row->subscription.id,
        row->subscription.name,
        azure_role_words(row->facts.role),
        azure_role_deploys(row->facts.role) ? "Yes" : "No",
        marketplace_policy_text(account->policy),
        account->payment_valid ? "valid" : "invalid",
        row->subscription.tags_required ? "required" : "none",
        groups_word(row),
        billing_account_eligible(account) ? "Yes" : "No",
        purchase_possible(&row->facts) ? "Passed" : "Failed",
        reasons(x->arena, row),
    };

    for (size_t i = 0; i < COUNT(cells); i++)
        csv_text(csv, cells[i]);
    csv_end(csv);
}

/* GET /customer/eligibility.csv */
enum err
customer_eligibility_csv_get(struct exchange *x)
{
    static const char *const columns[] = {
        "BillingAccountId",
        "BillingAccountName",
        "AgreementType",
        "Country",
        "SubscriptionId",
        "SubscriptionName",
        "UserRole",
        "CanDeploy",
        "MarketplacePolicy",
        "PaymentInstrument",
        "TagPolicy",
        "ResourceGroupPolicy",
        "MpoEligible",
        "Result",
        "Reason",
    };
    struct csv csv = {.out = &x->reply->body};
    struct check *check = NULL;

    TRY(check_load(x, &check));
    TRY(chosen_load(x, check));
    for (size_t i = 0; i < COUNT(columns); i++)
        csv_text(&csv, columns[i]);
    csv_end(&csv);
    for (size_t i = 0; i < check->count; i++) {
        if (check->rows[i].chosen)
            put_line(x, &csv, &check->rows[i]);
    }
    x->reply->type = "text/csv; charset=utf-8";
    x->reply->download = "eligibility report.csv";
    return OK;
}

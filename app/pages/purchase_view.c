/*
 * purchase_view.c: see the header. Invariant: a button is drawn only for a move that the law's
 * table permits today, to somebody whose role may make it.
 */
#include "pages/purchase_view.h"

#include <inttypes.h>

#include "base/text.h"
#include "pages/frame.h"
#include "pages/parts.h"
#include "pages/purchase_words.h"

#define NONE "–"
#define HOUR_S 3600

const char *
purchase_href(const struct exchange *x, const struct purchase *purchase, const char *rest)
{
    return arena_format(x->arena, "%s/%s%s", hat_purchases(x->hat), purchase->id, rest);
}

bool
may_work_purchases(const struct exchange *x)
{
    return x->hat == HAT_OPERATOR ||
           (x->hat == HAT_ISV && role_can(x->who.role, CAN_WORK_CATALOGUE));
}

/* ---- Buttons -------------------------------------------------------------------------------- */

/* What each hat may make of a purchase by a button alone. */
static const struct act_rule {
    enum hat hat;
    enum party party;
    enum purchase_move move;
    const char *label;
    const char *rest; /* of its address */
} act_rules[] = {
    {HAT_ISV, PARTY_ISV, PURCHASE_ACTIVATE, "Activate", "/activate"},
    {HAT_OPERATOR, PARTY_OPERATOR, PURCHASE_FAIL_PAYMENT, "Payment failed", "/payment-failed"},
    {HAT_OPERATOR, PARTY_OPERATOR, PURCHASE_RECEIVE_PAYMENT, "Payment received",
     "/payment-received"},
};

/* The viewer's, NULL when there is none today. */
static const struct act_rule *
act_of(const struct exchange *x, const struct purchase *purchase)
{
    for (size_t i = 0; i < COUNT(act_rules) && may_work_purchases(x); i++) {
        const struct act_rule *rule = &act_rules[i];

        if (rule->hat == x->hat && purchase_may(purchase, rule->move, rule->party, x->today))
            return rule;
    }
    return NULL;
}

void
purchase_act(struct exchange *x, struct view *view, enum name section,
             const struct purchase *purchase)
{
    const struct act_rule *rule = act_of(x, purchase);
    struct view *act;

    if (rule == NULL)
        return;
    act = view_section(view, section);
    /* from View status one comes back to it */
    view_format(act, NAME_FORM_ACTION, "%s%s", purchase_href(x, purchase, rule->rest),
                text_starts(x->route->path, "/isv/offers/") ? "?from=offer" : "");
    view_text(act, NAME_ACT_LABEL, rule->label);
    view_text(act, NAME_ACT_OF, purchase_of_words(x, purchase));
}

const char *
purchase_quantity(const struct exchange *x, const struct purchase *purchase)
{
    if (purchase->model != MODEL_PER_USER && purchase->kind != PURCHASE_RESERVATION)
        return NONE;
    if (purchase->next_quantity != purchase->quantity)
        return arena_format(x->arena, "%" PRId64 ", then %" PRId64, purchase->quantity,
                            purchase->next_quantity);
    return arena_format(x->arena, "%" PRId64, purchase->quantity);
}

/* ---- One purchase: facts -------------------------------------------------------------------- */

static const char *
kind_words(const struct purchase *purchase)
{
    switch (purchase->kind) {
    case PURCHASE_SAAS:
        return "Software as a service";
    case PURCHASE_VM:
        return "Virtual machine, pay as you go";
    case PURCHASE_APP:
        return "Azure application";
    case PURCHASE_RESERVATION:
        return "Virtual machine reservation";
    case PURCHASE_KIND_COUNT:
        break;
    }
    assert(false);
    return "";
}

static const char *
moment(const struct exchange *x, int64_t at)
{
    return at == 0 ? NONE : instant_show(x->arena, at);
}

static const char *
or_none(const char *words)
{
    return *words == '\0' ? NONE : words;
}

static void
term_facts(struct exchange *x, struct view *facts, const struct purchase *purchase)
{
    if (purchase->term_months == 0)
        return;
    fact(facts, "Billing term", term_words(x->arena, purchase->term_months));
    fact(facts, "Payment option", payment_label(purchase->payment_months));
    if (purchase->model == MODEL_PER_USER || purchase->kind == PURCHASE_RESERVATION)
        fact(facts, purchase->kind == PURCHASE_RESERVATION ? "Quantity" : "Users",
             purchase_quantity(x, purchase));
    fact(facts, "Recurring billing", purchase->recurring ? "On" : "Off");
    if (purchase->activated_at != 0)
        fact(facts, "Present term",
             arena_format(x->arena, "%s to %s", day_show(x->arena, purchase_term_begins(purchase)),
                          day_show(x->arena, day_add(purchase_term_ends(purchase), -1))));
}

/* What the customer keeps to itself, and the operator sees. */
static void
operator_facts(struct view *facts, const struct purchase *purchase)
{
    fact(facts, "ISV", purchase->isv_name);
    fact(facts, "Bought by", purchase->person_name);
    fact_code(facts, "Billing account ID", "", purchase->billing_account);
    fact_code(facts, "Subscription", purchase->azure_name, purchase->azure_subscription);
    fact(facts, "Resource group", or_none(purchase->resource_group));
    fact(facts, "Tags", or_none(purchase->tags));
    fact(facts, "Order reference", or_none(purchase->order_reference));
}

static void
facts_view(struct exchange *x, struct view *view, const struct purchase *purchase)
{
    struct view *facts = part_facts(view, NAME_FACTS);

    fact(facts, "Customer", purchase->organisation_name);
    fact(facts, "Name", or_none(purchase->name));
    fact(facts, "Kind", kind_words(purchase));
    fact(facts, "Private offer", or_none(purchase->offer_name));
    fact(facts, "Selling partner", or_none(purchase->partner_name));
    term_facts(x, facts, purchase);
    fact(facts, "Bought", moment(x, purchase->bought_at));
    if (purchase->kind == PURCHASE_SAAS) {
        fact(facts, "Configured", moment(x, purchase->configured_at));
        fact_mail(facts, "Customer’s contact", purchase->contact);
        fact(facts, "Activated", moment(x, purchase->activated_at));
    }
    if (x->hat == HAT_OPERATOR)
        operator_facts(facts, purchase);
}

/* ---- One purchase: charges ------------------------------------------------------------------ */

static const char *
charge_kind_words(const struct charge *charge)
{
    switch (charge->kind) {
    case CHARGE_PAYMENT:
        return "Payment";
    case CHARGE_FEE:
        return "Monthly fee";
    case CHARGE_RESERVATION:
        return "Reservation";
    case CHARGE_USERS:
        return "Added users";
    case CHARGE_USAGE:
        return "Usage";
    case CHARGE_REFUND:
        return "Refund";
    case CHARGE_CREDIT:
        return "Credit for days left";
    case CHARGE_KIND_COUNT:
        break;
    }
    assert(false);
    return "";
}

static const char *
unit_words(const struct exchange *x, const struct charge *charge, int64_t unit)
{
    return charge->per_hour ? hourly_show(x->arena, (struct hourly){unit})
                            : money_show(x->arena, (struct money){unit});
}

static const char *
source_words(const struct exchange *x, const struct charge *charge)
{
    const char *priced = *charge->source.offer == '\0' ? "list price" : "private offer price";

    if (charge->corrects != 0)
        return arena_format(x->arena, "Line %d, corrects line %d, %s", charge->number,
                            charge->corrects, priced);
    return arena_format(x->arena, "Line %d, %s", charge->number, priced);
}

static void
charge_row(struct exchange *x, struct view *list, const struct charge *charge)
{
    struct arena *arena = x->arena;
    struct view *row = view_section(list, NAME_CHARGE);
    struct view *all;

    view_format(row, NAME_CHARGE_WORDS, "%s: %s", charge_kind_words(charge), charge->words);
    view_format(row, NAME_CHARGE_DAYS, "%s to %s", day_show(arena, charge->from_on),
                day_show(arena, charge->through_on));
    view_text(row, NAME_CHARGE_SOURCE, source_words(x, charge));
    view_format(row, NAME_CHARGE_QUANTITY, "%" PRId64, charge->quantity);
    view_text(row, NAME_CHARGE_LIST, charge->has_list ? unit_words(x, charge, charge->list) : NONE);
    view_text(row, NAME_CHARGE_PARTNER, unit_words(x, charge, charge->partner));
    view_text(row, NAME_CHARGE_PARTNER_AMOUNT, money_show(arena, charge->partner_amount));
    view_text(row, NAME_CHARGE_FEE, money_show(arena, charge->fee));
    view_format(row, NAME_CHARGE_FEE_RATE, "%s%%", rate_show(arena, charge->fee_rate));
    view_text(row, NAME_CHARGE_PAYOUT, money_show(arena, charge_isv(charge)));
    if (x->hat != HAT_OPERATOR)
        return;
    all = view_section(row, NAME_CHARGE_ALL);
    view_text(all, NAME_CHARGE_CUSTOMER, unit_words(x, charge, charge->customer));
    view_text(all, NAME_CHARGE_CUSTOMER_AMOUNT, money_show(arena, charge->customer_amount));
    view_text(all, NAME_CHARGE_EARNINGS, money_show(arena, charge_partner(charge)));
}

static void
charges_view(struct exchange *x, struct view *view, const struct purchase_page *page)
{
    size_t count = page->charges.count;
    struct view *list;

    view_text(view, NAME_PAYOUT_LABEL, x->hat == HAT_OPERATOR ? "ISV payout" : "Your payout");
    if (count == 0) {
        view_text(view_section(view, NAME_NO_CHARGES), NAME_NO_CHARGES_TEXT,
                  page->purchase.activated_at == 0
                      ? "Billing begins when the subscription is activated."
                      : "Usage is charged after the end of its month.");
        return;
    }
    list = view_section(view, NAME_HAS_CHARGES);
    if (x->hat == HAT_OPERATOR)
        view_show(list, NAME_FOR_OPERATOR);
    for (size_t i = 0; i < count && i < LIMIT_PRICES_SHOWN; i++)
        charge_row(x, list, &page->charges.rows[count - 1 - i]);
    if (page->purchase.charge_count > LIMIT_PRICES_SHOWN)
        view_format(view_section(list, NAME_CHARGES_MORE), NAME_CHARGES_MORE_TEXT,
                    "%d older lines aren’t shown.",
                    page->purchase.charge_count - LIMIT_PRICES_SHOWN);
}

/* ---- One purchase: usage -------------------------------------------------------------------- */

static void
report_view(struct exchange *x, struct view *view, const struct purchase_page *page)
{
    static const struct field_look hour = {
        .hint = "In UTC, within the last 24 hours, for example 2023-10-16T09:00Z",
        .short_input = true};
    static const struct field_look quantity = {.hint = "A whole number from 1",
                                               .short_input = true};
    const struct usage_points *points = &page->dimensions;
    struct choice *choices;
    struct view *form;

    if (points->count == 0)
        return;
    choices = arena_array(x->arena, struct choice, points->count);
    for (size_t i = 0; i < points->count; i++)
        choices[i] = (struct choice){
            points->rows[i].id,
            arena_format(x->arena, "%s (%s)", points->rows[i].words, points->rows[i].id), NULL};
    form = view_section(view, NAME_REPORT);
    view_text(form, NAME_FORM_ACTION, purchase_href(x, &page->purchase, "/usage"));
    view_text(form, NAME_USAGE_HREF, x->hat == HAT_OPERATOR ? "/operator/usage" : "/isv/usage");
    view_text(form, NAME_REPORT_TEXT,
              page->purchase.kind == PURCHASE_VM
                  ? "The hours it ran in that hour, once for each hour."
                  : "Only what goes beyond the included quantity, once for each hour: nothing is "
                    "subtracted again.");
    part_select(x, form, NAME_FIELD_DIMENSION, ANSWER_USAGE_POINT, "Dimension", choices,
                points->count, points->rows[0].id);
    part_text(x, form, NAME_FIELD_HOUR, ANSWER_USAGE_HOUR, "Hour", "text",
              instant_iso(x->arena, x->now - x->now % HOUR_S), &hour);
    part_text(x, form, NAME_FIELD_QUANTITY, ANSWER_USAGE_QUANTITY, "Quantity", "text", "",
              &quantity);
}

static void
used_view(struct exchange *x, struct view *view, const struct usage_events *used)
{
    struct view *list;

    if (used->count == 0)
        return;
    list = view_section(view, NAME_USAGE);
    for (size_t i = 0; i < used->count; i++) {
        struct view *row = view_section(list, NAME_USED);

        view_text(row, NAME_USED_HOUR, instant_show(x->arena, used->rows[i].hour_at));
        view_text(row, NAME_USED_POINT, used->rows[i].point);
        view_format(row, NAME_USED_QUANTITY, "%" PRId64, used->rows[i].quantity);
        view_text(row, NAME_USED_AT, instant_show(x->arena, used->rows[i].reported_at));
    }
}

/* ---- One purchase --------------------------------------------------------------------------- */

static void
next_view(struct exchange *x, struct view *view, const struct purchase *purchase)
{
    bool cancels = x->hat == HAT_ISV && may_work_purchases(x) &&
                   purchase_may(purchase, PURCHASE_CANCEL, PARTY_ISV, x->today) &&
                   purchase_cancel_refusal(purchase, x->now) == NULL;
    struct view *buttons;

    view_text(view, NAME_STATE_TEXT, purchase_status_text(x, purchase));
    view_text(view, NAME_NEXT_STEP, purchase_next_text(x, purchase));
    if (!cancels && act_of(x, purchase) == NULL)
        return;
    buttons = view_section(view, NAME_HAS_ACTS);
    purchase_act(x, buttons, NAME_ACT, purchase);
    if (cancels)
        view_text(view_section(buttons, NAME_CAN_CANCEL), NAME_CANCEL_HREF,
                  purchase_href(x, purchase, "/cancel"));
}

/* The head of a page about the purchase; here is NULL on its own page. */
struct view *
purchase_head(struct exchange *x, struct view *view, const struct purchase *purchase,
              const char *heading, const char *here)
{
    const char *name =
        arena_format(x->arena, "%s, %s", purchase->product_name, purchase->plan_name);
    bool operates = x->hat == HAT_OPERATOR;
    const char *const crumbs[][2] = {
        {operates ? purchase->kind == PURCHASE_VM ? "Usage" : "Payments" : "Purchases",
         operates ? purchase->kind == PURCHASE_VM ? "/operator/usage" : "/operator/payments"
                  : "/isv/purchases"},
        {name, purchase_href(x, purchase, "")},
    };
    struct view *head = part_head(x, view, heading == NULL ? name : heading);
    struct view *meta;

    head_crumbs(head, crumbs, here == NULL ? 1 : 2, here == NULL ? name : here);
    meta = view_section(head, NAME_HAS_META);
    part_purchase_status(x, meta, NAME_BADGE, purchase);
    view_format(view_section(meta, NAME_META), NAME_META_TEXT, "For %s",
                purchase->organisation_name);
    view_text(view_section(meta, NAME_HAS_ID), NAME_OFFER_ID, purchase->id);
    return head;
}

enum err
purchase_show(struct exchange *x, const struct purchase_page *page)
{
    const struct purchase *purchase = &page->purchase;
    struct view *view =
        show(x, PAGE_PURCHASE,
             arena_format(x->arena, "%s, %s", purchase->product_name, purchase->plan_name));

    (void)purchase_head(x, view, purchase, NULL, NULL);
    part_not_saved(x, view);
    part_summary(x, view, "");
    facts_view(x, view, purchase);
    report_view(x, view, page);
    charges_view(x, view, page);
    used_view(x, view, &page->used);
    next_view(x, view, purchase);
    return part_purchase_history(x, view, purchase);
}

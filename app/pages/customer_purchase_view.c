/*
 * customer_purchase_view.c: lists of purchases, one purchase, and its confirmation.
 *
 * Not here: the questions about a purchase (customer_purchase_forms.c).
 * Invariant: only the customer's own figures of a charge are read here. Invariant: a button is
 * drawn only for a move that the law's table permits today.
 */
#include "pages/customer_purchase_view.h"

#include <inttypes.h>

#include "base/text.h"
#include "pages/customer_view.h"
#include "pages/parts.h"
#include "pages/purchase_words.h"

#define PURCHASES_HREF "/customer/purchases"
#define NONE "–"

const char *
customer_purchase_href(const struct exchange *x, const struct purchase *purchase, const char *rest)
{
    return arena_format(x->arena, PURCHASES_HREF "/%s%s", purchase->id, rest);
}

static bool
may(const struct exchange *x, const struct purchase *purchase, enum purchase_move move)
{
    return purchase_may(purchase, move, PARTY_CUSTOMER, x->today);
}

/* ---- Lists ---------------------------------------------------------------------------------- */

void
part_customer_purchases(struct exchange *x, struct view *view, enum name slot, const char *caption,
                        const struct purchases *purchases)
{
    struct view *table = view_part(view, slot, PAGE_PART_CUSTOMER_PURCHASES);

    view_text(table, NAME_CAPTION, caption);
    for (size_t i = 0; i < purchases->count; i++) {
        const struct purchase *purchase = &purchases->rows[i];
        struct view *row = view_section(table, NAME_ROW);
        const char *left = days_left(x, purchase_clock_on(purchase));

        view_text(row, NAME_ROW_HREF, customer_purchase_href(x, purchase, ""));
        view_text(row, NAME_ROW_NAME, purchase->name);
        view_text(row, NAME_ROW_PRODUCT, purchase->product_name);
        view_text(row, NAME_ROW_PLAN, purchase->plan_name);
        view_text(row, NAME_ROW_OTHER, purchase->azure_name);
        part_purchase_status(x, row, NAME_ROW_BADGE, purchase);
        view_text(row, NAME_ROW_BOUGHT, day_show(x->arena, day_of(purchase->bought_at)));
        view_text(row, NAME_ROW_NEXT, purchase_next_text(x, purchase));
        if (left != NULL)
            view_text(view_section(row, NAME_ROW_DUE), NAME_ROW_DUE_TEXT, left);
    }
}

void
customer_purchases_view(struct exchange *x, const struct purchases *page,
                        const struct purchases *waiting, bool first)
{
    struct view *view = show(x, PAGE_CUSTOMER_PURCHASES, "Purchases");
    struct view *some;

    head_lead(part_head(x, view, "Purchases"),
              arena_format(x->arena, "What %s bought: status, charges, and what needs you.",
                           x->who.account_name));
    if (page->count == 0) {
        view_text(view_section(view, NAME_NO_PURCHASES), NAME_PRODUCTS_HREF, "/customer/products");
        return;
    }
    if (waiting->count > 0)
        part_customer_purchases(x, view_section(view, NAME_HAS_ATTENTION), NAME_ATTENTION,
                                "Purchases that need you, nearest deadline first", waiting);
    some = view_section(view, NAME_HAS_PURCHASES);
    part_customer_purchases(x, some, NAME_PURCHASES, "Purchases, newest first", page);
    if (first && !page->more)
        return;
    some = view_section(some, NAME_HAS_PAGES);
    if (!first)
        view_text(view_section(some, NAME_NEWER), NAME_NEWER_HREF, PURCHASES_HREF);
    if (page->more)
        view_format(view_section(some, NAME_OLDER), NAME_OLDER_HREF,
                    PURCHASES_HREF "?before=%" PRId64 ".%s", page->rows[page->count - 1].bought_at,
                    page->rows[page->count - 1].id);
}

/* ---- One purchase: facts -------------------------------------------------------------------- */

static const char *
or_none(const char *words)
{
    return *words == '\0' ? NONE : words;
}

const char *
customer_users_words(const struct exchange *x, const struct purchase *purchase)
{
    if (purchase->next_quantity == purchase->quantity)
        return arena_format(x->arena, "%" PRId64, purchase->quantity);
    return arena_format(x->arena, "%" PRId64 ", from the next payment on %" PRId64,
                        purchase->quantity, purchase->next_quantity);
}

/* The payment that comes; none when the last one is made. */
static void
payment_fact(struct exchange *x, struct view *facts, const struct purchase *purchase)
{
    struct day payment = purchase_payment_on(purchase);
    struct day term = purchase_term_ends(purchase);

    if (day_is_none(payment))
        fact(facts, "Next payment", "After the end of the month, for its hours");
    else if (day_is_none(term) || payment.number < term.number)
        fact(facts, "Next payment", utc(x, payment));
    else if (purchase->recurring && term.number <= purchase->renews_through.number)
        fact_note(facts, "Next payment", utc(x, term), "The term renews, at the price of that day");
}

static void
term_facts(struct exchange *x, struct view *facts, const struct purchase *purchase)
{
    if (purchase->model == MODEL_PER_USER)
        fact(facts, "Number of users", customer_users_words(x, purchase));
    if (purchase->term_months == 0)
        return;
    fact_note(facts, "Billing term", term_words(x->arena, purchase->term_months),
              payment_label(purchase->payment_months));
    if (purchase->activated_at != 0)
        fact(facts, "Present term",
             arena_format(x->arena, "%s to %s", day_show(x->arena, purchase_term_begins(purchase)),
                          utc(x, day_add(purchase_term_ends(purchase), -1))));
    fact(facts, "Recurring billing", purchase->recurring ? "On" : "Off");
}

static void
facts_view(struct exchange *x, struct view *view, const struct purchase *purchase)
{
    struct view *facts = part_facts(view, NAME_FACTS);
    bool running = purchase_state_on(purchase, x->today) != PURCHASE_UNSUBSCRIBED;

    fact(facts, "Name", purchase->name);
    fact(facts, "Bought", instant_show(x->arena, purchase->bought_at));
    fact(facts, "Bought by", purchase->person_name);
    fact(facts, "Bought through",
         *purchase->offer == '\0' ? "No private offer" : purchase->offer_name);
    if (*purchase->partner != '\0')
        fact(facts, "Sold by", purchase->partner_name);
    fact(facts, "Software by", purchase->isv_name);
    fact_code(facts, "Subscription", purchase->azure_name, purchase->azure_subscription);
    fact(facts, "Resource group", purchase->resource_group);
    if (purchase->vcpu > 0)
        fact(facts, "vCPU size", arena_format(x->arena, "%d", purchase->vcpu));
    term_facts(x, facts, purchase);
    if (running && purchase->activated_at != 0)
        payment_fact(x, facts, purchase);
    if (purchase->kind == PURCHASE_SAAS)
        fact_mail(facts, "Contact", purchase->contact);
    fact(facts, "Tags", or_none(purchase->tags));
    fact(facts, "Purchase order reference", or_none(purchase->order_reference));
    if (running && may(x, purchase, PURCHASE_CANCEL) &&
        purchase_cancel_refusal(purchase, x->now) != NULL)
        fact(facts, "Cancelling",
             arena_format(x->arena, "%s.", purchase_cancel_refusal(purchase, x->now)));
}

/* ---- One purchase: charges and usage -------------------------------------------------------- */

static const char *
charge_words(const struct exchange *x, const struct charge *charge)
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
        return arena_format(x->arena, "Refund of line %d", charge->corrects);
    case CHARGE_CREDIT:
        return arena_format(x->arena, "Credit for days left, of line %d", charge->corrects);
    case CHARGE_KIND_COUNT:
        break;
    }
    assert(false);
    return "";
}

static void
charge_row(struct exchange *x, struct view *table, const struct charge *charge)
{
    struct arena *arena = x->arena;
    struct view *row = view_section(table, NAME_CHARGE);
    struct amount unit = amount_of(charge->per_hour ? POINT_HOUR : POINT_TERM, charge->customer);

    view_format(row, NAME_CHARGE_LINE, "%d", charge->number);
    view_text(row, NAME_CHARGE_ON, day_show(arena, charge->on));
    view_text(row, NAME_CHARGE_WHAT, charge_words(x, charge));
    view_format(row, NAME_CHARGE_WORDS, "%s, %s", charge->words,
                *charge->source.offer == '\0' ? "list price" : "your price");
    view_format(row, NAME_CHARGE_PERIOD, "%s to %s", day_show(arena, charge->from_on),
                day_show(arena, charge->through_on));
    view_format(row, NAME_CHARGE_QUANTITY, "%" PRId64, charge->quantity);
    view_text(row, NAME_CHARGE_UNIT, amount_show(arena, unit));
    view_text(row, NAME_CHARGE_AMOUNT, money_show(arena, charge->customer_amount));
}

static void
charges_view(struct exchange *x, struct view *view, const struct customer_purchase *loaded)
{
    const struct charges *charges = &loaded->charges;
    struct money sum = {0};
    struct view *table;

    if (charges->count == 0) {
        view_text(view_section(view, NAME_NO_CHARGES), NAME_NO_CHARGES_TEXT,
                  loaded->purchase.activated_at == 0
                      ? "Nothing is charged before the publisher activates the subscription."
                      : "Nothing is charged yet. Usage is charged after the end of its month.");
        return;
    }
    table = view_section(view, NAME_HAS_CHARGES);
    for (size_t i = charges->count; i > 0; i--) {
        const struct charge *charge = &charges->rows[i - 1];

        sum.cents += charge->customer_amount.cents;
        if (charges->count - i < LIMIT_PRICES_SHOWN)
            charge_row(x, table, charge);
    }
    if (charges->count > LIMIT_PRICES_SHOWN)
        view_format(view_section(table, NAME_ROW_MORE), NAME_ROW_MORE_TEXT,
                    "and %zu earlier lines, which the sum counts too",
                    charges->count - LIMIT_PRICES_SHOWN);
    view_text(table, NAME_CHARGES_SUM, money_show(x->arena, sum));
}

/* Each price once, with all that was used of it. */
static void
usage_view(struct exchange *x, struct view *view, const struct customer_purchase *loaded)
{
    const struct usage *usage = &loaded->usage;
    struct view *table = NULL;

    for (size_t i = 0; i < usage->count; i++) {
        const char *id = usage->rows[i].point;
        const struct price_point *point = plan_point(loaded->plan, id);
        int64_t sum = 0;
        bool told = false;
        struct view *row;

        for (size_t k = 0; k < i; k++)
            told = told || text_equal(usage->rows[k].point, id);
        if (told)
            continue;
        for (size_t k = i; k < usage->count; k++)
            sum += text_equal(usage->rows[k].point, id) ? usage->rows[k].quantity : 0;
        if (table == NULL)
            table = view_section(view, NAME_HAS_USAGE);
        row = view_section(table, NAME_USAGE);
        view_text(row, NAME_USAGE_POINT,
                  point == NULL ? id : point_words(x->arena, loaded->plan, point));
        view_format(row, NAME_USAGE_QUANTITY, "%" PRId64, sum);
    }
    if (table != NULL)
        view_text(table, NAME_USAGE_NOTE, "Reported, and charged after the end of its month");
}

/* ---- One purchase: what can be done --------------------------------------------------------- */

static const char *
recurring_words(const struct exchange *x, const struct purchase *purchase)
{
    struct day ends;

    if (purchase->activated_at == 0)
        return purchase->recurring ? "Recurring billing is on: the term renews when it ends."
                                   : "Recurring billing is off: the subscription ends with its "
                                     "term.";
    ends = purchase_term_ends(purchase);
    if (!purchase->recurring)
        return arena_format(x->arena, "Recurring billing is off: it ends on %s.", utc(x, ends));
    if (ends.number > purchase->renews_through.number)
        return arena_format(x->arena,
                            "Recurring billing is on, but nothing sells this term after the offer "
                            "has ended: it ends on %s.",
                            utc(x, ends));
    return arena_format(x->arena,
                        "Recurring billing is on: the term renews on %s, at the price of that day.",
                        utc(x, ends));
}

static void
recurring_form(struct exchange *x, struct view *actions, const struct purchase *purchase)
{
    struct view *form = view_section(actions, NAME_CAN_RECUR);

    view_text(form, NAME_RECUR_HREF, customer_purchase_href(x, purchase, "/recurring"));
    view_text(form, NAME_RECUR_TEXT, recurring_words(x, purchase));
    view_text(form, NAME_RECUR_VALUE, purchase->recurring ? "0" : "1");
    view_text(form, NAME_RECUR_LABEL,
              purchase->recurring ? "Turn off recurring billing" : "Turn on recurring billing");
}

static void
actions_view(struct exchange *x, struct view *view, const struct customer_purchase *loaded)
{
    const struct purchase *purchase = &loaded->purchase;
    bool users = may(x, purchase, PURCHASE_CHANGE) && purchase->model == MODEL_PER_USER;
    bool plan = may(x, purchase, PURCHASE_CHANGE) && loaded->plans.count > 0;
    bool recur = may(x, purchase, PURCHASE_RECUR) && purchase->term_months > 0;
    bool cancel =
        may(x, purchase, PURCHASE_CANCEL) && purchase_cancel_refusal(purchase, x->now) == NULL;
    struct view *actions;

    if (!loaded->managed)
        return;
    if (may(x, purchase, PURCHASE_CONFIGURE))
        view_text(view_section(view, NAME_CAN_CONFIGURE), NAME_CONFIGURE_HREF,
                  customer_purchase_href(x, purchase, "/configure"));
    if (!users && !plan && !recur && !cancel)
        return;
    actions = view_section(view, NAME_HAS_ACTIONS);
    if (users)
        view_text(view_section(actions, NAME_CAN_USERS), NAME_USERS_HREF,
                  customer_purchase_href(x, purchase, "/users"));
    if (plan)
        view_text(view_section(actions, NAME_CAN_PLAN), NAME_PLAN_HREF,
                  customer_purchase_href(x, purchase, "/plan"));
    if (recur)
        recurring_form(x, actions, purchase);
    if (cancel)
        view_text(view_section(actions, NAME_CAN_CANCEL), NAME_CANCEL_HREF,
                  customer_purchase_href(x, purchase, "/cancel"));
}

/* ---- Pages ---------------------------------------------------------------------------------- */

void
customer_purchase_head(struct exchange *x, struct view *view, const struct purchase *purchase,
                       const char *heading, const char *here)
{
    const char *const crumbs[][2] = {{"Purchases", PURCHASES_HREF},
                                     {purchase->name, customer_purchase_href(x, purchase, "")}};

    head_crumbs(part_head(x, view, heading), crumbs, here == NULL ? 1 : 2,
                here == NULL ? purchase->name : here);
}

/* What everybody reads, but for what the customer itself did or has to do. */
static const char *
standing_words(const struct exchange *x, const struct purchase *purchase)
{
    if (purchase_state_on(purchase, x->today) != PURCHASE_PENDING)
        return purchase_status_text(x, purchase);
    return purchase->configured_at == 0 ? "You bought it, and nothing is billed yet."
                                        : "You configured it, and nothing is billed yet.";
}

enum err
customer_purchase_view(struct exchange *x, const struct customer_purchase *loaded)
{
    const struct purchase *purchase = &loaded->purchase;
    const char *heading =
        arena_format(x->arena, "%s, %s", purchase->product_name, purchase->plan_name);
    struct view *view = show(x, PAGE_CUSTOMER_PURCHASE, heading);

    customer_purchase_head(x, view, purchase, heading, NULL);
    if (!loaded->managed)
        part_notice(view, NAME_NOTICE, "info", "info", "You can read this purchase, not change it.",
                    arena_format(x->arena,
                                 "That takes a role that can purchase with the subscription “%s”. "
                                 "Somebody who owns it can give you one.",
                                 purchase->azure_name));
    part_purchase_status(x, view, NAME_ANSWER, purchase);
    view_format(view, NAME_STATE_TEXT, "%s %s", standing_words(x, purchase),
                purchase_next_text(x, purchase));
    facts_view(x, view, purchase);
    charges_view(x, view, loaded);
    usage_view(x, view, loaded);
    actions_view(x, view, loaded);
    return part_purchase_history(x, view, purchase);
}

static void
bought_next(struct exchange *x, struct view *view, const struct purchase *purchase)
{
    struct view *part = view_part(view, NAME_WHAT_NEXT, PAGE_PART_WHAT_NEXT);

    if (purchase_state_on(purchase, x->today) != PURCHASE_PENDING) {
        ahead(part, "next", "What it comes to",
              purchase->kind == PURCHASE_VM ? "Hours are charged after the end of each month"
                                            : "The charges stand on the page of the purchase");
        return;
    }
    if (purchase->configured_at == 0)
        ahead(part, "customer", "You configure your account",
              arena_format(x->arena, "Through %s; after that it is Unsubscribed",
                           utc(x, purchase_clock_on(purchase))));
    ahead(part, "next", arena_format(x->arena, "%s activates it", purchase->isv_name),
          "Within 30 days of the configuration; billing and the term start there");
}

static const char *
done_heading(const struct purchase *purchase)
{
    switch (purchase->kind) {
    case PURCHASE_SAAS:
        return "You subscribed";
    case PURCHASE_VM:
    case PURCHASE_APP:
        return "It is deployed";
    case PURCHASE_RESERVATION:
        return "It is reserved";
    case PURCHASE_KIND_COUNT:
        break;
    }
    assert(false);
    return "";
}

void
customer_purchased_view(struct exchange *x, const struct purchase *purchase)
{
    struct view *view = show(x, PAGE_CUSTOMER_PURCHASED, done_heading(purchase));
    struct view *facts;

    customer_purchase_head(
        x, view, purchase,
        arena_format(x->arena, "%s, %s", purchase->product_name, purchase->plan_name), "Purchased");
    part_purchase_status(x, view, NAME_BADGE, purchase);
    view_text(view, NAME_DONE_HEADING, done_heading(purchase));
    view_text(view, NAME_DONE_TEXT,
              purchase->kind == PURCHASE_SAAS
                  ? "Nothing is charged until the publisher has activated the subscription."
                  : "Charging has begun.");
    facts = part_facts(view, NAME_FACTS);
    fact(facts, "Name", purchase->name);
    fact_code(facts, "Reference", "", purchase->id);
    fact(facts, "Subscription", purchase->azure_name);
    fact(facts, "Resource group", purchase->resource_group);
    term_facts(x, facts, purchase);
    if (may(x, purchase, PURCHASE_CONFIGURE))
        view_text(view_section(view, NAME_CAN_CONFIGURE), NAME_CONFIGURE_HREF,
                  customer_purchase_href(x, purchase, "/configure"));
    view_text(view, NAME_PURCHASE_HREF, customer_purchase_href(x, purchase, ""));
    bought_next(x, view, purchase);
}

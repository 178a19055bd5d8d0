/*
 * customer_buy_view.c: the price of a purchase and why, the choice of subscription, and what else
 * is asked.
 *
 * Invariant: no wholesale figure is read in this file. Invariant: the form is drawn only for
 * somebody who can use at least one subscription, and only while there is a price.
 */
#include "pages/customer_buy_view.h"

#include <inttypes.h>

#include "base/text.h"
#include "pages/customer_view.h"
#include "pages/parts.h"
#include "store/offers.h"

static const struct purchase_payer *
payer_of(const struct purchase_quote *quote)
{
    return quote->chosen < quote->payer_count ? &quote->payers[quote->chosen] : NULL;
}

static bool
is_term(const struct price_point *point)
{
    return point->kind == POINT_TERM || point->kind == POINT_USER;
}

/* Is there anything to pay? A new plan's term, or a reservation, may have no list price. */
static bool
has_price(const struct purchase_quote *quote)
{
    if (quote->kind != PURCHASE_SAAS)
        return quote->answer.prices.count > 0;
    for (size_t k = 0; k < quote->answer.prices.count; k++) {
        if (is_term(quote->answer.points[k]))
            return true;
    }
    return false;
}

static bool
can_pay(const struct purchase_quote *quote)
{
    for (size_t i = 0; i < quote->payer_count; i++) {
        if (quote->payers[i].refusal == NULL)
            return true;
    }
    return false;
}

/* ---- Prices and why ------------------------------------------------------------------------- */

static void
prices_view(struct exchange *x, struct view *view, const struct purchase_quote *quote)
{
    const struct price_answer *answer = &quote->answer;
    struct offer *offer = arena_new(x->arena, struct offer);
    struct offer_row *row = &offer->rows[0];
    bool reserved = quote->kind == PURCHASE_RESERVATION;

    offer->type = reserved ? OFFER_RESERVATIONS : OFFER_EXISTING_PLANS;
    *row = (struct offer_row){
        .plan = answer->plan,
        .plan_name = answer->plan_name,
        .plan_description = quote->row == NULL ? "" : quote->row->plan_description,
        .included = arena_array(x->arena, struct included, answer->included_count + 1),
        .included_count = answer->included_count,
        .duration_months = reserved ? answer->term_months : 0,
        .payment_months = answer->payment_months,
        .prices = arena_array(x->arena, struct row_price, answer->prices.count + 1),
        .price_count = answer->prices.count,
    };
    if (answer->plan->model == MODEL_PER_USER) {
        row->min_users = answer->min_users;
        row->max_users = answer->max_users;
    }
    for (size_t i = 0; i < answer->included_count; i++)
        row->included[i] = answer->included[i];
    for (size_t k = 0; k < answer->prices.count; k++) {
        const struct unit_price *price = &answer->prices.rows[k];

        row->prices[k] = (struct row_price){
            .plan = answer->plan,
            .point = answer->points[k],
            .key = price->point,
            .quantity = price->quantity,
            .has_list = price->has_list,
            .list = price->list,
            .has_customer = true,
            .customer = price->customer,
        };
    }
    (void)customer_prices_row(
        customer_prices_table(view, NAME_PRICES,
                              answer->reason == PRICED_PRIVATE ? "Your price" : "List price"),
        offer, row, LIMIT_PRICES_SHOWN);
}

/* The name of an account of the customer's that one of its payers has, else its ID. */
static const char *
account_name(const struct purchase_quote *quote, const char *id)
{
    for (size_t i = 0; i < quote->payer_count; i++) {
        if (text_equal(quote->payers[i].account.id, id))
            return quote->payers[i].account.name;
    }
    return id;
}

/* Why list price applies. */
static const char *
list_reason(const struct exchange *x, const struct purchase_quote *quote)
{
    const struct offer *offer = &quote->offer;
    const struct purchase_payer *payer = payer_of(quote);

    switch (quote->answer.reason) {
    case PRICED_PUBLIC:
        return "No accepted offer of the subscription’s billing account reprices this plan.";
    case PRICED_NOT_BEGUN:
        return arena_format(x->arena,
                            "The prices of “%s” begin on %s. What you buy before costs list price.",
                            offer->name, utc(x, offer_prices_begin(offer)));
    case PRICED_ENDED:
        return arena_format(x->arena, "The prices of “%s” held through %s.", offer->name,
                            utc(x, offer->end_on));
    case PRICED_OTHER_ACCOUNT:
        return arena_format(
            x->arena,
            "“%s” is for the billing account “%s”, and this subscription is billed to “%s”.",
            offer->name, account_name(quote, offer->billing_account),
            payer == NULL ? "another" : payer->account.name);
    case PRICED_PRIVATE:
        break;
    }
    assert(false);
    return "";
}

/* Which offer gives the price, and until when. */
static enum err
private_reason(struct exchange *x, const struct purchase_quote *quote, const char **words)
{
    struct viewer viewer = exchange_viewer(x);
    struct offer *offer = arena_new(x->arena, struct offer);

    TRY(offer_view(x->db, x->arena, &viewer, quote->answer.prices.source.offer, offer));
    *words = arena_format(x->arena, "It is the price of “%s”, which holds through %s.", offer->name,
                          utc(x, offer->end_on));
    return OK;
}

static enum err
notice_view(struct exchange *x, struct view *view, const struct purchase_quote *quote, bool stale)
{
    bool own = quote->answer.reason == PRICED_PRIVATE;
    const char *title = own ? "Your price applies." : "List price applies.";
    const char *words;

    if (own)
        TRY(private_reason(x, quote, &words));
    else
        words = list_reason(x, quote);
    if (stale)
        part_notice(view, NAME_NOTICE, "warn", "alert", "Nothing was bought.",
                    arena_format(x->arena,
                                 "What you were shown is not what this purchase costs now. %s %s "
                                 "Look at the price, then press %s again.",
                                 title, words, purchase_verb(quote->kind)));
    else
        part_notice(view, NAME_NOTICE, own ? "ok" : "info", own ? "check" : "info", title, words);
    return OK;
}

/* ---- What is asked -------------------------------------------------------------------------- */

/* In a row of a whole product: each of its plans once. */
static void
plan_field(struct exchange *x, struct view *form, const struct purchase_quote *quote)
{
    const struct offer_row *row = quote->row;
    struct choice choices[LIMIT_PLANS];
    size_t count = 0;

    if (row == NULL || !row->whole_product)
        return;
    for (size_t k = 0; k < row->price_count && count < LIMIT_PLANS; k++) {
        const struct plan *plan = row->prices[k].plan;

        if (count == 0 || !text_equal(choices[count - 1].value, plan->id))
            choices[count++] = (struct choice){plan->id, plan->name, NULL};
    }
    part_select(x, view_section(form, NAME_CHOOSER), NAME_FIELD_PLAN, "plan", "Plan", choices,
                count, quote->target.plan);
}

static void
refused_row(struct view *view, const struct purchase_payer *payer)
{
    struct view *row = view_section(view, NAME_REFUSED);

    view_text(row, NAME_REFUSED_NAME, payer->subscription.name);
    view_text(row, NAME_REFUSED_TEXT, payer->refusal);
}

/* Those that can be used, and the chosen one; below, why the others can't be. */
static void
subscription_field(struct exchange *x, struct view *form, const struct purchase_quote *quote)
{
    struct choice *choices = arena_array(x->arena, struct choice, quote->payer_count + 1);
    struct view *refused = NULL;
    size_t count = 0;

    assert(quote->payer_count == 0 || quote->payers != NULL);
    for (size_t i = 0; i < quote->payer_count; i++) {
        const struct purchase_payer *payer = &quote->payers[i];

        if (payer->refusal == NULL || i == quote->chosen)
            choices[count++] =
                (struct choice){payer->subscription.id,
                                arena_format(x->arena, "%s, billed to %s", payer->subscription.name,
                                             payer->account.name),
                                NULL};
        if (payer->refusal == NULL)
            continue;
        if (refused == NULL)
            refused = view_section(form, NAME_HAS_REFUSED);
        refused_row(refused, payer);
    }
    part_select(x, form, NAME_FIELD_SUBSCRIPTION, ANSWER_SUBSCRIPTION, "Subscription", choices,
                count, quote->chosen < quote->payer_count ? payer_of(quote)->subscription.id : "");
}

static void
group_field(struct exchange *x, struct view *form, const struct purchase_payer *payer)
{
    size_t most = payer == NULL ? 0 : payer->groups.count;
    struct choice *choices = arena_array(x->arena, struct choice, most + 1);
    const char *locked = NULL;
    size_t count = 0;

    for (size_t i = 0; i < most; i++) {
        const struct resource_group *group = &payer->groups.rows[i];

        if (!group->locked)
            choices[count++] = (struct choice){group->name, group->name, NULL};
        else
            locked = locked == NULL ? group->name
                                    : arena_format(x->arena, "%s, %s", locked, group->name);
    }
    part_select(x, form, NAME_FIELD_RESOURCE_GROUP, ANSWER_RESOURCE_GROUP, "Resource group",
                choices, count, count == 0 ? "" : choices[0].value);
    if (locked != NULL)
        view_format(view_section(form, NAME_HAS_LOCKED), NAME_LOCKED_TEXT,
                    "Locked, so nothing can be deployed there: %s", locked);
}

/* "12 payments of $90.00", with list beside it where that is another price. */
static const char *
term_hint(const struct exchange *x, const struct price_point *point, const struct unit_price *price)
{
    int payments = point_payments(point);
    const char *each = point->kind == POINT_USER ? " for each user" : "";
    const char *amount = amount_show(x->arena, price->customer);
    const char *words = payments == 1
                            ? arena_format(x->arena, "One payment of %s%s", amount, each)
                            : arena_format(x->arena, "%d payments of %s%s", payments, amount, each);

    if (!price->has_list || amount_equal(price->list, price->customer))
        return words;
    return arena_format(x->arena, "%s; list price %s", words, amount_show(x->arena, price->list));
}

static void
term_field(struct exchange *x, struct view *form, const struct price_answer *answer)
{
    struct choice choices[LIMIT_POINTS];
    size_t count = 0;

    for (size_t k = 0; k < answer->prices.count; k++) {
        const struct price_point *point = answer->points[k];

        if (is_term(point))
            choices[count++] = (struct choice){point->id, term_words(x->arena, point->term_months),
                                               term_hint(x, point, &answer->prices.rows[k])};
    }
    if (count > 0)
        part_choice(x, form, NAME_FIELD_TERM, ANSWER_TERM, "Billing term", choices, count,
                    choices[0].value);
}

static void
users_field(struct exchange *x, struct view *form, const struct price_answer *answer)
{
    const struct offer_row limits = {.min_users = answer->min_users > 1 ? answer->min_users : 1,
                                     .max_users = answer->max_users};
    const struct field_look look = {.hint = users_words(x->arena, &limits), .short_input = true};

    if (answer->plan->model == MODEL_PER_USER)
        part_text(x, form, NAME_FIELD_USERS, ANSWER_USERS, "Number of users", "text", "", &look);
}

static void
size_field(struct exchange *x, struct view *form, const struct purchase_quote *quote)
{
    struct choice choices[LIMIT_VCPU_SIZES];
    const struct plan *plan = quote->answer.plan;
    size_t count = 0;

    if (quote->kind != PURCHASE_VM || plan->model == MODEL_VM_FLAT)
        return;
    for (size_t i = 0; i < LIMIT_VCPU_SIZES; i++) {
        const char *size = arena_format(x->arena, "%d", vcpu_sizes[i]);

        if (plan_hour_point(plan, vcpu_sizes[i]) != NULL)
            choices[count++] = (struct choice){size, size, NULL};
    }
    if (count > 0)
        part_select(x, form, NAME_FIELD_VCPU, ANSWER_VCPU, "vCPU size", choices, count,
                    choices[0].value);
}

static const struct field_look name_look = {.hint = "Your own, up to 64 characters"};
static const struct field_look tags_look = {.hint = "For example team=finance", .optional = true};
static const struct field_look tags_needed_look = {
    .hint = "The subscription requires tags, for example team=finance"};
static const struct field_look order_look = {.hint = "Your own number or name of it",
                                             .optional = true};

static void
form_view(struct exchange *x, struct view *view, const struct purchase_quote *quote)
{
    const struct purchase_payer *payer = payer_of(quote);
    bool has_term = quote->kind == PURCHASE_SAAS || quote->kind == PURCHASE_RESERVATION;
    bool tags = payer != NULL && payer->subscription.tags_required;
    struct view *form = view_section(view, NAME_CAN_BUY);

    _Static_assert(LIMIT_PURCHASE_NAME == 64, "the hint says so");
    view_text(form, NAME_FORM_ACTION, x->request->path);
    view_text(form, NAME_PRICE_DIGEST, quote->digest);
    plan_field(x, form, quote);
    subscription_field(x, form, quote);
    view_text(form, NAME_RECALCULATE_HINT,
              quote->row != NULL && quote->row->whole_product
                  ? "Shows the price of another plan or subscription. Buys nothing."
                  : "Shows the price with another subscription. Buys nothing.");
    group_field(x, form, payer);
    part_text(x, form, NAME_FIELD_NAME, ANSWER_PURCHASE_NAME, "Name", "text", "", &name_look);
    term_field(x, form, &quote->answer);
    users_field(x, form, &quote->answer);
    size_field(x, form, quote);
    if (has_term)
        part_tick(x, form, NAME_FIELD_RECURRING, ANSWER_RECURRING, NULL, "Recurring billing", true);
    part_text(x, form, NAME_FIELD_TAGS, ANSWER_TAGS, "Tags", "text", "",
              tags ? &tags_needed_look : &tags_look);
    part_text(x, form, NAME_FIELD_ORDER, ANSWER_ORDER, "Purchase order reference", "text", "",
              &order_look);
    view_text(form, NAME_CONFIRM_LABEL, purchase_verb(quote->kind));
    view_text(form, NAME_CANCEL_HREF,
              *quote->target.offer == '\0'
                  ? "/customer/products?list=all"
                  : arena_format(x->arena, "/customer/offers/%s", quote->target.offer));
    view_text(form, NAME_CONSEQUENCE,
              quote->kind == PURCHASE_SAAS
                  ? "Nothing is charged until the publisher activates the subscription."
                  : "Charging begins today.");
}

/* Why nobody can press a button here. */
static void
cannot_buy(struct view *view, const struct purchase_quote *quote)
{
    struct view *notice = view_section(view, NAME_CANNOT_BUY);

    if (!has_price(quote)) {
        view_text(notice, NAME_CANNOT_BUY_TEXT,
                  "It is sold through the offer alone: there is no list price for it.");
        return;
    }
    view_text(notice, NAME_CANNOT_BUY_TEXT,
              quote->payer_count == 0
                  ? "You have no role on an Azure subscription of your organisation."
                  : "None of the subscriptions you know can be used:");
    for (size_t i = 0; i < quote->payer_count; i++)
        refused_row(notice, &quote->payers[i]);
    view_text(view_section(notice, NAME_ASK), NAME_ASK_TEXT,
              "An owner of a subscription can give you a role that purchases, and unlock its "
              "resource groups.");
}

/* ---- The page ------------------------------------------------------------------------------- */

static void
facts_view(struct view *view, const struct purchase_quote *quote)
{
    const struct purchase_payer *payer = payer_of(quote);
    struct view *facts = part_facts(view, NAME_FACTS);

    fact(facts, "Product", quote->answer.plan->product_name);
    fact(facts, "Plan", quote->answer.plan_name);
    fact(facts, "Type", product_type_words(quote->answer.plan->type));
    if (*quote->offer.id != '\0') {
        fact(facts, "Private offer", quote->offer.name);
        fact(facts, "Sold by", quote->offer.partner_name);
        fact(facts, "Software by", quote->offer.isv_name);
    }
    if (payer != NULL)
        fact_code(facts, "Billed to", payer->account.name, payer->account.id);
}

static void
next_view(struct view *view, const struct purchase_quote *quote)
{
    struct view *part = view_part(view, NAME_WHAT_NEXT, PAGE_PART_WHAT_NEXT);

    ahead(part, "customer", "You purchase it", "With the subscription and the price shown here");
    if (quote->kind == PURCHASE_SAAS) {
        ahead(part, "next", "You configure your account", "Within 30 days of the purchase");
        ahead(part, "next", "The publisher activates it", "Billing and the term start there");
        return;
    }
    ahead(part, "next", quote->kind == PURCHASE_RESERVATION ? "It is reserved" : "It is deployed",
          quote->kind == PURCHASE_VM ? "Hours are charged after the end of each month"
                                     : "The first payment is charged today");
}

/* Problems lead to the top of the page when there is no form to mend. */
static void
problems_to_top(struct exchange *x)
{
    for (size_t i = 0; i < x->problems->count; i++)
        x->problems->list[i].href = "#main";
}

enum err
customer_buy_view(struct exchange *x, const struct purchase_quote *quote, bool stale)
{
    const char *name =
        arena_format(x->arena, "%s, %s", quote->answer.plan->product_name, quote->answer.plan_name);
    const char *title = arena_format(x->arena, "Purchase %s", name);
    bool of_offer = *quote->target.offer != '\0';
    const char *const crumbs[][2] = {
        {of_offer ? "Private offers" : "Products",
         of_offer ? "/customer/offers" : "/customer/products?list=all"},
        {quote->offer.name == NULL ? "" : quote->offer.name,
         arena_format(x->arena, "/customer/offers/%s", quote->target.offer)},
    };
    struct view *view = show(x, PAGE_CUSTOMER_BUY, title);
    bool open = can_pay(quote) && has_price(quote);

    head_crumbs(part_head(x, view, title), crumbs, of_offer ? 2 : 1, "Purchase");
    part_not_saved(x, view);
    TRY(notice_view(x, view, quote, stale));
    if (!open)
        problems_to_top(x);
    part_summary(x, view, "");
    prices_view(x, view, quote);
    if (open)
        form_view(x, view, quote);
    else
        cannot_buy(view, quote);
    facts_view(view, quote);
    next_view(view, quote);
    return OK;
}

/*
 * customer_purchase_forms.c: what is asked about a purchase, one thing on a page, with what
 * follows.
 */
#include "pages/customer_purchase_view.h"

#include <inttypes.h>

#include "base/text.h"
#include "pages/customer_view.h"
#include "pages/parts.h"

/* A page with one question; answers its view, whose facts and field are the caller's. */
static struct view *
question_view(struct exchange *x, const struct purchase *purchase, const char *heading,
              const char *rest, const char *label, const char *sentence)
{
    struct view *view = show(x, PAGE_PURCHASE_FORM, heading);

    customer_purchase_head(x, view, purchase, heading, heading);
    part_not_saved(x, view);
    part_summary(x, view, "");
    view_text(view, NAME_FORM_ACTION, customer_purchase_href(x, purchase, rest));
    view_text(view, NAME_SENTENCE, sentence);
    view_text(view, NAME_CONFIRM_LABEL, label);
    view_text(view, NAME_CANCEL_HREF, customer_purchase_href(x, purchase, ""));
    view_text(view, NAME_CANCEL_LABEL, "Cancel");
    return view;
}

void
customer_configure_view(struct exchange *x, const struct purchase *purchase, const char *token)
{
    static const struct field_look look = {
        .hint = "The publisher writes there about setting up the account"};
    struct view *view;
    struct view *facts;

    for (size_t i = 0; i < x->problems->count; i++) {
        if (text_equal(x->problems->list[i].at, "token"))
            x->problems->list[i].href = "#contact"; /* the page is sent again as it is now */
    }
    view = question_view(
        x, purchase, "Configure account", "/configure", "Configure account",
        arena_format(x->arena,
                     "%s gets your organisation’s name, this address and what was bought. It "
                     "activates the subscription within 30 days; billing starts there. This page "
                     "is good for 24 hours.",
                     purchase->isv_name));
    view_text(view_section(view, NAME_HAS_TOKEN), NAME_TOKEN, token);
    facts = part_facts(view, NAME_FACTS);
    fact(facts, "Product", purchase->product_name);
    fact(facts, "Plan", purchase->plan_name);
    fact(facts, "Configure by", utc(x, purchase_clock_on(purchase)));
    part_text(x, view, NAME_FIELD, "contact", "Contact email", "email", "", &look);
}

void
customer_users_view(struct exchange *x, const struct purchase *purchase)
{
    const struct offer_row limits = {.min_users = purchase->min_users > 1 ? purchase->min_users : 1,
                                     .max_users = purchase->max_users};
    const struct field_look look = {.hint = users_words(x->arena, &limits), .short_input = true};
    struct day ends = purchase_period_ends(purchase);
    struct view *view = question_view(
        x, purchase, "Change number of users", "/users", "Save",
        arena_format(x->arena,
                     "More users are charged today, at the same price, for the days through %s. "
                     "Fewer users count from the payment of %s on; what is paid isn’t given back.",
                     utc(x, day_add(ends, -1)), utc(x, ends)));
    struct view *facts = part_facts(view, NAME_FACTS);

    fact(facts, "Product", purchase->product_name);
    fact(facts, "Plan", purchase->plan_name);
    fact(facts, "Number of users now", customer_users_words(x, purchase));
    part_text(x, view, NAME_FIELD, ANSWER_USERS, "Number of users", "text",
              arena_format(x->arena, "%" PRId64, purchase->next_quantity), &look);
}

/* What the plan costs with the same term and payment option. */
static const char *
plan_hint(const struct exchange *x, const struct purchase *purchase, const struct plan *plan)
{
    for (size_t k = 0; k < plan->point_count; k++) {
        const struct price_point *point = &plan->points[k];

        if ((point->kind == POINT_TERM || point->kind == POINT_USER) &&
            point->term_months == purchase->term_months &&
            point->payment_months == purchase->payment_months)
            return arena_format(x->arena, "%s, %s", amount_show(x->arena, point->list),
                                point_words(x->arena, plan, point));
    }
    return "";
}

void
customer_plan_view(struct exchange *x, const struct purchase *purchase,
                   const struct purchase_plans *plans)
{
    struct choice *choices = arena_array(x->arena, struct choice, plans->count + 1);
    struct view *view = question_view(
        x, purchase, "Change plan", "/plan", "Change plan",
        arena_format(x->arena,
                     "The new plan begins today and keeps the billing term and the payment option. "
                     "The days of the old plan through %s are given back, those of the new one "
                     "charged.",
                     utc(x, day_add(purchase_period_ends(purchase), -1))));
    struct view *facts = part_facts(view, NAME_FACTS);

    fact(facts, "Product", purchase->product_name);
    fact(facts, "Plan now", purchase->plan_name);
    fact(facts, "Billing term", term_words(x->arena, purchase->term_months));
    for (size_t i = 0; i < plans->count; i++)
        choices[i] = (struct choice){plans->rows[i].id, plans->rows[i].name,
                                     plan_hint(x, purchase, &plans->rows[i])};
    part_choice(x, view, NAME_FIELD, "plan", "New plan", choices, plans->count, "");
}

/* What cancelling does to what was paid, and to what is still to come. */
static const char *
cancel_words(const struct exchange *x, const struct purchase *purchase)
{
    const char *until = instant_show(x->arena, purchase_refund_until(purchase));

    if (purchase->activated_at == 0)
        return "It ends at once and can’t be taken up again. Nothing was charged, and nothing will "
               "be.";
    if (purchase_refunds(purchase, x->now))
        return arena_format(x->arena,
                            "It ends at once and can’t be taken up again. Every payment is given "
                            "back, because it was bought less than 72 hours ago: through %s. Usage "
                            "isn’t.",
                            until);
    return arena_format(x->arena,
                        "It ends at once and can’t be taken up again. Nothing is given back: the "
                        "72 hours for that ended on %s.",
                        until);
}

void
customer_cancel_view(struct exchange *x, const struct purchase *purchase)
{
    const char *heading = arena_format(x->arena, "Cancel “%s”?", purchase->name);
    struct view *view = show(x, PAGE_CONFIRM, "Cancel");
    struct view *facts;

    customer_purchase_head(x, view, purchase, heading, "Cancel");
    view_text(view, NAME_FORM_ACTION, customer_purchase_href(x, purchase, "/cancel"));
    view_text(view, NAME_REV, "");
    view_text(view, NAME_SENTENCE, cancel_words(x, purchase));
    facts = part_facts(view, NAME_FACTS);
    fact(facts, "Product", purchase->product_name);
    fact(facts, "Plan", purchase->plan_name);
    fact(facts, "Subscription", purchase->azure_name);
    view_text(view_section(view, NAME_DANGER), NAME_CONFIRM_LABEL, "Cancel purchase");
    view_text(view, NAME_CANCEL_HREF, customer_purchase_href(x, purchase, ""));
    view_text(view, NAME_CANCEL_LABEL, "Keep it");
}

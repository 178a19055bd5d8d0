/*
 * customer_buy_pages.c: what a purchase would cost, and purchasing, by offer and by plan.
 *
 * Invariant: Recalculate buys nothing and keeps what was typed.
 */
#include "pages/customer_buy_pages.h"

#include "base/text.h"
#include "pages/customer_buy_view.h"
#include "pages/customer_view.h"

/* What the path names. Of a row of a whole product, the plan that was chosen on the page, or by
 * ?plan=; "" is the first. */
static struct purchase_target
target_row(const struct exchange *x)
{
    return (struct purchase_target){
        .offer = path_param(x, "offer"),
        .row = path_number(x, "row"),
        .product = "",
        .plan = shown(x, "plan", queried(x, "plan")),
    };
}

static struct purchase_target
target_plan(const struct exchange *x)
{
    return (struct purchase_target){
        .offer = "",
        .product = path_param(x, "product"),
        .plan = path_param(x, "plan"),
    };
}

/* Why the offer can't be bought from, when it is the customer's to see. */
static enum err
closed(struct exchange *x, const struct purchase_target *target)
{
    struct viewer viewer = exchange_viewer(x);
    struct offer *offer = arena_new(x->arena, struct offer);

    TRY(offer_view(x->db, x->arena, &viewer, target->offer, offer));
    x->closed_reason = offer_state_on(offer, x->today) == STATE_PENDING_ACCEPTANCE
                           ? "The offer is Pending acceptance: it sells once it is accepted."
                           : customer_closed_words(x, offer, NULL);
    return ERR_CLOSED;
}

/* The page, with the price of the subscription that was chosen. */
static enum err
quote_show(struct exchange *x, const struct purchase_target *target, bool stale)
{
    struct act act = exchange_act(x);
    struct purchase_quote *quote = arena_new(x->arena, struct purchase_quote);
    enum err outcome = purchase_quote(
        &act, target, shown(x, ANSWER_SUBSCRIPTION, queried(x, ANSWER_SUBSCRIPTION)), quote);

    if (outcome == ERR_CLOSED)
        return closed(x, target);
    TRY(outcome);
    return customer_buy_view(x, quote, stale);
}

static enum err
buy(struct exchange *x, const struct purchase_target *target)
{
    struct act act = exchange_act(x);
    struct answers answers = exchange_answers(x);
    const char *id = NULL;
    enum err outcome;

    if (text_equal(posted(x, "do"), "recalculate"))
        return quote_show(x, target, false);
    outcome = action_purchase_buy(&act, target, &answers, x->problems, &id);
    if (outcome == ERR_CLOSED)
        return closed(x, target);
    if (outcome == ERR_INVALID || outcome == ERR_STALE)
        TRY(quote_show(x, target, outcome == ERR_STALE));
    TRY(outcome);
    return redirect(x, "/customer/purchases/%s/purchased", id);
}

/* GET /customer/offers/:offer/purchase/:row */
enum err
customer_buy_row_get(struct exchange *x)
{
    struct purchase_target target = target_row(x);

    return quote_show(x, &target, false);
}

/* POST /customer/offers/:offer/purchase/:row */
enum err
customer_buy_row_post(struct exchange *x)
{
    struct purchase_target target = target_row(x);

    return buy(x, &target);
}

/* GET /customer/products/:product/:plan/purchase */
enum err
customer_buy_plan_get(struct exchange *x)
{
    struct purchase_target target = target_plan(x);

    return quote_show(x, &target, false);
}

/* POST /customer/products/:product/:plan/purchase */
enum err
customer_buy_plan_post(struct exchange *x)
{
    struct purchase_target target = target_plan(x);

    return buy(x, &target);
}

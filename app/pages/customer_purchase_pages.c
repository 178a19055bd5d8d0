/*
 * customer_purchase_pages.c: what the customer bought: read, or call one action, then show or
 * redirect.
 *
 * Invariant: every page shows the purchase as it is today, whether or not what time brought is
 * written. A move that today's state does not have answers 409 and says how the purchase stands.
 */
#include "pages/customer_purchase_pages.h"

#include <string.h>

#include "actions/purchase_time.h"
#include "base/text.h"
#include "pages/customer_purchase_view.h"
#include "pages/purchase_words.h"
#include "store/catalogue.h"

#define PURCHASES_HREF "/customer/purchases"

/* The purchase the path names, as it is today. */
static enum err
path_purchase(struct exchange *x, struct purchase *purchase, struct charges *charges)
{
    struct act act = exchange_act(x);

    TRY(purchase_load(x->db, x->arena, &act.viewer, path_param(x, "purchase"), purchase));
    TRY(purchase_foresee(&act, purchase, charges));
    charges_blank(charges, &act.viewer);
    return OK;
}

static enum err
closed(struct exchange *x, const struct purchase *purchase)
{
    x->closed_reason = purchase_closed_words(x, purchase);
    return ERR_CLOSED;
}

static enum err
purchase_show(struct exchange *x)
{
    struct act act = exchange_act(x);
    struct customer_purchase loaded = {.usage = {.count = 0}};
    struct purchase *purchase = &loaded.purchase;

    TRY(path_purchase(x, purchase, &loaded.charges));
    TRY(purchase_managed(&act, purchase, &loaded.managed));
    TRY(plan_load(x->db, x->arena, purchase->product, purchase->plan, x->today, &loaded.plan));
    if (!day_is_none(purchase->usage_on))
        TRY(usage_between(x->db, x->arena, purchase->id, day_start_at(purchase->usage_on),
                          x->now + 1, &loaded.usage));
    if (purchase_may(purchase, PURCHASE_CHANGE, PARTY_CUSTOMER, x->today))
        TRY(purchase_plans_of(&act, purchase, &loaded.plans));
    return customer_purchase_view(x, &loaded);
}

/* The same, for a page that leads to the move; one whose role can't make it gets the purchase to
 * read, with the reason. */
static enum err
path_purchase_for(struct exchange *x, enum purchase_move move, struct purchase *purchase)
{
    struct act act = exchange_act(x);
    struct charges charges;
    bool managed = false;

    TRY(path_purchase(x, purchase, &charges));
    TRY(purchase_managed(&act, purchase, &managed));
    if (!managed) {
        TRY(purchase_show(x));
        return ERR_DENIED;
    }
    return purchase_may(purchase, move, PARTY_CUSTOMER, x->today) ? OK : closed(x, purchase);
}

/* What an action answered that left everything as it was. */
static enum err
refused(struct exchange *x, enum err outcome)
{
    struct purchase purchase;
    struct charges charges;

    if (outcome == ERR_DENIED)
        TRY(purchase_show(x));
    if (outcome != ERR_CLOSED)
        return outcome;
    TRY(path_purchase(x, &purchase, &charges));
    return closed(x, &purchase);
}

static enum err
to_purchase(struct exchange *x, const char *done)
{
    return redirect(x, PURCHASES_HREF "/%s?done=%s", path_param(x, "purchase"), done);
}

/* ---- Lists ---------------------------------------------------------------------------------- */

/* The place that ?before= names, "<when>.<id>"; anything else is the first page. */
static void
place_read(const struct exchange *x, struct purchase_query *query)
{
    const char *before = queried(x, "before");
    const char *dot = strchr(before, '.');
    int64_t at = 0;

    query->before_id = "";
    if (dot == NULL || text_to_integer(arena_copy(x->arena, before, (size_t)(dot - before)), 1,
                                       INT64_MAX, &at) != OK)
        return;
    query->before_at = at;
    query->before_id = dot + 1;
}

enum err
customer_waiting_load(struct exchange *x, struct purchases *waiting)
{
    size_t count = 0;

    TRY(purchases_to_tend(x->db, x->arena, x->who.organisation, waiting));
    for (size_t i = 0; i < waiting->count; i++) {
        struct purchase one = waiting->rows[i];
        size_t at = count;

        if (purchase_ending_on(&one, x->today) != PURCHASE_RUNNING)
            continue;
        for (; at > 0 &&
               purchase_clock_on(&waiting->rows[at - 1]).number > purchase_clock_on(&one).number;
             at--)
            waiting->rows[at] = waiting->rows[at - 1];
        waiting->rows[at] = one;
        count++;
    }
    waiting->count = count;
    return OK;
}

/* GET /customer/purchases */
enum err
customer_purchases_get(struct exchange *x)
{
    struct purchase_query query = {.viewer = exchange_viewer(x), .offer = ""};
    struct purchases waiting = {.count = 0};
    struct purchases page;

    place_read(x, &query);
    TRY(purchases_page(x->db, x->arena, &query, &page));
    if (query.before_at == 0)
        TRY(customer_waiting_load(x, &waiting));
    customer_purchases_view(x, &page, &waiting, query.before_at == 0);
    return OK;
}

/* ---- One purchase --------------------------------------------------------------------------- */

/* GET /customer/purchases/:purchase */
enum err
customer_purchase_get(struct exchange *x)
{
    return purchase_show(x);
}

/* GET /customer/purchases/:purchase/purchased */
enum err
customer_purchased_get(struct exchange *x)
{
    struct purchase purchase;
    struct charges charges;

    TRY(path_purchase(x, &purchase, &charges));
    customer_purchased_view(x, &purchase);
    return OK;
}

/* ---- Configuring ---------------------------------------------------------------------------- */

static enum err
configure_show(struct exchange *x)
{
    struct act act = exchange_act(x);
    struct purchase purchase;
    const char *token;

    TRY(path_purchase_for(x, PURCHASE_CONFIGURE, &purchase));
    TRY(purchase_landing_token(&act, purchase.id, &token));
    customer_configure_view(x, &purchase, token);
    return OK;
}

/* GET /customer/purchases/:purchase/configure */
enum err
customer_configure_get(struct exchange *x)
{
    return configure_show(x);
}

/* POST /customer/purchases/:purchase/configure */
enum err
customer_configure_post(struct exchange *x)
{
    struct act act = exchange_act(x);
    enum err outcome = action_purchase_configure(
        &act, path_param(x, "purchase"), posted(x, "token"), posted(x, "contact"), x->problems);

    if (outcome == ERR_INVALID)
        TRY(configure_show(x));
    if (outcome != OK)
        return refused(x, outcome);
    return to_purchase(x, "configured");
}

/* ---- Users and plan ------------------------------------------------------------------------- */

static enum err
users_show(struct exchange *x)
{
    struct purchase purchase;

    TRY(path_purchase_for(x, PURCHASE_CHANGE, &purchase));
    if (purchase.model != MODEL_PER_USER)
        return ERR_ABSENT;
    customer_users_view(x, &purchase);
    return OK;
}

/* GET /customer/purchases/:purchase/users */
enum err
customer_users_get(struct exchange *x)
{
    return users_show(x);
}

/* POST /customer/purchases/:purchase/users */
enum err
customer_users_post(struct exchange *x)
{
    struct act act = exchange_act(x);
    enum err outcome = action_purchase_users(&act, path_param(x, "purchase"),
                                             posted(x, ANSWER_USERS), x->problems);

    if (outcome == ERR_INVALID)
        TRY(users_show(x));
    if (outcome != OK)
        return refused(x, outcome);
    return to_purchase(x, "users-changed");
}

static enum err
plan_show(struct exchange *x)
{
    struct act act = exchange_act(x);
    struct purchase purchase;
    struct purchase_plans plans;

    TRY(path_purchase_for(x, PURCHASE_CHANGE, &purchase));
    TRY(purchase_plans_of(&act, &purchase, &plans));
    if (plans.count == 0)
        return ERR_ABSENT;
    customer_plan_view(x, &purchase, &plans);
    return OK;
}

/* GET /customer/purchases/:purchase/plan */
enum err
customer_plan_get(struct exchange *x)
{
    return plan_show(x);
}

/* POST /customer/purchases/:purchase/plan */
enum err
customer_plan_post(struct exchange *x)
{
    struct act act = exchange_act(x);
    enum err outcome =
        action_purchase_plan(&act, path_param(x, "purchase"), posted(x, "plan"), x->problems);

    if (outcome == ERR_INVALID)
        TRY(plan_show(x));
    if (outcome != OK)
        return refused(x, outcome);
    return to_purchase(x, "plan-changed");
}

/* POST /customer/purchases/:purchase/recurring */
enum err
customer_recurring_post(struct exchange *x)
{
    struct act act = exchange_act(x);
    bool on = text_equal(posted(x, ANSWER_RECURRING), "1");
    enum err outcome = action_purchase_recur(&act, path_param(x, "purchase"), on);

    if (outcome != OK)
        return refused(x, outcome);
    return to_purchase(x, on ? "recurring-on" : "recurring-off");
}

/* ---- Cancelling ----------------------------------------------------------------------------- */

/* GET /customer/purchases/:purchase/cancel */
enum err
customer_cancel_get(struct exchange *x)
{
    struct purchase purchase;
    const char *refusal;

    TRY(path_purchase_for(x, PURCHASE_CANCEL, &purchase));
    refusal = purchase_cancel_refusal(&purchase, x->now);
    if (refusal != NULL) {
        x->closed_reason = arena_format(x->arena, "%s.", refusal);
        return ERR_CLOSED;
    }
    customer_cancel_view(x, &purchase);
    return OK;
}

/* POST /customer/purchases/:purchase/cancel */
enum err
customer_cancel_post(struct exchange *x)
{
    struct act act = exchange_act(x);
    enum err outcome = action_purchase_cancel(&act, path_param(x, "purchase"), x->problems);

    if (outcome == ERR_INVALID) /* there is no form to mend: it can't be cancelled at all */
        return customer_cancel_get(x);
    if (outcome != OK)
        return refused(x, outcome);
    return to_purchase(x, "purchase-cancelled");
}

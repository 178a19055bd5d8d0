/*
 * catalogue_pages.c: handlers of a publisher's own products and plans: read, or call one action,
 * then show or redirect.
 *
 * Not here: what pages look like (pages/catalogue_view, catalogue_form_view), reading the form of a
 * plan (pages/catalogue_form), what may be saved (actions/catalogue).
 */
#include "pages/catalogue_pages.h"

#include "actions/catalogue.h"
#include "base/text.h"
#include "pages/catalogue_form.h"
#include "pages/catalogue_view.h"
#include "pages/lists.h"

/* The version a form was made from; one that is none was made from nothing that is stored. */
static int64_t
rev_posted(const struct exchange *x)
{
    int64_t version = INT64_MAX;

    (void)(text_to_integer(posted(x, "rev"), 0, INT64_MAX, &version) != OK);
    return version;
}

static enum err
path_product(struct exchange *x, struct own_product *product)
{
    return own_product_load(x->db, x->arena, x->who.publisher, path_param(x, "product"), product);
}

static enum err
path_plan(struct exchange *x, struct own_plan *plan)
{
    return own_plan_load(x->db, x->arena, x->who.publisher, path_param(x, "product"),
                         path_param(x, "plan"), x->today, plan);
}

static enum err
path_plans(struct exchange *x, struct plan **plans, size_t *count)
{
    return own_plans_load(x->db, x->arena, x->who.publisher, path_param(x, "product"), x->today,
                          plans, count);
}

/* ---- Products ------------------------------------------------------------------------------- */

enum err
products_get(struct exchange *x)
{
    const char *search = search_typed(x->arena, queried(x, "q"));
    const char *before = queried(x, "before");
    struct product_query query = {
        .publisher = x->who.publisher,
        .search = text_fold(x->arena, search),
        .cursor = *before == '\0' ? queried(x, "after") : before,
        .backward = *before != '\0',
    };
    struct product_page page;
    enum err outcome = products_page(x->db, x->arena, &query, &page);
    bool stale =
        outcome == ERR_INVALID || (outcome == OK && *query.cursor != '\0' && page.count == 0);

    if (stale) {
        query.cursor = "";
        query.backward = false;
        outcome = products_page(x->db, x->arena, &query, &page);
    }
    TRY(outcome);
    products_view(x, &page, search, stale);
    return OK;
}

enum err
product_get(struct exchange *x)
{
    struct own_product product;
    struct plan *plans;
    size_t count;

    TRY(path_product(x, &product));
    TRY(path_plans(x, &plans, &count));
    product_view(x, &product, plans, count);
    return OK;
}

/* The product as typed. The type of one that has plans is not asked for. */
static struct product
product_typed(struct exchange *x, const struct own_product *stored, bool has_plans)
{
    struct product product = {
        .id = stored == NULL ? text_trim(x->arena, posted(x, "id")) : stored->facts.id,
        .name = text_trim(x->arena, posted(x, "name")),
        .in_azure_marketplace = !text_equal(posted(x, "storefront"), "appsource"),
        .transactable = form_value(&x->request->body, "transactable") != NULL,
        .macc_enrolled = form_value(&x->request->body, "macc") != NULL,
        .cosell_eligible = form_value(&x->request->body, "cosell") != NULL,
    };

    if (stored != NULL && has_plans)
        product.type = stored->facts.type;
    else if (product_type_read(posted(x, "type"), &product.type) != OK)
        problem_add(x->problems, "type", "Choose what kind of product it is");
    if (!text_equal(posted(x, "storefront"), "appsource") &&
        !text_equal(posted(x, "storefront"), "azure_marketplace"))
        problem_add(x->problems, "storefront", "Choose where it is sold");
    return product;
}

enum err
product_new_get(struct exchange *x)
{
    product_form_view(x, NULL, false, false);
    return OK;
}

/* A form with problems of its own is not kept, whatever the action says of the rest. */
static enum err
judged_with_form(const struct exchange *x, enum err outcome)
{
    return outcome == OK && x->problems->count > 0 ? ERR_INVALID : outcome;
}

enum err
product_new_post(struct exchange *x)
{
    const struct act act = exchange_act(x);
    struct product product = product_typed(x, NULL, false);
    enum err outcome =
        judged_with_form(x, action_product_save(&act, &product, VERSION_NEW, x->problems));

    if (outcome == ERR_INVALID)
        product_form_view(x, NULL, false, false);
    TRY(outcome);
    return redirect(x, "%s?done=product-created", product_href(x, product.id, ""));
}

enum err
product_edit_get(struct exchange *x)
{
    struct own_product product;
    struct plan *plans;
    size_t count;

    TRY(path_product(x, &product));
    TRY(path_plans(x, &plans, &count));
    product_form_view(x, &product, count > 0, false);
    return OK;
}

enum err
product_edit_post(struct exchange *x)
{
    const struct act act = exchange_act(x);
    struct own_product stored;
    struct product product;
    struct plan *plans;
    size_t count;
    enum err outcome;

    TRY(path_product(x, &stored));
    TRY(path_plans(x, &plans, &count));
    product = product_typed(x, &stored, count > 0);
    outcome = judged_with_form(x, action_product_save(&act, &product, rev_posted(x), x->problems));
    if (outcome == ERR_INVALID || outcome == ERR_STALE)
        product_form_view(x, &stored, count > 0, outcome == ERR_STALE);
    TRY(outcome);
    return redirect(x, "%s?done=product-saved", product_href(x, product.id, ""));
}

enum err
product_publish_post(struct exchange *x)
{
    const struct act act = exchange_act(x);
    const char *id = path_param(x, "product");
    enum err outcome = action_product_publish(&act, id, true, x->problems);

    if (outcome == ERR_INVALID)
        TRY(product_get(x));
    TRY(outcome);
    return redirect(x, "%s?done=published", product_href(x, id, ""));
}

enum err
product_unpublish_get(struct exchange *x)
{
    struct own_product product;

    TRY(path_product(x, &product));
    unpublish_view(x, &product, NULL);
    return OK;
}

enum err
product_unpublish_post(struct exchange *x)
{
    const struct act act = exchange_act(x);
    const char *id = path_param(x, "product");

    TRY(action_product_publish(&act, id, false, x->problems));
    return redirect(x, "%s?done=unpublished", product_href(x, id, ""));
}

/* ---- Plans ---------------------------------------------------------------------------------- */

/* Which pricing model a new plan has: that of the others; for the first one as chosen, for an
 * application the only one. ERR_ABSENT: it has to be chosen. */
static enum err
model_of_new(struct exchange *x, const struct own_product *product, enum pricing_model *model)
{
    const char *chosen = shown(x, "model", queried(x, "model"));
    struct plan *plans;
    size_t count;

    TRY(path_plans(x, &plans, &count));
    if (count > 0)
        *model = plans[0].model;
    else if (product->facts.type == PRODUCT_APP)
        *model = MODEL_APP;
    else if (model_read(chosen, model) != OK || !model_fits(product->facts.type, *model))
        return ERR_ABSENT;
    return OK;
}

enum err
plan_new_get(struct exchange *x)
{
    struct markets *markets = arena_new(x->arena, struct markets);
    struct own_product product;
    struct plan_form form = {.product = &product, .markets = markets};
    enum err outcome;

    TRY(path_product(x, &product));
    TRY(markets_load(x->db, x->arena, markets));
    outcome = model_of_new(x, &product, &form.model);
    if (outcome == ERR_ABSENT) {
        plan_model_view(x, &product);
        return OK;
    }
    TRY(outcome);
    plan_form_view(x, &form);
    return OK;
}

/* Saves what was typed as the plan that facts begin, and shows the form again unless that went
 * well. A button that only asks for more rows saves nothing. */
static enum err
plan_form_post(struct exchange *x, struct plan_form *form, const struct plan *facts,
               const struct plan **saved)
{
    const struct act act = exchange_act(x);
    struct problems *found = problems_new(x->arena);
    const char *button = posted(x, "do");
    struct plan *plan;
    enum err outcome;

    *saved = NULL;
    form->more_meters = text_equal(button, "add-meter");
    if (form->more_meters || text_equal(button, "show")) {
        plan_form_view(x, form);
        return OK;
    }
    plan = plan_form_read(x, facts, form->stored == NULL, form->markets);
    outcome =
        action_plan_save(&act, plan, form->stored == NULL ? VERSION_NEW : rev_posted(x), found);
    plan_form_problems(x, found);
    outcome = judged_with_form(x, outcome);
    form->stale = outcome == ERR_STALE;
    if (outcome == ERR_INVALID || outcome == ERR_STALE)
        plan_form_view(x, form);
    TRY(outcome);
    *saved = plan;
    return OK;
}

enum err
plan_new_post(struct exchange *x)
{
    struct markets *markets = arena_new(x->arena, struct markets);
    struct own_product product;
    struct plan_form form = {.product = &product, .markets = markets};
    const struct plan *saved = NULL;
    struct plan facts;
    enum err outcome;

    TRY(path_product(x, &product));
    TRY(markets_load(x->db, x->arena, markets));
    outcome = model_of_new(x, &product, &form.model);
    if (outcome == ERR_ABSENT)
        return redirect(x, "%s", product_href(x, product.facts.id, "/plans/new"));
    TRY(outcome);
    facts = (struct plan){
        .product = product.facts.id, .id = "", .model = form.model, .type = product.facts.type};
    TRY(plan_form_post(x, &form, &facts, &saved));
    if (saved == NULL)
        return OK;
    return redirect(x, "%s?done=plan-created", plan_href(x, saved, ""));
}

/* The plan's form as stored. */
static enum err
edit_begin(struct exchange *x, struct own_product *product, struct own_plan *plan,
           struct plan_form *form)
{
    struct markets *markets = arena_new(x->arena, struct markets);

    TRY(path_product(x, product));
    TRY(path_plan(x, plan));
    TRY(markets_load(x->db, x->arena, markets));
    *form = (struct plan_form){
        .product = product, .stored = plan, .model = plan->plan.model, .markets = markets};
    return OK;
}

enum err
plan_edit_get(struct exchange *x)
{
    struct own_product product;
    struct own_plan plan;
    struct plan_form form;

    TRY(edit_begin(x, &product, &plan, &form));
    plan_form_view(x, &form);
    return OK;
}

enum err
plan_edit_post(struct exchange *x)
{
    const struct plan *saved = NULL;
    struct own_product product;
    struct own_plan plan;
    struct plan_form form;

    TRY(edit_begin(x, &product, &plan, &form));
    TRY(plan_form_post(x, &form, &plan.plan, &saved));
    if (saved == NULL)
        return OK;
    return redirect(x, "%s?done=plan-saved", plan_href(x, saved, ""));
}

enum err
plan_get(struct exchange *x)
{
    struct markets *markets = arena_new(x->arena, struct markets);
    struct own_product product;
    struct own_plan plan;

    TRY(path_product(x, &product));
    TRY(path_plan(x, &plan));
    TRY(markets_load(x->db, x->arena, markets));
    plan_view(x, &product, &plan, markets);
    return OK;
}

/* Back to the plan's page. */
static enum err
plan_redirect(struct exchange *x, const char *done)
{
    return redirect(x, "/isv/products/%s/plans/%s?done=%s", path_param(x, "product"),
                    path_param(x, "plan"), done);
}

enum err
plan_publish_post(struct exchange *x)
{
    const struct act act = exchange_act(x);
    enum err outcome = action_plan_publish(&act, path_param(x, "product"), path_param(x, "plan"),
                                           true, x->problems);

    if (outcome == ERR_INVALID)
        TRY(plan_get(x));
    TRY(outcome);
    return plan_redirect(x, "published");
}

enum err
plan_unpublish_get(struct exchange *x)
{
    struct own_product product;
    struct own_plan plan;

    TRY(path_product(x, &product));
    TRY(path_plan(x, &plan));
    unpublish_view(x, &product, &plan.plan);
    return OK;
}

enum err
plan_unpublish_post(struct exchange *x)
{
    const struct act act = exchange_act(x);

    TRY(action_plan_publish(&act, path_param(x, "product"), path_param(x, "plan"), false,
                            x->problems));
    return plan_redirect(x, "unpublished");
}

enum err
plan_change_cancel_post(struct exchange *x)
{
    const struct act act = exchange_act(x);

    TRY(action_price_change_cancel(&act, path_param(x, "product"), path_param(x, "plan"),
                                   posted(x, "point")));
    return plan_redirect(x, "change-cancelled");
}

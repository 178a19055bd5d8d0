/*
 * catalogue.c: an ISV's own products and plans: load, check, save.
 *
 * Invariant: a refused action has changed nothing: its caller rolls back.
 */
#include "actions/catalogue.h"

#include "base/text.h"
#include "core/catalogue_check.h"
#include "store/catalogue_edit.h"
#include "store/markets.h"

static enum err
may_work(const struct act *act)
{
    if (act->viewer.party != PARTY_ISV || !role_can(act->role, CAN_WORK_CATALOGUE))
        return ERR_DENIED;
    return OK;
}

/* Was it saved from what is stored? */
static enum err
version_fits(int64_t version, int64_t stored)
{
    return version == VERSION_ANY || version == stored ? OK : ERR_STALE;
}

/* ---- Products ------------------------------------------------------------------------------- */

static enum err
product_create(const struct act *act, struct product *product, struct problems *problems)
{
    bool taken = false;

    TRY(product_id_taken(act->db, product->id, &taken));
    if (taken)
        problem_add(problems, "id", "This ID is taken in the marketplace; choose another");
    product_check(product, problems);
    if (problems->count > 0)
        return ERR_INVALID;
    return product_insert(act->db, act->arena, product);
}

static enum err
product_change(const struct act *act, const struct product *product,
               const struct own_product *stored, struct problems *problems)
{
    struct plan *plans;
    size_t count;

    product_check(product, problems);
    if (product->type != stored->facts.type) {
        TRY(own_plans_facts(act->db, act->arena, act->viewer.account, product->id, &plans, &count));
        if (count > 0)
            problem_add(problems, "type", "The product has plans; its type stays %s",
                        product_type_words(stored->facts.type));
    }
    if (problems->count > 0)
        return ERR_INVALID;
    return product_update(act->db, act->arena, product, stored->version);
}

enum err
action_product_save(const struct act *act, const struct product *product, int64_t version,
                    struct problems *problems)
{
    struct product saved = *product;
    struct own_product stored;
    enum err found;

    TRY(may_work(act));
    saved.publisher = act->viewer.account;
    saved.published = false; /* a new one; publishing is an action of its own */
    found = own_product_load(act->db, act->arena, act->viewer.account, saved.id, &stored);
    if (found == ERR_ABSENT && version <= VERSION_NEW)
        return product_create(act, &saved, problems);
    TRY(found);
    if (version == VERSION_NEW) {
        problem_add(problems, "id", "You have a product with this ID already; choose another");
        product_check(&saved, problems);
        return ERR_INVALID;
    }
    TRY(version_fits(version, stored.version));
    return product_change(act, &saved, &stored, problems);
}

enum err
action_product_publish(const struct act *act, const char *product, bool published,
                       struct problems *problems)
{
    struct own_product stored;
    struct plan *plans;
    size_t count;
    bool any = false;

    TRY(may_work(act));
    TRY(own_product_load(act->db, act->arena, act->viewer.account, product, &stored));
    TRY(own_plans_facts(act->db, act->arena, act->viewer.account, product, &plans, &count));
    for (size_t i = 0; i < count; i++)
        any = any || plans[i].published;
    if (published && !any) {
        problem_add(problems, "plans", "Publish at least one plan first");
        return ERR_INVALID;
    }
    return product_publish(act->db, act->viewer.account, product, published);
}

/* ---- Plans ---------------------------------------------------------------------------------- */

/* The plan of that id, or NULL. */
static enum err
own_plan_or_null(const struct act *act, const char *product, const char *id,
                 struct own_plan **stored)
{
    struct own_plan *found = arena_new(act->arena, struct own_plan);
    enum err outcome =
        own_plan_load(act->db, act->arena, act->viewer.account, product, id, act->today, found);

    *stored = NULL;
    if (outcome == ERR_ABSENT)
        return OK;
    TRY(outcome);
    *stored = found;
    return OK;
}

static enum err
facts_load(const struct act *act, const struct plan *plan, const struct own_product *product,
           const struct own_plan *stored, struct plan_facts *facts)
{
    struct markets *markets = arena_new(act->arena, struct markets);
    const char **codes = arena_array(act->arena, const char *, LIMIT_MARKETS);
    const char **meters;
    struct plan *plans;
    size_t count;

    *facts = (struct plan_facts){.stored = stored == NULL ? NULL : &stored->plan,
                                 .type = product->facts.type};
    TRY(own_plans_facts(act->db, act->arena, act->viewer.account, plan->product, &plans, &count));
    for (size_t i = 0; i < count; i++) {
        if (!text_equal(plans[i].id, plan->id))
            plans[facts->other_count++] = plans[i];
    }
    facts->others = plans;
    TRY(other_meters_load(act->db, act->arena, plan->product, plan->id, &meters,
                          &facts->meter_count));
    facts->meters = meters;
    TRY(markets_load(act->db, act->arena, markets));
    for (size_t i = 0; i < markets->count; i++)
        codes[i] = markets->rows[i].code;
    facts->markets = codes;
    facts->market_count = markets->count;
    return OK;
}

/* Is that amount what comes last for the point anyhow? Then its notice runs already. */
static bool
scheduled_so(const struct own_plan *stored, const char *point, struct amount amount)
{
    bool so = false;

    for (size_t i = 0; i < stored->change_count; i++) {
        if (text_equal(stored->changes[i].point, point))
            so = amount_equal(stored->changes[i].amount, amount);
    }
    return so;
}

static enum err
changes_schedule(const struct act *act, const struct plan *plan, const struct own_plan *stored)
{
    for (size_t k = 0; k < plan->point_count; k++) {
        const struct price_point *typed = &plan->points[k];
        const struct price_point *now = plan_point(&stored->plan, typed->id);
        struct price_change change = {.point = typed->id, .amount = typed->list};

        if (now == NULL || scheduled_so(stored, typed->id, typed->list) ||
            price_move(true, now->list, typed->list, act->today, &change.from_on) != PRICE_CHANGES)
            continue;
        TRY(price_change_set(act->db, act->arena, plan->product, plan->id, act->today, &change));
    }
    return OK;
}

static enum err
plan_change(const struct act *act, const struct plan *plan, const struct own_plan *stored)
{
    TRY(plan_update(act->db, act->arena, plan, stored->version));
    if (!plan_needs_notice(&stored->plan))
        return plan_points_replace(act->db, plan);
    TRY(plan_points_merge(act->db, plan));
    return changes_schedule(act, plan, stored);
}

enum err
action_plan_save(const struct act *act, const struct plan *plan, int64_t version,
                 struct problems *problems)
{
    struct plan saved = *plan;
    struct own_product product;
    struct own_plan *stored = NULL;
    struct plan_facts facts;

    TRY(may_work(act));
    TRY(own_product_load(act->db, act->arena, act->viewer.account, plan->product, &product));
    TRY(own_plan_or_null(act, plan->product, plan->id, &stored));
    if (stored == NULL && version > VERSION_NEW)
        return ERR_ABSENT;
    if (stored != NULL && version == VERSION_NEW)
        problem_add(problems, "id", "Another plan of this product has this ID");
    else if (stored != NULL)
        TRY(version_fits(version, stored->version));
    TRY(facts_load(act, plan, &product, stored, &facts));
    plan_check(plan, &facts, act->arena, problems);
    if (problems->count > 0)
        return ERR_INVALID;
    if (stored != NULL)
        return plan_change(act, &saved, stored);
    saved.published = false;
    saved.was_published = false;
    return plan_insert(act->db, act->arena, &saved);
}

enum err
action_price_change_cancel(const struct act *act, const char *product, const char *plan,
                           const char *point)
{
    struct own_plan stored;

    TRY(may_work(act));
    TRY(own_plan_load(act->db, act->arena, act->viewer.account, product, plan, act->today,
                      &stored));
    TRY(price_change_remove(act->db, act->arena, product, plan, point, act->today));
    return plan_touch(act->db, product, plan);
}

enum err
action_plan_publish(const struct act *act, const char *product, const char *plan, bool published,
                    struct problems *problems)
{
    struct own_plan stored;

    TRY(may_work(act));
    TRY(own_plan_load(act->db, act->arena, act->viewer.account, product, plan, act->today,
                      &stored));
    if (published)
        plan_check_complete(&stored.plan, problems);
    if (problems->count > 0)
        return ERR_INVALID;
    return plan_publish(act->db, product, plan, published);
}

/*
 * catalogue_file.c: what a catalogue's file says otherwise than the store, saved through the same
 * actions as a page's form; and the store as a file.
 *
 * Not here: the text (actions/catalogue_read, catalogue_write), the rules (actions/catalogue).
 * Memory is taken for one plan or product at a time, in an arena of its own: a file may hold
 * thousands.
 */
#include "actions/catalogue_file.h"

#include <string.h>

#include "actions/catalogue.h"
#include "actions/catalogue_parts.h"
#include "actions/catalogue_write.h"
#include "store/catalogue_edit.h"
#include "store/catalogue_export.h"

/* ---- Order -------------------------------------------------------------------------------- */

/* Of the same kind; meters, which have none, stay in theirs. */
static int
points_compare(const void *first, const void *second)
{
    const struct price_point *a = *(const struct price_point *const *)first;
    const struct price_point *b = *(const struct price_point *const *)second;
    int order = (int)a->kind - (int)b->kind;

    if (order == 0)
        order = a->term_months - b->term_months;
    if (order == 0)
        order = strcmp(a->market, b->market);
    if (order == 0)
        order = a->vcpu - b->vcpu;
    return order != 0 ? order : (a > b) - (a < b);
}

static int
included_compare(const void *first, const void *second)
{
    const struct included *a = first;
    const struct included *b = second;
    int order = strcmp(a->meter, b->meter);

    return order != 0 ? order : a->term_months - b->term_months;
}

void
plan_sort(struct plan *plan)
{
    struct price_point copy[PLAN_POINTS_MAX];
    const struct price_point *order[PLAN_POINTS_MAX];

    assert(plan->point_count <= COUNT(copy));
    if (plan->point_count > 0) {
        memcpy(copy, plan->points, plan->point_count * sizeof *copy);
        for (size_t k = 0; k < plan->point_count; k++)
            order[k] = &copy[k];
        // NOLINTNEXTLINE(bugprone-sizeof-expression): it is pointers that are put in order
        qsort(order, plan->point_count, sizeof *order, points_compare);
        for (size_t k = 0; k < plan->point_count; k++)
            plan->points[k] = *order[k];
    }
    if (plan->included_count > 0)
        qsort(plan->included, plan->included_count, sizeof *plan->included, included_compare);
}

/* ---- Is it the same ----------------------------------------------------------------------- */

static bool
product_same(const struct product *a, const struct product *b)
{
    return a->type == b->type && text_equal(a->name, b->name) &&
           a->in_azure_marketplace == b->in_azure_marketplace &&
           a->transactable == b->transactable && a->macc_enrolled == b->macc_enrolled &&
           a->cosell_eligible == b->cosell_eligible;
}

static bool
point_same(const struct price_point *a, const struct price_point *b)
{
    return text_equal(a->id, b->id) && a->kind == b->kind && a->term_months == b->term_months &&
           a->payment_months == b->payment_months && text_equal(a->name, b->name) &&
           text_equal(a->unit, b->unit) && a->vcpu == b->vcpu && text_equal(a->market, b->market) &&
           a->disabled == b->disabled && amount_equal(a->list, b->list);
}

static bool
included_same(const struct included *a, const struct included *b)
{
    return text_equal(a->meter, b->meter) && a->term_months == b->term_months &&
           a->unlimited == b->unlimited && (a->unlimited || a->quantity == b->quantity);
}

static bool
prices_same(const struct plan *a, const struct plan *b)
{
    if (a->point_count != b->point_count || a->included_count != b->included_count)
        return false;
    for (size_t k = 0; k < a->point_count; k++) {
        if (!point_same(&a->points[k], &b->points[k]))
            return false;
    }
    for (size_t k = 0; k < a->included_count; k++) {
        if (!included_same(&a->included[k], &b->included[k]))
            return false;
    }
    for (int i = 0; i < RESERVATION_COUNT; i++) {
        if (a->reservations[i].sold != b->reservations[i].sold ||
            (a->reservations[i].sold &&
             a->reservations[i].saving.e8 != b->reservations[i].saving.e8))
            return false;
    }
    return true;
}

/* Users are counted from one, whether or not the store says so. */
static int
users_least(const struct plan *plan)
{
    return plan->min_users < 1 ? 1 : plan->min_users;
}

/* All but whether it is published. Both are sorted. */
static bool
plan_same(const struct plan *a, const struct plan *b)
{
    return a->model == b->model && text_equal(a->name, b->name) &&
           text_equal(a->description, b->description) && text_equal(a->summary, b->summary) &&
           text_equal(a->markets, b->markets) && a->is_public == b->is_public &&
           a->trial_months == b->trial_months && users_least(a) == users_least(b) &&
           a->max_users == b->max_users && prices_same(a, b);
}

/* Has the product a plan that is published? */
static enum err
product_on_sale(const struct act *act, const char *product, bool *on_sale)
{
    struct plan *plans;
    size_t count;

    TRY(own_plans_facts(act->db, act->arena, act->viewer.account, product, &plans, &count));
    *on_sale = false;
    for (size_t i = 0; i < count; i++)
        *on_sale = *on_sale || plans[i].published;
    return OK;
}

/* ---- Import ------------------------------------------------------------------------------- */

/* One import on its way. */
struct import {
    struct act act; /* its arena is emptied after each plan */
    struct problems *problems;
    struct catalogue_counts counts;
};

enum change { UNCHANGED, CHANGED, CREATED };

static void
count_one(struct import *import, enum change change)
{
    switch (change) {
    case UNCHANGED:
        import->counts.unchanged++;
        break;
    case CHANGED:
        import->counts.changed++;
        break;
    case CREATED:
        import->counts.created++;
        break;
    }
}

/* Puts what an action found at its place in the file. plan NULL: of the product itself. */
static void
translate(struct import *import, size_t number, const struct file_product *product,
          const struct file_plan *plan, const struct problems *found)
{
    for (size_t i = 0; i < found->count; i++)
        problem_add(import->problems,
                    import_path(import->act.arena, number, product, plan, found->list[i].at), "%s",
                    found->list[i].message);
    import->problems->dropped += found->dropped;
}

/* What a step came to: its problems are told, and the import goes on to find the others. */
static enum err
judge(struct import *import, size_t number, const struct file_product *product,
      const struct file_plan *plan, const struct problems *found, enum err outcome)
{
    if (outcome != ERR_INVALID)
        return outcome;
    translate(import, number, product, plan, found);
    return OK;
}

/* Its own facts: *change says what became of them. */
static enum err
save_product(struct import *import, const struct file_product *file, struct problems *found,
             bool *published, enum change *change)
{
    const struct act *act = &import->act;
    struct own_product stored;
    enum err outcome =
        own_product_load(act->db, act->arena, act->viewer.account, file->product.id, &stored);

    *published = outcome == OK && stored.facts.published;
    if (outcome != OK && outcome != ERR_ABSENT)
        return outcome;
    *change = outcome == ERR_ABSENT ? CREATED : CHANGED;
    if (outcome == OK && product_same(&file->product, &stored.facts)) {
        *change = UNCHANGED;
        return OK;
    }
    return action_product_save(act, &file->product, VERSION_ANY, found);
}

/* Takes a plan off sale before it is saved, and puts it on sale after: on sale it is complete. */
static enum err
save_plan(struct import *import, const struct file_plan *file, struct problems *found,
          enum change *change)
{
    const struct act *act = &import->act;
    const struct plan *plan = &file->plan;
    struct own_plan stored = {.plan = {.published = false}};
    enum err outcome = own_plan_load(act->db, act->arena, act->viewer.account, plan->product,
                                     plan->id, act->today, &stored);
    bool exists = outcome == OK;

    if (!exists && outcome != ERR_ABSENT)
        return outcome;
    *change = exists ? UNCHANGED : CREATED;
    if (exists)
        plan_sort(&stored.plan);
    if (stored.plan.published && !plan->published) {
        *change = CHANGED;
        TRY(action_plan_publish(act, plan->product, plan->id, false, found));
    }
    if (!exists || !plan_same(plan, &stored.plan)) {
        *change = exists ? CHANGED : CREATED;
        TRY(action_plan_save(act, plan, VERSION_ANY, found));
    }
    if (plan->published && !stored.plan.published) {
        *change = exists ? CHANGED : CREATED;
        TRY(action_plan_publish(act, plan->product, plan->id, true, found));
    }
    return OK;
}

static enum err
import_plans(struct import *import, size_t number, const struct file_product *product)
{
    for (size_t i = 0; i < product->plan_count; i++) {
        const struct file_plan *plan = &product->plans[i];
        struct problems *found = problems_new(import->act.arena);
        enum change change = UNCHANGED;
        enum err outcome = save_plan(import, plan, found, &change);

        TRY(judge(import, number, product, plan, found, outcome));
        count_one(import, change);
        arena_reset(import->act.arena);
    }
    return OK;
}

/* A product that is published and has no plan on sale is not on sale: that is how it is exported,
 * and it stays as it is when it comes back so. */
static enum err
sale_differs(const struct import *import, const struct product *product, bool published,
             bool *differs)
{
    const struct act *act = &import->act;

    *differs = product->published != published;
    if (!published || product->published)
        return OK;
    return product_on_sale(act, product->id, differs);
}

static enum err
import_product(struct import *import, size_t number, const struct file_product *product)
{
    struct act *act = &import->act;
    struct problems *found = problems_new(act->arena);
    enum change change = UNCHANGED;
    bool published = false;
    bool differs = false;
    enum err outcome = save_product(import, product, found, &published, &change);

    TRY(judge(import, number, product, NULL, found, outcome));
    arena_reset(act->arena);
    if (outcome != OK)
        return OK; /* its plans would have nowhere to go */
    TRY(import_plans(import, number, product));
    TRY(sale_differs(import, &product->product, published, &differs));
    if (differs) {
        change = change == UNCHANGED ? CHANGED : change;
        found = problems_new(act->arena);
        outcome =
            action_product_publish(act, product->product.id, product->product.published, found);
        TRY(judge(import, number, product, NULL, found, outcome));
        arena_reset(act->arena);
    }
    count_one(import, change);
    return OK;
}

enum err
catalogue_file_import(const struct act *act, const struct catalogue_file *file,
                      struct problems *problems, struct catalogue_counts *counts)
{
    struct import import = {.act = *act, .problems = problems};
    enum err outcome = OK;

    if (!role_can(act->role, CAN_WORK_CATALOGUE))
        return ERR_DENIED;
    import.act.arena = arena_open(LIMIT_ARENA_BYTES);
    for (size_t i = 0; i < file->product_count && outcome == OK; i++)
        outcome = import_product(&import, i, &file->products[i]);
    arena_close(import.act.arena);
    TRY(outcome);
    if (problems->count > 0)
        return ERR_INVALID;
    *counts = import.counts;
    return OK;
}

/* ---- Export ------------------------------------------------------------------------------- */

static enum err
export_product(const struct act *act, struct file_writer *writer, const char *id)
{
    const char *publisher = act->viewer.account;
    struct own_product product;
    struct own_ids plans;
    bool on_sale = false;

    TRY(own_product_load(act->db, act->arena, publisher, id, &product));
    TRY(product_on_sale(act, id, &on_sale));
    product.facts.published = product.facts.published && on_sale;
    TRY(own_plan_ids(act->db, act->arena, publisher, id, &plans));
    write_product(writer, &product.facts);
    for (size_t i = 0; i < plans.count; i++) {
        struct own_plan plan;

        TRY(own_plan_load(act->db, act->arena, publisher, id, plans.rows[i], act->today, &plan));
        write_plan(writer, act->arena, &plan.plan);
    }
    write_product_end(writer);
    return OK;
}

enum err
catalogue_file_export(const struct act *act, struct buffer *out)
{
    struct act one = *act; /* its arena is emptied after each product */
    struct file_writer writer;
    struct own_ids products;
    enum err outcome = OK;

    TRY(own_product_ids(act->db, act->arena, act->viewer.account, &products));
    one.arena = arena_open(LIMIT_ARENA_BYTES);
    write_file(&writer, out);
    for (size_t i = 0; i < products.count && outcome == OK && !out->full; i++) {
        outcome = export_product(&one, &writer, products.rows[i]);
        arena_reset(one.arena);
    }
    write_file_end(&writer);
    arena_close(one.arena);
    return outcome;
}

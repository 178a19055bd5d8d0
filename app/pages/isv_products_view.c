/*
 * isv_products_view.c: picking public plans for an offer, and configuring an absolute price.
 *
 * Not here: which plans may be sold (core/catalogue) and what may be typed (core/fields_read).
 */
#include "actions/act.h"
#include "base/text.h"
#include "pages/isv_view.h"
#include "pages/parts.h"

static bool
plan_taken(const struct offer *offer, const struct plan *plan)
{
    for (size_t i = 0; i < offer->row_count; i++) {
        if (text_equal(offer->rows[i].plan->product, plan->product) &&
            text_equal(offer->rows[i].plan->id, plan->id))
            return true;
    }
    return false;
}

/* Was it ticked in the form that came back? */
static bool
plan_ticked(const struct exchange *x, const char *value)
{
    const struct form *body = &x->request->body;

    if (!form_came_back(x))
        return false;
    for (size_t i = 0; i < body->count; i++) {
        if (text_starts(body->pairs[i].name, "plan-") && text_equal(body->pairs[i].value, value))
            return true;
    }
    return false;
}

static const char *
plan_hint(const struct plan *plan)
{
    if (plan->trial_months > 0)
        return "Free trial: takes a discount only";
    if (plan_absolute_refusal(plan) != NULL)
        return "Takes a discount only";
    return NULL;
}

static void
plan_view(struct exchange *x, struct view *product, const struct plan *plan, size_t number)
{
    struct view *row = view_section(product, NAME_PLAN);
    struct view *tick = view_part(row, NAME_PLAN_TICK, PAGE_PART_CHECK);
    const char *value = arena_format(x->arena, "%s/%s", plan->product, plan->id);

    view_format(tick, NAME_ID, "plan-%zu", number);
    view_text(tick, NAME_VALUE, value);
    view_text(view_section(tick, NAME_CONTEXT), NAME_CONTEXT_TEXT, plan->product_name);
    view_text(tick, NAME_LABEL, plan->name);
    if (plan_hint(plan) != NULL)
        view_text(view_section(tick, NAME_HINT), NAME_HINT_TEXT, plan_hint(plan));
    if (plan_ticked(x, value))
        view_show(tick, NAME_CHOSEN);
    view_text(row, NAME_PLAN_LIST, list_words(x->arena, plan));
}

/* The plans not yet in the offer, grouped by product. */
static void
plans_view(struct exchange *x, struct view *found, const struct offer *offer,
           const struct plans *plans)
{
    struct view *product = NULL;
    const char *product_id = "";
    size_t listed = 0;

    for (size_t i = 0; i < plans->count; i++) {
        const struct plan *plan = &plans->rows[i];

        if (plan_taken(offer, plan))
            continue;
        if (product == NULL || !text_equal(product_id, plan->product)) {
            product = view_section(found, NAME_PRODUCT);
            product_id = plan->product;
            view_text(product, NAME_PRODUCT_NAME, plan->product_name);
            view_text(product, NAME_PRODUCT_TYPE, product_type_words(plan->type));
        }
        plan_view(x, product, plan, ++listed);
    }
}

static size_t
plans_left(const struct offer *offer, const struct plans *plans)
{
    size_t left = 0;

    for (size_t i = 0; i < plans->count; i++)
        left += plan_taken(offer, &plans->rows[i]) ? 0 : 1;
    return left;
}

void
isv_products_view(struct exchange *x, const struct offer *offer, const struct plans *plans,
                  const char *search)
{
    struct view *view = show(x, PAGE_PRODUCTS_ADD, "Add offer");
    struct view *found;

    isv_head(x, view, offer, "Add offer", (const char *const[]){offer->name}, 1);
    part_not_saved(x, view);
    part_summary(x, view, "");
    view_format(view, NAME_ROWS_USED, "%zu of %d used", offer->row_count, LIMIT_ROWS);
    view_text(view, NAME_FORM_ACTION, isv_href(x, offer, "/products/add"));
    view_text(view, NAME_CANCEL_HREF, isv_href(x, offer, "/setup#s-products"));
    view_text(view, NAME_QUERY, search);
    if (plans_left(offer, plans) == 0) {
        view_text(view_section(view, NAME_NOT_FOUND), NAME_NOT_FOUND_TEXT,
                  *search == '\0' ? "No further plans to add"
                                  : arena_format(x->arena, "No plans match “%s”", search));
        return;
    }
    found = view_section(view, NAME_FOUND);
    part_rev(x, found, offer_rev(x->arena, offer, PARTY_ISV));
    plans_view(x, found, offer, plans);
    if (plans->more)
        view_show(found, NAME_MORE);
}

void
isv_price_view(struct exchange *x, const struct offer *offer, const struct offer_row *row)
{
    const char *plan = row_words(x->arena, row);
    struct view *view = show(x, PAGE_PRICE, "Configure price");
    struct view *head =
        isv_head(x, view, offer, "Configure price", (const char *const[]){offer->name}, 1);

    head_lead(head, plan);
    part_not_saved(x, view);
    part_summary(x, view, "");
    view_text(view, NAME_FORM_ACTION,
              isv_href(x, offer, arena_format(x->arena, "/products/%d/price", row->number)));
    part_rev(x, view, offer_rev(x->arena, offer, PARTY_ISV));
    view_text(view, NAME_CANCEL_HREF, isv_href(x, offer, "/setup#s-products"));
    view_text(view, NAME_PRICING_NOTE,
              "Every price point the plan has. A price left as it is equals the list price.");
    view_text(view, NAME_BAR_NOTE, "Your partner’s adjustment is added to each of these");
    for (size_t k = 0; k < row->price_count; k++) {
        const struct row_price *price = &row->prices[k];
        const char *words = price_words(x->arena, row, price);
        struct amount amount = price->has_own ? price->own : price->point->list;
        struct view *point = view_section(view, NAME_POINT);

        view_text(point, NAME_POINT_LABEL, words);
        view_text(point, NAME_POINT_LIST, amount_show(x->arena, price->point->list));
        part_cell(x, point, NAME_POINT_FIELD,
                  field_point_name(x->arena, row->number, price->point->id),
                  arena_format(x->arena, "Absolute price for %s, %s", plan, words),
                  amount_plain(x->arena, amount), true, NULL);
    }
}

/*
 * isv_products_view.c: the products of an offer in its setup form, picking public plans for it, and
 * configuring the absolute price of one.
 *
 * Not here: new plans (pages/isv_plan_view), reservations (pages/isv_reservation_view), which plans
 * may be sold (core/catalogue) and what may be typed (core/fields_rows).
 */
#include <inttypes.h>

#include "actions/isv.h"
#include "base/text.h"
#include "pages/isv_export.h"
#include "pages/isv_view.h"
#include "pages/parts.h"

#define SUMMED_PRICES 4 /* of a new plan, in the setup form */

/* --- the setup form -----------------------------------------------------------------------------
 */

const char *
isv_add_words(enum offer_type type)
{
    switch (type) {
    case OFFER_EXISTING_PLANS:
        return "Add offer";
    case OFFER_NEW_PLANS:
        return "Create new plan";
    case OFFER_RESERVATIONS:
        return "Add offers/plan";
    case OFFER_TYPE_COUNT:
        break;
    }
    assert(false);
    return "";
}

static void
result_add(struct view *view, const char *words)
{
    if (words != NULL)
        view_text(view_section(view, NAME_ROW_RESULT), NAME_ROW_RESULT_TEXT, words);
}

/* The partner price of a row of option A, as far as it is decided. */
static void
plan_result(struct exchange *x, struct view *view, const struct offer_row *row)
{
    const struct row_price *first = &row->prices[0];
    const char *price;

    if (!row_priced(row)) {
        result_add(view, row->price_type == PRICE_ABSOLUTE ? "Not configured yet" : NULL);
        return;
    }
    if (row->price_count == 0 || !first->has_partner)
        return;
    price = amount_show(x->arena, first->partner);
    if (row->price_count == 1)
        result_add(view, arena_format(x->arena, "Partner price %s", price));
    else
        result_add(view, arena_format(x->arena, "Partner price %s (%s) and %zu more", price,
                                      price_words(x->arena, row, first), row->price_count - 1));
}

/* The first prices of a new plan, and its users. */
static void
new_plan_result(struct exchange *x, struct view *view, const struct offer_row *row)
{
    size_t count = row->price_count < SUMMED_PRICES ? row->price_count : SUMMED_PRICES;

    for (size_t k = 0; k < count; k++) {
        const struct row_price *price = &row->prices[k];

        result_add(view, arena_format(x->arena, "%s: %s", price_words(x->arena, row, price),
                                      amount_show(x->arena, price->own)));
    }
    if (row->price_count > count)
        result_add(view, arena_format(x->arena, "and %zu more", row->price_count - count));
    result_add(view, users_words(x->arena, row));
}

/* "1-year, paid monthly: 4 × 4 vCPU, 2 × 8 vCPU, total $21,600.00". */
static void
reservation_result(struct exchange *x, struct view *view, const struct offer_row *row)
{
    const char *words = "";
    struct row_totals totals;

    for (size_t k = 0; k < row->price_count; k++) {
        const struct row_price *price = &row->prices[k];
        const char *size = price->point->vcpu == 0
                               ? "any size"
                               : arena_format(x->arena, "%d vCPU", price->point->vcpu);

        words = arena_format(x->arena, "%s%s%" PRId64 " × %s", words, k == 0 ? "" : ", ",
                             price->quantity, size);
    }
    if (row_totals(row, &totals) == OK)
        result_add(view, arena_format(x->arena, "%s, paid %s: %s, total %s",
                                      term_words(x->arena, row->duration_months),
                                      schedule_text(row->payment_months), words,
                                      money_show(x->arena, totals.partner)));
}

/* What the row comes to for the partner, once nothing of it is missing. */
static void
row_result(struct exchange *x, struct view *view, const struct offer *offer,
           const struct offer_row *row)
{
    struct problems *missing = problems_new(x->arena);

    if (offer->type == OFFER_EXISTING_PLANS) {
        plan_result(x, view, row);
        return;
    }
    check_row(offer->type, row, missing);
    if (missing->count > 0)
        result_add(view, "Not configured yet");
    else if (offer->type == OFFER_NEW_PLANS)
        new_plan_result(x, view, row);
    else
        reservation_result(x, view, row);
}

/* What is wrong with the row as a whole, beside its name. */
static void
row_problems(struct exchange *x, struct view *view, const char *at)
{
    struct view *wrong = NULL;

    for (size_t i = 0; i < x->problems->count; i++) {
        const struct problem *problem = &x->problems->list[i];
        struct view *error;

        if (!text_equal(problem->at, at))
            continue;
        if (wrong == NULL)
            wrong = view_section(view, NAME_ROW_WRONG);
        error = view_section(wrong, NAME_ROW_ERROR);
        view_text(error, NAME_ROW_ERROR_TEXT, problem->message);
        if (problem->offer != NULL)
            view_text(view_section(error, NAME_ROW_ERROR_LINK), NAME_ROW_ERROR_HREF,
                      problem_offer_href(x, problem));
    }
}

static void
type_choices(struct exchange *x, struct view *view, const struct offer_row *row, const char *name,
             bool absolute_allowed)
{
    static const char *const labels[PRICE_TYPE_COUNT] = {
        [PRICE_DISCOUNT] = "Discounted price",
        [PRICE_ABSOLUTE] = "Absolute price",
    };
    const char *chosen = shown(x, name, price_type_text(row->price_type));

    for (int i = 0; i < PRICE_TYPE_COUNT; i++) {
        enum price_type type = (enum price_type)i;
        struct view *choice;

        if (type == PRICE_ABSOLUTE && !absolute_allowed)
            continue;
        choice = view_section(view, NAME_TYPE);
        view_text(choice, NAME_TYPE_VALUE, price_type_text(type));
        view_text(choice, NAME_TYPE_LABEL, labels[i]);
        if (text_equal(chosen, price_type_text(type)))
            view_show(choice, NAME_CHOSEN);
    }
}

/* Price type and discount, which only option A has. */
static void
row_choices(struct exchange *x, struct view *view, const struct offer_row *row, const char *type)
{
    const char *refusal = row_absolute_refusal(row);
    struct view *choices = view_section(view, NAME_HAS_TYPE);

    type_choices(x, choices, row, type, refusal == NULL);
    if (refusal != NULL)
        view_text(view_section(choices, NAME_ROW_HINT), NAME_ROW_HINT_TEXT, refusal);
    else
        view_show(view, NAME_CAN_CONFIGURE);
    part_cell(
        x, view_section(view, NAME_HAS_DISCOUNT), NAME_ROW_DISCOUNT,
        field_row_name(x->arena, FIELD_DISCOUNT, row->number),
        arena_format(x->arena, "%s for %s", fields[FIELD_DISCOUNT].label, row_words(x->arena, row)),
        row->has_discount ? rate_show(x->arena, row->discount) : "", false, NULL);
}

static void
row_view(struct exchange *x, struct view *rows, const struct offer *offer,
         const struct offer_row *row)
{
    const char *type = field_row_name(x->arena, FIELD_PRICE_TYPE, row->number);
    struct view *view = view_section(rows, NAME_ROW);

    view_format(view, NAME_ROW_INDEX, "%d", row->number);
    view_text(view, NAME_ROW_PRODUCT, row->plan->product_name);
    view_text(view, NAME_ROW_PLAN, row_plan_words(x->arena, row));
    if (offer->type == OFFER_NEW_PLANS)
        view_format(view, NAME_ROW_TYPE, "New plan from %s", row->plan->name);
    else
        view_text(view, NAME_ROW_TYPE, product_type_words(row->plan->type));
    view_text(view, NAME_ROW_LIST, row_list_words(x->arena, row));
    row_problems(x, view, type);
    if (offer->type == OFFER_EXISTING_PLANS)
        row_choices(x, view, row, type);
    else
        view_show(view_section(view, NAME_CAN_CONFIGURE), NAME_OWN_FORM);
    row_result(x, view, offer, row);
    if (*offer->upgraded_from == '\0')
        view_show(view, NAME_CAN_REMOVE);
    if (!form_came_back(x) && row_priced(row)) /* the file has what is saved */
        view_text(view_section(view, NAME_ROW_EXPORT), NAME_ROW_EXPORT_HREF,
                  isv_row_export_href(x, offer, row));
}

void
isv_rows_view(struct exchange *x, struct view *view, const struct offer *offer)
{
    struct view *rows;

    view_format(view, NAME_ROWS_USED, "%zu of %d used", offer->row_count, LIMIT_ROWS);
    if (offer->row_count < LIMIT_ROWS && *offer->upgraded_from == '\0')
        view_text(view_section(view, NAME_CAN_ADD), NAME_ADD_LABEL, isv_add_words(offer->type));
    if (offer->row_count == 0) {
        view_text(view_section(view, NAME_NO_ROWS), NAME_NO_ROWS_TEXT,
                  offer->type == OFFER_NEW_PLANS
                      ? "Make up to 10 plans for this customer, each from a public SaaS plan."
                  : offer->type == OFFER_RESERVATIONS
                      ? "Add up to 10 of your virtual machine plans with reservation pricing."
                      : "Add up to 10 of your public products and plans.");
        return;
    }
    rows = view_section(view, NAME_HAS_ROWS);
    if (offer->type == OFFER_EXISTING_PLANS)
        view_show(rows, NAME_HAS_TYPES);
    for (size_t i = 0; i < offer->row_count; i++)
        row_view(x, rows, offer, &offer->rows[i]);
}

/* --- picking plans ------------------------------------------------------------------------------
 */

/* How many rows of the offer sell the plan; with plan NULL, anything of the product. */
static size_t
rows_of(const struct offer *offer, const char *product, const char *plan)
{
    size_t count = 0;

    for (size_t i = 0; i < offer->row_count; i++) {
        const struct offer_row *row = &offer->rows[i];

        if (text_equal(row->plan->product, product) &&
            (plan == NULL || row->whole_product || text_equal(row->plan->id, plan)))
            count++;
    }
    return count;
}

static size_t
durations_sold(const struct plan *plan)
{
    size_t count = 0;

    for (int i = 0; i < RESERVATION_COUNT; i++)
        count += plan->reservations[i].sold ? 1 : 0;
    return count;
}

/* Could the plan be one more row of the offer? */
static bool
plan_fits(const struct offer *offer, const struct plan *plan)
{
    size_t rows = rows_of(offer, plan->product, plan->id);

    if (offer->type != OFFER_RESERVATIONS)
        return rows == 0;
    return plan_reservation_refusal(plan) == NULL && rows < durations_sold(plan);
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
plan_hint(struct arena *arena, const struct offer *offer, const struct plan *plan)
{
    const char *words = NULL;

    if (offer->type == OFFER_EXISTING_PLANS && plan->trial_months > 0)
        return "Free trial: takes a discount only";
    if (offer->type == OFFER_EXISTING_PLANS)
        return plan_absolute_refusal(plan) == NULL ? NULL : "Takes a discount only";
    for (int i = 0; i < RESERVATION_COUNT; i++) {
        const char *term = term_words(arena, reservation_months((enum reservation)i));

        if (plan->reservations[i].sold)
            words = words == NULL ? term : arena_format(arena, "%s and %s", words, term);
    }
    assert(words != NULL); /* the plan fits, so it is sold for some duration */
    return arena_format(arena, "Reservations: %s", words);
}

static void
tick_add(struct exchange *x, struct view *product, size_t number, const char *value,
         const struct plan *plan, const char *label, const char *hint, const char *list)
{
    struct view *row = view_section(product, NAME_PLAN);
    struct view *tick = view_part(row, NAME_PLAN_TICK, PAGE_PART_CHECK);

    view_format(tick, NAME_ID, "plan-%zu", number);
    view_text(tick, NAME_VALUE, value);
    view_text(view_section(tick, NAME_CONTEXT), NAME_CONTEXT_TEXT, plan->product_name);
    view_text(tick, NAME_LABEL, label);
    if (hint != NULL)
        view_text(view_section(tick, NAME_HINT), NAME_HINT_TEXT, hint);
    if (plan_ticked(x, value))
        view_show(tick, NAME_CHOSEN);
    view_text(row, NAME_PLAN_LIST, list);
}

/* The plans that may be added, grouped by product; in option A each group begins with the whole
 * product, unless a plan of it is in the offer. */
static void
plans_view(struct exchange *x, struct view *found, const struct offer *offer,
           const struct plans *plans)
{
    struct view *product = NULL;
    const char *product_id = "";
    size_t listed = 0;

    for (size_t i = 0; i < plans->count; i++) {
        const struct plan *plan = &plans->rows[i];

        if (!plan_fits(offer, plan))
            continue;
        if (product == NULL || !text_equal(product_id, plan->product)) {
            product = view_section(found, NAME_PRODUCT);
            product_id = plan->product;
            view_text(product, NAME_PRODUCT_NAME, plan->product_name);
            view_text(product, NAME_PRODUCT_TYPE, product_type_words(plan->type));
            if (offer->type == OFFER_EXISTING_PLANS && rows_of(offer, plan->product, NULL) == 0)
                tick_add(x, product, ++listed, arena_format(x->arena, "%s/", plan->product), plan,
                         arena_format(x->arena, "All plans of %s, current and future",
                                      plan->product_name),
                         "Takes a discount only", "One discount on every price");
        }
        tick_add(x, product, ++listed, arena_format(x->arena, "%s/%s", plan->product, plan->id),
                 plan, plan->name, plan_hint(x->arena, offer, plan), list_words(x->arena, plan));
    }
}

static size_t
plans_left(const struct offer *offer, const struct plans *plans)
{
    size_t left = 0;

    for (size_t i = 0; i < plans->count; i++)
        left += plan_fits(offer, &plans->rows[i]) ? 1 : 0;
    return left;
}

void
isv_products_view(struct exchange *x, const struct offer *offer, const struct plans *plans,
                  const char *search)
{
    const char *words = isv_add_words(offer->type);
    bool reserve = offer->type == OFFER_RESERVATIONS;
    struct view *view = show(x, PAGE_PRODUCTS_ADD, words);
    struct view *found;

    isv_head(x, view, offer, words, (const char *const[]){offer->name}, 1);
    part_not_saved(x, view);
    part_summary(x, view, "");
    view_format(view, NAME_ROWS_USED, "%zu of %d used", offer->row_count, LIMIT_ROWS);
    view_text(view, NAME_PICK_NOTE,
              reserve ? "Virtual machine plans with reservation pricing. An offer holds up to 10 "
                        "rows, one for each plan and duration."
                      : "An offer holds up to 10 products or plans. A plan already on the offer "
                        "isn’t listed.");
    view_text(view, NAME_FORM_ACTION, isv_href(x, offer, "/products/add"));
    view_text(view, NAME_CANCEL_HREF, isv_href(x, offer, "/setup#s-products"));
    view_text(view, NAME_QUERY, search);
    if (plans_left(offer, plans) == 0 && !plans->more) {
        struct view *nothing = view_section(view, NAME_NOT_FOUND);

        view_text(nothing, NAME_NOT_FOUND_TEXT,
                  *search == '\0' ? "No further plans to add"
                                  : arena_format(x->arena, "No plans match “%s”", search));
        view_text(nothing, NAME_NOT_FOUND_HINT,
                  reserve ? "Only public virtual machine plans with reservation pricing are listed."
                          : "Only public plans that can be bought in the marketplace are listed.");
        return;
    }
    found = view_section(view, NAME_FOUND);
    part_rev(x, found, offer_rev(x->arena, offer, PARTY_ISV));
    plans_view(x, found, offer, plans);
    part_more_plans(x, found, plans);
}

void
part_more_plans(const struct exchange *x, struct view *found, const struct plans *plans)
{
    const struct plan *last = &plans->rows[plans->count - 1];

    if (plans->more)
        view_text(view_section(found, NAME_MORE), NAME_MORE_AFTER,
                  arena_format(x->arena, "%s/%s", last->product, last->id));
}

/* --- an absolute price ---------------------------------------------------------------------------
 */

struct view *
isv_row_head(struct exchange *x, enum page page, const struct offer *offer,
             const struct offer_row *row)
{
    struct view *view = show(x, page, "Configure price");
    struct view *head =
        isv_head(x, view, offer, "Configure price", (const char *const[]){offer->name}, 1);

    head_lead(head, row_words(x->arena, row));
    part_not_saved(x, view);
    part_summary(x, view, "");
    view_text(view, NAME_FORM_ACTION,
              isv_href(x, offer, arena_format(x->arena, "/products/%d/price", row->number)));
    part_rev(x, view, offer_rev(x->arena, offer, PARTY_ISV));
    view_text(view, NAME_CANCEL_HREF, isv_href(x, offer, "/setup#s-products"));
    if (!form_came_back(x) && row_priced(row))
        view_text(view_section(view, NAME_EXPORT), NAME_EXPORT_HREF,
                  isv_row_export_href(x, offer, row));
    return view;
}

void
isv_price_view(struct exchange *x, const struct offer *offer, const struct offer_row *row)
{
    const char *plan = row_words(x->arena, row);
    struct view *view = isv_row_head(x, PAGE_PRICE, offer, row);

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
        part_cell(x, point, NAME_POINT_FIELD, field_point_name(x->arena, row->number, price->key),
                  arena_format(x->arena, "Absolute price for %s, %s", plan, words),
                  amount_plain(x->arena, amount), true, NULL);
    }
}

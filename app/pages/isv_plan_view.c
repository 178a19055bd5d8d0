/*
 * isv_plan_view.c: option B: making a new plan from a public one, and configuring it.
 *
 * Not here: which plans can be templates (core/catalogue), what may be typed (core/fields_rows).
 * Invariant: the controls of every billing term are in the form, sold or not, so that a term is
 * chosen and priced in one go, with or without script.
 */
#include <inttypes.h>

#include "actions/isv.h"
#include "base/text.h"
#include "pages/isv_view.h"
#include "pages/parts.h"

#define NOT_KNOWN "–"

/* The public plans that can be the template, as radio buttons. */
static void
templates_view(struct exchange *x, struct view *view, const struct plans *plans, const char *search)
{
    struct choice *choices = arena_array(x->arena, struct choice, plans->count + 1);
    struct view *found;
    size_t count = 0;

    for (size_t i = 0; i < plans->count; i++) {
        const struct plan *plan = &plans->rows[i];

        if (plan_template_refusal(plan) != NULL)
            continue;
        choices[count++] = (struct choice){
            .value = arena_format(x->arena, "%s/%s", plan->product, plan->id),
            .label = plan_words(x->arena, plan),
            .hint = list_words(x->arena, plan),
        };
    }
    if (count == 0) {
        view_text(view_section(view, NAME_NOT_FOUND), NAME_NOT_FOUND_TEXT,
                  *search == '\0' ? "No plans to begin from"
                                  : arena_format(x->arena, "No plans match “%s”", search));
        return;
    }
    found = view_section(view, NAME_FOUND);
    part_choice(x, found, NAME_FIELD_TEMPLATE, ANSWER_TEMPLATE, "Template plan", choices, count,
                "");
    part_more_plans(x, found, plans);
}

static const struct field_look name_look = {
    .hint = "Not allowed: ! < > ^ [ ] @ # % /",
    .count = true,
};
static const struct field_look description_look = {
    .hint = "What the customer gets with this plan",
    .count = true,
};

void
isv_plan_new_view(struct exchange *x, const struct offer *offer, const struct plans *plans,
                  const char *search)
{
    const char *words = isv_add_words(OFFER_NEW_PLANS);
    struct view *view = show(x, PAGE_PLAN_NEW, words);

    isv_head(x, view, offer, words, (const char *const[]){offer->name}, 1);
    part_not_saved(x, view);
    part_summary(x, view, "");
    view_text(view, NAME_FORM_ACTION, isv_href(x, offer, "/products/add"));
    view_text(view, NAME_CANCEL_HREF, isv_href(x, offer, "/setup#s-products"));
    part_rev(x, view, offer_rev(x->arena, offer, PARTY_ISV));
    view_format(view, NAME_ROWS_USED, "%zu of %d used", offer->row_count, LIMIT_ROWS);
    view_text(view, NAME_QUERY, search);
    part_typed(x, view, NAME_FIELD_PLAN_NAME, FIELD_PLAN_NAME, fields[FIELD_PLAN_NAME].name, "",
               &name_look);
    part_typed(x, view, NAME_FIELD_PLAN_DESCRIPTION, FIELD_PLAN_DESCRIPTION,
               fields[FIELD_PLAN_DESCRIPTION].name, "", &description_look);
    templates_view(x, view, plans, search);
}

/* The price point of the term that the row sells, or that the plan has; NULL when neither. */
static const struct price_point *
plan_term(const struct plan *plan, int term_months)
{
    for (size_t k = 0; k < plan->point_count; k++) {
        if (plan->points[k].kind != POINT_METER && plan->points[k].term_months == term_months)
            return &plan->points[k];
    }
    return NULL;
}

static void
term_view(struct exchange *x, struct view *view, const struct offer_row *row, int months)
{
    bool per_user = row->plan->model == MODEL_PER_USER;
    const char *id = arena_format(x->arena, "%s-%d", per_user ? "user" : "term", months);
    const struct price_point *listed = plan_term(row->plan, months);
    const struct row_price *price = row_price(row, id);
    const char *term = term_words(x->arena, months);
    const char *words = row_words(x->arena, row);
    int payment = row_payment(row, months);
    struct choice choices[PAYMENT_CHOICES];
    size_t count = payment_choices(x->arena, months, choices);
    struct view *line = view_section(view, NAME_TERM);

    view_format(line, NAME_TERM_MONTHS, "%d", months);
    view_text(line, NAME_TERM_LABEL, term);
    part_pick(x, line, NAME_TERM_PAYMENT, field_payment_name(x->arena, row->number, months),
              arena_format(x->arena, "%s for %s, %s", fields[FIELD_PAYMENT].label, words, term),
              choices, count, payment == TERM_NOT_SOLD ? "" : arena_format(x->arena, "%d", payment),
              NULL);
    view_text(line, NAME_TERM_LIST,
              listed == NULL ? NOT_KNOWN : amount_show(x->arena, listed->list));
    if (listed != NULL)
        view_text(view_section(line, NAME_TERM_LIST_PAID), NAME_TERM_LIST_PAID_TEXT,
                  payment_label(listed->payment_months));
    part_cell(x, line, NAME_TERM_PRICE, field_point_name(x->arena, row->number, id),
              arena_format(x->arena, "Price per payment for %s, %s", words, term),
              price != NULL && price->has_own ? amount_plain(x->arena, price->own) : "", true,
              NULL);
}

static void
included_view(struct exchange *x, struct view *meter, const struct offer_row *row,
              const struct price_point *point, int months)
{
    const struct included *included =
        included_find(row->included, row->included_count, point->id, months);
    const char *term = term_words(x->arena, months);
    bool counted = included != NULL && !included->unlimited;
    struct view *view = view_section(meter, NAME_INCLUDED);

    view_format(view, NAME_TERM_MONTHS, "%d", months);
    view_text(view, NAME_TERM_LABEL, term);
    part_number(
        x, view, NAME_INCLUDED_QUANTITY,
        field_included_name(x->arena, row->number, point->id, months),
        arena_format(x->arena, "%s for %s, %s", fields[FIELD_INCLUDED].label, point->name, term),
        counted ? arena_format(x->arena, "%" PRId64, included->quantity) : "");
    part_tick(x, view, NAME_INCLUDED_UNLIMITED,
              field_unlimited_name(x->arena, row->number, point->id, months),
              arena_format(x->arena, "%s, %s", point->name, term), "Unlimited",
              included != NULL && included->unlimited);
}

static void
meters_view(struct exchange *x, struct view *view, const struct offer_row *row)
{
    struct view *meters = NULL;

    for (size_t k = 0; k < row->price_count; k++) {
        const struct row_price *price = &row->prices[k];
        const struct price_point *point = price->point;
        struct view *meter;

        if (point->kind != POINT_METER)
            continue;
        if (meters == NULL)
            meters = view_section(view, NAME_HAS_METERS);
        meter = view_section(meters, NAME_METER);
        view_text(meter, NAME_METER_NAME, point->name);
        view_text(meter, NAME_METER_LIST, amount_show(x->arena, point->list));
        part_cell(
            x, meter, NAME_METER_PRICE, field_point_name(x->arena, row->number, price->key),
            arena_format(x->arena, "Unit price for %s, %s", row_words(x->arena, row), point->name),
            price->has_own ? amount_plain(x->arena, price->own) : "", true, NULL);
        for (size_t i = 0; i < LIMIT_TERMS; i++)
            included_view(x, meter, row, point, billing_terms[i]);
    }
}

static const char *
number_or_empty(struct arena *arena, int64_t number)
{
    return number == 0 ? "" : arena_format(arena, "%" PRId64, number);
}

static void
users_view(struct exchange *x, struct view *view, const struct offer_row *row)
{
    static const struct field_look least = {.short_input = true};
    static const struct field_look most = {
        .hint = "Leave it empty for no limit", .short_input = true, .optional = true};
    const struct plan *plan = row->plan;
    struct view *users = view_section(view, NAME_HAS_USERS);

    view_format(users, NAME_USERS_NOTE, "The template is sold for %s users.",
                plan->max_users == 0
                    ? arena_format(x->arena, "%d or more", plan->min_users)
                    : arena_format(x->arena, "%d to %d", plan->min_users, plan->max_users));
    part_typed(x, users, NAME_FIELD_MIN_USERS, FIELD_MIN_USERS,
               field_row_name(x->arena, FIELD_MIN_USERS, row->number),
               number_or_empty(x->arena, row->min_users), &least);
    part_typed(x, users, NAME_FIELD_MAX_USERS, FIELD_MAX_USERS,
               field_row_name(x->arena, FIELD_MAX_USERS, row->number),
               number_or_empty(x->arena, row->max_users), &most);
}

void
isv_plan_price_view(struct exchange *x, const struct offer *offer, const struct offer_row *row)
{
    bool per_user = row->plan->model == MODEL_PER_USER;
    struct view *view = isv_row_head(x, PAGE_PLAN_PRICE, offer, row);

    part_typed(x, view, NAME_FIELD_PLAN_NAME, FIELD_PLAN_NAME,
               field_row_name(x->arena, FIELD_PLAN_NAME, row->number), row->plan_name, &name_look);
    part_typed(x, view, NAME_FIELD_PLAN_DESCRIPTION, FIELD_PLAN_DESCRIPTION,
               field_row_name(x->arena, FIELD_PLAN_DESCRIPTION, row->number), row->plan_description,
               &description_look);
    view_format(view, NAME_TERMS_NOTE,
                "Template plan: %s. Choose how each billing term is paid, or that it isn’t sold.",
                plan_words(x->arena, row->plan));
    view_text(view, NAME_PRICE_HEADING,
              per_user ? "Price per payment and user" : "Price per payment");
    for (size_t i = 0; i < LIMIT_TERMS; i++)
        term_view(x, view, row, billing_terms[i]);
    if (per_user)
        users_view(x, view, row);
    meters_view(x, view, row);
}

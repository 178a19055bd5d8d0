/*
 * check_rows.c: what must hold of the pricing rows when an ISV submits, and of one row's own form
 * once it is saved (LAW 4.4, 9.1).
 *
 * Not here: what is malformed (core/fields_rows.c).
 */
#include "core/check.h"

#include <inttypes.h>

#include "base/text.h"

/* Every price that has none of its own. */
static void
check_prices(const struct offer_row *row, struct problems *problems)
{
    struct arena *arena = problems->arena;

    for (size_t k = 0; k < row->price_count; k++) {
        const struct row_price *price = &row->prices[k];

        if (!price->has_own)
            problem_add(problems, field_point_name(arena, row->number, price->key),
                        "Enter a price for %s", price_words(arena, row, price));
    }
}

static bool
any_term_sold(const struct offer_row *row)
{
    for (size_t i = 0; i < LIMIT_TERMS; i++) {
        if (row_payment(row, billing_terms[i]) != TERM_NOT_SOLD)
            return true;
    }
    return false;
}

static void
check_new_plan(const struct offer_row *row, struct problems *problems)
{
    struct arena *arena = problems->arena;

    if (*row->plan_name == '\0')
        problem_add(problems, field_row_name(arena, FIELD_PLAN_NAME, row->number),
                    "Enter a name for the new plan");
    if (*row->plan_description == '\0')
        problem_add(problems, field_row_name(arena, FIELD_PLAN_DESCRIPTION, row->number),
                    "Enter a description of the new plan");
    if (!any_term_sold(row))
        problem_add(problems, field_payment_name(arena, row->number, billing_terms[0]),
                    "Choose how at least one billing term is paid");
    check_prices(row, problems);
    if (row->plan->model != MODEL_PER_USER)
        return;
    if (row->min_users < 1)
        problem_add(problems, field_row_name(arena, FIELD_MIN_USERS, row->number),
                    "Enter the smallest number of users, 1 or more");
    if (row->max_users > 0 && row->max_users < row->min_users)
        problem_add(problems, field_row_name(arena, FIELD_MAX_USERS, row->number),
                    "Enter at least the smallest number of users, %" PRId64
                    ", or leave it empty for no limit",
                    row->min_users);
}

/* One line of reservations; line is its place in the form. */
static void
check_line(const struct offer_row *row, const struct row_price *price, int line,
           struct problems *problems)
{
    struct arena *arena = problems->arena;
    int vcpu = price->point->vcpu;
    const char *what = vcpu == 0 ? "" : arena_format(arena, " of %d vCPU", vcpu);

    if (!plan_prices_size(row->plan, vcpu))
        problem_add(problems, field_line_name(arena, row->number, LINE_VCPU, line),
                    "The plan no longer sells %d vCPU. Remove the line or choose another size",
                    vcpu);
    if (price->quantity == 0)
        problem_add(problems, field_line_name(arena, row->number, LINE_QUANTITY, line),
                    "Enter a number of reservations%s", what);
    if (!price->has_own)
        problem_add(problems, field_line_name(arena, row->number, LINE_UNIT, line),
                    "Enter a unit price for one reservation%s", what);
}

static void
check_reservation(const struct offer_row *row, struct problems *problems)
{
    struct arena *arena = problems->arena;
    bool sizes = plan_has_sizes(row->plan);
    struct row_totals totals;

    if (!plan_reserves(row->plan, row->duration_months))
        problem_add(problems, field_row_name(arena, FIELD_DURATION, row->number),
                    "The plan no longer sells a %s reservation. Choose another duration",
                    term_words(arena, row->duration_months));
    if (row->price_count == 0)
        problem_add(problems,
                    field_line_name(arena, row->number, sizes ? LINE_VCPU : LINE_QUANTITY, 1),
                    "Add at least one reservation");
    for (size_t k = 0; k < row->price_count; k++)
        check_line(row, &row->prices[k], (int)k + 1, problems);
    if (row_totals(row, &totals) != OK)
        problem_add(problems, field_line_name(arena, row->number, LINE_QUANTITY, 1),
                    "The total is too large to reckon with. Enter smaller quantities or prices");
}

void
check_row(enum offer_type type, const struct offer_row *row, struct problems *problems)
{
    if (row->price_type == PRICE_DISCOUNT)
        return;
    switch (type) {
    case OFFER_EXISTING_PLANS:
        check_prices(row, problems);
        return;
    case OFFER_NEW_PLANS:
        check_new_plan(row, problems);
        return;
    case OFFER_RESERVATIONS:
        check_reservation(row, problems);
        return;
    case OFFER_TYPE_COUNT:
        break;
    }
    assert(false);
}

/* Is what the row sells still the ISV's to sell? */
static void
check_sold(const struct offer *offer, const struct offer_row *row, const char *at,
           struct problems *problems)
{
    const char *words = row_words(problems->arena, row);
    const char *refusal = NULL;

    if (row->whole_product &&
        (row->price_count == 0 || !text_equal(row->plan->publisher, offer->isv))) {
        problem_add(problems, at,
                    "Remove %s: the product no longer has a public plan that can be "
                    "sold",
                    words);
        return;
    }
    if (row->whole_product)
        return;
    if (!plan_selectable(row->plan) || !text_equal(row->plan->publisher, offer->isv)) {
        problem_add(problems, at,
                    offer->type == OFFER_NEW_PLANS
                        ? "Remove %s: its template is no longer a public plan that can be sold"
                        : "Remove %s: it is no longer a public plan that can be sold",
                    words);
        return;
    }
    if (offer->type == OFFER_NEW_PLANS)
        refusal = plan_template_refusal(row->plan);
    else if (offer->type == OFFER_RESERVATIONS)
        refusal = plan_reservation_refusal(row->plan);
    if (refusal != NULL)
        problem_add(problems, at, "Remove %s: %s", words, refusal);
}

static void
check_clashes(const struct offer *offer, const struct offer_row *row, const char *at,
              struct problems *problems)
{
    struct arena *arena = problems->arena;

    for (size_t i = 0; i < offer->row_count; i++) {
        const struct offer_row *other = &offer->rows[i];

        if (other->number >= row->number || !rows_clash(offer->type, other, row))
            continue;
        if (other->whole_product == row->whole_product)
            problem_add(problems, at, "Remove %s: it is in the offer twice", row_words(arena, row));
        else
            problem_add(problems, at, "Remove %s or %s: the offer covers the plan twice",
                        row_words(arena, other), row_words(arena, row));
    }
}

/* Is the row priced? A row's own form is summed up: its problems stand beside its fields. */
static void
check_priced(const struct offer *offer, const struct offer_row *row, const char *at,
             struct problems *problems)
{
    struct arena *arena = problems->arena;
    const char *words = row_words(arena, row);
    struct problems *own = problems_new(arena);
    const char *refusal = offer->type == OFFER_EXISTING_PLANS && row->price_type == PRICE_ABSOLUTE
                              ? row_absolute_refusal(row)
                              : NULL;

    if (refusal != NULL) {
        problem_add(problems, at, "%s: %s", words, refusal);
        return;
    }
    check_row(offer->type, row, own);
    if (own->count > 0)
        problem_in_row(problems, at, row->number, "Configure the price of %s: %s", words,
                       own->list[0].message);
    else if (!row_priced(row) && row->price_type == PRICE_DISCOUNT)
        problem_add(problems, field_row_name(arena, FIELD_DISCOUNT, row->number),
                    "Enter a discount between 0.01 and 100 for %s", words);
    else if (!row_priced(row))
        problem_in_row(problems, at, row->number, "Configure the price of %s", words);
}

/* The sum over all rows: rows whose own sum does not fit have said so. */
static void
check_total(const struct offer *offer, struct problems *problems)
{
    struct row_totals totals;

    for (size_t i = 0; i < offer->row_count; i++) {
        if (row_totals(&offer->rows[i], &totals) != OK)
            return;
    }
    if (offer_totals(offer, &totals) != OK)
        problem_add(problems, "products",
                    "The total of the reservations is too large to reckon with. Enter smaller "
                    "quantities or prices");
}

void
check_rows(const struct offer *offer, struct problems *problems)
{
    for (size_t i = 0; i < offer->row_count; i++) {
        const struct offer_row *row = &offer->rows[i];
        const char *at = field_row_name(problems->arena, FIELD_PRICE_TYPE, row->number);

        check_sold(offer, row, at, problems);
        check_priced(offer, row, at, problems);
        check_clashes(offer, row, at, problems);
    }
    if (offer->type == OFFER_RESERVATIONS)
        check_total(offer, problems);
}

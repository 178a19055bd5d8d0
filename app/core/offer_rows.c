/*
 * offer_rows.c: the pricing rows of an offer: what each sells and which prices it has (LAW 4.4).
 *
 * Not here: what a price comes to (core/pricing), the offer's life (core/offer.c).
 * Invariant: the keys of a row's prices differ from each other.
 */
#include "core/offer.h"

#include "base/text.h"

struct row_price *
row_price(const struct offer_row *row, const char *key)
{
    for (size_t k = 0; k < row->price_count; k++) {
        if (text_equal(row->prices[k].key, key))
            return &row->prices[k];
    }
    return NULL;
}

/* One more price of the row being attached; what was typed under its key before stays. */
static void
price_append(struct offer_row *row, const struct offer_row *before, const struct plan *plan,
             const struct price_point *point, const char *key)
{
    const struct row_price *old = row_price(before, key);
    struct row_price *price = &row->prices[row->price_count++];

    *price = (struct row_price){.plan = plan, .point = point, .key = key};
    price->quantity = point->kind == POINT_RESERVATION ? 0 : 1;
    price->list.per_hour = point->kind == POINT_HOUR;
    price->own.per_hour = price->list.per_hour;
    price->partner.per_hour = price->list.per_hour;
    price->customer.per_hour = price->list.per_hour;
    if (old == NULL)
        return;
    price->quantity = old->quantity;
    price->has_own = old->has_own;
    price->own = old->own;
}

/* Makes room for count prices. Answers the row as it was. */
static struct offer_row
prices_begin(struct arena *arena, struct offer_row *row, size_t count)
{
    struct offer_row before = *row;

    if (row->plan_name == NULL)
        row->plan_name = "";
    if (row->plan_description == NULL)
        row->plan_description = "";
    row->prices = arena_array(arena, struct row_price, count + 1);
    row->price_count = 0;
    return before;
}

void
row_attach(struct arena *arena, struct offer_row *row, struct plan *plan)
{
    const struct offer_row before = prices_begin(arena, row, plan->point_count);

    row->plan = plan;
    for (size_t k = 0; k < plan->point_count; k++)
        price_append(row, &before, plan, &plan->points[k], plan->points[k].id);
}

void
row_attach_product(struct arena *arena, struct offer_row *row, struct plan *facts,
                   const struct plan *plans, size_t count)
{
    size_t total = 0;

    for (size_t i = 0; i < count; i++)
        total += plans[i].point_count;
    prices_begin(arena, row, total);
    row->plan = facts;
    for (size_t i = 0; i < count; i++) {
        const struct plan *plan = &plans[i];
        /* nothing is typed for single prices of such a row, so there is nothing to look for */
        const struct offer_row nothing = {.prices = NULL};

        for (size_t k = 0; k < plan->point_count; k++)
            price_append(row, &nothing, plan, &plan->points[k],
                         arena_format(arena, "%s.%s", plan->id, plan->points[k].id));
    }
}

/* The template's own price of the same term paid the same way, or NULL. */
static const struct price_point *
template_term(const struct plan *plan, int term_months, int payment_months)
{
    for (size_t k = 0; k < plan->point_count; k++) {
        const struct price_point *point = &plan->points[k];

        if ((point->kind == POINT_TERM || point->kind == POINT_USER) &&
            point->term_months == term_months && point->payment_months == payment_months)
            return point;
    }
    return NULL;
}

static const struct price_point *
term_point(struct arena *arena, const struct plan *plan, int term_months, int payment_months)
{
    const struct price_point *listed = template_term(plan, term_months, payment_months);
    bool per_user = plan->model == MODEL_PER_USER;
    struct price_point *point = arena_new(arena, struct price_point);

    assert(term_option_valid(term_months, payment_months));
    *point = (struct price_point){
        .id = arena_format(arena, "%s-%d", per_user ? "user" : "term", term_months),
        .kind = per_user ? POINT_USER : POINT_TERM,
        .term_months = term_months,
        .payment_months = payment_months,
        .name = "",
        .unit = "",
        .market = MARKET_US,
        .unlisted = listed == NULL,
    };
    if (listed != NULL)
        point->list = listed->list;
    return point;
}

void
row_attach_terms(struct arena *arena, struct offer_row *row, struct plan *plan,
                 const int payments[LIMIT_TERMS])
{
    const struct offer_row before = prices_begin(arena, row, LIMIT_TERMS + plan->point_count);

    row->plan = plan;
    for (size_t i = 0; i < LIMIT_TERMS; i++) {
        const struct price_point *point;

        if (payments[i] == TERM_NOT_SOLD)
            continue;
        point = term_point(arena, plan, billing_terms[i], payments[i]);
        price_append(row, &before, plan, point, point->id);
    }
    for (size_t k = 0; k < plan->point_count; k++) {
        if (plan->points[k].kind == POINT_METER)
            price_append(row, &before, plan, &plan->points[k], plan->points[k].id);
    }
}

void
row_attach_sizes(struct arena *arena, struct offer_row *row, struct plan *plan, const int *sizes,
                 size_t count)
{
    const struct offer_row before = prices_begin(arena, row, count);

    row->plan = plan;
    for (size_t i = 0; i < count; i++) {
        struct price_point *point = arena_new(arena, struct price_point);

        *point = (struct price_point){
            .id = arena_format(arena, "reserve-%d", sizes[i]),
            .kind = POINT_RESERVATION,
            .term_months = row->duration_months,
            .payment_months = row->payment_months,
            .name = "",
            .unit = "",
            .vcpu = sizes[i],
            .market = MARKET_US,
        };
        point->unlisted = plan_reservation_list(plan, row->duration_months, row->payment_months,
                                                sizes[i], &point->list.money) != OK;
        price_append(row, &before, plan, point, point->id);
    }
}

const char *
row_absolute_refusal(const struct offer_row *row)
{
    if (row->whole_product)
        return "A whole product takes a discount, not an absolute price";
    return plan_absolute_refusal(row->plan);
}

bool
price_is_rows(const struct row_price *price)
{
    for (size_t k = 0; k < price->plan->point_count; k++) {
        if (price->point == &price->plan->points[k])
            return false;
    }
    return true;
}

int
row_payment(const struct offer_row *row, int term_months)
{
    for (size_t k = 0; k < row->price_count; k++) {
        const struct price_point *point = row->prices[k].point;

        if ((point->kind == POINT_TERM || point->kind == POINT_USER) &&
            point->term_months == term_months)
            return point->payment_months;
    }
    return TERM_NOT_SOLD;
}

char *
row_plan_words(struct arena *arena, const struct offer_row *row)
{
    if (row->whole_product)
        return arena_text(arena, "all plans");
    if (row->duration_months > 0)
        return arena_format(arena, "%s: %s reservation", row->plan->name,
                            term_words(arena, row->duration_months));
    return arena_text(arena, *row->plan_name == '\0' ? row->plan->name : row->plan_name);
}

char *
row_words(struct arena *arena, const struct offer_row *row)
{
    return arena_format(arena, "%s, %s", row->plan->product_name, row_plan_words(arena, row));
}

char *
price_words(struct arena *arena, const struct offer_row *row, const struct row_price *price)
{
    const char *words = point_words(arena, price->plan, price->point);

    if (!row->whole_product)
        return arena_text(arena, words);
    return arena_format(arena, "%s: %s", price->plan->name, words);
}

bool
rows_clash(enum offer_type type, const struct offer_row *a, const struct offer_row *b)
{
    if (!text_equal(a->plan->product, b->plan->product))
        return false;
    if (a->whole_product || b->whole_product)
        return true;
    if (!text_equal(a->plan->id, b->plan->id))
        return false;
    return type != OFFER_RESERVATIONS || a->duration_months == b->duration_months;
}

static bool
included_same(const struct offer_row *a, const struct offer_row *b)
{
    if (a->included_count != b->included_count)
        return false;
    for (size_t i = 0; i < a->included_count; i++) {
        const struct included *one = &a->included[i];
        const struct included *other =
            included_find(b->included, b->included_count, one->meter, one->term_months);

        if (other == NULL || other->unlimited != one->unlimited || other->quantity != one->quantity)
            return false;
    }
    return true;
}

static bool
prices_same(const struct offer_row *a, const struct offer_row *b)
{
    if (a->price_count != b->price_count)
        return false;
    for (size_t k = 0; k < a->price_count; k++) {
        const struct row_price *one = &a->prices[k];
        const struct row_price *other = row_price(b, one->key);

        if (other == NULL || other->quantity != one->quantity ||
            other->point->payment_months != one->point->payment_months ||
            other->has_own != one->has_own || !amount_equal(other->own, one->own))
            return false;
    }
    return true;
}

/* Is the row, in what the partner saw of it when it priced it, the same? */
static bool
row_same(const struct offer_row *before, const struct offer_row *after)
{
    if (before->price_type != after->price_type)
        return false;
    if (after->price_type == PRICE_DISCOUNT)
        return before->has_discount == after->has_discount &&
               before->discount.e8 == after->discount.e8;
    return text_equal(before->plan_name, after->plan_name) &&
           text_equal(before->plan_description, after->plan_description) &&
           before->min_users == after->min_users && before->max_users == after->max_users &&
           before->duration_months == after->duration_months &&
           before->payment_months == after->payment_months && included_same(before, after) &&
           prices_same(before, after);
}

void
offer_void_adjustments(const struct offer *before, struct offer *offer)
{
    for (size_t i = 0; i < offer->row_count; i++) {
        struct offer_row *row = &offer->rows[i];

        for (size_t k = 0; k < before->row_count; k++) {
            if (before->rows[k].number == row->number && !row_same(&before->rows[k], row))
                row->has_adjustment = false;
        }
    }
}

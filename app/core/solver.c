/*
 * solver.c: reading the price wanted, and saying why there is no adjustment for it.
 */
#include "core/solver.h"

#include "base/text.h"
#include "core/pricing.h"

const char *
solver_price_name(struct arena *arena, int number)
{
    return arena_format(arena, "desired-%d", number);
}

const char *
solver_point_name(struct arena *arena, int number)
{
    return arena_format(arena, "point-%d", number);
}

const struct row_price *
solver_point(const struct offer_row *row, const char *key)
{
    const struct row_price *wanted = row_price(row, key);

    if (wanted != NULL && wanted->has_partner)
        return wanted;
    for (size_t k = 0; k < row->price_count; k++) {
        if (row->prices[k].has_partner)
            return &row->prices[k];
    }
    return NULL;
}

/* What was sent under that name without the space around it, "" when nothing was. */
static const char *
sent(const struct answers *answers, struct arena *arena, const char *name)
{
    const char *raw = answers->get(answers->context, name);

    return raw == NULL ? "" : text_trim(arena, raw);
}

/* No adjustment gives the price: why, and what can be done. */
static void
say_why(const struct offer *offer, const struct offer_row *row, const struct row_price *price,
        enum solving solving, const struct solution *most, struct problems *problems)
{
    struct arena *arena = problems->arena;
    const char *at = solver_price_name(arena, row->number);
    const char *partner = amount_show(arena, price->partner);

    switch (solving) {
    case SOLVED:
        return;
    case SOLVING_NOTHING:
        problem_add(problems, at,
                    "The partner price of %s is %s: no percentage of it leads to another price. "
                    "Ask %s to set another partner price",
                    price_words(arena, row, price), partner, offer->isv_name);
        return;
    case SOLVING_BELOW:
        problem_add(problems, at,
                    "Enter the partner price, %s, or more for %s: an adjustment can't lower it",
                    partner, price_words(arena, row, price));
        return;
    case SOLVING_CAPPED:
        problem_add(problems, at,
                    "Enter at most %s for %s: the adjustment can't exceed the ISV's discount, "
                    "%s%%; %s",
                    amount_show(arena, most->customer), price_words(arena, row, price),
                    rate_show(arena, most->adjustment), row_cap_remedy(arena, offer, row));
        return;
    case SOLVING_LARGE:
        problem_add(problems, at,
                    "This is too far above the partner price, %s: an adjustment has up to 9 digits "
                    "before the point. Enter a lower price",
                    partner);
        return;
    }
    assert(false);
}

static void
solve_row(const struct offer *offer, struct offer_row *row, const struct answers *answers,
          struct problems *problems)
{
    struct arena *arena = problems->arena;
    const char *at = solver_price_name(arena, row->number);
    const char *typed = sent(answers, arena, at);
    const struct row_price *price;
    struct amount wanted;
    struct solution solution = {.adjustment = {0}};
    enum solving solving;

    if (*typed == '\0')
        return;
    price = solver_point(row, sent(answers, arena, solver_point_name(arena, row->number)));
    if (price == NULL) {
        problem_add(problems, at, "%s has no partner price to start from", row_words(arena, row));
        return;
    }
    if (amount_parse(price->point->kind, typed, &wanted) != OK) {
        problem_add(problems, at,
                    "Enter a price from 0.00 to 999,999,999.99 for %s, with up to %d decimals",
                    price_words(arena, row, price), price->partner.per_hour ? 6 : 2);
        return;
    }
    solving = price_solve(row, price, wanted, &solution);
    if (solving == SOLVED) {
        row->has_adjustment = true;
        row->adjustment = solution.adjustment;
    }
    say_why(offer, row, price, solving, &solution, problems);
}

void
solver_read(struct offer *offer, const struct answers *answers, struct problems *problems)
{
    for (size_t i = 0; i < offer->row_count; i++)
        solve_row(offer, &offer->rows[i], answers, problems);
}

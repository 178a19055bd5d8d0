/*
 * partner_rows_view.c: the rows of the selling partner's form: each with its adjustment, the price
 * wanted of it, and what every price point comes to.
 *
 * Not here: the rest of the form (partner_view). Prices were computed before.
 */
#include <inttypes.h>

#include "base/text.h"
#include "core/solver.h"
#include "pages/partner_view.h"
#include "pages/parts.h"

void
partner_adjustment(struct exchange *x, struct view *view, const struct offer_row *row)
{
    struct rate cap;
    const char *hint = "No limit";

    if (row_cap(row, &cap))
        hint = arena_format(x->arena, "At most %s%%", rate_show(x->arena, cap));
    part_cell(x, view, NAME_ROW_ADJUSTMENT, field_row_name(x->arena, FIELD_ADJUSTMENT, row->number),
              arena_format(x->arena, "%s for %s", fields[FIELD_ADJUSTMENT].label,
                           row_words(x->arena, row)),
              row->has_adjustment ? rate_show(x->arena, row->adjustment) : "", false, hint);
}

/* "12.5% gives $1,080.00, as you wanted": what the adjustment found for a price comes to, NULL when
 * none was asked for. */
static const char *
found_words(const struct exchange *x, const struct offer_row *row, const struct row_price *price)
{
    struct arena *arena = x->arena;
    const char *typed = queried(x, solver_price_name(arena, row->number));
    struct amount wanted;
    const char *gives;
    int64_t residue;

    if (!price->has_customer || amount_parse(price->point->kind, typed, &wanted) != OK)
        return NULL;
    gives = arena_format(arena, "%s%% gives %s", rate_show(arena, row->adjustment),
                         amount_show(arena, price->customer));
    residue = amount_integer(price->customer) - amount_integer(wanted);
    if (residue == 0)
        return arena_format(arena, "%s, as you wanted", gives);
    return arena_format(
        arena, "%s, %s %s than the %s you wanted", gives,
        amount_show(arena, amount_of(price->point->kind, residue < 0 ? -residue : residue)),
        residue < 0 ? "less" : "more", amount_show(arena, wanted));
}

/* Beside the adjustment: the price wanted for one of the row's price points (LAW 8.2). */
static void
solver_cells(struct exchange *x, struct view *view, const struct offer_row *row)
{
    struct arena *arena = x->arena;
    const char *point = solver_point_name(arena, row->number);
    const char *words = row_words(arena, row);
    const struct row_price *price = solver_point(row, shown(x, point, queried(x, point)));
    struct choice choices[LIMIT_PRICES_SHOWN];
    struct view *solver;
    size_t count = 0;

    if (price == NULL)
        return;
    for (size_t k = 0; k < prices_shown(row); k++) {
        if (row->prices[k].has_partner)
            choices[count++] =
                (struct choice){row->prices[k].key, price_words(arena, row, &row->prices[k]), NULL};
    }
    solver = view_section(view, NAME_SOLVER);
    part_cell(x, solver, NAME_ROW_DESIRED, solver_price_name(arena, row->number),
              arena_format(arena, "Desired customer price for %s", words), "", true,
              found_words(x, row, price));
    if (count > 1)
        part_pick(x, solver, NAME_ROW_WANTED_POINT, point,
                  arena_format(arena, "Price point of the desired price for %s", words), choices,
                  count, price->key, NULL);
}

static void
setup_point(struct exchange *x, struct view *view, const struct offer_row *row,
            const struct row_price *price)
{
    struct view *point = view_section(view, NAME_POINT);

    view_text(point, NAME_POINT_KEY, point_key(x, row, price));
    view_format(point, NAME_POINT_LIST_UNITS, "%" PRId64, amount_integer(price->list));
    view_format(point, NAME_POINT_PARTNER_UNITS, "%" PRId64, amount_integer(price->partner));
    view_text(point, NAME_POINT_SCALE, price->list.per_hour ? "6" : "2");
    point_texts(point, row, price, SELLER_COLUMNS);
    earning_texts(point, price);
    warning_texts(point, row, price);
}

void
partner_rows(struct exchange *x, struct view *view, const struct offer *offer)
{
    for (size_t i = 0; i < offer->row_count; i++) {
        const struct offer_row *row = &offer->rows[i];
        struct view *part = view_section(view, NAME_ROW);

        row_texts(part, row);
        view_text(part, NAME_ROW_PRICING, pricing_words(x->arena, row));
        partner_adjustment(x, part, row);
        solver_cells(x, part, row);
        for (size_t k = 0; k < prices_shown(row); k++)
            setup_point(x, part, row, &row->prices[k]);
        more_texts(part, row, "");
        row_total_texts(part, offer, row, SELLER_COLUMNS);
    }
    offer_total_texts(view, offer, SELLER_COLUMNS);
}

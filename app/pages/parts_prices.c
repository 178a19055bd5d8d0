/*
 * parts_prices.c: prices as tables, each through its viewer's eyes.
 *
 * Not here: the waterfall (parts_falls.c), arithmetic (core/pricing), what a viewer may know
 * (core/fields has blanked the rest).
 * Invariant: a figure that is not known prints as a dash, never as zero.
 */
#include "pages/parts.h"

#include "base/text.h"

#define UNKNOWN "–"
#define LISTED_POINTS 3 /* of a plan, in one line */

/* What of the customer price is the partner's own. */
static struct amount
earned(const struct row_price *price)
{
    int64_t share = amount_integer(price->customer) - amount_integer(price->partner);

    return amount_of(price->point->kind, share);
}

static const char *
known(struct arena *arena, bool has, struct amount amount)
{
    return has ? amount_show(arena, amount) : UNKNOWN;
}

static const char *
percent(struct arena *arena, struct rate rate)
{
    return arena_format(arena, "%s%%", rate_show(arena, rate));
}

const char *
list_words(struct arena *arena, const struct plan *plan)
{
    const char *words = UNKNOWN;

    for (size_t k = 0; k < plan->point_count && k < LISTED_POINTS; k++) {
        const struct price_point *point = &plan->points[k];
        const char *price = arena_format(arena, "%s (%s)", amount_show(arena, point->list),
                                         point_words(arena, plan, point));

        words = k == 0 ? price : arena_format(arena, "%s, %s", words, price);
    }
    if (plan->point_count <= LISTED_POINTS)
        return words;
    return arena_format(arena, "%s and %zu more", words, plan->point_count - LISTED_POINTS);
}

const char *
pricing_words(struct arena *arena, const struct offer_row *row)
{
    if (row->price_type == PRICE_ABSOLUTE)
        return "Absolute price";
    if (!row->has_discount)
        return "Discount not set";
    return arena_format(arena, "%s discount", percent(arena, row->discount));
}

static const char *
warning_words(const struct offer_row *row, const struct row_price *price)
{
    switch (price_warning(row, price)) {
    case PRICE_FINE:
        return NULL;
    case PRICE_DISCOUNT_VANISHED:
        return "Rounded: the discount has no effect";
    case PRICE_MARKUP_VANISHED:
        return "Rounded: the adjustment has no effect";
    case PRICE_ABOVE_LIST:
        return "Above list price";
    }
    assert(false);
    return NULL;
}

void
warning_texts(struct view *point, const struct offer_row *row, const struct row_price *price)
{
    const char *words = warning_words(row, price);

    if (words != NULL)
        view_text(view_section(point, NAME_POINT_WARNING), NAME_POINT_WARNING_TEXT, words);
}

void
row_texts(struct view *view, const struct offer_row *row)
{
    view_text(view, NAME_ROW_PRODUCT, row->plan->product_name);
    view_text(view, NAME_ROW_PLAN, row->plan->name);
    view_text(view, NAME_ROW_TYPE, product_type_words(row->plan->type));
}

/* A point of any table: what it is for, and its list price. */
static struct view *
point_add(const struct exchange *x, struct view *row_view, const struct offer_row *row,
          const struct row_price *price)
{
    struct view *point = view_section(row_view, NAME_POINT);

    view_text(point, NAME_POINT_LABEL, price_words(x->arena, row, price));
    view_text(point, NAME_POINT_LIST, known(x->arena, price->has_list, price->list));
    return point;
}

const char *
fee_words(const struct exchange *x, const struct row_price *price)
{
    struct split split;

    if (!price->has_partner)
        return UNKNOWN;
    if (price->partner.per_hour) /* hours are billed in sums, and the fee is taken from those */
        return percent(x->arena, x->settings.fee);
    if (price_split(price->partner.money, price->partner.money, x->settings.fee, &split) != OK)
        return UNKNOWN;
    return money_show(x->arena, split.fee);
}

const char *
payout_words(const struct exchange *x, const struct row_price *price)
{
    struct split split;

    if (!price->has_partner)
        return UNKNOWN;
    if (price->partner.per_hour)
        return percent(x->arena, (struct rate){RATE_HUNDRED - x->settings.fee.e8});
    if (price_split(price->partner.money, price->partner.money, x->settings.fee, &split) != OK)
        return UNKNOWN;
    return money_show(x->arena, split.isv);
}

void
part_isv_prices(struct exchange *x, struct view *view, enum name slot, const struct offer *offer)
{
    struct view *table = view_part(view, slot, PAGE_PART_ISV_PRICES);

    view_text(table, NAME_FEE_RATE, percent(x->arena, x->settings.fee));
    for (size_t i = 0; i < offer->row_count; i++) {
        const struct offer_row *row = &offer->rows[i];
        struct view *group = view_section(table, NAME_ROW);

        row_texts(group, row);
        view_text(group, NAME_ROW_PRICING, pricing_words(x->arena, row));
        for (size_t k = 0; k < row->price_count; k++) {
            const struct row_price *price = &row->prices[k];
            struct view *point = point_add(x, group, row, price);
            bool discounted = row->price_type == PRICE_DISCOUNT && row->has_discount;

            view_text(point, NAME_POINT_DISCOUNT,
                      discounted ? percent(x->arena, row->discount) : UNKNOWN);
            view_text(point, NAME_POINT_PARTNER,
                      known(x->arena, price->has_partner, price->partner));
            warning_texts(point, row, price);
            view_text(point, NAME_POINT_FEE, fee_words(x, price));
            view_text(point, NAME_POINT_PAYOUT, payout_words(x, price));
        }
    }
}

void
part_partner_prices(struct exchange *x, struct view *view, enum name slot,
                    const struct offer *offer)
{
    struct view *table = view_part(view, slot, PAGE_PART_PARTNER_PRICES);

    for (size_t i = 0; i < offer->row_count; i++) {
        const struct offer_row *row = &offer->rows[i];
        struct view *group = view_section(table, NAME_ROW);

        row_texts(group, row);
        view_text(group, NAME_ROW_PRICING, pricing_words(x->arena, row));
        if (row->has_adjustment)
            view_text(view_section(group, NAME_ROW_ADJUSTED), NAME_ROW_ADJUSTED_TEXT,
                      percent(x->arena, row->adjustment));
        for (size_t k = 0; k < row->price_count; k++) {
            const struct row_price *price = &row->prices[k];
            struct view *point = point_add(x, group, row, price);

            partner_point_texts(x, point, price);
            warning_texts(point, row, price);
        }
    }
}

void
partner_point_texts(const struct exchange *x, struct view *point, const struct row_price *price)
{
    bool earns = price->has_customer && price->has_partner;

    view_text(point, NAME_POINT_PARTNER, known(x->arena, price->has_partner, price->partner));
    view_text(point, NAME_POINT_CUSTOMER, known(x->arena, price->has_customer, price->customer));
    view_text(point, NAME_POINT_EARN, earns ? amount_show(x->arena, earned(price)) : UNKNOWN);
}

/* What the customer saves on list: a saving is green, none and a price above list are not. */
static void
saving_texts(const struct exchange *x, struct view *point, const struct row_price *price)
{
    struct rate saving = {0};
    const char *words = "None";

    if (!price->has_list || !price->has_customer)
        words = UNKNOWN;
    else if (rate_saving(amount_integer(price->list), amount_integer(price->customer), &saving) !=
             OK)
        saving.e8 = 0; /* list is 0.00: there is nothing to save on */
    if (saving.e8 > 0)
        words = arena_format(x->arena, "%s%%", rate_show2(x->arena, saving));
    if (saving.e8 < 0)
        words = arena_format(x->arena, "None, %s%% above list",
                             rate_show2(x->arena, (struct rate){-saving.e8}));
    view_text(view_section(point, saving.e8 > 0 ? NAME_POINT_SAVES : NAME_POINT_SAVES_NOT),
              NAME_POINT_SAVES_TEXT, words);
}

void
part_customer_prices(struct exchange *x, struct view *view, enum name slot,
                     const struct offer *offer, const char *heading)
{
    struct view *table = view_part(view, slot, PAGE_PART_CUSTOMER_PRICES);

    view_text(table, NAME_PRICES_HEADING, heading);
    for (size_t i = 0; i < offer->row_count; i++) {
        const struct offer_row *row = &offer->rows[i];
        struct view *group = view_section(table, NAME_ROW);

        row_texts(group, row);
        for (size_t k = 0; k < row->price_count; k++) {
            const struct row_price *price = &row->prices[k];
            struct view *point = point_add(x, group, row, price);

            saving_texts(x, point, price);
            view_text(point, NAME_POINT_CUSTOMER,
                      known(x->arena, price->has_customer, price->customer));
        }
    }
}

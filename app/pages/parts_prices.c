/*
 * parts_prices.c: prices as tables, each through its viewer's eyes.
 *
 * Not here: the waterfall (parts_falls.c), arithmetic (core/pricing), what a viewer may know
 * (core/fields has blanked the rest).
 * Invariant: a figure that is not known prints as a dash, never as zero.
 */
#include "pages/parts.h"

#include <inttypes.h>

#include "base/text.h"

#define UNKNOWN "–"
#define LISTED_POINTS 3 /* of a plan, in one line */

/* What each viewer's table has (LAW 5). */
#define ISV_COLUMNS (COLUMN_LIST | COLUMN_PARTNER)
#define CUSTOMER_COLUMNS (COLUMN_LIST | COLUMN_CUSTOMER | COLUMN_SAVING)

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
row_list_words(struct arena *arena, const struct offer_row *row)
{
    const char *words = UNKNOWN;

    if (!row->whole_product)
        return list_words(arena, row->plan);
    for (size_t k = 0; k < row->price_count && k < LISTED_POINTS; k++) {
        const char *price =
            arena_format(arena, "%s (%s)", amount_show(arena, row->prices[k].point->list),
                         price_words(arena, row, &row->prices[k]));

        words = k == 0 ? price : arena_format(arena, "%s, %s", words, price);
    }
    if (row->price_count <= LISTED_POINTS)
        return words;
    return arena_format(arena, "%s and %zu more", words, row->price_count - LISTED_POINTS);
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

/* What the customer saves on list: a saving is green, none and a price above list are not. */
static void
saving_put(struct view *view, bool has_both, int64_t list, int64_t customer)
{
    struct arena *arena = view->arena;
    struct rate saving = {0};
    const char *words = "None";

    if (!has_both)
        words = UNKNOWN;
    else if (rate_saving(list, customer, &saving) != OK)
        saving.e8 = 0; /* list is 0.00: there is nothing to save on */
    if (saving.e8 > 0)
        words = arena_format(arena, "%s%%", rate_show2(arena, saving));
    if (saving.e8 < 0)
        words = arena_format(arena, "None, %s%% above list",
                             rate_show2(arena, (struct rate){-saving.e8}));
    view_text(view_section(view, saving.e8 > 0 ? NAME_POINT_SAVES : NAME_POINT_SAVES_NOT),
              NAME_POINT_SAVES_TEXT, words);
}

const char *
users_words(struct arena *arena, const struct offer_row *row)
{
    if (row->min_users == 0 && row->max_users == 0)
        return NULL;
    if (row->max_users == 0)
        return arena_format(arena, "%" PRId64 " users or more", row->min_users);
    if (row->min_users == 0)
        return arena_format(arena, "Up to %" PRId64 " users", row->max_users);
    return arena_format(arena, "%" PRId64 " to %" PRId64 " users", row->min_users, row->max_users);
}

static void
row_note(struct view *view, const char *words)
{
    if (words != NULL && *words != '\0')
        view_text(view_section(view, NAME_ROW_NOTE), NAME_ROW_NOTE_TEXT, words);
}

void
row_texts(struct view *view, const struct offer_row *row)
{
    view_text(view, NAME_ROW_PRODUCT, row->plan->product_name);
    view_text(view, NAME_ROW_PLAN, row_plan_words(view->arena, row));
    view_text(view, NAME_ROW_TYPE, product_type_words(row->plan->type));
    row_note(view, row->plan_description);
    row_note(view, users_words(view->arena, row));
}

size_t
prices_shown(const struct offer_row *row)
{
    return row->price_count < LIMIT_PRICES_SHOWN ? row->price_count : LIMIT_PRICES_SHOWN;
}

void
more_texts(struct view *view, const struct offer_row *row, const char *where)
{
    size_t left = row->price_count - prices_shown(row);

    if (left > 0)
        view_format(view_section(view, NAME_ROW_MORE), NAME_ROW_MORE_TEXT, "and %zu more%s", left,
                    where);
}

const char *
subtotal_words(struct arena *arena, const struct row_price *price, struct money unit)
{
    int payments = point_payments(price->point);
    const char *times = payments == 1 ? "" : arena_format(arena, " × %d months", payments);
    struct money subtotal;

    if (price->quantity == 0 || price_subtotal(price, unit, &subtotal) != OK)
        return NULL;
    /* the figures without their dollar signs: what a calculator takes */
    return arena_format(arena, "%s%s × %" PRId64 " = %s", money_show(arena, unit) + 1, times,
                        price->quantity, money_show(arena, subtotal) + 1);
}

/* The formula under the unit price of a reservation, where that is known. */
static void
subtotal_put(struct view *point, enum name section, enum name text, const struct row_price *price,
             bool has, struct amount unit)
{
    const char *words = NULL;

    if (price->point->kind == POINT_RESERVATION && has)
        words = subtotal_words(point->arena, price, unit.money);
    if (words != NULL)
        view_text(view_section(point, section), text, words);
}

/* "1,000 included in a 1-year term; unlimited in …" of a meter of a new plan; NULL where nothing is
 * said. */
static const char *
included_words(struct arena *arena, const struct offer_row *row, const struct row_price *price)
{
    const char *words = NULL;

    for (size_t i = 0; i < LIMIT_TERMS; i++) {
        const struct included *included =
            included_find(row->included, row->included_count, price->point->id, billing_terms[i]);
        const char *term = term_words(arena, billing_terms[i]);
        const char *part;

        if (included == NULL)
            continue;
        part = included->unlimited ? arena_format(arena, "Unlimited in a %s term", term)
                                   : arena_format(arena, "%" PRId64 " included in a %s term",
                                                  included->quantity, term);
        words = words == NULL ? part : arena_format(arena, "%s\n%s", words, part);
    }
    return words;
}

static void
figure_put(struct view *view, enum name name, bool has, struct amount amount)
{
    view_text(view, name, known(view->arena, has, amount));
}

void
point_texts(struct view *point, const struct offer_row *row, const struct row_price *price,
            unsigned columns)
{
    struct arena *arena = point->arena;
    const char *included = included_words(arena, row, price);

    view_text(point, NAME_POINT_LABEL, price_words(arena, row, price));
    if (included != NULL)
        view_text(view_section(point, NAME_POINT_NOTE), NAME_POINT_NOTE_TEXT, included);
    if (price->point->kind == POINT_RESERVATION)
        view_format(view_section(point, NAME_POINT_NOTE), NAME_POINT_NOTE_TEXT, "Quantity %" PRId64,
                    price->quantity);
    if (columns & COLUMN_LIST) {
        figure_put(point, NAME_POINT_LIST, price->has_list, price->list);
        subtotal_put(point, NAME_LIST_SUM, NAME_LIST_SUM_TEXT, price, price->has_list, price->list);
    }
    if (columns & COLUMN_PARTNER) {
        figure_put(point, NAME_POINT_PARTNER, price->has_partner, price->partner);
        subtotal_put(point, NAME_PARTNER_SUM, NAME_PARTNER_SUM_TEXT, price, price->has_partner,
                     price->partner);
    }
    if (columns & COLUMN_CUSTOMER) {
        figure_put(point, NAME_POINT_CUSTOMER, price->has_customer, price->customer);
        subtotal_put(point, NAME_CUSTOMER_SUM, NAME_CUSTOMER_SUM_TEXT, price, price->has_customer,
                     price->customer);
    }
    if (columns & COLUMN_SAVING)
        saving_put(point, price->has_list && price->has_customer, amount_integer(price->list),
                   amount_integer(price->customer));
}

static void
sum_put(struct view *view, enum name name, bool has, struct money sum)
{
    view_text(view, name, has ? money_show(view->arena, sum) : UNKNOWN);
}

static void
totals_put(struct view *view, const struct row_totals *totals, unsigned columns)
{
    if (columns & COLUMN_LIST)
        sum_put(view, NAME_TOTAL_LIST, totals->has_list, totals->list);
    if (columns & COLUMN_PARTNER)
        sum_put(view, NAME_TOTAL_PARTNER, totals->has_partner, totals->partner);
    if (columns & COLUMN_CUSTOMER)
        sum_put(view, NAME_TOTAL_CUSTOMER, totals->has_customer, totals->customer);
    if (columns & COLUMN_SAVING)
        saving_put(view, totals->has_list && totals->has_customer, totals->list.cents,
                   totals->customer.cents);
}

void
row_total_texts(struct view *view, const struct offer *offer, const struct offer_row *row,
                unsigned columns)
{
    struct row_totals totals = {0};

    if (offer->type != OFFER_RESERVATIONS)
        return;
    if (row_totals(row, &totals) != OK)
        totals = (struct row_totals){0};
    totals_put(view_section(view, NAME_ROW_TOTAL), &totals, columns);
}

void
offer_total_texts(struct view *view, const struct offer *offer, unsigned columns)
{
    struct row_totals totals = {0};

    if (offer->type != OFFER_RESERVATIONS || offer->row_count == 0)
        return;
    if (offer_totals(offer, &totals) != OK)
        totals = (struct row_totals){0};
    totals_put(view_section(view, NAME_OFFER_TOTAL), &totals, columns);
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

/* A group of such a table: what the row sells and how it is priced. */
static struct view *
group_add(struct view *table, const struct offer_row *row)
{
    struct view *group = view_section(table, NAME_ROW);

    row_texts(group, row);
    view_text(group, NAME_ROW_PRICING, pricing_words(table->arena, row));
    return group;
}

/* The totals as the ISV sees them, with what is taken from them and what is left (LAW 12.1). */
static void
isv_totals_put(struct view *view, const struct row_totals *totals, bool has_fee, struct money fee)
{
    const struct money payout = {totals->partner.cents - fee.cents};

    totals_put(view, totals, ISV_COLUMNS);
    sum_put(view, NAME_TOTAL_FEE, has_fee, fee);
    sum_put(view, NAME_TOTAL_PAYOUT, has_fee, payout);
}

static void
isv_row_total(const struct exchange *x, struct view *group, const struct offer_row *row)
{
    struct row_totals totals = {0};
    struct money fee = {0};
    bool has_fee;

    if (row_totals(row, &totals) != OK)
        totals = (struct row_totals){0};
    has_fee = totals.has_partner && row_fee(row, x->settings.fee, &fee) == OK;
    isv_totals_put(view_section(group, NAME_ROW_TOTAL), &totals, has_fee, fee);
}

static void
isv_offer_total(const struct exchange *x, struct view *table, const struct offer *offer)
{
    struct row_totals totals = {0};
    struct money fee = {0};
    bool has_fee;

    if (offer_totals(offer, &totals) != OK)
        totals = (struct row_totals){0};
    has_fee = totals.has_partner && offer_fee(offer, x->settings.fee, &fee) == OK;
    isv_totals_put(view_section(table, NAME_OFFER_TOTAL), &totals, has_fee, fee);
}

void
part_isv_prices(struct exchange *x, struct view *view, enum name slot, const struct offer *offer,
                const char *(*change)(const struct exchange *x, const struct offer *offer,
                                      const struct offer_row *row))
{
    struct view *table = view_part(view, slot, PAGE_PART_ISV_PRICES);

    view_text(table, NAME_FEE_RATE, percent(x->arena, x->settings.fee));
    for (size_t i = 0; i < offer->row_count; i++) {
        const struct offer_row *row = &offer->rows[i];
        bool discounted = row->price_type == PRICE_DISCOUNT && row->has_discount;
        struct view *group = group_add(table, row);

        if (change != NULL)
            view_text(view_section(group, NAME_ROW_CHANGE), NAME_ROW_CHANGE_HREF,
                      change(x, offer, row));
        for (size_t k = 0; k < prices_shown(row); k++) {
            const struct row_price *price = &row->prices[k];
            struct view *point = view_section(group, NAME_POINT);

            point_texts(point, row, price, ISV_COLUMNS);
            view_text(point, NAME_POINT_DISCOUNT,
                      discounted ? percent(x->arena, row->discount) : UNKNOWN);
            warning_texts(point, row, price);
            view_text(point, NAME_POINT_FEE, fee_words(x, price));
            view_text(point, NAME_POINT_PAYOUT, payout_words(x, price));
        }
        more_texts(group, row, " prices: all are in the pricing export");
        if (offer->type == OFFER_RESERVATIONS)
            isv_row_total(x, group, row);
    }
    if (offer->type == OFFER_RESERVATIONS && offer->row_count > 0)
        isv_offer_total(x, table, offer);
}

void
part_partner_prices(struct exchange *x, struct view *view, enum name slot,
                    const struct offer *offer)
{
    struct view *table = view_part(view, slot, PAGE_PART_PARTNER_PRICES);

    for (size_t i = 0; i < offer->row_count; i++) {
        const struct offer_row *row = &offer->rows[i];
        struct view *group = group_add(table, row);

        if (row->has_adjustment)
            view_text(view_section(group, NAME_ROW_ADJUSTED), NAME_ROW_ADJUSTED_TEXT,
                      percent(x->arena, row->adjustment));
        for (size_t k = 0; k < prices_shown(row); k++) {
            const struct row_price *price = &row->prices[k];
            struct view *point = view_section(group, NAME_POINT);

            point_texts(point, row, price, SELLER_COLUMNS);
            earning_texts(point, price);
            warning_texts(point, row, price);
        }
        more_texts(group, row, "");
        row_total_texts(group, offer, row, SELLER_COLUMNS);
    }
    offer_total_texts(table, offer, SELLER_COLUMNS);
}

void
earning_texts(struct view *point, const struct row_price *price)
{
    bool earns = price->has_customer && price->has_partner;

    view_text(point, NAME_POINT_EARN, earns ? amount_show(point->arena, earned(price)) : UNKNOWN);
}

struct view *
customer_prices_table(struct view *view, enum name slot, const char *heading)
{
    struct view *table = view_part(view, slot, PAGE_PART_CUSTOMER_PRICES);

    view_text(table, NAME_PRICES_HEADING, heading);
    return table;
}

struct view *
customer_prices_row(struct view *table, const struct offer *offer, const struct offer_row *row,
                    size_t most)
{
    struct view *group = view_section(table, NAME_ROW);
    size_t shown = row->price_count < most ? row->price_count : most;

    row_texts(group, row);
    for (size_t k = 0; k < shown; k++)
        point_texts(view_section(group, NAME_POINT), row, &row->prices[k], CUSTOMER_COLUMNS);
    if (shown < row->price_count)
        view_format(view_section(group, NAME_ROW_MORE), NAME_ROW_MORE_TEXT, "and %zu more",
                    row->price_count - shown);
    row_total_texts(group, offer, row, CUSTOMER_COLUMNS);
    return group;
}

void
part_customer_prices(struct view *view, enum name slot, const struct offer *offer,
                     const char *heading)
{
    struct view *table = customer_prices_table(view, slot, heading);

    for (size_t i = 0; i < offer->row_count; i++)
        (void)customer_prices_row(table, offer, &offer->rows[i], LIMIT_PRICES_SHOWN);
    offer_total_texts(table, offer, CUSTOMER_COLUMNS);
}

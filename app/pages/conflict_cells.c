/*
 * conflict_cells.c: walks what each form asks for, in the order of its page.
 *
 * Invariant: value is what core/fields_read and core/fields_rows read back as the same.
 */
#include "pages/conflict_cells.h"

#include <inttypes.h>

#include "base/text.h"
#include "pages/parts.h"

#define CELLS_FIRST 64
#define UNLIMITED "1"

struct cells
cells_new(struct arena *arena)
{
    return (struct cells){arena_array(arena, struct cell, CELLS_FIRST), 0, CELLS_FIRST, arena};
}

void
cell_add(struct cells *cells, struct cell cell)
{
    if (cells->count == cells->room) {
        struct cell *rows = arena_array(cells->arena, struct cell, 2 * cells->room);

        for (size_t i = 0; i < cells->count; i++)
            rows[i] = cells->rows[i];
        cells->rows = rows;
        cells->room *= 2;
    }
    if (cell.words == NULL)
        cell.words = cell.value;
    if (cell.point == NULL)
        cell.point = "";
    cells->rows[cells->count++] = cell;
}

static const char *
start_mode_words(enum start_mode mode)
{
    switch (mode) {
    case START_ON_ACCEPT:
        return "Accepted date";
    case START_IN_MONTH:
        return "Specific month";
    case START_UNSET:
    case START_MODE_COUNT:
        break;
    }
    return "";
}

/* What stands beside a row of the setup form: of option A, and the adjustment of every option. */
static void
cells_beside_row(struct cells *cells, enum offer_type type, const struct offer_row *row,
                 enum party party)
{
    struct arena *arena = cells->arena;
    const struct {
        enum field field;
        bool there;
        const char *value;
        const char *words;
    } list[] = {
        {FIELD_PRICE_TYPE, type == OFFER_EXISTING_PLANS, price_type_text(row->price_type),
         row->price_type == PRICE_DISCOUNT ? "Discounted price" : "Absolute price"},
        {FIELD_DISCOUNT, type == OFFER_EXISTING_PLANS,
         row->has_discount ? rate_show(arena, row->discount) : "", NULL},
        {FIELD_ADJUSTMENT, true, row->has_adjustment ? rate_show(arena, row->adjustment) : "",
         NULL},
    };

    for (size_t k = 0; k < COUNT(list); k++) {
        enum field field = list[k].field;

        if (!list[k].there || (fields[field].edited_by & PARTY_BIT(party)) == 0)
            continue;
        cell_add(cells, (struct cell){
                            .name = field_row_name(arena, field, row->number),
                            .label = arena_format(arena, "%s for %s", fields[field].label,
                                                  row_words(arena, row)),
                            .value = list[k].value,
                            .words = list[k].words,
                            .field = field,
                            .row = row->number,
                        });
    }
}

void
cells_of_offer(struct cells *cells, const struct offer *offer, enum party party)
{
    for (int i = 0; i < FIELD_PRODUCT; i++) {
        enum field field = (enum field)i;

        if ((fields[i].edited_by & PARTY_BIT(party)) == 0)
            continue;
        cell_add(cells, (struct cell){
                            .name = fields[i].name,
                            .label = fields[i].label,
                            .value = field_value(offer, field, cells->arena),
                            .words = field == FIELD_START_MODE ? start_mode_words(offer->start_mode)
                                                               : NULL,
                            .field = field,
                        });
    }
    for (size_t i = 0; i < offer->row_count; i++)
        cells_beside_row(cells, offer->type, &offer->rows[i], party);
}

/* What was typed for that price point; price NULL: the row has no such point now. */
static const char *
own_value(struct arena *arena, const struct row_price *price)
{
    return price != NULL && price->has_own ? amount_plain(arena, price->own) : "";
}

static void
price_cell(struct cells *cells, const struct offer_row *row, const char *key, const char *words)
{
    cell_add(cells, (struct cell){
                        .name = field_point_name(cells->arena, row->number, key),
                        .label = arena_format(cells->arena, "Price, %s", words),
                        .value = own_value(cells->arena, row_price(row, key)),
                        .field = FIELD_PARTNER_PRICE,
                        .row = row->number,
                        .point = key,
                    });
}

static void
text_cell(struct cells *cells, const struct offer_row *row, enum field field, const char *value)
{
    cell_add(cells, (struct cell){
                        .name = field_row_name(cells->arena, field, row->number),
                        .label = fields[field].label,
                        .value = value,
                        .field = field,
                        .row = row->number,
                    });
}

/* How each term is paid, and what a payment is. */
static void
term_cells(struct cells *cells, const struct offer_row *row)
{
    struct arena *arena = cells->arena;
    enum point_kind kind = row->plan->model == MODEL_PER_USER ? POINT_USER : POINT_TERM;

    for (size_t i = 0; i < LIMIT_TERMS; i++) {
        int months = row_payment(row, billing_terms[i]);
        const char *key = point_id(arena, kind, billing_terms[i], 0, MARKET_US, NULL);
        const char *words = arena_format(arena, "%s term", term_words(arena, billing_terms[i]));

        cell_add(cells,
                 (struct cell){
                     .name = field_payment_name(arena, row->number, billing_terms[i]),
                     .label = arena_format(arena, "%s, %s", fields[FIELD_PAYMENT].label, words),
                     .value = months == TERM_NOT_SOLD ? "" : arena_format(arena, "%d", months),
                     .words = payment_label(months),
                     .field = FIELD_PAYMENT,
                     .row = row->number,
                     .point = key,
                 });
        price_cell(cells, row, key, words);
    }
}

/* The unit price of a meter, and what each term includes of it. */
static void
meter_cells(struct cells *cells, const struct offer_row *row, const struct price_point *meter)
{
    struct arena *arena = cells->arena;

    price_cell(cells, row, meter->id, meter->name);
    for (size_t i = 0; i < LIMIT_TERMS; i++) {
        int term = billing_terms[i];
        const struct included *included =
            included_find(row->included, row->included_count, meter->id, term);
        bool unlimited = included != NULL && included->unlimited;
        const char *words =
            arena_format(arena, "%s, %s term", meter->name, term_words(arena, term));
        struct cell cell = {.field = FIELD_INCLUDED,
                            .row = row->number,
                            .point = arena_format(arena, "%s.%d", meter->id, term)};

        cell.name = field_included_name(arena, row->number, meter->id, term);
        cell.label = arena_format(arena, "%s for %s", fields[FIELD_INCLUDED].label, words);
        cell.value = included == NULL || unlimited
                         ? ""
                         : arena_format(arena, "%" PRId64, included->quantity);
        cell_add(cells, cell);
        cell.name = field_unlimited_name(arena, row->number, meter->id, term);
        cell.label = arena_format(arena, "Unlimited %s", words);
        cell.value = unlimited ? UNLIMITED : "";
        cell.words = unlimited ? "Unlimited" : "Not unlimited";
        cell_add(cells, cell);
    }
}

static const char *
number_or_empty(struct arena *arena, int64_t number)
{
    return number == 0 ? "" : arena_format(arena, "%" PRId64, number);
}

static void
cells_of_new_plan(struct cells *cells, const struct offer_row *row)
{
    text_cell(cells, row, FIELD_PLAN_NAME, row->plan_name);
    text_cell(cells, row, FIELD_PLAN_DESCRIPTION, row->plan_description);
    term_cells(cells, row);
    for (size_t k = 0; k < row->plan->point_count; k++) {
        if (row->plan->points[k].kind == POINT_METER)
            meter_cells(cells, row, &row->plan->points[k]);
    }
    if (row->plan->model != MODEL_PER_USER)
        return;
    text_cell(cells, row, FIELD_MIN_USERS, number_or_empty(cells->arena, row->min_users));
    text_cell(cells, row, FIELD_MAX_USERS, number_or_empty(cells->arena, row->max_users));
}

void
cells_of_row(struct cells *cells, enum offer_type type, const struct offer_row *row)
{
    assert(type != OFFER_RESERVATIONS);
    if (type == OFFER_NEW_PLANS) {
        cells_of_new_plan(cells, row);
        return;
    }
    for (size_t k = 0; k < row->price_count; k++)
        price_cell(cells, row, row->prices[k].key, price_words(cells->arena, row, &row->prices[k]));
}

void
cells_of_reservation(struct cells *cells, const struct offer_row *row)
{
    struct arena *arena = cells->arena;

    text_cell(cells, row, FIELD_DURATION, arena_format(arena, "%d", row->duration_months));
    cells->rows[cells->count - 1].words = term_words(arena, row->duration_months);
    cell_add(cells, (struct cell){
                        .name = field_schedule_name(arena, row->number),
                        .label = "Payment schedule",
                        .value = schedule_text(row->payment_months),
                        .words = row->payment_months == 0 ? "Upfront" : "Monthly",
                        .field = FIELD_PAYMENT,
                        .row = row->number,
                    });
}

/* Keeps: "4 vCPU", "Flat rate". */
static const char *
line_words(struct arena *arena, int size)
{
    return size == 0 ? "Flat rate" : arena_format(arena, "%d vCPU", size);
}

void
cells_of_line(struct cells *cells, const struct offer_row *row, int size, int number)
{
    struct arena *arena = cells->arena;
    const char *key = point_id(arena, POINT_RESERVATION, 0, size, MARKET_US, NULL);
    const struct row_price *price = row_price(row, key);
    const char *what = line_words(arena, size);
    struct cell cell = {.row = row->number, .point = key, .field = FIELD_QUANTITY};

    if (size > 0) {
        cell.name = field_line_name(arena, row->number, LINE_VCPU, number);
        cell.label = arena_format(arena, "Line of %s", what);
        cell.value = price == NULL ? ANSWER_NO_LINE : arena_format(arena, "%d", size);
        cell.words = price == NULL ? "No such line"
                                   : arena_format(arena, "Quantity %" PRId64 ", unit price %s",
                                                  price->quantity, own_value(arena, price));
        cell_add(cells, cell);
    }
    cell.name = field_line_name(arena, row->number, LINE_QUANTITY, number);
    cell.label = arena_format(arena, "Quantity, %s", what);
    cell.value = price == NULL ? "" : number_or_empty(arena, price->quantity);
    cell.words = NULL;
    cell_add(cells, cell);
    cell.name = field_line_name(arena, row->number, LINE_UNIT, number);
    cell.label = arena_format(arena, "Unit price, %s", what);
    cell.value = own_value(arena, price);
    cell.words = NULL;
    cell.field = FIELD_PARTNER_PRICE;
    cell_add(cells, cell);
}

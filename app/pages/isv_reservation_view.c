/*
 * isv_reservation_view.c: option C: the reservations of one virtual machine plan: a line for each
 * size with what it comes to, and the public prices beside.
 *
 * Not here: arithmetic (core/pricing, core/catalogue), what may be typed (core/fields_rows).
 * Invariant: subtotals and the total are of what is stored; a form that was not saved shows none.
 */
#include <inttypes.h>

#include "base/text.h"
#include "pages/isv_view.h"
#include "pages/parts.h"

#define NOT_KNOWN "–"

static const int schedules[] = {0, 1};

static void
term_fields(struct exchange *x, struct view *view, const struct offer_row *row)
{
    static const struct choice schedule_choices[] = {
        {"upfront", "Upfront", "One payment for the whole term"},
        {"monthly", "Monthly", "A payment each month of the term"},
    };
    struct choice durations[RESERVATION_COUNT];
    size_t count = 0;

    for (int i = 0; i < RESERVATION_COUNT; i++) {
        int months = reservation_months((enum reservation)i);

        if (row->plan->reservations[i].sold || months == row->duration_months)
            durations[count++] = (struct choice){arena_format(x->arena, "%d", months),
                                                 term_words(x->arena, months), NULL};
    }
    part_select(x, view, NAME_FIELD_DURATION, field_row_name(x->arena, FIELD_DURATION, row->number),
                fields[FIELD_DURATION].label, durations, count,
                arena_format(x->arena, "%d", row->duration_months));
    part_choice(x, view, NAME_FIELD_SCHEDULE, field_schedule_name(x->arena, row->number),
                "Payment schedule", schedule_choices, COUNT(schedule_choices),
                schedule_text(row->payment_months));
}

/* How many lines a row of the plan can have. */
static int
lines_most(const struct plan *plan)
{
    int count = 0;

    if (!plan_has_sizes(plan))
        return 1;
    for (size_t i = 0; i < LIMIT_VCPU_SIZES; i++)
        count += plan_prices_size(plan, vcpu_sizes[i]) ? 1 : 0;
    return count;
}

/* How many lines the form has: what is stored, one more when it was asked for or nothing is stored;
 * of a form that came back, as many as it was sent with. */
static int
lines_shown(const struct exchange *x, const struct offer_row *row)
{
    int lines = (int)row->price_count;
    int sent = 0;

    for (int line = 1; form_came_back(x) && line <= LIMIT_VCPU_SIZES; line++) {
        const char *at = field_line_name(x->arena, row->number, LINE_QUANTITY, line);

        if (form_value(&x->request->body, at) != NULL)
            sent = line;
    }
    if (sent > 0)
        return sent;
    if (lines == 0 || (text_equal(queried(x, "add"), "1") && lines < lines_most(row->plan)))
        lines++;
    return lines;
}

/* The stored price that the line is about: the one of its place, or, in a form that came back, of
 * the size chosen there. NULL when there is none. */
static const struct row_price *
line_price(const struct exchange *x, const struct offer_row *row, int line)
{
    const char *at = field_line_name(x->arena, row->number, LINE_VCPU, line);
    const struct row_price *placed = line <= (int)row->price_count ? &row->prices[line - 1] : NULL;
    const char *typed = form_came_back(x) ? form_value(&x->request->body, at) : NULL;

    if (typed == NULL)
        return placed;
    return row_price(row, arena_format(x->arena, "reserve-%s", typed));
}

/* Is what the form shows what is stored? */
static bool
form_is_stored(const struct exchange *x)
{
    return !form_came_back(x) || x->request->body.count == 0;
}

static void
size_view(struct exchange *x, struct view *view, const struct offer_row *row,
          const struct row_price *price, int line, const char *words)
{
    struct choice choices[LIMIT_VCPU_SIZES + 1];
    bool sizes = plan_has_sizes(row->plan);
    int stored = price == NULL ? 0 : price->point->vcpu;
    size_t count = 0;

    choices[count++] = (struct choice){"", sizes ? "Choose a size" : "Any size", NULL};
    for (size_t i = 0; i < LIMIT_VCPU_SIZES; i++) {
        int size = vcpu_sizes[i];

        if (plan_prices_size(row->plan, size) || (sizes && size == stored))
            choices[count++] = (struct choice){arena_format(x->arena, "%d", size),
                                               arena_format(x->arena, "%d vCPU", size), NULL};
    }
    part_pick(x, view, NAME_LINE_SIZE, field_line_name(x->arena, row->number, LINE_VCPU, line),
              arena_format(x->arena, "vCPU size for %s", words), choices, count,
              stored == 0 ? "" : arena_format(x->arena, "%d", stored),
              sizes ? NULL : "Flat rate: one price for every size");
}

/* The public price of the line's size, and how the unit price differs from it. */
static const char *
list_text(struct exchange *x, const struct row_price *price)
{
    const char *list;
    int64_t change;
    struct money size;

    if (price == NULL || !price->has_list)
        return NULL;
    list = amount_show(x->arena, price->list);
    if (!price->has_own || !form_is_stored(x))
        return arena_format(x->arena, "Public price %s", list);
    change = price->own.money.cents - price->list.money.cents;
    size.cents = change < 0 ? -change : change;
    if (change == 0)
        return arena_format(x->arena, "Public price %s, the same", list);
    return arena_format(x->arena, "Public price %s, yours is %s %s", list,
                        money_show(x->arena, size), change < 0 ? "lower" : "higher");
}

static const char *
subtotal_text(struct exchange *x, const struct row_price *price, const char **formula)
{
    struct money subtotal;

    *formula = NULL;
    if (price == NULL || !price->has_own || price->quantity == 0 || !form_is_stored(x) ||
        price_subtotal(price, price->own.money, &subtotal) != OK)
        return NOT_KNOWN;
    *formula = subtotal_words(x->arena, price, price->own.money);
    return money_show(x->arena, subtotal);
}

static void
line_view(struct exchange *x, struct view *view, const struct offer_row *row, int line)
{
    const struct row_price *price = line_price(x, row, line);
    const char *words = arena_format(x->arena, "%s, line %d", row_words(x->arena, row), line);
    const char *list = list_text(x, price);
    struct view *part = view_section(view, NAME_LINE);
    const char *formula;

    size_view(x, part, row, price, line, words);
    part_number(x, part, NAME_LINE_QUANTITY,
                field_line_name(x->arena, row->number, LINE_QUANTITY, line),
                arena_format(x->arena, "%s for %s", fields[FIELD_QUANTITY].label, words),
                price == NULL || price->quantity == 0
                    ? ""
                    : arena_format(x->arena, "%" PRId64, price->quantity));
    part_cell(x, part, NAME_LINE_PRICE, field_line_name(x->arena, row->number, LINE_UNIT, line),
              arena_format(x->arena, "Unit price (USD) for %s", words),
              price != NULL && price->has_own ? amount_plain(x->arena, price->own) : "", true,
              NULL);
    if (list != NULL)
        view_text(view_section(part, NAME_LINE_LIST), NAME_LINE_LIST_TEXT, list);
    view_text(part, NAME_LINE_SUBTOTAL, subtotal_text(x, price, &formula));
    if (formula != NULL)
        view_text(view_section(part, NAME_LINE_FORMULA), NAME_LINE_FORMULA_TEXT, formula);
    if (plan_has_sizes(row->plan) && (price != NULL || !form_is_stored(x))) {
        struct view *remove = view_section(part, NAME_CAN_REMOVE);

        view_format(remove, NAME_LINE_NUMBER, "%d", line);
        view_format(remove, NAME_REMOVE_LABEL, "Remove %s", words);
    }
}

/* A size's public price of each term and schedule that the plan sells. */
static void
public_row(struct exchange *x, struct view *view, const struct offer_row *row, int size)
{
    struct view *line = view_section(view, NAME_PUBLIC_ROW);

    if (size == 0)
        view_text(line, NAME_PUBLIC_SIZE, "Any size");
    else
        view_format(line, NAME_PUBLIC_SIZE, "%d vCPU", size);
    for (int i = 0; i < RESERVATION_COUNT; i++) {
        int months = reservation_months((enum reservation)i);

        for (size_t k = 0; k < COUNT(schedules) && row->plan->reservations[i].sold; k++) {
            struct view *cell = view_section(line, NAME_PUBLIC_CELL);
            struct money list;

            view_format(cell, NAME_PUBLIC_LABEL, "%s, %s", term_words(x->arena, months),
                        schedule_text(schedules[k]));
            view_text(cell, NAME_PUBLIC_PRICE,
                      plan_reservation_list(row->plan, months, schedules[k], size, &list) == OK
                          ? money_show(x->arena, list)
                          : NOT_KNOWN);
        }
    }
}

static void
public_prices(struct exchange *x, struct view *view, const struct offer_row *row)
{
    for (int i = 0; i < RESERVATION_COUNT; i++) {
        for (size_t k = 0; k < COUNT(schedules) && row->plan->reservations[i].sold; k++)
            view_format(view_section(view, NAME_PUBLIC_COLUMN), NAME_PUBLIC_LABEL, "%s, %s",
                        term_words(x->arena, reservation_months((enum reservation)i)),
                        schedule_text(schedules[k]));
    }
    if (!plan_has_sizes(row->plan))
        public_row(x, view, row, 0);
    for (size_t i = 0; i < LIMIT_VCPU_SIZES; i++) {
        if (plan_prices_size(row->plan, vcpu_sizes[i]))
            public_row(x, view, row, vcpu_sizes[i]);
    }
}

void
isv_reservation_view(struct exchange *x, const struct offer *offer, const struct offer_row *row)
{
    struct view *view = isv_row_head(x, PAGE_RESERVATION_PRICE, offer, row);
    int lines = lines_shown(x, row);
    struct row_totals totals = {0};

    term_fields(x, view, row);
    for (int line = 1; line <= lines; line++)
        line_view(x, view, row, line);
    if (lines < lines_most(row->plan))
        view_show(view, NAME_CAN_ADD);
    if (!form_is_stored(x) || row_totals(row, &totals) != OK)
        totals = (struct row_totals){0};
    view_text(view, NAME_TOTAL_PARTNER,
              totals.has_partner ? money_show(x->arena, totals.partner) : NOT_KNOWN);
    public_prices(x, view, row);
}

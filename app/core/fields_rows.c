/*
 * fields_rows.c: what people typed about pricing rows: beside each in the setup form, and in the
 * row's own form (LAW 4.4, 8.2, D-25, D-26).
 *
 * Not here: what is still missing or does not fit together (core/check_rows.c).
 * Invariant: a malformed value becomes a problem and changes nothing; a field that was not sent
 * stays as it is.
 */
#include "core/fields.h"

#include <string.h>

#include "base/text.h"

#define QUANTITY_WORDS "1,000,000"
_Static_assert(LIMIT_QUANTITY == 1000000, "as the words say");

/* What the reading of one row works with. */
struct row_reading {
    struct offer_row *row;
    const struct answers *answers;
    struct arena *arena;
    struct problems *problems;
};

/* What was sent under that name without the space around it, NULL when nothing was. */
static const char *
sent(const struct row_reading *reading, const char *at)
{
    const char *raw = reading->answers->get(reading->answers->context, at);

    return raw == NULL ? NULL : text_trim(reading->arena, raw);
}

static void
read_discount(const struct row_reading *reading, const char *at, const char *text)
{
    struct offer_row *row = reading->row;
    struct rate rate;

    if (*text == '\0') {
        row->has_discount = false;
        return;
    }
    if (rate_parse(text, LIMIT_DISCOUNT_DECIMALS, &rate) != OK || rate.e8 <= 0 ||
        rate.e8 > RATE_HUNDRED) {
        problem_add(reading->problems, at,
                    "Enter a discount between 0.01 and 100 for %s, with up to %d decimals",
                    row_words(reading->arena, row), LIMIT_DISCOUNT_DECIMALS);
        return;
    }
    row->has_discount = true;
    row->discount = rate;
}

static void
read_adjustment(const struct row_reading *reading, const char *at, const char *text)
{
    struct offer_row *row = reading->row;
    struct rate rate;

    if (*text == '\0') {
        row->has_adjustment = false;
        return;
    }
    if (*text == '-') {
        problem_add(reading->problems, at,
                    "Enter 0 or more for %s: an adjustment can't lower the partner price",
                    row_words(reading->arena, row));
        return;
    }
    if (rate_parse(text, LIMIT_ADJUSTMENT_DECIMALS, &rate) != OK) {
        problem_add(reading->problems, at,
                    "Enter a percentage of 0 or more for %s, with up to 9 digits before the point "
                    "and %d after it",
                    row_words(reading->arena, row), LIMIT_ADJUSTMENT_DECIMALS);
        return;
    }
    row->has_adjustment = true;
    row->adjustment = rate;
}

static void
read_price_type(const struct row_reading *reading, const char *at, const char *text)
{
    enum price_type type;
    const char *refusal = row_absolute_refusal(reading->row);

    if (price_type_read(text, &type) != OK) {
        problem_add(reading->problems, at, "Choose Discounted price or Absolute price");
        return;
    }
    if (type == PRICE_ABSOLUTE && refusal != NULL) {
        problem_add(reading->problems, at, "%s", refusal);
        return;
    }
    reading->row->price_type = type;
}

void
fields_read_rows(struct offer *offer, enum party party, const struct answers *answers,
                 struct arena *arena, struct problems *problems)
{
    static const enum field row_fields[] = {FIELD_PRICE_TYPE, FIELD_DISCOUNT, FIELD_ADJUSTMENT};

    for (size_t i = 0; i < offer->row_count; i++) {
        const struct row_reading reading = {&offer->rows[i], answers, arena, problems};

        for (size_t k = 0; k < COUNT(row_fields); k++) {
            enum field field = row_fields[k];
            const char *at = field_row_name(arena, field, reading.row->number);
            const char *text;

            if ((fields[field].edited_by & PARTY_BIT(party)) == 0)
                continue;
            if (field != FIELD_ADJUSTMENT && offer->type != OFFER_EXISTING_PLANS)
                continue; /* new plans and reservations have absolute prices alone */
            text = sent(&reading, at);
            if (text == NULL)
                continue;
            if (field == FIELD_PRICE_TYPE)
                read_price_type(&reading, at, text);
            else if (field == FIELD_DISCOUNT)
                read_discount(&reading, at, text);
            else
                read_adjustment(&reading, at, text);
        }
    }
}

/* An own price, for which `what` is what it is for. */
static void
read_own(const struct row_reading *reading, const char *at, const char *text, const char *what,
         bool *has, struct money *own)
{
    struct money typed;

    if (*text == '\0') {
        *has = false;
        return;
    }
    if (money_parse(text, &typed) != OK) {
        problem_add(reading->problems, at,
                    "Enter a price from 0.00 to 999,999,999.99 for %s, with up to 2 decimals",
                    what);
        return;
    }
    *has = true;
    *own = typed;
}

/* The own price of every price point of the row. */
static void
read_prices(const struct row_reading *reading)
{
    struct offer_row *row = reading->row;

    for (size_t k = 0; k < row->price_count; k++) {
        struct row_price *price = &row->prices[k];
        const char *at = field_point_name(reading->arena, row->number, price->key);
        const char *text = sent(reading, at);
        struct amount own = price->own;

        assert(!price->point->list.per_hour); /* virtual machines take no absolute price */
        if (text == NULL)
            continue;
        read_own(reading, at, text, price_words(reading->arena, row, price), &price->has_own,
                 &own.money);
        price->own = price->has_own ? own : (struct amount){.per_hour = false};
    }
}

/* A whole number, its thousands grouped or not. */
static bool
read_whole(const char *text, int64_t low, int64_t high, int64_t *result)
{
    struct money typed;
    int64_t number;

    if (strpbrk(text, ".$") != NULL || money_parse(text, &typed) != OK)
        return false;
    number = typed.cents / 100;
    if (number < low || number > high)
        return false;
    *result = number;
    return true;
}

static void
read_users(const struct row_reading *reading, enum field field, int64_t *result)
{
    const char *at = field_row_name(reading->arena, field, reading->row->number);
    const char *text = sent(reading, at);

    if (text == NULL)
        return;
    if (*text == '\0')
        *result = 0;
    else if (!read_whole(text, 1, LIMIT_QUANTITY, result))
        problem_add(reading->problems, at, "Enter a number of users from 1 to " QUANTITY_WORDS "%s",
                    field == FIELD_MAX_USERS ? ", or leave it empty for no limit" : "");
}

static void
read_payments(const struct row_reading *reading)
{
    struct offer_row *row = reading->row;
    struct arena *arena = reading->arena;
    int payments[LIMIT_TERMS];

    for (size_t i = 0; i < LIMIT_TERMS; i++) {
        const char *at = field_payment_name(arena, row->number, billing_terms[i]);
        const char *text = sent(reading, at);
        int64_t months = TERM_NOT_SOLD;

        payments[i] = row_payment(row, billing_terms[i]);
        if (text == NULL)
            continue;
        if (*text != '\0' && (text_to_integer(text, 0, 12, &months) != OK ||
                              !term_option_valid(billing_terms[i], (int)months)))
            problem_add(reading->problems, at,
                        "Choose how the %s term is paid, or that it is not sold",
                        term_words(arena, billing_terms[i]));
        else
            payments[i] = (int)months;
    }
    row_attach_terms(arena, row, row->plan, payments);
}

/* What one term includes of one meter; *said is false when that is nothing. */
static void
read_included(const struct row_reading *reading, const struct price_point *meter, int term_months,
              struct included *included, bool *said)
{
    const struct offer_row *row = reading->row;
    const char *at = field_included_name(reading->arena, row->number, meter->id, term_months);
    const char *text = sent(reading, at);
    const char *unlimited =
        sent(reading, field_unlimited_name(reading->arena, row->number, meter->id, term_months));
    const struct included *old =
        included_find(row->included, row->included_count, meter->id, term_months);

    *included = (struct included){.meter = meter->id, .term_months = term_months};
    *said = old != NULL;
    if (old != NULL) {
        included->unlimited = old->unlimited;
        included->quantity = old->quantity;
    }
    if (text == NULL && unlimited == NULL)
        return;
    if (unlimited != NULL && *unlimited != '\0') {
        included->unlimited = true;
        included->quantity = 0;
        *said = true;
    } else if (text == NULL || *text == '\0') {
        *said = false;
    } else if (!read_whole(text, 0, LIMIT_INCLUDED, &included->quantity)) {
        problem_add(reading->problems, at,
                    "Enter how many of %s the %s term includes, as a whole number up to "
                    "999,999,999",
                    meter->name, term_words(reading->arena, term_months));
    } else {
        included->unlimited = false;
        *said = true;
    }
}

/* Of every meter and every term that is sold. */
static void
read_all_included(const struct row_reading *reading)
{
    struct offer_row *row = reading->row;
    size_t room = row->plan->point_count * LIMIT_TERMS;
    struct included *list = arena_array(reading->arena, struct included, room + 1);
    size_t count = 0;

    for (size_t k = 0; k < row->plan->point_count; k++) {
        const struct price_point *meter = &row->plan->points[k];

        for (size_t i = 0; i < LIMIT_TERMS && meter->kind == POINT_METER; i++) {
            bool said = false;

            if (row_payment(row, billing_terms[i]) == TERM_NOT_SOLD)
                continue;
            read_included(reading, meter, billing_terms[i], &list[count], &said);
            if (said)
                count++;
        }
    }
    row->included = list;
    row->included_count = count;
}

/* Option B. */
static void
read_new_plan(const struct row_reading *reading)
{
    struct offer_row *row = reading->row;
    struct {
        enum field field;
        const char **text;
    } texts[] = {{FIELD_PLAN_NAME, &row->plan_name},
                 {FIELD_PLAN_DESCRIPTION, &row->plan_description}};

    for (size_t i = 0; i < COUNT(texts); i++) {
        const char *at = field_row_name(reading->arena, texts[i].field, row->number);
        const char *text = sent(reading, at);

        if (text != NULL)
            field_text_read(texts[i].field, at, text, reading->arena, reading->problems,
                            texts[i].text);
    }
    read_payments(reading);
    read_prices(reading);
    read_all_included(reading);
    if (row->plan->model == MODEL_PER_USER) {
        read_users(reading, FIELD_MIN_USERS, &row->min_users);
        read_users(reading, FIELD_MAX_USERS, &row->max_users);
    }
}

/* A line of reservations as typed. */
struct line {
    int number; /* in its form */
    int size;
    bool quantity_sent;
    int64_t quantity;
    bool unit_sent;
    bool has_unit;
    struct money unit;
};

struct lines {
    struct line list[LIMIT_VCPU_SIZES]; /* by size */
    size_t count;
    bool any_sent;
};

static void
read_quantity(const struct row_reading *reading, struct line *line, const char *what)
{
    const char *at =
        field_line_name(reading->arena, reading->row->number, LINE_QUANTITY, line->number);
    const char *text = sent(reading, at);

    line->quantity_sent = text != NULL;
    if (text == NULL || *text == '\0')
        return;
    if (!read_whole(text, 1, LIMIT_QUANTITY, &line->quantity))
        problem_add(reading->problems, at,
                    "Enter a number of reservations from 1 to " QUANTITY_WORDS "%s", what);
}

/* Is the size one that may be on the line? Says so when it is not. */
static bool
read_size(const struct row_reading *reading, const struct lines *lines, const char *text,
          struct line *line)
{
    const char *at = field_line_name(reading->arena, reading->row->number, LINE_VCPU, line->number);
    int64_t size = 0;

    if (*text == '\0') {
        problem_add(reading->problems, at, "Choose a vCPU size");
        return false;
    }
    if (text_to_integer(text, 1, vcpu_sizes[LIMIT_VCPU_SIZES - 1], &size) != OK ||
        !plan_prices_size(reading->row->plan, (int)size)) {
        problem_add(reading->problems, at, "Choose one of the vCPU sizes that the plan sells");
        return false;
    }
    for (size_t i = 0; i < lines->count; i++) {
        if (lines->list[i].size != size)
            continue;
        problem_add(reading->problems, at,
                    "%d vCPU is on line %d already. Choose another size, or add the quantities up",
                    (int)size, lines->list[i].number);
        return false;
    }
    line->size = (int)size;
    return true;
}

/* Into its place, so that lines stand by size however they were typed. */
static void
line_insert(struct lines *lines, struct line line)
{
    size_t at = lines->count++;

    for (; at > 0 && lines->list[at - 1].size > line.size; at--)
        lines->list[at] = lines->list[at - 1];
    lines->list[at] = line;
}

static void
read_line(const struct row_reading *reading, int number, struct lines *lines)
{
    const struct offer_row *row = reading->row;
    bool sizes = plan_has_sizes(row->plan);
    struct line line = {.number = number};
    const char *unit_at = field_line_name(reading->arena, row->number, LINE_UNIT, number);
    const char *unit = sent(reading, unit_at);
    const char *quantity =
        sent(reading, field_line_name(reading->arena, row->number, LINE_QUANTITY, number));
    const char *size =
        sizes ? sent(reading, field_line_name(reading->arena, row->number, LINE_VCPU, number))
              : NULL;
    bool blank = (size == NULL || *size == '\0') && (quantity == NULL || *quantity == '\0') &&
                 (unit == NULL || *unit == '\0');
    const char *what = "";

    if (size == NULL && quantity == NULL && unit == NULL)
        return;
    lines->any_sent = true;
    if (sizes && (blank || (size != NULL && text_equal(size, ANSWER_NO_LINE))))
        return; /* on a flat rate the line is there, however blank */
    if (sizes && !read_size(reading, lines, size == NULL ? "" : size, &line))
        line.size = -1; /* said; what else is typed is looked at all the same */
    if (line.size > 0)
        what = arena_format(reading->arena, " of %d vCPU", line.size);
    read_quantity(reading, &line, what);
    line.unit_sent = unit != NULL;
    if (unit != NULL)
        read_own(reading, unit_at, unit, arena_format(reading->arena, "one reservation%s", what),
                 &line.has_unit, &line.unit);
    if (line.size >= 0)
        line_insert(lines, line);
}

/* The lines as they were, when none was sent. */
static void
lines_keep(const struct offer_row *row, struct lines *lines)
{
    for (size_t k = 0; k < row->price_count && k < LIMIT_VCPU_SIZES; k++)
        line_insert(lines, (struct line){.size = row->prices[k].point->vcpu});
}

static void
lines_apply(const struct row_reading *reading, const struct lines *lines)
{
    struct offer_row *row = reading->row;
    int sizes[LIMIT_VCPU_SIZES];

    for (size_t i = 0; i < lines->count; i++)
        sizes[i] = lines->list[i].size;
    row_attach_sizes(reading->arena, row, row->plan, sizes, lines->count);
    for (size_t i = 0; i < lines->count; i++) {
        const struct line *line = &lines->list[i];
        struct row_price *price = &row->prices[i];

        if (line->quantity_sent)
            price->quantity = line->quantity;
        if (line->unit_sent) {
            price->has_own = line->has_unit;
            price->own = (struct amount){.per_hour = false, .money = line->unit};
        }
    }
}

/* Option C. */
static void
read_reservation(const struct row_reading *reading)
{
    struct offer_row *row = reading->row;
    const char *at = field_row_name(reading->arena, FIELD_DURATION, row->number);
    const char *text = sent(reading, at);
    size_t found = reading->problems->count + reading->problems->dropped;
    struct lines lines = {.count = 0};
    int64_t months = 0;

    if (text != NULL && text_to_integer(text, 1, 36, &months) == OK &&
        plan_reserves(row->plan, (int)months))
        row->duration_months = (int)months;
    else if (text != NULL)
        problem_add(reading->problems, at, "Choose a reservation duration that the plan sells");
    at = field_schedule_name(reading->arena, row->number);
    text = sent(reading, at);
    if (text != NULL && schedule_read(text, &row->payment_months) != OK)
        problem_add(reading->problems, at, "Choose Upfront or Monthly");
    for (int number = 1; number <= (plan_has_sizes(row->plan) ? LIMIT_VCPU_SIZES : 1); number++)
        read_line(reading, number, &lines);
    if (reading->problems->count + reading->problems->dropped != found)
        return;
    if (!lines.any_sent)
        lines_keep(row, &lines);
    lines_apply(reading, &lines);
}

void
fields_read_row(enum offer_type type, struct offer_row *row, const struct answers *answers,
                struct arena *arena, struct problems *problems)
{
    const struct row_reading reading = {row, answers, arena, problems};

    switch (type) {
    case OFFER_EXISTING_PLANS:
        read_prices(&reading);
        return;
    case OFFER_NEW_PLANS:
        read_new_plan(&reading);
        return;
    case OFFER_RESERVATIONS:
        read_reservation(&reading);
        return;
    case OFFER_TYPE_COUNT:
        break;
    }
    assert(false);
}

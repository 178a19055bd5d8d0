/*
 * catalogue_form.c: reading the form of a plan.
 *
 * Invariant: a field that the plan's pricing model has not is not read, even if posted. Invariant:
 * a malformed price stands in the plan as 0, so that its absence is no further problem; what has a
 * problem is not saved.
 */
#include "pages/catalogue_form.h"

#include <inttypes.h>
#include <string.h>

#include "base/text.h"
#include "core/catalogue_check.h"
#include "pages/parts.h"

#define METERS_FIELD "meters"
#define POINTS_MAX (LIMIT_MARKETS * LIMIT_VCPU_SIZES + LIMIT_POINTS)

const char *
meter_field(struct arena *arena, size_t row, const char *what)
{
    return arena_format(arena, "m%zu-%s", row, what);
}

const char *
meter_term_field(struct arena *arena, size_t row, const char *what, int months)
{
    return arena_format(arena, "m%zu-%s-%d", row, what, months);
}

const char *
payment_field(struct arena *arena, int months)
{
    return arena_format(arena, "payment-%d", months);
}

const char *
saving_field(struct arena *arena, int months)
{
    return arena_format(arena, "saving-%d", months);
}

const char *
market_field(struct arena *arena, const char *code)
{
    return arena_format(arena, "market-%s", code);
}

size_t
meter_rows(const struct exchange *x, size_t stored)
{
    int64_t count = 0;

    if (!form_came_back(x))
        return stored;
    if (text_to_integer(posted(x, METERS_FIELD), 0, METER_ROWS_MAX, &count) != OK)
        return stored;
    return (size_t)count;
}

/* What one reading works with. */
struct reading {
    struct exchange *x;
    struct plan *plan;
};

static const char *
typed(const struct reading *reading, const char *name)
{
    return text_trim(reading->x->arena, posted(reading->x, name));
}

static struct price_point *
point_add(const struct reading *reading, enum point_kind kind, const char *id)
{
    struct price_point *point = &reading->plan->points[reading->plan->point_count++];

    assert(reading->plan->point_count <= POINTS_MAX);
    *point = (struct price_point){.id = id,
                                  .kind = kind,
                                  .name = "",
                                  .unit = "",
                                  .market = MARKET_US,
                                  .list = amount_of(kind, 0)};
    return point;
}

/* The amount typed for the point, 0 beside a problem. */
static void
amount_read(const struct reading *reading, struct price_point *point, const char *field)
{
    const char *text = typed(reading, field);
    struct problems *problems = reading->x->problems;

    switch (point->kind) {
    case POINT_HOUR:
        if (hourly_parse(text, &point->list.hourly) != OK)
            problem_add(problems, field,
                        "Enter a price like 0.40, with up to 6 decimals, from 0 to 999,999,999.99");
        return;
    case POINT_METER:
        if (meter_price_parse(text, &point->list.money) != OK)
            problem_add(problems, field,
                        "Enter a price like 1.50 with up to 2 decimals; below 0.01 it becomes "
                        "0.00");
        return;
    case POINT_TERM:
    case POINT_USER:
    case POINT_MONTH:
        if (money_parse(text, &point->list.money) != OK)
            problem_add(problems, field,
                        "Enter a price like 1,240.50, from 0.00 to 999,999,999.99");
        return;
    case POINT_RESERVATION:
    case POINT_KIND_COUNT:
        break;
    }
    assert(false);
}

static void
term_read(const struct reading *reading, enum point_kind kind, int months)
{
    struct arena *arena = reading->x->arena;
    const char *field = payment_field(arena, months);
    const char *payment = typed(reading, field);
    const char *id = point_id(arena, kind, months, 0, MARKET_US, NULL);
    struct price_point *point;
    int64_t every = 0;

    if (*payment == '\0')
        return; /* not sold */
    point = point_add(reading, kind, id);
    point->term_months = months;
    if (text_to_integer(payment, 0, months, &every) != OK ||
        !term_option_valid(months, (int)every)) {
        problem_add(reading->x->problems, field, "Choose a payment option of the list");
        every = 0;
    }
    point->payment_months = (int)every;
    if (*typed(reading, id) == '\0')
        problem_add(reading->x->problems, id,
                    "Enter the price of a payment, or choose not to sell the %s term",
                    term_words(arena, months));
    else
        amount_read(reading, point, id);
}

static void
hour_read(const struct reading *reading, int vcpu, const char *market)
{
    const char *id = point_id(reading->x->arena, POINT_HOUR, 0, vcpu, market, NULL);
    struct price_point *point;

    if (*typed(reading, id) == '\0')
        return;
    point = point_add(reading, POINT_HOUR, id);
    point->vcpu = vcpu;
    point->market = market;
    amount_read(reading, point, id);
}

static void
sizes_read(const struct reading *reading, const char *market)
{
    for (size_t i = 0; i < COUNT(vcpu_sizes); i++)
        hour_read(reading, vcpu_sizes[i], market);
}

static void
month_read(const struct reading *reading)
{
    const char *id = point_kind_text(POINT_MONTH);

    if (*typed(reading, id) != '\0')
        amount_read(reading, point_add(reading, POINT_MONTH, id), id);
}

/* ---- Meters --------------------------------------------------------------------------------- */

static void
included_read(const struct reading *reading, size_t row, const char *meter)
{
    struct exchange *x = reading->x;
    struct plan *plan = reading->plan;

    for (size_t i = 0; i < COUNT(billing_terms); i++) {
        int months = billing_terms[i];
        const char *field = meter_term_field(x->arena, row, "included", months);
        bool unlimited = form_value(&x->request->body,
                                    meter_term_field(x->arena, row, "unlimited", months)) != NULL;
        int64_t quantity = 0;

        if (!plan_sells_term(plan, months) || (!unlimited && *typed(reading, field) == '\0'))
            continue;
        if (!unlimited && text_to_integer(typed(reading, field), 0, LIMIT_INCLUDED, &quantity))
            problem_add(x->problems, field, "Enter a whole number from 0 to %" PRId64,
                        LIMIT_INCLUDED);
        plan->included[plan->included_count++] = (struct included){
            .meter = meter, .term_months = months, .unlimited = unlimited, .quantity = quantity};
    }
}

/* A row left empty is no meter. */
static void
meter_read(const struct reading *reading, size_t row)
{
    struct arena *arena = reading->x->arena;
    const char *id = typed(reading, meter_field(arena, row, "id"));
    const char *name = typed(reading, meter_field(arena, row, "name"));
    const char *unit = typed(reading, meter_field(arena, row, "unit"));
    const char *price = meter_field(arena, row, "price");
    struct price_point *point;

    if (*id == '\0' && *name == '\0' && *unit == '\0' && *typed(reading, price) == '\0')
        return;
    point = point_add(reading, POINT_METER, point_id(arena, POINT_METER, 0, 0, MARKET_US, id));
    point->name = name;
    point->unit = unit;
    point->disabled =
        form_value(&reading->x->request->body, meter_field(arena, row, "disabled")) != NULL;
    amount_read(reading, point, price);
    included_read(reading, row, point->id);
}

/* ---- The plan ------------------------------------------------------------------------------- */

static void
prices_read(const struct reading *reading, const struct markets *markets)
{
    struct plan *plan = reading->plan;
    bool per_user = plan->model == MODEL_PER_USER;

    switch (plan->model) {
    case MODEL_FLAT_RATE:
    case MODEL_PER_USER:
        for (size_t i = 0; i < COUNT(billing_terms); i++)
            term_read(reading, per_user ? POINT_USER : POINT_TERM, billing_terms[i]);
        break;
    case MODEL_VM_FLAT:
    case MODEL_VM_CORE:
        hour_read(reading, 0, MARKET_US);
        break;
    case MODEL_VM_SIZE:
        sizes_read(reading, MARKET_US);
        break;
    case MODEL_VM_MARKET:
        for (size_t i = 0; i < markets->count; i++) {
            if (markets_hold(plan->markets, markets->rows[i].code))
                sizes_read(reading, markets->rows[i].code);
        }
        break;
    case MODEL_APP:
        month_read(reading);
        break;
    case MODEL_VM_FREE:
    case MODEL_VM_BYOL:
    case MODEL_COUNT:
        break;
    }
    if (plan->model != MODEL_FLAT_RATE && plan->model != MODEL_APP)
        return;
    for (size_t row = 0; row < meter_rows(reading->x, 0); row++)
        meter_read(reading, row);
}

static void
savings_read(const struct reading *reading)
{
    for (int i = 0; i < RESERVATION_COUNT; i++) {
        struct reservation_term *term = &reading->plan->reservations[i];
        const char *field =
            saving_field(reading->x->arena, reservation_months((enum reservation)i));

        term->sold = *typed(reading, field) != '\0';
        if (term->sold &&
            rate_parse(typed(reading, field), LIMIT_DISCOUNT_DECIMALS, &term->saving) != OK)
            problem_add(reading->x->problems, field,
                        "Enter a saving from 0 to 100%% with up to 2 decimals");
    }
}

static void
users_read(const struct reading *reading)
{
    struct problems *problems = reading->x->problems;
    const char *least = typed(reading, "min_users");
    const char *most = typed(reading, "max_users");
    int64_t low = 1;
    int64_t high = 0;

    if (*least != '\0' && text_to_integer(least, 1, LIMIT_QUANTITY, &low) != OK)
        problem_add(problems, "min_users", "Enter a whole number from 1 to %d", LIMIT_QUANTITY);
    if (*most != '\0' && text_to_integer(most, 1, LIMIT_QUANTITY, &high) != OK)
        problem_add(problems, "max_users", "Enter a whole number from 1 to %d, or nothing",
                    LIMIT_QUANTITY);
    reading->plan->min_users = (int)low;
    reading->plan->max_users = (int)high;
}

/* As a plan keeps them: sorted, as markets are. */
static const char *
markets_read(const struct reading *reading, const struct markets *markets)
{
    struct arena *arena = reading->x->arena;
    const char *list = "";

    for (size_t i = 0; i < markets->count; i++) {
        const char *code = markets->rows[i].code;

        if (form_value(&reading->x->request->body, market_field(arena, code)) != NULL)
            list = arena_format(arena, "%s%s%s", list, *list == '\0' ? "" : " ", code);
    }
    return list;
}

static void
choices_read(const struct reading *reading)
{
    struct problems *problems = reading->x->problems;
    const char *visibility = typed(reading, "visibility");
    int64_t months = 0;
    size_t count;

    (void)trials_of(reading->plan->type, &count);
    if (!text_equal(visibility, "public") && !text_equal(visibility, "private"))
        problem_add(problems, "visibility", "Choose who sees the plan");
    reading->plan->is_public = !text_equal(visibility, "private");
    if (count > 1 && model_priced(reading->plan->model) &&
        text_to_integer(typed(reading, "trial"), 0, 12, &months) != OK)
        problem_add(problems, "trial", "Choose a free trial of the list");
    reading->plan->trial_months = (int)months;
}

struct plan *
plan_form_read(struct exchange *x, const struct plan *facts, bool asks_id,
               const struct markets *markets)
{
    struct plan *plan = arena_new(x->arena, struct plan);
    const struct reading reading = {x, plan};

    *plan = *facts;
    plan->points = arena_array(x->arena, struct price_point, POINTS_MAX);
    plan->point_count = 0;
    plan->included = arena_array(x->arena, struct included, METER_ROWS_MAX * LIMIT_TERMS);
    plan->included_count = 0;
    if (asks_id)
        plan->id = typed(&reading, "id");
    plan->name = typed(&reading, "name");
    plan->description = typed(&reading, "description");
    plan->summary = plan->type == PRODUCT_SAAS ? "" : typed(&reading, "summary");
    plan->markets = markets_read(&reading, markets);
    plan->min_users = 1;
    plan->max_users = 0;
    choices_read(&reading);
    prices_read(&reading, markets);
    if (plan->model == MODEL_PER_USER)
        users_read(&reading);
    if (plan->model == MODEL_VM_FLAT || plan_has_sizes(plan))
        savings_read(&reading);
    return plan;
}

/* ---- Problems ------------------------------------------------------------------------------- */

/* What the catalogue says of a meter stands at what of its row. */
static const struct {
    const char *prefix;
    const char *what;
} meter_places[] = {
    {"id-" POINT_METER_PREFIX, "id"},     {"name-" POINT_METER_PREFIX, "name"},
    {"unit-" POINT_METER_PREFIX, "unit"}, {"included-" POINT_METER_PREFIX, "included"},
    {POINT_METER_PREFIX, "price"},
};

/* The last row of that meter: when two have one id, the later is the one too many. -1: none. */
static int
meter_row(const struct exchange *x, const char *id, size_t length)
{
    int found = -1;

    for (size_t row = 0; row < meter_rows(x, 0); row++) {
        const char *field = meter_field(x->arena, row, "id");
        const char *here = text_trim(x->arena, posted(x, field));
        bool filled = *here != '\0' || *posted(x, meter_field(x->arena, row, "name")) != '\0' ||
                      *posted(x, meter_field(x->arena, row, "price")) != '\0';

        if (filled && strlen(here) == length && strncmp(here, id, length) == 0)
            found = (int)row;
    }
    return found;
}

/* Keeps: where on the form a place of the catalogue is. */
static const char *
form_place(const struct exchange *x, const char *at)
{
    for (size_t i = 0; i < COUNT(meter_places); i++) {
        const char *what = meter_places[i].what;
        const char *id = at + strlen(meter_places[i].prefix);
        const char *term;
        size_t length;
        int row;

        if (!text_starts(at, meter_places[i].prefix))
            continue;
        length = strlen(id);
        term = text_equal(what, "included") ? strrchr(id, '-') : NULL;
        if (term != NULL)
            length = (size_t)(term - id);
        row = meter_row(x, id, length);
        if (row < 0)
            return "h-meters";
        return arena_format(x->arena, "m%d-%s%s", row, what, term == NULL ? "" : term);
    }
    return at;
}

void
plan_form_problems(struct exchange *x, const struct problems *found)
{
    for (size_t i = 0; i < found->count; i++) {
        const char *at = form_place(x, found->list[i].at);

        if (problem_at(x->problems, at) == NULL)
            problem_add(x->problems, at, "%s", found->list[i].message);
    }
    x->problems->dropped += found->dropped;
}

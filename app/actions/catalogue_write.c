/*
 * catalogue_write.c: the text of a catalogue's file.
 *
 * Not here: which plans (actions/catalogue_file). Invariant: what is written depends on the values
 * alone, so that the same catalogue is the same bytes wherever it is stored.
 */
#include "actions/catalogue_write.h"

#include <inttypes.h>
#include <string.h>

#include "actions/catalogue_parts.h"
#include "actions/json_text.h"

/* ---- Lines -------------------------------------------------------------------------------- */

/* A new line for the next member or element. */
static void
next_line(struct file_writer *writer)
{
    buffer_text(writer->out, writer->follows ? ",\n" : "\n");
    for (int i = 0; i < writer->depth; i++)
        buffer_text(writer->out, "  ");
    writer->follows = true;
}

/* The key of the next member; the value is put behind it. */
static void
next_key(struct file_writer *writer, const char *key)
{
    next_line(writer);
    json_put_text(writer->out, key);
    buffer_text(writer->out, ": ");
}

static void
level_open(struct file_writer *writer, const char *bracket)
{
    buffer_text(writer->out, bracket);
    writer->depth++;
    writer->follows = false;
}

static void
level_close(struct file_writer *writer, const char *bracket)
{
    bool empty = !writer->follows;

    writer->depth--;
    writer->follows = false;
    if (!empty)
        next_line(writer);
    buffer_text(writer->out, bracket);
    writer->follows = true;
}

static void
put_member(struct file_writer *writer, const char *key, const char *text)
{
    next_key(writer, key);
    json_put_text(writer->out, text);
}

static void
put_flag(struct file_writer *writer, const char *key, bool value)
{
    next_key(writer, key);
    buffer_text(writer->out, value ? "true" : "false");
}

/* ---- Prices ------------------------------------------------------------------------------- */

/* {"type": "year", "value": 3} */
static void
put_period(struct file_writer *writer, const char *key, int months)
{
    bool years = months % 12 == 0;

    buffer_format(writer->out, "\"%s\": {\"type\": \"%s\", \"value\": %d}", key,
                  years ? "year" : "month", years ? months / 12 : months);
}

static void
put_term(struct file_writer *writer, struct arena *arena, const struct price_point *point)
{
    int payment = point->payment_months == 0 ? point->term_months : point->payment_months;

    next_line(writer);
    buffer_text(writer->out, "{");
    put_period(writer, "billingTerm", point->term_months);
    buffer_text(writer->out, ", ");
    put_period(writer, "paymentOption", payment);
    buffer_format(writer->out, ", \"" KEY_PRICE "\": %s}", amount_plain(arena, point->list));
}

static void
put_recurrent(struct file_writer *writer, struct arena *arena, const struct plan *plan)
{
    bool per_user = plan->model == MODEL_PER_USER;

    next_key(writer, KEY_RECURRENT);
    level_open(writer, "{");
    put_member(writer, "recurrentPriceMode", per_user ? "perUser" : "flatRate");
    put_member(writer, "priceInputOption", "usd");
    if (per_user) {
        next_key(writer, KEY_USER_LIMITS);
        buffer_format(writer->out, "{\"min\": %d", plan->min_users < 1 ? 1 : plan->min_users);
        if (plan->max_users > 0)
            buffer_format(writer->out, ", \"max\": %d", plan->max_users);
        buffer_text(writer->out, "}");
    }
    next_key(writer, KEY_PRICES);
    level_open(writer, "[");
    for (size_t k = 0; k < plan->point_count; k++) {
        if (plan->points[k].kind == POINT_TERM || plan->points[k].kind == POINT_USER)
            put_term(writer, arena, &plan->points[k]);
    }
    level_close(writer, "]");
    level_close(writer, "}");
}

static void
put_included(struct file_writer *writer, const struct plan *plan, const char *meter)
{
    next_key(writer, KEY_INCLUDED);
    level_open(writer, "[");
    for (size_t i = 0; i < plan->included_count; i++) {
        const struct included *included = &plan->included[i];

        if (!text_equal(included->meter, meter))
            continue;
        next_line(writer);
        buffer_text(writer->out, "{");
        put_period(writer, "billingTerm", included->term_months);
        buffer_format(writer->out, ", \"quantity\": %" PRId64 ", \"isInfinite\": %s}",
                      included->unlimited ? 0 : included->quantity,
                      included->unlimited ? "true" : "false");
    }
    level_close(writer, "]");
}

static void
put_meter(struct file_writer *writer, struct arena *arena, const struct plan *plan,
          const struct price_point *point)
{
    next_key(writer, point->id + strlen(POINT_METER_PREFIX));
    level_open(writer, "{");
    put_member(writer, "name", point->name);
    put_member(writer, "unit", point->unit);
    put_flag(writer, "enabled", !point->disabled);
    next_key(writer, KEY_PRICE);
    buffer_text(writer->out, amount_plain(arena, point->list));
    put_included(writer, plan, point->id);
    level_close(writer, "}");
}

static bool
has_meters(const struct plan *plan)
{
    for (size_t k = 0; k < plan->point_count; k++) {
        if (plan->points[k].kind == POINT_METER)
            return true;
    }
    return false;
}

static void
put_meters(struct file_writer *writer, struct arena *arena, const struct plan *plan)
{
    next_key(writer, KEY_CUSTOM_METERS);
    level_open(writer, "{");
    put_member(writer, "priceInputOption", "usd");
    next_key(writer, KEY_METERS);
    level_open(writer, "{");
    for (size_t k = 0; k < plan->point_count; k++) {
        if (plan->points[k].kind == POINT_METER)
            put_meter(writer, arena, plan, &plan->points[k]);
    }
    level_close(writer, "}");
    level_close(writer, "}");
}

static void
put_availability(struct file_writer *writer, struct arena *arena, const struct plan *plan)
{
    bool saas = plan->type == PRODUCT_SAAS;

    if (!saas && !has_meters(plan))
        return;
    next_key(writer, KEY_AVAILABILITY);
    level_open(writer, "{");
    next_key(writer, KEY_PRICING);
    level_open(writer, "{");
    if (saas)
        put_recurrent(writer, arena, plan);
    if (has_meters(plan))
        put_meters(writer, arena, plan);
    level_close(writer, "}");
    level_close(writer, "}");
}

/* {"1Core": 0.100000, ...} of one market. */
static void
put_sizes(struct file_writer *writer, struct arena *arena, const struct plan *plan,
          const char *market)
{
    const char *between = "";

    buffer_text(writer->out, "{");
    for (size_t k = 0; k < plan->point_count; k++) {
        const struct price_point *point = &plan->points[k];

        if (point->kind != POINT_HOUR || !text_equal(point->market, market))
            continue;
        buffer_format(writer->out, "%s\"%dCore\": %s", between, point->vcpu,
                      amount_plain(arena, point->list));
        between = ", ";
    }
    buffer_text(writer->out, "}");
}

static void
put_market_sizes(struct file_writer *writer, struct arena *arena, const struct plan *plan)
{
    const char *market = "";

    level_open(writer, "{");
    for (size_t k = 0; k < plan->point_count; k++) {
        const struct price_point *point = &plan->points[k];

        if (point->kind != POINT_HOUR || text_equal(point->market, market))
            continue;
        market = point->market;
        next_key(writer, market);
        put_sizes(writer, arena, plan, market);
    }
    level_close(writer, "}");
}

static void
put_reservations(struct file_writer *writer, struct arena *arena, const struct plan *plan)
{
    bool any = false;

    for (int i = 0; i < RESERVATION_COUNT; i++) {
        const struct reservation_term *term = &plan->reservations[i];

        if (!term->sold)
            continue;
        if (!any) {
            next_key(writer, KEY_RESERVATIONS);
            level_open(writer, "[");
            any = true;
        }
        next_line(writer);
        buffer_format(writer->out, "{\"type\": \"year\", \"value\": %d, \"percentageSave\": %s}",
                      reservation_months((enum reservation)i) / 12, rate_show(arena, term->saving));
    }
    if (any)
        level_close(writer, "]");
}

static void
put_hourly(struct file_writer *writer, struct arena *arena, const struct plan *plan)
{
    const char *key = file_models[plan->model];

    put_member(writer, KEY_MODEL, key);
    if (plan->model == MODEL_VM_FREE || plan->model == MODEL_VM_BYOL)
        return;
    next_key(writer, KEY_VM_HOURLY);
    level_open(writer, "{");
    if (plan->point_count > 0) {
        next_key(writer, key);
        if (plan->model == MODEL_VM_MARKET)
            put_market_sizes(writer, arena, plan);
        else if (plan->model == MODEL_VM_SIZE)
            put_sizes(writer, arena, plan, MARKET_US);
        else
            buffer_text(writer->out, amount_plain(arena, plan->points[0].list));
    }
    put_reservations(writer, arena, plan);
    level_close(writer, "}");
}

static void
put_fee(struct file_writer *writer, struct arena *arena, const struct plan *plan)
{
    for (size_t k = 0; k < plan->point_count; k++) {
        if (plan->points[k].kind != POINT_MONTH)
            continue;
        next_key(writer, KEY_MONTHLY_FEE);
        buffer_text(writer->out, amount_plain(arena, plan->points[k].list));
    }
}

/* ---- Products and plans ------------------------------------------------------------------- */

/* "CA US" as ["CA", "US"]. */
static void
put_markets(struct file_writer *writer, const char *markets)
{
    const char *between = "";

    next_key(writer, "markets");
    buffer_text(writer->out, "[");
    while (*markets != '\0') {
        size_t length = strcspn(markets, " ");

        buffer_format(writer->out, "%s\"%.*s\"", between, (int)length, markets);
        between = ", ";
        markets += length;
        markets += *markets == ' ' ? 1 : 0;
    }
    buffer_text(writer->out, "]");
}

void
write_file(struct file_writer *writer, struct buffer *out)
{
    *writer = (struct file_writer){.out = out};
    level_open(writer, "{");
    next_key(writer, KEY_PRODUCTS);
    level_open(writer, "[");
}

void
write_product(struct file_writer *writer, const struct product *product)
{
    next_line(writer);
    level_open(writer, "{");
    put_member(writer, "id", product->id);
    put_member(writer, "name", product->name);
    put_member(writer, "type", product_type_text(product->type));
    put_member(writer, "store", product->in_azure_marketplace ? "azure_marketplace" : "appsource");
    put_flag(writer, "published", product->published);
    put_flag(writer, "transactable", product->transactable);
    put_flag(writer, "commitmentEnrolled", product->macc_enrolled);
    put_flag(writer, "coSellEligible", product->cosell_eligible);
    next_key(writer, KEY_PLANS);
    level_open(writer, "[");
}

void
write_plan(struct file_writer *writer, struct arena *arena, struct plan *plan)
{
    plan_sort(plan);
    next_line(writer);
    level_open(writer, "{");
    put_member(writer, "id", plan->id);
    put_member(writer, "name", plan->name);
    put_member(writer, "description", plan->description);
    if (plan->type != PRODUCT_SAAS || *plan->summary != '\0')
        put_member(writer, "summary", plan->summary);
    put_member(writer, "visibility", plan->is_public ? "public" : "private");
    put_flag(writer, "published", plan->published);
    next_key(writer, "trial");
    buffer_format(writer->out, "%d", plan->trial_months);
    put_markets(writer, plan->markets);
    put_availability(writer, arena, plan);
    if (plan->type == PRODUCT_VM)
        put_hourly(writer, arena, plan);
    if (plan->type == PRODUCT_APP)
        put_fee(writer, arena, plan);
    level_close(writer, "}");
}

void
write_product_end(struct file_writer *writer)
{
    level_close(writer, "]");
    level_close(writer, "}");
}

void
write_file_end(struct file_writer *writer)
{
    level_close(writer, "]");
    level_close(writer, "}");
    buffer_text(writer->out, "\n");
}

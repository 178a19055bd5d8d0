/*
 * isv_export.c: a line for each row, plan, enabled market and price point, in that order.
 *
 * A price in dollars is what is stored or follows from it; every other market's is converted from
 * it once (LAW 8.1). Only a plan with prices per market has dollars of its own there. What is not
 * known, or does not fit, is an empty cell.
 */
#include "pages/isv_export.h"

#include <inttypes.h>
#include <string.h>

#include "base/text.h"
#include "core/pricing.h"
#include "pages/isv_view.h"
#include "store/catalogue_edit.h"
#include "store/markets.h"
#include "web/csv.h"

#define SCRATCH_BYTES ((size_t)1024 * 1024) /* one line's texts */
#define OWN_BYTES ((size_t)4 * 1024 * 1024) /* one plan's prices in every market */

static const char *const columns[] = {
    "Product ID",  "Product",      "Plan ID",        "Plan",          "New plan",     "Price type",
    "Price point", "Billing term", "Payment option", "Payments",      "vCPU",         "Quantity",
    "Unit",        "Included",     "Minimum users",  "Maximum users", "Market",       "Currency",
    "List price",  "Discount %",   "Partner price",  "Subtotal",      "Rate per USD", "Rate date",
};

/* A file being written. */
struct export
{
    struct exchange *x;
    const struct offer *offer;
    struct markets *markets;
    struct arena *scratch; /* of one line */
    struct arena *own;     /* of one plan with prices per market: an offer may cover a thousand */
    struct csv csv;
};

/* What one line is about, in US dollars. */
struct export_line {
    const struct offer_row *row;
    const struct plan *plan;
    const struct price_point *point;
    const char *market; /* its code */
    int64_t quantity;
    bool has_list;
    struct amount list;
    bool has_partner;
    struct amount partner;
};

/* A whole number that is not 0, else an empty cell. */
static void
put_count(struct export *export, int64_t count)
{
    csv_number(&export->csv, count == 0 ? "" : arena_format(export->scratch, "%" PRId64, count));
}

static const char *
payment_option(const struct price_point *point)
{
    if (point->term_months == 0)
        return "";
    if (point->payment_months == 0)
        return "Upfront";
    return point->payment_months == 1 ? "Monthly" : "Annual";
}

/* What the price is paid for. */
static const char *
unit_words(const struct plan *plan, const struct price_point *point)
{
    switch (point->kind) {
    case POINT_TERM:
        return "Payment";
    case POINT_USER:
        return "User and payment";
    case POINT_MONTH:
        return "Month";
    case POINT_METER:
        return *point->unit == '\0' ? point->name : point->unit;
    case POINT_HOUR:
        return plan->model == MODEL_VM_CORE ? "vCPU and hour" : "Hour";
    case POINT_RESERVATION:
        return "Reservation and payment";
    case POINT_KIND_COUNT:
        break;
    }
    assert(false);
    return "";
}

/* "1-month: 1000; 1-year: unlimited", for a meter; what a new plan includes is the row's. */
static const char *
included_words(struct arena *arena, const struct offer *offer, const struct export_line *line)
{
    bool own = offer->type == OFFER_NEW_PLANS;
    const struct included *list = own ? line->row->included : line->plan->included;
    size_t count = own ? line->row->included_count : line->plan->included_count;
    const char *words = "";

    for (size_t i = 0; i < count; i++) {
        const struct included *included = &list[i];
        const char *quantity = "unlimited";

        if (!text_equal(included->meter, line->point->id))
            continue;
        if (!included->unlimited)
            quantity = arena_format(arena, "%" PRId64, included->quantity);
        words = arena_format(arena, "%s%s%s: %s", words, *words == '\0' ? "" : "; ",
                             term_words(arena, included->term_months), quantity);
    }
    return words;
}

/* What is sold: up to the market. */
static void
put_subject(struct export *export, const struct export_line *line)
{
    bool own = export->offer->type == OFFER_NEW_PLANS;
    bool users = line->point->kind == POINT_USER;
    const struct plan *plan = line->plan;
    struct csv *csv = &export->csv;

    csv_text(csv, plan->product);
    csv_text(csv, plan->product_name);
    csv_text(csv, plan->id);
    csv_text(csv, plan->name);
    csv_text(csv, line->row->plan_name);
    csv_text(csv, line->row->price_type == PRICE_DISCOUNT ? "Discount" : "Absolute");
    csv_text(csv, point_words(export->scratch, plan, line->point));
    csv_text(csv, line->point->term_months == 0
                      ? ""
                      : term_words(export->scratch, line->point->term_months));
    csv_text(csv, payment_option(line->point));
    put_count(export, line->point->term_months == 0 ? 0 : point_payments(line->point));
    put_count(export, line->point->vcpu);
    put_count(export, line->point->kind == POINT_RESERVATION ? line->quantity : 0);
    csv_text(csv, unit_words(plan, line->point));
    csv_text(csv, included_words(export->scratch, export->offer, line));
    put_count(export, !users ? 0 : own ? line->row->min_users : plan->min_users);
    put_count(export, !users ? 0 : own ? line->row->max_users : plan->max_users);
}

/* As typed, or what an absolute price comes to off list (D-24); below 0 when it is above. */
static const char *
discount_words(struct arena *arena, const struct export_line *line)
{
    struct rate saving;

    if (line->row->price_type == PRICE_DISCOUNT)
        return line->row->has_discount ? rate_show(arena, line->row->discount) : "";
    if (!line->has_list || !line->has_partner ||
        rate_saving(amount_integer(line->list), amount_integer(line->partner), &saving) != OK)
        return "";
    return rate_show2(arena, saving);
}

/* The amount as the market has it; false when it does not fit. */
static bool
converted(const struct market *market, struct amount amount, struct local_price *local)
{
    if (amount.per_hour)
        return hourly_convert(amount.hourly, market->rate_e8, market->digits, local) == OK;
    return money_convert(amount.money, market->rate_e8, market->digits, local) == OK;
}

static const char *
price_cell(struct arena *arena, const struct market *market, bool has, struct amount amount)
{
    struct local_price local;

    return has && converted(market, amount, &local) ? local_plain(arena, local) : "";
}

/* Of reservations: the market's rounded unit price x quantity x payments (LAW 8.1). */
static const char *
subtotal_cell(struct arena *arena, const struct market *market, const struct export_line *line)
{
    struct local_price local;

    if (line->point->kind != POINT_RESERVATION || line->quantity == 0 || !line->has_partner ||
        !converted(market, line->partner, &local) ||
        local_times(local, line->quantity * point_payments(line->point), &local) != OK)
        return "";
    return local_plain(arena, local);
}

static void
put_line(struct export *export, const struct export_line *line)
{
    const struct market *market = market_find(export->markets, line->market);
    struct csv *csv = &export->csv;
    struct arena *scratch = export->scratch;

    if (csv->out->full)
        return;
    arena_reset(scratch);
    put_subject(export, line);
    csv_text(csv, line->market);
    csv_text(csv, market == NULL ? "" : market->currency);
    csv_number(csv, market == NULL ? "" : price_cell(scratch, market, line->has_list, line->list));
    csv_number(csv, discount_words(scratch, line));
    csv_number(csv,
               market == NULL ? "" : price_cell(scratch, market, line->has_partner, line->partner));
    csv_number(csv, market == NULL ? "" : subtotal_cell(scratch, market, line));
    csv_number(csv, market == NULL ? "" : conversion_show(scratch, market->rate_e8));
    csv_text(csv, market == NULL || day_is_none(market->rated_on)
                      ? ""
                      : day_iso(scratch, market->rated_on));
    csv_end(csv);
}

/* count prices of the row, all of one plan. */
struct plan_prices {
    const struct offer_row *row;
    const struct row_price *prices;
    size_t count;
};

static void
put_prices(struct export *export, const struct plan_prices *from, const char *market)
{
    for (size_t k = 0; k < from->count; k++) {
        const struct row_price *price = &from->prices[k];
        const struct export_line line = {
            .row = from->row,
            .plan = price->plan,
            .point = price->point,
            .market = market,
            .quantity = price->quantity,
            .has_list = price->has_list,
            .list = price->list,
            .has_partner = price->has_partner,
            .partner = price->partner,
        };

        put_line(export, &line);
    }
}

/* The market's own prices of a plan that has them; such a row takes a discount only (LAW 4.4). */
static void
put_own_prices(struct export *export, const struct offer_row *row, const struct plan *plan,
               const char *market)
{
    for (size_t k = 0; k < plan->point_count; k++) {
        const struct price_point *point = &plan->points[k];
        struct export_line line = {
            .row = row,
            .plan = plan,
            .point = point,
            .market = market,
            .has_list = true,
            .list = point->list,
            .partner = {.per_hour = true},
        };

        if (point->disabled || !text_equal(point->market, market))
            continue;
        line.has_partner = row->has_discount && hourly_discount(point->list.hourly, row->discount,
                                                                &line.partner.hourly) == OK;
        put_line(export, &line);
    }
}

static enum err
put_plan(struct export *export, const struct plan_prices *from)
{
    const struct plan *plan = from->prices[0].plan;
    bool per_market = plan->model == MODEL_VM_MARKET;
    const char *at = plan->markets;
    struct own_plan own = {0};

    if (per_market)
        TRY(own_plan_load(export->x->db, export->own, plan->publisher, plan->product, plan->id,
                          export->x->today, &own));
    while (*at != '\0') {
        size_t length = strcspn(at, " ");
        const char *market = arena_copy(export->own, at, length);

        if (per_market && !text_equal(market, MARKET_US))
            put_own_prices(export, from->row, &own.plan, market);
        else
            put_prices(export, from, market);
        at += length;
        at += strspn(at, " ");
    }
    arena_reset(export->own);
    return OK;
}

/* The prices of a plan stand together: those of a whole product are many plans' (core/offer). */
static enum err
put_row(struct export *export, const struct offer_row *row)
{
    size_t first = 0;

    while (first < row->price_count) {
        struct plan_prices prices = {row, &row->prices[first], 0};

        while (first < row->price_count && row->prices[first].plan == prices.prices[0].plan) {
            prices.count++;
            first++;
        }
        TRY(put_plan(export, &prices));
    }
    return OK;
}

static enum err
put_rows(struct export *export, const struct offer_row *only)
{
    for (size_t i = 0; i < COUNT(columns); i++)
        csv_text(&export->csv, columns[i]);
    csv_end(&export->csv);
    if (only != NULL)
        return put_row(export, only);
    for (size_t i = 0; i < export->offer->row_count; i++)
        TRY(put_row(export, &export->offer->rows[i]));
    return OK;
}

/* The file as the answer. only NULL: every row. */
static enum err
answer(struct exchange *x, const struct offer *offer, const struct offer_row *only,
       const char *name)
{
    struct export export = {
        .x = x,
        .offer = offer,
        .markets = arena_new(x->arena, struct markets),
        .csv = {.out = &x->reply->body},
    };
    enum err outcome;

    TRY(markets_load(x->db, x->arena, export.markets));
    export.scratch = arena_open(SCRATCH_BYTES);
    export.own = arena_open(OWN_BYTES);
    outcome = put_rows(&export, only);
    arena_close(export.own);
    arena_close(export.scratch);
    TRY(outcome);
    if (x->reply->body.full) {
        x->closed_reason = only == NULL ? "The file would be too large. Export the pricing data of "
                                          "one product at a time."
                                        : "The file would be too large.";
        return ERR_CLOSED;
    }
    x->reply->type = "text/csv; charset=utf-8";
    x->reply->download = arena_format(x->arena, "%s prices.csv", name);
    return OK;
}

enum err
isv_prices_get(struct exchange *x)
{
    struct offer offer;

    TRY(path_offer(x, &offer));
    return answer(x, &offer, NULL, offer.name);
}

enum err
isv_row_prices_get(struct exchange *x)
{
    struct offer offer;
    const struct offer_row *row;

    TRY(path_offer(x, &offer));
    row = offer_row(&offer, path_number(x, "row"));
    if (row == NULL)
        return ERR_ABSENT;
    return answer(x, &offer, row, row_words(x->arena, row));
}

const char *
isv_row_export_href(const struct exchange *x, const struct offer *offer,
                    const struct offer_row *row)
{
    return isv_href(x, offer, arena_format(x->arena, "/products/%d/price.csv", row->number));
}

void
isv_export_link(const struct exchange *x, struct view *view, const struct offer *offer)
{
    for (size_t i = 0; i < offer->row_count && offer->state != STATE_CANCELLED; i++) {
        if (!row_priced(&offer->rows[i]))
            continue;
        view_text(view_section(view, NAME_EXPORT), NAME_EXPORT_HREF,
                  isv_href(x, offer, "/prices.csv"));
        return;
    }
}

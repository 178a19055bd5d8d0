/*
 * catalogue_check.c: the limits and combinations of the catalogue, and the notice of prices
 * (LAW 3.2).
 *
 * Not here: words, ids and what may be sold in a private offer (core/catalogue).
 */
#include "core/catalogue_check.h"

#include <inttypes.h>
#include <string.h>

#include "base/text.h"

#define KIND(kind) (1U << (kind))

/* LAW 3.2, the first table: what plans of a model may have. */
static const struct {
    unsigned kinds; /* of price points */
    bool trial;
    bool reservations;
} models[MODEL_COUNT] = {
    [MODEL_FLAT_RATE] = {KIND(POINT_TERM) | KIND(POINT_METER), true, false},
    [MODEL_PER_USER] = {KIND(POINT_USER), true, false},
    [MODEL_VM_FREE] = {0, false, false},
    [MODEL_VM_BYOL] = {0, false, false},
    [MODEL_VM_FLAT] = {KIND(POINT_HOUR), true, true},
    [MODEL_VM_CORE] = {KIND(POINT_HOUR), true, true},
    [MODEL_VM_SIZE] = {KIND(POINT_HOUR), true, true},
    [MODEL_VM_MARKET] = {KIND(POINT_HOUR), true, false},
    [MODEL_APP] = {KIND(POINT_MONTH) | KIND(POINT_METER), false, false},
};

static const int saas_trials[] = {0, 1};
static const int vm_trials[] = {0, 1, 3, 6};
static const int no_trials[] = {0};

#define CENT_MICROS 10000
#define SAVING_DECIMALS (RATE_ONE_PERCENT / 100)

_Static_assert(LIMIT_DISCOUNT_DECIMALS == 2, "savings have as many decimals as discounts");

const int *
trials_of(enum product_type type, size_t *count)
{
    switch (type) {
    case PRODUCT_SAAS:
        *count = COUNT(saas_trials);
        return saas_trials;
    case PRODUCT_VM:
        *count = COUNT(vm_trials);
        return vm_trials;
    case PRODUCT_APP:
    case PRODUCT_TYPE_COUNT:
        break;
    }
    *count = COUNT(no_trials);
    return no_trials;
}

enum err
meter_price_parse(const char *text, struct money *price)
{
    struct hourly fine;

    if (money_parse(text, price) == OK)
        return OK;
    if (hourly_parse(text, &fine) != OK || fine.micros >= CENT_MICROS)
        return ERR_INVALID;
    price->cents = 0;
    return OK;
}

/* ---- Notice ------------------------------------------------------------------------------- */

bool
plan_needs_notice(const struct plan *plan)
{
    return plan->published || plan->was_published;
}

struct day
price_lower_from(struct day today)
{
    return month_add(today, 1);
}

struct day
price_higher_from(struct day today)
{
    struct day earliest = day_add(today, LIMIT_NOTICE_DAYS);

    return day_dom(earliest) == 1 ? earliest : month_add(earliest, 1);
}

enum price_move
price_move(bool needs_notice, struct amount now, struct amount typed, struct day today,
           struct day *from)
{
    assert(now.per_hour == typed.per_hour);
    if (amount_equal(now, typed))
        return PRICE_STAYS;
    if (!needs_notice)
        return PRICE_NOW;
    *from = amount_integer(typed) < amount_integer(now) ? price_lower_from(today)
                                                        : price_higher_from(today);
    return PRICE_CHANGES;
}

/* ---- Texts -------------------------------------------------------------------------------- */

/* Addresses of the catalogue's own pages; no product or plan can stand there. */
static const char *const reserved_ids[] = {"new", "import", "export"};

static void
check_id(const char *at, const char *id, struct problems *problems)
{
    if (*id == '\0')
        problem_add(problems, at, "Enter an ID");
    else if (!catalogue_id_valid(id))
        problem_add(problems, at,
                    "Enter an ID of up to %d lowercase letters, digits, dashes and underscores",
                    LIMIT_PLAN_ID);
    else if (text_equal(at, "id") && text_find(reserved_ids, COUNT(reserved_ids), id) >= 0)
        problem_add(problems, at, "“%s” is an address of its own here; choose another ID", id);
}

static void
check_text(const char *at, const char *text, size_t limit, bool lines, struct problems *problems)
{
    if (text_count(text) > limit)
        problem_add(problems, at, "Enter at most %zu characters; there are %zu", limit,
                    text_count(text));
    else if (text_has_control(text, lines))
        problem_add(problems, at,
                    lines ? "Remove the control characters"
                          : "Enter one line, without control characters");
}

static void
check_name(const char *at, const char *name, struct problems *problems)
{
    if (name[strspn(name, " ")] == '\0')
        problem_add(problems, at, "Enter a name");
    else
        check_text(at, name, LIMIT_PLAN_NAME, false, problems);
}

void
product_check(const struct product *product, struct problems *problems)
{
    check_id("id", product->id, problems);
    check_name("name", product->name, problems);
}

/* ---- Prices ------------------------------------------------------------------------------- */

/* Is the point one that a plan of its model can have, under its own id? */
static bool
point_fits(const struct plan *plan, const struct price_point *point, struct arena *arena)
{
    bool sized = plan->model == MODEL_VM_SIZE || plan->model == MODEL_VM_MARKET;
    bool home = text_equal(point->market, MARKET_US);
    const char *dimension = NULL;

    if (point->kind == POINT_RESERVATION || (models[plan->model].kinds & KIND(point->kind)) == 0)
        return false;
    if (!home && plan->model != MODEL_VM_MARKET)
        return false;
    if (point->kind == POINT_METER) {
        if (!text_starts(point->id, POINT_METER_PREFIX))
            return false;
        dimension = point->id + strlen(POINT_METER_PREFIX);
    }
    if ((point->kind == POINT_TERM || point->kind == POINT_USER) !=
        term_option_valid(point->term_months, point->payment_months))
        return false;
    if (point->kind == POINT_HOUR ? sized != vcpu_size_valid(point->vcpu) : point->vcpu != 0)
        return false;
    return text_equal(point->id, point_id(arena, point->kind, point->term_months, point->vcpu,
                                          point->market, dimension));
}

static void
check_amount(const struct price_point *point, struct problems *problems)
{
    int64_t most = LIMIT_MONEY_CENTS * (point->list.per_hour ? CENT_MICROS : 1);

    if (point->list.per_hour != (point->kind == POINT_HOUR) || amount_integer(point->list) < 0 ||
        amount_integer(point->list) > most)
        problem_add(problems, point->id, "Enter a price from 0.00 to 999,999,999.99");
}

/* At a place that is made of the point's id. */
static const char *
place(struct arena *arena, const char *kind, const char *id)
{
    return arena_format(arena, "%s-%s", kind, id);
}

static void
check_meter(const struct price_point *point, struct arena *arena, struct problems *problems)
{
    check_id(place(arena, "id", point->id), point->id + strlen(POINT_METER_PREFIX), problems);
    check_name(place(arena, "name", point->id), point->name, problems);
    check_text(place(arena, "unit", point->id), point->unit, LIMIT_METER_UNIT, false, problems);
}

static void
check_point(const struct plan *plan, const struct price_point *point, struct arena *arena,
            struct problems *problems)
{
    if (!point_fits(plan, point, arena)) {
        problem_add(problems, point->id, "The pricing model of this product has no such price");
        return;
    }
    if (!markets_hold(plan->markets, point->market))
        problem_add(problems, point->id, "This is the price of a market the plan isn’t sold in");
    check_amount(point, problems);
    if (point->kind == POINT_METER)
        check_meter(point, arena, problems);
    else if (point->disabled)
        problem_add(problems, point->id, "Only a meter can be disabled");
}

static void
check_points(const struct plan *plan, struct arena *arena, struct problems *problems)
{
    for (size_t k = 0; k < plan->point_count; k++) {
        const struct price_point *point = &plan->points[k];

        if (plan_point(plan, point->id) != point)
            problem_add(problems,
                        point->kind == POINT_METER ? place(arena, "id", point->id) : point->id,
                        point->kind == POINT_METER ? "Another meter of this plan has this ID"
                                                   : "A plan has each price at most once");
        else
            check_point(plan, point, arena, problems);
    }
}

/* What was told to the public stays: a price, how it is paid, a saving. */
static void
check_kept_points(const struct plan *plan, const struct plan *stored, struct problems *problems)
{
    for (size_t k = 0; k < stored->point_count; k++) {
        const struct price_point *old = &stored->points[k];
        const struct price_point *now = plan_point(plan, old->id);

        if (now == NULL && !markets_hold(plan->markets, old->market))
            problem_add(problems, "markets", "The plan was published with prices in %s; keep it",
                        old->market);
        else if (now == NULL)
            problem_add(problems, old->id,
                        old->kind == POINT_METER
                            ? "This meter was published and stays; disable it to sell it no longer"
                            : "This price was published and stays");
        else if (now->payment_months != old->payment_months)
            problem_add(problems, old->id,
                        "The payment option was published with this price and stays");
    }
}

static void
check_kept_savings(const struct plan *plan, const struct plan *stored, struct arena *arena,
                   struct problems *problems)
{
    for (int i = 0; i < RESERVATION_COUNT; i++) {
        const struct reservation_term *old = &stored->reservations[i];
        const struct reservation_term *now = &plan->reservations[i];
        int months = reservation_months((enum reservation)i);

        if (old->sold && (!now->sold || now->saving.e8 != old->saving.e8))
            problem_add(problems, arena_format(arena, "saving-%d", months),
                        "The saving was published as %s%% and stays",
                        rate_show(arena, old->saving));
    }
}

/* ---- Meters and what is included ------------------------------------------------------------ */

static bool
meter_known(const struct plan_facts *facts, const char *id)
{
    for (size_t i = 0; i < facts->meter_count; i++) {
        if (text_equal(facts->meters[i], id))
            return true;
    }
    return false;
}

/* The dimensions of a product are counted over its plans, a shared one once. */
static void
check_meter_count(const struct plan *plan, const struct plan_facts *facts, struct arena *arena,
                  struct problems *problems)
{
    size_t count = facts->meter_count;

    for (size_t k = 0; k < plan->point_count; k++) {
        const struct price_point *point = &plan->points[k];

        if (point->kind != POINT_METER || meter_known(facts, point->id))
            continue;
        if (++count == LIMIT_METERS + 1)
            problem_add(problems, place(arena, "id", point->id),
                        "A product has at most %d meters over all its plans", LIMIT_METERS);
    }
}

static void
check_included(const struct plan *plan, struct arena *arena, struct problems *problems)
{
    for (size_t i = 0; i < plan->included_count; i++) {
        const struct included *included = &plan->included[i];
        const struct price_point *meter = plan_point(plan, included->meter);
        const char *at =
            arena_format(arena, "included-%s-%d", included->meter, included->term_months);

        if (meter == NULL || meter->kind != POINT_METER)
            problem_add(problems, at, "The plan has no such meter");
        else if (!plan_sells_term(plan, included->term_months))
            problem_add(problems, at, "The plan doesn’t sell the %s term",
                        term_words(arena, included->term_months));
        else if (included_find(plan->included, plan->included_count, included->meter,
                               included->term_months) != included)
            problem_add(problems, at, "This is included twice");
        else if (!included->unlimited &&
                 (included->quantity < 0 || included->quantity > LIMIT_INCLUDED))
            problem_add(problems, at, "Enter a whole number from 0 to %" PRId64, LIMIT_INCLUDED);
    }
}

/* ---- The rest of a plan --------------------------------------------------------------------- */

static bool
has_meters(const struct plan *plan)
{
    for (size_t k = 0; k < plan->point_count; k++) {
        if (plan->points[k].kind == POINT_METER && !plan->points[k].disabled)
            return true;
    }
    return false;
}

static void
check_trial(const struct plan *plan, enum product_type type, struct problems *problems)
{
    size_t count;
    const int *trials = trials_of(type, &count);
    bool listed = false;

    for (size_t i = 0; i < count; i++)
        listed = listed || trials[i] == plan->trial_months;
    if (plan->trial_months != 0 && !models[plan->model].trial)
        problem_add(problems, "trial", "Plans with this pricing model have no free trial");
    else if (!listed)
        problem_add(problems, "trial",
                    type == PRODUCT_VM ? "Choose a trial of 1, 3 or 6 months, or none"
                                       : "Choose a trial of 1 month, or none");
    else if (plan->trial_months != 0 && has_meters(plan))
        problem_add(problems, "trial", "A plan with meters has no free trial");
}

static void
check_users(const struct plan *plan, struct problems *problems)
{
    if (plan->model != MODEL_PER_USER) {
        if (plan->min_users > 1 || plan->max_users != 0)
            problem_add(problems, "min_users", "Only plans priced per user limit their users");
        return;
    }
    if (plan->min_users < 1 || plan->min_users > LIMIT_QUANTITY)
        problem_add(problems, "min_users", "Enter a whole number from 1 to %d", LIMIT_QUANTITY);
    if (plan->max_users < 0 || plan->max_users > LIMIT_QUANTITY)
        problem_add(problems, "max_users", "Enter a whole number from 1 to %d, or nothing",
                    LIMIT_QUANTITY);
    else if (plan->max_users != 0 && plan->max_users < plan->min_users)
        problem_add(problems, "max_users", "Enter at least the minimum users, %d, or nothing",
                    plan->min_users);
}

/* Can every reservation that is sold be priced? */
static bool
reservations_fit(const struct plan *plan, int months)
{
    size_t sizes = plan_has_sizes(plan) ? LIMIT_VCPU_SIZES : 1;

    for (size_t i = 0; i < sizes; i++) {
        int vcpu = plan_has_sizes(plan) ? vcpu_sizes[i] : 0;
        struct money list;

        if (plan_reservation_list(plan, months, 0, vcpu, &list) == ERR_INVALID)
            return false;
    }
    return true;
}

static void
check_savings(const struct plan *plan, struct arena *arena, struct problems *problems)
{
    for (int i = 0; i < RESERVATION_COUNT; i++) {
        const struct reservation_term *term = &plan->reservations[i];
        int months = reservation_months((enum reservation)i);
        const char *at = arena_format(arena, "saving-%d", months);

        if (!term->sold)
            continue;
        if (!models[plan->model].reservations)
            problem_add(problems, at, "Plans with this pricing model have no reservations");
        else if (term->saving.e8 < 0 || term->saving.e8 > RATE_HUNDRED ||
                 term->saving.e8 % SAVING_DECIMALS != 0)
            problem_add(problems, at, "Enter a saving from 0 to 100%% with up to 2 decimals");
        else if (problems->count == 0 && !reservations_fit(plan, months))
            problem_add(problems, at, "A %s reservation at these prices passes $999,999,999.99",
                        term_words(arena, months));
    }
}

/* Two capital letters each, sorted, one space between, all of them sold in, the US among them. */
static void
check_markets(const struct plan *plan, const struct plan_facts *facts, struct arena *arena,
              struct problems *problems)
{
    const char *before = "";
    const char *at = plan->markets;

    if (!markets_hold(plan->markets, MARKET_US))
        problem_add(problems, "markets",
                    "Keep the United States: private offers are sold to customers there");
    while (*at != '\0') {
        const char *code = arena_copy(arena, at, strcspn(at, " "));
        bool known = false;

        for (size_t i = 0; i < facts->market_count; i++)
            known = known || text_equal(facts->markets[i], code);
        if (!known || strcmp(before, code) >= 0) {
            problem_add(problems, "markets", "Choose markets of the list, each once");
            return;
        }
        before = code;
        at += strlen(code);
        at += *at == ' ' ? 1 : 0;
    }
}

static void
check_beside_others(const struct plan *plan, const struct plan_facts *facts, struct arena *arena,
                    struct problems *problems)
{
    const char *name = text_fold(arena, plan->name);
    size_t private_plans = plan->is_public ? 0 : 1;

    for (size_t i = 0; i < facts->other_count; i++) {
        const struct plan *other = &facts->others[i];

        private_plans += other->is_public ? 0 : 1;
        if (*name != '\0' && text_equal(text_fold(arena, other->name), name))
            problem_add(problems, "name", "Another plan of this product has this name");
        if (i == 0 && other->model != plan->model)
            problem_add(problems, "model", "All plans of a product share one pricing model: %s",
                        model_words(other->model));
    }
    if (facts->stored == NULL && facts->other_count + 1 > LIMIT_PLANS)
        problem_add(problems, "id", "A product has at most %d plans", LIMIT_PLANS);
    if (private_plans > LIMIT_PRIVATE_PLANS && (facts->stored == NULL || facts->stored->is_public))
        problem_add(problems, "visibility", "A product has at most %d private plans",
                    LIMIT_PRIVATE_PLANS);
}

static void
check_words(const struct plan *plan, enum product_type type, struct problems *problems)
{
    check_id("id", plan->id, problems);
    check_name("name", plan->name, problems);
    check_text("description", plan->description, LIMIT_PLAN_DESCRIPTION, true, problems);
    if (type == PRODUCT_SAAS && *plan->summary != '\0')
        problem_add(problems, "summary", "A SaaS plan has no summary");
    else
        check_text("summary", plan->summary, LIMIT_PLAN_SUMMARY, false, problems);
}

void
plan_check(const struct plan *plan, const struct plan_facts *facts, struct arena *arena,
           struct problems *problems)
{
    const struct plan *stored = facts->stored;

    check_words(plan, facts->type, problems);
    check_beside_others(plan, facts, arena, problems);
    check_markets(plan, facts, arena, problems);
    if (!model_fits(facts->type, plan->model)) {
        problem_add(problems, "model", "%s products have no such pricing model",
                    product_type_words(facts->type));
        return;
    }
    check_trial(plan, facts->type, problems);
    check_points(plan, arena, problems);
    check_users(plan, problems);
    check_meter_count(plan, facts, arena, problems);
    check_included(plan, arena, problems);
    check_savings(plan, arena, problems);
    if (stored == NULL || !plan_needs_notice(stored))
        return;
    if (stored->model != plan->model)
        problem_add(problems, "model", "The plan was published; its pricing model stays");
    check_kept_points(plan, stored, problems);
    check_kept_savings(plan, stored, arena, problems);
    if (stored->published)
        plan_check_complete(plan, problems);
}

/* ---- Publishing ----------------------------------------------------------------------------- */

static bool
has_point(const struct plan *plan, enum point_kind kind, int vcpu, const char *market)
{
    for (size_t k = 0; k < plan->point_count; k++) {
        const struct price_point *point = &plan->points[k];

        if (point->kind == kind && (vcpu == 0 || point->vcpu == vcpu) &&
            text_equal(point->market, market))
            return true;
    }
    return false;
}

/* A size that is sold has a price in each market of the plan. */
static void
check_market_prices(const struct plan *plan, struct problems *problems)
{
    for (size_t k = 0; k < plan->point_count; k++) {
        const char *at = plan->markets;

        while (*at != '\0') {
            size_t span = strcspn(at, " ");
            const char *code = arena_copy(problems->arena, at, span);

            if (!has_point(plan, POINT_HOUR, plan->points[k].vcpu, code)) {
                const char *id =
                    point_id(problems->arena, POINT_HOUR, 0, plan->points[k].vcpu, code, NULL);

                if (problem_at(problems, id) == NULL)
                    problem_add(problems, id, "Enter the price of %d vCPU in %s, as elsewhere",
                                plan->points[k].vcpu, code);
            }
            at += span;
            at += *at == ' ' ? 1 : 0;
        }
    }
}

/* Where a plan without a price says so: at its only price, or above the table of them. */
static const char *
prices_place(enum pricing_model model)
{
    if (model == MODEL_VM_FLAT || model == MODEL_VM_CORE)
        return point_kind_text(POINT_HOUR);
    return model == MODEL_APP ? point_kind_text(POINT_MONTH) : "prices";
}

void
plan_check_complete(const struct plan *plan, struct problems *problems)
{
    unsigned kinds = models[plan->model].kinds & ~KIND(POINT_METER);
    bool priced = kinds == 0;

    for (int kind = 0; kind < POINT_KIND_COUNT; kind++)
        priced = priced || ((kinds & KIND(kind)) != 0 &&
                            has_point(plan, (enum point_kind)kind, 0, MARKET_US));
    if (!priced)
        problem_add(problems, prices_place(plan->model),
                    kinds == KIND(POINT_HOUR)          ? "Enter the price of an hour"
                    : (kinds & KIND(POINT_MONTH)) != 0 ? "Enter the price per month, even 0.00"
                                                       : "Enter the price of a billing term");
    if (plan->model == MODEL_VM_MARKET)
        check_market_prices(plan, problems);
}

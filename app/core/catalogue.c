/*
 * catalogue.c: the words and combinations of the catalogue (LAW 3).
 *
 * Not here: where products are kept (store/catalogue).
 */
#include "core/catalogue.h"

#include <string.h>

#include "base/text.h"

static const char *const type_texts[PRODUCT_TYPE_COUNT] = {
    [PRODUCT_SAAS] = "SAAS",
    [PRODUCT_VM] = "AZURE_VM",
    [PRODUCT_APP] = "AZURE_APP",
};

static const char *const type_word_list[PRODUCT_TYPE_COUNT] = {
    [PRODUCT_SAAS] = "SaaS",
    [PRODUCT_VM] = "Azure virtual machine",
    [PRODUCT_APP] = "Azure application",
};

static const char *const model_texts[MODEL_COUNT] = {
    [MODEL_FLAT_RATE] = "flat_rate", [MODEL_PER_USER] = "per_user",   [MODEL_VM_FREE] = "vm_free",
    [MODEL_VM_BYOL] = "vm_byol",     [MODEL_VM_FLAT] = "vm_flat",     [MODEL_VM_CORE] = "vm_core",
    [MODEL_VM_SIZE] = "vm_size",     [MODEL_VM_MARKET] = "vm_market", [MODEL_APP] = "managed_app",
};

static const enum product_type model_types[MODEL_COUNT] = {
    [MODEL_FLAT_RATE] = PRODUCT_SAAS, [MODEL_PER_USER] = PRODUCT_SAAS, [MODEL_VM_FREE] = PRODUCT_VM,
    [MODEL_VM_BYOL] = PRODUCT_VM,     [MODEL_VM_FLAT] = PRODUCT_VM,    [MODEL_VM_CORE] = PRODUCT_VM,
    [MODEL_VM_SIZE] = PRODUCT_VM,     [MODEL_VM_MARKET] = PRODUCT_VM,  [MODEL_APP] = PRODUCT_APP,
};

static const char *const model_word_list[MODEL_COUNT] = {
    [MODEL_FLAT_RATE] = "Flat rate",
    [MODEL_PER_USER] = "Per user",
    [MODEL_VM_FREE] = "Free",
    [MODEL_VM_BYOL] = "Bring your own licence",
    [MODEL_VM_FLAT] = "Flat rate per hour",
    [MODEL_VM_CORE] = "Per vCPU",
    [MODEL_VM_SIZE] = "Per vCPU size",
    [MODEL_VM_MARKET] = "Per market and vCPU size",
    [MODEL_APP] = "Monthly fee",
};

static const char *const kind_texts[POINT_KIND_COUNT] = {
    [POINT_TERM] = "term",   [POINT_USER] = "user", [POINT_MONTH] = "month",
    [POINT_METER] = "meter", [POINT_HOUR] = "hour", [POINT_RESERVATION] = "reservation",
};

const int billing_terms[LIMIT_TERMS] = {1, 12, 24, 36};

const struct term_option term_options[] = {
    {1, 0}, {12, 0}, {12, 1}, {24, 0}, {24, 1}, {24, 12}, {36, 0}, {36, 1}, {36, 12},
};
const size_t term_option_count = COUNT(term_options);

const int vcpu_sizes[LIMIT_VCPU_SIZES] = {1, 2, 4, 8, 16, 24, 32, 48, 64, 96};

#define ID_ALPHABET "abcdefghijklmnopqrstuvwxyz0123456789-_"
#define HOURS_PER_YEAR 8760 /* LAW 3.2 */

const char *
product_type_text(enum product_type type)
{
    assert(type < PRODUCT_TYPE_COUNT);
    return type_texts[type];
}

enum err
product_type_read(const char *text, enum product_type *type)
{
    int found = text_find(type_texts, PRODUCT_TYPE_COUNT, text);

    if (found < 0)
        return ERR_BROKEN;
    *type = (enum product_type)found;
    return OK;
}

const char *
model_text(enum pricing_model model)
{
    assert(model < MODEL_COUNT);
    return model_texts[model];
}

enum err
model_read(const char *text, enum pricing_model *model)
{
    int found = text_find(model_texts, MODEL_COUNT, text);

    if (found < 0)
        return ERR_BROKEN;
    *model = (enum pricing_model)found;
    return OK;
}

const char *
point_kind_text(enum point_kind kind)
{
    assert(kind < POINT_KIND_COUNT);
    return kind_texts[kind];
}

enum err
point_kind_read(const char *text, enum point_kind *kind)
{
    int found = text_find(kind_texts, POINT_KIND_COUNT, text);

    if (found < 0)
        return ERR_BROKEN;
    *kind = (enum point_kind)found;
    return OK;
}

const char *
product_type_words(enum product_type type)
{
    assert(type < PRODUCT_TYPE_COUNT);
    return type_word_list[type];
}

bool
model_fits(enum product_type type, enum pricing_model model)
{
    assert(model < MODEL_COUNT);
    return model_types[model] == type;
}

const char *
model_words(enum pricing_model model)
{
    assert(model < MODEL_COUNT);
    return model_word_list[model];
}

bool
catalogue_id_valid(const char *id)
{
    size_t length = strlen(id);

    return length > 0 && length <= LIMIT_PLAN_ID && strspn(id, ID_ALPHABET) == length;
}

char *
point_id(struct arena *arena, enum point_kind kind, int term_months, int vcpu, const char *market,
         const char *dimension)
{
    const char *elsewhere = text_equal(market, MARKET_US) ? "" : market;
    const char *dash = *elsewhere == '\0' ? "" : "-";

    switch (kind) {
    case POINT_TERM:
    case POINT_USER:
        return arena_format(arena, "%s-%d", point_kind_text(kind), term_months);
    case POINT_MONTH:
        return arena_text(arena, point_kind_text(kind));
    case POINT_METER:
        return arena_format(arena, POINT_METER_PREFIX "%s", dimension);
    case POINT_HOUR:
        if (vcpu == 0)
            return arena_format(arena, "hour%s%s", dash, elsewhere);
        return arena_format(arena, "hour-%d%s%s", vcpu, dash, elsewhere);
    case POINT_RESERVATION:
        return arena_format(arena, "reserve-%d", vcpu);
    case POINT_KIND_COUNT:
        break;
    }
    assert(false);
    return NULL;
}

bool
markets_hold(const char *markets, const char *code)
{
    size_t length = strlen(code);

    while (*markets != '\0') {
        size_t span = strcspn(markets, " ");

        if (span == length && strncmp(markets, code, span) == 0)
            return true;
        markets += span;
        if (*markets == ' ')
            markets++;
    }
    return false;
}

char *
plan_words(struct arena *arena, const struct plan *plan)
{
    return arena_format(arena, "%s, %s", plan->product_name, plan->name);
}

bool
model_priced(enum pricing_model model)
{
    switch (model) {
    case MODEL_VM_FREE:
    case MODEL_VM_BYOL:
        return false;
    case MODEL_FLAT_RATE:
    case MODEL_PER_USER:
    case MODEL_VM_FLAT:
    case MODEL_VM_CORE:
    case MODEL_VM_SIZE:
    case MODEL_VM_MARKET:
    case MODEL_APP:
        return true;
    case MODEL_COUNT:
        break;
    }
    assert(false);
    return false;
}

bool
plan_selectable(const struct plan *plan)
{
    return plan->in_azure_marketplace && plan->product_published && plan->transactable &&
           plan->is_public && plan->published && model_priced(plan->model);
}

const char *
plan_absolute_refusal(const struct plan *plan)
{
    if (plan->type == PRODUCT_VM)
        return "A virtual machine plan takes a discount, not an absolute price";
    if (plan->trial_months > 0)
        return "A plan with a free trial takes a discount, not an absolute price";
    return NULL;
}

int
reservation_months(enum reservation reservation)
{
    assert(reservation < RESERVATION_COUNT);
    return reservation == RESERVATION_1_YEAR ? 12 : 36;
}

bool
term_option_valid(int term_months, int payment_months)
{
    for (size_t i = 0; i < term_option_count; i++) {
        if (term_options[i].term_months == term_months &&
            term_options[i].payment_months == payment_months)
            return true;
    }
    return false;
}

bool
vcpu_size_valid(int vcpu)
{
    for (size_t i = 0; i < COUNT(vcpu_sizes); i++) {
        if (vcpu_sizes[i] == vcpu)
            return true;
    }
    return false;
}

const char *
plan_template_refusal(const struct plan *plan)
{
    if (plan->type != PRODUCT_SAAS)
        return "Only a SaaS plan can be the template of a new plan";
    if (plan->trial_months > 0)
        return "A plan with a free trial can’t be the template of a new plan";
    return NULL;
}

const char *
plan_reservation_refusal(const struct plan *plan)
{
    if (plan->type != PRODUCT_VM)
        return "Only virtual machine plans have reservations";
    for (int i = 0; i < RESERVATION_COUNT; i++) {
        if (plan->reservations[i].sold)
            return NULL;
    }
    return "This plan has no reservation pricing";
}

bool
plan_has_sizes(const struct plan *plan)
{
    return plan->model == MODEL_VM_CORE || plan->model == MODEL_VM_SIZE;
}

const struct price_point *
plan_hour_point(const struct plan *plan, int vcpu)
{
    bool by_size = plan->model == MODEL_VM_SIZE || plan->model == MODEL_VM_MARKET;
    bool sized = by_size || plan->model == MODEL_VM_CORE;

    if (sized != (vcpu > 0) || (vcpu > 0 && !vcpu_size_valid(vcpu)))
        return NULL;
    for (size_t k = 0; k < plan->point_count; k++) {
        const struct price_point *point = &plan->points[k];

        if (point->kind == POINT_HOUR && point->vcpu == (by_size ? vcpu : 0))
            return point;
    }
    return NULL;
}

bool
plan_reserves(const struct plan *plan, int term_months)
{
    for (int i = 0; i < RESERVATION_COUNT; i++) {
        if (reservation_months((enum reservation)i) == term_months)
            return plan->reservations[i].sold;
    }
    return false;
}

bool
plan_prices_size(const struct plan *plan, int vcpu)
{
    return plan_hour_point(plan, vcpu) != NULL;
}

enum err
plan_reservation_list(const struct plan *plan, int term_months, int payment_months, int vcpu,
                      struct money *list)
{
    const struct reservation_term *term = NULL;
    const struct price_point *hour = plan_hour_point(plan, vcpu);
    int64_t hours = HOURS_PER_YEAR * (term_months / 12);
    struct money whole;

    assert(payment_months == 0 || payment_months == 1);
    for (int i = 0; i < RESERVATION_COUNT; i++) {
        if (reservation_months((enum reservation)i) == term_months)
            term = &plan->reservations[i];
    }
    if (term == NULL || !term->sold || hour == NULL)
        return ERR_ABSENT;
    if (plan->model == MODEL_VM_CORE)
        hours *= vcpu; /* the plan's price x the size (LAW 3.2) */
    TRY(hourly_reserve(hour->list.hourly, hours, term->saving, &whole));
    *list = payment_months == 0 ? whole : money_part(whole, term_months);
    return OK;
}

const struct price_point *
plan_point(const struct plan *plan, const char *id)
{
    for (size_t k = 0; k < plan->point_count; k++) {
        if (text_equal(plan->points[k].id, id))
            return &plan->points[k];
    }
    return NULL;
}

bool
plan_sells_term(const struct plan *plan, int term_months)
{
    if (plan->model == MODEL_APP)
        return term_months == APP_TERM;
    for (size_t k = 0; k < plan->point_count; k++) {
        if (plan->points[k].kind == POINT_TERM && plan->points[k].term_months == term_months)
            return true;
    }
    return false;
}

const struct included *
included_find(const struct included *list, size_t count, const char *meter, int term_months)
{
    for (size_t i = 0; i < count; i++) {
        if (list[i].term_months == term_months && text_equal(list[i].meter, meter))
            return &list[i];
    }
    return NULL;
}

int
point_payments(const struct price_point *point)
{
    if (point->payment_months == 0)
        return 1;
    assert(point->term_months % point->payment_months == 0);
    return point->term_months / point->payment_months;
}

char *
term_words(struct arena *arena, int months)
{
    if (months % 12 == 0)
        return arena_format(arena, "%d-year", months / 12);
    return arena_format(arena, "%d-month", months);
}

static char *
payment_words(struct arena *arena, const struct price_point *point)
{
    const char *term = term_words(arena, point->term_months);
    int payments = point_payments(point);

    if (point->term_months == 1)
        return arena_format(arena, "%s, paid monthly", term);
    if (payments == 1)
        return arena_format(arena, "%s, one payment upfront", term);
    return arena_format(arena, "%s, %d %s payments", term, payments,
                        point->payment_months == 12 ? "annual" : "monthly");
}

static char *
reservation_words(struct arena *arena, const struct price_point *point)
{
    const char *paid = point->payment_months == 0 ? "upfront" : "monthly";
    const char *term = term_words(arena, point->term_months);

    if (point->vcpu == 0)
        return arena_format(arena, "%s reservation, paid %s", term, paid);
    return arena_format(arena, "%s reservation, %d vCPU, paid %s", term, point->vcpu, paid);
}

char *
point_words(struct arena *arena, const struct plan *plan, const struct price_point *point)
{
    switch (point->kind) {
    case POINT_TERM:
        return payment_words(arena, point);
    case POINT_USER:
        return arena_format(arena, "%s, per user", payment_words(arena, point));
    case POINT_MONTH:
        return arena_text(arena, "Monthly fee");
    case POINT_METER:
        return arena_format(arena, "Meter: %s", point->name);
    case POINT_RESERVATION:
        return reservation_words(arena, point);
    case POINT_HOUR:
        if (point->vcpu > 0)
            return arena_format(arena, "Per hour, %d vCPU", point->vcpu);
        return arena_text(arena, plan->model == MODEL_VM_CORE ? "Per vCPU and hour" : "Per hour");
    case POINT_KIND_COUNT:
        break;
    }
    assert(false);
    return NULL;
}

char *
amount_show(struct arena *arena, struct amount amount)
{
    return amount.per_hour ? hourly_show(arena, amount.hourly) : money_show(arena, amount.money);
}

char *
amount_plain(struct arena *arena, struct amount amount)
{
    return amount.per_hour ? hourly_plain(arena, amount.hourly) : money_plain(arena, amount.money);
}

enum err
amount_parse(enum point_kind kind, const char *typed, struct amount *amount)
{
    amount->per_hour = kind == POINT_HOUR;
    if (amount->per_hour)
        return hourly_parse(typed, &amount->hourly);
    return money_parse(typed, &amount->money);
}

int64_t
amount_integer(struct amount amount)
{
    return amount.per_hour ? amount.hourly.micros : amount.money.cents;
}

struct amount
amount_of(enum point_kind kind, int64_t integer)
{
    struct amount amount = {.per_hour = kind == POINT_HOUR};

    if (amount.per_hour)
        amount.hourly.micros = integer;
    else
        amount.money.cents = integer;
    return amount;
}

bool
amount_equal(struct amount a, struct amount b)
{
    return a.per_hour == b.per_hour && amount_integer(a) == amount_integer(b);
}

/*
 * catalogue_read_prices.c: the prices of a plan in a catalogue's file: terms, meters, hours and
 * reservations.
 *
 * Not here: products and plans themselves (actions/catalogue_read). Invariant: one wrong price is
 * one problem, and hides nothing behind it.
 */
#include "actions/catalogue_reading.h"

#include <string.h>

#include "core/catalogue_check.h"

#define SIZE_SUFFIX "Core"

const char *const file_models[MODEL_COUNT] = {
    [MODEL_VM_FREE] = "free",    [MODEL_VM_BYOL] = "byol",    [MODEL_VM_FLAT] = "flat",
    [MODEL_VM_CORE] = "perCore", [MODEL_VM_SIZE] = "perSize", [MODEL_VM_MARKET] = "perMarket",
};

size_t
term_place(int term_months)
{
    size_t place = 0;

    while (place + 1 < LIMIT_TERMS && billing_terms[place] != term_months)
        place++;
    assert(billing_terms[place] == term_months);
    return place;
}

static bool
is_billing_term(int64_t months)
{
    for (size_t i = 0; i < LIMIT_TERMS; i++) {
        if (billing_terms[i] == months)
            return true;
    }
    return false;
}

/* ---- Prices ------------------------------------------------------------------------------- */

/* False and a problem when the plan, or the file, has no room for another price. */
static bool
point_add(struct reading *reading, const struct node *node, const struct price_point *point)
{
    if (reading->point_count == PLAN_POINTS_MAX) {
        node_problem(&reading->reader, node, "A plan can't have this many prices");
        return false;
    }
    if (reading->prices == LIMIT_FILE_PRICES) {
        node_problem(&reading->reader, node, "A file has at most %d prices; split it",
                     LIMIT_FILE_PRICES);
        return false;
    }
    reading->prices++;
    reading->points[reading->point_count++] = *point;
    return true;
}

/* {"type": "year", "value": 1} as months. */
static bool
read_period(const struct reading *reading, const struct node *object, const char *key,
            int64_t *months)
{
    static const char *const types[] = {"month", "year"};
    static const char *const keys[] = {"type", "value"};
    const struct reader *reader = &reading->reader;
    struct node period;
    int type = -1;
    int64_t value = 0;

    if (!node_member(object, key, &period)) {
        member_problem(reader, object, key, "This is missing");
        return false;
    }
    if (!node_object(reader, object, key, &period))
        return false;
    node_keys(reader, &period, keys, COUNT(keys));
    read_word(reader, &period, "type", true, types, COUNT(types), &type);
    if (!read_integer(reader, &period, "value", true, 1, 36, &value) || type < 0)
        return false;
    *months = type == 1 ? value * 12 : value;
    return true;
}

static bool
read_term(const struct reading *reading, const struct node *object, int64_t *months)
{
    if (!read_period(reading, object, "billingTerm", months))
        return false;
    if (is_billing_term(*months))
        return true;
    member_problem(&reading->reader, object, "billingTerm",
                   "A billing term is 1 month, 1 year, 2 years or 3 years");
    return false;
}

static void
read_price(struct reading *reading, const struct node *price, bool per_user, struct file_plan *plan,
           bool taken[LIMIT_TERMS])
{
    static const char *const keys[] = {"billingTerm", "paymentOption", KEY_PRICE};
    const struct reader *reader = &reading->reader;
    enum point_kind kind = per_user ? POINT_USER : POINT_TERM;
    struct money money = {0};
    struct node member;
    int64_t term = 0;
    int64_t payment = 0;
    bool good;

    node_keys(reader, price, keys, COUNT(keys));
    good = read_term(reading, price, &term);
    good = read_period(reading, price, "paymentOption", &payment) && good;
    if (!node_member(price, KEY_PRICE, &member)) {
        member_problem(reader, price, KEY_PRICE, "This is missing");
        return;
    }
    if (!node_price(reader, &member, &money) || !good)
        return;
    payment = payment == term ? 0 : payment;
    if (!term_option_valid((int)term, (int)payment)) {
        member_problem(reader, price, "paymentOption",
                       "This billing term can't be paid so; it is paid at once, monthly, or yearly "
                       "from two years on");
        return;
    }
    if (taken[term_place((int)term)]) {
        member_problem(reader, price, "billingTerm",
                       "A plan has one payment option for each billing term; this one is here "
                       "twice");
        return;
    }
    taken[term_place((int)term)] = true;
    plan->prices_at[term_place((int)term)] = price->place.index;
    (void)point_add(reading, &member,
                    &(struct price_point){
                        .id = point_id(reader->arena, kind, (int)term, 0, MARKET_US, NULL),
                        .kind = kind,
                        .term_months = (int)term,
                        .payment_months = (int)payment,
                        .name = "",
                        .unit = "",
                        .market = MARKET_US,
                        .list = {.money = money},
                    });
}

/* The only currency there is. */
static void
read_currency(const struct reading *reading, const struct node *object)
{
    static const char *const currencies[] = {"usd"};
    int currency = 0;

    read_word(&reading->reader, object, "priceInputOption", false, currencies, 1, &currency);
}

static void
read_user_limits(const struct reading *reading, const struct node *recurrent, struct plan *plan)
{
    static const char *const keys[] = {"min", "max"};
    const struct reader *reader = &reading->reader;
    struct node limits;
    int64_t least = plan->min_users;
    int64_t most = plan->max_users;

    if (!node_object(reader, recurrent, KEY_USER_LIMITS, &limits))
        return;
    node_keys(reader, &limits, keys, COUNT(keys));
    (void)read_integer(reader, &limits, "min", false, 1, LIMIT_QUANTITY, &least);
    (void)read_integer(reader, &limits, "max", false, 1, LIMIT_QUANTITY, &most);
    plan->min_users = (int)least;
    plan->max_users = (int)most;
}

static void
read_recurrent(struct reading *reading, const struct node *recurrent, struct file_plan *plan)
{
    static const char *const keys[] = {"recurrentPriceMode", "priceInputOption", KEY_USER_LIMITS,
                                       KEY_PRICES};
    static const char *const modes[] = {"flatRate", "perUser"};
    const struct reader *reader = &reading->reader;
    bool taken[LIMIT_TERMS] = {false};
    struct node prices;
    struct node price;
    int mode = 0;

    node_keys(reader, recurrent, keys, COUNT(keys));
    read_word(reader, recurrent, "recurrentPriceMode", true, modes, COUNT(modes), &mode);
    read_currency(reading, recurrent);
    plan->plan.model = mode == 1 ? MODEL_PER_USER : MODEL_FLAT_RATE;
    if (mode == 1)
        read_user_limits(reading, recurrent, &plan->plan);
    else if (node_member(recurrent, KEY_USER_LIMITS, &prices))
        node_problem(reader, &prices, "Only a price per user has limits");
    if (!node_list(reader, recurrent, KEY_PRICES, &prices))
        return;
    for (size_t i = 0; i < node_count(&prices); i++) {
        if (node_element_object(reader, &prices, i, &price))
            read_price(reading, &price, mode == 1, plan, taken);
    }
}

/* ---- Meters ------------------------------------------------------------------------------- */

static void
read_included(struct reading *reading, const struct node *element, const char *meter)
{
    static const char *const keys[] = {"billingTerm", "quantity", "isInfinite"};
    const struct reader *reader = &reading->reader;
    struct included included = {.meter = meter};
    int64_t term = 0;
    bool good;

    node_keys(reader, element, keys, COUNT(keys));
    good = read_term(reading, element, &term);
    read_flag(reader, element, "isInfinite", &included.unlimited);
    if (!read_integer(reader, element, "quantity", !included.unlimited, 0, LIMIT_INCLUDED,
                      &included.quantity))
        good = good && included.unlimited;
    if (!good)
        return;
    included.term_months = (int)term;
    if (included.unlimited && included.quantity != 0)
        member_problem(reader, element, "quantity", "Leave this out, or write 0: it is unlimited");
    else if (included_find(reading->included, reading->included_count, meter, (int)term) != NULL)
        member_problem(reader, element, "billingTerm", "This billing term is here twice");
    else if (reading->included_count < INCLUDED_MAX) {
        reading->included_at[reading->included_count] = element->place.index;
        reading->included[reading->included_count++] = included;
    }
}

static void
read_meter(struct reading *reading, const struct node *meter)
{
    static const char *const keys[] = {"name", "unit", "enabled", KEY_PRICE, KEY_INCLUDED};
    const struct reader *reader = &reading->reader;
    const char *dimension = meter->place.key;
    struct price_point point = {.kind = POINT_METER, .unit = "", .market = MARKET_US};
    struct node member;
    struct node element;
    bool enabled = true;

    if (!catalogue_id_valid(dimension)) {
        node_problem(reader, meter,
                     "A meter's ID has up to %d lowercase letters, digits, dashes and underscores",
                     LIMIT_PLAN_ID);
        return;
    }
    point.id = point_id(reader->arena, POINT_METER, 0, 0, MARKET_US, dimension);
    point.name = arena_text(reader->arena, dimension);
    node_keys(reader, meter, keys, COUNT(keys));
    read_line(reader, meter, "name", false, &point.name);
    read_line(reader, meter, "unit", false, &point.unit);
    read_flag(reader, meter, "enabled", &enabled);
    point.disabled = !enabled;
    if (!node_member(meter, KEY_PRICE, &member))
        member_problem(reader, meter, KEY_PRICE, "This is missing");
    else if (!node_meter_price(reader, &member, &point.list.money) ||
             !point_add(reading, &member, &point))
        return;
    if (!node_list(reader, meter, KEY_INCLUDED, &member))
        return;
    for (size_t i = 0; i < node_count(&member); i++) {
        if (node_element_object(reader, &member, i, &element))
            read_included(reading, &element, point.id);
    }
}

static void
read_meters(struct reading *reading, const struct node *pricing)
{
    static const char *const keys[] = {"priceInputOption", KEY_METERS};
    const struct reader *reader = &reading->reader;
    struct json_step step = {NULL};
    struct node custom;
    struct node meters;
    struct node meter;
    size_t count = 0;

    if (!node_object(reader, pricing, KEY_CUSTOM_METERS, &custom))
        return;
    node_keys(reader, &custom, keys, COUNT(keys));
    read_currency(reading, &custom);
    if (!node_object(reader, &custom, KEY_METERS, &meters))
        return;
    while (node_next(&meters, &step, &meter)) {
        if (++count > LIMIT_METERS) {
            node_problem(reader, &meters, "A plan has at most %d meters", LIMIT_METERS);
            return;
        }
        if (node_is_object(reader, &meter))
            read_meter(reading, &meter);
    }
}

void
read_availability(struct reading *reading, const struct node *object, struct file_plan *plan)
{
    static const char *const keys[] = {KEY_PRICING};
    static const char *const parts[] = {KEY_RECURRENT, KEY_CUSTOM_METERS};
    const struct reader *reader = &reading->reader;
    enum product_type type = plan->plan.type;
    struct node availability;
    struct node pricing;
    struct node part;

    if (!node_object(reader, object, KEY_AVAILABILITY, &availability))
        return;
    node_keys(reader, &availability, keys, COUNT(keys));
    if (!node_object(reader, &availability, KEY_PRICING, &pricing))
        return;
    node_keys(reader, &pricing, parts, COUNT(parts));
    if (type != PRODUCT_SAAS && node_member(&pricing, KEY_RECURRENT, &part))
        node_problem(reader, &part, "Only a SaaS plan has billing terms");
    else if (node_object(reader, &pricing, KEY_RECURRENT, &part))
        read_recurrent(reading, &part, plan);
    if (type == PRODUCT_VM && node_member(&pricing, KEY_CUSTOM_METERS, &part))
        node_problem(reader, &part, "A virtual machine plan has no meters");
    else
        read_meters(reading, &pricing);
}

/* ---- Virtual machines --------------------------------------------------------------------- */

static void
read_hour(struct reading *reading, const struct node *price, int vcpu, const char *market)
{
    const struct reader *reader = &reading->reader;
    struct price_point point = {
        .kind = POINT_HOUR,
        .name = "",
        .unit = "",
        .vcpu = vcpu,
        .market = market,
        .list = {.per_hour = true},
    };

    if (!node_hourly(reader, price, &point.list.hourly))
        return;
    point.id = point_id(reader->arena, POINT_HOUR, 0, vcpu, market, NULL);
    (void)point_add(reading, price, &point);
}

/* The size that "4Core" names; 0 when there is none. */
static int
size_of_key(const char *key)
{
    for (size_t i = 0; i < LIMIT_VCPU_SIZES; i++) {
        char name[sizeof "96" SIZE_SUFFIX];

        (void)snprintf(name, sizeof name, "%d" SIZE_SUFFIX, vcpu_sizes[i]);
        if (text_equal(name, key))
            return vcpu_sizes[i];
    }
    return 0;
}

static void
read_sizes(struct reading *reading, const struct node *sizes, const char *market)
{
    struct json_step step = {NULL};
    struct node price;

    while (node_next(sizes, &step, &price)) {
        int vcpu = size_of_key(price.place.key);

        if (vcpu > 0)
            read_hour(reading, &price, vcpu, market);
        else
            node_problem(&reading->reader, &price,
                         "Sizes are 1Core, 2Core, 4Core, 8Core, 16Core, 24Core, 32Core, 48Core, "
                         "64Core and 96Core");
    }
}

bool
market_code_valid(const char *code)
{
    return strlen(code) == 2 && code[0] >= 'A' && code[0] <= 'Z' && code[1] >= 'A' &&
           code[1] <= 'Z';
}

static void
read_market_sizes(struct reading *reading, const struct node *markets)
{
    const struct reader *reader = &reading->reader;
    struct json_step step = {NULL};
    struct node sizes;

    while (node_next(markets, &step, &sizes)) {
        if (!market_code_valid(sizes.place.key))
            node_problem(reader, &sizes, "A market is a code of two capital letters, as in US");
        else if (node_is_object(reader, &sizes))
            read_sizes(reading, &sizes, arena_text(reader->arena, sizes.place.key));
    }
}

static void
read_reservation(const struct reading *reading, const struct node *element, struct plan *plan)
{
    static const char *const keys[] = {"type", "value", "percentageSave"};
    static const char *const types[] = {"year"};
    const struct reader *reader = &reading->reader;
    struct reservation_term *term;
    struct rate saving = {0};
    struct node member;
    int64_t years = 0;
    int type = -1;

    node_keys(reader, element, keys, COUNT(keys));
    read_word(reader, element, "type", true, types, COUNT(types), &type);
    if (!read_integer(reader, element, "value", true, 1, 3, &years))
        return;
    if (years == 2) {
        member_problem(reader, element, "value", "A reservation lasts 1 year or 3 years");
        return;
    }
    if (!node_member(element, "percentageSave", &member)) {
        member_problem(reader, element, "percentageSave", "This is missing");
        return;
    }
    if (!node_percent(reader, &member, &saving))
        return;
    term = &plan->reservations[years == 1 ? RESERVATION_1_YEAR : RESERVATION_3_YEARS];
    if (term->sold)
        member_problem(reader, element, "value", "This duration is here twice");
    *term = (struct reservation_term){.sold = true, .saving = saving};
}

static void
read_reservations(const struct reading *reading, const struct node *hourly, struct plan *plan)
{
    const struct reader *reader = &reading->reader;
    struct node list;
    struct node element;

    if (!node_list(reader, hourly, KEY_RESERVATIONS, &list))
        return;
    for (size_t i = 0; i < node_count(&list); i++) {
        if (node_element_object(reader, &list, i, &element))
            read_reservation(reading, &element, plan);
    }
}

/* What is priced by the hour, under the key of its model. */
static void
read_hours(struct reading *reading, const struct node *prices, enum pricing_model model)
{
    if (model == MODEL_VM_FLAT || model == MODEL_VM_CORE)
        read_hour(reading, prices, 0, MARKET_US);
    else if (node_is_object(&reading->reader, prices) && model == MODEL_VM_SIZE)
        read_sizes(reading, prices, MARKET_US);
    else if (model == MODEL_VM_MARKET)
        read_market_sizes(reading, prices);
}

void
read_vm(struct reading *reading, const struct node *object, struct plan *plan)
{
    static const char *const keys[] = {"flat", "perCore", "perSize", "perMarket", KEY_RESERVATIONS};
    const struct reader *reader = &reading->reader;
    int said = -1;
    int found = -1;
    struct node hourly;
    struct node prices;

    read_word(reader, object, KEY_MODEL, false, file_models + MODEL_VM_FREE,
              MODEL_VM_MARKET - MODEL_VM_FREE + 1, &said);
    if (said >= 0)
        plan->model = (enum pricing_model)(MODEL_VM_FREE + said);
    if (node_object(reader, object, KEY_VM_HOURLY, &hourly)) {
        node_keys(reader, &hourly, keys, COUNT(keys));
        for (int model = MODEL_VM_FLAT; model <= MODEL_VM_MARKET; model++) {
            if (!node_member(&hourly, file_models[model], &prices))
                continue;
            if (found >= 0 || (said >= 0 && (int)plan->model != model)) {
                node_problem(reader, &prices, "A plan has one pricing model; this is another");
                continue;
            }
            found = model;
            plan->model = (enum pricing_model)model;
            read_hours(reading, &prices, plan->model);
        }
        read_reservations(reading, &hourly, plan);
    }
    if (said < 0 && found < 0)
        member_problem(reader, object, KEY_MODEL,
                       "Say which: free, byol, or hourly prices in " KEY_VM_HOURLY);
}

void
read_fee(struct reading *reading, const struct node *object)
{
    struct price_point point = {.kind = POINT_MONTH, .name = "", .unit = "", .market = MARKET_US};
    struct node fee;

    if (!node_member(object, KEY_MONTHLY_FEE, &fee) ||
        !node_price(&reading->reader, &fee, &point.list.money))
        return;
    point.id = point_id(reading->reader.arena, POINT_MONTH, 0, 0, MARKET_US, NULL);
    (void)point_add(reading, &fee, &point);
}

/*
 * rows_market.c: see the header.
 */
#include "support/rows_market.h"

#include <check.h>

#include "store/catalogue.h"

#define PERCENT(n) ((struct rate){(n)*RATE_ONE_PERCENT})

#define CENTS(n)       \
    {                  \
        .money = { n } \
    }
#define MICROS(n)                         \
    {                                     \
        .per_hour = true, .hourly = { n } \
    }
#define POINT(as, of, ...)                                                                 \
    {                                                                                      \
        .id = (as), .kind = (of), .name = "", .unit = "", .market = MARKET_US, __VA_ARGS__ \
    }
#define METER(as, called, cents)                                                                \
    {                                                                                           \
        .id = (as), .kind = POINT_METER, .name = (called), .unit = "each", .market = MARKET_US, \
        .list = CENTS(cents)                                                                    \
    }

static struct price_point max[] = {
    POINT("term-1", POINT_TERM, .term_months = 1, .list = CENTS(50000)),
    POINT("term-36", POINT_TERM, .term_months = 36, .payment_months = 12, .list = CENTS(3600000)),
    METER("meter-calls", "Calls", 5),
    METER("meter-emails", "100 emails", 100),
};
static struct included max_included[] = {
    {.meter = "meter-emails", .term_months = 1, .quantity = 10},
    {.meter = "meter-emails", .term_months = 36, .unlimited = true},
};
static struct price_point lite[] = {
    POINT("term-1", POINT_TERM, .term_months = 1, .list = CENTS(5000)),
};
static struct price_point dollar[] = {POINT("hour", POINT_HOUR, .list = MICROS(1000000))};
static struct price_point half[] = {POINT("hour", POINT_HOUR, .list = MICROS(500000))};
static struct price_point sizes[] = {
    POINT("hour-2", POINT_HOUR, .vcpu = 2, .list = MICROS(900000)),
    POINT("hour-4", POINT_HOUR, .vcpu = 4, .list = MICROS(1750000)),
};

#define PLAN(of, as, called, how, prices)                                                       \
    .product = (of), .id = (as), .name = (called), .description = "", .summary = "",            \
    .markets = MARKET_US, .is_public = true, .published = true, .model = (how), .min_users = 1, \
    .points = (prices), .point_count = COUNT(prices)

void
rows_market_add(struct deal_market *market)
{
    static const struct product products[] = {
        {"meters", DEAL_ISV, "Meters", PRODUCT_SAAS, true, true, true, true, true},
        {"plain", DEAL_ISV, "Plain", PRODUCT_VM, true, true, true, true, true},
        {"cores", DEAL_ISV, "Cores", PRODUCT_VM, true, true, true, true, true},
        {"sizes", DEAL_ISV, "Sizes", PRODUCT_VM, true, true, true, true, true},
    };
    const struct plan plans[] = {
        {PLAN("meters", "max", "Max", MODEL_FLAT_RATE, max), .included = max_included,
         .included_count = COUNT(max_included)},
        {PLAN("meters", "lite", "Lite", MODEL_FLAT_RATE, lite)},
        {PLAN("plain", "one", "One", MODEL_VM_FLAT, dollar),
         .reservations = {{true, PERCENT(30)}, {true, PERCENT(50)}}},
        {PLAN("plain", "hourly", "Hourly", MODEL_VM_FLAT, dollar)},
        {PLAN("cores", "each", "Each", MODEL_VM_CORE, half),
         .reservations = {{true, PERCENT(30)}, {.sold = false}}},
        {PLAN("sizes", "some", "Some", MODEL_VM_SIZE, sizes),
         .reservations = {{.sold = false}, {true, PERCENT(50)}}},
    };
    struct db *db = temp_write(&market->temp);

    for (size_t i = 0; i < COUNT(products); i++)
        ck_assert_int_eq(product_insert(db, market->temp.arena, &products[i]), OK);
    for (size_t i = 0; i < COUNT(plans); i++)
        ck_assert_int_eq(plan_insert(db, market->temp.arena, &plans[i]), OK);
    temp_keep(&market->temp, db);
}

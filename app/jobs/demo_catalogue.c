/*
 * demo_catalogue.c: what is sold in the demo market, as tables.
 *
 * Not here: private prices (jobs/demo_offers). Invariant: every amount stands as people read it and
 * is parsed like one they type.
 */
#include "jobs/demo_parts.h"
#include "store/catalogue.h"

#define POINTS_MAX 3
#define LEDGERLINE "ledgerline"
#define SEATS "ledgerline-seats"
#define INGEST "harbor-ingest"
#define GATEWAY "harbor-gateway"
#define GATEWAY_FLAT "harbor-gateway-flat"
#define GATEWAY_SIZED "harbor-gateway-sized"
#define GATEWAY_LICENSED "harbor-gateway-licensed"
#define CONNECT "ledgerline-connect"
#define INSIGHT "tern-insight"

static const struct product products[] = {
    /* id, publisher, name, type, in Azure Marketplace, published, transactable, macc, co-sell */
    {LEDGERLINE, DEMO_BRIGHTWATER, "Ledgerline", PRODUCT_SAAS, true, true, true, true, true},
    {SEATS, DEMO_BRIGHTWATER, "Ledgerline Seats", PRODUCT_SAAS, true, true, true, false, false},
    {INGEST, DEMO_BRIGHTWATER, "Harbor Ingest", PRODUCT_APP, true, true, true, true, true},
    {GATEWAY, DEMO_BRIGHTWATER, "Harbor Gateway", PRODUCT_VM, true, true, true, false, false},
    {GATEWAY_FLAT, DEMO_BRIGHTWATER, "Harbor Gateway Flat", PRODUCT_VM, true, true, true, false,
     false},
    {GATEWAY_SIZED, DEMO_BRIGHTWATER, "Harbor Gateway Sized", PRODUCT_VM, true, true, true, false,
     false},
    /* never in a picker (LAW 3.1): bring your own licence, and sold in AppSource only */
    {GATEWAY_LICENSED, DEMO_BRIGHTWATER, "Harbor Gateway Licensed", PRODUCT_VM, true, true, false,
     false, false},
    {CONNECT, DEMO_BRIGHTWATER, "Ledgerline Connect", PRODUCT_SAAS, false, true, true, false,
     false},
    {INSIGHT, DEMO_TERN, "Tern Insight", PRODUCT_SAAS, true, true, true, false, false},
};

/* amount is in dollars; id NULL ends a list. */
struct demo_point {
    const char *id;
    enum point_kind kind;
    int term_months;
    int payment_months;
    int vcpu;
    const char *name;
    const char *amount;
};

struct demo_plan {
    const char *product;
    const char *id;
    const char *name;
    enum pricing_model model;
    bool is_private;
    int trial_months;
    int min_users;
    int max_users;
    const char *saving_1y; /* of a reservation in percent; NULL = not sold */
    const char *saving_3y;
    const char *description;
    const char *markets; /* sorted, one space between; NULL = the United States alone */
    struct demo_point points[POINTS_MAX];
};

static const struct demo_plan plans[] = {
    {.product = LEDGERLINE,
     .id = "pro",
     .name = "Pro",
     .model = MODEL_FLAT_RATE,
     .description = "Closing, consolidation and reporting for one company.",
     .markets = "AU CA CH DE FR GB IN JP US",
     .points = {{"term-1", POINT_TERM, 1, 0, 0, "", "100.00"},
                {"term-12", POINT_TERM, 12, 0, 0, "", "1200.00"},
                {"meter-emails", POINT_METER, 0, 0, 0, "100 emails", "1.00"}}},
    {.product = LEDGERLINE,
     .id = "enterprise",
     .name = "Enterprise",
     .model = MODEL_FLAT_RATE,
     .description = "Everything of Pro for groups of companies, with audit trails.",
     .markets = "CA DE FR GB US",
     .points = {{"term-12", POINT_TERM, 12, 0, 0, "", "12000.00"},
                {"term-36", POINT_TERM, 36, 12, 0, "", "36000.00"}}},
    {.product = LEDGERLINE,
     .id = "starter",
     .name = "Starter",
     .model = MODEL_FLAT_RATE,
     .trial_months = 1,
     .description = "The ledger alone, with a free first month.",
     .points = {{"term-1", POINT_TERM, 1, 0, 0, "", "30.00"}}},
    {.product = LEDGERLINE,
     .id = "internal",
     .name = "Internal",
     .model = MODEL_FLAT_RATE,
     .is_private = true,
     .description = "For customers that were invited to it.",
     .points = {{"term-12", POINT_TERM, 12, 0, 0, "", "900.00"}}},
    {.product = SEATS,
     .id = "team",
     .name = "Team",
     .model = MODEL_PER_USER,
     .min_users = 5,
     .max_users = 500,
     .description = "Shared books for teams of 5 to 500.",
     .markets = "CA GB US",
     .points = {{"user-1", POINT_USER, 1, 0, 0, "", "15.00"},
                {"user-12", POINT_USER, 12, 0, 0, "", "240.00"}}},
    {.product = INGEST,
     .id = "ops",
     .name = "Ops",
     .model = MODEL_APP,
     .description = "Collects and keeps the telemetry of a fleet; metered by volume.",
     .markets = "CA DE GB JP US",
     .points = {{"month", POINT_MONTH, 0, 0, 0, "", "250.00"},
                {"meter-gb-ingested", POINT_METER, 0, 0, 0, "GB ingested", "0.02"},
                {"meter-gb-month-kept", POINT_METER, 0, 0, 0, "GB-month kept", "2.00"}}},
    {.product = INGEST,
     .id = "base",
     .name = "Base",
     .model = MODEL_APP,
     .description = "Collects the telemetry of one site.",
     .points = {{"month", POINT_MONTH, 0, 0, 0, "", "200.00"}}},
    {.product = GATEWAY,
     .id = "flow",
     .name = "Flow",
     .model = MODEL_VM_CORE,
     .saving_1y = "30",
     .saving_3y = "50",
     .description = "A gateway that is priced by its vCPUs.",
     .markets = "CA GB JP US",
     .points = {{"hour", POINT_HOUR, 0, 0, 0, "", "0.40"}}},
    {.product = GATEWAY_FLAT,
     .id = "flat",
     .name = "Flat",
     .model = MODEL_VM_FLAT,
     .saving_1y = "30",
     .description = "A gateway at one price, whatever machine it runs on.",
     .points = {{"hour", POINT_HOUR, 0, 0, 0, "", "1.00"}}},
    {.product = GATEWAY_SIZED,
     .id = "sized",
     .name = "Sized",
     .model = MODEL_VM_SIZE,
     .description = "A gateway with a price for each size of machine.",
     .markets = "AU CA DE US",
     .points = {{"hour-2", POINT_HOUR, 0, 0, 2, "", "0.40"},
                {"hour-4", POINT_HOUR, 0, 0, 4, "", "0.76"},
                {"hour-8", POINT_HOUR, 0, 0, 8, "", "1.44"}}},
    {.product = GATEWAY_LICENSED,
     .id = "byol",
     .name = "Bring your own licence",
     .model = MODEL_VM_BYOL,
     .description = "The same gateway under a licence you have already."},
    {.product = CONNECT,
     .id = "connect",
     .name = "Connect",
     .model = MODEL_FLAT_RATE,
     .description = "Brings the ledger into business applications.",
     .points = {{"term-1", POINT_TERM, 1, 0, 0, "", "12.00"}}},
    {.product = INSIGHT,
     .id = "standard",
     .name = "Standard",
     .model = MODEL_FLAT_RATE,
     .description = "Dashboards over one data source.",
     .points = {{"term-1", POINT_TERM, 1, 0, 0, "", "80.00"},
                {"term-12", POINT_TERM, 12, 0, 0, "", "864.00"}}},
    {.product = INSIGHT,
     .id = "premium",
     .name = "Premium",
     .model = MODEL_FLAT_RATE,
     .description = "Dashboards and forecasts over all of them.",
     .points = {{"term-12", POINT_TERM, 12, 0, 0, "", "2400.00"},
                {"term-24", POINT_TERM, 24, 12, 0, "", "2100.00"}}},
};

/* The price points of the table, as the store takes them. */
static enum err
points_make(struct arena *arena, const struct demo_plan *from, struct plan *plan)
{
    plan->points = arena_array(arena, struct price_point, POINTS_MAX);
    for (size_t k = 0; k < POINTS_MAX && from->points[k].id != NULL; k++) {
        const struct demo_point *point = &from->points[k];
        struct price_point *made = &plan->points[plan->point_count++];

        *made = (struct price_point){
            .id = point->id,
            .kind = point->kind,
            .term_months = point->term_months,
            .payment_months = point->payment_months,
            .name = point->name,
            .unit = "",
            .market = MARKET_US,
            .vcpu = point->vcpu,
        };
        TRY(amount_parse(point->kind, point->amount, &made->list));
    }
    return OK;
}

static enum err
saving_typed(const char *typed, struct reservation_term *term)
{
    term->sold = typed != NULL;
    return term->sold ? rate_parse(typed, LIMIT_DISCOUNT_DECIMALS, &term->saving) : OK;
}

static enum err
plan_make(struct db *db, struct arena *arena, const struct demo_plan *from)
{
    struct plan plan = {
        .product = from->product,
        .id = from->id,
        .name = from->name,
        .description = from->description,
        .model = from->model,
        .is_public = !from->is_private,
        .published = true,
        .was_published = true,
        .summary = "",
        .markets = from->markets == NULL ? MARKET_US : from->markets,
        .trial_months = from->trial_months,
        .min_users = from->min_users == 0 ? 1 : from->min_users,
        .max_users = from->max_users,
    };

    TRY(points_make(arena, from, &plan));
    TRY(saving_typed(from->saving_1y, &plan.reservations[RESERVATION_1_YEAR]));
    TRY(saving_typed(from->saving_3y, &plan.reservations[RESERVATION_3_YEARS]));
    return plan_insert(db, arena, &plan);
}

enum err
demo_catalogue_insert(struct db *db, struct arena *arena)
{
    for (size_t i = 0; i < COUNT(products); i++)
        TRY(product_insert(db, arena, &products[i]));
    for (size_t i = 0; i < COUNT(plans); i++)
        TRY(plan_make(db, arena, &plans[i]));
    return OK;
}

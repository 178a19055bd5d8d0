/*
 * catalogue_fixture.h: a plan of each pricing model, and where the catalogue's law finds problems
 * with it. For the suites of catalogue_check; each has its own.
 */
#ifndef UNIT_CATALOGUE_FIXTURE_H
#define UNIT_CATALOGUE_FIXTURE_H

#include <check.h>

#include "base/text.h"
#include "core/catalogue_check.h"

#define POINTS 64

static struct arena *arena;
static struct plan plan;
static struct plan stored;
static struct price_point points[POINTS];
static struct included included[4];
static struct plan others[LIMIT_PLANS];
static const char *meters[LIMIT_METERS + 1];
static const char *const markets[] = {"CA", "GB", "US"};
static struct plan_facts facts;

static struct price_point *
point_add(enum point_kind kind, int term, int payment, int vcpu, const char *market,
          const char *dimension)
{
    struct price_point *point = &points[plan.point_count++];

    ck_assert_uint_le(plan.point_count, POINTS);
    *point = (struct price_point){
        .id = point_id(arena, kind, term, vcpu, market, dimension),
        .kind = kind,
        .term_months = term,
        .payment_months = payment,
        .name = kind == POINT_METER ? "Emails" : "",
        .unit = kind == POINT_METER ? "email" : "",
        .vcpu = vcpu,
        .market = market,
        .list = amount_of(kind, 1000000),
    };
    return point;
}

/* A new plan of the model with what it needs and nothing else. */
static void
plan_of(enum pricing_model model)
{
    plan = (struct plan){.product = "suite",
                         .id = "pro",
                         .name = "Pro",
                         .description = "",
                         .summary = "",
                         .markets = "US",
                         .model = model,
                         .is_public = true,
                         .min_users = 1,
                         .points = points,
                         .included = included};
    facts = (struct plan_facts){
        .others = others, .meters = meters, .markets = markets, .market_count = COUNT(markets)};
    facts.type = model <= MODEL_PER_USER ? PRODUCT_SAAS
                 : model == MODEL_APP    ? PRODUCT_APP
                                         : PRODUCT_VM;
    if (model == MODEL_FLAT_RATE)
        point_add(POINT_TERM, 1, 0, 0, "US", NULL);
    if (model == MODEL_PER_USER)
        point_add(POINT_USER, 1, 0, 0, "US", NULL);
    if (model == MODEL_VM_FLAT || model == MODEL_VM_CORE)
        point_add(POINT_HOUR, 0, 0, 0, "US", NULL);
    if (model == MODEL_VM_SIZE || model == MODEL_VM_MARKET)
        point_add(POINT_HOUR, 0, 0, 4, "US", NULL);
    if (model == MODEL_APP)
        point_add(POINT_MONTH, 0, 0, 0, "US", NULL);
}

static void
setup(void)
{
    arena = arena_open(LIMIT_ARENA_BYTES);
    plan_of(MODEL_FLAT_RATE);
}

static void
teardown(void)
{
    arena_close(arena);
}

/* Where the problems are, in order: "name trial". */
static const char *
places(void)
{
    struct problems *problems = problems_new(arena);
    const char *line = "";

    plan_check(&plan, &facts, arena, problems);
    for (size_t i = 0; i < problems->count; i++)
        line = arena_format(arena, "%s%s%s", line, i == 0 ? "" : " ", problems->list[i].at);
    return line;
}

/* The same, of what it lacks to be published. */
static const char *
lacks(void)
{
    struct problems *problems = problems_new(arena);
    const char *line = "";

    plan_check_complete(&plan, problems);
    for (size_t i = 0; i < problems->count; i++)
        line = arena_format(arena, "%s%s%s", line, i == 0 ? "" : " ", problems->list[i].at);
    return line;
}

#endif

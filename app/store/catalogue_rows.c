/*
 * catalogue_rows.c: rows of plans and prices, as the law's structures.
 */
#include "store/catalogue_rows.h"

#include "base/text.h"

int64_t
saving_stored(const struct plan *plan, enum reservation reservation)
{
    const struct reservation_term *term = &plan->reservations[reservation];

    return term->sold ? term->saving.e8 : -1;
}

static void
reservation_read(struct plan *plan, enum reservation reservation, int64_t saving)
{
    plan->reservations[reservation].sold = saving >= 0;
    if (saving >= 0)
        plan->reservations[reservation].saving.e8 = saving;
}

enum err
read_plan_facts(struct arena *arena, const struct column *columns, struct plan *plan)
{
    plan->product = arena_text(arena, columns[0].text);
    plan->product_name = arena_text(arena, columns[1].text);
    plan->publisher = arena_text(arena, columns[2].text);
    plan->in_azure_marketplace = text_equal(columns[4].text, "azure_marketplace");
    plan->product_published = columns[5].integer != 0;
    plan->transactable = columns[6].integer != 0;
    plan->commitment_eligible = columns[7].integer != 0 && columns[8].integer != 0;
    return product_type_read(columns[3].text, &plan->type);
}

enum err
read_plan(void *context, const struct column *columns)
{
    struct plan_reading *reading = context;
    struct arena *arena = reading->arena;
    struct plan plan = {
        .id = arena_text(arena, columns[9].text),
        .name = arena_text(arena, columns[10].text),
        .description = reading->brief ? "" : arena_text(arena, columns[11].text),
        .is_public = text_equal(columns[12].text, "public"),
        .published = columns[13].integer != 0,
        .trial_months = (int)columns[15].integer,
        .min_users = (int)columns[16].integer,
        .max_users = (int)columns[17].integer,
        .summary = reading->brief ? "" : arena_text(arena, columns[20].text),
        .markets = arena_text(arena, columns[21].text),
        .was_published = columns[22].integer != 0,
    };

    TRY(read_plan_facts(arena, columns, &plan));
    TRY(model_read(columns[14].text, &plan.model));
    reservation_read(&plan, RESERVATION_1_YEAR, columns[18].integer);
    reservation_read(&plan, RESERVATION_3_YEARS, columns[19].integer);
    if (reading->plan_count < reading->plan_limit)
        reading->plans[reading->plan_count] = plan;
    reading->plan_count++;
    return OK;
}

enum err
read_point(void *context, const struct column *columns)
{
    struct plan_reading *reading = context;
    struct price_point point = {
        .id = arena_text(reading->arena, columns[0].text),
        .term_months = (int)columns[2].integer,
        .payment_months = (int)columns[3].integer,
        .name = arena_text(reading->arena, columns[4].text),
        .unit = arena_text(reading->arena, columns[5].text),
        .vcpu = (int)columns[6].integer,
        .market = arena_text(reading->arena, columns[7].text),
    };

    if (reading->point_count == reading->point_limit)
        return ERR_BROKEN;
    TRY(point_kind_read(columns[1].text, &point.kind));
    point.list = amount_of(point.kind, columns[8].integer);
    reading->points[reading->point_count++] = point;
    return OK;
}

enum err
read_included(void *context, const struct column *columns)
{
    struct plan_reading *reading = context;

    if (reading->included_count == LIMIT_METERS * LIMIT_TERMS)
        return ERR_BROKEN;
    reading->included[reading->included_count++] = (struct included){
        .meter = arena_text(reading->arena, columns[0].text),
        .term_months = (int)columns[1].integer,
        .unlimited = columns[2].null,
        .quantity = columns[2].integer,
    };
    return OK;
}

/*
 * make_rows.c: builders; see the header.
 */
#include "make_rows.h"

#include <check.h>

struct plan *
make_max(struct arena *arena)
{
    struct plan *plan = make_plan(arena, PRODUCT_SAAS, MODEL_FLAT_RATE, "max", "Max");

    plan->product = "ledgerline";
    plan->product_name = "Ledgerline";
    make_point(plan, (struct price_point){.id = "term-1",
                                          .kind = POINT_TERM,
                                          .term_months = 1,
                                          .list = make_amount("500.00")});
    make_point(plan, (struct price_point){.id = "term-36",
                                          .kind = POINT_TERM,
                                          .term_months = 36,
                                          .payment_months = 12,
                                          .list = make_amount("30,000.00")});
    make_point(plan, (struct price_point){.id = "meter-calls",
                                          .kind = POINT_METER,
                                          .name = "Calls",
                                          .list = make_amount("0.05")});
    make_point(plan, (struct price_point){.id = "meter-emails",
                                          .kind = POINT_METER,
                                          .name = "100 emails",
                                          .list = make_amount("1.00")});
    return plan;
}

static struct plan *
make_machine(struct arena *arena, enum pricing_model model, const char *id, const char *name)
{
    struct plan *plan = make_plan(arena, PRODUCT_VM, model, id, name);

    plan->product = "gateway";
    plan->product_name = "Harbor Gateway";
    plan->reservations[RESERVATION_1_YEAR] = (struct reservation_term){true, make_rate("30")};
    plan->reservations[RESERVATION_3_YEARS] = (struct reservation_term){true, make_rate("50")};
    return plan;
}

struct plan *
make_plain(struct arena *arena)
{
    struct plan *plan = make_machine(arena, MODEL_VM_FLAT, "plain", "Plain");

    make_point(plan,
               (struct price_point){.id = "hour", .kind = POINT_HOUR, .list = make_hourly("1")});
    return plan;
}

struct plan *
make_cores(struct arena *arena)
{
    struct plan *plan = make_machine(arena, MODEL_VM_CORE, "cores", "Cores");

    make_point(plan,
               (struct price_point){.id = "hour", .kind = POINT_HOUR, .list = make_hourly("0.5")});
    return plan;
}

struct plan *
make_sizes(struct arena *arena)
{
    struct plan *plan = make_machine(arena, MODEL_VM_SIZE, "sizes", "Sizes");

    make_point(plan,
               (struct price_point){
                   .id = "hour-2", .kind = POINT_HOUR, .vcpu = 2, .list = make_hourly("0.9")});
    make_point(plan,
               (struct price_point){
                   .id = "hour-4", .kind = POINT_HOUR, .vcpu = 4, .list = make_hourly("1.75")});
    return plan;
}

struct offer *
make_empty(struct arena *arena, enum offer_type type)
{
    struct offer *offer = make_draft(arena);

    offer->type = type;
    return offer;
}

static struct offer_row *
row_next(struct offer *offer)
{
    struct offer_row *row = &offer->rows[offer->row_count];

    ck_assert_uint_lt(offer->row_count, LIMIT_ROWS);
    offer->row_count++;
    *row = (struct offer_row){.number = offer->next_row++, .price_type = PRICE_ABSOLUTE};
    return row;
}

struct offer_row *
make_new_plan(struct offer *offer, struct arena *arena, struct plan *template)
{
    static const int none[LIMIT_TERMS] = {TERM_NOT_SOLD, TERM_NOT_SOLD, TERM_NOT_SOLD,
                                          TERM_NOT_SOLD};
    struct offer_row *row = row_next(offer);

    row->plan_name = "Orchid";
    row->plan_description = "For Orchid";
    row_attach_terms(arena, row, template, none);
    return row;
}

struct offer_row *
make_orchid(struct offer *offer, struct arena *arena)
{
    static const int payments[LIMIT_TERMS] = {0, TERM_NOT_SOLD, TERM_NOT_SOLD, 12};
    static struct included included[] = {
        {.meter = "meter-emails", .term_months = 1, .quantity = 10},
        {.meter = "meter-emails", .term_months = 36, .unlimited = true},
    };
    struct offer_row *row = make_new_plan(offer, arena, make_max(arena));

    row_attach_terms(arena, row, row->plan, payments);
    make_own(row, "term-1", make_amount("450.00"));
    make_own(row, "term-36", make_amount("30,000.00"));
    make_own(row, "meter-calls", make_amount("0.04"));
    make_own(row, "meter-emails", make_amount("0.80"));
    row->included = arena_array(arena, struct included, COUNT(included));
    row->included[0] = included[0];
    row->included[1] = included[1];
    row->included_count = COUNT(included);
    return row;
}

struct offer_row *
make_reservation(struct offer *offer, struct arena *arena, struct plan *plan, int duration_months,
                 int payment_months)
{
    struct offer_row *row = row_next(offer);

    row->duration_months = duration_months;
    row->payment_months = payment_months;
    row_attach_sizes(arena, row, plan, NULL, 0);
    return row;
}

void
make_line(struct arena *arena, struct offer_row *row, int vcpu, int64_t quantity, const char *unit)
{
    int sizes[LIMIT_VCPU_SIZES];
    size_t count = row->price_count;

    ck_assert_uint_lt(count, LIMIT_VCPU_SIZES);
    for (size_t k = 0; k < count; k++)
        sizes[k] = row->prices[k].point->vcpu;
    sizes[count] = vcpu;
    row_attach_sizes(arena, row, row->plan, sizes, count + 1);
    row->prices[count].quantity = quantity;
    row->prices[count].has_own = true;
    row->prices[count].own = make_amount(unit);
}

void
make_adjusted(struct offer *offer, const char *adjustment)
{
    int too_large = 0;

    for (size_t i = 0; i < offer->row_count; i++) {
        offer->rows[i].has_adjustment = true;
        offer->rows[i].adjustment = make_rate(adjustment);
    }
    ck_assert_int_eq(price_offer(offer, &too_large), OK);
}

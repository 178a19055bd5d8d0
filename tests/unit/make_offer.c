/*
 * make_offer.c: builders; see the header.
 */
#include "make_offer.h"

#include <check.h>
#include <string.h>

struct day
make_day(const char *text)
{
    struct day day = DAY_NONE;

    ck_assert_msg(day_parse(text, &day) == OK, "day %s", text);
    return day;
}

struct rate
make_rate(const char *text)
{
    struct rate rate = {-1};

    ck_assert_msg(rate_parse(text, LIMIT_ADJUSTMENT_DECIMALS, &rate) == OK, "rate %s", text);
    return rate;
}

struct amount
make_amount(const char *text)
{
    struct amount amount = {.per_hour = false};

    ck_assert_msg(money_parse(text, &amount.money) == OK, "amount %s", text);
    return amount;
}

struct amount
make_hourly(const char *text)
{
    struct amount amount = {.per_hour = true};

    ck_assert_msg(hourly_parse(text, &amount.hourly) == OK, "hourly %s", text);
    return amount;
}

struct plan *
make_plan(struct arena *arena, enum product_type type, enum pricing_model model, const char *id,
          const char *name)
{
    struct plan *plan = arena_new(arena, struct plan);

    *plan = (struct plan){.product = arena_format(arena, "product-of-%s", id),
                          .product_name = arena_format(arena, "Product of %s", name),
                          .publisher = ISV_ID,
                          .type = type,
                          .id = id,
                          .name = name,
                          .description = "",
                          .summary = "",
                          .markets = MARKET_US,
                          .model = model,
                          .in_azure_marketplace = true,
                          .product_published = true,
                          .transactable = true,
                          .is_public = true,
                          .published = true,
                          .min_users = 1,
                          .points = arena_array(arena, struct price_point, LIMIT_POINTS)};
    return plan;
}

void
make_point(struct plan *plan, struct price_point point)
{
    ck_assert_uint_lt(plan->point_count, LIMIT_POINTS);
    if (point.name == NULL)
        point.name = "";
    if (point.unit == NULL)
        point.unit = "";
    if (point.market == NULL)
        point.market = MARKET_US;
    plan->points[plan->point_count++] = point;
}

struct plan *
make_pro(struct arena *arena)
{
    struct plan *plan = make_plan(arena, PRODUCT_SAAS, MODEL_FLAT_RATE, "pro", "Pro");

    plan->product = "ledgerline";
    plan->product_name = "Ledgerline";
    make_point(plan, (struct price_point){.id = "term-12",
                                          .kind = POINT_TERM,
                                          .term_months = 12,
                                          .list = make_amount("1,200.00")});
    make_point(plan, (struct price_point){.id = "meter-emails",
                                          .kind = POINT_METER,
                                          .name = "100 emails",
                                          .list = make_amount("1.00")});
    return plan;
}

struct plan *
make_team(struct arena *arena)
{
    struct plan *plan = make_plan(arena, PRODUCT_SAAS, MODEL_PER_USER, "team", "Team");

    plan->product = "seats";
    plan->product_name = "Ledgerline Seats";
    plan->min_users = 5;
    plan->max_users = 500;
    make_point(plan, (struct price_point){.id = "user-1",
                                          .kind = POINT_USER,
                                          .term_months = 1,
                                          .list = make_amount("15.00")});
    make_point(plan, (struct price_point){.id = "user-12",
                                          .kind = POINT_USER,
                                          .term_months = 12,
                                          .list = make_amount("240.00")});
    return plan;
}

struct plan *
make_ops(struct arena *arena)
{
    struct plan *plan = make_plan(arena, PRODUCT_APP, MODEL_APP, "ops", "Ops");

    plan->product = "ingest";
    plan->product_name = "Harbor Ingest";
    make_point(plan, (struct price_point){
                         .id = "month", .kind = POINT_MONTH, .list = make_amount("250.00")});
    return plan;
}

struct plan *
make_flow(struct arena *arena)
{
    struct plan *plan = make_plan(arena, PRODUCT_VM, MODEL_VM_CORE, "flow", "Flow");

    plan->product = "gateway";
    plan->product_name = "Harbor Gateway";
    make_point(plan,
               (struct price_point){.id = "hour", .kind = POINT_HOUR, .list = make_hourly("0.40")});
    return plan;
}

struct offer_row *
make_row(struct offer *offer, struct arena *arena, struct plan *plan)
{
    struct offer_row *row = &offer->rows[offer->row_count];

    ck_assert_uint_lt(offer->row_count, LIMIT_ROWS);
    *row = (struct offer_row){.number = offer->next_row++, .price_type = PRICE_DISCOUNT};
    row_attach(arena, row, plan);
    offer->row_count++;
    return row;
}

void
make_own(struct offer_row *row, const char *point, struct amount own)
{
    for (size_t k = 0; k < row->price_count; k++) {
        if (strcmp(row->prices[k].point->id, point) != 0)
            continue;
        row->price_type = PRICE_ABSOLUTE;
        row->prices[k].has_own = true;
        row->prices[k].own = own;
        return;
    }
    ck_abort_msg("no price point %s", point);
}

struct offer *
make_draft(struct arena *arena)
{
    struct offer *offer = arena_new(arena, struct offer);

    *offer = (struct offer){.id = "3f6c2a10-7d54-4e0b-9a61-2b8f5c9d0e11",
                            .isv = ISV_ID,
                            .isv_name = "Contoso",
                            .created_by = "",
                            .state = STATE_DRAFT,
                            .version = 1,
                            .partner_version = 1,
                            .failure = "",
                            .name = "",
                            .billing_account = "",
                            .customer_label = "",
                            .description = "",
                            .partner = "",
                            .partner_name = "",
                            .start_on = DAY_NONE,
                            .end_on = DAY_NONE,
                            .accept_by_on = DAY_NONE,
                            .contacts = "",
                            .sales_note = "",
                            .organisation = "",
                            .partner_data_of = "",
                            .prepared_by = "",
                            .partner_contacts = "",
                            .partner_note = "",
                            .accepted_on = DAY_NONE,
                            .next_row = 1};
    return offer;
}

struct offer *
make_deal(struct arena *arena)
{
    struct offer *offer = make_draft(arena);
    struct offer_row *row;

    offer->name = "Northwind FY24";
    offer->billing_account = ACCOUNT_ID;
    offer->partner = PARTNER_ID;
    offer->partner_name = "Fabrikam";
    offer->start_mode = START_ON_ACCEPT;
    offer->end_on = make_day("2023-12-31");
    offer->accept_by_on = make_day("2023-11-15");
    offer->contacts = "i@contoso.example";
    offer->sales_note = "deal 42";
    row = make_row(offer, arena, make_pro(arena));
    row->has_discount = true;
    row->discount = make_rate("20");
    row = make_row(offer, arena, make_ops(arena));
    make_own(row, "month", make_amount("200.00"));
    return offer;
}

struct offer *
make_priced_deal(struct arena *arena)
{
    struct offer *offer = make_deal(arena);

    offer->state = STATE_PENDING_PARTNER;
    offer->partner_data_of = PARTNER_ID;
    offer->prepared_by = "p@fabrikam.example";
    offer->partner_contacts = "f@fabrikam.example";
    offer->rows[0].has_adjustment = true;
    offer->rows[0].adjustment = make_rate("12.5");
    offer->rows[1].has_adjustment = true;
    offer->rows[1].adjustment = make_rate("30");
    return offer;
}

struct offer *
make_deal_in(struct arena *arena, enum offer_state state, struct day *today)
{
    struct offer *offer = make_priced_deal(arena);

    *today = make_day("2023-10-16");
    offer->state = state;
    if (state == STATE_EXPIRED) {
        offer->state = STATE_PENDING_ACCEPTANCE;
        *today = make_day("2023-11-16");
    }
    if (state == STATE_ENDED) {
        offer->state = STATE_ACCEPTED;
        *today = make_day("2024-01-01");
    }
    if (state == STATE_ACCEPTED || state == STATE_ENDED)
        offer->accepted_on = make_day("2023-10-16");
    return offer;
}

struct publisher
make_isv(void)
{
    return (struct publisher){.id = ISV_ID,
                              .name = "Contoso",
                              .hq_state = "",
                              .location = "DE",
                              .in_programme = true,
                              .has_marketplace_account = true,
                              .enrolled = true,
                              .active = true,
                              .tax_status = TAX_NONE,
                              .tax_country = ""};
}

struct publisher
make_partner(void)
{
    return (struct publisher){.id = PARTNER_ID,
                              .name = "Fabrikam",
                              .hq_state = "WA",
                              .location = "US",
                              .in_programme = true,
                              .has_marketplace_account = true,
                              .enrolled = true,
                              .active = true,
                              .tax_status = TAX_COMPLETE,
                              .tax_country = "US"};
}

struct billing_account
make_account(void)
{
    return (struct billing_account){.id = ACCOUNT_ID,
                                    .organisation = "northwind",
                                    .organisation_name = "Northwind",
                                    .name = "Northwind main",
                                    .agreement = AGREEMENT_MCA,
                                    .country = "US",
                                    .active = true,
                                    .policy = MARKETPLACE_ENABLED,
                                    .payment_valid = true,
                                    .payment_method = "invoice"};
}

static const char *
answer(void *context, const char *name)
{
    for (const char *const *pairs = *(const char *const **)context; *pairs != NULL; pairs += 2) {
        if (strcmp(pairs[0], name) == 0)
            return pairs[1];
    }
    return NULL;
}

struct answers
make_answers(const char *const *pairs)
{
    static const char *const *current; /* answers are read before the next form is made */

    current = pairs;
    return (struct answers){.context = &current, .get = answer};
}

/*
 * catalogue.c: the catalogue's rows.
 *
 * Invariant: a plan is always read with all its points, in their order.
 */
#include "store/catalogue.h"

#include "base/text.h"
#include "store/catalogue_rows.h"
#include "store/families.h"
#include "store/like.h"

enum {
    PRODUCT_INSERT,
    PLAN_INSERT,
    POINT_INSERT,
    INCLUDED_INSERT,
    PLAN_BY_ID,
    POINTS_OF_PLAN,
    INCLUDED_OF_PLAN,
    PRODUCT_FACTS,
    PLANS_OF_PRODUCT,
    PLANS_SELECTABLE,
    PLANS_ON_SALE,
    PRODUCTS_EXIST,
    PLAN_SET_PUBLISHED,
};

static const struct statement statements[] = {
    [PRODUCT_INSERT] = {"INSERT INTO product (id, publisher, name, name_fold, type, storefront,"
                        " published, transactable, macc, cosell)"
                        " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
                        "ttttttiiii", "", true},
    [PLAN_INSERT] = {"INSERT INTO plan (product, id, name, name_fold, description, visibility,"
                     " published, model, trial_months, min_users, max_users, saving_1y_e8,"
                     " saving_3y_e8, summary, markets, was_published)"
                     " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15,"
                     " $16)",
                     "ttttttitiiiiitti", "", true},
    [POINT_INSERT] = {"INSERT INTO price_point (product, plan, id, position, kind, term_months,"
                      " payment_months, name, unit, vcpu, market, disabled, amount)"
                      " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)",
                      "tttitiittitii", "", true},
    [INCLUDED_INSERT] = {"INSERT INTO plan_included (product, plan, meter, term_months, quantity)"
                         " VALUES ($1, $2, $3, $4, $5)",
                         "tttiI", "", true},
    [PLAN_BY_ID] = {"SELECT " PLAN_COLUMNS " FROM plan l JOIN product p ON p.id = l.product"
                    " WHERE l.product = $1 AND l.id = $2",
                    "tt", PLAN_GIVES, false},
    [POINTS_OF_PLAN] = {"SELECT " POINT_COLUMNS(
                            "$3") " FROM price_point p WHERE p.product = $1"
                                  " AND p.plan = $2 AND p.disabled = 0 AND p.market = 'US'"
                                  " ORDER BY p.position, p.id",
                        "ttt", POINT_GIVES, false},
    [INCLUDED_OF_PLAN] = {"SELECT meter, term_months, quantity FROM plan_included"
                          " WHERE product = $1 AND plan = $2 ORDER BY meter, term_months",
                          "tt", "tiI", false},
    [PRODUCT_FACTS] = {"SELECT " PRODUCT_COLUMNS " FROM product p WHERE p.id = $1", "t",
                       PRODUCT_GIVES, false},
    [PLANS_OF_PRODUCT] = {"SELECT " PLAN_COLUMNS " FROM product p JOIN plan l ON l.product = p.id"
                          " WHERE p.id = $1 ORDER BY l.name_fold, l.id LIMIT $2",
                          "ti", PLAN_GIVES, false},
    /* The conditions of LAW 3.1 that are columns; free and BYOL models have no price to lower. */
    /* $4 the offer's option, $5 the offer, $6 to $9 the place of the last plan of the page before.
     * Option C leaves out nothing that is in the offer: a plan has two durations. */
    [PLANS_SELECTABLE] = {"SELECT " PLAN_COLUMNS " FROM product p JOIN plan l ON l.product = p.id"
                          " WHERE p.publisher = $1 AND p.storefront = 'azure_marketplace'"
                          " AND p.published = 1 AND p.transactable = 1"
                          " AND l.visibility = 'public' AND +l.published = 1"
                          " AND l.model NOT IN ('vm_free', 'vm_byol')"
                          " AND ($2 = '' OR p.name_fold LIKE $3 ESCAPE '!'"
                          " OR l.name_fold LIKE $3 ESCAPE '!')"
                          " AND ($4 <> 'saasNewCustomizedPlans'"
                          " OR (p.type = 'SAAS' AND l.trial_months = 0))"
                          " AND ($4 <> 'vmSoftwareReservations' OR (p.type = 'AZURE_VM'"
                          " AND (l.saving_1y_e8 >= 0 OR l.saving_3y_e8 >= 0)))"
                          " AND ($4 = 'vmSoftwareReservations' OR NOT EXISTS"
                          " (SELECT 1 FROM pricing_row r WHERE r.offer = $5"
                          " AND r.product = p.id AND (r.plan IS NULL OR r.plan = l.id)))"
                          " AND (p.name_fold, p.id) >= ($6, $7)"
                          " AND (p.name_fold, p.id, l.name_fold, l.id) > ($6, $7, $8, $9)"
                          " ORDER BY p.name_fold, p.id, l.name_fold, l.id LIMIT $10",
                          "ttttttttti", PLAN_GIVES, false},
    /* $1 the search, $2 its pattern, $3 to $6 the place of the last plan of the page before. */
    [PLANS_ON_SALE] = {"SELECT " PLAN_COLUMNS ", i.name FROM product p"
                       " JOIN publisher i ON i.id = p.publisher JOIN plan l ON l.product = p.id"
                       " WHERE p.storefront = 'azure_marketplace' AND p.published = 1"
                       " AND p.transactable = 1 AND l.visibility = 'public' AND +l.published = 1"
                       " AND l.model NOT IN ('vm_free', 'vm_byol')"
                       " AND ($1 = '' OR p.name_fold LIKE $2 ESCAPE '!'"
                       " OR l.name_fold LIKE $2 ESCAPE '!')"
                       " AND (p.name_fold, p.id) >= ($3, $4)"
                       " AND (p.name_fold, p.id, l.name_fold, l.id) > ($3, $4, $5, $6)"
                       " ORDER BY p.name_fold, p.id, l.name_fold, l.id LIMIT $7",
                       "ttttt"
                       "ti",
                       PLAN_GIVES "t", false},
    [PRODUCTS_EXIST] = {"SELECT COUNT(*) FROM (SELECT 1 FROM product WHERE publisher = $1 LIMIT 1)"
                        " AS found",
                        "t", "i", false},
    [PLAN_SET_PUBLISHED] = {"UPDATE plan SET published = $3,"
                            " was_published = CASE WHEN $3 = 1 THEN 1 ELSE was_published END,"
                            " version = version + 1 WHERE product = $1 AND id = $2",
                            "tti", "", true},
};

const struct family store_catalogue_family = {"catalogue", statements, COUNT(statements),
                                              FAMILY_CATALOGUE};

enum err
product_insert(struct db *db, struct arena *arena, const struct product *product)
{
    return db_run(db, &store_catalogue_family, PRODUCT_INSERT,
                  VALUES(text(product->id), text(product->publisher), text(product->name),
                         text(text_fold(arena, product->name)),
                         text(product_type_text(product->type)),
                         text(product->in_azure_marketplace ? "azure_marketplace" : "appsource"),
                         integer(product->published), integer(product->transactable),
                         integer(product->macc_enrolled), integer(product->cosell_eligible)),
                  NULL, NULL);
}

static enum err
points_insert(struct db *db, const struct plan *plan)
{
    for (size_t k = 0; k < plan->point_count; k++) {
        const struct price_point *point = &plan->points[k];

        TRY(db_run(db, &store_catalogue_family, POINT_INSERT,
                   VALUES(text(plan->product), text(plan->id), text(point->id), integer((int64_t)k),
                          text(point_kind_text(point->kind)), integer(point->term_months),
                          integer(point->payment_months), text(point->name), text(point->unit),
                          integer(point->vcpu), text(point->market), integer(point->disabled),
                          integer(amount_integer(point->list))),
                   NULL, NULL));
    }
    for (size_t k = 0; k < plan->included_count; k++) {
        const struct included *included = &plan->included[k];

        TRY(db_run(db, &store_catalogue_family, INCLUDED_INSERT,
                   VALUES(text(plan->product), text(plan->id), text(included->meter),
                          integer(included->term_months),
                          included->unlimited ? null_integer() : integer(included->quantity)),
                   NULL, NULL));
    }
    return OK;
}

enum err
plan_insert(struct db *db, struct arena *arena, const struct plan *plan)
{
    TRY(db_run(db, &store_catalogue_family, PLAN_INSERT,
               VALUES(text(plan->product), text(plan->id), text(plan->name),
                      text(text_fold(arena, plan->name)), text(plan->description),
                      text(plan->is_public ? "public" : "private"), integer(plan->published),
                      text(model_text(plan->model)), integer(plan->trial_months),
                      integer(plan->min_users), integer(plan->max_users),
                      integer(saving_stored(plan, RESERVATION_1_YEAR)),
                      integer(saving_stored(plan, RESERVATION_3_YEARS)), text(plan->summary),
                      text(plan->markets), integer(plan->was_published)),
               NULL, NULL));
    return points_insert(db, plan);
}

static enum err
load_points(struct db *db, struct arena *arena, struct day today, struct plan *plan)
{
    struct price_point points[LIMIT_POINTS];
    struct included included[LIMIT_METERS * LIMIT_TERMS];
    struct plan_reading reading = {
        .arena = arena, .points = points, .point_limit = LIMIT_POINTS, .included = included};
    struct row_reader reader = {&reading, read_point};
    struct row_reader included_reader = {&reading, read_included};

    assert(!day_is_none(today));
    TRY(db_run(db, &store_catalogue_family, POINTS_OF_PLAN,
               VALUES(text(plan->product), text(plan->id), text(day_iso(arena, today))), &reader,
               NULL));
    TRY(db_run(db, &store_catalogue_family, INCLUDED_OF_PLAN,
               VALUES(text(plan->product), text(plan->id)), &included_reader, NULL));
    plan->points = arena_array(arena, struct price_point, reading.point_count + 1);
    plan->point_count = reading.point_count;
    for (size_t k = 0; k < reading.point_count; k++)
        plan->points[k] = points[k];
    plan->included = arena_array(arena, struct included, reading.included_count + 1);
    plan->included_count = reading.included_count;
    for (size_t k = 0; k < reading.included_count; k++)
        plan->included[k] = included[k];
    return OK;
}

enum err
plan_load(struct db *db, struct arena *arena, const char *product, const char *id, struct day today,
          struct plan **plan)
{
    struct plan *loaded = arena_new(arena, struct plan);
    struct plan_reading reading = {.arena = arena, .plans = loaded, .plan_limit = 1};
    struct row_reader reader = {&reading, read_plan};

    TRY(db_run(db, &store_catalogue_family, PLAN_BY_ID, VALUES(text(product), text(id)), &reader,
               NULL));
    if (reading.plan_count == 0)
        return ERR_ABSENT;
    TRY(load_points(db, arena, today, loaded));
    *plan = loaded;
    return OK;
}

static enum err
read_product_facts(void *context, const struct column *columns)
{
    struct plan_reading *reading = context;

    reading->plan_count++;
    return read_plan_facts(reading->arena, columns, reading->plans);
}

enum err
product_plans_load(struct db *db, struct arena *arena, const char *product, struct day today,
                   struct plan **facts, struct plan **plans, size_t *count)
{
    struct plan *product_facts = arena_new(arena, struct plan);
    struct plan_reading facts_reading = {.arena = arena, .plans = product_facts, .plan_limit = 1};
    struct row_reader facts_reader = {&facts_reading, read_product_facts};
    struct plan_reading reading = {
        .arena = arena,
        .plans = arena_array(arena, struct plan, LIMIT_PLANS),
        .plan_limit = LIMIT_PLANS,
        .brief = true,
    };
    struct row_reader reader = {&reading, read_plan};
    size_t kept = 0;

    *product_facts =
        (struct plan){.id = "", .name = "", .description = "", .summary = "", .markets = MARKET_US};
    TRY(db_run(db, &store_catalogue_family, PRODUCT_FACTS, VALUES(text(product)), &facts_reader,
               NULL));
    if (facts_reading.plan_count == 0)
        return ERR_ABSENT;
    TRY(db_run(db, &store_catalogue_family, PLANS_OF_PRODUCT,
               VALUES(text(product), integer(LIMIT_PLANS)), &reader, NULL));
    for (size_t i = 0; i < reading.plan_count; i++) {
        if (!plan_selectable(&reading.plans[i]))
            continue;
        reading.plans[kept] = reading.plans[i];
        TRY(load_points(db, arena, today, &reading.plans[kept]));
        kept++;
    }
    product_facts->model = reading.plan_count > 0 ? reading.plans[0].model : MODEL_FLAT_RATE;
    *facts = product_facts;
    *plans = reading.plans;
    *count = kept;
    return OK;
}

enum err
plan_publish(struct db *db, const char *product, const char *id, bool published)
{
    int64_t changed = 0;

    TRY(db_run(db, &store_catalogue_family, PLAN_SET_PUBLISHED,
               VALUES(text(product), text(id), integer(published)), NULL, &changed));
    return changed == 1 ? OK : ERR_ABSENT;
}

/* The plan that ended the page before; one that is gone begins anew. */
static enum err
place_of(struct db *db, struct arena *arena, const char *product, const char *id,
         struct plan *place)
{
    struct plan_reading reading = {.arena = arena, .plans = place, .plan_limit = 1};
    struct row_reader reader = {&reading, read_plan};

    *place = (struct plan){.product = "", .product_name = "", .id = "", .name = ""};
    if (*product == '\0')
        return OK;
    return db_run(db, &store_catalogue_family, PLAN_BY_ID, VALUES(text(product), text(id)), &reader,
                  NULL);
}

enum err
plans_selectable(struct db *db, struct arena *arena, const struct plan_query *query,
                 struct day today, struct plans *plans)
{
    struct plan_reading reading = {
        .arena = arena,
        .plans = arena_array(arena, struct plan, LIMIT_PICKER_PLANS),
        .plan_limit = LIMIT_PICKER_PLANS,
    };
    struct row_reader reader = {&reading, read_plan};
    const struct offer *offer = query->offer;
    struct plan place;

    TRY(place_of(db, arena, query->after_product, query->after_plan, &place));
    TRY(db_run(
        db, &store_catalogue_family, PLANS_SELECTABLE,
        VALUES(text(offer->isv), text(query->search), text(like_pattern(arena, "%", query->search)),
               text(offer_type_text(offer->type)), text(offer->id),
               text(text_fold(arena, place.product_name)), text(place.product),
               text(text_fold(arena, place.name)), text(place.id), integer(LIMIT_PICKER_PLANS + 1)),
        &reader, NULL));
    plans->more = reading.plan_count > LIMIT_PICKER_PLANS;
    plans->count = plans->more ? LIMIT_PICKER_PLANS : reading.plan_count;
    plans->rows = reading.plans;
    for (size_t i = 0; i < plans->count; i++)
        TRY(load_points(db, arena, today, &plans->rows[i]));
    return OK;
}

struct sale_reading {
    struct plan_reading plans;
    struct plan_on_sale *rows;
};

static enum err
read_on_sale(void *context, const struct column *columns)
{
    struct sale_reading *reading = context;
    struct plan_reading *plans = &reading->plans;

    if (plans->plan_count < plans->plan_limit)
        reading->rows[plans->plan_count].publisher_name =
            arena_text(plans->arena, columns[PLAN_COLUMN_COUNT].text);
    return read_plan(plans, columns);
}

enum err
plans_on_sale(struct db *db, struct arena *arena, const struct sale_query *query, struct day today,
              struct plans_on_sale *page)
{
    struct sale_reading reading = {
        .plans = {.arena = arena,
                  .plans = arena_array(arena, struct plan, LIMIT_LIST_ROWS),
                  .plan_limit = LIMIT_LIST_ROWS,
                  .brief = true},
        .rows = arena_array(arena, struct plan_on_sale, LIMIT_LIST_ROWS),
    };
    struct row_reader reader = {&reading, read_on_sale};
    struct plan place;

    TRY(place_of(db, arena, query->after_product, query->after_plan, &place));
    TRY(db_run(db, &store_catalogue_family, PLANS_ON_SALE,
               VALUES(text(query->search), text(like_pattern(arena, "%", query->search)),
                      text(text_fold(arena, place.product_name)), text(place.product),
                      text(text_fold(arena, place.name)), text(place.id),
                      integer(LIMIT_LIST_ROWS + 1)),
               &reader, NULL));
    page->more = reading.plans.plan_count > LIMIT_LIST_ROWS;
    page->count = page->more ? LIMIT_LIST_ROWS : reading.plans.plan_count;
    page->rows = reading.rows;
    for (size_t i = 0; i < page->count; i++) {
        TRY(load_points(db, arena, today, &reading.plans.plans[i]));
        page->rows[i].plan = &reading.plans.plans[i];
    }
    return OK;
}

static enum err
read_exists(void *context, const struct column *columns)
{
    bool *exists = context;

    *exists = columns[0].integer > 0;
    return OK;
}

enum err
publisher_sells(struct db *db, const char *publisher, bool *sells)
{
    struct row_reader reader = {sells, read_exists};

    return db_run(db, &store_catalogue_family, PRODUCTS_EXIST, VALUES(text(publisher)), &reader,
                  NULL);
}

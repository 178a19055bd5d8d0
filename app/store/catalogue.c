/*
 * catalogue.c: the catalogue's rows.
 *
 * Invariant: a plan is always read with all its points, in their order.
 */
#include "store/catalogue.h"

#include "base/text.h"
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
    PRODUCTS_EXIST,
    PLAN_SET_PUBLISHED,
};

#define PLAN_COLUMNS                                                                              \
    "p.id, p.name, p.publisher, p.type, p.storefront, p.published, p.transactable, p.macc,"       \
    " p.cosell, l.id, l.name, l.description, l.visibility, l.published, l.model, l.trial_months," \
    " l.min_users, l.max_users, l.saving_1y_e8, l.saving_3y_e8, l.summary, l.markets,"            \
    " l.was_published"
#define PLAN_GIVES "tttttiiiittttitiiiiitti"

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
    /* The price of a day is the last change that has begun by then (LAW 3.2). */
    [POINTS_OF_PLAN] = {"SELECT p.id, p.kind, p.term_months, p.payment_months, p.name, p.unit,"
                        " p.vcpu, p.market, COALESCE((SELECT c.amount FROM price_change c"
                        " WHERE c.product = p.product AND c.plan = p.plan AND c.point = p.id"
                        " AND c.from_on <= $3 ORDER BY c.from_on DESC LIMIT 1), p.amount)"
                        " FROM price_point p WHERE p.product = $1 AND p.plan = $2"
                        " AND p.disabled = 0 AND p.market = 'US' ORDER BY p.position, p.id",
                        "ttt", "ttiittiti", false},
    [INCLUDED_OF_PLAN] = {"SELECT meter, term_months, quantity FROM plan_included"
                          " WHERE product = $1 AND plan = $2 ORDER BY meter, term_months",
                          "tt", "tiI", false},
    [PRODUCT_FACTS] = {"SELECT p.id, p.name, p.publisher, p.type, p.storefront, p.published,"
                       " p.transactable, p.macc, p.cosell FROM product p WHERE p.id = $1",
                       "t", "tttttiiii", false},
    [PLANS_OF_PRODUCT] = {"SELECT " PLAN_COLUMNS " FROM product p JOIN plan l ON l.product = p.id"
                          " WHERE p.id = $1 ORDER BY l.name_fold, l.id LIMIT $2",
                          "ti", PLAN_GIVES, false},
    /* The conditions of LAW 3.1 that are columns; free and BYOL models have no price to lower. */
    [PLANS_SELECTABLE] = {"SELECT " PLAN_COLUMNS " FROM product p JOIN plan l ON l.product = p.id"
                          " WHERE p.publisher = $1 AND p.storefront = 'azure_marketplace'"
                          " AND p.published = 1 AND p.transactable = 1"
                          " AND l.visibility = 'public' AND l.published = 1"
                          " AND l.model NOT IN ('vm_free', 'vm_byol')"
                          " AND ($2 = '' OR p.name_fold LIKE $3 ESCAPE '!'"
                          " OR l.name_fold LIKE $3 ESCAPE '!')"
                          " ORDER BY p.name_fold, p.id, l.name_fold, l.id LIMIT $4",
                          "ttti", PLAN_GIVES, false},
    [PRODUCTS_EXIST] = {"SELECT COUNT(*) FROM (SELECT 1 FROM product WHERE publisher = $1 LIMIT 1)"
                        " AS found",
                        "t", "i", false},
    [PLAN_SET_PUBLISHED] = {"UPDATE plan SET published = $3 WHERE product = $1 AND id = $2", "tti",
                            "", true},
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

/* As stored: -1 when no reservation of that duration is sold. */
static int64_t
saving_stored(const struct plan *plan, enum reservation reservation)
{
    const struct reservation_term *term = &plan->reservations[reservation];

    return term->sold ? term->saving.e8 : -1;
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

/* Where rows of plans or points go. */
struct reading {
    struct arena *arena;
    struct plan *plans;
    size_t plan_count;
    size_t plan_limit;
    struct price_point *points;
    size_t point_count;
    struct included *included;
    size_t included_count;
};

static void
reservation_read(struct plan *plan, enum reservation reservation, int64_t saving)
{
    plan->reservations[reservation].sold = saving >= 0;
    if (saving >= 0)
        plan->reservations[reservation].saving.e8 = saving;
}

/* The first nine columns: the product's. */
static enum err
read_facts(struct arena *arena, const struct column *columns, struct plan *plan)
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

static enum err
read_plan(void *context, const struct column *columns)
{
    struct reading *reading = context;
    struct arena *arena = reading->arena;
    struct plan plan = {
        .id = arena_text(arena, columns[9].text),
        .name = arena_text(arena, columns[10].text),
        .description = arena_text(arena, columns[11].text),
        .is_public = text_equal(columns[12].text, "public"),
        .published = columns[13].integer != 0,
        .trial_months = (int)columns[15].integer,
        .min_users = (int)columns[16].integer,
        .max_users = (int)columns[17].integer,
        .summary = arena_text(arena, columns[20].text),
        .markets = arena_text(arena, columns[21].text),
        .was_published = columns[22].integer != 0,
    };

    TRY(read_facts(arena, columns, &plan));
    TRY(model_read(columns[14].text, &plan.model));
    reservation_read(&plan, RESERVATION_1_YEAR, columns[18].integer);
    reservation_read(&plan, RESERVATION_3_YEARS, columns[19].integer);
    if (reading->plan_count < reading->plan_limit)
        reading->plans[reading->plan_count] = plan;
    reading->plan_count++;
    return OK;
}

static enum err
read_point(void *context, const struct column *columns)
{
    struct reading *reading = context;
    struct price_point point = {
        .id = arena_text(reading->arena, columns[0].text),
        .term_months = (int)columns[2].integer,
        .payment_months = (int)columns[3].integer,
        .name = arena_text(reading->arena, columns[4].text),
        .unit = arena_text(reading->arena, columns[5].text),
        .vcpu = (int)columns[6].integer,
        .market = arena_text(reading->arena, columns[7].text),
    };

    if (reading->point_count == LIMIT_POINTS)
        return ERR_BROKEN;
    TRY(point_kind_read(columns[1].text, &point.kind));
    point.list = amount_of(point.kind, columns[8].integer);
    reading->points[reading->point_count++] = point;
    return OK;
}

static enum err
read_included(void *context, const struct column *columns)
{
    struct reading *reading = context;

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

static enum err
load_points(struct db *db, struct arena *arena, struct day today, struct plan *plan)
{
    struct price_point points[LIMIT_POINTS];
    struct included included[LIMIT_METERS * LIMIT_TERMS];
    struct reading reading = {.arena = arena, .points = points, .included = included};
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
    struct reading reading = {.arena = arena, .plans = loaded, .plan_limit = 1};
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
    struct reading *reading = context;

    reading->plan_count++;
    return read_facts(reading->arena, columns, reading->plans);
}

enum err
product_plans_load(struct db *db, struct arena *arena, const char *product, struct day today,
                   struct plan **facts, struct plan **plans, size_t *count)
{
    struct plan *product_facts = arena_new(arena, struct plan);
    struct reading facts_reading = {.arena = arena, .plans = product_facts, .plan_limit = 1};
    struct row_reader facts_reader = {&facts_reading, read_product_facts};
    struct reading reading = {
        .arena = arena,
        .plans = arena_array(arena, struct plan, LIMIT_PLANS),
        .plan_limit = LIMIT_PLANS,
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

enum err
plans_selectable(struct db *db, struct arena *arena, const char *publisher, const char *search,
                 struct day today, struct plans *plans)
{
    struct reading reading = {
        .arena = arena,
        .plans = arena_array(arena, struct plan, LIMIT_PICKER_PLANS),
        .plan_limit = LIMIT_PICKER_PLANS,
    };
    struct row_reader reader = {&reading, read_plan};

    TRY(db_run(db, &store_catalogue_family, PLANS_SELECTABLE,
               VALUES(text(publisher), text(search), text(like_pattern(arena, "%", search)),
                      integer(LIMIT_PICKER_PLANS + 1)),
               &reader, NULL));
    plans->more = reading.plan_count > LIMIT_PICKER_PLANS;
    plans->count = plans->more ? LIMIT_PICKER_PLANS : reading.plan_count;
    plans->rows = reading.plans;
    for (size_t i = 0; i < plans->count; i++)
        TRY(load_points(db, arena, today, &plans->rows[i]));
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

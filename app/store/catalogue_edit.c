/*
 * catalogue_edit.c: a publisher's own products and plans, read whole and changed.
 *
 * Invariant: a product or plan is found only together with its publisher; what is below a plan is
 * read after the plan was found so.
 */
#include "store/catalogue_edit.h"

#include <string.h>

#include "base/text.h"
#include "store/catalogue_rows.h"
#include "store/families.h"
#include "store/like.h"

#define TEXT_LAST "\xF4\x8F\xBF\xBF" /* U+10FFFF: after every text */
#define POINTS_MAX (LIMIT_MARKETS * LIMIT_VCPU_SIZES + LIMIT_POINTS)
#define INCLUDED_MAX (LIMIT_METERS * LIMIT_TERMS)

enum {
    OWN_PRODUCT,
    PRODUCT_TAKEN,
    OWN_PLANS,
    OWN_PLANS_POINTS,
    OWN_PLAN,
    OWN_POINTS,
    OWN_INCLUDED,
    OWN_CHANGES,
    OTHER_METERS,
    PRODUCTS_FORWARD,
    PRODUCTS_BACKWARD,
    PRODUCT_UPDATE,
    PRODUCT_PUBLISH,
    PLAN_UPDATE,
    PLAN_TOUCH,
    POINTS_DELETE,
    POINT_PUT,
    INCLUDED_DELETE,
    INCLUDED_PUT,
    CHANGE_PUT,
    CHANGES_DELETE,
};

/* $1 publisher, $2 and $3 the cursor, $4 the search, $5 its pattern, $6 limit. */
#define PRODUCTS(compare, order)                                                              \
    {                                                                                         \
        "SELECT " PRODUCT_COLUMNS ", (SELECT COUNT(*) FROM plan l WHERE l.product = p.id),"   \
        " (SELECT COUNT(*) FROM plan l WHERE l.product = p.id AND l.published = 1),"          \
        " (SELECT l.model FROM plan l WHERE l.product = p.id ORDER BY l.id LIMIT 1)"          \
        " FROM product p WHERE p.publisher = $1 AND (p.name_fold, p.id) " compare " ($2, $3)" \
        " AND ($4 = '' OR p.name_fold LIKE $5 ESCAPE '!' OR p.id LIKE $5 ESCAPE '!')"         \
        " ORDER BY p.name_fold " order ", p.id " order " LIMIT $6",                           \
            "ttttti", PRODUCT_GIVES "iiT", false                                              \
    }

static const struct statement statements[] = {
    [OWN_PRODUCT] = {"SELECT " PRODUCT_COLUMNS ", p.version FROM product p WHERE p.id = $1"
                     " AND p.publisher = $2",
                     "tt", PRODUCT_GIVES "i", false},
    [PRODUCT_TAKEN] = {"SELECT COUNT(*) FROM product WHERE id = $1", "t", "i", false},
    [OWN_PLANS] = {"SELECT " PLAN_COLUMNS " FROM product p JOIN plan l ON l.product = p.id"
                   " WHERE p.id = $1 AND p.publisher = $2 ORDER BY l.name_fold, l.id LIMIT $3",
                   "tti", PLAN_GIVES, false},
    [OWN_PLANS_POINTS] = {"SELECT " POINT_COLUMNS(
                              "$3") ", p.plan FROM price_point p"
                                    " JOIN product d ON d.id = p.product WHERE p.product = $1"
                                    " AND d.publisher = $2 AND p.disabled = 0 AND p.market = 'US'"
                                    " ORDER BY p.plan, p.id",
                          "ttt", POINT_GIVES "t", false},
    [OWN_PLAN] = {"SELECT " PLAN_COLUMNS ", l.version FROM plan l"
                  " JOIN product p ON p.id = l.product"
                  " WHERE l.product = $1 AND l.id = $2 AND p.publisher = $3",
                  "ttt", PLAN_GIVES "i", false},
    [OWN_POINTS] = {"SELECT " POINT_COLUMNS(
                        "$3") ", p.disabled FROM price_point p"
                              " WHERE p.product = $1 AND p.plan = $2 ORDER BY p.position, p.id",
                    "ttt", POINT_GIVES "i", false},
    [OWN_INCLUDED] = {"SELECT meter, term_months, quantity FROM plan_included"
                      " WHERE product = $1 AND plan = $2 ORDER BY meter, term_months",
                      "tt", "tiI", false},
    [OWN_CHANGES] = {"SELECT c.point, c.from_on, c.amount, (SELECT p.kind FROM price_point p"
                     " WHERE p.product = c.product AND p.plan = c.plan AND p.id = c.point)"
                     " FROM price_change c WHERE c.product = $1 AND c.plan = $2 AND c.from_on > $3"
                     " ORDER BY c.point, c.from_on",
                     "ttt", "ttit", false},
    [OTHER_METERS] = {"SELECT id FROM price_point WHERE product = $1 AND plan <> $2"
                      " AND kind = 'meter'",
                      "tt", "t", false},
    [PRODUCTS_FORWARD] = PRODUCTS(">", "ASC"),
    [PRODUCTS_BACKWARD] = PRODUCTS("<", "DESC"),
    [PRODUCT_UPDATE] = {"UPDATE product SET name = $4, name_fold = $5, type = $6, storefront = $7,"
                        " transactable = $8, macc = $9, cosell = $10, version = version + 1"
                        " WHERE id = $1 AND publisher = $2 AND version = $3",
                        "ttit"
                        "ttt"
                        "iii",
                        "", true},
    [PRODUCT_PUBLISH] = {"UPDATE product SET published = $3, version = version + 1"
                         " WHERE id = $1 AND publisher = $2",
                         "tti", "", true},
    [PLAN_UPDATE] = {"UPDATE plan SET name = $4, name_fold = $5, description = $6,"
                     " visibility = $7, model = $8, trial_months = $9, min_users = $10,"
                     " max_users = $11, saving_1y_e8 = $12, saving_3y_e8 = $13, summary = $14,"
                     " markets = $15, version = version + 1"
                     " WHERE product = $1 AND id = $2 AND version = $3",
                     "ttittttt"
                     "iiiii"
                     "tt",
                     "", true},
    [PLAN_TOUCH] = {"UPDATE plan SET version = version + 1 WHERE product = $1 AND id = $2", "tt",
                    "", true},
    [POINTS_DELETE] = {"DELETE FROM price_point WHERE product = $1 AND plan = $2", "tt", "", true},
    /* A price that is there already changes by notice only (LAW 3.2). */
    [POINT_PUT] = {"INSERT INTO price_point (product, plan, id, position, kind, term_months,"
                   " payment_months, name, unit, vcpu, market, disabled, amount)"
                   " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)"
                   " ON CONFLICT (product, plan, id) DO UPDATE SET position = $4, name = $8,"
                   " unit = $9, disabled = $12",
                   "tttitiittitii", "", true},
    [INCLUDED_DELETE] = {"DELETE FROM plan_included WHERE product = $1 AND plan = $2", "tt", "",
                         true},
    [INCLUDED_PUT] = {"INSERT INTO plan_included (product, plan, meter, term_months, quantity)"
                      " VALUES ($1, $2, $3, $4, $5)",
                      "tttiI", "", true},
    [CHANGE_PUT] = {"INSERT INTO price_change (product, plan, point, from_on, amount)"
                    " VALUES ($1, $2, $3, $4, $5)",
                    "tttti", "", true},
    [CHANGES_DELETE] = {"DELETE FROM price_change WHERE product = $1 AND plan = $2 AND point = $3"
                        " AND from_on > $4",
                        "tttt", "", true},
};

const struct family store_catalogue_edit_family = {"catalogue_edit", statements, COUNT(statements),
                                                   FAMILY_CATALOGUE_EDIT};

/* ---- Reading -------------------------------------------------------------------------------- */

static enum err
read_product(struct arena *arena, const struct column *columns, struct product *product)
{
    product->id = arena_text(arena, columns[0].text);
    product->name = arena_text(arena, columns[1].text);
    product->publisher = arena_text(arena, columns[2].text);
    product->in_azure_marketplace = text_equal(columns[4].text, "azure_marketplace");
    product->published = columns[5].integer != 0;
    product->transactable = columns[6].integer != 0;
    product->macc_enrolled = columns[7].integer != 0;
    product->cosell_eligible = columns[8].integer != 0;
    return product_type_read(columns[3].text, &product->type);
}

struct product_reading {
    struct arena *arena;
    struct own_product *product;
    size_t count;
};

static enum err
read_own_product(void *context, const struct column *columns)
{
    struct product_reading *reading = context;

    reading->product->version = columns[9].integer;
    reading->count++;
    return read_product(reading->arena, columns, &reading->product->facts);
}

enum err
own_product_load(struct db *db, struct arena *arena, const char *publisher, const char *id,
                 struct own_product *product)
{
    struct own_product found;
    struct product_reading reading = {arena, &found, 0};
    struct row_reader reader = {&reading, read_own_product};

    TRY(db_run(db, &store_catalogue_edit_family, OWN_PRODUCT, VALUES(text(id), text(publisher)),
               &reader, NULL));
    if (reading.count == 0)
        return ERR_ABSENT;
    *product = found;
    return OK;
}

static enum err
read_taken(void *context, const struct column *columns)
{
    bool *taken = context;

    *taken = columns[0].integer > 0;
    return OK;
}

enum err
product_id_taken(struct db *db, const char *id, bool *taken)
{
    struct row_reader reader = {taken, read_taken};

    return db_run(db, &store_catalogue_edit_family, PRODUCT_TAKEN, VALUES(text(id)), &reader, NULL);
}

/* Points of many plans, in the order of their plans' ids. */
struct many_points {
    struct plan_reading reading; /* first: read_point takes it */
    const char **plans;
};

static enum err
read_point_of_many(void *context, const struct column *columns)
{
    struct many_points *many = context;
    size_t at = many->reading.point_count;

    TRY(read_point(&many->reading, columns));
    many->plans[at] = arena_text(many->reading.arena, columns[POINT_COLUMN_COUNT].text);
    return OK;
}

/* Gives each plan its stretch of the points. */
static void
points_share(const struct many_points *many, struct plan *plan)
{
    const struct plan_reading *reading = &many->reading;

    for (size_t k = 0; k < reading->point_count; k++) {
        if (!text_equal(many->plans[k], plan->id))
            continue;
        if (plan->point_count == 0)
            plan->points = &reading->points[k];
        plan->point_count++;
    }
}

enum err
own_plans_facts(struct db *db, struct arena *arena, const char *publisher, const char *product,
                struct plan **plans, size_t *count)
{
    struct plan_reading reading = {.arena = arena,
                                   .plans = arena_array(arena, struct plan, LIMIT_PLANS),
                                   .plan_limit = LIMIT_PLANS};
    struct row_reader reader = {&reading, read_plan};

    TRY(db_run(db, &store_catalogue_edit_family, OWN_PLANS,
               VALUES(text(product), text(publisher), integer(LIMIT_PLANS)), &reader, NULL));
    *plans = reading.plans;
    *count = reading.plan_count;
    return OK;
}

enum err
own_plans_load(struct db *db, struct arena *arena, const char *publisher, const char *product,
               struct day today, struct plan **plans, size_t *count)
{
    struct many_points many = {
        .reading = {.arena = arena,
                    .points = arena_array(arena, struct price_point, LIMIT_PLANS * LIMIT_POINTS),
                    .point_limit = LIMIT_PLANS * LIMIT_POINTS},
        .plans = arena_array(arena, const char *, LIMIT_PLANS *LIMIT_POINTS),
    };
    struct row_reader reader = {&many, read_point_of_many};
    struct plan *found;
    size_t found_count;

    TRY(own_plans_facts(db, arena, publisher, product, &found, &found_count));
    TRY(db_run(db, &store_catalogue_edit_family, OWN_PLANS_POINTS,
               VALUES(text(product), text(publisher), text(day_iso(arena, today))), &reader, NULL));
    for (size_t i = 0; i < found_count; i++)
        points_share(&many, &found[i]);
    *plans = found;
    *count = found_count;
    return OK;
}

/* One plan and its version. */
struct own_reading {
    struct plan_reading reading; /* first: read_plan and read_point take it */
    struct own_plan *plan;
};

static enum err
read_own_plan(void *context, const struct column *columns)
{
    struct own_reading *own = context;

    own->plan->version = columns[PLAN_COLUMN_COUNT].integer;
    return read_plan(&own->reading, columns);
}

static enum err
read_own_point(void *context, const struct column *columns)
{
    struct own_reading *own = context;
    size_t at = own->reading.point_count;

    TRY(read_point(&own->reading, columns));
    own->reading.points[at].disabled = columns[POINT_COLUMN_COUNT].integer != 0;
    return OK;
}

struct change_reading {
    struct arena *arena;
    struct own_plan *plan;
};

static enum err
read_change(void *context, const struct column *columns)
{
    struct change_reading *reading = context;
    struct price_change change = {.point = arena_text(reading->arena, columns[0].text)};
    enum point_kind kind;

    if (reading->plan->change_count == POINTS_MAX || day_parse(columns[1].text, &change.from_on))
        return ERR_BROKEN;
    TRY(point_kind_read(columns[3].text, &kind));
    change.amount = amount_of(kind, columns[2].integer);
    reading->plan->changes[reading->plan->change_count++] = change;
    return OK;
}

enum err
own_plan_load(struct db *db, struct arena *arena, const char *publisher, const char *product,
              const char *id, struct day today, struct own_plan *plan)
{
    struct own_plan found = {.changes = arena_array(arena, struct price_change, POINTS_MAX)};
    struct own_reading own = {
        .reading = {.arena = arena,
                    .plans = &found.plan,
                    .plan_limit = 1,
                    .points = arena_array(arena, struct price_point, POINTS_MAX),
                    .point_limit = POINTS_MAX,
                    .included = arena_array(arena, struct included, INCLUDED_MAX)},
        .plan = &found};
    struct change_reading changes = {arena, &found};
    struct row_reader plan_reader = {&own, read_own_plan};
    struct row_reader point_reader = {&own, read_own_point};
    struct row_reader included_reader = {&own.reading, read_included};
    struct row_reader change_reader = {&changes, read_change};
    const char *day = day_iso(arena, today);
    const struct family *family = &store_catalogue_edit_family;

    TRY(db_run(db, family, OWN_PLAN, VALUES(text(product), text(id), text(publisher)), &plan_reader,
               NULL));
    if (own.reading.plan_count == 0)
        return ERR_ABSENT;
    TRY(db_run(db, family, OWN_POINTS, VALUES(text(product), text(id), text(day)), &point_reader,
               NULL));
    TRY(db_run(db, family, OWN_INCLUDED, VALUES(text(product), text(id)), &included_reader, NULL));
    TRY(db_run(db, family, OWN_CHANGES, VALUES(text(product), text(id), text(day)), &change_reader,
               NULL));
    found.plan.points = own.reading.points;
    found.plan.point_count = own.reading.point_count;
    found.plan.included = own.reading.included;
    found.plan.included_count = own.reading.included_count;
    *plan = found;
    return OK;
}

struct meter_reading {
    struct arena *arena;
    const char **meters;
    size_t count;
};

static enum err
read_meter(void *context, const struct column *columns)
{
    struct meter_reading *reading = context;

    for (size_t i = 0; i < reading->count; i++) {
        if (text_equal(reading->meters[i], columns[0].text))
            return OK;
    }
    if (reading->count < LIMIT_PLANS) /* more than any product may have */
        reading->meters[reading->count++] = arena_text(reading->arena, columns[0].text);
    return OK;
}

_Static_assert(LIMIT_METERS < LIMIT_PLANS, "the array above holds every meter of a product");

enum err
other_meters_load(struct db *db, struct arena *arena, const char *product, const char *plan,
                  const char ***meters, size_t *count)
{
    struct meter_reading reading = {arena, arena_array(arena, const char *, LIMIT_PLANS), 0};
    struct row_reader reader = {&reading, read_meter};

    TRY(db_run(db, &store_catalogue_edit_family, OTHER_METERS, VALUES(text(product), text(plan)),
               &reader, NULL));
    *meters = reading.meters;
    *count = reading.count;
    return OK;
}

/* ---- Lists ---------------------------------------------------------------------------------- */

struct line_reading {
    struct arena *arena;
    struct product_line *rows;
    size_t count;
};

/* A cursor is <id>.<name>; no id holds a dot. */
static enum err
read_product_line(void *context, const struct column *columns)
{
    struct line_reading *reading = context;
    struct product_line line = {
        .plan_count = (int)columns[9].integer,
        .published_count = (int)columns[10].integer,
        .has_model = !columns[11].null,
    };

    TRY(read_product(reading->arena, columns, &line.facts));
    if (line.has_model)
        TRY(model_read(columns[11].text, &line.model));
    line.cursor = arena_format(reading->arena, "%s.%s", line.facts.id,
                               text_fold(reading->arena, line.facts.name));
    reading->rows[reading->count++] = line;
    return OK;
}

static void
reverse(struct product_line *rows, size_t count)
{
    for (size_t i = 0; i < count / 2; i++) {
        struct product_line swapped = rows[i];

        rows[i] = rows[count - 1 - i];
        rows[count - 1 - i] = swapped;
    }
}

enum err
products_page(struct db *db, struct arena *arena, const struct product_query *query,
              struct product_page *page)
{
    struct line_reading reading = {
        arena, arena_array(arena, struct product_line, LIMIT_PRODUCT_ROWS + 1), 0};
    struct row_reader reader = {&reading, read_product_line};
    size_t span = strcspn(query->cursor, ".");
    const char *id = query->backward ? TEXT_LAST : "";
    const char *name = id;
    bool first = *query->cursor == '\0';
    bool more;

    if (!first && query->cursor[span] != '.')
        return ERR_INVALID;
    if (!first) {
        id = arena_copy(arena, query->cursor, span);
        name = query->cursor + span + 1;
    }
    TRY(db_run(
        db, &store_catalogue_edit_family, query->backward ? PRODUCTS_BACKWARD : PRODUCTS_FORWARD,
        VALUES(text(query->publisher), text(name), text(id), text(query->search),
               text(like_pattern(arena, "%", query->search)), integer(LIMIT_PRODUCT_ROWS + 1)),
        &reader, NULL));
    more = reading.count > LIMIT_PRODUCT_ROWS;
    page->rows = reading.rows;
    page->count = more ? LIMIT_PRODUCT_ROWS : reading.count;
    page->before = query->backward ? more : !first;
    page->after = query->backward ? !first : more;
    if (query->backward)
        reverse(page->rows, page->count);
    return OK;
}

/* ---- Changing ------------------------------------------------------------------------------- */

/* Runs a change of one row; what it answers when the row is not there. */
static enum err
change_one(struct db *db, unsigned statement, const struct value *values, size_t count,
           enum err otherwise)
{
    int64_t changed = 0;

    TRY(db_run(db, &store_catalogue_edit_family, statement, values, count, NULL, &changed));
    return changed > 0 ? OK : otherwise;
}

enum err
product_update(struct db *db, struct arena *arena, const struct product *product, int64_t version)
{
    return change_one(
        db, PRODUCT_UPDATE,
        VALUES(text(product->id), text(product->publisher), integer(version), text(product->name),
               text(text_fold(arena, product->name)), text(product_type_text(product->type)),
               text(product->in_azure_marketplace ? "azure_marketplace" : "appsource"),
               integer(product->transactable), integer(product->macc_enrolled),
               integer(product->cosell_eligible)),
        ERR_STALE);
}

enum err
product_publish(struct db *db, const char *publisher, const char *id, bool published)
{
    return change_one(db, PRODUCT_PUBLISH, VALUES(text(id), text(publisher), integer(published)),
                      ERR_ABSENT);
}

static enum err
included_replace(struct db *db, const struct plan *plan)
{
    TRY(db_run(db, &store_catalogue_edit_family, INCLUDED_DELETE,
               VALUES(text(plan->product), text(plan->id)), NULL, NULL));
    for (size_t i = 0; i < plan->included_count; i++) {
        const struct included *included = &plan->included[i];

        TRY(db_run(db, &store_catalogue_edit_family, INCLUDED_PUT,
                   VALUES(text(plan->product), text(plan->id), text(included->meter),
                          integer(included->term_months),
                          included->unlimited ? null_integer() : integer(included->quantity)),
                   NULL, NULL));
    }
    return OK;
}

enum err
plan_update(struct db *db, struct arena *arena, const struct plan *plan, int64_t version)
{
    TRY(change_one(db, PLAN_UPDATE,
                   VALUES(text(plan->product), text(plan->id), integer(version), text(plan->name),
                          text(text_fold(arena, plan->name)), text(plan->description),
                          text(plan->is_public ? "public" : "private"),
                          text(model_text(plan->model)), integer(plan->trial_months),
                          integer(plan->min_users), integer(plan->max_users),
                          integer(saving_stored(plan, RESERVATION_1_YEAR)),
                          integer(saving_stored(plan, RESERVATION_3_YEARS)), text(plan->summary),
                          text(plan->markets)),
                   ERR_STALE));
    return included_replace(db, plan);
}

enum err
plan_points_merge(struct db *db, const struct plan *plan)
{
    for (size_t k = 0; k < plan->point_count; k++) {
        const struct price_point *point = &plan->points[k];

        TRY(db_run(db, &store_catalogue_edit_family, POINT_PUT,
                   VALUES(text(plan->product), text(plan->id), text(point->id), integer((int64_t)k),
                          text(point_kind_text(point->kind)), integer(point->term_months),
                          integer(point->payment_months), text(point->name), text(point->unit),
                          integer(point->vcpu), text(point->market), integer(point->disabled),
                          integer(amount_integer(point->list))),
                   NULL, NULL));
    }
    return OK;
}

enum err
plan_points_replace(struct db *db, const struct plan *plan)
{
    TRY(db_run(db, &store_catalogue_edit_family, POINTS_DELETE,
               VALUES(text(plan->product), text(plan->id)), NULL, NULL));
    return plan_points_merge(db, plan);
}

enum err
price_change_set(struct db *db, struct arena *arena, const char *product, const char *plan,
                 struct day today, const struct price_change *change)
{
    TRY(db_run(db, &store_catalogue_edit_family, CHANGES_DELETE,
               VALUES(text(product), text(plan), text(change->point), text(day_iso(arena, today))),
               NULL, NULL));
    return db_run(db, &store_catalogue_edit_family, CHANGE_PUT,
                  VALUES(text(product), text(plan), text(change->point),
                         text(day_iso(arena, change->from_on)),
                         integer(amount_integer(change->amount))),
                  NULL, NULL);
}

enum err
price_change_remove(struct db *db, struct arena *arena, const char *product, const char *plan,
                    const char *point, struct day today)
{
    return change_one(db, CHANGES_DELETE,
                      VALUES(text(product), text(plan), text(point), text(day_iso(arena, today))),
                      ERR_ABSENT);
}

enum err
plan_touch(struct db *db, const char *product, const char *plan)
{
    return change_one(db, PLAN_TOUCH, VALUES(text(product), text(plan)), ERR_ABSENT);
}

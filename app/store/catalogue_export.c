/*
 * catalogue_export.c: the ids of a publisher's products and plans.
 */
#include "store/catalogue_export.h"

#include <string.h>

#include "store/families.h"

enum { OWN_PRODUCT_IDS, OWN_PLAN_IDS };

static const struct statement statements[] = {
    [OWN_PRODUCT_IDS] = {"SELECT id FROM product WHERE publisher = $1 ORDER BY name_fold, id"
                         " LIMIT $2",
                         "ti", "t", false},
    [OWN_PLAN_IDS] = {"SELECT l.id FROM product p JOIN plan l ON l.product = p.id"
                      " WHERE p.id = $1 AND p.publisher = $2 ORDER BY l.id LIMIT $3",
                      "tti", "t", false},
};

const struct family store_catalogue_export_family = {"catalogue_export", statements,
                                                     COUNT(statements), FAMILY_CATALOGUE_EXPORT};

struct listing {
    struct arena *arena;
    struct own_ids *ids;
    size_t limit;
};

static enum err
read_id(void *context, const struct column *columns)
{
    struct listing *listing = context;

    if (listing->ids->count == listing->limit)
        listing->ids->more = true;
    else
        listing->ids->rows[listing->ids->count++] = arena_text(listing->arena, columns[0].text);
    return OK;
}

static int
ids_compare(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

enum err
own_product_ids(struct db *db, struct arena *arena, const char *publisher, struct own_ids *ids)
{
    struct own_ids found = {.rows = arena_array(arena, const char *, LIMIT_FILE_PRODUCTS)};
    struct listing listing = {arena, &found, LIMIT_FILE_PRODUCTS};
    struct row_reader reader = {&listing, read_id};

    TRY(db_run(db, &store_catalogue_export_family, OWN_PRODUCT_IDS,
               VALUES(text(publisher), integer(LIMIT_FILE_PRODUCTS + 1)), &reader, NULL));
    qsort(found.rows, found.count, sizeof *found.rows, ids_compare); /* the index is by name */
    *ids = found;
    return OK;
}

enum err
own_plan_ids(struct db *db, struct arena *arena, const char *publisher, const char *product,
             struct own_ids *ids)
{
    struct own_ids found = {.rows = arena_array(arena, const char *, LIMIT_PLANS)};
    struct listing listing = {arena, &found, LIMIT_PLANS};
    struct row_reader reader = {&listing, read_id};

    TRY(db_run(db, &store_catalogue_export_family, OWN_PLAN_IDS,
               VALUES(text(product), text(publisher), integer(LIMIT_PLANS)), &reader, NULL));
    *ids = found;
    return OK;
}

/*
 * catalogue_export.h: which products and plans a publisher has, for going through all of them.
 *
 * Not here: what they are (store/catalogue_edit).
 */
#ifndef STORE_CATALOGUE_EXPORT_H
#define STORE_CATALOGUE_EXPORT_H

#include "base/limits.h"
#include "store/store.h"

struct own_ids {
    const char **rows;
    size_t count;
    bool more; /* than LIMIT_FILE_PRODUCTS products */
};

/* Keeps the ids of the publisher's products, ascending, at most LIMIT_FILE_PRODUCTS. */
MUST_CHECK enum err own_product_ids(struct db *db, struct arena *arena, const char *publisher,
                                    struct own_ids *ids);

/* Keeps the ids of the product's plans, ascending, at most LIMIT_PLANS; none when the product is
 * another publisher's. */
MUST_CHECK enum err own_plan_ids(struct db *db, struct arena *arena, const char *publisher,
                                 const char *product, struct own_ids *ids);

#endif

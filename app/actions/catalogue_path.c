/*
 * catalogue_path.c: where in a catalogue's file the places stand that the actions of the catalogue
 * name in their problems.
 *
 * Not here: problems of the text itself, which are found at their paths.
 */
#include "actions/catalogue_parts.h"

#include <string.h>

#define NAME_PREFIX "name-"
#define ID_PREFIX "id-"
#define UNIT_PREFIX "unit-"
#define INCLUDED_PREFIX "included-"
#define SAVING_PREFIX "saving-"
#define PRICING KEY_AVAILABILITY "." KEY_PRICING "."
#define METERS PRICING KEY_CUSTOM_METERS "." KEY_METERS "."

/* What a place of an action is called in the file. */
struct renamed {
    const char *at;
    const char *path;
};

static const struct renamed of_product[] = {
    {"id", "id"}, {"name", "name"}, {"type", "type"}, {"storefront", "store"}, {"plans", KEY_PLANS},
};

static const struct renamed of_plan[] = {
    {"id", "id"},
    {"name", "name"},
    {"description", "description"},
    {"summary", "summary"},
    {"visibility", "visibility"},
    {"trial", "trial"},
    {"markets", "markets"},
    {"min_users", PRICING KEY_RECURRENT "." KEY_USER_LIMITS ".min"},
    {"max_users", PRICING KEY_RECURRENT "." KEY_USER_LIMITS ".max"},
};

static const char *
renamed_path(const struct renamed *rows, size_t count, const char *at)
{
    for (size_t i = 0; i < count; i++) {
        if (text_equal(rows[i].at, at))
            return rows[i].path;
    }
    return NULL;
}

/* Where the model is said, or the prices stand that it follows from. */
static const char *
prices_path(const struct plan *plan, bool model)
{
    switch (plan->type) {
    case PRODUCT_SAAS:
        return model ? PRICING KEY_RECURRENT ".recurrentPriceMode"
                     : PRICING KEY_RECURRENT "." KEY_PRICES;
    case PRODUCT_VM:
        return model ? KEY_MODEL : KEY_VM_HOURLY;
    case PRODUCT_APP:
        return KEY_MONTHLY_FEE;
    case PRODUCT_TYPE_COUNT:
        break;
    }
    assert(false);
    return NULL;
}

/* "hour-4-CA" and "hour" of hourly prices, whether the file has them or not. */
static const char *
hour_path(struct arena *arena, const struct plan *plan, const char *id)
{
    const char *key = file_models[plan->model];
    const char *size = id + strcspn(id, "-");
    size_t digits;

    if (*size == '\0')
        return arena_format(arena, KEY_VM_HOURLY ".%s", key);
    size++;
    digits = strcspn(size, "-");
    if (plan->model != MODEL_VM_MARKET)
        return arena_format(arena, KEY_VM_HOURLY ".%s.%sCore", key,
                            arena_copy(arena, size, digits));
    return arena_format(arena, KEY_VM_HOURLY ".%s.%s.%sCore", key,
                        size[digits] == '-' ? size + digits + 1 : MARKET_US,
                        arena_copy(arena, size, digits));
}

/* The path of a price; of one that the file lacks, of what would hold it. */
static const char *
point_path(struct arena *arena, const struct file_plan *file, const char *id)
{
    const struct plan *plan = &file->plan;
    const struct price_point *point = plan_point(plan, id);

    if (text_starts(id, POINT_METER_PREFIX))
        return arena_format(arena, METERS "%s.%s", id + strlen(POINT_METER_PREFIX), KEY_PRICE);
    if (plan->type != PRODUCT_SAAS)
        return plan->type == PRODUCT_VM ? hour_path(arena, plan, id) : KEY_MONTHLY_FEE;
    if (point == NULL)
        return prices_path(plan, false);
    return arena_format(arena, PRICING KEY_RECURRENT "." KEY_PRICES "[%zu]." KEY_PRICE,
                        file->prices_at[term_place(point->term_months)]);
}

/* "included-<meter>-<months>" */
static const char *
included_path(struct arena *arena, const struct file_plan *file, const char *at)
{
    const struct plan *plan = &file->plan;

    for (size_t i = 0; i < plan->included_count; i++) {
        const struct included *included = &plan->included[i];
        const char *dimension = included->meter + strlen(POINT_METER_PREFIX);

        if (text_equal(at, arena_format(arena, INCLUDED_PREFIX "%s-%d", included->meter,
                                        included->term_months)) ||
            text_equal(
                at, arena_format(arena, INCLUDED_PREFIX "%s-%d", dimension, included->term_months)))
            return arena_format(arena, METERS "%s." KEY_INCLUDED "[%zu]", dimension,
                                file->included_at[i]);
    }
    return PRICING KEY_CUSTOM_METERS;
}

static const char *
plan_path(struct arena *arena, const struct file_plan *file, const char *at)
{
    const struct plan *plan = &file->plan;
    const char *path = renamed_path(of_plan, COUNT(of_plan), at);

    if (path != NULL)
        return path;
    if (text_equal(at, "model") || text_equal(at, "prices"))
        return prices_path(plan, *at == 'm');
    if (text_starts(at, SAVING_PREFIX))
        return KEY_VM_HOURLY "." KEY_RESERVATIONS;
    if (text_starts(at, INCLUDED_PREFIX))
        return included_path(arena, file, at);
    if (text_starts(at, ID_PREFIX POINT_METER_PREFIX))
        return arena_format(arena, METERS "%s", at + strlen(ID_PREFIX POINT_METER_PREFIX));
    if (text_starts(at, NAME_PREFIX POINT_METER_PREFIX))
        return arena_format(arena, METERS "%s.name", at + strlen(NAME_PREFIX POINT_METER_PREFIX));
    if (text_starts(at, UNIT_PREFIX POINT_METER_PREFIX))
        return arena_format(arena, METERS "%s.unit", at + strlen(UNIT_PREFIX POINT_METER_PREFIX));
    return point_path(arena, file, at);
}

const char *
import_path(struct arena *arena, size_t number, const struct file_product *product,
            const struct file_plan *plan, const char *at)
{
    const char *path;

    if (plan != NULL)
        return arena_format(arena, KEY_PRODUCTS "[%zu]." KEY_PLANS "[%zu].%s", number,
                            (size_t)(plan - product->plans), plan_path(arena, plan, at));
    path = renamed_path(of_product, COUNT(of_product), at);
    if (path == NULL)
        return arena_format(arena, KEY_PRODUCTS "[%zu]", number);
    return arena_format(arena, KEY_PRODUCTS "[%zu].%s", number, path);
}

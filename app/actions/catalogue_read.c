/*
 * catalogue_read.c: a catalogue's file as products and plans; whatever is wrong is named by its
 * path, and reading goes on behind it.
 *
 * Not here: the text itself (actions/json_text), prices (actions/catalogue_read_prices), what the
 * rules of the catalogue say of it (core/catalogue_check, by way of the actions that save).
 */
#include "actions/catalogue_reading.h"

#include <stdio.h>
#include <string.h>

#include "actions/json_text.h"

#define TRIAL_MAX 12   /* months one can write; the rules allow fewer */
#define MARKET_BYTES 3 /* of a code and the space before the next */

/* Room for one more plan: for all texts that a file can hold, and the prices of a plan. */
#define PLAN_ROOM_BYTES ((size_t)16 * 1024 * 1024)

_Static_assert(PLAN_ROOM_BYTES > LIMIT_CATALOGUE_BYTES && PLAN_ROOM_BYTES < LIMIT_ARENA_BYTES / 2,
               "a plan has room, and most of the room is for plans");

/* "CA US": sorted, whatever the order in the file. */
static const char *
join_markets(struct arena *arena, char codes[][MARKET_BYTES], size_t count)
{
    char line[LIMIT_MARKETS * MARKET_BYTES + 1] = "";

    for (size_t i = 1; i < count; i++) {
        for (size_t k = i; k > 0 && strcmp(codes[k - 1], codes[k]) > 0; k--) {
            char other[MARKET_BYTES];

            memcpy(other, codes[k], MARKET_BYTES);
            memcpy(codes[k], codes[k - 1], MARKET_BYTES);
            memcpy(codes[k - 1], other, MARKET_BYTES);
        }
    }
    for (size_t i = 0; i < count; i++)
        (void)snprintf(line + i * MARKET_BYTES, sizeof line - i * MARKET_BYTES, "%s%s", codes[i],
                       i + 1 == count ? "" : " ");
    return arena_text(arena, line);
}

static bool
code_among(char codes[][MARKET_BYTES], size_t count, const char *code)
{
    for (size_t i = 0; i < count; i++) {
        if (text_equal(codes[i], code))
            return true;
    }
    return false;
}

static void
read_markets(const struct reading *reading, const struct node *object, const char **markets)
{
    const struct reader *reader = &reading->reader;
    char codes[LIMIT_MARKETS][MARKET_BYTES];
    size_t count = 0;
    struct node list;

    if (!node_list(reader, object, "markets", &list))
        return;
    if (node_count(&list) > LIMIT_MARKETS) {
        node_problem(reader, &list, "A plan has at most %d markets", LIMIT_MARKETS);
        return;
    }
    for (size_t i = 0; i < node_count(&list); i++) {
        struct node element = node_element(&list, i);
        const char *code = "";

        if (!node_text(reader, &element, false, &code))
            continue;
        if (!market_code_valid(code))
            node_problem(reader, &element, "A market is a code of two capital letters, as in US");
        else if (code_among(codes, count, code))
            node_problem(reader, &element, "This market is here twice");
        else
            memcpy(codes[count++], code, MARKET_BYTES);
    }
    *markets = join_markets(reader->arena, codes, count);
}

/* Keeps the prices of the plan at hand in their order. */
static void
take_prices(struct reading *reading, struct file_plan *plan)
{
    struct arena *arena = reading->reader.arena;
    size_t *places = arena_array(arena, size_t, reading->included_count + 1);

    plan->plan.points = arena_array(arena, struct price_point, reading->point_count + 1);
    plan->plan.point_count = reading->point_count;
    memcpy(plan->plan.points, reading->points, reading->point_count * sizeof *reading->points);
    plan->plan.included = arena_array(arena, struct included, reading->included_count + 1);
    plan->plan.included_count = reading->included_count;
    memcpy(plan->plan.included, reading->included,
           reading->included_count * sizeof *reading->included);
    plan_sort(&plan->plan);
    for (size_t i = 0; i < reading->included_count; i++) {
        for (size_t k = 0; k < reading->included_count; k++) {
            if (plan->plan.included[i].meter == reading->included[k].meter &&
                plan->plan.included[i].term_months == reading->included[k].term_months)
                places[i] = reading->included_at[k];
        }
    }
    plan->included_at = places;
}

/* Prices that only plans of another type have. */
static void
refuse_foreign(const struct reading *reading, const struct node *object, enum product_type type)
{
    static const struct {
        const char *key;
        enum product_type type;
        const char *message;
    } foreign[] = {
        {KEY_VM_HOURLY, PRODUCT_VM, "Only a virtual machine plan has hourly prices"},
        {KEY_MODEL, PRODUCT_VM, "Leave this out: the model follows from the prices"},
        {KEY_MONTHLY_FEE, PRODUCT_APP, "Only a plan of an Azure application has a monthly fee"},
    };
    struct node member;

    for (size_t i = 0; i < COUNT(foreign); i++) {
        if (foreign[i].type != type && node_member(object, foreign[i].key, &member))
            node_problem(&reading->reader, &member, "%s", foreign[i].message);
    }
}

static void
read_plan(struct reading *reading, const struct node *object, const struct product *product,
          struct file_plan *plan)
{
    static const char *const keys[] = {
        "id",    "name",    "description", "summary",     "visibility",    "published",
        "trial", "markets", KEY_MODEL,     KEY_VM_HOURLY, KEY_MONTHLY_FEE, KEY_AVAILABILITY};
    static const char *const visibilities[] = {"private", "public"};
    const struct reader *reader = &reading->reader;
    int visibility = 1;
    int64_t trial = 0;

    plan->plan = (struct plan){
        .product = product->id,
        .type = product->type,
        .id = "",
        .name = "",
        .description = "",
        .summary = "",
        .markets = MARKET_US,
        .model = product->type == PRODUCT_APP ? MODEL_APP : MODEL_FLAT_RATE,
        .published = true,
        .min_users = 1,
    };
    reading->point_count = 0;
    reading->included_count = 0;
    node_keys(reader, object, keys, COUNT(keys));
    read_line(reader, object, "id", true, &plan->plan.id);
    read_line(reader, object, "name", true, &plan->plan.name);
    read_lines(reader, object, "description", &plan->plan.description);
    read_line(reader, object, "summary", false, &plan->plan.summary);
    read_word(reader, object, "visibility", false, visibilities, COUNT(visibilities), &visibility);
    plan->plan.is_public = visibility == 1;
    read_flag(reader, object, "published", &plan->plan.published);
    (void)read_integer(reader, object, "trial", false, 0, TRIAL_MAX, &trial);
    plan->plan.trial_months = (int)trial;
    read_markets(reading, object, &plan->plan.markets);
    refuse_foreign(reading, object, product->type);
    if (product->type == PRODUCT_APP)
        read_fee(reading, object);
    read_availability(reading, object, plan);
    if (product->type == PRODUCT_VM)
        read_vm(reading, object, &plan->plan);
    take_prices(reading, plan);
}

static bool
plan_repeats(const struct file_product *product, const char *id)
{
    for (size_t i = 0; i < product->plan_count; i++) {
        if (text_equal(product->plans[i].plan.id, id))
            return true;
    }
    return false;
}

static void
read_plans(struct reading *reading, const struct node *object, struct file_product *product)
{
    const struct reader *reader = &reading->reader;
    struct node list;
    struct node element;
    size_t count;

    if (!node_list(reader, object, KEY_PLANS, &list))
        return;
    count = node_count(&list);
    if (count > LIMIT_PLANS) {
        node_problem(reader, &list, "A product has at most %d plans", LIMIT_PLANS);
        return;
    }
    if (reading->plans + count > LIMIT_FILE_PLANS) {
        node_problem(reader, &list, "A file has at most %d plans; split it", LIMIT_FILE_PLANS);
        return;
    }
    reading->plans += count;
    product->plans = arena_array(reader->arena, struct file_plan, count + 1);
    for (size_t i = 0; i < count; i++) {
        struct file_plan *plan = &product->plans[i];

        plan->plan.id = "";
        if (!node_element_object(reader, &list, i, &element))
            continue;
        if (arena_left(reader->arena) < PLAN_ROOM_BYTES) {
            node_problem(reader, &element, "This is more than can be read at once; split the file");
            return;
        }
        read_plan(reading, &element, &product->product, plan);
        if (*plan->plan.id != '\0' && plan_repeats(product, plan->plan.id))
            member_problem(reader, &element, "id", "Another plan of this product has this ID");
        product->plan_count = i + 1;
    }
}

/* Free and bring-your-own-licence plans are not sold by the marketplace. */
static bool
sells_something(const struct file_product *product)
{
    for (size_t i = 0; i < product->plan_count; i++) {
        if (product->plans[i].plan.model != MODEL_VM_FREE &&
            product->plans[i].plan.model != MODEL_VM_BYOL)
            return true;
    }
    return product->plan_count == 0;
}

static void
read_product(struct reading *reading, const struct node *object, struct file_product *product)
{
    static const char *const keys[] = {"id",
                                       "name",
                                       "type",
                                       "store",
                                       "published",
                                       "transactable",
                                       "commitmentEnrolled",
                                       "coSellEligible",
                                       KEY_PLANS};
    static const char *const types[] = {"SAAS", "AZURE_VM", "AZURE_APP"};
    static const char *const stores[] = {"appsource", "azure_marketplace"};
    const struct reader *reader = &reading->reader;
    struct product *facts = &product->product;
    int type = -1;
    int store = 1;

    _Static_assert(COUNT(types) == PRODUCT_TYPE_COUNT, "each type has its word");
    *facts = (struct product){.id = "", .publisher = "", .name = "", .published = true};
    node_keys(reader, object, keys, COUNT(keys));
    read_line(reader, object, "id", true, &facts->id);
    read_line(reader, object, "name", true, &facts->name);
    read_word(reader, object, "type", true, types, COUNT(types), &type);
    read_word(reader, object, "store", false, stores, COUNT(stores), &store);
    facts->in_azure_marketplace = store == 1;
    read_flag(reader, object, "published", &facts->published);
    read_flag(reader, object, "commitmentEnrolled", &facts->macc_enrolled);
    read_flag(reader, object, "coSellEligible", &facts->cosell_eligible);
    if (type < 0)
        return; /* nothing can be said of its plans */
    facts->type = (enum product_type)type;
    read_plans(reading, object, product);
    facts->transactable = sells_something(product);
    read_flag(reader, object, "transactable", &facts->transactable);
}

static bool
product_repeats(const struct catalogue_file *file, size_t number)
{
    const char *id = file->products[number].product.id;

    for (size_t i = 0; i < number; i++) {
        if (*id != '\0' && text_equal(file->products[i].product.id, id))
            return true;
    }
    return false;
}

static void
read_piece(struct reading *reading, const char *bytes, const struct json_piece *piece,
           size_t number)
{
    static const struct place list = {.key = KEY_PRODUCTS};
    const struct place place = {.up = &list, .index = number};
    struct node object;

    reading->file->products[number].product.id = "";
    if (!node_open(&reading->reader, bytes + piece->offset, piece->size, &place, &object))
        return;
    read_product(reading, &object, &reading->file->products[number]);
    if (product_repeats(reading->file, number))
        member_problem(&reading->reader, &object, "id", "Another product has this ID");
    node_close(&object);
}

enum err
catalogue_file_read(struct arena *arena, const char *bytes, size_t size, struct problems *problems,
                    const struct catalogue_file **file)
{
    struct reading *reading = arena_new(arena, struct reading);
    size_t before = problems->count + problems->dropped;
    struct json_pieces pieces;

    TRY(json_text_split(arena, bytes, size, KEY_PRODUCTS, problems, &pieces));
    reading->reader = (struct reader){.arena = arena, .problems = problems};
    reading->file = arena_new(arena, struct catalogue_file);
    reading->file->products = arena_array(arena, struct file_product, pieces.count + 1);
    reading->file->product_count = pieces.count;
    for (size_t i = 0; i < pieces.count; i++)
        read_piece(reading, bytes, &pieces.rows[i], i);
    if (problems->count + problems->dropped > before)
        return ERR_INVALID;
    *file = reading->file;
    return OK;
}

/*
 * version.c: taking an offer apart into values, and laying two such lists side by side.
 */
#include "core/version.h"

#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "core/event.h"

/* --- taking apart -------------------------------------------------------------------------------
 */

#define VALUES_FIRST 64 /* room is doubled whenever a power of two from here on is full */

void
version_put(struct version *version, struct version_value value, struct arena *arena)
{
    size_t count = version->count;

    if (count == 0 || (count >= VALUES_FIRST && (count & (count - 1)) == 0)) {
        struct version_value *room =
            arena_array(arena, struct version_value, count == 0 ? VALUES_FIRST : 2 * count);

        for (size_t i = 0; i < count; i++)
            room[i] = version->values[i];
        version->values = room;
    }
    version->values[version->count++] = value;
}

static void
put(struct version *version, struct version_value value, struct arena *arena)
{
    if (*value.value != '\0')
        version_put(version, value, arena);
}

/* What a point of a row is: a price by its key, an included quantity by its meter and term. */
static const char *
point_said(struct arena *arena, const struct offer *offer, const struct event_field *change)
{
    struct offer copy = *offer;
    const struct offer_row *row = offer_row(&copy, change->row);
    const char *dot = strrchr(change->point, '.');
    const struct row_price *price = row == NULL ? NULL : row_price(row, change->point);
    int64_t months;

    if (*change->point == '\0' || row == NULL)
        return "";
    if (price != NULL)
        return price_words(arena, row, price);
    if (change->field != FIELD_INCLUDED || dot == NULL ||
        text_to_integer(dot + 1, 1, INT32_MAX, &months) != OK)
        return change->point;
    price = row_price(row, arena_copy(arena, change->point, (size_t)(dot - change->point)));
    return arena_format(arena, "%s, %s term",
                        price == NULL ? change->point : price_words(arena, row, price),
                        term_words(arena, (int)months));
}

/* What nobody typed: list prices, what a discount makes of them, what the adjustment does. */
static void
put_prices(struct version *version, const struct offer_row *row, struct arena *arena)
{
    for (size_t k = 0; !row->whole_product && k < row->price_count; k++) {
        const struct row_price *price = &row->prices[k];
        struct version_value value = {FIELD_LIST_PRICE, row->number, price->key,
                                      price_words(arena, row, price), ""};

        value.value = price->has_list ? amount_show(arena, price->list) : "";
        put(version, value, arena);
        value.field = FIELD_PARTNER_PRICE;
        value.value = row->price_type == PRICE_DISCOUNT && price->has_partner
                          ? amount_show(arena, price->partner)
                          : ""; /* an absolute one was typed */
        put(version, value, arena);
        value.field = FIELD_CUSTOMER_PRICE;
        /* without an adjustment what is there was computed from one that is gone (LAW D-7) */
        value.value =
            row->has_adjustment && price->has_customer ? amount_show(arena, price->customer) : "";
        put(version, value, arena);
    }
}

struct version
version_of(const struct offer *offer, struct arena *arena)
{
    struct version version = {NULL, 0};
    const struct offer nothing = {.name = "",
                                  .billing_account = "",
                                  .customer_label = "",
                                  .description = "",
                                  .partner = "",
                                  .start_on = DAY_NONE,
                                  .end_on = DAY_NONE,
                                  .accept_by_on = DAY_NONE,
                                  .contacts = "",
                                  .sales_note = "",
                                  .prepared_by = "",
                                  .partner_contacts = "",
                                  .partner_note = ""};
    const struct event_fields typed = event_changes(&nothing, offer, arena);

    for (size_t i = 0; i < typed.count; i++) {
        const struct event_field *change = &typed.rows[i];

        if (change->field != FIELD_DOCUMENT && change->field != FIELD_PARTNER_DOCUMENT)
            put(&version,
                (struct version_value){change->field, change->row, change->point,
                                       point_said(arena, offer, change), change->after},
                arena);
    }
    for (size_t i = 0; i < offer->row_count; i++)
        put_prices(&version, &offer->rows[i], arena);
    for (size_t i = 0; i < offer->document_count; i++) {
        const struct document *document = &offer->documents[i];

        put(&version,
            (struct version_value){document->side == PARTY_PARTNER ? FIELD_PARTNER_DOCUMENT
                                                                   : FIELD_DOCUMENT,
                                   0, document->id, document->sha256, document->name},
            arena);
    }
    return version;
}

/* --- side by side -------------------------------------------------------------------------------
 */

/* Values that have other words on the page. */
static const struct {
    enum field field;
    const char *value;
    const char *words;
} tellings[] = {
    {FIELD_START_MODE, "accepted", "Accepted date"},
    {FIELD_START_MODE, "month", "Specific month"},
    {FIELD_PRICE_TYPE, "discount", "Discounted price"},
    {FIELD_PRICE_TYPE, "absolute", "Absolute price"},
    {FIELD_PAYMENT, "0", "One-time upfront"},
    {FIELD_PAYMENT, "1", "Monthly"},
    {FIELD_PAYMENT, "12", "Annual"},
    {FIELD_PAYMENT, "upfront", "Upfront"},
    {FIELD_PAYMENT, "monthly", "Monthly"},
    {FIELD_DURATION, "12", "1-year"},
    {FIELD_DURATION, "36", "3-year"},
    {FIELD_INCLUDED, "unlimited", "Unlimited"},
    {FIELD_TAXABLE, "yes", "Yes"},
};

/* A value as people read it, "" for none. */
static const char *
value_said(struct arena *arena, const struct version_value *value)
{
    struct day day;

    if (value == NULL)
        return "";
    for (size_t i = 0; i < COUNT(tellings); i++) {
        if (tellings[i].field == value->field && text_equal(tellings[i].value, value->value))
            return tellings[i].words;
    }
    switch (fields[value->field].kind) {
    case KIND_DAY:
        return day_parse(value->value, &day) == OK ? day_show(arena, day) : value->value;
    case KIND_MONTH_FIRST:
        return month_parse(value->value, &day) == OK ? day_show(arena, day) : value->value;
    case KIND_MONTH_LAST:
        return month_parse(value->value, &day) == OK ? day_show(arena, month_last(day))
                                                     : value->value;
    case KIND_RATE:
        return arena_format(arena, "%s%%", value->value);
    case KIND_FILE:
        return arena_format(arena, "%s (%.12s)", value->value, value->words);
    case KIND_NAME:
    case KIND_LINE:
    case KIND_NOTE:
    case KIND_LINES:
    case KIND_ACCOUNT:
    case KIND_SELLER:
    case KIND_EMAIL:
    case KIND_EMAILS:
    case KIND_START:
    case KIND_FLAG:
    case KIND_CHOICE:
    case KIND_AMOUNT:
    case KIND_NUMBER:
    case KIND_FACT:
        break;
    }
    return value->value;
}

/* Whose field it is: of what nobody types, who made it what it is. */
static enum party
author_of(enum field field)
{
    if (field == FIELD_CUSTOMER_PRICE || field == FIELD_TAXABLE)
        return PARTY_PARTNER;
    return (fields[field].edited_by & PARTY_BIT(PARTY_PARTNER)) != 0 ? PARTY_PARTNER : PARTY_ISV;
}

/* The offer's own first, then row by row; what a row sells before all else of it. */
static int
order_of(const struct version_value *a, const struct version_value *b)
{
    if (a->row != b->row)
        return a->row < b->row ? -1 : 1;
    if (a->field != b->field)
        return a->field < b->field ? -1 : 1;
    return strcmp(a->point, b->point);
}

static int
values_compare(const void *a, const void *b)
{
    return order_of(a, b);
}

/* Keeps what the viewer may see of it, in order. */
static struct version
seen_in_order(const struct version *version, enum party viewer, unsigned by, struct arena *arena)
{
    struct version seen = {arena_array(arena, struct version_value, version->count + 1), 0};

    for (size_t i = 0; i < version->count; i++) {
        enum field field = version->values[i].field;

        if (field_seen(field, viewer) && (by & PARTY_BIT(author_of(field))) != 0)
            seen.values[seen.count++] = version->values[i];
    }
    qsort(seen.values, seen.count, sizeof *seen.values, values_compare);
    return seen;
}

/* What the row sells in that version; NULL when it has no such row. */
static const char *
row_said(const struct version *version, int row)
{
    for (size_t i = 0; i < version->count; i++) {
        if (version->values[i].row == row && version->values[i].field == FIELD_PRODUCT)
            return version->values[i].value;
    }
    return NULL;
}

/* One comparison at work. */
struct comparing {
    struct arena *arena;
    const struct version *before;
    const struct version *after;
    struct version_changes changes;
};

/* before or after is NULL where that side has no such value. */
static void
tell(struct comparing *comparing, const struct version_value *before,
     const struct version_value *after)
{
    const struct version_value *any = after != NULL ? after : before;
    const char *was;
    const char *is;
    const char *label;
    bool whole_row;

    assert(any != NULL);
    was = any->row == 0 ? "" : row_said(comparing->before, any->row);
    is = any->row == 0 ? "" : row_said(comparing->after, any->row);
    label = fields[any->field].label;
    whole_row = was == NULL || is == NULL;
    if (before != NULL && after != NULL && text_equal(before->value, after->value) &&
        (fields[any->field].kind != KIND_FILE || text_equal(before->words, after->words)))
        return;
    /* what a row sells is told when it comes or goes; its name changes with its plan's, told below;
     * and a list price is no news of a row that came or went */
    if (!whole_row && any->field == FIELD_PRODUCT)
        return;
    if (whole_row && any->field == FIELD_LIST_PRICE)
        return;
    if (any->row != 0 && any->field != FIELD_PRODUCT)
        label = arena_format(comparing->arena, "%s for %s%s%s", label, is != NULL ? is : was,
                             *any->words == '\0' ? "" : ", ", any->words);
    comparing->changes.rows[comparing->changes.count++] = (struct version_change){
        label, value_said(comparing->arena, before), value_said(comparing->arena, after)};
}

struct version_changes
version_compare(const struct version *before, const struct version *after, enum party viewer,
                unsigned by, struct arena *arena)
{
    const struct version was = seen_in_order(before, viewer, by, arena);
    const struct version is = seen_in_order(after, viewer, by, arena);
    struct comparing comparing = {
        arena, &was, &is, {arena_array(arena, struct version_change, was.count + is.count + 1), 0}};
    size_t i = 0;
    size_t k = 0;

    while (i < was.count || k < is.count) {
        int order = i == was.count  ? 1
                    : k == is.count ? -1
                                    : order_of(&was.values[i], &is.values[k]);

        tell(&comparing, order <= 0 ? &was.values[i] : NULL, order >= 0 ? &is.values[k] : NULL);
        i += order <= 0 ? 1 : 0;
        k += order >= 0 ? 1 : 0;
    }
    return comparing.changes;
}

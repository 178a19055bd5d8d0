/*
 * event.c: kinds of events as a table, and the difference between two states of an offer.
 *
 * Not here: keeping them (store/events).
 */
#include "core/event.h"

#include "base/text.h"

#define ISV PARTY_BIT(PARTY_ISV)
#define PARTNER PARTY_BIT(PARTY_PARTNER)
#define CUSTOMER PARTY_BIT(PARTY_CUSTOMER)
#define OPERATOR PARTY_BIT(PARTY_OPERATOR)

struct event_rule {
    const char *text;
    unsigned seen_by;
    const char *words;         /* for everybody, */
    const char *words_partner; /* unless the reader is the partner */
    const char *words_customer;
};

/* The ISV sees nothing of the partner's pricing, nor of a publication that failed after it (LAW 6.1
 * rows 7 and 11); drafts are the ISV's own. */
static const struct event_rule rules[EVENT_KIND_COUNT] = {
    /* text, seen by, words, partner's words, customer's words */
    [EVENT_CREATED] = {"created", ISV | OPERATOR, "Draft created", NULL, NULL},
    [EVENT_EDITED] = {"edited", ISV | OPERATOR, "Draft saved", NULL, NULL},
    [EVENT_SUBMITTED] = {"submitted", ISV | PARTNER | OPERATOR, "Submitted to the selling partner",
                         "Submitted to you", NULL},
    [EVENT_OFFERED] = {"offered", ISV | PARTNER | OPERATOR, "Available to the selling partner",
                       "Available to you", NULL},
    [EVENT_NOT_OFFERED] = {"not_offered", ISV | OPERATOR, "Could not be published", NULL, NULL},
    [EVENT_WITHDRAWN] = {"withdrawn", ISV | PARTNER | OPERATOR, "Withdrawn by the ISV", NULL, NULL},
    [EVENT_PRICED] = {"priced", PARTNER | OPERATOR, "Customer price saved", NULL, NULL},
    [EVENT_SENT] = {"sent", ISV | PARTNER | OPERATOR, "Submitted to the customer", NULL, NULL},
    [EVENT_EXTENDED] = {"extended", ISV | PARTNER | CUSTOMER | OPERATOR, "Extended to the customer",
                        NULL, "Extended to you"},
    [EVENT_NOT_EXTENDED] = {"not_extended", PARTNER | OPERATOR, "Could not be published", NULL,
                            NULL},
    [EVENT_TAKEN_BACK] = {"taken_back", ISV | PARTNER | OPERATOR,
                          "Withdrawn by the selling partner", NULL, NULL},
    [EVENT_ACCEPTED] = {"accepted", ISV | PARTNER | CUSTOMER | OPERATOR, "Accepted by the customer",
                        NULL, "Accepted"},
    [EVENT_DELETED] = {"deleted", OPERATOR, "Draft deleted", NULL, NULL},
};

const char *
event_kind_text(enum event_kind kind)
{
    assert(kind < EVENT_KIND_COUNT);
    return rules[kind].text;
}

enum err
event_kind_read(const char *text, enum event_kind *kind)
{
    for (int i = 0; i < EVENT_KIND_COUNT; i++) {
        if (text_equal(rules[i].text, text)) {
            *kind = (enum event_kind)i;
            return OK;
        }
    }
    return ERR_BROKEN;
}

unsigned
event_seen_by(enum event_kind kind)
{
    assert(kind < EVENT_KIND_COUNT);
    return rules[kind].seen_by;
}

const char *
event_words(enum event_kind kind, enum party viewer)
{
    assert(kind < EVENT_KIND_COUNT && (rules[kind].seen_by & PARTY_BIT(viewer)) != 0);
    if (viewer == PARTY_PARTNER && rules[kind].words_partner != NULL)
        return rules[kind].words_partner;
    if (viewer == PARTY_CUSTOMER && rules[kind].words_customer != NULL)
        return rules[kind].words_customer;
    return rules[kind].words;
}

/* One comparison at work. */
struct comparison {
    struct arena *arena;
    struct event_field *list;
    size_t count;
};

static void
note(struct comparison *comparison, enum field field, int row, const char *point,
     const char *before, const char *after)
{
    if (text_equal(before, after))
        return;
    assert(comparison->count < EVENT_FIELDS_MAX);
    comparison->list[comparison->count++] =
        (struct event_field){.field = field,
                             .row = row,
                             .point = point,
                             .before = arena_text(comparison->arena, before),
                             .after = arena_text(comparison->arena, after)};
}

static const struct offer_row *
row_numbered(const struct offer *offer, int number)
{
    for (size_t i = 0; i < offer->row_count; i++) {
        if (offer->rows[i].number == number)
            return &offer->rows[i];
    }
    return NULL;
}

static const char *
row_product(struct arena *arena, const struct offer_row *row)
{
    return row == NULL ? "" : plan_words(arena, row->plan);
}

static const char *
row_discount(struct arena *arena, const struct offer_row *row)
{
    if (row == NULL || row->price_type != PRICE_DISCOUNT || !row->has_discount)
        return "";
    return rate_show(arena, row->discount);
}

static const char *
row_adjustment(struct arena *arena, const struct offer_row *row)
{
    if (row == NULL || !row->has_adjustment)
        return "";
    return rate_show(arena, row->adjustment);
}

static const char *
row_own(struct arena *arena, const struct offer_row *row, size_t k)
{
    if (row == NULL || row->price_type != PRICE_ABSOLUTE || !row->prices[k].has_own)
        return "";
    return amount_show(arena, row->prices[k].own);
}

/* Compares one row; a row that is not there on a side counts as empty on that side. */
static void
compare_row(struct comparison *comparison, const struct offer_row *before,
            const struct offer_row *after)
{
    const struct offer_row *any = after != NULL ? after : before;
    struct arena *arena = comparison->arena;

    note(comparison, FIELD_PRODUCT, any->number, "", row_product(arena, before),
         row_product(arena, after));
    note(comparison, FIELD_PRICE_TYPE, any->number, "",
         before == NULL ? "" : price_type_text(before->price_type),
         after == NULL ? "" : price_type_text(after->price_type));
    note(comparison, FIELD_DISCOUNT, any->number, "", row_discount(arena, before),
         row_discount(arena, after));
    note(comparison, FIELD_ADJUSTMENT, any->number, "", row_adjustment(arena, before),
         row_adjustment(arena, after));
    for (size_t k = 0; k < any->plan->point_count; k++)
        note(comparison, FIELD_PARTNER_PRICE, any->number, any->plan->points[k].id,
             row_own(arena, before, k), row_own(arena, after, k));
}

size_t
event_changes(const struct offer *before, const struct offer *after, struct arena *arena,
              struct event_field *list)
{
    struct comparison comparison = {.arena = arena, .list = list};

    for (int i = 0; i < FIELD_PRODUCT; i++)
        note(&comparison, (enum field)i, 0, "", field_value(before, (enum field)i, arena),
             field_value(after, (enum field)i, arena));
    for (size_t i = 0; i < after->row_count; i++)
        compare_row(&comparison, row_numbered(before, after->rows[i].number), &after->rows[i]);
    for (size_t i = 0; i < before->row_count; i++) {
        if (row_numbered(after, before->rows[i].number) == NULL)
            compare_row(&comparison, &before->rows[i], NULL);
    }
    return comparison.count;
}

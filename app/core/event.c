/*
 * event.c: kinds of events as a table, and the difference between two states of an offer.
 *
 * Not here: keeping them (store/events).
 */
#include "core/event.h"

#include <inttypes.h>

#include "base/text.h"
#include "core/documents.h"

#define ISV PARTY_BIT(PARTY_ISV)
#define PARTNER PARTY_BIT(PARTY_PARTNER)
#define CUSTOMER PARTY_BIT(PARTY_CUSTOMER)
#define OPERATOR PARTY_BIT(PARTY_OPERATOR)
#define EVERY (ISV | PARTNER | CUSTOMER | OPERATOR)

struct event_rule {
    const char *text;
    unsigned seen_by;
    const char *words;         /* for everybody, */
    const char *words_partner; /* unless the reader is the partner */
    const char *words_customer;
    unsigned note_seen_by; /* LAW D-35 */
};

/* The ISV sees nothing of the partner's pricing, nor of a publication that failed after it (LAW 6.1
 * rows 7 and 11); drafts are the ISV's own. */
static const struct event_rule rules[EVENT_KIND_COUNT] = {
    /* text, seen by, words, partner's words, customer's words, note seen by */
    [EVENT_CREATED] = {"created", ISV | OPERATOR, "Draft created", NULL, NULL, 0},
    [EVENT_CLONED] = {"cloned", ISV | OPERATOR, "Cloned from another offer", NULL, NULL, 0},
    [EVENT_UPGRADED] = {"upgraded", ISV | OPERATOR, "Made as an upgrade of an accepted offer", NULL,
                        NULL, 0},
    [EVENT_EDITED] = {"edited", ISV | OPERATOR, "Draft saved", NULL, NULL, 0},
    [EVENT_SUBMITTED] = {"submitted", ISV | PARTNER | OPERATOR, "Submitted to the selling partner",
                         "Submitted to you", NULL, 0},
    [EVENT_OFFERED] = {"offered", ISV | PARTNER | OPERATOR, "Available to the selling partner",
                       "Available to you", NULL, 0},
    [EVENT_NOT_OFFERED] = {"not_offered", ISV | OPERATOR, "Could not be published", NULL, NULL, 0},
    [EVENT_WITHDRAWN] = {"withdrawn", ISV | PARTNER | OPERATOR, "Withdrawn by the ISV", NULL, NULL,
                         0},
    [EVENT_PRICED] = {"priced", PARTNER | OPERATOR, "Customer price saved", NULL, NULL, 0},
    [EVENT_SENT] = {"sent", ISV | PARTNER | OPERATOR, "Submitted to the customer", NULL, NULL, 0},
    [EVENT_EXTENDED] = {"extended", ISV | PARTNER | CUSTOMER | OPERATOR, "Extended to the customer",
                        NULL, "Extended to you", 0},
    [EVENT_NOT_EXTENDED] = {"not_extended", PARTNER | OPERATOR, "Could not be published", NULL,
                            NULL, 0},
    [EVENT_TAKEN_BACK] = {"taken_back", ISV | PARTNER | OPERATOR,
                          "Withdrawn by the selling partner", NULL, NULL, 0},
    [EVENT_ACCEPTED] = {"accepted", ISV | PARTNER | CUSTOMER | OPERATOR, "Accepted by the customer",
                        NULL, "Accepted", 0},
    [EVENT_DELETED] = {"deleted", OPERATOR, "Draft deleted", NULL, NULL, 0},
    [EVENT_SENT_BACK] = {"sent_back", ISV | PARTNER | OPERATOR, "Sent back by the selling partner",
                         "Sent back to the ISV", NULL, ISV | PARTNER | OPERATOR},
    /* a matter between the sellers, which changes nothing for the customer */
    [EVENT_WITHDRAW_ASKED] = {"withdraw_asked", ISV | PARTNER | OPERATOR,
                              "The ISV asked the selling partner to withdraw it",
                              "The ISV asked you to withdraw it", NULL, ISV | PARTNER | OPERATOR},
    [EVENT_DECLINED] = {"declined", ISV | PARTNER | CUSTOMER | OPERATOR, "Declined by the customer",
                        NULL, "Declined", PARTNER | CUSTOMER | OPERATOR},
    [EVENT_CHANGE_ASKED] = {"change_asked", ISV | PARTNER | CUSTOMER | OPERATOR,
                            "The customer asked for a change", NULL, "Asked for a change",
                            PARTNER | CUSTOMER | OPERATOR},
    [EVENT_CANCEL_REQUESTED] = {"cancel_requested", EVERY, "Cancellation requested", NULL, NULL, 0},
    [EVENT_CANCEL_AMENDED] = {"cancel_amended", OPERATOR, "Cancellation request changed", NULL,
                              NULL, 0},
    [EVENT_CANCEL_AGREED] = {"cancel_agreed", EVERY, "Cancellation agreed to", NULL, NULL, 0},
    [EVENT_CANCEL_OBJECTED] = {"cancel_objected", EVERY, "Cancellation not agreed to", NULL, NULL,
                               0},
    [EVENT_CANCEL_ASKED] = {"cancel_asked", OPERATOR, "Question about the cancellation", NULL,
                            NULL, 0},
    [EVENT_CANCEL_ANSWERED] = {"cancel_answered", OPERATOR, "Answer about the cancellation", NULL,
                               NULL, 0},
    [EVENT_CANCEL_REFUSED] = {"cancel_refused", EVERY, "Cancellation refused", NULL, NULL, 0},
    [EVENT_CANCEL_WITHDRAWN] = {"cancel_withdrawn", EVERY, "Cancellation request withdrawn", NULL,
                                NULL, 0},
    [EVENT_CANCELLED] = {"cancelled", EVERY, "Cancelled", NULL, NULL, 0},
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

unsigned
event_note_seen_by(enum event_kind kind)
{
    assert(kind < EVENT_KIND_COUNT);
    return rules[kind].note_seen_by;
}

bool
event_keeps_version(enum event_kind kind)
{
    return kind == EVENT_SUBMITTED || kind == EVENT_SENT;
}

enum event_kind
ask_event(enum offer_ask ask)
{
    switch (ask) {
    case ASK_SENT_BACK:
        return EVENT_SENT_BACK;
    case ASK_WITHDRAW:
        return EVENT_WITHDRAW_ASKED;
    case ASK_DECLINED:
        return EVENT_DECLINED;
    case ASK_CHANGE:
        return EVENT_CHANGE_ASKED;
    case ASK_NONE:
    case ASK_COUNT:
        break;
    }
    assert(false);
    return EVENT_KIND_COUNT;
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
    struct event_fields found;
    size_t capacity;
};

#define CAPACITY_FIRST 16

/* A save changes few fields, or in one stroke thousands: ten new plans with all their prices. */
static void
make_room(struct comparison *comparison)
{
    size_t capacity = comparison->capacity == 0 ? CAPACITY_FIRST : 2 * comparison->capacity;
    struct event_field *rows;

    if (comparison->found.count < comparison->capacity)
        return;
    rows = arena_array(comparison->arena, struct event_field, capacity);
    for (size_t i = 0; i < comparison->found.count; i++)
        rows[i] = comparison->found.rows[i];
    comparison->found.rows = rows;
    comparison->capacity = capacity;
}

static void
note(struct comparison *comparison, enum field field, int row, const char *point,
     const char *before, const char *after)
{
    if (text_equal(before, after))
        return;
    make_room(comparison);
    comparison->found.rows[comparison->found.count++] =
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
    return row == NULL ? "" : row_words(arena, row);
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

/* The row's price of that key, NULL when it is not there or not its own. */
static const struct row_price *
own_price(const struct offer_row *row, const char *key)
{
    if (row == NULL || row->price_type != PRICE_ABSOLUTE)
        return NULL;
    return row_price(row, key);
}

static const char *
own_amount(struct arena *arena, const struct row_price *price)
{
    return price == NULL || !price->has_own ? "" : amount_show(arena, price->own);
}

/* How a term of option B is paid; the plan's own terms are paid as the plan says. */
static const char *
own_payment(struct arena *arena, const struct row_price *price)
{
    if (price == NULL || !price_is_rows(price) || price->point->kind == POINT_RESERVATION)
        return "";
    return arena_format(arena, "%d", price->point->payment_months);
}

static const char *
own_quantity(struct arena *arena, const struct row_price *price)
{
    if (price == NULL || price->point->kind != POINT_RESERVATION || price->quantity == 0)
        return "";
    return arena_format(arena, "%" PRId64, price->quantity);
}

static void
compare_price(struct comparison *comparison, const struct offer_row *before,
              const struct offer_row *after, int number, const char *key)
{
    const struct row_price *was = own_price(before, key);
    const struct row_price *is = own_price(after, key);
    struct arena *arena = comparison->arena;

    note(comparison, FIELD_PAYMENT, number, key, own_payment(arena, was), own_payment(arena, is));
    note(comparison, FIELD_QUANTITY, number, key, own_quantity(arena, was),
         own_quantity(arena, is));
    note(comparison, FIELD_PARTNER_PRICE, number, key, own_amount(arena, was),
         own_amount(arena, is));
}

static const char *
included_words(struct arena *arena, const struct included *included)
{
    if (included == NULL)
        return "";
    if (included->unlimited)
        return "unlimited";
    return arena_format(arena, "%" PRId64, included->quantity);
}

static void
compare_included(struct comparison *comparison, const struct offer_row *before,
                 const struct offer_row *after, int number, const struct included *any)
{
    struct arena *arena = comparison->arena;
    const struct included *was = NULL;
    const struct included *is = NULL;

    if (before != NULL)
        was = included_find(before->included, before->included_count, any->meter, any->term_months);
    if (after != NULL)
        is = included_find(after->included, after->included_count, any->meter, any->term_months);
    note(comparison, FIELD_INCLUDED, number,
         arena_format(arena, "%s.%d", any->meter, any->term_months), included_words(arena, was),
         included_words(arena, is));
}

/* A number that was typed, "" when it was not. */
static const char *
typed_number(struct arena *arena, int64_t number)
{
    return number == 0 ? "" : arena_format(arena, "%" PRId64, number);
}

/* The prices and quantities of both rows: first those there are now, then those there were. */
static void
compare_prices(struct comparison *comparison, const struct offer_row *before,
               const struct offer_row *after, int number)
{
    const struct offer_row *const both[] = {after, before};

    for (size_t side = 0; side < COUNT(both); side++) {
        const struct offer_row *row = both[side];

        for (size_t k = 0; row != NULL && !row->whole_product && k < row->price_count; k++) {
            if (side == 0 || after == NULL || row_price(after, row->prices[k].key) == NULL)
                compare_price(comparison, before, after, number, row->prices[k].key);
        }
        for (size_t k = 0; row != NULL && k < row->included_count; k++) {
            const struct included *any = &row->included[k];

            if (side == 0 || after == NULL ||
                included_find(after->included, after->included_count, any->meter,
                              any->term_months) == NULL)
                compare_included(comparison, before, after, number, any);
        }
    }
}

/* The payment schedule of option C. */
static const char *
row_schedule(const struct offer_row *row)
{
    return row->duration_months == 0 ? "" : schedule_text(row->payment_months);
}

/* What options B and C say of the row as a whole. */
static void
compare_terms(struct comparison *comparison, const struct offer_row *before,
              const struct offer_row *after, int number)
{
    static const struct offer_row none = {.plan_name = "", .plan_description = ""};
    const struct offer_row *was = before == NULL ? &none : before;
    const struct offer_row *is = after == NULL ? &none : after;
    struct arena *arena = comparison->arena;

    note(comparison, FIELD_PLAN_NAME, number, "", was->plan_name, is->plan_name);
    note(comparison, FIELD_PLAN_DESCRIPTION, number, "", was->plan_description,
         is->plan_description);
    note(comparison, FIELD_MIN_USERS, number, "", typed_number(arena, was->min_users),
         typed_number(arena, is->min_users));
    note(comparison, FIELD_MAX_USERS, number, "", typed_number(arena, was->max_users),
         typed_number(arena, is->max_users));
    note(comparison, FIELD_DURATION, number, "", typed_number(arena, was->duration_months),
         typed_number(arena, is->duration_months));
    note(comparison, FIELD_PAYMENT, number, "", row_schedule(was), row_schedule(is));
}

/* Compares one row; a row that is not there on a side counts as empty on that side. */
static void
compare_row(struct comparison *comparison, const struct offer_row *before,
            const struct offer_row *after)
{
    const struct offer_row *any = after != NULL ? after : before;
    struct arena *arena = comparison->arena;

    assert(any != NULL);
    /* What a row sells stays; the words for it change with its name or duration, told below. */
    if (before == NULL || after == NULL)
        note(comparison, FIELD_PRODUCT, any->number, "", row_product(arena, before),
             row_product(arena, after));
    note(comparison, FIELD_PRICE_TYPE, any->number, "",
         before == NULL ? "" : price_type_text(before->price_type),
         after == NULL ? "" : price_type_text(after->price_type));
    note(comparison, FIELD_DISCOUNT, any->number, "", row_discount(arena, before),
         row_discount(arena, after));
    note(comparison, FIELD_ADJUSTMENT, any->number, "", row_adjustment(arena, before),
         row_adjustment(arena, after));
    compare_terms(comparison, before, after, any->number);
    compare_prices(comparison, before, after, any->number);
}

/* Another file under the same name is another document to whoever agrees to it. */
static const char *
document_words(struct arena *arena, const struct document *document)
{
    if (document == NULL)
        return "";
    return arena_format(arena, "%s (%.12s)", document->name, document->sha256);
}

static void
compare_document(struct comparison *comparison, const struct document *before,
                 const struct document *after)
{
    enum party side = after != NULL ? after->side : before->side;

    note(comparison, side == PARTY_PARTNER ? FIELD_PARTNER_DOCUMENT : FIELD_DOCUMENT, 0, "",
         document_words(comparison->arena, before), document_words(comparison->arena, after));
}

static void
compare_documents(struct comparison *comparison, const struct offer *before,
                  const struct offer *after)
{
    for (size_t i = 0; i < after->document_count; i++) {
        const struct document *document = &after->documents[i];

        compare_document(comparison, offer_document(before, document->side, document->id),
                         document);
    }
    for (size_t i = 0; i < before->document_count; i++) {
        const struct document *document = &before->documents[i];

        if (offer_document(after, document->side, document->id) == NULL)
            compare_document(comparison, document, NULL);
    }
}

struct event_fields
event_changes(const struct offer *before, const struct offer *after, struct arena *arena)
{
    struct comparison comparison = {.arena = arena};

    for (int i = 0; i < FIELD_PRODUCT; i++)
        note(&comparison, (enum field)i, 0, "", field_value(before, (enum field)i, arena),
             field_value(after, (enum field)i, arena));
    for (size_t i = 0; i < after->row_count; i++)
        compare_row(&comparison, row_numbered(before, after->rows[i].number), &after->rows[i]);
    for (size_t i = 0; i < before->row_count; i++) {
        if (row_numbered(after, before->rows[i].number) == NULL)
            compare_row(&comparison, &before->rows[i], NULL);
    }
    compare_documents(&comparison, before, after);
    return comparison.found;
}

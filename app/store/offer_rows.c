/*
 * offer_rows.c: what an offer sells and under which documents.
 *
 * Not here: the offer itself (store/offers), the bytes of documents (store/documents).
 * Invariant: a row is always read with its plan as of the day, and with all its prices.
 */
#include "store/offer_rows.h"

#include "base/text.h"
#include "store/catalogue.h"
#include "store/families.h"

enum {
    ROWS_OF_OFFER,
    PRICES_OF_OFFER,
    INCLUDED_OF_OFFER,
    ROW_INSERT,
    PRICE_INSERT,
    ROW_INCLUDED_INSERT,
    PRICES_DELETE,
    INCLUDED_DELETE,
    ROWS_DELETE,
    DOCUMENTS_OF_OFFER,
};

static const struct statement statements[] = {
    [ROWS_OF_OFFER] = {"SELECT number, product, plan, price_type, discount_e8, adjustment_e8,"
                       " plan_name, plan_description, min_users, max_users, duration_months,"
                       " payment_months FROM pricing_row WHERE offer = $1 ORDER BY number",
                       "t", "itTtIIttiiii", false},
    [PRICES_OF_OFFER] = {"SELECT number, point, term_months, payment_months, vcpu, quantity, cents"
                         " FROM row_price WHERE offer = $1 ORDER BY number, point",
                         "t", "itiiiiI", false},
    [INCLUDED_OF_OFFER] = {"SELECT number, meter, term_months, quantity FROM row_included"
                           " WHERE offer = $1 ORDER BY number, meter, term_months",
                           "t", "itiI", false},
    [ROW_INSERT] = {"INSERT INTO pricing_row (offer, number, product, plan, price_type,"
                    " discount_e8, adjustment_e8, plan_name, plan_description, min_users,"
                    " max_users, duration_months, payment_months)"
                    " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)",
                    "titTtIIttiiii", "", true},
    [PRICE_INSERT] = {"INSERT INTO row_price (offer, number, point, term_months, payment_months,"
                      " vcpu, quantity, cents) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
                      "titiiiiI", "", true},
    [ROW_INCLUDED_INSERT] = {"INSERT INTO row_included (offer, number, meter, term_months,"
                             " quantity) VALUES ($1, $2, $3, $4, $5)",
                             "titiI", "", true},
    [PRICES_DELETE] = {"DELETE FROM row_price WHERE offer = $1", "t", "", true},
    [INCLUDED_DELETE] = {"DELETE FROM row_included WHERE offer = $1", "t", "", true},
    [ROWS_DELETE] = {"DELETE FROM pricing_row WHERE offer = $1", "t", "", true},
    [DOCUMENTS_OF_OFFER] = {"SELECT id, side, name, size, sha256, added_at FROM document"
                            " WHERE offer = $1 ORDER BY side, position",
                            "t", "tttiti", false},
};

const struct family store_offer_rows_family = {"offer_rows", statements, COUNT(statements),
                                               FAMILY_OFFER_ROWS};

/* One offer whose rows are being read. */
struct reading {
    struct db *db;
    struct arena *arena;
    struct offer *offer;
    struct day today;
};

static enum err
read_row(void *context, const struct column *columns)
{
    struct reading *reading = context;
    struct arena *arena = reading->arena;
    struct offer *offer = reading->offer;
    struct offer_row *row = &offer->rows[offer->row_count];

    if (offer->row_count == LIMIT_ROWS)
        return ERR_BROKEN;
    row->number = (int)columns[0].integer;
    row->whole_product = columns[2].null;
    TRY(price_type_read(columns[3].text, &row->price_type));
    row->has_discount = !columns[4].null;
    row->discount.e8 = columns[4].integer;
    row->has_adjustment = !columns[5].null;
    row->adjustment.e8 = columns[5].integer;
    row->plan_name = arena_text(arena, columns[6].text);
    row->plan_description = arena_text(arena, columns[7].text);
    row->min_users = columns[8].integer;
    row->max_users = columns[9].integer;
    row->duration_months = (int)columns[10].integer;
    row->payment_months = (int)columns[11].integer;
    /* The plan itself is loaded when all rows are read: a statement is not run within its reader.
     */
    row->plan = arena_new(arena, struct plan);
    row->plan->product = arena_text(arena, columns[1].text);
    row->plan->id = arena_text(arena, columns[2].text);
    offer->row_count++;
    return OK;
}

/* Own prices of all rows, before there is a row_price to put each into. */
struct stored_price {
    int row;
    const char *point;
    int term_months;
    int payment_months;
    int vcpu;
    int64_t quantity;
    bool has_own;
    int64_t cents;
};

struct price_reading {
    struct arena *arena;
    struct stored_price list[LIMIT_ROWS * LIMIT_POINTS];
    size_t count;
};

static enum err
read_price(void *context, const struct column *columns)
{
    struct price_reading *reading = context;

    if (reading->count == COUNT(reading->list))
        return ERR_BROKEN;
    reading->list[reading->count++] = (struct stored_price){
        .row = (int)columns[0].integer,
        .point = arena_text(reading->arena, columns[1].text),
        .term_months = (int)columns[2].integer,
        .payment_months = (int)columns[3].integer,
        .vcpu = (int)columns[4].integer,
        .quantity = columns[5].integer,
        .has_own = !columns[6].null,
        .cents = columns[6].integer,
    };
    return OK;
}

static enum err
read_row_included(void *context, const struct column *columns)
{
    struct reading *reading = context;
    struct offer_row *row = offer_row(reading->offer, (int)columns[0].integer);

    if (row == NULL || row->included_count == LIMIT_METERS * LIMIT_TERMS)
        return ERR_BROKEN;
    if (row->included == NULL)
        row->included = arena_array(reading->arena, struct included, LIMIT_METERS * LIMIT_TERMS);
    row->included[row->included_count++] = (struct included){
        .meter = arena_text(reading->arena, columns[1].text),
        .term_months = (int)columns[2].integer,
        .unlimited = columns[3].null,
        .quantity = columns[3].integer,
    };
    return OK;
}

/* Keeps sizes ascending. */
static size_t
size_insert(int *sizes, size_t count, int size)
{
    size_t at = count;

    while (at > 0 && sizes[at - 1] > size) {
        sizes[at] = sizes[at - 1];
        at--;
    }
    sizes[at] = size;
    return count + 1;
}

/* The terms (option B) or sizes (option C) that the row has stored prices for. */
static enum err
attach_own(struct arena *arena, const struct price_reading *stored, enum offer_type type,
           struct offer_row *row)
{
    int payments[LIMIT_TERMS] = {TERM_NOT_SOLD, TERM_NOT_SOLD, TERM_NOT_SOLD, TERM_NOT_SOLD};
    int sizes[LIMIT_VCPU_SIZES];
    size_t size_count = 0;

    for (size_t i = 0; i < stored->count; i++) {
        const struct stored_price *price = &stored->list[i];

        if (price->row != row->number)
            continue;
        if (type == OFFER_RESERVATIONS && size_count == LIMIT_VCPU_SIZES)
            return ERR_BROKEN;
        if (type == OFFER_RESERVATIONS)
            size_count = size_insert(sizes, size_count, price->vcpu);
        for (size_t k = 0; k < LIMIT_TERMS; k++) {
            if (price->term_months != billing_terms[k])
                continue;
            if (!term_option_valid(price->term_months, price->payment_months))
                return ERR_BROKEN;
            payments[k] = price->payment_months;
        }
    }
    if (type == OFFER_RESERVATIONS)
        row_attach_sizes(arena, row, row->plan, sizes, size_count);
    else
        row_attach_terms(arena, row, row->plan, payments);
    return OK;
}

static void
fill_own(const struct price_reading *stored, struct offer_row *row)
{
    for (size_t i = 0; i < stored->count; i++) {
        const struct stored_price *from = &stored->list[i];
        struct row_price *price = from->row == row->number ? row_price(row, from->point) : NULL;

        if (price == NULL)
            continue; /* the plan has lost that point since */
        price->quantity = from->quantity;
        price->has_own = from->has_own;
        price->own = amount_of(price->point->kind, from->cents);
    }
}

static enum err
attach_row(const struct reading *reading, const struct price_reading *stored, struct offer_row *row)
{
    struct plan *plans = NULL;
    size_t count = 0;
    struct day today = reading->today;
    enum err outcome;

    if (row->whole_product) {
        outcome = product_plans_load(reading->db, reading->arena, row->plan->product, today,
                                     &row->plan, &plans, &count);
        if (outcome == OK)
            row_attach_product(reading->arena, row, row->plan, plans, count);
        return outcome == ERR_ABSENT ? ERR_BROKEN : outcome;
    }
    outcome = plan_load(reading->db, reading->arena, row->plan->product, row->plan->id, today,
                        &row->plan);
    if (outcome != OK)
        return outcome == ERR_ABSENT ? ERR_BROKEN : outcome;
    if (reading->offer->type == OFFER_EXISTING_PLANS)
        row_attach(reading->arena, row, row->plan);
    else
        TRY(attach_own(reading->arena, stored, reading->offer->type, row));
    fill_own(stored, row);
    return OK;
}

static enum err
load_rows(struct reading *reading)
{
    struct offer *offer = reading->offer;
    struct price_reading stored; /* on the stack: most offers fill little of it */
    struct row_reader rows = {reading, read_row};
    struct row_reader prices = {&stored, read_price};
    struct row_reader included = {reading, read_row_included};

    stored.arena = reading->arena;
    stored.count = 0;
    TRY(db_run(reading->db, &store_offer_rows_family, ROWS_OF_OFFER, VALUES(text(offer->id)), &rows,
               NULL));
    TRY(db_run(reading->db, &store_offer_rows_family, PRICES_OF_OFFER, VALUES(text(offer->id)),
               &prices, NULL));
    for (size_t i = 0; i < offer->row_count; i++)
        TRY(attach_row(reading, &stored, &offer->rows[i]));
    if (offer->type != OFFER_NEW_PLANS)
        return OK;
    return db_run(reading->db, &store_offer_rows_family, INCLUDED_OF_OFFER, VALUES(text(offer->id)),
                  &included, NULL);
}

static enum err
read_document(void *context, const struct column *columns)
{
    struct reading *reading = context;
    struct offer *offer = reading->offer;
    bool isv = text_equal(columns[1].text, "isv");

    if (offer->document_count == COUNT(offer->documents) ||
        (!isv && !text_equal(columns[1].text, "partner")))
        return ERR_BROKEN;
    offer->documents[offer->document_count++] = (struct document){
        .id = arena_text(reading->arena, columns[0].text),
        .side = isv ? PARTY_ISV : PARTY_PARTNER,
        .name = arena_text(reading->arena, columns[2].text),
        .size = columns[3].integer,
        .sha256 = arena_text(reading->arena, columns[4].text),
        .added_at = columns[5].integer,
    };
    return OK;
}

enum err
offer_rows_load(struct db *db, struct arena *arena, struct day today, struct offer *offer)
{
    struct reading reading = {.db = db, .arena = arena, .offer = offer, .today = today};
    struct row_reader documents = {&reading, read_document};

    TRY(load_rows(&reading));
    return db_run(db, &store_offer_rows_family, DOCUMENTS_OF_OFFER, VALUES(text(offer->id)),
                  &documents, NULL);
}

/* Of option A only what was typed is a row; of options B and C the row also says that the term or
 * the size is sold at all. */
static enum err
save_prices(struct db *db, const struct offer *offer, const struct offer_row *row)
{
    for (size_t k = 0; k < row->price_count; k++) {
        const struct row_price *price = &row->prices[k];
        const struct price_point *point = price->point;
        bool own_terms = offer->type == OFFER_NEW_PLANS && point->kind != POINT_METER;

        if (offer->type == OFFER_EXISTING_PLANS && !price->has_own)
            continue;
        TRY(db_run(db, &store_offer_rows_family, PRICE_INSERT,
                   VALUES(text(offer->id), integer(row->number), text(price->key),
                          integer(own_terms ? point->term_months : 0),
                          integer(own_terms ? point->payment_months : 0), integer(point->vcpu),
                          integer(price->quantity),
                          price->has_own ? integer(amount_integer(price->own)) : null_integer()),
                   NULL, NULL));
    }
    return OK;
}

enum err
offer_rows_save(struct db *db, const struct offer *offer)
{
    TRY(db_run(db, &store_offer_rows_family, PRICES_DELETE, VALUES(text(offer->id)), NULL, NULL));
    TRY(db_run(db, &store_offer_rows_family, INCLUDED_DELETE, VALUES(text(offer->id)), NULL, NULL));
    TRY(db_run(db, &store_offer_rows_family, ROWS_DELETE, VALUES(text(offer->id)), NULL, NULL));
    for (size_t i = 0; i < offer->row_count; i++) {
        const struct offer_row *row = &offer->rows[i];

        TRY(db_run(db, &store_offer_rows_family, ROW_INSERT,
                   VALUES(text(offer->id), integer(row->number), text(row->plan->product),
                          text_or_null(row->whole_product ? NULL : row->plan->id),
                          text(price_type_text(row->price_type)),
                          row->has_discount ? integer(row->discount.e8) : null_integer(),
                          row->has_adjustment ? integer(row->adjustment.e8) : null_integer(),
                          text(row->plan_name), text(row->plan_description),
                          integer(row->min_users), integer(row->max_users),
                          integer(row->duration_months), integer(row->payment_months)),
                   NULL, NULL));
        TRY(save_prices(db, offer, row));
        for (size_t k = 0; k < row->included_count; k++) {
            const struct included *included = &row->included[k];

            TRY(db_run(db, &store_offer_rows_family, ROW_INCLUDED_INSERT,
                       VALUES(text(offer->id), integer(row->number), text(included->meter),
                              integer(included->term_months),
                              included->unlimited ? null_integer() : integer(included->quantity)),
                       NULL, NULL));
        }
    }
    return OK;
}

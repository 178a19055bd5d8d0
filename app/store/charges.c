/*
 * charges.c: the rows of terms and bills.
 */
#include "store/charges.h"

#include "base/text.h"
#include "store/families.h"

enum {
    TERM_INSERT,
    TERM_PRICE_INSERT,
    TERM_ON,
    TERM_PRICES,
    CHARGE_INSERT,
    CHARGES_OF,
    OFFERS_COVERING,
};

#define CHARGE_COLUMNS                                                                    \
    "purchase, number, at, charged_on, kind, term, offer, pricing_row, offer_version,"    \
    " partner, point, words, quantity, per_hour, list, partner_price, customer_price,"    \
    " list_cents, partner_cents, customer_cents, fee_e8, fee_cents, from_on, through_on," \
    " corrects"
#define CHARGE_TYPES \
    "tiittiTii"      \
    "tttii"          \
    "IiiI"           \
    "iiiittI"

static const struct statement statements[] = {
    [TERM_INSERT] = {"INSERT INTO purchase_term (purchase, term, offer, pricing_row, offer_version,"
                     " partner, begins_on) VALUES ($1, $2, $3, $4, $5, $6, $7)",
                     "tiTiitt", "", true},
    [TERM_PRICE_INSERT] = {"INSERT INTO purchase_price (purchase, term, point, words, quantity,"
                           " list, partner, customer) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
                           "tittiIii", "", true},
    [TERM_ON] = {"SELECT term, begins_on, offer, pricing_row, offer_version, partner"
                 " FROM purchase_term WHERE purchase = $1 AND begins_on <= $2"
                 " ORDER BY term DESC LIMIT 1",
                 "tt", "itTiit", false},
    [TERM_PRICES] = {"SELECT point, words, quantity, list, partner, customer FROM purchase_price"
                     " WHERE purchase = $1 AND term = $2 ORDER BY point",
                     "ti", "ttiIii", false},
    [CHARGE_INSERT] = {"INSERT INTO charge (" CHARGE_COLUMNS ") VALUES ($1, $2, $3, $4, $5, $6,"
                       " $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21,"
                       " $22, $23, $24, $25)",
                       CHARGE_TYPES, "", true},
    [CHARGES_OF] = {"SELECT " CHARGE_COLUMNS " FROM (SELECT " CHARGE_COLUMNS " FROM charge"
                    " WHERE purchase = $1 ORDER BY number DESC LIMIT $2) AS newest"
                    " ORDER BY number",
                    "ti", CHARGE_TYPES, false},
    /* A row of the whole product covers every plan of it. $4 and $5 are the first and the last day
     * asked about. */
    [OFFERS_COVERING] = {"SELECT o.id, r.number FROM offer o JOIN pricing_row r ON r.offer = o.id"
                         " WHERE o.billing_account = $1 AND o.state IN ('accepted', 'cancelled')"
                         " AND (o.state = 'accepted' OR o.cancelled_at > $7)"
                         " AND o.type = 'editExistingOfferPricingOnly'"
                         " AND r.product = $2 AND (r.plan IS NULL OR r.plan = $3)"
                         " AND o.end_on >= $4"
                         " AND CASE WHEN o.start_mode = 'month' THEN o.start_on"
                         " ELSE o.accepted_on END <= $5"
                         " ORDER BY o.accepted_on, o.id, r.number LIMIT $6",
                         "tttttii", "ti", false},
};

const struct family store_charges_family = {"charges", statements, COUNT(statements),
                                            FAMILY_CHARGES};

static struct value
offer_or_null(const char *offer)
{
    return text_or_null(*offer == '\0' ? NULL : offer);
}

enum err
term_insert(struct db *db, struct arena *arena, const char *purchase,
            const struct term_prices *prices)
{
    TRY(db_run(db, &store_charges_family, TERM_INSERT,
               VALUES(text(purchase), integer(prices->term), offer_or_null(prices->source.offer),
                      integer(prices->source.row), integer(prices->source.offer_version),
                      text(prices->source.partner), text(day_iso(arena, prices->begins_on))),
               NULL, NULL));
    for (size_t k = 0; k < prices->count; k++) {
        const struct unit_price *price = &prices->rows[k];

        TRY(db_run(db, &store_charges_family, TERM_PRICE_INSERT,
                   VALUES(text(purchase), integer(prices->term), text(price->point),
                          text(price->words), integer(price->quantity),
                          price->has_list ? integer(amount_integer(price->list)) : null_integer(),
                          integer(amount_integer(price->partner)),
                          integer(amount_integer(price->customer))),
                   NULL, NULL));
    }
    return OK;
}

/* One term being read. */
struct term_reading {
    struct arena *arena;
    struct term_prices *prices;
    bool found;
};

static enum err
read_term(void *context, const struct column *columns)
{
    struct term_reading *reading = context;

    reading->prices->term = (int)columns[0].integer;
    TRY(column_day(&columns[1], &reading->prices->begins_on));
    reading->prices->source = (struct price_source){
        .offer = arena_text(reading->arena, columns[2].text),
        .row = (int)columns[3].integer,
        .offer_version = columns[4].integer,
        .partner = arena_text(reading->arena, columns[5].text),
    };
    reading->found = true;
    return OK;
}

/* Terms cost money; only virtual machines have hours, and those have no terms. */
static enum err
read_term_price(void *context, const struct column *columns)
{
    struct term_reading *reading = context;
    struct term_prices *prices = reading->prices;

    if (prices->count == LIMIT_POINTS)
        return ERR_BROKEN;
    prices->rows[prices->count++] = (struct unit_price){
        .point = arena_text(reading->arena, columns[0].text),
        .words = arena_text(reading->arena, columns[1].text),
        .quantity = columns[2].integer,
        .has_list = !columns[3].null,
        .list.money.cents = columns[3].integer,
        .partner.money.cents = columns[4].integer,
        .customer.money.cents = columns[5].integer,
    };
    return OK;
}

enum err
term_on(struct db *db, struct arena *arena, const char *purchase, struct day day,
        struct term_prices *prices)
{
    struct term_reading reading = {.arena = arena, .prices = prices};
    struct row_reader reader = {&reading, read_term};
    struct row_reader price_reader = {&reading, read_term_price};

    prices->rows = arena_array(arena, struct unit_price, LIMIT_POINTS);
    prices->count = 0;
    TRY(db_run(db, &store_charges_family, TERM_ON,
               VALUES(text(purchase), text(day_iso(arena, day))), &reader, NULL));
    if (!reading.found)
        return ERR_ABSENT;
    return db_run(db, &store_charges_family, TERM_PRICES,
                  VALUES(text(purchase), integer(prices->term)), &price_reader, NULL);
}

const struct unit_price *
term_price(const struct term_prices *prices, const char *point)
{
    for (size_t k = 0; k < prices->count; k++) {
        if (text_equal(prices->rows[k].point, point))
            return &prices->rows[k];
    }
    return NULL;
}

enum err
charge_insert(struct db *db, struct arena *arena, const struct charge *charge)
{
    assert(charge->number > 0);
    return db_run(
        db, &store_charges_family, CHARGE_INSERT,
        VALUES(text(charge->purchase), integer(charge->number), integer(charge->at),
               text(day_iso(arena, charge->on)), text(charge_kind_text(charge->kind)),
               integer(charge->term), offer_or_null(charge->source.offer),
               integer(charge->source.row), integer(charge->source.offer_version),
               text(charge->source.partner), text(charge->point), text(charge->words),
               integer(charge->quantity), integer(charge->per_hour),
               charge->has_list ? integer(charge->list) : null_integer(), integer(charge->partner),
               integer(charge->customer),
               charge->has_list_amount ? integer(charge->list_amount.cents) : null_integer(),
               integer(charge->partner_amount.cents), integer(charge->customer_amount.cents),
               integer(charge->fee_rate.e8), integer(charge->fee.cents),
               text(day_iso(arena, charge->from_on)), text(day_iso(arena, charge->through_on)),
               charge->corrects == 0 ? null_integer() : integer(charge->corrects)),
        NULL, NULL);
}

/* Where charges go. */
struct charge_reading {
    struct arena *arena;
    struct charges *charges;
};

static enum err
read_charge(void *context, const struct column *columns)
{
    struct charge_reading *reading = context;
    struct arena *arena = reading->arena;
    struct charge charge = {
        .purchase = arena_text(arena, columns[0].text),
        .number = (int)columns[1].integer,
        .at = columns[2].integer,
        .term = (int)columns[5].integer,
        .source = {.offer = arena_text(arena, columns[6].text),
                   .row = (int)columns[7].integer,
                   .offer_version = columns[8].integer,
                   .partner = arena_text(arena, columns[9].text)},
        .point = arena_text(arena, columns[10].text),
        .words = arena_text(arena, columns[11].text),
        .quantity = columns[12].integer,
        .per_hour = columns[13].integer != 0,
        .has_list = !columns[14].null,
        .list = columns[14].integer,
        .partner = columns[15].integer,
        .customer = columns[16].integer,
        .has_list_amount = !columns[17].null,
        .list_amount = {columns[17].integer},
        .partner_amount = {columns[18].integer},
        .customer_amount = {columns[19].integer},
        .fee_rate = {columns[20].integer},
        .fee = {columns[21].integer},
        .corrects = (int)columns[24].integer,
    };

    assert(reading->charges->count < LIMIT_CHARGES);
    TRY(column_day(&columns[3], &charge.on));
    TRY(charge_kind_read(columns[4].text, &charge.kind));
    TRY(column_day(&columns[22], &charge.from_on));
    TRY(column_day(&columns[23], &charge.through_on));
    reading->charges->rows[reading->charges->count++] = charge;
    return OK;
}

enum err
charges_of(struct db *db, struct arena *arena, const char *purchase, struct charges *charges)
{
    struct charge_reading reading = {arena, charges};
    struct row_reader reader = {&reading, read_charge};

    charges->rows = arena_array(arena, struct charge, LIMIT_CHARGES);
    charges->count = 0;
    return db_run(db, &store_charges_family, CHARGES_OF,
                  VALUES(text(purchase), integer(LIMIT_CHARGES)), &reader, NULL);
}

static void
charge_blank(struct charge *charge, enum party viewer)
{
    if (viewer == PARTY_CUSTOMER) {
        charge->partner = 0;
        charge->partner_amount.cents = 0;
    }
    if (viewer == PARTY_ISV) {
        charge->customer = 0;
        charge->customer_amount.cents = 0;
    }
    if (viewer != PARTY_ISV && viewer != PARTY_OPERATOR) {
        charge->fee_rate.e8 = 0;
        charge->fee.cents = 0;
    }
}

void
charges_blank(struct charges *charges, const struct viewer *viewer)
{
    size_t kept = 0;

    for (size_t i = 0; i < charges->count; i++) {
        struct charge *charge = &charges->rows[i];

        if (viewer->party == PARTY_PARTNER && !text_equal(charge->source.partner, viewer->account))
            continue;
        charge_blank(charge, viewer->party);
        charges->rows[kept++] = *charge;
    }
    charges->count = kept;
}

/* Where covering offers go. */
struct covering_reading {
    struct arena *arena;
    struct covering *covering;
};

static enum err
read_covering(void *context, const struct column *columns)
{
    struct covering_reading *reading = context;

    assert(reading->covering->count < LIMIT_COLLISIONS);
    reading->covering->rows[reading->covering->count++] = (struct covering_offer){
        arena_text(reading->arena, columns[0].text), (int)columns[1].integer};
    return OK;
}

enum err
offers_covering(struct db *db, struct arena *arena, const char *billing_account,
                const char *product, const char *plan, struct day from, struct day through,
                int64_t at, struct covering *covering)
{
    struct covering_reading reading = {arena, covering};
    struct row_reader reader = {&reading, read_covering};

    covering->rows = arena_array(arena, struct covering_offer, LIMIT_COLLISIONS);
    covering->count = 0;
    return db_run(db, &store_charges_family, OFFERS_COVERING,
                  VALUES(text(billing_account), text(product), text(plan),
                         text(day_iso(arena, from)), text(day_iso(arena, through)),
                         integer(LIMIT_COLLISIONS), integer(at)),
                  &reader, NULL);
}

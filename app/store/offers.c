/*
 * offers.c: one offer, but for its pricing rows and documents (store/offer_rows).
 *
 * Invariant: offered_to and extended_to say who may see the row in its state; they are written here
 * and nowhere else. Invariant: a save that finds another version changes nothing.
 */
#include "store/offers.h"

#include "base/digest.h"
#include "base/text.h"
#include "core/fields.h"
#include "store/families.h"
#include "store/offer_counts.h"
#include "store/offer_rows.h"

#define DUE_AT_ONCE 50
#define DRAFT_KEY "1 9999-12-31" /* status_key of a draft */

enum {
    OFFER_INSERT,
    OFFER_FOR_ISV,
    OFFER_FOR_PARTNER,
    OFFER_FOR_CUSTOMER,
    OFFER_FOR_OPERATOR,
    CANCELLED_FOR_ISV,
    CANCELLED_FOR_PARTNER,
    CANCELLED_FOR_CUSTOMER,
    OFFER_UPDATE,
    OFFER_MOVE,
    OFFER_WALLS,
    OFFER_COLLISIONS,
    OFFERS_DUE,
};

#define OFFER_COLUMNS                                                                          \
    "o.id, o.isv, i.name, o.created_at, o.created_by, o.state, o.partner_withdrew, o.version," \
    " o.partner_version, o.isv_changed_at, o.partner_changed_at, o.customer_changed_at,"       \
    " o.publish_at, o.failure, o.name, o.type, o.billing_account, o.customer_label,"           \
    " o.description, o.partner, p.name, o.start_mode, o.start_on, o.end_on, o.accept_by_on,"   \
    " o.contacts, o.sales_note, o.extended_to, o.partner_data_of, o.prepared_by,"              \
    " o.partner_contacts, o.partner_note, o.taxable, o.submitted_at, o.extended_at,"           \
    " o.accepted_on, o.next_row, o.cloned_from, o.upgraded_from, o.cancelled_at,"              \
    " o.seller_ask, o.customer_ask"
#define OFFER_GIVES \
    "tttitt"        \
    "iiiiii"        \
    "I"             \
    "ttttttt"       \
    "T"             \
    "tttt"          \
    "tt"            \
    "T"             \
    "tttt"          \
    "iii"           \
    "t"             \
    "i"             \
    "TTi"           \
    "tt"
#define OFFER_FROM                                                           \
    "SELECT " OFFER_COLUMNS " FROM offer o JOIN publisher i ON i.id = o.isv" \
    " LEFT JOIN publisher p ON p.id = o.partner WHERE o.id = $1"

/* The request it was cancelled by says whose it was (LAW 6.5). */
#define CANCELLED_FROM(column)                                                          \
    OFFER_FROM " AND o.state = 'cancelled' AND EXISTS (SELECT 1 FROM support_request s" \
               " WHERE s.offer = o.id AND s.state = 'processed' AND s." column " = $2)"

/* As the index offer_live has it, in these very words. */
#define LIVE_STATES \
    "('to_partner', 'pending_partner', 'to_customer', 'pending_acceptance', 'accepted')"

static const struct statement statements[] = {
    [OFFER_INSERT] =
        {"INSERT INTO offer (id, isv, created_at, created_by, state, due_on,"
         " partner_withdrew, version, partner_version, isv_changed_at,"
         " partner_changed_at, customer_changed_at, name, name_fold, type,"
         " billing_account, customer_label, description, partner, start_mode, start_on,"
         " end_on, accept_by_on, contacts, sales_note, next_row, partner_data_of,"
         " prepared_by, partner_contacts, partner_note, taxable, submitted_at,"
         " extended_at, accepted_on, failure, status_key, cloned_from, upgraded_from)"
         " VALUES ($1, $2, $3, $4, 'draft', '9999-12-31', 0, 1, 1, $3, 0, 0, $5, $6,"
         " $7, '', '', '', '', '', '', '', '', '', '', 1, '', '', '', '', 0, 0, 0, '',"
         " '', '" DRAFT_KEY "', $8, $9)",
         "ttittttTT", "", true},
    /* The wall of rows (LAW 5): each party finds an offer only through the column that is its own.
     */
    [OFFER_FOR_ISV] = {OFFER_FROM " AND o.isv = $2 AND o.state NOT IN ('deleted', 'cancelled')",
                       "tt", OFFER_GIVES, false},
    [OFFER_FOR_PARTNER] = {OFFER_FROM " AND o.offered_to = $2", "tt", OFFER_GIVES, false},
    [OFFER_FOR_CUSTOMER] = {OFFER_FROM " AND o.extended_to = $2", "tt", OFFER_GIVES, false},
    [OFFER_FOR_OPERATOR] = {OFFER_FROM " AND o.state <> 'deleted'", "t", OFFER_GIVES, false},
    [CANCELLED_FOR_ISV] = {CANCELLED_FROM("isv"), "tt", OFFER_GIVES, false},
    [CANCELLED_FOR_PARTNER] = {CANCELLED_FROM("partner"), "tt", OFFER_GIVES, false},
    [CANCELLED_FOR_CUSTOMER] = {CANCELLED_FROM("organisation"), "tt", OFFER_GIVES, false},
    [OFFER_UPDATE] = {"UPDATE offer SET state = $4, due_on = $5, partner_withdrew = $6,"
                      " version = $7, partner_version = $8, offered_to = $9, extended_to = $10,"
                      " isv_changed_at = $11, partner_changed_at = $12, customer_changed_at = $13,"
                      " publish_at = $14, failure = $15, name = $16, name_fold = $17,"
                      " billing_account = $18, customer_label = $19, description = $20,"
                      " partner = $21, start_mode = $22, start_on = $23, end_on = $24,"
                      " accept_by_on = $25, contacts = $26, sales_note = $27,"
                      " partner_data_of = $28, prepared_by = $29, partner_contacts = $30,"
                      " partner_note = $31, taxable = $32, submitted_at = $33, extended_at = $34,"
                      " accepted_on = $35, next_row = $36, customer_fold = $37, status_key = $38,"
                      " starts_on = $39, cancelled_at = $40, seller_ask = $41,"
                      " customer_ask = $42"
                      " WHERE id = $1 AND version = $2 AND partner_version = $3",
                      "tiittiiiTTiiiItttttttttttttttttiiitittti"
                      "tt",
                      "", true},
    /* What a move changes, and nothing else: an index of what stays is not written. */
    [OFFER_MOVE] = {"UPDATE offer SET state = $4, due_on = $5, partner_withdrew = $6,"
                    " version = $7, partner_version = $8, isv_changed_at = $9,"
                    " partner_changed_at = $10, customer_changed_at = $11, publish_at = $12,"
                    " failure = $13, extended_at = $14, accepted_on = $15, status_key = $16,"
                    " starts_on = $17, cancelled_at = $18, seller_ask = $19, customer_ask = $20"
                    " WHERE id = $1 AND version = $2 AND partner_version = $3",
                    "tiittiiiiiiItitttitt", "", true},
    [OFFER_WALLS] = {"UPDATE offer SET offered_to = $2, extended_to = $3 WHERE id = $1"
                     " AND (COALESCE(offered_to, '') <> COALESCE($2, '')"
                     " OR COALESCE(extended_to, '') <> COALESCE($3, ''))",
                     "tTT", "", true},
    /* LAW 8.6, D-8: the interval of an offer is [start or today, end]; adjacent ones do not
     * overlap. $2 this offer, $3 and $4 its interval, $5 today, $7 its ISV: a plan is one ISV's,
     * so what others offer to the billing account cannot overlap and is not read. The + keep the
     * planner from reading all offers of the product; in this order it stops at the limit. */
    [OFFER_COLLISIONS] = {"SELECT o.id, o.name, o.isv, o.offered_to, m.number FROM offer o"
                          " JOIN pricing_row r ON r.offer = o.id"
                          " JOIN pricing_row m ON m.offer = $2 AND +m.product = +r.product"
                          /* a whole product collides with each of its plans */
                          " AND (m.plan = r.plan OR m.plan IS NULL OR r.plan IS NULL)"
                          " WHERE o.billing_account = $1 AND o.isv = $7 AND o.id <> $2"
                          " AND o.state IN " LIVE_STATES
                          /* an expired offer no longer counts; an ended one cannot overlap */
                          " AND o.due_on >= $5 AND o.end_on >= $3"
                          " AND CASE o.starts_on WHEN '' THEN $5 ELSE o.starts_on END <= $4"
                          " ORDER BY m.number, o.due_on LIMIT $6",
                          "ttttti"
                          "t",
                          "tttTi", false},
    [OFFERS_DUE] = {"SELECT id FROM offer WHERE publish_at <= $1 ORDER BY publish_at LIMIT $2",
                    "ii", "t", false},
};

const struct family store_offers_family = {"offers", statements, COUNT(statements), FAMILY_OFFERS};

static struct value
origin(const char *id)
{
    return text_or_null(id == NULL || *id == '\0' ? NULL : id);
}

enum err
offer_insert(struct db *db, struct arena *arena, const struct offer *offer)
{
    TRY(db_run(db, &store_offers_family, OFFER_INSERT,
               VALUES(text(offer->id), text(offer->isv), integer(offer->created_at),
                      text(offer->created_by), text(offer->name),
                      text(text_fold(arena, offer->name)), text(offer_type_text(offer->type)),
                      origin(offer->cloned_from), origin(offer->upgraded_from)),
               NULL, NULL));
    return offer_count_in(db, offer->id);
}

/* One offer being read. */
struct reading {
    struct arena *arena;
    struct offer *offer;
    bool found;
};

static enum err
read_state(struct offer *offer, const struct column *columns)
{
    TRY(state_read(columns[5].text, &offer->state));
    TRY(ask_read(columns[40].text, &offer->seller_ask));
    TRY(ask_read(columns[41].text, &offer->customer_ask));
    TRY(offer_type_read(columns[15].text, &offer->type));
    TRY(start_mode_read(columns[21].text, &offer->start_mode));
    TRY(column_day(&columns[22], &offer->start_on));
    TRY(column_day(&columns[23], &offer->end_on));
    TRY(column_day(&columns[24], &offer->accept_by_on));
    return column_day(&columns[35], &offer->accepted_on);
}

/* created_by is known to the ISV alone, so nobody else can try numbers until the digest fits. */
static const char *
partner_rev(struct arena *arena, const struct offer *offer)
{
    struct digest digest;

    digest_begin(&digest);
    digest_text(&digest, offer->id);
    digest_text(&digest, offer->created_by);
    digest_integer(&digest, offer->version);
    digest_integer(&digest, offer->partner_version);
    return digest_end(&digest, arena);
}

static enum err
read_offer(void *context, const struct column *columns)
{
    struct reading *reading = context;
    struct arena *arena = reading->arena;
    struct offer *offer = reading->offer;

    *offer = (struct offer){
        .id = arena_text(arena, columns[0].text),
        .isv = arena_text(arena, columns[1].text),
        .isv_name = arena_text(arena, columns[2].text),
        .created_at = columns[3].integer,
        .created_by = arena_text(arena, columns[4].text),
        .partner_withdrew = columns[6].integer != 0,
        .version = columns[7].integer,
        .partner_version = columns[8].integer,
        .isv_changed_at = columns[9].integer,
        .partner_changed_at = columns[10].integer,
        .customer_changed_at = columns[11].integer,
        .publish_at = columns[12].integer,
        .failure = arena_text(arena, columns[13].text),
        .name = arena_text(arena, columns[14].text),
        .billing_account = arena_text(arena, columns[16].text),
        .customer_label = arena_text(arena, columns[17].text),
        .description = arena_text(arena, columns[18].text),
        .partner = arena_text(arena, columns[19].text),
        .partner_name = arena_text(arena, columns[20].text),
        .contacts = arena_text(arena, columns[25].text),
        .sales_note = arena_text(arena, columns[26].text),
        .organisation = arena_text(arena, columns[27].text),
        .partner_data_of = arena_text(arena, columns[28].text),
        .prepared_by = arena_text(arena, columns[29].text),
        .partner_contacts = arena_text(arena, columns[30].text),
        .partner_note = arena_text(arena, columns[31].text),
        .taxable = columns[32].integer != 0,
        .submitted_at = columns[33].integer,
        .extended_at = columns[34].integer,
        .next_row = (int)columns[36].integer,
        .cloned_from = arena_text(arena, columns[37].text),
        .upgraded_from = arena_text(arena, columns[38].text),
        .cancelled_at = columns[39].integer,
    };
    offer->partner_rev = partner_rev(arena, offer);
    reading->found = true;
    return read_state(offer, columns);
}

/* By the viewer's statement. */
static enum err
load(struct db *db, struct arena *arena, const struct viewer *viewer,
     const unsigned by_party[PARTY_COUNT], const char *id, struct offer *offer)
{
    bool everything = viewer->party == PARTY_OPERATOR || viewer->party == PARTY_SYSTEM;
    struct reading reading = {.arena = arena, .offer = offer};
    struct row_reader reader = {&reading, read_offer};
    int too_large = 0;

    assert(viewer->party < PARTY_COUNT);
    if (everything)
        TRY(db_run(db, &store_offers_family, by_party[viewer->party], VALUES(text(id)), &reader,
                   NULL));
    else
        TRY(db_run(db, &store_offers_family, by_party[viewer->party],
                   VALUES(text(id), text(viewer->account)), &reader, NULL));
    if (!reading.found)
        return ERR_ABSENT;
    TRY(offer_rows_load(db, arena, viewer->today, offer));
    /* A figure that does not fit stays unknown; the submit says so. */
    if (price_offer(offer, &too_large) == ERR_BROKEN)
        return ERR_BROKEN;
    return OK;
}

enum err
offer_load(struct db *db, struct arena *arena, const struct viewer *viewer, const char *id,
           struct offer *offer)
{
    static const unsigned by_party[PARTY_COUNT] = {
        [PARTY_ISV] = OFFER_FOR_ISV,           [PARTY_PARTNER] = OFFER_FOR_PARTNER,
        [PARTY_CUSTOMER] = OFFER_FOR_CUSTOMER, [PARTY_OPERATOR] = OFFER_FOR_OPERATOR,
        [PARTY_SYSTEM] = OFFER_FOR_OPERATOR,
    };

    return load(db, arena, viewer, by_party, id, offer);
}

enum err
offer_view_cancelled(struct db *db, struct arena *arena, const struct viewer *viewer,
                     const char *id, struct offer *offer)
{
    static const unsigned by_party[PARTY_COUNT] = {
        [PARTY_ISV] = CANCELLED_FOR_ISV,           [PARTY_PARTNER] = CANCELLED_FOR_PARTNER,
        [PARTY_CUSTOMER] = CANCELLED_FOR_CUSTOMER, [PARTY_OPERATOR] = OFFER_FOR_OPERATOR,
        [PARTY_SYSTEM] = OFFER_FOR_OPERATOR,
    };

    TRY(load(db, arena, viewer, by_party, id, offer));
    offer_blank(offer, viewer->party);
    return OK;
}

enum err
offer_view(struct db *db, struct arena *arena, const struct viewer *viewer, const char *id,
           struct offer *offer)
{
    TRY(offer_load(db, arena, viewer, id, offer));
    offer_blank(offer, viewer->party);
    return OK;
}

const char *
offer_status_key(struct arena *arena, enum offer_state state, const char *due_on)
{
    static const int ranks[STATE_COUNT] = {
        [STATE_DRAFT] = 1,           [STATE_TO_PARTNER] = 2,         [STATE_TO_CUSTOMER] = 2,
        [STATE_PENDING_PARTNER] = 3, [STATE_PENDING_ACCEPTANCE] = 4, [STATE_ACCEPTED] = 5,
    };

    return arena_format(arena, "%d %s", ranks[state], due_on);
}

/* What an offer's row is written with besides its own fields. */
struct saving {
    int64_t version;
    int64_t partner_version;
    const char *due_on;
    const char *partner; /* the walls; NULL = nobody */
    const char *customer;
};

static enum err
write_all(struct db *db, struct arena *arena, const struct offer *offer,
          const struct saving *saving, int64_t *changed)
{
    return db_run(
        db, &store_offers_family, OFFER_UPDATE,
        VALUES(text(offer->id), integer(offer->version), integer(offer->partner_version),
               text(state_text(offer->state)), text(saving->due_on),
               integer(offer->partner_withdrew), integer(saving->version),
               integer(saving->partner_version), text_or_null(saving->partner),
               text_or_null(saving->customer), integer(offer->isv_changed_at),
               integer(offer->partner_changed_at), integer(offer->customer_changed_at),
               offer->publish_at == 0 ? null_integer() : integer(offer->publish_at),
               text(offer->failure), text(offer->name), text(text_fold(arena, offer->name)),
               text(offer->billing_account), text(offer->customer_label), text(offer->description),
               text(offer->partner), text(start_mode_text(offer->start_mode)),
               text(day_iso(arena, offer->start_on)), text(day_iso(arena, offer->end_on)),
               text(day_iso(arena, offer->accept_by_on)), text(offer->contacts),
               text(offer->sales_note), text(offer->partner_data_of), text(offer->prepared_by),
               text(offer->partner_contacts), text(offer->partner_note), integer(offer->taxable),
               integer(offer->submitted_at), integer(offer->extended_at),
               text(day_iso(arena, offer->accepted_on)), integer(offer->next_row),
               text(text_fold(arena, *offer->customer_label != '\0' ? offer->customer_label
                                                                    : offer->billing_account)),
               text(offer_status_key(arena, offer->state, saving->due_on)),
               text(day_iso(arena, offer_starts_on(offer))), integer(offer->cancelled_at),
               text(ask_text(offer->seller_ask)), text(ask_text(offer->customer_ask))),
        NULL, changed);
}

static enum err
write_move(struct db *db, struct arena *arena, const struct offer *offer,
           const struct saving *saving, int64_t *changed)
{
    return db_run(
        db, &store_offers_family, OFFER_MOVE,
        VALUES(text(offer->id), integer(offer->version), integer(offer->partner_version),
               text(state_text(offer->state)), text(saving->due_on),
               integer(offer->partner_withdrew), integer(saving->version),
               integer(saving->partner_version), integer(offer->isv_changed_at),
               integer(offer->partner_changed_at), integer(offer->customer_changed_at),
               offer->publish_at == 0 ? null_integer() : integer(offer->publish_at),
               text(offer->failure), integer(offer->extended_at),
               text(day_iso(arena, offer->accepted_on)),
               text(offer_status_key(arena, offer->state, saving->due_on)),
               text(day_iso(arena, offer_starts_on(offer))), integer(offer->cancelled_at),
               text(ask_text(offer->seller_ask)), text(ask_text(offer->customer_ask))),
        NULL, changed);
}

enum err
offer_save(struct db *db, struct arena *arena, struct offer *offer, enum offer_change change,
           bool whole)
{
    unsigned seen_by = state_seen_by(offer->state);
    const struct saving saving = {
        .version = offer->version + (change == CHANGE_OF_OFFER),
        .partner_version = offer->partner_version + (change == CHANGE_OF_PARTNER_FIELDS),
        .due_on = day_iso(arena, offer_due_on(offer)),
        .partner = (seen_by & PARTY_BIT(PARTY_PARTNER)) != 0 ? offer->partner : NULL,
        .customer = (seen_by & PARTY_BIT(PARTY_CUSTOMER)) != 0 ? offer->organisation : NULL,
    };
    int64_t changed = 0;
    bool counted_out;

    assert(saving.customer == NULL || *saving.customer != '\0');
    TRY(offer_count_out(db, offer->id, state_text(offer->state), saving.due_on, saving.partner,
                        saving.customer, &counted_out));
    TRY((whole ? write_all : write_move)(db, arena, offer, &saving, &changed));
    if (changed == 0)
        return ERR_STALE;
    if (!whole)
        TRY(db_run(db, &store_offers_family, OFFER_WALLS,
                   VALUES(text(offer->id), text_or_null(saving.partner),
                          text_or_null(saving.customer)),
                   NULL, NULL));
    if (counted_out)
        TRY(offer_count_in(db, offer->id));
    offer->version = saving.version;
    offer->partner_version = saving.partner_version;
    return whole ? offer_rows_save(db, offer) : OK;
}

/* Where collisions go. */
struct collision_reading {
    struct arena *arena;
    struct collisions *collisions;
};

static enum err
read_collision(void *context, const struct column *columns)
{
    struct collision_reading *reading = context;
    struct collisions *collisions = reading->collisions;
    const struct collision *last =
        collisions->count == 0 ? NULL : &collisions->rows[collisions->count - 1];

    assert(collisions->rows != NULL && collisions->count < LIMIT_COLLISIONS);
    if (last != NULL && last->row == (int)columns[4].integer &&
        text_equal(last->offer, columns[0].text))
        return OK; /* several of its rows cover what this one does */
    collisions->rows[collisions->count++] = (struct collision){
        .offer = arena_text(reading->arena, columns[0].text),
        .offer_name = arena_text(reading->arena, columns[1].text),
        .isv = arena_text(reading->arena, columns[2].text),
        .offered_to = arena_text(reading->arena, columns[3].text),
        .row = (int)columns[4].integer,
    };
    return OK;
}

enum err
offer_collisions(struct db *db, struct arena *arena, const struct offer *offer, struct day today,
                 struct collisions *collisions)
{
    struct collision_reading reading = {arena, collisions};
    struct row_reader reader = {&reading, read_collision};
    struct day start = offer_starts_on(offer);

    collisions->rows = arena_array(arena, struct collision, LIMIT_COLLISIONS);
    collisions->count = 0;
    if (day_is_none(offer->end_on) || *offer->billing_account == '\0')
        return OK;
    if (day_is_none(start))
        start = today;
    return db_run(db, &store_offers_family, OFFER_COLLISIONS,
                  VALUES(text(offer->billing_account), text(offer->id), text(day_iso(arena, start)),
                         text(day_iso(arena, offer->end_on)), text(day_iso(arena, today)),
                         integer(LIMIT_COLLISIONS), text(offer->isv)),
                  &reader, NULL);
}

/* Where due ids go. */
struct due_reading {
    struct arena *arena;
    struct offer_ids *due;
};

static enum err
read_due(void *context, const struct column *columns)
{
    struct due_reading *reading = context;

    assert(reading->due->count < DUE_AT_ONCE);
    reading->due->ids[reading->due->count++] = arena_text(reading->arena, columns[0].text);
    return OK;
}

enum err
offers_to_publish(struct db *db, struct arena *arena, int64_t now, struct offer_ids *due)
{
    struct due_reading reading = {arena, due};
    struct row_reader reader = {&reading, read_due};

    due->ids = arena_array(arena, const char *, DUE_AT_ONCE);
    due->count = 0;
    return db_run(db, &store_offers_family, OFFERS_DUE, VALUES(integer(now), integer(DUE_AT_ONCE)),
                  &reader, NULL);
}

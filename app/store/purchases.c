/*
 * purchases.c: the rows of purchases and of their histories.
 *
 * Invariant: due_on is what the law says comes next to the purchase (purchase_next), written with
 * every save. Invariant: a save that finds another version changes nothing.
 */
#include "store/purchases.h"

#include "base/text.h"
#include "store/chains.h"
#include "store/families.h"

#define DUE_AT_ONCE 50

enum {
    PURCHASE_INSERT,
    PURCHASE_OF_CUSTOMER,
    PURCHASE_OF_ISV,
    PURCHASE_OF_PARTNER,
    PURCHASE_OF_OPERATOR,
    PURCHASE_KEY,
    PURCHASE_UPDATE,
    LIST_OF_CUSTOMER,
    LIST_OF_ISV,
    LIST_OF_OFFER_ISV,
    LIST_OF_OFFER_PARTNER,
    LIST_OF_OFFER_CUSTOMER,
    LIST_OF_OPERATOR,
    LIST_OF_OFFER_OPERATOR,
    LIST_TO_ACTIVATE,
    LIST_TO_TEND,
    LIST_DUE,
    PURCHASE_EVENT_LAST,
    PURCHASE_EVENT_INSERT,
    PURCHASE_EVENTS,
};

#define PURCHASE_COLUMNS                                                                     \
    "p.id, p.kind, p.state, p.ending, p.version, p.organisation, g.name, p.billing_account," \
    " p.azure_subscription, a.name, p.resource_group, p.name, p.tags, p.order_reference,"    \
    " p.person, b.name, p.isv, i.name, p.product, pr.name, p.plan, p.plan_name, l.model,"    \
    " p.offer, o.name, p.partner, s.name, p.pricing_row, p.term_months, p.payment_months,"   \
    " p.vcpu, p.quantity, p.next_quantity, p.min_users, p.max_users, p.recurring,"           \
    " p.renews_through, p.contact, p.bought_at, p.configured_at, p.activated_at,"            \
    " p.suspended_at, p.ended_at, p.anchor_on, p.term, p.term_from_months, p.paid_months,"   \
    " p.usage_on, p.charge_count"
#define PURCHASE_GIVES   \
    "tttti"              \
    "tttttttttttttttttt" \
    "TTTTiiiiiiiii"      \
    "ttiiiii"            \
    "tiii"               \
    "ti"
#define PURCHASE_FROM                                                                          \
    "SELECT " PURCHASE_COLUMNS " FROM purchase p JOIN organisation g ON g.id = p.organisation" \
    " JOIN azure_subscription a ON a.id = p.azure_subscription"                                \
    " JOIN person b ON b.id = p.person JOIN publisher i ON i.id = p.isv"                       \
    " JOIN product pr ON pr.id = p.product"                                                    \
    " JOIN plan l ON l.product = p.product AND l.id = p.plan"                                  \
    " LEFT JOIN offer o ON o.id = p.offer LEFT JOIN publisher s ON s.id = p.partner"
#define AFTER(at, id) " AND (p.bought_at, p.id) < (" at ", " id ")"
#define NEWEST(limit) " ORDER BY p.bought_at DESC, p.id DESC LIMIT " limit

static const struct statement statements[] = {
    [PURCHASE_INSERT] =
        {"INSERT INTO purchase (id, kind, state, ending, version, due_on, organisation,"
         " billing_account, azure_subscription, resource_group, name, tags, order_reference,"
         " person, isv, product, plan, plan_name, offer, pricing_row, partner, term_months,"
         " payment_months, vcpu, quantity, next_quantity, min_users, max_users, recurring,"
         " renews_through, contact, landing_key, bought_at, configured_at, activated_at,"
         " suspended_at, ended_at, anchor_on, term, term_from_months, paid_months, usage_on,"
         " charge_count)"
         " VALUES ($1, $2, $3, '', 1, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16,"
         " $17, $18, $19, $20, $21, $22, $23, $23, $24, $25, $26, $27, '', $28, $29, 0, $30, 0, 0,"
         " $31, 1, 0, 0, $32, 0)",
         "tttTtttttttttttt"
         "TiTiiiiiiitt"
         "iitt",
         "", true},
    /* The wall of rows (LAW 5): each party finds a purchase only through the column that is its
     * own.
     */
    [PURCHASE_OF_CUSTOMER] = {PURCHASE_FROM " WHERE p.id = $1 AND p.organisation = $2", "tt",
                              PURCHASE_GIVES, false},
    [PURCHASE_OF_ISV] = {PURCHASE_FROM " WHERE p.id = $1 AND p.isv = $2", "tt", PURCHASE_GIVES,
                         false},
    [PURCHASE_OF_PARTNER] = {PURCHASE_FROM " WHERE p.id = $1 AND p.partner = $2", "tt",
                             PURCHASE_GIVES, false},
    [PURCHASE_OF_OPERATOR] = {PURCHASE_FROM " WHERE p.id = $1", "t", PURCHASE_GIVES, false},
    [PURCHASE_KEY] = {"SELECT landing_key FROM purchase WHERE id = $1", "t", "t", false},
    [PURCHASE_UPDATE] = {"UPDATE purchase SET state = $3, ending = $4, version = version + 1,"
                         " due_on = $5, plan = $6, plan_name = $7, quantity = $8,"
                         " next_quantity = $9, min_users = $10, max_users = $11, recurring = $12,"
                         " contact = $13, configured_at = $14, activated_at = $15,"
                         " suspended_at = $16, ended_at = $17, anchor_on = $18, term = $19,"
                         " term_from_months = $20, paid_months = $21, usage_on = $22,"
                         " charge_count = $23 WHERE id = $1 AND version = $2",
                         "tittTttiiiiitiiiitiiiti", "", true},
    [LIST_OF_CUSTOMER] = {PURCHASE_FROM " WHERE p.organisation = $1" AFTER("$2", "$3") NEWEST("$4"),
                          "titi", PURCHASE_GIVES, false},
    [LIST_OF_ISV] = {PURCHASE_FROM " WHERE p.isv = $1" AFTER("$2", "$3") NEWEST("$4"), "titi",
                     PURCHASE_GIVES, false},
    [LIST_OF_OFFER_ISV] = {PURCHASE_FROM
                           " WHERE p.offer = $1 AND p.isv = $5 AND p.kind = 'saas'" AFTER(
                               "$2", "$3") NEWEST("$4"),
                           "titit", PURCHASE_GIVES, false},
    [LIST_OF_OFFER_PARTNER] = {PURCHASE_FROM
                               " WHERE p.offer = $1 AND p.partner = $5 AND p.kind = 'saas'" AFTER(
                                   "$2", "$3") NEWEST("$4"),
                               "titit", PURCHASE_GIVES, false},
    [LIST_OF_OFFER_CUSTOMER] = {PURCHASE_FROM " WHERE p.offer = $1 AND p.organisation = $5" AFTER(
                                    "$2", "$3") NEWEST("$4"),
                                "titit", PURCHASE_GIVES, false},
    /* $1 is the kind: subscriptions for payments, machines for their hours */
    [LIST_OF_OPERATOR] = {PURCHASE_FROM " WHERE p.kind = $1 AND p.state = $5" AFTER("$2", "$3")
                              NEWEST("$4"),
                          "titit", PURCHASE_GIVES, false},
    /* $5 keeps the four lists of an offer alike */
    [LIST_OF_OFFER_OPERATOR] = {PURCHASE_FROM " WHERE p.offer = $1 AND $5 = ''" AFTER("$2", "$3")
                                    NEWEST("$4"),
                                "titit", PURCHASE_GIVES, false},
    [LIST_TO_ACTIVATE] = {PURCHASE_FROM " WHERE p.isv = $1 AND p.state = 'pending'"
                                        " AND p.configured_at > 0"
                                        " ORDER BY p.configured_at, p.id LIMIT $2",
                          "ti", PURCHASE_GIVES, false},
    [LIST_TO_TEND] = {PURCHASE_FROM " WHERE p.organisation = $1 AND ((p.state = 'pending'"
                                    " AND p.configured_at = 0) OR p.state = 'suspended')"
                                    " ORDER BY p.bought_at, p.id LIMIT $2",
                      "ti", PURCHASE_GIVES, false},
    [LIST_DUE] = {"SELECT id FROM purchase WHERE due_on <= $1 ORDER BY due_on LIMIT $2", "ti", "t",
                  false},
    [PURCHASE_EVENT_LAST] = {"SELECT COALESCE(MAX(number), 0) FROM purchase_event"
                             " WHERE purchase = $1",
                             "t", "i", false},
    [PURCHASE_EVENT_INSERT] = {"INSERT INTO purchase_event (purchase, number, at, kind, party,"
                               " account, account_name, person, person_name, note)"
                               " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
                               "tiittttttt", "", true},
    [PURCHASE_EVENTS] = {"SELECT at, kind, party, account, account_name, person, person_name, note"
                         " FROM purchase_event WHERE purchase = $1 ORDER BY number DESC LIMIT $2",
                         "ti", "ittttttt", false},
};

const struct family store_purchases_family = {"purchases", statements, COUNT(statements),
                                              FAMILY_PURCHASES};

/* NULL when nothing more comes. */
static const char *
due_on(struct arena *arena, const struct purchase *purchase)
{
    struct purchase_event_due next = purchase_next(purchase);

    return next.what == DUE_NOTHING ? NULL : day_iso(arena, next.on);
}

static struct value
text_unless_empty(const char *stored)
{
    return text_or_null(*stored == '\0' ? NULL : stored);
}

enum err
purchase_insert(struct db *db, struct arena *arena, const struct purchase *purchase,
                const char *landing_key)
{
    return db_run(
        db, &store_purchases_family, PURCHASE_INSERT,
        VALUES(text(purchase->id), text(purchase_kind_text(purchase->kind)),
               text(purchase_state_text(purchase->state)), text_or_null(due_on(arena, purchase)),
               text(purchase->organisation), text(purchase->billing_account),
               text(purchase->azure_subscription), text(purchase->resource_group),
               text(purchase->name), text(purchase->tags), text(purchase->order_reference),
               text(purchase->person), text(purchase->isv), text(purchase->product),
               text(purchase->plan), text(purchase->plan_name), text_unless_empty(purchase->offer),
               integer(purchase->row), text_unless_empty(purchase->partner),
               integer(purchase->term_months), integer(purchase->payment_months),
               integer(purchase->vcpu), integer(purchase->quantity), integer(purchase->min_users),
               integer(purchase->max_users), integer(purchase->recurring),
               text(day_iso(arena, purchase->renews_through)), text(landing_key),
               integer(purchase->bought_at), integer(purchase->activated_at),
               text(day_iso(arena, purchase->anchor_on)), text(day_iso(arena, purchase->usage_on))),
        NULL, NULL);
}

/* Where rows go, and who reads them. */
struct reading {
    struct arena *arena;
    enum party viewer;
    struct purchase *rows;
    size_t count;
    size_t limit;
};

static void
read_texts(struct arena *arena, const struct column *columns, struct purchase *purchase)
{
    purchase->id = arena_text(arena, columns[0].text);
    purchase->organisation = arena_text(arena, columns[5].text);
    purchase->organisation_name = arena_text(arena, columns[6].text);
    purchase->billing_account = arena_text(arena, columns[7].text);
    purchase->azure_subscription = arena_text(arena, columns[8].text);
    purchase->azure_name = arena_text(arena, columns[9].text);
    purchase->resource_group = arena_text(arena, columns[10].text);
    purchase->name = arena_text(arena, columns[11].text);
    purchase->tags = arena_text(arena, columns[12].text);
    purchase->order_reference = arena_text(arena, columns[13].text);
    purchase->person = arena_text(arena, columns[14].text);
    purchase->person_name = arena_text(arena, columns[15].text);
    purchase->isv = arena_text(arena, columns[16].text);
    purchase->isv_name = arena_text(arena, columns[17].text);
    purchase->product = arena_text(arena, columns[18].text);
    purchase->product_name = arena_text(arena, columns[19].text);
    purchase->plan = arena_text(arena, columns[20].text);
    purchase->plan_name = arena_text(arena, columns[21].text);
    purchase->offer = arena_text(arena, columns[23].text);
    purchase->offer_name = arena_text(arena, columns[24].text);
    purchase->partner = arena_text(arena, columns[25].text);
    purchase->partner_name = arena_text(arena, columns[26].text);
    purchase->contact = arena_text(arena, columns[37].text);
}

static void
read_numbers(const struct column *columns, struct purchase *purchase)
{
    purchase->version = columns[4].integer;
    purchase->row = (int)columns[27].integer;
    purchase->term_months = (int)columns[28].integer;
    purchase->payment_months = (int)columns[29].integer;
    purchase->vcpu = (int)columns[30].integer;
    purchase->quantity = columns[31].integer;
    purchase->next_quantity = columns[32].integer;
    purchase->min_users = columns[33].integer;
    purchase->max_users = columns[34].integer;
    purchase->recurring = columns[35].integer != 0;
    purchase->bought_at = columns[38].integer;
    purchase->configured_at = columns[39].integer;
    purchase->activated_at = columns[40].integer;
    purchase->suspended_at = columns[41].integer;
    purchase->ended_at = columns[42].integer;
    purchase->term = (int)columns[44].integer;
    purchase->term_from_months = (int)columns[45].integer;
    purchase->paid_months = (int)columns[46].integer;
    purchase->charge_count = (int)columns[48].integer;
}

/* Sellers learn what an organisation bought, not who of it, where it runs and what it says about
 * it; whom to write to the ISV alone (LAW 5). */
static void
purchase_blank(struct purchase *purchase, enum party viewer)
{
    if (viewer != PARTY_ISV && viewer != PARTY_PARTNER)
        return;
    purchase->azure_subscription = "";
    purchase->azure_name = "";
    purchase->resource_group = "";
    purchase->tags = "";
    purchase->order_reference = "";
    purchase->person = "";
    purchase->person_name = "";
    if (viewer == PARTY_PARTNER)
        purchase->contact = "";
}

static enum err
read_purchase(void *context, const struct column *columns)
{
    struct reading *reading = context;
    struct purchase *purchase;

    if (reading->count++ >= reading->limit)
        return OK; /* only that there is more matters */
    purchase = &reading->rows[reading->count - 1];
    read_texts(reading->arena, columns, purchase);
    read_numbers(columns, purchase);
    purchase_blank(purchase, reading->viewer);
    TRY(purchase_kind_read(columns[1].text, &purchase->kind));
    TRY(purchase_state_read(columns[2].text, &purchase->state));
    TRY(purchase_ending_read(columns[3].text, &purchase->ending));
    TRY(model_read(columns[22].text, &purchase->model));
    TRY(column_day(&columns[36], &purchase->renews_through));
    TRY(column_day(&columns[43], &purchase->anchor_on));
    return column_day(&columns[47], &purchase->usage_on);
}

enum err
purchase_load(struct db *db, struct arena *arena, const struct viewer *viewer, const char *id,
              struct purchase *purchase)
{
    static const unsigned by_party[PARTY_COUNT] = {
        [PARTY_ISV] = PURCHASE_OF_ISV,           [PARTY_PARTNER] = PURCHASE_OF_PARTNER,
        [PARTY_CUSTOMER] = PURCHASE_OF_CUSTOMER, [PARTY_OPERATOR] = PURCHASE_OF_OPERATOR,
        [PARTY_SYSTEM] = PURCHASE_OF_OPERATOR,
    };
    struct reading reading = {
        .arena = arena, .viewer = viewer->party, .rows = purchase, .limit = 1};
    struct row_reader reader = {&reading, read_purchase};
    unsigned statement = by_party[viewer->party];

    if (statement == PURCHASE_OF_OPERATOR)
        TRY(db_run(db, &store_purchases_family, statement, VALUES(text(id)), &reader, NULL));
    else
        TRY(db_run(db, &store_purchases_family, statement, VALUES(text(id), text(viewer->account)),
                   &reader, NULL));
    return reading.count == 0 ? ERR_ABSENT : OK;
}

enum err
purchase_landing_key(struct db *db, struct arena *arena, const char *id, const char **key)
{
    return db_text(db, arena, &store_purchases_family, PURCHASE_KEY, VALUES(text(id)), key);
}

enum err
purchase_save(struct db *db, struct arena *arena, struct purchase *purchase)
{
    int64_t changed = 0;

    TRY(db_run(
        db, &store_purchases_family, PURCHASE_UPDATE,
        VALUES(text(purchase->id), integer(purchase->version),
               text(purchase_state_text(purchase->state)),
               text(purchase_ending_text(purchase->ending)), text_or_null(due_on(arena, purchase)),
               text(purchase->plan), text(purchase->plan_name), integer(purchase->quantity),
               integer(purchase->next_quantity), integer(purchase->min_users),
               integer(purchase->max_users), integer(purchase->recurring), text(purchase->contact),
               integer(purchase->configured_at), integer(purchase->activated_at),
               integer(purchase->suspended_at), integer(purchase->ended_at),
               text(day_iso(arena, purchase->anchor_on)), integer(purchase->term),
               integer(purchase->term_from_months), integer(purchase->paid_months),
               text(day_iso(arena, purchase->usage_on)), integer(purchase->charge_count)),
        NULL, &changed));
    if (changed == 0)
        return ERR_STALE;
    purchase->version++;
    return OK;
}

static unsigned
list_statement(const struct purchase_query *query)
{
    bool of_offer = *query->offer != '\0';

    switch (query->viewer.party) {
    case PARTY_ISV:
        return of_offer ? LIST_OF_OFFER_ISV : LIST_OF_ISV;
    case PARTY_PARTNER:
        assert(of_offer);
        return LIST_OF_OFFER_PARTNER;
    case PARTY_CUSTOMER:
        return of_offer ? LIST_OF_OFFER_CUSTOMER : LIST_OF_CUSTOMER;
    case PARTY_OPERATOR:
        return of_offer ? LIST_OF_OFFER_OPERATOR : LIST_OF_OPERATOR;
    case PARTY_SYSTEM:
    case PARTY_COUNT:
        break;
    }
    assert(false); /* time looks for what is due */
    return LIST_OF_CUSTOMER;
}

enum err
purchases_page(struct db *db, struct arena *arena, const struct purchase_query *query,
               struct purchases *page)
{
    struct reading reading = {
        .arena = arena,
        .viewer = query->viewer.party,
        .rows = arena_array(arena, struct purchase, LIMIT_LIST_ROWS),
        .limit = LIMIT_LIST_ROWS,
    };
    struct row_reader reader = {&reading, read_purchase};
    unsigned statement = list_statement(query);
    bool of_offer = *query->offer != '\0';
    const char *of = of_offer ? query->offer : query->viewer.account;
    const char *also = of_offer ? query->viewer.account : NULL;
    int64_t before = query->before_at == 0 ? INT64_MAX : query->before_at;

    if (statement == LIST_OF_OPERATOR) {
        of = purchase_kind_text(query->saas_only ? PURCHASE_SAAS : PURCHASE_VM);
        also = purchase_state_text(query->suspended ? PURCHASE_SUSPENDED : PURCHASE_SUBSCRIBED);
    }
    if (also != NULL)
        TRY(db_run(db, &store_purchases_family, statement,
                   VALUES(text(of), integer(before), text(query->before_id),
                          integer(LIMIT_LIST_ROWS + 1), text(also)),
                   &reader, NULL));
    else
        TRY(db_run(
            db, &store_purchases_family, statement,
            VALUES(text(of), integer(before), text(query->before_id), integer(LIMIT_LIST_ROWS + 1)),
            &reader, NULL));
    page->more = reading.count > LIMIT_LIST_ROWS;
    page->count = page->more ? LIMIT_LIST_ROWS : reading.count;
    page->rows = reading.rows;
    return OK;
}

static enum err
oldest(struct db *db, struct arena *arena, unsigned statement, enum party viewer,
       const char *account, struct purchases *page)
{
    struct reading reading = {
        .arena = arena,
        .viewer = viewer,
        .rows = arena_array(arena, struct purchase, LIMIT_LIST_ROWS),
        .limit = LIMIT_LIST_ROWS,
    };
    struct row_reader reader = {&reading, read_purchase};

    TRY(db_run(db, &store_purchases_family, statement,
               VALUES(text(account), integer(LIMIT_LIST_ROWS + 1)), &reader, NULL));
    page->more = reading.count > LIMIT_LIST_ROWS;
    page->count = page->more ? LIMIT_LIST_ROWS : reading.count;
    page->rows = reading.rows;
    return OK;
}

enum err
purchases_to_activate(struct db *db, struct arena *arena, const char *isv, struct purchases *page)
{
    return oldest(db, arena, LIST_TO_ACTIVATE, PARTY_ISV, isv, page);
}

enum err
purchases_to_tend(struct db *db, struct arena *arena, const char *organisation,
                  struct purchases *page)
{
    return oldest(db, arena, LIST_TO_TEND, PARTY_CUSTOMER, organisation, page);
}

/* Where due ids go. */
struct due_reading {
    struct arena *arena;
    struct purchase_ids *due;
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
purchases_due(struct db *db, struct arena *arena, struct day today, struct purchase_ids *due)
{
    struct due_reading reading = {arena, due};
    struct row_reader reader = {&reading, read_due};

    due->ids = arena_array(arena, const char *, DUE_AT_ONCE);
    due->count = 0;
    return db_run(db, &store_purchases_family, LIST_DUE,
                  VALUES(text(day_iso(arena, today)), integer(DUE_AT_ONCE)), &reader, NULL);
}

static enum err
read_number(void *context, const struct column *columns)
{
    int64_t *number = context;

    *number = columns[0].integer;
    return OK;
}

enum err
purchase_event_append(struct db *db, struct arena *arena, const struct world *world,
                      const char *purchase, const struct purchase_event *event)
{
    const struct chain_subject subject = chain_subject_of(arena, CHAIN_WORD_PURCHASE, purchase);
    int64_t last = 0;
    struct row_reader reader = {&last, read_number};

    TRY(db_run(db, &store_purchases_family, PURCHASE_EVENT_LAST, VALUES(text(purchase)), &reader,
               NULL));
    TRY(db_run(db, &store_purchases_family, PURCHASE_EVENT_INSERT,
               VALUES(text(purchase), integer(last + 1), integer(event->at),
                      text(purchase_event_text(event->kind)), text(party_text(event->party)),
                      text(event->account), text(event->account_name), text(event->person),
                      text(event->person_name), text(event->note)),
               NULL, NULL));
    return chain_seal(db, arena, world, &subject, last + 1);
}

/* Where events go. */
struct event_reading {
    struct arena *arena;
    const struct viewer *viewer;
    struct purchase_events *events;
};

static enum err
read_event(void *context, const struct column *columns)
{
    struct event_reading *reading = context;
    struct arena *arena = reading->arena;
    struct purchase_event event = {.at = columns[0].integer};
    bool own = reading->viewer->party == PARTY_OPERATOR ||
               text_equal(columns[3].text, reading->viewer->account);

    TRY(purchase_event_read(columns[1].text, &event.kind));
    TRY(party_read(columns[2].text, &event.party));
    event.account = arena_text(arena, columns[3].text);
    event.account_name = arena_text(arena, columns[4].text);
    event.person = own ? arena_text(arena, columns[5].text) : "";
    event.person_name = own ? arena_text(arena, columns[6].text) : "";
    event.note = arena_text(arena, columns[7].text);
    assert(reading->events->count < LIMIT_EVENTS);
    reading->events->rows[reading->events->count++] = event;
    return OK;
}

enum err
purchase_events_of(struct db *db, struct arena *arena, const struct viewer *viewer,
                   const char *purchase, struct purchase_events *events)
{
    struct event_reading reading = {arena, viewer, events};
    struct row_reader reader = {&reading, read_event};

    events->rows = arena_array(arena, struct purchase_event, LIMIT_EVENTS);
    events->count = 0;
    return db_run(db, &store_purchases_family, PURCHASE_EVENTS,
                  VALUES(text(purchase), integer(LIMIT_EVENTS)), &reader, NULL);
}

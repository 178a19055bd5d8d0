/*
 * acceptances.c: the rows of links and acceptances.
 *
 * Invariant: an acceptance is written once and never changed, and tells what was accepted without a
 * look at the catalogue, the accounts or the documents of today.
 */
#include "store/acceptances.h"

#include "base/text.h"
#include "store/families.h"

enum {
    LINK_INSERT,
    LINKS_KILL,
    LINK_BY_TOKEN,
    LINK_OF_OFFER,
    LINK_LAST,
    ACCEPT_INSERT,
    ACCEPTED_ROW_INSERT,
    ACCEPTED_PRICE_INSERT,
    ACCEPTED_DOCUMENT_INSERT,
    ACCEPT_OF,
    ACCEPTED_ROWS,
    ACCEPTED_PRICES,
    ACCEPTED_DOCUMENTS,
};

#define LINK_COLUMNS "token, offer, organisation, prepared_by, created_at, dead"

static const struct statement statements[] = {
    [LINK_INSERT] = {"INSERT INTO link (token, offer, organisation, prepared_by, created_at, dead)"
                     " VALUES ($1, $2, $3, $4, $5, 0)",
                     "tttti", "", true},
    [LINKS_KILL] = {"UPDATE link SET dead = 1 WHERE offer = $1 AND dead = 0", "t", "", true},
    [LINK_BY_TOKEN] = {"SELECT " LINK_COLUMNS " FROM link WHERE token = $1 AND organisation = $2",
                       "tt", "ttttii", false},
    [LINK_OF_OFFER] = {"SELECT " LINK_COLUMNS " FROM link WHERE offer = $1 AND dead = 0", "t",
                       "ttttii", false},
    [LINK_LAST] = {"SELECT " LINK_COLUMNS " FROM link WHERE offer = $1 AND organisation = $2"
                   " ORDER BY dead, created_at DESC, token LIMIT 1",
                   "tt", "ttttii", false},
    [ACCEPT_INSERT] = {"INSERT INTO acceptance (offer, reference, person, person_name, role, at,"
                       " digest, isv_name, partner_name, organisation_name, account_name)"
                       " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
                       "tttttittttt", "", true},
    [ACCEPTED_ROW_INSERT] = {"INSERT INTO accepted_row (offer, number, product_name, plan_name,"
                             " type, model) VALUES ($1, $2, $3, $4, $5, $6)",
                             "titttt", "", true},
    [ACCEPTED_PRICE_INSERT] = {"INSERT INTO accepted_price (offer, number, point, quantity, list,"
                               " partner, customer, position, plan_name, kind, term_months,"
                               " payment_months, name, vcpu)"
                               " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13,"
                               " $14)",
                               "titiIiiittiiti", "", true},
    [ACCEPTED_DOCUMENT_INSERT] = {"INSERT INTO accepted_document (offer, document, side, position,"
                                  " name, size, sha256) VALUES ($1, $2, $3, $4, $5, $6, $7)",
                                  "tttitit", "", true},
    [ACCEPT_OF] = {"SELECT offer, reference, person, person_name, role, at, digest, isv_name,"
                   " partner_name, organisation_name, account_name FROM acceptance"
                   " WHERE offer = $1",
                   "t", "tttttittttt", false},
    [ACCEPTED_ROWS] = {"SELECT r.number, r.product_name, r.plan_name, r.type, r.model,"
                       " (SELECT COUNT(*) FROM accepted_price p WHERE p.offer = r.offer"
                       " AND p.number = r.number) FROM accepted_row r WHERE r.offer = $1",
                       "t", "itttti", false},
    /* not the partner's price: the record is its customer's (LAW 5) */
    [ACCEPTED_PRICES] = {"SELECT number, point, quantity, list, customer, plan_name, kind,"
                         " term_months, payment_months, name, vcpu FROM accepted_price"
                         " WHERE offer = $1 ORDER BY number, position, point",
                         "t", "itiIittiiti", false},
    [ACCEPTED_DOCUMENTS] = {"SELECT document, side, name, size, sha256 FROM accepted_document"
                            " WHERE offer = $1 ORDER BY side, position",
                            "t", "tttit", false},
};

const struct family store_acceptances_family = {"acceptances", statements, COUNT(statements),
                                                FAMILY_ACCEPTANCES};

enum err
link_insert(struct db *db, const struct link *link)
{
    return db_run(db, &store_acceptances_family, LINK_INSERT,
                  VALUES(text(link->token), text(link->offer), text(link->organisation),
                         text(link->prepared_by), integer(link->created_at)),
                  NULL, NULL);
}

enum err
links_kill(struct db *db, const char *offer)
{
    return db_run(db, &store_acceptances_family, LINKS_KILL, VALUES(text(offer)), NULL, NULL);
}

/* Where one row goes. */
struct reading {
    struct arena *arena;
    struct link *link;
    struct acceptance *acceptance;
    bool found;
};

static enum err
read_link(void *context, const struct column *columns)
{
    struct reading *reading = context;
    struct arena *arena = reading->arena;

    *reading->link = (struct link){
        .token = arena_text(arena, columns[0].text),
        .offer = arena_text(arena, columns[1].text),
        .organisation = arena_text(arena, columns[2].text),
        .prepared_by = arena_text(arena, columns[3].text),
        .created_at = columns[4].integer,
        .dead = columns[5].integer != 0,
    };
    reading->found = true;
    return OK;
}

enum err
link_by_token(struct db *db, struct arena *arena, const char *token, const char *organisation,
              struct link *link)
{
    struct reading reading = {.arena = arena, .link = link};
    struct row_reader reader = {&reading, read_link};

    TRY(db_run(db, &store_acceptances_family, LINK_BY_TOKEN,
               VALUES(text(token), text(organisation)), &reader, NULL));
    return reading.found ? OK : ERR_ABSENT;
}

enum err
link_of_offer(struct db *db, struct arena *arena, const char *offer, struct link *link)
{
    struct reading reading = {.arena = arena, .link = link};
    struct row_reader reader = {&reading, read_link};

    TRY(db_run(db, &store_acceptances_family, LINK_OF_OFFER, VALUES(text(offer)), &reader, NULL));
    return reading.found ? OK : ERR_ABSENT;
}

enum err
link_last_of(struct db *db, struct arena *arena, const char *offer, const char *organisation,
             struct link *link)
{
    struct reading reading = {.arena = arena, .link = link};
    struct row_reader reader = {&reading, read_link};

    TRY(db_run(db, &store_acceptances_family, LINK_LAST, VALUES(text(offer), text(organisation)),
               &reader, NULL));
    return reading.found ? OK : ERR_ABSENT;
}

static enum err
insert_price(struct db *db, const struct offer *offer, const struct offer_row *row, size_t at)
{
    const struct row_price *price = &row->prices[at];
    const struct price_point *point = price->point;

    assert(price->has_customer);
    return db_run(
        db, &store_acceptances_family, ACCEPTED_PRICE_INSERT,
        VALUES(text(offer->id), integer(row->number), text(price->key), integer(price->quantity),
               price->has_list ? integer(amount_integer(price->list)) : null_integer(),
               integer(amount_integer(price->partner)), integer(amount_integer(price->customer)),
               integer((int64_t)at), text(row->whole_product ? price->plan->name : ""),
               text(point_kind_text(point->kind)), integer(point->term_months),
               integer(point->payment_months), text(point->name), integer(point->vcpu)),
        NULL, NULL);
}

static enum err
insert_row(struct db *db, const struct offer *offer, const struct offer_row *row)
{
    TRY(db_run(db, &store_acceptances_family, ACCEPTED_ROW_INSERT,
               VALUES(text(offer->id), integer(row->number), text(row->plan->product_name),
                      text(row->plan->name), text(product_type_text(row->plan->type)),
                      text(model_text(row->plan->model))),
               NULL, NULL));
    for (size_t k = 0; k < row->price_count; k++)
        TRY(insert_price(db, offer, row, k));
    return OK;
}

static enum err
insert_document(struct db *db, const struct offer *offer, size_t at)
{
    const struct document *document = &offer->documents[at];

    return db_run(db, &store_acceptances_family, ACCEPTED_DOCUMENT_INSERT,
                  VALUES(text(offer->id), text(document->id), text(party_text(document->side)),
                         integer((int64_t)at), text(document->name), integer(document->size),
                         text(document->sha256)),
                  NULL, NULL);
}

enum err
acceptance_insert(struct db *db, const struct acceptance *acceptance, const struct offer *offer)
{
    TRY(db_run(db, &store_acceptances_family, ACCEPT_INSERT,
               VALUES(text(acceptance->offer), text(acceptance->reference),
                      text(acceptance->person), text(acceptance->person_name),
                      text(billing_role_text(acceptance->role)), integer(acceptance->at),
                      text(acceptance->digest), text(acceptance->isv_name),
                      text(acceptance->partner_name), text(acceptance->organisation_name),
                      text(acceptance->account_name)),
               NULL, NULL));
    for (size_t i = 0; i < offer->row_count; i++)
        TRY(insert_row(db, offer, &offer->rows[i]));
    for (size_t i = 0; i < offer->document_count; i++)
        TRY(insert_document(db, offer, i));
    return OK;
}

static enum err
read_acceptance(void *context, const struct column *columns)
{
    struct reading *reading = context;
    struct arena *arena = reading->arena;

    *reading->acceptance = (struct acceptance){
        .offer = arena_text(arena, columns[0].text),
        .reference = arena_text(arena, columns[1].text),
        .person = arena_text(arena, columns[2].text),
        .person_name = arena_text(arena, columns[3].text),
        .at = columns[5].integer,
        .digest = arena_text(arena, columns[6].text),
        .isv_name = arena_text(arena, columns[7].text),
        .partner_name = arena_text(arena, columns[8].text),
        .organisation_name = arena_text(arena, columns[9].text),
        .account_name = arena_text(arena, columns[10].text),
    };
    reading->found = true;
    return billing_role_read(columns[4].text, &reading->acceptance->role);
}

enum err
acceptance_of(struct db *db, struct arena *arena, const char *offer, struct acceptance *acceptance)
{
    struct reading reading = {.arena = arena, .acceptance = acceptance};
    struct row_reader reader = {&reading, read_acceptance};

    TRY(db_run(db, &store_acceptances_family, ACCEPT_OF, VALUES(text(offer)), &reader, NULL));
    return reading.found ? OK : ERR_ABSENT;
}

/* An offer that becomes again what it was. */
struct recalling {
    struct arena *arena;
    struct offer *offer;
};

static enum err
recall_row(void *context, const struct column *columns)
{
    struct recalling *recalling = context;
    struct arena *arena = recalling->arena;
    struct offer_row *row = offer_row(recalling->offer, (int)columns[0].integer);
    struct plan *plan;

    if (row == NULL)
        return ERR_BROKEN;
    plan = arena_new(arena, struct plan);
    *plan = *row->plan;
    plan->product_name = arena_text(arena, columns[1].text);
    plan->name = arena_text(arena, columns[2].text);
    TRY(product_type_read(columns[3].text, &plan->type));
    TRY(model_read(columns[4].text, &plan->model));
    row->plan = plan;
    row->prices = arena_array(arena, struct row_price, (size_t)columns[5].integer + 1);
    row->price_count = 0;
    return OK;
}

/* Whose the next price of the row is: in a whole product the prices of a plan follow each other. */
static const struct plan *
recall_plan(struct arena *arena, const struct offer_row *row, const char *name)
{
    const struct plan *last =
        row->price_count == 0 ? row->plan : row->prices[row->price_count - 1].plan;
    struct plan *plan;

    if (!row->whole_product || text_equal(last->name, name))
        return last;
    plan = arena_new(arena, struct plan);
    *plan = *row->plan;
    plan->name = arena_text(arena, name);
    return plan;
}

static enum err
recall_price(void *context, const struct column *columns)
{
    struct recalling *recalling = context;
    struct arena *arena = recalling->arena;
    struct offer_row *row = offer_row(recalling->offer, (int)columns[0].integer);
    struct price_point *point = arena_new(arena, struct price_point);
    const struct plan *plan;

    if (row == NULL || row->prices == NULL)
        return ERR_BROKEN;
    *point = (struct price_point){
        .id = arena_text(arena, columns[1].text),
        .term_months = (int)columns[7].integer,
        .payment_months = (int)columns[8].integer,
        .name = arena_text(arena, columns[9].text),
        .unit = "",
        .vcpu = (int)columns[10].integer,
        .market = MARKET_US,
    };
    TRY(point_kind_read(columns[6].text, &point->kind));
    plan = recall_plan(arena, row, columns[5].text);
    row->prices[row->price_count++] = (struct row_price){
        .plan = plan,
        .point = point,
        .key = point->id,
        .quantity = columns[2].integer,
        .has_list = !columns[3].null,
        .list = amount_of(point->kind, columns[3].integer),
        .has_customer = true,
        .customer = amount_of(point->kind, columns[4].integer),
    };
    return OK;
}

static enum err
recall_document(void *context, const struct column *columns)
{
    struct recalling *recalling = context;
    struct arena *arena = recalling->arena;
    struct offer *offer = recalling->offer;
    struct document *document = &offer->documents[offer->document_count];

    if (offer->document_count == COUNT(offer->documents))
        return ERR_BROKEN;
    *document = (struct document){
        .id = arena_text(arena, columns[0].text),
        .name = arena_text(arena, columns[2].text),
        .size = columns[3].integer,
        .sha256 = arena_text(arena, columns[4].text),
    };
    offer->document_count++;
    return party_read(columns[1].text, &document->side);
}

enum err
acceptance_recall(struct db *db, struct arena *arena, const struct acceptance *acceptance,
                  struct offer *offer)
{
    struct recalling recalling = {arena, offer};
    struct row_reader rows = {&recalling, recall_row};
    struct row_reader prices = {&recalling, recall_price};
    struct row_reader documents = {&recalling, recall_document};
    const struct value id = text(offer->id);

    assert(text_equal(acceptance->offer, offer->id));
    offer->isv_name = acceptance->isv_name;
    offer->partner_name = acceptance->partner_name;
    offer->document_count = 0;
    for (size_t i = 0; i < offer->row_count; i++) {
        offer->rows[i].prices = NULL;
        offer->rows[i].price_count = 0;
    }
    TRY(db_run(db, &store_acceptances_family, ACCEPTED_ROWS, VALUES(id), &rows, NULL));
    TRY(db_run(db, &store_acceptances_family, ACCEPTED_PRICES, VALUES(id), &prices, NULL));
    return db_run(db, &store_acceptances_family, ACCEPTED_DOCUMENTS, VALUES(id), &documents, NULL);
}

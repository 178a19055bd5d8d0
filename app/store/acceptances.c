/*
 * acceptances.c: the rows of links and acceptances.
 *
 * Invariant: an acceptance is written once and never changed.
 */
#include "store/acceptances.h"

#include "store/families.h"

enum {
    LINK_INSERT,
    LINKS_KILL,
    LINK_BY_TOKEN,
    LINK_OF_OFFER,
    LINK_LAST,
    ACCEPT_INSERT,
    LINE_INSERT,
    ACCEPT_OF
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
                       " digest) VALUES ($1, $2, $3, $4, $5, $6, $7)",
                       "tttttit", "", true},
    [LINE_INSERT] = {"INSERT INTO accepted_price (offer, number, point, quantity, list, partner,"
                     " customer)"
                     " VALUES ($1, $2, $3, $4, $5, $6, $7)",
                     "titiIii", "", true},
    [ACCEPT_OF] = {"SELECT offer, reference, person, person_name, role, at, digest"
                   " FROM acceptance WHERE offer = $1",
                   "t", "tttttit", false},
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

enum err
acceptance_insert(struct db *db, const struct acceptance *acceptance, const struct offer *offer)
{
    TRY(db_run(db, &store_acceptances_family, ACCEPT_INSERT,
               VALUES(text(acceptance->offer), text(acceptance->reference),
                      text(acceptance->person), text(acceptance->person_name),
                      text(billing_role_text(acceptance->role)), integer(acceptance->at),
                      text(acceptance->digest)),
               NULL, NULL));
    for (size_t i = 0; i < offer->row_count; i++) {
        const struct offer_row *row = &offer->rows[i];

        for (size_t k = 0; k < row->price_count; k++) {
            const struct row_price *price = &row->prices[k];

            assert(price->has_customer);
            TRY(db_run(
                db, &store_acceptances_family, LINE_INSERT,
                VALUES(text(offer->id), integer(row->number), text(price->key),
                       integer(price->quantity),
                       price->has_list ? integer(amount_integer(price->list)) : null_integer(),
                       integer(amount_integer(price->partner)),
                       integer(amount_integer(price->customer))),
                NULL, NULL));
        }
    }
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

/*
 * audit.c: one list out of the four tables of events.
 *
 * Each table gives a page of its own from an index, and the newest of those are the page: no
 * statement reads more than four pages of rows.
 */
#include "store/audit.h"

#include "base/text.h"
#include "store/families.h"

enum { ALL, OF_ID, BY_PERSON, PUBLICATIONS, SUSPENDED, REQUESTED };

/* $1 to $4 are the place after which the page begins, $5 how many rows, $6 what is asked for. The
 * subject "word id" orders events of one second. */
#define NEWEST " ORDER BY 1 DESC, 2 DESC, 3 DESC, 4 DESC LIMIT $5"
#define AFTER(word, id) " at <= $1 AND (at, " word ", " id ", number) < ($1, $2, $3, $4)"
#define OFFERS(where)                                                                          \
    "SELECT * FROM (SELECT at, 'offer' AS word, offer AS id, number, kind, '' AS before,"      \
    " '' AS after, account_name, person_name FROM event WHERE" where AFTER("'offer'", "offer") \
        NEWEST ")"
#define PURCHASES(where)                                                                         \
    "SELECT * FROM (SELECT at, 'purchase', purchase, number, kind, '', note,"                    \
    " account_name, person_name FROM purchase_event WHERE" where AFTER("'purchase'", "purchase") \
        NEWEST ")"
#define REQUESTS(where)                                                                            \
    "SELECT * FROM (SELECT at, 'request', request, number, kind, '', '',"                          \
    " account_name, person_name FROM support_act WHERE" where AFTER("'request'", "request") NEWEST \
        ")"
#define ACCOUNTS(where)                                                                      \
    "SELECT * FROM (SELECT at, kind, account, number, field, before, after, '', person_name" \
    " FROM account_event WHERE" where AFTER("kind", "account") NEWEST ")"
#define EVENTS(offers, purchases, requests, accounts)                                           \
    OFFERS(offers)                                                                              \
    " UNION ALL " PURCHASES(purchases) " UNION ALL " REQUESTS(requests) " UNION ALL " ACCOUNTS( \
        accounts) NEWEST

static const struct statement statements[] = {
    [ALL] = {EVENTS("", "", "", ""), "ittii", "ittittttt", false},
    [OF_ID] = {EVENTS(" offer = $6 AND", " purchase = $6 AND", " request = $6 AND",
                      " account = $6 AND kind IN ('billing', 'publisher', 'organisation',"
                      " 'marketplace', 'mail', 'publication') AND"),
               "ittiit", "ittittttt", false},
    [BY_PERSON] = {EVENTS(" person = $6 AND", " person = $6 AND", " person = $6 AND",
                          " person = $6 AND"),
                   "ittiit", "ittittttt", false},
    [PUBLICATIONS] = {"SELECT COUNT(*) FROM (SELECT 1 FROM offer WHERE publish_at IS NOT NULL"
                      " LIMIT $1) x",
                      "i", "i", false},
    [SUSPENDED] = {"SELECT COUNT(*) FROM (SELECT 1 FROM purchase WHERE kind = 'saas'"
                   " AND state = 'suspended' LIMIT $1) x",
                   "i", "i", false},
    [REQUESTED] = {"SELECT COUNT(*) FROM (SELECT 1 FROM support_request WHERE state = 'ready'"
                   " LIMIT $1) x",
                   "i", "i", false},
};

const struct family store_audit_family = {"audit", statements, COUNT(statements), FAMILY_AUDIT};

struct listing {
    struct arena *arena;
    struct audit_page *page;
};

static enum err
row_take(void *context, const struct column *columns)
{
    struct listing *listing = context;
    struct audit_page *page = listing->page;
    struct arena *arena = listing->arena;

    if (page->count == LIMIT_LIST_ROWS) {
        page->more = true;
        return OK;
    }
    page->rows[page->count++] = (struct audit_row){
        .at = columns[0].integer,
        .word = arena_text(arena, columns[1].text),
        .id = arena_text(arena, columns[2].text),
        .number = columns[3].integer,
        .kind = arena_text(arena, columns[4].text),
        .before = arena_text(arena, columns[5].text),
        .after = arena_text(arena, columns[6].text),
        .account_name = arena_text(arena, columns[7].text),
        .person_name = arena_text(arena, columns[8].text),
    };
    return OK;
}

enum err
audit_page_of(struct db *db, struct arena *arena, const char *id, const char *person,
              const struct audit_place *after, struct audit_page *page)
{
    struct listing listing = {arena, page};
    struct row_reader reader = {&listing, row_take};
    bool newest = after->at == 0;
    const struct value values[] = {
        integer(newest ? INT64_MAX : after->at),
        text(newest ? "" : after->word),
        text(newest ? "" : after->id),
        integer(newest ? 0 : after->number),
        integer(LIMIT_LIST_ROWS + 1),
        text(*person != '\0' ? person : id),
    };
    unsigned statement = *person != '\0' ? BY_PERSON : *id != '\0' ? OF_ID : ALL;

    page->count = 0;
    page->more = false;
    return db_run(db, &store_audit_family, statement, values,
                  statement == ALL ? COUNT(values) - 1 : COUNT(values), &reader, NULL);
}

static enum err
count_take(void *context, const struct column *columns)
{
    *(int64_t *)context = columns[0].integer;
    return OK;
}

enum err
market_waiting_count(struct db *db, struct market_waiting *waiting)
{
    struct row_reader publications = {&waiting->publications, count_take};
    struct row_reader suspended = {&waiting->suspended, count_take};
    struct row_reader requests = {&waiting->requests, count_take};

    TRY(db_run(db, &store_audit_family, PUBLICATIONS, VALUES(integer(LIMIT_COUNTED + 1)),
               &publications, NULL));
    TRY(db_run(db, &store_audit_family, SUSPENDED, VALUES(integer(LIMIT_COUNTED + 1)), &suspended,
               NULL));
    return db_run(db, &store_audit_family, REQUESTED, VALUES(integer(LIMIT_COUNTED + 1)), &requests,
                  NULL);
}

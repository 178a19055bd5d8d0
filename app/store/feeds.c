/*
 * feeds.c: the table calendar_feed, and the offers that have a deadline.
 */
#include "store/feeds.h"

#include "base/limits.h"
#include "store/families.h"

enum {
    FEED_SET,
    FEED_DELETE,
    FEED_OF,
    FEED_FIND,
    DEADLINES_OF_ISV,
    DEADLINES_OF_PARTNER,
    DEADLINES_OF_CUSTOMER
};

#define FEED_COLUMNS                                                           \
    "SELECT f.kind, f.account, f.token_hash, f.made_at, f.person, person.name" \
    " FROM calendar_feed f JOIN person ON person.id = f.person"
#define DEADLINES_FROM                                                                       \
    "SELECT id, name, state, CASE WHEN state = 'accepted' THEN end_on ELSE accept_by_on END" \
    " FROM offer WHERE"
/* An accepted offer's end and a pending one's accept-by; a partner's draft has one too. */
#define DEADLINES_LEFT                                                                 \
    " AND ((state = 'accepted' AND end_on >= $2)"                                      \
    " OR (state IN ('pending_partner', 'pending_acceptance') AND accept_by_on >= $2))" \
    " ORDER BY 4, id LIMIT $3"

static const struct statement statements[] = {
    [FEED_SET] = {"INSERT INTO calendar_feed (kind, account, token_hash, made_at, person)"
                  " VALUES ($1, $2, $3, $4, $5) ON CONFLICT (kind, account)"
                  " DO UPDATE SET token_hash = $3, made_at = $4, person = $5",
                  "tttit", "", true},
    [FEED_DELETE] = {"DELETE FROM calendar_feed WHERE kind = $1 AND account = $2", "tt", "", true},
    [FEED_OF] = {FEED_COLUMNS " WHERE f.kind = $1 AND f.account = $2", "tt", "tttitt", false},
    [FEED_FIND] = {FEED_COLUMNS " WHERE f.token_hash = $1", "t", "tttitt", false},
    [DEADLINES_OF_ISV] = {DEADLINES_FROM " isv = $1" DEADLINES_LEFT, "tti", "tttt", false},
    [DEADLINES_OF_PARTNER] = {DEADLINES_FROM " offered_to = $1" DEADLINES_LEFT, "tti", "tttt",
                              false},
    [DEADLINES_OF_CUSTOMER] = {DEADLINES_FROM
                               " extended_to = $1 AND billing_account = $4" DEADLINES_LEFT,
                               "ttit", "tttt", false},
};

const struct family store_feeds_family = {"feeds", statements, COUNT(statements), FAMILY_FEEDS};

enum err
feed_set(struct db *db, const struct feed *feed)
{
    return db_run(db, &store_feeds_family, FEED_SET,
                  VALUES(text(feed->kind), text(feed->account), text(feed->token_hash),
                         integer(feed->made_at), text(feed->person)),
                  NULL, NULL);
}

enum err
feed_delete(struct db *db, const char *kind, const char *account)
{
    int64_t changed = 0;

    TRY(db_run(db, &store_feeds_family, FEED_DELETE, VALUES(text(kind), text(account)), NULL,
               &changed));
    return changed == 1 ? OK : ERR_ABSENT;
}

struct finding {
    struct arena *arena;
    struct feed *feed;
    bool found;
};

static enum err
feed_take(void *context, const struct column *columns)
{
    struct finding *finding = context;

    *finding->feed = (struct feed){
        .kind = arena_text(finding->arena, columns[0].text),
        .account = arena_text(finding->arena, columns[1].text),
        .token_hash = arena_text(finding->arena, columns[2].text),
        .made_at = columns[3].integer,
        .person = arena_text(finding->arena, columns[4].text),
        .person_name = arena_text(finding->arena, columns[5].text),
    };
    finding->found = true;
    return OK;
}

static enum err
feed_read(struct db *db, struct arena *arena, unsigned statement, const struct value *values,
          size_t count, struct feed *feed)
{
    struct finding finding = {arena, feed, false};
    struct row_reader reader = {&finding, feed_take};

    TRY(db_run(db, &store_feeds_family, statement, values, count, &reader, NULL));
    return finding.found ? OK : ERR_ABSENT;
}

enum err
feed_of(struct db *db, struct arena *arena, const char *kind, const char *account,
        struct feed *feed)
{
    return feed_read(db, arena, FEED_OF, VALUES(text(kind), text(account)), feed);
}

enum err
feed_find(struct db *db, struct arena *arena, const char *token_hash, struct feed *feed)
{
    return feed_read(db, arena, FEED_FIND, VALUES(text(token_hash)), feed);
}

struct deadline_reading {
    struct arena *arena;
    struct offer_deadlines *deadlines;
};

static enum err
deadline_take(void *context, const struct column *columns)
{
    struct deadline_reading *reading = context;
    struct offer_deadline deadline;

    assert(reading->deadlines->count < LIMIT_DEADLINES);
    TRY(state_read(columns[2].text, &deadline.state));
    TRY(column_day(&columns[3], &deadline.on));
    deadline.id = arena_text(reading->arena, columns[0].text);
    deadline.name = arena_text(reading->arena, columns[1].text);
    reading->deadlines->rows[reading->deadlines->count++] = deadline;
    return OK;
}

enum err
offer_deadlines_of(struct db *db, struct arena *arena, const struct viewer *viewer,
                   const char *billing_account, struct offer_deadlines *deadlines)
{
    struct offer_deadlines found = {arena_array(arena, struct offer_deadline, LIMIT_DEADLINES), 0};
    struct deadline_reading reading = {arena, &found};
    struct row_reader reader = {&reading, deadline_take};
    const char *today = day_iso(arena, viewer->today);

    if (viewer->party == PARTY_CUSTOMER)
        TRY(db_run(db, &store_feeds_family, DEADLINES_OF_CUSTOMER,
                   VALUES(text(viewer->account), text(today), integer(LIMIT_DEADLINES),
                          text(billing_account)),
                   &reader, NULL));
    else
        TRY(db_run(db, &store_feeds_family,
                   viewer->party == PARTY_PARTNER ? DEADLINES_OF_PARTNER : DEADLINES_OF_ISV,
                   VALUES(text(viewer->account), text(today), integer(LIMIT_DEADLINES)), &reader,
                   NULL));
    *deadlines = found;
    return OK;
}

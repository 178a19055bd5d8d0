/*
 * publications.c: two lists over the offers, each by an index of its own.
 */
#include "store/publications.h"

#include "base/limits.h"
#include "store/families.h"

enum { LIST_WAITING, LIST_FAILED };

static const struct statement statements[] = {
    [LIST_WAITING] = {"SELECT id, name, state, publish_at, failure FROM offer"
                      " WHERE publish_at > 0 ORDER BY publish_at, id LIMIT $1",
                      "i", "tttit", false},
    [LIST_FAILED] = {"SELECT id, name, state, publish_at, failure FROM offer"
                     " WHERE failure <> '' AND state <> 'deleted' ORDER BY id LIMIT $1",
                     "i", "tttIt", false},
};

const struct family store_publications_family = {"publications", statements, COUNT(statements),
                                                 FAMILY_PUBLICATIONS};

struct reading {
    struct arena *arena;
    struct publications *publications;
};

static enum err
publication_take(void *context, const struct column *columns)
{
    struct reading *reading = context;
    struct publication publication = {.publish_at = columns[3].integer};

    if (reading->publications->count == LIMIT_LIST_ROWS) {
        reading->publications->more = true;
        return OK;
    }
    TRY(state_read(columns[2].text, &publication.state));
    publication.id = arena_text(reading->arena, columns[0].text);
    publication.name = arena_text(reading->arena, columns[1].text);
    publication.failure = arena_text(reading->arena, columns[4].text);
    reading->publications->rows[reading->publications->count++] = publication;
    return OK;
}

static enum err
list(struct db *db, struct arena *arena, unsigned statement, struct publications *publications)
{
    struct publications found = {arena_array(arena, struct publication, LIMIT_LIST_ROWS), 0, false};
    struct reading reading = {arena, &found};
    struct row_reader reader = {&reading, publication_take};

    TRY(db_run(db, &store_publications_family, statement, VALUES(integer(LIMIT_LIST_ROWS + 1)),
               &reader, NULL));
    *publications = found;
    return OK;
}

enum err
publications_waiting(struct db *db, struct arena *arena, struct publications *publications)
{
    return list(db, arena, LIST_WAITING, publications);
}

enum err
publications_failed(struct db *db, struct arena *arena, struct publications *publications)
{
    return list(db, arena, LIST_FAILED, publications);
}

/*
 * versions.c: the rows of versions.
 *
 * Invariant: a version is only ever appended, together with its event.
 */
#include "store/versions.h"

#include "base/text.h"
#include "store/families.h"

enum { VALUE_INSERT, SUBMITS_OF_ISV, SUBMITS_OF_PARTNER, VALUES_OF };

/* A submit of before versions were kept has none. */
#define SUBMITS                                                                             \
    "SELECT e.number, e.at, e.kind, e.account, e.account_name, e.person_name FROM event e"  \
    " WHERE e.offer = $1 AND EXISTS (SELECT 1 FROM version_value v WHERE v.offer = e.offer" \
    " AND v.number = e.number)"
#define SUBMITS_GIVES "iitttt"
#define SUBMITS_ORDER " ORDER BY e.number DESC LIMIT $2"

static const struct statement statements[] = {
    [VALUE_INSERT] = {"INSERT INTO version_value (offer, number, position, field, pricing_row,"
                      " point, words, value) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
                      "tiititt"
                      "t",
                      "", true},
    [SUBMITS_OF_ISV] = {SUBMITS " AND e.kind = 'submitted'" SUBMITS_ORDER, "ti", SUBMITS_GIVES,
                        false},
    /* one that was not published, or to another partner, was never this one's to see */
    [SUBMITS_OF_PARTNER] = {SUBMITS
                            " AND e.partner = $3 AND (e.kind = 'sent' OR e.kind = 'submitted'"
                            " AND (SELECT o.kind FROM event o WHERE o.offer = e.offer"
                            " AND o.number > e.number AND o.kind IN ('offered', 'not_offered')"
                            " ORDER BY o.number LIMIT 1) = 'offered')" SUBMITS_ORDER,
                            "tit", SUBMITS_GIVES, false},
    [VALUES_OF] = {"SELECT field, pricing_row, point, words, value FROM version_value"
                   " WHERE offer = $1 AND number = $2 ORDER BY position",
                   "ti",
                   "titt"
                   "t",
                   false},
};

const struct family store_versions_family = {"versions", statements, COUNT(statements),
                                             FAMILY_VERSIONS};

enum err
version_keep(struct db *db, const char *offer, int64_t number, const struct version *version)
{
    for (size_t i = 0; i < version->count; i++) {
        const struct version_value *value = &version->values[i];

        TRY(db_run(db, &store_versions_family, VALUE_INSERT,
                   VALUES(text(offer), integer(number), integer((int64_t)i),
                          text(fields[value->field].name), integer(value->row), text(value->point),
                          text(value->words), text(value->value)),
                   NULL, NULL));
    }
    return OK;
}

/* Where submits go. */
struct reading {
    struct arena *arena;
    const struct viewer *viewer;
    struct submits *submits;
};

static enum err
read_submit(void *context, const struct column *columns)
{
    struct reading *reading = context;
    struct submit *submit = &reading->submits->rows[reading->submits->count++];
    bool own = text_equal(columns[3].text, reading->viewer->account);

    submit->number = columns[0].integer;
    submit->at = columns[1].integer;
    TRY(event_kind_read(columns[2].text, &submit->kind));
    submit->account_name = arena_text(reading->arena, columns[4].text);
    submit->person_name = own ? arena_text(reading->arena, columns[5].text) : "";
    return OK;
}

enum err
submits_of(struct db *db, struct arena *arena, const struct viewer *viewer, const char *offer,
           struct submits *submits)
{
    struct reading reading = {arena, viewer, submits};
    struct row_reader reader = {&reading, read_submit};

    assert(viewer->party == PARTY_ISV || viewer->party == PARTY_PARTNER);
    submits->rows = arena_array(arena, struct submit, LIMIT_VERSIONS);
    submits->count = 0;
    if (viewer->party == PARTY_ISV)
        return db_run(db, &store_versions_family, SUBMITS_OF_ISV,
                      VALUES(text(offer), integer(LIMIT_VERSIONS)), &reader, NULL);
    return db_run(db, &store_versions_family, SUBMITS_OF_PARTNER,
                  VALUES(text(offer), integer(LIMIT_VERSIONS), text(viewer->account)), &reader,
                  NULL);
}

/* Where values go. */
struct values_reading {
    struct arena *arena;
    enum party viewer;
    struct version *version;
};

static enum err
read_value(void *context, const struct column *columns)
{
    struct values_reading *reading = context;
    struct arena *arena = reading->arena;
    enum field field = field_named(columns[0].text);

    if (field == FIELD_COUNT)
        return ERR_BROKEN;
    if (!field_seen(field, reading->viewer))
        return OK;
    version_put(reading->version,
                (struct version_value){
                    field, (int)columns[1].integer, arena_text(arena, columns[2].text),
                    arena_text(arena, columns[3].text), arena_text(arena, columns[4].text)},
                arena);
    return OK;
}

enum err
version_load(struct db *db, struct arena *arena, const struct viewer *viewer, const char *offer,
             int64_t number, struct version *version)
{
    struct values_reading reading = {arena, viewer->party, version};
    struct row_reader reader = {&reading, read_value};

    *version = (struct version){NULL, 0};
    return db_run(db, &store_versions_family, VALUES_OF, VALUES(text(offer), integer(number)),
                  &reader, NULL);
}

/*
 * sessions.c: the tables session, throttle and answered.
 */
#include "store/sessions.h"

#include "base/limits.h"
#include "store/families.h"

enum {
    SESSION_INSERT,
    SESSION_FIND,
    SESSION_SEEN,
    SESSION_DELETE,
    SESSION_DELETE_OTHERS,
    SESSION_SWEEP,
    THROTTLE_FIND,
    THROTTLE_ADD,
    THROTTLE_TAKE_BACK,
    THROTTLE_DELETE,
    THROTTLE_SWEEP,
    ANSWERED_INSERT,
    ANSWERED_FIND,
    ANSWERED_SWEEP,
};

static const struct statement statements[] = {
    [SESSION_INSERT] = {"INSERT INTO session (token_hash, person, created_at, seen_at)"
                        " VALUES ($1, $2, $3, $3)",
                        "tti", "", true},
    [SESSION_FIND] = {"SELECT session.created_at, session.seen_at, person.id, person.email,"
                      " person.name, COALESCE(person.publisher, ''),"
                      " COALESCE(person.organisation, ''),"
                      " COALESCE(publisher.name, organisation.name, ''),"
                      " person.operator, person.role"
                      " FROM session JOIN person ON person.id = session.person"
                      " LEFT JOIN publisher ON publisher.id = person.publisher"
                      " LEFT JOIN organisation ON organisation.id = person.organisation"
                      " WHERE session.token_hash = $1 AND person.active = 1",
                      "t", "iittttttit", false},
    [SESSION_SEEN] = {"UPDATE session SET seen_at = $2 WHERE token_hash = $1 AND seen_at < $2",
                      "ti", "", true},
    [SESSION_DELETE] = {"DELETE FROM session WHERE token_hash = $1", "t", "", true},
    [SESSION_DELETE_OTHERS] = {"DELETE FROM session WHERE person = $1 AND token_hash <> $2", "tt",
                               "", true},
    /* an over-old session is not touched any more, so it is idle soon */
    [SESSION_SWEEP] = {"DELETE FROM session WHERE token_hash IN (SELECT token_hash FROM session"
                       " WHERE seen_at <= $1 ORDER BY seen_at LIMIT $2)",
                       "ii", "", true},
    [THROTTLE_FIND] = {"SELECT failures, started_at FROM throttle WHERE subject = $1", "t", "ii",
                       false},
    [THROTTLE_ADD] = {"INSERT INTO throttle (subject, failures, started_at) VALUES ($1, 1, $2)"
                      " ON CONFLICT (subject) DO UPDATE SET"
                      " failures = CASE WHEN throttle.started_at > $3"
                      " AND throttle.started_at <= $2 THEN throttle.failures + 1 ELSE 1 END,"
                      " started_at = CASE WHEN throttle.started_at > $3"
                      " AND throttle.started_at <= $2 THEN throttle.started_at ELSE $2 END",
                      "tii", "", true},
    [THROTTLE_TAKE_BACK] = {"UPDATE throttle SET failures = failures - 1"
                            " WHERE subject = $1 AND failures > 0",
                            "t", "", true},
    [THROTTLE_DELETE] = {"DELETE FROM throttle WHERE subject = $1", "t", "", true},
    [THROTTLE_SWEEP] = {"DELETE FROM throttle WHERE subject IN (SELECT subject FROM throttle"
                        " WHERE started_at <= $1 ORDER BY started_at LIMIT $2)",
                        "ii", "", true},
    [ANSWERED_INSERT] = {"INSERT INTO answered (session, once, location, at)"
                         " VALUES ($1, $2, $3, $4) ON CONFLICT (session, once) DO NOTHING",
                         "ttti", "", true},
    [ANSWERED_FIND] = {"SELECT location FROM answered WHERE session = $1 AND once = $2", "tt", "t",
                       false},
    [ANSWERED_SWEEP] = {"DELETE FROM answered WHERE (session, once) IN"
                        " (SELECT session, once FROM answered WHERE at <= $1 ORDER BY at LIMIT $2)",
                        "ii", "", true},
};

const struct family store_sessions_family = {"sessions", statements, COUNT(statements),
                                             FAMILY_SESSIONS};

static enum err
sessions_run(struct db *db, unsigned statement, const struct value *values, size_t count,
             const struct row_reader *reader, int64_t *changed)
{
    return db_run(db, &store_sessions_family, statement, values, count, reader, changed);
}

enum err
session_insert(struct db *db, const char *token_hash, const char *person, int64_t at)
{
    return sessions_run(db, SESSION_INSERT, VALUES(text(token_hash), text(person), integer(at)),
                        NULL, NULL);
}

struct finding {
    struct arena *arena;
    void *result;
    bool found;
};

static enum err
session_take(void *context, const struct column *columns)
{
    struct finding *finding = context;
    struct session_row *row = finding->result;
    struct person person = {
        .id = arena_text(finding->arena, columns[2].text),
        .email = arena_text(finding->arena, columns[3].text),
        .name = arena_text(finding->arena, columns[4].text),
        .password = "",
        .publisher = arena_text(finding->arena, columns[5].text),
        .organisation = arena_text(finding->arena, columns[6].text),
        .account_name = arena_text(finding->arena, columns[7].text),
        .operates = columns[8].integer != 0,
    };

    TRY(role_read(columns[9].text, &person.role));
    *row = (struct session_row){person, columns[0].integer, columns[1].integer};
    finding->found = true;
    return OK;
}

enum err
session_find(struct db *db, struct arena *arena, const char *token_hash, struct session_row *row)
{
    struct finding finding = {arena, row, false};
    struct row_reader reader = {&finding, session_take};

    TRY(sessions_run(db, SESSION_FIND, VALUES(text(token_hash)), &reader, NULL));
    return finding.found ? OK : ERR_ABSENT;
}

enum err
session_seen(struct db *db, const char *token_hash, int64_t at)
{
    return sessions_run(db, SESSION_SEEN, VALUES(text(token_hash), integer(at)), NULL, NULL);
}

enum err
session_delete(struct db *db, const char *token_hash)
{
    return sessions_run(db, SESSION_DELETE, VALUES(text(token_hash)), NULL, NULL);
}

enum err
session_delete_others(struct db *db, const char *person, const char *token_hash)
{
    return sessions_run(db, SESSION_DELETE_OTHERS, VALUES(text(person), text(token_hash)), NULL,
                        NULL);
}

static enum err
throttle_take_row(void *context, const struct column *columns)
{
    struct throttle_row *row = context;

    *row = (struct throttle_row){columns[0].integer, columns[1].integer};
    return OK;
}

enum err
throttle_row_find(struct db *db, const char *subject, struct throttle_row *row)
{
    struct throttle_row found = {0, 0};
    struct row_reader reader = {&found, throttle_take_row};

    TRY(sessions_run(db, THROTTLE_FIND, VALUES(text(subject)), &reader, NULL));
    *row = found;
    return OK;
}

enum err
throttle_row_add(struct db *db, const char *subject, int64_t at, int64_t since)
{
    return sessions_run(db, THROTTLE_ADD, VALUES(text(subject), integer(at), integer(since)), NULL,
                        NULL);
}

enum err
throttle_row_take_back(struct db *db, const char *subject)
{
    return sessions_run(db, THROTTLE_TAKE_BACK, VALUES(text(subject)), NULL, NULL);
}

enum err
throttle_row_delete(struct db *db, const char *subject)
{
    return sessions_run(db, THROTTLE_DELETE, VALUES(text(subject)), NULL, NULL);
}

enum err
answered_insert(struct db *db, const char *session, const char *once, const char *location,
                int64_t at)
{
    return sessions_run(db, ANSWERED_INSERT,
                        VALUES(text(session), text(once), text(location), integer(at)), NULL, NULL);
}

static enum err
location_take(void *context, const struct column *columns)
{
    struct finding *finding = context;
    const char **location = finding->result;

    *location = arena_text(finding->arena, columns[0].text);
    finding->found = true;
    return OK;
}

enum err
answered_find(struct db *db, struct arena *arena, const char *session, const char *once,
              const char **location)
{
    struct finding finding = {arena, (void *)location, false};
    struct row_reader reader = {&finding, location_take};

    TRY(sessions_run(db, ANSWERED_FIND, VALUES(text(session), text(once)), &reader, NULL));
    return finding.found ? OK : ERR_ABSENT;
}

enum err
sessions_sweep(struct db *db, int64_t at, int64_t *deleted)
{
    static const struct {
        unsigned statement;
        int64_t kept_s;
    } sweeps[] = {
        {SESSION_SWEEP, LIMIT_SESSION_IDLE_S},
        {THROTTLE_SWEEP, LIMIT_FAILURES_WINDOW_S},
        /* as long as the session it belongs to can live */
        {ANSWERED_SWEEP, LIMIT_SESSION_S},
    };
    int64_t total = 0;

    for (size_t i = 0; i < COUNT(sweeps); i++) {
        int64_t changed = 0;

        TRY(sessions_run(db, sweeps[i].statement,
                         VALUES(integer(at - sweeps[i].kept_s), integer(LIMIT_SWEEP)), NULL,
                         &changed));
        total += changed;
    }
    if (deleted != NULL)
        *deleted = total;
    return OK;
}

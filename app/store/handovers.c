/*
 * handovers.c: the table handover.
 */
#include "store/handovers.h"

#include "store/families.h"

enum { HANDOVER_INSERT, HANDOVERS_OPEN_OF, HANDOVER_WITHDRAW, HANDOVER_FIND, HANDOVER_USE };

#define OPEN_AT(now) "withdrawn_at IS NULL AND used_at IS NULL AND expires_at > " now

static const struct statement statements[] = {
    [HANDOVER_INSERT] = {"INSERT INTO handover (token_hash, billing_account, person, created_at,"
                         " expires_at) SELECT $1, billing_account.id, billing_member.person, $4, $5"
                         " FROM billing_account JOIN billing_member"
                         " ON billing_member.billing_account = billing_account.id"
                         " WHERE billing_account.id = $2 AND billing_member.person = $3"
                         " AND billing_account.organisation = $6",
                         "tttiit", "", true},
    [HANDOVERS_OPEN_OF] = {"SELECT handover.token_hash, person.name, handover.expires_at"
                           " FROM billing_account JOIN handover"
                           " ON handover.billing_account = billing_account.id"
                           " JOIN person ON person.id = handover.person"
                           " WHERE billing_account.id = $1 AND billing_account.organisation = $2"
                           " AND " OPEN_AT("$3") " ORDER BY handover.expires_at,"
                                                 " handover.token_hash LIMIT $4",
                           "ttii", "tti", false},
    [HANDOVER_WITHDRAW] = {"UPDATE handover SET withdrawn_at = $4 WHERE token_hash = $1"
                           " AND " OPEN_AT("$4") " AND EXISTS (SELECT 1 FROM billing_member"
                                                 " JOIN billing_account ON billing_account.id"
                                                 " = billing_member.billing_account"
                                                 " WHERE billing_member.billing_account"
                                                 " = handover.billing_account"
                                                 " AND billing_member.person = $2"
                                                 " AND billing_account.organisation = $3)",
                           "ttti", "", true},
    [HANDOVER_FIND] = {"SELECT billing_account, person, created_at, expires_at,"
                       " CASE WHEN withdrawn_at IS NULL THEN 0 ELSE 1 END,"
                       " CASE WHEN used_at IS NULL THEN 0 ELSE 1 END"
                       " FROM handover WHERE token_hash = $1",
                       "t", "ttiiii", false},
    [HANDOVER_USE] = {"UPDATE handover SET used_at = $4, publisher = $2, offer = $3"
                      " WHERE token_hash = $1 AND " OPEN_AT("$4"),
                      "ttti", "", true},
};

const struct family store_handovers_family = {"handovers", statements, COUNT(statements),
                                              FAMILY_HANDOVERS};

/* Runs a statement that changes one row, or none when the condition it waits for fails. */
static enum err
handover_change(struct db *db, unsigned statement, const struct value *values, size_t count,
                enum err none)
{
    int64_t changed = 0;

    TRY(db_run(db, &store_handovers_family, statement, values, count, NULL, &changed));
    return changed == 1 ? OK : none;
}

enum err
handover_insert(struct db *db, const char *organisation, const struct handover *handover)
{
    return handover_change(db, HANDOVER_INSERT,
                           VALUES(text(handover->key), text(handover->billing_account),
                                  text(handover->person), integer(handover->created_at),
                                  integer(handover->expires_at), text(organisation)),
                           ERR_DENIED);
}

struct reading {
    struct arena *arena;
    struct handovers_open *handovers;
};

static enum err
open_take(void *context, const struct column *columns)
{
    struct reading *reading = context;

    assert(reading->handovers->count < LIMIT_HANDOVERS);
    reading->handovers->rows[reading->handovers->count++] = (struct handover_open){
        .key = arena_text(reading->arena, columns[0].text),
        .person_name = arena_text(reading->arena, columns[1].text),
        .expires_at = columns[2].integer,
    };
    return OK;
}

enum err
handovers_open_of(struct db *db, struct arena *arena, const char *organisation,
                  const char *billing_account, int64_t now, struct handovers_open *handovers)
{
    struct handovers_open found = {arena_array(arena, struct handover_open, LIMIT_HANDOVERS), 0};
    struct reading reading = {arena, &found};
    struct row_reader reader = {&reading, open_take};

    TRY(db_run(
        db, &store_handovers_family, HANDOVERS_OPEN_OF,
        VALUES(text(billing_account), text(organisation), integer(now), integer(LIMIT_HANDOVERS)),
        &reader, NULL));
    *handovers = found;
    return OK;
}

enum err
handover_withdraw(struct db *db, const char *organisation, const char *person, const char *key,
                  int64_t now)
{
    return handover_change(db, HANDOVER_WITHDRAW,
                           VALUES(text(key), text(person), text(organisation), integer(now)),
                           ERR_ABSENT);
}

struct finding {
    struct arena *arena;
    struct handover *handover;
    int64_t now;
    bool found;
    enum handover_state state;
};

static enum err
handover_take(void *context, const struct column *columns)
{
    struct finding *finding = context;

    finding->handover->billing_account = arena_text(finding->arena, columns[0].text);
    finding->handover->person = arena_text(finding->arena, columns[1].text);
    finding->handover->created_at = columns[2].integer;
    finding->handover->expires_at = columns[3].integer;
    finding->found = true;
    if (columns[5].integer == 1)
        finding->state = HANDOVER_USED;
    else if (columns[4].integer == 1)
        finding->state = HANDOVER_WITHDRAWN;
    else
        finding->state = finding->now >= columns[3].integer ? HANDOVER_EXPIRED : HANDOVER_OPEN;
    return OK;
}

enum err
handover_find(struct db *db, struct arena *arena, const char *key, int64_t now,
              struct handover *handover, enum handover_state *state)
{
    struct handover result = {.key = key};
    struct finding finding = {arena, &result, now, false, HANDOVER_OPEN};
    struct row_reader reader = {&finding, handover_take};

    TRY(db_run(db, &store_handovers_family, HANDOVER_FIND, VALUES(text(key)), &reader, NULL));
    if (!finding.found)
        return ERR_ABSENT;
    *handover = result;
    *state = finding.state;
    return OK;
}

enum err
handover_use(struct db *db, const char *key, const char *publisher, const char *offer, int64_t now)
{
    return handover_change(db, HANDOVER_USE,
                           VALUES(text(key), text(publisher), text(offer), integer(now)), ERR_GONE);
}

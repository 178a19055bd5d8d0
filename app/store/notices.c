/*
 * notices.c: the tables notice_due and notice_switch, and who is written to.
 */
#include "store/notices.h"

#include "base/text.h"
#include "store/families.h"

enum {
    PLAN_SET,
    PLAN_TOLD,
    PLAN_DELETE,
    PLANS_DUE,
    SWITCH_ON,
    SWITCH_OFF,
    SWITCHES_OF,
    ADDRESSEES_OF_BILLING
};

static const struct statement statements[] = {
    [PLAN_SET] = {"INSERT INTO notice_due (kind, id, about, due_on) VALUES ($1, $2, $3, $4)"
                  " ON CONFLICT (kind, id) DO UPDATE SET about = $3, due_on = $4"
                  " WHERE notice_due.about <> $3",
                  "tttT", "", true},
    [PLAN_TOLD] = {"UPDATE notice_due SET about = $3, due_on = $4 WHERE kind = $1 AND id = $2",
                   "tttT", "", true},
    [PLAN_DELETE] = {"DELETE FROM notice_due WHERE kind = $1 AND id = $2", "tt", "", true},
    [PLANS_DUE] = {"SELECT id FROM notice_due WHERE due_on IS NOT NULL AND kind = $1"
                   " AND due_on <= $2 ORDER BY due_on, id LIMIT $3",
                   "tti", "t", false},
    [SWITCH_ON] = {"INSERT INTO notice_switch (kind, account, name, on_at, person)"
                   " VALUES ($1, $2, $3, $4, $5) ON CONFLICT (kind, account, name) DO NOTHING",
                   "tttit", "", true},
    [SWITCH_OFF] = {"DELETE FROM notice_switch WHERE kind = $1 AND account = $2 AND name = $3",
                    "ttt", "", true},
    [SWITCHES_OF] =
        {"SELECT name FROM notice_switch WHERE kind = $1 AND account = $2 ORDER BY name", "tt", "t",
         false},
    [ADDRESSEES_OF_BILLING] = {"SELECT person.email, billing_member.role FROM billing_member"
                               " JOIN person ON person.id = billing_member.person"
                               " WHERE billing_member.billing_account = $1 AND person.active = 1"
                               " ORDER BY billing_member.role, person.email LIMIT $2",
                               "ti", "tt", false},
};

const struct family store_notices_family = {"notices", statements, COUNT(statements),
                                            FAMILY_NOTICES};

static enum err
plan_write(struct db *db, struct arena *arena, unsigned statement, const char *of, const char *id,
           const struct notice_plan *plan)
{
    const char *on = day_is_none(plan->on) ? NULL : day_iso(arena, plan->on);

    return db_run(db, &store_notices_family, statement,
                  VALUES(text(of), text(id), text(plan->about), text_or_null(on)), NULL, NULL);
}

enum err
notice_plan_set(struct db *db, struct arena *arena, const char *of, const char *id,
                const struct notice_plan *plan)
{
    if (*plan->about == '\0')
        return db_run(db, &store_notices_family, PLAN_DELETE, VALUES(text(of), text(id)), NULL,
                      NULL);
    return plan_write(db, arena, PLAN_SET, of, id, plan);
}

enum err
notice_plan_told(struct db *db, struct arena *arena, const char *of, const char *id,
                 const struct notice_plan *plan)
{
    return plan_write(db, arena, PLAN_TOLD, of, id, plan);
}

struct due_reading {
    struct arena *arena;
    struct notices_due *due;
};

static enum err
due_take(void *context, const struct column *columns)
{
    struct due_reading *reading = context;

    assert(reading->due->count < LIMIT_NOTICES_DUE);
    reading->due->ids[reading->due->count++] = arena_text(reading->arena, columns[0].text);
    return OK;
}

enum err
notices_due(struct db *db, struct arena *arena, const char *of, struct day today,
            struct notices_due *due)
{
    struct notices_due found = {arena_array(arena, const char *, LIMIT_NOTICES_DUE), 0};
    struct due_reading reading = {arena, &found};
    struct row_reader reader = {&reading, due_take};

    TRY(db_run(db, &store_notices_family, PLANS_DUE,
               VALUES(text(of), text(day_iso(arena, today)), integer(LIMIT_NOTICES_DUE)), &reader,
               NULL));
    *due = found;
    return OK;
}

enum err
notice_switch_set(struct db *db, const char *of, const char *account, enum notice_switch which,
                  int64_t on_at, const char *person)
{
    const char *name = notice_switch_text(which);

    if (on_at == 0)
        return db_run(db, &store_notices_family, SWITCH_OFF,
                      VALUES(text(of), text(account), text(name)), NULL, NULL);
    return db_run(db, &store_notices_family, SWITCH_ON,
                  VALUES(text(of), text(account), text(name), integer(on_at), text(person)), NULL,
                  NULL);
}

static enum err
switch_take(void *context, const struct column *columns)
{
    unsigned *on = context;
    enum notice_switch which;

    TRY(notice_switch_read(columns[0].text, &which));
    *on |= 1U << which;
    return OK;
}

enum err
notice_switches_of(struct db *db, const char *of, const char *account, unsigned *on)
{
    unsigned found = 0;
    struct row_reader reader = {&found, switch_take};

    TRY(db_run(db, &store_notices_family, SWITCHES_OF, VALUES(text(of), text(account)), &reader,
               NULL));
    *on = found;
    return OK;
}

struct addressee_reading {
    struct arena *arena;
    struct addressees *addressees;
};

static enum err
addressee_take(void *context, const struct column *columns)
{
    struct addressee_reading *reading = context;
    struct addressee *addressee = &reading->addressees->rows[reading->addressees->count];

    assert(reading->addressees->count < LIMIT_PEOPLE);
    TRY(billing_role_read(columns[1].text, &addressee->role));
    addressee->email = arena_text(reading->arena, columns[0].text);
    reading->addressees->count++;
    return OK;
}

enum err
billing_addressees(struct db *db, struct arena *arena, const char *billing_account,
                   struct addressees *addressees)
{
    struct addressees found = {arena_array(arena, struct addressee, LIMIT_PEOPLE), 0};
    struct addressee_reading reading = {arena, &found};
    struct row_reader reader = {&reading, addressee_take};

    TRY(db_run(db, &store_notices_family, ADDRESSEES_OF_BILLING,
               VALUES(text(billing_account), integer(LIMIT_PEOPLE)), &reader, NULL));
    *addressees = found;
    return OK;
}

/*
 * people.c: the tables person and billing_member.
 */
#include "store/people.h"

#include "base/text.h"
#include "store/families.h"

enum {
    PERSON_INSERT,
    PERSON_BY_EMAIL,
    PERSON_BY_ID,
    PERSON_ID_OF_EMAIL,
    PERSON_SET_PASSWORD,
    PERSON_SET_ACCESS,
    PEOPLE_OF_PUBLISHER,
    PEOPLE_OF_ORGANISATION,
    PEOPLE_OPERATING,
    PEOPLE_EXIST,
    MEMBER_SET,
    MEMBER_REMOVE,
    MEMBERS_OF,
    ROLE_OF,
};

#define PERSON_COLUMNS                                                               \
    "SELECT person.id, person.email, person.name, person.password,"                  \
    " COALESCE(person.publisher, ''), COALESCE(person.organisation, ''),"            \
    " COALESCE(publisher.name, organisation.name, ''), person.operator, person.role" \
    " FROM person LEFT JOIN publisher ON publisher.id = person.publisher"            \
    " LEFT JOIN organisation ON organisation.id = person.organisation"

static const struct statement statements[] = {
    [PERSON_INSERT] = {"INSERT INTO person (id, email, name, password, publisher, organisation,"
                       " operator, role) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)"
                       " ON CONFLICT DO NOTHING",
                       "ttttTTit", "", true},
    [PERSON_BY_EMAIL] = {PERSON_COLUMNS " WHERE person.email = $1 AND person.active = 1", "t",
                         "tttttttit", false},
    [PERSON_BY_ID] = {PERSON_COLUMNS " WHERE person.id = $1 AND person.active = 1", "t",
                      "tttttttit", false},
    [PERSON_ID_OF_EMAIL] = {"SELECT id FROM person WHERE email = $1", "t", "t", false},
    [PERSON_SET_PASSWORD] = {"UPDATE person SET password = $2 WHERE id = $1", "tt", "", true},
    [PERSON_SET_ACCESS] = {"UPDATE person SET role = $2, active = $3 WHERE id = $1", "tti", "",
                           true},
    /* $3: those who may sign in no more too */
    [PEOPLE_OF_PUBLISHER] = {"SELECT id, name, email, role, active FROM person"
                             " WHERE publisher = $1 AND active >= $3 ORDER BY name, id LIMIT $2",
                             "tii", "tttti", false},
    [PEOPLE_OF_ORGANISATION] = {"SELECT id, name, email, role, active FROM person"
                                " WHERE organisation = $1 AND active >= $3"
                                " ORDER BY name, id LIMIT $2",
                                "tii", "tttti", false},
    [PEOPLE_OPERATING] = {"SELECT id, name, email, role, active FROM person"
                          " WHERE publisher IS NULL AND organisation IS NULL AND operator = 1"
                          " AND active = 1 ORDER BY name, id LIMIT $1",
                          "i", "tttti", false},
    [PEOPLE_EXIST] = {"SELECT 1 FROM person WHERE id > '' LIMIT 1", "", "i", false},
    [MEMBER_SET] = {"INSERT INTO billing_member (billing_account, person, role)"
                    " VALUES ($1, $2, $3)"
                    " ON CONFLICT (billing_account, person) DO UPDATE SET role = $3",
                    "ttt", "", true},
    [MEMBER_REMOVE] = {"DELETE FROM billing_member WHERE billing_account = $1 AND person = $2",
                       "tt", "", true},
    /* the order of enum billing_role (LAW D-27) */
    [MEMBERS_OF] = {"SELECT person.id, person.name, billing_member.role"
                    " FROM billing_member JOIN person ON person.id = billing_member.person"
                    " WHERE billing_member.billing_account = $1 AND person.active = 1"
                    " ORDER BY CASE billing_member.role WHEN 'owner' THEN 0"
                    " WHEN 'contributor' THEN 1 WHEN 'signatory' THEN 2"
                    " WHEN 'enterprise_administrator' THEN 3"
                    " WHEN 'account_administrator' THEN 4 ELSE 5 END,"
                    " person.name, person.id LIMIT $2",
                    "ti", "ttt", false},
    [ROLE_OF] = {"SELECT role FROM billing_member WHERE billing_account = $1 AND person = $2", "tt",
                 "t", false},
};

const struct family store_people_family = {"people", statements, COUNT(statements), FAMILY_PEOPLE};

static enum err
people_run(struct db *db, unsigned statement, const struct value *values, size_t count,
           const struct row_reader *reader, int64_t *changed)
{
    return db_run(db, &store_people_family, statement, values, count, reader, changed);
}

static struct value
text_unless_empty(const char *value)
{
    return text_or_null(value[0] == '\0' ? NULL : value);
}

enum err
person_insert(struct db *db, struct arena *arena, const struct person *person)
{
    int64_t changed = 0;

    assert((person->publisher[0] != '\0') + (person->organisation[0] != '\0') +
               (person->operates ? 1 : 0) ==
           1);
    TRY(people_run(db, PERSON_INSERT,
                   VALUES(text(person->id), text(text_fold(arena, person->email)),
                          text(person->name), text(person->password),
                          text_unless_empty(person->publisher),
                          text_unless_empty(person->organisation), integer(person->operates),
                          text(role_text(person->role))),
                   NULL, &changed));
    return changed == 1 ? OK : ERR_INVALID;
}

struct finding {
    struct arena *arena;
    void *result;
    bool found;
};

static enum err
person_take(void *context, const struct column *columns)
{
    struct finding *finding = context;
    struct person *result = finding->result;
    struct person person = {
        .id = arena_text(finding->arena, columns[0].text),
        .email = arena_text(finding->arena, columns[1].text),
        .name = arena_text(finding->arena, columns[2].text),
        .password = arena_text(finding->arena, columns[3].text),
        .publisher = arena_text(finding->arena, columns[4].text),
        .organisation = arena_text(finding->arena, columns[5].text),
        .account_name = arena_text(finding->arena, columns[6].text),
        .operates = columns[7].integer != 0,
    };

    TRY(role_read(columns[8].text, &person.role));
    *result = person;
    finding->found = true;
    return OK;
}

static enum err
person_find(struct db *db, struct arena *arena, unsigned statement, const char *key,
            struct person *person)
{
    struct finding finding = {arena, person, false};
    struct row_reader reader = {&finding, person_take};

    TRY(people_run(db, statement, VALUES(text(key)), &reader, NULL));
    return finding.found ? OK : ERR_ABSENT;
}

enum err
person_by_email(struct db *db, struct arena *arena, const char *email, struct person *person)
{
    return person_find(db, arena, PERSON_BY_EMAIL, text_fold(arena, email), person);
}

enum err
person_by_id(struct db *db, struct arena *arena, const char *id, struct person *person)
{
    return person_find(db, arena, PERSON_BY_ID, id, person);
}

static enum err
id_take(void *context, const struct column *columns)
{
    struct finding *finding = context;

    *(const char **)finding->result = arena_text(finding->arena, columns[0].text);
    finding->found = true;
    return OK;
}

enum err
person_id_of_email(struct db *db, struct arena *arena, const char *email, const char **id)
{
    struct finding finding = {arena, id, false};
    struct row_reader reader = {&finding, id_take};

    TRY(people_run(db, PERSON_ID_OF_EMAIL, VALUES(text(text_fold(arena, email))), &reader, NULL));
    return finding.found ? OK : ERR_ABSENT;
}

enum err
person_set_password(struct db *db, const char *id, const char *hash)
{
    int64_t changed = 0;

    TRY(people_run(db, PERSON_SET_PASSWORD, VALUES(text(id), text(hash)), NULL, &changed));
    return changed == 1 ? OK : ERR_ABSENT;
}

struct listing {
    struct arena *arena;
    struct people *people;
};

static enum err
listed_take(void *context, const struct column *columns)
{
    struct listing *listing = context;
    struct person_listed person = {
        .id = arena_text(listing->arena, columns[0].text),
        .name = arena_text(listing->arena, columns[1].text),
        .email = arena_text(listing->arena, columns[2].text),
    };

    assert(listing->people->count < LIMIT_PEOPLE);
    person.active = columns[4].integer != 0;
    TRY(role_read(columns[3].text, &person.role));
    listing->people->rows[listing->people->count++] = person;
    return OK;
}

static enum err
people_list(struct db *db, struct arena *arena, unsigned statement, const struct value *values,
            size_t value_count, struct people *result)
{
    struct people people = {arena_array(arena, struct person_listed, LIMIT_PEOPLE), 0};
    struct listing listing = {arena, &people};
    struct row_reader reader = {&listing, listed_take};

    TRY(people_run(db, statement, values, value_count, &reader, NULL));
    *result = people;
    return OK;
}

enum err
people_of_publisher(struct db *db, struct arena *arena, const char *publisher,
                    struct people *people)
{
    return people_list(db, arena, PEOPLE_OF_PUBLISHER,
                       VALUES(text(publisher), integer(LIMIT_PEOPLE), integer(1)), people);
}

enum err
people_of_organisation(struct db *db, struct arena *arena, const char *organisation,
                       struct people *people)
{
    return people_list(db, arena, PEOPLE_OF_ORGANISATION,
                       VALUES(text(organisation), integer(LIMIT_PEOPLE), integer(1)), people);
}

enum err
people_ever_of(struct db *db, struct arena *arena, const char *publisher, const char *organisation,
               struct people *people)
{
    bool publishes = *publisher != '\0';

    return people_list(
        db, arena, publishes ? PEOPLE_OF_PUBLISHER : PEOPLE_OF_ORGANISATION,
        VALUES(text(publishes ? publisher : organisation), integer(LIMIT_PEOPLE), integer(0)),
        people);
}

enum err
person_set_access(struct db *db, const char *id, enum publisher_role role, bool active)
{
    int64_t changed = 0;

    TRY(people_run(db, PERSON_SET_ACCESS, VALUES(text(id), text(role_text(role)), integer(active)),
                   NULL, &changed));
    return changed == 1 ? OK : ERR_ABSENT;
}

enum err
people_operating(struct db *db, struct arena *arena, struct people *people)
{
    return people_list(db, arena, PEOPLE_OPERATING, VALUES(integer(LIMIT_PEOPLE)), people);
}

static enum err
existence_take(void *context, const struct column *columns)
{
    *(bool *)context = columns[0].integer == 1;
    return OK;
}

enum err
people_exist(struct db *db, bool *exist)
{
    bool found = false;
    struct row_reader reader = {&found, existence_take};

    TRY(people_run(db, PEOPLE_EXIST, NO_VALUES, &reader, NULL));
    *exist = found;
    return OK;
}

enum err
billing_member_set(struct db *db, const char *billing_account, const char *person,
                   enum billing_role role)
{
    return people_run(db, MEMBER_SET,
                      VALUES(text(billing_account), text(person), text(billing_role_text(role))),
                      NULL, NULL);
}

enum err
billing_member_remove(struct db *db, const char *billing_account, const char *person)
{
    int64_t changed = 0;

    TRY(people_run(db, MEMBER_REMOVE, VALUES(text(billing_account), text(person)), NULL, &changed));
    return changed == 1 ? OK : ERR_ABSENT;
}

struct member_listing {
    struct arena *arena;
    struct billing_members *members;
};

static enum err
member_take(void *context, const struct column *columns)
{
    struct member_listing *listing = context;
    struct billing_member member = {
        .person = arena_text(listing->arena, columns[0].text),
        .name = arena_text(listing->arena, columns[1].text),
    };

    assert(listing->members->count < LIMIT_PEOPLE);
    TRY(billing_role_read(columns[2].text, &member.role));
    listing->members->rows[listing->members->count++] = member;
    return OK;
}

enum err
billing_members_of(struct db *db, struct arena *arena, const char *billing_account,
                   struct billing_members *result)
{
    struct billing_members members = {arena_array(arena, struct billing_member, LIMIT_PEOPLE), 0};
    struct member_listing listing = {arena, &members};
    struct row_reader reader = {&listing, member_take};

    TRY(people_run(db, MEMBERS_OF, VALUES(text(billing_account), integer(LIMIT_PEOPLE)), &reader,
                   NULL));
    *result = members;
    return OK;
}

static enum err
role_take(void *context, const struct column *columns)
{
    struct finding *finding = context;

    TRY(billing_role_read(columns[0].text, finding->result));
    finding->found = true;
    return OK;
}

enum err
billing_role_of(struct db *db, const char *billing_account, const char *person,
                enum billing_role *role)
{
    enum billing_role found = BILLING_READER;
    struct finding finding = {NULL, &found, false};
    struct row_reader reader = {&finding, role_take};

    TRY(people_run(db, ROLE_OF, VALUES(text(billing_account), text(person)), &reader, NULL));
    if (!finding.found)
        return ERR_ABSENT;
    *role = found;
    return OK;
}

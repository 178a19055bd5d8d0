/*
 * accounts.c: the tables publisher, certificate, organisation, billing_account and commitment.
 */
#include "store/accounts.h"

#include "base/text.h"
#include "store/families.h"

enum {
    PUBLISHER_INSERT,
    PUBLISHER_UPDATE,
    PUBLISHER_BY_ID,
    PUBLISHERS_PAGE,
    CERTIFICATE_INSERT,
    CERTIFICATES_OF,
    ORGANISATION_INSERT,
    ORGANISATION_RENAME,
    ORGANISATION_BY_ID,
    ORGANISATIONS_PAGE,
    BILLING_INSERT,
    BILLING_UPDATE,
    BILLING_FIND,
    BILLING_OF,
    BILLING_PAGE,
};

#define PUBLISHER_COLUMNS                                                                   \
    "SELECT id, name, hq_state, location, in_programme, has_marketplace_account, enrolled," \
    " active, tax_status, tax_country FROM publisher"
#define BILLING_COLUMNS                                                               \
    "SELECT billing_account.id, billing_account.organisation, organisation.name,"     \
    " billing_account.name, billing_account.agreement, billing_account.country,"      \
    " billing_account.active, billing_account.policy, billing_account.payment_valid," \
    " billing_account.payment_method, billing_account.private_store"                  \
    " FROM billing_account"                                                           \
    " JOIN organisation ON organisation.id = billing_account.organisation"

static const struct statement statements[] = {
    [PUBLISHER_INSERT] = {"INSERT INTO publisher (id, name, hq_state, location, in_programme,"
                          " has_marketplace_account, enrolled, active, tax_status, tax_country,"
                          " name_fold) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)"
                          " ON CONFLICT (id) DO NOTHING",
                          "ttttiiiittt", "", true},
    [PUBLISHER_UPDATE] = {"UPDATE publisher SET name = $2, hq_state = $3, location = $4,"
                          " in_programme = $5, has_marketplace_account = $6, enrolled = $7,"
                          " active = $8, tax_status = $9, tax_country = $10, name_fold = $11"
                          " WHERE id = $1",
                          "ttttiiiittt", "", true},
    [PUBLISHER_BY_ID] = {PUBLISHER_COLUMNS " WHERE id = $1", "t", "ttttiiiitt", false},
    [PUBLISHERS_PAGE] = {PUBLISHER_COLUMNS " WHERE id > $1 ORDER BY id LIMIT $2", "ti",
                         "ttttiiiitt", false},
    [CERTIFICATE_INSERT] = {"INSERT INTO certificate (id, publisher, states, filed_on, expires_on)"
                            " VALUES ($1, $2, $3, $4, $5) ON CONFLICT (id) DO NOTHING",
                            "ttttt", "", true},
    [CERTIFICATES_OF] = {"SELECT id, states, filed_on, expires_on FROM certificate"
                         " WHERE publisher = $1 ORDER BY expires_on DESC, filed_on, id LIMIT $2",
                         "ti", "tttt", false},
    [ORGANISATION_INSERT] = {"INSERT INTO organisation (id, name) VALUES ($1, $2)"
                             " ON CONFLICT (id) DO NOTHING",
                             "tt", "", true},
    [ORGANISATION_RENAME] = {"UPDATE organisation SET name = $2 WHERE id = $1", "tt", "", true},
    [ORGANISATION_BY_ID] = {"SELECT id, name FROM organisation WHERE id = $1", "t", "tt", false},
    [ORGANISATIONS_PAGE] = {"SELECT id, name FROM organisation WHERE id > $1 ORDER BY id LIMIT $2",
                            "ti", "tt", false},
    [BILLING_INSERT] = {"INSERT INTO billing_account (id, organisation, name, agreement, country,"
                        " active, policy, payment_valid, payment_method, private_store)"
                        " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)"
                        " ON CONFLICT (id) DO NOTHING",
                        "tttttititi", "", true},
    [BILLING_UPDATE] = {"UPDATE billing_account SET name = $2, agreement = $3, country = $4,"
                        " active = $5, policy = $6, payment_valid = $7, payment_method = $8,"
                        " private_store = $9 WHERE id = $1",
                        "ttttititi", "", true},
    [BILLING_FIND] = {BILLING_COLUMNS " WHERE billing_account.id = $1", "t", "ttttttititi", false},
    [BILLING_OF] = {BILLING_COLUMNS " WHERE billing_account.organisation = $1"
                                    " ORDER BY billing_account.id LIMIT $2",
                    "ti", "ttttttititi", false},
    /* $2 and $3 are what ids that begin with the search lie between: ids are letters, digits and
     * "-:_", all before "~" */
    [BILLING_PAGE] = {BILLING_COLUMNS " WHERE billing_account.id > $1 AND billing_account.id >= $2"
                                      " AND billing_account.id < $3"
                                      " ORDER BY billing_account.id LIMIT $4",
                      "ttti", "ttttttititi", false},
};

const struct family store_accounts_family = {"accounts", statements, COUNT(statements),
                                             FAMILY_ACCOUNTS};

static enum err
accounts_run(struct db *db, unsigned statement, const struct value *values, size_t count,
             const struct row_reader *reader)
{
    return db_run(db, &store_accounts_family, statement, values, count, reader, NULL);
}

/* Runs a statement that changes one row, or none when the condition it waits for fails. */
static enum err
accounts_change(struct db *db, unsigned statement, const struct value *values, size_t count,
                enum err none)
{
    int64_t changed = 0;

    TRY(db_run(db, &store_accounts_family, statement, values, count, NULL, &changed));
    return changed == 1 ? OK : none;
}

#define LISTED(texts, text) (text_find((texts), (int)COUNT(texts), (text)) >= 0)

static enum err
flag_read(const struct column *column, bool *flag)
{
    if (column->integer != 0 && column->integer != 1)
        return ERR_BROKEN;
    *flag = column->integer == 1;
    return OK;
}

/* Rows of one type being collected: at most capacity, as many as the statement's LIMIT. */
struct collection {
    struct arena *arena;
    void *rows;
    size_t count;
    size_t capacity;
};

/* Publishers. */

#define PUBLISHER_VALUES(arena, publisher)                                                \
    VALUES(text((publisher)->id), text((publisher)->name), text((publisher)->hq_state),   \
           text((publisher)->location), integer((publisher)->in_programme),               \
           integer((publisher)->has_marketplace_account), integer((publisher)->enrolled), \
           integer((publisher)->active), text(tax_status_text((publisher)->tax_status)),  \
           text((publisher)->tax_country), text(text_fold((arena), (publisher)->name)))

enum err
publisher_insert(struct db *db, struct arena *arena, const struct publisher *publisher)
{
    return accounts_change(db, PUBLISHER_INSERT, PUBLISHER_VALUES(arena, publisher), ERR_INVALID);
}

enum err
publisher_update_facts(struct db *db, struct arena *arena, const struct publisher *publisher)
{
    return accounts_change(db, PUBLISHER_UPDATE, PUBLISHER_VALUES(arena, publisher), ERR_ABSENT);
}

static enum err
publisher_take(void *context, const struct column *columns)
{
    struct collection *collection = context;
    struct publisher publisher = {
        .id = arena_text(collection->arena, columns[0].text),
        .name = arena_text(collection->arena, columns[1].text),
        .hq_state = arena_text(collection->arena, columns[2].text),
        .location = arena_text(collection->arena, columns[3].text),
        .tax_country = arena_text(collection->arena, columns[9].text),
    };

    TRY(flag_read(&columns[4], &publisher.in_programme));
    TRY(flag_read(&columns[5], &publisher.has_marketplace_account));
    TRY(flag_read(&columns[6], &publisher.enrolled));
    TRY(flag_read(&columns[7], &publisher.active));
    TRY(tax_status_read(columns[8].text, &publisher.tax_status));
    assert(collection->count < collection->capacity);
    ((struct publisher *)collection->rows)[collection->count++] = publisher;
    return OK;
}

enum err
publisher_by_id(struct db *db, struct arena *arena, const char *id, struct publisher *publisher)
{
    struct collection collection = {arena, publisher, 0, 1};
    struct row_reader reader = {&collection, publisher_take};

    TRY(accounts_run(db, PUBLISHER_BY_ID, VALUES(text(id)), &reader));
    return collection.count == 1 ? OK : ERR_ABSENT;
}

/* One row more than the page shows tells whether another page follows. */
#define PAGE_ROWS (LIMIT_LIST_ROWS + 1)

enum err
publishers_page(struct db *db, struct arena *arena, const char *after, struct publisher_page *page)
{
    struct publisher *rows = arena_array(arena, struct publisher, PAGE_ROWS);
    struct collection collection = {arena, rows, 0, PAGE_ROWS};
    struct row_reader reader = {&collection, publisher_take};

    TRY(accounts_run(db, PUBLISHERS_PAGE, VALUES(text(after), integer(PAGE_ROWS)), &reader));
    page->rows = rows;
    page->more = collection.count == PAGE_ROWS;
    page->count = page->more ? LIMIT_LIST_ROWS : collection.count;
    return OK;
}

/* Certificates. */

enum err
certificate_insert(struct db *db, struct arena *arena, const char *publisher,
                   const struct certificate *certificate)
{
    return accounts_change(db, CERTIFICATE_INSERT,
                           VALUES(text(certificate->id), text(publisher), text(certificate->states),
                                  text(day_iso(arena, certificate->filed_on)),
                                  text(day_iso(arena, certificate->expires_on))),
                           ERR_INVALID);
}

static enum err
certificate_take(void *context, const struct column *columns)
{
    struct collection *collection = context;
    struct certificate certificate = {
        .id = arena_text(collection->arena, columns[0].text),
        .states = arena_text(collection->arena, columns[1].text),
    };

    TRY(column_day(&columns[2], &certificate.filed_on));
    TRY(column_day(&columns[3], &certificate.expires_on));
    assert(collection->count < collection->capacity);
    ((struct certificate *)collection->rows)[collection->count++] = certificate;
    return OK;
}

enum err
certificates_of(struct db *db, struct arena *arena, const char *publisher,
                struct certificates *certificates)
{
    struct certificate *rows = arena_array(arena, struct certificate, LIMIT_CERTIFICATES);
    struct collection collection = {arena, rows, 0, LIMIT_CERTIFICATES};
    struct row_reader reader = {&collection, certificate_take};

    TRY(accounts_run(db, CERTIFICATES_OF, VALUES(text(publisher), integer(LIMIT_CERTIFICATES)),
                     &reader));
    *certificates = (struct certificates){rows, collection.count};
    return OK;
}

/* Organisations. */

enum err
organisation_insert(struct db *db, const struct organisation *organisation)
{
    return accounts_change(db, ORGANISATION_INSERT,
                           VALUES(text(organisation->id), text(organisation->name)), ERR_INVALID);
}

enum err
organisation_rename(struct db *db, const struct organisation *organisation)
{
    return accounts_change(db, ORGANISATION_RENAME,
                           VALUES(text(organisation->id), text(organisation->name)), ERR_ABSENT);
}

static enum err
organisation_take(void *context, const struct column *columns)
{
    struct collection *collection = context;

    assert(collection->count < collection->capacity);
    ((struct organisation *)collection->rows)[collection->count++] = (struct organisation){
        .id = arena_text(collection->arena, columns[0].text),
        .name = arena_text(collection->arena, columns[1].text),
    };
    return OK;
}

enum err
organisation_by_id(struct db *db, struct arena *arena, const char *id,
                   struct organisation *organisation)
{
    struct collection collection = {arena, organisation, 0, 1};
    struct row_reader reader = {&collection, organisation_take};

    TRY(accounts_run(db, ORGANISATION_BY_ID, VALUES(text(id)), &reader));
    return collection.count == 1 ? OK : ERR_ABSENT;
}

enum err
organisations_page(struct db *db, struct arena *arena, const char *after,
                   struct organisation_page *page)
{
    struct organisation *rows = arena_array(arena, struct organisation, PAGE_ROWS);
    struct collection collection = {arena, rows, 0, PAGE_ROWS};
    struct row_reader reader = {&collection, organisation_take};

    TRY(accounts_run(db, ORGANISATIONS_PAGE, VALUES(text(after), integer(PAGE_ROWS)), &reader));
    page->rows = rows;
    page->more = collection.count == PAGE_ROWS;
    page->count = page->more ? LIMIT_LIST_ROWS : collection.count;
    return OK;
}

/* Billing accounts. */

enum err
billing_account_insert(struct db *db, const struct billing_account *account)
{
    if (payment_method_words(account->payment_method) == NULL)
        return ERR_INVALID;
    return accounts_change(db, BILLING_INSERT,
                           VALUES(text(account->id), text(account->organisation),
                                  text(account->name), text(agreement_text(account->agreement)),
                                  text(account->country), integer(account->active),
                                  text(marketplace_policy_text(account->policy)),
                                  integer(account->payment_valid), text(account->payment_method),
                                  integer(account->private_store)),
                           ERR_INVALID);
}

enum err
billing_account_update_facts(struct db *db, const struct billing_account *account)
{
    if (payment_method_words(account->payment_method) == NULL)
        return ERR_INVALID;
    return accounts_change(
        db, BILLING_UPDATE,
        VALUES(text(account->id), text(account->name), text(agreement_text(account->agreement)),
               text(account->country), integer(account->active),
               text(marketplace_policy_text(account->policy)), integer(account->payment_valid),
               text(account->payment_method), integer(account->private_store)),
        ERR_ABSENT);
}

static enum err
billing_account_take(void *context, const struct column *columns)
{
    struct collection *collection = context;
    struct billing_account account = {
        .id = arena_text(collection->arena, columns[0].text),
        .organisation = arena_text(collection->arena, columns[1].text),
        .organisation_name = arena_text(collection->arena, columns[2].text),
        .name = arena_text(collection->arena, columns[3].text),
        .country = arena_text(collection->arena, columns[5].text),
        .payment_method = arena_text(collection->arena, columns[9].text),
    };

    TRY(agreement_read(columns[4].text, &account.agreement));
    TRY(flag_read(&columns[6], &account.active));
    TRY(marketplace_policy_read(columns[7].text, &account.policy));
    TRY(flag_read(&columns[8], &account.payment_valid));
    TRY(flag_read(&columns[10], &account.private_store));
    assert(collection->count < collection->capacity);
    ((struct billing_account *)collection->rows)[collection->count++] = account;
    return OK;
}

enum err
billing_account_find(struct db *db, struct arena *arena, const char *id,
                     struct billing_account *account)
{
    struct collection collection = {arena, account, 0, 1};
    struct row_reader reader = {&collection, billing_account_take};

    TRY(accounts_run(db, BILLING_FIND, VALUES(text(id)), &reader));
    return collection.count == 1 ? OK : ERR_ABSENT;
}

enum err
billing_accounts_of(struct db *db, struct arena *arena, const char *organisation,
                    struct billing_accounts *accounts)
{
    struct billing_account *rows =
        arena_array(arena, struct billing_account, LIMIT_BILLING_ACCOUNTS);
    struct collection collection = {arena, rows, 0, LIMIT_BILLING_ACCOUNTS};
    struct row_reader reader = {&collection, billing_account_take};

    TRY(accounts_run(db, BILLING_OF, VALUES(text(organisation), integer(LIMIT_BILLING_ACCOUNTS)),
                     &reader));
    *accounts = (struct billing_accounts){rows, collection.count};
    return OK;
}

enum err
billing_accounts_page(struct db *db, struct arena *arena, const char *search, const char *after,
                      struct billing_account_page *page)
{
    struct billing_account *rows = arena_array(arena, struct billing_account, PAGE_ROWS);
    struct collection collection = {arena, rows, 0, PAGE_ROWS};
    struct row_reader reader = {&collection, billing_account_take};

    TRY(accounts_run(db, BILLING_PAGE,
                     VALUES(text(after), text(search), text(arena_format(arena, "%s~", search)),
                            integer(PAGE_ROWS)),
                     &reader));
    page->rows = rows;
    page->more = collection.count == PAGE_ROWS;
    page->count = page->more ? LIMIT_LIST_ROWS : collection.count;
    return OK;
}

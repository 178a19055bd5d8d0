/*
 * commitments.c: the rows of commitments and of what used them.
 */
#include "store/commitments.h"

#include "base/limits.h"
#include "base/text.h"
#include "store/families.h"

enum {
    COMMITMENT_INSERT,
    COMMITMENTS_OF,
    COMMITMENTS_OF_ORGANISATION,
    ENTRY_LAST,
    ENTRY_INSERT,
    ENTRIES_OF,
    ENTRIES_OF_CHARGE,
};

/* What remains is what the last entry left. */
#define COMMITMENT_COLUMNS                                                                    \
    "c.billing_account, c.start_on, c.end_on, c.amount_cents, c.status, COALESCE((SELECT"     \
    " e.remaining_cents FROM commitment_entry e WHERE e.billing_account = c.billing_account"  \
    " AND e.start_on = c.start_on ORDER BY e.number DESC LIMIT 1), c.amount_cents)"
#define COMMITMENT_GIVES "tttiti"

static const struct statement statements[] = {
    [COMMITMENT_INSERT] = {"INSERT INTO commitment (billing_account, start_on, end_on,"
                           " amount_cents, status) VALUES ($1, $2, $3, $4, $5)"
                           " ON CONFLICT (billing_account, start_on) DO NOTHING",
                           "tttit", "", true},
    [COMMITMENTS_OF] = {"SELECT " COMMITMENT_COLUMNS " FROM commitment c"
                        " WHERE c.billing_account = $1 ORDER BY c.start_on LIMIT $2",
                        "ti", COMMITMENT_GIVES, false},
    [COMMITMENTS_OF_ORGANISATION] = {"SELECT " COMMITMENT_COLUMNS " FROM billing_account b"
                                     " JOIN commitment c ON c.billing_account = b.id"
                                     " WHERE b.organisation = $1"
                                     " ORDER BY b.id, c.start_on LIMIT $2",
                                     "ti", COMMITMENT_GIVES, false},
    [ENTRY_LAST] = {"SELECT COALESCE(MAX(number), 0) FROM commitment_entry"
                    " WHERE billing_account = $1 AND start_on = $2",
                    "tt", "i", false},
    [ENTRY_INSERT] = {"INSERT INTO commitment_entry (billing_account, start_on, number, at,"
                      " settled_on, purchase, charge, decrement_cents, remaining_cents)"
                      " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
                      "ttiittiii", "", true},
    [ENTRIES_OF] = {"SELECT e.at, e.settled_on, e.purchase, p.name, e.charge, e.decrement_cents,"
                    " e.remaining_cents FROM commitment_entry e"
                    " JOIN purchase p ON p.id = e.purchase"
                    " WHERE e.billing_account = $1 AND e.start_on = $2"
                    " ORDER BY e.number DESC LIMIT $3",
                    "tti", "itttiii", false},
    [ENTRIES_OF_CHARGE] = {"SELECT at, start_on, purchase, '', charge, decrement_cents,"
                           " remaining_cents FROM commitment_entry"
                           " WHERE purchase = $1 AND charge = $2 ORDER BY start_on LIMIT $3",
                           "tii", "itttiii", false},
};

const struct family store_commitments_family = {"commitments", statements, COUNT(statements),
                                                FAMILY_COMMITMENTS};

enum err
commitment_insert(struct db *db, struct arena *arena, const struct commitment *commitment)
{
    static const char *const statuses[] = {"active", "completed", "expired", "canceled"};
    int64_t changed = 0;

    if (text_find(statuses, (int)COUNT(statuses), commitment->status) < 0)
        return ERR_INVALID;
    TRY(db_run(db, &store_commitments_family, COMMITMENT_INSERT,
               VALUES(text(commitment->billing_account),
                      text(day_iso(arena, commitment->start_on)),
                      text(day_iso(arena, commitment->end_on)),
                      integer(commitment->amount_cents), text(commitment->status)),
               NULL, &changed));
    return changed == 1 ? OK : ERR_INVALID;
}

const char *
commitment_status_on(const struct commitment *commitment, struct day today)
{
    if (text_equal(commitment->status, "canceled"))
        return "Canceled";
    if (commitment->remaining_cents == 0 || text_equal(commitment->status, "completed"))
        return "Completed";
    if (today.number > commitment->end_on.number || text_equal(commitment->status, "expired"))
        return "Expired";
    return "Active";
}

/* Where rows go. */
struct reading {
    struct arena *arena;
    struct commitments *commitments;
    struct commitment_entries *entries;
};

static enum err
read_commitment(void *context, const struct column *columns)
{
    struct reading *reading = context;
    struct commitment commitment = {
        .billing_account = arena_text(reading->arena, columns[0].text),
        .amount_cents = columns[3].integer,
        .status = arena_text(reading->arena, columns[4].text),
        .remaining_cents = columns[5].integer,
    };

    assert(reading->commitments->count < LIMIT_BILLING_ACCOUNTS);
    TRY(column_day(&columns[1], &commitment.start_on));
    TRY(column_day(&columns[2], &commitment.end_on));
    reading->commitments->rows[reading->commitments->count++] = commitment;
    return OK;
}

static enum err
commitments_read(struct db *db, struct arena *arena, unsigned statement, const char *of,
                 struct commitments *commitments)
{
    struct reading reading = {.arena = arena, .commitments = commitments};
    struct row_reader reader = {&reading, read_commitment};

    commitments->rows = arena_array(arena, struct commitment, LIMIT_BILLING_ACCOUNTS);
    commitments->count = 0;
    return db_run(db, &store_commitments_family, statement,
                  VALUES(text(of), integer(LIMIT_BILLING_ACCOUNTS)), &reader, NULL);
}

enum err
commitments_of(struct db *db, struct arena *arena, const char *billing_account,
               struct commitments *commitments)
{
    return commitments_read(db, arena, COMMITMENTS_OF, billing_account, commitments);
}

enum err
commitments_of_organisation(struct db *db, struct arena *arena, const char *organisation,
                            struct commitments *commitments)
{
    return commitments_read(db, arena, COMMITMENTS_OF_ORGANISATION, organisation, commitments);
}

static enum err
read_number(void *context, const struct column *columns)
{
    int64_t *number = context;

    *number = columns[0].integer;
    return OK;
}

enum err
commitment_append(struct db *db, struct arena *arena, const struct commitment *commitment,
                  const struct commitment_entry *entry)
{
    const char *start = day_iso(arena, commitment->start_on);
    int64_t last = 0;
    struct row_reader reader = {&last, read_number};

    assert(entry->remaining.cents >= 0 && entry->remaining.cents <= commitment->amount_cents);
    TRY(db_run(db, &store_commitments_family, ENTRY_LAST,
               VALUES(text(commitment->billing_account), text(start)), &reader, NULL));
    return db_run(db, &store_commitments_family, ENTRY_INSERT,
                  VALUES(text(commitment->billing_account), text(start), integer(last + 1),
                         integer(entry->at), text(day_iso(arena, entry->settled_on)),
                         text(entry->purchase), integer(entry->charge),
                         integer(entry->decrement.cents), integer(entry->remaining.cents)),
                  NULL, NULL);
}

static enum err
read_entry(void *context, const struct column *columns)
{
    struct reading *reading = context;
    struct commitment_entry entry = {
        .at = columns[0].integer,
        .purchase = arena_text(reading->arena, columns[2].text),
        .purchase_name = arena_text(reading->arena, columns[3].text),
        .charge = (int)columns[4].integer,
        .decrement = {columns[5].integer},
        .remaining = {columns[6].integer},
    };

    assert(reading->entries->count < LIMIT_EVENTS);
    TRY(column_day(&columns[1], &entry.settled_on));
    reading->entries->rows[reading->entries->count++] = entry;
    return OK;
}

enum err
commitment_entries_of(struct db *db, struct arena *arena, const struct commitment *commitment,
                      struct commitment_entries *entries)
{
    struct reading reading = {.arena = arena, .entries = entries};
    struct row_reader reader = {&reading, read_entry};

    entries->rows = arena_array(arena, struct commitment_entry, LIMIT_EVENTS);
    entries->count = 0;
    return db_run(db, &store_commitments_family, ENTRIES_OF,
                  VALUES(text(commitment->billing_account),
                         text(day_iso(arena, commitment->start_on)), integer(LIMIT_EVENTS)),
                  &reader, NULL);
}

enum err
commitment_used_by(struct db *db, struct arena *arena, const char *purchase, int charge,
                   struct commitment_entries *entries)
{
    struct reading reading = {.arena = arena, .entries = entries};
    struct row_reader reader = {&reading, read_entry};

    entries->rows = arena_array(arena, struct commitment_entry, LIMIT_EVENTS);
    entries->count = 0;
    return db_run(db, &store_commitments_family, ENTRIES_OF_CHARGE,
                  VALUES(text(purchase), integer(charge), integer(LIMIT_EVENTS)), &reader, NULL);
}

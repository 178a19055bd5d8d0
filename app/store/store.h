/*
 * store.h: rows in and out. What the families (offers, accounts, ...) and the faces use of a store,
 * whatever engine is behind.
 *
 * Every statement is known at start: a row of its family's table, prepared when a connection first
 * needs it and addressed by family and index. Values go in and columns come out typed and counted;
 * a mismatch is ERR_BROKEN. Nothing a statement gives outlives its row: callbacks copy to an arena.
 */
#ifndef STORE_STORE_H
#define STORE_STORE_H

#include "base/when.h"

/* One SQL statement, written once for every engine: parameters $1, $2, ...; takes and gives have
 * one letter per parameter and column: t text, i integer, b bytes; a capital may be NULL. */
struct statement {
    const char *sql;
    const char *takes;
    const char *gives;
    bool writes;
};

/* The statements of one family, in the order of its enum. */
struct family {
    const char *name;
    const struct statement *statements;
    unsigned count;
    unsigned slot; /* enum family_slot */
};

/* Every family of the product; families.c lists them in this order. */
enum family_slot {
    FAMILY_SETTINGS,
    FAMILY_ACCOUNTS,
    FAMILY_SUBSCRIPTIONS,
    FAMILY_PEOPLE,
    FAMILY_SESSIONS,
    FAMILY_CATALOGUE,
    FAMILY_CATALOGUE_EDIT,
    FAMILY_CATALOGUE_EXPORT,
    FAMILY_MARKETS,
    FAMILY_PARTNERS,
    FAMILY_OFFERS,
    FAMILY_OFFER_ROWS,
    FAMILY_DOCUMENTS,
    FAMILY_OFFER_LISTS,
    FAMILY_OFFER_COUNTS,
    FAMILY_ACCEPTANCES,
    FAMILY_EVENTS,
    FAMILY_VERSIONS,
    FAMILY_PURCHASES,
    FAMILY_CHARGES,
    FAMILY_USAGE,
    FAMILY_COMMITMENTS,
    FAMILY_ACCOUNT_EVENTS,
    FAMILY_CHAINS,
    FAMILY_CHAIN_CHECKS,
    FAMILY_AUDIT,
    FAMILY_HANDOVERS,
    FAMILY_CHECKS,
    FAMILY_SUPPORT,
    FAMILY_OUTBOX,
    FAMILY_NOTICES,
    FAMILY_PUBLICATIONS,
    FAMILY_FEEDS,
    FAMILY_COUNT
};
extern const struct family *const families[FAMILY_COUNT];

/* A parameter. Made by the functions below; borrows what it points at. */
struct value {
    char type; /* 't', 'i', 'b' */
    bool null;
    const void *bytes;
    size_t size;
    int64_t integer;
};
struct value text(const char *text); /* NULL is refused: see text_or_null */
struct value text_or_null(const char *text);
struct value integer(int64_t value);
struct value null_integer(void);
struct value bytes(const void *bytes, size_t size);

/* A column of the row at hand; valid only inside the callback. Texts are NUL-terminated, "" when
 * NULL. */
struct column {
    bool null;
    const char *text;
    size_t size;
    int64_t integer;
};

/* The day a column holds; "" is DAY_NONE, anything else that is no day is ERR_BROKEN. */
MUST_CHECK enum err column_day(const struct column *column, struct day *day);

/* Called per row; any outcome but OK stops and is handed to the caller of db_run. */
struct row_reader {
    void *context;
    enum err (*read)(void *context, const struct column *columns);
};

struct store; /* one per process: the engine, its place, its writer */
struct db;    /* one connection: a thread's own reader, or the writer during its turn */
struct driver;

/* Owns. url is a file path (SQLite). Opens the writer; ERR_BROKEN with a log line when the schema
 * is not the expected one (store_migrate brings it there). */
MUST_CHECK enum err store_open(const struct driver *driver, const char *url, struct store **store);
void store_close(struct store *store);

/* Prepares every statement of every family. A start does not: it took half of one, and the digests
 * of the migrations tell the same of a schema that nobody changed by hand. For one thread, before
 * any writes. */
MUST_CHECK enum err store_verify(struct store *store);

/* Applies the missing migrations; *applied (may be NULL) is how many. */
MUST_CHECK enum err store_migrate(const struct driver *driver, const char *url, int *applied);

/* Copies the store at from, as it stands at one moment, over the one at to, which nobody may have
 * open. Whole or not at all; durable when OK. The schema is not looked at. */
MUST_CHECK enum err store_copy(const struct driver *driver, const char *from, const char *to);

/* The number of the first step that store_migrate would apply to the store at url, which must be
 * there; 0 when it has them all. ERR_BROKEN when it is not a store of this program. */
MUST_CHECK enum err store_lacks(const struct driver *driver, const char *url, int *step);

/* Has the engine look at its own structures and at every reference; a row of one text for each
 * thing that is wrong. */
MUST_CHECK enum err store_sound(struct db *db, const struct row_reader *reader);

/* Owns: a read-only connection for one thread. */
MUST_CHECK enum err store_reader(struct store *store, struct db **db);
void db_close(struct db *db);

/* One snapshot for all reads until read_end. */
MUST_CHECK enum err read_begin(struct db *db);
void read_end(struct db *db);

/* Waits for this thread's turn to write. Borrows *db until write_end, which answers only after the
 * change is durable (keep) or undone (not keep). ERR_BUSY: nothing was kept. While a thread holds
 * the turn it must not read through its own reader for decisions: use *db. */
MUST_CHECK enum err write_begin(struct store *store, struct db **db);
MUST_CHECK enum err write_end(struct store *store, struct db *db, bool keep);

/* Ends a write whose work came out so: keeps it when that was OK. Answers that outcome, or why what
 * was to be kept is not. */
MUST_CHECK enum err write_finish(struct store *store, struct db *db, enum err outcome);

/* How many threads wait for their turn at this moment; for tests. */
unsigned store_waiting(struct store *store);

/* Runs one statement. count must equal the length of takes, types must match. reader may be NULL
 * for statements that give nothing. *changed (may be NULL) is the number of rows changed. A writing
 * statement on a reader is ERR_BROKEN. The statement is always reset. */
MUST_CHECK enum err db_run(struct db *db, const struct family *family, unsigned statement,
                           const struct value *values, size_t count,
                           const struct row_reader *reader, int64_t *changed);

/* Keeps the one text that the statement gives; ERR_ABSENT when it gives no row. */
MUST_CHECK enum err db_text(struct db *db, struct arena *arena, const struct family *family,
                            unsigned statement, const struct value *values, size_t count,
                            const char **result);

#define VALUES(...)                        \
    ((const struct value[]){__VA_ARGS__}), \
        (sizeof((const struct value[]){__VA_ARGS__}) / sizeof(struct value))
#define NO_VALUES NULL, 0

#endif

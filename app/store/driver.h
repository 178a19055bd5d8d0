/*
 * driver.h: what an engine must offer to be Tripact's store.
 *
 * Seven verbs every engine has (open, close, prepare, run, begin, commit, rollback), four that the
 * chained writer needs (mark, release, undo, in_transaction), one for migrations (script) and two
 * for keeping a store (copy, sound).
 * Not here: queues, families, what a statement means. A connection is used by one thread at a time.
 *
 * Outcomes: ERR_BUSY when the engine is locked, full or away and the same call may succeed later;
 * ERR_BROKEN when it never will. Both have been logged, without values.
 */
#ifndef STORE_DRIVER_H
#define STORE_DRIVER_H

#include "store/store.h"

/* Most parameters, and most columns, of one statement. */
#define DRIVER_VALUES_MAX 80

struct connection; /* the engine's own */
struct prepared;   /* a statement prepared on one connection; closed with it */

enum driver_mode {
    DRIVER_READ,    /* can change nothing */
    DRIVER_WRITE,   /* an existing store */
    DRIVER_MIGRATE, /* makes the store when there is none */
};

struct driver {
    const char *name;

    /* Owns. */
    enum err (*open)(const char *url, enum driver_mode mode, struct connection **connection);
    void (*close)(struct connection *connection);

    /* Prepares and verifies: highest $n = length of takes, none left out; columns = length of
     * gives; writes as declared. Keeps statement and label (which names it in the log) until close.
     */
    enum err (*prepare)(struct connection *connection, const char *label, unsigned number,
                        const struct statement *statement, struct prepared **prepared);

    /* Runs to the end or to the reader's first refusal, and always resets. The caller has checked
     * values against takes. */
    enum err (*run)(struct prepared *prepared, const struct value *values, size_t count,
                    const struct row_reader *reader, int64_t *changed);

    /* writing takes the engine's write lock at once. */
    enum err (*begin)(struct connection *connection, bool writing);
    enum err (*commit)(struct connection *connection);
    enum err (*rollback)(struct connection *connection);

    /* One savepoint inside a transaction; undo goes back to it and removes it. */
    enum err (*mark)(struct connection *connection);
    enum err (*release)(struct connection *connection);
    enum err (*undo)(struct connection *connection);

    /* False too when a fatal error has rolled the transaction back. */
    bool (*in_transaction)(struct connection *connection);

    /* Several statements without parameters, separated by ';'. */
    enum err (*script)(struct connection *connection, const char *text);

    /* Writes the whole store at from, as it stands at one moment, into the one at to, which is made
     * when there is none and replaced whole or not at all when there is. Others may go on with
     * from; ERR_BUSY when anybody else has to open. Durable when it answers OK. */
    enum err (*copy)(const char *from, const char *to);

    /* Gives one row with one text for each thing the engine finds wrong with its own structures and
     * with references between rows. */
    enum err (*sound)(struct connection *connection, const struct row_reader *reader);
};

#endif

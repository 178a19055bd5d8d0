/*
 * fault_driver.c: counts calls, passes them on to SQLite, and refuses one.
 */
#include "support/fault_driver.h"

#include <stdatomic.h>

#include "store/driver_sqlite.h"

static atomic_long calls_left; /* the call that takes it from 1 to 0 fails */

void
fault_arm(unsigned nth)
{
    atomic_store(&calls_left, (long)nth);
}

bool
fault_happened(void)
{
    return atomic_load(&calls_left) <= 0;
}

static bool
fails_now(void)
{
    /* below 0 nothing is armed any more, and the count goes on without meaning */
    return atomic_fetch_sub(&calls_left, 1) == 1;
}

static enum err
fault_open(const char *url, enum driver_mode mode, struct connection **connection)
{
    return fails_now() ? ERR_BUSY : driver_sqlite.open(url, mode, connection);
}

static void
fault_close(struct connection *connection)
{
    driver_sqlite.close(connection);
}

static enum err
fault_prepare(struct connection *connection, const char *label, unsigned number,
              const struct statement *statement, struct prepared **prepared)
{
    return driver_sqlite.prepare(connection, label, number, statement, prepared);
}

static enum err
fault_run(struct prepared *prepared, const struct value *values, size_t count,
          const struct row_reader *reader, int64_t *changed)
{
    return fails_now() ? ERR_BUSY : driver_sqlite.run(prepared, values, count, reader, changed);
}

static enum err
fault_begin(struct connection *connection, bool writing)
{
    return fails_now() ? ERR_BUSY : driver_sqlite.begin(connection, writing);
}

static enum err
fault_commit(struct connection *connection)
{
    return fails_now() ? ERR_BUSY : driver_sqlite.commit(connection);
}

static enum err
fault_rollback(struct connection *connection)
{
    return fails_now() ? ERR_BUSY : driver_sqlite.rollback(connection);
}

static enum err
fault_mark(struct connection *connection)
{
    return fails_now() ? ERR_BUSY : driver_sqlite.mark(connection);
}

static enum err
fault_release(struct connection *connection)
{
    return fails_now() ? ERR_BUSY : driver_sqlite.release(connection);
}

static enum err
fault_undo(struct connection *connection)
{
    return fails_now() ? ERR_BUSY : driver_sqlite.undo(connection);
}

static bool
fault_in_transaction(struct connection *connection)
{
    return driver_sqlite.in_transaction(connection);
}

static enum err
fault_script(struct connection *connection, const char *text)
{
    return fails_now() ? ERR_BUSY : driver_sqlite.script(connection, text);
}

const struct driver fault_driver = {
    .name = "fault",
    .open = fault_open,
    .close = fault_close,
    .prepare = fault_prepare,
    .run = fault_run,
    .begin = fault_begin,
    .commit = fault_commit,
    .rollback = fault_rollback,
    .mark = fault_mark,
    .release = fault_release,
    .undo = fault_undo,
    .in_transaction = fault_in_transaction,
    .script = fault_script,
};

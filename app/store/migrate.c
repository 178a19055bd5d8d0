/*
 * migrate.c: brings a store to the expected schema, or says that it is not there.
 *
 * Not here: the steps (schema.c). Invariant: a step and its row in schema_step are one transaction,
 * begun with the write lock, so that two programs migrating at once apply each step once.
 */
#include "store/migrate.h"

#include "base/digest.h"
#include "base/log.h"
#include "base/text.h"
#include "base/world.h"

#define MIGRATE_ARENA_BYTES ((size_t)1024 * 1024)

static const char make_table[] =
    "CREATE TABLE IF NOT EXISTS schema_step ("
    " number BIGINT PRIMARY KEY, name TEXT NOT NULL, checksum TEXT NOT NULL, at BIGINT NOT NULL)";

static const struct statement read_steps = {
    "SELECT number, name, checksum FROM schema_step ORDER BY number", "", "itt", false};
static const struct statement add_step = {
    "INSERT INTO schema_step (number, name, checksum, at) VALUES ($1, $2, $3, $4)", "itti", "",
    true};

/* The applied steps are compared with the listed ones as they are read. */
struct comparison {
    const struct migration *steps;
    unsigned count;
    unsigned found;
    struct arena *arena;
};

static enum err
step_compare(void *context, const struct column *columns)
{
    struct comparison *comparison = context;
    unsigned i = comparison->found++;

    if (i >= comparison->count) {
        log_line("schema", "problem=newer_than_program step=%lld", (long long)columns[0].integer);
        return ERR_BROKEN;
    }
    const struct migration *step = &comparison->steps[i];
    if (columns[0].integer != step->number || !text_equal(columns[1].text, step->name) ||
        !text_equal(columns[2].text, digest_of_text(comparison->arena, step->text))) {
        log_line("schema", "problem=step_differs step=%d", step->number);
        return ERR_BROKEN;
    }
    return OK;
}

/* *found is how many of the listed steps have been applied, in order and unchanged. */
static enum err
steps_found(const struct driver *driver, struct connection *connection,
            const struct migration *steps, unsigned count, unsigned *found)
{
    struct comparison comparison = {.steps = steps, .count = count};
    struct row_reader reader = {&comparison, step_compare};
    struct prepared *prepared = NULL;

    TRY(driver->prepare(connection, "schema", 0, &read_steps, &prepared));
    comparison.arena = arena_open(MIGRATE_ARENA_BYTES);
    enum err outcome = driver->run(prepared, NO_VALUES, &reader, NULL);
    arena_close(comparison.arena);
    if (outcome == OK)
        *found = comparison.found;
    return outcome;
}

static enum err
step_record(const struct driver *driver, struct connection *connection,
            const struct migration *step)
{
    struct prepared *prepared = NULL;

    TRY(driver->prepare(connection, "schema", 1, &add_step, &prepared));

    struct arena *arena = arena_open(MIGRATE_ARENA_BYTES);
    enum err outcome = driver->run(prepared,
                                   VALUES(integer(step->number), text(step->name),
                                          text(digest_of_text(arena, step->text)),
                                          integer(world_now(&world_real))),
                                   NULL, NULL);
    arena_close(arena);
    return outcome;
}

/* Inside a transaction: applies the first missing step; *done when there is none. */
static enum err
step_next(const struct driver *driver, struct connection *connection, const struct migration *steps,
          unsigned count, bool *done)
{
    unsigned found = 0;

    TRY(driver->script(connection, make_table));
    TRY(steps_found(driver, connection, steps, count, &found));
    if (found == count) {
        *done = true;
        return OK;
    }
    assert(steps[found].number == (int)found + 1);
    TRY(driver->script(connection, steps[found].text));
    TRY(step_record(driver, connection, &steps[found]));
    log_line("schema", "applied=%d name=%s", steps[found].number, steps[found].name);
    return OK;
}

static enum err
step_in_transaction(const struct driver *driver, struct connection *connection,
                    const struct migration *steps, unsigned count, bool *done)
{
    TRY(driver->begin(connection, true));

    enum err outcome = step_next(driver, connection, steps, count, done);
    if (outcome == OK)
        outcome = driver->commit(connection);
    if (outcome != OK && driver->in_transaction(connection))
        (void)driver->rollback(connection);
    return outcome;
}

enum err
migrate_apply(const struct driver *driver, const char *url, const struct migration *steps,
              unsigned count, int *applied)
{
    struct connection *connection = NULL;
    enum err outcome = OK;
    bool done = false;
    int steps_applied = 0;

    TRY(driver->open(url, DRIVER_MIGRATE, &connection));
    while (outcome == OK && !done) {
        outcome = step_in_transaction(driver, connection, steps, count, &done);
        if (outcome == OK && !done)
            steps_applied++;
    }
    driver->close(connection);
    if (applied != NULL)
        *applied = steps_applied;
    return outcome;
}

enum err
migrate_lacks(const struct driver *driver, const char *url, const struct migration *steps,
              unsigned count, int *step)
{
    struct connection *connection = NULL;
    unsigned found = 0;

    TRY(driver->open(url, DRIVER_WRITE, &connection));
    enum err outcome = steps_found(driver, connection, steps, count, &found);
    driver->close(connection);
    TRY(outcome);
    *step = found == count ? 0 : steps[found].number;
    return OK;
}

enum err
migrate_check(const struct driver *driver, struct connection *connection,
              const struct migration *steps, unsigned count)
{
    unsigned found = 0;

    TRY(steps_found(driver, connection, steps, count, &found));
    if (found != count) {
        log_line("schema", "problem=not_migrated applied=%u expected=%u", found, count);
        return ERR_BROKEN;
    }
    return OK;
}

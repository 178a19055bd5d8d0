/*
 * driver_test.c: what every engine must do, asked of SQLite.
 */
#include <check.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>

#include "store/driver_sqlite.h"
#include "support/temp_store.h"

static struct temp_store temp;
static struct connection *connection;

static void
setup(void)
{
    temp_folder_open(&temp);
    ck_assert_int_eq(driver_sqlite.open(temp.path, DRIVER_MIGRATE, &connection), OK);
    ck_assert_int_eq(driver_sqlite.script(connection, "CREATE TABLE thing (id TEXT PRIMARY KEY,"
                                                      " n BIGINT, body BLOB);"
                                                      "CREATE TABLE part (thing TEXT NOT NULL"
                                                      " REFERENCES thing (id));"),
                     OK);
}

static void
teardown(void)
{
    driver_sqlite.close(connection);
    temp_store_close(&temp);
}

/* One row as text, columns separated by '|'. */
static enum err
row_print(void *context, const struct column *columns)
{
    char *printed = context;
    size_t used = strlen(printed);

    snprintf(printed + used, 200 - used, "%s%s", columns[0].null ? "NULL" : columns[0].text,
             columns[0].integer != 0 ? "#" : "");
    return OK;
}

static enum err
prepare(const char *sql, const char *takes, const char *gives, bool writes,
        struct prepared **prepared)
{
    struct statement *statement = arena_new(temp.arena, struct statement);

    *statement = (struct statement){sql, takes, gives, writes};
    return driver_sqlite.prepare(connection, "test", 7, statement, prepared);
}

static enum err
run(const char *sql, const char *takes, const char *gives, bool writes, const struct value *values,
    size_t count, char *printed)
{
    struct row_reader reader = {printed, row_print};
    struct prepared *prepared = NULL;

    TRY(prepare(sql, takes, gives, writes, &prepared));
    return driver_sqlite.run(prepared, values, count, printed == NULL ? NULL : &reader, NULL);
}

START_TEST(parameters_are_bound_by_number)
{
    char printed[200] = "";

    ck_assert_int_eq(run("SELECT $2 || '-' || $1 || '-' || $2", "tt", "t", false,
                         VALUES(text("one"), text("two")), printed),
                     OK);
    ck_assert_str_eq(printed, "two-one-two");
}
END_TEST

START_TEST(dollars_in_texts_and_comments_stay)
{
    char printed[200] = "";

    ck_assert_int_eq(run("SELECT '$2 it''s $3?' /* $4 : ? */ || $1 -- $5 @\n", "t", "t", false,
                         VALUES(text("!")), printed),
                     OK);
    ck_assert_str_eq(printed, "$2 it's $3?!");
}
END_TEST

START_TEST(broken_promises_are_refused)
{
    static const struct statement broken[] = {
        {"SELECT $1 || $3", "ttt", "t", false}, /* a gap */
        {"SELECT $1", "tt", "t", false},        /* takes too many */
        {"SELECT $1 || $2", "t", "t", false},   /* takes too few */
        {"SELECT ?1", "t", "t", false},         /* one engine's own spelling */
        {"SELECT :name", "t", "t", false},
        {"SELECT CAST($1::text AS TEXT)", "t", "t", false},
        {"SELECT $0", "", "t", false},
        {"SELECT $81", "t", "t", false},
        {"SELECT $name", "t", "t", false},
        {"SELECT id, n FROM thing", "", "t", false}, /* gives more */
        {"SELECT id FROM thing", "", "tt", false},   /* gives less */
        {"SELECT id FROM thing", "", "x", false},    /* no such letter */
        {"SELECT id FROM thing", "", "t", true},     /* does not write */
        {"DELETE FROM thing", "", "", false},        /* writes */
        {"SELECT id FROM nothing", "", "t", false},  /* no such table */
        {"SELECT id FROM thing; DELETE FROM thing", "", "t", false},
        {"SELECT \"free text\" FROM thing", "", "t", false},
        {"", "", "", false},
        {"SELECT 'open", "", "t", false},
    };
    struct prepared *prepared = NULL;

    for (size_t i = 0; i < COUNT(broken); i++)
        ck_assert_int_eq(
            driver_sqlite.prepare(connection, "test", (unsigned)i, &broken[i], &prepared),
            ERR_BROKEN);
}
END_TEST

START_TEST(columns_must_be_of_the_promised_type)
{
    char printed[200] = "";

    ck_assert_int_eq(run("SELECT 1", "", "t", false, NO_VALUES, printed), ERR_BROKEN);
    ck_assert_int_eq(run("SELECT 'a'", "", "i", false, NO_VALUES, printed), ERR_BROKEN);
    ck_assert_int_eq(run("SELECT 'a'", "", "b", false, NO_VALUES, printed), ERR_BROKEN);
    ck_assert_int_eq(run("SELECT 1.5", "", "i", false, NO_VALUES, printed), ERR_BROKEN);
    ck_assert_int_eq(run("SELECT NULL", "", "t", false, NO_VALUES, printed), ERR_BROKEN);
    ck_assert_str_eq(printed, "");
    ck_assert_int_eq(run("SELECT NULL", "", "T", false, NO_VALUES, printed), OK);
    ck_assert_str_eq(printed, "NULL");
}
END_TEST

static enum err
body_compare(void *context, const struct column *columns)
{
    const struct value *expected = context;

    ck_assert_uint_eq(columns[0].size, expected->size);
    ck_assert_mem_eq(columns[0].text, expected->bytes, expected->size);
    ck_assert_int_eq(columns[1].integer, INT64_MIN);
    return OK;
}

START_TEST(bytes_come_back_as_they_went)
{
    static const unsigned char body[] = {0, 255, '\'', 0};

    for (size_t size = 0; size <= sizeof body; size += sizeof body) {
        struct value value = bytes(body, size);
        struct row_reader reader = {&value, body_compare};
        struct prepared *prepared = NULL;

        ck_assert_int_eq(run("DELETE FROM thing", "", "", true, NO_VALUES, NULL), OK);
        ck_assert_int_eq(run("INSERT INTO thing (id, n, body) VALUES ($1, $2, $3)", "tib", "", true,
                             VALUES(text("a"), integer(INT64_MIN), value), NULL),
                         OK);
        ck_assert_int_eq(prepare("SELECT body, n FROM thing", "", "bi", false, &prepared), OK);
        ck_assert_int_eq(driver_sqlite.run(prepared, NO_VALUES, &reader, NULL), OK);
    }
}
END_TEST

static enum err
refuse_second(void *context, const struct column *columns)
{
    int *seen = context;

    (void)columns;
    return ++*seen == 2 ? ERR_CLOSED : OK;
}

START_TEST(a_readers_refusal_ends_the_run)
{
    int seen = 0;
    struct row_reader reader = {&seen, refuse_second};
    struct prepared *prepared = NULL;

    ck_assert_int_eq(prepare("SELECT 1 UNION SELECT 2 UNION SELECT 3", "", "i", false, &prepared),
                     OK);
    ck_assert_int_eq(driver_sqlite.run(prepared, NO_VALUES, &reader, NULL), ERR_CLOSED);
    ck_assert_int_eq(seen, 2);
    /* reset: the same statement runs again, and the table it read can be dropped */
    ck_assert_int_eq(driver_sqlite.run(prepared, NO_VALUES, &reader, NULL), OK);
    ck_assert_int_eq(seen, 5);
}
END_TEST

START_TEST(changed_rows_are_counted)
{
    struct prepared *prepared = NULL;
    int64_t changed = -1;

    ck_assert_int_eq(prepare("INSERT INTO thing (id) VALUES ($1), ($1 || '2')"
                             " ON CONFLICT DO NOTHING",
                             "t", "", true, &prepared),
                     OK);
    ck_assert_int_eq(driver_sqlite.run(prepared, VALUES(text("a")), NULL, &changed), OK);
    ck_assert_int_eq(changed, 2);
    ck_assert_int_eq(driver_sqlite.run(prepared, VALUES(text("a")), NULL, &changed), OK);
    ck_assert_int_eq(changed, 0);
}
END_TEST

START_TEST(a_reading_connection_changes_nothing)
{
    struct connection *writer = connection;

    ck_assert_int_eq(driver_sqlite.open(temp.path, DRIVER_READ, &connection), OK);
    ck_assert_int_eq(run("DELETE FROM thing", "", "", true, NO_VALUES, NULL), ERR_BUSY);
    driver_sqlite.close(connection);
    connection = writer;
}
END_TEST

START_TEST(every_connection_is_set_up)
{
    static const struct {
        const char *sql;
        const char *value;
    } settings[] = {
        {"SELECT CAST(synchronous AS TEXT) FROM pragma_synchronous", "2"},
        {"SELECT CAST(foreign_keys AS TEXT) FROM pragma_foreign_keys", "1"},
        {"SELECT journal_mode FROM pragma_journal_mode", "wal"},
        {"SELECT CAST(trusted_schema AS TEXT) FROM pragma_trusted_schema", "0"},
        {"SELECT CAST(timeout AS TEXT) FROM pragma_busy_timeout", "5000"},
    };

    for (size_t i = 0; i < COUNT(settings); i++) {
        char printed[200] = "";

        ck_assert_int_eq(run(settings[i].sql, "", "t", false, NO_VALUES, printed), OK);
        ck_assert_str_eq(printed, settings[i].value);
    }
    /* a reference to nothing; and the schema cannot be written behind SQLite's back */
    ck_assert_int_eq(
        run("INSERT INTO part (thing) VALUES ($1)", "t", "", true, VALUES(text("none")), NULL),
        ERR_BROKEN);
    ck_assert_int_ne(driver_sqlite.script(connection, "PRAGMA writable_schema = 1;"
                                                      "DELETE FROM sqlite_schema"),
                     OK);
}
END_TEST

START_TEST(savepoints_nest_in_a_transaction)
{
    char printed[200] = "";

    ck_assert(!driver_sqlite.in_transaction(connection));
    ck_assert_int_eq(driver_sqlite.begin(connection, true), OK);
    ck_assert(driver_sqlite.in_transaction(connection));
    for (int i = 0; i < 3; i++) {
        const char *id = arena_format(temp.arena, "%d", i);

        ck_assert_int_eq(driver_sqlite.mark(connection), OK);
        ck_assert_int_eq(
            run("INSERT INTO thing (id) VALUES ($1)", "t", "", true, VALUES(text(id)), NULL), OK);
        ck_assert_int_eq(
            i == 1 ? driver_sqlite.undo(connection) : driver_sqlite.release(connection), OK);
    }
    ck_assert_int_eq(driver_sqlite.commit(connection), OK);
    ck_assert_int_eq(run("SELECT id FROM thing ORDER BY id", "", "t", false, NO_VALUES, printed),
                     OK);
    ck_assert_str_eq(printed, "02");
}
END_TEST

START_TEST(a_full_disk_is_busy)
{
    const char *large = arena_format(temp.arena, "%0100000d", 1);

    ck_assert_int_eq(driver_sqlite.script(connection, "PRAGMA max_page_count = 1"), OK);
    ck_assert_int_eq(
        run("INSERT INTO thing (id) VALUES ($1)", "t", "", true, VALUES(text(large)), NULL),
        ERR_BUSY);
    ck_assert(!driver_sqlite.in_transaction(connection));
}
END_TEST

/* Bytes of the store, or of what stands beside it. */
static int64_t
size_of(const char *ending)
{
    struct stat status;

    ck_assert_int_eq(stat(arena_format(temp.arena, "%s%s", temp.path, ending), &status), 0);
    return status.st_size;
}

/* As a server's writer, of which others wait for no checkpoint. */
static void
reopen_to_write(void)
{
    driver_sqlite.close(connection);
    ck_assert_int_eq(driver_sqlite.open(temp.path, DRIVER_WRITE, &connection), OK);
}

static void
write_bytes(int64_t id, int64_t size)
{
    ck_assert_int_eq(run("INSERT INTO thing (id, body) VALUES (CAST($1 AS TEXT), zeroblob($2))",
                         "ii", "", true, VALUES(integer(id), integer(size)), NULL),
                     OK);
}

START_TEST(commits_reach_the_store_while_it_is_open)
{
    const struct timespec moment = {0, 10 * 1000 * 1000};
    int64_t written = 1500 * 4096;
    int tries = 0;

    reopen_to_write();
    write_bytes(1, written);
    while (size_of("") < written) {
        ck_assert_int_lt(tries++, 1000);
        (void)nanosleep(&moment, NULL);
    }
}
END_TEST

/* Whoever finds the log too long moves what it holds, and the next write begins it anew. */
START_TEST(the_log_does_not_grow_for_ever)
{
    int64_t written = 16500 * 4096;

    reopen_to_write();
    write_bytes(1, written);
    ck_assert_int_ge(size_of(""), written);
    for (int64_t id = 2; id <= 3; id++)
        write_bytes(id, written);
    ck_assert_int_ge(size_of("-wal"), written);
    ck_assert_int_lt(size_of("-wal"), written * 3 / 2);
    ck_assert_int_ge(size_of(""), 3 * written);
}
END_TEST

START_TEST(what_is_no_store_is_refused)
{
    const char *absent = arena_format(temp.arena, "%s/absent.db", temp.folder);
    struct connection *refused = NULL;

    ck_assert_int_ne(driver_sqlite.open(absent, DRIVER_WRITE, &refused), OK);
    ck_assert_int_ne(driver_sqlite.open(absent, DRIVER_READ, &refused), OK);
    ck_assert_int_eq(driver_sqlite.open("/proc/self/status", DRIVER_READ, &refused), ERR_BROKEN);
    ck_assert_ptr_null(refused);
}
END_TEST

Suite *
driver_suite(void)
{
    Suite *suite = suite_create("driver");
    TCase *cases = tcase_create("sqlite");

    tcase_add_checked_fixture(cases, setup, teardown);
    tcase_add_test(cases, parameters_are_bound_by_number);
    tcase_add_test(cases, dollars_in_texts_and_comments_stay);
    tcase_add_test(cases, broken_promises_are_refused);
    tcase_add_test(cases, columns_must_be_of_the_promised_type);
    tcase_add_test(cases, bytes_come_back_as_they_went);
    tcase_add_test(cases, a_readers_refusal_ends_the_run);
    tcase_add_test(cases, changed_rows_are_counted);
    tcase_add_test(cases, a_reading_connection_changes_nothing);
    tcase_add_test(cases, every_connection_is_set_up);
    tcase_add_test(cases, savepoints_nest_in_a_transaction);
    tcase_add_test(cases, a_full_disk_is_busy);
    tcase_add_test(cases, commits_reach_the_store_while_it_is_open);
    tcase_add_test(cases, the_log_does_not_grow_for_ever);
    tcase_add_test(cases, what_is_no_store_is_refused);
    suite_add_tcase(suite, cases);
    return suite;
}

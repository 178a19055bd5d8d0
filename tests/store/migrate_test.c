/*
 * migrate_test.c: from nothing to today's schema, and every store that is refused on the way.
 */
#include <check.h>
#include <string.h>
#include <sys/stat.h>

#include "base/text.h"
#include "store/driver_sqlite.h"
#include "store/migrate.h"
#include "support/fault_driver.h"
#include "support/temp_store.h"

static struct temp_store temp;

static void
setup(void)
{
    temp_folder_open(&temp);
}

static void
teardown(void)
{
    temp_store_close(&temp);
}

static enum err
line_add(void *context, const struct column *columns)
{
    buffer_format(context, "%s\n", columns[0].text);
    return OK;
}

/* One line per row of a query that gives one text. */
static const char *
ask(const char *path, const char *sql)
{
    const struct statement statement = {sql, "", "t", false};
    struct connection *connection = NULL;
    struct prepared *prepared = NULL;
    struct buffer lines;
    struct row_reader reader = {&lines, line_add};

    buffer_open(&lines, 256 * 1024);
    ck_assert_int_eq(driver_sqlite.open(path, DRIVER_READ, &connection), OK);
    ck_assert_int_eq(driver_sqlite.prepare(connection, "test", 0, &statement, &prepared), OK);
    ck_assert_int_eq(driver_sqlite.run(prepared, NO_VALUES, &reader, NULL), OK);
    driver_sqlite.close(connection);

    const char *kept = arena_text(temp.arena, lines.data == NULL ? "" : lines.data);
    buffer_close(&lines);
    return kept;
}

static void
script(const char *sql)
{
    struct connection *connection = NULL;

    ck_assert_int_eq(driver_sqlite.open(temp.path, DRIVER_WRITE, &connection), OK);
    ck_assert_int_eq(driver_sqlite.script(connection, sql), OK);
    driver_sqlite.close(connection);
}

static enum err
open_and_close(void)
{
    struct store *store = NULL;
    enum err outcome = store_open(&driver_sqlite, temp.path, &store);

    store_close(store);
    return outcome;
}

static const char schema_of[] = "SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY name";
static const char steps_of[] = "SELECT number || ' ' || name FROM schema_step ORDER BY number";

START_TEST(numbers_run_from_one)
{
    ck_assert_uint_gt(migration_count, 0);
    for (unsigned i = 0; i < migration_count; i++)
        ck_assert_int_eq(migrations[i].number, (int)i + 1);
}
END_TEST

START_TEST(an_empty_store_gets_every_step_once)
{
    int applied = -1;

    ck_assert_int_eq(store_migrate(&driver_sqlite, temp.path, &applied), OK);
    ck_assert_int_eq(applied, (int)migration_count);
    ck_assert_int_eq(open_and_close(), OK);
    ck_assert_int_eq(store_migrate(&driver_sqlite, temp.path, &applied), OK);
    ck_assert_int_eq(applied, 0);
    ck_assert_int_eq(open_and_close(), OK);
}
END_TEST

START_TEST(a_store_is_its_owners_alone)
{
    static const char *const endings[] = {"", "-wal", "-shm"};
    struct store *store = NULL;
    struct stat status;

    (void)umask(0);
    ck_assert_int_eq(store_migrate(&driver_sqlite, temp.path, NULL), OK);
    ck_assert_int_eq(store_open(&driver_sqlite, temp.path, &store), OK);
    for (size_t i = 0; i < COUNT(endings); i++) {
        ck_assert_int_eq(stat(arena_format(temp.arena, "%s%s", temp.path, endings[i]), &status), 0);
        ck_assert_uint_eq(status.st_mode & 077, 0);
    }
    store_close(store);
}
END_TEST

START_TEST(migrating_in_pieces_gives_the_same_schema)
{
    struct temp_store other;

    temp_folder_open(&other);
    ck_assert_int_eq(store_migrate(&driver_sqlite, other.path, NULL), OK);
    for (unsigned count = 1; count <= migration_count; count++) {
        int applied = -1;

        ck_assert_int_eq(migrate_apply(&driver_sqlite, temp.path, migrations, count, &applied), OK);
        ck_assert_int_eq(applied, 1);
        ck_assert_int_eq(open_and_close(), count == migration_count ? OK : ERR_BROKEN);
    }
    ck_assert_str_eq(ask(temp.path, schema_of), ask(other.path, schema_of));
    ck_assert_str_eq(ask(temp.path, steps_of), ask(other.path, steps_of));
    temp_store_close(&other);
}
END_TEST

START_TEST(no_store_is_not_made_by_opening_it)
{
    ck_assert_int_ne(open_and_close(), OK);
    ck_assert_int_ne(open_and_close(), OK);
}
END_TEST

START_TEST(an_edited_step_is_refused)
{
    ck_assert_int_eq(store_migrate(&driver_sqlite, temp.path, NULL), OK);
    script("UPDATE schema_step SET checksum = 'other' WHERE number = 2");
    ck_assert_int_eq(open_and_close(), ERR_BROKEN);
    ck_assert_int_eq(store_migrate(&driver_sqlite, temp.path, NULL), ERR_BROKEN);
}
END_TEST

START_TEST(a_store_of_a_newer_program_is_refused)
{
    ck_assert_int_eq(store_migrate(&driver_sqlite, temp.path, NULL), OK);
    script("INSERT INTO schema_step (number, name, checksum, at) VALUES (99, 'new', '', 0)");
    ck_assert_int_eq(open_and_close(), ERR_BROKEN);
    ck_assert_int_eq(store_migrate(&driver_sqlite, temp.path, NULL), ERR_BROKEN);
}
END_TEST

static const struct migration steps[] = {
    {1, "good", "CREATE TABLE a (id TEXT PRIMARY KEY); CREATE TABLE b (id TEXT PRIMARY KEY);"},
    {2, "half", "CREATE TABLE c (id TEXT PRIMARY KEY); CREATE TABLE b (id TEXT PRIMARY KEY);"},
};

START_TEST(a_failing_step_leaves_nothing_of_itself)
{
    int applied = -1;

    ck_assert_int_eq(migrate_apply(&driver_sqlite, temp.path, steps, 2, &applied), ERR_BROKEN);
    ck_assert_int_eq(applied, 1);
    ck_assert_str_eq(ask(temp.path, steps_of), "1 good\n");
    ck_assert_str_eq(
        ask(temp.path, "SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name"),
        "a\nb\nschema_step\n");
}
END_TEST

START_TEST(an_interrupted_migration_goes_on)
{
    bool happened = true;

    for (unsigned nth = 1; happened; nth++) {
        ck_assert_uint_lt(nth, 200);
        fault_arm(nth);
        enum err outcome = store_migrate(&fault_driver, temp.path, NULL);
        happened = fault_happened();
        ck_assert_int_eq(outcome, happened ? ERR_BUSY : OK);
    }
    ck_assert_int_eq(open_and_close(), OK);
}
END_TEST

Suite *
migrate_suite(void)
{
    Suite *suite = suite_create("migrate");
    TCase *cases = tcase_create("steps");

    tcase_add_checked_fixture(cases, setup, teardown);
    tcase_add_test(cases, numbers_run_from_one);
    tcase_add_test(cases, an_empty_store_gets_every_step_once);
    tcase_add_test(cases, a_store_is_its_owners_alone);
    tcase_add_test(cases, migrating_in_pieces_gives_the_same_schema);
    tcase_add_test(cases, no_store_is_not_made_by_opening_it);
    tcase_add_test(cases, an_edited_step_is_refused);
    tcase_add_test(cases, a_store_of_a_newer_program_is_refused);
    tcase_add_test(cases, a_failing_step_leaves_nothing_of_itself);
    tcase_add_test(cases, an_interrupted_migration_goes_on);
    suite_add_tcase(suite, cases);
    return suite;
}

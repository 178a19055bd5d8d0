/*
 * keep_test.c: `tripact backup`, `restore` and `check`, and the copy that `migrate` keeps: what is
 * in a copy, that nothing is written over, and that each kind of damage is named.
 */
#include <check.h>
#include <glob.h>
#include <pthread.h>
#include <sqlite3.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/config.h"
#include "base/digest.h"
#include "base/limits.h"
#include "base/text.h"
#include "main.h"
#include "store/checks.h"
#include "store/documents.h"
#include "store/driver_sqlite.h"
#include "store/migrate.h"
#include "support/buying.h"
#include "support/pdf.h"
#include "support/store_dump.h"

Suite *keep_suite(void);

static struct deal_market market;
static const char *offer;

static void
add_document(void)
{
    struct pdf pdf = pdf_plain(market.temp.arena, "terms");
    struct document document = {.id = "d",
                                .side = PARTY_ISV,
                                .name = "Terms",
                                .size = (int64_t)pdf.size,
                                .sha256 = digest_of_file(market.temp.arena, pdf.bytes, pdf.size),
                                .added_at = 1697446800};
    struct db *db = temp_write(&market.temp);

    ck_assert_int_eq(document_insert(db, offer, &document, pdf.bytes), OK);
    temp_keep(&market.temp, db);
}

static void
setup(void)
{
    deal_market_open(&market, NULL);
    buying_add(&market);
    buying_on(&market, "2023-10-16");
    offer = deal_make(&market, DEAL_EXTENDED);
    add_document();
    (void)subscribe(&market,
                    &(struct wanted){.product = "suite", .plan = "pro", .term = "term-12"});
    deed(&market, &actor_isv, DO_CANCEL,
         subscribe(&market, &(struct wanted){.product = "suite", .plan = "pro", .term = "term-12"}),
         "");
}

/* Copies lie beside the store; its folder is to be empty in the end. */
static void
teardown(void)
{
    glob_t found;

    if (glob(arena_format(market.temp.arena, "%s/*.*.*", market.temp.folder), 0, NULL, &found) == 0)
        for (size_t i = 0; i < found.gl_pathc; i++)
            (void)unlink(found.gl_pathv[i]);
    globfree(&found);
    deal_market_close(&market);
}

static const char *
beside(const char *ending)
{
    return arena_format(market.temp.arena, "%s%s", market.temp.path, ending);
}

static const struct config *
config_for(const char *database)
{
    const char *overrides[] = {arena_format(market.temp.arena, "--database=%s", database)};
    const struct config *config = NULL;
    const char *complaint = NULL;

    ck_assert_int_eq(config_load(market.temp.arena, NULL, 1, overrides, &config, &complaint), OK);
    return config;
}

typedef int deed_of_store(const struct config *config, int argc, char **argv);

static int
run(deed_of_store *command, const char *database, const char *word)
{
    char *words[] = {word == NULL ? NULL : arena_text(market.temp.arena, word)};

    return command(config_for(database), word == NULL ? 0 : 1, words);
}

/* What every table of that file holds. */
static const char *
content(const char *path)
{
    struct temp_store other = market.temp;
    const char *rows;

    other.path = arena_text(market.temp.arena, path);
    rows = store_dump(&other, NULL);
    store_dump_close();
    return rows;
}

/* Past the driver and every rule, as no program of ours would. */
static void
damage(const char *path, const char *sql)
{
    sqlite3 *handle = NULL;

    ck_assert_int_eq(sqlite3_open(path, &handle), SQLITE_OK);
    ck_assert_msg(sqlite3_exec(handle, sql, NULL, NULL, NULL) == SQLITE_OK, "%s: %s", sql,
                  sqlite3_errmsg(handle));
    ck_assert_int_gt(sqlite3_changes(handle), 0);
    ck_assert_int_eq(sqlite3_close(handle), SQLITE_OK);
}

static void
hear(void *context, const char *what, const char *where)
{
    const char **heard = context;

    *heard = arena_format(market.temp.arena, "%s%s: %s\n", *heard, what, where);
}

/* Everything that is wrong with the file, a line each. */
static const char *
complaints(const char *path)
{
    const char *heard = "";
    const struct check_listener listener = {&heard, hear};
    struct arena *arena = arena_open(LIMIT_ARENA_BYTES);
    struct store *store = NULL;
    struct db *db = NULL;

    ck_assert_int_eq(store_open(&driver_sqlite, path, &store), OK);
    ck_assert_int_eq(store_reader(store, &db), OK);
    ck_assert_int_eq(read_begin(db), OK);
    ck_assert_int_eq(store_check(db, arena, &listener), OK);
    read_end(db);
    db_close(db);
    store_close(store);
    arena_close(arena);
    return heard;
}

static void
set_delay(const char *seconds)
{
    struct db *db = temp_write(&market.temp);

    ck_assert_int_eq(settings_set(db, SETTING_PUBLISH_DELAY, seconds), OK);
    temp_keep(&market.temp, db);
}

/* --- backup ----------------------------------------------------------------------------------- */

START_TEST(a_backup_is_the_store_and_sound)
{
    const char *copy = beside(".b.1");

    ck_assert_int_eq(run(command_backup, market.temp.path, copy), EXIT_SUCCESS);
    ck_assert_str_eq(content(copy), content(market.temp.path));
    ck_assert_int_eq(run(command_check, market.temp.path, copy), EXIT_SUCCESS);
    ck_assert_int_eq(access(beside(".b.1.part"), F_OK), -1);
}
END_TEST

START_TEST(a_backup_is_written_over_nothing)
{
    const char *copy = beside(".b.1");
    const char *before;

    ck_assert_int_eq(run(command_backup, market.temp.path, copy), EXIT_SUCCESS);
    before = content(copy);
    set_delay("7");
    ck_assert_int_eq(run(command_backup, market.temp.path, copy), EXIT_FAILURE);
    ck_assert_str_eq(content(copy), before);
    ck_assert_int_eq(run(command_backup, beside(".absent"), beside(".b.2")), EXIT_FAILURE);
    ck_assert_int_eq(access(beside(".b.2"), F_OK), -1);
    ck_assert_int_eq(run(command_backup, market.temp.path, "/nowhere/b"), EXIT_FAILURE);
    ck_assert_int_eq(run(command_backup, market.temp.path, NULL), EXIT_WRONG_USE);
}
END_TEST

static atomic_int written; /* acknowledged */
static atomic_bool enough;

/* Sets one setting to 1, 2, 3, ... and says so after each commit. */
static void *
go_on_writing(void *context)
{
    (void)context;
    for (int i = 1; !enough; i++) {
        char number[16];

        (void)snprintf(number, sizeof number, "%d", i);
        set_delay(number);
        written = i;
    }
    return NULL;
}

static int
setting_in(const char *path)
{
    sqlite3_stmt *row = NULL;
    sqlite3 *handle = NULL;
    int value;

    ck_assert_int_eq(sqlite3_open(path, &handle), SQLITE_OK);
    ck_assert_int_eq(sqlite3_prepare_v2(handle,
                                        "SELECT value FROM setting WHERE name = 'publish_delay_s'",
                                        -1, &row, NULL),
                     SQLITE_OK);
    ck_assert_int_eq(sqlite3_step(row), SQLITE_ROW);
    value = sqlite3_column_int(row, 0);
    sqlite3_finalize(row);
    ck_assert_int_eq(sqlite3_close(handle), SQLITE_OK);
    return value;
}

/* All that was acknowledged when it began, and nothing that was begun after it ended. */
START_TEST(a_backup_under_load_holds_what_was_acknowledged)
{
    pthread_t writer;

    ck_assert_int_eq(pthread_create(&writer, NULL, go_on_writing, NULL), 0);
    while (written == 0)
        (void)usleep(1000);
    for (int i = 1; i <= 10; i++) {
        const char *copy = beside(arena_format(market.temp.arena, ".b.%d", i));
        int before = written;

        ck_assert_int_eq(run(command_backup, market.temp.path, copy), EXIT_SUCCESS);
        int after = written + 1; /* one may be under way */
        int held = setting_in(copy);

        ck_assert_msg(before <= held && held <= after, "%d is not in %d..%d", held, before, after);
        ck_assert_int_eq(run(command_check, market.temp.path, copy), EXIT_SUCCESS);
    }
    enough = true;
    ck_assert_int_eq(pthread_join(writer, NULL), 0);
}
END_TEST

/* --- restore ---------------------------------------------------------------------------------- */

static const char *
kept_copy(const char *pattern)
{
    const char *path = NULL;
    glob_t found;

    ck_assert_int_eq(glob(beside(pattern), 0, NULL, &found), 0);
    ck_assert_uint_eq(found.gl_pathc, 1);
    path = arena_text(market.temp.arena, found.gl_pathv[0]);
    globfree(&found);
    return path;
}

START_TEST(restoring_brings_back_what_was_and_keeps_what_is)
{
    const char *copy = beside(".b.1");
    const char *target = beside(".t.db");
    const char *first;
    const char *second;

    ck_assert_int_eq(run(command_backup, market.temp.path, copy), EXIT_SUCCESS);
    first = content(copy);
    ck_assert_int_eq(run(command_restore, target, copy), EXIT_SUCCESS);
    ck_assert_str_eq(content(target), first);
    damage(target, "UPDATE offer SET name = 'Later'");
    second = content(target);
    ck_assert_int_eq(run(command_restore, target, copy), EXIT_SUCCESS);
    ck_assert_str_eq(content(target), first);
    ck_assert_str_eq(content(kept_copy(".t.db.before-restore-*")), second);
    ck_assert_int_eq(run(command_check, target, NULL), EXIT_SUCCESS);
}
END_TEST

/* It would pull the ground from under whoever serves it. */
START_TEST(a_store_in_use_is_not_replaced)
{
    const char *copy = beside(".b.1");
    const char *before;

    ck_assert_int_eq(run(command_backup, market.temp.path, copy), EXIT_SUCCESS);
    set_delay("7");
    before = content(market.temp.path);
    ck_assert_int_eq(run(command_restore, market.temp.path, copy), EXIT_FAILURE);
    ck_assert_str_eq(content(market.temp.path), before);
}
END_TEST

START_TEST(what_is_no_store_is_not_restored)
{
    const char *copy = beside(".b.1");
    const char *target = beside(".t.db");
    FILE *file = fopen(copy, "w");

    ck_assert_ptr_nonnull(file);
    ck_assert_int_gt(fputs("not a store, though long enough to be looked at as one", file), 0);
    ck_assert_int_eq(fclose(file), 0);
    ck_assert_int_eq(run(command_restore, target, copy), EXIT_FAILURE);
    ck_assert_int_eq(run(command_restore, target, beside(".none")), EXIT_FAILURE);
    ck_assert_int_eq(access(target, F_OK), -1);
    ck_assert_int_eq(run(command_restore, target, NULL), EXIT_WRONG_USE);
}
END_TEST

/* --- migrate ---------------------------------------------------------------------------------- */

START_TEST(a_migration_keeps_a_copy_of_what_it_changes)
{
    const char *old = beside(".t.db");
    const char *kept;
    int step = 0;

    ck_assert_int_eq(migrate_apply(&driver_sqlite, old, migrations, migration_count - 1, NULL), OK);
    ck_assert_int_eq(run(command_migrate, old, NULL), EXIT_SUCCESS);
    ck_assert_int_eq(store_lacks(&driver_sqlite, old, &step), OK);
    ck_assert_int_eq(step, 0);
    kept = kept_copy(".t.db.before-*");
    ck_assert_int_eq(store_lacks(&driver_sqlite, kept, &step), OK);
    ck_assert_int_eq(step, (int)migration_count);
    ck_assert_int_eq(run(command_migrate, old, NULL), EXIT_SUCCESS);
    ck_assert_str_eq(kept_copy(".t.db.before-*-??????????"), kept); /* no second one */
}
END_TEST

/* --- check ------------------------------------------------------------------------------------ */

static const struct {
    const char *sql;
    const char *found;
} damages[] = {
    {"UPDATE charge SET fee_cents = fee_cents + 1 WHERE corrects IS NULL",
     "the fee of a line is not its rate of the partner amount"},
    {"UPDATE charge SET partner_cents = partner_cents - 3400, fee_cents = fee_cents - 102",
     "a line at list price has another partner amount"},
    {"UPDATE charge SET customer_cents = customer_cents * 2, partner_cents = partner_cents * 2,"
     " fee_cents = fee_cents * 2 WHERE corrects IS NOT NULL",
     "corrections give back more than a line has charged"},
    {"DELETE FROM charge WHERE corrects IS NOT NULL",
     "the lines of a bill are not numbered from 1 without a gap"},
    {"UPDATE commitment_entry SET remaining_cents = remaining_cents - 1 WHERE number = 2",
     "what remains of a commitment does not follow from the entry before"},
    {"DELETE FROM commitment_entry WHERE number = 1",
     "what remains of a commitment does not follow from the entry before"},
    {"UPDATE commitment_entry SET decrement_cents = decrement_cents + 200000",
     "a line has used up more of a commitment than it has charged"},
    {"UPDATE document_body SET bytes = x'00'", "the bytes of a file are not those of its SHA-256"},
    {"DELETE FROM document", "the bytes of a file belong to no document"},
    {"DELETE FROM document_body", "a document has no bytes"},
    {"UPDATE offer SET due_on = '2031-05-31' WHERE state = 'pending_acceptance'",
     "the number of an account's offers in a state is wrong"},
    {"UPDATE link SET dead = 1", "an offer that waits for its customer has not exactly one link"},
    {"UPDATE offer SET state = 'accepted'", "an accepted offer has no acceptance"},
    {"UPDATE offer SET state = 'cancelled'",
     "an offer is cancelled without a request that was processed, or not with one"},
};

START_TEST(each_damage_is_named)
{
    const char *copy = beside(".b.1");

    ck_assert_int_eq(run(command_backup, market.temp.path, copy), EXIT_SUCCESS);
    ck_assert_str_eq(complaints(copy), "");
    damage(copy, damages[_i].sql);
    ck_assert_msg(strstr(complaints(copy), damages[_i].found) != NULL, "%s: %s", damages[_i].sql,
                  complaints(copy));
    ck_assert_int_eq(run(command_check, market.temp.path, copy), EXIT_FAILURE);
}
END_TEST

/* What no row of a check breaks: the engine, the seals and the statements of the program find it. */
static const char *const alterations[] = {
    "UPDATE offer SET created_by = 'nobody'",
    "UPDATE event SET at = at + 1 WHERE number = 2",
    /* no row that a check reads is in that table */
    "ALTER TABLE session RENAME COLUMN seen_at TO seen; UPDATE offer SET name = name",
};

START_TEST(what_else_was_altered_is_told_too)
{
    const char *copy = beside(".b.1");

    ck_assert_int_eq(run(command_backup, market.temp.path, copy), EXIT_SUCCESS);
    ck_assert_int_eq(run(command_check, market.temp.path, copy), EXIT_SUCCESS);
    damage(copy, alterations[_i]);
    ck_assert_str_eq(complaints(copy), "");
    ck_assert_int_eq(run(command_check, market.temp.path, copy), EXIT_FAILURE);
}
END_TEST

Suite *
keep_suite(void)
{
    Suite *suite = suite_create("keep");
    TCase *cases = tcase_create("copies");

    tcase_add_checked_fixture(cases, setup, teardown);
    tcase_add_test(cases, a_backup_is_the_store_and_sound);
    tcase_add_test(cases, a_backup_is_written_over_nothing);
    tcase_add_test(cases, a_backup_under_load_holds_what_was_acknowledged);
    tcase_add_test(cases, restoring_brings_back_what_was_and_keeps_what_is);
    tcase_add_test(cases, a_store_in_use_is_not_replaced);
    tcase_add_test(cases, what_is_no_store_is_not_restored);
    tcase_add_test(cases, a_migration_keeps_a_copy_of_what_it_changes);
    tcase_add_loop_test(cases, each_damage_is_named, 0, (int)COUNT(damages));
    tcase_add_loop_test(cases, what_else_was_altered_is_told_too, 0, (int)COUNT(alterations));
    suite_add_tcase(suite, cases);
    return suite;
}

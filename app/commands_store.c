/*
 * commands_store.c: `tripact backup`, `restore` and `check`: keeping a store.
 *
 * Invariants: a backup is there whole under its name, or not at all; restoring destroys nothing:
 * what was there is kept beside it.
 */
#include "commands.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <libgen.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/limits.h"
#include "base/text.h"
#include "base/world.h"
#include "main.h"
#include "store/chain_checks.h"
#include "store/checks.h"
#include "store/driver_sqlite.h"

/* --- files ------------------------------------------------------------------------------------ */

/* A new name is only sure to be there when its folder is written too. */
static bool
sync_folder_of(struct arena *arena, const char *path)
{
    char *copy = arena_format(arena, "%s", path); /* dirname writes in it */
    int folder = open(dirname(copy), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    bool done = folder >= 0 && fsync(folder) == 0;

    if (folder >= 0)
        (void)close(folder);
    return done;
}

/* SQLite leaves its side files behind when it was stopped hard. */
static void
remove_copy(struct arena *arena, const char *path)
{
    static const char *const endings[] = {"", "-wal", "-shm", "-journal"};

    for (size_t i = 0; i < COUNT(endings); i++)
        (void)unlink(arena_format(arena, "%s%s", path, endings[i]));
}

/* Gives the copy its name, unless somebody has it; the copy's first name is gone either way. */
static int
give_name(struct arena *arena, const char *part, const char *path)
{
    int problem = link(part, path) == 0 ? 0 : errno;

    remove_copy(arena, part);
    if (problem != 0)
        return command_fail("cannot write %s: %s", path, strerror(problem));
    return sync_folder_of(arena, path) ? EXIT_SUCCESS
                                       : command_fail("cannot be sure that %s is kept", path);
}

int
command_copy_store(struct arena *arena, const char *from, const char *path)
{
    const char *part = arena_format(arena, "%s.part", path);

    if (access(path, F_OK) == 0)
        return command_fail("%s is there already, and nothing is written over it", path);
    remove_copy(arena, part);
    if (store_copy(&driver_sqlite, from, part) != OK) {
        remove_copy(arena, part);
        return command_fail("the store %s cannot be copied to %s", from, path);
    }
    return give_name(arena, part, path);
}

/* --- backup ----------------------------------------------------------------------------------- */

int
command_backup(const struct config *config, int argc, char **argv)
{
    const char *database = config_text(config, CONFIG_DATABASE);
    struct arena *arena;
    int status;

    if (argc != 1)
        return command_misused("backup wants the name of one file");
    arena = arena_open(CONFIG_ARENA_BYTES);
    status = access(database, R_OK) == 0 ? command_copy_store(arena, database, argv[0])
                                         : command_fail("there is no store %s", database);
    if (status == EXIT_SUCCESS)
        printf("%s is a copy of %s.\n", argv[0], database);
    arena_close(arena);
    return status;
}

/* --- restore ---------------------------------------------------------------------------------- */

static int
restore(struct arena *arena, const char *file, const char *database)
{
    const char *kept = arena_format(arena, "%s.before-restore-%" PRId64, database,
                                    world_now(&world_real));
    bool there = access(database, F_OK) == 0;
    int step = 0;

    if (access(file, R_OK) != 0)
        return command_fail("cannot read %s: %s", file, strerror(errno));
    if (store_lacks(&driver_sqlite, file, &step) != OK)
        return command_fail("%s is no store of this program", file);
    if (there && command_copy_store(arena, database, kept) != EXIT_SUCCESS)
        return EXIT_FAILURE;
    if (store_copy(&driver_sqlite, file, database) != OK)
        return command_fail("cannot put %s in the place of %s; is it still served?", file,
                            database);
    printf("%s is as %s was.\n", database, file);
    if (there)
        printf("What was there is %s.\n", kept);
    if (step != 0)
        printf("It is of an earlier program: `tripact migrate` brings it to this one's schema.\n");
    return EXIT_SUCCESS;
}

int
command_restore(const struct config *config, int argc, char **argv)
{
    struct arena *arena;
    int status;

    if (argc != 1)
        return command_misused("restore wants the name of one file");
    arena = arena_open(CONFIG_ARENA_BYTES);
    status = restore(arena, argv[0], config_text(config, CONFIG_DATABASE));
    arena_close(arena);
    return status;
}

/* --- check ------------------------------------------------------------------------------------ */

static void
print_wrong(void *context, const char *what, const char *where)
{
    int *count = context;

    printf("wrong: %s: %s\n", what, where);
    (*count)++;
}

static enum err
print_unsound(void *context, const struct column *columns)
{
    print_wrong(context, "the engine says", columns[0].text);
    return OK;
}

/* At which event, says `tripact verify`. */
static void
print_unsealed(void *context, const struct chain_report *report)
{
    if (report->problem != NULL)
        print_wrong(context, report->problem, report->subject);
}

static enum err
check_all(struct db *db, struct arena *arena, int *count)
{
    const struct row_reader unsound = {count, print_unsound};
    const struct check_listener listener = {count, print_wrong};
    const struct chain_listener histories = {count, print_unsealed};
    struct chain_totals totals = {0};
    enum err outcome;

    TRY(read_begin(db));
    outcome = store_sound(db, &unsound);
    if (outcome == OK)
        outcome = store_check(db, arena, &listener);
    if (outcome == OK)
        outcome = chains_check(db, arena, &histories, &totals);
    read_end(db);
    return outcome;
}

static int
check(struct store *store, const char *path)
{
    struct db *db = NULL;
    struct arena *arena;
    int count = 0;
    enum err outcome;

    if (store_verify(store) != OK)
        return command_fail("the tables of %s are not this program's: see the log", path);
    if (store_reader(store, &db) != OK)
        return command_fail("cannot read the store %s", path);
    arena = arena_open(LIMIT_ARENA_BYTES);
    outcome = check_all(db, arena, &count);
    arena_close(arena);
    db_close(db);
    if (outcome != OK)
        return command_fail("the store %s cannot be read to its end", path);
    if (count > 0)
        return command_fail("%d things are wrong with %s", count, path);
    printf("%s is sound.\n", path);
    return EXIT_SUCCESS;
}

int
command_check(const struct config *config, int argc, char **argv)
{
    const char *path = argc == 1 ? argv[0] : config_text(config, CONFIG_DATABASE);
    struct store *store = NULL;
    int status;

    if (argc > 1)
        return command_misused("check wants the name of one file at most");
    if (world_start() != OK || store_open(&driver_sqlite, path, &store) != OK)
        return command_fail("%s is no store of this program's schema", path);
    status = check(store, path);
    store_close(store);
    return status;
}

/*
 * commands_catalogue.c: `tripact catalogue`: a publisher's catalogue out of a file, and into one.
 *
 * Not here: the file itself (actions/catalogue_file). The system acts for the account, which needs
 * no product yet: a first catalogue comes in this way. Invariant: a file with a problem changes
 * nothing.
 */
#include "commands.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "actions/catalogue_file.h"
#include "base/limits.h"
#include "base/text.h"
#include "base/world.h"
#include "main.h"
#include "store/accounts.h"
#include "store/catalogue.h"

#define SELLER_OPTION "--seller_id="

static const char how[] =
    "usage: tripact catalogue WORD [FILE] [--seller_id=ID]\n"
    "\n"
    "  import FILE    saves the products and plans of the file; what it does not name stays\n"
    "  export [FILE]  writes the whole catalogue\n"
    "\n"
    "FILE may be - for standard input and output. The seller ID may be left out where only one\n"
    "publisher sells products. The file's format is described in README.md.\n";

/* What a word's command works with. */
struct catalogue_command {
    struct store *store;
    struct arena *arena;
    struct settings settings;
    const char *file;   /* "-" for a standard stream; NULL when none was given */
    const char *seller; /* NULL when none was given */
};

/* ---- Whose catalogue ---------------------------------------------------------------------- */

/* The only publisher that sells products, or the only one; ERR_ABSENT when there is none such. */
static enum err
only_publisher(struct db *db, struct arena *arena, struct publisher *publisher)
{
    struct publisher_page page = {.more = true};
    struct publisher sole;
    const char *after = "";
    size_t sellers = 0;
    size_t all = 0;

    while (page.more) {
        TRY(publishers_page(db, arena, after, &page));
        for (size_t i = 0; i < page.count; i++) {
            bool sells = false;

            after = page.rows[i].id;
            TRY(publisher_sells(db, after, &sells));
            sellers += sells ? 1 : 0;
            if (all++ == 0 || (sells && sellers == 1))
                sole = page.rows[i];
        }
    }
    if (sellers != 1 && all != 1)
        return ERR_ABSENT;
    *publisher = sole;
    return OK;
}

static enum err
find_publisher(const struct catalogue_command *command, struct db *db, struct publisher *publisher)
{
    if (command->seller == NULL)
        return only_publisher(db, command->arena, publisher);
    return publisher_by_id(db, command->arena, command->seller, publisher);
}

/* The system acting for that publisher; borrows the command. Says what is wrong unless OK. */
static enum err
act_for_publisher(struct catalogue_command *command, struct db *db, struct act *act)
{
    struct publisher publisher;
    enum err outcome = find_publisher(command, db, &publisher);

    if (outcome == ERR_ABSENT && command->seller != NULL)
        (void)command_fail("there is no publisher %s", command->seller);
    else if (outcome == ERR_ABSENT)
        (void)command_fail("say whose catalogue it is: " SELLER_OPTION "ID");
    else if (outcome != OK || settings_load(db, &command->settings) != OK)
        (void)command_fail("the store cannot be read");
    else {
        *act = act_of_system(db, command->arena, &world_real, &command->settings);
        act->viewer = (struct viewer){PARTY_ISV, publisher.id, act->today};
        act->account_name = publisher.name;
        act->role = ROLE_ACCOUNT_OWNER;
        return OK;
    }
    return outcome == OK ? ERR_BROKEN : outcome;
}

/* ---- import ------------------------------------------------------------------------------- */

static int
say_problems(const char *name, const struct problems *problems)
{
    for (size_t i = 0; i < problems->count; i++)
        fprintf(stderr, "%s%s%s\n", problems->list[i].at, *problems->list[i].at == '\0' ? "" : ": ",
                problems->list[i].message);
    if (problems->dropped > 0)
        fprintf(stderr, "and %zu more\n", problems->dropped);
    return command_fail("nothing was imported from %s: %zu to mend", name,
                        problems->count + problems->dropped);
}

static int
save_file(struct catalogue_command *command, const struct catalogue_file *file)
{
    struct problems *problems = problems_new(command->arena);
    struct catalogue_counts counts;
    struct db *db = NULL;
    struct act act;
    enum err outcome;
    bool begun;

    if (write_begin(command->store, &db) != OK)
        return command_fail("the store is busy; try again");
    outcome = act_for_publisher(command, db, &act);
    begun = outcome == OK;
    if (begun)
        outcome = catalogue_file_import(&act, file, problems, &counts);
    outcome = write_finish(command->store, db, outcome);
    if (!begun)
        return EXIT_FAILURE; /* said already */
    if (outcome == ERR_INVALID)
        return say_problems(command->file, problems);
    if (outcome == ERR_BUSY)
        return command_fail("the store is busy; try again");
    if (outcome != OK)
        return command_fail("the catalogue could not be imported");
    printf("Products and plans: %zu new, %zu changed, %zu unchanged.\n", counts.created,
           counts.changed, counts.unchanged);
    return EXIT_SUCCESS;
}

static int
catalogue_import(struct catalogue_command *command)
{
    struct problems *problems = problems_new(command->arena);
    const struct catalogue_file *file = NULL;
    struct buffer bytes;
    int status;

    if (command->file == NULL)
        return command_misused("say which file to import; - is standard input");
    buffer_open(&bytes, LIMIT_CATALOGUE_BYTES);
    status = command_read_file(command->file, &bytes);
    if (status == EXIT_SUCCESS && bytes.full)
        status = command_fail("%s is larger than %d MiB", command->file,
                              LIMIT_CATALOGUE_BYTES / (1024 * 1024));
    else if (status == EXIT_SUCCESS &&
             catalogue_file_read(command->arena, bytes.data, bytes.length, problems, &file) != OK)
        status = say_problems(command->file, problems);
    buffer_close(&bytes);
    return status == EXIT_SUCCESS ? save_file(command, file) : status;
}

/* ---- export ------------------------------------------------------------------------------- */

static int
write_file(const char *name, const struct buffer *bytes)
{
    bool standard = text_equal(name, STANDARD_STREAM);
    FILE *file = standard ? stdout : fopen(name, "wbe");
    bool good;

    if (file == NULL)
        return command_fail("cannot write %s: %s", name, strerror(errno));
    good = fwrite(bytes->data, 1, bytes->length, file) == bytes->length;
    good = (standard ? fflush(file) : fclose(file)) == 0 && good;
    return good ? EXIT_SUCCESS : command_fail("cannot write %s: %s", name, strerror(errno));
}

static enum err
load_catalogue(struct catalogue_command *command, struct db *db, struct buffer *out)
{
    struct act act;
    enum err outcome;

    TRY(read_begin(db));
    outcome = act_for_publisher(command, db, &act);
    if (outcome == OK) {
        outcome = catalogue_file_export(&act, out);
        if (outcome != OK)
            (void)command_fail("the catalogue cannot be read");
    }
    read_end(db);
    return outcome;
}

static int
catalogue_export(struct catalogue_command *command)
{
    struct db *db = NULL;
    struct buffer out;
    int status = EXIT_FAILURE;

    if (store_reader(command->store, &db) != OK)
        return command_fail("the store cannot be read");
    buffer_open(&out, LIMIT_DOWNLOAD_BYTES);
    if (load_catalogue(command, db, &out) == OK) {
        if (out.full)
            status = command_fail("the catalogue is larger than %d MiB, more than a file may hold",
                                  LIMIT_DOWNLOAD_BYTES / (1024 * 1024));
        else
            status = write_file(command->file == NULL ? STANDARD_STREAM : command->file, &out);
    }
    buffer_close(&out);
    db_close(db);
    return status;
}

/* ---- Which of them ------------------------------------------------------------------------ */

/* Takes FILE and the option, each at most once. */
static bool
read_words(struct catalogue_command *command, int argc, char **argv)
{
    for (int i = 1; i < argc; i++) {
        if (text_starts(argv[i], SELLER_OPTION)) {
            if (command->seller != NULL)
                return false;
            command->seller = argv[i] + strlen(SELLER_OPTION);
        } else {
            if (command->file != NULL)
                return false;
            command->file = argv[i];
        }
    }
    return true;
}

static int
run_with_store(const struct config *config, struct catalogue_command *command,
               int (*run)(struct catalogue_command *command))
{
    int status;

    if (command_store(config, &command->store) != OK)
        return EXIT_FAILURE;
    command->arena = arena_open(LIMIT_ARENA_BYTES);
    status = run(command);
    arena_close(command->arena);
    store_close(command->store);
    return status;
}

int
command_catalogue(const struct config *config, int argc, char **argv)
{
    struct catalogue_command command = {0};

    if (argc == 0) {
        printf("%s", how);
        return EXIT_SUCCESS;
    }
    if (read_words(&command, argc, argv)) {
        if (text_equal(argv[0], "import"))
            return run_with_store(config, &command, catalogue_import);
        if (text_equal(argv[0], "export"))
            return run_with_store(config, &command, catalogue_export);
    }
    fprintf(stderr, "%s", how);
    return EXIT_WRONG_USE;
}

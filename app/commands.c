/*
 * commands.c: `tripact migrate` and `tripact demo`, and what all commands share.
 *
 * Not here: serving (commands_serve.c), people (commands_user.c). Invariants: the clock of a demo
 * only moves forward; that of any other market is the real one.
 */
#include "commands.h"

#include <errno.h>
#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/limits.h"
#include "base/text.h"
#include "base/when.h"
#include "base/world.h"
#include "jobs/demo.h"
#include "main.h"
#include "store/chains.h"
#include "store/driver_sqlite.h"

#define NOW_OPTION "--now="
#define DEMO_BEGINS_S (9 * 60 * 60) /* a demo of a chosen date begins at nine in the morning */

/* Histories reach months back, end dates years ahead, and the clock's offset has its bounds. */
#define NOW_FIRST_YEAR 2000
#define NOW_LAST_YEAR 2199

static void PRINTF_LIKE(1, 0) say(const char *format, va_list arguments)
{
    fprintf(stderr, "tripact: ");
    vfprintf(stderr, format, arguments);
    fprintf(stderr, "\n");
}

int
command_fail(const char *format, ...)
{
    va_list arguments;

    va_start(arguments, format);
    say(format, arguments);
    va_end(arguments);
    return EXIT_FAILURE;
}

int
command_misused(const char *format, ...)
{
    va_list arguments;

    va_start(arguments, format);
    say(format, arguments);
    va_end(arguments);
    return EXIT_WRONG_USE;
}

enum err
command_store(const struct config *config, struct store **store)
{
    const char *path = config_text(config, CONFIG_DATABASE);

    if (world_start() != OK) {
        (void)command_fail("the library of random numbers does not start");
        return ERR_BROKEN;
    }
    if (store_open(&driver_sqlite, path, store) == OK)
        return OK;
    (void)command_fail("cannot open the store %s; `tripact migrate` makes it, or brings it to this "
                       "program's schema",
                       path);
    return ERR_BROKEN;
}

/* Is the public address one that only this machine can reach? */
static bool
is_loopback(const char *address)
{
    static const char *const own[] = {"://localhost", "://127.0.0.1", "://[::1]"};
    const char *host = strstr(address, "://");

    for (size_t i = 0; host != NULL && i < COUNT(own); i++) {
        const char *rest = host + strlen(own[i]);

        if (text_starts(host, own[i]) && (*rest == '\0' || *rest == ':'))
            return true;
    }
    return false;
}

enum err
command_hasher(const struct config *config, struct hasher **hasher)
{
    struct password_cost cost = {
        .operations = (unsigned long long)config_integer(config, CONFIG_PASSWORD_OPS),
        .memory = (size_t)config_integer(config, CONFIG_PASSWORD_MEMORY_KIB) * 1024,
    };

    if ((cost.operations < PASSWORD_OPERATIONS || cost.memory < PASSWORD_MEMORY) &&
        !is_loopback(config_text(config, CONFIG_PUBLIC_ADDRESS))) {
        (void)command_fail("password_ops below %d or password_memory_kib below %zu are for tests "
                           "on this machine only",
                           PASSWORD_OPERATIONS, PASSWORD_MEMORY / 1024);
        return ERR_INVALID;
    }
    if (hasher_open(&cost, hasher) == OK)
        return OK;
    (void)command_fail("Argon2id has no such cost as password_ops and password_memory_kib say");
    return ERR_INVALID;
}

int
command_read_file(const char *name, struct buffer *bytes)
{
    bool standard = text_equal(name, STANDARD_STREAM);
    FILE *file = standard ? stdin : fopen(name, "rbe");
    char part[65536];
    size_t count;
    bool failed;

    if (file == NULL)
        return command_fail("cannot read %s: %s", name, strerror(errno));
    while (!bytes->full && (count = fread(part, 1, sizeof part, file)) > 0)
        buffer_put(bytes, part, count);
    failed = ferror(file) != 0;
    if (!standard)
        (void)fclose(file);
    return failed ? command_fail("cannot read %s", name) : EXIT_SUCCESS;
}

/* --- migrate ---------------------------------------------------------------------------------- */

static struct settings
first_settings(const struct config *config)
{
    return (struct settings){
        .publish_delay_s = config_integer(config, CONFIG_PUBLISH_DELAY_S),
        .fee = config_rate(config, CONFIG_FEE_PERCENT),
        .certificate_blocking = config_yes(config, CONFIG_CERTIFICATE_BLOCKING),
    };
}

/* What the configuration says holds as long as there is nobody in the market; then the operator's
 * word does. */
static enum err
begin_market(struct store *store, struct arena *arena, const struct config *config)
{
    struct settings settings = first_settings(config);
    struct db *db = NULL;
    bool empty = false;
    enum err outcome;

    TRY(write_begin(store, &db));
    outcome = market_is_empty(db, arena, &empty);
    if (outcome == OK && empty)
        outcome = market_settings_store(db, arena, &settings);
    return write_finish(store, db, outcome);
}

/* Histories of before there were seals are sealed as they are (LAW 5.1). */
static enum err
seal_histories(struct store *store, struct arena *arena, bool first)
{
    struct db *db = NULL;
    size_t sealed = 0;

    if (first) {
        TRY(write_begin(store, &db));
        TRY(write_finish(store, db, chain_begin_old(db)));
    }
    do {

        TRY(write_begin(store, &db));
        TRY(write_finish(store, db, chain_seal_old(db, arena, &world_real, &sealed)));
        arena_reset(arena);
    } while (sealed > 0);
    return OK;
}

/* A store that is about to be changed is kept as it was: what a step does to it cannot be undone by
 * the program before. *step is the first that it lacks, 0 when none or no store is there. */
static int
keep_before(struct arena *arena, const char *path, int *step)
{
    *step = 0;
    /* whatever else is there is refused by the migration itself, which then changes nothing */
    if (access(path, F_OK) != 0 || store_lacks(&driver_sqlite, path, step) != OK || *step <= 1)
        return EXIT_SUCCESS;
    return command_copy_store(
        arena, path,
        arena_format(arena, "%s.before-%d-%" PRId64, path, *step, world_now(&world_real)));
}

int
command_migrate(const struct config *config, int argc, char **argv)
{
    const char *path = config_text(config, CONFIG_DATABASE);
    struct store *store = NULL;
    struct arena *arena = arena_open(LIMIT_ARENA_BYTES);
    enum err outcome;
    int step = 0;
    int status = keep_before(arena, path, &step);

    (void)argv;
    assert(argc == 0); /* main.c takes no words for this command */
    arena_close(arena);
    if (status != EXIT_SUCCESS)
        return status;
    if (store_migrate(&driver_sqlite, path, NULL) != OK)
        return command_fail("cannot bring the store %s to this program's schema", path);
    if (command_store(config, &store) != OK)
        return EXIT_FAILURE;
    arena = arena_open(LIMIT_ARENA_BYTES);
    outcome = begin_market(store, arena, config);
    if (outcome == OK)
        outcome = seal_histories(store, arena, step > 1 && step <= CHAINS_STEP);
    arena_close(arena);
    store_close(store);
    return outcome == OK ? EXIT_SUCCESS : command_fail("cannot write to the store %s", path);
}

/* --- demo ------------------------------------------------------------------------------------- */

/* The date asked for by --now, DAY_NONE without; 0, or the exit status of wrong use. */
static int
read_now(int argc, char **argv, struct day *now)
{
    *now = DAY_NONE;
    for (int i = 0; i < argc; i++) {
        assert(text_starts(argv[i], NOW_OPTION)); /* main.c lets nothing else through */
        if (!day_is_none(*now))
            return command_misused("--now is given twice");
        if (day_parse(argv[i] + strlen(NOW_OPTION), now) != OK || day_year(*now) < NOW_FIRST_YEAR ||
            day_year(*now) > NOW_LAST_YEAR)
            return command_misused("NOW must be a date such as 2023-10-16, from the years %d to %d",
                                   NOW_FIRST_YEAR, NOW_LAST_YEAR);
    }
    return EXIT_SUCCESS;
}

static int
fill_demo(struct store *store, struct arena *arena, const struct config *config, struct day now)
{
    struct settings settings = first_settings(config);
    struct hasher *hasher = NULL;
    enum err outcome;

    if (command_hasher(config, &hasher) != OK)
        return EXIT_FAILURE;
    settings.demo = true;
    if (!day_is_none(now))
        settings.clock_offset_s = day_start_at(now) + DEMO_BEGINS_S - world_now(&world_real);
    outcome = demo_fill(store, hasher, &world_real, &settings);
    hasher_close(hasher);
    if (outcome != OK)
        return command_fail("the demo market could not be made; nothing was kept");
    printf("A demo market has begun; its date is %s.\n",
           day_show(arena, day_of(settings_now(&settings, &world_real))));
    return EXIT_SUCCESS;
}

/* Inside the caller's write; *moved says whether there is something to keep. */
static int
move_clock(struct db *db, struct arena *arena, struct day now, bool *moved)
{
    struct settings settings;
    struct day today;
    int64_t offset_s = day_start_at(now) - world_now(&world_real);

    if (settings_load(db, &settings) != OK)
        return command_fail("the store's settings cannot be read");
    if (!settings.demo)
        return command_fail("this store is not a demo: its date is the real one, and NOW can't "
                            "change it");
    today = day_of(settings_now(&settings, &world_real));
    if (now.number < today.number)
        return command_fail("the date of this demo is %s already, and its clock only moves "
                            "forward: give a later NOW, or another DATA folder",
                            day_show(arena, today));
    if (now.number == today.number)
        return EXIT_SUCCESS;
    if (settings_set(db, SETTING_CLOCK_OFFSET, arena_format(arena, "%" PRId64, offset_s)) != OK)
        return command_fail("the clock cannot be moved to %s", day_show(arena, now));
    *moved = true;
    return EXIT_SUCCESS;
}

static int
move_demo(struct store *store, struct arena *arena, struct day now)
{
    struct db *db = NULL;
    bool moved = false;
    int status;

    if (write_begin(store, &db) != OK)
        return command_fail("the store is busy; try again");
    status = move_clock(db, arena, now, &moved);
    if (write_end(store, db, moved) != OK)
        return command_fail("the store is busy; try again");
    if (moved)
        printf("The clock of the demo market has moved to %s.\n", day_show(arena, now));
    return status;
}

static enum err
look_whether_empty(struct store *store, struct arena *arena, bool *empty)
{
    struct db *db = NULL;
    enum err outcome;

    TRY(store_reader(store, &db));
    outcome = read_begin(db);
    if (outcome == OK) {
        outcome = market_is_empty(db, arena, empty);
        read_end(db);
    }
    db_close(db);
    return outcome;
}

int
command_demo(const struct config *config, int argc, char **argv)
{
    struct store *store = NULL;
    struct day now;
    bool empty = false;
    int status = read_now(argc, argv, &now);

    if (status != EXIT_SUCCESS)
        return status;
    if (command_store(config, &store) != OK)
        return EXIT_FAILURE;

    struct arena *arena = arena_open(LIMIT_ARENA_BYTES);
    if (look_whether_empty(store, arena, &empty) != OK)
        status = command_fail("cannot read the store %s", config_text(config, CONFIG_DATABASE));
    else if (empty)
        status = fill_demo(store, arena, config, now);
    else if (!day_is_none(now))
        status = move_demo(store, arena, now);
    arena_close(arena);
    store_close(store);
    return status;
}

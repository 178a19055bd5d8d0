/*
 * main.c: the command line: which command, which configuration, and the help text.
 *
 * Not here: what a command does (app/commands*.c). Invariant: a command runs only with a
 * configuration that was checked as a whole; wrong use prints the help and exits 2.
 */
#include "main.h"

#include "base/text.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct command {
    const char *name;
    int (*run)(const struct config *config, int argc, char **argv);
    const char *option; /* the one option of its own, with its '='; NULL for none */
    bool words;         /* takes words that are not options */
    const char *usage;
    const char *help;
};

static const struct command commands[] = {
    {"serve", command_serve, NULL, false, "serve", "answers nginx until it is told to stop"},
    {"migrate", command_migrate, NULL, false, "migrate",
     "makes the store, or brings it to this program's schema"},
    {"backup", command_backup, NULL, true, "backup FILE",
     "copies the store into a new file, also while it is served"},
    {"restore", command_restore, NULL, true, "restore FILE",
     "puts a backup in the store's place and keeps what was there"},
    {"check", command_check, NULL, true, "check [FILE]",
     "looks at the whole store, or a backup, and says what is wrong"},
    {"demo", command_demo, "--now=", false, "demo [--now=YYYY-MM-DD]",
     "fills an empty store with a demo market, or moves one forward"},
    {"user", command_user, NULL, true, "user WORD...",
     "sees to a person's sign-in; alone, it says how"},
    {"catalogue", command_catalogue, "--seller_id=", true, "catalogue WORD [FILE]",
     "imports or exports a catalogue as JSON; alone, it says how"},
    {"market", command_market, NULL, true, "market WORD...",
     "adds a market or gives it another rate; alone, it says how"},
    {"verify", command_verify, "--against=", true, "verify [--against=OLD] [FILE]",
     "checks all histories, or one that was exported; prints heads to keep"},
    {"markets", command_markets, NULL, false, "markets", "prints where plans can be sold"},
};

static void
print_help(FILE *to)
{
    fprintf(to, "usage: tripact COMMAND [--config=FILE] [--KEY=VALUE ...]\n\nCommands:\n");
    for (size_t i = 0; i < COUNT(commands); i++)
        fprintf(to, "  %-26s %s\n", commands[i].usage, commands[i].help);
    fprintf(to, "  %-26s %s\n", "help", "prints this");

    fprintf(to, "\nKeys, in the file or as options (an option wins):\n");
    for (int i = 0; i < CONFIG_COUNT; i++) {
        const struct config_key *key = config_key((enum config_name)i);

        fprintf(to, "  %-26s %s [%s]\n", key->name, key->help, key->preset);
    }
    fprintf(to, "\nWithout --config every key has the value in brackets. Paths are relative to the"
                "\nworking directory, which is the data folder.\n");
}

static int
wrong_use(const char *what, const char *which)
{
    fprintf(stderr, "tripact: %s%s%s\n\n", what, which == NULL ? "" : ": ",
            which == NULL ? "" : which);
    print_help(stderr);
    return EXIT_WRONG_USE;
}

static const struct command *
command_find(const char *name)
{
    for (size_t i = 0; i < COUNT(commands); i++)
        if (text_equal(commands[i].name, name))
            return &commands[i];
    return NULL;
}

/* Is the option "--key=..." one of the configuration's? */
static bool
is_config_option(const char *option)
{
    size_t length = strcspn(option + 2, "=");

    for (int i = 0; i < CONFIG_COUNT; i++) {
        const char *name = config_key((enum config_name)i)->name;

        if (strlen(name) == length && memcmp(name, option + 2, length) == 0)
            return option[2 + length] == '=';
    }
    return false;
}

/* What a command line was sorted into. The arrays hold at most argc entries each. */
struct sorted {
    const char *file;
    const char **overrides;
    size_t override_count;
    char **words;
    int word_count;
};

/* Answers NULL, or the argument that has no place here. */
static const char *
sort_arguments(const struct command *command, int argc, char **argv, struct sorted *sorted)
{
    for (int i = 0; i < argc; i++) {
        char *argument = argv[i];

        if (!text_starts(argument, "--")) {
            if (!command->words)
                return argument;
            sorted->words[sorted->word_count++] = argument;
        } else if (command->option != NULL && text_starts(argument, command->option)) {
            sorted->words[sorted->word_count++] = argument;
        } else if (text_starts(argument, "--config=") && sorted->file == NULL) {
            sorted->file = argument + strlen("--config=");
        } else if (is_config_option(argument)) {
            sorted->overrides[sorted->override_count++] = argument;
        } else {
            return argument;
        }
    }
    return NULL;
}

static int
run(const struct command *command, int argc, char **argv, struct arena *arena)
{
    struct sorted sorted = {
        .overrides = arena_array(arena, const char *, (size_t)argc + 1),
        .words = arena_array(arena, char *, (size_t)argc + 1),
    };
    const struct config *config = NULL;
    const char *complaint = NULL;
    const char *odd = sort_arguments(command, argc, argv, &sorted);

    if (odd != NULL)
        return wrong_use("no place for this argument", odd);
    if (config_load(arena, sorted.file, sorted.override_count, sorted.overrides, &config,
                    &complaint) != OK) {
        fprintf(stderr, "tripact: %s\n", complaint);
        return EXIT_WRONG_USE;
    }
    return command->run(config, sorted.word_count, sorted.words);
}

int
main(int argc, char **argv)
{
    if (argc < 2)
        return wrong_use("a command is missing", NULL);
    if (text_equal(argv[1], "help") || text_equal(argv[1], "--help")) {
        print_help(stdout);
        return EXIT_SUCCESS;
    }

    const struct command *command = command_find(argv[1]);
    if (command == NULL)
        return wrong_use("no such command", argv[1]);

    struct arena *arena = arena_open(CONFIG_ARENA_BYTES);
    int status = run(command, argc - 2, argv + 2, arena);
    arena_close(arena);
    return status;
}

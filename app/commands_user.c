/*
 * commands_user.c: `tripact user`: who may sign in, and with which password.
 *
 * Not here: accounts and their facts, roles on billing accounts. Invariants: a password comes from
 * standard input, never from the command line, where others could read it; changing one ends every
 * session of that person.
 */
#include "commands.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#include "base/limits.h"
#include "base/text.h"
#include "base/world.h"
#include "main.h"
#include "store/accounts.h"
#include "store/people.h"
#include "store/sessions.h"

static const char how[] =
    "usage: tripact user WORDS...\n"
    "\n"
    "  list                                     the accounts, everybody who belongs to one, and\n"
    "                                           the operators\n"
    "  add EMAIL NAME publisher SELLER_ID ROLE  account_owner, manager, developer,\n"
    "                                           financial_contributor, business_contributor\n"
    "                                           or marketer\n"
    "  add EMAIL NAME customer ORGANISATION     its id, as `list` shows it\n"
    "  add EMAIL NAME operator\n"
    "  password EMAIL                           sets a new one and ends the person's sessions\n"
    "\n"
    "add and password read the password from standard input, one line.\n";

/* What a word's command works with. */
struct user_command {
    const struct config *config;
    struct store *store;
    struct arena *arena;
    int word_count; /* after the first */
    char **words;
};

/* --- the password ----------------------------------------------------------------------------- */

/* Reads a line without showing it when somebody types it; false at the end of input. */
static bool
read_line_hidden(char *line, size_t size)
{
    struct termios before;
    bool typed = isatty(STDIN_FILENO) && tcgetattr(STDIN_FILENO, &before) == 0;
    bool read;

    if (typed) {
        struct termios hidden = before;

        hidden.c_lflag &= ~(tcflag_t)ECHO;
        (void)tcsetattr(STDIN_FILENO, TCSAFLUSH, &hidden);
        fprintf(stderr, "New password: ");
    }
    read = fgets(line, (int)size, stdin) != NULL;
    if (typed) {
        (void)tcsetattr(STDIN_FILENO, TCSAFLUSH, &before);
        fprintf(stderr, "\n");
    }
    return read;
}

/* NULL and said when there is none that will do. Keeps the hash. */
static const char *
read_password_hash(const struct user_command *command)
{
    char password[LIMIT_PASSWORD_BYTES + 3]; /* a carriage return, a line feed, the end */
    struct hasher *hasher = NULL;
    const char *hash = NULL;

    if (!read_line_hidden(password, sizeof password)) {
        (void)command_fail("no password came on standard input");
        return NULL;
    }
    password[strcspn(password, "\r\n")] = '\0';
    if (!text_is_utf8(password, strlen(password)) || !password_acceptable(password))
        (void)command_fail("a password has at least %d characters and at most %d bytes",
                           LIMIT_PASSWORD_MIN, LIMIT_PASSWORD_BYTES);
    else if (command_hasher(command->config, &hasher) == OK) {
        if (password_hash(hasher, command->arena, password, &hash) != OK)
            (void)command_fail("the password could not be hashed; is there enough memory?");
        hasher_close(hasher);
    }
    password_wipe(password);
    return hash;
}

/* --- password EMAIL --------------------------------------------------------------------------- */

static enum err
set_password(struct db *db, struct arena *arena, const char *email, const char *hash)
{
    struct person person;

    TRY(person_by_email(db, arena, email, &person));
    TRY(person_set_password(db, person.id, hash));
    return session_delete_others(db, person.id, ""); /* no session's token digests to "" */
}

static int
user_password(const struct user_command *command)
{
    const char *email = command->words[0];
    const char *hash;
    struct db *db = NULL;
    enum err outcome;

    if (!text_is_email(email))
        return command_misused("%s is not an email address", email);
    hash = read_password_hash(command);
    if (hash == NULL)
        return EXIT_FAILURE;
    if (write_begin(command->store, &db) != OK)
        return command_fail("the store is busy; try again");
    outcome = set_password(db, command->arena, email, hash);
    if (write_end(command->store, db, outcome == OK) != OK)
        return command_fail("the store is busy; try again");
    if (outcome == ERR_ABSENT)
        return command_fail("nobody signs in with the email address %s", email);
    return outcome == OK ? EXIT_SUCCESS : command_fail("the password could not be set");
}

/* --- add EMAIL NAME ... ----------------------------------------------------------------------- */

/* Takes the words after EMAIL and NAME; false when they are none of the three ways. */
static bool
read_account(const struct user_command *command, struct person *person)
{
    const char *kind = command->words[2];

    if (text_equal(kind, "publisher") && command->word_count == 5) {
        person->publisher = command->words[3];
        return role_read(command->words[4], &person->role) == OK && person->role != ROLE_NONE;
    }
    if (text_equal(kind, "customer") && command->word_count == 4) {
        person->organisation = command->words[3];
        return *person->organisation != '\0';
    }
    person->operates = true;
    return text_equal(kind, "operator") && command->word_count == 3;
}

static bool
name_acceptable(const char *name)
{
    return text_is_utf8(name, strlen(name)) && *name != '\0' && !text_has_control(name, false) &&
           text_count(name) <= LIMIT_PERSON_NAME;
}

/* ERR_ABSENT: no such account. ERR_INVALID: the email address is somebody's. */
static enum err
add_person(struct db *db, struct arena *arena, const struct person *person)
{
    struct publisher publisher;
    struct organisation organisation;

    if (*person->publisher != '\0')
        TRY(publisher_by_id(db, arena, person->publisher, &publisher));
    if (*person->organisation != '\0')
        TRY(organisation_by_id(db, arena, person->organisation, &organisation));
    return person_insert(db, arena, person);
}

static int
user_add(const struct user_command *command)
{
    struct person person = {
        .id = world_guid(&world_real, command->arena),
        .email = command->words[0],
        .name = command->words[1],
        .publisher = "",
        .organisation = "",
        .role = ROLE_NONE,
    };
    struct db *db = NULL;
    enum err outcome;

    if (!text_is_email(person.email))
        return command_misused("%s is not an email address", person.email);
    if (!name_acceptable(person.name))
        return command_misused("a name has 1 to %d characters, all of them printable",
                               LIMIT_PERSON_NAME);
    if (!read_account(command, &person))
        return command_misused("say to which account the person belongs; `tripact user` says how");
    person.password = read_password_hash(command);
    if (person.password == NULL)
        return EXIT_FAILURE;
    if (write_begin(command->store, &db) != OK)
        return command_fail("the store is busy; try again");
    outcome = add_person(db, command->arena, &person);
    if (write_end(command->store, db, outcome == OK) != OK)
        return command_fail("the store is busy; try again");
    if (outcome == ERR_ABSENT)
        return command_fail("there is no %s %s", command->words[2], command->words[3]);
    if (outcome == ERR_INVALID)
        return command_fail("somebody signs in with %s already", person.email);
    return outcome == OK ? EXIT_SUCCESS : command_fail("the person could not be added");
}

/* --- list ------------------------------------------------------------------------------------- */

static void
print_people(const struct people *people)
{
    for (size_t i = 0; i < people->count; i++) {
        const struct person_listed *person = &people->rows[i];

        printf("  %s, %s%s%s\n", person->email, person->name, person->role == ROLE_NONE ? "" : ", ",
               role_text(person->role));
    }
}

/* An account in the words `add` takes, and its people below it; also one that has none yet. */
static void
print_account(const char *kind, const char *id, const char *name, const struct people *people)
{
    printf("%s %s (%s)\n", kind, id, name);
    print_people(people);
}

/* scratch holds the people of one account at a time: there may be any number of accounts. */
static enum err
list_publishers(struct db *db, struct arena *arena, struct arena *scratch)
{
    struct publisher_page page = {.more = true};
    struct people people = {0};
    const char *after = "";

    while (page.more) {
        TRY(publishers_page(db, arena, after, &page));
        for (size_t i = 0; i < page.count; i++) {
            TRY(people_of_publisher(db, scratch, page.rows[i].id, &people));
            print_account("publisher", page.rows[i].id, page.rows[i].name, &people);
            arena_reset(scratch);
            after = page.rows[i].id;
        }
    }
    return OK;
}

static enum err
list_organisations(struct db *db, struct arena *arena, struct arena *scratch)
{
    struct organisation_page page = {.more = true};
    struct people people = {0};
    const char *after = "";

    while (page.more) {
        TRY(organisations_page(db, arena, after, &page));
        for (size_t i = 0; i < page.count; i++) {
            TRY(people_of_organisation(db, scratch, page.rows[i].id, &people));
            print_account("customer", page.rows[i].id, page.rows[i].name, &people);
            arena_reset(scratch);
            after = page.rows[i].id;
        }
    }
    return OK;
}

static enum err
list_operators(struct db *db, struct arena *arena)
{
    struct people people = {0};

    TRY(people_operating(db, arena, &people));
    printf("operator\n");
    print_people(&people);
    return OK;
}

static enum err
list_everybody(struct db *db, struct arena *arena)
{
    struct arena *scratch = arena_open(LIMIT_ARENA_BYTES);
    enum err outcome = list_publishers(db, arena, scratch);

    if (outcome == OK)
        outcome = list_organisations(db, arena, scratch);
    if (outcome == OK)
        outcome = list_operators(db, scratch);
    arena_close(scratch);
    return outcome;
}

static int
user_list(const struct user_command *command)
{
    struct db *db = NULL;
    enum err outcome;

    if (store_reader(command->store, &db) != OK)
        return command_fail("the store cannot be read");
    outcome = read_begin(db);
    if (outcome == OK) {
        outcome = list_everybody(db, command->arena);
        read_end(db);
    }
    db_close(db);
    return outcome == OK ? EXIT_SUCCESS : command_fail("the store cannot be read");
}

/* --- which of them ---------------------------------------------------------------------------- */

static const struct {
    const char *word;
    int least; /* words after it */
    int most;
    int (*run)(const struct user_command *command);
} user_commands[] = {
    {"list", 0, 0, user_list},
    {"add", 3, 5, user_add},
    {"password", 1, 1, user_password},
};

int
command_user(const struct config *config, int argc, char **argv)
{
    struct user_command command = {.config = config};

    if (argc == 0) {
        printf("%s", how);
        return EXIT_SUCCESS;
    }
    for (size_t i = 0; i < COUNT(user_commands); i++) {
        int status;

        if (!text_equal(user_commands[i].word, argv[0]) || argc - 1 < user_commands[i].least ||
            argc - 1 > user_commands[i].most)
            continue;
        if (command_store(config, &command.store) != OK)
            return EXIT_FAILURE;
        command.arena = arena_open(LIMIT_ARENA_BYTES);
        command.words = argv + 1;
        command.word_count = argc - 1;
        status = user_commands[i].run(&command);
        arena_close(command.arena);
        store_close(command.store);
        return status;
    }
    fprintf(stderr, "%s", how);
    return EXIT_WRONG_USE;
}

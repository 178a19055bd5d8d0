/*
 * commands_verify.c: `tripact verify`: are the histories still what was sealed (LAW 5.1)?
 *
 * Not here: how that is known (store/chain_checks, actions/history_file). Standard output is for
 * keeping: a line for each history with the number of its events and its head, then one for all of
 * them; --against compares with such an output, or one file of a history with an earlier one.
 */
#include "commands.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "actions/history_file.h"
#include "base/text.h"
#include "main.h"
#include "store/chain_checks.h"
#include "store/chains.h"

#define AGAINST_OPTION "--against="
#define TOTAL_WORD "all"

/* ---- The whole store ------------------------------------------------------------------------ */

static void
print_report(void *context, const struct chain_report *report)
{
    (void)context;
    if (report->problem == NULL)
        printf("%s %" PRId64 " %s\n", report->subject, report->count, report->link);
    else if (report->count > 0)
        (void)command_fail("the history of %s is broken at event %" PRId64 ": %s", report->subject,
                           report->count, report->problem);
    else
        (void)command_fail("the history of %s is broken: %s", report->subject, report->problem);
}

/* One line of an earlier output: "offer 0f9a... 12 3c7b..."; false when it is none. */
static bool
read_head(struct arena *arena, char *line, const char **subject, int64_t *count, const char **link)
{
    char *last = strrchr(line, ' ');
    char *middle;

    if (last == NULL || strlen(last + 1) != DIGEST_HEX_CHARS)
        return false;
    *last = '\0';
    middle = strrchr(line, ' ');
    if (middle == NULL || text_to_integer(middle + 1, 1, INT64_MAX, count) != OK)
        return false;
    *middle = '\0';
    *subject = arena_text(arena, line);
    *link = arena_text(arena, last + 1);
    return true;
}

/* What the store has now in the place of that head; *differs counts. */
static enum err
compare_head(struct db *db, struct arena *arena, char *line, int64_t *differs)
{
    const char *subject = NULL;
    const char *kept = NULL;
    const char *found = NULL;
    int64_t count = 0;
    enum err outcome;

    if (!read_head(arena, line, &subject, &count, &kept) || text_equal(subject, TOTAL_WORD))
        return OK;
    outcome = chain_link_at(db, arena, subject, CHAIN_ALL, count, &found);
    if (outcome == ERR_ABSENT) {
        (void)command_fail("the history of %s had an event %" PRId64 " and was cut off", subject,
                           count);
    } else {
        TRY(outcome);
        if (text_equal(found, kept))
            return OK;
        (void)command_fail("the history of %s is another one up to event %" PRId64, subject, count);
    }
    (*differs)++;
    return OK;
}

static enum err
compare_heads(struct db *db, FILE *file, int64_t *differs)
{
    struct arena *arena = arena_open(LIMIT_ARENA_BYTES);
    char line[LIMIT_PATH_BYTES];
    enum err outcome = OK;

    while (outcome == OK && fgets(line, sizeof line, file) != NULL) {
        line[strcspn(line, "\n")] = '\0';
        outcome = compare_head(db, arena, line, differs);
        arena_reset(arena);
    }
    arena_close(arena);
    return outcome;
}

/* In one snapshot: everything, and what an earlier output said of it. */
static enum err
check_store(struct db *db, struct arena *arena, FILE *against, int64_t *wrong)
{
    const struct chain_listener listener = {NULL, print_report};
    struct chain_totals totals;

    TRY(chains_check(db, arena, &listener, &totals));
    *wrong = totals.broken;
    if (totals.broken == 0)
        printf("%s %" PRId64 " %s\n", TOTAL_WORD, totals.subjects, totals.digest);
    return against == NULL ? OK : compare_heads(db, against, wrong);
}

static int
verify_store(const struct config *config, struct arena *arena, FILE *against)
{
    struct store *store = NULL;
    struct db *db = NULL;
    int64_t wrong = 0;
    enum err outcome;

    if (command_store(config, &store) != OK)
        return EXIT_FAILURE;
    outcome = store_reader(store, &db);
    if (outcome == OK)
        outcome = read_begin(db);
    if (outcome == OK) {
        outcome = check_store(db, arena, against, &wrong);
        read_end(db);
    }
    db_close(db);
    store_close(store);
    if (outcome != OK)
        return command_fail("the store cannot be read");
    if (wrong > 0)
        return command_fail("%" PRId64 " %s not what was sealed", wrong,
                            wrong == 1 ? "history is" : "histories are");
    return EXIT_SUCCESS;
}

/* ---- One file of a history ------------------------------------------------------------------ */

/* Keeps. 0, or the exit status. */
static int
read_history(struct arena *arena, const char *name, struct history_file *history)
{
    struct problems *problems = problems_new(arena);
    struct buffer bytes;
    int status;

    buffer_open(&bytes, LIMIT_CATALOGUE_BYTES);
    status = command_read_file(name, &bytes);
    if (status == EXIT_SUCCESS && bytes.full)
        status =
            command_fail("%s is larger than %d MiB", name, LIMIT_CATALOGUE_BYTES / (1024 * 1024));
    else if (status == EXIT_SUCCESS &&
             history_file_check(arena, bytes.data, bytes.length, problems, history) != OK)
        status = command_fail("%s is not what was sealed: %s: %s", name, problems->list[0].at,
                              problems->list[0].message);
    buffer_close(&bytes);
    return status;
}

/* Does the one go on from where the other ends, or before? */
static bool
goes_on(const struct history_file *history, const struct history_file *earlier)
{
    const char *head = earlier->count == 0 ? earlier->before : earlier->links[earlier->count - 1];

    if (!text_equal(history->subject, earlier->subject) ||
        !text_equal(history->chain, earlier->chain))
        return false;
    if (text_equal(history->before, head))
        return true;
    for (size_t i = 0; i < history->count; i++) {
        if (text_equal(history->links[i], head))
            return true;
    }
    return false;
}

static int
verify_file(struct arena *arena, const char *name, const char *against)
{
    struct history_file history = {.subject = "", .chain = "", .before = ""};
    struct history_file earlier = history;
    int status = read_history(arena, name, &history);

    if (status == EXIT_SUCCESS && against != NULL)
        status = read_history(arena, against, &earlier);
    if (status != EXIT_SUCCESS)
        return status;
    if (against != NULL && !goes_on(&history, &earlier))
        return command_fail("%s does not go on from where %s ends: it was cut off or is another "
                            "history",
                            name, against);
    printf("%s, as %s: %zu events, %s, head %s\n", history.subject, history.chain, history.count,
           history.from_beginning ? "from the beginning" : "the newest",
           history.count == 0 ? history.before : history.links[history.count - 1]);
    return EXIT_SUCCESS;
}

int
command_verify(const struct config *config, int argc, char **argv)
{
    const char *against = NULL;
    const char *export = NULL;
    FILE *file = NULL;
    struct arena *arena;
    int status;

    for (int i = 0; i < argc; i++) {
        const char **to = text_starts(argv[i], AGAINST_OPTION) ? &against : &export;

        if (*to != NULL)
            return command_misused("verify takes one FILE and one --against");
        *to = to == &against ? argv[i] + strlen(AGAINST_OPTION) : argv[i];
    }
    if (export == NULL && against != NULL) {
        file = fopen(against, "rbe");
        if (file == NULL)
            return command_fail("cannot read %s: %s", against, strerror(errno));
    }
    arena = arena_open(LIMIT_ARENA_BYTES);
    status =
        export == NULL ? verify_store(config, arena, file) : verify_file(arena, export, against);
    arena_close(arena);
    if (file != NULL)
        (void)fclose(file);
    return status;
}

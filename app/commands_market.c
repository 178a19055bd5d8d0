/*
 * commands_market.c: `tripact market` and `tripact markets`: where plans can be sold, and what a US
 * dollar is there.
 *
 * Not here: which plan is sold where (the catalogue), what a price comes to (base/money).
 * Invariant: the United States are seeded and never change: every price begins in its dollars.
 */
#include "commands.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/limits.h"
#include "base/text.h"
#include "main.h"
#include "store/markets.h"

static const char how[] =
    "usage: tripact market CODE NAME CURRENCY DIGITS RATE DATE\n"
    "\n"
    "  CODE      two capital letters, such as CA\n"
    "  NAME      such as Canada\n"
    "  CURRENCY  three capital letters, such as CAD\n"
    "  DIGITS    how many decimals the currency has, 0 to 3\n"
    "  RATE      what one US dollar is in it, at most 8 decimals, such as 1.3521\n"
    "  DATE      the day of that rate, such as 2023-10-01\n"
    "\n"
    "Adds the market, or gives it these facts; `tripact markets` prints them all.\n";

enum { WORD_CODE, WORD_NAME, WORD_CURRENCY, WORD_DIGITS, WORD_RATE, WORD_DATE, WORD_COUNT };

/* 0, or the exit status of wrong use. */
static int
read_market(char **words, struct market *market)
{
    const char *name = words[WORD_NAME];
    int64_t digits = 0;

    *market =
        (struct market){.code = words[WORD_CODE], .name = name, .currency = words[WORD_CURRENCY]};
    if (text_equal(market->code, MARKET_US))
        return command_misused("every price begins in US dollars: that market stays as it is");
    if (!text_is_utf8(name, strlen(name)) || *name == '\0' || text_has_control(name, false) ||
        text_count(name) > LIMIT_MARKET_NAME)
        return command_misused("a market's name has 1 to %d characters, all of them printable",
                               LIMIT_MARKET_NAME);
    if (text_to_integer(words[WORD_DIGITS], 0, CONVERSION_DECIMALS_MAX, &digits) != OK)
        return command_misused("a currency has 0 to %d decimals, not %s", CONVERSION_DECIMALS_MAX,
                               words[WORD_DIGITS]);
    if (conversion_parse(words[WORD_RATE], &market->rate_e8) != OK)
        return command_misused("a rate is from 0.00000001 to 1000000, with at most 8 decimals");
    if (day_parse(words[WORD_DATE], &market->rated_on) != OK)
        return command_misused("a date is such as 2023-10-01, not %s", words[WORD_DATE]);
    market->digits = (int)digits;
    return EXIT_SUCCESS;
}

static int
store_market(struct store *store, struct arena *arena, const struct market *market)
{
    struct db *db = NULL;
    enum err outcome;

    if (write_begin(store, &db) != OK)
        return command_fail("the store is busy; try again");
    outcome = market_set(db, arena, market);
    if (write_end(store, db, outcome == OK) != OK)
        return command_fail("the store is busy; try again");
    if (outcome == ERR_INVALID)
        return command_misused("CODE is two and CURRENCY three capital letters; a dollar is 1 "
                               "dollar of 2 decimals everywhere; there are at most %d markets",
                               LIMIT_MARKETS);
    return outcome == OK ? EXIT_SUCCESS : command_fail("the market could not be kept");
}

int
command_market(const struct config *config, int argc, char **argv)
{
    struct market market;
    struct store *store = NULL;
    struct arena *arena;
    int status;

    if (argc == 0) {
        printf("%s", how);
        return EXIT_SUCCESS;
    }
    if (argc != WORD_COUNT) {
        fprintf(stderr, "%s", how);
        return EXIT_WRONG_USE;
    }
    status = read_market(argv, &market);
    if (status != EXIT_SUCCESS)
        return status;
    if (command_store(config, &store) != OK)
        return EXIT_FAILURE;
    arena = arena_open(LIMIT_ARENA_BYTES);
    status = store_market(store, arena, &market);
    arena_close(arena);
    store_close(store);
    return status;
}

static void
print_market(struct arena *arena, const struct market *market)
{
    printf("%s  %s, %s with %d decimals", market->code, market->name, market->currency,
           market->digits);
    if (!day_is_none(market->rated_on))
        printf(", %s to the US dollar on %s", conversion_show(arena, market->rate_e8),
               day_iso(arena, market->rated_on));
    printf("\n");
}

static enum err
print_markets(struct store *store, struct arena *arena)
{
    struct markets *markets = arena_new(arena, struct markets);
    struct db *db = NULL;
    enum err outcome;

    TRY(store_reader(store, &db));
    outcome = read_begin(db);
    if (outcome == OK) {
        outcome = markets_load(db, arena, markets);
        read_end(db);
    }
    db_close(db);
    TRY(outcome);
    for (size_t i = 0; i < markets->count; i++)
        print_market(arena, &markets->rows[i]);
    return OK;
}

int
command_markets(const struct config *config, int argc, char **argv)
{
    struct store *store = NULL;
    struct arena *arena;
    enum err outcome;

    (void)argv;
    assert(argc == 0); /* main.c takes no words for this command */
    if (command_store(config, &store) != OK)
        return EXIT_FAILURE;
    arena = arena_open(LIMIT_ARENA_BYTES);
    outcome = print_markets(store, arena);
    arena_close(arena);
    store_close(store);
    return outcome == OK ? EXIT_SUCCESS : command_fail("the store cannot be read");
}

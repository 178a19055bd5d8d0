/*
 * markets.c: the table market.
 */
#include "store/markets.h"

#include <string.h>

#include "base/text.h"
#include "store/families.h"

enum { MARKETS_LOAD, MARKET_SET };

static const struct statement statements[] = {
    [MARKETS_LOAD] = {"SELECT code, name, currency, digits, rate_e8, rated_on FROM market"
                      " ORDER BY code",
                      "", "tttiit", false},
    [MARKET_SET] = {"INSERT INTO market (code, name, currency, digits, rate_e8, rated_on)"
                    " VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (code) DO UPDATE SET name = $2,"
                    " currency = $3, digits = $4, rate_e8 = $5, rated_on = $6",
                    "tttiit", "", true},
};

const struct family store_markets_family = {"markets", statements, COUNT(statements),
                                            FAMILY_MARKETS};

#define CODE_CHARS 2
#define CURRENCY_CHARS 3
#define DOLLAR_DIGITS 2

struct reading {
    struct arena *arena;
    struct markets *markets;
};

static enum err
read_market(void *context, const struct column *columns)
{
    struct reading *reading = context;
    struct arena *arena = reading->arena;
    struct market market = {
        .code = arena_text(arena, columns[0].text),
        .name = arena_text(arena, columns[1].text),
        .currency = arena_text(arena, columns[2].text),
        .digits = (int)columns[3].integer,
        .rate_e8 = columns[4].integer,
        .rated_on = DAY_NONE,
    };

    if (reading->markets->count == LIMIT_MARKETS)
        return ERR_BROKEN;
    if (*columns[5].text != '\0' && day_parse(columns[5].text, &market.rated_on) != OK)
        return ERR_BROKEN;
    reading->markets->rows[reading->markets->count++] = market;
    return OK;
}

enum err
markets_load(struct db *db, struct arena *arena, struct markets *markets)
{
    struct reading reading = {arena, markets};
    struct row_reader reader = {&reading, read_market};

    markets->count = 0;
    return db_run(db, &store_markets_family, MARKETS_LOAD, NO_VALUES, &reader, NULL);
}

static bool
capitals(const char *text, size_t count)
{
    return strlen(text) == count && strspn(text, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") == count;
}

/* A dollar is a dollar; every other currency says when it was what. */
static bool
market_valid(const struct market *market)
{
    bool home = text_equal(market->code, MARKET_US);
    bool dollars = text_equal(market->currency, "USD");

    if (!capitals(market->code, CODE_CHARS) || !capitals(market->currency, CURRENCY_CHARS) ||
        *market->name == '\0' || market->digits < 0 || market->digits > CONVERSION_DECIMALS_MAX ||
        market->rate_e8 <= 0 || market->rate_e8 > CONVERSION_MAX)
        return false;
    if (dollars && (market->digits != DOLLAR_DIGITS || market->rate_e8 != CONVERSION_ONE))
        return false;
    return home ? dollars && day_is_none(market->rated_on) : !day_is_none(market->rated_on);
}

enum err
market_set(struct db *db, struct arena *arena, const struct market *market)
{
    struct markets *known = arena_new(arena, struct markets);

    if (!market_valid(market))
        return ERR_INVALID;
    TRY(markets_load(db, arena, known));
    if (market_find(known, market->code) == NULL && known->count == LIMIT_MARKETS)
        return ERR_INVALID;
    return db_run(db, &store_markets_family, MARKET_SET,
                  VALUES(text(market->code), text(market->name), text(market->currency),
                         integer(market->digits), integer(market->rate_e8),
                         text(day_iso(arena, market->rated_on))),
                  NULL, NULL);
}

const struct market *
market_find(const struct markets *markets, const char *code)
{
    for (size_t i = 0; i < markets->count; i++) {
        if (text_equal(markets->rows[i].code, code))
            return &markets->rows[i];
    }
    return NULL;
}

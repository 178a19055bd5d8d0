/*
 * markets.h: where plans can be sold, and what a US dollar is there.
 */
#ifndef STORE_MARKETS_H
#define STORE_MARKETS_H

#include "core/catalogue.h"
#include "store/store.h"

/* rate_e8 is how many 1e-8 of the currency one US dollar is, as of rated_on (DAY_NONE for the US
 * itself, where it is 1); digits is how many decimals the currency has, 0 to 3. */
struct market {
    const char *code; /* two capital letters, ISO 3166 */
    const char *name;
    const char *currency; /* three capital letters, ISO 4217 */
    int digits;
    int64_t rate_e8;
    struct day rated_on;
};

struct markets {
    struct market rows[LIMIT_MARKETS];
    size_t count;
};

/* Keeps: all markets by code; the United States are always among them. */
MUST_CHECK enum err markets_load(struct db *db, struct arena *arena, struct markets *markets);

/* Adds the market or replaces its facts. ERR_INVALID for facts outside the bounds above, another
 * currency than USD for the US, a dollar that is not 1 dollar of 2 decimals, a market but the US
 * without the day of its rate, or one market too many. */
MUST_CHECK enum err market_set(struct db *db, struct arena *arena, const struct market *market);

/* The market of that code, or NULL. */
const struct market *market_find(const struct markets *markets, const char *code);

#endif

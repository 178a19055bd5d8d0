/*
 * demo_markets.c: where the demo market sells, and what a dollar is there.
 *
 * Not here: which plan is sold where (jobs/demo_catalogue). Invariant: a rate stands as people read
 * it and is parsed like one they type; its day is the first of the market's month.
 */
#include "jobs/demo_parts.h"
#include "store/markets.h"

/* As they were in October 2023. */
static const struct {
    const char *code;
    const char *name;
    const char *currency;
    int digits;
    const char *rate;
} markets[] = {
    {"AU", "Australia", "AUD", 2, "1.5552"},
    {"CA", "Canada", "CAD", 2, "1.3521"},
    {"CH", "Switzerland", "CHF", 2, "0.9153"},
    {"DE", "Germany", "EUR", 2, "0.9459"},
    {"FR", "France", "EUR", 2, "0.9459"},
    {"GB", "United Kingdom", "GBP", 2, "0.8194"},
    {"IN", "India", "INR", 2, "83.1175"},
    {"JP", "Japan", "JPY", 0, "149.36"},
};

enum err
demo_markets_insert(struct db *db, struct arena *arena, struct day today)
{
    for (size_t i = 0; i < COUNT(markets); i++) {
        struct market market = {
            .code = markets[i].code,
            .name = markets[i].name,
            .currency = markets[i].currency,
            .digits = markets[i].digits,
            .rated_on = month_add(today, 0),
        };

        TRY(conversion_parse(markets[i].rate, &market.rate_e8));
        TRY(market_set(db, arena, &market));
    }
    return OK;
}

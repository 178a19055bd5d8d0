/*
 * money_fuzz.c: whatever is typed as a price is refused, or read, shown and read again unchanged,
 * and survives a discount and a markup within their bounds.
 */
#include "base/limits.h"
#include "base/money.h"

#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
try_money(struct arena *arena, const char *text)
{
    struct money price = {-1};
    struct money again = {-1};
    struct money less = {-1};
    struct money more = {-1};

    if (money_parse(text, &price) != OK) {
        assert(price.cents == -1);
        return;
    }
    assert(price.cents >= 0 && price.cents <= LIMIT_MONEY_CENTS);
    assert(money_parse(money_show(arena, price), &again) == OK && again.cents == price.cents);
    assert(money_parse(money_plain(arena, price), &again) == OK && again.cents == price.cents);

    assert(money_discount(price, (struct rate){12 * RATE_ONE_PERCENT}, &less) == OK);
    assert(money_markup(price, (struct rate){12 * RATE_ONE_PERCENT}, &more) == OK);
    assert(less.cents <= price.cents && more.cents >= price.cents);
}

static void
try_hourly(struct arena *arena, const char *text)
{
    struct hourly price = {-1};
    struct hourly again = {-1};
    struct money cents = {-1};

    if (hourly_parse(text, &price) != OK) {
        assert(price.micros == -1);
        /* Six decimals read everything that two do. */
        assert(money_parse(text, &cents) != OK);
        return;
    }
    assert(price.micros >= 0 && price.micros <= LIMIT_MONEY_CENTS * 10000 + 9999);
    assert(hourly_parse(hourly_show(arena, price), &again) == OK && again.micros == price.micros);
    assert(hourly_parse(hourly_plain(arena, price), &again) == OK && again.micros == price.micros);
    assert(money_parse(text, &cents) == (price.micros % 10000 == 0 ? OK : ERR_INVALID));
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena *arena = arena_open(LIMIT_ARENA_BYTES);
    char *text = arena_alloc(arena, size + 1);

    if (size > 0)
        memcpy(text, data, size);
    try_money(arena, text);
    try_hourly(arena, text);
    arena_close(arena);
    return 0;
}

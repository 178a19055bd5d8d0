/*
 * rate_fuzz.c: whatever is typed as a percentage is refused, or read, shown and read again
 * unchanged. The first byte chooses how many decimals are allowed.
 */
#include "base/limits.h"
#include "base/money.h"

#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
try_rate(struct arena *arena, const char *text, int decimals_max)
{
    struct rate rate = {-1};
    struct rate again = {-1};
    struct rate net = {-1};
    int64_t step = RATE_ONE_PERCENT;

    if (rate_parse(text, decimals_max, &rate) != OK) {
        assert(rate.e8 == -1);
        return;
    }
    for (int i = 0; i < decimals_max; i++)
        step /= 10;
    assert(rate.e8 >= 0 && rate.e8 < INT64_C(1000000000) * RATE_ONE_PERCENT);
    assert(rate.e8 % step == 0);

    /* No more decimals are shown than were allowed, and more allowed ones change nothing. */
    assert(rate_parse(rate_show(arena, rate), decimals_max, &again) == OK && again.e8 == rate.e8);
    assert(rate_parse(text, 8, &again) == OK && again.e8 == rate.e8);
    assert(rate_parse(arena_format(arena, "%s%%", rate_show(arena, rate)), 8, &again) == OK);
    assert(again.e8 == rate.e8);

    /* Two shown decimals are at most half a hundredth away. The very largest round up to a tenth
     * digit, which nobody may type. */
    if (rate.e8 < INT64_C(999999999) * RATE_ONE_PERCENT) {
        assert(rate_parse(rate_show2(arena, rate), 2, &again) == OK);
        assert(again.e8 - rate.e8 <= RATE_ONE_PERCENT / 200);
        assert(rate.e8 - again.e8 < RATE_ONE_PERCENT / 200);
    }

    /* A discount without adjustment is the net discount; a lone adjustment its negative. */
    assert(rate_net_discount((struct rate){0}, rate, &net) == OK && net.e8 == -rate.e8);
    if (rate.e8 <= RATE_HUNDRED)
        assert(rate_net_discount(rate, (struct rate){0}, &net) == OK && net.e8 == rate.e8);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena *arena;
    char *text;

    if (size == 0)
        return 0;
    arena = arena_open(LIMIT_ARENA_BYTES);
    text = arena_alloc(arena, size);
    if (size > 1)
        memcpy(text, data + 1, size - 1);
    try_rate(arena, text, data[0] % 9);
    arena_close(arena);
    return 0;
}

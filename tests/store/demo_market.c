/*
 * demo_market.c: see the header.
 */
#include "demo_market.h"

#include <check.h>

#include "jobs/demo.h"

#define NINE_O_CLOCK (9 * 3600)

void
demo_open(struct demo_market *market, const char *day, int64_t real_now)
{
    struct hasher *hasher = temp_hasher();

    temp_store_open(&market->temp, NULL);
    ck_assert_int_eq(day_parse(day, &market->today), OK);
    fake_world_start(&market->fake, real_now);
    market->fake.drawn = (uint64_t)real_now;
    market->settings = (struct settings){
        .clock_offset_s = day_start_at(market->today) + NINE_O_CLOCK - real_now,
        .demo = true,
        .fee = {3 * RATE_ONE_PERCENT},
    };
    ck_assert_int_eq(demo_fill(market->temp.store, hasher, &market->fake.world, &market->settings),
                     OK);
    hasher_close(hasher);
    ck_assert_int_eq(read_begin(market->temp.reader), OK);
}

void
demo_close(struct demo_market *market)
{
    read_end(market->temp.reader);
    temp_store_close(&market->temp);
}

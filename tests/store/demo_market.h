/*
 * demo_market.h: a demo market in a store of its own, for the tests of what is in it.
 */
#ifndef STORE_TEST_DEMO_MARKET_H
#define STORE_TEST_DEMO_MARKET_H

#include "store/settings.h"
#include "support/fake_world.h"
#include "support/temp_store.h"

/* Orchid Freight's billing account. */
#define ORCHID \
    "7c92bb3e-51d0-4c6e-93d5-0a1f6e2c77b4:2f0d3a5e-8b1c-4f6d-9a27-5c3e1b7d9f40_2019-05-31"

#define DEMO_REAL_NOW INT64_C(1760000000)

struct demo_market {
    struct temp_store temp; /* its reader is inside a read */
    struct fake_world fake;
    struct settings settings;
    struct day today;
};

/* A demo of that day, filled at the given real time; other real times draw other random bytes. */
void demo_open(struct demo_market *market, const char *day, int64_t real_now);
void demo_close(struct demo_market *market);

#endif

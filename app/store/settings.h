/*
 * settings.h: what the operator may change while the market runs, and the market's clock.
 *
 * Invariant: a setting that was never stored has the default of settings.c.
 */
#ifndef STORE_SETTINGS_H
#define STORE_SETTINGS_H

#include "base/money.h"
#include "base/world.h"
#include "store/store.h"

struct settings {
    int64_t clock_offset_s;    /* market time minus real time; other than 0 only in a demo */
    bool demo;                 /* may the clock be moved? */
    int64_t publish_delay_s;   /* how long In Progress is held */
    struct rate fee;           /* the marketplace's agency fee (LAW 12.1) */
    bool certificate_blocking; /* does a missing resale certificate stop a submit (LAW D-11)? */
};

/* The names settings_set knows. */
#define SETTING_CLOCK_OFFSET "clock_offset_s"
#define SETTING_DEMO "demo"
#define SETTING_PUBLISH_DELAY "publish_delay_s"
#define SETTING_FEE "fee_e8"
#define SETTING_CERTIFICATE_BLOCKING "certificate_blocking"

/* ERR_BROKEN when a stored value is not a whole number within its bounds. */
MUST_CHECK enum err settings_load(struct db *db, struct settings *settings);

/* value is a whole number in plain digits (booleans 0 and 1). ERR_INVALID for an unknown name or a
 * value outside its bounds. */
MUST_CHECK enum err settings_set(struct db *db, const char *name, const char *value);

/* The market's time: what offers live by. Sessions and throttles use world_now alone. */
int64_t settings_now(const struct settings *settings, const struct world *world);

#endif

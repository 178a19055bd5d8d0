/*
 * demo.h: the demo market: accounts, people, a catalogue, and offers with histories, counted from
 * the market's day.
 *
 * Not here: whether a store may become a demo, and moving its clock (app/commands.c). Invariant:
 * offers are made by the actions people use, under the clock of the day they happened; nothing here
 * writes an offer or an event.
 */
#ifndef JOBS_DEMO_H
#define JOBS_DEMO_H

#include "auth/password.h"
#include "store/settings.h"

/* Of everybody in a demo market. */
#define DEMO_PASSWORD "demo-tripact-2026"

/* Has the store neither publisher nor customer nor any person? db is the caller's, inside a read or
 * a write. */
MUST_CHECK enum err market_is_empty(struct db *db, struct arena *arena, bool *empty);

/* Stores every setting, inside the caller's write. ERR_INVALID when one is out of bounds. */
MUST_CHECK enum err market_settings_store(struct db *db, struct arena *arena,
                                          const struct settings *settings);

/* Fills an empty store, all or nothing, and stores settings in it, whose demo must be set. The
 * market's day is that of settings_now(settings, world); two stores filled on the same day show
 * people the same: ids and references too, but neither password hashes nor the tokens of acceptance
 * links, which stay random. ERR_CLOSED when the store is not empty. Hashes one password for each
 * person first, outside the write. */
MUST_CHECK enum err demo_fill(struct store *store, struct hasher *hasher, const struct world *world,
                              const struct settings *settings);

#endif

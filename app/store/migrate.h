/*
 * migrate.h: numbered, append-only, checksummed steps from an empty store to today's schema.
 */
#ifndef STORE_MIGRATE_H
#define STORE_MIGRATE_H

#include "base/base.h"

/* Portable DDL, several statements separated by ';'. numbers run 1, 2, 3, ... */
struct migration {
    int number;
    const char *name;
    const char *text;
};

extern const struct migration migrations[];
extern const unsigned migration_count;

#endif

/*
 * migrate.h: numbered, append-only, checksummed steps from an empty store to today's schema.
 *
 * What has been applied is told by the table schema_step(number, name, checksum, at).
 */
#ifndef STORE_MIGRATE_H
#define STORE_MIGRATE_H

#include "store/driver.h"

/* Portable DDL, several statements separated by ';'. numbers run 1, 2, 3, ... */
struct migration {
    int number;
    const char *name;
    const char *text;
};

extern const struct migration migrations[];
extern const unsigned migration_count;

/* Applies the steps the store at url lacks, each in a transaction of its own; makes the store when
 * there is none. *applied (may be NULL) counts them, also when a later one failed. ERR_BROKEN when
 * an applied step is not the one listed here, or the store knows steps this program does not. */
MUST_CHECK enum err migrate_apply(const struct driver *driver, const char *url,
                                  const struct migration *steps, unsigned count, int *applied);

/* The number of the first of these steps that the store at url lacks, 0 for none; it must be there.
 * ERR_BROKEN as above. */
MUST_CHECK enum err migrate_lacks(const struct driver *driver, const char *url,
                                  const struct migration *steps, unsigned count, int *step);

/* OK when exactly these steps have been applied; otherwise ERR_BROKEN and a log line. */
MUST_CHECK enum err migrate_check(const struct driver *driver, struct connection *connection,
                                  const struct migration *steps, unsigned count);

#endif

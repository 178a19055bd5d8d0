/*
 * driver_sqlite.h: the default engine, one SQLite file in WAL mode.
 */
#ifndef STORE_DRIVER_SQLITE_H
#define STORE_DRIVER_SQLITE_H

#include "store/driver.h"

/* url is a path. DRIVER_MIGRATE creates the file and turns WAL on; DRIVER_WRITE refuses a file that
 * is absent or not in WAL mode. */
extern const struct driver driver_sqlite;

#endif

/*
 * store_dump.h: everything a store holds, as one text: two equal texts, nothing was changed; and
 * a copy of it to go back to.
 *
 * Reads the file itself, past the driver, so that an armed fault does not touch it.
 */
#ifndef SUPPORT_STORE_DUMP_H
#define SUPPORT_STORE_DUMP_H

#include "support/temp_store.h"

/* Keeps: a line for each table, its rows and their digest. without (NULL, or ended by NULL) names
 * tables to leave out. Fails the test when the file cannot be read. The file stays open until another
 * one is dumped. */
const char *store_dump(const struct temp_store *temp, const char *const *without);

/* A copy of everything, to go back to. Nothing else may be at work in the store then. Owns. */
struct sqlite3 *store_keep(const struct temp_store *temp);
void store_go_back(const struct temp_store *temp, struct sqlite3 *kept);
void store_kept_close(struct sqlite3 *kept);

/* For a file that is to be replaced, or nobody's: closes what store_dump has left open. */
void store_dump_close(void);

#endif

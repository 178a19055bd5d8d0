/*
 * store_dump.h: everything a store holds, as one text: two equal texts, nothing was changed.
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

/* For a file that is to be replaced, or nobody's: closes what store_dump has left open. */
void store_dump_close(void);

#endif

/*
 * driver_sqlite_checkpoint.h: moves what SQLite's write-ahead log holds into the database, in a
 * thread of its own, so that no write waits while pages are copied and flushed.
 *
 * The thread begins when there is first so much to move, with a connection of its own.
 */
#ifndef STORE_DRIVER_SQLITE_CHECKPOINT_H
#define STORE_DRIVER_SQLITE_CHECKPOINT_H

#include <sqlite3.h>

struct checkpointer;

/* Owns. The store at that path is written through writer, which outlives this. */
struct checkpointer *checkpointer_open(const char *path, sqlite3 *writer);

/* Waits for what is being moved. */
void checkpointer_close(struct checkpointer *checkpointer);

/* Told by the writer's thread after each commit: how many pages the log holds. Moves them itself
 * when the log has become too long, or when the thread cannot begin. */
void checkpointer_tell(struct checkpointer *checkpointer, int pages);

#endif

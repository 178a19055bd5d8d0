/*
 * commands.h: what the bodies of several commands need: to say what went wrong, to open the store.
 *
 * Not for anything but app/commands*.c; main.h names the commands themselves. Invariant: whatever
 * fails has said so on standard error, in one sentence that begins with "tripact: ".
 */
#ifndef COMMANDS_H
#define COMMANDS_H

#include "auth/password.h"
#include "base/config.h"
#include "base/text.h"
#include "store/store.h"

/* Prints the sentence; answers EXIT_FAILURE. */
int command_fail(const char *format, ...) PRINTF_LIKE(1, 2);
/* The same for what somebody typed; answers EXIT_WRONG_USE. */
int command_misused(const char *format, ...) PRINTF_LIKE(1, 2);

/* Owns; with the library of random bytes started. ERR_BROKEN and said. */
MUST_CHECK enum err command_store(const struct config *config, struct store **store);

/* Copies the store at from, which may be served, into the new file at path: whole, durable, or not
 * at all. Answers the exit status, and has said why when it is none of success. */
int command_copy_store(struct arena *arena, const char *from, const char *path);

/* Owns; of the configured cost. ERR_INVALID and said for a cost that is only good for tests, unless
 * the public address is this machine's own. */
MUST_CHECK enum err command_hasher(const struct config *config, struct hasher **hasher);

/* Reads the file, or standard input, into the buffer: one that is larger leaves it full. 0, or the
 * exit status, and said. */
#define STANDARD_STREAM "-"
int command_read_file(const char *name, struct buffer *bytes);

#endif

/*
 * catalogue_file.h: an ISV's catalogue as a JSON file, in and out. The format is README's chapter
 * "The catalogue as a file".
 *
 * A file holds the prices of its day: what is scheduled is not in it. It says what is for sale, so
 * products and plans that a file does not name stay as they are. Not here: where files come from.
 * Invariant: a file with a problem changes nothing.
 */
#ifndef ACTIONS_CATALOGUE_FILE_H
#define ACTIONS_CATALOGUE_FILE_H

#include "actions/act.h"
#include "base/text.h"
#include "core/problems.h"

/* A file that was understood. */
struct catalogue_file;

/* Reads the whole file, outside any write: it takes its time. Keeps; borrows the bytes. ERR_INVALID
 * with problems at paths such as "products[3].plans[0].name", or at "line 3, column 14". */
MUST_CHECK enum err catalogue_file_read(struct arena *arena, const char *bytes, size_t size,
                                        struct problems *problems,
                                        const struct catalogue_file **file);

/* How many products and plans came out which way. */
struct catalogue_counts {
    size_t created;
    size_t changed;
    size_t unchanged;
};

/* Saves what the file says otherwise than the acting account's catalogue, inside the caller's
 * write, which ends without keeping anything unless this is OK. ERR_DENIED when the role may not;
 * ERR_INVALID with problems at paths of the file. */
MUST_CHECK enum err catalogue_file_import(const struct act *act, const struct catalogue_file *file,
                                          struct problems *problems,
                                          struct catalogue_counts *counts);

/* Puts the acting account's whole catalogue as a file; out->full when it does not fit. */
MUST_CHECK enum err catalogue_file_export(const struct act *act, struct buffer *out);

#endif

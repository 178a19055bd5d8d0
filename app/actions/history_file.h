/*
 * history_file.h: an offer's history as a file that can be checked without the store (LAW 5.1).
 *
 * JSON: {"history": [head, event, ...]}, the oldest event first. Of what its reader may not see
 * there is, for a column, its hash, and for a field nothing at all.
 */
#ifndef ACTIONS_HISTORY_FILE_H
#define ACTIONS_HISTORY_FILE_H

#include "base/text.h"
#include "core/problems.h"
#include "core/offer.h"
#include "store/store.h"

/* Puts the newest LIMIT_HISTORY_EVENTS, or fewer when they are long, that the viewer may read of;
 * who has loaded the offer through the same viewer. */
MUST_CHECK enum err history_file_write(struct db *db, struct arena *arena,
                                       const struct viewer *viewer, const char *offer,
                                       struct buffer *out);

/* What a file says that is whole. */
struct history_file {
    const char *subject; /* "offer 0f9a..." */
    const char *chain;   /* "isv" */
    bool from_beginning;
    const char *before;       /* the link before its first event */
    const char *const *links; /* of its events */
    size_t count;
};

/* Keeps. ERR_INVALID: it is no such file, or not what was sealed; problems say where. */
MUST_CHECK enum err history_file_check(struct arena *arena, const char *bytes, size_t size,
                                       struct problems *problems, struct history_file *file);

#endif

/*
 * versions.h: what each submit of an offer kept of it, appended once, read through the reader's
 * eyes (LAW 6.9).
 */
#ifndef STORE_VERSIONS_H
#define STORE_VERSIONS_H

#include "core/event.h"
#include "core/version.h"
#include "store/store.h"

/* Keeps the version of the submit whose event has that number. */
MUST_CHECK enum err version_keep(struct db *db, const char *offer, int64_t number,
                                 const struct version *version);

/* A submit whose version was kept. */
struct submit {
    int64_t number; /* of its event: not for pages, it counts what the reader may not know of */
    int64_t at;
    enum event_kind kind;
    const char *account_name;
    const char *person_name; /* "" unless of the viewer's own account */
};

struct submits {
    struct submit *rows; /* newest first, at most LIMIT_VERSIONS */
    size_t count;
};

/* Keeps. The caller has loaded the offer through the same viewer. The ISV's are its own submits; a
 * partner's are its own and those of the ISV that reached it: published, to that partner. */
MUST_CHECK enum err submits_of(struct db *db, struct arena *arena, const struct viewer *viewer,
                               const char *offer, struct submits *submits);

/* Keeps the version of one of those submits, as far as the viewer may see its fields. */
MUST_CHECK enum err version_load(struct db *db, struct arena *arena, const struct viewer *viewer,
                                 const char *offer, int64_t number, struct version *version);

#endif

/*
 * publications.h: publications that wait, or failed: the operator's list of them (LAW 6.1).
 *
 * Not here: what is due (store/offers), publishing (actions/publish).
 */
#ifndef STORE_PUBLICATIONS_H
#define STORE_PUBLICATIONS_H

#include "core/offer.h"
#include "store/store.h"

struct publication {
    const char *id; /* of the offer */
    const char *name;
    enum offer_state state;
    int64_t publish_at;  /* 0 for one that failed */
    const char *failure; /* "" for one that waits */
};
struct publications {
    struct publication *rows;
    size_t count;
    bool more;
};

/* Keeps LIMIT_LIST_ROWS: of those that wait the longest due first; of those that failed, and that
 * the seller has not mended yet, by id. */
MUST_CHECK enum err publications_waiting(struct db *db, struct arena *arena,
                                         struct publications *publications);
MUST_CHECK enum err publications_failed(struct db *db, struct arena *arena,
                                        struct publications *publications);

#endif

/*
 * partners.h: the accounts that a private offer can be made with: eligible selling partners (LAW
 * 2.1), as a list.
 *
 * Not here: what an account lacks (core/party). Invariant: an account is listed when and only when
 * partner_ineligible would answer 0; nothing of it is told but its name, seller ID and country.
 */
#ifndef STORE_PARTNERS_H
#define STORE_PARTNERS_H

#include "base/limits.h"
#include "store/store.h"

struct partner_query {
    const char *isv;    /* who asks: never its own partner */
    const char *search; /* folded; "" for all: part of the name, or how the seller ID begins */
    const char *cursor; /* "" for the first page; as partner_page gave it */
    bool backward;
};

struct partner_line {
    const char *id; /* the seller ID */
    const char *name;
    const char *location; /* country, two letters */
    const char *cursor;
};

struct partner_page {
    struct partner_line *rows; /* at most LIMIT_LIST_ROWS */
    size_t count;
    bool before;
    bool after;
};

/* Keeps one page by name. ERR_INVALID for a cursor that is none: show the first page. */
MUST_CHECK enum err partners_page(struct db *db, struct arena *arena,
                                  const struct partner_query *query, struct partner_page *page);

#endif

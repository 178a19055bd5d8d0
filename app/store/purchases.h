/*
 * purchases.h: what customers bought, and its history.
 *
 * Every getter takes the viewer and filters by it in SQL: an organisation finds its own purchases,
 * an ISV those of its products, a selling partner those through its offers, the operator all. Not
 * here: prices of terms and bills (store/charges), usage (store/usage).
 */
#ifndef STORE_PURCHASES_H
#define STORE_PURCHASES_H

#include "base/world.h"
#include "core/purchase.h"
#include "store/store.h"

/* landing_key is the secret of its configuration page: 64 hexadecimal digits. */
MUST_CHECK enum err purchase_insert(struct db *db, struct arena *arena,
                                    const struct purchase *purchase, const char *landing_key);

/* Keeps; names included. ERR_ABSENT when there is none for that viewer. To sellers the
 * subscription, the group, tags, order reference and person are "", to the partner the contact too
 * (LAW 5). */
MUST_CHECK enum err purchase_load(struct db *db, struct arena *arena, const struct viewer *viewer,
                                  const char *id, struct purchase *purchase);
/* Keeps the secret of a purchase that the caller has loaded. */
MUST_CHECK enum err purchase_landing_key(struct db *db, struct arena *arena, const char *id,
                                         const char **key);

/* Writes what can change, and when time comes back to it, if the stored version is still that of
 * purchase; ERR_STALE otherwise. The version in purchase is then the one stored. */
MUST_CHECK enum err purchase_save(struct db *db, struct arena *arena, struct purchase *purchase);

/* Which purchases; newest first. */
struct purchase_query {
    struct viewer viewer;
    const char *offer; /* only those through that offer; "" = all */
    bool saas_only;    /* as View status shows (LAW 11) */
    bool suspended;    /* the operator's: Suspended instead of Subscribed ones */
    int64_t before_at; /* the place that ended the page before; 0 and "" for the first page */
    const char *before_id;
};
struct purchases {
    struct purchase *rows;
    size_t count; /* at most LIMIT_LIST_ROWS */
    bool more;
};
MUST_CHECK enum err purchases_page(struct db *db, struct arena *arena,
                                   const struct purchase_query *query, struct purchases *page);

/* Keeps those LIMIT_LIST_ROWS of the ISV's that were configured first and wait to be activated, as
 * stored: one whose time ran out is among them until that is written. */
MUST_CHECK enum err purchases_to_activate(struct db *db, struct arena *arena, const char *isv,
                                          struct purchases *page);

/* The same of an organisation's that wait for it: to be configured, or, suspended, to be paid. */
MUST_CHECK enum err purchases_to_tend(struct db *db, struct arena *arena, const char *organisation,
                                      struct purchases *page);

struct purchase_ids {
    const char **ids;
    size_t count;
};
/* Keeps at most 50 purchases to which something comes by today, the longest due first. */
MUST_CHECK enum err purchases_due(struct db *db, struct arena *arena, struct day today,
                                  struct purchase_ids *due);

struct purchase_event {
    int64_t at;
    enum purchase_event_kind kind;
    enum party party;
    const char *account;
    const char *account_name;
    const char *person;
    const char *person_name;
    const char *note; /* told to everybody who sees the purchase: no figures of money */
};
/* Sealed with the world's randomness (LAW 5.1). */
MUST_CHECK enum err purchase_event_append(struct db *db, struct arena *arena,
                                          const struct world *world, const char *purchase,
                                          const struct purchase_event *event);
struct purchase_events {
    struct purchase_event *rows; /* newest first, at most LIMIT_EVENTS */
    size_t count;
};
/* Keeps. The caller has loaded the purchase through the same viewer. person_name is "" unless the
 * event is of the viewer's own account. */
MUST_CHECK enum err purchase_events_of(struct db *db, struct arena *arena,
                                       const struct viewer *viewer, const char *purchase,
                                       struct purchase_events *events);

#endif

/*
 * support.h: requests to cancel accepted offers, what was said of them, their evidence (LAW 6.5).
 *
 * Every getter takes the viewer and filters by it in SQL: a request is its offer's two sellers',
 * its customer's and the operator's. What is between requester and operator, and what another party
 * said, is blanked for everybody else. Not here: who may do what (core/support, actions/support).
 */
#ifndef STORE_SUPPORT_H
#define STORE_SUPPORT_H

#include "core/support.h"
#include "base/world.h"
#include "store/store.h"

/* ERR_CLOSED when the offer has an open request. */
MUST_CHECK enum err support_insert(struct db *db, const struct support_request *request);

/* Keeps; names and evidence included. ERR_ABSENT when there is none for that viewer. */
MUST_CHECK enum err support_load(struct db *db, struct arena *arena, const struct viewer *viewer,
                                 const char *id, struct support_request *request);

/* Writes what can change if the stored version is still that of request, which then is the one
 * stored; ERR_STALE otherwise. */
MUST_CHECK enum err support_save(struct db *db, struct support_request *request);

/* Keeps the id of the open request of an offer that the caller has loaded; ERR_ABSENT. */
MUST_CHECK enum err support_open_of(struct db *db, struct arena *arena, const char *offer,
                                    const char **id);

/* A page of requests: those of a party, newest first; the operator's of one state, oldest first. */
struct support_query {
    struct viewer viewer;
    enum support_state state; /* the operator's */
    int64_t from_at;          /* the place that ended the page before; 0 and "" for the first */
    const char *from_id;
};
struct support_page {
    struct support_request *rows; /* without evidence */
    size_t count;                 /* at most LIMIT_LIST_ROWS */
    bool more;
};
MUST_CHECK enum err support_page_of(struct db *db, struct arena *arena,
                                    const struct support_query *query, struct support_page *page);

/* One act. note is what was written with it, "" for nothing. */
struct support_act {
    int64_t at;
    enum support_event kind;
    enum party party;
    const char *account;
    const char *account_name;
    const char *person;
    const char *person_name;
    const char *note;
};
/* Sealed with the world's randomness (LAW 5.1). */
MUST_CHECK enum err support_act_append(struct db *db, struct arena *arena,
                                       const struct world *world, const char *request,
                                       const struct support_act *act);
struct support_acts {
    struct support_act *rows; /* newest first, at most LIMIT_EVENTS */
    size_t count;
};
/* Keeps what the viewer, who has loaded the request, may read of; notes by core/support. Names are
 * blanked as in store/events. */
MUST_CHECK enum err support_acts_of(struct db *db, struct arena *arena, const struct viewer *viewer,
                                    const struct support_request *request,
                                    struct support_acts *acts);

/* Appends the file and keeps its bytes, unless the same are kept already. */
MUST_CHECK enum err evidence_insert(struct db *db, const char *request,
                                    const struct evidence *evidence, const void *bytes);

/* Keeps what a download needs, for the requester and the operator. ERR_ABSENT otherwise. */
struct evidence_body {
    const char *name;
    enum evidence_type type;
    const void *bytes;
    size_t size;
};
MUST_CHECK enum err evidence_fetch(struct db *db, struct arena *arena, const struct viewer *viewer,
                                   const char *id, struct evidence_body *body);

#endif

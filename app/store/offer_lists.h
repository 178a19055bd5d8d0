/*
 * offer_lists.h: pages of offers, and how many there are of each status.
 *
 * Keyset pagination over one index per hat and sort key; the status is a pair of stored states and
 * a range of due_on, so that Expired and Ended need no writing. By names that are another table's
 * (SORT_OTHER, SORT_CREATOR) the account's own offers are sorted each time. Nothing here grows with
 * other accounts' offers.
 */
#ifndef STORE_OFFER_LISTS_H
#define STORE_OFFER_LISTS_H

#include "core/offer.h"
#include "store/store.h"

/* The words of ui's status chips; In Progress is two states. */
enum list_status {
    LIST_ALL,
    LIST_DRAFT,
    LIST_IN_PROGRESS,
    LIST_PENDING_PARTNER,
    LIST_PENDING_ACCEPTANCE,
    LIST_ACCEPTED,
    LIST_EXPIRED,
    LIST_ENDED,
    LIST_STATUS_COUNT
};

/* Statuses are sorted as they follow each other in an offer's life, Expired before Pending
 * acceptance and Ended before Accepted. The other is the selling partner, for a partner the ISV. A
 * customer's list has the sorts up to SORT_END, the operator's SORT_CHANGED alone, which is by
 * creation there; SORT_CREATOR is the ISV's (LAW 5). */
enum list_sort {
    SORT_CHANGED,
    SORT_NAME,
    SORT_ACCEPT_BY,
    SORT_STATUS,
    SORT_END,
    SORT_ID,
    SORT_CUSTOMER,
    SORT_START,
    SORT_OTHER,
    SORT_CREATOR,
    SORT_COUNT
};

/* When accept-by is. */
enum list_due { LIST_DUE_ANY, LIST_DUE_PAST, LIST_DUE_7, LIST_DUE_14, LIST_DUE_30, LIST_DUE_COUNT };

const char *list_status_text(enum list_status status);  /* in URLs: "pending_partner" */
const char *list_status_words(enum list_status status); /* "Pending partner action" */
/* LIST_ALL for a text that is no status: unknown values are ignored, not errors. */
enum list_status list_status_named(const char *text);
/* Does the party's list have that status at all? */
bool list_status_seen(enum list_status status, enum party party);
/* Can the party's list be sorted so? */
bool list_sort_has(enum list_sort sort, enum party party);

struct list_query {
    struct viewer viewer;
    struct day today;
    enum list_status status;
    enum list_sort sort;
    bool descending;
    const char *search; /* folded; "" for all: part of the name, or the start of the id */
    enum list_due due;
    /* Sellers' lists only; folded, "" or NULL for all: part of what the list shows as the customer,
     * or the start of the billing account ID; part of the other seller's name, or its seller ID. */
    const char *customer;
    const char *other;
    bool backward;      /* towards the start: the rows before the cursor */
    const char *cursor; /* "" for the first page; as list_page gave it */
    int limit;          /* rows, at most LIMIT_LIST_CHUNK */
};

/* One line of a list, with what its viewer may see. */
struct offer_line {
    const char *id;
    const char *name;
    const char *billing_account;
    const char *customer_label; /* "" for the customer */
    const char *isv_name;
    const char *isv;          /* seller IDs */
    const char *partner;      /* "" when none yet */
    const char *partner_name; /* "" when none yet */
    const char *creator;      /* the person's name, for the ISV; "" for others */
    /* state, due dates, partner_withdrew, what was asked and both names only: for the law's
     * questions */
    struct offer offer;
    int row_count;
    bool failed;        /* its last publication failed, which is the viewer's to mend */
    int64_t changed_at; /* as this viewer may know it */
    const char *cursor;
};

struct list_page {
    struct offer_line *rows;
    size_t count;
    int64_t start; /* number of the first row, from 1 */
    bool before;   /* there are rows on that side */
    bool after;
};

/* Keeps. A cursor that is not one of this sort's is ERR_INVALID: show the first page and say so. */
MUST_CHECK enum err offers_page(struct db *db, struct arena *arena, const struct list_query *query,
                                struct list_page *page);

/* How many offers an ISV, a partner or a customer has in each status its list has, 0 in others;
 * LIST_ALL is their sum. Takes as long for many offers as for few. */
MUST_CHECK enum err offers_count(struct db *db, struct arena *arena, const struct viewer *viewer,
                                 struct day today, int64_t counts[LIST_STATUS_COUNT]);

#endif

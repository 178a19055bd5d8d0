/*
 * many_offers.h: offers put straight into a store, in any state, without anybody having acted: for
 * tests of lists, counts and query plans, which need many and need them exact.
 */
#ifndef SUPPORT_MANY_OFFERS_H
#define SUPPORT_MANY_OFFERS_H

#include "core/offer.h"
#include "store/offer_lists.h"

struct offer_made {
    unsigned number; /* of its own: makes the id */
    const char *name;
    const char *isv;
    const char *created_by; /* a person's id */
    const char *partner;
    const char *organisation;    /* once extended */
    const char *billing_account; /* any text */
    const char *customer_label;  /* NULL: none */
    enum offer_state state;      /* stored ones only */
    int64_t changed_at;          /* for every hat */
    struct day accept_by_on;
    struct day start_on; /* DAY_NONE: on acceptance, which of an accepted one was on accept-by */
    struct day end_on;
};

/* One that everybody of deal_market's deal sees, extended on its first day: accept-by 15 November,
 * end 31 December. What matters to a test is changed by it. */
struct offer_made offer_made_extended(unsigned number);

/* Keeps the id: <number in 8 hex digits>-0000-4000-8000-000000000000. */
const char *offer_made_id(struct arena *arena, unsigned number);

/* Inserts it inside the write at hand; fails the test when the store refuses. */
void offer_make(struct db *db, struct arena *arena, const struct offer_made *made);

/* The list of the deal's party of that kind on 16 October 2023, from its first row on; what matters
 * to a test is changed by it. */
struct list_query list_query_of(enum party party);

/* Keeps: the offers that it lists by their numbers, in one line: "3 1 2". */
struct deal_market;
const char *list_numbers(struct deal_market *market, const struct list_query *query);

#endif

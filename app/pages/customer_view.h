/*
 * customer_view.h: the customer's pages, from offers as the customer may see them.
 *
 * Not here: reading requests and accepting (pages/customer_pages).
 */
#ifndef PAGES_CUSTOMER_VIEW_H
#define PAGES_CUSTOMER_VIEW_H

#include "actions/customer.h"
#include "pages/lists.h"
#include "store/accounts.h"
#include "store/purchases.h"

/* One more step of a WHAT_NEXT part; style "customer" is the customer's own, "next" a later one. */
void ahead(struct view *part, const char *style, const char *title, const char *words);

/* Keeps one sentence: why an offer in this state can't be accepted. acceptance is NULL where there
 * is none. */
const char *customer_closed_words(const struct exchange *x, const struct offer *offer,
                                  const struct acceptance *acceptance);

/* Keeps: where the record of an accepted offer is printed. */
const char *customer_record_href(const struct exchange *x, const struct offer *offer);

/* The list of offers, which is the customer's home: above it what needs somebody, the offer to
 * accept with the nearest deadline among it. */
struct customer_home {
    struct offer_list list;
    struct list_page next; /* at most one row */
    struct purchases waiting;
};
void customer_offers_view(struct exchange *x, const struct customer_home *home);

/* Everything about one offer that its page tells. */
struct customer_offer {
    struct offer offer;
    struct billing_account account;
    struct acceptors acceptors;
    bool accepted;
    struct acceptance acceptance; /* when accepted */
    struct purchases purchases;   /* the newest through it, when accepted */
    bool foreseen; /* a preview: nobody in particular looks, to accept or to be told who may */
    bool changed;  /* it is not what was shown when Accept was pressed */
};
MUST_CHECK enum err customer_offer_view(struct exchange *x, const struct customer_offer *loaded);

/* Of the offer as it was accepted. */
void customer_accepted_view(struct exchange *x, const struct customer_offer *loaded);

#endif

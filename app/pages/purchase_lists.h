/*
 * purchase_lists.h: lists of purchases as cards of a page: a heading, a table, the way to older
 * ones.
 */
#ifndef PAGES_PURCHASE_LISTS_H
#define PAGES_PURCHASE_LISTS_H

#include "pages/exchange.h"
#include "store/purchases.h"

/* A card. note is NULL for none. */
struct purchase_list {
    const char *id; /* of its heading, and the query's name of its place */
    const char *heading;
    const char *note;
    const char *none_title;
    const char *none_text;
    bool buttons; /* has each purchase the viewer's? */
    struct purchases page;
    bool later; /* not its first page */
    bool stale; /* its place led nowhere: this is the first page */
};

/* Loads the page of the query that the address names for the list: newest first. */
MUST_CHECK enum err purchase_list_load(struct exchange *x, struct purchase_query *query,
                                       struct purchase_list *list);

/* The table at slot, each purchase with the viewer's button, and the way to its other pages; or why
 * there is none. */
void part_purchases(struct exchange *x, struct view *view, enum name slot,
                    const struct purchase_list *list);

/* The same as a card of a page of lists. */
void purchase_list_view(struct exchange *x, struct view *view, const struct purchase_list *list);

/* "The list has changed" at slot NOTICE. */
void purchase_list_notice(struct view *view, bool stale);

#endif

/*
 * lists.h: what every list of offers has: filters kept in its URL, chips with counts, sortable
 * columns, a range and a pager.
 *
 * Not here: what a row shows, and the rows themselves (store/offer_lists).
 */
#ifndef PAGES_LISTS_H
#define PAGES_LISTS_H

#include "pages/exchange.h"
#include "store/offer_lists.h"

struct offer_list {
    const char *path;        /* of the list's page */
    struct list_query query; /* as far as the URL was understood; the search is folded */
    const char *typed;       /* the search as it was typed */
    struct list_page page;
    bool stale;                        /* the cursor led nowhere: this is the first page */
    int64_t counts[LIST_STATUS_COUNT]; /* LIMIT_COUNTED + 1: more; LIST_ALL is their sum; 0 for the
                                          operator, whose lists are not counted */
};

/* Keeps: what was typed to search for, at most LIMIT_SEARCH characters of it. */
const char *search_typed(struct arena *arena, const char *text);

/* Reads status, q, sort, dir, after and before of the query; values it does not know are ignored.
 * Keeps the page of the exchange's viewer. */
MUST_CHECK enum err offer_list_load(struct exchange *x, struct offer_list *list);

/* A chip for each status the viewer's list has, keeping the other filters. */
void list_chips(struct exchange *x, struct view *view, const struct offer_list *list);

/* Hidden fields that keep the other filters when somebody searches. */
void list_keep(struct view *view, const struct offer_list *list);

/* sort is SORT_COUNT for a column that cannot be sorted by. */
struct list_column {
    const char *label;
    enum list_sort sort;
};
void list_columns(struct exchange *x, struct view *view, const struct offer_list *list,
                  const struct list_column *columns, size_t count);

/* Keeps: "26–50 of 48", "1–25 of more than 1,000", "3". */
const char *list_range(struct exchange *x, const struct offer_list *list);

/* The pager at slot PAGER. */
void list_pager(struct exchange *x, struct view *view, const struct offer_list *list);

/* Keeps: "No offers match “zz”", or what else an empty list says. */
const char *list_nothing(struct exchange *x, const struct offer_list *list);

/* Keeps: "3 products". */
const char *products_words(struct arena *arena, size_t count);

#endif

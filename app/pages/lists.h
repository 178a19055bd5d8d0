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
    const char *customer;    /* the filters as they were typed */
    const char *other;
    struct list_page page;
    bool stale;                        /* the cursor led nowhere: this is the first page */
    const int64_t *counts; /* by status; 0 for the operator, whose lists are not counted */
};

/* Keeps: what was typed to search for, at most LIMIT_SEARCH characters of it. */
const char *search_typed(struct arena *arena, const char *text);

/* Reads status, q, customer, partner (a partner's list: isv), due, sort, after and before of the
 * query; values it does not know are ignored. Keeps the page of the exchange's viewer. */
MUST_CHECK enum err offer_list_load(struct exchange *x, struct offer_list *list);

/* Keeps: what the same query selects and in which order, from the first row on. */
void offer_list_query(const struct exchange *x, struct list_query *query);

/* A chip for each status the viewer's list has, keeping the other filters. */
void list_chips(struct exchange *x, struct view *view, const struct offer_list *list);

/* The search form: hidden fields that keep status and order, what was searched for, the choice of
 * accept-by, and whether there is something to clear. */
void list_keep(struct exchange *x, struct view *view, const struct offer_list *list);

/* Is something searched or filtered for, besides a status? */
bool list_filtered(const struct offer_list *list);

/* Keeps: the list's path and rest with all that selects and sorts it; here: with its page too. */
const char *list_href(struct exchange *x, const struct offer_list *list, const char *rest,
                      bool here);

/* A column may hold two things to sort by; sort is SORT_COUNT for what cannot be sorted by. */
struct list_column {
    struct {
        const char *label; /* NULL = nothing */
        enum list_sort sort;
    } keys[2];
};
void list_columns(struct exchange *x, struct view *view, const struct offer_list *list,
                  const struct list_column *columns, size_t count);

/* Keeps: "26–50 of 48", "1–25 of 12,345", "3". */
const char *list_range(struct exchange *x, const struct offer_list *list);

/* The pager at slot PAGER. */
void list_pager(struct exchange *x, struct view *view, const struct offer_list *list);

/* Keeps: "No offers match “zz”", or what else an empty list says. */
const char *list_nothing(struct exchange *x, const struct offer_list *list);

/* Keeps: "48", "12,345". */
const char *list_count_words(struct arena *arena, int64_t count);

/* Keeps: "3 products". */
const char *products_words(struct arena *arena, size_t count);

#endif

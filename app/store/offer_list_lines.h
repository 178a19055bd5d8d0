/*
 * offer_list_lines.h: which statement of the lists of offers is which; for offer_lists.c.
 *
 * In each block a sort has two statements, ascending before descending.
 */
#ifndef STORE_OFFER_LIST_LINES_H
#define STORE_OFFER_LIST_LINES_H

#include "store/offer_lists.h"

/* What has a statement without search and filters: all offers by change; those of one state by
 * change; those that wait to be accepted, or waited in vain, by accept-by. */
enum plain { PLAIN_CHANGED, PLAIN_STATE = 2, PLAIN_WAITING = 4, PLAIN_COUNT = 6 };

enum offer_list_line {
    ISV_LISTS,
    PARTNER_LISTS = ISV_LISTS + 2 * SORT_COUNT,
    CUSTOMER_LISTS = PARTNER_LISTS + 2 * SORT_CREATOR,
    OPERATOR_LISTS = CUSTOMER_LISTS + 2 * (SORT_END + 1),
    PLAIN_LISTS = OPERATOR_LISTS + 2, /* of each party, in turn */
    DUE_LISTS = PLAIN_LISTS + 3 * PLAIN_COUNT, /* of ISV and partner, by accept-by before that */
    COUNTS = DUE_LISTS + 4,
    STATEMENT_COUNT
};

#endif

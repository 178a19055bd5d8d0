/*
 * purchase_price.h: which price holds for a purchase on a day (LAW 8.8).
 *
 * Reads only. A private price holds from the first day of an accepted offer through its last, for
 * subscriptions of its billing account; everywhere else list price does. An offer that reprices
 * existing plans (option A) holds for whoever buys the plan with that account, through the offer's
 * page or not; a new plan (B) and reservations (C) are sold through the offer alone.
 */
#ifndef ACTIONS_PURCHASE_PRICE_H
#define ACTIONS_PURCHASE_PRICE_H

#include "actions/act.h"
#include "core/purchase.h"
#include "store/charges.h"

/* Whose price is asked for. offer and row are "" and 0 when nothing but the plan is named. */
struct price_question {
    const char *billing_account; /* of the Azure subscription that pays */
    const char *offer;
    int row;
    const char *product;
    const char *plan;
    struct day on; /* list prices are those of this day */
    /* The private price holds when its offer does on one of these days: on itself, or, of a virtual
     * machine, the whole month (LAW 8.8). */
    struct day from;
    struct day through;
    /* When it is asked for, of a virtual machine the end of its month: the price of an offer that
     * was cancelled holds for what came before (LAW 6.5). */
    int64_t at;
};

/* Why the answer is list price; PRICED_PRIVATE when it is not. */
enum price_reason {
    PRICED_PRIVATE,
    PRICED_PUBLIC,        /* no offer was named, and none reprices the plan */
    PRICED_NOT_BEGUN,     /* the offer's start month has not come */
    PRICED_ENDED,         /* or it was cancelled */
    PRICED_OTHER_ACCOUNT, /* the subscription is of another billing account */
};

struct price_answer {
    enum price_reason reason;
    struct plan *plan;         /* as of that day */
    const char *plan_name;     /* as the customer knows it */
    struct term_prices prices; /* what has a price; term and begins_on are not set */
    const struct price_point *points[LIMIT_POINTS]; /* of those prices, in the same order */
    int64_t min_users;
    int64_t max_users;
    const struct included *included;
    size_t included_count;
    int term_months;    /* of reservations; 0 elsewhere */
    int payment_months; /* the same */
};

/* Keeps. ERR_ABSENT when there is no such plan, offer or row. Never answers an offer's price to
 * somebody else's billing account. */
MUST_CHECK enum err price_answer(const struct act *act, const struct price_question *question,
                                 struct price_answer *answer);

/* The first and last day of an accepted offer's prices. */
struct day offer_prices_begin(const struct offer *offer);

#endif

/*
 * buying.h: what people and time do to purchases, each as one call that begins a write, acts and
 * ends it; and bills as text, to be compared with lines worked out by hand.
 *
 * The market is deal_market's. What is not named "try" fails the test at hand when it is refused.
 */
#ifndef SUPPORT_BUYING_H
#define SUPPORT_BUYING_H

#include "actions/purchase.h"
#include "actions/usage.h"
#include "support/play.h"

/* Another billing account of the customer, its subscription, on which the contributor is owner, and
 * its group. */
#define OTHER_ACCOUNT "86420975"
#define OTHER_SUBSCRIPTION "8d2f6a10-94c3-4b5e-8f71-0a3c5e7d9b24"

extern const struct actor actor_operator;

/* The operator, the other account, and a commitment of DEAL_ACCOUNT: 50,000.00 for 2023 and 2024.
 */
void buying_add(struct deal_market *market);

/* "2023-10-23 15:30:00" */
void buying_at(struct deal_market *market, const char *when);
void buying_on(struct deal_market *market, const char *day); /* at 09:00:00 */

/* An offer of one row, made and accepted now: type A discounts the plan, or form prices the row. It
 * ends with that month. Answers its id. */
struct sold {
    enum offer_type type;
    const char *product;
    const char *plan;           /* "" = the whole product */
    const char *discount;       /* of option A */
    const struct answers *form; /* of the row otherwise */
    const char *adjustment;
    const char *start_month; /* NULL: on acceptance */
    const char *end_month;
    const char *account; /* NULL: DEAL_ACCOUNT */
    const char *partner; /* NULL: DEAL_PARTNER; else DEAL_OTHER_PARTNER */
};
const char *buying_offer(struct deal_market *market, const struct sold *sold);

/* What is bought; NULL is an empty answer, of the subscription DEAL_SUBSCRIPTION. */
struct wanted {
    const struct actor *by; /* NULL: the contributor */
    const char *offer;      /* row 1 of it unless row says so */
    int row;
    const char *product;
    const char *plan;
    const char *subscription;
    const char *term;
    const char *users;
    const char *vcpu;
    bool ends; /* recurring billing off */
};
/* Quotes and buys in one write. */
enum err try_buy(struct deal_market *market, const struct wanted *wanted, struct problems *problems,
                 const char **id);
const char *buy(struct deal_market *market, const struct wanted *wanted);
/* buy, configured and activated at once. */
const char *subscribe(struct deal_market *market, const struct wanted *wanted);

/* One thing somebody does to a purchase. */
enum purchase_deed {
    DO_CONFIGURE, /* with a page opened now */
    DO_ACTIVATE,
    DO_CANCEL,
    DO_RECUR,
    DO_NOT_RECUR,
    DO_USERS, /* word: how many */
    DO_PLAN,  /* word: which */
    DO_FAIL_PAYMENT,
    DO_RECEIVE_PAYMENT,
};
enum err try_deed(struct deal_market *market, const struct actor *actor, enum purchase_deed deed,
                  const char *id, const char *word, struct problems *problems);
void deed(struct deal_market *market, const struct actor *actor, enum purchase_deed deed,
          const char *id, const char *word);

/* Usage that the actor reports; problems may be NULL. */
enum err try_report(struct deal_market *market, const struct actor *actor,
                    const struct usage_line *lines, size_t count, struct problems *problems);
void report(struct deal_market *market, const struct actor *actor, const char *id,
            const char *point, const char *hour, const char *quantity);

/* Another list price of a plan from that day on, in cents, or micro-dollars of an hour. */
void list_price(struct deal_market *market, const char *product, const char *plan,
                const char *point, enum point_kind kind, int64_t amount, const char *from);

/* Everything that is due by now is written by the jobs. */
void settle(struct deal_market *market);

struct purchase bought(struct deal_market *market, const char *id);

/* Keeps: a line for each line of the bill:
 * "2023-10-23 payment term-12 x1, 2023-10-23 to 2024-10-22, private: 1080.00 = 931.20 + 120.00 +
 * 28.80", which are customer = ISV + partner + fee; " of 1" behind what corrects line 1. */
const char *bill(struct deal_market *market, const char *id);
/* The same as it is foreseen now, without anything being written. */
const char *bill_foreseen(struct deal_market *market, const char *id);

/* Keeps: "48920.00", what remains of the commitment that starts on that day; and its events, the
 * oldest first: "1080.00 48920.00\n". */
const char *balance(struct deal_market *market, const char *start);
const char *balance_events(struct deal_market *market, const char *start);

/* Keeps: what happened, the oldest first, "bought 2023-10-20T09:00:00Z". */
const char *history(struct deal_market *market, const char *id);

#endif

/*
 * play_purchase.h: what becomes of a purchase, each step as one write: bought by the contributor
 * with DEAL_SUBSCRIPTION, configured by it, activated by DEAL_ISV, its payment failed or received.
 *
 * The market is deal_market's, its time that of its settings. Each step fails the test when
 * refused.
 */
#ifndef SUPPORT_PLAY_PURCHASE_H
#define SUPPORT_PLAY_PURCHASE_H

#include "actions/purchase.h"
#include "support/deal_market.h"

/* The plans of LAW 20 at list price, and one whose price depends on users. */
#define BUY_PRO ((struct purchase_target){"", 0, "suite", "pro"})
#define BUY_OPS ((struct purchase_target){"", 0, "runner", "ops"})
#define BUY_TEAM ((struct purchase_target){"", 0, "seats", "team"})
/* Of rows_market: a virtual machine paid by the hour. */
#define BUY_HOURLY ((struct purchase_target){"", 0, "plain", "hourly"})

/* Somebody acting at the market's time, as deal_begin. */
struct act play_begin(struct deal_market *market, enum party party, const char *account,
                      const char *person);

/* The id of what was bought: term is the id of a price point, users as typed. */
const char *play_buy(struct deal_market *market, struct purchase_target target, const char *term,
                     const char *users);
void play_configure(struct deal_market *market, const char *id);
void play_activate(struct deal_market *market, const char *id);
void play_payment(struct deal_market *market, const char *id, bool received);

/* Suite Pro at list price, bought, configured and, unless it is to wait, activated. */
const char *play_subscribe(struct deal_market *market, bool waits);

/* As stored. */
struct purchase play_purchase_of(struct deal_market *market, const char *id);

#endif

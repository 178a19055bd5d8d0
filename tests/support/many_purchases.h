/*
 * many_purchases.h: purchases as they are put straight into a store, without anybody having bought:
 * for tests of rows, walls and pages.
 *
 * Theirs are DEAL_ORGANISATION's of deal_market, of Pro, through an accepted offer of DEAL_PARTNER.
 */
#ifndef SUPPORT_MANY_PURCHASES_H
#define SUPPORT_MANY_PURCHASES_H

#include "store/purchases.h"
#include "support/deal_market.h"
#include "support/many_offers.h"

#define MADE_AT INT64_C(1697792400) /* when they were bought: 20 October 2023, 09:00 */

/* A billing account and a subscription of the organisation "elsewhere". */
#define ELSEWHERE_ACCOUNT "1234567"
#define ELSEWHERE_SUBSCRIPTION "5a1d0f3c-7e42-4b68-9a05-c3b7d1e8f264"

/* Adds those, and the offer, whose id it answers. */
const char *many_purchases_add(struct deal_market *market);

/* A subscription that waits to be configured; its id is offer_made_id of the number. */
struct purchase purchase_made(struct deal_market *market, unsigned number);
/* The same, activated at once. */
struct purchase purchase_made_running(struct deal_market *market, unsigned number);

/* Each in a write of its own. */
void made_insert(struct deal_market *market, const struct purchase *purchase);
void made_save(struct deal_market *market, struct purchase *purchase, enum err expected);
enum err made_load(struct deal_market *market, enum party party, const char *account,
                   unsigned number, struct purchase *purchase);

#endif

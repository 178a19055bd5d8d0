/*
 * frame.h: what stands around every page: title, navigation, account menu, flash.
 *
 * Not here: the page's body, which serve() puts in.
 */
#ifndef PAGES_FRAME_H
#define PAGES_FRAME_H

#include "pages/exchange.h"

/* Fills the layout's own names from the exchange's page, person and path. When the answer is
 * already a failure of ours (5xx) it asks the store nothing. */
MUST_CHECK enum err frame_build(struct exchange *x, struct view *layout);

/* The hat that the person's first page is for: a publisher that sells products begins as ISV.
 * HAT_NONE when nobody is signed in. */
MUST_CHECK enum err home_hat(const struct exchange *x, enum hat *hat);

/* The path of the hat's first page. */
const char *hat_home(enum hat hat);
/* The path of the hat's account page. */
const char *hat_account(enum hat hat);
/* The path of the hat's list of offers; below it, by its id, each offer. */
const char *hat_offers(enum hat hat);
/* Of the selling partner's tax profile and certificates. */
#define PARTNER_TAX_PATH "/partner/tax"
/* Below it, by its id, the hat's page of each purchase; a selling partner has none. */
const char *hat_purchases(enum hat hat);

#endif

/*
 * purchase_words.h: a purchase in words: how it stands, who acts next and by when (LAW 11).
 *
 * Words differ by who looks. Not here: tables and pages (pages/purchase_view).
 */
#ifndef PAGES_PURCHASE_WORDS_H
#define PAGES_PURCHASE_WORDS_H

#include "core/purchase.h"
#include "pages/exchange.h"

/* The badge with one of the four words. */
void part_purchase_status(struct exchange *x, struct view *view, enum name slot,
                          const struct purchase *purchase);

/* What happened to it, at slot HISTORY. */
MUST_CHECK enum err part_purchase_history(struct exchange *x, struct view *view,
                                          const struct purchase *purchase);

/* All keep. What the status means for this purchase; of one that is over, why. */
const char *purchase_status_text(const struct exchange *x, const struct purchase *purchase);
/* Who must act, by when, and what happens otherwise. */
const char *purchase_next_text(const struct exchange *x, const struct purchase *purchase);
/* "Suite, Pro for Northwind": what a button is about. */
const char *purchase_of_words(const struct exchange *x, const struct purchase *purchase);
/* Why something can't be done with it as it stands today. */
const char *purchase_closed_words(const struct exchange *x, const struct purchase *purchase);

#endif

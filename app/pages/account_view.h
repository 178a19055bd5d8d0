/*
 * account_view.h: facts of accounts in words, for their own people and for the operator.
 *
 * Not here: who may read them (the routes).
 */
#ifndef PAGES_ACCOUNT_VIEW_H
#define PAGES_ACCOUNT_VIEW_H

#include "pages/exchange.h"
#include "store/accounts.h"

/* "United States" for "US"; the code itself for a country the market does not name. */
const char *country_words(const char *code);
/* "Complete", "Incomplete", "None". */
const char *tax_words(enum tax_status status);
/* The answer beside a tax profile, as a badge. */
void tax_badge(struct view *view, enum name slot, enum tax_status status);

/* Where the publisher is, and its standing in the marketplace (LAW 2.1). */
void publisher_facts(struct view *facts, const struct publisher *publisher);
/* The tax profile and the resale certificates. */
void tax_facts(struct exchange *x, struct view *facts, const struct publisher *publisher,
               const struct certificates *certificates);

#endif

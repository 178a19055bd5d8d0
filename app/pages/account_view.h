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
/* Keeps: "OR, WA" for a certificate's "OR,WA". */
const char *states_words(struct arena *arena, const char *states);
/* The tax profile and the resale certificates. */
void tax_facts(struct exchange *x, struct view *facts, const struct publisher *publisher,
               const struct certificates *certificates);

/* What keeps the publisher from making offers, or from extending them under the partner's hat, at
 * slot STANDING: each thing with who can mend it; nothing when nothing does (LAW 2.1). */
void standing_view(struct exchange *x, struct view *view, const struct publisher *publisher);
/* The same on the publisher's own page, with what the person's role lacks (LAW 2.2). */
void standing_and_role_view(struct exchange *x, struct view *view,
                            const struct publisher *publisher);

/* Keeps: "Country: US → CA". */
const char *change_words(struct arena *arena, const char *field, const char *before,
                         const char *after);
/* What operators and managers changed of the account, at slot HISTORY; nothing when nothing was.
 * kind is as in store/account_events. */
MUST_CHECK enum err account_history(struct exchange *x, struct view *view, const char *kind,
                                    const char *account);

#endif

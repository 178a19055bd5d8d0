/*
 * operator_account_pages.h: one account of the market, whole: facts, people, history; and new ones.
 */
#ifndef PAGES_OPERATOR_ACCOUNT_PAGES_H
#define PAGES_OPERATOR_ACCOUNT_PAGES_H

#include "pages/exchange.h"

MUST_CHECK enum err operator_account_get(struct exchange *x);
MUST_CHECK enum err operator_account_post(struct exchange *x);
MUST_CHECK enum err operator_account_new_get(struct exchange *x);
MUST_CHECK enum err operator_account_new_post(struct exchange *x);
/* The person's role, and a new person; the last begins its own write: a password is hashed. */
MUST_CHECK enum err operator_access_post(struct exchange *x);
MUST_CHECK enum err operator_person_post(struct exchange *x);

#endif

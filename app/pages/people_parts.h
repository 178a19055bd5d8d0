/*
 * people_parts.h: the people of an account with the forms that add one and change a role, for the
 * operator and for the account's own managers (LAW 2.2).
 */
#ifndef PAGES_PEOPLE_PARTS_H
#define PAGES_PEOPLE_PARTS_H

#include "actions/accounts.h"
#include "pages/exchange.h"

/* At slot PEOPLE_CARD. path is where the forms go: <path>/roles and <path>/people. */
MUST_CHECK enum err people_card(struct exchange *x, struct view *view,
                                const struct account_found *account, const char *path);

/* What the posted form asks: in the caller's write; or, for a new person, in one of its own, after
 * the hash. ERR_INVALID with problems. */
MUST_CHECK enum err people_access_set(struct exchange *x, const struct account_found *account);
MUST_CHECK enum err people_add(struct exchange *x, const struct account_found *account);

#endif

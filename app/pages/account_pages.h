/*
 * account_pages.h: one's own account and password.
 */
#ifndef PAGES_ACCOUNT_PAGES_H
#define PAGES_ACCOUNT_PAGES_H

#include "pages/exchange.h"

/* GET /isv/account, /partner/account, /customer/account and /operator/account. */
MUST_CHECK enum err account_access_post(struct exchange *x);
MUST_CHECK enum err account_person_post(struct exchange *x);
MUST_CHECK enum err account_get(struct exchange *x);

MUST_CHECK enum err password_get(struct exchange *x);
MUST_CHECK enum err password_post(struct exchange *x);

/* Shows, to somebody whose role may not work on private offers, who can change that (LAW 2.2). */
MUST_CHECK enum err no_rights_page(struct exchange *x);

#endif

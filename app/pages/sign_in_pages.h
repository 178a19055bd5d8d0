/*
 * sign_in_pages.h: signing in and out, the form that comes back after it, the theme.
 */
#ifndef PAGES_SIGN_IN_PAGES_H
#define PAGES_SIGN_IN_PAGES_H

#include "pages/exchange.h"

MUST_CHECK enum err home_get(struct exchange *x);
MUST_CHECK enum err login_get(struct exchange *x);
MUST_CHECK enum err login_post(struct exchange *x);
MUST_CHECK enum err logout_post(struct exchange *x);
MUST_CHECK enum err theme_post(struct exchange *x);

/* For somebody whose session ended in a form: the sign-in page, carrying what was typed. */
void resume_page(struct exchange *x);

#endif

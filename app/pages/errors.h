/*
 * errors.h: every refusal and failure as a page that says what happened and what to do.
 */
#ifndef PAGES_ERRORS_H
#define PAGES_ERRORS_H

#include "pages/exchange.h"

/* Shows the page of that status: 400, 403, 404, 405, 409, 410, 413, 415, 422, 429, 500 or 503.
 * Reads nothing from the store. */
void error_page(struct exchange *x, int status);

/* When to come back after a 503. */
#define RETRY_AFTER_S 2

/* The answer of last resort, when even the error page cannot be made. */
void error_plainly(struct reply *reply, enum err outcome);

#endif

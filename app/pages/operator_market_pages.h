/*
 * operator_market_pages.h: the settings and markets of the marketplace, and the list of all events.
 */
#ifndef PAGES_OPERATOR_MARKET_PAGES_H
#define PAGES_OPERATOR_MARKET_PAGES_H

#include "pages/exchange.h"

MUST_CHECK enum err operator_settings_get(struct exchange *x);
MUST_CHECK enum err operator_settings_post(struct exchange *x);
MUST_CHECK enum err operator_market_post(struct exchange *x);
MUST_CHECK enum err operator_audit_get(struct exchange *x);

#endif

/*
 * isv_export.h: Export pricing data: the ISV's prices of an offer in every market, as CSV
 * (LAW 4.4).
 *
 * Not here: converting (base/money), the format (web/csv). Invariant: nothing of the partner's or
 * the customer's price is in the file (LAW 5).
 */
#ifndef PAGES_ISV_EXPORT_H
#define PAGES_ISV_EXPORT_H

#include "pages/exchange.h"

/* GET /isv/offers/:offer/prices.csv and /isv/offers/:offer/products/:row/price.csv: of every row,
 * or of one. ERR_CLOSED with its reason when the file would pass LIMIT_DOWNLOAD_BYTES. */
MUST_CHECK enum err isv_prices_get(struct exchange *x);
MUST_CHECK enum err isv_row_prices_get(struct exchange *x);

/* Keeps: where the row's file is. It is offered once the row is saved with its price decided. */
const char *isv_row_export_href(const struct exchange *x, const struct offer *offer,
                                const struct offer_row *row);

/* The link to the whole offer's file at section EXPORT, when any row's price is decided. */
void isv_export_link(const struct exchange *x, struct view *view, const struct offer *offer);

#endif

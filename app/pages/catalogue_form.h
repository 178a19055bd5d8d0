/*
 * catalogue_form.h: the form of a plan: which fields it has, what was typed into them, and where
 * the catalogue's problems stand on it.
 *
 * Not here: how the form looks (pages/catalogue_form_view), what may be saved (actions/catalogue).
 */
#ifndef PAGES_CATALOGUE_FORM_H
#define PAGES_CATALOGUE_FORM_H

#include "pages/exchange.h"
#include "store/catalogue_edit.h"
#include "store/markets.h"

#define METER_ROWS_MAX (LIMIT_METERS + 1) /* so that one too many can be told */

/* Names of fields that stand in rows. All keep. A meter's row is numbered from 0. */
const char *meter_field(struct arena *arena, size_t row, const char *what); /* m3-price */
const char *meter_term_field(struct arena *arena, size_t row, const char *what, int months);
const char *payment_field(struct arena *arena, int months); /* payment-12 */
const char *saving_field(struct arena *arena, int months);  /* saving-12 */
const char *market_field(struct arena *arena, const char *code);

/* How many rows of meters the form that came back has; stored when none did. */
size_t meter_rows(const struct exchange *x, size_t stored);

/* The plan as typed; what is malformed becomes a problem of its field. facts say what is not
 * typed: product, model, type, and the id unless the form asks for it. Keeps. */
struct plan *plan_form_read(struct exchange *x, const struct plan *facts, bool asks_id,
                            const struct markets *markets);

/* Puts the catalogue's problems beside the fields that they are about, unless those have one. */
void plan_form_problems(struct exchange *x, const struct problems *found);

#endif

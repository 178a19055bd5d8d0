/*
 * solver.h: the customer price that a partner wants, typed beside a pricing row, becomes the
 * adjustment that gives it (LAW 8.2).
 *
 * Pure. Not here: the arithmetic (core/pricing). Invariant: nothing of it is stored but the
 * adjustment.
 */
#ifndef CORE_SOLVER_H
#define CORE_SOLVER_H

#include "core/fields.h"

/* Keep: the form names of the price wanted, desired-3, and of the price point it is wanted for,
 * point-3, whose value is the key of one of the row's prices. */
const char *solver_price_name(struct arena *arena, int number);
const char *solver_point_name(struct arena *arena, int number);

/* The row's price of that key; without one of that key the first that has a partner price, or NULL.
 */
const struct row_price *solver_point(const struct offer_row *row, const char *key);

/* Gives each row for which a price was typed the adjustment for it; a price that no adjustment
 * leads to is a problem where it was typed, and leaves the row alone. Call after price_offer and
 * fields_read, whose adjustment it outdoes; then the customer prices are to be reckoned anew. */
void solver_read(struct offer *offer, const struct answers *answers, struct problems *problems);

#endif

/*
 * make_rows.h: rows of new plans and of reservations for tests, as the store would build them.
 */
#ifndef TESTS_UNIT_MAKE_ROWS_H
#define TESTS_UNIT_MAKE_ROWS_H

#include "make_offer.h"

/* SaaS Ledgerline Max: term-1 500.00, term-36 30,000.00 in annual payments, meter-calls 0.05,
 * meter-emails 1.00. */
struct plan *make_max(struct arena *arena);
/* Virtual machines Harbor Gateway, reserved for 1 and 3 years at 30 and 50 % off: Plain, 1.00 an
 * hour; Cores, 0.50 an hour and vCPU; Sizes, 2 vCPU 0.90 and 4 vCPU 1.75 an hour. */
struct plan *make_plain(struct arena *arena);
struct plan *make_cores(struct arena *arena);
struct plan *make_sizes(struct arena *arena);

/* An offer of that type with nothing in it. */
struct offer *make_empty(struct arena *arena, enum offer_type type);

/* Adds a row for a new plan of that template, called "Orchid" and "For Orchid", that sells no term
 * yet. */
struct offer_row *make_new_plan(struct offer *offer, struct arena *arena, struct plan *template);
/* The same with all it needs: of make_max, monthly at 450.00 and three years at 30,000.00 a year,
 * calls 0.04, emails 0.80 with 10 included in a month and unlimited in three years. */
struct offer_row *make_orchid(struct offer *offer, struct arena *arena);

/* Adds a row of that duration and schedule without lines. */
struct offer_row *make_reservation(struct offer *offer, struct arena *arena, struct plan *plan,
                                   int duration_months, int payment_months);
/* Gives it one more line. Sizes ascend; 0 on a flat rate. */
void make_line(struct arena *arena, struct offer_row *row, int vcpu, int64_t quantity,
               const char *unit);

/* Every row of the offer gets that adjustment, and is priced. */
void make_adjusted(struct offer *offer, const char *adjustment);

#endif

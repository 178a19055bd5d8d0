/*
 * make_purchase.h: purchases for tests, as the store would hand them out.
 *
 * Not here: expectations. Every text is a constant.
 */
#ifndef TESTS_UNIT_MAKE_PURCHASE_H
#define TESTS_UNIT_MAKE_PURCHASE_H

#include "base/text.h"
#include "core/purchase.h"

/* "2023-10-20 09:00:00"; a wrong one fails the test. */
int64_t make_at(const char *text);

/* Bought on 20 October 2023 at 09:00: a year paid at once and for ever again; an application's
 * month; a virtual machine's hours. A subscription is Pending, the others run. Every byte is set.
 */
void make_purchase(enum purchase_kind kind, struct purchase *purchase);
/* The same in a state: configured on the 21st when pending, else activated on the 23rd, Suspended
 * from 10 February 2024, cancelled on that day. */
void make_purchase_in(enum purchase_kind kind, enum purchase_state state,
                      struct purchase *purchase);
/* A subscription per user of that term and payment, that begins on the day. */
void make_term(struct purchase *purchase, int term_months, int payment_months, const char *begins);

/* Makes what purchase_next says is due, and adds a line such as "payment 2023-10-23" to log; and
 * everything that is due by today. Fails the test when log is full. */
void make_due(struct purchase *purchase, struct purchase_event_due due, struct buffer *log);
void make_time(struct purchase *purchase, struct day today, struct buffer *log);

#endif

/*
 * support_pages.h: asking for a cancellation, and the pages of such requests for every party.
 */
#ifndef PAGES_SUPPORT_PAGES_H
#define PAGES_SUPPORT_PAGES_H

#include "pages/exchange.h"

/* Looks at the file that a requester's form brings. */
enum err support_prepare(struct exchange *x);

enum err support_cancel_get(struct exchange *x);
enum err support_cancel_post(struct exchange *x);
enum err support_list_get(struct exchange *x);
enum err support_get(struct exchange *x);
enum err support_post(struct exchange *x);
enum err support_offer_get(struct exchange *x);
enum err support_process_get(struct exchange *x);
enum err support_process_post(struct exchange *x);

#endif

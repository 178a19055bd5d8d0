/*
 * queue_pages.h: the operator's publications and mails that wait or failed.
 */
#ifndef PAGES_QUEUE_PAGES_H
#define PAGES_QUEUE_PAGES_H

#include "pages/exchange.h"

MUST_CHECK enum err operator_queues_get(struct exchange *x);
MUST_CHECK enum err operator_publication_post(struct exchange *x);
MUST_CHECK enum err operator_mail_post(struct exchange *x);

#endif

/*
 * publish.h: In Progress ends: the offer reaches the partner, or the customer (LAW 6.1 rows 5, 6,
 * 10, 11).
 */
#ifndef ACTIONS_PUBLISH_H
#define ACTIONS_PUBLISH_H

#include "actions/act.h"

/* For the system. Facts are judged again; what no longer holds sends the offer back with its
 * problems. ERR_CLOSED when it is not in progress or not due yet. */
MUST_CHECK enum err action_offer_publish(const struct act *act, const char *id);
/* The same whether or not it is due: an operator tries again. */
MUST_CHECK enum err action_offer_publish_now(const struct act *act, const char *id);

#endif

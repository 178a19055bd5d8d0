/*
 * health_pages.h: is this machine to get requests? For a load balancer.
 */
#ifndef PAGES_HEALTH_PAGES_H
#define PAGES_HEALTH_PAGES_H

#include "base/base.h"

struct exchange;

MUST_CHECK enum err health_get(struct exchange *x);

/* When a request has failed: was it one for health? Then it is answered: 503, whatever happened. */
bool health_refused(struct exchange *x);

#endif

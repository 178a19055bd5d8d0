/*
 * conflict.h: somebody changed the offer first: what was typed beside what is stored now.
 *
 * Not here: whether there is a conflict (the actions notice), and saving anything.
 */
#ifndef PAGES_CONFLICT_H
#define PAGES_CONFLICT_H

#include "pages/exchange.h"

/* Answers the outcome of a posted form of the path's offer; makes the page when it is ERR_STALE or
 * ERR_CLOSED. form is where the form stands below the offer's page ("setup"); it is led back to
 * while the viewer may still edit. ERR_ABSENT when the viewer no longer sees the offer. */
MUST_CHECK enum err conflict_or(struct exchange *x, enum err outcome, const char *form);

#endif

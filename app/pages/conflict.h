/*
 * conflict.h: somebody changed the offer first: what was typed beside what is stored now.
 *
 * Not here: whether there is a conflict (the actions notice), and saving anything.
 */
#ifndef PAGES_CONFLICT_H
#define PAGES_CONFLICT_H

#include "pages/exchange.h"

/* The page for a posted form of the offer that was refused with ERR_STALE or ERR_CLOSED. form is
 * the path of the form, offered while the viewer may still edit; detail is the offer's own page.
 * ERR_ABSENT when the viewer no longer sees the offer. */
MUST_CHECK enum err conflict_page(struct exchange *x, const char *id, const char *form,
                                  const char *detail);

#endif

/*
 * version_pages.h: the submits of an offer, and what changed from one to the next, through the
 * eyes of the ISV or the selling partner (LAW 6.9).
 */
#ifndef PAGES_VERSION_PAGES_H
#define PAGES_VERSION_PAGES_H

#include "core/version.h"
#include "pages/exchange.h"

/* GET /isv/offers/:offer/versions and /partner/offers/:offer/versions */
MUST_CHECK enum err versions_get(struct exchange *x);

/* Both values of each change side by side, as a card at slot CHANGES; nothing when there is none.
 * before and after head the columns: "Version 1", "Now". */
void part_changes(struct view *view, const char *heading, const char *before, const char *after,
                  const struct version_changes *changes);

/* What changed since the viewer last saw the offer submitted, as such a card: of the ISV's draft
 * since its last submit, of what the partner got since the version it saw before. Nothing in other
 * states, nor in a preview. */
MUST_CHECK enum err part_changes_since(struct exchange *x, struct view *view,
                                       const struct offer *offer);

#endif

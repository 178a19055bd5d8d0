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

/* A card of changes: id is of its heading, before and after head the columns ("Version 1", "Now").
 */
struct changes_card {
    const char *id;
    const char *heading;
    const char *before;
    const char *after;
};

/* Both values of each change side by side, at the slot. Answers the part. */
struct view *part_changes(struct view *view, enum name slot, const struct changes_card *card,
                          const struct version_changes *changes);

/* What changed since the viewer last saw the offer submitted, as such a card: of the ISV's draft
 * since its last submit, of what the partner got since the version it saw before. Nothing in other
 * states, nor in a preview. */
MUST_CHECK enum err part_changes_since(struct exchange *x, struct view *view,
                                       const struct offer *offer);

#endif

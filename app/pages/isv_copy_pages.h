/*
 * isv_copy_pages.h: making a draft from an offer, and what such a draft was made from.
 */
#ifndef PAGES_ISV_COPY_PAGES_H
#define PAGES_ISV_COPY_PAGES_H

#include "core/copy.h"
#include "pages/exchange.h"

MUST_CHECK enum err isv_clone_get(struct exchange *x);
MUST_CHECK enum err isv_clone_post(struct exchange *x);
MUST_CHECK enum err isv_upgrade_get(struct exchange *x);
MUST_CHECK enum err isv_upgrade_post(struct exchange *x);

/* Keeps: a name to begin with, within the limit of names. */
const char *copy_name_suggested(const struct exchange *x, const char *name);

/* Why no draft can be made from the offer so. Keeps. */
const char *copy_closed_words(const struct exchange *x, const struct offer *offer);

/* At slot ORIGIN, of a clone or an upgrade: what it was made from, and every field of the ISV's in
 * which it differs from that as it was then. */
MUST_CHECK enum err part_origin(struct exchange *x, struct view *view, const struct offer *offer);

#endif

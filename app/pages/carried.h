/*
 * carried.h: what was typed into one page's form, carried by another as hidden fields.
 */
#ifndef PAGES_CARRIED_H
#define PAGES_CARRIED_H

#include "pages/exchange.h"

/* What carried fields may weigh when the browser sends them again, encoded, beside those of the
 * page that carries them. */
#define CARRIED_BYTES (LIMIT_BODY_BYTES - 16 * 1024)

/* What a pair weighs in a body at most. */
size_t carried_weight(const char *name, const char *value);

/* Is it a field that people type a password into? Those are never carried. */
bool carried_never(const char *name);

/* A hidden field of the page. */
void carry(struct view *view, const char *name, const char *value);

/* A form of ours that could not be taken: puts a button on the page that sends it again as it was,
 * with its one-time key, so that it acts once however often it is sent. Puts nothing and answers
 * false where that cannot be: a form of another site, one with a password, or one too large to be
 * sent so. A file is not carried. */
bool carry_again(const struct exchange *x, struct view *view);

#endif

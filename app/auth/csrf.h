/*
 * csrf.h: the token every form carries, made from the cookie of its session (or, before sign-in, of
 * its visit): somebody who does not have the cookie cannot make it.
 *
 * Nothing is stored: a reload or a second machine honours the same forms. Invariant: no two answers
 * carry the same bytes, so compression tells nothing about the token.
 */
#ifndef AUTH_CSRF_H
#define AUTH_CSRF_H

#include "base/world.h"

#define CSRF_TOKEN_CHARS 86

/* Keeps. "" when cookie is not a token of world_token's shape. */
const char *csrf_token(struct arena *arena, const struct world *world, const char *cookie);

/* In constant time. */
bool csrf_valid(const char *cookie, const char *token);

#endif

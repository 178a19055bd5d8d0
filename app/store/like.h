/*
 * like.h: patterns for LIKE ... ESCAPE '!'.
 */
#ifndef STORE_LIKE_H
#define STORE_LIKE_H

#include "base/arena.h"

/* Keeps before, text with its wildcards taken literally, and "%". */
char *like_pattern(struct arena *arena, const char *before, const char *text);

#endif

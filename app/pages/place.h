/*
 * place.h: where a page of a list ended, as its address names it: the time and id of a row.
 */
#ifndef PAGES_PLACE_H
#define PAGES_PLACE_H

#include "base/arena.h"

/* Keeps: "1697446800.<id>". */
const char *place_text(struct arena *arena, int64_t at, const char *id);

/* Keeps the time and the id; false when the text is no place. */
bool place_read(struct arena *arena, const char *text, int64_t *at, const char **id);

#endif

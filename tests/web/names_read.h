/*
 * names_read.h: which names a handler looks for in a query or a form, whether they came or not: the
 * linker sends form_value() and form_text() through here in the web suites.
 */
#ifndef WEB_NAMES_READ_H
#define WEB_NAMES_READ_H

#include "base/arena.h"

#define NAMES_READ 512

/* From now on names are noted. */
void names_read_begin(void);
/* Ends that; keeps each name once, at most NAMES_READ of them, and answers how many. */
size_t names_read_end(struct arena *arena, const char **names);

#endif

/*
 * flash.h: what the last action did, said once on the page it redirected to (?done=word).
 */
#ifndef PAGES_FLASH_H
#define PAGES_FLASH_H

#include "pages/exchange.h"

/* A row for each word. */
struct flash_words {
    const char *word;
    const char *tone;
    const char *title; /* ends with a full stop */
    const char *text;
};

/* At slot FLASH, when the query names a word; any other word says nothing. */
MUST_CHECK enum err flash_build(struct exchange *x, struct view *view);

#endif

/*
 * page.h: what a browser would find in a page: titles, fields, forms, links.
 *
 * Not a parser of HTML: it reads what our templates print, double-quoted attributes and all.
 * Everything found is decoded and kept in the arena.
 */
#ifndef SUPPORT_PAGE_H
#define SUPPORT_PAGE_H

#include "base/arena.h"
#include "web/form.h"

/* Keeps the text with character references undone. */
char *page_decode(struct arena *arena, const char *text, size_t length);

/* The text of <title>. */
const char *page_title(struct arena *arena, const char *page);
/* Everything a reader sees, tags dropped, runs of white space as one space. */
const char *page_text(struct arena *arena, const char *page);

/* The value a browser would send for the field of that name: of an input, a ticked box or radio, a
 * textarea, the chosen option. NULL when the page has no such field, or would send nothing. */
const char *page_field(struct arena *arena, const char *page, const char *name);

/* All fields of the first form whose action is that; buttons are left out. false when there is no
 * such form. */
bool page_form(struct arena *arena, const char *page, const char *action, struct form *form);

/* The value of the attribute of the tag that starts at tag ("<input ..."); NULL when absent. */
const char *page_attribute(struct arena *arena, const char *tag, const char *name);

/* The tag whose id is that, or NULL. */
const char *page_by_id(const char *page, const char *id);

/* The text of the help block of that field (hint and error), "" when none. */
const char *page_help(struct arena *arena, const char *page, const char *id);

/* The first place where needle stands, or NULL: strstr, but for the sanitizers', which measures all
 * that is left of the page, byte by byte, at each call. */
const char *page_find(const char *page, const char *needle);

/* How often needle stands in the page. */
size_t page_count(const char *page, const char *needle);

#endif

/*
 * view.h: what a page shows, as a tree of names, texts, sections and parts; no HTML.
 *
 * Built in C by pages/, walked into ctemplate by render.cc, walked against the template by the
 * tests. Names and templates are enums made from names.h, so that a typo does not
 * compile. Texts are kept by reference: they must live until the page is rendered (arena).
 */
#ifndef WEB_VIEW_H
#define WEB_VIEW_H

#include "base/arena.h"
#include "base/text.h"
#include "web/names.h"

enum name {
#define VIEW_NAME_ENUM(id) NAME_##id,
    VIEW_NAMES(VIEW_NAME_ENUM)
#undef VIEW_NAME_ENUM
        NAME_COUNT
};

enum page {
#define VIEW_PAGE_ENUM(id, file) PAGE_##id,
    VIEW_PAGES(VIEW_PAGE_ENUM)
#undef VIEW_PAGE_ENUM
        PAGE_COUNT
};

enum view_kind { VIEW_TEXT, VIEW_SECTION, VIEW_PART };

/* One entry of a view: a text, one showing of a section, or an included part. */
struct view_item {
    struct view_item *next;
    enum view_kind kind;
    enum name name;
    const char *text;   /* VIEW_TEXT */
    struct view *child; /* VIEW_SECTION, VIEW_PART */
    enum page part;     /* VIEW_PART */
};

struct view {
    struct arena *arena;
    uint64_t names; /* a bit for each name in it, some sharing one: see view_may_have */
    struct view_item *first;
    struct view_item *last;
};

/* All keep. */
struct view *view_new(struct arena *arena);
/* text may be NULL, which sets nothing. */
void view_text(struct view *view, enum name name, const char *text);
void view_format(struct view *view, enum name name, const char *format, ...) PRINTF_LIKE(3, 4);
/* Shows the section once more and answers its own names, which see the enclosing ones too. */
struct view *view_section(struct view *view, enum name name);
/* Shows the section once, with no names of its own. */
void view_show(struct view *view, enum name name);
/* Puts the part into the include {{>name}}. A part sees no name but its own and the globals. */
struct view *view_part(struct view *view, enum name name, enum page part);
/* Puts the already built view into the include; body is kept. */
void view_put_part(struct view *view, enum name name, enum page part, struct view *body);

/* false: nothing in the view has that name. Most questions of a template end here. */
static inline bool
view_may_have(const struct view *view, enum name name)
{
    return (view->names >> ((unsigned)name % 64) & 1) != 0;
}

const char *name_text(enum name name);
const char *page_file(enum page page);

#endif

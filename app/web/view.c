/*
 * view.c: building the tree of what a page shows.
 *
 * Not here: HTML, files, the template library (render.cc). Invariant: items stay in the order they
 * were added, so the rows of a section print in that order.
 */
#include "web/view.h"

#include <stdarg.h>

static const char *const name_texts[] = {
#define VIEW_NAME_TEXT(id) [NAME_##id] = #id,
    VIEW_NAMES(VIEW_NAME_TEXT)
#undef VIEW_NAME_TEXT
};

static const char *const page_files[] = {
#define VIEW_PAGE_FILE(id, file) [PAGE_##id] = (file),
    VIEW_PAGES(VIEW_PAGE_FILE)
#undef VIEW_PAGE_FILE
};

_Static_assert(COUNT(name_texts) == NAME_COUNT, "every name has its text");
_Static_assert(COUNT(page_files) == PAGE_COUNT, "every page has its file");

static struct view_item *
view_add(struct view *view, enum view_kind kind, enum name name)
{
    struct view_item *item = arena_new(view->arena, struct view_item);

    assert((size_t)name < NAME_COUNT);
    view->names |= UINT64_C(1) << ((unsigned)name % 64);
    item->kind = kind;
    item->name = name;
    if (view->last == NULL)
        view->first = item;
    else
        view->last->next = item;
    view->last = item;
    return item;
}

struct view *
view_new(struct arena *arena)
{
    struct view *view = arena_new(arena, struct view);

    view->arena = arena;
    return view;
}

void
view_text(struct view *view, enum name name, const char *text)
{
    if (text != NULL)
        view_add(view, VIEW_TEXT, name)->text = text;
}

void
view_format(struct view *view, enum name name, const char *format, ...)
{
    va_list arguments;

    va_start(arguments, format);
    view_text(view, name, arena_vformat(view->arena, format, arguments));
    va_end(arguments);
}

struct view *
view_section(struct view *view, enum name name)
{
    struct view_item *item = view_add(view, VIEW_SECTION, name);

    item->child = view_new(view->arena);
    return item->child;
}

void
view_show(struct view *view, enum name name)
{
    (void)view_section(view, name);
}

struct view *
view_part(struct view *view, enum name name, enum page part)
{
    struct view *body = view_new(view->arena);

    view_put_part(view, name, part, body);
    return body;
}

void
view_put_part(struct view *view, enum name name, enum page part, struct view *body)
{
    struct view_item *item = view_add(view, VIEW_PART, name);

    assert(body != NULL && body != view);
    assert((size_t)part < PAGE_COUNT);
    item->part = part;
    item->child = body;
}

const char *
name_text(enum name name)
{
    assert((size_t)name < NAME_COUNT);
    return name_texts[name];
}

const char *
page_file(enum page page)
{
    assert((size_t)page < PAGE_COUNT);
    return page_files[page];
}

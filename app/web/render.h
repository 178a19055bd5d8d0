/*
 * render.h: a view and its template become bytes. The only door to the template library.
 */
#ifndef WEB_RENDER_H
#define WEB_RENDER_H

#include "web/view.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Loads every template of names.h from folder and freezes the cache; call before any thread
 * renders, once (tests may do it again with another folder). ERR_BROKEN names the bad file in the
 * log. */
MUST_CHECK enum err render_start(const char *folder);

/* Values every template and part sees, however deep: set per render. */
struct render_globals {
    const char *csrf;
    const char *once;
    const char *theme;
};

/* Appends the page to out. ERR_BROKEN (and out in an unknown state) when the template library
 * fails, an include fails, or out is full. Never throws. */
MUST_CHECK enum err render(enum page page, const struct view *view,
                           const struct render_globals *globals, struct buffer *out);

#ifdef __cplusplus
}
#endif

#endif

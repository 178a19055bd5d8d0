/*
 * names.h: the names and files of templates/, as two lists from which enums and tables are made.
 *
 * Made by tests/names.sh, never by hand: a name no template asks for does not exist here, so using
 * it does not compile. A file's id is its name in capitals; a leading "_" becomes "PART_".
 */
#ifndef WEB_NAMES_H
#define WEB_NAMES_H

#define VIEW_NAMES(X)                                                                              \
    X(BODY)                                                                                        \
    X(CSRF)                                                                                        \
    X(CSS_FILE)                                                                                    \
    X(ICONS_FILE)                                                                                  \
    X(JS_FILE)                                                                                     \
    X(LOGO_FILE)                                                                                   \
    X(ONCE_KEY)                                                                                    \
    X(THEME)                                                                                       \
    X(TITLE)

#define VIEW_PAGES(X)                                                                              \

#endif

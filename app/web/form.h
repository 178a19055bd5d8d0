/*
 * form.h: application/x-www-form-urlencoded names and values, from a query or a body.
 *
 * Invariant: at most LIMIT_FORM_FIELDS pairs, each value at most LIMIT_FIELD_BYTES, valid UTF-8, no
 * NUL; CRLF line breaks have become LF.
 */
#ifndef WEB_FORM_H
#define WEB_FORM_H

#include "base/arena.h"

struct form_pair {
    const char *name;
    const char *value;
};

struct form {
    struct form_pair *pairs;
    size_t count;
};

/* Keeps. A bad escape, an encoded NUL, a control byte or bad UTF-8 is ERR_INVALID as a whole. */
MUST_CHECK enum err form_parse(struct arena *arena, const char *text, size_t length,
                               struct form *form);

/* Keeps one pair as its bytes are, under the same rules; ERR_INVALID. */
MUST_CHECK enum err form_keep(struct arena *arena, const char *name, size_t name_length,
                              const char *value, size_t value_length, struct form_pair *pair);

/* The first value of that name; NULL when absent. "Absent" and "empty" are different facts. */
const char *form_value(const struct form *form, const char *name);

/* The first value, or "" when absent. */
const char *form_text(const struct form *form, const char *name);

/* Keeps the text with everything but letters, digits and -._~ percent-encoded. */
char *url_encode(struct arena *arena, const char *text);

/* A path on this site that is safe to send somebody to after sign-in: begins with one '/', no
 * "//", no backslash, no control byte. */
bool path_is_local(const char *path);

#endif

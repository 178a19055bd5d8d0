/*
 * json_text.h: JSON as text: is it well formed and bounded, where are the pieces of its list; and
 * writing a text into it.
 *
 * Not here: values (actions/catalogue_node). What passes is strict JSON, without a key twice in one
 * object, a NUL, half a surrogate pair or a number beyond 15 digits: the library that makes values
 * of a piece has nothing left to refuse, and no more memory to take than a piece may cost.
 */
#ifndef ACTIONS_JSON_TEXT_H
#define ACTIONS_JSON_TEXT_H

#include "base/text.h"
#include "core/problems.h"

/* An element of the list: an object, from its { to its }. */
struct json_piece {
    size_t offset;
    size_t size;
};

struct json_pieces {
    struct json_piece *rows;
    size_t count;
};

/* Splits a text that is one object with one key, the list's. Keeps the pieces, at most
 * LIMIT_FILE_PRODUCTS. ERR_INVALID: problems say what is wrong, at the path of the value, as in
 * "products[3].name", or at the place of the text, as in "line 3, column 14". */
MUST_CHECK enum err json_text_split(struct arena *arena, const char *bytes, size_t size,
                                    const char *list, struct problems *problems,
                                    struct json_pieces *pieces);

/* Puts the text with its quotes. text is valid UTF-8. */
void json_put_text(struct buffer *buffer, const char *text);

#endif

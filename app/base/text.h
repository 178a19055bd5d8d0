/*
 * text.h: UTF-8 strings and a bounded, growing buffer.
 *
 * Not here: HTML, URLs (web/). All texts are NUL-terminated UTF-8 unless a length stands beside.
 */
#ifndef BASE_TEXT_H
#define BASE_TEXT_H

#include "base/arena.h"

/* Invariant: length <= capacity <= limit; data[length] is NUL once anything was put. A put that
 * would pass the limit puts nothing, and full stays true until buffer_clear: one check at the end
 * of a page is enough. */
struct buffer {
    char *data;
    size_t length;
    size_t capacity;
    size_t limit;
    bool full;
};

void buffer_open(struct buffer *buffer, size_t limit); /* owns */
void buffer_close(struct buffer *buffer);
void buffer_clear(struct buffer *buffer); /* keeps the memory for the next page */
/* Empties it, and gives back what it holds beyond capacity. */
void buffer_shrink(struct buffer *buffer, size_t capacity);
void buffer_put(struct buffer *buffer, const char *bytes, size_t length);
void buffer_text(struct buffer *buffer, const char *text);
void buffer_format(struct buffer *buffer, const char *format, ...) PRINTF_LIKE(2, 3);

/* Strict UTF-8: no overlong form, no surrogate, nothing above U+10FFFF. */
bool text_is_utf8(const char *bytes, size_t length);

/* A C0 or C1 control or DEL; line feed, carriage return and tab count only without
 * lines_allowed. */
bool text_has_control(const char *text, bool lines_allowed);

/* Code points, not bytes. text is valid UTF-8. */
size_t text_count(const char *text);

/* Keeps a copy without white space (Unicode's) at both ends. */
char *text_trim(struct arena *arena, const char *text);

/* Keeps the first so many characters of it. */
char *text_cut(struct arena *arena, const char *text, size_t characters);

/* Keeps a trimmed lower-case copy, for searching and comparing names; any letter of Unicode that
 * the C.UTF-8 locale can lower. */
char *text_fold(struct arena *arena, const char *text);
/* The same with each run of white space inside as one space: for names that must differ. */
char *text_fold_words(struct arena *arena, const char *text);

bool text_equal(const char *a, const char *b);
bool text_starts(const char *text, const char *prefix);

/* The place of text among count texts, -1 when it is none of them. NULL among them is a gap. */
int text_find(const char *const texts[], int count, const char *text);

/* One address local@domain.tld as people type it: at most LIMIT_EMAIL_BYTES, one @, a dot in the
 * domain, no spaces, quotes, commas or angle brackets; ASCII. */
bool text_is_email(const char *text);

/* Does the text contain something that looks like an email address anywhere? */
bool text_holds_email(const char *text);

/* A whole number from low to high in plain digits; ERR_INVALID otherwise, result unchanged. */
MUST_CHECK enum err text_to_integer(const char *text, int64_t low, int64_t high, int64_t *result);

#endif

/*
 * form.c: urlencoded text -> name and value pairs, and the two small URL helpers.
 *
 * Not here: which fields a page has and what they mean. One fault refuses the whole text: a browser
 * never sends one, and half a form must not be acted on.
 */
#include "web/form.h"

#include <string.h>

#include "base/limits.h"
#include "base/text.h"

/* A name is one of ours, or ignored: far shorter than this. */
#define NAME_BYTES 128

/* -1 when c is no hex digit. */
static int
hex_digit(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    if (c >= 'A' && c <= 'F')
        return c - 'A' + 10;
    return -1;
}

/* Keeps the text with "+" and "%41" undone: valid UTF-8 of at most limit bytes, or ERR_INVALID. */
static enum err
form_decode(struct arena *arena, const char *text, size_t length, size_t limit, char **result)
{
    /* An escape only shrinks, so the source's length is enough; three bytes make at least one. */
    if (length > 3 * limit)
        return ERR_INVALID;

    char *out = arena_alloc(arena, length + 1);
    size_t count = 0;

    for (size_t i = 0; i < length; i++) {
        char c = text[i];

        if (c == '+') {
            c = ' ';
        } else if (c == '%') {
            if (length - i < 3 || hex_digit(text[i + 1]) < 0 || hex_digit(text[i + 2]) < 0)
                return ERR_INVALID;
            c = (char)(unsigned char)(hex_digit(text[i + 1]) * 16 + hex_digit(text[i + 2]));
            i += 2;
        }
        if (c == '\0')
            return ERR_INVALID;
        out[count++] = c;
    }
    if (count > limit || !text_is_utf8(out, count))
        return ERR_INVALID;
    out[count] = '\0';
    *result = out;
    return OK;
}

/* Browsers send CRLF whatever the person's machine; one form of line break is stored and compared.
 * A lone CR is a line break too. In place. */
static void
form_unify_breaks(char *value)
{
    char *to = value;

    for (const char *from = value; *from != '\0'; from++) {
        if (*from != '\r')
            *to++ = *from;
        else if (from[1] != '\n')
            *to++ = '\n';
    }
    *to = '\0';
}

/* The name and value of one pair, decoded: the value's line breaks change in place. */
static enum err
form_pair_check(char *name, char *value, struct form_pair *pair)
{
    if (text_has_control(name, false) || text_has_control(value, true))
        return ERR_INVALID;
    form_unify_breaks(value);
    *pair = (struct form_pair){.name = name, .value = value};
    return OK;
}

enum err
form_keep(struct arena *arena, const char *name, size_t name_length, const char *value,
          size_t value_length, struct form_pair *pair)
{
    if (name_length > NAME_BYTES || value_length > LIMIT_FIELD_BYTES)
        return ERR_INVALID;
    if (!text_is_utf8(name, name_length) || !text_is_utf8(value, value_length))
        return ERR_INVALID;
    if (memchr(name, '\0', name_length) != NULL || memchr(value, '\0', value_length) != NULL)
        return ERR_INVALID;
    return form_pair_check(arena_copy(arena, name, name_length),
                           arena_copy(arena, value, value_length), pair);
}

static enum err
form_parse_pair(struct arena *arena, const char *text, size_t length, struct form_pair *pair)
{
    const char *equals = memchr(text, '=', length);
    size_t name_length = equals == NULL ? length : (size_t)(equals - text);
    size_t value_at = equals == NULL ? length : name_length + 1;
    char *name = NULL;
    char *value = NULL;

    TRY(form_decode(arena, text, name_length, NAME_BYTES, &name));
    TRY(form_decode(arena, text + value_at, length - value_at, LIMIT_FIELD_BYTES, &value));
    return form_pair_check(name, value, pair);
}

/* The end of the pair that begins at text: the next '&' or the end of the whole. */
static size_t
form_pair_length(const char *text, size_t length)
{
    const char *end = memchr(text, '&', length);

    return end == NULL ? length : (size_t)(end - text);
}

enum err
form_parse(struct arena *arena, const char *text, size_t length, struct form *form)
{
    struct form found = {.pairs = NULL, .count = 0};
    size_t pairs = 0;

    assert(text != NULL || length == 0);
    for (size_t at = 0; at < length; at += form_pair_length(text + at, length - at) + 1) {
        if (form_pair_length(text + at, length - at) > 0)
            pairs++;
        if (pairs > LIMIT_FORM_FIELDS)
            return ERR_INVALID;
    }
    if (pairs > 0)
        found.pairs = arena_array(arena, struct form_pair, pairs);

    for (size_t at = 0; at < length;) {
        size_t size = form_pair_length(text + at, length - at);

        if (size > 0) {
            assert(found.count < pairs); /* both walks find the same pairs */
            TRY(form_parse_pair(arena, text + at, size, &found.pairs[found.count++]));
        }
        at += size + 1;
    }
    assert(found.count == pairs);
    *form = found;
    return OK;
}

const char *
form_value(const struct form *form, const char *name)
{
    for (size_t i = 0; i < form->count; i++) {
        if (strcmp(form->pairs[i].name, name) == 0)
            return form->pairs[i].value;
    }
    return NULL;
}

const char *
form_text(const struct form *form, const char *name)
{
    const char *value = form_value(form, name);

    return value == NULL ? "" : value;
}

char *
url_encode(struct arena *arena, const char *text)
{
    static const char plain[] =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";
    static const char digits[] = "0123456789ABCDEF";
    char *out = arena_alloc(arena, strlen(text) * 3 + 1);
    size_t count = 0;

    for (; *text != '\0'; text++) {
        unsigned char byte = (unsigned char)*text;

        if (strchr(plain, *text) != NULL) {
            out[count++] = *text;
        } else {
            out[count++] = '%';
            out[count++] = digits[byte >> 4];
            out[count++] = digits[byte & 15];
        }
    }
    out[count] = '\0';
    return out;
}

bool
path_is_local(const char *path)
{
    if (path == NULL || path[0] != '/')
        return false;
    if (strlen(path) > LIMIT_PATH_BYTES + LIMIT_QUERY_BYTES)
        return false;
    /* "//host" and, in browsers, "/\host" leave the site; both are refused anywhere, because a
     * later step may join or normalise what it is given. */
    if (strstr(path, "//") != NULL || strchr(path, '\\') != NULL)
        return false;
    return text_is_utf8(path, strlen(path)) && !text_has_control(path, false);
}

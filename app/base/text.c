/*
 * text.c: UTF-8 without the process's locale, and the growing buffer pages are written into.
 *
 * Not here: HTML and URLs (web/). A byte becomes unsigned before anything is asked about it.
 * Invariant: a full buffer holds a prefix of what was put, never something with a hole in it.
 */
#include "base/text.h"

#include "base/limits.h"
#include "base/log.h"

#include <locale.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <wctype.h>

#define BUFFER_FIRST_BYTES 4096
#define UTF8_MAX_BYTES 4

/* ---- The buffer --------------------------------------------------------------------------- */

static void
buffer_resize(struct buffer *buffer, size_t capacity)
{
    char *data = realloc(buffer->data, capacity + 1); /* one more for the end */

    if (data == NULL) {
        log_line("memory_exhausted", "asked=%zu what=buffer", capacity);
        abort();
    }
    buffer->data = data;
    buffer->capacity = capacity;
}

void
buffer_open(struct buffer *buffer, size_t limit)
{
    assert(buffer != NULL);
    assert(limit > 0 && limit < SIZE_MAX / 2);

    *buffer = (struct buffer){.limit = limit};
    buffer_resize(buffer, limit < BUFFER_FIRST_BYTES ? limit : BUFFER_FIRST_BYTES);
    buffer->data[0] = '\0';
}

void
buffer_close(struct buffer *buffer)
{
    assert(buffer != NULL);

    free(buffer->data);
    *buffer = (struct buffer){0};
}

void
buffer_clear(struct buffer *buffer)
{
    assert(buffer != NULL && buffer->data != NULL);

    buffer->length = 0;
    buffer->full = false;
    buffer->data[0] = '\0';
}

void
buffer_shrink(struct buffer *buffer, size_t capacity)
{
    buffer_clear(buffer);
    if (buffer->capacity > capacity)
        buffer_resize(buffer, capacity);
}

/* Makes room for length more bytes, or says that the buffer is full. */
static bool
buffer_reserve(struct buffer *buffer, size_t length)
{
    assert(buffer != NULL && buffer->data != NULL);
    assert(buffer->length <= buffer->capacity && buffer->capacity <= buffer->limit);

    if (buffer->full || length > buffer->limit - buffer->length) {
        buffer->full = true;
        return false;
    }

    size_t needed = buffer->length + length;
    if (needed > buffer->capacity) {
        size_t grown = buffer->capacity * 2 > needed ? buffer->capacity * 2 : needed;
        buffer_resize(buffer, grown < buffer->limit ? grown : buffer->limit);
    }
    return true;
}

void
buffer_put(struct buffer *buffer, const char *bytes, size_t length)
{
    assert(bytes != NULL || length == 0);

    if (!buffer_reserve(buffer, length) || length == 0)
        return;
    memcpy(buffer->data + buffer->length, bytes, length);
    buffer->length += length;
    buffer->data[buffer->length] = '\0';
}

void
buffer_text(struct buffer *buffer, const char *text)
{
    assert(text != NULL);
    buffer_put(buffer, text, strlen(text));
}

void
buffer_format(struct buffer *buffer, const char *format, ...)
{
    va_list arguments;
    va_list again;

    assert(format != NULL);
    va_start(arguments, format);
    va_copy(again, arguments);
    int length = vsnprintf(NULL, 0, format, arguments);
    va_end(arguments);
    assert(length >= 0);

    if (buffer_reserve(buffer, (size_t)length)) {
        int printed = vsnprintf(buffer->data + buffer->length, (size_t)length + 1, format, again);
        assert(printed == length);
        buffer->length += (size_t)printed;
    }
    va_end(again);
}

/* ---- Code points -------------------------------------------------------------------------- */

static bool
continues(unsigned char byte)
{
    return (byte & 0xc0) == 0x80;
}

/*
 * The length of the well-formed sequence that begins here, 0 when there is none (Unicode, table
 * 3-7). Looks at a byte only after the one before it was right, so it never passes a NUL.
 */
static size_t
sequence_length(const unsigned char *at, size_t left)
{
    unsigned char lead = at[0];
    unsigned char low = 0x80;  /* bounds of the second byte: they exclude overlong forms, */
    unsigned char high = 0xbf; /* surrogates and what lies above U+10FFFF */
    size_t length;

    if (lead < 0x80)
        return 1;
    if (lead < 0xc2 || lead > 0xf4)
        return 0;
    if (lead < 0xe0)
        length = 2;
    else if (lead < 0xf0)
        length = 3;
    else
        length = 4;

    if (lead == 0xe0)
        low = 0xa0;
    else if (lead == 0xed)
        high = 0x9f;
    else if (lead == 0xf0)
        low = 0x90;
    else if (lead == 0xf4)
        high = 0x8f;

    if (left < length || at[1] < low || at[1] > high)
        return 0;
    for (size_t i = 2; i < length; i++) {
        if (!continues(at[i]))
            return 0;
    }
    return length;
}

/* Borrows a valid text that is not at its end; writes the code point, answers its length. */
static size_t
decode(const char *text, uint32_t *point)
{
    static const unsigned char lead_bits[UTF8_MAX_BYTES + 1] = {0, 0x7f, 0x1f, 0x0f, 0x07};
    const unsigned char *at = (const unsigned char *)text;
    size_t length = sequence_length(at, UTF8_MAX_BYTES);

    assert(length > 0);

    uint32_t value = at[0] & lead_bits[length];
    for (size_t i = 1; i < length; i++)
        value = value << 6 | (at[i] & 0x3fu);
    *point = value;
    return length;
}

static size_t
encode(uint32_t point, char *bytes)
{
    unsigned char *at = (unsigned char *)bytes;

    if (point < 0x80) {
        at[0] = (unsigned char)point;
        return 1;
    }
    if (point < 0x800) {
        at[0] = (unsigned char)(0xc0 | point >> 6);
        at[1] = (unsigned char)(0x80 | (point & 0x3f));
        return 2;
    }
    if (point < 0x10000) {
        at[0] = (unsigned char)(0xe0 | point >> 12);
        at[1] = (unsigned char)(0x80 | (point >> 6 & 0x3f));
        at[2] = (unsigned char)(0x80 | (point & 0x3f));
        return 3;
    }
    at[0] = (unsigned char)(0xf0 | point >> 18);
    at[1] = (unsigned char)(0x80 | (point >> 12 & 0x3f));
    at[2] = (unsigned char)(0x80 | (point >> 6 & 0x3f));
    at[3] = (unsigned char)(0x80 | (point & 0x3f));
    return 4;
}

bool
text_is_utf8(const char *bytes, size_t length)
{
    assert(bytes != NULL || length == 0);

    for (size_t i = 0; i < length;) {
        size_t step = sequence_length((const unsigned char *)bytes + i, length - i);

        if (step == 0)
            return false;
        i += step;
    }
    return true;
}

bool
text_has_control(const char *text, bool lines_allowed)
{
    assert(text != NULL);

    for (const unsigned char *at = (const unsigned char *)text; *at != '\0'; at++) {
        bool line = *at == '\n' || *at == '\r' || *at == '\t';

        if (line && lines_allowed)
            continue;
        if (*at < 0x20 || *at == 0x7f)
            return true;
        if (*at == 0xc2 && at[1] >= 0x80 && at[1] <= 0x9f)
            return true;
    }
    return false;
}

size_t
text_count(const char *text)
{
    size_t count = 0;

    assert(text != NULL);
    for (; *text != '\0'; text++)
        count += continues((unsigned char)*text) ? 0 : 1;
    return count;
}

/* Unicode's White_Space property. */
static bool
is_space(uint32_t point)
{
    return (point >= 0x09 && point <= 0x0d) || point == 0x20 || point == 0x85 || point == 0xa0 ||
           point == 0x1680 || (point >= 0x2000 && point <= 0x200a) || point == 0x2028 ||
           point == 0x2029 || point == 0x202f || point == 0x205f || point == 0x3000;
}

char *
text_trim(struct arena *arena, const char *text)
{
    const char *first = NULL;
    const char *end = text;

    assert(text != NULL);
    for (const char *at = text; *at != '\0';) {
        uint32_t point;
        size_t length = decode(at, &point);

        if (!is_space(point)) {
            first = first == NULL ? at : first;
            end = at + length;
        }
        at += length;
    }
    return first == NULL ? arena_text(arena, "") : arena_copy(arena, first, (size_t)(end - first));
}

/*
 * The process's own locale stays "C", so that nothing else changes its meaning; letters are lowered
 * by a locale object of our own. Made once, by whoever needs it first, and constant from then on.
 */
static locale_t letters;
static pthread_once_t letters_once = PTHREAD_ONCE_INIT;

static void
letters_open(void)
{
    letters = newlocale(LC_CTYPE_MASK, "C.UTF-8", (locale_t)0);
    if (letters == (locale_t)0) {
        log_line("locale_missing", "name=C.UTF-8");
        abort();
    }
}

char *
text_cut(struct arena *arena, const char *text, size_t characters)
{
    size_t length = 0;
    size_t seen = 0;

    while (text[length] != '\0') {
        bool begins = ((unsigned char)text[length] & 0xC0U) != 0x80U;

        if (begins && seen++ == characters)
            break;
        length++;
    }
    return arena_copy(arena, text, length);
}

char *
text_fold(struct arena *arena, const char *text)
{
    const char *trimmed = text_trim(arena, text);
    /* A lower-case letter may need more bytes than its capital. */
    char *folded = arena_alloc_array(arena, text_count(trimmed) + 1, UTF8_MAX_BYTES);
    size_t length = 0;

    pthread_once(&letters_once, letters_open);
    while (*trimmed != '\0') {
        uint32_t point;

        trimmed += decode(trimmed, &point);
        length += encode((uint32_t)towlower_l((wint_t)point, letters), folded + length);
    }
    return folded;
}

char *
text_fold_words(struct arena *arena, const char *text)
{
    char *folded = text_fold(arena, text);
    size_t length = 0;
    bool spaced = false;

    for (const char *at = folded; *at != '\0';) {
        uint32_t point;
        size_t bytes = decode(at, &point);
        bool space = is_space(point);

        if (space && !spaced)
            folded[length++] = ' '; /* never longer than what it stands for */
        for (size_t i = 0; !space && i < bytes; i++)
            folded[length++] = at[i];
        spaced = space;
        at += bytes;
    }
    folded[length] = '\0';
    return folded;
}

bool
text_equal(const char *a, const char *b)
{
    assert(a != NULL && b != NULL);
    return strcmp(a, b) == 0;
}

bool
text_starts(const char *text, const char *prefix)
{
    assert(text != NULL && prefix != NULL);
    return strncmp(text, prefix, strlen(prefix)) == 0;
}

int
text_find(const char *const texts[], int count, const char *text)
{
    for (int i = 0; i < count; i++) {
        if (texts[i] != NULL && text_equal(texts[i], text))
            return i;
    }
    return -1;
}

/* ---- Addresses and numbers ---------------------------------------------------------------- */

static bool
is_letter(unsigned char byte)
{
    return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z');
}

static bool
is_digit(unsigned char byte)
{
    return byte >= '0' && byte <= '9';
}

/* What may stand before the @ beside dots (RFC 5322, atext). */
static bool
is_local(unsigned char byte)
{
    return is_letter(byte) || is_digit(byte) ||
           (byte != '\0' && strchr("!#$%&'*+/=?^_`{|}~-", byte) != NULL);
}

static bool
local_is_good(const char *local, size_t length)
{
    if (length == 0 || local[0] == '.' || local[length - 1] == '.')
        return false;
    for (size_t i = 0; i < length; i++) {
        if (local[i] == '.' ? local[i - 1] == '.' : !is_local((unsigned char)local[i]))
            return false;
    }
    return true;
}

/* Letters, digits and inner hyphens. */
static bool
label_is_good(const char *label, size_t length)
{
    if (length == 0 || length > 63 || label[0] == '-' || label[length - 1] == '-')
        return false;
    for (size_t i = 0; i < length; i++) {
        unsigned char byte = (unsigned char)label[i];

        if (!is_letter(byte) && !is_digit(byte) && byte != '-')
            return false;
    }
    return true;
}

/* At least two labels; the last begins with a letter and has two characters or more. */
static bool
domain_is_good(const char *domain)
{
    size_t labels = 1;

    for (;;) {
        size_t length = strcspn(domain, ".");

        if (!label_is_good(domain, length))
            return false;
        if (domain[length] == '\0')
            return labels >= 2 && length >= 2 && is_letter((unsigned char)domain[0]);
        domain += length + 1;
        labels++;
    }
}

bool
text_is_email(const char *text)
{
    assert(text != NULL);

    const char *sign = strchr(text, '@');

    return sign != NULL && strnlen(text, LIMIT_EMAIL_BYTES + 1) <= LIMIT_EMAIL_BYTES &&
           local_is_good(text, (size_t)(sign - text)) && domain_is_good(sign + 1);
}

/* Letters of any script: an address with them is no less somebody's. */
static bool
is_wordlike(unsigned char byte)
{
    return is_letter(byte) || byte >= 0x80;
}

/* Does a host name begin here: word, dot, at least two letters? */
static bool
host_begins(const unsigned char *at)
{
    for (size_t i = 0; is_wordlike(at[i]) || is_digit(at[i]) || at[i] == '-' || at[i] == '.'; i++) {
        if (i > 0 && at[i] == '.' && is_wordlike(at[i + 1]) && is_wordlike(at[i + 2]))
            return true;
    }
    return false;
}

bool
text_holds_email(const char *text)
{
    assert(text != NULL);

    for (const char *sign = strchr(text, '@'); sign != NULL; sign = strchr(sign + 1, '@')) {
        if (sign == text)
            continue;

        unsigned char before = (unsigned char)sign[-1];
        if ((is_local(before) || before == '.' || before == '"' || before >= 0x80) &&
            host_begins((const unsigned char *)sign + 1))
            return true;
    }
    return false;
}

enum err
text_to_integer(const char *text, int64_t low, int64_t high, int64_t *result)
{
    int64_t value = 0;

    assert(text != NULL && result != NULL);
    assert(low <= high);

    if (*text == '\0')
        return ERR_INVALID;
    for (; *text != '\0'; text++) {
        if (!is_digit((unsigned char)*text) || __builtin_mul_overflow(value, 10, &value) ||
            __builtin_add_overflow(value, *text - '0', &value))
            return ERR_INVALID;
    }
    if (value < low || value > high)
        return ERR_INVALID;

    *result = value;
    return OK;
}

/*
 * text_fuzz.c: any bytes at all, first as bytes, then, where they are valid, as text: trimmed,
 * folded, counted, searched for addresses, read as a number, put into a buffer.
 */
#include "base/limits.h"
#include "base/text.h"

#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
try_text(struct arena *arena, const char *text)
{
    const char *trimmed = text_trim(arena, text);
    const char *folded = text_fold(arena, text);

    assert(text_is_utf8(trimmed, strlen(trimmed)));
    assert(text_is_utf8(folded, strlen(folded)));
    assert(strstr(text, trimmed) != NULL);
    assert(text_equal(text_trim(arena, trimmed), trimmed));
    assert(text_equal(text_fold(arena, folded), folded));
    assert(text_count(folded) == text_count(trimmed));
    assert(text_count(text) <= strlen(text));
    assert(text_starts(text, text) && text_starts(text, ""));

    /* Where not even lines are a control, nothing is. */
    assert(!text_has_control(text, true) || text_has_control(text, false));
}

static void
try_email(const char *text)
{
    if (!text_is_email(text))
        return;
    assert(strlen(text) <= LIMIT_EMAIL_BYTES);
    assert(strpbrk(text, " \t\r\n,<>\"") == NULL);
    assert(strchr(text, '@') == strrchr(text, '@'));
    assert(!text_has_control(text, false));
    assert(text_count(text) == strlen(text));
}

static void
try_integer(struct arena *arena, const char *text)
{
    int64_t number = -1;
    int64_t again = -1;

    if (text_to_integer(text, 0, INT64_MAX, &number) != OK) {
        assert(number == -1);
        return;
    }
    const char *printed = arena_format(arena, "%jd", (intmax_t)number);
    assert(text_to_integer(printed, number, number, &again) == OK && again == number);
    while (*text == '0' && text[1] != '\0')
        text++;
    assert(text_equal(printed, text));
}

static void
try_buffer(const char *bytes, size_t size)
{
    struct buffer buffer;

    buffer_open(&buffer, 100);
    buffer_put(&buffer, bytes, size);
    assert(buffer.full == (size > 100));
    assert(buffer.length == (size > 100 ? 0 : size));
    buffer_put(&buffer, bytes, size);
    assert(buffer.length <= buffer.capacity && buffer.capacity <= buffer.limit);
    assert(buffer.data[buffer.length] == '\0');
    buffer_close(&buffer);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena *arena = arena_open(LIMIT_ARENA_BYTES);
    char *text = arena_alloc(arena, size + 1);

    if (size > 0)
        memcpy(text, data, size);
    try_buffer(text, size);
    (void)text_is_utf8(text, size);
    try_email(text);
    try_integer(arena, text);
    (void)text_holds_email(text);
    if (text_is_utf8(text, strlen(text)))
        try_text(arena, text);
    arena_close(arena);
    return 0;
}

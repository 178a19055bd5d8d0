/*
 * mime_fuzz.c: any texts in a mail (base/mime), ended by NUL in the order of the struct. Whatever
 * they hold, the mail has the headers that it should have, each once, and no other; lines are short
 * and end in CRLF; and the plain body, decoded the slow and obvious way, is the text.
 */
#include <string.h>

#include "base/limits.h"
#include "base/mime.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define LINE_BYTES 998 /* RFC 5322; of what we fold, 76 */

static const char *const headers[] = {"Date: ",       "From: ",           "To: ",
                                      "Subject: ",    "Message-ID: <",    "Auto-Submitted: ",
                                      "MIME-Version", "Content-Type: mu"};

/* The next text of the input; what is no UTF-8 is none. */
static const char *
take(struct arena *arena, const uint8_t **data, size_t *size)
{
    size_t length = strnlen((const char *)*data, *size);
    const char *text = arena_copy(arena, (const char *)*data, length);

    if (length < *size)
        length++;
    *data += length;
    *size -= length;
    return text_is_utf8(text, strlen(text)) ? text : "";
}

static void
check_lines(const char *mail)
{
    while (*mail != '\0') {
        size_t length = strcspn(mail, "\r\n");

        assert(length <= LINE_BYTES);
        assert(mail[length] == '\r' && mail[length + 1] == '\n');
        for (size_t i = 0; i < length; i++)
            assert(mail[i] >= ' ' && mail[i] <= '~');
        mail += length + 2;
    }
}

/* Answers where the headers end. */
static const char *
check_headers(const char *mail)
{
    size_t count = 0;

    while (!text_starts(mail, "\r\n")) {
        if (*mail != ' ') {
            assert(count < COUNT(headers));
            assert(text_starts(mail, headers[count]));
            count++;
        }
        mail = strstr(mail, "\r\n") + 2;
    }
    assert(count == COUNT(headers));
    return mail + 2;
}

static char
decoded(const char *at)
{
    static const char digits[] = "0123456789ABCDEF";
    const char *high = strchr(digits, at[1]);
    const char *low = strchr(digits, at[2]);

    assert(high != NULL && low != NULL);
    return (char)((high - digits) * 16 + (low - digits));
}

/* The plain part is the text, line by line. */
static void
check_plain(struct arena *arena, const char *part, const char *text)
{
    const char *end = strstr(part, "\r\n--=_");
    char *out;
    size_t length = 0;

    part = strstr(part, "\r\n\r\n") + 4;
    assert(end != NULL && part <= end);
    out = arena_alloc(arena, (size_t)(end - part) + 1);
    for (; part < end; part++) {
        if (text_starts(part, "=\r\n"))
            part += 2;
        else if (*part == '=') {
            out[length++] = decoded(part);
            part += 2;
        } else if (*part != '\r')
            out[length++] = *part;
    }
    for (const char *at = out; *text != '\0' || *at != '\0';) {
        size_t line = strcspn(text, "\n");
        size_t shown = line > 0 && text[line - 1] == '\r' ? line - 1 : line;

        assert(strncmp(at, text, shown) == 0 && at[shown] == '\n');
        at += shown + 1;
        text += text[line] == '\n' ? line + 1 : line;
    }
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena *arena = arena_open(LIMIT_ARENA_BYTES);
    struct mime_mail mail = {.id = "0f9a-1", .written_at = 1697449325};
    const char *from;
    struct buffer out;

    mail.from_name = take(arena, &data, &size);
    from = take(arena, &data, &size);
    mail.from = text_is_email(from) ? from : "offers@market.example";
    mail.to = take(arena, &data, &size);
    mail.subject = take(arena, &data, &size);
    mail.text = take(arena, &data, &size);
    mail.html = take(arena, &data, &size);
    buffer_open(&out, LIMIT_MAIL_BYTES);
    mime_write(&mail, &out);
    if (!out.full) {
        check_lines(out.data);
        check_plain(arena, check_headers(out.data), mail.text);
    }
    buffer_close(&out);
    arena_close(arena);
    return 0;
}

/*
 * mime.c: headers folded and encoded, bodies in quoted-printable.
 *
 * Every text is made the same way whatever it holds, so that the bytes of a mail depend on the mail
 * alone: sent a second time it is recognised by its Message-ID.
 */
#include "base/mime.h"

#include <stdio.h>
#include <string.h>

#include "base/when.h"

#define LINE_MAX_CHARS 76   /* of a body (RFC 2045) */
#define WORD_MAX_CHARS 75   /* of an encoded word (RFC 2047) */
#define HEADER_MAX_CHARS 76 /* of a line of a header that is folded */
#define CRLF "\r\n"

static const char hex[] = "0123456789ABCDEF";

char *
mime_date(struct arena *arena, int64_t at)
{
    static const char days[][4] = {"Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"};
    static const char months[][4] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                     "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    struct day day = day_of(at);
    int weekday = day.number % 7; /* 1970-01-01 was a Thursday */
    int second = (int)(at - day_start_at(day));

    if (weekday < 0)
        weekday += 7;
    return arena_format(arena, "%s, %d %s %04d %02d:%02d:%02d +0000", days[weekday], day_dom(day),
                        months[day_month(day) - 1], day_year(day), second / 3600, second / 60 % 60,
                        second % 60);
}

/* ---- Headers -------------------------------------------------------------------------------- */

/* Bytes of the character that begins with it, in valid UTF-8. */
static size_t
character_bytes(unsigned char first)
{
    if (first < 0x80)
        return 1;
    if (first < 0xE0)
        return 2;
    return first < 0xF0 ? 3 : 4;
}

/* Can it stand in a header as it is: printable ASCII that does not look like an encoded word, with
 * no word too long to be folded? */
static bool
is_plain(const char *text)
{
    size_t word = 0;

    for (const char *at = text; *at != '\0'; at++) {
        if ((unsigned char)*at < ' ' || (unsigned char)*at > '~')
            return false;
        word = *at == ' ' ? 0 : word + 1;
        if (word > HEADER_MAX_CHARS / 2)
            return false;
    }
    return strstr(text, "=?") == NULL && *text != ' ' &&
           (*text == '\0' || text[strlen(text) - 1] != ' ') && strstr(text, "  ") == NULL;
}

/* One character as "Q" has it in a phrase: letters and digits stand for themselves. */
static size_t
q_encode(const char *at, size_t bytes, char *out)
{
    size_t length = 0;

    for (size_t i = 0; i < bytes; i++) {
        unsigned char byte = (unsigned char)at[i];

        if (byte == ' ' || byte < ' ' || byte == 0x7F) {
            out[length++] = '_'; /* a control character is a space too */
        } else if ((byte >= '0' && byte <= '9') || (byte >= 'A' && byte <= 'Z') ||
                   (byte >= 'a' && byte <= 'z')) {
            out[length++] = (char)byte;
        } else {
            out[length++] = '=';
            out[length++] = hex[byte >> 4];
            out[length++] = hex[byte & 15];
        }
    }
    return length;
}

/* Words of at most 75 characters, none of which splits a character; a line each. */
static void
put_encoded(struct buffer *out, const char *text, size_t column)
{
    static const char opening[] = "=?UTF-8?Q?";
    size_t left = 0; /* of the word that is open */
    bool open = false;

    while (*text != '\0') {
        char encoded[12];
        size_t bytes = character_bytes((unsigned char)*text);
        size_t length = q_encode(text, bytes, encoded);

        if (open && length > left) {
            buffer_text(out, "?=" CRLF " ");
            open = false;
            column = 1;
        }
        if (!open) {
            buffer_text(out, opening);
            left = WORD_MAX_CHARS - (sizeof opening - 1) - 2;
            if (column > 1) /* the first one stands behind the header's name */
                left -= column;
            open = true;
        }
        buffer_put(out, encoded, length);
        left -= length;
        text += bytes;
    }
    if (open)
        buffer_text(out, "?=");
}

/* Words as they are, folded at a space before a line gets too long. */
static void
put_folded(struct buffer *out, const char *text, size_t column)
{
    while (*text != '\0') {
        size_t word = strcspn(text, " ");
        size_t gap = strspn(text + word, " ");

        buffer_put(out, text, word);
        column += word;
        text += word + gap;
        if (*text == '\0')
            break;
        if (column + 1 + strcspn(text, " ") > HEADER_MAX_CHARS) {
            buffer_text(out, CRLF);
            column = 0;
        }
        buffer_text(out, " ");
        column++;
    }
}

static void
put_words(struct buffer *out, const char *text, size_t column)
{
    if (is_plain(text))
        put_folded(out, text, column);
    else
        put_encoded(out, text, column);
}

/* An address comes from a list that is checked (text_is_email), and is checked once more where it
 * would matter: what is not printable, or would end it, is left out. */
static void
put_address(struct buffer *out, const char *address)
{
    buffer_text(out, "<");
    for (const char *at = address; *at != '\0'; at++) {
        if (*at > ' ' && *at <= '~' && *at != '<' && *at != '>')
            buffer_put(out, at, 1);
    }
    buffer_text(out, ">");
}

static void
put_from(struct buffer *out, const struct mime_mail *mail)
{
    buffer_text(out, "From: ");
    if (*mail->from_name != '\0') { /* encoded whatever it is: a phrase needs no quoting then */
        put_encoded(out, mail->from_name, strlen("From: "));
        buffer_text(out, CRLF " ");
    }
    put_address(out, mail->from);
    buffer_text(out, CRLF);
}

/* ---- Bodies --------------------------------------------------------------------------------- */

/* One line in quoted-printable, with soft breaks. */
static void
put_line(struct buffer *out, const char *line, size_t length)
{
    size_t column = 0;

    for (size_t i = 0; i < length; i++) {
        unsigned char byte = (unsigned char)line[i];
        bool last = i + 1 == length;
        bool bare = (byte >= '!' && byte <= '~' && byte != '=') || (byte == ' ' && !last);
        /* "From " and "." at a line's beginning are changed by those who carry mail. */
        char encoded[3] = {'=', hex[byte >> 4], hex[byte & 15]};
        size_t width;

        bare = bare && !(column == 0 && (byte == '.' || byte == 'F'));
        width = bare ? 1 : 3;
        if (column + width > LINE_MAX_CHARS - (last ? 0U : 1U)) {
            buffer_text(out, "=" CRLF);
            column = 0;
        }
        if (bare)
            buffer_put(out, (const char *)&line[i], 1);
        else
            buffer_put(out, encoded, sizeof encoded);
        column += width;
    }
    buffer_text(out, CRLF);
}

static void
put_body(struct buffer *out, const char *text)
{
    while (*text != '\0') {
        size_t length = strcspn(text, "\n");

        put_line(out, text, length > 0 && text[length - 1] == '\r' ? length - 1 : length);
        text += length;
        if (*text == '\n')
            text++;
    }
}

static void
put_part(struct buffer *out, const struct mime_mail *mail, const char *type, const char *text)
{
    buffer_format(out, "--=_%s" CRLF, mail->id);
    buffer_format(out, "Content-Type: text/%s; charset=utf-8" CRLF, type);
    buffer_text(out, "Content-Transfer-Encoding: quoted-printable" CRLF CRLF);
    put_body(out, text);
    buffer_text(out, CRLF);
}

void
mime_write(const struct mime_mail *mail, struct buffer *out)
{
    struct arena *arena = arena_open(4096);
    const char *domain = strrchr(mail->from, '@');

    assert(domain != NULL);
    /* "=_" cannot stand in quoted-printable, so no part holds the line that ends it. */
    buffer_format(out, "Date: %s" CRLF, mime_date(arena, mail->written_at));
    put_from(out, mail);
    buffer_text(out, "To: ");
    put_address(out, mail->to);
    buffer_text(out, CRLF "Subject: ");
    put_words(out, mail->subject, strlen("Subject: "));
    buffer_format(out, CRLF "Message-ID: <%s%s>" CRLF, mail->id, domain);
    buffer_text(out, "Auto-Submitted: auto-generated" CRLF "MIME-Version: 1.0" CRLF);
    buffer_format(out, "Content-Type: multipart/alternative;" CRLF " boundary=\"=_%s\"" CRLF CRLF,
                  mail->id);
    put_part(out, mail, "plain", mail->text);
    put_part(out, mail, "html", mail->html);
    buffer_format(out, "--=_%s--" CRLF, mail->id);
    arena_close(arena);
}

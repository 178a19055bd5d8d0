/*
 * ics.c: properties escaped and folded.
 */
#include "base/ics.h"

#include <string.h>

#define LINE_BYTES 75 /* without its end */
#define CRLF "\r\n"
#define SCRATCH_BYTES ((size_t)256 * 1024)

/* Texts: commas, semicolons, backslashes and line ends are escaped; other controls are spaces. */
static void
put_escaped(struct buffer *out, const char *text)
{
    for (; *text != '\0'; text++) {
        if (*text == '\n')
            buffer_text(out, "\\n");
        else if (*text == ',' || *text == ';' || *text == '\\')
            buffer_format(out, "\\%c", *text);
        else if (*text != '\r')
            buffer_put(out, (unsigned char)*text < ' ' ? " " : text, 1);
    }
}

/* A line break and a space after at most 75 bytes, before the first byte of a character. */
static void
put_folded(struct buffer *out, const char *line, size_t length)
{
    size_t room = LINE_BYTES;

    while (length > room) {
        size_t cut = room;

        while (((unsigned char)line[cut] & 0xC0) == 0x80)
            cut--;
        buffer_put(out, line, cut);
        buffer_text(out, CRLF " ");
        line += cut;
        length -= cut;
        room = LINE_BYTES - 1; /* the space counts */
    }
    buffer_put(out, line, length);
    buffer_text(out, CRLF);
}

static void
put_property(struct buffer *out, const char *name, const char *value, bool escaped)
{
    struct buffer line;

    buffer_open(&line, SCRATCH_BYTES);
    buffer_format(&line, "%s:", name);
    if (escaped)
        put_escaped(&line, value);
    else
        buffer_text(&line, value);
    put_folded(out, line.data, line.length);
    buffer_close(&line);
}

static void
put_day(struct buffer *out, const char *name, struct day day)
{
    buffer_format(out, "%s;VALUE=DATE:%04d%02d%02d" CRLF, name, day_year(day), day_month(day),
                  day_dom(day));
}

static void
put_instant(struct buffer *out, const char *name, int64_t at)
{
    struct day day = day_of(at);
    int second = (int)(at - day_start_at(day));

    buffer_format(out, "%s:%04d%02d%02dT%02d%02d%02dZ" CRLF, name, day_year(day), day_month(day),
                  day_dom(day), second / 3600, second / 60 % 60, second % 60);
}

void
ics_begin(struct buffer *out, const char *name)
{
    buffer_text(out,
                "BEGIN:VCALENDAR" CRLF "VERSION:2.0" CRLF "PRODID:-//Tripact//Deadlines//EN" CRLF
                "CALSCALE:GREGORIAN" CRLF "METHOD:PUBLISH" CRLF);
    put_property(out, "X-WR-CALNAME", name, true);
}

void
ics_event(struct buffer *out, const struct ics_event *event, int64_t now)
{
    buffer_text(out, "BEGIN:VEVENT" CRLF);
    put_property(out, "UID", event->uid, true);
    put_instant(out, "DTSTAMP", now);
    put_day(out, "DTSTART", event->on);
    put_day(out, "DTEND", day_add(event->on, 1));
    put_property(out, "SUMMARY", event->summary, true);
    put_property(out, "DESCRIPTION", event->description, true);
    put_property(out, "URL", event->url, false);
    buffer_text(out, "TRANSP:TRANSPARENT" CRLF "END:VEVENT" CRLF);
}

void
ics_end(struct buffer *out)
{
    buffer_text(out, "END:VCALENDAR" CRLF);
}

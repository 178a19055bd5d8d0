/*
 * mime.h: a mail as the bytes that travel: RFC 5322 headers, RFC 2047 words, two RFC 2045 parts.
 *
 * Not here: what a mail says, how it is sent. Invariant: whatever the texts hold, each header is
 * one field and the body's lines end in CRLF and have at most 76 characters: a line break in a
 * subject, a name or an address becomes a space, never a header of its own.
 */
#ifndef BASE_MIME_H
#define BASE_MIME_H

#include "base/text.h"

struct mime_mail {
    const char *from_name; /* "" for none */
    const char *from;      /* addresses: ASCII without spaces and angle brackets */
    const char *to;
    const char *subject;
    const char *id;     /* the left side of the Message-ID: letters, digits, '-' */
    int64_t written_at; /* the Date */
    const char *text;   /* UTF-8; lines end in LF */
    const char *html;
};

/* Appends the mail to out, which is full when it did not fit. */
void mime_write(const struct mime_mail *mail, struct buffer *out);

/* "Mon, 16 Oct 2023 09:42:05 +0000". Keeps. */
char *mime_date(struct arena *arena, int64_t at);

#endif

/*
 * ics.h: a calendar of whole days as RFC 5545 has it.
 *
 * Not here: what the days are of. Invariant: whatever the texts hold, each property is one line,
 * folded after at most 75 bytes without splitting a character, and ends in CRLF.
 */
#ifndef BASE_ICS_H
#define BASE_ICS_H

#include "base/text.h"
#include "base/when.h"

struct ics_event {
    const char *uid; /* the same for the same deadline, whenever the calendar is fetched */
    struct day on;
    const char *summary;
    const char *description;
    const char *url;
};

/* A calendar, its events, its end; appended to out, which is full when they did not fit. now is
 * when it was made. */
void ics_begin(struct buffer *out, const char *name);
void ics_event(struct buffer *out, const struct ics_event *event, int64_t now);
void ics_end(struct buffer *out);

#endif

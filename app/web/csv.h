/*
 * csv.h: tables as comma-separated values, as RFC 4180 has them: CRLF, quotes where they are
 * needed.
 *
 * Not here: what a table holds. Invariant: no cell that somebody typed is a formula to a
 * spreadsheet: one that begins with = + - @, a tab or a carriage return gets an apostrophe before
 * it.
 */
#ifndef WEB_CSV_H
#define WEB_CSV_H

#include "base/text.h"

/* One table being written; out is borrowed. Passing its limit shows in out->full. */
struct csv {
    struct buffer *out;
    bool begun; /* the line has a cell */
};

/* A cell of text; never NULL. */
void csv_text(struct csv *csv, const char *text);
/* A cell whose text we have made of digits, a point and perhaps a sign; "" is an empty cell. */
void csv_number(struct csv *csv, const char *number);
/* Ends the line. */
void csv_end(struct csv *csv);

#endif

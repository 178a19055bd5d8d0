/*
 * poison.h: texts that would be executed, cut short, or taken for a template's marks, SQL or a
 * formula, in every column that holds what somebody typed.
 */
#ifndef WEB_POISON_H
#define WEB_POISON_H

#include "support/web_market.h"

#define POISON "\"><script>alert(1)</script>'&{{X}} \xf0\x9f\x9a\x80\xd7\xa9\xd7\x9c"

/* Puts them in; what is poisoned begins with "=", as a formula does. */
void poison_all(struct web_market *market);

/* The columns of the schema that hold texts, but are neither poisoned nor known to hold words and
 * names of our own: "table.column", one a line; "" when nothing was forgotten. Keeps. */
const char *poison_forgotten(struct web_market *market);

#endif

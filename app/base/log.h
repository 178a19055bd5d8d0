/*
 * log.h: one key=value line per event, on standard error, whole lines only.
 *
 * Never given to it: names, passwords, tokens, bodies, figures.
 */
#ifndef BASE_LOG_H
#define BASE_LOG_H

#include "base/base.h"

/* Writes "at=<UTC> event=<event> <printed format>\n" in one write(2); control bytes become '?'.
 * The caller quotes values that may hold spaces. */
void log_line(const char *event, const char *format, ...) PRINTF_LIKE(2, 3);

#endif

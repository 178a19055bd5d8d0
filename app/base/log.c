/*
 * log.c: one event, one line, one write(2).
 *
 * Not here: levels, files, rotation; standard error belongs to whoever started us.
 * Invariant: what a line holds cannot begin another line: control bytes are replaced at the end,
 * wherever they came from. Invariant: errno is as the caller left it.
 */
#include "base/log.h"

#include "base/when.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

/* Below PIPE_BUF, so that lines of several threads and processes never mix in a pipe. */
#define LINE_BYTES 2048

static size_t
clip(int printed, size_t room)
{
    if (printed < 0)
        return 0;
    return (size_t)printed < room ? (size_t)printed : room - 1;
}

/* C1 controls are two bytes in UTF-8, and some terminals obey them too. */
static void
replace_controls(char *line, size_t length)
{
    for (size_t i = 0; i < length; i++) {
        unsigned char here = (unsigned char)line[i];
        unsigned char next = i + 1 < length ? (unsigned char)line[i + 1] : 0;

        if (here < 0x20 || here == 0x7f) {
            line[i] = '?';
        } else if (here == 0xc2 && next >= 0x80 && next <= 0x9f) {
            line[i] = '?';
            line[i + 1] = '?';
        }
    }
}

static size_t
put_head(char *line, size_t room, const char *event)
{
    struct timespec now = {0};

    if (clock_gettime(CLOCK_REALTIME, &now) != 0)
        now.tv_sec = 0;

    struct day day = day_of((int64_t)now.tv_sec);
    int second = (int)((int64_t)now.tv_sec - day_start_at(day));
    int printed =
        snprintf(line, room, "at=%04d-%02d-%02dT%02d:%02d:%02dZ event=%s ", day_year(day),
                 day_month(day), day_dom(day), second / 3600, second / 60 % 60, second % 60, event);

    return clip(printed, room);
}

void
log_line(const char *event, const char *format, ...)
{
    int kept_errno = errno;
    char line[LINE_BYTES];
    size_t room = sizeof(line) - 1; /* for the line feed */
    va_list arguments;

    assert(event != NULL && format != NULL);

    size_t length = put_head(line, room, event);
    va_start(arguments, format);
    length += clip(vsnprintf(line + length, room - length, format, arguments), room - length);
    va_end(arguments);

    replace_controls(line, length);
    line[length++] = '\n';

    /* A log that cannot be written is nobody's to hear about; the request goes on. */
    while (write(STDERR_FILENO, line, length) < 0 && errno == EINTR)
        continue;
    errno = kept_errno;
}

/*
 * csv.c: cells and lines.
 */
#include "web/csv.h"

#include <string.h>

static void
cell_begin(struct csv *csv)
{
    if (csv->begun)
        buffer_put(csv->out, ",", 1);
    csv->begun = true;
}

/* A quote inside quotes is doubled; everything else stands for itself there. */
static void
put_inside(struct buffer *out, const char *text)
{
    while (*text != '\0') {
        size_t plain = strcspn(text, "\"");

        buffer_put(out, text, plain);
        text += plain;
        if (*text == '"') {
            buffer_put(out, "\"\"", 2);
            text++;
        }
    }
}

void
csv_text(struct csv *csv, const char *text)
{
    static const char risky[] = "=+-@\t\r";
    const char *guard = *text != '\0' && strchr(risky, *text) != NULL ? "'" : "";

    cell_begin(csv);
    if (strpbrk(text, ",\"\r\n") == NULL) {
        buffer_text(csv->out, guard);
        buffer_text(csv->out, text);
        return;
    }
    buffer_put(csv->out, "\"", 1);
    buffer_text(csv->out, guard);
    put_inside(csv->out, text);
    buffer_put(csv->out, "\"", 1);
}

void
csv_number(struct csv *csv, const char *number)
{
    assert(strspn(number, "-.0123456789") == strlen(number));
    cell_begin(csv);
    buffer_text(csv->out, number);
}

void
csv_end(struct csv *csv)
{
    buffer_put(csv->out, "\r\n", 2);
    csv->begun = false;
}

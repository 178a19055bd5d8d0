/*
 * when_fuzz.c: whatever is typed as a day, a month or an hour is refused, or is exactly what the
 * calendar prints for it.
 */
#include "base/limits.h"
#include "base/when.h"

#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
try_day(struct arena *arena, const char *text)
{
    struct day day = DAY_NONE;

    if (day_parse(text, &day) != OK) {
        assert(day_is_none(day));
        return;
    }
    assert(strcmp(day_iso(arena, day), text) == 0);
    assert(day_make(day_year(day), day_month(day), day_dom(day)).number == day.number);
    assert(day_of(day_start_at(day)).number == day.number);
    assert(strncmp(instant_iso(arena, day_start_at(day)), text, 10) == 0);

    assert(month_add(day, 0).number <= day.number && day.number <= month_last(day).number);
    assert(day_dom(month_add(day, 0)) == 1);
    assert(month_distance(day, month_last(day)) == 0);
}

static void
try_month(struct arena *arena, const char *text)
{
    struct day first = DAY_NONE;

    if (month_parse(text, &first) != OK) {
        assert(day_is_none(first));
        return;
    }
    assert(day_dom(first) == 1);
    assert(strcmp(month_iso(arena, first), text) == 0);
}

static void
try_hour(struct arena *arena, const char *text)
{
    int64_t start_at = -1;
    int64_t again = -1;
    char *shown;

    if (hour_parse(text, &start_at) != OK) {
        assert(start_at == -1);
        return;
    }
    shown = instant_iso(arena, start_at);
    assert(hour_parse(shown, &again) == OK && again == start_at);
    shown[10] = text[10];
    assert(strncmp(shown, text, 13) == 0 && strcmp(shown + 13, ":00:00Z") == 0);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena *arena = arena_open(LIMIT_ARENA_BYTES);
    char *text = arena_alloc(arena, size + 1);

    if (size > 0)
        memcpy(text, data, size);
    try_day(arena, text);
    try_month(arena, text);
    try_hour(arena, text);
    arena_close(arena);
    return 0;
}

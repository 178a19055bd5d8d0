/*
 * when.h: calendar days and instants, all in UTC, proleptic Gregorian, years 1 to 9999.
 *
 * Not here: what the time is (base/world, store/settings). An instant is seconds since
 * 1970-01-01T00:00:00Z in an int64_t named ..._at.
 */
#ifndef BASE_WHEN_H
#define BASE_WHEN_H

#include "base/arena.h"

/* A day is a number of days since 1970-01-01. Compare the numbers directly. */
struct day {
    int32_t number;
};

#define DAY_NONE ((struct day){INT32_MIN})
#define SECONDS_PER_DAY INT64_C(86400)

bool day_is_none(struct day day);
struct day day_of(int64_t at);
int64_t day_start_at(struct day day);
struct day day_make(int year, int month, int dom); /* asserts a real date */
int day_year(struct day day);
int day_month(struct day day); /* 1 to 12 */
int day_dom(struct day day);   /* day of the month, 1 to 31 */
struct day day_add(struct day day, int32_t days);

struct day month_last(struct day day);
/* The first day of the month that lies months later (or earlier, when negative). */
struct day month_add(struct day day, int months);
/* The same day of the month that lies months later, or that month's last when it has no such day.
 */
struct day month_step(struct day day, int months);
/* Whole calendar months from a's month to b's month. */
int month_distance(struct day a, struct day b);

/* Business days are Monday to Friday (LAW D-28). The day lying days business days after day. */
struct day day_add_business(struct day day, int days);

/* "2023-10-16"; the empty text is ERR_INVALID too. Result is written on success only. */
MUST_CHECK enum err day_parse(const char *text, struct day *result);
/* "2023-12" -> the month's first day. */
MUST_CHECK enum err month_parse(const char *text, struct day *first);
/* "2023-10-16T09:05", perhaps with seconds, a space for the T, a Z at the end: when the hour began
 * that it lies in. */
MUST_CHECK enum err hour_parse(const char *text, int64_t *start_at);

/* All keep. DAY_NONE prints as "". */
char *day_iso(struct arena *arena, struct day day);   /* 2023-10-16 */
char *day_show(struct arena *arena, struct day day);  /* 16 Oct 2023 */
char *month_iso(struct arena *arena, struct day day); /* 2023-10 */
char *instant_iso(struct arena *arena, int64_t at);   /* 2023-10-16T09:42:05Z */
char *instant_show(struct arena *arena, int64_t at);  /* 16 Oct 2023, 09:42 UTC */
char *instant_clock(struct arena *arena, int64_t at); /* 09:42 */

#endif

/*
 * when.c: the calendar by arithmetic. No table of years, no C library calendar, no time zone.
 *
 * Not here: what today is. Dates are computed on years that begin in March: the leap day is then
 * the last day of its year and months before it have fixed places; 400 years are 146,097 days.
 * Invariant: no function here answers with a day outside years 1 to 9999; asking for one is a
 * broken invariant of the caller, since day_parse and month_parse let none in.
 */
#include "base/when.h"

#include <string.h>

#define YEAR_MIN 1
#define YEAR_MAX 9999
#define DAYS_PER_ERA 146097  /* 400 years */
#define DAYS_TO_EPOCH 719468 /* from 0000-03-01 to 1970-01-01 */
#define DAY_MIN (-719162)    /* 0001-01-01 */
#define DAY_MAX 2932896      /* 9999-12-31 */
#define MONTHS 12

static const char *const month_names[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                          "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};

_Static_assert(COUNT(month_names) == MONTHS, "every month has a name");

struct civil {
    int year;
    int month;
    int dom;
};

static bool
day_in_range(int64_t number)
{
    return number >= DAY_MIN && number <= DAY_MAX;
}

static struct day
day_from(int64_t number)
{
    assert(day_in_range(number));
    return (struct day){(int32_t)number};
}

static bool
year_is_leap(int year)
{
    return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

static int
days_in_month(int year, int month)
{
    static const int days[MONTHS] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};

    return month == 2 && year_is_leap(year) ? 29 : days[month - 1];
}

static bool
civil_is_real(struct civil civil)
{
    return civil.year >= YEAR_MIN && civil.year <= YEAR_MAX && civil.month >= 1 &&
           civil.month <= MONTHS && civil.dom >= 1 &&
           civil.dom <= days_in_month(civil.year, civil.month);
}

static struct civil
civil_of(struct day day)
{
    assert(day_in_range(day.number));

    int shifted = day.number + DAYS_TO_EPOCH; /* >= 306, since year 1 begins after March of 0 */
    int era = shifted / DAYS_PER_ERA;
    int in_era = shifted % DAYS_PER_ERA;
    int year_in_era = (in_era - in_era / 1460 + in_era / 36524 - in_era / 146096) / 365;
    int in_year = in_era - (365 * year_in_era + year_in_era / 4 - year_in_era / 100);
    int from_march = (5 * in_year + 2) / 153;
    int month = from_march < 10 ? from_march + 3 : from_march - 9;

    return (struct civil){.year = era * 400 + year_in_era + (month <= 2 ? 1 : 0),
                          .month = month,
                          .dom = in_year - (153 * from_march + 2) / 5 + 1};
}

bool
day_is_none(struct day day)
{
    return day.number == DAY_NONE.number;
}

struct day
day_of(int64_t at)
{
    int64_t number = at / SECONDS_PER_DAY;

    if (at % SECONDS_PER_DAY < 0)
        number--; /* division cuts towards 1970, days begin at midnight */
    return day_from(number);
}

int64_t
day_start_at(struct day day)
{
    assert(day_in_range(day.number));
    return day.number * SECONDS_PER_DAY;
}

struct day
day_make(int year, int month, int dom)
{
    assert(civil_is_real((struct civil){year, month, dom}));

    int march_year = month <= 2 ? year - 1 : year;
    int from_march = month > 2 ? month - 3 : month + 9;
    int era = march_year / 400;
    int year_in_era = march_year % 400;
    int in_year = (153 * from_march + 2) / 5 + dom - 1;
    int in_era = 365 * year_in_era + year_in_era / 4 - year_in_era / 100 + in_year;

    return day_from(era * DAYS_PER_ERA + in_era - DAYS_TO_EPOCH);
}

int
day_year(struct day day)
{
    return civil_of(day).year;
}

int
day_month(struct day day)
{
    return civil_of(day).month;
}

int
day_dom(struct day day)
{
    return civil_of(day).dom;
}

struct day
day_add(struct day day, int32_t days)
{
    assert(day_in_range(day.number));
    return day_from((int64_t)day.number + days);
}

struct day
month_last(struct day day)
{
    struct civil civil = civil_of(day);

    return day_add(day, days_in_month(civil.year, civil.month) - civil.dom);
}

struct day
month_add(struct day day, int months)
{
    struct civil civil = civil_of(day);
    int64_t month = (int64_t)civil.year * MONTHS + (civil.month - 1) + months;

    assert(month >= YEAR_MIN * MONTHS && month < (YEAR_MAX + 1) * MONTHS);
    return day_make((int)(month / MONTHS), (int)(month % MONTHS) + 1, 1);
}

struct day
month_step(struct day day, int months)
{
    struct day first = month_add(day, months);
    int last = day_dom(month_last(first));
    int dom = day_dom(day);

    return day_add(first, (dom < last ? dom : last) - 1);
}

int
month_distance(struct day a, struct day b)
{
    struct civil from = civil_of(a);
    struct civil to = civil_of(b);

    return (to.year - from.year) * MONTHS + (to.month - from.month);
}

/* Monday is 0. 0001-01-01, the first day there is, was a Monday. */
static int
weekday(int64_t number)
{
    return (int)((number - DAY_MIN) % 7);
}

struct day
day_add_business(struct day day, int days)
{
    assert(day_in_range(day.number));

    int64_t number = day.number;
    int weekend = weekday(number) - 4; /* 1 on Saturday, 2 on Sunday */
    int step = days < 0 ? -1 : 1;

    if (days == 0)
        return day;

    /* From a weekend one counts as from the Friday before, or back as from the Monday after. */
    if (weekend > 0)
        number += step > 0 ? -weekend : 3 - weekend;
    number += (int64_t)(days / 5) * 7;
    assert(day_in_range(number));

    for (int left = days % 5; left != 0; left -= step) {
        number += step;
        while (number > DAY_MIN && weekday(number) > 4)
            number += step;
    }
    return day_from(number);
}

/* Exactly `count` digits; -1 otherwise. Stops at the first byte that is none, so never passes NUL.
 */
static int
read_digits(const char *text, int count)
{
    int value = 0;

    for (int i = 0; i < count; i++) {
        if (text[i] < '0' || text[i] > '9')
            return -1;
        value = value * 10 + (text[i] - '0');
    }
    return value;
}

enum err
day_parse(const char *text, struct day *result)
{
    assert(text != NULL && result != NULL);

    if (strnlen(text, 11) != 10 || text[4] != '-' || text[7] != '-')
        return ERR_INVALID;

    struct civil civil = {read_digits(text, 4), read_digits(text + 5, 2), read_digits(text + 8, 2)};
    if (!civil_is_real(civil))
        return ERR_INVALID;

    *result = day_make(civil.year, civil.month, civil.dom);
    return OK;
}

enum err
month_parse(const char *text, struct day *first)
{
    assert(text != NULL && first != NULL);

    if (strnlen(text, 8) != 7 || text[4] != '-')
        return ERR_INVALID;

    struct civil civil = {read_digits(text, 4), read_digits(text + 5, 2), 1};
    if (!civil_is_real(civil))
        return ERR_INVALID;

    *first = day_make(civil.year, civil.month, civil.dom);
    return OK;
}

enum err
hour_parse(const char *text, int64_t *start_at)
{
    char day_text[11] = "";
    struct day day;
    size_t length = strnlen(text, 21);

    if (length > 0 && text[length - 1] == 'Z')
        length--;
    if ((length != 16 && length != 19) || (text[10] != 'T' && text[10] != ' ') || text[13] != ':' ||
        (length == 19 && text[16] != ':'))
        return ERR_INVALID;
    memcpy(day_text, text, sizeof day_text - 1);
    TRY(day_parse(day_text, &day));

    int hour = read_digits(text + 11, 2);
    int minute = read_digits(text + 14, 2);
    int second = length == 19 ? read_digits(text + 17, 2) : 0;

    if (hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 59)
        return ERR_INVALID;
    *start_at = day_start_at(day) + hour * INT64_C(3600);
    return OK;
}

/* As "%0*d" prints, which would be a tenth of a page's time. */
static void
put_digits(char *at, int value, int width)
{
    for (int i = width - 1; i >= 0; i--) {
        at[i] = (char)('0' + value % 10);
        value /= 10;
    }
    assert(value == 0);
}

char *
day_iso(struct arena *arena, struct day day)
{
    if (day_is_none(day))
        return arena_text(arena, "");

    struct civil civil = civil_of(day);
    char *text = arena_text(arena, "0000-00-00");
    put_digits(text, civil.year, 4);
    put_digits(text + sizeof("0000"), civil.month, 2);
    put_digits(text + sizeof("0000-00"), civil.dom, 2);
    return text;
}

char *
day_show(struct arena *arena, struct day day)
{
    if (day_is_none(day))
        return arena_text(arena, "");

    struct civil civil = civil_of(day);
    char *text = arena_text(arena, "00 Mon 0000");
    put_digits(text, civil.dom, 2);
    memcpy(text + sizeof("00"), month_names[civil.month - 1], sizeof("Mon") - 1);
    put_digits(text + sizeof("00 Mon"), civil.year, 4);
    return civil.dom < 10 ? text + 1 : text;
}

char *
month_iso(struct arena *arena, struct day day)
{
    if (day_is_none(day))
        return arena_text(arena, "");

    struct civil civil = civil_of(day);
    return arena_format(arena, "%04d-%02d", civil.year, civil.month);
}

static int
second_of_day(int64_t at)
{
    return (int)(at - day_start_at(day_of(at)));
}

char *
instant_iso(struct arena *arena, int64_t at)
{
    int second = second_of_day(at);
    char *text = arena_text(arena, "0000-00-00T00:00:00Z");

    memcpy(text, day_iso(arena, day_of(at)), sizeof("0000-00-00") - 1);
    put_digits(text + sizeof("0000-00-00"), second / 3600, 2);
    put_digits(text + sizeof("0000-00-00T00"), second / 60 % 60, 2);
    put_digits(text + sizeof("0000-00-00T00:00"), second % 60, 2);
    return text;
}

char *
instant_show(struct arena *arena, int64_t at)
{
    return arena_format(arena, "%s, %s UTC", day_show(arena, day_of(at)), instant_clock(arena, at));
}

char *
instant_clock(struct arena *arena, int64_t at)
{
    int second = second_of_day(at);

    char *text = arena_text(arena, "00:00");

    put_digits(text, second / 3600, 2);
    put_digits(text + sizeof("00"), second / 60 % 60, 2);
    return text;
}

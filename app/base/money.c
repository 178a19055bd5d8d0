/*
 * money.c: amounts as whole numbers, products in 128 bits, one rounding per price point (LAW 8.1).
 *
 * Not here: which price applies to whom (core/pricing).
 * Invariant: a text is read exactly or refused; no digit of it is ever dropped unless it is a
 * trailing zero. Invariant: rounding is half away from zero, in divide_rounded and nowhere else.
 */
#include "base/money.h"

#include "base/limits.h"

#include <string.h>

__extension__ typedef __int128 wide;

#define CENT_DECIMALS 2
#define MICRO_DECIMALS 6
#define RATE_DECIMALS 8
#define MICROS_PER_CENT 10000
#define HOUR_DECIMALS_MORE (MICRO_DECIMALS - CENT_DECIMALS)
#define RESERVE_HOURS_MAX (3 * 8760 * 96) /* three years of the largest size */
#define INTEGER_DIGITS 9                  /* LAW D-25 */

_Static_assert(LIMIT_MONEY_CENTS == INT64_C(1000000000) * 100 - 1, "nine digits and two decimals");
_Static_assert(LIMIT_ADJUSTMENT_DECIMALS == RATE_DECIMALS, "a rate holds every adjustment");
_Static_assert(RATE_HUNDRED == 100 * RATE_ONE_PERCENT, "the scale of a rate");
_Static_assert(CONVERSION_ONE == INT64_C(100000000), "a conversion has the decimals of a rate");
_Static_assert((INT64_MAX / RATE_HUNDRED) < INT64_MAX / 100, "wide products need 128 bits");

/* ---- Reading ------------------------------------------------------------------------------ */

struct decimal_form {
    int scale;        /* decimals kept in the result */
    int decimals_max; /* decimals that may be other than zero */
    bool commas;      /* thousands may be grouped */
};

static bool
is_digit(char byte)
{
    return byte >= '0' && byte <= '9';
}

static const char *
skip_spaces(const char *text)
{
    while (*text == ' ' || *text == '\t')
        text++;
    return text;
}

/* Reads "1240" or, where commas are allowed, "1,240": groups of three after the first comma. */
static bool
read_whole(const char **text, bool commas, int64_t *result)
{
    const char *at = *text;
    int64_t value = 0;
    int digits = 0;
    int group = 0;
    bool grouped = false;

    for (;; at++) {
        if (is_digit(*at)) {
            if (++digits > INTEGER_DIGITS)
                return false;
            group++;
            value = value * 10 + (*at - '0');
        } else if (*at == ',' && commas) {
            if (grouped ? group != 3 : group < 1 || group > 3)
                return false;
            grouped = true;
            group = 0;
        } else {
            break;
        }
    }
    if (digits == 0 || (grouped && group != 3))
        return false;

    *text = at;
    *result = value;
    return true;
}

/* Appends the decimals of ".50", if any, to the value. Beyond the allowed ones only zeros. */
static bool
read_decimals(const char **text, const struct decimal_form *form, int64_t *value)
{
    const char *at = *text;
    int decimals = 0;

    if (*at == '.') {
        at++;
        if (!is_digit(*at))
            return false;
        for (; is_digit(*at); at++) {
            if (decimals == form->scale || decimals == form->decimals_max) {
                if (*at != '0')
                    return false;
                continue;
            }
            *value = *value * 10 + (*at - '0');
            decimals++;
        }
    }
    for (; decimals < form->scale; decimals++)
        *value *= 10;

    *text = at;
    return true;
}

static bool
read_decimal(const char **text, const struct decimal_form *form, int64_t *result)
{
    int64_t value;

    assert(form->decimals_max >= 0 && form->decimals_max <= form->scale);
    /* Nine digits and eight decimals are below 10^17, so nothing here can overflow. */
    assert(form->scale <= RATE_DECIMALS);

    if (!read_whole(text, form->commas, &value) || !read_decimals(text, form, &value))
        return false;
    *result = value;
    return true;
}

static enum err
price_parse(const char *text, int scale, int64_t *result)
{
    const struct decimal_form form = {.scale = scale, .decimals_max = scale, .commas = true};
    int64_t value;

    text = skip_spaces(text);
    if (*text == '$')
        text++;
    if (!read_decimal(&text, &form, &value) || *skip_spaces(text) != '\0')
        return ERR_INVALID;

    *result = value;
    return OK;
}

enum err
money_parse(const char *text, struct money *result)
{
    assert(text != NULL && result != NULL);
    return price_parse(text, CENT_DECIMALS, &result->cents);
}

enum err
hourly_parse(const char *text, struct hourly *result)
{
    assert(text != NULL && result != NULL);
    return price_parse(text, MICRO_DECIMALS, &result->micros);
}

enum err
conversion_parse(const char *text, int64_t *conversion_e8)
{
    const struct decimal_form form = {.scale = RATE_DECIMALS, .decimals_max = RATE_DECIMALS};
    int64_t value;

    assert(text != NULL && conversion_e8 != NULL);
    if (!read_decimal(&text, &form, &value) || *text != '\0' || value == 0 ||
        value > CONVERSION_MAX)
        return ERR_INVALID;
    *conversion_e8 = value;
    return OK;
}

enum err
rate_parse(const char *text, int decimals_max, struct rate *result)
{
    const struct decimal_form form = {.scale = RATE_DECIMALS, .decimals_max = decimals_max};
    int64_t value;

    assert(text != NULL && result != NULL);
    assert(decimals_max >= 0 && decimals_max <= RATE_DECIMALS);

    text = skip_spaces(text);
    if (!read_decimal(&text, &form, &value))
        return ERR_INVALID;
    text = skip_spaces(text);
    if (*text == '%')
        text = skip_spaces(text + 1);
    if (*text != '\0')
        return ERR_INVALID;

    result->e8 = value;
    return OK;
}

/* ---- Showing ------------------------------------------------------------------------------ */

/* The sign is kept apart: the most negative number has no positive twin in int64_t. */
static uint64_t
magnitude(int64_t value)
{
    return value < 0 ? UINT64_C(0) - (uint64_t)value : (uint64_t)value;
}

/* 1234567 -> "1,234,567" */
static char *
group_thousands(struct arena *arena, uint64_t whole)
{
    const char *digits = arena_format(arena, "%ju", (uintmax_t)whole);
    size_t count = strlen(digits);
    char *grouped = arena_alloc(arena, count + count / 3 + 1);
    size_t length = 0;

    for (size_t i = 0; i < count; i++) {
        if (i > 0 && (count - i) % 3 == 0)
            grouped[length++] = ',';
        grouped[length++] = digits[i];
    }
    return grouped;
}

static uint64_t
power_of_ten(int exponent)
{
    uint64_t power = 1;

    for (int i = 0; i < exponent; i++)
        power *= 10;
    return power;
}

static char *
price_show(struct arena *arena, int64_t value, int scale)
{
    uint64_t size = magnitude(value);
    uint64_t unit = power_of_ten(scale);

    return arena_format(arena, "%s$%s.%0*ju", value < 0 ? "-" : "",
                        group_thousands(arena, size / unit), scale, (uintmax_t)(size % unit));
}

static char *
price_plain(struct arena *arena, int64_t value, int scale)
{
    uint64_t size = magnitude(value);
    uint64_t unit = power_of_ten(scale);

    if (scale == 0)
        return arena_format(arena, "%s%ju", value < 0 ? "-" : "", (uintmax_t)size);
    return arena_format(arena, "%s%ju.%0*ju", value < 0 ? "-" : "", (uintmax_t)(size / unit), scale,
                        (uintmax_t)(size % unit));
}

char *
money_show(struct arena *arena, struct money money)
{
    return price_show(arena, money.cents, CENT_DECIMALS);
}

char *
money_plain(struct arena *arena, struct money money)
{
    return price_plain(arena, money.cents, CENT_DECIMALS);
}

char *
hourly_show(struct arena *arena, struct hourly price)
{
    return price_show(arena, price.micros, MICRO_DECIMALS);
}

char *
hourly_plain(struct arena *arena, struct hourly price)
{
    return price_plain(arena, price.micros, MICRO_DECIMALS);
}

char *
local_plain(struct arena *arena, struct local_price price)
{
    return price_plain(arena, price.units, price.decimals);
}

char *
conversion_show(struct arena *arena, int64_t conversion_e8)
{
    return rate_show(arena, (struct rate){conversion_e8});
}

char *
rate_show(struct arena *arena, struct rate rate)
{
    char *text = price_plain(arena, rate.e8, RATE_DECIMALS);
    size_t length = strlen(text);

    /* There is a point, so this ends. */
    while (text[length - 1] == '0')
        text[--length] = '\0';
    if (text[length - 1] == '.')
        text[--length] = '\0';
    return text;
}

/* ---- Computing ---------------------------------------------------------------------------- */

static wide
divide_rounded(wide dividend, wide divisor)
{
    assert(divisor > 0);

    wide quotient = dividend / divisor;
    wide rest = dividend % divisor;

    /* Twice the rest may be compared: a rest is below its divisor, and those fit 64 bits. */
    if (rest >= 0)
        return rest * 2 >= divisor ? quotient + 1 : quotient;
    return -rest * 2 >= divisor ? quotient - 1 : quotient;
}

/* dividend / divisor, rounded, or ERR_INVALID when it does not fit. */
static enum err
divide_into(wide dividend, int64_t divisor, int64_t *result)
{
    wide quotient = divide_rounded(dividend, divisor);

    if (quotient > INT64_MAX || quotient < INT64_MIN)
        return ERR_INVALID;
    *result = (int64_t)quotient;
    return OK;
}

char *
rate_show2(struct arena *arena, struct rate rate)
{
    wide hundredths = divide_rounded(rate.e8, RATE_ONE_PERCENT / 100);

    return price_plain(arena, (int64_t)hundredths, 2);
}

static bool
is_discount(struct rate rate)
{
    return rate.e8 >= 0 && rate.e8 <= RATE_HUNDRED;
}

static enum err
amount_discount(int64_t list, struct rate discount, int64_t *result)
{
    assert(list >= 0);
    assert(result != NULL);

    if (!is_discount(discount))
        return ERR_INVALID;
    return divide_into((wide)list * (RATE_HUNDRED - discount.e8), RATE_HUNDRED, result);
}

static enum err
amount_markup(int64_t partner, struct rate adjustment, int64_t *result)
{
    assert(partner >= 0);
    assert(result != NULL);

    if (adjustment.e8 < 0)
        return ERR_INVALID;
    return divide_into((wide)partner * ((wide)RATE_HUNDRED + adjustment.e8), RATE_HUNDRED, result);
}

enum err
money_discount(struct money list, struct rate discount, struct money *result)
{
    return amount_discount(list.cents, discount, &result->cents);
}

enum err
hourly_discount(struct hourly list, struct rate discount, struct hourly *result)
{
    return amount_discount(list.micros, discount, &result->micros);
}

enum err
money_markup(struct money partner, struct rate adjustment, struct money *result)
{
    return amount_markup(partner.cents, adjustment, &result->cents);
}

enum err
hourly_markup(struct hourly partner, struct rate adjustment, struct hourly *result)
{
    return amount_markup(partner.micros, adjustment, &result->micros);
}

enum err
money_line(struct money price, int64_t times, int64_t part, int64_t whole, struct money *result)
{
    /* Cents are below 10^19, times 10^12, days 10^4: 128 bits hold 10^38. */
    assert(price.cents >= 0 && times >= 0 && times <= LIMIT_LINE_TIMES);
    assert(part >= 0 && part <= whole && whole > 0);
    return divide_into((wide)price.cents * times * part, whole, &result->cents);
}

enum err
hourly_line(struct hourly price, int64_t times, struct money *result)
{
    assert(price.micros >= 0 && times >= 0 && times <= LIMIT_LINE_TIMES);
    return divide_into((wide)price.micros * times, MICROS_PER_CENT, &result->cents);
}

enum err
money_share(struct money base, struct rate rate, struct money *result)
{
    assert(base.cents >= 0);
    assert(result != NULL);

    if (rate.e8 < 0)
        return ERR_INVALID;
    return divide_into((wide)base.cents * rate.e8, RATE_HUNDRED, &result->cents);
}

enum err
hourly_reserve(struct hourly hour, int64_t hours, struct rate saving, struct money *result)
{
    const wide scale = (wide)RATE_HUNDRED * MICROS_PER_CENT;
    wide cents;

    assert(hour.micros >= 0 && hours >= 0 && hours <= RESERVE_HOURS_MAX);
    assert(saving.e8 >= 0 && saving.e8 <= RATE_HUNDRED);
    cents = ((wide)hour.micros * hours * (RATE_HUNDRED - saving.e8) + scale / 2) / scale;
    if (cents > LIMIT_MONEY_CENTS)
        return ERR_INVALID;
    result->cents = (int64_t)cents;
    return OK;
}

struct money
money_part(struct money whole, int parts)
{
    assert(whole.cents >= 0 && whole.cents <= LIMIT_MONEY_CENTS && parts > 0);
    return (struct money){(2 * whole.cents + parts) / (2 * parts)};
}

/* units of a dollar's last decimal into those of another currency's. */
static enum err
convert(int64_t units, int scale, int64_t conversion_e8, int decimals, struct local_price *result)
{
    int64_t local;

    assert(units >= 0 && scale <= MICRO_DECIMALS);
    assert(conversion_e8 > 0 && conversion_e8 <= CONVERSION_MAX);
    /* Below 10^19 x 10^14, and one ten more at most for what is ahead: 128 bits hold 10^38. */
    assert(decimals >= 0 && decimals <= CONVERSION_DECIMALS_MAX + HOUR_DECIMALS_MORE);

    wide dividend = (wide)units * conversion_e8;
    int64_t divisor = CONVERSION_ONE;

    for (int ahead = decimals - scale; ahead > 0; ahead--)
        dividend *= 10;
    for (int behind = scale - decimals; behind > 0; behind--)
        divisor *= 10;
    TRY(divide_into(dividend, divisor, &local));
    *result = (struct local_price){local, decimals};
    return OK;
}

enum err
money_convert(struct money dollars, int64_t conversion_e8, int decimals, struct local_price *result)
{
    assert(decimals <= CONVERSION_DECIMALS_MAX);
    return convert(dollars.cents, CENT_DECIMALS, conversion_e8, decimals, result);
}

enum err
hourly_convert(struct hourly dollars, int64_t conversion_e8, int decimals,
               struct local_price *result)
{
    assert(decimals <= CONVERSION_DECIMALS_MAX);
    return convert(dollars.micros, MICRO_DECIMALS, conversion_e8, decimals + HOUR_DECIMALS_MORE,
                   result);
}

enum err
local_times(struct local_price price, int64_t times, struct local_price *result)
{
    int64_t units;

    assert(price.units >= 0 && times >= 0);
    if (__builtin_mul_overflow(price.units, times, &units))
        return ERR_INVALID;
    *result = (struct local_price){units, price.decimals};
    return OK;
}

enum err
rate_net_discount(struct rate discount, struct rate adjustment, struct rate *result)
{
    assert(result != NULL);

    if (!is_discount(discount) || adjustment.e8 < 0)
        return ERR_INVALID;

    wide one = (wide)RATE_HUNDRED * RATE_HUNDRED;
    wide kept = (wide)(RATE_HUNDRED - discount.e8) * ((wide)RATE_HUNDRED + adjustment.e8);
    return divide_into(one - kept, RATE_HUNDRED, &result->e8);
}

enum err
rate_saving(int64_t list, int64_t price, struct rate *result)
{
    assert(list >= 0 && price >= 0);
    assert(result != NULL);

    if (list == 0)
        return ERR_INVALID;
    return divide_into(((wide)list - price) * RATE_HUNDRED, list, &result->e8);
}

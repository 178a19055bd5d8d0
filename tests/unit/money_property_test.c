/*
 * money_property_test.c: what holds for any amount and any percentage, over random inputs.
 *
 * The products are computed a second time in long hand, on strings of decimal digits as in school:
 * no code and no number type is shared with base/money. The random inputs are the same every time.
 */
#include "base/limits.h"
#include "base/money.h"

#include <check.h>
#include <string.h>

Suite *money_property_suite(void);

static struct arena *arena;

static void
setup(void)
{
    arena = arena_open(LIMIT_ARENA_BYTES);
}

static void
teardown(void)
{
    arena_close(arena);
}

static uint64_t
xorshift(uint64_t *state)
{
    *state ^= *state << 13;
    *state ^= *state >> 7;
    *state ^= *state << 17;
    return *state;
}

/* Any magnitude is as likely as any other, so that small numbers are tried as often as large. */
static uint64_t
random_up_to(uint64_t *state, uint64_t most)
{
    uint64_t number = xorshift(state) >> (xorshift(state) % 64);

    return number % (most + 1);
}

/* A number as decimal digits, least significant first, added and multiplied as in school. */
#define DIGITS 64

struct digits {
    unsigned char at[DIGITS];
};

static struct digits
digits_of(const char *plain)
{
    struct digits number = {{0}};
    size_t length = strlen(plain);

    ck_assert_uint_lt(length, DIGITS);
    for (size_t i = 0; i < length; i++)
        number.at[i] = (unsigned char)(plain[length - 1 - i] - '0');
    return number;
}

static struct digits
digits_add(struct digits a, struct digits b)
{
    int carry = 0;

    for (size_t i = 0; i < DIGITS; i++) {
        int sum = a.at[i] + b.at[i] + carry;
        a.at[i] = (unsigned char)(sum % 10);
        carry = sum / 10;
    }
    return a;
}

static struct digits
digits_subtract(struct digits a, struct digits b)
{
    int borrow = 0;

    for (size_t i = 0; i < DIGITS; i++) {
        int rest = a.at[i] - b.at[i] - borrow;
        borrow = rest < 0;
        a.at[i] = (unsigned char)(rest < 0 ? rest + 10 : rest);
    }
    return a;
}

static struct digits
digits_multiply(struct digits a, struct digits b)
{
    struct digits product = {{0}};

    for (size_t i = 0; i < DIGITS; i++) {
        struct digits row = {{0}};
        int carry = 0;

        for (size_t j = 0; i + j < DIGITS; j++) {
            int cell = a.at[j] * b.at[i] + carry;
            row.at[i + j] = (unsigned char)(cell % 10);
            carry = cell / 10;
        }
        product = digits_add(product, row);
    }
    return product;
}

/* Drops the last ten digits, rounding half up. */
static struct digits
digits_divide_by_hundred_percent(struct digits number)
{
    struct digits quotient = {{0}};
    bool up = number.at[9] >= 5;

    memcpy(quotient.at, number.at + 10, DIGITS - 10);
    return up ? digits_add(quotient, digits_of("1")) : quotient;
}

static const char *
digits_text(struct digits number)
{
    char *text = arena_alloc(arena, DIGITS + 1);
    size_t length = 0;
    size_t top = DIGITS;

    while (top > 1 && number.at[top - 1] == 0)
        top--;
    while (top > 0)
        text[length++] = (char)('0' + number.at[--top]);
    return text;
}

static struct digits
digits_of_integer(int64_t value)
{
    return digits_of(arena_format(arena, "%jd", (intmax_t)value));
}

/* amount x factor / 100 %, where factor is 100 % - rate or 100 % + rate. */
static const char *
long_hand(int64_t amount, int64_t rate_e8, bool less)
{
    struct digits hundred = digits_of("10000000000");
    struct digits part = digits_of_integer(rate_e8);
    struct digits factor = less ? digits_subtract(hundred, part) : digits_add(hundred, part);

    return digits_text(
        digits_divide_by_hundred_percent(digits_multiply(digits_of_integer(amount), factor)));
}

static const char *
integer_text(int64_t value)
{
    return arena_format(arena, "%jd", (intmax_t)value);
}

START_TEST(products_agree_with_long_hand)
{
    uint64_t state = UINT64_C(0x9e3779b97f4a7c15) + (uint64_t)_i;

    for (int round = 0; round < 4000; round++) {
        int64_t amount = (int64_t)random_up_to(&state, (uint64_t)LIMIT_MONEY_CENTS);
        struct rate discount = {(int64_t)random_up_to(&state, (uint64_t)RATE_HUNDRED)};
        struct rate adjustment = {(int64_t)random_up_to(&state, UINT64_C(1000000000000))};
        struct money down = {-1};
        struct money up = {-1};
        struct hourly hourly_down = {-1};
        struct hourly hourly_up = {-1};

        ck_assert_int_eq(money_discount((struct money){amount}, discount, &down), OK);
        ck_assert_str_eq(integer_text(down.cents), long_hand(amount, discount.e8, true));
        ck_assert_int_eq(money_markup((struct money){amount}, adjustment, &up), OK);
        ck_assert_str_eq(integer_text(up.cents), long_hand(amount, adjustment.e8, false));

        ck_assert_int_eq(hourly_discount((struct hourly){amount}, discount, &hourly_down), OK);
        ck_assert_int_eq(hourly_markup((struct hourly){amount}, adjustment, &hourly_up), OK);
        ck_assert_int_eq(hourly_down.micros, down.cents);
        ck_assert_int_eq(hourly_up.micros, up.cents);
        ck_assert_int_le(down.cents, amount);
        ck_assert_int_ge(up.cents, amount);
        arena_reset(arena);
    }
}
END_TEST

START_TEST(a_share_is_a_part_of_the_whole)
{
    uint64_t state = 20231016;

    for (int round = 0; round < 20000; round++) {
        struct money partner = {(int64_t)random_up_to(&state, (uint64_t)LIMIT_MONEY_CENTS)};
        struct rate fee_rate = {(int64_t)random_up_to(&state, (uint64_t)RATE_HUNDRED)};
        struct money fee = {-1};

        ck_assert_int_eq(money_share(partner, fee_rate, &fee), OK);
        ck_assert_int_ge(fee.cents, 0);
        ck_assert_int_le(fee.cents, partner.cents);
    }
}
END_TEST

static int64_t
read_money(const char *text)
{
    struct money result = {-1};

    ck_assert_int_eq(money_parse(text, &result), OK);
    return result.cents;
}

static int64_t
read_hourly(const char *text)
{
    struct hourly result = {-1};

    ck_assert_int_eq(hourly_parse(text, &result), OK);
    return result.micros;
}

static int64_t
read_rate(const char *text)
{
    struct rate result = {-1};

    ck_assert_int_eq(rate_parse(text, 8, &result), OK);
    return result.e8;
}

START_TEST(what_is_shown_reads_back)
{
    uint64_t state = 42;

    for (int round = 0; round < 5000; round++) {
        struct money amount = {(int64_t)random_up_to(&state, (uint64_t)LIMIT_MONEY_CENTS)};
        struct hourly price = {(int64_t)random_up_to(&state, UINT64_C(999999999999999))};
        struct rate percent = {(int64_t)random_up_to(&state, UINT64_C(99999999999999999))};

        ck_assert_int_eq(read_money(money_show(arena, amount)), amount.cents);
        ck_assert_int_eq(read_money(money_plain(arena, amount)), amount.cents);
        ck_assert_int_eq(read_hourly(hourly_show(arena, price)), price.micros);
        ck_assert_int_eq(read_hourly(hourly_plain(arena, price)), price.micros);
        ck_assert_int_eq(read_rate(rate_show(arena, percent)), percent.e8);
        arena_reset(arena);
    }
}
END_TEST

Suite *
money_property_suite(void)
{
    Suite *suite = suite_create("money_property");
    TCase *property = tcase_create("property");

    tcase_add_checked_fixture(property, setup, teardown);
    tcase_set_timeout(property, 60);
    tcase_add_loop_test(property, products_agree_with_long_hand, 1, 4);
    tcase_add_test(property, a_share_is_a_part_of_the_whole);
    tcase_add_test(property, what_is_shown_reads_back);
    suite_add_tcase(suite, property);
    return suite;
}

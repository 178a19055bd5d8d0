/*
 * money.h: exact money, hourly prices and percentages (LAW 8.1).
 *
 * Never a float. Products are formed in 128 bits and rounded half up, once per price point.
 * Invariant: every value here is >= 0 unless a comment says otherwise; results that do not fit
 * int64_t are ERR_INVALID for the person, never a wrap.
 */
#ifndef BASE_MONEY_H
#define BASE_MONEY_H

#include "base/arena.h"

struct money {
    int64_t cents;
};

/* A VM's price per hour in US dollars with 6 decimals; a type of its own, so it cannot be added to
 * money by accident. */
struct hourly {
    int64_t micros;
};

/* A percentage in 1e-8 percent: 100 % is 10 000 000 000. */
struct rate {
    int64_t e8;
};

/* An amount of another currency, in units of its last decimal: 1.25 with 2 decimals is 125. A type
 * of its own, so it cannot be added to dollars by accident. */
struct local_price {
    int64_t units;
    int decimals;
};

/* What a dollar is in 1e-8 of another currency: 1.3521 is 135 210 000 (LAW 4.4). */
#define CONVERSION_ONE INT64_C(100000000)
#define CONVERSION_DECIMALS_MAX 3                 /* that a currency has */
#define CONVERSION_MAX (1000000 * CONVERSION_ONE) /* a million of it to the dollar */

#define RATE_ONE_PERCENT INT64_C(100000000)
#define RATE_HUNDRED INT64_C(10000000000)

/* "1240.5", "1,240.50", "$1,240.50"; surrounding spaces allowed. Refused: signs, exponents, a third
 * decimal that is not a trailing zero, misplaced commas, more than 9 digits before the decimal
 * point (LAW D-25: 0.00 to 999,999,999.99). */
MUST_CHECK enum err money_parse(const char *text, struct money *result);
/* The same with up to 6 decimals. */
MUST_CHECK enum err hourly_parse(const char *text, struct hourly *result);

/* "10", "10.52631579", "10.5000000000", with optional "%" at the end. At most decimals_max
 * significant decimals (trailing zeros do not count, LAW 8.2), at most 9 digits before the point;
 * a further decimal is ERR_INVALID, never rounded. */
MUST_CHECK enum err rate_parse(const char *text, int decimals_max, struct rate *result);

/* All keep. */
char *money_show(struct arena *arena, struct money money);   /* $1,240.50 ; negative: -$3.00 */
char *money_plain(struct arena *arena, struct money money);  /* 1240.50 */
char *hourly_show(struct arena *arena, struct hourly price); /* $0.400000 */
char *hourly_plain(struct arena *arena, struct hourly price);
char *rate_show(struct arena *arena, struct rate rate);  /* 10.52631579, no trailing zeros */
char *rate_show2(struct arena *arena, struct rate rate); /* 10.53, half up; also negative (D-24) */

/* list x (1 - d); d from 0 to 100 %, ERR_INVALID beyond. */
MUST_CHECK enum err money_discount(struct money list, struct rate discount, struct money *result);
MUST_CHECK enum err hourly_discount(struct hourly list, struct rate discount,
                                    struct hourly *result);
/* partner x (1 + a); ERR_INVALID when a is negative. */
MUST_CHECK enum err money_markup(struct money partner, struct rate adjustment,
                                 struct money *result);
MUST_CHECK enum err hourly_markup(struct hourly partner, struct rate adjustment,
                                  struct hourly *result);
/* The price x times x part / whole, half up once: what a bill's line comes to; part and whole are
 * days of a period, 1 and 1 for all of it. ERR_INVALID when it does not fit. */
MUST_CHECK enum err money_line(struct money price, int64_t times, int64_t part, int64_t whole,
                               struct money *result);
MUST_CHECK enum err hourly_line(struct hourly price, int64_t times, struct money *result);

/* money x rate, half up: fees. */
MUST_CHECK enum err money_share(struct money base, struct rate rate, struct money *result);

/* The list price of a VM reservation (LAW 3.2): hour x hours x (1 - saving), half up. ERR_INVALID
 * when it passes 999,999,999.99. */
MUST_CHECK enum err hourly_reserve(struct hourly hour, int64_t hours, struct rate saving,
                                   struct money *result);
/* One of parts equal payments, half up. */
struct money money_part(struct money whole, int parts);

/* The price in a currency of that many decimals, 0 to CONVERSION_DECIMALS_MAX, at a conversion from
 * 1 to CONVERSION_MAX: half up to the currency's decimals; of an hour's price to 4 more, as the
 * dollar's 6 are to its 2 (LAW 8.1). ERR_INVALID when it does not fit. */
MUST_CHECK enum err money_convert(struct money dollars, int64_t conversion_e8, int decimals,
                                  struct local_price *result);
MUST_CHECK enum err hourly_convert(struct hourly dollars, int64_t conversion_e8, int decimals,
                                   struct local_price *result);
/* times whole ones of it; ERR_INVALID when that does not fit. */
MUST_CHECK enum err local_times(struct local_price price, int64_t times,
                                struct local_price *result);
/* Keeps: 1240.50; 1240 without decimals. */
char *local_plain(struct arena *arena, struct local_price price);
/* Keeps: 1.3521, no trailing zeros. The reader takes what market files and people type: digits, at
 * most 8 decimals, from 0.00000001 to a million; ERR_INVALID. */
char *conversion_show(struct arena *arena, int64_t conversion_e8);
MUST_CHECK enum err conversion_parse(const char *text, int64_t *conversion_e8);

/* 1 - (1-d)(1+a), exact to 1e-8 percent half up; negative when a lifts the price above list. */
MUST_CHECK enum err rate_net_discount(struct rate discount, struct rate adjustment,
                                      struct rate *result);
/* (list - price) / list as a percentage, 1e-8 half away from zero; ERR_INVALID when list is 0. */
MUST_CHECK enum err rate_saving(int64_t list, int64_t price, struct rate *result);

#endif

/*
 * pricing.c: the three prices of a price point (LAW 8.1 to 8.3).
 *
 * Not here: arithmetic (base/money), and whose eyes may see which price (core/fields).
 */
#include "core/pricing.h"

/* The largest adjustment: nine digits before the point, eight after it (LAW D-25). */
#define ADJUSTMENT_E8_MAX INT64_C(99999999999999999)

/* The largest price point there is (LAW D-25), in the precision of its kind. */
#define HOURLY_MICROS_MAX (LIMIT_MONEY_CENTS * 10000 + 9999)

static bool
amount_fits(struct amount amount)
{
    return amount_integer(amount) <= (amount.per_hour ? HOURLY_MICROS_MAX : LIMIT_MONEY_CENTS);
}

static enum err
amount_discount(struct amount list, struct rate discount, struct amount *result)
{
    struct amount reduced = {.per_hour = list.per_hour};

    if (list.per_hour)
        TRY(hourly_discount(list.hourly, discount, &reduced.hourly));
    else
        TRY(money_discount(list.money, discount, &reduced.money));
    *result = reduced;
    return OK;
}

static enum err
amount_markup(struct amount partner, struct rate adjustment, struct amount *result)
{
    struct amount raised = {.per_hour = partner.per_hour};

    if (partner.per_hour)
        TRY(hourly_markup(partner.hourly, adjustment, &raised.hourly));
    else
        TRY(money_markup(partner.money, adjustment, &raised.money));
    if (!amount_fits(raised))
        return ERR_INVALID;
    *result = raised;
    return OK;
}

static enum err
price_point(const struct offer_row *row, struct row_price *price)
{
    price->has_list = !price->point->unlisted;
    if (price->has_list)
        price->list = price->point->list;
    price->has_partner = false;
    price->has_customer = false;
    if (row->price_type == PRICE_ABSOLUTE && price->has_own) {
        price->partner = price->own;
        price->has_partner = true;
    }
    if (row->price_type == PRICE_DISCOUNT && row->has_discount) {
        TRY(amount_discount(price->list, row->discount, &price->partner));
        price->has_partner = true;
    }
    if (price->has_partner && row->has_adjustment) {
        TRY(amount_markup(price->partner, row->adjustment, &price->customer));
        price->has_customer = true;
    }
    return OK;
}

enum err
price_offer(struct offer *offer, int *too_large)
{
    enum err first = OK;

    /* To the end: a markup that does not fit must not keep the ISV from its own figures. */
    for (size_t i = 0; i < offer->row_count; i++) {
        struct offer_row *row = &offer->rows[i];

        for (size_t k = 0; k < row->price_count; k++) {
            enum err outcome = price_point(row, &row->prices[k]);

            if (outcome != OK && first == OK) {
                *too_large = row->number;
                first = outcome;
            }
        }
    }
    return first;
}

bool
row_priced(const struct offer_row *row)
{
    if (row->price_type == PRICE_DISCOUNT)
        return row->has_discount;
    for (size_t k = 0; k < row->price_count; k++) {
        if (!row->prices[k].has_own || row->prices[k].quantity == 0)
            return false;
    }
    return row->price_count > 0;
}

bool
offer_priced(const struct offer *offer)
{
    for (size_t i = 0; i < offer->row_count; i++) {
        const struct offer_row *row = &offer->rows[i];

        if (row->price_count == 0)
            return false;
        for (size_t k = 0; k < row->price_count; k++) {
            if (!row->prices[k].has_customer)
                return false;
        }
    }
    return true;
}

bool
row_cap(const struct offer_row *row, struct rate *cap)
{
    if (row->price_type != PRICE_DISCOUNT || !row->has_discount)
        return false;
    *cap = row->discount;
    return true;
}

const char *
row_cap_remedy(struct arena *arena, const struct offer *offer, const struct offer_row *row)
{
    if (row_absolute_refusal(row) != NULL)
        return "lower it, as this can have no absolute price";
    return arena_format(arena,
                        "lower it, or ask %s to withdraw the offer and set an absolute price, "
                        "which has no limit",
                        offer->isv_name);
}

enum solving
price_solve(const struct offer_row *row, const struct row_price *price, struct amount wanted,
            struct solution *solution)
{
    int64_t partner = amount_integer(price->partner);
    struct solution found;
    struct rate saving;
    struct rate cap;

    assert(price->has_partner && wanted.per_hour == price->partner.per_hour);
    if (partner == 0)
        return SOLVING_NOTHING;
    if (amount_integer(wanted) < partner)
        return SOLVING_BELOW;
    /* what the wanted price saves on the partner price is what it adds, with the other sign */
    if (rate_saving(partner, amount_integer(wanted), &saving) != OK ||
        -saving.e8 > ADJUSTMENT_E8_MAX)
        return SOLVING_LARGE;
    found.adjustment.e8 = -saving.e8;
    if (row_cap(row, &cap) && found.adjustment.e8 > cap.e8)
        found.adjustment = cap; /* which may round up to what was wanted */
    if (amount_markup(price->partner, found.adjustment, &found.customer) != OK)
        return SOLVING_LARGE;
    *solution = found;
    return found.adjustment.e8 < -saving.e8 &&
                   amount_integer(found.customer) < amount_integer(wanted)
               ? SOLVING_CAPPED
               : SOLVED;
}

enum err
price_split(struct money partner_price, struct money customer_price, struct rate fee,
            struct split *split)
{
    struct split parts;

    assert(customer_price.cents >= partner_price.cents && partner_price.cents >= 0);
    assert(fee.e8 >= 0 && fee.e8 <= RATE_HUNDRED);
    TRY(money_share(partner_price, fee, &parts.fee));
    parts.isv.cents = partner_price.cents - parts.fee.cents;
    parts.partner.cents = customer_price.cents - partner_price.cents;
    assert(parts.isv.cents + parts.partner.cents + parts.fee.cents == customer_price.cents);
    *split = parts;
    return OK;
}

enum err
price_subtotal(const struct row_price *price, struct money unit, struct money *subtotal)
{
    int64_t once;
    int64_t cents;

    assert(price->point->kind == POINT_RESERVATION && price->quantity >= 0);
    if (__builtin_mul_overflow(unit.cents, price->quantity, &once) ||
        __builtin_mul_overflow(once, point_payments(price->point), &cents))
        return ERR_INVALID;
    subtotal->cents = cents;
    return OK;
}

/* Adds one subtotal to a sum that is known as long as all its parts are. */
static enum err
total_add(const struct row_price *price, bool has, struct amount unit, bool *has_sum,
          struct money *sum)
{
    struct money subtotal;
    int64_t cents;

    *has_sum = *has_sum && has && price->quantity > 0;
    if (!*has_sum)
        return OK;
    TRY(price_subtotal(price, unit.money, &subtotal));
    if (__builtin_add_overflow(sum->cents, subtotal.cents, &cents))
        return ERR_INVALID;
    sum->cents = cents;
    return OK;
}

static enum err
totals_add(const struct offer_row *row, struct row_totals *totals)
{
    for (size_t k = 0; k < row->price_count; k++) {
        const struct row_price *price = &row->prices[k];

        TRY(total_add(price, price->has_list, price->list, &totals->has_list, &totals->list));
        TRY(total_add(price, price->has_partner, price->partner, &totals->has_partner,
                      &totals->partner));
        TRY(total_add(price, price->has_customer, price->customer, &totals->has_customer,
                      &totals->customer));
    }
    return OK;
}

enum err
row_totals(const struct offer_row *row, struct row_totals *totals)
{
    bool any = row->price_count > 0;
    struct row_totals sums = {.has_list = any, .has_partner = any, .has_customer = any};

    TRY(totals_add(row, &sums));
    *totals = sums;
    return OK;
}

enum err
offer_totals(const struct offer *offer, struct row_totals *totals)
{
    bool any = offer->row_count > 0;
    struct row_totals sums = {.has_list = any, .has_partner = any, .has_customer = any};

    assert(offer->type == OFFER_RESERVATIONS);
    for (size_t i = 0; i < offer->row_count; i++) {
        if (offer->rows[i].price_count == 0)
            sums.has_list = sums.has_partner = sums.has_customer = false;
        TRY(totals_add(&offer->rows[i], &sums));
    }
    *totals = sums;
    return OK;
}

/* A payment is for all reservations of the price; they are paid as often as the schedule says. */
static enum err
fee_add(const struct row_price *price, struct rate fee, struct money *sum)
{
    struct money payment;
    struct money share;
    int64_t all;

    if (__builtin_mul_overflow(price->partner.money.cents, price->quantity, &payment.cents))
        return ERR_INVALID;
    TRY(money_share(payment, fee, &share));
    if (__builtin_mul_overflow(share.cents, point_payments(price->point), &all) ||
        __builtin_add_overflow(sum->cents, all, &all))
        return ERR_INVALID;
    sum->cents = all;
    return OK;
}

enum err
row_fee(const struct offer_row *row, struct rate fee, struct money *sum)
{
    struct money total = {0};

    for (size_t k = 0; k < row->price_count; k++) {
        assert(row->prices[k].has_partner && row->prices[k].point->kind == POINT_RESERVATION);
        TRY(fee_add(&row->prices[k], fee, &total));
    }
    *sum = total;
    return OK;
}

enum err
offer_fee(const struct offer *offer, struct rate fee, struct money *sum)
{
    struct money total = {0};

    for (size_t i = 0; i < offer->row_count; i++) {
        struct money one;

        TRY(row_fee(&offer->rows[i], fee, &one));
        if (__builtin_add_overflow(total.cents, one.cents, &total.cents))
            return ERR_INVALID;
    }
    *sum = total;
    return OK;
}

enum price_warning
price_warning(const struct offer_row *row, const struct row_price *price)
{
    bool discounted = row->price_type == PRICE_DISCOUNT && row->has_discount;

    if (discounted && price->has_customer && price->has_list &&
        amount_integer(price->customer) > amount_integer(price->list))
        return PRICE_ABOVE_LIST;
    if (row->has_adjustment && row->adjustment.e8 > 0 && price->has_customer &&
        price->has_partner && amount_integer(price->partner) > 0 &&
        amount_equal(price->customer, price->partner))
        return PRICE_MARKUP_VANISHED;
    if (discounted && price->has_partner && price->has_list && amount_integer(price->list) > 0 &&
        amount_equal(price->partner, price->list))
        return PRICE_DISCOUNT_VANISHED;
    return PRICE_FINE;
}

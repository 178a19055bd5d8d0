/*
 * charge.c: the amounts of one line of a bill.
 *
 * Not here: which price holds when (actions/purchase_price). Invariant: amounts come from the
 * rounded unit prices that stand on the line, so that a bill can be reckoned again from what is
 * shown.
 */
#include "core/charge.h"

#include "base/text.h"

static const char *const kind_texts[CHARGE_KIND_COUNT] = {
    [CHARGE_PAYMENT] = "payment", [CHARGE_FEE] = "fee",     [CHARGE_RESERVATION] = "reservation",
    [CHARGE_USERS] = "users",     [CHARGE_USAGE] = "usage", [CHARGE_REFUND] = "refund",
    [CHARGE_CREDIT] = "credit",
};

const char *
charge_kind_text(enum charge_kind kind)
{
    assert(kind < CHARGE_KIND_COUNT);
    return kind_texts[kind];
}

enum err
charge_kind_read(const char *text, enum charge_kind *kind)
{
    int found = text_find(kind_texts, CHARGE_KIND_COUNT, text);

    if (found < 0)
        return ERR_BROKEN;
    *kind = (enum charge_kind)found;
    return OK;
}

static enum err
amount_reckon(const struct charge *charge, int64_t unit, int64_t part, int64_t whole,
              struct money *amount)
{
    if (charge->per_hour) {
        assert(part == whole);
        return hourly_line((struct hourly){unit}, charge->quantity, amount);
    }
    return money_line((struct money){unit}, charge->quantity, part, whole, amount);
}

enum err
charge_reckon(struct charge *charge, int64_t part, int64_t whole)
{
    TRY(amount_reckon(charge, charge->partner, part, whole, &charge->partner_amount));
    TRY(amount_reckon(charge, charge->customer, part, whole, &charge->customer_amount));
    charge->has_list_amount = charge->has_list;
    if (charge->has_list)
        TRY(amount_reckon(charge, charge->list, part, whole, &charge->list_amount));
    return money_share(charge->partner_amount, charge->fee_rate, &charge->fee);
}

void
charge_negate(const struct charge *charge, struct charge *line)
{
    *line = *charge;
    line->list_amount.cents = -charge->list_amount.cents;
    line->partner_amount.cents = -charge->partner_amount.cents;
    line->customer_amount.cents = -charge->customer_amount.cents;
    line->fee.cents = -charge->fee.cents;
    line->corrects = charge->number;
}

/* A share of an amount that was charged; never more than it. */
static enum err
part_of(struct money amount, int64_t part, int64_t whole, struct money *result)
{
    assert(amount.cents >= 0);
    return money_line(amount, 1, part, whole, result);
}

enum err
charge_negate_part(const struct charge *charge, int64_t part, int64_t whole, struct charge *line)
{
    struct charge share = *charge;

    TRY(part_of(charge->list_amount, part, whole, &share.list_amount));
    TRY(part_of(charge->partner_amount, part, whole, &share.partner_amount));
    TRY(part_of(charge->customer_amount, part, whole, &share.customer_amount));
    TRY(money_share(share.partner_amount, charge->fee_rate, &share.fee));
    charge_negate(&share, line);
    return OK;
}

struct money
charge_isv(const struct charge *charge)
{
    return (struct money){charge->partner_amount.cents - charge->fee.cents};
}

struct money
charge_partner(const struct charge *charge)
{
    return (struct money){charge->customer_amount.cents - charge->partner_amount.cents};
}

struct money
commitment_part(struct money remaining, struct money charged)
{
    assert(remaining.cents >= 0 && charged.cents >= 0);
    return charged.cents < remaining.cents ? charged : remaining;
}

/*
 * purchase_time.c: makes what is due, one step of the calendar at a time.
 *
 * Not here: what comes next (core/purchase), which price holds (actions/purchase_price).
 * Invariant: written late or at once, the lines are the same: a step's prices are of its own day.
 */
#include "actions/purchase_time.h"

#include "actions/notify.h"
#include "actions/purchase_price.h"
#include "base/text.h"
#include "store/catalogue.h"
#include "store/commitments.h"
#include "store/purchases.h"
#include "store/usage.h"

#define STEPS_MAX 100000 /* of one purchase: more than the calendar has months */

/* A purchase being brought up to today. */
struct settlement {
    const struct act *act;
    struct purchase *purchase;
    bool writing;
    struct charges *charges; /* where lines go that are not written */
    bool has_term;
    struct term_prices term; /* the one that has begun but is not written */
};

/* ---- Lines ---------------------------------------------------------------------------------- */

struct charge
purchase_line(const struct act *act, const struct purchase *purchase, enum charge_kind kind,
              struct day on, const struct term_prices *prices, const struct unit_price *price)
{
    return (struct charge){
        .purchase = purchase->id,
        .at = act->now,
        .on = on,
        .kind = kind,
        .term = purchase->term,
        .source = prices->source,
        .point = price->point,
        .words = price->words,
        .quantity = price->quantity,
        .per_hour = price->partner.per_hour,
        .has_list = price->has_list,
        .list = price->has_list ? amount_integer(price->list) : 0,
        .partner = amount_integer(price->partner),
        .customer = amount_integer(price->customer),
        .fee_rate = act->settings->fee,
        .from_on = on,
        .through_on = on,
    };
}

/* Takes a charge from the commitments of its day, the earliest begun first (LAW 10.4, D-32). */
static enum err
commitment_use(const struct act *act, const struct purchase *purchase, const struct charge *charge)
{
    struct money left = charge->customer_amount;
    struct commitments commitments;
    struct plan *plan;

    if (left.cents <= 0)
        return OK;
    TRY(plan_load(act->db, act->arena, purchase->product, purchase->plan, charge->on, &plan));
    if (!plan->commitment_eligible)
        return OK;
    TRY(commitments_of(act->db, act->arena, purchase->billing_account, &commitments));
    for (size_t i = 0; i < commitments.count && left.cents > 0; i++) {
        const struct commitment *commitment = &commitments.rows[i];
        struct money part = commitment_part((struct money){commitment->remaining_cents}, left);

        if (charge->on.number < commitment->start_on.number ||
            !text_equal(commitment_status_on(commitment, charge->on), "Active") || part.cents == 0)
            continue;
        TRY(commitment_append(act->db, act->arena, commitment,
                              &(struct commitment_entry){
                                  .at = act->now,
                                  .settled_on = charge->on,
                                  .purchase = purchase->id,
                                  .charge = charge->number,
                                  .decrement = part,
                                  .remaining = {commitment->remaining_cents - part.cents},
                              }));
        left.cents -= part.cents;
    }
    return OK;
}

/* What a charge has used and not got back, of the commitment that starts on that day. */
static int64_t
used_of(const struct commitment_entries *entries, struct day start_on)
{
    int64_t used = 0;

    for (size_t i = 0; i < entries->count; i++) {
        if (entries->rows[i].settled_on.number == start_on.number)
            used += entries->rows[i].decrement.cents;
    }
    return used;
}

/* Gives back what the corrected charge has used, as far as it was charged for nothing: the last
 * used first. Entries of a correction stand under the line it corrects. */
static enum err
commitment_return(const struct act *act, const struct purchase *purchase, const struct charge *line)
{
    int64_t left = -line->customer_amount.cents;
    struct commitments commitments;
    struct commitment_entries entries;

    TRY(commitment_used_by(act->db, act->arena, purchase->id, line->corrects, &entries));
    if (entries.count == 0)
        return OK;
    TRY(commitments_of(act->db, act->arena, purchase->billing_account, &commitments));
    for (size_t i = commitments.count; i > 0 && left > 0; i--) {
        const struct commitment *commitment = &commitments.rows[i - 1];
        int64_t used = used_of(&entries, commitment->start_on);
        int64_t back = used < left ? used : left;

        if (back <= 0)
            continue;
        TRY(commitment_append(act->db, act->arena, commitment,
                              &(struct commitment_entry){
                                  .at = act->now,
                                  .settled_on = line->on,
                                  .purchase = purchase->id,
                                  .charge = line->corrects,
                                  .decrement = {-back},
                                  .remaining = {commitment->remaining_cents + back},
                              }));
        left -= back;
    }
    return OK;
}

enum err
purchase_charge(const struct act *act, struct purchase *purchase, struct charge *charge,
                int64_t part, int64_t whole)
{
    TRY(charge_reckon(charge, part, whole));
    charge->number = ++purchase->charge_count;
    TRY(charge_insert(act->db, act->arena, charge));
    return commitment_use(act, purchase, charge);
}

/* Writes a line that takes another back. */
static enum err
correction_keep(const struct act *act, struct purchase *purchase, enum charge_kind kind,
                struct charge *line)
{
    line->kind = kind;
    line->at = act->now;
    line->on = act->today;
    line->number = ++purchase->charge_count;
    TRY(charge_insert(act->db, act->arena, line));
    return commitment_return(act, purchase, line);
}

/* What is left of a line after what corrected it already. */
static struct charge
line_left(const struct charges *charges, const struct charge *charge)
{
    struct charge left = *charge;

    for (size_t i = 0; i < charges->count; i++) {
        const struct charge *other = &charges->rows[i];

        if (other->corrects != charge->number)
            continue;
        left.list_amount.cents += other->list_amount.cents;
        left.partner_amount.cents += other->partner_amount.cents;
        left.customer_amount.cents += other->customer_amount.cents;
        left.fee.cents += other->fee.cents;
    }
    return left;
}

enum err
purchase_refund(const struct act *act, struct purchase *purchase)
{
    struct charges charges;

    TRY(charges_of(act->db, act->arena, purchase->id, &charges));
    for (size_t i = 0; i < charges.count; i++) {
        const struct charge *charge = &charges.rows[i];
        struct charge left = line_left(&charges, charge);
        struct charge line;

        if (charge->corrects != 0 || charge->kind == CHARGE_USAGE ||
            (left.customer_amount.cents == 0 && left.partner_amount.cents == 0))
            continue;
        charge_negate(&left, &line);
        TRY(correction_keep(act, purchase, CHARGE_REFUND, &line));
    }
    return OK;
}

enum err
purchase_credit(const struct act *act, struct purchase *purchase, const struct charge *charge,
                int64_t part, int64_t whole)
{
    struct charge line;

    TRY(charge_negate_part(charge, part, whole, &line));
    line.from_on = act->today;
    return correction_keep(act, purchase, CHARGE_CREDIT, &line);
}

/* A line that time brings: written, or only shown. */
static enum err
line_keep(struct settlement *s, struct charge *charge)
{
    if (s->writing)
        return purchase_charge(s->act, s->purchase, charge, 1, 1);
    TRY(charge_reckon(charge, 1, 1));
    charge->number = ++s->purchase->charge_count;
    if (s->charges->count == 2 * LIMIT_CHARGES)
        return ERR_BROKEN; /* the jobs write them long before */
    s->charges->rows[s->charges->count++] = *charge;
    return OK;
}

/* ---- Prices --------------------------------------------------------------------------------- */

static enum err
answer_on(const struct settlement *s, struct day on, struct day from, struct day through,
          struct price_answer *answer)
{
    const struct purchase *purchase = s->purchase;
    bool monthly = from.number != through.number;
    const struct price_question question = {
        .billing_account = purchase->billing_account,
        .offer = purchase->offer,
        .row = purchase->row,
        .product = purchase->product,
        .plan = purchase->plan,
        .on = on,
        .from = from,
        .through = through,
        .at = monthly ? day_start_at(day_add(through, 1)) - 1 : day_start_at(on),
    };

    return price_answer(s->act, &question, answer);
}

/* What the term that holds on the day costs. */
static enum err
term_prices_on(struct settlement *s, struct day on, struct term_prices *prices)
{
    if (s->has_term && s->term.begins_on.number <= on.number) {
        *prices = s->term;
        return OK;
    }
    TRY(term_on(s->act->db, s->act->arena, s->purchase->id, on, prices));
    return OK;
}

/* Is the price one of a payment, not of a meter? */
static bool
is_payment(const struct price_point *point)
{
    return point->kind == POINT_TERM || point->kind == POINT_USER ||
           point->kind == POINT_RESERVATION;
}

/* What a renewal costs: the same payments as before, and the meters. False when a payment has no
 * price any more. */
static bool
renewal_prices(const struct settlement *s, const struct price_answer *answer,
               struct term_prices *prices)
{
    const struct purchase *purchase = s->purchase;
    bool paid = false;

    *prices = answer->prices;
    prices->count = 0;
    for (size_t k = 0; k < answer->prices.count; k++) {
        const struct price_point *point = answer->points[k];

        if (is_payment(point) && (point->term_months != purchase->term_months ||
                                  point->payment_months != purchase->payment_months))
            continue;
        paid = paid || is_payment(point);
        prices->rows[prices->count++] = answer->prices.rows[k];
    }
    return paid;
}

/* ---- Steps ---------------------------------------------------------------------------------- */

static enum err
happened(const struct settlement *s, enum purchase_event_kind kind, struct day on)
{
    if (!s->writing)
        return OK;
    return notify_purchase(s->act, s->purchase,
                           &(struct purchase_event){
                               .at = day_start_at(on),
                               .kind = kind,
                               .party = PARTY_SYSTEM,
                               .account = "",
                               .account_name = "Marketplace",
                               .person = "",
                               .person_name = "",
                               .note = "",
                           });
}

/* One line for each price of the payment: a term's, or each size of reservations. */
static enum err
pay_term(struct settlement *s, struct day on, struct day through)
{
    struct purchase *purchase = s->purchase;
    bool reserved = purchase->kind == PURCHASE_RESERVATION;
    struct term_prices prices;

    TRY(term_prices_on(s, on, &prices));
    for (size_t k = 0; k < prices.count; k++) {
        const struct unit_price *price = &prices.rows[k];
        struct charge line = purchase_line(
            s->act, purchase, reserved ? CHARGE_RESERVATION : CHARGE_PAYMENT, on, &prices, price);

        if (text_starts(price->point, POINT_METER_PREFIX))
            continue;
        if (!reserved)
            line.quantity = purchase->quantity;
        line.through_on = through;
        TRY(line_keep(s, &line));
    }
    return OK;
}

/* An application's fee is the price of its day (LAW D-29). One of 0.00 is no line. */
static enum err
pay_fee(struct settlement *s, struct day on, struct day through)
{
    struct price_answer answer;

    TRY(answer_on(s, on, on, on, &answer));
    for (size_t k = 0; k < answer.prices.count; k++) {
        struct charge line = purchase_line(s->act, s->purchase, CHARGE_FEE, on, &answer.prices,
                                           &answer.prices.rows[k]);

        if (answer.points[k]->kind != POINT_MONTH || (line.customer == 0 && line.partner == 0))
            continue;
        line.through_on = through;
        TRY(line_keep(s, &line));
    }
    return OK;
}

static enum err
pay(struct settlement *s, struct day on)
{
    struct purchase *purchase = s->purchase;
    struct day through;

    purchase->quantity = purchase->next_quantity; /* fewer users count from now (LAW D-30) */
    purchase_paid(purchase);
    through = day_add(purchase_period_ends(purchase), -1);
    return purchase->kind == PURCHASE_APP ? pay_fee(s, on, through) : pay_term(s, on, through);
}

static enum err
end(struct settlement *s, struct day on)
{
    TRY(purchase_advance(s->purchase, PURCHASE_END, PARTY_SYSTEM, day_start_at(on)));
    return happened(s, PURCHASE_ENDED, on);
}

static enum err
renew(struct settlement *s, struct day on)
{
    struct term_prices prices;
    struct price_answer answer;

    TRY(answer_on(s, on, on, on, &answer));
    if (!renewal_prices(s, &answer, &prices))
        return end(s, on);
    purchase_renewed(s->purchase);
    prices.term = s->purchase->term;
    prices.begins_on = on;
    if (s->writing) {
        TRY(term_insert(s->act->db, s->act->arena, s->purchase->id, &prices));
    } else {
        s->term = prices;
        s->has_term = true;
    }
    return happened(s, PURCHASE_RENEWED, on);
}

static enum err
lapse(struct settlement *s, struct day on)
{
    TRY(purchase_advance(s->purchase, PURCHASE_LAPSE, PARTY_SYSTEM, day_start_at(on)));
    return happened(s, PURCHASE_LAPSED, on);
}

/* ---- Usage ---------------------------------------------------------------------------------- */

/* The prices that usage of the day costs: of a machine the month's, of an application the day's, of
 * a subscription those of the term (LAW 8.8). */
static enum err
usage_prices(struct settlement *s, struct day on, struct term_prices *prices)
{
    struct day first = s->purchase->usage_on;
    struct day last = month_last(first);
    struct price_answer answer;

    if (s->purchase->kind == PURCHASE_SAAS)
        return term_prices_on(s, on, prices);
    if (s->purchase->kind == PURCHASE_VM)
        TRY(answer_on(s, last, first, last, &answer));
    else
        TRY(answer_on(s, on, on, on, &answer));
    *prices = answer.prices;
    return OK;
}

/* Hours of a machine priced by the vCPU are hours of each of them. */
static int64_t
times(const struct purchase *purchase, int64_t quantity)
{
    return purchase->model == MODEL_VM_CORE ? quantity * purchase->vcpu : quantity;
}

static bool
same_line(const struct charge *a, const struct charge *b)
{
    return text_equal(a->point, b->point) && text_equal(a->source.offer, b->source.offer) &&
           a->list == b->list && a->partner == b->partner && a->customer == b->customer;
}

/* A line for each price of a month, or more where it changed within the month. */
static enum err
charge_usage(struct settlement *s)
{
    struct purchase *purchase = s->purchase;
    struct day first = purchase->usage_on;
    struct day last = month_last(first);
    struct charge open = {.quantity = 0};
    struct usage usage;

    TRY(usage_between(s->act->db, s->act->arena, purchase->id, day_start_at(first),
                      day_start_at(day_add(last, 1)), &usage));
    for (size_t i = 0; i < usage.count; i++) {
        const struct usage_sum *sum = &usage.rows[i];
        const struct unit_price *price;
        struct term_prices prices;
        struct charge line;

        TRY(usage_prices(s, sum->on, &prices));
        price = term_price(&prices, sum->point);
        if (price == NULL)
            continue; /* a meter that is no longer sold */
        line = purchase_line(s->act, purchase, CHARGE_USAGE, last, &prices, price);
        line.quantity = times(purchase, sum->quantity);
        line.from_on = sum->on;
        line.through_on = sum->on;
        if (open.quantity > 0 && same_line(&open, &line)) {
            open.quantity += line.quantity;
            open.through_on = sum->on;
            continue;
        }
        if (open.quantity > 0)
            TRY(line_keep(s, &open));
        open = line;
    }
    if (open.quantity > 0)
        TRY(line_keep(s, &open));
    purchase_usage_charged(purchase);
    return OK;
}

/* ---- All of it ------------------------------------------------------------------------------ */

static enum err
step(struct settlement *s, const struct purchase_event_due *due)
{
    switch (due->what) {
    case DUE_PAYMENT:
        return pay(s, due->on);
    case DUE_RENEWAL:
        return renew(s, due->on);
    case DUE_END:
        return end(s, due->on);
    case DUE_LAPSE:
        return lapse(s, due->on);
    case DUE_USAGE:
        return charge_usage(s);
    case DUE_NOTHING:
        break;
    }
    assert(false);
    return ERR_BROKEN;
}

static enum err
settle(struct settlement *s, int *steps)
{
    for (*steps = 0; *steps < STEPS_MAX; (*steps)++) {
        struct purchase_event_due due = purchase_next(s->purchase);

        if (due.what == DUE_NOTHING || due.on.number > s->act->today.number)
            return OK;
        TRY(step(s, &due));
    }
    return ERR_BROKEN;
}

enum err
purchase_settle(const struct act *act, struct purchase *purchase)
{
    struct settlement s = {.act = act, .purchase = purchase, .writing = true};
    int steps = 0;

    TRY(settle(&s, &steps));
    if (steps == 0)
        return OK;
    TRY(purchase_save(act->db, act->arena, purchase));
    return notify_purchase_saved(act, purchase);
}

enum err
purchase_foresee(const struct act *act, struct purchase *purchase, struct charges *charges)
{
    struct settlement s = {.act = act, .purchase = purchase, .charges = charges};
    struct charges stored;
    int steps = 0;

    TRY(charges_of(act->db, act->arena, purchase->id, &stored));
    charges->rows = arena_array(act->arena, struct charge, 2 * LIMIT_CHARGES);
    charges->count = stored.count;
    for (size_t i = 0; i < stored.count; i++)
        charges->rows[i] = stored.rows[i];
    return settle(&s, &steps);
}

enum err
action_purchase_settle(const struct act *act, const char *id)
{
    struct purchase purchase;

    TRY(purchase_load(act->db, act->arena, &act->viewer, id, &purchase));
    return purchase_settle(act, &purchase);
}

/*
 * purchase.c: the life of a purchase, as a table, and the calendar of its payments (LAW 11, D-29).
 *
 * Not here: what anything costs (core/charge), who sees it (store/purchases).
 * Invariant: days of payments are counted in months from the anchor, never from the day before.
 */
#include "core/purchase.h"

#include "base/text.h"

#define CUSTOMER PARTY_BIT(PARTY_CUSTOMER)
#define ISV PARTY_BIT(PARTY_ISV)
#define MARKET PARTY_BIT(PARTY_OPERATOR)
#define CLOCK PARTY_BIT(PARTY_SYSTEM)

#define SAAS PURCHASE_BIT(PURCHASE_SAAS)
#define APP PURCHASE_BIT(PURCHASE_APP)
#define VM PURCHASE_BIT(PURCHASE_VM)
#define TERMS (SAAS | PURCHASE_BIT(PURCHASE_RESERVATION)) /* those that have one */
#define EVERY (TERMS | VM | APP)

/* LAW 11. */
const struct purchase_step purchase_steps[] = {
    /* from, move, by, to, kinds */
    {PURCHASE_PENDING, PURCHASE_CONFIGURE, CUSTOMER, PURCHASE_PENDING, SAAS},
    {PURCHASE_PENDING, PURCHASE_ACTIVATE, ISV, PURCHASE_SUBSCRIBED, SAAS},
    {PURCHASE_PENDING, PURCHASE_CANCEL, CUSTOMER, PURCHASE_UNSUBSCRIBED, SAAS},
    {PURCHASE_PENDING, PURCHASE_REFUND, MARKET, PURCHASE_UNSUBSCRIBED, SAAS},
    {PURCHASE_PENDING, PURCHASE_RECUR, CUSTOMER, PURCHASE_PENDING, SAAS},
    {PURCHASE_PENDING, PURCHASE_LAPSE, CLOCK, PURCHASE_UNSUBSCRIBED, SAAS},
    {PURCHASE_SUBSCRIBED, PURCHASE_CANCEL, CUSTOMER, PURCHASE_UNSUBSCRIBED, EVERY},
    {PURCHASE_SUBSCRIBED, PURCHASE_CANCEL, ISV, PURCHASE_UNSUBSCRIBED, SAAS},
    {PURCHASE_SUBSCRIBED, PURCHASE_REFUND, MARKET, PURCHASE_UNSUBSCRIBED, EVERY},
    {PURCHASE_SUBSCRIBED, PURCHASE_FAIL_PAYMENT, MARKET, PURCHASE_SUSPENDED, SAAS},
    {PURCHASE_SUBSCRIBED, PURCHASE_CHANGE, CUSTOMER | ISV, PURCHASE_SUBSCRIBED, SAAS},
    {PURCHASE_SUBSCRIBED, PURCHASE_RECUR, CUSTOMER, PURCHASE_SUBSCRIBED, TERMS},
    {PURCHASE_SUBSCRIBED, PURCHASE_REPORT, ISV, PURCHASE_SUBSCRIBED, SAAS | APP},
    {PURCHASE_SUBSCRIBED, PURCHASE_REPORT, MARKET, PURCHASE_SUBSCRIBED, VM},
    {PURCHASE_SUBSCRIBED, PURCHASE_RENEW, CLOCK, PURCHASE_SUBSCRIBED, TERMS},
    {PURCHASE_SUBSCRIBED, PURCHASE_END, CLOCK, PURCHASE_UNSUBSCRIBED, TERMS},
    {PURCHASE_SUSPENDED, PURCHASE_RECEIVE_PAYMENT, MARKET, PURCHASE_SUBSCRIBED, SAAS},
    {PURCHASE_SUSPENDED, PURCHASE_CANCEL, CUSTOMER | ISV, PURCHASE_UNSUBSCRIBED, SAAS},
    {PURCHASE_SUSPENDED, PURCHASE_REFUND, MARKET, PURCHASE_UNSUBSCRIBED, SAAS},
    {PURCHASE_SUSPENDED, PURCHASE_LAPSE, CLOCK, PURCHASE_UNSUBSCRIBED, SAAS},
};
const size_t purchase_step_count = COUNT(purchase_steps);

static const char *const kind_texts[PURCHASE_KIND_COUNT] = {
    [PURCHASE_SAAS] = "saas",
    [PURCHASE_VM] = "vm",
    [PURCHASE_APP] = "app",
    [PURCHASE_RESERVATION] = "reservation",
};

static const char *const state_texts[PURCHASE_STATE_COUNT] = {
    [PURCHASE_PENDING] = "pending",
    [PURCHASE_SUBSCRIBED] = "subscribed",
    [PURCHASE_SUSPENDED] = "suspended",
    [PURCHASE_UNSUBSCRIBED] = "unsubscribed",
};

static const char *const state_word_list[PURCHASE_STATE_COUNT] = {
    [PURCHASE_PENDING] = "PendingFulfillmentStart",
    [PURCHASE_SUBSCRIBED] = "Subscribed",
    [PURCHASE_SUSPENDED] = "Suspended",
    [PURCHASE_UNSUBSCRIBED] = "Unsubscribed",
};

static const char *const ending_texts[PURCHASE_ENDING_COUNT] = {
    [PURCHASE_RUNNING] = "",
    [PURCHASE_CANCELLED_BY_CUSTOMER] = "customer",
    [PURCHASE_CANCELLED_BY_ISV] = "isv",
    [PURCHASE_NEVER_CONFIGURED] = "not_configured",
    [PURCHASE_NEVER_ACTIVATED] = "not_activated",
    [PURCHASE_NEVER_PAID] = "not_paid",
    [PURCHASE_TERM_OVER] = "term_over",
    [PURCHASE_REFUNDED_BY_MARKET] = "refunded",
};

static const char *const event_texts[PURCHASE_EVENT_COUNT] = {
    [PURCHASE_BOUGHT] = "bought",
    [PURCHASE_CONFIGURED] = "configured",
    [PURCHASE_ACTIVATED] = "activated",
    [PURCHASE_USERS_CHANGED] = "users_changed",
    [PURCHASE_PLAN_CHANGED] = "plan_changed",
    [PURCHASE_RECURRING_ON] = "recurring_on",
    [PURCHASE_RECURRING_OFF] = "recurring_off",
    [PURCHASE_PAYMENT_FAILED] = "payment_failed",
    [PURCHASE_PAYMENT_RECEIVED] = "payment_received",
    [PURCHASE_RENEWED] = "renewed",
    [PURCHASE_CANCELLED] = "cancelled",
    [PURCHASE_LAPSED] = "lapsed",
    [PURCHASE_ENDED] = "ended",
    [PURCHASE_REFUNDED] = "refunded",
};

static const char *const event_word_list[PURCHASE_EVENT_COUNT] = {
    [PURCHASE_BOUGHT] = "Bought",
    [PURCHASE_CONFIGURED] = "Configured",
    [PURCHASE_ACTIVATED] = "Activated",
    [PURCHASE_USERS_CHANGED] = "Number of users changed",
    [PURCHASE_PLAN_CHANGED] = "Plan changed",
    [PURCHASE_RECURRING_ON] = "Recurring billing turned on",
    [PURCHASE_RECURRING_OFF] = "Recurring billing turned off",
    [PURCHASE_PAYMENT_FAILED] = "Payment failed, suspended",
    [PURCHASE_PAYMENT_RECEIVED] = "Payment received, reinstated",
    [PURCHASE_RENEWED] = "Renewed",
    [PURCHASE_CANCELLED] = "Cancelled",
    [PURCHASE_LAPSED] = "Unsubscribed: the time ran out",
    [PURCHASE_ENDED] = "The term ended",
    [PURCHASE_REFUNDED] = "Refunded by the marketplace",
};

const char *
purchase_kind_text(enum purchase_kind kind)
{
    assert(kind < PURCHASE_KIND_COUNT);
    return kind_texts[kind];
}

enum err
purchase_kind_read(const char *text, enum purchase_kind *kind)
{
    int found = text_find(kind_texts, PURCHASE_KIND_COUNT, text);

    if (found < 0)
        return ERR_BROKEN;
    *kind = (enum purchase_kind)found;
    return OK;
}

const char *
purchase_state_text(enum purchase_state state)
{
    assert(state < PURCHASE_STATE_COUNT);
    return state_texts[state];
}

enum err
purchase_state_read(const char *text, enum purchase_state *state)
{
    int found = text_find(state_texts, PURCHASE_STATE_COUNT, text);

    if (found < 0)
        return ERR_BROKEN;
    *state = (enum purchase_state)found;
    return OK;
}

const char *
purchase_ending_text(enum purchase_ending ending)
{
    assert(ending < PURCHASE_ENDING_COUNT);
    return ending_texts[ending];
}

enum err
purchase_ending_read(const char *text, enum purchase_ending *ending)
{
    int found = text_find(ending_texts, PURCHASE_ENDING_COUNT, text);

    if (found < 0)
        return ERR_BROKEN;
    *ending = (enum purchase_ending)found;
    return OK;
}

const char *
purchase_event_text(enum purchase_event_kind kind)
{
    assert(kind < PURCHASE_EVENT_COUNT);
    return event_texts[kind];
}

enum err
purchase_event_read(const char *text, enum purchase_event_kind *kind)
{
    int found = text_find(event_texts, PURCHASE_EVENT_COUNT, text);

    if (found < 0)
        return ERR_BROKEN;
    *kind = (enum purchase_event_kind)found;
    return OK;
}

const char *
purchase_event_words(enum purchase_event_kind kind)
{
    assert(kind < PURCHASE_EVENT_COUNT);
    return event_word_list[kind];
}

const char *
purchase_state_words(enum purchase_state state)
{
    assert(state < PURCHASE_STATE_COUNT);
    return state_word_list[state];
}

const char *
purchase_verb(enum purchase_kind kind)
{
    switch (kind) {
    case PURCHASE_SAAS:
        return "Subscribe";
    case PURCHASE_VM:
    case PURCHASE_APP:
        return "Deploy";
    case PURCHASE_RESERVATION:
        return "Buy";
    case PURCHASE_KIND_COUNT:
        break;
    }
    assert(false);
    return "";
}

/* ---- The calendar --------------------------------------------------------------------------- */

static int
months_to_pay(const struct purchase *purchase)
{
    return purchase->payment_months == 0 ? purchase->term_months : purchase->payment_months;
}

static struct day
anchored(const struct purchase *purchase, int months)
{
    assert(!day_is_none(purchase->anchor_on));
    return month_step(purchase->anchor_on, months);
}

struct day
purchase_term_begins(const struct purchase *purchase)
{
    return anchored(purchase, purchase->term_from_months);
}

struct day
purchase_term_ends(const struct purchase *purchase)
{
    if (purchase->term_months == 0)
        return DAY_NONE;
    return anchored(purchase, purchase->term_from_months + purchase->term_months);
}

struct day
purchase_payment_on(const struct purchase *purchase)
{
    if (months_to_pay(purchase) == 0)
        return DAY_NONE; /* a virtual machine pays for hours alone */
    return anchored(purchase, purchase->paid_months);
}

struct day
purchase_period_begins(const struct purchase *purchase)
{
    return anchored(purchase, purchase->paid_months - months_to_pay(purchase));
}

struct day
purchase_period_ends(const struct purchase *purchase)
{
    return anchored(purchase, purchase->paid_months);
}

bool
purchase_metered(const struct purchase *purchase)
{
    switch (purchase->kind) {
    case PURCHASE_SAAS:
        return purchase->model == MODEL_FLAT_RATE;
    case PURCHASE_VM:
    case PURCHASE_APP:
        return true;
    case PURCHASE_RESERVATION:
    case PURCHASE_KIND_COUNT:
        break;
    }
    return false;
}

struct day
purchase_clock_on(const struct purchase *purchase)
{
    if (purchase->state == PURCHASE_PENDING)
        return day_add(
            day_of(purchase->configured_at != 0 ? purchase->configured_at : purchase->bought_at),
            LIMIT_CLOCK_DAYS);
    if (purchase->state == PURCHASE_SUSPENDED)
        return day_add(day_of(purchase->suspended_at), LIMIT_CLOCK_DAYS);
    return DAY_NONE;
}

/* ---- What time brings ----------------------------------------------------------------------- */

/* Payments before the term's end; on that day the next term, or the end. */
static struct purchase_event_due
next_of_running(const struct purchase *purchase)
{
    struct day term = purchase_term_ends(purchase);
    struct day payment = purchase_payment_on(purchase);

    if (!day_is_none(payment) && (day_is_none(term) || payment.number < term.number))
        return (struct purchase_event_due){DUE_PAYMENT, payment};
    if (day_is_none(term))
        return (struct purchase_event_due){DUE_NOTHING, DAY_NONE};
    if (purchase->recurring && term.number <= purchase->renews_through.number)
        return (struct purchase_event_due){DUE_RENEWAL, term};
    return (struct purchase_event_due){DUE_END, term};
}

/* A month's usage is charged a day after the month: an event may be as old as that (LAW 11). */
static struct day
usage_due_on(const struct purchase *purchase)
{
    return day_add(month_add(purchase->usage_on, 1), LIMIT_USAGE_S / SECONDS_PER_DAY);
}

static bool
usage_to_come(const struct purchase *purchase)
{
    if (day_is_none(purchase->usage_on))
        return false;
    return purchase->state != PURCHASE_UNSUBSCRIBED ||
           purchase->usage_on.number <= day_of(purchase->ended_at).number;
}

struct purchase_event_due
purchase_next(const struct purchase *purchase)
{
    struct purchase_event_due next = {DUE_NOTHING, DAY_NONE};
    struct day clock = purchase_clock_on(purchase);

    if (!day_is_none(clock))
        next = (struct purchase_event_due){DUE_LAPSE, day_add(clock, 1)};
    else if (purchase->state == PURCHASE_SUBSCRIBED)
        next = next_of_running(purchase);
    if (purchase->state != PURCHASE_SUSPENDED && usage_to_come(purchase)) {
        struct day usage = usage_due_on(purchase);

        if (next.what == DUE_NOTHING || usage.number < next.on.number)
            next = (struct purchase_event_due){DUE_USAGE, usage};
    }
    return next;
}

void
purchase_paid(struct purchase *purchase)
{
    assert(months_to_pay(purchase) > 0);
    purchase->paid_months += months_to_pay(purchase);
}

void
purchase_renewed(struct purchase *purchase)
{
    assert(purchase->term_months > 0);
    purchase->term++;
    purchase->term_from_months += purchase->term_months;
}

void
purchase_usage_charged(struct purchase *purchase)
{
    purchase->usage_on = month_add(purchase->usage_on, 1);
}

/* ---- State ---------------------------------------------------------------------------------- */

/* Renewals leave it Subscribed, so only what ends it matters; a term after a term, the last one is
 * reached by counting whole terms (the loop is bounded by the calendar's years). */
static bool
term_is_over(const struct purchase *purchase, struct day today)
{
    struct purchase at = *purchase;

    if (purchase->term_months == 0)
        return false;
    for (struct day end = purchase_term_ends(&at); end.number <= today.number;
         end = purchase_term_ends(&at)) {
        if (!at.recurring || end.number > at.renews_through.number)
            return true;
        purchase_renewed(&at);
    }
    return false;
}

enum purchase_ending
purchase_ending_on(const struct purchase *purchase, struct day today)
{
    struct day clock = purchase_clock_on(purchase);

    if (purchase->ending != PURCHASE_RUNNING)
        return purchase->ending;
    if (!day_is_none(clock) && today.number > clock.number) {
        if (purchase->state == PURCHASE_SUSPENDED)
            return PURCHASE_NEVER_PAID;
        return purchase->configured_at == 0 ? PURCHASE_NEVER_CONFIGURED : PURCHASE_NEVER_ACTIVATED;
    }
    if (purchase->state == PURCHASE_SUBSCRIBED && term_is_over(purchase, today))
        return PURCHASE_TERM_OVER;
    return PURCHASE_RUNNING;
}

enum purchase_state
purchase_state_on(const struct purchase *purchase, struct day today)
{
    return purchase_ending_on(purchase, today) == PURCHASE_RUNNING ? purchase->state
                                                                   : PURCHASE_UNSUBSCRIBED;
}

static const struct purchase_step *
step_find(const struct purchase *purchase, enum purchase_state from, enum purchase_move move,
          enum party by, bool *others)
{
    *others = false;
    for (size_t i = 0; i < purchase_step_count; i++) {
        const struct purchase_step *step = &purchase_steps[i];

        if (step->from != from || step->move != move ||
            (step->kinds & PURCHASE_BIT(purchase->kind)) == 0)
            continue;
        if ((step->by & PARTY_BIT(by)) != 0)
            return step;
        *others = true;
    }
    return NULL;
}

enum err
purchase_check_move(const struct purchase *purchase, enum purchase_move move, enum party by,
                    struct day today)
{
    bool others = false;

    /* time's own moves are what makes today's state: they leave the stored one */
    enum purchase_state from =
        by == PARTY_SYSTEM ? purchase->state : purchase_state_on(purchase, today);

    if (step_find(purchase, from, move, by, &others) == NULL)
        return others ? ERR_DENIED : ERR_CLOSED;
    if (move == PURCHASE_ACTIVATE && purchase->configured_at == 0)
        return ERR_CLOSED;
    if (move == PURCHASE_CONFIGURE && purchase->configured_at != 0)
        return ERR_CLOSED;
    return OK;
}

bool
purchase_may(const struct purchase *purchase, enum purchase_move move, enum party by,
             struct day today)
{
    return purchase_check_move(purchase, move, by, today) == OK;
}

/* Billing and the term start now (LAW 11). */
static void
begin_charging(struct purchase *purchase, int64_t now)
{
    purchase->activated_at = now;
    purchase->anchor_on = day_of(now);
    if (purchase_metered(purchase))
        purchase->usage_on = month_add(purchase->anchor_on, 0);
}

static enum purchase_ending
ending_of(const struct purchase *purchase, enum purchase_move move, enum party by)
{
    if (move == PURCHASE_END)
        return PURCHASE_TERM_OVER;
    if (move == PURCHASE_REFUND)
        return PURCHASE_REFUNDED_BY_MARKET;
    if (move == PURCHASE_CANCEL)
        return by == PARTY_ISV ? PURCHASE_CANCELLED_BY_ISV : PURCHASE_CANCELLED_BY_CUSTOMER;
    assert(move == PURCHASE_LAPSE);
    if (purchase->state == PURCHASE_SUSPENDED)
        return PURCHASE_NEVER_PAID;
    return purchase->configured_at == 0 ? PURCHASE_NEVER_CONFIGURED : PURCHASE_NEVER_ACTIVATED;
}

enum err
purchase_advance(struct purchase *purchase, enum purchase_move move, enum party by, int64_t now)
{
    bool others = false;
    const struct purchase_step *step;

    TRY(purchase_check_move(purchase, move, by, day_of(now)));
    step = step_find(
        purchase, by == PARTY_SYSTEM ? purchase->state : purchase_state_on(purchase, day_of(now)),
        move, by, &others);
    assert(step != NULL);
    if (step->to == PURCHASE_UNSUBSCRIBED) {
        purchase->ending = ending_of(purchase, move, by);
        purchase->ended_at = now;
    }
    if (move == PURCHASE_CONFIGURE)
        purchase->configured_at = now;
    if (move == PURCHASE_ACTIVATE)
        begin_charging(purchase, now);
    if (move == PURCHASE_FAIL_PAYMENT)
        purchase->suspended_at = now;
    if (step->to != PURCHASE_SUSPENDED)
        purchase->suspended_at = 0;
    purchase->state = step->to;
    return OK;
}

void
purchase_deploy(struct purchase *purchase, int64_t now)
{
    assert(purchase->kind != PURCHASE_SAAS && purchase->state == PURCHASE_SUBSCRIBED);
    begin_charging(purchase, now);
}

/* ---- Leaving -------------------------------------------------------------------------------- */

int64_t
purchase_refund_until(const struct purchase *purchase)
{
    return purchase->bought_at + LIMIT_REFUND_S;
}

bool
purchase_refunds(const struct purchase *purchase, int64_t now)
{
    return now <= purchase_refund_until(purchase);
}

const char *
purchase_cancel_refusal(const struct purchase *purchase, int64_t now)
{
    if (purchase->kind == PURCHASE_RESERVATION)
        return "A reservation can’t be cancelled here. Ask the marketplace operator";
    if (purchase->activated_at != 0 && purchase->term_months > 12 &&
        purchase_payment_on(purchase).number < purchase_term_ends(purchase).number &&
        !purchase_refunds(purchase, now))
        return "A term of two or three years with payments still to come can be cancelled only "
               "within 72 hours of the purchase";
    return NULL;
}

bool
purchase_users_fit(const struct purchase *purchase, int64_t users)
{
    return users >= 1 && users >= purchase->min_users && users <= LIMIT_QUANTITY &&
           (purchase->max_users == 0 || users <= purchase->max_users);
}

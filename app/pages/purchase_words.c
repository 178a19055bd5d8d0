/*
 * purchase_words.c: see the header. Invariant: everything is said as of today, whether or not what
 * time brought is written (core/purchase).
 */
#include "pages/purchase_words.h"

#include "base/text.h"
#include "pages/parts.h"
#include "store/purchases.h"

/* How a status looks: tone and icon, beside its word. */
static const struct {
    const char *tone;
    const char *icon;
} looks[PURCHASE_STATE_COUNT] = {
    [PURCHASE_PENDING] = {"warn", "clock"},
    [PURCHASE_SUBSCRIBED] = {"ok", "check"},
    [PURCHASE_SUSPENDED] = {"bad", "alert"},
    [PURCHASE_UNSUBSCRIBED] = {"mute", "stop"},
};

void
part_purchase_status(struct exchange *x, struct view *view, enum name slot,
                     const struct purchase *purchase)
{
    enum purchase_state state = purchase_state_on(purchase, x->today);

    part_badge(view, slot, looks[state].tone, looks[state].icon, purchase_state_words(state));
}

/* The term that today lies in, or the last one: renewals may not be written yet. */
static struct purchase
term_today(const struct exchange *x, const struct purchase *purchase)
{
    struct purchase at = *purchase;

    while (at.recurring && purchase_term_ends(&at).number <= x->today.number &&
           purchase_term_ends(&at).number <= at.renews_through.number)
        purchase_renewed(&at);
    return at;
}

/* Its last day. */
static const char *
term_through(const struct exchange *x, const struct purchase *term)
{
    return utc(x, day_add(purchase_term_ends(term), -1));
}

/* The day on which it ended; what its clock ended may not be written yet. */
static const char *
ended_on(const struct exchange *x, const struct purchase *purchase)
{
    if (purchase->ended_at == 0)
        return utc(x, day_add(purchase_clock_on(purchase), 1));
    return utc(x, day_of(purchase->ended_at));
}

static const char *
ending_text(const struct exchange *x, const struct purchase *purchase)
{
    struct purchase last;

    _Static_assert(LIMIT_CLOCK_DAYS == 30, "the words below");
    switch (purchase_ending_on(purchase, x->today)) {
    case PURCHASE_CANCELLED_BY_CUSTOMER:
        return arena_format(x->arena, "%s cancelled it on %s.",
                            x->hat == HAT_CUSTOMER ? "Your organisation" : "The customer",
                            ended_on(x, purchase));
    case PURCHASE_CANCELLED_BY_ISV:
        return arena_format(x->arena, "%s cancelled it on %s.",
                            x->hat == HAT_ISV ? "You" : purchase->isv_name, ended_on(x, purchase));
    case PURCHASE_NEVER_CONFIGURED:
        return arena_format(x->arena,
                            "It ended on %s: it wasn’t configured within 30 days of the purchase.",
                            ended_on(x, purchase));
    case PURCHASE_NEVER_ACTIVATED:
        return arena_format(
            x->arena, "It ended on %s: it wasn’t activated within 30 days of its configuration.",
            ended_on(x, purchase));
    case PURCHASE_NEVER_PAID:
        return arena_format(
            x->arena, "It ended on %s: no payment came in within 30 days of the one that failed.",
            ended_on(x, purchase));
    case PURCHASE_TERM_OVER:
        last = term_today(x, purchase);
        return arena_format(x->arena, "Its term lasted through %s and wasn’t renewed.",
                            term_through(x, &last));
    case PURCHASE_REFUNDED_BY_MARKET:
        return arena_format(x->arena,
                            "The marketplace refunded it on %s: its private offer was cancelled.",
                            ended_on(x, purchase));
    case PURCHASE_RUNNING:
    case PURCHASE_ENDING_COUNT:
        break;
    }
    assert(false);
    return "";
}

const char *
purchase_status_text(const struct exchange *x, const struct purchase *purchase)
{
    switch (purchase_state_on(purchase, x->today)) {
    case PURCHASE_PENDING:
        return purchase->configured_at == 0
                   ? "Bought, and not yet configured by the customer. Nothing is billed."
                   : "Configured by the customer, and not yet activated. Nothing is billed.";
    case PURCHASE_SUBSCRIBED:
        return purchase->kind == PURCHASE_SAAS ? "Activated: it can be used, and is billed."
                                               : "Deployed: it can be used, and is billed.";
    case PURCHASE_SUSPENDED:
        return arena_format(x->arena,
                            "A payment failed on %s. It can’t be used until one comes in.",
                            utc(x, day_of(purchase->suspended_at)));
    case PURCHASE_UNSUBSCRIBED:
        return ending_text(x, purchase);
    case PURCHASE_STATE_COUNT:
        break;
    }
    assert(false);
    return "";
}

/* What its clock waits for. */
static const char *
clock_text(const struct exchange *x, const struct purchase *purchase)
{
    const char *by = utc(x, purchase_clock_on(purchase));
    const char *customer = x->hat == HAT_CUSTOMER ? "You configure" : "The customer configures";

    if (purchase->state == PURCHASE_SUSPENDED)
        return arena_format(x->arena, "%s by %s, or it becomes Unsubscribed.",
                            x->hat == HAT_CUSTOMER ? "You pay" : "The customer pays", by);
    if (purchase->configured_at == 0)
        return arena_format(x->arena, "%s it by %s, or it becomes Unsubscribed.", customer, by);
    if (x->hat == HAT_ISV)
        return arena_format(x->arena,
                            "Activate it by %s, or it becomes Unsubscribed and the customer must "
                            "subscribe again.",
                            by);
    return arena_format(x->arena, "%s activates it by %s, or it becomes Unsubscribed.",
                        purchase->isv_name, by);
}

const char *
purchase_next_text(const struct exchange *x, const struct purchase *purchase)
{
    enum purchase_ending ending = purchase_ending_on(purchase, x->today);
    struct purchase at;

    if (ending == PURCHASE_NEVER_CONFIGURED || ending == PURCHASE_NEVER_ACTIVATED)
        return x->hat == HAT_CUSTOMER ? "To use it, subscribe again."
                                      : "To use it, the customer must subscribe again.";
    if (ending != PURCHASE_RUNNING)
        return "Nothing more happens: it can’t be activated again.";
    if (!day_is_none(purchase_clock_on(purchase)))
        return clock_text(x, purchase);
    if (purchase->term_months == 0)
        return "Nobody needs to act.";
    at = term_today(x, purchase);
    return arena_format(x->arena, "Nobody needs to act. The term lasts through %s, then it %s.",
                        term_through(x, &at),
                        at.recurring && purchase_term_ends(&at).number <= at.renews_through.number
                            ? "renews"
                            : "ends");
}

const char *
purchase_of_words(const struct exchange *x, const struct purchase *purchase)
{
    return arena_format(x->arena, "%s, %s for %s", purchase->product_name, purchase->plan_name,
                        purchase->organisation_name);
}

const char *
purchase_closed_words(const struct exchange *x, const struct purchase *purchase)
{
    return arena_format(x->arena, "“%s, %s” is %s. %s %s", purchase->product_name,
                        purchase->plan_name,
                        purchase_state_words(purchase_state_on(purchase, x->today)),
                        purchase_status_text(x, purchase), purchase_next_text(x, purchase));
}

enum err
part_purchase_history(struct exchange *x, struct view *view, const struct purchase *purchase)
{
    struct viewer viewer = exchange_viewer(x);
    struct purchase_events events;
    struct view *history;

    TRY(purchase_events_of(x->db, x->arena, &viewer, purchase->id, &events));
    history = view_part(view, NAME_HISTORY, PAGE_PART_HISTORY);
    for (size_t i = 0; i < events.count; i++) {
        const struct purchase_event *event = &events.rows[i];
        const char *words = purchase_event_words(event->kind);

        if (*event->note != '\0')
            words = arena_format(x->arena, "%s: %s", words, event->note);
        history_texts(x, view_section(history, NAME_EVENT), event->party, event->at, words,
                      history_who(x, event->account_name, event->person_name));
    }
    return OK;
}

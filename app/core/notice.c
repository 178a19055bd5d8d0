/*
 * notice.c: the mails of LAW 14 as tables: what causes each, its words for each reader, and the
 * days on which time causes some.
 */
#include "core/notice.h"

#include <string.h>

#include "base/text.h"

#define RENEWAL_DAYS 30
#define RENEWAL_MONTHS 12 /* of the shortest term that is reminded of */

static const char *const texts[NOTICE_COUNT] = {
    [NOTICE_OFFERED] = "offered",
    [NOTICE_TAKEN_BACK] = "taken_back",
    [NOTICE_EXTENDED] = "extended",
    [NOTICE_ACCEPTED] = "accepted",
    [NOTICE_EXPIRED] = "expired",
    [NOTICE_ARRIVED] = "arrived",
    [NOTICE_ACCEPT_BY] = "accept_by",
    [NOTICE_CONFIGURE] = "configure",
    [NOTICE_ACTIVATED] = "activated",
    [NOTICE_CHANGED] = "changed",
    [NOTICE_SUSPENDED] = "suspended",
    [NOTICE_REINSTATED] = "reinstated",
    [NOTICE_RENEWS] = "renews",
    [NOTICE_CANCELLED] = "cancelled",
    [NOTICE_CONFIGURE_BY] = "configure_by",
    [NOTICE_ACTIVATE_BY] = "activate_by",
    [NOTICE_PAY_BY] = "pay_by",
};

static const char *const word_list[NOTICE_COUNT] = {
    [NOTICE_OFFERED] = "Pending partner action",
    [NOTICE_TAKEN_BACK] = "Pending partner action, withdrawn",
    [NOTICE_EXTENDED] = "Pending acceptance",
    [NOTICE_ACCEPTED] = "Accepted",
    [NOTICE_EXPIRED] = "Expired",
    [NOTICE_ARRIVED] = "Offer arrived",
    [NOTICE_ACCEPT_BY] = "Accept-by reminder",
    [NOTICE_CONFIGURE] = "Configure request",
    [NOTICE_ACTIVATED] = "Activation",
    [NOTICE_CHANGED] = "Plan or users changed",
    [NOTICE_SUSPENDED] = "Suspension",
    [NOTICE_REINSTATED] = "Reinstatement",
    [NOTICE_RENEWS] = "Renewal reminder",
    [NOTICE_CANCELLED] = "Cancellation",
    [NOTICE_CONFIGURE_BY] = "Configuration reminder",
    [NOTICE_ACTIVATE_BY] = "Activation reminder",
    [NOTICE_PAY_BY] = "Payment reminder",
};

static const char *const switch_texts[SWITCH_COUNT] = {
    [SWITCH_ARRIVALS] = "arrivals",
    [SWITCH_REMINDERS] = "reminders",
};

/* What an event of an offer causes; EVENT_KIND_COUNT ends it. */
static const struct {
    enum event_kind kind;
    enum notice notice;
} after_events[] = {
    {EVENT_OFFERED, NOTICE_OFFERED},
    {EVENT_TAKEN_BACK, NOTICE_TAKEN_BACK},
    {EVENT_EXTENDED, NOTICE_EXTENDED},
    {EVENT_ACCEPTED, NOTICE_ACCEPTED},
};

/* What an event of a subscription causes. */
static const struct {
    enum purchase_event_kind kind;
    enum notice notice;
} after_purchases[] = {
    {PURCHASE_BOUGHT, NOTICE_CONFIGURE},         {PURCHASE_ACTIVATED, NOTICE_ACTIVATED},
    {PURCHASE_USERS_CHANGED, NOTICE_CHANGED},    {PURCHASE_PLAN_CHANGED, NOTICE_CHANGED},
    {PURCHASE_PAYMENT_FAILED, NOTICE_SUSPENDED}, {PURCHASE_PAYMENT_RECEIVED, NOTICE_REINSTATED},
    {PURCHASE_CANCELLED, NOTICE_CANCELLED},      {PURCHASE_LAPSED, NOTICE_CANCELLED},
    {PURCHASE_ENDED, NOTICE_CANCELLED},
};

const int notice_days[] = {7, 3, 1};
const size_t notice_days_count = COUNT(notice_days);

/* The words of one mail to one party. %n name, %i the ISV, %p the partner, %d the day, %t the note.
 */
struct wording {
    enum notice notice;
    enum party party;
    const char *subject;
    const char *lead;
    const char *next;
};

static const struct wording wordings[] = {
    {NOTICE_OFFERED, PARTY_ISV, "Pending partner action: %n",
     "%n is now with %p, your selling partner.",
     "%p sets the customer’s price and extends the offer to the customer. A selling partner is "
     "told by mail only if it asked for it, so let it know."},
    {NOTICE_OFFERED, PARTY_PARTNER, "Pending partner action: %n", "%i has offered you %n.",
     "Set the customer’s price and extend it to the customer, who can accept it through %d."},
    {NOTICE_TAKEN_BACK, PARTY_ISV, "Pending partner action: %n",
     "%p has withdrawn %n from the customer. It is Pending partner action again.",
     "%p can change it and extend it again. To change it yourself, withdraw it."},
    {NOTICE_TAKEN_BACK, PARTY_PARTNER, "Pending partner action: %n",
     "%n was withdrawn from the customer. It is Pending partner action again.",
     "Change it and extend it again. %i can withdraw it to change its terms."},
    {NOTICE_EXTENDED, PARTY_ISV, "Pending acceptance: %n", "%p has extended %n to the customer.",
     "The customer can accept it through %d."},
    {NOTICE_EXTENDED, PARTY_PARTNER, "Pending acceptance: %n", "%n is now with the customer.",
     "The customer can accept it through %d. Copy the link from the offer’s page and send it."},
    {NOTICE_ACCEPTED, PARTY_ISV, "Accepted: %n", "The customer has accepted %n.",
     "Nothing is bought yet. What is subscribed to through it shows under View status."},
    {NOTICE_ACCEPTED, PARTY_PARTNER, "Accepted: %n", "The customer has accepted %n.",
     "Nothing is bought yet. What is subscribed to through it shows under View status."},
    {NOTICE_EXPIRED, PARTY_ISV, "Expired: %n",
     "%n has expired: it was to be accepted through %d and was not.",
     "To go on, %p withdraws it; then you can withdraw it too and set a later date."},
    {NOTICE_EXPIRED, PARTY_PARTNER, "Expired: %n",
     "%n has expired: it was to be accepted through %d and was not.",
     "To go on, withdraw it; then %i can withdraw it too and set a later date."},

    {NOTICE_ARRIVED, PARTY_PARTNER, "New private offer: %n", "%i has offered you %n.",
     "Set the customer’s price and extend it to the customer, who can accept it through %d."},
    {NOTICE_ARRIVED, PARTY_CUSTOMER, "New private offer: %n",
     "%p has made you a private offer: %n.", "It can be accepted through %d."},
    {NOTICE_ACCEPT_BY, PARTY_ISV, "Accept by %d: %n", "%n can be accepted through %d.", ""},
    {NOTICE_ACCEPT_BY, PARTY_PARTNER, "Accept by %d: %n", "%n can be accepted through %d.", ""},
    {NOTICE_ACCEPT_BY, PARTY_CUSTOMER, "Accept by %d: %n",
     "The private offer %n of %p can be accepted through %d.",
     "After that day it has expired, and its prices can’t be had."},

    {NOTICE_CONFIGURE, PARTY_CUSTOMER, "Configure your subscription: %n", "You have bought %n.",
     "Configure it through %d, so that %i can activate it. Nothing is billed before; if it isn’t "
     "configured by then, it ends."},
    {NOTICE_ACTIVATED, PARTY_CUSTOMER, "Activated: %n", "%i has activated %n.",
     "Its term and its billing began on %d."},
    {NOTICE_CHANGED, PARTY_CUSTOMER, "Changed: %n", "%n was changed. %t.", ""},
    {NOTICE_SUSPENDED, PARTY_CUSTOMER, "Suspended: %n", "%n is suspended: a payment failed.",
     "It goes on once the payment has come in. If it has not come in through %d, the "
     "subscription ends."},
    {NOTICE_REINSTATED, PARTY_CUSTOMER, "Active again: %n",
     "The payment has come in, and %n is active again.", ""},
    {NOTICE_RENEWS, PARTY_CUSTOMER, "Renews on %d: %n", "%n renews on %d.",
     "To let it end then, turn recurring billing off before that day."},
    {NOTICE_CANCELLED, PARTY_CUSTOMER, "Cancelled: %n", "%n has ended: %t.", ""},

    {NOTICE_CONFIGURE_BY, PARTY_CUSTOMER, "Configure by %d: %n",
     "%n waits to be configured, through %d.", "If it isn’t configured by then, it ends."},
    {NOTICE_ACTIVATE_BY, PARTY_ISV, "Activate by %d: %n",
     "%n was configured and waits for you to activate it, through %d.",
     "If it isn’t activated by then, it ends, and the customer has to subscribe again."},
    {NOTICE_PAY_BY, PARTY_CUSTOMER, "Pay by %d: %n",
     "%n is suspended, and its payment can come in through %d.",
     "If it has not come in by then, the subscription ends."},
};

const char *
notice_text(enum notice notice)
{
    assert(notice < NOTICE_COUNT);
    return texts[notice];
}

enum err
notice_read(const char *text, enum notice *notice)
{
    int place = text_find(texts, NOTICE_COUNT, text);

    if (place < 0)
        return ERR_BROKEN;
    *notice = (enum notice)place;
    return OK;
}

const char *
notice_words(enum notice notice)
{
    assert(notice < NOTICE_COUNT);
    return word_list[notice];
}

bool
notice_of_purchase(enum notice notice)
{
    return notice >= NOTICE_CONFIGURE;
}

const char *
notice_reason(enum notice notice, enum party party)
{
    if (notice < NOTICE_ARRIVED)
        return "You get this mail because your address is a notification contact of this offer.";
    if (notice >= NOTICE_CONFIGURE && notice <= NOTICE_CANCELLED)
        return "You get this mail because you bought this subscription, or own the billing account "
               "that pays for it.";
    return party == PARTY_CUSTOMER
               ? "You get this mail because an owner of the billing account has switched it on. It "
                 "can be switched off on the page of billing accounts."
               : "You get this mail because an owner of your account has switched it on. It can be "
                 "switched off on the account’s page.";
}

const char *
notice_switch_text(enum notice_switch which)
{
    assert(which < SWITCH_COUNT);
    return switch_texts[which];
}

enum err
notice_switch_read(const char *text, enum notice_switch *which)
{
    int place = text_find(switch_texts, SWITCH_COUNT, text);

    if (place < 0)
        return ERR_BROKEN;
    *which = (enum notice_switch)place;
    return OK;
}

bool
notice_after(enum event_kind kind, enum notice *notice)
{
    for (size_t i = 0; i < COUNT(after_events); i++) {
        if (after_events[i].kind == kind) {
            *notice = after_events[i].notice;
            return true;
        }
    }
    return false;
}

bool
notice_after_purchase(const struct purchase *purchase, enum purchase_event_kind kind,
                      enum notice *notice)
{
    if (kind == PURCHASE_REFUNDED && purchase->ending == PURCHASE_REFUNDED_BY_MARKET)
        kind = PURCHASE_CANCELLED; /* what the marketplace gives back ends with it */
    for (size_t i = 0; i < COUNT(after_purchases) && purchase->kind == PURCHASE_SAAS; i++) {
        if (after_purchases[i].kind == kind) {
            *notice = after_purchases[i].notice;
            return true;
        }
    }
    return false;
}

/* ---- Time ----------------------------------------------------------------------------------- */

int
notice_step(int days_left)
{
    int step = 0;

    for (size_t i = 0; i < notice_days_count; i++) {
        if (days_left >= 0 && days_left <= notice_days[i])
            step = notice_days[i];
    }
    return step;
}

/* The first day after today on which a reminder of that last day comes; DAY_NONE when none does. */
static struct day
reminder_after(struct day last, struct day today)
{
    for (size_t i = 0; i < notice_days_count; i++) {
        if (last.number - notice_days[i] > today.number)
            return day_add(last, -notice_days[i]);
    }
    return DAY_NONE;
}

struct notice_plan
notice_plan_offer(const struct offer *offer, struct day today, struct arena *arena)
{
    bool pending = offer->state == STATE_PENDING_ACCEPTANCE;
    struct notice_plan plan = {DAY_NONE, ""};

    if ((!pending && offer->state != STATE_PENDING_PARTNER) || day_is_none(offer->accept_by_on))
        return plan;
    plan.about =
        arena_format(arena, "%s %s", state_text(offer->state), day_iso(arena, offer->accept_by_on));
    plan.on = reminder_after(offer->accept_by_on, today);
    if (day_is_none(plan.on) && pending)
        plan.on = day_add(offer->accept_by_on, 1);
    return plan;
}

/* Does it renew by itself, and is its customer reminded of that? */
static bool
is_renewing(const struct purchase *purchase)
{
    return purchase->kind == PURCHASE_SAAS && purchase->state == PURCHASE_SUBSCRIBED &&
           purchase->recurring && purchase->term_months >= RENEWAL_MONTHS;
}

struct notice_plan
notice_plan_purchase(const struct purchase *purchase, struct day today, struct arena *arena)
{
    struct day clock = purchase_clock_on(purchase);
    struct notice_plan plan = {DAY_NONE, ""};

    if (!day_is_none(clock)) {
        plan.about = arena_format(arena, "clock %s %s", purchase_state_text(purchase->state),
                                  day_iso(arena, clock));
        plan.on = reminder_after(clock, today);
    } else if (is_renewing(purchase)) {
        struct day ends = purchase_term_ends(purchase);

        plan.about = arena_format(arena, "renewal %s", day_iso(arena, ends));
        plan.on = day_add(ends, -RENEWAL_DAYS);
        if (plan.on.number < today.number)
            plan.on = ends.number > today.number ? today : DAY_NONE;
    }
    return plan;
}

bool
notice_due_purchase(const struct purchase *purchase, struct day today, enum notice *notice,
                    int *step)
{
    struct day clock = purchase_clock_on(purchase);

    *step = 0;
    if (is_renewing(purchase)) {
        int left = purchase_term_ends(purchase).number - today.number;

        *notice = NOTICE_RENEWS;
        return left > 0 && left <= RENEWAL_DAYS;
    }
    if (day_is_none(clock))
        return false;
    *step = notice_step(clock.number - today.number);
    if (purchase->state == PURCHASE_SUSPENDED)
        *notice = NOTICE_PAY_BY;
    else
        *notice = purchase->configured_at == 0 ? NOTICE_CONFIGURE_BY : NOTICE_ACTIVATE_BY;
    return *step > 0;
}

enum party
notice_acts(enum notice notice)
{
    return notice == NOTICE_ACTIVATE_BY ? PARTY_ISV : PARTY_CUSTOMER;
}

/* ---- Words ---------------------------------------------------------------------------------- */

static const struct wording *
wording_of(enum notice notice, enum party party)
{
    for (size_t i = 0; i < COUNT(wordings); i++) {
        if (wordings[i].notice == notice && wordings[i].party == party)
            return &wordings[i];
    }
    assert(false); /* nobody is told who has no words */
    return &wordings[0];
}

/* A text of somebody's as part of one line. */
static const char *
as_line(struct arena *arena, const char *text)
{
    char *line = arena_text(arena, text);

    for (char *at = line; *at != '\0'; at++) {
        if ((unsigned char)*at < ' ' || *at == 0x7F)
            *at = ' ';
    }
    return line;
}

static const char *
say(const char *words, const struct notice_names *names, struct arena *arena)
{
    const char *said = "";

    while (*words != '\0') {
        size_t plain = strcspn(words, "%");
        const char *value = "";

        said = arena_format(arena, "%s%.*s", said, (int)plain, words);
        words += plain;
        if (*words == '\0')
            break;
        if (words[1] == 'd')
            value = day_show(arena, names->on);
        else
            value = words[1] == 'n'   ? names->name
                    : words[1] == 'i' ? names->isv
                    : words[1] == 'p' ? names->partner
                                      : names->note;
        said = arena_format(arena, "%s%s", said, as_line(arena, value));
        words += 2;
    }
    return said;
}

const char *
notice_subject(enum notice notice, enum party party, const struct notice_names *names,
               struct arena *arena)
{
    return say(wording_of(notice, party)->subject, names, arena);
}

const char *
notice_lead(enum notice notice, enum party party, const struct notice_names *names,
            struct arena *arena)
{
    return say(wording_of(notice, party)->lead, names, arena);
}

const char *
notice_next(enum notice notice, enum party party, const struct notice_names *names,
            struct arena *arena)
{
    return say(wording_of(notice, party)->next, names, arena);
}

const char *
notice_ending(enum purchase_ending ending)
{
    switch (ending) {
    case PURCHASE_RUNNING:
        return "";
    case PURCHASE_CANCELLED_BY_CUSTOMER:
        return "your organisation has cancelled it";
    case PURCHASE_CANCELLED_BY_ISV:
        return "its publisher has cancelled it";
    case PURCHASE_NEVER_CONFIGURED:
        return "it was not configured in time. Nothing was billed";
    case PURCHASE_NEVER_ACTIVATED:
        return "its publisher did not activate it in time. Nothing was billed; you can subscribe "
               "again";
    case PURCHASE_NEVER_PAID:
        return "its payment did not come in in time";
    case PURCHASE_TERM_OVER:
        return "its term is over and was not renewed";
    case PURCHASE_REFUNDED_BY_MARKET:
        return "the marketplace has given it back after a request to cancel its private offer";
    case PURCHASE_ENDING_COUNT:
        break;
    }
    assert(false);
    return "";
}

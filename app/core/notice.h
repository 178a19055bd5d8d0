/*
 * notice.h: which mail follows from what happens, to whom, when it is due and what it says (LAW
 * 14).
 *
 * Pure: no clock, no store, no addresses. Invariant: a mail says only what its words here ask for,
 * and nothing here asks for a price, a percentage, a note, a document or a contact, so that no mail
 * can tell a party what it may not see (LAW 5).
 */
#ifndef CORE_NOTICE_H
#define CORE_NOTICE_H

#include "core/event.h"
#include "core/purchase.h"

enum notice {
    /* of an offer, to the contacts that each seller entered */
    NOTICE_OFFERED,    /* Pending partner action */
    NOTICE_TAKEN_BACK, /* the same, by the partner's withdrawal */
    NOTICE_EXTENDED,   /* Pending acceptance */
    NOTICE_ACCEPTED,
    NOTICE_EXPIRED,
    /* of an offer, to the people of an account that has switched them on */
    NOTICE_ARRIVED,
    NOTICE_ACCEPT_BY,
    /* of a subscription, to who bought it and the owners of the billing account */
    NOTICE_CONFIGURE,
    NOTICE_ACTIVATED,
    NOTICE_CHANGED,
    NOTICE_SUSPENDED,
    NOTICE_REINSTATED,
    NOTICE_RENEWS,
    NOTICE_CANCELLED,
    /* of a subscription, switched on */
    NOTICE_CONFIGURE_BY,
    NOTICE_ACTIVATE_BY,
    NOTICE_PAY_BY,
    NOTICE_COUNT
};

/* What an account can switch on; off until then. */
enum notice_switch { SWITCH_ARRIVALS, SWITCH_REMINDERS, SWITCH_COUNT };

const char *notice_text(enum notice notice);
MUST_CHECK enum err notice_read(const char *text, enum notice *notice);
/* "Pending partner action", "Renewal reminder": in lists of mails. */
const char *notice_words(enum notice notice);
/* Is it about a purchase, not an offer? */
bool notice_of_purchase(enum notice notice);
/* "You get this mail because ...": of that party. */
const char *notice_reason(enum notice notice, enum party party);

const char *notice_switch_text(enum notice_switch which);
MUST_CHECK enum err notice_switch_read(const char *text, enum notice_switch *which);

/* The mail to contacts that an event causes; false when none does (LAW 14). */
bool notice_after(enum event_kind kind, enum notice *notice);
/* The same of a purchase. Only SaaS is a subscription. */
bool notice_after_purchase(const struct purchase *purchase, enum purchase_event_kind kind,
                           enum notice *notice);

/* ---- Time ----------------------------------------------------------------------------------- */

/* Reminders come this many days before a last day; the most first. */
extern const int notice_days[];
extern const size_t notice_days_count;
/* The reminder that has come once so many days are left: 7 for 7 to 4, 3 for 3 and 2, 1 for 1 and
 * the day itself; 0 for none. */
int notice_step(int days_left);

/* What of an offer, or a purchase, time will be told about. on: the first day, after today, that
 * something is; DAY_NONE when nothing is. about names the last day meant, so that the same one is
 * not begun twice; "" for none. */
struct notice_plan {
    struct day on;
    const char *about;
};
/* Keeps. Of the offer as stored: reminders of accept-by while it waits for a partner or customer,
 * and that it expired, today at the latest. */
struct notice_plan notice_plan_offer(const struct offer *offer, struct day today,
                                     struct arena *arena);
/* Keeps. Reminders of a clock of 30 days, and of the renewal of a term of a year or more, 30 days
 * before it; today when fewer are left. */
struct notice_plan notice_plan_purchase(const struct purchase *purchase, struct day today,
                                        struct arena *arena);
/* What of a purchase is told today: the renewal, or a clock, with the days in *step (0: the
 * renewal). False when nothing is. */
bool notice_due_purchase(const struct purchase *purchase, struct day today, enum notice *notice,
                         int *step);
/* Who must act before the clock ends: the customer, or the ISV. */
enum party notice_acts(enum notice notice);

/* ---- Words ---------------------------------------------------------------------------------- */

/* What a mail is about; texts as its reader may read them. */
struct notice_names {
    const char *name; /* of the offer, or what was bought */
    const char *isv;
    const char *partner;
    struct day on;    /* the last day, or the day it happened */
    const char *note; /* what was changed, why it ended */
};

/* Keeps: one line without control characters. */
const char *notice_subject(enum notice notice, enum party party, const struct notice_names *names,
                           struct arena *arena);
/* Keep: what happened, and what comes next ("" for nothing); a line each. */
const char *notice_lead(enum notice notice, enum party party, const struct notice_names *names,
                        struct arena *arena);
const char *notice_next(enum notice notice, enum party party, const struct notice_names *names,
                        struct arena *arena);

/* Why a subscription ended, to its customer; as the end of a sentence. */
const char *notice_ending(enum purchase_ending ending);

#endif

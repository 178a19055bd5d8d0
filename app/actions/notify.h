/*
 * notify.h: puts the mails of LAW 14 into the outbox, in the transaction of what they tell about.
 *
 * Nothing is sent here, and nothing here fails because of a mail server. Not here: which mail
 * follows and its words (core/notice), sending (jobs/post).
 */
#ifndef ACTIONS_NOTIFY_H
#define ACTIONS_NOTIFY_H

#include "actions/act.h"
#include "store/notices.h"
#include "store/purchases.h"

/* What the event, just appended, makes of the offer as it was saved: mails to the contacts of each
 * side and to those who switched them on, and what time will tell of it. */
MUST_CHECK enum err notify_offer(const struct act *act, const struct offer *offer,
                                 const struct event *event);

/* Tells that the offer has expired, where it has: once however often, and before it moves on,
 * should the jobs not have come to it. */
MUST_CHECK enum err notify_expiry(const struct act *act, const struct offer *offer);

/* What time will tell of the purchase as it was saved. */
MUST_CHECK enum err notify_purchase_saved(const struct act *act, const struct purchase *purchase);
/* Appends the event to the purchase's history, and tells who bought it and the owners of its
 * billing account. */
MUST_CHECK enum err notify_purchase(const struct act *act, const struct purchase *purchase,
                                    const struct purchase_event *event);

/* The system: tells what time has brought to that offer: its reminders, and that it expired, once
 * however late. ERR_ABSENT when there is none. */
MUST_CHECK enum err action_notify_offer(const struct act *act, const char *id);
/* The same of a purchase, which is brought up to today first. */
MUST_CHECK enum err action_notify_purchase(const struct act *act, const char *id);

#endif

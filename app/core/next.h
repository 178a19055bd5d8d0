/*
 * next.h: what happens to an offer next, who does it and by when, in one sentence for each party
 * (LAW 6.8). Pure.
 */
#ifndef CORE_NEXT_H
#define CORE_NEXT_H

#include "base/arena.h"
#include "core/offer.h"

/* The states and what makes a difference within them. */
enum situation {
    SITUATION_DRAFT,
    SITUATION_DRAFT_LATE,   /* its accept-by date has passed */
    SITUATION_DRAFT_FAILED, /* it could not be published */
    SITUATION_TO_PARTNER,
    SITUATION_AT_PARTNER,
    SITUATION_TAKEN_BACK,
    SITUATION_SENT_BACK,
    SITUATION_PARTNER_LATE,   /* the partner can no longer submit it (LAW D-4) */
    SITUATION_PARTNER_FAILED, /* it could not be published; the partner alone knows */
    SITUATION_TO_CUSTOMER,
    SITUATION_AT_CUSTOMER,
    SITUATION_DECLINED,
    SITUATION_CHANGE_ASKED,
    SITUATION_WITHDRAW_ASKED,
    SITUATION_EXPIRED,
    SITUATION_EXPIRED_ASKED,
    SITUATION_BEFORE_START,
    SITUATION_IN_WINDOW,
    SITUATION_ENDED,
    SITUATION_CANCELLED,
    SITUATION_COUNT
};

/* As far as whoever the offer was blanked for may know. Not of a deleted offer. */
enum situation offer_situation(const struct offer *offer, struct day today);

/* Keeps the sentence. offer is as the viewer sees it; the sentence names nothing else. */
const char *next_words(struct arena *arena, const struct offer *offer, enum party viewer,
                       struct day today);

/* Keeps "Waits for you", "Sent back; waits for Fabrikam", NULL when it waits for nobody. */
const char *waits_words(struct arena *arena, const struct offer *offer, enum party viewer,
                        struct day today);

#endif

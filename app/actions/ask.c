/*
 * ask.c: asking for what only another party can do.
 *
 * Invariant: an ask changes neither state nor field; the reason is in its event alone.
 */
#include "actions/ask.h"

#include "actions/customer.h"

/* Is it one seller's of the other, or the customer's? */
static bool
is_sellers(enum offer_ask ask)
{
    return ask == ASK_SENT_BACK || ask == ASK_WITHDRAW;
}

enum err
act_may_ask(const struct act *act, enum offer_ask ask, const struct offer *offer)
{
    struct acceptors acceptors;

    if (is_sellers(ask))
        return act_may_edit(act);
    TRY(acceptors_of(act, offer, &acceptors));
    return acceptors.may ? OK : ERR_DENIED;
}

enum err
action_offer_ask(const struct act *act, enum offer_ask ask, const char *id, const char *rev,
                 const struct answers *answers, struct problems *problems)
{
    const char *raw = answers->get(answers->context, ANSWER_REASON);
    const char *reason = "";
    struct offer offer;

    if (is_sellers(ask))
        TRY(act_may_edit(act));
    TRY(act_load(act, id, rev, ask_move(ask), &offer));
    TRY(act_may_ask(act, ask, &offer));
    reason_read(ANSWER_REASON, raw == NULL ? "" : raw, problems, &reason);
    if (problems->count > 0)
        return ERR_INVALID;
    return act_keep_noted(act, &offer, NULL, ask_move(ask), ask_event(ask), reason);
}

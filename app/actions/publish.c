/*
 * publish.c: what the system does when In Progress is over.
 *
 * Invariant: an offer that is not due, or that somebody else published first, stays as it is.
 */
#include "actions/publish.h"

#include "actions/isv.h"
#include "actions/partner.h"
#include "store/acceptances.h"
#include "store/accounts.h"

/* One problem a line, for whoever must mend it. */
static const char *
failure_text(struct arena *arena, const struct problems *problems)
{
    const char *lines = "";

    for (size_t i = 0; i < problems->count; i++)
        lines = i == 0 ? problems->list[i].message
                       : arena_format(arena, "%s\n%s", lines, problems->list[i].message);
    return lines;
}

static enum err
publish_to_partner(const struct act *act, struct offer *offer, struct problems *problems)
{
    TRY(review_isv(act, offer, problems));
    offer->failure = failure_text(act->arena, problems);
    if (problems->count > 0)
        return act_keep(act, offer, NULL, MOVE_FAIL, EVENT_NOT_OFFERED);
    return act_keep(act, offer, NULL, MOVE_PUBLISH, EVENT_OFFERED);
}

/* Sets the customer's organisation and makes the link. */
static enum err
extend_to_customer(const struct act *act, struct offer *offer)
{
    struct billing_account account;
    struct link link;

    TRY(billing_account_find(act->db, act->arena, offer->billing_account, &account));
    offer->organisation = account.organisation;
    offer->extended_at = act->now;
    link = (struct link){
        .token = world_token(act->world, act->arena),
        .offer = offer->id,
        .organisation = account.organisation,
        .prepared_by = offer->prepared_by,
        .created_at = act->now,
    };
    TRY(links_kill(act->db, offer->id));
    TRY(link_insert(act->db, &link));
    return act_keep(act, offer, NULL, MOVE_PUBLISH, EVENT_EXTENDED);
}

static enum err
publish_to_customer(const struct act *act, struct offer *offer, struct problems *problems)
{
    struct act in_time = *act;
    bool taxable = false;

    /* An accept-by day that passed meanwhile is no failure: the offer is Expired at once (LAW 6.1
     * row 10), so the facts are judged as of that day. */
    if (in_time.today.number > offer->accept_by_on.number)
        in_time.today = offer->accept_by_on;
    TRY(review_partner(&in_time, offer, problems, &taxable));
    if (problems->count == 0)
        return extend_to_customer(act, offer);
    offer->failure = failure_text(act->arena, problems);
    return act_keep(act, offer, NULL, MOVE_FAIL, EVENT_NOT_EXTENDED);
}

/* Publishes it if its publication was to come by then. */
static enum err
publish_by(const struct act *act, const char *id, int64_t then)
{
    struct problems *problems = problems_new(act->arena);
    struct offer offer;

    assert(act->viewer.party == PARTY_SYSTEM);
    TRY(offer_load(act->db, act->arena, &act->viewer, id, &offer));
    if (offer.publish_at == 0 || offer.publish_at > then)
        return ERR_CLOSED;
    offer.publish_at = 0;
    if (offer.state == STATE_TO_PARTNER)
        return publish_to_partner(act, &offer, problems);
    if (offer.state == STATE_TO_CUSTOMER)
        return publish_to_customer(act, &offer, problems);
    return ERR_CLOSED;
}

enum err
action_offer_publish(const struct act *act, const char *id)
{
    return publish_by(act, id, act->now);
}

enum err
action_offer_publish_now(const struct act *act, const char *id)
{
    return publish_by(act, id, INT64_MAX);
}

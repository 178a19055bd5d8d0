/*
 * parts_next.c: what happens to an offer next, in one sentence for whoever reads it.
 *
 * Invariant: a sentence names nothing its reader may not know (LAW 5): sellers never learn the
 * customer's organisation, nobody learns what another party is doing in private.
 */
#include "pages/parts.h"

#include "base/text.h"

/* A name, or what to call somebody who is not chosen yet. */
static const char *
named(const char *name, const char *otherwise)
{
    return *name == '\0' ? otherwise : name;
}

/* The same for everybody once the contract is made. */
static const char *
after_acceptance(const struct exchange *x, const struct offer *offer)
{
    struct day start = offer_starts_on(offer);
    const char *end = day_show(x->arena, offer->end_on);

    if (offer_state_on(offer, x->today) == STATE_ENDED)
        return arena_format(x->arena, "The private prices ended on %s UTC; list prices apply.",
                            end);
    if (start.number > x->today.number)
        return arena_format(x->arena,
                            "The private prices begin on %s and hold through %s UTC; until then "
                            "list prices apply.",
                            day_show(x->arena, start), end);
    return arena_format(x->arena, "The private prices hold through %s UTC.", end);
}

/* Accept by as the end of a sentence; the date of a draft may still be missing. */
static const char *
by_day(const struct exchange *x, const struct offer *offer)
{
    if (day_is_none(offer->accept_by_on))
        return "";
    return arena_format(x->arena, " by %s UTC", day_show(x->arena, offer->accept_by_on));
}

static const char *
next_for_isv(const struct exchange *x, const struct offer *offer)
{
    const char *partner = named(offer->partner_name, "Your selling partner");

    switch (offer_state_on(offer, x->today)) {
    case STATE_DRAFT:
        return arena_format(
            x->arena, "You complete and submit the offer. %s then prices it for the customer.",
            partner);
    case STATE_TO_PARTNER:
        return arena_format(x->arena,
                            "The marketplace makes the offer available to %s. There is nothing for "
                            "you to do.",
                            partner);
    case STATE_PENDING_PARTNER:
        if (offer->accept_by_on.number < x->today.number)
            return arena_format(x->arena,
                                "The accept by date, %s, has passed. Withdraw the offer, set a "
                                "later date and submit it again.",
                                day_show(x->arena, offer->accept_by_on));
        return arena_format(x->arena,
                            "%s prices the offer and submits it to the customer, who accepts%s.",
                            partner, by_day(x, offer));
    case STATE_TO_CUSTOMER:
        return "The marketplace makes the offer available to the customer. There is nothing for "
               "you to do.";
    case STATE_PENDING_ACCEPTANCE:
        return arena_format(x->arena, "The customer accepts%s. After that day the offer expires.",
                            by_day(x, offer));
    case STATE_EXPIRED:
        return arena_format(x->arena,
                            "Ask %s to withdraw the offer. Then you can withdraw it, change it and "
                            "submit it again.",
                            named(offer->partner_name, "your selling partner"));
    case STATE_ACCEPTED:
    case STATE_ENDED:
        return after_acceptance(x, offer);
    case STATE_CANCELLED:
    case STATE_DELETED:
    case STATE_COUNT:
        break;
    }
    return "Nothing follows.";
}

static const char *
next_for_partner(const struct exchange *x, const struct offer *offer)
{
    switch (offer_state_on(offer, x->today)) {
    case STATE_PENDING_PARTNER:
        if (offer->accept_by_on.number < x->today.number)
            return arena_format(x->arena,
                                "The accept by date, %s, has passed. Ask %s to withdraw the offer, "
                                "set a later date and submit it again.",
                                day_show(x->arena, offer->accept_by_on), offer->isv_name);
        if (offer->partner_withdrew)
            return arena_format(x->arena,
                                "You change your customer adjustment and submit the offer again, "
                                "or ask %s to withdraw it. The customer accepts%s.",
                                offer->isv_name, by_day(x, offer));
        return arena_format(x->arena,
                            "You enter your customer adjustment and submit the offer to the "
                            "customer, who accepts%s.",
                            by_day(x, offer));
    case STATE_TO_CUSTOMER:
        return "The marketplace makes the offer available to the customer and gives you the "
               "acceptance link to send.";
    case STATE_PENDING_ACCEPTANCE:
        return arena_format(x->arena,
                            "You send the acceptance link to the customer, who accepts%s. We don’t "
                            "email the customer.",
                            by_day(x, offer));
    case STATE_EXPIRED:
        return arena_format(
            x->arena,
            "The customer can no longer accept. Withdraw the offer and ask %s for a "
            "later accept by date.",
            offer->isv_name);
    case STATE_ACCEPTED:
    case STATE_ENDED:
        return after_acceptance(x, offer);
    case STATE_DRAFT:
    case STATE_TO_PARTNER:
    case STATE_CANCELLED:
    case STATE_DELETED:
    case STATE_COUNT:
        break;
    }
    return "Nothing follows.";
}

static const char *
next_for_customer(const struct exchange *x, const struct offer *offer)
{
    switch (offer_state_on(offer, x->today)) {
    case STATE_PENDING_ACCEPTANCE:
        return arena_format(x->arena, "You accept%s. Accepting bills nothing.", by_day(x, offer));
    case STATE_EXPIRED:
        return arena_format(
            x->arena, "The offer can no longer be accepted. Write to %s to ask for a new one.",
            named(offer->prepared_by, "the seller"));
    case STATE_ACCEPTED:
    case STATE_ENDED:
        return after_acceptance(x, offer);
    case STATE_DRAFT:
    case STATE_TO_PARTNER:
    case STATE_PENDING_PARTNER:
    case STATE_TO_CUSTOMER:
    case STATE_CANCELLED:
    case STATE_DELETED:
    case STATE_COUNT:
        break;
    }
    return "Nothing follows.";
}

static const char *
next_for_operator(const struct exchange *x, const struct offer *offer)
{
    const char *partner = named(offer->partner_name, "the selling partner");

    switch (offer_state_on(offer, x->today)) {
    case STATE_DRAFT:
        return arena_format(x->arena, "%s completes and submits the offer.", offer->isv_name);
    case STATE_TO_PARTNER:
        return arena_format(x->arena, "The marketplace makes the offer available to %s.", partner);
    case STATE_PENDING_PARTNER:
        if (offer->accept_by_on.number < x->today.number)
            return arena_format(x->arena,
                                "The accept by date, %s, has passed. %s withdraws the offer and "
                                "sets a later one.",
                                day_show(x->arena, offer->accept_by_on), offer->isv_name);
        return arena_format(x->arena, "%s submits the offer to the customer, who accepts%s.",
                            partner, by_day(x, offer));
    case STATE_TO_CUSTOMER:
        return "The marketplace makes the offer available to the customer.";
    case STATE_PENDING_ACCEPTANCE:
        return arena_format(x->arena, "The customer accepts%s.", by_day(x, offer));
    case STATE_EXPIRED:
        return arena_format(x->arena, "%s may withdraw the offer.", partner);
    case STATE_ACCEPTED:
    case STATE_ENDED:
        return after_acceptance(x, offer);
    case STATE_CANCELLED:
    case STATE_DELETED:
    case STATE_COUNT:
        break;
    }
    return "Nothing follows.";
}

const char *
next_step(const struct exchange *x, const struct offer *offer)
{
    if (offer->state == STATE_CANCELLED)
        return arena_format(x->arena,
                            "The offer was cancelled on %s; what is bought since is at list price.",
                            utc(x, day_of(offer->cancelled_at)));
    switch (exchange_viewer(x).party) {
    case PARTY_ISV:
        return next_for_isv(x, offer);
    case PARTY_PARTNER:
        return next_for_partner(x, offer);
    case PARTY_CUSTOMER:
        return next_for_customer(x, offer);
    case PARTY_OPERATOR:
        return next_for_operator(x, offer);
    case PARTY_SYSTEM:
    case PARTY_COUNT:
        break;
    }
    assert(false);
    return "";
}

/*
 * act.c: what every action does alike: load for the actor, judge, save, append.
 */
#include "actions/act.h"

#include <inttypes.h>

#include "actions/notify.h"
#include "base/text.h"
#include "store/accounts.h"
#include "store/events.h"
#include "store/versions.h"

struct act
act_of_system(struct db *db, struct arena *arena, const struct world *world,
              const struct settings *settings)
{
    int64_t now = settings_now(settings, world);

    return (struct act){
        .db = db,
        .arena = arena,
        .world = world,
        .settings = settings,
        .now = now,
        .today = day_of(now),
        .viewer = {PARTY_SYSTEM, "", day_of(now)},
        .account_name = "Marketplace",
        .person = "",
        .person_name = "",
        .role = ROLE_NONE,
    };
}

enum err
act_may_edit(const struct act *act)
{
    return role_can(act->role, CAN_EDIT_OFFERS) ? OK : ERR_DENIED;
}

const char *
offer_rev(struct arena *arena, const struct offer *offer, enum party party)
{
    if (party == PARTY_PARTNER)
        return offer->partner_rev;
    if (party == PARTY_CUSTOMER)
        return arena_format(arena, "%" PRId64, offer->extended_at);
    return arena_format(arena, "%" PRId64, offer->version);
}

enum err
act_load(const struct act *act, const char *id, const char *rev, enum offer_move move,
         struct offer *offer)
{
    TRY(offer_load(act->db, act->arena, &act->viewer, id, offer));
    TRY(offer_check_move(offer, move, act->viewer.party, act->today));
    if (!text_equal(rev, offer_rev(act->arena, offer, act->viewer.party)))
        return ERR_STALE;
    return OK;
}

struct event
act_event(const struct act *act, enum event_kind kind)
{
    return (struct event){
        .at = act->now,
        .kind = kind,
        .party = act->viewer.party,
        .account = act->viewer.account,
        .account_name = act->account_name,
        .person = act->person,
        .person_name = act->person_name,
        .note = "",
    };
}

static enum err
keep_version(const struct act *act, const struct offer *offer, int64_t number)
{
    const struct version version = version_of(offer, act->arena);

    return version_keep(act->db, offer->id, number, &version);
}

enum err
act_keep(const struct act *act, struct offer *offer, const struct offer *before,
         enum offer_move move, enum event_kind kind)
{
    return act_keep_noted(act, offer, before, move, kind, "");
}

enum err
act_keep_noted(const struct act *act, struct offer *offer, const struct offer *before,
               enum offer_move move, enum event_kind kind, const char *note)
{
    struct event event = act_event(act, kind);
    enum offer_change change = move == MOVE_PRICE ? CHANGE_OF_PARTNER_FIELDS : CHANGE_OF_OFFER;
    struct event_fields changes = {.count = 0};
    unsigned seen_before = state_seen_by(offer_state_on(offer, act->today));
    unsigned seen;

    event.note = note;
    TRY(notify_expiry(act, offer));
    if (before != NULL)
        changes = event_changes(before, offer, act->arena);
    TRY(offer_advance(offer, move, act->viewer.party, act->today));
    seen = state_seen_by(offer_state_on(offer, act->today)) | seen_before;
    if ((event_seen_by(kind) & PARTY_BIT(PARTY_ISV)) != 0)
        offer->isv_changed_at = act->now;
    if ((event_seen_by(kind) & seen & PARTY_BIT(PARTY_PARTNER)) != 0)
        offer->partner_changed_at = act->now;
    if ((event_seen_by(kind) & seen & PARTY_BIT(PARTY_CUSTOMER)) != 0)
        offer->customer_changed_at = act->now;
    TRY(offer_save(act->db, act->arena, offer, change, before != NULL));
    TRY(event_append(act->db, act->arena, act->world, offer->id, offer->partner, &event, &changes));
    if (event_keeps_version(kind))
        TRY(keep_version(act, offer, event.number));
    return notify_offer(act, offer, &event);
}

/* The publisher of that id, or NULL when there is none. */
static enum err
publisher_or_null(const struct act *act, const char *id, const struct publisher **publisher)
{
    struct publisher *found = arena_new(act->arena, struct publisher);
    enum err outcome;

    *publisher = NULL;
    if (*id == '\0')
        return OK;
    outcome = publisher_by_id(act->db, act->arena, id, found);
    if (outcome == ERR_ABSENT)
        return OK;
    TRY(outcome);
    *publisher = found;
    return OK;
}

static enum err
account_or_null(const struct act *act, const char *id, const struct billing_account **account)
{
    struct billing_account *found = arena_new(act->arena, struct billing_account);
    enum err outcome;

    *account = NULL;
    if (*id == '\0')
        return OK;
    outcome = billing_account_find(act->db, act->arena, id, found);
    if (outcome == ERR_ABSENT)
        return OK;
    TRY(outcome);
    *account = found;
    return OK;
}

/* The accepted offer that an upgrade is of, for the ISV, which sets the dates. A cancelled one is
 * there no more, and is in nobody's way. */
static enum err
upgraded_or_null(const struct act *act, const char *id, const struct offer **upgraded)
{
    struct offer *found;
    enum err outcome;

    *upgraded = NULL;
    if (*id == '\0' || act->viewer.party != PARTY_ISV)
        return OK;
    found = arena_new(act->arena, struct offer);
    outcome = offer_load(act->db, act->arena, &act->viewer, id, found);
    if (outcome == ERR_ABSENT)
        return OK;
    TRY(outcome);
    *upgraded = found;
    return OK;
}

enum err
act_facts(const struct act *act, const struct offer *offer, struct check_facts *facts)
{
    struct collisions collisions;

    facts->today = act->today;
    TRY(publisher_or_null(act, offer->isv, &facts->isv));
    TRY(publisher_or_null(act, offer->partner, &facts->partner));
    TRY(account_or_null(act, offer->billing_account, &facts->account));
    if (facts->isv == NULL)
        return ERR_BROKEN;
    TRY(offer_collisions(act->db, act->arena, offer, act->today, &collisions));
    facts->collisions = collisions.rows;
    facts->collision_count = collisions.count;
    return upgraded_or_null(act, offer->upgraded_from, &facts->upgraded);
}

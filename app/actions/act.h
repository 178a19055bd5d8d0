/*
 * act.h: who acts, for which account, when, on which store; and what every action does alike.
 *
 * An action is one use case and runs inside one write that its caller began and will end. Any
 * outcome but OK means: roll back. Not here: pages, forms, HTTP.
 */
#ifndef ACTIONS_ACT_H
#define ACTIONS_ACT_H

#include "base/world.h"
#include "core/event.h"
#include "store/offers.h"
#include "store/settings.h"

struct act {
    struct db *db;
    struct arena *arena;
    const struct world *world;
    const struct settings *settings;
    int64_t now;      /* the market's clock */
    struct day today; /* its day */
    struct viewer viewer;
    const char *account_name;
    const char *person; /* "" for the system */
    const char *person_name;
    enum publisher_role role; /* of a publisher's person */
};

/* The system acting at the time the settings and the world say. */
struct act act_of_system(struct db *db, struct arena *arena, const struct world *world,
                         const struct settings *settings);

/* ERR_DENIED unless a publisher's person may work on private offers (LAW 2.2). */
MUST_CHECK enum err act_may_edit(const struct act *act);

/* Keeps: what a form says it was made from, so that a save over somebody else's is noticed. Names
 * only versions the party may know of (LAW 5). */
const char *offer_rev(struct arena *arena, const struct offer *offer, enum party party);

/* Loads the offer for the acting party, checks that the party may make the move today, and that rev
 * is today's: ERR_ABSENT, ERR_CLOSED, ERR_DENIED, ERR_STALE. The offer is not advanced yet. */
MUST_CHECK enum err act_load(const struct act *act, const char *id, const char *rev,
                             enum offer_move move, struct offer *offer);

/* The event that the acting person causes now. */
struct event act_event(const struct act *act, enum event_kind kind);

/* Makes the move, saves and appends the event. before may be NULL when no field changed. */
MUST_CHECK enum err act_keep(const struct act *act, struct offer *offer, const struct offer *before,
                             enum offer_move move, enum event_kind kind);

/* The same, with the reason that was given: the event's note. */
MUST_CHECK enum err act_keep_noted(const struct act *act, struct offer *offer,
                                   const struct offer *before, enum offer_move move,
                                   enum event_kind kind, const char *note);

/* The stored facts the law judges the offer by. Keeps. */
MUST_CHECK enum err act_facts(const struct act *act, const struct offer *offer,
                              struct check_facts *facts);

#endif

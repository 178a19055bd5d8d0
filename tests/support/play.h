/*
 * play.h: what people and the system do to offers, each as one call that begins a write, acts and
 * ends it: for tests that do many things, in many states, as many people.
 *
 * The market is deal_market's. Nothing here fails a test: the outcome is the answer. A thread may
 * play with a copy of the market whose arena is its own.
 */
#ifndef SUPPORT_PLAY_H
#define SUPPORT_PLAY_H

#include "support/deal_market.h"

struct actor {
    enum party party;
    const char *account;
    const char *account_name;
    const char *person;
    enum publisher_role role;
};

extern const struct actor actor_isv;
extern const struct actor actor_isv_marketer;
extern const struct actor actor_other_isv;
extern const struct actor actor_partner;
extern const struct actor actor_other_partner;
extern const struct actor actor_owner;       /* of the customer's billing account, as below */
extern const struct actor actor_contributor; /* of it */
extern const struct actor actor_reader;      /* of it */
extern const struct actor actor_stranger;    /* of another organisation */

enum deed {
    DEED_CREATE,
    DEED_SAVE,       /* the ISV's form */
    DEED_ADD_ROW,    /* Seats, Team */
    DEED_SET_PRICES, /* of row 2 */
    DEED_SUBMIT,
    DEED_WITHDRAW,
    DEED_DELETE,
    DEED_PRICE, /* the partner's form */
    DEED_EXTEND,
    DEED_TAKE_BACK,
    DEED_SEND_BACK,
    DEED_ASK_WITHDRAW,
    DEED_ACCEPT,
    DEED_DECLINE,
    DEED_ASK_CHANGE,
    DEED_PUBLISH, /* by the system, whoever plays */
    DEED_COUNT
};

const char *deed_text(enum deed deed);

/* One deed. */
struct play {
    const struct actor *actor;
    enum deed deed;
    const char *id;
    const char *rev;               /* NULL: what the actor would be shown now */
    const struct answers *answers; /* NULL: a form that changes something */
    struct problems *problems;     /* NULL: not wanted */
    const char **created;          /* NULL: not wanted; the id that DEED_CREATE made */
};

/* ERR_BUSY when the write could not begin or end; else what the action answered. */
enum err play(struct deal_market *market, const struct play *play);

/* The same inside a write that the caller holds. */
enum err play_within(struct deal_market *market, struct db *db, const struct play *play);

/* play, short: no form, the present rev, no problems. */
enum err play_deed(struct deal_market *market, const struct actor *actor, enum deed deed,
                   const char *id);

/* Saves a form and answers what was wrong with it. */
struct problems *play_form(struct deal_market *market, const struct actor *actor, enum deed deed,
                           const char *id, const struct answers *answers, enum err expected);

/* Such a form made on the spot, for the market that the test file calls market. */
#define FORM(...) (&(struct answers[]){deal_form(&market, __VA_ARGS__, NULL)}[0])

/* Fails the test unless there are problems, all of them at that field. */
void play_assert_only_at(const struct problems *problems, const char *at);

/* The id of a new draft that is only a name. */
const char *play_bare_draft(struct deal_market *market, const char *name);

/* An offer of deal_make in any state that can be reached, the market's day moved where the state
 * needs it: Expired and Ended come by waiting. Pending partner action is priced and may be
 * extended. Not Cancelled. */
const char *play_until(struct deal_market *market, enum offer_state state);

#endif

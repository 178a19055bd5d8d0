/*
 * play.c: see the header.
 */
#include "support/play.h"

#include <check.h>

#include "actions/ask.h"
#include "actions/customer.h"
#include "actions/isv.h"
#include "actions/partner.h"
#include "actions/publish.h"
#include "base/text.h"
#include "core/terms.h"

const struct actor actor_isv = {PARTY_ISV, DEAL_ISV, "Contoso", "isv", ROLE_ACCOUNT_OWNER};
const struct actor actor_isv_marketer = {PARTY_ISV, DEAL_ISV, "Contoso", "isv-marketer",
                                         ROLE_MARKETER};
const struct actor actor_other_isv = {PARTY_ISV, DEAL_OTHER_ISV, "Adatum", "other-isv",
                                      ROLE_ACCOUNT_OWNER};
const struct actor actor_partner = {PARTY_PARTNER, DEAL_PARTNER, "Fabrikam", "partner",
                                    ROLE_MANAGER};
const struct actor actor_other_partner = {PARTY_PARTNER, DEAL_OTHER_PARTNER, "Tailspin",
                                          "other-partner", ROLE_ACCOUNT_OWNER};
const struct actor actor_owner = {PARTY_CUSTOMER, DEAL_ORGANISATION, "Northwind", "owner",
                                  ROLE_NONE};
const struct actor actor_contributor = {PARTY_CUSTOMER, DEAL_ORGANISATION, "Northwind",
                                        "contributor", ROLE_NONE};
const struct actor actor_reader = {PARTY_CUSTOMER, DEAL_ORGANISATION, "Northwind", "reader",
                                   ROLE_NONE};
const struct actor actor_stranger = {PARTY_CUSTOMER, "elsewhere", "Elsewhere", "stranger",
                                     ROLE_NONE};

static const char *const deed_texts[DEED_COUNT] = {
    "create", "save",    "add row",          "set prices", "submit",    "withdraw",
    "delete", "price",   "extend",           "take back",  "send back", "ask to withdraw",
    "accept", "decline", "ask for a change", "publish",
};

const char *
deed_text(enum deed deed)
{
    return deed_texts[deed];
}

static struct act
act_begin(struct deal_market *market, struct db *db, const struct actor *actor)
{
    return (struct act){.db = db,
                        .arena = market->temp.arena,
                        .world = &market->fake.world,
                        .settings = &market->settings,
                        .now = market->fake.now,
                        .today = day_of(market->fake.now),
                        .viewer = {actor->party, actor->account},
                        .account_name = actor->account_name,
                        .person = actor->person,
                        .person_name = actor->person,
                        .role = actor->role};
}

static enum offer_ask
ask_of(enum deed deed)
{
    static const enum offer_ask asks[DEED_COUNT] = {
        [DEED_SEND_BACK] = ASK_SENT_BACK,
        [DEED_ASK_WITHDRAW] = ASK_WITHDRAW,
        [DEED_DECLINE] = ASK_DECLINED,
        [DEED_ASK_CHANGE] = ASK_CHANGE,
    };

    return asks[deed];
}

/* A form that is well formed and changes something. */
static struct answers
default_form(struct deal_market *market, enum deed deed)
{
    if (deed == DEED_CREATE)
        return deal_form(market, "name", "Another offer", ANSWER_PRICING,
                         offer_type_text(OFFER_EXISTING_PLANS), NULL);
    if (deed == DEED_SET_PRICES)
        return deal_form(market, "price-2-month", "210.00", NULL);
    if (deed == DEED_PRICE)
        return deal_form(market, "adjustment-1", "7", "prepared_by", "q@fabrikam.example", NULL);
    if (ask_of(deed) != ASK_NONE)
        return deal_form(market, ANSWER_REASON, "Too dear", NULL);
    return deal_form(market, "description", "For the board", NULL);
}

static enum err
draft_deed(struct deal_market *market, const struct act *act, const struct play *play,
           const char *rev, struct problems *problems)
{
    const struct plan_choice seats = {"seats", "team"};
    const struct draft_edit nothing = {0};
    const struct row_edit no_edit = {.remove_line = 0};
    struct answers typed =
        play->answers == NULL ? default_form(market, play->deed) : *play->answers;
    const char *created = NULL;

    if (play->deed == DEED_CREATE)
        return action_offer_create(act, &typed, problems,
                                   play->created == NULL ? &created : play->created);
    if (play->deed == DEED_ADD_ROW)
        return action_rows_add(act, play->id, rev, &seats, 1, problems);
    if (play->deed == DEED_SET_PRICES)
        return action_row_save(act, play->id, rev, 2, &typed, &no_edit, problems);
    if (play->deed == DEED_SAVE)
        return action_draft_save(act, play->id, rev, &typed, &nothing, problems);
    return action_partner_save(act, play->id, rev, &typed, NULL, problems);
}

static enum err
ask_deed(struct deal_market *market, const struct act *act, const struct play *play,
         const char *rev, struct problems *problems)
{
    struct answers typed =
        play->answers == NULL ? default_form(market, play->deed) : *play->answers;

    return action_offer_ask(act, ask_of(play->deed), play->id, rev, &typed, problems);
}

static enum err
accept_deed(const struct act *act, const struct play *play, struct problems *problems)
{
    struct acceptance acceptance;
    struct offer offer;
    const char *digest = "";
    enum err outcome = offer_view(act->db, act->arena, &act->viewer, play->id, &offer);

    if (outcome != OK && outcome != ERR_ABSENT)
        return outcome;
    if (outcome == OK)
        digest = terms_digest(act->arena, &offer);
    return action_offer_accept(act, play->id, digest, &answers_none, problems, &acceptance);
}

/* What the actor's page would carry; "1" for somebody who has no such page. */
static enum err
rev_now(const struct act *act, const char *id, const char **rev)
{
    struct offer offer;
    enum err outcome = offer_load(act->db, act->arena, &act->viewer, id, &offer);

    *rev = "1";
    if (outcome == ERR_ABSENT)
        return OK;
    TRY(outcome);
    *rev = offer_rev(act->arena, &offer, act->viewer.party);
    return OK;
}

static enum err
perform(struct deal_market *market, const struct act *act, const struct play *play)
{
    struct problems *problems = play->problems == NULL ? problems_new(act->arena) : play->problems;
    const char *rev = play->rev;

    if (rev == NULL && play->deed != DEED_CREATE)
        TRY(rev_now(act, play->id, &rev));
    switch (play->deed) {
    case DEED_CREATE:
    case DEED_SAVE:
    case DEED_ADD_ROW:
    case DEED_SET_PRICES:
    case DEED_PRICE:
        return draft_deed(market, act, play, rev, problems);
    case DEED_SUBMIT:
        return action_offer_submit(act, play->id, rev, problems);
    case DEED_WITHDRAW:
        return action_offer_withdraw(act, play->id, rev);
    case DEED_DELETE:
        return action_offer_delete(act, play->id, rev);
    case DEED_EXTEND:
        return action_offer_extend(act, play->id, rev, problems);
    case DEED_TAKE_BACK:
        return action_offer_take_back(act, play->id, rev);
    case DEED_SEND_BACK:
    case DEED_ASK_WITHDRAW:
    case DEED_DECLINE:
    case DEED_ASK_CHANGE:
        return ask_deed(market, act, play, rev, problems);
    case DEED_ACCEPT:
        return accept_deed(act, play, problems);
    case DEED_PUBLISH:
        return action_offer_publish(act, play->id);
    case DEED_COUNT:
        break;
    }
    return ERR_BROKEN;
}

enum err
play_within(struct deal_market *market, struct db *db, const struct play *play)
{
    struct act act =
        play->deed == DEED_PUBLISH
            ? act_of_system(db, market->temp.arena, &market->fake.world, &market->settings)
            : act_begin(market, db, play->actor);

    return perform(market, &act, play);
}

enum err
play(struct deal_market *market, const struct play *play)
{
    struct db *db = NULL;
    enum err outcome;

    TRY(write_begin(market->temp.store, &db));
    outcome = play_within(market, db, play);
    TRY(write_end(market->temp.store, db, outcome == OK));
    return outcome;
}

enum err
play_deed(struct deal_market *market, const struct actor *actor, enum deed deed, const char *id)
{
    return play(market, &(struct play){.actor = actor, .deed = deed, .id = id});
}

struct problems *
play_form(struct deal_market *market, const struct actor *actor, enum deed deed, const char *id,
          const struct answers *answers, enum err expected)
{
    struct problems *problems = problems_new(market->temp.arena);
    enum err outcome =
        play(market,
             &(struct play){
                 .actor = actor, .deed = deed, .id = id, .answers = answers, .problems = problems});

    ck_assert_msg(outcome == expected, "%s: %d, not %d; %s", deed_text(deed), outcome, expected,
                  problems->count > 0 ? problems->list[0].message : "no problem");
    return problems;
}

void
play_assert_only_at(const struct problems *problems, const char *at)
{
    for (size_t i = 0; i < problems->count; i++)
        ck_assert_msg(text_equal(problems->list[i].at, at), "%s, not %s: %s", problems->list[i].at,
                      at, problems->list[i].message);
    ck_assert_msg(problems->count > 0, "no problem at %s", at);
}

const char *
play_bare_draft(struct deal_market *market, const char *name)
{
    struct problems *problems = problems_new(market->temp.arena);
    struct answers form = deal_form(market, "name", name, ANSWER_PRICING,
                                    offer_type_text(OFFER_EXISTING_PLANS), NULL);
    const char *id = NULL;
    struct act act = deal_begin(market, PARTY_ISV, DEAL_ISV, "isv");

    ck_assert_int_eq(deal_end(market, &act, action_offer_create(&act, &form, problems, &id)), OK);
    return id;
}

const char *
play_until(struct deal_market *market, enum offer_state state)
{
    struct answers priced;
    const char *id;

    switch (state) {
    case STATE_DRAFT:
    case STATE_DELETED:
    case STATE_TO_PARTNER:
        id = deal_make(market, DEAL_DRAFTED);
        if (state == STATE_DELETED)
            ck_assert_int_eq(play_deed(market, &actor_isv, DEED_DELETE, id), OK);
        if (state == STATE_TO_PARTNER)
            ck_assert_int_eq(play_deed(market, &actor_isv, DEED_SUBMIT, id), OK);
        return id;
    case STATE_PENDING_PARTNER:
        id = deal_make(market, DEAL_SUBMITTED);
        priced = deal_form(market, "adjustment-1", "5", "adjustment-2", "5", "prepared_by",
                           "p@fabrikam.example", NULL);
        (void)play_form(market, &actor_partner, DEED_PRICE, id, &priced, OK);
        return id;
    case STATE_TO_CUSTOMER:
        id = deal_make(market, DEAL_EXTENDED);
        ck_assert_int_eq(play_deed(market, &actor_partner, DEED_TAKE_BACK, id), OK);
        ck_assert_int_eq(play_deed(market, &actor_partner, DEED_EXTEND, id), OK);
        return id;
    case STATE_PENDING_ACCEPTANCE:
    case STATE_EXPIRED:
        id = deal_make(market, DEAL_EXTENDED);
        if (state == STATE_EXPIRED)
            deal_market_today(market, 2023, 11, 16);
        return id;
    case STATE_ACCEPTED:
    case STATE_ENDED:
        id = deal_make(market, DEAL_ACCEPTED);
        if (state == STATE_ENDED)
            deal_market_today(market, 2024, 1, 1);
        return id;
    case STATE_CANCELLED:
    case STATE_COUNT:
        break;
    }
    ck_abort_msg("no way to that state");
    return NULL;
}

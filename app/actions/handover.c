/*
 * handover.c: making, withdrawing and using a link that hands over a billing account ID.
 *
 * Invariant: only an account that is eligible now is put into a draft, so that no link costs its
 * ISV one of the attempts of LAW 2.3.
 */
#include "actions/handover.h"

#include "actions/isv.h"
#include "auth/throttle.h"
#include "base/digest.h"
#include "base/text.h"
#include "store/accounts.h"

enum err
action_handover_make(const struct act *act, const char *account, const char *at,
                     struct problems *problems, const char **token)
{
    const char *made = world_token(act->world, act->arena);
    const struct handover handover = {
        .key = digest_of_text(act->arena, made),
        .billing_account = account,
        .person = act->person,
        .created_at = act->now,
        .expires_at = act->now + LIMIT_HANDOVER_DAYS * SECONDS_PER_DAY,
    };
    struct billing_account found;
    struct handovers_open others;

    TRY(handovers_open_of(act->db, act->arena, act->viewer.account, account, act->now, &others));
    TRY(handover_insert(act->db, act->viewer.account, &handover));
    TRY(billing_account_find(act->db, act->arena, account, &found));
    if (!billing_account_eligible(&found))
        problem_add(problems, at,
                    "%s can’t receive private offers, so its ID is of no use to a "
                    "seller",
                    found.name);
    else if (others.count == LIMIT_HANDOVERS)
        problem_add(problems, at, "%s has %d open links. Withdraw one before you make another",
                    found.name, LIMIT_HANDOVERS);
    if (problems->count > 0)
        return ERR_INVALID;
    *token = made;
    return OK;
}

enum err
action_handover_withdraw(const struct act *act, const char *key)
{
    return handover_withdraw(act->db, act->viewer.account, act->person, key, act->now);
}

enum err
handover_open(const struct act *act, const char *token, struct handover *handover,
              enum handover_state *state)
{
    TRY(handover_find(act->db, act->arena, digest_of_text(act->arena, token), act->now, handover,
                      state));
    return *state == HANDOVER_OPEN ? OK : ERR_GONE;
}

/* May the account be named now? */
static enum err
account_usable(const struct act *act, const struct handover *handover, struct problems *problems)
{
    int64_t now = world_now(act->world); /* guesses are made in real time */
    struct billing_account account;
    int64_t wait_s = 0;

    TRY(throttle_billing_wait(act->db, act->arena, act->viewer.account, now, &wait_s));
    if (wait_s > 0) {
        problems->retry_after_s = wait_s;
        problem_add(problems, ANSWER_DRAFT,
                    "Too many of the IDs that your company entered aren’t eligible. The link still "
                    "works; use it in %d minute%s",
                    (int)((wait_s + 59) / 60), wait_s > 60 ? "s" : "");
        return ERR_INVALID;
    }
    TRY(billing_account_find(act->db, act->arena, handover->billing_account, &account));
    return billing_account_eligible(&account) ? OK : ERR_CLOSED;
}

/* The one answer of this form; everything else of the draft stays as it is. */
static const char *
get_account(void *context, const char *name)
{
    const struct handover *handover = context;

    return text_equal(name, fields[FIELD_BILLING_ACCOUNT].name) ? handover->billing_account : NULL;
}

/* Saves the ID in the draft as it is now: nothing else of it is changed, so it does not matter what
 * it was when the page was made. */
static enum err
draft_put(const struct act *act, const char *draft, struct handover *handover,
          struct problems *problems)
{
    const struct answers answers = {handover, get_account};
    const struct draft_edit nothing = {.remove_partner = false};
    struct offer offer;
    enum err outcome = offer_load(act->db, act->arena, &act->viewer, draft, &offer);

    if (outcome == OK && *offer.upgraded_from != '\0') {
        problem_add(problems, ANSWER_DRAFT,
                    "This draft upgrades an accepted offer, whose customer stays. Choose another");
        return ERR_INVALID;
    }
    if (outcome == OK)
        outcome = action_draft_save(act, draft, offer_rev(act->arena, &offer, PARTY_ISV), &answers,
                                    &nothing, problems);
    if (outcome != ERR_ABSENT && outcome != ERR_CLOSED)
        return outcome;
    problem_add(problems, ANSWER_DRAFT, "Choose one of your drafts; this is none any more");
    return ERR_INVALID;
}

enum err
action_handover_use(const struct act *act, const char *token, const char *draft,
                    const struct answers *answers, struct problems *problems, const char **offer)
{
    struct handover handover;
    enum handover_state state;

    TRY(act_may_edit(act));
    TRY(handover_open(act, token, &handover, &state));
    TRY(account_usable(act, &handover, problems));
    if (draft == NULL)
        TRY(action_offer_create(act, answers, problems, &draft));
    TRY(draft_put(act, draft, &handover, problems));
    TRY(handover_use(act->db, handover.key, act->viewer.account, draft, act->now));
    *offer = draft;
    return OK;
}

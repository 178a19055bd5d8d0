/*
 * isv.c: drafting, submitting, withdrawing and deleting.
 *
 * Invariant: a refused action has changed nothing: its caller rolls back.
 */
#include "actions/isv.h"

#include <string.h>

#include "base/text.h"
#include "store/accounts.h"
#include "store/catalogue.h"
#include "store/events.h"

enum err
action_offer_create(const struct act *act, const struct answers *answers, struct problems *problems,
                    const char **id)
{
    struct offer offer = {
        .id = world_guid(act->world, act->arena),
        .isv = act->viewer.account,
        .created_at = act->now,
        .created_by = act->person,
        .type = OFFER_EXISTING_PLANS,
        .name = "",
        .partner = "",
    };
    struct event event = act_event(act, EVENT_CREATED);
    struct offer typed = offer;

    TRY(act_may_edit(act));
    fields_read(&typed, PARTY_ISV, answers, act->arena, problems);
    if (problems->count == 0 && *typed.name == '\0')
        problem_add(problems, fields[FIELD_NAME].name, "Enter a name for the private offer");
    if (problems->count > 0)
        return ERR_INVALID;
    offer.name = typed.name; /* a draft begins with its name; the setup form asks for the rest */
    TRY(offer_insert(act->db, act->arena, &offer));
    *id = offer.id;
    return event_append(act->db, offer.id, "", &event, NULL, 0);
}

static void
row_remove(struct offer *offer, int number)
{
    for (size_t i = 0; i < offer->row_count; i++) {
        if (offer->rows[i].number != number)
            continue;
        memmove(&offer->rows[i], &offer->rows[i + 1],
                (offer->row_count - i - 1) * sizeof(offer->rows[0]));
        offer->row_count--;
        return;
    }
}

/* Both states of a draft: as stored, and to be changed. */
static enum err
draft_load(const struct act *act, const char *id, const char *rev, struct offer *before,
           struct offer *offer)
{
    TRY(act_may_edit(act));
    TRY(act_load(act, id, rev, MOVE_EDIT, before));
    return offer_load(act->db, act->arena, &act->viewer, id, offer);
}

/* A save that changes nothing leaves no trace. Nothing is priced here: a partner price is never too
 * large, and whether a markup still fits is not the ISV's to learn (LAW 5). */
static enum err
draft_keep(const struct act *act, const struct offer *before, struct offer *offer)
{
    offer_void_adjustments(before, offer);
    if (event_changes(before, offer, act->arena).count == 0)
        return OK;
    offer->failure = "";
    return act_keep(act, offer, before, MOVE_EDIT, EVENT_EDITED);
}

enum err
action_draft_save(const struct act *act, const char *id, const char *rev,
                  const struct answers *answers, const struct draft_edit *edit,
                  struct problems *problems)
{
    struct offer before;
    struct offer offer;

    TRY(draft_load(act, id, rev, &before, &offer));
    row_remove(&offer, edit->remove_row); /* first: nobody has to mend a row to remove it */
    fields_read(&offer, PARTY_ISV, answers, act->arena, problems);
    if (edit->remove_partner)
        offer.partner = "";
    if (problems->count > 0)
        return ERR_INVALID;
    return draft_keep(act, &before, &offer);
}

static bool
plan_in_offer(const struct offer *offer, const struct plan *plan)
{
    for (size_t i = 0; i < offer->row_count; i++) {
        if (text_equal(offer->rows[i].plan->product, plan->product) &&
            text_equal(offer->rows[i].plan->id, plan->id))
            return true;
    }
    return false;
}

/* Appends one ticked plan as a row, or says why not. */
static enum err
row_add(const struct act *act, struct offer *offer, const struct plan_choice *choice,
        struct problems *problems)
{
    struct plan *plan = NULL;
    struct offer_row *row;
    enum err outcome =
        plan_load(act->db, act->arena, choice->product, choice->plan, act->today, &plan);

    if (outcome != OK && outcome != ERR_ABSENT)
        return outcome;
    if (plan == NULL || !plan_selectable(plan) || !text_equal(plan->publisher, offer->isv)) {
        problem_add(problems, "plan", "Tick only plans of the list; one of them is not on sale");
        return OK;
    }
    if (plan_in_offer(offer, plan)) {
        problem_add(problems, "plan", "%s is in the offer already", plan_words(act->arena, plan));
        return OK;
    }
    assert(offer->row_count < LIMIT_ROWS);
    row = &offer->rows[offer->row_count++];
    *row = (struct offer_row){.number = offer->next_row++, .price_type = PRICE_DISCOUNT};
    row_attach(act->arena, row, plan);
    return OK;
}

enum err
action_rows_add(const struct act *act, const char *id, const char *rev,
                const struct plan_choice *choices, size_t count, struct problems *problems)
{
    struct offer before;
    struct offer offer;

    TRY(draft_load(act, id, rev, &before, &offer));
    if (count == 0)
        problem_add(problems, "plan", "Select at least one plan");
    else if (offer.row_count + count > LIMIT_ROWS)
        problem_add(problems, "plan", "An offer can hold up to %d products; %zu more fit",
                    LIMIT_ROWS, (size_t)LIMIT_ROWS - offer.row_count);
    for (size_t i = 0; i < count && problems->count == 0; i++)
        TRY(row_add(act, &offer, &choices[i], problems));
    if (problems->count > 0)
        return ERR_INVALID;
    return draft_keep(act, &before, &offer);
}

enum err
action_prices_save(const struct act *act, const char *id, const char *rev, int row_number,
                   const struct answers *answers, struct problems *problems)
{
    struct offer before;
    struct offer offer;
    struct offer_row *row;

    TRY(draft_load(act, id, rev, &before, &offer));
    row = offer_row(&offer, row_number);
    if (row == NULL || plan_absolute_refusal(row->plan) != NULL)
        return ERR_ABSENT;
    fields_read_prices(row, answers, act->arena, problems);
    for (size_t k = 0; k < row->price_count && problems->count == 0; k++) {
        const struct row_price *price = &row->prices[k];

        if (!price->has_own)
            problem_add(problems, field_point_name(act->arena, row->number, price->key),
                        "Enter a price for %s", price_words(act->arena, row, price));
    }
    if (problems->count > 0)
        return ERR_INVALID;
    row->price_type = PRICE_ABSOLUTE;
    return draft_keep(act, &before, &offer);
}

enum err
review_isv(const struct act *act, const struct offer *offer, struct problems *problems)
{
    struct check_facts facts;

    TRY(act_facts(act, offer, &facts));
    check_isv_submit(offer, &facts, problems);
    return OK;
}

enum err
action_offer_submit(const struct act *act, const char *id, const char *rev,
                    struct problems *problems)
{
    struct offer before;
    struct offer offer;

    TRY(act_may_edit(act));
    TRY(act_load(act, id, rev, MOVE_SUBMIT, &before));
    TRY(offer_load(act->db, act->arena, &act->viewer, id, &offer));
    TRY(review_isv(act, &offer, problems));
    if (problems->count > 0)
        return ERR_INVALID;
    offer_begin_partner(&offer);
    offer.submitted_at = act->now;
    offer.publish_at = act->now + act->settings->publish_delay_s;
    return act_keep(act, &offer, &before, MOVE_SUBMIT, EVENT_SUBMITTED);
}

enum err
action_offer_withdraw(const struct act *act, const char *id, const char *rev)
{
    struct offer offer;

    TRY(act_may_edit(act));
    TRY(act_load(act, id, rev, MOVE_WITHDRAW, &offer));
    return act_keep(act, &offer, NULL, MOVE_WITHDRAW, EVENT_WITHDRAWN);
}

enum err
action_offer_delete(const struct act *act, const char *id, const char *rev)
{
    struct offer offer;

    TRY(act_may_edit(act));
    TRY(act_load(act, id, rev, MOVE_DELETE, &offer));
    return act_keep(act, &offer, NULL, MOVE_DELETE, EVENT_DELETED);
}

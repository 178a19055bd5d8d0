/*
 * isv.c: drafting, submitting, withdrawing and deleting.
 *
 * Invariant: a refused action has changed nothing: its caller rolls back.
 */
#include "actions/isv.h"

#include <string.h>

#include "auth/throttle.h"
#include "base/text.h"
#include "core/copy.h"
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
        .name = "",
        .partner = "",
    };
    struct event event = act_event(act, EVENT_CREATED);
    struct offer typed = offer;
    const char *type = answers->get(answers->context, ANSWER_PRICING);

    TRY(act_may_edit(act));
    fields_read(&typed, PARTY_ISV, answers, act->arena, problems);
    if (problem_at(problems, fields[FIELD_NAME].name) == NULL && *typed.name == '\0')
        problem_add(problems, fields[FIELD_NAME].name, "Enter a name for the private offer");
    if (type == NULL || offer_type_read(type, &offer.type) != OK)
        problem_add(problems, ANSWER_PRICING, "Choose what you want to customize");
    if (problems->count > 0)
        return ERR_INVALID;
    offer.name = typed.name; /* a draft begins with its name; the setup form asks for the rest */
    TRY(offer_insert(act->db, act->arena, &offer));
    *id = offer.id;
    return event_append(act->db, act->arena, act->world, offer.id, "", &event,
                        &(struct event_fields){NULL, 0});
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
draft_keep(const struct act *act, const struct offer *before, struct offer *offer,
           struct problems *problems)
{
    check_upgrade_keeps(before, offer, problems);
    if (problems->count > 0)
        return ERR_INVALID;
    offer_void_adjustments(before, offer);
    if (event_changes(before, offer, act->arena).count == 0)
        return OK;
    offer->failure = "";
    return act_keep(act, offer, before, MOVE_EDIT, EVENT_EDITED);
}

/* Naming another billing account is a question that the next page answers with yes or no: whoever
 * gets many a no is guessing, and waits (LAW 2.3). */
static enum err
billing_account_asked(const struct act *act, const struct offer *before, const struct offer *offer,
                      struct problems *problems)
{
    int64_t now = world_now(act->world); /* guesses are made in real time */
    const char *publisher = act->viewer.account;
    struct billing_account account;
    int64_t wait_s = 0;
    enum err outcome;

    if (*offer->billing_account == '\0' ||
        text_equal(before->billing_account, offer->billing_account))
        return OK;
    TRY(throttle_billing_wait(act->db, act->arena, publisher, now, &wait_s));
    if (wait_s > 0) {
        problems->retry_after_s = wait_s;
        problem_add(problems, fields[FIELD_BILLING_ACCOUNT].name,
                    "Too many of the IDs that your company entered aren't eligible. Nothing is "
                    "saved; enter another in %d minute%s",
                    (int)((wait_s + 59) / 60), wait_s > 60 ? "s" : "");
        return ERR_INVALID;
    }
    outcome = billing_account_find(act->db, act->arena, offer->billing_account, &account);
    if (outcome != OK && outcome != ERR_ABSENT)
        return outcome;
    if (account_refusal(outcome == OK ? &account : NULL) == NULL)
        return OK;
    return throttle_billing_count(act->db, act->arena, publisher, now);
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
    if (edit->documents != NULL)
        TRY(documents_edit(act, PARTY_ISV, edit->documents, &offer, problems));
    check_upgrade_keeps(&before, &offer, problems);
    if (problems->count > 0)
        return ERR_INVALID;
    TRY(billing_account_asked(act, &before, &offer, problems));
    if (edit->documents != NULL)
        TRY(documents_keep(act, &before, &offer, edit->documents->file));
    return draft_keep(act, &before, &offer, problems);
}

/* What is in the offer already and cannot be together with the row, or NULL. */
static const struct offer_row *
row_clashing(const struct offer *offer, const struct offer_row *row)
{
    for (size_t i = 0; i < offer->row_count; i++) {
        if (offer->rows[i].number != row->number && rows_clash(offer->type, &offer->rows[i], row))
            return &offer->rows[i];
    }
    return NULL;
}

/* The plan, or for the whole product its facts, into a row that has nothing else yet; a row without
 * a plan when there is none, and where `at` is why. */
static enum err
row_begin(const struct act *act, const struct offer *offer, const struct plan_choice *choice,
          const char *at, struct offer_row *row, struct problems *problems)
{
    bool whole = *choice->plan == '\0' && offer->type == OFFER_EXISTING_PLANS;
    struct plan *plan = NULL;
    struct plan *plans = NULL;
    size_t count = 0;
    enum err outcome;

    if (whole)
        outcome = product_plans_load(act->db, act->arena, choice->product, act->today, &plan,
                                     &plans, &count);
    else
        outcome = plan_load(act->db, act->arena, choice->product, choice->plan, act->today, &plan);
    if (outcome != OK && outcome != ERR_ABSENT)
        return outcome;
    if (plan == NULL || !text_equal(plan->publisher, offer->isv) ||
        (whole ? count == 0 : !plan_selectable(plan))) {
        problem_add(problems, at, "Choose only plans of the list; one of them is not on sale");
        *row = (struct offer_row){.plan = NULL};
        return OK;
    }
    *row = (struct offer_row){.number = offer->next_row, .whole_product = whole, .plan = plan};
    if (whole)
        row_attach_product(act->arena, row, plan, plans, count);
    else if (offer->type == OFFER_EXISTING_PLANS)
        row_attach(act->arena, row, plan);
    return OK;
}

/* A reservation for the first duration that no other row of the plan has; on a flat rate with the
 * only line it can have. */
static void
row_reserve(const struct act *act, const struct offer *offer, struct offer_row *row,
            struct problems *problems)
{
    static const int no_size = 0;
    const char *refusal = plan_reservation_refusal(row->plan);

    if (refusal != NULL) {
        problem_add(problems, "plan", "%s: %s", plan_words(act->arena, row->plan), refusal);
        return;
    }
    row->price_type = PRICE_ABSOLUTE;
    for (int i = 0; i < RESERVATION_COUNT; i++) {
        row->duration_months = reservation_months((enum reservation)i);
        if (!row->plan->reservations[i].sold || row_clashing(offer, row) != NULL)
            continue;
        row_attach_sizes(act->arena, row, row->plan, &no_size, plan_has_sizes(row->plan) ? 0 : 1);
        return;
    }
    problem_add(problems, "plan", "%s is in the offer already, with every duration it has",
                plan_words(act->arena, row->plan));
}

static void
say_clash(struct arena *arena, const struct offer_row *row, const struct offer_row *other,
          const char *at, struct problems *problems)
{
    const char *product = row->plan->product_name;

    if (row->whole_product == other->whole_product)
        problem_add(problems, at, "%s is in the offer already", row_words(arena, row));
    else if (other->whole_product)
        problem_add(problems, at, "%s is in the offer already, with all plans of %s",
                    row_words(arena, row), product);
    else
        problem_add(problems, at, "Remove %s from the offer before you add all plans of %s",
                    row_words(arena, other), product);
}

/* Appends one choice as a row, or says why not. */
static enum err
row_add(const struct act *act, struct offer *offer, const struct plan_choice *choice,
        struct problems *problems)
{
    const struct offer_row *clashing;
    struct offer_row row;

    TRY(row_begin(act, offer, choice, "plan", &row, problems));
    if (row.plan == NULL)
        return OK;
    if (offer->type == OFFER_RESERVATIONS)
        row_reserve(act, offer, &row, problems);
    if (problems->count > 0)
        return OK;
    clashing = row_clashing(offer, &row);
    if (clashing != NULL) {
        say_clash(act->arena, &row, clashing, "plan", problems);
        return OK;
    }
    assert(offer->row_count < LIMIT_ROWS);
    offer->rows[offer->row_count++] = row;
    offer->next_row++;
    return OK;
}

static void
say_full(const struct offer *offer, const char *at, struct problems *problems)
{
    size_t left = (size_t)LIMIT_ROWS - offer->row_count;

    if (left == 0)
        problem_add(problems, at, "An offer can hold up to %d products; this one is full",
                    LIMIT_ROWS);
    else
        problem_add(problems, at, "An offer can hold up to %d products; %zu more %s", LIMIT_ROWS,
                    left, left == 1 ? "fits" : "fit");
}

enum err
action_rows_add(const struct act *act, const char *id, const char *rev,
                const struct plan_choice *choices, size_t count, struct problems *problems)
{
    struct offer before;
    struct offer offer;

    TRY(draft_load(act, id, rev, &before, &offer));
    if (offer.type == OFFER_NEW_PLANS)
        return ERR_ABSENT;
    if (count == 0)
        problem_add(problems, "plan", "Select at least one plan");
    else if (offer.row_count + count > LIMIT_ROWS)
        say_full(&offer, "plan", problems);
    for (size_t i = 0; i < count && problems->count == 0; i++)
        TRY(row_add(act, &offer, &choices[i], problems));
    if (problems->count > 0)
        return ERR_INVALID;
    return draft_keep(act, &before, &offer, problems);
}

/* The new plan begins as its template is (LAW 4.4, D-36). */
static void
row_copy_template(struct arena *arena, struct offer_row *row)
{
    const struct plan *plan = row->plan;
    int payments[LIMIT_TERMS] = {TERM_NOT_SOLD, TERM_NOT_SOLD, TERM_NOT_SOLD, TERM_NOT_SOLD};

    for (size_t k = 0; k < plan->point_count; k++) {
        const struct price_point *point = &plan->points[k];

        for (size_t i = 0; i < LIMIT_TERMS; i++) {
            if (point->kind != POINT_METER && point->term_months == billing_terms[i])
                payments[i] = point->payment_months;
        }
    }
    row_attach_terms(arena, row, row->plan, payments);
    for (size_t k = 0; k < row->price_count; k++) {
        row->prices[k].has_own = true;
        row->prices[k].own = row->prices[k].point->list;
    }
    row->included = arena_array(arena, struct included, plan->included_count + 1);
    for (size_t i = 0; i < plan->included_count; i++) {
        if (row_price(row, plan->included[i].meter) != NULL)
            row->included[row->included_count++] = plan->included[i];
    }
    if (plan->model != MODEL_PER_USER)
        return;
    row->min_users = plan->min_users;
    row->max_users = plan->max_users;
}

/* The texts the customer will see; both are asked for here, so that no plan is without a name. */
static void
read_new_plan_texts(const struct answers *answers, struct offer_row *row, struct problems *problems)
{
    struct {
        enum field field;
        const char **text;
        const char *missing;
    } texts[] = {
        {FIELD_PLAN_NAME, &row->plan_name, "Enter a name for the new plan"},
        {FIELD_PLAN_DESCRIPTION, &row->plan_description, "Enter a description of the new plan"},
    };

    for (size_t i = 0; i < COUNT(texts); i++) {
        const char *at = fields[texts[i].field].name;
        const char *raw = answers->get(answers->context, at);

        *texts[i].text = "";
        field_text_read(texts[i].field, at, raw == NULL ? "" : raw, problems->arena, problems,
                        texts[i].text);
        if (**texts[i].text == '\0' && problem_at(problems, at) == NULL)
            problem_add(problems, at, "%s", texts[i].missing);
    }
}

/* Says at the template why the row cannot be of it. */
static void
check_template(const struct act *act, const struct offer *offer, const struct offer_row *row,
               struct problems *problems)
{
    const char *refusal = plan_template_refusal(row->plan);

    if (refusal != NULL)
        problem_add(problems, ANSWER_TEMPLATE, "%s", refusal);
    else if (row_clashing(offer, row) != NULL)
        problem_add(problems, ANSWER_TEMPLATE,
                    "%s is the template of a plan in the offer already. Choose another",
                    plan_words(act->arena, row->plan));
}

enum err
action_new_plan_add(const struct act *act, const char *id, const char *rev,
                    const struct plan_choice *template, const struct answers *answers,
                    struct problems *problems, int *row_number)
{
    struct offer before;
    struct offer offer;
    struct offer_row row = {.plan = NULL};
    struct offer_row texts = {.plan = NULL};

    TRY(draft_load(act, id, rev, &before, &offer));
    if (offer.type != OFFER_NEW_PLANS)
        return ERR_ABSENT;
    if (offer.row_count == LIMIT_ROWS)
        say_full(&offer, ANSWER_TEMPLATE, problems);
    else if (*template->product == '\0' || *template->plan == '\0')
        problem_add(problems, ANSWER_TEMPLATE, "Choose a plan as the template");
    else
        TRY(row_begin(act, &offer, template, ANSWER_TEMPLATE, &row, problems));
    if (row.plan != NULL)
        check_template(act, &offer, &row, problems);
    read_new_plan_texts(answers, &texts, problems);
    if (problems->count > 0)
        return ERR_INVALID;
    row.price_type = PRICE_ABSOLUTE;
    row.plan_name = texts.plan_name;
    row.plan_description = texts.plan_description;
    row_copy_template(act->arena, &row);
    offer.rows[offer.row_count++] = row;
    offer.next_row++;
    TRY(draft_keep(act, &before, &offer, problems));
    *row_number = row.number;
    return OK;
}

/* A form without one of its lines. */
struct without_line {
    const struct answers *answers;
    const char *names[LINE_PART_COUNT];
};

static const char *
get_without_line(void *context, const char *name)
{
    const struct without_line *without = context;

    for (int i = 0; i < LINE_PART_COUNT; i++) {
        if (without->names[i] != NULL && text_equal(without->names[i], name))
            return "";
    }
    return without->answers->get(without->answers->context, name);
}

enum err
action_row_save(const struct act *act, const char *id, const char *rev, int row_number,
                const struct answers *answers, const struct row_edit *edit,
                struct problems *problems)
{
    struct without_line without = {.answers = answers};
    const struct answers left = {&without, get_without_line};
    struct offer before;
    struct offer offer;
    struct offer_row *row;

    TRY(draft_load(act, id, rev, &before, &offer));
    row = offer_row(&offer, row_number);
    if (row == NULL || (offer.type == OFFER_EXISTING_PLANS && row_absolute_refusal(row) != NULL))
        return ERR_ABSENT;
    /* nobody has to mend a line to remove it */
    for (int part = 0; part < LINE_PART_COUNT && edit->remove_line != 0; part++)
        without.names[part] =
            field_line_name(act->arena, row_number, (enum line_part)part, edit->remove_line);
    fields_read_row(offer.type, row, &left, act->arena, problems);
    if (problems->count == 0 && offer.type == OFFER_RESERVATIONS &&
        row_clashing(&offer, row) != NULL)
        problem_add(problems, field_row_name(act->arena, FIELD_DURATION, row->number),
                    "%s is in the offer already. Choose the other duration",
                    row_words(act->arena, row));
    if (problems->count > 0)
        return ERR_INVALID;
    row->price_type = PRICE_ABSOLUTE;
    return draft_keep(act, &before, &offer, problems);
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
    TRY(documents_keep(act, &before, &offer, NULL));
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

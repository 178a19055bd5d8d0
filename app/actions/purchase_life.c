/*
 * purchase_life.c: configuring, activating, changing, cancelling; payments that fail and come.
 *
 * Invariant: what time has brought is written before anything else is done to a purchase, so that
 * nobody acts on a state that is over. Invariant: the state moves by the steps of core/purchase
 * alone.
 */
#include "actions/purchase.h"

#include <inttypes.h>

#include "actions/notify.h"
#include "actions/purchase_time.h"
#include "base/digest.h"
#include "base/text.h"
#include "store/accounts.h"
#include "store/catalogue.h"
#include "store/people.h"

struct purchase_event
purchase_event_of(const struct act *act, enum purchase_event_kind kind, const char *note)
{
    return (struct purchase_event){
        .at = act->now,
        .kind = kind,
        .party = act->viewer.party,
        .account = act->viewer.account,
        .account_name = act->account_name,
        .person = act->person,
        .person_name = act->person_name,
        .note = note,
    };
}

enum err
purchase_managed(const struct act *act, const struct purchase *purchase, bool *may)
{
    bool reservation = purchase->kind == PURCHASE_RESERVATION;
    struct billing_account account;
    enum azure_role role = AZURE_READER;
    enum billing_role billing = BILLING_READER;
    enum err on_subscription;
    enum err on_account;

    if (act->viewer.party != PARTY_CUSTOMER) {
        *may = act->viewer.party != PARTY_ISV || role_can(act->role, CAN_WORK_CATALOGUE);
        return OK;
    }
    TRY(billing_account_find(act->db, act->arena, purchase->billing_account, &account));
    on_subscription = azure_role_of(act->db, purchase->azure_subscription, act->person, &role);
    on_account = billing_role_of(act->db, purchase->billing_account, act->person, &billing);
    if ((on_subscription != OK && on_subscription != ERR_ABSENT) ||
        (on_account != OK && on_account != ERR_ABSENT))
        return ERR_BROKEN;
    *may =
        account.agreement == AGREEMENT_WEB_DIRECT
            ? on_account == OK && billing_role_purchases(account.agreement, billing)
            : on_subscription == OK && azure_role_purchases(account.agreement, role, reservation);
    return OK;
}

/* As it is today, if the acting party may make the move, and the person may at all. */
static enum err
load_for(const struct act *act, const char *id, enum purchase_move move, struct purchase *purchase)
{
    bool may = false;

    TRY(purchase_load(act->db, act->arena, &act->viewer, id, purchase));
    TRY(purchase_managed(act, purchase, &may));
    if (!may)
        return ERR_DENIED;
    TRY(purchase_settle(act, purchase));
    return purchase_check_move(purchase, move, act->viewer.party, act->today);
}

static enum err
keep(const struct act *act, struct purchase *purchase, enum purchase_event_kind kind,
     const char *note)
{
    struct purchase_event event = purchase_event_of(act, kind, note);

    TRY(purchase_save(act->db, act->arena, purchase));
    TRY(notify_purchase_saved(act, purchase));
    return notify_purchase(act, purchase, &event);
}

/* ---- Configuring and activating ------------------------------------------------------------- */

/* "<when>.<seal>": the seal is a digest with the purchase's secret in it. */
static enum err
token_make(const struct act *act, const char *id, int64_t at, const char **token)
{
    const char *key;
    struct digest digest;

    TRY(purchase_landing_key(act->db, act->arena, id, &key));
    digest_begin(&digest);
    digest_text(&digest, key);
    digest_text(&digest, id);
    digest_integer(&digest, at);
    *token = arena_format(act->arena, "%" PRId64 ".%s", at, digest_end(&digest, act->arena));
    return OK;
}

enum err
purchase_landing_token(const struct act *act, const char *id, const char **token)
{
    return token_make(act, id, act->now, token);
}

/* Is it one that was made for the purchase within the last 24 hours? */
static enum err
token_check(const struct act *act, const char *id, const char *token, bool *good)
{
    const char *dot = strchr(token, '.');
    const char *made;
    int64_t at = 0;

    *good = false;
    if (dot == NULL || dot - token > 18 ||
        text_to_integer(arena_format(act->arena, "%.*s", (int)(dot - token), token), 0, INT64_MAX,
                        &at) != OK)
        return OK;
    TRY(token_make(act, id, at, &made));
    *good = text_equal(made, token) && at <= act->now && act->now - at <= LIMIT_LANDING_S;
    return OK;
}

enum err
action_purchase_configure(const struct act *act, const char *id, const char *token,
                          const char *contact, struct problems *problems)
{
    struct purchase purchase;
    const char *address = text_trim(act->arena, contact);
    bool good = false;

    TRY(load_for(act, id, PURCHASE_CONFIGURE, &purchase));
    TRY(token_check(act, id, token, &good));
    if (!good)
        problem_add(problems, "token",
                    "This page is older than 24 hours. Check the address and send it again");
    if (!text_is_email(address))
        problem_add(problems, "contact",
                    "Enter an email address, such as name@example.com, that the publisher can "
                    "write to");
    if (problems->count > 0)
        return ERR_INVALID;
    purchase.contact = address;
    TRY(purchase_advance(&purchase, PURCHASE_CONFIGURE, act->viewer.party, act->now));
    return keep(act, &purchase, PURCHASE_CONFIGURED, "");
}

enum err
action_purchase_activate(const struct act *act, const char *id)
{
    struct purchase purchase;

    TRY(load_for(act, id, PURCHASE_ACTIVATE, &purchase));
    TRY(purchase_advance(&purchase, PURCHASE_ACTIVATE, act->viewer.party, act->now));
    TRY(keep(act, &purchase, PURCHASE_ACTIVATED, ""));
    return purchase_settle(act, &purchase); /* the first payment is due today */
}

/* ---- Cancelling ----------------------------------------------------------------------------- */

enum err
action_purchase_cancel(const struct act *act, const char *id, struct problems *problems)
{
    struct purchase purchase;
    const char *refusal;

    TRY(load_for(act, id, PURCHASE_CANCEL, &purchase));
    refusal = purchase_cancel_refusal(&purchase, act->now);
    if (refusal != NULL) {
        problem_add(problems, "cancel", "%s", refusal);
        return ERR_INVALID;
    }
    if (purchase_refunds(&purchase, act->now))
        TRY(purchase_refund(act, &purchase));
    TRY(purchase_advance(&purchase, PURCHASE_CANCEL, act->viewer.party, act->now));
    return keep(act, &purchase, PURCHASE_CANCELLED, "");
}

enum err
action_purchase_recur(const struct act *act, const char *id, bool recurring)
{
    struct purchase purchase;

    TRY(load_for(act, id, PURCHASE_RECUR, &purchase));
    if (purchase.recurring == recurring)
        return OK;
    purchase.recurring = recurring;
    return keep(act, &purchase, recurring ? PURCHASE_RECURRING_ON : PURCHASE_RECURRING_OFF, "");
}

/* ---- Users ---------------------------------------------------------------------------------- */

/* Of the payment in the term that holds today. */
static enum err
payment_price(const struct act *act, const struct purchase *purchase, struct term_prices *prices,
              const struct unit_price **price)
{
    TRY(term_on(act->db, act->arena, purchase->id, act->today, prices));
    for (size_t k = 0; k < prices->count; k++) {
        if (text_starts(prices->rows[k].point, POINT_METER_PREFIX))
            continue;
        *price = &prices->rows[k];
        return OK;
    }
    return ERR_BROKEN;
}

/* Days of the paid period from today on, and all of them. */
static void
days_left_of(const struct act *act, const struct purchase *purchase, int64_t *left, int64_t *whole)
{
    struct day begins = purchase_period_begins(purchase);
    struct day ends = purchase_period_ends(purchase);

    *left = ends.number - act->today.number;
    *whole = ends.number - begins.number;
    assert(*left > 0 && *left <= *whole);
}

/* From today through the end of the period that is paid (LAW D-30). */
static enum err
charge_rest(const struct act *act, struct purchase *purchase, enum charge_kind kind,
            const struct term_prices *prices, const struct unit_price *price, int64_t quantity)
{
    struct charge line = purchase_line(act, purchase, kind, act->today, prices, price);
    int64_t left;
    int64_t whole;

    days_left_of(act, purchase, &left, &whole);
    line.quantity = quantity;
    line.through_on = day_add(purchase_period_ends(purchase), -1);
    return purchase_charge(act, purchase, &line, left, whole);
}

enum err
action_purchase_users(const struct act *act, const char *id, const char *users,
                      struct problems *problems)
{
    struct purchase purchase;
    struct term_prices prices;
    const struct unit_price *price;
    int64_t wanted = 0;
    int64_t before;

    TRY(load_for(act, id, PURCHASE_CHANGE, &purchase));
    if (purchase.model != MODEL_PER_USER)
        return ERR_CLOSED;
    TRY(purchase_users_read(&purchase, text_trim(act->arena, users), problems, &wanted));
    before = purchase.quantity;
    if (wanted == purchase.next_quantity)
        return OK;
    purchase.next_quantity = wanted;
    if (wanted > before) {
        TRY(payment_price(act, &purchase, &prices, &price));
        purchase.quantity = wanted;
        TRY(charge_rest(act, &purchase, CHARGE_USERS, &prices, price, wanted - before));
    }
    return keep(act, &purchase, PURCHASE_USERS_CHANGED,
                arena_format(act->arena, "From %" PRId64 " to %" PRId64 "%s", before, wanted,
                             wanted < before ? ", from the next payment on" : ""));
}

/* ---- Another plan --------------------------------------------------------------------------- */

/* The payment that goes on with the other plan: the same term, paid the same way. */
static const struct price_point *
same_payment(const struct purchase *purchase, const struct plan *plan)
{
    for (size_t k = 0; k < plan->point_count; k++) {
        const struct price_point *point = &plan->points[k];

        if ((point->kind == POINT_TERM || point->kind == POINT_USER) &&
            point->term_months == purchase->term_months &&
            point->payment_months == purchase->payment_months)
            return point;
    }
    return NULL;
}

/* Is list price what the purchase costs now? */
static enum err
at_list_price(const struct act *act, const struct purchase *purchase, bool *is)
{
    struct term_prices prices;

    *is = false;
    if (purchase->kind != PURCHASE_SAAS)
        return OK;
    TRY(term_on(act->db, act->arena, purchase->id, act->today, &prices));
    *is = *prices.source.offer == '\0' && *purchase->offer == '\0';
    return OK;
}

enum err
purchase_plans_of(const struct act *act, const struct purchase *purchase,
                  struct purchase_plans *plans)
{
    struct plan *facts;
    struct plan *rows;
    size_t count = 0;
    size_t kept = 0;
    bool listed = false;

    *plans = (struct purchase_plans){.count = 0};
    TRY(at_list_price(act, purchase, &listed));
    if (!listed)
        return OK;
    TRY(product_plans_load(act->db, act->arena, purchase->product, act->today, &facts, &rows,
                           &count));
    for (size_t i = 0; i < count; i++) {
        if (text_equal(rows[i].id, purchase->plan) || same_payment(purchase, &rows[i]) == NULL)
            continue;
        rows[kept++] = rows[i];
    }
    *plans = (struct purchase_plans){rows, kept};
    return OK;
}

/* Gives back the days left of every line of the paid period. */
static enum err
credit_rest(const struct act *act, struct purchase *purchase)
{
    struct day ends = purchase_period_ends(purchase);
    struct charges charges;

    TRY(charges_of(act->db, act->arena, purchase->id, &charges));
    for (size_t i = 0; i < charges.count; i++) {
        const struct charge *charge = &charges.rows[i];
        bool of_period = charge->kind == CHARGE_PAYMENT || charge->kind == CHARGE_USERS;
        bool taken_back = false;

        for (size_t k = 0; k < charges.count; k++)
            taken_back = taken_back || charges.rows[k].corrects == charge->number;
        if (!of_period || taken_back || charge->through_on.number != ends.number - 1)
            continue;
        TRY(purchase_credit(act, purchase, charge, ends.number - act->today.number,
                            ends.number - charge->from_on.number));
    }
    return OK;
}

/* The prices of the other plan are a term of their own, within the one that goes on. */
static enum err
plan_begin(const struct act *act, struct purchase *purchase, const struct plan *plan)
{
    const struct price_point *payment = same_payment(purchase, plan);
    struct price_answer answer;
    struct term_prices prices;
    const struct price_question question = {
        .billing_account = purchase->billing_account,
        .offer = "",
        .product = plan->product,
        .plan = plan->id,
        .on = act->today,
        .from = act->today,
        .through = act->today,
        .at = act->now,
    };

    if (payment == NULL)
        return ERR_BROKEN; /* purchase_plans_of offers no such plan */
    TRY(price_answer(act, &question, &answer));
    prices = answer.prices;
    prices.count = 0;
    for (size_t k = 0; k < answer.prices.count; k++) {
        if (text_equal(answer.prices.rows[k].point, payment->id) ||
            answer.points[k]->kind == POINT_METER)
            prices.rows[prices.count++] = answer.prices.rows[k];
    }
    prices.term = ++purchase->term;
    prices.begins_on = act->today;
    purchase->plan = plan->id;
    purchase->plan_name = plan->name;
    purchase->min_users = plan->min_users;
    purchase->max_users = plan->max_users;
    TRY(term_insert(act->db, act->arena, purchase->id, &prices));
    return charge_rest(act, purchase, CHARGE_PAYMENT, &prices, term_price(&prices, payment->id),
                       purchase->quantity);
}

enum err
action_purchase_plan(const struct act *act, const char *id, const char *plan,
                     struct problems *problems)
{
    struct purchase purchase;
    struct purchase_plans plans;
    const struct plan *chosen = NULL;
    const char *before;

    TRY(load_for(act, id, PURCHASE_CHANGE, &purchase));
    TRY(purchase_plans_of(act, &purchase, &plans));
    if (plans.count == 0)
        return ERR_CLOSED;
    for (size_t i = 0; i < plans.count; i++) {
        if (text_equal(plans.rows[i].id, plan))
            chosen = &plans.rows[i];
    }
    if (chosen == NULL) {
        problem_add(problems, "plan", "Choose a plan");
        return ERR_INVALID;
    }
    if (chosen->model == MODEL_PER_USER &&
        (purchase.quantity < chosen->min_users ||
         (chosen->max_users > 0 && purchase.quantity > chosen->max_users))) {
        problem_add(problems, "plan",
                    "This plan is not for %" PRId64 " users. Change the number of users first",
                    purchase.quantity);
        return ERR_INVALID;
    }
    before = purchase.plan_name;
    TRY(credit_rest(act, &purchase));
    TRY(plan_begin(act, &purchase, chosen));
    return keep(act, &purchase, PURCHASE_PLAN_CHANGED,
                arena_format(act->arena, "From %s to %s", before, chosen->name));
}

/* ---- Payments ------------------------------------------------------------------------------- */

enum err
action_purchase_payment(const struct act *act, const char *id, bool received)
{
    enum purchase_move move = received ? PURCHASE_RECEIVE_PAYMENT : PURCHASE_FAIL_PAYMENT;
    struct purchase purchase;

    TRY(load_for(act, id, move, &purchase));
    TRY(purchase_advance(&purchase, move, act->viewer.party, act->now));
    TRY(keep(act, &purchase, received ? PURCHASE_PAYMENT_RECEIVED : PURCHASE_PAYMENT_FAILED, ""));
    return purchase_settle(act, &purchase); /* what fell due while it was suspended */
}

/*
 * purchase.c: what buying would cost, and buying.
 *
 * Not here: what happens to a purchase afterwards (actions/purchase_life).
 * Invariant: what is bought was shown: the digest of both is the same. Invariant: role and policy
 * refuse a purchase, a window or another billing account only change its price (LAW 10.3).
 */
#include "actions/purchase.h"

#include <inttypes.h>

#include "actions/notify.h"
#include "actions/purchase_time.h"
#include "base/digest.h"
#include "base/text.h"
#include "core/eligibility.h"
#include "store/accounts.h"
#include "store/catalogue.h"
#include "store/people.h"

/* ---- Who pays ------------------------------------------------------------------------------- */

/* What keeps the person from buying with that subscription, NULL when nothing does. */
static const char *
payer_refusal(const struct purchase_facts *facts, bool reservation)
{
    static const enum purchase_check checks[] = {CHECK_ROLE, CHECK_POLICY, CHECK_PAYMENT,
                                                 CHECK_STORE, CHECK_GROUPS};
    bool may = facts->account->agreement == AGREEMENT_WEB_DIRECT
                   ? purchase_judge(facts, CHECK_ROLE).passed
                   : azure_role_purchases(facts->account->agreement, facts->role, reservation);

    if (!facts->account->active)
        return "The billing account isn’t active";
    if (!may)
        return reservation ? "Your role on it can’t purchase reservations"
                           : "Your role on it can’t purchase";
    for (size_t i = 1; i < COUNT(checks); i++) {
        struct purchase_finding finding = purchase_judge(facts, checks[i]);

        if (!finding.passed)
            return finding.found;
    }
    return NULL;
}

/* Only subscriptions on which the person has a role, or whose billing account gives one. */
static enum err
payer_read(const struct act *act, const struct azure_subscription *subscription, bool reservation,
           struct purchase_payer *payer, bool *known)
{
    struct purchase_facts facts = {.subscription = &payer->subscription,
                                   .account = &payer->account,
                                   .role = AZURE_READER,
                                   .billing_role = BILLING_READER};
    enum err on_subscription = azure_role_of(act->db, subscription->id, act->person, &facts.role);
    enum err on_account =
        billing_role_of(act->db, subscription->billing_account, act->person, &facts.billing_role);

    if ((on_subscription != OK && on_subscription != ERR_ABSENT) ||
        (on_account != OK && on_account != ERR_ABSENT))
        return ERR_BROKEN;
    *known = on_subscription == OK || on_account == OK;
    if (!*known)
        return OK;
    payer->subscription = *subscription;
    TRY(billing_account_find(act->db, act->arena, subscription->billing_account, &payer->account));
    TRY(resource_groups_of(act->db, act->arena, subscription->id, &payer->groups));
    facts.has_billing_role = on_account == OK;
    facts.groups = payer->groups.rows;
    facts.group_count = payer->groups.count;
    payer->refusal = payer_refusal(&facts, reservation);
    return OK;
}

static enum err
payers_read(const struct act *act, struct purchase_quote *quote)
{
    struct azure_subscriptions all;
    struct purchase_payer *payers;
    size_t count = 0;

    TRY(azure_subscriptions_of(act->db, act->arena, act->viewer.account, &all));
    payers = arena_array(act->arena, struct purchase_payer, all.count + 1);
    for (size_t i = 0; i < all.count; i++) {
        bool known = false;

        TRY(payer_read(act, &all.rows[i], quote->kind == PURCHASE_RESERVATION, &payers[count],
                       &known));
        count += known;
    }
    quote->payers = payers;
    quote->payer_count = count;
    return OK;
}

/* The one that is named; else the first that can be used, if possible with the offer's account. */
static size_t
payer_choose(const struct purchase_quote *quote, const char *subscription)
{
    size_t usable = quote->payer_count;

    for (size_t i = 0; i < quote->payer_count; i++) {
        const struct purchase_payer *payer = &quote->payers[i];

        if (text_equal(payer->subscription.id, subscription))
            return i;
        if (*subscription != '\0' || payer->refusal != NULL)
            continue;
        if (text_equal(payer->account.id, quote->offer.billing_account))
            return i;
        if (usable == quote->payer_count)
            usable = i;
    }
    return usable;
}

/* ---- The quote ------------------------------------------------------------------------------ */

static enum purchase_kind
kind_of(const struct plan *plan, bool reservation)
{
    if (reservation)
        return PURCHASE_RESERVATION;
    switch (plan->type) {
    case PRODUCT_SAAS:
        return PURCHASE_SAAS;
    case PRODUCT_VM:
        return PURCHASE_VM;
    case PRODUCT_APP:
        return PURCHASE_APP;
    case PRODUCT_TYPE_COUNT:
        break;
    }
    assert(false);
    return PURCHASE_SAAS;
}

/* The plan of the row that is meant. */
static const struct plan *
row_plan(const struct offer_row *row, const char *plan)
{
    if (!row->whole_product)
        return row->plan;
    for (size_t k = 0; k < row->price_count; k++) {
        if (*plan == '\0' || text_equal(row->prices[k].plan->id, plan))
            return row->prices[k].plan;
    }
    return NULL;
}

static enum err
target_of_offer(const struct act *act, struct purchase_quote *quote)
{
    const struct plan *plan;

    TRY(offer_load(act->db, act->arena, &act->viewer, quote->target.offer, &quote->offer));
    if (quote->offer.state != STATE_ACCEPTED)
        return ERR_CLOSED;
    quote->row = offer_row(&quote->offer, quote->target.row);
    plan = quote->row == NULL ? NULL : row_plan(quote->row, quote->target.plan);
    if (plan == NULL)
        return ERR_ABSENT;
    quote->target.product = plan->product;
    quote->target.plan = plan->id;
    quote->kind = kind_of(plan, quote->offer.type == OFFER_RESERVATIONS);
    return OK;
}

static enum err
target_of_plan(const struct act *act, struct purchase_quote *quote)
{
    struct plan *plan;

    TRY(plan_load(act->db, act->arena, quote->target.product, quote->target.plan, act->today,
                  &plan));
    if (!plan_selectable(plan))
        return ERR_ABSENT;
    quote->kind = kind_of(plan, false);
    return OK;
}

/* Everything the person is shown of the price; a change of any of it is another purchase. */
static const char *
quote_digest(const struct act *act, const struct purchase_quote *quote)
{
    const struct price_answer *answer = &quote->answer;
    struct digest digest;

    digest_begin(&digest);
    digest_text(&digest, quote->target.offer);
    digest_integer(&digest, quote->target.row);
    digest_text(&digest, quote->target.product);
    digest_text(&digest, quote->target.plan);
    digest_text(&digest, answer->plan_name);
    digest_integer(&digest, answer->reason);
    digest_integer(&digest, answer->min_users);
    digest_integer(&digest, answer->max_users);
    for (size_t k = 0; k < answer->prices.count; k++) {
        const struct unit_price *price = &answer->prices.rows[k];

        digest_text(&digest, price->point);
        digest_integer(&digest, answer->points[k]->payment_months);
        digest_integer(&digest, price->quantity);
        digest_integer(&digest, amount_integer(price->customer));
    }
    return digest_end(&digest, act->arena);
}

/* The days on which an offer must hold: of a machine, any of this month (LAW 8.8). */
static struct price_question
question_of(const struct act *act, const struct purchase_quote *quote, const char *billing_account)
{
    bool monthly = quote->kind == PURCHASE_VM;

    return (struct price_question){
        .billing_account = billing_account,
        .offer = quote->target.offer,
        .row = quote->target.row,
        .product = quote->target.product,
        .plan = quote->target.plan,
        .on = act->today,
        .from = monthly ? month_add(act->today, 0) : act->today,
        .through = monthly ? month_last(act->today) : act->today,
        .at = act->now,
    };
}

enum err
purchase_quote(const struct act *act, const struct purchase_target *target,
               const char *subscription, struct purchase_quote *quote)
{
    const char *account;
    struct price_question question;

    *quote = (struct purchase_quote){.target = *target, .offer = {.id = "", .billing_account = ""}};
    if (*target->offer != '\0')
        TRY(target_of_offer(act, quote));
    else
        TRY(target_of_plan(act, quote));
    TRY(payers_read(act, quote));
    quote->chosen = payer_choose(quote, subscription);
    account = quote->chosen < quote->payer_count ? quote->payers[quote->chosen].account.id
                                                 : quote->offer.billing_account;
    question = question_of(act, quote, account);
    TRY(price_answer(act, &question, &quote->answer));
    quote->digest = quote_digest(act, quote);
    if (*quote->offer.id != '\0')
        offer_blank(&quote->offer, PARTY_CUSTOMER);
    return OK;
}

/* ---- Buying --------------------------------------------------------------------------------- */

static const char *
answer_of(const struct act *act, const struct answers *answers, const char *name)
{
    const char *raw = answers->get(answers->context, name);

    return raw == NULL ? "" : text_trim(act->arena, raw);
}

/* A short text of the customer's own. */
static const char *
short_text(const struct act *act, const struct answers *answers, const char *name,
           struct problems *problems)
{
    const char *typed = answer_of(act, answers, name);

    if (text_count(typed) > LIMIT_PURCHASE_NAME)
        problem_add(problems, name, "Use at most %d characters", LIMIT_PURCHASE_NAME);
    else if (text_has_control(typed, false))
        problem_add(problems, name, "Use letters, digits and punctuation only");
    return typed;
}

static void
read_group(const struct act *act, const struct answers *answers, const struct purchase_payer *payer,
           struct purchase *purchase, struct problems *problems)
{
    const char *typed = answer_of(act, answers, ANSWER_RESOURCE_GROUP);

    purchase->resource_group = typed;
    for (size_t i = 0; i < payer->groups.count; i++) {
        const struct resource_group *group = &payer->groups.rows[i];

        if (!text_equal(group->name, typed))
            continue;
        if (group->locked)
            problem_add(problems, ANSWER_RESOURCE_GROUP,
                        "This resource group is locked. Choose another, or ask an owner of the "
                        "subscription to unlock it");
        return;
    }
    problem_add(problems, ANSWER_RESOURCE_GROUP, "Choose a resource group of the subscription");
}

static void
read_texts(const struct act *act, const struct answers *answers, const struct purchase_payer *payer,
           struct purchase *purchase, struct problems *problems)
{
    read_group(act, answers, payer, purchase, problems);
    purchase->name = short_text(act, answers, ANSWER_PURCHASE_NAME, problems);
    if (*purchase->name == '\0')
        problem_add(problems, ANSWER_PURCHASE_NAME, "Enter a name for it");
    purchase->tags = short_text(act, answers, ANSWER_TAGS, problems);
    if (*purchase->tags == '\0' && payer->subscription.tags_required)
        problem_add(problems, ANSWER_TAGS, "Enter tags: the subscription requires them");
    purchase->order_reference = short_text(act, answers, ANSWER_ORDER, problems);
    purchase->recurring = *answer_of(act, answers, ANSWER_RECURRING) != '\0';
}

/* The billing term, of a subscription; its price and those of the meters make the term. */
static const struct price_point *
read_term(const struct act *act, const struct answers *answers, const struct price_answer *answer,
          struct purchase *purchase, struct problems *problems)
{
    const char *typed = answer_of(act, answers, ANSWER_TERM);

    for (size_t k = 0; k < answer->prices.count; k++) {
        const struct price_point *point = answer->points[k];

        if ((point->kind != POINT_TERM && point->kind != POINT_USER) ||
            !text_equal(point->id, typed))
            continue;
        purchase->term_months = point->term_months;
        purchase->payment_months = point->payment_months;
        return point;
    }
    problem_add(problems, ANSWER_TERM, "Choose a billing term");
    return NULL;
}

/* "20 to 100", "at least 20". */
static void
users_problem(const struct purchase *purchase, struct problems *problems)
{
    int64_t least = purchase->min_users > 1 ? purchase->min_users : 1;

    if (purchase->max_users == 0)
        problem_add(problems, ANSWER_USERS, "Enter a whole number of users, at least %" PRId64,
                    least);
    else
        problem_add(problems, ANSWER_USERS,
                    "Enter a whole number of users from %" PRId64 " to %" PRId64, least,
                    purchase->max_users);
}

enum err
purchase_users_read(const struct purchase *purchase, const char *typed, struct problems *problems,
                    int64_t *users)
{
    int64_t number = 0;

    if (text_to_integer(typed, 1, LIMIT_QUANTITY, &number) != OK ||
        !purchase_users_fit(purchase, number)) {
        users_problem(purchase, problems);
        return ERR_INVALID;
    }
    *users = number;
    return OK;
}

static void
read_size(const struct act *act, const struct answers *answers, const struct price_answer *answer,
          struct purchase *purchase, struct problems *problems)
{
    const char *typed = answer_of(act, answers, ANSWER_VCPU);
    int64_t vcpu = 0;

    if (!plan_has_sizes(answer->plan) && answer->plan->model != MODEL_VM_MARKET)
        return;
    if (text_to_integer(typed, 1, 1000, &vcpu) == OK &&
        plan_hour_point(answer->plan, (int)vcpu) != NULL)
        purchase->vcpu = (int)vcpu;
    else
        problem_add(problems, ANSWER_VCPU, "Choose a vCPU size");
}

/* What is bought of each kind. */
static void
read_kind(const struct act *act, const struct answers *answers, const struct purchase_quote *quote,
          struct purchase *purchase, struct problems *problems)
{
    const struct price_answer *answer = &quote->answer;

    switch (quote->kind) {
    case PURCHASE_SAAS:
        read_term(act, answers, answer, purchase, problems);
        if (answer->plan->model == MODEL_PER_USER &&
            purchase_users_read(purchase, answer_of(act, answers, ANSWER_USERS), problems,
                                &purchase->quantity) != OK)
            purchase->quantity = 1;
        break;
    case PURCHASE_VM:
        read_size(act, answers, answer, purchase, problems);
        break;
    case PURCHASE_APP:
        purchase->payment_months = 1;
        break;
    case PURCHASE_RESERVATION:
        purchase->term_months = answer->term_months;
        purchase->payment_months = answer->payment_months;
        if (answer->prices.count == 0)
            problem_add(problems, ANSWER_TERM,
                        "The plan no longer sells this reservation at list price");
        break;
    case PURCHASE_KIND_COUNT:
        assert(false);
    }
}

/* Payments of the chosen term, and meters. */
static struct term_prices
prices_bought(const struct act *act, const struct price_answer *answer,
              const struct purchase *purchase)
{
    struct term_prices prices = answer->prices;

    prices.rows = arena_array(act->arena, struct unit_price, LIMIT_POINTS);
    prices.count = 0;
    prices.term = 1;
    prices.begins_on = act->today;
    for (size_t k = 0; k < answer->prices.count; k++) {
        const struct price_point *point = answer->points[k];
        bool term = point->kind == POINT_TERM || point->kind == POINT_USER;

        if (!term || point->term_months == purchase->term_months)
            prices.rows[prices.count++] = answer->prices.rows[k];
    }
    return prices;
}

/* Until when a term can begin anew: a new plan or a reservation that its plan does not sell so has
 * no price after the offer's end. */
static struct day
renews_through(const struct purchase_quote *quote, const struct term_prices *prices)
{
    for (size_t k = 0; k < prices->count; k++) {
        if (!prices->rows[k].has_list)
            return quote->offer.end_on;
    }
    return day_make(9999, 12, 31);
}

/* The offer whose price it is, whichever page it is bought through; at list price the page's. */
static enum err
seller_of(const struct act *act, const struct purchase_quote *quote, struct purchase *purchase)
{
    const struct price_source *source = &quote->answer.prices.source;
    const bool private = *source->offer != '\0';
    struct offer offer;

    purchase->offer = private ? source->offer : quote->target.offer;
    purchase->row = private ? source->row : quote->target.row;
    purchase->partner = "";
    if (*purchase->offer == '\0')
        return OK;
    TRY(offer_load(act->db, act->arena, &act->viewer, purchase->offer, &offer));
    purchase->partner = offer.partner;
    return OK;
}

static struct purchase
purchase_begin(const struct act *act, const struct purchase_quote *quote,
               const struct purchase_payer *payer)
{
    const struct price_answer *answer = &quote->answer;

    return (struct purchase){
        .id = world_guid(act->world, act->arena),
        .kind = quote->kind,
        .state = quote->kind == PURCHASE_SAAS ? PURCHASE_PENDING : PURCHASE_SUBSCRIBED,
        .version = 1,
        .organisation = act->viewer.account,
        .billing_account = payer->account.id,
        .azure_subscription = payer->subscription.id,
        .person = act->person,
        .isv = answer->plan->publisher,
        .product = answer->plan->product,
        .plan = answer->plan->id,
        .plan_name = answer->plan_name,
        .model = answer->plan->model,
        .contact = "",
        .quantity = 1,
        .min_users = answer->min_users,
        .max_users = answer->max_users,
        .bought_at = act->now,
        .anchor_on = DAY_NONE,
        .usage_on = DAY_NONE,
        .term = 1,
    };
}

static enum err
purchase_keep(const struct act *act, const struct purchase_quote *quote, struct purchase *purchase)
{
    struct term_prices prices = prices_bought(act, &quote->answer, purchase);
    bool has_term = purchase->kind == PURCHASE_SAAS || purchase->kind == PURCHASE_RESERVATION;
    struct purchase_event event = purchase_event_of(act, PURCHASE_BOUGHT, "");

    purchase->next_quantity = purchase->quantity;
    purchase->renews_through = renews_through(quote, &prices);
    TRY(seller_of(act, quote, purchase));
    if (purchase->kind != PURCHASE_SAAS)
        purchase_deploy(purchase, act->now);
    TRY(purchase_insert(act->db, act->arena, purchase, world_token(act->world, act->arena)));
    if (has_term)
        TRY(term_insert(act->db, act->arena, purchase->id, &prices));
    TRY(notify_purchase(act, purchase, &event));
    TRY(notify_purchase_saved(act, purchase));
    return purchase_settle(act, purchase);
}

enum err
action_purchase_buy(const struct act *act, const struct purchase_target *target,
                    const struct answers *answers, struct problems *problems, const char **id)
{
    const char *subscription = answer_of(act, answers, ANSWER_SUBSCRIPTION);
    struct purchase_quote quote;
    const struct purchase_payer *payer;
    struct purchase purchase;

    TRY(purchase_quote(act, target, subscription, &quote));
    if (*subscription == '\0' || quote.chosen == quote.payer_count) {
        problem_add(problems, ANSWER_SUBSCRIPTION, "Choose a subscription");
        return ERR_INVALID;
    }
    payer = &quote.payers[quote.chosen];
    if (payer->refusal != NULL) {
        problem_add(problems, ANSWER_SUBSCRIPTION,
                    "This subscription can’t be used: %s. Choose another", payer->refusal);
        return ERR_INVALID;
    }
    if (!text_equal(answer_of(act, answers, ANSWER_DIGEST), quote.digest))
        return ERR_STALE;
    purchase = purchase_begin(act, &quote, payer);
    read_texts(act, answers, payer, &purchase, problems);
    read_kind(act, answers, &quote, &purchase, problems);
    if (problems->count > 0)
        return ERR_INVALID;
    TRY(purchase_keep(act, &quote, &purchase));
    *id = purchase.id;
    return OK;
}

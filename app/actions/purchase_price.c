/*
 * purchase_price.c: from an offer's row, or the catalogue, to what each price point costs.
 *
 * Not here: amounts (core/charge). Invariant: a private price is answered only for a subscription
 * of the offer's own billing account, and only from an offer that is accepted and holds.
 */
#include "actions/purchase_price.h"

#include "base/text.h"
#include "store/catalogue.h"

struct day
offer_prices_begin(const struct offer *offer)
{
    return offer_starts_on(offer);
}

/* What the question asks of an offer: private, or why not (LAW 8.8). */
static enum price_reason
offer_reason(const struct offer *offer, const struct price_question *question)
{
    struct day begins = offer_prices_begin(offer);

    if (!text_equal(offer->billing_account, question->billing_account))
        return PRICED_OTHER_ACCOUNT;
    if (offer->state != STATE_ACCEPTED &&
        (offer->state != STATE_CANCELLED || question->at >= offer->cancelled_at))
        return PRICED_ENDED;
    if (begins.number > question->through.number)
        return PRICED_NOT_BEGUN;
    if (offer->end_on.number < question->from.number)
        return PRICED_ENDED;
    return PRICED_PRIVATE;
}

/* One more price; the answer has room for every point a plan can have. */
static void
answer_add(struct price_answer *answer, const struct price_point *point,
           const struct unit_price *price)
{
    assert(answer->prices.count < LIMIT_POINTS);
    answer->points[answer->prices.count] = point;
    answer->prices.rows[answer->prices.count++] = *price;
}

static struct unit_price
at_list(const struct act *act, const struct plan *plan, const struct price_point *point,
        int64_t quantity)
{
    return (struct unit_price){
        .point = point->id,
        .words = point_words(act->arena, plan, point),
        .quantity = quantity,
        .has_list = true,
        .list = point->list,
        .partner = point->list,
        .customer = point->list,
    };
}

static void
answer_list(const struct act *act, struct price_answer *answer)
{
    const struct plan *plan = answer->plan;

    for (size_t k = 0; k < plan->point_count; k++) {
        struct unit_price price = at_list(act, plan, &plan->points[k], 1);

        answer_add(answer, &plan->points[k], &price);
    }
}

/* The prices of a row. Of a point that the offer does not price (it came to the plan after an
 * absolute row was accepted), and of every point where the private price does not hold, list price,
 * if there is one. */
static void
answer_row(const struct act *act, const struct offer_row *row, bool holds,
           struct price_answer *answer)
{
    for (size_t k = 0; k < row->price_count; k++) {
        const struct row_price *price = &row->prices[k];
        struct unit_price unit;

        if (holds && price->has_customer) {
            unit = (struct unit_price){
                .point = price->point->id,
                .words = point_words(act->arena, price->plan, price->point),
                .quantity = price->quantity,
                .has_list = price->has_list,
                .list = price->list,
                .partner = price->partner,
                .customer = price->customer,
            };
        } else if (price->has_list) {
            unit = at_list(act, price->plan, price->point, price->quantity);
        } else {
            continue;
        }
        answer_add(answer, price->point, &unit);
    }
}

static void
answer_source(const struct offer *offer, const struct offer_row *row, struct price_answer *answer)
{
    answer->reason = PRICED_PRIVATE;
    answer->prices.source = (struct price_source){
        .offer = offer->id,
        .row = row->number,
        /* the one that was accepted, also when the line is written after a cancellation */
        .offer_version = offer->version - (offer->state == STATE_CANCELLED),
        .partner = offer->partner,
    };
}

/* An offer as it prices on that day, whoever asks. */
static enum err
offer_on(const struct act *act, const char *id, struct day on, struct offer *offer)
{
    const struct viewer viewer = {PARTY_SYSTEM, "", on};

    return offer_load(act->db, act->arena, &viewer, id, offer);
}

/* The row for that one plan: a row of a whole product covers it also when it went off sale since.
 */
static enum err
answer_existing(const struct act *act, const struct offer *offer, int number,
                struct price_answer *answer)
{
    struct offer one = *offer;
    struct offer_row *row = offer_row(&one, number);
    int too_large = 0;

    if (row == NULL)
        return ERR_ABSENT;
    row->whole_product = false;
    row_attach(act->arena, row, answer->plan);
    if (price_offer(&one, &too_large) == ERR_BROKEN)
        return ERR_BROKEN;
    answer_row(act, row, true, answer);
    answer_source(offer, row, answer);
    return OK;
}

/* Options B and C: the row's own prices, or, where they do not hold, list of the same (LAW 8.8). */
static enum err
answer_own(const struct act *act, struct offer *offer, const struct price_question *question,
           struct price_answer *answer)
{
    const struct offer_row *row = offer_row(offer, question->row);
    enum price_reason reason = offer_reason(offer, question);

    if (row == NULL)
        return ERR_ABSENT;
    answer->plan = row->plan;
    answer->plan_name = row_plan_words(act->arena, row);
    answer->term_months = row->duration_months;
    answer->payment_months = row->payment_months;
    if (offer->type == OFFER_NEW_PLANS) {
        answer->min_users = row->min_users;
        answer->max_users = row->max_users;
        answer->included = row->included;
        answer->included_count = row->included_count;
    }
    answer_row(act, row, reason == PRICED_PRIVATE, answer);
    if (reason == PRICED_PRIVATE)
        answer_source(offer, row, answer);
    else
        answer->reason = reason;
    return OK;
}

/* Option A, and public plans: any accepted offer of the billing account that reprices the plan. */
static enum err
answer_plan(const struct act *act, const struct price_question *question,
            struct price_answer *answer)
{
    struct covering covering;

    TRY(plan_load(act->db, act->arena, question->product, question->plan, question->on,
                  &answer->plan));
    answer->plan_name = answer->plan->name;
    answer->min_users = answer->plan->min_users;
    answer->max_users = answer->plan->max_users;
    answer->included = answer->plan->included;
    answer->included_count = answer->plan->included_count;
    TRY(offers_covering(act->db, act->arena, question->billing_account, question->product,
                        question->plan, question->from, question->through, question->at,
                        &covering));
    if (covering.count == 0) {
        answer_list(act, answer);
        return OK;
    }
    struct offer *offer = arena_new(act->arena, struct offer);

    TRY(offer_on(act, covering.rows[0].offer, question->on, offer));
    return answer_existing(act, offer, covering.rows[0].row, answer);
}

enum err
price_answer(const struct act *act, const struct price_question *question,
             struct price_answer *answer)
{
    struct offer *offer = arena_new(act->arena, struct offer);

    *answer = (struct price_answer){.reason = PRICED_PUBLIC};
    answer->prices.rows = arena_array(act->arena, struct unit_price, LIMIT_POINTS);
    answer->prices.source = (struct price_source){.offer = "", .partner = ""};
    if (*question->offer == '\0')
        return answer_plan(act, question, answer);
    TRY(offer_on(act, question->offer, question->on, offer));
    if (offer->type != OFFER_EXISTING_PLANS)
        return answer_own(act, offer, question, answer);
    TRY(answer_plan(act, question, answer));
    if (answer->reason != PRICED_PRIVATE)
        answer->reason = offer_reason(offer, question);
    return answer->reason == PRICED_PRIVATE && *answer->prices.source.offer == '\0' ? ERR_ABSENT
                                                                                    : OK;
}

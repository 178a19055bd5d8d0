/*
 * play_purchase.c: see the header.
 */
#include "support/play_purchase.h"

#include <check.h>

#include "base/text.h"

struct act
play_begin(struct deal_market *market, enum party party, const char *account, const char *person)
{
    struct act act = deal_begin(market, party, account, person);

    act.now = settings_now(&market->settings, &market->fake.world);
    act.today = day_of(act.now);
    act.viewer.today = act.today;
    return act;
}

const char *
play_buy(struct deal_market *market, struct purchase_target target, const char *term,
         const char *users)
{
    struct problems *problems = problems_new(market->temp.arena);
    struct act act = play_begin(market, PARTY_CUSTOMER, DEAL_ORGANISATION, "contributor");
    struct purchase_quote quote;
    struct answers answers;
    const char *id = NULL;
    enum err outcome;

    ck_assert_int_eq(purchase_quote(&act, &target, DEAL_SUBSCRIPTION, &quote), OK);
    answers =
        deal_form(market, ANSWER_SUBSCRIPTION, DEAL_SUBSCRIPTION, ANSWER_RESOURCE_GROUP, DEAL_GROUP,
                  ANSWER_PURCHASE_NAME, "Namedbycustomer", ANSWER_TERM, term, ANSWER_USERS, users,
                  ANSWER_VCPU, "", ANSWER_RECURRING, "1", ANSWER_TAGS, "tagged=bycustomer",
                  ANSWER_ORDER, "order-of-customer", ANSWER_DIGEST, quote.digest, NULL);
    outcome = action_purchase_buy(&act, &target, &answers, problems, &id);
    ck_assert_msg(outcome == OK, "not bought: %d %s", outcome,
                  problems->count == 0 ? "" : problems->list[0].message);
    ck_assert_int_eq(deal_end(market, &act, OK), OK);
    return id;
}

void
play_configure(struct deal_market *market, const char *id)
{
    struct problems *problems = problems_new(market->temp.arena);
    struct act act = play_begin(market, PARTY_CUSTOMER, DEAL_ORGANISATION, "contributor");
    const char *token = NULL;

    ck_assert_int_eq(purchase_landing_token(&act, id, &token), OK);
    ck_assert_int_eq(
        action_purchase_configure(&act, id, token, "contact@northwind.example", problems), OK);
    ck_assert_int_eq(deal_end(market, &act, OK), OK);
}

void
play_activate(struct deal_market *market, const char *id)
{
    struct act act = play_begin(market, PARTY_ISV, DEAL_ISV, "isv");

    ck_assert_int_eq(action_purchase_activate(&act, id), OK);
    ck_assert_int_eq(deal_end(market, &act, OK), OK);
}

void
play_payment(struct deal_market *market, const char *id, bool received)
{
    struct act act = play_begin(market, PARTY_OPERATOR, "", "isv"); /* whoever it is */

    ck_assert_int_eq(action_purchase_payment(&act, id, received), OK);
    ck_assert_int_eq(deal_end(market, &act, OK), OK);
}

const char *
play_subscribe(struct deal_market *market, bool waits)
{
    const char *id = play_buy(market, BUY_PRO, "term-12", "");

    play_configure(market, id);
    if (!waits)
        play_activate(market, id);
    return id;
}

struct purchase
play_purchase_of(struct deal_market *market, const char *id)
{
    const struct viewer viewer = {PARTY_OPERATOR, "", TEST_DAY};
    struct purchase purchase;

    ck_assert_int_eq(purchase_load(market->temp.reader, market->temp.arena, &viewer, id, &purchase),
                     OK);
    return purchase;
}

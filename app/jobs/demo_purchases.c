/*
 * demo_purchases.c: what customers of the demo market bought, and what became of it, as a table
 * that is played through the actions.
 *
 * Invariant: nothing here is eligible for a commitment of Orchid Freight, whose balance is whole
 * for the deal of LAW 20.
 */
#include <stdio.h>

#include "actions/purchase.h"
#include "base/log.h"
#include "base/text.h"
#include "jobs/demo_parts.h"

/* A purchase, with the day of each step counted from the market's; 0: it never came. */
static const struct demo_purchase {
    const char *offer; /* its name; NULL: a public plan */
    int row;
    const char *product;
    const char *plan;
    const char *term; /* id of a price point */
    const char *users;
    const char *name;
    const char *buyer;
    const char *isv;
    int bought;
    int configured;
    int activated;
    int failed;
} purchases[] = {
    {"Larkspur Retail training seats", 1, "", "", "user-12", "20", "Training", "ea-admin",
     "isv-manager", -120, -119, -118, 0},
    {"Orchid Freight shipping insight", 1, "", "", "term-12", "", "Planning", "buyer", "isv2", -30,
     -29, -28, -4},
    {NULL, 0, "harbor-gateway-flat", "flat", "", "", "Store gateway", "ea-admin", "", -10, 0, 0, 0},
    {NULL, 0, "ledgerline-seats", "team", "user-1", "12", "Books", "buyer", "isv", -3, -2, 0, 0},
};

_Static_assert(COUNT(purchases) <= DEMO_PURCHASES_MAX, "each has its id");

/* The person of the step, as if signed in. */
static struct act
act_as(const struct act *at, enum party party, const char *sign_in)
{
    const struct person *person = demo_person(sign_in);
    struct act act = *at;
    const char *account = "";

    if (party != PARTY_OPERATOR)
        account = party == PARTY_CUSTOMER ? person->organisation : person->publisher;
    act.viewer = (struct viewer){party, account, at->today};
    act.account_name = person->account_name;
    act.person = person->id;
    act.person_name = person->name;
    act.role = person->role;
    return act;
}

/* The purchase form as it is filled in. */
struct filled {
    const struct demo_purchase *purchase;
    const struct purchase_quote *quote;
};

static const char *
filled_get(void *context, const char *name)
{
    const struct filled *filled = context;
    const struct purchase_payer *payer = &filled->quote->payers[filled->quote->chosen];
    const struct {
        const char *name;
        const char *value;
    } typed[] = {
        {ANSWER_SUBSCRIPTION, payer->subscription.id},
        {ANSWER_RESOURCE_GROUP, payer->groups.rows[0].name},
        {ANSWER_PURCHASE_NAME, filled->purchase->name},
        {ANSWER_TERM, filled->purchase->term},
        {ANSWER_USERS, filled->purchase->users},
        {ANSWER_RECURRING, "1"},
        {ANSWER_DIGEST, filled->quote->digest},
    };

    for (size_t i = 0; i < COUNT(typed); i++) {
        if (text_equal(typed[i].name, name))
            return typed[i].value;
    }
    return NULL;
}

static enum err
buy(const struct act *at, const struct demo_purchase *purchase, const char *offer,
    struct problems *problems, const char **id)
{
    const struct act act = act_as(at, PARTY_CUSTOMER, purchase->buyer);
    const struct purchase_target target = {offer, purchase->row, purchase->product, purchase->plan};
    struct purchase_quote quote;
    struct filled filled = {purchase, &quote};
    const struct answers answers = {&filled, filled_get};

    TRY(purchase_quote(&act, &target, "", &quote));
    if (quote.chosen == quote.payer_count)
        return ERR_DENIED;
    return action_purchase_buy(&act, &target, &answers, problems, id);
}

static enum err
configure(const struct act *at, const struct demo_purchase *purchase, const char *id,
          struct problems *problems)
{
    const struct act act = act_as(at, PARTY_CUSTOMER, purchase->buyer);
    const char *token = NULL;

    TRY(purchase_landing_token(&act, id, &token));
    return action_purchase_configure(
        &act, id, token, arena_format(at->arena, "%s%s", purchase->buyer, DEMO_MAIL_DOMAIN),
        problems);
}

/* What happens to one purchase on that day, if anything does. */
static enum err
play(const struct act *at, int day, const struct demo_purchase *purchase, const char *offer,
     char id[DEMO_ID_BYTES], struct problems *problems)
{
    const char *made = NULL;
    struct act act;

    if (day == purchase->bought) {
        TRY(buy(at, purchase, offer, problems, &made));
        (void)snprintf(id, DEMO_ID_BYTES, "%s", made);
    } else if (day == purchase->configured) {
        TRY(configure(at, purchase, id, problems));
    } else if (day == purchase->activated) {
        act = act_as(at, PARTY_ISV, purchase->isv);
        TRY(action_purchase_activate(&act, id));
    } else if (day == purchase->failed) {
        act = act_as(at, PARTY_OPERATOR, "operator");
        TRY(action_purchase_payment(&act, id, false));
    }
    return OK;
}

enum err
demo_purchases_play(const struct act *at, int day, demo_offer_id *offer_id, const void *context,
                    struct demo_bought *bought)
{
    for (size_t i = 0; i < COUNT(purchases); i++) {
        const char *offer = purchases[i].offer;
        struct problems *problems = problems_new(at->arena);
        enum err outcome =
            play(at, day, &purchases[i], offer == NULL ? "" : offer_id(context, offer),
                 bought->ids[i], problems);

        if (outcome == OK)
            continue;
        log_line("demo_refused", "purchase=%zu day=%d outcome=%d problem=%s", i, day, outcome,
                 problems->count == 0 ? "none" : problems->list[0].at);
        return outcome;
    }
    return OK;
}

/*
 * many_purchases.c: see the header.
 */
#include "support/many_purchases.h"

#include <check.h>

#include "store/accounts.h"
#include "store/subscriptions.h"

const char *
many_purchases_add(struct deal_market *market)
{
    struct azure_subscription subscription = {
        .id = ELSEWHERE_SUBSCRIPTION, .name = "Theirs", .billing_account = ELSEWHERE_ACCOUNT};
    struct offer_made made = offer_made_extended(1);
    struct billing_account account;
    struct db *db = temp_write(&market->temp);

    made.state = STATE_ACCEPTED;
    offer_make(db, market->temp.arena, &made);
    ck_assert_int_eq(billing_account_find(db, market->temp.arena, DEAL_ACCOUNT, &account), OK);
    account.id = ELSEWHERE_ACCOUNT;
    account.organisation = "elsewhere";
    ck_assert_int_eq(billing_account_insert(db, &account), OK);
    ck_assert_int_eq(azure_subscription_insert(db, &subscription), OK);
    temp_keep(&market->temp, db);
    return offer_made_id(market->temp.arena, 1);
}

struct purchase
purchase_made(struct deal_market *market, unsigned number)
{
    return (struct purchase){
        .id = offer_made_id(market->temp.arena, number),
        .kind = PURCHASE_SAAS,
        .state = PURCHASE_PENDING,
        .organisation = DEAL_ORGANISATION,
        .billing_account = DEAL_ACCOUNT,
        .azure_subscription = DEAL_SUBSCRIPTION,
        .resource_group = DEAL_GROUP,
        .name = "Ours",
        .tags = "cost=42",
        .order_reference = "PO 7",
        .person = "contributor",
        .isv = DEAL_ISV,
        .product = "suite",
        .plan = "pro",
        .plan_name = "Pro for us",
        .offer = offer_made_id(market->temp.arena, 1),
        .row = 1,
        .partner = DEAL_PARTNER,
        .term_months = 12,
        .quantity = 3,
        .min_users = 2,
        .max_users = 9,
        .recurring = true,
        .renews_through = day_make(2023, 12, 31),
        .bought_at = MADE_AT,
        .anchor_on = DAY_NONE,
        .usage_on = DAY_NONE,
    };
}

struct purchase
purchase_made_running(struct deal_market *market, unsigned number)
{
    struct purchase purchase = purchase_made(market, number);

    purchase.state = PURCHASE_SUBSCRIBED;
    purchase.activated_at = MADE_AT;
    purchase.anchor_on = day_make(2023, 10, 20);
    purchase.usage_on = day_make(2023, 10, 1);
    return purchase;
}

void
made_insert(struct deal_market *market, const struct purchase *purchase)
{
    struct db *db = temp_write(&market->temp);

    ck_assert_int_eq(purchase_insert(db, market->temp.arena, purchase, "key"), OK);
    temp_keep(&market->temp, db);
}

void
made_save(struct deal_market *market, struct purchase *purchase, enum err expected)
{
    struct db *db = temp_write(&market->temp);

    ck_assert_int_eq(purchase_save(db, market->temp.arena, purchase), expected);
    temp_keep(&market->temp, db);
}

enum err
made_load(struct deal_market *market, enum party party, const char *account, unsigned number,
          struct purchase *purchase)
{
    const struct viewer viewer = {party, account, TEST_DAY};

    return purchase_load(market->temp.reader, market->temp.arena, &viewer,
                         offer_made_id(market->temp.arena, number), purchase);
}

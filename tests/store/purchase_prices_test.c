/*
 * purchase_prices_test.c: which price holds for whom, from which day and through which page
 * (LAW 8.8); who may buy (LAW 10.3); written late, a bill is the same.
 */
#include <check.h>
#include <string.h>

#include "base/text.h"
#include "store/accounts.h"
#include "store/subscriptions.h"
#include "support/buying.h"
#include "support/rows_market.h"
#include "support/store_dump.h"

Suite *purchase_prices_suite(void);

static struct deal_market market;

static void
market_open(void)
{
    deal_market_open(&market, NULL);
    rows_market_add(&market);
    buying_add(&market);
    buying_on(&market, "2023-10-20");
}

static void
setup(void)
{
    market_open();
}

static void
teardown(void)
{
    deal_market_close(&market);
}

/* Lite at 20 % off and 10 % on through December: 44.00, list 50.00. */
static struct sold
lite_sold(void)
{
    return (struct sold){.product = "meters",
                         .plan = "lite",
                         .discount = "20",
                         .adjustment = "10",
                         .end_month = "2023-12"};
}

#define PRIVATE_OCTOBER                                                      \
    "2023-10-20 payment term-1 x1, 2023-10-20 to 2023-11-19, private: 44.00" \
    " = 38.80 + 4.00 + 1.20\n"
#define LIST_OCTOBER                                                      \
    "2023-10-20 payment term-1 x1, 2023-10-20 to 2023-11-19, list: 50.00" \
    " = 48.50 + 0.00 + 1.50\n"

static struct purchase_quote
quote_of(const char *offer, const char *subscription)
{
    const struct purchase_target target = {
        .offer = offer == NULL ? "" : offer, .row = 1, .product = "meters", .plan = "lite"};
    struct purchase_quote quote;
    struct act act =
        deal_begin(&market, PARTY_CUSTOMER, DEAL_ORGANISATION, actor_contributor.person);

    act.viewer.today = act.today;
    ck_assert_int_eq(purchase_quote(&act, &target, subscription, &quote), OK);
    ck_assert_int_eq(deal_end(&market, &act, OK), OK);
    return quote;
}

static void
quotes(const char *offer, const char *subscription, enum price_reason reason, int64_t cents)
{
    const struct purchase_quote quote = quote_of(offer, subscription);

    ck_assert_int_eq(quote.answer.reason, reason);
    ck_assert_uint_eq(quote.answer.prices.count, 1);
    ck_assert_int_eq(quote.answer.prices.rows[0].customer.money.cents, cents);
}

/* ---- Windows and accounts ------------------------------------------------------------------- */

START_TEST(the_first_and_the_last_day)
{
    struct sold sold = lite_sold();
    const char *offer;

    sold.start_month = "2023-11";
    offer = buying_offer(&market, &sold);
    quotes(offer, DEAL_SUBSCRIPTION, PRICED_NOT_BEGUN, 5000);
    quotes(NULL, DEAL_SUBSCRIPTION, PRICED_PUBLIC, 5000);
    buying_at(&market, "2023-10-31 23:59:59");
    quotes(offer, DEAL_SUBSCRIPTION, PRICED_NOT_BEGUN, 5000);
    buying_at(&market, "2023-11-01 00:00:00");
    quotes(offer, DEAL_SUBSCRIPTION, PRICED_PRIVATE, 4400);
    quotes(NULL, DEAL_SUBSCRIPTION, PRICED_PRIVATE, 4400);
    buying_at(&market, "2023-12-31 23:59:59");
    quotes(offer, DEAL_SUBSCRIPTION, PRICED_PRIVATE, 4400);
    buying_at(&market, "2024-01-01 00:00:00");
    quotes(offer, DEAL_SUBSCRIPTION, PRICED_ENDED, 5000);
    quotes(NULL, DEAL_SUBSCRIPTION, PRICED_PUBLIC, 5000);
}
END_TEST

START_TEST(a_subscription_of_another_billing_account_pays_list)
{
    const struct sold sold = lite_sold();
    const char *offer = buying_offer(&market, &sold);
    const char *id;

    quotes(offer, OTHER_SUBSCRIPTION, PRICED_OTHER_ACCOUNT, 5000);
    quotes(NULL, OTHER_SUBSCRIPTION, PRICED_PUBLIC, 5000);
    id = subscribe(
        &market,
        &(struct wanted){.offer = offer, .subscription = OTHER_SUBSCRIPTION, .term = "term-1"});
    ck_assert_str_eq(bill(&market, id), LIST_OCTOBER);
    /* bought through the offer all the same: its status is told there */
    ck_assert_str_eq(bought(&market, id).offer, offer);
    ck_assert_str_eq(balance(&market, "2023-01-01"), "50000.00");
}
END_TEST

/* A row of option A holds whichever page it is bought through (LAW 8.8). */
START_TEST(through_the_public_page_it_is_private_too)
{
    const struct sold sold = lite_sold();
    const char *offer = buying_offer(&market, &sold);
    const char *id =
        subscribe(&market, &(struct wanted){.product = "meters", .plan = "lite", .term = "term-1"});

    ck_assert_str_eq(bill(&market, id), PRIVATE_OCTOBER);
    ck_assert_str_eq(bought(&market, id).offer, offer);
    ck_assert_str_eq(bought(&market, id).partner, DEAL_PARTNER);
}
END_TEST

/* The price is that of the account that pays, and so are the offer and its partner. */
START_TEST(the_offer_whose_price_it_is_has_sold_it)
{
    struct sold sold = lite_sold();
    const char *ours = buying_offer(&market, &sold);
    const char *others;
    const char *id;

    sold.account = OTHER_ACCOUNT;
    sold.partner = DEAL_OTHER_PARTNER;
    sold.adjustment = "5"; /* 42.00 = 38.80 + 2.00 + 1.20 */
    others = buying_offer(&market, &sold);
    id = subscribe(
        &market,
        &(struct wanted){.offer = ours, .subscription = OTHER_SUBSCRIPTION, .term = "term-1"});
    ck_assert_str_eq(bill(&market, id),
                     "2023-10-20 payment term-1 x1, 2023-10-20 to 2023-11-19, private: 42.00"
                     " = 38.80 + 2.00 + 1.20\n");
    ck_assert_str_eq(bought(&market, id).offer, others);
    ck_assert_str_eq(bought(&market, id).partner, DEAL_OTHER_PARTNER);
}
END_TEST

/* A row of a whole product covers every plan of it. */
START_TEST(a_plan_of_a_whole_product)
{
    struct sold sold = lite_sold();
    const char *offer;
    const char *id;

    sold.plan = "";
    offer = buying_offer(&market, &sold);
    id = subscribe(&market, &(struct wanted){.offer = offer, .plan = "max", .term = "term-1"});
    /* 500.00 x 0.8 = 400.00, x 1.1 */
    ck_assert_str_eq(bill(&market, id),
                     "2023-10-20 payment term-1 x1, 2023-10-20 to 2023-11-19, private: 440.00"
                     " = 388.00 + 40.00 + 12.00\n");
    ck_assert_str_eq(bought(&market, id).plan, "max");
}
END_TEST

/* ---- Only what was shown -------------------------------------------------------------------- */

static enum err
buy_with(const char *offer, const char *digest, struct problems *problems)
{
    const struct purchase_target target = {.offer = offer, .row = 1, .product = "", .plan = ""};
    struct answers answers = deal_form(&market, ANSWER_SUBSCRIPTION, DEAL_SUBSCRIPTION,
                                       ANSWER_RESOURCE_GROUP, DEAL_GROUP, ANSWER_PURCHASE_NAME,
                                       "Ours", ANSWER_TERM, "term-1", ANSWER_DIGEST, digest, NULL);
    struct act act =
        deal_begin(&market, PARTY_CUSTOMER, DEAL_ORGANISATION, actor_contributor.person);
    const char *id = NULL;

    act.viewer.today = act.today;
    return deal_end(&market, &act, action_purchase_buy(&act, &target, &answers, problems, &id));
}

START_TEST(a_price_that_changed_meanwhile_is_not_bought)
{
    const struct sold sold = lite_sold();
    const char *offer = buying_offer(&market, &sold);
    struct problems *problems = problems_new(market.temp.arena);
    const char *before;
    const char *shown;

    buying_at(&market, "2023-12-31 23:59:50");
    shown = quote_of(offer, DEAL_SUBSCRIPTION).digest;
    before = store_dump(&market.temp, NULL);
    buying_at(&market, "2024-01-01 00:00:00"); /* the offer has ended */
    ck_assert_int_eq(buy_with(offer, shown, problems), ERR_STALE);
    ck_assert_str_eq(store_dump(&market.temp, NULL), before);

    shown = quote_of(offer, OTHER_SUBSCRIPTION).digest; /* list, for another reason */
    ck_assert_int_eq(buy_with(offer, shown, problems), ERR_STALE);
    shown = quote_of(offer, DEAL_SUBSCRIPTION).digest;
    list_price(&market, "meters", "lite", "term-1", POINT_TERM, 4500, "2024-02-01");
    buying_on(&market, "2024-02-01");
    ck_assert_int_eq(buy_with(offer, shown, problems), ERR_STALE);
    ck_assert_int_eq(buy_with(offer, quote_of(offer, DEAL_SUBSCRIPTION).digest, problems), OK);
}
END_TEST

/* ---- Who may buy (LAW 10.3) ----------------------------------------------------------------- */

static void
refused(const struct wanted *wanted, enum err expected, const char *at)
{
    struct problems *problems = problems_new(market.temp.arena);
    const char *before = store_dump(&market.temp, NULL);
    const char *id = NULL;

    ck_assert_int_eq(try_buy(&market, wanted, problems, &id), expected);
    ck_assert_uint_eq(problems->count, *at == '\0' ? 0 : 1);
    if (*at != '\0')
        play_assert_only_at(problems, at);
    ck_assert_str_eq(store_dump(&market.temp, NULL), before);
}

static void
account_is(const struct billing_account *facts)
{
    struct db *db = temp_write(&market.temp);

    ck_assert_int_eq(billing_account_update_facts(db, facts), OK);
    temp_keep(&market.temp, db);
}

START_TEST(a_role_and_a_policy_refuse)
{
    const struct sold sold = lite_sold();
    const char *offer = buying_offer(&market, &sold);
    const struct wanted wanted = {.offer = offer, .term = "term-1"};
    struct wanted by_another = wanted;
    struct billing_account account;
    struct billing_account changed;

    by_another.by = &actor_reader;
    refused(&by_another, ERR_INVALID, ANSWER_SUBSCRIPTION);
    by_another.by = &actor_owner; /* who has accepted; reservations only */
    refused(&by_another, ERR_INVALID, ANSWER_SUBSCRIPTION);
    by_another.by = &actor_stranger;
    refused(&by_another, ERR_ABSENT, "");

    ck_assert_int_eq(
        billing_account_find(market.temp.reader, market.temp.arena, DEAL_ACCOUNT, &account), OK);
    changed = account;
    changed.policy = MARKETPLACE_DISABLED;
    account_is(&changed);
    refused(&wanted, ERR_INVALID, ANSWER_SUBSCRIPTION);
    changed.policy = MARKETPLACE_FREE_ONLY;
    account_is(&changed);
    refused(&wanted, ERR_INVALID, ANSWER_SUBSCRIPTION);
    changed = account;
    changed.payment_valid = false;
    account_is(&changed);
    refused(&wanted, ERR_INVALID, ANSWER_SUBSCRIPTION);
    changed = account;
    changed.private_store = true;
    account_is(&changed);
    refused(&wanted, ERR_INVALID, ANSWER_SUBSCRIPTION);
    account_is(&account);
    (void)buy(&market, &wanted);
}
END_TEST

START_TEST(a_subscription_and_its_groups_refuse)
{
    const struct wanted wanted = {.product = "meters", .plan = "lite", .term = "term-1"};
    struct wanted other = wanted;
    struct db *db = temp_write(&market.temp);

    ck_assert_int_eq(azure_subscription_set_tags(db, DEAL_SUBSCRIPTION, true), OK);
    temp_keep(&market.temp, db);
    refused(&wanted, ERR_INVALID, ANSWER_TAGS);
    db = temp_write(&market.temp);
    ck_assert_int_eq(azure_subscription_set_tags(db, DEAL_SUBSCRIPTION, false), OK);
    ck_assert_int_eq(resource_group_insert(db, market.temp.arena, DEAL_SUBSCRIPTION, "open"), OK);
    ck_assert_int_eq(
        resource_group_lock(db, market.temp.arena, DEAL_SUBSCRIPTION, DEAL_GROUP, true), OK);
    temp_keep(&market.temp, db);
    refused(&wanted, ERR_INVALID, ANSWER_RESOURCE_GROUP);

    other.subscription = OTHER_SUBSCRIPTION;
    other.term = "term-36";
    refused(&other, ERR_INVALID, ANSWER_TERM); /* Lite has none */
    other = (struct wanted){.subscription = OTHER_SUBSCRIPTION,
                            .product = "seats",
                            .plan = "team",
                            .term = "user-1",
                            .users = "4"};
    refused(&other, ERR_INVALID, ANSWER_USERS);
    other = (struct wanted){
        .subscription = OTHER_SUBSCRIPTION, .product = "sizes", .plan = "some", .vcpu = "8"};
    refused(&other, ERR_INVALID, ANSWER_VCPU);
    other.subscription = "nothing";
    refused(&other, ERR_INVALID, ANSWER_SUBSCRIPTION);
    other = (struct wanted){.product = "suite", .plan = "hidden", .term = "term-12"};
    refused(&other, ERR_ABSENT, ""); /* no public plan */
}
END_TEST

/* Offers that are not accepted sell nothing. */
START_TEST(only_an_accepted_offer_sells)
{
    const char *offer = deal_make(&market, DEAL_EXTENDED);

    refused(&(struct wanted){.offer = offer, .term = "term-12"}, ERR_CLOSED, "");
    ck_assert_int_eq(play_deed(&market, &actor_owner, DEED_ACCEPT, offer), OK);
    refused(&(struct wanted){.offer = offer, .row = 3, .term = "term-12"}, ERR_ABSENT, "");
    (void)buy(&market, &(struct wanted){.offer = offer, .term = "term-12"});
}
END_TEST

/* ---- A page of configuration ---------------------------------------------------------------- */

static void
configures(const char *id, const char *token, enum err expected)
{
    struct problems *problems = problems_new(market.temp.arena);
    struct act act =
        deal_begin(&market, PARTY_CUSTOMER, DEAL_ORGANISATION, actor_contributor.person);

    ck_assert_int_eq(
        deal_end(&market, &act,
                 action_purchase_configure(&act, id, token, "ops@northwind.example", problems)),
        expected);
    if (expected == ERR_INVALID)
        play_assert_only_at(problems, "token");
}

START_TEST(a_page_of_configuration_is_good_for_a_day)
{
    const struct wanted wanted = {.product = "meters", .plan = "lite", .term = "term-1"};
    const char *one = buy(&market, &wanted);
    const char *two = buy(&market, &wanted);
    const char *of_one = NULL;
    const char *of_two = NULL;
    struct act act =
        deal_begin(&market, PARTY_CUSTOMER, DEAL_ORGANISATION, actor_contributor.person);

    ck_assert_int_eq(purchase_landing_token(&act, one, &of_one), OK);
    ck_assert_int_eq(purchase_landing_token(&act, two, &of_two), OK);
    ck_assert_int_eq(deal_end(&market, &act, OK), OK);
    configures(one, of_two, ERR_INVALID);
    configures(one, "", ERR_INVALID);
    configures(one, "1697792400.", ERR_INVALID);
    buying_at(&market, "2023-10-21 09:00:01");
    configures(one, of_one, ERR_INVALID);
    ck_assert_int_eq(bought(&market, one).configured_at, 0);
    buying_at(&market, "2023-10-21 09:00:00");
    configures(one, of_one, OK);
    ck_assert_str_eq(bought(&market, one).contact, "ops@northwind.example");
    configures(one, of_one, ERR_CLOSED); /* once */
}
END_TEST

/* ---- Late is the same as daily -------------------------------------------------------------- */

#define STORY 6

/* Something of everything, with a price change and a suspension, to 10 February 2024. */
static void
story(const char *ids[STORY], bool daily)
{
    static const char *const stops[] = {"2023-11-12", "2023-12-01", "2024-02-10"};
    struct sold sold = lite_sold();
    const char *offer = buying_offer(&market, &sold);
    const char *deal = deal_make(&market, DEAL_ACCEPTED);

    ids[0] = subscribe(&market, &(struct wanted){.offer = offer, .term = "term-1"});
    ids[1] = subscribe(&market, &(struct wanted){.offer = deal, .term = "term-12"});
    ids[2] = buy(&market, &(struct wanted){.offer = deal, .row = 2});
    ids[3] = buy(&market, &(struct wanted){.product = "cores", .plan = "each", .vcpu = "2"});
    ids[4] = subscribe(
        &market,
        &(struct wanted){.product = "meters", .plan = "max", .term = "term-1", .ends = true});
    ids[5] = buy(&market, &(struct wanted){.product = "meters", .plan = "lite", .term = "term-1"});
    list_price(&market, "meters", "lite", "term-1", POINT_TERM, 4500, "2023-12-01");
    report(&market, &actor_isv, ids[1], "emails", "2023-10-20T09:00Z", "7");
    report(&market, &actor_operator, ids[3], "hour", "2023-10-20T09:00Z", "100");
    for (size_t i = 0; i < COUNT(stops); i++) {
        struct day stop;

        ck_assert_int_eq(day_parse(stops[i], &stop), OK);
        while (daily && day_of(market.fake.now).number < stop.number) {
            market.fake.now += SECONDS_PER_DAY;
            settle(&market);
        }
        buying_on(&market, stops[i]);
        if (i == 0)
            deed(&market, &actor_operator, DO_FAIL_PAYMENT, ids[0], "");
        if (i == 1)
            deed(&market, &actor_operator, DO_RECEIVE_PAYMENT, ids[0], "");
    }
}

static const char *
everything(struct arena *arena, const char *const ids[STORY])
{
    const char *text = "";

    for (int i = 0; i < STORY; i++)
        text = arena_format(arena, "%s%d %d\n%s%s", text, i, (int)bought(&market, ids[i]).state,
                            bill(&market, ids[i]), history(&market, ids[i]));
    return arena_format(arena, "%s%s", text, balance(&market, "2023-01-01"));
}

START_TEST(late_is_the_same_as_daily)
{
    struct arena *arena = arena_open(LIMIT_ARENA_BYTES);
    const char *foreseen[STORY];
    const char *ids[STORY];
    const char *daily;

    story(ids, true);
    settle(&market);
    daily = everything(arena, ids);
    deal_market_close(&market);
    market_open();
    story(ids, false);
    for (int i = 0; i < STORY; i++) /* told before it is written */
        foreseen[i] = bill_foreseen(&market, ids[i]);
    settle(&market);
    for (int i = 0; i < STORY; i++)
        ck_assert_str_eq(bill(&market, ids[i]), foreseen[i]);
    ck_assert_str_eq(everything(arena, ids), daily);
    /* lite: 20 October, 20 November while it was Suspended, 20 December at 39.60, 20 January list
     */
    ck_assert_ptr_nonnull(strstr(daily, PRIVATE_OCTOBER
                                 "2023-11-20 payment term-1 x1, 2023-11-20 to 2023-12-19, private:"
                                 " 44.00 = 38.80 + 4.00 + 1.20\n"
                                 "2023-12-20 payment term-1 x1, 2023-12-20 to 2024-01-19, private:"
                                 " 39.60 = 34.92 + 3.60 + 1.08\n"
                                 "2024-01-20 payment term-1 x1, 2024-01-20 to 2024-02-19, list:"
                                 " 45.00 = 43.65 + 0.00 + 1.35\n"));
    arena_close(arena);
}
END_TEST

Suite *
purchase_prices_suite(void)
{
    Suite *suite = suite_create("purchase_prices");
    TCase *cases = tcase_create("purchase_prices");

    tcase_add_checked_fixture(cases, setup, teardown);
    tcase_set_timeout(cases, 60);
    tcase_add_test(cases, the_first_and_the_last_day);
    tcase_add_test(cases, a_subscription_of_another_billing_account_pays_list);
    tcase_add_test(cases, through_the_public_page_it_is_private_too);
    tcase_add_test(cases, the_offer_whose_price_it_is_has_sold_it);
    tcase_add_test(cases, a_plan_of_a_whole_product);
    tcase_add_test(cases, a_price_that_changed_meanwhile_is_not_bought);
    tcase_add_test(cases, a_role_and_a_policy_refuse);
    tcase_add_test(cases, a_subscription_and_its_groups_refuse);
    tcase_add_test(cases, only_an_accepted_offer_sells);
    tcase_add_test(cases, a_page_of_configuration_is_good_for_a_day);
    tcase_add_test(cases, late_is_the_same_as_daily);
    suite_add_tcase(suite, cases);
    return suite;
}

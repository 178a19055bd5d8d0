/*
 * purchase_pages_test.c: pages of purchases hold every row once, the newest first; what waits for
 * the ISV, and for time, is found in its order.
 */
#include <check.h>

#include "support/many_purchases.h"

Suite *purchase_pages_suite(void);

static struct deal_market market;
static const char *offer;

static void
setup(void)
{
    deal_market_open(&market, NULL);
    offer = many_purchases_add(&market);
}

static void
teardown(void)
{
    deal_market_close(&market);
}

static struct purchases
page_of(const struct purchase_query *query)
{
    struct purchases page;

    ck_assert_int_eq(purchases_page(market.temp.reader, market.temp.arena, query, &page), OK);
    return page;
}

/* Newest first; of one second, by id downwards. equal: all of one second. */
static void
walk(struct purchase_query query, unsigned count, bool equal)
{
    unsigned number = count;

    while (number > 0) {
        struct purchases page = page_of(&query);
        unsigned expected = number < LIMIT_LIST_ROWS ? number : LIMIT_LIST_ROWS;

        ck_assert_uint_eq(page.count, expected);
        for (unsigned i = 0; i < expected; i++, number--)
            ck_assert_str_eq(page.rows[i].id, offer_made_id(market.temp.arena, number));
        ck_assert_int_eq(page.more, number > 0);
        query.before_at = page.rows[expected - 1].bought_at;
        query.before_id = page.rows[expected - 1].id;
        ck_assert_int_eq(query.before_at, equal ? MADE_AT : MADE_AT + number + 1);
    }
    ck_assert_uint_eq(page_of(&query).count, 0);
}

static void
walk_everything(bool equal)
{
    struct db *db = temp_write(&market.temp);
    const struct purchase_query queries[] = {
        {.viewer = {PARTY_CUSTOMER, DEAL_ORGANISATION, TEST_DAY},
         .offer = "",
         .saas_only = false,
         .before_id = ""},
        {.viewer = {PARTY_CUSTOMER, DEAL_ORGANISATION, TEST_DAY},
         .offer = offer,
         .saas_only = false,
         .before_id = ""},
        {.viewer = {PARTY_ISV, DEAL_ISV, TEST_DAY},
         .offer = "",
         .saas_only = false,
         .before_id = ""},
        {.viewer = {PARTY_ISV, DEAL_ISV, TEST_DAY},
         .offer = offer,
         .saas_only = true,
         .before_id = ""},
        {.viewer = {PARTY_PARTNER, DEAL_PARTNER, TEST_DAY},
         .offer = offer,
         .saas_only = true,
         .before_id = ""},
        {.viewer = {PARTY_OPERATOR, "", TEST_DAY}, .offer = "", .saas_only = true, .before_id = ""},
    };

    for (unsigned i = 1; i <= 60; i++) {
        struct purchase purchase = purchase_made_running(&market, i);

        purchase.bought_at = equal ? MADE_AT : MADE_AT + i;
        ck_assert_int_eq(purchase_insert(db, market.temp.arena, &purchase, "key"), OK);
    }
    temp_keep(&market.temp, db);
    for (size_t i = 0; i < COUNT(queries); i++)
        walk(queries[i], 60, equal);
}

START_TEST(pages_hold_every_purchase_once)
{
    walk_everything(false);
}
END_TEST

START_TEST(pages_hold_every_purchase_once_when_all_are_of_one_second)
{
    walk_everything(true);
}
END_TEST

START_TEST(a_full_last_page_has_nothing_after_it)
{
    const struct purchase_query query = {.viewer = {PARTY_ISV, DEAL_ISV, TEST_DAY},
                                         .offer = "",
                                         .saas_only = false,
                                         .before_id = ""};

    for (unsigned i = 1; i <= LIMIT_LIST_ROWS; i++) {
        const struct purchase purchase = purchase_made(&market, i);

        made_insert(&market, &purchase);
    }
    ck_assert_uint_eq(page_of(&query).count, LIMIT_LIST_ROWS);
    ck_assert(!page_of(&query).more);
}
END_TEST

/* View status knows SaaS alone (LAW 11); the customer's list knows all, the operator's one kind. */
START_TEST(only_saas_has_a_status_to_view)
{
    struct purchase_query query = {.viewer = {PARTY_ISV, DEAL_ISV, TEST_DAY},
                                   .offer = offer,
                                   .saas_only = true,
                                   .before_id = ""};
    struct purchase one = purchase_made(&market, 1);
    struct purchase two = purchase_made_running(&market, 2);
    struct purchase three = purchase_made_running(&market, 3);

    two.kind = PURCHASE_VM;
    two.term_months = 0;
    three.organisation = "elsewhere";
    three.billing_account = ELSEWHERE_ACCOUNT;
    three.azure_subscription = ELSEWHERE_SUBSCRIPTION;
    three.person = "stranger";
    three.offer = "";
    three.partner = "";
    made_insert(&market, &one);
    made_insert(&market, &two);
    made_insert(&market, &three);
    ck_assert_uint_eq(page_of(&query).count, 1);
    ck_assert_str_eq(page_of(&query).rows[0].id, one.id);
    query.viewer = (struct viewer){PARTY_PARTNER, DEAL_PARTNER, TEST_DAY};
    ck_assert_uint_eq(page_of(&query).count, 1);
    query.viewer = (struct viewer){PARTY_CUSTOMER, DEAL_ORGANISATION, TEST_DAY};
    ck_assert_uint_eq(page_of(&query).count, 2);
    query.offer = "";
    ck_assert_uint_eq(page_of(&query).count, 2);
    query.viewer = (struct viewer){PARTY_CUSTOMER, "elsewhere", TEST_DAY};
    ck_assert_uint_eq(page_of(&query).count, 1);
    ck_assert_str_eq(page_of(&query).rows[0].id, three.id);
    query.viewer = (struct viewer){PARTY_OPERATOR, "", TEST_DAY};
    ck_assert_uint_eq(page_of(&query).count, 1); /* those that are charged */
    ck_assert_str_eq(page_of(&query).rows[0].id, three.id);
    query.suspended = true;
    ck_assert_uint_eq(page_of(&query).count, 0);
    ck_assert_int_eq(made_load(&market, PARTY_OPERATOR, "", 3, &three), OK);
    ck_assert_int_eq(purchase_advance(&three, PURCHASE_FAIL_PAYMENT, PARTY_OPERATOR, MADE_AT), OK);
    made_save(&market, &three, OK);
    ck_assert_uint_eq(page_of(&query).count, 1);
    query.suspended = false;
    ck_assert_uint_eq(page_of(&query).count, 0);
    query.saas_only = false;
    ck_assert_uint_eq(page_of(&query).count, 1);
    ck_assert_str_eq(page_of(&query).rows[0].id, two.id);
}
END_TEST

/* ---- What waits ----------------------------------------------------------------------------- */

/* The one that was bought last was configured first. */
START_TEST(what_was_configured_first_is_activated_first)
{
    struct purchases waiting;

    for (unsigned i = 1; i <= LIMIT_LIST_ROWS + 2; i++) {
        struct purchase purchase = purchase_made(&market, i);

        purchase.bought_at += i;
        made_insert(&market, &purchase);
        if (i == 1)
            continue; /* not configured */
        ck_assert_int_eq(made_load(&market, PARTY_CUSTOMER, DEAL_ORGANISATION, i, &purchase), OK);
        ck_assert_int_eq(
            purchase_advance(&purchase, PURCHASE_CONFIGURE, PARTY_CUSTOMER, MADE_AT + 100 - i), OK);
        made_save(&market, &purchase, OK);
    }
    ck_assert_int_eq(
        purchases_to_activate(market.temp.reader, market.temp.arena, DEAL_ISV, &waiting), OK);
    ck_assert_uint_eq(waiting.count, LIMIT_LIST_ROWS);
    ck_assert(waiting.more);
    ck_assert_str_eq(waiting.rows[0].id, offer_made_id(market.temp.arena, 27));
    ck_assert_str_eq(waiting.rows[24].id, offer_made_id(market.temp.arena, 3));
}
END_TEST

/* Its own people read where it runs; sellers do not (LAW 5). */
START_TEST(what_waits_for_the_customer_says_where_it_runs)
{
    struct purchase purchase = purchase_made(&market, 1);
    struct purchases waiting;

    made_insert(&market, &purchase);
    ck_assert_int_eq(
        purchases_to_tend(market.temp.reader, market.temp.arena, DEAL_ORGANISATION, &waiting), OK);
    ck_assert_uint_eq(waiting.count, 1);
    ck_assert_str_eq(waiting.rows[0].azure_subscription, purchase.azure_subscription);
    ck_assert_str_ne(waiting.rows[0].azure_name, "");
}
END_TEST

static const char *
due_by(struct day today)
{
    struct arena *arena = market.temp.arena;
    struct purchase_ids due;
    const char *numbers = "";

    ck_assert_int_eq(purchases_due(market.temp.reader, arena, today, &due), OK);
    for (size_t i = 0; i < due.count; i++)
        numbers = arena_format(arena, "%s%c", numbers, due.ids[i][7]);
    return numbers;
}

/* 1: to be configured through 19 November; 2: bought a day before; 3: cancelled. */
START_TEST(what_is_due_is_found_by_its_day)
{
    struct purchase purchase = purchase_made(&market, 1);

    made_insert(&market, &purchase);
    purchase = purchase_made(&market, 2);
    purchase.bought_at -= SECONDS_PER_DAY;
    made_insert(&market, &purchase);
    purchase = purchase_made(&market, 3);
    made_insert(&market, &purchase);
    ck_assert_str_eq(due_by(day_make(2023, 11, 18)), "");
    ck_assert_str_eq(due_by(day_make(2023, 11, 19)), "2");
    ck_assert_int_eq(made_load(&market, PARTY_CUSTOMER, DEAL_ORGANISATION, 3, &purchase), OK);
    ck_assert_int_eq(purchase_advance(&purchase, PURCHASE_CANCEL, PARTY_CUSTOMER, MADE_AT), OK);
    made_save(&market, &purchase, OK);
    ck_assert_str_eq(due_by(day_make(2023, 11, 20)), "21");
    /* configured on the 19th, it has 30 days more */
    ck_assert_int_eq(made_load(&market, PARTY_CUSTOMER, DEAL_ORGANISATION, 1, &purchase), OK);
    ck_assert_int_eq(purchase_advance(&purchase, PURCHASE_CONFIGURE, PARTY_CUSTOMER,
                                      day_start_at(day_make(2023, 11, 19))),
                     OK);
    made_save(&market, &purchase, OK);
    ck_assert_str_eq(due_by(day_make(2023, 12, 19)), "2");
    ck_assert_str_eq(due_by(day_make(2023, 12, 20)), "21");
}
END_TEST

Suite *
purchase_pages_suite(void)
{
    Suite *suite = suite_create("purchase_pages");
    TCase *cases = tcase_create("purchase_pages");

    tcase_add_checked_fixture(cases, setup, teardown);
    tcase_add_test(cases, pages_hold_every_purchase_once);
    tcase_add_test(cases, pages_hold_every_purchase_once_when_all_are_of_one_second);
    tcase_add_test(cases, a_full_last_page_has_nothing_after_it);
    tcase_add_test(cases, only_saas_has_a_status_to_view);
    tcase_add_test(cases, what_was_configured_first_is_activated_first);
    tcase_add_test(cases, what_waits_for_the_customer_says_where_it_runs);
    tcase_add_test(cases, what_is_due_is_found_by_its_day);
    suite_add_tcase(suite, cases);
    return suite;
}

/*
 * mail_purchases_test.c: mails about subscriptions: to who bought them and the owners of the
 * billing account, once each; renewals 30 days before, clocks 7, 3 and 1 days before (LAW 14, 11).
 */
#include <check.h>
#include <string.h>

#include "base/text.h"
#include "store/notices.h"
#include "store/people.h"
#include "support/buying.h"
#include "support/mails.h"
#include "support/play_purchase.h"

#define BUYER "contributor@test.example"
#define OWNER "owner@test.example"
#define BOTH(what) what " customer " BUYER "\n" what " customer " OWNER "\n"

static struct deal_market market;

static const struct wanted pro = {.product = "suite", .plan = "pro", .term = "term-12"};
static const struct wanted team = {
    .product = "seats", .plan = "team", .term = "user-1", .users = "10"};

static void
setup(void)
{
    deal_market_open(&market, NULL);
    buying_add(&market);
}

static void
teardown(void)
{
    deal_market_close(&market);
}

#define assert_mails(list) ck_assert_str_eq(mails_left(&market), list)

static void
mails_on(const char *day)
{
    buying_on(&market, day);
    settle(&market);
    mails_tell(&market);
}

START_TEST(a_life_makes_the_mails_of_the_law)
{
    const char *id;

    buying_on(&market, "2023-10-20");
    id = buy(&market, &team);
    assert_mails(BOTH("configure"));
    deed(&market, &actor_contributor, DO_CONFIGURE, id, NULL);
    assert_mails("");
    deed(&market, &actor_isv, DO_ACTIVATE, id, NULL);
    assert_mails(BOTH("activated"));
    deed(&market, &actor_contributor, DO_USERS, id, "12");
    assert_mails(BOTH("changed"));
    deed(&market, &actor_contributor, DO_NOT_RECUR, id, NULL);
    deed(&market, &actor_contributor, DO_RECUR, id, NULL);
    assert_mails("");
    deed(&market, &actor_operator, DO_FAIL_PAYMENT, id, NULL);
    assert_mails(BOTH("suspended"));
    deed(&market, &actor_operator, DO_RECEIVE_PAYMENT, id, NULL);
    assert_mails(BOTH("reinstated"));
    deed(&market, &actor_contributor, DO_CANCEL, id, NULL);
    assert_mails(BOTH("cancelled"));
    mails_on("2024-12-01");
    assert_mails("");
}
END_TEST

/* Who may sign in no more is written to no more, as owner or as buyer (LAW 2.5). */
START_TEST(who_lost_access_gets_none)
{
    struct db *db;
    const char *id;

    buying_on(&market, "2023-10-20");
    id = buy(&market, &pro);
    (void)mails_left(&market);
    db = temp_write(&market.temp);
    ck_assert_int_eq(person_set_access(db, "owner", ROLE_NONE, false), OK);
    temp_keep(&market.temp, db);
    deed(&market, &actor_contributor, DO_CONFIGURE, id, NULL);
    deed(&market, &actor_isv, DO_ACTIVATE, id, NULL);
    assert_mails("activated customer " BUYER "\n");
    db = temp_write(&market.temp);
    ck_assert_int_eq(person_set_access(db, "contributor", ROLE_NONE, false), OK);
    temp_keep(&market.temp, db);
    deed(&market, &actor_isv, DO_CANCEL, id, NULL);
    assert_mails("");
}
END_TEST

/* What is not SaaS is no subscription. */
START_TEST(a_deployment_makes_none)
{
    const struct wanted ops = {.product = "runner", .plan = "ops"};
    const char *id;

    buying_on(&market, "2023-10-20");
    id = buy(&market, &ops);
    deed(&market, &actor_contributor, DO_CANCEL, id, NULL);
    assert_mails("");
}
END_TEST

START_TEST(a_mail_says_what_it_is_about)
{
    const char *id;
    struct mails *mails;

    buying_on(&market, "2023-10-20");
    id = buy(&market, &pro);
    mails = mails_leave(&market);
    ck_assert_uint_eq(mails->count, 2);
    ck_assert_str_eq(mails->rows[0].subject, "Configure your subscription: Suite, Pro");
    ck_assert_str_eq(mails->rows[0].lead, "You have bought Suite, Pro.");
    ck_assert_ptr_nonnull(strstr(mails->rows[0].next, "through 19 Nov 2023"));
    ck_assert_ptr_nonnull(strstr(mails->rows[0].next, "Contoso"));
    ck_assert_str_eq(mails->rows[0].path,
                     arena_format(market.temp.arena, "/customer/purchases/%s", id));
    mails_on("2023-11-20");
    mails = mails_leave(&market);
    ck_assert_uint_eq(mails->count, 2);
    ck_assert_str_eq(mails->rows[0].lead,
                     "Suite, Pro has ended: it was not configured in time. Nothing was billed.");
}
END_TEST

/* Activated on 23 October 2023: the term ends before 23 October 2024, and 23 September is 30 days
 * before. The next term has its own. */
START_TEST(a_renewal_is_told_of_30_days_before_once)
{
    buying_on(&market, "2023-10-23");
    (void)subscribe(&market, &pro);
    (void)mails_left(&market);
    mails_on("2024-09-22");
    assert_mails("");
    mails_on("2024-09-23");
    assert_mails(BOTH("renews"));
    mails_on("2024-09-24");
    mails_on("2024-10-23");
    assert_mails("");
    mails_on("2025-09-23");
    assert_mails(BOTH("renews"));
}
END_TEST

START_TEST(a_renewal_is_told_of_late_but_not_after_it)
{
    buying_on(&market, "2023-10-23");
    (void)subscribe(&market, &pro);
    (void)mails_left(&market);
    mails_on("2024-10-01");
    assert_mails(BOTH("renews"));
    mails_on("2025-10-24"); /* slept through the second */
    assert_mails("");
}
END_TEST

START_TEST(what_ends_with_its_term_is_told_of_when_it_does)
{
    struct wanted ends = pro;

    buying_on(&market, "2023-10-23");
    ends.ends = true;
    (void)subscribe(&market, &ends);
    (void)mails_left(&market);
    mails_on("2024-09-24");
    assert_mails("");
    mails_on("2024-10-23");
    assert_mails(BOTH("cancelled")); /* its term is over */
}
END_TEST

START_TEST(a_term_of_a_month_renews_unannounced)
{
    buying_on(&market, "2023-10-23");
    (void)subscribe(&market, &team);
    (void)mails_left(&market);
    mails_on("2023-11-22");
    mails_on("2024-02-24");
    assert_mails("");
}
END_TEST

/* Bought on 20 October: to be configured through 19 November. */
START_TEST(the_clock_of_configuring_is_its_customers)
{
    mails_switch(&market, NOTICES_OF_BILLING, DEAL_ACCOUNT, SWITCH_REMINDERS, true);
    buying_on(&market, "2023-10-20");
    (void)buy(&market, &pro);
    (void)mails_left(&market);
    for (int dom = 1; dom <= 19; dom++) {
        mails_on(arena_format(market.temp.arena, "2023-11-%02d", dom));
        if (dom == 12 || dom == 16 || dom == 18)
            assert_mails(BOTH("configure_by"));
        else
            assert_mails("");
    }
}
END_TEST

/* Configured on 20 October: to be activated through 19 November, by the ISV. */
START_TEST(the_clock_of_activating_is_the_isvs)
{
    const char *id;

    mails_switch(&market, NOTICES_OF_PUBLISHER, DEAL_ISV, SWITCH_REMINDERS, true);
    buying_on(&market, "2023-10-20");
    id = buy(&market, &pro);
    deed(&market, &actor_contributor, DO_CONFIGURE, id, NULL);
    (void)mails_left(&market);
    mails_on("2023-11-12");
    assert_mails("activate_by isv isv@test.example\n");
    deed(&market, &actor_isv, DO_ACTIVATE, id, NULL);
    (void)mails_left(&market);
    mails_on("2023-11-16");
    assert_mails("");
}
END_TEST

START_TEST(the_clock_of_paying_begins_with_the_suspension)
{
    const char *id;

    mails_switch(&market, NOTICES_OF_BILLING, DEAL_ACCOUNT, SWITCH_REMINDERS, true);
    buying_on(&market, "2023-10-20");
    id = subscribe(&market, &pro);
    deed(&market, &actor_operator, DO_FAIL_PAYMENT, id, NULL);
    (void)mails_left(&market);
    mails_on("2023-11-18"); /* a day before the last; the others were slept through */
    assert_mails(BOTH("pay_by"));
    mails_on("2023-11-20");
    assert_mails(BOTH("cancelled"));
}
END_TEST

/* LAW 5: the customer's own names reach no seller, and no figure reaches anybody. */
START_TEST(a_mail_to_the_isv_has_nothing_of_the_customers)
{
    struct mails *mails;

    mails_switch(&market, NOTICES_OF_PUBLISHER, DEAL_ISV, SWITCH_REMINDERS, true);
    buying_on(&market, "2023-10-20");
    (void)play_subscribe(&market, true); /* with every name a customer gives */
    (void)mails_leave(&market);
    mails_on("2023-11-12");
    mails = mails_leave(&market);
    ck_assert_uint_eq(mails->count, 1);
    ck_assert_ptr_null(strstr(mails->rows[0].facts, "Namedbycustomer"));
    ck_assert_ptr_null(strstr(mails->rows[0].facts, DEAL_ACCOUNT));
    ck_assert_ptr_null(strstr(mails->rows[0].facts, "1,2"));
    ck_assert_ptr_null(strstr(mails->rows[0].facts, "order-of-customer"));
    ck_assert_ptr_nonnull(strstr(mails->rows[0].facts, "Customer\tNorthwind\n"));
}
END_TEST

Suite *
mail_purchases_suite(void)
{
    Suite *suite = suite_create("mail_purchases");
    TCase *tcase = tcase_create("all");

    tcase_set_timeout(tcase, 60);
    tcase_add_checked_fixture(tcase, setup, teardown);
    tcase_add_test(tcase, a_life_makes_the_mails_of_the_law);
    tcase_add_test(tcase, who_lost_access_gets_none);
    tcase_add_test(tcase, a_deployment_makes_none);
    tcase_add_test(tcase, a_mail_says_what_it_is_about);
    tcase_add_test(tcase, a_renewal_is_told_of_30_days_before_once);
    tcase_add_test(tcase, a_renewal_is_told_of_late_but_not_after_it);
    tcase_add_test(tcase, what_ends_with_its_term_is_told_of_when_it_does);
    tcase_add_test(tcase, a_term_of_a_month_renews_unannounced);
    tcase_add_test(tcase, the_clock_of_configuring_is_its_customers);
    tcase_add_test(tcase, the_clock_of_activating_is_the_isvs);
    tcase_add_test(tcase, the_clock_of_paying_begins_with_the_suspension);
    tcase_add_test(tcase, a_mail_to_the_isv_has_nothing_of_the_customers);
    suite_add_tcase(suite, tcase);
    return suite;
}

/*
 * actions_test.c: every action with the Nth call of the store failing, N = 1, 2, ... until a run
 * needs fewer calls: what failed has changed nothing, and says so.
 */
#include <check.h>

#include "base/text.h"
#include "jobs/clock.h"
#include "support/fault_driver.h"
#include "support/mails.h"
#include "support/play.h"
#include "support/play_purchase.h"
#include "support/store_dump.h"

#define CALLS_MAX 1000 /* of the store in one action */

static struct deal_market market;

static void
setup(void)
{
    fault_arm(0);
    deal_market_open(&market, &fault_driver);
}

static void
teardown(void)
{
    fault_arm(0);
    deal_market_close(&market);
}

static const struct {
    const struct actor *actor;
    enum deed deed;
    enum offer_state state;
} deeds[] = {
    {&actor_isv, DEED_CREATE, STATE_DRAFT},
    {&actor_isv, DEED_SAVE, STATE_DRAFT},
    {&actor_isv, DEED_ADD_ROW, STATE_DRAFT},
    {&actor_isv, DEED_SET_PRICES, STATE_DRAFT},
    {&actor_isv, DEED_SUBMIT, STATE_DRAFT},
    {&actor_isv, DEED_DELETE, STATE_DRAFT},
    {&actor_isv, DEED_WITHDRAW, STATE_PENDING_PARTNER},
    {&actor_partner, DEED_PRICE, STATE_PENDING_PARTNER},
    {&actor_partner, DEED_EXTEND, STATE_PENDING_PARTNER},
    {&actor_partner, DEED_TAKE_BACK, STATE_PENDING_ACCEPTANCE},
    {&actor_partner, DEED_TAKE_BACK, STATE_EXPIRED},
    {&actor_owner, DEED_ACCEPT, STATE_PENDING_ACCEPTANCE},
    {&actor_isv, DEED_PUBLISH, STATE_TO_PARTNER},
    {&actor_isv, DEED_PUBLISH, STATE_TO_CUSTOMER},
};

/* The outcomes a face answers with 5xx. */
static bool
is_fault(enum err outcome)
{
    return outcome == ERR_BUSY || outcome == ERR_BROKEN;
}

START_TEST(a_failed_action_changes_nothing)
{
    const char *id = play_until(&market, deeds[_i].state);
    const char *before = store_dump(&market.temp, NULL);
    unsigned failed = 0;

    for (unsigned nth = 1; nth <= CALLS_MAX; nth++) {
        enum err outcome;

        fault_arm(nth);
        outcome = play_deed(&market, deeds[_i].actor, deeds[_i].deed, id);
        if (!fault_happened()) {
            fault_arm(0);
            ck_assert_int_eq(outcome, OK);
            ck_assert_str_ne(store_dump(&market.temp, NULL), before);
            ck_assert_uint_gt(failed, 3); /* begin, mark, release, commit, and the work */
            return;
        }
        fault_arm(0);
        ck_assert_msg(is_fault(outcome), "%s, call %u: %d", deed_text(deeds[_i].deed), nth,
                      outcome);
        ck_assert_msg(text_equal(store_dump(&market.temp, NULL), before), "%s, call %u",
                      deed_text(deeds[_i].deed), nth);
        failed++;
    }
    ck_abort_msg("no end of calls");
}
END_TEST

/* What is refused for a reason of its own stays refused and leaves nothing, whatever else fails;
 * a fault may come instead of the reason, never a success. */
START_TEST(a_refusal_stays_one_under_faults)
{
    const char *id = play_until(&market, STATE_PENDING_ACCEPTANCE);
    const char *before = store_dump(&market.temp, NULL);

    for (unsigned nth = 1; nth <= CALLS_MAX; nth++) {
        enum err outcome;
        bool happened;

        fault_arm(nth);
        outcome = play_deed(&market, &actor_reader, DEED_ACCEPT, id);
        happened = fault_happened();
        fault_arm(0);
        ck_assert_msg(outcome == ERR_DENIED || (happened && is_fault(outcome)), "call %u: %d", nth,
                      outcome);
        ck_assert_str_eq(store_dump(&market.temp, NULL), before);
        if (!happened)
            return;
    }
    ck_abort_msg("no end of calls");
}
END_TEST

/* The job comes again: an offer is published whole, or not yet. */
START_TEST(a_job_that_failed_is_done_by_the_next)
{
    const char *id = play_until(&market, STATE_TO_CUSTOMER);
    const char *before = store_dump(&market.temp, NULL);

    for (unsigned nth = 1; nth <= CALLS_MAX; nth++) {
        int published = -1;
        enum err outcome;
        bool happened;

        fault_arm(nth);
        outcome = jobs_publish_due(market.temp.store, market.temp.reader, market.temp.arena,
                                   &market.fake.world, &published);
        happened = fault_happened();
        fault_arm(0);
        if (outcome == OK) {
            ck_assert_int_eq(published, 1);
            ck_assert_int_eq(read_begin(market.temp.reader),
                             OK); /* the failed call may be an end */
            read_end(market.temp.reader);
            ck_assert_int_eq(deal_view(&market, PARTY_CUSTOMER, DEAL_ORGANISATION, id).state,
                             STATE_PENDING_ACCEPTANCE);
            return;
        }
        ck_assert_msg(happened && is_fault(outcome), "call %u: %d", nth, outcome);
        ck_assert_str_eq(store_dump(&market.temp, NULL), before);
    }
    ck_abort_msg("no end of calls");
}
END_TEST

/* The same of what is due to a purchase: its term ended, and the next is charged, or neither. */
START_TEST(a_settlement_that_failed_is_done_by_the_next)
{
    const char *id = play_subscribe(&market, false);
    const char *before;

    deal_market_today(&market, 2024, 10, 16);
    before = store_dump(&market.temp, NULL);
    for (unsigned nth = 1; nth <= CALLS_MAX; nth++) {
        int settled = -1;
        enum err outcome;
        bool happened;

        fault_arm(nth);
        outcome = jobs_settle_due(market.temp.store, market.temp.reader, market.temp.arena,
                                  &market.fake.world, &settled);
        happened = fault_happened();
        fault_arm(0);
        if (outcome == OK && settled == 1) {
            ck_assert_int_eq(read_begin(market.temp.reader),
                             OK); /* the failed call may be an end */
            read_end(market.temp.reader);
            ck_assert_int_eq(play_purchase_of(&market, id).term, 2);
            ck_assert_int_eq(play_purchase_of(&market, id).charge_count, 2);
            return;
        }
        ck_assert_msg(happened, "call %u: %d, %d settled", nth, outcome, settled);
        ck_assert_str_eq(store_dump(&market.temp, NULL), before);
    }
    ck_abort_msg("no end of calls");
}
END_TEST

/* What time has brought is told whole, or not yet. */
START_TEST(a_notice_that_failed_is_told_by_the_next)
{
    const char *before;

    (void)play_until(&market, STATE_EXPIRED);
    (void)mails_left(&market);
    before = store_dump(&market.temp, NULL);
    for (unsigned nth = 1; nth <= CALLS_MAX; nth++) {
        int told = -1;
        enum err outcome;
        bool happened;

        fault_arm(nth);
        outcome = jobs_notify_due(market.temp.store, market.temp.reader, market.temp.arena,
                                  &market.fake.world, &told);
        happened = fault_happened();
        fault_arm(0);
        if (outcome == OK && told == 1) {
            ck_assert_int_eq(read_begin(market.temp.reader),
                             OK); /* the failed call may be an end */
            read_end(market.temp.reader);
            ck_assert_str_eq(mails_left(&market), "expired isv i@contoso.example\n"
                                                  "expired partner f@fabrikam.example\n");
            return;
        }
        ck_assert_msg(happened, "call %u: %d, %d told", nth, outcome, told);
        ck_assert_str_eq(store_dump(&market.temp, NULL), before);
    }
    ck_abort_msg("no end of calls");
}
END_TEST

/* A mail whose way out failed anywhere leaves in the end, as one file. */
START_TEST(a_mail_that_failed_leaves_later_and_once)
{
    struct postman postman = mails_postman(&market, NULL);
    int left = 0;

    (void)deal_make(&market, DEAL_SUBMITTED); /* to one contact */
    for (unsigned nth = 1; nth <= CALLS_MAX; nth++) {
        enum err outcome;
        bool happened;
        int sent = 0;

        fault_arm(nth);
        outcome = post_deliver(market.temp.store, market.temp.reader, market.temp.arena,
                               &market.fake.world, &postman, NULL, &sent);
        happened = fault_happened();
        fault_arm(0);
        ck_assert_int_eq(read_begin(market.temp.reader), OK); /* the failed call may be an end */
        read_end(market.temp.reader);
        left += sent;
        if (!happened)
            break;
        ck_assert(outcome == OK || is_fault(outcome));
        market.fake.now += 1000; /* whoever took it has died */
    }
    ck_assert_int_ge(left, 1);
    ck_assert_str_eq(mails_left(&market), "");
    ck_assert_uint_eq(mails_filed(&market), 1);
}
END_TEST

Suite *
actions_suite(void)
{
    Suite *suite = suite_create("actions");
    TCase *cases = tcase_create("actions");

    tcase_add_checked_fixture(cases, setup, teardown);
    tcase_add_loop_test(cases, a_failed_action_changes_nothing, 0, COUNT(deeds));
    tcase_add_test(cases, a_refusal_stays_one_under_faults);
    tcase_add_test(cases, a_job_that_failed_is_done_by_the_next);
    tcase_add_test(cases, a_settlement_that_failed_is_done_by_the_next);
    tcase_add_test(cases, a_notice_that_failed_is_told_by_the_next);
    tcase_add_test(cases, a_mail_that_failed_leaves_later_and_once);
    suite_add_tcase(suite, cases);
    return suite;
}

/*
 * rows_test.c: adding and saving rows of new plans and of reservations with the Nth call of the
 * store failing, N = 1, 2, ...: what failed has changed nothing, and says so.
 */
#include <check.h>

#include "actions/isv.h"
#include "base/text.h"
#include "support/fault_driver.h"
#include "support/rows_market.h"
#include "support/store_dump.h"

#define CALLS_MAX 1000 /* of the store in one action */

Suite *rows_suite(void);

static struct deal_market market;

static void
setup(void)
{
    fault_arm(0);
    deal_market_open(&market, &fault_driver);
    rows_market_add(&market);
}

static void
teardown(void)
{
    fault_arm(0);
    deal_market_close(&market);
}

enum deed { ADD_PLAN, SAVE_PLAN, ADD_RESERVATION, SAVE_RESERVATION, DEED_COUNT };

static enum err
perform(const struct act *act, const char *id, const char *rev, enum deed deed)
{
    static const struct plan_choice max = {"meters", "max"};
    static const struct plan_choice lite = {"meters", "lite"};
    static const struct plan_choice each = {"cores", "each"};
    static const struct plan_choice one = {"plain", "one"};
    static const struct row_edit nothing = {.remove_line = 0};
    bool first = text_equal(rev, "1");
    struct problems *problems = problems_new(act->arena);
    struct answers form = deal_form(
        &market, "plan_name", "Orchid", "plan_description", "x", "payment-1-12", "1",
        "price-1-term-12", "9.00", "unlimited-1-meter-calls-12", "1", "schedule-1", "monthly",
        "vcpu-1-1", "8", "quantity-1-1", "4", "unit-1-1", "450.00", "vcpu-1-2", "2", NULL);
    int row = 0;

    switch (deed) {
    case ADD_PLAN:
        return action_new_plan_add(act, id, rev, first ? &max : &lite, &form, problems, &row);
    case ADD_RESERVATION:
        return action_rows_add(act, id, rev, first ? &each : &one, 1, problems);
    case SAVE_PLAN:
    case SAVE_RESERVATION:
        return action_row_save(act, id, rev, 1, &form, &nothing, problems);
    case DEED_COUNT:
        break;
    }
    return ERR_BROKEN;
}

/* A draft with its first row. */
static const char *
begun(enum offer_type type)
{
    struct answers form =
        deal_form(&market, "name", "Rows", ANSWER_PRICING, offer_type_text(type), NULL);
    struct act act = deal_begin(&market, PARTY_ISV, DEAL_ISV, "isv");
    const char *id = NULL;

    ck_assert_int_eq(action_offer_create(&act, &form, problems_new(act.arena), &id), OK);
    ck_assert_int_eq(perform(&act, id, "1", type == OFFER_NEW_PLANS ? ADD_PLAN : ADD_RESERVATION),
                     OK);
    deal_end(&market, &act, OK);
    return id;
}

/* In a write of its own, which may fail to begin or to end. */
static enum err
played(const char *id, enum deed deed)
{
    struct act act = {.arena = market.temp.arena,
                      .world = &market.fake.world,
                      .settings = &market.settings,
                      .now = market.fake.now,
                      .today = TEST_DAY,
                      .viewer = {PARTY_ISV, DEAL_ISV, TEST_DAY},
                      .account_name = "Contoso",
                      .person = "isv",
                      .person_name = "Person isv",
                      .role = ROLE_ACCOUNT_OWNER};
    enum err outcome;

    TRY(write_begin(market.temp.store, &act.db));
    outcome = perform(&act, id, "2", deed);
    if (outcome != OK) {
        /* the action's outcome is the answer, whatever becomes of giving up */
        enum err end = write_end(market.temp.store, act.db, false);

        (void)end;
        return outcome;
    }
    return write_end(market.temp.store, act.db, true);
}

START_TEST(a_failed_action_changes_nothing)
{
    enum deed deed = (enum deed)_i;
    const char *id =
        begun(deed == ADD_PLAN || deed == SAVE_PLAN ? OFFER_NEW_PLANS : OFFER_RESERVATIONS);
    const char *before = store_dump(&market.temp, NULL);
    unsigned failed = 0;

    for (unsigned nth = 1; nth <= CALLS_MAX; nth++) {
        enum err outcome;

        fault_arm(nth);
        outcome = played(id, deed);
        if (!fault_happened()) {
            fault_arm(0);
            ck_assert_int_eq(outcome, OK);
            ck_assert_str_ne(store_dump(&market.temp, NULL), before);
            ck_assert_uint_gt(failed, 10); /* the rows, their prices, what they include */
            return;
        }
        fault_arm(0);
        ck_assert_msg(outcome == ERR_BUSY || outcome == ERR_BROKEN, "call %u: %d", nth, outcome);
        ck_assert_msg(text_equal(store_dump(&market.temp, NULL), before), "call %u", nth);
        failed++;
    }
    ck_abort_msg("no end of calls");
}
END_TEST

Suite *
rows_suite(void)
{
    Suite *suite = suite_create("rows");
    TCase *cases = tcase_create("rows");

    tcase_add_checked_fixture(cases, setup, teardown);
    tcase_add_loop_test(cases, a_failed_action_changes_nothing, 0, DEED_COUNT);
    suite_add_tcase(suite, cases);
    return suite;
}

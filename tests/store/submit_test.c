/*
 * submit_test.c: the ISV's submit, withdrawal and deletion: everything that stops one, and which
 * stored facts change the answer. Expectations are LAW 2, 7 and 9.1.
 */
#include <check.h>

#include "actions/isv.h"
#include "base/text.h"
#include "store/accounts.h"
#include "store/catalogue.h"
#include "support/play.h"
#include "support/store_dump.h"

static struct deal_market market;

static void
setup(void)
{
    deal_market_open(&market, NULL);
}

static void
teardown(void)
{
    deal_market_close(&market);
}

/* Submits and answers what was wrong. */
static struct problems *
submitted(const char *id, enum err expected)
{
    return play_form(&market, &actor_isv, DEED_SUBMIT, id, NULL, expected);
}

static struct problems *
saved(const char *id, const struct answers *form, enum err expected)
{
    return play_form(&market, &actor_isv, DEED_SAVE, id, form, expected);
}

/* LAW 9.1: all failures together, each at its field. */
START_TEST(an_empty_draft_is_told_everything_it_lacks)
{
    static const char *const lacks[] = {"billing_account", "seller_id", "start_mode",
                                        "end_month",       "accept_by", "products"};
    const char *id = play_bare_draft(&market, "Empty");
    const char *before = store_dump(&market.temp, NULL);
    struct problems *problems = submitted(id, ERR_INVALID);

    ck_assert_uint_eq(problems->count, COUNT(lacks));
    for (size_t i = 0; i < COUNT(lacks); i++)
        ck_assert_str_eq(problems->list[i].at, lacks[i]);
    ck_assert_str_eq(store_dump(&market.temp, NULL), before);
}
END_TEST

/* LAW 7, D-3, D-37 on 2023-10-16: what is well formed and still cannot be submitted. */
START_TEST(dates_are_judged_at_the_submit)
{
    static const struct {
        const char *at;
        const char *form[8];
    } wrong[] = {
        {"accept_by", {"accept_by", "2023-10-15"}},
        {"accept_by", {"accept_by", "2024-01-01"}},
        {"end_month", {"end_month", "2023-09", "accept_by", ""}},
        {"end_month", {"end_month", "2028-11"}},
        {"start_month", {"start_mode", "month", "start_month", "2023-10"}},
        {"start_month", {"start_mode", "month", "start_month", "2025-11", "end_month", "2026-01"}},
        {"start_month", {"start_mode", "month", "start_month", ""}},
        {"end_month", {"start_mode", "month", "start_month", "2024-01"}},
        {"name", {"name", ""}},
        {"discount-1", {"discount-1", ""}},
        {"type-1", {"type-1", "absolute"}},
    };
    static const char *const right[][8] = {
        {"accept_by", "2023-10-16"},
        {"accept_by", "2023-12-31"},
        {"end_month", "2028-10"},
        {"start_mode", "month", "start_month", "2023-11"},
        {"start_mode", "month", "start_month", "2025-10", "end_month", "2025-10"},
        {"start_mode", "month", "start_month", "2023-12"},
    };
    const char *id = deal_make(&market, DEAL_DRAFTED);

    for (size_t i = 0; i < COUNT(wrong); i++) {
        const char *const *f = wrong[i].form;
        struct problems *problems;

        saved(id,
              FORM("name", "Northwind FY24", "start_mode", "accepted", "end_month", "2023-12",
                   "accept_by", "2023-11-15", "discount-1", "20", "type-1", "discount"),
              OK);
        saved(id, FORM(f[0], f[1], f[2], f[3], f[4], f[5]), OK);
        problems = submitted(id, ERR_INVALID);
        ck_assert_msg(problem_at(problems, wrong[i].at) != NULL, "%zu: %s, not %s", i,
                      problems->list[0].at, wrong[i].at);
    }
    for (size_t i = 0; i < COUNT(right); i++) {
        const char *const *f = right[i];

        saved(id,
              FORM("name", "Northwind FY24", "start_mode", "accepted", "end_month", "2023-12",
                   "accept_by", "2023-11-15", "discount-1", "20", "type-1", "discount"),
              OK);
        saved(id, FORM(f[0], f[1], f[2], f[3], f[4], f[5]), OK);
        submitted(id, OK);
        deal_publish(&market);
        ck_assert_int_eq(play_deed(&market, &actor_isv, DEED_WITHDRAW, id), OK);
    }
}
END_TEST

static void
publisher_becomes(const struct publisher *publisher)
{
    struct db *db = temp_write(&market.temp);

    ck_assert_int_eq(publisher_update_facts(db, market.temp.arena, publisher), OK);
    temp_keep(&market.temp, db);
}

/* LAW 2.1: the answer comes from the stored facts and changes with them. */
START_TEST(facts_of_the_partner_decide)
{
    const char *id = deal_make(&market, DEAL_DRAFTED);
    struct publisher right;

    ck_assert_int_eq(publisher_by_id(market.temp.reader, market.temp.arena, DEAL_PARTNER, &right),
                     OK);
    for (int i = 0; i < 7; i++) {
        struct publisher wrong = right;

        wrong.tax_status = i == 0 ? TAX_INCOMPLETE : i == 1 ? TAX_NONE : TAX_COMPLETE;
        if (i == 2)
            wrong.tax_country = "DE";
        if (i == 3)
            wrong.enrolled = false;
        if (i == 4)
            wrong.active = false;
        if (i == 5)
            wrong.in_programme = false;
        if (i == 6)
            wrong.has_marketplace_account = false;
        publisher_becomes(&wrong);
        play_assert_only_at(submitted(id, ERR_INVALID), "seller_id");
    }
    publisher_becomes(&right);
    saved(id, FORM("seller_id", DEAL_ISV), OK);
    play_assert_only_at(submitted(id, ERR_INVALID), "seller_id");
    saved(id, FORM("seller_id", "99999999"), OK);
    play_assert_only_at(submitted(id, ERR_INVALID), "seller_id");
    saved(id, FORM("seller_id", DEAL_PARTNER), OK);
    submitted(id, OK);
}
END_TEST

START_TEST(facts_of_the_isv_decide_but_its_country_does_not)
{
    const char *id = deal_make(&market, DEAL_DRAFTED);
    struct publisher right;
    struct publisher changed;

    ck_assert_int_eq(publisher_by_id(market.temp.reader, market.temp.arena, DEAL_ISV, &right), OK);
    changed = right;
    changed.enrolled = false;
    publisher_becomes(&changed);
    play_assert_only_at(submitted(id, ERR_INVALID), "account");
    changed = right;
    changed.active = false;
    publisher_becomes(&changed);
    play_assert_only_at(submitted(id, ERR_INVALID), "account");
    changed = right;
    changed.tax_country = "IS";
    changed.tax_status = TAX_NONE;
    changed.location = "IS";
    publisher_becomes(&changed);
    submitted(id, OK);
}
END_TEST

/* LAW 2.3: country and status of the billing account; one answer for every reason. */
START_TEST(facts_of_the_billing_account_decide)
{
    const char *id = deal_make(&market, DEAL_DRAFTED);
    struct billing_account right;
    const char *message = NULL;

    ck_assert_int_eq(
        billing_account_find(market.temp.reader, market.temp.arena, DEAL_ACCOUNT, &right), OK);
    for (int i = 0; i < 3; i++) {
        struct billing_account account = right;
        struct problems *problems;
        struct db *db;

        if (i == 0)
            account.country = "CA";
        if (i == 1)
            account.active = false;
        if (i == 2) /* the account is right again, but this is none */
            saved(id, FORM("billing_account", "7999999"), OK);
        db = temp_write(&market.temp);
        ck_assert_int_eq(billing_account_update_facts(db, &account), OK);
        temp_keep(&market.temp, db);
        problems = submitted(id, ERR_INVALID);
        play_assert_only_at(problems, "billing_account");
        if (message != NULL)
            ck_assert_str_eq(problems->list[0].message, message);
        message = problems->list[0].message;
    }
}
END_TEST

START_TEST(a_plan_that_left_the_market_stops_the_submit)
{
    const char *id = deal_make(&market, DEAL_DRAFTED);
    struct db *db = temp_write(&market.temp);

    ck_assert_int_eq(plan_publish(db, "runner", "ops", false), OK);
    temp_keep(&market.temp, db);
    play_assert_only_at(submitted(id, ERR_INVALID), "type-2");
    db = temp_write(&market.temp);
    ck_assert_int_eq(plan_publish(db, "runner", "ops", true), OK);
    temp_keep(&market.temp, db);
    submitted(id, OK);
}
END_TEST

/* LAW 6.1 row 8: withdrawn, changed, submitted again. */
START_TEST(a_withdrawn_offer_is_a_draft_again)
{
    const char *id = deal_make(&market, DEAL_SUBMITTED);
    struct offer offer;

    ck_assert_int_eq(play_deed(&market, &actor_isv, DEED_WITHDRAW, id), OK);
    ck_assert_int_eq(deal_look(&market, PARTY_PARTNER, DEAL_PARTNER, id, &offer), ERR_ABSENT);
    ck_assert_int_eq(play_deed(&market, &actor_partner, DEED_PRICE, id), ERR_ABSENT);
    saved(id, FORM("discount-1", "30"), OK);
    submitted(id, OK);
    deal_publish(&market);
    offer = deal_view(&market, PARTY_PARTNER, DEAL_PARTNER, id);
    ck_assert_int_eq(offer.state, STATE_PENDING_PARTNER);
    ck_assert_int_eq(offer.rows[0].prices[0].partner.money.cents, 84000);
}
END_TEST

/* LAW 6.1 row 3: gone for everybody, for good. */
START_TEST(a_deleted_draft_is_gone_from_every_getter)
{
    const char *id = play_until(&market, STATE_DELETED);
    struct check_facts facts = {0};
    struct offer_ids due;
    struct offer offer;

    ck_assert_int_eq(deal_look(&market, PARTY_ISV, DEAL_ISV, id, &offer), ERR_ABSENT);
    ck_assert_int_eq(deal_look(&market, PARTY_PARTNER, DEAL_PARTNER, id, &offer), ERR_ABSENT);
    ck_assert_int_eq(deal_look(&market, PARTY_CUSTOMER, DEAL_ORGANISATION, id, &offer), ERR_ABSENT);
    ck_assert_int_eq(deal_look(&market, PARTY_OPERATOR, "", id, &offer), ERR_ABSENT);
    ck_assert_int_eq(deal_look(&market, PARTY_SYSTEM, "", id, &offer), ERR_ABSENT);
    ck_assert_int_eq(offers_to_publish(market.temp.reader, market.temp.arena, INT64_MAX, &due), OK);
    ck_assert_uint_eq(due.count, 0);
    /* its plans are free for another offer, too */
    const char *other = deal_make(&market, DEAL_DRAFTED);
    struct act act = deal_begin(&market, PARTY_ISV, DEAL_ISV, "isv");
    ck_assert_int_eq(offer_load(act.db, act.arena, &act.viewer, other, &offer), OK);
    ck_assert_int_eq(act_facts(&act, &offer, &facts), OK);
    ck_assert_uint_eq(facts.collision_count, 0);
    deal_end(&market, &act, OK);
}
END_TEST

/* The review page lists what the submit would, and changes nothing. */
START_TEST(the_review_tells_what_the_submit_would)
{
    const char *id = play_bare_draft(&market, "Review");
    struct problems *problems = problems_new(market.temp.arena);
    struct problems *refused = submitted(id, ERR_INVALID);
    struct act act = deal_begin(&market, PARTY_ISV, DEAL_ISV, "isv");
    struct offer offer;

    ck_assert_int_eq(offer_load(act.db, act.arena, &act.viewer, id, &offer), OK);
    ck_assert_int_eq(review_isv(&act, &offer, problems), OK);
    deal_end(&market, &act, ERR_INVALID);
    ck_assert_uint_eq(problems->count, refused->count);
    for (size_t i = 0; i < problems->count; i++) {
        ck_assert_str_eq(problems->list[i].at, refused->list[i].at);
        ck_assert_str_eq(problems->list[i].message, refused->list[i].message);
    }
}
END_TEST

Suite *
submit_suite(void)
{
    Suite *suite = suite_create("submit");
    TCase *cases = tcase_create("submit");

    tcase_add_checked_fixture(cases, setup, teardown);
    tcase_add_test(cases, an_empty_draft_is_told_everything_it_lacks);
    tcase_add_test(cases, dates_are_judged_at_the_submit);
    tcase_add_test(cases, facts_of_the_partner_decide);
    tcase_add_test(cases, facts_of_the_isv_decide_but_its_country_does_not);
    tcase_add_test(cases, facts_of_the_billing_account_decide);
    tcase_add_test(cases, a_plan_that_left_the_market_stops_the_submit);
    tcase_add_test(cases, a_withdrawn_offer_is_a_draft_again);
    tcase_add_test(cases, a_deleted_draft_is_gone_from_every_getter);
    tcase_add_test(cases, the_review_tells_what_the_submit_would);
    suite_add_tcase(suite, cases);
    return suite;
}

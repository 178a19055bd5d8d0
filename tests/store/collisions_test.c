/*
 * collisions_test.c: one offer for one customer, one plan and one time (LAW 8.6, D-8): which states
 * count, where intervals touch, and what each party is told.
 */
#include <check.h>
#include <string.h>

#include "actions/isv.h"
#include "base/text.h"
#include "store/accounts.h"
#include "support/play.h"

#define OTHER_ACCOUNT \
    "11111111-51d0-4c6e-93d5-0a1f6e2c77b4:2f0d3a5e-8b1c-4f6d-9a27-5c3e1b7d9f40_2019-05-31"

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

static void
saved(const char *id, const struct answers *form)
{
    (void)play_form(&market, &actor_isv, DEED_SAVE, id, form, OK);
}

static struct problems *
submitted(const char *id, enum err expected)
{
    return play_form(&market, &actor_isv, DEED_SUBMIT, id, NULL, expected);
}

/* LAW 8.6's states: what is being offered or was accepted counts, what is not or no longer does
 * not. */
static const struct {
    enum offer_state state;
    bool counts;
} counting[] = {
    {STATE_DRAFT, false},
    {STATE_TO_PARTNER, true},
    {STATE_PENDING_PARTNER, true},
    {STATE_TO_CUSTOMER, true},
    {STATE_PENDING_ACCEPTANCE, true},
    {STATE_ACCEPTED, true},
    {STATE_EXPIRED, false},
    {STATE_ENDED, false},
    {STATE_DELETED, false},
};

START_TEST(offers_count_while_they_live)
{
    const char *first = play_until(&market, counting[_i].state);
    const char *second = deal_make(&market, DEAL_DRAFTED);
    struct problems *problems;

    saved(second, FORM("end_month", "2024-06", "accept_by", "2024-03-01"));
    problems = submitted(second, counting[_i].counts ? ERR_INVALID : OK);
    if (!counting[_i].counts)
        return;
    ck_assert_uint_eq(problems->count, 2);
    ck_assert_str_eq(problems->list[0].at, "type-1");
    ck_assert_str_eq(problems->list[1].at, "type-2");
    for (size_t i = 0; i < 2; i++) {
        ck_assert_str_eq(problems->list[i].offer, first);
        ck_assert_ptr_nonnull(strstr(problems->list[i].message, "Northwind FY24"));
    }
}
END_TEST

/* Intervals are [start or today, end]; today is 2023-10-16. */
static const struct {
    const char *first[2]; /* start month or NULL, end month */
    const char *second[2];
    bool collide;
} intervals[] = {
    {{NULL, "2023-12"}, {"2024-01", "2024-06"}, false}, /* 31 December, 1 January */
    {{NULL, "2023-12"}, {"2023-12", "2024-06"}, true},
    {{"2024-01", "2024-06"}, {NULL, "2023-12"}, false},
    {{"2024-01", "2024-06"}, {NULL, "2024-01"}, true},
    {{"2024-01", "2024-06"}, {"2024-07", "2024-07"}, false},
    {{"2024-01", "2024-06"}, {"2023-11", "2023-12"}, false},
    {{"2024-01", "2024-06"}, {"2024-03", "2024-03"}, true},
    {{"2024-03", "2024-03"}, {"2024-01", "2024-06"}, true},
    {{"2024-02", "2024-02"}, {"2024-02", "2024-02"}, true},
};

static void
reaches(const char *id, const char *const interval[2])
{
    saved(id, interval[0] == NULL ? FORM("start_mode", "accepted", "end_month", interval[1],
                                         "accept_by", "2023-10-20")
                                  : FORM("start_mode", "month", "start_month", interval[0],
                                         "end_month", interval[1], "accept_by", "2023-10-20"));
}

START_TEST(adjacent_intervals_do_not_overlap)
{
    const char *first = deal_make(&market, DEAL_DRAFTED);
    const char *second = deal_make(&market, DEAL_DRAFTED);

    reaches(first, intervals[_i].first);
    reaches(second, intervals[_i].second);
    submitted(first, OK);
    submitted(second, intervals[_i].collide ? ERR_INVALID : OK);
}
END_TEST

/* Accepted on 20 October for prices on acceptance: the past before it is free, but gone. */
START_TEST(an_accepted_offer_holds_its_time_to_its_end)
{
    const char *first = deal_make(&market, DEAL_ACCEPTED);
    const char *second = deal_make(&market, DEAL_DRAFTED);

    (void)first;
    deal_market_today(&market, 2023, 12, 31);
    saved(second, FORM("end_month", "2024-06", "accept_by", "2024-03-01"));
    submitted(second, ERR_INVALID);
    saved(second, FORM("start_mode", "month", "start_month", "2024-01"));
    submitted(second, OK);
}
END_TEST

START_TEST(another_plan_or_another_customer_is_free)
{
    struct billing_account account;
    const char *first = deal_make(&market, DEAL_SUBMITTED);
    const char *elsewhere = deal_make(&market, DEAL_DRAFTED);
    const char *seats = play_bare_draft(&market, "Seats only");
    struct db *db;

    (void)first;
    ck_assert_int_eq(
        billing_account_find(market.temp.reader, market.temp.arena, DEAL_ACCOUNT, &account), OK);
    account.id = OTHER_ACCOUNT;
    db = temp_write(&market.temp);
    ck_assert_int_eq(billing_account_insert(db, &account), OK);
    temp_keep(&market.temp, db);

    saved(elsewhere, FORM("billing_account", OTHER_ACCOUNT));
    submitted(elsewhere, OK);
    ck_assert_int_eq(play_deed(&market, &actor_isv, DEED_ADD_ROW, seats), OK);
    saved(seats,
          FORM("billing_account", DEAL_ACCOUNT, "seller_id", DEAL_OTHER_PARTNER, "start_mode",
               "accepted", "end_month", "2023-12", "accept_by", "2023-11-15", "discount-1", "10"));
    submitted(seats, OK);
}
END_TEST

/* Regardless of the selling partner; only the rows that collide are named. */
START_TEST(one_common_plan_is_enough)
{
    const struct plan_choice mixed[] = {{"seats", "team"}, {"runner", "ops"}};
    const char *first = deal_make(&market, DEAL_SUBMITTED);
    const char *second = play_bare_draft(&market, "Mixed");
    struct problems *problems = problems_new(market.temp.arena);
    struct act act = deal_begin(&market, PARTY_ISV, DEAL_ISV, "isv");

    (void)first;
    ck_assert_int_eq(
        deal_end(&market, &act, action_rows_add(&act, second, "1", mixed, 2, problems)), OK);
    saved(second, FORM("billing_account", DEAL_ACCOUNT, "seller_id", DEAL_OTHER_PARTNER,
                       "start_mode", "accepted", "end_month", "2023-12", "accept_by", "2023-11-15",
                       "discount-1", "10", "discount-2", "10"));
    play_assert_only_at(submitted(second, ERR_INVALID), "type-2");
}
END_TEST

START_TEST(an_offer_does_not_collide_with_itself)
{
    const char *id = deal_make(&market, DEAL_SUBMITTED);

    ck_assert_int_eq(play_deed(&market, &actor_isv, DEED_WITHDRAW, id), OK);
    submitted(id, OK);
}
END_TEST

/* An offer expired, its time went to another, and now its partner takes it back: both live. D-8:
 * the partner learns whose the other is, and its name, only when it is its own. */
static struct problems *
extended_beside_another(const char *other_seller, bool published)
{
    const char *first = deal_make(&market, DEAL_DRAFTED);
    const char *second;

    saved(first, FORM("start_mode", "month", "start_month", "2024-01", "end_month", "2024-06"));
    submitted(first, OK);
    deal_publish(&market);
    (void)play_form(
        &market, &actor_partner, DEED_PRICE, first,
        FORM("adjustment-1", "5", "adjustment-2", "5", "prepared_by", "p@fabrikam.example"), OK);
    ck_assert_int_eq(play_deed(&market, &actor_partner, DEED_EXTEND, first), OK);
    deal_publish(&market);
    deal_market_today(&market, 2023, 11, 16);
    second = deal_make(&market, DEAL_DRAFTED);
    saved(second, FORM("name", "Tailspin's secret", "seller_id", other_seller, "end_month",
                       "2024-05", "accept_by", "2024-03-01"));
    submitted(second, OK);
    if (published)
        deal_publish(&market);
    ck_assert_int_eq(play_deed(&market, &actor_partner, DEED_TAKE_BACK, first), OK);
    return play_form(&market, &actor_partner, DEED_EXTEND, first, NULL, ERR_INVALID);
}

static void
assert_no_names(const struct problems *problems)
{
    ck_assert_uint_eq(problems->count, 3); /* accept by has passed, too */
    ck_assert_ptr_nonnull(problem_at(problems, "account"));
    ck_assert_ptr_nonnull(problem_at(problems, "adjustment-1"));
    ck_assert_ptr_nonnull(problem_at(problems, "adjustment-2"));
    for (size_t i = 0; i < problems->count; i++) {
        ck_assert_ptr_null(strstr(problems->list[i].message, "secret"));
        ck_assert_ptr_null(strstr(problems->list[i].message, "Tailspin"));
        ck_assert_ptr_null(strstr(problems->list[i].message, "2024"));
        ck_assert_ptr_null(problems->list[i].offer);
    }
}

START_TEST(the_partner_is_told_no_names_of_others)
{
    assert_no_names(extended_beside_another(DEAL_OTHER_PARTNER, true));
}
END_TEST

START_TEST(the_partner_is_told_no_names_of_what_has_not_reached_it)
{
    assert_no_names(extended_beside_another(DEAL_PARTNER, false));
}
END_TEST

START_TEST(the_partner_is_told_of_its_own)
{
    struct problems *problems = extended_beside_another(DEAL_PARTNER, true);
    const struct problem *own = problem_at(problems, "adjustment-1");

    ck_assert_ptr_nonnull(own);
    ck_assert_ptr_nonnull(strstr(own->message, "Tailspin's secret"));
    ck_assert_ptr_nonnull(own->offer);
}
END_TEST

Suite *
collisions_suite(void)
{
    Suite *suite = suite_create("collisions");
    TCase *cases = tcase_create("collisions");

    tcase_add_checked_fixture(cases, setup, teardown);
    tcase_add_loop_test(cases, offers_count_while_they_live, 0, COUNT(counting));
    tcase_add_loop_test(cases, adjacent_intervals_do_not_overlap, 0, COUNT(intervals));
    tcase_add_test(cases, an_accepted_offer_holds_its_time_to_its_end);
    tcase_add_test(cases, another_plan_or_another_customer_is_free);
    tcase_add_test(cases, one_common_plan_is_enough);
    tcase_add_test(cases, an_offer_does_not_collide_with_itself);
    tcase_add_test(cases, the_partner_is_told_no_names_of_others);
    tcase_add_test(cases, the_partner_is_told_no_names_of_what_has_not_reached_it);
    tcase_add_test(cases, the_partner_is_told_of_its_own);
    suite_add_tcase(suite, cases);
    return suite;
}

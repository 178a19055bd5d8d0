/*
 * check_test.c: LAW 9.1 and 9.2: every problem alone and all together, each date at its limit and
 * one past, and what neither side may learn from a message.
 */
#include "base/text.h"
#include "core/check.h"
#include "make_offer.h"

#include <check.h>
#include <string.h>

Suite *check_suite(void);

/* A deal and the facts under which it passes, for a test to spoil. */
static struct arena *arena;
static struct publisher isv;
static struct publisher partner;
static struct billing_account account;
static struct check_facts facts;

static void
setup(void)
{
    arena = arena_open(LIMIT_ARENA_BYTES);
    isv = make_isv();
    partner = make_partner();
    account = make_account();
    facts = (struct check_facts){
        .today = make_day("2023-10-16"), .isv = &isv, .partner = &partner, .account = &account};
}

static void
teardown(void)
{
    arena_close(arena);
}

static struct problems *
submit(const struct offer *offer)
{
    struct problems *problems = problems_new(arena);

    check_isv_submit(offer, &facts, problems);
    return problems;
}

static struct problems *
extend(const struct offer *offer)
{
    struct problems *problems = problems_new(arena);

    check_partner_submit(offer, &facts, problems);
    return problems;
}

/* Exactly one problem, at that field, whose message holds the words. */
static void
only(const struct problems *problems, const char *at, const char *words)
{
    ck_assert_msg(problems->count == 1, "%zu problems, expected one at %s", problems->count, at);
    ck_assert_str_eq(problems->list[0].at, at);
    ck_assert_msg(strstr(problems->list[0].message, words) != NULL, "%s",
                  problems->list[0].message);
}

static void
none(const struct problems *problems)
{
    ck_assert_msg(problems->count == 0, "%s: %s", problems->list[0].at, problems->list[0].message);
}

START_TEST(the_deal_passes_both)
{
    none(submit(make_deal(arena)));
    none(extend(make_priced_deal(arena)));
    ck_assert_ptr_null(account_refusal(facts.account));
}
END_TEST

/* What the own people of an account read, in the order of LAW 2.1. */
static const char *const own_lacks[] = {
    "isn't active, so it can't submit offers",
    "isn't in the partner programme, so it can't submit offers",
    "no marketplace account, so it can't submit offers",
    "isn't enrolled in the marketplace, so it can't submit offers",
};

START_TEST(prerequisites_of_the_isv)
{
    bool *const needs[] = {&isv.active, &isv.in_programme, &isv.has_marketplace_account,
                           &isv.enrolled};
    const struct problems *all;

    for (size_t i = 0; i < COUNT(needs); i++) {
        *needs[i] = false;
        only(submit(make_deal(arena)), "account", own_lacks[i]);
        only(submit(make_deal(arena)), "account", "Your account owner can");
        none(extend(make_priced_deal(arena))); /* asked at the ISV's submit only */
        *needs[i] = true;
    }
    for (size_t i = 0; i < COUNT(needs); i++)
        *needs[i] = false;
    all = submit(make_deal(arena));
    ck_assert_uint_eq(all->count, COUNT(needs)); /* each with who can mend it */
    for (size_t i = 0; i < COUNT(needs); i++)
        ck_assert_ptr_nonnull(strstr(all->list[i].message, own_lacks[i]));
    isv = make_isv();
}
END_TEST

START_TEST(a_name_is_needed)
{
    struct offer *offer = make_deal(arena);

    offer->name = "";
    only(submit(offer), "name", "Enter a name");
}
END_TEST

/* LAW 2.3: yes or no, and never why. */
START_TEST(billing_accounts)
{
    struct offer *offer = make_deal(arena);
    const char *refusal = account_refusal(NULL);

    ck_assert_ptr_null(account_refusal(&account));
    account.country = "CA";
    ck_assert_str_eq(account_refusal(&account), refusal);
    only(submit(offer), "billing_account", refusal);
    only(extend(make_priced_deal(arena)), "account", "no longer eligible");
    account = make_account();
    account.active = false;
    ck_assert_str_eq(account_refusal(&account), refusal);
    only(submit(offer), "billing_account", refusal);
    facts.account = NULL;
    only(submit(offer), "billing_account", refusal);
    only(extend(make_priced_deal(arena)), "account", "no longer eligible");

    offer->billing_account = "";
    only(submit(offer), "billing_account", "Enter your customer's billing account ID");
    ck_assert_ptr_null(strstr(refusal, "Northwind"));
}
END_TEST

START_TEST(partners)
{
    struct offer *offer = make_deal(arena);
    bool *const needs[] = {&partner.active, &partner.in_programme, &partner.has_marketplace_account,
                           &partner.enrolled};

    for (size_t i = 0; i < COUNT(needs); i++) {
        *needs[i] = false;
        only(submit(offer), "seller_id", "isn't enrolled in the marketplace, or its account");
        only(submit(offer), "seller_id", "Its account owner can settle that");
        only(extend(make_priced_deal(arena)), "account", "so it can't extend offers");
        partner.tax_country = "DE";
        only(submit(offer), "seller_id", "Its account owner can settle both");
        ck_assert_uint_eq(extend(make_priced_deal(arena))->count, 2);
        partner.tax_country = "US";
        *needs[i] = true;
    }
    partner.tax_country = "DE";
    only(submit(offer), "seller_id", "tax profile");
    only(extend(make_priced_deal(arena)), "account", "tax profile");
    partner.tax_country = "US";
    partner.tax_status = TAX_INCOMPLETE;
    only(submit(offer), "seller_id", "tax profile");
    only(extend(make_priced_deal(arena)), "account", "tax profile");
    partner = make_partner();
    partner.id = ISV_ID;
    only(submit(offer), "seller_id", "your own");
    facts.partner = NULL;
    only(submit(offer), "seller_id", "No selling partner");
    offer->partner = "";
    only(submit(offer), "seller_id", "Add a selling partner");
}
END_TEST

/* LAW 7, D-3, D-37 on Monday 16 October 2023. Problems is the list of fields, in order. */
static const struct {
    const char *start; /* NULL: on acceptance; "": a month not chosen; "?": nothing chosen */
    const char *end;
    const char *accept_by;
    const char *problems;
} calendars[] = {
    {NULL, "2023-12-31", "2023-11-15", ""},
    /* accept by: today, yesterday, the end, the day after the end */
    {NULL, "2023-12-31", "2023-10-16", ""},
    {NULL, "2023-12-31", "2023-10-15", " accept_by"},
    {NULL, "2023-12-31", "2023-12-31", ""},
    {NULL, "2023-12-31", "2024-01-01", " accept_by"},
    {NULL, "2023-12-31", "", " accept_by"},
    {NULL, "2024-02-29", "2024-02-29", ""},
    {NULL, "2024-02-29", "2024-03-01", " accept_by"},
    /* end: this month, last month, 60 months ahead, 61 */
    {NULL, "2023-10-31", "2023-10-31", ""},
    {NULL, "2023-09-30", "2023-10-16", " end_month accept_by"},
    {NULL, "2023-09-30", "2023-09-30", " end_month accept_by"},
    {NULL, "2028-10-31", "2023-11-15", ""},
    {NULL, "2028-11-30", "2023-11-15", " end_month"},
    {NULL, "", "2023-11-15", " end_month"},
    {NULL, "", "2023-10-15", " end_month accept_by"},
    /* start: this month, next, 24 months ahead, 25, after the end, missing */
    {"2023-10-01", "2023-12-31", "2023-11-15", " start_month"},
    {"2023-09-01", "2023-12-31", "2023-11-15", " start_month"},
    {"2023-11-01", "2023-12-31", "2023-11-15", ""},
    {"2023-11-01", "2023-11-30", "2023-11-15", ""},
    {"2023-12-01", "2023-12-31", "2023-11-15", ""},
    {"2024-01-01", "2023-12-31", "2023-11-15", " end_month"},
    {"2025-10-01", "2025-12-31", "2023-11-15", ""},
    {"2025-11-01", "2025-12-31", "2023-11-15", " start_month"},
    {"2028-12-01", "2028-11-30", "2023-11-15", " start_month end_month end_month"},
    {"", "2023-12-31", "2023-11-15", " start_month"},
    {"?", "2023-12-31", "2023-11-15", " start_mode"},
    {"?", "", "", " start_mode end_month accept_by"},
};

START_TEST(dates_of_7)
{
    struct offer *offer = make_deal(arena);
    const struct problems *problems;
    const char *start = calendars[_i].start;
    const char *found = "";

    if (start != NULL)
        offer->start_mode = *start == '?' ? START_UNSET : START_IN_MONTH;
    if (start != NULL && *start == '2')
        offer->start_on = make_day(start);
    offer->end_on = *calendars[_i].end == '\0' ? DAY_NONE : make_day(calendars[_i].end);
    offer->accept_by_on =
        *calendars[_i].accept_by == '\0' ? DAY_NONE : make_day(calendars[_i].accept_by);
    problems = submit(offer);
    for (size_t i = 0; i < problems->count; i++)
        found = arena_format(arena, "%s %s", found, problems->list[i].at);
    ck_assert_str_eq(found, calendars[_i].problems);
}
END_TEST

START_TEST(messages_name_the_other_date)
{
    struct offer *offer = make_deal(arena);

    offer->accept_by_on = make_day("2024-01-01");
    only(submit(offer), "accept_by", "31 Dec 2023");
    offer->accept_by_on = make_day("2023-10-15");
    only(submit(offer), "accept_by", "16 Oct 2023");
    offer = make_deal(arena);
    offer->start_mode = START_IN_MONTH;
    offer->start_on = make_day("2024-01-01");
    only(submit(offer), "end_month", "1 Jan 2024");
}
END_TEST

/* The start month is judged by the month, not by 30 days: on the last day of a month too. */
START_TEST(months_turn_with_the_calendar)
{
    struct offer *offer = make_deal(arena);

    offer->start_mode = START_IN_MONTH;
    offer->start_on = make_day("2023-11-01");
    facts.today = make_day("2023-10-31");
    none(submit(offer));
    facts.today = make_day("2023-11-01");
    only(submit(offer), "start_month", "later than this month");
    offer = make_deal(arena);
    offer->end_on = make_day("2024-02-29");
    offer->accept_by_on = make_day("2024-02-29");
    facts.today = make_day("2024-02-29");
    none(submit(offer));
    facts.today = make_day("2024-03-01");
    ck_assert_uint_eq(submit(offer)->count, 2);
}
END_TEST

START_TEST(one_to_ten_rows)
{
    struct offer *offer = make_deal(arena);

    offer->row_count = 0;
    only(submit(offer), "products", "at least one");
    for (int i = 0; i < LIMIT_ROWS; i++) {
        struct plan *plan = make_pro(arena);
        struct offer_row *row;

        plan->id = arena_format(arena, "pro-%d", i);
        row = make_row(offer, arena, plan);
        row->has_discount = true;
        row->discount = make_rate("0.01");
    }
    none(submit(offer));
}
END_TEST

START_TEST(overlaps_told_to_the_isv)
{
    const struct collision collisions[] = {
        {"offer-a", "Northwind FY23", ISV_ID, PARTNER_ID, 1},
        {"offer-b", "Northwind spare", ISV_ID, "20000003", 2},
    };

    facts.collisions = collisions;
    facts.collision_count = 1;
    only(submit(make_deal(arena)), "type-1", "“Northwind FY23” already covers Ledgerline, Pro");
    facts.collision_count = 2;
    const struct problems *problems = submit(make_deal(arena));
    ck_assert_uint_eq(problems->count, 2);
    ck_assert_str_eq(problems->list[0].offer, "offer-a");
    ck_assert_str_eq(problems->list[1].at, "type-2");
    ck_assert_str_eq(problems->list[1].offer, "offer-b");
    ck_assert_ptr_nonnull(strstr(problems->list[1].message, "Northwind spare"));
}
END_TEST

/* D-8: the partner is told whose, only when it is its own. */
START_TEST(overlaps_told_to_the_partner)
{
    const struct collision collisions[] = {
        {"mark-offer", "mark-name", ISV_ID, "20000003", 2},
        {"own-offer", "Own name", ISV_ID, PARTNER_ID, 1},
    };
    const struct problems *problems;

    facts.collisions = collisions;
    facts.collision_count = 1;
    problems = extend(make_priced_deal(arena));
    only(problems, "adjustment-2",
         "Another private offer for this customer overlaps on Harbor Ingest, Ops");
    ck_assert_ptr_null(problems->list[0].offer);
    ck_assert_ptr_null(strstr(problems->list[0].message, "mark"));
    ck_assert_ptr_null(strstr(problems->list[0].message, ISV_ID));
    ck_assert_ptr_null(strstr(problems->list[0].message, "20000003"));
    ck_assert_ptr_null(strstr(problems->list[0].message, "202")); /* no date of any kind */

    facts.collision_count = 2;
    problems = extend(make_priced_deal(arena));
    ck_assert_uint_eq(problems->count, 2);
    ck_assert_ptr_null(problems->list[0].offer);
    ck_assert_str_eq(problems->list[1].at, "adjustment-1");
    ck_assert_ptr_nonnull(strstr(problems->list[1].message, "Own name"));
    ck_assert_str_eq(problems->list[1].offer, "own-offer");
}
END_TEST

START_TEST(everything_wrong_at_the_isv)
{
    static const char *const expected[] = {"account",   "name",       "billing_account",
                                           "seller_id", "start_mode", "end_month",
                                           "accept_by", "products"};
    const struct problems *problems;

    isv.active = false;
    facts.account = NULL;
    facts.partner = NULL;
    problems = submit(make_draft(arena));
    ck_assert_uint_eq(problems->count, COUNT(expected));
    for (size_t i = 0; i < COUNT(expected); i++)
        ck_assert_str_eq(problems->list[i].at, expected[i]);
}
END_TEST

START_TEST(everything_wrong_in_rows_too)
{
    struct offer *offer = make_deal(arena);
    const struct collision collision = {"a", "A", ISV_ID, PARTNER_ID, 2};
    const char *found = "";
    const struct problems *problems;

    offer->rows[0].has_discount = false;
    offer->rows[0].plan->is_public = false;
    offer->rows[1].plan->trial_months = 1;
    make_row(offer, arena, make_pro(arena));
    offer->accept_by_on = make_day("2023-10-15");
    account.active = false;
    facts.collisions = &collision;
    facts.collision_count = 1;
    problems = submit(offer);
    for (size_t i = 0; i < problems->count; i++)
        found = arena_format(arena, "%s %s", found, problems->list[i].at);
    ck_assert_str_eq(found, " billing_account accept_by type-1 discount-1 type-2 discount-3 type-3"
                            " type-2");
}
END_TEST

START_TEST(adjustments_and_caps)
{
    static const struct {
        const char *adjustment; /* of row 1, whose discount is 20; NULL: none */
        bool refused;
    } rows[] = {
        {"0", false},          {"10", false}, {"19.99999999", false}, {"20", false},
        {"20.00000001", true}, {"25", true},  {"999999999", true},    {NULL, true},
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        struct offer *offer = make_priced_deal(arena);

        offer->rows[0].has_adjustment = rows[i].adjustment != NULL;
        if (rows[i].adjustment != NULL)
            offer->rows[0].adjustment = make_rate(rows[i].adjustment);
        if (rows[i].refused)
            only(extend(offer), "adjustment-1",
                 rows[i].adjustment == NULL ? "Enter a customer adjustment for Ledgerline, Pro"
                                            : "at most 20% for Ledgerline, Pro: the adjustment can't exceed the "
                                              "ISV's discount; lower it, or ask Contoso to "
                                              "withdraw the offer and set an absolute price");
        else
            none(extend(offer));
    }
}
END_TEST

START_TEST(absolute_rows_have_no_cap)
{
    struct offer *offer = make_priced_deal(arena);

    offer->rows[1].adjustment = make_rate("999999999.99999999");
    none(extend(offer));
    offer->rows[1].has_adjustment = false;
    only(extend(offer), "adjustment-2", "0 keeps the partner price");
}
END_TEST

/* A plan may get another price point while the offer waits for its partner. */
START_TEST(a_price_that_came_later)
{
    struct offer *offer = make_priced_deal(arena);
    struct offer_row *row = &offer->rows[1];
    struct plan *plan = row->plan;

    make_point(plan, (struct price_point){
                         .id = "meter-x", .kind = POINT_METER, .name = "X", .market = MARKET_US});
    row_attach(arena, row, plan);
    only(extend(offer), "adjustment-2", "has a price that this offer doesn't set");
    only(submit(offer), "type-2", "Enter a price for Meter: X");
    make_own(row, "meter-x", make_amount("0.00"));
    none(extend(offer));
    row->price_count = 0;
    only(extend(offer), "adjustment-2", "can no longer be sold");
}
END_TEST

START_TEST(what_else_the_partner_needs)
{
    struct offer *offer = make_priced_deal(arena);

    offer->prepared_by = "";
    only(extend(offer), "prepared_by", "email address");
    offer = make_priced_deal(arena);
    offer->accept_by_on = make_day("2023-10-16");
    none(extend(offer));
    offer->accept_by_on = make_day("2023-10-15");
    only(extend(offer), "account", "15 Oct 2023");
    /* What is not needed. */
    offer = make_priced_deal(arena);
    offer->partner_contacts = "";
    offer->partner_note = "";
    none(extend(offer));
}
END_TEST

START_TEST(everything_wrong_at_the_partner)
{
    struct offer *offer = make_deal(arena);
    const struct collision collision = {"a", "A", ISV_ID, "20000003", 1};
    const char *found = "";
    const struct problems *problems;

    offer->state = STATE_PENDING_PARTNER;
    offer->rows[1].has_adjustment = false;
    offer->rows[0].has_adjustment = true;
    offer->rows[0].adjustment = make_rate("20.00000001");
    offer->accept_by_on = make_day("2023-10-15");
    partner.tax_status = TAX_NONE;
    account.country = "CA";
    facts.collisions = &collision;
    facts.collision_count = 1;
    problems = extend(offer);
    for (size_t i = 0; i < problems->count; i++)
        found = arena_format(arena, "%s %s", found, problems->list[i].at);
    ck_assert_str_eq(found, " account account account adjustment-1 adjustment-2 prepared_by"
                            " adjustment-1");
}
END_TEST

/* LAW 5: what the ISV wrote for itself, and the customer's name, stay out of what the partner
 * reads. */
START_TEST(messages_to_the_partner_tell_nothing)
{
    static const char *const hidden[] = {"mark-", "Northwind", "CA", "contoso"};
    struct offer *offer = make_deal(arena);
    const struct problems *problems;

    offer->contacts = "mark-me@contoso.example";
    offer->sales_note = "mark-note";
    offer->accept_by_on = make_day("2023-10-15");
    account.country = "CA";
    isv.active = false;
    partner.tax_status = TAX_NONE;
    problems = extend(offer);
    for (size_t i = 0; i < problems->count; i++) {
        for (size_t k = 0; k < COUNT(hidden); k++)
            ck_assert_ptr_null(strstr(problems->list[i].message, hidden[k]));
    }
}
END_TEST

START_TEST(checks_change_nothing)
{
    struct offer *offer = make_priced_deal(arena);
    struct offer before;

    memcpy(&before, offer, sizeof before);
    (void)submit(offer);
    (void)extend(offer);
    ck_assert_int_eq(memcmp(&before, offer, sizeof before), 0);
}
END_TEST

Suite *
check_suite(void)
{
    Suite *suite = suite_create("check");
    TCase *whole = tcase_create("whole");
    TCase *parties = tcase_create("parties");
    TCase *dates = tcase_create("dates");
    TCase *rows = tcase_create("rows");

    tcase_add_checked_fixture(whole, setup, teardown);
    tcase_add_test(whole, the_deal_passes_both);
    tcase_add_test(whole, everything_wrong_at_the_isv);
    tcase_add_test(whole, everything_wrong_in_rows_too);
    tcase_add_test(whole, everything_wrong_at_the_partner);
    tcase_add_test(whole, messages_to_the_partner_tell_nothing);
    tcase_add_test(whole, checks_change_nothing);
    suite_add_tcase(suite, whole);

    tcase_add_checked_fixture(parties, setup, teardown);
    tcase_add_test(parties, prerequisites_of_the_isv);
    tcase_add_test(parties, a_name_is_needed);
    tcase_add_test(parties, billing_accounts);
    tcase_add_test(parties, partners);
    tcase_add_test(parties, overlaps_told_to_the_isv);
    tcase_add_test(parties, overlaps_told_to_the_partner);
    suite_add_tcase(suite, parties);

    tcase_add_checked_fixture(dates, setup, teardown);
    tcase_add_loop_test(dates, dates_of_7, 0, (int)COUNT(calendars));
    tcase_add_test(dates, messages_name_the_other_date);
    tcase_add_test(dates, months_turn_with_the_calendar);
    suite_add_tcase(suite, dates);

    tcase_add_checked_fixture(rows, setup, teardown);
    tcase_add_test(rows, one_to_ten_rows);
    tcase_add_test(rows, adjustments_and_caps);
    tcase_add_test(rows, absolute_rows_have_no_cap);
    tcase_add_test(rows, a_price_that_came_later);
    tcase_add_test(rows, what_else_the_partner_needs);
    suite_add_tcase(suite, rows);
    return suite;
}

/*
 * purchase_test.c: LAW 11, D-31: the three clocks, who is told what, refunds and who may leave.
 * Which moves there are is golden_test.c's; what time brings, purchase_time_test.c's.
 *
 * Days are counted on a calendar, not taken from the code.
 */
#include "make_offer.h"
#include "make_purchase.h"

#include <check.h>
#include <string.h>

Suite *purchase_suite(void);

#define LOG_BYTES 4096

static struct arena *arena;
static struct buffer brought;

static void
setup(void)
{
    arena = arena_open(LIMIT_ARENA_BYTES);
    buffer_open(&brought, LOG_BYTES);
}

static void
teardown(void)
{
    buffer_close(&brought);
    arena_close(arena);
}

static const char *
iso(struct day day)
{
    return day_iso(arena, day);
}

static void
brings(struct purchase *purchase, const char *through, const char *expected)
{
    buffer_clear(&brought);
    make_time(purchase, make_day(through), &brought);
    ck_assert_str_eq(brought.data, expected);
}

/* ---- The three clocks (LAW 11) -------------------------------------------------------------- */

static void
clock_runs_through(const struct purchase *purchase, enum purchase_state state, const char *last,
                   const char *over, enum purchase_ending ending)
{
    ck_assert_str_eq(iso(purchase_clock_on(purchase)), last);
    ck_assert_int_eq(purchase_state_on(purchase, make_day(last)), state);
    ck_assert_int_eq(purchase_ending_on(purchase, make_day(last)), PURCHASE_RUNNING);
    ck_assert_int_eq(purchase_state_on(purchase, make_day(over)), PURCHASE_UNSUBSCRIBED);
    ck_assert_int_eq(purchase_ending_on(purchase, make_day(over)), ending);
    ck_assert_int_eq(purchase_next(purchase).what, DUE_LAPSE);
    ck_assert_str_eq(iso(purchase_next(purchase).on), over);
}

static void
refused(const struct purchase *purchase, enum purchase_move move, enum party by, const char *at,
        enum err expected)
{
    struct purchase tried;

    memcpy(&tried, purchase, sizeof tried);
    ck_assert_int_eq(purchase_check_move(&tried, move, by, day_of(make_at(at))), expected);
    ck_assert_int_eq(purchase_advance(&tried, move, by, make_at(at)), expected);
    ck_assert_mem_eq(&tried, purchase, sizeof tried);
}

static void
made(struct purchase *purchase, enum purchase_move move, enum party by, const char *at)
{
    ck_assert_int_eq(purchase_check_move(purchase, move, by, day_of(make_at(at))), OK);
    ck_assert_int_eq(purchase_advance(purchase, move, by, make_at(at)), OK);
}

/* Days, not hours: bought a second before midnight it has through 19 November as well. */
START_TEST(thirty_days_to_configure)
{
    struct purchase purchase;

    make_purchase(PURCHASE_SAAS, &purchase);
    clock_runs_through(&purchase, PURCHASE_PENDING, "2023-11-19", "2023-11-20",
                       PURCHASE_NEVER_CONFIGURED);
    purchase.bought_at = make_at("2023-10-20 23:59:59");
    ck_assert_str_eq(iso(purchase_clock_on(&purchase)), "2023-11-19");
    purchase.bought_at = make_at("2023-10-20 00:00:00");
    ck_assert_str_eq(iso(purchase_clock_on(&purchase)), "2023-11-19");

    refused(&purchase, PURCHASE_CONFIGURE, PARTY_CUSTOMER, "2023-11-20 00:00:00", ERR_CLOSED);
    refused(&purchase, PURCHASE_CANCEL, PARTY_CUSTOMER, "2023-11-20 00:00:00", ERR_CLOSED);
    made(&purchase, PURCHASE_CONFIGURE, PARTY_CUSTOMER, "2023-11-19 23:59:59");
    ck_assert_int_eq(purchase.state, PURCHASE_PENDING);
    ck_assert_int_eq(purchase.configured_at, make_at("2023-11-19 23:59:59"));

    make_purchase(PURCHASE_SAAS, &purchase);
    brings(&purchase, "2023-11-19", "");
    brings(&purchase, "2030-01-01", "lapse 2023-11-20\n");
    ck_assert_int_eq(purchase.ending, PURCHASE_NEVER_CONFIGURED);
    ck_assert_int_eq(purchase.ended_at, make_at("2023-11-20 00:00:00"));
}
END_TEST

/* It counts from the configuration, however late that came. */
START_TEST(thirty_days_to_activate)
{
    struct purchase purchase;

    make_purchase_in(PURCHASE_SAAS, PURCHASE_PENDING, &purchase); /* configured on the 21st */
    clock_runs_through(&purchase, PURCHASE_PENDING, "2023-11-20", "2023-11-21",
                       PURCHASE_NEVER_ACTIVATED);
    purchase.configured_at = make_at("2023-11-19 23:59:59");
    clock_runs_through(&purchase, PURCHASE_PENDING, "2023-12-19", "2023-12-20",
                       PURCHASE_NEVER_ACTIVATED);
    refused(&purchase, PURCHASE_ACTIVATE, PARTY_ISV, "2023-12-20 00:00:00", ERR_CLOSED);
    made(&purchase, PURCHASE_ACTIVATE, PARTY_ISV, "2023-12-19 23:59:59");
    ck_assert_int_eq(purchase.state, PURCHASE_SUBSCRIBED);
    ck_assert(day_is_none(purchase_clock_on(&purchase)));

    make_purchase_in(PURCHASE_SAAS, PURCHASE_PENDING, &purchase);
    brings(&purchase, "2030-01-01", "lapse 2023-11-21\n");
    ck_assert_int_eq(purchase.ending, PURCHASE_NEVER_ACTIVATED);
}
END_TEST

/* From 10 February 2024, a leap year: 19 days to the 29th, and 11 of March. */
START_TEST(thirty_days_to_pay)
{
    struct purchase purchase;

    make_purchase_in(PURCHASE_SAAS, PURCHASE_SUSPENDED, &purchase);
    clock_runs_through(&purchase, PURCHASE_SUSPENDED, "2024-03-11", "2024-03-12",
                       PURCHASE_NEVER_PAID);
    refused(&purchase, PURCHASE_RECEIVE_PAYMENT, PARTY_OPERATOR, "2024-03-12 00:00:00", ERR_CLOSED);
    refused(&purchase, PURCHASE_CANCEL, PARTY_ISV, "2024-03-12 00:00:00", ERR_CLOSED);
    made(&purchase, PURCHASE_RECEIVE_PAYMENT, PARTY_OPERATOR, "2024-03-11 23:59:59");
    ck_assert_int_eq(purchase.state, PURCHASE_SUBSCRIBED);
    /* another failure starts another clock */
    made(&purchase, PURCHASE_FAIL_PAYMENT, PARTY_OPERATOR, "2024-03-12 09:00:00");
    ck_assert_str_eq(iso(purchase_clock_on(&purchase)), "2024-04-11");
}
END_TEST

/* ---- Moves ---------------------------------------------------------------------------------- */

START_TEST(who_is_told_what)
{
    struct purchase purchase;

    make_purchase(PURCHASE_SAAS, &purchase);
    refused(&purchase, PURCHASE_ACTIVATE, PARTY_ISV, "2023-10-21 09:00:00", ERR_CLOSED);
    refused(&purchase, PURCHASE_ACTIVATE, PARTY_CUSTOMER, "2023-10-21 09:00:00", ERR_DENIED);
    refused(&purchase, PURCHASE_CONFIGURE, PARTY_ISV, "2023-10-21 09:00:00", ERR_DENIED);
    refused(&purchase, PURCHASE_CANCEL, PARTY_ISV, "2023-10-21 09:00:00", ERR_DENIED);
    refused(&purchase, PURCHASE_FAIL_PAYMENT, PARTY_OPERATOR, "2023-10-21 09:00:00", ERR_CLOSED);
    made(&purchase, PURCHASE_CONFIGURE, PARTY_CUSTOMER, "2023-10-21 09:00:00");
    refused(&purchase, PURCHASE_CONFIGURE, PARTY_CUSTOMER, "2023-10-22 09:00:00", ERR_CLOSED);

    made(&purchase, PURCHASE_ACTIVATE, PARTY_ISV, "2023-10-23 15:30:00");
    refused(&purchase, PURCHASE_ACTIVATE, PARTY_ISV, "2023-10-23 15:30:01", ERR_CLOSED);
    refused(&purchase, PURCHASE_FAIL_PAYMENT, PARTY_CUSTOMER, "2023-10-24 09:00:00", ERR_DENIED);
    refused(&purchase, PURCHASE_RECEIVE_PAYMENT, PARTY_OPERATOR, "2023-10-24 09:00:00", ERR_CLOSED);
    made(&purchase, PURCHASE_FAIL_PAYMENT, PARTY_OPERATOR, "2023-11-24 09:00:00");
    refused(&purchase, PURCHASE_ACTIVATE, PARTY_ISV, "2023-11-25 09:00:00", ERR_CLOSED);
    refused(&purchase, PURCHASE_CHANGE, PARTY_CUSTOMER, "2023-11-25 09:00:00", ERR_CLOSED);
    refused(&purchase, PURCHASE_REPORT, PARTY_ISV, "2023-11-25 09:00:00", ERR_CLOSED);
    made(&purchase, PURCHASE_CANCEL, PARTY_ISV, "2023-11-25 09:00:00");
    ck_assert_int_eq(purchase.ending, PURCHASE_CANCELLED_BY_ISV);
    refused(&purchase, PURCHASE_ACTIVATE, PARTY_ISV, "2023-11-26 09:00:00", ERR_CLOSED);
    refused(&purchase, PURCHASE_CANCEL, PARTY_CUSTOMER, "2023-11-26 09:00:00", ERR_CLOSED);
}
END_TEST

/* A term that is over is over for everybody from its day on, written or not (LAW D-18). */
START_TEST(no_move_after_the_term)
{
    struct purchase purchase;

    make_purchase_in(PURCHASE_SAAS, PURCHASE_SUBSCRIBED, &purchase);
    purchase.recurring = false;
    ck_assert(purchase_may(&purchase, PURCHASE_CANCEL, PARTY_CUSTOMER, make_day("2024-10-22")));
    refused(&purchase, PURCHASE_CANCEL, PARTY_CUSTOMER, "2024-10-23 00:00:00", ERR_CLOSED);
    refused(&purchase, PURCHASE_RECUR, PARTY_CUSTOMER, "2024-10-23 00:00:00", ERR_CLOSED);
    refused(&purchase, PURCHASE_REPORT, PARTY_ISV, "2024-10-23 00:00:00", ERR_CLOSED);
}
END_TEST

START_TEST(activation_begins_billing_and_term)
{
    struct purchase purchase;

    make_purchase_in(PURCHASE_SAAS, PURCHASE_PENDING, &purchase);
    ck_assert_int_eq(purchase_next(&purchase).what, DUE_LAPSE);
    ck_assert(day_is_none(purchase.anchor_on));
    made(&purchase, PURCHASE_ACTIVATE, PARTY_ISV, "2023-10-23 15:30:00");
    ck_assert_int_eq(purchase.activated_at, make_at("2023-10-23 15:30:00"));
    ck_assert_str_eq(iso(purchase.anchor_on), "2023-10-23");
    ck_assert_str_eq(iso(purchase.usage_on), "2023-10-01");
    ck_assert_int_eq(purchase_next(&purchase).what, DUE_PAYMENT);
    ck_assert_str_eq(iso(purchase_next(&purchase).on), "2023-10-23");

    make_purchase(PURCHASE_RESERVATION, &purchase); /* deployed at once, without meters */
    ck_assert_str_eq(iso(purchase.anchor_on), "2023-10-20");
    ck_assert(day_is_none(purchase.usage_on));
    brings(&purchase, "2024-10-20", "payment 2023-10-20\nrenewal 2024-10-20\npayment 2024-10-20\n");
}
END_TEST

/* Never activated, it is never billed. */
START_TEST(cancelled_while_pending)
{
    struct purchase purchase;

    make_purchase_in(PURCHASE_SAAS, PURCHASE_PENDING, &purchase);
    made(&purchase, PURCHASE_CANCEL, PARTY_CUSTOMER, "2023-10-22 09:00:00");
    ck_assert_int_eq(purchase.ending, PURCHASE_CANCELLED_BY_CUSTOMER);
    ck_assert_int_eq(purchase.ended_at, make_at("2023-10-22 09:00:00"));
    ck_assert_int_eq(purchase_next(&purchase).what, DUE_NOTHING);
    ck_assert_ptr_null(purchase_cancel_refusal(&purchase, make_at("2024-10-22 09:00:00")));
}
END_TEST

START_TEST(what_is_metered)
{
    static const struct {
        enum purchase_kind kind;
        enum pricing_model model;
        bool metered;
    } rows[] = {
        {PURCHASE_SAAS, MODEL_FLAT_RATE, true}, {PURCHASE_SAAS, MODEL_PER_USER, false},
        {PURCHASE_VM, MODEL_VM_FLAT, true},     {PURCHASE_VM, MODEL_VM_MARKET, true},
        {PURCHASE_APP, MODEL_APP, true},        {PURCHASE_RESERVATION, MODEL_VM_SIZE, false},
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        struct purchase purchase;

        make_purchase(rows[i].kind, &purchase);
        purchase.model = rows[i].model;
        ck_assert_int_eq(purchase_metered(&purchase), rows[i].metered);
    }
}
END_TEST

/* ---- Leaving (LAW D-31) --------------------------------------------------------------------- */

START_TEST(seventy_two_hours_to_the_second)
{
    struct purchase purchase;

    make_purchase(PURCHASE_SAAS, &purchase); /* on the 20th at 09:00:00 */
    ck_assert_int_eq(purchase_refund_until(&purchase), make_at("2023-10-23 09:00:00"));
    ck_assert(purchase_refunds(&purchase, make_at("2023-10-20 09:00:00")));
    ck_assert(purchase_refunds(&purchase, make_at("2023-10-23 09:00:00")));
    ck_assert(!purchase_refunds(&purchase, make_at("2023-10-23 09:00:01")));
}
END_TEST

START_TEST(who_may_leave)
{
    static const struct {
        int term, payment;
        int paid; /* months */
        bool may;
    } rows[] = {
        {1, 0, 1, true},    {12, 0, 12, true},  {12, 1, 1, true},    {24, 0, 24, true},
        {24, 1, 1, false},  {24, 1, 23, false}, {24, 1, 24, true},   {24, 12, 12, false},
        {24, 12, 24, true}, {36, 0, 36, true},  {36, 12, 24, false}, {36, 1, 35, false},
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        struct purchase purchase;
        bool may;

        make_term(&purchase, rows[i].term, rows[i].payment, "2023-10-23");
        purchase.paid_months = rows[i].paid;
        ck_assert_ptr_null(purchase_cancel_refusal(&purchase, make_at("2023-10-26 00:00:00")));
        may = purchase_cancel_refusal(&purchase, make_at("2023-10-26 00:00:01")) == NULL;
        ck_assert_int_eq(may, rows[i].may);
        /* not having paid is no way out */
        made(&purchase, PURCHASE_FAIL_PAYMENT, PARTY_OPERATOR, "2023-10-27 00:00:00");
        may = purchase_cancel_refusal(&purchase, make_at("2023-10-27 00:00:01")) == NULL;
        ck_assert_int_eq(may, rows[i].may);
    }
}
END_TEST

START_TEST(who_may_leave_whatever_the_term)
{
    struct purchase purchase;

    make_purchase(PURCHASE_RESERVATION, &purchase);
    ck_assert_ptr_nonnull(purchase_cancel_refusal(&purchase, purchase.bought_at));
    make_purchase(PURCHASE_VM, &purchase);
    ck_assert_ptr_null(purchase_cancel_refusal(&purchase, make_at("2025-01-01 00:00:00")));
    make_purchase(PURCHASE_APP, &purchase);
    ck_assert_ptr_null(purchase_cancel_refusal(&purchase, make_at("2025-01-01 00:00:00")));
    make_purchase_in(PURCHASE_SAAS, PURCHASE_PENDING, &purchase);
    purchase.term_months = 36;
    purchase.payment_months = 1;
    ck_assert_ptr_null(purchase_cancel_refusal(&purchase, make_at("2023-11-01 00:00:00")));
}
END_TEST

START_TEST(numbers_of_users)
{
    static const struct {
        int64_t min, max, users;
        bool fits;
    } rows[] = {
        {20, 100, 19, false}, {20, 100, 20, true}, {20, 100, 100, true},  {20, 100, 101, false},
        {1, 0, 0, false},     {1, 0, 1, true},     {1, 0, 1000000, true}, {1, 0, 1000001, false},
        {5, 5, 5, true},      {1, 0, -1, false},
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        struct purchase purchase;

        make_purchase(PURCHASE_SAAS, &purchase);
        purchase.min_users = rows[i].min;
        purchase.max_users = rows[i].max;
        ck_assert_int_eq(purchase_users_fit(&purchase, rows[i].users), rows[i].fits);
    }
}
END_TEST

/* ---- Words ---------------------------------------------------------------------------------- */

START_TEST(stored_words_read_back)
{
    enum purchase_kind kind;
    enum purchase_state state;
    enum purchase_ending ending;
    enum purchase_event_kind event;

    for (int i = 0; i < PURCHASE_KIND_COUNT; i++) {
        ck_assert_int_eq(purchase_kind_read(purchase_kind_text((enum purchase_kind)i), &kind), OK);
        ck_assert_int_eq(kind, i);
    }
    for (int i = 0; i < PURCHASE_STATE_COUNT; i++) {
        ck_assert_int_eq(purchase_state_read(purchase_state_text((enum purchase_state)i), &state),
                         OK);
        ck_assert_int_eq(state, i);
    }
    for (int i = 0; i < PURCHASE_ENDING_COUNT; i++) {
        ck_assert_int_eq(
            purchase_ending_read(purchase_ending_text((enum purchase_ending)i), &ending), OK);
        ck_assert_int_eq(ending, i);
    }
    for (int i = 0; i < PURCHASE_EVENT_COUNT; i++) {
        ck_assert_int_eq(
            purchase_event_read(purchase_event_text((enum purchase_event_kind)i), &event), OK);
        ck_assert_int_eq(event, i);
        ck_assert_str_ne(purchase_event_words((enum purchase_event_kind)i), "");
    }
    ck_assert_int_eq(purchase_kind_read("hardware", &kind), ERR_BROKEN);
    ck_assert_int_eq(purchase_state_read("Subscribed", &state), ERR_BROKEN);
    ck_assert_int_eq(purchase_ending_read("bored", &ending), ERR_BROKEN);
    ck_assert_int_eq(purchase_event_read("", &event), ERR_BROKEN);
}
END_TEST

START_TEST(words_on_the_screen)
{
    ck_assert_str_eq(purchase_state_words(PURCHASE_PENDING), "PendingFulfillmentStart");
    ck_assert_str_eq(purchase_state_words(PURCHASE_SUBSCRIBED), "Subscribed");
    ck_assert_str_eq(purchase_state_words(PURCHASE_SUSPENDED), "Suspended");
    ck_assert_str_eq(purchase_state_words(PURCHASE_UNSUBSCRIBED), "Unsubscribed");
    ck_assert_str_eq(purchase_verb(PURCHASE_SAAS), "Subscribe");
    ck_assert_str_eq(purchase_verb(PURCHASE_VM), "Deploy");
    ck_assert_str_eq(purchase_verb(PURCHASE_APP), "Deploy");
    ck_assert_str_eq(purchase_verb(PURCHASE_RESERVATION), "Buy");
}
END_TEST

Suite *
purchase_suite(void)
{
    Suite *suite = suite_create("purchase");
    TCase *moves = tcase_create("moves");

    tcase_add_checked_fixture(moves, setup, teardown);
    tcase_add_test(moves, thirty_days_to_configure);
    tcase_add_test(moves, thirty_days_to_activate);
    tcase_add_test(moves, thirty_days_to_pay);
    tcase_add_test(moves, who_is_told_what);
    tcase_add_test(moves, no_move_after_the_term);
    tcase_add_test(moves, activation_begins_billing_and_term);
    tcase_add_test(moves, cancelled_while_pending);
    tcase_add_test(moves, what_is_metered);
    tcase_add_test(moves, seventy_two_hours_to_the_second);
    tcase_add_test(moves, who_may_leave);
    tcase_add_test(moves, who_may_leave_whatever_the_term);
    tcase_add_test(moves, numbers_of_users);
    tcase_add_test(moves, stored_words_read_back);
    tcase_add_test(moves, words_on_the_screen);
    suite_add_tcase(suite, moves);
    return suite;
}

/*
 * handovers_test.c: links that hand over a billing account ID belong to its organisation's people,
 * and end once; what operators changed of an account stays in its order.
 */
#include <check.h>

#include "base/text.h"
#include "store/account_events.h"
#include "store/accounts.h"
#include "store/handovers.h"
#include "support/deal_market.h"

#define NOW 1000
#define END 2000

static struct deal_market market;
static struct db *db;
static struct arena *arena;

static void
link_make(const char *key, int64_t expires_at)
{
    const struct handover handover = {key, DEAL_ACCOUNT, "reader", NOW, expires_at};

    ck_assert_int_eq(handover_insert(db, DEAL_ORGANISATION, &handover), OK);
}

static void
setup(void)
{
    deal_market_open(&market, NULL);
    arena = market.temp.arena;
    db = temp_write(&market.temp);
    link_make("k1", END);
}

static void
teardown(void)
{
    temp_keep(&market.temp, db);
    deal_market_close(&market);
}

static enum handover_state
state_at(const char *key, int64_t now)
{
    enum handover_state state = HANDOVER_OPEN;
    struct handover handover;

    ck_assert_int_eq(handover_find(db, arena, key, now, &handover, &state), OK);
    ck_assert_str_eq(handover.billing_account, DEAL_ACCOUNT);
    ck_assert_str_eq(handover.person, "reader");
    ck_assert_int_eq(handover.created_at, NOW);
    return state;
}

static size_t
open_at(const char *organisation, int64_t now)
{
    struct handovers_open open;

    ck_assert_int_eq(handovers_open_of(db, arena, organisation, DEAL_ACCOUNT, now, &open), OK);
    return open.count;
}

START_TEST(a_link_is_made_by_who_has_a_role)
{
    const struct handover foreign = {"k2", DEAL_ACCOUNT, "stranger", NOW, END};
    const struct handover unknown = {"k2", "7123456", "reader", NOW, END};
    const struct handover own = {"k2", DEAL_ACCOUNT, "reader", NOW, END};
    struct handover handover;
    enum handover_state state;

    ck_assert_int_eq(handover_insert(db, "elsewhere", &foreign), ERR_DENIED);
    ck_assert_int_eq(handover_insert(db, DEAL_ORGANISATION, &foreign), ERR_DENIED);
    ck_assert_int_eq(handover_insert(db, "elsewhere", &own), ERR_DENIED);
    ck_assert_int_eq(handover_insert(db, DEAL_ORGANISATION, &unknown), ERR_DENIED);
    ck_assert_int_eq(handover_find(db, arena, "k2", NOW, &handover, &state), ERR_ABSENT);
}
END_TEST

START_TEST(a_link_is_open_until_it_expires)
{
    ck_assert_int_eq(state_at("k1", END - 1), HANDOVER_OPEN);
    ck_assert_int_eq(state_at("k1", END), HANDOVER_EXPIRED);
    ck_assert_uint_eq(open_at(DEAL_ORGANISATION, END - 1), 1);
    ck_assert_uint_eq(open_at(DEAL_ORGANISATION, END), 0);
    ck_assert_uint_eq(open_at("elsewhere", NOW), 0);
    ck_assert_int_eq(handover_use(db, "k1", DEAL_ISV, "none", END), ERR_GONE);
    ck_assert_int_eq(handover_withdraw(db, DEAL_ORGANISATION, "owner", "k1", END), ERR_ABSENT);
}
END_TEST

START_TEST(open_links_come_by_their_end)
{
    struct handovers_open open;

    link_make("k2", END - 5);
    link_make("k3", END + 5);
    ck_assert_int_eq(handovers_open_of(db, arena, DEAL_ORGANISATION, DEAL_ACCOUNT, NOW, &open), OK);
    ck_assert_uint_eq(open.count, 3);
    ck_assert_str_eq(open.rows[0].key, "k2");
    ck_assert_str_eq(open.rows[1].key, "k1");
    ck_assert_str_eq(open.rows[2].key, "k3");
    ck_assert_int_eq(open.rows[2].expires_at, END + 5);
    ck_assert_str_ne(open.rows[0].person_name, "");
}
END_TEST

START_TEST(a_link_is_used_once)
{
    const char *draft;

    temp_keep(&market.temp, db);
    draft = deal_make(&market, DEAL_DRAFTED);
    db = temp_write(&market.temp);
    ck_assert_int_eq(handover_use(db, "k9", DEAL_ISV, draft, NOW), ERR_GONE);
    ck_assert_int_eq(handover_use(db, "k1", DEAL_ISV, draft, NOW), OK);
    ck_assert_int_eq(state_at("k1", NOW), HANDOVER_USED);
    ck_assert_int_eq(state_at("k1", END), HANDOVER_USED); /* which came first */
    ck_assert_int_eq(handover_use(db, "k1", DEAL_OTHER_ISV, draft, NOW), ERR_GONE);
    ck_assert_int_eq(handover_withdraw(db, DEAL_ORGANISATION, "owner", "k1", NOW), ERR_ABSENT);
    ck_assert_uint_eq(open_at(DEAL_ORGANISATION, NOW), 0);
}
END_TEST

START_TEST(a_link_is_withdrawn_by_who_has_a_role)
{
    ck_assert_int_eq(handover_withdraw(db, "elsewhere", "stranger", "k1", NOW), ERR_ABSENT);
    ck_assert_int_eq(handover_withdraw(db, DEAL_ORGANISATION, "stranger", "k1", NOW), ERR_ABSENT);
    ck_assert_int_eq(handover_withdraw(db, "elsewhere", "owner", "k1", NOW), ERR_ABSENT);
    ck_assert_int_eq(state_at("k1", NOW), HANDOVER_OPEN);
    ck_assert_int_eq(handover_withdraw(db, DEAL_ORGANISATION, "owner", "k1", NOW), OK);
    ck_assert_int_eq(state_at("k1", NOW), HANDOVER_WITHDRAWN);
    ck_assert_int_eq(handover_withdraw(db, DEAL_ORGANISATION, "owner", "k1", NOW), ERR_ABSENT);
    ck_assert_int_eq(handover_use(db, "k1", DEAL_ISV, "none", NOW), ERR_GONE);
}
END_TEST

static void
append(const char *account, const char *field, int64_t at)
{
    const struct account_event event = {.at = at,
                                        .person = "owner",
                                        .person_name = "Somebody",
                                        .field = field,
                                        .before = "a",
                                        .after = "b"};

    ck_assert_int_eq(
        account_event_append(db, market.temp.arena, &world_real, ACCOUNT_BILLING, account, &event),
        OK);
}

START_TEST(account_events_are_numbered_and_come_newest_first)
{
    struct account_events events;
    int64_t last = -1;

    ck_assert_int_eq(account_event_last(db, ACCOUNT_BILLING, "x", &last), OK);
    ck_assert_int_eq(last, 0);
    append("x", "Country", 20);
    append("y", "Name", 21);
    append("x", "Active", 20);
    ck_assert_int_eq(account_event_last(db, ACCOUNT_BILLING, "x", &last), OK);
    ck_assert_int_eq(last, 2);
    ck_assert_int_eq(account_events_of(db, arena, ACCOUNT_BILLING, "x", &events), OK);
    ck_assert_uint_eq(events.count, 2);
    ck_assert_str_eq(events.rows[0].field, "Active");
    ck_assert_int_eq(events.rows[0].number, 2);
    ck_assert_str_eq(events.rows[1].field, "Country");
    ck_assert_int_eq(events.rows[1].at, 20);
    ck_assert_str_eq(events.rows[1].person, "owner");
    ck_assert_str_eq(events.rows[1].person_name, "Somebody");
    ck_assert_str_eq(events.rows[1].before, "a");
    ck_assert_str_eq(events.rows[1].after, "b");
}
END_TEST

START_TEST(a_history_shows_so_many_events)
{
    struct account_events events;

    for (int i = 0; i <= LIMIT_EVENTS; i++)
        append("x", arena_format(arena, "Field %d", i), i);
    ck_assert_int_eq(account_events_of(db, arena, ACCOUNT_BILLING, "x", &events), OK);
    ck_assert_uint_eq(events.count, LIMIT_EVENTS);
    ck_assert_str_eq(events.rows[0].field, "Field 200");
    ck_assert_str_eq(events.rows[LIMIT_EVENTS - 1].field, "Field 1");
}
END_TEST

Suite *
handovers_suite(void)
{
    Suite *suite = suite_create("handovers");
    TCase *cases = tcase_create("handovers");

    tcase_add_checked_fixture(cases, setup, teardown);
    tcase_add_test(cases, a_link_is_made_by_who_has_a_role);
    tcase_add_test(cases, a_link_is_open_until_it_expires);
    tcase_add_test(cases, open_links_come_by_their_end);
    tcase_add_test(cases, a_link_is_used_once);
    tcase_add_test(cases, a_link_is_withdrawn_by_who_has_a_role);
    tcase_add_test(cases, account_events_are_numbered_and_come_newest_first);
    tcase_add_test(cases, a_history_shows_so_many_events);
    suite_add_tcase(suite, cases);
    return suite;
}

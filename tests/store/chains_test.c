/*
 * chains_test.c: whatever is done to a stored history shows, and where it was done (LAW 5.1).
 *
 * The offer is that of LAW 20, accepted: events 1 created, 2 to 4 edited, 5 submitted, 6 offered, 7
 * priced, 8 sent, 9 extended, 10 accepted.
 */
#include <check.h>
#include <string.h>

#include "base/text.h"
#include "store/account_events.h"
#include "store/chain_checks.h"
#include "store/chains.h"
#include "store/driver_sqlite.h"
#include "store/families.h"
#include "support/play.h"

#define EVENTS 10

static struct deal_market market;
static const char *offer;

static void
setup(void)
{
    deal_market_open(&market, NULL);
    offer = deal_make(&market, DEAL_ACCEPTED);
}

static void
teardown(void)
{
    deal_market_close(&market);
}

/* What somebody does who can write into the file. */
static void
tamper(const char *sql)
{
    struct connection *connection = NULL;

    ck_assert_int_eq(driver_sqlite.open(market.temp.path, DRIVER_WRITE, &connection), OK);
    ck_assert_int_eq(driver_sqlite.script(connection, "PRAGMA foreign_keys = OFF"), OK);
    ck_assert_int_eq(driver_sqlite.script(connection, sql), OK);
    driver_sqlite.close(connection);
}

/* What was heard: the first broken history, and the head of the last whole one. */
struct heard {
    const char *broken;
    int64_t at;
    const char *subject;
    int64_t count;
    const char *link;
};

static void
hear(void *context, const struct chain_report *report)
{
    struct heard *heard = context;

    if (report->problem != NULL && heard->broken == NULL) {
        heard->broken = arena_text(market.temp.arena, report->subject);
        heard->at = report->count;
    } else if (report->problem == NULL) {
        heard->subject = arena_text(market.temp.arena, report->subject);
        heard->count = report->count;
        heard->link = arena_text(market.temp.arena, report->link);
    }
}

static struct chain_totals
check_all(struct heard *heard)
{
    const struct chain_listener listener = {heard, hear};
    struct chain_totals totals;

    *heard = (struct heard){0};
    ck_assert_int_eq(chains_check(market.temp.reader, market.temp.arena, &listener, &totals), OK);
    return totals;
}

START_TEST(a_history_is_whole_and_has_a_head)
{
    struct heard heard;
    struct chain_totals totals = check_all(&heard);

    ck_assert_int_eq(totals.broken, 0);
    ck_assert_int_eq(totals.subjects, 1);
    ck_assert_str_eq(heard.subject, arena_format(market.temp.arena, "offer %s", offer));
    ck_assert_int_eq(heard.count, EVENTS);
    ck_assert_uint_eq(strlen(heard.link), DIGEST_HEX_CHARS);
    ck_assert_uint_eq(strlen(totals.digest), DIGEST_HEX_CHARS);
}
END_TEST

#define NUMBER_DOWN(table, from)                                     \
    "UPDATE " table " SET number = -number WHERE number > " from ";" \
    "UPDATE " table " SET number = -number - 1 WHERE number < 0;"
#define SWAP(table, a, b)                                       \
    "UPDATE " table " SET number = -1 WHERE number = " a ";"    \
    "UPDATE " table " SET number = " a " WHERE number = " b ";" \
    "UPDATE " table " SET number = " b " WHERE number = -1;"
#define NOTHING_OF(number)                               \
    "DELETE FROM event WHERE number = " number ";"       \
    "DELETE FROM event_field WHERE number = " number ";" \
    "DELETE FROM seal WHERE number = " number ";"        \
    "DELETE FROM chain_link WHERE number = " number ";"
#define ANOTHER_EVENT(number)                                                                     \
    "INSERT INTO event SELECT offer, " number ", at, kind, party, account, account_name, person," \
    " person_name, partner, note FROM event WHERE number = 5;"

static const struct {
    const char *sql;
    int64_t at; /* the first wrong event */
} deeds[] = {
    /* altered */
    {"UPDATE event SET at = at + 1 WHERE number = 5", 5},
    {"UPDATE event SET kind = 'withdrawn' WHERE number = 5", 5},
    {"UPDATE event SET kind = 'no such kind' WHERE number = 5", 5},
    {"UPDATE event SET party = 'isv' WHERE number = 8", 8},
    {"UPDATE event SET account = 'x' WHERE number = 10", 10},
    {"UPDATE event SET account_name = 'x' WHERE number = 10", 10},
    {"UPDATE event SET person = 'x' WHERE number = 1", 1},
    {"UPDATE event SET person_name = person_name || ' ' WHERE number = 10", 10},
    {"UPDATE event SET note = 'x' WHERE number = 8", 8},
    {"UPDATE event SET partner = '20000003' WHERE number = 7", 7},
    {"UPDATE event_field SET field = 'sales_note' WHERE number = 7 AND position = 0", 7},
    {"UPDATE event_field SET field = 'no such field' WHERE number = 7 AND position = 0", 7},
    {"UPDATE event_field SET pricing_row = pricing_row + 1 WHERE number = 7 AND position = 0", 7},
    {"UPDATE event_field SET point = 'x' WHERE number = 7 AND position = 0", 7},
    {"UPDATE event_field SET before = 'x' WHERE number = 7 AND position = 0", 7},
    {"UPDATE event_field SET after = after || '0' WHERE number = 7 AND position = 1", 7},
    {"UPDATE seal SET salt = salt || 'x' WHERE number = 6", 6},
    {"UPDATE chain_link SET link = (SELECT link FROM chain_link WHERE number = 5 AND chain = 'all')"
     " WHERE number = 6 AND chain = 'all'",
     6},
    {"UPDATE chain_link SET link = '' WHERE number = 6 AND chain = 'isv'", 6},
    {"UPDATE chain_link SET link = '' WHERE number = 7 AND chain = 'partner 20000002'", 7},
    {"UPDATE chain_link SET link = '' WHERE number = 9 AND chain = 'customer'", 9},
    /* deleted */
    {"DELETE FROM event WHERE number = 4", 4},
    {NOTHING_OF("4"), 4},
    {NOTHING_OF("4") NUMBER_DOWN("event", "4") NUMBER_DOWN("event_field", "4")
         NUMBER_DOWN("seal", "4") NUMBER_DOWN("chain_link", "4"),
     4},
    {"DELETE FROM event_field WHERE number = 7 AND position = 0", 7},
    {"DELETE FROM seal WHERE number = 3", 3},
    {"DELETE FROM chain_link WHERE number = 3 AND chain = 'all'", 3},
    {"DELETE FROM chain_link WHERE number = 3 AND chain = 'isv'", 3},
    {"DELETE FROM event WHERE number = 1", 1},
    /* inserted */
    {ANOTHER_EVENT("11"), 11},
    {ANOTHER_EVENT("11") "INSERT INTO seal SELECT subject, 11, salt FROM seal WHERE number = 5;"
                         "INSERT INTO chain_link SELECT subject, chain, 11, link FROM chain_link"
                         " WHERE number = 5;",
     11},
    {"INSERT INTO event_field SELECT offer, number, 99, field, pricing_row, point, before, after"
     " FROM event_field WHERE number = 7 AND position = 0",
     7},
    {"INSERT INTO seal SELECT subject, 11, salt FROM seal WHERE number = 5", 11},
    {"INSERT INTO chain_link SELECT subject, 'isv', number, link FROM chain_link"
     " WHERE number = 7 AND chain = 'all'",
     8 /* which does not follow from it */},
    {"INSERT INTO chain_link SELECT subject, chain, 11, link FROM chain_link WHERE number = 10", 0},
    /* swapped */
    {SWAP("event", "2", "3"), 2},
    {SWAP("event_field", "3", "4"), 3},
    {SWAP("event", "3", "4") SWAP("event_field", "3", "4") SWAP("seal", "3", "4"), 3},
    {SWAP("event", "3", "4") SWAP("event_field", "3", "4") SWAP("seal", "3", "4")
         SWAP("chain_link", "3", "4"),
     3},
    {"UPDATE event_field SET position = 99 WHERE number = 7 AND position = 0", 7},
    /* cut off, but not everywhere */
    {"DELETE FROM event WHERE number = 10", 10},
    {"DELETE FROM event WHERE number = 10; DELETE FROM seal WHERE number = 10", 0},
    {"DELETE FROM seal WHERE number = 10; DELETE FROM chain_link WHERE number = 10", 10},
    {"DELETE FROM event; DELETE FROM event_field; DELETE FROM seal; DELETE FROM chain_link", 0},
    {"DELETE FROM seal", 0},
    {"DELETE FROM seal; DELETE FROM event; DELETE FROM event_field", 0},
};

START_TEST(what_is_done_shows_where_it_was_done)
{
    struct heard heard;

    tamper(deeds[_i].sql);
    struct chain_totals totals = check_all(&heard);
    ck_assert_msg(totals.broken > 0, "%s", deeds[_i].sql);
    ck_assert_msg(heard.at == deeds[_i].at, "%s: at %lld", deeds[_i].sql, (long long)heard.at);
    ck_assert_str_eq(heard.broken, arena_format(market.temp.arena, "offer %s", offer));
}
END_TEST

/* A tail that is cut off everywhere leaves a shorter history that is whole: only the head of before
 * tells. */
START_TEST(a_tail_that_is_gone_shows_beside_an_earlier_head)
{
    const char *subject = arena_format(market.temp.arena, "offer %s", offer);
    struct heard before;
    struct heard after;
    const char *link = NULL;
    struct chain_totals first = check_all(&before);
    struct chain_totals second;

    tamper(NOTHING_OF("10") NOTHING_OF("9"));
    second = check_all(&after);
    ck_assert_int_eq(second.broken, 0);
    ck_assert_int_eq(after.count, EVENTS - 2);
    ck_assert_str_ne(after.link, before.link);
    ck_assert_str_ne(second.digest, first.digest);
    ck_assert_int_eq(chain_link_at(market.temp.reader, market.temp.arena, subject, CHAIN_ALL,
                                   before.count, &link),
                     ERR_ABSENT);
}
END_TEST

/* The operator's acts on an account, and what happened to a purchase, are histories too. */
START_TEST(accounts_and_purchases_are_chained_alike)
{
    struct account_event act = {.at = 7,
                                .person = "owner",
                                .person_name = "Somebody",
                                .field = "Country",
                                .before = "US",
                                .after = "CA"};
    struct heard heard;
    struct db *db = temp_write(&market.temp);

    for (int i = 0; i < 3; i++)
        ck_assert_int_eq(account_event_append(db, market.temp.arena, &world_real, ACCOUNT_BILLING,
                                              DEAL_ACCOUNT, &act),
                         OK);
    temp_keep(&market.temp, db);
    ck_assert_int_eq(check_all(&heard).subjects, 2);
    tamper("UPDATE account_event SET before = 'CA' WHERE number = 2");
    ck_assert_int_eq(check_all(&heard).broken, 1);
    ck_assert_str_eq(heard.broken, "billing " DEAL_ACCOUNT);
    ck_assert_int_eq(heard.at, 2);
    tamper("UPDATE account_event SET before = 'US' WHERE number = 2");
    ck_assert_int_eq(check_all(&heard).broken, 0);
}
END_TEST

/* No statement of the product changes or deletes what happened. */
START_TEST(nothing_in_the_product_takes_back_what_happened)
{
    static const char *const tables[] = {"event",          "event_field", "account_event",
                                         "purchase_event", "support_act", "seal",
                                         "chain_link"};
    size_t inserts = 0;

    for (size_t f = 0; f < FAMILY_COUNT; f++) {
        for (unsigned i = 0; i < families[f]->count; i++) {
            const char *sql = families[f]->statements[i].sql;

            for (size_t t = 0; t < COUNT(tables); t++) {
                struct arena *arena = market.temp.arena;

                ck_assert_ptr_null(strstr(sql, arena_format(arena, "UPDATE %s ", tables[t])));
                ck_assert_ptr_null(strstr(sql, arena_format(arena, "DELETE FROM %s", tables[t])));
                ck_assert_ptr_null(strstr(sql, arena_format(arena, "REPLACE INTO %s", tables[t])));
                if (text_starts(sql, arena_format(arena, "INSERT INTO %s (", tables[t]))) {
                    ck_assert_ptr_null(strstr(sql, "ON CONFLICT"));
                    inserts++;
                }
            }
        }
    }
    /* and two that begin what older programs kept no history of */
    ck_assert_uint_eq(inserts, COUNT(tables) + 2);
}
END_TEST

/* A store of before there were seals gets them, once, and is whole then. */
START_TEST(old_histories_are_sealed_as_they_are)
{
    struct heard heard;
    size_t sealed = 0;
    struct db *db;

    tamper("DELETE FROM seal; DELETE FROM chain_link");
    ck_assert_int_eq(check_all(&heard).broken, 1);
    db = temp_write(&market.temp);
    ck_assert_int_eq(chain_seal_old(db, market.temp.arena, &world_real, &sealed), OK);
    ck_assert_uint_eq(sealed, EVENTS);
    ck_assert_int_eq(chain_seal_old(db, market.temp.arena, &world_real, &sealed), OK);
    ck_assert_uint_eq(sealed, 0);
    temp_keep(&market.temp, db);
    ck_assert_int_eq(check_all(&heard).broken, 0);
    ck_assert_int_eq(heard.count, EVENTS);
}
END_TEST

Suite *
chains_suite(void)
{
    Suite *suite = suite_create("chains");
    TCase *cases = tcase_create("chains");

    tcase_add_checked_fixture(cases, setup, teardown);
    tcase_add_test(cases, a_history_is_whole_and_has_a_head);
    tcase_add_loop_test(cases, what_is_done_shows_where_it_was_done, 0, COUNT(deeds));
    tcase_add_test(cases, a_tail_that_is_gone_shows_beside_an_earlier_head);
    tcase_add_test(cases, accounts_and_purchases_are_chained_alike);
    tcase_add_test(cases, nothing_in_the_product_takes_back_what_happened);
    tcase_add_test(cases, old_histories_are_sealed_as_they_are);
    suite_add_tcase(suite, cases);
    return suite;
}

/*
 * plans_test.c: how SQLite means to run the statements that pages wait for: through an index, never
 * by reading a whole table or sorting a whole answer, with and without statistics.
 *
 * Asks the engine itself: its connection is this test's own.
 */
#include <check.h>
#include <ctype.h>
#include <sqlite3.h>
#include <string.h>

#include "store/families.h"
#include "support/deal_market.h"
#include "support/many_offers.h"

#define MANY 3000

static struct deal_market market;
static sqlite3 *handle;

static void
setup(void)
{
    deal_market_open(&market, NULL);
    ck_assert_int_eq(sqlite3_open_v2(market.temp.path, &handle, SQLITE_OPEN_READWRITE, NULL),
                     SQLITE_OK);
}

static void
teardown(void)
{
    sqlite3_close(handle);
    deal_market_close(&market);
}

/* A market in which the deal's ISV owns a third of everything, in all states. */
static void
fill(void)
{
    static const enum offer_state states[] = {
        STATE_DRAFT,       STATE_TO_PARTNER,         STATE_PENDING_PARTNER,
        STATE_TO_CUSTOMER, STATE_PENDING_ACCEPTANCE, STATE_ACCEPTED,
        STATE_DELETED};
    struct db *db = temp_write(&market.temp);

    for (unsigned i = 0; i < MANY; i++) {
        struct offer_made made = {
            .number = i,
            .name = arena_format(market.temp.arena, "Offer %u", i * 7919 % MANY),
            .isv = i % 3 == 0 ? DEAL_ISV : DEAL_OTHER_ISV,
            .created_by = i % 3 == 0 ? "isv" : "other-isv",
            .partner = i % 2 == 0 ? DEAL_PARTNER : DEAL_OTHER_PARTNER,
            .organisation = i % 5 == 0 ? "elsewhere" : DEAL_ORGANISATION,
            .billing_account = arena_format(market.temp.arena, "account-%u", i % 200),
            .state = states[i % COUNT(states)],
            .changed_at = 1697446800 + i * 60,
            .accept_by_on = day_make(2023, 11, 1 + (int)(i % 28)),
            .end_on = day_make(2023, 12, 31)};

        offer_make(db, market.temp.arena, &made);
    }
    temp_keep(&market.temp, db);
    ck_assert_int_eq(sqlite3_exec(handle, "ANALYZE", NULL, NULL, NULL), SQLITE_OK);
}

/* $n is a name to SQLite and ?n a number: what the driver prepares. */
static char *
translated(const char *sql)
{
    char *text = arena_format(market.temp.arena, "EXPLAIN QUERY PLAN %s", sql);

    for (char *at = text; *at != '\0'; at++) {
        if (at[0] == '$' && isdigit((unsigned char)at[1]))
            *at = '?';
    }
    return text;
}

/* "SCAN few" is the counted part of a counting statement: at most LIMIT_COUNTED + 1 rows. */
static bool
harmless(const char *detail, bool sorting)
{
    if (strstr(detail, "TEMP B-TREE") != NULL)
        return sorting;
    if (strstr(detail, "ANY(") != NULL)
        return false; /* every value of a column in turn: a scan by another name */
    return strstr(detail, "SCAN") == NULL || strcmp(detail, "SCAN few") == 0;
}

static void
assert_plan(const struct family *family, unsigned number, bool sorting)
{
    sqlite3_stmt *plan = NULL;
    int lines = 0;

    ck_assert_int_eq(
        sqlite3_prepare_v2(handle, translated(family->statements[number].sql), -1, &plan, NULL),
        SQLITE_OK);
    while (sqlite3_step(plan) == SQLITE_ROW) {
        const char *detail = (const char *)sqlite3_column_text(plan, 3);

        ck_assert_msg(harmless(detail, sorting), "%s %u: %s", family->name, number, detail);
        lines++;
    }
    sqlite3_finalize(plan);
    ck_assert_int_gt(lines, 0);
}

/* What is sorted is one offer's, the overlaps of its plans and its links, or one plan's: its
 * prices. */
static bool
may_sort(const struct statement *statement)
{
    return strstr(statement->sql, " ORDER BY m.number, o.id ") != NULL ||
           strstr(statement->sql, " FROM link WHERE offer = $1 ") != NULL ||
           strstr(statement->sql, " ORDER BY p.position, p.id") != NULL;
}

static void
assert_plans(const struct family *family)
{
    for (unsigned i = 0; i < family->count; i++) {
        if (!family->statements[i].writes)
            assert_plan(family, i, may_sort(&family->statements[i]));
    }
}

static void
assert_all_plans(void)
{
    assert_plans(&store_offer_lists_family);
    assert_plans(&store_offers_family);
    assert_plans(&store_events_family);
    assert_plans(&store_acceptances_family);
    assert_plans(&store_catalogue_edit_family);
    assert_plans(&store_partners_family);
    assert_plans(&store_documents_family);
}

START_TEST(an_empty_market_is_read_through_indexes)
{
    assert_all_plans();
}
END_TEST

START_TEST(a_full_market_with_statistics_is_read_through_indexes)
{
    fill();
    assert_all_plans();
}
END_TEST

/* Writes of one offer touch that offer: no page's save may grow with the market either. */
START_TEST(a_save_touches_its_offer_only)
{
    static const struct family *const saved[] = {&store_offers_family, &store_documents_family};

    fill();
    for (size_t k = 0; k < COUNT(saved); k++) {
        for (unsigned i = 0; i < saved[k]->count; i++) {
            const struct statement *statement = &saved[k]->statements[i];

            if (statement->writes && strncmp(statement->sql, "INSERT", 6) != 0)
                assert_plan(saved[k], i, false);
        }
    }
}
END_TEST

/* The test itself must see a scan when there is one. */
START_TEST(a_statement_without_an_index_would_be_noticed)
{
    ck_assert(!harmless("SCAN o", false));
    ck_assert(!harmless("SCAN offer USING INDEX offer_isv_name", false));
    ck_assert(!harmless("SEARCH o USING INDEX x (ANY(isv) AND state=?)", false));
    ck_assert(!harmless("USE TEMP B-TREE FOR ORDER BY", false));
    ck_assert(harmless("SEARCH o USING INDEX offer_isv_name (isv=? AND name_fold>?)", false));
}
END_TEST

Suite *
plans_suite(void)
{
    Suite *suite = suite_create("plans");
    TCase *cases = tcase_create("plans");

    tcase_add_checked_fixture(cases, setup, teardown);
    tcase_add_test(cases, an_empty_market_is_read_through_indexes);
    tcase_add_test(cases, a_full_market_with_statistics_is_read_through_indexes);
    tcase_add_test(cases, a_save_touches_its_offer_only);
    tcase_add_test(cases, a_statement_without_an_index_would_be_noticed);
    suite_add_tcase(suite, cases);
    return suite;
}

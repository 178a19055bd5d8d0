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

/* What customers bought, and what came of it. Nobody acts: only how much there is matters. */
static const char fill_purchases[] =
    "CREATE TEMP TABLE n (i BIGINT);"
    "WITH RECURSIVE up (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM up WHERE i < 2999)"
    " INSERT INTO n SELECT i FROM up;"
    "INSERT INTO organisation SELECT 'o' || i, 'O' FROM n WHERE i < 300;"
    "INSERT INTO person (id, email, name, password, publisher, organisation, operator, role)"
    " SELECT 'u' || i, 'u' || i, 'U', '', NULL, 'o' || (i % 300), 0, '' FROM n;"
    "INSERT INTO billing_account (id, organisation, name, agreement, country, active, policy,"
    " payment_valid, payment_method, private_store)"
    " SELECT 'b' || i, 'o' || (i % 300), '', 'EA', 'US', 1, 'enabled', 1, '', 0 FROM n"
    " WHERE i < 600;"
    "INSERT INTO azure_subscription (id, name, billing_account, tag_policy)"
    " SELECT 's' || i, 'S', 'b' || (i % 600), '' FROM n;"
    "INSERT INTO purchase"
    " SELECT 'p' || i, CASE i % 3 WHEN 0 THEN 'saas' WHEN 1 THEN 'vm' ELSE 'app' END,"
    " CASE i % 2 WHEN 0 THEN 'pending' ELSE 'subscribed' END, '', 1,"
    " CASE i % 4 WHEN 0 THEN NULL ELSE '2024-01-' || (10 + i % 19) END, 'o' || (i % 300),"
    " 'b' || (i % 600), 's' || i, '', 'P', '', '', 'u' || i,"
    " CASE i % 3 WHEN 0 THEN '10000001' ELSE '10000009' END, 'suite', 'pro', 'Pro',"
    " printf('%08x-0000-4000-8000-000000000000', i / 10), 1, '20000002', 12, 0, 0, 1, 1, 1, 0, 1,"
    " '9999-12-31', '', '', i * 60, i % 5, 0, 0, 0, '', 1, 0, 0, '', 2 FROM n;"
    "INSERT INTO purchase_event"
    " SELECT 'p' || i, k, 0, 'bought', 'customer', '', '', '', '', '' FROM n"
    " JOIN (SELECT i AS k FROM n WHERE i < 3);"
    "INSERT INTO purchase_term SELECT 'p' || i, k, NULL, 0, 0, '', '202' || k || '-10-20' FROM n"
    " JOIN (SELECT i AS k FROM n WHERE i < 3);"
    "INSERT INTO purchase_price SELECT 'p' || i, 1, 'point-' || k, '', 1, 0, 0, 0 FROM n"
    " JOIN (SELECT i AS k FROM n WHERE i < 3);"
    "INSERT INTO charge"
    " SELECT 'p' || i, k, 0, '2023-10-20', 'payment', 1, NULL, 0, 0, '', '', '', 1, 0, 0, 0, 0, 0, "
    "0,"
    " 0, 0, 0, '', '', NULL FROM n JOIN (SELECT i AS k FROM n WHERE i < 5);"
    "INSERT INTO usage_event SELECT 'p' || i, 'meter-emails', k * 3600, 1, 0, '' FROM n"
    " JOIN (SELECT i AS k FROM n WHERE i < 5);"
    "INSERT INTO commitment SELECT 'b' || i, '2023-01-01', '2023-12-31', 100, 'active' FROM n"
    " WHERE i < 600;"
    "INSERT INTO commitment_entry"
    " SELECT 'b' || (i % 600), '2023-01-01', 1 + i / 600, 0, '2023-10-20', 'p' || i, 1, 1, 1 FROM "
    "n;";

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
            .start_on = DAY_NONE,
            .end_on = day_make(2023, 12, 31)};

        offer_make(db, market.temp.arena, &made);
    }
    temp_keep(&market.temp, db);
    ck_assert_int_eq(sqlite3_exec(handle, fill_purchases, NULL, NULL, NULL), SQLITE_OK);
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

/* "SCAN few" is the counted part of a counting statement: at most LIMIT_COUNTED + 1 rows; "SCAN
 * newest" the last lines of one bill. */
static bool
harmless(const char *detail, bool sorting)
{
    if (strstr(detail, "TEMP B-TREE") != NULL)
        return sorting;
    if (strstr(detail, "ANY(") != NULL)
        return false; /* every value of a column in turn: a scan by another name */
    return strstr(detail, "SCAN") == NULL || strcmp(detail, "SCAN few") == 0 ||
           strcmp(detail, "SCAN newest") == 0;
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

/* What is sorted is one offer's, its links and accepted prices; one
 * plan's: its prices; one bill's lines; the usage of one purchase in a month, or in an hour; the
 * offers of a billing account that reprice one plan; an organisation's commitments. Names that are
 * another table's are in no index of offers: by those an account's own offers are sorted. */
static bool
may_sort(const struct statement *statement)
{
    return strstr(statement->sql, " FROM link WHERE offer = $1 ") != NULL ||
           strstr(statement->sql, " ORDER BY p.position, p.id") != NULL ||
           strstr(statement->sql, " ORDER BY number, position, point") != NULL ||
           strstr(statement->sql, " AS newest ORDER BY number") != NULL ||
           strstr(statement->sql, " ORDER BY point, hour_at") != NULL ||
           strstr(statement->sql, " ORDER BY hour_at DESC, point LIMIT") != NULL ||
           strstr(statement->sql, " ORDER BY o.accepted_on, o.id, r.number") != NULL ||
           strstr(statement->sql, " ORDER BY few.name ") != NULL ||
           strstr(statement->sql, " ORDER BY b.id, c.start_on") != NULL;
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
    assert_plans(&store_purchases_family);
    assert_plans(&store_charges_family);
    assert_plans(&store_usage_family);
    assert_plans(&store_commitments_family);
    assert_plans(&store_support_family);
    assert_plans(&store_versions_family);
    assert_plans(&store_handovers_family);
    assert_plans(&store_account_events_family);
}

/* LAW 8.6's overlaps are looked for under the writer's turn: only among the live offers of the same
 * ISV to the same billing account, whatever else there is of either. */
static void
assert_overlaps_bounded(void)
{
    sqlite3_stmt *plan = NULL;
    const struct statement *overlaps = NULL;
    unsigned of_offers = 0;

    for (unsigned i = 0; i < store_offers_family.count; i++) {
        if (strstr(store_offers_family.statements[i].sql, " ORDER BY m.number, o.due_on ") != NULL)
            overlaps = &store_offers_family.statements[i];
    }
    ck_assert_ptr_nonnull(overlaps);
    ck_assert_int_eq(sqlite3_prepare_v2(handle, translated(overlaps->sql), -1, &plan, NULL),
                     SQLITE_OK);
    while (sqlite3_step(plan) == SQLITE_ROW) {
        const char *detail = (const char *)sqlite3_column_text(plan, 3);

        if (strncmp(detail, "SEARCH o ", 9) != 0)
            continue;
        of_offers++;
        ck_assert_str_eq(detail, "SEARCH o USING INDEX offer_live (billing_account=? AND isv=?"
                                 " AND due_on>?)");
    }
    ck_assert_uint_eq(of_offers, 1);
    sqlite3_finalize(plan);
}

START_TEST(an_empty_market_is_read_through_indexes)
{
    assert_all_plans();
    assert_overlaps_bounded();
}
END_TEST

START_TEST(a_full_market_with_statistics_is_read_through_indexes)
{
    fill();
    assert_all_plans();
    assert_overlaps_bounded();
}
END_TEST

/* The statement of that text with nothing to filter by but a search. */
static void
search(const char *order, const char *account, const char *word)
{
    const struct family *family = &store_offer_lists_family;
    sqlite3_stmt *prepared = NULL;
    unsigned number = 0;

    while (number < family->count && strstr(family->statements[number].sql, order) == NULL)
        number++;
    ck_assert_uint_lt(number, family->count);
    ck_assert_int_eq(sqlite3_prepare_v2(handle,
                                        translated(family->statements[number].sql) +
                                            strlen("EXPLAIN QUERY PLAN "),
                                        -1, &prepared, NULL),
                     SQLITE_OK);
    const char *const values[] = {
        account,      NULL, "~",
        "",           "",   "0000-01-01",
        "9999-12-31", word, arena_format(market.temp.arena, "%%%s%%", word),
        word,         NULL, "",
        "9999-12-31", "",   "",
        "",           ""};
    for (size_t i = 0; i < COUNT(values); i++) {
        if (values[i] != NULL)
            ck_assert_int_eq(sqlite3_bind_text(prepared, (int)i + 1, values[i], -1, SQLITE_STATIC),
                             SQLITE_OK);
    }
    ck_assert_int_eq(sqlite3_bind_int64(prepared, 2, INT64_MAX), SQLITE_OK);
    ck_assert_int_eq(sqlite3_bind_int(prepared, 11, 26), SQLITE_OK);
    ck_assert_int_eq(sqlite3_step(prepared), SQLITE_DONE);
    sqlite3_finalize(prepared);
}

/* Pages that the engine asked its cache for since the last call. */
static int
pages_read(void)
{
    int sum = 0;

    for (int what = SQLITE_DBSTATUS_CACHE_HIT; what <= SQLITE_DBSTATUS_CACHE_MISS; what++) {
        int count = 0;
        int most = 0;

        ck_assert_int_eq(sqlite3_db_status(handle, what, &count, &most, 1), SQLITE_OK);
        sum += count;
    }
    return sum;
}

/* Each hat has more than 400 of the offers; an entry of an index is some 130 bytes, a page 4 KiB.
 */
START_TEST(a_search_that_finds_nothing_reads_no_offer)
{
    fill();
    ck_assert_int_eq(sqlite3_exec(handle, "PRAGMA mmap_size = 0", NULL, NULL, NULL), SQLITE_OK);
    search("ORDER BY o.isv_changed_at DESC, o.id DESC LIMIT $11", DEAL_ISV, "zeppelin");
    (void)pages_read();
    search("ORDER BY o.isv_changed_at DESC, o.id DESC LIMIT $11", DEAL_ISV, "zeppelin");
    ck_assert_int_lt(pages_read(), 100);
    search("ORDER BY o.partner_changed_at DESC, o.id DESC LIMIT $11", DEAL_PARTNER, "zeppelin");
    ck_assert_int_lt(pages_read(), 100);
    search("ORDER BY o.customer_changed_at DESC, o.id DESC LIMIT $11", DEAL_ORGANISATION,
           "zeppelin");
    ck_assert_int_lt(pages_read(), 100);
}
END_TEST

/* Writes of one offer or purchase touch that one: no page's save may grow with the market either.
 */
START_TEST(a_save_touches_its_offer_only)
{
    static const struct family *const saved[] = {&store_offers_family, &store_documents_family,
                                                 &store_purchases_family};

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
    tcase_add_test(cases, a_search_that_finds_nothing_reads_no_offer);
    tcase_add_test(cases, a_statement_without_an_index_would_be_noticed);
    suite_add_tcase(suite, cases);
    return suite;
}

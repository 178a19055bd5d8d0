/*
 * upgrade_test.c: `tripact migrate` over a store of every earlier program, lived in as it grew: after
 * each step come rows as the program of that step wrote them. Each row of before is there afterwards
 * with the values it had, `tripact check` finds nothing, and a copy of before is kept.
 *
 * What becomes of rows that a step moves to other tables: facts, and migrate_test.c.
 */
#include <check.h>
#include <glob.h>
#include <sqlite3.h>
#include <unistd.h>

#include "base/config.h"
#include "base/text.h"
#include "base/world.h"
#include "main.h"
#include "store/driver_sqlite.h"
#include "store/migrate.h"
#include "support/temp_store.h"

Suite *upgrade_suite(void);

static const struct {
    const char *step;
    const char *rows;
    const char *fact; /* asked of the upgraded store, gives "1" */
} lived[] = {
    {"market",
     "INSERT INTO setting VALUES ('publish_delay_s', '60'), ('fee_e8', '300000000');"
     "INSERT INTO publisher VALUES ('1', 'Isv', '', '', 1, 1, 1, 1, 'complete', 'US'),"
     " ('2', 'Partner', '', '', 1, 1, 1, 1, 'complete', 'US');"
     "INSERT INTO certificate VALUES ('c', '2', 'CA,NY', '2023-01-01', '2025-01-01');"
     "INSERT INTO organisation VALUES ('org', 'Customer');"
     "INSERT INTO billing_account VALUES ('7123456', 'org', 'Account', 'MCA', 'US', 1, 'enabled',"
     " 1, 'invoice');"
     "INSERT INTO person VALUES ('p', 'p@x.example', 'Person', 'hash', NULL, 'org', 0, ''),"
     " ('i', 'i@x.example', 'Owner', 'hash', '1', NULL, 0, 'owner'),"
     " ('o', 'o@x.example', 'Operator', 'hash', NULL, NULL, 1, '');"
     "INSERT INTO billing_member VALUES ('7123456', 'p', 'owner');"
     "INSERT INTO azure_subscription VALUES ('s', 'Production', '7123456', '');"
     "INSERT INTO azure_member VALUES ('s', 'p', 'owner');"
     "INSERT INTO commitment VALUES ('7123456', '2023-01-01', '2025-12-31', 100000, 'active');",
     "SELECT COUNT(*) = 3 FROM person"},
    {"sessions",
     "INSERT INTO session VALUES ('h', 'p', 1697446800, 1697446800);"
     "INSERT INTO throttle VALUES ('email:x', 2, 1697446800);"
     "INSERT INTO answered VALUES ('h', 'key', '/isv', 1697446800);",
     "SELECT COUNT(*) FROM answered"},
    {"catalogue",
     "INSERT INTO product VALUES ('s', '1', 'Suite', 'suite', 'saas', 'azure', 1, 1, 0, 0);"
     "INSERT INTO plan (product, id, name, name_fold, description, visibility, published, model,"
     " trial_months, min_users, max_users, saving_1y_e8, saving_3y_e8) VALUES"
     " ('s', 'pro', 'Pro', 'pro', '', 'public', 1, 'flat_rate', 0, 1, 0, -1, -1);"
     "INSERT INTO price_point (product, plan, id, position, kind, term_months, payment_months, name,"
     " vcpu, amount) VALUES ('s', 'pro', 'term-12', 1, 'term', 12, 0, '', 0, 10000);",
     "SELECT was_published FROM plan"},
    {"offers",
     "INSERT INTO offer SELECT '0000000' || n, '1', 1697446800, 'i', state, '2024-01-01', 0, 1, 1,"
     " CASE WHEN n > 1 THEN '2' END, CASE WHEN n > 1 THEN 'org' END, 0, 0, 0, NULL, 'Offer ' || n,"
     " 'offer ' || n, 'editExistingOfferPricingOnly', '7123456', 'Label', '', '2', 'accepted', '',"
     " '2024-12-31', '2024-01-01', '', '', 2, '2', 'p@x.example', '', '', 0, 0, 0, '', '' FROM"
     " (SELECT 1 AS n, 'draft' AS state UNION SELECT 2, 'pending_acceptance'"
     " UNION SELECT 3, 'accepted');"
     "INSERT INTO offer_row SELECT id, 1, 's', 'pro', 'absolute', NULL, NULL FROM offer;"
     "INSERT INTO offer_price SELECT id, 1, 'term-12', 9000 FROM offer;"
     "INSERT INTO link SELECT 't' || id, id, 'org', 'p@x.example', 1697446800, 0 FROM offer"
     " WHERE state = 'pending_acceptance';"
     "INSERT INTO acceptance VALUES ('00000003', 'TPA-1', 'p', 'Person', 'owner', 1697446800, 'd');"
     "INSERT INTO acceptance_line VALUES ('00000003', 1, 'term-12', 10000, 9000, 9500);",
     "SELECT (SELECT COUNT(*) FROM seal WHERE number = 1 AND subject LIKE 'offer %') = 3 AND"
     " (SELECT COUNT(*) FROM pricing_row WHERE plan = 'pro') = 3 AND"
     " (SELECT SUM(cents) FROM row_price WHERE point = 'term-12') = 27000 AND"
     " (SELECT customer FROM accepted_price) = 9500 AND"
     " (SELECT customer_fold FROM offer o JOIN acceptance a ON a.offer = o.id) = 'label'"},
    {"events",
     "INSERT INTO event (offer, number, at, kind, party, account, account_name, person,"
     " person_name, partner) SELECT id, 1, 1697446800, 'created', 'isv', '1', 'Isv', 'i', 'Owner',"
     " '2' FROM offer;"
     "INSERT INTO event (offer, number, at, kind, party, account, account_name, person,"
     " person_name, partner) VALUES ('00000003', 2, 1697446900, 'extended', 'system', '', '', '',"
     " '', '2'), ('00000003', 3, 1697447000, 'accepted', 'customer', 'org', 'Customer', 'p',"
     " 'Person', '2');"
     "INSERT INTO event_field VALUES ('00000003', 1, 1, 'name', 0, '', '', 'Offer 3');",
     "SELECT COUNT(*) = 5 FROM event WHERE at < 1697447001"},
    {"all options",
     "UPDATE plan SET was_published = 1; UPDATE publisher SET name_fold = lower(name);"
     "INSERT INTO market VALUES ('DE', 'Germany', 'EUR', 2, 93000000, '2023-10-01');"
     "INSERT INTO price_point (product, plan, id, position, kind, term_months, payment_months, name,"
     " vcpu, amount, unit) VALUES ('s', 'pro', 'meter-a', 2, 'meter', 0, 0, 'calls', 0, 5, 'call');"
     "INSERT INTO plan_included VALUES ('s', 'pro', 'meter-a', 12, NULL);"
     "INSERT INTO price_change VALUES ('s', 'pro', 'term-12', '2024-06-01', 11000);"
     "INSERT INTO row_included VALUES ('00000001', 1, 'meter-a', 12, 5);",
     "SELECT quantity IS NULL FROM plan_included"},
    {"documents",
     "INSERT INTO document_body VALUES"
     " ('51d2361f4faea3bc8f9facdbc7d99abb555596a2e51f7b25fd3b41c93587e616', CAST('terms' AS BLOB));"
     "INSERT INTO document SELECT 'd' || id, id, 'isv', 'Terms', 5,"
     " '51d2361f4faea3bc8f9facdbc7d99abb555596a2e51f7b25fd3b41c93587e616', 1697446800, 1"
     " FROM offer;",
     "SELECT COUNT(*) = 1 FROM document_body"},
    {"records",
     "UPDATE acceptance SET isv_name = 'Isv at that time';"
     "INSERT INTO accepted_document SELECT offer, id, side, 9, name, size, sha256 FROM document"
     " WHERE offer = '00000003';",
     "SELECT isv_name = 'Isv at that time' FROM acceptance"},
    {"customer facts",
     "UPDATE billing_account SET private_store = 1;"
     "INSERT INTO resource_group VALUES ('s', 'Web', 'web', 0);"
     "INSERT INTO account_event VALUES ('publisher', '1', 1, 1697446800, 'o', 'Operator', 'active',"
     " '0', '1');"
     "INSERT INTO handover VALUES ('t', '7123456', 'p', 1697446800, 1697533200, NULL, NULL, NULL,"
     " NULL);",
     "SELECT COUNT(*) = 1 FROM seal WHERE subject = 'publisher 1'"},
    {"purchases",
     "INSERT INTO purchase VALUES ('b', 'saas', 'subscribed', '', 1, '2024-10-16', 'org', '7123456',"
     " 's', 'Web', 'Suite', '', 'TPA-1', 'p', '1', 's', 'pro', 'Pro', '00000003', 1, '2', 12, 0, 0,"
     " 1, 1, 0, 0, 1, 'offer', '', 'key', 1697446800, 1697446800, 1697446800, 0, 0, '2023-10-16',"
     " 1, 0, 12, '', 0);",
     "SELECT (SELECT COUNT(*) FROM purchase WHERE due_on = '2024-10-16') = 1 AND"
     " (SELECT COUNT(*) FROM seal WHERE subject = 'purchase b') = 1"},
    {"charges",
     "INSERT INTO purchase_term VALUES ('b', 1, '00000003', 1, 1, '2', '2023-10-16');"
     "INSERT INTO purchase_price VALUES ('b', 1, 'term-12', '12 months', 1, 10000, 9000, 9500);"
     "INSERT INTO charge VALUES ('b', 1, 1697446800, '2023-10-16', 'term', 1, '00000003', 1, 1, '2',"
     " 'term-12', '12 months', 1, 0, 10000, 9000, 9500, 10000, 9000, 9500, 300000000, 270,"
     " '2023-10-16', '2024-10-15', NULL);"
     "UPDATE purchase SET charge_count = 1;"
     "INSERT INTO usage_event VALUES ('b', 'meter-a', 1697446800, 3, 1697450400, 'i');"
     "INSERT INTO purchase_event VALUES ('b', 1, 1697446800, 'bought', 'customer', 'Customer',"
     " 'org', 'p', 'Person', '');"
     "INSERT INTO commitment_entry VALUES ('7123456', '2023-01-01', 1, 1697446800, '2023-10-16',"
     " 'b', 1, 9500, 90500);",
     "SELECT COUNT(*) = 1 FROM seal WHERE subject = 'purchase b'"},
    {"dashboards", "UPDATE offer SET cloned_from = '00000003' WHERE state = 'draft';",
     "SELECT COUNT(*) FROM offer WHERE cloned_from = '00000003'"},
    {"support",
     "INSERT INTO support_request VALUES ('r', '00000003', 'partner', '1', '2', 'org', '7123456',"
     " 'ready', 1, 'Why', 'full', '', '', '', 1697446800);"
     "INSERT INTO support_act VALUES ('r', 1, 1697446800, 'opened', 'partner', '2', 'Partner', '',"
     " '', 'Why');"
     "INSERT INTO support_evidence VALUES ('e', 'r', 1, 'customer', 'application/pdf', 'Mail', 5,"
     " '51d2361f4faea3bc8f9facdbc7d99abb555596a2e51f7b25fd3b41c93587e616', 1697446800);",
     "SELECT COUNT(*) = 1 FROM seal WHERE subject = 'request r'"},
    {"asks and versions",
     "UPDATE event SET note = 'Please' WHERE kind = 'extended';"
     "UPDATE offer SET customer_ask = 'change' WHERE state = 'pending_acceptance';"
     "INSERT INTO version_value VALUES ('00000003', 1, 1, 'name', 0, '', '', 'Offer 3');",
     "SELECT COUNT(*) FROM event WHERE note = 'Please'"},
    {"mail",
     "INSERT INTO outbox VALUES ('m', 'k', 'extended', 'customer', 'p@x.example', 'S', 'L', 'N', '',"
     " '/customer', 1697446800, 'waiting', 0, 0, NULL, '');"
     "INSERT INTO notice_switch VALUES ('publisher', '1', 'digest', 1697446800, 'i');"
     "INSERT INTO calendar_feed VALUES ('publisher', '1', 'hash', 1697446800, 'i');",
     "SELECT COUNT(*) FROM outbox WHERE state = 'waiting'"},
    {"audit", "UPDATE person SET active = 0 WHERE id = 'i';",
     "SELECT COUNT(*) = 2 FROM person WHERE active = 1"},
    {"counts", "UPDATE offer SET name = 'Renamed', name_fold = 'renamed' WHERE id = '00000001';",
     "SELECT name = 'Renamed' FROM offer INDEXED BY offer_isv_changed WHERE isv = '1' AND"
     " name_fold = 'renamed'"},
    {"lighter writes", "UPDATE offer SET description = 'Lighter' WHERE id = '00000001';",
     "SELECT description = 'Lighter' FROM offer WHERE id = '00000001'"},
    {"search", "UPDATE offer SET contacts = 'c@x.example' WHERE id = '00000001';",
     "SELECT contacts = 'c@x.example' FROM offer INDEXED BY offer_isv_name WHERE isv = '1' AND"
     " id = '00000001'"},
};

static struct temp_store temp;

static void
setup(void)
{
    ck_assert_int_eq(world_start(), OK);
    temp_folder_open(&temp);
}

/* The copy lies beside the store; its folder is to be empty in the end. */
static void
teardown(void)
{
    glob_t found;

    if (glob(arena_format(temp.arena, "%s.*", temp.path), 0, NULL, &found) == 0)
        for (size_t i = 0; i < found.gl_pathc; i++)
            (void)unlink(found.gl_pathv[i]);
    globfree(&found);
    temp_store_close(&temp);
}

static int
run(int (*command)(const struct config *, int, char **))
{
    const char *overrides[] = {arena_format(temp.arena, "--database=%s", temp.path)};
    const struct config *config = NULL;
    const char *complaint = NULL;

    ck_assert_int_eq(config_load(temp.arena, NULL, 1, overrides, &config, &complaint), OK);
    return command(config, 0, NULL);
}

/* What a query of one value answers; with the copy of before as "old". */
static const char *
ask(const char *kept, const char *sql)
{
    sqlite3 *store = NULL;
    sqlite3_stmt *statement = NULL;
    const char *answer = "";

    ck_assert_int_eq(sqlite3_open(temp.path, &store), SQLITE_OK);
    if (kept != NULL)
        ck_assert_int_eq(sqlite3_exec(store, arena_format(temp.arena, "ATTACH '%s' AS old", kept),
                                      NULL, NULL, NULL),
                         SQLITE_OK);
    ck_assert_msg(sqlite3_prepare_v2(store, sql, -1, &statement, NULL) == SQLITE_OK, "%s: %s", sql,
                  sqlite3_errmsg(store));
    if (sqlite3_step(statement) == SQLITE_ROW && sqlite3_column_text(statement, 0) != NULL)
        answer = arena_text(temp.arena, (const char *)sqlite3_column_text(statement, 0));
    sqlite3_finalize(statement);
    sqlite3_close(store);
    return answer;
}

/* The first count steps, each followed by what was done while it was the last. */
static void
live_through(unsigned count)
{
    for (unsigned i = 0; i < count; i++) {
        struct connection *connection = NULL;

        ck_assert_int_eq(migrate_apply(&driver_sqlite, temp.path, migrations, i + 1, NULL), OK);
        ck_assert_int_eq(driver_sqlite.open(temp.path, DRIVER_WRITE, &connection), OK);
        ck_assert_msg(driver_sqlite.script(connection, lived[i].rows) == OK, "the rows of %s",
                      lived[i].step);
        driver_sqlite.close(connection);
    }
}

static const char *
kept_copy(void)
{
    const char *pattern = arena_format(temp.arena, "%s.before-*", temp.path);
    glob_t found;

    ck_assert_int_eq(glob(pattern, 0, NULL, &found), 0);
    ck_assert_uint_eq(found.gl_pathc, 1);
    const char *path = arena_text(temp.arena, found.gl_pathv[0]);
    globfree(&found);
    return path;
}

/* Every row of before, in every table that is still there, with every value it had. */
static void
assert_rows_kept(const char *kept)
{
    static const char next[] =
        "SELECT MIN(o.name) FROM old.sqlite_schema o JOIN main.sqlite_schema m ON m.name = o.name"
        " WHERE o.type = 'table' AND o.name > '%s'";
    const char *table = ask(kept, arena_format(temp.arena, next, ""));
    int rows = 0;

    for (; *table != '\0'; table = ask(kept, arena_format(temp.arena, next, table))) {
        const char *columns = ask(
            kept, arena_format(temp.arena,
                               "SELECT group_concat(name) FROM pragma_table_info('%s', 'old')", table));
        const char *lost = ask(
            kept, arena_format(temp.arena,
                               "SELECT COUNT(*) FROM (SELECT %s FROM old.%s EXCEPT SELECT %s FROM"
                               " main.%s)",
                               columns, table, columns, table));

        ck_assert_msg(text_equal(lost, "0"), "%s rows of %s are not as they were", lost, table);
        rows += text_equal(ask(kept, arena_format(temp.arena, "SELECT COUNT(*) > 0 FROM old.%s",
                                                  table)),
                           "1");
    }
    ck_assert_int_gt(rows, 10);
}

START_TEST(a_store_of_each_program_is_upgraded)
{
    unsigned count = (unsigned)_i;
    const char *kept;

    ck_assert_str_eq(lived[count - 1].step, migrations[count - 1].name);
    live_through(count);
    ck_assert_int_eq(run(command_migrate), EXIT_SUCCESS);
    ck_assert_int_eq(run(command_check), EXIT_SUCCESS);
    kept = kept_copy();
    ck_assert_str_eq(ask(kept, "SELECT MAX(number) FROM old.schema_step"),
                     arena_format(temp.arena, "%u", count));
    ck_assert_str_eq(ask(kept, "PRAGMA old.integrity_check"), "ok");
    assert_rows_kept(kept);
    for (unsigned i = 0; i < count; i++) {
        ck_assert_msg(text_equal(ask(NULL, lived[i].fact), "1"), "what was done at %s: %s",
                      lived[i].step, ask(NULL, lived[i].fact));
    }
}
END_TEST

/* A new step needs rows of the program before it. */
START_TEST(every_program_has_lived)
{
    ck_assert_uint_ge(COUNT(lived), migration_count - 1);
}
END_TEST

Suite *
upgrade_suite(void)
{
    Suite *suite = suite_create("upgrade");
    TCase *cases = tcase_create("programs");

    tcase_add_checked_fixture(cases, setup, teardown);
    tcase_add_test(cases, every_program_has_lived);
    tcase_add_loop_test(cases, a_store_of_each_program_is_upgraded, 1, (int)migration_count);
    suite_add_tcase(suite, cases);
    return suite;
}

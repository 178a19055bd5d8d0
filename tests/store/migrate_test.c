/*
 * migrate_test.c: from nothing to today's schema, and every store that is refused on the way.
 */
#include <check.h>
#include <string.h>
#include <sys/stat.h>

#include "base/text.h"
#include "store/driver_sqlite.h"
#include "store/migrate.h"
#include "support/fault_driver.h"
#include "support/temp_store.h"

static struct temp_store temp;

static void
setup(void)
{
    temp_folder_open(&temp);
}

static void
teardown(void)
{
    temp_store_close(&temp);
}

static enum err
line_add(void *context, const struct column *columns)
{
    buffer_format(context, "%s\n", columns[0].text);
    return OK;
}

/* One line per row of a query that gives one text. */
static const char *
ask(const char *path, const char *sql)
{
    const struct statement statement = {sql, "", "t", false};
    struct connection *connection = NULL;
    struct prepared *prepared = NULL;
    struct buffer lines;
    struct row_reader reader = {&lines, line_add};

    buffer_open(&lines, 256 * 1024);
    ck_assert_int_eq(driver_sqlite.open(path, DRIVER_READ, &connection), OK);
    ck_assert_int_eq(driver_sqlite.prepare(connection, "test", 0, &statement, &prepared), OK);
    ck_assert_int_eq(driver_sqlite.run(prepared, NO_VALUES, &reader, NULL), OK);
    driver_sqlite.close(connection);

    const char *kept = arena_text(temp.arena, lines.data == NULL ? "" : lines.data);
    buffer_close(&lines);
    return kept;
}

static void
script(const char *sql)
{
    struct connection *connection = NULL;

    ck_assert_int_eq(driver_sqlite.open(temp.path, DRIVER_WRITE, &connection), OK);
    ck_assert_int_eq(driver_sqlite.script(connection, sql), OK);
    driver_sqlite.close(connection);
}

static enum err
open_and_close(void)
{
    struct store *store = NULL;
    enum err outcome = store_open(&driver_sqlite, temp.path, &store);

    store_close(store);
    return outcome;
}

static const char schema_of[] = "SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY name";
static const char steps_of[] = "SELECT number || ' ' || name FROM schema_step ORDER BY number";

START_TEST(numbers_run_from_one)
{
    ck_assert_uint_gt(migration_count, 0);
    for (unsigned i = 0; i < migration_count; i++)
        ck_assert_int_eq(migrations[i].number, (int)i + 1);
}
END_TEST

START_TEST(an_empty_store_gets_every_step_once)
{
    int applied = -1;

    ck_assert_int_eq(store_migrate(&driver_sqlite, temp.path, &applied), OK);
    ck_assert_int_eq(applied, (int)migration_count);
    ck_assert_int_eq(open_and_close(), OK);
    ck_assert_int_eq(store_migrate(&driver_sqlite, temp.path, &applied), OK);
    ck_assert_int_eq(applied, 0);
    ck_assert_int_eq(open_and_close(), OK);
}
END_TEST

/* Each is prepared when it is needed, and at the start of the server: here is where a wrong one
 * shows. */
START_TEST(every_statement_fits_the_schema)
{
    ck_assert_int_eq(store_migrate(&driver_sqlite, temp.path, NULL), OK);
    ck_assert_int_eq(store_open(&driver_sqlite, temp.path, &temp.store), OK);
    ck_assert_int_eq(store_verify(temp.store), OK);
}
END_TEST

START_TEST(a_store_is_its_owners_alone)
{
    static const char *const endings[] = {"", "-wal", "-shm"};
    struct store *store = NULL;
    struct stat status;

    (void)umask(0);
    ck_assert_int_eq(store_migrate(&driver_sqlite, temp.path, NULL), OK);
    ck_assert_int_eq(store_open(&driver_sqlite, temp.path, &store), OK);
    for (size_t i = 0; i < COUNT(endings); i++) {
        ck_assert_int_eq(stat(arena_format(temp.arena, "%s%s", temp.path, endings[i]), &status), 0);
        ck_assert_uint_eq(status.st_mode & 077, 0);
    }
    store_close(store);
}
END_TEST

START_TEST(migrating_in_pieces_gives_the_same_schema)
{
    struct temp_store other;

    temp_folder_open(&other);
    ck_assert_int_eq(store_migrate(&driver_sqlite, other.path, NULL), OK);
    for (unsigned count = 1; count <= migration_count; count++) {
        int applied = -1;

        ck_assert_int_eq(migrate_apply(&driver_sqlite, temp.path, migrations, count, &applied), OK);
        ck_assert_int_eq(applied, 1);
        ck_assert_int_eq(open_and_close(), count == migration_count ? OK : ERR_BROKEN);
    }
    ck_assert_str_eq(ask(temp.path, schema_of), ask(other.path, schema_of));
    ck_assert_str_eq(ask(temp.path, steps_of), ask(other.path, steps_of));
    temp_store_close(&other);
}
END_TEST

/* How many steps there are before the one of that name. */
static unsigned
steps_before(const char *name)
{
    for (unsigned i = 0; i < migration_count; i++) {
        if (text_equal(migrations[i].name, name))
            return i;
    }
    ck_abort_msg("no step %s", name);
    return 0;
}

/* A deal accepted before acceptances were records. Rows: 1 a plan, 2 a whole product, 3 a new plan
 * per user over 24 monthly payments, whose template is paid otherwise, 4 reservations. */
static const char accepted_before[] =
    "INSERT INTO publisher VALUES ('1', 'Isv', '', '', 1, 1, 1, 1, 'complete', 'US', 'isv'),"
    " ('2', 'Partner', '', '', 1, 1, 1, 1, 'complete', 'US', 'partner');"
    "INSERT INTO organisation VALUES ('org', 'Customer');"
    "INSERT INTO billing_account VALUES ('7123456', 'org', 'Account', 'EA', 'US', 1, 'enabled', 1,"
    " 'invoice');"
    "INSERT INTO person VALUES ('p', 'p@x.example', 'Person', '', NULL, 'org', 0, '');"
    "INSERT INTO product VALUES ('s', '1', 'Suite', 'suite', 'saas', 'azure', 1, 1, 0, 0, 1),"
    " ('v', '1', 'Gateway', 'gateway', 'vm', 'azure', 1, 1, 0, 0, 1);"
    "INSERT INTO plan (product, id, name, name_fold, description, visibility, published, model,"
    " trial_months, min_users, max_users, saving_1y_e8, saving_3y_e8) VALUES"
    " ('s', 'pro', 'Pro', 'pro', '', 'public', 1, 'flat_rate', 0, 1, 0, -1, -1),"
    " ('v', 'one', 'One', 'one', '', 'public', 1, 'vm_size', 0, 1, 0, 0, 0);"
    "INSERT INTO price_point (product, plan, id, position, kind, term_months, payment_months, name,"
    " vcpu, amount) VALUES ('s', 'pro', 'term-12', 1, 'term', 12, 0, '', 0, 100),"
    " ('s', 'pro', 'user-24', 2, 'user', 24, 0, '', 0, 100),"
    " ('s', 'pro', 'meter-a', 3, 'meter', 0, 0, 'calls', 0, 5),"
    " ('v', 'one', 'hour-4', 1, 'hour', 0, 0, '', 4, 900000);"
    "INSERT INTO offer (id, isv, created_at, created_by, state, due_on, partner_withdrew, version,"
    " partner_version, isv_changed_at, partner_changed_at, customer_changed_at, name, name_fold,"
    " type, billing_account, customer_label, description, partner, start_mode, start_on, end_on,"
    " accept_by_on, contacts, sales_note, next_row, partner_data_of, prepared_by,"
    " partner_contacts, partner_note, taxable, submitted_at, extended_at, accepted_on, failure)"
    " VALUES ('o', '1', 0, 'p', 'accepted', '2024-01-01', 0, 1, 1, 0, 0, 0, 'O', 'o', 'x',"
    " '7123456', '', '', '2', '', '', '', '', '', '', 5, '2', '', '', '', 0, 0, 0, '', '');"
    "INSERT INTO pricing_row VALUES"
    " ('o', 1, 's', 'pro', 'discount', 0, 0, '', '', 0, 0, 0, 0),"
    " ('o', 2, 'v', NULL, 'discount', 0, 0, '', '', 0, 0, 0, 0),"
    " ('o', 3, 's', 'pro', 'absolute', 0, 0, 'New', '', 0, 0, 0, 0),"
    " ('o', 4, 'v', 'one', 'absolute', 0, 0, '', '', 0, 0, 36, 1);"
    "INSERT INTO row_price VALUES ('o', 3, 'user-24', 24, 1, 0, 1, 7),"
    " ('o', 4, 'reserve-4', 0, 0, 4, 2, 9);"
    "INSERT INTO document VALUES ('d', 'o', 'partner', 'Terms', 9, 'aa', 0, 1);"
    "INSERT INTO acceptance VALUES ('o', 'TPA', 'p', 'Person', 'owner', 1, 'digest');"
    "INSERT INTO accepted_price VALUES ('o', 1, 'meter-a', 1, 5, 4, 5),"
    " ('o', 1, 'term-12', 1, 100, 90, 95), ('o', 2, 'one.hour-4', 1, 900000, 8, 9),"
    " ('o', 3, 'user-24', 1, NULL, 7, 8), ('o', 4, 'reserve-4', 2, NULL, 9, 10);";

START_TEST(what_was_accepted_before_becomes_a_record)
{
    unsigned before = steps_before("records");

    ck_assert_int_eq(migrate_apply(&driver_sqlite, temp.path, migrations, before, NULL), OK);
    script(accepted_before);
    ck_assert_int_eq(store_migrate(&driver_sqlite, temp.path, NULL), OK);
    ck_assert_str_eq(ask(temp.path, "SELECT isv_name || ' ' || partner_name || ' ' ||"
                                    " organisation_name || ' ' || account_name FROM acceptance"),
                     "Isv Partner Customer Account\n");
    ck_assert_str_eq(ask(temp.path, "SELECT number || ' ' || product_name || ' ' || plan_name ||"
                                    " ' ' || type || ' ' || model FROM accepted_row"
                                    " ORDER BY number"),
                     "1 Suite Pro saas flat_rate\n"
                     "2 Gateway  vm vm_size\n"
                     "3 Suite Pro saas flat_rate\n"
                     "4 Gateway One vm vm_size\n");
    ck_assert_str_eq(ask(temp.path, "SELECT number || ' ' || point || ' ' || plan_name || ' ' ||"
                                    " kind || ' ' || term_months || ' ' || payment_months ||"
                                    " ' ' || name || ' ' || vcpu || ' ' || customer"
                                    " FROM accepted_price ORDER BY number, position, point"),
                     "1 term-12  term 12 0  0 95\n"
                     "1 meter-a  meter 0 0 calls 0 5\n"
                     "2 one.hour-4 One hour 0 0  4 9\n"
                     "3 user-24  user 24 1  0 8\n"
                     "4 reserve-4  reservation 36 1  4 10\n");
    ck_assert_str_eq(ask(temp.path, "SELECT offer || ' ' || document || ' ' || side || ' ' ||"
                                    " name || ' ' || size || ' ' || sha256"
                                    " FROM accepted_document"),
                     "o d partner Terms 9 aa\n");
}
END_TEST

/* Of a draft, a live offer and one that was deleted, only the live one is in the index; the rows
 * stay as they were. */
START_TEST(live_offers_of_before_are_found_for_overlaps)
{
    static const char offers_of[] = "SELECT id || ' ' || state || ' ' || due_on FROM offer"
                                    " ORDER BY id";
    const char *before;

    ck_assert_int_eq(
        migrate_apply(&driver_sqlite, temp.path, migrations, steps_before("lighter writes"), NULL), OK);
    script("INSERT INTO publisher (id, name, hq_state, location, in_programme,"
           " has_marketplace_account, enrolled, active, tax_status, tax_country, name_fold)"
           " VALUES ('1', 'Isv', '', '', 1, 1, 1, 1, 'complete', 'US', 'isv');"
           "INSERT INTO person (id, email, name, password, publisher, operator, role)"
           " VALUES ('p', 'p@x.example', 'Person', '', '1', 0, '');"
           "CREATE TEMP TABLE made (id, state, due_on);"
           "INSERT INTO made VALUES ('a', 'draft', '9999-12-31'),"
           " ('b', 'pending_acceptance', '2024-01-01'), ('c', 'deleted', '9999-12-31');"
           "INSERT INTO offer (id, isv, created_at, created_by, state, due_on, partner_withdrew,"
           " version, partner_version, isv_changed_at, partner_changed_at, customer_changed_at,"
           " name, name_fold, type, billing_account, customer_label, description, partner,"
           " start_mode, start_on, end_on, accept_by_on, contacts, sales_note, next_row,"
           " partner_data_of, prepared_by, partner_contacts, partner_note, taxable, submitted_at,"
           " extended_at, accepted_on, failure) SELECT id, '1', 0, 'p', state, due_on, 0, 1, 1, 0,"
           " 0, 0, 'O', 'o', 'x', '7123456', '', '', '', '', '', '', '', '', '', 1, '', '', '', '',"
           " 0, 0, 0, '', '' FROM made;");
    before = ask(temp.path, offers_of);
    ck_assert_int_eq(store_migrate(&driver_sqlite, temp.path, NULL), OK);
    ck_assert_str_eq(ask(temp.path, offers_of), before);
    ck_assert_str_eq(ask(temp.path, "SELECT id FROM offer INDEXED BY offer_live"
                                    " WHERE billing_account = '7123456' AND isv = '1'"
                                    " AND due_on >= '2023-10-16' AND state IN ('to_partner',"
                                    " 'pending_partner', 'to_customer', 'pending_acceptance',"
                                    " 'accepted')"),
                     "b\n");
    ck_assert_str_eq(ask(temp.path, "SELECT COUNT(*) || '' FROM sqlite_schema"
                                    " WHERE name = 'offer_overlap'"),
                     "0\n");
}
END_TEST

START_TEST(no_store_is_not_made_by_opening_it)
{
    ck_assert_int_ne(open_and_close(), OK);
    ck_assert_int_ne(open_and_close(), OK);
}
END_TEST

START_TEST(an_edited_step_is_refused)
{
    ck_assert_int_eq(store_migrate(&driver_sqlite, temp.path, NULL), OK);
    script("UPDATE schema_step SET checksum = 'other' WHERE number = 2");
    ck_assert_int_eq(open_and_close(), ERR_BROKEN);
    ck_assert_int_eq(store_migrate(&driver_sqlite, temp.path, NULL), ERR_BROKEN);
}
END_TEST

START_TEST(a_store_of_a_newer_program_is_refused)
{
    ck_assert_int_eq(store_migrate(&driver_sqlite, temp.path, NULL), OK);
    script("INSERT INTO schema_step (number, name, checksum, at) VALUES (99, 'new', '', 0)");
    ck_assert_int_eq(open_and_close(), ERR_BROKEN);
    ck_assert_int_eq(store_migrate(&driver_sqlite, temp.path, NULL), ERR_BROKEN);
}
END_TEST

static const struct migration steps[] = {
    {1, "good", "CREATE TABLE a (id TEXT PRIMARY KEY); CREATE TABLE b (id TEXT PRIMARY KEY);"},
    {2, "half", "CREATE TABLE c (id TEXT PRIMARY KEY); CREATE TABLE b (id TEXT PRIMARY KEY);"},
};

START_TEST(a_failing_step_leaves_nothing_of_itself)
{
    int applied = -1;

    ck_assert_int_eq(migrate_apply(&driver_sqlite, temp.path, steps, 2, &applied), ERR_BROKEN);
    ck_assert_int_eq(applied, 1);
    ck_assert_str_eq(ask(temp.path, steps_of), "1 good\n");
    ck_assert_str_eq(
        ask(temp.path, "SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name"),
        "a\nb\nschema_step\n");
}
END_TEST

START_TEST(an_interrupted_migration_goes_on)
{
    bool happened = true;

    for (unsigned nth = 1; happened; nth++) {
        ck_assert_uint_lt(nth, 200);
        fault_arm(nth);
        enum err outcome = store_migrate(&fault_driver, temp.path, NULL);
        happened = fault_happened();
        ck_assert_int_eq(outcome, happened ? ERR_BUSY : OK);
    }
    ck_assert_int_eq(open_and_close(), OK);
}
END_TEST

Suite *
migrate_suite(void)
{
    Suite *suite = suite_create("migrate");
    TCase *cases = tcase_create("steps");

    tcase_add_checked_fixture(cases, setup, teardown);
    tcase_add_test(cases, numbers_run_from_one);
    tcase_add_test(cases, an_empty_store_gets_every_step_once);
    tcase_add_test(cases, every_statement_fits_the_schema);
    tcase_add_test(cases, a_store_is_its_owners_alone);
    tcase_add_test(cases, migrating_in_pieces_gives_the_same_schema);
    tcase_add_test(cases, what_was_accepted_before_becomes_a_record);
    tcase_add_test(cases, live_offers_of_before_are_found_for_overlaps);
    tcase_add_test(cases, no_store_is_not_made_by_opening_it);
    tcase_add_test(cases, an_edited_step_is_refused);
    tcase_add_test(cases, a_store_of_a_newer_program_is_refused);
    tcase_add_test(cases, a_failing_step_leaves_nothing_of_itself);
    tcase_add_test(cases, an_interrupted_migration_goes_on);
    suite_add_tcase(suite, cases);
    return suite;
}

/*
 * partners_test.c: the list of eligible selling partners (store/partners): who is in it, search,
 * pages.
 */
#include <check.h>

#include "base/text.h"
#include "core/party.h"
#include "store/accounts.h"
#include "store/partners.h"
#include "support/temp_store.h"

static struct temp_store temp;

static void
setup(void)
{
    temp_store_open(&temp, NULL);
}

static void
teardown(void)
{
    temp_store_close(&temp);
}

static struct publisher
eligible(const char *id, const char *name)
{
    return (struct publisher){.id = id,
                              .name = name,
                              .hq_state = "WA",
                              .location = "US",
                              .in_programme = true,
                              .has_marketplace_account = true,
                              .enrolled = true,
                              .active = true,
                              .tax_status = TAX_COMPLETE,
                              .tax_country = "US"};
}

static void
add(const struct publisher *publisher)
{
    struct db *db = temp_write(&temp);

    ck_assert_int_eq(publisher_insert(db, temp.arena, publisher), OK);
    temp_keep(&temp, db);
}

static void
add_eligible(const char *id, const char *name)
{
    const struct publisher publisher = eligible(id, name);

    add(&publisher);
}

static enum err
look(const char *search, const char *cursor, bool backward, struct partner_page *page)
{
    const struct partner_query query = {.isv = "10000001",
                                        .search = text_fold(temp.arena, search),
                                        .cursor = cursor,
                                        .backward = backward};
    enum err outcome;

    ck_assert_int_eq(read_begin(temp.reader), OK);
    outcome = partners_page(temp.reader, temp.arena, &query, page);
    read_end(temp.reader);
    return outcome;
}

/* Keeps: the seller IDs that a search finds, with a space after each. */
static const char *
found(const char *search)
{
    struct partner_page page;
    const char *ids = "";

    ck_assert_int_eq(look(search, "", false, &page), OK);
    for (size_t i = 0; i < page.count; i++)
        ids = arena_format(temp.arena, "%s%s ", ids, page.rows[i].id);
    return ids;
}

/* The list is the law's, one fact at a time (LAW 2.1). */
START_TEST(who_lacks_something_is_not_listed)
{
    for (int i = 0; i < 128; i++) {
        struct publisher publisher =
            eligible(arena_format(temp.arena, "%d", 20000000 + i), "Somebody");
        struct partner_page page;

        publisher.in_programme = (i & 1) == 0;
        publisher.has_marketplace_account = (i & 2) == 0;
        publisher.enrolled = (i & 4) == 0;
        publisher.active = (i & 8) == 0;
        publisher.tax_status = (i & 16) == 0   ? TAX_COMPLETE
                               : (i & 32) == 0 ? TAX_INCOMPLETE
                                               : TAX_NONE;
        publisher.tax_country = (i & 64) == 0 ? "US" : "CA";
        add(&publisher);
        ck_assert_int_eq(look(publisher.id, "", false, &page), OK);
        ck_assert_uint_eq(page.count, partner_ineligible(&publisher) == 0 ? 1 : 0);
    }
}
END_TEST

START_TEST(nobody_is_its_own_partner)
{
    add_eligible("10000001", "Contoso");
    add_eligible("20000002", "Fabrikam");
    ck_assert_str_eq(found(""), "20000002 ");
    ck_assert_str_eq(found("contoso"), "");
}
END_TEST

START_TEST(a_search_finds_names_and_the_beginnings_of_ids)
{
    struct partner_page page;

    add_eligible("20000002", "Fabrikam");
    add_eligible("20000003", "TAILSPIN Übersee");
    add_eligible("30000002", "Adatum 100%");
    ck_assert_str_eq(found(""), "30000002 20000002 20000003 "); /* by name */
    ck_assert_str_eq(found("BRIK"), "20000002 ");
    ck_assert_str_eq(found("übersee"), "20000003 ");
    ck_assert_str_eq(found("ÜBER"), "20000003 ");
    ck_assert_str_eq(found("2000000"), "20000002 20000003 ");
    ck_assert_str_eq(found("0000002"), ""); /* not how an ID begins */
    ck_assert_str_eq(found("100%"), "30000002 ");
    ck_assert_str_eq(found("%"), "30000002 ");
    ck_assert_str_eq(found("_"), "");
    ck_assert_int_eq(look("adatum", "", false, &page), OK);
    ck_assert_str_eq(page.rows[0].name, "Adatum 100%");
    ck_assert_str_eq(page.rows[0].location, "US");
}
END_TEST

/* A name changed is found under the new one alone. */
START_TEST(a_name_changes)
{
    struct publisher publisher = eligible("20000002", "Fabrikam");
    struct db *db;

    add(&publisher);
    publisher.name = "Wingtip";
    db = temp_write(&temp);
    ck_assert_int_eq(publisher_update_facts(db, temp.arena, &publisher), OK);
    temp_keep(&temp, db);
    ck_assert_str_eq(found("fabrikam"), "");
    ck_assert_str_eq(found("wing"), "20000002 ");
}
END_TEST

START_TEST(pages_go_forward_and_back)
{
    const size_t more = 7;
    struct partner_page first;
    struct partner_page second;
    struct partner_page back;

    /* two of each name: the seller ID decides between them */
    for (size_t i = 0; i < LIMIT_LIST_ROWS + more; i++)
        add_eligible(arena_format(temp.arena, "%zu", 20000000 + i),
                     arena_format(temp.arena, "Partner %02zu", i / 2));
    ck_assert_int_eq(look("", "", false, &first), OK);
    ck_assert_uint_eq(first.count, LIMIT_LIST_ROWS);
    ck_assert(!first.before && first.after);
    ck_assert_str_eq(first.rows[0].id, "20000000");
    ck_assert_str_eq(first.rows[LIMIT_LIST_ROWS - 1].id, "20000024");
    ck_assert_int_eq(look("", first.rows[LIMIT_LIST_ROWS - 1].cursor, false, &second), OK);
    ck_assert_uint_eq(second.count, more);
    ck_assert(second.before && !second.after);
    ck_assert_str_eq(second.rows[0].id, "20000025");
    ck_assert_int_eq(look("", second.rows[0].cursor, true, &back), OK);
    ck_assert_uint_eq(back.count, LIMIT_LIST_ROWS);
    ck_assert(!back.before && back.after);
    ck_assert_str_eq(back.rows[0].id, "20000000");
    ck_assert_str_eq(back.rows[LIMIT_LIST_ROWS - 1].id, "20000024");
}
END_TEST

START_TEST(what_is_no_cursor_is_refused)
{
    static const char *const cursors[] = {"x", "20000002", ".name", "2000x.name", "-1.name"};
    struct partner_page page;

    for (size_t i = 0; i < COUNT(cursors); i++)
        ck_assert_int_eq(look("", cursors[i], i % 2 == 0, &page), ERR_INVALID);
}
END_TEST

Suite *partners_suite(void);

Suite *
partners_suite(void)
{
    Suite *suite = suite_create("partners");
    TCase *tests = tcase_create("partners");

    tcase_add_checked_fixture(tests, setup, teardown);
    tcase_add_test(tests, who_lacks_something_is_not_listed);
    tcase_add_test(tests, nobody_is_its_own_partner);
    tcase_add_test(tests, a_search_finds_names_and_the_beginnings_of_ids);
    tcase_add_test(tests, a_name_changes);
    tcase_add_test(tests, pages_go_forward_and_back);
    tcase_add_test(tests, what_is_no_cursor_is_refused);
    suite_add_tcase(suite, tests);
    return suite;
}

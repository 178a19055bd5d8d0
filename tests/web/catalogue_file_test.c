/*
 * catalogue_file_test.c: a catalogue goes down and up through the pages; a refused file says what
 * to mend, where, and changes nothing.
 */
#include <check.h>

#include <string.h>

#include "base/text.h"
#include "support/web_upload.h"

#define IMPORT "/isv/products/import"

static struct web_market market;

static void
setup(void)
{
    web_market_open(&market, NULL);
}

static void
teardown(void)
{
    web_market_close(&market);
}

/* ' stands for ". */
static const char *
quoted(const char *text)
{
    char *copy = arena_text(market.arena, text);

    for (char *at = copy; *at != '\0'; at++)
        *at = *at == '\'' ? '"' : *at;
    return copy;
}

static struct web_answer
imported(enum web_person person, const char *text)
{
    struct web_form form = web_form_new(&market);

    web_form_add(&form, "csrf", web_csrf(&market, person));
    web_form_add(&form, "once", web_path(&market, "once-%u", ++market.once));
    form.file = text;
    return web_post_form(&market, person, IMPORT, &form);
}

static bool
holds(const struct web_answer *answer, const char *text)
{
    return strstr(answer->body, text) != NULL;
}

static int
count_of(const char *text, const char *part)
{
    int count = 0;

    for (text = strstr(text, part); text != NULL; text = strstr(text + 1, part))
        count++;
    return count;
}

START_TEST(the_list_leads_to_export_and_import)
{
    struct web_answer owner = web_get(&market, WEB_ISV, "/isv/products");
    struct web_answer marketer = web_get(&market, WEB_ISV_MARKETER, "/isv/products");
    struct web_answer empty = web_get(&market, WEB_PARTNER, "/isv/products");

    ck_assert(holds(&owner, "href=\"/isv/products.json\""));
    ck_assert(holds(&owner, "href=\"" IMPORT "\""));
    ck_assert(holds(&marketer, "href=\"/isv/products.json\""));
    ck_assert(!holds(&marketer, "href=\"" IMPORT "\""));
    ck_assert(holds(&empty, "href=\"" IMPORT "\""));
}
END_TEST

START_TEST(the_page_says_what_an_import_does)
{
    struct web_answer page = web_get(&market, WEB_ISV, IMPORT);

    ck_assert_int_eq(page.status, 200);
    ck_assert(holds(&page, "name=\"file\" type=\"file\" accept=\"application/json,.json\""));
    ck_assert(holds(&page, "What the file does not name stays as it is"));
    ck_assert(!holds(&page, "There is a problem"));
}
END_TEST

START_TEST(an_export_is_a_file_of_ones_own_products)
{
    struct web_answer answer = web_get(&market, WEB_ISV, "/isv/products.json");

    ck_assert_int_eq(answer.status, 200);
    ck_assert(strstr(answer.head, "Content-Type: application/json\r\n") != NULL);
    ck_assert(strstr(answer.head, "attachment; filename=\"catalogue.json\"") != NULL);
    ck_assert(strstr(answer.head, "Cache-Control: no-store") != NULL);
    ck_assert(holds(&answer, "\"id\": \"suite\""));
    ck_assert(!holds(&answer, "\"id\": \"foreign\""));
}
END_TEST

START_TEST(an_export_that_comes_back_changes_nothing)
{
    struct web_answer file = web_get(&market, WEB_ISV, "/isv/products.json");
    const char *before = web_dump(&market);
    struct web_answer answer = imported(WEB_ISV, file.body);

    ck_assert_int_eq(answer.status, 303);
    ck_assert_str_eq(before, web_dump(&market));
    ck_assert_str_eq(answer.location,
                     web_path(&market, "/isv/products?done=imported&new=0&changed=0&unchanged=%d",
                              count_of(file.body, "\"id\": ")));
}
END_TEST

START_TEST(an_import_says_what_it_did)
{
    struct web_answer answer =
        imported(WEB_ISV, quoted("{'products': [{'id': 'fresh', 'name': 'Fresh', 'type': 'SAAS', "
                                 "'published': false, 'plans': [{'id': 'a', 'name': 'A', "
                                 "'published': false}]}]}"));
    struct web_answer list;

    ck_assert_int_eq(answer.status, 303);
    list = web_get(&market, WEB_ISV, answer.location);
    ck_assert(holds(&list, "Catalogue imported."));
    ck_assert(holds(&list, "Products and plans: 2 new, 0 changed, 0 unchanged."));
    ck_assert(holds(&list, "Fresh"));
    list = web_get(&market, WEB_ISV, "/isv/products?done=imported&new=<b>&changed=1&unchanged=1");
    ck_assert(holds(&list, "Catalogue imported."));
    ck_assert(!holds(&list, "unchanged."));
}
END_TEST

START_TEST(a_bad_file_imports_nothing_and_says_where)
{
    const char *before = web_dump(&market);
    struct web_answer answer = imported(
        WEB_ISV, quoted("{'products': [{'id': 'fresh', 'name': 'Fresh', 'type': 'SAAS', 'plans': "
                        "[{'id': 'a', 'name': '<A>', 'trial': 'x'}]}, {'id': 'foreign', 'name': "
                        "'F', 'type': 'SAAS'}]}"));

    ck_assert_int_eq(answer.status, 422);
    ck_assert(holds(&answer, "Nothing was imported: 1 thing is to mend, listed below"));
    ck_assert(holds(&answer, "<code>products[0].plans[0].trial</code>"));
    ck_assert(holds(&answer, "Enter a whole number from 0 to 12"));
    ck_assert_str_eq(before, web_dump(&market));

    answer = imported(WEB_ISV, quoted("{'products': [{'id': 'fresh', 'name': 'Fresh', 'type': "
                                      "'SAAS', 'published': false}, {'id': 'foreign', 'name': "
                                      "'', 'type': 'SAAS'}]}"));
    ck_assert_int_eq(answer.status, 422);
    ck_assert(holds(&answer, "Nothing was imported: 2 things are to mend, listed below"));
    ck_assert(holds(&answer, "<code>products[1].id</code>"));
    ck_assert(holds(&answer, "This ID is taken in the marketplace; choose another"));
    ck_assert(holds(&answer, "<code>products[1].name</code>"));
    ck_assert_str_eq(before, web_dump(&market));
}
END_TEST

START_TEST(a_file_that_is_no_json_says_line_and_column)
{
    struct web_answer answer = imported(WEB_ISV, "{\n\"products\" []}");

    ck_assert_int_eq(answer.status, 422);
    ck_assert(holds(&answer, "<code>line 2, column 12</code>"));
    answer = imported(WEB_ISV, "");
    ck_assert_int_eq(answer.status, 422);
    ck_assert(holds(&answer, "<code>The file</code>"));
}
END_TEST

START_TEST(more_problems_than_a_page_shows_are_counted)
{
    struct buffer text;
    struct web_answer answer;

    buffer_open(&text, 65536);
    buffer_text(&text, "{\"products\": [");
    for (int i = 0; i < LIMIT_PROBLEMS + 5; i++)
        buffer_format(&text, "%s{\"id\": \"p%d\", \"name\": \"P\"}", i == 0 ? "" : ",", i);
    buffer_text(&text, "]}");
    answer = imported(WEB_ISV, text.data);
    buffer_close(&text);
    ck_assert_int_eq(answer.status, 422);
    ck_assert(holds(&answer, "Nothing was imported: 205 things are to mend, listed below"));
    ck_assert(holds(&answer, "<code>products[199].type</code>"));
    ck_assert(!holds(&answer, "<code>products[200].type</code>"));
    ck_assert(holds(&answer, "And 5 more."));
}
END_TEST

START_TEST(a_form_without_a_file_asks_for_one)
{
    struct web_answer answer = web_post(&market, WEB_ISV, IMPORT, "file", "x", NULL);

    ck_assert_int_eq(answer.status, 422);
    ck_assert(holds(&answer, "Choose the file to import"));
    ck_assert(!holds(&answer, "To mend in the file"));
}
END_TEST

START_TEST(a_file_of_ten_mebibytes_is_read_and_no_larger_one)
{
    static const char begin[] = "{\"products\": []}";
    char *text = arena_alloc(market.arena, LIMIT_CATALOGUE_BYTES + 2);
    struct web_answer answer;

    memset(text, ' ', LIMIT_CATALOGUE_BYTES + 1);
    memcpy(text, begin, strlen(begin));
    answer = imported(WEB_ISV, text);
    ck_assert_int_eq(answer.status, 422);
    ck_assert(holds(&answer, "It is larger than 10 MiB"));
    text[LIMIT_CATALOGUE_BYTES] = '\0';
    ck_assert_int_eq(imported(WEB_ISV, text).status, 303);
}
END_TEST

Suite *
catalogue_file_suite(void)
{
    Suite *suite = suite_create("catalogue_file");
    TCase *tests = tcase_create("all");

    tcase_add_checked_fixture(tests, setup, teardown);
    tcase_add_test(tests, the_list_leads_to_export_and_import);
    tcase_add_test(tests, the_page_says_what_an_import_does);
    tcase_add_test(tests, an_export_is_a_file_of_ones_own_products);
    tcase_add_test(tests, an_export_that_comes_back_changes_nothing);
    tcase_add_test(tests, an_import_says_what_it_did);
    tcase_add_test(tests, a_bad_file_imports_nothing_and_says_where);
    tcase_add_test(tests, a_file_that_is_no_json_says_line_and_column);
    tcase_add_test(tests, more_problems_than_a_page_shows_are_counted);
    tcase_add_test(tests, a_form_without_a_file_asks_for_one);
    tcase_add_test(tests, a_file_of_ten_mebibytes_is_read_and_no_larger_one);
    suite_add_tcase(suite, tests);
    return suite;
}

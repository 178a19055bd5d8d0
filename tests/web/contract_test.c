/*
 * contract_test.c: the template contract checker finds what it must, and nothing else.
 */
#include "contract.h"

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/limits.h"

Suite *contract_suite(void);

static char folder[] = "/tmp/tripact-contract-XXXXXX";
static struct arena *arena;
static struct buffer faults;
static struct view *view;

static void
write_template(enum page page, const char *text)
{
    char path[256];

    ck_assert_int_gt(snprintf(path, sizeof path, "%s/%s", folder, page_file(page)), 0);
    FILE *file = fopen(path, "w");
    ck_assert_ptr_nonnull(file);
    ck_assert_int_ge(fprintf(file, "{{%%AUTOESCAPE context=\"HTML\"}}\n{{! TITLE }}%s", text), 0);
    ck_assert_int_eq(fclose(file), 0);
}

static void
open_templates(void)
{
    char mail[256];

    ck_assert_ptr_nonnull(mkdtemp(folder));
    snprintf(mail, sizeof mail, "%s/mail", folder);
    ck_assert_int_eq(mkdir(mail, 0700), 0);
    for (int page = 0; page < PAGE_COUNT; page++)
        write_template((enum page)page, "");
    arena = arena_open(LIMIT_ARENA_BYTES);
    buffer_open(&faults, 1024 * 1024);
    view = view_new(arena);
}

static void
close_templates(void)
{
    char path[256];

    buffer_close(&faults);
    arena_close(arena);
    for (int page = 0; page < PAGE_COUNT; page++) {
        snprintf(path, sizeof path, "%s/%s", folder, page_file((enum page)page));
        (void)unlink(path);
    }
    snprintf(path, sizeof path, "%s/mail", folder);
    ck_assert_int_eq(rmdir(path), 0);
    ck_assert_int_eq(rmdir(folder), 0);
}

static void
expect(const char *wanted)
{
    size_t lines = 0;

    for (const char *c = wanted; *c != '\0'; c++)
        lines += *c == '\n';
    buffer_clear(&faults);
    ck_assert_uint_eq(contract_check(PAGE_LAYOUT, view, folder, &faults), lines);
    ck_assert_str_eq(faults.length == 0 ? "" : faults.data, wanted);
}

START_TEST(accepts_a_full_page)
{
    write_template(PAGE_LAYOUT, "{{CSRF}}{{TITLE}}{{#ROW}}{{VALUE:pre_escape}}{{TITLE}}{{#ERROR}}!"
                                "{{/ERROR}}{{/ROW}}{{>BODY}}{{#ROW}}{{VALUE}}{{/ROW}}");
    write_template(PAGE_PART_TEXT, "{{THEME}}{{LABEL}}");
    view_text(view, NAME_TITLE, "");
    view_text(view_section(view, NAME_ROW), NAME_VALUE, "1");
    struct view *row = view_section(view, NAME_ROW);
    view_text(row, NAME_VALUE, "2");
    view_show(row, NAME_ERROR);
    view_text(view_part(view, NAME_BODY, PAGE_PART_TEXT), NAME_LABEL, "l");
    expect("");
}
END_TEST

START_TEST(finds_a_text_nobody_sets)
{
    write_template(PAGE_LAYOUT, "{{TITLE}}{{#ROW}}{{VALUE}}{{/ROW}}{{#ERROR}}{{LABEL}}{{/ERROR}}");
    view_text(view, NAME_TITLE, "t");
    view_show(view, NAME_ROW);
    expect("layout.html asks for VALUE, which is not set\n");
}
END_TEST

START_TEST(an_outer_text_does_not_reach_a_part)
{
    write_template(PAGE_LAYOUT, "{{TITLE}}{{>BODY}}");
    write_template(PAGE_PART_TEXT, "{{TITLE}}");
    view_text(view, NAME_TITLE, "t");
    view_part(view, NAME_BODY, PAGE_PART_TEXT);
    expect("_text.html asks for TITLE, which is not set\n");
}
END_TEST

START_TEST(finds_what_nothing_asks_for)
{
    write_template(PAGE_LAYOUT, "{{#ROW}}{{VALUE}}{{/ROW}}");
    view_text(view, NAME_TITLE, "t");
    view_show(view, NAME_ERROR);
    view_part(view, NAME_BODY, PAGE_PART_TEXT);
    struct view *row = view_section(view, NAME_ROW);
    view_text(row, NAME_VALUE, "v");
    view_text(row, NAME_LABEL, "l");
    expect("layout.html does not ask for vTITLE\n"
           "layout.html does not ask for #ERROR\n"
           "layout.html does not ask for >BODY\n"
           "layout.html does not ask for vLABEL in ROW\n");
}
END_TEST

START_TEST(a_text_set_for_a_hidden_section_is_asked_for)
{
    write_template(PAGE_LAYOUT, "{{#ROW}}{{VALUE}}{{/ROW}}");
    view_text(view, NAME_VALUE, "v");
    expect("");
}
END_TEST

START_TEST(a_row_name_outside_its_row_is_not)
{
    write_template(PAGE_LAYOUT, "{{VALUE}}{{#ROW}}{{/ROW}}");
    view_text(view, NAME_VALUE, "v");
    view_text(view_section(view, NAME_ROW), NAME_VALUE, "v");
    expect("layout.html does not ask for vVALUE in ROW\n");
}
END_TEST

START_TEST(finds_a_text_set_twice)
{
    write_template(PAGE_LAYOUT, "{{VALUE}}");
    view_text(view, NAME_VALUE, "v");
    view_text(view, NAME_VALUE, "w");
    expect("layout.html is given VALUE twice\n");
}
END_TEST

START_TEST(finds_sections_of_the_enclosing_view)
{
    write_template(PAGE_LAYOUT, "{{#ROW}}{{#ERROR}}{{ERROR_TEXT}}{{/ERROR}}{{/ROW}}");
    view_show(view, NAME_ROW);
    view_show(view, NAME_ERROR);
    expect("layout.html asks for ERROR_TEXT, which is not set\n");
}
END_TEST

START_TEST(tells_what_was_never_shown)
{
    write_template(PAGE_LAYOUT, "{{#ROW}}{{#ERROR}}{{/ERROR}}{{/ROW}}{{#OPTIONAL}}{{/OPTIONAL}}"
                                "{{#OPTIONAL}}{{/OPTIONAL}}");
    view_show(view, NAME_ROW);
    expect("");
    contract_unseen(folder, &faults);
    ck_assert_ptr_nonnull(strstr(faults.data, "layout.html never showed its section ERROR\n"));
    ck_assert_ptr_null(strstr(faults.data, "layout.html never showed its section ROW\n"));
    ck_assert_ptr_null(strstr(faults.data, "layout.html was never shown\n"));

    const char *first = strstr(faults.data, "layout.html never showed its section OPTIONAL\n");

    ck_assert_ptr_nonnull(first);
    ck_assert_ptr_null(strstr(first + 1, "layout.html never showed its section OPTIONAL\n"));
}
END_TEST

Suite *
contract_suite(void)
{
    Suite *suite = suite_create("web/contract");
    TCase *tests = tcase_create("contract");

    tcase_add_checked_fixture(tests, open_templates, close_templates);
    tcase_add_test(tests, accepts_a_full_page);
    tcase_add_test(tests, finds_a_text_nobody_sets);
    tcase_add_test(tests, an_outer_text_does_not_reach_a_part);
    tcase_add_test(tests, finds_what_nothing_asks_for);
    tcase_add_test(tests, a_text_set_for_a_hidden_section_is_asked_for);
    tcase_add_test(tests, a_row_name_outside_its_row_is_not);
    tcase_add_test(tests, finds_a_text_set_twice);
    tcase_add_test(tests, finds_sections_of_the_enclosing_view);
    tcase_add_test(tests, tells_what_was_never_shown);
    suite_add_tcase(suite, tests);
    return suite;
}

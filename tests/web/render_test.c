/*
 * render_test.c: views through the template library (web/render, web/view), with templates written
 * for the purpose, so that the library's behaviour we rely on is held here and not on a page.
 */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/limits.h"
#include "web/render.h"

#define PRAGMA "{{%AUTOESCAPE context=\"HTML\"}}\n"

Suite *render_suite(void);

static char folder[] = "/tmp/tripact-render-XXXXXX";
static struct arena *arena;
static struct buffer out;
static struct view *view;
static const struct render_globals globals = {.csrf = "c<s", .once = "o", .theme = "dark"};

static void
file_path(enum page page, char *path, size_t size)
{
    ck_assert_int_gt(snprintf(path, size, "%s/%s", folder, page_file(page)), 0);
}

static void
write_template(enum page page, const char *text)
{
    char path[256];

    file_path(page, path, sizeof path);
    FILE *file = fopen(path, "w");
    ck_assert_ptr_nonnull(file);
    ck_assert_int_ge(fputs(text, file), 0);
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
        write_template((enum page)page, PRAGMA);
    arena = arena_open(LIMIT_ARENA_BYTES);
    buffer_open(&out, LIMIT_PAGE_BYTES);
    view = view_new(arena);
}

static void
close_templates(void)
{
    char path[256];

    buffer_close(&out);
    arena_close(arena);
    for (int page = 0; page < PAGE_COUNT; page++) {
        file_path((enum page)page, path, sizeof path);
        (void)unlink(path);
    }
    snprintf(path, sizeof path, "%s/mail", folder);
    ck_assert_int_eq(rmdir(path), 0);
    ck_assert_int_eq(rmdir(folder), 0);
}

/* Renders view through this text in the layout's place and compares the whole. */
static void
expect(const char *template, const char *wanted)
{
    write_template(PAGE_LAYOUT, template);
    ck_assert_int_eq(render_start(folder), OK);
    buffer_clear(&out);
    ck_assert_int_eq(render(PAGE_LAYOUT, view, &globals, &out), OK);
    ck_assert_str_eq(out.length == 0 ? "" : out.data, wanted);
}

START_TEST(escapes_every_text)
{
    view_text(view, NAME_TITLE, "<b>\"'&");
    view_text(view, NAME_VALUE, "javascript:alert(1)");
    expect(PRAGMA "{{TITLE}}", "&lt;b&gt;&quot;&#39;&amp;");
    expect(PRAGMA "<a title=\"{{TITLE}}\" href=\"{{VALUE}}\">",
           "<a title=\"&lt;b&gt;&quot;&#39;&amp;\" href=\"#\">");
}
END_TEST

START_TEST(keeps_the_lines_of_a_textarea)
{
    view_text(view, NAME_VALUE, "\n\none\n  two <\n");
    expect(PRAGMA "<textarea>\n{{VALUE:pre_escape}}</textarea>\n",
           "<textarea>\n\n\none\n  two &lt;\n</textarea>\n");
}
END_TEST

START_TEST(strips_lines_of_marks_and_no_words)
{
    view_show(view, NAME_ERROR);
    expect(PRAGMA "{{! said to nobody }}\n\n<p>one\ntwo\n{{#ERROR}}\nthree\n{{/ERROR}}\n</p>\n",
           "<p>one\ntwo\nthree\n</p>\n");
}
END_TEST

START_TEST(shows_sections_once_per_row)
{
    for (int i = 1; i <= 3; i++)
        view_format(view_section(view, NAME_ROW), NAME_VALUE, "%d/%s", i, "x");
    view_text(view, NAME_TITLE, "t");
    expect(PRAGMA "{{#ROW}}{{VALUE}}{{TITLE}};{{/ROW}}{{#ERROR}}never{{/ERROR}}",
           "1/xt;2/xt;3/xt;");
}
END_TEST

START_TEST(finds_sections_and_parts_of_the_enclosing_view)
{
    write_template(PAGE_PART_TEXT, PRAGMA "part");
    view_show(view, NAME_ROW);
    view_show(view, NAME_ERROR);
    view_part(view, NAME_BODY, PAGE_PART_TEXT);
    expect(PRAGMA "{{#ROW}}{{#ERROR}}error,{{/ERROR}}{{>BODY}}{{/ROW}}", "error,part");
}
END_TEST

START_TEST(a_part_sees_its_own_names_and_the_globals)
{
    write_template(PAGE_PART_TEXT, PRAGMA "{{TITLE}}{{VALUE}},{{CSRF}},{{THEME}},{{ONCE_KEY}}");
    view_text(view, NAME_TITLE, "outer");
    view_text(view_part(view, NAME_BODY, PAGE_PART_TEXT), NAME_VALUE, "own<");
    expect(PRAGMA "{{TITLE}}:{{>BODY}}", "outer:own&lt;,c&lt;s,dark,o");
}
END_TEST

START_TEST(an_unfilled_part_prints_nothing)
{
    expect(PRAGMA "[{{>BODY}}]", "[]");
}
END_TEST

START_TEST(a_part_may_be_built_before_its_page)
{
    struct view *body = view_new(arena);

    write_template(PAGE_PART_TEXT, PRAGMA "{{VALUE}}");
    view_text(body, NAME_VALUE, "early");
    view_put_part(view, NAME_BODY, PAGE_PART_TEXT, body);
    expect(PRAGMA "{{>BODY}}", "early");
}
END_TEST

START_TEST(knows_the_files_of_this_build)
{
    write_template(PAGE_LAYOUT, PRAGMA "{{CSS_FILE}} {{JS_FILE}} {{ICONS_FILE}} {{LOGO_FILE}}");
    ck_assert_int_eq(render_start(folder), OK);
    ck_assert_int_eq(render(PAGE_LAYOUT, view, &globals, &out), OK);
    ck_assert_ptr_nonnull(strstr(out.data, ".css "));
    ck_assert_ptr_nonnull(strstr(out.data, ".js "));
    ck_assert_ptr_nonnull(strstr(out.data, ".svg "));
}
END_TEST

START_TEST(no_global_stays_for_the_next_page)
{
    static const struct render_globals none = {.csrf = NULL, .once = NULL, .theme = NULL};

    expect(PRAGMA "{{CSRF}}", "c&lt;s");
    buffer_clear(&out);
    ck_assert_int_eq(render(PAGE_LAYOUT, view, &none, &out), OK);
    ck_assert_uint_eq(out.length, 0);
}
END_TEST

START_TEST(no_text_sets_nothing)
{
    view_text(view, NAME_TITLE, NULL);
    ck_assert_ptr_null(view->first);
    view_text(view, NAME_TITLE, "");
    ck_assert_ptr_nonnull(view->first);
}
END_TEST

START_TEST(a_page_past_the_limit_is_refused)
{
    struct buffer small;

    view_text(view, NAME_TITLE, "12345678901234567890");
    write_template(PAGE_LAYOUT, PRAGMA "{{TITLE}}");
    ck_assert_int_eq(render_start(folder), OK);
    buffer_open(&small, 10);
    ck_assert_int_eq(render(PAGE_LAYOUT, view, &globals, &small), ERR_BROKEN);
    buffer_close(&small);
}
END_TEST

START_TEST(a_missing_or_broken_template_fails_the_start)
{
    char path[256];

    ck_assert_int_eq(render_start(folder), OK);
    write_template(PAGE_LAYOUT, PRAGMA "{{#ROW}}never closed");
    ck_assert_int_eq(render_start(folder), ERR_BROKEN);
    file_path(PAGE_LAYOUT, path, sizeof path);
    ck_assert_int_eq(unlink(path), 0);
    ck_assert_int_eq(render_start(folder), ERR_BROKEN);
    ck_assert_int_eq(render_start("/nonexistent"), ERR_BROKEN);
}
END_TEST

START_TEST(the_products_own_templates_load)
{
    ck_assert_int_eq(render_start("templates"), OK);
}
END_TEST

START_TEST(names_and_files_have_their_texts)
{
    ck_assert_str_eq(name_text(NAME_TITLE), "TITLE");
    ck_assert_str_eq(page_file(PAGE_LAYOUT), "layout.html");
    ck_assert_str_eq(page_file(PAGE_PART_TEXT), "_text.html");
    for (int name = 0; name < NAME_COUNT; name++)
        ck_assert_str_ne(name_text((enum name)name), "");
}
END_TEST

Suite *
render_suite(void)
{
    Suite *suite = suite_create("web/render");
    TCase *tests = tcase_create("render");

    tcase_add_checked_fixture(tests, open_templates, close_templates);
    tcase_add_test(tests, escapes_every_text);
    tcase_add_test(tests, keeps_the_lines_of_a_textarea);
    tcase_add_test(tests, strips_lines_of_marks_and_no_words);
    tcase_add_test(tests, shows_sections_once_per_row);
    tcase_add_test(tests, finds_sections_and_parts_of_the_enclosing_view);
    tcase_add_test(tests, a_part_sees_its_own_names_and_the_globals);
    tcase_add_test(tests, an_unfilled_part_prints_nothing);
    tcase_add_test(tests, a_part_may_be_built_before_its_page);
    tcase_add_test(tests, knows_the_files_of_this_build);
    tcase_add_test(tests, no_global_stays_for_the_next_page);
    tcase_add_test(tests, no_text_sets_nothing);
    tcase_add_test(tests, a_page_past_the_limit_is_refused);
    tcase_add_test(tests, a_missing_or_broken_template_fails_the_start);
    tcase_add_test(tests, the_products_own_templates_load);
    tcase_add_test(tests, names_and_files_have_their_texts);
    suite_add_tcase(suite, tests);
    return suite;
}

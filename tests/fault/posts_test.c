/*
 * posts_test.c: each form of the route table, with the Nth call of the store failing, N = 1, 2, ...
 * until a run passes: a failure answers 5xx and leaves every table as it was, and whatever was
 * acknowledged is there.
 *
 * What may change in spite of a refusal: throttles, and when a session was last seen.
 */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "pages/carried.h"
#include "pages/routes.h"
#include "support/fault_driver.h"
#include "support/web_posts.h"
#include "web/render.h"

#define CALLS_MAX 400

Suite *posts_suite(void);

static struct web_market market;

void
suite_setup(void)
{
    if (render_start("templates") != OK) {
        fprintf(stderr, "The templates do not load.\n");
        exit(EXIT_FAILURE);
    }
}

/* What was typed stands on the page, to be sent again; never a password. */
static void
assert_kept(const struct route *route, const struct web_form *form, const char *body)
{
    bool kept = route->csrf == CSRF_CHECKED;

    for (size_t i = 0; i < form->form.count; i++)
        kept = kept && !carried_never(form->form.pairs[i].name);
    ck_assert_msg((strstr(body, "Send it again") != NULL) == kept, "POST %s: %s", route->path,
                  kept ? "not kept" : "kept");
    for (size_t i = 0; i < form->form.count && kept; i++) {
        const char *name = form->form.pairs[i].name;
        char hidden[128];

        snprintf(hidden, sizeof hidden, "type=\"hidden\" name=\"%s\" value=\"", name);
        ck_assert_msg(strstr(body, hidden) != NULL, "POST %s loses %s", route->path, name);
    }
}

/* Sends the row's form with its Nth call failing. Answers whether a run passed. */
static bool
fails_cleanly(const struct route *route, unsigned n)
{
    const struct web_post_rule *rule = web_post_rule(route->path);
    struct web_form form;
    struct web_answer answer;
    const char *offer;
    const char *path;
    const char *before;
    bool reached;
    bool same;

    web_market_open(&market, &fault_driver);
    offer = web_post_offer(&market, rule);
    path = web_row_path(&market, route->path, offer);
    form = web_post_form_of(&market, rule, rule->person, offer);
    before = web_dump(&market);
    fault_arm(n);
    answer = web_post_form(&market, rule->person, path, &form);
    reached = fault_happened();
    fault_arm(0);
    same = text_equal(before, web_dump(&market));
    if (answer.status < 500) {
        /* acknowledged: what failed was a cleaning up after the commit */
        ck_assert_msg(answer.status == 303, "POST %s, call %u: %d", route->path, n, answer.status);
    } else {
        ck_assert_msg(reached, "POST %s: %d without a failure", route->path, answer.status);
        ck_assert_msg(same, "POST %s, call %u: %d, but something changed", route->path, n,
                      answer.status);
        ck_assert_str_eq(answer.location, "");
        ck_assert_msg(answer.cookie_count == 0, "POST %s, call %u sets a cookie", route->path, n);
        ck_assert_uint_gt(answer.body_length, 0);
        if (answer.status == 503)
            ck_assert_int_gt(answer.retry_after_s, 0);
        /* the first call begins the reading, without which there is no page */
        if (n > 1)
            assert_kept(route, &form, answer.body);
        answer = web_post_form(&market, rule->person, path, &form);
        ck_assert_msg(answer.status == 303, "POST %s after call %u failed: %d", route->path, n,
                      answer.status);
    }
    web_market_close(&market);
    return !reached;
}

START_TEST(a_failing_store_loses_nothing)
{
    const struct route *route = &routes[_i];
    unsigned n = 1;

    if (route->method != METHOD_POST)
        return;
    while (!fails_cleanly(route, n)) {
        n++;
        ck_assert_uint_lt(n, CALLS_MAX);
    }
    ck_assert_uint_gt(n, 2);
}
END_TEST

Suite *
posts_suite(void)
{
    Suite *suite = suite_create("fault/posts");
    TCase *tests = tcase_create("posts");

    tcase_set_timeout(tests, 900);
    tcase_add_loop_test(tests, a_failing_store_loses_nothing, 0, (int)route_count);
    suite_add_tcase(suite, tests);
    return suite;
}

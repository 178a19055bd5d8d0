/*
 * purchase_states_test.c: every page and form about a purchase, in every state of it: what LAW 11
 * allows is done once, everything else changes nothing; and in each of them people of other
 * accounts find nothing.
 */
#include <check.h>
#include <string.h>

#include "base/text.h"
#include "pages/routes.h"
#include "support/play_purchase.h"
#include "support/web_posts.h"
#include "support/web_purchases.h"

Suite *purchase_states_suite(void);

static struct web_market market;

/* The columns of the table below, of Suite Pro (SaaS, flat rate); pages about users are asked of
 * Seats Team. */
enum stage { BOUGHT, CONFIGURED, SUBSCRIBED, SUSPENDED, OVER, STAGES };

/* 303 it is done, 409 not in this state. */
static const struct {
    enum method method;
    const char *path;
    int statuses[STAGES];
} rows[] = {
    {METHOD_GET, "/isv/purchases/:purchase", {200, 200, 200, 200, 200}},
    {METHOD_POST, "/isv/purchases/:purchase/activate", {409, 303, 409, 409, 409}},
    {METHOD_GET, "/isv/purchases/:purchase/cancel", {409, 409, 200, 200, 409}},
    {METHOD_POST, "/isv/purchases/:purchase/cancel", {409, 409, 303, 303, 409}},
    {METHOD_POST, "/isv/purchases/:purchase/usage", {409, 409, 303, 409, 409}},
    {METHOD_GET, "/customer/purchases/:purchase", {200, 200, 200, 200, 200}},
    {METHOD_GET, "/customer/purchases/:purchase/purchased", {200, 200, 200, 200, 200}},
    {METHOD_GET, "/customer/purchases/:purchase/configure", {200, 409, 409, 409, 409}},
    {METHOD_POST, "/customer/purchases/:purchase/configure", {303, 409, 409, 409, 409}},
    {METHOD_GET, "/customer/purchases/:purchase/users", {409, 409, 200, 409, 409}},
    {METHOD_POST, "/customer/purchases/:purchase/users", {409, 409, 303, 409, 409}},
    {METHOD_GET, "/customer/purchases/:purchase/plan", {409, 409, 200, 409, 409}},
    {METHOD_POST, "/customer/purchases/:purchase/plan", {409, 409, 303, 409, 409}},
    {METHOD_POST, "/customer/purchases/:purchase/recurring", {303, 303, 303, 409, 409}},
    {METHOD_GET, "/customer/purchases/:purchase/cancel", {200, 200, 200, 200, 409}},
    {METHOD_POST, "/customer/purchases/:purchase/cancel", {303, 303, 303, 303, 409}},
    {METHOD_GET, "/operator/purchases/:purchase", {200, 200, 200, 200, 200}},
    {METHOD_POST, "/operator/purchases/:purchase/payment-failed", {409, 409, 303, 409, 409}},
    {METHOD_POST, "/operator/purchases/:purchase/payment-received", {409, 409, 409, 303, 409}},
    /* of this kind it reports nothing, in no state */
    {METHOD_POST, "/operator/purchases/:purchase/usage", {409, 409, 409, 409, 409}},
};

/* Nobody of these has anything to do with it. */
static const enum web_person others[] = {WEB_OUT,           WEB_OTHER_ISV, WEB_PARTNER,
                                         WEB_OTHER_PARTNER, WEB_STRANGER,  WEB_ISV_MARKETER};

static void
open_in(enum stage stage, const char *path)
{
    struct deal_market *deal = &market.deal;
    const char *id;

    web_market_open(&market, NULL);
    id = strstr(path, "/users") != NULL ? play_buy(deal, BUY_TEAM, "user-1", "10")
                                        : play_buy(deal, BUY_PRO, "term-12", "");
    if (stage >= CONFIGURED)
        play_configure(deal, id);
    if (stage >= SUBSCRIBED)
        play_activate(deal, id);
    if (stage == SUSPENDED)
        play_payment(deal, id, false);
    market.purchase = arena_text(market.arena, id);
    if (stage == OVER)
        ck_assert_int_eq(
            web_fill(&market, WEB_CONTRIBUTOR,
                     web_path(&market, "/customer/purchases/%s/cancel", market.purchase), NULL)
                .status,
            303);
}

static enum web_person
reader_of(const char *path)
{
    if (text_starts(path, "/isv/"))
        return WEB_ISV;
    return text_starts(path, "/customer/") ? WEB_CONTRIBUTOR : WEB_OPERATOR;
}

static struct web_answer
asked_as(enum method method, const char *pattern, enum web_person person)
{
    const char *path = web_row_path(&market, pattern, "");
    struct web_form form;

    if (method == METHOD_GET)
        return web_get(&market, person, path);
    form = web_post_form_of(&market, web_post_rule(pattern), person, "");
    return web_post_form(&market, person, path, &form);
}

START_TEST(each_is_answered_by_the_state)
{
    for (int stage = 0; stage < STAGES; stage++) {
        const char *before;
        struct web_answer answer;

        open_in((enum stage)stage, rows[_i].path);
        before = web_dump(&market);
        for (size_t k = 0; k < COUNT(others); k++) {
            answer = asked_as(rows[_i].method, rows[_i].path, others[k]);
            ck_assert_msg(answer.status == 404 || answer.status == 403 ||
                              (others[k] == WEB_OUT && answer.status == 303),
                          "%s in %d as %s: %d", rows[_i].path, stage, web_person_name(others[k]),
                          answer.status);
        }
        ck_assert_str_eq(before, web_dump(&market));
        answer = asked_as(rows[_i].method, rows[_i].path, reader_of(rows[_i].path));
        ck_assert_msg(answer.status == rows[_i].statuses[stage], "%s in %d: %d", rows[_i].path,
                      stage, answer.status);
        ck_assert_msg((answer.status == 303) != text_equal(before, web_dump(&market)),
                      "%s in %d with %d", rows[_i].path, stage, answer.status);
        web_market_close(&market);
    }
}
END_TEST

START_TEST(the_table_holds_every_row_about_a_purchase)
{
    for (size_t i = 0; i < route_count; i++) {
        size_t found = 0;

        for (size_t k = 0; k < COUNT(rows); k++)
            found += rows[k].method == routes[i].method && text_equal(rows[k].path, routes[i].path);
        ck_assert_msg(found == (strstr(routes[i].path, ":purchase") != NULL), "%s", routes[i].path);
    }
}
END_TEST

Suite *
purchase_states_suite(void)
{
    Suite *suite = suite_create("web/purchase_states");
    TCase *tests = tcase_create("purchase_states");

    tcase_set_timeout(tests, 300);
    tcase_add_loop_test(tests, each_is_answered_by_the_state, 0, (int)COUNT(rows));
    tcase_add_test(tests, the_table_holds_every_row_about_a_purchase);
    suite_add_tcase(suite, tests);
    return suite;
}

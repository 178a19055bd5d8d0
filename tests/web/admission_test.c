/*
 * admission_test.c: every row of the route table tried as everybody gives the status that
 * tests/golden/admission.txt says; and every form without its token, or from elsewhere, is refused.
 */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "pages/routes.h"
#include "support/web_posts.h"

#define GOLDEN "tests/golden/admission.txt"
#define ROWS 240

Suite *admission_suite(void);

/* The persons of the golden file's columns, in order. */
static const enum web_person columns[] = {
    WEB_OUT,       WEB_ISV,         WEB_ISV_DEVELOPER,    WEB_ISV_MARKETER,
    WEB_OTHER_ISV, WEB_PARTNER,     WEB_PARTNER_MARKETER, WEB_OTHER_PARTNER,
    WEB_OWNER,     WEB_CONTRIBUTOR, WEB_READER,           WEB_STRANGER,
    WEB_OPERATOR,
};

static const struct {
    const char *name;
    enum offer_state state;
} states[] = {
    {"-", WEB_NO_OFFER},
    {"draft", STATE_DRAFT},
    {"pending_partner", STATE_PENDING_PARTNER},
    {"pending_acceptance", STATE_PENDING_ACCEPTANCE},
    {"accepted", STATE_ACCEPTED},
};

/* A line of the golden file. */
struct golden {
    char method[8];
    char path[96];
    enum offer_state state;
    int statuses[COUNT(columns)];
};

static struct golden golden[ROWS];
static size_t golden_count;
static struct web_market market;

/* The next word of the line, copied to word; what follows it. */
static const char *
next_word(const char *line, char *word, size_t size)
{
    size_t length;

    line += strspn(line, " ");
    length = strcspn(line, " \n");
    ck_assert_msg(length > 0 && length < size, "a word is missing: %s", line);
    memcpy(word, line, length);
    word[length] = '\0';
    return line + length;
}

static void
golden_line(const char *line)
{
    struct golden *row = &golden[golden_count];
    char word[32];

    ck_assert_uint_lt(golden_count, ROWS);
    line = next_word(line, row->method, sizeof row->method);
    line = next_word(line, row->path, sizeof row->path);
    line = next_word(line, word, sizeof word);
    row->state = STATE_DELETED;
    for (size_t i = 0; i < COUNT(states); i++) {
        if (text_equal(states[i].name, word))
            row->state = states[i].state;
    }
    ck_assert_msg(row->state != STATE_DELETED, "no such state: %s", word);
    for (size_t i = 0; i < COUNT(columns); i++) {
        int64_t status = 0;

        line = next_word(line, word, sizeof word);
        ck_assert_int_eq(text_to_integer(word, 200, 599, &status), OK);
        row->statuses[i] = (int)status;
    }
    golden_count++;
}

static void
golden_load(void)
{
    char line[512];
    FILE *file = fopen(GOLDEN, "r");

    ck_assert_ptr_nonnull(file);
    while (fgets(line, sizeof line, file) != NULL) {
        if (line[0] != '#' && line[0] != '\n')
            golden_line(line);
    }
    ck_assert_int_eq(fclose(file), 0);
}

static const struct golden *
golden_of(const struct route *route)
{
    const char *method = route->method == METHOD_POST ? "POST" : "GET";

    for (size_t i = 0; i < golden_count; i++) {
        if (text_equal(golden[i].method, method) && text_equal(golden[i].path, route->path))
            return &golden[i];
    }
    ck_abort_msg(GOLDEN " says nothing of %s %s", method, route->path);
    return NULL;
}

static const char *
open_with(const struct golden *row)
{
    web_market_open(&market, NULL);
    web_row_ready(&market, row->path);
    return row->state == WEB_NO_OFFER ? "" : web_offer(&market, row->state);
}

static void
status_is(const struct golden *row, size_t column, int status)
{
    ck_assert_msg(status == row->statuses[column], "%s %s as %s: %d instead of %d", row->method,
                  row->path, web_person_name(columns[column]), status, row->statuses[column]);
}

static int
post_as(const struct golden *row, enum web_person person, const char *offer)
{
    const struct web_post_rule *rule = web_post_rule(row->path);
    struct web_form form = web_post_form_of(&market, rule, person, offer);

    if (text_equal(row->path, "/login")) /* one account would be closed after ten */
        web_form_set(&form, "email", web_path(&market, "nobody-%d@test.example", (int)person));
    if (text_equal(row->path, "/password"))
        web_form_set(&form, "old", "not the password");
    return web_post_form(&market, person, web_row_path(&market, row->path, offer), &form).status;
}

START_TEST(each_row_has_its_line_and_each_line_its_row)
{
    for (size_t i = 0; i < route_count; i++)
        (void)golden_of(&routes[i]);
    ck_assert_uint_eq(golden_count, route_count);
}
END_TEST

static void
page_opens(const struct golden *row, const char *offer)
{
    for (size_t k = 0; k < COUNT(columns); k++)
        status_is(row, k,
                  web_get(&market, columns[k], web_row_path(&market, row->path, offer)).status);
}

/* Pages change nothing: those that need no more than an offer in its state share a market. */
START_TEST(pages_open_for_whom_they_should)
{
    for (size_t state = 0; state < COUNT(states); state++) {
        const char *offer = NULL;

        for (size_t i = 0; i < golden_count; i++) {
            const struct golden *row = &golden[i];

            if (!text_equal(row->method, "GET") || row->state != states[state].state ||
                !web_row_is_plain(row->path))
                continue;
            if (offer == NULL)
                offer = open_with(row);
            page_opens(row, offer);
        }
        if (offer != NULL)
            web_market_close(&market);
    }
    for (size_t i = 0; i < golden_count; i++) {
        if (!text_equal(golden[i].method, "GET") || web_row_is_plain(golden[i].path))
            continue;
        page_opens(&golden[i], open_with(&golden[i]));
        web_market_close(&market);
    }
}
END_TEST

/* Under the sanitizers the first success of a form stands for the others, which run the same code. */
#ifdef SANITIZED
#define SUCCESSES 1
#else
#define SUCCESSES COUNT(columns)
#endif

/* Refusals first, all in one market, which they leave as it was; then each success in its own. */
START_TEST(forms_are_taken_from_whom_they_should)
{
    for (size_t i = 0; i < golden_count; i++) {
        const struct golden *row = &golden[i];
        const char *offer;
        const char *before;

        if (!text_equal(row->method, "POST"))
            continue;
        offer = open_with(row);
        before = web_dump(&market);
        for (size_t k = 0; k < COUNT(columns); k++) {
            if (row->statuses[k] != 303)
                status_is(row, k, post_as(row, columns[k], offer));
        }
        ck_assert_msg(text_equal(before, web_dump(&market)), "POST %s changed something",
                      row->path);
        web_market_close(&market);
        for (size_t k = 0, tried = 0; k < COUNT(columns) && tried < SUCCESSES; k++) {
            if (row->statuses[k] != 303)
                continue;
            tried++;
            offer = open_with(row);
            status_is(row, k, post_as(row, columns[k], offer));
            web_market_close(&market);
        }
    }
}
END_TEST

START_TEST(every_form_is_checked)
{
    for (size_t i = 0; i < route_count; i++) {
        const struct route *route = &routes[i];

        if (route->method == METHOD_POST)
            ck_assert_msg(route->csrf == CSRF_CHECKED, "POST %s is not checked", route->path);
        else
            ck_assert_msg(route->csrf == CSRF_NONE && route->transaction == TX_READ,
                          "GET %s may write", route->path);
    }
}
END_TEST

/* Hashing a password takes longer than a write may. */
START_TEST(only_passwords_begin_their_own_writes)
{
    static const char *const own[] = {"/login", "/password", "/isv/account/people",
                                      "/partner/account/people",
                                      "/operator/accounts/:account/people"};
    size_t count = 0;

    for (size_t i = 0; i < route_count; i++) {
        bool allowed = false;

        if (routes[i].transaction != TX_HASH)
            continue;
        for (size_t k = 0; k < COUNT(own); k++)
            allowed = allowed || text_equal(own[k], routes[i].path);
        ck_assert_msg(allowed, "%s begins its own writes", routes[i].path);
        count++;
    }
    ck_assert_uint_eq(count, COUNT(own));
}
END_TEST

/* What is wrong with a form that somebody else made for this person's browser. */
static const struct {
    const char *what;
    const char *csrf; /* NULL: as it should be */
    const char *origin;
    const char *fetch_site;
} forged[] = {
    {"without a token", "", WEB_ADDRESS, "same-origin"},
    {"with a wrong token",
     "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
     WEB_ADDRESS, "same-origin"},
    {"with another session's token", "other", WEB_ADDRESS, "same-origin"},
    {"from another site", NULL, NULL, "cross-site"},
    {"from a neighbouring host", NULL, NULL, "same-site"},
    {"with a foreign origin", NULL, "http://evil.test", NULL},
    {"with an origin that hides itself", NULL, "null", NULL},
    {"with our name as part of theirs", NULL, WEB_ADDRESS ".evil.test", NULL},
    {"over another scheme", NULL, "https://" WEB_HOST, NULL},
};

START_TEST(forged_forms_change_nothing)
{
    for (size_t i = 0; i < route_count; i++) {
        const struct web_post_rule *rule;
        const char *offer;
        const char *before;

        if (routes[i].method != METHOD_POST)
            continue;
        rule = web_post_rule(routes[i].path);
        web_market_open(&market, NULL);
        offer = web_post_offer(&market, rule);
        before = web_dump(&market);
        for (size_t k = 0; k < COUNT(forged); k++) {
            struct web_form form = web_post_form_of(&market, rule, rule->person, offer);
            const char *csrf = forged[k].csrf;
            struct web_answer answer;

            if (csrf != NULL)
                web_form_set(&form, "csrf",
                             text_equal(csrf, "other") ? web_csrf(&market, WEB_OTHER_ISV) : csrf);
            answer = web_send(&market, &(struct web_request){
                                           .method = "POST",
                                           .target = web_row_path(&market, routes[i].path, offer),
                                           .cookies = web_cookie(&market, rule->person),
                                           .origin = forged[k].origin,
                                           .fetch_site = forged[k].fetch_site,
                                           .type = "application/x-www-form-urlencoded",
                                           .body = web_form_encode(&form),
                                       });
            ck_assert_msg(answer.status == 403, "POST %s %s: %d", routes[i].path, forged[k].what,
                          answer.status);
            ck_assert_str_eq(answer.location, "");
            ck_assert_uint_eq(answer.cookie_count, 0);
        }
        ck_assert_msg(text_equal(before, web_dump(&market)), "POST %s changed something",
                      routes[i].path);
        web_market_close(&market);
    }
}
END_TEST

/* Browsers without these headers exist; the token decides. */
START_TEST(a_form_without_origin_is_taken_by_its_token)
{
    struct web_form form;
    struct web_answer answer;

    web_market_open(&market, NULL);
    form = web_post_form_of(&market, web_post_rule("/isv/offers/new"), WEB_ISV, "");
    answer = web_send(&market, &(struct web_request){
                                   .method = "POST",
                                   .target = "/isv/offers/new",
                                   .cookies = web_cookie(&market, WEB_ISV),
                                   .type = "application/x-www-form-urlencoded; charset=UTF-8",
                                   .body = web_form_encode(&form),
                               });
    ck_assert_int_eq(answer.status, 303);
    web_market_close(&market);
}
END_TEST

START_TEST(the_clock_is_a_demos_alone)
{
    const char *before;

    web_market_open(&market, NULL);
    web_setting(&market, SETTING_DEMO, "0");
    before = web_dump(&market);
    ck_assert_int_eq(web_get(&market, WEB_OPERATOR, "/operator/clock").status, 404);
    ck_assert_int_eq(
        web_post(&market, WEB_OPERATOR, "/operator/clock", "day", "2023-10-20", NULL).status, 404);
    ck_assert_int_eq(web_get(&market, WEB_ISV, "/operator/clock").status, 403);
    ck_assert_str_eq(before, web_dump(&market));
    ck_assert_ptr_null(strstr(web_get(&market, WEB_OPERATOR, "/operator").body, "/operator/clock"));
    web_market_close(&market);
}
END_TEST

START_TEST(everybody_comes_home)
{
    static const struct {
        enum web_person person;
        const char *home;
    } homes[] = {
        {WEB_OUT, "/login"},
        {WEB_ISV, "/isv"},
        {WEB_ISV_MARKETER, "/isv"},
        {WEB_OTHER_ISV, "/isv"},
        {WEB_PARTNER, "/partner"},
        {WEB_OTHER_PARTNER, "/partner"},
        {WEB_OWNER, "/customer/offers"},
        {WEB_STRANGER, "/customer/offers"},
        {WEB_OPERATOR, "/operator"},
    };

    web_market_open(&market, NULL);
    for (size_t i = 0; i < COUNT(homes); i++) {
        struct web_answer answer = web_get(&market, homes[i].person, "/");

        ck_assert_int_eq(answer.status, 303);
        ck_assert_str_eq(answer.location, homes[i].home);
    }
    web_market_close(&market);
}
END_TEST

/* LAW 2.2: a role without private offers is told who can change that, and sees none. */
START_TEST(a_role_without_offers_is_told_who_can_help)
{
    struct web_answer answer;
    const char *offer;

    web_market_open(&market, NULL);
    offer = web_offer(&market, STATE_PENDING_PARTNER);
    answer = web_get(&market, WEB_ISV_MARKETER, "/isv/offers");
    ck_assert_int_eq(answer.status, 403);
    ck_assert_ptr_nonnull(strstr(answer.body, "Your role has no access to private offers"));
    ck_assert_ptr_nonnull(strstr(answer.body, "Person isv<"));
    ck_assert_ptr_null(strstr(answer.body, "Person isv-developer"));
    for (int i = 0; i < 2; i++) {
        answer = web_get(&market, i == 0 ? WEB_ISV_MARKETER : WEB_PARTNER_MARKETER,
                         i == 0 ? "/isv" : "/partner");
        ck_assert_int_eq(answer.status, 200);
        ck_assert_ptr_null(strstr(answer.body, offer));
        ck_assert_ptr_null(strstr(answer.body, "Northwind"));
        ck_assert_ptr_null(strstr(answer.body, "class=\"count\""));
    }
    web_market_close(&market);
}
END_TEST

Suite *
admission_suite(void)
{
    Suite *suite = suite_create("web/admission");
    TCase *tests = tcase_create("admission");

    tcase_set_timeout(tests, 1200);
    tcase_add_unchecked_fixture(tests, golden_load, NULL);
    tcase_add_test(tests, each_row_has_its_line_and_each_line_its_row);
    tcase_add_test(tests, pages_open_for_whom_they_should);
    tcase_add_test(tests, forms_are_taken_from_whom_they_should);
    tcase_add_test(tests, every_form_is_checked);
    tcase_add_test(tests, only_passwords_begin_their_own_writes);
    tcase_add_test(tests, forged_forms_change_nothing);
    tcase_add_test(tests, a_form_without_origin_is_taken_by_its_token);
    tcase_add_test(tests, the_clock_is_a_demos_alone);
    tcase_add_test(tests, everybody_comes_home);
    tcase_add_test(tests, a_role_without_offers_is_told_who_can_help);
    suite_add_tcase(suite, tests);
    return suite;
}

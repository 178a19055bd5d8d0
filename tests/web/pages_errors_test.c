/*
 * pages_errors_test.c: every refusal and failure has a page of the product that says what to do,
 * and gives nothing away.
 */
#include <check.h>
#include <string.h>

#include <sqlite3.h>

#include "base/text.h"
#include "support/fault_driver.h"
#include "support/page.h"
#include "support/web_posts.h"

#define FORM "application/x-www-form-urlencoded"

Suite *pages_errors_suite(void);

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

/* A whole page in the product's frame, with a way on. */
static void
assert_error_page(const struct web_answer *answer, int status)
{
    ck_assert_int_eq(answer->status, status);
    ck_assert(text_starts(answer->head, arena_format(market.arena, "Status: %d ", status)));
    ck_assert_ptr_nonnull(strstr(answer->head, "Content-Security-Policy: default-src 'none'"));
    ck_assert_ptr_nonnull(strstr(answer->head, "X-Content-Type-Options: nosniff"));
    ck_assert_ptr_nonnull(strstr(answer->head, "Cache-Control: no-store"));
    ck_assert_ptr_nonnull(
        strstr(answer->body, arena_format(market.arena, "<p class=\"muted\">%d</p>", status)));
    ck_assert_ptr_nonnull(strstr(answer->body, "<main id=\"main\""));
    ck_assert_ptr_nonnull(strstr(answer->body, "</html>"));
    ck_assert_ptr_nonnull(strstr(answer->body, "<a class=\"btn primary\" href=\"/"));
}

START_TEST(what_does_not_exist)
{
    static const char *const targets[] = {
        "/nowhere",
        "/isv/offers/not-an-id",
        "/isv/offers/00000000-0000-4000-8000-000000000000",
        "/isv/",
        "/ISV",
        "/accept/short",
        "/accept/AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
        "/isv/offers/00000000-0000-4000-8000-000000000000/setup",
        "/<script>alert(1)</script>",
    };

    for (size_t i = 0; i < COUNT(targets); i++) {
        struct web_answer answer = web_get(&market, WEB_ISV, targets[i]);

        assert_error_page(&answer, 404);
        ck_assert_ptr_null(strstr(answer.body, "<script>alert"));
    }
}
END_TEST

START_TEST(nobody_learns_whether_it_exists)
{
    const char *offer = web_offer(&market, STATE_PENDING_ACCEPTANCE);
    static const struct {
        enum web_person person;
        const char *pattern;
    } views[] = {
        {WEB_OTHER_ISV, "/isv/offers/%s"},
        {WEB_OTHER_PARTNER, "/partner/offers/%s"},
        {WEB_STRANGER, "/customer/offers/%s"},
        {WEB_OTHER_ISV, "/isv/offers/%s/setup"},
        {WEB_OTHER_PARTNER, "/partner/offers/%s/share"},
    };

    for (size_t i = 0; i < COUNT(views); i++) {
        const char *pattern = views[i].pattern;
        const char *rest = strstr(pattern, "%s") + 2;
        const char *base = arena_copy(market.arena, pattern, (size_t)(rest - 2 - pattern));
        struct web_answer real =
            web_get(&market, views[i].person, web_path(&market, "%s%s%s", base, offer, rest));
        struct web_answer made_up = web_get(
            &market, views[i].person,
            web_path(&market, "%s%s%s", base, "00000000-0000-4000-8000-000000000000", rest));

        ck_assert_int_eq(real.status, 404);
        ck_assert_str_eq(page_text(market.arena, real.body), page_text(market.arena, made_up.body));
    }
}
END_TEST

START_TEST(methods_that_are_not_there)
{
    static const struct {
        const char *method, *target, *allow;
    } tries[] = {
        {"POST", "/isv", "GET, HEAD"},
        {"GET", "/logout", "POST"},
        {"HEAD", "/preferences/theme", "POST"},
        {"PUT", "/login", "GET, HEAD, POST"},
        {"DELETE", "/isv/offers/new", "GET, HEAD, POST"},
        {"OPTIONS", "/isv", "GET, HEAD"},
    };

    for (size_t i = 0; i < COUNT(tries); i++) {
        struct web_answer answer = web_send(
            &market,
            &(struct web_request){.method = tries[i].method,
                                  .target = tries[i].target,
                                  .cookies = web_cookie(&market, WEB_ISV),
                                  .type = FORM,
                                  .body = text_equal(tries[i].method, "POST") ? "a=b" : NULL});

        assert_error_page(&answer, 405);
        ck_assert_str_eq(answer.allow, tries[i].allow);
        ck_assert_ptr_nonnull(
            strstr(answer.head, arena_format(market.arena, "\r\nAllow: %s\r\n", tries[i].allow)));
    }
}
END_TEST

START_TEST(bodies_that_cannot_be_taken)
{
    static const struct {
        const char *type, *body, *length;
        int status;
    } tries[] = {
        {"multipart/form-data; boundary=x", "--x--", NULL, 415},
        {"application/json", "{}", NULL, 415},
        {NULL, "a=b", NULL, 415},
        {FORM, "a=b", "262145", 413},
        {FORM, "a=b", "99999999999999999999", 413},
        {FORM, "a=b", "12x", 400},
        {FORM, "a=b", "4", 400},
        {FORM, "a=%zz", NULL, 400},
        {FORM, "a=%00", NULL, 400},
        {FORM, "a=%ff%fe", NULL, 400},
        {FORM, "a=%c0%80", NULL, 400},
    };
    const char *before = web_dump(&market);

    for (size_t i = 0; i < COUNT(tries); i++) {
        struct web_answer answer =
            web_send(&market, &(struct web_request){.method = "POST",
                                                    .target = "/isv/offers/new",
                                                    .cookies = web_cookie(&market, WEB_ISV),
                                                    .type = tries[i].type,
                                                    .body = tries[i].body,
                                                    .length = tries[i].length});

        assert_error_page(&answer, tries[i].status);
    }
    ck_assert_str_eq(before, web_dump(&market));
}
END_TEST

START_TEST(addresses_that_cannot_be_read)
{
    char long_path[LIMIT_PATH_BYTES + 8];
    char long_query[LIMIT_QUERY_BYTES + 16];
    struct web_answer answer;

    memset(long_path, 'a', sizeof long_path - 1);
    long_path[0] = '/';
    long_path[sizeof long_path - 1] = '\0';
    answer = web_get(&market, WEB_ISV, long_path);
    ck_assert(answer.status == 413 || answer.status == 404);
    memset(long_query, 'a', sizeof long_query - 1);
    memcpy(long_query, "/isv?q=", 7);
    long_query[sizeof long_query - 1] = '\0';
    answer = web_get(&market, WEB_ISV, long_query);
    assert_error_page(&answer, 413);
    answer = web_get(&market, WEB_ISV, "/isv/\xff\xfe");
    assert_error_page(&answer, 400);
    answer = web_get(&market, WEB_ISV, "/isv/offers?q=%ff");
    assert_error_page(&answer, 400);
    answer = web_get(&market, WEB_OUT, "/isv/offers?q=%");
    assert_error_page(&answer, 400);
}
END_TEST

/* Encoded once more the way back is longer than a query can be: the page alone is left of it. */
START_TEST(a_long_address_leads_to_sign_in)
{
    const char *filter = "";
    struct web_answer answer;

    for (int i = 0; i < 400; i++)
        filter = arena_format(market.arena, "%s%%E6%%96%%87", filter);
    answer = web_get(&market, WEB_OUT, web_path(&market, "/isv/offers?q=%s", filter));
    ck_assert_int_eq(answer.status, 303);
    ck_assert_str_eq(answer.location, "/login?next=%2Fisv%2Foffers");
    ck_assert_int_eq(web_get(&market, WEB_OUT, answer.location).status, 200);
}
END_TEST

START_TEST(head_is_answered_like_get)
{
    struct web_answer answer = web_send(
        &market, &(struct web_request){
                     .method = "HEAD", .target = "/isv", .cookies = web_cookie(&market, WEB_ISV)});

    ck_assert_int_eq(answer.status, 200);
    ck_assert_ptr_nonnull(strstr(answer.head, "Content-Length: "));
}
END_TEST

START_TEST(a_page_that_cannot_be_made_is_replaced)
{
    struct web_answer answer;

    web_render_break(1);
    answer = web_get(&market, WEB_ISV, "/isv");
    ck_assert_int_eq(answer.status, 500);
    ck_assert(text_starts(answer.body, "<!DOCTYPE html>"));
    ck_assert_ptr_nonnull(strstr(answer.body, "<h1>Something went wrong</h1>"));
    ck_assert_ptr_nonnull(strstr(answer.head, "Content-Security-Policy: "));
    ck_assert_int_eq(web_get(&market, WEB_ISV, "/isv").status, 200);
}
END_TEST

/* What was committed stays so, and its answer is a redirect that needs no page. */
START_TEST(a_redirect_needs_no_page)
{
    struct web_answer answer;

    web_render_break(1);
    answer =
        web_post(&market, WEB_ISV, "/isv/offers/new", "name", "Made anyway", WEB_OPTION_A, NULL);
    ck_assert_int_eq(answer.status, 303);
    web_render_break(0);
    ck_assert_int_eq(web_get(&market, WEB_ISV, answer.location).status, 200);
}
END_TEST

static void
spoil(const char *sql)
{
    sqlite3 *db = NULL;

    ck_assert_int_eq(sqlite3_open(market.deal.temp.path, &db), SQLITE_OK);
    ck_assert_int_eq(sqlite3_exec(db, sql, NULL, NULL, NULL), SQLITE_OK);
    ck_assert_int_eq(sqlite3_close(db), SQLITE_OK);
}

START_TEST(our_own_fault_has_a_reference)
{
    const char *offer = web_offer(&market, STATE_DRAFT);
    struct web_answer answer;

    spoil("UPDATE offer SET state = 'nonsense'");
    answer = web_get(&market, WEB_ISV, web_path(&market, "/isv/offers/%s", offer));
    assert_error_page(&answer, 500);
    ck_assert_ptr_nonnull(strstr(answer.body, "0123456789abcdef0123456789abcdef"));
    ck_assert_ptr_null(strstr(answer.body, "nonsense"));
    answer = web_get(&market, WEB_ISV, "/isv/account");
    ck_assert_int_eq(answer.status, 200);
}
END_TEST

/* A price point that came after the prices: the page shows a dash, and nobody accepts a dash. */
START_TEST(a_plan_that_changed_is_not_accepted)
{
    const char *offer = web_offer(&market, STATE_PENDING_ACCEPTANCE);
    const char *path = web_path(&market, "/customer/offers/%s", offer);
    struct web_answer answer;
    const char *digest;

    spoil("INSERT INTO price_point (product, plan, id, position, kind, term_months, "
          "payment_months, name, vcpu, amount) SELECT product, id, 'meter-late', 9, 'meter', 0, 0, "
          "'late', 0, "
          "5 FROM plan WHERE product = 'runner' AND id = 'ops'");
    answer = web_get(&market, WEB_OWNER, path);
    ck_assert_int_eq(answer.status, 200);
    digest = page_field(market.arena, answer.body, "price-digest");
    answer = web_post(&market, WEB_OWNER, web_path(&market, "%s/accept", path), "price-digest",
                      digest, NULL);
    ck_assert_int_eq(answer.status, 422);
    ck_assert_ptr_nonnull(strstr(answer.body, "a price is no longer known"));
}
END_TEST

START_TEST(refusals_signed_in_and_out)
{
    struct web_answer answer = web_get(&market, WEB_OWNER, "/isv/offers");

    assert_error_page(&answer, 403);
    ck_assert_ptr_nonnull(strstr(answer.body, "It belongs to another kind of account than yours."));
    answer = web_post(&market, WEB_OWNER, "/isv/offers/new", "name", "x", WEB_OPTION_A, NULL);
    assert_error_page(&answer, 403);
    answer = web_get(&market, WEB_OUT, "/nowhere");
    assert_error_page(&answer, 404);
    ck_assert_ptr_nonnull(strstr(answer.body, "href=\"/login\""));
    answer = web_post(&market, WEB_OUT, "/login", "csrf", "", NULL);
    assert_error_page(&answer, 403);
    answer = web_post(&market, WEB_ISV, "/preferences/theme", "theme", "pink", NULL);
    assert_error_page(&answer, 422);
}
END_TEST

/* The store is away at the Nth call, for every N: a page or a plain one, never half of one. */
START_TEST(a_busy_store)
{
    struct web_answer answer;
    unsigned n = 0;
    unsigned pages = 0;

    web_market_open(&market, &fault_driver);
    web_offer(&market, STATE_DRAFT);
    do {
        fault_arm(++n);
        answer = web_get(&market, WEB_ISV, "/isv/offers");
        if (answer.status == 200)
            break; /* not reached, or only the end of the reading failed */
        ck_assert_msg(answer.status == 503, "call %u: %d", n, answer.status);
        ck_assert_ptr_nonnull(strstr(answer.body, "</html>"));
        ck_assert_int_gt(answer.retry_after_s, 0);
        if (strstr(answer.body, "We’re busy right now") != NULL)
            pages++;
    } while (n < 200);
    ck_assert_uint_gt(n, 5);
    ck_assert_uint_gt(pages, 0);
    fault_arm(0);
    web_market_close(&market);
}
END_TEST

/* A load balancer is told so in as many words, whoever asks. */
START_TEST(health_without_a_store)
{
    struct web_answer answer;
    unsigned n = 1; /* the first call begins the reading */

    web_market_open(&market, &fault_driver);
    for (;;) {
        fault_arm(++n);
        answer = web_get(&market, WEB_ISV, "/health");
        if (answer.status == 200)
            break; /* not reached, or only the end of the reading failed */
        ck_assert_int_eq(answer.status, 503);
        ck_assert_str_eq(answer.body, "not ok\n");
    }
    ck_assert_uint_gt(n, 3);
    ck_assert_str_eq(answer.body, "ok\n");
    fault_arm(0);
    web_market_close(&market);
}
END_TEST

/* Nothing can be read, not even whose session it is: a form of ours is kept on the page all the same,
 * with its one-time key; one that nobody of ours sent is not. */
START_TEST(what_was_typed_waits_on_the_page)
{
    static const char path[] = "/isv/offers/new";
    struct web_answer answer;

    web_market_open(&market, &fault_driver);
    web_csrf(&market, WEB_ISV);
    fault_arm(2);
    answer = web_post(&market, WEB_ISV, path, "name", "Two \"large\" deals", "once", "a-key", "do",
                      "continue", NULL);
    ck_assert_int_eq(answer.status, 503);
    ck_assert_ptr_nonnull(strstr(answer.body, "<form method=\"post\" action=\"/isv/offers/new\">"));
    ck_assert_ptr_nonnull(
        strstr(answer.body, "name=\"name\" value=\"Two &quot;large&quot; deals\""));
    ck_assert_ptr_nonnull(strstr(answer.body, "name=\"once\" value=\"a-key\""));
    ck_assert_ptr_nonnull(strstr(answer.body, "name=\"do\" value=\"continue\""));
    ck_assert_ptr_nonnull(strstr(answer.body, "Send it again"));
    fault_arm(2);
    answer = web_post(&market, WEB_ISV, path, "csrf", "forged", "name", "Two deals", NULL);
    ck_assert_int_eq(answer.status, 503);
    ck_assert_ptr_null(strstr(answer.body, "Two deals"));
    fault_arm(2);
    answer = web_post(&market, WEB_ISV, "/password", "old", "s3cret-words", NULL);
    ck_assert_int_eq(answer.status, 503);
    ck_assert_ptr_null(strstr(answer.body, "s3cret-words"));
    fault_arm(0);
    web_market_close(&market);
}
END_TEST

/* Save and continue keeps what it can and shows what is wrong with it; when the keeping fails, the
 * page that says so may not stand. Each call of the store fails once. */
START_TEST(a_save_that_was_lost_is_no_422)
{
    struct web_answer answer;
    unsigned n = 0;
    bool reached;

    do {
        const char *offer;
        const char *before;
        const char *path;
        const char *rev;

        web_market_open(&market, &fault_driver);
        offer = web_offer(&market, STATE_DRAFT);
        path = web_path(&market, "/isv/offers/%s/setup", offer);
        rev = web_rev(&market, WEB_ISV, offer);
        before = web_dump(&market);
        fault_arm(++n);
        answer =
            web_post(&market, WEB_ISV, path, "rev", rev, "accept_by", "", "do", "continue", NULL);
        reached = fault_happened();
        fault_arm(0);
        if (text_equal(before, web_dump(&market)))
            ck_assert_msg(answer.status >= 500, "call %u: %d for nothing", n, answer.status);
        if (answer.status == 503)
            ck_assert_int_gt(answer.retry_after_s, 0);
        web_market_close(&market);
    } while (reached && n < 200);
    ck_assert_int_eq(answer.status, 422);
    ck_assert_uint_gt(n, 20);
}
END_TEST

/* Every form that needs a password's hash, when a thread got it that must be free for pages. */
START_TEST(a_crowd_of_passwords)
{
    unsigned forms = 0;

    for (size_t i = 0; i < route_count; i++) {
        const struct web_post_rule *rule;
        struct web_form form;
        struct web_request request;
        struct web_answer answer;
        const char *before;

        if (routes[i].transaction != TX_HASH)
            continue;
        web_market_open(&market, NULL);
        rule = web_post_rule(routes[i].path);
        form = web_post_form_of(&market, rule, rule->person, web_post_offer(&market, rule));
        request = (struct web_request){.method = "POST",
                                       .target = web_row_path(&market, routes[i].path, ""),
                                       .cookies = web_cookie(&market, rule->person),
                                       .origin = WEB_ADDRESS,
                                       .type = FORM,
                                       .body = web_form_encode(&form)};
        before = web_dump(&market);
        market.crowded = true;
        answer = web_send(&market, &request);
        ck_assert_msg(answer.status == 503, "POST %s: %d", routes[i].path, answer.status);
        ck_assert_int_gt(answer.retry_after_s, 0);
        ck_assert_ptr_nonnull(strstr(answer.body, "</html>"));
        ck_assert_uint_eq(answer.cookie_count, 0);
        ck_assert_msg(text_equal(before, web_dump(&market)), "POST %s changed something",
                      routes[i].path);
        market.crowded = false;
        answer = web_send(&market, &request);
        ck_assert_msg(answer.status == 303, "POST %s: %d", routes[i].path, answer.status);
        web_market_close(&market);
        forms++;
    }
    ck_assert_uint_eq(forms, 5);
}
END_TEST

Suite *
pages_errors_suite(void)
{
    Suite *suite = suite_create("web/pages_errors");
    TCase *tests = tcase_create("errors");
    TCase *busy = tcase_create("busy");

    tcase_add_checked_fixture(tests, setup, teardown);
    tcase_add_test(tests, what_does_not_exist);
    tcase_add_test(tests, nobody_learns_whether_it_exists);
    tcase_add_test(tests, methods_that_are_not_there);
    tcase_add_test(tests, bodies_that_cannot_be_taken);
    tcase_add_test(tests, addresses_that_cannot_be_read);
    tcase_add_test(tests, a_long_address_leads_to_sign_in);
    tcase_add_test(tests, head_is_answered_like_get);
    tcase_add_test(tests, a_page_that_cannot_be_made_is_replaced);
    tcase_add_test(tests, a_redirect_needs_no_page);
    tcase_add_test(tests, our_own_fault_has_a_reference);
    tcase_add_test(tests, a_plan_that_changed_is_not_accepted);
    tcase_add_test(tests, refusals_signed_in_and_out);
    tcase_add_test(busy, a_busy_store);
    tcase_add_test(busy, health_without_a_store);
    tcase_add_test(busy, what_was_typed_waits_on_the_page);
    tcase_add_test(busy, a_save_that_was_lost_is_no_422);
    tcase_add_test(busy, a_crowd_of_passwords);
    suite_add_tcase(suite, tests);
    suite_add_tcase(suite, busy);
    return suite;
}

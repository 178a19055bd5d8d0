/*
 * pages_session_test.c: signing in and out and sessions that end, as a browser meets them.
 *
 * Not here: hashing, tokens and counting, which tests/store holds; forms whose session ended:
 * resume_test.c.
 */
#include <check.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "base/text.h"
#include "support/page.h"
#include "support/web_posts.h"

Suite *pages_session_suite(void);

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

static struct web_answer
sign_in_as(const char *email, const char *password, const char *next)
{
    return web_post(&market, WEB_OUT, "/login", "email", email, "password", password, "next", next,
                    NULL);
}

static void
assert_cookie(const struct web_answer *answer, const char *name, const char *ending)
{
    for (size_t i = 0; i < answer->cookie_count; i++) {
        const char *cookie = answer->cookies[i];

        if (!text_starts(cookie, arena_format(market.arena, "%s=", name)))
            continue;
        ck_assert_str_eq(strchr(cookie, ';'), ending);
        return;
    }
    ck_abort_msg("no cookie %s", name);
}

/* Does the cookie open that page? */
static int
status_with(const char *session, const char *target)
{
    const char *cookie = arena_format(market.arena, "tripact_session=%s", session);

    return web_send(&market,
                    &(struct web_request){.method = "GET", .target = target, .cookies = cookie})
        .status;
}

START_TEST(signing_in_gives_a_new_session)
{
    struct web_answer answer = sign_in_as("isv@test.example", WEB_PASSWORD, "/");
    const char *session = web_session_of(&market, &answer);

    ck_assert_int_eq(answer.status, 303);
    ck_assert_str_eq(answer.location, "/");
    ck_assert_uint_eq(strlen(session), 43);
    ck_assert_str_ne(session, market.sessions[WEB_ISV]);
    assert_cookie(&answer, "tripact_session", "; Path=/; HttpOnly; SameSite=Lax");
    assert_cookie(&answer, "tripact_visit", "; Path=/; HttpOnly; SameSite=Lax; Max-Age=0");
    ck_assert_int_eq(status_with(session, "/isv"), 200);
    ck_assert_ptr_nonnull(strstr(answer.head, "Cache-Control: no-store"));
}
END_TEST

START_TEST(emails_are_known_in_any_case)
{
    ck_assert_int_eq(sign_in_as("  ISV@Test.Example ", WEB_PASSWORD, "/").status, 303);
}
END_TEST

START_TEST(cookies_are_for_https_alone_where_the_address_is)
{
    struct web_answer answer;

    market.service.secure_cookies = true;
    answer = sign_in_as("isv@test.example", WEB_PASSWORD, "/");
    assert_cookie(&answer, "tripact_session", "; Path=/; HttpOnly; SameSite=Lax; Secure");
}
END_TEST

START_TEST(the_session_before_ends_when_somebody_signs_in)
{
    const char *old = market.sessions[WEB_ISV];
    struct web_answer answer = web_post(&market, WEB_ISV, "/login", "email", "isv@test.example",
                                        "password", WEB_PASSWORD, NULL);

    ck_assert_int_eq(answer.status, 303);
    ck_assert_str_ne(web_session_of(&market, &answer), "");
    ck_assert_str_ne(web_session_of(&market, &answer), old);
    ck_assert_int_eq(status_with(old, "/isv"), 303);
    ck_assert_int_eq(status_with(web_session_of(&market, &answer), "/isv"), 200);
}
END_TEST

/* The page without what differs from one answer to the next. */
static const char *
page_alike(const struct web_answer *answer)
{
    struct form form;
    char *text = arena_text(market.arena, answer->body);

    ck_assert(page_form(market.arena, answer->body, "/login", &form));
    for (size_t i = 0; i < form.count; i++) {
        char *at;

        if (!text_equal(form.pairs[i].name, "csrf") && !text_equal(form.pairs[i].name, "email"))
            continue;
        at = strstr(text, form.pairs[i].value);
        ck_assert_ptr_nonnull(at);
        memset(at, '*', strlen(form.pairs[i].value));
    }
    return text;
}

START_TEST(a_wrong_password_and_an_unknown_email_look_alike)
{
    struct web_answer wrong = sign_in_as("isv@test.example", "not the password", "/isv/offers");
    struct web_answer unknown = sign_in_as("vsi@test.example", "not the password", "/isv/offers");

    ck_assert_int_eq(wrong.status, 422);
    ck_assert_int_eq(unknown.status, 422);
    ck_assert_str_eq(page_alike(&wrong), page_alike(&unknown));
    ck_assert(text_starts(page_title(market.arena, wrong.body), "Error: "));
    ck_assert_str_eq(page_field(market.arena, wrong.body, "email"), "isv@test.example");
    ck_assert_str_eq(page_field(market.arena, wrong.body, "next"), "/isv/offers");
    ck_assert_ptr_null(page_field(market.arena, wrong.body, "password"));
    ck_assert_str_eq(web_session_of(&market, &wrong), "");
}
END_TEST

START_TEST(ten_failures_close_the_account_for_a_while)
{
    struct web_answer answer;

    for (int i = 0; i < LIMIT_FAILURES_ACCOUNT; i++)
        ck_assert_int_eq(sign_in_as("isv@test.example", "guess", "/").status, 422);
    answer = sign_in_as("isv@test.example", WEB_PASSWORD, "/");
    ck_assert_int_eq(answer.status, 429);
    ck_assert_int_gt(answer.retry_after_s, 0);
    ck_assert_int_le(answer.retry_after_s, LIMIT_FAILURES_WINDOW_S);
    ck_assert_ptr_nonnull(strstr(answer.head, "\r\nRetry-After: "));
    ck_assert_ptr_nonnull(strstr(answer.body, "Wait 15 minutes"));
    ck_assert_str_eq(web_session_of(&market, &answer), "");
    ck_assert_int_eq(sign_in_as("partner@test.example", WEB_PASSWORD, "/").status, 303);
    market.deal.fake.now += LIMIT_FAILURES_WINDOW_S;
    ck_assert_int_eq(sign_in_as("isv@test.example", WEB_PASSWORD, "/").status, 303);
}
END_TEST

START_TEST(thirty_failures_close_the_address)
{
    struct web_form form;
    struct web_request request = {.method = "POST",
                                  .target = "/login",
                                  .cookies = web_cookie(&market, WEB_OUT),
                                  .type = "application/x-www-form-urlencoded"};

    for (int i = 0; i < LIMIT_FAILURES_ADDRESS; i++)
        ck_assert_int_eq(sign_in_as(web_path(&market, "n%d@test.example", i), "guess", "/").status,
                         422);
    ck_assert_int_eq(sign_in_as("isv@test.example", WEB_PASSWORD, "/").status, 429);
    form = web_post_form_of(&market, web_post_rule("/login"), WEB_OUT, "");
    request.body = web_form_encode(&form);
    request.address = "192.0.2.8";
    ck_assert_int_eq(web_send(&market, &request).status, 303);
}
END_TEST

/* Where a sign-in may lead: only to a path of ours. */
START_TEST(nobody_is_sent_elsewhere)
{
    static const char *const refused[] = {
        "//evil.test",   "https://evil.test/",  "http:evil", "/\\evil.test",
        "\\\\evil.test", "javascript:alert(1)", "evil.test", "/isv\nSet-Cookie: a=b",
        "/isv\r\nX: y",  "/a//evil.test",       ""};
    static const char *const accepted[] = {"/isv/offers?status=draft&q=a%20b", "/isv", "/"};

    for (size_t i = 0; i < COUNT(refused); i++) {
        struct web_answer page =
            web_get(&market, WEB_OUT,
                    web_path(&market, "/login?next=%s", url_encode(market.arena, refused[i])));
        struct web_answer answer = sign_in_as("isv@test.example", WEB_PASSWORD, refused[i]);

        if (page.status == 200) /* else its line break was refused already */
            ck_assert_str_eq(page_field(market.arena, page.body, "next"), "/");
        ck_assert_int_eq(answer.status, 303);
        ck_assert_str_eq(answer.location, "/");
        answer = web_post(&market, WEB_OUT, "/preferences/theme", "theme", "dark", "next",
                          refused[i], NULL);
        ck_assert_str_eq(answer.location, "/");
    }
    for (size_t i = 0; i < COUNT(accepted); i++)
        ck_assert_str_eq(sign_in_as("isv@test.example", WEB_PASSWORD, accepted[i]).location,
                         accepted[i]);
}
END_TEST

START_TEST(a_link_leads_through_sign_in_to_its_page)
{
    struct web_answer answer = web_get(&market, WEB_OUT, "/isv/offers?status=draft&q=North%20wind");

    ck_assert_int_eq(answer.status, 303);
    ck_assert_str_eq(answer.location,
                     "/login?next=%2Fisv%2Foffers%3Fstatus%3Ddraft%26q%3DNorth%2520wind");
    answer = web_get(&market, WEB_OUT, answer.location);
    ck_assert_str_eq(page_field(market.arena, answer.body, "next"),
                     "/isv/offers?status=draft&q=North%20wind");
}
END_TEST

START_TEST(a_visitor_without_a_cookie_gets_one_for_the_form)
{
    struct web_answer page =
        web_send(&market, &(struct web_request){.method = "GET", .target = "/login"});
    const char *cookie;
    struct web_form form = web_form_new(&market);
    struct web_request request = {
        .method = "POST", .target = "/login", .type = "application/x-www-form-urlencoded"};

    ck_assert_uint_eq(page.cookie_count, 1);
    cookie = arena_copy(market.arena, page.cookies[0], strcspn(page.cookies[0], ";"));
    ck_assert(text_starts(cookie, "tripact_visit="));
    web_form_add(&form, "csrf", page_field(market.arena, page.body, "csrf"));
    web_form_add(&form, "email", "isv@test.example");
    web_form_add(&form, "password", WEB_PASSWORD);
    request.body = web_form_encode(&form);
    ck_assert_int_eq(web_send(&market, &request).status, 403); /* somebody without it */
    request.cookies = cookie;
    ck_assert_int_eq(web_send(&market, &request).status, 303);
}
END_TEST

START_TEST(half_an_hour_unused_ends_a_session)
{
    market.deal.fake.now += LIMIT_SESSION_IDLE_S - 1;
    ck_assert_int_eq(web_get(&market, WEB_ISV, "/isv").status, 200);
    market.deal.fake.now += LIMIT_SESSION_IDLE_S - 1;
    ck_assert_int_eq(web_get(&market, WEB_ISV, "/isv").status, 200);
    market.deal.fake.now += LIMIT_SESSION_IDLE_S + 1;
    ck_assert_int_eq(web_get(&market, WEB_ISV, "/isv").status, 303);
    ck_assert_int_eq(web_get(&market, WEB_PARTNER, "/partner").status, 303);
}
END_TEST

START_TEST(twelve_hours_end_any_session)
{
    const int step = 20 * 60;
    int used = 0;

    for (used = step; used < LIMIT_SESSION_S; used += step) {
        market.deal.fake.now += step;
        ck_assert_int_eq(web_get(&market, WEB_ISV, "/isv").status, 200);
    }
    market.deal.fake.now += step + 1;
    ck_assert_int_eq(web_get(&market, WEB_ISV, "/isv").status, 303);
}
END_TEST

/* The clock moves offers, never sessions or throttles. */
START_TEST(the_markets_clock_ends_no_session)
{
    web_today(&market, 2031, 1, 1);
    ck_assert_int_eq(web_get(&market, WEB_ISV, "/isv").status, 200);
    for (int i = 0; i < LIMIT_FAILURES_ACCOUNT; i++)
        (void)sign_in_as("isv@test.example", "guess", "/");
    web_today(&market, 2032, 1, 1);
    ck_assert_int_eq(sign_in_as("isv@test.example", WEB_PASSWORD, "/").status, 429);
}
END_TEST

START_TEST(signing_out_ends_this_session_and_no_other)
{
    struct web_answer other = sign_in_as("isv@test.example", WEB_PASSWORD, "/");
    struct web_answer answer = web_post(&market, WEB_ISV, "/logout", NULL);

    ck_assert_int_eq(answer.status, 303);
    ck_assert_str_eq(answer.location, "/login?done=signed-out");
    assert_cookie(&answer, "tripact_session", "; Path=/; HttpOnly; SameSite=Lax; Max-Age=0");
    ck_assert_int_eq(web_get(&market, WEB_ISV, "/isv").status, 303);
    ck_assert_int_eq(status_with(web_session_of(&market, &other), "/isv"), 200);
    answer = web_get(&market, WEB_OUT, answer.location);
    ck_assert_ptr_nonnull(strstr(answer.body, "signed out"));
}
END_TEST

START_TEST(the_theme_is_remembered)
{
    struct web_answer answer = web_post(&market, WEB_ISV, "/preferences/theme", "theme", "dark",
                                        "next", "/isv/offers?q=x", NULL);

    ck_assert_int_eq(answer.status, 303);
    ck_assert_str_eq(answer.location, "/isv/offers?q=x");
    assert_cookie(&answer, "tripact_theme", "; Path=/; HttpOnly; SameSite=Lax; Max-Age=31536000");
    answer = web_send(&market, &(struct web_request){
                                   .method = "GET",
                                   .target = "/isv",
                                   .cookies = arena_format(market.arena, "%s; tripact_theme=dark",
                                                           web_cookie(&market, WEB_ISV))});
    ck_assert_ptr_nonnull(strstr(answer.body, "data-theme=\"dark\""));
    answer = web_get(&market, WEB_ISV, "/isv");
    ck_assert_ptr_nonnull(strstr(answer.body, "data-theme=\"auto\""));
    ck_assert_int_eq(web_post(&market, WEB_ISV, "/preferences/theme", "theme", "<b>", NULL).status,
                     422);
}
END_TEST

START_TEST(a_password_is_changed_by_whoever_knows_it)
{
    static const struct {
        const char *old, *fresh, *again;
    } refused[] = {
        {"not the password", "another-word-2026", "another-word-2026"},
        {WEB_PASSWORD, "too short", "too short"},
        {WEB_PASSWORD, "another-word-2026", "another-word-2027"},
        {WEB_PASSWORD, "", ""},
        {"", "another-word-2026", "another-word-2026"},
    };
    struct web_answer other = sign_in_as("isv@test.example", WEB_PASSWORD, "/");
    const char *before = web_dump(&market);
    struct web_answer answer;

    for (size_t i = 0; i < COUNT(refused); i++) {
        answer = web_post(&market, WEB_ISV, "/password", "old", refused[i].old, "new",
                          refused[i].fresh, "again", refused[i].again, NULL);
        ck_assert_int_eq(answer.status, 422);
        ck_assert(text_starts(page_title(market.arena, answer.body), "Error: "));
        ck_assert_ptr_null(strstr(answer.body, WEB_PASSWORD));
        ck_assert_ptr_null(strstr(answer.body, "another-word"));
    }
    ck_assert_str_eq(before, web_dump(&market));
    answer = web_post(&market, WEB_ISV, "/password", "old", WEB_PASSWORD, "new",
                      "another-word-2026", "again", "another-word-2026", NULL);
    ck_assert_int_eq(answer.status, 303);
    ck_assert_int_eq(web_get(&market, WEB_ISV, answer.location).status, 200);
    ck_assert_int_eq(status_with(web_session_of(&market, &other), "/isv"), 303);
    ck_assert_int_eq(sign_in_as("isv@test.example", WEB_PASSWORD, "/").status, 422);
    ck_assert_int_eq(sign_in_as("isv@test.example", "another-word-2026", "/").status, 303);
}
END_TEST

START_TEST(guessing_the_old_password_is_slowed_down)
{
    struct web_answer answer = {0};

    for (int i = 0; i <= LIMIT_FAILURES_ACCOUNT; i++)
        answer = web_post(&market, WEB_ISV, "/password", "old", "guess", "new", "another-word-2026",
                          "again", "another-word-2026", NULL);
    ck_assert_int_eq(answer.status, 429);
    ck_assert_int_gt(answer.retry_after_s, 0);
}
END_TEST

/* Names, passwords and tokens never reach the log. */
START_TEST(the_log_holds_no_secret)
{
    char text[16 * 1024];
    ssize_t length;
    int kept = dup(STDERR_FILENO);
    const char *path = arena_format(market.arena, "%s/log", market.deal.temp.folder);
    int file = open(path, O_RDWR | O_CREAT | O_TRUNC, 0600);
    struct web_answer answer;

    ck_assert_int_ge(file, 0);
    ck_assert_int_eq(dup2(file, STDERR_FILENO), STDERR_FILENO);
    (void)sign_in_as("isv@test.example", "wrong-" WEB_PASSWORD, "/isv?q=secret-search");
    answer = sign_in_as("isv@test.example", WEB_PASSWORD, "/");
    (void)web_get(&market, WEB_ISV, "/isv/offers?q=secret-search");
    (void)web_post(&market, WEB_ISV, "/isv/offers/new", "name", "Secret deal", WEB_OPTION_A, NULL);
    ck_assert_int_eq(dup2(kept, STDERR_FILENO), STDERR_FILENO);
    length = pread(file, text, sizeof text - 1, 0);
    ck_assert_int_gt(length, 0);
    text[length] = '\0';
    ck_assert_int_eq(close(file), 0);
    ck_assert_int_eq(close(kept), 0);
    ck_assert_int_eq(unlink(path), 0);
    ck_assert_uint_eq(page_count(text, "event=request"), 4);
    ck_assert_ptr_null(strstr(text, WEB_PASSWORD));
    ck_assert_ptr_null(strstr(text, "@test.example"));
    ck_assert_ptr_null(strstr(text, "secret-search"));
    ck_assert_ptr_null(strstr(text, "Secret deal"));
    ck_assert_ptr_null(strstr(text, web_session_of(&market, &answer)));
    ck_assert_ptr_null(strstr(text, market.sessions[WEB_ISV]));
}
END_TEST

Suite *
pages_session_suite(void)
{
    Suite *suite = suite_create("web/pages_session");
    TCase *tests = tcase_create("signing_in");

    tcase_add_checked_fixture(tests, setup, teardown);
    tcase_add_test(tests, signing_in_gives_a_new_session);
    tcase_add_test(tests, emails_are_known_in_any_case);
    tcase_add_test(tests, cookies_are_for_https_alone_where_the_address_is);
    tcase_add_test(tests, the_session_before_ends_when_somebody_signs_in);
    tcase_add_test(tests, a_wrong_password_and_an_unknown_email_look_alike);
    tcase_add_test(tests, ten_failures_close_the_account_for_a_while);
    tcase_add_test(tests, thirty_failures_close_the_address);
    tcase_add_test(tests, nobody_is_sent_elsewhere);
    tcase_add_test(tests, a_link_leads_through_sign_in_to_its_page);
    tcase_add_test(tests, a_visitor_without_a_cookie_gets_one_for_the_form);
    tcase_add_test(tests, half_an_hour_unused_ends_a_session);
    tcase_add_test(tests, twelve_hours_end_any_session);
    tcase_add_test(tests, the_markets_clock_ends_no_session);
    tcase_add_test(tests, signing_out_ends_this_session_and_no_other);
    tcase_add_test(tests, the_theme_is_remembered);
    tcase_add_test(tests, a_password_is_changed_by_whoever_knows_it);
    tcase_add_test(tests, guessing_the_old_password_is_slowed_down);
    tcase_add_test(tests, the_log_holds_no_secret);
    suite_add_tcase(suite, tests);
    return suite;
}

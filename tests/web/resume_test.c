/*
 * resume_test.c: a form whose session ended comes back after signing in, whole, to whoever filled
 * it in and to nobody else.
 *
 * Not here: when a session ends: pages_session_test.c.
 */
#include <check.h>
#include <string.h>

#include "base/text.h"
#include "support/page.h"
#include "support/store_dump.h"
#include "support/web_posts.h"

#define POISON "\"><script>alert(1)</script>'&{{X}} \xf0\x9f\x9a\x80 \xd7\xa9\xd7\x9c"

Suite *resume_suite(void);

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

/* What signing in may not touch. */
static const char *
dump_of_deals(void)
{
    static const char *const without[] = {"throttle", "answered", "session", NULL};

    return store_dump(&market.deal.temp, without);
}

/* Posts the setup form with a session that ended, and answers the sign-in page. */
static struct web_answer
post_too_late(const char *offer)
{
    struct web_form form = web_form_new(&market);

    web_form_add(&form, "csrf", web_csrf(&market, WEB_ISV));
    web_form_add(&form, "once", "once-late");
    web_form_add(&form, "rev", web_rev(&market, WEB_ISV, offer));
    web_form_add(&form, "do", "save");
    web_form_add(&form, "name", "Typed for an hour");
    web_form_add(&form, "description", "first\n" POISON "\n\nlast");
    web_form_add(&form, "customer_label", POISON);
    web_form_add(&form, "start_mode", "month");
    web_form_add(&form, "start_month", "2023-11");
    web_form_add(&form, "type-1", "absolute");
    web_form_add(&form, "discount-2", "7.5 percent");
    market.deal.fake.now += LIMIT_SESSION_IDLE_S + 1;
    return web_post_form(&market, WEB_ISV, web_path(&market, "/isv/offers/%s/setup", offer), &form);
}

/* Signs in through the form of that page, as a browser would send it. */
static struct web_answer
sign_in_through(const struct web_answer *page, const char *email)
{
    struct web_form form = {.market = &market};
    const char *visit = "";

    ck_assert(page_form(market.arena, page->body, "/login", &form.form));
    web_form_set(&form, "email", email);
    web_form_set(&form, "password", WEB_PASSWORD);
    for (size_t i = 0; i < page->cookie_count; i++) {
        if (text_starts(page->cookies[i], "tripact_visit="))
            visit = arena_copy(market.arena, page->cookies[i], strcspn(page->cookies[i], ";"));
    }
    return web_send(&market, &(struct web_request){.method = "POST",
                                                   .target = "/login",
                                                   .cookies = visit,
                                                   .type = "application/x-www-form-urlencoded",
                                                   .body = web_form_encode(&form)});
}

START_TEST(a_form_that_came_too_late_comes_back)
{
    const char *offer = web_offer(&market, STATE_DRAFT);
    const char *setup_path = web_path(&market, "/isv/offers/%s/setup", offer);
    const char *before = dump_of_deals();
    struct web_answer page = post_too_late(offer);
    struct web_form form = {.market = &market};
    struct web_answer answer;

    ck_assert_int_eq(page.status, 403);
    ck_assert_ptr_nonnull(strstr(page.body, "Your session ended."));
    ck_assert_ptr_null(page_field(market.arena, page.body, "was.csrf"));
    ck_assert_ptr_null(page_field(market.arena, page.body, "was.once"));
    ck_assert_str_eq(page_field(market.arena, page.body, "was.customer_label"), POISON);
    ck_assert_ptr_null(strstr(page.body, "<script>alert"));

    answer = sign_in_through(&page, "isv@test.example");
    ck_assert_int_eq(answer.status, 200);
    ck_assert_ptr_nonnull(strstr(answer.body, "ot saved"));
    ck_assert_str_eq(page_field(market.arena, answer.body, "name"), "Typed for an hour");
    ck_assert_str_eq(page_field(market.arena, answer.body, "description"),
                     "first\n" POISON "\n\nlast");
    ck_assert_str_eq(page_field(market.arena, answer.body, "customer_label"), POISON);
    ck_assert_str_eq(page_field(market.arena, answer.body, "start_mode"), "month");
    ck_assert_str_eq(page_field(market.arena, answer.body, "start_month"), "2023-11");
    ck_assert_str_eq(page_field(market.arena, answer.body, "type-1"), "absolute");
    ck_assert_str_eq(page_field(market.arena, answer.body, "discount-2"), "7.5 percent");
    ck_assert_ptr_null(strstr(answer.body, "<script>alert"));
    ck_assert_str_eq(before, dump_of_deals());

    market.sessions[WEB_ISV] = web_session_of(&market, &answer);
    ck_assert(page_form(market.arena, answer.body, setup_path, &form.form));
    web_form_set(&form, "discount-2", "7.5");
    web_form_set(&form, "do", "save");
    answer = web_post_form(&market, WEB_ISV, setup_path, &form);
    ck_assert_int_eq(answer.status, 303);
    ck_assert_str_eq(deal_view(&market.deal, PARTY_ISV, DEAL_ISV, offer).name, "Typed for an hour");
}
END_TEST

/* What somebody else saved meanwhile is not overwritten by the form that comes back. */
START_TEST(a_form_that_comes_back_knows_what_it_was_made_from)
{
    const char *offer = web_offer(&market, STATE_DRAFT);
    const char *setup_path = web_path(&market, "/isv/offers/%s/setup", offer);
    struct web_answer page = post_too_late(offer);
    struct web_form form = {.market = &market};
    struct web_answer answer;

    web_sign_in(&market, WEB_ISV_DEVELOPER);
    ck_assert_int_eq(web_post(&market, WEB_ISV_DEVELOPER, setup_path, "rev",
                              web_rev(&market, WEB_ISV, offer), "name", "Saved meanwhile", "do",
                              "save", NULL)
                         .status,
                     303);
    answer = sign_in_through(&page, "isv@test.example");
    ck_assert_int_eq(answer.status, 200);
    market.sessions[WEB_ISV] = web_session_of(&market, &answer);
    ck_assert(page_form(market.arena, answer.body, setup_path, &form.form));
    web_form_set(&form, "discount-2", "7.5");
    web_form_set(&form, "do", "save");
    answer = web_post_form(&market, WEB_ISV, setup_path, &form);
    ck_assert_int_eq(answer.status, 409);
    ck_assert_str_eq(deal_view(&market.deal, PARTY_ISV, DEAL_ISV, offer).name, "Saved meanwhile");
}
END_TEST

START_TEST(somebody_else_gets_nothing_of_the_form)
{
    const char *offer = web_offer(&market, STATE_DRAFT);
    const char *before = dump_of_deals();
    struct web_answer page = post_too_late(offer);
    struct web_answer answer = sign_in_through(&page, "other-isv@test.example");

    ck_assert_int_eq(answer.status, 404);
    ck_assert_ptr_null(strstr(answer.body, "Typed for an hour"));
    answer = sign_in_through(&page, "owner@test.example");
    ck_assert_int_eq(answer.status, 403);
    ck_assert_ptr_null(strstr(answer.body, "Typed for an hour"));
    ck_assert_str_eq(before, dump_of_deals());
}
END_TEST

/* A wrong password in between loses nothing. */
START_TEST(a_form_is_carried_past_a_wrong_password)
{
    const char *offer = web_offer(&market, STATE_DRAFT);
    struct web_answer page = post_too_late(offer);
    struct web_form form = {.market = &market};
    const char *visit = arena_copy(market.arena, page.cookies[0], strcspn(page.cookies[0], ";"));
    struct web_answer answer;

    ck_assert(page_form(market.arena, page.body, "/login", &form.form));
    web_form_set(&form, "email", "isv@test.example");
    web_form_set(&form, "password", "wrong");
    answer = web_send(&market, &(struct web_request){.method = "POST",
                                                     .target = "/login",
                                                     .cookies = visit,
                                                     .type = "application/x-www-form-urlencoded",
                                                     .body = web_form_encode(&form)});
    ck_assert_int_eq(answer.status, 422);
    ck_assert_str_eq(page_field(market.arena, answer.body, "was.customer_label"), POISON);
    ck_assert_str_eq(page_field(market.arena, answer.body, "resume"),
                     web_path(&market, "/isv/offers/%s/setup", offer));
}
END_TEST

START_TEST(passwords_and_foreign_forms_are_not_carried)
{
    struct web_form form = web_post_form_of(&market, web_post_rule("/password"), WEB_ISV, "");
    struct web_answer page;

    market.deal.fake.now += LIMIT_SESSION_IDLE_S + 1;
    page = web_post_form(&market, WEB_ISV, "/password", &form);
    ck_assert_int_eq(page.status, 403);
    ck_assert_ptr_null(strstr(page.body, WEB_PASSWORD));
    ck_assert_ptr_null(strstr(page.body, "another-word"));

    form = web_post_form_of(&market, web_post_rule("/isv/offers/new"), WEB_ISV, "");
    page = web_send(&market, &(struct web_request){.method = "POST",
                                                   .target = "/isv/offers/new",
                                                   .fetch_site = "cross-site",
                                                   .type = "application/x-www-form-urlencoded",
                                                   .body = web_form_encode(&form)});
    ck_assert_int_eq(page.status, 403);
    ck_assert_ptr_null(strstr(page.body, "Another deal"));

    /* nor from another site in a browser that says only that */
    page = web_send(&market, &(struct web_request){.method = "POST",
                                                   .target = "/isv/offers/new",
                                                   .origin = "https://elsewhere.example",
                                                   .type = "application/x-www-form-urlencoded",
                                                   .body = web_form_encode(&form)});
    ck_assert_int_eq(page.status, 403);
    ck_assert_ptr_null(strstr(page.body, "Another deal"));
}
END_TEST

START_TEST(a_form_comes_back_to_pages_of_ours_only)
{
    static const char *const places[][2] = {
        {"https://evil.test/", "303"}, {"//evil.test", "303"},
        {"/nowhere", "404"},           {"/logout", "404"},
        {"/operator", "403"},          {"/isv", "200"},
    };

    for (size_t i = 0; i < COUNT(places); i++) {
        struct web_answer answer =
            web_post(&market, WEB_OUT, "/login", "email", "isv@test.example", "password",
                     WEB_PASSWORD, "resume", places[i][0], "was.name", "x", NULL);
        int64_t status = 0;

        ck_assert_int_eq(text_to_integer(places[i][1], 200, 599, &status), OK);
        ck_assert_msg(answer.status == status, "%s: %d", places[i][0], answer.status);
        ck_assert(*answer.location == '\0' || text_equal(answer.location, "/"));
    }
}
END_TEST

START_TEST(a_form_too_large_to_carry_is_cut_not_lost)
{
    const char *offer = web_offer(&market, STATE_DRAFT);
    struct web_form form = web_form_new(&market);
    char *large = arena_alloc(market.arena, 30001);
    struct web_answer page;

    memset(large, 'x', 30000);
    web_form_add(&form, "name", "Typed first");
    for (int i = 0; i < 8; i++)
        web_form_add(&form, web_path(&market, "field-%d", i), large);
    page = web_send(
        &market, &(struct web_request){.method = "POST",
                                       .target = web_path(&market, "/isv/offers/%s/setup", offer),
                                       .type = "application/x-www-form-urlencoded",
                                       .body = web_form_encode(&form)});
    ck_assert_int_eq(page.status, 403);
    ck_assert_str_eq(page_field(market.arena, page.body, "was.name"), "Typed first");
    ck_assert_int_eq(sign_in_through(&page, "isv@test.example").status, 200);
}
END_TEST

Suite *
resume_suite(void)
{
    Suite *suite = suite_create("web/resume");
    TCase *tests = tcase_create("resuming");

    tcase_add_checked_fixture(tests, setup, teardown);
    tcase_add_test(tests, a_form_that_came_too_late_comes_back);
    tcase_add_test(tests, a_form_that_comes_back_knows_what_it_was_made_from);
    tcase_add_test(tests, somebody_else_gets_nothing_of_the_form);
    tcase_add_test(tests, a_form_is_carried_past_a_wrong_password);
    tcase_add_test(tests, passwords_and_foreign_forms_are_not_carried);
    tcase_add_test(tests, a_form_comes_back_to_pages_of_ours_only);
    tcase_add_test(tests, a_form_too_large_to_carry_is_cut_not_lost);
    suite_add_tcase(suite, tests);
    return suite;
}

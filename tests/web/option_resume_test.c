/*
 * option_resume_test.c: the forms of rows whose session ended come back after signing in with
 * everything typed, and nothing is saved.
 *
 * Not here: who gets such a form back: resume_test.c.
 */
#include <check.h>
#include <string.h>

#include "base/text.h"
#include "option_play.h"
#include "refusal.h"
#include "support/page.h"

Suite *option_resume_suite(void);

static struct option_play play;

static void
close_play(void)
{
    option_close(&play);
}

/* Posts the form with a session that ended, signs in through the page that answers, and looks for
 * everything that was typed. */
static struct web_answer
resumed(const char *below, const char *const pairs[][2], size_t count)
{
    struct web_form form = {.market = &play.market};
    const char *visit = "";
    struct web_answer page;
    struct web_answer answer;

    play.market.deal.fake.now += LIMIT_SESSION_IDLE_S + 1;
    page = option_try(&play, WEB_ISV, below, pairs, count);
    ck_assert_int_eq(page.status, 403);
    ck_assert(page_form(play.market.arena, page.body, "/login", &form.form));
    web_form_set(&form, "email", "isv@test.example");
    web_form_set(&form, "password", WEB_PASSWORD);
    for (size_t i = 0; i < page.cookie_count; i++) {
        if (text_starts(page.cookies[i], "tripact_visit="))
            visit = arena_copy(play.market.arena, page.cookies[i], strcspn(page.cookies[i], ";"));
    }
    answer =
        web_send(&play.market, &(struct web_request){.method = "POST",
                                                     .target = "/login",
                                                     .cookies = visit,
                                                     .type = "application/x-www-form-urlencoded",
                                                     .body = web_form_encode(&form)});
    ck_assert_int_eq(answer.status, 200);
    ck_assert_ptr_nonnull(strstr(answer.body, "ot saved"));
    for (size_t i = 0; i < count; i++)
        refusal_check_kept(&play.market, &answer, pairs[i][0], pairs[i][1]);
    return answer;
}

START_TEST(a_new_plan_comes_back)
{
    static const char *const pairs[][2] = {{"plan_name", "Typed <for> an hour"},
                                           {"plan_description", "first\n\nlast"},
                                           {"template", "seats/team"},
                                           {"q", "tea"}};

    option_open(&play);
    option_draft(&play, OFFER_NEW_PLANS);
    (void)resumed("/products/add", pairs, COUNT(pairs));
    ck_assert_uint_eq(deal_view(&play.market.deal, PARTY_ISV, DEAL_ISV, play.offer).row_count, 0);
}
END_TEST

START_TEST(a_plans_prices_come_back)
{
    static const char *const pairs[][2] = {
        {"plan_name-1", "Another"},
        {"payment-1-12", "1"},
        {"price-1-term-12", "12 dollars"},
        {"price-1-meter-emails", "0.5"},
        {"included-1-meter-emails-12", "ten"},
        {"unlimited-1-meter-calls-12", "1"},
    };
    struct web_answer answer;

    option_open(&play);
    option_draft(&play, OFFER_NEW_PLANS);
    OPTION_POST(WEB_ISV, "/products/add",
                {{"plan_name", "Orchid Max"},
                 {"plan_description", "Described"},
                 {"template", "meters/max"}});
    answer = resumed("/products/1/price", pairs, COUNT(pairs));
    /* not ticked in what was typed, though it is in what is stored */
    ck_assert_ptr_null(page_field(play.market.arena, answer.body, "unlimited-1-meter-emails-36"));
    ck_assert_str_eq(
        deal_view(&play.market.deal, PARTY_ISV, DEAL_ISV, play.offer).rows[0].plan_name,
        "Orchid Max");
}
END_TEST

START_TEST(reservations_come_back)
{
    static const char *const pairs[][2] = {
        {"schedule-1", "monthly"}, {"vcpu-1-1", "4"},    {"quantity-1-1", "many"},
        {"unit-1-1", "450"},       {"vcpu-1-2", "8"},    {"quantity-1-2", ""},
        {"unit-1-2", "-1"},        {"duration-1", "12"},
    };

    option_open(&play);
    option_draft(&play, OFFER_RESERVATIONS);
    OPTION_POST(WEB_ISV, "/products/add", {{"plan-1", "cores/each"}});
    (void)resumed("/products/1/price", pairs, COUNT(pairs));
    ck_assert_uint_eq(
        deal_view(&play.market.deal, PARTY_ISV, DEAL_ISV, play.offer).rows[0].price_count, 0);
}
END_TEST

Suite *
option_resume_suite(void)
{
    Suite *suite = suite_create("web/option_resume");
    TCase *tests = tcase_create("option_resume");

    tcase_add_checked_fixture(tests, NULL, close_play);
    tcase_set_timeout(tests, 60);
    tcase_add_test(tests, a_new_plan_comes_back);
    tcase_add_test(tests, a_plans_prices_come_back);
    tcase_add_test(tests, reservations_come_back);
    suite_add_tcase(suite, tests);
    return suite;
}

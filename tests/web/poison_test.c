/*
 * poison_test.c: texts that would be executed, cut short or taken for a template's marks, wherever
 * somebody's text is shown: they stay texts, whoever looks, in whatever state.
 */
#include <check.h>
#include <string.h>

#include "base/text.h"
#include "poison.h"
#include "support/page.h"
#include "support/web_posts.h"
#include "support/web_purchases.h"
#include "support/web_walk.h"

Suite *poison_suite(void);

static struct web_market market;
static size_t found; /* how often it was shown, harmless */

static void
assert_harmless(const struct web_answer *answer, const char *what)
{
    ck_assert_msg(strstr(answer->body, "<script>alert") == NULL, "%s executes it", what);
    ck_assert_msg(strstr(answer->body, "\"><script") == NULL, "%s leaves its attribute", what);
    ck_assert_msg(strstr(answer->body, "'&{{X}}") == NULL, "%s does not escape it", what);
    for (const char *at = answer->location; *at != '\0'; at++)
        ck_assert_msg(*at > ' ' && *at < 127, "%s leads to %s", what, answer->location);
    for (size_t i = 0; i < answer->cookie_count; i++)
        ck_assert_ptr_null(strpbrk(answer->cookies[i], "\r\n"));
    /* whatever is left of it, is all of it */
    ck_assert_msg(page_count(answer->body, "&lt;script&gt;alert(1)&lt;/script&gt;") ==
                      page_count(answer->body, "alert(1)"),
                  "%s cuts it short", what);
}

static void
look(void *context, enum web_person person, const char *what, const struct web_answer *answer)
{
    (void)context;
    (void)person;
    /* a file to keep is no page: outputs_test */
    if (strstr(answer->head, "Content-Disposition: attachment") != NULL)
        return;
    assert_harmless(answer, what);
    found += page_count(answer->body, "&lt;script&gt;alert(1)");
}

START_TEST(stored_texts_stay_texts)
{
    static const enum offer_state states[] = {
        STATE_DRAFT,    STATE_TO_PARTNER, STATE_PENDING_PARTNER, STATE_PENDING_ACCEPTANCE,
        STATE_ACCEPTED, STATE_EXPIRED,    STATE_ENDED,
    };
    const char *offer;

    web_market_open(&market, NULL);
    offer = web_offer(&market, states[_i]);
    web_row_ready(&market, "/isv/purchases/:purchase");
    poison_all(&market);
    web_walk(&market, offer, look, NULL);
    ck_assert_uint_gt(found, 100);
    web_market_close(&market);
}
END_TEST

START_TEST(what_is_asked_about_a_purchase_stays_text)
{
    static const char *const rest[] = {"",       "/purchased", "/configure",
                                       "/users", "/plan",      "/cancel"};

    web_market_open(&market, NULL);
    for (size_t i = 0; i < COUNT(rest); i++) {
        const char *pattern = web_path(&market, "/customer/purchases/:purchase%s", rest[i]);
        struct web_answer answer;

        web_row_ready(&market, pattern);
        poison_all(&market);
        answer = web_get(&market, WEB_CONTRIBUTOR, web_row_path(&market, pattern, ""));
        ck_assert_msg(answer.status == 200, "%s: %d", pattern, answer.status);
        assert_harmless(&answer, pattern);
        ck_assert_uint_gt(page_count(answer.body, "&lt;script&gt;alert(1)"), 1);
        /* as it was before, for the next one */
        web_market_close(&market);
        web_market_open(&market, NULL);
    }
    web_market_close(&market);
}
END_TEST

/* What was taken by a form is shown as it was typed. */
START_TEST(a_description_keeps_its_lines_and_letters)
{
    static const char text[] = "first " POISON "\n\n  third, indented\n\xe2\x80\xab" POISON;
    const char *offer;
    const char *path;
    struct web_answer answer;

    web_market_open(&market, NULL);
    offer = web_offer(&market, STATE_DRAFT);
    path = web_path(&market, "/isv/offers/%s/setup", offer);
    ck_assert_int_eq(web_post(&market, WEB_ISV, path, "rev", web_rev(&market, WEB_ISV, offer), "do",
                              "save", "description", text, NULL)
                         .status,
                     303);
    answer = web_get(&market, WEB_ISV, path);
    assert_harmless(&answer, path);
    ck_assert_str_eq(page_field(market.arena, answer.body, "description"), text);
    answer = web_get(&market, WEB_ISV, web_path(&market, "/isv/offers/%s", offer));
    assert_harmless(&answer, "detail");
    ck_assert_ptr_nonnull(strstr(page_decode(market.arena, answer.body, answer.body_length), text));
    web_market_close(&market);
}
END_TEST

/* What comes in by the address or a header is no markup either. */
START_TEST(addresses_are_texts_too)
{
    static const char *const targets[] = {
        "/isv/offers?q=",         "/partner/offers?q=",
        "/isv/offers?status=",    "/isv/offers?after=",
        "/isv/offers?done=",      "/isv/offers?done=submitted&offer=",
        "/login?next=%2F",        "/x/",
        "/isv/purchases?before=",
    };
    const char *encoded;

    web_market_open(&market, NULL);
    (void)web_offer(&market, STATE_PENDING_PARTNER);
    encoded = url_encode(market.arena, POISON);
    for (size_t i = 0; i < COUNT(targets); i++) {
        for (int person = 0; person < WEB_PERSON_COUNT; person++) {
            struct web_answer answer = web_get(&market, (enum web_person)person,
                                               web_path(&market, "%s%s", targets[i], encoded));

            assert_harmless(&answer, targets[i]);
        }
    }
    for (int i = 0; i < 2; i++) {
        struct web_answer answer = web_send(
            &market, &(struct web_request){
                         .method = "GET",
                         .target = i == 0 ? "/isv" : "/isv/" POISON,
                         .cookies = arena_format(market.arena, "%s; tripact_theme=%s",
                                                 web_cookie(&market, WEB_ISV), "dark\"><script>"),
                         .origin = POISON,
                     });

        assert_harmless(&answer, "headers");
        ck_assert_ptr_nonnull(strstr(answer.body, "data-theme=\"auto\""));
    }
    web_market_close(&market);
}
END_TEST

Suite *
poison_suite(void)
{
    Suite *suite = suite_create("web/poison");
    TCase *tests = tcase_create("poison");

    tcase_set_timeout(tests, 300);
    tcase_add_loop_test(tests, stored_texts_stay_texts, 0, 7);
    tcase_add_test(tests, what_is_asked_about_a_purchase_stays_text);
    tcase_add_test(tests, a_description_keeps_its_lines_and_letters);
    tcase_add_test(tests, addresses_are_texts_too);
    suite_add_tcase(suite, tests);
    return suite;
}

/*
 * help_test.c: one page of answers for each party, for everybody, and every link to an answer leads
 * to one.
 */
#include <check.h>
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "support/page.h"
#include "support/web_market.h"

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

static const struct {
    enum web_person person;
    const char *help;   /* where the account menu leads */
    const char *answer; /* to the question of the party's flow */
} parties[] = {
    {WEB_ISV, "/help/isv", "then it is Pending partner action, and you withdraw it to Draft"},
    {WEB_PARTNER, "/help/partner", "filed at least 5 business days before the sale"},
    {WEB_OWNER, "/help/customer", "Cancel within 72 hours of the purchase"},
    {WEB_OPERATOR, "/help/operator", "you read every field and change none"},
};

START_TEST(each_party_is_led_to_its_own_answers)
{
    const char *help = parties[_i].help;
    struct web_answer home = web_get(&market, parties[_i].person, "/help");
    struct web_answer page = web_get(&market, parties[_i].person, help);

    ck_assert_ptr_nonnull(strstr(home.body, web_path(&market, "href=\"%s\"", help)));
    ck_assert_int_eq(page.status, 200);
    ck_assert_ptr_nonnull(strstr(page_text(market.arena, page.body), parties[_i].answer));
}
END_TEST

START_TEST(signed_out_people_find_help_too)
{
    struct web_answer login = web_get(&market, WEB_OUT, "/login");
    struct web_answer page = web_get(&market, WEB_OUT, "/help");

    ck_assert_ptr_nonnull(strstr(login.body, "href=\"/help\""));
    ck_assert_int_eq(page.status, 200);
    for (size_t i = 0; i < COUNT(parties); i++) {
        ck_assert_ptr_nonnull(strstr(page.body, web_path(&market, "href=\"%s\"", parties[i].help)));
        ck_assert_int_eq(web_get(&market, WEB_OUT, parties[i].help).status, 200);
    }
}
END_TEST

/* The templates whose links lead to an answer. */
static const char *const links[] = {"templates/isv_review.html", "templates/customer_offer.html",
                                    "templates/tax.html", "templates/share.html",
                                    "templates/customer_buy.html"};

START_TEST(a_link_to_an_answer_leads_to_one)
{
    static char text[64 * 1024];
    FILE *file = fopen(links[_i], "rbe");
    const char *at;
    size_t length;

    ck_assert_ptr_nonnull(file);
    length = fread(text, 1, sizeof text - 1, file);
    text[length] = '\0';
    fclose(file);
    at = strstr(text, "href=\"/help/");
    ck_assert_ptr_nonnull(at);
    at += strlen("href=\"");
    const char *href = arena_copy(market.arena, at, strcspn(at, "\""));
    const char *path = arena_copy(market.arena, href, strcspn(href, "#"));
    const char *anchor = href + strlen(path) + 1;
    ck_assert_ptr_nonnull(
        strstr(web_get(&market, WEB_OUT, path).body, web_path(&market, " id=\"%s\"", anchor)));
}
END_TEST

Suite *
help_suite(void)
{
    Suite *suite = suite_create("web/help");
    TCase *cases = tcase_create("help");

    tcase_add_checked_fixture(cases, setup, teardown);
    tcase_add_loop_test(cases, each_party_is_led_to_its_own_answers, 0, COUNT(parties));
    tcase_add_test(cases, signed_out_people_find_help_too);
    tcase_add_loop_test(cases, a_link_to_an_answer_leads_to_one, 0, COUNT(links));
    suite_add_tcase(suite, cases);
    return suite;
}

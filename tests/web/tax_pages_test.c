/*
 * tax_pages_test.c: a selling partner's tax profile and resale certificates: who reads, who files,
 * what each is good for, and where an offer warns without one (LAW 2.1, 2.2, 9.2, D-11, D-28).
 */
#include <check.h>
#include <string.h>

#include "refusal.h"
#include "store/accounts.h"
#include "support/page.h"
#include "support/web_posts.h"

Suite *tax_pages_suite(void);

#define TAX "/partner/tax"
#define WARNING "Sales tax may be charged."

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

static const char *
text_of(enum web_person person, const char *path)
{
    struct web_answer answer = web_get(&market, person, path);

    ck_assert_int_eq(answer.status, 200);
    return page_text(market.arena, answer.body);
}

static bool
says(enum web_person person, const char *path, const char *words)
{
    return strstr(text_of(person, path), words) != NULL;
}

static struct web_answer
file(const char *states, const char *expires_on)
{
    return web_post(&market, WEB_OTHER_PARTNER, TAX, "states", states, "expires_on", expires_on,
                    NULL);
}

static void
stored(const char *id, const char *states, struct day filed_on, struct day expires_on)
{
    const struct certificate certificate = {id, states, filed_on, expires_on};
    struct db *db = temp_write(&market.deal.temp);

    ck_assert_int_eq(certificate_insert(db, market.arena, DEAL_PARTNER, &certificate), OK);
    temp_keep(&market.deal.temp, db);
}

/* Headquarters are in Washington; it is Monday, 16 October 2023. */
START_TEST(filed_and_followed_to_its_end)
{
    ck_assert(says(WEB_OTHER_PARTNER, TAX, "Tax countryUnited States"));
    ck_assert(says(WEB_OTHER_PARTNER, TAX, "No certificates yet"));
    ck_assert(says(WEB_OTHER_PARTNER, TAX, WARNING));
    ck_assert_str_eq(file("wa, OR wa", "2024-06-30").location, TAX "?done=certificate");
    ck_assert(says(WEB_OTHER_PARTNER, TAX "?done=certificate", "Certificate filed."));
    ck_assert_int_eq(file("OR", "2024-03-31").status, 303);
    ck_assert_int_eq(file("WA", "2023-10-20").status, 303);

    ck_assert(says(WEB_OTHER_PARTNER, TAX, "OR, WA16 Oct 202330 Jun 2024Counts from 23 Oct 2023"));
    ck_assert(says(WEB_OTHER_PARTNER, TAX,
                   "OR16 Oct 202331 Mar 2024Doesn’t cover WA, your headquarters’ state"));
    ck_assert(says(WEB_OTHER_PARTNER, TAX, "20 Oct 2023Expires before it counts"));
    ck_assert(says(WEB_OTHER_PARTNER, TAX, WARNING));

    web_today(&market, 2023, 10, 22);
    ck_assert(says(WEB_OTHER_PARTNER, TAX, WARNING));
    ck_assert(says(WEB_OTHER_PARTNER, "/partner", "Resale certificate needed."));
    web_today(&market, 2023, 10, 23);
    ck_assert(says(WEB_OTHER_PARTNER, TAX, "30 Jun 2024Counts"));
    ck_assert(says(WEB_OTHER_PARTNER, TAX, "20 Oct 2023Expired"));
    ck_assert(!says(WEB_OTHER_PARTNER, TAX, WARNING));
    ck_assert(!says(WEB_OTHER_PARTNER, "/partner", "Resale certificate needed."));
    web_today(&market, 2024, 6, 30);
    ck_assert(!says(WEB_OTHER_PARTNER, TAX, WARNING));
    web_today(&market, 2024, 7, 1);
    ck_assert(says(WEB_OTHER_PARTNER, TAX, "30 Jun 2024Expired"));
    ck_assert(says(WEB_OTHER_PARTNER, TAX, WARNING));

    /* it is nobody else's */
    ck_assert(says(WEB_PARTNER, TAX, "No certificates yet"));
}
END_TEST

START_TEST(what_cannot_be_filed)
{
    static const char *const pairs[][2] = {{"states", REFUSAL_POISON},
                                           {"expires_on", "2023-10-16"}};
    struct web_answer answer;

    (void)refusal_check_all(&market, WEB_OTHER_PARTNER, NULL, TAX, "", pairs, COUNT(pairs));
    answer = file("WA, XY", "2024-01-01");
    ck_assert_int_eq(answer.status, 422);
    refusal_check_error(&market, &answer, "states");
    refusal_check_kept(&market, &answer, "states", "WA, XY");
    refusal_check_kept(&market, &answer, "expires_on", "2024-01-01");
    ck_assert(says(WEB_OTHER_PARTNER, TAX, "No certificates yet"));
}
END_TEST

START_TEST(as_many_as_there_can_be)
{
    struct web_answer answer;
    const char *before;

    for (int i = 0; i < LIMIT_CERTIFICATES; i++)
        ck_assert_int_eq(file("WA", "2024-06-30").status, 303);
    before = web_dump(&market);
    answer = file("WA", "2024-06-30");
    refusal_check(&market, &answer, before);
    refusal_check_error(&market, &answer, "states");
    /* what has expired makes room */
    web_today(&market, 2024, 7, 1);
    ck_assert_int_eq(file("WA", "2025-06-30").status, 303);
    ck_assert(says(WEB_OTHER_PARTNER, TAX, "30 Jun 2025Counts from 8 Jul 2024"));
}
END_TEST

/* LAW 2.2: account owners and financial contributors file; the others read whom to ask. */
START_TEST(others_read_who_can)
{
    static const enum web_person others[] = {WEB_PARTNER, WEB_PARTNER_MARKETER};
    struct web_answer answer;

    for (size_t i = 0; i < COUNT(others); i++) {
        const char *before = web_dump(&market);

        ck_assert(says(others[i], TAX, "Account owners and financial contributors can change"));
        ck_assert_ptr_null(strstr(web_get(&market, others[i], TAX).body, "name=\"states\""));
        answer =
            web_post(&market, others[i], TAX, "states", "WA", "expires_on", "2024-06-30", NULL);
        ck_assert_int_eq(answer.status, 403);
        ck_assert_ptr_nonnull(strstr(page_text(market.arena, answer.body),
                                     "Account owners and financial contributors file certificates; "
                                     "your role doesn’t."));
        ck_assert_str_eq(web_dump(&market), before);
    }
    ck_assert(says(WEB_ISV_DEVELOPER, TAX, "Person isvAccount owner"));
    ck_assert_ptr_nonnull(strstr(web_get(&market, WEB_ISV, TAX).body, "name=\"states\""));
}
END_TEST

/* Before the submit as it would be, after it as it was; to nobody but the partner. */
START_TEST(an_offer_warns)
{
    const char *offer = web_offer(&market, STATE_PENDING_PARTNER);
    const char *path = web_path(&market, "/partner/offers/%s", offer);
    const struct web_post_rule *review = web_post_rule("/partner/offers/:offer/review");
    const char *const pages[] = {path, web_path(&market, "%s/setup", path),
                                 web_path(&market, "%s/review", path)};
    struct web_form form;

    for (size_t i = 0; i < COUNT(pages); i++) {
        ck_assert(says(WEB_PARTNER, pages[i], WARNING " Your account has no resale certificate"));
        ck_assert_ptr_nonnull(
            strstr(web_get(&market, WEB_PARTNER, pages[i]).body, "href=\"" TAX "\">Tax and"));
    }
    form = web_post_form_of(&market, review, WEB_PARTNER, offer);
    ck_assert_int_eq(web_post_form(&market, WEB_PARTNER, pages[2], &form).status, 303);
    web_publish(&market);
    stored("c", "WA", day_make(2023, 10, 2), day_make(2024, 6, 30));
    ck_assert(
        says(WEB_PARTNER, path, WARNING " When you submitted the offer, your account had no"));
    ck_assert(says(WEB_PARTNER, web_path(&market, "%s/share", path),
                   WARNING " When you submitted the offer"));
    ck_assert(!says(WEB_ISV, web_path(&market, "/isv/offers/%s", offer), WARNING));
    ck_assert(!says(WEB_OWNER, web_path(&market, "/customer/offers/%s", offer), WARNING));

    /* taken back, it is as today: there is one that counts */
    ck_assert_int_eq(web_post(&market, WEB_PARTNER, web_path(&market, "%s/withdraw", path), "rev",
                              web_rev(&market, WEB_PARTNER, offer), NULL)
                         .status,
                     303);
    for (size_t i = 0; i < COUNT(pages); i++)
        ck_assert(!says(WEB_PARTNER, pages[i], WARNING));
    form = web_post_form_of(&market, review, WEB_PARTNER, offer);
    ck_assert_int_eq(web_post_form(&market, WEB_PARTNER, pages[2], &form).status, 303);
    web_publish(&market);
    ck_assert(!says(WEB_PARTNER, path, WARNING));
    ck_assert(!says(WEB_PARTNER, web_path(&market, "%s/share", path), WARNING));
}
END_TEST

/* The operator's setting makes it a refusal, which leads to where one is filed. */
START_TEST(blocking_refuses)
{
    const char *offer = web_offer(&market, STATE_PENDING_PARTNER);
    const char *path = web_path(&market, "/partner/offers/%s/review", offer);
    const struct web_post_rule *review = web_post_rule("/partner/offers/:offer/review");
    struct web_answer answer;
    struct web_form form;
    const char *before;

    web_setting(&market, SETTING_CERTIFICATE_BLOCKING, "1");
    ck_assert(says(WEB_PARTNER, path, "Until it has one, you can’t submit the offer."));
    form = web_post_form_of(&market, review, WEB_PARTNER, offer);
    before = web_dump(&market);
    answer = web_post_form(&market, WEB_PARTNER, path, &form);
    refusal_check(&market, &answer, before);
    ck_assert_ptr_nonnull(strstr(page_text(market.arena, answer.body),
                                 "File a resale certificate that covers your headquarters state"));
    ck_assert_ptr_nonnull(strstr(answer.body, "<a href=\"" TAX "\">File a resale certificate"));

    stored("c", "WA", day_make(2023, 10, 2), day_make(2024, 6, 30));
    form = web_post_form_of(&market, review, WEB_PARTNER, offer);
    ck_assert_int_eq(web_post_form(&market, WEB_PARTNER, path, &form).status, 303);
}
END_TEST

Suite *
tax_pages_suite(void)
{
    Suite *suite = suite_create("web/tax_pages");
    TCase *tests = tcase_create("tax_pages");

    tcase_set_timeout(tests, 60);
    tcase_add_checked_fixture(tests, setup, teardown);
    tcase_add_test(tests, filed_and_followed_to_its_end);
    tcase_add_test(tests, what_cannot_be_filed);
    tcase_add_test(tests, as_many_as_there_can_be);
    tcase_add_test(tests, others_read_who_can);
    tcase_add_test(tests, an_offer_warns);
    tcase_add_test(tests, blocking_refuses);
    suite_add_tcase(suite, tests);
    return suite;
}

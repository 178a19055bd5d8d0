/*
 * operator_market_test.c: settings and markets changed by the operator, each change an event; and
 * the list of all events, narrowed and paged (LAW 2.5, 5.1).
 */
#include <check.h>
#include <string.h>

#include "base/text.h"
#include "store/markets.h"
#include "store/settings.h"
#include "support/page.h"
#include "support/web_market.h"

#define SETTINGS "/operator/settings"
#define MARKETS SETTINGS "/markets"

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
text_of(const char *path)
{
    struct web_answer answer = web_get(&market, WEB_OPERATOR, path);

    ck_assert_msg(answer.status == 200, "%s: %d", path, answer.status);
    return page_text(market.arena, answer.body);
}

static void
has(const char *text, const char *words)
{
    ck_assert_msg(strstr(text, words) != NULL, "“%s” is missing in: %s", words, text);
}

static struct web_form
form_to(const char *action)
{
    struct web_form form = web_form_new(&market);

    ck_assert(
        page_form(market.arena, web_get(&market, WEB_OPERATOR, SETTINGS).body, action, &form.form));
    return form;
}

static struct settings
stored(void)
{
    struct settings settings;

    ck_assert_int_eq(settings_load(market.deal.temp.reader, &settings), OK);
    return settings;
}

static void
refused(const char *action, const struct web_form *form, const char *words)
{
    struct web_answer answer = web_post_form(&market, WEB_OPERATOR, action, form);

    ck_assert_int_eq(answer.status, 422);
    has(page_text(market.arena, answer.body), words);
}

START_TEST(settings_are_changed_and_told)
{
    struct web_form form = form_to(SETTINGS);

    web_form_set(&form, "fee", "2.50000001");
    web_form_set(&form, "publish_delay", "30");
    web_form_set(&form, "certificate_blocking", "yes");
    ck_assert_int_eq(web_post_form(&market, WEB_OPERATOR, SETTINGS, &form).status, 303);
    ck_assert_int_eq(stored().fee.e8, 250000001);
    ck_assert_int_eq(stored().publish_delay_s, 30);
    ck_assert(stored().certificate_blocking);
    has(text_of(SETTINGS), "Agency fee: 3% → 2.50000001%");
    has(text_of(SETTINGS), "A resale certificate is needed: No → Yes");
    has(text_of("/operator/audit"), "Agency fee: 3% → 2.50000001%");
    has(text_of("/operator"), "2.50000001%");
    /* made before that: nothing is changed */
    web_form_set(&form, "once", "another");
    web_form_set(&form, "fee", "9");
    ck_assert_int_eq(web_post_form(&market, WEB_OPERATOR, SETTINGS, &form).status, 409);
    ck_assert_int_eq(stored().fee.e8, 250000001);
}
END_TEST

START_TEST(settings_that_are_none_are_refused)
{
    static const struct {
        const char *name;
        const char *value;
        const char *words;
    } wrong[] = {
        {"fee", "100.00000001", "Enter a percentage from 0 to 100"},
        {"fee", "1.123456789", "at most 8 decimals"},
        {"fee", "-1", "Enter a percentage from 0 to 100"},
        {"publish_delay", "86401", "Enter a number of seconds from 0 to 86400"},
        {"certificate_blocking", "", "Choose one of the two"},
    };

    for (size_t i = 0; i < COUNT(wrong); i++) {
        struct web_form form = form_to(SETTINGS);

        web_form_set(&form, wrong[i].name, wrong[i].value);
        refused(SETTINGS, &form, wrong[i].words);
    }
    ck_assert_int_eq(stored().fee.e8, 300000000);
}
END_TEST

/* The partner learns at its submit what the operator decided of certificates (D-11). */
START_TEST(a_needed_certificate_blocks_the_partners_submit)
{
    const char *offer = web_offer(&market, STATE_PENDING_PARTNER);
    const char *review = web_path(&market, "/partner/offers/%s/review", offer);
    struct web_form form = form_to(SETTINGS);
    struct web_answer answer;

    web_form_set(&form, "certificate_blocking", "yes");
    ck_assert_int_eq(web_post_form(&market, WEB_OPERATOR, SETTINGS, &form).status, 303);
    answer = web_post(&market, WEB_PARTNER, review, "rev", web_rev(&market, WEB_PARTNER, offer),
                      "do", "submit", "adjustment-1", "10", "adjustment-2", "30", "prepared_by",
                      "p@fabrikam.example", NULL);
    ck_assert_int_eq(answer.status, 422);
    has(page_text(market.arena, answer.body), "certificate");
}
END_TEST

START_TEST(a_market_is_added_and_gets_another_rate)
{
    static const char *const pairs[][2] = {{"code", "CA"},      {"market_name", "Canada"},
                                           {"currency", "CAD"}, {"digits", "2"},
                                           {"rate", "1.35"},    {"rated_on", "2023-10-01"}};
    struct web_form form = form_to(MARKETS);

    for (size_t i = 0; i < COUNT(pairs); i++)
        web_form_set(&form, pairs[i][0], pairs[i][1]);
    ck_assert_int_eq(web_post_form(&market, WEB_OPERATOR, MARKETS, &form).status, 303);
    has(text_of(SETTINGS), "CACanadaCAD, 2 decimals, 1.35 of 2023-10-01");
    has(text_of(SETTINGS), "Market CA, Canada: CAD, 2 decimals, 1.35 of 2023-10-01");
    web_form_set(&form, "once", "another");
    web_form_set(&form, "rate", "1.4");
    ck_assert_int_eq(web_post_form(&market, WEB_OPERATOR, MARKETS, &form).status, 303);
    has(text_of(SETTINGS), "1.35 of 2023-10-01 → CAD, 2 decimals, 1.4 of 2023-10-01");
}
END_TEST

START_TEST(a_market_that_is_none_is_refused)
{
    static const struct {
        const char *name;
        const char *value;
        const char *words;
    } wrong[] = {
        {"code", "US", "that market stays"},
        {"code", "can", "two and its currency as three capital letters"},
        {"market_name", "", "Enter a name of at most 64 characters"},
        {"digits", "4", "0 to 3"},
        {"rate", "0", "Enter what one US dollar is"},
        {"rated_on", "soon", "Enter the day of the rate"},
    };

    for (size_t i = 0; i < COUNT(wrong); i++) {
        struct web_form form = form_to(MARKETS);

        web_form_set(&form, "code", "CA");
        web_form_set(&form, "market_name", "Canada");
        web_form_set(&form, "currency", "CAD");
        web_form_set(&form, "digits", "2");
        web_form_set(&form, "rate", "1.35");
        web_form_set(&form, "rated_on", "2023-10-01");
        web_form_set(&form, wrong[i].name, wrong[i].value);
        refused(MARKETS, &form, wrong[i].words);
    }
}
END_TEST

/* --- everything that happened -------------------------------------------------------------------
 */

START_TEST(events_are_narrowed_to_a_thing_and_to_a_person)
{
    const char *offer = web_offer(&market, STATE_ACCEPTED);
    const char *text = text_of("/operator/audit");

    has(text, "Accepted by the customer");
    has(text, "Customer price saved");
    has(text, "Offer");
    text = text_of(web_path(&market, "/operator/audit?q=%s", offer));
    has(text, "Draft created");
    text = text_of("/operator/audit?who=partner%40test.example");
    has(text, "Customer price saved");
    ck_assert_ptr_null(strstr(text, "Draft created"));
    has(text_of("/operator/audit?q=no-such-thing"), "No such events");
    has(text_of("/operator/audit?who=nobody%40test.example"), "No such events");
}
END_TEST

/* Every event once over all pages, the newest first. */
START_TEST(pages_follow_each_other_without_a_gap)
{
    const char *path = "/operator/audit";
    size_t rows = 0;
    size_t pages = 0;

    for (int i = 0; i < 8; i++)
        (void)web_offer(&market, STATE_DRAFT);
    while (path != NULL) {
        const char *body = web_get(&market, WEB_OPERATOR, path).body;
        const char *more = strstr(body, "href=\"/operator/audit?q=");

        for (const char *at = strstr(body, "data-l=\"When\""); at != NULL;
             at = strstr(at + 1, "data-l=\"When\""))
            rows++;
        pages++;
        ck_assert_uint_lt(pages, 10);
        path = NULL;
        if (more != NULL) {
            more += strlen("href=\"");
            path = page_text(market.arena, arena_copy(market.arena, more, strcspn(more, "\"")));
        }
    }
    ck_assert_uint_eq(rows, 8 * 4); /* created, then saved three times */
    ck_assert_uint_eq(pages, 2);
}
END_TEST

START_TEST(the_home_page_counts_what_waits)
{
    has(text_of("/operator"), "Offers In Progress0");
    (void)web_offer(&market, STATE_TO_PARTNER);
    has(text_of("/operator"), "Offers In Progress1");
    has(text_of("/operator"), "Suspended subscriptions0");
}
END_TEST

Suite *
operator_market_suite(void)
{
    Suite *suite = suite_create("web/operator_market");
    TCase *cases = tcase_create("operator_market");

    tcase_add_checked_fixture(cases, setup, teardown);
    tcase_add_test(cases, settings_are_changed_and_told);
    tcase_add_test(cases, settings_that_are_none_are_refused);
    tcase_add_test(cases, a_needed_certificate_blocks_the_partners_submit);
    tcase_add_test(cases, a_market_is_added_and_gets_another_rate);
    tcase_add_test(cases, a_market_that_is_none_is_refused);
    tcase_add_test(cases, events_are_narrowed_to_a_thing_and_to_a_person);
    tcase_add_test(cases, pages_follow_each_other_without_a_gap);
    tcase_add_test(cases, the_home_page_counts_what_waits);
    suite_add_tcase(suite, cases);
    return suite;
}

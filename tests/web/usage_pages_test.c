/*
 * usage_pages_test.c: usage of one purchase by its form, and of many as CSV, and every refusal of
 * LAW 11 and D-33: each beside its field, what was typed kept, nothing stored.
 */
#include <check.h>
#include <string.h>

#include "base/text.h"
#include "refusal.h"
#include "support/page.h"
#include "support/play_purchase.h"
#include "support/rows_market.h"

#define HEADER "purchase,dimension,hour,quantity\n"
#define NOW "2023-10-16T09:00Z"

Suite *usage_pages_suite(void);

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
path_of(enum web_person person, const char *id, const char *rest)
{
    return web_path(&market, "/%s/purchases/%s%s", person == WEB_OPERATOR ? "operator" : "isv", id,
                    rest);
}

static struct web_answer
report(enum web_person person, const char *id, const char *dimension, const char *hour,
       const char *quantity)
{
    return web_post(&market, person, path_of(person, id, "/usage"), "dimension", dimension, "hour",
                    hour, "quantity", quantity, NULL);
}

/* Refused at that field, with those words. */
static void
is_refused(const char *id, const char *dimension, const char *hour, const char *quantity,
           const char *at, const char *words)
{
    const char *before = web_dump(&market);
    struct web_answer answer = report(WEB_ISV, id, dimension, hour, quantity);
    const char *help;

    refusal_check(&market, &answer, before);
    refusal_check_error(&market, &answer, at);
    help = page_help(market.arena, answer.body, at);
    ck_assert_msg(strstr(help, words) != NULL, "%s: %s", at, help);
    refusal_check_kept(&market, &answer, "hour", hour);
    refusal_check_kept(&market, &answer, "quantity", quantity);
}

static void
is_closed(enum web_person person, const char *id, const char *words)
{
    const char *before = web_dump(&market);
    struct web_answer answer = report(person, id, "emails", NOW, "1");
    const char *text = page_text(market.arena, answer.body);

    ck_assert_int_eq(answer.status, 409);
    ck_assert_msg(strstr(text, words) != NULL, "no “%s”: %s", words, text);
    ck_assert_str_eq(before, web_dump(&market));
}

static const char *
page_of(enum web_person person, const char *id)
{
    return page_text(market.arena, web_get(&market, person, path_of(person, id, "")).body);
}

START_TEST(one_hour_is_reported)
{
    const char *id = play_subscribe(&market.deal, false);
    struct web_answer answer = web_get(&market, WEB_ISV, path_of(WEB_ISV, id, ""));

    ck_assert_str_eq(page_field(market.arena, answer.body, "dimension"), "meter-emails");
    ck_assert_str_eq(page_field(market.arena, answer.body, "hour"), "2023-10-16T09:00:00Z");
    ck_assert_ptr_null(strstr(answer.body, "Reported usage"));
    answer = report(WEB_ISV, id, "meter-emails", "2023-10-16T09:00:00Z", "120");
    ck_assert_int_eq(answer.status, 303);
    ck_assert_str_eq(answer.location, path_of(WEB_ISV, id, "?done=usage"));
    ck_assert_ptr_nonnull(
        strstr(web_get(&market, WEB_ISV, answer.location).body, "Usage reported."));
    ck_assert_ptr_nonnull(strstr(page_of(WEB_ISV, id), "16 Oct 2023, 09:00 UTCmeter-emails120"));
    ck_assert_ptr_nonnull(
        strstr(page_of(WEB_OPERATOR, id), "16 Oct 2023, 09:00 UTCmeter-emails120"));
}
END_TEST

START_TEST(every_wrong_value_stands_beside_its_field)
{
    const char *id = play_subscribe(&market.deal, false);

    is_refused(id, "calls", NOW, "1", "dimension", "“calls” is no dimension of this plan");
    is_refused(id, "emails", NOW, "0", "quantity", "Enter a quantity from 1");
    is_refused(id, "emails", NOW, "1.5", "quantity", "Enter a quantity from 1");
    is_refused(id, "emails", "yesterday", "1", "hour", "Enter the hour like 2023-10-16T09:00Z");
    is_refused(id, "emails", "2023-10-15T08:00Z", "1", "hour",
               "The hour is more than 24 hours ago");
    is_refused(id, "emails", "2023-10-16T10:00Z", "1", "hour", "The hour is in the future");
    is_refused(id, "emails", "2023-10-16T08:00Z", "1", "hour",
               "The hour is before it was Subscribed");
    ck_assert_int_eq(report(WEB_ISV, id, "emails", NOW, "1").status, 303);
    is_refused(id, "emails", "2023-10-16T09:59:59Z", "1", "hour", "Duplicate");
}
END_TEST

/* Nothing of an unlimited meter is charged, so nothing of it is taken (LAW 8.5). */
START_TEST(an_unlimited_dimension_takes_nothing)
{
    const char *id;
    const char *text;

    rows_market_add(&market.deal);
    id = play_buy(&market.deal, (struct purchase_target){"", 0, "meters", "max"}, "term-36", "");
    play_configure(&market.deal, id);
    play_activate(&market.deal, id);
    text = page_of(WEB_ISV, id);
    ck_assert_ptr_nonnull(strstr(text, "meter-calls"));
    ck_assert_ptr_null(strstr(text, "meter-emails"));
    is_refused(id, "meter-emails", NOW, "1", "dimension", "is no dimension of this plan");
    ck_assert_int_eq(report(WEB_ISV, id, "meter-calls", NOW, "1").status, 303);
}
END_TEST

START_TEST(only_what_is_subscribed_takes_usage)
{
    const char *id = play_buy(&market.deal, BUY_PRO, "term-12", "");

    is_closed(WEB_ISV, id, "“Suite, Pro” is PendingFulfillmentStart.");
    ck_assert_ptr_null(strstr(page_of(WEB_ISV, id), "Report usage"));
    play_configure(&market.deal, id);
    play_activate(&market.deal, id);
    play_payment(&market.deal, id, false);
    is_closed(WEB_ISV, id, "“Suite, Pro” is Suspended.");
    ck_assert_int_eq(web_post(&market, WEB_ISV, path_of(WEB_ISV, id, "/cancel"), NULL).status, 303);
    is_closed(WEB_ISV, id, "“Suite, Pro” is Unsubscribed.");
}
END_TEST

START_TEST(a_plan_without_meters_takes_none)
{
    const char *id = play_buy(&market.deal, BUY_OPS, "month", "");

    is_closed(WEB_ISV, id, "Nothing of this plan is charged by use.");
}
END_TEST

/* LAW D-33. */
START_TEST(each_reports_its_own_kind)
{
    const char *meter = play_subscribe(&market.deal, false);
    const char *machine;

    rows_market_add(&market.deal);
    machine = play_buy(&market.deal, BUY_HOURLY, "", "");
    is_closed(WEB_OPERATOR, meter, "Usage of its meters is reported by its publisher.");
    is_closed(WEB_ISV, machine, "Hours of a virtual machine are reported by the marketplace.");
    ck_assert_ptr_null(strstr(page_of(WEB_ISV, machine), "Report many at once"));
    ck_assert_ptr_null(strstr(page_of(WEB_OPERATOR, meter), "Report many at once"));
    ck_assert_ptr_nonnull(strstr(page_of(WEB_OPERATOR, machine), "Report many at once"));
    ck_assert_ptr_nonnull(
        strstr(page_of(WEB_OPERATOR, machine), "Usage is charged after the end of its month."));
    ck_assert_int_eq(report(WEB_OPERATOR, machine, "hour", NOW, "1").status, 303);
    ck_assert_ptr_nonnull(strstr(page_of(WEB_ISV, machine), "16 Oct 2023, 09:00 UTChour1"));
}
END_TEST

/* ---- As CSV --------------------------------------------------------------------------------- */

static struct web_answer
send(enum web_person person, const char *lines)
{
    return web_post(&market, person, person == WEB_OPERATOR ? "/operator/usage" : "/isv/usage",
                    "usage", lines, NULL);
}

static void
file_is_refused(const char *lines, const char *words)
{
    const char *before = web_dump(&market);
    struct web_answer answer = send(WEB_ISV, lines);
    const char *text;

    refusal_check(&market, &answer, before);
    refusal_check_error(&market, &answer, "usage");
    refusal_check_kept(&market, &answer, "usage", lines);
    text = page_text(market.arena, answer.body);
    ck_assert_msg(strstr(text, words) != NULL, "no “%s”: %s", words, text);
}

START_TEST(lines_are_reported_together)
{
    const char *id = play_subscribe(&market.deal, false);
    struct web_answer answer = web_get(&market, WEB_ISV, "/isv/usage");
    const char *text = page_text(market.arena, answer.body);

    ck_assert_str_eq(page_field(market.arena, answer.body, "usage"), HEADER);
    ck_assert_ptr_nonnull(strstr(text, "At most 25 lines at once."));
    ck_assert_ptr_nonnull(strstr(text, ",emails,2023-10-16T09:00:00Z,75"));
    web_today(&market, 2023, 10, 17);
    answer = send(WEB_ISV, web_path(&market,
                                    HEADER "\n%s,emails,2023-10-17T08:00Z,3\n"
                                           " \"%s\" , meter-emails,2023-10-17T09:00Z , \"4\"\n",
                                    id, id));
    ck_assert_int_eq(answer.status, 303);
    ck_assert_str_eq(answer.location, "/isv/usage?done=usage");
    text = page_of(WEB_ISV, id);
    ck_assert_ptr_nonnull(strstr(text, "17 Oct 2023, 08:00 UTCmeter-emails3"));
    ck_assert_ptr_nonnull(strstr(text, "17 Oct 2023, 09:00 UTCmeter-emails4"));
}
END_TEST

START_TEST(a_file_that_is_none_is_refused)
{
    file_is_refused("", "Begin with the line purchase,dimension,hour,quantity");
    file_is_refused("a,b,c,d", "Begin with the line purchase,dimension,hour,quantity");
    file_is_refused("purchase;dimension;hour;quantity\n1;2;3;4", "Begin with the line");
    file_is_refused(HEADER "\n\n", "Add a line for each hour to report");
    file_is_refused(HEADER "one,two,three", "Line 2: give four values between commas");
    file_is_refused(HEADER "\none,two,three,four,five", "Line 3: give four values between commas");
    file_is_refused(HEADER REFUSAL_POISON ",,,", "Line 2: There is no such purchase");
}
END_TEST

/* Every problem of every line, and nothing of the good ones stored. */
START_TEST(problems_are_told_by_line)
{
    const char *id = play_subscribe(&market.deal, false);
    const char *waiting = play_subscribe(&market.deal, true);
    const char *file = web_path(&market,
                                HEADER "%s,emails," NOW ",1\n"
                                       "%s,nothing,2023-10-16T10:00Z,0\n"
                                       "%s,emails,2023-10-16T09:30Z,2\n"
                                       "%s,emails," NOW ",1\n"
                                       "b0a3c7d2-5c1e-4f5e-9a57-3d1f0c2e8a64,emails," NOW ",1\n",
                                id, id, id, waiting);

    file_is_refused(file, "Line 3: “nothing” is no dimension of this plan");
    file_is_refused(file, "Line 3: The hour is in the future.");
    file_is_refused(file, "Line 3: Enter a quantity from 1");
    file_is_refused(file, "Line 4: Duplicate");
    file_is_refused(file, "Line 5: It is PendingFulfillmentStart. Usage is reported while it is "
                          "Subscribed");
    file_is_refused(file, "Line 6: There is no such purchase to report usage for");
    ck_assert_ptr_null(strstr(page_text(market.arena, send(WEB_ISV, file).body), "Line 2: "));
}
END_TEST

START_TEST(twenty_five_lines_and_no_more)
{
    const char *id;
    const char *lines = HEADER;

    id = play_subscribe(&market.deal, false);
    web_today(&market, 2023, 10, 18);
    for (int hour = 0; hour < LIMIT_USAGE_BATCH; hour++)
        lines = web_path(&market, "%s%s,emails,2023-10-%sT%02d:00Z,1\n", lines, id,
                         hour < 15 ? "17" : "18", hour < 15 ? hour + 9 : hour - 15);
    file_is_refused(web_path(&market, "%s%s,emails,2023-10-18T08:00Z,1\n", lines, id),
                    "Report at most 25 lines at once; these are 26");
    ck_assert_int_eq(send(WEB_ISV, lines).status, 303);
}
END_TEST

/* Whoever else's it is, it is nobody's. */
START_TEST(another_isv_has_no_such_purchase)
{
    const char *id = play_subscribe(&market.deal, false);
    const char *before = web_dump(&market);
    struct web_answer answer =
        send(WEB_OTHER_ISV, web_path(&market, HEADER "%s,emails," NOW ",1", id));

    refusal_check(&market, &answer, before);
    ck_assert_ptr_nonnull(strstr(answer.body, "Line 2: There is no such purchase"));
    ck_assert_int_eq(report(WEB_OTHER_ISV, id, "emails", NOW, "1").status, 404);
}
END_TEST

START_TEST(the_operator_reports_hours_of_machines)
{
    const char *text =
        page_text(market.arena, web_get(&market, WEB_OPERATOR, "/operator/usage").body);
    const char *meter = play_subscribe(&market.deal, false);
    const char *machine;
    struct web_answer answer;

    ck_assert_ptr_nonnull(strstr(text, "No virtual machine is deployed"));
    rows_market_add(&market.deal);
    machine = play_buy(&market.deal, BUY_HOURLY, "", "");
    answer = web_get(&market, WEB_OPERATOR, "/operator/usage");
    ck_assert_ptr_nonnull(strstr(answer.body, machine));
    ck_assert_ptr_null(strstr(answer.body, meter));
    ck_assert_int_eq(
        send(WEB_OPERATOR, web_path(&market, HEADER "%s,hour," NOW ",1", machine)).status, 303);
    answer = send(WEB_OPERATOR, web_path(&market, HEADER "%s,emails," NOW ",1", meter));
    ck_assert_int_eq(answer.status, 422);
    ck_assert_ptr_nonnull(strstr(answer.body, "Line 2: There is no such purchase"));
}
END_TEST

Suite *
usage_pages_suite(void)
{
    Suite *suite = suite_create("web/usage_pages");
    TCase *tests = tcase_create("usage pages");

    tcase_add_checked_fixture(tests, setup, teardown);
    tcase_add_test(tests, one_hour_is_reported);
    tcase_add_test(tests, every_wrong_value_stands_beside_its_field);
    tcase_add_test(tests, an_unlimited_dimension_takes_nothing);
    tcase_add_test(tests, only_what_is_subscribed_takes_usage);
    tcase_add_test(tests, a_plan_without_meters_takes_none);
    tcase_add_test(tests, each_reports_its_own_kind);
    tcase_add_test(tests, lines_are_reported_together);
    tcase_add_test(tests, a_file_that_is_none_is_refused);
    tcase_add_test(tests, problems_are_told_by_line);
    tcase_add_test(tests, twenty_five_lines_and_no_more);
    tcase_add_test(tests, another_isv_has_no_such_purchase);
    tcase_add_test(tests, the_operator_reports_hours_of_machines);
    suite_add_tcase(suite, tests);
    return suite;
}

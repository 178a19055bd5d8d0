/*
 * option_b_test.c: new plans through the pages: made from a template, configured, submitted,
 * priced, accepted; the figures of LAW 8.4, and who sees which.
 */
#include <check.h>
#include <string.h>

#include "base/text.h"
#include "option_play.h"
#include "refusal.h"
#include "store/catalogue.h"
#include "support/list_point.h"
#include "support/page.h"

static struct option_play play;

static void
new_plan(const char *name, const char *template)
{
    OPTION_POST(WEB_ISV, "/products/add",
                {{"do", "create"},
                 {"plan_name", name},
                 {"plan_description", "For Northwind alone.\nWith support."},
                 {"template", template}});
}

/* Row 1 is flat rate with meters, row 2 per user. */
static void
open_draft(void)
{
    option_open(&play);
    option_draft(&play, OFFER_NEW_PLANS);
    new_plan("Orchid Max", "meters/max");
    new_plan("Orchid Team", "seats/team");
}

static void
close_play(void)
{
    option_close(&play);
}

START_TEST(a_new_plan_begins_as_its_template)
{
    struct web_answer answer;
    const char *text;

    option_open(&play);
    option_draft(&play, OFFER_NEW_PLANS);
    text = option_text(&play, WEB_ISV, "/setup");
    ck_assert_ptr_nonnull(
        strstr(text, "Customize pricing, metering quantities, and user limits for SaaS offers"));
    ck_assert_ptr_nonnull(strstr(text, "Create new plan"));
    text = option_text(&play, WEB_ISV, "/products/add");
    ck_assert_ptr_nonnull(strstr(text, "Seats, Team"));
    ck_assert_ptr_nonnull(strstr(text, "Meters, Max"));
    ck_assert_ptr_null(strstr(text, "Runner")); /* no SaaS */
    answer = OPTION_POST(WEB_ISV, "/products/add",
                         {{"do", "create"},
                          {"plan_name", "Orchid Max"},
                          {"plan_description", "For Northwind alone."},
                          {"template", "meters/max"}});
    ck_assert_str_eq(
        answer.location,
        web_path(&play.market, "/isv/offers/%s/products/1/price?done=plan-added", play.offer));
    answer = web_get(&play.market, WEB_ISV, answer.location);
    ck_assert_int_eq(answer.status, 200);
    ck_assert_ptr_nonnull(strstr(answer.body, "Plan created."));
    refusal_check_kept(&play.market, &answer, "plan_name-1", "Orchid Max");
    refusal_check_kept(&play.market, &answer, "payment-1-1", "0");
    refusal_check_kept(&play.market, &answer, "payment-1-12", "");
    refusal_check_kept(&play.market, &answer, "payment-1-36", "12");
    refusal_check_kept(&play.market, &answer, "price-1-term-36", "36000.00");
    refusal_check_kept(&play.market, &answer, "price-1-term-24", "");
    refusal_check_kept(&play.market, &answer, "price-1-meter-emails", "1.00");
    refusal_check_kept(&play.market, &answer, "included-1-meter-emails-1", "10");
    refusal_check_kept(&play.market, &answer, "unlimited-1-meter-emails-36", "1");
    ck_assert_ptr_null(page_field(play.market.arena, answer.body, "unlimited-1-meter-emails-1"));
    /* a month is paid once, longer terms annually too; and so the template is paid */
    text = page_text(play.market.arena, answer.body);
    ck_assert_ptr_nonnull(strstr(text, "Template plan: Meters, Max."));
    ck_assert_uint_eq(page_count(answer.body, ">Annual<"), 3);
    ck_assert_uint_eq(page_count(answer.body, ">One-time upfront<"), 5);
    ck_assert_ptr_nonnull(strstr(answer.body, "aria-label=\"Price per payment for Meters, Orchid "
                                              "Max, 3-year\""));
    ck_assert_ptr_nonnull(
        strstr(answer.body, "aria-label=\"Included quantity for 100 emails, 3-year\""));
}
END_TEST

/* The search is a button of the form: it asks, saves nothing and loses nothing. */
START_TEST(searching_a_template_keeps_what_was_typed)
{
    static const char *const texts[][2] = {
        {"plan_name", "Half <typed>"},
        {"plan_description", "  two\nlines & more "},
    };
    struct web_answer answer;
    const char *before;

    option_open(&play);
    option_draft(&play, OFFER_NEW_PLANS);
    before = web_dump(&play.market);
    answer = OPTION_TRY(WEB_ISV, "/products/add",
                        {{"do", "search"},
                         {"plan_name", "Half <typed>"},
                         {"plan_description", "  two\nlines & more "},
                         {"q", "tea"}});
    ck_assert_int_eq(answer.status, 200);
    ck_assert_str_eq(before, web_dump(&play.market));
    for (size_t i = 0; i < COUNT(texts); i++)
        refusal_check_kept(&play.market, &answer, texts[i][0], texts[i][1]);
    refusal_check_kept(&play.market, &answer, "q", "tea");
    ck_assert_ptr_nonnull(strstr(answer.body, "value=\"seats/team\""));
    ck_assert_ptr_null(strstr(answer.body, "value=\"meters/max\""));
    answer = OPTION_TRY(WEB_ISV, "/products/add", {{"do", "search"}, {"q", "nothing"}});
    ck_assert_int_eq(answer.status, 200);
    ck_assert_ptr_nonnull(
        strstr(page_text(play.market.arena, answer.body), "No plans match “nothing”"));
    /* everything missing is told at once, where it is */
    answer = OPTION_TRY(WEB_ISV, "/products/add",
                        {{"do", "create"}, {"plan_name", "Never @ all"}, {"plan_description", ""}});
    refusal_check(&play.market, &answer, before);
    refusal_check_error(&play.market, &answer, "plan_name");
    refusal_check_error(&play.market, &answer, "plan_description");
    refusal_check_kept(&play.market, &answer, "plan_name", "Never @ all");
    ck_assert_ptr_nonnull(strstr(page_help(play.market.arena, answer.body, "template"),
                                 "Choose a plan as the template"));
    answer = OPTION_TRY(WEB_ISV, "/products/add",
                        {{"do", "create"},
                         {"plan_name", "Named"},
                         {"plan_description", "Told"},
                         {"template", "seats/team"},
                         {"q", "tea"},
                         {"rev", "never"}});
    ck_assert_int_eq(answer.status, 303); /* the first rev counts: the form's own */
}
END_TEST

/* A page lists so many templates; the search finds the others. */
START_TEST(of_many_templates_the_search_finds_one)
{
    static const struct product many = {"many", DEAL_ISV, "Many", PRODUCT_SAAS, true,
                                        true,   true,     true,   true};
    struct price_point point =
        LIST_POINT("term-1", POINT_TERM, 1, 0, "", 0, amount_of(POINT_TERM, 1000));
    const char *source;
    struct db *db;

    option_open(&play);
    option_draft(&play, OFFER_NEW_PLANS);
    db = temp_write(&play.market.deal.temp);
    ck_assert_int_eq(product_insert(db, play.market.arena, &many), OK);
    for (int i = 0; i <= LIMIT_PICKER_PLANS; i++) {
        const struct plan plan = {
            .product = "many",
            .id = web_path(&play.market, "plan-%03d", i),
            .name = web_path(&play.market, "Number %03d", i),
            .description = "",
            .summary = "",
            .markets = MARKET_US,
            .model = MODEL_FLAT_RATE,
            .is_public = true,
            .published = true,
            .min_users = 1,
            .points = &point,
            .point_count = 1,
        };

        ck_assert_int_eq(plan_insert(db, play.market.arena, &plan), OK);
    }
    temp_keep(&play.market.deal.temp, db);
    source = option_source(&play, WEB_ISV, "/products/add");
    ck_assert_ptr_nonnull(strstr(source, "Next plans"));
    ck_assert_ptr_null(strstr(source, "many/plan-010"));
    source = option_source(&play, WEB_ISV, "/products/add?q=number+010");
    ck_assert_ptr_null(strstr(source, "Next plans"));
    ck_assert_ptr_nonnull(strstr(source, "many/plan-010"));
}
END_TEST

/* Every control of the form in one go: what is malformed comes back byte for byte. */
START_TEST(a_refused_form_comes_back)
{
    static const char *const flat[][2] = {
        {"plan_name-1", "Orchid <Max>"},
        {"plan_description-1", "\x7f"},
        {"payment-1-1", "12"},
        {"price-1-term-36", "1.005"},
        {"price-1-meter-emails", "free"},
        {"included-1-meter-emails-36", "-1"},
        {"included-1-meter-calls-36", "1000000000"},
    };
    static const char *const seats[][2] = {
        {"price-2-user-1", "12.505"},
        {"min_users-2", "0"},
        {"max_users-2", "1000001"},
    };
    struct web_answer answer;
    const char *before;

    open_draft();
    before = web_dump(&play.market);
    answer = option_try(&play, WEB_ISV, "/products/1/price", flat, COUNT(flat));
    ck_assert_int_eq(answer.status, 400); /* no form of a browser holds a control byte */
    answer = OPTION_TRY(WEB_ISV, "/products/1/price",
                        {{"plan_name-1", "Orchid <Max>"},
                         {"payment-1-1", "12"},
                         {"payment-1-36", "12"},
                         {"price-1-term-36", "1.005"},
                         {"price-1-meter-emails", "free"},
                         {"included-1-meter-emails-36", "-1"},
                         {"included-1-meter-calls-36", "1000000000"},
                         {"unlimited-1-meter-calls-1", "1"}});
    refusal_check(&play.market, &answer, before);
    for (size_t i = 0; i < COUNT(flat); i++) {
        if (text_starts(flat[i][0], "plan_description"))
            continue;
        refusal_check_error(&play.market, &answer, flat[i][0]);
        if (!text_starts(flat[i][0], "payment"))
            refusal_check_kept(&play.market, &answer, flat[i][0], flat[i][1]);
    }
    refusal_check_kept(&play.market, &answer, "unlimited-1-meter-calls-1", "1");
    /* unticked in the form that came back, whatever is stored */
    ck_assert_ptr_null(page_field(play.market.arena, answer.body, "unlimited-1-meter-emails-36"));
    answer = option_try(&play, WEB_ISV, "/products/2/price", seats, COUNT(seats));
    refusal_check(&play.market, &answer, before);
    for (size_t i = 0; i < COUNT(seats); i++) {
        refusal_check_error(&play.market, &answer, seats[i][0]);
        refusal_check_kept(&play.market, &answer, seats[i][0], seats[i][1]);
    }
    /* what is missing is saved, and told */
    answer = OPTION_TRY(WEB_ISV, "/products/2/price",
                        {{"do", "save"},
                         {"plan_name-2", "Renamed"},
                         {"plan_description-2", ""},
                         {"payment-2-1", ""},
                         {"min_users-2", "100"},
                         {"max_users-2", "20"}});
    ck_assert_int_eq(answer.status, 422);
    refusal_check_summary(&play.market, &answer);
    refusal_check_error(&play.market, &answer, "plan_description-2");
    refusal_check_error(&play.market, &answer, "payment-2-1");
    refusal_check_error(&play.market, &answer, "max_users-2");
    answer = OPTION_TRY(WEB_ISV, "/setup", {{"do", "continue"}});
    ck_assert_int_eq(answer.status, 422);
    refusal_check_summary(&play.market, &answer);
    ck_assert_ptr_nonnull(strstr(page_text(play.market.arena, answer.body),
                                 "Configure the price of Seats, Renamed: "));
}
END_TEST

/* LAW 8.4: 500.00 a month with 100 emails at 0.80, 30,000.00 a year for three; 12.50 for each of 20
 * to 100 users; and a year upfront, which the template does not sell, at 5,500.00. */
static void
configure(void)
{
    OPTION_POST(WEB_ISV, "/products/1/price",
                {{"do", "save"},
                 {"payment-1-1", "0"},
                 {"price-1-term-1", "500"},
                 {"payment-1-12", "0"},
                 {"price-1-term-12", "5500"},
                 {"payment-1-24", ""},
                 {"payment-1-36", "12"},
                 {"price-1-term-36", "30,000"},
                 {"price-1-meter-emails", "0.80"},
                 {"price-1-meter-calls", "0.04"},
                 {"included-1-meter-emails-1", "25"},
                 {"unlimited-1-meter-emails-36", "1"},
                 {"included-1-meter-calls-12", "0"}});
    OPTION_POST(WEB_ISV, "/products/2/price",
                {{"do", "save"},
                 {"payment-2-1", "0"},
                 {"price-2-user-1", "12.50"},
                 {"min_users-2", "20"},
                 {"max_users-2", "100"}});
}

/* 8 % by hand: 500.00 to 540.00, 5,500.00 to 5,940.00, 30,000.00 to 32,400.00, 0.80 to 0.86
 * (0.864), 0.04 stays 0.04 (0.0432), 12.50 to 13.50. */
static const char *const partner_figures[] = {"$500.00", "$5,500.00", "$30,000.00", "$0.80",
                                              "$12.50"};
static const char *const customer_figures[] = {"$540.00", "$5,940.00", "$32,400.00", "$0.86",
                                               "$13.50"};
static const char *const partner_marks[] = {"5,500.00", "30,000.00", "$0.80", "12.50"};
static const char *const customer_marks[] = {"540.00", "5,940.00", "32,400.00", "$0.86", "13.50"};
static const char *const facts[] = {
    "Meters, Orchid Max",
    "Seats, Orchid Team",
    "For Northwind alone.",
    "With support.",
    "20 to 100 users",
    "25 included in a 1-month term",
    "Unlimited in a 3-year term",
    "0 included in a 1-year term",
};
static const char *const own[] = {""};

static void
look(enum web_person person, const char *const figures[], size_t count, const char *const hidden[],
     size_t hidden_count)
{
    option_look(&play, person, own, 1, figures, count, hidden, hidden_count);
}

START_TEST(everybody_sees_the_plan_and_prices_of_their_own)
{
    static const enum web_person everybody[] = {WEB_ISV, WEB_PARTNER, WEB_OPERATOR, WEB_OWNER};
    static const char *const work[] = {"/setup", "/review"};
    const char *text;

    open_draft();
    configure();
    text = option_text(&play, WEB_ISV, "/setup");
    ck_assert_ptr_nonnull(strstr(text, "New plan from Max"));
    ck_assert_ptr_nonnull(strstr(text, "1-month, paid monthly: $500.00"));
    ck_assert_ptr_nonnull(strstr(text, "and 1 more"));
    ck_assert_ptr_nonnull(strstr(text, "20 to 100 users"));
    ck_assert_ptr_null(strstr(text, "Not configured yet"));
    option_look(&play, WEB_ISV, &work[1], 1, partner_figures, COUNT(partner_figures), NULL, 0);
    option_submit(&play);
    option_extend(&play, "8");
    for (size_t i = 0; i < COUNT(everybody); i++)
        look(everybody[i], facts, COUNT(facts), NULL, 0);
    look(WEB_ISV, partner_figures, COUNT(partner_figures), customer_marks, COUNT(customer_marks));
    look(WEB_PARTNER, partner_figures, COUNT(partner_figures), NULL, 0);
    look(WEB_PARTNER, customer_figures, COUNT(customer_figures), NULL, 0);
    look(WEB_OPERATOR, customer_figures, COUNT(customer_figures), NULL, 0);
    look(WEB_OWNER, customer_figures, COUNT(customer_figures), partner_marks, COUNT(partner_marks));
    text = option_text(&play, WEB_PARTNER, "");
    ck_assert_ptr_nonnull(strstr(text, "Rounded: the adjustment has no effect"));
    ck_assert_ptr_null(strstr(text, "Total")); /* LAW D-22 */
    /* a price the template has not is compared with nothing */
    ck_assert_ptr_nonnull(
        strstr(option_text(&play, WEB_OWNER, ""), "1-year, one payment upfront––$5,940.00"));
    OPTION_POST(WEB_PARTNER, "/withdraw", {{"do", "withdraw"}});
    option_look(&play, WEB_PARTNER, work, COUNT(work), customer_figures, COUNT(customer_figures),
                NULL, 0);
    option_look(&play, WEB_PARTNER, work, COUNT(work), facts, COUNT(facts) - 5, NULL, 0);
    /* its fall begins at the partner price */
    text = option_text(&play, WEB_PARTNER, "/setup?show=1-term-12");
    ck_assert_ptr_nonnull(strstr(text, "From partner price to customer price"));
}
END_TEST

/* LAW 8.4: 12.50 + 8 % = 13.50. Edited after both withdrew, the row has lost its adjustment. */
START_TEST(withdrawn_edited_and_submitted_again)
{
    const char *page;

    open_draft();
    configure();
    option_submit(&play);
    ck_assert_ptr_nonnull(
        strstr(option_source(&play, WEB_PARTNER, "/setup"), "data-point=\"1-term-12\""));
    option_extend(&play, "8");
    OPTION_POST(WEB_PARTNER, "/withdraw", {{"do", "withdraw"}});
    OPTION_POST(WEB_ISV, "/withdraw", {{"do", "withdraw"}});
    OPTION_POST(WEB_ISV, "/products/1/price",
                {{"do", "save"},
                 {"plan_name-1", "Orchid Two"},
                 {"payment-1-12", ""},
                 {"price-1-meter-emails", "0.8"}});
    OPTION_POST(WEB_ISV, "/setup", {{"do", "remove-2"}});
    option_submit(&play);
    /* among what has changed, and no more among what is priced */
    page = option_source(&play, WEB_PARTNER, "/setup");
    ck_assert_ptr_nonnull(strstr(page, "1-year, one payment upfront"));
    ck_assert_ptr_nonnull(strstr(page, "data-point=\"1-term-36\""));
    ck_assert_ptr_null(strstr(page, "data-point=\"1-term-12\""));
    option_extend(&play, "10");
    /* 0.80 + 10 % = 0.88, 30,000.00 + 10 % = 33,000.00 */
    look(WEB_OWNER, (const char *const[]){"Orchid Two", "$0.88", "$33,000.00"}, 3,
         (const char *const[]){"5,940.00", "13.50", "Orchid Max"}, 3);
}
END_TEST

Suite *
option_b_suite(void)
{
    Suite *suite = suite_create("web/option_b");
    TCase *tests = tcase_create("option_b");

    tcase_add_checked_fixture(tests, NULL, close_play);
    tcase_set_timeout(tests, 60);
    tcase_add_test(tests, a_new_plan_begins_as_its_template);
    tcase_add_test(tests, searching_a_template_keeps_what_was_typed);
    tcase_add_test(tests, of_many_templates_the_search_finds_one);
    tcase_add_test(tests, a_refused_form_comes_back);
    tcase_add_test(tests, everybody_sees_the_plan_and_prices_of_their_own);
    tcase_add_test(tests, withdrawn_edited_and_submitted_again);
    suite_add_tcase(suite, tests);
    return suite;
}

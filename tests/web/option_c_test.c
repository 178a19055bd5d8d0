/*
 * option_c_test.c: reservations through the pages: picked, configured line by line, submitted,
 * priced, accepted; formulas and totals as LAW 8.4 has them, and who sees which.
 */
#include <check.h>
#include <string.h>

#include "base/text.h"
#include "option_play.h"
#include "refusal.h"
#include "support/page.h"

static struct option_play play;

/* Rows 1, 2 and 3: by core for a year, by size for three, flat for a year. */
static void
open_draft(void)
{
    option_open(&play);
    option_draft(&play, OFFER_RESERVATIONS);
    OPTION_POST(WEB_ISV, "/products/add",
                {{"plan-1", "cores/each"}, {"plan-2", "sizes/some"}, {"plan-3", "plain/one"}});
}

static void
close_play(void)
{
    option_close(&play);
}

/* What LAW 8.4 sells: 450.00 a month for 4, 120.00 a month over 3 years for 10, 5,000.00 upfront
 * for 4. */
static void
configure(void)
{
    OPTION_POST(WEB_ISV, "/products/1/price",
                {{"do", "save"},
                 {"duration-1", "12"},
                 {"schedule-1", "monthly"},
                 {"vcpu-1-1", "4"},
                 {"quantity-1-1", "4"},
                 {"unit-1-1", "450"}});
    OPTION_POST(WEB_ISV, "/products/2/price",
                {{"do", "save"},
                 {"duration-2", "36"},
                 {"schedule-2", "monthly"},
                 {"vcpu-2-1", "2"},
                 {"quantity-2-1", "10"},
                 {"unit-2-1", "120.00"}});
    OPTION_POST(WEB_ISV, "/products/3/price",
                {{"do", "save"},
                 {"duration-3", "12"},
                 {"schedule-3", "upfront"},
                 {"quantity-3-1", "4"},
                 {"unit-3-1", "5,000.00"}});
}

START_TEST(the_picker_lists_what_can_be_reserved)
{
    const char *text;

    option_open(&play);
    option_draft(&play, OFFER_RESERVATIONS);
    text = option_text(&play, WEB_ISV, "/setup");
    ck_assert_ptr_nonnull(strstr(
        text, "Customize pricing and specific quantities for VM software reservation offers"));
    ck_assert_ptr_nonnull(strstr(text, "Add offers/plan"));
    ck_assert_ptr_null(strstr(text, "Price type"));
    text = option_text(&play, WEB_ISV, "/products/add");
    ck_assert_ptr_nonnull(strstr(text, "Reservations: 1-year and 3-year"));
    ck_assert_ptr_nonnull(strstr(text, "SomeReservations: 3-year"));
    ck_assert_ptr_null(strstr(text, "Hourly"));
    ck_assert_ptr_null(strstr(text, "Max"));
    ck_assert_ptr_null(strstr(text, "All plans of"));
    ck_assert_ptr_nonnull(
        strstr(option_text(&play, WEB_ISV, "/products/add?q=nothing"), "No plans match “nothing”"));
    /* a plan is left out once every duration it has is in the offer */
    OPTION_POST(WEB_ISV, "/products/add", {{"plan-1", "cores/each"}, {"plan-2", "plain/one"}});
    text = option_text(&play, WEB_ISV, "/products/add");
    ck_assert_ptr_null(strstr(text, "Each"));
    ck_assert_ptr_nonnull(strstr(text, "One"));
    OPTION_POST(WEB_ISV, "/products/add", {{"plan-1", "plain/one"}});
    ck_assert_ptr_null(strstr(option_text(&play, WEB_ISV, "/products/add"), "One "));
    text = option_text(&play, WEB_ISV, "/setup");
    ck_assert_ptr_nonnull(strstr(text, "Plain, One: 1-year reservation"));
    ck_assert_ptr_nonnull(strstr(text, "Plain, One: 3-year reservation"));
}
END_TEST

/* List prices by hand: 0.50 × 4 × 8,760 × 0.7 = 12,264.00, a month 1,022.00; 0.50 × 1 × 8,760 × 0.7
 * = 3,066.00. */
START_TEST(lines_are_added_recalculated_and_removed)
{
    struct web_answer answer;
    const char *source;
    const char *text;

    open_draft();
    source = option_source(&play, WEB_ISV, "/products/1/price");
    ck_assert_ptr_nonnull(strstr(
        source, "aria-label=\"Unit price (USD) for Cores, Each: 1-year reservation, line 1\""));
    ck_assert_ptr_null(strstr(source, "vcpu-1-2"));
    ck_assert_ptr_null(strstr(source, "value=\"36\"")); /* not sold for three years */
    text = option_text(&play, WEB_ISV, "/products/1/price");
    ck_assert_ptr_nonnull(strstr(text, "4 vCPU$12,264.00$1,022.00"));
    answer = OPTION_POST(WEB_ISV, "/products/1/price",
                         {{"do", "add"},
                          {"duration-1", "12"},
                          {"schedule-1", "monthly"},
                          {"vcpu-1-1", "4"},
                          {"quantity-1-1", "4"},
                          {"unit-1-1", "450"}});
    ck_assert_str_eq(
        answer.location,
        web_path(&play.market, "/isv/offers/%s/products/1/price?add=1#h-lines", play.offer));
    source = option_source(&play, WEB_ISV, "/products/1/price?add=1");
    ck_assert_ptr_nonnull(strstr(source, "name=\"vcpu-1-2\""));
    ck_assert_ptr_null(strstr(source, "name=\"vcpu-1-3\""));
    answer = OPTION_POST(WEB_ISV, "/products/1/price",
                         {{"do", "recalculate"},
                          {"schedule-1", "monthly"},
                          {"vcpu-1-1", "4"},
                          {"quantity-1-1", "4"},
                          {"unit-1-1", "450"},
                          {"vcpu-1-2", "1"},
                          {"quantity-1-2", "2"},
                          {"unit-1-2", "300.00"}});
    ck_assert(text_starts(
        answer.location,
        web_path(&play.market, "/isv/offers/%s/products/1/price?done=priced", play.offer)));
    text = option_text(&play, WEB_ISV, "/products/1/price");
    /* by size: 300.00 × 12 × 2 = 7,200.00 against 255.50 a month */
    ck_assert_ptr_nonnull(strstr(text, "300.00 × 12 months × 2 = 7,200.00"));
    ck_assert_ptr_nonnull(strstr(text, "Public price $255.50, yours is $44.50 higher"));
    ck_assert_ptr_nonnull(strstr(text, "450.00 × 12 months × 4 = 21,600.00"));
    ck_assert_ptr_nonnull(strstr(text, "Public price $1,022.00, yours is $572.00 lower"));
    ck_assert_ptr_nonnull(strstr(text, "Total$28,800.00"));
    OPTION_POST(WEB_ISV, "/products/1/price",
                {{"do", "remove-1"},
                 {"vcpu-1-1", "1"},
                 {"quantity-1-1", "nonsense"},
                 {"unit-1-1", ""},
                 {"vcpu-1-2", "4"},
                 {"quantity-1-2", "4"},
                 {"unit-1-2", "1022"}});
    text = option_text(&play, WEB_ISV, "/products/1/price");
    ck_assert_ptr_null(strstr(text, "300.00 ×"));
    ck_assert_ptr_nonnull(strstr(text, "Public price $1,022.00, the same"));
    ck_assert_ptr_nonnull(strstr(text, "Total$49,056.00"));
    /* of two lines of one size the one that was pointed at goes, stored or not */
    answer = OPTION_TRY(WEB_ISV, "/products/1/price",
                        {{"do", "save"},
                         {"vcpu-1-1", "4"},
                         {"quantity-1-1", "4"},
                         {"unit-1-1", "450"},
                         {"vcpu-1-2", "4"},
                         {"quantity-1-2", "9"},
                         {"unit-1-2", "1"}});
    ck_assert_int_eq(answer.status, 422);
    refusal_check_error(&play.market, &answer, "vcpu-1-2");
    ck_assert_ptr_nonnull(strstr(answer.body, "value=\"remove-2\""));
    OPTION_POST(WEB_ISV, "/products/1/price",
                {{"do", "remove-2"},
                 {"vcpu-1-1", "4"},
                 {"quantity-1-1", "4"},
                 {"unit-1-1", "450"},
                 {"vcpu-1-2", "4"},
                 {"quantity-1-2", "9"},
                 {"unit-1-2", "1"}});
    text = option_text(&play, WEB_ISV, "/products/1/price");
    ck_assert_ptr_nonnull(strstr(text, "450.00 × 12 months × 4 = 21,600.00"));
    /* on a flat rate there is one line, without a size */
    source = option_source(&play, WEB_ISV, "/products/3/price");
    ck_assert_ptr_nonnull(strstr(source, "Flat rate: one price for every size"));
    ck_assert_ptr_nonnull(strstr(source, " disabled>"));
    ck_assert_ptr_null(strstr(source, "value=\"add\""));
    ck_assert_ptr_null(strstr(source, "value=\"remove-1\""));
}
END_TEST

/* What is malformed saves nothing and comes back; what is missing is saved and told. */
START_TEST(a_refused_form_comes_back)
{
    static const char *const wrong[][2] = {
        {"vcpu-1-1", "3"}, {"quantity-1-1", "0"},   {"unit-1-1", "1.005"},
        {"vcpu-1-2", ""},  {"quantity-1-2", "1.5"}, {"unit-1-2", "−1"},
    };
    struct web_answer answer;
    const char *before;

    open_draft();
    before = web_dump(&play.market);
    answer = option_try(&play, WEB_ISV, "/products/1/price", wrong, COUNT(wrong));
    refusal_check(&play.market, &answer, before);
    for (size_t i = 0; i < COUNT(wrong); i++) {
        refusal_check_error(&play.market, &answer, wrong[i][0]);
        if (!text_starts(wrong[i][0], "vcpu")) /* a select holds only what it offers */
            refusal_check_kept(&play.market, &answer, wrong[i][0], wrong[i][1]);
    }
    ck_assert_ptr_nonnull(strstr(page_text(play.market.arena, answer.body), "Total–"));
    answer =
        OPTION_TRY(WEB_ISV, "/products/1/price", {{"duration-1", "36"}, {"schedule-1", "weekly"}});
    refusal_check(&play.market, &answer, before);
    refusal_check_error(&play.market, &answer, "duration-1");
    ck_assert_ptr_nonnull(strstr(page_help(play.market.arena, answer.body, "schedule-1"),
                                 "Choose Upfront or Monthly"));
    /* by size, not by line: the second line is told as the first */
    answer = OPTION_TRY(WEB_ISV, "/products/1/price",
                        {{"do", "save"},
                         {"schedule-1", "monthly"},
                         {"vcpu-1-1", ""},
                         {"quantity-1-1", ""},
                         {"unit-1-1", ""},
                         {"vcpu-1-2", "8"},
                         {"quantity-1-2", "2"},
                         {"unit-1-2", ""}});
    ck_assert_int_eq(answer.status, 422);
    refusal_check_summary(&play.market, &answer);
    refusal_check_error(&play.market, &answer, "unit-1-1");
    refusal_check_kept(&play.market, &answer, "vcpu-1-1", "8");
    refusal_check_kept(&play.market, &answer, "quantity-1-1", "2");
    refusal_check_kept(&play.market, &answer, "schedule-1", "monthly");
    ck_assert_ptr_null(strstr(answer.body, "name=\"vcpu-1-2\""));
    /* going on says so beside the row, and leads to it */
    answer = OPTION_TRY(WEB_ISV, "/setup", {{"do", "continue"}});
    ck_assert_int_eq(answer.status, 422);
    refusal_check_summary(&play.market, &answer);
    ck_assert_ptr_nonnull(strstr(page_text(play.market.arena, answer.body),
                                 "Configure the price of Cores, Each: 1-year reservation: "));
}
END_TEST

/* Customer figures by hand, 7.5 % on each unit price: 483.75 × 12 × 4 = 23,220.00; 129.00 × 36 × 10
 * = 46,440.00; 5,375.00 × 4 = 21,500.00; together 91,160.00. Partner: 21,600.00 + 43,200.00 +
 * 20,000.00 = 84,800.00. List: 1,022.00 × 12 × 4 = 49,056.00; 328.50 × 36 × 10 = 118,260.00;
 * 6,132.00 × 4 = 24,528.00; together 191,844.00. */
static const char *const partner_figures[] = {
    "450.00 × 12 months × 4 = 21,600.00",
    "120.00 × 36 months × 10 = 43,200.00",
    "5,000.00 × 4 = 20,000.00",
    "$84,800.00",
};
static const char *const customer_figures[] = {
    "483.75 × 12 months × 4 = 23,220.00",
    "129.00 × 36 months × 10 = 46,440.00",
    "5,375.00 × 4 = 21,500.00",
    "$91,160.00",
};
static const char *const list_figures[] = {
    "1,022.00 × 12 months × 4 = 49,056.00",
    "328.50 × 36 months × 10 = 118,260.00",
    "6,132.00 × 4 = 24,528.00",
    "$191,844.00",
};
/* What nobody may find in the source of a page either. */
static const char *const partner_marks[] = {"450.00",   "21,600.00", "120.00 ",  "43,200.00",
                                            "5,000.00", "20,000.00", "84,800.00"};
static const char *const customer_marks[] = {"483.75",   "23,220.00", "129.00",   "46,440.00",
                                             "5,375.00", "21,500.00", "91,160.00"};
static const char *const own[] = {""};

static void
look(enum web_person person, const char *const belows[], size_t count, const char *const figures[],
     const char *const hidden[], size_t hidden_count)
{
    option_look(&play, person, belows, count, figures, COUNT(partner_figures), hidden,
                hidden_count);
}

START_TEST(everybody_sees_formulas_and_totals_of_their_own)
{
    static const char *const isv[] = {"", "/review"};
    static const char *const partner[] = {"", "/setup"};
    static const char *const review[] = {"/review"};
    const char *text;

    open_draft();
    configure();
    text = option_text(&play, WEB_ISV, "/setup");
    ck_assert_ptr_nonnull(strstr(text, "1-year, paid monthly: 4 × 4 vCPU, total $21,600.00"));
    ck_assert_ptr_nonnull(strstr(text, "3-year, paid monthly: 10 × 2 vCPU, total $43,200.00"));
    ck_assert_ptr_nonnull(strstr(text, "1-year, paid upfront: 4 × any size, total $20,000.00"));
    look(WEB_ISV, isv, COUNT(isv), partner_figures, NULL, 0);
    look(WEB_ISV, isv, COUNT(isv), list_figures, NULL, 0);
    option_submit(&play);
    option_extend(&play, "7.5");
    look(WEB_ISV, own, 1, partner_figures, customer_marks, COUNT(customer_marks));
    look(WEB_PARTNER, own, 1, partner_figures, NULL, 0);
    look(WEB_PARTNER, own, 1, customer_figures, NULL, 0);
    look(WEB_OPERATOR, own, 1, partner_figures, NULL, 0);
    look(WEB_OPERATOR, own, 1, customer_figures, NULL, 0);
    look(WEB_OWNER, own, 1, customer_figures, partner_marks, COUNT(partner_marks));
    look(WEB_OWNER, own, 1, list_figures, NULL, 0);
    ck_assert_ptr_nonnull(
        strstr(option_text(&play, WEB_OWNER, ""), "Cores, Each: 1-year reservation"));
    OPTION_POST(WEB_PARTNER, "/withdraw", {{"do", "withdraw"}});
    look(WEB_PARTNER, partner, COUNT(partner), customer_figures, NULL, 0);
    look(WEB_PARTNER, partner, COUNT(partner), list_figures, NULL, 0);
    look(WEB_PARTNER, review, COUNT(review), customer_figures, NULL, 0);
}
END_TEST

/* Withdrawn, a row is changed: the partner's adjustment of that row alone is void. */
START_TEST(withdrawn_edited_and_submitted_again)
{
    open_draft();
    configure();
    option_submit(&play);
    option_extend(&play, "7.5");
    OPTION_POST(WEB_PARTNER, "/withdraw", {{"do", "withdraw"}});
    OPTION_POST(WEB_ISV, "/withdraw", {{"do", "withdraw"}});
    OPTION_POST(WEB_ISV, "/products/3/price",
                {{"do", "save"},
                 {"duration-3", "36"},
                 {"schedule-3", "upfront"},
                 {"quantity-3-1", "5"},
                 {"unit-3-1", "9000"}});
    option_submit(&play);
    ck_assert_str_eq(
        page_field(play.market.arena,
                   web_get(&play.market, WEB_PARTNER,
                           web_path(&play.market, "/partner/offers/%s/setup", play.offer))
                       .body,
                   "adjustment-3"),
        "");
    option_extend(&play, "10");
    /* 9,900.00 × 5 = 49,500.00; 495.00 × 12 × 4 = 23,760.00; 132.00 × 36 × 10 = 47,520.00 */
    ck_assert_ptr_nonnull(strstr(option_text(&play, WEB_OWNER, ""), "9,900.00 × 5 = 49,500.00"));
    ck_assert_ptr_nonnull(strstr(option_text(&play, WEB_OWNER, ""), "$120,780.00"));
}
END_TEST

Suite *
option_c_suite(void)
{
    Suite *suite = suite_create("web/option_c");
    TCase *tests = tcase_create("option_c");

    tcase_add_checked_fixture(tests, NULL, close_play);
    tcase_set_timeout(tests, 60);
    tcase_add_test(tests, the_picker_lists_what_can_be_reserved);
    tcase_add_test(tests, lines_are_added_recalculated_and_removed);
    tcase_add_test(tests, a_refused_form_comes_back);
    tcase_add_test(tests, everybody_sees_formulas_and_totals_of_their_own);
    tcase_add_test(tests, withdrawn_edited_and_submitted_again);
    suite_add_tcase(suite, tests);
    return suite;
}

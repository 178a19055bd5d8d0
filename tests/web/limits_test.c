/*
 * limits_test.c: every limit of LAW 16 and 17 that concerns a draft, through the pages: what is at
 * the limit is saved, what is one past it is refused with the words a person reads beside the
 * field.
 *
 * Not here: documents (documents_test.c), the catalogue (limits_catalogue_test.c).
 */
#include <check.h>
#include <string.h>

#include "base/text.h"
#include "option_play.h"
#include "refusal.h"
#include "store/catalogue.h"
#include "support/page.h"

Suite *limits_suite(void);

static struct option_play play;

/* The field, a value at its limit, one past it, and what that one is told. */
struct edge {
    const char *name;
    const char *at;
    const char *past;
    const char *says;
};

static const char *
repeated(const char *unit, size_t count)
{
    size_t length = strlen(unit);
    char *text = arena_alloc(play.market.arena, length * count + 1);

    for (size_t i = 0; i < count; i++)
        memcpy(text + i * length, unit, length);
    return text;
}

/* How a page answers to that value alone. */
static struct web_answer
typed(enum web_person person, const char *below, const char *name, const char *value)
{
    const char *const pairs[][2] = {{"do", "save"}, {name, value}};

    return option_try(&play, person, below, pairs, COUNT(pairs));
}

static void
check_edges(enum web_person person, const char *below, const struct edge *edges, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        const struct edge *edge = &edges[i];
        struct web_answer answer = typed(person, below, edge->name, edge->at);
        const char *before;
        const char *help;

        ck_assert_msg(answer.status == 303, "%s, %zu: %s", edge->name, i,
                      page_text(play.market.arena, answer.body));
        before = web_dump(&play.market);
        answer = typed(person, below, edge->name, edge->past);
        refusal_check(&play.market, &answer, before);
        refusal_check_error(&play.market, &answer, edge->name);
        refusal_check_kept(&play.market, &answer, edge->name, edge->past);
        help = page_help(play.market.arena, answer.body, edge->name);
        ck_assert_msg(strstr(help, edge->says) != NULL, "%s says: %s", edge->name, help);
    }
}

/* Row 1 is a discount on Suite Pro, row 2 an absolute price of nothing for Runner Ops. */
static void
open_existing(void)
{
    option_open(&play);
    option_draft(&play, OFFER_EXISTING_PLANS);
    OPTION_POST(WEB_ISV, "/products/add", {{"plan-1", "suite/pro"}, {"plan-2", "runner/ops"}});
    OPTION_POST(WEB_ISV, "/setup", {{"do", "save"}, {"discount-1", "20"}, {"type-2", "absolute"}});
    OPTION_POST(WEB_ISV, "/products/2/price", {{"do", "save"}, {"price-2-month", "0.00"}});
}

static void
open_play(void)
{
    option_open(&play);
}

static void
close_play(void)
{
    option_close(&play);
}

/* 59 + 1 + 63 + 1 + 63 + 1 + 63 + 1 + 2 = 254 characters. */
static const char *
longest_email(void)
{
    return web_path(&play.market, "%s@%s.%s.%s.ab", repeated("x", 59), repeated("d", 63),
                    repeated("e", 63), repeated("f", 63));
}

static const char five[] = "a@x.example\nb@x.example\nc@x.example\nd@x.example\ne@x.example";

START_TEST(texts_of_the_isv)
{
    const struct edge edges[] = {
        {"name", repeated("n", 128), repeated("n", 129),
         "Private offer name can have up to 128 characters; this one has 129"},
        {"customer_label", repeated("é", 128), repeated("é", 129),
         "Customer label can have up to 128 characters; this one has 129"},
        {"description", repeated("語", 1024), repeated("語", 1025),
         "Description can have up to 1024 characters; this one has 1025"},
        {"sales_note", repeated("語", 60), repeated("語", 61),
         "Sales note can have up to 60 characters; this one has 61"},
        {"contacts", five, web_path(&play.market, "%s\nf@x.example", five),
         "Enter up to 5 email addresses; line 6 is one too many"},
        {"contacts", longest_email(), web_path(&play.market, "x%s", longest_email()),
         "Line 1 has more than 254 characters"},
    };

    check_edges(WEB_ISV, "/setup", edges, COUNT(edges));
}
END_TEST

START_TEST(figures_of_option_a)
{
    static const char discount[] =
        "Enter a discount between 0.01 and 100 for Suite, Pro, with up to 2 decimals";
    static const char price[] =
        "Enter a price from 0.00 to 999,999,999.99 for Monthly fee, with up to 2 decimals";
    static const struct edge discounts[] = {
        {"discount-1", "0.01", "0", discount},
        {"discount-1", "100", "100.01", discount},
        {"discount-1", "20.55", "20.555", discount},
    };
    static const struct edge prices[] = {
        {"price-2-month", "0.00", "-0.01", price},
        {"price-2-month", "999,999,999.99", "1,000,000,000.00", price},
        {"price-2-month", "0.01", "0.001", price},
    };

    check_edges(WEB_ISV, "/setup", discounts, COUNT(discounts));
    check_edges(WEB_ISV, "/products/2/price", prices, COUNT(prices));
}
END_TEST

/* On 16 October 2023. A date is judged when the draft is to go on, so it is saved all the same. */
static const struct {
    const char *start;
    const char *end;
    const char *accept_by;
    const char *wrong; /* NULL: at the limit */
    const char *says;
} calendars[] = {
    {"2023-11", "2028-10", "2023-10-16", NULL, NULL},
    {"2023-11", "2028-11", "2023-11-15", "end_month",
     "The end month can be at most 60 months ahead"},
    {"2025-10", "2025-12", "2023-11-15", NULL, NULL},
    {"2025-11", "2025-12", "2023-11-15", "start_month",
     "The start month can be at most 24 months ahead"},
    {"2023-10", "2025-12", "2023-11-15", "start_month",
     "The start month must be later than this month"},
    {"2023-11", "2023-12", "2023-10-15", "accept_by",
     "Accept by date must be today, 16 Oct 2023, or later"},
    {"2023-11", "2023-12", "2023-12-31", NULL, NULL},
    {"2023-11", "2023-12", "2024-01-01", "accept_by",
     "Accept by date must be on or before the customer end date, 31 Dec 2023"},
};

START_TEST(months_ahead)
{
    for (size_t i = 0; i < COUNT(calendars); i++) {
        struct web_answer answer = OPTION_TRY(WEB_ISV, "/setup",
                                              {{"do", "continue"},
                                               {"start_mode", "month"},
                                               {"start_month", calendars[i].start},
                                               {"end_month", calendars[i].end},
                                               {"accept_by", calendars[i].accept_by}});

        ck_assert_msg(answer.status == (calendars[i].wrong == NULL ? 303 : 422), "%zu: %s", i,
                      page_text(play.market.arena, answer.body));
        if (calendars[i].wrong == NULL)
            continue;
        refusal_check_summary(&play.market, &answer);
        refusal_check_error(&play.market, &answer, calendars[i].wrong);
        ck_assert_ptr_nonnull(strstr(page_help(play.market.arena, answer.body, calendars[i].wrong),
                                     calendars[i].says));
    }
}
END_TEST

/* Ten reservations fit, each of a plan and a duration of its own; the rows say so at their table.
 */
START_TEST(ten_rows)
{
    static const struct product wide = {"wide", DEAL_ISV, "Wide", PRODUCT_SAAS, true,
                                        true,   true,     true,   true};
    static struct price_point point = {.id = "term-1",
                                       .kind = POINT_TERM,
                                       .term_months = 1,
                                       .name = "",
                                       .unit = "",
                                       .market = MARKET_US,
                                       .list = {.money = {1000}}};
    struct db *db = temp_write(&play.market.deal.temp);
    struct web_answer answer;

    ck_assert_int_eq(product_insert(db, play.market.arena, &wide), OK);
    for (int i = 0; i < 9; i++) {
        const struct plan plan = {.product = "wide",
                                  .id = web_path(&play.market, "p%d", i),
                                  .name = web_path(&play.market, "Plan %d", i),
                                  .description = "",
                                  .summary = "",
                                  .markets = MARKET_US,
                                  .model = MODEL_FLAT_RATE,
                                  .is_public = true,
                                  .published = true,
                                  .min_users = 1,
                                  .points = &point,
                                  .point_count = 1};

        ck_assert_int_eq(plan_insert(db, play.market.arena, &plan), OK);
    }
    temp_keep(&play.market.deal.temp, db);
    for (int i = 0; i < 7; i++) /* beside the two that are there */
        OPTION_POST(WEB_ISV, "/products/add", {{"plan-1", web_path(&play.market, "wide/p%d", i)}});
    answer = OPTION_TRY(WEB_ISV, "/products/add", {{"plan-1", "wide/p7"}, {"plan-2", "wide/p8"}});
    ck_assert_int_eq(answer.status, 422);
    ck_assert_ptr_nonnull(strstr(page_text(play.market.arena, answer.body),
                                 "An offer can hold up to 10 products; 1 more fits"));
    OPTION_POST(WEB_ISV, "/products/add", {{"plan-1", "wide/p7"}});
    ck_assert_ptr_nonnull(strstr(option_text(&play, WEB_ISV, "/setup"), "10 of 10 used"));
    ck_assert_ptr_null(strstr(option_source(&play, WEB_ISV, "/setup"), "value=\"add-offer\""));
    answer = OPTION_TRY(WEB_ISV, "/products/add", {{"plan-1", "wide/p8"}});
    ck_assert_int_eq(answer.status, 422);
    ck_assert_ptr_nonnull(strstr(page_text(play.market.arena, answer.body),
                                 "An offer can hold up to 10 products; this one is full"));
}
END_TEST

START_TEST(figures_of_option_b)
{
    static const char price[] = "Enter a price from 0.00 to 999,999,999.99 for ";
    const struct edge flat[] = {
        {"plan_name-1", repeated("界", 200), repeated("界", 201),
         "Plan name can have up to 200 characters; this one has 201"},
        {"plan_description-1", repeated("界", 3000), repeated("界", 3001),
         "Plan description can have up to 3000 characters; this one has 3001"},
        {"price-1-term-1", "0.00", "-0.01", price},
        {"price-1-term-1", "999,999,999.99", "1,000,000,000.00", price},
        {"price-1-meter-emails", "0.01", "0.001", price},
        {"included-1-meter-emails-1", "0", "-1", "Enter how many of 100 emails"},
        {"included-1-meter-emails-1", "999999999", "1000000000",
         "Enter how many of 100 emails the 1-month term includes, as a whole number up to "
         "999,999,999"},
    };
    static const char least[] = "Enter a number of users from 1 to 1,000,000";
    static const char most[] =
        "Enter a number of users from 1 to 1,000,000, or leave it empty for no limit";
    static const struct edge seats[] = {
        {"min_users-2", "1", "0", least},
        {"max_users-2", "1000000", "1000001", most},
        {"min_users-2", "1000000", "1000001", least},
        {"max_users-2", "1000000", "0", most},
    };
    struct web_answer answer;

    option_draft(&play, OFFER_NEW_PLANS);
    for (int i = 0; i < 2; i++)
        OPTION_POST(WEB_ISV, "/products/add",
                    {{"do", "create"},
                     {"plan_name", "Orchid"},
                     {"plan_description", "x"},
                     {"template", i == 0 ? "meters/max" : "seats/team"}});
    check_edges(WEB_ISV, "/products/1/price", flat, COUNT(flat));
    check_edges(WEB_ISV, "/products/2/price", seats, COUNT(seats));
    /* the largest number of users at the smallest, and one below it */
    answer = OPTION_TRY(WEB_ISV, "/products/2/price",
                        {{"do", "save"}, {"min_users-2", "20"}, {"max_users-2", "20"}});
    ck_assert_int_eq(answer.status, 303);
    answer = OPTION_TRY(WEB_ISV, "/products/2/price",
                        {{"do", "save"}, {"min_users-2", "20"}, {"max_users-2", "19"}});
    ck_assert_int_eq(answer.status, 422);
    ck_assert_ptr_nonnull(strstr(page_help(play.market.arena, answer.body, "max_users-2"),
                                 "Enter at least the smallest number of users, 20"));
}
END_TEST

START_TEST(figures_of_option_c)
{
    static const char quantity[] = "Enter a number of reservations from 1 to 1,000,000";
    static const char unit[] =
        "Enter a price from 0.00 to 999,999,999.99 for one reservation, with up to 2 decimals";
    static const struct edge edges[] = {
        {"quantity-1-1", "1", "0", quantity},
        {"quantity-1-1", "1000000", "1000001", quantity},
        {"unit-1-1", "0.00", "-0.01", unit},
        {"unit-1-1", "999,999,999.99", "1,000,000,000.00", unit},
        {"unit-1-1", "0.01", "0.001", unit},
    };

    option_draft(&play, OFFER_RESERVATIONS);
    OPTION_POST(WEB_ISV, "/products/add", {{"plan-1", "plain/one"}});
    OPTION_POST(WEB_ISV, "/products/1/price",
                {{"do", "save"}, {"quantity-1-1", "2"}, {"unit-1-1", "5"}});
    check_edges(WEB_ISV, "/products/1/price", edges, COUNT(edges));
}
END_TEST

/* On a price of nothing, so that no adjustment makes it too large. */
START_TEST(what_the_partner_types)
{
    static const char adjustment[] =
        "Enter a percentage of 0 or more for Runner, Ops, with up to 9 "
        "digits before the point and 8 after it";
    const struct edge edges[] = {
        {"adjustment-2", "0", "-0.00000001", "an adjustment can't lower the partner price"},
        {"adjustment-2", "0.00000001", "0.000000001", adjustment},
        {"adjustment-2", "999999999.99999999", "1000000000", adjustment},
        {"partner_note", repeated("語", 60), repeated("語", 61),
         "Sales note can have up to 60 characters; this one has 61"},
        {"prepared_by", longest_email(), web_path(&play.market, "x%s", longest_email()),
         "An email address can have up to 254 characters; this one has 255"},
        {"partner_contacts", five, web_path(&play.market, "%s\nf@x.example", five),
         "Enter up to 5 email addresses; line 6 is one too many"},
    };

    option_submit(&play);
    check_edges(WEB_PARTNER, "/setup", edges, COUNT(edges));
}
END_TEST

/* D-25: the largest price there is takes no markup: the smallest comes to 0.10. */
START_TEST(the_largest_customer_price)
{
    static const struct edge edges[] = {
        {"adjustment-2", "0", "0.00000001",
         "The customer price would be too large. Enter a smaller adjustment"},
    };

    OPTION_POST(WEB_ISV, "/products/2/price", {{"do", "save"}, {"price-2-month", "999999999.99"}});
    option_submit(&play);
    check_edges(WEB_PARTNER, "/setup", edges, COUNT(edges));
}
END_TEST

Suite *
limits_suite(void)
{
    Suite *suite = suite_create("web/limits");
    TCase *existing = tcase_create("existing plans");
    TCase *others = tcase_create("other options");

    tcase_add_checked_fixture(existing, open_existing, close_play);
    tcase_set_timeout(existing, 60);
    tcase_add_test(existing, texts_of_the_isv);
    tcase_add_test(existing, figures_of_option_a);
    tcase_add_test(existing, months_ahead);
    tcase_add_test(existing, ten_rows);
    tcase_add_test(existing, what_the_partner_types);
    tcase_add_test(existing, the_largest_customer_price);
    suite_add_tcase(suite, existing);

    tcase_add_checked_fixture(others, open_play, close_play);
    tcase_set_timeout(others, 60);
    tcase_add_test(others, figures_of_option_b);
    tcase_add_test(others, figures_of_option_c);
    suite_add_tcase(suite, others);
    return suite;
}

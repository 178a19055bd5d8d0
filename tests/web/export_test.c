/*
 * export_test.c: Export pricing data (LAW 4.4, 5, 8.1): the files of small offers of every option,
 * byte by byte, worked out by hand; who gets them, and who does not.
 */
#include <check.h>
#include <string.h>

#include "base/text.h"
#include "store/catalogue.h"
#include "store/markets.h"
#include "support/page.h"
#include "support/web_market.h"

#define COLUMNS                                                                               \
    "Product ID,Product,Plan ID,Plan,New plan,Price type,Price point,Billing term,"           \
    "Payment option,Payments,vCPU,Quantity,Unit,Included,Minimum users,Maximum users,Market," \
    "Currency,List price,Discount %,Partner price,Subtotal,Rate per USD,Rate date\r\n"

static struct web_market market;

#define CENTS(n)       \
    {                  \
        .money = { n } \
    }
#define MICROS(n)                         \
    {                                     \
        .per_hour = true, .hourly = { n } \
    }
#define POINT(as, of, ...)                                                                 \
    {                                                                                      \
        .id = (as), .kind = (of), .name = "", .unit = "", .market = MARKET_US, __VA_ARGS__ \
    }
#define PLAN(of, as, called, where, how, prices)                                              \
    .product = (of), .id = (as), .name = (called), .description = "", .summary = "",          \
    .markets = (where), .is_public = true, .published = true, .model = (how), .min_users = 1, \
    .points = (prices), .point_count = COUNT(prices)

/* Products sold in several markets; some of their names are formulas to a spreadsheet. JP is priced
 * in whole yen, ZZ has no rate. */
static void
sell_abroad(void)
{
    static const struct product products[] = {
        {"world", DEAL_ISV, "=Suite, \"World\"", PRODUCT_SAAS, true, true, true, true, true},
        {"teams", DEAL_ISV, "Teams", PRODUCT_SAAS, true, true, true, true, true},
        {"gate", DEAL_ISV, "Gate", PRODUCT_VM, true, true, true, true, true},
        {"core", DEAL_ISV, "Core", PRODUCT_VM, true, true, true, true, true},
    };
    static struct price_point pro[] = {
        POINT("term-12", POINT_TERM, .term_months = 12, .list = CENTS(120000)),
        {.id = "meter-emails",
         .kind = POINT_METER,
         .name = "@100 emails",
         .unit = "-each",
         .market = MARKET_US,
         .list = CENTS(100)},
    };
    static struct included pro_included[] = {
        {.meter = "meter-emails", .term_months = 12, .quantity = 500}};
    static struct price_point zero[] = {
        POINT("term-1", POINT_TERM, .term_months = 1, .list = CENTS(1))};
    static struct price_point team[] = {
        POINT("user-12", POINT_USER, .term_months = 12, .payment_months = 1, .list = CENTS(1500))};
    static struct price_point sized[] = {
        POINT("hour-4", POINT_HOUR, .vcpu = 4, .list = MICROS(400000)),
        {.id = "hour-4-CA",
         .kind = POINT_HOUR,
         .name = "",
         .unit = "",
         .vcpu = 4,
         .market = "CA",
         .list = MICROS(500000)},
        {.id = "hour-8-JP",
         .kind = POINT_HOUR,
         .name = "",
         .unit = "",
         .vcpu = 8,
         .market = "JP",
         .list = MICROS(123457)},
    };
    static struct price_point hour[] = {POINT("hour", POINT_HOUR, .list = MICROS(500000))};
    const struct plan plans[] = {
        {PLAN("world", "pro", "+Pro", "CA JP US", MODEL_FLAT_RATE, pro), .included = pro_included,
         .included_count = COUNT(pro_included)},
        {PLAN("world", "zero", "Zero", "US ZZ", MODEL_FLAT_RATE, zero)},
        {PLAN("teams", "team", "Team", "US", MODEL_PER_USER, team), .max_users = 500},
        {PLAN("gate", "sized", "Sized", "CA JP US", MODEL_VM_MARKET, sized)},
        {PLAN("core", "each", "Each", "CA US", MODEL_VM_CORE, hour),
         .reservations = {{true, {30 * RATE_ONE_PERCENT}}, {.sold = false}}},
    };
    const struct market markets[] = {
        {"CA", "Canada", "CAD", 2, INT64_C(135210000), day_make(2023, 10, 1)},
        {"JP", "Japan", "JPY", 0, INT64_C(14950000000), day_make(2023, 10, 2)},
    };
    struct arena *arena = market.arena;
    struct db *db = temp_write(&market.deal.temp);

    for (size_t i = 0; i < COUNT(markets); i++)
        ck_assert_int_eq(market_set(db, arena, &markets[i]), OK);
    for (size_t i = 0; i < COUNT(products); i++)
        ck_assert_int_eq(product_insert(db, arena, &products[i]), OK);
    for (size_t i = 0; i < COUNT(plans); i++)
        ck_assert_int_eq(plan_insert(db, arena, &plans[i]), OK);
    temp_keep(&market.deal.temp, db);
}

static void
setup(void)
{
    web_market_open(&market, NULL);
    sell_abroad();
}

static void
teardown(void)
{
    web_market_close(&market);
}

/* Posts as the offer's ISV, with its present rev. */
#define SEND(offer, rest, ...)                                                               \
    ck_assert_int_eq(web_post(&market, WEB_ISV,                                              \
                              web_path(&market, "/isv/offers/%s%s", (offer), (rest)), "rev", \
                              web_rev(&market, WEB_ISV, (offer)), __VA_ARGS__, NULL)         \
                         .status,                                                            \
                     303)

/* The id of a new draft of that option. */
static const char *
draft(const char *option, const char *name)
{
    struct web_answer made =
        web_post(&market, WEB_ISV, "/isv/offers/new", "name", name, "pricing", option, NULL);

    ck_assert_int_eq(made.status, 303);
    return arena_copy(market.arena, made.location + strlen("/isv/offers/"), 36);
}

static struct web_answer
file(const char *offer, const char *rest)
{
    return web_get(&market, WEB_ISV, web_path(&market, "/isv/offers/%s%s", offer, rest));
}

#define A "editExistingOfferPricingOnly"

/* 1.3521: 1,622.52 and 960 -> 1,298.016; 1.3521 -> 1.35, 0.80 -> 1.08168. 149.5: 179,400 and
 * 143,520; 149.5 -> 150, 0.80 -> 119.6. */
#define PRO "world,\"'=Suite, \"\"World\"\"\",pro,'+Pro,,"
#define TERM "\"1-year, one payment upfront\",1-year,Upfront,1,,,Payment,,,,"
#define METER "Meter: @100 emails,,,,,,'-each,1-year: 500,,,"
#define CA ",,1.3521,2023-10-01\r\n"
#define JP ",,149.5,2023-10-02\r\n"
#define US ",,1,\r\n"
#define PRO_DISCOUNTED                                                                 \
    PRO "Discount," TERM "CA,CAD,1622.52,20,1298.02" CA PRO "Discount," METER          \
        "CA,CAD,1.35,20,1.08" CA PRO "Discount," TERM "JP,JPY,179400,20,143520" JP PRO \
        "Discount," METER "JP,JPY,150,20,120" JP PRO "Discount," TERM                  \
        "US,USD,1200.00,20,960.00" US PRO "Discount," METER "US,USD,1.00,20,0.80" US

START_TEST(a_discount_in_every_market)
{
    const char *offer = draft(A, "Spring deal");
    struct web_answer answer;

    SEND(offer, "/products/add", "plan-1", "world/pro");
    SEND(offer, "/setup", "do", "save", "type-1", "discount", "discount-1", "20");
    answer = file(offer, "/products/1/price.csv");
    ck_assert_int_eq(answer.status, 200);
    ck_assert_str_eq(answer.body, COLUMNS PRO_DISCOUNTED);
    ck_assert_uint_eq(answer.body_length, strlen(answer.body));
    ck_assert_ptr_nonnull(strstr(answer.head, "Content-Type: text/csv; charset=utf-8\r\n"));
    ck_assert_ptr_nonnull(strstr(answer.head, "Content-Disposition: attachment; filename=\""));
    ck_assert_ptr_nonnull(strstr(answer.head, "Cache-Control: no-store\r\n"));
    answer = file(offer, "/prices.csv");
    ck_assert_str_eq(answer.body, COLUMNS PRO_DISCOUNTED);
    ck_assert_ptr_nonnull(strstr(answer.head, "filename=\"Spring deal prices.csv\""));
}
END_TEST

/* 100 x (1200 - 1300) / 1200 = -8.333; nothing is a formula, and a number below 0 stays one. */
START_TEST(absolute_prices_and_what_they_come_to)
{
    const char *offer = draft(A, "Deal");

    SEND(offer, "/products/add", "plan-1", "world/pro");
    SEND(offer, "/products/1/price", "price-1-term-12", "1300.00", "price-1-meter-emails", "0.80");
    ck_assert_str_eq(
        file(offer, "/prices.csv").body, COLUMNS PRO
        "Absolute," TERM "CA,CAD,1622.52,-8.33,1757.73" CA PRO "Absolute," METER
        "CA,CAD,1.35,20.00,1.08" CA PRO "Absolute," TERM "JP,JPY,179400,-8.33,194350" JP PRO
        "Absolute," METER "JP,JPY,150,20.00,120" JP PRO "Absolute," TERM
        "US,USD,1200.00,-8.33,1300.00" US PRO "Absolute," METER "US,USD,1.00,20.00,0.80" US);
}
END_TEST

/* Every plan of the product, by name; 0.01 less 20 % is 0.008, rounded back to 0.01. ZZ has no
 * rate: its line says so by what is missing. */
START_TEST(a_whole_product_lists_its_plans)
{
#define ZERO                                                \
    "world,\"'=Suite, \"\"World\"\"\",zero,Zero,,Discount," \
    "\"1-month, paid monthly\",1-month,Upfront,1,,,Payment,,,,"
    const char *offer = draft(A, "Deal");

    SEND(offer, "/products/add", "plan-1", "world/");
    SEND(offer, "/setup", "do", "save", "discount-1", "20");
    ck_assert_str_eq(file(offer, "/products/1/price.csv").body,
                     COLUMNS PRO_DISCOUNTED ZERO "US,USD,0.01,20,0.01" US ZERO "ZZ,,,20,,,,\r\n");
}
END_TEST

/* 0.4 and 0.5 dollars less 25 %: 0.300000 and 0.375000. CA: 0.5 x 1.3521 = 0.676050, 0.375 x 1.3521
 * = 0.5070375, half up 0.507038. JP has its own size alone: 0.123457 x 149.5 = 18.4568215; less 25
 * % 0.092593 (0.09259275), x 149.5 = 13.8426535. */
START_TEST(a_plan_with_prices_per_market_keeps_them)
{
#define GATE "gate,Gate,sized,Sized,,Discount,"
    const char *offer = draft(A, "Deal");

    SEND(offer, "/products/add", "plan-1", "gate/sized");
    SEND(offer, "/setup", "do", "save", "discount-1", "25");
    ck_assert_str_eq(file(offer, "/prices.csv").body,

                     COLUMNS GATE
                     "\"Per hour, 4 vCPU\",,,,4,,Hour,,,,CA,CAD,0.676050,25,0.507038" CA GATE
                     "\"Per hour, 8 vCPU\",,,,8,,Hour,,,,JP,JPY,18.4568,25,13.8427" JP GATE
                     "\"Per hour, 4 vCPU\",,,,4,,Hour,,,,US,USD,0.400000,25,0.300000" US);
}
END_TEST

/* A new plan has its own terms, included quantities and users; a term its template lacks has no
 * list price. */
START_TEST(new_plans)
{
    const char *offer = draft("saasNewCustomizedPlans", "Deal");

    SEND(offer, "/products/add", "template", "world/pro", "plan_name", "-Orchid",
         "plan_description", "Made for one");
    SEND(offer, "/products/1/price", "do", "save", "payment-1-12", "0", "price-1-term-12",
         "1000.00", "payment-1-36", "12", "price-1-term-36", "900.00", "price-1-meter-emails",
         "0.50", "included-1-meter-emails-12", "1000", "unlimited-1-meter-emails-36", "1");
#define ORCHID "world,\"'=Suite, \"\"World\"\"\",pro,'+Pro,'-Orchid,Absolute,"
#define YEARS "\"3-year, 3 annual payments\",3-year,Annual,3,,,Payment,,,,"
#define MAILS "Meter: @100 emails,,,,,,'-each,1-year: 1000; 3-year: unlimited,,,"
    ck_assert_str_eq(file(offer, "/prices.csv").body, COLUMNS ORCHID TERM
                     "CA,CAD,1622.52,16.67,1352.10" CA ORCHID YEARS
                     "CA,CAD,,,1216.89" CA ORCHID MAILS "CA,CAD,1.35,50.00,0.68" CA /* 0.67605 */
                         ORCHID TERM "JP,JPY,179400,16.67,149500" JP ORCHID YEARS
                     "JP,JPY,,,134550" JP ORCHID MAILS "JP,JPY,150,50.00,75" JP /* 74.75 */
                         ORCHID TERM "US,USD,1200.00,16.67,1000.00" US ORCHID YEARS
                     "US,USD,,,900.00" US ORCHID MAILS "US,USD,1.00,50.00,0.50" US);
}
END_TEST

START_TEST(users_have_their_limits)
{
    const char *plain = draft(A, "Deal");
    const char *made = draft("saasNewCustomizedPlans", "Other deal");

    SEND(plain, "/products/add", "plan-1", "teams/team");
    SEND(plain, "/setup", "do", "save", "discount-1", "10");
    ck_assert_str_eq(file(plain, "/prices.csv").body,
                     COLUMNS "teams,Teams,team,Team,,Discount,\"1-year, 12 monthly payments, "
                             "per user\",1-year,Monthly,12,,,User and payment,,1,500,US,USD,"
                             "15.00,10,13.50" US);
    SEND(made, "/products/add", "template", "teams/team", "plan_name", "Crew", "plan_description",
         "Made for one");
    SEND(made, "/products/1/price", "do", "save", "payment-1-12", "1", "price-1-user-12", "12.00",
         "min_users-1", "20", "max_users-1", "");
    ck_assert_str_eq(file(made, "/prices.csv").body,
                     COLUMNS "teams,Teams,team,Team,Crew,Absolute,\"1-year, 12 monthly "
                             "payments, per user\",1-year,Monthly,12,,,User and payment,,20,,"
                             "US,USD,15.00,20.00,12.00" US);
}
END_TEST

/* List: 0.5 x 4 vCPU x 8,760 h x 0.7 = 12,264.00, a twelfth of it 1,022.00. Subtotals multiply the
 * price that is shown: 608.45 (608.445) x 3 x 12 = 21,904.20. */
START_TEST(reservations_have_quantities_and_subtotals)
{
#define CORE                                                            \
    "core,Core,each,Each,,Absolute,\"1-year reservation, 4 vCPU, paid " \
    "monthly\",1-year,Monthly,12,4,3,Reservation and payment,,,,"
    const char *offer = draft("vmSoftwareReservations", "Deal");

    SEND(offer, "/products/add", "plan-1", "core/each");
    SEND(offer, "/products/1/price", "do", "save", "duration-1", "12", "schedule-1", "monthly",
         "vcpu-1-1", "4", "quantity-1-1", "3", "unit-1-1", "450.00");
    ck_assert_str_eq(file(offer, "/prices.csv").body,

                     COLUMNS CORE "CA,CAD,1381.85,55.97,608.45,21904.20,1.3521,"
                                  "2023-10-01\r\n" CORE
                                  "US,USD,1022.00,55.97,450.00,16200.00,1,\r\n");
}
END_TEST

/* A price that is not decided yet is an empty cell; the file of an offer without rows is its head.
 */
START_TEST(what_is_not_known_is_empty)
{
    const char *offer = draft(A, "Deal");
    struct web_answer setup;

    ck_assert_str_eq(file(offer, "/prices.csv").body, COLUMNS);
    ck_assert_ptr_null(strstr(file(offer, "").body, "Export pricing data"));
    SEND(offer, "/products/add", "plan-1", "teams/team");
    ck_assert_ptr_nonnull(strstr(file(offer, "/prices.csv").body, "US,USD,15.00,,,,1,\r\n"));
    setup = file(offer, "/setup");
    ck_assert_ptr_null(strstr(setup.body, "Export pricing data"));
    ck_assert_int_eq(file(offer, "/products/2/price.csv").status, 404);
}
END_TEST

/* The links stand where a price is saved and decided, and lead to the files. */
START_TEST(pages_lead_to_the_files)
{
    const char *offer = web_offer(&market, STATE_DRAFT);
    const char *whole = web_path(&market, "href=\"/isv/offers/%s/prices.csv\"", offer);
    const char *row = web_path(&market, "href=\"/isv/offers/%s/products/2/price.csv\"", offer);
    struct web_answer refused;

    ck_assert_ptr_nonnull(strstr(file(offer, "").body, whole));
    ck_assert_ptr_nonnull(strstr(file(offer, "/review").body, whole));
    ck_assert_ptr_nonnull(strstr(file(offer, "/setup").body, row));
    ck_assert_ptr_nonnull(strstr(file(offer, "/products/2/price").body, row));
    refused = web_post(&market, WEB_ISV, web_path(&market, "/isv/offers/%s/setup", offer), "rev",
                       web_rev(&market, WEB_ISV, offer), "do", "save", "accept_by", "soon", NULL);
    ck_assert_int_eq(refused.status, 422);
    ck_assert_ptr_null(strstr(refused.body, "Export pricing data"));
}
END_TEST

/* In every state the ISV sees, with nothing of what the partner typed (LAW 5): 12.5 and 30, and
 * what follows from them, 1,080.00 and 260.00. */
START_TEST(the_customers_price_is_in_no_file)
{
    const char *offer = web_offer(&market, STATE_ACCEPTED);
    struct web_answer answer = file(offer, "/prices.csv");

    ck_assert_int_eq(answer.status, 200);
    ck_assert_ptr_nonnull(strstr(answer.body, "US,USD,1200.00,20,960.00,,1,\r\n"));
    ck_assert_ptr_nonnull(strstr(answer.body, "US,USD,250.00,20.00,200.00,,1,\r\n"));
    ck_assert_ptr_null(strstr(answer.body, "1080"));
    ck_assert_ptr_null(strstr(answer.body, "260"));
    ck_assert_ptr_null(strstr(answer.body, "12.5"));
    ck_assert_ptr_null(strstr(answer.body, ",30"));
}
END_TEST

START_TEST(nobody_else_gets_a_file)
{
    static const struct {
        enum web_person person;
        int status;
    } others[] = {{WEB_OTHER_ISV, 404},    {WEB_PARTNER, 403}, {WEB_OWNER, 403},
                  {WEB_ISV_MARKETER, 403}, {WEB_OUT, 303},     {WEB_ISV_DEVELOPER, 200}};
    const char *offer = web_offer(&market, STATE_ACCEPTED);

    for (size_t i = 0; i < COUNT(others); i++) {
        struct web_answer whole = web_get(&market, others[i].person,
                                          web_path(&market, "/isv/offers/%s/prices.csv", offer));
        struct web_answer one =
            web_get(&market, others[i].person,
                    web_path(&market, "/isv/offers/%s/products/1/price.csv", offer));

        ck_assert_int_eq(whole.status, others[i].status);
        ck_assert_int_eq(one.status, others[i].status);
        if (others[i].status != 200) {
            ck_assert_ptr_null(strstr(whole.body, "960.00"));
            ck_assert_ptr_null(strstr(whole.head, "Content-Disposition"));
        }
    }
    ck_assert_int_eq(
        web_get(&market, WEB_PARTNER, web_path(&market, "/partner/offers/%s/prices.csv", offer))
            .status,
        404);
}
END_TEST

/* A file is whole or it is not: thirty meters in three markets pass the bound of this buffer. */
START_TEST(a_file_too_large_is_refused)
{
    const struct product product = {"big", DEAL_ISV, "Big", PRODUCT_SAAS, true,
                                    true,  true,     true,  true};
    struct price_point points[LIMIT_METERS];
    struct plan plan = {PLAN("big", "big", "Big", "CA JP US", MODEL_FLAT_RATE, points)};
    const char *offer = draft(A, "Deal");
    struct web_answer answer;
    struct db *db = temp_write(&market.deal.temp);

    for (size_t i = 0; i < COUNT(points); i++)
        points[i] = (struct price_point){
            .id = arena_format(market.arena, "meter-%zu", i),
            .kind = POINT_METER,
            .name = "A meter with a name of some length",
            .unit = "each",
            .market = MARKET_US,
            .list = CENTS(100),
        };
    ck_assert_int_eq(product_insert(db, market.arena, &product), OK);
    ck_assert_int_eq(plan_insert(db, market.arena, &plan), OK);
    temp_keep(&market.deal.temp, db);
    SEND(offer, "/products/add", "plan-1", "big/big");
    ck_assert_uint_gt(file(offer, "/prices.csv").body_length, 9 * 1024);
    buffer_close(&market.reply.body);
    buffer_open(&market.reply.body, (size_t)8 * 1024);
    answer = file(offer, "/prices.csv");
    ck_assert_int_eq(answer.status, 409);
    ck_assert_ptr_nonnull(strstr(page_text(market.arena, answer.body),
                                 "Export the pricing data of one product at a time."));
    ck_assert_ptr_null(strstr(answer.head, "Content-Disposition"));
    answer = file(offer, "/products/1/price.csv");
    ck_assert_int_eq(answer.status, 409);
    ck_assert_ptr_nonnull(strstr(answer.body, "The file would be too large."));
}
END_TEST

Suite *export_suite(void);

Suite *
export_suite(void)
{
    Suite *suite = suite_create("export");
    TCase *tests = tcase_create("export");

    tcase_add_checked_fixture(tests, setup, teardown);
    tcase_add_test(tests, a_discount_in_every_market);
    tcase_add_test(tests, absolute_prices_and_what_they_come_to);
    tcase_add_test(tests, a_whole_product_lists_its_plans);
    tcase_add_test(tests, a_plan_with_prices_per_market_keeps_them);
    tcase_add_test(tests, new_plans);
    tcase_add_test(tests, users_have_their_limits);
    tcase_add_test(tests, reservations_have_quantities_and_subtotals);
    tcase_add_test(tests, what_is_not_known_is_empty);
    tcase_add_test(tests, pages_lead_to_the_files);
    tcase_add_test(tests, the_customers_price_is_in_no_file);
    tcase_add_test(tests, nobody_else_gets_a_file);
    tcase_add_test(tests, a_file_too_large_is_refused);
    suite_add_tcase(suite, tests);
    return suite;
}

/*
 * limits_catalogue_test.c: every limit of LAW 3.2 through the forms of the catalogue: what is at
 * the limit is saved, what is one past it is refused with the words a person reads beside the
 * field.
 *
 * Not here: the limits without words (tests/unit/catalogue_check_test.c).
 */
#include <check.h>
#include <string.h>

#include "base/text.h"
#include "refusal.h"
#include "store/catalogue.h"
#include "support/page.h"

Suite *limits_catalogue_suite(void);

static struct web_market market;
static unsigned plans_made;

static void
teardown(void)
{
    web_market_close(&market);
}

static void
product_made(const char *id, const char *type)
{
    struct web_answer answer =
        web_post(&market, WEB_ISV, "/isv/products/new", "id", id, "name", id, "type", type,
                 "storefront", "azure_marketplace", "transactable", "1", NULL);

    ck_assert_int_eq(answer.status, 303);
}

/* One of each kind of product whose plans have limits. */
static void
setup(void)
{
    web_market_open(&market, NULL);
    plans_made = 0;
    product_made("ledger", "SAAS");
    product_made("team", "SAAS");
    product_made("machine", "AZURE_VM");
}

static const char *
repeated(const char *unit, size_t count)
{
    size_t length = strlen(unit);
    char *text = arena_alloc(market.arena, length * count + 1);

    for (size_t i = 0; i < count; i++)
        memcpy(text + i * length, unit, length);
    return text;
}

/* A plan of the product that is taken, under an ID and a name of its own. */
static struct web_form
plan_form(const char *product)
{
    static const char *const flat[][2] = {
        {"model", "flat_rate"}, {"payment-12", "0"}, {"term-12", "10"}, {"meters", "1"},
        {"m0-id", "gb"},        {"m0-name", "GB"},   {"m0-price", "1"},
    };
    static const char *const user[][2] = {
        {"model", "per_user"}, {"payment-12", "0"}, {"user-12", "10"}};
    static const char *const core[][2] = {{"model", "vm_core"}, {"hour", "1"}};
    bool saas = text_equal(product, "ledger");
    bool team = text_equal(product, "team");
    struct web_form form = refusal_form(&market, WEB_ISV, NULL, saas ? flat : (team ? user : core),
                                        saas ? COUNT(flat) : (team ? COUNT(user) : COUNT(core)));

    web_form_add(&form, "id", web_path(&market, "plan-%u", ++plans_made));
    web_form_add(&form, "name", web_path(&market, "Plan %u", plans_made));
    web_form_add(&form, "visibility", "public");
    web_form_add(&form, "trial", "0");
    web_form_add(&form, "market-US", "1");
    web_form_add(&form, "do", "save");
    return form;
}

static struct web_answer
plan_posted(const char *product, const struct web_form *form)
{
    return web_post_form(&market, WEB_ISV, web_path(&market, "/isv/products/%s/plans/new", product),
                         form);
}

/* The answer says that beside the field, and keeps nothing. */
static void
check_refused(const struct web_answer *answer, const char *before, const char *name,
              const char *says)
{
    const char *help;

    refusal_check(&market, answer, before);
    refusal_check_error(&market, answer, name);
    help = page_help(market.arena, answer->body, name);
    ck_assert_msg(strstr(help, says) != NULL, "%s says: %s", name, help);
}

struct edge {
    const char *name;
    const char *at;
    const char *past;
    const char *says;
};

static void
check_edges(const char *product, const struct edge *edges, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        const struct edge *edge = &edges[i];
        struct web_form form = plan_form(product);
        struct web_answer answer;
        const char *before;

        web_form_set(&form, edge->name, edge->at);
        answer = plan_posted(product, &form);
        ck_assert_msg(answer.status == 303, "%s, %zu: %s", edge->name, i,
                      page_text(market.arena, answer.body));
        before = web_dump(&market);
        form = plan_form(product);
        web_form_set(&form, edge->name, edge->past);
        answer = plan_posted(product, &form);
        check_refused(&answer, before, edge->name, edge->says);
        refusal_check_kept(&market, &answer, edge->name, edge->past);
    }
}

#define ID_WORDS "Enter an ID of up to 50 lowercase letters, digits, dashes and underscores"
#define NAME_WORDS "Enter at most 200 characters; there are 201"

START_TEST(a_flat_rate_plan)
{
    static const char price[] = "Enter a price like 1,240.50, from 0.00 to 999,999,999.99";
    static const char meter[] =
        "Enter a price like 1.50 with up to 2 decimals; below 0.01 it becomes 0.00";
    const struct edge edges[] = {
        {"id", repeated("a", 50), repeated("a", 51), ID_WORDS},
        {"name", repeated("漢", 200), repeated("漢", 201), NAME_WORDS},
        {"description", repeated("漢", 3000), repeated("漢", 3001),
         "Enter at most 3000 characters; there are 3001"},
        {"term-12", "0.00", "-0.01", price},
        {"term-12", "999,999,999.99", "1,000,000,000.00", price},
        {"term-12", "0.01", "0.001", price},
        {"m0-id", repeated("m", 50), repeated("m", 51), ID_WORDS},
        {"m0-name", repeated("漢", 200), repeated("漢", 201), NAME_WORDS},
        {"m0-unit", repeated("漢", 50), repeated("漢", 51),
         "Enter at most 50 characters; there are 51"},
        {"m0-price", "0.01", "0.011", meter},
        {"m0-price", "0.000001", "0.0000001", meter},
        {"m0-included-12", "0", "-1", "Enter a whole number from 0 to 999999999"},
        {"m0-included-12", "999999999", "1000000000", "Enter a whole number from 0 to 999999999"},
    };

    check_edges("ledger", edges, COUNT(edges));
}
END_TEST

START_TEST(a_plan_per_user)
{
    static const struct edge edges[] = {
        {"min_users", "1", "0", "Enter a whole number from 1 to 1000000"},
        {"min_users", "1000000", "1000001", "Enter a whole number from 1 to 1000000"},
        {"max_users", "1", "0", "Enter a whole number from 1 to 1000000, or nothing"},
        {"max_users", "1000000", "1000001", "Enter a whole number from 1 to 1000000, or nothing"},
    };
    struct web_form form = plan_form("team");
    struct web_answer answer;
    const char *before;

    check_edges("team", edges, COUNT(edges));
    web_form_set(&form, "min_users", "5");
    web_form_set(&form, "max_users", "5");
    ck_assert_int_eq(plan_posted("team", &form).status, 303);
    before = web_dump(&market);
    form = plan_form("team");
    web_form_set(&form, "min_users", "5");
    web_form_set(&form, "max_users", "4");
    answer = plan_posted("team", &form);
    check_refused(&answer, before, "max_users", "Enter at least the minimum users, 5, or nothing");
}
END_TEST

START_TEST(a_virtual_machine)
{
    static const char hour[] =
        "Enter a price like 0.40, with up to 6 decimals, from 0 to 999,999,999.99";
    static const char saving[] = "Enter a saving from 0 to 100% with up to 2 decimals";
    const struct edge edges[] = {
        {"summary", repeated("漢", 100), repeated("漢", 101),
         "Enter at most 100 characters; there are 101"},
        {"hour", "0.000001", "0.0000001", hour},
        {"hour", "999,999,999.99", "1,000,000,000.00", hour},
        {"saving-12", "100", "100.01", saving},
        {"saving-12", "0", "-0.01", saving},
        {"saving-36", "33.33", "33.333", saving},
    };
    static const char *const trials[] = {"1", "3", "6"};
    struct web_form form;
    struct web_answer answer;
    const char *before;

    check_edges("machine", edges, COUNT(edges));
    for (size_t i = 0; i < COUNT(trials); i++) {
        form = plan_form("machine");
        web_form_set(&form, "trial", trials[i]);
        ck_assert_int_eq(plan_posted("machine", &form).status, 303);
    }
    before = web_dump(&market);
    form = plan_form("machine");
    web_form_set(&form, "trial", "7");
    answer = plan_posted("machine", &form);
    refusal_check(&market, &answer, before);
    ck_assert_ptr_nonnull(strstr(page_text(market.arena, answer.body),
                                 "Choose a trial of 1, 3 or 6 months, or none"));
}
END_TEST

START_TEST(thirty_meters_of_a_product)
{
    struct web_form form = plan_form("ledger");
    struct web_answer answer;
    const char *before;

    web_form_set(&form, "meters", "30");
    for (int i = 0; i < 30; i++) {
        web_form_set(&form, web_path(&market, "m%d-id", i), web_path(&market, "meter%d", i));
        web_form_set(&form, web_path(&market, "m%d-name", i), "Meter");
        web_form_set(&form, web_path(&market, "m%d-price", i), "1");
    }
    answer = plan_posted("ledger", &form);
    ck_assert_msg(answer.status == 303, "%s", page_text(market.arena, answer.body));
    before = web_dump(&market);
    form = plan_form("ledger"); /* whose meter is another */
    answer = plan_posted("ledger", &form);
    check_refused(&answer, before, "m0-id", "A product has at most 30 meters over all its plans");
    form = plan_form("ledger");
    web_form_set(&form, "m0-id", "meter7"); /* a dimension that is there already */
    ck_assert_int_eq(plan_posted("ledger", &form).status, 303);
}
END_TEST

/* Of the product: so many plans, of which so many private. */
static void
fill(int count, int private_count)
{
    static struct price_point point = {.id = "term-12",
                                       .kind = POINT_TERM,
                                       .term_months = 12,
                                       .name = "",
                                       .unit = "",
                                       .market = MARKET_US,
                                       .list = {.money = {1000}}};
    struct db *db = temp_write(&market.deal.temp);

    for (int i = 0; i < count; i++) {
        const struct plan plan = {.product = "ledger",
                                  .id = web_path(&market, "old-%d", i),
                                  .name = web_path(&market, "Old %d", i),
                                  .description = "",
                                  .summary = "",
                                  .markets = MARKET_US,
                                  .model = MODEL_FLAT_RATE,
                                  .is_public = i >= private_count,
                                  .min_users = 1,
                                  .points = &point,
                                  .point_count = 1};

        ck_assert_int_eq(plan_insert(db, market.arena, &plan), OK);
    }
    temp_keep(&market.deal.temp, db);
}

START_TEST(a_hundred_plans_of_a_product)
{
    struct web_form form = plan_form("ledger");
    struct web_answer answer;
    const char *before;

    fill(99, 0);
    ck_assert_int_eq(plan_posted("ledger", &form).status, 303);
    before = web_dump(&market);
    form = plan_form("ledger");
    answer = plan_posted("ledger", &form);
    check_refused(&answer, before, "id", "A product has at most 100 plans");
}
END_TEST

START_TEST(forty_five_private_plans_of_a_product)
{
    struct web_form form = plan_form("ledger");
    struct web_answer answer;
    const char *before;

    fill(60, 44);
    web_form_set(&form, "visibility", "private");
    ck_assert_int_eq(plan_posted("ledger", &form).status, 303);
    before = web_dump(&market);
    form = plan_form("ledger");
    web_form_set(&form, "visibility", "private");
    answer = plan_posted("ledger", &form);
    refusal_check(&market, &answer, before);
    ck_assert_ptr_nonnull(
        strstr(page_text(market.arena, answer.body), "A product has at most 45 private plans"));
    form = plan_form("ledger");
    ck_assert_int_eq(plan_posted("ledger", &form).status, 303); /* a public one fits */
}
END_TEST

START_TEST(a_product)
{
    static const char *const names[] = {"id", "name"};
    const char *const at[] = {repeated("p", 50), repeated("漢", 200)};
    const char *const past[] = {repeated("p", 51), repeated("漢", 201)};
    static const char *const says[] = {ID_WORDS, NAME_WORDS};

    for (size_t i = 0; i < COUNT(names); i++) {
        const char *id = i == 0 ? at[0] : "another";
        const char *name = i == 1 ? at[1] : "A name";
        struct web_answer answer =
            web_post(&market, WEB_ISV, "/isv/products/new", "id", id, "name", name, "type", "SAAS",
                     "storefront", "azure_marketplace", NULL);
        const char *before;

        ck_assert_int_eq(answer.status, 303);
        before = web_dump(&market);
        answer = web_post(&market, WEB_ISV, "/isv/products/new", "id", i == 0 ? past[0] : "third",
                          "name", i == 1 ? past[1] : "A name", "type", "SAAS", "storefront",
                          "azure_marketplace", NULL);
        check_refused(&answer, before, names[i], says[i]);
    }
}
END_TEST

Suite *
limits_catalogue_suite(void)
{
    Suite *suite = suite_create("web/limits_catalogue");
    TCase *cases = tcase_create("limits_catalogue");

    tcase_add_checked_fixture(cases, setup, teardown);
    tcase_set_timeout(cases, 60);
    tcase_add_test(cases, a_flat_rate_plan);
    tcase_add_test(cases, a_plan_per_user);
    tcase_add_test(cases, a_virtual_machine);
    tcase_add_test(cases, thirty_meters_of_a_product);
    tcase_add_test(cases, a_hundred_plans_of_a_product);
    tcase_add_test(cases, forty_five_private_plans_of_a_product);
    tcase_add_test(cases, a_product);
    suite_add_tcase(suite, cases);
    return suite;
}

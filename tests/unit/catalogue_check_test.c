/*
 * catalogue_check_test.c: LAW 3.2: every limit of the catalogue at its edge and one past it, and
 * what may not be combined.
 *
 * Not here: what publishing asks and keeps (catalogue_kept_test.c), the notice of prices
 * (catalogue_notice_test.c).
 */
#include <check.h>
#include <string.h>

#include "catalogue_fixture.h"

Suite *catalogue_check_suite(void);

static const char *
repeated(const char *unit, size_t count)
{
    const char *text = "";

    for (size_t i = 0; i < count; i++)
        text = arena_format(arena, "%s%s", text, unit);
    return text;
}

START_TEST(a_plan_of_each_model_is_fine)
{
    for (int model = 0; model < MODEL_COUNT; model++) {
        plan_of((enum pricing_model)model);
        ck_assert_str_eq(places(), "");
        ck_assert_str_eq(lacks(), "");
    }
}
END_TEST

START_TEST(which_type_has_which_model)
{
    static const char *const models[PRODUCT_TYPE_COUNT] = {
        [PRODUCT_SAAS] = "flat_rate per_user ",
        [PRODUCT_VM] = "vm_free vm_byol vm_flat vm_core vm_size vm_market ",
        [PRODUCT_APP] = "managed_app ",
    };

    for (int type = 0; type < PRODUCT_TYPE_COUNT; type++) {
        const char *line = "";

        for (int model = 0; model < MODEL_COUNT; model++) {
            bool fits = model_fits((enum product_type)type, (enum pricing_model)model);

            if (fits)
                line = arena_format(arena, "%s%s ", line, model_text((enum pricing_model)model));
            plan_of((enum pricing_model)model);
            facts.type = (enum product_type)type;
            ck_assert_int_eq(strstr(places(), "model") == NULL, fits);
        }
        ck_assert_str_eq(line, models[type]);
    }
}
END_TEST

START_TEST(ids)
{
    static const char *const bad[] = {"", "Pro", "pro plan", "pro.1", "pro/1", "prö", "a+b"};

    plan.id = "abcdefghijklmnopqrstuvwxyz0123456789-_-_-_-_-_-_-0"; /* all there is, 50 of them */
    ck_assert_uint_eq(strlen(plan.id), 50);
    ck_assert_str_eq(places(), "");
    plan.id = repeated("a", 51);
    ck_assert_str_eq(places(), "id");
    for (size_t i = 0; i < COUNT(bad); i++) {
        plan.id = bad[i];
        ck_assert_str_eq(places(), "id");
    }
}
END_TEST

START_TEST(lengths_count_characters)
{
    plan_of(MODEL_VM_FLAT);
    plan.name = repeated("漢", 200);
    plan.description = arena_format(arena, "%s\n%s", repeated("é", 1500), repeated("漢", 1499));
    plan.summary = repeated("漢", 100);
    ck_assert_str_eq(places(), "");
    plan.name = repeated("a", 201);
    plan.description = repeated("a", 3001);
    plan.summary = repeated("a", 101);
    ck_assert_str_eq(places(), "name description summary");
    plan.name = "  ";
    plan.description = "bell \a";
    plan.summary = "two\nlines";
    ck_assert_str_eq(places(), "name description summary");
    plan_of(MODEL_FLAT_RATE);
    plan.summary = "a";
    ck_assert_str_eq(places(), "summary"); /* SaaS has none */
}
END_TEST

START_TEST(names_differ_in_the_product)
{
    others[0] = plan;
    others[0].id = "other";
    others[0].name = "BASIC ";
    facts.other_count = 1;
    ck_assert_str_eq(places(), "");
    plan.name = "basic";
    ck_assert_str_eq(places(), "name");
}
END_TEST

START_TEST(plans_and_private_plans_of_a_product)
{
    for (size_t i = 0; i < LIMIT_PLANS; i++) {
        others[i] = plan;
        others[i].name = arena_format(arena, "Plan %zu", i);
        others[i].is_public = i >= 45;
    }
    facts.other_count = 99;
    ck_assert_str_eq(places(), ""); /* the hundredth */
    facts.other_count = 100;
    ck_assert_str_eq(places(), "id");
    stored = plan;
    facts.stored = &stored; /* no new one */
    facts.other_count = 99;
    plan.is_public = false; /* the 46th private one */
    ck_assert_str_eq(places(), "visibility");
    others[44].is_public = true;
    ck_assert_str_eq(places(), "");
    others[44].is_public = false;
    stored.is_public = false; /* it was one already */
    ck_assert_str_eq(places(), "");
}
END_TEST

START_TEST(one_model_for_all_plans)
{
    others[0] = plan;
    others[0].name = "Other";
    others[0].model = MODEL_PER_USER;
    facts.other_count = 1;
    ck_assert_str_eq(places(), "model");
    others[0].model = MODEL_FLAT_RATE;
    ck_assert_str_eq(places(), "");
}
END_TEST

START_TEST(terms_and_their_payments)
{
    static const struct {
        int term, payment;
        bool fine;
    } rows[] = {
        {1, 0, true},    {1, 1, false},  {1, 12, false}, {12, 0, true},   {12, 1, true},
        {12, 12, false}, {24, 0, true},  {24, 1, true},  {24, 12, true},  {36, 0, true},
        {36, 1, true},   {36, 12, true}, {6, 0, false},  {48, 12, false}, {36, 3, false},
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        plan.point_count = 0;
        point_add(POINT_TERM, rows[i].term, rows[i].payment, 0, "US", NULL);
        ck_assert_str_eq(places(), rows[i].fine ? "" : points[0].id);
    }
    plan.point_count = 0; /* one payment option for each term */
    point_add(POINT_TERM, 24, 1, 0, "US", NULL);
    point_add(POINT_TERM, 24, 12, 0, "US", NULL);
    ck_assert_str_eq(places(), "term-24");
    plan.point_count = 0; /* all four at once */
    point_add(POINT_TERM, 1, 0, 0, "US", NULL);
    point_add(POINT_TERM, 12, 1, 0, "US", NULL);
    point_add(POINT_TERM, 24, 12, 0, "US", NULL);
    point_add(POINT_TERM, 36, 0, 0, "US", NULL);
    ck_assert_str_eq(places(), "");
}
END_TEST

/* A price of each kind on a plan of each model: only those of the table of LAW 3.2 are taken. */
START_TEST(which_model_has_which_price)
{
    static const unsigned taken[MODEL_COUNT] = {
        [MODEL_FLAT_RATE] = 1U << POINT_TERM | 1U << POINT_METER,
        [MODEL_PER_USER] = 1U << POINT_USER,
        [MODEL_VM_FLAT] = 1U << POINT_HOUR,
        [MODEL_VM_CORE] = 1U << POINT_HOUR,
        [MODEL_VM_SIZE] = 1U << POINT_HOUR,
        [MODEL_VM_MARKET] = 1U << POINT_HOUR,
        [MODEL_APP] = 1U << POINT_MONTH | 1U << POINT_METER,
    };

    for (int model = 0; model < MODEL_COUNT; model++) {
        for (int kind = 0; kind < POINT_KIND_COUNT; kind++) {
            bool term = kind == POINT_TERM || kind == POINT_USER;
            bool sized = model == MODEL_VM_SIZE || model == MODEL_VM_MARKET;

            plan_of((enum pricing_model)model);
            plan.point_count = 0;
            point_add((enum point_kind)kind, term ? 12 : 0, 0,
                      (sized && kind == POINT_HOUR) || kind == POINT_RESERVATION ? 8 : 0, "US",
                      "emails");
            ck_assert_msg((places()[0] == '\0') == ((taken[model] & (1U << kind)) != 0),
                          "model %d kind %d: %s", model, kind, places());
        }
    }
}
END_TEST

START_TEST(sizes_and_markets_of_hours)
{
    static const struct {
        enum pricing_model model;
        int vcpu;
        const char *market;
        bool fine;
    } rows[] = {
        {MODEL_VM_FLAT, 0, "US", true},    {MODEL_VM_FLAT, 4, "US", false},
        {MODEL_VM_CORE, 0, "US", true},    {MODEL_VM_CORE, 1, "US", false},
        {MODEL_VM_SIZE, 96, "US", true},   {MODEL_VM_SIZE, 3, "US", false},
        {MODEL_VM_SIZE, 0, "US", false},   {MODEL_VM_SIZE, 4, "CA", false},
        {MODEL_VM_MARKET, 1, "CA", true},  {MODEL_VM_MARKET, 1, "GB", false}, /* not sold there */
        {MODEL_VM_MARKET, 0, "US", false}, {MODEL_VM_MARKET, 128, "US", false},
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        plan_of(rows[i].model);
        plan.markets = "CA US";
        plan.point_count = 0;
        point_add(POINT_HOUR, 0, 0, rows[i].vcpu, rows[i].market, NULL);
        ck_assert_msg((places()[0] == '\0') == rows[i].fine, "row %zu: %s", i, places());
    }
}
END_TEST

START_TEST(prices_have_their_bounds)
{
    points[0].list = amount_of(POINT_TERM, 0);
    ck_assert_str_eq(places(), "");
    points[0].list = amount_of(POINT_TERM, INT64_C(99999999999)); /* 999,999,999.99 */
    ck_assert_str_eq(places(), "");
    points[0].list = amount_of(POINT_TERM, INT64_C(100000000000));
    ck_assert_str_eq(places(), "term-1");
    points[0].list = amount_of(POINT_TERM, -1);
    ck_assert_str_eq(places(), "term-1");
    plan_of(MODEL_VM_FLAT);
    points[0].list = amount_of(POINT_HOUR, INT64_C(999999999990000));
    ck_assert_str_eq(places(), "");
    points[0].list = amount_of(POINT_HOUR, INT64_C(999999999990001));
    ck_assert_str_eq(places(), "hour");
}
END_TEST

START_TEST(meters_of_a_plan_and_of_its_product)
{
    for (int i = 0; i < 30; i++)
        point_add(POINT_METER, 0, 0, 0, "US", arena_format(arena, "m%d", i));
    ck_assert_str_eq(places(), "");
    point_add(POINT_METER, 0, 0, 0, "US", "m30");
    ck_assert_str_eq(places(), "id-meter-m30");
    plan.point_count = 2; /* a term and one meter */
    for (size_t i = 0; i < 30; i++)
        meters[i] = arena_format(arena, "meter-other%zu", i);
    facts.meter_count = 29;
    ck_assert_str_eq(places(), "");
    facts.meter_count = 30;
    ck_assert_str_eq(places(), "id-meter-m0");
    meters[7] = "meter-m0"; /* the same dimension as in another plan */
    ck_assert_str_eq(places(), "");
}
END_TEST

START_TEST(what_a_meter_says)
{
    struct price_point *meter = point_add(POINT_METER, 0, 0, 0, "US", repeated("m", 50));

    meter->name = repeated("漢", 200);
    meter->unit = repeated("漢", 50);
    ck_assert_str_eq(places(), "");
    meter->unit = "";
    meter->disabled = true;
    ck_assert_str_eq(places(), "");
    meter->name = repeated("a", 201);
    meter->unit = repeated("a", 51);
    meter->id = "meter-x y";
    ck_assert_str_eq(places(), "id-meter-x y name-meter-x y unit-meter-x y");
    meter->id = "meter-";
    meter->unit = "";
    meter->name = "";
    ck_assert_str_eq(places(), "id-meter- name-meter-");
    meter->id = "meter-a";
    meter->name = "a";
    point_add(POINT_METER, 0, 0, 0, "US", "a");
    ck_assert_str_eq(places(), "id-meter-a");
    plan.point_count = 1;
    points[0].disabled = true;
    ck_assert_str_eq(places(), "term-1");
}
END_TEST

START_TEST(trials)
{
    static const struct {
        enum pricing_model model;
        const char *months;
    } rows[] = {
        {MODEL_FLAT_RATE, "0 1 "},   {MODEL_PER_USER, "0 1 "},      {MODEL_VM_FREE, "0 "},
        {MODEL_VM_BYOL, "0 "},       {MODEL_VM_FLAT, "0 1 3 6 "},   {MODEL_VM_CORE, "0 1 3 6 "},
        {MODEL_VM_SIZE, "0 1 3 6 "}, {MODEL_VM_MARKET, "0 1 3 6 "}, {MODEL_APP, "0 "},
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        const char *line = "";

        for (int months = -1; months <= 12; months++) {
            plan_of(rows[i].model);
            plan.trial_months = months;
            if (*places() == '\0')
                line = arena_format(arena, "%s%d ", line, months);
        }
        ck_assert_str_eq(line, rows[i].months);
    }
    plan_of(MODEL_FLAT_RATE);
    plan.trial_months = 1;
    point_add(POINT_METER, 0, 0, 0, "US", "a");
    ck_assert_str_eq(places(), "trial");
    points[1].disabled = true;
    ck_assert_str_eq(places(), "");
}
END_TEST

START_TEST(users)
{
    static const struct {
        int min, max;
        const char *at;
    } rows[] = {
        {1, 0, ""},
        {0, 0, "min_users"},
        {5, 5, ""},
        {5, 4, "max_users"},
        {1000000, 1000000, ""},
        {1000001, 0, "min_users"},
        {1, 1000001, "max_users"},
        {1, -1, "max_users"},
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        plan_of(MODEL_PER_USER);
        plan.min_users = rows[i].min;
        plan.max_users = rows[i].max;
        ck_assert_str_eq(places(), rows[i].at);
    }
    plan_of(MODEL_FLAT_RATE);
    plan.min_users = 2;
    ck_assert_str_eq(places(), "min_users");
}
END_TEST

START_TEST(savings_of_reservations)
{
    static const struct {
        enum pricing_model model;
        bool fine;
    } rows[] = {{MODEL_FLAT_RATE, false}, {MODEL_PER_USER, false},  {MODEL_VM_FREE, false},
                {MODEL_VM_BYOL, false},   {MODEL_VM_FLAT, true},    {MODEL_VM_CORE, true},
                {MODEL_VM_SIZE, true},    {MODEL_VM_MARKET, false}, {MODEL_APP, false}};

    for (size_t i = 0; i < COUNT(rows); i++) {
        plan_of(rows[i].model);
        plan.reservations[RESERVATION_3_YEARS].sold = true;
        ck_assert_str_eq(places(), rows[i].fine ? "" : "saving-36");
    }
    plan_of(MODEL_VM_FLAT);
    plan.reservations[RESERVATION_1_YEAR] = (struct reservation_term){true, {10000000000}};
    plan.reservations[RESERVATION_3_YEARS] = (struct reservation_term){true, {3333000000}};
    ck_assert_str_eq(places(), ""); /* 100 and 33.33 % */
    plan.reservations[RESERVATION_1_YEAR].saving.e8 = 10001000000;
    plan.reservations[RESERVATION_3_YEARS].saving.e8 = 3333100000;
    ck_assert_str_eq(places(), "saving-12 saving-36");
    plan.reservations[RESERVATION_1_YEAR].saving.e8 = 0;
    plan.reservations[RESERVATION_3_YEARS].sold = false;
    points[0].list = amount_of(POINT_HOUR, INT64_C(114155251140)); /* x 8,760 = 999,999,999.99 */
    ck_assert_str_eq(places(), "");
    points[0].list = amount_of(POINT_HOUR, INT64_C(114155251143)); /* 1,000,000,000.01 */
    ck_assert_str_eq(places(), "saving-12");
}
END_TEST

START_TEST(markets_of_a_plan)
{
    static const char *const bad[] = {"", "CA", "US CA", "CA CA US", "DE US", "CA  US", "us US"};

    plan.markets = "CA GB US";
    ck_assert_str_eq(places(), "");
    for (size_t i = 0; i < COUNT(bad); i++) {
        plan.markets = bad[i];
        ck_assert_msg(strstr(places(), "markets") != NULL, "%s", bad[i]);
    }
    ck_assert(markets_hold("CA US", "US") && !markets_hold("CAUS", "CA") &&
              !markets_hold("", "US"));
}
END_TEST

START_TEST(included_quantities)
{
    point_add(POINT_METER, 0, 0, 0, "US", "gb");
    plan.included_count = 1;
    included[0] = (struct included){"meter-gb", 1, false, 0};
    ck_assert_str_eq(places(), "");
    included[0].quantity = LIMIT_INCLUDED;
    ck_assert_str_eq(places(), "");
    included[0].quantity = LIMIT_INCLUDED + 1;
    ck_assert_str_eq(places(), "included-meter-gb-1");
    included[0] = (struct included){"meter-gb", 1, true, -1};
    ck_assert_str_eq(places(), "");
    included[0] = (struct included){"meter-gb", 1, false, -1};
    ck_assert_str_eq(places(), "included-meter-gb-1");
    included[0] = (struct included){"meter-gb", 12, false, 5}; /* a term that is not sold */
    ck_assert_str_eq(places(), "included-meter-gb-12");
    included[0] = (struct included){"meter-tb", 1, false, 5};
    ck_assert_str_eq(places(), "included-meter-tb-1");
    included[0] = (struct included){"term-1", 1, false, 5};
    ck_assert_str_eq(places(), "included-term-1-1");
    plan.included_count = 2;
    included[0] = included[1] = (struct included){"meter-gb", 1, false, 5};
    ck_assert_str_eq(places(), "included-meter-gb-1");
    plan_of(MODEL_APP); /* what a month includes */
    point_add(POINT_METER, 0, 0, 0, "US", "gb");
    plan.included_count = 1;
    ck_assert_str_eq(places(), "");
    included[0].term_months = 12;
    ck_assert_str_eq(places(), "included-meter-gb-12");
}
END_TEST

Suite *
catalogue_check_suite(void)
{
    Suite *suite = suite_create("catalogue_check");
    TCase *cases = tcase_create("catalogue_check");

    tcase_add_checked_fixture(cases, setup, teardown);
    tcase_add_test(cases, a_plan_of_each_model_is_fine);
    tcase_add_test(cases, which_type_has_which_model);
    tcase_add_test(cases, ids);
    tcase_add_test(cases, lengths_count_characters);
    tcase_add_test(cases, names_differ_in_the_product);
    tcase_add_test(cases, plans_and_private_plans_of_a_product);
    tcase_add_test(cases, one_model_for_all_plans);
    tcase_add_test(cases, terms_and_their_payments);
    tcase_add_test(cases, which_model_has_which_price);
    tcase_add_test(cases, sizes_and_markets_of_hours);
    tcase_add_test(cases, prices_have_their_bounds);
    tcase_add_test(cases, meters_of_a_plan_and_of_its_product);
    tcase_add_test(cases, what_a_meter_says);
    tcase_add_test(cases, trials);
    tcase_add_test(cases, users);
    tcase_add_test(cases, savings_of_reservations);
    tcase_add_test(cases, markets_of_a_plan);
    tcase_add_test(cases, included_quantities);
    suite_add_tcase(suite, cases);
    return suite;
}

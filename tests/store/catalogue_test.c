/*
 * catalogue_test.c: products and plans come back as they went; a picker shows what LAW 3.1 lets a
 * private offer carry, and nobody else's.
 */
#include <check.h>

#include "base/text.h"
#include "store/accounts.h"
#include "store/catalogue.h"
#include "support/temp_store.h"
#include "support/list_point.h"

#define SELLER "90417001"
#define OTHER_SELLER "90417010"

static struct temp_store temp;

static void
product_made(struct db *db, const char *id, const char *seller, const char *name,
             enum product_type type)
{
    struct product product = {.id = id,
                              .publisher = seller,
                              .name = name,
                              .type = type,
                              .in_azure_marketplace = true,
                              .published = true,
                              .transactable = true,
                              .macc_enrolled = true,
                              .cosell_eligible = true};

    ck_assert_int_eq(product_insert(db, temp.arena, &product), OK);
}

static struct plan
plan_of(const char *product, const char *id, const char *name, enum pricing_model model)
{
    static struct price_point month;

    month = (struct price_point)LIST_POINT("term-1", POINT_TERM, 1, 0, "", 0,
                                           amount_of(POINT_TERM, 1000));
    return (struct plan){.product = product,
                         .id = id,
                         .name = name,
                         .description = "",
                         .summary = "",
                         .markets = MARKET_US,
                         .is_public = true,
                         .published = true,
                         .model = model,
                         .points = &month,
                         .point_count = 1};
}

static void
plan_made(struct db *db, const struct plan *plan)
{
    ck_assert_int_eq(plan_insert(db, temp.arena, plan), OK);
}

static void
setup(void)
{
    struct publisher other = {.id = OTHER_SELLER,
                              .name = "Tern Analytics",
                              .hq_state = "",
                              .location = "IS",
                              .tax_status = TAX_NONE,
                              .tax_country = ""};
    struct db *db;

    temp_store_open(&temp, NULL);
    temp_market(&temp, "hash");
    db = temp_write(&temp);
    ck_assert_int_eq(publisher_insert(db, temp.arena, &other), OK);
    temp_keep(&temp, db);
}

static void
teardown(void)
{
    temp_store_close(&temp);
}

/* A page of what an empty offer of that option could hold, after the plan "product/plan". */
static struct plans
page_of(const char *seller, enum offer_type type, const char *search, const char *product,
        const char *plan)
{
    const struct offer offer = {.id = "none", .isv = seller, .type = type};
    const struct plan_query query = {&offer, search, product, plan};
    struct plans plans;

    ck_assert_int_eq(plans_selectable(temp.reader, temp.arena, &query, TEST_DAY, &plans), OK);
    return plans;
}

/* "product/plan product/plan" of what the picker shows. */
static const char *
picked(const char *seller, const char *search)
{
    const struct plans plans = page_of(seller, OFFER_EXISTING_PLANS, search, "", "");
    const char *line = "";

    ck_assert(!plans.more);
    for (size_t i = 0; i < plans.count; i++)
        line = arena_format(temp.arena, "%s%s%s/%s", line, i == 0 ? "" : " ", plans.rows[i].product,
                            plans.rows[i].id);
    return line;
}

START_TEST(a_plan_comes_back_as_it_went)
{
    struct price_point points[] = {
        LIST_POINT("hour-4", POINT_HOUR, 0, 0, "", 4, amount_of(POINT_HOUR, 760000)),
        LIST_POINT("hour-2", POINT_HOUR, 0, 0, "", 2, amount_of(POINT_HOUR, 400001)),
        LIST_POINT("meter-gb", POINT_METER, 0, 0, "GB ingested", 0, amount_of(POINT_METER, 2)),
        LIST_POINT("user-36", POINT_USER, 36, 12, "", 0, amount_of(POINT_USER, 99999999999)),
    };
    struct plan plan = plan_of("gateway", "sized", "Sized", MODEL_VM_SIZE);
    struct plan *loaded = NULL;
    struct db *db = temp_write(&temp);

    plan.points = points;
    plan.point_count = COUNT(points);
    plan.description = "All sizes";
    plan.trial_months = 3;
    plan.min_users = 5;
    plan.max_users = 500;
    plan.is_public = false;
    product_made(db, "gateway", SELLER, "Harbor Gateway", PRODUCT_VM);
    plan_made(db, &plan);
    temp_keep(&temp, db);

    ck_assert_int_eq(plan_load(temp.reader, temp.arena, "gateway", "sized", TEST_DAY, &loaded), OK);
    ck_assert_str_eq(loaded->product_name, "Harbor Gateway");
    ck_assert_str_eq(loaded->publisher, SELLER);
    ck_assert_int_eq(loaded->type, PRODUCT_VM);
    ck_assert_str_eq(loaded->name, "Sized");
    ck_assert_str_eq(loaded->description, "All sizes");
    ck_assert_int_eq(loaded->model, MODEL_VM_SIZE);
    ck_assert_int_eq(loaded->trial_months, 3);
    ck_assert_int_eq(loaded->min_users, 5);
    ck_assert_int_eq(loaded->max_users, 500);
    ck_assert(!loaded->is_public && loaded->published && loaded->transactable);
    ck_assert(loaded->commitment_eligible && loaded->in_azure_marketplace);
    ck_assert_uint_eq(loaded->point_count, COUNT(points));
    for (size_t k = 0; k < COUNT(points); k++) {
        ck_assert_str_eq(loaded->points[k].id, points[k].id); /* in the order they were given */
        ck_assert_int_eq(loaded->points[k].kind, points[k].kind);
        ck_assert_int_eq(loaded->points[k].term_months, points[k].term_months);
        ck_assert_int_eq(loaded->points[k].payment_months, points[k].payment_months);
        ck_assert_str_eq(loaded->points[k].name, points[k].name);
        ck_assert_int_eq(loaded->points[k].vcpu, points[k].vcpu);
        ck_assert(amount_equal(loaded->points[k].list, points[k].list));
    }
    ck_assert_int_eq(plan_load(temp.reader, temp.arena, "gateway", "none", TEST_DAY, &loaded),
                     ERR_ABSENT);
    ck_assert_int_eq(plan_load(temp.reader, temp.arena, "", "sized", TEST_DAY, &loaded),
                     ERR_ABSENT);
}
END_TEST

/* LAW 3.1: each way of not being on sale, one plan each. */
START_TEST(the_picker_shows_what_can_be_sold)
{
    struct product products[] = {
        {"appsource", SELLER, "AppSource", PRODUCT_SAAS, false, true, true, false, false},
        {"hidden", SELLER, "Hidden", PRODUCT_SAAS, true, false, true, false, false},
        {"listing", SELLER, "Listing", PRODUCT_SAAS, true, true, false, false, false},
    };
    struct db *db = temp_write(&temp);
    struct plan plan;

    for (size_t i = 0; i < COUNT(products); i++) {
        ck_assert_int_eq(product_insert(db, temp.arena, &products[i]), OK);
        plan = plan_of(products[i].id, "pro", "Pro", MODEL_FLAT_RATE);
        plan_made(db, &plan);
    }
    product_made(db, "suite", SELLER, "suite", PRODUCT_SAAS);
    product_made(db, "gateway", SELLER, "Gateway", PRODUCT_VM);
    plan = plan_of("suite", "pro", "Pro", MODEL_FLAT_RATE);
    plan_made(db, &plan);
    plan = plan_of("suite", "trial", "basic trial", MODEL_FLAT_RATE);
    plan.trial_months = 1;
    plan_made(db, &plan);
    plan = plan_of("suite", "private", "Private", MODEL_FLAT_RATE);
    plan.is_public = false;
    plan_made(db, &plan);
    plan = plan_of("suite", "draft", "Draft", MODEL_FLAT_RATE);
    plan.published = false;
    plan_made(db, &plan);
    plan = plan_of("gateway", "byol", "BYOL", MODEL_VM_BYOL);
    plan_made(db, &plan);
    plan = plan_of("gateway", "free", "Free", MODEL_VM_FREE);
    plan_made(db, &plan);
    plan = plan_of("gateway", "flow", "Flow", MODEL_VM_CORE);
    plan_made(db, &plan);
    temp_keep(&temp, db);

    ck_assert_str_eq(picked(SELLER, ""), "gateway/flow suite/trial suite/pro"); /* by name */
    ck_assert_str_eq(picked(SELLER, "gate"), "gateway/flow");
    ck_assert_str_eq(picked(SELLER, "pro"), "suite/pro");
    ck_assert_str_eq(picked(SELLER, "%"), "");
    ck_assert_str_eq(picked(SELLER, "_"), "");
    ck_assert_str_eq(picked(SELLER, "private"), "");
    ck_assert_str_eq(picked(OTHER_SELLER, ""), "");
    ck_assert_str_eq(picked("", ""), "");
    db = temp_write(&temp);
    ck_assert_int_eq(plan_publish(db, "suite", "draft", true), OK);
    ck_assert_int_eq(plan_publish(db, "suite", "pro", false), OK);
    ck_assert_int_eq(plan_publish(db, "suite", "none", true), ERR_ABSENT);
    temp_keep(&temp, db);
    ck_assert_str_eq(picked(SELLER, "suite"), "suite/trial suite/draft");
}
END_TEST

START_TEST(a_picker_has_pages)
{
    struct db *db = temp_write(&temp);
    struct plans plans;

    product_made(db, "wide", SELLER, "Wide", PRODUCT_SAAS);
    for (int i = 0; i < 2 * LIMIT_PICKER_PLANS; i++) {
        struct plan plan = plan_of("wide", arena_format(temp.arena, "p%03d", i),
                                   arena_format(temp.arena, "Plan %03d", i), MODEL_FLAT_RATE);

        plan_made(db, &plan);
    }
    temp_keep(&temp, db);
    plans = page_of(SELLER, OFFER_EXISTING_PLANS, "", "", "");
    ck_assert_uint_eq(plans.count, LIMIT_PICKER_PLANS);
    ck_assert(plans.more);
    ck_assert_str_eq(plans.rows[9].id, "p009");
    ck_assert_uint_eq(plans.rows[9].point_count, 1);
    plans = page_of(SELLER, OFFER_EXISTING_PLANS, "", "wide", "p009");
    ck_assert_uint_eq(plans.count, LIMIT_PICKER_PLANS);
    ck_assert(!plans.more);
    ck_assert_str_eq(plans.rows[0].id, "p010");
    ck_assert_str_eq(plans.rows[9].id, "p019");
    plans = page_of(SELLER, OFFER_EXISTING_PLANS, "", "wide", "gone"); /* begins anew */
    ck_assert_str_eq(plans.rows[0].id, "p000");
}
END_TEST

/* LAW 4.4: a new plan begins from SaaS without a trial, a reservation from a virtual machine that
 * sells one; of existing plans everything with a price. */
START_TEST(a_picker_shows_what_its_option_takes)
{
    struct plan trial = plan_of("cloud", "trial", "Trial", MODEL_FLAT_RATE);
    struct plan plain = plan_of("cloud", "plain", "Plain", MODEL_FLAT_RATE);
    struct plan reserved = plan_of("machine", "reserved", "Reserved", MODEL_VM_CORE);
    struct plan hourly = plan_of("machine", "hourly", "Hourly", MODEL_VM_CORE);
    struct db *db = temp_write(&temp);
    struct plans plans;

    product_made(db, "cloud", SELLER, "Cloud", PRODUCT_SAAS);
    product_made(db, "machine", SELLER, "Machine", PRODUCT_VM);
    trial.trial_months = 1;
    reserved.reservations[RESERVATION_3_YEARS].sold = true;
    plan_made(db, &trial);
    plan_made(db, &plain);
    plan_made(db, &reserved);
    plan_made(db, &hourly);
    temp_keep(&temp, db);
    ck_assert_uint_eq(page_of(SELLER, OFFER_EXISTING_PLANS, "", "", "").count, 4);
    plans = page_of(SELLER, OFFER_NEW_PLANS, "", "", "");
    ck_assert_uint_eq(plans.count, 1);
    ck_assert_str_eq(plans.rows[0].id, "plain");
    plans = page_of(SELLER, OFFER_RESERVATIONS, "", "", "");
    ck_assert_uint_eq(plans.count, 1);
    ck_assert_str_eq(plans.rows[0].id, "reserved");
}
END_TEST

START_TEST(who_has_a_product_sells)
{
    struct db *db = temp_write(&temp);
    bool sells = true;

    ck_assert_int_eq(publisher_sells(temp.reader, SELLER, &sells), OK);
    ck_assert(!sells);
    product_made(db, "one", SELLER, "One", PRODUCT_APP);
    temp_keep(&temp, db);
    ck_assert_int_eq(publisher_sells(temp.reader, SELLER, &sells), OK);
    ck_assert(sells);
    ck_assert_int_eq(publisher_sells(temp.reader, OTHER_SELLER, &sells), OK);
    ck_assert(!sells);
}
END_TEST

Suite *
catalogue_suite(void)
{
    Suite *suite = suite_create("catalogue");
    TCase *cases = tcase_create("catalogue");

    tcase_add_checked_fixture(cases, setup, teardown);
    tcase_add_test(cases, a_plan_comes_back_as_it_went);
    tcase_add_test(cases, the_picker_shows_what_can_be_sold);
    tcase_add_test(cases, a_picker_has_pages);
    tcase_add_test(cases, a_picker_shows_what_its_option_takes);
    tcase_add_test(cases, who_has_a_product_sells);
    suite_add_tcase(suite, cases);
    return suite;
}

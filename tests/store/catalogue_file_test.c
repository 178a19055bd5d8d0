/*
 * catalogue_file_test.c: a catalogue goes out as a file and comes back as it was; a file changes
 * what it says otherwise, or nothing at all.
 */
#include <check.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "actions/catalogue_file.h"
#include "store/accounts.h"
#include "store/catalogue_edit.h"
#include "store/markets.h"
#include "support/fake_world.h"
#include "support/store_dump.h"
#include "support/temp_store.h"

#define SELLER "90417001"
#define OTHER_SELLER "90417010"

static struct temp_store temp;
static struct fake_world fake;
static struct settings settings;
static enum publisher_role role;
static struct day today;

static void
store_begin(void)
{
    static const struct market markets[] = {
        {"CA", "Canada", "CAD", 2, INT64_C(135210000), {TEST_DAY_NUMBER}},
        {"DE", "Germany", "EUR", 2, INT64_C(95000000), {TEST_DAY_NUMBER}},
    };
    const struct publisher other = {.id = OTHER_SELLER,
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
    for (size_t i = 0; i < COUNT(markets); i++)
        ck_assert_int_eq(market_set(db, temp.arena, &markets[i]), OK);
    ck_assert_int_eq(settings_load(db, &settings), OK);
    temp_keep(&temp, db);
}

static void
setup(void)
{
    role = ROLE_ACCOUNT_OWNER;
    today = TEST_DAY;
    store_begin();
}

static void
teardown(void)
{
    temp_store_close(&temp);
}

static struct act
act_of(struct db *db, const char *seller)
{
    fake_world_start(&fake, day_start_at(today));
    return (struct act){.db = db,
                        .arena = temp.arena,
                        .world = &fake.world,
                        .settings = &settings,
                        .now = fake.now,
                        .today = today,
                        .viewer = {PARTY_ISV, seller, today},
                        .account_name = "Brightwater Software",
                        .person = "p-isv",
                        .person_name = "Account owner",
                        .role = role};
}

/* What a file came to. */
struct result {
    enum err outcome;
    struct problems *problems;
    struct catalogue_counts counts;
};

static struct result
import_as(const char *seller, const char *text)
{
    struct result result = {.problems = problems_new(temp.arena)};
    const struct catalogue_file *file = NULL;
    struct db *db;
    struct act act;

    result.outcome = catalogue_file_read(temp.arena, text, strlen(text), result.problems, &file);
    if (result.outcome != OK)
        return result;
    db = temp_write(&temp);
    act = act_of(db, seller);
    result.outcome = catalogue_file_import(&act, file, result.problems, &result.counts);
    ck_assert_int_eq(write_end(temp.store, db, result.outcome == OK), OK);
    return result;
}

static void
assert_counts(const char *text, size_t created, size_t changed, size_t unchanged)
{
    struct result result = import_as(SELLER, text);

    if (result.problems->count > 0)
        ck_abort_msg("%s: %s", result.problems->list[0].at, result.problems->list[0].message);
    ck_assert_int_eq(result.outcome, OK);
    ck_assert_uint_eq(result.counts.created, created);
    ck_assert_uint_eq(result.counts.changed, changed);
    ck_assert_uint_eq(result.counts.unchanged, unchanged);
}

/* ' stands for ". */
static char *
quoted(const char *text)
{
    char *copy = arena_text(temp.arena, text);

    for (char *at = copy; *at != '\0'; at++)
        *at = *at == '\'' ? '"' : *at;
    return copy;
}

/* Every problem as "at: message", a line each; nothing was changed. */
static const char *
refused(const char *text)
{
    const char *before = store_dump(&temp, NULL);
    struct result result = import_as(SELLER, quoted(text));
    const char *lines = "";

    ck_assert_int_eq(result.outcome, ERR_INVALID);
    ck_assert_str_eq(store_dump(&temp, NULL), before);
    for (size_t i = 0; i < result.problems->count; i++)
        lines = arena_format(temp.arena, "%s%s%s: %s", lines, i == 0 ? "" : "\n",
                             result.problems->list[i].at, result.problems->list[i].message);
    return lines;
}

static const char *
exported(const char *seller)
{
    struct act act = act_of(temp.reader, seller);
    struct buffer out;
    const char *text;

    buffer_open(&out, LIMIT_DOWNLOAD_BYTES);
    ck_assert_int_eq(read_begin(temp.reader), OK);
    ck_assert_int_eq(catalogue_file_export(&act, &out), OK);
    read_end(temp.reader);
    ck_assert(!out.full);
    text = arena_copy(temp.arena, out.data, out.length);
    buffer_close(&out);
    return text;
}

/* The file of every product type and pricing model, as it is exported. */
static char *
golden(void)
{
    const char *root = getenv("TRIPACT_SOURCE");
    const char *path =
        arena_format(temp.arena, "%s/tests/golden/catalogue.json", root == NULL ? "." : root);
    char *text = arena_alloc(temp.arena, 65536);
    FILE *file = fopen(path, "rb");

    ck_assert_ptr_nonnull(file);
    ck_assert_uint_gt(fread(text, 1, 65535, file), 0);
    ck_assert(feof(file));
    (void)fclose(file);
    return text;
}

static const char *
replaced(const char *text, const char *old, const char *new)
{
    const char *at = strstr(text, old);

    ck_assert_ptr_nonnull(at);
    return arena_format(temp.arena, "%s%s%s", arena_copy(temp.arena, text, (size_t)(at - text)),
                        new, at + strlen(old));
}

START_TEST(a_catalogue_comes_back_as_the_same_bytes)
{
    /* 10 products, 14 plans */
    assert_counts(golden(), 24, 0, 0);
    ck_assert_str_eq(exported(SELLER), golden());
}
END_TEST

START_TEST(an_export_fills_an_empty_store_with_the_same_bytes)
{
    static struct temp_store first;
    const char *text;

    assert_counts(golden(), 24, 0, 0);
    text = exported(SELLER);
    first = temp;
    store_begin();
    assert_counts(text, 24, 0, 0);
    ck_assert_str_eq(exported(SELLER), text);
    temp_store_close(&first);
}
END_TEST

START_TEST(an_unchanged_file_changes_nothing)
{
    const char *before;

    assert_counts(golden(), 24, 0, 0);
    before = store_dump(&temp, NULL);
    assert_counts(golden(), 0, 0, 24);
    ck_assert_str_eq(store_dump(&temp, NULL), before);
}
END_TEST

START_TEST(a_catalogue_holds_ones_own)
{
    assert_counts(golden(), 24, 0, 0);
    ck_assert_str_eq(exported(OTHER_SELLER), "{\n  \"products\": []\n}\n");
    ck_assert_str_eq(refused("{'products': []}x"),
                     "line 1, column 17: The file goes on after its end; remove what is here");
    ck_assert_int_eq(import_as(OTHER_SELLER, golden()).outcome, ERR_INVALID);
    ck_assert_str_eq(import_as(OTHER_SELLER, golden()).problems->list[0].at, "products[0].id");
    ck_assert_str_eq(exported(SELLER), golden());
}
END_TEST

START_TEST(what_a_file_leaves_out_stays)
{
    assert_counts(golden(), 24, 0, 0);
    assert_counts(quoted("{'products': [{'id': 'seats', 'name': 'Seats', 'type': 'SAAS', "
                         "'store': 'appsource', 'coSellEligible': true}]}"),
                  0, 0, 1);
    ck_assert_str_eq(exported(SELLER), golden());
}
END_TEST

START_TEST(what_a_file_says_otherwise_is_changed)
{
    const char *text;

    assert_counts(golden(), 24, 0, 0);
    text = replaced(golden(), "\"name\": \"Sketch\"", "\"name\": \"Sketchbook\"");
    text = replaced(text, "\"description\": \"We run it.\"", "\"description\": \"\"");
    text = replaced(text, "\"min\": 5, \"max\": 500", "\"min\": 6");
    text = replaced(text, "\"enabled\": false", "\"enabled\": true");
    /* a plan that was never public costs at once what is typed */
    text = replaced(text, "\"prices\": []",
                    "\"prices\": [\n                  {\"billingTerm\": {\"type\": \"month\", "
                    "\"value\": 1}, \"paymentOption\": {\"type\": \"month\", \"value\": 1}, "
                    "\"pricePerPaymentInUsd\": 5.00}\n                ]");
    assert_counts(text, 0, 5, 19);
    ck_assert_str_eq(exported(SELLER), text);
    assert_counts(text, 0, 0, 24);
}
END_TEST

START_TEST(publication_follows_the_file)
{
    const char *off;

    assert_counts(golden(), 24, 0, 0);
    off = replaced(golden(),
                   "\"id\": \"seats\",\n      \"name\": \"Seats\",\n      \"type\": "
                   "\"SAAS\",\n      \"store\": \"appsource\",\n      \"published\": true",
                   "\"id\": \"seats\",\n      \"name\": \"Seats\",\n      \"type\": "
                   "\"SAAS\",\n      \"store\": \"appsource\",\n      \"published\": false");
    off = replaced(off, "\"visibility\": \"private\",\n          \"published\": true",
                   "\"visibility\": \"private\",\n          \"published\": false");
    assert_counts(off, 0, 2, 22);
    ck_assert_str_eq(exported(SELLER), off);
    assert_counts(golden(), 0, 2, 22);
    ck_assert_str_eq(exported(SELLER), golden());
}
END_TEST

/* Nobody can be sold a product without a plan on sale; its mark stays for the next plan. */
START_TEST(a_product_without_plans_on_sale_is_exported_as_not_published)
{
    static const char one[] = "{'products': [{'id': 'p', 'name': 'P', 'type': 'AZURE_VM', 'plans': "
                              "[{'id': 'a', 'name': 'A', 'pricingModel': 'byol', 'published': "
                              "%s}]}]}";
    const char *text;
    const char *before;

    assert_counts(quoted(arena_format(temp.arena, one, "true")), 2, 0, 0);
    assert_counts(quoted(arena_format(temp.arena, one, "false")), 0, 1, 1);
    text = exported(SELLER);
    ck_assert_ptr_null(strstr(text, "\"published\": true"));
    before = store_dump(&temp, NULL);
    assert_counts(text, 0, 0, 2);
    ck_assert_str_eq(store_dump(&temp, NULL), before);
}
END_TEST

START_TEST(a_public_price_changes_with_notice)
{
    const char *lower;

    assert_counts(golden(), 24, 0, 0);
    lower = replaced(golden(), "9.99}", "8.99}");
    assert_counts(lower, 0, 1, 23);
    ck_assert_str_eq(exported(SELLER), golden()); /* the prices of its day */
    today = day_make(2023, 10, 31);
    assert_counts(golden(), 0, 0, 24); /* leaves what is scheduled alone */
    today = day_make(2023, 11, 1);
    ck_assert_str_eq(exported(SELLER), lower);
}
END_TEST

START_TEST(rules_are_broken_at_their_paths)
{
    assert_counts(golden(), 24, 0, 0);
    ck_assert_str_eq(
        refused("{'products': [{'id': 'No', 'name': '', 'type': 'SAAS'}, {'id': 'seats', 'name': "
                "'Seats', 'type': 'AZURE_APP'}, {'id': 'fresh', 'name': 'New', 'type': 'SAAS'}]}"),
        "products[0].id: Enter an ID of up to 50 lowercase letters, digits, dashes and "
        "underscores\n"
        "products[0].name: Enter a name\n"
        "products[1].type: The product has plans; its type stays SaaS\n"
        "products[2].plans: Publish at least one plan first");
    ck_assert_str_eq(
        refused("{'products': [{'id': 'fresh', 'name': 'New', 'type': 'SAAS', 'published': false, "
                "'plans': [{'id': 'a', 'name': 'A', 'summary': 'S', 'trial': 3, 'markets': ['FR', "
                "'US'], 'published': false, 'priceAndAvailability': {'pricing': {'recurrentPrice': "
                "{'recurrentPriceMode': 'perUser', 'userLimits': {'min': 5, 'max': 4}}, "
                "'customMeters': {'meters': {'m': {'name': ' ', 'pricePerPaymentInUsd': 1, "
                "'includedQuantities': [{'billingTerm': {'type': 'year', 'value': 2}, 'quantity': "
                "1}]}}}}}}]}]}"),
        "products[0].plans[0].summary: A SaaS plan has no summary\n"
        "products[0].plans[0].markets: Choose markets of the list, each once\n"
        "products[0].plans[0].trial: Choose a trial of 1 month, or none\n"
        "products[0].plans[0].priceAndAvailability.pricing.customMeters.meters.m."
        "pricePerPaymentInUsd: The pricing model of this product has no such price\n"
        "products[0].plans[0].priceAndAvailability.pricing.recurrentPrice.userLimits.max: Enter "
        "at least the minimum users, 5, or nothing\n"
        "products[0].plans[0].priceAndAvailability.pricing.customMeters.meters.m."
        "includedQuantities[0]: The plan doesn’t sell the 2-year term");
}
END_TEST

START_TEST(plans_break_rules_at_their_paths)
{
    ck_assert_str_eq(
        refused("{'products': [{'id': 'vm', 'name': 'VM', 'type': 'AZURE_VM', 'plans': [{'id': "
                "'a', 'name': 'A', 'markets': ['CA', 'US'], 'vmHourly': {'perMarket': {'US': "
                "{'4Core': 1}}, 'softwareReservation': [{'type': 'year', 'value': 1, "
                "'percentageSave': 1}]}}, {'id': 'b', 'name': 'B', 'markets': ['CA', 'US'], "
                "'vmHourly': {'perMarket': {'US': {'4Core': 1}}}}]}, {'id': 'app', 'name': 'App', "
                "'type': 'AZURE_APP', 'plans': [{'id': 'a', 'name': 'A'}]}]}"),
        "products[0].plans[0].vmHourly.softwareReservation: Plans with this pricing model have no "
        "reservations\n"
        "products[0].plans[1].vmHourly.perMarket.CA.4Core: Enter the price of 4 vCPU in CA, as "
        "elsewhere\n"
        "products[0].plans: Publish at least one plan first\n"
        "products[1].plans[0].monthlyFee: Enter the price per month, even 0.00\n"
        "products[1].plans: Publish at least one plan first");
}
END_TEST

START_TEST(the_same_meter_may_stand_in_every_plan)
{
    static const char plan[] =
        "{'id': '%s', 'name': '%s', 'priceAndAvailability': {'pricing': {'recurrentPrice': "
        "{'recurrentPriceMode': 'flatRate', 'prices': [{'billingTerm': {'type': 'month', 'value': "
        "1}, 'paymentOption': {'type': 'month', 'value': 1}, 'pricePerPaymentInUsd': 1}]}, "
        "'customMeters': {'meters': {'m': {'pricePerPaymentInUsd': 1}}}}}}";
    const char *a = arena_format(temp.arena, plan, "a", "A");
    const char *b = arena_format(temp.arena, plan, "b", "B");

    assert_counts(quoted(arena_format(temp.arena,
                                      "{'products': [{'id': 'p', 'name': 'P', 'type': 'SAAS', "
                                      "'plans': [%s, %s]}]}",
                                      a, b)),
                  3, 0, 0);
}
END_TEST

START_TEST(a_published_plan_keeps_its_prices)
{
    const char *text;

    assert_counts(golden(), 24, 0, 0);
    text = replaced(golden(), "{\"1Core\": 0.100000, \"96Core\": 9.600000}", "{\"1Core\": 0.1}");
    text = replaced(text, "\"percentageSave\": 50.25", "\"percentageSave\": 50");
    text = replaced(text,
                    "{\"billingTerm\": {\"type\": \"month\", \"value\": 1}, "
                    "\"paymentOption\": {\"type\": \"month\", \"value\": 1}, "
                    "\"pricePerPaymentInUsd\": 9.99}",
                    "");
    struct result result = import_as(SELLER, text);

    ck_assert_int_eq(result.outcome, ERR_INVALID);
    ck_assert_uint_ge(result.problems->count, 3);
    ck_assert_str_eq(result.problems->list[0].at,
                     "products[0].plans[0].vmHourly.softwareReservation");
    ck_assert_str_eq(result.problems->list[1].at,
                     "products[4].plans[0].vmHourly.perMarket.US.96Core");
    ck_assert_str_eq(result.problems->list[result.problems->count - 1].at,
                     "products[8].plans[0].priceAndAvailability.pricing.recurrentPrice.prices");
    ck_assert_str_eq(exported(SELLER), golden());
}
END_TEST

START_TEST(a_role_that_may_not_imports_nothing)
{
    role = ROLE_MARKETER;
    ck_assert_int_eq(import_as(SELLER, golden()).outcome, ERR_DENIED);
    ck_assert_str_eq(exported(SELLER), "{\n  \"products\": []\n}\n");
}
END_TEST

/* 100 products of 50 plans each, with four prices and two meters a plan. */
static const char *
large_file(struct buffer *out)
{
    buffer_text(out, "{\"products\": [");
    for (int p = 0; p < 100; p++) {
        buffer_format(out,
                      "%s{\"id\": \"p%03d\", \"name\": \"Product %d\", \"type\": \"SAAS\","
                      " \"plans\": [",
                      p == 0 ? "" : ",", p, p);
        for (int l = 0; l < 50; l++)
            buffer_format(
                out,
                "%s{\"id\": \"l%02d\", \"name\": \"Plan %d\", \"priceAndAvailability\": "
                "{\"pricing\": {\"recurrentPrice\": {\"recurrentPriceMode\": \"flatRate\", "
                "\"prices\": [{\"billingTerm\": {\"type\": \"month\", \"value\": 1}, "
                "\"paymentOption\": {\"type\": \"month\", \"value\": 1}, "
                "\"pricePerPaymentInUsd\": %d.50}, {\"billingTerm\": {\"type\": \"year\", "
                "\"value\": 1}, \"paymentOption\": {\"type\": \"year\", \"value\": 1}, "
                "\"pricePerPaymentInUsd\": %d}]}, \"customMeters\": {\"meters\": {\"calls\": "
                "{\"name\": \"Calls\", \"unit\": \"1,000 calls\", \"pricePerPaymentInUsd\": "
                "0.25}}}}}}",
                l == 0 ? "" : ",", l, l, l + 1, (l + 1) * 10);
        buffer_text(out, "]}");
    }
    buffer_text(out, "]}\n");
    ck_assert(!out->full);
    return out->data;
}

START_TEST(a_hundred_products_of_fifty_plans_come_in_at_once)
{
    struct buffer out;
    struct buffer again;
    struct act act;

    buffer_open(&out, LIMIT_CATALOGUE_BYTES);
    buffer_open(&again, LIMIT_CATALOGUE_BYTES);
    assert_counts(large_file(&out), 5100, 0, 0);
    act = act_of(temp.reader, SELLER);
    ck_assert_int_eq(catalogue_file_export(&act, &again), OK);
    ck_assert(!again.full); /* what goes out can come in */
    assert_counts(again.data, 0, 0, 5100);
    buffer_close(&out);
    buffer_close(&again);
}
END_TEST

START_TEST(an_export_that_does_not_fit_says_so)
{
    struct act act = act_of(temp.reader, SELLER);
    struct buffer out;

    assert_counts(golden(), 24, 0, 0);
    buffer_open(&out, strlen(golden()));
    ck_assert_int_eq(catalogue_file_export(&act, &out), OK);
    ck_assert(!out.full);
    ck_assert_str_eq(out.data, golden());
    buffer_close(&out);
    buffer_open(&out, strlen(golden()) - 1);
    ck_assert_int_eq(catalogue_file_export(&act, &out), OK);
    ck_assert(out.full);
    buffer_close(&out);
}
END_TEST

Suite *
catalogue_file_suite(void)
{
    Suite *suite = suite_create("catalogue_file");
    TCase *tests = tcase_create("all");
    TCase *large = tcase_create("large");

    tcase_add_checked_fixture(tests, setup, teardown);
    tcase_add_test(tests, a_catalogue_comes_back_as_the_same_bytes);
    tcase_add_test(tests, an_export_fills_an_empty_store_with_the_same_bytes);
    tcase_add_test(tests, an_unchanged_file_changes_nothing);
    tcase_add_test(tests, a_catalogue_holds_ones_own);
    tcase_add_test(tests, what_a_file_leaves_out_stays);
    tcase_add_test(tests, what_a_file_says_otherwise_is_changed);
    tcase_add_test(tests, publication_follows_the_file);
    tcase_add_test(tests, a_product_without_plans_on_sale_is_exported_as_not_published);
    tcase_add_test(tests, a_public_price_changes_with_notice);
    tcase_add_test(tests, rules_are_broken_at_their_paths);
    tcase_add_test(tests, plans_break_rules_at_their_paths);
    tcase_add_test(tests, the_same_meter_may_stand_in_every_plan);
    tcase_add_test(tests, a_published_plan_keeps_its_prices);
    tcase_add_test(tests, a_role_that_may_not_imports_nothing);
    tcase_add_test(tests, an_export_that_does_not_fit_says_so);
    suite_add_tcase(suite, tests);
    tcase_add_checked_fixture(large, setup, teardown);
    tcase_set_timeout(large, 120);
    tcase_add_test(large, a_hundred_products_of_fifty_plans_come_in_at_once);
    suite_add_tcase(suite, large);
    return suite;
}

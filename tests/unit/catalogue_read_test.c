/*
 * catalogue_read_test.c: a catalogue's file as products and plans, and each way it can be wrong, at
 * its path.
 */
#include <check.h>

#include <string.h>

#include "actions/catalogue_parts.h"

static struct arena *arena;

static void
setup(void)
{
    arena = arena_open(LIMIT_ARENA_BYTES);
}

static void
teardown(void)
{
    arena_close(arena);
}

/* ' stands for ". */
static char *
quoted(const char *text)
{
    char *copy = arena_text(arena, text);

    for (char *at = copy; *at != '\0'; at++)
        *at = *at == '\'' ? '"' : *at;
    return copy;
}

static const struct catalogue_file *
file_of(const char *text)
{
    struct problems *problems = problems_new(arena);
    const struct catalogue_file *file = NULL;
    const char *bytes = quoted(text);
    enum err outcome = catalogue_file_read(arena, bytes, strlen(bytes), problems, &file);

    if (problems->count > 0)
        ck_abort_msg("%s: %s", problems->list[0].at, problems->list[0].message);
    ck_assert_int_eq(outcome, OK);
    return file;
}

/* Every problem as "at: message", a line each. */
static const char *
refused(const char *text)
{
    struct problems *problems = problems_new(arena);
    const struct catalogue_file *file = NULL;
    const char *bytes = quoted(text);
    const char *lines = "";

    ck_assert_int_eq(catalogue_file_read(arena, bytes, strlen(bytes), problems, &file),
                     ERR_INVALID);
    ck_assert_ptr_null(file);
    for (size_t i = 0; i < problems->count; i++)
        lines = arena_format(arena, "%s%s%s: %s", lines, i == 0 ? "" : "\n", problems->list[i].at,
                             problems->list[i].message);
    return lines;
}

/* A file with one product of the type, and one plan with these members. */
static const char *
with_plan(const char *type, const char *members)
{
    return arena_format(arena,
                        "{'products': [{'id': 'p', 'name': 'P', 'type': '%s', 'plans': [{'id': "
                        "'a', 'name': 'A', %s}]}]}",
                        type, members);
}

static const struct file_plan *
plan_of(const char *type, const char *members)
{
    return &file_of(with_plan(type, members))->products[0].plans[0];
}

/* The problems of such a plan; paths begin behind the plan's own. */
static const char *
plan_refused(const char *type, const char *members)
{
    static const char own[] = "products[0].plans[0].";
    const char *lines = refused(with_plan(type, members));
    char *cut = arena_text(arena, lines);
    char *to = cut;

    for (const char *from = lines; *from != '\0';) {
        if ((from == lines || from[-1] == '\n') && strncmp(from, own, strlen(own)) == 0)
            from += strlen(own);
        *to++ = *from++;
    }
    *to = '\0';
    return cut;
}

#define SAAS(pricing) "'priceAndAvailability': {'pricing': {" pricing "}}"
#define FLAT(prices) \
    SAAS("'recurrentPrice': {'recurrentPriceMode': 'flatRate', 'prices': [" prices "]}")
#define MONTH "{'type': 'month', 'value': 1}"
#define YEAR "{'type': 'year', 'value': 1}"
#define PRICE(amount) \
    "{'billingTerm': " YEAR ", 'paymentOption': " MONTH ", 'pricePerPaymentInUsd': " amount "}"
#define METERS(meters) SAAS("'customMeters': {'meters': {" meters "}}")
#define AT_PRICES "priceAndAvailability.pricing.recurrentPrice.prices"
#define AT_METERS "priceAndAvailability.pricing.customMeters.meters"

START_TEST(what_is_left_out_has_its_preset)
{
    const struct catalogue_file *file =
        file_of("{'products': [{'id': 'p', 'name': ' P ', 'type': 'SAAS', 'plans': [{'id': 'a', "
                "'name': 'A'}]}, {'id': 'q', 'name': 'Q', 'type': 'AZURE_VM', 'plans': [{'id': "
                "'b', 'name': 'B', 'pricingModel': 'byol'}]}]}");
    const struct product *product = &file->products[0].product;
    const struct plan *plan = &file->products[0].plans[0].plan;

    ck_assert_uint_eq(file->product_count, 2);
    ck_assert_str_eq(product->name, "P");
    ck_assert_int_eq(product->type, PRODUCT_SAAS);
    ck_assert(product->in_azure_marketplace && product->published && product->transactable);
    ck_assert(!product->macc_enrolled && !product->cosell_eligible);
    ck_assert_str_eq(plan->product, "p");
    ck_assert_str_eq(plan->description, "");
    ck_assert_str_eq(plan->summary, "");
    ck_assert_str_eq(plan->markets, "US");
    ck_assert(plan->is_public && plan->published);
    ck_assert_int_eq(plan->trial_months, 0);
    ck_assert_int_eq(plan->model, MODEL_FLAT_RATE);
    ck_assert_int_eq(plan->min_users, 1);
    ck_assert_int_eq(plan->max_users, 0);
    ck_assert_uint_eq(plan->point_count, 0);
    /* bring your own licence: the marketplace sells nothing */
    ck_assert(!file->products[1].product.transactable);
    ck_assert_int_eq(file->products[1].plans[0].plan.model, MODEL_VM_BYOL);
}
END_TEST

START_TEST(a_flat_rate_plan_has_terms_and_meters)
{
    const struct file_plan *file = plan_of(
        "SAAS",
        "'description': 'Two\\nlines', 'visibility': 'private', 'published': false, 'trial': 1,"
        "'markets': ['US', 'CA', 'DE']," SAAS(
            "'recurrentPrice': {'recurrentPriceMode': 'flatRate', 'priceInputOption': 'usd',"
            " 'prices': [{'billingTerm': {'type': 'year', 'value': 3}, 'paymentOption': {'type': "
            "'year', 'value': 3}, 'pricePerPaymentInUsd': 999999999.99}, " PRICE(
                "1240.5") "]},"
                          "'customMeters': {'meters': {'zebra': {'name': 'Zebra', 'unit': 'herd', "
                          "'enabled': "
                          "false, 'pricePerPaymentInUsd': 0.02, 'includedQuantities': "
                          "[{'billingTerm': " YEAR
                          ", 'quantity': 5, 'isInfinite': false}, {'billingTerm': " MONTH
                          ", 'isInfinite': true}]}, 'ant': {'pricePerPaymentInUsd': 1}}}"));
    const struct plan *plan = &file->plan;

    ck_assert_str_eq(plan->description, "Two\nlines");
    ck_assert(!plan->is_public && !plan->published);
    ck_assert_int_eq(plan->trial_months, 1);
    ck_assert_str_eq(plan->markets, "CA DE US");
    ck_assert_uint_eq(plan->point_count, 4);
    ck_assert_str_eq(plan->points[0].id, "term-12");
    ck_assert_int_eq(plan->points[0].payment_months, 1);
    ck_assert_int_eq(plan->points[0].list.money.cents, 124050);
    ck_assert_str_eq(plan->points[1].id, "term-36");
    ck_assert_int_eq(plan->points[1].payment_months, 0);
    ck_assert_int_eq(plan->points[1].list.money.cents, 99999999999);
    ck_assert_uint_eq(file->prices_at[1], 1);
    ck_assert_uint_eq(file->prices_at[3], 0);
    /* meters stay in the order of the file */
    ck_assert_str_eq(plan->points[2].id, "meter-zebra");
    ck_assert_str_eq(plan->points[2].name, "Zebra");
    ck_assert_str_eq(plan->points[2].unit, "herd");
    ck_assert(plan->points[2].disabled);
    ck_assert_str_eq(plan->points[3].id, "meter-ant");
    ck_assert_str_eq(plan->points[3].name, "ant");
    ck_assert_str_eq(plan->points[3].unit, "");
    ck_assert(!plan->points[3].disabled);
    ck_assert_uint_eq(plan->included_count, 2);
    ck_assert_int_eq(plan->included[0].term_months, 1);
    ck_assert(plan->included[0].unlimited);
    ck_assert_int_eq(plan->included[1].term_months, 12);
    ck_assert_int_eq(plan->included[1].quantity, 5);
    ck_assert_uint_eq(file->included_at[0], 1);
    ck_assert_uint_eq(file->included_at[1], 0);
}
END_TEST

START_TEST(a_plan_per_user_limits_them)
{
    const struct plan *plan = &plan_of("SAAS", SAAS("'recurrentPrice': {'recurrentPriceMode': "
                                                    "'perUser', 'userLimits': {'min': 5, 'max': "
                                                    "500}, 'prices': [" PRICE("7") "]}"))
                                   ->plan;

    ck_assert_int_eq(plan->model, MODEL_PER_USER);
    ck_assert_int_eq(plan->min_users, 5);
    ck_assert_int_eq(plan->max_users, 500);
    ck_assert_str_eq(plan->points[0].id, "user-12");
    ck_assert_int_eq(plan->points[0].kind, POINT_USER);
}
END_TEST

START_TEST(a_machine_is_priced_by_the_hour)
{
    const struct plan *flat =
        &plan_of("AZURE_VM", "'vmHourly': {'flat': 0.4, 'softwareReservation': [{'type': 'year', "
                             "'value': 3, 'percentageSave': 50.25}]}")
             ->plan;
    const struct plan *core = &plan_of("AZURE_VM", "'vmHourly': {'perCore': 0.000001}")->plan;
    const struct plan *size =
        &plan_of("AZURE_VM", "'vmHourly': {'perSize': {'96Core': 9, '2Core': 0.2}}")->plan;
    const struct plan *market =
        &plan_of("AZURE_VM", "'vmHourly': {'perMarket': {'US': {'2Core': 0.2, '1Core': 0.1}, "
                             "'CA': {'1Core': 0.15}}}")
             ->plan;

    ck_assert_int_eq(flat->model, MODEL_VM_FLAT);
    ck_assert_str_eq(flat->points[0].id, "hour");
    ck_assert_int_eq(flat->points[0].list.hourly.micros, 400000);
    ck_assert(!flat->reservations[RESERVATION_1_YEAR].sold);
    ck_assert(flat->reservations[RESERVATION_3_YEARS].sold);
    ck_assert_int_eq(flat->reservations[RESERVATION_3_YEARS].saving.e8, 5025000000);
    ck_assert_int_eq(core->model, MODEL_VM_CORE);
    ck_assert_int_eq(core->points[0].list.hourly.micros, 1);
    ck_assert_int_eq(size->model, MODEL_VM_SIZE);
    ck_assert_str_eq(size->points[0].id, "hour-2");
    ck_assert_str_eq(size->points[1].id, "hour-96");
    ck_assert_int_eq(market->model, MODEL_VM_MARKET);
    ck_assert_uint_eq(market->point_count, 3);
    ck_assert_str_eq(market->points[0].id, "hour-1-CA");
    ck_assert_str_eq(market->points[0].market, "CA");
    ck_assert_str_eq(market->points[1].id, "hour-1");
    ck_assert_str_eq(market->points[2].id, "hour-2");
}
END_TEST

START_TEST(an_application_has_a_fee_and_meters)
{
    const struct plan *plan =
        &plan_of("AZURE_APP", "'monthlyFee': 0, " METERS("'gb': {'pricePerPaymentInUsd': 0.004}"))
             ->plan;

    ck_assert_int_eq(plan->model, MODEL_APP);
    ck_assert_uint_eq(plan->point_count, 2);
    ck_assert_str_eq(plan->points[0].id, "month");
    ck_assert_int_eq(plan->points[0].list.money.cents, 0);
    ck_assert_str_eq(plan->points[1].id, "meter-gb");
    /* below a cent is nothing (LAW 3.2) */
    ck_assert_int_eq(plan->points[1].list.money.cents, 0);
}
END_TEST

START_TEST(products_are_wrong_at_their_paths)
{
    ck_assert_str_eq(refused("{'products': [{}, {'id': 5, 'name': 'a\\u0007', 'type': 'HARDWARE', "
                             "'store': 'x', 'published': 1, 'plan': []}]}"),
                     "products[0].id: This is missing\n"
                     "products[0].name: This is missing\n"
                     "products[0].type: This is missing\n"
                     "products[1].plan: This is not known here; known are id, name, type, store, "
                     "published, transactable, commitmentEnrolled, coSellEligible and plans\n"
                     "products[1].id: Write a text, in quotes\n"
                     "products[1].name: Remove the control characters and line breaks\n"
                     "products[1].type: Write one of SAAS, AZURE_VM or AZURE_APP, in quotes\n"
                     "products[1].store: Write one of appsource or azure_marketplace, in quotes\n"
                     "products[1].published: Write true or false, without quotes");
    ck_assert_str_eq(refused("{'products': [{'id': 'p', 'name': 'P', 'type': 'SAAS'}, {'id': 'p', "
                             "'name': 'Q', 'type': 'SAAS', 'plans': {}}]}"),
                     "products[1].plans: Write a list, in [ and ]\n"
                     "products[1].id: Another product has this ID");
    ck_assert_str_eq(refused("{'products': [{'id': 'p', 'name': 'P', 'type': 'SAAS', 'plans': [3, "
                             "{'id': 'a', 'name': 'A'}, {'id': 'a', 'name': 'B'}]}]}"),
                     "products[0].plans[0]: Write an object, in { and }\n"
                     "products[0].plans[2].id: Another plan of this product has this ID");
}
END_TEST

START_TEST(plans_are_wrong_at_their_paths)
{
    ck_assert_str_eq(plan_refused("SAAS", "'visibility': 'secret', 'trial': 1.5, 'summary': 7, "
                                          "'markets': ['US', 'usa', 'US', 4]"),
                     "summary: Write a text, in quotes\n"
                     "visibility: Write one of private or public, in quotes\n"
                     "trial: Enter a whole number from 0 to 12\n"
                     "markets[1]: A market is a code of two capital letters, as in US\n"
                     "markets[2]: This market is here twice\n"
                     "markets[3]: Write a text, in quotes");
    ck_assert_str_eq(plan_refused("SAAS", "'vmHourly': {}, 'pricingModel': 'byol', 'monthlyFee': "
                                          "1, 'priceAndAvailability': {'pricing': {'x': 1}}"),
                     "vmHourly: Only a virtual machine plan has hourly prices\n"
                     "pricingModel: Leave this out: the model follows from the prices\n"
                     "monthlyFee: Only a plan of an Azure application has a monthly fee\n"
                     "priceAndAvailability.pricing.x: This is not known here; known are "
                     "recurrentPrice and customMeters");
    ck_assert_str_eq(plan_refused("AZURE_APP", FLAT("")),
                     "priceAndAvailability.pricing.recurrentPrice: Only a SaaS plan has billing "
                     "terms");
    ck_assert_str_eq(plan_refused("AZURE_VM", "'pricingModel': 'free', " METERS("")),
                     "priceAndAvailability.pricing.customMeters: A virtual machine plan has no "
                     "meters");
}
END_TEST

START_TEST(prices_are_wrong_at_their_paths)
{
    static const char enter[] =
        ": Enter a price as a number from 0.00 to 999999999.99, with at most two decimals";

    ck_assert_str_eq(plan_refused("SAAS", FLAT(PRICE("1.005"))),
                     arena_format(arena, AT_PRICES "[0].pricePerPaymentInUsd%s", enter));
    ck_assert_str_eq(plan_refused("SAAS", FLAT(PRICE("1000000000"))),
                     arena_format(arena, AT_PRICES "[0].pricePerPaymentInUsd%s", enter));
    ck_assert_str_eq(plan_refused("SAAS", FLAT(PRICE("-1"))),
                     arena_format(arena, AT_PRICES "[0].pricePerPaymentInUsd%s", enter));
    ck_assert_str_eq(plan_refused("SAAS", FLAT(PRICE("'1.00'"))),
                     arena_format(arena, AT_PRICES "[0].pricePerPaymentInUsd%s", enter));
    ck_assert_str_eq(plan_refused("SAAS", FLAT(PRICE("null"))),
                     arena_format(arena, AT_PRICES "[0].pricePerPaymentInUsd%s", enter));
    ck_assert_str_eq(plan_refused("SAAS", FLAT(PRICE("1") ", " PRICE("2"))),
                     AT_PRICES "[1].billingTerm: A plan has one payment option for each billing "
                               "term; this one is here twice");
    ck_assert_str_eq(
        plan_refused("SAAS", FLAT("{}, 5, {'billingTerm': {'type': 'day', 'value': 0}, "
                                  "'paymentOption': 1, 'pricePerPaymentInUsd': 1}, "
                                  "{'billingTerm': " YEAR ", 'paymentOption': {'type': 'month', "
                                  "'value': 6}, 'pricePerPaymentInUsd': 1}, {'billingTerm': "
                                  "{'type': 'month', 'value': 7}, 'paymentOption': " MONTH
                                  ", 'pricePerPaymentInUsd': 1}")),
        AT_PRICES "[0].billingTerm: This is missing\n" AT_PRICES
                  "[0].paymentOption: This is missing\n" AT_PRICES
                  "[0].pricePerPaymentInUsd: This is missing\n" AT_PRICES
                  "[1]: Write an object, in { and }\n" AT_PRICES
                  "[2].billingTerm.type: Write one of month or year, in quotes\n" AT_PRICES
                  "[2].billingTerm.value: Enter a whole number from 1 to 36\n" AT_PRICES
                  "[2].paymentOption: Write an object, in { and }\n" AT_PRICES
                  "[3].paymentOption: This billing term can't be paid so; it is paid at once, "
                  "monthly, or yearly from two years on\n" AT_PRICES
                  "[4].billingTerm: A billing term is 1 month, 1 year, 2 years or 3 years");
    ck_assert_str_eq(plan_refused("SAAS", SAAS("'recurrentPrice': {'priceInputOption': 'eur', "
                                               "'userLimits': {}, 'prices': 1}")),
                     "priceAndAvailability.pricing.recurrentPrice.recurrentPriceMode: This is "
                     "missing\n"
                     "priceAndAvailability.pricing.recurrentPrice.priceInputOption: Write usd, in "
                     "quotes\n"
                     "priceAndAvailability.pricing.recurrentPrice.userLimits: Only a price per "
                     "user has limits\n" AT_PRICES ": Write a list, in [ and ]");
    ck_assert_str_eq(plan_refused("AZURE_APP", "'monthlyFee': 'x'"),
                     arena_format(arena, "monthlyFee%s", enter));
}
END_TEST

START_TEST(meters_are_wrong_at_their_paths)
{
    ck_assert_str_eq(
        plan_refused("SAAS", METERS("'Bad id': {}, 'a': 1, 'b': {'enabled': 'yes'}, 'c': "
                                    "{'pricePerPaymentInUsd': 0.015, 'includedQuantities': 1}")),
        AT_METERS ".Bad id: A meter's ID has up to 50 lowercase letters, digits, dashes and "
                  "underscores\n" AT_METERS ".a: Write an object, in { and }\n" AT_METERS
                  ".b.enabled: Write true or false, without quotes\n" AT_METERS
                  ".b.pricePerPaymentInUsd: This is missing\n" AT_METERS
                  ".c.pricePerPaymentInUsd: Enter a price as a number from 0.00 to 999999999.99, "
                  "with at most two decimals");
    ck_assert_str_eq(
        plan_refused("SAAS",
                     METERS("'m': {'pricePerPaymentInUsd': 1, 'includedQuantities': "
                            "[{'billingTerm': " YEAR "}, {'billingTerm': " YEAR
                            ", 'quantity': -1}, {'billingTerm': " YEAR
                            ", 'quantity': 1, 'isInfinite': true}, {'billingTerm': " MONTH
                            ", 'quantity': 0}, {'billingTerm': " MONTH ", 'quantity': 1000000000}"
                            ", {'billingTerm': " MONTH ", 'quantity': 2}]}")),
        AT_METERS ".m.includedQuantities[0].quantity: This is missing\n" AT_METERS
                  ".m.includedQuantities[1].quantity: Enter a whole number from 0 to "
                  "999999999\n" AT_METERS
                  ".m.includedQuantities[2].quantity: Leave this out, or write 0: it is "
                  "unlimited\n" AT_METERS
                  ".m.includedQuantities[4].quantity: Enter a whole number from 0 to "
                  "999999999\n" AT_METERS
                  ".m.includedQuantities[5].billingTerm: This billing term is here twice");
}
END_TEST

START_TEST(hours_are_wrong_at_their_paths)
{
    static const char enter[] =
        ": Enter an hourly price as a number from 0 to 999999999, with at most six decimals";

    ck_assert_str_eq(plan_refused("AZURE_VM", "'published': true"),
                     "pricingModel: Say which: free, byol, or hourly prices in vmHourly");
    ck_assert_str_eq(plan_refused("AZURE_VM", "'vmHourly': {'flat': 0.0000001}"),
                     arena_format(arena, "vmHourly.flat%s", enter));
    ck_assert_str_eq(plan_refused("AZURE_VM", "'vmHourly': {'flat': 1, 'perCore': 1}"),
                     "vmHourly.perCore: A plan has one pricing model; this is another");
    ck_assert_str_eq(plan_refused("AZURE_VM", "'pricingModel': 'byol', 'vmHourly': {'flat': 1}"),
                     "vmHourly.flat: A plan has one pricing model; this is another");
    ck_assert_str_eq(plan_refused("AZURE_VM", "'pricingModel': 'vm_flat', 'vmHourly': {'flat': 1}"),
                     "pricingModel: Write one of free, byol, flat, perCore, perSize or perMarket, "
                     "in quotes");
    ck_assert_str_eq(plan_refused("AZURE_VM", "'vmHourly': {'perSize': {'3Core': 1, '1Core': ''}}"),
                     arena_format(arena,
                                  "vmHourly.perSize.3Core: Sizes are 1Core, 2Core, 4Core, 8Core, "
                                  "16Core, 24Core, 32Core, 48Core, 64Core and 96Core\n"
                                  "vmHourly.perSize.1Core%s",
                                  enter));
    ck_assert_str_eq(plan_refused("AZURE_VM", "'vmHourly': {'perMarket': {'Us': {}, 'CA': 1}}"),
                     "vmHourly.perMarket.Us: A market is a code of two capital letters, as in US\n"
                     "vmHourly.perMarket.CA: Write an object, in { and }");
    ck_assert_str_eq(
        plan_refused("AZURE_VM",
                     "'vmHourly': {'flat': 1, 'softwareReservation': [{}, {'type': 'year', "
                     "'value': 2, 'percentageSave': 1}, {'type': 'year', 'value': 1, "
                     "'percentageSave': 100.01}, {'type': 'year', 'value': 1, 'percentageSave': "
                     "1}, {'type': 'year', 'value': 1, 'percentageSave': 2}]}"),
        "vmHourly.softwareReservation[0].type: This is missing\n"
        "vmHourly.softwareReservation[0].value: This is missing\n"
        "vmHourly.softwareReservation[1].value: A reservation lasts 1 year or 3 years\n"
        "vmHourly.softwareReservation[2].percentageSave: Enter a percentage as a number from 0 to "
        "100, with at most two decimals\n"
        "vmHourly.softwareReservation[4].value: This duration is here twice");
}
END_TEST

/* count elements of the printed text, from 0. */
static const char *
many(const char *format, int count)
{
    size_t size = (size_t)count * (strlen(format) + 16) + 16;
    char *text = arena_alloc(arena, size);
    size_t at = 0;

    for (int i = 0; i < count; i++) {
        if (i > 0)
            text[at++] = ',';
        for (const char *from = format; *from != '\0'; from++) {
            if (*from == '#')
                at += (size_t)snprintf(text + at, 16, "%d", i);
            else
                text[at++] = *from;
        }
    }
    return text;
}

static const char *
with_plans(int count)
{
    return arena_format(arena,
                        "{'products': [{'id': 'p', 'name': 'P', 'type': 'SAAS', 'plans': "
                        "[%s]}]}",
                        many("{'id': 'a#', 'name': 'A#'}", count));
}

START_TEST(a_product_has_a_hundred_plans)
{
    ck_assert_uint_eq(file_of(with_plans(LIMIT_PLANS))->products[0].plan_count, LIMIT_PLANS);
    ck_assert_str_eq(refused(with_plans(LIMIT_PLANS + 1)),
                     "products[0].plans: A product has at most 100 plans");
}
END_TEST

START_TEST(a_plan_has_thirty_meters)
{
    static const char meter[] = "'m#': {'pricePerPaymentInUsd': 1}";

    ck_assert_uint_eq(plan_of("SAAS", arena_format(arena, METERS("%s"), many(meter, LIMIT_METERS)))
                          ->plan.point_count,
                      LIMIT_METERS);
    ck_assert_str_eq(
        plan_refused("SAAS", arena_format(arena, METERS("%s"), many(meter, LIMIT_METERS + 1))),
        AT_METERS ": A plan has at most 30 meters");
}
END_TEST

START_TEST(problems_beyond_the_list_are_counted)
{
    struct problems *problems = problems_new(arena);
    const struct catalogue_file *file = NULL;
    const char *bytes =
        quoted(arena_format(arena, "{'products': [%s]}", many("{'id': 'p#', 'name': 'P'}", 250)));

    ck_assert_int_eq(catalogue_file_read(arena, bytes, strlen(bytes), problems, &file),
                     ERR_INVALID);
    ck_assert_uint_eq(problems->count, LIMIT_PROBLEMS);
    ck_assert_uint_eq(problems->dropped, 250 - LIMIT_PROBLEMS);
    ck_assert_str_eq(problems->list[LIMIT_PROBLEMS - 1].at, "products[199].type");
}
END_TEST

Suite *
catalogue_read_suite(void)
{
    Suite *suite = suite_create("catalogue_read");
    TCase *tests = tcase_create("all");

    tcase_add_checked_fixture(tests, setup, teardown);
    tcase_add_test(tests, what_is_left_out_has_its_preset);
    tcase_add_test(tests, a_flat_rate_plan_has_terms_and_meters);
    tcase_add_test(tests, a_plan_per_user_limits_them);
    tcase_add_test(tests, a_machine_is_priced_by_the_hour);
    tcase_add_test(tests, an_application_has_a_fee_and_meters);
    tcase_add_test(tests, products_are_wrong_at_their_paths);
    tcase_add_test(tests, plans_are_wrong_at_their_paths);
    tcase_add_test(tests, prices_are_wrong_at_their_paths);
    tcase_add_test(tests, meters_are_wrong_at_their_paths);
    tcase_add_test(tests, hours_are_wrong_at_their_paths);
    tcase_add_test(tests, a_product_has_a_hundred_plans);
    tcase_add_test(tests, a_plan_has_thirty_meters);
    tcase_add_test(tests, problems_beyond_the_list_are_counted);
    suite_add_tcase(suite, tests);
    return suite;
}

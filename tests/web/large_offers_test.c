/*
 * large_offers_test.c: the largest offers there can be, ten whole products of a hundred plans, on
 * the ways that read them most often: none takes more memory than a request has, which would end
 * the process.
 */
#include <check.h>
#include <string.h>

#include "base/text.h"
#include "store/catalogue.h"
#include "support/web_market.h"

Suite *large_offers_suite(void);

#define TERMS 4

static struct web_market market;
static const char *id;

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

/* Text of that many characters of three bytes each, but for the beginning. */
static const char *
long_text(const char *beginning, size_t characters)
{
    static const char one[] = "\xe5\x80\xbc";
    size_t begun = strlen(beginning);
    char *text = arena_alloc(market.arena, 3 * characters + 1);
    size_t at = begun;

    memcpy(text, beginning, begun);
    for (; begun < characters; begun++, at += 3)
        memcpy(text + at, one, 3);
    return text;
}

/* Every term and every meter. */
static size_t
points_of_saas(struct price_point *points)
{
    static const int terms[TERMS] = {1, 12, 24, 36};
    struct arena *arena = market.arena;
    size_t count = 0;

    for (size_t i = 0; i < TERMS; i++)
        points[count++] = (struct price_point){
            .id = point_id(arena, POINT_TERM, terms[i], 0, MARKET_US, NULL),
            .kind = POINT_TERM,
            .term_months = terms[i],
            .name = "",
            .unit = "",
            .market = MARKET_US,
            .list = amount_of(POINT_TERM, 100),
        };
    for (int i = 0; i < LIMIT_METERS; i++) {
        const char *name = arena_format(arena, "m%d", i);

        points[count++] = (struct price_point){
            .id = point_id(arena, POINT_METER, 0, 0, MARKET_US, name),
            .kind = POINT_METER,
            .name = long_text(name, LIMIT_PLAN_NAME),
            .unit = long_text("", LIMIT_METER_UNIT),
            .market = MARKET_US,
            .list = amount_of(POINT_METER, 100),
        };
    }
    return count;
}

static size_t
points_per_market(struct price_point *points)
{
    points[0] = (struct price_point){
        .id = point_id(market.arena, POINT_HOUR, 0, 1, MARKET_US, NULL),
        .kind = POINT_HOUR,
        .vcpu = 1,
        .name = "",
        .unit = "",
        .market = MARKET_US,
        .list = amount_of(POINT_HOUR, 1000000),
    };
    return 1;
}

/* Ten products, and a draft with all plans of each. */
static void
offer_begin(enum product_type type, enum pricing_model model)
{
    struct price_point points[TERMS + LIMIT_METERS];
    struct web_form form = web_form_new(&market);
    struct arena *arena = market.arena;
    size_t count = type == PRODUCT_SAAS ? points_of_saas(points) : points_per_market(points);
    const char *description = long_text("", LIMIT_PLAN_DESCRIPTION);
    struct db *db = temp_write(&market.deal.temp);

    for (int i = 0; i < LIMIT_ROWS; i++) {
        const char *name = arena_format(arena, "large%d", i);
        const struct product product = {
            name, DEAL_ISV, long_text(name, LIMIT_PLAN_NAME), type, true, true, true, true, true};

        ck_assert_int_eq(product_insert(db, arena, &product), OK);
        for (int k = 0; k < LIMIT_PLANS; k++) {
            const char *plan_name = arena_format(arena, "plan%d", k);
            const struct plan plan = {.product = name,
                                      .id = plan_name,
                                      .name = long_text(plan_name, LIMIT_PLAN_NAME),
                                      .description = description,
                                      .summary = "",
                                      .markets = MARKET_US,
                                      .is_public = true,
                                      .published = true,
                                      .model = model,
                                      .min_users = 1,
                                      .points = points,
                                      .point_count = count};

            ck_assert_int_eq(plan_insert(db, arena, &plan), OK);
        }
        web_form_add(&form, arena_format(arena, "plan-%d", i + 1),
                     arena_format(arena, "large%d/", i));
    }
    temp_keep(&market.deal.temp, db);
    id = web_offer(&market, STATE_DRAFT);
    for (int row = 1; row <= 3; row++)
        (void)web_post(&market, WEB_ISV, web_path(&market, "/isv/offers/%s/setup", id), "rev",
                       web_rev(&market, WEB_ISV, id), "do", arena_format(arena, "remove-%d", row),
                       NULL);
    web_form_add(&form, "csrf", web_csrf(&market, WEB_ISV));
    web_form_add(&form, "rev", web_rev(&market, WEB_ISV, id));
    ck_assert_int_eq(
        web_post_form(&market, WEB_ISV, web_path(&market, "/isv/offers/%s/products/add", id), &form)
            .status,
        303);
}

static int
got(const char *end)
{
    return web_get(&market, WEB_ISV, arena_format(market.arena, "/isv/offers/%s%s", id, end))
        .status;
}

static int
saved(const char *rev, const char *button, const char *name)
{
    return web_post(&market, WEB_ISV, web_path(&market, "/isv/offers/%s/setup", id), "rev", rev,
                    "do", button, "name", name, NULL)
        .status;
}

/* The pages with the most prices on them are those of whoever reads the customer's beside the
 * list's.
 */
static void
offered_and_read(void)
{
    struct offer offer = deal_view(&market.deal, PARTY_ISV, DEAL_ISV, id);
    struct web_form form = web_form_new(&market);

    web_form_add(&form, "csrf", web_csrf(&market, WEB_ISV));
    web_form_add(&form, "rev", web_rev(&market, WEB_ISV, id));
    web_form_add(&form, "do", "save");
    for (size_t i = 0; i < offer.row_count; i++)
        web_form_add(&form, field_row_name(market.arena, FIELD_DISCOUNT, offer.rows[i].number),
                     "10");
    ck_assert_int_eq(
        web_post_form(&market, WEB_ISV, web_path(&market, "/isv/offers/%s/setup", id), &form)
            .status,
        303);
    ck_assert_int_eq(web_post(&market, WEB_ISV, web_path(&market, "/isv/offers/%s/submit", id),
                              "rev", web_rev(&market, WEB_ISV, id), NULL)
                         .status,
                     303);
    web_publish(&market);
    ck_assert_int_eq(
        web_get(&market, WEB_PARTNER, web_path(&market, "/partner/offers/%s/setup", id)).status,
        200);
}

START_TEST(ten_whole_products)
{
    const char *since;

    offer_begin(PRODUCT_SAAS, MODEL_FLAT_RATE);
    since = web_rev(&market, WEB_ISV, id);
    ck_assert_int_eq(got("/setup"), 200);
    ck_assert_int_eq(got(""), 200);
    ck_assert_int_eq(got("/review"), 200);
    ck_assert_int_eq(got("/preview/partner"), 200);
    ck_assert_int_eq(saved(since, "continue", "Large"), 422);
    ck_assert_int_eq(saved(since, "save", "Other"), 409);
    ck_assert_int_eq(saved(web_rev(&market, WEB_ISV, id), "save", "!"), 422);
    offered_and_read();
}
END_TEST

START_TEST(prices_of_a_thousand_plans)
{
    offer_begin(PRODUCT_VM, MODEL_VM_MARKET);
    ck_assert_int_eq(got("/prices.csv"), 200);
}
END_TEST

Suite *
large_offers_suite(void)
{
    Suite *suite = suite_create("web/large_offers");
    TCase *tests = tcase_create("all");

    tcase_set_timeout(tests, 60);
    tcase_add_checked_fixture(tests, setup, teardown);
    tcase_add_test(tests, ten_whole_products);
    tcase_add_test(tests, prices_of_a_thousand_plans);
    suite_add_tcase(suite, tests);
    return suite;
}

/*
 * conflict_rows_test.c: forms of rows that have none, sent over what somebody else saved: nothing
 * is compared, and nothing ends. Not here: the choices themselves (conflict_test).
 */
#include <check.h>

#include "support/rows_market.h"
#include "support/web_market.h"

Suite *conflict_rows_suite(void);

static struct web_market market;
static const char *id;

static void
setup(void)
{
    web_market_open(&market, NULL);
    rows_market_add(&market.deal);
    id = web_offer(&market, STATE_DRAFT);
}

static void
teardown(void)
{
    web_market_close(&market);
}

static const char *
rev(void)
{
    return web_rev(&market, WEB_ISV, id);
}

/* The number of the row that the plan, or with "" the whole product, becomes. */
static int
added(const char *choice)
{
    const char *path = web_path(&market, "/isv/offers/%s/products/add", id);
    struct offer offer;

    ck_assert_int_eq(web_post(&market, WEB_ISV, path, "rev", rev(), "plan-1", choice, NULL).status,
                     303);
    offer = deal_view(&market.deal, PARTY_ISV, DEAL_ISV, id);
    return offer.rows[offer.row_count - 1].number;
}

static int
priced(int row, const char *since)
{
    const char *path = arena_format(market.arena, "/isv/offers/%s/products/%d/price", id, row);

    return web_post(&market, WEB_ISV, path, "rev", since, "do", "save",
                    arena_format(market.arena, "price-%d-hour", row), "1.00", NULL)
        .status;
}

START_TEST(rows_that_take_a_discount_alone)
{
    const char *since = rev();
    int machine = added("plain/one");
    int machines = added("cores/");

    ck_assert_int_eq(priced(machine, rev()), 404);
    ck_assert_int_eq(priced(machine, since), 404);
    ck_assert_int_eq(priced(machines, rev()), 404);
    ck_assert_int_eq(priced(machines, since), 404);
}
END_TEST

Suite *
conflict_rows_suite(void)
{
    Suite *suite = suite_create("web/conflict_rows");
    TCase *tests = tcase_create("all");

    tcase_add_checked_fixture(tests, setup, teardown);
    tcase_add_test(tests, rows_that_take_a_discount_alone);
    suite_add_tcase(suite, tests);
    return suite;
}

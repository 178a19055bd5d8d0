/*
 * route_test.c: patterns against paths (web/route).
 */
#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "base/limits.h"
#include "web/route.h"

#define GUID "7c92bb3e-51d0-4c6e-93d5-0a1f6e2c77b4"
#define TOKEN "AZaz09-_AZaz09-_AZaz09-_AZaz09-_AZaz09-_abc"

Suite *route_suite(void);

static struct arena *arena;

static void
open_arena(void)
{
    arena = arena_open(LIMIT_ARENA_BYTES);
}

static void
close_arena(void)
{
    arena_close(arena);
}

static const struct {
    const char *pattern;
    const char *path;
    bool matches;
} cases[] = {
    {"/", "/", true},
    {"/", "/isv", false},
    {"/", "//", false},
    {"/isv", "/", false},
    {"/isv/offers", "/isv/offers", true},
    {"/isv/offers", "/isv/offers/", false},
    {"/isv/offers", "/isv/offer", false},
    {"/isv/offers", "/isv/offersx", false},
    {"/isv/offers", "/isv//offers", false},
    {"/isv/offers", "/ISV/offers", false},
    {"/isv/offers/:offer", "/isv/offers/" GUID, true},
    {"/isv/offers/:offer", "/isv/offers/", false},
    {"/isv/offers/:offer", "/isv/offers/new", false},
    {"/isv/offers/:offer", "/isv/offers/" GUID "0", false},
    {"/isv/offers/:offer", "/isv/offers/" GUID "/setup", false},
    {"/isv/offers/:offer", "/isv/offers/7C92bb3e-51d0-4c6e-93d5-0a1f6e2c77b4", false},
    {"/isv/offers/:offer", "/isv/offers/7c92bb3g-51d0-4c6e-93d5-0a1f6e2c77b4", false},
    {"/isv/offers/:offer", "/isv/offers/7c92bb3e051d0-4c6e-93d5-0a1f6e2c77b4", false},
    {"/isv/offers/:offer", "/isv/offers/7c92bb3e-51d0-4c6e-93d5-0a1f6e2c77-4", false},
    {"/isv/offers/:offer/setup", "/isv/offers/" GUID "/setup", true},
    {"/isv/offers/:offer/setup", "/isv/offers/" GUID "/review", false},
    {"/accept/:token", "/accept/" TOKEN, true},
    {"/accept/:token", "/accept/" TOKEN "x", false},
    {"/accept/:token", "/accept/AZaz", false},
    {"/accept/:token", "/accept/AZaz09-_AZaz09-_AZaz09-_AZaz09-_AZaz09-_ab.", false},
    {"/p/:offer/:row", "/p/" GUID "/0", true},
    {"/p/:offer/:row", "/p/" GUID "/09", true},
    {"/p/:offer/:row", "/p/" GUID "/1234567", false},
    {"/p/:offer/:row", "/p/" GUID "/-1", false},
    {"/p/:offer/:row", "/p/" GUID "/1a", false},
    {"/p/:offer/:row", "/p/" GUID "/", false},
    {"/operator/accounts/:account", "/operator/accounts/" GUID, true},
    {"/operator/billing/:billing", "/operator/billing/" GUID ":" GUID "_2019-05-31", true},
    {"/operator/billing/:billing", "/operator/billing/7123456", true},
    {"/operator/billing/:billing", "/operator/billing/7C92BB3E", true},
    {"/operator/billing/:billing", "/operator/billing/", false},
    {"/operator/billing/:billing", "/operator/billing/" GUID ":" GUID "_2019-05-31/x", false},
    {"/operator/billing/:billing", "/operator/billing/7123456%", false},
    {"/operator/billing/:billing", "/operator/billing/" GUID GUID GUID, false},
    {"/s/:subscription", "/s/" GUID, true},
    {"/s/:subscription", "/s/7123456", false},
    {"/operator/accounts/:account", "/operator/accounts/90417001", true},
    {"/operator/accounts/:account", "/operator/accounts/", false},
    {"/operator/accounts/:account", "/operator/accounts/a.b", false},
    {"/operator/accounts/:account", "/operator/accounts/\xC3\xBC", false},
};

START_TEST(matches_whole_segments)
{
    struct route_params params = {.count = 77};

    ck_assert_msg(route_match(cases[_i].pattern, cases[_i].path, arena, &params) ==
                      cases[_i].matches,
                  "%s against %s", cases[_i].path, cases[_i].pattern);
    if (!cases[_i].matches)
        ck_assert_uint_eq(params.count, 77);
}
END_TEST

START_TEST(gives_the_parameters)
{
    struct route_params params;
    char path[] = "/isv/offers/" GUID "/products/7/price";

    ck_assert(route_match("/isv/offers/:offer/products/:row/price", path, arena, &params));
    memset(path, 'x', sizeof path - 1); /* kept, not borrowed */
    ck_assert_uint_eq(params.count, 2);
    ck_assert_str_eq(route_param(&params, "offer"), GUID);
    ck_assert_str_eq(route_param(&params, "row"), "7");
}
END_TEST

Suite *
route_suite(void)
{
    Suite *suite = suite_create("web/route");
    TCase *tests = tcase_create("route");

    tcase_add_checked_fixture(tests, open_arena, close_arena);
    tcase_add_loop_test(tests, matches_whole_segments, 0, (int)COUNT(cases));
    tcase_add_test(tests, gives_the_parameters);
    suite_add_tcase(suite, tests);
    return suite;
}

/*
 * copy_pages_test.c: cloning and upgrading by their pages, one offer and several at once; what a
 * draft says of where it came from; what the setup form of an upgrade leaves out (LAW 6.4).
 */
#include <check.h>
#include <string.h>

#include "base/text.h"
#include "support/page.h"
#include "support/web_posts.h"

Suite *copy_pages_suite(void);

static struct web_market market;

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

static bool
has(const struct web_answer *answer, const char *text)
{
    return strstr(answer->body, text) != NULL;
}

static bool
reads(const struct web_answer *answer, const char *text)
{
    return strstr(page_text(market.arena, answer->body), text) != NULL;
}

static struct web_answer
get(const char *offer, const char *rest)
{
    return web_get(&market, WEB_ISV, web_path(&market, "/isv/offers/%s%s", offer, rest));
}

/* Posts the page's form with that name; answers the answer. */
static struct web_answer
copy(const char *offer, const char *rest, const char *name)
{
    return web_post(&market, WEB_ISV, web_path(&market, "/isv/offers/%s%s", offer, rest), "rev",
                    web_rev(&market, WEB_ISV, offer), "name", name, NULL);
}

/* The id in /isv/offers/<id>/setup?done=... */
static const char *
made(const struct web_answer *answer)
{
    ck_assert_int_eq(answer->status, 303);
    ck_assert(text_starts(answer->location, "/isv/offers/"));
    return arena_copy(market.arena, answer->location + strlen("/isv/offers/"), 36);
}

START_TEST(a_clone_is_made_from_the_offers_page)
{
    const char *offer = web_offer(&market, STATE_PENDING_ACCEPTANCE);
    struct web_answer page = get(offer, "");

    ck_assert(has(&page, web_path(&market, "href=\"/isv/offers/%s/clone\"", offer)));
    ck_assert(!has(&page, "/upgrade\""));
    page = get(offer, "/clone");
    ck_assert_int_eq(page.status, 200);
    ck_assert(reads(&page, "New private offer name"));
    ck_assert_str_eq(page_field(market.arena, page.body, "name"), "Northwind FY24 (copy)");
    page = copy(offer, "/clone", "100%");
    ck_assert_int_eq(page.status, 422);
    ck_assert(text_starts(page_title(market.arena, page.body), "Error: "));
    ck_assert_str_eq(page_field(market.arena, page.body, "name"), "100%");
    ck_assert(has(&page, "href=\"#name\""));
    page = copy(offer, "/clone", "Northwind FY25");
    ck_assert_ptr_nonnull(strstr(page.location, "/setup?done=cloned"));
    page = web_get(&market, WEB_ISV, page.location);
    ck_assert(reads(&page, "Offer cloned."));
    ck_assert_str_eq(page_field(market.arena, page.body, "name"), "Northwind FY25");
    ck_assert_str_eq(page_field(market.arena, page.body, "discount-1"), "20");
    ck_assert(has(&page, ">Remove partner"));
}
END_TEST

/* The longest name there is: the suggestion is one too. */
START_TEST(a_suggested_name_is_never_too_long)
{
    const char *name = "";
    struct web_answer page;
    const char *offer;

    for (int i = 0; i < LIMIT_OFFER_NAME; i++)
        name = arena_format(market.arena, "%s\xc3\xa9", name);
    page = web_post(&market, WEB_ISV, "/isv/offers/new", "name", name, WEB_OPTION_A, NULL);
    offer = made(&page);
    page = get(offer, "/clone");
    page = copy(offer, "/clone", page_field(market.arena, page.body, "name"));
    ck_assert_int_eq(page.status, 303);
}
END_TEST

START_TEST(a_draft_shows_what_changed_since_it_was_cloned)
{
    const char *offer = web_offer(&market, STATE_ACCEPTED);
    struct web_answer page = copy(offer, "/clone", "Northwind FY25");
    const char *clone = made(&page);
    const char *path = web_path(&market, "/isv/offers/%s/setup", clone);

    page = get(clone, "");
    ck_assert(reads(&page, "Cloned from “Northwind FY24”"));
    ck_assert(has(&page, web_path(&market, "href=\"/isv/offers/%s\">Open that offer", offer)));
    ck_assert(reads(&page, "Private offer nameNorthwind FY24Northwind FY25"));
    ck_assert_uint_eq(page_count(page.body, ">deal 42<"), 1); /* as a fact: it is no change */
    for (int i = 0; i < 2; i++) { /* twice: what it was first stands beside what it is last */
        static const char *const notes[] = {"deal 43", "deal 44"};

        page = web_post(&market, WEB_ISV, path, "rev", web_rev(&market, WEB_ISV, clone), "do",
                        "save", "sales_note", notes[i], "discount-1", i == 0 ? "25" : "20",
                        "start_mode", "month", "start_month", "2024-03", NULL);
        ck_assert_int_eq(page.status, 303);
    }
    page = get(clone, "");
    ck_assert(reads(&page, "Sales notedeal 42deal 44"));
    ck_assert(!reads(&page, "deal 43"));
    ck_assert(reads(&page, "Customer start dateAccepted dateSpecific month"));
    ck_assert(!reads(&page, "Discount % for")); /* back at 20 */
    page = web_post(&market, WEB_ISV, path, "rev", web_rev(&market, WEB_ISV, clone), "do",
                    "remove-1", NULL);
    ck_assert_int_eq(page.status, 303);
    page = get(clone, "");
    ck_assert(reads(&page, "Product and planSuite, Pro–"));
    /* nothing of the partner's: it priced the offer at 12.5 and 30 */
    ck_assert(!has(&page, "12.5"));
    ck_assert(!reads(&page, "Customer adjustment"));
    page = get(offer, "");
    ck_assert(!reads(&page, "Cloned from"));
}
END_TEST

/* What it was made from is told after it is gone, and no longer linked. */
START_TEST(an_offer_that_is_gone_is_not_linked)
{
    const char *offer = web_offer(&market, STATE_DRAFT);
    struct web_answer page = copy(offer, "/clone", "Clone");
    const char *clone = made(&page);

    page = get(clone, "");
    ck_assert(has(&page, "Open that offer"));
    ck_assert_int_eq(web_post(&market, WEB_ISV, web_path(&market, "/isv/offers/%s/delete", offer),
                              "rev", web_rev(&market, WEB_ISV, offer), NULL)
                         .status,
                     303);
    page = get(clone, "");
    ck_assert_int_eq(page.status, 200);
    ck_assert(reads(&page, "Cloned from “Northwind FY24”"));
    ck_assert(!has(&page, "Open that offer"));
}
END_TEST

START_TEST(an_upgrade_leaves_out_what_stays)
{
    const char *offer = web_offer(&market, STATE_ACCEPTED);
    struct web_answer page = get(offer, "");
    const char *upgrade;

    ck_assert(has(&page, web_path(&market, "href=\"/isv/offers/%s/upgrade\"", offer)));
    page = get(offer, "/upgrade");
    ck_assert(reads(&page, "This offer ends31 Dec 2023 UTC"));
    page = copy(offer, "/upgrade", "Northwind FY25");
    upgrade = made(&page);
    page = web_get(&market, WEB_ISV, page.location);
    ck_assert(reads(&page, "Upgrade drafted."));
    ck_assert(reads(&page, "An upgrade keeps the customer of the accepted offer." DEAL_ACCOUNT));
    ck_assert_ptr_null(page_field(market.arena, page.body, "billing_account"));
    ck_assert(!has(&page, "value=\"check\""));
    ck_assert(!has(&page, "value=\"remove-"));
    ck_assert(!has(&page, "value=\"add-offer\""));
    ck_assert_str_eq(page_field(market.arena, page.body, "discount-1"), "20");
    page = get(upgrade, "");
    ck_assert(reads(&page, "Upgrade of “Northwind FY24”"));
    for (int i = 0; i < 2; i++) {
        page = get(upgrade, i == 0 ? "/products/add" : "/partner");
        ck_assert_int_eq(page.status, 409);
        ck_assert(reads(&page, "“Northwind FY25” upgrades an accepted offer, so its customer, "
                               "selling partner and products stay."));
    }
    page = web_post(&market, WEB_ISV, web_path(&market, "/isv/offers/%s/setup", upgrade), "rev",
                    web_rev(&market, WEB_ISV, upgrade), "do", "remove-1", NULL);
    ck_assert_int_eq(page.status, 422);
    ck_assert(reads(&page, "An upgrade has the products of the accepted offer."));
    page = web_post(&market, WEB_ISV, web_path(&market, "/isv/offers/%s/setup", upgrade), "rev",
                    web_rev(&market, WEB_ISV, upgrade), "do", "continue", NULL);
    ck_assert_int_eq(page.status, 422);
    ck_assert(has(&page, "<a href=\"#start_mode\">“Northwind FY24” holds through 31 Dec 2023"));
}
END_TEST

/* LAW 6.1 row 19: only what is accepted and has not ended. */
START_TEST(what_cannot_be_upgraded_says_so)
{
    static const enum offer_state states[] = {STATE_DRAFT, STATE_PENDING_PARTNER, STATE_ENDED};
    const char *offer = web_offer(&market, states[_i]);
    struct web_answer page = get(offer, "/upgrade");

    ck_assert_int_eq(page.status, 409);
    ck_assert(reads(&page, "Only an accepted offer can be upgraded, before it ends."));
    ck_assert_int_eq(copy(offer, "/upgrade", "Upgrade").status, 409);
    ck_assert_int_eq(get(offer, "/clone").status, 200);
}
END_TEST

START_TEST(a_handed_over_account_is_not_put_into_an_upgrade)
{
    const char *offer = web_offer(&market, STATE_ACCEPTED);
    struct web_answer page = copy(offer, "/upgrade", "Upgrade");
    const char *upgrade = made(&page);

    page =
        web_post(&market, WEB_ISV, "/handover/" WEB_HANDOVER, "do", "old", "offer", upgrade, NULL);
    ck_assert_int_eq(page.status, 422);
    ck_assert(reads(&page, "This draft upgrades an accepted offer, whose customer stays."));
}
END_TEST

/* ---- Several at once ------------------------------------------------------------------------- */

START_TEST(several_are_cloned_each_under_its_own_name)
{
    const char *accepted = web_offer(&market, STATE_ACCEPTED);
    struct web_answer page =
        web_post(&market, WEB_ISV, "/isv/offers/new", "name", "Second", WEB_OPTION_A, NULL);
    const char *second = made(&page);
    struct web_form form = web_form_new(&market);
    const char *name = web_path(&market, "name-%s", second);

    page = web_get(
        &market, WEB_ISV,
        web_path(&market, "/isv/offers/bulk/confirm?do=clone&id-1=%s&id-2=%s", accepted, second));
    ck_assert_int_eq(page.status, 200);
    ck_assert(reads(&page, "New private offer name for “Northwind FY24”"));
    ck_assert(page_form(market.arena, page.body, "/isv/offers/bulk/confirm", &form.form));
    ck_assert_str_eq(form_text(&form.form, name), "Second (copy)");
    web_form_set(&form, name, "");
    page = web_post_form(&market, WEB_ISV, "/isv/offers/bulk/confirm", &form);
    ck_assert_int_eq(page.status, 422);
    ck_assert(has(&page, web_path(&market, "<a href=\"#%s\">Enter a name", name)));
    ck_assert_uint_eq(
        page_count(web_get(&market, WEB_ISV, "/isv/offers").body, "<th scope=\"row\">"), 2);
    web_form_set(&form, name, "Second, again");
    web_form_set(&form, "once", "another");
    page = web_post_form(&market, WEB_ISV, "/isv/offers/bulk/confirm", &form);
    ck_assert_int_eq(page.status, 303);
    ck_assert_str_eq(page.location, "/isv/offers?done=cloned-several");
    page = web_get(&market, WEB_ISV, page.location);
    ck_assert(reads(&page, "Offers cloned."));
    ck_assert(has(&page, ">Second, again</a>"));
    ck_assert(has(&page, ">Northwind FY24 (copy)</a>"));
    ck_assert_uint_eq(page_count(page.body, "<th scope=\"row\">"), 4);
}
END_TEST

Suite *
copy_pages_suite(void)
{
    Suite *suite = suite_create("web/copy_pages");
    TCase *tests = tcase_create("copy_pages");

    tcase_add_checked_fixture(tests, setup, teardown);
    tcase_add_test(tests, a_clone_is_made_from_the_offers_page);
    tcase_add_test(tests, a_suggested_name_is_never_too_long);
    tcase_add_test(tests, a_draft_shows_what_changed_since_it_was_cloned);
    tcase_add_test(tests, an_offer_that_is_gone_is_not_linked);
    tcase_add_test(tests, an_upgrade_leaves_out_what_stays);
    tcase_add_loop_test(tests, what_cannot_be_upgraded_says_so, 0, 3);
    tcase_add_test(tests, a_handed_over_account_is_not_put_into_an_upgrade);
    tcase_add_test(tests, several_are_cloned_each_under_its_own_name);
    suite_add_tcase(suite, tests);
    return suite;
}

/*
 * lists_test.c: lists as people go through them: pages, columns, chips and searches, by the links
 * that are drawn; and what pages show of empty, long and odd things.
 */
#include <check.h>
#include <inttypes.h>
#include <string.h>

#include <sqlite3.h>

#include "base/text.h"
#include "support/page.h"
#include "support/web_posts.h"

#define DRAFTS 60

Suite *lists_suite(void);

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

static void
sql(const char *statement)
{
    sqlite3 *db = NULL;

    ck_assert_int_eq(sqlite3_open(market.deal.temp.path, &db), SQLITE_OK);
    ck_assert_msg(sqlite3_exec(db, statement, NULL, NULL, NULL) == SQLITE_OK, "%s",
                  sqlite3_errmsg(db));
    ck_assert_int_eq(sqlite3_close(db), SQLITE_OK);
}

static void
drafts_make(int count)
{
    for (int i = 1; i <= count; i++)
        ck_assert_int_eq(web_post(&market, WEB_ISV, "/isv/offers/new", "name",
                                  web_path(&market, "Deal %02d", i), WEB_OPTION_A, NULL)
                             .status,
                         303);
}

/* The address of the link with that text, "" when there is none. */
static const char *
link_to(const struct web_answer *page, const char *text)
{
    for (const char *at = strstr(page->body, "<a "); at != NULL; at = strstr(at + 1, "<a ")) {
        const char *end = strstr(at, "</a>");
        const char *words =
            page_text(market.arena, arena_copy(market.arena, at, (size_t)(end - at)));

        if (text_starts(words, text))
            return page_attribute(market.arena, at, "href");
    }
    return "";
}

/* Which of the drafts the page lists, by their numbers, in order. */
static const char *
listed(const struct web_answer *page)
{
    const char *numbers = "";

    for (const char *at = strstr(page->body, ">Deal "); at != NULL; at = strstr(at + 1, ">Deal ")) {
        numbers = arena_format(market.arena, "%s%s%.2s", numbers, *numbers == '\0' ? "" : " ",
                               at + strlen(">Deal "));
    }
    return numbers;
}

static const char *
counting(int from, int to)
{
    const char *numbers = "";

    for (int i = from;; i += from < to ? 1 : -1) {
        numbers = arena_format(market.arena, "%s%s%02d", numbers, *numbers == '\0' ? "" : " ", i);
        if (i == to)
            return numbers;
    }
}

START_TEST(pages_follow_one_another)
{
    struct web_answer page;

    drafts_make(DRAFTS);
    page = web_get(&market, WEB_ISV, "/isv/offers?sort=name");
    ck_assert_str_eq(listed(&page), counting(1, 25));
    ck_assert_ptr_nonnull(strstr(page.body, "1–25 of 60"));
    ck_assert_str_eq(link_to(&page, "Newer"), "");
    page = web_get(&market, WEB_ISV, link_to(&page, "Older"));
    ck_assert_str_eq(listed(&page), counting(26, 50));
    ck_assert_ptr_nonnull(strstr(page.body, "26–50 of 60"));
    page = web_get(&market, WEB_ISV, link_to(&page, "Older"));
    ck_assert_str_eq(listed(&page), counting(51, 60));
    ck_assert_ptr_nonnull(strstr(page.body, "51–60 of 60"));
    ck_assert_str_eq(link_to(&page, "Older"), "");
    page = web_get(&market, WEB_ISV, link_to(&page, "Newer"));
    ck_assert_str_eq(listed(&page), counting(26, 50));
    page = web_get(&market, WEB_ISV, link_to(&page, "Newer"));
    ck_assert_str_eq(listed(&page), counting(1, 25));
    ck_assert_ptr_nonnull(strstr(page.body, "1–25 of 60"));
}
END_TEST

START_TEST(columns_sort_and_turn_round)
{
    struct web_answer page;

    drafts_make(3);
    page = web_get(&market, WEB_ISV, "/isv/offers");
    ck_assert_uint_eq(page_count(page.body, "aria-sort="), 1);
    ck_assert_ptr_nonnull(strstr(page.body, "aria-sort=\"descending\""));
    page = web_get(&market, WEB_ISV, link_to(&page, "Offer"));
    ck_assert_int_eq(page.status, 200);
    ck_assert_str_eq(listed(&page), "01 02 03");
    ck_assert_ptr_nonnull(strstr(page.body, "aria-sort=\"ascending\""));
    page = web_get(&market, WEB_ISV, link_to(&page, "Offer"));
    ck_assert_str_eq(listed(&page), "03 02 01");
    ck_assert_ptr_nonnull(strstr(page.body, "aria-sort=\"descending\""));
}
END_TEST

START_TEST(chips_keep_the_search_and_count)
{
    struct web_answer page;
    const char *chip;

    drafts_make(12);
    (void)web_offer(&market, STATE_PENDING_PARTNER);
    page = web_get(&market, WEB_ISV, "/isv/offers?q=deal+1&sort=name");
    ck_assert_str_eq(listed(&page), "10 11 12");
    ck_assert_str_eq(page_field(market.arena, page.body, "q"), "deal 1");
    ck_assert_str_eq(page_field(market.arena, page.body, "sort"), "name");
    chip = link_to(&page, "Draft");
    ck_assert_ptr_nonnull(strstr(chip, "status=draft"));
    ck_assert_ptr_nonnull(strstr(chip, "q=deal%201"));
    ck_assert_ptr_nonnull(strstr(chip, "sort=name"));
    page = web_get(&market, WEB_ISV, "/isv/offers");
    ck_assert_ptr_nonnull(strstr(page_text(market.arena, page.body), "Draft 12"));
    ck_assert_ptr_nonnull(strstr(page_text(market.arena, page.body), "Pending partner action 1"));
    page = web_get(&market, WEB_ISV, "/isv/offers?q=no+such+deal");
    ck_assert_ptr_nonnull(strstr(page.body, "No offers match"));
    ck_assert_str_eq(link_to(&page, "Clear search"), "/isv/offers");
}
END_TEST

START_TEST(a_cursor_that_leads_nowhere)
{
    static const char *const cursors[] = {"x", "1.2.3", "AAAA", "%3Cb%3E"};
    struct web_answer page;

    drafts_make(30);
    for (size_t i = 0; i < COUNT(cursors); i++) {
        page = web_get(&market, WEB_ISV,
                       web_path(&market, "/isv/offers?sort=name&after=%s", cursors[i]));
        ck_assert_int_eq(page.status, 200);
        ck_assert_str_eq(listed(&page), counting(1, 25));
        ck_assert_ptr_nonnull(strstr(page.body, "class=\"notice"));
    }
    /* a cursor of one order means nothing in another */
    page = web_get(&market, WEB_ISV, "/isv/offers?sort=name");
    page = web_get(&market, WEB_ISV,
                   web_path(&market, "/isv/offers?%s", strstr(link_to(&page, "Older"), "after=")));
    ck_assert_int_eq(page.status, 200);
}
END_TEST

/* The longest name there is, in letters of four bytes each, as a cursor beside the longest search.
 */
START_TEST(links_of_long_names_lead_somewhere)
{
    const char *rocket = "";
    struct web_answer page;

    for (int i = 0; i < LIMIT_SEARCH; i++)
        rocket = arena_format(market.arena, "%s\xf0\x9f\x9a\x80", rocket);
    for (int i = 1; i <= 30; i++) {
        const char *name = arena_format(market.arena, "%s%.*s", rocket,
                                        4 * (LIMIT_OFFER_NAME - LIMIT_SEARCH), rocket);

        page = web_post(&market, WEB_ISV, "/isv/offers/new", "name", name, WEB_OPTION_A, NULL);
        ck_assert_int_eq(page.status, 303);
    }
    page = web_get(&market, WEB_ISV,
                   web_path(&market, "/isv/offers?sort=-name&status=draft&q=%s",
                            url_encode(market.arena, rocket)));
    page = web_get(&market, WEB_ISV, link_to(&page, "Older"));
    ck_assert_int_eq(page.status, 200);
    ck_assert_ptr_nonnull(strstr(page.body, "26–30"));
}
END_TEST

/* Longer than the engine takes a pattern for. */
START_TEST(a_search_has_its_limit)
{
    const char *offer = web_offer(&market, STATE_DRAFT);
    char search[30001];

    memset(search, '%', sizeof search - 1);
    search[sizeof search - 1] = '\0';
    ck_assert_int_eq(web_post(&market, WEB_ISV,
                              web_path(&market, "/isv/offers/%s/products/add", offer), "rev",
                              web_rev(&market, WEB_ISV, offer), "q", search, NULL)
                         .status,
                     422);
}
END_TEST

START_TEST(nothing_yet)
{
    struct web_answer page = web_get(&market, WEB_ISV, "/isv/offers");

    ck_assert_ptr_nonnull(strstr(page.body, "No private offers yet"));
    ck_assert_str_eq(link_to(&page, "New private offer"), "/isv/offers/new");
    page = web_get(&market, WEB_PARTNER, "/partner/offers");
    ck_assert_ptr_nonnull(strstr(page.body, "No private offers yet"));
    page = web_get(&market, WEB_OWNER, "/customer/offers");
    ck_assert_ptr_nonnull(strstr(page.body, "No private offers yet"));
    ck_assert_str_eq(link_to(&page, "Billing accounts"), "/customer/billing");
    page = web_get(&market, WEB_STRANGER, "/customer/billing");
    ck_assert_ptr_nonnull(strstr(page.body, "No billing account"));
    page = web_get(&market, WEB_OPERATOR, "/operator/offers");
    ck_assert_int_eq(page.status, 200);
}
END_TEST

START_TEST(an_empty_draft_everywhere)
{
    struct web_answer answer =
        web_post(&market, WEB_ISV, "/isv/offers/new", "name", "Bare", WEB_OPTION_A, NULL);
    const char *path = arena_copy(market.arena, answer.location,
                                  strlen(answer.location) - strlen("/setup?done=created"));

    ck_assert_ptr_nonnull(strstr(web_get(&market, WEB_ISV, path).body, "No products yet"));
    answer =
        web_get(&market, WEB_OPERATOR, web_path(&market, "/operator%s", path + strlen("/isv")));
    ck_assert_ptr_nonnull(strstr(answer.body, "No products yet"));
}
END_TEST

START_TEST(nobody_who_may_accept)
{
    const char *offer = web_offer(&market, STATE_PENDING_ACCEPTANCE);
    struct web_answer page;

    page = web_get(&market, WEB_READER, web_path(&market, "/customer/offers/%s", offer));
    ck_assert_ptr_nonnull(strstr(page.body, "You can’t accept this offer"));
    ck_assert_ptr_nonnull(strstr(page.body, "<b>Person owner</b>"));
    ck_assert_ptr_nonnull(strstr(page.body, "<b>Person contributor</b>"));
    ck_assert(strstr(page.body, "<b>Person owner</b>") <
              strstr(page.body, "<b>Person contributor</b>"));
    sql("DELETE FROM billing_member WHERE role <> 'reader'");
    page = web_get(&market, WEB_READER, web_path(&market, "/customer/offers/%s", offer));
    ck_assert_int_eq(page.status, 200);
    ck_assert_ptr_null(strstr(page.body, "<b>Person owner</b>"));
    page = web_get(&market, WEB_READER, "/customer/billing");
    ck_assert_ptr_nonnull(strstr(page.body, "Nobody has a role that may accept."));
}
END_TEST

/* The facts are asked anew: what was eligible yesterday is judged by what is stored today. */
START_TEST(a_partner_that_lost_its_tax_profile)
{
    const char *offer = web_offer(&market, STATE_DRAFT);
    const char *path = web_path(&market, "/isv/offers/%s/setup", offer);
    struct web_answer page = web_get(&market, WEB_ISV, path);

    ck_assert_ptr_nonnull(strstr(page_text(market.arena, page.body), "Eligible"));
    sql("UPDATE publisher SET tax_status = 'incomplete' WHERE id = '" DEAL_PARTNER "'");
    sql("UPDATE billing_account SET country = 'CA'");
    page = web_get(&market, WEB_ISV, path);
    ck_assert_ptr_nonnull(strstr(page_text(market.arena, page.body), "Not eligible"));
    page = web_post(&market, WEB_ISV, path, "rev", web_rev(&market, WEB_ISV, offer), "do",
                    "continue", NULL);
    ck_assert_int_eq(page.status, 422);
    ck_assert_ptr_nonnull(strstr(page.body, "tax profile"));
    page = web_get(&market, WEB_PARTNER, "/partner");
    ck_assert_ptr_nonnull(strstr(page.body, "Your account can’t extend private offers yet."));
    page = web_get(&market, WEB_OTHER_PARTNER, "/partner");
    ck_assert_ptr_nonnull(strstr(page.body, "Resale certificate needed."));
}
END_TEST

/* LAW 8.3: where rounding makes a discount or an adjustment vanish, whoever may see it is told. */
START_TEST(rounding_that_hides_something_is_told)
{
    const char *offer = web_offer(&market, STATE_DRAFT);
    struct web_answer page;
    const char *path = web_path(&market, "/isv/offers/%s", offer);

    page = web_post(&market, WEB_ISV, web_path(&market, "%s/setup", path), "rev",
                    web_rev(&market, WEB_ISV, offer), "do", "save", "discount-1", "0.4", NULL);
    ck_assert_int_eq(page.status, 303);
    ck_assert_ptr_nonnull(
        strstr(web_get(&market, WEB_ISV, path).body, "the discount has no effect"));
    page = web_post(&market, WEB_ISV, web_path(&market, "%s/submit", path), "rev",
                    web_rev(&market, WEB_ISV, offer), NULL);
    ck_assert_int_eq(page.status, 303);
    web_publish(&market);
    path = web_path(&market, "/partner/offers/%s", offer);
    page = web_post(&market, WEB_PARTNER, web_path(&market, "%s/setup", path), "rev",
                    web_rev(&market, WEB_PARTNER, offer), "do", "save", "adjustment-1", "0.4",
                    "adjustment-2", "0", NULL);
    ck_assert_int_eq(page.status, 303);
    for (int i = 0; i < 3; i++) {
        static const char *const below[] = {"", "/setup", "/review"};

        page = web_get(&market, WEB_PARTNER, web_path(&market, "%s%s", path, below[i]));
        ck_assert_msg(strstr(page.body, "Rounded") != NULL, "%s says nothing", below[i]);
    }
}
END_TEST

START_TEST(many_plans_and_many_accounts)
{
    const char *offer = web_offer(&market, STATE_DRAFT);
    struct web_answer page;

    sql("WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 120) "
        "INSERT INTO plan (product, id, name, name_fold, description, visibility, published, "
        "model, trial_months, min_users, max_users, saving_1y_e8, saving_3y_e8) SELECT 'suite', "
        "'plan-' || i, 'Plan ' || i, 'plan ' || i, '', "
        "visibility, "
        "published, model, 0, min_users, max_users, saving_1y_e8, saving_3y_e8 FROM n, plan "
        "WHERE product = 'suite' AND id = 'pro'");
    sql("WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 120) "
        "INSERT INTO price_point (product, plan, id, position, kind, term_months, payment_months, "
        "name, vcpu, amount) SELECT 'suite', 'plan-' || i, id, position, kind, term_months, "
        "payment_months, name, vcpu, amount FROM n, price_point "
        "WHERE product = 'suite' AND plan = 'pro'");
    page = web_get(&market, WEB_ISV, web_path(&market, "/isv/offers/%s/products/add", offer));
    ck_assert_ptr_nonnull(strstr(page.body, "Next plans"));
    ck_assert_ptr_null(strstr(page.body, "suite/plan-18\""));
    page = web_get(&market, WEB_ISV,
                   web_path(&market, "/isv/offers/%s/products/add?after=suite%%2Fplan-17", offer));
    ck_assert_ptr_nonnull(strstr(page.body, "suite/plan-18\""));
    page = web_get(&market, WEB_ISV,
                   web_path(&market, "/isv/offers/%s/products/add?q=plan+119", offer));
    ck_assert_ptr_nonnull(strstr(page.body, "suite/plan-119"));
    ck_assert_ptr_null(strstr(page.body, "suite/plan-118"));

    sql("WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 30) "
        "INSERT INTO publisher SELECT 30000000 + i, 'Seller ' || i, hq_state, location, "
        "in_programme, has_marketplace_account, enrolled, active, tax_status, tax_country, "
        "'seller ' || i FROM n, publisher WHERE id = '" DEAL_PARTNER "'");
    sql("WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 30) "
        "INSERT INTO organisation SELECT 'organisation-' || i, 'Organisation ' || i FROM n");
    page = web_get(&market, WEB_OPERATOR, "/operator/accounts");
    ck_assert_ptr_nonnull(strstr(page.body, "Seller 1<"));
    ck_assert_ptr_null(strstr(page.body, "Seller 30<"));
    for (const char *at = strstr(page.body, "<a "); at != NULL; at = strstr(at + 1, "<a ")) {
        const char *href = page_attribute(market.arena, at, "href");

        if (text_starts(href, "/operator/accounts?"))
            ck_assert_int_eq(web_get(&market, WEB_OPERATOR, href).status, 200);
    }
    page = web_get(&market, WEB_OPERATOR, "/operator/accounts/30000001");
    ck_assert_int_eq(page.status, 200);
    page = web_get(&market, WEB_OPERATOR, "/operator/accounts/organisation-7");
    ck_assert_int_eq(page.status, 200);
}
END_TEST

Suite *
lists_suite(void)
{
    Suite *suite = suite_create("web/lists");
    TCase *tests = tcase_create("lists");

    tcase_add_checked_fixture(tests, setup, teardown);
    tcase_add_test(tests, pages_follow_one_another);
    tcase_add_test(tests, columns_sort_and_turn_round);
    tcase_add_test(tests, chips_keep_the_search_and_count);
    tcase_add_test(tests, a_cursor_that_leads_nowhere);
    tcase_add_test(tests, links_of_long_names_lead_somewhere);
    tcase_add_test(tests, a_search_has_its_limit);
    tcase_add_test(tests, nothing_yet);
    tcase_add_test(tests, an_empty_draft_everywhere);
    tcase_add_test(tests, nobody_who_may_accept);
    tcase_add_test(tests, a_partner_that_lost_its_tax_profile);
    tcase_add_test(tests, rounding_that_hides_something_is_told);
    tcase_add_test(tests, many_plans_and_many_accounts);
    suite_add_tcase(suite, tests);
    return suite;
}

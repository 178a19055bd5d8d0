/*
 * review_test.c: the last page before a submit: where each section and price is changed, where each
 * problem is mended, the other offers that are in the way (LAW 8.6, D-8), and what the ISV gets.
 */
#include <check.h>
#include <string.h>

#include "actions/isv.h"
#include "base/text.h"
#include "support/page.h"
#include "support/rows_market.h"
#include "support/web_market.h"

Suite *review_suite(void);

static struct web_market market;

static void
setup(void)
{
    web_market_open(&market, NULL);
    rows_market_add(&market.deal);
}

static void
teardown(void)
{
    web_market_close(&market);
}

/* --- drafts -------------------------------------------------------------------------------------
 */

/* What a draft sells: one row. */
struct sold {
    enum offer_type type;
    struct plan_choice choice;
};

static const char *
rev(const struct act *act, const char *id)
{
    struct offer draft;

    ck_assert_int_eq(offer_load(act->db, act->arena, &act->viewer, id, &draft), OK);
    return offer_rev(act->arena, &draft, PARTY_ISV);
}

static void
add_row(const struct act *act, const char *id, const struct sold *sold)
{
    static const struct row_edit nothing = {.remove_line = 0};
    static const struct draft_edit no_edit = {.remove_row = 0};
    struct problems *problems = problems_new(act->arena);
    struct answers texts = deal_form(&market.deal, "plan_name", "Made for you", "plan_description",
                                     "Everything", NULL);
    struct answers lines = deal_form(&market.deal, "schedule-1", "monthly", "vcpu-1-1", "4",
                                     "quantity-1-1", "4", "unit-1-1", "450.00", NULL);
    struct answers discount = deal_form(&market.deal, "discount-1", "20", NULL);
    int row = 0;

    switch (sold->type) {
    case OFFER_EXISTING_PLANS:
        ck_assert_int_eq(action_rows_add(act, id, rev(act, id), &sold->choice, 1, problems), OK);
        ck_assert_int_eq(action_draft_save(act, id, rev(act, id), &discount, &no_edit, problems),
                         OK);
        break;
    case OFFER_NEW_PLANS:
        ck_assert_int_eq(
            action_new_plan_add(act, id, rev(act, id), &sold->choice, &texts, problems, &row), OK);
        break;
    case OFFER_RESERVATIONS:
        ck_assert_int_eq(action_rows_add(act, id, rev(act, id), &sold->choice, 1, problems), OK);
        ck_assert_int_eq(action_row_save(act, id, rev(act, id), 1, &lines, &nothing, problems), OK);
        break;
    case OFFER_TYPE_COUNT:
        ck_abort();
    }
}

/* A draft that could be submitted, starting on acceptance (start NULL) or with that month. */
static const char *
draft(const char *name, const struct sold *sold, const char *start, const char *end)
{
    static const struct draft_edit nothing = {.remove_row = 0};
    struct act act = deal_begin(&market.deal, PARTY_ISV, DEAL_ISV, "isv");
    struct problems *problems = problems_new(act.arena);
    struct answers begin =
        deal_form(&market.deal, "name", name, ANSWER_PRICING, offer_type_text(sold->type), NULL);
    struct answers rest =
        deal_form(&market.deal, "billing_account", DEAL_ACCOUNT, "seller_id", DEAL_PARTNER,
                  "start_mode", start == NULL ? "accepted" : "month", "start_month",
                  start == NULL ? "" : start, "end_month", end, "accept_by", "2023-10-20", NULL);
    const char *id = NULL;

    ck_assert_int_eq(action_offer_create(&act, &begin, problems, &id), OK);
    ck_assert_int_eq(action_draft_save(&act, id, "1", &rest, &nothing, problems), OK);
    add_row(&act, id, sold);
    deal_end(&market.deal, &act, OK);
    return id;
}

static struct web_answer
submit(const char *id)
{
    return web_post(&market, WEB_ISV, web_path(&market, "/isv/offers/%s/submit", id), "rev",
                    web_rev(&market, WEB_ISV, id), NULL);
}

static const char *
review(const char *id)
{
    struct web_answer answer =
        web_get(&market, WEB_ISV, web_path(&market, "/isv/offers/%s/review", id));

    ck_assert_int_eq(answer.status, 200);
    return answer.body;
}

/* --- overlap ------------------------------------------------------------------------------------
 */

static const struct {
    struct sold first;
    struct sold second;
} clashing[] = {
    {{OFFER_EXISTING_PLANS, {"meters", "max"}}, {OFFER_EXISTING_PLANS, {"meters", ""}}},
    {{OFFER_EXISTING_PLANS, {"meters", ""}}, {OFFER_EXISTING_PLANS, {"meters", "lite"}}},
    {{OFFER_EXISTING_PLANS, {"meters", ""}}, {OFFER_EXISTING_PLANS, {"meters", ""}}},
    {{OFFER_EXISTING_PLANS, {"meters", ""}}, {OFFER_NEW_PLANS, {"meters", "max"}}},
    {{OFFER_NEW_PLANS, {"meters", "max"}}, {OFFER_EXISTING_PLANS, {"meters", "max"}}},
    {{OFFER_EXISTING_PLANS, {"cores", "each"}}, {OFFER_RESERVATIONS, {"cores", "each"}}},
    {{OFFER_RESERVATIONS, {"cores", "each"}}, {OFFER_RESERVATIONS, {"cores", "each"}}},
};

/* Both are named, each once in the summary; the setup form says it again beside the row. */
START_TEST(offers_in_the_way_are_named_with_links)
{
    const char *first = draft("Deal one", &clashing[_i].first, NULL, "2023-12");
    const char *later = draft("Deal later", &clashing[_i].first, "2024-02", "2024-06");
    const char *second = draft("Deal two", &clashing[_i].second, "2023-12", "2024-02");
    const char *const links[] = {web_path(&market, "href=\"/isv/offers/%s\"", first),
                                 web_path(&market, "href=\"/isv/offers/%s\"", later)};
    struct web_answer answer;
    const char *page;

    ck_assert_int_eq(submit(first).status, 303);
    ck_assert_int_eq(submit(later).status, 303);
    page = review(second);
    ck_assert_ptr_nonnull(strstr(page, "“Deal one” already covers"));
    ck_assert_ptr_nonnull(strstr(page, "“Deal later” already covers"));
    for (size_t i = 0; i < COUNT(links); i++)
        ck_assert_uint_eq(page_count(page, links[i]), 1);
    answer = submit(second);
    ck_assert_int_eq(answer.status, 422);
    for (size_t i = 0; i < COUNT(links); i++)
        ck_assert_uint_eq(page_count(answer.body, links[i]), 1);
    answer = web_post(&market, WEB_ISV, web_path(&market, "/isv/offers/%s/setup", second), "rev",
                      web_rev(&market, WEB_ISV, second), "do", "continue", NULL);
    ck_assert_int_eq(answer.status, 422);
    for (size_t i = 0; i < COUNT(links); i++)
        ck_assert_uint_eq(page_count(answer.body, links[i]), 2);
}
END_TEST

/* D-8: 31 December and 1 January touch and do not overlap; an offer that begins with its acceptance
 * holds the time from today. */
START_TEST(neighbours_are_not_in_the_way)
{
    static const struct sold max = {OFFER_EXISTING_PLANS, {"meters", "max"}};
    static const struct sold whole = {OFFER_EXISTING_PLANS, {"meters", ""}};
    static const struct sold other = {OFFER_NEW_PLANS, {"meters", "lite"}};
    const char *first = draft("Deal one", &max, NULL, "2023-12");

    ck_assert_int_eq(submit(first).status, 303);
    ck_assert_int_eq(submit(draft("After it", &whole, "2024-01", "2024-06")).status, 303);
    ck_assert_int_eq(submit(draft("Between them", &other, NULL, "2023-12")).status, 303);
    ck_assert_int_eq(submit(draft("On its last day", &max, "2023-12", "2023-12")).status, 422);
    ck_assert_int_eq(submit(draft("From today", &max, NULL, "2023-10")).status, 422);
}
END_TEST

/* --- what leads where ---------------------------------------------------------------------------
 */

START_TEST(everything_can_be_changed_from_there)
{
    static const struct sold max = {OFFER_EXISTING_PLANS, {"meters", "max"}};
    static const struct sold each = {OFFER_RESERVATIONS, {"cores", "each"}};
    static const char *const anchors[] = {"s-customer", "s-partner", "s-terms", "s-contacts",
                                          "s-products"};
    const char *id = draft("Deal one", &max, NULL, "2023-12");
    const char *page = review(id);
    const char *setup =
        web_get(&market, WEB_ISV, web_path(&market, "/isv/offers/%s/setup", id)).body;

    for (size_t i = 0; i < COUNT(anchors); i++) {
        ck_assert_msg(
            strstr(page, web_path(&market, "/isv/offers/%s/setup#%s\"", id, anchors[i])) != NULL,
            "no link to %s", anchors[i]);
        ck_assert_msg(page_by_id(setup, anchors[i]) != NULL, "nothing at %s", anchors[i]);
    }
    ck_assert_ptr_nonnull(strstr(page, web_path(&market, "/isv/offers/%s/setup#discount-1\"", id)));
    ck_assert_ptr_nonnull(page_by_id(setup, "discount-1"));
    ck_assert_ptr_nonnull(strstr(page_text(market.arena, page), "Change price of Meters, Max"));
    id = draft("Deal two", &each, NULL, "2023-12");
    ck_assert_ptr_nonnull(
        strstr(review(id), web_path(&market, "/isv/offers/%s/products/1/price\"", id)));
}
END_TEST

/* A section that lacks something is named with its field, a row with its own form. */
START_TEST(problems_lead_to_where_they_are_mended)
{
    static const struct sold each = {OFFER_RESERVATIONS, {"cores", "each"}};
    const char *id = draft("Deal one", &each, NULL, "2023-12");
    const char *price = web_path(&market, "/isv/offers/%s/products/1/price", id);
    const char *page;

    ck_assert_ptr_null(strstr(review(id), "data-summary"));
    /* what is missing is told beside the field, and all the rest is saved (D-26) */
    web_post(&market, WEB_ISV, price, "rev", web_rev(&market, WEB_ISV, id), "do", "save",
             "vcpu-1-1", "4", "quantity-1-1", "", "unit-1-1", "450.00", NULL);
    ck_assert_int_eq(web_post(&market, WEB_ISV, web_path(&market, "/isv/offers/%s/setup", id),
                              "rev", web_rev(&market, WEB_ISV, id), "do", "save", "accept_by", "",
                              NULL)
                         .status,
                     303);
    page = review(id);
    ck_assert_ptr_nonnull(strstr(
        page, web_path(&market, "<li><a href=\"%s\">Configure the price of Cores, Each", price)));
    ck_assert_ptr_nonnull(
        strstr(page, web_path(&market, "<li><a href=\"/isv/offers/%s/setup#accept_by\">", id)));
    ck_assert_ptr_nonnull(strstr(page, "Fix the problems above first"));
    ck_assert_ptr_null(strstr(page, "/submit\""));
}
END_TEST

/* LAW 12.1: 450.00 x 4 are 1,800.00 a month, 21,600.00 in a year; the fee of 54.00 a month is
 * 648.00, and 20,952.00 are left. */
START_TEST(reservations_are_summed_up_with_fee_and_payout)
{
    static const struct sold each = {OFFER_RESERVATIONS, {"cores", "each"}};
    const char *page = review(draft("Deal one", &each, NULL, "2023-12"));
    const char *text = page_text(market.arena, page);

    ck_assert_ptr_nonnull(strstr(text, "Total$49,056.00$21,600.00$648.00$20,952.00 Total of"));
    ck_assert_uint_eq(page_count(page, "$648.00"), 2); /* of the row, and of the offer */
    ck_assert_ptr_nonnull(strstr(text, "From list price to your payout of"));
    ck_assert_ptr_nonnull(strstr(text, "The offer is then locked for edits"));
}
END_TEST

Suite *
review_suite(void)
{
    Suite *suite = suite_create("web/review");
    TCase *tests = tcase_create("review");

    tcase_add_checked_fixture(tests, setup, teardown);
    tcase_add_loop_test(tests, offers_in_the_way_are_named_with_links, 0, (int)COUNT(clashing));
    tcase_add_test(tests, neighbours_are_not_in_the_way);
    tcase_add_test(tests, everything_can_be_changed_from_there);
    tcase_add_test(tests, problems_lead_to_where_they_are_mended);
    tcase_add_test(tests, reservations_are_summed_up_with_fee_and_payout);
    suite_add_tcase(suite, tests);
    return suite;
}

/*
 * support_after_test.c: LAW 6.5: processing a request to cancel, with and without a refund; where
 * the offer is gone then, and where it is still read.
 */
#include <check.h>
#include <string.h>

#include "refusal.h"
#include "support/asking.h"
#include "support/page.h"
#include "support/web_purchases.h"
#include "support/web_upload.h"
#include "support_play.h"

Suite *support_after_suite(void);

static struct web_market market;
static const char *offer;

static void
setup(void)
{
    web_market_open(&market, NULL);
    offer = web_offer(&market, STATE_ACCEPTED);
}

static void
teardown(void)
{
    web_market_close(&market);
}

static bool
holds(const struct web_answer *answer, const char *words)
{
    return strstr(page_text(market.arena, answer->body), words) != NULL;
}

/* ---- Processing and after ------------------------------------------------------------------- */

START_TEST(the_operator_chooses_what_is_refunded)
{
    const char *bought = buy(&market.deal, &(struct wanted){.offer = offer, .row = 2});
    const char *kept = buy(&market.deal, &(struct wanted){.offer = offer, .row = 2});
    struct answers answers = deal_form(&market.deal, ANSWER_REASON, "Why", ANSWER_REFUND, "yes",
                                       ANSWER_PURCHASES, "The first Ops", NULL);
    const char *id = NULL;
    const char *path;
    struct web_answer page;
    const char *before;

    ck_assert_int_eq(try_ask(&market.deal, &actor_isv, offer, &answers, NULL, NULL, &id), OK);
    path = support_under(&market, "operator", id, "/process");
    page = support_get_ok(&market, WEB_OPERATOR, support_under(&market, "operator", id, ""));
    ck_assert_ptr_null(strstr(page.body, path));
    ck_assert_int_eq(web_get(&market, WEB_OPERATOR, path).status, 409);
    all_agree(&market.deal, id);
    page = support_get_ok(&market, WEB_OPERATOR, support_under(&market, "operator", id, ""));
    ck_assert_ptr_nonnull(strstr(page.body, path));
    page = support_get_ok(&market, WEB_OPERATOR, path);
    ck_assert(holds(&page, "The first Ops"));
    support_no_dead_link(&market, WEB_OPERATOR, &page);
    before = web_dump(&market);
    page = web_fill(&market, WEB_OPERATOR, path, NULL);
    ck_assert_int_eq(page.status, 422);
    refusal_check(&market, &page, before);
    ck_assert(holds(&page, "Choose the purchases to refund"));
    page = web_fill(&market, WEB_OPERATOR, path, web_path(&market, ANSWER_REFUNDS "%s", bought),
                    "1", NULL);
    ck_assert_int_eq(page.status, 303);
    page = support_get_ok(&market, WEB_OPERATOR, page.location);
    ck_assert(holds(&page, "Offer cancelled."));
    ck_assert_int_eq(play_purchase_of(&market.deal, bought).ending, PURCHASE_REFUNDED_BY_MARKET);
    ck_assert_int_eq(play_purchase_of(&market.deal, kept).ending, PURCHASE_RUNNING);
    page = support_get_ok(&market, WEB_CONTRIBUTOR,
                          web_path(&market, "/customer/purchases/%s", bought));
    ck_assert(holds(&page, "The marketplace refunded it on 16 Oct 2023 UTC"));
    page =
        support_get_ok(&market, WEB_CONTRIBUTOR, web_path(&market, "/customer/purchases/%s", kept));
    ck_assert_int_eq(web_get(&market, WEB_OPERATOR, path).status, 409);
}
END_TEST

START_TEST(a_refund_without_a_purchase_cannot_be_chosen)
{
    struct answers answers = deal_form(&market.deal, ANSWER_REASON, "Why", ANSWER_REFUND, "yes",
                                       ANSWER_PURCHASES, "Something", NULL);
    const char *id = NULL;
    struct web_answer page;

    ck_assert_int_eq(try_ask(&market.deal, &actor_isv, offer, &answers, NULL, NULL, &id), OK);
    all_agree(&market.deal, id);
    page =
        support_get_ok(&market, WEB_OPERATOR, support_under(&market, "operator", id, "/process"));
    ck_assert(holds(&page, "Nothing was bought through this offer"));
    ck_assert_ptr_null(strstr(page.body, "/process\" novalidate>")); /* nothing can be sent */
}
END_TEST

/* Gone from its places: nothing there tells that it ever was. */
static const struct {
    enum web_person person;
    const char *list;
    int status;
} places[] = {
    {WEB_ISV, "/isv/offers", 404},
    {WEB_PARTNER, "/partner/offers", 404},
    {WEB_OWNER, "/customer/offers", 404},
    {WEB_OPERATOR, "/operator/offers", 200},
};

START_TEST(it_leaves_every_list_and_page)
{
    const char *link = web_link(&market, offer);
    struct web_answer page;

    (void)cancel(&market.deal, offer);
    for (size_t i = 0; i < COUNT(places); i++) {
        const char *path = web_path(&market, "%s/%s", places[i].list, offer);

        page = support_get_ok(&market, places[i].person, places[i].list);
        ck_assert_msg(strstr(page.body, offer) == NULL, "%s", places[i].list);
        ck_assert_int_eq(web_get(&market, places[i].person, path).status, places[i].status);
    }
    page = web_get(&market, WEB_OWNER, web_path(&market, "/accept/%s", link));
    ck_assert_int_eq(page.status, 410);
    ck_assert(holds(&page, "p@fabrikam.example"));
    ck_assert_int_eq(web_get(&market, WEB_STRANGER, web_path(&market, "/accept/%s", link)).status,
                     404);
    ck_assert_int_eq(
        web_get(&market, WEB_OWNER, web_path(&market, "/customer/offers/%s/print", offer)).status,
        404);
    ck_assert_int_eq(web_get(&market, WEB_CONTRIBUTOR,
                             web_path(&market, "/customer/offers/%s/purchase/1", offer))
                         .status,
                     404);
    page = support_get_ok(&market, WEB_CONTRIBUTOR, "/customer/products");
    ck_assert_ptr_null(strstr(page.body, offer));
}
END_TEST

/* What each may not see of it is not in its page (LAW 5): LAW 20's figures. */
static const struct {
    enum web_person person;
    const char *hat;
    const char *sees[3];
    const char *hidden[5];
} eyes[] = {
    {WEB_ISV, "isv", {"960.00", "deal 42"}, {"1,080.00", "260.00", "12.5", "f@fabrikam.example"}},
    {WEB_PARTNER, "partner", {"960.00", "1,080.00", "12.5"}, {"deal 42", "i@contoso.example"}},
    {WEB_OWNER,
     "customer",
     {"1,080.00", "260.00"},
     {"960.00", "12.5", "deal 42", "i@contoso.example", "f@fabrikam.example"}},
};

START_TEST(it_is_read_under_its_request_through_each_ones_eyes)
{
    const char *document = web_document(&market, PARTY_ISV, offer);
    const char *file = web_path(&market, "/files/%s", document);
    const char *id = cancel(&market.deal, offer);

    for (size_t i = 0; i < COUNT(eyes); i++) {
        const char *path = support_under(&market, eyes[i].hat, id, "/offer");
        struct web_answer page =
            support_get_ok(&market, eyes[i].person, support_under(&market, eyes[i].hat, id, ""));

        ck_assert_ptr_nonnull(strstr(page.body, web_path(&market, "href=\"%s\"", path)));
        support_no_dead_link(&market, eyes[i].person, &page);
        page = support_get_ok(&market, eyes[i].person, path);
        ck_assert(holds(&page, "The offer was cancelled on 16 Oct 2023 UTC, and list prices apply"));
        for (size_t k = 0; k < COUNT(eyes[i].sees) && eyes[i].sees[k] != NULL; k++)
            ck_assert_msg(holds(&page, eyes[i].sees[k]), "%s: %s", path, eyes[i].sees[k]);
        for (size_t k = 0; k < COUNT(eyes[i].hidden) && eyes[i].hidden[k] != NULL; k++)
            ck_assert_msg(strstr(page.body, eyes[i].hidden[k]) == NULL, "%s: %s", path,
                          eyes[i].hidden[k]);
        ck_assert_ptr_null(strstr(page.body, "Request cancellation"));
        support_no_dead_link(&market, eyes[i].person, &page);
        (void)support_get_ok(&market, eyes[i].person, file);
    }
    ck_assert_int_eq(web_get(&market, WEB_OTHER_PARTNER, file).status, 404);
    ck_assert_int_eq(web_get(&market, WEB_STRANGER, file).status, 404);
}
END_TEST

/* A request that was refused leads to the offer only as long as that is in its place. */
START_TEST(an_earlier_request_leads_nowhere_once_another_cancelled_it)
{
    const char *id = ask(&market.deal, offer);
    const char *path = support_under(&market, "isv", id, "");
    struct web_answer page;

    ck_assert_int_eq(try_note(&market.deal, &actor_isv, id, SUPPORT_WITHDRAW, "", NULL), OK);
    page = support_get_ok(&market, WEB_ISV, path);
    ck_assert(holds(&page, "Open the offer"));
    (void)cancel(&market.deal, offer);
    page = support_get_ok(&market, WEB_ISV, path);
    ck_assert(!holds(&page, "Open the offer"));
    support_no_dead_link(&market, WEB_ISV, &page);
    page = support_get_ok(&market, WEB_OPERATOR, support_under(&market, "operator", id, ""));
    ck_assert(holds(&page, "Open the offer"));
}
END_TEST

START_TEST(before_it_is_cancelled_it_is_read_in_its_place)
{
    const char *id = ask(&market.deal, offer);

    ck_assert_int_eq(web_get(&market, WEB_ISV, support_under(&market, "isv", id, "/offer")).status,
                     404);
    ck_assert_int_eq(
        web_get(&market, WEB_OWNER, support_under(&market, "customer", id, "/offer")).status, 404);
}
END_TEST

START_TEST(a_form_made_before_a_change_is_refused)
{
    const char *id = ask(&market.deal, offer);
    const char *path = support_under(&market, "operator", id, "/process");
    const char *rev;
    struct web_answer page;

    all_agree(&market.deal, id);
    page = support_get_ok(&market, WEB_OPERATOR, path);
    rev = page_field(market.arena, page.body, "rev");
    ck_assert_ptr_nonnull(rev);
    support_does(&market, WEB_PARTNER, support_under(&market, "partner", id, ""), "agree",
                 "Once more");
    ck_assert_int_eq(web_post(&market, WEB_OPERATOR, path, "rev", rev, NULL).status, 409);
    (void)support_get_ok(&market, WEB_ISV, web_path(&market, "/isv/offers/%s", offer));
}
END_TEST

Suite *
support_after_suite(void)
{
    Suite *suite = suite_create("web/support_after");
    TCase *tests = tcase_create("support_after");

    tcase_set_timeout(tests, 120);
    tcase_add_checked_fixture(tests, setup, teardown);
    tcase_add_test(tests, the_operator_chooses_what_is_refunded);
    tcase_add_test(tests, a_refund_without_a_purchase_cannot_be_chosen);
    tcase_add_test(tests, it_leaves_every_list_and_page);
    tcase_add_test(tests, it_is_read_under_its_request_through_each_ones_eyes);
    tcase_add_test(tests, an_earlier_request_leads_nowhere_once_another_cancelled_it);
    tcase_add_test(tests, before_it_is_cancelled_it_is_read_in_its_place);
    tcase_add_test(tests, a_form_made_before_a_change_is_refused);
    suite_add_tcase(suite, tests);
    return suite;
}

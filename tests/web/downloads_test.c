/*
 * downloads_test.c: who may download which document in which state, how it leaves, and how a
 * customer agrees to it (LAW 5, 10.2, D-7, D-10).
 */
#include <check.h>
#include <string.h>

#include "actions/customer.h"
#include "base/text.h"
#include "refusal.h"
#include "support/page.h"
#include "support/web_posts.h"
#include "support/web_upload.h"

Suite *downloads_suite(void);

static struct web_market market;
static const char *offer;

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

/* Those who may see the offer's documents in a state: the ISV's owner and developer always, the
 * partner's manager from Pending partner action on, the customer's people from Pending acceptance
 * on, the operator always; the ISV none of the partner's (LAW 5). */
#define ISVS (1u << WEB_ISV | 1u << WEB_ISV_DEVELOPER)
#define PARTNERS (1u << WEB_PARTNER)
#define CUSTOMERS (1u << WEB_OWNER | 1u << WEB_CONTRIBUTOR | 1u << WEB_READER)
#define OPERATORS (1u << WEB_OPERATOR)

static const struct {
    enum offer_state state;
    unsigned isv_document;
    unsigned partner_document;
} matrix[] = {
    {STATE_DRAFT, ISVS | OPERATORS, OPERATORS},
    {STATE_TO_PARTNER, ISVS | OPERATORS, OPERATORS},
    {STATE_PENDING_PARTNER, ISVS | PARTNERS | OPERATORS, PARTNERS | OPERATORS},
    {STATE_TO_CUSTOMER, ISVS | PARTNERS | OPERATORS, PARTNERS | OPERATORS},
    {STATE_PENDING_ACCEPTANCE, ISVS | PARTNERS | CUSTOMERS | OPERATORS,
     PARTNERS | CUSTOMERS | OPERATORS},
    {STATE_ACCEPTED, ISVS | PARTNERS | CUSTOMERS | OPERATORS, PARTNERS | CUSTOMERS | OPERATORS},
    {STATE_EXPIRED, ISVS | PARTNERS | CUSTOMERS | OPERATORS, PARTNERS | CUSTOMERS | OPERATORS},
    {STATE_ENDED, ISVS | PARTNERS | CUSTOMERS | OPERATORS, PARTNERS | CUSTOMERS | OPERATORS},
};

static void
expect_downloaded_by(const char *document, unsigned persons)
{
    for (int person = WEB_OUT; person < WEB_PERSON_COUNT; person++) {
        struct web_answer answer =
            web_get(&market, (enum web_person)person, web_path(&market, "/files/%s", document));
        int status = person == WEB_OUT ? 303 : (persons & 1u << person) != 0 ? 200 : 404;

        ck_assert_msg(answer.status == status, "%s: %d", web_person_name((enum web_person)person),
                      answer.status);
        ck_assert_int_eq(text_starts(answer.body, "%PDF-"), status == 200);
    }
}

START_TEST(downloaded_by_those_who_may_see_it)
{
    const char *isvs;
    const char *partners;

    offer = web_offer(&market, matrix[_i].state);
    isvs = web_document(&market, PARTY_ISV, offer);
    partners = web_document(&market, PARTY_PARTNER, offer);
    expect_downloaded_by(isvs, matrix[_i].isv_document);
    expect_downloaded_by(partners, matrix[_i].partner_document);
}
END_TEST

START_TEST(gone_at_once_when_withdrawn)
{
    const char *isvs;
    const char *partners;

    offer = web_offer(&market, STATE_PENDING_ACCEPTANCE);
    isvs = web_document(&market, PARTY_ISV, offer);
    partners = web_document(&market, PARTY_PARTNER, offer);
    ck_assert_int_eq(web_post(&market, WEB_PARTNER,
                              web_path(&market, "/partner/offers/%s/withdraw", offer), "rev",
                              web_rev(&market, WEB_PARTNER, offer), NULL)
                         .status,
                     303);
    expect_downloaded_by(isvs, ISVS | PARTNERS | OPERATORS);
    expect_downloaded_by(partners, PARTNERS | OPERATORS);
    ck_assert_int_eq(web_post(&market, WEB_ISV, web_path(&market, "/isv/offers/%s/withdraw", offer),
                              "rev", web_rev(&market, WEB_ISV, offer), NULL)
                         .status,
                     303);
    expect_downloaded_by(isvs, ISVS | OPERATORS);
    expect_downloaded_by(partners, OPERATORS);
}
END_TEST

/* Submitted again: to the same partner its documents are there, to another they are erased (LAW
 * D-7). */
START_TEST(another_partner_finds_none_of_the_firsts)
{
    const char *partners;
    struct offer seen;

    offer = web_offer(&market, STATE_PENDING_PARTNER);
    partners = web_document(&market, PARTY_PARTNER, offer);
    for (int again = 0; again < 2; again++) {
        web_post(&market, WEB_ISV, web_path(&market, "/isv/offers/%s/withdraw", offer), "rev",
                 web_rev(&market, WEB_ISV, offer), NULL);
        if (again == 1)
            web_post(&market, WEB_ISV, web_path(&market, "/isv/offers/%s/setup", offer), "rev",
                     web_rev(&market, WEB_ISV, offer), "do", "save", "seller_id",
                     DEAL_OTHER_PARTNER, NULL);
        web_post(&market, WEB_ISV, web_path(&market, "/isv/offers/%s/submit", offer), "rev",
                 web_rev(&market, WEB_ISV, offer), NULL);
        web_publish(&market);
        seen = deal_view(&market.deal, PARTY_OPERATOR, "", offer);
        ck_assert_int_eq(seen.state, STATE_PENDING_PARTNER);
        ck_assert_uint_eq(seen.document_count, again == 0 ? 1 : 0);
    }
    expect_downloaded_by(partners, 0);
}
END_TEST

START_TEST(it_leaves_as_a_file_that_does_nothing)
{
    const char *document;
    struct web_answer answer;

    offer = web_offer(&market, STATE_PENDING_PARTNER);
    document = web_document(&market, PARTY_ISV, offer);
    answer = web_get(&market, WEB_PARTNER, web_path(&market, "/files/%s", document));
    ck_assert_ptr_nonnull(strstr(answer.head, "\r\nContent-Type: application/pdf\r\n"));
    ck_assert_ptr_nonnull(strstr(answer.head, "\r\nContent-Security-Policy: sandbox; "));
    ck_assert_ptr_nonnull(strstr(answer.head, "\r\nX-Content-Type-Options: nosniff\r\n"));
    ck_assert_ptr_nonnull(strstr(answer.head, "\r\nCache-Control: no-store\r\n"));
    ck_assert_ptr_nonnull(
        strstr(answer.head, "\r\nContent-Disposition: attachment; filename=\"Master _terms_ & "
                            "_conditions_ __ _.pdf\"; filename*=UTF-8''Master%20%E2%80%9Cterms%E2"
                            "%80%9D%20%26%20%22conditions%22%20%E6%9D%A1%E6%AC%BE%20%F0%9F%93%84"
                            ".pdf\r\n"));
    /* an address that is nobody's */
    ck_assert_int_eq(
        web_get(&market, WEB_OPERATOR, "/files/00000000-0000-4000-8000-000000000000").status, 404);
    ck_assert_int_eq(web_get(&market, WEB_OPERATOR, "/files/../etc/passwd").status, 404);
}
END_TEST

/* Every page of the offer lists it, for those who may see it. */
START_TEST(listed_where_it_may_be_seen)
{
    static const struct {
        enum web_person person;
        const char *page;
        bool partners_too;
    } pages[] = {
        {WEB_ISV, "/isv/offers/%s", false},          {WEB_PARTNER, "/partner/offers/%s", true},
        {WEB_OWNER, "/customer/offers/%s", true},    {WEB_READER, "/customer/offers/%s", true},
        {WEB_OPERATOR, "/operator/offers/%s", true},
    };
    const char *isvs;
    const char *partners;

    offer = web_offer(&market, STATE_PENDING_ACCEPTANCE);
    isvs = web_path(&market, "href=\"/files/%s\"", web_document(&market, PARTY_ISV, offer));
    partners = web_path(&market, "href=\"/files/%s\"", web_document(&market, PARTY_PARTNER, offer));
    for (size_t i = 0; i < COUNT(pages); i++) {
        const char *hole = strstr(pages[i].page, "%s");
        const char *path =
            web_path(&market, "%.*s%s", (int)(hole - pages[i].page), pages[i].page, offer);
        const char *body = web_get(&market, pages[i].person, path).body;

        ck_assert_msg(strstr(body, isvs) != NULL, "%s", path);
        ck_assert_msg((strstr(body, partners) != NULL) == pages[i].partners_too, "%s", path);
        ck_assert_int_eq(strstr(body, "Reseller") != NULL, pages[i].partners_too);
    }
}
END_TEST

/* One box for each document, each needed. */
START_TEST(a_customer_agrees_to_each)
{
    struct web_form form;
    struct web_answer answer;
    const char *path;
    const char *boxes[2];
    const char *before;
    struct offer seen;

    offer = web_offer(&market, STATE_PENDING_ACCEPTANCE);
    (void)web_document(&market, PARTY_ISV, offer);
    (void)web_document(&market, PARTY_PARTNER, offer);
    seen = deal_view(&market.deal, PARTY_CUSTOMER, DEAL_ORGANISATION, offer);
    for (size_t i = 0; i < COUNT(boxes); i++)
        boxes[i] = agree_name(market.arena, &seen.documents[i]);
    path = web_path(&market, "/customer/offers/%s/accept", offer);
    before = web_dump(&market);
    for (unsigned ticked = 0; ticked < 3; ticked++) {
        form = web_post_form_of(&market, web_post_rule("/customer/offers/:offer/accept"), WEB_OWNER,
                                offer);
        for (unsigned i = 0; i < 2; i++) {
            if ((ticked & 1u << i) == 0)
                web_form_set(&form, boxes[i], NULL);
        }
        answer = web_post_form(&market, WEB_OWNER, path, &form);
        ck_assert_int_eq(answer.status, 422);
        ck_assert_str_eq(web_dump(&market), before);
        refusal_check_summary(&market, &answer);
        for (unsigned i = 0; i < 2; i++) {
            if ((ticked & 1u << i) == 0)
                refusal_check_error(&market, &answer, boxes[i]);
            else /* what was ticked stays so */
                ck_assert_str_eq(page_field(market.arena, answer.body, boxes[i]), "1");
        }
    }
    form = web_post_form_of(&market, web_post_rule("/customer/offers/:offer/accept"), WEB_OWNER,
                            offer);
    ck_assert_int_eq(web_post_form(&market, WEB_OWNER, path, &form).status, 303);
}
END_TEST

/* A document that came after the page was shown changes what is agreed to. */
START_TEST(other_documents_are_another_offer)
{
    struct web_form form;

    offer = web_offer(&market, STATE_PENDING_ACCEPTANCE);
    form = web_post_form_of(&market, web_post_rule("/customer/offers/:offer/accept"), WEB_OWNER,
                            offer);
    (void)web_document(&market, PARTY_PARTNER, offer);
    ck_assert_int_eq(web_post_form(&market, WEB_OWNER,
                                   web_path(&market, "/customer/offers/%s/accept", offer), &form)
                         .status,
                     409);
}
END_TEST

Suite *
downloads_suite(void)
{
    Suite *suite = suite_create("web/downloads");
    TCase *tests = tcase_create("downloads");

    tcase_set_timeout(tests, 60);
    tcase_add_checked_fixture(tests, setup, teardown);
    tcase_add_loop_test(tests, downloaded_by_those_who_may_see_it, 0, (int)COUNT(matrix));
    tcase_add_test(tests, gone_at_once_when_withdrawn);
    tcase_add_test(tests, another_partner_finds_none_of_the_firsts);
    tcase_add_test(tests, it_leaves_as_a_file_that_does_nothing);
    tcase_add_test(tests, listed_where_it_may_be_seen);
    tcase_add_test(tests, a_customer_agrees_to_each);
    tcase_add_test(tests, other_documents_are_another_offer);
    suite_add_tcase(suite, tests);
    return suite;
}

/*
 * partner_documents_test.c: the selling partner's own terms documents: added, replaced and removed
 * with its form, five with the ISV's, kept and erased over withdrawals, told to the ISV nowhere
 * (LAW 4.3, 5, D-7, D-10).
 */
#include <check.h>
#include <string.h>

#include "base/text.h"
#include "core/documents.h"
#include "refusal.h"
#include "support/page.h"
#include "support/web_posts.h"
#include "support/web_upload.h"

Suite *partner_documents_suite(void);

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

static struct web_file
terms(const char *content)
{
    return (struct web_file){web_path(&market, "%s.pdf", content),
                             pdf_plain(market.arena, content)};
}

static struct offer
partner_sees(void)
{
    return deal_view(&market.deal, PARTY_PARTNER, DEAL_PARTNER, offer);
}

/* How many contents the store keeps. */
static bool
keeps(int bodies)
{
    return strstr(web_dump(&market), web_path(&market, "\ndocument_body %d ", bodies)) != NULL;
}

static const char *
setup_page(void)
{
    struct web_answer answer =
        web_get(&market, WEB_PARTNER, web_path(&market, "/partner/offers/%s/setup", offer));

    ck_assert_int_eq(answer.status, 200);
    return answer.body;
}

static void
expect_taken(const char *button, const char *name, const struct web_file *file, const char *to)
{
    struct web_answer answer = web_partner_file(&market, offer, button, name, file);

    ck_assert_msg(answer.status == 303, "%s", page_text(market.arena, answer.body));
    ck_assert_msg(strstr(answer.location, to) != NULL, "%s", answer.location);
}

static void
expect_refused(const char *button, const char *name, const struct web_file *file, const char *at,
               const char *words)
{
    const char *before = web_dump(&market);
    struct web_answer answer = web_partner_file(&market, offer, button, name, file);

    ck_assert_int_eq(answer.status, 422);
    refusal_check(&market, &answer, before);
    refusal_check_error(&market, &answer, at);
    ck_assert_msg(strstr(page_help(market.arena, answer.body, at), words) != NULL, "%s: %s", words,
                  page_help(market.arena, answer.body, at));
    if (name != NULL)
        refusal_check_kept(&market, &answer, ANSWER_DOCUMENT_NAME, name);
}

/* Documents of the ISV's in a draft, then with the partner. */
static void
offered_with(size_t count)
{
    struct web_form form;

    offer = web_offer(&market, STATE_DRAFT);
    for (size_t i = 0; i < count; i++) {
        struct web_file file = terms(web_path(&market, "ISV terms %zu", i + 1));

        ck_assert_int_eq(web_setup_file(&market, offer, "add-document", "", &file).status, 303);
    }
    form = web_post_form_of(&market, web_post_rule("/isv/offers/:offer/submit"), WEB_ISV, offer);
    ck_assert_int_eq(
        web_post_form(&market, WEB_ISV, web_path(&market, "/isv/offers/%s/submit", offer), &form)
            .status,
        303);
    web_publish(&market);
}

static void
act_on(enum web_person person, const char *path)
{
    ck_assert_int_eq(
        web_post(&market, person, path, "rev", web_rev(&market, person, offer), NULL).status, 303);
}

START_TEST(added_replaced_and_removed)
{
    struct web_file file = terms("Resale");
    const char *page;

    offered_with(1);
    expect_taken("add-document", "Reseller terms", &file, "/setup?done=document-added#s-documents");
    ck_assert_uint_eq(partner_sees().document_count, 2);
    ck_assert_int_eq(partner_sees().documents[1].side, PARTY_PARTNER);
    ck_assert_str_eq(partner_sees().documents[1].name, "Reseller terms");
    page = setup_page();
    ck_assert_ptr_nonnull(strstr(page_text(market.arena, page), "2 of 5 used"));
    ck_assert_ptr_nonnull(strstr(page_text(market.arena, page), "PDF, 1 KiB, from Contoso"));
    /* buttons stand beside its own alone */
    ck_assert_uint_eq(page_count(page, "value=\"remove-document-"), 1);
    ck_assert_uint_eq(page_count(page, "value=\"replace-document-"), 1);
    ck_assert_ptr_nonnull(strstr(
        page, web_path(&market, "value=\"remove-document-%s\"", partner_sees().documents[1].id)));

    file = terms("Resale again");
    expect_taken(web_path(&market, "replace-document-%s", partner_sees().documents[1].id), "",
                 &file, "done=document-replaced");
    ck_assert_str_eq(partner_sees().documents[1].name, "Reseller terms");
    ck_assert(keeps(2)); /* the ISV's and the new one */
    page = web_get(&market, WEB_PARTNER,
                   web_path(&market, "/files/%s", partner_sees().documents[1].id))
               .body;
    ck_assert_mem_eq(page, file.content.bytes, file.content.size);

    expect_taken(web_path(&market, "remove-document-%s", partner_sees().documents[1].id), NULL,
                 NULL, "done=document-removed");
    ck_assert_uint_eq(partner_sees().document_count, 1);
    ck_assert(keeps(1));
}
END_TEST

/* Whatever button, nothing chosen is lost; what was typed beside it is saved with it. */
START_TEST(a_file_comes_with_any_button)
{
    static const char *const buttons[] = {"save", "recalculate", "continue"};

    offered_with(0);
    for (size_t i = 0; i < COUNT(buttons); i++) {
        struct web_file file = terms(web_path(&market, "Annex %zu", i));
        struct web_answer answer = web_partner_file(&market, offer, buttons[i], "", &file);

        /* nothing is priced yet, so continuing shows that, and keeps the document */
        ck_assert_int_eq(answer.status, i == 2 ? 422 : 303);
        ck_assert_uint_eq(partner_sees().document_count, i + 1);
        if (i == 2)
            ck_assert_str_eq(page_field(market.arena, answer.body, ANSWER_DOCUMENT_NAME), "");
    }
}
END_TEST

START_TEST(five_over_both_sides)
{
    struct web_file file = terms("One more");

    offered_with(3);
    expect_taken("add-document", "Fourth", &file, "document-added");
    expect_taken("add-document", "Fifth", &file, "document-added");
    expect_refused("add-document", "Sixth", &file, ANSWER_DOCUMENT,
                   "up to 5 documents. Remove one to add another");
    /* one leaves, one comes */
    expect_taken(web_path(&market, "remove-document-%s", partner_sees().documents[3].id), "Sixth",
                 &file, "document-removed");
    ck_assert_str_eq(partner_sees().documents[4].name, "Sixth");
}
END_TEST

START_TEST(all_five_may_be_the_isvs)
{
    struct web_file file = terms("One more");

    offered_with(5);
    ck_assert_ptr_nonnull(strstr(page_text(market.arena, setup_page()), "5 of 5 used"));
    expect_refused("add-document", "Sixth", &file, ANSWER_DOCUMENT,
                   "up to 5 documents, and the ISV has added as many");
}
END_TEST

START_TEST(one_name_over_both_sides)
{
    struct web_file file = terms("isv  TERMS 1");

    offered_with(1);
    expect_refused("add-document", " ISV terms 1", &file, ANSWER_DOCUMENT_NAME,
                   "has a document called “ISV terms 1” already");
    expect_refused("save", "", &file, ANSWER_DOCUMENT_NAME, "already. Enter another name");
    expect_refused("add-document", "a/b", &file, ANSWER_DOCUMENT_NAME, "Remove");
    expect_refused("add-document", "Terms", NULL, ANSWER_DOCUMENT, "Choose a PDF");
    file.content = (struct pdf){"PK\x03\x04", 4};
    expect_refused("add-document", "Terms", &file, ANSWER_DOCUMENT, "isn’t a PDF");
}
END_TEST

/* A form that comes back for another reason says that its file is lost. */
START_TEST(the_file_is_asked_for_again)
{
    struct web_form form = web_form_new(&market);
    struct web_file file = terms("Annex");
    struct web_answer answer;

    offered_with(0);
    web_form_add(&form, "csrf", web_csrf(&market, WEB_PARTNER));
    web_form_add(&form, "rev", web_rev(&market, WEB_PARTNER, offer));
    web_form_add(&form, "do", "add-document");
    web_form_add(&form, "adjustment-1", "1.123456789");
    web_form_add(&form, "desired-2", "0.01");
    web_form_add(&form, "prepared_by", "nobody");
    web_form_add(&form, ANSWER_DOCUMENT_NAME, "Annex one");
    answer = web_post_file(&market, WEB_PARTNER,
                           web_path(&market, "/partner/offers/%s/setup", offer), &form, &file);
    ck_assert_int_eq(answer.status, 422);
    refusal_check_kept(&market, &answer, "adjustment-1", "1.123456789");
    refusal_check_kept(&market, &answer, ANSWER_DOCUMENT_NAME, "Annex one");
    refusal_check_error(&market, &answer, ANSWER_DOCUMENT);
    ck_assert_ptr_nonnull(
        strstr(page_help(market.arena, answer.body, ANSWER_DOCUMENT), "Choose “Annex.pdf” again"));
    refusal_check_summary(&market, &answer);
    /* in the order of the page */
    ck_assert_ptr_nonnull(strstr(answer.body, "#adjustment-1\""));
    ck_assert(strstr(answer.body, "#adjustment-1\"") < strstr(answer.body, "#desired-2\""));
    ck_assert(strstr(answer.body, "#desired-2\"") < strstr(answer.body, "#document\""));
    ck_assert(strstr(answer.body, "#document\"") < strstr(answer.body, "#prepared_by\""));
    ck_assert_uint_eq(partner_sees().document_count, 0);
}
END_TEST

START_TEST(changed_while_it_is_the_partners_alone)
{
    static const enum offer_state states[] = {STATE_TO_CUSTOMER, STATE_PENDING_ACCEPTANCE,
                                              STATE_ACCEPTED};
    const char *document;
    struct web_file file;
    const char *before;

    offer = web_offer(&market, states[_i]);
    document = web_document(&market, PARTY_PARTNER, offer);
    file = terms("Late");
    before = web_dump(&market);
    ck_assert_int_eq(web_partner_file(&market, offer, "add-document", "Late", &file).status, 409);
    ck_assert_int_eq(web_partner_file(&market, offer,
                                      web_path(&market, "replace-document-%s", document), "", &file)
                         .status,
                     409);
    ck_assert_int_eq(web_partner_file(&market, offer,
                                      web_path(&market, "remove-document-%s", document), NULL, NULL)
                         .status,
                     409);
    ck_assert_str_eq(web_dump(&market), before);
}
END_TEST

START_TEST(the_isvs_are_not_touched)
{
    struct web_file file = terms("Mine");
    const char *isvs;
    const char *before;

    offered_with(1);
    isvs = partner_sees().documents[0].id;
    before = web_dump(&market);
    ck_assert_int_eq(
        web_partner_file(&market, offer, web_path(&market, "replace-document-%s", isvs), "", &file)
            .status,
        404);
    ck_assert_int_eq(
        web_partner_file(&market, offer, web_path(&market, "remove-document-%s", isvs), NULL, NULL)
            .status,
        404);
    ck_assert_str_eq(web_dump(&market), before);
}
END_TEST

/* Not by a page, a file, a revision, a time or an event. */
START_TEST(the_isv_learns_nothing)
{
    static const char *const paths[] = {"/isv", "/isv/offers", "/isv/offers/%s",
                                        "/isv/offers/%s/withdraw"};
    const char *pages[COUNT(paths)];
    struct web_file file = terms("Secret schedule");
    const char *rev;

    offered_with(1);
    rev = web_rev(&market, WEB_ISV, offer);
    for (int after = 0; after < 2; after++) {
        for (size_t i = 0; i < COUNT(paths); i++) {
            const char *hole = strstr(paths[i], "%s");
            const char *path = hole == NULL ? paths[i]
                                            : web_path(&market, "%.*s%s%s", (int)(hole - paths[i]),
                                                       paths[i], offer, hole + 2);
            const char *text = page_text(market.arena, web_get(&market, WEB_ISV, path).body);

            if (after == 0)
                pages[i] = text;
            else
                ck_assert_str_eq(text, pages[i]);
        }
        if (after == 0)
            expect_taken("add-document", "", &file, "document-added");
    }
    ck_assert_str_eq(web_rev(&market, WEB_ISV, offer), rev);
    ck_assert_int_eq(
        web_get(&market, WEB_ISV, web_path(&market, "/files/%s", partner_sees().documents[1].id))
            .status,
        404);
    /* the partner's own history has it */
    ck_assert_ptr_nonnull(strstr(
        page_text(
            market.arena,
            web_get(&market, WEB_PARTNER, web_path(&market, "/partner/offers/%s", offer)).body),
        "Customer price saved"));
}
END_TEST

/* D-7, D-10: taken back and withdrawn, the ISV fills its own five, one of them of the same name,
 * and is told nothing; the partner is, and mends it. */
START_TEST(kept_for_the_same_partner_and_judged_again)
{
    struct web_file file = terms("Resale");
    struct web_answer answer;
    const char *partner_path;

    offered_with(0);
    partner_path = web_path(&market, "/partner/offers/%s", offer);
    expect_taken("add-document", "Same name", &file, "document-added");
    act_on(WEB_ISV, web_path(&market, "/isv/offers/%s/withdraw", offer));
    ck_assert_int_eq(web_get(&market, WEB_PARTNER, partner_path).status, 404);
    ck_assert_ptr_nonnull(strstr(
        page_text(market.arena,
                  web_get(&market, WEB_ISV, web_path(&market, "/isv/offers/%s/setup", offer)).body),
        "0 of 5 used"));
    for (int i = 1; i <= LIMIT_DOCUMENTS; i++) {
        file = terms(i == 1 ? "SAME name" : web_path(&market, "Mine %d", i));
        ck_assert_int_eq(web_setup_file(&market, offer, "add-document", "", &file).status, 303);
    }
    act_on(WEB_ISV, web_path(&market, "/isv/offers/%s/submit", offer));
    web_publish(&market);

    ck_assert_uint_eq(partner_sees().document_count, 6);
    ck_assert_ptr_nonnull(strstr(page_text(market.arena, setup_page()), "6 of 5 used"));
    answer = web_partner_file(&market, offer, "continue", NULL, NULL);
    ck_assert_int_eq(answer.status, 422);
    refusal_check_error(&market, &answer, ANSWER_DOCUMENT);
    ck_assert_ptr_nonnull(
        strstr(page_help(market.arena, answer.body, ANSWER_DOCUMENT), "this one has 6"));
    ck_assert_ptr_nonnull(strstr(page_help(market.arena, answer.body, ANSWER_DOCUMENT),
                                 "Two documents are called “Same name”"));
    /* the review leads to where that is mended, and does not submit */
    answer = web_get(&market, WEB_PARTNER, web_path(&market, "%s/review", partner_path));
    ck_assert_ptr_nonnull(
        strstr(answer.body, web_path(&market, "href=\"%s/setup#document\"", partner_path)));
    answer = web_post(&market, WEB_PARTNER, web_path(&market, "%s/review", partner_path), "rev",
                      web_rev(&market, WEB_PARTNER, offer), "do", "submit", "adjustment-1", "10",
                      "adjustment-2", "10", "prepared_by", "p@fabrikam.example", NULL);
    ck_assert_int_eq(answer.status, 422);
    expect_taken(web_path(&market, "remove-document-%s", partner_sees().documents[5].id), NULL,
                 NULL, "document-removed");
    ck_assert_int_eq(web_post(&market, WEB_PARTNER, web_path(&market, "%s/review", partner_path),
                              "rev", web_rev(&market, WEB_PARTNER, offer), "do", "submit",
                              "adjustment-1", "10", "adjustment-2", "10", "prepared_by",
                              "p@fabrikam.example", NULL)
                         .status,
                     303);
}
END_TEST

/* D-7: the partner's own withdrawal keeps them; another seller ID erases them, bytes and all. */
START_TEST(kept_by_its_own_withdrawal_and_erased_for_another)
{
    struct web_file file = terms("Resale");

    offered_with(0);
    expect_taken("add-document", "Reseller terms", &file, "document-added");
    ck_assert_int_eq(web_post(&market, WEB_PARTNER,
                              web_path(&market, "/partner/offers/%s/review", offer), "rev",
                              web_rev(&market, WEB_PARTNER, offer), "do", "submit", "adjustment-1",
                              "10", "adjustment-2", "10", "prepared_by", "p@fabrikam.example", NULL)
                         .status,
                     303);
    web_publish(&market);
    ck_assert_ptr_nonnull(
        strstr(web_get(&market, WEB_OWNER, web_path(&market, "/customer/offers/%s", offer)).body,
               "Reseller terms"));
    act_on(WEB_PARTNER, web_path(&market, "/partner/offers/%s/withdraw", offer));
    ck_assert_ptr_nonnull(strstr(setup_page(), "Reseller terms"));
    act_on(WEB_ISV, web_path(&market, "/isv/offers/%s/withdraw", offer));
    ck_assert(keeps(1));
    ck_assert_int_eq(web_post(&market, WEB_ISV, web_path(&market, "/isv/offers/%s/setup", offer),
                              "rev", web_rev(&market, WEB_ISV, offer), "do", "save", "seller_id",
                              DEAL_OTHER_PARTNER, NULL)
                         .status,
                     303);
    act_on(WEB_ISV, web_path(&market, "/isv/offers/%s/submit", offer));
    web_publish(&market);
    ck_assert_uint_eq(
        deal_view(&market.deal, PARTY_PARTNER, DEAL_OTHER_PARTNER, offer).document_count, 0);
    ck_assert(keeps(0));
}
END_TEST

/* Whoever saves second is told that the file is not kept. */
START_TEST(a_conflict_says_what_is_not_kept)
{
    struct web_form form = web_form_new(&market);
    struct web_file file = terms("Annex");
    struct web_answer answer;
    const char *path;

    offered_with(0);
    path = web_path(&market, "/partner/offers/%s/setup", offer);
    web_form_add(&form, "csrf", web_csrf(&market, WEB_PARTNER));
    web_form_add(&form, "rev", web_rev(&market, WEB_PARTNER, offer));
    web_form_add(&form, "do", "add-document");
    web_form_add(&form, ANSWER_DOCUMENT_NAME, "Annex one");
    web_form_add(&form, "desired-1", "1056");
    web_form_add(&form, "desired-2", "cheap");
    web_form_add(&form, "adjustment-1", "");
    expect_taken("save", "First", &file, "done=saved");
    answer = web_post_file(&market, WEB_PARTNER, path, &form, &file);
    ck_assert_int_eq(answer.status, 409);
    ck_assert_ptr_nonnull(strstr(answer.body, "The file you chose is not kept"));
    ck_assert_ptr_nonnull(strstr(answer.body, "Annex one"));
    /* a price wanted is what it comes to, or lost where it is none */
    ck_assert_str_eq(page_field(market.arena, answer.body, "adjustment-1"), "10");
    ck_assert_ptr_nonnull(
        strstr(page_text(market.arena, answer.body), "Desired customer price, Runner, Ops"));
    ck_assert_ptr_nonnull(strstr(answer.body, "cheap"));
    ck_assert_uint_eq(partner_sees().document_count, 1);
}
END_TEST

Suite *
partner_documents_suite(void)
{
    Suite *suite = suite_create("web/partner_documents");
    TCase *tests = tcase_create("partner_documents");

    tcase_set_timeout(tests, 120);
    tcase_add_checked_fixture(tests, setup, teardown);
    tcase_add_test(tests, added_replaced_and_removed);
    tcase_add_test(tests, a_file_comes_with_any_button);
    tcase_add_test(tests, five_over_both_sides);
    tcase_add_test(tests, all_five_may_be_the_isvs);
    tcase_add_test(tests, one_name_over_both_sides);
    tcase_add_test(tests, the_file_is_asked_for_again);
    tcase_add_loop_test(tests, changed_while_it_is_the_partners_alone, 0, 3);
    tcase_add_test(tests, the_isvs_are_not_touched);
    tcase_add_test(tests, the_isv_learns_nothing);
    tcase_add_test(tests, kept_for_the_same_partner_and_judged_again);
    tcase_add_test(tests, kept_by_its_own_withdrawal_and_erased_for_another);
    tcase_add_test(tests, a_conflict_says_what_is_not_kept);
    suite_add_tcase(suite, tests);
    return suite;
}

/*
 * documents_test.c: terms documents from the form they come with to those who download them (LAW
 * 4.3, 5, 10.2, D-7, D-10).
 */
#include <check.h>
#include <string.h>

#include "base/text.h"
#include "core/documents.h"
#include "refusal.h"
#include "store/documents.h"
#include "support/page.h"
#include "support/web_posts.h"
#include "support/web_upload.h"

Suite *documents_suite(void);

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
terms(const char *file_name)
{
    return (struct web_file){file_name, pdf_plain(market.arena, "terms")};
}

static struct offer
isv_sees(void)
{
    return deal_view(&market.deal, PARTY_ISV, DEAL_ISV, offer);
}

/* The form is refused, nothing is stored, and the problem stands at that field. */
static struct web_answer
expect_refused(const char *button, const char *name, const struct web_file *file, const char *at,
               const char *words)
{
    const char *before = web_dump(&market);
    struct web_answer answer = web_setup_file(&market, offer, button, name, file);

    ck_assert_int_eq(answer.status, 422);
    ck_assert_str_eq(web_dump(&market), before);
    ck_assert(text_starts(page_title(market.arena, answer.body), "Error: "));
    refusal_check_error(&market, &answer, at);
    ck_assert_msg(strstr(page_help(market.arena, answer.body, at), words) != NULL, "%s: %s", words,
                  page_help(market.arena, answer.body, at));
    if (name != NULL)
        refusal_check_kept(&market, &answer, ANSWER_DOCUMENT_NAME, name);
    return answer;
}

static void
expect_taken(const char *button, const char *name, const struct web_file *file, const char *to)
{
    struct web_answer answer = web_setup_file(&market, offer, button, name, file);

    ck_assert_msg(answer.status == 303, "%s", page_text(market.arena, answer.body));
    ck_assert_msg(strstr(answer.location, to) != NULL, "%s", answer.location);
}

START_TEST(added_replaced_and_removed_while_a_draft)
{
    struct web_file file = terms("Our terms.pdf");
    struct web_answer page;
    struct offer seen;

    offer = web_offer(&market, STATE_DRAFT);
    expect_taken("add-document", "Master terms", &file, "/setup?done=document-added#s-documents");
    seen = isv_sees();
    ck_assert_uint_eq(seen.document_count, 1);
    ck_assert_str_eq(seen.documents[0].name, "Master terms");
    ck_assert_int_eq(seen.documents[0].size, (int64_t)file.content.size);
    page = web_get(&market, WEB_ISV, web_path(&market, "/isv/offers/%s/setup", offer));
    ck_assert_ptr_nonnull(strstr(page_text(market.arena, page.body), "1 of 5 used"));
    ck_assert_ptr_nonnull(strstr(page_text(market.arena, page.body), "PDF, 1 KiB"));

    /* another file under the same name */
    file.content = pdf_plain(market.arena, "other terms");
    expect_taken(web_path(&market, "replace-document-%s", seen.documents[0].id), "", &file,
                 "done=document-replaced");
    ck_assert_str_ne(isv_sees().documents[0].sha256, seen.documents[0].sha256);
    ck_assert_str_eq(isv_sees().documents[0].name, "Master terms");
    page = web_get(&market, WEB_ISV, web_path(&market, "/files/%s", seen.documents[0].id));
    ck_assert_uint_eq(page.body_length, file.content.size);
    ck_assert_mem_eq(page.body, file.content.bytes, file.content.size);

    expect_taken(web_path(&market, "remove-document-%s", seen.documents[0].id), NULL, NULL,
                 "done=document-removed");
    ck_assert_uint_eq(isv_sees().document_count, 0);
    ck_assert_int_eq(
        web_get(&market, WEB_ISV, web_path(&market, "/files/%s", seen.documents[0].id)).status,
        404);
}
END_TEST

/* Nothing chosen is lost because another button was pressed; the file's own name will do. */
START_TEST(a_file_comes_with_any_button)
{
    static const char *const buttons[] = {"save", "add-offer", "continue"};
    static const char *const names[] = {"Annex 0", "Annex 1", "Annex 2"};

    offer = web_offer(&market, STATE_DRAFT);
    for (size_t i = 0; i < COUNT(buttons); i++) {
        struct web_file file = terms(web_path(&market, "%s.PDF", names[i]));

        expect_taken(buttons[i], NULL, &file, "/isv/offers/");
        ck_assert_uint_eq(isv_sees().document_count, i + 1);
        ck_assert_str_eq(isv_sees().documents[i].name, names[i]);
    }
}
END_TEST

/* What was saved with Save and continue is not asked for again. */
START_TEST(continuing_with_problems_keeps_the_document)
{
    struct web_answer answer = web_post(&market, WEB_ISV, "/isv/offers/new", "name", "Bare",
                                        "pricing", "editExistingOfferPricingOnly", NULL);
    struct web_file file = terms("a.pdf");

    ck_assert_int_eq(answer.status, 303);
    offer = arena_copy(market.arena, answer.location + strlen("/isv/offers/"), 36);
    answer = web_setup_file(&market, offer, "continue", "Kept", &file);
    ck_assert_int_eq(answer.status, 422);
    ck_assert_uint_eq(isv_sees().document_count, 1);
    ck_assert_ptr_null(strstr(answer.body, "a.pdf"));
    ck_assert_str_eq(page_field(market.arena, answer.body, ANSWER_DOCUMENT_NAME), "");
}
END_TEST

START_TEST(files_that_are_no_terms)
{
    static const char *const script[] = {"<< /S /JavaScript /JS (app.alert(1)) >>", NULL};
    static const char *const launch[] = {"<< /S /Launch /F (calc.exe) >>", NULL};
    static const char *const inside[] = {"<< /Type /EmbeddedFile >>", NULL};
    struct pdf half = pdf_plain(market.arena, "terms");
    struct {
        struct pdf content;
        const char *words;
    } files[] = {
        {{"", 0}, "isn’t a PDF"},
        {{"PK\x03\x04", 4}, "isn’t a PDF"},
        {{half.bytes, half.size / 2}, "damaged or incomplete"},
        {pdf_encrypted(market.arena, "secret"), "is protected"},
        {pdf_encrypted(market.arena, ""), "is protected"},
        {pdf_with(market.arena, "/OpenAction 5 0 R", "", script), "runs a script"},
        {pdf_with(market.arena, "/OpenAction 5 0 R", "", launch), "starts another program"},
        {pdf_with(market.arena, "/A 5 0 R", "", inside), "carries other files"},
        {pdf_no_pages(market.arena), "has no pages"},
        {pdf_of_size(market.arena, LIMIT_DOCUMENT_BYTES + 1), "larger than 10 MiB"},
        {pdf_of_size(market.arena, (size_t)11 * 1024 * 1024), "larger than 10 MiB"},
    };

    offer = web_offer(&market, STATE_DRAFT);
    for (size_t i = 0; i < COUNT(files); i++) {
        const struct web_file file = {"Terms.pdf", files[i].content};

        (void)expect_refused("add-document", "Terms", &file, ANSWER_DOCUMENT, files[i].words);
        (void)expect_refused("save", "Terms", &file, ANSWER_DOCUMENT, files[i].words);
    }
    (void)expect_refused("add-document", "Terms", NULL, ANSWER_DOCUMENT, "Choose a PDF");
}
END_TEST

START_TEST(a_file_of_the_greatest_size)
{
    const struct web_file file = {"Terms.pdf", pdf_of_size(market.arena, LIMIT_DOCUMENT_BYTES)};
    struct web_answer answer;

    offer = web_offer(&market, STATE_DRAFT);
    expect_taken("add-document", "", &file, "document-added");
    answer = web_get(&market, WEB_ISV, web_path(&market, "/files/%s", isv_sees().documents[0].id));
    ck_assert_int_eq(answer.status, 200);
    ck_assert_uint_eq(answer.body_length, LIMIT_DOCUMENT_BYTES);
    ck_assert_mem_eq(answer.body, file.content.bytes, file.content.size);
    ck_assert_ptr_nonnull(
        strstr(web_get(&market, WEB_ISV, web_path(&market, "/isv/offers/%s", offer)).body,
               "PDF, 10.0 MiB"));
}
END_TEST

START_TEST(names_at_their_limits)
{
    static const char *const same[] = {"Master Terms", "MASTER  TERMS",
                                       " master\u00A0\u2003terms "};
    static const char *const bad[] = {"a/b", "../../etc/passwd", "50%",
                                      "<b>", "x@y.example",      "a#b"};
    struct web_file file = terms("../../x.pdf");
    const char *longest = arena_format(market.arena, "%0128d", 0);

    offer = web_offer(&market, STATE_DRAFT);
    expect_taken("add-document", "Master Terms", &file, "document-added");
    for (size_t i = 0; i < COUNT(same); i++)
        (void)expect_refused("add-document", same[i], &file, ANSWER_DOCUMENT_NAME,
                             "has a document called");
    for (size_t i = 0; i < COUNT(bad); i++)
        (void)expect_refused("add-document", bad[i], &file, ANSWER_DOCUMENT_NAME, "Remove");
    (void)expect_refused("add-document", web_path(&market, "%s0", longest), &file,
                         ANSWER_DOCUMENT_NAME, "up to 128 characters; this one has 129");
    expect_taken("add-document", longest, &file, "document-added");
    /* four bytes each, and from right to left */
    expect_taken("add-document", "\U0001F4C4 \U0002000B", &file, "document-added");
    expect_taken("add-document", "شروط العقد", &file, "document-added");
    /* the folders of a file's name are nobody's business */
    expect_taken("add-document", "", &file, "document-added");
    ck_assert_str_eq(isv_sees().documents[4].name, "x");
    ck_assert_str_eq(isv_sees().documents[3].name, "شروط العقد");
}
END_TEST

START_TEST(a_files_name_that_cannot_be_a_documents)
{
    struct web_file file = terms("50% off!.pdf");

    offer = web_offer(&market, STATE_DRAFT);
    (void)expect_refused("add-document", "", &file, ANSWER_DOCUMENT_NAME,
                         "Enter the name under which your customer sees the document");
    file.name = ".pdf";
    (void)expect_refused("save", "", &file, ANSWER_DOCUMENT_NAME, "Enter the name");
}
END_TEST

START_TEST(the_sixth_is_refused)
{
    offer = web_offer(&market, STATE_DRAFT);
    for (int i = 0; i < LIMIT_DOCUMENTS; i++) {
        struct web_file file = terms(web_path(&market, "%d.pdf", i));

        expect_taken("add-document", "", &file, "document-added");
    }
    struct web_file file = terms("5.pdf");
    (void)expect_refused("add-document", "Sixth", &file, ANSWER_DOCUMENT,
                         "up to 5 documents. Remove one to add another");
    /* one leaves, one comes, with one button */
    expect_taken(web_path(&market, "remove-document-%s", isv_sees().documents[2].id), "Sixth",
                 &file, "document-removed");
    ck_assert_uint_eq(isv_sees().document_count, LIMIT_DOCUMENTS);
    ck_assert_str_eq(isv_sees().documents[4].name, "Sixth");
}
END_TEST

/* A form that comes back has lost its file, and says so. */
START_TEST(the_file_is_asked_for_again)
{
    struct web_form form = web_form_new(&market);
    struct web_file file = terms("Annex.pdf");
    struct web_answer answer;

    offer = web_offer(&market, STATE_DRAFT);
    web_form_add(&form, "csrf", web_csrf(&market, WEB_ISV));
    web_form_add(&form, "rev", web_rev(&market, WEB_ISV, offer));
    web_form_add(&form, "do", "save");
    web_form_add(&form, "name", "a < b");
    web_form_add(&form, ANSWER_DOCUMENT_NAME, "Annex one");
    answer = web_post_file(&market, WEB_ISV, web_path(&market, "/isv/offers/%s/setup", offer),
                           &form, &file);
    ck_assert_int_eq(answer.status, 422);
    refusal_check_kept(&market, &answer, "name", "a < b");
    refusal_check_kept(&market, &answer, ANSWER_DOCUMENT_NAME, "Annex one");
    refusal_check_error(&market, &answer, ANSWER_DOCUMENT);
    ck_assert_ptr_nonnull(
        strstr(page_help(market.arena, answer.body, ANSWER_DOCUMENT), "Choose “Annex.pdf” again"));
    refusal_check_summary(&market, &answer);
    ck_assert_uint_eq(isv_sees().document_count, 0);
}
END_TEST

/* Somebody whose session ended keeps what was typed; nothing is written for them. */
START_TEST(a_session_that_ended_keeps_the_fields)
{
    struct web_form form = web_form_new(&market);
    struct web_file file = terms("Annex.pdf");
    struct web_answer answer;

    offer = web_offer(&market, STATE_DRAFT);
    web_form_add(&form, "csrf", "of a session that ended");
    web_form_add(&form, "name", "Typed before");
    answer = web_post_file(&market, WEB_OUT, web_path(&market, "/isv/offers/%s/setup", offer),
                           &form, &file);
    ck_assert_int_eq(answer.status, 403);
    ck_assert_ptr_nonnull(strstr(answer.body, "Typed before"));
    ck_assert_ptr_nonnull(strstr(answer.body, "Annex.pdf"));
    ck_assert_ptr_null(strstr(answer.body, "%PDF-"));
}
END_TEST

START_TEST(only_a_drafts_documents_change)
{
    static const enum offer_state states[] = {STATE_TO_PARTNER, STATE_PENDING_PARTNER,
                                              STATE_TO_CUSTOMER, STATE_PENDING_ACCEPTANCE,
                                              STATE_ACCEPTED};
    struct web_file file;
    const char *document;
    const char *before;

    offer = web_offer(&market, states[_i]);
    document = web_document(&market, PARTY_ISV, offer);
    file = terms("Late.pdf");
    before = web_dump(&market);
    ck_assert_int_eq(web_setup_file(&market, offer, "add-document", "Late", &file).status, 409);
    ck_assert_int_eq(web_setup_file(&market, offer,
                                    web_path(&market, "replace-document-%s", document), "", &file)
                         .status,
                     409);
    ck_assert_int_eq(web_setup_file(&market, offer,
                                    web_path(&market, "remove-document-%s", document), NULL, NULL)
                         .status,
                     409);
    ck_assert_str_eq(web_dump(&market), before);
}
END_TEST

START_TEST(nobody_elses_document_is_touched)
{
    struct web_file file = terms("a.pdf");
    const char *partners;
    const char *before;

    offer = web_offer(&market, STATE_DRAFT);
    partners = web_document(&market, PARTY_PARTNER, offer);
    before = web_dump(&market);
    ck_assert_int_eq(web_setup_file(&market, offer,
                                    web_path(&market, "replace-document-%s", partners), "", &file)
                         .status,
                     404);
    ck_assert_int_eq(web_setup_file(&market, offer,
                                    web_path(&market, "remove-document-%s", partners), NULL, NULL)
                         .status,
                     404);
    ck_assert_str_eq(web_dump(&market), before);
    /* nor counted, nor compared: the ISV is not told that it is there (LAW D-10) */
    ck_assert_uint_eq(isv_sees().document_count, 0);
    expect_taken("add-document", "Reseller's terms & conditions", &file, "document-added");
}
END_TEST

Suite *
documents_suite(void)
{
    Suite *suite = suite_create("web/documents");
    TCase *tests = tcase_create("documents");

    tcase_set_timeout(tests, 120);
    tcase_add_checked_fixture(tests, setup, teardown);
    tcase_add_test(tests, added_replaced_and_removed_while_a_draft);
    tcase_add_test(tests, a_file_comes_with_any_button);
    tcase_add_test(tests, continuing_with_problems_keeps_the_document);
    tcase_add_test(tests, files_that_are_no_terms);
    tcase_add_test(tests, a_file_of_the_greatest_size);
    tcase_add_test(tests, names_at_their_limits);
    tcase_add_test(tests, a_files_name_that_cannot_be_a_documents);
    tcase_add_test(tests, the_sixth_is_refused);
    tcase_add_test(tests, the_file_is_asked_for_again);
    tcase_add_test(tests, a_session_that_ended_keeps_the_fields);
    tcase_add_loop_test(tests, only_a_drafts_documents_change, 0, 5);
    tcase_add_test(tests, nobody_elses_document_is_touched);
    suite_add_tcase(suite, tests);
    return suite;
}

/*
 * uploads_test.c: a form that brings a file, with each of its store's calls failing in turn: the
 * answer is 5xx and every table is as it was.
 */
#include <check.h>
#include <string.h>

#include "base/text.h"
#include "core/documents.h"
#include "support/fault_driver.h"
#include "support/web_upload.h"

#define CALLS_MAX 400

Suite *uploads_suite(void);

static struct web_market market;

/* Who does what. */
static const struct {
    enum web_person person;
    enum party party;
    const char *account;
    enum offer_state state;
    const char *path;
    const char *page;
    bool replacing;
    bool evidence; /* of a support request, not a document */
} deeds[] = {
    {WEB_ISV, PARTY_ISV, DEAL_ISV, STATE_DRAFT, "isv", "setup", false, false},
    {WEB_ISV, PARTY_ISV, DEAL_ISV, STATE_DRAFT, "isv", "setup", true, false},
    {WEB_PARTNER, PARTY_PARTNER, DEAL_PARTNER, STATE_PENDING_PARTNER, "partner", "setup", false,
     false},
    {WEB_ISV, PARTY_ISV, DEAL_ISV, STATE_ACCEPTED, "isv", "cancel", false, true},
};

/* Adds a document, or replaces the one that is there, with the Nth call failing. Answers whether a
 * run passed. */
static bool
fails_cleanly(int deed, unsigned n)
{
    enum web_person person = deeds[deed].person;
    const char *button = "add-document";
    struct web_file file;
    struct web_form form;
    struct web_answer answer;
    const char *offer;
    const char *path;
    const char *before;
    bool reached;

    web_market_open(&market, &fault_driver);
    offer = web_offer(&market, deeds[deed].state);
    file = (struct web_file){"Terms.pdf", pdf_plain(market.arena, "terms")};
    if (deeds[deed].replacing)
        button = web_path(&market, "replace-document-%s", web_document(&market, PARTY_ISV, offer));
    path = web_path(&market, "/%s/offers/%s/%s", deeds[deed].path, offer, deeds[deed].page);
    form = web_form_new(&market);
    web_form_add(&form, "csrf", web_csrf(&market, person));
    web_form_add(&form, "once", "once-and-again");
    web_form_add(&form, "rev", web_rev(&market, person, offer));
    web_form_add(&form, "do", button);
    web_form_add(&form, "shows", "both");
    before = web_dump(&market);
    fault_arm(n);
    answer = web_post_file(&market, person, path, &form, &file);
    reached = fault_happened();
    fault_arm(0);
    if (answer.status < 500) {
        ck_assert_int_eq(answer.status, 303); /* what failed came after the commit */
    } else {
        ck_assert_msg(reached, "%d without a failure", answer.status);
        ck_assert_msg(text_equal(before, web_dump(&market)), "call %u changed something", n);
        ck_assert_str_eq(answer.location, "");
        answer = web_post_file(&market, person, path, &form, &file);
        ck_assert_int_eq(answer.status, 303);
    }
    if (deeds[deed].evidence)
        ck_assert_ptr_nonnull(strstr(web_dump(&market), "\nsupport_evidence 1 "));
    else
        ck_assert_uint_eq(
            deal_view(&market.deal, deeds[deed].party, deeds[deed].account, offer).document_count,
            1);
    web_market_close(&market);
    return !reached;
}

START_TEST(a_failing_store_keeps_no_half_document)
{
    unsigned n = 1;

    while (!fails_cleanly(_i, n)) {
        n++;
        ck_assert_uint_lt(n, CALLS_MAX);
    }
    ck_assert_uint_gt(n, 10);
}
END_TEST

Suite *
uploads_suite(void)
{
    Suite *suite = suite_create("fault/uploads");
    TCase *tests = tcase_create("uploads");

    tcase_set_timeout(tests, 900);
    tcase_add_loop_test(tests, a_failing_store_keeps_no_half_document, 0, (int)COUNT(deeds));
    suite_add_tcase(suite, tests);
    return suite;
}

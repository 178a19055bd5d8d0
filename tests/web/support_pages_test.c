/*
 * support_pages_test.c: the pages of LAW 6.5: asking for a cancellation, evidence, what each party
 * reads of the request and may do about it, and lists. What becomes of the offer is
 * support_after_test.c's.
 */
#include <check.h>
#include <string.h>

#include "base/text.h"
#include "refusal.h"
#include "support/asking.h"
#include "support/page.h"
#include "support/web_posts.h"
#include "support/web_purchases.h"
#include "support/web_upload.h"
#include "support_play.h"

Suite *support_pages_suite(void);

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

/* ---- Asking --------------------------------------------------------------------------------- */

START_TEST(the_form_is_filled_in_and_what_is_left_out_is_told)
{
    const char *path = web_path(&market, "/isv/offers/%s/cancel", offer);
    struct web_answer page =
        support_get_ok(&market, WEB_ISV, web_path(&market, "/isv/offers/%s", offer));
    struct web_answer answer;

    ck_assert_ptr_nonnull(strstr(page.body, web_path(&market, "href=\"%s\"", path)));
    page = support_get_ok(&market, WEB_ISV, path);
    ck_assert(holds(&page, offer));
    ck_assert(holds(&page, DEAL_ACCOUNT));
    ck_assert(holds(&page, "Request cancellation"));
    support_no_dead_link(&market, WEB_ISV, &page);
    answer = web_fill(&market, WEB_ISV, path, "do", "save", NULL);
    ck_assert_int_eq(answer.status, 303);
    page = support_get_ok(&market, WEB_ISV, answer.location);
    ck_assert(holds(&page, "Cancellation requested."));
    ck_assert(holds(&page, "Incomplete"));
    ck_assert(holds(&page, "The reason From you"));
    ck_assert(holds(&page, "Whether a refund is needed From you"));
    ck_assert(holds(&page, "The other seller’s agreement Fabrikam"));
    ck_assert(holds(&page, "The customer’s agreement The customer"));
    /* asking once more leads to the request that is open */
    page = web_get(&market, WEB_ISV, path);
    ck_assert_int_eq(page.status, 303);
    ck_assert(text_starts(answer.location, page.location));
    page = web_get(&market, WEB_PARTNER, web_path(&market, "/partner/offers/%s/cancel", offer));
    ck_assert_int_eq(page.status, 303);
    ck_assert(text_starts(page.location, "/partner/support/"));
}
END_TEST

START_TEST(a_refused_form_comes_back_whole)
{
    const char *path = web_path(&market, "/partner/offers/%s/cancel", offer);
    struct web_form form = web_form_new(&market);
    struct web_file file = {"Mail.pdf", pdf_plain(market.arena, "agreed")};
    char *reason = arena_alloc(market.arena, LIMIT_SUPPORT_TEXT + 2);
    const char *before;
    struct web_answer answer;

    memset(reason, 'r', LIMIT_SUPPORT_TEXT + 1);
    web_form_add(&form, "csrf", web_csrf(&market, WEB_PARTNER));
    web_form_add(&form, "once", "once-support");
    web_form_add(&form, "rev", web_rev(&market, WEB_PARTNER, offer));
    web_form_add(&form, ANSWER_REASON, reason);
    web_form_add(&form, ANSWER_REFUND, "yes");
    web_form_add(&form, ANSWER_PURCHASES, "typed purchases");
    web_form_add(&form, ANSWER_SHOWS, "other");
    before = web_dump(&market);
    answer = web_post_file(&market, WEB_PARTNER, path, &form, &file);
    ck_assert_int_eq(answer.status, 422);
    refusal_check(&market, &answer, before);
    refusal_check_error(&market, &answer, ANSWER_REASON);
    refusal_check_error(&market, &answer, ANSWER_EVIDENCE); /* the file has to be chosen again */
    refusal_check_kept(&market, &answer, ANSWER_REASON, reason);
    refusal_check_kept(&market, &answer, ANSWER_PURCHASES, "typed purchases");
    refusal_check_kept(&market, &answer, ANSWER_REFUND, "yes");
    refusal_check_kept(&market, &answer, ANSWER_SHOWS, "other");
}
END_TEST

START_TEST(only_an_accepted_offer_has_the_button)
{
    const char *path = web_path(&market, "/isv/offers/%s", offer);
    struct web_answer answer;

    web_today(&market, 2024, 1, 1);
    answer = support_get_ok(&market, WEB_ISV, path);
    ck_assert(holds(&answer, "Ended"));
    ck_assert(!holds(&answer, "Request cancellation"));
    answer = web_get(&market, WEB_ISV, web_path(&market, "%s/cancel", path));
    ck_assert_int_eq(answer.status, 409);
    ck_assert(holds(&answer, "Only an offer that is Accepted can be cancelled"));
}
END_TEST

/* ---- Evidence ------------------------------------------------------------------------------- */

static struct web_answer
send_file(const char *id, const struct web_file *file)
{
    const char *path = support_under(&market, "isv", id, "");
    struct web_answer page = support_get_ok(&market, WEB_ISV, path);
    struct web_form form = web_form_new(&market);
    struct form filled;

    ck_assert(page_form(market.arena, page.body, path, &filled));
    for (size_t i = 0; i < filled.count; i++)
        web_form_add(&form, filled.pairs[i].name, filled.pairs[i].value);
    web_form_set(&form, "do", "save");
    web_form_set(&form, ANSWER_EVIDENCE, NULL);
    return web_post_file(&market, WEB_ISV, path, &form, file);
}

START_TEST(a_file_is_taken_by_its_content_and_given_to_two)
{
    static const char png[] = "\x89PNG\r\n\x1a\nrest of it";
    const char *id = ask(&market.deal, offer);
    struct web_file named = {"agreement.PNG", {png, sizeof png - 1}};
    struct web_file script = {"page.png", {"<svg onload=1>", 14}};
    struct web_file pdf = {"Letter", pdf_plain(market.arena, "we agree")};
    struct web_answer answer = send_file(id, &script);
    const char *at;
    const char *href;

    ck_assert_int_eq(answer.status, 422);
    refusal_check_error(&market, &answer, ANSWER_EVIDENCE);
    ck_assert_int_eq(send_file(id, &named).status, 303);
    ck_assert_int_eq(send_file(id, &pdf).status, 303);
    answer = support_get_ok(&market, WEB_ISV, support_under(&market, "isv", id, ""));
    ck_assert(holds(&answer, "agreement.PNG PNG, 1 KiB, agreement of Fabrikam and the customer"));
    ck_assert(holds(&answer, "With the marketplace")); /* both agreements are shown */
    ck_assert(holds(&answer, "Agrees, by the evidence"));
    at = strstr(answer.body, "href=\"/files/");
    ck_assert_ptr_nonnull(at);
    href = arena_copy(market.arena, at + 6, strcspn(at + 6, "\""));
    answer = support_get_ok(&market, WEB_OPERATOR, href);
    ck_assert_uint_eq(answer.body_length, sizeof png - 1);
    ck_assert_mem_eq(answer.body, png, sizeof png - 1);
    ck_assert_ptr_nonnull(strstr(answer.head, "Content-Type: image/png\r\n"));
    ck_assert_ptr_nonnull(
        strstr(answer.head, "Content-Disposition: attachment; filename=\"agreement.PNG\""));
    ck_assert_ptr_nonnull(strstr(answer.head, "Content-Security-Policy: sandbox"));
    ck_assert_ptr_nonnull(strstr(answer.head, "X-Content-Type-Options: nosniff"));
    (void)support_get_ok(&market, WEB_ISV_DEVELOPER, href);
    ck_assert_int_eq(web_get(&market, WEB_ISV_MARKETER, href).status, 404);
    ck_assert_int_eq(web_get(&market, WEB_PARTNER, href).status, 404);
    ck_assert_int_eq(web_get(&market, WEB_OWNER, href).status, 404);
    ck_assert_int_eq(web_get(&market, WEB_OTHER_ISV, href).status, 404);
    ck_assert_int_eq(web_get(&market, WEB_STRANGER, href).status, 404);
}
END_TEST

START_TEST(a_file_too_large_is_refused)
{
    const char *id = ask(&market.deal, offer);
    struct web_file large = {"Large.pdf", pdf_of_size(market.arena, LIMIT_DOCUMENT_BYTES + 1)};
    struct web_answer answer = send_file(id, &large);

    ck_assert_int_eq(answer.status, 422);
    ck_assert_ptr_nonnull(
        strstr(page_help(market.arena, answer.body, ANSWER_EVIDENCE), "larger than 10 MiB"));
}
END_TEST

/* ---- The parties ---------------------------------------------------------------------------- */

/* A request of the ISV's that is full of words only some may read. */
static const char *
marked_request(void)
{
    struct answers answers = deal_form(&market.deal, ANSWER_REASON, "markreason", ANSWER_REFUND,
                                       "yes", ANSWER_PURCHASES, "markpurchases", NULL);
    const char *id = NULL;

    ck_assert_int_eq(try_ask(&market.deal, &actor_isv, offer, &answers, NULL, NULL, &id), OK);
    support_does(&market, WEB_OPERATOR, support_under(&market, "operator", id, ""), "ask",
                 "markquestion");
    support_does(&market, WEB_ISV, support_under(&market, "isv", id, ""), "answer", "markanswer");
    support_does(&market, WEB_PARTNER, support_under(&market, "partner", id, ""), "agree",
                 "markpartner");
    support_does(&market, WEB_OWNER, support_under(&market, "customer", id, ""), "object",
                 "markcustomer");
    return id;
}

/* What each may read: i, p, c, o. */
static const struct {
    const char *mark;
    const char *readers;
} marks[] = {
    {"markreason", "i--o"}, {"markpurchases", "i--o"},  {"markquestion", "i--o"},
    {"markanswer", "i--o"}, {"markpartner", "-p-o"},    {"markcustomer", "--co"},
    {"Person isv", "i--o"}, {"Person partner", "-p-o"}, {"Person owner", "--co"},
};

START_TEST(each_reads_its_own_side)
{
    static const struct {
        enum web_person person;
        const char *hat;
    } readers[] = {
        {WEB_ISV, "isv"},
        {WEB_PARTNER, "partner"},
        {WEB_OWNER, "customer"},
        {WEB_OPERATOR, "operator"},
    };
    const char *id = marked_request();

    for (size_t i = 0; i < COUNT(readers); i++) {
        const char *path = support_under(&market, readers[i].hat, id, "");
        struct web_answer page = support_get_ok(&market, readers[i].person, path);
        const char *main = strstr(page.body, "<main");

        ck_assert_ptr_nonnull(main);
        support_no_dead_link(&market, readers[i].person, &page);
        for (size_t k = 0; k < COUNT(marks); k++) {
            bool reads = marks[k].readers[i] != '-';

            ck_assert_msg((strstr(main, marks[k].mark) != NULL) == reads, "%s: %s", path,
                          marks[k].mark);
        }
        page = support_get_ok(&market, readers[i].person,
                              web_path(&market, "/%s/support?status=incomplete", readers[i].hat));
        ck_assert(holds(&page, "Contoso"));
        ck_assert_ptr_nonnull(strstr(page.body, web_path(&market, "href=\"%s\"", path)));
        for (size_t k = 0; k < COUNT(marks); k++) {
            if (text_starts(marks[k].mark, "mark"))
                ck_assert_ptr_null(strstr(page.body, marks[k].mark));
        }
    }
}
END_TEST

START_TEST(a_reader_is_told_who_can_agree)
{
    const char *path = support_under(&market, "customer", ask(&market.deal, offer), "");
    struct web_answer page = support_get_ok(&market, WEB_READER, path);

    ck_assert(holds(&page, "Who can agree to it"));
    ck_assert(holds(&page, "Person owner, Billing account owner"));
    ck_assert(!holds(&page, "Do you agree?"));
    ck_assert_int_eq(web_post(&market, WEB_READER, path, "do", "agree", NULL).status, 403);
    page = support_get_ok(&market, WEB_OWNER, path);
    ck_assert(holds(&page, "Do you agree?"));
    ck_assert(!holds(&page, "Who can agree to it"));
}
END_TEST

START_TEST(an_answer_may_be_changed_until_it_is_decided)
{
    const char *id = ask(&market.deal, offer);
    const char *path = support_under(&market, "partner", id, "");
    struct web_answer page;

    support_does(&market, WEB_PARTNER, path, "object", "");
    page = support_get_ok(&market, WEB_ISV, support_under(&market, "isv", id, ""));
    ck_assert(holds(&page, "Fabrikam doesn’t agree"));
    support_does(&market, WEB_PARTNER, path, "agree", "");
    support_does(&market, WEB_OPERATOR, support_under(&market, "operator", id, ""), "refuse",
                 "Not this year");
    page = support_get_ok(&market, WEB_PARTNER, path);
    ck_assert(holds(&page, "Refused"));
    ck_assert(!holds(&page, "Do you agree?"));
    ck_assert(!holds(&page, "Not this year"));
    page = support_get_ok(&market, WEB_ISV, support_under(&market, "isv", id, ""));
    ck_assert(holds(&page, "Not this year"));
    page = web_post(&market, WEB_PARTNER, path, "do", "agree", NULL);
    ck_assert_int_eq(page.status, 409);
    ck_assert(holds(&page, "The request has moved on."));
    ck_assert_ptr_nonnull(
        strstr(page.body, web_path(&market, "href=\"%s\">Open the request<", path)));
    ck_assert_int_eq(web_post(&market, WEB_PARTNER, path, "do", "nonsense", NULL).status, 409);
}
END_TEST

START_TEST(the_requester_withdraws)
{
    const char *id = ask(&market.deal, offer);
    struct web_answer page;

    ck_assert_int_eq(
        web_fill(&market, WEB_ISV, support_under(&market, "isv", id, ""), "do", "withdraw", NULL)
            .status,
        303);
    page = support_get_ok(&market, WEB_ISV,
                          support_under(&market, "isv", id, "?done=request-withdraw"));
    ck_assert(holds(&page, "Request withdrawn."));
    ck_assert(!holds(&page, "Change the request"));
    page = support_get_ok(&market, WEB_ISV, web_path(&market, "/isv/offers/%s/cancel", offer));
    ck_assert(holds(&page, "Cancel an accepted offer"));
}
END_TEST

/* ---- Lists ---------------------------------------------------------------------------------- */

START_TEST(empty_lists_say_what_they_are_for)
{
    struct web_answer page = support_get_ok(&market, WEB_ISV, "/isv/support");

    ck_assert(holds(&page, "No requests"));
    ck_assert(holds(&page, "choose Request cancellation"));
    page = support_get_ok(&market, WEB_OWNER, "/customer/support");
    ck_assert(holds(&page, "When a seller asks to cancel an offer you accepted"));
    page = support_get_ok(&market, WEB_OPERATOR, "/operator/support");
    ck_assert(holds(&page, "No request has this status."));
    page = support_get_ok(&market, WEB_OPERATOR, "/operator/support?status=nonsense");
    ck_assert(holds(&page, "No request has this status."));
    page = support_get_ok(&market, WEB_OPERATOR, "/operator/support?after=nonsense");
    ck_assert(holds(&page, "The list has changed."));
}
END_TEST

/* 26 of them: 25 and one more, newest first for their parties, oldest first for the operator. */
START_TEST(lists_go_on)
{
    const char *first = NULL;
    const char *last = NULL;
    struct web_answer page;
    const char *more;

    for (int i = 0; i < LIMIT_LIST_ROWS + 1; i++) {
        last = ask(&market.deal, offer);
        if (first == NULL)
            first = last;
        ck_assert_int_eq(try_note(&market.deal, &actor_isv, last, SUPPORT_WITHDRAW, "", NULL), OK);
        market.deal.fake.now++;
    }
    page = support_get_ok(&market, WEB_ISV, "/isv/support");
    ck_assert_ptr_nonnull(strstr(page.body, last));
    ck_assert_ptr_null(strstr(page.body, first));
    support_no_dead_link(&market, WEB_ISV, &page);
    more = strstr(page.body, "href=\"/isv/support?after=");
    ck_assert_ptr_nonnull(more);
    page = support_get_ok(&market, WEB_ISV,
                          page_decode(market.arena, more + 6, strcspn(more + 6, "\"")));
    ck_assert_ptr_nonnull(strstr(page.body, first));
    ck_assert_ptr_null(strstr(page.body, last));
    ck_assert(holds(&page, "First page"));
    page = support_get_ok(&market, WEB_OPERATOR, "/operator/support?status=withdrawn");
    ck_assert_ptr_nonnull(strstr(page.body, first));
    ck_assert_ptr_null(strstr(page.body, last));
    support_no_dead_link(&market, WEB_OPERATOR, &page);
    more = strstr(page.body, "&amp;after=");
    ck_assert_ptr_nonnull(more);
    page = support_get_ok(&market, WEB_OPERATOR,
                          web_path(&market, "/operator/support?status=withdrawn&%.*s",
                                   (int)strcspn(more + 5, "\""), more + 5));
    ck_assert_ptr_nonnull(strstr(page.body, last));
    ck_assert_ptr_null(strstr(page.body, first));
}
END_TEST

Suite *
support_pages_suite(void)
{
    Suite *suite = suite_create("web/support_pages");
    TCase *tests = tcase_create("support_pages");

    tcase_set_timeout(tests, 120);
    tcase_add_checked_fixture(tests, setup, teardown);
    tcase_add_test(tests, the_form_is_filled_in_and_what_is_left_out_is_told);
    tcase_add_test(tests, a_refused_form_comes_back_whole);
    tcase_add_test(tests, only_an_accepted_offer_has_the_button);
    tcase_add_test(tests, a_file_is_taken_by_its_content_and_given_to_two);
    tcase_add_test(tests, a_file_too_large_is_refused);
    tcase_add_test(tests, each_reads_its_own_side);
    tcase_add_test(tests, a_reader_is_told_who_can_agree);
    tcase_add_test(tests, an_answer_may_be_changed_until_it_is_decided);
    tcase_add_test(tests, the_requester_withdraws);
    tcase_add_test(tests, empty_lists_say_what_they_are_for);
    tcase_add_test(tests, lists_go_on);
    suite_add_tcase(suite, tests);
    return suite;
}

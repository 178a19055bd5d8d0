/*
 * asks_test.c: the pages on which one party asks another for something, and what the pages of the
 * offer say of it to each (LAW 6.7, D-35).
 *
 * Whose pages never hold a reason is walked in visibility_test.c, which state opens which page in
 * states_test.c.
 */
#include <check.h>
#include <string.h>

#include "base/text.h"
#include "refusal.h"
#include "support/page.h"
#include "support/web_posts.h"

Suite *asks_suite(void);

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

#define REASON "Reasonmark one\nand a second line"

static const struct {
    const char *path;
    const char *button;
    enum web_person person;
    enum offer_state state;
    /* What the pages say to the ISV, the partner and the customer; NULL: nothing. */
    const char *says[3];
    bool reason[3]; /* and do they hold the reason? */
} asks[] = {
    {"/partner/offers/:offer/send-back",
     "Send back",
     WEB_PARTNER,
     STATE_PENDING_PARTNER,
     {"Fabrikam sent this offer back.", "You sent this offer back to Contoso.", NULL},
     {true, true, false}},
    {"/isv/offers/:offer/ask-withdraw",
     "Ask to withdraw",
     WEB_ISV,
     STATE_PENDING_ACCEPTANCE,
     {"You asked Fabrikam to withdraw this offer.", "Contoso asks you to withdraw this offer.",
      NULL},
     {true, true, false}},
    {"/isv/offers/:offer/ask-withdraw",
     "Ask to withdraw",
     WEB_ISV,
     STATE_EXPIRED,
     {"You asked Fabrikam to withdraw this offer.", "Contoso asks you to withdraw this offer.",
      NULL},
     {true, true, false}},
    {"/customer/offers/:offer/decline",
     "Decline",
     WEB_OWNER,
     STATE_PENDING_ACCEPTANCE,
     {"The customer declined this offer.", "The customer declined this offer.",
      "Your organisation declined this offer."},
     {false, true, true}},
    {"/customer/offers/:offer/ask-change",
     "Ask for a change",
     WEB_OWNER,
     STATE_PENDING_ACCEPTANCE,
     {"The customer asks for a change.", "The customer asks for a change.",
      "Your organisation asked for a change."},
     {false, true, true}},
};

static const struct {
    enum web_person person;
    const char *page;
} viewers[] = {{WEB_ISV, "/isv/offers/:offer"},
               {WEB_PARTNER, "/partner/offers/:offer"},
               {WEB_OWNER, "/customer/offers/:offer"}};

static struct web_answer
send_reason(size_t ask, const char *offer, const char *rev, const char *reason)
{
    return web_post(&market, asks[ask].person, web_row_path(&market, asks[ask].path, offer), "rev",
                    rev, "reason", reason, NULL);
}

static struct web_answer
view_as(size_t viewer, const char *offer)
{
    return web_get(&market, viewers[viewer].person,
                   web_row_path(&market, viewers[viewer].page, offer));
}

START_TEST(each_page_says_what_its_reader_may_know)
{
    const char *offer = web_offer(&market, asks[_i].state);
    struct web_answer answer =
        send_reason((size_t)_i, offer, web_rev(&market, asks[_i].person, offer), REASON);
    const char *words;

    ck_assert_int_eq(answer.status, 303);
    answer = web_get(&market, asks[_i].person, answer.location);
    ck_assert_ptr_nonnull(strstr(answer.body, "role=\"status\"")); /* what was done */
    for (size_t v = 0; v < COUNT(viewers); v++) {
        answer = view_as(v, offer);
        words = page_decode(market.arena, answer.body, answer.body_length);
        if (asks[_i].says[v] != NULL)
            ck_assert_msg(strstr(words, asks[_i].says[v]) != NULL, "viewer %zu: %s", v, words);
        else
            ck_assert(strstr(words, "sent this offer back") == NULL &&
                      strstr(words, "to withdraw this offer") == NULL);
        /* in the notice and in the history */
        ck_assert_uint_eq(page_count(words, REASON), asks[_i].reason[v] ? 2 : 0);
        ck_assert_int_eq(strstr(words, "Fabrikam has the reason.") != NULL,
                         asks[_i].says[v] != NULL && !asks[_i].reason[v]);
    }
    answer = web_get(&market, WEB_OPERATOR, web_path(&market, "/operator/offers/%s", offer));
    ck_assert_ptr_nonnull(strstr(answer.body, "Reasonmark"));
}
END_TEST

/* LAW 6.7: each list says whom an offer waits for, and the customer's nothing of what the ISV asks.
 */
START_TEST(lists_say_whom_it_waits_for)
{
    static const char *const lists[] = {"/isv/offers", "/partner/offers", "/customer/offers"};
    static const char *const turns[][COUNT(lists)] = {
        {"Sent back; waits for you", "Sent back; waits for Contoso", NULL},
        {"Withdrawal asked for; waits for Fabrikam", "Withdrawal asked for; waits for you",
         "Waits for you"},
        {"Withdrawal asked for; waits for Fabrikam", "Withdrawal asked for; waits for you",
         "Waits for Fabrikam"}, /* Expired */
        {"Declined; waits for Fabrikam", "Declined; waits for you", "Declined; waits for Fabrikam"},
        {"Change asked for; waits for Fabrikam", "Change asked for; waits for you",
         "Change asked for; waits for Fabrikam"},
    };
    const char *offer = web_offer(&market, asks[_i].state);

    ck_assert_int_eq(
        send_reason((size_t)_i, offer, web_rev(&market, asks[_i].person, offer), REASON).status,
        303);
    for (size_t v = 0; v < COUNT(lists); v++) {
        const struct web_answer pages[] = {web_get(&market, viewers[v].person, lists[v]),
                                           view_as(v, offer)};

        for (size_t k = 0; turns[_i][v] != NULL && k < COUNT(pages); k++)
            ck_assert_msg(strstr(pages[k].body, web_path(&market, "<span class=\"low\">%s</span>",
                                                         turns[_i][v])) != NULL,
                          "%s, %zu: %s", lists[v], k, page_text(market.arena, pages[k].body));
    }
}
END_TEST

/* Home names what was asked of its party, however far accept-by is, and nothing to whoever asked.
 */
START_TEST(home_names_what_is_asked)
{
    static const char *const tasks[][2] = {
        {"Your partner sent it back: withdraw it and change it", NULL},
        {NULL, "Withdraw it, as the ISV asks"},
        {NULL, "Withdraw it, as the ISV asks"},
        {NULL, "The customer declined it: see why"},
        {NULL, "The customer asks for a change: see which"},
    };
    static const char *const homes[] = {"/isv", "/partner"};
    const char *offer = web_offer(&market, asks[_i].state);

    ck_assert_int_eq(
        send_reason((size_t)_i, offer, web_rev(&market, asks[_i].person, offer), REASON).status,
        303);
    for (size_t v = 0; v < COUNT(homes); v++) {
        struct web_answer answer = web_get(&market, viewers[v].person, homes[v]);

        ck_assert_int_eq(answer.status, 200);
        ck_assert_ptr_null(strstr(answer.body, "Reasonmark"));
        if (tasks[_i][v] != NULL)
            ck_assert_ptr_nonnull(strstr(answer.body, tasks[_i][v]));
        for (size_t k = 0; k < COUNT(tasks); k++)
            ck_assert(tasks[_i][v] != NULL || tasks[k][v] == NULL ||
                      strstr(answer.body, tasks[k][v]) == NULL);
    }
    if (asks[_i].state == STATE_PENDING_PARTNER) /* it is no longer the partner's to price */
        ck_assert_ptr_null(
            strstr(web_get(&market, WEB_PARTNER, "/partner").body, "Price it and submit it"));
}
END_TEST

/* LAW 6.8: the page of every offer, in every state, to everybody who sees it. What the sentences
 * are, core's next_test tells. */
START_TEST(every_page_tells_what_follows)
{
    static const struct {
        enum offer_state state;
        const char *words[4]; /* ISV, partner, customer, operator */
    } states[] = {
        {STATE_DRAFT, {"You complete", NULL, NULL, "Contoso completes"}},
        {STATE_TO_PARTNER, {"Within 15 minutes", NULL, NULL, "Within 15 minutes"}},
        {STATE_PENDING_PARTNER, {"Fabrikam prices", "You enter", NULL, "Fabrikam prices"}},
        {STATE_TO_CUSTOMER, {"Within 15 minutes", "Within 15 minutes", NULL, "Within 15 minutes"}},
        {STATE_PENDING_ACCEPTANCE,
         {"The customer accepts by 15 Nov 2023 UTC", "You send the acceptance link",
          "You accept by 15 Nov 2023 UTC", "The customer accepts by 15 Nov 2023 UTC"}},
        {STATE_ACCEPTED,
         {"The customer buys", "The customer buys", "You buy", "The customer buys"}},
        {STATE_EXPIRED,
         {"Fabrikam withdraws", "You withdraw", "Fabrikam can make", "Fabrikam withdraws"}},
        {STATE_ENDED,
         {"for new ones you make", "for new ones Contoso makes", "for new ones you write",
          "list prices apply."}},
    };
    static const struct {
        enum web_person person;
        const char *page;
    } readers[] = {{WEB_ISV, "/isv/offers/:offer"},
                   {WEB_PARTNER, "/partner/offers/:offer"},
                   {WEB_READER, "/customer/offers/:offer"},
                   {WEB_OPERATOR, "/operator/offers/:offer"}};
    const char *offer = web_offer(&market, states[_i].state);

    for (size_t k = 0; k < COUNT(readers); k++) {
        struct web_answer answer =
            web_get(&market, readers[k].person, web_row_path(&market, readers[k].page, offer));

        ck_assert_int_eq(answer.status, states[_i].words[k] == NULL ? 404 : 200);
        if (states[_i].words[k] != NULL)
            ck_assert_msg(strstr(page_text(market.arena, answer.body), states[_i].words[k]) != NULL,
                          "%s: %s", readers[k].page, page_text(market.arena, answer.body));
    }
}
END_TEST
#define STATES_TOLD 8

/* A wrong reason comes back as it was typed, with what is wrong beside it. */
START_TEST(a_refused_reason_is_kept)
{
    const char *offer = web_offer(&market, asks[_i].state);
    const char *rev = web_rev(&market, asks[_i].person, offer);
    const char *before = web_dump(&market);
    char *text = arena_alloc(market.arena, LIMIT_REASON + 2);
    struct web_answer answer = send_reason((size_t)_i, offer, rev, " \n ");

    refusal_check(&market, &answer, before);
    refusal_check_error(&market, &answer, "reason");
    ck_assert_ptr_nonnull(strstr(page_help(market.arena, answer.body, "reason"), "Enter a reason"));

    memset(text, 'y', LIMIT_REASON + 1);
    text[LIMIT_REASON + 1] = '\0';
    answer = send_reason((size_t)_i, offer, rev, text);
    refusal_check(&market, &answer, before);
    refusal_check_kept(&market, &answer, "reason", text);
    ck_assert_ptr_nonnull(strstr(page_help(market.arena, answer.body, "reason"),
                                 "A reason can have up to 1000 characters; this one has 1001"));

    text[LIMIT_REASON] = '\0';
    ck_assert_int_eq(send_reason((size_t)_i, offer, rev, text).status, 303);
}
END_TEST

/* Made from what has changed since: nothing is sent, the reason is still there, and goes the second
 * time. */
START_TEST(a_reason_survives_a_change)
{
    const char *offer = web_offer(&market, asks[_i].state);
    const char *before = web_dump(&market);
    struct web_answer answer = send_reason((size_t)_i, offer, "0", REASON);
    const char *rev;

    ck_assert_int_eq(answer.status, 409);
    ck_assert_str_eq(before, web_dump(&market));
    ck_assert_ptr_nonnull(strstr(answer.body, "The offer changed meanwhile."));
    refusal_check_kept(&market, &answer, "reason", REASON);
    rev = page_field(market.arena, answer.body, "rev");
    ck_assert_int_eq(send_reason((size_t)_i, offer, rev, REASON).status, 303);
}
END_TEST

/* The button stands on the page of whoever may, and on nobody else's. */
START_TEST(buttons_for_those_who_may)
{
    static const struct {
        enum web_person person;
        const char *page;
        bool asks;
    } people[] = {
        {WEB_ISV, "/isv/offers/:offer", true},
        {WEB_ISV_DEVELOPER, "/isv/offers/:offer", true},
        {WEB_OWNER, "/customer/offers/:offer", true},
        {WEB_CONTRIBUTOR, "/customer/offers/:offer", true},
        {WEB_READER, "/customer/offers/:offer", false},
    };
    const char *offer = web_offer(&market, STATE_PENDING_ACCEPTANCE);

    for (size_t i = 0; i < COUNT(people); i++) {
        struct web_answer answer =
            web_get(&market, people[i].person, web_row_path(&market, people[i].page, offer));

        ck_assert_int_eq(answer.status, 200);
        for (size_t k = 0; k < COUNT(asks); k++) {
            bool here = people[i].asks && text_starts(asks[k].path, people[i].page);

            ck_assert_msg(
                (strstr(answer.body, web_row_path(&market, asks[k].path, offer)) != NULL) == here,
                "%s for %s", asks[k].button, web_person_name(people[i].person));
        }
    }
}
END_TEST

/* Withdrawn while the page was open: whom to write to; a colleague has accepted: that. */
START_TEST(too_late_to_decline)
{
    const char *offer = web_offer(&market, STATE_PENDING_ACCEPTANCE);
    const char *rev = web_rev(&market, WEB_OWNER, offer);
    struct web_answer answer;

    ck_assert_int_eq(web_post(&market, WEB_PARTNER,
                              web_path(&market, "/partner/offers/%s/withdraw", offer), "rev",
                              web_rev(&market, WEB_PARTNER, offer), NULL)
                         .status,
                     303);
    answer = send_reason(3, offer, rev, REASON);
    ck_assert_int_eq(answer.status, 410);
    ck_assert_ptr_nonnull(strstr(answer.body, "mailto:p@fabrikam.example"));
}
END_TEST

START_TEST(nothing_to_decline_once_accepted)
{
    const char *offer = web_offer(&market, STATE_ACCEPTED);
    struct web_answer answer = send_reason(3, offer, web_rev(&market, WEB_OWNER, offer), REASON);

    ck_assert_int_eq(answer.status, 409);
    ck_assert_ptr_nonnull(strstr(page_text(market.arena, answer.body),
                                 "It can be declined only while it is Pending acceptance."));
}
END_TEST

Suite *
asks_suite(void)
{
    Suite *suite = suite_create("web/asks");
    TCase *tests = tcase_create("asks");

    tcase_add_checked_fixture(tests, setup, teardown);
    tcase_add_loop_test(tests, each_page_says_what_its_reader_may_know, 0, COUNT(asks));
    tcase_add_loop_test(tests, lists_say_whom_it_waits_for, 0, COUNT(asks));
    tcase_add_loop_test(tests, home_names_what_is_asked, 0, COUNT(asks));
    tcase_add_loop_test(tests, every_page_tells_what_follows, 0, STATES_TOLD);
    tcase_add_loop_test(tests, a_refused_reason_is_kept, 0, COUNT(asks));
    tcase_add_loop_test(tests, a_reason_survives_a_change, 0, COUNT(asks));
    tcase_add_test(tests, buttons_for_those_who_may);
    tcase_add_test(tests, too_late_to_decline);
    tcase_add_test(tests, nothing_to_decline_once_accepted);
    suite_add_tcase(suite, tests);
    return suite;
}

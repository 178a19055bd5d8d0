/*
 * notice_pages_test.c: the pages of mail and calendar: who switches what, an address that is shown
 * once and can be revoked, a calendar through its party's own eyes, and the operator's queues.
 */
#include <check.h>
#include <string.h>

#include "base/text.h"
#include "store/account_events.h"
#include "store/notices.h"
#include "store/outbox.h"
#include "support/page.h"
#include "support/play_purchase.h"
#include "support/web_posts.h"

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

static unsigned
switched(const char *kind, const char *account)
{
    unsigned on = 0;

    ck_assert_int_eq(notice_switches_of(market.deal.temp.reader, kind, account, &on), OK);
    return on;
}

#define BILLING "/customer/billing/" DEAL_ACCOUNT "/notices"

static bool
says(const struct web_answer *answer, const char *words)
{
    return strstr(answer->body, words) != NULL;
}

START_TEST(an_owner_switches_and_others_read)
{
    struct web_answer answer = web_get(&market, WEB_ISV, "/isv/notices");

    ck_assert(says(&answer, "name=\"arrivals\""));
    ck_assert(!says(&answer, " checked"));
    ck_assert_uint_eq(switched(NOTICES_OF_PUBLISHER, DEAL_ISV), 0);
    answer = web_post(&market, WEB_ISV, "/isv/notices", "do", "save", "reminders", "1", NULL);
    ck_assert_str_eq(answer.location, "/isv/notices?done=notices-saved");
    ck_assert_uint_eq(switched(NOTICES_OF_PUBLISHER, DEAL_ISV), 1U << SWITCH_REMINDERS);
    answer = web_get(&market, WEB_ISV, "/isv/notices?done=notices-saved");
    ck_assert(says(&answer, "Choices saved."));
    ck_assert(says(&answer, " checked"));

    answer = web_get(&market, WEB_ISV_DEVELOPER, "/isv/notices");
    ck_assert(!says(&answer, "name=\"arrivals\""));
    ck_assert(says(&answer, "An account owner changes this"));
    ck_assert(says(&answer, "On") && says(&answer, "Off"));
    ck_assert_int_eq(
        web_post(&market, WEB_ISV_DEVELOPER, "/isv/notices", "do", "save", NULL).status, 403);
    ck_assert_uint_eq(switched(NOTICES_OF_PUBLISHER, DEAL_ISV), 1U << SWITCH_REMINDERS);
    ck_assert_int_eq(web_post(&market, WEB_ISV, "/isv/notices", "do", "save", NULL).status, 303);
    ck_assert_uint_eq(switched(NOTICES_OF_PUBLISHER, DEAL_ISV), 0);
}
END_TEST

START_TEST(a_billing_account_is_its_owners)
{
    struct web_answer answer = web_get(&market, WEB_READER, BILLING);

    ck_assert(says(&answer, "An owner or administrator of the billing account changes this"));
    ck_assert_int_eq(
        web_post(&market, WEB_OWNER, BILLING, "do", "save", "arrivals", "1", NULL).status, 303);
    ck_assert_uint_eq(switched(NOTICES_OF_BILLING, DEAL_ACCOUNT), 1U << SWITCH_ARRIVALS);
    answer = web_get(&market, WEB_OWNER, "/customer/billing");
    ck_assert(says(&answer, "href=\"" BILLING "\""));
}
END_TEST

/* The token that the answer's cookie brings. */
static const char *
token_of(const struct web_answer *answer)
{
    for (size_t i = 0; i < answer->cookie_count; i++) {
        const char *at = strstr(answer->cookies[i], "tripact_handover=");

        if (at != NULL)
            return arena_copy(market.arena, strchr(at, '=') + 1, 43);
    }
    ck_abort_msg("no token");
    return "";
}

static struct web_answer
get_with(enum web_person person, const char *path, const char *token)
{
    return web_send(&market,
                    &(struct web_request){.method = "GET",
                                          .target = path,
                                          .cookies = web_path(&market, "%s; tripact_handover=%s",
                                                              web_cookie(&market, person), token)});
}

START_TEST(an_address_is_shown_once_works_for_anybody_and_is_revoked)
{
    struct web_answer answer = web_post(&market, WEB_ISV, "/isv/notices", "do", "make", NULL);
    const char *token = token_of(&answer);
    const char *path = web_path(&market, "/calendar/%s", token);
    const char *other;

    ck_assert_ptr_null(strstr(answer.location, token));
    answer = get_with(WEB_ISV, "/isv/notices?done=calendar-made", token);
    ck_assert(says(&answer, web_path(&market, WEB_ADDRESS "%s", path)));
    ck_assert_uint_eq(answer.cookie_count, 1); /* and lets go of it */
    answer = web_get(&market, WEB_ISV, "/isv/notices");
    ck_assert(!says(&answer, token));
    ck_assert(says(&answer, "made the address that works now"));
    answer = get_with(WEB_ISV_DEVELOPER, "/isv/notices", token);
    ck_assert(!says(&answer, token)); /* made by somebody else */
    ck_assert_ptr_null(strstr(web_dump(&market), token));

    answer = web_get(&market, WEB_OUT, path);
    ck_assert_int_eq(answer.status, 200);
    ck_assert_ptr_nonnull(strstr(answer.head, "text/calendar; charset=utf-8"));
    ck_assert_ptr_nonnull(strstr(answer.head, "no-store"));

    answer = web_post(&market, WEB_ISV, "/isv/notices", "do", "make", NULL);
    other = web_path(&market, "/calendar/%s", token_of(&answer));
    ck_assert_int_eq(web_get(&market, WEB_OUT, path).status, 404);
    ck_assert_int_eq(web_get(&market, WEB_OUT, other).status, 200);
    answer = web_post(&market, WEB_ISV, "/isv/notices", "do", "revoke", NULL);
    ck_assert_str_eq(answer.location, "/isv/notices?done=calendar-revoked");
    ck_assert_int_eq(web_get(&market, WEB_OUT, other).status, 404);
    ck_assert_int_eq(web_post(&market, WEB_ISV, "/isv/notices", "do", "revoke", NULL).status, 303);
}
END_TEST

static const char *
calendar_of(enum web_person person, const char *page)
{
    struct web_answer made = web_post(&market, person, page, "do", "make", NULL);
    struct web_answer answer =
        web_get(&market, WEB_OUT, web_path(&market, "/calendar/%s", token_of(&made)));

    ck_assert_int_eq(answer.status, 200);
    return answer.body;
}

static size_t
events_in(const char *calendar)
{
    size_t count = 0;

    for (const char *at = calendar; (at = strstr(at, "BEGIN:VEVENT")) != NULL; at++)
        count++;
    return count;
}

/* LAW 20's offer, accept by 15 November: in the calendar of those who see it, as they see it. */
START_TEST(a_calendar_shows_what_its_party_sees)
{
    const char *offer = web_offer(&market, STATE_PENDING_PARTNER);
    const char *isv = calendar_of(WEB_ISV, "/isv/notices");
    const char *customer = calendar_of(WEB_OWNER, BILLING);
    const char *stranger = calendar_of(WEB_OTHER_ISV, "/isv/notices");

    ck_assert_uint_eq(events_in(isv), 1);
    ck_assert_ptr_nonnull(strstr(isv, "DTSTART;VALUE=DATE:20231115\r\nDTEND;VALUE=DATE:20231116"));
    ck_assert_ptr_nonnull(strstr(isv, "SUMMARY:Accept by: Northwind FY24\r\n"));
    ck_assert_ptr_nonnull(strstr(isv, web_path(&market, "UID:accept-by-isv-%s", offer)));
    ck_assert_uint_eq(events_in(customer), 0); /* not extended yet */
    ck_assert_uint_eq(events_in(stranger), 0);
    ck_assert_ptr_null(strstr(isv, "deal 42"));
}
END_TEST

START_TEST(a_customers_calendar_has_its_offers_and_clocks)
{
    const char *customer;
    const char *isv;

    (void)web_offer(&market, STATE_ACCEPTED);
    (void)play_subscribe(&market.deal, true); /* waits to be activated */
    (void)play_buy(&market.deal, BUY_PRO, "term-12", "");
    customer = calendar_of(WEB_OWNER, BILLING);
    isv = calendar_of(WEB_ISV, "/isv/notices");
    ck_assert_uint_eq(events_in(customer), 2);
    ck_assert_ptr_nonnull(strstr(customer, "SUMMARY:Prices end: Northwind FY24"));
    ck_assert_ptr_nonnull(strstr(customer, "SUMMARY:Configure: Suite\\, Pro"));
    ck_assert_uint_eq(events_in(isv), 2);
    ck_assert_ptr_nonnull(strstr(isv, "SUMMARY:Activate: Suite\\, Pro"));
    ck_assert_ptr_nonnull(strstr(isv, "DTSTART;VALUE=DATE:20231231"));
    web_today(&market, 2024, 1, 1);
    ck_assert_uint_eq(events_in(calendar_of(WEB_ISV, "/isv/notices")), 0);
}
END_TEST

/* ---- Queues --------------------------------------------------------------------------------- */

START_TEST(an_empty_market_has_nothing_in_its_queues)
{
    struct web_answer answer = web_get(&market, WEB_OPERATOR, "/operator/queues");

    ck_assert(says(&answer, "No offer is in progress."));
    ck_assert(says(&answer, "No mail was given up."));
    ck_assert(says(&answer, "No mail waits."));
}
END_TEST

START_TEST(a_mail_that_failed_is_tried_again_and_says_nothing_of_itself)
{
    const char *path = "/operator/queues/mails/" WEB_MAIL "/retry";
    struct account_events events;
    struct web_answer answer;

    web_mail_failed(&market);
    answer = web_get(&market, WEB_OPERATOR, "/operator/queues");
    ck_assert(says(&answer, "Mails that failed (1)"));
    ck_assert(says(&answer, "i@contoso.example"));
    ck_assert(says(&answer, "550 5.1.1 Nobody of that name"));
    ck_assert(!says(&answer, "to hide"));
    ck_assert(says(&answer, path));
    ck_assert_int_eq(web_post(&market, WEB_OPERATOR, path, NULL).status, 303);
    answer = web_get(&market, WEB_OPERATOR, "/operator/queues?done=mail-retried");
    ck_assert(says(&answer, "Mails that failed (0)"));
    ck_assert(says(&answer, "Mails that wait (1)"));
    ck_assert_int_eq(
        account_events_of(market.deal.temp.reader, market.arena, ACCOUNT_MAIL, WEB_MAIL, &events),
        OK);
    ck_assert_uint_eq(events.count, 1);
    ck_assert_str_eq(events.rows[0].person, web_person_id(WEB_OPERATOR));
    ck_assert_str_eq(events.rows[0].before,
                     "Accepted to i@contoso.example: 550 5.1.1 Nobody of that name");
    ck_assert_int_eq(web_post(&market, WEB_OPERATOR,
                              "/operator/queues/mails/00000000-0000-4000-8000-000000000000/retry",
                              NULL)
                         .status,
                     404);
}
END_TEST

START_TEST(a_publication_that_waits_is_tried_again)
{
    const char *offer = web_offer(&market, STATE_TO_PARTNER);
    const char *path = web_path(&market, "/operator/queues/publications/%s/retry", offer);
    struct web_answer answer = web_get(&market, WEB_OPERATOR, "/operator/queues");

    ck_assert(says(&answer, "Publications that wait (1)"));
    ck_assert(says(&answer, "Publications that failed (0)"));
    ck_assert(says(&answer, "Northwind FY24"));
    ck_assert(says(&answer, path));
    ck_assert_int_eq(web_post(&market, WEB_OPERATOR, path, NULL).status, 303);
    ck_assert_int_eq(deal_view(&market.deal, PARTY_PARTNER, DEAL_PARTNER, offer).state,
                     STATE_PENDING_PARTNER);
    answer = web_post(&market, WEB_OPERATOR, path, NULL);
    ck_assert_int_eq(answer.status, 409);
    ck_assert(says(&answer, "in progress any more"));
}
END_TEST

START_TEST(a_publication_that_failed_says_why)
{
    const char *offer = web_offer(&market, STATE_TO_PARTNER);
    struct db *db = temp_write(&market.deal.temp);
    struct web_answer answer;

    ck_assert_int_eq(plan_publish(db, "suite", "pro", false), OK);
    temp_keep(&market.deal.temp, db);
    ck_assert_int_eq(web_post(&market, WEB_OPERATOR,
                              web_path(&market, "/operator/queues/publications/%s/retry", offer),
                              NULL)
                         .status,
                     303);
    answer = web_get(&market, WEB_OPERATOR, "/operator/queues");
    ck_assert(says(&answer, "No offer is in progress."));
    ck_assert(says(&answer, "Suite, Pro"));
}
END_TEST

/* One page, and what follows it. */
START_TEST(long_queues_have_pages)
{
    struct db *db = temp_write(&market.deal.temp);
    struct web_answer answer;
    const char *more;

    for (int i = 0; i < LIMIT_LIST_ROWS + 1; i++) {
        const struct mail mail = {.id = web_path(&market, "mail-%02d", i),
                                  .key = web_path(&market, "key-%02d", i),
                                  .notice = NOTICE_EXPIRED,
                                  .party = PARTY_ISV,
                                  .recipient = web_path(&market, "r%02d@contoso.example", i),
                                  .subject = "",
                                  .lead = "",
                                  .next = "",
                                  .facts = "",
                                  .path = "/",
                                  .created_at = market.deal.fake.now + i};

        ck_assert_int_eq(outbox_put(db, &mail), OK);
    }
    temp_keep(&market.deal.temp, db);
    answer = web_get(&market, WEB_OPERATOR, "/operator/queues");
    ck_assert(says(&answer, "r25@contoso.example") && !says(&answer, "r00@contoso.example"));
    more = strstr(answer.body, "/operator/queues?waiting=");
    ck_assert_ptr_nonnull(more);
    answer = web_get(&market, WEB_OPERATOR, arena_copy(market.arena, more, strcspn(more, "#\"")));
    ck_assert(says(&answer, "r00@contoso.example") && !says(&answer, "r25@contoso.example"));
    answer = web_get(&market, WEB_OPERATOR, "/operator/queues?waiting=nonsense");
    ck_assert(says(&answer, "r25@contoso.example"));
}
END_TEST

Suite *
notice_pages_suite(void)
{
    Suite *suite = suite_create("notice_pages");
    TCase *tcase = tcase_create("all");

    tcase_set_timeout(tcase, 60);
    tcase_add_checked_fixture(tcase, setup, teardown);
    tcase_add_test(tcase, an_owner_switches_and_others_read);
    tcase_add_test(tcase, a_billing_account_is_its_owners);
    tcase_add_test(tcase, an_address_is_shown_once_works_for_anybody_and_is_revoked);
    tcase_add_test(tcase, a_calendar_shows_what_its_party_sees);
    tcase_add_test(tcase, a_customers_calendar_has_its_offers_and_clocks);
    tcase_add_test(tcase, an_empty_market_has_nothing_in_its_queues);
    tcase_add_test(tcase, a_mail_that_failed_is_tried_again_and_says_nothing_of_itself);
    tcase_add_test(tcase, a_publication_that_waits_is_tried_again);
    tcase_add_test(tcase, a_publication_that_failed_says_why);
    tcase_add_test(tcase, long_queues_have_pages);
    suite_add_tcase(suite, tcase);
    return suite;
}

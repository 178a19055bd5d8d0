/*
 * eligibility_test.c: what is missing, who can mend it and where (LAW 2.1 to 2.3, 9): on the pages
 * of accounts, before drafting, while drafting and at submit; how often a billing account may be
 * guessed.
 */
#include <check.h>
#include <string.h>

#include "base/text.h"
#include "store/accounts.h"
#include "support/page.h"
#include "support/web_market.h"

#define QUARTER_S (15 * 60)

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

/* --- guessing -----------------------------------------------------------------------------------
 */

static struct web_answer
name_account(enum web_person person, const char *offer, const char *account, const char *label)
{
    return web_post(&market, person, web_path(&market, "/isv/offers/%s/setup", offer), "rev",
                    web_rev(&market, person, offer), "do", "check", "billing_account", account,
                    "customer_label", label, NULL);
}

static const char *
draft(enum web_person person)
{
    struct web_answer made =
        web_post(&market, person, "/isv/offers/new", "name", "Deal", WEB_OPTION_A, NULL);

    ck_assert_int_eq(made.status, 303);
    return arena_copy(market.arena, made.location + strlen("/isv/offers/"), 36);
}

/* The n-th enrolment number nobody has. */
static const char *
unknown(int n)
{
    return arena_format(market.arena, "%d", 500000 + n);
}

START_TEST(many_guesses_have_to_wait)
{
    const char *offer = draft(WEB_ISV);
    struct web_answer answer;

    for (int i = 0; i < LIMIT_FAILURES_BILLING; i++)
        ck_assert_int_eq(name_account(WEB_ISV, offer, unknown(i), "").status, 303);
    answer = name_account(WEB_ISV, offer, unknown(LIMIT_FAILURES_BILLING), "kept typed");
    ck_assert_int_eq(answer.status, 429);
    ck_assert_int_eq(answer.retry_after_s, QUARTER_S);
    ck_assert_ptr_nonnull(strstr(page_help(market.arena, answer.body, "billing_account"),
                                 "enter another in 15 minutes"));
    ck_assert_str_eq(page_field(market.arena, answer.body, "customer_label"), "kept typed");
    ck_assert_str_eq(page_field(market.arena, answer.body, "billing_account"),
                     unknown(LIMIT_FAILURES_BILLING));
    /* a right one is not told from a wrong one, by a colleague, in another offer */
    answer = name_account(WEB_ISV_DEVELOPER, draft(WEB_ISV_DEVELOPER), DEAL_ACCOUNT, "");
    ck_assert_int_eq(answer.status, 429);
    ck_assert_ptr_null(strstr(answer.body, ">Eligible<"));
    /* everything else is saved as ever, and others are not kept waiting */
    ck_assert_int_eq(
        name_account(WEB_ISV, offer, unknown(LIMIT_FAILURES_BILLING - 1), "a label").status, 303);
    ck_assert_int_eq(name_account(WEB_OTHER_ISV, draft(WEB_OTHER_ISV), unknown(0), "").status, 303);

    market.deal.fake.now += QUARTER_S;
    ck_assert_int_eq(name_account(WEB_ISV, offer, DEAL_ACCOUNT, "").status, 303);
}
END_TEST

/* Only what was answered with no counts: not the same ID again, not an eligible one, not a form
 * that was refused or came too late. */
START_TEST(what_is_no_guess_does_not_count)
{
    const char *offer = draft(WEB_ISV);
    const char *path = web_path(&market, "/isv/offers/%s/setup", offer);

    for (int i = 0; i < LIMIT_FAILURES_BILLING - 1; i++)
        ck_assert_int_eq(name_account(WEB_ISV, offer, unknown(i), "").status, 303);
    for (int i = 0; i < 3; i++)
        ck_assert_int_eq(name_account(WEB_ISV, offer, unknown(LIMIT_FAILURES_BILLING - 2),
                                      arena_format(market.arena, "label %d", i))
                             .status,
                         303);
    ck_assert_int_eq(name_account(WEB_ISV, offer, DEAL_ACCOUNT, "").status, 303);
    ck_assert_int_eq(web_post(&market, WEB_ISV, path, "rev", web_rev(&market, WEB_ISV, offer), "do",
                              "save", "billing_account", unknown(90), "accept_by", "soon", NULL)
                         .status,
                     422);
    ck_assert_int_eq(web_post(&market, WEB_ISV, path, "rev", "1", "do", "save", "billing_account",
                              unknown(91), NULL)
                         .status,
                     409);
    ck_assert_int_eq(name_account(WEB_ISV, offer, unknown(92), "").status, 303); /* the last */
    ck_assert_int_eq(name_account(WEB_ISV, offer, unknown(93), "").status, 429);
}
END_TEST

/* One answer for every reason, with what the ISV can do (LAW 2.3). */
START_TEST(a_billing_account_gets_one_answer)
{
    struct billing_account abroad = {.id = "700001",
                                     .organisation = DEAL_ORGANISATION,
                                     .name = "Abroad",
                                     .agreement = AGREEMENT_EA,
                                     .country = "CA",
                                     .active = true,
                                     .policy = "enabled",
                                     .payment_valid = true,
                                     .payment_method = "invoice"};
    struct billing_account asleep = abroad;
    const char *offer = draft(WEB_ISV);
    const char *path = web_path(&market, "/isv/offers/%s/setup", offer);
    const char *ids[] = {"700001", "700002", "700003"};
    const char *said = NULL;
    struct db *db = temp_write(&market.deal.temp);

    asleep.id = "700002";
    asleep.country = "US";
    asleep.active = false;
    ck_assert_int_eq(billing_account_insert(db, &abroad), OK);
    ck_assert_int_eq(billing_account_insert(db, &asleep), OK);
    temp_keep(&market.deal.temp, db);
    for (size_t i = 0; i < COUNT(ids); i++) {
        struct web_answer answer;

        ck_assert_int_eq(name_account(WEB_ISV, offer, ids[i], "").status, 303);
        answer = web_post(&market, WEB_ISV, path, "rev", web_rev(&market, WEB_ISV, offer), "do",
                          "continue", NULL);
        ck_assert_int_eq(answer.status, 422);
        if (said == NULL)
            said = page_help(market.arena, answer.body, "billing_account");
        ck_assert_str_eq(page_help(market.arena, answer.body, "billing_account"), said);
        ck_assert_ptr_null(strstr(answer.body, "Northwind"));
        ck_assert_ptr_null(strstr(answer.body, "Abroad"));
    }
    ck_assert_ptr_nonnull(strstr(said, "ask your customer to open Billing accounts"));
}
END_TEST

Suite *eligibility_suite(void);

Suite *
eligibility_suite(void)
{
    Suite *suite = suite_create("eligibility");
    TCase *guesses = tcase_create("guesses");

    tcase_add_checked_fixture(guesses, setup, teardown);
    tcase_set_timeout(guesses, 60);
    tcase_add_test(guesses, many_guesses_have_to_wait);
    tcase_add_test(guesses, what_is_no_guess_does_not_count);
    tcase_add_test(guesses, a_billing_account_gets_one_answer);
    suite_add_tcase(suite, guesses);
    return suite;
}

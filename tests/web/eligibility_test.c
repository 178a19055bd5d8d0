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

static const char *
text_of(enum web_person person, const char *path)
{
    struct web_answer answer = web_get(&market, person, path);

    ck_assert_int_eq(answer.status, 200);
    return page_text(market.arena, answer.body);
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
                                     .policy = MARKETPLACE_ENABLED,
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
    /* where its own people read the reason, and who can mend it */
    said = text_of(WEB_READER, "/customer/billing");
    ck_assert_ptr_nonnull(strstr(said, "Only billing accounts of the United States can receive"));
    ck_assert_ptr_nonnull(strstr(said, "The account isn’t active. Its owner or administrator can"));
}
END_TEST

/* --- the ISV's own account and its partner's ----------------------------------------------------
 */

/* Changes facts of a publisher. */
static void
become(const char *id, void change(struct publisher *publisher))
{
    struct publisher publisher;
    struct db *db = temp_write(&market.deal.temp);

    ck_assert_int_eq(publisher_by_id(db, market.arena, id, &publisher), OK);
    change(&publisher);
    ck_assert_int_eq(publisher_update_facts(db, market.arena, &publisher), OK);
    temp_keep(&market.deal.temp, db);
}

static void
unready(struct publisher *publisher)
{
    publisher->in_programme = false;
    publisher->enrolled = false;
}

static void
untaxed(struct publisher *publisher)
{
    publisher->tax_status = TAX_INCOMPLETE;
}

/* Known before drafting: on Home, on Account and on the form, each lack with who can mend it. */
START_TEST(an_isv_knows_what_it_lacks)
{
    const char *offer = draft(WEB_ISV);
    const char *pages[] = {"/isv", "/isv/account",
                           web_path(&market, "/isv/offers/%s/setup", offer)};
    struct web_answer review;

    for (size_t i = 0; i < COUNT(pages); i++)
        ck_assert_ptr_null(strstr(text_of(WEB_ISV, pages[i]), "can’t submit"));
    become(DEAL_ISV, unready);
    for (size_t i = 0; i < COUNT(pages); i++) {
        const char *text = text_of(WEB_ISV, pages[i]);

        ck_assert_ptr_nonnull(strstr(text, "Your account can’t submit private offers yet."));
        ck_assert_ptr_nonnull(
            strstr(text, "isn't in the partner programme. Your account owner can"));
        ck_assert_ptr_nonnull(
            strstr(text, "isn't enrolled in the marketplace. Your account owner"));
        ck_assert_ptr_null(strstr(text, "isn't active"));
        ck_assert_ptr_null(strstr(text, "no completed United States tax profile"));
    }
    /* at submit: both, and each leads to where it is told again */
    review = web_get(&market, WEB_ISV, web_path(&market, "/isv/offers/%s/review", offer));
    ck_assert_uint_eq(page_count(review.body, "so it can&#39;t submit offers"), 2);
    ck_assert_ptr_nonnull(page_by_id(web_get(&market, WEB_ISV, pages[2]).body, "account"));
    /* other companies do not learn of it */
    ck_assert_ptr_null(strstr(text_of(WEB_OTHER_ISV, "/isv"), "can’t submit"));
}
END_TEST

/* The tax profile is the partner's alone (LAW 2.1). */
START_TEST(a_partner_knows_what_it_lacks)
{
    become(DEAL_PARTNER, untaxed);
    ck_assert_ptr_nonnull(
        strstr(text_of(WEB_PARTNER, "/partner"), "Your account can’t extend private offers yet."));
    ck_assert_ptr_nonnull(strstr(text_of(WEB_PARTNER, "/partner/account"),
                                 "Your account owner or a financial contributor can complete it"));
    become(DEAL_ISV, untaxed);
    ck_assert_ptr_null(strstr(text_of(WEB_ISV, "/isv"), "can’t"));
    ck_assert_ptr_null(strstr(text_of(WEB_ISV, "/isv/account"), "can’t submit"));
    ck_assert_ptr_nonnull(strstr(text_of(WEB_ISV, "/partner"), "can’t extend private offers yet"));
}
END_TEST

/* A role without private offers is told so, and by whom it is given (LAW 2.2). */
START_TEST(a_role_knows_what_it_lacks)
{
    const char *text = text_of(WEB_ISV_MARKETER, "/isv/account");

    ck_assert_ptr_nonnull(strstr(text, "You can’t work on private offers."));
    ck_assert_ptr_nonnull(strstr(text,
                                 "Your role, Marketer, doesn’t include them. An account owner "
                                 "or a manager can give you another."));
    ck_assert_ptr_null(strstr(text, "Find a selling partner"));
    ck_assert_ptr_null(strstr(text_of(WEB_ISV_DEVELOPER, "/isv/account"), "You can’t work"));
}
END_TEST

/* --- finding a partner --------------------------------------------------------------------------
 */

START_TEST(partners_are_found)
{
    const char *text = text_of(WEB_ISV, "/isv/partners");

    ck_assert_ptr_nonnull(strstr(text, "Fabrikam" DEAL_PARTNER "United States"));
    ck_assert_ptr_nonnull(strstr(text, "Tailspin" DEAL_OTHER_PARTNER));
    ck_assert_ptr_null(strstr(text, "Contoso" DEAL_ISV)); /* itself */
    text = text_of(WEB_ISV, "/isv/partners?q=FABRI");
    ck_assert_ptr_nonnull(strstr(text, DEAL_PARTNER));
    ck_assert_ptr_null(strstr(text, DEAL_OTHER_PARTNER));
    text = text_of(WEB_ISV, "/isv/partners?q=" DEAL_OTHER_PARTNER);
    ck_assert_ptr_nonnull(strstr(text, "Tailspin"));
    ck_assert_ptr_nonnull(
        strstr(text_of(WEB_ISV, "/isv/partners?q=zz"), "No eligible selling partner matches “zz”"));
    become(DEAL_PARTNER, untaxed);
    ck_assert_ptr_null(strstr(text_of(WEB_ISV, "/isv/partners"), "Fabrikam"));
    ck_assert_ptr_nonnull(
        strstr(web_get(&market, WEB_ISV, "/isv/account").body, "href=\"/isv/partners\""));
}
END_TEST

START_TEST(lists_of_partners_have_pages)
{
    struct web_answer page;
    const char *href;
    struct publisher publisher;
    struct db *db = temp_write(&market.deal.temp);

    ck_assert_int_eq(publisher_by_id(db, market.arena, DEAL_PARTNER, &publisher), OK);
    for (int i = 0; i < LIMIT_LIST_ROWS; i++) {
        publisher.id = arena_format(market.arena, "%d", 30000000 + i);
        publisher.name = arena_format(market.arena, "Wing %02d", i);
        ck_assert_int_eq(publisher_insert(db, market.arena, &publisher), OK);
    }
    temp_keep(&market.deal.temp, db);
    page = web_get(&market, WEB_ISV, "/isv/partners?q=wing");
    ck_assert_ptr_null(strstr(page.body, "aria-label=\"Pages\"")); /* a full page is all of them */
    page = web_get(&market, WEB_ISV, "/isv/partners?q=i");
    href = page_attribute(market.arena, strstr(page.body, "<a class=\"btn\" href=\"/isv/partners?"),
                          "href");
    ck_assert_ptr_nonnull(strstr(href, "?q=i&after="));
    page = web_get(&market, WEB_ISV, href);
    ck_assert_ptr_nonnull(strstr(page.body, "Wing 24"));
    ck_assert_ptr_null(strstr(page.body, "Wing 00"));
    href = page_attribute(market.arena, strstr(page.body, "<a class=\"btn\" href=\"/isv/partners?"),
                          "href");
    ck_assert_ptr_nonnull(strstr(href, "?q=i&before="));
    ck_assert_ptr_nonnull(strstr(web_get(&market, WEB_ISV, href).body, "Fabrikam"));
    ck_assert_ptr_nonnull(
        strstr(text_of(WEB_ISV, "/isv/partners?after=nothing"), "The list has changed."));
}
END_TEST

START_TEST(a_partner_is_added_from_the_list)
{
    const char *offer = draft(WEB_ISV);
    const char *path = web_path(&market, "/isv/offers/%s/partner", offer);
    const char *setup = web_path(&market, "/isv/offers/%s/setup", offer);
    const char *rev = web_rev(&market, WEB_ISV, offer);
    struct web_answer answer;

    answer = web_post(&market, WEB_ISV, setup, "rev", rev, "do", "find-partner", "description",
                      "what was typed is saved", NULL);
    ck_assert_int_eq(answer.status, 303);
    ck_assert_str_eq(answer.location, path);
    rev = web_rev(&market, WEB_ISV, offer);
    answer = web_get(&market, WEB_ISV, path);
    ck_assert_ptr_nonnull(strstr(answer.body, "name=\"seller_id\" value=\"" DEAL_PARTNER "\""));
    ck_assert_ptr_nonnull(
        strstr(answer.body, arena_format(market.arena, "name=\"rev\" value=\"%s\"", rev)));
    answer =
        web_post(&market, WEB_ISV, path, "rev", rev, "q", "fab", "seller_id", DEAL_PARTNER, NULL);
    ck_assert_int_eq(answer.status, 303);
    ck_assert_ptr_nonnull(strstr(answer.location, "/setup?done=partner-added#s-partner"));
    ck_assert_str_eq(deal_view(&market.deal, PARTY_ISV, DEAL_ISV, offer).partner, DEAL_PARTNER);
    ck_assert_str_eq(deal_view(&market.deal, PARTY_ISV, DEAL_ISV, offer).name, "Deal");
    ck_assert_ptr_nonnull(strstr(text_of(WEB_ISV, path), "With Fabrikam now"));
    /* from a page of before that: the conflict, with both */
    answer = web_post(&market, WEB_ISV, path, "rev", rev, "seller_id", DEAL_OTHER_PARTNER, NULL);
    ck_assert_int_eq(answer.status, 409);
    ck_assert_ptr_nonnull(strstr(answer.body, DEAL_OTHER_PARTNER));
    ck_assert_str_eq(deal_view(&market.deal, PARTY_ISV, DEAL_ISV, offer).partner, DEAL_PARTNER);
}
END_TEST

/* What the list does not hold is refused, in the words of the setup form; nothing is saved. */
START_TEST(who_is_not_eligible_is_not_added)
{
    const struct {
        const char *seller;
        const char *words;
    } refused[] = {{"", "seller ID"},
                   {"99999999", "No selling partner has this seller ID"},
                   {DEAL_ISV, "your own seller ID"},
                   {DEAL_PARTNER, "Its account owner or a financial contributor can complete it"}};
    const char *offer = draft(WEB_ISV);
    const char *path = web_path(&market, "/isv/offers/%s/partner", offer);

    become(DEAL_PARTNER, untaxed);
    for (size_t i = 0; i < COUNT(refused); i++) {
        struct web_answer answer =
            web_post(&market, WEB_ISV, path, "rev", web_rev(&market, WEB_ISV, offer), "seller_id",
                     refused[i].seller, NULL);

        ck_assert_int_eq(answer.status, 422);
        ck_assert_ptr_nonnull(strstr(page_text(market.arena, answer.body), refused[i].words));
        ck_assert(text_starts(page_title(market.arena, answer.body), "Error: "));
        ck_assert_ptr_nonnull(page_by_id(answer.body, "seller_id"));
    }
    ck_assert_str_eq(deal_view(&market.deal, PARTY_ISV, DEAL_ISV, offer).partner, "");
}
END_TEST

Suite *eligibility_suite(void);

Suite *
eligibility_suite(void)
{
    Suite *suite = suite_create("eligibility");
    TCase *guesses = tcase_create("guesses");
    TCase *accounts = tcase_create("accounts");
    TCase *partners = tcase_create("partners");

    tcase_add_checked_fixture(guesses, setup, teardown);
    tcase_set_timeout(guesses, 60);
    tcase_add_test(guesses, many_guesses_have_to_wait);
    tcase_add_test(guesses, what_is_no_guess_does_not_count);
    tcase_add_test(guesses, a_billing_account_gets_one_answer);
    suite_add_tcase(suite, guesses);

    tcase_add_checked_fixture(accounts, setup, teardown);
    tcase_add_test(accounts, an_isv_knows_what_it_lacks);
    tcase_add_test(accounts, a_partner_knows_what_it_lacks);
    tcase_add_test(accounts, a_role_knows_what_it_lacks);
    suite_add_tcase(suite, accounts);

    tcase_add_checked_fixture(partners, setup, teardown);
    tcase_add_test(partners, partners_are_found);
    tcase_add_test(partners, lists_of_partners_have_pages);
    tcase_add_test(partners, a_partner_is_added_from_the_list);
    tcase_add_test(partners, who_is_not_eligible_is_not_added);
    suite_add_tcase(suite, partners);
    return suite;
}

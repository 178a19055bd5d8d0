/*
 * handover_test.c: a billing account ID on its way from a customer to an ISV by a link (LAW 2.3):
 * made and shown once, withdrawn, expired, used once, and never telling a name.
 */
#include <check.h>
#include <stdio.h>
#include <string.h>

#include "base/digest.h"
#include "base/text.h"
#include "store/accounts.h"
#include "store/people.h"
#include "support/page.h"
#include "support/web_posts.h"

#define BILLING "/customer/billing"
#define MAKE "/customer/billing/handover/make"
#define WITHDRAW "/customer/billing/handover/withdraw"
#define LINK "/handover/" WEB_HANDOVER
#define PUBLIC "http://public.example"
#define QUARTER_S (15 * 60)
#define STORE_BYTES ((size_t)8 * 1024 * 1024)

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

static void
has(const char *text, const char *words)
{
    ck_assert_msg(strstr(text, words) != NULL, "“%s” is missing in: %s", words, text);
}

static void
has_not(const char *text, const char *words)
{
    ck_assert_msg(strstr(text, words) == NULL, "“%s” is in: %s", words, text);
}

/* The page's words, if it has that status. */
static const char *
page_at(enum web_person person, const char *path, int status)
{
    struct web_answer answer = web_get(&market, person, path);

    ck_assert_msg(answer.status == status, "%s as %s: %d", path, web_person_name(person),
                  answer.status);
    return page_text(market.arena, answer.body);
}

static struct web_answer
make_link(enum web_person person)
{
    return web_post(&market, person, MAKE, "account", DEAL_ACCOUNT, NULL);
}

/* The token in the cookie that the answer sets. */
static const char *
token_of(const struct web_answer *answer)
{
    const char *name = "tripact_handover=";

    ck_assert_int_eq(answer->status, 303);
    ck_assert_uint_eq(answer->cookie_count, 1);
    ck_assert(text_starts(answer->cookies[0], name));
    has(answer->cookies[0], "; HttpOnly");
    return arena_copy(market.arena, answer->cookies[0] + strlen(name), 43);
}

/* The billing page as a browser that still has the cookie gets it. */
static struct web_answer
billing_with(enum web_person person, const char *token)
{
    const char *cookies =
        web_path(&market, "%s; tripact_handover=%s", web_cookie(&market, person), token);

    return web_send(&market,
                    &(struct web_request){.method = "GET", .target = BILLING, .cookies = cookies});
}

/* --- the customer -------------------------------------------------------------------------------
 */

START_TEST(a_link_is_shown_once_to_who_made_it)
{
    struct web_answer made;
    struct web_answer shown;
    const char *token;

    market.service.public_address = PUBLIC;
    made = make_link(WEB_OWNER);
    token = token_of(&made);
    ck_assert_str_eq(made.location, "/customer/billing?done=link-made#links-1");
    ck_assert_ptr_null(strstr(made.head, web_path(&market, "Location: %s", token)));

    shown = billing_with(WEB_OWNER, token);
    ck_assert_str_eq(page_attribute(market.arena, page_by_id(shown.body, "link-1"), "value"),
                     web_path(&market, PUBLIC "/handover/%s", token));
    has(page_text(market.arena, shown.body), "it’s shown this once");
    ck_assert_uint_eq(shown.cookie_count, 1); /* and the cookie is gone */
    has(shown.cookies[0], "tripact_handover=; ");
    has(shown.cookies[0], "Max-Age=0");
    ck_assert_ptr_null(page_by_id(web_get(&market, WEB_OWNER, BILLING).body, "link-1"));
    ck_assert_uint_eq(web_get(&market, WEB_OWNER, BILLING).cookie_count, 0);
    /* in another's hands, or of a link that never was, the cookie shows nothing */
    ck_assert_ptr_null(page_by_id(billing_with(WEB_CONTRIBUTOR, token).body, "link-1"));
    ck_assert_ptr_null(page_by_id(billing_with(WEB_OWNER, "nonsense").body, "link-1"));
}
END_TEST

/* The store's files hold the digest, and nowhere the token: also not as the answer to a form. */
START_TEST(the_token_is_stored_nowhere)
{
    static const char *const endings[] = {"", "-wal"};
    struct web_answer made = make_link(WEB_OWNER);
    const char *token = token_of(&made);
    const char *key = digest_of_text(market.arena, token);
    char *bytes = arena_array(market.arena, char, STORE_BYTES);
    bool key_found = false;

    for (size_t i = 0; i < COUNT(endings); i++) {
        FILE *file = fopen(web_path(&market, "%s%s", market.deal.temp.path, endings[i]), "r");
        size_t size;

        ck_assert_ptr_nonnull(file);
        size = fread(bytes, 1, STORE_BYTES, file);
        ck_assert_uint_lt(size, STORE_BYTES);
        ck_assert_int_eq(fclose(file), 0);
        ck_assert_ptr_null(memmem(bytes, size, token, strlen(token)));
        key_found = key_found || memmem(bytes, size, key, strlen(key)) != NULL;
    }
    ck_assert(key_found);
}
END_TEST

START_TEST(open_links_are_listed_and_withdrawn)
{
    struct web_answer made = make_link(WEB_READER);
    const char *token = token_of(&made);
    const char *text = page_at(WEB_CONTRIBUTOR, BILLING, 200);
    struct web_answer answer;

    has(text, "30 Oct 2023, 09:00 UTCPerson owner");
    has(text, "30 Oct 2023, 09:00 UTCPerson reader");
    answer = web_post(&market, WEB_CONTRIBUTOR, WITHDRAW, "link", WEB_HANDOVER_KEY, NULL);
    ck_assert_int_eq(answer.status, 303);
    text = page_at(WEB_OWNER, BILLING, 200);
    has_not(text, "UTCPerson owner");
    has(text, "UTCPerson reader");
    has(page_at(WEB_ISV, LINK, 410), "The customer who made it has withdrawn it.");
    ck_assert_int_eq(
        web_post(&market, WEB_ISV, LINK, "do", "new", "name", "Deal", WEB_OPTION_A, NULL).status,
        410);
    answer = web_post(&market, WEB_OWNER, WITHDRAW, "link", WEB_HANDOVER_KEY, NULL);
    ck_assert_int_eq(answer.status, 409);
    has(page_text(market.arena, answer.body), "There is no such open link.");
    has(page_text(market.arena, answer.body), "Open the page again");
    (void)page_at(WEB_ISV, web_path(&market, "/handover/%s", token), 200); /* the other works */
}
END_TEST

START_TEST(a_link_needs_a_role_and_an_account_that_can_receive_offers)
{
    struct billing_account account;
    struct web_answer answer;
    struct db *db = temp_write(&market.deal.temp);

    ck_assert_int_eq(billing_member_remove(db, DEAL_ACCOUNT, "reader"), OK);
    temp_keep(&market.deal.temp, db);
    has_not(page_at(WEB_READER, BILLING, 200), "Make hand-over link");
    ck_assert_int_eq(make_link(WEB_READER).status, 403);
    ck_assert_int_eq(make_link(WEB_STRANGER).status, 404);

    db = temp_write(&market.deal.temp);
    ck_assert_int_eq(billing_account_find(db, market.arena, DEAL_ACCOUNT, &account), OK);
    account.active = false;
    ck_assert_int_eq(billing_account_update_facts(db, &account), OK);
    temp_keep(&market.deal.temp, db);
    has_not(page_at(WEB_OWNER, BILLING, 200), "Make hand-over link");
    answer = make_link(WEB_OWNER);
    ck_assert_int_eq(answer.status, 422);
    has(page_text(market.arena, answer.body), "Operations can’t receive private offers");
    ck_assert_uint_eq(answer.cookie_count, 0);
}
END_TEST

START_TEST(an_account_has_so_many_open_links)
{
    struct web_answer answer;

    for (int i = 1; i < LIMIT_HANDOVERS; i++) /* with the one there is */
        ck_assert_int_eq(make_link(WEB_OWNER).status, 303);
    answer = make_link(WEB_OWNER);
    ck_assert_int_eq(answer.status, 422);
    ck_assert(text_starts(page_title(market.arena, answer.body), "Error: "));
    has(page_text(market.arena, answer.body),
        "Operations has 20 open links. Withdraw one before you make another");
    ck_assert_uint_eq(page_count(answer.body, "href=\"#links-1\""), 1);
    ck_assert_ptr_nonnull(page_by_id(answer.body, "links-1"));
    ck_assert_uint_eq(page_count(answer.body, "name=\"link\""), 20);
    ck_assert_int_eq(web_post(&market, WEB_OWNER, WITHDRAW, "link", WEB_HANDOVER_KEY, NULL).status,
                     303);
    ck_assert_int_eq(make_link(WEB_OWNER).status, 303);
}
END_TEST

/* --- the ISV ------------------------------------------------------------------------------------
 */

/* What the page of a link must not tell. */
static const char *const secrets[] = {DEAL_ACCOUNT, "7c92bb3e",     "Northwind",
                                      "Operations", "Person owner", "owner@test.example"};

START_TEST(the_page_tells_no_name_and_uses_nothing)
{
    const char *before = web_dump(&market);

    (void)web_offer(&market, STATE_DRAFT); /* which has the account, too */
    before = web_dump(&market);
    for (int i = 0; i < 2; i++) {
        struct web_answer answer = web_get(&market, WEB_OTHER_ISV, LINK);

        ck_assert_int_eq(answer.status, 200);
        has(page_text(market.arena, answer.body), "It works once, until 30 Oct 2023, 09:00 UTC.");
        has_not(page_text(market.arena, answer.body), "One of your drafts"); /* it has none */
        for (size_t k = 0; k < COUNT(secrets); k++)
            has_not(answer.body, secrets[k]);
    }
    ck_assert_str_eq(web_dump(&market), before);
}
END_TEST

/* Where an answer leads, if it is the setup of a draft: its id. */
static const char *
draft_of(const struct web_answer *answer)
{
    const char *beginning = "/isv/offers/";

    ck_assert_int_eq(answer->status, 303);
    ck_assert(text_starts(answer->location, beginning));
    has(answer->location, "/setup?done=handed-over");
    return arena_copy(market.arena, answer->location + strlen(beginning), 36);
}

static const char *
account_in(enum web_person person, const char *draft)
{
    struct web_answer page =
        web_get(&market, person, web_path(&market, "/isv/offers/%s/setup", draft));

    ck_assert_int_eq(page.status, 200);
    return page_field(market.arena, page.body, "billing_account");
}

START_TEST(a_new_draft_gets_the_id_once)
{
    struct web_answer answer;
    const char *draft;

    answer = web_post(&market, WEB_ISV_DEVELOPER, LINK, "do", "new", "name", "Handed deal",
                      WEB_OPTION_B, "once", "the-same", NULL);
    draft = draft_of(&answer);
    ck_assert_str_eq(account_in(WEB_ISV, draft), DEAL_ACCOUNT);
    ck_assert_str_eq(deal_view(&market.deal, PARTY_ISV, DEAL_ISV, draft).name, "Handed deal");
    ck_assert_int_eq(deal_view(&market.deal, PARTY_ISV, DEAL_ISV, draft).type, OFFER_NEW_PLANS);
    has(page_at(WEB_ISV, answer.location, 200), "Billing account ID added.");
    /* the same form again gets the first answer */
    ck_assert_str_eq(web_post(&market, WEB_ISV_DEVELOPER, LINK, "do", "new", "name", "Handed deal",
                              WEB_OPTION_B, "once", "the-same", NULL)
                         .location,
                     answer.location);
    /* anybody else finds it used */
    has(page_at(WEB_OTHER_ISV, LINK, 410), "was used already");
    answer =
        web_post(&market, WEB_OTHER_ISV, LINK, "do", "new", "name", "Mine", WEB_OPTION_A, NULL);
    ck_assert_int_eq(answer.status, 410);
    has(page_text(market.arena, answer.body), "This link no longer works");
    has_not(page_at(WEB_OTHER_ISV, "/isv/offers", 200), "Mine");
    has_not(page_at(WEB_OWNER, BILLING, 200), "UTCPerson owner"); /* it is open no more */
}
END_TEST

START_TEST(what_a_new_draft_lacks_is_told)
{
    const char *before = web_dump(&market);
    struct web_answer answer =
        web_post(&market, WEB_ISV, LINK, "do", "new", "name", "Bad/name", NULL);

    ck_assert_int_eq(answer.status, 422);
    ck_assert(text_starts(page_title(market.arena, answer.body), "Error: "));
    has(page_help(market.arena, answer.body, "name"), "Remove “/”");
    has(page_help(market.arena, answer.body, "pricing"), "Choose what you want to customize");
    ck_assert_str_eq(page_field(market.arena, answer.body, "name"), "Bad/name");
    for (size_t i = 0; i < COUNT(secrets); i++)
        has_not(answer.body, secrets[i]);
    ck_assert_str_eq(web_dump(&market), before);
}
END_TEST

/* Drafts of the ISV, the one changed last first. */
static const char *
draft_make(enum web_person person, const char *name)
{
    struct web_answer made =
        web_post(&market, person, "/isv/offers/new", "name", name, WEB_OPTION_A, NULL);

    ck_assert_int_eq(made.status, 303);
    market.deal.fake.now += 60;
    return arena_copy(market.arena, made.location + strlen("/isv/offers/"), 36);
}

START_TEST(a_chosen_draft_gets_the_id)
{
    const char *older = draft_make(WEB_ISV, "Older draft");
    const char *newer = draft_make(WEB_ISV, "Newer draft");
    const char *text = page_at(WEB_ISV, LINK, 200);
    const char *rev = web_rev(&market, WEB_ISV, older);
    struct web_answer answer;

    ck_assert_ptr_nonnull(strstr(text, "Newer draft"));
    ck_assert_ptr_nonnull(strstr(strstr(text, "Newer draft"), "Older draft")); /* after it */
    has(text, "It has no billing account ID yet.");
    answer = web_post(&market, WEB_ISV, LINK, "do", "draft", "offer", older, NULL);
    ck_assert_str_eq(draft_of(&answer), older);
    ck_assert_str_eq(account_in(WEB_ISV, older), DEAL_ACCOUNT);
    ck_assert_str_eq(account_in(WEB_ISV, newer), "");
    /* it was saved like any other change: a version and an event */
    ck_assert_str_ne(web_rev(&market, WEB_ISV, older), rev);
    has(page_at(WEB_ISV, web_path(&market, "/isv/offers/%s", older), 200), "Draft saved");
    ck_assert_str_eq(deal_view(&market.deal, PARTY_ISV, DEAL_ISV, older).name, "Older draft");
}
END_TEST

START_TEST(only_a_draft_of_ones_own_is_taken)
{
    const char *foreign = draft_make(WEB_OTHER_ISV, "Foreign draft");
    const char *submitted = web_offer(&market, STATE_PENDING_PARTNER);
    const char *const chosen[] = {foreign, submitted, "", "nonsense"};
    const char *before;

    (void)draft_make(WEB_ISV, "A draft");
    before = web_dump(&market);
    for (size_t i = 0; i < COUNT(chosen); i++) {
        struct web_answer answer =
            web_post(&market, WEB_ISV, LINK, "do", "draft", "offer", chosen[i], NULL);

        ck_assert_int_eq(answer.status, 422);
        has(page_help(market.arena, answer.body, "offer"), "Choose one of your drafts");
        has_not(answer.body, "Foreign draft");
    }
    ck_assert_str_eq(web_dump(&market), before);
    (void)page_at(WEB_ISV, LINK, 200); /* it still works */
}
END_TEST

START_TEST(many_drafts_are_cut_and_say_so)
{
    for (int i = 0; i < LIMIT_LIST_ROWS; i++)
        (void)draft_make(WEB_ISV, web_path(&market, "Draft %02d", i));
    has_not(page_at(WEB_ISV, LINK, 200), "changed last");
    (void)draft_make(WEB_ISV, "Draft 25");
    has(page_at(WEB_ISV, LINK, 200), "These are the 25 drafts changed last.");
    has_not(page_at(WEB_ISV, LINK, 200), "Draft 00");
}
END_TEST

/* LIMIT_HANDOVER_DAYS: 16 October, 09:00, and fourteen days. */
START_TEST(a_link_expires)
{
    web_today(&market, 2023, 10, 29);
    (void)page_at(WEB_ISV, LINK, 200);
    web_today(&market, 2023, 10, 30);
    market.deal.fake.now--;
    (void)page_at(WEB_ISV, LINK, 200);
    market.deal.fake.now++;
    has(page_at(WEB_ISV, LINK, 410), "It worked until 30 Oct 2023, 09:00 UTC.");
    ck_assert_int_eq(
        web_post(&market, WEB_ISV, LINK, "do", "new", "name", "Late", WEB_OPTION_A, NULL).status,
        410);
    has_not(page_at(WEB_OWNER, BILLING, 200), "UTCPerson owner");
}
END_TEST

START_TEST(others_learn_whom_a_link_is_for)
{
    static const enum web_person others[] = {WEB_OWNER, WEB_STRANGER, WEB_PARTNER, WEB_OPERATOR};
    const char *text;

    for (size_t i = 0; i < COUNT(others); i++) {
        text = page_at(others[i], LINK, 403);
        has(text, "This link is for a software publisher");
        has(text, "send the link to your publisher");
    }
    has(page_at(WEB_ISV_MARKETER, LINK, 403), "Your role has no access to private offers");
    ck_assert_str_eq(web_get(&market, WEB_OUT, LINK).location,
                     "/login?next=%2Fhandover%2F" WEB_HANDOVER);
    (void)page_at(WEB_ISV, "/handover/AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", 404);
    (void)page_at(WEB_ISV, "/handover/" WEB_HANDOVER_KEY, 404); /* which is no token */
    (void)page_at(WEB_ISV, LINK, 200);
}
END_TEST

/* --- guessing (LAW 2.3) -------------------------------------------------------------------------
 */

static int
guess(const char *draft, int n)
{
    return web_post(&market, WEB_ISV, web_path(&market, "/isv/offers/%s/setup", draft), "rev",
                    web_rev(&market, WEB_ISV, draft), "do", "check", "billing_account",
                    web_path(&market, "%d", 500000 + n), NULL)
        .status;
}

START_TEST(a_link_is_no_guess)
{
    const char *draft = draft_make(WEB_ISV, "Deal");
    struct billing_account account;
    struct web_answer answer;
    struct db *db;

    for (int i = 1; i < LIMIT_FAILURES_BILLING; i++)
        ck_assert_int_eq(guess(draft, i), 303);
    db = temp_write(&market.deal.temp);
    ck_assert_int_eq(billing_account_find(db, market.arena, DEAL_ACCOUNT, &account), OK);
    account.active = false;
    ck_assert_int_eq(billing_account_update_facts(db, &account), OK);
    temp_keep(&market.deal.temp, db);
    for (int i = 0; i < 3; i++) { /* an account that is not eligible counts as none */
        answer = web_post(&market, WEB_ISV, LINK, "do", "draft", "offer", draft, NULL);
        ck_assert_int_eq(answer.status, 409);
        has(page_text(market.arena, answer.body), "can’t receive private offers now");
        has_not(answer.body, DEAL_ACCOUNT);
    }
    ck_assert_int_eq(guess(draft, LIMIT_FAILURES_BILLING), 303); /* the last */
    ck_assert_int_eq(guess(draft, LIMIT_FAILURES_BILLING + 1), 429);
}
END_TEST

START_TEST(a_link_opens_no_way_around_waiting)
{
    const char *draft = draft_make(WEB_ISV, "Deal");
    struct web_answer answer;

    for (int i = 0; i < LIMIT_FAILURES_BILLING; i++)
        ck_assert_int_eq(guess(draft, i), 303);
    answer = web_post(&market, WEB_ISV, LINK, "do", "draft", "offer", draft, NULL);
    ck_assert_int_eq(answer.status, 429);
    ck_assert_int_eq(answer.retry_after_s, QUARTER_S);
    has(page_help(market.arena, answer.body, "offer"),
        "The link still works; use it in 15 minutes");
    market.deal.fake.now += QUARTER_S;
    answer = web_post(&market, WEB_ISV, LINK, "do", "draft", "offer", draft, NULL);
    ck_assert_str_eq(account_in(WEB_ISV, draft_of(&answer)), DEAL_ACCOUNT);
}
END_TEST

Suite *
handover_suite(void)
{
    Suite *suite = suite_create("web/handover");
    TCase *tests = tcase_create("handover");

    tcase_add_checked_fixture(tests, setup, teardown);
    tcase_add_test(tests, a_link_is_shown_once_to_who_made_it);
    tcase_add_test(tests, the_token_is_stored_nowhere);
    tcase_add_test(tests, open_links_are_listed_and_withdrawn);
    tcase_add_test(tests, a_link_needs_a_role_and_an_account_that_can_receive_offers);
    tcase_add_test(tests, an_account_has_so_many_open_links);
    tcase_add_test(tests, the_page_tells_no_name_and_uses_nothing);
    tcase_add_test(tests, a_new_draft_gets_the_id_once);
    tcase_add_test(tests, what_a_new_draft_lacks_is_told);
    tcase_add_test(tests, a_chosen_draft_gets_the_id);
    tcase_add_test(tests, only_a_draft_of_ones_own_is_taken);
    tcase_add_test(tests, many_drafts_are_cut_and_say_so);
    tcase_add_test(tests, a_link_expires);
    tcase_add_test(tests, others_learn_whom_a_link_is_for);
    tcase_add_test(tests, a_link_is_no_guess);
    tcase_add_test(tests, a_link_opens_no_way_around_waiting);
    suite_add_tcase(suite, tests);
    return suite;
}

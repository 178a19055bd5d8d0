/*
 * states_test.c: every form about an offer sent in every state, and every page of it asked for:
 * what LAW 6.1 allows is done once, everything else changes nothing and says why.
 */
#include <check.h>
#include <string.h>

#include "base/text.h"
#include "pages/routes.h"
#include "support/page.h"
#include "support/web_posts.h"

Suite *states_suite(void);

static struct web_market market;

/* The columns of the tables below. */
static const enum offer_state columns[] = {
    STATE_DRAFT,
    STATE_TO_PARTNER,
    STATE_PENDING_PARTNER,
    STATE_TO_CUSTOMER,
    STATE_PENDING_ACCEPTANCE,
    STATE_ACCEPTED,
    STATE_EXPIRED,
    STATE_ENDED,
    STATE_DELETED,
};

#define STATES COUNT(columns)

struct expected {
    const char *path;
    int statuses[STATES];
};

/* 303 it is done, 409 not in this state, 404 the sender sees no such offer then. */
static const struct expected posts[] = {
    /*                                          draft  >par  pend  >cus  penda acc   exp   end  del
     */
    {"/isv/offers/:offer/setup", {303, 409, 409, 409, 409, 409, 409, 409, 404}},
    {"/isv/offers/:offer/partner", {303, 409, 409, 409, 409, 409, 409, 409, 404}},
    {"/isv/offers/:offer/products/add", {303, 409, 409, 409, 409, 409, 409, 409, 404}},
    {"/isv/offers/:offer/products/:row/price", {303, 409, 409, 409, 409, 409, 409, 409, 404}},
    {"/isv/offers/:offer/submit", {303, 409, 409, 409, 409, 409, 409, 409, 404}},
    {"/isv/offers/:offer/withdraw", {409, 409, 303, 409, 409, 409, 409, 409, 404}},
    {"/isv/offers/:offer/delete", {303, 409, 409, 409, 409, 409, 409, 409, 404}},
    {"/isv/offers/:offer/cancel", {409, 409, 409, 409, 409, 303, 409, 409, 404}},
    {"/partner/offers/:offer/cancel", {404, 404, 409, 409, 409, 303, 409, 409, 404}},
    {"/isv/offers/:offer/clone", {303, 303, 303, 303, 303, 303, 303, 303, 404}},
    {"/isv/offers/:offer/upgrade", {409, 409, 409, 409, 409, 303, 409, 409, 404}},
    {"/partner/offers/:offer/setup", {404, 404, 303, 409, 409, 409, 409, 409, 404}},
    {"/partner/offers/:offer/review", {404, 404, 303, 409, 409, 409, 409, 409, 404}},
    {"/partner/offers/:offer/withdraw", {404, 404, 409, 409, 303, 409, 303, 409, 404}},
    {"/customer/offers/:offer/accept", {404, 404, 404, 404, 303, 409, 409, 409, 404}},
    {"/partner/offers/:offer/send-back", {404, 404, 303, 409, 409, 409, 409, 409, 404}},
    {"/isv/offers/:offer/ask-withdraw", {409, 409, 409, 409, 303, 409, 303, 409, 404}},
    {"/customer/offers/:offer/decline", {404, 404, 404, 404, 303, 409, 409, 409, 404}},
    {"/customer/offers/:offer/ask-change", {404, 404, 404, 404, 303, 409, 409, 409, 404}},
    {"/customer/offers/:offer/purchase/:row", {404, 404, 404, 404, 409, 303, 409, 303, 404}},
};

static const struct expected pages[] = {
    /*                                          draft  >par  pend  >cus  penda acc   exp   end  del
     */
    {"/isv/offers/:offer", {200, 200, 200, 200, 200, 200, 200, 200, 404}},
    {"/isv/offers/:offer/versions", {200, 200, 200, 200, 200, 200, 200, 200, 404}},
    {"/isv/offers/:offer/setup", {200, 409, 409, 409, 409, 409, 409, 409, 404}},
    {"/isv/offers/:offer/partner", {200, 409, 409, 409, 409, 409, 409, 409, 404}},
    {"/isv/offers/:offer/products/add", {200, 409, 409, 409, 409, 409, 409, 409, 404}},
    {"/isv/offers/:offer/products/:row/price", {200, 409, 409, 409, 409, 409, 409, 409, 404}},
    {"/isv/offers/:offer/products/:row/price.csv", {200, 200, 200, 200, 200, 200, 200, 200, 404}},
    {"/isv/offers/:offer/prices.csv", {200, 200, 200, 200, 200, 200, 200, 200, 404}},
    {"/isv/offers/:offer/history.json", {200, 200, 200, 200, 200, 200, 200, 200, 404}},
    {"/isv/offers/:offer/review", {200, 409, 409, 409, 409, 409, 409, 409, 404}},
    {"/isv/offers/:offer/preview/partner", {200, 409, 409, 409, 409, 409, 409, 409, 404}},
    {"/isv/offers/:offer/preview/customer", {200, 409, 409, 409, 409, 409, 409, 409, 404}},
    {"/isv/offers/:offer/withdraw", {409, 409, 200, 409, 409, 409, 409, 409, 404}},
    {"/isv/offers/:offer/delete", {200, 409, 409, 409, 409, 409, 409, 409, 404}},
    {"/isv/offers/:offer/cancel", {409, 409, 409, 409, 409, 200, 409, 409, 404}},
    {"/partner/offers/:offer/cancel", {404, 404, 409, 409, 409, 200, 409, 409, 404}},
    {"/isv/offers/:offer/clone", {200, 200, 200, 200, 200, 200, 200, 200, 404}},
    {"/isv/offers/:offer/upgrade", {409, 409, 409, 409, 409, 200, 409, 409, 404}},
    {"/isv/offers/:offer/purchases", {409, 409, 409, 409, 409, 200, 409, 200, 404}},
    {"/partner/offers/:offer", {404, 404, 200, 200, 200, 200, 200, 200, 404}},
    {"/partner/offers/:offer/versions", {404, 404, 200, 200, 200, 200, 200, 200, 404}},
    {"/partner/offers/:offer/setup", {404, 404, 200, 409, 409, 409, 409, 409, 404}},
    {"/partner/offers/:offer/review", {404, 404, 200, 409, 409, 409, 409, 409, 404}},
    {"/partner/offers/:offer/history.json", {404, 404, 200, 200, 200, 200, 200, 200, 404}},
    {"/partner/offers/:offer/share", {404, 404, 409, 200, 200, 409, 409, 409, 404}},
    {"/partner/offers/:offer/withdraw", {404, 404, 409, 409, 200, 409, 200, 409, 404}},
    {"/partner/offers/:offer/purchases", {404, 404, 409, 409, 409, 200, 409, 200, 404}},
    {"/customer/offers/:offer", {404, 404, 404, 404, 200, 200, 200, 200, 404}},
    {"/partner/offers/:offer/send-back", {404, 404, 200, 409, 409, 409, 409, 409, 404}},
    {"/isv/offers/:offer/ask-withdraw", {409, 409, 409, 409, 200, 409, 200, 409, 404}},
    {"/customer/offers/:offer/decline", {404, 404, 404, 404, 200, 409, 409, 409, 404}},
    {"/customer/offers/:offer/ask-change", {404, 404, 404, 404, 200, 409, 409, 409, 404}},
    {"/customer/offers/:offer/history.json", {404, 404, 404, 404, 200, 200, 200, 200, 404}},
    {"/customer/offers/:offer/accepted", {404, 404, 404, 404, 404, 200, 404, 200, 404}},
    {"/customer/offers/:offer/purchase/:row", {404, 404, 404, 404, 409, 200, 409, 200, 404}},
    {"/customer/offers/:offer/print", {404, 404, 404, 404, 404, 200, 404, 200, 404}},
    {"/operator/offers/:offer/history.json", {200, 200, 200, 200, 200, 200, 200, 200, 404}},
    {"/operator/offers/:offer", {200, 200, 200, 200, 200, 200, 200, 200, 404}},
};

/* The words for a status that a refusal may name (LAW 6.6). */
static const char *const status_said[STATE_COUNT] = {
    [STATE_DRAFT] = "raft",
    [STATE_TO_PARTNER] = "In Progress",
    [STATE_PENDING_PARTNER] = "Pending partner action",
    [STATE_TO_CUSTOMER] = "In Progress",
    [STATE_PENDING_ACCEPTANCE] = "Pending acceptance",
    [STATE_ACCEPTED] = "ccepted",
    [STATE_EXPIRED] = "xpired",
    [STATE_ENDED] = "nded",
};

static const char *
open_in(enum offer_state state)
{
    const char *offer;

    web_market_open(&market, NULL);
    if (state != STATE_DELETED)
        return web_offer(&market, state);
    offer = web_offer(&market, STATE_DRAFT);
    ck_assert_int_eq(web_post(&market, WEB_ISV, web_path(&market, "/isv/offers/%s/delete", offer),
                              "rev", web_rev(&market, WEB_ISV, offer), NULL)
                         .status,
                     303);
    return offer;
}

static enum web_person
reader_of(const char *path)
{
    if (text_starts(path, "/isv/"))
        return WEB_ISV;
    if (text_starts(path, "/partner/"))
        return WEB_PARTNER;
    return text_starts(path, "/customer/") ? WEB_OWNER : WEB_OPERATOR;
}

/* Whoever has accepted gets the first result again (records_test); everybody else is refused. */
static enum web_person
sender_of(const struct web_post_rule *rule)
{
    return rule->person == WEB_OWNER ? WEB_CONTRIBUTOR : rule->person;
}

static void
assert_refusal_explained(const struct web_answer *answer, enum offer_state state, const char *path)
{
    const char *text = page_text(market.arena, answer->body);

    ck_assert_msg(strstr(text, status_said[state]) != NULL,
                  "%s in state %s does not say which state: %s", path, state_words(state), text);
}

START_TEST(each_form_is_done_only_in_its_states)
{
    const struct expected *expected = &posts[_i];
    const struct web_post_rule *rule = web_post_rule(expected->path);

    for (size_t i = 0; i < STATES; i++) {
        const char *offer = open_in(columns[i]);
        enum web_person sender = sender_of(rule);
        struct web_form form = web_post_form_of(&market, rule, sender, offer);
        const char *before = web_dump(&market);
        struct web_answer answer =
            web_post_form(&market, sender, web_row_path(&market, expected->path, offer), &form);

        ck_assert_msg(answer.status == expected->statuses[i], "POST %s in %s: %d", expected->path,
                      state_words(columns[i]), answer.status);
        ck_assert_msg((answer.status == 303) != text_equal(before, web_dump(&market)),
                      "POST %s in %s with %d", expected->path, state_words(columns[i]),
                      answer.status);
        if (answer.status == 409)
            assert_refusal_explained(&answer, columns[i], expected->path);
        if (answer.status == 303 && strchr(answer.location, '#') == NULL)
            ck_assert_int_eq(web_get(&market, sender, answer.location).status, 200);
        web_market_close(&market);
    }
}
END_TEST

START_TEST(each_page_opens_only_in_its_states)
{
    for (size_t i = 0; i < STATES; i++) {
        const char *offer = open_in(columns[i]);
        const char *before = web_dump(&market);

        for (size_t k = 0; k < COUNT(pages); k++) {
            const char *path = web_row_path(&market, pages[k].path, offer);
            struct web_answer answer = web_get(&market, reader_of(path), path);

            ck_assert_msg(answer.status == pages[k].statuses[i], "GET %s in %s: %d", pages[k].path,
                          state_words(columns[i]), answer.status);
            if (answer.status == 409)
                assert_refusal_explained(&answer, columns[i], pages[k].path);
        }
        ck_assert_str_eq(before, web_dump(&market));
        web_market_close(&market);
    }
}
END_TEST

/* Whoever has no part in the deal gets the same nothing in every state. */
START_TEST(others_find_nothing_in_any_state)
{
    static const enum web_person others[] = {
        WEB_OUT,          WEB_OTHER_ISV,        WEB_OTHER_PARTNER, WEB_STRANGER,
        WEB_ISV_MARKETER, WEB_PARTNER_MARKETER, WEB_OPERATOR,
    };

    for (size_t i = 0; i < STATES; i++) {
        const char *offer = open_in(columns[i]);
        const char *before = web_dump(&market);

        for (size_t k = 0; k < (COUNT(pages) + COUNT(posts)) * COUNT(others); k++) {
            enum web_person person = others[k % COUNT(others)];
            size_t row = k / COUNT(others);
            bool is_page = row < COUNT(pages);
            const char *path = web_row_path(
                &market, is_page ? pages[row].path : posts[row - COUNT(pages)].path, offer);
            int status;

            if (person == WEB_OPERATOR && text_starts(path, "/operator/"))
                continue;
            status = is_page ? web_get(&market, person, path).status
                             : web_post(&market, person, path, NULL).status;
            ck_assert_msg(status == 404 || status == 403 ||
                              (status == 303 && person == WEB_OUT && is_page),
                          "%s in %s as %s: %d", path, state_words(columns[i]),
                          web_person_name(person), status);
        }
        ck_assert_str_eq(before, web_dump(&market));
        web_market_close(&market);
    }
}
END_TEST

START_TEST(the_tables_hold_every_row_about_an_offer)
{
    for (size_t i = 0; i < route_count; i++) {
        bool posts_it = routes[i].method == METHOD_POST;
        const struct expected *table = posts_it ? posts : pages;
        size_t count = posts_it ? COUNT(posts) : COUNT(pages);
        bool found = false;

        for (size_t k = 0; k < count; k++)
            found = found || text_equal(table[k].path, routes[i].path);
        ck_assert_msg(found == (strstr(routes[i].path, ":offer") != NULL), "%s", routes[i].path);
    }
}
END_TEST

/* A button that would be refused is not drawn: whatever link or form a page of the offer has leads
 * to a page that opens. */
START_TEST(no_link_leads_into_a_refusal)
{
    static const char *const starts[] = {"/isv/offers/:offer",
                                         "/partner/offers/:offer",
                                         "/customer/offers/:offer",
                                         "/operator/offers/:offer",
                                         "/isv",
                                         "/partner",
                                         "/customer/offers",
                                         "/isv/offers",
                                         "/partner/offers",
                                         "/operator/offers"};

    for (size_t i = 0; i < STATES; i++) {
        const char *offer = open_in(columns[i]);

        for (size_t k = 0; k < COUNT(starts); k++) {
            const char *path = web_row_path(&market, starts[k], offer);
            enum web_person person = reader_of(arena_format(market.arena, "%s/", path));
            struct web_answer page = web_get(&market, person, path);

            for (const char *at = strstr(page.body, "<a "); at != NULL;
                 at = strstr(at + 1, "<a ")) {
                const char *href = page_attribute(market.arena, at, "href");
                struct web_answer next;

                if (href[0] != '/')
                    continue;
                next = web_get(&market, person, arena_copy(market.arena, href, strcspn(href, "#")));
                if (next.status == 303)
                    next = web_get(&market, person, next.location);
                ck_assert_msg(next.status == 200, "%s in %s leads to %s: %d", path,
                              state_words(columns[i]), href, next.status);
            }
        }
        web_market_close(&market);
    }
}
END_TEST

START_TEST(publication_makes_it_visible)
{
    const char *offer = open_in(STATE_TO_PARTNER);
    const char *path = web_path(&market, "/partner/offers/%s", offer);
    struct web_answer answer =
        web_get(&market, WEB_ISV, web_path(&market, "/isv/offers/%s", offer));

    ck_assert_ptr_nonnull(strstr(answer.body, "In Progress"));
    ck_assert_int_eq(web_get(&market, WEB_PARTNER, path).status, 404);
    web_publish(&market); /* held for an hour */
    ck_assert_int_eq(web_get(&market, WEB_PARTNER, path).status, 404);
    market.deal.fake.now += 3600;
    web_publish(&market);
    web_sign_in(&market, WEB_PARTNER);
    answer = web_get(&market, WEB_PARTNER, path);
    ck_assert_int_eq(answer.status, 200);
    ck_assert_ptr_nonnull(strstr(answer.body, "Pending partner action"));
    web_market_close(&market);
}
END_TEST

START_TEST(expiry_and_end_need_no_job)
{
    const char *offer = open_in(STATE_PENDING_ACCEPTANCE);
    const char *path = web_path(&market, "/customer/offers/%s", offer);

    web_today(&market, 2023, 11, 15);
    ck_assert_ptr_nonnull(strstr(web_get(&market, WEB_OWNER, path).body, "Accept offer"));
    web_today(&market, 2023, 11, 16);
    ck_assert_ptr_null(strstr(web_get(&market, WEB_OWNER, path).body, "Accept offer"));
    ck_assert_ptr_nonnull(
        strstr(web_get(&market, WEB_OWNER, "/customer/offers?status=expired").body, offer));
    ck_assert_ptr_null(strstr(
        web_get(&market, WEB_OWNER, "/customer/offers?status=pending_acceptance").body, offer));
    web_market_close(&market);

    offer = open_in(STATE_ACCEPTED);
    web_today(&market, 2023, 12, 31);
    ck_assert_ptr_nonnull(
        strstr(web_get(&market, WEB_ISV, "/isv/offers?status=accepted").body, offer));
    web_today(&market, 2024, 1, 1);
    ck_assert_ptr_null(
        strstr(web_get(&market, WEB_ISV, "/isv/offers?status=accepted").body, offer));
    ck_assert_ptr_nonnull(
        strstr(web_get(&market, WEB_ISV, "/isv/offers?status=ended").body, offer));
    web_market_close(&market);
}
END_TEST

/* LAW D-4: the state stays, the submit is refused with its reason, the ISV may withdraw. */
START_TEST(accept_by_passes_at_the_partner)
{
    const char *offer = open_in(STATE_PENDING_PARTNER);
    const struct web_post_rule *rule = web_post_rule("/partner/offers/:offer/review");
    struct web_form form = web_post_form_of(&market, rule, WEB_PARTNER, offer);
    const char *path = web_row_path(&market, rule->path, offer);
    struct web_answer answer;
    const char *before;

    web_today(&market, 2023, 11, 15);
    ck_assert_int_eq(web_get(&market, WEB_PARTNER, path).status, 200);
    web_today(&market, 2023, 11, 16);
    answer = web_get(&market, WEB_PARTNER, web_path(&market, "/partner/offers/%s", offer));
    ck_assert_ptr_nonnull(strstr(answer.body, "to withdraw the offer, set a later date"));
    ck_assert_ptr_null(strstr(answer.body, path));
    answer = web_get(&market, WEB_ISV, web_path(&market, "/isv/offers/%s", offer));
    ck_assert_ptr_nonnull(strstr(answer.body, "Withdraw it, set a later date and submit it again"));
    ck_assert_ptr_null(strstr(answer.body, "Text for your partner"));
    before = web_dump(&market);
    answer = web_post_form(&market, WEB_PARTNER, path, &form);
    ck_assert_int_eq(answer.status, 422);
    ck_assert(text_starts(page_title(market.arena, answer.body), "Error: "));
    ck_assert_str_eq(before, web_dump(&market));
    answer = web_post(&market, WEB_ISV, web_path(&market, "/isv/offers/%s/withdraw", offer), "rev",
                      web_rev(&market, WEB_ISV, offer), NULL);
    ck_assert_int_eq(answer.status, 303);
    web_market_close(&market);
}
END_TEST

/* Two tabs, or two people: the second gets a page that explains the first. */
START_TEST(a_race_has_one_winner)
{
    const char *offer = open_in(STATE_PENDING_ACCEPTANCE);
    const struct web_post_rule *accept = web_post_rule("/customer/offers/:offer/accept");
    const struct web_post_rule *withdraw = web_post_rule("/partner/offers/:offer/withdraw");
    const char *link = web_link(&market, offer);
    struct web_form yes = web_post_form_of(&market, accept, WEB_OWNER, offer);
    struct web_form no = web_post_form_of(&market, withdraw, WEB_PARTNER, offer);
    struct web_answer answer;

    ck_assert_int_eq(
        web_post_form(&market, WEB_PARTNER, web_row_path(&market, withdraw->path, offer), &no)
            .status,
        303);
    answer = web_post_form(&market, WEB_OWNER, web_row_path(&market, accept->path, offer), &yes);
    ck_assert_int_eq(answer.status, 410);
    ck_assert_ptr_nonnull(strstr(answer.body, "mailto:p@fabrikam.example"));
    answer = web_get(&market, WEB_READER, web_path(&market, "/accept/%s", link));
    ck_assert_int_eq(answer.status, 410);
    ck_assert_ptr_nonnull(strstr(answer.body, "This offer is no longer available"));
    ck_assert_ptr_nonnull(strstr(answer.body, "mailto:p@fabrikam.example"));
    ck_assert_int_eq(web_get(&market, WEB_STRANGER, web_path(&market, "/accept/%s", link)).status,
                     404);
    ck_assert_int_eq(web_get(&market, WEB_PARTNER, web_path(&market, "/accept/%s", link)).status,
                     404);
    web_market_close(&market);

    offer = open_in(STATE_PENDING_ACCEPTANCE);
    yes = web_post_form_of(&market, accept, WEB_OWNER, offer);
    no = web_post_form_of(&market, withdraw, WEB_PARTNER, offer);
    ck_assert_int_eq(
        web_post_form(&market, WEB_OWNER, web_row_path(&market, accept->path, offer), &yes).status,
        303);
    answer = web_post_form(&market, WEB_PARTNER, web_row_path(&market, withdraw->path, offer), &no);
    ck_assert_int_eq(answer.status, 409);
    ck_assert_ptr_nonnull(strstr(answer.body, "accepted"));
    yes = web_post_form_of(&market, accept, WEB_CONTRIBUTOR, offer);
    answer =
        web_post_form(&market, WEB_CONTRIBUTOR, web_row_path(&market, accept->path, offer), &yes);
    ck_assert_int_eq(answer.status, 409);
    web_market_close(&market);
}
END_TEST

/* LAW D-13: a new link after each publication; the old one is dead: whoever it was made for learns
 * that and whom to write to, after signing in; nobody else learns that it ever was. */
START_TEST(an_old_link_stays_dead_after_a_new_one)
{
    static const struct {
        enum web_person person;
        int status;
    } people[] = {
        {WEB_OUT, 303},      {WEB_OWNER, 410},   {WEB_CONTRIBUTOR, 410}, {WEB_READER, 410},
        {WEB_STRANGER, 404}, {WEB_PARTNER, 404}, {WEB_ISV, 404},         {WEB_OPERATOR, 404},
    };
    const char *offer = open_in(STATE_PENDING_ACCEPTANCE);
    const char *old = web_link(&market, offer);
    const struct web_post_rule *review = web_post_rule("/partner/offers/:offer/review");
    struct web_form form;

    ck_assert_int_eq(web_post(&market, WEB_PARTNER,
                              web_path(&market, "/partner/offers/%s/withdraw", offer), "rev",
                              web_rev(&market, WEB_PARTNER, offer), NULL)
                         .status,
                     303);
    form = web_post_form_of(&market, review, WEB_PARTNER, offer);
    ck_assert_int_eq(
        web_post_form(&market, WEB_PARTNER, web_row_path(&market, review->path, offer), &form)
            .status,
        303);
    web_publish(&market);
    ck_assert_str_ne(web_link(&market, offer), old);
    old = web_path(&market, "/accept/%s", old);
    for (size_t i = 0; i < COUNT(people); i++) {
        struct web_answer answer = web_get(&market, people[i].person, old);

        ck_assert_int_eq(answer.status, people[i].status);
        ck_assert_int_eq(strstr(answer.body, "mailto:p@fabrikam.example") != NULL,
                         people[i].status == 410);
    }
    ck_assert_str_eq(
        web_get(&market, WEB_OWNER, web_path(&market, "/accept/%s", web_link(&market, offer)))
            .location,
        web_path(&market, "/customer/offers/%s", offer));
    web_market_close(&market);
}
END_TEST

Suite *
states_suite(void)
{
    Suite *suite = suite_create("web/states");
    TCase *tests = tcase_create("states");

    tcase_set_timeout(tests, 600);
    tcase_add_loop_test(tests, each_form_is_done_only_in_its_states, 0, (int)COUNT(posts));
    tcase_add_test(tests, each_page_opens_only_in_its_states);
    tcase_add_test(tests, others_find_nothing_in_any_state);
    tcase_add_test(tests, the_tables_hold_every_row_about_an_offer);
    tcase_add_test(tests, no_link_leads_into_a_refusal);
    tcase_add_test(tests, publication_makes_it_visible);
    tcase_add_test(tests, expiry_and_end_need_no_job);
    tcase_add_test(tests, accept_by_passes_at_the_partner);
    tcase_add_test(tests, a_race_has_one_winner);
    tcase_add_test(tests, an_old_link_stays_dead_after_a_new_one);
    suite_add_tcase(suite, tests);
    return suite;
}

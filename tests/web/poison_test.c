/*
 * poison_test.c: texts that would be executed, cut short or taken for a template's marks, wherever
 * somebody's text is shown: they stay texts, whoever looks, in whatever state.
 *
 * Some of them no form would take; they are put into the store directly, because a page must not
 * rely on what forms refuse.
 */
#include <check.h>
#include <string.h>

#include "base/text.h"
#include "support/page.h"
#include "support/web_posts.h"
#include "support/web_purchases.h"
#include "support/web_walk.h"

#define POISON "\"><script>alert(1)</script>'&{{X}} \xf0\x9f\x9a\x80\xd7\xa9\xd7\x9c"
/* The same as SQL writes it. */
#define POISON_SQL "\"><script>alert(1)</script>''&{{X}} \xf0\x9f\x9a\x80\xd7\xa9\xd7\x9c"

Suite *poison_suite(void);

static struct web_market market;
static size_t found; /* how often it was shown, harmless */

/* Every text that people type, wherever it is stored. */
static const char *const spoils[] = {
    "UPDATE offer SET name = 'name " POISON_SQL "', customer_label = 'label " POISON_SQL "', "
    "description = 'description " POISON_SQL "' || char(10) || 'second line', "
    "contacts = 'contacts " POISON_SQL "', sales_note = 'note " POISON_SQL "'",
    "UPDATE offer SET prepared_by = 'prepared " POISON_SQL "' WHERE prepared_by <> ''",
    "UPDATE offer SET partner_contacts = 'pcontacts " POISON_SQL
    "', partner_note = 'pnote " POISON_SQL "'",
    "UPDATE link SET prepared_by = 'prepared " POISON_SQL "'",
    "UPDATE publisher SET name = 'publisher " POISON_SQL "', hq_state = 'state " POISON_SQL "'",
    "UPDATE organisation SET name = 'organisation " POISON_SQL "'",
    "UPDATE billing_account SET name = 'account " POISON_SQL "'",
    "UPDATE person SET name = 'person " POISON_SQL "', email = id || '" POISON_SQL "@x.example'",
    "UPDATE product SET name = 'product " POISON_SQL "'",
    "UPDATE plan SET name = 'plan " POISON_SQL "'",
    "UPDATE price_point SET name = 'point " POISON_SQL "'",
    "UPDATE event SET account_name = 'actor " POISON_SQL "', person_name = 'doer " POISON_SQL
    "', note = 'reason " POISON_SQL "'",
    "UPDATE purchase SET name = 'named " POISON_SQL "', tags = 'tags " POISON_SQL
    "', order_reference = 'order " POISON_SQL "', resource_group = 'group " POISON_SQL
    "', plan_name = 'bought " POISON_SQL "', contact = 'contact " POISON_SQL "'",
    "UPDATE version_value SET words = 'said " POISON_SQL "', value = 'value " POISON_SQL "'",
    "UPDATE resource_group SET name = 'group " POISON_SQL "'",
    "UPDATE azure_subscription SET name = 'subscription " POISON_SQL "'",
    "UPDATE charge SET words = 'charged " POISON_SQL "'",
    "UPDATE purchase_event SET account_name = 'actor " POISON_SQL
    "', person_name = 'doer " POISON_SQL "', note = 'note " POISON_SQL "'",
    "UPDATE acceptance SET person_name = 'accepter " POISON_SQL "', reference = 'ref " POISON_SQL
    "', isv_name = 'isv " POISON_SQL "', partner_name = 'partner " POISON_SQL "', "
    "organisation_name = 'customer " POISON_SQL "', account_name = 'account " POISON_SQL "'",
    "UPDATE accepted_row SET product_name = 'product " POISON_SQL "', plan_name = 'plan " POISON_SQL
    "'",
    "UPDATE accepted_price SET name = 'point " POISON_SQL "'",
    "INSERT INTO accepted_document (offer, document, side, position, name, size, sha256) "
    "SELECT offer, offer, 'isv', 0, 'document " POISON_SQL "', 1, 'hash " POISON_SQL
    "' FROM acceptance",
};

static void
spoil(void)
{
    for (size_t i = 0; i < COUNT(spoils); i++)
        web_sql(&market, spoils[i]);
}

static void
assert_harmless(const struct web_answer *answer, const char *what)
{
    ck_assert_msg(strstr(answer->body, "<script>alert") == NULL, "%s executes it", what);
    ck_assert_msg(strstr(answer->body, "\"><script") == NULL, "%s leaves its attribute", what);
    ck_assert_msg(strstr(answer->body, "'&{{X}}") == NULL, "%s does not escape it", what);
    for (const char *at = answer->location; *at != '\0'; at++)
        ck_assert_msg(*at > ' ' && *at < 127, "%s leads to %s", what, answer->location);
    for (size_t i = 0; i < answer->cookie_count; i++)
        ck_assert_ptr_null(strpbrk(answer->cookies[i], "\r\n"));
    /* whatever is left of it, is all of it */
    ck_assert_msg(page_count(answer->body, "&lt;script&gt;alert(1)&lt;/script&gt;") ==
                      page_count(answer->body, "alert(1)"),
                  "%s cuts it short", what);
}

static void
look(void *context, enum web_person person, const char *what, const struct web_answer *answer)
{
    (void)context;
    (void)person;
    /* a file to keep is no page: what its cells may do, export_test tells */
    if (strstr(answer->head, "Content-Disposition: attachment") != NULL)
        return;
    assert_harmless(answer, what);
    found += page_count(answer->body, "&lt;script&gt;alert(1)");
}

START_TEST(stored_texts_stay_texts)
{
    static const enum offer_state states[] = {
        STATE_DRAFT,    STATE_TO_PARTNER, STATE_PENDING_PARTNER, STATE_PENDING_ACCEPTANCE,
        STATE_ACCEPTED, STATE_EXPIRED,    STATE_ENDED,
    };
    const char *offer;

    web_market_open(&market, NULL);
    offer = web_offer(&market, states[_i]);
    web_row_ready(&market, "/isv/purchases/:purchase");
    spoil();
    web_walk(&market, offer, look, NULL);
    ck_assert_uint_gt(found, 100);
    web_market_close(&market);
}
END_TEST

START_TEST(what_is_asked_about_a_purchase_stays_text)
{
    static const char *const rest[] = {"",       "/purchased", "/configure",
                                       "/users", "/plan",      "/cancel"};

    web_market_open(&market, NULL);
    for (size_t i = 0; i < COUNT(rest); i++) {
        const char *pattern = web_path(&market, "/customer/purchases/:purchase%s", rest[i]);
        struct web_answer answer;

        web_row_ready(&market, pattern);
        spoil();
        answer = web_get(&market, WEB_CONTRIBUTOR, web_row_path(&market, pattern, ""));
        ck_assert_msg(answer.status == 200, "%s: %d", pattern, answer.status);
        assert_harmless(&answer, pattern);
        ck_assert_uint_gt(page_count(answer.body, "&lt;script&gt;alert(1)"), 1);
        /* as it was before, for the next one */
        web_market_close(&market);
        web_market_open(&market, NULL);
    }
    web_market_close(&market);
}
END_TEST

/* What was taken by a form is shown as it was typed. */
START_TEST(a_description_keeps_its_lines_and_letters)
{
    static const char text[] = "first " POISON "\n\n  third, indented\n\xe2\x80\xab" POISON;
    const char *offer;
    const char *path;
    struct web_answer answer;

    web_market_open(&market, NULL);
    offer = web_offer(&market, STATE_DRAFT);
    path = web_path(&market, "/isv/offers/%s/setup", offer);
    ck_assert_int_eq(web_post(&market, WEB_ISV, path, "rev", web_rev(&market, WEB_ISV, offer), "do",
                              "save", "description", text, NULL)
                         .status,
                     303);
    answer = web_get(&market, WEB_ISV, path);
    assert_harmless(&answer, path);
    ck_assert_str_eq(page_field(market.arena, answer.body, "description"), text);
    answer = web_get(&market, WEB_ISV, web_path(&market, "/isv/offers/%s", offer));
    assert_harmless(&answer, "detail");
    ck_assert_ptr_nonnull(strstr(page_decode(market.arena, answer.body, answer.body_length), text));
    web_market_close(&market);
}
END_TEST

/* What comes in by the address or a header is no markup either. */
START_TEST(addresses_are_texts_too)
{
    static const char *const targets[] = {
        "/isv/offers?q=",         "/partner/offers?q=",
        "/isv/offers?status=",    "/isv/offers?after=",
        "/isv/offers?done=",      "/isv/offers?done=submitted&offer=",
        "/login?next=%2F",        "/x/",
        "/isv/purchases?before=",
    };
    const char *encoded;

    web_market_open(&market, NULL);
    (void)web_offer(&market, STATE_PENDING_PARTNER);
    encoded = url_encode(market.arena, POISON);
    for (size_t i = 0; i < COUNT(targets); i++) {
        for (int person = 0; person < WEB_PERSON_COUNT; person++) {
            struct web_answer answer = web_get(&market, (enum web_person)person,
                                               web_path(&market, "%s%s", targets[i], encoded));

            assert_harmless(&answer, targets[i]);
        }
    }
    for (int i = 0; i < 2; i++) {
        struct web_answer answer = web_send(
            &market, &(struct web_request){
                         .method = "GET",
                         .target = i == 0 ? "/isv" : "/isv/" POISON,
                         .cookies = arena_format(market.arena, "%s; tripact_theme=%s",
                                                 web_cookie(&market, WEB_ISV), "dark\"><script>"),
                         .origin = POISON,
                     });

        assert_harmless(&answer, "headers");
        ck_assert_ptr_nonnull(strstr(answer.body, "data-theme=\"auto\""));
    }
    web_market_close(&market);
}
END_TEST

Suite *
poison_suite(void)
{
    Suite *suite = suite_create("web/poison");
    TCase *tests = tcase_create("poison");

    tcase_set_timeout(tests, 300);
    tcase_add_loop_test(tests, stored_texts_stay_texts, 0, 7);
    tcase_add_test(tests, what_is_asked_about_a_purchase_stays_text);
    tcase_add_test(tests, a_description_keeps_its_lines_and_letters);
    tcase_add_test(tests, addresses_are_texts_too);
    suite_add_tcase(suite, tests);
    return suite;
}

/*
 * versions_test.c: what the pages tell of the versions of an offer: to the ISV what it changed
 * since its last submit, to the partner what changed since it saw the offer last, to either each
 * version beside the one before, and to nobody a figure of the other's (LAW 5, 6.9).
 *
 * The deal of LAW 20: Pro 1,200.00 at 20 % off is 960.00, at 13.37 % off 1,039.56.
 */
#include <check.h>
#include <string.h>

#include "base/text.h"
#include "support/page.h"
#include "support/web_posts.h"
#include "support/web_purchases.h"

Suite *versions_suite(void);

static struct web_market market;
static const char *offer;

static void
setup(void)
{
    web_market_open(&market, NULL);
    offer = web_offer(&market, STATE_PENDING_ACCEPTANCE);
}

static void
teardown(void)
{
    web_market_close(&market);
}

#define POST(person, below, ...)                                                             \
    do {                                                                                     \
        struct web_answer posted_answer =                                                    \
            web_post(&market, person, web_path(&market, below, offer), "rev",                \
                     web_rev(&market, person, offer), __VA_ARGS__);                          \
        ck_assert_msg(posted_answer.status == 303, "%s: %d %s", below, posted_answer.status, \
                      page_text(market.arena, posted_answer.body));                          \
    } while (0)

static const char *
page_of(enum web_person person, const char *below)
{
    struct web_answer answer =
        web_get(&market, person,
                web_path(&market, "%s/%s%s", person == WEB_ISV ? "/isv/offers" : "/partner/offers",
                         offer, below));

    ck_assert_msg(answer.status == 200, "%s: %d", below, answer.status);
    return page_decode(market.arena, answer.body, answer.body_length);
}

/* The card of changes, "" when the page has none. */
static const char *
changes_of(enum web_person person, const char *below)
{
    const char *page = page_of(person, below);
    const char *from = strstr(page, "aria-labelledby=\"h-changes\"");
    const char *to;

    if (from == NULL)
        return "";
    to = strstr(from, "</table>");
    ck_assert_ptr_nonnull(to);
    return page_text(market.arena, arena_copy(market.arena, from, (size_t)(to - from)));
}

static void
assert_told(const char *changes, const char *label, const char *before, const char *after)
{
    const char *line = arena_format(market.arena, "%s%s%s", label, before, after);

    ck_assert_msg(strstr(changes, line) != NULL, "\"%s\" is not in: %s", line, changes);
}

/* Back to the ISV, who gives another discount. */
static void
change(void)
{
    POST(WEB_PARTNER, "/partner/offers/%s/withdraw", NULL, NULL);
    POST(WEB_PARTNER, "/partner/offers/%s/setup", "do", "save", "adjustment-1", "7.77777777",
         "prepared_by", "preparedmark@partner.example", NULL);
    POST(WEB_ISV, "/isv/offers/%s/withdraw", NULL, NULL);
    ck_assert_str_eq(changes_of(WEB_ISV, ""), ""); /* nothing yet */
    POST(WEB_ISV, "/isv/offers/%s/setup", "do", "save", "discount-1", "13.37", "sales_note",
         "Isvnotemark", NULL);
}

START_TEST(the_isv_sees_what_it_changed)
{
    static const char *const pages[] = {"", "/review"};

    ck_assert_str_eq(changes_of(WEB_ISV, ""), "");
    change();
    for (size_t i = 0; i < COUNT(pages); i++) {
        const char *changes = changes_of(WEB_ISV, pages[i]);

        assert_told(changes, "Discount % for Suite, Pro", "20%", "13.37%");
        assert_told(changes, "Partner price for Suite, Pro, 1-year, one payment upfront", "$960.00",
                    "$1,039.56");
        ck_assert_ptr_nonnull(strstr(changes, "Isvnotemark"));
        /* nothing of what the partner typed meanwhile */
        ck_assert(strstr(changes, "7.77777777") == NULL &&
                  strstr(changes, "preparedmark") == NULL &&
                  strstr(changes, "ustomer price") == NULL && strstr(changes, "adjust") == NULL);
    }
}
END_TEST

START_TEST(the_partner_sees_what_changed)
{
    static const char *const pages[] = {"", "/setup"};

    ck_assert_str_eq(changes_of(WEB_PARTNER, ""), "");
    change();
    POST(WEB_ISV, "/isv/offers/%s/submit", NULL, NULL);
    web_publish(&market);
    for (size_t i = 0; i < COUNT(pages); i++) {
        const char *changes = changes_of(WEB_PARTNER, pages[i]);

        ck_assert_ptr_nonnull(strstr(changes, "Changed by Contoso since you saw it last"));
        assert_told(changes, "Discount % for Suite, Pro", "20%", "13.37%");
        assert_told(changes, "Partner price for Suite, Pro, 1-year, one payment upfront", "$960.00",
                    "$1,039.56");
        /* neither the ISV's notes nor its own typing */
        ck_assert(strstr(changes, "Isvnotemark") == NULL && strstr(changes, "adjust") == NULL &&
                  strstr(changes, "preparedmark") == NULL);
    }
    /* gone once it has been submitted on */
    POST(WEB_PARTNER, "/partner/offers/%s/review", "do", "submit", "adjustment-1", "5",
         "adjustment-2", "30", NULL);
    web_publish(&market);
    ck_assert_str_eq(changes_of(WEB_PARTNER, ""), "");
}
END_TEST

START_TEST(versions_beside_the_one_before)
{
    const char *page;

    change();
    POST(WEB_ISV, "/isv/offers/%s/submit", NULL, NULL);
    web_publish(&market);

    page = page_of(WEB_ISV, "/versions");
    ck_assert_uint_eq(page_count(page, "Submitted to the selling partner"), 2);
    ck_assert_ptr_nonnull(strstr(page, "Person isv"));
    assert_told(changes_of(WEB_ISV, "/versions"), "Discount % for Suite, Pro", "20%", "13.37%");
    assert_told(changes_of(WEB_ISV, "/versions?v=2"), "Discount % for Suite, Pro", "20%", "13.37%");
    page = page_of(WEB_ISV, "/versions?v=1");
    ck_assert_ptr_nonnull(strstr(page, "It is the first version"));
    page = page_of(WEB_ISV, "/versions?v=99");
    ck_assert_ptr_nonnull(strstr(page, "Changed from version 1 to version 2"));

    /* the partner's: what it got, what it submitted, what it got then */
    page = page_of(WEB_PARTNER, "/versions");
    ck_assert_uint_eq(page_count(page, "Submitted to you"), 2);
    ck_assert_uint_eq(page_count(page, "Submitted to the customer"), 1);
    ck_assert_ptr_null(strstr(page, "Person isv"));
    assert_told(changes_of(WEB_PARTNER, "/versions?v=2"), "Customer adjustment % for Suite, Pro",
                "–", "12.5%");
    ck_assert_ptr_nonnull(strstr(changes_of(WEB_PARTNER, "/versions?v=3"), "13.37%"));
    for (int v = 1; v <= 3; v++) {
        const char *isvs = page_of(WEB_ISV, web_path(&market, "/versions?v=%d", v));
        const char *partners = page_of(WEB_PARTNER, web_path(&market, "/versions?v=%d", v));

        ck_assert(strstr(isvs, "12.5") == NULL && strstr(isvs, "7.77777777") == NULL &&
                  strstr(isvs, "1,080.00") == NULL && strstr(isvs, "p@fabrikam.example") == NULL);
        ck_assert_ptr_null(strstr(partners, "Isvnotemark"));
    }
}
END_TEST

/* A partner's new submit of what the ISV left alone; and an offer that was never submitted. */
START_TEST(nothing_to_compare)
{
    POST(WEB_PARTNER, "/partner/offers/%s/withdraw", NULL, NULL);
    POST(WEB_PARTNER, "/partner/offers/%s/review", "do", "submit", "adjustment-1", "12.5",
         "adjustment-2", "30", "prepared_by", "p@fabrikam.example", NULL);
    web_publish(&market);
    ck_assert_ptr_nonnull(strstr(page_of(WEB_PARTNER, "/versions?v=3"),
                                 "Nothing changed from version 2 to version 3."));
    ck_assert_ptr_nonnull(strstr(page_of(WEB_ISV, ""), "/versions\""));
    web_market_close(&market);
    web_market_open(&market, NULL);
    offer = web_offer(&market, STATE_DRAFT);
    ck_assert_ptr_null(strstr(page_of(WEB_ISV, ""), "/versions\""));
    ck_assert_ptr_nonnull(strstr(page_of(WEB_ISV, "/versions"), "No versions yet"));
}
END_TEST

/* More differences than a table shows: how many more there are is said. */
START_TEST(more_than_a_page_tells)
{
    change();
    web_sql(&market,
            "INSERT INTO version_value (offer, number, position, field, pricing_row, point, words,"
            " value) WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 150)"
            " SELECT v.offer, v.number, 5000 + i, 'price', 1, 'p' || i, 'Point ' || i, '$1.00'"
            " FROM n, (SELECT offer, MIN(number) AS number FROM version_value) v");
    /* with the discount, its two prices and the note */
    ck_assert_ptr_nonnull(strstr(page_of(WEB_ISV, ""), "And 54 more changes"));
}
END_TEST

Suite *
versions_suite(void)
{
    Suite *suite = suite_create("web/versions");
    TCase *tests = tcase_create("versions");

    tcase_add_checked_fixture(tests, setup, teardown);
    tcase_add_test(tests, the_isv_sees_what_it_changed);
    tcase_add_test(tests, the_partner_sees_what_changed);
    tcase_add_test(tests, versions_beside_the_one_before);
    tcase_add_test(tests, nothing_to_compare);
    tcase_add_test(tests, more_than_a_page_tells);
    suite_add_tcase(suite, tests);
    return suite;
}

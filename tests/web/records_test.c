/*
 * records_test.c: accepting once, what is accepted, and the record of it: the same as was shown
 * before, the same on every later day, and everything somebody needs who compares it (LAW 10.2).
 */
#include <check.h>
#include <sqlite3.h>
#include <string.h>

#include "base/digest.h"
#include "base/text.h"
#include "option_play.h"
#include "support/page.h"
#include "support/web_posts.h"
#include "support/web_upload.h"

Suite *records_suite(void);

#define ACCEPT "/customer/offers/:offer/accept"

static struct web_market market;
static const char *offer;

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
spoil(const struct web_market *of, const char *sql)
{
    sqlite3 *db = NULL;

    ck_assert_int_eq(sqlite3_open(of->deal.temp.path, &db), SQLITE_OK);
    ck_assert_msg(sqlite3_exec(db, sql, NULL, NULL, NULL) == SQLITE_OK, "%s: %s", sql,
                  sqlite3_errmsg(db));
    ck_assert_int_gt(sqlite3_total_changes(db), 0);
    ck_assert_int_eq(sqlite3_close(db), SQLITE_OK);
}

/* Pending acceptance, with a document of each seller. */
static void
offer_with_documents(void)
{
    offer = web_offer(&market, STATE_PENDING_ACCEPTANCE);
    (void)web_document(&market, PARTY_ISV, offer);
    (void)web_document(&market, PARTY_PARTNER, offer);
}

static struct web_form
form_of(enum web_person person)
{
    return web_post_form_of(&market, web_post_rule(ACCEPT), person, offer);
}

static struct web_answer
sent(enum web_person person, const struct web_form *form)
{
    return web_post_form(&market, person, web_row_path(&market, ACCEPT, offer), form);
}

static void
accepted_by(enum web_person person)
{
    struct web_form form = form_of(person);

    ck_assert_int_eq(sent(person, &form).status, 303);
}

static struct web_answer
below(enum web_person person, const char *page)
{
    return web_get(&market, person, web_path(&market, "/customer/offers/%s%s", offer, page));
}

/* The page without its frame, which names the day and who looks. */
static const char *
main_of(const struct web_market *of, const char *body)
{
    const char *begin = strstr(body, "<main");
    const char *end = strstr(body, "</main>");

    ck_assert_ptr_nonnull(begin);
    ck_assert_ptr_nonnull(end);
    return arena_copy(of->arena, begin, (size_t)(end - begin));
}

static const char *
record(enum web_person person)
{
    struct web_answer answer = below(person, "/print");

    ck_assert_int_eq(answer.status, 200);
    return main_of(&market, answer.body);
}

static void
assert_says(const char *text, const char *wanted)
{
    ck_assert_msg(strstr(text, wanted) != NULL, "not there: %s\n%s", wanted, text);
}

/* LAW 20's deal, accepted on 20 October 2023 at 09:00 UTC. */
START_TEST(the_record_says_who_accepted_what_when_and_under_which_terms)
{
    static const char *const said[] = {
        "Accepted byPerson contributor",
        "RoleBilling account contributor",
        "20 Oct 2023, 09:00 UTC",
        "Private offerNorthwind FY24",
        "CustomerNorthwind",
        "Billing accountOperations" DEAL_ACCOUNT,
        "SellerFabrikam",
        "Prepared byp@fabrikam.example",
        "PublisherContoso",
        "Suite, Pro",
        "1-year, one payment upfront$1,200.0010.00%$1,080.00",
        "Meter: 100 emails$1.0010.00%$0.90",
        "Runner, Ops",
        "Monthly fee$250.00None, 4.00% above list$260.00",
        "Prices start20 Oct 2023 UTC",
        "Prices end31 Dec 2023 UTC",
        "Accept by15 Nov 2023 UTC",
        "A renewal through 31 Dec 2023 UTC is at these prices, a later one at list price.",
    };
    struct offer seen;
    const char *body;
    const char *text;

    offer_with_documents();
    web_today(&market, 2023, 10, 20);
    accepted_by(WEB_CONTRIBUTOR);
    body = record(WEB_READER);
    text = page_text(market.arena, body);
    for (size_t i = 0; i < COUNT(said); i++)
        assert_says(text, said[i]);
    assert_says(text, "ReferenceTPA-");
    assert_says(text, offer);
    ck_assert_str_eq(body, record(WEB_CONTRIBUTOR));

    /* each document as it is downloaded */
    seen = deal_view(&market.deal, PARTY_CUSTOMER, DEAL_ORGANISATION, offer);
    ck_assert_uint_eq(seen.document_count, 2);
    for (size_t i = 0; i < seen.document_count; i++) {
        const struct document *document = &seen.documents[i];
        const char *path = web_path(&market, "/files/%s", document->id);
        struct web_answer file = web_get(&market, WEB_READER, path);
        const char *hash = digest_of_file(market.arena, file.body, file.body_length);

        ck_assert_int_eq(file.status, 200);
        assert_says(body, web_path(&market, "<a href=\"%s\">", path));
        assert_says(text, web_path(&market, "%sPDF, 1 KiB, from %sSHA-256 %s", document->name,
                                   i == 0 ? "Contoso" : "Fabrikam", hash));
    }
}
END_TEST

START_TEST(a_record_without_documents_says_so)
{
    offer = web_offer(&market, STATE_ACCEPTED);
    assert_says(record(WEB_OWNER), "The offer had no documents.");
}
END_TEST

/* Whatever happens to names, prices, plans and people afterwards, and when the offer has ended. */
START_TEST(the_record_stays_what_it_was)
{
    static const char *const later[] = {
        "UPDATE price_point SET amount = amount * 2, name = 'another meter'",
        "DELETE FROM price_point WHERE id = 'meter-emails'",
        "INSERT INTO price_point (product, plan, id, position, kind, term_months, payment_months,"
        " name, vcpu, amount) SELECT product, id, 'meter-late', 9, 'meter', 0, 0, 'late', 0, 5"
        " FROM plan WHERE product = 'suite'",
        "UPDATE plan SET name = 'Renamed', published = 0",
        "UPDATE product SET name = 'Renamed product'",
        "UPDATE publisher SET name = 'Renamed publisher'",
        "UPDATE organisation SET name = 'Renamed organisation'",
        "UPDATE billing_account SET name = 'Renamed account', active = 0",
        "UPDATE person SET name = 'Renamed person'",
        "DELETE FROM billing_member",
        "UPDATE document SET name = 'Renamed document'",
    };
    const char *before;
    const char *confirmation;

    offer_with_documents();
    accepted_by(WEB_OWNER);
    before = record(WEB_OWNER);
    confirmation = page_text(market.arena, below(WEB_OWNER, "/accepted").body);
    assert_says(confirmation, "$1,080.00");
    for (size_t i = 0; i < COUNT(later); i++) {
        spoil(&market, later[i]);
        ck_assert_msg(text_equal(record(WEB_OWNER), before), "changed by %s", later[i]);
    }
    /* the page after accepting tells the same prices; today's are told as such */
    assert_says(page_text(market.arena, below(WEB_OWNER, "/accepted").body), "$1,080.00");
    confirmation = page_text(market.arena, below(WEB_OWNER, "").body);
    assert_says(confirmation, "Your price as of 16 Oct 2023 UTC");
    assert_says(confirmation, "$2,160.00");
    web_today(&market, 2024, 1, 1);
    ck_assert_str_eq(record(WEB_OWNER), before);
    confirmation = page_text(market.arena, below(WEB_OWNER, "").body);
    assert_says(confirmation, "Agreed price");
    assert_says(confirmation, "$1,080.00");
    ck_assert_ptr_null(strstr(confirmation, "$2,160.00"));
}
END_TEST

START_TEST(the_record_is_linked_where_there_is_one)
{
    const char *link;

    offer = web_offer(&market, STATE_PENDING_ACCEPTANCE);
    link = web_path(&market, "<a class=\"btn\" href=\"/customer/offers/%s/print\">Print record</a>",
                    offer);
    ck_assert_ptr_null(strstr(below(WEB_OWNER, "").body, link));
    accepted_by(WEB_OWNER);
    for (int year = 2023; year <= 2024; year++) {
        web_today(&market, year, 11, 1);
        assert_says(below(WEB_READER, "").body, link);
        assert_says(below(WEB_READER, "/accepted").body, link);
    }
}
END_TEST

/* The table of prices in a page, as people read it. */
static const char *
table_of(struct web_market *of, enum web_person person, const char *path)
{
    const char *body = web_get(of, person, path).body;
    const char *begin = strstr(body, "<table class=\"grid cards\">");
    const char *end = begin == NULL ? NULL : strstr(begin, "</table>");

    ck_assert_msg(end != NULL, "%s has no prices", path);
    return page_text(of->arena, arena_copy(of->arena, begin, (size_t)(end - begin)));
}

static struct option_play play;

/* Accepts what the page shows, and compares the record with that. */
static void
assert_recorded_as_shown(const char *figure)
{
    const char *path = web_path(&play.market, "/customer/offers/%s", play.offer);
    const char *print = web_path(&play.market, "%s/print", path);
    const char *shown = table_of(&play.market, WEB_OWNER, path);
    const char *digest =
        page_field(play.market.arena, web_get(&play.market, WEB_OWNER, path).body, "price-digest");

    assert_says(shown, figure);
    ck_assert_int_eq(web_post(&play.market, WEB_OWNER, web_path(&play.market, "%s/accept", path),
                              "price-digest", digest, NULL)
                         .status,
                     303);
    ck_assert_str_eq(table_of(&play.market, WEB_READER, print), shown);
    spoil(&play.market, "UPDATE price_point SET amount = amount + 100, name = 'x'");
    spoil(&play.market, "UPDATE plan SET name = id || ' renamed'");
    ck_assert_str_eq(table_of(&play.market, WEB_READER, print), shown);
    option_close(&play);
}

/* 500.00 x 0.9 = 450.00, x 1.05 = 472.50. */
START_TEST(a_whole_product_is_recorded_as_shown)
{
    option_open(&play);
    option_draft(&play, OFFER_EXISTING_PLANS);
    OPTION_POST(WEB_ISV, "/products/add", {{"plan-1", "meters/"}, {"plan-2", "sizes/some"}});
    OPTION_POST(WEB_ISV, "/setup", {{"do", "save"}, {"discount-1", "10"}, {"discount-2", "10"}});
    option_submit(&play);
    option_extend(&play, "5");
    assert_recorded_as_shown("Max: 1-month, paid monthly$500.005.50%$472.50");
}
END_TEST

START_TEST(a_new_plan_is_recorded_as_shown)
{
    option_open(&play);
    option_draft(&play, OFFER_NEW_PLANS);
    OPTION_POST(WEB_ISV, "/products/add",
                {{"do", "create"},
                 {"plan_name", "Orchid Max"},
                 {"plan_description", "For Northwind alone.\nWith support."},
                 {"template", "meters/max"}});
    OPTION_POST(WEB_ISV, "/products/1/price",
                {{"do", "save"}, {"payment-1-24", "1"}, {"price-1-term-24", "60.00"}});
    option_submit(&play);
    option_extend(&play, "10");
    assert_recorded_as_shown("2-year, 24 monthly payments––$66.00");
}
END_TEST

/* 450.00 x 1.075 = 483.75, x 12 x 4 = 23,220.00. */
START_TEST(reservations_are_recorded_as_shown)
{
    option_open(&play);
    option_draft(&play, OFFER_RESERVATIONS);
    OPTION_POST(WEB_ISV, "/products/add", {{"plan-1", "cores/each"}, {"plan-2", "plain/one"}});
    OPTION_POST(WEB_ISV, "/products/1/price",
                {{"do", "save"},
                 {"duration-1", "12"},
                 {"schedule-1", "monthly"},
                 {"vcpu-1-1", "4"},
                 {"quantity-1-1", "4"},
                 {"unit-1-1", "450"}});
    OPTION_POST(WEB_ISV, "/products/2/price",
                {{"do", "save"},
                 {"duration-2", "12"},
                 {"schedule-2", "upfront"},
                 {"quantity-2-1", "4"},
                 {"unit-2-1", "5,000.00"}});
    option_submit(&play);
    option_extend(&play, "7.5");
    assert_recorded_as_shown("483.75 × 12 months × 4 = 23,220.00");
}
END_TEST

/* Everything that the page shows, changed after it was shown. */
static const char *const changes[] = {
    "UPDATE price_point SET amount = amount + 1 WHERE id = 'term-12'", /* a discount follows it */
    "UPDATE price_point SET amount = amount + 1 WHERE id = 'month'",   /* what is saved on it */
    "INSERT INTO price_change (product, plan, point, from_on, amount)"
    " VALUES ('suite', 'pro', 'term-12', '2023-10-01', 119999)",
    "UPDATE row_price SET cents = cents + 1",
    "UPDATE pricing_row SET adjustment_e8 = adjustment_e8 + 10000000000",
    "UPDATE price_point SET name = '1,000 emails' WHERE kind = 'meter'",
    "UPDATE product SET name = 'Suite 2' WHERE id = 'suite'",
    "UPDATE plan SET name = 'Pro 2' WHERE product = 'suite' AND id = 'pro'",
    "DELETE FROM price_point WHERE id = 'meter-emails'",
    "UPDATE publisher SET name = 'Contoso 2' WHERE id = '" DEAL_ISV "'",
    "UPDATE publisher SET name = 'Fabrikam 2' WHERE id = '" DEAL_PARTNER "'",
    "UPDATE offer SET name = 'Northwind FY25'",
    "UPDATE offer SET prepared_by = 'q@fabrikam.example'",
    "UPDATE offer SET start_mode = 'month', start_on = '2023-11-01'",
    "UPDATE offer SET end_on = '2024-01-31'",
    "UPDATE offer SET accept_by_on = '2023-11-16', due_on = '2023-11-16'",
    "UPDATE document SET name = 'Other terms' WHERE side = 'isv'",
    "UPDATE document SET sha256 = (SELECT sha256 FROM document WHERE side = 'isv')"
    " WHERE side = 'partner'",
    "UPDATE document SET side = 'partner' WHERE side = 'isv'",
    "DELETE FROM document WHERE side = 'partner'",
};

START_TEST(what_changed_since_it_was_shown_is_not_accepted)
{
    struct web_form form;
    struct web_answer answer;
    const char *before;
    const char *digest;

    offer_with_documents();
    form = form_of(WEB_OWNER);
    spoil(&market, changes[_i]);
    before = web_dump(&market);
    answer = sent(WEB_OWNER, &form);
    ck_assert_msg(answer.status == 409, "%s: %d", changes[_i], answer.status);
    assert_says(answer.body, "The offer changed.");
    assert_says(answer.body, "Accept offer");
    ck_assert_str_eq(web_dump(&market), before);
    /* the page shown again carries what it shows now */
    digest = page_field(market.arena, answer.body, "price-digest");
    ck_assert_ptr_nonnull(digest);
    web_form_set(&form, "price-digest", digest);
    ck_assert_int_eq(sent(WEB_OWNER, &form).status, 303);
}
END_TEST

/* A list price that was scheduled comes into force between the page and the button. */
START_TEST(the_day_of_a_price_change_is_another_offer)
{
    struct web_form form;

    offer_with_documents();
    spoil(&market, "INSERT INTO price_change (product, plan, point, from_on, amount)"
                   " VALUES ('suite', 'pro', 'term-12', '2023-11-01', 110000)");
    web_today(&market, 2023, 10, 31);
    form = form_of(WEB_OWNER);
    web_today(&market, 2023, 11, 1);
    ck_assert_int_eq(sent(WEB_OWNER, &form).status, 409);
    web_today(&market, 2023, 10, 31);
    ck_assert_int_eq(sent(WEB_OWNER, &form).status, 303);
}
END_TEST

/* From another tab, with a key of its own; on the last day too, and when it has ended. */
START_TEST(the_same_person_gets_the_first_result_again)
{
    struct web_form first;
    struct web_form second;
    struct web_answer answer;
    const char *before;
    const char *accepted;

    offer_with_documents();
    web_today(&market, 2023, 10, 16);
    accepted = web_path(&market, "/customer/offers/%s/accepted", offer);
    first = form_of(WEB_OWNER);
    second = form_of(WEB_OWNER);
    ck_assert_str_eq(sent(WEB_OWNER, &first).location, accepted);
    before = web_dump(&market);
    ck_assert_str_eq(sent(WEB_OWNER, &first).location, accepted);
    ck_assert_str_eq(sent(WEB_OWNER, &second).location, accepted);
    web_today(&market, 2024, 1, 1);
    second = form_of(WEB_OWNER);
    ck_assert_str_eq(sent(WEB_OWNER, &second).location, accepted);
    /* something else than what was accepted is not */
    web_form_set(&second, "once", "another");
    web_form_set(&second, "price-digest", "another");
    answer = sent(WEB_OWNER, &second);
    ck_assert_int_eq(answer.status, 409);
    web_today(&market, 2023, 10, 16);
    ck_assert_str_eq(web_dump(&market), before);
}
END_TEST

/* Two pages, two people: the later one learns who was first, and where to read it. */
START_TEST(another_person_is_told_who_accepted_and_when)
{
    struct web_form first;
    struct web_form late;
    struct web_answer answer;
    const char *before;
    const char *text;

    offer_with_documents();
    web_today(&market, 2023, 10, 20);
    first = form_of(WEB_CONTRIBUTOR);
    late = form_of(WEB_OWNER);
    ck_assert_int_eq(sent(WEB_CONTRIBUTOR, &first).status, 303);
    before = web_dump(&market);
    for (int ended = 0; ended < 2; ended++) {
        answer = sent(WEB_OWNER, &late);
        ck_assert_int_eq(answer.status, 409);
        text = page_text(market.arena, answer.body);
        assert_says(text, "accepted");
        assert_says(text, "by Person contributor on 20 Oct 2023, 09:00 UTC");
        assert_says(text, "The reference is TPA-");
        assert_says(answer.body, web_path(&market,
                                          "href=\"/customer/offers/%s/print\">Open the "
                                          "record</a>",
                                          offer));
        web_today(&market, 2024, 1, 1);
    }
    web_today(&market, 2023, 10, 20);
    ck_assert_str_eq(web_dump(&market), before);
}
END_TEST

Suite *
records_suite(void)
{
    Suite *suite = suite_create("web/records");
    TCase *tests = tcase_create("records");
    TCase *options = tcase_create("options");

    tcase_set_timeout(tests, 60);
    tcase_add_checked_fixture(tests, setup, teardown);
    tcase_add_test(tests, the_record_says_who_accepted_what_when_and_under_which_terms);
    tcase_add_test(tests, a_record_without_documents_says_so);
    tcase_add_test(tests, the_record_stays_what_it_was);
    tcase_add_test(tests, the_record_is_linked_where_there_is_one);
    tcase_add_loop_test(tests, what_changed_since_it_was_shown_is_not_accepted, 0,
                        (int)COUNT(changes));
    tcase_add_test(tests, the_day_of_a_price_change_is_another_offer);
    tcase_add_test(tests, the_same_person_gets_the_first_result_again);
    tcase_add_test(tests, another_person_is_told_who_accepted_and_when);
    tcase_set_timeout(options, 60);
    tcase_add_test(options, a_whole_product_is_recorded_as_shown);
    tcase_add_test(options, a_new_plan_is_recorded_as_shown);
    tcase_add_test(options, reservations_are_recorded_as_shown);
    suite_add_tcase(suite, tests);
    suite_add_tcase(suite, options);
    return suite;
}

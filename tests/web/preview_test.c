/*
 * preview_test.c: what an ISV is shown of the pages to come is what comes: byte for byte the page
 * of the selling partner, and of the customer's page everything but what the partner will add.
 */
#include <check.h>
#include <string.h>

#include "actions/isv.h"
#include "base/text.h"
#include "store/documents.h"
#include "store/accounts.h"
#include "support/page.h"
#include "support/rows_market.h"
#include "support/web_market.h"

Suite *preview_suite(void);

static struct web_market market;

static void
setup(void)
{
    web_market_open(&market, NULL);
    rows_market_add(&market.deal);
}

static void
teardown(void)
{
    web_market_close(&market);
}

/* --- drafts of every option ---------------------------------------------------------------------
 */

static const char *
rev(const struct act *act, const char *id)
{
    struct offer draft;

    ck_assert_int_eq(offer_load(act->db, act->arena, &act->viewer, id, &draft), OK);
    return offer_rev(act->arena, &draft, PARTY_ISV);
}

static void
add_new_plan(const struct act *act, const char *id, struct problems *problems)
{
    static const struct plan_choice max = {"meters", "max"};
    struct answers texts = deal_form(&market.deal, "plan_name", "Max for Northwind",
                                     "plan_description", "Two lines,\nof which this is one", NULL);
    int row = 0;

    ck_assert_int_eq(action_new_plan_add(act, id, rev(act, id), &max, &texts, problems, &row), OK);
}

static void
add_reservation(const struct act *act, const char *id, struct problems *problems)
{
    static const struct plan_choice each = {"cores", "each"};
    static const struct row_edit nothing = {.remove_line = 0};
    struct answers lines = deal_form(&market.deal, "schedule-1", "monthly", "vcpu-1-1", "4",
                                     "quantity-1-1", "4", "unit-1-1", "450.00", "vcpu-1-2", "8",
                                     "quantity-1-2", "1", "unit-1-2", "33.33", NULL);

    ck_assert_int_eq(action_rows_add(act, id, rev(act, id), &each, 1, problems), OK);
    ck_assert_int_eq(action_row_save(act, id, rev(act, id), 1, &lines, &nothing, problems), OK);
}

static void
add_document(const struct act *act, const char *id, enum party side, const char *guid,
             const char *name)
{
    const struct document document = {
        .id = guid, .side = side, .name = name, .size = 5, .sha256 = "00ff", .added_at = act->now};

    ck_assert_int_eq(document_insert(act->db, id, &document, "%PDF-"), OK);
}

/* A draft that can be submitted, with two documents. */
static const char *
draft(enum offer_type type)
{
    struct problems *problems = problems_new(market.deal.temp.arena);
    const struct draft_edit nothing = {.remove_row = 0};
    const char *id = NULL;
    struct act act;

    if (type == OFFER_EXISTING_PLANS)
        id = web_offer(&market, STATE_DRAFT);
    act = deal_begin(&market.deal, PARTY_ISV, DEAL_ISV, "isv");
    if (type != OFFER_EXISTING_PLANS) {
        struct answers begin = deal_form(&market.deal, "name", "Northwind FY24", ANSWER_PRICING,
                                         offer_type_text(type), NULL);
        struct answers rest =
            deal_form(&market.deal, "billing_account", DEAL_ACCOUNT, "seller_id", DEAL_PARTNER,
                      "start_mode", "month", "start_month", "2023-12", "end_month", "2024-12",
                      "accept_by", "2023-11-15", "description", "For the\nmove", NULL);

        ck_assert_int_eq(action_offer_create(&act, &begin, problems, &id), OK);
        ck_assert_int_eq(action_draft_save(&act, id, "1", &rest, &nothing, problems), OK);
    }
    if (type == OFFER_NEW_PLANS)
        add_new_plan(&act, id, problems);
    if (type == OFFER_RESERVATIONS)
        add_reservation(&act, id, problems);
    add_document(&act, id, PARTY_ISV, "11111111-1111-4111-8111-111111111111", "Terms <of> use");
    add_document(&act, id, PARTY_ISV, "22222222-2222-4222-8222-222222222222", "Security");
    deal_end(&market.deal, &act, OK);
    return id;
}

/* --- pages --------------------------------------------------------------------------------------
 */

/* What stands between both marks, without the white space around it; the last end counts. */
static char *
between(const char *page, const char *begin, const char *end)
{
    const char *from = strstr(page, begin);
    const char *to = NULL;

    ck_assert_ptr_nonnull(from);
    from += strlen(begin);
    for (const char *at = strstr(from, end); at != NULL; at = strstr(at + 1, end))
        to = at;
    ck_assert_ptr_nonnull(to);
    return text_trim(market.arena, arena_copy(market.arena, from, (size_t)(to - from)));
}

static char *
preview_of(const char *id, const char *whose)
{
    struct web_answer answer =
        web_get(&market, WEB_ISV, web_path(&market, "/isv/offers/%s/preview/%s", id, whose));

    ck_assert_int_eq(answer.status, 200);
    return between(answer.body, "<div class=\"body\" inert>", "</div></section>");
}

static char *
page_of(enum web_person person, const char *path)
{
    struct web_answer answer = web_get(&market, person, path);

    ck_assert_int_eq(answer.status, 200);
    return between(answer.body, "<main id=\"main\" tabindex=\"-1\">", "</main>");
}

static void
submit(const char *id)
{
    struct web_answer answer =
        web_post(&market, WEB_ISV, web_path(&market, "/isv/offers/%s/submit", id), "rev",
                 web_rev(&market, WEB_ISV, id), NULL);

    ck_assert_int_eq(answer.status, 303);
    web_publish(&market);
}

/* Without a certificate its page has a warning, which is the partner's alone (LAW 5, D-11). */
START_TEST(the_partners_page_is_what_was_previewed)
{
    const struct certificate good = {"c", "WA", day_make(2023, 10, 2), day_make(2024, 6, 30)};
    struct db *db = temp_write(&market.deal.temp);
    enum err filed = certificate_insert(db, market.arena, DEAL_PARTNER, &good);
    const char *id;
    const char *before;
    const char *preview;
    const char *page;

    ck_assert_int_eq(filed, OK);
    temp_keep(&market.deal.temp, db);
    id = draft((enum offer_type)_i);
    before = web_dump(&market);
    preview = preview_of(id, "partner");
    ck_assert_str_eq(before, web_dump(&market));
    submit(id);
    page = page_of(WEB_PARTNER, web_path(&market, "/partner/offers/%s", id));
    ck_assert_str_eq(preview, page);
    ck_assert_ptr_nonnull(strstr(page, "Available to you"));
}
END_TEST

/* --- the customer's -----------------------------------------------------------------------------
 */

static void
extend(const char *id)
{
    const char *path = web_path(&market, "/partner/offers/%s/review", id);
    struct web_answer answer = web_post(
        &market, WEB_PARTNER, path, "rev", web_rev(&market, WEB_PARTNER, id), "do", "submit",
        "adjustment-1", "10", "adjustment-2", "30", "prepared_by", "p@fabrikam.example", NULL);

    ck_assert_int_eq(answer.status, 303);
    web_publish(&market);
}

/* The page without what stands from begin to the end after it, both of which are there. */
static const char *
without(const char *page, const char *begin, const char *end)
{
    const char *from = strstr(page, begin);
    const char *to;

    ck_assert_msg(from != NULL, "%s is not in %s", begin, page);
    to = strstr(from + strlen(begin), end);
    ck_assert_ptr_nonnull(to);
    return arena_format(market.arena, "%.*s%s", (int)(from - page), page, to + strlen(end));
}

/* In every table cell that begins so, what is in it is struck out. Answers how many there were. */
static size_t
strike(char **page, const char *cell)
{
    const char *rest = *page;
    const char *result = "";
    size_t count = 0;

    for (const char *at = strstr(rest, cell); at != NULL; at = strstr(rest, cell), count++) {
        const char *end = strstr(at, "</td>");

        ck_assert_ptr_nonnull(end);
        result = arena_format(market.arena, "%s%.*s%s~", result, (int)(at - rest), rest, cell);
        rest = end;
    }
    *page = arena_format(market.arena, "%s%s", result, rest);
    return count;
}

/* The page without what only the partner, or only the customer's own people, can add: each price
 * and saving, the totals of them, prepared by, the name of the billing account, the partner's
 * document, the picture of a price, and the form that accepts. Everything else has to be there. */
static const char *
as_far_as_known(const char *page, bool real)
{
    char *left = arena_text(market.arena, page);
    size_t prices = strike(&left, " data-l=\"Your price\">");

    ck_assert_uint_gt(prices, 0);
    ck_assert_uint_ge(strike(&left, " data-l=\"You save\">"), 1);
    left = arena_text(market.arena, without(left, "<dt>Prepared by</dt>", "</dd>"));
    left = arena_text(market.arena, without(left, "<dt>Billing account</dt><dd>", "<code>"));
    if (!real)
        return left;
    left =
        arena_text(market.arena, without(left, "<form class=\"card\" method=\"post\"", "</form>"));
    left = arena_text(
        market.arena,
        without(left, "<section class=\"card\" aria-labelledby=\"h-falls\">", "</section>"));
    return left;
}

/* Lines that hold nothing are where something was cut out. */
static const char *
without_empty_lines(const char *text)
{
    const char *result = "";

    while (*text != '\0') {
        size_t length = strcspn(text, "\n");

        if (length > 0)
            result = arena_format(market.arena, "%s%.*s\n", result, (int)length, text);
        text += length + (text[length] == '\n');
    }
    return result;
}

START_TEST(the_customers_page_is_what_was_previewed_but_for_the_partners_part)
{
    const char *id = draft((enum offer_type)_i);
    const char *preview = preview_of(id, "customer");
    const char *page;

    submit(id);
    extend(id);
    page = page_of(WEB_OWNER, web_path(&market, "/customer/offers/%s", id));
    ck_assert_ptr_nonnull(strstr(page, "Extended to you"));
    ck_assert_ptr_null(strstr(preview, "Operations")); /* how the customer calls its account */
    ck_assert_str_eq(without_empty_lines(as_far_as_known(preview, false)),
                     without_empty_lines(as_far_as_known(page, true)));
}
END_TEST

/* --- what a preview must not tell ---------------------------------------------------------------
 */

/* The partner has priced, priced again and taken back what the ISV now holds as a draft: all of it
 * is kept for the partner (LAW D-7), and none of it is the ISV's to see. */
START_TEST(nothing_that_is_kept_for_the_partner_is_in_a_preview)
{
    static const char *const kept[] = {"7.77",        "77.7",     "keptprepared",
                                       "keptcontact", "Keptnote", "Keptterms",
                                       "1,034.",      "355.4",    "Person partner"};
    const char *id = draft(OFFER_EXISTING_PLANS);
    const char *path = web_path(&market, "/partner/offers/%s/setup", id);
    const char *preview;
    struct act act;

    submit(id);
    ck_assert_int_eq(web_post(&market, WEB_PARTNER, path, "rev", web_rev(&market, WEB_PARTNER, id),
                              "do", "save", "adjustment-1", "7.77", "adjustment-2", "77.7",
                              "prepared_by", "keptprepared@fabrikam.example", "partner_contacts",
                              "keptcontact@fabrikam.example", "partner_note", "Keptnote", NULL)
                         .status,
                     303);
    act = deal_begin(&market.deal, PARTY_PARTNER, DEAL_PARTNER, "partner");
    add_document(&act, id, PARTY_PARTNER, "33333333-3333-4333-8333-333333333333", "Keptterms");
    deal_end(&market.deal, &act, OK);
    ck_assert_ptr_nonnull(strstr(web_get(&market, WEB_PARTNER, path).body, "Keptnote"));
    ck_assert_int_eq(web_post(&market, WEB_ISV, web_path(&market, "/isv/offers/%s/withdraw", id),
                              "rev", web_rev(&market, WEB_ISV, id), NULL)
                         .status,
                     303);
    for (int customer = 0; customer <= 1; customer++) {
        preview = preview_of(id, customer ? "customer" : "partner");
        for (size_t i = 0; i < COUNT(kept); i++)
            ck_assert_msg(strstr(preview, kept[i]) == NULL, "%s is in the preview", kept[i]);
    }
    submit(id); /* and it is kept: the partner has it again */
    ck_assert_ptr_nonnull(strstr(web_get(&market, WEB_PARTNER, path).body, "Keptnote"));
}
END_TEST

/* --- drafts that are not ready ------------------------------------------------------------------
 */

START_TEST(a_draft_that_cannot_be_submitted_says_so)
{
    const char *id = draft(OFFER_EXISTING_PLANS);
    const char *path = web_path(&market, "/isv/offers/%s/setup", id);
    const char *preview = web_path(&market, "/isv/offers/%s/preview/customer", id);
    struct web_answer answer = web_get(&market, WEB_ISV, preview);

    ck_assert_ptr_null(strstr(answer.body, "can’t be submitted yet"));
    ck_assert_int_eq(web_post(&market, WEB_ISV, path, "rev", web_rev(&market, WEB_ISV, id), "do",
                              "save", "discount-1", "", NULL)
                         .status,
                     303);
    answer = web_get(&market, WEB_ISV, preview);
    ck_assert_int_eq(answer.status, 200);
    ck_assert_ptr_nonnull(strstr(answer.body, "can’t be submitted yet"));
    ck_assert_ptr_nonnull(strstr(answer.body, " inert>"));
    ck_assert_int_eq(web_post(&market, WEB_ISV, path, "rev", web_rev(&market, WEB_ISV, id), "do",
                              "save", "end_month", "", NULL)
                         .status,
                     303);
    answer = web_get(&market, WEB_ISV, preview);
    ck_assert_int_eq(answer.status, 200);
    ck_assert_ptr_nonnull(strstr(answer.body, "There is no such page yet"));
    ck_assert_ptr_null(strstr(answer.body, " inert>"));
    answer = web_get(&market, WEB_ISV, web_path(&market, "/isv/offers/%s/review", id));
    ck_assert_ptr_nonnull(strstr(answer.body, web_path(&market, "href=\"%s\"", preview)));
}
END_TEST

Suite *
preview_suite(void)
{
    Suite *suite = suite_create("web/preview");
    TCase *tests = tcase_create("preview");

    tcase_add_checked_fixture(tests, setup, teardown);
    tcase_add_loop_test(tests, the_partners_page_is_what_was_previewed, 0, OFFER_TYPE_COUNT);
    tcase_add_loop_test(tests, the_customers_page_is_what_was_previewed_but_for_the_partners_part,
                        0, OFFER_TYPE_COUNT);
    tcase_add_test(tests, nothing_that_is_kept_for_the_partner_is_in_a_preview);
    tcase_add_test(tests, a_draft_that_cannot_be_submitted_says_so);
    suite_add_tcase(suite, tests);
    return suite;
}

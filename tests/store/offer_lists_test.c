/*
 * offer_lists_test.c: pages of offers and their counts: every row once, in order, both ways; each
 * status by its day; searches that are text; nobody's offers but the viewer's.
 */
#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "store/offer_lists.h"
#include "store/offers.h"
#include "support/deal_market.h"
#include "support/many_offers.h"

#define ROWS 60
#define LIMIT 25

static struct deal_market market;

static void
setup(void)
{
    deal_market_open(&market, NULL);
}

static void
teardown(void)
{
    deal_market_close(&market);
}

static void
make(const struct offer_made *made)
{
    struct db *db = temp_write(&market.temp);

    offer_make(db, market.temp.arena, made);
    temp_keep(&market.temp, db);
}

/* The newest change first. */
static struct list_query
query_of(enum party party)
{
    struct list_query query = list_query_of(party);

    query.descending = true;
    return query;
}

static struct list_page
page_of(const struct list_query *query)
{
    struct list_page page;

    ck_assert_int_eq(offers_page(market.temp.reader, market.temp.arena, query, &page), OK);
    return page;
}

static const char *
numbers(const struct list_query *query)
{
    return list_numbers(&market, query);
}

/* ---- Paging ------------------------------------------------------------------------------- */

/* Sixty offers, with three sort keys or one; ids are not in the order of keys. */
static struct offer_made sixty[ROWS];

static void
make_sixty(bool equal_keys)
{
    static const char *const names[] = {"alpha", "Beta", "gamma"};
    struct db *db = temp_write(&market.temp);

    for (unsigned i = 0; i < ROWS; i++) {
        sixty[i] = offer_made_extended((i * 37) % ROWS + 1);
        if (!equal_keys) {
            sixty[i].name = names[i % 3];
            sixty[i].changed_at += i % 3;
            sixty[i].accept_by_on = i % 3 == 0 ? DAY_NONE : day_make(2023, 11, 10 + (int)(i % 3));
            sixty[i].end_on = day_make(2023, 12, 29 + (int)(i % 3));
            sixty[i].customer_label = i % 4 == 0 ? "" : i % 4 == 1 ? "Zebra" : "apple";
            sixty[i].start_on = i % 5 < 3 ? DAY_NONE : day_make(2023, 11 + (int)(i % 5) - 3, 1);
        }
        if (day_is_none(sixty[i].accept_by_on))
            sixty[i].state = STATE_ACCEPTED; /* sorted first: it has no date */
        offer_make(db, market.temp.arena, &sixty[i]);
    }
    temp_keep(&market.temp, db);
}

static enum list_sort compared_by;

/* Accepted offers end, and start on the day they were accepted; no date is before any. */
static const char *
day_key(struct day day)
{
    return day_is_none(day) ? "" : day_iso(market.temp.arena, day);
}

static const char *
text_key(const struct offer_made *made)
{
    bool accepted = made->state == STATE_ACCEPTED;

    switch (compared_by) {
    case SORT_NAME:
        return made->name;
    case SORT_ACCEPT_BY:
        return day_key(made->accept_by_on);
    case SORT_STATUS: /* Pending acceptance is before Accepted, each by its last day */
        return arena_format(market.temp.arena, "%d %s", accepted ? 2 : 1,
                            day_key(accepted ? made->end_on : made->accept_by_on));
    case SORT_END:
        return day_key(made->end_on);
    case SORT_CUSTOMER:
        return *made->customer_label == '\0' ? made->billing_account : made->customer_label;
    case SORT_START:
        return day_key(!day_is_none(made->start_on) ? made->start_on
                       : accepted                   ? made->accept_by_on
                                                    : DAY_NONE);
    case SORT_ID:
    case SORT_OTHER:   /* the same partner and ISV for all, */
    case SORT_CREATOR: /* and the same person */
    case SORT_CHANGED:
    case SORT_COUNT:
        break;
    }
    return "";
}

static int
compare(const void *a, const void *b)
{
    const struct offer_made *x = a;
    const struct offer_made *y = b;
    int order = 0;

    if (compared_by == SORT_CHANGED)
        order = (x->changed_at > y->changed_at) - (x->changed_at < y->changed_at);
    else
        order = strcasecmp(text_key(x), text_key(y));
    return order != 0 ? order : (int)x->number - (int)y->number;
}

static void
assert_page(const struct list_page *page, size_t first, size_t count, bool descending)
{
    ck_assert_uint_eq(page->count, count);
    ck_assert_int_eq(page->start, (int64_t)first + 1);
    ck_assert_int_eq(page->before, first > 0);
    ck_assert_int_eq(page->after, first + count < ROWS);
    for (size_t i = 0; i < count; i++) {
        size_t at = descending ? ROWS - 1 - (first + i) : first + i;

        ck_assert_str_eq(page->rows[i].id, offer_made_id(market.temp.arena, sixty[at].number));
    }
}

/* To the end and back: the same three pages. */
static void
walk(struct list_query query)
{
    struct list_page page;

    compared_by = query.sort;
    qsort(sixty, ROWS, sizeof sixty[0], compare);
    page = page_of(&query);
    assert_page(&page, 0, 25, query.descending);
    query.cursor = page.rows[24].cursor;
    page = page_of(&query);
    assert_page(&page, 25, 25, query.descending);
    query.cursor = page.rows[24].cursor;
    page = page_of(&query);
    assert_page(&page, 50, 10, query.descending);
    query.backward = true;
    query.cursor = page.rows[0].cursor;
    page = page_of(&query);
    assert_page(&page, 25, 25, query.descending);
    query.cursor = page.rows[0].cursor;
    page = page_of(&query);
    assert_page(&page, 0, 25, query.descending);
}

static void
walk_everything(bool equal_keys)
{
    make_sixty(equal_keys);
    for (enum party party = PARTY_ISV; party <= PARTY_OPERATOR; party++) {
        for (enum list_sort sort = SORT_CHANGED; sort < SORT_COUNT; sort++) {
            struct list_query query = query_of(party);

            if (!list_sort_has(sort, party))
                continue;
            query.sort = sort;
            walk(query);
            query.descending = false;
            walk(query);
        }
    }
}

START_TEST(pages_hold_every_row_once_when_keys_differ)
{
    walk_everything(false);
}
END_TEST

START_TEST(pages_hold_every_row_once_when_all_keys_are_equal)
{
    walk_everything(true);
}
END_TEST

START_TEST(a_full_last_page_has_nothing_after_it)
{
    struct list_query query = query_of(PARTY_ISV);
    struct list_page page;

    for (unsigned i = 1; i <= LIMIT; i++) {
        struct offer_made made = offer_made_extended(i);

        make(&made);
    }
    page = page_of(&query);
    ck_assert_uint_eq(page.count, LIMIT);
    ck_assert(!page.before && !page.after);
    query.search = "nothing has this name";
    page = page_of(&query);
    ck_assert_uint_eq(page.count, 0);
    ck_assert(!page.before && !page.after);
}
END_TEST

/* ---- Cursors ------------------------------------------------------------------------------- */

START_TEST(a_cursor_that_is_none_is_refused)
{
#define GUID "00000001-0000-4000-8000-000000000000"
    static const struct {
        enum list_sort sort;
        const char *cursor;
    } bad[] = {
        {SORT_CHANGED, "x"},
        {SORT_CHANGED, "1"},
        {SORT_CHANGED, "1."},
        {SORT_CHANGED, "1." GUID},
        {SORT_CHANGED, "1." GUID "."},
        {SORT_CHANGED, "1." GUID ".x"},
        {SORT_CHANGED, "1." GUID ".-1"},
        {SORT_CHANGED, "1." GUID ".99999999999999999999"},
        {SORT_CHANGED, "." GUID ".1"},
        {SORT_CHANGED, "-1." GUID ".1"},
        {SORT_CHANGED, "12345678901." GUID ".1"},
        {SORT_CHANGED, "1.0000.1"},
        {SORT_CHANGED, "1." GUID "x.1"},
        {SORT_CHANGED, " 1." GUID ".1"},
        {SORT_NAME, "name"},
        {SORT_NAME, "1." GUID},
        {SORT_ACCEPT_BY, "1." GUID ".1697446800"},
        {SORT_ACCEPT_BY, "1." GUID ".alpha"},
        {SORT_ACCEPT_BY, "1." GUID ".2023-02-29"},
        {SORT_START, "1." GUID ".soon"},
        {SORT_END, "1." GUID ".2023-13-01"},
    };
    struct list_query query = query_of(PARTY_ISV);
    struct list_page page;

    for (size_t i = 0; i < COUNT(bad); i++) {
        query.sort = bad[i].sort;
        query.cursor = bad[i].cursor;
        query.backward = i % 2 == 1;
        ck_assert_msg(offers_page(market.temp.reader, market.temp.arena, &query, &page) ==
                          ERR_INVALID,
                      "%s", bad[i].cursor);
    }
}
END_TEST

/* The cursor's own row may be gone, or elsewhere by now: the list goes on from where it was. */
START_TEST(a_cursor_outlives_its_row)
{
    struct list_query query = query_of(PARTY_ISV);
    struct list_page page;
    struct db *db;
    struct offer offer;

    for (unsigned i = 1; i <= 6; i++) {
        struct offer_made made = offer_made_extended(i);

        made.state = STATE_DRAFT;
        make(&made);
    }
    query.descending = false;
    query.limit = 3;
    page = page_of(&query);
    query.cursor = page.rows[2].cursor;
    db = temp_write(&market.temp);
    ck_assert_int_eq(offer_load(db, market.temp.arena, &query.viewer, page.rows[2].id, &offer), OK);
    offer.state = STATE_DELETED;
    ck_assert_int_eq(offer_save(db, market.temp.arena, &offer, CHANGE_OF_OFFER, false), OK);
    temp_keep(&market.temp, db);
    ck_assert_str_eq(numbers(&query), "4 5 6");
    ck_assert_int_eq(page_of(&query).start, 4);
    query.backward = true;
    ck_assert_str_eq(numbers(&query), "1 2");
    ck_assert_int_eq(page_of(&query).start, 1);
}
END_TEST

/* The numbers of a first page begin at 1, whatever came or went above since. */
START_TEST(the_first_page_begins_at_one)
{
    struct list_query query = query_of(PARTY_ISV);
    struct list_page page;

    for (unsigned i = 10; i <= 16; i++) {
        struct offer_made made = offer_made_extended(i);

        make(&made);
    }
    query.descending = false;
    query.limit = 5;
    page = page_of(&query);
    query.cursor = page.rows[4].cursor;
    page = page_of(&query);
    ck_assert_int_eq(page.start, 6);
    query.backward = true;
    query.cursor = arena_format(market.temp.arena, "900%s", strchr(page.rows[0].cursor, '.'));
    page = page_of(&query);
    ck_assert_uint_eq(page.count, 5);
    ck_assert(!page.before);
    ck_assert_int_eq(page.start, 1);
}
END_TEST

/* ---- Statuses ------------------------------------------------------------------------------ */

/* One offer of each stored state; accept-by 15 November, end 31 December. */
static const enum offer_state stored[] = {STATE_DRAFT,
                                          STATE_TO_PARTNER,
                                          STATE_PENDING_PARTNER,
                                          STATE_TO_CUSTOMER,
                                          STATE_PENDING_ACCEPTANCE,
                                          STATE_ACCEPTED,
                                          STATE_CANCELLED,
                                          STATE_DELETED}; /* numbered from 1 */

static void
make_one_of_each(void)
{
    for (unsigned i = 0; i < COUNT(stored); i++) {
        struct offer_made made = offer_made_extended(i + 1);

        made.state = stored[i];
        make(&made);
    }
}

/* LAW 6.1 rows 14 and 16, 6.6: before, on and after the days. */
static const struct {
    enum party party;
    enum list_status status;
    const char *on_15_nov;
    const char *on_16_nov;
    const char *on_31_dec;
    const char *on_1_jan;
} by_day[] = {
    {PARTY_ISV, LIST_ALL, "1 2 3 4 5 6", "1 2 3 4 5 6", "1 2 3 4 5 6", "1 2 3 4 5 6"},
    {PARTY_ISV, LIST_DRAFT, "1", "1", "1", "1"},
    {PARTY_ISV, LIST_IN_PROGRESS, "2 4", "2 4", "2 4", "2 4"},
    {PARTY_ISV, LIST_PENDING_PARTNER, "3", "3", "3", "3"},
    {PARTY_ISV, LIST_PENDING_ACCEPTANCE, "5", "", "", ""},
    {PARTY_ISV, LIST_EXPIRED, "", "5", "5", "5"},
    {PARTY_ISV, LIST_ACCEPTED, "6", "6", "6", ""},
    {PARTY_ISV, LIST_ENDED, "", "", "", "6"},
    {PARTY_PARTNER, LIST_ALL, "3 4 5 6", "3 4 5 6", "3 4 5 6", "3 4 5 6"},
    {PARTY_PARTNER, LIST_DRAFT, "", "", "", ""},
    {PARTY_PARTNER, LIST_IN_PROGRESS, "4", "4", "4", "4"},
    {PARTY_PARTNER, LIST_PENDING_PARTNER, "3", "3", "3", "3"},
    {PARTY_PARTNER, LIST_PENDING_ACCEPTANCE, "5", "", "", ""},
    {PARTY_PARTNER, LIST_EXPIRED, "", "5", "5", "5"},
    {PARTY_PARTNER, LIST_ACCEPTED, "6", "6", "6", ""},
    {PARTY_PARTNER, LIST_ENDED, "", "", "", "6"},
    {PARTY_CUSTOMER, LIST_ALL, "5 6", "5 6", "5 6", "5 6"},
    {PARTY_CUSTOMER, LIST_DRAFT, "", "", "", ""},
    {PARTY_CUSTOMER, LIST_IN_PROGRESS, "", "", "", ""},
    {PARTY_CUSTOMER, LIST_PENDING_PARTNER, "", "", "", ""},
    {PARTY_CUSTOMER, LIST_PENDING_ACCEPTANCE, "5", "", "", ""},
    {PARTY_CUSTOMER, LIST_EXPIRED, "", "5", "5", "5"},
    {PARTY_CUSTOMER, LIST_ACCEPTED, "6", "6", "6", ""},
    {PARTY_CUSTOMER, LIST_ENDED, "", "", "", "6"},
};

static int64_t
counted(enum party party, enum list_status status, struct day today)
{
    struct list_query query = query_of(party);
    int64_t counts[LIST_STATUS_COUNT];

    ck_assert_int_eq(
        offers_count(market.temp.reader, market.temp.arena, &query.viewer, today, counts), OK);
    return counts[status];
}

START_TEST(each_status_holds_its_offers_on_each_day)
{
    const struct day days[] = {day_make(2023, 11, 15), day_make(2023, 11, 16),
                               day_make(2023, 12, 31), day_make(2024, 1, 1)};

    make_one_of_each();
    for (size_t i = 0; i < COUNT(by_day); i++) {
        const char *const wanted[] = {by_day[i].on_15_nov, by_day[i].on_16_nov, by_day[i].on_31_dec,
                                      by_day[i].on_1_jan};
        struct list_query query = query_of(by_day[i].party);

        query.status = by_day[i].status;
        query.descending = false;
        for (size_t d = 0; d < COUNT(days); d++) {
            query.today = days[d];
            ck_assert_str_eq(numbers(&query), wanted[d]);
            if (by_day[i].status != LIST_ALL)
                ck_assert_int_eq(counted(by_day[i].party, by_day[i].status, days[d]),
                                 (int64_t)page_of(&query).count);
        }
    }
}
END_TEST

START_TEST(status_words_in_urls_come_back_as_they_went)
{
    for (int i = 0; i < LIST_STATUS_COUNT; i++)
        ck_assert_int_eq(list_status_named(list_status_text((enum list_status)i)), i);
    ck_assert_int_eq(list_status_named("deleted"), LIST_ALL);
    ck_assert_int_eq(list_status_named("Draft"), LIST_ALL);
    for (size_t i = 0; i < COUNT(by_day); i++) {
        bool never = *by_day[i].on_15_nov == '\0' && *by_day[i].on_1_jan == '\0';

        ck_assert_int_eq(list_status_seen(by_day[i].status, by_day[i].party), !never);
    }
}
END_TEST

/* LAW 5: what the line itself may tell. */
START_TEST(a_line_says_what_its_viewer_may_see)
{
    struct offer_made made = offer_made_extended(1);
    struct list_query query = query_of(PARTY_CUSTOMER);
    struct list_page page;

    make(&made);
    page = page_of(&query);
    ck_assert_str_eq(page.rows[0].name, "Offer");
    ck_assert_str_eq(page.rows[0].isv_name, "Contoso");
    ck_assert_str_eq(page.rows[0].partner_name, "Fabrikam");
    ck_assert_str_eq(page.rows[0].billing_account, DEAL_ACCOUNT);
    ck_assert_int_eq(page.rows[0].changed_at, made.changed_at);
    ck_assert_int_eq(page.rows[0].offer.state, STATE_PENDING_ACCEPTANCE);
    ck_assert_int_eq(page.rows[0].offer.accept_by_on.number, made.accept_by_on.number);
    ck_assert_int_eq(page.rows[0].offer.end_on.number, made.end_on.number);
    ck_assert_int_eq(page.rows[0].row_count, 0);
    ck_assert_str_eq(page.rows[0].creator, "");
    ck_assert_str_eq(page.rows[0].customer_label, "");
    query = query_of(PARTY_PARTNER);
    page = page_of(&query);
    ck_assert_str_eq(page.rows[0].creator, "");
    ck_assert_str_eq(page.rows[0].isv, DEAL_ISV);
    query = query_of(PARTY_ISV);
    page = page_of(&query);
    ck_assert_str_eq(page.rows[0].creator, "Person isv");
    ck_assert_str_eq(page.rows[0].partner, DEAL_PARTNER);
}
END_TEST

/* ---- Searches ------------------------------------------------------------------------------ */

START_TEST(a_search_and_a_status_go_together)
{
    struct list_query query = query_of(PARTY_ISV);

    make_one_of_each();
    query.search = "offer";
    query.status = LIST_DRAFT;
    ck_assert_str_eq(numbers(&query), "1");
    query.search = "00000002";
    ck_assert_str_eq(numbers(&query), "");
    query.status = LIST_IN_PROGRESS;
    ck_assert_str_eq(numbers(&query), "2");
}
END_TEST

/* ---- Counts and walls ---------------------------------------------------------------------- */

/* Every list and every count is of its own account and its own hat. */
START_TEST(nobody_lists_the_offers_of_others)
{
    static const struct viewer strangers[] = {
        {PARTY_ISV, DEAL_OTHER_ISV, {TEST_DAY_NUMBER}},
        {PARTY_ISV, DEAL_PARTNER, {TEST_DAY_NUMBER}},
        {PARTY_ISV, "", {TEST_DAY_NUMBER}},
        {PARTY_PARTNER, DEAL_OTHER_PARTNER, {TEST_DAY_NUMBER}},
        {PARTY_PARTNER, DEAL_ISV, {TEST_DAY_NUMBER}},
        {PARTY_PARTNER, "", {TEST_DAY_NUMBER}},
        {PARTY_CUSTOMER, "elsewhere", {TEST_DAY_NUMBER}},
        {PARTY_CUSTOMER, "", {TEST_DAY_NUMBER}},
        {PARTY_CUSTOMER, DEAL_ACCOUNT, {TEST_DAY_NUMBER}},
        {PARTY_CUSTOMER, DEAL_ISV, {TEST_DAY_NUMBER}},
    };

    make_one_of_each();
    for (size_t i = 0; i < COUNT(strangers); i++) {
        struct list_query query = query_of(strangers[i].party);
        int64_t counts[LIST_STATUS_COUNT];

        query.viewer = strangers[i];
        ck_assert_uint_eq(page_of(&query).count, 0);
        ck_assert_int_eq(offers_count(market.temp.reader, market.temp.arena, &strangers[i],
                                      query.today, counts),
                         OK);
        ck_assert_int_eq(counts[LIST_ALL], 0);
    }
}
END_TEST

Suite *
offer_lists_suite(void)
{
    Suite *suite = suite_create("offer_lists");
    TCase *cases = tcase_create("offer_lists");

    tcase_add_checked_fixture(cases, setup, teardown);
    tcase_add_test(cases, pages_hold_every_row_once_when_keys_differ);
    tcase_add_test(cases, pages_hold_every_row_once_when_all_keys_are_equal);
    tcase_add_test(cases, a_full_last_page_has_nothing_after_it);
    tcase_add_test(cases, a_cursor_that_is_none_is_refused);
    tcase_add_test(cases, a_cursor_outlives_its_row);
    tcase_add_test(cases, the_first_page_begins_at_one);
    tcase_add_test(cases, each_status_holds_its_offers_on_each_day);
    tcase_add_test(cases, status_words_in_urls_come_back_as_they_went);
    tcase_add_test(cases, a_line_says_what_its_viewer_may_see);
    tcase_add_test(cases, a_search_and_a_status_go_together);
    tcase_add_test(cases, nobody_lists_the_offers_of_others);
    suite_add_tcase(suite, cases);
    return suite;
}

/*
 * offer_orders_test.c: what lists of offers are sorted by where that is not a field, and what their
 * filters and searches leave.
 */
#include <check.h>
#include <stdlib.h>

#include "base/text.h"
#include "store/offer_lists.h"
#include "support/deal_market.h"
#include "support/many_offers.h"

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

static const char *
numbers(const struct list_query *query)
{
    return list_numbers(&market, query);
}

/* LAW 5: which orders there are tells nothing that is not in the list. */
START_TEST(each_list_has_the_sorts_of_its_columns)
{
    static const enum list_sort shared[] = {SORT_CHANGED, SORT_NAME, SORT_ACCEPT_BY, SORT_STATUS,
                                            SORT_END};
    static const enum list_sort sellers[] = {SORT_ID, SORT_CUSTOMER, SORT_START, SORT_OTHER};

    for (size_t i = 0; i < COUNT(shared); i++) {
        for (enum party party = PARTY_ISV; party <= PARTY_CUSTOMER; party++)
            ck_assert(list_sort_has(shared[i], party));
        ck_assert_int_eq(list_sort_has(shared[i], PARTY_OPERATOR), shared[i] == SORT_CHANGED);
    }
    for (size_t i = 0; i < COUNT(sellers); i++) {
        ck_assert(list_sort_has(sellers[i], PARTY_ISV));
        ck_assert(list_sort_has(sellers[i], PARTY_PARTNER));
        ck_assert(!list_sort_has(sellers[i], PARTY_CUSTOMER));
        ck_assert(!list_sort_has(sellers[i], PARTY_OPERATOR));
    }
    ck_assert(list_sort_has(SORT_CREATOR, PARTY_ISV));
    ck_assert(!list_sort_has(SORT_CREATOR, PARTY_PARTNER));
    ck_assert(!list_sort_has(SORT_CREATOR, PARTY_CUSTOMER));
}
END_TEST

/* Statuses follow each other as in an offer's life, whichever day it is. */
START_TEST(statuses_are_sorted_as_a_life_goes)
{
    static const struct {
        unsigned number;
        enum offer_state state;
        int accept_by; /* of November */
        int end;       /* month of 2023 */
    } life[] = {
        {9, STATE_DRAFT, 30, 12},
        {8, STATE_TO_CUSTOMER, 30, 12},
        {10, STATE_TO_PARTNER, 30, 12},
        {7, STATE_PENDING_PARTNER, 1, 12},
        {6, STATE_PENDING_ACCEPTANCE, 9, 12},  /* Expired */
        {5, STATE_PENDING_ACCEPTANCE, 10, 12}, /* today is its last day */
        {4, STATE_PENDING_ACCEPTANCE, 30, 12},
        {3, STATE_ACCEPTED, 1, 10}, /* Ended */
        {2, STATE_ACCEPTED, 1, 11},
        {1, STATE_ACCEPTED, 1, 12},
    };
    struct list_query query = list_query_of(PARTY_ISV);

    for (size_t i = 0; i < COUNT(life); i++) {
        struct offer_made made = offer_made_extended(life[i].number);

        made.state = life[i].state;
        made.accept_by_on = day_make(2023, 11, life[i].accept_by);
        made.end_on = month_last(day_make(2023, life[i].end, 1));
        make(&made);
    }
    query.today = day_make(2023, 11, 10);
    query.sort = SORT_STATUS;
    query.descending = false;
    ck_assert_str_eq(numbers(&query), "9 8 10 7 6 5 4 3 2 1");
    query.descending = true;
    ck_assert_str_eq(numbers(&query), "1 2 3 4 5 6 7 10 8 9");
    query.viewer = (struct viewer){PARTY_PARTNER, DEAL_PARTNER, query.today};
    query.descending = false;
    ck_assert_str_eq(numbers(&query), "8 7 6 5 4 3 2 1");
    query.viewer = (struct viewer){PARTY_CUSTOMER, DEAL_ORGANISATION, query.today};
    ck_assert_str_eq(numbers(&query), "6 5 4 3 2 1");
}
END_TEST

/* The pages of a list, forwards by two rows each and back again: "1 2|3 4|5|3 4|1 2". */
static const char *
turned(struct list_query query)
{
    struct arena *arena = market.temp.arena;
    const char *line = "";
    struct list_page page;
    bool back = false;

    query.limit = 2;
    for (;;) {
        line = arena_format(arena, "%s%s%s", line, *line == '\0' ? "" : "|", numbers(&query));
        ck_assert_int_eq(offers_page(market.temp.reader, arena, &query, &page), OK);
        back = back || !page.after;
        if (page.count == 0 || (back && !page.before))
            return line;
        query.backward = back;
        query.cursor = page.rows[back ? 0 : page.count - 1].cursor;
    }
}

/* By accept-by, as home pages ask for what is due first; three share a day. Expired ones stand on
 * the other side of today, accepted ones in neither list. */
START_TEST(what_waits_is_sorted_by_its_last_day)
{
    static const int days[] = {8, 9, 10, 11, 11, 11, 30};
    struct list_query query = list_query_of(PARTY_ISV);

    for (unsigned i = 0; i < COUNT(days); i++) {
        struct offer_made made = offer_made_extended(i + 1);

        made.accept_by_on = day_make(2023, 11, days[i]);
        make(&made);
        made.number += 10;
        made.state = STATE_ACCEPTED;
        make(&made);
    }
    query.sort = SORT_ACCEPT_BY;
    for (enum party party = PARTY_ISV; party <= PARTY_CUSTOMER; party++) {
        query.viewer = list_query_of(party).viewer;
        query.today = day_make(2023, 11, 10);
        query.status = LIST_PENDING_ACCEPTANCE;
        query.descending = false;
        ck_assert_str_eq(turned(query), "3 4|5 6|7|5 6|3 4");
        query.descending = true;
        ck_assert_str_eq(turned(query), "7 6|5 4|3|5 4|7 6");
        query.status = LIST_EXPIRED;
        ck_assert_str_eq(turned(query), "2 1");
        query.descending = false;
        ck_assert_str_eq(turned(query), "1 2");
        query.today = day_make(2023, 12, 1);
        ck_assert_str_eq(turned(query), "1 2|3 4|5 6|7|5 6|3 4|1 2");
        query.status = LIST_PENDING_ACCEPTANCE;
        ck_assert_str_eq(turned(query), "");
    }
}
END_TEST

/* So are those that nobody can accept yet; one without that day comes first. */
START_TEST(what_is_not_extended_is_sorted_by_it_too)
{
    static const int days[] = {8, 9, 10, 11, 11};
    struct list_query query = list_query_of(PARTY_ISV);

    for (unsigned i = 0; i < COUNT(days); i++) {
        struct offer_made made = offer_made_extended(i + 2);

        make(&made);
        made.accept_by_on = day_make(2023, 11, days[i]);
        made.number += 10;
        made.state = STATE_DRAFT;
        make(&made);
        made.number += 10;
        made.state = STATE_PENDING_PARTNER;
        make(&made);
    }
    make(&(struct offer_made){.number = 11, .name = "Untitled", .isv = DEAL_ISV,
                              .created_by = "isv", .partner = "", .organisation = "",
                              .billing_account = "", .state = STATE_DRAFT,
                              .accept_by_on = DAY_NONE, .end_on = DAY_NONE,
                              .start_on = DAY_NONE});
    query.sort = SORT_ACCEPT_BY;
    query.status = LIST_DRAFT;
    ck_assert_str_eq(turned(query), "11 12|13 14|15 16|13 14|11 12");
    query.descending = true;
    ck_assert_str_eq(turned(query), "16 15|14 13|12 11|14 13|16 15");
    query.status = LIST_PENDING_PARTNER;
    ck_assert_str_eq(turned(query), "26 25|24 23|22|24 23|26 25");
    query.viewer = list_query_of(PARTY_PARTNER).viewer;
    query.descending = false;
    ck_assert_str_eq(turned(query), "22 23|24 25|26|24 25|22 23");
    query.status = LIST_DRAFT;
    ck_assert_str_eq(turned(query), ""); /* an ISV's draft is nobody else's */
}
END_TEST

/* Four offers of two partners for two customers, with accept-by on four days. */
static void
make_four(void)
{
    for (unsigned i = 1; i <= 4; i++) {
        struct offer_made made = offer_made_extended(i);

        made.partner = i % 2 == 0 ? DEAL_OTHER_PARTNER : DEAL_PARTNER;
        made.customer_label = i <= 2 ? "Über Fracht" : "";
        made.billing_account = i == 4 ? "87654321" : "12345678";
        made.accept_by_on = day_make(2023, 11, (int)(i * 5)); /* 5, 10, 15, 20 */
        make(&made);
    }
}

START_TEST(filters_leave_what_they_say)
{
    static const struct {
        const char *other;
        const char *customer;
        enum list_due due;
        const char *isv;     /* of the four */
        const char *partner; /* of 1 and 3 */
    } filters[] = {
        {"", "", LIST_DUE_ANY, "1 2 3 4", "1 3"},
        {"fabri", "", LIST_DUE_ANY, "1 3", ""},
        {DEAL_PARTNER, "", LIST_DUE_ANY, "1 3", ""},
        {"2000000", "", LIST_DUE_ANY, "", ""}, /* a seller ID is whole or none */
        {"contoso", "", LIST_DUE_ANY, "", "1 3"},
        {DEAL_ISV, "", LIST_DUE_ANY, "", "1 3"},
        {"%", "", LIST_DUE_ANY, "", ""},
        {"", "über", LIST_DUE_ANY, "1 2", "1"},
        {"", "fracht", LIST_DUE_ANY, "1 2", "1"},
        {"", "1234", LIST_DUE_ANY, "1 2 3", "1 3"}, /* an ID from its start, label or not */
        {"", "87654321", LIST_DUE_ANY, "4", ""},
        {"", "_", LIST_DUE_ANY, "", ""},
        {"", "", LIST_DUE_PAST, "1", "1"},
        {"", "", LIST_DUE_7, "2 3", "3"}, /* from today, the 8th, through the 15th */
        {"", "", LIST_DUE_14, "2 3 4", "3"},
        {"fabri", "über", LIST_DUE_PAST, "1", ""},
    };

    make_four();
    for (size_t i = 0; i < COUNT(filters); i++) {
        for (enum party party = PARTY_ISV; party <= PARTY_PARTNER; party++) {
            for (enum list_sort sort = SORT_CHANGED; list_sort_has(sort, party); sort++) {
                struct list_query query = list_query_of(party);

                query.today = day_make(2023, 11, 8);
                query.other = filters[i].other;
                query.customer = filters[i].customer;
                query.due = filters[i].due;
                query.sort = sort;
                query.descending = false;
                if (sort == SORT_CUSTOMER || (sort == SORT_OTHER && party == PARTY_ISV))
                    continue; /* another order: see below */
                ck_assert_msg(text_equal(numbers(&query),
                                         party == PARTY_ISV ? filters[i].isv : filters[i].partner),
                              "filter %zu, party %d, sort %d: %s", i, (int)party, (int)sort,
                              numbers(&query));
            }
        }
    }
}
END_TEST

START_TEST(others_and_customers_are_sorted_by_what_is_shown)
{
    struct list_query query = list_query_of(PARTY_ISV);
    struct offer_made alone = offer_made_extended(5);

    make_four();
    alone.state = STATE_DRAFT;
    alone.partner = "";
    make(&alone);
    query.descending = false;
    query.sort = SORT_CUSTOMER; /* 12345678, 7c92..., 87654321, the label twice */
    ck_assert_str_eq(numbers(&query), "3 5 4 1 2");
    query.sort = SORT_OTHER; /* nobody yet, Fabrikam, Tailspin */
    ck_assert_str_eq(numbers(&query), "5 1 3 2 4");
}
END_TEST

START_TEST(a_search_is_text_and_no_pattern)
{
    static const char *const names[] = {"Northwind FY24", "north_wind",  "100% sure",
                                        "Wow! really",    "Über Fracht", "back\\slash 'quote'"};
    static const struct {
        const char *search;
        const char *found;
    } searches[] = {{"", "1 2 3 4 5 6"},
                    {"north", "1 2"},
                    {"wind fy", "1"},
                    {"h_w", "2"},
                    {"_", "2"},
                    {"%", "3"},
                    {"0% s", "3"},
                    {"!", "4"},
                    {"w! r", "4"},
                    {"über", "5"},
                    {"ber", "5"},
                    {"\\", "6"},
                    {"'", "6"},
                    {"nort%wind", ""},
                    {"n_rth", ""},
                    {"00000002", "2"},
                    {"0000000", "1 2 3 4 5 6"},
                    {"00000002-0000-4000-8000-000000000000", "2"},
                    {"4000-8000", ""},
                    {"northwind fy24 ", ""}};

    for (unsigned i = 0; i < COUNT(names); i++) {
        struct offer_made made = offer_made_extended(i + 1);

        made.name = names[i];
        make(&made);
    }
    for (enum party party = PARTY_ISV; party <= PARTY_OPERATOR; party++) {
        struct list_query query = list_query_of(party);

        query.descending = false;
        for (size_t i = 0; i < COUNT(searches); i++) {
            query.search = searches[i].search;
            ck_assert_msg(text_equal(numbers(&query), searches[i].found), "\"%s\": %s, not %s",
                          searches[i].search, numbers(&query), searches[i].found);
        }
        query.search = text_fold(market.temp.arena, "NORTHWIND");
        ck_assert_str_eq(numbers(&query), "1");
        query.search = text_fold(market.temp.arena, "ÜBER");
        ck_assert_str_eq(numbers(&query), "5");
    }
}
END_TEST

Suite *
offer_orders_suite(void)
{
    Suite *suite = suite_create("offer_orders");
    TCase *cases = tcase_create("offer_orders");

    tcase_add_checked_fixture(cases, setup, teardown);
    tcase_add_test(cases, each_list_has_the_sorts_of_its_columns);
    tcase_add_test(cases, statuses_are_sorted_as_a_life_goes);
    tcase_add_test(cases, what_waits_is_sorted_by_its_last_day);
    tcase_add_test(cases, what_is_not_extended_is_sorted_by_it_too);
    tcase_add_test(cases, filters_leave_what_they_say);
    tcase_add_test(cases, others_and_customers_are_sorted_by_what_is_shown);
    tcase_add_test(cases, a_search_is_text_and_no_pattern);
    suite_add_tcase(suite, cases);
    return suite;
}

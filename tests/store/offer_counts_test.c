/*
 * offer_counts_test.c: the kept counts are those of the lists, whatever day it is and however an
 * offer came into its state.
 */
#include <check.h>

#include "store/offer_lists.h"
#include "store/offers.h"
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

static int64_t
rows(const struct list_query *query)
{
    struct list_page page;

    ck_assert_int_eq(offers_page(market.temp.reader, market.temp.arena, query, &page), OK);
    ck_assert(!page.after);
    return (int64_t)page.count;
}

#define MANY 24

/* Each status of each hat counts as many as its list has rows, and all of them together. */
static void
all_counted(struct day today)
{
    for (enum party party = PARTY_ISV; party <= PARTY_CUSTOMER; party++) {
        struct list_query query = list_query_of(party);
        int64_t counts[LIST_STATUS_COUNT];

        query.today = today;
        ck_assert_int_eq(
            offers_count(market.temp.reader, market.temp.arena, &query.viewer, today, counts), OK);
        for (int i = LIST_DRAFT; i < LIST_STATUS_COUNT; i++) {
            query.status = (enum list_status)i;
            ck_assert_int_eq(counts[i],
                             list_status_seen(query.status, party) ? rows(&query) : 0);
        }
        query.status = LIST_ALL;
        ck_assert_int_eq(counts[LIST_ALL], rows(&query));
    }
}

static void
offer_moves(struct db *db, unsigned number, enum offer_state state)
{
    struct viewer viewer = {PARTY_ISV, DEAL_ISV, TEST_DAY};
    const char *id = offer_made_id(market.temp.arena, number);
    struct offer offer;

    ck_assert_int_eq(offer_load(db, market.temp.arena, &viewer, id, &offer), OK);
    offer.state = state;
    offer.organisation = DEAL_ORGANISATION;
    if (state == STATE_ACCEPTED)
        offer.accepted_on = offer.accept_by_on;
    ck_assert_int_eq(offer_save(db, market.temp.arena, &offer, CHANGE_OF_OFFER, false), OK);
}

/* Each offer in a state and with days of its own: all are counted where lists would show them, on
 * days of its month and of others, and again after each has gone on to another state. */
START_TEST(counts_are_what_lists_hold_on_any_day)
{
    static const enum offer_state states[] = {STATE_DRAFT,    STATE_TO_PARTNER,
                                              STATE_PENDING_PARTNER, STATE_TO_CUSTOMER,
                                              STATE_PENDING_ACCEPTANCE, STATE_ACCEPTED};
    struct day first = day_make(2023, 11, 28);
    struct db *db = temp_write(&market.temp);

    for (unsigned i = 0; i < MANY; i++) {
        struct offer_made made = offer_made_extended(i + 1);

        made.state = states[i % COUNT(states)];
        made.accept_by_on = day_add(first, (int)(i / COUNT(states)));
        made.end_on = day_add(made.accept_by_on, 3);
        offer_make(db, market.temp.arena, &made);
    }
    temp_keep(&market.temp, db);
    for (int day = -1; day < MANY; day++)
        all_counted(day_add(first, day));
    db = temp_write(&market.temp);
    for (unsigned i = 0; i < MANY; i++)
        offer_moves(db, i + 1, states[(i + 1) % COUNT(states)]);
    temp_keep(&market.temp, db);
    for (int day = -1; day < MANY; day++)
        all_counted(day_add(first, day));
}
END_TEST

Suite *
offer_counts_suite(void)
{
    Suite *suite = suite_create("offer_counts");
    TCase *cases = tcase_create("offer_counts");

    tcase_add_checked_fixture(cases, setup, teardown);
    tcase_add_test(cases, counts_are_what_lists_hold_on_any_day);
    suite_add_tcase(suite, cases);
    return suite;
}

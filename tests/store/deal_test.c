/*
 * deal_test.c: the deal of LAW 20, steps 1 to 5, through the actions, seen by each party; and what
 * two people doing two things at once get. Expectations are LAW 20's figures.
 */
#include <check.h>

#include "actions/customer.h"
#include "actions/isv.h"
#include "actions/partner.h"
#include "base/text.h"
#include "core/terms.h"
#include "store/events.h"
#include "store/offer_lists.h"
#include "support/deal_market.h"

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
assert_hidden(enum party party, const char *account, const char *id)
{
    struct offer offer;

    ck_assert_int_eq(deal_look(&market, party, account, id, &offer), ERR_ABSENT);
}

START_TEST(a_draft_is_the_isvs_alone)
{
    const char *id = deal_make(&market, DEAL_DRAFTED);
    struct offer offer = ISV_SEES(id);

    ck_assert_int_eq(offer.state, STATE_DRAFT);
    ck_assert_uint_eq(offer.row_count, 2);
    ck_assert_int_eq(offer.rows[0].prices[0].partner.money.cents, 96000);
    ck_assert_int_eq(offer.rows[0].prices[1].partner.money.cents, 80);
    ck_assert_int_eq(offer.rows[1].prices[0].partner.money.cents, 20000);
    assert_hidden(PARTY_ISV, DEAL_OTHER_ISV, id);
    assert_hidden(PARTY_PARTNER, DEAL_PARTNER, id);
    assert_hidden(PARTY_CUSTOMER, DEAL_ORGANISATION, id);
}
END_TEST

START_TEST(each_party_sees_its_own_figures_and_no_others)
{
    const char *id = deal_make(&market, DEAL_EXTENDED);
    struct offer isv = ISV_SEES(id);
    struct offer partner = PARTNER_SEES(id);
    struct offer customer = CUSTOMER_SEES(id);

    ck_assert_int_eq(isv.state, STATE_PENDING_ACCEPTANCE);
    ck_assert_int_eq(isv.rows[0].prices[0].partner.money.cents, 96000);
    ck_assert(!isv.rows[0].prices[0].has_customer && !isv.rows[0].has_adjustment);
    ck_assert_int_eq(isv.rows[0].prices[0].customer.money.cents, 0);
    ck_assert_str_eq(isv.prepared_by, "");

    ck_assert_int_eq(partner.rows[0].prices[0].customer.money.cents, 108000);
    ck_assert_int_eq(partner.rows[1].prices[0].customer.money.cents, 26000);
    ck_assert_str_eq(partner.sales_note, "");
    ck_assert_str_eq(partner.contacts, "");

    ck_assert_int_eq(customer.rows[0].prices[0].customer.money.cents, 108000);
    ck_assert_int_eq(customer.rows[1].prices[0].customer.money.cents, 26000);
    ck_assert(!customer.rows[0].prices[0].has_partner && !customer.rows[0].has_discount);
    ck_assert_int_eq(customer.rows[0].prices[0].partner.money.cents, 0);
    ck_assert_str_eq(customer.prepared_by, "p@fabrikam.example");
    assert_hidden(PARTY_PARTNER, DEAL_OTHER_PARTNER, id);
    assert_hidden(PARTY_CUSTOMER, "elsewhere", id);
}
END_TEST

START_TEST(the_owner_accepts_once)
{
    const char *id = deal_make(&market, DEAL_ACCEPTED);
    struct problems *problems = problems_new(market.temp.arena);
    struct acceptance acceptance;
    struct offer customer = CUSTOMER_SEES(id);
    struct act act;

    ck_assert_int_eq(customer.state, STATE_ACCEPTED);
    ck_assert_int_eq(acceptance_of(market.temp.reader, market.temp.arena, id, &acceptance), OK);
    ck_assert_str_eq(acceptance.person, "owner");
    ck_assert_int_eq(acceptance.role, BILLING_OWNER);
    act = deal_begin(&market, PARTY_CUSTOMER, DEAL_ORGANISATION, "contributor");
    ck_assert_int_eq(deal_end(&market, &act,
                              action_offer_accept(&act, id, terms_digest(act.arena, &customer),
                                                  &answers_none, problems, &acceptance)),
                     ERR_CLOSED);
}
END_TEST

START_TEST(a_reader_may_not_accept_and_is_told_who_may)
{
    const char *id = deal_make(&market, DEAL_EXTENDED);
    struct problems *problems = problems_new(market.temp.arena);
    struct acceptance acceptance;
    struct offer customer = CUSTOMER_SEES(id);
    struct acceptors acceptors;
    struct act act = deal_begin(&market, PARTY_CUSTOMER, DEAL_ORGANISATION, "reader");

    ck_assert_int_eq(acceptors_of(&act, &customer, &acceptors), OK);
    ck_assert(!acceptors.may);
    ck_assert_uint_eq(acceptors.named_count, 2);
    ck_assert_str_eq(acceptors.named[0].person, "owner");
    ck_assert_str_eq(acceptors.named[1].person, "contributor");
    ck_assert_int_eq(deal_end(&market, &act,
                              action_offer_accept(&act, id, terms_digest(act.arena, &customer),
                                                  &answers_none, problems, &acceptance)),
                     ERR_DENIED);
}
END_TEST

START_TEST(accepting_other_terms_than_shown_is_stale)
{
    const char *id = deal_make(&market, DEAL_EXTENDED);
    struct problems *problems = problems_new(market.temp.arena);
    struct acceptance acceptance;
    struct act act = deal_begin(&market, PARTY_CUSTOMER, DEAL_ORGANISATION, "owner");

    ck_assert_int_eq(
        deal_end(&market, &act,
                 action_offer_accept(&act, id, "0123", &answers_none, problems, &acceptance)),
        ERR_STALE);
    ck_assert_int_eq(CUSTOMER_SEES(id).state, STATE_PENDING_ACCEPTANCE);
}
END_TEST

START_TEST(the_day_of_accept_by_still_accepts_and_the_next_does_not)
{
    const char *id = deal_make(&market, DEAL_EXTENDED);
    struct offer offer = CUSTOMER_SEES(id);

    ck_assert_int_eq(offer_state_on(&offer, day_make(2023, 11, 15)), STATE_PENDING_ACCEPTANCE);
    ck_assert_int_eq(offer_state_on(&offer, day_make(2023, 11, 16)), STATE_EXPIRED);
    deal_market_today(&market, 2023, 11, 16);
    struct problems *problems = problems_new(market.temp.arena);
    struct acceptance acceptance;
    struct act act = deal_begin(&market, PARTY_CUSTOMER, DEAL_ORGANISATION, "owner");
    ck_assert_int_eq(deal_end(&market, &act,
                              action_offer_accept(&act, id, terms_digest(act.arena, &offer),
                                                  &answers_none, problems, &acceptance)),
                     ERR_CLOSED);
    act = deal_begin(&market, PARTY_PARTNER, DEAL_PARTNER, "partner");
    ck_assert_int_eq(deal_end(&market, &act,
                              action_offer_take_back(
                                  &act, id, deal_rev(&market, PARTY_PARTNER, DEAL_PARTNER, id))),
                     OK);
    assert_hidden(PARTY_CUSTOMER, DEAL_ORGANISATION, id);
}
END_TEST

/* LAW 5: neither a version nor a time may tell the ISV that the partner works. */
START_TEST(the_isv_notices_nothing_of_the_partners_saves)
{
    const char *id = deal_make(&market, DEAL_SUBMITTED);
    struct problems *problems = problems_new(market.temp.arena);
    struct viewer isv = {PARTY_ISV, DEAL_ISV, TEST_DAY};
    struct offer before = ISV_SEES(id);
    struct answers typed = deal_form(&market, "adjustment-1", "10", NULL);
    struct events events_before;
    struct events events_after;
    struct offer after;
    struct act act;

    ck_assert_int_eq(events_of(market.temp.reader, market.temp.arena, &isv, id, &events_before),
                     OK);
    deal_market_today(&market, 2023, 10, 18);
    act = deal_begin(&market, PARTY_PARTNER, DEAL_PARTNER, "partner");
    ck_assert_int_eq(
        deal_end(&market, &act,
                 action_partner_save(&act, id, deal_rev(&market, PARTY_PARTNER, DEAL_PARTNER, id),
                                     &typed, NULL, problems)),
        OK);
    after = ISV_SEES(id);
    ck_assert_int_eq(before.version, after.version);
    ck_assert_int_eq(before.isv_changed_at, after.isv_changed_at);
    ck_assert_int_eq(after.partner_version, 0);
    ck_assert_int_eq(events_of(market.temp.reader, market.temp.arena, &isv, id, &events_after), OK);
    ck_assert_uint_eq(events_before.count, events_after.count);
}
END_TEST

/* LAW D-7: the same partner finds its data again, except for rows that changed. */
START_TEST(the_partners_data_survive_a_withdrawal_for_the_same_partner_only)
{
    const char *id = deal_make(&market, DEAL_EXTENDED);
    struct problems *problems = problems_new(market.temp.arena);
    struct draft_edit nothing = {0};
    struct answers cheaper = deal_form(&market, "discount-1", "25", NULL);
    struct answers elsewhere = deal_form(&market, "seller_id", DEAL_OTHER_PARTNER, NULL);
    struct offer offer;
    struct act act;

#define AS_ISV(call)                                       \
    act = deal_begin(&market, PARTY_ISV, DEAL_ISV, "isv"); \
    ck_assert_int_eq(deal_end(&market, &act, call), OK)
#define ISV_REV deal_rev(&market, PARTY_ISV, DEAL_ISV, id)
    act = deal_begin(&market, PARTY_PARTNER, DEAL_PARTNER, "partner");
    ck_assert_int_eq(deal_end(&market, &act,
                              action_offer_take_back(
                                  &act, id, deal_rev(&market, PARTY_PARTNER, DEAL_PARTNER, id))),
                     OK);
    AS_ISV(action_offer_withdraw(&act, id, ISV_REV));
    assert_hidden(PARTY_PARTNER, DEAL_PARTNER, id);
    AS_ISV(action_draft_save(&act, id, ISV_REV, &cheaper, &nothing, problems));
    AS_ISV(action_offer_submit(&act, id, ISV_REV, problems));
    deal_publish(&market);
    offer = PARTNER_SEES(id);
    ck_assert_str_eq(offer.prepared_by, "p@fabrikam.example");
    ck_assert(!offer.rows[0].has_adjustment);
    ck_assert(offer.rows[1].has_adjustment);
    ck_assert_int_eq(offer.rows[1].adjustment.e8, 30 * RATE_ONE_PERCENT);

    AS_ISV(action_offer_withdraw(&act, id, ISV_REV));
    AS_ISV(action_draft_save(&act, id, ISV_REV, &elsewhere, &nothing, problems));
    AS_ISV(action_offer_submit(&act, id, ISV_REV, problems));
    deal_publish(&market);
    offer = deal_view(&market, PARTY_PARTNER, DEAL_OTHER_PARTNER, id);
    ck_assert_str_eq(offer.prepared_by, "");
    ck_assert_str_eq(offer.partner_contacts, "");
    ck_assert(!offer.rows[1].has_adjustment);
    assert_hidden(PARTY_PARTNER, DEAL_PARTNER, id);
}
END_TEST

START_TEST(two_offers_for_the_same_customer_plan_and_time_collide)
{
    const char *first = deal_make(&market, DEAL_SUBMITTED);
    const char *second = deal_make(&market, DEAL_DRAFTED);
    struct problems *problems = problems_new(market.temp.arena);
    struct act act = deal_begin(&market, PARTY_ISV, DEAL_ISV, "isv");

    ck_assert_int_eq(
        deal_end(&market, &act,
                 action_offer_submit(&act, second, deal_rev(&market, PARTY_ISV, DEAL_ISV, second),
                                     problems)),
        ERR_INVALID);
    ck_assert_uint_eq(problems->count, 2); /* both plans are covered */
    ck_assert_str_eq(problems->list[0].offer, first);
    ck_assert_int_eq(ISV_SEES(second).state, STATE_DRAFT);
}
END_TEST

START_TEST(lists_and_counts_follow_the_day)
{
    const char *id = deal_make(&market, DEAL_EXTENDED);
    struct viewer viewer = {PARTY_CUSTOMER, DEAL_ORGANISATION, TEST_DAY};
    struct list_query query = {.viewer = viewer,
                               .today = day_make(2023, 11, 15),
                               .status = LIST_PENDING_ACCEPTANCE,
                               .descending = true,
                               .search = "",
                               .cursor = "",
                               .limit = 25};
    struct list_page page;
    int64_t counts[LIST_STATUS_COUNT];

    ck_assert_int_eq(offers_page(market.temp.reader, market.temp.arena, &query, &page), OK);
    ck_assert_uint_eq(page.count, 1);
    ck_assert_str_eq(page.rows[0].id, id);
    ck_assert_str_eq(page.rows[0].customer_label, "");
    query.today = day_make(2023, 11, 16);
    ck_assert_int_eq(offers_page(market.temp.reader, market.temp.arena, &query, &page), OK);
    ck_assert_uint_eq(page.count, 0);
    ck_assert_int_eq(
        offers_count(market.temp.reader, market.temp.arena, &viewer, query.today, counts), OK);
    ck_assert_int_eq(counts[LIST_EXPIRED], 1);
}
END_TEST

Suite *
deal_suite(void)
{
    Suite *suite = suite_create("deal");
    TCase *cases = tcase_create("deal");

    tcase_add_checked_fixture(cases, setup, teardown);
    tcase_add_test(cases, a_draft_is_the_isvs_alone);
    tcase_add_test(cases, each_party_sees_its_own_figures_and_no_others);
    tcase_add_test(cases, the_owner_accepts_once);
    tcase_add_test(cases, a_reader_may_not_accept_and_is_told_who_may);
    tcase_add_test(cases, accepting_other_terms_than_shown_is_stale);
    tcase_add_test(cases, the_day_of_accept_by_still_accepts_and_the_next_does_not);
    tcase_add_test(cases, the_isv_notices_nothing_of_the_partners_saves);
    tcase_add_test(cases, the_partners_data_survive_a_withdrawal_for_the_same_partner_only);
    tcase_add_test(cases, two_offers_for_the_same_customer_plan_and_time_collide);
    tcase_add_test(cases, lists_and_counts_follow_the_day);
    suite_add_tcase(suite, cases);
    return suite;
}

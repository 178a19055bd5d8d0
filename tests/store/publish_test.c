/*
 * publish_test.c: In Progress, and how it ends: in time, well, badly, or too late (LAW 6.1 rows 5,
 * 6, 10, 11, D-13).
 */
#include <check.h>
#include <string.h>

#include "base/text.h"
#include "jobs/clock.h"
#include "store/acceptances.h"
#include "store/accounts.h"
#include "store/catalogue.h"
#include "store/events.h"
#include "support/play.h"
#include "support/store_dump.h"

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

static size_t
due_count(int64_t now)
{
    struct offer_ids due;

    ck_assert_int_eq(offers_to_publish(market.temp.reader, market.temp.arena, now, &due), OK);
    return due.count;
}

static void
account_becomes(bool active)
{
    struct billing_account account;
    struct db *db;

    ck_assert_int_eq(
        billing_account_find(market.temp.reader, market.temp.arena, DEAL_ACCOUNT, &account), OK);
    account.active = active;
    db = temp_write(&market.temp);
    ck_assert_int_eq(billing_account_update_facts(db, &account), OK);
    temp_keep(&market.temp, db);
}

static void
partner_becomes(enum tax_status status)
{
    struct publisher publisher;
    struct db *db;

    ck_assert_int_eq(
        publisher_by_id(market.temp.reader, market.temp.arena, DEAL_PARTNER, &publisher), OK);
    publisher.tax_status = status;
    db = temp_write(&market.temp);
    ck_assert_int_eq(publisher_update_facts(db, market.temp.arena, &publisher), OK);
    temp_keep(&market.temp, db);
}

/* Is there an event of that kind in what the party may read? */
static bool
reads(enum party party, const char *account, const char *id, enum event_kind kind)
{
    struct viewer viewer = {party, account, TEST_DAY};
    struct events events;

    ck_assert_int_eq(events_of(market.temp.reader, market.temp.arena, &viewer, id, &events), OK);
    for (size_t i = 0; i < events.count; i++) {
        if (events.rows[i].kind == kind)
            return true;
    }
    return false;
}

START_TEST(publication_waits_for_its_time)
{
    const char *id = deal_make(&market, DEAL_DRAFTED);
    int64_t now = market.fake.now;
    const char *before;

    market.settings.publish_delay_s = 900;
    ck_assert_int_eq(play_deed(&market, &actor_isv, DEED_SUBMIT, id), OK);
    ck_assert_int_eq(ISV_SEES(id).state, STATE_TO_PARTNER);
    ck_assert_int_eq(ISV_SEES(id).submitted_at, now);
    assert_hidden(PARTY_PARTNER, DEAL_PARTNER, id);
    ck_assert_uint_eq(due_count(now + 899), 0);
    ck_assert_uint_eq(due_count(now + 900), 1);
    market.fake.now = now + 899;
    before = store_dump(&market.temp, NULL);
    ck_assert_int_eq(play_deed(&market, &actor_isv, DEED_PUBLISH, id), ERR_CLOSED);
    ck_assert_str_eq(store_dump(&market.temp, NULL), before);
    market.fake.now = now + 900;
    ck_assert_int_eq(play_deed(&market, &actor_isv, DEED_PUBLISH, id), OK);
    ck_assert_int_eq(PARTNER_SEES(id).state, STATE_PENDING_PARTNER);
    ck_assert_uint_eq(due_count(INT64_MAX), 0);
    ck_assert_int_eq(play_deed(&market, &actor_isv, DEED_PUBLISH, id), ERR_CLOSED);
}
END_TEST

START_TEST(the_job_publishes_what_is_due_and_only_that)
{
    const char *id = play_until(&market, STATE_TO_PARTNER);
    const char *later = play_bare_draft(&market, "Later");
    int published = -1;

    ck_assert_int_eq(play_deed(&market, &actor_isv, DEED_ADD_ROW, later), OK);
    (void)play_form(&market, &actor_isv, DEED_SAVE, later,
                    FORM("billing_account", DEAL_ACCOUNT, "seller_id", DEAL_PARTNER, "start_mode",
                         "accepted", "end_month", "2023-12", "accept_by", "2023-11-15",
                         "discount-1", "10"),
                    OK);
    market.settings.publish_delay_s = 60;
    ck_assert_int_eq(play_deed(&market, &actor_isv, DEED_SUBMIT, later), OK);
    ck_assert_int_eq(jobs_publish_due(market.temp.store, market.temp.reader, market.temp.arena,
                                      &market.fake.world, &published),
                     OK);
    ck_assert_int_eq(published, 1);
    ck_assert_int_eq(PARTNER_SEES(id).state, STATE_PENDING_PARTNER);
    assert_hidden(PARTY_PARTNER, DEAL_PARTNER, later);
    market.fake.now += 60;
    ck_assert_int_eq(jobs_publish_due(market.temp.store, market.temp.reader, market.temp.arena,
                                      &market.fake.world, &published),
                     OK);
    ck_assert_int_eq(published, 1);
    ck_assert_int_eq(PARTNER_SEES(later).state, STATE_PENDING_PARTNER);
}
END_TEST

/* Row 6: a fact changed between the submit and its publication. */
START_TEST(what_no_longer_holds_goes_back_to_the_isv)
{
    const char *id = play_until(&market, STATE_TO_PARTNER);
    struct offer offer;

    account_becomes(false);
    partner_becomes(TAX_INCOMPLETE);
    deal_publish(&market);
    offer = ISV_SEES(id);
    ck_assert_int_eq(offer.state, STATE_DRAFT);
    ck_assert_ptr_nonnull(strstr(offer.failure, "billing account"));
    ck_assert_ptr_nonnull(strstr(offer.failure, "tax profile"));
    ck_assert_ptr_nonnull(strchr(offer.failure, '\n'));
    ck_assert_int_eq(offer.publish_at, 0);
    assert_hidden(PARTY_PARTNER, DEAL_PARTNER, id);
    ck_assert(reads(PARTY_ISV, DEAL_ISV, id, EVENT_NOT_OFFERED));
    ck_assert(!reads(PARTY_ISV, DEAL_ISV, id, EVENT_OFFERED));

    account_becomes(true);
    partner_becomes(TAX_COMPLETE);
    ck_assert_int_eq(play_deed(&market, &actor_isv, DEED_SUBMIT, id), OK);
    ck_assert_str_eq(ISV_SEES(id).failure, "");
    deal_publish(&market);
    offer = PARTNER_SEES(id);
    ck_assert_int_eq(offer.state, STATE_PENDING_PARTNER);
    ck_assert_str_eq(offer.failure, "");
    ck_assert(!reads(PARTY_PARTNER, DEAL_PARTNER, id, EVENT_NOT_OFFERED));
}
END_TEST

START_TEST(a_failure_is_told_until_the_draft_is_changed)
{
    const char *id = play_until(&market, STATE_TO_PARTNER);
    struct db *db = temp_write(&market.temp);

    ck_assert_int_eq(plan_publish(db, "suite", "pro", false), OK);
    temp_keep(&market.temp, db);
    deal_publish(&market);
    ck_assert_ptr_nonnull(strstr(ISV_SEES(id).failure, "Suite, Pro"));
    ck_assert_int_eq(play_deed(&market, &actor_isv, DEED_SAVE, id), OK);
    ck_assert_str_eq(ISV_SEES(id).failure, "");
}
END_TEST

/* The dates are judged on the day of publication. */
START_TEST(an_offer_that_is_late_for_its_partner_goes_back_to_the_isv)
{
    const char *id = play_until(&market, STATE_TO_PARTNER);

    deal_market_today(&market, 2023, 11, 16);
    deal_publish(&market);
    ck_assert_int_eq(ISV_SEES(id).state, STATE_DRAFT);
    ck_assert_str_ne(ISV_SEES(id).failure, "");
}
END_TEST

/* Row 11: shown to the partner only; the customer never heard of it. */
START_TEST(what_cannot_reach_the_customer_goes_back_to_the_partner)
{
    const char *id = play_until(&market, STATE_PENDING_PARTNER);
    int64_t changed_at = ISV_SEES(id).isv_changed_at;
    struct offer offer;
    struct link link;

    ck_assert_int_eq(play_deed(&market, &actor_partner, DEED_EXTEND, id), OK);
    assert_hidden(PARTY_CUSTOMER, DEAL_ORGANISATION, id);
    account_becomes(false);
    market.fake.now += 60;
    deal_publish(&market);

    offer = PARTNER_SEES(id);
    ck_assert_int_eq(offer.state, STATE_PENDING_PARTNER);
    ck_assert(!offer.partner_withdrew);
    ck_assert_ptr_nonnull(strstr(offer.failure, "billing account"));
    ck_assert(reads(PARTY_PARTNER, DEAL_PARTNER, id, EVENT_NOT_EXTENDED));
    offer = ISV_SEES(id);
    ck_assert_int_eq(offer.state, STATE_PENDING_PARTNER);
    ck_assert_str_eq(offer.failure, "");
    ck_assert_int_eq(offer.isv_changed_at, changed_at);
    ck_assert(!reads(PARTY_ISV, DEAL_ISV, id, EVENT_NOT_EXTENDED));
    assert_hidden(PARTY_CUSTOMER, DEAL_ORGANISATION, id);
    ck_assert_int_eq(link_of_offer(market.temp.reader, market.temp.arena, id, &link), ERR_ABSENT);

    /* and does not follow the offer back to the ISV */
    ck_assert_int_eq(play_deed(&market, &actor_isv, DEED_WITHDRAW, id), OK);
    ck_assert_str_eq(ISV_SEES(id).failure, "");
}
END_TEST

/* Row 10, D-2: accept-by passed while the publication waited: it is no failure, but too late. */
START_TEST(an_offer_that_is_late_for_its_customer_is_expired_at_once)
{
    const char *id = play_until(&market, STATE_TO_CUSTOMER);
    struct day today = day_make(2023, 11, 16);
    struct offer offer;

    deal_market_today(&market, 2023, 11, 16);
    ck_assert_str_eq(state_words(offer_state_on(&(struct offer[]){PARTNER_SEES(id)}[0], today)),
                     "In Progress");
    deal_publish(&market);
    offer = CUSTOMER_SEES(id);
    ck_assert_int_eq(offer_state_on(&offer, today), STATE_EXPIRED);
    offer = PARTNER_SEES(id);
    ck_assert_int_eq(offer_state_on(&offer, today), STATE_EXPIRED);
    ck_assert_str_eq(offer.failure, "");
    offer = ISV_SEES(id);
    ck_assert_int_eq(offer_state_on(&offer, today), STATE_EXPIRED);
    ck_assert_int_eq(play_deed(&market, &actor_owner, DEED_ACCEPT, id), ERR_CLOSED);
    ck_assert_int_eq(play_deed(&market, &actor_partner, DEED_TAKE_BACK, id), OK);
    assert_hidden(PARTY_CUSTOMER, DEAL_ORGANISATION, id);
}
END_TEST

/* The last day is still in time. */
START_TEST(an_offer_published_on_accept_by_day_can_be_accepted)
{
    const char *id = play_until(&market, STATE_TO_CUSTOMER);

    deal_market_today(&market, 2023, 11, 15);
    deal_publish(&market);
    ck_assert_int_eq(play_deed(&market, &actor_owner, DEED_ACCEPT, id), OK);
}
END_TEST

/* An overlap that arose while the offer waited is found (LAW 8.6 at row 6). */
START_TEST(a_collision_that_arose_meanwhile_is_found)
{
    const char *first = play_until(&market, STATE_EXPIRED);
    const char *second = deal_make(&market, DEAL_DRAFTED);

    (void)play_form(&market, &actor_isv, DEED_SAVE, second,
                    FORM("name", "The second", "end_month", "2024-06", "accept_by", "2024-03-01"),
                    OK);
    ck_assert_int_eq(play_deed(&market, &actor_isv, DEED_SUBMIT, second), OK);
    ck_assert_int_eq(play_deed(&market, &actor_partner, DEED_TAKE_BACK, first), OK);
    deal_publish(&market);
    ck_assert_int_eq(ISV_SEES(second).state, STATE_DRAFT);
    ck_assert_ptr_nonnull(strstr(ISV_SEES(second).failure, "Northwind FY24"));
}
END_TEST

/* D-13. */
START_TEST(each_publication_makes_a_new_link_and_kills_the_old)
{
    const char *id = deal_make(&market, DEAL_EXTENDED);
    struct link first;
    struct link second;
    struct link found;

    ck_assert_int_eq(link_of_offer(market.temp.reader, market.temp.arena, id, &first), OK);
    ck_assert_uint_eq(strlen(first.token), 43);
    ck_assert_str_eq(first.organisation, DEAL_ORGANISATION);
    ck_assert_str_eq(first.prepared_by, "p@fabrikam.example");
    ck_assert_int_eq(play_deed(&market, &actor_partner, DEED_TAKE_BACK, id), OK);
    ck_assert_int_eq(link_of_offer(market.temp.reader, market.temp.arena, id, &found), ERR_ABSENT);
    ck_assert_int_eq(play_deed(&market, &actor_partner, DEED_EXTEND, id), OK);
    deal_publish(&market);
    ck_assert_int_eq(link_of_offer(market.temp.reader, market.temp.arena, id, &second), OK);
    ck_assert_str_ne(first.token, second.token);
    ck_assert_int_eq(link_by_token(market.temp.reader, market.temp.arena, first.token,
                                   DEAL_ORGANISATION, &found),
                     OK);
    ck_assert(found.dead);
    ck_assert_int_eq(link_by_token(market.temp.reader, market.temp.arena, second.token,
                                   DEAL_ORGANISATION, &found),
                     OK);
    ck_assert(!found.dead);
}
END_TEST

/* The switch counts at publication, too. */
START_TEST(a_certificate_demanded_meanwhile_stops_the_publication)
{
    const char *id = play_until(&market, STATE_TO_CUSTOMER);

    market.settings.certificate_blocking = true;
    ck_assert_int_eq(play_deed(&market, &actor_isv, DEED_PUBLISH, id), OK);
    ck_assert_int_eq(PARTNER_SEES(id).state, STATE_PENDING_PARTNER);
    ck_assert_ptr_nonnull(strstr(PARTNER_SEES(id).failure, "resale certificate"));
}
END_TEST

/* Each publication's memory is its own: however many are due, the caller's arena holds their ids.
 */
START_TEST(many_may_be_due_at_once)
{
    const char *id = deal_make(&market, DEAL_DRAFTED);
    struct arena *arena = arena_open((size_t)16 * 1024);
    int published = 0;

    ck_assert_int_eq(play_deed(&market, &actor_isv, DEED_SUBMIT, id), OK);
    ck_assert_int_eq(jobs_publish_due(market.temp.store, market.temp.reader, arena,
                                      &market.fake.world, &published),
                     OK);
    ck_assert_int_eq(published, 1);
    arena_close(arena);
}
END_TEST

Suite *
publish_suite(void)
{
    Suite *suite = suite_create("publish");
    TCase *cases = tcase_create("publish");

    tcase_add_checked_fixture(cases, setup, teardown);
    tcase_add_test(cases, publication_waits_for_its_time);
    tcase_add_test(cases, the_job_publishes_what_is_due_and_only_that);
    tcase_add_test(cases, what_no_longer_holds_goes_back_to_the_isv);
    tcase_add_test(cases, a_failure_is_told_until_the_draft_is_changed);
    tcase_add_test(cases, an_offer_that_is_late_for_its_partner_goes_back_to_the_isv);
    tcase_add_test(cases, what_cannot_reach_the_customer_goes_back_to_the_partner);
    tcase_add_test(cases, an_offer_that_is_late_for_its_customer_is_expired_at_once);
    tcase_add_test(cases, an_offer_published_on_accept_by_day_can_be_accepted);
    tcase_add_test(cases, a_collision_that_arose_meanwhile_is_found);
    tcase_add_test(cases, each_publication_makes_a_new_link_and_kills_the_old);
    tcase_add_test(cases, a_certificate_demanded_meanwhile_stops_the_publication);
    tcase_add_test(cases, many_may_be_due_at_once);
    suite_add_tcase(suite, cases);
    return suite;
}

/*
 * demo_test.c: what the offers of a demo market promise to whoever starts it: the same for the same
 * day, one in every status, and room for the deal of LAW 20.
 */
#include <check.h>
#include <string.h>

#include "actions/isv.h"
#include "base/text.h"
#include "demo_market.h"
#include "jobs/clock.h"
#include "jobs/demo.h"
#include "store/acceptances.h"
#include "store/events.h"
#include "store/offer_lists.h"
#include "store/commitments.h"
#include "store/people.h"
#include "store/purchases.h"

#define SEEN_BYTES (1024 * 1024)

static const struct {
    const char *who;
    struct viewer viewer;
} viewers[] = {
    {"Brightwater", {PARTY_ISV, "90417001", {TEST_DAY_NUMBER}}},
    {"Tern", {PARTY_ISV, "90417010", {TEST_DAY_NUMBER}}},
    {"Halden", {PARTY_PARTNER, "90417726", {TEST_DAY_NUMBER}}},
    {"Kestrel", {PARTY_PARTNER, "90417727", {TEST_DAY_NUMBER}}},
    {"Brightwater as a partner", {PARTY_PARTNER, "90417001", {TEST_DAY_NUMBER}}},
    {"Orchid", {PARTY_CUSTOMER, "orchid-freight", {TEST_DAY_NUMBER}}},
    {"Larkspur", {PARTY_CUSTOMER, "larkspur-retail", {TEST_DAY_NUMBER}}},
    {"Juniper", {PARTY_CUSTOMER, "juniper-studio", {TEST_DAY_NUMBER}}},
    {"operator", {PARTY_OPERATOR, "", {TEST_DAY_NUMBER}}},
};

static struct list_page
page_of(struct demo_market *market, const struct viewer *viewer, enum list_status status,
        const char *cursor)
{
    struct list_page page = {0};
    const struct list_query query = {
        .viewer = *viewer,
        .today = market->today,
        .status = status,
        .sort = SORT_CHANGED,
        .descending = true,
        .search = "",
        .cursor = cursor,
        .limit = LIMIT_LIST_ROWS,
    };

    ck_assert_int_eq(offers_page(market->temp.reader, market->temp.arena, &query, &page), OK);
    return page;
}

/* --- the same day, the same content ----------------------------------------------------------- */

static void
see_history(struct demo_market *market, const struct viewer *viewer, const char *id,
            struct buffer *seen)
{
    struct events events = {0};

    ck_assert_int_eq(events_of(market->temp.reader, market->temp.arena, viewer, id, &events), OK);
    for (size_t i = 0; i < events.count; i++)
        buffer_format(seen, "  %s %s by %s %s\n",
                      instant_iso(market->temp.arena, events.rows[i].at),
                      event_kind_text(events.rows[i].kind), events.rows[i].account_name,
                      events.rows[i].person_name);
}

static void
see_offer(struct demo_market *market, const struct viewer *viewer, const char *id,
          struct buffer *seen)
{
    struct arena *arena = market->temp.arena;
    struct offer offer;
    struct acceptance acceptance;

    ck_assert_int_eq(offer_view(market->temp.reader, arena, viewer, id, &offer), OK);
    buffer_format(seen, "%s %s: %s, %s, %s to %s, by %s, %s, %s, %s\n", offer.id, offer.name,
                  offer_status_words(&offer, viewer->party, market->today), offer.billing_account,
                  day_iso(arena, offer.start_on), day_iso(arena, offer.end_on),
                  day_iso(arena, offer.accept_by_on), offer.partner_name, offer.contacts,
                  offer.prepared_by);
    for (size_t i = 0; i < offer.row_count; i++) {
        const struct offer_row *row = &offer.rows[i];

        for (size_t k = 0; k < row->price_count; k++)
            buffer_format(seen, "  %s %s: %s %s %s\n", row_plan_words(arena, row),
                          row->prices[k].key, amount_show(arena, row->prices[k].list),
                          amount_show(arena, row->prices[k].partner),
                          amount_show(arena, row->prices[k].customer));
    }
    if (acceptance_of(market->temp.reader, arena, id, &acceptance) == OK)
        buffer_format(seen, "  accepted as %s by %s\n", acceptance.reference,
                      acceptance.person_name);
    see_history(market, viewer, id, seen);
}

static void
see_everything(struct demo_market *market, struct buffer *seen)
{
    for (size_t i = 0; i < COUNT(viewers); i++) {
        struct list_page page = {.after = true};
        const char *cursor = "";

        buffer_format(seen, "== %s\n", viewers[i].who);
        while (page.after) {
            page = page_of(market, &viewers[i].viewer, LIST_ALL, cursor);
            for (size_t k = 0; k < page.count; k++)
                see_offer(market, &viewers[i].viewer, page.rows[k].id, seen);
            if (page.count > 0)
                cursor = page.rows[page.count - 1].cursor;
        }
    }
    ck_assert(!seen->full);
}

START_TEST(two_markets_of_one_day_show_the_same)
{
    struct demo_market first;
    struct demo_market second;
    struct buffer seen_first;
    struct buffer seen_second;

    buffer_open(&seen_first, SEEN_BYTES);
    buffer_open(&seen_second, SEEN_BYTES);
    demo_open(&first, "2023-10-16", DEMO_REAL_NOW);
    demo_open(&second, "2023-10-16", DEMO_REAL_NOW + 86400 * 3 + 4711);
    see_everything(&first, &seen_first);
    see_everything(&second, &seen_second);
    ck_assert_uint_gt(seen_first.length, 10000);
    ck_assert_str_eq(seen_first.data, seen_second.data);
    demo_close(&second);
    demo_close(&first);
    buffer_close(&seen_second);
    buffer_close(&seen_first);
}
END_TEST

/* What must not be guessed is not repeated. */
START_TEST(links_and_password_hashes_differ_between_markets)
{
    struct demo_market markets[2];
    struct link links[2];
    struct person people[2];

    for (size_t i = 0; i < 2; i++) {
        struct list_page page;

        demo_open(&markets[i], "2023-10-16", DEMO_REAL_NOW + (int64_t)i);
        page = page_of(&markets[i], &viewers[2].viewer, LIST_PENDING_ACCEPTANCE, "");
        ck_assert_uint_gt(page.count, 0);
        ck_assert_int_eq(link_of_offer(markets[i].temp.reader, markets[i].temp.arena,
                                       page.rows[0].id, &links[i]),
                         OK);
        ck_assert_int_eq(person_by_email(markets[i].temp.reader, markets[i].temp.arena,
                                         "isv@demo.example", &people[i]),
                         OK);
    }
    ck_assert_str_eq(links[0].offer, links[1].offer);
    ck_assert_str_ne(links[0].token, links[1].token);
    ck_assert_str_ne(people[0].password, people[1].password);
    demo_close(&markets[1]);
    demo_close(&markets[0]);
}
END_TEST

/* --- statuses --------------------------------------------------------------------------------- */

START_TEST(every_party_sees_every_status_it_can)
{
    /* a row per viewer that has all: Brightwater, Halden, Orchid */
    static const size_t complete[] = {0, 2, 5};
    struct demo_market market;

    demo_open(&market, "2023-10-16", DEMO_REAL_NOW);
    for (size_t i = 0; i < COUNT(complete); i++) {
        const struct viewer *viewer = &viewers[complete[i]].viewer;

        for (int status = LIST_ALL; status < LIST_STATUS_COUNT; status++) {
            size_t count = page_of(&market, viewer, (enum list_status)status, "").count;

            if (list_status_seen((enum list_status)status, viewer->party))
                ck_assert_msg(count > 0, "%s has nothing in %s", viewers[complete[i]].who,
                              list_status_words((enum list_status)status));
        }
    }
    for (size_t i = 0; i < COUNT(viewers); i++)
        ck_assert_msg(page_of(&market, &viewers[i].viewer, LIST_ALL, "").count > 0,
                      "%s has nothing", viewers[i].who);
    demo_close(&market);
}
END_TEST

static bool
has_state(struct demo_market *market, const struct viewer *viewer, enum list_status status,
          enum offer_state state)
{
    struct list_page page = page_of(market, viewer, status, "");

    for (size_t i = 0; i < page.count; i++) {
        if (page.rows[i].offer.state == state)
            return true;
    }
    return false;
}

START_TEST(both_kinds_of_in_progress_and_both_pending_partner_actions_are_there)
{
    struct demo_market market;
    struct list_page page;
    bool withdrawn = false;
    bool fresh = false;

    demo_open(&market, "2023-10-16", DEMO_REAL_NOW);
    ck_assert(has_state(&market, &viewers[0].viewer, LIST_IN_PROGRESS, STATE_TO_PARTNER));
    ck_assert(has_state(&market, &viewers[0].viewer, LIST_IN_PROGRESS, STATE_TO_CUSTOMER));
    page = page_of(&market, &viewers[2].viewer, LIST_PENDING_PARTNER, "");
    for (size_t i = 0; i < page.count; i++) {
        const char *words = offer_status_words(&page.rows[i].offer, PARTY_PARTNER, market.today);

        withdrawn = withdrawn || text_equal(words, "Pending partner action (Draft)");
        fresh = fresh || text_equal(words, "Pending partner action");
    }
    ck_assert(withdrawn);
    ck_assert(fresh);
    demo_close(&market);
}
END_TEST

START_TEST(about_twenty_offers_and_none_of_them_in_the_future)
{
    struct demo_market market;
    struct list_page page;
    int64_t now;
    size_t count = 0;

    demo_open(&market, "2023-10-16", DEMO_REAL_NOW);
    now = settings_now(&market.settings, &market.fake.world);
    for (size_t i = 0; i < 2; i++) {
        page = page_of(&market, &viewers[i].viewer, LIST_ALL, "");
        count += page.count;
        for (size_t k = 0; k < page.count; k++)
            ck_assert_int_lt(page.rows[k].changed_at, now);
    }
    ck_assert_uint_ge(count, 20);
    ck_assert_uint_le(count, 30);
    demo_close(&market);
}
END_TEST

START_TEST(what_is_in_progress_is_published_when_its_days_have_passed)
{
    struct demo_market market;
    int published = 0;

    demo_open(&market, "2023-10-16", DEMO_REAL_NOW);
    read_end(market.temp.reader);
    ck_assert_int_eq(jobs_publish_due(market.temp.store, market.temp.reader, market.temp.arena,
                                      &market.fake.world, &published),
                     OK);
    ck_assert_int_eq(published, 0);
    market.fake.now += 10 * SECONDS_PER_DAY;
    ck_assert_int_eq(jobs_publish_due(market.temp.store, market.temp.reader, market.temp.arena,
                                      &market.fake.world, &published),
                     OK);
    ck_assert_int_eq(published, 2);
    ck_assert_int_eq(read_begin(market.temp.reader), OK);
    ck_assert(
        has_state(&market, &viewers[6].viewer, LIST_PENDING_ACCEPTANCE, STATE_PENDING_ACCEPTANCE));
    ck_assert_uint_eq(page_of(&market, &viewers[0].viewer, LIST_IN_PROGRESS, "").count, 0);
    demo_close(&market);
}
END_TEST

/* --- purchases -------------------------------------------------------------------------------- */

static bool
has_purchase(struct demo_market *market, const struct viewer *viewer, bool saas, bool suspended,
             enum purchase_state state, const char *product)
{
    const struct purchase_query query = {
        .viewer = *viewer, .offer = "", .saas_only = saas, .before_id = "", .suspended = suspended};
    struct purchases page;

    ck_assert_int_eq(purchases_page(market->temp.reader, market->temp.arena, &query, &page), OK);
    for (size_t i = 0; i < page.count; i++) {
        if (purchase_state_on(&page.rows[i], market->today) == state &&
            text_equal(page.rows[i].product_name, product))
            return true;
    }
    return false;
}

/* One that waits for its ISV, one in use, one without its payment, and a machine whose hours come;
 * none of them touches the commitment. */
START_TEST(purchases_wait_for_everybody)
{
    const struct viewer operator= {PARTY_OPERATOR, "", {TEST_DAY_NUMBER}};
    struct demo_market market;
    struct purchases waiting;
    struct commitments commitments;

    demo_open(&market, "2023-10-16", DEMO_REAL_NOW);
    ck_assert_int_eq(
        purchases_to_activate(market.temp.reader, market.temp.arena, "90417001", &waiting), OK);
    ck_assert_uint_eq(waiting.count, 1);
    ck_assert_str_eq(waiting.rows[0].product_name, "Ledgerline Seats");
    ck_assert_int_eq(purchase_clock_on(&waiting.rows[0]).number, market.today.number - 2 + 30);
    ck_assert(has_purchase(&market, &viewers[0].viewer, false, false, PURCHASE_SUBSCRIBED,
                           "Ledgerline Seats"));
    ck_assert(has_purchase(&market, &operator, true, true, PURCHASE_SUSPENDED, "Tern Insight"));
    ck_assert(
        has_purchase(&market, &operator, false, false, PURCHASE_SUBSCRIBED, "Harbor Gateway Flat"));
    ck_assert_int_eq(commitments_of(market.temp.reader, market.temp.arena, ORCHID, &commitments),
                     OK);
    ck_assert_uint_eq(commitments.count, 1);
    ck_assert_int_eq(commitments.rows[0].remaining_cents, 5000000);
    demo_close(&market);
}
END_TEST

/* --- the deal of LAW 20 ----------------------------------------------------------------------- */

struct typed {
    const char *name;
    const char *value;
};

static const char *
typed_get(void *context, const char *name)
{
    for (const struct typed *typed = context; typed->name != NULL; typed++) {
        if (text_equal(typed->name, name))
            return typed->value;
    }
    return NULL;
}

static const char *
rev_of(const struct act *act, const char *id)
{
    struct offer offer;

    ck_assert_int_eq(offer_load(act->db, act->arena, &act->viewer, id, &offer), OK);
    return offer_rev(act->arena, &offer, PARTY_ISV);
}

/* Brightwater, Halden and Orchid; all four plans that are kept free, until the end of the month
 * after next. */
static void
submit_the_deal(struct demo_market *market)
{
    static const struct plan_choice plans[] = {{"ledgerline", "pro"},
                                               {"harbor-ingest", "ops"},
                                               {"ledgerline-seats", "team"},
                                               {"harbor-ingest", "base"}};
    static const struct draft_edit nothing = {.remove_row = 0};
    struct arena *arena = market->temp.arena;
    struct typed form[] = {
        {"name", "Orchid FY24"},
        {"pricing", "editExistingOfferPricingOnly"},
        {"billing_account", ORCHID},
        {"seller_id", "90417726"},
        {"start_mode", "accepted"},
        {"end_month", month_iso(arena, month_add(market->today, 2))},
        {"accept_by", day_iso(arena, day_add(market->today, 27))},
        {"discount-1", "20"},
        {"discount-2", "20"},
        {"discount-3", "20"},
        {"discount-4", "20"},
        {NULL, NULL},
    };
    const struct answers answers = {form, typed_get};
    struct db *db = temp_write(&market->temp);
    struct act act = act_of_system(db, arena, &market->fake.world, &market->settings);
    struct problems *problems = problems_new(arena);
    const char *id = NULL;

    act.viewer = (struct viewer){PARTY_ISV, "90417001", TEST_DAY};
    act.person = "demo-isv";
    act.role = ROLE_ACCOUNT_OWNER;
    ck_assert_int_eq(action_offer_create(&act, &answers, problems, &id), OK);
    ck_assert_int_eq(action_rows_add(&act, id, rev_of(&act, id), plans, COUNT(plans), problems),
                     OK);
    ck_assert_int_eq(action_draft_save(&act, id, rev_of(&act, id), &answers, &nothing, problems),
                     OK);
    ck_assert_msg(action_offer_submit(&act, id, rev_of(&act, id), problems) == OK, "%s: %s",
                  problems->list[0].at, problems->list[0].message);
    temp_keep(&market->temp, db);
}

/* Days at which months and years are awkward. */
static const char *const days[] = {"2023-10-16", "2023-12-31", "2024-01-01", "2024-01-31",
                                   "2024-02-29", "2024-03-01", "2025-03-31", "2026-05-31"};

START_TEST(the_deal_is_possible_on_any_day)
{
    struct demo_market market;

    demo_open(&market, days[_i], DEMO_REAL_NOW);
    submit_the_deal(&market);
    demo_close(&market);
}
END_TEST

START_TEST(the_deal_stays_possible_for_three_months)
{
    struct demo_market market;

    demo_open(&market, "2023-10-16", DEMO_REAL_NOW);
    market.today = day_add(market.today, 92);
    market.fake.now += 92 * SECONDS_PER_DAY;
    submit_the_deal(&market);
    demo_close(&market);
}
END_TEST

/* --- empty or not ----------------------------------------------------------------------------- */

START_TEST(a_store_is_filled_once)
{
    struct demo_market market;
    struct hasher *hasher = temp_hasher();
    struct settings stored;
    bool empty = true;

    demo_open(&market, "2023-10-16", DEMO_REAL_NOW);
    ck_assert_int_eq(market_is_empty(market.temp.reader, market.temp.arena, &empty), OK);
    ck_assert(!empty);
    read_end(market.temp.reader);
    market.settings.clock_offset_s += SECONDS_PER_DAY;
    ck_assert_int_eq(demo_fill(market.temp.store, hasher, &market.fake.world, &market.settings),
                     ERR_CLOSED);
    ck_assert_int_eq(read_begin(market.temp.reader), OK);
    ck_assert_int_eq(settings_load(market.temp.reader, &stored), OK);
    ck_assert(stored.demo);
    ck_assert_int_eq(stored.clock_offset_s, market.settings.clock_offset_s - SECONDS_PER_DAY);
    ck_assert_int_eq(stored.fee.e8, 3 * RATE_ONE_PERCENT);
    demo_close(&market);
    hasher_close(hasher);
}
END_TEST

START_TEST(a_new_store_is_empty)
{
    struct temp_store temp;
    bool empty = false;

    temp_store_open(&temp, NULL);
    ck_assert_int_eq(read_begin(temp.reader), OK);
    ck_assert_int_eq(market_is_empty(temp.reader, temp.arena, &empty), OK);
    ck_assert(empty);
    read_end(temp.reader);
    temp_store_close(&temp);
}
END_TEST

START_TEST(an_operator_alone_is_somebody)
{
    const struct person operator= {
        "p-op", "operator@demo.example", "Operator", "", "", "", "", true, ROLE_NONE};
    struct temp_store temp;
    bool empty = true;
    struct db *db;

    temp_store_open(&temp, NULL);
    db = temp_write(&temp);
    ck_assert_int_eq(person_insert(db, temp.arena, &operator), OK);
    ck_assert_int_eq(market_is_empty(db, temp.arena, &empty), OK);
    ck_assert(!empty);
    temp_keep(&temp, db);
    temp_store_close(&temp);
}
END_TEST

Suite *
demo_suite(void)
{
    Suite *suite = suite_create("demo");
    TCase *offers = tcase_create("offers");

    tcase_set_timeout(offers, 60);
    tcase_add_test(offers, two_markets_of_one_day_show_the_same);
    tcase_add_test(offers, links_and_password_hashes_differ_between_markets);
    tcase_add_test(offers, every_party_sees_every_status_it_can);
    tcase_add_test(offers, both_kinds_of_in_progress_and_both_pending_partner_actions_are_there);
    tcase_add_test(offers, about_twenty_offers_and_none_of_them_in_the_future);
    tcase_add_test(offers, what_is_in_progress_is_published_when_its_days_have_passed);
    tcase_add_loop_test(offers, the_deal_is_possible_on_any_day, 0, (int)COUNT(days));
    tcase_add_test(offers, the_deal_stays_possible_for_three_months);
    tcase_add_test(offers, purchases_wait_for_everybody);
    tcase_add_test(offers, a_store_is_filled_once);
    tcase_add_test(offers, a_new_store_is_empty);
    tcase_add_test(offers, an_operator_alone_is_somebody);
    suite_add_tcase(suite, offers);
    return suite;
}

/*
 * demo_test.c: the demo market holds what is promised to whoever starts it: people, prices, offers in
 * every status, and room for the deal of LAW 20.
 */
#include <check.h>
#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>

#include "actions/isv.h"
#include "base/text.h"
#include "jobs/clock.h"
#include "jobs/demo.h"
#include "store/acceptances.h"
#include "store/accounts.h"
#include "store/catalogue.h"
#include "store/events.h"
#include "store/offer_lists.h"
#include "support/fake_world.h"
#include "support/temp_store.h"

#define ORCHID                                                                                     \
    "7c92bb3e-51d0-4c6e-93d5-0a1f6e2c77b4:2f0d3a5e-8b1c-4f6d-9a27-5c3e1b7d9f40_2019-05-31"
#define REAL_NOW INT64_C(1760000000)
#define NINE_O_CLOCK (9 * 3600)
#define SEEN_BYTES (1024 * 1024)

struct demo_market {
    struct temp_store temp;
    struct fake_world fake;
    struct settings settings;
    struct day today;
};

/* A demo of that day, filled at the given real time. */
static void
demo_open(struct demo_market *market, const char *day, int64_t real_now)
{
    struct hasher *hasher = temp_hasher();

    temp_store_open(&market->temp, NULL);
    ck_assert_int_eq(day_parse(day, &market->today), OK);
    fake_world_start(&market->fake, real_now);
    market->fake.drawn = (uint64_t)real_now; /* other random bytes at another time */
    market->settings = (struct settings){
        .clock_offset_s = day_start_at(market->today) + NINE_O_CLOCK - real_now,
        .demo = true,
        .fee = {3 * RATE_ONE_PERCENT},
    };
    ck_assert_int_eq(
        demo_fill(market->temp.store, hasher, &market->fake.world, &market->settings), OK);
    hasher_close(hasher);
    ck_assert_int_eq(read_begin(market->temp.reader), OK);
}

static void
demo_close(struct demo_market *market)
{
    read_end(market->temp.reader);
    temp_store_close(&market->temp);
}

static const struct {
    const char *who;
    struct viewer viewer;
} viewers[] = {
    {"Brightwater", {PARTY_ISV, "90417001"}},
    {"Tern", {PARTY_ISV, "90417010"}},
    {"Halden", {PARTY_PARTNER, "90417726"}},
    {"Kestrel", {PARTY_PARTNER, "90417727"}},
    {"Brightwater as a partner", {PARTY_PARTNER, "90417001"}},
    {"Orchid", {PARTY_CUSTOMER, "orchid-freight"}},
    {"Larkspur", {PARTY_CUSTOMER, "larkspur-retail"}},
    {"Juniper", {PARTY_CUSTOMER, "juniper-studio"}},
    {"operator", {PARTY_OPERATOR, ""}},
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

/* --- the same day, the same content ------------------------------------------------------------ */

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

        for (size_t k = 0; k < row->plan->point_count; k++)
            buffer_format(seen, "  %s %s: %s %s %s\n", row->plan->name, row->plan->points[k].id,
                          amount_show(arena, row->prices[k].list),
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
    demo_open(&first, "2023-10-16", REAL_NOW);
    demo_open(&second, "2023-10-16", REAL_NOW + 86400 * 3 + 4711);
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

        demo_open(&markets[i], "2023-10-16", REAL_NOW + (int64_t)i);
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

/* --- statuses ---------------------------------------------------------------------------------- */

START_TEST(every_party_sees_every_status_it_can)
{
    /* a row per viewer that has all: Brightwater, Halden, Orchid */
    static const size_t complete[] = {0, 2, 5};
    struct demo_market market;

    demo_open(&market, "2023-10-16", REAL_NOW);
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

    demo_open(&market, "2023-10-16", REAL_NOW);
    ck_assert(has_state(&market, &viewers[0].viewer, LIST_IN_PROGRESS, STATE_TO_PARTNER));
    ck_assert(has_state(&market, &viewers[0].viewer, LIST_IN_PROGRESS, STATE_TO_CUSTOMER));
    page = page_of(&market, &viewers[2].viewer, LIST_PENDING_PARTNER, "");
    for (size_t i = 0; i < page.count; i++) {
        const char *words =
            offer_status_words(&page.rows[i].offer, PARTY_PARTNER, market.today);

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

    demo_open(&market, "2023-10-16", REAL_NOW);
    now = settings_now(&market.settings, &market.fake.world);
    for (size_t i = 0; i < 2; i++) {
        page = page_of(&market, &viewers[i].viewer, LIST_ALL, "");
        count += page.count;
        for (size_t k = 0; k < page.count; k++)
            ck_assert_int_lt(page.rows[k].changed_at, now);
    }
    ck_assert_uint_ge(count, 20);
    ck_assert_uint_le(count, 25);
    demo_close(&market);
}
END_TEST

START_TEST(what_is_in_progress_is_published_when_its_days_have_passed)
{
    struct demo_market market;
    int published = 0;

    demo_open(&market, "2023-10-16", REAL_NOW);
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
    ck_assert(has_state(&market, &viewers[6].viewer, LIST_PENDING_ACCEPTANCE,
                        STATE_PENDING_ACCEPTANCE));
    ck_assert_uint_eq(page_of(&market, &viewers[0].viewer, LIST_IN_PROGRESS, "").count, 0);
    demo_close(&market);
}
END_TEST

/* --- the deal of LAW 20 ------------------------------------------------------------------------ */

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

    act.viewer = (struct viewer){PARTY_ISV, "90417001"};
    act.person = "demo-isv";
    act.role = ROLE_ACCOUNT_OWNER;
    ck_assert_int_eq(action_offer_create(&act, &answers, problems, &id), OK);
    ck_assert_int_eq(
        action_rows_add(&act, id, rev_of(&act, id), plans, COUNT(plans), problems), OK);
    ck_assert_int_eq(
        action_draft_save(&act, id, rev_of(&act, id), &answers, &nothing, problems), OK);
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

    demo_open(&market, days[_i], REAL_NOW);
    submit_the_deal(&market);
    demo_close(&market);
}
END_TEST

START_TEST(the_deal_stays_possible_for_three_months)
{
    struct demo_market market;

    demo_open(&market, "2023-10-16", REAL_NOW);
    market.today = day_add(market.today, 92);
    market.fake.now += 92 * SECONDS_PER_DAY;
    submit_the_deal(&market);
    demo_close(&market);
}
END_TEST

/* --- people and accounts ----------------------------------------------------------------------- */

static const struct {
    const char *email;
    const char *account;
    enum publisher_role role;
    int billing; /* enum billing_role on billing_account, -1 for none */
    const char *billing_account;
} sign_ins[] = {
    {"isv@demo.example", "Brightwater Software", ROLE_ACCOUNT_OWNER, -1, ORCHID},
    {"isv-manager@demo.example", "Brightwater Software", ROLE_MANAGER, -1, ORCHID},
    {"isv-developer@demo.example", "Brightwater Software", ROLE_DEVELOPER, -1, ORCHID},
    {"isv-marketer@demo.example", "Brightwater Software", ROLE_MARKETER, -1, ORCHID},
    {"isv-finance@demo.example", "Brightwater Software", ROLE_FINANCIAL_CONTRIBUTOR, -1, ORCHID},
    {"isv2@demo.example", "Tern Analytics", ROLE_ACCOUNT_OWNER, -1, ORCHID},
    {"partner@demo.example", "Halden Cloud Partners", ROLE_ACCOUNT_OWNER, -1, ORCHID},
    {"partner-manager@demo.example", "Halden Cloud Partners", ROLE_MANAGER, -1, ORCHID},
    {"partner2@demo.example", "Kestrel Advisory", ROLE_ACCOUNT_OWNER, -1, ORCHID},
    {"customer@demo.example", "Orchid Freight", ROLE_NONE, BILLING_OWNER, ORCHID},
    {"owner2@demo.example", "Orchid Freight", ROLE_NONE, BILLING_OWNER, ORCHID},
    {"contributor@demo.example", "Orchid Freight", ROLE_NONE, BILLING_CONTRIBUTOR, ORCHID},
    {"signatory@demo.example", "Orchid Freight", ROLE_NONE, BILLING_SIGNATORY, ORCHID},
    {"reader@demo.example", "Orchid Freight", ROLE_NONE, BILLING_READER, ORCHID},
    {"buyer@demo.example", "Orchid Freight", ROLE_NONE, -1, ORCHID},
    {"reservations@demo.example", "Orchid Freight", ROLE_NONE, -1, ORCHID},
    {"ea-admin@demo.example", "Larkspur Retail", ROLE_NONE, BILLING_ENTERPRISE_ADMINISTRATOR,
     "7123456"},
    {"mosp@demo.example", "Juniper Studio", ROLE_NONE, BILLING_ACCOUNT_ADMINISTRATOR,
     "5e0c41a9-72d4-4f3b-9c86-1d2a7be40f35"},
    {"operator@demo.example", "", ROLE_NONE, -1, ORCHID},
};

START_TEST(everybody_signs_in_with_the_one_password_in_their_role)
{
    struct demo_market market;
    struct hasher *hasher = temp_hasher();

    demo_open(&market, "2023-10-16", REAL_NOW);
    for (size_t i = 0; i < COUNT(sign_ins); i++) {
        struct person person;
        enum billing_role role;
        bool matches = false;
        bool outdated = false;
        enum err held;

        ck_assert_int_eq(person_by_email(market.temp.reader, market.temp.arena, sign_ins[i].email,
                                         &person),
                         OK);
        ck_assert_int_eq(password_check(hasher, person.password, "demo-tripact-2026", &matches,
                                        &outdated),
                         OK);
        ck_assert_msg(matches, "%s", sign_ins[i].email);
        ck_assert_str_eq(person.account_name, sign_ins[i].account);
        ck_assert_int_eq(person.role, sign_ins[i].role);
        ck_assert_int_eq(person.operator, text_starts(sign_ins[i].email, "operator"));
        held = billing_role_of(market.temp.reader, sign_ins[i].billing_account, person.id, &role);
        ck_assert_int_eq(held, sign_ins[i].billing < 0 ? ERR_ABSENT : OK);
        if (held == OK)
            ck_assert_int_eq(role, sign_ins[i].billing);
    }
    demo_close(&market);
    hasher_close(hasher);
}
END_TEST

static unsigned
seller_ineligible(struct demo_market *market, const char *id, bool as_partner)
{
    struct publisher publisher;

    ck_assert_int_eq(publisher_by_id(market->temp.reader, market->temp.arena, id, &publisher), OK);
    return as_partner ? partner_ineligible(&publisher) : isv_ineligible(&publisher);
}

START_TEST(accounts_are_as_eligible_as_they_should_be)
{
    struct demo_market market;

    demo_open(&market, "2023-10-16", REAL_NOW);
    ck_assert_uint_eq(seller_ineligible(&market, "90417001", false), 0);
    ck_assert_uint_eq(seller_ineligible(&market, "90417010", false), 0);
    ck_assert_uint_eq(seller_ineligible(&market, "90417726", true), 0);
    ck_assert_uint_eq(seller_ineligible(&market, "90417727", true), 0);
    ck_assert_uint_eq(seller_ineligible(&market, "90417728", true), INELIGIBLE_TAX_PROFILE);
    ck_assert_uint_eq(seller_ineligible(&market, "90417729", true), INELIGIBLE_TAX_PROFILE);
    ck_assert_uint_eq(seller_ineligible(&market, "90417011", false), INELIGIBLE_NOT_ENROLLED);
    demo_close(&market);
}
END_TEST

START_TEST(billing_accounts_are_what_they_should_be)
{
    static const struct {
        const char *id;
        enum agreement agreement;
        bool eligible;
    } expected[] = {
        {ORCHID, AGREEMENT_MCA, true},
        {"7123456", AGREEMENT_EA, true},
        {"5e0c41a9-72d4-4f3b-9c86-1d2a7be40f35", AGREEMENT_WEB_DIRECT, true},
        {"8123456", AGREEMENT_EA, false},
    };
    struct demo_market market;

    demo_open(&market, "2023-10-16", REAL_NOW);
    for (size_t i = 0; i < COUNT(expected); i++) {
        struct billing_account account;

        ck_assert(billing_account_id_valid(expected[i].id));
        ck_assert_int_eq(billing_account_find(market.temp.reader, market.temp.arena,
                                              expected[i].id, &account),
                         OK);
        ck_assert_int_eq(account.agreement, expected[i].agreement);
        ck_assert_int_eq(billing_account_eligible(&account), expected[i].eligible);
    }
    demo_close(&market);
}
END_TEST

/* Halden filed for its home state a year ago, Kestrel never did. */
START_TEST(one_partner_has_a_certificate)
{
    struct demo_market market;
    struct publisher partner;
    struct certificates certificates;

    demo_open(&market, "2023-10-16", REAL_NOW);
    ck_assert_int_eq(
        publisher_by_id(market.temp.reader, market.temp.arena, "90417726", &partner), OK);
    ck_assert_str_eq(partner.hq_state, "WA");
    ck_assert_int_eq(
        certificates_of(market.temp.reader, market.temp.arena, "90417726", &certificates), OK);
    ck_assert_uint_eq(certificates.count, 1);
    ck_assert_str_eq(day_iso(market.temp.arena, certificates.rows[0].filed_on), "2022-10-16");
    ck_assert(!partner_taxable(&partner, certificates.rows, certificates.count, market.today));
    ck_assert_int_eq(
        certificates_of(market.temp.reader, market.temp.arena, "90417727", &certificates), OK);
    ck_assert_uint_eq(certificates.count, 0);
    demo_close(&market);
}
END_TEST

/* Nothing reads these tables yet, so the test asks them itself. */
static int
count_of(struct demo_market *market, const char *sql)
{
    sqlite3 *file = NULL;
    sqlite3_stmt *statement = NULL;
    int count;

    ck_assert_int_eq(sqlite3_open_v2(market->temp.path, &file, SQLITE_OPEN_READONLY, NULL),
                     SQLITE_OK);
    ck_assert_int_eq(sqlite3_prepare_v2(file, sql, -1, &statement, NULL), SQLITE_OK);
    ck_assert_int_eq(sqlite3_step(statement), SQLITE_ROW);
    count = sqlite3_column_int(statement, 0);
    sqlite3_finalize(statement);
    sqlite3_close(file);
    return count;
}

START_TEST(subscriptions_and_the_commitment_are_there)
{
    struct demo_market market;

    demo_open(&market, "2023-10-16", REAL_NOW);
    ck_assert_int_eq(count_of(&market, "SELECT COUNT(*) FROM azure_subscription s"
                                       " JOIN azure_member m ON m.subscription = s.id"
                                       " WHERE (s.name, s.tag_policy, m.person, m.role) IN"
                                       " (VALUES ('Production', 'none', 'demo-buyer', 'contributor'),"
                                       " ('Sandbox', 'required', 'demo-buyer', 'reader'),"
                                       " ('Production', 'none', 'demo-reservations',"
                                       " 'reservation_purchaser'))"),
                     3);
    ck_assert_int_eq(count_of(&market, "SELECT COUNT(*) FROM azure_member"), 3);
    ck_assert_int_eq(count_of(&market, "SELECT amount_cents FROM commitment WHERE status = 'active'"
                                       " AND start_on <= '2023-10-16' AND end_on > '2024-01-31'"),
                     5000000);
    demo_close(&market);
}
END_TEST

/* --- the catalogue ----------------------------------------------------------------------------- */

static const struct {
    const char *product;
    const char *product_name;
    const char *plan;
    const char *plan_name;
    const char *point;
    const char *words;
    const char *price;
} prices[] = {
    {"ledgerline", "Ledgerline", "pro", "Pro", "term-1", "1-month, paid monthly", "$100.00"},
    {"ledgerline", "Ledgerline", "pro", "Pro", "term-12", "1-year, one payment upfront",
     "$1,200.00"},
    {"ledgerline", "Ledgerline", "pro", "Pro", "meter-emails", "Meter: 100 emails", "$1.00"},
    {"ledgerline", "Ledgerline", "enterprise", "Enterprise", "term-12",
     "1-year, one payment upfront", "$12,000.00"},
    {"ledgerline", "Ledgerline", "enterprise", "Enterprise", "term-36",
     "3-year, 3 annual payments", "$36,000.00"},
    {"ledgerline", "Ledgerline", "starter", "Starter", "term-1", "1-month, paid monthly",
     "$30.00"},
    {"ledgerline", "Ledgerline", "internal", "Internal", "term-12", "1-year, one payment upfront",
     "$900.00"},
    {"ledgerline-seats", "Ledgerline Seats", "team", "Team", "user-1",
     "1-month, paid monthly, per user", "$15.00"},
    {"ledgerline-seats", "Ledgerline Seats", "team", "Team", "user-12",
     "1-year, one payment upfront, per user", "$240.00"},
    {"harbor-ingest", "Harbor Ingest", "ops", "Ops", "month", "Monthly fee", "$250.00"},
    {"harbor-ingest", "Harbor Ingest", "ops", "Ops", "meter-gb-ingested", "Meter: GB ingested",
     "$0.02"},
    {"harbor-ingest", "Harbor Ingest", "ops", "Ops", "meter-gb-month-kept",
     "Meter: GB-month kept", "$2.00"},
    {"harbor-ingest", "Harbor Ingest", "base", "Base", "month", "Monthly fee", "$200.00"},
    {"harbor-gateway", "Harbor Gateway", "flow", "Flow", "hour", "Per vCPU and hour",
     "$0.400000"},
    {"harbor-gateway-flat", "Harbor Gateway Flat", "flat", "Flat", "hour", "Per hour",
     "$1.000000"},
    {"harbor-gateway-sized", "Harbor Gateway Sized", "sized", "Sized", "hour-2",
     "Per hour, 2 vCPU", "$0.400000"},
    {"harbor-gateway-sized", "Harbor Gateway Sized", "sized", "Sized", "hour-4",
     "Per hour, 4 vCPU", "$0.760000"},
    {"harbor-gateway-sized", "Harbor Gateway Sized", "sized", "Sized", "hour-8",
     "Per hour, 8 vCPU", "$1.440000"},
};

START_TEST(list_prices_are_the_promised_ones)
{
    struct demo_market market;

    demo_open(&market, "2023-10-16", REAL_NOW);
    for (size_t i = 0; i < COUNT(prices); i++) {
        struct plan *plan = NULL;
        bool found = false;

        ck_assert_int_eq(plan_load(market.temp.reader, market.temp.arena, prices[i].product,
                                   prices[i].plan, &plan),
                         OK);
        ck_assert_str_eq(plan->product_name, prices[i].product_name);
        ck_assert_str_eq(plan->name, prices[i].plan_name);
        for (size_t k = 0; k < plan->point_count; k++) {
            const struct price_point *point = &plan->points[k];

            if (!text_equal(point->id, prices[i].point))
                continue;
            found = true;
            ck_assert_str_eq(point_words(market.temp.arena, plan, point), prices[i].words);
            ck_assert_str_eq(amount_show(market.temp.arena, point->list), prices[i].price);
        }
        ck_assert_msg(found, "%s %s", prices[i].plan, prices[i].point);
    }
    demo_close(&market);
}
END_TEST

static const struct plan *
plan_of(struct demo_market *market, const char *product, const char *id)
{
    struct plan *plan = NULL;

    ck_assert_int_eq(plan_load(market->temp.reader, market->temp.arena, product, id, &plan), OK);
    return plan;
}

START_TEST(plans_have_their_other_facts)
{
    struct demo_market market;

    demo_open(&market, "2023-10-16", REAL_NOW);
    ck_assert(plan_of(&market, "ledgerline", "pro")->commitment_eligible);
    ck_assert(plan_of(&market, "harbor-ingest", "ops")->commitment_eligible);
    ck_assert(!plan_of(&market, "ledgerline-seats", "team")->commitment_eligible);
    ck_assert_int_eq(plan_of(&market, "ledgerline", "starter")->trial_months, 1);
    ck_assert(!plan_of(&market, "ledgerline", "internal")->is_public);
    ck_assert_int_eq(plan_of(&market, "ledgerline-seats", "team")->min_users, 5);
    ck_assert_int_eq(plan_of(&market, "ledgerline-seats", "team")->max_users, 500);
    ck_assert_int_eq(count_of(&market, "SELECT COUNT(*) FROM plan WHERE"
                                       " (id, saving_1y_e8, saving_3y_e8) IN"
                                       " (VALUES ('flow', 3000000000, 5000000000),"
                                       " ('flat', 3000000000, -1), ('sized', -1, -1))"),
                     3);
    demo_close(&market);
}
END_TEST

/* Internal is private, one plan is BYOL, one product sold in AppSource only: nine plans remain. */
START_TEST(pickers_show_what_can_be_sold)
{
    static const char *const names[] = {"Flow",    "Flat", "Sized", "Base", "Ops", "Enterprise",
                                        "Pro", "Starter", "Team"};
    struct demo_market market;
    struct plans plans = {0};

    demo_open(&market, "2023-10-16", REAL_NOW);
    ck_assert_int_eq(
        plans_selectable(market.temp.reader, market.temp.arena, "90417001", "", &plans), OK);
    ck_assert_uint_eq(plans.count, COUNT(names));
    for (size_t i = 0; i < plans.count; i++)
        ck_assert_str_eq(plans.rows[i].name, names[i]);
    demo_close(&market);
}
END_TEST

/* --- empty or not ------------------------------------------------------------------------------ */

START_TEST(a_store_is_filled_once)
{
    struct demo_market market;
    struct hasher *hasher = temp_hasher();
    struct settings stored;
    bool empty = true;

    demo_open(&market, "2023-10-16", REAL_NOW);
    ck_assert_int_eq(market_is_empty(market.temp.reader, market.temp.arena, &empty), OK);
    ck_assert(!empty);
    read_end(market.temp.reader);
    market.settings.clock_offset_s += SECONDS_PER_DAY;
    ck_assert_int_eq(
        demo_fill(market.temp.store, hasher, &market.fake.world, &market.settings), ERR_CLOSED);
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

Suite *
demo_suite(void)
{
    Suite *suite = suite_create("demo");
    TCase *content = tcase_create("content");
    TCase *accounts = tcase_create("accounts");

    tcase_set_timeout(content, 60);
    tcase_add_test(content, two_markets_of_one_day_show_the_same);
    tcase_add_test(content, links_and_password_hashes_differ_between_markets);
    tcase_add_test(content, every_party_sees_every_status_it_can);
    tcase_add_test(content, both_kinds_of_in_progress_and_both_pending_partner_actions_are_there);
    tcase_add_test(content, about_twenty_offers_and_none_of_them_in_the_future);
    tcase_add_test(content, what_is_in_progress_is_published_when_its_days_have_passed);
    tcase_add_loop_test(content, the_deal_is_possible_on_any_day, 0, (int)COUNT(days));
    tcase_add_test(content, the_deal_stays_possible_for_three_months);
    tcase_add_test(content, a_store_is_filled_once);
    tcase_add_test(content, a_new_store_is_empty);
    suite_add_tcase(suite, content);

    tcase_set_timeout(accounts, 60);
    tcase_add_test(accounts, everybody_signs_in_with_the_one_password_in_their_role);
    tcase_add_test(accounts, accounts_are_as_eligible_as_they_should_be);
    tcase_add_test(accounts, billing_accounts_are_what_they_should_be);
    tcase_add_test(accounts, one_partner_has_a_certificate);
    tcase_add_test(accounts, subscriptions_and_the_commitment_are_there);
    tcase_add_test(accounts, list_prices_are_the_promised_ones);
    tcase_add_test(accounts, plans_have_their_other_facts);
    tcase_add_test(accounts, pickers_show_what_can_be_sold);
    suite_add_tcase(suite, accounts);
    return suite;
}

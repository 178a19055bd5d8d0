/*
 * purchases_test.c: purchases come back as they went in, in pages, to those whose they are alone; a
 * save that is late changes nothing; what time brings next is found by its day.
 */
#include <check.h>
#include <sqlite3.h>
#include <string.h>

#include "base/text.h"
#include "store/accounts.h"
#include "store/purchases.h"
#include "store/subscriptions.h"
#include "support/deal_market.h"
#include "support/many_offers.h"

Suite *purchases_suite(void);

#define ELSEWHERE_ACCOUNT "1234567"
#define ELSEWHERE_SUBSCRIPTION "5a1d0f3c-7e42-4b68-9a05-c3b7d1e8f264"
#define BOUGHT_AT INT64_C(1697792400) /* 20 October 2023, 09:00 */

static struct deal_market market;
static const char *offer;

static void
setup(void)
{
    struct azure_subscription subscription = {
        .id = ELSEWHERE_SUBSCRIPTION, .name = "Theirs", .billing_account = ELSEWHERE_ACCOUNT};
    struct offer_made made = offer_made_extended(1);
    struct billing_account account;
    struct db *db;

    deal_market_open(&market, NULL);
    db = temp_write(&market.temp);
    made.state = STATE_ACCEPTED;
    offer_make(db, market.temp.arena, &made);
    offer = offer_made_id(market.temp.arena, 1);
    ck_assert_int_eq(billing_account_find(db, market.temp.arena, DEAL_ACCOUNT, &account), OK);
    account.id = ELSEWHERE_ACCOUNT;
    account.organisation = "elsewhere";
    ck_assert_int_eq(billing_account_insert(db, &account), OK);
    ck_assert_int_eq(azure_subscription_insert(db, &subscription), OK);
    temp_keep(&market.temp, db);
}

static void
teardown(void)
{
    deal_market_close(&market);
}

/* A subscription to Pro through the offer; its id begins with the number. */
static struct purchase
made_of(unsigned number)
{
    return (struct purchase){
        .id = offer_made_id(market.temp.arena, number),
        .kind = PURCHASE_SAAS,
        .state = PURCHASE_PENDING,
        .organisation = DEAL_ORGANISATION,
        .billing_account = DEAL_ACCOUNT,
        .azure_subscription = DEAL_SUBSCRIPTION,
        .resource_group = DEAL_GROUP,
        .name = "Ours",
        .tags = "cost=42",
        .order_reference = "PO 7",
        .person = "contributor",
        .isv = DEAL_ISV,
        .product = "suite",
        .plan = "pro",
        .plan_name = "Pro for us",
        .offer = offer,
        .row = 1,
        .partner = DEAL_PARTNER,
        .term_months = 12,
        .quantity = 3,
        .min_users = 2,
        .max_users = 9,
        .recurring = true,
        .renews_through = day_make(2023, 12, 31),
        .bought_at = BOUGHT_AT,
        .anchor_on = DAY_NONE,
        .usage_on = DAY_NONE,
    };
}

static void
insert(const struct purchase *purchase)
{
    struct db *db = temp_write(&market.temp);

    ck_assert_int_eq(purchase_insert(db, market.temp.arena, purchase, "key"), OK);
    temp_keep(&market.temp, db);
}

static enum err
load(enum party party, const char *account, unsigned number, struct purchase *purchase)
{
    const struct viewer viewer = {party, account, TEST_DAY};

    return purchase_load(market.temp.reader, market.temp.arena, &viewer,
                         offer_made_id(market.temp.arena, number), purchase);
}

static void
saved(struct purchase *purchase, enum err expected)
{
    struct db *db = temp_write(&market.temp);

    ck_assert_int_eq(purchase_save(db, market.temp.arena, purchase), expected);
    temp_keep(&market.temp, db);
}

/* ---- One purchase --------------------------------------------------------------------------- */

START_TEST(a_purchase_comes_back_with_its_names)
{
    struct purchase purchase = made_of(7);
    struct purchase found;
    const char *key = NULL;

    insert(&purchase);
    ck_assert_int_eq(load(PARTY_CUSTOMER, DEAL_ORGANISATION, 7, &found), OK);
    ck_assert_str_eq(found.id, purchase.id);
    ck_assert_int_eq(found.kind, PURCHASE_SAAS);
    ck_assert_int_eq(found.state, PURCHASE_PENDING);
    ck_assert_int_eq(found.ending, PURCHASE_RUNNING);
    ck_assert_int_eq(found.version, 1);
    ck_assert_str_eq(found.organisation_name, "Northwind");
    ck_assert_str_eq(found.azure_name, "Production");
    ck_assert_str_eq(found.resource_group, DEAL_GROUP);
    ck_assert_str_eq(found.name, "Ours");
    ck_assert_str_eq(found.tags, "cost=42");
    ck_assert_str_eq(found.order_reference, "PO 7");
    ck_assert_str_eq(found.person_name, "Person contributor");
    ck_assert_str_eq(found.isv_name, "Contoso");
    ck_assert_str_eq(found.product_name, "Suite");
    ck_assert_str_eq(found.plan_name, "Pro for us");
    ck_assert_int_eq(found.model, MODEL_FLAT_RATE);
    ck_assert_str_eq(found.offer_name, "Offer");
    ck_assert_str_eq(found.partner_name, "Fabrikam");
    ck_assert_int_eq(found.row, 1);
    ck_assert_int_eq(found.term_months, 12);
    ck_assert_int_eq(found.quantity, 3);
    ck_assert_int_eq(found.next_quantity, 3);
    ck_assert_int_eq(found.min_users, 2);
    ck_assert_int_eq(found.max_users, 9);
    ck_assert(found.recurring);
    ck_assert_int_eq(found.renews_through.number, day_make(2023, 12, 31).number);
    ck_assert_int_eq(found.bought_at, BOUGHT_AT);
    ck_assert_int_eq(found.configured_at, 0);
    ck_assert(day_is_none(found.anchor_on) && day_is_none(found.usage_on));
    ck_assert_int_eq(found.term, 1);
    ck_assert_int_eq(purchase_landing_key(market.temp.reader, market.temp.arena, found.id, &key),
                     OK);
    ck_assert_str_eq(key, "key");
    ck_assert_int_eq(purchase_landing_key(market.temp.reader, market.temp.arena, "none", &key),
                     ERR_ABSENT);
}
END_TEST

START_TEST(a_public_plan_has_no_offer)
{
    struct purchase purchase = made_of(7);
    struct purchase found;

    purchase.offer = "";
    purchase.partner = "";
    purchase.row = 0;
    insert(&purchase);
    ck_assert_int_eq(load(PARTY_ISV, DEAL_ISV, 7, &found), OK);
    ck_assert_str_eq(found.offer, "");
    ck_assert_str_eq(found.offer_name, "");
    ck_assert_str_eq(found.partner, "");
    ck_assert_str_eq(found.partner_name, "");
    ck_assert_int_eq(load(PARTY_PARTNER, DEAL_PARTNER, 7, &found), ERR_ABSENT);
}
END_TEST

START_TEST(a_save_keeps_what_can_change)
{
    struct purchase purchase = made_of(7);
    struct purchase late;
    struct purchase found;

    insert(&purchase);
    ck_assert_int_eq(load(PARTY_CUSTOMER, DEAL_ORGANISATION, 7, &purchase), OK);
    late = purchase;
    ck_assert_int_eq(
        purchase_advance(&purchase, PURCHASE_CONFIGURE, PARTY_CUSTOMER, BOUGHT_AT + 60), OK);
    ck_assert_int_eq(purchase_advance(&purchase, PURCHASE_ACTIVATE, PARTY_ISV, BOUGHT_AT + 120),
                     OK);
    purchase.contact = "ops@northwind.example";
    purchase.next_quantity = 5;
    purchase.recurring = false;
    purchase.charge_count = 4;
    purchase_paid(&purchase);
    saved(&purchase, OK);
    ck_assert_int_eq(purchase.version, 2);
    ck_assert_int_eq(load(PARTY_CUSTOMER, DEAL_ORGANISATION, 7, &found), OK);
    ck_assert_int_eq(found.version, 2);
    ck_assert_int_eq(found.state, PURCHASE_SUBSCRIBED);
    ck_assert_str_eq(found.contact, "ops@northwind.example");
    ck_assert_int_eq(found.configured_at, BOUGHT_AT + 60);
    ck_assert_int_eq(found.activated_at, BOUGHT_AT + 120);
    ck_assert_int_eq(found.next_quantity, 5);
    ck_assert(!found.recurring);
    ck_assert_int_eq(found.charge_count, 4);
    ck_assert_int_eq(found.paid_months, 12);
    ck_assert_int_eq(found.anchor_on.number, day_make(2023, 10, 20).number);
    ck_assert_int_eq(found.usage_on.number, day_make(2023, 10, 1).number);

    /* somebody who read it before: nothing is changed */
    late.name = "Theirs";
    late.quantity = 9;
    saved(&late, ERR_STALE);
    ck_assert_int_eq(load(PARTY_CUSTOMER, DEAL_ORGANISATION, 7, &found), OK);
    ck_assert_int_eq(found.quantity, 3);
    ck_assert_int_eq(found.version, 2);
}
END_TEST

/* ---- Walls (LAW 5) -------------------------------------------------------------------------- */

static const struct viewer strangers[] = {
    {PARTY_ISV, DEAL_OTHER_ISV, {TEST_DAY_NUMBER}},
    {PARTY_ISV, DEAL_PARTNER, {TEST_DAY_NUMBER}},
    {PARTY_ISV, "", {TEST_DAY_NUMBER}},
    {PARTY_PARTNER, DEAL_OTHER_PARTNER, {TEST_DAY_NUMBER}},
    {PARTY_PARTNER, DEAL_ISV, {TEST_DAY_NUMBER}},
    {PARTY_PARTNER, "", {TEST_DAY_NUMBER}},
    {PARTY_CUSTOMER, "elsewhere", {TEST_DAY_NUMBER}},
    {PARTY_CUSTOMER, DEAL_ACCOUNT, {TEST_DAY_NUMBER}},
    {PARTY_CUSTOMER, "", {TEST_DAY_NUMBER}},
};

static struct purchases
page_of(const struct purchase_query *query)
{
    struct purchases page;

    ck_assert_int_eq(purchases_page(market.temp.reader, market.temp.arena, query, &page), OK);
    return page;
}

START_TEST(nobody_finds_the_purchases_of_others)
{
    const struct purchase purchase = made_of(7);
    struct purchases waiting;
    struct purchase found;

    insert(&purchase);
    for (size_t i = 0; i < COUNT(strangers); i++) {
        struct purchase_query query = {
            .viewer = strangers[i], .offer = offer, .saas_only = true, .before_id = ""};

        ck_assert_int_eq(load(strangers[i].party, strangers[i].account, 7, &found), ERR_ABSENT);
        ck_assert_uint_eq(page_of(&query).count, 0);
        if (strangers[i].party == PARTY_PARTNER)
            continue; /* it lists purchases of an offer alone */
        query.offer = "";
        ck_assert_uint_eq(page_of(&query).count, 0);
    }
    ck_assert_int_eq(
        purchases_to_activate(market.temp.reader, market.temp.arena, DEAL_OTHER_ISV, &waiting), OK);
    ck_assert_uint_eq(waiting.count, 0);
    ck_assert_int_eq(load(PARTY_ISV, DEAL_ISV, 7, &found), OK);
    ck_assert_int_eq(load(PARTY_PARTNER, DEAL_PARTNER, 7, &found), OK);
    ck_assert_int_eq(load(PARTY_OPERATOR, "", 7, &found), OK);
    ck_assert_int_eq(load(PARTY_OPERATOR, "", 8, &found), ERR_ABSENT);
}
END_TEST

/* LAW 5: of whom, where and what for, sellers read nothing; the partner not even whom to write to.
 */
START_TEST(sellers_read_what_was_bought_and_no_more)
{
    static const struct {
        enum party party;
        const char *account;
        const char *texts;
    } rows[] = {
        {PARTY_CUSTOMER, DEAL_ORGANISATION,
         "Northwind Ours ops@northwind.example " DEAL_SUBSCRIPTION
         " Production production cost=42 PO 7 contributor Person contributor"},
        {PARTY_OPERATOR, "",
         "Northwind Ours ops@northwind.example " DEAL_SUBSCRIPTION
         " Production production cost=42 PO 7 contributor Person contributor"},
        {PARTY_ISV, DEAL_ISV, "Northwind Ours ops@northwind.example       "},
        {PARTY_PARTNER, DEAL_PARTNER, "Northwind Ours        "},
    };
    struct purchase purchase = made_of(7);

    insert(&purchase);
    ck_assert_int_eq(load(PARTY_CUSTOMER, DEAL_ORGANISATION, 7, &purchase), OK);
    purchase.contact = "ops@northwind.example";
    saved(&purchase, OK);
    for (size_t i = 0; i < COUNT(rows); i++) {
        const struct purchase_query query = {{rows[i].party, rows[i].account, TEST_DAY},
                                             rows[i].party == PARTY_OPERATOR ? "" : offer,
                                             true,
                                             0,
                                             ""};
        struct purchase found[2];

        ck_assert_int_eq(load(rows[i].party, rows[i].account, 7, &found[0]), OK);
        found[1] = page_of(&query).rows[0];
        for (size_t k = 0; k < COUNT(found); k++)
            ck_assert_str_eq(arena_format(market.temp.arena, "%s %s %s %s %s %s %s %s %s %s",
                                          found[k].organisation_name, found[k].name,
                                          found[k].contact, found[k].azure_subscription,
                                          found[k].azure_name, found[k].resource_group,
                                          found[k].tags, found[k].order_reference, found[k].person,
                                          found[k].person_name),
                             rows[i].texts);
    }
}
END_TEST

/* ---- Pages ---------------------------------------------------------------------------------- */

/* Newest first; of one second, by id downwards. equal: all of one second. */
static void
walk(struct purchase_query query, unsigned count, bool equal)
{
    unsigned number = count;

    while (number > 0) {
        struct purchases page = page_of(&query);
        unsigned expected = number < LIMIT_LIST_ROWS ? number : LIMIT_LIST_ROWS;

        ck_assert_uint_eq(page.count, expected);
        for (unsigned i = 0; i < expected; i++, number--)
            ck_assert_str_eq(page.rows[i].id, offer_made_id(market.temp.arena, number));
        ck_assert_int_eq(page.more, number > 0);
        query.before_at = page.rows[expected - 1].bought_at;
        query.before_id = page.rows[expected - 1].id;
        ck_assert_int_eq(query.before_at, equal ? BOUGHT_AT : BOUGHT_AT + number + 1);
    }
    ck_assert_uint_eq(page_of(&query).count, 0);
}

static void
walk_everything(bool equal)
{
    struct db *db = temp_write(&market.temp);
    const struct purchase_query queries[] = {
        {{PARTY_CUSTOMER, DEAL_ORGANISATION, TEST_DAY}, "", false, 0, ""},
        {{PARTY_CUSTOMER, DEAL_ORGANISATION, TEST_DAY}, offer, false, 0, ""},
        {{PARTY_ISV, DEAL_ISV, TEST_DAY}, "", false, 0, ""},
        {{PARTY_ISV, DEAL_ISV, TEST_DAY}, offer, true, 0, ""},
        {{PARTY_PARTNER, DEAL_PARTNER, TEST_DAY}, offer, true, 0, ""},
        {{PARTY_OPERATOR, "", TEST_DAY}, "", true, 0, ""},
    };

    for (unsigned i = 1; i <= 60; i++) {
        struct purchase purchase = made_of(i);

        purchase.bought_at = equal ? BOUGHT_AT : BOUGHT_AT + i;
        ck_assert_int_eq(purchase_insert(db, market.temp.arena, &purchase, "key"), OK);
    }
    temp_keep(&market.temp, db);
    for (size_t i = 0; i < COUNT(queries); i++)
        walk(queries[i], 60, equal);
}

START_TEST(pages_hold_every_purchase_once)
{
    walk_everything(false);
}
END_TEST

START_TEST(pages_hold_every_purchase_once_when_all_are_of_one_second)
{
    walk_everything(true);
}
END_TEST

START_TEST(a_full_last_page_has_nothing_after_it)
{
    const struct purchase_query query = {{PARTY_ISV, DEAL_ISV, TEST_DAY}, "", false, 0, ""};

    for (unsigned i = 1; i <= LIMIT_LIST_ROWS; i++) {
        const struct purchase purchase = made_of(i);

        insert(&purchase);
    }
    ck_assert_uint_eq(page_of(&query).count, LIMIT_LIST_ROWS);
    ck_assert(!page_of(&query).more);
}
END_TEST

/* View status knows SaaS alone (LAW 11); the customer's list knows all, the operator's one kind. */
START_TEST(only_saas_has_a_status_to_view)
{
    struct purchase_query query = {{PARTY_ISV, DEAL_ISV, TEST_DAY}, offer, true, 0, ""};
    struct purchase one = made_of(1);
    struct purchase two = made_of(2);
    struct purchase three = made_of(3);

    two.kind = PURCHASE_VM;
    two.state = PURCHASE_SUBSCRIBED;
    two.term_months = 0;
    two.activated_at = BOUGHT_AT;
    two.anchor_on = day_make(2023, 10, 20);
    two.usage_on = day_make(2023, 10, 1);
    three.organisation = "elsewhere";
    three.billing_account = ELSEWHERE_ACCOUNT;
    three.azure_subscription = ELSEWHERE_SUBSCRIPTION;
    three.person = "stranger";
    three.offer = "";
    three.partner = "";
    insert(&one);
    insert(&two);
    insert(&three);
    ck_assert_uint_eq(page_of(&query).count, 1);
    ck_assert_str_eq(page_of(&query).rows[0].id, one.id);
    query.viewer = (struct viewer){PARTY_PARTNER, DEAL_PARTNER, TEST_DAY};
    ck_assert_uint_eq(page_of(&query).count, 1);
    query.viewer = (struct viewer){PARTY_CUSTOMER, DEAL_ORGANISATION, TEST_DAY};
    ck_assert_uint_eq(page_of(&query).count, 2);
    query.offer = "";
    ck_assert_uint_eq(page_of(&query).count, 2);
    query.viewer = (struct viewer){PARTY_CUSTOMER, "elsewhere", TEST_DAY};
    ck_assert_uint_eq(page_of(&query).count, 1);
    ck_assert_str_eq(page_of(&query).rows[0].id, three.id);
    query.viewer = (struct viewer){PARTY_OPERATOR, "", TEST_DAY};
    ck_assert_uint_eq(page_of(&query).count, 2);
    query.saas_only = false;
    ck_assert_uint_eq(page_of(&query).count, 1);
    ck_assert_str_eq(page_of(&query).rows[0].id, two.id);
}
END_TEST

/* ---- What waits ----------------------------------------------------------------------------- */

START_TEST(the_oldest_to_activate_come_first)
{
    struct purchases waiting;

    for (unsigned i = 1; i <= LIMIT_LIST_ROWS + 2; i++) {
        struct purchase purchase = made_of(i);

        purchase.bought_at += i;
        insert(&purchase);
        if (i == 1)
            continue; /* not configured */
        ck_assert_int_eq(load(PARTY_CUSTOMER, DEAL_ORGANISATION, i, &purchase), OK);
        ck_assert_int_eq(
            purchase_advance(&purchase, PURCHASE_CONFIGURE, PARTY_CUSTOMER, BOUGHT_AT + 100), OK);
        saved(&purchase, OK);
    }
    ck_assert_int_eq(
        purchases_to_activate(market.temp.reader, market.temp.arena, DEAL_ISV, &waiting), OK);
    ck_assert_uint_eq(waiting.count, LIMIT_LIST_ROWS);
    ck_assert(waiting.more);
    ck_assert_str_eq(waiting.rows[0].id, offer_made_id(market.temp.arena, 2));
    ck_assert_str_eq(waiting.rows[24].id, offer_made_id(market.temp.arena, 26));
}
END_TEST

static const char *
due_by(struct day today)
{
    struct arena *arena = market.temp.arena;
    struct purchase_ids due;
    const char *numbers = "";

    ck_assert_int_eq(purchases_due(market.temp.reader, arena, today, &due), OK);
    for (size_t i = 0; i < due.count; i++)
        numbers = arena_format(arena, "%s%c", numbers, due.ids[i][7]);
    return numbers;
}

/* 1: to be configured through 19 November; 2: bought a day before; 3: cancelled. */
START_TEST(what_is_due_is_found_by_its_day)
{
    struct purchase purchase = made_of(1);

    insert(&purchase);
    purchase = made_of(2);
    purchase.bought_at -= SECONDS_PER_DAY;
    insert(&purchase);
    purchase = made_of(3);
    insert(&purchase);
    ck_assert_str_eq(due_by(day_make(2023, 11, 18)), "");
    ck_assert_str_eq(due_by(day_make(2023, 11, 19)), "2");
    ck_assert_int_eq(load(PARTY_CUSTOMER, DEAL_ORGANISATION, 3, &purchase), OK);
    ck_assert_int_eq(purchase_advance(&purchase, PURCHASE_CANCEL, PARTY_CUSTOMER, BOUGHT_AT), OK);
    saved(&purchase, OK);
    ck_assert_str_eq(due_by(day_make(2023, 11, 20)), "21");
    /* configured on the 19th, it has 30 days more */
    ck_assert_int_eq(load(PARTY_CUSTOMER, DEAL_ORGANISATION, 1, &purchase), OK);
    ck_assert_int_eq(purchase_advance(&purchase, PURCHASE_CONFIGURE, PARTY_CUSTOMER,
                                      day_start_at(day_make(2023, 11, 19))),
                     OK);
    saved(&purchase, OK);
    ck_assert_str_eq(due_by(day_make(2023, 12, 19)), "2");
    ck_assert_str_eq(due_by(day_make(2023, 12, 20)), "21");
}
END_TEST

/* ---- Histories ------------------------------------------------------------------------------ */

static void
append(const char *purchase, enum purchase_event_kind kind, enum party party, const char *account,
       const char *person)
{
    struct db *db = temp_write(&market.temp);

    ck_assert_int_eq(purchase_event_append(db, purchase,
                                           &(struct purchase_event){.at = BOUGHT_AT,
                                                                    .kind = kind,
                                                                    .party = party,
                                                                    .account = account,
                                                                    .account_name = account,
                                                                    .person = person,
                                                                    .person_name = person,
                                                                    .note = "From 3 to 5"}),
                     OK);
    temp_keep(&market.temp, db);
}

/* People are named to their own account alone (LAW 5). */
START_TEST(a_history_names_the_viewers_own_people)
{
    static const struct {
        enum party party;
        const char *account;
        const char *names; /* the newest first */
    } rows[] = {
        {PARTY_CUSTOMER, DEAL_ORGANISATION, "- - contributor "},
        {PARTY_ISV, DEAL_ISV, "- isv - "},
        {PARTY_PARTNER, DEAL_PARTNER, "- - - "},
        {PARTY_OPERATOR, "", "- isv contributor "},
    };
    const struct purchase purchase = made_of(1);

    insert(&purchase);
    append(purchase.id, PURCHASE_BOUGHT, PARTY_CUSTOMER, DEAL_ORGANISATION, "contributor");
    append(purchase.id, PURCHASE_ACTIVATED, PARTY_ISV, DEAL_ISV, "isv");
    append(purchase.id, PURCHASE_RENEWED, PARTY_SYSTEM, "", "");
    for (size_t i = 0; i < COUNT(rows); i++) {
        const struct viewer viewer = {rows[i].party, rows[i].account, TEST_DAY};
        struct purchase_events events;
        const char *names = "";

        ck_assert_int_eq(purchase_events_of(market.temp.reader, market.temp.arena, &viewer,
                                            purchase.id, &events),
                         OK);
        ck_assert_uint_eq(events.count, 3);
        ck_assert_int_eq(events.rows[0].kind, PURCHASE_RENEWED);
        ck_assert_int_eq(events.rows[2].kind, PURCHASE_BOUGHT);
        ck_assert_int_eq(events.rows[2].party, PARTY_CUSTOMER);
        ck_assert_str_eq(events.rows[2].note, "From 3 to 5");
        for (size_t k = 0; k < events.count; k++)
            names = arena_format(market.temp.arena, "%s%s ", names,
                                 *events.rows[k].person_name == '\0' ? "-"
                                                                     : events.rows[k].person_name);
        ck_assert_str_eq(names, rows[i].names);
    }
}
END_TEST

/* ---- The rows themselves -------------------------------------------------------------------- */

START_TEST(a_stored_word_outside_its_enum_is_broken)
{
    static const char *const wrong[] = {"UPDATE purchase SET kind = 'car'",
                                        "UPDATE purchase SET kind = 'saas', state = 'tired'",
                                        "UPDATE purchase SET state = 'pending', ending = 'bored'",
                                        "UPDATE purchase SET ending = '', anchor_on = 'soon'"};
    const struct purchase purchase = made_of(7);
    struct purchase found;
    sqlite3 *handle = NULL;

    insert(&purchase);
    ck_assert_int_eq(sqlite3_open(market.temp.path, &handle), SQLITE_OK);
    for (size_t i = 0; i < COUNT(wrong); i++) {
        ck_assert_int_eq(sqlite3_exec(handle, wrong[i], NULL, NULL, NULL), SQLITE_OK);
        ck_assert_int_eq(load(PARTY_CUSTOMER, DEAL_ORGANISATION, 7, &found), ERR_BROKEN);
    }
    sqlite3_close(handle);
}
END_TEST

Suite *
purchases_suite(void)
{
    Suite *suite = suite_create("purchases");
    TCase *cases = tcase_create("purchases");

    tcase_add_checked_fixture(cases, setup, teardown);
    tcase_add_test(cases, a_purchase_comes_back_with_its_names);
    tcase_add_test(cases, a_public_plan_has_no_offer);
    tcase_add_test(cases, a_save_keeps_what_can_change);
    tcase_add_test(cases, nobody_finds_the_purchases_of_others);
    tcase_add_test(cases, sellers_read_what_was_bought_and_no_more);
    tcase_add_test(cases, pages_hold_every_purchase_once);
    tcase_add_test(cases, pages_hold_every_purchase_once_when_all_are_of_one_second);
    tcase_add_test(cases, a_full_last_page_has_nothing_after_it);
    tcase_add_test(cases, only_saas_has_a_status_to_view);
    tcase_add_test(cases, the_oldest_to_activate_come_first);
    tcase_add_test(cases, what_is_due_is_found_by_its_day);
    tcase_add_test(cases, a_history_names_the_viewers_own_people);
    tcase_add_test(cases, a_stored_word_outside_its_enum_is_broken);
    suite_add_tcase(suite, cases);
    return suite;
}

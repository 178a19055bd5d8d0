/*
 * purchases_test.c: purchases come back as they went in, to those whose they are alone; a save that
 * is late changes nothing. Pages and what waits: purchase_pages_test.c.
 */
#include <check.h>
#include <sqlite3.h>

#include "base/text.h"
#include "support/many_purchases.h"

Suite *purchases_suite(void);

static struct deal_market market;
static const char *offer;

static void
setup(void)
{
    deal_market_open(&market, NULL);
    offer = many_purchases_add(&market);
}

static void
teardown(void)
{
    deal_market_close(&market);
}

/* ---- One purchase --------------------------------------------------------------------------- */

START_TEST(a_purchase_comes_back_with_its_names)
{
    struct purchase purchase = purchase_made(&market, 7);
    struct purchase found;
    const char *key = NULL;

    made_insert(&market, &purchase);
    ck_assert_int_eq(made_load(&market, PARTY_CUSTOMER, DEAL_ORGANISATION, 7, &found), OK);
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
    ck_assert_int_eq(found.bought_at, MADE_AT);
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
    struct purchase purchase = purchase_made(&market, 7);
    struct purchase found;

    purchase.offer = "";
    purchase.partner = "";
    purchase.row = 0;
    made_insert(&market, &purchase);
    ck_assert_int_eq(made_load(&market, PARTY_ISV, DEAL_ISV, 7, &found), OK);
    ck_assert_str_eq(found.offer, "");
    ck_assert_str_eq(found.offer_name, "");
    ck_assert_str_eq(found.partner, "");
    ck_assert_str_eq(found.partner_name, "");
    ck_assert_int_eq(made_load(&market, PARTY_PARTNER, DEAL_PARTNER, 7, &found), ERR_ABSENT);
}
END_TEST

START_TEST(a_save_keeps_what_can_change)
{
    struct purchase purchase = purchase_made(&market, 7);
    struct purchase late;
    struct purchase found;

    made_insert(&market, &purchase);
    ck_assert_int_eq(made_load(&market, PARTY_CUSTOMER, DEAL_ORGANISATION, 7, &purchase), OK);
    late = purchase;
    ck_assert_int_eq(purchase_advance(&purchase, PURCHASE_CONFIGURE, PARTY_CUSTOMER, MADE_AT + 60),
                     OK);
    ck_assert_int_eq(purchase_advance(&purchase, PURCHASE_ACTIVATE, PARTY_ISV, MADE_AT + 120), OK);
    purchase.contact = "ops@northwind.example";
    purchase.next_quantity = 5;
    purchase.recurring = false;
    purchase.charge_count = 4;
    purchase_paid(&purchase);
    made_save(&market, &purchase, OK);
    ck_assert_int_eq(purchase.version, 2);
    ck_assert_int_eq(made_load(&market, PARTY_CUSTOMER, DEAL_ORGANISATION, 7, &found), OK);
    ck_assert_int_eq(found.version, 2);
    ck_assert_int_eq(found.state, PURCHASE_SUBSCRIBED);
    ck_assert_str_eq(found.contact, "ops@northwind.example");
    ck_assert_int_eq(found.configured_at, MADE_AT + 60);
    ck_assert_int_eq(found.activated_at, MADE_AT + 120);
    ck_assert_int_eq(found.next_quantity, 5);
    ck_assert(!found.recurring);
    ck_assert_int_eq(found.charge_count, 4);
    ck_assert_int_eq(found.paid_months, 12);
    ck_assert_int_eq(found.anchor_on.number, day_make(2023, 10, 20).number);
    ck_assert_int_eq(found.usage_on.number, day_make(2023, 10, 1).number);

    /* somebody who read it before: nothing is changed */
    late.name = "Theirs";
    late.quantity = 9;
    made_save(&market, &late, ERR_STALE);
    ck_assert_int_eq(made_load(&market, PARTY_CUSTOMER, DEAL_ORGANISATION, 7, &found), OK);
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
    const struct purchase purchase = purchase_made(&market, 7);
    struct purchases waiting;
    struct purchase found;

    made_insert(&market, &purchase);
    for (size_t i = 0; i < COUNT(strangers); i++) {
        struct purchase_query query = {
            .viewer = strangers[i], .offer = offer, .saas_only = true, .before_id = ""};

        ck_assert_int_eq(made_load(&market, strangers[i].party, strangers[i].account, 7, &found),
                         ERR_ABSENT);
        ck_assert_uint_eq(page_of(&query).count, 0);
        if (strangers[i].party == PARTY_PARTNER)
            continue; /* it lists purchases of an offer alone */
        query.offer = "";
        ck_assert_uint_eq(page_of(&query).count, 0);
    }
    ck_assert_int_eq(
        purchases_to_activate(market.temp.reader, market.temp.arena, DEAL_OTHER_ISV, &waiting), OK);
    ck_assert_uint_eq(waiting.count, 0);
    ck_assert_int_eq(made_load(&market, PARTY_ISV, DEAL_ISV, 7, &found), OK);
    ck_assert_int_eq(made_load(&market, PARTY_PARTNER, DEAL_PARTNER, 7, &found), OK);
    ck_assert_int_eq(made_load(&market, PARTY_OPERATOR, "", 7, &found), OK);
    ck_assert_int_eq(made_load(&market, PARTY_OPERATOR, "", 8, &found), ERR_ABSENT);
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
    struct purchase purchase = purchase_made_running(&market, 7);

    made_insert(&market, &purchase);
    ck_assert_int_eq(made_load(&market, PARTY_CUSTOMER, DEAL_ORGANISATION, 7, &purchase), OK);
    purchase.contact = "ops@northwind.example";
    made_save(&market, &purchase, OK);
    for (size_t i = 0; i < COUNT(rows); i++) {
        const struct purchase_query query = {.viewer = {rows[i].party, rows[i].account, TEST_DAY},
                                             .offer = rows[i].party == PARTY_OPERATOR ? "" : offer,
                                             .saas_only = true,
                                             .before_id = ""};
        struct purchase found[2];

        ck_assert_int_eq(made_load(&market, rows[i].party, rows[i].account, 7, &found[0]), OK);
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

/* ---- Histories ------------------------------------------------------------------------------ */

static void
append(const char *purchase, enum purchase_event_kind kind, enum party party, const char *account,
       const char *person)
{
    struct db *db = temp_write(&market.temp);

    ck_assert_int_eq(purchase_event_append(db, market.temp.arena, &world_real, purchase,
                                           &(struct purchase_event){.at = MADE_AT,
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
    const struct purchase purchase = purchase_made(&market, 1);

    made_insert(&market, &purchase);
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
    const struct purchase purchase = purchase_made(&market, 7);
    struct purchase found;
    sqlite3 *handle = NULL;

    made_insert(&market, &purchase);
    ck_assert_int_eq(sqlite3_open(market.temp.path, &handle), SQLITE_OK);
    for (size_t i = 0; i < COUNT(wrong); i++) {
        ck_assert_int_eq(sqlite3_exec(handle, wrong[i], NULL, NULL, NULL), SQLITE_OK);
        ck_assert_int_eq(made_load(&market, PARTY_CUSTOMER, DEAL_ORGANISATION, 7, &found),
                         ERR_BROKEN);
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
    tcase_add_test(cases, a_history_names_the_viewers_own_people);
    tcase_add_test(cases, a_stored_word_outside_its_enum_is_broken);
    suite_add_tcase(suite, cases);
    return suite;
}

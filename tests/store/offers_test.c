/*
 * offers_test.c: an offer comes back as it was saved, under the version it was saved at, and to
 * those who may see its state.
 */
#include <check.h>

#include "base/text.h"
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

static const struct viewer isv = {PARTY_ISV, DEAL_ISV, {TEST_DAY_NUMBER}};

/* Loads inside a write of its own and saves what change made of it. */
static enum err
saved(const char *id, void (*change_it)(struct offer *offer), enum offer_change change, bool rows)
{
    struct db *db = temp_write(&market.temp);
    struct offer offer;
    enum err outcome;

    ck_assert_int_eq(offer_load(db, market.temp.arena, &isv, id, &offer), OK);
    change_it(&offer);
    outcome = offer_save(db, market.temp.arena, &offer, change, rows);
    ck_assert_int_eq(write_end(market.temp.store, db, outcome == OK), OK);
    return outcome;
}

static struct offer
loaded(const char *id)
{
    struct offer offer;

    ck_assert_int_eq(offer_load(market.temp.reader, market.temp.arena, &isv, id, &offer), OK);
    return offer;
}

static void
fill(struct offer *offer)
{
    offer->partner_withdrew = true;
    offer->isv_changed_at = 11;
    offer->partner_changed_at = 12;
    offer->customer_changed_at = 13;
    offer->publish_at = 14;
    offer->failure = "line\nline";
    offer->name = "Ärger & Söhne";
    offer->billing_account = "7123456";
    offer->customer_label = "Label";
    offer->description = "First\nsecond";
    offer->partner = DEAL_OTHER_PARTNER;
    offer->start_mode = START_IN_MONTH;
    offer->start_on = day_make(2024, 2, 1);
    offer->end_on = day_make(2024, 2, 29);
    offer->accept_by_on = day_make(2023, 12, 24);
    offer->contacts = "a@x.example\nb@x.example";
    offer->sales_note = "note";
    offer->partner_data_of = DEAL_PARTNER;
    offer->prepared_by = "p@x.example";
    offer->partner_contacts = "c@x.example";
    offer->partner_note = "theirs";
    offer->taxable = true;
    offer->submitted_at = 15;
    offer->extended_at = 16;
    offer->accepted_on = day_make(2023, 10, 20);
    offer->next_row = 9;
}

START_TEST(every_field_comes_back)
{
    const char *id = deal_make(&market, DEAL_DRAFTED);
    struct offer offer;

    ck_assert_int_eq(saved(id, fill, CHANGE_OF_OFFER, true), OK);
    offer = loaded(id);
    ck_assert(offer.partner_withdrew && offer.taxable);
    ck_assert_int_eq(offer.isv_changed_at, 11);
    ck_assert_int_eq(offer.partner_changed_at, 12);
    ck_assert_int_eq(offer.customer_changed_at, 13);
    ck_assert_int_eq(offer.publish_at, 14);
    ck_assert_str_eq(offer.failure, "line\nline");
    ck_assert_str_eq(offer.name, "Ärger & Söhne");
    ck_assert_str_eq(offer.billing_account, "7123456");
    ck_assert_str_eq(offer.customer_label, "Label");
    ck_assert_str_eq(offer.description, "First\nsecond");
    ck_assert_str_eq(offer.partner, DEAL_OTHER_PARTNER);
    ck_assert_str_eq(offer.partner_name, "Tailspin");
    ck_assert_str_eq(offer.isv_name, "Contoso");
    ck_assert_int_eq(offer.start_mode, START_IN_MONTH);
    ck_assert_int_eq(offer.start_on.number, day_make(2024, 2, 1).number);
    ck_assert_int_eq(offer.end_on.number, day_make(2024, 2, 29).number);
    ck_assert_int_eq(offer.accept_by_on.number, day_make(2023, 12, 24).number);
    ck_assert_str_eq(offer.contacts, "a@x.example\nb@x.example");
    ck_assert_str_eq(offer.sales_note, "note");
    ck_assert_str_eq(offer.partner_data_of, DEAL_PARTNER);
    ck_assert_str_eq(offer.prepared_by, "p@x.example");
    ck_assert_str_eq(offer.partner_contacts, "c@x.example");
    ck_assert_str_eq(offer.partner_note, "theirs");
    ck_assert_int_eq(offer.submitted_at, 15);
    ck_assert_int_eq(offer.extended_at, 16);
    ck_assert_int_eq(offer.accepted_on.number, day_make(2023, 10, 20).number);
    ck_assert_int_eq(offer.next_row, 9);
    ck_assert_str_eq(offer.created_by, "isv");
}
END_TEST

/* All that fill changes is offered, and what people type stays. */
START_TEST(a_move_changes_what_moves_change)
{
    const char *id = deal_make(&market, DEAL_DRAFTED);
    struct offer before = loaded(id);
    struct offer offer;

    ck_assert_int_eq(saved(id, fill, CHANGE_OF_OFFER, false), OK);
    offer = loaded(id);
    ck_assert(offer.partner_withdrew);
    ck_assert_int_eq(offer.isv_changed_at, 11);
    ck_assert_int_eq(offer.partner_changed_at, 12);
    ck_assert_int_eq(offer.customer_changed_at, 13);
    ck_assert_int_eq(offer.publish_at, 14);
    ck_assert_str_eq(offer.failure, "line\nline");
    ck_assert_int_eq(offer.extended_at, 16);
    ck_assert_int_eq(offer.accepted_on.number, day_make(2023, 10, 20).number);
    ck_assert_int_eq(offer.version, before.version + 1);
    ck_assert_str_eq(offer.name, before.name);
    ck_assert_str_eq(offer.billing_account, before.billing_account);
    ck_assert_str_eq(offer.customer_label, before.customer_label);
    ck_assert_str_eq(offer.description, before.description);
    ck_assert_str_eq(offer.partner, before.partner);
    ck_assert_int_eq(offer.start_mode, before.start_mode);
    ck_assert_int_eq(offer.end_on.number, before.end_on.number);
    ck_assert_int_eq(offer.accept_by_on.number, before.accept_by_on.number);
    ck_assert_str_eq(offer.contacts, before.contacts);
    ck_assert_str_eq(offer.partner_note, before.partner_note);
    ck_assert(!offer.taxable);
    ck_assert_uint_eq(offer.row_count, before.row_count);
}
END_TEST

static void
change_rows(struct offer *offer)
{
    offer->rows[0].has_discount = false;
    offer->rows[0].has_adjustment = true;
    offer->rows[0].adjustment.e8 = 1;
    offer->rows[1].prices[0].own = amount_of(POINT_MONTH, 0);
}

START_TEST(rows_come_back_with_what_is_set_and_what_is_not)
{
    const char *id = deal_make(&market, DEAL_DRAFTED);
    struct offer offer;

    ck_assert_int_eq(saved(id, change_rows, CHANGE_OF_OFFER, false), OK);
    ck_assert(loaded(id).rows[0].has_discount); /* rows were not to be saved */
    ck_assert_int_eq(saved(id, change_rows, CHANGE_OF_OFFER, true), OK);
    offer = loaded(id);
    ck_assert_uint_eq(offer.row_count, 2);
    ck_assert(!offer.rows[0].has_discount && !offer.rows[0].prices[0].has_partner);
    ck_assert(offer.rows[0].has_adjustment);
    ck_assert_int_eq(offer.rows[0].adjustment.e8, 1);
    ck_assert(!offer.rows[0].prices[0].has_own);
    ck_assert(!offer.rows[1].has_adjustment);
    ck_assert(offer.rows[1].prices[0].has_own);
    ck_assert_int_eq(offer.rows[1].prices[0].own.money.cents, 0);
}
END_TEST

static void
nothing(struct offer *offer)
{
    (void)offer;
}

static void
age_isv(struct offer *offer)
{
    offer->version--;
    offer->name = "Must not stay";
    offer->row_count = 0;
}

static void
age_partner(struct offer *offer)
{
    offer->partner_version--;
    offer->name = "Must not stay";
}

/* Both versions are compared, one is raised. */
START_TEST(a_save_over_another_version_changes_nothing)
{
    const char *id = deal_make(&market, DEAL_DRAFTED);
    struct offer before = loaded(id);
    struct offer after;

    ck_assert_int_eq(saved(id, nothing, CHANGE_OF_PARTNER_FIELDS, false), OK);
    after = loaded(id);
    ck_assert_int_eq(after.version, before.version);
    ck_assert_int_eq(after.partner_version, before.partner_version + 1);
    ck_assert_int_eq(saved(id, nothing, CHANGE_OF_OFFER, false), OK);
    after = loaded(id);
    ck_assert_int_eq(after.version, before.version + 1);
    ck_assert_int_eq(after.partner_version, before.partner_version + 1);
    ck_assert_int_eq(saved(id, age_isv, CHANGE_OF_OFFER, true), ERR_STALE);
    ck_assert_int_eq(saved(id, age_isv, CHANGE_OF_PARTNER_FIELDS, true), ERR_STALE);
    ck_assert_int_eq(saved(id, age_partner, CHANGE_OF_OFFER, true), ERR_STALE);
    ck_assert_int_eq(saved(id, age_partner, CHANGE_OF_PARTNER_FIELDS, true), ERR_STALE);
    ck_assert_int_eq(saved(id, age_isv, CHANGE_OF_OFFER, false), ERR_STALE);
    ck_assert_int_eq(saved(id, age_partner, CHANGE_OF_OFFER, false), ERR_STALE);
    ck_assert_str_eq(loaded(id).name, "Northwind FY24");
    ck_assert_uint_eq(loaded(id).row_count, 2);
}
END_TEST

/* LAW 5, 6.6: the wall of rows, for every stored state; each account under each hat. */
static const struct {
    enum offer_state state;
    bool isv, partner, customer, operates;
} walls[] = {
    {STATE_DRAFT, true, false, false, true},
    {STATE_TO_PARTNER, true, false, false, true},
    {STATE_PENDING_PARTNER, true, true, false, true},
    {STATE_TO_CUSTOMER, true, true, false, true},
    {STATE_PENDING_ACCEPTANCE, true, true, true, true},
    {STATE_ACCEPTED, true, true, true, true},
    {STATE_CANCELLED, false, false, false, true},
    {STATE_DELETED, false, false, false, false},
};

START_TEST(each_state_is_seen_by_those_who_may)
{
    struct offer_made made = offer_made_extended(1);
    static const char *const accounts[] = {
        DEAL_ISV, DEAL_OTHER_ISV, DEAL_PARTNER, DEAL_OTHER_PARTNER, DEAL_ORGANISATION, "elsewhere",
        ""};
    const char *id = offer_made_id(market.temp.arena, 1);
    struct db *db = temp_write(&market.temp);
    struct offer offer;

    made.state = walls[_i].state;
    offer_make(db, market.temp.arena, &made);
    temp_keep(&market.temp, db);
    for (size_t i = 0; i < COUNT(accounts); i++) {
        bool isv_sees = walls[_i].isv && text_equal(accounts[i], DEAL_ISV);
        bool partner_sees = walls[_i].partner && text_equal(accounts[i], DEAL_PARTNER);
        bool customer_sees = walls[_i].customer && text_equal(accounts[i], DEAL_ORGANISATION);

        ck_assert_int_eq(deal_look(&market, PARTY_ISV, accounts[i], id, &offer),
                         isv_sees ? OK : ERR_ABSENT);
        ck_assert_int_eq(deal_look(&market, PARTY_PARTNER, accounts[i], id, &offer),
                         partner_sees ? OK : ERR_ABSENT);
        ck_assert_int_eq(deal_look(&market, PARTY_CUSTOMER, accounts[i], id, &offer),
                         customer_sees ? OK : ERR_ABSENT);
    }
    ck_assert_int_eq(deal_look(&market, PARTY_OPERATOR, "", id, &offer),
                     walls[_i].operates ? OK : ERR_ABSENT);
}
END_TEST

Suite *
offers_suite(void)
{
    Suite *suite = suite_create("offers");
    TCase *cases = tcase_create("offers");

    tcase_add_checked_fixture(cases, setup, teardown);
    tcase_add_test(cases, every_field_comes_back);
    tcase_add_test(cases, a_move_changes_what_moves_change);
    tcase_add_test(cases, rows_come_back_with_what_is_set_and_what_is_not);
    tcase_add_test(cases, a_save_over_another_version_changes_nothing);
    tcase_add_loop_test(cases, each_state_is_seen_by_those_who_may, 0, COUNT(walls));
    suite_add_tcase(suite, cases);
    return suite;
}

/*
 * actions_partner_test.c: pricing, extending and taking back: what is refused at which field, and
 * which stored facts change the answer. Expectations are LAW 4.2, 8.3, 9.2 and D-11. Overlaps:
 * collisions_test; who may do what when: refusals_test.
 */
#include <check.h>
#include <string.h>

#include "actions/partner.h"
#include "base/text.h"
#include "store/accounts.h"
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

static struct problems *
priced(const char *id, const struct answers *form, enum err expected)
{
    return play_form(&market, &actor_partner, DEED_PRICE, id, form, expected);
}

static struct problems *
extended(const char *id, enum err expected)
{
    return play_form(&market, &actor_partner, DEED_EXTEND, id, NULL, expected);
}

static void
publisher_becomes(const struct publisher *publisher)
{
    struct db *db = temp_write(&market.temp);

    ck_assert_int_eq(publisher_update_facts(db, market.temp.arena, publisher), OK);
    temp_keep(&market.temp, db);
}

static void
certificate_filed(const char *id, const char *states, struct day filed_on, struct day expires_on)
{
    struct certificate certificate = {id, states, filed_on, expires_on};
    struct db *db = temp_write(&market.temp);

    ck_assert_int_eq(certificate_insert(db, market.temp.arena, DEAL_PARTNER, &certificate), OK);
    temp_keep(&market.temp, db);
}

START_TEST(a_malformed_value_is_named_and_nothing_is_saved)
{
    static const struct {
        const char *at;
        const char *typed;
    } wrong[] = {
        {"adjustment-1", "-1"},
        {"adjustment-1", "10.123456789"},
        {"adjustment-1", "ten"},
        {"adjustment-2", "1,5"},
        {"adjustment-2", "1e2"},
        {"adjustment-2", "1000000000"},
        {"prepared_by", "p@fabrikam"},
        {"prepared_by", "p@fabrikam.example, q@fabrikam.example"},
        {"partner_contacts", "f@fabrikam.example\nf"},
        {"partner_contacts",
         "a@x.example\nb@x.example\nc@x.example\nd@x.example\ne@x.example\nf@x.example"},
        {"partner_note", "write to f@fabrikam.example"},
        {"partner_note", "0123456789012345678901234567890123456789012345678901234567890"},
    };
    const char *id = deal_make(&market, DEAL_SUBMITTED);
    const char *before = store_dump(&market.temp, NULL);

    for (size_t i = 0; i < COUNT(wrong); i++)
        play_assert_only_at(
            priced(id, FORM(wrong[i].at, wrong[i].typed, "prepared_by", "stays@not.example"),
                   ERR_INVALID),
            wrong[i].at);
    ck_assert_str_eq(store_dump(&market.temp, NULL), before);
}
END_TEST

START_TEST(well_formed_values_are_kept_as_typed)
{
    const char *id = deal_make(&market, DEAL_SUBMITTED);
    struct offer offer;

    priced(id,
           FORM("adjustment-1", "10.5263157900", "adjustment-2", "250 %", "prepared_by",
                " p@fabrikam.example ", "partner_contacts",
                "f@fabrikam.example\r\n\r\nF@fabrikam.example\ng@fabrikam.example", "partner_note",
                "012345678901234567890123456789012345678901234567890123456789"),
           OK);
    offer = PARTNER_SEES(id);
    ck_assert_int_eq(offer.rows[0].adjustment.e8, INT64_C(1052631579));
    ck_assert_int_eq(offer.rows[1].adjustment.e8, 250 * RATE_ONE_PERCENT);
    ck_assert_str_eq(offer.prepared_by, "p@fabrikam.example");
    ck_assert_str_eq(offer.partner_contacts, "f@fabrikam.example\ng@fabrikam.example");
    /* 960.00 x 1.1052631579 = 1061.0526..., 200.00 x 3.5 */
    ck_assert_int_eq(offer.rows[0].prices[0].customer.money.cents, 106105);
    ck_assert_int_eq(offer.rows[1].prices[0].customer.money.cents, 70000);
}
END_TEST

/* LAW 4.2: everything else is read-only for the partner. */
START_TEST(the_isvs_fields_are_not_read)
{
    const char *id = deal_make(&market, DEAL_SUBMITTED);
    const char *before = store_dump(&market.temp, NULL);

    priced(id,
           FORM("name", "Mine", "billing_account", "7123456", "description", "x", "seller_id",
                DEAL_OTHER_PARTNER, "end_month", "2025-12", "accept_by", "2023-12-01", "contacts",
                "p@fabrikam.example", "sales_note", "x", "type-1", "absolute", "discount-1", "90",
                "price-2-month", "1", "customer_price-1", "1", "taxable", "0"),
           OK);
    ck_assert_str_eq(store_dump(&market.temp, NULL), before);
}
END_TEST

START_TEST(an_unpriced_offer_is_told_everything_it_lacks)
{
    const char *id = deal_make(&market, DEAL_SUBMITTED);
    struct problems *problems = extended(id, ERR_INVALID);

    ck_assert_uint_eq(problems->count, 3);
    ck_assert_ptr_nonnull(problem_at(problems, "adjustment-1"));
    ck_assert_ptr_nonnull(problem_at(problems, "adjustment-2"));
    ck_assert_ptr_nonnull(problem_at(problems, "prepared_by"));
    priced(id, FORM("adjustment-1", "0", "adjustment-2", "", "prepared_by", "p@fabrikam.example"),
           OK);
    play_assert_only_at(extended(id, ERR_INVALID), "adjustment-2");
    priced(id, FORM("adjustment-2", "0"), OK);
    extended(id, OK);
}
END_TEST

/* LAW 8.3: the percentages are compared, not the prices; absolute rows have no cap. */
START_TEST(the_discount_caps_the_adjustment_of_its_own_row_only)
{
    const char *id = deal_make(&market, DEAL_SUBMITTED);

    priced(id,
           FORM("adjustment-1", "20.00000001", "adjustment-2", "900", "prepared_by",
                "p@fabrikam.example"),
           OK);
    play_assert_only_at(extended(id, ERR_INVALID), "adjustment-1");
    priced(id, FORM("adjustment-1", "25"), OK);
    play_assert_only_at(extended(id, ERR_INVALID), "adjustment-1");
    priced(id, FORM("adjustment-1", "20"), OK);
    extended(id, OK);
    /* 960.00 x 1.2 and 200.00 x 10 */
    ck_assert_int_eq(PARTNER_SEES(id).rows[0].prices[0].customer.money.cents, 115200);
    ck_assert_int_eq(PARTNER_SEES(id).rows[1].prices[0].customer.money.cents, 200000);
}
END_TEST

/* LAW 9.2: re-checked, because facts change after the ISV's submit. */
START_TEST(facts_are_checked_again)
{
    const char *id = play_until(&market, STATE_PENDING_PARTNER);
    struct billing_account account;
    struct publisher right;
    struct publisher wrong;
    struct db *db;

    ck_assert_int_eq(publisher_by_id(market.temp.reader, market.temp.arena, DEAL_PARTNER, &right),
                     OK);
    wrong = right;
    wrong.tax_status = TAX_INCOMPLETE;
    publisher_becomes(&wrong);
    play_assert_only_at(extended(id, ERR_INVALID), "account");
    wrong = right;
    wrong.enrolled = false;
    publisher_becomes(&wrong);
    play_assert_only_at(extended(id, ERR_INVALID), "account");
    publisher_becomes(&right);

    ck_assert_int_eq(
        billing_account_find(market.temp.reader, market.temp.arena, DEAL_ACCOUNT, &account), OK);
    account.active = false;
    db = temp_write(&market.temp);
    ck_assert_int_eq(billing_account_update_facts(db, &account), OK);
    temp_keep(&market.temp, db);
    play_assert_only_at(extended(id, ERR_INVALID), "account");
    account.active = true;
    db = temp_write(&market.temp);
    ck_assert_int_eq(billing_account_update_facts(db, &account), OK);
    temp_keep(&market.temp, db);
    extended(id, OK);
}
END_TEST

/* D-4: the offer stays with the partner, who cannot extend it; the ISV can withdraw it. */
START_TEST(after_accept_by_the_partner_cannot_extend)
{
    const char *id = play_until(&market, STATE_PENDING_PARTNER);

    deal_market_today(&market, 2023, 11, 16);
    ck_assert_int_eq(PARTNER_SEES(id).state, STATE_PENDING_PARTNER);
    play_assert_only_at(extended(id, ERR_INVALID), "account");
    ck_assert_int_eq(play_deed(&market, &actor_isv, DEED_WITHDRAW, id), OK);
}
END_TEST

START_TEST(on_accept_by_day_the_partner_still_extends)
{
    const char *id = play_until(&market, STATE_PENDING_PARTNER);

    deal_market_today(&market, 2023, 11, 15);
    extended(id, OK);
}
END_TEST

/* LAW 2.1, 9.2, D-11, D-28; today is Monday 2023-10-16, headquarters are in Washington. */
static const struct {
    const char *states;
    int filed_month, filed_dom;
    int expires_year;
    bool taxable;
} certificates[] = {
    {NULL, 0, 0, 0, true},
    {"WA", 10, 9, 2024, false}, /* five business days: 10, 11, 12, 13, 16 */
    {"OR,WA,CA", 10, 6, 2024, false},
    {"WA", 10, 10, 2024, true},  /* four */
    {"OR,CA", 1, 2, 2024, true}, /* not the headquarters' state */
    {"WA", 1, 2, 2022, true},    /* expired */
};

START_TEST(without_a_good_certificate_sales_tax_may_be_charged)
{
    const char *id = play_until(&market, STATE_PENDING_PARTNER);

    if (certificates[_i].states != NULL)
        certificate_filed("c-1", certificates[_i].states,
                          day_make(2023, certificates[_i].filed_month, certificates[_i].filed_dom),
                          day_make(certificates[_i].expires_year, 12, 31));
    market.settings.certificate_blocking = certificates[_i].taxable;
    if (certificates[_i].taxable) {
        play_assert_only_at(extended(id, ERR_INVALID), "certificate");
        market.settings.certificate_blocking = false;
    }
    extended(id, OK);
    ck_assert_int_eq(PARTNER_SEES(id).taxable, certificates[_i].taxable);
    ck_assert(!deal_view(&market, PARTY_ISV, DEAL_ISV, id).taxable);
}
END_TEST

/* D-7: a partner's withdrawal keeps all its fields. */
START_TEST(what_was_taken_back_can_be_changed_and_extended_again)
{
    const char *id = deal_make(&market, DEAL_EXTENDED);
    struct offer offer;

    ck_assert_int_eq(play_deed(&market, &actor_partner, DEED_TAKE_BACK, id), OK);
    offer = PARTNER_SEES(id);
    ck_assert_int_eq(offer.state, STATE_PENDING_PARTNER);
    ck_assert(offer.partner_withdrew);
    ck_assert_str_eq(offer_status_words(&offer, PARTY_PARTNER, day_make(2023, 10, 16)),
                     "Pending partner action (Draft)");
    ck_assert_str_eq(offer_status_words(&offer, PARTY_ISV, day_make(2023, 10, 16)),
                     "Pending partner action");
    ck_assert_str_eq(offer.prepared_by, "p@fabrikam.example");
    ck_assert_int_eq(offer.rows[1].adjustment.e8, 30 * RATE_ONE_PERCENT);
    priced(id, FORM("adjustment-2", "40"), OK);
    extended(id, OK);
    deal_publish(&market);
    offer = deal_view(&market, PARTY_CUSTOMER, DEAL_ORGANISATION, id);
    ck_assert_int_eq(offer.rows[1].prices[0].customer.money.cents, 28000);
    ck_assert(!PARTNER_SEES(id).partner_withdrew);
}
END_TEST

START_TEST(the_review_tells_what_the_submit_would)
{
    const char *id = deal_make(&market, DEAL_SUBMITTED);
    struct problems *problems = problems_new(market.temp.arena);
    struct problems *refused = extended(id, ERR_INVALID);
    const char *before = store_dump(&market.temp, NULL);
    struct act act = deal_begin(&market, PARTY_PARTNER, DEAL_PARTNER, "partner");
    bool taxable = false;
    struct offer offer;

    ck_assert_int_eq(offer_load(act.db, act.arena, &act.viewer, id, &offer), OK);
    ck_assert_int_eq(review_partner(&act, &offer, problems, &taxable), OK);
    deal_end(&market, &act, OK);
    ck_assert(taxable);
    ck_assert_uint_eq(problems->count, refused->count);
    for (size_t i = 0; i < problems->count; i++)
        ck_assert_str_eq(problems->list[i].message, refused->list[i].message);
    ck_assert_str_eq(store_dump(&market.temp, NULL), before);
}
END_TEST

Suite *
actions_partner_suite(void)
{
    Suite *suite = suite_create("actions_partner");
    TCase *cases = tcase_create("actions_partner");

    tcase_add_checked_fixture(cases, setup, teardown);
    tcase_add_test(cases, a_malformed_value_is_named_and_nothing_is_saved);
    tcase_add_test(cases, well_formed_values_are_kept_as_typed);
    tcase_add_test(cases, the_isvs_fields_are_not_read);
    tcase_add_test(cases, an_unpriced_offer_is_told_everything_it_lacks);
    tcase_add_test(cases, the_discount_caps_the_adjustment_of_its_own_row_only);
    tcase_add_test(cases, facts_are_checked_again);
    tcase_add_test(cases, after_accept_by_the_partner_cannot_extend);
    tcase_add_test(cases, on_accept_by_day_the_partner_still_extends);
    tcase_add_loop_test(cases, without_a_good_certificate_sales_tax_may_be_charged, 0,
                        COUNT(certificates));
    tcase_add_test(cases, what_was_taken_back_can_be_changed_and_extended_again);
    tcase_add_test(cases, the_review_tells_what_the_submit_would);
    suite_add_tcase(suite, cases);
    return suite;
}

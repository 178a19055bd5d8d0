/*
 * charges_test.c: terms and lines of bills come back as they were written, once; each party is left
 * its own figures; which accepted offers reprice a plan on which days.
 */
#include <check.h>
#include <string.h>

#include "base/text.h"
#include "store/families.h"
#include "support/buying.h"
#include "support/rows_market.h"

Suite *charges_suite(void);

static struct deal_market market;
static const char *id; /* of a subscription that has never been charged */

static void
setup(void)
{
    deal_market_open(&market, NULL);
    rows_market_add(&market);
    buying_add(&market);
    buying_on(&market, "2023-10-05");
    id = buy(&market, &(struct wanted){.product = "meters", .plan = "max", .term = "term-1"});
}

static void
teardown(void)
{
    deal_market_close(&market);
}

/* ---- Terms ---------------------------------------------------------------------------------- */

static struct term_prices
prices_of(int term, struct day begins, struct unit_price *rows, size_t count)
{
    return (struct term_prices){
        .term = term, .begins_on = begins, .source = {"", 0, 0, ""}, .rows = rows, .count = count};
}

static enum err
term_at(struct day day, struct term_prices *prices)
{
    return term_on(market.temp.reader, market.temp.arena, id, day, prices);
}

START_TEST(a_term_holds_until_the_next_begins)
{
    struct unit_price rows[] = {
        {.point = "meter-calls",
         .words = "Meter: each",
         .quantity = 1,
         .partner.money.cents = 4,
         .customer.money.cents = 5},
        {.point = "term-1",
         .words = "1-month",
         .quantity = 3,
         .has_list = true,
         .list.money.cents = 50000,
         .partner.money.cents = 40000,
         .customer.money.cents = 44000},
    };
    struct term_prices second = prices_of(2, day_make(2023, 11, 5), rows, COUNT(rows));
    struct term_prices third = prices_of(3, day_make(2023, 11, 5), rows, 1);
    const char *offer = deal_make(&market, DEAL_EXTENDED);
    struct term_prices found;
    struct db *db = temp_write(&market.temp);

    second.source = (struct price_source){offer, 2, 7, DEAL_PARTNER};
    ck_assert_int_eq(term_insert(db, market.temp.arena, id, &second), OK);
    temp_keep(&market.temp, db);
    ck_assert_int_eq(term_at(day_make(2023, 10, 4), &found), ERR_ABSENT);
    ck_assert_int_eq(term_at(day_make(2023, 10, 5), &found), OK);
    ck_assert_int_eq(found.term, 1);
    ck_assert_str_eq(found.source.offer, "");
    ck_assert_uint_eq(found.count, 3); /* a month of Max, and two meters */
    ck_assert_int_eq(term_at(day_make(2023, 11, 4), &found), OK);
    ck_assert_int_eq(found.term, 1);

    ck_assert_int_eq(term_at(day_make(2023, 11, 5), &found), OK);
    ck_assert_int_eq(found.term, 2);
    ck_assert_int_eq(found.begins_on.number, day_make(2023, 11, 5).number);
    ck_assert_str_eq(found.source.offer, offer);
    ck_assert_int_eq(found.source.row, 2);
    ck_assert_int_eq(found.source.offer_version, 7);
    ck_assert_str_eq(found.source.partner, DEAL_PARTNER);
    ck_assert_uint_eq(found.count, 2);
    ck_assert(!term_price(&found, "meter-calls")->has_list);
    ck_assert_int_eq(term_price(&found, "meter-calls")->partner.money.cents, 4);
    ck_assert_int_eq(term_price(&found, "meter-calls")->customer.money.cents, 5);
    ck_assert_int_eq(term_price(&found, "term-1")->quantity, 3);
    ck_assert_int_eq(term_price(&found, "term-1")->list.money.cents, 50000);
    ck_assert_str_eq(term_price(&found, "term-1")->words, "1-month");
    ck_assert_ptr_null(term_price(&found, "term-12"));

    db = temp_write(&market.temp); /* of one day, the later */
    ck_assert_int_eq(term_insert(db, market.temp.arena, id, &third), OK);
    temp_keep(&market.temp, db);
    ck_assert_int_eq(term_at(day_make(2023, 11, 5), &found), OK);
    ck_assert_int_eq(found.term, 3);
    ck_assert_uint_eq(found.count, 1);
}
END_TEST

/* ---- Lines ---------------------------------------------------------------------------------- */

static struct charge
line_of(int number)
{
    return (struct charge){
        .purchase = id,
        .number = number,
        .at = 1697792400,
        .on = day_make(2023, 10, 20),
        .kind = CHARGE_PAYMENT,
        .term = 2,
        .source = {"", 0, 0, DEAL_PARTNER},
        .point = "term-1",
        .words = "1-month, one payment upfront",
        .quantity = 3,
        .has_list = true,
        .list = 50000,
        .partner = 40000,
        .customer = 44000,
        .has_list_amount = true,
        .list_amount = {150000},
        .partner_amount = {120000},
        .customer_amount = {132000},
        .fee_rate = {3 * RATE_ONE_PERCENT},
        .fee = {3600},
        .from_on = day_make(2023, 10, 20),
        .through_on = day_make(2023, 11, 19),
    };
}

static void
written(const struct charge *charge, enum err expected)
{
    struct db *db = temp_write(&market.temp);

    ck_assert_int_eq(charge_insert(db, market.temp.arena, charge), expected);
    ck_assert_int_eq(write_end(market.temp.store, db, expected == OK), OK);
}

static struct charges
lines(void)
{
    struct charges charges;

    ck_assert_int_eq(charges_of(market.temp.reader, market.temp.arena, id, &charges), OK);
    return charges;
}

START_TEST(a_line_comes_back_as_it_was_written)
{
    const char *offer = deal_make(&market, DEAL_EXTENDED);
    struct charge first = line_of(1);
    struct charge second = line_of(2);
    const struct charge *found;

    first.source = (struct price_source){offer, 2, 7, DEAL_PARTNER};
    second.kind = CHARGE_USAGE;
    second.per_hour = true;
    second.has_list = false;
    second.has_list_amount = false;
    second.list = 0;
    second.list_amount.cents = 0;
    second.partner = 300000;
    second.partner_amount.cents = -120000;
    second.corrects = 1;
    written(&first, OK);
    written(&second, OK);
    ck_assert_uint_eq(lines().count, 2);
    found = &lines().rows[0];
    ck_assert_str_eq(found->purchase, id);
    ck_assert_int_eq(found->number, 1);
    ck_assert_int_eq(found->at, 1697792400);
    ck_assert_int_eq(found->on.number, day_make(2023, 10, 20).number);
    ck_assert_int_eq(found->kind, CHARGE_PAYMENT);
    ck_assert_int_eq(found->term, 2);
    ck_assert_str_eq(found->source.offer, offer);
    ck_assert_int_eq(found->source.row, 2);
    ck_assert_int_eq(found->source.offer_version, 7);
    ck_assert_str_eq(found->source.partner, DEAL_PARTNER);
    ck_assert_str_eq(found->point, "term-1");
    ck_assert_str_eq(found->words, "1-month, one payment upfront");
    ck_assert_int_eq(found->quantity, 3);
    ck_assert(!found->per_hour && found->has_list && found->has_list_amount);
    ck_assert_int_eq(found->list, 50000);
    ck_assert_int_eq(found->partner, 40000);
    ck_assert_int_eq(found->customer, 44000);
    ck_assert_int_eq(found->list_amount.cents, 150000);
    ck_assert_int_eq(found->partner_amount.cents, 120000);
    ck_assert_int_eq(found->customer_amount.cents, 132000);
    ck_assert_int_eq(found->fee_rate.e8, 3 * RATE_ONE_PERCENT);
    ck_assert_int_eq(found->fee.cents, 3600);
    ck_assert_int_eq(found->from_on.number, day_make(2023, 10, 20).number);
    ck_assert_int_eq(found->through_on.number, day_make(2023, 11, 19).number);
    ck_assert_int_eq(found->corrects, 0);
    found = &lines().rows[1];
    ck_assert_int_eq(found->kind, CHARGE_USAGE);
    ck_assert(found->per_hour && !found->has_list && !found->has_list_amount);
    ck_assert_int_eq(found->partner, 300000);
    ck_assert_int_eq(found->partner_amount.cents, -120000);
    ck_assert_int_eq(found->corrects, 1);
    ck_assert_str_eq(found->source.offer, "");
}
END_TEST

START_TEST(a_line_is_written_once)
{
    struct charge line = line_of(1);

    written(&line, OK);
    line.customer_amount.cents = 1;
    written(&line, ERR_BROKEN);
    ck_assert_uint_eq(lines().count, 1);
    ck_assert_int_eq(lines().rows[0].customer_amount.cents, 132000);
}
END_TEST

START_TEST(of_a_long_bill_the_newest_lines_are_read)
{
    struct db *db = temp_write(&market.temp);

    for (int i = 1; i <= LIMIT_CHARGES + 5; i++) {
        const struct charge line = line_of(i);

        ck_assert_int_eq(charge_insert(db, market.temp.arena, &line), OK);
    }
    temp_keep(&market.temp, db);
    ck_assert_uint_eq(lines().count, LIMIT_CHARGES);
    ck_assert_int_eq(lines().rows[0].number, 6);
    ck_assert_int_eq(lines().rows[LIMIT_CHARGES - 1].number, LIMIT_CHARGES + 5);
}
END_TEST

/* LAW 5. The second line is at list price: it is no business of the partner's. */
START_TEST(each_party_is_left_its_own_figures)
{
    static const struct {
        enum party party;
        const char *account;
        size_t count;
        int64_t partner, customer, fee;
    } rows[] = {
        {PARTY_ISV, DEAL_ISV, 2, 120000, 0, 3600},
        {PARTY_PARTNER, DEAL_PARTNER, 1, 120000, 132000, 0},
        {PARTY_PARTNER, DEAL_OTHER_PARTNER, 0, 0, 0, 0},
        {PARTY_CUSTOMER, DEAL_ORGANISATION, 2, 0, 132000, 0},
        {PARTY_OPERATOR, "", 2, 120000, 132000, 3600},
    };
    struct charge first = line_of(1);
    struct charge second = line_of(2);

    second.source.partner = "";
    written(&first, OK);
    written(&second, OK);
    for (size_t i = 0; i < COUNT(rows); i++) {
        const struct viewer viewer = {rows[i].party, rows[i].account, TEST_DAY};
        struct charges left = lines();

        charges_blank(&left, &viewer);
        ck_assert_uint_eq(left.count, rows[i].count);
        for (size_t k = 0; k < left.count; k++) {
            const struct charge *line = &left.rows[k];

            ck_assert_int_eq(line->partner_amount.cents, rows[i].partner);
            ck_assert_int_eq(line->partner, rows[i].partner / 3);
            ck_assert_int_eq(line->customer_amount.cents, rows[i].customer);
            ck_assert_int_eq(line->customer, rows[i].customer / 3);
            ck_assert_int_eq(line->fee.cents, rows[i].fee);
            ck_assert_int_eq(line->fee_rate.e8, rows[i].fee == 0 ? 0 : 3 * RATE_ONE_PERCENT);
            ck_assert_int_eq(line->list_amount.cents, 150000);
        }
    }
}
END_TEST

/* Bills, usage and commitments have no statement that changes or removes a row; of purchases only
 * the purchase itself changes, and only from the version that was read. */
START_TEST(what_was_written_once_is_never_changed)
{
    static const struct family *const once[] = {&store_charges_family, &store_usage_family,
                                                &store_commitments_family};

    for (size_t i = 0; i < COUNT(once); i++) {
        for (unsigned n = 0; n < once[i]->count; n++) {
            const struct statement *statement = &once[i]->statements[n];

            ck_assert_int_eq(statement->writes, strncmp(statement->sql, "INSERT ", 7) == 0);
            ck_assert_ptr_null(strstr(statement->sql, "UPDATE"));
            ck_assert_ptr_null(strstr(statement->sql, "REPLACE"));
        }
    }
    for (unsigned n = 0; n < store_purchases_family.count; n++) {
        const char *sql = store_purchases_family.statements[n].sql;

        ck_assert_ptr_null(strstr(sql, "DELETE"));
        if (strncmp(sql, "UPDATE ", 7) == 0)
            ck_assert_ptr_nonnull(strstr(sql, " WHERE id = $1 AND version = $2"));
    }
}
END_TEST

/* ---- Which offers reprice a plan (LAW 8.8) -------------------------------------------------- */

static size_t
covering(const char *account, const char *product, const char *plan, const char *from,
         const char *through)
{
    struct day first;
    struct day last;
    struct covering found;

    ck_assert_int_eq(day_parse(from, &first), OK);
    ck_assert_int_eq(day_parse(through, &last), OK);
    ck_assert_int_eq(offers_covering(market.temp.reader, market.temp.arena, account, product, plan,
                                     first, last, day_start_at(first), &found),
                     OK);
    return found.count;
}

START_TEST(an_offer_covers_its_own_days)
{
    const struct sold accepted = {.product = "meters",
                                  .plan = "lite",
                                  .discount = "20",
                                  .adjustment = "10",
                                  .end_month = "2023-12"};
    const struct sold later = {.product = "seats",
                               .plan = "",
                               .discount = "20",
                               .adjustment = "10",
                               .start_month = "2023-11",
                               .end_month = "2023-12"};

    ck_assert_uint_eq(covering(DEAL_ACCOUNT, "meters", "lite", "2023-10-05", "2023-10-05"), 0);
    (void)buying_offer(&market, &accepted);
    (void)buying_offer(&market, &later);
    ck_assert_uint_eq(covering(DEAL_ACCOUNT, "meters", "lite", "2023-10-05", "2023-10-05"), 1);
    ck_assert_uint_eq(covering(DEAL_ACCOUNT, "meters", "lite", "2023-10-04", "2023-10-04"), 0);
    ck_assert_uint_eq(covering(DEAL_ACCOUNT, "meters", "lite", "2023-12-31", "2023-12-31"), 1);
    ck_assert_uint_eq(covering(DEAL_ACCOUNT, "meters", "lite", "2024-01-01", "2024-01-01"), 0);
    /* a month that one of its days is in */
    ck_assert_uint_eq(covering(DEAL_ACCOUNT, "meters", "lite", "2023-10-01", "2023-10-31"), 1);
    ck_assert_uint_eq(covering(DEAL_ACCOUNT, "meters", "lite", "2023-09-01", "2023-09-30"), 0);
    ck_assert_uint_eq(covering(DEAL_ACCOUNT, "meters", "lite", "2024-01-01", "2024-01-31"), 0);
    /* another plan, another account */
    ck_assert_uint_eq(covering(DEAL_ACCOUNT, "meters", "max", "2023-10-05", "2023-10-05"), 0);
    ck_assert_uint_eq(covering(OTHER_ACCOUNT, "meters", "lite", "2023-10-05", "2023-10-05"), 0);
    /* from its start month on, a whole product: every plan of it, also one to come */
    ck_assert_uint_eq(covering(DEAL_ACCOUNT, "seats", "team", "2023-10-31", "2023-10-31"), 0);
    ck_assert_uint_eq(covering(DEAL_ACCOUNT, "seats", "team", "2023-11-01", "2023-11-01"), 1);
    ck_assert_uint_eq(covering(DEAL_ACCOUNT, "seats", "to-come", "2023-11-01", "2023-11-01"), 1);
}
END_TEST

/* Offers that nobody accepted, and new plans and reservations, reprice nothing. */
START_TEST(only_accepted_offers_of_public_plans_cover)
{
    const char *offer = deal_make(&market, DEAL_EXTENDED);
    struct answers row =
        deal_form(&market, "payment-1-1", "0", "payment-1-36", "", "price-1-term-1", "400.00",
                  "price-1-meter-emails", "0.80", "price-1-meter-calls", "0.05", NULL);
    const struct sold own = {.type = OFFER_NEW_PLANS,
                             .product = "meters",
                             .plan = "max",
                             .form = &row,
                             .adjustment = "10",
                             .end_month = "2023-12"};

    ck_assert_uint_eq(covering(DEAL_ACCOUNT, "suite", "pro", "2023-10-05", "2023-12-31"), 0);
    ck_assert_int_eq(play_deed(&market, &actor_owner, DEED_ACCEPT, offer), OK);
    ck_assert_uint_eq(covering(DEAL_ACCOUNT, "suite", "pro", "2023-10-05", "2023-12-31"), 1);
    ck_assert_uint_eq(covering(DEAL_ACCOUNT, "runner", "ops", "2023-10-05", "2023-12-31"), 1);
    (void)buying_offer(&market, &own);
    ck_assert_uint_eq(covering(DEAL_ACCOUNT, "meters", "max", "2023-10-05", "2023-12-31"), 0);
}
END_TEST

Suite *
charges_suite(void)
{
    Suite *suite = suite_create("charges");
    TCase *cases = tcase_create("charges");

    tcase_add_checked_fixture(cases, setup, teardown);
    tcase_add_test(cases, a_term_holds_until_the_next_begins);
    tcase_add_test(cases, a_line_comes_back_as_it_was_written);
    tcase_add_test(cases, a_line_is_written_once);
    tcase_add_test(cases, of_a_long_bill_the_newest_lines_are_read);
    tcase_add_test(cases, each_party_is_left_its_own_figures);
    tcase_add_test(cases, what_was_written_once_is_never_changed);
    tcase_add_test(cases, an_offer_covers_its_own_days);
    tcase_add_test(cases, only_accepted_offers_of_public_plans_cover);
    suite_add_tcase(suite, cases);
    return suite;
}

/*
 * actions_rows_test.c: adding, configuring and saving rows of every option, and what of them comes
 * back from the store (LAW 4.4, 9.1, D-16, D-26, D-36). Not here: what each field may hold
 * (row_forms_test), what a submit asks of rows (check_rows_test).
 */
#include <check.h>
#include <string.h>

#include "actions/isv.h"
#include "base/text.h"
#include "store/catalogue.h"
#include "support/play.h"
#include "support/rows_market.h"
#include "support/store_dump.h"

static struct deal_market market;

static void
setup(void)
{
    deal_market_open(&market, NULL);
    rows_market_add(&market);
}

static void
teardown(void)
{
    deal_market_close(&market);
}

/* A draft of that option that is only a name. */
static const char *
begun(enum offer_type type)
{
    const char *id = NULL;
    struct problems *problems = problems_new(market.temp.arena);
    struct answers form =
        deal_form(&market, "name", "Rows", ANSWER_PRICING, offer_type_text(type), NULL);
    struct act act = deal_begin(&market, PARTY_ISV, DEAL_ISV, "isv");

    ck_assert_int_eq(deal_end(&market, &act, action_offer_create(&act, &form, problems, &id)), OK);
    ck_assert_int_eq(ISV_SEES(id).type, type);
    return id;
}

/* The ISV's act and the rev it would send. */
static struct act
acting(const char *id, const char **rev)
{
    struct act act = deal_begin(&market, PARTY_ISV, DEAL_ISV, "isv");
    struct offer offer;

    ck_assert_int_eq(offer_load(act.db, act.arena, &act.viewer, id, &offer), OK);
    *rev = offer_rev(act.arena, &offer, PARTY_ISV);
    return act;
}

/* Adds a choice, and answers what was wrong with it. */
static struct problems *
added(const char *id, const char *product, const char *plan, enum err expected)
{
    const struct plan_choice choice = {product, plan};
    struct problems *problems = problems_new(market.temp.arena);
    const char *rev = NULL;
    struct act act = acting(id, &rev);

    ck_assert_int_eq(deal_end(&market, &act, action_rows_add(&act, id, rev, &choice, 1, problems)),
                     expected);
    return problems;
}

static struct problems *
templated(const char *id, const char *product, const char *plan, const struct answers *answers,
          enum err expected)
{
    const struct plan_choice template = {product, plan};
    struct problems *problems = problems_new(market.temp.arena);
    const char *rev = NULL;
    struct act act = acting(id, &rev);
    int row = 0;

    ck_assert_int_eq(
        deal_end(&market, &act,
                 action_new_plan_add(&act, id, rev, &template, answers, problems, &row)),
        expected);
    ck_assert((row > 0) == (expected == OK));
    return problems;
}

/* Saves a row's own form without that line; 0 = with all. */
static struct problems *
row_saved(const char *id, int row, int line, const struct answers *answers, enum err expected)
{
    const struct row_edit edit = {.remove_line = line};
    struct problems *problems = problems_new(market.temp.arena);
    const char *rev = NULL;
    struct act act = acting(id, &rev);

    ck_assert_int_eq(
        deal_end(&market, &act, action_row_save(&act, id, rev, row, answers, &edit, problems)),
        expected);
    return problems;
}

static const char *
own_of(const struct offer_row *row, const char *key)
{
    const struct row_price *price = row_price(row, key);

    ck_assert_msg(price != NULL, "no price %s", key);
    return price->has_own ? amount_plain(market.temp.arena, price->own) : "none";
}

START_TEST(an_offer_is_of_one_option_from_the_beginning)
{
    static const char *const wrong[] = {"", "existing", "A", "SAASNEWCUSTOMIZEDPLANS"};
    const char *before = store_dump(&market.temp, NULL);

    for (size_t i = 0; i < COUNT(wrong); i++)
        play_assert_only_at(play_form(&market, &actor_isv, DEED_CREATE, NULL,
                                      FORM("name", "Rows", ANSWER_PRICING, wrong[i]), ERR_INVALID),
                            ANSWER_PRICING);
    play_assert_only_at(
        play_form(&market, &actor_isv, DEED_CREATE, NULL, FORM("name", "Rows"), ERR_INVALID),
        ANSWER_PRICING);
    ck_assert_uint_eq(
        play_form(&market, &actor_isv, DEED_CREATE, NULL, FORM("name", ""), ERR_INVALID)->count, 2);
    ck_assert_str_eq(store_dump(&market.temp, NULL), before);
    for (int type = 0; type < OFFER_TYPE_COUNT; type++) {
        const char *id = begun((enum offer_type)type);

        (void)play_form(&market, &actor_isv, DEED_SAVE, id,
                        FORM(ANSWER_PRICING, "vmSoftwareReservations", "description", "x"), OK);
        ck_assert_int_eq(ISV_SEES(id).type, type);
    }
}
END_TEST

START_TEST(a_whole_product_becomes_a_row)
{
    const char *id = begun(OFFER_EXISTING_PLANS);
    struct offer offer;

    added(id, "meters", "", OK);
    play_form(&market, &actor_isv, DEED_SAVE, id, FORM("discount-1", "10"), OK);
    offer = ISV_SEES(id);
    ck_assert_uint_eq(offer.row_count, 1);
    ck_assert(offer.rows[0].whole_product);
    ck_assert_str_eq(offer.rows[0].plan->id, "");
    ck_assert_str_eq(row_words(market.temp.arena, &offer.rows[0]), "Meters, all plans");
    ck_assert_uint_eq(offer.rows[0].price_count, 5);
    ck_assert_int_eq(row_price(&offer.rows[0], "max.term-1")->partner.money.cents, 45000);
    ck_assert_int_eq(row_price(&offer.rows[0], "lite.term-1")->partner.money.cents, 4500);

    play_assert_only_at(
        play_form(&market, &actor_isv, DEED_SAVE, id, FORM("type-1", "absolute"), ERR_INVALID),
        "type-1");
    row_saved(id, 1, 0, FORM("price-1-lite.term-1", "1.00"), ERR_ABSENT);
    ck_assert_int_eq(ISV_SEES(id).rows[0].price_type, PRICE_DISCOUNT);
}
END_TEST

/* "All current and future plans": one that comes to be sold later is of the row, one that is taken
 * off is not. */
START_TEST(a_whole_product_follows_its_plans)
{
    const char *id = begun(OFFER_EXISTING_PLANS);
    struct db *db;

    added(id, "meters", "", OK);
    db = temp_write(&market.temp);
    ck_assert_int_eq(plan_publish(db, "meters", "max", false), OK);
    temp_keep(&market.temp, db);
    ck_assert_uint_eq(ISV_SEES(id).rows[0].price_count, 1);
    db = temp_write(&market.temp);
    ck_assert_int_eq(plan_publish(db, "meters", "max", true), OK);
    ck_assert_int_eq(plan_publish(db, "meters", "lite", false), OK);
    temp_keep(&market.temp, db);
    ck_assert_uint_eq(ISV_SEES(id).rows[0].price_count, 4);
    db = temp_write(&market.temp);
    ck_assert_int_eq(plan_publish(db, "meters", "max", false), OK);
    temp_keep(&market.temp, db);
    play_form(&market, &actor_isv, DEED_SAVE, id, FORM("discount-1", "10"), OK);
    ck_assert_ptr_nonnull(strstr(
        problem_at(play_form(&market, &actor_isv, DEED_SUBMIT, id, NULL, ERR_INVALID), "type-1")
            ->message,
        "Remove Meters, all plans"));
}
END_TEST

START_TEST(a_product_and_its_plan_are_not_added_together)
{
    static const struct plan_choice both[] = {{"meters", ""}, {"meters", "lite"}};
    const char *id = begun(OFFER_EXISTING_PLANS);
    struct problems *problems = problems_new(market.temp.arena);
    const char *rev = NULL;
    struct act act = acting(id, &rev);

    ck_assert_int_eq(
        deal_end(&market, &act, action_rows_add(&act, id, rev, both, COUNT(both), problems)),
        ERR_INVALID);
    play_assert_only_at(problems, "plan");
    added(id, "meters", "lite", OK);
    play_assert_only_at(added(id, "meters", "", ERR_INVALID), "plan");
    added(id, "suite", "", OK);
    play_assert_only_at(added(id, "suite", "pro", ERR_INVALID), "plan");
    play_assert_only_at(added(id, "suite", "", ERR_INVALID), "plan");
    play_assert_only_at(added(id, "foreign", "", ERR_INVALID), "plan");
    play_assert_only_at(added(id, "nothing", "", ERR_INVALID), "plan");
    ck_assert_uint_eq(ISV_SEES(id).row_count, 2);
}
END_TEST

/* D-36: the new plan begins as its template is. */
START_TEST(a_new_plan_begins_as_its_template)
{
    const char *id = begun(OFFER_NEW_PLANS);
    struct offer offer;
    const struct offer_row *row;

    templated(id, "meters", "max",
              FORM("plan_name", " Orchid Max ", "plan_description", "For Orchid\nalone"), OK);
    templated(id, "seats", "team", FORM("plan_name", "Crew", "plan_description", "Users"), OK);
    offer = ISV_SEES(id);
    ck_assert_uint_eq(offer.row_count, 2);
    row = &offer.rows[0];
    ck_assert_int_eq(row->price_type, PRICE_ABSOLUTE);
    ck_assert_str_eq(row->plan_name, "Orchid Max");
    ck_assert_str_eq(row->plan_description, "For Orchid\nalone");
    ck_assert_uint_eq(row->price_count, 4);
    ck_assert_str_eq(own_of(row, "term-1"), "500.00");
    ck_assert_str_eq(own_of(row, "term-36"), "36000.00");
    ck_assert_str_eq(own_of(row, "meter-emails"), "1.00");
    ck_assert_str_eq(own_of(row, "meter-calls"), "0.05");
    ck_assert_int_eq(row_payment(row, 36), 12);
    ck_assert_int_eq(row_payment(row, 12), TERM_NOT_SOLD);
    ck_assert_uint_eq(row->included_count, 2);
    ck_assert_int_eq(included_find(row->included, row->included_count, "meter-emails", 1)->quantity,
                     10);
    ck_assert(included_find(row->included, row->included_count, "meter-emails", 36)->unlimited);
    ck_assert_int_eq(row->min_users, 0);
    row = &offer.rows[1];
    ck_assert_str_eq(own_of(row, "user-1"), "15.00");
    ck_assert_int_eq(row->min_users, 5);
    ck_assert_int_eq(row->max_users, 500);
}
END_TEST

START_TEST(templates_and_texts_that_are_refused)
{
    static const char *const refused[][2] = {
        {"", ""},           {"suite", ""},        {"suite", "trial"}, {"suite", "hidden"},
        {"runner", "ops"},  {"cores", "each"},    {"foreign", "one"}, {"suite", "nothing"},
        {"nothing", "pro"}, {"meters", "closed"},
    };
    const char *id = begun(OFFER_NEW_PLANS);
    const struct answers *good = FORM("plan_name", "Orchid", "plan_description", "For Orchid");
    struct problems *problems;

    for (size_t i = 0; i < COUNT(refused); i++)
        play_assert_only_at(templated(id, refused[i][0], refused[i][1], good, ERR_INVALID),
                            "template");
    play_assert_only_at(templated(id, "suite", "pro", FORM("plan_name", "Orchid"), ERR_INVALID),
                        "plan_description");
    play_assert_only_at(templated(id, "suite", "pro",
                                  FORM("plan_name", "100%", "plan_description", "x"), ERR_INVALID),
                        "plan_name");
    problems = templated(id, "", "", FORM("plan_name", " ", "plan_description", ""), ERR_INVALID);
    ck_assert_uint_eq(problems->count, 3);
    ck_assert_uint_eq(ISV_SEES(id).row_count, 0);
    templated(id, "suite", "pro", good, OK);
    play_assert_only_at(templated(id, "suite", "pro", good, ERR_INVALID), "template"); /* D-16 */
}
END_TEST

START_TEST(each_option_has_its_own_way_to_add)
{
    const struct answers *texts = FORM("plan_name", "Orchid", "plan_description", "x");

    added(begun(OFFER_NEW_PLANS), "suite", "pro", ERR_ABSENT);
    templated(begun(OFFER_EXISTING_PLANS), "suite", "pro", texts, ERR_ABSENT);
    templated(begun(OFFER_RESERVATIONS), "suite", "pro", texts, ERR_ABSENT);
    play_assert_only_at(added(begun(OFFER_RESERVATIONS), "plain", "", ERR_INVALID), "plan");
    play_assert_only_at(added(begun(OFFER_RESERVATIONS), "plain", "hourly", ERR_INVALID), "plan");
    play_assert_only_at(added(begun(OFFER_RESERVATIONS), "suite", "pro", ERR_INVALID), "plan");
}
END_TEST

START_TEST(a_reservation_takes_the_first_duration_left)
{
    const char *id = begun(OFFER_RESERVATIONS);
    struct offer offer;

    added(id, "plain", "one", OK);
    added(id, "plain", "one", OK);
    play_assert_only_at(added(id, "plain", "one", ERR_INVALID), "plan");
    added(id, "sizes", "some", OK);
    play_assert_only_at(added(id, "sizes", "some", ERR_INVALID), "plan");
    offer = ISV_SEES(id);
    ck_assert_uint_eq(offer.row_count, 3);
    ck_assert_int_eq(offer.rows[0].duration_months, 12);
    ck_assert_int_eq(offer.rows[1].duration_months, 36);
    ck_assert_int_eq(offer.rows[2].duration_months, 36); /* sold for 3 years only */
    for (size_t i = 0; i < 3; i++) {
        ck_assert_int_eq(offer.rows[i].price_type, PRICE_ABSOLUTE);
        ck_assert_int_eq(offer.rows[i].payment_months, 0);
    }
    ck_assert_uint_eq(offer.rows[0].price_count, 1); /* flat rate: its line is there at once */
    ck_assert_str_eq(offer.rows[0].prices[0].key, "reserve-0");
    ck_assert_int_eq(offer.rows[0].prices[0].quantity, 0);
    ck_assert_int_eq(offer.rows[0].prices[0].list.money.cents, 613200);
    ck_assert_uint_eq(offer.rows[2].price_count, 0);
    /* nor can the one become the other */
    play_assert_only_at(row_saved(id, 1, 0, FORM("duration-1", "36"), ERR_INVALID), "duration-1");
}
END_TEST

START_TEST(a_new_plan_is_saved_and_comes_back)
{
    const char *id = begun(OFFER_NEW_PLANS);
    struct offer offer;
    const struct offer_row *row;

    templated(id, "meters", "max", FORM("plan_name", "Orchid", "plan_description", "x"), OK);
    row_saved(id, 1, 0,
              FORM("plan_name-1", "Orchid 2", "payment-1-1", "", "payment-1-24", "12",
                   "price-1-term-24", "20,000", "payment-1-36", "1", "price-1-term-36", "",
                   "price-1-meter-calls", "0.04", "included-1-meter-calls-24", "5,000",
                   "unlimited-1-meter-emails-24", "1", "included-1-meter-emails-36", ""),
              OK);
    offer = ISV_SEES(id);
    row = &offer.rows[0];
    ck_assert_str_eq(row->plan_name, "Orchid 2");
    ck_assert_str_eq(row->plan_description, "x");
    ck_assert_uint_eq(row->price_count, 4);
    ck_assert_int_eq(row_payment(row, 1), TERM_NOT_SOLD);
    ck_assert_int_eq(row_payment(row, 24), 12);
    ck_assert_int_eq(row_payment(row, 36), 1);
    ck_assert_str_eq(own_of(row, "term-24"), "20000.00");
    ck_assert_str_eq(own_of(row, "term-36"), "none");
    ck_assert_str_eq(own_of(row, "meter-calls"), "0.04");
    ck_assert(!row_price(row, "term-24")->has_list); /* the template sells no 2 years */
    ck_assert_uint_eq(row->included_count, 2);
    ck_assert_int_eq(included_find(row->included, row->included_count, "meter-calls", 24)->quantity,
                     5000);
    ck_assert(included_find(row->included, row->included_count, "meter-emails", 24)->unlimited);
    play_assert_only_at(
        row_saved(id, 1, 0, FORM("plan_name-1", "<>", "payment-1-24", ""), ERR_INVALID),
        "plan_name-1");
    ck_assert_int_eq(row_payment(&ISV_SEES(id).rows[0], 24), 12);
}
END_TEST

START_TEST(reservations_are_saved_and_come_back)
{
    const char *id = begun(OFFER_RESERVATIONS);
    struct offer offer;
    const struct offer_row *row;
    struct row_totals totals;

    added(id, "cores", "each", OK);
    row_saved(id, 1, 0,
              FORM("schedule-1", "monthly", "vcpu-1-1", "8", "quantity-1-1", "4", "unit-1-1",
                   "450.00", "vcpu-1-3", "2", "quantity-1-3", "", "unit-1-3", "110"),
              OK);
    offer = ISV_SEES(id);
    row = &offer.rows[0];
    ck_assert_int_eq(row->duration_months, 12);
    ck_assert_int_eq(row->payment_months, 1);
    ck_assert_uint_eq(row->price_count, 2);
    ck_assert_int_eq(row->prices[0].point->vcpu, 2);
    ck_assert_int_eq(row->prices[0].quantity, 0);
    ck_assert_str_eq(own_of(row, "reserve-2"), "110.00");
    ck_assert_int_eq(row->prices[1].quantity, 4);
    ck_assert_str_eq(own_of(row, "reserve-8"), "450.00");
    /* A line is removed whatever is typed in it; the others are saved. */
    row_saved(id, 1, 1,
              FORM("vcpu-1-1", "2", "quantity-1-1", "minus one", "unit-1-1", "free", "vcpu-1-2",
                   "8", "quantity-1-2", "4", "unit-1-2", "450.00"),
              OK);
    offer = ISV_SEES(id);
    row = &offer.rows[0];
    ck_assert_uint_eq(row->price_count, 1);
    ck_assert_int_eq(offer_totals(&offer, &totals), OK);
    ck_assert_str_eq(money_show(market.temp.arena, totals.partner), "$21,600.00");
    row_saved(id, 2, 0, FORM("schedule-2", "monthly"), ERR_ABSENT);
}
END_TEST

/* LAW 4.1, 16: ten rows over all options. */
START_TEST(an_eleventh_new_plan_does_not_fit)
{
    const struct answers *texts = FORM("plan_name", "Orchid", "plan_description", "x");
    const char *id = begun(OFFER_NEW_PLANS);
    struct price_point month = {.id = "term-1",
                                .kind = POINT_TERM,
                                .term_months = 1,
                                .name = "",
                                .unit = "",
                                .market = MARKET_US,
                                .list = {.money = {1000}}};
    struct db *db = temp_write(&market.temp);

    for (int i = 0; i < 11; i++) {
        struct plan plan = {.product = "suite",
                            .id = arena_format(market.temp.arena, "p%d", i),
                            .name = arena_format(market.temp.arena, "Plan %d", i),
                            .description = "",
                            .summary = "",
                            .markets = MARKET_US,
                            .is_public = true,
                            .published = true,
                            .model = MODEL_FLAT_RATE,
                            .points = &month,
                            .point_count = 1};

        ck_assert_int_eq(plan_insert(db, market.temp.arena, &plan), OK);
    }
    temp_keep(&market.temp, db);
    for (int i = 0; i < 11; i++) {
        const char *plan = arena_format(market.temp.arena, "p%d", i);

        if (i < 10)
            templated(id, "suite", plan, texts, OK);
        else
            play_assert_only_at(templated(id, "suite", plan, texts, ERR_INVALID), "template");
    }
    ck_assert_uint_eq(ISV_SEES(id).row_count, 10);
}
END_TEST

/* Who may, of whose offers, in which states and over which save: as with every draft. */
START_TEST(rows_are_the_business_of_who_drafts)
{
    static const struct {
        const char *account;
        const char *person;
        const char *rev;
        bool submitted;
        enum err expected;
    } tries[] = {
        {DEAL_ISV, "isv-marketer", NULL, false, ERR_DENIED},
        {DEAL_OTHER_ISV, "other-isv", NULL, false, ERR_ABSENT},
        {DEAL_ISV, "isv", "1", false, ERR_STALE},
        {DEAL_ISV, "isv", NULL, true, ERR_CLOSED},
    };
    const struct plan_choice lite = {"meters", "lite"};
    const struct row_edit nothing = {.remove_line = 0};
    struct answers texts =
        deal_form(&market, "plan_name", "Two", "plan_description", "x", "plan_name-1", "Two", NULL);
    const char *id = begun(OFFER_NEW_PLANS);

    templated(id, "meters", "max", FORM("plan_name", "One", "plan_description", "x"), OK);
    play_form(&market, &actor_isv, DEED_SAVE, id,
              FORM("billing_account", DEAL_ACCOUNT, "seller_id", DEAL_PARTNER, "start_mode",
                   "accepted", "end_month", "2023-12", "accept_by", "2023-11-15"),
              OK);
    for (size_t i = 0; i < COUNT(tries); i++) {
        const char *rev = tries[i].rev;
        const char *before;

        if (rev == NULL)
            rev = deal_rev(&market, PARTY_ISV, DEAL_ISV, id);
        if (tries[i].submitted)
            ck_assert_int_eq(play_deed(&market, &actor_isv, DEED_SUBMIT, id), OK);
        before = store_dump(&market.temp, NULL);
        for (int both = 0; both < 2; both++) {
            struct problems *problems = problems_new(market.temp.arena);
            struct act act = deal_begin(&market, PARTY_ISV, tries[i].account, tries[i].person);
            int row = 0;
            enum err outcome =
                both == 0 ? action_new_plan_add(&act, id, rev, &lite, &texts, problems, &row)
                          : action_row_save(&act, id, rev, 1, &texts, &nothing, problems);

            ck_assert_int_eq(deal_end(&market, &act, outcome), tries[i].expected);
        }
        ck_assert_str_eq(store_dump(&market.temp, NULL), before);
    }
}
END_TEST

Suite *actions_rows_suite(void);

Suite *
actions_rows_suite(void)
{
    Suite *suite = suite_create("actions_rows");
    TCase *cases = tcase_create("rows");

    tcase_add_checked_fixture(cases, setup, teardown);
    tcase_add_test(cases, an_offer_is_of_one_option_from_the_beginning);
    tcase_add_test(cases, a_whole_product_becomes_a_row);
    tcase_add_test(cases, a_whole_product_follows_its_plans);
    tcase_add_test(cases, a_product_and_its_plan_are_not_added_together);
    tcase_add_test(cases, a_new_plan_begins_as_its_template);
    tcase_add_test(cases, templates_and_texts_that_are_refused);
    tcase_add_test(cases, each_option_has_its_own_way_to_add);
    tcase_add_test(cases, a_reservation_takes_the_first_duration_left);
    tcase_add_test(cases, a_new_plan_is_saved_and_comes_back);
    tcase_add_test(cases, reservations_are_saved_and_come_back);
    tcase_add_test(cases, an_eleventh_new_plan_does_not_fit);
    tcase_add_test(cases, rows_are_the_business_of_who_drafts);
    suite_add_tcase(suite, cases);
    return suite;
}

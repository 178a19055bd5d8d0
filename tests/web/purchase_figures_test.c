/*
 * purchase_figures_test.c: what each party may not see of a purchase (LAW 5) stands on none of its
 * pages: searched in all of them, refusals too.
 *
 * Through the offer of LAW 20. Pro: list 1,200.00, partner 960.00, customer 1,080.00; the partner
 * earns 120.00; fee 28.80, payout 931.20. Its meter: list 1.00, partner 0.80, customer 0.90: 7
 * units are 5.60 and 6.30; fee 3 % of 5.60 = 0.168 = 0.17, payout 5.43, the partner earns 0.70.
 * Ops: list 250.00, partner 200.00, customer 260.00: fee 6.00, payout 194.00, the partner
 * earns 60.00.
 */
#include <check.h>
#include <string.h>

#include "base/text.h"
#include "support/page.h"
#include "support/play_purchase.h"
#include "support/web_market.h"

Suite *purchase_figures_suite(void);

static struct web_market market;
static const char *offer;
static const char *pro;
static const char *ops;

/* Pro has been used and charged for it, Ops for its second month. */
static void
setup(void)
{
    web_market_open(&market, NULL);
    offer = web_offer(&market, STATE_ACCEPTED);
    pro = play_buy(&market.deal, (struct purchase_target){offer, 1, "", ""}, "term-12", "");
    ops = play_buy(&market.deal, (struct purchase_target){offer, 2, "", ""}, "month", "");
    play_configure(&market.deal, pro);
    play_activate(&market.deal, pro);
    ck_assert_int_eq(web_post(&market, WEB_ISV, web_path(&market, "/isv/purchases/%s/usage", pro),
                              "dimension", "emails", "hour", "2023-10-16T09:00Z", "quantity", "7",
                              NULL)
                         .status,
                     303);
    web_today(&market, 2023, 11, 16);
}

static void
teardown(void)
{
    web_market_close(&market);
}

static const char *const customer_only[] = {"tagged=bycustomer", "order-of-customer", "production",
                                            "Production", "Person contributor"};

static void
hides(enum web_person person, const char *path, const struct web_answer *answer,
      const char *const figures[], size_t count)
{
    for (size_t i = 0; i < count; i++)
        ck_assert_msg(strstr(answer->body, figures[i]) == NULL, "%s shows %s to %s", path,
                      figures[i], web_person_name(person));
    for (size_t i = 0; i < COUNT(customer_only); i++)
        ck_assert_msg(strstr(answer->body, customer_only[i]) == NULL, "%s shows %s to %s", path,
                      customer_only[i], web_person_name(person));
}

static void
shows(enum web_person person, const char *path, const char *const figures[], size_t count)
{
    const char *text = page_text(market.arena, web_get(&market, person, path).body);

    for (size_t i = 0; i < count; i++)
        ck_assert_msg(strstr(text, figures[i]) != NULL, "%s lacks %s: %s", path, figures[i], text);
}

static const char *
purchase_path(const char *id, const char *rest)
{
    return web_path(&market, "/isv/purchases/%s%s", id, rest);
}

START_TEST(the_isv_sees_its_own_figures_alone)
{
    static const char *const hidden[] = {"1,080.00", "1080.00",     "$120.00", "12.5",
                                         "0.90",     "6.30",        "0.70",    "260.00",
                                         "$60.00",   "Person owner"};
    static const char *const own[] = {"$1,200.00", "$960.00", "$28.80", "$931.20",
                                      "$0.80",     "$5.60",   "$0.17",  "$5.43"};
    static const char *const own_ops[] = {"$250.00", "$200.00", "$6.00", "$194.00", "Line 2"};
    const char *const paths[] = {
        "/isv",
        "/isv/purchases",
        "/isv/usage",
        purchase_path(pro, ""),
        purchase_path(ops, ""),
        purchase_path(pro, "/cancel"),
        purchase_path(ops, "/cancel"),
        web_path(&market, "/isv/offers/%s", offer),
        web_path(&market, "/isv/offers/%s/purchases", offer),
        web_path(&market, "/isv/offers/%s/prices.csv", offer),
    };
    struct web_answer answer;

    for (size_t i = 0; i < COUNT(paths); i++) {
        answer = web_get(&market, WEB_ISV, paths[i]);
        hides(WEB_ISV, paths[i], &answer, hidden, COUNT(hidden));
    }
    answer = web_post(&market, WEB_ISV, purchase_path(pro, "/activate"), NULL);
    ck_assert_int_eq(answer.status, 409);
    hides(WEB_ISV, "activate", &answer, hidden, COUNT(hidden));
    answer = web_post(&market, WEB_ISV, purchase_path(pro, "/usage"), "dimension", "none", NULL);
    ck_assert_int_eq(answer.status, 422);
    hides(WEB_ISV, "usage", &answer, hidden, COUNT(hidden));
    shows(WEB_ISV, purchase_path(pro, ""), own, COUNT(own));
    shows(WEB_ISV, purchase_path(ops, ""), own_ops, COUNT(own_ops));
}
END_TEST

START_TEST(the_partner_sees_no_fee_and_no_payout)
{
    static const char *const hidden[] = {
        "28.80",          "931.20", "5.43", "194.00", "0.17", "$6.00", "contact@northwind.example",
        "Namedbycustomer"};
    const char *const paths[] = {
        "/partner",
        web_path(&market, "/partner/offers/%s", offer),
        web_path(&market, "/partner/offers/%s/purchases", offer),
    };

    for (size_t i = 0; i < COUNT(paths); i++) {
        struct web_answer answer = web_get(&market, WEB_PARTNER, paths[i]);

        ck_assert_int_eq(answer.status, 200);
        hides(WEB_PARTNER, paths[i], &answer, hidden, COUNT(hidden));
    }
    ck_assert_int_eq(web_get(&market, WEB_OTHER_PARTNER, paths[2]).status, 404);
}
END_TEST

/* Customer = ISV + partner + fee, on every line. */
START_TEST(the_operator_sees_every_figure)
{
    static const char *const all[] = {
        "$1,200.00$960.00$960.00$28.803%$931.20$1,080.00$1,080.00$120.00",
        "7$1.00$0.80$5.60$0.173%$5.43$0.90$6.30$0.70",
        "Person contributor",
        "tagged=bycustomer",
        "order-of-customer",
        "Bought16 Oct 2023, 09:00 UTC, Person contributor, Northwind",
    };
    static const char *const all_ops[] = {
        "$250.00$200.00$200.00$6.003%$194.00$260.00$260.00$60.00"};

    shows(WEB_OPERATOR, web_path(&market, "/operator/purchases/%s", pro), all, COUNT(all));
    shows(WEB_OPERATOR, web_path(&market, "/operator/purchases/%s", ops), all_ops, COUNT(all_ops));
}
END_TEST

Suite *
purchase_figures_suite(void)
{
    Suite *suite = suite_create("web/purchase_figures");
    TCase *tests = tcase_create("purchase figures");

    tcase_add_checked_fixture(tests, setup, teardown);
    tcase_add_test(tests, the_isv_sees_its_own_figures_alone);
    tcase_add_test(tests, the_partner_sees_no_fee_and_no_payout);
    tcase_add_test(tests, the_operator_sees_every_figure);
    suite_add_tcase(suite, tests);
    return suite;
}

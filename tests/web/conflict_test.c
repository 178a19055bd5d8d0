/*
 * conflict_test.c: two people of one account type into one offer: whoever saves second is shown
 * both, chooses, and exactly that is saved.
 */
#include <check.h>
#include <stdarg.h>
#include <string.h>

#include "actions/isv.h"
#include "base/text.h"
#include "support/page.h"
#include "support/rows_market.h"
#include "support/web_upload.h"

Suite *conflict_suite(void);

#define POISON "\"><script>alert(1)</script>'&{{X}}"

static struct web_market market;
static const char *id;
static const char *setup_path;

static void
setup(void)
{
    web_market_open(&market, NULL);
    rows_market_add(&market.deal);
    id = web_offer(&market, STATE_DRAFT);
    setup_path = web_path(&market, "/isv/offers/%s/setup", id);
}

static void
teardown(void)
{
    web_market_close(&market);
}

/* The other person of the ISV saves these, NULL at the end, over what is there now. */
#define THEY_SAVE(path, ...)                                                                      \
    ck_assert_int_eq(web_post(&market, WEB_ISV_DEVELOPER, path, "rev",                            \
                              web_rev(&market, WEB_ISV_DEVELOPER, id), "do", "save", __VA_ARGS__, \
                              NULL)                                                               \
                         .status,                                                                 \
                     303)

/* The first person saves from that revision and is refused. */
#define I_SAVE(path, since, ...) \
    refused(web_post(&market, WEB_ISV, path, "rev", since, "do", "save", __VA_ARGS__, NULL))

static const char *
refused(struct web_answer answer)
{
    ck_assert_int_eq(answer.status, 409);
    return answer.body;
}

static const char *
rev(void)
{
    return web_rev(&market, WEB_ISV, id);
}

static struct offer
seen(void)
{
    return deal_view(&market.deal, PARTY_ISV, DEAL_ISV, id);
}

/* Which value of the field's two is chosen. */
static const char *
chosen(const char *page, const char *name)
{
    const char *value = page_field(market.arena, page, name);

    ck_assert_msg(value != NULL, "nothing is chosen for %s in %s", name, page);
    return value;
}

/* The form of the page as a browser would send it; name, value, ..., NULL say what is chosen
 * otherwise. */
static struct web_answer
choose(enum web_person person, const char *page, const char *path, ...)
{
    struct web_form form = web_form_new(&market);
    const char *name;
    va_list arguments;

    ck_assert(page_form(market.arena, page, path, &form.form));
    va_start(arguments, path);
    while ((name = va_arg(arguments, const char *)) != NULL)
        web_form_set(&form, name, va_arg(arguments, const char *));
    va_end(arguments);
    return web_post_form(&market, person, path, &form);
}

START_TEST(what_only_one_changed_is_chosen_already)
{
    const char *since = rev();
    const char *page;
    struct web_answer answer;
    struct offer offer;

    /* the form holds every field; who typed what is told by the history alone */
    THEY_SAVE(setup_path, "description", "Theirs", "end_month", "2024-01", "discount-1", "15",
              "contacts", "x@contoso.example");
    page = I_SAVE(setup_path, since, "name", "Northwind FY24", "description", "", "end_month",
                  "2024-02", "discount-1", "20", "contacts", "i@contoso.example\nz@contoso.example",
                  "sales_note", "mine", "customer_label", "Mine too");
    ck_assert_ptr_nonnull(strstr(page, "Person isv-developer changed this offer at"));
    ck_assert_ptr_nonnull(strstr(page, "You started from revision 4; revision 5 is saved now."));
    ck_assert_str_eq(chosen(page, "description"), "Theirs"); /* mine is what it was */
    ck_assert_str_eq(chosen(page, "discount-1"), "15");
    ck_assert_str_eq(chosen(page, "end_month"), "2024-02"); /* both changed it */
    ck_assert_str_eq(chosen(page, "contacts"), "i@contoso.example\nz@contoso.example");
    ck_assert_str_eq(chosen(page, "sales_note"), "mine");
    ck_assert_str_eq(chosen(page, "customer_label"), "Mine too");
    ck_assert_ptr_null(strstr(page, "name=\"name\"")); /* the same in both */
    answer = choose(WEB_ISV, page, setup_path, "end_month", "2024-01", NULL);
    ck_assert_int_eq(answer.status, 303);
    offer = seen();
    ck_assert_str_eq(offer.description, "Theirs");
    ck_assert_int_eq(offer.end_on.number, day_make(2024, 1, 31).number);
    ck_assert_int_eq(offer.rows[0].discount.e8, 15 * RATE_ONE_PERCENT);
    ck_assert_str_eq(offer.contacts, "i@contoso.example\nz@contoso.example");
    ck_assert_str_eq(offer.sales_note, "mine");
    ck_assert_str_eq(offer.customer_label, "Mine too");
    ck_assert_str_eq(offer.name, "Northwind FY24");
}
END_TEST

START_TEST(long_texts_of_several_lines_come_through)
{
    const char *since = rev();
    const char *line = "A line with \t a tab, \xe5\x80\xbc and " POISON;
    const char *mine = arena_format(market.arena, "%s\n\n  %s\nlast", line, line);
    const char *page;

    THEY_SAVE(setup_path, "description", "Theirs\nin two lines");
    page = I_SAVE(setup_path, since, "description", mine);
    ck_assert_ptr_null(strstr(page, "<script>alert"));
    ck_assert_str_eq(chosen(page, "description"), mine);
    ck_assert_int_eq(choose(WEB_ISV, page, setup_path, NULL).status, 303);
    ck_assert_str_eq(seen().description, mine);
    since = rev();
    THEY_SAVE(setup_path, "description", "Theirs\nin two lines");
    page = I_SAVE(setup_path, since, "description", "Other");
    ck_assert_int_eq(
        choose(WEB_ISV, page, setup_path, "description", "Theirs\nin two lines", NULL).status, 303);
    ck_assert_str_eq(seen().description, "Theirs\nin two lines");
}
END_TEST

START_TEST(malformed_values_can_be_kept_for_correction)
{
    const char *since = rev();
    const char *page;
    struct web_answer answer;

    THEY_SAVE(setup_path, "description", "Theirs", "discount-1", "15");
    page = I_SAVE(setup_path, since, "contacts", "not an address", "discount-1", "a lot",
                  "description", "Mine");
    ck_assert_str_eq(chosen(page, "contacts"), "not an address");
    ck_assert_str_eq(chosen(page, "discount-1"), "a lot");
    ck_assert_ptr_nonnull(strstr(page, "Enter a discount between 0.01 and 100"));
    answer = choose(WEB_ISV, page, setup_path, NULL);
    ck_assert_int_eq(answer.status, 422);
    ck_assert_str_eq(page_field(market.arena, answer.body, "contacts"), "not an address");
    ck_assert_str_eq(page_field(market.arena, answer.body, "discount-1"), "a lot");
    ck_assert_str_eq(page_field(market.arena, answer.body, "description"), "Mine");
    ck_assert_str_eq(seen().description, "Theirs");
}
END_TEST

START_TEST(another_save_in_between_asks_again)
{
    const char *since = rev();
    const char *page;
    struct web_answer answer;

    THEY_SAVE(setup_path, "description", "Theirs", "customer_label", "Theirs");
    page = I_SAVE(setup_path, since, "description", "Mine", "sales_note", "mine");
    THEY_SAVE(setup_path, "description", "Theirs again");
    answer = choose(WEB_ISV, page, setup_path, NULL);
    ck_assert_int_eq(answer.status, 409);
    ck_assert_str_eq(chosen(answer.body, "description"), "Mine");
    ck_assert_str_eq(chosen(answer.body, "sales_note"), "mine");
    ck_assert_ptr_nonnull(strstr(answer.body, ">Theirs again<"));
    ck_assert_int_eq(choose(WEB_ISV, answer.body, setup_path, NULL).status, 303);
    ck_assert_str_eq(seen().description, "Mine");
    ck_assert_str_eq(seen().customer_label, "Theirs");
    ck_assert_str_eq(seen().sales_note, "mine");
}
END_TEST

START_TEST(nothing_that_differs_is_no_question)
{
    const char *since = rev();
    const char *page;

    THEY_SAVE(setup_path, "description", "The same");
    page = I_SAVE(setup_path, since, "description", "The same", "discount-1", "20.00");
    ck_assert_ptr_nonnull(strstr(page, "Nothing you typed differs"));
    ck_assert_ptr_null(strstr(page, "Save these choices"));
    ck_assert_uint_eq(page_count(page, "<form"), page_count(page, "</form>"));
}
END_TEST

/* A file is not carried through a choice: that is said, and its name is there to be copied. */
START_TEST(a_chosen_file_is_not_kept)
{
    const struct web_file file = {"terms.pdf", {"%PDF-", 5}};
    struct web_form form = web_form_new(&market);
    const char *since = rev();
    const char *page;

    THEY_SAVE(setup_path, "description", "Theirs");
    web_form_add(&form, "csrf", web_csrf(&market, WEB_ISV));
    web_form_add(&form, "rev", since);
    web_form_add(&form, "do", "add-document");
    web_form_add(&form, "description", "Mine");
    web_form_add(&form, "document_name", "Terms of use");
    page = refused(web_post_file(&market, WEB_ISV, setup_path, &form, &file));
    ck_assert_ptr_nonnull(strstr(page, "The file you chose is not kept. Choose it again."));
    ck_assert_ptr_nonnull(strstr(page, ">Terms of use<"));
    ck_assert_str_eq(chosen(page, "description"), "Mine");
    ck_assert_int_eq(choose(WEB_ISV, page, setup_path, NULL).status, 303);
    ck_assert_uint_eq(seen().document_count, 0);
}
END_TEST

START_TEST(rows_that_came_and_went_are_told)
{
    const char *since = rev();
    const char *page;
    struct offer offer;

    ck_assert_int_eq(
        web_post(&market, WEB_ISV_DEVELOPER, setup_path, "rev", rev(), "do", "remove-1", NULL)
            .status,
        303);
    ck_assert_int_eq(web_post(&market, WEB_ISV_DEVELOPER,
                              web_path(&market, "/isv/offers/%s/products/add", id), "rev", rev(),
                              "plan-1", "seats/team", NULL)
                         .status,
                     303);
    page = I_SAVE(setup_path, since, "type-1", "discount", "discount-1", "17.5", "description",
                  "Mine");
    ck_assert_ptr_nonnull(strstr(page, "Suite, Pro was removed meanwhile."));
    ck_assert_ptr_nonnull(strstr(page, "Seats, Team was added meanwhile."));
    ck_assert_ptr_nonnull(strstr(page, "No longer in the offer"));
    ck_assert_ptr_nonnull(strstr(page_text(market.arena, page), "Discount %, Suite, Pro17.5"));
    ck_assert_int_eq(choose(WEB_ISV, page, setup_path, NULL).status, 303);
    offer = seen();
    ck_assert_str_eq(offer.description, "Mine");
    ck_assert_uint_eq(offer.row_count, 2);
}
END_TEST

/* Pressing Remove is a choice like any other. */
START_TEST(a_button_that_removes_is_asked_about)
{
    const char *since = rev();
    const char *page;

    THEY_SAVE(setup_path, "description", "Theirs");
    page = refused(web_post(&market, WEB_ISV, setup_path, "rev", since, "do", "remove-2", NULL));
    ck_assert_str_eq(chosen(page, "do"), "remove-2");
    ck_assert_int_eq(choose(WEB_ISV, page, setup_path, "do", "save", NULL).status, 303);
    ck_assert_uint_eq(seen().row_count, 2);
    page = refused(web_post(&market, WEB_ISV, setup_path, "rev", since, "do", "remove-2", NULL));
    ck_assert_int_eq(choose(WEB_ISV, page, setup_path, NULL).status, 303);
    ck_assert_uint_eq(seen().row_count, 1);
    page =
        refused(web_post(&market, WEB_ISV, setup_path, "rev", since, "do", "remove-partner", NULL));
    ck_assert_int_eq(choose(WEB_ISV, page, setup_path, NULL).status, 303);
    ck_assert_str_eq(seen().partner, "");
}
END_TEST

START_TEST(own_prices_are_chosen_one_by_one)
{
    const char *path = web_path(&market, "/isv/offers/%s/products/2/price", id);
    const char *since = rev();
    const char *page;

    THEY_SAVE(path, "price-2-month", "190.00");
    page = I_SAVE(path, since, "price-2-month", "1,180.50");
    ck_assert_str_eq(chosen(page, "price-2-month"), "1180.50");
    ck_assert_int_eq(choose(WEB_ISV, page, path, NULL).status, 303);
    ck_assert_int_eq(seen().rows[1].prices[0].own.money.cents, 118050);
    page = I_SAVE(path, since, "price-2-month", "200.00"); /* as the form had it */
    ck_assert_str_eq(chosen(page, "price-2-month"), "1180.50");
    ck_assert_int_eq(
        web_post(&market, WEB_ISV_DEVELOPER, setup_path, "rev", rev(), "do", "remove-2", NULL)
            .status,
        303);
    page = I_SAVE(path, since, "price-2-month", "170.00");
    ck_assert_ptr_nonnull(
        strstr(page_text(market.arena, page), "Partner price, Runner, Ops170.00"));
    ck_assert_ptr_null(strstr(page, "Save these choices"));
    ck_assert_ptr_nonnull(strstr(page, web_path(&market, "href=\"%s\"", setup_path)));
}
END_TEST

/* --- forms of new plans and of reservations -----------------------------------------------------
 */

/* A draft of that option with one row of the plan, which is now the one they work on. */
static const char *
one_row(enum offer_type type, struct plan_choice choice, const struct answers *row_form)
{
    static const struct row_edit nothing = {.remove_line = 0};
    struct act act = deal_begin(&market.deal, PARTY_ISV, DEAL_ISV, "isv");
    struct problems *problems = problems_new(act.arena);
    struct answers begin =
        deal_form(&market.deal, "name", "Deal", ANSWER_PRICING, offer_type_text(type), NULL);
    struct answers texts =
        deal_form(&market.deal, "plan_name", "Orchid", "plan_description", "First\nsecond", NULL);
    int row = 0;

    ck_assert_int_eq(action_offer_create(&act, &begin, problems, &id), OK);
    if (type == OFFER_NEW_PLANS)
        ck_assert_int_eq(action_new_plan_add(&act, id, "1", &choice, &texts, problems, &row), OK);
    else
        ck_assert_int_eq(action_rows_add(&act, id, "1", &choice, 1, problems), OK);
    ck_assert_int_eq(action_row_save(&act, id, "2", 1, row_form, &nothing, problems), OK);
    deal_end(&market.deal, &act, OK);
    return web_path(&market, "/isv/offers/%s/products/1/price", id);
}

/* The form as the person's browser has it. */
static struct web_form
opened(enum web_person person, const char *path)
{
    struct web_form form = web_form_new(&market);

    ck_assert(page_form(market.arena, web_get(&market, person, path).body, path, &form.form));
    web_form_add(&form, "do", "save");
    return form;
}

START_TEST(new_plans_are_chosen_field_by_field)
{
    struct answers prices = deal_form(&market.deal, "price-1-term-1", "480.00", NULL);
    const char *path = one_row(OFFER_NEW_PLANS, (struct plan_choice){"meters", "max"}, &prices);
    struct web_form mine = opened(WEB_ISV, path);
    struct web_form theirs = opened(WEB_ISV_DEVELOPER, path);
    const char *page;
    struct offer offer;
    const struct included *included;

    web_form_set(&theirs, "price-1-term-1", "470.00");
    web_form_set(&theirs, "included-1-meter-emails-1", "25");
    web_form_set(&theirs, "plan_name-1", "Orchid two");
    ck_assert_int_eq(web_post_form(&market, WEB_ISV_DEVELOPER, path, &theirs).status, 303);
    web_form_set(&mine, "plan_description-1", "First\nthird");
    web_form_set(&mine, "unlimited-1-meter-emails-36", NULL);
    web_form_set(&mine, "included-1-meter-emails-36", "100");
    web_form_set(&mine, "payment-1-12", "1");
    web_form_set(&mine, "price-1-term-12", "5,000");
    page = refused(web_post_form(&market, WEB_ISV, path, &mine));
    ck_assert_str_eq(chosen(page, "price-1-term-1"), "470.00");
    ck_assert_str_eq(chosen(page, "plan_name-1"), "Orchid two");
    ck_assert_str_eq(chosen(page, "included-1-meter-emails-1"), "25");
    ck_assert_str_eq(chosen(page, "plan_description-1"), "First\nthird");
    ck_assert_str_eq(chosen(page, "payment-1-12"), "1");
    ck_assert_str_eq(chosen(page, "unlimited-1-meter-emails-36"), "");
    ck_assert_int_eq(choose(WEB_ISV, page, path, NULL).status, 303);
    offer = seen();
    ck_assert_str_eq(offer.rows[0].plan_name, "Orchid two");
    ck_assert_str_eq(offer.rows[0].plan_description, "First\nthird");
    ck_assert_int_eq(row_price(&offer.rows[0], "term-1")->own.money.cents, 47000);
    ck_assert_int_eq(row_price(&offer.rows[0], "term-12")->own.money.cents, 500000);
    ck_assert_int_eq(row_payment(&offer.rows[0], 12), 1);
    ck_assert_int_eq(row_payment(&offer.rows[0], 36), 12); /* not asked about, and kept */
    included =
        included_find(offer.rows[0].included, offer.rows[0].included_count, "meter-emails", 36);
    ck_assert(!included->unlimited && included->quantity == 100);
    included =
        included_find(offer.rows[0].included, offer.rows[0].included_count, "meter-emails", 1);
    ck_assert(!included->unlimited && included->quantity == 25);
}
END_TEST

/* A reservation of 4 and 8 vCPU, paid monthly. */
static const char *
two_lines(void)
{
    struct answers lines = deal_form(&market.deal, "schedule-1", "monthly", "vcpu-1-1", "4",
                                     "quantity-1-1", "4", "unit-1-1", "450.00", "vcpu-1-2", "8",
                                     "quantity-1-2", "1", "unit-1-2", "33.33", NULL);

    return one_row(OFFER_RESERVATIONS, (struct plan_choice){"cores", "each"}, &lines);
}

/* The form has 4 and 8 vCPU. They take 8 out, put 2 in and change how many of 4; mine changes that
 * too, adds 16 and another schedule. */
START_TEST(lines_of_reservations_are_taken_or_left_whole)
{
    const char *path = two_lines();
    const char *since = rev();
    const char *page;
    struct offer offer;
    const struct row_price *prices;

    THEY_SAVE(path, "duration-1", "12", "schedule-1", "monthly", "vcpu-1-1", "4", "quantity-1-1",
              "5", "unit-1-1", "450.00", "vcpu-1-2", "2", "quantity-1-2", "7", "unit-1-2", "2.00");
    page = I_SAVE(path, since, "duration-1", "12", "schedule-1", "upfront", "vcpu-1-1", "4",
                  "quantity-1-1", "6", "unit-1-1", "450", "vcpu-1-2", "8", "quantity-1-2", "1",
                  "unit-1-2", "33.33", "vcpu-1-3", "16", "quantity-1-3", "1", "unit-1-3", "9.00");
    ck_assert_str_eq(chosen(page, "schedule-1"), "upfront");
    ck_assert_str_eq(chosen(page, "quantity-1-1"), "6");
    ck_assert_str_eq(chosen(page, "vcpu-1-1"), "4");
    ck_assert_uint_eq(page_count(page, "name=\"unit-1-1\" value=\"450.00\""), 1);
    ck_assert_str_eq(chosen(page, "vcpu-1-2"), ANSWER_NO_LINE); /* theirs: mine is as it was */
    ck_assert_str_eq(chosen(page, "vcpu-1-3"), "16");
    ck_assert_str_eq(chosen(page, "vcpu-1-4"), "2");
    ck_assert_int_eq(choose(WEB_ISV, page, path, "quantity-1-1", "5", NULL).status, 303);
    offer = seen();
    ck_assert_int_eq(offer.rows[0].payment_months, 0);
    ck_assert_uint_eq(offer.rows[0].price_count, 3);
    prices = offer.rows[0].prices;
    ck_assert_int_eq(prices[0].point->vcpu, 2);
    ck_assert_int_eq(prices[0].quantity, 7);
    ck_assert_int_eq(prices[0].own.money.cents, 200);
    ck_assert_int_eq(prices[1].point->vcpu, 4);
    ck_assert_int_eq(prices[1].quantity, 5);
    ck_assert_int_eq(prices[2].point->vcpu, 16);
    ck_assert_int_eq(prices[2].own.money.cents, 900);
    /* and the other way round: what I had is left, what they had is taken */
    page = I_SAVE(path, since, "vcpu-1-1", "8", "quantity-1-1", "x", "unit-1-1", "33.33");
    ck_assert_int_eq(choose(WEB_ISV, page, path, "vcpu-1-1", ANSWER_NO_LINE, "vcpu-1-2", "2",
                            "vcpu-1-3", "4", "vcpu-1-4", ANSWER_NO_LINE, NULL)
                         .status,
                     303);
    ck_assert_uint_eq(seen().rows[0].price_count, 2);
}
END_TEST

START_TEST(a_line_taken_out_is_asked_about)
{
    const char *path = two_lines();
    const char *since = rev();
    const char *page;

    THEY_SAVE(path, "schedule-1", "upfront");
    page = refused(web_post(&market, WEB_ISV, path, "rev", since, "do", "remove-2", "schedule-1",
                            "monthly", "vcpu-1-1", "4", "quantity-1-1", "4", "unit-1-1", "450.00",
                            "vcpu-1-2", "8", "quantity-1-2", "1", "unit-1-2", "33.33", NULL));
    ck_assert_str_eq(chosen(page, "vcpu-1-2"), ANSWER_NO_LINE);
    ck_assert_str_eq(chosen(page, "schedule-1"), "upfront");
    ck_assert_int_eq(choose(WEB_ISV, page, path, NULL).status, 303);
    ck_assert_uint_eq(seen().rows[0].price_count, 1);
    ck_assert_int_eq(seen().rows[0].payment_months, 0);
}
END_TEST

/* Adding takes nothing away: the same choice is there to be sent again, from what is stored now. */
START_TEST(what_was_ticked_stays_ticked)
{
    const char *path = web_path(&market, "/isv/offers/%s/products/add", id);
    const char *since = rev();
    const char *page;

    THEY_SAVE(setup_path, "description", "Theirs");
    page = refused(
        web_post(&market, WEB_ISV, path, "rev", since, "plan-seats.team", "seats/team", NULL));
    ck_assert_ptr_nonnull(strstr(page, "changed while you were choosing"));
    ck_assert_str_eq(page_field(market.arena, page, "rev"), rev());
    ck_assert_uint_eq(seen().row_count, 2);
}
END_TEST

/* Its revision is opaque, so nobody can tell who changed what: mine is chosen, and that is said.
 * The ISV's own notes are not in the page, and nothing is submitted by choosing. */
START_TEST(a_partner_chooses_too)
{
    static const char *const rest[] = {"setup", "review"};
    const char *offers = web_path(&market, "/partner/offers/%s", id);
    const char *path = web_path(&market, "%s/setup", offers);
    const char *since;
    struct offer offer;

    ck_assert_int_eq(web_post(&market, WEB_ISV, web_path(&market, "/isv/offers/%s/submit", id),
                              "rev", rev(), NULL)
                         .status,
                     303);
    web_publish(&market);
    for (size_t i = 0; i < COUNT(rest); i++) {
        const char *form = web_path(&market, "%s/%s", offers, rest[i]);
        const char *page;

        since = web_rev(&market, WEB_PARTNER, id);
        ck_assert_int_eq(web_post(&market, WEB_PARTNER, path, "rev", since, "do", "save",
                                  "adjustment-1", "5", "partner_note", "theirs", "prepared_by",
                                  "a@fabrikam.example", NULL)
                             .status,
                         303);
        page = refused(web_post(&market, WEB_PARTNER, form, "rev", since, "do",
                                i == 0 ? "continue" : "submit", "adjustment-1", "6", "adjustment-2",
                                "30", "prepared_by", "p@fabrikam.example", NULL));
        ck_assert_ptr_nonnull(strstr(page, "Yours are chosen wherever they differ"));
        ck_assert_ptr_null(strstr(page, "deal 42"));
        ck_assert_ptr_null(strstr(page, "i@contoso.example"));
        ck_assert_ptr_null(strstr(page, "revision"));
        ck_assert_str_eq(chosen(page, "adjustment-1"), "6");
        ck_assert_int_eq(
            choose(WEB_PARTNER, page, path, "adjustment-1", i == 0 ? "6" : "5", NULL).status, 303);
        offer = deal_view(&market.deal, PARTY_PARTNER, DEAL_PARTNER, id);
        ck_assert_int_eq(offer.rows[0].adjustment.e8, (i == 0 ? 6 : 5) * RATE_ONE_PERCENT);
        ck_assert_int_eq(offer.rows[1].adjustment.e8, 30 * RATE_ONE_PERCENT);
        ck_assert_str_eq(offer.prepared_by, "p@fabrikam.example");
        ck_assert_str_eq(offer.partner_note, "theirs");
        ck_assert_int_eq(offer.state, STATE_PENDING_PARTNER);
    }
}
END_TEST

/* An ISV's save voids what its former partner had typed for a row that changed (LAW D-7); the
 * history holds that, and the ISV's page must not. */
START_TEST(what_is_kept_for_the_partner_is_in_no_choice)
{
    const char *path = web_path(&market, "/partner/offers/%s/setup", id);
    const char *since;
    const char *page;

    ck_assert_int_eq(web_post(&market, WEB_ISV, web_path(&market, "/isv/offers/%s/submit", id),
                              "rev", rev(), NULL)
                         .status,
                     303);
    web_publish(&market);
    ck_assert_int_eq(web_post(&market, WEB_PARTNER, path, "rev", web_rev(&market, WEB_PARTNER, id),
                              "do", "save", "adjustment-1", "7.7777", "partner_note", "Keptnote",
                              NULL)
                         .status,
                     303);
    ck_assert_int_eq(web_post(&market, WEB_ISV, web_path(&market, "/isv/offers/%s/withdraw", id),
                              "rev", rev(), NULL)
                         .status,
                     303);
    since = rev();
    THEY_SAVE(setup_path, "discount-1", "15");
    page = I_SAVE(setup_path, since, "discount-1", "20", "adjustment-1", "1", "partner_note", "x");
    ck_assert_str_eq(chosen(page, "discount-1"), "15");
    ck_assert_ptr_null(strstr(page, "7.7777"));
    ck_assert_ptr_null(strstr(page, "Keptnote"));
    ck_assert_ptr_null(strstr(page, "partner_note"));
    ck_assert_ptr_null(strstr(page, "Customer adjustment"));
}
END_TEST

START_TEST(another_status_keeps_what_was_typed_for_copying)
{
    const char *since = rev();
    const char *page;
    const char *before;

    ck_assert_int_eq(web_post(&market, WEB_ISV_DEVELOPER,
                              web_path(&market, "/isv/offers/%s/submit", id), "rev", since, NULL)
                         .status,
                     303);
    before = web_dump(&market);
    page = I_SAVE(setup_path, since, "description", "Mine\nin two lines", "discount-1", "17.5");
    ck_assert_ptr_nonnull(strstr(page, "so it can’t be edited."));
    ck_assert_ptr_nonnull(strstr(page, ">Mine\nin two lines<"));
    ck_assert_ptr_nonnull(strstr(page, ">17.5<"));
    ck_assert_ptr_null(strstr(page, "type=\"radio\""));
    ck_assert_ptr_null(strstr(page, "Save these choices"));
    ck_assert_str_eq(before, web_dump(&market));
}
END_TEST

Suite *
conflict_suite(void)
{
    Suite *suite = suite_create("web/conflict");
    TCase *tests = tcase_create("conflict");

    tcase_add_checked_fixture(tests, setup, teardown);
    tcase_add_test(tests, what_only_one_changed_is_chosen_already);
    tcase_add_test(tests, long_texts_of_several_lines_come_through);
    tcase_add_test(tests, malformed_values_can_be_kept_for_correction);
    tcase_add_test(tests, another_save_in_between_asks_again);
    tcase_add_test(tests, nothing_that_differs_is_no_question);
    tcase_add_test(tests, a_chosen_file_is_not_kept);
    tcase_add_test(tests, rows_that_came_and_went_are_told);
    tcase_add_test(tests, a_button_that_removes_is_asked_about);
    tcase_add_test(tests, own_prices_are_chosen_one_by_one);
    tcase_add_test(tests, another_status_keeps_what_was_typed_for_copying);
    tcase_add_test(tests, new_plans_are_chosen_field_by_field);
    tcase_add_test(tests, lines_of_reservations_are_taken_or_left_whole);
    tcase_add_test(tests, a_line_taken_out_is_asked_about);
    tcase_add_test(tests, what_was_ticked_stays_ticked);
    tcase_add_test(tests, a_partner_chooses_too);
    tcase_add_test(tests, what_is_kept_for_the_partner_is_in_no_choice);
    suite_add_tcase(suite, tests);
    return suite;
}

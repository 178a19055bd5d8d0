/*
 * copy_test.c: what a clone and an upgrade take from an offer, field by field, from which states
 * they are made, and what an upgrade keeps (LAW 6.4).
 */
#include <check.h>
#include <string.h>

#include "base/text.h"
#include "core/copy.h"
#include "make_offer.h"

static struct arena *arena;

static void
setup(void)
{
    arena = arena_open((size_t)8 * 1024 * 1024);
}

static void
teardown(void)
{
    arena_close(arena);
}

/* LAW 6.4: everything that the ISV enters but the name; of the partner nothing, nor what follows
 * from its adjustment. List prices are copied with the product. */
static const struct {
    enum field field;
    bool copied;
} law[] = {
    {FIELD_NAME, false},
    {FIELD_BILLING_ACCOUNT, true},
    {FIELD_CUSTOMER_LABEL, true},
    {FIELD_DESCRIPTION, true},
    {FIELD_PARTNER, true},
    {FIELD_START_MODE, true},
    {FIELD_START_MONTH, true},
    {FIELD_END_MONTH, true},
    {FIELD_ACCEPT_BY, true},
    {FIELD_CONTACTS, true},
    {FIELD_SALES_NOTE, true},
    {FIELD_PREPARED_BY, false},
    {FIELD_PARTNER_CONTACTS, false},
    {FIELD_PARTNER_NOTE, false},
    {FIELD_TAXABLE, false},
    {FIELD_PRODUCT, true},
    {FIELD_LIST_PRICE, true},
    {FIELD_PRICE_TYPE, true},
    {FIELD_DISCOUNT, true},
    {FIELD_PARTNER_PRICE, true},
    {FIELD_ADJUSTMENT, false},
    {FIELD_CUSTOMER_PRICE, false},
    {FIELD_PLAN_NAME, true},
    {FIELD_PLAN_DESCRIPTION, true},
    {FIELD_PAYMENT, true},
    {FIELD_INCLUDED, true},
    {FIELD_MIN_USERS, true},
    {FIELD_MAX_USERS, true},
    {FIELD_DURATION, true},
    {FIELD_QUANTITY, true},
    {FIELD_DOCUMENT, true},
    {FIELD_PARTNER_DOCUMENT, false},
};

START_TEST(every_field_is_copied_or_not_as_the_law_says)
{
    ck_assert_uint_eq(COUNT(law), FIELD_COUNT);
    for (size_t i = 0; i < COUNT(law); i++)
        ck_assert_msg(field_copied(law[i].field) == law[i].copied, "%s", fields[law[i].field].name);
}
END_TEST

/* A deal with something in every field. */
static struct offer *
full_deal(void)
{
    struct offer *offer = make_priced_deal(arena);

    offer->customer_label = "Northwind, head office";
    offer->description = "Renewal";
    offer->sales_note = "deal 42";
    offer->contacts = "i@contoso.example";
    offer->start_mode = START_IN_MONTH;
    offer->start_on = make_day("2023-11-01");
    offer->partner_contacts = "f@fabrikam.example";
    offer->partner_note = "ours";
    offer->taxable = true;
    offer->partner_withdrew = true;
    offer->accepted_on = make_day("2023-10-20");
    offer->submitted_at = 5;
    offer->extended_at = 6;
    offer->organisation = "northwind";
    offer->failure = "Broken";
    offer->documents[0] = (struct document){.id = "a", .side = PARTY_ISV, .name = "Terms"};
    offer->documents[1] = (struct document){.id = "b", .side = PARTY_PARTNER, .name = "Secret"};
    offer->document_count = 2;
    return offer;
}

START_TEST(a_copy_has_what_is_copied_and_nothing_else)
{
    struct offer *from = full_deal();
    struct offer *to = make_draft(arena);
    const struct offer blank = *to;

    to->name = "New";
    offer_copy_fields(from, to);
    for (int i = 0; i < FIELD_PRODUCT; i++) {
        enum field field = (enum field)i;

        if (field == FIELD_NAME)
            continue;
        ck_assert_msg(text_equal(field_value(to, field, arena),
                                 field_value(field_copied(field) ? from : &blank, field, arena)),
                      "%s", fields[i].name);
    }
    ck_assert_str_eq(to->name, "New");
    ck_assert_str_eq(to->partner_name, from->partner_name);
    ck_assert_uint_eq(to->row_count, 2);
    ck_assert_int_eq(to->rows[0].number, 1);
    ck_assert_int_eq(to->next_row, from->next_row);
    ck_assert(to->rows[0].has_discount && !to->rows[0].has_adjustment);
    ck_assert_int_eq(to->rows[0].discount.e8, make_rate("20").e8);
    ck_assert_int_eq(to->rows[0].adjustment.e8, 0);
    ck_assert_int_eq(to->rows[1].price_type, PRICE_ABSOLUTE);
    ck_assert(to->rows[1].prices[0].has_own && !to->rows[1].prices[0].has_customer);
    ck_assert_uint_eq(to->document_count, 1);
    ck_assert_str_eq(to->documents[0].name, "Terms");
}
END_TEST

/* What happened to the offer is its own. */
START_TEST(a_copy_has_no_past)
{
    struct offer *from = full_deal();
    struct offer *to = make_draft(arena);

    offer_copy_fields(from, to);
    ck_assert_int_eq(to->state, STATE_DRAFT);
    ck_assert(!to->partner_withdrew);
    ck_assert(day_is_none(to->accepted_on));
    ck_assert_int_eq(to->submitted_at, 0);
    ck_assert_int_eq(to->extended_at, 0);
    ck_assert_int_eq(to->publish_at, 0);
    ck_assert(to->organisation == NULL || *to->organisation == '\0');
    ck_assert(to->failure == NULL || *to->failure == '\0');
    ck_assert(to->partner_data_of == NULL || *to->partner_data_of == '\0');
}
END_TEST

/* LAW 6.1 rows 18 and 19: any but Deleted and Cancelled is cloned, only Accepted upgraded. */
START_TEST(states_to_copy_from)
{
    for (enum offer_state state = STATE_DRAFT; state < STATE_COUNT; state++) {
        struct day today = make_day("2023-10-16");
        struct offer *offer;
        bool there = state != STATE_CANCELLED && state != STATE_DELETED;

        if (there) {
            offer = make_deal_in(arena, state, &today);
        } else {
            offer = make_deal(arena);
            offer->state = state;
        }
        ck_assert_int_eq(offer_check_copy(offer, COPY_CLONE, PARTY_ISV, today),
                         there ? OK : ERR_CLOSED);
        ck_assert_int_eq(offer_check_copy(offer, COPY_UPGRADE, PARTY_ISV, today),
                         state == STATE_ACCEPTED ? OK : ERR_CLOSED);
        ck_assert_int_eq(offer_may_copy(offer, COPY_CLONE, PARTY_ISV, today), there);
        for (enum party by = PARTY_PARTNER; by <= PARTY_OPERATOR; by++) {
            ck_assert_int_eq(offer_check_copy(offer, COPY_CLONE, by, today),
                             there ? ERR_DENIED : ERR_CLOSED);
            ck_assert(!offer_may_copy(offer, COPY_UPGRADE, by, today));
        }
    }
}
END_TEST

/* ---- Upgrades ------------------------------------------------------------------------------- */

static const char *
kept_wrong(const struct offer *before, const struct offer *after)
{
    struct problems *problems = problems_new(arena);
    const char *line = "";

    check_upgrade_keeps(before, after, problems);
    for (size_t i = 0; i < problems->count; i++)
        line = arena_format(arena, "%s%s ", line, problems->list[i].at);
    return line;
}

START_TEST(an_upgrade_keeps_customer_partner_and_products)
{
    struct offer *before = full_deal();
    struct offer after;

    before->upgraded_from = "accepted";
    after = *before;
    ck_assert_str_eq(kept_wrong(before, &after), "");
    after.name = "Other";
    after.description = "Other";
    after.contacts = "";
    after.sales_note = "";
    after.end_on = make_day("2024-12-31");
    after.accept_by_on = make_day("2024-01-31");
    after.start_mode = START_ON_ACCEPT;
    after.rows[0].price_type = PRICE_ABSOLUTE;
    after.rows[0].has_discount = false;
    after.document_count = 0;
    ck_assert_str_eq(kept_wrong(before, &after), "");
    after.billing_account = "12345678";
    after.partner = "20000003";
    after.row_count = 1;
    ck_assert_str_eq(kept_wrong(before, &after), "billing_account seller_id products ");
    after = *before;
    after.partner = "";
    ck_assert_str_eq(kept_wrong(before, &after), "seller_id ");
    after = *before;
    after.rows[2] = after.rows[1];
    after.rows[2].number = 3;
    after.row_count = 3;
    ck_assert_str_eq(kept_wrong(before, &after), "products ");
    after.rows[1] = after.rows[2]; /* one for another */
    after.row_count = 2;
    ck_assert_str_eq(kept_wrong(before, &after), "products ");
    after = *before;
    after.rows[1].duration_months = 36; /* a reservation for other years is another product */
    ck_assert_str_eq(kept_wrong(before, &after), "products ");
    before->upgraded_from = "";
    before->cloned_from = "any";
    after.partner = "";
    ck_assert_str_eq(kept_wrong(before, &after), ""); /* a clone changes as it likes */
}
END_TEST

/* LAW 6.4: an upgrade begins after the accepted offer's last day, 31 December 2023. */
static const struct {
    enum start_mode mode;
    const char *start;
    const char *today;
    const char *at; /* NULL: no problem */
} starts[] = {
    {START_ON_ACCEPT, NULL, "2023-10-16", "start_mode"},
    {START_ON_ACCEPT, NULL, "2023-12-31", "start_mode"}, /* the last day counts */
    {START_ON_ACCEPT, NULL, "2024-01-01", NULL},
    {START_IN_MONTH, "2023-11-01", "2023-10-16", "start_month"},
    {START_IN_MONTH, "2023-12-01", "2023-10-16", "start_month"},
    {START_IN_MONTH, "2024-01-01", "2023-10-16", NULL},
    {START_IN_MONTH, "2024-02-01", "2023-10-16", NULL},
};

START_TEST(an_upgrade_begins_after_what_it_upgrades)
{
    struct offer *accepted = make_deal(arena);
    struct offer *offer = make_deal(arena);
    struct publisher isv = make_isv();
    struct publisher partner = make_partner();
    struct billing_account account = make_account();
    struct problems *problems = problems_new(arena);
    struct collision collision = {.offer = "accepted-1",
                                  .offer_name = "The first year",
                                  .isv = ISV_ID,
                                  .offered_to = PARTNER_ID,
                                  .row = 1};
    const struct check_facts facts = {.today = make_day(starts[_i].today),
                                      .isv = &isv,
                                      .partner = &partner,
                                      .account = &account,
                                      .collisions = &collision,
                                      .collision_count = starts[_i].at == NULL ? 0 : 1,
                                      .upgraded = accepted};

    accepted->id = "accepted-1";
    accepted->name = "The first year";
    accepted->end_on = make_day("2023-12-31");
    offer->end_on = make_day("2024-12-31");
    offer->accept_by_on = make_day("2024-01-15");
    offer->start_mode = starts[_i].mode;
    offer->start_on = starts[_i].start == NULL ? DAY_NONE : make_day(starts[_i].start);
    check_isv_submit(offer, &facts, problems);
    if (starts[_i].at == NULL) {
        ck_assert_uint_eq(problems->count, 0);
        return;
    }
    ck_assert_uint_eq(problems->count, 1); /* once, not for each product again */
    ck_assert_str_eq(problems->list[0].at, starts[_i].at);
    ck_assert_str_eq(problems->list[0].message,
                     "“The first year” holds through 31 Dec 2023, and its upgrade begins after "
                     "that. Choose a later start month");
}
END_TEST

Suite *
copy_suite(void)
{
    Suite *suite = suite_create("copy");
    TCase *tests = tcase_create("copy");

    tcase_add_checked_fixture(tests, setup, teardown);
    tcase_add_test(tests, every_field_is_copied_or_not_as_the_law_says);
    tcase_add_test(tests, a_copy_has_what_is_copied_and_nothing_else);
    tcase_add_test(tests, a_copy_has_no_past);
    tcase_add_test(tests, states_to_copy_from);
    tcase_add_test(tests, an_upgrade_keeps_customer_partner_and_products);
    tcase_add_loop_test(tests, an_upgrade_begins_after_what_it_upgrades, 0, COUNT(starts));
    suite_add_tcase(suite, tests);
    return suite;
}

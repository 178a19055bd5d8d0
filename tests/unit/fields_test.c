/*
 * fields_test.c: LAW 4 and 5: the field table against tables written by hand; an offer whose every
 * text and figure is unique, blanked for each party, searched for what must and must not be left.
 */
#include "base/text.h"
#include "core/fields.h"
#include "core/pricing.h"
#include "make_offer.h"

#include <check.h>
#include <string.h>

Suite *fields_suite(void);

static struct arena *arena;

static void
setup(void)
{
    arena = arena_open(LIMIT_ARENA_BYTES);
}

static void
teardown(void)
{
    arena_close(arena);
}

static const enum party viewers[] = {PARTY_ISV, PARTY_PARTNER, PARTY_CUSTOMER, PARTY_OPERATOR};

/* LAW 5 (seen: ISV, partner, customer, operator), 4.1 and 4.2 (edited: i or p), 16 (limit). */
static const struct {
    enum field field;
    const char *name;
    const char *seen;
    char edited;
    size_t limit;
} table[] = {
    {FIELD_NAME, "name", "ipco", 'i', 128},
    {FIELD_BILLING_ACCOUNT, "billing_account", "ipco", 'i', 0},
    {FIELD_CUSTOMER_LABEL, "customer_label", "ip-o", 'i', 128},
    {FIELD_DESCRIPTION, "description", "ip-o", 'i', 1024},
    {FIELD_PARTNER, "seller_id", "ipco", 'i', 0},
    {FIELD_START_MODE, "start_mode", "ipco", 'i', 0},
    {FIELD_START_MONTH, "start_month", "ipco", 'i', 0},
    {FIELD_END_MONTH, "end_month", "ipco", 'i', 0},
    {FIELD_ACCEPT_BY, "accept_by", "ipco", 'i', 0},
    {FIELD_CONTACTS, "contacts", "i--o", 'i', 0},
    {FIELD_SALES_NOTE, "sales_note", "i--o", 'i', 60},
    {FIELD_PREPARED_BY, "prepared_by", "-pco", 'p', 0},
    {FIELD_PARTNER_CONTACTS, "partner_contacts", "-p-o", 'p', 0},
    {FIELD_PARTNER_NOTE, "partner_note", "-p-o", 'p', 60},
    {FIELD_TAXABLE, "taxable", "-p-o", '-', 0},
    {FIELD_PRODUCT, "product", "ipco", '-', 0},
    {FIELD_LIST_PRICE, "list", "ipco", '-', 0},
    {FIELD_PRICE_TYPE, "type", "ip-o", 'i', 0},
    {FIELD_DISCOUNT, "discount", "ip-o", 'i', 0},
    {FIELD_PARTNER_PRICE, "price", "ip-o", 'i', 0},
    {FIELD_ADJUSTMENT, "adjustment", "-p-o", 'p', 0},
    {FIELD_CUSTOMER_PRICE, "customer_price", "-pco", '-', 0},
    {FIELD_PLAN_NAME, "plan_name", "ipco", 'i', 200},
    {FIELD_PLAN_DESCRIPTION, "plan_description", "ipco", 'i', 3000},
    {FIELD_PAYMENT, "payment", "ipco", 'i', 0},
    {FIELD_INCLUDED, "included", "ipco", 'i', 0},
    {FIELD_MIN_USERS, "min_users", "ipco", 'i', 0},
    {FIELD_MAX_USERS, "max_users", "ipco", 'i', 0},
    {FIELD_DURATION, "duration", "ipco", 'i', 0},
    {FIELD_QUANTITY, "quantity", "ipco", 'i', 0},
    {FIELD_DOCUMENT, "document", "ipco", 'i', 0},
    {FIELD_PARTNER_DOCUMENT, "partner_document", "-pco", 'p', 0},
};

START_TEST(the_table_of_4_and_5)
{
    ck_assert_uint_eq(COUNT(table), FIELD_COUNT);
    for (size_t i = 0; i < COUNT(table); i++) {
        const struct field_rule *rule = &fields[table[i].field];
        unsigned edited_by = 0;

        ck_assert_uint_eq(table[i].field, i);
        ck_assert_str_eq(rule->name, table[i].name);
        ck_assert_uint_gt(strlen(rule->label), 0);
        ck_assert_uint_eq(rule->limit, table[i].limit);
        for (size_t k = 0; k < COUNT(viewers); k++)
            ck_assert_msg(field_seen(table[i].field, viewers[k]) == (table[i].seen[k] != '-'),
                          "%s, %s", rule->name, party_text(viewers[k]));
        if (table[i].edited != '-')
            edited_by = PARTY_BIT(table[i].edited == 'i' ? PARTY_ISV : PARTY_PARTNER);
        ck_assert_uint_eq(rule->edited_by, edited_by);
        /* Nobody edits what it cannot see. */
        ck_assert_uint_eq(rule->edited_by & ~rule->seen_by, 0);
    }
}
END_TEST

START_TEST(fields_by_name)
{
    for (size_t i = 0; i < COUNT(table); i++)
        ck_assert_uint_eq(field_named(table[i].name), table[i].field);
    ck_assert_uint_eq(field_named(""), FIELD_COUNT);
    ck_assert_uint_eq(field_named("Name"), FIELD_COUNT);
    ck_assert_uint_eq(field_named("discount-1"), FIELD_COUNT);
}
END_TEST

/* Every text is a marker of its own, every figure an amount of its own. Row 1 is 4,321.09 at 17.31
 * % off = 3,573.11 (3573.109321), 11.87654321 % on it = 3,997.47 (3997.47199...); row 2 is 777.13
 * against 888.42, 31.5 % on it = 1,021.93 (1021.92595). */
static struct offer *
marked(enum offer_state state)
{
    struct offer *offer = make_draft(arena);
    struct plan *first = make_plan(arena, PRODUCT_SAAS, MODEL_FLAT_RATE, "plan-one", "mark-plan1");
    struct plan *second = make_plan(arena, PRODUCT_APP, MODEL_APP, "plan-two", "mark-plan2");
    struct offer_row *row;
    int too_large;

    make_point(first, (struct price_point){.id = "term-12",
                                           .kind = POINT_TERM,
                                           .term_months = 12,
                                           .list = make_amount("4,321.09")});
    make_point(second, (struct price_point){
                           .id = "month", .kind = POINT_MONTH, .list = make_amount("888.42")});
    offer->isv_name = "mark-isv-name";
    offer->created_at = 1001;
    offer->created_by = "mark-created-by";
    offer->state = state;
    offer->version = 1002;
    offer->partner_version = 1003;
    offer->isv_changed_at = 1004;
    offer->partner_changed_at = 1005;
    offer->customer_changed_at = 1006;
    offer->failure = "mark-failure";
    offer->name = "mark-name";
    offer->billing_account = "mark-billing-account";
    offer->customer_label = "mark-customer-label";
    offer->description = "mark-description";
    offer->partner = "mark-partner-id";
    offer->partner_name = "mark-partner-name";
    offer->start_mode = START_IN_MONTH;
    offer->start_on = make_day("2031-03-01");
    offer->end_on = make_day("2032-04-30");
    offer->accept_by_on = make_day("2030-02-11");
    offer->contacts = "mark-isv@contacts.example";
    offer->sales_note = "mark-isv-note";
    offer->organisation = "mark-organisation";
    offer->partner_data_of = "mark-data-of";
    offer->prepared_by = "mark-prepared@by.example";
    offer->partner_contacts = "mark-partner@contacts.example";
    offer->partner_note = "mark-its-note";
    offer->taxable = true;
    offer->submitted_at = 1007;
    offer->extended_at = 1008;
    row = make_row(offer, arena, first);
    row->has_discount = true;
    row->discount = make_rate("17.31");
    row->has_adjustment = true;
    row->adjustment = make_rate("11.87654321");
    row = make_row(offer, arena, second);
    make_own(row, "month", make_amount("777.13"));
    row->has_adjustment = true;
    row->adjustment = make_rate("31.5");
    ck_assert_int_eq(price_offer(offer, &too_large), OK);
    return offer;
}

/* Everything an offer holds, as text: figures also where their flag says they are not there. */
static const char *
everything(const struct offer *offer)
{
    const char *text = arena_format(
        arena,
        "%s;%s;%s;%s;%s;%s;%s;%s;%s;%s;%s;%s;%s;%s;%s;%s;%s;%s;%s;start=%s;end=%s;accept=%s;"
        "taxable=%d;at=%lld,%lld,%lld,%lld,%lld,%lld;versions=%lld,%lld;",
        offer->isv_name, offer->created_by, offer->failure, offer->name, offer->billing_account,
        offer->customer_label, offer->description, offer->partner, offer->partner_name,
        offer->contacts, offer->sales_note, offer->organisation, offer->partner_data_of,
        offer->prepared_by, offer->partner_contacts, offer->partner_note, offer->isv, offer->id,
        start_mode_text(offer->start_mode), day_iso(arena, offer->start_on),
        day_iso(arena, offer->end_on), day_iso(arena, offer->accept_by_on), offer->taxable,
        (long long)offer->created_at, (long long)offer->isv_changed_at,
        (long long)offer->partner_changed_at, (long long)offer->customer_changed_at,
        (long long)offer->submitted_at, (long long)offer->extended_at, (long long)offer->version,
        (long long)offer->partner_version);

    for (size_t i = 0; i < offer->row_count; i++) {
        const struct offer_row *row = &offer->rows[i];
        const struct row_price *price = &row->prices[0];

        text = arena_format(arena,
                            "%srow=%d;%s;type=%s;discount=%s;adjustment=%s;own=%s;list=%s;"
                            "partner=%s;customer=%s;has=%d%d%d%d%d%d;",
                            text, row->number, row->plan->name, price_type_text(row->price_type),
                            rate_show(arena, row->discount), rate_show(arena, row->adjustment),
                            amount_show(arena, price->own), amount_show(arena, price->list),
                            amount_show(arena, price->partner), amount_show(arena, price->customer),
                            row->has_discount, row->has_adjustment, price->has_own, price->has_list,
                            price->has_partner, price->has_customer);
    }
    return text;
}

/* LAW 5, by hand: what is left for the ISV, partner, customer and operator of an accepted offer. */
static const struct {
    const char *item;
    const char *left;
} matrix[] = {
    {"mark-isv-name", "ipco"},
    {"mark-name", "ipco"},
    {"mark-billing-account", "ipco"},
    {"mark-partner-id", "ipco"},
    {"mark-partner-name", "ipco"},
    {"start=2031-03-01", "ipco"},
    {"end=2032-04-30", "ipco"},
    {"accept=2030-02-11", "ipco"},
    {"mark-plan1", "ipco"},
    {"mark-plan2", "ipco"},
    {"list=$4,321.09", "ipco"},
    {"list=$888.42", "ipco"},
    {"mark-customer-label", "ip-o"},
    {"mark-description", "ip-o"},
    {"type=discount", "ip-o"},
    {"17.31", "ip-o"},
    {"777.13", "ip-o"},
    {"3,573.11", "ip-o"},
    {"mark-isv@contacts.example", "i--o"},
    {"mark-isv-note", "i--o"},
    {"mark-created-by", "i--o"},
    {"mark-prepared@by.example", "-pco"},
    {"3,997.47", "-pco"},
    {"1,021.93", "-pco"},
    {"11.87654321", "-p-o"},
    {"31.5", "-p-o"},
    {"mark-partner@contacts.example", "-p-o"},
    {"mark-its-note", "-p-o"},
    {"taxable=1", "-p-o"},
    {"mark-organisation", "--co"},
    {"mark-data-of", "-p-o"},
    {"mark-failure", "---o"},
    /* Times and versions: each party has its own. */
    {"1001", "i--o"}, /* created */
    {"1002", "i--o"}, /* version: how often the ISV saved */
    {"1003", "-p-o"}, /* version of the partner's part */
    {"1004", "i--o"}, /* changed for the ISV */
    {"1005", "-p-o"}, /* changed for the partner */
    {"1006", "-pco"}, /* changed for the customer */
    {"1007", "ip-o"}, /* submitted */
    {"1008", "ipco"}, /* extended */
};

START_TEST(what_is_left_for_each_party)
{
    const enum party viewer = viewers[_i];
    struct offer *offer = marked(STATE_ACCEPTED);

    for (size_t i = 0; i < COUNT(matrix); i++) /* the markers are there to begin with */
        ck_assert_msg(strstr(everything(offer), matrix[i].item) != NULL, "%s", matrix[i].item);
    offer_blank(offer, viewer);
    for (size_t i = 0; i < COUNT(matrix); i++)
        ck_assert_msg((strstr(everything(offer), matrix[i].item) != NULL) ==
                          (matrix[i].left[_i] != '-'),
                      "%s, %s: %s", party_text(viewer), matrix[i].item, everything(offer));
}
END_TEST

START_TEST(the_operator_loses_nothing)
{
    for (int s = 0; s < STATE_EXPIRED; s++) {
        struct offer *offer = marked((enum offer_state)s);
        const char *before = everything(offer);

        offer_blank(offer, PARTY_OPERATOR);
        ck_assert_str_eq(everything(offer), before);
    }
}
END_TEST

START_TEST(blanking_twice_is_blanking_once)
{
    for (size_t i = 0; i < COUNT(viewers); i++) {
        struct offer *offer = marked(STATE_PENDING_ACCEPTANCE);

        offer_blank(offer, viewers[i]);
        const char *once = everything(offer);
        offer_blank(offer, viewers[i]);
        ck_assert_str_eq(everything(offer), once);
    }
}
END_TEST

/* What is not seen is not there, and prices computed again from a blanked offer stay away too. */
START_TEST(nothing_can_be_derived_again)
{
    struct offer *offer = marked(STATE_ACCEPTED);
    int too_large;

    offer_blank(offer, PARTY_ISV);
    ck_assert(!offer->rows[0].prices[0].has_customer && !offer->rows[1].prices[0].has_customer);
    ck_assert(!offer->rows[0].has_adjustment && !offer->rows[1].has_adjustment);
    ck_assert_int_eq(price_offer(offer, &too_large), OK);
    ck_assert(!offer->rows[0].prices[0].has_customer && !offer->rows[1].prices[0].has_customer);
    ck_assert_int_eq(price_warning(&offer->rows[0], &offer->rows[0].prices[0]), PRICE_FINE);

    offer = marked(STATE_ACCEPTED);
    offer_blank(offer, PARTY_CUSTOMER);
    ck_assert_int_eq(offer->rows[0].price_type, offer->rows[1].price_type);
    ck_assert(!offer->rows[0].has_discount && !offer->rows[1].prices[0].has_own);
    ck_assert(!offer->rows[0].prices[0].has_partner && !offer->rows[1].prices[0].has_partner);
    ck_assert(!offer->rows[0].has_adjustment && !offer->rows[1].has_adjustment);
    ck_assert(offer->rows[0].prices[0].has_customer && offer->rows[0].prices[0].has_list);
    ck_assert_int_eq(price_warning(&offer->rows[0], &offer->rows[0].prices[0]), PRICE_FINE);
}
END_TEST

/* LAW 6.1 rows 6 and 11: a failure is for the ISV in Draft and for the partner in Pending partner
 * action; the customer never reads one. */
START_TEST(who_reads_a_failure)
{
    for (int s = 0; s < STATE_EXPIRED; s++) {
        for (size_t i = 0; i < COUNT(viewers); i++) {
            struct offer *offer = marked((enum offer_state)s);
            const bool expected = viewers[i] == PARTY_OPERATOR ||
                                  (s == STATE_DRAFT && viewers[i] == PARTY_ISV) ||
                                  (s == STATE_PENDING_PARTNER && viewers[i] == PARTY_PARTNER);

            offer_blank(offer, viewers[i]);
            ck_assert_msg((*offer->failure != '\0') == expected, "%s, %s",
                          state_words((enum offer_state)s), party_text(viewers[i]));
        }
    }
}
END_TEST

START_TEST(values_as_text)
{
    static const struct {
        enum field field;
        const char *value;
    } rows[] = {
        {FIELD_NAME, "mark-name"},
        {FIELD_BILLING_ACCOUNT, "mark-billing-account"},
        {FIELD_CUSTOMER_LABEL, "mark-customer-label"},
        {FIELD_DESCRIPTION, "mark-description"},
        {FIELD_PARTNER, "mark-partner-id"},
        {FIELD_START_MODE, "month"},
        {FIELD_START_MONTH, "2031-03"},
        {FIELD_END_MONTH, "2032-04"},
        {FIELD_ACCEPT_BY, "2030-02-11"},
        {FIELD_CONTACTS, "mark-isv@contacts.example"},
        {FIELD_SALES_NOTE, "mark-isv-note"},
        {FIELD_PREPARED_BY, "mark-prepared@by.example"},
        {FIELD_PARTNER_CONTACTS, "mark-partner@contacts.example"},
        {FIELD_PARTNER_NOTE, "mark-its-note"},
        {FIELD_TAXABLE, "yes"},
    };
    const struct offer *full = marked(STATE_DRAFT);
    const struct offer *empty = make_draft(arena);

    ck_assert_uint_eq(COUNT(rows), FIELD_PRODUCT);
    for (size_t i = 0; i < COUNT(rows); i++) {
        ck_assert_str_eq(field_value(full, rows[i].field, arena), rows[i].value);
        ck_assert_str_eq(field_value(empty, rows[i].field, arena),
                         rows[i].field == FIELD_TAXABLE ? "no" : "");
    }
}
END_TEST

START_TEST(form_names_of_rows)
{
    ck_assert_str_eq(field_row_name(arena, FIELD_DISCOUNT, 3), "discount-3");
    ck_assert_str_eq(field_row_name(arena, FIELD_PRICE_TYPE, 12), "type-12");
    ck_assert_str_eq(field_row_name(arena, FIELD_ADJUSTMENT, 1), "adjustment-1");
    ck_assert_str_eq(field_point_name(arena, 3, "term-12"), "price-3-term-12");
}
END_TEST

Suite *
fields_suite(void)
{
    Suite *suite = suite_create("fields");
    TCase *rules = tcase_create("rules");
    TCase *walls = tcase_create("walls");

    tcase_add_checked_fixture(rules, setup, teardown);
    tcase_add_test(rules, the_table_of_4_and_5);
    tcase_add_test(rules, fields_by_name);
    tcase_add_test(rules, values_as_text);
    tcase_add_test(rules, form_names_of_rows);
    suite_add_tcase(suite, rules);

    tcase_add_checked_fixture(walls, setup, teardown);
    tcase_add_loop_test(walls, what_is_left_for_each_party, 0, (int)COUNT(viewers));
    tcase_add_test(walls, the_operator_loses_nothing);
    tcase_add_test(walls, blanking_twice_is_blanking_once);
    tcase_add_test(walls, nothing_can_be_derived_again);
    tcase_add_test(walls, who_reads_a_failure);
    suite_add_tcase(suite, walls);
    return suite;
}

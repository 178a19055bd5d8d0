/*
 * event_test.c: who reads of what happened, in which words; what differs between two states of an
 * offer (LAW 5, 6.1).
 */
#include "base/text.h"
#include "core/event.h"
#include "make_offer.h"

#include <check.h>
#include <signal.h>
#include <string.h>

Suite *event_suite(void);

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

/* LAW 5, 6.1 and 6.6: ISV, partner, customer, operator. Drafts are the ISV's, pricing the
 * partner's; each failure has one reader; the customer reads of what reached it. */
static const struct {
    enum event_kind kind;
    const char *text;
    const char *seen;
} kinds[] = {
    {EVENT_CREATED, "created", "i--o"},
    {EVENT_EDITED, "edited", "i--o"},
    {EVENT_SUBMITTED, "submitted", "ip-o"},
    {EVENT_OFFERED, "offered", "ip-o"},
    {EVENT_NOT_OFFERED, "not_offered", "i--o"},
    {EVENT_WITHDRAWN, "withdrawn", "ip-o"},
    {EVENT_PRICED, "priced", "-p-o"},
    {EVENT_SENT, "sent", "ip-o"},
    {EVENT_EXTENDED, "extended", "ipco"},
    {EVENT_NOT_EXTENDED, "not_extended", "-p-o"},
    {EVENT_TAKEN_BACK, "taken_back", "ip-o"},
    {EVENT_ACCEPTED, "accepted", "ipco"},
    {EVENT_DELETED, "deleted", "---o"},
    {EVENT_SENT_BACK, "sent_back", "ip-o"},
    {EVENT_WITHDRAW_ASKED, "withdraw_asked", "ip-o"},
    {EVENT_DECLINED, "declined", "ipco"},
    {EVENT_CHANGE_ASKED, "change_asked", "ipco"},
    {EVENT_CLONED, "cloned", "i--o"},
    {EVENT_UPGRADED, "upgraded", "i--o"},
    /* LAW 6.5: what passes between the requester and the operator is in no history of the offer */
    {EVENT_CANCEL_REQUESTED, "cancel_requested", "ipco"},
    {EVENT_CANCEL_AMENDED, "cancel_amended", "---o"},
    {EVENT_CANCEL_AGREED, "cancel_agreed", "ipco"},
    {EVENT_CANCEL_OBJECTED, "cancel_objected", "ipco"},
    {EVENT_CANCEL_ASKED, "cancel_asked", "---o"},
    {EVENT_CANCEL_ANSWERED, "cancel_answered", "---o"},
    {EVENT_CANCEL_REFUSED, "cancel_refused", "ipco"},
    {EVENT_CANCEL_WITHDRAWN, "cancel_withdrawn", "ipco"},
    {EVENT_CANCELLED, "cancelled", "ipco"},
};

START_TEST(who_reads_of_what)
{
    static const enum party viewers[] = {PARTY_ISV, PARTY_PARTNER, PARTY_CUSTOMER, PARTY_OPERATOR};

    ck_assert_uint_eq(COUNT(kinds), EVENT_KIND_COUNT);
    for (size_t i = 0; i < COUNT(kinds); i++) {
        enum event_kind kind = EVENT_KIND_COUNT;

        ck_assert_str_eq(event_kind_text(kinds[i].kind), kinds[i].text);
        ck_assert_int_eq(event_kind_read(kinds[i].text, &kind), OK);
        ck_assert_uint_eq(kind, kinds[i].kind);
        for (size_t k = 0; k < COUNT(viewers); k++) {
            const bool seen = kinds[i].seen[k] != '-';

            ck_assert_msg(((event_seen_by(kind) & PARTY_BIT(viewers[k])) != 0) == seen, "%s, %s",
                          kinds[i].text, party_text(viewers[k]));
            if (seen)
                ck_assert_uint_gt(strlen(event_words(kind, viewers[k])), 0);
        }
    }
}
END_TEST

START_TEST(unknown_kinds)
{
    enum event_kind kind = EVENT_DELETED;

    ck_assert_int_eq(event_kind_read("", &kind), ERR_BROKEN);
    ck_assert_int_eq(event_kind_read("expired", &kind), ERR_BROKEN);
    ck_assert_uint_eq(kind, EVENT_DELETED);
}
END_TEST

START_TEST(words_turn_to_the_reader)
{
    ck_assert_str_eq(event_words(EVENT_SUBMITTED, PARTY_ISV), "Submitted to the selling partner");
    ck_assert_str_eq(event_words(EVENT_SUBMITTED, PARTY_PARTNER), "Submitted to you");
    ck_assert_str_eq(event_words(EVENT_EXTENDED, PARTY_PARTNER), "Extended to the customer");
    ck_assert_str_eq(event_words(EVENT_EXTENDED, PARTY_CUSTOMER), "Extended to you");
    ck_assert_str_eq(event_words(EVENT_ACCEPTED, PARTY_OPERATOR), "Accepted by the customer");
    ck_assert_str_eq(event_words(EVENT_ACCEPTED, PARTY_CUSTOMER), "Accepted");
    ck_assert_str_eq(event_words(EVENT_SENT_BACK, PARTY_ISV), "Sent back by the selling partner");
    ck_assert_str_eq(event_words(EVENT_SENT_BACK, PARTY_PARTNER), "Sent back to the ISV");
    ck_assert_str_eq(event_words(EVENT_WITHDRAW_ASKED, PARTY_ISV),
                     "The ISV asked the selling partner to withdraw it");
    ck_assert_str_eq(event_words(EVENT_WITHDRAW_ASKED, PARTY_PARTNER),
                     "The ISV asked you to withdraw it");
    ck_assert_str_eq(event_words(EVENT_DECLINED, PARTY_ISV), "Declined by the customer");
    ck_assert_str_eq(event_words(EVENT_DECLINED, PARTY_CUSTOMER), "Declined");
    ck_assert_str_eq(event_words(EVENT_CHANGE_ASKED, PARTY_PARTNER),
                     "The customer asked for a change");
    ck_assert_str_eq(event_words(EVENT_CHANGE_ASKED, PARTY_CUSTOMER), "Asked for a change");
}
END_TEST

/* D-35: a seller's reason is the other seller's, a customer's the partner's; besides whoever gave
 * it and the operator. No other kind has a reason. */
START_TEST(who_reads_the_reason)
{
    static const struct {
        enum offer_ask ask;
        enum event_kind kind;
        unsigned readers;
    } notes[] = {
        {ASK_SENT_BACK, EVENT_SENT_BACK, PARTY_BIT(PARTY_ISV) | PARTY_BIT(PARTY_PARTNER)},
        {ASK_WITHDRAW, EVENT_WITHDRAW_ASKED, PARTY_BIT(PARTY_ISV) | PARTY_BIT(PARTY_PARTNER)},
        {ASK_DECLINED, EVENT_DECLINED, PARTY_BIT(PARTY_PARTNER) | PARTY_BIT(PARTY_CUSTOMER)},
        {ASK_CHANGE, EVENT_CHANGE_ASKED, PARTY_BIT(PARTY_PARTNER) | PARTY_BIT(PARTY_CUSTOMER)},
    };

    for (int kind = 0; kind < EVENT_KIND_COUNT; kind++) {
        unsigned readers = 0;

        for (size_t i = 0; i < COUNT(notes); i++) {
            if ((int)notes[i].kind == kind)
                readers = notes[i].readers | PARTY_BIT(PARTY_OPERATOR);
        }
        ck_assert_uint_eq(event_note_seen_by((enum event_kind)kind), readers);
    }
    for (size_t i = 0; i < COUNT(notes); i++) {
        enum offer_ask ask = ASK_NONE;

        ck_assert_uint_eq(ask_event(notes[i].ask), notes[i].kind);
        ck_assert_int_eq(ask_read(ask_text(notes[i].ask), &ask), OK);
        ck_assert_int_eq(ask, notes[i].ask);
    }
}
END_TEST

START_TEST(words_for_somebody_who_may_not_read)
{
    (void)event_words(EVENT_PRICED, PARTY_ISV);
}
END_TEST

/* One line a change: name[-row[-point]]: before > after. */
static const char *
changes(const struct offer *before, const struct offer *after)
{
    const struct event_fields found = event_changes(before, after, arena);
    const struct event_field *list = found.rows;
    const char *text = "";

    for (size_t i = 0; i < found.count; i++) {
        const char *row = list[i].row == 0 ? "" : arena_format(arena, "-%d", list[i].row);
        const char *point = *list[i].point == '\0' ? "" : arena_format(arena, "-%s", list[i].point);

        text = arena_format(arena, "%s%s%s%s: %s > %s\n", text, fields[list[i].field].name, row,
                            point, list[i].before, list[i].after);
    }
    return text;
}

START_TEST(nothing_changed)
{
    ck_assert_str_eq(changes(make_priced_deal(arena), make_priced_deal(arena)), "");
    ck_assert_str_eq(changes(make_draft(arena), make_draft(arena)), "");
}
END_TEST

/* States, versions and times are no fields: the kind of event tells those. */
START_TEST(facts_of_the_record_are_no_fields)
{
    struct offer *after = make_priced_deal(arena);

    after->state = STATE_ACCEPTED;
    after->version = 9;
    after->partner_changed_at = 9;
    after->accepted_on = make_day("2023-10-20");
    after->failure = "x";
    ck_assert_str_eq(changes(make_priced_deal(arena), after), "");
}
END_TEST

START_TEST(every_field_of_the_offer)
{
    struct offer *after = make_draft(arena);

    after->name = "N";
    after->billing_account = "7123456";
    after->customer_label = "L";
    after->description = "D";
    after->partner = PARTNER_ID;
    after->start_mode = START_IN_MONTH;
    after->start_on = make_day("2023-12-01");
    after->end_on = make_day("2024-02-29");
    after->accept_by_on = make_day("2023-11-15");
    after->contacts = "c@x.example";
    after->sales_note = "S";
    after->prepared_by = "p@x.example";
    after->partner_contacts = "d@x.example";
    after->partner_note = "T";
    after->taxable = true;
    ck_assert_str_eq(changes(make_draft(arena), after), "name:  > N\n"
                                                        "billing_account:  > 7123456\n"
                                                        "customer_label:  > L\n"
                                                        "description:  > D\n"
                                                        "seller_id:  > 20000002\n"
                                                        "start_mode:  > month\n"
                                                        "start_month:  > 2023-12\n"
                                                        "end_month:  > 2024-02\n"
                                                        "accept_by:  > 2023-11-15\n"
                                                        "contacts:  > c@x.example\n"
                                                        "sales_note:  > S\n"
                                                        "prepared_by:  > p@x.example\n"
                                                        "partner_contacts:  > d@x.example\n"
                                                        "partner_note:  > T\n"
                                                        "taxable: no > yes\n");
    ck_assert_str_eq(changes(after, after), "");
}
END_TEST

START_TEST(rows_that_change)
{
    struct offer *before = make_priced_deal(arena);
    struct offer *after = make_priced_deal(arena);

    after->rows[0].discount = make_rate("17.5");
    after->rows[0].adjustment = make_rate("10.52631579");
    after->rows[1].prices[0].own = make_amount("1,999.90");
    after->rows[1].has_adjustment = false;
    ck_assert_str_eq(changes(before, after), "discount-1: 20 > 17.5\n"
                                             "adjustment-1: 12.5 > 10.52631579\n"
                                             "adjustment-2: 30 > \n"
                                             "price-2-month: $200.00 > $1,999.90\n");
    ck_assert_str_eq(changes(after, before), "discount-1: 17.5 > 20\n"
                                             "adjustment-1: 10.52631579 > 12.5\n"
                                             "adjustment-2:  > 30\n"
                                             "price-2-month: $1,999.90 > $200.00\n");
}
END_TEST

START_TEST(a_row_changes_its_price_type)
{
    struct offer *before = make_deal(arena);
    struct offer *after = make_deal(arena);

    /* The figures of the other type stay in the row, but do not count. */
    make_own(&after->rows[0], "term-12", make_amount("999.00"));
    ck_assert_str_eq(changes(before, after), "type-1: discount > absolute\n"
                                             "discount-1: 20 > \n"
                                             "price-1-term-12:  > $999.00\n");
    after->rows[0].price_type = PRICE_DISCOUNT;
    ck_assert_str_eq(changes(before, after), "");
}
END_TEST

START_TEST(rows_come_and_go)
{
    struct offer *before = make_deal(arena);
    struct offer *after = make_deal(arena);

    after->rows[0] = after->rows[1]; /* row 1 is removed, */
    after->row_count = 1;
    make_row(after, arena, make_flow(arena)); /* row 3 added */
    ck_assert_str_eq(changes(before, after), "product-3:  > Harbor Gateway, Flow\n"
                                             "type-3:  > discount\n"
                                             "product-1: Ledgerline, Pro > \n"
                                             "type-1: discount > \n"
                                             "discount-1: 20 > \n");
}
END_TEST

/* Prices computed from the fields are not fields: a new list price is nobody's edit. */
START_TEST(computed_prices_are_no_fields)
{
    struct offer *after = make_priced_deal(arena);

    after->rows[0].plan->points[0].list = make_amount("1.00");
    after->rows[0].prices[0].has_partner = true;
    after->rows[0].prices[0].has_customer = true;
    ck_assert_str_eq(changes(make_priced_deal(arena), after), "");
}
END_TEST

/* A full offer: ten rows with as many prices as a plan may have. */
static struct offer *
full(int first_number, const char *own)
{
    struct offer *offer = make_draft(arena);

    offer->next_row = first_number;
    for (int i = 0; i < LIMIT_ROWS; i++) {
        struct plan *plan =
            make_plan(arena, PRODUCT_SAAS, MODEL_FLAT_RATE, arena_format(arena, "p%d", i), "P");
        struct offer_row *row;

        for (int k = 0; k < LIMIT_POINTS; k++)
            make_point(plan, (struct price_point){.id = arena_format(arena, "meter-%d", k),
                                                  .kind = POINT_METER,
                                                  .list = make_amount("1.00")});
        row = make_row(offer, arena, plan);
        for (int k = 0; k < LIMIT_POINTS; k++)
            make_own(row, plan->points[k].id, make_amount(own));
        row->has_adjustment = true;
        row->adjustment = make_rate("1");
    }
    return offer;
}

START_TEST(the_largest_change_fits)
{
    ck_assert_uint_eq(event_changes(full(1, "2.00"), full(1, "3.00"), arena).count,
                      LIMIT_ROWS * LIMIT_POINTS);
    /* Every row replaced: product, type, adjustment and every price, on both sides. */
    ck_assert_uint_eq(event_changes(full(1, "2.00"), full(11, "3.00"), arena).count,
                      2 * LIMIT_ROWS * (3 + LIMIT_POINTS));
}
END_TEST

Suite *
event_suite(void)
{
    Suite *suite = suite_create("event");
    TCase *readers = tcase_create("readers");
    TCase *differences = tcase_create("differences");

    tcase_add_checked_fixture(readers, setup, teardown);
    tcase_add_test(readers, who_reads_of_what);
    tcase_add_test(readers, unknown_kinds);
    tcase_add_test(readers, words_turn_to_the_reader);
    tcase_add_test(readers, who_reads_the_reason);
    tcase_add_test_raise_signal(readers, words_for_somebody_who_may_not_read, SIGABRT);
    suite_add_tcase(suite, readers);

    tcase_add_checked_fixture(differences, setup, teardown);
    tcase_add_test(differences, nothing_changed);
    tcase_add_test(differences, facts_of_the_record_are_no_fields);
    tcase_add_test(differences, every_field_of_the_offer);
    tcase_add_test(differences, rows_that_change);
    tcase_add_test(differences, a_row_changes_its_price_type);
    tcase_add_test(differences, rows_come_and_go);
    tcase_add_test(differences, computed_prices_are_no_fields);
    tcase_add_test(differences, the_largest_change_fits);
    suite_add_tcase(suite, differences);
    return suite;
}

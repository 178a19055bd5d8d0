/*
 * row_changes_test.c: everything that can change in a row of a new plan or of a reservation, and
 * what follows from each: an event names it, the terms the customer agrees to differ, and the
 * partner's adjustment is void (LAW 10.2, D-7).
 */
#include "make_rows.h"

#include <check.h>
#include <string.h>

#include "core/event.h"
#include "core/terms.h"

Suite *row_changes_suite(void);

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

static struct offer *
orchid(void)
{
    struct offer *offer = make_empty(arena, OFFER_NEW_PLANS);
    struct offer_row *row = make_orchid(offer, arena);

    row->min_users = 5;
    row->max_users = 50;
    make_adjusted(offer, "8");
    return offer;
}

static struct offer *
reserved(void)
{
    struct offer *offer = make_empty(arena, OFFER_RESERVATIONS);
    struct offer_row *row = make_reservation(offer, arena, make_cores(arena), 12, 0);

    make_line(arena, row, 2, 4, "450.00");
    make_line(arena, row, 8, 1, "1,700.00");
    make_adjusted(offer, "8");
    return offer;
}

static void
names(struct offer_row *row)
{
    row->plan_name = "Orchid 2";
}

static void
describes(struct offer_row *row)
{
    row->plan_description = "For Orchid and its ships";
}

static void
asks_more_users(struct offer_row *row)
{
    row->min_users = 6;
}

static void
lifts_the_most_users(struct offer_row *row)
{
    row->max_users = 0;
}

static void
includes_more(struct offer_row *row)
{
    row->included[0].quantity = 11;
}

static void
includes_all(struct offer_row *row)
{
    row->included[0].unlimited = true;
    row->included[0].quantity = 0;
}

static void
includes_less(struct offer_row *row)
{
    row->included_count = 1;
}

static void
pays_monthly(struct offer_row *row)
{
    static const int payments[LIMIT_TERMS] = {0, TERM_NOT_SOLD, TERM_NOT_SOLD, 1};

    row_attach_terms(arena, row, row->plan, payments);
}

static void
sells_a_year(struct offer_row *row)
{
    static const int payments[LIMIT_TERMS] = {0, 0, TERM_NOT_SOLD, 12};

    row_attach_terms(arena, row, row->plan, payments);
}

static void
sells_no_month(struct offer_row *row)
{
    static const int payments[LIMIT_TERMS] = {TERM_NOT_SOLD, TERM_NOT_SOLD, TERM_NOT_SOLD, 12};

    row_attach_terms(arena, row, row->plan, payments);
}

static void
charges_more(struct offer_row *row)
{
    row->prices[0].own.money.cents++;
}

static void
charges_more_for_a_meter(struct offer_row *row)
{
    row_price(row, "meter-calls")->own.money.cents++;
}

static void
reserves_longer(struct offer_row *row)
{
    static const int sizes[] = {2, 8};

    row->duration_months = 36;
    row_attach_sizes(arena, row, row->plan, sizes, COUNT(sizes));
}

static void
is_paid_monthly(struct offer_row *row)
{
    static const int sizes[] = {2, 8};

    row->payment_months = 1;
    row_attach_sizes(arena, row, row->plan, sizes, COUNT(sizes));
}

static void
reserves_one_more(struct offer_row *row)
{
    row->prices[1].quantity++;
}

static void
takes_another_size(struct offer_row *row)
{
    static const int sizes[] = {2, 16};

    row_attach_sizes(arena, row, row->plan, sizes, COUNT(sizes));
    row->prices[1].quantity = 1;
    row->prices[1].has_own = true;
    row->prices[1].own = make_amount("1,700.00");
}

static void
drops_a_size(struct offer_row *row)
{
    static const int size = 2;

    row_attach_sizes(arena, row, row->plan, &size, 1);
}

/* The change, and the events there are of it: field.point=before>after. */
static const struct {
    struct offer *(*before)(void);
    void (*happens)(struct offer_row *row);
    const char *events;
} changes[] = {
    {orchid, names, " plan_name.=Orchid>Orchid 2"},
    {orchid, describes, " plan_description.=For Orchid>For Orchid and its ships"},
    {orchid, asks_more_users, " min_users.=5>6"},
    {orchid, lifts_the_most_users, " max_users.=50>"},
    {orchid, includes_more, " included.meter-emails.1=10>11"},
    {orchid, includes_all, " included.meter-emails.1=10>unlimited"},
    {orchid, includes_less, " included.meter-emails.36=unlimited>"},
    {orchid, pays_monthly, " payment.term-36=12>1"},
    {orchid, sells_a_year, " payment.term-12=>0"},
    {orchid, sells_no_month, " payment.term-1=0> price.term-1=$450.00>"},
    {orchid, charges_more, " price.term-1=$450.00>$450.01"},
    {orchid, charges_more_for_a_meter, " price.meter-calls=$0.04>$0.05"},
    {reserved, reserves_longer, " duration.=12>36"},
    {reserved, is_paid_monthly, " payment.=upfront>monthly"},
    {reserved, reserves_one_more, " quantity.reserve-8=1>2"},
    {reserved, charges_more, " price.reserve-2=$450.00>$450.01"},
    {reserved, takes_another_size,
     " quantity.reserve-16=>1 price.reserve-16=>$1,700.00"
     " quantity.reserve-8=1> price.reserve-8=$1,700.00>"},
    {reserved, drops_a_size, " quantity.reserve-8=1> price.reserve-8=$1,700.00>"},
};

START_TEST(each_change_is_an_event)
{
    const struct offer *before = changes[_i].before();
    struct offer *after = changes[_i].before();
    struct event_fields found;
    const char *events = "";

    ck_assert_uint_eq(event_changes(before, after, arena).count, 0);
    changes[_i].happens(&after->rows[0]);
    found = event_changes(before, after, arena);
    for (size_t i = 0; i < found.count; i++) {
        const struct event_field *field = &found.rows[i];

        ck_assert_int_eq(field->row, 1);
        events = arena_format(arena, "%s %s.%s=%s>%s", events, fields[field->field].name,
                              field->point, field->before, field->after);
    }
    ck_assert_str_eq(events, changes[_i].events);
}
END_TEST

START_TEST(each_change_is_of_the_terms)
{
    struct offer *before = changes[_i].before();
    struct offer *after = changes[_i].before();
    int too_large = 0;

    ck_assert_str_eq(terms_digest(arena, before), terms_digest(arena, after));
    changes[_i].happens(&after->rows[0]);
    ck_assert_int_eq(price_offer(after, &too_large), OK);
    ck_assert_str_ne(terms_digest(arena, before), terms_digest(arena, after));
    /* and so does what the customer itself is shown */
    offer_blank(before, PARTY_CUSTOMER);
    offer_blank(after, PARTY_CUSTOMER);
    ck_assert_str_ne(terms_digest(arena, before), terms_digest(arena, after));
}
END_TEST

START_TEST(each_change_voids_the_adjustment)
{
    const struct offer *before = changes[_i].before();
    struct offer *after = changes[_i].before();

    offer_void_adjustments(before, after);
    ck_assert(after->rows[0].has_adjustment);
    changes[_i].happens(&after->rows[0]);
    offer_void_adjustments(before, after);
    ck_assert(!after->rows[0].has_adjustment);
}
END_TEST

/* A row that comes or goes is told with all that is typed in it. */
START_TEST(a_row_comes_and_goes_whole)
{
    const struct offer *none = make_empty(arena, OFFER_RESERVATIONS);
    const struct offer *one = reserved();
    struct event_fields added = event_changes(none, one, arena);
    struct event_fields removed = event_changes(one, none, arena);

    ck_assert_uint_eq(added.count, removed.count);
    /* product, type, adjustment, duration, schedule, and two lines of quantity and price */
    ck_assert_uint_eq(added.count, 9);
    for (size_t i = 0; i < added.count; i++) {
        ck_assert_str_eq(added.rows[i].before, "");
        ck_assert_str_ne(added.rows[i].after, "");
        ck_assert_str_eq(removed.rows[i].after, "");
    }
}
END_TEST

Suite *
row_changes_suite(void)
{
    Suite *suite = suite_create("row_changes");
    TCase *cases = tcase_create("changes");

    tcase_add_checked_fixture(cases, setup, teardown);
    tcase_add_loop_test(cases, each_change_is_an_event, 0, COUNT(changes));
    tcase_add_loop_test(cases, each_change_is_of_the_terms, 0, COUNT(changes));
    tcase_add_loop_test(cases, each_change_voids_the_adjustment, 0, COUNT(changes));
    tcase_add_test(cases, a_row_comes_and_goes_whole);
    suite_add_tcase(suite, cases);
    return suite;
}

/*
 * version_test.c: what a submit keeps of an offer, and what two versions differ in for each reader
 * (LAW 5, 6.9), by the figures of LAW 20: Pro 1,200.00 at 20 % off is 960.00, with 12.5 % on top
 * 1,080.00; Ops is 200.00, with 30 % on top 260.00.
 */
#include <check.h>
#include <string.h>

#include "base/text.h"
#include "core/documents.h"
#include "core/pricing.h"
#include "core/version.h"
#include "make_offer.h"

Suite *version_suite(void);

#define ISV PARTY_BIT(PARTY_ISV)
#define PARTNER PARTY_BIT(PARTY_PARTNER)
#define BOTH ((unsigned)ISV | (unsigned)PARTNER)

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
priced(struct offer *offer)
{
    int too_large = 0;

    ck_assert_int_eq(price_offer(offer, &too_large), OK);
    return offer;
}

/* One line a change: label: before > after. */
static const char *
changes(struct offer *before, struct offer *after, enum party viewer, unsigned by)
{
    const struct version was = version_of(priced(before), arena);
    const struct version is = version_of(priced(after), arena);
    const struct version_changes found = version_compare(&was, &is, viewer, by, arena);
    const char *text = "";

    for (size_t i = 0; i < found.count; i++)
        text = arena_format(arena, "%s%s: %s > %s\n", text, found.rows[i].label,
                            found.rows[i].before, found.rows[i].after);
    return text;
}

START_TEST(nothing_changed)
{
    ck_assert_str_eq(
        changes(make_priced_deal(arena), make_priced_deal(arena), PARTY_OPERATOR, BOTH), "");
}
END_TEST

static struct document
document(const char *id, enum party side, const char *name, const char *sha256)
{
    return (struct document){.id = id, .side = side, .name = name, .size = 5, .sha256 = sha256};
}

/* A change of everything, as each reader may see it; contacts and the notes are one's own. */
START_TEST(each_reads_its_own_of_a_change)
{
    static const struct {
        enum party viewer;
        const char *words;
    } readers[] = {
        {PARTY_ISV, "Customer accept by date: 15 Nov 2023 > 30 Nov 2023\n"
                    "Sales note: deal 42 > deal 43\n"
                    "Discount % for Ledgerline, Pro: 20% > 25%\n"
                    "Partner price for Ledgerline, Pro, Meter: 100 emails: $0.80 > $0.75\n"
                    "Partner price for Ledgerline, Pro, 1-year, one payment upfront: $960.00 > $900.00\n"},
        {PARTY_PARTNER,
         "Customer accept by date: 15 Nov 2023 > 30 Nov 2023\n"
         "Prepared by: p@fabrikam.example > q@fabrikam.example\n"
         "Discount % for Ledgerline, Pro: 20% > 25%\n"
         "Partner price for Ledgerline, Pro, Meter: 100 emails: $0.80 > $0.75\n"
         "Partner price for Ledgerline, Pro, 1-year, one payment upfront: $960.00 > $900.00\n"
         "Customer adjustment % for Ledgerline, Pro: 12.5% > 10%\n"
         "Customer price for Ledgerline, Pro, Meter: 100 emails: $0.90 > $0.83\n"
         "Customer price for Ledgerline, Pro, 1-year, one payment upfront: $1,080.00 > $990.00\n"},
        {PARTY_CUSTOMER,
         "Customer accept by date: 15 Nov 2023 > 30 Nov 2023\n"
         "Prepared by: p@fabrikam.example > q@fabrikam.example\n"
         "Customer price for Ledgerline, Pro, Meter: 100 emails: $0.90 > $0.83\n"
         "Customer price for Ledgerline, Pro, 1-year, one payment upfront: $1,080.00 > $990.00\n"},
    };

    for (size_t i = 0; i < COUNT(readers); i++) {
        struct offer *after = make_priced_deal(arena);

        after->accept_by_on = make_day("2023-11-30");
        after->sales_note = "deal 43";
        after->prepared_by = "q@fabrikam.example";
        after->rows[0].discount = make_rate("25"); /* 0.75 x 1.1 = 0.825, half up 0.83 */
        after->rows[0].adjustment = make_rate("10");
        ck_assert_str_eq(changes(make_priced_deal(arena), after, readers[i].viewer, BOTH),
                         readers[i].words);
    }
}
END_TEST

/* What the partner is told of a new submit is the ISV's alone: its own it has changed itself. */
START_TEST(of_one_party_only)
{
    struct offer *after = make_priced_deal(arena);

    after->rows[0].has_adjustment = false;
    after->prepared_by = "";
    after->end_on = make_day("2024-01-31");
    ck_assert_str_eq(changes(make_priced_deal(arena), after, PARTY_PARTNER, ISV),
                     "Customer end date: 31 Dec 2023 > 31 Jan 2024\n");
}
END_TEST

START_TEST(rows_that_come_and_go)
{
    struct offer *before = make_deal(arena);
    struct offer *after = make_deal(arena);
    struct offer_row *row = make_row(after, arena, make_flow(arena));

    row->has_discount = true;
    row->discount = make_rate("10");
    ck_assert_str_eq(changes(before, after, PARTY_PARTNER, ISV),
                     "Product and plan:  > Harbor Gateway, Flow\n"
                     "Price type for Harbor Gateway, Flow:  > Discounted price\n"
                     "Discount % for Harbor Gateway, Flow:  > 10%\n"
                     "Partner price for Harbor Gateway, Flow, Per vCPU and hour:  > $0.360000\n");
    ck_assert_str_eq(changes(after, before, PARTY_CUSTOMER, ISV),
                     "Product and plan: Harbor Gateway, Flow > \n");
}
END_TEST

/* Another file under the same name is another document; one side's are not the other's. */
START_TEST(documents_by_their_bytes)
{
    struct offer *before = make_priced_deal(arena);
    struct offer *after = make_priced_deal(arena);
    const struct document old_terms = document("d1", PARTY_ISV, "Terms", "aaaaaaaaaaaa1111");
    const struct document new_terms = document("d2", PARTY_ISV, "Terms", "bbbbbbbbbbbb2222");
    const struct document extra = document("d3", PARTY_PARTNER, "Extra", "cccccccccccc3333");

    offer_add_document(before, &old_terms);
    offer_add_document(after, &new_terms);
    offer_add_document(after, &extra);
    ck_assert_str_eq(changes(before, after, PARTY_ISV, BOTH),
                     "Terms and conditions PDF: Terms (aaaaaaaaaaaa) > \n"
                     "Terms and conditions PDF:  > Terms (bbbbbbbbbbbb)\n");
    ck_assert_str_eq(changes(before, after, PARTY_PARTNER, PARTNER),
                     "Terms and conditions PDF:  > Extra (cccccccccccc)\n");
}
END_TEST

/* LAW 5: whatever is in a version, a reader finds no value of a field that is not its own. */
START_TEST(nobody_reads_past_the_field_table)
{
    static const enum party viewers[] = {PARTY_ISV, PARTY_PARTNER, PARTY_CUSTOMER, PARTY_OPERATOR};
    struct offer *deal = make_priced_deal(arena);
    const struct document terms = document("d1", PARTY_PARTNER, "Extra", "cccccccccccc3333");

    offer_add_document(deal, &terms);
    deal->partner_note = "Notemark";
    deal->taxable = true;
    for (size_t v = 0; v < COUNT(viewers); v++) {
        const struct version none = {NULL, 0};
        const struct version all = version_of(priced(deal), arena);
        const struct version_changes found = version_compare(&none, &all, viewers[v], BOTH, arena);

        for (size_t i = 0; i < all.count; i++) {
            const bool seen = field_seen(all.values[i].field, viewers[v]);
            size_t told = 0;

            /* a list price is no news of a row that came: all of these came */
            if (all.values[i].field == FIELD_LIST_PRICE)
                continue;
            for (size_t k = 0; k < found.count; k++)
                told += strstr(found.rows[k].label, fields[all.values[i].field].label) != NULL;
            if (seen)
                ck_assert_uint_gt(told, 0);
        }
        for (size_t k = 0; k < found.count; k++) {
            const bool partners_figure = strstr(found.rows[k].after, "12.5%") != NULL ||
                                         strstr(found.rows[k].after, "1,080.00") != NULL ||
                                         strstr(found.rows[k].after, "Notemark") != NULL ||
                                         strstr(found.rows[k].after, "Extra") != NULL ||
                                         strstr(found.rows[k].after, "fabrikam.example") != NULL;

            ck_assert(viewers[v] != PARTY_ISV || !partners_figure);
        }
    }
}
END_TEST

/* A customer price that was computed before its adjustment went is nobody's (D-7). */
START_TEST(no_price_of_an_adjustment_that_is_gone)
{
    struct offer *offer = priced(make_priced_deal(arena));
    struct version version;

    offer->rows[0].has_adjustment = false;
    ck_assert(offer->rows[0].prices[0].has_customer);
    version = version_of(offer, arena);
    for (size_t i = 0; i < version.count; i++)
        ck_assert(version.values[i].row != 1 || version.values[i].field != FIELD_CUSTOMER_PRICE);
}
END_TEST

/* The prices of all plans of a product are the catalogue's, which follows its own rules. */
START_TEST(a_whole_product_keeps_its_discount)
{
    struct offer *offer = make_draft(arena);
    struct offer_row *row = make_row(offer, arena, make_pro(arena));
    struct version version;

    row->whole_product = true;
    row->has_discount = true;
    row->discount = make_rate("15");
    version = version_of(priced(offer), arena);
    ck_assert_uint_eq(version.count, 3); /* what it sells, how, and for how much less */
    ck_assert_int_eq(version.values[0].field, FIELD_PRODUCT);
    ck_assert_int_eq(version.values[1].field, FIELD_PRICE_TYPE);
    ck_assert_int_eq(version.values[2].field, FIELD_DISCOUNT);
    ck_assert_str_eq(version.values[2].value, "15");
}
END_TEST

/* More values than the first room holds. */
START_TEST(many_values)
{
    struct version version = {NULL, 0};

    for (int i = 0; i < 1000; i++)
        version_put(&version,
                    (struct version_value){FIELD_PARTNER_PRICE, 1, arena_format(arena, "%04d", i),
                                           "", arena_format(arena, "%d", i)},
                    arena);
    ck_assert_uint_eq(version.count, 1000);
    for (int i = 0; i < 1000; i++)
        ck_assert_str_eq(version.values[i].value, arena_format(arena, "%d", i));
}
END_TEST

Suite *
version_suite(void)
{
    Suite *suite = suite_create("version");
    TCase *cases = tcase_create("version");

    tcase_add_checked_fixture(cases, setup, teardown);
    tcase_add_test(cases, nothing_changed);
    tcase_add_test(cases, each_reads_its_own_of_a_change);
    tcase_add_test(cases, of_one_party_only);
    tcase_add_test(cases, rows_that_come_and_go);
    tcase_add_test(cases, documents_by_their_bytes);
    tcase_add_test(cases, nobody_reads_past_the_field_table);
    tcase_add_test(cases, no_price_of_an_adjustment_that_is_gone);
    tcase_add_test(cases, a_whole_product_keeps_its_discount);
    tcase_add_test(cases, many_values);
    suite_add_tcase(suite, cases);
    return suite;
}

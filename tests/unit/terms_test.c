/*
 * terms_test.c: the digest of what a customer agrees to (LAW 10.2): the same for a full and a
 * blanked offer, another for every term and price, the same whatever the sellers keep to
 * themselves.
 */
#include "core/terms.h"
#include "core/pricing.h"
#include "make_offer.h"

#include <check.h>
#include <string.h>

Suite *terms_suite(void);

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
priced(void)
{
    struct offer *offer = make_priced_deal(arena);
    int too_large;

    ck_assert_int_eq(price_offer(offer, &too_large), OK);
    return offer;
}

static const char *
digest_of(struct offer *offer)
{
    int too_large;

    ck_assert_int_eq(price_offer(offer, &too_large), OK);
    return terms_digest(arena, offer);
}

START_TEST(the_same_through_the_customers_eyes)
{
    struct offer *offer = priced();
    const char *full = terms_digest(arena, offer);

    ck_assert_str_eq(terms_digest(arena, priced()), full);
    offer_blank(offer, PARTY_CUSTOMER);
    ck_assert_str_eq(terms_digest(arena, offer), full);
}
END_TEST

START_TEST(another_for_every_term)
{
    static const struct document terms = {.side = PARTY_ISV, .name = "Terms", .sha256 = "00"};
    const char *seen[32];
    size_t count = 0;
    struct offer *offer;

    seen[count++] = digest_of(make_priced_deal(arena));
    (offer = make_priced_deal(arena))->name = "Northwind FY25";
    seen[count++] = digest_of(offer);
    (offer = make_priced_deal(arena))->partner = "20000003";
    seen[count++] = digest_of(offer);
    (offer = make_priced_deal(arena))->billing_account = "7123456";
    seen[count++] = digest_of(offer);
    (offer = make_priced_deal(arena))->prepared_by = "q@fabrikam.example";
    seen[count++] = digest_of(offer);
    (offer = make_priced_deal(arena))->start_mode = START_IN_MONTH;
    seen[count++] = digest_of(offer);
    offer->start_on = make_day("2023-12-01");
    seen[count++] = digest_of(offer);
    (offer = make_priced_deal(arena))->end_on = make_day("2024-01-31");
    seen[count++] = digest_of(offer);
    (offer = make_priced_deal(arena))->accept_by_on = make_day("2023-11-16");
    seen[count++] = digest_of(offer);
    (offer = make_priced_deal(arena))->row_count = 1;
    seen[count++] = digest_of(offer);
    (offer = make_priced_deal(arena))->rows[1].adjustment = make_rate("31");
    seen[count++] = digest_of(offer);
    (offer = make_priced_deal(arena))->rows[1].has_adjustment = false;
    seen[count++] = digest_of(offer);
    (offer = make_priced_deal(arena))->rows[1].plan->points[0].list = make_amount("251.00");
    seen[count++] = digest_of(offer);
    (offer = make_priced_deal(arena))->rows[1].plan->id = "ops-2";
    seen[count++] = digest_of(offer);
    /* the names things are shown by */
    (offer = make_priced_deal(arena))->isv_name = "Contoso 2";
    seen[count++] = digest_of(offer);
    (offer = make_priced_deal(arena))->partner_name = "Contoso 2";
    seen[count++] = digest_of(offer);
    (offer = make_priced_deal(arena))->rows[0].plan->name = "Pro 2";
    seen[count++] = digest_of(offer);
    (offer = make_priced_deal(arena))->rows[0].plan->points[1].name = "1,000 emails";
    seen[count++] = digest_of(offer);
    offer = make_priced_deal(arena);
    offer->documents[offer->document_count++] = terms;
    seen[count++] = digest_of(offer);
    offer->documents[0].side = PARTY_PARTNER;
    seen[count++] = digest_of(offer);
    offer->documents[0].name = "Other terms";
    seen[count++] = digest_of(offer);
    offer->documents[0].sha256 = "01";
    seen[count++] = digest_of(offer);
    ck_assert_uint_le(count, COUNT(seen));
    for (size_t i = 0; i < count; i++) {
        for (size_t k = 0; k < i; k++)
            ck_assert_msg(strcmp(seen[i], seen[k]) != 0, "%zu and %zu", k, i);
    }
}
END_TEST

/* How the sellers came to the same prices is not the customer's to agree to, nor to notice. */
START_TEST(the_same_whatever_stays_between_the_sellers)
{
    const char *expected = digest_of(make_priced_deal(arena));
    struct offer *offer = make_priced_deal(arena);

    offer->description = "x";
    offer->customer_label = "x";
    offer->contacts = "";
    offer->sales_note = "x";
    offer->partner_note = "x";
    offer->partner_contacts = "";
    offer->taxable = true;
    offer->version = 9;
    offer->partner_version = 9;
    make_own(&offer->rows[1], "month", make_amount("130.00")); /* twice 130.00 is 260.00 too */
    offer->rows[1].adjustment = make_rate("100");
    ck_assert_str_eq(digest_of(offer), expected);
}
END_TEST

Suite *
terms_suite(void)
{
    Suite *suite = suite_create("terms");
    TCase *digests = tcase_create("digests");

    tcase_add_checked_fixture(digests, setup, teardown);
    tcase_add_test(digests, the_same_through_the_customers_eyes);
    tcase_add_test(digests, another_for_every_term);
    tcase_add_test(digests, the_same_whatever_stays_between_the_sellers);
    suite_add_tcase(suite, digests);
    return suite;
}

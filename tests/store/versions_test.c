/*
 * versions_test.c: each submit keeps the offer as it stood, for good, and each reader gets of it
 * what is its own (LAW 5, 6.9).
 */
#include <check.h>
#include <string.h>

#include "base/text.h"
#include "store/accounts.h"
#include "store/versions.h"
#include "support/play.h"

static struct deal_market market;

static void
setup(void)
{
    deal_market_open(&market, NULL);
}

static void
teardown(void)
{
    deal_market_close(&market);
}

static const struct viewer isv = {PARTY_ISV, DEAL_ISV, {TEST_DAY_NUMBER}};
static const struct viewer partner = {PARTY_PARTNER, DEAL_PARTNER, {TEST_DAY_NUMBER}};
static const struct viewer later = {PARTY_PARTNER, DEAL_OTHER_PARTNER, {TEST_DAY_NUMBER}};

static struct submits
list_of(const struct viewer *viewer, const char *id)
{
    struct submits submits;

    ck_assert_int_eq(submits_of(market.temp.reader, market.temp.arena, viewer, id, &submits), OK);
    return submits;
}

static struct version
load(const struct viewer *viewer, const char *id, int64_t number)
{
    struct version version;

    ck_assert_int_eq(
        version_load(market.temp.reader, market.temp.arena, viewer, id, number, &version), OK);
    return version;
}

/* One line a value. */
static const char *
text_of(const struct version *version)
{
    const char *text = "";

    for (size_t i = 0; i < version->count; i++)
        text = arena_format(market.temp.arena, "%s%s-%d-%s %s\n", text,
                            fields[version->values[i].field].name, version->values[i].row,
                            version->values[i].point, version->values[i].value);
    return text;
}

static void
resubmit(const char *id, const char *discount)
{
    struct answers form = deal_form(&market, "discount-1", discount, NULL);

    ck_assert_int_eq(play_deed(&market, &actor_isv, DEED_WITHDRAW, id), OK);
    (void)play_form(&market, &actor_isv, DEED_SAVE, id, &form, OK);
    ck_assert_int_eq(play_deed(&market, &actor_isv, DEED_SUBMIT, id), OK);
    deal_publish(&market);
}

START_TEST(each_submit_is_kept)
{
    const char *id = deal_make(&market, DEAL_DRAFTED);

    ck_assert_uint_eq(list_of(&isv, id).count, 0);
    ck_assert_int_eq(play_deed(&market, &actor_isv, DEED_SUBMIT, id), OK);
    ck_assert_uint_eq(list_of(&isv, id).count, 1);
    /* not before it is available to the partner */
    ck_assert_uint_eq(list_of(&partner, id).count, 0);
    deal_publish(&market);
    ck_assert_uint_eq(list_of(&partner, id).count, 1);
    resubmit(id, "19");
    ck_assert_uint_eq(list_of(&isv, id).count, 2);
    ck_assert_uint_eq(list_of(&partner, id).count, 2);
    ck_assert_int_eq(list_of(&isv, id).rows[0].kind, EVENT_SUBMITTED);
    ck_assert_str_eq(list_of(&isv, id).rows[0].person_name, "isv");
    ck_assert_str_eq(list_of(&partner, id).rows[0].person_name, "");
    ck_assert_str_eq(list_of(&partner, id).rows[0].account_name, "Contoso");
}
END_TEST

/* The partner's own submits are in its list, and not in the ISV's. */
START_TEST(each_side_has_its_list)
{
    const char *id = deal_make(&market, DEAL_EXTENDED);
    struct submits submits = list_of(&partner, id);

    ck_assert_uint_eq(submits.count, 2);
    ck_assert_int_eq(submits.rows[0].kind, EVENT_SENT);
    ck_assert_int_eq(submits.rows[1].kind, EVENT_SUBMITTED);
    ck_assert_uint_eq(list_of(&isv, id).count, 1);
}
END_TEST

/* Whatever is done to the offer afterwards. */
START_TEST(a_version_never_changes)
{
    const char *id = deal_make(&market, DEAL_EXTENDED);
    const struct submits submits = list_of(&partner, id);
    struct version version = load(&partner, id, submits.rows[0].number);
    const char *before = text_of(&version);

    ck_assert_ptr_nonnull(strstr(before, "adjustment-1- 12.5\n"));
    ck_assert_ptr_nonnull(strstr(before, "customer_price-1-term-12 $1,080.00\n"));
    ck_assert_ptr_nonnull(strstr(before, "price-1-term-12 $960.00\n"));
    ck_assert_ptr_nonnull(strstr(before, "list-1-term-12 $1,200.00\n"));
    ck_assert_ptr_nonnull(strstr(before, "price-2-month $200.00\n"));
    ck_assert_int_eq(play_deed(&market, &actor_partner, DEED_TAKE_BACK, id), OK);
    ck_assert_int_eq(play_deed(&market, &actor_partner, DEED_PRICE, id), OK);
    resubmit(id, "3");
    version = load(&partner, id, submits.rows[0].number);
    ck_assert_str_eq(text_of(&version), before);
}
END_TEST

/* LAW 5: nothing of the partner's, whichever submit it is asked about. */
START_TEST(the_isv_reads_nothing_of_its_partners)
{
    const char *id = deal_make(&market, DEAL_EXTENDED);
    const struct submits submits = list_of(&partner, id);

    for (size_t i = 0; i < submits.count; i++) {
        const struct version version = load(&isv, id, submits.rows[i].number);

        ck_assert_uint_gt(version.count, 5);
        for (size_t k = 0; k < version.count; k++)
            ck_assert(field_seen(version.values[k].field, PARTY_ISV));
        ck_assert_ptr_null(strstr(text_of(&version), "1,080.00"));
        ck_assert_ptr_null(strstr(text_of(&version), "fabrikam.example"));
    }
}
END_TEST

/* D-7, D-34: what was submitted to another partner is no version of this one's. */
START_TEST(a_later_partner_has_no_earlier_versions)
{
    const char *id = deal_make(&market, DEAL_EXTENDED);
    struct answers moved = deal_form(&market, "seller_id", DEAL_OTHER_PARTNER, NULL);
    struct submits submits;
    struct version version;

    ck_assert_int_eq(play_deed(&market, &actor_partner, DEED_TAKE_BACK, id), OK);
    ck_assert_int_eq(play_deed(&market, &actor_isv, DEED_WITHDRAW, id), OK);
    (void)play_form(&market, &actor_isv, DEED_SAVE, id, &moved, OK);
    ck_assert_int_eq(play_deed(&market, &actor_isv, DEED_SUBMIT, id), OK);
    deal_publish(&market);
    submits = list_of(&later, id);
    ck_assert_uint_eq(submits.count, 1);
    version = load(&later, id, submits.rows[0].number);
    ck_assert_ptr_null(strstr(text_of(&version), "12.5"));
    ck_assert_ptr_null(strstr(text_of(&version), "1,080.00"));
    ck_assert_ptr_null(strstr(text_of(&version), "fabrikam"));
    ck_assert_uint_eq(list_of(&isv, id).count, 2);
}
END_TEST

/* LAW 6.1 row 6: what could not be published, the partner never saw. */
START_TEST(what_was_not_published_is_the_isvs_alone)
{
    const char *id = deal_make(&market, DEAL_SUBMITTED);
    struct publisher facts;
    struct db *db;

    ck_assert_int_eq(play_deed(&market, &actor_isv, DEED_WITHDRAW, id), OK);
    ck_assert_int_eq(play_deed(&market, &actor_isv, DEED_SUBMIT, id), OK);
    db = temp_write(&market.temp);
    ck_assert_int_eq(publisher_by_id(db, market.temp.arena, DEAL_PARTNER, &facts), OK);
    facts.tax_status = TAX_NONE;
    ck_assert_int_eq(publisher_update_facts(db, market.temp.arena, &facts), OK);
    temp_keep(&market.temp, db);
    deal_publish(&market);
    ck_assert_int_eq(ISV_SEES(id).state, STATE_DRAFT);
    ck_assert_uint_eq(list_of(&isv, id).count, 2);
    ck_assert_uint_eq(list_of(&partner, id).count, 1);
}
END_TEST

Suite *versions_suite(void);

Suite *
versions_suite(void)
{
    Suite *suite = suite_create("versions");
    TCase *cases = tcase_create("versions");

    tcase_add_checked_fixture(cases, setup, teardown);
    tcase_add_test(cases, each_submit_is_kept);
    tcase_add_test(cases, each_side_has_its_list);
    tcase_add_test(cases, a_version_never_changes);
    tcase_add_test(cases, the_isv_reads_nothing_of_its_partners);
    tcase_add_test(cases, a_later_partner_has_no_earlier_versions);
    tcase_add_test(cases, what_was_not_published_is_the_isvs_alone);
    suite_add_tcase(suite, cases);
    return suite;
}

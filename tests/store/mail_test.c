/*
 * mail_test.c: which mails the life of an offer makes, to whom, through whose eyes (LAW 14, 5),
 * once however often and late the jobs run. The lists are LAW 14's, worked out by hand.
 */
#include <check.h>
#include <string.h>

#include "base/text.h"
#include "support/mails.h"
#include "support/play.h"
#include "store/notices.h"

#define I "i@contoso.example\n"
#define F "f@fabrikam.example\n"

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

static void
now_on(int month, int dom)
{
    deal_market_today(&market, 2023, month, dom);
}

#define assert_mails(list) ck_assert_str_eq(mails_left(&market), list)

/* LAW 20, and then the whole table: no mail on Draft, In Progress, Ended; the first Pending partner
 * action reaches the ISV's contacts alone. */
START_TEST(a_full_life_makes_the_mails_of_the_law)
{
    const char *id = deal_make(&market, DEAL_DRAFTED);

    assert_mails("");
    ck_assert_int_eq(play_deed(&market, &actor_isv, DEED_SAVE, id), OK);
    ck_assert_int_eq(play_deed(&market, &actor_isv, DEED_SUBMIT, id), OK);
    assert_mails(""); /* In Progress */
    deal_publish(&market);
    assert_mails("offered isv " I);
    (void)play_form(&market, &actor_partner, DEED_PRICE, id,
                    FORM("adjustment-1", "12.5", "adjustment-2", "30", "prepared_by",
                         "p@fabrikam.example", "partner_contacts", "f@fabrikam.example"),
                    OK);
    assert_mails("");
    ck_assert_int_eq(play_deed(&market, &actor_partner, DEED_EXTEND, id), OK);
    assert_mails("");
    deal_publish(&market);
    assert_mails("extended isv " I "extended partner " F);
    now_on(10, 20);
    ck_assert_int_eq(play_deed(&market, &actor_owner, DEED_ACCEPT, id), OK);
    assert_mails("accepted isv " I "accepted partner " F);
    for (int month = 11; month <= 12; month++) {
        now_on(month, 30);
        mails_tell(&market);
        assert_mails("");
    }
    deal_market_today(&market, 2024, 1, 1);
    ck_assert_int_eq(
        offer_state_on(&(struct offer){.state = STATE_ACCEPTED, .end_on = day_make(2023, 12, 31)},
                       day_make(2024, 1, 1)),
        STATE_ENDED);
    mails_tell(&market);
    assert_mails("");
}
END_TEST

START_TEST(a_deleted_draft_makes_none)
{
    const char *id = deal_make(&market, DEAL_DRAFTED);

    ck_assert_int_eq(play_deed(&market, &actor_isv, DEED_DELETE, id), OK);
    mails_tell(&market);
    assert_mails("");
}
END_TEST

/* Rows 12, 8, 5: after the partner entered contacts, Pending partner action reaches them too; an
 * ISV's withdrawal makes none. */
START_TEST(a_withdrawal_by_the_partner_is_told_to_both_and_by_the_isv_to_nobody)
{
    const char *id = deal_make(&market, DEAL_EXTENDED);

    (void)mails_left(&market);
    ck_assert_int_eq(play_deed(&market, &actor_partner, DEED_TAKE_BACK, id), OK);
    assert_mails("taken_back isv " I "taken_back partner " F);
    ck_assert_int_eq(play_deed(&market, &actor_isv, DEED_WITHDRAW, id), OK);
    assert_mails("");
    ck_assert_int_eq(play_deed(&market, &actor_isv, DEED_SUBMIT, id), OK);
    deal_publish(&market);
    assert_mails("offered isv " I "offered partner " F);
}
END_TEST

/* D-7: another partner never hears from the first one's contacts. */
START_TEST(contacts_of_a_former_partner_get_none)
{
    const char *id = deal_make(&market, DEAL_EXTENDED);

    ck_assert_int_eq(play_deed(&market, &actor_partner, DEED_TAKE_BACK, id), OK);
    ck_assert_int_eq(play_deed(&market, &actor_isv, DEED_WITHDRAW, id), OK);
    (void)play_form(&market, &actor_isv, DEED_SAVE, id, FORM("seller_id", DEAL_OTHER_PARTNER), OK);
    (void)mails_left(&market);
    ck_assert_int_eq(play_deed(&market, &actor_isv, DEED_SUBMIT, id), OK);
    deal_publish(&market);
    assert_mails("offered isv " I);
}
END_TEST

START_TEST(every_contact_gets_one_and_an_offer_without_contacts_makes_none)
{
    const char *id = deal_make(&market, DEAL_DRAFTED);
    const char *quiet = deal_make(&market, DEAL_DRAFTED);

    (void)play_form(&market, &actor_isv, DEED_SAVE, id,
                    FORM("contacts", "b@contoso.example\na@contoso.example\r\nc@contoso.example"),
                    OK);
    (void)play_form(
        &market, &actor_isv, DEED_SAVE, quiet,
        FORM("contacts", "", "billing_account", DEAL_ACCOUNT, "accept_by", "2023-11-01"), OK);
    ck_assert_int_eq(play_deed(&market, &actor_isv, DEED_SUBMIT, id), OK);
    deal_publish(&market);
    assert_mails("offered isv a@contoso.example\noffered isv b@contoso.example\n"
                 "offered isv c@contoso.example\n");
}
END_TEST

/* Row 14: Expired is told once, however late the jobs run and however often. */
START_TEST(expired_is_told_once_however_late)
{
    const char *id = deal_make(&market, DEAL_EXTENDED);

    (void)mails_left(&market);
    now_on(11, 15); /* its last day, inclusive (D-2) */
    mails_tell(&market);
    assert_mails("");
    now_on(12, 9);
    ck_assert_int_eq(offer_state_on(&(struct offer){.state = STATE_PENDING_ACCEPTANCE,
                                                    .accept_by_on = day_make(2023, 11, 15)},
                                    day_make(2023, 12, 9)),
                     STATE_EXPIRED);
    assert_mails("");
    mails_tell(&market);
    assert_mails("expired isv " I "expired partner " F);
    mails_tell(&market);
    now_on(12, 20);
    mails_tell(&market);
    assert_mails("");

    /* Row 15, and the same again is another time. */
    ck_assert_int_eq(play_deed(&market, &actor_partner, DEED_TAKE_BACK, id), OK);
    assert_mails("taken_back isv " I "taken_back partner " F);
}
END_TEST

/* Nothing depends on the jobs having run: what time has brought is told before what ends it. */
START_TEST(expired_is_told_also_when_it_is_withdrawn_before_the_jobs_run)
{
    const char *id = deal_make(&market, DEAL_EXTENDED);

    (void)mails_left(&market);
    now_on(11, 16);
    ck_assert_int_eq(play_deed(&market, &actor_partner, DEED_TAKE_BACK, id), OK);
    assert_mails("expired isv " I "expired partner " F "taken_back isv " I "taken_back partner " F);
    mails_tell(&market);
    assert_mails("");
}
END_TEST

START_TEST(expired_on_the_first_day_after)
{
    (void)deal_make(&market, DEAL_EXTENDED);
    (void)mails_left(&market);
    now_on(11, 16);
    mails_tell(&market);
    assert_mails("expired isv " I "expired partner " F);
}
END_TEST

/* Row 10: extended after its accept-by day, it never was Pending acceptance. */
START_TEST(an_offer_published_too_late_is_told_as_expired_alone)
{
    const char *id = deal_make(&market, DEAL_SUBMITTED);

    (void)play_form(&market, &actor_partner, DEED_PRICE, id,
                    FORM("adjustment-1", "12.5", "adjustment-2", "30", "prepared_by",
                         "p@fabrikam.example", "partner_contacts", "f@fabrikam.example"),
                    OK);
    ck_assert_int_eq(play_deed(&market, &actor_partner, DEED_EXTEND, id), OK);
    (void)mails_left(&market);
    now_on(11, 20);
    deal_publish(&market);
    mails_tell(&market);
    assert_mails("expired isv " I "expired partner " F);
}
END_TEST

/* The customer is in none of them, whatever is switched off. */
START_TEST(nobody_of_the_customer_is_ever_told_of_an_offer_unasked)
{
    const char *id = deal_make(&market, DEAL_EXTENDED);
    struct mails *mails;

    ck_assert_int_eq(play_deed(&market, &actor_owner, DEED_ACCEPT, id), OK);
    mails = mails_leave(&market);
    ck_assert_uint_eq(mails->count, 5);
    for (size_t i = 0; i < mails->count; i++)
        ck_assert_ptr_null(strstr(mails->rows[i].recipient, "test.example"));
}
END_TEST

/* ---- Switched on ---------------------------------------------------------------------------- */

/* Those who can do something: who edits offers, who may accept. A contact is not written to twice.
 */
START_TEST(arrivals_are_told_where_they_are_switched_on)
{
    const char *id;

    mails_switch(&market, NOTICES_OF_PUBLISHER, DEAL_PARTNER, SWITCH_ARRIVALS, true);
    mails_switch(&market, NOTICES_OF_BILLING, DEAL_ACCOUNT, SWITCH_ARRIVALS, true);
    id = deal_make(&market, DEAL_EXTENDED);
    assert_mails("arrived customer contributor@test.example\n"
                 "arrived customer owner@test.example\n"
                 "arrived partner partner@test.example\n"
                 "extended isv " I "extended partner " F "offered isv " I);
    mails_switch(&market, NOTICES_OF_PUBLISHER, DEAL_PARTNER, SWITCH_ARRIVALS, false);
    mails_switch(&market, NOTICES_OF_BILLING, DEAL_ACCOUNT, SWITCH_ARRIVALS, false);
    ck_assert_int_eq(play_deed(&market, &actor_partner, DEED_TAKE_BACK, id), OK);
    ck_assert_int_eq(play_deed(&market, &actor_partner, DEED_EXTEND, id), OK);
    deal_publish(&market);
    assert_mails("extended isv " I "extended partner " F "taken_back isv " I
                 "taken_back partner " F);
}
END_TEST

static void
reminders_on(void)
{
    mails_switch(&market, NOTICES_OF_PUBLISHER, DEAL_ISV, SWITCH_REMINDERS, true);
    mails_switch(&market, NOTICES_OF_PUBLISHER, DEAL_PARTNER, SWITCH_REMINDERS, true);
    mails_switch(&market, NOTICES_OF_BILLING, DEAL_ACCOUNT, SWITCH_REMINDERS, true);
}

#define REMINDED                                                             \
    "accept_by customer contributor@test.example\naccept_by customer "       \
    "owner@test.example\naccept_by isv isv@test.example\naccept_by partner " \
    "partner@test.example\n"

/* Accept by 15 November: 8, 12 and 14 November, and on no other day. */
START_TEST(reminders_of_accept_by_come_7_3_and_1_days_before)
{
    reminders_on();
    (void)deal_make(&market, DEAL_EXTENDED);
    (void)mails_left(&market);
    for (int dom = 1; dom <= 15; dom++) {
        now_on(11, dom);
        mails_tell(&market);
        mails_tell(&market);
        if (dom == 8 || dom == 12 || dom == 14)
            assert_mails(REMINDED);
        else
            assert_mails("");
    }
}
END_TEST

/* The jobs slept from 7 to 13 November: one reminder, of the two days that are left. */
START_TEST(late_reminders_come_once)
{
    struct mails *mails;

    reminders_on();
    (void)deal_make(&market, DEAL_EXTENDED);
    now_on(11, 7);
    mails_tell(&market);
    (void)mails_left(&market);
    now_on(11, 13);
    mails_tell(&market);
    mails_tell(&market);
    mails = mails_leave(&market);
    ck_assert_uint_eq(mails->count, 4);
    ck_assert_str_eq(mails->rows[0].subject, "Accept by 15 Nov 2023: Northwind FY24");
    now_on(11, 14);
    mails_tell(&market);
    assert_mails(REMINDED);
}
END_TEST

/* While it waits for its partner only the sellers see it (LAW 5). */
START_TEST(reminders_go_to_those_who_see_the_offer)
{
    const char *id;

    reminders_on();
    id = deal_make(&market, DEAL_SUBMITTED);
    (void)mails_left(&market);
    now_on(11, 12);
    mails_tell(&market);
    assert_mails("accept_by isv isv@test.example\naccept_by partner partner@test.example\n");
    ck_assert_int_eq(play_deed(&market, &actor_isv, DEED_WITHDRAW, id), OK);
    now_on(11, 14);
    mails_tell(&market);
    assert_mails(""); /* a draft */
}
END_TEST

START_TEST(reminders_are_off_until_they_are_switched_on)
{
    (void)deal_make(&market, DEAL_EXTENDED);
    (void)mails_left(&market);
    now_on(11, 8);
    mails_tell(&market);
    assert_mails("");
    mails_switch(&market, NOTICES_OF_BILLING, DEAL_ACCOUNT, SWITCH_REMINDERS, true);
    mails_tell(&market);
    assert_mails(""); /* that day was told of; the next one comes */
    now_on(11, 12);
    mails_tell(&market);
    assert_mails("accept_by customer contributor@test.example\n"
                 "accept_by customer owner@test.example\n");
}
END_TEST

/* ---- Privacy -------------------------------------------------------------------------------- */

/* What each party may not see stands out: prices, percentages, notes, contacts, descriptions. */
static void
assert_discreet(const struct mail *mail)
{
    static const char *const never[] = {
        "960.00",
        "1,080",
        "200.00",
        "260.00",
        "12.5",
        "30 %",
        "20 %",
        "deal 42",
        "For the board",
        "p@fabrikam.example",
        "i@contoso.example",
        "f@fabrikam.example",
        "Person ",
        "1,200",
    };
    const char *texts[] = {mail->subject, mail->lead, mail->next, mail->facts, mail->path};

    for (size_t i = 0; i < COUNT(texts); i++) {
        for (size_t k = 0; k < COUNT(never); k++)
            ck_assert_msg(strstr(texts[i], never[k]) == NULL, "%s: %s", never[k], texts[i]);
        if (mail->party == PARTY_CUSTOMER)
            ck_assert_ptr_null(strstr(texts[i], "Secret label"));
        else
            ck_assert_ptr_null(strstr(texts[i], "Operations")); /* the account's own name */
        if (mail->party == PARTY_PARTNER || mail->party == PARTY_ISV)
            ck_assert_ptr_null(strstr(texts[i], "organisation"));
    }
}

START_TEST(a_mail_says_nothing_its_reader_may_not_see)
{
    const char *id = deal_make(&market, DEAL_DRAFTED);
    struct mails *mails;

    reminders_on();
    mails_switch(&market, NOTICES_OF_PUBLISHER, DEAL_PARTNER, SWITCH_ARRIVALS, true);
    mails_switch(&market, NOTICES_OF_BILLING, DEAL_ACCOUNT, SWITCH_ARRIVALS, true);
    (void)play_form(&market, &actor_isv, DEED_SAVE, id,
                    FORM("customer_label", "Secret label", "description", "For the board"), OK);
    ck_assert_int_eq(play_deed(&market, &actor_isv, DEED_SUBMIT, id), OK);
    deal_publish(&market);
    (void)play_form(&market, &actor_partner, DEED_PRICE, id,
                    FORM("adjustment-1", "12.5", "adjustment-2", "30", "prepared_by",
                         "p@fabrikam.example", "partner_contacts", "f@fabrikam.example",
                         "partner_note", "partner deal"),
                    OK);
    ck_assert_int_eq(play_deed(&market, &actor_partner, DEED_EXTEND, id), OK);
    deal_publish(&market);
    now_on(11, 12);
    mails_tell(&market);
    now_on(11, 16);
    mails_tell(&market);
    mails = mails_leave(&market);
    ck_assert_uint_eq(mails->count, 12); /* offered, arrived, 2 extended, 2 arrived, 4, 2 expired */
    for (size_t i = 0; i < mails->count; i++) {
        assert_discreet(&mails->rows[i]);
        ck_assert_ptr_null(strstr(mails->rows[i].facts, "partner deal"));
        ck_assert_ptr_nonnull(strstr(mails->rows[i].path, id));
        ck_assert(text_starts(mails->rows[i].path + 1, party_text(mails->rows[i].party)));
    }
}
END_TEST

Suite *
mail_suite(void)
{
    Suite *suite = suite_create("mail");
    TCase *tcase = tcase_create("all");

    tcase_add_checked_fixture(tcase, setup, teardown);
    tcase_add_test(tcase, a_full_life_makes_the_mails_of_the_law);
    tcase_add_test(tcase, a_deleted_draft_makes_none);
    tcase_add_test(tcase, a_withdrawal_by_the_partner_is_told_to_both_and_by_the_isv_to_nobody);
    tcase_add_test(tcase, contacts_of_a_former_partner_get_none);
    tcase_add_test(tcase, every_contact_gets_one_and_an_offer_without_contacts_makes_none);
    tcase_add_test(tcase, expired_is_told_once_however_late);
    tcase_add_test(tcase, expired_is_told_also_when_it_is_withdrawn_before_the_jobs_run);
    tcase_add_test(tcase, expired_on_the_first_day_after);
    tcase_add_test(tcase, an_offer_published_too_late_is_told_as_expired_alone);
    tcase_add_test(tcase, nobody_of_the_customer_is_ever_told_of_an_offer_unasked);
    tcase_add_test(tcase, arrivals_are_told_where_they_are_switched_on);
    tcase_add_test(tcase, reminders_of_accept_by_come_7_3_and_1_days_before);
    tcase_add_test(tcase, late_reminders_come_once);
    tcase_add_test(tcase, reminders_go_to_those_who_see_the_offer);
    tcase_add_test(tcase, reminders_are_off_until_they_are_switched_on);
    tcase_add_test(tcase, a_mail_says_nothing_its_reader_may_not_see);
    suite_add_tcase(suite, tcase);
    return suite;
}

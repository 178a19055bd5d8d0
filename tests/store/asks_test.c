/*
 * asks_test.c: sending back, asking to withdraw, declining, asking for a change (LAW 6.7, D-35):
 * who reads of it, who reads why, what it leaves as it was, and when it no longer stands.
 *
 * Whose each ask is in which state is tried with every other deed in refusals_test.c.
 */
#include <check.h>
#include <string.h>

#include "actions/ask.h"
#include "base/text.h"
#include "store/events.h"
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

#define REASON "because-MARKER-7301"

static const struct {
    enum deed deed;
    enum event_kind kind;
    enum offer_state state;
    const struct actor *actor;
    const char *reads;  /* of it: ISV, partner, customer */
    const char *reason; /* and why */
} asks[] = {
    {DEED_SEND_BACK, EVENT_SENT_BACK, STATE_PENDING_PARTNER, &actor_partner, "ip-", "ip-"},
    {DEED_ASK_WITHDRAW, EVENT_WITHDRAW_ASKED, STATE_PENDING_ACCEPTANCE, &actor_isv, "ip-", "ip-"},
    {DEED_ASK_WITHDRAW, EVENT_WITHDRAW_ASKED, STATE_EXPIRED, &actor_isv, "ip-", "ip-"},
    {DEED_DECLINE, EVENT_DECLINED, STATE_PENDING_ACCEPTANCE, &actor_owner, "ipc", "-pc"},
    {DEED_ASK_CHANGE, EVENT_CHANGE_ASKED, STATE_PENDING_ACCEPTANCE, &actor_contributor, "ipc",
     "-pc"},
};

static const struct {
    enum party party;
    const char *account;
} viewers[] = {{PARTY_ISV, DEAL_ISV},
               {PARTY_PARTNER, DEAL_PARTNER},
               {PARTY_CUSTOMER, DEAL_ORGANISATION},
               {PARTY_OPERATOR, ""}};

static struct events
read_by(size_t viewer, const char *id)
{
    const struct viewer who = {viewers[viewer].party, viewers[viewer].account, TEST_DAY};
    struct events events;

    ck_assert_int_eq(events_of(market.temp.reader, market.temp.arena, &who, id, &events), OK);
    return events;
}

static void
ask(enum deed deed, const struct actor *actor, const char *id, const char *reason)
{
    struct answers form = deal_form(&market, ANSWER_REASON, reason, NULL);

    (void)play_form(&market, actor, deed, id, &form, OK);
}

START_TEST(each_reads_what_is_its_own)
{
    const char *id = play_until(&market, asks[_i].state);

    ask(asks[_i].deed, asks[_i].actor, id, REASON);
    for (size_t v = 0; v < COUNT(viewers); v++) {
        const bool reads = viewers[v].party == PARTY_OPERATOR || asks[_i].reads[v] != '-';
        const bool reason = viewers[v].party == PARTY_OPERATOR || asks[_i].reason[v] != '-';
        struct events events = read_by(v, id);
        size_t found = 0;

        for (size_t i = 0; i < events.count; i++) {
            if (events.rows[i].kind != asks[_i].kind) {
                ck_assert_str_eq(events.rows[i].note, "");
                continue;
            }
            found++;
            ck_assert_str_eq(events.rows[i].note, reason ? REASON : "");
        }
        ck_assert_uint_eq(found, reads ? 1 : 0);
    }
}
END_TEST

/* The status and everything typed stay; of counters and times only what its readers may know. */
START_TEST(nothing_but_the_ask_changes)
{
    const char *id = play_until(&market, asks[_i].state);
    struct offer before = ISV_SEES(id);
    struct offer customers = {.id = ""};
    bool extended = asks[_i].state != STATE_PENDING_PARTNER;
    struct offer after;

    if (extended)
        customers = CUSTOMER_SEES(id);
    deal_market_today(&market, 2023, asks[_i].state == STATE_EXPIRED ? 11 : 10, 17);
    ask(asks[_i].deed, asks[_i].actor, id, REASON);
    after = ISV_SEES(id);
    ck_assert_int_eq(after.state, before.state);
    ck_assert_uint_eq(event_changes(&before, &after, market.temp.arena).count, 0);
    ck_assert_int_eq(after.partner_withdrew, before.partner_withdrew);
    ck_assert_int_gt(after.isv_changed_at, before.isv_changed_at);
    if (!extended)
        return;
    after = CUSTOMER_SEES(id);
    ck_assert_int_eq(after.extended_at, customers.extended_at);
    /* what the ISV asks of the partner moves nothing that the customer sees */
    if (asks[_i].reads[2] == '-')
        ck_assert_int_eq(after.customer_changed_at, customers.customer_changed_at);
    else
        ck_assert_int_gt(after.customer_changed_at, customers.customer_changed_at);
}
END_TEST

START_TEST(a_reason_is_needed_and_bounded)
{
    static const char *const none[] = {"", "   ", "\n\n"};
    const char *id = play_until(&market, STATE_PENDING_PARTNER);
    char text[LIMIT_REASON + 2];
    struct answers form;

    for (size_t i = 0; i < COUNT(none); i++) {
        form = deal_form(&market, ANSWER_REASON, none[i], NULL);
        play_assert_only_at(
            play_form(&market, &actor_partner, DEED_SEND_BACK, id, &form, ERR_INVALID),
            ANSWER_REASON);
    }
    play_assert_only_at(
        play_form(&market, &actor_partner, DEED_SEND_BACK, id, &answers_none, ERR_INVALID),
        ANSWER_REASON);
    form = deal_form(&market, ANSWER_REASON, "bell\a", NULL);
    play_assert_only_at(play_form(&market, &actor_partner, DEED_SEND_BACK, id, &form, ERR_INVALID),
                        ANSWER_REASON);
    memset(text, 'x', sizeof text);
    text[LIMIT_REASON + 1] = '\0';
    form = deal_form(&market, ANSWER_REASON, text, NULL);
    play_assert_only_at(play_form(&market, &actor_partner, DEED_SEND_BACK, id, &form, ERR_INVALID),
                        ANSWER_REASON);
    ck_assert_int_eq(ISV_SEES(id).seller_ask, ASK_NONE);
    text[LIMIT_REASON] = '\0';
    ask(DEED_SEND_BACK, &actor_partner, id, text);
    ck_assert_int_eq(ISV_SEES(id).seller_ask, ASK_SENT_BACK);
}
END_TEST

/* Lines stay lines; a later ask takes the place of the one that stands, and both are told. */
START_TEST(asking_again)
{
    const char *id = play_until(&market, STATE_PENDING_ACCEPTANCE);
    struct events events;

    ask(DEED_DECLINE, &actor_owner, id, "one\ntwo");
    ask(DEED_ASK_CHANGE, &actor_owner, id, "three");
    ck_assert_int_eq(ISV_SEES(id).customer_ask, ASK_CHANGE);
    events = read_by(1, id);
    ck_assert_uint_eq(events.rows[0].kind, EVENT_CHANGE_ASKED);
    ck_assert_str_eq(events.rows[0].note, "three");
    ck_assert_uint_eq(events.rows[1].kind, EVENT_DECLINED);
    ck_assert_str_eq(events.rows[1].note, "one\ntwo");
}
END_TEST

/* D-35: the link lives on, and accepting clears the mark. */
START_TEST(declined_and_accepted_after_all)
{
    const char *id = play_until(&market, STATE_PENDING_ACCEPTANCE);

    ask(DEED_DECLINE, &actor_contributor, id, REASON);
    ck_assert_int_eq(play_deed(&market, &actor_owner, DEED_ACCEPT, id), OK);
    ck_assert_int_eq(ISV_SEES(id).state, STATE_ACCEPTED);
    ck_assert_int_eq(CUSTOMER_SEES(id).customer_ask, ASK_NONE);
}
END_TEST

/* The whole way of a change: asked, withdrawn twice, submitted: nothing of it stands any more. */
START_TEST(a_change_all_the_way)
{
    const char *id = play_until(&market, STATE_PENDING_ACCEPTANCE);

    ask(DEED_ASK_CHANGE, &actor_owner, id, REASON);
    ask(DEED_ASK_WITHDRAW, &actor_isv, id, REASON);
    ck_assert_int_eq(play_deed(&market, &actor_partner, DEED_TAKE_BACK, id), OK);
    ck_assert_int_eq(ISV_SEES(id).seller_ask, ASK_NONE);
    ck_assert_int_eq(ISV_SEES(id).customer_ask, ASK_NONE);
    ask(DEED_SEND_BACK, &actor_partner, id, REASON);
    ck_assert_int_eq(play_deed(&market, &actor_isv, DEED_WITHDRAW, id), OK);
    ck_assert_int_eq(ISV_SEES(id).seller_ask, ASK_NONE);
    ck_assert_int_eq(play_deed(&market, &actor_isv, DEED_SUBMIT, id), OK);
    deal_publish(&market);
    ck_assert_int_eq(PARTNER_SEES(id).seller_ask, ASK_NONE);
}
END_TEST

/* LAW 2.3: seeing is not accepting, and whoever may not accept may not decline either. */
START_TEST(a_reader_asks_nothing)
{
    const char *id = play_until(&market, STATE_PENDING_ACCEPTANCE);

    ck_assert_int_eq(play_deed(&market, &actor_reader, DEED_DECLINE, id), ERR_DENIED);
    ck_assert_int_eq(play_deed(&market, &actor_reader, DEED_ASK_CHANGE, id), ERR_DENIED);
    ck_assert_int_eq(ISV_SEES(id).customer_ask, ASK_NONE);
}
END_TEST

/* D-34 and LAW 5: the next partner reads neither that the last one sent it back nor why. */
START_TEST(a_later_partner_reads_no_reason)
{
    const struct viewer later = {PARTY_PARTNER, DEAL_OTHER_PARTNER, TEST_DAY};
    const char *id = play_until(&market, STATE_PENDING_PARTNER);
    struct answers moved = deal_form(&market, "seller_id", DEAL_OTHER_PARTNER, NULL);
    struct events events;

    ask(DEED_SEND_BACK, &actor_partner, id, REASON);
    ck_assert_int_eq(play_deed(&market, &actor_isv, DEED_WITHDRAW, id), OK);
    (void)play_form(&market, &actor_isv, DEED_SAVE, id, &moved, OK);
    ck_assert_int_eq(play_deed(&market, &actor_isv, DEED_SUBMIT, id), OK);
    deal_publish(&market);
    ck_assert_int_eq(events_of(market.temp.reader, market.temp.arena, &later, id, &events), OK);
    ck_assert_uint_gt(events.count, 0);
    for (size_t i = 0; i < events.count; i++) {
        ck_assert_uint_ne(events.rows[i].kind, EVENT_SENT_BACK);
        ck_assert_str_eq(events.rows[i].note, "");
    }
}
END_TEST

Suite *asks_suite(void);

Suite *
asks_suite(void)
{
    Suite *suite = suite_create("asks");
    TCase *cases = tcase_create("asks");

    tcase_add_checked_fixture(cases, setup, teardown);
    tcase_add_loop_test(cases, each_reads_what_is_its_own, 0, COUNT(asks));
    tcase_add_loop_test(cases, nothing_but_the_ask_changes, 0, COUNT(asks));
    tcase_add_test(cases, a_reason_is_needed_and_bounded);
    tcase_add_test(cases, asking_again);
    tcase_add_test(cases, declined_and_accepted_after_all);
    tcase_add_test(cases, a_change_all_the_way);
    tcase_add_test(cases, a_reader_asks_nothing);
    tcase_add_test(cases, a_later_partner_reads_no_reason);
    suite_add_tcase(suite, cases);
    return suite;
}

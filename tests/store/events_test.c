/*
 * events_test.c: histories: appended in order, and read by each party as LAW 5 lets it.
 */
#include <check.h>

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

static struct events
read_by(enum party party, const char *account, const char *id)
{
    struct viewer viewer = {party, account, TEST_DAY};
    struct events events;

    ck_assert_int_eq(events_of(market.temp.reader, market.temp.arena, &viewer, id, &events), OK);
    return events;
}

/* kinds is written oldest first, as it happened. */
static void
assert_reads(enum party party, const char *account, const char *id, const enum event_kind *kinds,
             size_t count)
{
    struct events events = read_by(party, account, id);

    ck_assert_uint_eq(events.count, count);
    for (size_t i = 0; i < count; i++) {
        ck_assert_str_eq(event_kind_text(events.rows[count - 1 - i].kind),
                         event_kind_text(kinds[i]));
        if (i > 0)
            ck_assert_int_lt(events.rows[i].number, events.rows[i - 1].number);
    }
}
#define ASSERT_READS(party, account, id, ...)                                \
    assert_reads(party, account, id, (const enum event_kind[]){__VA_ARGS__}, \
                 COUNT(((const enum event_kind[]){__VA_ARGS__})))

START_TEST(each_party_reads_its_own_story_of_a_deal)
{
    const char *id = deal_make(&market, DEAL_ACCEPTED);

    ASSERT_READS(PARTY_ISV, DEAL_ISV, id, EVENT_CREATED, EVENT_EDITED, EVENT_EDITED, EVENT_EDITED,
                 EVENT_SUBMITTED, EVENT_OFFERED, EVENT_SENT, EVENT_EXTENDED, EVENT_ACCEPTED);
    ASSERT_READS(PARTY_PARTNER, DEAL_PARTNER, id, EVENT_SUBMITTED, EVENT_OFFERED, EVENT_PRICED,
                 EVENT_SENT, EVENT_EXTENDED, EVENT_ACCEPTED);
    ASSERT_READS(PARTY_CUSTOMER, DEAL_ORGANISATION, id, EVENT_EXTENDED, EVENT_ACCEPTED);
    ck_assert_uint_eq(read_by(PARTY_OPERATOR, "", id).count, 10);
    ck_assert_uint_eq(read_by(PARTY_PARTNER, DEAL_OTHER_PARTNER, id).count, 0);
}
END_TEST

/* The name of who did it is for colleagues; others read the company's, and sellers
 * not even the customer's. */
START_TEST(people_are_named_to_their_own_side_only)
{
    const char *id = deal_make(&market, DEAL_ACCEPTED);
    static const struct {
        enum party party;
        const char *account;
    } viewers[] = {{PARTY_ISV, DEAL_ISV},
                   {PARTY_PARTNER, DEAL_PARTNER},
                   {PARTY_CUSTOMER, DEAL_ORGANISATION},
                   {PARTY_OPERATOR, ""}};

    for (size_t v = 0; v < COUNT(viewers); v++) {
        struct events events = read_by(viewers[v].party, viewers[v].account, id);

        for (size_t i = 0; i < events.count; i++) {
            const struct event *event = &events.rows[i];
            bool own = viewers[v].party == PARTY_OPERATOR || event->party == viewers[v].party;
            bool hidden = event->party == PARTY_CUSTOMER && !own;

            if (event->party == PARTY_SYSTEM)
                ck_assert_str_eq(event->account_name, "Marketplace");
            else if (hidden) /* sellers know a customer by its label alone (LAW 5) */
                ck_assert(*event->account_name == '\0' && *event->account == '\0');
            else
                ck_assert_str_ne(event->account_name, "");
            if (event->party != PARTY_SYSTEM && own)
                ck_assert_str_ne(event->person_name, "");
            else
                ck_assert_str_eq(event->person_name, "");
        }
    }
}
END_TEST

/* D-34 and LAW 5: a later partner does not read an earlier one's story, nor the other way round. */
START_TEST(a_later_partner_reads_from_its_own_beginning)
{
    const char *id = deal_make(&market, DEAL_SUBMITTED);
    struct answers moved = deal_form(&market, "seller_id", DEAL_OTHER_PARTNER, NULL);

    ck_assert_int_eq(play_deed(&market, &actor_partner, DEED_PRICE, id), OK);
    ck_assert_int_eq(play_deed(&market, &actor_isv, DEED_WITHDRAW, id), OK);
    (void)play_form(&market, &actor_isv, DEED_SAVE, id, &moved, OK);
    ck_assert_int_eq(play_deed(&market, &actor_isv, DEED_SUBMIT, id), OK);
    deal_publish(&market);
    ASSERT_READS(PARTY_PARTNER, DEAL_OTHER_PARTNER, id, EVENT_SUBMITTED, EVENT_OFFERED);
}
END_TEST

START_TEST(the_customer_reads_from_the_last_extension)
{
    const char *id = deal_make(&market, DEAL_EXTENDED);

    ck_assert_int_eq(play_deed(&market, &actor_partner, DEED_TAKE_BACK, id), OK);
    ck_assert_int_eq(play_deed(&market, &actor_partner, DEED_EXTEND, id), OK);
    deal_publish(&market);
    ASSERT_READS(PARTY_CUSTOMER, DEAL_ORGANISATION, id, EVENT_EXTENDED);
}
END_TEST

START_TEST(one_offers_events_are_not_anothers)
{
    const char *first = deal_make(&market, DEAL_SUBMITTED);
    const char *second = play_bare_draft(&market, "Second");

    ASSERT_READS(PARTY_ISV, DEAL_ISV, second, EVENT_CREATED);
    ck_assert_uint_eq(read_by(PARTY_ISV, DEAL_ISV, first).count, 6);
    ck_assert_int_eq(read_by(PARTY_ISV, DEAL_ISV, second).rows[0].number, 1);
}
END_TEST

/* What the ISV may not read must not push out of the page what it may: a gap tells, too. */
START_TEST(a_history_holds_the_newest_the_reader_may_read)
{
    const char *id = deal_make(&market, DEAL_SUBMITTED);

    for (int i = 0; i < LIMIT_EVENTS + 5; i++) {
        struct arena *arena = market.temp.arena;
        struct answers form =
            deal_form(&market, "adjustment-1", arena_format(arena, "%d.5", i), NULL);

        (void)play_form(&market, &actor_partner, DEED_PRICE, id, &form, OK);
    }
    ASSERT_READS(PARTY_ISV, DEAL_ISV, id, EVENT_CREATED, EVENT_EDITED, EVENT_EDITED, EVENT_EDITED,
                 EVENT_SUBMITTED, EVENT_OFFERED);
    struct events events = read_by(PARTY_PARTNER, DEAL_PARTNER, id);
    ck_assert_uint_eq(events.count, LIMIT_EVENTS);
    ck_assert_int_eq(events.rows[0].kind, EVENT_PRICED);
    ck_assert_int_eq(events.rows[0].number, 6 + LIMIT_EVENTS + 5);
}
END_TEST

Suite *
events_suite(void)
{
    Suite *suite = suite_create("events");
    TCase *cases = tcase_create("events");

    tcase_add_checked_fixture(cases, setup, teardown);
    tcase_add_test(cases, each_party_reads_its_own_story_of_a_deal);
    tcase_add_test(cases, people_are_named_to_their_own_side_only);
    tcase_add_test(cases, a_later_partner_reads_from_its_own_beginning);
    tcase_add_test(cases, the_customer_reads_from_the_last_extension);
    tcase_add_test(cases, one_offers_events_are_not_anothers);
    tcase_add_test(cases, a_history_holds_the_newest_the_reader_may_read);
    suite_add_tcase(suite, cases);
    return suite;
}

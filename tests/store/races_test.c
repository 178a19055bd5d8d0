/*
 * races_test.c: two people doing two things to one offer at the same moment: exactly one succeeds,
 * the other is told, and the offer is what the one made of it (LAW 6.1).
 */
#include <check.h>
#include <pthread.h>

#include "base/text.h"
#include "store/acceptances.h"
#include "store/accounts.h"
#include "store/events.h"
#include "support/play.h"

#define ROUNDS 200
#define ROUNDS_TWICE 50 /* of one deed against itself */
#define ARENA_BYTES ((size_t)32 * 1024 * 1024)

static struct deal_market market;
static struct arena *of_market; /* the market's own: a round's memory goes, its store stays */

static void
setup(void)
{
    deal_market_open(&market, NULL);
    of_market = market.temp.arena;
    market.temp.arena = arena_open(ARENA_BYTES);
}

static void
teardown(void)
{
    arena_close(market.temp.arena);
    market.temp.arena = of_market;
    deal_market_close(&market);
}

/* One of the two; its market is a copy with an arena of its own. */
struct runner {
    struct deal_market market;
    struct play play;
    pthread_barrier_t *start;
    enum err outcome;
};

static void *
run(void *context)
{
    struct runner *runner = context;

    pthread_barrier_wait(runner->start);
    runner->outcome = play(&runner->market, &runner->play);
    return NULL;
}

/* Both at once; each holds the rev its page was made with. */
static void
run_both(const char *id, const struct actor *const actors[2], const enum deed deeds[2],
         enum err outcomes[2])
{
    struct runner runners[2];
    pthread_barrier_t start;
    pthread_t threads[2];

    ck_assert_int_eq(pthread_barrier_init(&start, NULL, 2), 0);
    for (size_t i = 0; i < 2; i++) {
        runners[i] = (struct runner){.market = market, .start = &start};
        runners[i].market.temp.arena = arena_open(ARENA_BYTES);
        runners[i].play =
            (struct play){.actor = actors[i],
                          .deed = deeds[i],
                          .id = id,
                          .rev = deal_rev(&market, actors[i]->party, actors[i]->account, id)};
    }
    for (size_t i = 0; i < 2; i++)
        ck_assert_int_eq(pthread_create(&threads[i], NULL, run, &runners[i]), 0);
    for (size_t i = 0; i < 2; i++)
        ck_assert_int_eq(pthread_join(threads[i], NULL), 0);
    pthread_barrier_destroy(&start);
    for (size_t i = 0; i < 2; i++) {
        arena_close(runners[i].market.temp.arena);
        outcomes[i] = runners[i].outcome;
    }
}

/* The loser's outcome is one of those that a page explains. */
static size_t
race(const char *id, const struct actor *const actors[2], const enum deed deeds[2])
{
    enum err outcomes[2];
    size_t winner;
    enum err lost;

    run_both(id, actors, deeds, outcomes);
    ck_assert_msg((outcomes[0] == OK) != (outcomes[1] == OK), "%d and %d", outcomes[0],
                  outcomes[1]);
    winner = outcomes[0] == OK ? 0 : 1;
    lost = outcomes[1 - winner];
    ck_assert_msg(lost == ERR_CLOSED || lost == ERR_STALE || lost == ERR_ABSENT, "%s lost with %d",
                  deed_text(deeds[1 - winner]), lost);
    return winner;
}

static void
account_opened(struct db *db, const char *account)
{
    struct billing_account facts;

    ck_assert_int_eq(billing_account_find(db, market.temp.arena, DEAL_ACCOUNT, &facts), OK);
    facts.id = account;
    ck_assert_int_eq(billing_account_insert(db, &facts), OK);
    ck_assert_int_eq(billing_member_set(db, account, "owner", BILLING_OWNER), OK);
    ck_assert_int_eq(billing_member_set(db, account, "contributor", BILLING_CONTRIBUTOR), OK);
}

/* An extended offer for a billing account of its own, so that the rounds do not overlap; in one
 * write, so that they are quick. */
static const char *
extended_alone(int round)
{
    const char *account = arena_format(
        market.temp.arena,
        "%08x-51d0-4c6e-93d5-0a1f6e2c77b4:2f0d3a5e-8b1c-4f6d-9a27-5c3e1b7d9f40_2019-05-31", round);
    struct answers setup = deal_form(&market, "billing_account", account, "seller_id", DEAL_PARTNER,
                                     "start_mode", "accepted", "end_month", "2023-12", "accept_by",
                                     "2023-11-15", "discount-1", "20", NULL);
    struct answers prices =
        deal_form(&market, "adjustment-1", "5", "prepared_by", "p@fabrikam.example", NULL);
    const char *id = NULL;
    struct db *db = temp_write(&market.temp);
    struct play steps[] = {
        {.actor = &actor_isv, .deed = DEED_CREATE, .created = &id},
        {.actor = &actor_isv, .deed = DEED_ADD_ROW},
        {.actor = &actor_isv, .deed = DEED_SAVE, .answers = &setup},
        {.actor = &actor_isv, .deed = DEED_SUBMIT},
        {.deed = DEED_PUBLISH},
        {.actor = &actor_partner, .deed = DEED_PRICE, .answers = &prices},
        {.actor = &actor_partner, .deed = DEED_EXTEND},
        {.deed = DEED_PUBLISH},
    };

    account_opened(db, account);
    for (size_t i = 0; i < COUNT(steps); i++) {
        steps[i].id = id;
        ck_assert_int_eq(play_within(&market, db, &steps[i]), OK);
    }
    temp_keep(&market.temp, db);
    return id;
}

static enum offer_state
state_of(const char *id)
{
    return deal_view(&market, PARTY_ISV, DEAL_ISV, id).state;
}

START_TEST(taking_back_against_accepting)
{
    static const struct actor *const actors[] = {&actor_partner, &actor_owner};
    static const enum deed deeds[] = {DEED_TAKE_BACK, DEED_ACCEPT};

    for (int round = 0; round < ROUNDS; round++) {
        const char *id = extended_alone(round);
        size_t winner = race(id, actors, deeds);
        struct acceptance acceptance;
        struct link link;

        ck_assert_int_eq(state_of(id), winner == 0 ? STATE_PENDING_PARTNER : STATE_ACCEPTED);
        ck_assert_int_eq(acceptance_of(market.temp.reader, market.temp.arena, id, &acceptance),
                         winner == 0 ? ERR_ABSENT : OK);
        ck_assert_int_eq(link_of_offer(market.temp.reader, market.temp.arena, id, &link),
                         winner == 0 ? ERR_ABSENT : OK);
        arena_reset(market.temp.arena);
    }
}
END_TEST

/* Team has one price: what was accepted is there once, whoever accepted it. */
static void
assert_recalled(const char *id, const char *person)
{
    struct offer offer = CUSTOMER_SEES(id);
    struct acceptance acceptance;

    ck_assert_int_eq(acceptance_of(market.temp.reader, market.temp.arena, id, &acceptance), OK);
    ck_assert_str_eq(acceptance.person, person);
    ck_assert_int_eq(acceptance_recall(market.temp.reader, market.temp.arena, &acceptance, &offer),
                     OK);
    ck_assert_uint_eq(offer.row_count, 1);
    ck_assert_uint_eq(offer.rows[0].price_count, 1);
}

/* The other one comes too late, and is told so: never that the terms changed. */
START_TEST(two_people_accepting)
{
    static const struct actor *const actors[] = {&actor_contributor, &actor_owner};
    static const enum deed deeds[] = {DEED_ACCEPT, DEED_ACCEPT};

    for (int round = 0; round < ROUNDS; round++) {
        const char *id = extended_alone(round);
        enum err outcomes[2];

        run_both(id, actors, deeds, outcomes);
        ck_assert_int_eq(outcomes[0] == OK ? outcomes[1] : outcomes[0], ERR_CLOSED);
        ck_assert_int_ne(outcomes[0], outcomes[1]);
        assert_recalled(id, actors[outcomes[0] == OK ? 0 : 1]->person);
        arena_reset(market.temp.arena);
    }
}
END_TEST

/* In two tabs: both get the one acceptance. */
START_TEST(one_person_accepting_twice)
{
    static const struct actor *const actors[] = {&actor_owner, &actor_owner};
    static const enum deed deeds[] = {DEED_ACCEPT, DEED_ACCEPT};

    for (int round = 0; round < ROUNDS_TWICE; round++) {
        const char *id = extended_alone(round);
        enum err outcomes[2];

        run_both(id, actors, deeds, outcomes);
        ck_assert_int_eq(outcomes[0], OK);
        ck_assert_int_eq(outcomes[1], OK);
        assert_recalled(id, "owner");
        arena_reset(market.temp.arena);
    }
}
END_TEST

/* LAW 6.7: declining first is cleared by accepting, accepting first leaves nothing to decline. */
START_TEST(declining_against_accepting)
{
    static const struct actor *const actors[] = {&actor_contributor, &actor_owner};
    static const enum deed deeds[] = {DEED_DECLINE, DEED_ACCEPT};
    const struct viewer customer = {PARTY_CUSTOMER, DEAL_ORGANISATION, TEST_DAY};

    for (int round = 0; round < ROUNDS_TWICE; round++) {
        const char *id = extended_alone(round);
        enum err outcomes[2];
        struct event event;

        run_both(id, actors, deeds, outcomes);
        ck_assert_int_eq(outcomes[1], OK);
        ck_assert(outcomes[0] == OK || outcomes[0] == ERR_CLOSED);
        ck_assert_int_eq(state_of(id), STATE_ACCEPTED);
        ck_assert_int_eq(deal_view(&market, PARTY_ISV, DEAL_ISV, id).customer_ask, ASK_NONE);
        ck_assert_int_eq(event_newest(market.temp.reader, market.temp.arena, &customer, id,
                                      EVENT_DECLINED, &event),
                         outcomes[0] == OK ? OK : ERR_ABSENT);
        arena_reset(market.temp.arena);
    }
}
END_TEST

/* The customer's page is told that the offer is gone, or the partner's that it was declined. */
START_TEST(taking_back_against_declining)
{
    static const struct actor *const actors[] = {&actor_partner, &actor_owner};
    static const enum deed deeds[] = {DEED_TAKE_BACK, DEED_DECLINE};

    for (int round = 0; round < ROUNDS_TWICE; round++) {
        const char *id = extended_alone(round);
        size_t winner = race(id, actors, deeds);

        ck_assert_int_eq(state_of(id),
                         winner == 0 ? STATE_PENDING_PARTNER : STATE_PENDING_ACCEPTANCE);
        ck_assert_int_eq(deal_view(&market, PARTY_ISV, DEAL_ISV, id).customer_ask,
                         winner == 0 ? ASK_NONE : ASK_DECLINED);
        arena_reset(market.temp.arena);
    }
}
END_TEST

/* Whoever won, the offer finds its way back to the draft for the next round. */
START_TEST(withdrawing_against_extending)
{
    static const struct actor *const actors[] = {&actor_isv, &actor_partner};
    static const enum deed deeds[] = {DEED_WITHDRAW, DEED_EXTEND};
    static char id[64];

    snprintf(id, sizeof id, "%s", play_until(&market, STATE_PENDING_PARTNER));
    for (int round = 0; round < ROUNDS; round++) {
        size_t winner = race(id, actors, deeds);

        ck_assert_int_eq(state_of(id), winner == 0 ? STATE_DRAFT : STATE_TO_CUSTOMER);
        if (winner == 0) {
            ck_assert_int_eq(play_deed(&market, &actor_isv, DEED_SUBMIT, id), OK);
            deal_publish(&market);
        } else {
            deal_publish(&market);
            ck_assert_int_eq(play_deed(&market, &actor_partner, DEED_TAKE_BACK, id), OK);
        }
        arena_reset(market.temp.arena);
    }
}
END_TEST

START_TEST(submitting_twice)
{
    static const struct actor *const actors[] = {&actor_isv, &actor_isv};
    static const enum deed deeds[] = {DEED_SUBMIT, DEED_SUBMIT};
    static char id[64];

    snprintf(id, sizeof id, "%s", deal_make(&market, DEAL_DRAFTED));
    for (int round = 0; round < ROUNDS_TWICE; round++) {
        (void)race(id, actors, deeds);
        deal_publish(&market);
        ck_assert_int_eq(play_deed(&market, &actor_isv, DEED_WITHDRAW, id), OK);
        arena_reset(market.temp.arena);
    }
}
END_TEST

/* Two machines' jobs: the second finds nothing left to do. */
START_TEST(publishing_twice)
{
    static const struct actor *const actors[] = {&actor_isv, &actor_isv};
    static const enum deed deeds[] = {DEED_PUBLISH, DEED_PUBLISH};
    static char id[64];

    snprintf(id, sizeof id, "%s", deal_make(&market, DEAL_DRAFTED));
    for (int round = 0; round < ROUNDS_TWICE; round++) {
        ck_assert_int_eq(play_deed(&market, &actor_isv, DEED_SUBMIT, id), OK);
        (void)race(id, actors, deeds);
        ck_assert_int_eq(state_of(id), STATE_PENDING_PARTNER);
        ck_assert_int_eq(play_deed(&market, &actor_isv, DEED_WITHDRAW, id), OK);
        arena_reset(market.temp.arena);
    }
}
END_TEST

Suite *
races_suite(void)
{
    Suite *suite = suite_create("races");
    TCase *cases = tcase_create("races");

    tcase_add_checked_fixture(cases, setup, teardown);
    tcase_add_test(cases, taking_back_against_accepting);
    tcase_add_test(cases, two_people_accepting);
    tcase_add_test(cases, one_person_accepting_twice);
    tcase_add_test(cases, declining_against_accepting);
    tcase_add_test(cases, taking_back_against_declining);
    tcase_add_test(cases, withdrawing_against_extending);
    tcase_add_test(cases, submitting_twice);
    tcase_add_test(cases, publishing_twice);
    suite_add_tcase(suite, cases);
    return suite;
}

/*
 * refusals_test.c: the whole of LAW 6.1 and 6.7 tried through the actions: every deed by every
 * party in every state, and what each refusal leaves behind: nothing.
 */
#include <check.h>

#include "base/text.h"
#include "store/people.h"
#include "support/play.h"
#include "support/store_dump.h"

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

/* LAW 6.1, 6.6 and 6.7, by hand: in which states a deed is its party's, and who sees the offer at
 * all.
 */
#define IN(state) (1U << STATE_##state)

static const struct {
    enum deed deed;
    enum party by;
    unsigned in;
} law[] = {
    {DEED_SAVE, PARTY_ISV, IN(DRAFT)},
    {DEED_ADD_ROW, PARTY_ISV, IN(DRAFT)},
    {DEED_SET_PRICES, PARTY_ISV, IN(DRAFT)},
    {DEED_SUBMIT, PARTY_ISV, IN(DRAFT)},
    {DEED_DELETE, PARTY_ISV, IN(DRAFT)},
    {DEED_WITHDRAW, PARTY_ISV, IN(PENDING_PARTNER)},
    {DEED_PRICE, PARTY_PARTNER, IN(PENDING_PARTNER)},
    {DEED_EXTEND, PARTY_PARTNER, IN(PENDING_PARTNER)},
    {DEED_TAKE_BACK, PARTY_PARTNER, IN(PENDING_ACCEPTANCE) | IN(EXPIRED)},
    {DEED_ACCEPT, PARTY_CUSTOMER, IN(PENDING_ACCEPTANCE)},
    /* LAW 6.7 */
    {DEED_SEND_BACK, PARTY_PARTNER, IN(PENDING_PARTNER)},
    {DEED_ASK_WITHDRAW, PARTY_ISV, IN(PENDING_ACCEPTANCE) | IN(EXPIRED)},
    {DEED_DECLINE, PARTY_CUSTOMER, IN(PENDING_ACCEPTANCE)},
    {DEED_ASK_CHANGE, PARTY_CUSTOMER, IN(PENDING_ACCEPTANCE)},
    {DEED_PUBLISH, PARTY_SYSTEM, IN(TO_PARTNER) | IN(TO_CUSTOMER)},
};
_Static_assert(COUNT(law) == DEED_COUNT - 1, "every deed but create");

#define EXTENDED (IN(PENDING_ACCEPTANCE) | IN(ACCEPTED) | IN(EXPIRED) | IN(ENDED))

static const unsigned seen_in[PARTY_COUNT] = {
    [PARTY_ISV] = IN(DRAFT) | IN(TO_PARTNER) | IN(PENDING_PARTNER) | IN(TO_CUSTOMER) | EXTENDED,
    [PARTY_PARTNER] = IN(PENDING_PARTNER) | IN(TO_CUSTOMER) | EXTENDED,
    [PARTY_CUSTOMER] = EXTENDED,
};

static const enum offer_state states[] = {
    STATE_DRAFT,
    STATE_TO_PARTNER,
    STATE_PENDING_PARTNER,
    STATE_TO_CUSTOMER,
    STATE_PENDING_ACCEPTANCE,
    STATE_ACCEPTED,
    STATE_EXPIRED,
    STATE_ENDED,
    STATE_DELETED,
};

/* What the law answers. A customer's person has no role on offers, whatever the state; a seller's
 * person is asked for its state first, and for the right to accept last. */
static enum err
expected(size_t rule, enum party party, enum offer_state state)
{
    bool now = (law[rule].in & (1U << state)) != 0;
    bool sees = (seen_in[party] & (1U << state)) != 0;

    if (law[rule].deed == DEED_PUBLISH)
        return now ? OK : state == STATE_DELETED ? ERR_ABSENT : ERR_CLOSED;
    if (party == PARTY_CUSTOMER && law[rule].by != PARTY_CUSTOMER)
        return ERR_DENIED;
    if (!sees)
        return ERR_ABSENT;
    if (!now)
        return ERR_CLOSED;
    return law[rule].by == party ? OK : ERR_DENIED;
}

/* Tries every deed as every party; the refused ones must leave the store as it was. */
static void
try_everything_in(enum offer_state state)
{
    /* the owner, who has accepted, would get the first result again */
    static const struct actor *const actors[] = {&actor_isv, &actor_partner, &actor_contributor};
    const char *id = play_until(&market, state);
    const char *before = store_dump(&market.temp, NULL);

    for (size_t rule = 0; rule < COUNT(law); rule++) {
        for (size_t k = 0; k < COUNT(actors); k++) {
            enum err wanted = expected(rule, actors[k]->party, state);

            if (wanted == OK)
                continue; /* would move the offer: tried where it is the subject */
            enum err outcome = play_deed(&market, actors[k], law[rule].deed, id);
            ck_assert_msg(outcome == wanted, "%s by %s in %d: %d, not %d",
                          deed_text(law[rule].deed), party_text(actors[k]->party), (int)state,
                          outcome, wanted);
        }
    }
    ck_assert_str_eq(store_dump(&market.temp, NULL), before);
}

START_TEST(what_the_law_does_not_allow_is_refused_and_changes_nothing)
{
    try_everything_in(states[_i]);
}
END_TEST

START_TEST(what_the_law_allows_works)
{
    static const struct actor *const by_party[PARTY_COUNT] = {[PARTY_ISV] = &actor_isv,
                                                              [PARTY_PARTNER] = &actor_partner,
                                                              [PARTY_CUSTOMER] = &actor_owner,
                                                              [PARTY_SYSTEM] = &actor_isv};

    for (enum offer_state state = STATE_DRAFT; state < STATE_COUNT; state++) {
        if ((law[_i].in & (1U << state)) == 0)
            continue;
        const char *id = play_until(&market, state);
        ck_assert_msg(play_deed(&market, by_party[law[_i].by], law[_i].deed, id) == OK, "%s in %d",
                      deed_text(law[_i].deed), (int)state);
        if (law[_i].deed == DEED_TAKE_BACK || law[_i].deed == DEED_ASK_WITHDRAW ||
            law[_i].deed == DEED_PUBLISH) {
            /* a second offer is wanted next: the first must not collide with it */
            deal_market_close(&market);
            deal_market_open(&market, NULL);
        }
    }
}
END_TEST

/* Somebody of another account finds nothing, in any state and by any deed. */
START_TEST(for_other_accounts_there_is_no_such_offer)
{
    static const struct {
        const struct actor *actor;
        enum deed deed;
    } strangers[] = {
        {&actor_other_isv, DEED_SAVE},          {&actor_other_isv, DEED_ADD_ROW},
        {&actor_other_isv, DEED_SET_PRICES},    {&actor_other_isv, DEED_SUBMIT},
        {&actor_other_isv, DEED_WITHDRAW},      {&actor_other_isv, DEED_DELETE},
        {&actor_other_partner, DEED_PRICE},     {&actor_other_partner, DEED_EXTEND},
        {&actor_other_partner, DEED_TAKE_BACK}, {&actor_stranger, DEED_ACCEPT},
        {&actor_other_partner, DEED_SEND_BACK}, {&actor_other_isv, DEED_ASK_WITHDRAW},
        {&actor_stranger, DEED_DECLINE},        {&actor_stranger, DEED_ASK_CHANGE},
    };
    const char *id = play_until(&market, states[_i]);
    const char *before = store_dump(&market.temp, NULL);

    for (size_t i = 0; i < COUNT(strangers); i++)
        ck_assert_msg(play_deed(&market, strangers[i].actor, strangers[i].deed, id) == ERR_ABSENT,
                      "%s in %d", deed_text(strangers[i].deed), (int)states[_i]);
    ck_assert_str_eq(store_dump(&market.temp, NULL), before);
}
END_TEST

/* One publisher account may be ISV here and partner there: the hat decides, not the account. */
START_TEST(the_same_account_under_the_other_hat_finds_nothing)
{
    struct actor isv_as_partner = actor_isv;
    struct actor partner_as_isv = actor_partner;
    const char *id = play_until(&market, STATE_PENDING_PARTNER);

    isv_as_partner.party = PARTY_PARTNER;
    partner_as_isv.party = PARTY_ISV;
    ck_assert_int_eq(play_deed(&market, &isv_as_partner, DEED_PRICE, id), ERR_ABSENT);
    ck_assert_int_eq(play_deed(&market, &isv_as_partner, DEED_EXTEND, id), ERR_ABSENT);
    ck_assert_int_eq(play_deed(&market, &partner_as_isv, DEED_WITHDRAW, id), ERR_ABSENT);
}
END_TEST

/* LAW 2.2, first row of the matrix. */
START_TEST(roles_that_may_not_work_on_offers_do_nothing)
{
    static const enum publisher_role outsiders[] = {ROLE_NONE, ROLE_FINANCIAL_CONTRIBUTOR,
                                                    ROLE_BUSINESS_CONTRIBUTOR, ROLE_MARKETER};
    static const enum publisher_role insiders[] = {ROLE_ACCOUNT_OWNER, ROLE_MANAGER,
                                                   ROLE_DEVELOPER};
    const char *id = deal_make(&market, DEAL_DRAFTED);
    const char *before = store_dump(&market.temp, NULL);

    for (size_t i = 0; i < COUNT(outsiders); i++) {
        struct actor isv = actor_isv_marketer;
        struct actor partner = actor_partner;

        isv.role = outsiders[i];
        partner.role = outsiders[i];
        for (enum deed deed = DEED_CREATE; deed < DEED_ACCEPT; deed++) {
            ck_assert_int_eq(play_deed(&market, &isv, deed, id), ERR_DENIED);
            ck_assert_int_eq(play_deed(&market, &partner, deed, id), ERR_DENIED);
        }
    }
    ck_assert_str_eq(store_dump(&market.temp, NULL), before);
    for (size_t i = 0; i < COUNT(insiders); i++) {
        struct actor isv = actor_isv;
        const char *text = arena_format(market.temp.arena, "Version %zu", i);
        struct answers form = deal_form(&market, "description", text, NULL);

        isv.role = insiders[i];
        play_form(&market, &isv, DEED_SAVE, id, &form, OK);
    }
}
END_TEST

/* Everything that takes a rev refuses an old one, one from the future, and nonsense. */
START_TEST(a_stale_rev_is_refused)
{
    static const char *const revs[] = {"0", "1", "5", "99", "", "4.1", "x", "4 ", "04"};
    static const struct {
        const struct actor *actor;
        enum deed deed;
        enum offer_state state;
    } deeds[] = {
        {&actor_isv, DEED_SAVE, STATE_DRAFT},
        {&actor_isv, DEED_ADD_ROW, STATE_DRAFT},
        {&actor_isv, DEED_SET_PRICES, STATE_DRAFT},
        {&actor_isv, DEED_SUBMIT, STATE_DRAFT},
        {&actor_isv, DEED_DELETE, STATE_DRAFT},
        {&actor_isv, DEED_WITHDRAW, STATE_PENDING_PARTNER},
        {&actor_partner, DEED_PRICE, STATE_PENDING_PARTNER},
        {&actor_partner, DEED_EXTEND, STATE_PENDING_PARTNER},
        {&actor_partner, DEED_TAKE_BACK, STATE_PENDING_ACCEPTANCE},
        {&actor_partner, DEED_SEND_BACK, STATE_PENDING_PARTNER},
        {&actor_isv, DEED_ASK_WITHDRAW, STATE_PENDING_ACCEPTANCE},
        {&actor_owner, DEED_DECLINE, STATE_PENDING_ACCEPTANCE},
        {&actor_owner, DEED_ASK_CHANGE, STATE_PENDING_ACCEPTANCE},
    };
    const char *id = play_until(&market, deeds[_i].state);
    const char *before = store_dump(&market.temp, NULL);
    const char *now = deal_rev(&market, deeds[_i].actor->party, deeds[_i].actor->account, id);

    for (size_t i = 0; i < COUNT(revs); i++) {
        struct play old = {
            .actor = deeds[_i].actor, .deed = deeds[_i].deed, .id = id, .rev = revs[i]};

        if (!text_equal(revs[i], now))
            ck_assert_msg(play(&market, &old) == ERR_STALE, "%s at \"%s\"",
                          deed_text(deeds[_i].deed), revs[i]);
    }
    ck_assert_str_eq(store_dump(&market.temp, NULL), before);
}
END_TEST
#define STALE_DEEDS 13

/* Two tabs: the second save was made from what the first has changed. */
START_TEST(two_tabs_give_one_success)
{
    const char *id = deal_make(&market, DEAL_DRAFTED);
    const char *rev = deal_rev(&market, PARTY_ISV, DEAL_ISV, id);
    struct play tab = {.actor = &actor_isv, .deed = DEED_SAVE, .id = id, .rev = rev};
    struct play twice = {.actor = &actor_isv, .deed = DEED_SUBMIT, .id = id};

    ck_assert_int_eq(play(&market, &tab), OK);
    ck_assert_int_eq(play(&market, &tab), ERR_STALE);
    twice.rev = deal_rev(&market, PARTY_ISV, DEAL_ISV, id);
    ck_assert_int_eq(play(&market, &twice), OK);
    ck_assert_int_eq(play(&market, &twice), ERR_CLOSED);
}
END_TEST

START_TEST(an_id_that_never_was_is_absent)
{
    static const char *const ids[] = {"", "00000000-0000-4000-8000-000000000000", "%", "'"};

    for (size_t i = 0; i < COUNT(ids); i++) {
        ck_assert_int_eq(play_deed(&market, &actor_isv, DEED_SUBMIT, ids[i]), ERR_ABSENT);
        ck_assert_int_eq(play_deed(&market, &actor_partner, DEED_EXTEND, ids[i]), ERR_ABSENT);
        ck_assert_int_eq(play_deed(&market, &actor_owner, DEED_ACCEPT, ids[i]), ERR_ABSENT);
        ck_assert_int_eq(play_deed(&market, &actor_isv, DEED_PUBLISH, ids[i]), ERR_ABSENT);
    }
}
END_TEST

Suite *
refusals_suite(void)
{
    Suite *suite = suite_create("refusals");
    TCase *cases = tcase_create("refusals");

    tcase_add_checked_fixture(cases, setup, teardown);
    tcase_add_loop_test(cases, what_the_law_does_not_allow_is_refused_and_changes_nothing, 0,
                        COUNT(states));
    tcase_add_loop_test(cases, what_the_law_allows_works, 0, COUNT(law));
    tcase_add_loop_test(cases, for_other_accounts_there_is_no_such_offer, 0, COUNT(states));
    tcase_add_test(cases, the_same_account_under_the_other_hat_finds_nothing);
    tcase_add_test(cases, roles_that_may_not_work_on_offers_do_nothing);
    tcase_add_loop_test(cases, a_stale_rev_is_refused, 0, STALE_DEEDS);
    tcase_add_test(cases, two_tabs_give_one_success);
    tcase_add_test(cases, an_id_that_never_was_is_absent);
    suite_add_tcase(suite, cases);
    return suite;
}

/*
 * offer_test.c: LAW 6.1 and 6.6: every state x move x party against a table written by hand from
 * them, the day before and the day after, what a move changes and what it leaves alone.
 */
#include "core/fields.h"
#include "make_offer.h"

#include <check.h>
#include <string.h>

Suite *offer_suite(void);

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

/* LAW 6.1 and 6.7: the stored state afterwards; STATE_COUNT where the table has no such row.
 * Columns in the order of the moves. */
#define NO STATE_COUNT
static const enum offer_state after[STATE_COUNT][MOVE_COUNT] = {
    /* edit, delete, submit, publish, fail, withdraw, price, extend, take back, accept */
    [STATE_DRAFT] = {STATE_DRAFT, STATE_DELETED, STATE_TO_PARTNER, NO, NO, NO, NO, NO, NO, NO,
                     /* cancel, send back, ask to withdraw, decline, ask for a change */
                     NO, NO, NO, NO, NO},
    [STATE_TO_PARTNER] = {NO, NO, NO, STATE_PENDING_PARTNER, STATE_DRAFT, NO, NO, NO, NO, NO, NO,
                          NO, NO, NO, NO},
    [STATE_PENDING_PARTNER] = {NO, NO, NO, NO, NO, STATE_DRAFT, STATE_PENDING_PARTNER,
                               STATE_TO_CUSTOMER, NO, NO, NO, STATE_PENDING_PARTNER, NO, NO, NO},
    [STATE_TO_CUSTOMER] = {NO, NO, NO, STATE_PENDING_ACCEPTANCE, STATE_PENDING_PARTNER, NO, NO, NO,
                           NO, NO, NO, NO, NO, NO, NO},
    [STATE_PENDING_ACCEPTANCE] = {NO, NO, NO, NO, NO, NO, NO, NO, STATE_PENDING_PARTNER,
                                  STATE_ACCEPTED, NO, NO, STATE_PENDING_ACCEPTANCE,
                                  STATE_PENDING_ACCEPTANCE, STATE_PENDING_ACCEPTANCE},
    [STATE_ACCEPTED] = {NO, NO, NO, NO, NO, NO, NO, NO, NO, NO, STATE_CANCELLED, NO, NO, NO, NO},
    [STATE_CANCELLED] = {NO, NO, NO, NO, NO, NO, NO, NO, NO, NO, NO, NO, NO, NO, NO},
    [STATE_DELETED] = {NO, NO, NO, NO, NO, NO, NO, NO, NO, NO, NO, NO, NO, NO, NO},
    /* stored as Pending acceptance, and left so */
    [STATE_EXPIRED] = {NO, NO, NO, NO, NO, NO, NO, NO, STATE_PENDING_PARTNER, NO, NO, NO,
                       STATE_PENDING_ACCEPTANCE, NO, NO},
    [STATE_ENDED] = {NO, NO, NO, NO, NO, NO, NO, NO, NO, NO, NO, NO, NO, NO, NO},
};

/* Whose each move is, in whatever state. */
static const enum party mover[MOVE_COUNT] = {
    [MOVE_EDIT] = PARTY_ISV,          [MOVE_DELETE] = PARTY_ISV,
    [MOVE_SUBMIT] = PARTY_ISV,        [MOVE_PUBLISH] = PARTY_SYSTEM,
    [MOVE_FAIL] = PARTY_SYSTEM,       [MOVE_WITHDRAW] = PARTY_ISV,
    [MOVE_PRICE] = PARTY_PARTNER,     [MOVE_EXTEND] = PARTY_PARTNER,
    [MOVE_TAKE_BACK] = PARTY_PARTNER, [MOVE_ACCEPT] = PARTY_CUSTOMER,
    [MOVE_CANCEL] = PARTY_OPERATOR,
    [MOVE_SEND_BACK] = PARTY_PARTNER, [MOVE_ASK_WITHDRAW] = PARTY_ISV,
    [MOVE_DECLINE] = PARTY_CUSTOMER,  [MOVE_ASK_CHANGE] = PARTY_CUSTOMER,
};

START_TEST(every_state_move_and_party)
{
    const enum offer_state state = (enum offer_state)_i;

    for (int m = 0; m < MOVE_COUNT; m++) {
        for (int p = 0; p < PARTY_COUNT; p++) {
            const enum offer_move move = (enum offer_move)m;
            const enum offer_state to = after[state][m];
            const enum err expected = to == NO                    ? ERR_CLOSED
                                      : mover[m] == (enum party)p ? OK
                                                                  : ERR_DENIED;
            struct day today;
            struct offer *offer = make_deal_in(arena, state, &today);
            struct offer before;

            memcpy(&before, offer, sizeof before);
            ck_assert_int_eq(offer_state_on(offer, today), state);
            ck_assert_msg(offer_may(offer, move, (enum party)p, today) == (expected == OK),
                          "%s, move %d, party %d", state_words(state), m, p);
            ck_assert_int_eq(memcmp(&before, offer, sizeof before), 0);
            ck_assert_msg(offer_advance(offer, move, (enum party)p, today) == expected,
                          "%s, move %d, party %d", state_words(state), m, p);
            if (expected == OK)
                ck_assert_int_eq(offer->state, to);
            else
                ck_assert_int_eq(memcmp(&before, offer, sizeof before), 0);
        }
        arena_reset(arena);
    }
}
END_TEST

/* The refusals LAW 6.1 names, one by one. */
START_TEST(named_refusals)
{
    static const enum offer_state no_isv_withdrawal[] = {
        STATE_TO_PARTNER, STATE_TO_CUSTOMER, STATE_PENDING_ACCEPTANCE,
        STATE_ACCEPTED,   STATE_EXPIRED,     STATE_ENDED,
        STATE_DRAFT,
    };
    static const enum offer_state no_partner_withdrawal[] = {
        STATE_DRAFT,    STATE_TO_PARTNER, STATE_PENDING_PARTNER, STATE_TO_CUSTOMER,
        STATE_ACCEPTED, STATE_ENDED,      STATE_CANCELLED,       STATE_DELETED,
    };
    static const enum offer_state no_edit[] = {STATE_ACCEPTED, STATE_ENDED, STATE_EXPIRED,
                                               STATE_CANCELLED};
    struct day today;
    struct offer *offer;

    for (size_t i = 0; i < COUNT(no_isv_withdrawal); i++) {
        offer = make_deal_in(arena, no_isv_withdrawal[i], &today);
        ck_assert_int_eq(offer_advance(offer, MOVE_WITHDRAW, PARTY_ISV, today), ERR_CLOSED);
    }
    for (size_t i = 0; i < COUNT(no_partner_withdrawal); i++) {
        offer = make_deal_in(arena, no_partner_withdrawal[i], &today);
        ck_assert_int_eq(offer_advance(offer, MOVE_TAKE_BACK, PARTY_PARTNER, today), ERR_CLOSED);
        ck_assert_int_ne(offer_advance(offer, MOVE_WITHDRAW, PARTY_PARTNER, today), OK);
    }
    for (size_t i = 0; i < COUNT(no_edit); i++) {
        offer = make_deal_in(arena, no_edit[i], &today);
        ck_assert_int_eq(offer_advance(offer, MOVE_EDIT, PARTY_ISV, today), ERR_CLOSED);
        ck_assert_int_eq(offer_advance(offer, MOVE_PRICE, PARTY_PARTNER, today), ERR_CLOSED);
    }
    for (int s = 0; s < STATE_COUNT; s++) {
        offer = make_deal_in(arena, (enum offer_state)s, &today);
        ck_assert_int_ne(offer_advance(offer, MOVE_DELETE, PARTY_PARTNER, today), OK);
        if (s != STATE_DRAFT)
            ck_assert_int_eq(offer_advance(offer, MOVE_DELETE, PARTY_ISV, today), ERR_CLOSED);
        if (s != STATE_PENDING_ACCEPTANCE)
            ck_assert_int_eq(offer_advance(offer, MOVE_ACCEPT, PARTY_CUSTOMER, today), ERR_CLOSED);
    }
}
END_TEST

START_TEST(the_table_has_no_row_twice)
{
    size_t rows = 0;

    for (int s = 0; s < STATE_COUNT; s++) {
        for (int m = 0; m < MOVE_COUNT; m++)
            rows += after[s][m] != NO ? 1 : 0;
    }
    ck_assert_uint_eq(offer_step_count, rows);
}
END_TEST

/* The state as of a day: stored state, accept-by, end, day, state then. */
static const struct {
    enum offer_state stored;
    const char *accept_by;
    const char *end;
    const char *today;
    enum offer_state state;
} days[] = {
    {STATE_PENDING_ACCEPTANCE, "2023-11-15", "2023-12-31", "2023-11-14", STATE_PENDING_ACCEPTANCE},
    {STATE_PENDING_ACCEPTANCE, "2023-11-15", "2023-12-31", "2023-11-15", STATE_PENDING_ACCEPTANCE},
    {STATE_PENDING_ACCEPTANCE, "2023-11-15", "2023-12-31", "2023-11-16", STATE_EXPIRED},
    {STATE_PENDING_ACCEPTANCE, "2023-11-15", "2023-12-31", "2023-12-31", STATE_EXPIRED},
    /* Expired stays Expired after the end. */
    {STATE_PENDING_ACCEPTANCE, "2023-11-15", "2023-12-31", "2024-01-01", STATE_EXPIRED},
    {STATE_PENDING_ACCEPTANCE, "2023-12-31", "2023-12-31", "2024-01-01", STATE_EXPIRED},
    {STATE_ACCEPTED, "2023-11-15", "2023-12-31", "2023-11-16", STATE_ACCEPTED},
    {STATE_ACCEPTED, "2023-11-15", "2023-12-31", "2023-12-31", STATE_ACCEPTED},
    {STATE_ACCEPTED, "2023-11-15", "2023-12-31", "2024-01-01", STATE_ENDED},
    {STATE_ACCEPTED, "2023-11-15", "2023-12-31", "9999-12-31", STATE_ENDED},
    /* Leap years: 2024 and 2000 have a 29 February, 2023 and 2100 do not. */
    {STATE_ACCEPTED, "2024-02-01", "2024-02-29", "2024-02-28", STATE_ACCEPTED},
    {STATE_ACCEPTED, "2024-02-01", "2024-02-29", "2024-02-29", STATE_ACCEPTED},
    {STATE_ACCEPTED, "2024-02-01", "2024-02-29", "2024-03-01", STATE_ENDED},
    {STATE_ACCEPTED, "2023-02-01", "2023-02-28", "2023-02-28", STATE_ACCEPTED},
    {STATE_ACCEPTED, "2023-02-01", "2023-02-28", "2023-03-01", STATE_ENDED},
    {STATE_ACCEPTED, "2100-02-01", "2100-02-28", "2100-03-01", STATE_ENDED},
    {STATE_PENDING_ACCEPTANCE, "2024-02-29", "2024-02-29", "2024-02-29", STATE_PENDING_ACCEPTANCE},
    {STATE_PENDING_ACCEPTANCE, "2024-02-28", "2024-02-29", "2024-02-29", STATE_EXPIRED},
    {STATE_PENDING_ACCEPTANCE, "2024-02-29", "2024-02-29", "2024-03-01", STATE_EXPIRED},
    /* No other state is changed by time: not Pending partner action either (D-4). */
    {STATE_DRAFT, "2023-11-15", "2023-12-31", "2024-06-01", STATE_DRAFT},
    {STATE_TO_PARTNER, "2023-11-15", "2023-12-31", "2024-06-01", STATE_TO_PARTNER},
    {STATE_PENDING_PARTNER, "2023-11-15", "2023-12-31", "2024-06-01", STATE_PENDING_PARTNER},
    {STATE_TO_CUSTOMER, "2023-11-15", "2023-12-31", "2024-06-01", STATE_TO_CUSTOMER},
    {STATE_CANCELLED, "2023-11-15", "2023-12-31", "2024-06-01", STATE_CANCELLED},
    {STATE_DELETED, "2023-11-15", "2023-12-31", "2024-06-01", STATE_DELETED},
};

START_TEST(state_as_of_a_day)
{
    struct offer *offer = make_priced_deal(arena);

    offer->state = days[_i].stored;
    offer->accept_by_on = make_day(days[_i].accept_by);
    offer->end_on = make_day(days[_i].end);
    ck_assert_msg(offer_state_on(offer, make_day(days[_i].today)) == days[_i].state, "%s on %s",
                  state_words(days[_i].stored), days[_i].today);
}
END_TEST

START_TEST(due_days)
{
    struct day today;

    for (int s = 0; s < STATE_EXPIRED; s++) {
        const struct offer *offer = make_deal_in(arena, (enum offer_state)s, &today);
        const char *due = s == STATE_PENDING_ACCEPTANCE ? "2023-11-15"
                          : s == STATE_ACCEPTED         ? "2023-12-31"
                                                        : "9999-12-31";

        ck_assert_str_eq(day_iso(arena, offer_due_on(offer)), due);
    }
}
END_TEST

START_TEST(accepting_to_the_last_day)
{
    struct offer *offer = make_priced_deal(arena);

    offer->state = STATE_PENDING_ACCEPTANCE;
    ck_assert_int_eq(offer_advance(offer, MOVE_ACCEPT, PARTY_CUSTOMER, make_day("2023-11-16")),
                     ERR_CLOSED);
    ck_assert(day_is_none(offer->accepted_on));
    ck_assert_int_eq(offer_advance(offer, MOVE_ACCEPT, PARTY_CUSTOMER, make_day("2023-11-15")), OK);
    ck_assert_str_eq(day_iso(arena, offer->accepted_on), "2023-11-15");
    /* Twice is once. */
    ck_assert_int_eq(offer_advance(offer, MOVE_ACCEPT, PARTY_CUSTOMER, make_day("2023-11-15")),
                     ERR_CLOSED);
}
END_TEST

/* In Progress over the accept-by date: published, it is Expired at once (row 10). */
START_TEST(published_too_late)
{
    const struct day today = make_day("2023-11-16");
    struct offer *offer = make_priced_deal(arena);

    offer->state = STATE_TO_CUSTOMER;
    ck_assert_int_eq(offer_advance(offer, MOVE_PUBLISH, PARTY_SYSTEM, today), OK);
    ck_assert_int_eq(offer_state_on(offer, today), STATE_EXPIRED);
    ck_assert_int_eq(offer_advance(offer, MOVE_ACCEPT, PARTY_CUSTOMER, today), ERR_CLOSED);
    ck_assert_int_eq(offer_advance(offer, MOVE_TAKE_BACK, PARTY_PARTNER, today), OK);
}
END_TEST

START_TEST(pending_partner_action_after_its_own_withdrawal)
{
    struct day today;
    struct offer *offer = make_deal_in(arena, STATE_PENDING_PARTNER, &today);

    ck_assert_str_eq(offer_status_words(offer, PARTY_PARTNER, today), "Pending partner action");
    ck_assert_int_eq(offer_advance(offer, MOVE_EXTEND, PARTY_PARTNER, today), OK);
    ck_assert_int_eq(offer_advance(offer, MOVE_PUBLISH, PARTY_SYSTEM, today), OK);
    ck_assert_int_eq(offer_advance(offer, MOVE_TAKE_BACK, PARTY_PARTNER, today), OK);
    ck_assert_str_eq(offer_status_words(offer, PARTY_PARTNER, today),
                     "Pending partner action (Draft)");
    ck_assert_str_eq(offer_status_words(offer, PARTY_ISV, today), "Pending partner action");
    ck_assert_str_eq(offer_status_words(offer, PARTY_OPERATOR, today), "Pending partner action");
    /* The withdrawal keeps all of the partner's fields (D-7). */
    ck_assert_str_eq(offer->prepared_by, "p@fabrikam.example");
    ck_assert(offer->rows[0].has_adjustment);

    ck_assert_int_eq(offer_advance(offer, MOVE_PRICE, PARTY_PARTNER, today), OK);
    ck_assert_str_eq(offer_status_words(offer, PARTY_PARTNER, today),
                     "Pending partner action (Draft)");
    ck_assert_int_eq(offer_advance(offer, MOVE_WITHDRAW, PARTY_ISV, today), OK);
    ck_assert_int_eq(offer_advance(offer, MOVE_SUBMIT, PARTY_ISV, today), OK);
    ck_assert_int_eq(offer_advance(offer, MOVE_PUBLISH, PARTY_SYSTEM, today), OK);
    ck_assert_str_eq(offer_status_words(offer, PARTY_PARTNER, today), "Pending partner action");
}
END_TEST

/* What went wrong on the way to one party is never left over for another (rows 6 and 11). */
START_TEST(failures_stay_with_their_reader)
{
    struct day today;
    struct offer *offer = make_deal_in(arena, STATE_TO_CUSTOMER, &today);

    ck_assert_int_eq(offer_advance(offer, MOVE_FAIL, PARTY_SYSTEM, today), OK);
    offer->failure = "the partner's trouble";
    ck_assert_int_eq(offer_advance(offer, MOVE_PRICE, PARTY_PARTNER, today), OK);
    ck_assert_str_eq(offer->failure, "the partner's trouble");
    ck_assert_int_eq(offer_advance(offer, MOVE_WITHDRAW, PARTY_ISV, today), OK);
    ck_assert_str_eq(offer->failure, "");

    offer = make_deal_in(arena, STATE_TO_PARTNER, &today);
    ck_assert_int_eq(offer_advance(offer, MOVE_FAIL, PARTY_SYSTEM, today), OK);
    offer->failure = "the ISV's trouble";
    ck_assert_int_eq(offer_advance(offer, MOVE_EDIT, PARTY_ISV, today), OK);
    ck_assert_str_eq(offer->failure, "the ISV's trouble");
    ck_assert_int_eq(offer_advance(offer, MOVE_SUBMIT, PARTY_ISV, today), OK);
    ck_assert_str_eq(offer->failure, "");
}
END_TEST

/* LAW 6.7: what stands after an ask, and after whatever may follow it. */
static const struct {
    enum offer_state state;
    enum offer_ask ask;
    enum offer_move then;
    enum party by;
    bool stands;
} asked[] = {
    {STATE_PENDING_PARTNER, ASK_SENT_BACK, MOVE_PRICE, PARTY_PARTNER, true},
    {STATE_PENDING_PARTNER, ASK_SENT_BACK, MOVE_WITHDRAW, PARTY_ISV, false},
    {STATE_PENDING_PARTNER, ASK_SENT_BACK, MOVE_EXTEND, PARTY_PARTNER, false},
    {STATE_PENDING_ACCEPTANCE, ASK_WITHDRAW, MOVE_DECLINE, PARTY_CUSTOMER, true},
    {STATE_PENDING_ACCEPTANCE, ASK_WITHDRAW, MOVE_TAKE_BACK, PARTY_PARTNER, false},
    {STATE_PENDING_ACCEPTANCE, ASK_WITHDRAW, MOVE_ACCEPT, PARTY_CUSTOMER, false},
    {STATE_EXPIRED, ASK_WITHDRAW, MOVE_TAKE_BACK, PARTY_PARTNER, false},
    {STATE_PENDING_ACCEPTANCE, ASK_DECLINED, MOVE_ASK_WITHDRAW, PARTY_ISV, true},
    {STATE_PENDING_ACCEPTANCE, ASK_DECLINED, MOVE_ASK_CHANGE, PARTY_CUSTOMER, false},
    {STATE_PENDING_ACCEPTANCE, ASK_DECLINED, MOVE_ACCEPT, PARTY_CUSTOMER, false},
    {STATE_PENDING_ACCEPTANCE, ASK_CHANGE, MOVE_DECLINE, PARTY_CUSTOMER, false},
    {STATE_PENDING_ACCEPTANCE, ASK_CHANGE, MOVE_TAKE_BACK, PARTY_PARTNER, false},
};

START_TEST(an_ask_stands_until_the_offer_moves_on)
{
    struct day today;
    struct offer *offer = make_deal_in(arena, asked[_i].state, &today);
    const enum offer_ask ask = asked[_i].ask;
    const enum offer_move move = ask_move(ask);

    ck_assert_int_eq(offer_advance(offer, move, mover[move], today), OK);
    ck_assert_int_eq(offer_state_on(offer, today), asked[_i].state);
    ck_assert_int_eq(offer->seller_ask == ask || offer->customer_ask == ask, true);
    ck_assert_int_eq(offer_advance(offer, asked[_i].then, asked[_i].by, today), OK);
    ck_assert_int_eq(offer->seller_ask == ask || offer->customer_ask == ask, asked[_i].stands);
    if (!asked[_i].stands && offer_state_on(offer, today) != asked[_i].state) {
        ck_assert_int_eq(offer->seller_ask, ASK_NONE);
        ck_assert_int_eq(offer->customer_ask, ASK_NONE);
    }
}
END_TEST

/* The ISV's asking is between the sellers; the customer's is no secret, its reason is elsewhere. */
START_TEST(who_knows_what_stands)
{
    struct day today;
    static const enum party viewers[] = {PARTY_ISV, PARTY_PARTNER, PARTY_OPERATOR, PARTY_CUSTOMER};

    for (size_t i = 0; i < COUNT(viewers); i++) {
        struct offer *offer = make_deal_in(arena, STATE_PENDING_ACCEPTANCE, &today);

        offer->seller_ask = ASK_WITHDRAW;
        offer->customer_ask = ASK_DECLINED;
        offer_blank(offer, viewers[i]);
        ck_assert_int_eq(offer->seller_ask, viewers[i] == PARTY_CUSTOMER ? ASK_NONE : ASK_WITHDRAW);
        ck_assert_int_eq(offer->customer_ask, ASK_DECLINED);
    }
}
END_TEST

/* LAW 6.7, the last table. The customer sees an offer that waits for it while the ISV asks. */
static const struct {
    enum offer_state state;
    enum offer_ask sellers;
    enum offer_ask customers;
    const char *accept_by; /* NULL: as it was made */
    enum party turn;
    enum party customers_view;
} turns[] = {
    {STATE_DRAFT, ASK_NONE, ASK_NONE, NULL, PARTY_ISV, PARTY_COUNT},
    {STATE_TO_PARTNER, ASK_NONE, ASK_NONE, NULL, PARTY_SYSTEM, PARTY_COUNT},
    {STATE_PENDING_PARTNER, ASK_NONE, ASK_NONE, NULL, PARTY_PARTNER, PARTY_COUNT},
    {STATE_PENDING_PARTNER, ASK_SENT_BACK, ASK_NONE, NULL, PARTY_ISV, PARTY_COUNT},
    {STATE_PENDING_PARTNER, ASK_NONE, ASK_NONE, "2023-10-15", PARTY_ISV, PARTY_COUNT},
    {STATE_PENDING_PARTNER, ASK_NONE, ASK_NONE, "2023-10-16", PARTY_PARTNER, PARTY_COUNT},
    {STATE_TO_CUSTOMER, ASK_NONE, ASK_NONE, NULL, PARTY_SYSTEM, PARTY_COUNT},
    {STATE_PENDING_ACCEPTANCE, ASK_NONE, ASK_NONE, NULL, PARTY_CUSTOMER, PARTY_CUSTOMER},
    {STATE_PENDING_ACCEPTANCE, ASK_WITHDRAW, ASK_NONE, NULL, PARTY_PARTNER, PARTY_CUSTOMER},
    {STATE_PENDING_ACCEPTANCE, ASK_NONE, ASK_DECLINED, NULL, PARTY_PARTNER, PARTY_PARTNER},
    {STATE_PENDING_ACCEPTANCE, ASK_NONE, ASK_CHANGE, NULL, PARTY_PARTNER, PARTY_PARTNER},
    {STATE_EXPIRED, ASK_NONE, ASK_NONE, NULL, PARTY_PARTNER, PARTY_PARTNER},
    {STATE_ACCEPTED, ASK_NONE, ASK_NONE, NULL, PARTY_COUNT, PARTY_COUNT},
    {STATE_ENDED, ASK_NONE, ASK_NONE, NULL, PARTY_COUNT, PARTY_COUNT},
    {STATE_CANCELLED, ASK_NONE, ASK_NONE, NULL, PARTY_COUNT, PARTY_COUNT},
    {STATE_DELETED, ASK_NONE, ASK_NONE, NULL, PARTY_COUNT, PARTY_COUNT},
};

START_TEST(whose_turn_it_is)
{
    static const enum party viewers[] = {PARTY_ISV, PARTY_PARTNER, PARTY_CUSTOMER};

    for (size_t i = 0; i < COUNT(viewers); i++) {
        struct day today;
        struct offer *offer = make_deal_in(arena, turns[_i].state, &today);

        offer->seller_ask = turns[_i].sellers;
        offer->customer_ask = turns[_i].customers;
        if (turns[_i].accept_by != NULL)
            offer->accept_by_on = make_day(turns[_i].accept_by);
        if ((state_seen_by(turns[_i].state) & PARTY_BIT(viewers[i])) == 0)
            continue;
        offer_blank(offer, viewers[i]);
        ck_assert_int_eq(offer_waits_for(offer, today),
                         viewers[i] == PARTY_CUSTOMER ? turns[_i].customers_view : turns[_i].turn);
    }
}
END_TEST

/* LAW 6.6: words, and who has the offer in a list at all (i, p, c, o). */
static const struct {
    enum offer_state state;
    const char *words;
    const char *listed;
} listings[] = {
    {STATE_DRAFT, "Draft", "i--o"},
    {STATE_TO_PARTNER, "In Progress", "i--o"},
    {STATE_PENDING_PARTNER, "Pending partner action", "ip-o"},
    {STATE_TO_CUSTOMER, "In Progress", "ip-o"},
    {STATE_PENDING_ACCEPTANCE, "Pending acceptance", "ipco"},
    {STATE_ACCEPTED, "Accepted", "ipco"},
    {STATE_CANCELLED, "Cancelled", "---o"},
    {STATE_DELETED, "Deleted", "----"},
    {STATE_EXPIRED, "Expired", "ipco"},
    {STATE_ENDED, "Ended", "ipco"},
};

START_TEST(words_and_lists_of_6_6)
{
    static const enum party parties[] = {PARTY_ISV, PARTY_PARTNER, PARTY_CUSTOMER, PARTY_OPERATOR};

    ck_assert_uint_eq(COUNT(listings), STATE_COUNT);
    for (size_t i = 0; i < COUNT(listings); i++) {
        struct day today;
        const struct offer *offer = make_deal_in(arena, listings[i].state, &today);
        const unsigned seen_by = state_seen_by(listings[i].state);

        ck_assert_str_eq(state_words(listings[i].state), listings[i].words);
        for (size_t k = 0; k < COUNT(parties); k++) {
            ck_assert_str_eq(offer_status_words(offer, parties[k], today), listings[i].words);
            ck_assert_msg(((seen_by & PARTY_BIT(parties[k])) != 0) ==
                              (listings[i].listed[k] != '-'),
                          "%s, %s", listings[i].words, party_text(parties[k]));
        }
        ck_assert_uint_eq(seen_by & PARTY_BIT(PARTY_SYSTEM), 0);
    }
}
END_TEST

START_TEST(when_prices_start)
{
    struct offer *offer = make_deal(arena);

    ck_assert(day_is_none(offer_starts_on(offer))); /* not accepted yet */
    offer->accepted_on = make_day("2023-10-20");
    ck_assert_str_eq(day_iso(arena, offer_starts_on(offer)), "2023-10-20");
    offer->start_mode = START_IN_MONTH;
    offer->start_on = make_day("2023-12-01");
    ck_assert_str_eq(day_iso(arena, offer_starts_on(offer)), "2023-12-01");
    offer->start_mode = START_UNSET;
    ck_assert(day_is_none(offer_starts_on(offer)));
}
END_TEST

START_TEST(rows_by_number)
{
    struct offer *offer = make_deal(arena);

    ck_assert_ptr_eq(offer_row(offer, 1), &offer->rows[0]);
    ck_assert_ptr_eq(offer_row(offer, 2), &offer->rows[1]);
    ck_assert_ptr_null(offer_row(offer, 0));
    ck_assert_ptr_null(offer_row(offer, 3));
    ck_assert_ptr_null(offer_row(offer, -1));
    /* A number is never used again. */
    offer->rows[0] = offer->rows[1];
    offer->row_count = 1;
    ck_assert_ptr_null(offer_row(offer, 1));
    ck_assert_int_eq(make_row(offer, arena, make_team(arena))->number, 3);
}
END_TEST

START_TEST(a_new_row_knows_its_points_and_no_price)
{
    struct offer *offer = make_draft(arena);
    const struct offer_row *row = make_row(offer, arena, make_flow(arena));

    ck_assert_ptr_eq(row->prices[0].point, &row->plan->points[0]);
    ck_assert(row->prices[0].list.per_hour);
    ck_assert(!row->prices[0].has_own && !row->prices[0].has_list);
    ck_assert(!row->prices[0].has_partner && !row->prices[0].has_customer);
}
END_TEST

START_TEST(texts_read_back)
{
    static const char *const states[] = {
        "draft",    "to_partner", "pending_partner", "to_customer", "pending_acceptance",
        "accepted", "cancelled",  "deleted"};
    enum offer_state state = STATE_COUNT;
    enum price_type price = PRICE_TYPE_COUNT;
    enum start_mode mode = START_MODE_COUNT;
    enum offer_type type = OFFER_TYPE_COUNT;

    for (size_t i = 0; i < COUNT(states); i++) {
        ck_assert_int_eq(state_read(states[i], &state), OK);
        ck_assert_uint_eq(state, i);
        ck_assert_str_eq(state_text(state), states[i]);
    }
    /* What time brings is never stored. */
    ck_assert_int_eq(state_read("expired", &state), ERR_BROKEN);
    ck_assert_int_eq(state_read("ended", &state), ERR_BROKEN);
    ck_assert_int_eq(state_read("", &state), ERR_BROKEN);
    ck_assert_int_eq(state, STATE_DELETED);

    ck_assert_int_eq(price_type_read("discount", &price), OK);
    ck_assert_int_eq(price, PRICE_DISCOUNT);
    ck_assert_int_eq(price_type_read("absolute", &price), OK);
    ck_assert_int_eq(price, PRICE_ABSOLUTE);
    ck_assert_int_eq(price_type_read("", &price), ERR_BROKEN);
    ck_assert_int_eq(start_mode_read("", &mode), OK);
    ck_assert_int_eq(mode, START_UNSET);
    ck_assert_int_eq(start_mode_read("accepted", &mode), OK);
    ck_assert_int_eq(mode, START_ON_ACCEPT);
    ck_assert_int_eq(start_mode_read("month", &mode), OK);
    ck_assert_int_eq(mode, START_IN_MONTH);
    ck_assert_int_eq(start_mode_read("Month", &mode), ERR_BROKEN);
    ck_assert_int_eq(offer_type_read("editExistingOfferPricingOnly", &type), OK);
    ck_assert_int_eq(type, OFFER_EXISTING_PLANS);
    ck_assert_str_eq(offer_type_text(type), "editExistingOfferPricingOnly");
    ck_assert_int_eq(offer_type_read("saasNewCustomizedPlans", &type), OK);
    ck_assert_int_eq(type, OFFER_NEW_PLANS);
    ck_assert_int_eq(offer_type_read("vmSoftwareReservations", &type), OK);
    ck_assert_int_eq(type, OFFER_RESERVATIONS);
    ck_assert_int_eq(offer_type_read("vm", &type), ERR_BROKEN);
    ck_assert_str_eq(price_type_text(PRICE_ABSOLUTE), "absolute");
    ck_assert_str_eq(start_mode_text(START_IN_MONTH), "month");
}
END_TEST

Suite *
offer_suite(void)
{
    Suite *suite = suite_create("offer");
    TCase *moves = tcase_create("moves");
    TCase *time = tcase_create("time");
    TCase *words = tcase_create("words");

    tcase_add_checked_fixture(moves, setup, teardown);
    tcase_add_loop_test(moves, every_state_move_and_party, 0, STATE_COUNT);
    tcase_add_loop_test(moves, an_ask_stands_until_the_offer_moves_on, 0, COUNT(asked));
    tcase_add_test(moves, who_knows_what_stands);
    tcase_add_loop_test(moves, whose_turn_it_is, 0, COUNT(turns));
    tcase_add_test(moves, named_refusals);
    tcase_add_test(moves, the_table_has_no_row_twice);
    tcase_add_test(moves, pending_partner_action_after_its_own_withdrawal);
    tcase_add_test(moves, failures_stay_with_their_reader);
    suite_add_tcase(suite, moves);

    tcase_add_checked_fixture(time, setup, teardown);
    tcase_add_loop_test(time, state_as_of_a_day, 0, (int)COUNT(days));
    tcase_add_test(time, due_days);
    tcase_add_test(time, accepting_to_the_last_day);
    tcase_add_test(time, published_too_late);
    tcase_add_test(time, when_prices_start);
    suite_add_tcase(suite, time);

    tcase_add_checked_fixture(words, setup, teardown);
    tcase_add_test(words, words_and_lists_of_6_6);
    tcase_add_test(words, rows_by_number);
    tcase_add_test(words, a_new_row_knows_its_points_and_no_price);
    tcase_add_test(words, texts_read_back);
    suite_add_tcase(suite, words);
    return suite;
}

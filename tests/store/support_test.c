/*
 * support_test.c: LAW 6.5: who may ask for a cancellation, what it waits for, who may do what about
 * it, who reads what of it, and what becomes of the offer. Prices are support_prices_test.c's.
 */
#include <check.h>
#include <string.h>

#include "base/digest.h"
#include "base/text.h"
#include "store/acceptances.h"
#include "store/documents.h"
#include "store/events.h"
#include "store/offer_lists.h"
#include "support/asking.h"
#include "support/store_dump.h"

Suite *support_suite(void);

static struct deal_market market;
static const char *offer;

static void
setup(void)
{
    deal_market_open(&market, NULL);
    buying_add(&market);
    offer = deal_make(&market, DEAL_ACCEPTED);
}

static void
teardown(void)
{
    deal_market_close(&market);
}

static const struct evidence_file picture = {.type = EVIDENCE_PNG,
                                             .bytes = "picturebytes",
                                             .size = 12,
                                             .name = "agreement.png",
                                             .sha256 = "0123456789abcdef"};

static enum support_state
state_of(const char *id)
{
    return request_of(&market, &actor_operator, id).state;
}

/* ---- Asking --------------------------------------------------------------------------------- */

START_TEST(both_sellers_may_ask_and_nobody_else)
{
    static const struct {
        const struct actor *actor;
        enum err outcome;
    } askers[] = {
        {&actor_isv_marketer, ERR_DENIED},  {&actor_other_isv, ERR_ABSENT},
        {&actor_other_partner, ERR_ABSENT}, {&actor_owner, ERR_DENIED},
        {&actor_operator, ERR_DENIED},      {&actor_partner, OK},
    };
    const char *id = NULL;

    for (size_t i = 0; i < COUNT(askers); i++)
        ck_assert_msg(try_ask(&market, askers[i].actor, offer, NULL, NULL, NULL, &id) ==
                          askers[i].outcome,
                      "asker %zu", i);
    ck_assert_int_eq(request_of(&market, &actor_partner, id).by, PARTY_PARTNER);
    ck_assert_str_eq(request_of(&market, &actor_partner, id).billing_account, DEAL_ACCOUNT);
    ck_assert_int_eq(try_ask(&market, &actor_isv, offer, NULL, NULL, NULL, &id), ERR_CLOSED);
}
END_TEST

START_TEST(a_decided_request_makes_room_for_another)
{
    const char *id = ask(&market, offer);

    ck_assert_int_eq(try_note(&market, &actor_isv, id, SUPPORT_WITHDRAW, "", NULL), OK);
    ck_assert_int_eq(state_of(id), SUPPORT_WITHDRAWN);
    id = ask(&market, offer);
    ck_assert_int_eq(
        try_note(&market, &actor_operator, id, SUPPORT_REFUSE, "Not by this form", NULL), OK);
    (void)ask(&market, offer);
}
END_TEST

/* Whatever it is but Accepted: nothing is asked for. */
START_TEST(only_an_accepted_offer)
{
    static const enum offer_state others[] = {
        STATE_DRAFT,       STATE_TO_PARTNER,         STATE_PENDING_PARTNER,
        STATE_TO_CUSTOMER, STATE_PENDING_ACCEPTANCE, STATE_EXPIRED,
        STATE_ENDED,
    };

    for (size_t i = 0; i < COUNT(others); i++) {
        const char *id = NULL;

        deal_market_close(&market);
        deal_market_open(&market, NULL);
        offer = play_until(&market, others[i]);
        ck_assert_msg(try_ask(&market, &actor_isv, offer, NULL, NULL, NULL, &id) == ERR_CLOSED,
                      "state %d", (int)others[i]);
    }
}
END_TEST

START_TEST(what_is_left_out_is_waited_for)
{
    const struct answers nothing = deal_form(&market, NULL);
    const struct answers refund =
        deal_form(&market, ANSWER_REASON, "Why", ANSWER_REFUND, "yes", NULL);
    const struct answers whole = deal_form(&market, ANSWER_REASON, "Why", ANSWER_REFUND, "yes",
                                           ANSWER_PURCHASES, "Pro of October", NULL);
    struct support_request request;
    const char *id = NULL;

    ck_assert_int_eq(try_ask(&market, &actor_isv, offer, &nothing, NULL, NULL, &id), OK);
    request = request_of(&market, &actor_isv, id);
    ck_assert_int_eq(request.state, SUPPORT_INCOMPLETE);
    ck_assert_uint_eq(support_missing(&request),
                      SUPPORT_BIT(SUPPORT_ITEM_REASON) | SUPPORT_BIT(SUPPORT_ITEM_REFUND) |
                          SUPPORT_BIT(SUPPORT_ITEM_OTHER) | SUPPORT_BIT(SUPPORT_ITEM_CUSTOMER));
    ck_assert_int_eq(try_process(&market, &actor_operator, id, NULL, NULL), ERR_CLOSED);
    all_agree(&market, id);
    ck_assert_int_eq(state_of(id), SUPPORT_INCOMPLETE);
    ck_assert_int_eq(try_amend(&market, &actor_isv, id, &refund, NULL, NULL), OK);
    request = request_of(&market, &actor_isv, id);
    ck_assert_uint_eq(support_missing(&request), SUPPORT_BIT(SUPPORT_ITEM_PURCHASES));
    ck_assert_int_eq(try_process(&market, &actor_operator, id, NULL, NULL), ERR_CLOSED);
    ck_assert_int_eq(ISV_SEES(offer).state, STATE_ACCEPTED);
    ck_assert_int_eq(try_amend(&market, &actor_isv, id, &whole, NULL, NULL), OK);
    ck_assert_int_eq(state_of(id), SUPPORT_READY);
}
END_TEST

START_TEST(a_text_has_its_limit)
{
    char text[LIMIT_SUPPORT_TEXT + 2];
    struct problems *problems = problems_new(market.temp.arena);
    struct answers answers = deal_form(&market, ANSWER_REASON, text, NULL);
    const char *id = NULL;

    memset(text, 'a', sizeof text);
    text[LIMIT_SUPPORT_TEXT + 1] = '\0';
    ck_assert_int_eq(try_ask(&market, &actor_isv, offer, &answers, NULL, problems, &id),
                     ERR_INVALID);
    play_assert_only_at(problems, ANSWER_REASON);
    text[LIMIT_SUPPORT_TEXT] = '\0';
    ck_assert_int_eq(try_ask(&market, &actor_isv, offer, &answers, NULL, NULL, &id), OK);
    ck_assert_str_eq(request_of(&market, &actor_isv, id).reason, text);
}
END_TEST

/* ---- Evidence ------------------------------------------------------------------------------- */

START_TEST(evidence_stands_for_a_word)
{
    const struct answers shows = deal_form(&market, ANSWER_REASON, "Why", ANSWER_REFUND, "no",
                                           ANSWER_SHOWS, "customer", NULL);
    const char *id = NULL;

    ck_assert_int_eq(try_ask(&market, &actor_isv, offer, &shows, &picture, NULL, &id), OK);
    ck_assert_uint_eq(request_of(&market, &actor_isv, id).evidence_count, 1);
    ck_assert_int_eq(state_of(id), SUPPORT_INCOMPLETE);
    ck_assert_int_eq(try_say(&market, &actor_partner, id, true, ""), OK);
    ck_assert_int_eq(state_of(id), SUPPORT_READY);
    /* the customer itself says otherwise */
    ck_assert_int_eq(try_say(&market, &actor_owner, id, false, ""), OK);
    ck_assert_int_eq(try_process(&market, &actor_operator, id, NULL, NULL), ERR_CLOSED);
}
END_TEST

START_TEST(five_files_and_not_six)
{
    const struct answers shows =
        deal_form(&market, ANSWER_REASON, "Why", ANSWER_REFUND, "no", ANSWER_SHOWS, "both", NULL);
    const struct evidence_file refused = {.refusal = "This file is something else", .name = "x"};
    struct problems *problems = problems_new(market.temp.arena);
    const char *id = NULL;

    ck_assert_int_eq(try_ask(&market, &actor_isv, offer, &shows, &picture, NULL, &id), OK);
    for (int i = 1; i < LIMIT_EVIDENCE; i++)
        ck_assert_int_eq(try_amend(&market, &actor_isv, id, &shows, &picture, NULL), OK);
    ck_assert_int_eq(try_amend(&market, &actor_isv, id, &shows, &picture, problems), ERR_INVALID);
    play_assert_only_at(problems, ANSWER_EVIDENCE);
    ck_assert_uint_eq(request_of(&market, &actor_isv, id).evidence_count, LIMIT_EVIDENCE);
    problems = problems_new(market.temp.arena);
    ck_assert_int_eq(try_note(&market, &actor_isv, id, SUPPORT_WITHDRAW, "", NULL), OK);
    ck_assert_int_eq(try_ask(&market, &actor_isv, offer, &shows, &refused, problems, &id),
                     ERR_INVALID);
    play_assert_only_at(problems, ANSWER_EVIDENCE);
}
END_TEST

static enum err
fetch(const struct actor *actor, const char *id, struct evidence_body *body)
{
    struct act act = deal_begin(&market, actor->party, actor->account, actor->person);

    return deal_end(&market, &act, evidence_fetch(act.db, act.arena, &act.viewer, id, body));
}

START_TEST(only_requester_and_operator_get_evidence)
{
    static const struct actor *const without[] = {
        &actor_partner, &actor_owner, &actor_other_isv, &actor_other_partner, &actor_stranger,
    };
    const struct answers shows = deal_form(&market, ANSWER_SHOWS, "both", NULL);
    struct evidence_body body;
    const char *file;
    const char *id = NULL;

    ck_assert_int_eq(try_ask(&market, &actor_isv, offer, &shows, &picture, NULL, &id), OK);
    file = request_of(&market, &actor_isv, id).evidence[0].id;
    for (size_t i = 0; i < COUNT(without); i++)
        ck_assert_msg(fetch(without[i], file, &body) == ERR_ABSENT, "%s", without[i]->person);
    ck_assert_int_eq(fetch(&actor_operator, file, &body), OK);
    ck_assert_int_eq(fetch(&actor_isv, file, &body), OK);
    ck_assert_uint_eq(body.size, 12);
    ck_assert_mem_eq(body.bytes, "picturebytes", 12);
    ck_assert_int_eq(body.type, EVIDENCE_PNG);
}
END_TEST

START_TEST(bytes_of_evidence_outlive_a_document_of_the_same)
{
    static const struct document document = {.id = "0d0c0d0c-0000-4000-8000-00000000d0c0",
                                             .side = PARTY_ISV,
                                             .name = "Same",
                                             .size = 12,
                                             .sha256 = "0123456789abcdef"};
    const struct answers shows = deal_form(&market, ANSWER_SHOWS, "both", NULL);
    struct evidence_body body;
    const char *id = NULL;
    struct db *db = temp_write(&market.temp);

    ck_assert_int_eq(document_insert(db, offer, &document, "picturebytes"), OK);
    temp_keep(&market.temp, db);
    ck_assert_int_eq(try_ask(&market, &actor_isv, offer, &shows, &picture, NULL, &id), OK);
    db = temp_write(&market.temp);
    ck_assert_int_eq(document_remove(db, offer, &document), OK);
    temp_keep(&market.temp, db);
    id = request_of(&market, &actor_isv, id).evidence[0].id;
    ck_assert_int_eq(fetch(&actor_isv, id, &body), OK);
}
END_TEST

/* ---- Who may do what ------------------------------------------------------------------------ */

START_TEST(each_move_is_its_partys)
{
    const struct answers answers = deal_form(&market, ANSWER_REASON, "Other", NULL);
    const char *id = ask(&market, offer);

    ck_assert_int_eq(try_say(&market, &actor_isv, id, true, ""), ERR_DENIED);
    ck_assert_int_eq(try_say(&market, &actor_operator, id, true, ""), ERR_DENIED);
    ck_assert_int_eq(try_say(&market, &actor_reader, id, true, ""), ERR_DENIED);
    ck_assert_int_eq(try_say(&market, &actor_stranger, id, true, ""), ERR_ABSENT);
    ck_assert_int_eq(try_say(&market, &actor_other_partner, id, true, ""), ERR_ABSENT);
    ck_assert_int_eq(try_amend(&market, &actor_partner, id, &answers, NULL, NULL), ERR_DENIED);
    ck_assert_int_eq(try_amend(&market, &actor_owner, id, &answers, NULL, NULL), ERR_DENIED);
    ck_assert_int_eq(try_amend(&market, &actor_isv_marketer, id, &answers, NULL, NULL), ERR_DENIED);
    ck_assert_int_eq(try_note(&market, &actor_isv, id, SUPPORT_ASK, "Why", NULL), ERR_DENIED);
    ck_assert_int_eq(try_note(&market, &actor_partner, id, SUPPORT_REFUSE, "No", NULL), ERR_DENIED);
    ck_assert_int_eq(try_note(&market, &actor_partner, id, SUPPORT_WITHDRAW, "", NULL), ERR_DENIED);
    all_agree(&market, id);
    ck_assert_int_eq(try_process(&market, &actor_isv, id, NULL, NULL), ERR_DENIED);
    ck_assert_int_eq(try_process(&market, &actor_partner, id, NULL, NULL), ERR_DENIED);
    ck_assert_int_eq(try_process(&market, &actor_owner, id, NULL, NULL), ERR_DENIED);
    ck_assert_int_eq(ISV_SEES(offer).state, STATE_ACCEPTED);
    ck_assert_int_eq(try_process(&market, &actor_operator, id, NULL, NULL), OK);
}
END_TEST

START_TEST(words_are_needed_where_they_are_all)
{
    static const enum support_move moves[] = {SUPPORT_ASK, SUPPORT_REFUSE};
    const char *id = ask(&market, offer);

    for (size_t i = 0; i < COUNT(moves); i++) {
        struct problems *problems = problems_new(market.temp.arena);

        ck_assert_int_eq(try_note(&market, &actor_operator, id, moves[i], "  ", problems),
                         ERR_INVALID);
        play_assert_only_at(problems, ANSWER_NOTE);
    }
    ck_assert_int_eq(try_note(&market, &actor_operator, id, SUPPORT_ASK, "Which one?", NULL), OK);
    ck_assert_int_eq(try_note(&market, &actor_isv, id, SUPPORT_ANSWER, "", NULL), ERR_INVALID);
    ck_assert_int_eq(try_note(&market, &actor_isv, id, SUPPORT_ANSWER, "That one", NULL), OK);
    ck_assert_int_eq(state_of(id), SUPPORT_INCOMPLETE);
    all_agree(&market, id);
    ck_assert_int_eq(state_of(id), SUPPORT_READY);
}
END_TEST

START_TEST(a_form_of_before_changes_nothing)
{
    const struct answers answers =
        deal_form(&market, ANSWER_REASON, "Another reason", ANSWER_REFUND, "no", NULL);
    const char *id = ask(&market, offer);
    struct support_request seen = request_of(&market, &actor_isv, id);
    struct act act;
    const char *rev;

    act = deal_begin(&market, PARTY_ISV, DEAL_ISV, "isv");
    rev = support_rev(&act, &seen);
    ck_assert_int_eq(deal_end(&market, &act, OK), OK);
    /* what the others say meanwhile does not count */
    all_agree(&market, id);
    act = deal_begin(&market, PARTY_ISV, DEAL_ISV, "isv");
    ck_assert_int_eq(
        deal_end(&market, &act,
                 action_support_amend(&act, id, rev, &answers, NULL, problems_new(act.arena))),
        OK);
    act = deal_begin(&market, PARTY_ISV, DEAL_ISV, "isv");
    ck_assert_int_eq(
        deal_end(&market, &act,
                 action_support_amend(&act, id, rev, &answers, NULL, problems_new(act.arena))),
        ERR_STALE);
    /* the operator decides on what it has read */
    seen = request_of(&market, &actor_operator, id);
    ck_assert_int_eq(try_say(&market, &actor_partner, id, true, "Once more"), OK);
    act = deal_begin(&market, PARTY_OPERATOR, "", "operator");
    ck_assert_int_eq(deal_end(&market, &act,
                              action_support_process(&act, id, support_rev(&act, &seen), &answers,
                                                     problems_new(act.arena))),
                     ERR_STALE);
    ck_assert_int_eq(ISV_SEES(offer).state, STATE_ACCEPTED);
}
END_TEST

/* ---- Who reads what ------------------------------------------------------------------------- */

START_TEST(each_party_reads_its_own_side)
{
    const struct answers marked =
        deal_form(&market, ANSWER_REASON, "markreason", ANSWER_REFUND, "yes", ANSWER_PURCHASES,
                  "markpurchases", ANSWER_SHOWS, "other", NULL);
    static const struct actor *const others[] = {&actor_partner, &actor_owner};
    const char *id = NULL;

    ck_assert_int_eq(try_ask(&market, &actor_isv, offer, &marked, &picture, NULL, &id), OK);
    ck_assert_int_eq(try_say(&market, &actor_partner, id, true, "markpartner"), OK);
    ck_assert_int_eq(try_say(&market, &actor_owner, id, false, "markcustomer"), OK);
    ck_assert_int_eq(try_note(&market, &actor_operator, id, SUPPORT_ASK, "markquestion", NULL), OK);
    ck_assert_int_eq(try_note(&market, &actor_isv, id, SUPPORT_ANSWER, "markanswer", NULL), OK);
    for (size_t i = 0; i < COUNT(others); i++) {
        const struct support_request request = request_of(&market, others[i], id);

        ck_assert_str_eq(request.reason, "");
        ck_assert_str_eq(request.purchases, "");
        ck_assert_int_eq(request.refund, REFUND_UNSAID);
        ck_assert_uint_eq(request.evidence_count, 0);
        ck_assert_int_eq(request.version, 0);
    }
    ck_assert_int_eq(request_of(&market, &actor_partner, id).customer, WORD_NONE);
    ck_assert_int_eq(request_of(&market, &actor_partner, id).other, WORD_AGREES);
    ck_assert_int_eq(request_of(&market, &actor_owner, id).other, WORD_NONE);
    ck_assert_int_eq(request_of(&market, &actor_owner, id).customer, WORD_OBJECTS);
    ck_assert_str_eq(acts_text(&market, &actor_isv, id),
                     "opened\nattached: agreement.png\nagreed\nobjected\nasked: markquestion\n"
                     "answered: markanswer\n");
    ck_assert_str_eq(acts_text(&market, &actor_partner, id),
                     "opened\nagreed: markpartner\nobjected\n");
    ck_assert_str_eq(acts_text(&market, &actor_owner, id),
                     "opened\nagreed\nobjected: markcustomer\n");
    ck_assert_str_eq(acts_text(&market, &actor_operator, id),
                     "opened\nattached: agreement.png\nagreed: markpartner\nobjected: "
                     "markcustomer\nasked: markquestion\nanswered: markanswer\n");
}
END_TEST

START_TEST(strangers_find_no_request)
{
    static const struct actor *const strangers[] = {&actor_other_isv, &actor_other_partner,
                                                    &actor_stranger};
    const char *id = ask(&market, offer);
    struct support_request request;

    for (size_t i = 0; i < COUNT(strangers); i++)
        ck_assert_int_eq(try_look(&market, strangers[i], id, &request), ERR_ABSENT);
}
END_TEST

static size_t
listed(const struct actor *actor, enum support_state state)
{
    struct act act = deal_begin(&market, actor->party, actor->account, actor->person);
    struct support_page page;
    const struct support_query query = {.viewer = act.viewer, .state = state, .from_id = ""};

    ck_assert_int_eq(support_page_of(act.db, act.arena, &query, &page), OK);
    ck_assert_int_eq(deal_end(&market, &act, OK), OK);
    return page.count;
}

START_TEST(lists_are_the_parties_own_and_the_operators_by_state)
{
    const char *id = ask(&market, offer);

    ck_assert_uint_eq(listed(&actor_isv, SUPPORT_INCOMPLETE), 1);
    ck_assert_uint_eq(listed(&actor_partner, SUPPORT_INCOMPLETE), 1);
    ck_assert_uint_eq(listed(&actor_reader, SUPPORT_INCOMPLETE), 1);
    ck_assert_uint_eq(listed(&actor_other_isv, SUPPORT_INCOMPLETE), 0);
    ck_assert_uint_eq(listed(&actor_stranger, SUPPORT_INCOMPLETE), 0);
    ck_assert_uint_eq(listed(&actor_operator, SUPPORT_INCOMPLETE), 1);
    ck_assert_uint_eq(listed(&actor_operator, SUPPORT_READY), 0);
    all_agree(&market, id);
    ck_assert_uint_eq(listed(&actor_operator, SUPPORT_INCOMPLETE), 0);
    ck_assert_uint_eq(listed(&actor_operator, SUPPORT_READY), 1);
}
END_TEST

/* ---- Processing ----------------------------------------------------------------------------- */

static int64_t
offers_of(const struct actor *actor)
{
    struct act act = deal_begin(&market, actor->party, actor->account, actor->person);
    struct viewer viewer = {actor->party, actor->account, act.today};
    int64_t counts[LIST_STATUS_COUNT];

    ck_assert_int_eq(offers_count(act.db, act.arena, &viewer, act.today, counts), OK);
    ck_assert_int_eq(deal_end(&market, &act, OK), OK);
    return counts[LIST_ACCEPTED];
}

static enum err
cancelled_for(const struct actor *actor, struct offer *seen)
{
    struct act act = deal_begin(&market, actor->party, actor->account, actor->person);

    act.viewer.today = act.today;
    return deal_end(&market, &act,
                    offer_view_cancelled(act.db, act.arena, &act.viewer, offer, seen));
}

START_TEST(it_is_gone_for_everybody_and_readable_under_its_request)
{
    static const struct actor *const parties[] = {&actor_isv, &actor_partner, &actor_owner};
    static const struct actor *const strangers[] = {&actor_other_isv, &actor_other_partner,
                                                    &actor_stranger};
    struct offer seen;

    for (size_t i = 0; i < COUNT(parties); i++) {
        ck_assert_int_eq(offers_of(parties[i]), 1);
        ck_assert_int_eq(cancelled_for(parties[i], &seen), ERR_ABSENT);
    }
    (void)cancel(&market, offer);
    for (size_t i = 0; i < COUNT(parties); i++) {
        ck_assert_int_eq(offers_of(parties[i]), 0);
        ck_assert_int_eq(deal_look(&market, parties[i]->party, parties[i]->account, offer, &seen),
                         ERR_ABSENT);
        ck_assert_int_eq(cancelled_for(parties[i], &seen), OK);
        ck_assert_int_eq(seen.state, STATE_CANCELLED);
    }
    for (size_t i = 0; i < COUNT(strangers); i++)
        ck_assert_int_eq(cancelled_for(strangers[i], &seen), ERR_ABSENT);
    /* each through its own eyes (LAW 5) */
    ck_assert_int_eq(cancelled_for(&actor_isv, &seen), OK);
    ck_assert(!seen.rows[0].has_adjustment && !seen.rows[0].prices[0].has_customer);
    ck_assert_int_eq(cancelled_for(&actor_owner, &seen), OK);
    ck_assert(!seen.rows[0].has_discount && !seen.rows[0].prices[0].has_partner);
    ck_assert_int_eq(deal_view(&market, PARTY_OPERATOR, "", offer).state, STATE_CANCELLED);
}
END_TEST

START_TEST(its_link_is_dead)
{
    struct db *db = temp_write(&market.temp);
    struct link link;

    ck_assert_int_eq(link_of_offer(db, market.temp.arena, offer, &link), OK);
    temp_keep(&market.temp, db);
    (void)cancel(&market, offer);
    db = temp_write(&market.temp);
    ck_assert_int_eq(link_by_token(db, market.temp.arena, link.token, DEAL_ORGANISATION, &link),
                     OK);
    temp_keep(&market.temp, db);
    ck_assert(link.dead);
}
END_TEST

/* Keeps "created edited ...", as the viewer reads it. */
static const char *
history_of_offer(const struct actor *actor)
{
    struct act act = deal_begin(&market, actor->party, actor->account, actor->person);
    const char *text = "";
    struct events events;

    ck_assert_int_eq(events_of(act.db, act.arena, &act.viewer, offer, &events), OK);
    for (size_t i = events.count; i > 0; i--) {
        const char *kind = event_kind_text(events.rows[i - 1].kind);

        if (text_starts(kind, "cancel"))
            text = arena_format(act.arena, "%s%s ", text, kind);
    }
    ck_assert_int_eq(deal_end(&market, &act, OK), OK);
    return text;
}

START_TEST(every_act_is_in_the_history_of_the_offer)
{
    const struct answers other =
        deal_form(&market, ANSWER_REASON, "Other", ANSWER_REFUND, "no", NULL);
    const char *id = ask(&market, offer);

    ck_assert_int_eq(try_amend(&market, &actor_isv, id, &other, NULL, NULL), OK);
    ck_assert_int_eq(try_say(&market, &actor_partner, id, false, ""), OK);
    ck_assert_int_eq(try_note(&market, &actor_operator, id, SUPPORT_ASK, "Why?", NULL), OK);
    ck_assert_int_eq(try_note(&market, &actor_isv, id, SUPPORT_ANSWER, "So", NULL), OK);
    all_agree(&market, id);
    ck_assert_int_eq(try_process(&market, &actor_operator, id, NULL, NULL), OK);
    ck_assert_str_eq(history_of_offer(&actor_operator),
                     "cancel_requested cancel_amended cancel_objected cancel_asked "
                     "cancel_answered cancel_agreed cancel_agreed cancelled ");
    ck_assert_str_eq(history_of_offer(&actor_isv), "cancel_requested cancel_objected "
                                                   "cancel_agreed cancel_agreed cancelled ");
    ck_assert_str_eq(history_of_offer(&actor_partner), history_of_offer(&actor_isv));
    ck_assert_str_eq(history_of_offer(&actor_owner), history_of_offer(&actor_isv));
}
END_TEST

START_TEST(an_offer_that_ended_meanwhile_is_not_cancelled)
{
    const char *id = ask(&market, offer);

    all_agree(&market, id);
    deal_market_today(&market, 2024, 1, 1);
    ck_assert_int_eq(try_process(&market, &actor_operator, id, NULL, NULL), ERR_CLOSED);
    ck_assert_int_eq(state_of(id), SUPPORT_READY);
    ck_assert_int_eq(try_note(&market, &actor_operator, id, SUPPORT_REFUSE, "It has ended", NULL),
                     OK);
}
END_TEST

START_TEST(a_decided_request_is_nobodys_to_move)
{
    const char *id = cancel(&market, offer);
    const char *before = store_dump(&market.temp, (const char *const[]){NULL});

    ck_assert_int_eq(try_say(&market, &actor_partner, id, false, ""), ERR_CLOSED);
    ck_assert_int_eq(try_note(&market, &actor_operator, id, SUPPORT_REFUSE, "No", NULL),
                     ERR_CLOSED);
    ck_assert_int_eq(try_note(&market, &actor_isv, id, SUPPORT_WITHDRAW, "", NULL), ERR_CLOSED);
    ck_assert_int_eq(try_process(&market, &actor_operator, id, NULL, NULL), ERR_CLOSED);
    ck_assert_str_eq(before, store_dump(&market.temp, (const char *const[]){NULL}));
}
END_TEST

/* The plan is free again (LAW 8.6). */
START_TEST(another_offer_may_follow)
{
    const struct sold sold = {.product = "suite",
                              .plan = "pro",
                              .discount = "10",
                              .adjustment = "0",
                              .end_month = "2023-12"};

    (void)cancel(&market, offer);
    ck_assert_ptr_nonnull(buying_offer(&market, &sold));
}
END_TEST

Suite *
support_suite(void)
{
    Suite *suite = suite_create("support");
    TCase *tests = tcase_create("support");

    tcase_set_timeout(tests, 60);
    tcase_add_checked_fixture(tests, setup, teardown);
    tcase_add_test(tests, both_sellers_may_ask_and_nobody_else);
    tcase_add_test(tests, a_decided_request_makes_room_for_another);
    tcase_add_test(tests, only_an_accepted_offer);
    tcase_add_test(tests, what_is_left_out_is_waited_for);
    tcase_add_test(tests, a_text_has_its_limit);
    tcase_add_test(tests, evidence_stands_for_a_word);
    tcase_add_test(tests, five_files_and_not_six);
    tcase_add_test(tests, only_requester_and_operator_get_evidence);
    tcase_add_test(tests, bytes_of_evidence_outlive_a_document_of_the_same);
    tcase_add_test(tests, each_move_is_its_partys);
    tcase_add_test(tests, words_are_needed_where_they_are_all);
    tcase_add_test(tests, a_form_of_before_changes_nothing);
    tcase_add_test(tests, each_party_reads_its_own_side);
    tcase_add_test(tests, strangers_find_no_request);
    tcase_add_test(tests, lists_are_the_parties_own_and_the_operators_by_state);
    tcase_add_test(tests, it_is_gone_for_everybody_and_readable_under_its_request);
    tcase_add_test(tests, its_link_is_dead);
    tcase_add_test(tests, every_act_is_in_the_history_of_the_offer);
    tcase_add_test(tests, an_offer_that_ended_meanwhile_is_not_cancelled);
    tcase_add_test(tests, a_decided_request_is_nobodys_to_move);
    tcase_add_test(tests, another_offer_may_follow);
    suite_add_tcase(suite, tests);
    return suite;
}

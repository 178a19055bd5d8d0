/*
 * copies_test.c: clones and upgrades as actions (LAW 6.4): what is stored of them, who may, and the
 * whole way of an upgrade beside the offer it follows.
 */
#include <check.h>

#include "actions/isv.h"
#include "actions/isv_copy.h"
#include "base/digest.h"
#include "base/text.h"
#include "core/documents.h"
#include "store/documents.h"
#include "store/events.h"
#include "support/deal_market.h"
#include "support/pdf.h"
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

static struct offer
isvs(const char *id)
{
    return deal_view(&market, PARTY_ISV, DEAL_ISV, id);
}

/* Copies the offer under that name, as the account's person of that role. */
static enum err
copy_as(const char *account, enum publisher_role role, const char *id, enum offer_copy copy,
        const char *rev, const char *name, struct problems *problems, const char **made)
{
    struct act act = deal_begin(&market, PARTY_ISV, account, "isv");

    act.role = role;
    return deal_end(&market, &act,
                    action_offer_copy(&act, id, rev, copy, "name", name, problems, made));
}

static const char *
copied(const char *id, enum offer_copy copy, const char *name)
{
    struct problems *problems = problems_new(market.temp.arena);
    const char *made = NULL;

    ck_assert_int_eq(copy_as(DEAL_ISV, ROLE_DEVELOPER, id, copy,
                             deal_rev(&market, PARTY_ISV, DEAL_ISV, id), name, problems, &made),
                     OK);
    return arena_text(market.temp.arena, made);
}

/* Each side's terms, before the offer is copied. */
static void
document_put(const char *offer, enum party side, const char *id)
{
    struct arena *arena = market.temp.arena;
    struct pdf pdf = pdf_plain(arena, id);
    struct document document = {.id = id,
                                .side = side,
                                .name = id,
                                .size = (int64_t)pdf.size,
                                .sha256 = digest_of_file(arena, pdf.bytes, pdf.size),
                                .added_at = 1};
    struct db *db = temp_write(&market.temp);

    ck_assert_int_eq(document_insert(db, offer, &document, pdf.bytes), OK);
    temp_keep(&market.temp, db);
}

/* Every state of which the ISV sees an offer, Accepted too. */
static const enum offer_state states[] = {
    STATE_DRAFT,    STATE_TO_PARTNER, STATE_PENDING_PARTNER, STATE_TO_CUSTOMER,
    STATE_ACCEPTED, STATE_EXPIRED,    STATE_ENDED,           STATE_PENDING_ACCEPTANCE,
};

START_TEST(a_clone_is_a_draft_of_its_own)
{
    const char *id = play_until(&market, states[_i]);
    struct offer from;
    struct offer clone;
    const char *made;

    document_put(id, PARTY_ISV, "isv-terms");
    document_put(id, PARTY_PARTNER, "partner-terms");
    from = isvs(id);
    made = copied(id, COPY_CLONE, "  Northwind FY25  ");
    clone = isvs(made);
    ck_assert_str_ne(clone.id, id);
    ck_assert_int_eq(clone.state, STATE_DRAFT);
    ck_assert_str_eq(clone.name, "Northwind FY25");
    ck_assert_str_eq(clone.cloned_from, id);
    ck_assert_str_eq(clone.upgraded_from, "");
    ck_assert_int_eq(clone.type, from.type);
    for (int i = FIELD_BILLING_ACCOUNT; i < FIELD_PREPARED_BY; i++)
        ck_assert_str_eq(field_value(&clone, (enum field)i, market.temp.arena),
                         field_value(&from, (enum field)i, market.temp.arena));
    ck_assert_uint_eq(clone.row_count, from.row_count);
    ck_assert_uint_gt(clone.row_count, 0);
    for (size_t i = 0; i < clone.row_count; i++) {
        ck_assert_str_eq(row_words(market.temp.arena, &clone.rows[i]),
                         row_words(market.temp.arena, &from.rows[i]));
        ck_assert_int_eq(clone.rows[i].discount.e8, from.rows[i].discount.e8);
        ck_assert_int_eq(clone.rows[i].prices[0].partner.money.cents,
                         from.rows[i].prices[0].partner.money.cents);
    }
    /* the offer itself is as it was */
    ck_assert_int_eq(isvs(id).version, from.version);
    ck_assert_int_eq(isvs(id).state, from.state);
}
END_TEST

/* What the partner made of it stays with it, also from the eyes that see everything. */
START_TEST(nothing_of_the_partners_is_in_a_clone)
{
    const char *id = play_until(&market, STATE_ACCEPTED);
    struct viewer operator= {PARTY_OPERATOR, "", TEST_DAY};
    struct document_body body;
    struct offer clone;
    const char *made;

    document_put(id, PARTY_ISV, "isv-terms");
    document_put(id, PARTY_PARTNER, "partner-terms");
    made = copied(id, COPY_CLONE, "Clone");
    ck_assert_int_eq(offer_load(market.temp.reader, market.temp.arena, &operator, made, &clone),
                     OK);
    ck_assert_str_eq(clone.prepared_by, "");
    ck_assert_str_eq(clone.partner_contacts, "");
    ck_assert_str_eq(clone.partner_note, "");
    ck_assert_str_eq(clone.partner_data_of, "");
    ck_assert(!clone.taxable);
    for (size_t i = 0; i < clone.row_count; i++)
        ck_assert(!clone.rows[i].has_adjustment);
    ck_assert_uint_eq(documents_of(&clone, PARTY_PARTNER), 0);
    ck_assert_uint_eq(documents_of(&clone, PARTY_ISV), 1);
    /* its own document with the same bytes: the other may go */
    ck_assert_str_ne(clone.documents[0].id, "isv-terms");
    ck_assert_int_eq(document_fetch(market.temp.reader, market.temp.arena, &operator,
                                    clone.documents[0].id, &body),
                     OK);
    ck_assert_uint_gt(body.size, 0);
    ck_assert_int_eq(deal_look(&market, PARTY_PARTNER, DEAL_PARTNER, made, &clone), ERR_ABSENT);
    ck_assert_int_eq(deal_look(&market, PARTY_CUSTOMER, DEAL_ORGANISATION, made, &clone),
                     ERR_ABSENT);
}
END_TEST

/* Its history begins with itself, and says which name became which. */
START_TEST(a_clone_begins_its_own_history)
{
    const char *id = play_until(&market, STATE_PENDING_ACCEPTANCE);
    struct viewer viewer = {PARTY_ISV, DEAL_ISV, TEST_DAY};
    const char *name = isvs(id).name;
    const char *made = copied(id, COPY_CLONE, "Clone");
    struct event_fields fields_changed;
    struct events events;

    ck_assert_int_eq(events_of(market.temp.reader, market.temp.arena, &viewer, made, &events), OK);
    ck_assert_uint_eq(events.count, 1);
    ck_assert_int_eq(events.rows[0].kind, EVENT_CLONED);
    ck_assert_int_eq(event_fields_since(market.temp.reader, market.temp.arena, &viewer, made, 0,
                                        &fields_changed),
                     OK);
    ck_assert_uint_eq(fields_changed.count, 1);
    ck_assert_int_eq(fields_changed.rows[0].field, FIELD_NAME);
    ck_assert_str_eq(fields_changed.rows[0].before, name);
    ck_assert_str_eq(fields_changed.rows[0].after, "Clone");
}
END_TEST

START_TEST(who_and_what_cannot_copy)
{
    const char *id = play_until(&market, STATE_PENDING_ACCEPTANCE);
    const char *rev = deal_rev(&market, PARTY_ISV, DEAL_ISV, id);
    struct problems *problems = problems_new(market.temp.arena);
    const char *before = store_dump(&market.temp, NULL);
    const char *made = NULL;
    const struct {
        const char *account;
        enum publisher_role role;
        enum offer_copy copy;
        const char *rev;
        const char *name;
        enum err outcome;
    } refused[] = {
        {DEAL_ISV, ROLE_MARKETER, COPY_CLONE, rev, "Clone", ERR_DENIED},
        {DEAL_OTHER_ISV, ROLE_ACCOUNT_OWNER, COPY_CLONE, rev, "Clone", ERR_ABSENT},
        {DEAL_PARTNER, ROLE_MANAGER, COPY_CLONE, rev, "Clone", ERR_ABSENT},
        {DEAL_ISV, ROLE_DEVELOPER, COPY_UPGRADE, rev, "Upgrade", ERR_CLOSED},
        {DEAL_ISV, ROLE_DEVELOPER, COPY_CLONE, "0", "Clone", ERR_STALE},
        {DEAL_ISV, ROLE_DEVELOPER, COPY_CLONE, rev, "", ERR_INVALID},
        {DEAL_ISV, ROLE_DEVELOPER, COPY_CLONE, rev, "50% off!", ERR_INVALID},
    };

    for (size_t i = 0; i < COUNT(refused); i++) {
        ck_assert_msg(copy_as(refused[i].account, refused[i].role, id, refused[i].copy,
                              refused[i].rev, refused[i].name, problems,
                              &made) == refused[i].outcome,
                      "%zu", i);
        ck_assert_str_eq(store_dump(&market.temp, NULL), before);
    }
    ck_assert_uint_eq(problems->count, 2);
    play_assert_only_at(problems, "name");
}
END_TEST

START_TEST(a_deleted_draft_is_cloned_no_more)
{
    const char *id = play_until(&market, STATE_DRAFT);
    const char *rev = deal_rev(&market, PARTY_ISV, DEAL_ISV, id);
    const char *made = copied(id, COPY_CLONE, "Before");

    ck_assert_int_eq(play_deed(&market, &actor_isv, DEED_DELETE, id), OK);
    ck_assert_int_eq(copy_as(DEAL_ISV, ROLE_DEVELOPER, id, COPY_CLONE, rev, "After",
                             problems_new(market.temp.arena), &made),
                     ERR_ABSENT);
}
END_TEST

/* ---- Upgrades ------------------------------------------------------------------------------- */

/* The submit's problems, by their fields. */
static const char *
submit_problems(const char *id)
{
    struct act act = deal_begin(&market, PARTY_ISV, DEAL_ISV, "isv");
    struct problems *problems = problems_new(market.temp.arena);
    const char *line = "";

    ck_assert_int_eq(deal_end(&market, &act,
                              action_offer_submit(
                                  &act, id, deal_rev(&market, PARTY_ISV, DEAL_ISV, id), problems)),
                     problems->count == 0 ? OK : ERR_INVALID);
    for (size_t i = 0; i < problems->count; i++)
        line = arena_format(market.temp.arena, "%s%s ", line, problems->list[i].at);
    return line;
}

/* The deal's offer ends on 31 December 2023 (LAW 20). Upgraded, it overlaps until its dates are
 * later, then it goes the way of any offer. */
START_TEST(an_upgrade_goes_the_usual_way_after_the_accepted_offer)
{
    const char *id = play_until(&market, STATE_ACCEPTED);
    const char *made = copied(id, COPY_UPGRADE, "Northwind FY25");
    struct offer upgrade = isvs(made);

    ck_assert_str_eq(upgrade.upgraded_from, id);
    ck_assert_str_eq(upgrade.cloned_from, "");
    ck_assert_int_eq(upgrade.state, STATE_DRAFT);
    ck_assert_str_eq(submit_problems(made), "start_mode ");
    ck_assert_uint_eq(play_form(&market, &actor_isv, DEED_SAVE, made,
                                FORM("start_mode", "month", "start_month", "2023-12", "end_month",
                                     "2024-12", "accept_by", "2023-12-15"),
                                OK)
                          ->count,
                      0);
    ck_assert_str_eq(submit_problems(made), "start_month ");
    ck_assert_uint_eq(play_form(&market, &actor_isv, DEED_SAVE, made,
                                FORM("start_month", "2024-01", "discount-1", "25"), OK)
                          ->count,
                      0);
    ck_assert_str_eq(submit_problems(made), "");
    deal_publish(&market);
    upgrade = isvs(made);
    ck_assert_int_eq(upgrade.state, STATE_PENDING_PARTNER);
    ck_assert_str_eq(upgrade.upgraded_from, id); /* it stays one */
    ck_assert_int_eq(isvs(id).state, STATE_ACCEPTED);
    /* the partner sees an offer, not from what it was made (LAW 5) */
    upgrade = deal_view(&market, PARTY_PARTNER, DEAL_PARTNER, made);
    ck_assert_str_eq(upgrade.upgraded_from, "");
}
END_TEST

START_TEST(an_upgrade_keeps_what_it_is_for)
{
    const char *id = play_until(&market, STATE_ACCEPTED);
    const char *made = copied(id, COPY_UPGRADE, "Northwind FY25");
    const char *before = store_dump(&market.temp, NULL);
    struct problems *problems;

    problems = play_form(&market, &actor_isv, DEED_SAVE, made, FORM("billing_account", "12345678"),
                         ERR_INVALID);
    play_assert_only_at(problems, "billing_account");
    problems = play_form(&market, &actor_isv, DEED_SAVE, made,
                         FORM("seller_id", DEAL_OTHER_PARTNER), ERR_INVALID);
    play_assert_only_at(problems, "seller_id");
    ck_assert_int_eq(play_deed(&market, &actor_isv, DEED_ADD_ROW, made), ERR_INVALID);
    ck_assert_str_eq(store_dump(&market.temp, NULL), before);
    /* a clone of the same offer takes them all */
    made = copied(id, COPY_CLONE, "Another");
    ck_assert_int_eq(play_deed(&market, &actor_isv, DEED_ADD_ROW, made), OK);
    problems =
        play_form(&market, &actor_isv, DEED_SAVE, made, FORM("seller_id", DEAL_OTHER_PARTNER), OK);
    ck_assert_uint_eq(problems->count, 0);
}
END_TEST

/* A clone of an upgrade is free again. */
START_TEST(a_clone_of_an_upgrade_is_none)
{
    const char *id = play_until(&market, STATE_ACCEPTED);
    const char *upgrade = copied(id, COPY_UPGRADE, "Upgrade");
    struct offer clone = isvs(copied(upgrade, COPY_CLONE, "Clone"));

    ck_assert_str_eq(clone.upgraded_from, "");
    ck_assert_str_eq(clone.cloned_from, upgrade);
}
END_TEST

Suite *
copies_suite(void)
{
    Suite *suite = suite_create("copies");
    TCase *cases = tcase_create("copies");

    tcase_add_checked_fixture(cases, setup, teardown);
    tcase_add_loop_test(cases, a_clone_is_a_draft_of_its_own, 0, COUNT(states));
    tcase_add_test(cases, nothing_of_the_partners_is_in_a_clone);
    tcase_add_test(cases, a_clone_begins_its_own_history);
    tcase_add_test(cases, who_and_what_cannot_copy);
    tcase_add_test(cases, a_deleted_draft_is_cloned_no_more);
    tcase_add_test(cases, an_upgrade_goes_the_usual_way_after_the_accepted_offer);
    tcase_add_test(cases, an_upgrade_keeps_what_it_is_for);
    tcase_add_test(cases, a_clone_of_an_upgrade_is_none);
    suite_add_tcase(suite, cases);
    return suite;
}

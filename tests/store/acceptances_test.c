/*
 * acceptances_test.c: who may accept, what is written when somebody does, and whom a link serves
 * (LAW 2.3, 10.2, D-13, D-27).
 */
#include <check.h>
#include <sqlite3.h>
#include <string.h>

#include "actions/customer.h"
#include "base/text.h"
#include "core/terms.h"
#include "store/accounts.h"
#include "store/documents.h"
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

static void
person_joins(const char *id, const char *organisation)
{
    struct person person = {.id = id,
                            .email = arena_format(market.temp.arena, "%s@test.example", id),
                            .name = id,
                            .password = "hash",
                            .publisher = "",
                            .organisation = organisation};
    struct db *db = temp_write(&market.temp);

    ck_assert_int_eq(person_insert(db, market.temp.arena, &person), OK);
    temp_keep(&market.temp, db);
}

static void
role_given(const char *person, enum billing_role role)
{
    struct db *db = temp_write(&market.temp);

    ck_assert_int_eq(billing_member_set(db, DEAL_ACCOUNT, person, role), OK);
    temp_keep(&market.temp, db);
}

static void
account_becomes(enum agreement agreement, const char *country, bool active)
{
    struct billing_account account;
    struct db *db;

    ck_assert_int_eq(
        billing_account_find(market.temp.reader, market.temp.arena, DEAL_ACCOUNT, &account), OK);
    account.agreement = agreement;
    account.country = country;
    account.active = active;
    db = temp_write(&market.temp);
    ck_assert_int_eq(billing_account_update_facts(db, &account), OK);
    temp_keep(&market.temp, db);
}

/* The page's notice: who is named, and whether the asking person may accept. */
static struct acceptors
asked_by(const char *person, const char *id)
{
    struct offer offer = deal_view(&market, PARTY_CUSTOMER, DEAL_ORGANISATION, id);
    struct act act = deal_begin(&market, PARTY_CUSTOMER, DEAL_ORGANISATION, person);
    struct acceptors acceptors;

    ck_assert_int_eq(acceptors_of(&act, &offer, &acceptors), OK);
    deal_end(&market, &act, OK);
    return acceptors;
}

static enum err
accepted_by(const char *person, const char *id)
{
    struct actor actor = actor_owner;

    actor.person = person;
    return play_deed(&market, &actor, DEED_ACCEPT, id);
}

/* LAW 2.3: the table of who accepts, by agreement. */
static const struct {
    enum agreement agreement;
    enum billing_role role;
    bool accepts;
} roles[] = {
    {AGREEMENT_MCA, BILLING_OWNER, true},
    {AGREEMENT_MCA, BILLING_CONTRIBUTOR, true},
    {AGREEMENT_MCA, BILLING_SIGNATORY, true},
    {AGREEMENT_MCA, BILLING_READER, false},
    {AGREEMENT_MCA, BILLING_ENTERPRISE_ADMINISTRATOR, false},
    {AGREEMENT_MCA, BILLING_ACCOUNT_ADMINISTRATOR, false},
    {AGREEMENT_EA, BILLING_ENTERPRISE_ADMINISTRATOR, true},
    {AGREEMENT_EA, BILLING_OWNER, false},
    {AGREEMENT_EA, BILLING_ACCOUNT_ADMINISTRATOR, false},
    {AGREEMENT_INDIRECT_EA, BILLING_ENTERPRISE_ADMINISTRATOR, true},
    {AGREEMENT_WEB_DIRECT, BILLING_ACCOUNT_ADMINISTRATOR, true},
    {AGREEMENT_WEB_DIRECT, BILLING_OWNER, false},
};

START_TEST(the_role_on_the_billing_account_decides)
{
    const char *id = deal_make(&market, DEAL_EXTENDED);
    const char *before;

    role_given("reader", roles[_i].role);
    account_becomes(roles[_i].agreement, "US", true);
    before = store_dump(&market.temp, NULL);
    ck_assert(asked_by("reader", id).may == roles[_i].accepts);
    ck_assert_int_eq(accepted_by("reader", id), roles[_i].accepts ? OK : ERR_DENIED);
    if (!roles[_i].accepts)
        ck_assert_str_eq(store_dump(&market.temp, NULL), before);
}
END_TEST

START_TEST(a_colleague_without_any_role_may_look_only)
{
    const char *id = deal_make(&market, DEAL_EXTENDED);

    person_joins("colleague", DEAL_ORGANISATION);
    ck_assert(!asked_by("colleague", id).may);
    ck_assert_int_eq(accepted_by("colleague", id), ERR_DENIED);
}
END_TEST

/* D-27: owners, contributors, signatories, then by name; three at most. */
START_TEST(up_to_three_who_may_are_named_in_order)
{
    const char *id = deal_make(&market, DEAL_EXTENDED);
    struct acceptors acceptors;

    person_joins("anna", DEAL_ORGANISATION);
    person_joins("berta", DEAL_ORGANISATION);
    role_given("anna", BILLING_SIGNATORY);
    acceptors = asked_by("reader", id);
    ck_assert_uint_eq(acceptors.named_count, 3);
    ck_assert_str_eq(acceptors.named[0].person, "owner");
    ck_assert_str_eq(acceptors.named[1].person, "contributor");
    ck_assert_str_eq(acceptors.named[2].person, "anna");
    role_given("berta", BILLING_OWNER);
    acceptors = asked_by("anna", id);
    ck_assert(acceptors.may);
    ck_assert_uint_eq(acceptors.named_count, 3);
    ck_assert_str_eq(acceptors.named[0].person, "owner"); /* "Person owner" before "berta" */
    ck_assert_str_eq(acceptors.named[1].person, "berta");
    ck_assert_str_eq(acceptors.named[2].person, "contributor");
}
END_TEST

/* However many people have a role: whoever holds one may use it. */
START_TEST(the_last_of_many_owners_may_accept)
{
    const char *id = deal_make(&market, DEAL_EXTENDED);
    struct db *db = temp_write(&market.temp);

    for (int i = 0; i <= LIMIT_PEOPLE; i++) {
        const char *name = arena_format(market.temp.arena, "a%03d", i);
        struct person person = {.id = name,
                                .email = arena_format(market.temp.arena, "%s@test.example", name),
                                .name = name,
                                .password = "hash",
                                .publisher = "",
                                .organisation = DEAL_ORGANISATION};

        ck_assert_int_eq(person_insert(db, market.temp.arena, &person), OK);
        ck_assert_int_eq(billing_member_set(db, DEAL_ACCOUNT, name, BILLING_OWNER), OK);
    }
    temp_keep(&market.temp, db);
    ck_assert(asked_by("a200", id).may);
    ck_assert_int_eq(accepted_by("a200", id), OK);
}
END_TEST

/* LAW 10.2: still US, still active. */
START_TEST(an_account_that_is_no_longer_eligible_accepts_nothing)
{
    const char *id = deal_make(&market, DEAL_EXTENDED);
    const char *before;

    account_becomes(AGREEMENT_MCA, "CA", true);
    before = store_dump(&market.temp, NULL);
    play_assert_only_at(play_form(&market, &actor_owner, DEED_ACCEPT, id, NULL, ERR_INVALID),
                        "account");
    ck_assert_str_eq(store_dump(&market.temp, NULL), before);
    account_becomes(AGREEMENT_MCA, "US", false);
    play_assert_only_at(play_form(&market, &actor_owner, DEED_ACCEPT, id, NULL, ERR_INVALID),
                        "account");
    account_becomes(AGREEMENT_MCA, "US", true);
    ck_assert_int_eq(accepted_by("owner", id), OK);
}
END_TEST

START_TEST(an_acceptance_says_who_when_as_what_and_to_which_terms)
{
    const char *id = deal_make(&market, DEAL_EXTENDED);
    struct offer offer = deal_view(&market, PARTY_CUSTOMER, DEAL_ORGANISATION, id);
    struct acceptance acceptance;

    ck_assert_int_eq(acceptance_of(market.temp.reader, market.temp.arena, id, &acceptance),
                     ERR_ABSENT);
    deal_market_today(&market, 2023, 10, 20);
    ck_assert_int_eq(accepted_by("contributor", id), OK);
    ck_assert_int_eq(acceptance_of(market.temp.reader, market.temp.arena, id, &acceptance), OK);
    ck_assert_str_eq(acceptance.person, "contributor");
    ck_assert_int_eq(acceptance.role, BILLING_CONTRIBUTOR);
    ck_assert_int_eq(acceptance.at, market.fake.now);
    ck_assert_str_eq(acceptance.digest, terms_digest(market.temp.arena, &offer));
    ck_assert_uint_eq(strlen(acceptance.reference), strlen("TPA-XXXXX-XXXXX"));
    ck_assert(text_starts(acceptance.reference, "TPA-"));
    offer = deal_view(&market, PARTY_CUSTOMER, DEAL_ORGANISATION, id);
    ck_assert_int_eq(offer.accepted_on.number, day_make(2023, 10, 20).number);
    ck_assert_int_eq(offer_starts_on(&offer).number, day_make(2023, 10, 20).number);
}
END_TEST

/* LAW 20: the prices agreed, of all three columns, to the cent. */
START_TEST(the_prices_agreed_are_written_down)
{
    static const struct {
        int number;
        const char *point;
        int64_t list, partner, customer;
    } lines[] = {
        {1, "meter-emails", 100, 80, 90}, /* 0.80 x 1.125 */
        {1, "term-12", 120000, 96000, 108000},
        {2, "month", 25000, 20000, 26000},
    };
    const char *id = deal_make(&market, DEAL_ACCEPTED);
    sqlite3 *handle = NULL;
    sqlite3_stmt *rows = NULL;

    ck_assert_int_eq(sqlite3_open_v2(market.temp.path, &handle, SQLITE_OPEN_READONLY, NULL),
                     SQLITE_OK);
    ck_assert_int_eq(sqlite3_prepare_v2(handle,
                                        "SELECT number, point, list, partner, customer, offer"
                                        " FROM accepted_price ORDER BY number, point",
                                        -1, &rows, NULL),
                     SQLITE_OK);
    for (size_t i = 0; i < COUNT(lines); i++) {
        ck_assert_int_eq(sqlite3_step(rows), SQLITE_ROW);
        ck_assert_int_eq(sqlite3_column_int(rows, 0), lines[i].number);
        ck_assert_str_eq((const char *)sqlite3_column_text(rows, 1), lines[i].point);
        ck_assert_int_eq(sqlite3_column_int64(rows, 2), lines[i].list);
        ck_assert_int_eq(sqlite3_column_int64(rows, 3), lines[i].partner);
        ck_assert_int_eq(sqlite3_column_int64(rows, 4), lines[i].customer);
        ck_assert_str_eq((const char *)sqlite3_column_text(rows, 5), id);
    }
    ck_assert_int_eq(sqlite3_step(rows), SQLITE_DONE);
    sqlite3_finalize(rows);
    sqlite3_close(handle);
}
END_TEST

/* With side, name, size and digest: one that comes later is not among them. */
START_TEST(the_documents_agreed_to_are_written_down)
{
    const char *id = deal_make(&market, DEAL_EXTENDED);
    struct document terms = {
        "d0000000-0000-4000-8000-000000000001", PARTY_ISV, "Terms", 3, "aa", 1697446800};
    struct document more = {
        "d0000000-0000-4000-8000-000000000002", PARTY_PARTNER, "More", 4, "bb", 1697446800};
    const char *ticks[] = {agree_name(market.temp.arena, &terms),
                           agree_name(market.temp.arena, &more)};
    struct answers agreed = deal_form(&market, ticks[0], "1", ticks[1], "1", NULL);
    struct problems *problems = problems_new(market.temp.arena);
    struct db *db = temp_write(&market.temp);
    struct acceptance acceptance;
    struct offer offer;
    struct act act;

    ck_assert_int_eq(document_insert(db, id, &more, "more"), OK);
    ck_assert_int_eq(document_insert(db, id, &terms, "abc"), OK);
    temp_keep(&market.temp, db);
    offer = CUSTOMER_SEES(id);
    act = deal_begin(&market, PARTY_CUSTOMER, DEAL_ORGANISATION, "owner");
    ck_assert_int_eq(deal_end(&market, &act,
                              action_offer_accept(&act, id, terms_digest(act.arena, &offer),
                                                  &agreed, problems, &acceptance)),
                     OK);
    db = temp_write(&market.temp);
    more.id = "d0000000-0000-4000-8000-000000000003";
    ck_assert_int_eq(document_insert(db, id, &more, "more"), OK);
    temp_keep(&market.temp, db);

    offer = CUSTOMER_SEES(id);
    ck_assert_uint_eq(offer.document_count, 3);
    ck_assert_int_eq(acceptance_recall(market.temp.reader, market.temp.arena, &acceptance, &offer),
                     OK);
    ck_assert_uint_eq(offer.document_count, 2);
    ck_assert_str_eq(offer.documents[0].id, terms.id);
    ck_assert_str_eq(offer.documents[0].name, "Terms");
    ck_assert_int_eq(offer.documents[0].side, PARTY_ISV);
    ck_assert_int_eq(offer.documents[0].size, 3);
    ck_assert_str_eq(offer.documents[0].sha256, "aa");
    ck_assert_str_eq(offer.documents[1].name, "More");
    ck_assert_int_eq(offer.documents[1].side, PARTY_PARTNER);
    ck_assert_int_eq(offer.documents[1].size, 4);
    ck_assert_str_eq(offer.documents[1].sha256, "bb");
}
END_TEST

/* A link serves people of the organisation it was made for; a token tells others nothing. */
START_TEST(a_link_is_for_one_organisation)
{
    const char *id = deal_make(&market, DEAL_EXTENDED);
    struct link link;
    struct link found;

    ck_assert_int_eq(link_of_offer(market.temp.reader, market.temp.arena, id, &link), OK);
    ck_assert_int_eq(
        link_by_token(market.temp.reader, market.temp.arena, link.token, "elsewhere", &found),
        ERR_ABSENT);
    ck_assert_int_eq(link_by_token(market.temp.reader, market.temp.arena, link.token, "", &found),
                     ERR_ABSENT);
    ck_assert_int_eq(
        link_by_token(market.temp.reader, market.temp.arena, "", DEAL_ORGANISATION, &found),
        ERR_ABSENT);
    ck_assert_int_eq(
        link_by_token(market.temp.reader, market.temp.arena, link.token, DEAL_ORGANISATION, &found),
        OK);
    ck_assert_str_eq(found.offer, id);
}
END_TEST

START_TEST(whom_to_ask_is_known_after_a_withdrawal)
{
    const char *id = deal_make(&market, DEAL_EXTENDED);
    struct link link;

    ck_assert_int_eq(play_deed(&market, &actor_partner, DEED_TAKE_BACK, id), OK);
    ck_assert_int_eq(
        link_last_of(market.temp.reader, market.temp.arena, id, DEAL_ORGANISATION, &link), OK);
    ck_assert(link.dead);
    ck_assert_str_eq(link.prepared_by, "p@fabrikam.example");
    ck_assert_int_eq(link_last_of(market.temp.reader, market.temp.arena, id, "elsewhere", &link),
                     ERR_ABSENT);
    (void)play_form(&market, &actor_partner, DEED_PRICE, id, NULL, OK); /* another prepared by */
    ck_assert_int_eq(play_deed(&market, &actor_partner, DEED_EXTEND, id), OK); /* at once */
    deal_publish(&market);
    ck_assert_int_eq(
        link_last_of(market.temp.reader, market.temp.arena, id, DEAL_ORGANISATION, &link), OK);
    ck_assert(!link.dead);
    ck_assert_str_eq(link.prepared_by, "q@fabrikam.example");
}
END_TEST

Suite *
acceptances_suite(void)
{
    Suite *suite = suite_create("acceptances");
    TCase *cases = tcase_create("acceptances");

    tcase_add_checked_fixture(cases, setup, teardown);
    tcase_add_loop_test(cases, the_role_on_the_billing_account_decides, 0, COUNT(roles));
    tcase_add_test(cases, a_colleague_without_any_role_may_look_only);
    tcase_add_test(cases, up_to_three_who_may_are_named_in_order);
    tcase_add_test(cases, the_last_of_many_owners_may_accept);
    tcase_add_test(cases, an_account_that_is_no_longer_eligible_accepts_nothing);
    tcase_add_test(cases, an_acceptance_says_who_when_as_what_and_to_which_terms);
    tcase_add_test(cases, the_prices_agreed_are_written_down);
    tcase_add_test(cases, the_documents_agreed_to_are_written_down);
    tcase_add_test(cases, a_link_is_for_one_organisation);
    tcase_add_test(cases, whom_to_ask_is_known_after_a_withdrawal);
    suite_add_tcase(suite, cases);
    return suite;
}

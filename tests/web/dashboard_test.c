/*
 * dashboard_test.c: what is done from a dashboard: filters that its address keeps, the file of
 * exactly the filtered list, and several offers at once; what home says needs somebody.
 */
#include <check.h>
#include <inttypes.h>
#include <string.h>

#include <sqlite3.h>

#include "base/text.h"
#include "support/many_offers.h"
#include "support/page.h"
#include "support/web_posts.h"

Suite *dashboard_suite(void);

static struct web_market market;

static void
setup(void)
{
    web_market_open(&market, NULL);
}

static void
teardown(void)
{
    web_market_close(&market);
}

/* Offers 1, 2, ... put straight into the store, as they were changed by change. */
static void
make(unsigned count, void (*change)(struct offer_made *made))
{
    struct db *db = temp_write(&market.deal.temp);

    for (unsigned i = 1; i <= count; i++) {
        struct offer_made made = offer_made_extended(i);

        made.name = arena_format(market.arena, "Deal %02u", i);
        made.customer_label = "Northwind, head office";
        change(&made);
        offer_make(db, market.arena, &made);
    }
    temp_keep(&market.deal.temp, db);
}

/* Odd ones drafts, even ones Pending partner action. */
static void
turn_about(struct offer_made *made)
{
    made->state = made->number % 2 == 1 ? STATE_DRAFT : STATE_PENDING_PARTNER;
}

static void
leave_alone(struct offer_made *made)
{
    (void)made;
}

static const char *
id_of(unsigned number)
{
    return offer_made_id(market.arena, number);
}

static bool
has(const struct web_answer *answer, const char *text)
{
    return strstr(answer->body, text) != NULL;
}

static bool
reads(const struct web_answer *answer, const char *text)
{
    return strstr(page_text(market.arena, answer->body), text) != NULL;
}

/* ---- Filters ------------------------------------------------------------------------------- */

START_TEST(filters_are_kept_by_everything_but_clear)
{
    struct web_answer page;
    const char *chip;

    make(30, leave_alone);
    page = web_get(&market, WEB_ISV,
                   "/isv/offers?q=deal&customer=north&partner=fabri&due=30&sort=-end");
    ck_assert_int_eq(page.status, 200);
    ck_assert(reads(&page, "1–25"));
    ck_assert(!reads(&page, "1–25 of"));
    ck_assert_str_eq(page_field(market.arena, page.body, "q"), "deal");
    ck_assert_str_eq(page_field(market.arena, page.body, "customer"), "north");
    ck_assert_str_eq(page_field(market.arena, page.body, "partner"), "fabri");
    ck_assert_str_eq(page_field(market.arena, page.body, "due"), "30");
    ck_assert_str_eq(page_field(market.arena, page.body, "sort"), "-end");
    chip = strstr(page.body, "status=pending_acceptance");
    ck_assert_ptr_nonnull(chip);
    ck_assert(strncmp(chip,
                      "status=pending_acceptance&amp;q=deal&amp;customer=north&amp;partner=fabri"
                      "&amp;due=30&amp;sort=-end\"",
                      strlen("status=pending_acceptance&amp;q=deal&amp;customer=north&amp;partner="
                             "fabri&amp;due=30&amp;sort=-end\"")) == 0);
    ck_assert(has(&page, "<a class=\"btn quiet\" href=\"/isv/offers\">Clear</a>"));
    ck_assert(has(&page, "/isv/offers.csv?q=deal&amp;customer=north&amp;partner=fabri&amp;due=30"
                         "&amp;sort=-end\""));
    page = web_get(&market, WEB_ISV, "/isv/offers?partner=tailspin");
    ck_assert(reads(&page, "No offers match these filters"));
    page = web_get(&market, WEB_ISV, "/isv/offers?status=pending_acceptance&due=past");
    ck_assert(reads(&page, "No offers in Pending acceptance match these filters"));
    page = web_get(&market, WEB_ISV, "/isv/offers?status=draft");
    ck_assert(reads(&page, "No offer is Draft"));
    ck_assert(!has(&page, "action=\"/isv/offers/bulk")); /* a form that nothing could send */
    page = web_get(&market, WEB_PARTNER, "/partner/offers?isv=contoso&due=30");
    ck_assert(reads(&page, "1–25"));
    ck_assert_str_eq(page_field(market.arena, page.body, "isv"), "contoso");
    /* the other side's filter is none of this list's, and neither is a seller's of the customer's
     */
    page = web_get(&market, WEB_PARTNER, "/partner/offers?partner=nobody");
    ck_assert(reads(&page, "1–25 of 30"));
    page = web_get(&market, WEB_OWNER, "/customer/offers?customer=nobody&partner=nobody");
    ck_assert(reads(&page, "1–25 of 30"));
    page = web_get(&market, WEB_OWNER, "/customer/offers?sort=-name&due=past");
    ck_assert(reads(&page, "No offers match these filters"));
}
END_TEST

/* ---- The file ------------------------------------------------------------------------------ */

static size_t
lines_of(const struct web_answer *file)
{
    return page_count(file->body, "\r\n");
}

START_TEST(the_file_is_the_filtered_list)
{
    struct web_answer file;

    make(60, turn_about);
    file = web_get(&market, WEB_ISV, "/isv/offers.csv?sort=name");
    ck_assert_int_eq(file.status, 200);
    ck_assert_ptr_nonnull(strstr(file.head, "text/csv"));
    ck_assert_ptr_nonnull(strstr(file.head, "private offers.csv"));
    ck_assert_uint_eq(lines_of(&file), 61);
    ck_assert(text_starts(file.body,
                          "Private offer name,Private offer ID,Customer billing account ID,"
                          "Selling partner,Selling partner seller ID,Status,Start,End,Accept by,"
                          "Products,Last modified,Created by\r\n"
                          "Deal 01,00000001-0000-4000-8000-000000000000," DEAL_ACCOUNT
                          ",Fabrikam," DEAL_PARTNER
                          ",Draft,,2023-12-31,2023-11-15,0,2023-10-16T00:00:00Z,Person isv\r\n"
                          "Deal 02,"));
    file = web_get(&market, WEB_ISV, "/isv/offers.csv?sort=-name&status=draft&q=deal+1");
    ck_assert_uint_eq(lines_of(&file), 6); /* 19, 17, 15, 13, 11 */
    ck_assert(strstr(file.body, "Deal 19") < strstr(file.body, "Deal 11"));
    ck_assert(!has(&file, "Deal 12"));
    /* a file has no pages */
    file = web_get(&market, WEB_ISV, "/isv/offers.csv?sort=name&after=nonsense");
    ck_assert_uint_eq(lines_of(&file), 61);
    file = web_get(&market, WEB_PARTNER, "/partner/offers.csv?sort=name");
    ck_assert_uint_eq(lines_of(&file), 31); /* drafts are the ISV's own */
    ck_assert(text_starts(
        file.body, "Private offer name,Private offer ID,Customer billing account ID,ISV,ISV "
                   "seller ID,Status,Start,End,Accept by,Products,Last modified\r\nDeal 02,"));
    ck_assert(has(&file, ",Contoso," DEAL_ISV ",Pending partner action,,2023-12-31,"));
}
END_TEST

static void
name_formula(struct offer_made *made)
{
    made->name = "=1+1, \"x\"";
    made->state = STATE_ACCEPTED;
}

/* LAW 5: no export holds the label, and nobody's names people of another account. */
START_TEST(the_file_tells_no_secret_and_runs_nothing)
{
    struct web_answer isv;
    struct web_answer partner;

    make(1, name_formula);
    isv = web_get(&market, WEB_ISV, "/isv/offers.csv");
    partner = web_get(&market, WEB_PARTNER, "/partner/offers.csv");
    ck_assert(has(&isv, "\r\n\"'=1+1, \"\"x\"\"\","));
    ck_assert(has(&partner, "\r\n\"'=1+1, \"\"x\"\"\","));
    ck_assert(has(&isv, ",Accepted,2023-11-15,2023-12-31,")); /* accepted that day */
    ck_assert(!has(&isv, "head office"));
    ck_assert(!has(&partner, "head office"));
    ck_assert(!has(&partner, "Person isv"));
}
END_TEST

/* Rows put in beside each other, straight from the first. */
static void
multiply(int from, int to)
{
    sqlite3 *db = NULL;
    const char *statement =
        arena_format(market.arena,
                     "CREATE TEMP TABLE one AS SELECT * FROM offer LIMIT 1;"
                     "CREATE TEMP TABLE n AS WITH RECURSIVE up (i) AS (SELECT %d UNION ALL SELECT"
                     " i + 1 FROM up WHERE i < %d) SELECT i FROM up;"
                     "CREATE TEMP TABLE many AS SELECT one.*, n.i FROM one, n;"
                     "UPDATE many SET id = printf('%%08x-0000-4000-8000-000000000000', i);"
                     "ALTER TABLE many DROP COLUMN i;"
                     "INSERT INTO offer SELECT * FROM many;",
                     from, to);

    ck_assert_int_eq(sqlite3_open(market.deal.temp.path, &db), SQLITE_OK);
    ck_assert_msg(sqlite3_exec(db, statement, NULL, NULL, NULL) == SQLITE_OK, "%s",
                  sqlite3_errmsg(db));
    ck_assert_int_eq(sqlite3_close(db), SQLITE_OK);
}

START_TEST(a_file_has_its_limit)
{
    struct web_answer file;

    make(1, leave_alone);
    multiply(2, LIMIT_LIST_FILE);
    file = web_get(&market, WEB_ISV, "/isv/offers.csv");
    ck_assert_int_eq(file.status, 200);
    ck_assert_uint_eq(lines_of(&file), 1 + LIMIT_LIST_FILE);
    multiply(LIMIT_LIST_FILE + 1, LIMIT_LIST_FILE + 1);
    file = web_get(&market, WEB_ISV, "/isv/offers.csv");
    ck_assert_int_eq(file.status, 409);
    ck_assert(reads(&file, "The file would be too large. Filter the list first."));
    file = web_get(&market, WEB_ISV, "/isv/offers.csv?q=00000001-");
    ck_assert_uint_eq(lines_of(&file), 2);
}
END_TEST

/* ---- Several at once ------------------------------------------------------------------------ */

/* Posts the dashboard's form with the ids of those offers. */
static struct web_answer
pick(enum web_person person, const char *path, const char *deed, unsigned first, unsigned last)
{
    struct web_form form = web_form_new(&market);

    web_form_add(&form, "csrf", web_csrf(&market, person));
    web_form_add(&form, "once", arena_format(market.arena, "once-%u", ++market.once));
    web_form_add(&form, "do", deed);
    for (unsigned i = first; i <= last; i++)
        web_form_add(&form, arena_format(market.arena, "id-%u", i), id_of(i));
    return web_post_form(&market, person, path, &form);
}

/* Posts the form of a page as it stands. */
static struct web_answer
send(enum web_person person, const char *action, const struct web_answer *page)
{
    struct web_form form = web_form_new(&market);

    ck_assert(page_form(market.arena, page->body, action, &form.form));
    return web_post_form(&market, person, action, &form);
}

static const char *
state_of(unsigned number)
{
    struct viewer viewer = {PARTY_ISV, DEAL_ISV, TEST_DAY};
    struct offer offer;
    enum err outcome =
        offer_load(market.deal.temp.reader, market.arena, &viewer, id_of(number), &offer);

    if (outcome == ERR_ABSENT)
        return "none";
    ck_assert_int_eq(outcome, OK);
    return state_text(offer.state);
}

START_TEST(nothing_ticked_is_said_above_the_list)
{
    struct web_answer page;

    make(30, turn_about);
    page = pick(WEB_ISV, "/isv/offers/bulk?status=draft&sort=name", "delete", 1, 0);
    ck_assert_int_eq(page.status, 422);
    ck_assert(text_starts(page_title(market.arena, page.body), "Error: "));
    ck_assert(has(&page, "<a href=\"#pick\">Select at least one offer</a>"));
    ck_assert_ptr_nonnull(page_by_id(page.body, "pick"));
    ck_assert(reads(&page, "1–15 of 15")); /* the same page of the same list */
    page = pick(WEB_ISV, "/isv/offers/bulk", "delete", 1, 26);
    ck_assert_int_eq(page.status, 422);
    ck_assert(reads(&page, "Select at most 25 offers"));
    /* of those on the first page, 30 to 6, what was taken of the form */
    ck_assert_uint_eq(page_count(page.body, " checked>"), 20);
    page = pick(WEB_ISV, "/isv/offers/bulk", "delete", 1, 25);
    ck_assert_int_eq(page.status, 303);
    page = pick(WEB_ISV, "/isv/offers/bulk", "accept", 1, 2);
    ck_assert_int_eq(page.status, 422);
    ck_assert(reads(&page, "Choose what to do with the offers"));
    ck_assert_str_eq(state_of(1), "draft");
}
END_TEST

/* LAW 6.1: only drafts are deleted; the others are named with the reason and stay. */
START_TEST(drafts_are_deleted_together_and_others_left)
{
    struct web_answer page;

    make(4, turn_about);
    page = pick(WEB_ISV, "/isv/offers/bulk", "delete", 1, 3);
    ck_assert_int_eq(page.status, 303);
    page = web_get(&market, WEB_ISV, page.location);
    ck_assert_int_eq(page.status, 200);
    ck_assert(reads(&page, "Deal 01"));
    ck_assert(reads(&page, "“Deal 02” is Pending partner action. Only a draft can be deleted."));
    ck_assert(reads(&page, "Deal 03"));
    ck_assert(!reads(&page, "Deal 04"));
    ck_assert_str_eq(state_of(1), "draft"); /* looking does nothing */
    page = send(WEB_ISV, "/isv/offers/bulk/confirm", &page);
    ck_assert_int_eq(page.status, 303);
    ck_assert_str_eq(page.location, "/isv/offers?done=deleted-several");
    ck_assert_str_eq(state_of(1), "none");
    ck_assert_str_eq(state_of(2), "pending_partner");
    ck_assert_str_eq(state_of(3), "none");
    ck_assert(reads(&(struct web_answer){.body = web_get(&market, WEB_ISV, page.location).body},
                    "Drafts deleted."));
}
END_TEST

START_TEST(an_isv_withdraws_several)
{
    struct web_answer page;

    make(4, turn_about);
    page = pick(WEB_ISV, "/isv/offers/bulk", "withdraw", 1, 4);
    page = web_get(&market, WEB_ISV, page.location);
    ck_assert(reads(&page, "“Deal 03” is Draft. It can be withdrawn only while it is Pending "
                           "partner action."));
    page = send(WEB_ISV, "/isv/offers/bulk/confirm", &page);
    ck_assert_int_eq(page.status, 303);
    for (unsigned i = 1; i <= 4; i++)
        ck_assert_str_eq(state_of(i), "draft");
    page = web_get(&market, WEB_PARTNER, "/partner/offers");
    ck_assert(reads(&page, "No private offers yet"));
}
END_TEST

START_TEST(a_partner_withdraws_what_is_with_customers)
{
    struct web_answer page;

    make(2, leave_alone);
    page = pick(WEB_PARTNER, "/partner/offers/bulk", "delete", 1, 2);
    ck_assert_int_eq(page.status, 422); /* a partner never deletes */
    page = pick(WEB_PARTNER, "/partner/offers/bulk", "withdraw", 1, 2);
    page = web_get(&market, WEB_PARTNER, page.location);
    ck_assert_int_eq(page.status, 200);
    page = send(WEB_PARTNER, "/partner/offers/bulk/confirm", &page);
    ck_assert_int_eq(page.status, 303);
    ck_assert_str_eq(state_of(1), "pending_partner");
    ck_assert_str_eq(state_of(2), "pending_partner");
    page = web_get(&market, WEB_OWNER, "/customer/offers");
    ck_assert(reads(&page, "No private offers yet"));
    page = web_get(&market, WEB_PARTNER,
                   web_path(&market, "/partner/offers/bulk/confirm?do=withdraw&id-1=%s", id_of(1)));
    ck_assert(reads(&page, "None of these offers can be withdrawn."));
    ck_assert(!reads(&page, "Request withdraw"));
    ck_assert(!has(&page, "action=\"/partner/offers/bulk/confirm"));
}
END_TEST

/* What changed while the page was open is named, and nothing is done to any. */
START_TEST(a_change_meanwhile_stops_all)
{
    struct web_answer page;
    const char *before;

    make(5, turn_about);
    page = pick(WEB_ISV, "/isv/offers/bulk", "delete", 1, 5);
    page = web_get(&market, WEB_ISV, page.location);
    ck_assert_int_eq(web_post(&market, WEB_ISV_DEVELOPER,
                              web_path(&market, "/isv/offers/%s/setup", id_of(3)), "rev",
                              web_rev(&market, WEB_ISV, id_of(3)), "do", "save", "description",
                              "Not so fast", NULL)
                         .status,
                     303);
    before = web_dump(&market);
    page = send(WEB_ISV, "/isv/offers/bulk/confirm", &page);
    ck_assert_int_eq(page.status, 422);
    ck_assert(reads(&page, "“Deal 03” has changed since you looked at it."));
    ck_assert(!reads(&page, "“Deal 01” has changed"));
    ck_assert_ptr_nonnull(page_by_id(page.body, arena_format(market.arena, "offer-%s", id_of(3))));
    ck_assert_str_eq(before, web_dump(&market));
    page = send(WEB_ISV, "/isv/offers/bulk/confirm", &page); /* looked at again */
    ck_assert_int_eq(page.status, 303);
    ck_assert_str_eq(state_of(3), "none");
}
END_TEST

/* Whatever id is asked for, another's offer and none at all are the same. */
START_TEST(offers_of_others_are_not_there)
{
    struct web_answer page;
    struct web_form form = web_form_new(&market);
    const char *before;

    make(2, turn_about);
    page = web_get(&market, WEB_OTHER_ISV,
                   web_path(&market, "/isv/offers/bulk/confirm?do=delete&id-1=%s&id-2=%s&id-3=x",
                            id_of(1), id_of(2)));
    ck_assert_int_eq(page.status, 200);
    ck_assert(reads(&page, "3 offers that you selected are no longer there."));
    ck_assert(!reads(&page, "Deal"));
    page = web_get(&market, WEB_OTHER_ISV, "/isv/offers/bulk/confirm?do=delete&id-1=x");
    ck_assert(reads(&page, "1 offer that you selected is no longer there."));
    before = web_dump(&market);
    web_form_add(&form, "csrf", web_csrf(&market, WEB_OTHER_ISV));
    web_form_add(&form, "once", "another");
    web_form_add(&form, "do", "delete");
    web_form_add(&form, "id-1", id_of(1));
    web_form_add(&form, arena_format(market.arena, "rev-%s", id_of(1)),
                 web_rev(&market, WEB_ISV, id_of(1)));
    page = web_post_form(&market, WEB_OTHER_ISV, "/isv/offers/bulk/confirm", &form);
    ck_assert_int_eq(page.status, 422);
    ck_assert_str_eq(before, web_dump(&market));
}
END_TEST

/* ---- Home ----------------------------------------------------------------------------------- */

static void
late_in_life(struct offer_made *made)
{
    static const struct {
        enum offer_state state;
        int month;
        int day;
    } lives[] = {
        {STATE_PENDING_PARTNER, 10, 15},    /* accept-by passed */
        {STATE_PENDING_PARTNER, 10, 20},    /* near */
        {STATE_PENDING_PARTNER, 11, 30},    /* far away */
        {STATE_PENDING_ACCEPTANCE, 10, 16}, /* today */
        {STATE_PENDING_ACCEPTANCE, 10, 10}, /* Expired lately */
        {STATE_PENDING_ACCEPTANCE, 9, 1},   /* long ago */
    };

    made->state = lives[made->number - 1].state;
    made->accept_by_on = day_make(2023, lives[made->number - 1].month, lives[made->number - 1].day);
}

/* The deals that need the person, in the order of their page. */
static const char *
needed(enum web_person person, const char *path)
{
    struct web_answer page = web_get(&market, person, path);
    const char *end = strstr(page.body, "Recent history");
    const char *line = "";

    ck_assert_ptr_nonnull(end);
    for (const char *at = strstr(page.body, ">Deal "); at != NULL && at < end;
         at = strstr(at + 1, ">Deal "))
        line = arena_format(market.arena, "%s%.2s ", line, at + strlen(">Deal "));
    return line;
}

START_TEST(home_lists_what_needs_somebody_oldest_deadline_first)
{
    struct web_answer page;

    make(6, late_in_life);
    ck_assert_str_eq(needed(WEB_ISV, "/isv"), "05 01 04 02 ");
    ck_assert_str_eq(needed(WEB_PARTNER, "/partner"), "05 01 04 02 03 ");
    page = web_get(&market, WEB_ISV, "/isv");
    ck_assert(reads(&page, "Ask your partner to withdraw it"));
    ck_assert(reads(&page, "Withdraw it and set a later accept by date"));
    page = web_get(&market, WEB_PARTNER, "/partner");
    ck_assert(reads(&page, "Withdraw it and ask the ISV for a later accept by date"));
    page = web_get(&market, WEB_OWNER, "/customer/offers");
    ck_assert(reads(&page, "1 offer waits to be accepted. Accept it by 16 Oct 2023 UTC: Deal 04"));
    ck_assert(!reads(&page, "needs you"));
}
END_TEST

START_TEST(a_publication_that_failed_is_the_isvs_to_mend)
{
    struct viewer viewer = {PARTY_ISV, DEAL_ISV, TEST_DAY};
    struct db *db;
    struct offer offer;

    make(2, turn_about);
    db = temp_write(&market.deal.temp);
    for (unsigned i = 1; i <= 2; i++) { /* the second is with the partner: the failure was its */
        ck_assert_int_eq(offer_load(db, market.arena, &viewer, id_of(i), &offer), OK);
        offer.failure = "The plan is gone";
        ck_assert_int_eq(offer_save(db, market.arena, &offer, CHANGE_OF_OFFER, false), OK);
    }
    temp_keep(&market.deal.temp, db);
    web_today(&market, 2023, 11, 10);
    ck_assert_uint_eq(page_count(web_get(&market, WEB_ISV, "/isv").body,
                                 "It could not be published: see why, and submit it again"),
                      1);
    ck_assert_uint_eq(page_count(web_get(&market, WEB_PARTNER, "/partner").body,
                                 "It could not be published: see why, and submit it again"),
                      1);
}
END_TEST

Suite *
dashboard_suite(void)
{
    Suite *suite = suite_create("web/dashboard");
    TCase *tests = tcase_create("dashboard");

    tcase_set_timeout(tests, 60);
    tcase_add_checked_fixture(tests, setup, teardown);
    tcase_add_test(tests, filters_are_kept_by_everything_but_clear);
    tcase_add_test(tests, the_file_is_the_filtered_list);
    tcase_add_test(tests, the_file_tells_no_secret_and_runs_nothing);
    tcase_add_test(tests, a_file_has_its_limit);
    tcase_add_test(tests, nothing_ticked_is_said_above_the_list);
    tcase_add_test(tests, drafts_are_deleted_together_and_others_left);
    tcase_add_test(tests, an_isv_withdraws_several);
    tcase_add_test(tests, a_partner_withdraws_what_is_with_customers);
    tcase_add_test(tests, a_change_meanwhile_stops_all);
    tcase_add_test(tests, offers_of_others_are_not_there);
    tcase_add_test(tests, home_lists_what_needs_somebody_oldest_deadline_first);
    tcase_add_test(tests, a_publication_that_failed_is_the_isvs_to_mend);
    suite_add_tcase(suite, tests);
    return suite;
}

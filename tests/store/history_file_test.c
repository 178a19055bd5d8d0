/*
 * history_file_test.c: a party's file of a history can be checked by itself, and tells nothing of
 * what the party may not see: neither its values nor how much of it there is (LAW 5, 5.1).
 */
#include <check.h>
#include <string.h>

#include "actions/history_file.h"
#include "base/text.h"
#include "core/chain.h"
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

/* Keeps: the file as that viewer gets it. */
static const char *
file_of(enum party party, const char *account, const char *offer)
{
    const struct viewer viewer = {party, account, TEST_DAY};
    struct buffer out;
    const char *text;

    buffer_open(&out, LIMIT_CATALOGUE_BYTES);
    ck_assert_int_eq(
        history_file_write(market.temp.reader, market.temp.arena, &viewer, offer, &out), OK);
    ck_assert(!out.full);
    text = arena_copy(market.temp.arena, out.data, out.length);
    buffer_close(&out);
    return text;
}

static enum err
check(const char *text, struct history_file *file)
{
    struct problems *problems = problems_new(market.temp.arena);

    return history_file_check(market.temp.arena, text, strlen(text), problems, file);
}

static struct history_file
checked(const char *text)
{
    struct history_file file;

    ck_assert_int_eq(check(text, &file), OK);
    return file;
}

/* How often a piece stands in the text. */
static size_t
times(const char *text, const char *piece)
{
    size_t count = 0;

    for (const char *at = strstr(text, piece); at != NULL; at = strstr(at + 1, piece))
        count++;
    return count;
}

/* Of LAW 20's offer: the operator reads ten events, the ISV all but the pricing, the partner from
 * the submit on, the customer the extension and its acceptance. */
static const struct {
    enum party party;
    const char *account;
    const char *chain;
    size_t events;
} readers[] = {
    {PARTY_OPERATOR, "", CHAIN_ALL, 10},
    {PARTY_ISV, DEAL_ISV, "isv", 9},
    {PARTY_PARTNER, DEAL_PARTNER, "partner " DEAL_PARTNER, 6},
    {PARTY_CUSTOMER, DEAL_ORGANISATION, "customer", 2},
};

START_TEST(each_partys_file_is_whole_from_the_beginning)
{
    const char *offer = deal_make(&market, DEAL_ACCEPTED);
    struct history_file file = checked(file_of(readers[_i].party, readers[_i].account, offer));

    ck_assert_str_eq(file.subject, arena_format(market.temp.arena, "offer %s", offer));
    ck_assert_str_eq(file.chain, readers[_i].chain);
    ck_assert(file.from_beginning);
    ck_assert_uint_eq(file.count, readers[_i].events);
}
END_TEST

/* Whatever letter is altered, the file is refused: of a value, a salt, a hash, a link, a name. */
START_TEST(an_altered_file_is_refused)
{
    static const char *const altered[] = {"\"value\": \"", "\"salt\": \"",   "\"hash\": \"",
                                          "\"link\": \"",  "\"after\": \"",  "\"before\": \"",
                                          "\"field\": \"", "\"row\": ",      "\"name\": \"",
                                          "\"chain\": \"", "\"history\": \""};
    const char *text = file_of(PARTY_ISV, DEAL_ISV, deal_make(&market, DEAL_ACCEPTED));

    for (size_t i = 0; i < COUNT(altered); i++) {
        char *copy = arena_text(market.temp.arena, text);
        char *at = strstr(copy, altered[i]);
        struct history_file file;

        ck_assert_ptr_nonnull(at);
        at += strlen(altered[i]);
        *at = *at == '1' ? '2' : '1';
        /* what the file is called is no part of a link, but of the first link's beginning */
        if (i + 2 < COUNT(altered))
            ck_assert_msg(check(copy, &file) == ERR_INVALID, "%s", altered[i]);
        else
            ck_assert(check(copy, &file) == OK && !file.from_beginning);
    }
}
END_TEST

/* The ISV reads nothing of the partner's figures and people, the partner nothing of the ISV's note,
 * the customer nothing of the discount (LAW 5). */
START_TEST(no_file_holds_what_its_reader_may_not_see)
{
    const char *offer = deal_make(&market, DEAL_ACCEPTED);
    const char *isv = file_of(PARTY_ISV, DEAL_ISV, offer);
    const char *partner = file_of(PARTY_PARTNER, DEAL_PARTNER, offer);
    const char *customer = file_of(PARTY_CUSTOMER, DEAL_ORGANISATION, offer);
    const char *all = file_of(PARTY_OPERATOR, "", offer);
    static const char *const partners[] = {"\"12.5\"",           "p@fabrikam.example",
                                           "f@fabrikam.example", "prepared_by",
                                           "adjustment",         "priced"};
    static const char *const isvs[] = {"deal 42", "i@contoso.example", "\"edited\"", "created"};

    for (size_t i = 0; i < COUNT(partners); i++) {
        ck_assert_msg(strstr(all, partners[i]) != NULL, "%s", partners[i]);
        ck_assert_msg(strstr(isv, partners[i]) == NULL, "%s", partners[i]);
    }
    for (size_t i = 0; i < COUNT(isvs); i++) {
        ck_assert_msg(strstr(isv, isvs[i]) != NULL, "%s", isvs[i]);
        ck_assert_msg(strstr(partner, isvs[i]) == NULL, "%s", isvs[i]);
        ck_assert_msg(strstr(customer, isvs[i]) == NULL, "%s", isvs[i]);
    }
    ck_assert_ptr_null(strstr(customer, "adjustment"));
    ck_assert_ptr_null(strstr(customer, "discount"));
    /* who accepted is for the customer, of which sellers know a label alone */
    ck_assert_ptr_nonnull(strstr(customer, DEAL_ORGANISATION));
    ck_assert_ptr_null(strstr(isv, DEAL_ORGANISATION));
    ck_assert_ptr_null(strstr(partner, DEAL_ORGANISATION));
}
END_TEST

/* D-7: what a former partner had entered is erased as another one is submitted to, which reads
 * neither what it was nor that there was something. */
START_TEST(another_partner_reads_nothing_of_a_former_one)
{
    const char *offer = deal_make(&market, DEAL_EXTENDED);
    static const char *const formers[] = {"\"12.5\"", "\"30\"", "p@fabrikam.example",
                                          "f@fabrikam.example"};
    const char *partner;

    ck_assert_int_eq(play_deed(&market, &actor_partner, DEED_TAKE_BACK, offer), OK);
    ck_assert_int_eq(play_deed(&market, &actor_isv, DEED_WITHDRAW, offer), OK);
    (void)play_form(&market, &actor_isv, DEED_SAVE, offer, FORM("seller_id", DEAL_OTHER_PARTNER),
                    OK);
    ck_assert_int_eq(play_deed(&market, &actor_isv, DEED_SUBMIT, offer), OK);
    deal_publish(&market);
    partner = file_of(PARTY_PARTNER, DEAL_OTHER_PARTNER, offer);
    ck_assert_uint_eq(checked(partner).count, 2); /* submitted to it, available to it */
    ck_assert_uint_eq(times(partner, "\"field\": "), 0);
    for (size_t i = 0; i < COUNT(formers); i++) {
        ck_assert_msg(strstr(partner, formers[i]) == NULL, "%s", formers[i]);
        ck_assert_msg(strstr(file_of(PARTY_OPERATOR, "", offer), formers[i]) != NULL, "%s",
                      formers[i]);
    }
}
END_TEST

/* The same deal, priced once and priced six times with more filled in: the ISV's files are alike to
 * the byte's length, and both whole. */
START_TEST(the_isv_cannot_count_what_the_partner_did)
{
    const char *once = deal_make(&market, DEAL_EXTENDED);
    const char *often;
    const char *texts[2];

    texts[0] = file_of(PARTY_ISV, DEAL_ISV, once);
    ck_assert_int_eq(play_deed(&market, &actor_partner, DEED_TAKE_BACK, once), OK);
    ck_assert_int_eq(play_deed(&market, &actor_isv, DEED_WITHDRAW, once), OK);
    often = deal_make(&market, DEAL_SUBMITTED);
    for (int i = 0; i < 6; i++) {
        struct answers form =
            deal_form(&market, "adjustment-1", arena_format(market.temp.arena, "%d.5", i + 1),
                      "adjustment-2", "30", "prepared_by", "p@fabrikam.example", NULL);

        (void)play_form(&market, &actor_partner, DEED_PRICE, often, &form, OK);
    }
    ck_assert_int_eq(play_deed(&market, &actor_partner, DEED_EXTEND, often), OK);
    deal_publish(&market);
    texts[1] = file_of(PARTY_ISV, DEAL_ISV, often);
    ck_assert_uint_eq(strlen(texts[0]), strlen(texts[1]));
    ck_assert_uint_eq(times(texts[0], "\"link\""), times(texts[1], "\"link\""));
    ck_assert(checked(texts[1]).from_beginning);
    ck_assert_uint_eq(times(file_of(PARTY_PARTNER, DEAL_PARTNER, often), "\"priced\""), 6);
}
END_TEST

/* A customer's reason is the selling partner's to read (D-35); to the ISV it is a hash, and its
 * file is whole. */
START_TEST(a_reason_is_in_the_files_of_those_it_is_for)
{
    const char *offer = deal_make(&market, DEAL_EXTENDED);
    struct answers form = deal_form(&market, "reason", "Marker: too dear", NULL);
    const char *isv;

    (void)play_form(&market, &actor_owner, DEED_DECLINE, offer, &form, OK);
    isv = file_of(PARTY_ISV, DEAL_ISV, offer);
    ck_assert_ptr_nonnull(strstr(file_of(PARTY_PARTNER, DEAL_PARTNER, offer), "Marker: too dear"));
    ck_assert_ptr_nonnull(strstr(file_of(PARTY_OPERATOR, "", offer), "Marker: too dear"));
    ck_assert_ptr_null(strstr(isv, "Marker"));
    ck_assert(checked(isv).from_beginning);
}
END_TEST

/* A later file goes on from an earlier one's head; one of another partner begins by itself. */
START_TEST(a_later_file_goes_on_from_an_earlier_one)
{
    const char *offer = deal_make(&market, DEAL_SUBMITTED);
    struct history_file first = checked(file_of(PARTY_ISV, DEAL_ISV, offer));
    struct history_file later;

    ck_assert_int_eq(play_deed(&market, &actor_isv, DEED_WITHDRAW, offer), OK);
    later = checked(file_of(PARTY_ISV, DEAL_ISV, offer));
    ck_assert_uint_eq(later.count, first.count + 1);
    for (size_t i = 0; i < first.count; i++)
        ck_assert_str_eq(later.links[i], first.links[i]);
    ck_assert_uint_eq(checked(file_of(PARTY_PARTNER, DEAL_OTHER_PARTNER, offer)).count, 0);
}
END_TEST

/* What the customer gets begins anew with each extension (LAW 5): the first one's is over. */
START_TEST(the_customers_begins_with_the_last_extension)
{
    const char *offer = deal_make(&market, DEAL_EXTENDED);
    struct history_file file;

    ck_assert_int_eq(play_deed(&market, &actor_partner, DEED_TAKE_BACK, offer), OK);
    ck_assert_int_eq(play_deed(&market, &actor_partner, DEED_EXTEND, offer), OK);
    deal_publish(&market);
    file = checked(file_of(PARTY_CUSTOMER, DEAL_ORGANISATION, offer));
    ck_assert_uint_eq(file.count, 1);
    ck_assert(file.from_beginning);
}
END_TEST

/* Of a history longer than a file the newest events, which go on from a link that is told. */
START_TEST(a_long_history_is_cut_at_its_old_end)
{
    const char *offer = deal_make(&market, DEAL_DRAFTED);
    struct history_file file;

    for (int i = 0; i < LIMIT_HISTORY_EVENTS; i++) {
        struct answers form = deal_form(&market, "description",
                                        arena_format(market.temp.arena, "Version %d", i), NULL);

        (void)play_form(&market, &actor_isv, DEED_SAVE, offer, &form, OK);
    }
    file = checked(file_of(PARTY_ISV, DEAL_ISV, offer));
    ck_assert_uint_eq(file.count, LIMIT_HISTORY_EVENTS);
    ck_assert(!file.from_beginning);
}
END_TEST

START_TEST(what_is_no_history_is_refused)
{
    static const char *const texts[] = {"",
                                        "{}",
                                        "{\"history\": []}",
                                        "{\"history\": [1]}",
                                        "{\"products\": []}",
                                        "{\"history\": [{\"history\": \"x\", \"chain\": \"y\"}]}",
                                        "{\"history\": [{\"history\": \"x\", \"chain\": \"y\","
                                        " \"before\": \"z\"}, {\"link\": \"z\"}]}"};

    for (size_t i = 0; i < COUNT(texts); i++) {
        struct history_file file;

        ck_assert_msg(check(texts[i], &file) == ERR_INVALID, "%s", texts[i]);
    }
}
END_TEST

Suite *
history_file_suite(void)
{
    Suite *suite = suite_create("history_file");
    TCase *cases = tcase_create("history_file");

    tcase_add_checked_fixture(cases, setup, teardown);
    tcase_add_loop_test(cases, each_partys_file_is_whole_from_the_beginning, 0, COUNT(readers));
    tcase_add_test(cases, an_altered_file_is_refused);
    tcase_add_test(cases, no_file_holds_what_its_reader_may_not_see);
    tcase_add_test(cases, another_partner_reads_nothing_of_a_former_one);
    tcase_add_test(cases, the_isv_cannot_count_what_the_partner_did);
    tcase_add_test(cases, a_reason_is_in_the_files_of_those_it_is_for);
    tcase_add_test(cases, a_later_file_goes_on_from_an_earlier_one);
    tcase_add_test(cases, the_customers_begins_with_the_last_extension);
    tcase_add_test(cases, a_long_history_is_cut_at_its_old_end);
    tcase_add_test(cases, what_is_no_history_is_refused);
    suite_add_tcase(suite, cases);
    return suite;
}

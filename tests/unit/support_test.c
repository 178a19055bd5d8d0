/*
 * support_test.c: LAW 6.5: what a request to cancel must hold, whose word counts for what, which
 * files are evidence, and who reads what was written. Its moves are golden_test.c's.
 */
#include "core/support.h"

#include <check.h>
#include <string.h>

#include "base/text.h"

Suite *support_suite(void);

/* Nothing is missing, by what the parties said inside the product. */
static struct support_request
complete(void)
{
    return (struct support_request){.by = PARTY_ISV,
                                    .reason = "Bought by mistake",
                                    .purchases = "",
                                    .refund = REFUND_NOT_NEEDED,
                                    .other = WORD_AGREES,
                                    .customer = WORD_AGREES};
}

static void
attach(struct support_request *request, enum evidence_of of)
{
    request->evidence[request->evidence_count++] = (struct evidence){.of = of};
}

START_TEST(each_item_is_missed_by_itself)
{
    struct support_request request = complete();

    ck_assert_uint_eq(support_missing(&request), 0);
    request.reason = "";
    ck_assert_uint_eq(support_missing(&request), SUPPORT_BIT(SUPPORT_ITEM_REASON));
    request = complete();
    request.refund = REFUND_UNSAID;
    ck_assert_uint_eq(support_missing(&request), SUPPORT_BIT(SUPPORT_ITEM_REFUND));
    request.refund = REFUND_NEEDED;
    ck_assert_uint_eq(support_missing(&request), SUPPORT_BIT(SUPPORT_ITEM_PURCHASES));
    request.purchases = "Pro, 20 October";
    ck_assert_uint_eq(support_missing(&request), 0);
    request = complete();
    request.other = WORD_NONE;
    ck_assert_uint_eq(support_missing(&request), SUPPORT_BIT(SUPPORT_ITEM_OTHER));
    request = complete();
    request.customer = WORD_NONE;
    ck_assert_uint_eq(support_missing(&request), SUPPORT_BIT(SUPPORT_ITEM_CUSTOMER));
}
END_TEST

START_TEST(a_file_stands_for_the_word_of_whom_it_shows)
{
    struct support_request request = complete();

    request.other = WORD_NONE;
    request.customer = WORD_NONE;
    attach(&request, EVIDENCE_OF_OTHER);
    ck_assert_uint_eq(support_missing(&request), SUPPORT_BIT(SUPPORT_ITEM_CUSTOMER));
    attach(&request, EVIDENCE_OF_CUSTOMER);
    ck_assert_uint_eq(support_missing(&request), 0);
    request.evidence_count = 0;
    attach(&request, EVIDENCE_OF_BOTH);
    ck_assert_uint_eq(support_missing(&request), 0);
}
END_TEST

START_TEST(an_objection_outweighs_a_file)
{
    struct support_request request = complete();

    attach(&request, EVIDENCE_OF_BOTH);
    request.other = WORD_OBJECTS;
    ck_assert_uint_eq(support_missing(&request), SUPPORT_BIT(SUPPORT_ITEM_OTHER));
    request.other = WORD_AGREES;
    request.customer = WORD_OBJECTS;
    ck_assert_uint_eq(support_missing(&request), SUPPORT_BIT(SUPPORT_ITEM_CUSTOMER));
}
END_TEST

START_TEST(whoever_agrees_or_objects_speaks_for_itself)
{
    struct support_request request = complete();

    request.other = WORD_NONE;
    request.customer = WORD_NONE;
    ck_assert_int_eq(support_advance(&request, SUPPORT_AGREE, SUPPORT_CUSTOMER), OK);
    ck_assert_int_eq(request.customer, WORD_AGREES);
    ck_assert_int_eq(request.other, WORD_NONE);
    ck_assert_int_eq(request.state, SUPPORT_INCOMPLETE);
    ck_assert_int_eq(support_advance(&request, SUPPORT_AGREE, SUPPORT_OTHER), OK);
    ck_assert_int_eq(request.state, SUPPORT_READY);
    ck_assert_int_eq(support_advance(&request, SUPPORT_OBJECT, SUPPORT_OTHER), OK);
    ck_assert_int_eq(request.other, WORD_OBJECTS);
    ck_assert_int_eq(request.customer, WORD_AGREES);
    ck_assert_int_eq(request.state, SUPPORT_INCOMPLETE);
}
END_TEST

START_TEST(the_requester_is_whichever_seller_asked)
{
    struct support_request request = complete();

    ck_assert_int_eq(support_role_of(&request, PARTY_ISV), SUPPORT_REQUESTER);
    ck_assert_int_eq(support_role_of(&request, PARTY_PARTNER), SUPPORT_OTHER);
    request.by = PARTY_PARTNER;
    ck_assert_int_eq(support_role_of(&request, PARTY_ISV), SUPPORT_OTHER);
    ck_assert_int_eq(support_role_of(&request, PARTY_PARTNER), SUPPORT_REQUESTER);
    ck_assert_int_eq(support_role_of(&request, PARTY_CUSTOMER), SUPPORT_CUSTOMER);
    ck_assert_int_eq(support_role_of(&request, PARTY_OPERATOR), SUPPORT_OPERATOR);
}
END_TEST

/* A name says nothing: the first bytes do. */
static const struct {
    const char *bytes;
    size_t size;
    enum err outcome;
    enum evidence_type type;
} signatures[] = {
    {"%PDF-1.7", 8, OK, EVIDENCE_PDF},
    {"%PDF", 4, ERR_INVALID, EVIDENCE_PDF},
    {"\x89PNG\r\n\x1a\n....", 12, OK, EVIDENCE_PNG},
    {"\x89PNG\r\n\x1a", 7, ERR_INVALID, EVIDENCE_PNG},
    {"\xff\xd8\xff\xe0", 4, OK, EVIDENCE_JPEG},
    {"\xff\xd8", 2, ERR_INVALID, EVIDENCE_JPEG},
    {"GIF89a", 6, ERR_INVALID, EVIDENCE_PNG},
    {"<svg xmlns", 10, ERR_INVALID, EVIDENCE_PNG},
    {"", 0, ERR_INVALID, EVIDENCE_PDF},
};

START_TEST(a_file_is_known_by_its_first_bytes)
{
    enum evidence_type type = EVIDENCE_TYPE_COUNT;

    ck_assert_int_eq(evidence_type_of(signatures[_i].bytes, signatures[_i].size, &type),
                     signatures[_i].outcome);
    if (signatures[_i].outcome == OK)
        ck_assert_int_eq(type, signatures[_i].type);
}
END_TEST

/* requester, other, customer, operator: "y" reads of it, "n" reads the words too. */
static const struct {
    enum support_event kind;
    const char *seen;
} readers[] = {
    {SUPPORT_EVENT_OPENED, "nyyn"},   {SUPPORT_EVENT_AMENDED, "n--n"},
    {SUPPORT_EVENT_ATTACHED, "n--n"}, {SUPPORT_EVENT_AGREED, "yyyn"},
    {SUPPORT_EVENT_OBJECTED, "yyyn"}, {SUPPORT_EVENT_ASKED, "n--n"},
    {SUPPORT_EVENT_ANSWERED, "n--n"}, {SUPPORT_EVENT_PROCESSED, "nyyn"},
    {SUPPORT_EVENT_REFUSED, "nyyn"},  {SUPPORT_EVENT_WITHDRAWN, "nyyn"},
};

START_TEST(who_reads_what_was_done_and_written)
{
    ck_assert_uint_eq(COUNT(readers), SUPPORT_EVENT_COUNT);
    for (size_t i = 0; i < COUNT(readers); i++) {
        for (int r = 0; r < SUPPORT_ROLE_COUNT; r++) {
            const char is = readers[i].seen[r];

            ck_assert_int_eq(support_event_seen(readers[i].kind, (enum support_role)r), is != '-');
            ck_assert_int_eq(support_note_seen(readers[i].kind, (enum support_role)r, false),
                             is == 'n');
            ck_assert(support_note_seen(readers[i].kind, (enum support_role)r, true));
        }
    }
}
END_TEST

/* Of an open request the others read one word, whatever passes between requester and operator. */
START_TEST(the_others_read_one_word_while_it_is_open)
{
    for (int s = 0; s < SUPPORT_STATE_COUNT; s++) {
        const enum support_state state = (enum support_state)s;
        const char *other = support_words(state, SUPPORT_OTHER);

        ck_assert_str_eq(other, support_words(state, SUPPORT_CUSTOMER));
        ck_assert_int_eq(text_equal(other, "Open"), support_open(state));
    }
}
END_TEST

START_TEST(texts_are_read_as_they_are_written)
{
    for (int s = 0; s < SUPPORT_STATE_COUNT; s++) {
        enum support_state state = SUPPORT_STATE_COUNT;

        ck_assert_int_eq(support_state_read(support_state_text((enum support_state)s), &state), OK);
        ck_assert_int_eq(state, s);
        ck_assert_int_eq(support_state_read("gone", &state), ERR_BROKEN);
    }
    for (int k = 0; k < SUPPORT_EVENT_COUNT; k++) {
        enum support_event kind = SUPPORT_EVENT_COUNT;

        ck_assert_int_eq(support_event_read(support_event_text((enum support_event)k), &kind), OK);
        ck_assert_int_eq(kind, k);
        ck_assert_int_eq(support_event_read("gone", &kind), ERR_BROKEN);
        ck_assert_uint_gt(strlen(support_event_words((enum support_event)k)), 0);
    }
}
END_TEST

Suite *
support_suite(void)
{
    Suite *suite = suite_create("support");
    TCase *tests = tcase_create("support");

    tcase_add_test(tests, each_item_is_missed_by_itself);
    tcase_add_test(tests, a_file_stands_for_the_word_of_whom_it_shows);
    tcase_add_test(tests, an_objection_outweighs_a_file);
    tcase_add_test(tests, whoever_agrees_or_objects_speaks_for_itself);
    tcase_add_test(tests, the_requester_is_whichever_seller_asked);
    tcase_add_loop_test(tests, a_file_is_known_by_its_first_bytes, 0, (int)COUNT(signatures));
    tcase_add_test(tests, who_reads_what_was_done_and_written);
    tcase_add_test(tests, the_others_read_one_word_while_it_is_open);
    tcase_add_test(tests, texts_are_read_as_they_are_written);
    suite_add_tcase(suite, tests);
    return suite;
}

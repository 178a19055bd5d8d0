/*
 * documents_test.c: the bytes of documents are kept once, as long as one of them names them
 * (store/documents), and a draft's edits of them (actions/documents; LAW 4.3, D-7, D-10).
 */
#include <check.h>
#include <string.h>

#include "actions/isv.h"
#include "base/digest.h"
#include "base/text.h"
#include "core/documents.h"
#include "store/documents.h"
#include "support/deal_market.h"
#include "support/pdf.h"
#include "support/play.h"

Suite *documents_suite(void);

static struct deal_market market;
static const char *offer;

static void
setup(void)
{
    deal_market_open(&market, NULL);
    offer = deal_make(&market, DEAL_DRAFTED);
}

static void
teardown(void)
{
    deal_market_close(&market);
}

static struct document
made(const char *id, enum party side, struct pdf pdf)
{
    return (struct document){.id = id,
                             .side = side,
                             .name = id,
                             .size = (int64_t)pdf.size,
                             .sha256 = digest_of_file(market.temp.arena, pdf.bytes, pdf.size),
                             .added_at = 1697446800};
}

/* Is the document there for the operator, with those bytes? */
static bool
kept(const char *id, struct pdf pdf)
{
    const struct viewer viewer = {PARTY_OPERATOR, "", day_make(2023, 10, 16)};
    struct document_body body;

    return document_fetch(market.temp.reader, market.temp.arena, &viewer, id, &body) == OK &&
           body.size == pdf.size && memcmp(body.bytes, pdf.bytes, pdf.size) == 0;
}

START_TEST(the_same_bytes_are_kept_once)
{
    struct arena *arena = market.temp.arena;
    struct pdf terms = pdf_plain(arena, "terms");
    struct pdf other = pdf_plain(arena, "other terms");
    struct document a = made("a", PARTY_ISV, terms);
    struct document b = made("b", PARTY_PARTNER, terms);
    struct document changed = made("a", PARTY_ISV, other);
    struct db *db = temp_write(&market.temp);

    ck_assert_int_eq(document_insert(db, offer, &a, terms.bytes), OK);
    /* the second writes no bytes: it gives wrong ones, which nobody ever sees */
    ck_assert_int_eq(document_insert(db, offer, &b, other.bytes), OK);
    temp_keep(&market.temp, db);
    ck_assert(kept("a", terms) && kept("b", terms));

    db = temp_write(&market.temp);
    ck_assert_int_eq(document_replace(db, offer, &a, &changed, other.bytes), OK);
    temp_keep(&market.temp, db);
    ck_assert(kept("a", other) && kept("b", terms));

    db = temp_write(&market.temp);
    ck_assert_int_eq(document_remove(db, offer, &b), OK);
    ck_assert_int_eq(document_remove(db, offer, &b), ERR_ABSENT);
    ck_assert_int_eq(document_replace(db, offer, &b, &b, terms.bytes), ERR_ABSENT);
    temp_keep(&market.temp, db);
    ck_assert(kept("a", other) && !kept("b", terms));
}
END_TEST

/* What one removes stays for another that names the same bytes, and goes with the last. */
START_TEST(the_last_one_takes_the_bytes_along)
{
    struct arena *arena = market.temp.arena;
    struct pdf terms = pdf_plain(arena, "terms");
    struct pdf wrong = pdf_plain(arena, "wrong");
    struct document a = made("a", PARTY_ISV, terms);
    struct document b = made("b", PARTY_ISV, terms);
    struct db *db = temp_write(&market.temp);

    ck_assert_int_eq(document_insert(db, offer, &a, terms.bytes), OK);
    ck_assert_int_eq(document_insert(db, offer, &b, terms.bytes), OK);
    ck_assert_int_eq(document_remove(db, offer, &a), OK);
    temp_keep(&market.temp, db);
    ck_assert(kept("b", terms));
    db = temp_write(&market.temp);
    ck_assert_int_eq(document_remove(db, offer, &b), OK);
    /* were they still there, these would not be written */
    wrong.size = terms.size;
    ck_assert_int_eq(document_insert(db, offer, &a, wrong.bytes), OK);
    temp_keep(&market.temp, db);
    ck_assert(kept("a", wrong));
}
END_TEST

/* Saves the draft with that edit; answers the problems. */
static struct problems *
edit(const struct document_edit *documents, enum err expected)
{
    struct problems *problems = problems_new(market.temp.arena);
    const struct draft_edit all = {.documents = documents};
    const char *rev = deal_rev(&market, PARTY_ISV, DEAL_ISV, offer);
    struct act act = deal_begin(&market, PARTY_ISV, DEAL_ISV, "isv");

    ck_assert_int_eq(
        deal_end(&market, &act, action_draft_save(&act, offer, rev, &answers_none, &all, problems)),
        expected);
    return problems;
}

static struct document_file
received(const char *words, const char *file_name)
{
    struct pdf pdf = pdf_plain(market.temp.arena, words);
    struct document_file file;

    ck_assert_int_eq(
        document_receive(market.temp.arena, pdf.bytes, (int64_t)pdf.size, file_name, &file), OK);
    ck_assert_ptr_null(file.refusal);
    return file;
}

START_TEST(an_edit_is_a_new_revision_and_an_event)
{
    struct document_file file = received("terms", "Master.pdf");
    const char *before = deal_rev(&market, PARTY_ISV, DEAL_ISV, offer);
    const char *id;

    (void)edit(&(struct document_edit){.add = true, .name = "", .file = &file}, OK);
    ck_assert_str_ne(deal_rev(&market, PARTY_ISV, DEAL_ISV, offer), before);
    ck_assert_str_eq(ISV_SEES(offer).documents[0].name, "Master");
    id = ISV_SEES(offer).documents[0].id;

    /* the same file again changes nothing, and leaves no trace */
    before = deal_rev(&market, PARTY_ISV, DEAL_ISV, offer);
    (void)edit(&(struct document_edit){.replace = id, .name = "", .file = &file}, OK);
    ck_assert_str_eq(deal_rev(&market, PARTY_ISV, DEAL_ISV, offer), before);

    file = received("other terms", "Other.pdf");
    (void)edit(&(struct document_edit){.replace = id, .name = "", .file = &file}, OK);
    ck_assert_str_ne(deal_rev(&market, PARTY_ISV, DEAL_ISV, offer), before);
    ck_assert_str_eq(ISV_SEES(offer).documents[0].name, "Master");
    ck_assert_str_eq(ISV_SEES(offer).documents[0].sha256, file.sha256);

    play_assert_only_at(edit(&(struct document_edit){.replace = id, .name = ""}, ERR_INVALID),
                        ANSWER_DOCUMENT);
    play_assert_only_at(
        edit(&(struct document_edit){.replace = id, .name = "New", .file = &file}, ERR_INVALID),
        ANSWER_DOCUMENT_NAME);
    (void)edit(&(struct document_edit){.replace = "nobody's", .name = "", .file = &file},
               ERR_ABSENT);
    (void)edit(&(struct document_edit){.remove = "nobody's", .name = ""}, ERR_ABSENT);
    (void)edit(&(struct document_edit){.remove = id, .name = ""}, OK);
    ck_assert_uint_eq(ISV_SEES(offer).document_count, 0);
}
END_TEST

START_TEST(a_file_is_judged_when_it_is_received)
{
    struct pdf encrypted = pdf_encrypted(market.temp.arena, "");
    struct document_file file;

    ck_assert_int_eq(document_receive(market.temp.arena, encrypted.bytes, (int64_t)encrypted.size,
                                      "a.pdf", &file),
                     OK);
    ck_assert_ptr_nonnull(file.refusal);
    play_assert_only_at(
        edit(&(struct document_edit){.add = true, .name = "A", .file = &file}, ERR_INVALID),
        ANSWER_DOCUMENT);
    ck_assert_int_eq(
        document_receive(market.temp.arena, "", LIMIT_DOCUMENT_BYTES + 1, "a.pdf", &file), OK);
    ck_assert_ptr_nonnull(strstr(file.refusal, "larger than 10 MiB"));
}
END_TEST

Suite *
documents_suite(void)
{
    Suite *suite = suite_create("documents");
    TCase *tests = tcase_create("documents");

    tcase_set_timeout(tests, 60);
    tcase_add_checked_fixture(tests, setup, teardown);
    tcase_add_test(tests, the_same_bytes_are_kept_once);
    tcase_add_test(tests, the_last_one_takes_the_bytes_along);
    tcase_add_test(tests, an_edit_is_a_new_revision_and_an_event);
    tcase_add_test(tests, a_file_is_judged_when_it_is_received);
    suite_add_tcase(suite, tests);
    return suite;
}

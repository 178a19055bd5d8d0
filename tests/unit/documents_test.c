/*
 * documents_test.c: how many documents an offer may have, under which names, and what their changes
 * are to its history (core/documents, core/event; LAW 4.3, D-7, D-10).
 */
#include "core/documents.h"
#include "base/digest.h"
#include "base/text.h"
#include "core/event.h"
#include "core/terms.h"
#include "make_offer.h"

#include <check.h>
#include <string.h>

Suite *documents_suite(void);

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

static void
add(struct offer *offer, enum party side, const char *name)
{
    const struct document document = {
        .id = arena_format(arena, "%zu", offer->document_count),
        .side = side,
        .name = name,
        .size = 1000,
        .sha256 = digest_of_text(arena, name),
    };

    offer_add_document(offer, &document);
}

static size_t
problems_of(const struct offer *offer, enum party side)
{
    struct problems *problems = problems_new(arena);

    check_documents(offer, side, problems);
    for (size_t i = 0; i < problems->count; i++)
        ck_assert_str_eq(problems->list[i].at, ANSWER_DOCUMENT);
    return problems->count;
}

START_TEST(each_side_counts_what_it_may_know_of)
{
    struct offer *offer = make_deal(arena);

    for (int i = 0; i < LIMIT_DOCUMENTS; i++)
        add(offer, PARTY_ISV, arena_format(arena, "Own %d", i));
    ck_assert_uint_eq(problems_of(offer, PARTY_ISV), 0);
    ck_assert_uint_eq(problems_of(offer, PARTY_PARTNER), 0);
    /* the partner's one more is the partner's business alone */
    add(offer, PARTY_PARTNER, "Partner's");
    ck_assert_uint_eq(problems_of(offer, PARTY_ISV), 0);
    ck_assert_uint_eq(problems_of(offer, PARTY_PARTNER), 1);
    ck_assert_uint_eq(documents_of(offer, PARTY_ISV), 5);
    ck_assert_uint_eq(documents_of(offer, PARTY_PARTNER), 1);
    add(offer, PARTY_ISV, "Own 6");
    ck_assert_uint_eq(problems_of(offer, PARTY_ISV), 1);
    /* the ISV's stand first, in the order added */
    ck_assert_str_eq(offer->documents[5].name, "Own 6");
    ck_assert_int_eq(offer->documents[6].side, PARTY_PARTNER);
}
END_TEST

START_TEST(names_are_compared_as_people_read_them)
{
    static const char *const same[] = {"Master Terms", "master terms", "  MASTER \t TERMS  ",
                                       "Master\u00A0Terms", "Master\u3000\u2003Terms"};
    static const char *const others[] = {"MasterTerms", "Master Terms 2", "Master-Terms"};
    struct offer *offer = make_deal(arena);

    add(offer, PARTY_PARTNER, "Master Terms");
    for (size_t i = 0; i < COUNT(same); i++) {
        ck_assert_str_eq(text_fold_words(arena, same[i]), "master terms");
        ck_assert_ptr_eq(document_named(arena, offer, PARTY_PARTNER, same[i], NULL),
                         &offer->documents[0]);
        /* the ISV hears nothing of it */
        ck_assert_ptr_null(document_named(arena, offer, PARTY_ISV, same[i], NULL));
    }
    for (size_t i = 0; i < COUNT(others); i++)
        ck_assert_ptr_null(document_named(arena, offer, PARTY_PARTNER, others[i], NULL));
    ck_assert_ptr_null(
        document_named(arena, offer, PARTY_PARTNER, "Master Terms", &offer->documents[0]));

    add(offer, PARTY_ISV, "MASTER  terms");
    ck_assert_uint_eq(problems_of(offer, PARTY_ISV), 0);
    ck_assert_uint_eq(problems_of(offer, PARTY_PARTNER), 1);
    add(offer, PARTY_ISV, "Master terms");
    ck_assert_uint_eq(problems_of(offer, PARTY_ISV), 1);
}
END_TEST

START_TEST(a_file_suggests_a_name)
{
    static const char *const files[][2] = {{"Terms.pdf", "Terms"},
                                           {"Terms.PDF", "Terms"},
                                           {" a b .pdf", "a b"},
                                           {"Terms.doc", "Terms.doc"},
                                           {".pdf", ""},
                                           {"pdf", "pdf"},
                                           {"", ""},
                                           {"a.pdf.pdf", "a.pdf"}};

    for (size_t i = 0; i < COUNT(files); i++)
        ck_assert_str_eq(document_name_of_file(arena, files[i][0]), files[i][1]);
}
END_TEST

START_TEST(changes_are_told_side_by_side)
{
    struct offer *before = make_deal(arena);
    struct offer *after = make_deal(arena);
    struct event_fields changes;

    add(before, PARTY_ISV, "Stays");
    add(before, PARTY_ISV, "Goes");
    add(before, PARTY_PARTNER, "Partner's");
    *after = *before;
    ck_assert_uint_eq(event_changes(before, after, arena).count, 0);
    offer_remove_documents(after, PARTY_ISV, "1");
    offer_remove_documents(after, PARTY_PARTNER, NULL);
    add(after, PARTY_ISV, "New");
    after->documents[1].id = "9";
    after->documents[0].sha256 = digest_of_text(arena, "another file");
    changes = event_changes(before, after, arena);
    ck_assert_uint_eq(changes.count, 4);
    /* replaced: the same name with another digest */
    ck_assert_int_eq(changes.rows[0].field, FIELD_DOCUMENT);
    ck_assert(text_starts(changes.rows[0].before, "Stays ("));
    ck_assert(text_starts(changes.rows[0].after, "Stays ("));
    ck_assert_str_eq(changes.rows[1].before, "");
    ck_assert(text_starts(changes.rows[1].after, "New ("));
    ck_assert(text_starts(changes.rows[2].before, "Goes ("));
    ck_assert_str_eq(changes.rows[2].after, "");
    ck_assert_int_eq(changes.rows[3].field, FIELD_PARTNER_DOCUMENT);
    ck_assert_str_eq(changes.rows[3].after, "");
}
END_TEST

/* The partner's are erased for another partner, and for nobody else (LAW D-7). */
START_TEST(another_partner_begins_without_them)
{
    struct offer *offer = make_priced_deal(arena);

    add(offer, PARTY_ISV, "Own");
    add(offer, PARTY_PARTNER, "Partner's");
    offer_begin_partner(offer);
    ck_assert_uint_eq(offer->document_count, 2);
    offer->partner = "20000003";
    offer_begin_partner(offer);
    ck_assert_uint_eq(offer->document_count, 1);
    ck_assert_str_eq(offer->documents[0].name, "Own");
}
END_TEST

/* What `sha256sum` prints. */
START_TEST(a_files_digest)
{
    ck_assert_str_eq(digest_of_file(arena, "", 0),
                     "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    ck_assert_str_eq(digest_of_file(arena, "abc", 3),
                     "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}
END_TEST

Suite *
documents_suite(void)
{
    Suite *suite = suite_create("documents");
    TCase *tests = tcase_create("documents");

    tcase_add_checked_fixture(tests, setup, teardown);
    tcase_add_test(tests, each_side_counts_what_it_may_know_of);
    tcase_add_test(tests, names_are_compared_as_people_read_them);
    tcase_add_test(tests, a_file_suggests_a_name);
    tcase_add_test(tests, changes_are_told_side_by_side);
    tcase_add_test(tests, another_partner_begins_without_them);
    tcase_add_test(tests, a_files_digest);
    suite_add_tcase(suite, tests);
    return suite;
}

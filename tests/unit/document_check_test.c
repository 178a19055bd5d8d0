/*
 * document_check_test.c: which bytes may be a terms document, and what people are told of the
 * others (actions/document_check, actions/pdf_judge; LAW 4.3).
 */
#include <check.h>
#include <signal.h>
#include <string.h>
#include <sys/wait.h>

#include "actions/document_check.h"
#include "base/limits.h"
#include "support/pdf.h"

Suite *document_check_suite(void);

static struct arena *arena;

static void
setup(void)
{
    arena = arena_open((size_t)256 * 1024 * 1024);
}

static void
teardown(void)
{
    arena_close(arena);
}

/* Fails unless it is judged so, here and in a process of its own. */
static void
expect(struct pdf pdf, enum pdf_verdict verdict)
{
    const char *refusal = "not asked";

    ck_assert_int_eq(pdf_judge(pdf.bytes, pdf.size), verdict);
    ck_assert_int_eq(document_check(pdf.bytes, pdf.size, &refusal), OK);
    ck_assert_ptr_eq(refusal, document_refusal(verdict));
    ck_assert_int_eq(waitpid(-1, NULL, WNOHANG), -1); /* no process stays */
}

static struct pdf
bytes(const char *text)
{
    return (struct pdf){text, strlen(text)};
}

START_TEST(plain_pages_are_fine)
{
    static const char *const links[] = {
        "<< /Type /Annot /Subtype /Link /Rect [0 0 9 9] /A << /S /URI /URI (https://e.example) >> "
        ">>",
        NULL};

    expect(pdf_plain(arena, "terms"), PDF_HARMLESS);
    expect(pdf_with(arena, "/OpenAction [3 0 R /Fit]", "", NULL), PDF_HARMLESS);
    expect(pdf_with(arena, "/OpenAction << /S /GoTo /D [3 0 R /Fit] >>", "/Annots [5 0 R]", links),
           PDF_HARMLESS);
    /* what is nothing does nothing */
    expect(pdf_with(arena, "/Names << /JavaScript null >>", "", NULL), PDF_HARMLESS);
    expect(pdf_of_size(arena, LIMIT_DOCUMENT_BYTES), PDF_HARMLESS);
}
END_TEST

START_TEST(what_is_no_pdf)
{
    expect(bytes("%PDF"), PDF_NONE);
    expect(bytes("\n%PDF-1.7\n"), PDF_NONE);
    expect(bytes("PK\x03\x04 %PDF-1.7"), PDF_NONE);
    expect(bytes("<!DOCTYPE html><title>%PDF-1.7</title>"), PDF_NONE);
    expect(bytes("%PDF-1.7\n"), PDF_DAMAGED);
    expect(bytes("%PDF-1.7\nstartxref\n0\n%%EOF\n"), PDF_DAMAGED);
}
END_TEST

START_TEST(nothing_at_all)
{
    const char *refusal = NULL;

    ck_assert_int_eq(document_check("", 0, &refusal), OK);
    ck_assert_ptr_eq(refusal, document_refusal(PDF_NONE));
}
END_TEST

/* Nothing is mended: wherever it was cut, it is refused. */
START_TEST(truncated)
{
    struct pdf pdf = pdf_plain(arena, "terms");

    for (size_t size = 5; size + 8 < pdf.size; size += 7)
        ck_assert_int_eq(pdf_judge(pdf.bytes, size), PDF_DAMAGED);
    pdf.size /= 2;
    expect(pdf, PDF_DAMAGED);
}
END_TEST

START_TEST(damaged)
{
    struct pdf pdf = pdf_plain(arena, "terms");
    char *copy = arena_copy(arena, pdf.bytes, pdf.size);

    /* an object that is not where the table says */
    memcpy(strstr(copy + 20, "3 0 obj"), "9 0 obj", 7);
    expect((struct pdf){copy, pdf.size}, PDF_DAMAGED);
    copy = arena_copy(arena, pdf.bytes, pdf.size);
    memcpy(strstr(copy + 20, "/Kids"), "/Cats", 5);
    ck_assert_int_ne(pdf_judge(copy, pdf.size), PDF_HARMLESS);
}
END_TEST

START_TEST(encrypted)
{
    expect(pdf_encrypted(arena, "secret"), PDF_ENCRYPTED);
    expect(pdf_encrypted(arena, ""), PDF_ENCRYPTED);
}
END_TEST

START_TEST(no_pages)
{
    expect(pdf_no_pages(arena), PDF_EMPTY);
}
END_TEST

/* What acts by itself, wherever it hides. */
static const struct {
    const char *catalog;
    const char *page;
    const char *more[4];
    enum pdf_verdict verdict;
} acting[] = {
    {"/OpenAction << /S /JavaScript /JS (app.alert(1)) >>", "", {NULL}, PDF_SCRIPT},
    {"/OpenAction 5 0 R", "", {"<< /S /JavaScript /JS 6 0 R >>", "(app.alert(1))"}, PDF_SCRIPT},
    {"/Names << /JavaScript << /Names [(a) 5 0 R] >> >>",
     "",
     {"<< /S /JavaScript /JS (1) >>"},
     PDF_SCRIPT},
    {"", "/AA << /O << /S /JavaScript /JS (1) >> >>", {NULL}, PDF_SCRIPT},
    /* a name may be spelt in another way */
    {"/Open#41ction << /S /Java#53cript /J#53 (1) >>", "", {NULL}, PDF_SCRIPT},
    /* behind another action, in an annotation, in an array of arrays, round a circle */
    {"/OpenAction << /S /GoTo /D [3 0 R /Fit] /Next [<< /S /JavaScript >>] >>",
     "",
     {NULL},
     PDF_SCRIPT},
    {"", "/Annots [[[5 0 R]]]", {"<< /A 6 0 R >>", "<< /B [5 0 R << /JS (1) >>] >>"}, PDF_SCRIPT},
    /* a generation that is not there does not hide the one that is */
    {"/A 5 3 R /B 5 0 R", "", {"<< /S /JavaScript >>"}, PDF_SCRIPT},
    {"/OpenAction << /S /Launch /F (calc.exe) >>", "", {NULL}, PDF_LAUNCH},
    {"",
     "/Annots [<< /Subtype /Link /A << /S /Launch /Win << /F (x) >> >> >>]",
     {NULL},
     PDF_LAUNCH},
    {"/Names << /EmbeddedFiles << /Names [] >> >>", "", {NULL}, PDF_FILES},
    {"/AF [<< /Type /Filespec /F (a) /EF << /F 5 0 R >> >>]",
     "",
     {"<< /Type /EmbeddedFile >>"},
     PDF_FILES},
    {"", "/Annots [<< /Subtype /FileAttachment >>]", {NULL}, PDF_FILES},
    {"/OpenAction << /S /GoToE /T << /R /C >> >>", "", {NULL}, PDF_FILES},
    {"/OpenAction << /S /GoToR /F (\\\\\\\\e.example\\\\a.pdf) /D [0 /Fit] >>",
     "",
     {NULL},
     PDF_OUTSIDE},
    {"", "/Contents 5 0 R", {"<< /Length 0 /F (a) >>\nstream\n\nendstream"}, PDF_OUTSIDE},
    {"/OpenAction << /S /URI /URI ( JavaScript:alert\\(1\\)) >>", "", {NULL}, PDF_SCRIPT},
    {"/OpenAction << /S /SubmitForm /F (https://e.example) >>", "", {NULL}, PDF_SENDING},
    {"/OpenAction << /S /ImportData /F (a) >>", "", {NULL}, PDF_SENDING},
    {"", "/Annots [<< /Subtype /RichMedia >>]", {NULL}, PDF_MEDIA},
    {"", "/Annots [<< /Subtype /3D >>]", {NULL}, PDF_MEDIA},
    {"/AcroForm << /XFA [(a) 5 0 R] /Fields [] >>", "", {"<< >>"}, PDF_XFA},
};

START_TEST(what_acts_is_refused)
{
    expect(pdf_with(arena, acting[_i].catalog, acting[_i].page, acting[_i].more),
           acting[_i].verdict);
}
END_TEST

/* The sanitizers' memory takes several times as long, of which a judge has 5 seconds. */
#ifdef SANITIZED
#define WIDE 100000
#else
#define WIDE 400000
#endif

START_TEST(deep_and_wide_files_end)
{
    enum { DEPTH = 400, WIDTH = WIDE };
    char *deep = arena_alloc(arena, 2 * DEPTH + 1);
    char *wide = arena_alloc(arena, 2 * WIDTH + 16);

    memset(deep, '[', DEPTH);
    memset(deep + DEPTH, ']', DEPTH);
    expect(pdf_with(arena, arena_format(arena, "/Deep %s", deep), "", NULL), PDF_HARMLESS);
    for (int i = 0; i < WIDTH; i++)
        memcpy(wide + 2 * i, " 1", 2);
    expect(pdf_with(arena, arena_format(arena, "/Wide [%s]", wide), "", NULL), PDF_HARMLESS);
}
END_TEST

#ifndef SANITIZED
/* A table that is 64 times larger than it looks, more than the process may have: 671 MB. */
START_TEST(a_bomb_ends_only_its_own_process)
{
    enum { PACKED = 10 * 1024 * 1024 - 1024 };
    char *file = arena_alloc(arena, LIMIT_DOCUMENT_BYTES);
    const char *head = arena_format(arena,
                                    "%%PDF-1.7\n1 0 obj\n<< /Type /XRef /Size 9 /W [1 2 1] "
                                    "/Root 2 0 R /Filter /RunLengthDecode /Length %d >>\nstream\n",
                                    PACKED);
    static const char tail[] = "\nendstream\nendobj\nstartxref\n9\n%%EOF\n";
    size_t at = strlen(head);
    const char *refusal = NULL;

    memcpy(file, head, at);
    memset(file + at, '\x81', PACKED); /* a run of 128, of bytes 0x81 */
    at += PACKED;
    memcpy(file + at, tail, sizeof tail - 1);
    ck_assert_int_eq(document_check(file, at + sizeof tail - 1, &refusal), OK);
    ck_assert(refusal == document_refusal(PDF_COMPLEX) || refusal == document_refusal(PDF_DAMAGED));
    ck_assert_int_eq(waitpid(-1, NULL, WNOHANG), -1);
}
END_TEST
#endif

START_TEST(every_verdict_has_words)
{
    ck_assert_ptr_null(document_refusal(PDF_HARMLESS));
    for (int i = PDF_HARMLESS + 1; i < PDF_VERDICT_COUNT; i++) {
        ck_assert_ptr_nonnull(document_refusal((enum pdf_verdict)i));
        for (int k = PDF_HARMLESS + 1; k < i; k++)
            ck_assert_str_ne(document_refusal((enum pdf_verdict)i),
                             document_refusal((enum pdf_verdict)k));
    }
}
END_TEST

Suite *
document_check_suite(void)
{
    Suite *suite = suite_create("actions/document_check");
    TCase *tests = tcase_create("document_check");

    tcase_set_timeout(tests, 60);
    tcase_add_checked_fixture(tests, setup, teardown);
    tcase_add_test(tests, plain_pages_are_fine);
    tcase_add_test(tests, what_is_no_pdf);
    tcase_add_test(tests, nothing_at_all);
    tcase_add_test(tests, truncated);
    tcase_add_test(tests, damaged);
    tcase_add_test(tests, encrypted);
    tcase_add_test(tests, no_pages);
    tcase_add_loop_test(tests, what_acts_is_refused, 0, (int)COUNT(acting));
    tcase_add_test(tests, deep_and_wide_files_end);
#ifndef SANITIZED
    tcase_add_test(tests, a_bomb_ends_only_its_own_process);
#endif
    tcase_add_test(tests, every_verdict_has_words);
    suite_add_tcase(suite, tests);
    return suite;
}

/*
 * multipart_test.c: parts between boundaries become pairs and one file, or nothing (web/multipart).
 */
#include <check.h>
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/limits.h"
#include "base/text.h"
#include "web/multipart.h"

#define TYPE "multipart/form-data; boundary=XyZ"
#define FIELD(name, value) \
    "--XyZ\r\nContent-Disposition: form-data; name=\"" name "\"\r\n\r\n" value "\r\n"
#define FILE_PART(name, file, bytes)                                                    \
    "--XyZ\r\nContent-Disposition: form-data; name=\"" name "\"; filename=\"" file "\"" \
    "\r\nContent-Type: application/pdf\r\n\r\n" bytes "\r\n"
#define END "--XyZ--\r\n"

Suite *multipart_suite(void);

/* A body given in pieces of one size. */
struct fake {
    const char *type;
    const char *announced;
    const char *body;
    size_t length;
    size_t at;
    size_t piece;
};

static struct arena *arena;
static struct request request;

static void
setup(void)
{
    arena = arena_open(LIMIT_ARENA_BYTES);
    request = (struct request){.upload = {.fd = -1}};
}

static void
teardown(void)
{
    request_close(&request);
    arena_close(arena);
}

static const char *
fake_param(void *context, const char *name)
{
    const struct fake *fake = context;

    if (strcmp(name, "REQUEST_METHOD") == 0)
        return "POST";
    if (strcmp(name, "DOCUMENT_URI") == 0)
        return "/x";
    if (strcmp(name, "CONTENT_TYPE") == 0)
        return fake->type;
    return strcmp(name, "CONTENT_LENGTH") == 0 ? fake->announced : NULL;
}

static long
fake_read(void *context, char *bytes, size_t size)
{
    struct fake *fake = context;
    size_t count = fake->length - fake->at;

    if (count > fake->piece)
        count = fake->piece;
    if (count > size)
        count = size;
    memcpy(bytes, fake->body + fake->at, count);
    fake->at += count;
    return (long)count;
}

/* The status of the whole request: what request_read says of it, then what its parts say. */
static int
read_pieces(const char *body, size_t length, size_t piece, bool keep)
{
    struct fake fake = {.type = TYPE,
                        .announced = arena_format(arena, "%zu", length),
                        .body = body,
                        .length = length,
                        .piece = piece};
    const struct source source = {&fake, fake_param, fake_read};
    int status;

    request_close(&request);
    status = request_read(&source, arena, &request);
    ck_assert_uint_eq(fake.at, 0); /* nothing is read before it is known who asks */
    return status != 0 ? status : multipart_read(&source, arena, keep, &request);
}

static int
read_body(const char *body)
{
    return read_pieces(body, strlen(body), 7, true);
}

static void
expect_file(const char *field, const char *name, const char *bytes)
{
    ck_assert_str_eq(request.upload.field, field);
    ck_assert_str_eq(request.upload.file_name, name);
    ck_assert_int_eq(request.upload.size, (int64_t)strlen(bytes));
    ck_assert_int_ge(request.upload.fd, 0);
    if (*bytes != '\0')
        ck_assert_mem_eq(request.upload.bytes, bytes, strlen(bytes));
    else
        ck_assert_ptr_null(request.upload.bytes);
}

START_TEST(reads_fields_and_a_file_in_pieces_of_any_size)
{
    static const char body[] = FIELD("csrf", "abc") FIELD("note", "a\r\nb\r\n--Xy\r\n--XyY -")
        FILE_PART("document", "terms.pdf", "%PDF-1.7\r\n--XyY\r\n\r\n--Xy") FIELD("do", "save") END;
    static const size_t pieces[] = {1, 2, 3, 5, 8, 13, 64, 1000};

    for (size_t i = 0; i < COUNT(pieces); i++) {
        ck_assert_int_eq(read_pieces(body, sizeof body - 1, pieces[i], true), 0);
        ck_assert_uint_eq(request.body.count, 4);
        ck_assert_str_eq(form_text(&request.body, "csrf"), "abc");
        ck_assert_str_eq(form_text(&request.body, "note"), "a\nb\n--Xy\n--XyY -");
        ck_assert_str_eq(form_text(&request.body, "document"), "terms.pdf");
        ck_assert_str_eq(form_text(&request.body, "do"), "save");
        expect_file("document", "terms.pdf", "%PDF-1.7\r\n--XyY\r\n\r\n--Xy");
    }
}
END_TEST

START_TEST(a_field_without_a_file_is_nothing)
{
    ck_assert_int_eq(read_body(FIELD("a", "") FILE_PART("document", "", "") END), 0);
    ck_assert_uint_eq(request.body.count, 1);
    ck_assert_str_eq(form_value(&request.body, "a"), "");
    ck_assert_ptr_null(form_value(&request.body, "document"));
    ck_assert_int_eq(request.upload.fd, -1);
    ck_assert_int_eq(read_body(END), 0);
    ck_assert_uint_eq(request.body.count, 0);
}
END_TEST

START_TEST(an_empty_file_and_one_without_a_name_are_files)
{
    ck_assert_int_eq(read_body(FILE_PART("document", "empty.pdf", "") END), 0);
    expect_file("document", "empty.pdf", "");
    ck_assert_int_eq(read_body(FILE_PART("document", "", "x") END), 0);
    expect_file("document", "", "x");
    ck_assert_str_eq(form_value(&request.body, "document"), "");
}
END_TEST

static const char *const file_names[][2] = {
    {"terms.pdf", "terms.pdf"},
    {"../../etc/passwd", "passwd"},
    {"C:\\\\Users\\\\me\\\\terms.pdf", "terms.pdf"},
    {"/", ""},
    {"..", ".."},
    {"a%22b.pdf", "a\"b.pdf"},
    {"100%25.pdf", "100%25.pdf"},
    {"%22", "\""},
    {"\xF0\x9F\x93\x84 \xF0\xA0\x80\x8B.pdf", "\xF0\x9F\x93\x84 \xF0\xA0\x80\x8B.pdf"},
    {"\xD8\xB4\xD8\xB1\xD9\x88\xD8\xB7.pdf", "\xD8\xB4\xD8\xB1\xD9\x88\xD8\xB7.pdf"},
    {"\xE2\x80\xAE"
     "fdp.exe",
     "\xE2\x80\xAE"
     "fdp.exe"},
};

START_TEST(a_files_name_is_a_text_without_folders)
{
    const char *body = arena_format(arena,
                                    "--XyZ\r\nContent-Disposition: form-data; name=\"document\"; "
                                    "filename=\"%s\"\r\n\r\nx\r\n" END,
                                    file_names[_i][0]);

    ck_assert_int_eq(read_body(body), 0);
    expect_file("document", file_names[_i][1], "x");
    ck_assert_str_eq(form_value(&request.body, "document"), file_names[_i][1]);
}
END_TEST

/* A whole body, and everything that is wrong with the others. */
static const char *const refused[] = {
    "",
    "--",
    "--XyZ",
    "--XyZ\r\n",
    "--XyZ--x",
    "--XyZ--\r\n\r\n",
    "--XyZ--\r\n" END,
    "\r\n" END,
    "preamble\r\n" END,
    "--Xyz--\r\n",
    FIELD("a", "b"),
    FIELD("a", "b") "--XyZ",
    FIELD("a", "b") "--XyZ-",
    FIELD("a", "b") "--XyZ \r\n" END,
    FILE_PART("a", "b", "half a f"),
    "--XyZ\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nb" END,
    "--XyZ\r\nContent-Disposition: form-data; name=\"a\"\r\nb\r\n" END,
    "--XyZ\nContent-Disposition: form-data; name=\"a\"\n\nb\n--XyZ--\n",
    "--XyZ\r\n\r\nb\r\n" END,
    "--XyZ\r\nContent-Type: text/plain\r\n\r\nb\r\n" END,
    "--XyZ\r\nContent-Disposition: attachment; name=\"a\"\r\n\r\nb\r\n" END,
    "--XyZ\r\nContent-Disposition: form-data\r\n\r\nb\r\n" END,
    "--XyZ\r\nContent-Disposition: form-data; name=a\r\n\r\nb\r\n" END,
    "--XyZ\r\nContent-Disposition: form-data; name=\"a\r\n\r\nb\r\n" END,
    "--XyZ\r\nContent-Disposition: form-data; name=\"a\"; name=\"b\"\r\n\r\nb\r\n" END,
    "--XyZ\r\nContent-Disposition: form-data; name=\"a\"; filename=\"a\"; filename=\"b\"\r\n\r\nb"
    "\r\n" END,
    "--XyZ\r\nContent-Disposition: form-data; name=\"a\"; filename*=UTF-8''b\r\n\r\nb\r\n" END,
    "--XyZ\r\nContent-Disposition: form-data; name=\"a\"; size=1\r\n\r\nb\r\n" END,
    "--XyZ\r\nContent-Disposition: form-data; name=\"a\" x\r\n\r\nb\r\n" END,
    "--XyZ\r\nContent-Disposition: form-data; filename=\"a\"\r\n\r\nb\r\n" END,
    "--XyZ\r\nContent-Disposition: form-data; name=\"a\"\r\nContent-Disposition: form-data; "
    "name=\"b\"\r\n\r\nb\r\n" END,
    "--XyZ\r\nContent-Disposition: form-data;\r\n name=\"a\"\r\n\r\nb\r\n" END,
    "--XyZ\r\nContent-Disposition : form-data; name=\"a\"\r\n\r\nb\r\n" END,
    "--XyZ\r\n: form-data; name=\"a\"\r\n\r\nb\r\n" END,
    "--XyZ\r\nContent-Disposition: form-data; name=\"a\rX: y\"\r\n\r\nb\r\n" END,
    "--XyZ\r\nContent-Disposition: form-data; name=\"a\nX: y\"\r\n\r\nb\r\n" END,
    "--XyZ\r\nContent-Disposition: form-data; name=\"a\"; filename=\"b\x01\"\r\n\r\nb\r\n" END,
    "--XyZ\r\nContent-Disposition: form-data; name=\"a\"; filename=\"b\xFF\"\r\n\r\nb\r\n" END,
    /* nested */
    "--XyZ\r\nContent-Disposition: form-data; name=\"a\"\r\n"
    "Content-Type: multipart/mixed; boundary=in\r\n\r\n--in\r\n\r\nb\r\n--in--\r\n" END,
    /* the rules of a form's values */
    FIELD("a", "\x01"),
    FIELD("a", "\x7F") END,
    FIELD("a", "\xC0\x80") END,
    FIELD("a", "\xED\xA0\x80") END,
    FIELD("a\xFF", "b") END,
    /* two files */
    FILE_PART("a", "a.pdf", "x") FILE_PART("b", "b.pdf", "y") END,
    FILE_PART("a", "a.pdf", "") FILE_PART("a", "b.pdf", "") END,
};

START_TEST(refuses_what_no_browser_sends)
{
    static const size_t pieces[] = {1, 7, 4096};

    for (size_t i = 0; i < COUNT(pieces); i++) {
        ck_assert_msg(read_pieces(refused[_i], strlen(refused[_i]), pieces[i], true) == 400,
                      "row %d: %s", _i, refused[_i]);
        ck_assert_uint_eq(request.body.count, 0);
    }
}
END_TEST

START_TEST(a_nul_is_refused_in_a_text_and_kept_in_a_file)
{
    static const char text[] = FIELD("a", "b\0c") END;
    static const char head[] =
        "--XyZ\r\nContent-Disposition: form-data; name=\"a\0b\"\r\n\r\nc\r\n" END;
    static const char file[] = FILE_PART("a", "b", "x\0y") END;

    ck_assert_int_eq(read_pieces(text, sizeof text - 1, 7, true), 400);
    ck_assert_int_eq(read_pieces(head, sizeof head - 1, 7, true), 400);
    ck_assert_int_eq(read_pieces(file, sizeof file - 1, 7, true), 0);
    ck_assert_int_eq(request.upload.size, 3);
    ck_assert_mem_eq(request.upload.bytes, "x\0y", 3);
}
END_TEST

/* What the announced length says beyond what comes, or short of it. */
START_TEST(a_body_is_as_long_as_it_says)
{
    static const char body[] = FIELD("a", "b") END;

    for (size_t cut = 1; cut < sizeof body; cut++) {
        struct fake fake = {
            TYPE, arena_format(arena, "%zu", sizeof body - 1), body, sizeof body - 1 - cut, 0, 7};
        const struct source source = {&fake, fake_param, fake_read};

        ck_assert_int_eq(request_read(&source, arena, &request), 0);
        ck_assert_int_eq(multipart_read(&source, arena, true, &request), 400);
        /* only the last line break is nobody's loss */
        ck_assert_int_eq(read_pieces(body, sizeof body - 1 - cut, 7, true), cut == 2 ? 0 : 400);
    }
}
END_TEST

static const struct {
    const char *type;
    const char *boundary; /* NULL: 415 */
} types[] = {
    {"multipart/form-data; boundary=x", "x"},
    {"Multipart/Form-Data;BOUNDARY=x", "x"},
    {"multipart/form-data; boundary=\"x:y\"", "x:y"},
    {"multipart/form-data; boundary=----WebKitFormBoundary7MA4YWxkTrZu0gW",
     "----WebKitFormBoundary7MA4YWxkTrZu0gW"},
    {"multipart/form-data; boundary=0123456789012345678901234567890123456789012345678901234567890"
     "123456789",
     "0123456789012345678901234567890123456789012345678901234567890123456789"},
    {"multipart/form-data; boundary=0123456789012345678901234567890123456789012345678901234567890"
     "1234567890",
     NULL},
    {"multipart/form-data", NULL},
    {"multipart/form-data;", NULL},
    {"multipart/form-data; boundary=", NULL},
    {"multipart/form-data; boundary=\"\"", NULL},
    {"multipart/form-data; boundary=\"x", NULL},
    {"multipart/form-data; boundary=x y", NULL},
    {"multipart/form-data; boundary=x\r\n", NULL},
    {"multipart/form-data; charset=x", NULL},
    {"multipart/mixed; boundary=x", NULL},
    {"multipart/form-database; boundary=x", NULL},
};

START_TEST(finds_the_boundary)
{
    struct fake fake = {.type = types[_i].type, .announced = "0", .piece = 1};
    const struct source source = {&fake, fake_param, fake_read};

    ck_assert_int_eq(request_read(&source, arena, &request), types[_i].boundary == NULL ? 415 : 0);
    if (types[_i].boundary != NULL)
        ck_assert_str_eq(request.boundary, types[_i].boundary);
    else
        ck_assert_ptr_null(request.boundary);
}
END_TEST

START_TEST(bounds_parts_heads_and_texts)
{
    struct buffer body;

    buffer_open(&body, (size_t)4 * 1024 * 1024);
    for (int i = 0; i < LIMIT_FORM_FIELDS; i++)
        buffer_format(&body, FIELD("f%d", "v"), i);
    buffer_text(&body, END);
    ck_assert_int_eq(read_pieces(body.data, body.length, 4096, true), 0);
    ck_assert_uint_eq(request.body.count, LIMIT_FORM_FIELDS);

    buffer_clear(&body);
    for (int i = 0; i <= LIMIT_FORM_FIELDS; i++)
        buffer_format(&body, FIELD("f%d", "v"), i);
    buffer_text(&body, END);
    ck_assert_int_eq(read_pieces(body.data, body.length, 4096, true), 400);

    for (int more = 0; more < 2; more++) { /* a text at its limit, and one byte past */
        buffer_clear(&body);
        buffer_format(&body, FIELD("a", "%0*d") END, LIMIT_FIELD_BYTES + more, 0);
        ck_assert_int_eq(read_pieces(body.data, body.length, 4096, true), more == 0 ? 0 : 400);
    }

    for (int more = 0; more < 2; more++) { /* names and texts together */
        buffer_clear(&body);
        for (int i = 0; i < 8; i++)
            buffer_format(&body, FIELD("%d", "%0*d"), i,
                          LIMIT_BODY_BYTES / 8 - 1 + (i == 0 ? more : 0), 0);
        buffer_text(&body, END);
        ck_assert_int_eq(read_pieces(body.data, body.length, 4096, true), more == 0 ? 0 : 413);
    }

    buffer_clear(&body);
    buffer_format(&body,
                  "--XyZ\r\nX: %05000d\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n"
                  "b\r\n" END,
                  0);
    ck_assert_int_eq(read_pieces(body.data, body.length, 4096, true), 400);
    buffer_close(&body);
}
END_TEST

/* A file of that many bytes and what is around it. */
static int
read_large(size_t size, bool keep)
{
    struct buffer body;
    int status;

    buffer_open(&body, size + 4096);
    buffer_text(&body,
                "--XyZ\r\nContent-Disposition: form-data; name=\"d\"; filename=\"f\"\r\n\r\n");
    for (size_t left = size; left > 0;) {
        static char block[65536];
        size_t count = left < sizeof block ? left : sizeof block;

        memset(block, 'x', sizeof block);
        buffer_put(&body, block, count);
        left -= count;
    }
    buffer_text(&body, "\r\n" FIELD("after", "is read") END);
    ck_assert(!body.full);
    status = read_pieces(body.data, body.length, 65536, keep);
    buffer_close(&body);
    return status;
}

START_TEST(a_file_is_kept_to_its_limit_and_its_size_told)
{
    struct stat facts;

    ck_assert_int_eq(read_large(LIMIT_UPLOAD_FILE_BYTES, true), 0);
    ck_assert_int_eq(request.upload.size, LIMIT_UPLOAD_FILE_BYTES);
    ck_assert_int_eq(((const char *)request.upload.bytes)[LIMIT_UPLOAD_FILE_BYTES - 1], 'x');
    ck_assert_str_eq(form_text(&request.body, "after"), "is read");

    ck_assert_int_eq(read_large(LIMIT_UPLOAD_FILE_BYTES + 1, true), 0);
    ck_assert_int_eq(request.upload.size, LIMIT_UPLOAD_FILE_BYTES + 1);
    ck_assert_int_eq(fstat(request.upload.fd, &facts), 0);
    ck_assert_int_eq(facts.st_size, LIMIT_UPLOAD_FILE_BYTES);
    ck_assert_uint_eq(facts.st_nlink, 0); /* nobody else can open it, and it goes by itself */
    ck_assert_str_eq(form_text(&request.body, "after"), "is read");

    ck_assert_int_eq(read_large(LIMIT_UPLOAD_BYTES, true), 413);
    ck_assert_int_eq(request.upload.fd, -1);
}
END_TEST

START_TEST(nothing_is_written_for_a_stranger)
{
    ck_assert_int_eq(read_large(1000, false), 0);
    ck_assert_int_eq(request.upload.fd, -1);
    ck_assert_int_eq(request.upload.size, 0);
    ck_assert_ptr_null(request.upload.bytes);
    ck_assert_str_eq(form_text(&request.body, "d"), "f");
    ck_assert_str_eq(form_text(&request.body, "after"), "is read");
}
END_TEST

START_TEST(closing_gives_the_file_back)
{
    int file;

    ck_assert_int_eq(read_body(FILE_PART("d", "f", "x") END), 0);
    file = request.upload.fd;
    request_close(&request);
    ck_assert_int_eq(fcntl(file, F_GETFD), -1);
    ck_assert_int_eq(errno, EBADF);
    ck_assert_int_eq(request.upload.fd, -1);
    request_close(&request); /* twice is once */
    /* half a file too */
    ck_assert_int_eq(read_body(FILE_PART("d", "f", "more than a boundary is long")), 400);
    file = request.upload.fd;
    ck_assert_int_ge(file, 0);
    request_close(&request);
    ck_assert_int_eq(fcntl(file, F_GETFD), -1);
}
END_TEST

Suite *
multipart_suite(void)
{
    Suite *suite = suite_create("web/multipart");
    TCase *tests = tcase_create("multipart");

    tcase_add_checked_fixture(tests, setup, teardown);
    tcase_add_test(tests, reads_fields_and_a_file_in_pieces_of_any_size);
    tcase_add_test(tests, a_field_without_a_file_is_nothing);
    tcase_add_test(tests, an_empty_file_and_one_without_a_name_are_files);
    tcase_add_loop_test(tests, a_files_name_is_a_text_without_folders, 0, (int)COUNT(file_names));
    tcase_add_loop_test(tests, refuses_what_no_browser_sends, 0, (int)COUNT(refused));
    tcase_add_test(tests, a_nul_is_refused_in_a_text_and_kept_in_a_file);
    tcase_add_test(tests, a_body_is_as_long_as_it_says);
    tcase_add_loop_test(tests, finds_the_boundary, 0, (int)COUNT(types));
    tcase_add_test(tests, bounds_parts_heads_and_texts);
    tcase_add_test(tests, a_file_is_kept_to_its_limit_and_its_size_told);
    tcase_add_test(tests, nothing_is_written_for_a_stranger);
    tcase_add_test(tests, closing_gives_the_file_back);
    suite_add_tcase(suite, tests);
    return suite;
}

/*
 * request_test.c: what is read from a source, and what is refused (web/request).
 */
#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "base/limits.h"
#include "base/text.h"
#include "web/request.h"

#define FORM "application/x-www-form-urlencoded"

Suite *request_suite(void);

/* A made-up request: name, value pairs ended by NULL, and a body given in small pieces. */
struct fake {
    const char *params[24];
    const char *body;
    size_t length;
    size_t at;
    size_t piece;
};

static struct arena *arena;
static struct request request;

static void
open_arena(void)
{
    arena = arena_open(LIMIT_ARENA_BYTES);
}

static void
close_arena(void)
{
    arena_close(arena);
}

static const char *
fake_param(void *context, const char *name)
{
    const struct fake *fake = context;

    for (size_t i = 0; i + 1 < COUNT(fake->params) && fake->params[i] != NULL; i += 2) {
        if (strcmp(fake->params[i], name) == 0)
            return fake->params[i + 1];
    }
    return NULL;
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

static int
read_fake(struct fake *fake)
{
    const struct source source = {.context = fake, .param = fake_param, .read = fake_read};

    if (fake->piece == 0)
        fake->piece = 7;
    if (fake->length == 0 && fake->body != NULL)
        fake->length = strlen(fake->body);
    return request_read(&source, arena, &request);
}

/* A GET with one parameter more, or instead. */
static int
read_with(const char *name, const char *value)
{
    struct fake fake = {.params = {name, value, "REQUEST_METHOD", "GET", "DOCUMENT_URI", "/isv",
                                   "REQUEST_ID", "r1"}};

    return read_fake(&fake);
}

/* A POST whose announced length, type and body are given. */
static int
read_post(const char *length, const char *type, const char *body)
{
    struct fake fake = {.params = {"REQUEST_METHOD", "POST", "DOCUMENT_URI", "/login",
                                   "CONTENT_LENGTH", length, "CONTENT_TYPE", type},
                        .body = body};

    return read_fake(&fake);
}

START_TEST(reads_a_get)
{
    struct fake fake = {.params = {"REQUEST_METHOD", "GET", "DOCUMENT_URI", "/isv/offers",
                                   "QUERY_STRING", "q=a%20b&status=draft", "REMOTE_ADDR",
                                   "127.0.0.1", "HTTP_HOST", "localhost:8080", "HTTP_ORIGIN",
                                   "http://localhost:8080", "HTTP_SEC_FETCH_SITE", "same-origin",
                                   "REQUEST_ID", "abc", "HTTP_COOKIE",
                                   "tripact_theme=dark; tripact_session=S-1_x; tripact_visit=V"}};

    ck_assert_int_eq(read_fake(&fake), 0);
    ck_assert_int_eq(request.method, METHOD_GET);
    ck_assert(!request.head);
    ck_assert_str_eq(request.path, "/isv/offers");
    ck_assert_str_eq(request.query_text, "q=a%20b&status=draft");
    ck_assert_str_eq(form_text(&request.query, "q"), "a b");
    ck_assert_uint_eq(request.body.count, 0);
    ck_assert_str_eq(request.session_cookie, "S-1_x");
    ck_assert_str_eq(request.visit_cookie, "V");
    ck_assert_str_eq(request.theme_cookie, "dark");
    ck_assert_str_eq(request.address, "127.0.0.1");
    ck_assert_str_eq(request.host, "localhost:8080");
    ck_assert_str_eq(request.origin, "http://localhost:8080");
    ck_assert_str_eq(request.fetch_site, "same-origin");
    ck_assert_str_eq(request.id, "abc");
}
END_TEST

START_TEST(copies_what_it_keeps)
{
    char path[] = "/isv";
    char cookie[] = "tripact_session=abc";
    struct fake fake = {
        .params = {"REQUEST_METHOD", "GET", "DOCUMENT_URI", path, "HTTP_COOKIE", cookie}};

    ck_assert_int_eq(read_fake(&fake), 0);
    memset(path, 'x', 4);
    memset(cookie, 'x', sizeof cookie - 1);
    ck_assert_str_eq(request.path, "/isv");
    ck_assert_str_eq(request.session_cookie, "abc");
}
END_TEST

START_TEST(has_no_null_text_when_nothing_came)
{
    struct fake fake = {.params = {NULL}};

    ck_assert_int_eq(read_fake(&fake), 400);
    ck_assert_int_eq(request.method, METHOD_OTHER);
    ck_assert_str_eq(request.path, "/");
    ck_assert_str_eq(request.query_text, "");
    ck_assert_str_eq(request.session_cookie, "");
    ck_assert_str_eq(request.host, "");
    ck_assert_str_eq(request.id, "");
}
END_TEST

START_TEST(knows_methods)
{
    static const struct {
        const char *text;
        enum method method;
        bool head;
    } golden[] = {{"GET", METHOD_GET, false},
                  {"HEAD", METHOD_GET, true},
                  {"DELETE", METHOD_OTHER, false},
                  {"get", METHOD_OTHER, false},
                  {"", METHOD_OTHER, false}};

    for (size_t i = 0; i < COUNT(golden); i++) {
        ck_assert_int_eq(read_with("REQUEST_METHOD", golden[i].text), 0);
        ck_assert_int_eq(request.method, golden[i].method);
        ck_assert(request.head == golden[i].head);
    }
}
END_TEST

static const struct {
    const char *name;
    const char *value;
    int status;
} refusals[] = {
    {"DOCUMENT_URI", "", 400},
    {"DOCUMENT_URI", "isv", 400},
    {"DOCUMENT_URI", "/a\nb", 400},
    {"DOCUMENT_URI", "/a\x01", 400},
    {"DOCUMENT_URI", "/\xC3", 400},
    {"DOCUMENT_URI", "/\xC2\x9B", 400},
    {"DOCUMENT_URI", "/M\xC3\xBCller", 0},
    {"QUERY_STRING", "a=%", 400},
    {"QUERY_STRING", "a=%00", 400},
    {"QUERY_STRING", "a=%FF", 400},
    {"QUERY_STRING", "a=\t", 400},
    {"QUERY_STRING", "a=%0A", 0},
    {"HTTP_COOKIE", "tripact_session=\xFF", 400},
    {"HTTP_COOKIE", "a=\x02", 400},
    {"HTTP_HOST", "local\x1B[0m", 400},
    {"HTTP_ORIGIN", "\xC0\x80", 400},
    {"REMOTE_ADDR", "1\t2", 400},
    {"REQUEST_ID", "\x7F", 400},
    {"HTTP_SEC_FETCH_SITE", "\r\n", 400},
};

START_TEST(refuses_bad_bytes)
{
    ck_assert_int_eq(read_with(refusals[_i].name, refusals[_i].value), refusals[_i].status);
    /* What the error page and the log need is there all the same. */
    ck_assert_int_eq(request.method, METHOD_GET);
    ck_assert(request.path[0] == '/');
    if (strcmp(refusals[_i].name, "REQUEST_ID") != 0)
        ck_assert_str_eq(request.id, "r1");
}
END_TEST

static int
read_long(const char *name, const char *start, size_t length)
{
    char *value = malloc(length + 1);
    size_t begun = strlen(start);

    ck_assert_ptr_nonnull(value);
    memset(value, 'a', length);
    memcpy(value, start, begun);
    value[length] = '\0';
    int status = read_with(name, value);
    free(value);
    return status;
}

START_TEST(refuses_the_oversize)
{
    ck_assert_int_eq(read_long("DOCUMENT_URI", "/", LIMIT_PATH_BYTES), 0);
    ck_assert_int_eq(read_long("DOCUMENT_URI", "/", LIMIT_PATH_BYTES + 1), 413);
    ck_assert_str_eq(request.path, "/");
    ck_assert_int_eq(read_long("QUERY_STRING", "q=", LIMIT_QUERY_BYTES), 0);
    ck_assert_int_eq(read_long("QUERY_STRING", "q=", LIMIT_QUERY_BYTES + 1), 413);
    ck_assert_int_eq(read_long("HTTP_COOKIE", "a=", LIMIT_COOKIE_BYTES), 0);
    ck_assert_int_eq(read_long("HTTP_COOKIE", "a=", LIMIT_COOKIE_BYTES + 1), 413);
    ck_assert_int_eq(read_long("HTTP_HOST", "h", 513), 413);
}
END_TEST

static const struct {
    const char *header;
    const char *session;
} cookies[] = {
    {"", ""},
    {"tripact_session=abc", "abc"},
    {"  tripact_session=abc  ", "abc"},
    {"a=b;tripact_session=abc;c=d", "abc"},
    {"a=b ; tripact_session=abc ; c=d", "abc"},
    {";;;tripact_session=abc;;", "abc"},
    {"tripact_session=", ""},
    {"tripact_session", ""},
    {"tripact_sessionx=abc", ""},
    {"xtripact_session=abc", ""},
    {"TRIPACT_SESSION=abc", ""},
    {"x=tripact_session=abc", ""},
    {"tripact_session=a b", ""},
    {"tripact_session=\"abc\"", ""},
    {"tripact_session=a%20b", ""},
    {"tripact_session=a,b", ""},
    {"tripact_session=abc; tripact_session=abc", "abc"},
    {"tripact_session=abc; tripact_session=abd", ""},
    {"tripact_session=abc; tripact_session=abcd", ""},
    {"tripact_session=abc; tripact_session=", ""},
    {"tripact_session=; tripact_session=abc", ""},
    {"tripact_session=abc; tripact_session=<x>", ""},
    {"tripact_session=abc; other=\"quoted; odd", "abc"},
};

START_TEST(finds_the_session_cookie)
{
    ck_assert_int_eq(read_with("HTTP_COOKIE", cookies[_i].header), 0);
    ck_assert_msg(strcmp(request.session_cookie, cookies[_i].session) == 0, "%s gives %s",
                  cookies[_i].header, request.session_cookie);
}
END_TEST

START_TEST(bounds_a_cookie_value)
{
    struct buffer header;

    buffer_open(&header, 4096);
    buffer_text(&header, "tripact_session=");
    for (int i = 0; i < 128; i++)
        buffer_text(&header, "a");
    ck_assert_int_eq(read_with("HTTP_COOKIE", header.data), 0);
    ck_assert_uint_eq(strlen(request.session_cookie), 128);
    buffer_text(&header, "a");
    ck_assert_int_eq(read_with("HTTP_COOKIE", header.data), 0);
    ck_assert_str_eq(request.session_cookie, "");
    buffer_close(&header);
}
END_TEST

START_TEST(reads_a_post)
{
    ck_assert_int_eq(read_post("27", FORM, "email=a%40b.example&note=%41"), 400); /* cut escape */
    ck_assert_int_eq(read_post("28", FORM, "email=a%40b.example&note=%41"), 0);
    ck_assert_int_eq(request.method, METHOD_POST);
    ck_assert_str_eq(form_text(&request.body, "email"), "a@b.example");
    ck_assert_str_eq(form_text(&request.body, "note"), "A");
    ck_assert_uint_eq(request.query.count, 0);
}
END_TEST

START_TEST(reads_no_further_than_announced)
{
    ck_assert_int_eq(read_post("3", FORM, "a=1&b=2"), 0);
    ck_assert_uint_eq(request.body.count, 1);
}
END_TEST

static const struct {
    const char *length;
    const char *type;
    const char *body;
    int status;
} posts[] = {
    {"3", FORM "; charset=utf-8", "a=1", 0},
    {"3", "Application/X-WWW-Form-URLEncoded", "a=1", 0},
    {"3", FORM " ;charset=UTF-8", "a=1", 0},
    {"3", FORM "ed", "a=1", 415},
    {"3", "multipart/form-data", "a=1", 415},
    {"3", "multipart/form-data; boundary=x", "a=1", 0}, /* its parts wait: multipart_test.c */
    {"21233664", "multipart/form-data; boundary=x", "a=1", 0},
    {"21233665", "multipart/form-data; boundary=x", "a=1", 413},
    {"3", "application/json", "{}}", 415},
    {"3", "", "a=1", 415},
    {"3", NULL, "a=1", 415},
    {"", FORM, "", 0},
    {"0", FORM, "", 0},
    {"4", FORM, "a=1", 400},
    {"-1", FORM, "a=1", 400},
    {"+3", FORM, "a=1", 400},
    {"3 ", FORM, "a=1", 400},
    {"0x3", FORM, "a=1", 400},
    {"262144", FORM, "a=1", 400},
    {"262145", FORM, "a=1", 413},
    {"99999999999999999999999999", FORM, "a=1", 413},
    {"18446744073709551619", FORM, "a=1", 413},
    {"5", FORM, "a=%00", 400},
    {"5", FORM, "a=%FF", 400},
    {"5", FORM, "a=%0A", 0},
};

START_TEST(judges_a_post)
{
    ck_assert_int_eq(LIMIT_BODY_BYTES, 262144);
    ck_assert_msg(read_post(posts[_i].length, posts[_i].type, posts[_i].body) == posts[_i].status,
                  "row %d", _i);
    ck_assert_str_eq(request.path, "/login");
}
END_TEST

START_TEST(reads_a_body_of_the_greatest_size)
{
    struct buffer body;

    buffer_open(&body, LIMIT_BODY_BYTES + 1);
    for (int i = 0; i < 256; i++) {
        buffer_format(&body, "n%03d=", i);
        for (int j = 0; j < 1024 - 6; j++)
            buffer_put(&body, "v", 1);
        buffer_text(&body, "&");
    }
    ck_assert_uint_eq(body.length, LIMIT_BODY_BYTES);
    ck_assert_int_eq(read_post("262144", FORM, body.data), 0);
    ck_assert_uint_eq(request.body.count, 256);
    buffer_close(&body);
}
END_TEST

START_TEST(a_get_has_no_body)
{
    struct fake fake = {.params = {"REQUEST_METHOD", "GET", "DOCUMENT_URI", "/", "CONTENT_LENGTH",
                                   "3", "CONTENT_TYPE", FORM},
                        .body = "a=1"};

    ck_assert_int_eq(read_fake(&fake), 0);
    ck_assert_uint_eq(request.body.count, 0);
    ck_assert_uint_eq(fake.at, 0);
}
END_TEST

Suite *
request_suite(void)
{
    Suite *suite = suite_create("web/request");
    TCase *tests = tcase_create("request");

    tcase_add_checked_fixture(tests, open_arena, close_arena);
    tcase_add_test(tests, reads_a_get);
    tcase_add_test(tests, copies_what_it_keeps);
    tcase_add_test(tests, has_no_null_text_when_nothing_came);
    tcase_add_test(tests, knows_methods);
    tcase_add_loop_test(tests, refuses_bad_bytes, 0, (int)COUNT(refusals));
    tcase_add_test(tests, refuses_the_oversize);
    tcase_add_loop_test(tests, finds_the_session_cookie, 0, (int)COUNT(cookies));
    tcase_add_test(tests, bounds_a_cookie_value);
    tcase_add_test(tests, reads_a_post);
    tcase_add_test(tests, reads_no_further_than_announced);
    tcase_add_loop_test(tests, judges_a_post, 0, (int)COUNT(posts));
    tcase_add_test(tests, reads_a_body_of_the_greatest_size);
    tcase_add_test(tests, a_get_has_no_body);
    suite_add_tcase(suite, tests);
    return suite;
}

/*
 * reply_test.c: statuses and the header block (web/reply).
 */
#include <check.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>

#include "web/reply.h"

Suite *reply_suite(void);

static struct reply reply;
static struct buffer out;

static void
open_reply(void)
{
    reply = (struct reply){.status = 0};
    buffer_open(&reply.body, 4096);
    buffer_open(&out, 4096);
    reply_clear(&reply);
}

static void
close_reply(void)
{
    buffer_close(&reply.body);
    buffer_close(&out);
}

static bool
says(const char *line)
{
    return strstr(out.data, line) != NULL;
}

START_TEST(begins_as_an_empty_page)
{
    ck_assert_int_eq(reply.status, 200);
    ck_assert_str_eq(reply.type, "text/html; charset=utf-8");
    ck_assert(!reply.cacheable);
    ck_assert_uint_eq(reply.body.length, 0);
}
END_TEST

START_TEST(clearing_forgets_everything)
{
    reply.status = 303;
    reply.location = "/isv";
    reply.allow = "GET";
    reply.retry_after_s = 5;
    reply.cacheable = true;
    reply_cookie(&reply, "a=b");
    buffer_text(&reply.body, "secret");
    reply_clear(&reply);
    ck_assert_int_eq(reply.status, 200);
    ck_assert_ptr_null(reply.location);
    ck_assert_ptr_null(reply.allow);
    ck_assert_uint_eq(reply.cookie_count, 0);
    ck_assert_int_eq(reply.retry_after_s, 0);
    ck_assert(!reply.cacheable);
    ck_assert_uint_eq(reply.body.length, 0);
    ck_assert_uint_eq(reply.body.limit, 4096);
}
END_TEST

START_TEST(prints_a_page)
{
    buffer_text(&reply.body, "<p>hello");
    reply_headers(&reply, &out);
    ck_assert(text_starts(out.data, "Status: 200 OK\r\n"));
    ck_assert(says("\r\nContent-Type: text/html; charset=utf-8\r\n"));
    ck_assert(says("\r\nContent-Length: 8\r\n"));
    ck_assert(says("\r\nCache-Control: no-store\r\n"));
    ck_assert_str_eq(out.data + out.length - 4, "\r\n\r\n");
    ck_assert_ptr_eq(strstr(out.data, "\r\n\r\n"), out.data + out.length - 4);
    ck_assert(!says("Location"));
    ck_assert(!says("Set-Cookie"));
    ck_assert(!says("Retry-After"));
}
END_TEST

START_TEST(prints_the_security_headers_on_everything)
{
    static const int statuses[] = {200, 303, 404, 500};

    for (size_t i = 0; i < COUNT(statuses); i++) {
        buffer_clear(&out);
        reply.status = statuses[i];
        reply_headers(&reply, &out);
        ck_assert(says("\r\nContent-Security-Policy: default-src 'none'; style-src 'self'; "
                       "script-src 'self'; img-src 'self'; font-src 'self'; form-action 'self'; "
                       "base-uri 'none'; frame-ancestors 'none'\r\n"));
        ck_assert(says("\r\nX-Content-Type-Options: nosniff\r\n"));
        ck_assert(says("\r\nReferrer-Policy: same-origin\r\n"));
        ck_assert(says("\r\nCross-Origin-Opener-Policy: same-origin\r\n"));
    }
}
END_TEST

START_TEST(prints_a_redirect)
{
    reply.status = 303;
    reply.location = "/isv/offers?done=withdrawn";
    reply_cookie(&reply, "tripact_session=x; Path=/; HttpOnly");
    reply_cookie(&reply, "tripact_theme=dark; Path=/");
    reply_headers(&reply, &out);
    ck_assert(text_starts(out.data, "Status: 303 See Other\r\n"));
    ck_assert(says("\r\nLocation: /isv/offers?done=withdrawn\r\n"));
    ck_assert(says("\r\nSet-Cookie: tripact_session=x; Path=/; HttpOnly\r\n"));
    ck_assert(says("\r\nSet-Cookie: tripact_theme=dark; Path=/\r\n"));
    ck_assert(says("\r\nContent-Length: 0\r\n"));
    ck_assert(!says("\r\nContent-Type:"));
}
END_TEST

START_TEST(prints_the_rare_ones)
{
    reply.status = 405;
    reply.allow = "GET, POST";
    reply.retry_after_s = 30;
    reply.cacheable = true;
    reply_headers(&reply, &out);
    ck_assert(says("\r\nAllow: GET, POST\r\n"));
    ck_assert(says("\r\nRetry-After: 30\r\n"));
    ck_assert(says("\r\nCache-Control: private, no-cache\r\n"));
    ck_assert(!says("no-store"));
}
END_TEST

/* RFC 6266: a name every client can read, then the name as it is. */
static const char *const downloads[][2] = {
    {"Master terms.pdf",
     "attachment; filename=\"Master terms.pdf\"; filename*=UTF-8''Master%20terms.pdf"},
    {"a\"b\\c%d.pdf", "attachment; filename=\"a_b_c_d.pdf\"; filename*=UTF-8''a%22b%5Cc%25d.pdf"},
    {"\xE6\x9D\xA1\xE6\xAC\xBE.pdf",
     "attachment; filename=\"__.pdf\"; filename*=UTF-8''%E6%9D%A1%E6%AC%BE.pdf"},
    {"\xF0\x9F\x93\x84.pdf", "attachment; filename=\"_.pdf\"; filename*=UTF-8''%F0%9F%93%84.pdf"},
    {"it's; fine.pdf",
     "attachment; filename=\"it's; fine.pdf\"; filename*=UTF-8''it%27s%3B%20fine.pdf"},
};

START_TEST(prints_a_download)
{
    reply.type = "application/pdf";
    reply.download = downloads[_i][0];
    buffer_text(&reply.body, "%PDF-");
    reply_headers(&reply, &out);
    ck_assert(says("\r\nContent-Type: application/pdf\r\n"));
    ck_assert_ptr_nonnull(strstr(out.data, downloads[_i][1]));
    ck_assert(says("\r\nContent-Security-Policy: sandbox; default-src 'none'; "
                   "frame-ancestors 'none'\r\n"));
    ck_assert(!says("script-src"));
    ck_assert(says("\r\nX-Content-Type-Options: nosniff\r\n"));
    ck_assert(says("\r\nCache-Control: no-store\r\n"));
    reply_clear(&reply);
    ck_assert_ptr_null(reply.download);
}
END_TEST

START_TEST(a_downloads_name_cannot_split_its_header)
{
    reply.download = "a\r\nSet-Cookie: x=y";
    reply_headers(&reply, &out);
}
END_TEST

START_TEST(a_header_cannot_be_split)
{
    reply.status = 303;
    reply.location = "/isv\r\nSet-Cookie: x=y";
    reply_headers(&reply, &out);
}
END_TEST

START_TEST(an_unknown_status_is_our_mistake)
{
    (void)status_words(299);
}
END_TEST

START_TEST(maps_outcomes)
{
    static const struct {
        enum err outcome;
        int status;
    } golden[] = {{OK, 200},         {ERR_INVALID, 422}, {ERR_DENIED, 403},
                  {ERR_ABSENT, 404}, {ERR_GONE, 410},    {ERR_STALE, 409},
                  {ERR_CLOSED, 409}, {ERR_BUSY, 503},    {ERR_BROKEN, 500}};

    for (size_t i = 0; i < COUNT(golden); i++) {
        ck_assert_int_eq(status_of(golden[i].outcome), golden[i].status);
        ck_assert_str_ne(status_words(golden[i].status), "");
    }
}
END_TEST

Suite *
reply_suite(void)
{
    Suite *suite = suite_create("web/reply");
    TCase *tests = tcase_create("reply");

    tcase_add_checked_fixture(tests, open_reply, close_reply);
    tcase_add_test(tests, begins_as_an_empty_page);
    tcase_add_test(tests, clearing_forgets_everything);
    tcase_add_test(tests, prints_a_page);
    tcase_add_test(tests, prints_the_security_headers_on_everything);
    tcase_add_test(tests, prints_a_redirect);
    tcase_add_test(tests, prints_the_rare_ones);
    tcase_add_loop_test(tests, prints_a_download, 0, (int)COUNT(downloads));
    tcase_add_test_raise_signal(tests, a_downloads_name_cannot_split_its_header, SIGABRT);
    tcase_add_test_raise_signal(tests, a_header_cannot_be_split, SIGABRT);
    tcase_add_test_raise_signal(tests, an_unknown_status_is_our_mistake, SIGABRT);
    tcase_add_test(tests, maps_outcomes);
    suite_add_tcase(suite, tests);
    return suite;
}

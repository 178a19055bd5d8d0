/*
 * fcgi_test.c: a real dispatcher on a unix socket, spoken to in hand-made FastCGI records.
 */
#include <check.h>
#include <pthread.h>
#include <stdatomic.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include "base/limits.h"
#include "web/fcgi_peer.h"
#include "web/fcgi.h"

#define THREADS 2

static const struct fcgi_threads threads = {.quick = THREADS};
Suite *fcgi_suite(void);

static int listener;
static struct fcgi *dispatcher;
static atomic_int opened;
static atomic_int closed;
static atomic_int slow_begun;

/* The owner under test: what it answers is in the path. */
static void *
owner_open(void *context, unsigned number)
{
    int *failing = context;

    atomic_fetch_add(&opened, 1);
    if (failing != NULL && *failing == (int)number)
        return NULL;
    return &opened;
}

static void
owner_close(void *worker)
{
    ck_assert_ptr_eq(worker, &opened);
    atomic_fetch_add(&closed, 1);
}

static void
pause_ms(long ms)
{
    (void)nanosleep(&(struct timespec){.tv_sec = ms / 1000, .tv_nsec = ms % 1000 * 1000000}, NULL);
}

static void
owner_answer(void *worker, const struct source *source, struct reply *reply, bool at_leisure)
{
    const char *path = source->param(source->context, "DOCUMENT_URI");
    char bytes[1000];
    long total = 0;

    ck_assert_ptr_eq(worker, &opened);
    ck_assert(!at_leisure);
    if (path == NULL || strcmp(path, "/ignore") == 0) {
        buffer_text(&reply->body, "ignored");
        return;
    }
    if (strcmp(path, "/slow") == 0) {
        atomic_store(&slow_begun, 1);
        pause_ms(300);
    }
    if (strcmp(path, "/long") == 0) {
        for (int i = 0; i < 5000; i++)
            buffer_text(&reply->body, "0123456789");
        return;
    }
    if (strcmp(path, "/too-long") == 0) {
        for (int i = 0; i < 17000; i++)
            buffer_format(&reply->body, "%01000d", i);
        return;
    }
    if (strcmp(path, "/download") == 0) {
        ck_assert_uint_le(reply->body.capacity, 256 * 1024); /* the last one is given back */
        for (int i = 0; i < LIMIT_DOCUMENT_BYTES / 10; i++)
            buffer_text(&reply->body, "0123456789");
        return;
    }
    for (long count = 1; count > 0;) {
        count = source->read(source->context, bytes, sizeof bytes);
        total += count;
    }
    buffer_format(&reply->body, "path=%s body=%ld absent=%s", path, total,
                  source->param(source->context, "ABSENT") == NULL ? "yes" : "no");
}

static const struct fcgi_hooks hooks = {
    .context = NULL, .open = owner_open, .close = owner_close, .answer = owner_answer};

static void
open_dispatcher(void)
{
    listener = peer_listen();
    ck_assert_int_eq(fcgi_start(listener, threads, &hooks, &dispatcher), OK);
}

static void
close_dispatcher(void)
{
    if (dispatcher != NULL)
        fcgi_stop(dispatcher, 0);
    dispatcher = NULL;
    ck_assert_int_eq(atomic_load(&opened), THREADS);
    ck_assert_int_eq(atomic_load(&closed), THREADS);
    peer_unlisten();
}

START_TEST(answers_and_hangs_up_without_keep)
{
    int line = peer_dial();

    peer_ask(line, "/isv", 0, false);
    peer_expect(line, "Status: 200 OK\r\n");
    ck_assert(peer_hung_up(line));
    close(line);
}
END_TEST

START_TEST(answers_two_requests_on_one_connection)
{
    int line = peer_dial();

    peer_ask(line, "/one", 0, true);
    peer_expect(line, "path=/one body=0 absent=yes");
    peer_ask(line, "/two", 2500, true);
    peer_expect(line, "path=/two body=2500 absent=yes");
    close(line);
}
END_TEST

START_TEST(nothing_of_a_request_stays_for_the_next)
{
    int line = peer_dial();

    peer_ask(line, "/long", 0, true);
    peer_expect(line, "Content-Length: 50000\r\n");
    peer_ask(line, "/two", 0, true);
    peer_expect(line, "Content-Length: 27\r\n");
    close(line);
}
END_TEST

START_TEST(drains_a_body_nobody_read)
{
    int line = peer_dial();

    for (int i = 0; i < 5; i++) {
        peer_ask(line, "/ignore", 100000, true);
        peer_expect(line, "\r\n\r\nignored");
    }
    peer_ask(line, "/after", 3, true);
    peer_expect(line, "path=/after body=3");
    close(line);
}
END_TEST

START_TEST(sends_a_long_answer_whole)
{
    struct buffer answer;
    int line = peer_dial();

    buffer_open(&answer, 1024 * 1024);
    peer_ask(line, "/long", 0, true);
    ck_assert(peer_hear(line, &answer));
    ck_assert_uint_eq(strlen(strstr(answer.data, "\r\n\r\n") + 4), 50000);
    buffer_close(&answer);
    close(line);
}
END_TEST

START_TEST(a_large_file_leaves_whole_and_its_memory_with_it)
{
    struct buffer answer;
    int line = peer_dial();

    buffer_open(&answer, (size_t)LIMIT_DOWNLOAD_BYTES);
    for (int i = 0; i < 3 * THREADS; i++) {
        buffer_clear(&answer);
        peer_ask(line, "/download", 0, true);
        ck_assert(peer_hear(line, &answer));
        ck_assert_uint_eq(strlen(strstr(answer.data, "\r\n\r\n") + 4), LIMIT_DOCUMENT_BYTES);
    }
    buffer_close(&answer);
    close(line);
}
END_TEST

START_TEST(an_answer_past_the_limit_becomes_500)
{
    int line = peer_dial();

    peer_ask(line, "/too-long", 0, true);
    peer_expect(line, "Status: 500 Internal Server Error\r\n");
    peer_ask(line, "/after", 0, true);
    peer_expect(line, "Status: 200 OK\r\n");
    close(line);
}
END_TEST

START_TEST(idle_and_silent_connections_hold_no_thread)
{
    int idle[8];
    int silent[8];

    for (size_t i = 0; i < COUNT(idle); i++) {
        idle[i] = peer_dial();
        peer_ask(idle[i], "/one", 0, true);
        peer_expect(idle[i], "path=/one");
        silent[i] = peer_dial();
    }
    int line = peer_dial();
    peer_ask(line, "/new", 0, true);
    peer_expect(line, "path=/new");
    for (size_t i = 0; i < COUNT(idle); i++) {
        peer_ask(idle[i], "/again", 0, true);
        peer_expect(idle[i], "path=/again");
        peer_ask(silent[i], "/late", 0, true);
        peer_expect(silent[i], "path=/late");
        close(idle[i]);
        close(silent[i]);
    }
    close(line);
}
END_TEST

START_TEST(nonsense_ends_its_connection_only)
{
    struct buffer out;
    int line = peer_dial();
    int cut = peer_dial();

    buffer_open(&out, 4096);
    buffer_text(&out, "GET / HTTP/1.1\r\nHost: x\r\n\r\n");
    peer_say(line, &out);
    ck_assert(peer_hung_up(line));
    close(line);

    buffer_open(&out, 4096);
    peer_put_head(&out, "/cut", true);
    out.length -= 20;
    peer_say(cut, &out);
    close(cut);

    line = peer_dial();
    peer_ask(line, "/well", 0, true);
    peer_expect(line, "path=/well");
    close(line);
}
END_TEST

START_TEST(a_client_gone_before_its_answer_harms_nobody)
{
    for (int i = 0; i < 10; i++) {
        int line = peer_dial();

        peer_ask(line, "/long", 0, true);
        close(line);
    }
    int line = peer_dial();
    peer_ask(line, "/well", 0, true);
    peer_expect(line, "path=/well");
    close(line);
}
END_TEST

START_TEST(a_body_cut_short_is_seen)
{
    struct buffer out;
    int line = peer_dial();

    buffer_open(&out, 4096);
    peer_put_head(&out, "/cut", true);
    peer_put_record(&out, STDIN, "abc", 3);
    peer_say(line, &out);
    ck_assert_int_eq(shutdown(line, SHUT_WR), 0);
    /* 3 bytes, then -1 for a client that went away. */
    peer_expect(line, "path=/cut body=2");
    ck_assert(peer_hung_up(line));
    close(line);
}
END_TEST

/* Asks over one connection until told to stop, counting its answers. */
static void *
customer_run(void *argument)
{
    int *answers = argument;
    int line = peer_dial();

    for (int i = 0; i < 300; i++) {
        peer_ask(line, i % 3 == 0 ? "/ignore" : "/isv", (size_t)(i % 5) * 700, true);
        peer_expect(line, "Status: 200 OK");
        (*answers)++;
    }
    close(line);
    return NULL;
}

START_TEST(serves_many_at_once)
{
    pthread_t customers[6];
    int answers[6] = {0};

    for (size_t i = 0; i < COUNT(customers); i++)
        ck_assert_int_eq(pthread_create(&customers[i], NULL, customer_run, &answers[i]), 0);
    for (size_t i = 0; i < COUNT(customers); i++) {
        ck_assert_int_eq(pthread_join(customers[i], NULL), 0);
        ck_assert_int_eq(answers[i], 300);
    }
}
END_TEST

static void *
stop_run(void *argument)
{
    (void)argument;
    fcgi_stop(dispatcher, 5);
    dispatcher = NULL;
    return NULL;
}

START_TEST(stopping_finishes_what_is_in_flight)
{
    pthread_t stopper;
    int slow = peer_dial();
    int idle = peer_dial();

    peer_ask(idle, "/one", 0, true);
    peer_expect(idle, "path=/one");
    peer_ask(slow, "/slow", 0, true);
    while (atomic_load(&slow_begun) == 0)
        pause_ms(5);
    ck_assert_int_eq(pthread_create(&stopper, NULL, stop_run, NULL), 0);
    pause_ms(50);

    /* An idle connection is still served while it drains; a new one waits in the backlog. */
    peer_ask(idle, "/draining", 0, true);
    peer_expect(idle, "path=/draining");
    int late = peer_dial();
    peer_ask(late, "/late", 0, true);
    peer_expect(slow, "path=/slow");

    close(idle);
    close(slow);
    ck_assert_int_eq(pthread_join(stopper, NULL), 0);
    ck_assert_int_eq(atomic_load(&closed), THREADS);

    /* The next dispatcher on the same listener answers it. */
    atomic_store(&opened, 0);
    atomic_store(&closed, 0);
    ck_assert_int_eq(fcgi_start(listener, threads, &hooks, &dispatcher), OK);
    peer_expect(late, "path=/late");
    close(late);
}
END_TEST

START_TEST(stopping_ends_when_the_time_is_over)
{
    int line = peer_dial();
    time_t begun = time(NULL);

    peer_ask(line, "/one", 0, true);
    peer_expect(line, "path=/one");
    fcgi_stop(dispatcher, 1);
    dispatcher = NULL;
    ck_assert_int_ge(time(NULL) - begun, 1);
    ck_assert_int_le(time(NULL) - begun, 4);
    ck_assert(peer_hung_up(line));
    close(line);
}
END_TEST

START_TEST(a_worker_that_cannot_open_fails_the_start)
{
    int failing = 1;
    const struct fcgi_hooks broken = {
        .context = &failing, .open = owner_open, .close = owner_close, .answer = owner_answer};
    struct fcgi *none = NULL;

    listener = peer_listen();
    ck_assert_int_eq(fcgi_start(listener, (struct fcgi_threads){.quick = 3}, &broken, &none),
                     ERR_BROKEN);
    ck_assert_ptr_null(none);
    ck_assert_int_eq(atomic_load(&opened), 3);
    ck_assert_int_eq(atomic_load(&closed), 2);
    peer_unlisten();
}
END_TEST

Suite *
fcgi_suite(void)
{
    Suite *suite = suite_create("web/fcgi");
    TCase *tests = tcase_create("serving");
    TCase *starts = tcase_create("starting");

    tcase_add_checked_fixture(tests, open_dispatcher, close_dispatcher);
    tcase_set_timeout(tests, 30);
    tcase_add_test(tests, answers_and_hangs_up_without_keep);
    tcase_add_test(tests, answers_two_requests_on_one_connection);
    tcase_add_test(tests, nothing_of_a_request_stays_for_the_next);
    tcase_add_test(tests, drains_a_body_nobody_read);
    tcase_add_test(tests, sends_a_long_answer_whole);
    tcase_add_test(tests, a_large_file_leaves_whole_and_its_memory_with_it);
    tcase_add_test(tests, an_answer_past_the_limit_becomes_500);
    tcase_add_test(tests, idle_and_silent_connections_hold_no_thread);
    tcase_add_test(tests, nonsense_ends_its_connection_only);
    tcase_add_test(tests, a_client_gone_before_its_answer_harms_nobody);
    tcase_add_test(tests, a_body_cut_short_is_seen);
    tcase_add_test(tests, serves_many_at_once);
    tcase_add_test(tests, stopping_finishes_what_is_in_flight);
    tcase_add_test(tests, stopping_ends_when_the_time_is_over);
    tcase_add_test(starts, a_worker_that_cannot_open_fails_the_start);
    suite_add_tcase(suite, tests);
    suite_add_tcase(suite, starts);
    return suite;
}

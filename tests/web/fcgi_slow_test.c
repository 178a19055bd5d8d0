/*
 * fcgi_slow_test.c: a dispatcher with one thread for slow requests, which stay until they are let
 * go, and one for all others.
 */
#include <check.h>
#include <pthread.h>
#include <semaphore.h>
#include <stdatomic.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/limits.h"
#include "web/fcgi_peer.h"
#include "web/fcgi.h"

Suite *fcgi_slow_suite(void);

static const char *names[] = {"quick", "slow"};
static struct fcgi *dispatcher;
static sem_t gate;       /* one slow request passes for each post */
static sem_t begun;      /* one post for each slow request in the slow thread's hands */
static atomic_uint seen; /* slow requests that were read */

static void *
owner_open(void *context, unsigned number)
{
    (void)context;
    ck_assert_uint_lt(number, COUNT(names));
    return &names[number];
}

static void
owner_close(void *worker)
{
    (void)worker;
}

static bool
owner_is_slow(void *worker, const struct source *source)
{
    const char *path = source->param(source->context, "DOCUMENT_URI");
    bool slow = path != NULL && strcmp(path, "/slow") == 0;

    ck_assert_ptr_eq(worker, &names[0]);
    if (slow)
        atomic_fetch_add(&seen, 1);
    return slow;
}

/* Says which thread answered, and how long the body was. */
static void
owner_answer(void *worker, const struct source *source, struct reply *reply, bool at_leisure)
{
    const char *path = source->param(source->context, "DOCUMENT_URI");
    char bytes[1000];
    long total = 0;

    if (worker == &names[1]) {
        (void)sem_post(&begun);
        (void)sem_wait(&gate);
    }
    for (long count = 1; count > 0;) {
        count = source->read(source->context, bytes, sizeof bytes);
        total += count;
    }
    ck_assert(!at_leisure || worker == &names[1]);
    buffer_format(&reply->body, "path=%s body=%ld by=%s%s", path, total, *(const char **)worker,
                  at_leisure ? " at leisure" : "");
}

static void
start(int patience_s)
{
    const struct fcgi_hooks hooks = {NULL, owner_open, owner_close, owner_answer, owner_is_slow};
    const struct fcgi_threads threads = {1, 1, patience_s};

    ck_assert_int_eq(sem_init(&gate, 0, 0), 0);
    ck_assert_int_eq(sem_init(&begun, 0, 0), 0);
    ck_assert_int_eq(fcgi_start(peer_listen(), threads, &hooks, &dispatcher), OK);
}

static void
setup(void)
{
    start(3600);
}

static void
setup_impatient(void)
{
    start(0);
}

static void
teardown(void)
{
    if (dispatcher != NULL)
        fcgi_stop(dispatcher, 0);
    peer_unlisten();
}

/* One in the slow thread's hands; then count that wait. There is one thread that reads, so when the
 * last is seen all before it have entered. */
static void
ask_slow(int *lines, size_t count)
{
    for (size_t i = 0; i <= count; i++) {
        lines[i] = peer_dial();
        peer_ask(lines[i], "/slow", 100 * i, true);
        if (i == 0)
            (void)sem_wait(&begun);
    }
    while (atomic_load(&seen) < count + 1)
        (void)nanosleep(&(struct timespec){.tv_nsec = 1000000}, NULL);
}

static void
let_go(size_t count)
{
    for (size_t i = 0; i < count; i++)
        (void)sem_post(&gate);
}

START_TEST(pages_are_answered_while_slow_requests_wait)
{
    int lines[4];
    int page = peer_dial();

    ask_slow(lines, 3);
    for (int i = 0; i < 5; i++) {
        peer_ask(page, "/page", 2500, true);
        peer_expect(page, "path=/page body=2500 by=quick");
    }
    let_go(4);
    peer_expect(lines[0], "path=/slow body=0 by=slow at leisure");
    peer_expect(lines[1], "path=/slow body=100 by=slow at leisure");
    peer_expect(lines[2], "path=/slow body=200 by=slow at leisure");
    peer_expect(lines[3], "path=/slow body=300 by=slow at leisure");

    /* and their connections go on to carry anything */
    peer_ask(lines[1], "/page", 1, true);
    peer_expect(lines[1], "path=/page body=1 by=quick");
    let_go(1);
    peer_ask(lines[2], "/slow", 2, true);
    peer_expect(lines[2], "path=/slow body=2 by=slow at leisure");
    for (size_t i = 0; i < COUNT(lines); i++)
        close(lines[i]);
    close(page);
}
END_TEST

START_TEST(whom_the_room_cannot_hold_is_answered_at_once)
{
    int lines[1 + LIMIT_SLOW_WAITING];
    int late = peer_dial();

    ask_slow(lines, LIMIT_SLOW_WAITING);
    for (int i = 0; i < 3; i++) {
        peer_ask(late, "/slow", 7, true);
        peer_expect(late, "path=/slow body=7 by=quick");
    }
    /* one comes out, one may enter */
    let_go(1);
    peer_expect(lines[0], "by=slow at leisure");
    (void)sem_wait(&begun);
    peer_ask(late, "/slow", 8, true);
    let_go(LIMIT_SLOW_WAITING + 1);
    peer_expect(late, "path=/slow body=8 by=slow at leisure");
    for (size_t i = 1; i < COUNT(lines); i++)
        peer_expect(lines[i], "by=slow at leisure");
    for (size_t i = 0; i < COUNT(lines); i++)
        close(lines[i]);
    close(late);
}
END_TEST

static void *
stop_run(void *argument)
{
    fcgi_stop(dispatcher, *(const int *)argument);
    return NULL;
}

START_TEST(stopping_answers_whoever_waits)
{
    int patience = 60;
    pthread_t stopper;
    int lines[3];

    ask_slow(lines, 2);
    ck_assert_int_eq(pthread_create(&stopper, NULL, stop_run, &patience), 0);
    let_go(3);
    for (size_t i = 0; i < COUNT(lines); i++) {
        peer_expect(lines[i], "by=slow at leisure");
        close(lines[i]);
    }
    ck_assert_int_eq(pthread_join(stopper, NULL), 0);
    dispatcher = NULL;
}
END_TEST

START_TEST(when_the_time_is_over_only_the_one_at_hand_is_answered)
{
    int patience = 0;
    pthread_t stopper;
    int lines[3];

    ask_slow(lines, 2);
    ck_assert_int_eq(pthread_create(&stopper, NULL, stop_run, &patience), 0);
    ck_assert(peer_hung_up(lines[1]));
    ck_assert(peer_hung_up(lines[2]));
    let_go(1);
    peer_expect(lines[0], "by=slow at leisure");
    ck_assert_int_eq(pthread_join(stopper, NULL), 0);
    dispatcher = NULL;
    for (size_t i = 0; i < COUNT(lines); i++)
        close(lines[i]);
}
END_TEST

START_TEST(who_has_waited_too_long_is_answered_at_once)
{
    int lines[3];

    ask_slow(lines, 2);
    let_go(3);
    for (size_t i = 0; i < COUNT(lines); i++) {
        struct buffer answer;

        buffer_open(&answer, 4096);
        ck_assert(peer_hear(lines[i], &answer));
        ck_assert_ptr_nonnull(strstr(answer.data, "by=slow"));
        ck_assert_ptr_null(strstr(answer.data, "at leisure"));
        buffer_close(&answer);
        close(lines[i]);
    }
}
END_TEST

Suite *
fcgi_slow_suite(void)
{
    Suite *suite = suite_create("web/fcgi_slow");
    TCase *tests = tcase_create("slow");
    TCase *impatient = tcase_create("impatient");

    tcase_add_checked_fixture(tests, setup, teardown);
    tcase_set_timeout(tests, 60);
    tcase_add_test(tests, pages_are_answered_while_slow_requests_wait);
    tcase_add_test(tests, whom_the_room_cannot_hold_is_answered_at_once);
    tcase_add_test(tests, stopping_answers_whoever_waits);
    tcase_add_test(tests, when_the_time_is_over_only_the_one_at_hand_is_answered);
    suite_add_tcase(suite, tests);
    tcase_add_checked_fixture(impatient, setup_impatient, teardown);
    tcase_set_timeout(impatient, 60);
    tcase_add_test(impatient, who_has_waited_too_long_is_answered_at_once);
    suite_add_tcase(suite, impatient);
    return suite;
}
